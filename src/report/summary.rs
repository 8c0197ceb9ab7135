//! `summary.json`: all figures of a plan, for machines.

use std::collections::BTreeMap;

use serde::Serialize;

use super::itinerants::{ItinerantFigures, itinerant_figures};
use super::levers::{LeverFigures, lever_figures};
use super::words::persons_of_units;
use crate::account::Provenance;
use crate::account::{Account, Balance, FairnessRow, Statistics};
use crate::demand::Fixation;
use crate::domain::plan_files::{DRAFT, SUMMARY_SCHEMA};
use crate::domain::{Assumption, Form, Persons};
use crate::planning::PlannedLevel;
use crate::rules::{Figure, Measure, Target};
use crate::solve::LevelCertificate;

/// All figures of a plan. Persons are decimal numbers.
#[derive(Debug, Serialize)]
pub struct Summary<'a> {
    schema: &'static str,
    draft: &'static str,
    district: &'a str,
    district_code: &'a str,
    status: &'static str,
    levels: Vec<LevelFigures<'a>>,
    rules: Vec<RuleFigures<'a>>,
    moves: MoveFigures,
    balances: BalanceFigures,
    statistics: Statistics,
    /// Whom the plan asks, group by group.
    fairness: Vec<FairnessRow>,
    levers: Vec<LeverFigures<'a>>,
    /// 走教, where there is any.
    #[serde(skip_serializing_if = "Option::is_none")]
    itinerants: Option<ItinerantFigures>,
    assumptions: Vec<AssumptionFigures<'a>>,
    reminders: Vec<ReminderFigures<'a>>,
    /// Cases of justified envy, where there are wishes and scores.
    #[serde(skip_serializing_if = "Option::is_none")]
    justified_envy: Option<usize>,
    provenance: &'a Provenance,
}

#[derive(Debug, Serialize)]
struct LevelFigures<'a> {
    name: &'a str,
    title: &'a str,
    /// Weighted persons; less is better.
    value: f64,
    /// Proven: no plan that keeps the earlier levels' values is below.
    bound: Option<f64>,
    /// (value − bound) ÷ the part of the value that decisions can change.
    gap: Option<f64>,
    /// How far from best at most, in weighted persons.
    gap_persons: Option<f64>,
    closed: bool,
    /// On whose word the bound stands: `prices` or `branch-and-bound`.
    proof: Option<&'static str>,
    seconds: Option<f64>,
    /// Earlier levels that are not closed, under whose values the bound was proven.
    conditional_on: Vec<&'a str>,
    /// The value in whole units, 100 000 of which are a weighted person.
    units: i64,
    bound_units: Option<i64>,
}

#[derive(Debug, Serialize)]
struct RuleFigures<'a> {
    id: &'a str,
    title: &'a str,
    title_english: &'a str,
    kind: &'a str,
    value: Figure,
    target: Option<Target>,
    met: bool,
    /// In how many places it is not met; `gaps.csv` names them.
    missed: usize,
    enforcement: &'static str,
    source: String,
    certainty: &'static str,
    /// What it costs at its level, in units.
    units: i64,
    /// Its indicators over the district, by stage.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    indicators: &'a [Measure],
}

#[derive(Debug, Serialize)]
struct MoveFigures {
    /// Exchanges and transfers.
    total: usize,
    /// Those of them that were decided before.
    decided: usize,
    /// Everybody by form of next year, those who stay left out. Who comes home from an exchange
    /// and changes subject there stands under both.
    by_form: BTreeMap<&'static str, usize>,
    zone_to_zone: Vec<ZoneMoves>,
    by_subject: Vec<SubjectMoves>,
}

#[derive(Debug, Serialize)]
struct ZoneMoves {
    from: &'static str,
    to: &'static str,
    count: usize,
}

#[derive(Debug, Serialize)]
struct SubjectMoves {
    stage: &'static str,
    subject: String,
    count: usize,
}

#[derive(Debug, Serialize)]
struct BalanceFigures {
    total: PersonFigures,
    by_subject: Vec<SubjectBalance>,
    by_zone: Vec<ZoneBalance>,
}

#[derive(Debug, Serialize)]
struct SubjectBalance {
    stage: &'static str,
    subject: String,
    #[serde(flatten)]
    figures: PersonFigures,
}

#[derive(Debug, Serialize)]
struct ZoneBalance {
    stage: &'static str,
    zone: &'static str,
    #[serde(flatten)]
    figures: PersonFigures,
}

#[derive(Debug, Serialize)]
struct PersonFigures {
    need: f64,
    staff_before: f64,
    staff_after: f64,
    shortage_before: f64,
    shortage_after: f64,
    surplus_before: f64,
    surplus_after: f64,
    /// Staff outside the establishment (编外、临聘) whom posts can do without.
    temporary_unneeded_before: f64,
    temporary_unneeded_after: f64,
}

/// An assumption as it stands in summaries and reports.
#[derive(Debug, Serialize)]
pub(super) struct AssumptionFigures<'a> {
    pub(super) code: &'static str,
    pub(super) chinese: &'a str,
    pub(super) english: &'a str,
    pub(super) count: usize,
}

impl<'a> From<&'a Assumption> for AssumptionFigures<'a> {
    fn from(assumption: &'a Assumption) -> Self {
        Self {
            code: assumption.code,
            chinese: &assumption.chinese,
            english: &assumption.english,
            count: assumption.count,
        }
    }
}

