//! `preference`: wishes by rank.

use serde::Deserialize;

use super::facts::PlanFacts;
use super::figure::Figure;
use super::row::{Candidate, Outcome};
use super::units_per_person;
use crate::policy::{Rule, Weight};

/// Parameters of the kind; costs are multiples of the rule's weight.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Preference {
    /// Cost of a move to the first, second … wish; the last holds for all later ones.
    pub by_rank: Vec<Weight>,
    /// Cost where somebody who stated wishes stays.
    #[serde(default = "nothing")]
    pub not_granted: Weight,
    /// Cost where somebody who stated wishes goes to a school not wished for.
    #[serde(default = "nothing")]
    pub elsewhere: Weight,
}

const fn nothing() -> Weight {
    Weight(0)
}

impl Preference {
    /// Whether somebody stated wishes of which the plan disposes.
    pub(super) fn concerns(candidate: &Candidate<'_>) -> bool {
        let person = candidate.situation.person(candidate.placement.teacher);
        candidate.entry.fixation.is_none() && person.wishes
    }

    /// The cost of a placement of somebody who stated wishes.
    fn price_there(&self, candidate: &Candidate<'_>) -> Weight {
        let placement = candidate.placement;
        let situation = candidate.situation;
        if !placement.form.is_move() {
            return self.not_granted;
        }
        match situation.wish_rank(placement.teacher, placement.school) {
            Some(rank) => {
                let position = (rank.max(1) as usize - 1).min(self.by_rank.len().max(1) - 1);
                self.by_rank.get(position).copied().unwrap_or(nothing())
            }
            None => self.elsewhere,
        }
    }

    pub(super) fn cost_there(&self, rule: &Rule, candidate: &Candidate<'_>) -> i64 {
        units_per_person(self.price_there(candidate).times(rule.weight))
    }

    pub(super) fn check(&self, rule: &Rule, facts: &PlanFacts<'_>) -> Outcome {
        let mut granted = 0;
        let mut of = 0;
        let mut cost = 0;
        for candidate in facts.candidates().filter(Self::concerns) {
            of += 1;
            let moved = candidate.placement.form.is_move();
            granted += i64::from(moved && candidate.is_voluntary());
            cost += self.cost_there(rule, &candidate);
        }
        Outcome::cost_only(Figure::Wishes { granted, of }, cost)
    }
}
