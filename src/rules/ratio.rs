//! `ratio`: matching ÷ matching ≥ or ≤ r, with the denominator cleared.
//!
//! "At least twenty per cent of those moved are 骨干"; "at least 85% of the 专业课教师 are 双师型".

use std::collections::BTreeMap;

use serde::Deserialize;

use super::context::Context;
use super::facts::{PlanFacts, Service};
use super::figure::{Figure, Target};
use super::row::{Candidate, Item, Outcome, Row, RowHinge, RowKey};
use super::scope::{Scope, ScopeKey, Side};
use super::units_per_person;
use crate::demand::Situation;
use crate::domain::Form;
use crate::policy::{
    Enforcement, Fraction, Lever, OneOrMany, PersonSelector, Rule, SchoolSelector, SchoolView,
};

/// Whose share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RatioOf {
    /// Moves that begin this year.
    Moves,
    /// Teachers after the plan.
    Teachers,
}

/// Parameters of the kind.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratio {
    /// Whose share.
    pub of: RatioOf,
    /// Moves in these forms.
    #[serde(default = "super::eligibility::both_moves")]
    pub form: OneOrMany<Form>,
    /// The denominator: these persons.
    #[serde(default)]
    pub who: PersonSelector,
    /// The numerator: those of them who are so.
    pub numerator: PersonSelector,
    /// Moves from these schools.
    #[serde(default)]
    pub from: SchoolSelector,
    /// Moves to these schools; teachers at these schools.
    #[serde(default)]
    pub to: SchoolSelector,
    /// Whether teachers on long leave count.
    #[serde(default)]
    pub include_absent: bool,
    /// In each of which places.
    #[serde(default)]
    pub scope: Scope,
    /// At which end of a move the place is taken.
    #[serde(default)]
    pub side: Side,
    /// At least.
    pub at_least: Option<Fraction>,
    /// At most.
    pub at_most: Option<Fraction>,
}

/// A share as counted.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    above: i64,
    below: i64,
}

impl Ratio {
    /// The limit, and the sign with which the numerator counts.
    fn limit(&self) -> Option<(Fraction, i64)> {
        self.at_least
            .map(|limit| (limit, 1))
            .or_else(|| self.at_most.map(|limit| (limit, -1)))
    }

    /// Whether a placement is in the denominator as far as person, form, stage and subject go, at
    /// whatever school.
    pub(super) fn concerns(&self, candidate: &Candidate<'_>) -> bool {
        let placement = candidate.placement;
        let counts = match self.of {
            RatioOf::Moves => {
                !candidate.itinerary_goes_on()
                    && self.form.iter().any(|&form| form == placement.form)
                    && self.from.matches(&candidate.from())
            }
            RatioOf::Teachers => {
                let absent = matches!(placement.form, Form::Absent | Form::Waiting);
                candidate.serves() || (self.include_absent && absent)
            }
        };
        counts && self.who.matches(&candidate.person())
    }

    /// Whether a school is one of those of which the rule speaks.
    pub(super) fn leads_to(&self, school: &SchoolView<'_>) -> bool {
        self.to.matches(school)
    }

    /// The place of a placement that concerns the rule and leads where it says, and whether it is
    /// in the numerator too.
    fn place_there(&self, candidate: &Candidate<'_>) -> (ScopeKey, bool) {
        let side = match self.of {
            RatioOf::Moves => self.side,
            RatioOf::Teachers => Side::Destination,
        };
        let key = side.key(self.scope, candidate);
        (key, self.numerator.matches(&candidate.person()))
    }

    /// The place of a placement and whether it is in the numerator too.
    fn place_of(&self, candidate: &Candidate<'_>) -> Option<(ScopeKey, bool)> {
        (self.concerns(candidate) && self.leads_to(&candidate.to()))
            .then(|| self.place_there(candidate))
    }

    /// `sign · (q · numerator − p · denominator) ≥ 0` for a limit of p/q.
    fn cleared(limit: Fraction, sign: i64, in_numerator: bool) -> i64 {
        sign * (limit.denominator * i64::from(in_numerator) - limit.numerator)
    }

    /// What a placement adds that concerns the rule and leads where it says.
    pub(super) fn amount_there(&self, candidate: &Candidate<'_>) -> Option<(ScopeKey, i64)> {
        let (limit, sign) = self.limit()?;
        let (key, in_numerator) = self.place_there(candidate);
        Some((key, Self::cleared(limit, sign, in_numerator)))
    }

    /// What a recruit adds: in the denominator, and the numerator, where that is known for sure.
    pub(super) fn recruit_amount(
        &self,
        situation: &Situation<'_>,
        recruit: &Service,
    ) -> Option<(ScopeKey, i64)> {
        let (limit, sign) = self.limit()?;
        let in_numerator = self.counts_recruit(situation, recruit)?;
        let key = self.place_of_recruit(situation, recruit);
        Some((key, Self::cleared(limit, sign, in_numerator)))
    }

    fn counts_recruit(&self, situation: &Situation<'_>, recruit: &Service) -> Option<bool> {
        let counts = self.of == RatioOf::Teachers
            && self.to.matches(&situation.school(recruit.school))
            && recruit.is_chosen_by(&self.who, situation);
        counts.then(|| recruit.is_chosen_by(&self.numerator, situation))
    }

    fn place_of_recruit(&self, situation: &Situation<'_>, recruit: &Service) -> ScopeKey {
        let &Service {
            school,
            stage,
            subject,
            ..
        } = recruit;
        self.scope.key(situation, school, stage, subject)
    }

