//! `travel`: minutes of one way cost, beyond those that are free.

use serde::Deserialize;

use super::facts::PlanFacts;
use super::figure::Figure;
use super::row::{Candidate, Outcome};
use super::station::Stations;
use super::units_per_person;
use crate::domain::{Form, Minutes};
use crate::policy::{OneOrMany, PersonSelector, Rule};

/// Parameters of the kind. The rule's weight is that of one minute of one way, in persons; of
/// 走教 the ways of a week are summed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Travel {
    /// Moves in these forms.
    #[serde(default = "super::eligibility::both_moves")]
    pub form: OneOrMany<Form>,
    /// Of these persons.
    #[serde(default)]
    pub who: PersonSelector,
    /// Minutes that cost nothing.
    #[serde(default)]
    pub free_minutes: i64,
}

impl Travel {
    /// Whether the way costs, wherever it leads; decided moves cost nothing, since no choice can
    /// spare them.
    pub(super) fn concerns(&self, candidate: &Candidate<'_>) -> bool {
        let placement = candidate.placement;
        !placement.decided
            && placement.form.leaves_school()
            && self.form.iter().any(|&form| form == placement.form)
            && self.who.matches(&candidate.person())
    }

    /// Minutes that cost, of a placement that concerns the rule.
    fn minutes_there(&self, candidate: &Candidate<'_>) -> i64 {
        (candidate.minutes().0 - self.free_minutes).max(0) * candidate.trips()
    }

    pub(super) fn cost_there(&self, rule: &Rule, candidate: &Candidate<'_>) -> i64 {
        self.minutes_there(candidate) * units_per_person(rule.weight)
    }

    pub(super) fn check(&self, rule: &Rule, facts: &PlanFacts<'_>) -> Outcome {
        let mut total = 0;
        let mut persons = 0;
        let mut farthest = 0;
        for candidate in facts.candidates() {
            let placement = candidate.placement;
            if placement.decided || !self.form.iter().any(|&form| form == placement.form) {
                continue;
            }
            persons += 1;
            candidate.at_stations(Stations::Visits, |there| {
                farthest = farthest.max(there.minutes().0);
                if self.concerns(there) {
                    total += self.minutes_there(there);
                }
            });
        }
        let value = Figure::Ways {
            persons,
            total: Minutes(total),
            farthest: Minutes(farthest),
        };
        Outcome::cost_only(value, total * units_per_person(rule.weight))
    }
}
