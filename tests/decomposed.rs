//! The decomposed engine: against the monolithic one where enumeration is too long, and the same
//! bytes whatever the number of threads.

mod programs;

use std::sync::atomic::AtomicBool;

use shizi::program::Program;
use shizi::solve::{Engine, Outcome, Silent, Solution, SolveOptions, solve};

fn solved(program: &Program, engine: Engine) -> Solution {
    let options = SolveOptions {
        engine,
        target_gap: 0.0,
        ..SolveOptions::default()
    };
    let never = AtomicBool::new(false);
    match solve(program, &options, &never, &Silent) {
        Ok(Outcome::Solved(solution)) => solution,
        other => panic!("{engine:?}: {other:?}"),
    }
}
