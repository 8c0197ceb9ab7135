//! The decomposed engine: against the monolithic one where enumeration is too long, and the same
//! bytes whatever the number of threads.

mod programs;

use std::sync::atomic::AtomicBool;

use programs::assignment::Shape;
use shizi::program::Program;
use shizi::solve::{Engine, Outcome, Silent, Solution, SolveOptions, solve};

/// Large enough for cores and prices, small enough to be proven whole.
const SMALL: Shape = Shape {
    people: 60,
    schools: 12,
    subjects: 4,
    targets: 8,
    quota: 10,
};

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

#[test]
fn mid_size_programs_agree_with_the_monolithic_engine() {
    for seed in 0..6 {
        let program = programs::assignment::assignment(SMALL, seed);
        let (whole, parts) = (
            solved(&program, Engine::Monolithic),
            solved(&program, Engine::Decomposed),
        );
        for (level, (one, other)) in whole.levels.iter().zip(&parts.levels).enumerate() {
            assert!(one.bound <= other.value, "seed {seed} level {level}");
            assert!(other.bound <= one.value, "seed {seed} level {level}");
            if !one.is_closed() || !other.is_closed() {
                break;
            }
        }
        let closed = parts
            .levels
            .iter()
            .all(shizi::solve::LevelCertificate::is_closed);
        assert!(closed, "seed {seed}: {:?}", parts.levels);
    }
}

#[test]
fn one_thread_and_two_give_the_same_point() {
    let program = programs::assignment::assignment(SMALL, 11);
    let with = |threads| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads can be had")
            .install(|| solved(&program, Engine::Decomposed).point)
    };
    assert_eq!(with(1), with(2));
}
