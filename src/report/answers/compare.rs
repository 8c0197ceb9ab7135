//! Two plans side by side.

use serde::Serialize;

use super::tables::{more, post_cells, target};
use super::words::{decimal, level_title, signed, whereabouts};
use crate::answers::{Comparison, Effect, Figures, PersonChange, PostChange, RuleFigure};
use crate::report::align::Side::{Left, Right};
use crate::report::language::{Language, counted};
use crate::report::page::Page;

/// Persons and posts named at most; the JSON has all.
const NAMED: usize = 40;

/// Two plans side by side, as a page and as JSON.
#[derive(Debug, Clone, Copy)]
pub struct ComparePage<'a> {
    comparison: &'a Comparison,
    names: (&'a str, &'a str),
}

/// All that was found, for programs.
#[derive(Debug, Serialize)]
pub struct CompareView<'a> {
    schema: &'static str,
    first_plan: &'a str,
    second_plan: &'a str,
    #[serde(flatten)]
    comparison: &'a Comparison,
}

impl<'a> ComparePage<'a> {
    /// Of two plans with the names of their folders.
    pub const fn new(comparison: &'a Comparison, names: (&'a str, &'a str)) -> Self {
        Self { comparison, names }
    }

    /// For programs.
    pub const fn view(&self) -> CompareView<'a> {
        CompareView {
            schema: "shizi-compare-1",
            first_plan: self.names.0,
            second_plan: self.names.1,
            comparison: self.comparison,
        }
    }

    /// To read.
    pub fn text(&self, language: Language) -> String {
        let mut page = Page::new(language);
        let (first, second) = self.names;
        page.line(match language {
            Language::Chinese => format!("方案比较：甲 {first}，乙 {second}（都由文件重算）"),
            Language::English => {
                format!("Two plans: A {first}, B {second} (both counted again from their files)")
            }
        });
        let held = self.comparison;
        totals(&mut page, &held.first, &held.second);
        rules(&mut page, &held.first, &held.second);
        subjects(&mut page, &held.first, &held.second);
        zones(&mut page, held);
        posts(&mut page, &held.posts);
        tally(&mut page, held);
        let title = ("安排不同的人", "Placed differently");
        persons(&mut page, title, held.persons.iter());
        page.finish()
    }
}

fn totals(page: &mut Page, first: &Figures, second: &Figures) {
    let language = page.language;
    let mut table = page.columns([
        ("指标", "Figure", Left),
        ("甲", "A", Right),
        ("乙", "B", Right),
        ("相差", "Difference", Right),
    ]);
    for (one, other) in first.levels.iter().zip(&second.levels) {
        table.push([
            level_title(language, other).to_owned(),
            format!("{:.2}", one.value),
            format!("{:.2}", other.value),
            format!("{:+.2}", other.value - one.value),
        ]);
    }
    for ((chinese, english), [one, other, difference]) in counts(first, second) {
        let title = page.pick(chinese, english).to_owned();
        table.push([title, one, other, difference]);
    }
    page.table(
        "各层级与主要数字（层级越小越好）",
        "Levels (less is better) and main figures",
        &table,
    );
}

/// The main figures of both plans and what lies between them: heads, moves and minutes as whole numbers,
/// full-time persons and lessons with a decimal.
fn counts(first: &Figures, second: &Figures) -> [((&'static str, &'static str), [String; 3]); 8] {
    let both = [first, second];
    let whole = |of: fn(&Figures) -> i64| {
        let [one, other] = both.map(of);
        let difference = match other - one {
            0 => "0".to_owned(),
            difference => format!("{difference:+}"),
        };
        [one.to_string(), other.to_string(), difference]
    };
    let tenths = |of: fn(&Figures) -> f64| {
        let [one, other] = both.map(of);
        [decimal(one), decimal(other), signed(other - one)]
    };
    [
        (("流动人次", "moves"), whole(|held| held.moves as i64)),
        (
            ("非志愿人次", "unwished moves"),
            whole(|held| held.unwished as i64),
        ),
        (
            ("单程分钟合计", "minutes, one way"),
            whole(|held| held.minutes),
        ),
        (("缺额人", "short, persons"), tenths(|held| held.shortage)),
        (
            ("缺课节/周", "lessons a week missed"),
            tenths(|held| held.lessons),
        ),
        (("超需人", "surplus, persons"), tenths(|held| held.surplus)),
        (
            ("实际交流轮岗教师数", "exchanges and transfers reported"),
            whole(|held| held.statistics.moved as i64),
        ),
        (
            ("实际交流骨干教师数", "of them 骨干"),
            whole(|held| held.statistics.backbone_moved as i64),
        ),
    ]
}

