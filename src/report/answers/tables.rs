//! What tables of several answers share: plans in rows, and what differs between two of them.

use super::words::decimal;
use crate::answers::{Figures, LevelFigure, LeverFigure, PostChange, RuleFigure};
use crate::report::align::Side::{self, Left, Right};
use crate::report::language::Language;
use crate::report::page::Page;

/// A column: its header in both languages, and on which side its cells stand.
pub(super) type Column = (&'static str, &'static str, Side);

/// What tables count of a plan, before its levels.
pub(super) const COUNTED: [Column; 6] = [
    ("流动人次", "Moves", Right),
    ("非志愿", "Unwished", Right),
    ("路程分钟", "Minutes", Right),
    ("缺额人", "Short", Right),
    ("缺课节/周", "Lessons", Right),
    ("超需人", "Surplus", Right),
];

/// The cells of [`COUNTED`].
pub(super) fn counts(figures: &Figures) -> [String; 6] {
    [
        figures.moves.to_string(),
        figures.unwished.to_string(),
        figures.minutes.to_string(),
        decimal(figures.shortage),
        decimal(figures.lessons),
        decimal(figures.surplus),
    ]
}

/// A header with a column for each level, of which the titles are given in both languages, between others.
pub(super) fn with_levels<'t>(
    language: Language,
    first: &[Column],
    titles: impl IntoIterator<Item = (&'t String, &'t String)>,
    last: &[Column],
) -> Vec<(String, Side)> {
    let column = |&(chinese, english, side): &Column| (language.pick(chinese, english), side);
    let titles = titles.into_iter();
    let titles = titles.map(|(chinese, english)| (language.title(chinese, english), Right));
    let all = first.iter().map(column).chain(titles);
    let all = all.chain(last.iter().map(column));
    all.map(|(text, side)| (text.to_owned(), side)).collect()
}

/// The value of a level, in weighted persons; one that is not proven best has `≤`.
pub(super) fn level_cell(level: &LevelFigure) -> String {
    let open = if level.closed { "" } else { "≤" };
    format!("{open}{:.2}", level.value)
}

/// How far a plan is proven.
pub(super) fn proven(figures: &Figures, language: Language) -> &'static str {
    let closed = figures.levels.iter().all(|level| level.closed);
    match (figures.status, closed) {
        ("optimal", true) => language.pick("已证明最优", "proven best"),
        ("optimal", false) => language.pick("误差内最优", "best within the gap"),
        _ => language.pick("可行", "feasible"),
    }
}

/// What a rule asks of the district; nothing where it asks nothing.
pub(super) fn target(language: Language, rule: &RuleFigure) -> String {
    let target = rule.target.as_ref();
    target.map_or_else(String::new, |target| language.target(target))
}

/// Rules of which the figure differs between two plans: title, both figures, and what is asked; where the
/// second plan's policy asks another number, from which to which.
pub(super) fn other_rules<'f>(
    language: Language,
    (before, after): (&'f Figures, &'f Figures),
) -> impl Iterator<Item = (&'f RuleFigure, [String; 4])> {
    let figure = move |held: &RuleFigure| language.figure(&held.value);
    // Rules that ask nothing of the district say more in the other tables.
    before.other_rules(after).map(move |(before, rule)| {
        let asked = target(language, rule);
        let was = before.map(|held| target(language, held));
        let asked = match was.filter(|was| *was != asked && !was.is_empty()) {
            Some(was) => format!("{was} → {asked}"),
            None => asked,
        };
        let cells = [
            language.title(&rule.title, &rule.title_english).to_owned(),
            before.map_or_else(|| "—".to_owned(), figure),
            figure(rule),
            asked,
        ];
        (rule, cells)
    })
}

/// What levers do elsewhere, or more or less often, in two plans; the columns of both are named.
pub(super) fn levers(
    page: &mut Page,
    (base, figures): (&Figures, &Figures),
    [one, other]: [(&'static str, &'static str); 2],
) {
    let language = page.language;
    let mut table = page.columns([
        ("补充渠道", "Lever", Left),
        ("学校（单位）", "School or unit", Left),
        ("学段", "Stage", Left),
        ("学科", "Subject", Left),
        (one.0, one.1, Right),
        (other.0, other.1, Right),
    ]);
    let same = |one: &LeverFigure, other: &LeverFigure| {
        (&one.lever, &one.place, one.stage, &one.subject)
            == (&other.lever, &other.place, other.stage, &other.subject)
    };
    let count = |held: &Figures, used: &LeverFigure| {
        let mut levers = held.levers.iter();
        levers
            .find(|other| same(used, other))
            .map_or(0, |found| found.count)
    };
    let gone = base.levers.iter();
    let gone = gone.filter(|used| count(figures, used) == 0);
    for used in figures.levers.iter().chain(gone) {
        let (before, after) = (count(base, used), count(figures, used));
        if before == after {
            continue;
        }
        table.push([
            language.title(&used.title, &used.title_english).to_owned(),
            used.place_name.clone(),
            used.stage.to_owned(),
            used.subject.clone(),
            before.to_string(),
            after.to_string(),
        ]);
    }
    page.block(&table);
}

/// Where a post is, and what it lacks in two plans.
pub(super) fn post_cells(post: &PostChange) -> [String; 5] {
    [
        post.school_name.clone(),
        post.stage.to_owned(),
        post.subject.clone(),
        decimal(post.before),
        decimal(post.after),
    ]
}

/// That so many are left out of a text; `word` is what counts them in Chinese.
pub(super) fn more(language: Language, count: usize, word: &str) -> String {
    match language {
        Language::Chinese => format!("……另 {count} {word}（--format json 有全部）"),
        Language::English => format!("... and {count} more (--format json has all)"),
    }
}
