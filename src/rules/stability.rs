//! `stability`: what a move costs by itself.
//!
//! "A move that the teacher did not wish must bring at least half a person"; "class teachers and
//! graduating classes are kept where it costs little".

use serde::Deserialize;

use super::facts::PlanFacts;
use super::figure::Figure;
use super::row::{Candidate, Outcome};
use super::station::Stations;
use super::units_per_person;
use super::within::{Within, related};
use crate::domain::Form;
use crate::policy::{OneOrMany, PersonSelector, Rule, SchoolSelector, SchoolView};

/// Parameters of the kind. The rule's weight is that of one move, of 走教 that of one
/// school served besides the own.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stability {
    /// Moves in these forms.
    #[serde(default = "super::eligibility::both_moves")]
    pub form: OneOrMany<Form>,
    /// Of these persons (as the roster has them).
    #[serde(default)]
    pub who: PersonSelector,
    /// From these schools.
    #[serde(default)]
    pub from: SchoolSelector,
    /// To these schools.
    #[serde(default)]
    pub to: SchoolSelector,
    /// Only moves between schools that share this.
    pub within: Option<Within>,
    /// Only moves between schools that do not share this.
    pub not_within: Option<Within>,
    /// Only moves that the teacher did not wish.
    #[serde(default)]
    pub involuntary: bool,
}

impl Stability {
    /// Whether a move counts as far as person and form go, wherever it leads.
    pub(super) fn concerns(&self, candidate: &Candidate<'_>) -> bool {
        let placement = candidate.placement;
        !placement.decided
            && self.form.iter().any(|&form| form == placement.form)
            && self
                .who
                .matches(&candidate.situation.person(placement.teacher))
            && self.from.matches(&candidate.from())
    }

    /// Whether a school is one of those of which the rule speaks.
    pub(super) fn leads_to(&self, school: &SchoolView<'_>) -> bool {
        self.to.matches(school)
    }

    /// Whether a placement counts that concerns the rule and leads where it says.
    fn counts_there(&self, candidate: &Candidate<'_>) -> bool {
        !(self.involuntary && candidate.is_voluntary())
            && related(
                self.within,
                self.not_within,
                &candidate.from(),
                &candidate.to(),
            )
    }

    fn counts(&self, candidate: &Candidate<'_>) -> bool {
        self.concerns(candidate) && self.leads_to(&candidate.to()) && self.counts_there(candidate)
    }

    pub(super) fn cost_there(&self, rule: &Rule, candidate: &Candidate<'_>) -> i64 {
        if self.counts_there(candidate) {
            units_per_person(rule.weight)
        } else {
            0
        }
    }

    pub(super) fn check(&self, rule: &Rule, facts: &PlanFacts<'_>) -> Outcome {
        let mut count = 0;
        for candidate in facts.candidates() {
            candidate.at_stations(Stations::Visits, |there| {
                count += i64::from(self.counts(there));
            });
        }
        Outcome::cost_only(
            Figure::Persons(count),
            count * units_per_person(rule.weight),
        )
    }
}