    /// Whether recognising a 专业课教师 as 双师型 moves this share.
    pub fn counts_certification(&self) -> bool {
        self.of == RatioOf::Teachers
            && self.scope == Scope::District
            && self.numerator.dual_qualified == Some(true)
    }

    /// How many could still be recognised by one of some levers: programme teachers in the
    /// denominator and not in the numerator whom it names and who have practised long enough.
    pub fn certifiable(&self, facts: &PlanFacts<'_>, levers: &[&Lever]) -> i64 {
        let practice = facts.situation.knows_practice();
        let recognised = |candidate: &Candidate<'_>| {
            let person = candidate.person();
            levers
                .iter()
                .any(|lever| lever.recognises(&person, practice))
        };
        facts
            .candidates()
            .filter(|candidate| {
                let place = self.place_of(candidate);
                place.is_some_and(|(_, in_numerator)| !in_numerator) && recognised(candidate)
            })
            .count() as i64
    }

    /// What one recognition adds: one more in the numerator, the denominator unchanged.
    pub(super) fn certify_amount(&self) -> Option<(ScopeKey, i64)> {
        let (limit, sign) = self.limit()?;
        self.counts_certification()
            .then_some((ScopeKey::District, sign * limit.denominator))
    }

    /// The rows of the rule.
    pub(super) fn rows(&self, rule: &Rule, position: usize, context: &Context<'_>) -> Vec<Row> {
        let Some((limit, _)) = self.limit() else {
            return Vec::new();
        };
        if rule.enforcement == Enforcement::Report {
            return Vec::new();
        }
        let situation = context.situation;
        let district = situation.district;
        let at_origin = self.of == RatioOf::Moves && self.side == Side::Origin;
        let filter = if at_origin { &self.from } else { &self.to };
        // A decided move may have left a school where nobody else teaches the subject.
        let left = situation
            .roll
            .entries()
            .iter()
            .filter(|entry| at_origin && filter.matches(&situation.school(entry.origin)))
            .map(|entry| {
                self.scope
                    .key(situation, entry.origin, entry.stage, entry.subject)
            });
        let mut places: Vec<ScopeKey> = district
            .school_indices()
            .filter(|&school| filter.matches(&situation.school(school)))
            .flat_map(|school| {
                situation
                    .posts
                    .of_school(school)
                    .flat_map(move |(_, post)| {
                        post.subjects.iter().map(move |&subject| {
                            self.scope.key(situation, school, post.stage, subject)
                        })
                    })
            })
            .chain(left)
            .collect();
        places.sort_unstable();
        places.dedup();
        let hard = rule.enforcement == Enforcement::Hard;
        // One person short in the numerator is `denominator` short in the cleared row.
        let cost = units_per_person(rule.weight) / limit.denominator;
        places
            .into_iter()
            .map(|key| Row {
                key: RowKey::Rule(position, key),
                label: format!("{} {}", rule.id, key.label(situation)),
                lower: hard.then_some(0),
                upper: None,
                hinges: if hard {
                    Vec::new()
                } else {
                    vec![RowHinge {
                        level: rule.level,
                        at: 0,
                        below: cost,
                        above: 0,
                    }]
                },
                terms: Vec::new(),
            })
            .collect()
    }

    fn tallies(&self, facts: &PlanFacts<'_>) -> BTreeMap<ScopeKey, Tally> {
        let mut tallies: BTreeMap<ScopeKey, Tally> = BTreeMap::new();
        for candidate in facts.candidates() {
            if let Some((key, in_numerator)) = self.place_of(&candidate) {
                let tally = tallies.entry(key).or_default();
                tally.below += 1;
                tally.above += i64::from(in_numerator);
            }
        }
        let situation = facts.situation;
        for recruit in facts.recruits() {
            if let Some(in_numerator) = self.counts_recruit(situation, &recruit) {
                let key = self.place_of_recruit(situation, &recruit);
                let tally = tallies.entry(key).or_default();
                tally.below += recruit.count;
                tally.above += if in_numerator { recruit.count } else { 0 };
            }
        }
        if self.counts_certification() {
            let certified: i64 = situation
                .policy
                .levers
                .iter()
                .filter(|lever| lever.kind == crate::policy::LeverKind::Certify)
                .map(|lever| facts.uses_of(&lever.id))
                .sum();
            if let Some(tally) = tallies.get_mut(&ScopeKey::District) {
                tally.above += certified;
            }
        }
        tallies
    }

    /// Counts a finished plan.
    pub(super) fn check(&self, rule: &Rule, facts: &PlanFacts<'_>) -> Outcome {
        let tallies = self.tallies(facts);
        let sum = tallies.values().fold(Tally::default(), |sum, tally| Tally {
            above: sum.above + tally.above,
            below: sum.below + tally.below,
        });
        let share = Figure::Share {
            part: sum.above,
            of: sum.below,
        };
        let mut outcome = Outcome::cost_only(share, 0);
        let Some((limit, sign)) = self.limit() else {
            return outcome;
        };
        let target = if sign > 0 {
            Target::AtLeast
        } else {
            Target::AtMost
        };
        outcome.target = Some(target(limit));
        for (key, tally) in tallies {
            let slack = sign * (limit.denominator * tally.above - limit.numerator * tally.below);
            if slack < 0 {
                outcome.met = false;
                let persons = (-slack + limit.denominator - 1) / limit.denominator;
                outcome.missed.push(Item {
                    place: key.label(facts.situation),
                    value: format!("{} / {}", tally.above, tally.below),
                    target: outcome.target_text(),
                    shortfall: format!("{persons} 人"),
                });
                outcome.cost += -slack * (units_per_person(rule.weight) / limit.denominator);
            }
        }
        outcome
    }
}
