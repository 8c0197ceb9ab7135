//! `disparity`: the 差异系数 of an indicator over the schools of a stage.
//!
//! "Between the primary schools the coefficient of every indicator is at most 0.50."
//!
//! A limit is a cone (see `rules/cone.rs`), which a program is told by lines that touch it: one at
//! the present state, and others where a plan missed it. A floor may be missed: then all lines give
//! way by the same number of steps. As an objective it is Σ (T − E)²/E over the schools, E being the
//! fair share of the present total, which is the total times the squared coefficient as long as the
//! total stays what it is.

mod composite;
mod curve;
mod excess;
mod lines;
mod mean;
mod sum;

use serde::Deserialize;

use super::cone::{STEPS_PER_PERSON, Schools};
use super::context::Context;
use super::facts::PlanFacts;
use super::figure::{Figure, Target, coefficient};
use super::indicator::{CountedAt, Gauge, Gauges, fifty};
use super::row::{Item, Measure, Outcome, Row};
use super::station::Itinerants;
use crate::demand::{RollEntry, Situation};
use crate::domain::{Placement, SchoolIndex, Stage};
use crate::policy::{Enforcement, Fraction, OneOrMany, PersonSelector, Rule, SchoolSelector};

pub use excess::{Excess, HardLimit};
use lines::cost_of_step;
pub use lines::{Cut, Uncut};
use mean::Mean;

/// One indicator with the limit of its coefficient.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    /// Its name, for reports.
    pub name: String,
    /// In these stages, each by itself.
    pub stage: OneOrMany<Stage>,
    /// Who counts.
    #[serde(default)]
    pub who: PersonSelector,
    /// The coefficient, at most.
    pub at_most: Option<Fraction>,
}

impl Gauge for Spread {
    fn name(&self) -> &str {
        &self.name
    }
    fn stage(&self) -> &OneOrMany<Stage> {
        &self.stage
    }
    fn who(&self) -> &PersonSelector {
        &self.who
    }
}

/// The mean of the coefficients of a stage with those of other indicators (综合差异系数).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Composite {
    /// The stage.
    pub stage: Stage,
    /// Coefficients of the other indicators, as the office reports them.
    #[serde(default)]
    pub others: Vec<Fraction>,
    /// The mean, at most.
    pub at_most: Option<Fraction>,
}

/// One of the limits of a rule, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DisparityLimit {
    /// That of an indicator.
    Indicator(usize),
    /// That of a mean.
    Mean(usize),
}

/// No difference at all.
const NOTHING: Fraction = Fraction {
    numerator: 0,
    denominator: 1,
};

/// Parameters of the kind.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disparity {
    /// The indicators.
    pub indicators: Vec<Spread>,
    /// Means over indicators; as an objective in place of the indicators themselves.
    #[serde(default)]
    pub composite: Vec<Composite>,
    /// Stages of schools with fewer pupils are left out.
    #[serde(default = "fifty")]
    pub pupils_at_least: u32,
    /// Where teachers on exchange count.
    #[serde(default)]
    pub counted: CountedAt,
    /// Of these schools.
    #[serde(default)]
    pub to: SchoolSelector,
}

/// An indicator of a stage: its schools, their pupils and teachers.
struct Field<'a> {
    stage: Stage,
    indicator: usize,
    spread: &'a Spread,
    schools: Vec<SchoolIndex>,
    pupils: Vec<i64>,
    teachers: Vec<i64>,
}

impl Field<'_> {
    fn counts(&self) -> Schools<'_> {
        Schools {
            pupils: &self.pupils,
            teachers: &self.teachers,
        }
    }

    fn value(&self) -> Figure {
        Figure::coefficient(self.counts().coefficient())
    }

    fn target(&self) -> Option<Target> {
        self.spread.at_most.map(Target::Coefficient)
    }

    fn place(&self) -> String {
        format!("{} {}", self.stage.chinese(), self.spread.name)
    }
}

