//! `couples`: husband and wife serve near each other.
//!
//! "Couples are not parted by a move, and where both are placed anew they are placed together."

use serde::Deserialize;

use super::context::Context;
use super::facts::PlanFacts;
use super::figure::Figure;
use super::row::{Candidate, Outcome, Row, RowHinge, RowKey};
use super::scope::ScopeKey;
use super::units_per_person;
use super::within::Within;
use crate::demand::Situation;
use crate::domain::{District, SchoolIndex, TeacherIndex};
use crate::policy::Rule;

/// Parameters of the kind. The rule's weight is that of one couple apart.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Couples {
    /// What schools share that are near each other.
    #[serde(default = "town")]
    pub within: Within,
}

const fn town() -> Within {
    Within::Town
}

/// The other one, where both name each other.
fn spouse_of(district: &District, teacher: TeacherIndex) -> Option<TeacherIndex> {
    let spouse = district.teacher(teacher).spouse?;
    (district.teacher(spouse).spouse == Some(teacher)).then_some(spouse)
}

/// All couples of whom both stand in the roster, the first of each before the second.
fn couples(district: &District) -> impl Iterator<Item = (TeacherIndex, TeacherIndex)> {
    let everybody = district.teacher_indices();
    everybody.filter_map(|one| {
        let other = spouse_of(district, one)?;
        (one < other).then_some((one, other))
    })
}

impl Couples {
    /// The neighbourhood of a school: the first school of those that share it.
    fn area(&self, situation: &Situation<'_>, school: SchoolIndex) -> SchoolIndex {
        let here = situation.school(school);
        let mut earlier = (0..school.0).map(SchoolIndex);
        let shares = |&other: &SchoolIndex| self.within.is_shared(&situation.school(other), &here);
        earlier.find(shares).unwrap_or(school)
    }

    fn areas(&self, situation: &Situation<'_>) -> Vec<SchoolIndex> {
        let schools = situation.district.school_indices();
        schools.map(|school| self.area(situation, school)).collect()
    }

    /// Whether somebody is half of a couple and gives lessons.
    pub(super) fn concerns(candidate: &Candidate<'_>) -> bool {
        let district = candidate.situation.district;
        candidate.serves() && spouse_of(district, candidate.placement.teacher).is_some()
    }

    /// In each neighbourhood the number of the one less the number of the other: nought where both
    /// are there or neither is, so that a couple apart costs half its weight in two of them. Where
    /// only one of the two gives lessons, no plan brings them together, and nothing is counted.
    pub(super) fn rows(&self, rule: &Rule, position: usize, context: &Context<'_>) -> Vec<Row> {
        let situation = context.situation;
        if !rule.enforcement.costs() {
            return Vec::new();
        }
        let district = situation.district;
        let half = units_per_person(rule.weight) / 2;
        let by_school = self.areas(situation);
        let mut areas = by_school.clone();
        areas.sort_unstable();
        areas.dedup();
        let may_move = |teacher: TeacherIndex| {
            let mut forms = context.standings.forms().iter();
            forms.any(|&form| form.is_move() && context.standings.may(teacher, form))
        };
        let home = |teacher: TeacherIndex| {
            let entry = situation.roll.entry(teacher);
            by_school[entry.school.position()]
        };
        let serve = |teacher: TeacherIndex| situation.roll.entry(teacher).serves();
        let both = couples(district).filter(|&(one, other)| serve(one) && serve(other));
        both.flat_map(|(one, other)| {
            // Who may not move is in no neighbourhood but the own.
            let mut held = if may_move(one) || may_move(other) {
                areas.clone()
            } else {
                vec![home(one), home(other)]
            };
            held.dedup();
            let held = held.into_iter().map(move |area| (one, other, area));
            held.map(|(one, other, area)| {
                let key = ScopeKey::Pair(one, other, area);
                Row {
                    key: RowKey::Rule(position, key),
                    label: format!("{} {}", rule.id, key.label(situation)),
                    lower: None,
                    upper: None,
                    hinges: vec![RowHinge {
                        level: rule.level,
                        at: 0,
                        below: half,
                        above: half,
                    }],
                    terms: Vec::new(),
                }
            })
        })
        .collect()
    }

    /// What a placement of one of a couple adds.
    pub(super) fn amount_there(&self, candidate: &Candidate<'_>) -> Option<(ScopeKey, i64)> {
        let (situation, placement) = (candidate.situation, candidate.placement);
        let one = placement.teacher;
        let other = spouse_of(situation.district, one)?;
        let area = self.area(situation, placement.school);
        Some(if one < other {
            (ScopeKey::Pair(one, other, area), 1)
        } else {
            (ScopeKey::Pair(other, one, area), -1)
        })
    }

    /// Couples of whom both give lessons, and those of them who serve apart.
    pub(super) fn check(&self, rule: &Rule, facts: &PlanFacts<'_>) -> Outcome {
        let situation = facts.situation;
        let district = situation.district;
        let areas = self.areas(situation);
        let mut place = vec![None; district.teachers.len()];
        for candidate in facts.serving() {
            let placement = candidate.placement;
            place[placement.teacher.position()] = Some(placement.school);
        }
        let serve = |teacher: TeacherIndex| situation.roll.entry(teacher).serves();
        let (mut together, mut of, mut apart) = (0, 0, 0);
        for (one, other) in couples(district).filter(|&(one, other)| serve(one) && serve(other)) {
            let area = |teacher: TeacherIndex| {
                let school: Option<SchoolIndex> = place[teacher.position()];
                school.map(|school| areas[school.position()])
            };
            let halves = match (area(one), area(other)) {
                (Some(here), Some(there)) if here == there => 0,
                (Some(_), Some(_)) => 2,
                (None, None) => 0,
                _ => 1,
            };
            apart += halves;
            of += 1;
            together += i64::from(halves == 0);
        }
        Outcome::cost_only(
            Figure::Couples { together, of },
            apart * (units_per_person(rule.weight) / 2),
        )
    }
}
