//! Levers of a plan: rows of `levers.csv`, figures, and the table of the terminal.

use serde::Serialize;

use super::align::Side::{Left, Right};
use super::page::Page;
use crate::account::Account;
use crate::domain::UnitIndex;
use crate::policy::Lever;

/// A lever in `summary.json`. What the policy does not say is left out.
#[derive(Debug, Serialize)]
pub(super) struct LeverFigures<'a> {
    id: &'a str,
    title: &'a str,
    kind: &'static str,
    used: u32,
    #[serde(skip_serializing_if = "is_zero")]
    at_least: u32,
    at_most: u32,
    /// First month of service.
    #[serde(skip_serializing_if = "Option::is_none")]
    arrives: Option<String>,
    /// At most so many who arrive after the planned year begins.
    #[serde(skip_serializing_if = "is_zero")]
    expected: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    service_years: Option<u32>,
    #[serde(skip_serializing_if = "String::is_empty")]
    source: String,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands references")]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// Every lever of the policy, used or not.
pub(super) fn lever_figures<'a>(account: &'a Account<'_>) -> Vec<LeverFigures<'a>> {
    let situation = account.situation();
    let begin = situation.district.year_begin;
    let levers = situation.policy.levers.iter();
    levers
        .map(|lever| {
            let acts = lever.acts_in(begin);
            LeverFigures {
                id: &lever.id,
                title: &lever.title,
                kind: lever.kind.code(),
                used: used(account, lever),
                at_least: lever.at_least,
                at_most: lever.at_most,
                arrives: lever.arrives.map(|month| month.to_string()),
                expected: if acts { 0 } else { lever.at_most },
                service_years: lever.service_years,
                source: lever.source.citation(),
            }
        })
        .collect()
}

fn used(account: &Account<'_>, lever: &Lever) -> u32 {
    let uses = account.plan.levers.iter();
    let of_lever = uses.filter(|used| used.lever == lever.id);
    of_lever.map(|used| used.count).sum()
}

/// Rows of `levers.csv`.
pub(super) fn lever_rows(account: &Account<'_>) -> Vec<Vec<String>> {
    let situation = account.situation();
    let district = situation.district;
    let rows = account.plan.levers.iter().map(|used| {
        let mut levers = situation.policy.levers.iter();
        let lever = levers.find(|lever| lever.id == used.lever);
        let school = used.school.map(|school| district.school(school));
        let subject = used.subject.map(|subject| district.subject_name(subject));
        let text = |said: fn(&Lever) -> String| lever.map(said).unwrap_or_default();
        let unit = |unit: Option<UnitIndex>| unit.map(|unit| district.unit(unit));
        let code = |index| {
            unit(index)
                .map(|unit| unit.code.clone())
                .unwrap_or_default()
        };
        let name = |index| {
            unit(index)
                .map(|unit| unit.name.clone())
                .unwrap_or_default()
        };
        vec![
            used.lever.clone(),
            text(|lever| lever.title.clone()),
            school.map(|school| school.code.clone()).unwrap_or_default(),
            school.map(|school| school.name.clone()).unwrap_or_default(),
            used.stage
                .map(|stage| stage.to_string())
                .unwrap_or_default(),
            subject.unwrap_or_default().to_owned(),
            used.count.to_string(),
            text(|lever| lever.kind.chinese().to_owned()),
            text(|lever| lever.source.citation()),
            text(|lever| {
                lever
                    .service_years
                    .map_or(String::new(), |years| years.to_string())
            }),
            code(used.unit),
            name(used.unit),
            code(used.from),
            name(used.from),
        ]
    });
    rows.collect()
}

/// What each lever did, and who is expected later; nothing where there is neither.
pub(super) fn lever_table(page: &mut Page, account: &Account<'_>) {
    let situation = account.situation();
    let begin = situation.district.year_begin;
    let mut table = page.columns([
        ("渠道", "Lever", Left),
        ("用", "Used", Right),
        ("至少", "At least", Right),
        ("至多", "At most", Right),
        ("到岗", "Arrives", Left),
        ("服务期（年）", "Years of service", Right),
    ]);
    let levers = situation.policy.levers.iter();
    for lever in levers.filter(|lever| lever.at_most > 0) {
        let later = page.pick("（本学年不计）", " (not this year)");
        let arrives = lever.arrives.map_or(String::new(), |month| {
            let later = if lever.acts_in(begin) { "" } else { later };
            format!("{month}{later}")
        });
        let count = |count: u32| match count {
            0 => "—".to_owned(),
            some => some.to_string(),
        };
        table.push([
            page.language
                .title(&lever.title, &lever.title_english)
                .to_owned(),
            used(account, lever).to_string(),
            count(lever.at_least),
            lever.at_most.to_string(),
            arrives,
            count(lever.service_years.unwrap_or(0)),
        ]);
    }
    page.table("补充渠道", "Levers", &table);
}
