//! Solving a year, again and again where limits of differences are told by lines.
//!
//! A limit of a 差异系数 is no row of a program. It is told by lines that touch it, which no plan
//! within the limit is below, so what is proven under lines holds under the limit: a bound, and that
//! there is no plan. What is found may be beyond the limit; then one line more cuts it off, and the
//! next round begins with what this one found. Every round solves all levels: on a district of 7,400
//! teachers rounds of the first level alone took less time each, but as nothing held their plans near
//! the present state they broke limits that no plan had been near, and thirteen did not end it.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use super::{PlanStatus, Planned, PlannedLevel, clashing_rules, levels};
use crate::model::{ChosenPlan, Model};
use crate::program::{Point, Program};
use crate::rules::{Context, PlanFacts, RuleSet, Uncut};
use crate::solve::{
    Outcome, Solution, SolveError, SolveOptions, Start, StopReason, Watcher, solve,
};

/// Rounds at most.
const ROUNDS: usize = 30;

/// Plans a year. Where limits of differences ask for it, the model gains lines and is solved again.
///
/// # Errors
/// Where the solver under us fails its check.
pub fn plan_year(
    context: &Context<'_>,
    rules: &RuleSet,
    model: &mut Model,
    options: &SolveOptions,
    interrupt: &AtomicBool,
    watcher: &dyn Watcher,
) -> Result<Planned, SolveError> {
    let began = Instant::now();
    let mut start = options.start.clone();
    let mut best: Option<Planned> = None;
    for round in 1..=ROUNDS {
        let left = options.time_limit;
        let left = left.map(|limit| limit.saturating_sub(began.elapsed()));
        let these = within(options, start.take(), left);
        let solution = match run(model, &these, interrupt, watcher)? {
            Run::Solved(solution) => solution,
            Run::Infeasible(planned) => return Ok(planned),
            Run::Unknown(stop) => return Ok(ended(model, options, best, stop)),
        };
        let point = model.settled(solution.point.clone());
        let plan = model.plan(&point);
        let facts = PlanFacts {
            situation: context.situation,
            placements: &plan.placements,
            levers: &plan.levers,
        };
        let uncut = rules.uncut(&facts, model.cuts());
        let cut_short = matches!(
            solution.stop,
            StopReason::TimeLimit | StopReason::Interrupted
        );
        if !uncut.any {
            return Ok(solved(model, options, &point, (plan, solution)));
        }
        let stuck = uncut.cuts.is_empty();
        let stop = if cut_short {
            solution.stop
        } else {
            StopReason::WorkLimit
        };
        let found = solved(model, options, &point, (plan, solution.clone()));
        best = better(best, corrected(found, &uncut, stop));
        if round == ROUNDS || cut_short || stuck {
            return Ok(ended(model, options, best, stop));
        }
        let old = model.program.clone();
        model.add_cuts(context, rules, uncut.cuts);
        start = Some(beginning(&old, model.settled(point), solution));
    }
    Ok(ended(model, options, best, StopReason::WorkLimit))
}

/// What the next round begins with.
fn beginning(program: &Program, point: Point, solution: Solution) -> Arc<Start> {
    Arc::new(Start::of(program, &Solution { point, ..solution }))
}

/// The better of what is known and what was found, if anything.
fn better(known: Option<Planned>, found: Option<Planned>) -> Option<Planned> {
    let values = |planned: &Planned| -> Vec<i64> {
        planned.levels.iter().map(|level| level.value).collect()
    };
    match (known, found) {
        // What was proven last is the most.
        (Some(known), Some(found)) if values(&known) < values(&found) => {
            Some(bounded(known, &found))
        }
        (known, found) => found.or(known),
    }
}

