//! A rule with its typed parameters: what models and checks ask of it, whatever its kind.

use super::avoidance::Avoidance;
use super::context::Context;
use super::count::Tally;
use super::couples::Couples;
use super::disparity::Cut;
use super::eligibility::Effect;
use super::facts::{PlanFacts, Service};
use super::kind::Kind;
use super::preference::Preference;
use super::row::{Allowance, Candidate, Outcome, Row, RowKey};
use super::station::Stations;
use crate::demand::{Post, Situation};
use crate::domain::{SchoolIndex, TeacherIndex, UnitIndex};
use crate::policy::{Enforcement, Rule};

/// A rule with its typed parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct TypedRule {
    /// What every rule has.
    pub rule: Rule,
    /// What its kind has.
    pub kind: Kind,
}

impl TypedRule {
    /// The rows that the rule wants of a model under some cuts; `position` is its place in the set.
    pub fn rows(&self, position: usize, context: &Context<'_>, cuts: &[Cut]) -> Vec<Row> {
        let rule = &self.rule;
        match &self.kind {
            Kind::Count(kind) => kind.rows(rule, position, context),
            Kind::Ratio(kind) => kind.rows(rule, position, context),
            Kind::PerPupil(kind) => kind.rows(rule, position, context.situation),
            Kind::Disparity(kind) => kind.rows(rule, position, context, cuts),
            Kind::Coverage(kind) => kind.rows(rule, context.situation, true),
            Kind::Surplus(kind) => kind.rows(rule, context.situation, false),
            Kind::Couples(kind) => kind.rows(rule, position, context),
            Kind::Avoidance(kind) => kind.rows(rule, position, context.situation),
            Kind::Turns(kind) => kind.rows(rule, position, context),
            _ => Vec::new(),
        }
    }

    /// What the rule lets places do besides moving people.
    pub fn allowances(
        &self,
        position: usize,
        context: &Context<'_>,
        cuts: &[Cut],
    ) -> Vec<Allowance> {
        match &self.kind {
            Kind::Disparity(kind) => kind.allowances(&self.rule, position, context, cuts),
            Kind::PerPupil(kind) => kind.allowances(&self.rule, position, context.situation),
            Kind::Turns(kind) => kind.allowances(&self.rule, position, context),
            _ => Vec::new(),
        }
    }

    /// What a placement adds to the rule's row, where it adds to one at most: of counts and ratios.
    pub fn amount(&self, position: usize, candidate: &Candidate<'_>) -> Option<(RowKey, i64)> {
        let bears = self.concerns(candidate)
            && self.leads_to(candidate.situation, candidate.placement.school);
        bears
            .then(|| self.amount_there(position, candidate))
            .flatten()
    }

    /// Whether the rule may cost or count a placement, as far as person, form, stage and subject
    /// go: the same for every school. A model asks this once for many places.
    pub(crate) fn concerns(&self, candidate: &Candidate<'_>) -> bool {
        match &self.kind {
            Kind::Count(kind) => kind.concerns(candidate),
            Kind::Ratio(kind) => kind.concerns(candidate),
            Kind::PerPupil(kind) => kind.gauges().concerns(candidate),
            Kind::Disparity(kind) => kind.gauges().concerns(candidate),
            Kind::Travel(kind) => kind.concerns(candidate),
            Kind::Stability(kind) => kind.concerns(candidate),
            Kind::Preference(_) => Preference::concerns(candidate),
            Kind::Couples(_) => Couples::concerns(candidate),
            Kind::Avoidance(_) => Avoidance::concerns(candidate),
            Kind::Turns(kind) => kind.concerns(candidate),
            _ => false,
        }
    }

