//! `per_pupil`: teachers with an attribute for each hundred pupils of every school.
//!
//! "Every school of fifty pupils or more has 4.2 teachers above the prescribed degree, one backbone
//! teacher and 0.9 of sports and arts for each hundred pupils; it may fail one of all indicators,
//! and keeps 85% of that one."

use serde::Deserialize;

use super::facts::PlanFacts;
use super::figure::{Figure, Target, per_hundred};
use super::indicator::{CountedAt, Gauge, Gauges, fifty, key};
use super::row::{Allowance, Item, Measure, Outcome, Row, RowHinge, Settling, Way};
use super::scope::ScopeKey;
use super::station::Itinerants;
use super::units_per_person;
use crate::demand::Situation;
use crate::domain::{SchoolIndex, Stage};
use crate::policy::{Enforcement, Fraction, OneOrMany, PersonSelector, Rule, SchoolSelector};

/// One indicator with its threshold.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// Its name, for reports.
    pub name: String,
    /// In these stages.
    pub stage: OneOrMany<Stage>,
    /// Who counts.
    #[serde(default)]
    pub who: PersonSelector,
    /// Persons for each hundred pupils.
    pub at_least: Fraction,
}

impl Gauge for Standard {
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

impl Standard {
    /// Whole persons that so many pupils ask for, or the given part of them.
    fn need(&self, pupils: i64, part: Fraction) -> i64 {
        // A hundred for a hundred pupils at most, as the policy was checked.
        let above = i128::from(self.at_least.numerator) * i128::from(pupils);
        let above = above.saturating_mul(i128::from(part.numerator));
        let below = 100 * i128::from(self.at_least.denominator) * i128::from(part.denominator);
        i64::try_from((above.saturating_add(below) - 1) / below).unwrap_or(i64::MAX)
    }
}

/// How many indicators a school may fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "u32")]
pub enum MayFail {
    /// None.
    #[default]
    None,
    /// One of all, those of the school's other indicators included.
    One,
}

impl TryFrom<u32> for MayFail {
    type Error = String;

    fn try_from(count: u32) -> Result<Self, String> {
        match count {
            0 => Ok(Self::None),
            1 => Ok(Self::One),
            more => Err(format!("may_fail is 0 or 1, not {more}")),
        }
    }
}

/// Parameters of the kind.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PerPupil {
    /// The indicators.
    pub indicators: Vec<Standard>,
    /// Stages of schools with fewer pupils are not judged.
    #[serde(default = "fifty")]
    pub pupils_at_least: u32,
    /// Where teachers on exchange count.
    #[serde(default)]
    pub counted: CountedAt,
    /// Where whoever serves at several schools counts.
    #[serde(default)]
    pub itinerants: Itinerants,
    /// Of these schools.
    #[serde(default)]
    pub to: SchoolSelector,
    /// How many indicators each stage of a school may fail.
    #[serde(default)]
    pub may_fail: MayFail,
    /// Which part of the threshold the failed one keeps.
    #[serde(default = "nothing")]
    pub floor_of_failed: Fraction,
}

const fn nothing() -> Fraction {
    Fraction {
        numerator: 0,
        denominator: 1,
    }
}

const WHOLE: Fraction = Fraction {
    numerator: 1,
    denominator: 1,
};

/// A stage of a school with what it needs of each indicator.
struct Record {
    school: SchoolIndex,
    stage: Stage,
    pupils: i64,
    /// Position of the indicator, persons needed, persons needed where it is the failed one.
    needs: Vec<(usize, i64, i64)>,
    /// Whether one of them may fail.
    may_fail: bool,
}

