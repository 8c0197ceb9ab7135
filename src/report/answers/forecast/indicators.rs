//! Indicators through the years.

use super::super::tables::level_cell;
use crate::answers::RuleFigure;
use crate::domain::Stage;
use crate::forecast::{StageFigures, YearFigures};
use crate::report::language::Language;
use crate::rules::{Figure, coefficient};

/// An indicator through the years.
pub(super) struct Indicator {
    pub(super) scope: String,
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) cells: Vec<String>,
}

/// All indicators of some years.
pub(super) fn indicators(years: &[&YearFigures], language: Language) -> Vec<Indicator> {
    let mut all = Vec::new();
    for stage in Stage::ALL {
        let of = |year: &YearFigures| {
            let mut stages = year.stages.iter();
            stages.find(|held| held.stage == stage.chinese()).cloned()
        };
        let held: Vec<Option<StageFigures>> = years.iter().map(|year| of(year)).collect();
        if held.iter().any(Option::is_some) {
            all.extend(of_stage(*stage, &held, language));
        }
    }
    all.extend(of_district(years, language));
    all.extend(of_rules(years, language));
    all.extend(of_levels(years, language));
    all
}

fn thousandths(value: i64) -> String {
    format!("{:.1}", value as f64 / 1000.0)
}

/// The name of an indicator, its unit in Chinese, and how it is read off a year.
type Reading<From> = (
    &'static str,
    &'static str,
    &'static str,
    fn(&From) -> String,
);

const OF_STAGE: [Reading<StageFigures>; 9] = [
    ("班级", "classes", "个", |held| held.classes.to_string()),
    ("学生", "pupils", "人", |held| held.pupils.to_string()),
    ("在编任教", "staff in establishment", "人", |held| {
        held.staff.to_string()
    }),
    ("编外任教", "staff outside it", "人", |held| {
        held.outside.to_string()
    }),
    ("按生师比应配", "staff by ratio", "人", |held| {
        thousandths(held.by_ratio)
    }),
    ("需求", "need", "折算人", |held| thousandths(held.need)),
    (
        "方案后缺额",
        "short after the plan",
        "折算人",
        |held| thousandths(held.shortage),
    ),
    (
        "方案后超需",
        "surplus after the plan",
        "折算人",
        |held| thousandths(held.surplus),
    ),
    ("当年退休", "retire", "人", |held| {
        held.retired.to_string()
    }),
];

const OF_DISTRICT: [Reading<YearFigures>; 11] = [
    ("当年退休", "retire", "人", |held| {
        held.retired.to_string()
    }),
    ("其他离任", "leave otherwise", "人", |held| {
        held.left.to_string()
    }),
    ("交流期满返回", "exchanges that end", "人", |held| {
        held.returned.to_string()
    }),
    ("交流在期", "exchanges that go on", "人", |held| {
        held.continuing.to_string()
    }),
    ("当年流动", "moves", "人次", |held| {
        held.plan.moves.to_string()
    }),
    ("路程合计", "minutes of ways", "分钟", |held| {
        held.plan.minutes.to_string()
    }),
    ("校内转任学科", "changes of subject", "人", |held| {
        held.plan.changes_of_subject.to_string()
    }),
    ("缺课", "lessons missing", "节/周", |held| {
        format!("{:.0}", held.plan.lessons)
    }),
    ("编外可减", "hired staff to spare", "人", |held| {
        format!("{:.0}", held.plan.dispensable)
    }),
    ("补充教师", "recruits", "人", |held| {
        let counts = held.recruits.iter().map(|held| held.count);
        counts.sum::<u32>().to_string()
    }),
    (
        "认定双师型",
        "recognised as dual-qualified",
        "人",
        |held| held.recognised.to_string(),
    ),
];

/// Units by their Chinese words.
const UNITS: [(&str, &str); 7] = [
    ("个", "classes"),
    ("人", "persons"),
    ("折算人", "full-time persons"),
    ("人次", "moves"),
    ("分钟", "minutes, one way"),
    ("节/周", "lessons a week"),
    ("加权人", "weighted persons"),
];

