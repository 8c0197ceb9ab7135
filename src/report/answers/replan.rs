//! A plan that is out, after something happened.

use serde::Serialize;

use super::compare::persons;
use super::failed;
use super::tables::{Column, levers, proven, with_levels};
use super::words::decimal;
use crate::answers::{Attempt, Figures, PersonChange, Remedy, Replanned, Replanning};
use crate::policy::Policy;
use crate::report::align::Side::{Left, Right};
use crate::report::align::TextTable;
use crate::report::language::{Language, counted};
use crate::report::page::Page;
use crate::scenario::{Overridden, Scenario};

/// The first columns of the table.
const COUNTED: [Column; 7] = [
    ("至多再动", "Further at most", Left),
    ("结果", "Outcome", Left),
    ("再动人数", "Further", Right),
    ("缺额人", "Short", Right),
    ("缺课节/周", "Lessons", Right),
    ("流动人次", "Moves", Right),
    ("路程分钟", "Minutes", Right),
];

/// What each further person buys, as a page and as JSON.
#[derive(Debug, Clone, Copy)]
pub struct ReplanPage<'a> {
    published: &'a Figures,
    events: &'a Scenario,
    found: &'a Replanning,
    policy: &'a Policy,
}

/// All that was found, for programs.
#[derive(Debug, Serialize)]
pub struct ReplanView<'a> {
    schema: &'static str,
    events: Vec<String>,
    reason: &'a str,
    /// The plan that is out, as it was before the events.
    published: &'a Figures,
    table: Vec<RowView<'a>>,
    /// What must be said besides an order for which rules leave no room.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    remedies: &'a [Remedy],
    /// What the events decide against rules.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    overridden: &'a [Overridden],
}

#[derive(Debug, Serialize)]
struct RowView<'a> {
    /// How many further people may be placed differently; null without a limit.
    at_most: Option<u32>,
    /// `planned`, or why there is no plan.
    outcome: String,
    #[serde(flatten)]
    plan: Option<&'a Replanned>,
}

impl<'a> ReplanPage<'a> {
    /// Of a plan that is out, and what became of it.
    pub const fn new(
        (published, policy): (&'a Figures, &'a Policy),
        events: &'a Scenario,
        found: &'a Replanning,
    ) -> Self {
        Self {
            published,
            events,
            found,
            policy,
        }
    }

    fn rows(&self) -> impl Iterator<Item = (Option<u32>, &'a Attempt<Replanned>)> {
        let limited = self.found.limited.iter();
        let limited = limited.map(|(limit, held)| (Some(*limit), held));
        limited.chain(std::iter::once((None, &self.found.free)))
    }

    /// For programs.
    pub fn view(&self) -> ReplanView<'a> {
        let rows = self.rows().map(|(at_most, held)| RowView {
            at_most,
            outcome: match held {
                Attempt::Planned(_) => "planned".to_owned(),
                failed => failed::words(Language::English, failed),
            },
            plan: held.planned(),
        });
        ReplanView {
            schema: "shizi-replan-1",
            events: texts(self.events),
            reason: &self.events.reason,
            published: self.published,
            table: rows.collect(),
            remedies: &self.found.remedies,
            overridden: &self.found.overridden,
        }
    }

    /// To read.
    pub fn text(&self, language: Language) -> String {
        let mut page = Page::new(language);
        self.events(&mut page);
        let table = self.table(language);
        page.table(
            "除变动本身涉及的人外，至多再动几人，各换来什么",
            "Besides those whom the events name: what each further person buys",
            &table,
        );
        let named_alike = self.named_alike();
        if let Some(first) = self.rows().find_map(|(_, held)| held.planned())
            && named_alike
        {
            let title = ("变动本身涉及的人", "Whom the events name");
            persons(&mut page, title, self.named_in(first));
        }
        let mut before: Option<&Replanned> = None;
        for (limit, held) in self.rows() {
            let name = limit_word(language, limit);
            failed::section(&mut page, &name, held);
            if limit.is_none() {
                failed::remedies(&mut page, &self.found.remedies);
            }
            let Some(plan) = held.planned() else {
                continue;
            };
            // A plan is described once.
            if before.is_none_or(|before| differs(before, plan)) {
                if !named_alike {
                    let title = (
                        format!("{name}：变动本身涉及的人"),
                        format!("{name}: whom the events name"),
                    );
                    persons(&mut page, (&title.0, &title.1), self.named_in(plan));
                }
                let others = plan.comparison.persons.iter();
                let others = others.filter(|held| !self.is_named(held));
                let title = further_title(&name, plan.further, others.clone().count());
                persons(&mut page, (&title.0, &title.1), others);
                recruits(&mut page, &name, plan);
            }
            before = Some(plan);
        }
        page.finish()
    }

    /// What happened, why, and what of it is against rules.
    fn events(&self, page: &mut Page) {
        let language = page.language;
        let events = texts(self.events).join(language.pick("，", ", "));
        page.line(match language {
            Language::Chinese => format!("方案公布后的变动：{events}"),
            Language::English => format!("After the list was out: {events}"),
        });
        if !self.events.reason.is_empty() {
            let reason = &self.events.reason;
            page.line(match language {
                Language::Chinese => format!("理由：{reason}"),
                Language::English => format!("Reason: {reason}"),
            });
        }
        overrides(page, &self.found.overridden);
    }

    /// Those whom the events name, as a plan places them.
    fn named_in(&self, plan: &'a Replanned) -> impl Iterator<Item = &'a PersonChange> + Clone {
        let found = self.found;
        let persons = plan.comparison.persons.iter();
        persons.filter(move |held| is_named(found, held))
    }

    /// Whether all plans place those whom the events name alike.
    fn named_alike(&self) -> bool {
        let mut plans = self.rows().filter_map(|(_, held)| held.planned());
        let first = plans.next();
        first.is_none_or(|first| plans.all(|plan| self.named_in(plan).eq(self.named_in(first))))
    }

    /// Whether the events name somebody, or bring him or her.
    fn is_named(&self, held: &PersonChange) -> bool {
        is_named(self.found, held)
    }

    fn table(&self, language: Language) -> TextTable {
        let levels = self.policy.levels.iter();
        let titles = levels.map(|level| (&level.title, &level.title_english));
        let mut table = TextTable::new(with_levels(language, &COUNTED, titles, &[]));
        let published = language.pick("公布的方案", "as published").to_owned();
        table.push(row(
            [published, "—".to_owned(), "—".to_owned()],
            self.published,
        ));
        for (limit, held) in self.rows() {
            let name = limit_word(language, limit);
            let Some(plan) = held.planned() else {
                table.push([name, failed::words(language, held)]);
                continue;
            };
            let figures = &plan.comparison.second;
            let outcome = proven(figures, language);
            let further = plan.further.to_string();
            table.push(row([name, outcome.to_owned(), further], figures));
        }
        table
    }
}