/// Rules of which the figures differ, each plan with what its own policy asks; also rules that only one of
/// the two has.
fn rules(page: &mut Page, first: &Figures, second: &Figures) {
    let language = page.language;
    let mut table = page.columns([
        ("规则", "Rule", Left),
        ("甲", "A", Right),
        ("甲要求", "A asked", Right),
        ("乙", "B", Right),
        ("乙要求", "B asked", Right),
    ]);
    let cells = |held: Option<&RuleFigure>| match held {
        Some(rule) => [language.figure(&rule.value), target(language, rule)],
        None => ["—".to_owned(), "—".to_owned()],
    };
    let mut push = |titled: &RuleFigure, one, other| {
        let title = language.title(&titled.title, &titled.title_english);
        let ([found, asked], [found_too, asked_too]) = (cells(one), cells(other));
        table.push([title.to_owned(), found, asked, found_too, asked_too]);
    };
    for (before, rule) in first.other_rules(second) {
        push(rule, before, Some(rule));
    }
    let only_first = first.rules.iter();
    let only_first = only_first.filter(|rule| rule.target.is_some());
    for rule in only_first.filter(|rule| second.rule(&rule.id).is_none()) {
        push(rule, Some(rule), None);
    }
    page.table(
        "结果或要求不同的规则",
        "Rules whose figures or targets differ",
        &table,
    );
}

fn subjects(page: &mut Page, first: &Figures, second: &Figures) {
    let mut table = page.columns([
        ("学段", "Stage", Left),
        ("学科", "Subject", Left),
        ("甲缺额", "A short", Right),
        ("乙缺额", "B short", Right),
        ("相差", "Difference", Right),
    ]);
    for subject in &second.subjects {
        let before = first.subject(subject.stage, &subject.subject);
        let before = before.map_or(0.0, |held| held.shortage);
        if (before - subject.shortage).abs() >= 0.001 {
            table.push([
                subject.stage.to_owned(),
                subject.subject.clone(),
                decimal(before),
                decimal(subject.shortage),
                signed(subject.shortage - before),
            ]);
        }
    }
    page.table("缺额按学科", "Shortage by subject", &table);
}

fn zones(page: &mut Page, held: &Comparison) {
    let mut table = page.columns([
        ("学段", "Stage", Left),
        ("城乡", "Zone", Left),
        ("甲缺额", "A short", Right),
        ("乙缺额", "B short", Right),
        ("相差", "Difference", Right),
    ]);
    for zone in &held.zones {
        table.push([
            zone.stage.to_owned(),
            zone.zone.to_owned(),
            decimal(zone.before),
            decimal(zone.after),
            signed(zone.after - zone.before),
        ]);
    }
    page.table("缺额按城乡", "Shortage by zone", &table);
}

/// Posts whose shortage grows or shrinks.
fn posts(page: &mut Page, posts: &[PostChange]) {
    let mut table = page.columns([
        ("学校", "School", Left),
        ("学段", "Stage", Left),
        ("学科", "Subject", Left),
        ("甲缺额", "A short", Right),
        ("乙缺额", "B short", Right),
        ("相差", "Difference", Right),
    ]);
    for post in posts.iter().take(NAMED) {
        let mut row = post_cells(post).to_vec();
        row.push(signed(post.after - post.before));
        table.push(row);
    }
    if posts.len() > NAMED {
        table.below(more(page.language, posts.len() - NAMED, "项"));
    }
    page.table("缺额增减的岗位", "Posts that lack more or less", &table);
}

fn tally(page: &mut Page, held: &Comparison) {
    let mut table = page.columns([
        ("由甲到乙", "From A to B", Left),
        ("人数", "Persons", Right),
    ]);
    for (effect, count) in &held.tally {
        table.push([
            effect_word(page.language, *effect).to_owned(),
            count.to_string(),
        ]);
    }
    let count = held.persons.len();
    let persons = counted(count, "person", "persons");
    page.table(
        &format!("得失（安排不同的 {count} 人）"),
        &format!("Who gains and who loses ({persons} placed differently)"),
        &table,
    );
}

/// Whom plans place differently.
pub(super) fn persons<'p>(
    page: &mut Page,
    (chinese, english): (&str, &str),
    persons: impl Iterator<Item = &'p PersonChange>,
) {
    let language = page.language;
    let mut table = page.columns([
        ("教师", "Teacher", Left),
        ("原来", "Before", Left),
        ("现在", "After", Left),
        ("得失", "What it is", Left),
    ]);
    let mut left = 0;
    for (at, held) in persons.enumerate() {
        if at >= NAMED {
            left += 1;
            continue;
        }
        let effects = held.effects.iter();
        let effects: Vec<&str> = effects
            .map(|&effect| effect_word(language, effect))
            .collect();
        table.push([
            held.teacher.clone(),
            whereabouts(language, held.before.as_ref()),
            whereabouts(language, held.after.as_ref()),
            effects.join(language.pick("，", ", ")),
        ]);
    }
    if left > 0 {
        table.below(more(language, left, "人"));
    }
    page.table(chinese, english, &table);
}

const fn effect_word(language: Language, effect: Effect) -> &'static str {
    match effect {
        Effect::Moves => language.pick("改为流动", "moves now"),
        Effect::Stays => language.pick("不再流动", "no longer moves"),
        Effect::Elsewhere => language.pick("去向不同", "goes elsewhere"),
        Effect::AtHome => language.pick("其他变动", "another change"),
        Effect::WishGranted => language.pick("满足志愿", "wish granted"),
        Effect::WishLost => language.pick("失去志愿", "wish lost"),
        Effect::Nearer => language.pick("路程变近", "nearer"),
        Effect::Farther => language.pick("路程变远", "farther"),
    }
}