    /// Whether the rule may cost or count a placement at a school: the same for every person.
    pub(crate) fn leads_to(&self, situation: &Situation<'_>, school: SchoolIndex) -> bool {
        match &self.kind {
            Kind::Count(kind) => kind.leads_to(&situation.school(school)),
            Kind::Ratio(kind) => kind.leads_to(&situation.school(school)),
            Kind::PerPupil(kind) => kind.gauges().leads_to(&situation.school(school)),
            Kind::Disparity(kind) => kind.gauges().leads_to(&situation.school(school)),
            Kind::Stability(kind) => kind.leads_to(&situation.school(school)),
            _ => true,
        }
    }

    /// The schools of an itinerary at which the rule looks.
    pub(crate) fn stations(&self) -> Stations {
        match &self.kind {
            Kind::Count(kind) => kind.stations(),
            Kind::PerPupil(kind) => kind.itinerants.into(),
            Kind::Travel(_) | Kind::Stability(_) => Stations::Visits,
            _ => Stations::Home,
        }
    }

    fn amount_there(&self, position: usize, candidate: &Candidate<'_>) -> Option<(RowKey, i64)> {
        let (key, amount) = match &self.kind {
            Kind::Count(kind) => kind.amount_there(candidate)?,
            Kind::Ratio(kind) => kind.amount_there(candidate)?,
            Kind::Couples(kind) => kind.amount_there(candidate)?,
            Kind::Turns(kind) => kind.amount_there(candidate)?,
            _ => return None,
        };
        Some((RowKey::Rule(position, key), amount))
    }

    /// Calls `add` with what a placement adds to which rows, that concerns the rule and leads where
    /// it says.
    pub(crate) fn amounts_there(
        &self,
        position: usize,
        candidate: &Candidate<'_>,
        mut add: impl FnMut(RowKey, i64),
    ) {
        match &self.kind {
            Kind::PerPupil(kind) => kind.gauges().amounts_there(position, candidate, add),
            Kind::Disparity(kind) => kind.gauges().amounts_there(position, candidate, add),
            Kind::Avoidance(kind) => kind.amounts_there(position, candidate, add),
            _ => {
                if let Some((key, amount)) = self.amount_there(position, candidate) {
                    add(key, amount);
                }
            }
        }
    }

    /// What a placement costs that concerns the rule and leads where it says.
    pub(crate) fn cost_there(&self, candidate: &Candidate<'_>) -> i64 {
        if !self.rule.enforcement.costs() {
            return 0;
        }
        match &self.kind {
            Kind::Travel(kind) => kind.cost_there(&self.rule, candidate),
            Kind::Stability(kind) => kind.cost_there(&self.rule, candidate),
            Kind::Preference(kind) => kind.cost_there(&self.rule, candidate),
            _ => 0,
        }
    }

    /// Calls `add` with what one recruit at a post adds to which of the rule's rows.
    pub fn recruit_amounts(
        &self,
        position: usize,
        situation: &Situation<'_>,
        recruit: &Service,
        mut add: impl FnMut(RowKey, i64),
    ) {
        let held = match &self.kind {
            Kind::Count(kind) => kind.recruit_amount(situation, recruit),
            Kind::Ratio(kind) => kind.recruit_amount(situation, recruit),
            Kind::PerPupil(kind) => {
                let gauges = kind.gauges();
                return gauges.recruit_amounts(position, situation, recruit, add);
            }
            Kind::Disparity(kind) => {
                let gauges = kind.gauges();
                return gauges.recruit_amounts(position, situation, recruit, add);
            }
            _ => None,
        };
        if let Some((key, amount)) = held {
            add(RowKey::Rule(position, key), amount);
        }
    }

    /// Whether the rule limits the staff of a post: from below or from above.
    pub fn limits_of(&self, situation: &Situation<'_>, post: &Post) -> (bool, bool) {
        match &self.kind {
            _ if self.rule.enforcement != Enforcement::Hard => (false, false),
            Kind::Coverage(kind) => (kind.speaks_of(situation, post), false),
            Kind::Surplus(kind) => (false, kind.speaks_of(situation, post)),
            _ => (false, false),
        }
    }