/// A unit in the language of the page.
fn unit_word(chinese: &'static str, language: Language) -> &'static str {
    let mut units = UNITS.iter();
    let known = units.find(|(word, _)| *word == chinese);
    known.map_or(chinese, |&(word, english)| language.pick(word, english))
}

fn of_stage(stage: Stage, years: &[Option<StageFigures>], language: Language) -> Vec<Indicator> {
    let scope = language.pick(stage.chinese(), stage.code());
    let rows = OF_STAGE
        .iter()
        .map(|(chinese, english, unit, read)| Indicator {
            scope: scope.to_owned(),
            name: language.pick(chinese, english).to_owned(),
            unit: unit_word(unit, language).to_owned(),
            cells: years
                .iter()
                .map(|year| year.as_ref().map_or_else(String::new, read))
                .collect(),
        });
    rows.filter(|row| is_told(&row.cells)).collect()
}

fn of_district(years: &[&YearFigures], language: Language) -> Vec<Indicator> {
    let rows = OF_DISTRICT
        .iter()
        .map(|(chinese, english, unit, read)| Indicator {
            scope: language.pick("全域", "district").to_owned(),
            name: language.pick(chinese, english).to_owned(),
            unit: unit_word(unit, language).to_owned(),
            cells: years.iter().map(|year| read(year)).collect(),
        });
    rows.filter(|row| is_told(&row.cells)).collect()
}

/// Whether there is anything but nothing.
fn is_told(cells: &[String]) -> bool {
    let nothing = |cell: &String| matches!(cell.as_str(), "" | "0" | "0.0");
    !cells.iter().all(nothing)
}

/// Rules that ask something in any of the years, by their figures; what is missed is marked, and where a
/// year does not have the rule there is [`NONE`].
fn of_rules(years: &[&YearFigures], language: Language) -> Vec<Indicator> {
    let mut asked: Vec<&RuleFigure> = Vec::new();
    for rule in years.iter().flat_map(|year| &year.plan.rules) {
        let known = asked.iter().any(|held| held.id == rule.id);
        if rule.target.is_some() && !known {
            asked.push(rule);
        }
    }
    asked.retain(|rule| {
        let mut held = years.iter().filter_map(|year| year.plan.rule(&rule.id));
        held.any(|held| speaks(&held.value))
    });
    // As policies list them, also those that came later.
    asked.sort_by(|one, other| one.id.cmp(&other.id));
    let rows = asked.into_iter().map(|rule| Indicator {
        scope: language.pick("规则", "rules").to_owned(),
        name: language.title(&rule.title, &rule.title_english).to_owned(),
        unit: String::new(),
        cells: years
            .iter()
            .map(|year| {
                let held = year.plan.rule(&rule.id);
                held.map_or_else(|| NONE.to_owned(), |held| rule_cell(held, language))
            })
            .collect(),
    });
    rows.collect()
}

/// The cell of a year that does not have a rule.
const NONE: &str = "—";

/// Whether a figure is of anybody or anything.
fn speaks(figure: &Figure) -> bool {
    !figure.is_of_nothing() && !matches!(figure, Figure::Share { of: 0, .. })
}

/// The figure alone, without words, since many years stand side by side; `*` where it is missed.
fn rule_cell(rule: &RuleFigure, language: Language) -> String {
    let value = match (rule.value, rule.value.share()) {
        (_, Some(share)) => share.to_string(),
        (Figure::Differences { after, .. }, _) => coefficient(after),
        (Figure::Places { met, of }, _) if of > 0 => format!("{met}/{of}"),
        (Figure::Persons(count) | Figure::Moves(count), _) => count.to_string(),
        (Figure::FullTime(persons), _) => thousandths(persons.0),
        _ => language.figure(&rule.value),
    };
    let mark = if rule.met { "" } else { " *" };
    format!("{value}{mark}")
}

/// Levels, in weighted persons; one that is not proven best has `≤`.
fn of_levels(years: &[&YearFigures], language: Language) -> Vec<Indicator> {
    let Some(first) = years.first() else {
        return Vec::new();
    };
    let rows = first.plan.levels.iter().map(|level| Indicator {
        scope: language.pick("优先顺序", "levels").to_owned(),
        name: language
            .title(&level.title, &level.title_english)
            .to_owned(),
        unit: unit_word("加权人", language).to_owned(),
        cells: years
            .iter()
            .map(|year| {
                let mut levels = year.plan.levels.iter();
                let held = levels.find(|held| held.name == level.name);
                held.map_or_else(String::new, level_cell)
            })
            .collect(),
    });
    rows.collect()
}
