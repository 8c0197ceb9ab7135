//! What differs between a scenario's plan and the base.

use std::collections::BTreeSet;

use super::super::tables::{levers, more, other_rules, post_cells};
use super::super::words::{
    decimal, fewest_words, level_title, missing_words, recruits_words, signed, whereabouts,
};
use crate::answers::{Differing, Figures, Outcome, Resettled, RuleFigure};
use crate::report::align::Side::{Left, Right};
use crate::report::align::TextTable;
use crate::report::language::{Language, counted};
use crate::report::page::Page;

/// Posts and persons named at most; the JSON has all.
const NAMED: usize = 12;

/// What a scenario's plan has that the base has not.
pub(super) fn beside(page: &mut Page, name: &str, (base, outcome): (Option<&Figures>, &Outcome)) {
    let language = page.language;
    page.heading(
        &format!("{name}：与基准相比"),
        &format!("{name}: beside the base"),
    );
    let Some(base) = base else {
        return;
    };
    let figures = &outcome.figures;
    let count = outcome.differing.len();
    let recruits = recruits_words(language, outcome.recruits);
    let fewest = fewest_words(language, outcome.fewest, outcome.recruits);
    page.line(match language {
        Language::Chinese => format!("  安排不同的 {count} 人{recruits}{fewest}"),
        Language::English => {
            let persons = counted(count, "person", "persons");
            format!("  {persons} placed differently{recruits}{fewest}")
        }
    });
    for (one, other) in base.levels.iter().zip(&figures.levels) {
        if one.units != other.units {
            let title = level_title(language, other);
            page.line(format!("  {title} {:.2} → {:.2}", one.value, other.value));
        }
    }
    forms(page, base, figures);
    let shown = [("基准人数", "At base"), ("此情形人数", "Here")];
    levers(page, (base, figures), shown);
    rules(page, base, figures);
    subjects(page, base, figures);
    posts(page, outcome);
    resettled(page, &outcome.resettled);
    page.block(&placements(page, &outcome.differing));
}

/// Who is placed differently, the first of them.
fn placements(page: &Page, differing: &[Differing]) -> TextTable {
    let language = page.language;
    let mut table = page.columns([
        ("教师", "Teacher", Left),
        ("基准", "Base", Left),
        ("此情形", "Here", Left),
    ]);
    for held in differing.iter().take(NAMED) {
        table.push([
            held.teacher.clone(),
            whereabouts(language, held.before.as_ref()),
            whereabouts(language, held.after.as_ref()),
        ]);
    }
    let left = differing.len().saturating_sub(NAMED);
    if left > 0 {
        table.below(more(language, left, "人"));
    }
    table
}

/// Rules of which the figure differs.
fn rules(page: &mut Page, base: &Figures, figures: &Figures) {
    let language = page.language;
    let mut table = page.columns([
        ("规则", "Rule", Left),
        ("基准", "Base", Right),
        ("此情形", "Here", Right),
        ("要求", "Asked", Right),
        ("达标", "Met", Left),
    ]);
    for (rule, cells) in other_rules(language, (base, figures)) {
        let mut row = cells.to_vec();
        row.push(met(language, rule));
        table.push(row);
    }
    page.block(&table);
}

/// Whether a rule holds, and if not, how many are missing.
fn met(language: Language, rule: &RuleFigure) -> String {
    if rule.met {
        return language.pick("是", "yes").to_owned();
    }
    let target = rule.target.as_ref();
    let missing = target.and_then(|target| missing_words(language, target, &rule.value));
    let no = language.pick("否", "no");
    missing.map_or_else(
        || no.to_owned(),
        |missing| format!("{no}{}{missing}", language.pick("，", ", ")),
    )
}