impl Disparity {
    /// The indicators over schools.
    pub(super) const fn gauges(&self) -> Gauges<'_, Spread> {
        Gauges {
            indicators: self.indicators.as_slice(),
            counted: self.counted,
            itinerants: Itinerants::Home,
            to: &self.to,
            pupils_at_least: self.pupils_at_least,
        }
    }

    /// Every indicator of every stage that has schools, with these teachers.
    fn fields(&self, facts: &PlanFacts<'_>) -> Vec<Field<'_>> {
        let gauges = self.gauges();
        let tallies = gauges.tallies(facts);
        let records = gauges.records(facts.situation);
        let mut fields = Vec::new();
        for &stage in Stage::ALL {
            let of_stage = || records.iter().filter(move |record| record.1 == stage);
            if of_stage().next().is_none() {
                continue;
            }
            let all = self.indicators.iter().enumerate();
            for (indicator, spread) in all.filter(|(_, spread)| spread.stage.admits(&stage)) {
                let held = |&(school, ..): &(SchoolIndex, Stage, i64)| {
                    let spot = (school, stage, indicator);
                    tallies.get(&spot).copied().unwrap_or_default()
                };
                fields.push(Field {
                    stage,
                    indicator,
                    spread,
                    schools: of_stage().map(|record| record.0).collect(),
                    pupils: of_stage().map(|record| record.2).collect(),
                    teachers: of_stage().map(held).collect(),
                });
            }
        }
        fields
    }

    /// The same as if everybody stayed.
    fn present(&self, situation: &Situation<'_>) -> Vec<Field<'_>> {
        let entries = situation.roll.entries();
        let placements: Vec<Placement> = entries.iter().map(RollEntry::placement).collect();
        self.fields(&PlanFacts {
            situation,
            placements: &placements,
            levers: &[],
        })
    }

    /// The rule with one of its limits alone, and with all but that.
    #[must_use]
    pub fn parted(&self, limit: DisparityLimit) -> (Self, Self) {
        let (mut alone, mut others) = (self.clone(), self.clone());
        match limit {
            DisparityLimit::Indicator(place) => {
                for (position, spread) in alone.indicators.iter_mut().enumerate() {
                    spread.at_most = spread.at_most.filter(|_| position == place);
                }
                alone.composite.clear();
                others.indicators[place].at_most = None;
            }
            DisparityLimit::Mean(place) => {
                for spread in &mut alone.indicators {
                    spread.at_most = None;
                }
                alone.composite = vec![self.composite[place].clone()];
                others.composite.remove(place);
            }
        }
        (alone, others)
    }

    /// The least limit that a finished plan keeps, in parts of so many in one.
    pub fn least_limit(&self, facts: &PlanFacts<'_>, limit: DisparityLimit, parts: i64) -> i64 {
        let fields = self.fields(facts);
        let own = || {
            let place = match limit {
                DisparityLimit::Indicator(place) => Some(place),
                DisparityLimit::Mean(_) => None,
            };
            fields
                .iter()
                .filter(move |field| Some(field.indicator) == place)
        };
        let mean = match limit {
            DisparityLimit::Mean(place) => Some(self.composite[place].mean(&fields)),
            DisparityLimit::Indicator(_) => None,
        };
        let keeps = |number: i64| {
            let limit = Fraction::new(number, parts).unwrap_or(NOTHING);
            own().all(|field| field.counts().is_within(limit))
                && mean.as_ref().is_none_or(|mean| mean.steps(limit) == 0)
        };
        // What floating point says, and then the exact answer beside it.
        let near = own().filter_map(|field| field.counts().coefficient());
        let near = near.chain(mean.as_ref().and_then(Mean::value));
        let near = near.fold(0.0_f64, f64::max);
        let mut number = (near * parts as f64) as i64;
        while !keeps(number) {
            number += 1;
        }
        while number > 0 && keeps(number - 1) {
            number -= 1;
        }
        number
    }

    /// The rows of the rule: the cuts of its limits, or the curves of its objective.
    pub(super) fn rows(
        &self,
        rule: &Rule,
        position: usize,
        context: &Context<'_>,
        cuts: &[Cut],
    ) -> Vec<Row> {
        if rule.enforcement == Enforcement::Objective && self.composite.is_empty() {
            self.curves(rule, position, context.situation)
        } else {
            self.lines(rule, position, context.situation, cuts)
        }
    }

    /// Measures a finished plan.
    pub(super) fn check(
        &self,
        rule: &Rule,
        context: &Context<'_>,
        facts: &PlanFacts<'_>,
    ) -> Outcome {
        let fields = self.fields(facts);
        let mut outcome = Outcome::cost_only(Figure::coefficient(None), 0);
        for field in &fields {
            let limit = field.spread.at_most;
            let steps = limit.map_or(0, |limit| field.counts().steps(limit));
            if rule.enforcement == Enforcement::Floor {
                outcome.cost += steps * cost_of_step(rule);
            }
            if let (Some(target), true) = (field.target(), steps > 0) {
                outcome.missed.push(Item {
                    place: field.place(),
                    value: field.value().to_string(),
                    target: target.to_string(),
                    shortfall: format!(
                        "{}.{} 人",
                        steps / STEPS_PER_PERSON,
                        steps % STEPS_PER_PERSON
                    ),
                });
            }
            outcome.measures.push(Measure {
                stage: field.stage,
                name: field.spread.name.clone(),
                value: field.value(),
                target: field.target(),
                schools: field.schools.len(),
                below: 0,
                persons_short: 0,
            });
        }
        if rule.enforcement == Enforcement::Objective && self.composite.is_empty() {
            outcome.cost = self.objective(rule, context.situation, &fields);
        }
        self.add_composites(rule, &fields, &mut outcome);
        outcome.met = outcome.missed.is_empty();
        (outcome.value, outcome.target) = over_the_district(&outcome);
        if outcome.target.is_none() {
            outcome.value = differences(&self.present(context.situation), &fields);
        }
        outcome
    }

    /// Means over the indicators of a stage and those that the office reports.
    fn add_composites(&self, rule: &Rule, fields: &[Field<'_>], outcome: &mut Outcome) {
        for composite in &self.composite {
            let mean = composite.mean(fields);
            if let Some(held) = composite.held(rule)
                && rule.enforcement.costs()
            {
                outcome.cost += mean.steps(held) * cost_of_step(rule);
            }
            let schools = composite.fields(fields).map(|field| field.schools.len());
            let measure = Measure {
                stage: composite.stage,
                name: COMPOSITE.to_owned(),
                value: Figure::coefficient(mean.value()),
                target: composite.at_most.map(Target::Coefficient),
                schools: schools.max().unwrap_or(0),
                below: 0,
                persons_short: 0,
            };
            let steps = composite.at_most.map_or(0, |limit| mean.steps(limit));
            if let (Some(target), true) = (measure.target, steps > 0) {
                outcome.missed.push(Item {
                    place: composite.place(),
                    value: measure.value.to_string(),
                    target: target.to_string(),
                    shortfall: coefficient(Some(steps * MILLIONTHS_OF_STEP)),
                });
            }
            outcome.measures.push(measure);
        }
    }
}

/// The name of a mean over indicators.
const COMPOSITE: &str = "综合差异系数";

/// Millionths of a coefficient in a step of a mean.
const MILLIONTHS_OF_STEP: i64 = 100;

/// What the coefficients are together where nothing limits them, as things stand and under the plan.
fn differences(present: &[Field<'_>], fields: &[Field<'_>]) -> Figure {
    let mean = |fields: &[Field<'_>]| {
        let held: Vec<f64> = fields
            .iter()
            .filter_map(|field| field.counts().coefficient())
            .collect();
        let sum: f64 = held.iter().sum();
        (!held.is_empty()).then(|| (sum / held.len() as f64 * 1e6).round() as i64)
    };
    Figure::Differences {
        before: mean(present),
        after: mean(fields),
        of: fields.len(),
    }
}

/// The one coefficient and its limit, or in how many of several the limit holds.
fn over_the_district(outcome: &Outcome) -> (Figure, Option<Target>) {
    if let [only] = outcome.measures.as_slice() {
        return (only.value, only.target);
    }
    let limited = outcome.measures.iter().filter(|held| held.target.is_some());
    let of = limited.count();
    let met = of.saturating_sub(outcome.missed.len());
    let target = (of > 0).then_some(Target::Places(of));
    (Figure::Places { met, of }, target)
}