/// What the events decide against rules.
fn overrides(page: &mut Page, overridden: &[Overridden]) {
    let language = page.language;
    for held in overridden {
        let (who, what) = (&held.teacher, &held.decision);
        let rules = held.forbidden_by.join(language.pick("；", "; "));
        page.line(match (language, rules.is_empty()) {
            (Language::Chinese, true) => format!("破例：{who} {what}，没有突破规则"),
            (Language::Chinese, false) => format!("破例：{who} {what}，突破：{rules}"),
            (Language::English, true) => format!("Override: {who} {what}, against no rule"),
            (Language::English, false) => format!("Override: {who} {what}, against: {rules}"),
        });
    }
}

fn is_named(found: &Replanning, held: &PersonChange) -> bool {
    held.before.is_none() || found.named.contains(&held.teacher)
}

/// The title of those who are placed differently; of whom the limit does not count all, where their post
/// is gone or a lock leaves no choice.
fn further_title(name: &str, further: usize, listed: usize) -> (String, String) {
    let beyond = listed.saturating_sub(further);
    if beyond == 0 {
        return (
            format!("{name}：再动的人"),
            format!("{name}: further people"),
        );
    }
    (
        format!("{name}：再动的 {further} 人，及岗位不再有、锁定等无从选择而不计入的 {beyond} 人"),
        format!(
            "{name}: {further} further people, and {beyond} who have no choice and do not count"
        ),
    )
}

/// Whether two plans place anybody differently, recruits among them.
fn differs(one: &Replanned, other: &Replanned) -> bool {
    let (one, other) = (&one.comparison, &other.comparison);
    one.persons != other.persons || one.second.levers != other.second.levers
}

/// Recruits of levers beside those of the list.
fn recruits(page: &mut Page, name: &str, plan: &Replanned) {
    let (first, second) = (&plan.comparison.first, &plan.comparison.second);
    if first.levers == second.levers {
        return;
    }
    let recruits = plan.recruits;
    page.heading(&format!("{name}：补充渠道"), &format!("{name}: levers"));
    if recruits > 0 {
        page.line(match page.language {
            Language::Chinese => {
                format!("  招聘人员安排不同的 {recruits} 人（不计入至多再动的人数）")
            }
            Language::English => {
                let recruits = counted(recruits, "recruit", "recruits");
                format!("  {recruits} placed differently, beside the limit on further people")
            }
        });
    }
    let shown = [("公布人数", "As published"), ("现在人数", "Now")];
    levers(page, (first, second), shown);
}

fn row(first: [String; 3], figures: &Figures) -> Vec<String> {
    let counts = [
        decimal(figures.shortage),
        decimal(figures.lessons),
        figures.moves.to_string(),
        figures.minutes.to_string(),
    ];
    let levels = figures.levels.iter();
    let levels = levels.map(|level| format!("{:.2}", level.value));
    first.into_iter().chain(counts).chain(levels).collect()
}

fn limit_word(language: Language, limit: Option<u32>) -> String {
    match (limit, language) {
        (Some(limit), Language::Chinese) => format!("{limit} 人"),
        (Some(limit), Language::English) => limit.to_string(),
        (None, _) => language.pick("不限", "no limit").to_owned(),
    }
}

fn texts(events: &Scenario) -> Vec<String> {
    events.changes.iter().map(ToString::to_string).collect()
}
