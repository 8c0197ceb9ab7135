//! What is said where there is no plan: the rules that clash, or why none was found yet.

use serde::Serialize;

use super::align::Side::{Left, Right};
use super::language::Language;
use super::page::Page;
use super::proof::outcome;
use super::provenance::Provenance;
use crate::domain::plan_files::SUMMARY_SCHEMA;
use crate::planning::{ClashingRule, Planned};
use crate::rules::{Kind, RuleSet};

/// What `summary.json` would say where there is no plan; it goes to stdout only.
#[derive(Debug, Serialize)]
pub struct NoPlan<'a> {
    schema: &'static str,
    status: &'static str,
    clash: Vec<ClashFigures<'a>>,
    provenance: &'a Provenance,
}

#[derive(Debug, Serialize)]
struct ClashFigures<'a> {
    rule: Option<&'a str>,
    title: Option<&'a str>,
    place: &'a str,
    missed_by: i64,
}

/// Sums up that there is no plan, and which rules clash.
pub fn no_plan_summary<'a>(
    planned: &'a Planned,
    rules: &'a RuleSet,
    provenance: &'a Provenance,
) -> NoPlan<'a> {
    NoPlan {
        schema: SUMMARY_SCHEMA,
        status: planned.status.code(),
        clash: planned
            .clash
            .iter()
            .map(|clash| {
                let rule = clash.rule.map(|position| &rules.all()[position].rule);
                ClashFigures {
                    rule: rule.map(|rule| rule.id.as_str()),
                    title: rule.map(|rule| rule.title.as_str()),
                    place: place_of(clash, rules),
                    missed_by: clash.amount,
                }
            })
            .collect(),
        provenance,
    }
}

/// What is said where there is no plan: the rules that clash, or why none was found yet.
pub fn no_plan_page(planned: &Planned, rules: &RuleSet, language: Language) -> String {
    let mut page = Page::new(language);
    page.line(outcome(planned, language));
    let mut table = page.columns([
        ("规则", "Rule", Left),
        ("地点", "Place", Left),
        ("相差", "Missed by", Right),
    ]);
    for clash in &planned.clash {
        let rule = clash.rule.map(|position| &rules.all()[position].rule);
        let name = rule.map_or_else(
            || "—".to_owned(),
            |rule| {
                format!(
                    "{} {}",
                    rule.id,
                    language.title(&rule.title, &rule.title_english)
                )
            },
        );
        let place = place_of(clash, rules).to_owned();
        table.push([name, place, missed_by(clash, rules, language)]);
    }
    page.table(
        "下列规则不能同时成立（最少差额如下）",
        "These rules cannot all hold (missed by the least that is possible)",
        &table,
    );
    page.finish()
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
/// a person, as many as its denominator says.
fn missed_by(clash: &ClashingRule, rules: &RuleSet, language: Language) -> String {
    let parts = match clash.rule.map(|position| &rules.all()[position].kind) {
        Some(Kind::Ratio(ratio)) => ratio.at_least.or(ratio.at_most),
        _ => None,
    };
    let parts = parts.map_or(1, |limit| limit.denominator);
    let persons = (clash.amount.abs() + parts - 1) / parts;
    match (language, clash.amount < 0) {
        (Language::Chinese, true) => format!("少 {persons} 人"),
        (Language::Chinese, false) => format!("多 {persons} 人"),
        (Language::English, true) => format!("{persons} too few"),
        (Language::English, false) => format!("{persons} too many"),
    }
}
