//! Several scenarios side by side: what the next unit of a swept key costs, and what differs by rule and
//! by subject.

use super::super::words::decimal;
use crate::answers::{Case, Figures, RuleFigure, Sweep, Swept};
use crate::report::align::Side::{self, Left, Right};
use crate::report::align::TextTable;
use crate::report::page::Page;

/// Scenarios in one table at most; more of them make more tables.
const WIDE: usize = 8;

/// Differences of shortage below this are not shown, in persons.
const SEEN: f64 = 0.05;

/// Of one key swept: what each further unit costs.
pub(super) fn prices(page: &mut Page, sweep: &Sweep, cases: &[Case]) {
    let is_share = sweep.values.iter().any(|value| value.is_share());
    let (each, each_english) = if is_share {
        (
            "每增加1个百分点：缺课节/周",
            "Each point more: lessons a week",
        )
    } else {
        ("每增加1：缺课节/周", "Each one more: lessons a week")
    };
    let mut table = page.columns([
        ("从", "From", Right),
        ("到", "To", Right),
        (each, each_english, Right),
        ("缺额人", "short", Right),
        ("路程分钟", "minutes", Right),
        ("非志愿人次", "unwished moves", Right),
    ]);
    let planned = cases
        .iter()
        .zip(&sweep.values)
        .filter_map(|(case, &value)| Some((value, &case.outcome.planned()?.figures)));
    let planned: Vec<(Swept, &Figures)> = planned.collect();
    for pair in planned.windows(2) {
        let [(from, one), (to, other)] = [pair[0], pair[1]];
        let units = to.amount() - from.amount();
        let each = |before: f64, after: f64| {
            let price = (after - before) / units;
            if price.is_finite() {
                format!("{price:+.2}")
            } else {
                "—".to_owned()
            }
        };
        table.push([
            from.to_string(),
            to.to_string(),
            each(one.lessons, other.lessons),
            each(one.shortage, other.shortage),
            each(one.minutes as f64, other.minutes as f64),
            each(one.unwished as f64, other.unwished as f64),
        ]);
    }
    page.table(
        &format!("{} 的代价", sweep.key),
        &format!("The price of {}", sweep.key),
        &table,
    );
}

/// Of two scenarios and more: rules and subjects in rows, scenarios in columns.
pub(super) fn beside(page: &mut Page, base: Option<&Figures>, planned: &[(String, &Figures)]) {
    let Some(base) = base.filter(|_| planned.len() > 1) else {
        return;
    };
    for (part, some) in planned.chunks(WIDE).enumerate() {
        let names = || some.iter().map(|(name, _)| (name.clone(), Right));
        let figures: Vec<&Figures> = some.iter().map(|&(_, figures)| figures).collect();
        let tables = [
            (("各规则", "Rules"), rules(page, names(), (base, &figures))),
            (
                ("各学科缺额（人）", "Shortage by subject, persons"),
                shortages(page, names(), (base, &figures)),
            ),
        ];
        for ((chinese, english), table) in tables {
            if part == 0 {
                page.table(chinese, english, &table);
            } else {
                page.table(
                    &format!("{chinese}（续）"),
                    &format!("{english} (continued)"),
                    &table,
                );
            }
        }
    }
}

/// Rules whose figure differs from the base in some scenario.
fn rules(
    page: &Page,
    names: impl Iterator<Item = (String, Side)>,
    (base, planned): (&Figures, &[&Figures]),
) -> TextTable {
    let language = page.language;
    let first = [("规则", "Rule", Left), ("基准", "Base", Right)];
    let first =
        first.map(|(chinese, english, side)| (page.pick(chinese, english).to_owned(), side));
    let mut table = TextTable::new(first.into_iter().chain(names));
    for rule in &base.rules {
        let others: Vec<Option<&RuleFigure>> =
            planned.iter().map(|held| held.rule(&rule.id)).collect();
        let found = |held: &RuleFigure| (held.value, held.missed);
        let differs = others
            .iter()
            .flatten()
            .any(|held| found(held) != found(rule));
        if rule.target.is_none() || !differs {
            continue;
        }
        let title = language.title(&rule.title, &rule.title_english).to_owned();
        let mut row = vec![title, language.figure(&rule.value)];
        let figure = |held: &RuleFigure| language.figure(&held.value);
        let others = others.into_iter();
        row.extend(others.map(|held| held.map_or_else(|| "—".to_owned(), figure)));
        table.push(row);
    }
    table
}

/// Subjects whose shortage differs from the base in some scenario.
fn shortages(
    page: &Page,
    names: impl Iterator<Item = (String, Side)>,
    (base, planned): (&Figures, &[&Figures]),
) -> TextTable {
    let first = [
        ("学段", "Stage", Left),
        ("学科", "Subject", Left),
        ("基准", "Base", Right),
    ];
    let first =
        first.map(|(chinese, english, side)| (page.pick(chinese, english).to_owned(), side));
    let mut table = TextTable::new(first.into_iter().chain(names));
    let all = std::iter::once(base).chain(planned.iter().copied());
    for (stage, subject) in subjects(all.clone()) {
        let short = all.clone().map(|held| {
            let held = held.subject(stage, subject);
            held.map_or(0.0, |held| held.shortage)
        });
        let short: Vec<f64> = short.collect();
        if short.iter().all(|held| (held - short[0]).abs() < SEEN) {
            continue;
        }
        let mut row = vec![stage.to_owned(), subject.to_owned()];
        row.extend(short.iter().map(|&held| decimal(held)));
        table.push(row);
    }
    table
}

/// Stages and subjects of which some plan knows, in the order of the first one.
pub(super) fn subjects<'f>(
    figures: impl Iterator<Item = &'f Figures>,
) -> Vec<(&'static str, &'f str)> {
    let mut known: Vec<(&str, &str)> = Vec::new();
    for held in figures.flat_map(|held| &held.subjects) {
        let place = (held.stage, held.subject.as_str());
        if !known.contains(&place) {
            known.push(place);
        }
    }
    known
}