    /// The row whose limit moves with the establishment of a unit.
    pub fn row_of_posts(&self, position: usize, unit: UnitIndex) -> Option<RowKey> {
        match &self.kind {
            Kind::Count(kind) => {
                let place = kind.place_of_posts(unit)?;
                Some(RowKey::Rule(position, place))
            }
            _ => None,
        }
    }

    /// What one recognition as 双师型 adds to the rule's rows.
    pub fn certify_amount(&self, position: usize) -> Option<(RowKey, i64)> {
        match &self.kind {
            Kind::Ratio(kind) => {
                let (key, amount) = kind.certify_amount()?;
                Some((RowKey::Rule(position, key), amount))
            }
            _ => None,
        }
    }

    /// How strictly the rule is held, on paper: who is only named by it is reminded of (提醒).
    pub const fn held_as(&self) -> &'static str {
        if self.reminds() {
            "提醒"
        } else {
            self.rule.enforcement.chinese()
        }
    }

    /// The same as a code word.
    pub const fn held_as_code(&self) -> &'static str {
        if self.reminds() {
            "remind"
        } else {
            self.rule.enforcement.code()
        }
    }

    const fn reminds(&self) -> bool {
        matches!(&self.kind, Kind::Eligibility(kind) if matches!(kind.effect, Effect::Remind))
    }

    /// Whether the rule measures indicators over the district.
    pub const fn has_measures(&self) -> bool {
        matches!(self.kind, Kind::PerPupil(_) | Kind::Disparity(_))
    }

    /// What a finished plan has in each place of the rule beside the limits there: of counts, else
    /// nothing.
    pub fn tallies(&self, context: &Context<'_>, facts: &PlanFacts<'_>) -> Vec<Tally> {
        match &self.kind {
            Kind::Count(kind) => kind.tallies(context, facts).0,
            _ => Vec::new(),
        }
    }

    /// How many stay under a plan who go before somebody by turn: of rules of turns, else nothing.
    pub fn ahead_of(
        &self,
        context: &Context<'_>,
        facts: &PlanFacts<'_>,
        teacher: TeacherIndex,
    ) -> Option<usize> {
        match &self.kind {
            Kind::Turns(kind) => kind.ahead_of(context, facts, teacher),
            _ => None,
        }
    }

    /// Whether the places in which the rule is checked are people, by their ids.
    pub const fn names_people(&self) -> bool {
        matches!(
            self.kind,
            Kind::Eligibility(_) | Kind::Reach(_) | Kind::Couples(_) | Kind::Avoidance(_)
        )
    }

    /// Whether those of whom the rule speaks must move.
    pub fn wants_moves(&self) -> bool {
        matches!(&self.kind, Kind::Eligibility(kind) if kind.effect == Effect::Must)
    }

    /// Checks a finished plan.
    pub fn check(&self, context: &Context<'_>, facts: &PlanFacts<'_>) -> Outcome {
        let rule = &self.rule;
        let mut outcome = match &self.kind {
            Kind::Eligibility(kind) => kind.check(rule, facts),
            Kind::Reach(kind) => kind.check(rule, facts),
            Kind::Count(kind) => kind.check(rule, context, facts),
            Kind::Ratio(kind) => kind.check(rule, facts),
            Kind::PerPupil(kind) => kind.check(rule, facts),
            Kind::Disparity(kind) => kind.check(rule, context, facts),
            Kind::Coverage(kind) => kind.check_shortage(rule, facts),
            Kind::Surplus(kind) => kind.check_surplus(rule, facts),
            Kind::Travel(kind) => kind.check(rule, facts),
            Kind::Stability(kind) => kind.check(rule, facts),
            Kind::Preference(kind) => kind.check(rule, facts),
            Kind::Couples(kind) => kind.check(rule, facts),
            Kind::Avoidance(kind) => kind.check(rule, facts),
            Kind::Turns(kind) => kind.check(rule, context, facts),
        };
        if !rule.enforcement.costs() {
            outcome.cost = 0;
        }
        outcome
    }
}
