//! The monolithic engine against enumeration. Source of truth: every point of a tiny program,
//! looked at in integers.

mod programs;

use std::sync::atomic::AtomicBool;

use programs::exhaustive::{Truth, enumerate, points};
use shizi::program::Program;
use shizi::solve::{Engine, Outcome, Silent, SolveOptions, solve};

fn exact(engine: Engine) -> SolveOptions {
    SolveOptions {
        engine,
        target_gap: 0.0,
        ..SolveOptions::default()
    }
}

fn compare(seed: u64, program: &Program, engine: Engine) -> bool {
    let truth = enumerate(program);
    let never = AtomicBool::new(false);
    let outcome = solve(program, &exact(engine), &never, &Silent)
        .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    match (&truth, &outcome) {
        (Truth::Best(levels), Outcome::Solved(solution)) => {
            let found = program.evaluate(&solution.point);
            assert!(found.violations.is_empty(), "seed {seed}: {found:?}");
            assert_eq!(levels, &found.levels, "seed {seed}");
            for (level, certificate) in solution.levels.iter().enumerate() {
                assert_eq!(
                    certificate.value, levels[level],
                    "seed {seed} level {level}"
                );
                assert_eq!(
                    certificate.bound, levels[level],
                    "seed {seed} level {level}"
                );
            }
            assert_eq!(solution.levels.len(), levels.len(), "seed {seed}");
            true
        }
        (Truth::Clash(least), Outcome::Infeasible(clash)) => {
            let missed: i64 = clash.missed.iter().map(|missed| missed.1.abs()).sum();
            assert_eq!((missed, clash.bound), (*least, *least), "seed {seed}");
            false
        }
        _ => panic!("seed {seed}: {truth:?} but {outcome:?}"),
    }
}

#[test]
fn tiny_programs_are_solved_to_the_enumerated_optimum() {
    let (mut solved, mut clashes) = (0, 0);
    for seed in 0..20_000 {
        let program = programs::tiny(seed);
        if points(&program) > 3_000 {
            continue;
        }
        if compare(seed, &program, Engine::Monolithic) {
            solved += 1;
        } else {
            clashes += 1;
        }
    }
    assert!(solved > 10_000, "only {solved} programs had a point");
    assert!(clashes > 1_000, "only {clashes} programs had none");
}

#[test]
fn tiny_programs_are_decomposed_to_the_enumerated_optimum() {
    for seed in 20_000..24_000 {
        let program = programs::tiny(seed);
        if points(&program) <= 3_000 {
            compare(seed, &program, Engine::Decomposed);
        }
    }
}