/// Solves a model once, under the lines that it has: limits of differences may not hold, which
/// [`plan_year`] sees to.
///
/// # Errors
/// Where the solver under us fails its check.
pub fn plan_once(
    model: &Model,
    options: &SolveOptions,
    interrupt: &AtomicBool,
    watcher: &dyn Watcher,
) -> Result<Planned, SolveError> {
    Ok(match run(model, options, interrupt, watcher)? {
        Run::Solved(solution) => {
            let point = model.settled(solution.point.clone());
            let plan = model.plan(&point);
            solved(model, options, &point, (plan, solution))
        }
        Run::Infeasible(planned) => planned,
        Run::Unknown(stop) => ended(model, options, None, stop),
    })
}

/// How one solve ended.
enum Run {
    Solved(Solution),
    Infeasible(Planned),
    Unknown(StopReason),
}

fn run(
    model: &Model,
    options: &SolveOptions,
    interrupt: &AtomicBool,
    watcher: &dyn Watcher,
) -> Result<Run, SolveError> {
    Ok(match solve(&model.program, options, interrupt, watcher)? {
        Outcome::Solved(solution) => Run::Solved(solution),
        Outcome::Infeasible(clash) => {
            let mut planned = unplanned(model, options, PlanStatus::Infeasible);
            planned.clash = clashing_rules(model, &clash);
            Run::Infeasible(planned)
        }
        Outcome::Unknown(stop) => Run::Unknown(stop),
    })
}

/// The options of a round.
fn within(
    options: &SolveOptions,
    start: Option<Arc<Start>>,
    time_limit: Option<Duration>,
) -> SolveOptions {
    SolveOptions {
        engine: options.engine,
        target_gap: options.target_gap,
        time_limit,
        node_limit: options.node_limit,
        start,
    }
}

/// A year without a plan.
fn unplanned(model: &Model, options: &SolveOptions, status: PlanStatus) -> Planned {
    let program = &model.program;
    Planned {
        status,
        plan: None,
        levels: Vec::new(),
        clash: Vec::new(),
        stop: None,
        engine: options.engine,
        size: (program.agents().len(), program.options().len()),
    }
}

/// The year as it was left: with the best plan that keeps all hard limits, if there is one.
fn ended(
    model: &Model,
    options: &SolveOptions,
    best: Option<Planned>,
    stop: StopReason,
) -> Planned {
    Planned {
        stop: Some(stop),
        ..best.unwrap_or_else(|| unplanned(model, options, PlanStatus::Unknown))
    }
}

/// The year as it was solved under the lines so far.
fn solved(
    model: &Model,
    options: &SolveOptions,
    point: &Point,
    (plan, solution): (ChosenPlan, Solution),
) -> Planned {
    let proven = solution.levels.len() == model.program.levels()
        && solution
            .levels
            .iter()
            .all(|level| level.gap() <= options.target_gap);
    Planned {
        levels: levels(&model.program.evaluate(point), &solution.levels),
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

/// What such a year is truly worth: floors cost what they miss beyond the lines, and of levels after
/// the first that costs more nothing is proven, since its value was another one. None where a limit
/// that is hard does not hold.
fn corrected(mut planned: Planned, uncut: &Uncut, stop: StopReason) -> Option<Planned> {
    if uncut.hard {
        return None;
    }
    let mut dearer = false;
    for (level, &more) in planned.levels.iter_mut().zip(&uncut.costs) {
        if dearer {
            level.certificate = None;
        }
        level.value += more;
        if let Some(held) = &mut level.certificate {
            held.value = level.value;
        }
        dearer |= more > 0;
    }
    planned.status = PlanStatus::Feasible;
    planned.stop = Some(stop);
    Some(planned)
}

/// A plan found before with what was proven since of the first level.
fn bounded(mut known: Planned, proven: &Planned) -> Planned {
    let certificates = proven.levels.iter().map(|level| level.certificate.clone());
    for (position, (level, certificate)) in known.levels.iter_mut().zip(certificates).enumerate() {
        let PlannedLevel {
            value,
            certificate: held,
            ..
        } = level;
        *held = certificate.filter(|_| position == 0);
        if let Some(held) = held {
            held.value = *value;
        }
    }
    known
}
