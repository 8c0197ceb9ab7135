//! Programs solved by an engine, and what it says held against enumeration.

use std::ops::Range;
use std::sync::atomic::AtomicBool;

use shizi::program::Program;
use shizi::solve::{
    Engine, Outcome, Silent, Solution, SolveError, SolveOptions, StopReason, solve,
};

use super::exhaustive::{Truth, enumerate, least, points};
use super::{beside, tiny};

/// A solve to the optimum.
pub(crate) fn exact(engine: Engine) -> SolveOptions {
    SolveOptions {
        engine,
        target_gap: 0.0,
        ..SolveOptions::default()
    }
}

/// A solve that may leave levels open.
pub(crate) fn hasty(engine: Engine) -> SolveOptions {
    SolveOptions {
        target_gap: 0.5,
        node_limit: 1,
        ..exact(engine)
    }
}

pub(crate) fn try_to_run(program: &Program, options: &SolveOptions) -> Result<Outcome, SolveError> {
    solve(program, options, &AtomicBool::new(false), &Silent)
}

/// What a solve that nobody interrupts ends with; no solver fails.
pub(crate) fn run(name: &str, program: &Program, options: &SolveOptions) -> Outcome {
    try_to_run(program, options).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The solution of a program that has one.
pub(crate) fn solved(name: &str, program: &Program, options: &SolveOptions) -> Solution {
    match run(name, program, options) {
        Outcome::Solved(solution) => solution,
        other => panic!("{name}: {other:?}"),
    }
}

/// What a set of comparisons saw.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) solved: usize,
    pub(crate) clashes: usize,
    /// Levels left open.
    pub(crate) open: usize,
    /// Clashes whose least violation is not known exactly, and programs of which nothing is known.
    pub(crate) unknown: usize,
    /// The engine says that its solver failed.
    pub(crate) refused: usize,
}

impl Seen {
    pub(crate) fn add(&mut self, other: Self) {
        self.solved += other.solved;
        self.clashes += other.clashes;
        self.open += other.open;
        self.unknown += other.unknown;
        self.refused += other.refused;
    }

    /// Every program is solved to its optimum, or its least violation is known.
    pub(crate) fn is_all_proven(self) -> bool {
        (self.open, self.unknown, self.refused) == (0, 0, 0)
    }
}

/// Holds an outcome against every point of the program.
pub(crate) fn compare(name: &str, program: &Program, truth: &Truth, outcome: &Outcome) -> Seen {
    let mut seen = Seen::default();
    match (truth, outcome) {
        (Truth::Best(best), Outcome::Solved(solution)) => {
            seen.solved = 1;
            seen.open = check_solution(name, program, best, solution);
        }
        (Truth::Clash(least), Outcome::Infeasible(clash)) => {
            seen.clashes = 1;
            let missed: i64 = clash.missed.iter().map(|missed| missed.1.abs()).sum();
            let within = 0 < clash.bound && clash.bound <= *least && clash.bound <= missed;
            assert!(within, "{name}: least violation {least}, {clash:?}");
            seen.unknown = usize::from((clash.bound, missed) != (*least, *least));
        }
        (_, Outcome::Unknown(_)) => seen.unknown = 1,
        _ => panic!("{name}: {truth:?} but {outcome:?}"),
    }
    seen
}

/// Holds an outcome that must be proven whole against every point of the program.
pub(crate) fn compare_proven(
    name: &str,
    program: &Program,
    truth: &Truth,
    outcome: &Outcome,
) -> Seen {
    let seen = compare(name, program, truth, outcome);
    assert!(seen.is_all_proven(), "{name}: {truth:?}, {outcome:?}");
    seen
}

/// Solves a tiny program to its optimum and holds that against every point.
pub(crate) fn compare_exactly(seed: u64, program: &Program, engine: Engine) -> Seen {
    let name = format!("seed {seed} by {engine:?}");
    let outcome = run(&name, program, &exact(engine));
    if let Outcome::Solved(solution) = &outcome {
        assert_eq!(solution.engine, engine, "{name}");
        assert_eq!(solution.stop, StopReason::TargetReached, "{name}");
    }
    compare_proven(&name, program, &enumerate(program), &outcome)
}

/// Tiny programs, each beside itself, in solves that may leave levels open: their bounds hold under
/// the values in hand.
pub(crate) fn compare_hasty_pairs(seeds: Range<u64>, engine: Engine) -> Seen {
    let mut seen = Seen::default();
    for seed in seeds {
        let program = beside(&[tiny(seed), tiny(seed)]);
        if points(&program) <= 4_000 {
            let name = format!("seed {seed} by {engine:?}");
            let outcome = run(&name, &program, &hasty(engine));
            seen.add(compare(&name, &program, &enumerate(&program), &outcome));
        }
    }
    seen
}

/// How many levels are open. Bounds hold for the true ordered optimum always, and for what is
/// possible under the solution's own values; values are its own while all before are closed.
fn check_solution(name: &str, program: &Program, best: &[i64], solution: &Solution) -> usize {
    let found = program.evaluate(&solution.point);
    assert!(found.violations.is_empty(), "{name}: {found:?}");
    assert_eq!(solution.levels.len(), best.len(), "{name}");
    let mut open = Vec::new();
    for (level, certificate) in solution.levels.iter().enumerate() {
        let name = format!("{name} level {level}");
        assert_eq!(certificate.value, found.levels[level], "{name}");
        assert_eq!(certificate.conditional_on, open, "{name}");
        let truth = if open.is_empty() {
            best[level]
        } else {
            least(program, level, &found.levels[..level]).expect("the point itself")
        };
        let within = certificate.bound <= truth && truth <= certificate.value;
        assert!(within, "{name}: {truth}, {certificate:?}");
        if !certificate.is_closed() {
            open.push(level);
        }
    }
    open.len()
}

/// A solve that was ended says why, and gives out nothing that breaks a limit.
pub(crate) fn check_stopped(program: &Program, outcome: &Outcome, reason: StopReason) {
    match outcome {
        Outcome::Unknown(stop) => assert_eq!(*stop, reason),
        Outcome::Solved(solution) => {
            assert_eq!(solution.stop, reason);
            assert!(program.evaluate(&solution.point).violations.is_empty());
        }
        Outcome::Infeasible(clash) => panic!("{clash:?}"),
    }
}
