//! What is said where there is no plan: the rules that clash, or why none was found yet.

use serde::Serialize;

use super::align::Side::{Left, Right};
use super::language::Language;
use super::page::Page;
use super::proof::outcome;
use crate::account::Provenance;
use crate::domain::plan_files::SUMMARY_SCHEMA;
use crate::planning::{ClashingRule, MinimalClash, Planned};
use crate::policy::Rule;
use crate::rules::{Kind, RuleSet};

/// What is known where there is no plan.
#[derive(Debug, Clone, Copy)]
pub struct NoPlan<'a> {
    /// How the solve ended.
    planned: &'a Planned,
    /// Rules that cannot all hold, none to spare; empty where that is not proven.
    clash: &'a MinimalClash,
    /// The rules.
    rules: &'a RuleSet,
    /// From what and how it was planned.
    provenance: &'a Provenance,
}

/// What `summary.json` would say where there is no plan; it goes to stdout only.
#[derive(Debug, Serialize)]
pub struct NoPlanSummary<'a> {
    schema: &'static str,
    status: &'static str,
    /// Rules that cannot all hold; without any one of them the others can.
    minimal_clash: Vec<MemberName<'a>>,
    /// Rules that may belong to it or not.
    untried: Vec<RuleName<'a>>,
    /// Where the limits are missed if they are missed by the least that is possible.
    clash: Vec<ClashFigures<'a>>,
    provenance: &'a Provenance,
}

#[derive(Debug, Serialize)]
struct RuleName<'a> {
    rule: &'a str,
    title: &'a str,
}

#[derive(Debug, Serialize)]
struct MemberName<'a> {
    #[serde(flatten)]
    name: RuleName<'a>,
    /// Whether there is a plan under all other rules of the policy; null where that is not known.
    plan_without_it: Option<bool>,
}

#[derive(Debug, Serialize)]
struct ClashFigures<'a> {
    rule: Option<&'a str>,
    title: Option<&'a str>,
    place: &'a str,
    missed_by: i64,
}

impl<'a> NoPlan<'a> {
    /// What is known.
    pub const fn new(
        planned: &'a Planned,
        clash: &'a MinimalClash,
        rules: &'a RuleSet,
        provenance: &'a Provenance,
    ) -> Self {
        Self {
            planned,
            clash,
            rules,
            provenance,
        }
    }

    /// Sums up that there is no plan, and which rules clash.
    pub fn summary(&self) -> NoPlanSummary<'a> {
        let missed = |held: &'a ClashingRule| {
            let rule = held.rule.map(|position| self.rule(position));
            ClashFigures {
                rule: rule.map(|rule| rule.id.as_str()),
                title: rule.map(|rule| rule.title.as_str()),
                place: place_of(held, self.rules),
                missed_by: held.amount,
            }
        };
        NoPlanSummary {
            schema: SUMMARY_SCHEMA,
            status: self.planned.status.code(),
            minimal_clash: self
                .clash
                .rules
                .iter()
                .map(|member| MemberName {
                    name: self.rule_name(member.rule),
                    plan_without_it: member.cures,
                })
                .collect(),
            untried: self
                .clash
                .untried
                .iter()
                .map(|&rule| self.rule_name(rule))
                .collect(),
            clash: self.planned.clash.iter().map(missed).collect(),
            provenance: self.provenance,
        }
    }

    /// What is said: the rules that clash, or why no plan was found yet.
    pub fn page(&self, language: Language) -> String {
        let mut page = Page::new(language);
        page.line(outcome(self.planned, language));
        self.clashing_rules(&mut page, language);
        let mut table = page.columns([
            ("规则", "Rule", Left),
            ("地点", "Place", Left),
            ("相差", "Missed by", Right),
        ]);
        for held in &self.planned.clash {
            let name = held
                .rule
                .map_or_else(|| "—".to_owned(), |rule| self.name(rule, language));
            let place = place_of(held, self.rules).to_owned();
            table.push([name, place, missed_by(held, self.rules, language)]);
        }
        page.table(
            "若总差额降到最小，差在这些地方",
            "Where the limits are missed if they are missed by the least in all",
            &table,
        );
        page.finish()
    }

    fn clashing_rules(&self, page: &mut Page, language: Language) {
        let mut table = page.columns([
            ("规则", "Rule", Left),
            ("全部规则只停用这条", "Without it alone", Left),
            ("依据", "Source", Left),
        ]);
        for member in &self.clash.rules {
            let without = match member.cures {
                Some(true) => language.pick("有方案", "there is a plan"),
                Some(false) => language.pick("还有别的冲突", "other rules clash still"),
                None => language.pick("未知", "not known"),
            };
            table.push([
                self.name(member.rule, language),
                without.to_owned(),
                self.rule(member.rule).source.citation(),
            ]);
        }
        page.table(
            "互相冲突的规则（不能同时成立；其中缺了任何一条，其余的可以同时成立）",
            "The rules that clash (they cannot all hold; without any one of them the others can)",
            &table,
        );
        let mut table = page.columns([("规则", "Rule", Left), ("依据", "Source", Left)]);
        for &rule in &self.clash.untried {
            let source = self.rule(rule).source.citation();
            table.push([self.name(rule, language), source]);
        }
        page.table(
            "未能判断是否参与冲突的规则（停用后可选项过多，未试算）",
            "Rules that may take part in it or not (without them there are too many choices to try)",
            &table,
        );
    }

    fn rule(&self, position: usize) -> &'a Rule {
        &self.rules.all()[position].rule
    }

    fn name(&self, position: usize, language: Language) -> String {
        let rule = self.rule(position);
        let title = language.title(&rule.title, &rule.title_english);
        format!("{} {title}", rule.id)
    }

    fn rule_name(&self, position: usize) -> RuleName<'a> {
        let rule = self.rule(position);
        RuleName {
            rule: &rule.id,
            title: &rule.title,
        }
    }
}

/// The place without the rule's id, which the model puts before it.
fn place_of<'a>(clash: &'a ClashingRule, rules: &RuleSet) -> &'a str {
    let place = clash.place.as_str();
    let rule = clash.rule.map(|position| &rules.all()[position].rule);
    rule.and_then(|rule| place.strip_prefix(rule.id.as_str()))
        .unwrap_or(place)
        .trim()
}

/// By how many persons a limit is missed, and on which side. The row of a ratio counts in parts of
/// a person, as many as its denominator says, and the line of a difference in as many as it says.
fn missed_by(clash: &ClashingRule, rules: &RuleSet, language: Language) -> String {
    let parts = match clash.rule.map(|position| &rules.all()[position].kind) {
        Some(Kind::Ratio(ratio)) => {
            let limit = ratio.at_least.or(ratio.at_most);
            limit.map_or(1, |limit| limit.denominator)
        }
        Some(Kind::Disparity(_)) => clash.parts,
        _ => 1,
    };
    let persons = (clash.amount.abs() + parts - 1) / parts;
    if clash.of_mean {
        // Thousandths of the mean, which is too high where its line is too low.
        let above = format!("{}.{:03}", persons / 1_000, persons % 1_000);
        return match language {
            Language::Chinese => format!("高 {above}"),
            Language::English => format!("{above} too high"),
        };
    }
    match (language, clash.amount < 0) {
        (Language::Chinese, true) => format!("少 {persons} 人"),
        (Language::Chinese, false) => format!("多 {persons} 人"),
        (Language::English, true) => format!("{persons} too few"),
        (Language::English, false) => format!("{persons} too many"),
    }
}
