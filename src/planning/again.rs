//! One solve more, which begins with what the one before has left.
//!
//! A level ends where it is near enough to its bound, and what it leaves open is a row for all levels
//! that follow. A solve that begins with the same point and the same prices has little to climb: it
//! looks at once for what prices cannot see, and mostly closes what was open. Where what is cheap does
//! not help it ends (`benches/BOOK.md` has what it costs and what it closes).

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use crate::program::Program;
use crate::solve::{
    LevelCertificate, Outcome, Progress, Proof, Solution, SolveError, SolveOptions, Start,
    StopReason, Trace, Watcher, solve,
};

/// Solves a program a second time, from the first solve's own point and prices, where that one left a
/// level open, and returns what is known after both; none where there is nothing to solve again.
/// `options` are those of the first one, whose work `began` then.
///
/// # Errors
/// Where the solver under us fails its check.
pub(super) fn solved_again(
    program: &Program,
    first: &Solution,
    (options, began): (&SolveOptions, Instant),
    interrupt: &AtomicBool,
    watcher: &dyn Watcher,
) -> Result<Option<Solution>, SolveError> {
    if !is_worth_it(program, first, options) {
        return Ok(None);
    }
    let since = began.elapsed();
    let limit = options.time_limit;
    let again = SolveOptions {
        start: Some(Arc::new(Start::of_itself(program, first))),
        time_limit: limit.map(|limit| limit.saturating_sub(since)),
        ..options.clone()
    };
    let later = Later { watcher, since };
    Ok(match solve(program, &again, interrupt, &later)? {
        Outcome::Solved(second) => Some(together(program, (first, second), options.target_gap)),
        Outcome::Infeasible(_) | Outcome::Unknown(_) => None,
    })
}

/// Whether a solve left something open that another one can be expected to close. Whoever begins with
/// the prices of another solve has done already what a second one would do, and whoever asks for less
/// than the usual gap wants an answer, not a proof.
fn is_worth_it(program: &Program, first: &Solution, options: &SolveOptions) -> bool {
    let start = options.start.as_ref();
    first.stop == StopReason::TargetReached
        && first.levels.len() == program.levels()
        && !first.levels.iter().all(LevelCertificate::is_closed)
        && !first.prices.is_empty()
        && !start.is_some_and(|start| start.has_prices())
        && options.target_gap <= SolveOptions::default().target_gap
}

/// What two solves of a program found and proved: the better point, the first one's where they are
/// equally good, and of each level the higher bound. A bound holds of all points whose earlier levels
/// cost no more than they do in the point of its solve, so of those too that cost no more there than
/// a better one.
fn together(program: &Program, (first, second): (&Solution, Solution), target: f64) -> Solution {
    let [one, other] = [first, &second].map(|held| program.evaluate(&held.point).levels);
    let is_better = other < one;
    let values = if is_better { &other } else { &one };
    let mut levels = Vec::new();
    let mut open = Vec::new();
    for (level, &value) in values.iter().enumerate() {
        let solves = [(&one, first), (&other, &second)].into_iter();
        let applies = solves.filter(|(told, _)| {
            let mut earlier = values[..level].iter().zip(&told[..level]);
            earlier.all(|(value, told)| value <= told)
        });
        let held = applies.filter_map(|(_, solve)| solve.levels.get(level));
        let best = held.max_by_key(|held| (held.bound, held.proof == Proof::Prices));
        let Some(best) = best else { break };
        let spent = [first, &second].into_iter();
        let spent = spent.filter_map(|solve| solve.levels.get(level));
        let certificate = LevelCertificate {
            value,
            bound: best.bound.min(value),
            conditional_on: open.clone(),
            elapsed: spent.map(|held| held.elapsed).sum(),
            ..best.clone()
        };
        if !certificate.is_closed() {
            open.push(level);
        }
        levels.push(certificate);
    }
    let is_reached =
        levels.len() == program.levels() && levels.iter().all(|held| held.gap() <= target);
    let stop = if is_reached {
        StopReason::TargetReached
    } else {
        second.stop
    };
    // The later prices have proven more, where there are any of every level.
    let is_ended = second.levels.len() == program.levels();
    let (prices, knots) = if is_ended {
        (second.prices, second.knots)
    } else {
        (first.prices.clone(), first.knots.clone())
    };
    Solution {
        point: if is_better {
            second.point
        } else {
            first.point.clone()
        },
        levels,
        stop,
        engine: second.engine,
        prices,
        knots,
    }
}

/// Tells a watcher of a solve that is not the first: time goes on.
struct Later<'a> {
    watcher: &'a dyn Watcher,
    since: Duration,
}

impl Watcher for Later<'_> {
    fn progress(&self, progress: &Progress) {
        self.watcher.progress(&Progress {
            elapsed: self.since + progress.elapsed,
            ..progress.clone()
        });
    }

    fn trace(&self, trace: &Trace<'_>) {
        self.watcher.trace(&Trace {
            elapsed: self.since + trace.elapsed,
            ..*trace
        });
    }
}