/// Moves by form, changes of subject, and whom posts could do without.
fn forms(page: &mut Page, base: &Figures, figures: &Figures) {
    let mut table = page.columns([
        ("项目", "What", Left),
        ("基准", "Base", Right),
        ("此情形", "Here", Right),
    ]);
    let forms = base.by_form.keys().chain(figures.by_form.keys());
    for form in forms.collect::<BTreeSet<_>>() {
        let count = |held: &Figures| held.by_form.get(form).copied().unwrap_or_default();
        let row = [count(base), count(figures)].map(|count| count.to_string());
        let [before, after] = row;
        table.push([(*form).to_owned(), before, after]);
    }
    let dispensable = |held: &Figures| decimal(held.dispensable);
    let rows = [
        (
            page.pick("校内转任学科", "changes of subject"),
            base.changes_of_subject.to_string(),
            figures.changes_of_subject.to_string(),
        ),
        (
            page.pick(
                "编外（临聘）可不再需要",
                "outside the establishment, to spare",
            ),
            dispensable(base),
            dispensable(figures),
        ),
    ];
    for (name, before, after) in rows {
        table.push([name.to_owned(), before, after]);
    }
    page.block(&table);
}

/// Subjects whose shortage differs.
fn subjects(page: &mut Page, base: &Figures, figures: &Figures) {
    let mut table = page.columns([
        ("学段", "Stage", Left),
        ("学科", "Subject", Left),
        ("需求人", "Need", Right),
        ("基准缺额", "Short at base", Right),
        ("此情形缺额", "Short here", Right),
        ("相差", "Difference", Right),
        ("基准超需", "Surplus at base", Right),
        ("此情形超需", "Surplus here", Right),
    ]);
    for subject in &figures.subjects {
        let before = base.subject(subject.stage, &subject.subject);
        let (short, need, surplus) = before.map_or((0.0, 0.0, 0.0), |held| {
            (held.shortage, held.need, held.surplus)
        });
        let pairs = [
            (short, subject.shortage),
            (need, subject.need),
            (surplus, subject.surplus),
        ];
        if pairs.iter().all(|(one, other)| (one - other).abs() < 0.001) {
            continue;
        }
        table.push([
            subject.stage.to_owned(),
            subject.subject.clone(),
            decimal(subject.need),
            decimal(short),
            decimal(subject.shortage),
            signed(subject.shortage - short),
            decimal(surplus),
            decimal(subject.surplus),
        ]);
    }
    page.block(&table);
}

/// Whose school ends, and where they are placed.
fn resettled(page: &mut Page, people: &[Resettled]) {
    if people.is_empty() {
        return;
    }
    let count = people.len();
    let farthest = people.iter().map(|held| held.minutes).max().unwrap_or(0);
    page.line(match page.language {
        Language::Chinese => format!("  原校撤并，安置 {count} 人，最远 {farthest} 分钟："),
        Language::English => format!(
            "  {} whose school ends, at most {farthest} minutes away:",
            counted(count, "person", "persons")
        ),
    });
    let mut table = page.columns([
        ("教师", "Teacher", Left),
        ("原校", "From", Left),
        ("安置", "To", Left),
        ("单程分钟", "Minutes", Right),
        ("与配偶同镇街", "In the spouse's town", Left),
    ]);
    let language = page.language;
    let yes = |yes: bool| {
        language.pick(
            if yes { "是" } else { "否" },
            if yes { "yes" } else { "no" },
        )
    };
    for held in people {
        let spouse = held.with_spouse.map_or_else(
            || "—".to_owned(),
            |[before, after]| format!("{} → {}", yes(before), yes(after)),
        );
        table.push([
            held.teacher.clone(),
            held.from.clone(),
            whereabouts(language, Some(&held.place)),
            held.minutes.to_string(),
            spouse,
        ]);
    }
    page.block(&table);
}

/// Posts that lose most, and how many others change.
fn posts(page: &mut Page, outcome: &Outcome) {
    let worse = outcome.posts.iter().filter(|post| post.after > post.before);
    let mut table = page.columns([
        ("学校", "School", Left),
        ("学段", "Stage", Left),
        ("学科", "Subject", Left),
        ("基准缺额", "Short at base", Right),
        ("此情形缺额", "Short here", Right),
    ]);
    let count = worse.clone().count();
    for post in worse.take(NAMED) {
        table.push(post_cells(post));
    }
    if count > 0 {
        page.line(match page.language {
            Language::Chinese => format!("  缺额增加的岗位 {count} 个，缺得最多的："),
            Language::English => format!("  posts that lack more: {count}, the most of them"),
        });
    }
    page.block(&table);
}
