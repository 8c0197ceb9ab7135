//! Whether rules can all hold, and what it takes at least: questions to programs of limits alone.
//!
//! They say nothing of levels, so they take a fraction of what a plan takes.

use std::sync::atomic::AtomicBool;

use super::{PlanStatus, model_from, plan_year};
use crate::demand::Situation;
use crate::domain::Placement;
use crate::eligibility::{Choices, Terms};
use crate::model::Model;
use crate::policy::Enforcement;
use crate::program::{Condensed, CounterIndex, Give};
use crate::rules::eligibility::Standings;
use crate::rules::{Context, Kind, RuleSet};
use crate::solve::{Outcome, Silent, SolveError, SolveOptions, solve};

/// Whether there is a plan under some rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Feasibility {
    /// There is one.
    HasPlan,
    /// There is none, proven; these rules are missed where limits are missed by the least, and by so
    /// much each: below a limit negative.
    Clashes(Vec<(usize, i64)>),
    /// Some lock is met by nothing that the rules leave.
    Locked,
    /// The work ended before it was known, or there are too many choices to try.
    Unknown,
}

/// What it takes at least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Least {
    /// So many.
    Found(LeastFound),
    /// Nothing of the sort makes a plan.
    Never,
    /// The work ended before it was known.
    Unknown,
}

/// A least number with its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeastFound {
    /// So many suffice.
    pub value: i64,
    /// Fewer than so many do not.
    pub bound: i64,
    /// Where, as the model names the places, and how many each: below a limit negative.
    pub places: Vec<(String, i64)>,
}

/// Whether there is a plan under a district's rules; not asked where there are more choices than
/// `most`.
///
/// # Errors
/// Where the solver under us fails its check.
pub fn feasible(
    situation: &Situation<'_>,
    rules: &RuleSet,
    most: usize,
    options: &SolveOptions,
    interrupt: &AtomicBool,
) -> Result<Feasibility, SolveError> {
    let standings = Standings::new(situation, rules);
    let context = Context {
        situation,
        standings: &standings,
    };
    let choices = Choices::new(&context, rules);
    if choices.count() > most {
        return Ok(Feasibility::Unknown);
    }
    let Ok(mut model) = model_from(&context, rules, choices) else {
        return Ok(Feasibility::Locked);
    };
    let small = model.program.limits_alone();
    Ok(match solve(&small.program, options, interrupt, &Silent)? {
        Outcome::Infeasible(clash) => {
            let counters = clash.missed.iter();
            let missed = counters.filter_map(|&(held, amount)| {
                Some((model.rule_of(small.kept[held.0 as usize])?, amount))
            });
            Feasibility::Clashes(missed.collect())
        }
        // A plan under the lines of a difference may be beyond the limit all the same.
        Outcome::Solved(_) if limits_differences(rules) => {
            let planned = plan_year(&context, rules, &mut model, options, interrupt, &Silent)?;
            match planned.status {
                PlanStatus::Infeasible => {
                    let held = planned.clash.iter();
                    let missed = held.filter_map(|held| Some((held.rule?, held.amount)));
                    Feasibility::Clashes(missed.collect())
                }
                PlanStatus::Unknown => Feasibility::Unknown,
                PlanStatus::Optimal | PlanStatus::Feasible => Feasibility::HasPlan,
            }
        }
        Outcome::Solved(_) => Feasibility::HasPlan,
        Outcome::Unknown(_) => Feasibility::Unknown,
    })
}

/// By how much one rule is missed at least, in units of its rows, where everything else holds; limits
/// that may not give way hold too.
///
/// # Errors
/// Where the solver under us fails its check.
pub fn least_missed(
    context: &Context<'_>,
    rules: &RuleSet,
    (rule, below, above): (usize, bool, bool),
    options: &SolveOptions,
    interrupt: &AtomicBool,
) -> Result<Least, SolveError> {
    // Lines of differences relax their limits: what is least under them proves nothing.
    let Some(model) = limits_model(context, rules) else {
        return Ok(Least::Unknown);
    };
    let give = |counter: CounterIndex| match model.rule_of(counter) {
        Some(held) if held == rule => Give { below, above },
        _ => Give::default(),
    };
    let small = model.program.limits_priced(|_| 0, give);
    least(&small, options, interrupt, |position, value| {
        let counter = model.program.counter(small.kept[position]);
        let amount = counter.violation(value);
        (amount != 0).then(|| (counter.label.clone(), amount))
    })
}

/// How many persons at least are placed as other rules would not let them.
///
/// # Errors
/// Where the solver under us fails its check.
pub fn least_users(
    (context, rules): (&Context<'_>, &RuleSet),
    stricter: (&Context<'_>, &RuleSet),
    options: &SolveOptions,
    interrupt: &AtomicBool,
) -> Result<Least, SolveError> {
    let Some(model) = limits_model(context, rules) else {
        return Ok(Least::Unknown);
    };
    let choices = Choices::new(stricter.0, stricter.1);
    let terms = Terms::new(stricter.0.situation, &choices);
    let entries = stricter.0.situation.roll.entries().iter();
    let admitted: Vec<Vec<Placement>> = entries
        .map(|entry| {
            let mut placements = choices.placements(&terms, entry);
            placements.sort_unstable();
            placements
        })
        .collect();
    let cost = |option| {
        let placement = model.placement_of(option);
        let is_new = placement.is_some_and(|placement| {
            let known = &admitted[placement.teacher.position()];
            known.binary_search(&placement).is_err()
        });
        i64::from(is_new)
    };
    let small = model.program.limits_priced(cost, |_| Give::default());
    least(&small, options, interrupt, |_, _| None)
}

/// Solves a program of one level to the end.
fn least(
    small: &Condensed,
    options: &SolveOptions,
    interrupt: &AtomicBool,
    place: impl Fn(usize, i64) -> Option<(String, i64)>,
) -> Result<Least, SolveError> {
    let options = SolveOptions {
        target_gap: 0.0,
        ..options.clone()
    };
    Ok(match solve(&small.program, &options, interrupt, &Silent)? {
        Outcome::Solved(solution) => {
            let found = small.program.evaluate(&solution.point);
            let value = found.levels.first().copied().unwrap_or_default();
            let counters = small.values(&solution.point).into_iter().enumerate();
            Least::Found(LeastFound {
                value,
                bound: solution.levels.first().map_or(0, |level| level.bound),
                places: counters
                    .filter_map(|(position, value)| place(position, value))
                    .collect(),
            })
        }
        Outcome::Infeasible(_) => Least::Never,
        Outcome::Unknown(_) => Least::Unknown,
    })
}

/// The model under rules whose limits its rows say exactly; none where some rule has others, or a
/// lock is met by nothing.
fn limits_model(context: &Context<'_>, rules: &RuleSet) -> Option<Model> {
    let exact = !limits_differences(rules);
    let choices = exact.then(|| Choices::new(context, rules))?;
    model_from(context, rules, choices).ok()
}

/// Whether a limit of a difference is hard.
fn limits_differences(rules: &RuleSet) -> bool {
    rules.all().iter().any(|typed| {
        matches!(typed.kind, Kind::Disparity(_)) && typed.rule.enforcement == Enforcement::Hard
    })
}
