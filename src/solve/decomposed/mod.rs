//! Flow, prices, cores: the engine for districts that a general solver does not finish.
//!
//! Hard limits become a level of their own before all others, so that every step starts from a
//! point: first nothing but the limits is minimised, and a positive bound on them is a clash.
//! Then level after level is solved on the *face* that the earlier ones leave: the options and
//! counter values which no proof has ruled out (`certificate`). The bound of a level comes from
//! prices of what ties people together (`ascent`, over the flow of `relaxed`), its value from
//! small integer programs of attractive options (`core`, `neighbourhood`).

mod ascent;
mod certificate;
mod core;
mod creep;
mod descent;
mod face;
mod knots;
mod level;
pub mod measure;
mod neighbourhood;
mod pace;
mod polish;
mod relaxed;
#[cfg(test)]
mod tests;
mod work;

use face::{Face, Layout};
use level::{Context, Known, LevelSolve};
use work::Work;

use super::flow::Network;
use super::{
    Clash, Deadline, Engine, LevelCertificate, Outcome, Proof, Solution, SolveError, SolveOptions,
    StopReason, Watcher, monolithic,
};
use crate::program::{CounterIndex, Point, Program, Steps};

/// Finest scale of prices: scaled units for each unit of cost.
const FINEST: i64 = 1 << 30;

/// Solves a program level after level.
///
/// # Errors
/// Where a solver failed or returned a point that breaks the program.
pub(crate) fn solve_decomposed(
    program: &Program,
    options: &SolveOptions,
    deadline: &Deadline<'_>,
    watcher: &dyn Watcher,
) -> Result<Outcome, SolveError> {
    solve_with(Work::USUAL, program, options, deadline, watcher)
}

/// The same, with another amount of work.
fn solve_with(
    work: Work,
    program: &Program,
    options: &SolveOptions,
    deadline: &Deadline<'_>,
    watcher: &dyn Watcher,
) -> Result<Outcome, SolveError> {
    let elastic = program.with_elastic_limits();
    let steps = elastic
        .steps()
        .map_err(|counter| SolveError::Backend(format!("{counter:?} has a limit")))?;
    let Some(scales) = scales(&elastic, &steps) else {
        // Costs so large that prices would overflow; no district has them.
        return monolithic::solve(program, options, deadline, watcher);
    };
    let layout = Layout::new(&elastic, &steps);
    let context = Context::new(&elastic, scales, work, options, deadline, watcher);
    let ended = run_levels(&context, &layout)?;
    match ended.missed {
        Some((_, bound)) if bound > 0 => {
            Ok(Outcome::Infeasible(clash(program, &ended.point, bound)))
        }
        Some((value, _)) if value > 0 => {
            Ok(Outcome::Unknown(stop_reason(deadline, ended.late, false)))
        }
        _ => finish(program, ended, options, deadline),
    }
}

/// Level after level, each on the face that the earlier ones leave, until one is late or, among
/// the hard limits, one is missed.
fn run_levels(context: &Context<'_>, layout: &Layout<'_>) -> Result<Ended, SolveError> {
    let (program, deadline) = (layout.program, context.deadline);
    let start = context.options.start.as_deref();
    let mut face = Face::whole(layout);
    let mut ended = Ended {
        point: start.map_or_else(|| first_options(program), |start| start.point(program)),
        certificates: Vec::new(),
        prices: Vec::new(),
        knots: Vec::new(),
        missed: None,
        late: false,
    };
    let mut claimed = false;
    let mut is_better = false;
    for level in 0..program.levels() {
        let began = deadline.elapsed();
        // Of a level after a better one nothing is known.
        let left = start.and_then(|start| start.left(level));
        let left = left.filter(|_| !is_better);
        let known = start.and_then(|start| {
            Some(Known {
                prices: start.prices(program, level)?,
                knots: start.knots(program, level),
                left,
            })
        });
        let solve = LevelSolve::run(context, level, face, ended.point, known)?;
        let (value, bound, proof) = (solve.incumbent.value, solve.bound, solve.proof);
        is_better |= left.is_some_and(|(before, _)| value < before);
        // What a claimed bound ruled out is missing from every later face.
        claimed |= proof == Proof::BranchAndBound;
        ended.prices.push(solve.unit_prices());
        ended.knots.push(solve.knotted());
        ended.late |= solve.late || deadline.is_over();
        (face, ended.point) = solve.into_face();
        if level > 0 {
            ended.certificates.push(LevelCertificate {
                value,
                bound,
                proof: if claimed {
                    Proof::BranchAndBound
                } else {
                    proof
                },
                constant: context.constant(level),
                conditional_on: Vec::new(),
                elapsed: deadline.elapsed().saturating_sub(began),
            });
        } else {
            ended.missed = Some((value, bound));
        }
        if ended.late || (level == 0 && value > 0) {
            break;
        }
    }
    Ok(ended)
}

