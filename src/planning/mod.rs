//! From a district and a policy to a planned year: choices, model, solve, and what is proven.

mod again;
mod clash;
mod feasible;
mod limits;
mod once;
mod proven;
mod rounds;
mod seek;
mod traded;

use crate::eligibility::{Choices, LockConflict};
use crate::model::{ChosenPlan, Model, Near};
use crate::program::Evaluation;
use crate::rules::{Context, RuleSet};
use crate::solve::{Clash, Engine, LevelCertificate, StopReason};

pub use clash::{ClashMember, MinimalClash, Patience, minimal_clash};
pub use feasible::{
    Feasibility, Least, LeastFound, LeastUsers, MissedPlace, feasible, least_difference,
    least_users,
};
pub use limits::{Limits, LimitsOf, limits_differences};
pub use once::plan_once;
pub use rounds::{plan_base, plan_year};

/// How a plan ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanStatus {
    /// Every level is proven best to the target.
    Optimal,
    /// A plan, with a bound on how far from best at most.
    Feasible,
    /// Hard rules cannot all hold.
    Infeasible,
    /// Nothing found and nothing proven before the end.
    Unknown,
}

impl PlanStatus {
    /// The word in `summary.json`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Optimal => "optimal",
            Self::Feasible => "feasible",
            Self::Infeasible => "infeasible",
            Self::Unknown => "unknown",
        }
    }
}

/// A level of the policy with what is proven of it, in units of [`crate::rules::UNITS_PER_PERSON`].
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedLevel {
    /// Position among the policy's levels.
    pub level: usize,
    /// Value of the plan; known even where the solve ended before the level.
    pub value: i64,
    /// What is proven; `None` where the solve ended before the level.
    pub certificate: Option<LevelCertificate>,
}

/// How many are placed differently from the plan that is stayed near to.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedChanges {
    /// Persons of those who have a choice.
    pub persons: usize,
    /// Recruits of levers, as many as one would have to tell so.
    pub recruits: usize,
    /// Both together, and what is proven of the sum.
    pub level: PlannedLevel,
}

/// A rule whose hard limit cannot hold beside the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClashingRule {
    /// Position of the rule in the set; `None` where the limit is no rule's.
    pub rule: Option<usize>,
    /// The place, as the model names it.
    pub place: String,
    /// By how much it is missed in a plan of least total violation.
    pub amount: i64,
    /// How many of the row's units are a person, where it is the line of a difference; else one.
    pub parts: i64,
    /// Whether it is the line of a mean of differences: as many units are a thousandth of the mean.
    pub of_mean: bool,
}

/// A planned year.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// How it ended.
    pub status: PlanStatus,
    /// The plan, where there is one.
    pub plan: Option<ChosenPlan>,
    /// Levels in their order; empty where there is no plan.
    pub levels: Vec<PlannedLevel>,
    /// Of a year that stays near to another plan: how many are placed differently, and what is proven
    /// of it.
    pub changes: Option<PlannedChanges>,
    /// Rules that cannot all hold, where that is proven.
    pub clash: Vec<ClashingRule>,
    /// Why the solve ended; `None` where it was never begun.
    pub stop: Option<StopReason>,
    /// Which way it was solved.
    pub engine: Engine,
    /// Persons with a choice, and choices.
    pub size: (usize, usize),
}

/// Builds the model of a year.
///
/// # Errors
/// Locks that no choice can meet.
pub fn model_year(context: &Context<'_>, rules: &RuleSet) -> Result<Model, Vec<LockConflict>> {
    model_from(context, rules, Choices::new(context, rules))
}

/// Builds the model of a year that stays near to a plan: of equally good plans it asks for the one
/// that places fewest people differently.
///
/// # Errors
/// Locks that no choice can meet.
pub fn model_near(
    context: &Context<'_>,
    rules: &RuleSet,
    near: Near,
) -> Result<Model, Vec<LockConflict>> {
    let choices = agreed(Choices::new(context, rules))?;
    Ok(Model::near(context, rules, choices, near))
}

fn model_from(
    context: &Context<'_>,
    rules: &RuleSet,
    choices: Choices,
) -> Result<Model, Vec<LockConflict>> {
    Ok(Model::new(context, rules, agreed(choices)?))
}

/// Choices that meet every lock.
fn agreed(choices: Choices) -> Result<Choices, Vec<LockConflict>> {
    if choices.conflicts().is_empty() {
        Ok(choices)
    } else {
        Err(choices.conflicts().to_vec())
    }
}

fn levels(evaluation: &Evaluation, certificates: &[LevelCertificate]) -> Vec<PlannedLevel> {
    evaluation
        .levels
        .iter()
        .enumerate()
        .map(|(level, &value)| PlannedLevel {
            level,
            value,
            certificate: certificates.get(level).map(|held| LevelCertificate {
                value,
                ..held.clone()
            }),
        })
        .collect()
}

fn clashing_rules(model: &Model, clash: &Clash) -> Vec<ClashingRule> {
    clash
        .missed
        .iter()
        .map(|&(counter, amount)| ClashingRule {
            rule: model.rule_of(counter),
            place: model.program.counter(counter).label.clone(),
            amount,
            parts: model.parts_of(counter),
            of_mean: model.is_of_mean(counter),
        })
        .collect()
}
