//! `avoidance`: relatives are not set over one another (任职回避).
//!
//! "Nobody serves in a unit where a relative holds an office", 人社部规〔2019〕1号.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::except::Except;
use super::facts::PlanFacts;
use super::figure::{Figure, Target};
use super::row::{Candidate, Item, Outcome, Row, RowHinge, RowKey};
use super::scope::ScopeKey;
use super::units_per_person;
use crate::demand::Situation;
use crate::domain::{District, Office, SchoolIndex, TeacherIndex, UnitIndex};
use crate::policy::{Enforcement, OneOrMany, Rule};

/// Parameters of the kind.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Avoidance {
    /// Offices under which a relative may not serve.
    #[serde(default = "offices")]
    pub office: OneOrMany<Office>,
    /// Relatives for whom it does not hold, where both of a pair are named.
    #[serde(default)]
    pub except: Except,
}

fn offices() -> OneOrMany<Office> {
    vec![Office::Middle, Office::DeputyHead, Office::Head].into()
}

impl Avoidance {
    /// Whether two persons may not serve in one unit.
    fn avoid(&self, district: &District, one: TeacherIndex, other: TeacherIndex) -> bool {
        let holds = |teacher: TeacherIndex| {
            let office = district.teacher(teacher).office;
            self.office.iter().any(|&held| held == office)
        };
        let is_excepted = |teacher: TeacherIndex| self.except.has(district, teacher);
        one != other && (holds(one) || holds(other)) && !(is_excepted(one) && is_excepted(other))
    }

    /// The pairs of one person, the first of each before the second.
    fn pairs_of<'a>(
        &'a self,
        district: &'a District,
        teacher: TeacherIndex,
    ) -> impl Iterator<Item = (TeacherIndex, TeacherIndex)> + 'a {
        let relatives = district.teacher(teacher).relatives.iter().copied();
        relatives
            .filter(move |&other| self.avoid(district, teacher, other))
            .map(move |other| (teacher.min(other), teacher.max(other)))
    }

    fn pairs(&self, district: &District) -> Vec<(TeacherIndex, TeacherIndex)> {
        let everybody = district.teacher_indices();
        let mut pairs: Vec<_> = everybody
            .flat_map(|teacher| self.pairs_of(district, teacher))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// Who is in one unit with the other already may stay there: no plan brought it about.
    fn most(situation: &Situation<'_>, pair: (TeacherIndex, TeacherIndex), unit: UnitIndex) -> i64 {
        let is_there = |teacher: TeacherIndex| {
            let entry = situation.roll.entry(teacher);
            entry.serves() && situation.district.school(entry.school).unit == unit
        };
        if is_there(pair.0) && is_there(pair.1) {
            2
        } else {
            1
        }
    }

    pub(super) fn concerns(candidate: &Candidate<'_>) -> bool {
        let teacher = candidate.placement.teacher;
        let district = candidate.situation.district;
        candidate.serves() && !district.teacher(teacher).relatives.is_empty()
    }

    /// One row a pair and unit: at most one of the two.
    pub(super) fn rows(&self, rule: &Rule, position: usize, situation: &Situation<'_>) -> Vec<Row> {
        if rule.enforcement == Enforcement::Report {
            return Vec::new();
        }
        let hard = rule.enforcement == Enforcement::Hard;
        let cost = units_per_person(rule.weight);
        let pairs = self.pairs(situation.district);
        let units = situation.district.unit_indices();
        units
            .flat_map(|unit| pairs.iter().map(move |&pair| (pair, unit)))
            .map(|(pair, unit)| {
                let key = ScopeKey::PairInUnit(pair.0, pair.1, unit);
                let most = Self::most(situation, pair, unit);
                let hinge = RowHinge {
                    level: rule.level,
                    at: most,
                    below: 0,
                    above: cost,
                };
                Row {
                    key: RowKey::Rule(position, key),
                    label: format!("{} {}", rule.id, key.label(situation)),
                    lower: None,
                    upper: hard.then_some(most),
                    hinges: if hard { Vec::new() } else { vec![hinge] },
                    terms: Vec::new(),
                }
            })
            .collect()
    }

    /// Calls `add` with what a placement adds.
    pub(super) fn amounts_there(
        &self,
        position: usize,
        candidate: &Candidate<'_>,
        mut add: impl FnMut(RowKey, i64),
    ) {
        let (situation, placement) = (candidate.situation, candidate.placement);
        let unit = situation.district.school(placement.school).unit;
        for (one, other) in self.pairs_of(situation.district, placement.teacher) {
            let key = ScopeKey::PairInUnit(one, other, unit);
            add(RowKey::Rule(position, key), 1);
        }
    }

    /// Pairs that a plan brings together in one unit, with the unit.
    pub fn brought_together(
        &self,
        facts: &PlanFacts<'_>,
    ) -> Vec<((TeacherIndex, TeacherIndex), UnitIndex)> {
        let situation = facts.situation;
        let district = situation.district;
        let places: BTreeMap<TeacherIndex, SchoolIndex> = facts
            .serving()
            .map(|candidate| (candidate.placement.teacher, candidate.placement.school))
            .collect();
        let unit_of = |teacher: TeacherIndex| {
            let school = places.get(&teacher).copied()?;
            Some(district.school(school).unit)
        };
        let pairs = self.pairs(district).into_iter();
        let together = pairs.filter_map(|pair| {
            let unit = unit_of(pair.0).filter(|unit| unit_of(pair.1) == Some(*unit))?;
            (Self::most(situation, pair, unit) < 2).then_some((pair, unit))
        });
        together.collect()
    }

    /// Pairs that a plan brings together in one unit.
    pub(super) fn check(&self, rule: &Rule, facts: &PlanFacts<'_>) -> Outcome {
        let district = facts.situation.district;
        let of = self.pairs(district).len();
        let together = self.brought_together(facts).into_iter();
        let missed: Vec<Item> = together
            .map(|((one, other), unit)| Item {
                place: ScopeKey::people(district, one, other),
                value: district.unit(unit).name.clone(),
                target: rule.title.clone(),
                shortfall: "1 对".to_owned(),
            })
            .collect();
        let broken = missed.len();
        Outcome {
            met: missed.is_empty(),
            missed,
            target: Some(Target::Places(of)),
            ..Outcome::cost_only(
                Figure::Places {
                    met: of - broken,
                    of,
                },
                broken as i64 * units_per_person(rule.weight),
            )
        }
    }
}