/// What the levels left.
struct Ended {
    point: Point,
    certificates: Vec<LevelCertificate>,
    prices: Vec<Vec<f64>>,
    knots: Vec<Vec<CounterIndex>>,
    /// Value and bound of the hard limits.
    missed: Option<(i64, i64)>,
    late: bool,
}

/// Checks the point and puts its final values into the certificates.
fn finish(
    program: &Program,
    ended: Ended,
    options: &SolveOptions,
    deadline: &Deadline<'_>,
) -> Result<Outcome, SolveError> {
    let Ended {
        point,
        mut certificates,
        prices,
        knots,
        late,
        ..
    } = ended;
    let found = program.evaluate(&point);
    if !found.violations.is_empty() {
        return Err(SolveError::BrokenPoint(format!("{:?}", found.violations)));
    }
    let mut open = Vec::new();
    for (level, certificate) in certificates.iter_mut().enumerate() {
        // A later level may have improved an earlier one that was left open.
        if found.levels[level] > certificate.value {
            let reason = format!("level {level} is worse than it was");
            return Err(SolveError::BrokenPoint(reason));
        }
        certificate.value = found.levels[level];
        certificate.bound = certificate.bound.min(certificate.value);
        certificate.conditional_on.clone_from(&open);
        if !certificate.is_closed() {
            open.push(level);
        }
    }
    let reached = certificates.len() == program.levels()
        && certificates
            .iter()
            .all(|certificate| certificate.gap() <= options.target_gap);
    Ok(Outcome::Solved(Solution {
        point,
        levels: certificates,
        stop: stop_reason(deadline, late, reached),
        engine: Engine::Decomposed,
        prices,
        knots,
    }))
}

fn stop_reason(deadline: &Deadline<'_>, late: bool, reached: bool) -> StopReason {
    match (late, reached) {
        (true, _) if deadline.is_interrupted() => StopReason::Interrupted,
        (true, _) => StopReason::TimeLimit,
        (false, true) => StopReason::TargetReached,
        (false, false) => StopReason::WorkLimit,
    }
}

fn clash(program: &Program, point: &Point, bound: i64) -> Clash {
    let counters = program.evaluate(point).counters;
    let missed = program
        .counter_indices()
        .map(|index| {
            let value = counters[index.0 as usize];
            (index, program.counter(index).violation(value))
        })
        .filter(|&(_, amount)| amount != 0)
        .collect();
    Clash { missed, bound }
}

/// Everybody takes the first option: without limits, any choice is a point.
fn first_options(program: &Program) -> Point {
    let mut uses = vec![0; program.options().len()];
    for agent in program.agents() {
        uses[agent.options.start as usize] = agent.multiplicity;
    }
    Point::new(uses)
}

/// The scale of every level; `None` where one has none.
fn scales(program: &Program, steps: &[Steps]) -> Option<Vec<i64>> {
    (0..program.levels())
        .map(|level| scale(program, steps, level))
        .collect()
}

/// The scale of a level's prices, as fine as the potentials of the flow allow; `None` where they
/// allow none.
fn scale(program: &Program, steps: &[Steps], level: usize) -> Option<i64> {
    let slopes = steps
        .iter()
        .flat_map(|steps| &steps.steps)
        .map(|step| step.slopes[level]);
    let costs = program
        .option_indices()
        .map(|option| program.cost(option, level));
    let largest = slopes.chain(costs).map(i64::abs).max().unwrap_or(0).max(1);
    let nodes = program.agents().len() + program.counters().len() + 2;
    // Room for prices of up to 64 times the largest cost, on several rows.
    let room = Network::cost_limit(nodes) / 1024 / largest;
    (room > 0).then(|| FINEST.min(1 << room.ilog2()))
}