#[derive(Debug, Serialize)]
struct ReminderFigures<'a> {
    rule: &'a str,
    title: &'a str,
    count: usize,
}

/// Sums up a plan.
pub fn summarise<'a>(account: &'a Account<'_>) -> Summary<'a> {
    let situation = account.situation();
    let district = situation.district;
    Summary {
        schema: SUMMARY_SCHEMA,
        draft: DRAFT,
        district: &district.name,
        district_code: &district.code,
        status: account.planned.status.code(),
        levels: account
            .planned
            .levels
            .iter()
            .map(|level| level_figures(account, level))
            .collect(),
        rules: rule_figures(account),
        moves: move_figures(account),
        balances: balance_figures(account),
        statistics: account.statistics(),
        fairness: account.fairness().rows().collect(),
        levers: lever_figures(account),
        itinerants: itinerant_figures(account),
        assumptions: district.assumptions.iter().map(Into::into).collect(),
        reminders: account
            .reminders()
            .into_iter()
            .map(|(typed, count)| ReminderFigures {
                rule: &typed.rule.id,
                title: &typed.rule.title,
                count,
            })
            .collect(),
        justified_envy: account.envy().map(<[_]>::len),
        provenance: &account.provenance,
    }
}

fn level_figures<'a>(account: &'a Account<'_>, planned: &'a PlannedLevel) -> LevelFigures<'a> {
    let levels = &account.situation().policy.levels;
    let held = planned.certificate.as_ref();
    LevelFigures {
        name: &levels[planned.level].id,
        title: &levels[planned.level].title,
        value: persons_of_units(planned.value),
        bound: held.map(|held| persons_of_units(held.bound)),
        gap: held.map(LevelCertificate::gap),
        gap_persons: held.map(|held| persons_of_units((held.value - held.bound).max(0))),
        closed: held.is_some_and(LevelCertificate::is_closed),
        proof: held.map(|held| held.proof.code()),
        seconds: held.map(|held| (held.elapsed.as_secs_f64() * 1000.0).round() / 1000.0),
        conditional_on: held
            .iter()
            .flat_map(|held| &held.conditional_on)
            .map(|&level| levels[level].id.as_str())
            .collect(),
        units: planned.value,
        bound_units: held.map(|held| held.bound),
    }
}

fn rule_figures<'a>(account: &'a Account<'_>) -> Vec<RuleFigures<'a>> {
    account
        .rules()
        .map(|(typed, outcome)| RuleFigures {
            id: &typed.rule.id,
            title: &typed.rule.title,
            title_english: &typed.rule.title_english,
            kind: &typed.rule.kind,
            value: outcome.value,
            target: outcome.target,
            met: outcome.met,
            missed: outcome.missed.len(),
            enforcement: typed.rule.enforcement.code(),
            source: typed.rule.source.citation(),
            certainty: typed.rule.certainty.code(),
            units: outcome.cost,
            indicators: &outcome.measures,
        })
        .collect()
}

fn move_figures(account: &Account<'_>) -> MoveFigures {
    let district = account.situation().district;
    let mut by_form = BTreeMap::new();
    for placement in &account.plan.placements {
        if placement.form != Form::Stay {
            *by_form.entry(placement.form).or_default() += 1;
        }
        let fixation = account.situation().roll.entry(placement.teacher).fixation;
        if fixation == Some(Fixation::Returned) && placement.form != Form::Return {
            *by_form.entry(Form::Return).or_default() += 1;
        }
    }
    MoveFigures {
        total: account.moves().count(),
        decided: account
            .moves()
            .filter(|candidate| candidate.placement.decided)
            .count(),
        by_form: by_form
            .into_iter()
            .map(|(form, count)| (form.chinese(), count))
            .collect(),
        zone_to_zone: account
            .moves_by_zone()
            .into_iter()
            .map(|((from, to), count)| ZoneMoves {
                from: from.chinese(),
                to: to.chinese(),
                count,
            })
            .collect(),
        by_subject: account
            .moves_by_subject()
            .into_iter()
            .map(|((stage, subject), count)| SubjectMoves {
                stage: stage.chinese(),
                subject: district.subject_name(subject).to_owned(),
                count,
            })
            .collect(),
    }
}

fn balance_figures(account: &Account<'_>) -> BalanceFigures {
    BalanceFigures {
        total: person_figures(account.total()),
        by_subject: account
            .by_subject()
            .into_iter()
            .map(|((stage, subject), balance)| SubjectBalance {
                stage: stage.chinese(),
                subject,
                figures: person_figures(balance),
            })
            .collect(),
        by_zone: account
            .by_zone()
            .into_iter()
            .map(|((stage, zone), balance)| ZoneBalance {
                stage: stage.chinese(),
                zone: zone.chinese(),
                figures: person_figures(balance),
            })
            .collect(),
    }
}

fn person_figures(balance: Balance) -> PersonFigures {
    PersonFigures {
        need: decimal(balance.need),
        staff_before: decimal(balance.before),
        staff_after: decimal(balance.after),
        shortage_before: decimal(balance.shortage_before),
        shortage_after: decimal(balance.shortage_after),
        surplus_before: decimal(balance.surplus_before),
        surplus_after: decimal(balance.surplus_after),
        temporary_unneeded_before: decimal(balance.dispensable_before),
        temporary_unneeded_after: decimal(balance.dispensable_after),
    }
}

/// Persons as a decimal number.
pub(super) fn decimal(persons: Persons) -> f64 {
    persons.0 as f64 / 1000.0
}
