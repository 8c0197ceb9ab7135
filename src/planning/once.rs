//! One solve of a model, and the year that it makes.

use std::sync::atomic::AtomicBool;

use super::{PlanStatus, Planned, PlannedChanges, clashing_rules, levels};
use crate::model::{ChosenPlan, Model};
use crate::program::Program;
use crate::solve::{
    Outcome, Silent, Solution, SolveError, SolveOptions, StopReason, Watcher, solve,
};

/// Solves a model once, under the lines that it has: limits of differences may not hold, which
/// [`super::plan_year`] sees to.
///
/// # Errors
/// Where the solver under us fails its check.
pub fn plan_once(
    model: &Model,
    options: &SolveOptions,
    interrupt: &AtomicBool,
    watcher: &dyn Watcher,
) -> Result<Planned, SolveError> {
    Ok(
        match run((model, &model.program), options, interrupt, watcher)? {
            Run::Solved(solution) => {
                let solution = Solution {
                    point: model.settled(solution.point),
                    ..solution
                };
                solved(model, options, (model.plan(&solution.point), &solution))
            }
            Run::Infeasible(planned) => planned,
            Run::Unknown(stop) => Planned {
                stop: Some(stop),
                ..unplanned(model, options, PlanStatus::Unknown)
            },
        },
    )
}

/// How one solve ended.
pub(super) enum Run {
    /// With a point.
    Solved(Solution),
    /// With the proof that there is none.
    Infeasible(Planned),
    /// With neither.
    Unknown(StopReason),
}

/// Solves a program of a model: its own, or a part of it.
pub(super) fn run(
    (model, program): (&Model, &Program),
    options: &SolveOptions,
    interrupt: &AtomicBool,
    watcher: &dyn Watcher,
) -> Result<Run, SolveError> {
    Ok(match solve(program, options, interrupt, watcher)? {
        Outcome::Solved(solution) => Run::Solved(solution),
        Outcome::Infeasible(clash) => {
            let mut planned = unplanned(model, options, PlanStatus::Infeasible);
            planned.clash = clashing_rules(model, &clash);
            Run::Infeasible(planned)
        }
        Outcome::Unknown(stop) => Run::Unknown(stop),
    })
}

/// A year without a plan.
pub(super) fn unplanned(model: &Model, options: &SolveOptions, status: PlanStatus) -> Planned {
    let program = &model.program;
    Planned {
        status,
        plan: None,
        levels: Vec::new(),
        changes: None,
        clash: Vec::new(),
        stop: None,
        engine: options.engine,
        size: (program.agents().len(), program.options().len()),
    }
}

/// The year as it was solved under the lines so far.
pub(super) fn solved(
    model: &Model,
    options: &SolveOptions,
    (plan, solution): (ChosenPlan, &Solution),
) -> Planned {
    let proven = solution.levels.len() == model.program.levels()
        && solution
            .levels
            .iter()
            .all(|level| level.gap() <= options.target_gap);
    let mut levels = levels(&model.program.evaluate(&solution.point), &solution.levels);
    let changes = model.is_near().then(|| levels.pop()).flatten();
    let changes = changes.map(|level| {
        let persons = model.persons_changed(&solution.point);
        PlannedChanges {
            persons,
            recruits: usize::try_from(level.value).map_or(0, |all| all.saturating_sub(persons)),
            level,
        }
    });
    Planned {
        levels,
        changes,
        plan: Some(plan),
        stop: Some(solution.stop),
        engine: solution.engine,
        ..unplanned(
            model,
            options,
            if proven {
                PlanStatus::Optimal
            } else {
                PlanStatus::Feasible
            },
        )
    }
}

/// The bound on the one level of a program; none where nothing is proven.
pub(super) fn bound(
    program: &Program,
    options: &SolveOptions,
    interrupt: &AtomicBool,
) -> Result<Option<i64>, SolveError> {
    let outcome = solve(program, options, interrupt, &Silent)?;
    Ok(match outcome {
        Outcome::Solved(solution) => solution.levels.first().map(|level| level.bound),
        Outcome::Infeasible(_) | Outcome::Unknown(_) => None,
    })
}

/// Whether a solve ended before its work did.
pub(super) const fn is_cut_short(stop: StopReason) -> bool {
    matches!(stop, StopReason::TimeLimit | StopReason::Interrupted)
}
