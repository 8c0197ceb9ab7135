//! Which engine first, and whether the other is asked too.
//!
//! Measured on generated counties (9,000 to 17,000 options): the decomposed engine closed all
//! levels of 12 seeds in 0.2 to 0.6 s, the monolith needed 4 to 8 s and left one of six open. Below
//! two thousand options both end at once, and where prices meet a true gap between whole people and
//! fractions of them the monolith's branching is the better tool.

use super::{
    Deadline, Engine, Outcome, Solution, SolveError, SolveOptions, StopReason, Watcher, decomposed,
    monolithic,
};
use crate::program::Program;

/// Programs with at most so many options are first given to minilp whole.
const WHOLE_FIRST: usize = 2_000;

/// Programs with more options are never given to minilp whole: it would take minutes for what the
/// knots have mostly proven already (Wulong, 13,000 options, with a hard cap: 148 s instead of 5).
const WHOLE_AT_ALL: usize = 5_000;

/// Solves a program by the engine that suits its size. Where work, not time, ran out and a level
/// is left above its target, the other engine is asked too, and the better answer counts.
pub(super) fn solve_automatic(
    program: &Program,
    options: &SolveOptions,
    deadline: &Deadline<'_>,
    watcher: &dyn Watcher,
) -> Result<Outcome, SolveError> {
    let count = program.options().len();
    let run = |engine: Engine| match engine {
        Engine::Decomposed => decomposed::solve_decomposed(program, options, deadline, watcher),
        _ => monolithic::solve(program, options, deadline, watcher),
    };
    let (first, second) = if count <= WHOLE_FIRST {
        (Engine::Monolithic, Engine::Decomposed)
    } else {
        (Engine::Decomposed, Engine::Monolithic)
    };
    let found = run(first)?;
    let unfinished = match &found {
        Outcome::Solved(solution) => solution.stop == StopReason::WorkLimit,
        Outcome::Unknown(stop) => *stop == StopReason::WorkLimit,
        Outcome::Infeasible(_) => false,
    };
    if !unfinished || count > WHOLE_AT_ALL || deadline.is_over() {
        return Ok(found);
    }
    Ok(match (found, run(second)?) {
        (Outcome::Solved(one), Outcome::Solved(other)) => Outcome::Solved(better(one, other)),
        (one @ Outcome::Solved(_), Outcome::Unknown(_)) => one,
        (_, other) => other,
    })
}

/// The better of two solutions: the lower value at the first level where they differ, else the
/// better proven. One that was cut short before a level is behind one that came to it.
fn better(one: Solution, other: Solution) -> Solution {
    for (left, right) in one.levels.iter().zip(&other.levels) {
        if left.value != right.value {
            return if left.value < right.value { one } else { other };
        }
    }
    let order = one.levels.len().cmp(&other.levels.len());
    let bounds = |solution: &Solution| -> Vec<i64> {
        solution.levels.iter().map(|level| level.bound).collect()
    };
    if order
        .then_with(|| bounds(&one).cmp(&bounds(&other)))
        .is_ge()
    {
        one
    } else {
        other
    }
}