impl PerPupil {
    /// The indicators over schools.
    pub(super) const fn gauges(&self) -> Gauges<'_, Standard> {
        Gauges {
            indicators: self.indicators.as_slice(),
            counted: self.counted,
            itinerants: self.itinerants,
            to: &self.to,
            pupils_at_least: self.pupils_at_least,
        }
    }

    fn records(&self, situation: &Situation<'_>) -> Vec<Record> {
        let gauges = self.gauges();
        let judged = gauges.records(situation);
        judged
            .into_iter()
            .map(|(school, stage, pupils)| Record {
                school,
                stage,
                pupils,
                needs: gauges
                    .of_stage(stage)
                    .map(|(position, standard)| {
                        let reduced = standard.need(pupils, self.floor_of_failed);
                        let full = standard.need(pupils, WHOLE);
                        (position, full, reduced.min(full))
                    })
                    .collect(),
                may_fail: self.may_fail == MayFail::One
                    && situation.district.school(school).failed_indicators == 0,
            })
            .collect()
    }

    /// One row for each indicator of each stage of a school.
    pub(super) fn rows(&self, rule: &Rule, position: usize, situation: &Situation<'_>) -> Vec<Row> {
        if rule.enforcement == Enforcement::Report {
            return Vec::new();
        }
        let hard = rule.enforcement == Enforcement::Hard;
        let cost = units_per_person(rule.weight);
        let records = self.records(situation);
        let rows = records.iter().flat_map(|record| {
            let needs = record.needs.iter().filter(|&&(_, full, _)| full > 0);
            needs.map(move |&(indicator, full, _)| Row {
                key: key(position, (record.school, record.stage, indicator)),
                label: format!("{} {}", rule.id, self.place(situation, record, indicator)),
                lower: hard.then_some(full),
                upper: None,
                hinges: if hard {
                    Vec::new()
                } else {
                    vec![RowHinge {
                        level: rule.level,
                        at: full,
                        below: cost,
                        above: 0,
                    }]
                },
                terms: Vec::new(),
            })
        });
        rows.collect()
    }

    /// Which indicator each stage of a school fails, where it may fail one: it is then counted as if
    /// the persons were there whom the failed one need not have. No row is a yes or no, so the
    /// relaxation stays as tight as a choice among options is.
    pub(super) fn allowances(
        &self,
        rule: &Rule,
        position: usize,
        situation: &Situation<'_>,
    ) -> Vec<Allowance> {
        if rule.enforcement == Enforcement::Report {
            return Vec::new();
        }
        let mut allowances = Vec::new();
        for record in self.records(situation).iter().filter(|held| held.may_fail) {
            let none = Way {
                label: "none".to_owned(),
                adds: Vec::new(),
                cost: 0,
            };
            let failing = record
                .needs
                .iter()
                .filter(|(_, full, reduced)| reduced < full);
            let failing = failing.map(|&(indicator, full, reduced)| {
                let spot = (record.school, record.stage, indicator);
                Way {
                    label: format!("fails {indicator}"),
                    adds: vec![(key(position, spot), full - reduced)],
                    cost: 0,
                }
            });
            let ways: Vec<Way> = std::iter::once(none).chain(failing).collect();
            if ways.len() > 1 {
                let place = ScopeKey::SchoolStage(record.school, record.stage);
                allowances.push(Allowance {
                    label: format!("{} {}", rule.id, place.label(situation)),
                    level: rule.level,
                    uses: 1,
                    settling: Settling::Cheapest,
                    ways,
                });
            }
        }
        allowances
    }

    /// `school（stage）indicator`
    fn place(&self, situation: &Situation<'_>, record: &Record, indicator: usize) -> String {
        let place = ScopeKey::SchoolStage(record.school, record.stage).label(situation);
        place + &self.indicators[indicator].name
    }

    /// Counts a finished plan. Which indicator a school fails is decided here anew: the one by which
    /// fewest persons are missing.
    pub(super) fn check(&self, rule: &Rule, facts: &PlanFacts<'_>) -> Outcome {
        let situation = facts.situation;
        let gauges = self.gauges();
        let tallies = gauges.tallies(facts);
        let records = self.records(situation);
        let held = |record: &Record, indicator: usize| {
            let spot = (record.school, record.stage, indicator);
            tallies.get(&spot).copied().unwrap_or_default()
        };
        let mut outcome = Outcome::cost_only(Figure::Persons(0), 0);
        let mut met = 0;
        let mut persons_short = 0;
        for record in &records {
            let short = |indicator: usize, need: i64| (need - held(record, indicator)).max(0);
            let relief = |&(indicator, full, reduced): &(usize, i64, i64)| {
                short(indicator, full) - short(indicator, reduced)
            };
            let best = record.needs.iter().map(relief).max().unwrap_or_default();
            let failed = record
                .needs
                .iter()
                .find(|need| record.may_fail && best > 0 && relief(need) == best)
                .map(|&(indicator, ..)| indicator);
            let missed = outcome.missed.len();
            for &(indicator, full, reduced) in &record.needs {
                let excused = failed == Some(indicator);
                let lacks = short(indicator, if excused { reduced } else { full });
                if lacks > 0 {
                    persons_short += lacks;
                    let value = held(record, indicator);
                    outcome.missed.push(Item {
                        place: self.place(situation, record, indicator),
                        value: format!("{}（{value} 人）", per_hundred(value, record.pupils)),
                        target: self.target_text(indicator, excused),
                        shortfall: format!("{lacks} 人"),
                    });
                }
            }
            met += usize::from(outcome.missed.len() == missed);
        }
        outcome.met = outcome.missed.is_empty();
        outcome.value = Figure::Places {
            met,
            of: records.len(),
        };
        outcome.target = Some(Target::Places(records.len()));
        outcome.cost = persons_short * units_per_person(rule.weight);
        outcome.measures = self.measures(&records, held);
        outcome
    }

    fn target_text(&self, indicator: usize, excused: bool) -> String {
        let target = Target::PerHundred(self.indicators[indicator].at_least);
        if excused {
            format!("{target} × {}", self.floor_of_failed)
        } else {
            target.to_string()
        }
    }

    /// Every indicator of every stage over the district, none of them excused.
    fn measures(&self, records: &[Record], held: impl Fn(&Record, usize) -> i64) -> Vec<Measure> {
        let mut measures = Vec::new();
        for &stage in Stage::ALL {
            for (indicator, standard) in self.gauges().of_stage(stage) {
                let of_stage = records.iter().filter(|record| record.stage == stage);
                let mut measure = Measure {
                    stage,
                    name: standard.name.clone(),
                    value: Figure::PerHundred {
                        persons: 0,
                        pupils: 0,
                    },
                    target: Some(Target::PerHundred(standard.at_least)),
                    schools: 0,
                    below: 0,
                    persons_short: 0,
                };
                let (mut persons, mut pupils) = (0, 0);
                for record in of_stage {
                    let value = held(record, indicator);
                    let short = (standard.need(record.pupils, WHOLE) - value).max(0);
                    persons += value;
                    pupils += record.pupils;
                    measure.schools += 1;
                    measure.below += usize::from(short > 0);
                    measure.persons_short += short;
                }
                measure.value = Figure::PerHundred { persons, pupils };
                if measure.schools > 0 {
                    measures.push(measure);
                }
            }
        }
        measures
    }
}
