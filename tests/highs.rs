//! HiGHS as an engine of its own: against enumeration, against minilp, and under a time limit.

#![cfg(feature = "highs")]

mod programs;

use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use programs::assignment::{COUNTY, Shape, assignment};
use programs::exhaustive::{Truth, enumerate, least, points};
use shizi::program::Program;
use shizi::solve::{Engine, LevelCertificate, Outcome, Silent, SolveOptions, StopReason, solve};

const SMALL: Shape = Shape {
    people: 60,
    schools: 12,
    subjects: 4,
    targets: 8,
    quota: 10,
};

fn exact() -> SolveOptions {
    SolveOptions {
        engine: Engine::Highs,
        target_gap: 0.0,
        ..SolveOptions::default()
    }
}

fn solved(program: &Program, options: &SolveOptions) -> Outcome {
    let never = AtomicBool::new(false);
    solve(program, options, &never, &Silent).expect("no solver fails here")
}

/// Whether the program has a point.
fn compare(seed: u64, program: &Program) -> bool {
    let truth = enumerate(program);
    let outcome = solved(program, &exact());
    match (&truth, &outcome) {
        (Truth::Best(levels), Outcome::Solved(solution)) => {
            assert_eq!(solution.engine, Engine::Highs);
            assert_eq!(solution.stop, StopReason::TargetReached, "seed {seed}");
            let found = program.evaluate(&solution.point);
            assert!(found.violations.is_empty(), "seed {seed}: {found:?}");
            assert_eq!(&found.levels, levels, "seed {seed}");
            let bounds: Vec<i64> = solution.levels.iter().map(|level| level.bound).collect();
            assert_eq!(&bounds, levels, "seed {seed}");
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
    let (mut with_point, mut clashes) = (0, 0);
    for seed in 0..2_000 {
        let program = programs::tiny(seed);
        if points(&program) > 3_000 {
            continue;
        }
        if compare(seed, &program) {
            with_point += 1;
        } else {
            clashes += 1;
        }
    }
    assert!(with_point > 1_000, "only {with_point} programs had a point");
    assert!(clashes > 100, "only {clashes} programs had none");
}

#[test]
fn costs_of_many_digits_change_nothing() {
    for seed in 0..1_000 {
        let program = programs::heavy(seed);
        if points(&program) <= 1_500 {
            compare(seed, &program);
        }
    }
}

#[test]
fn bounds_of_levels_left_open_hold_under_the_values_in_hand() {
    let mut open = 0;
    for seed in 0..1_500 {
        let program = programs::beside(&[programs::tiny(seed), programs::tiny(seed)]);
        if points(&program) > 4_000 {
            continue;
        }
        let options = SolveOptions {
            target_gap: 0.5,
            node_limit: 1,
            ..exact()
        };
        match solved(&program, &options) {
            Outcome::Solved(solution) => {
                let values = program.evaluate(&solution.point).levels;
                for (level, certificate) in solution.levels.iter().enumerate() {
                    let truth = least(&program, level, &values[..level]).expect("the point itself");
                    let within = certificate.bound <= truth && truth <= certificate.value;
                    assert!(
                        within,
                        "seed {seed} level {level}: {truth}, {certificate:?}"
                    );
                    open += i32::from(!certificate.is_closed());
                }
            }
            Outcome::Infeasible(clash) => {
                let Truth::Clash(least) = enumerate(&program) else {
                    panic!("seed {seed}: {clash:?}");
                };
                assert!(clash.bound <= least, "seed {seed}");
            }
            Outcome::Unknown(_) => {}
        }
    }
    assert!(open > 5, "only {open} levels were left open");
}

#[test]
fn mid_size_programs_agree_with_minilp() {
    for seed in 0..6 {
        let program = assignment(SMALL, seed);
        let values = [Engine::Highs, Engine::Monolithic].map(|engine| {
            let options = SolveOptions { engine, ..exact() };
            let Outcome::Solved(solution) = solved(&program, &options) else {
                panic!("seed {seed}: {engine:?} finds no point");
            };
            let closed = solution.levels.iter().all(LevelCertificate::is_closed);
            assert!(closed, "seed {seed}: {engine:?}: {:?}", solution.levels);
            program.evaluate(&solution.point).levels
        });
        assert_eq!(values[0], values[1], "seed {seed}");
    }
}

#[test]
fn a_time_limit_ends_the_solve() {
    let program = assignment(COUNTY, 2);
    let options = SolveOptions {
        time_limit: Some(Duration::from_millis(400)),
        ..exact()
    };
    let began = Instant::now();
    let outcome = solved(&program, &options);
    assert!(began.elapsed() < Duration::from_millis(2_500));
    match outcome {
        Outcome::Unknown(stop) => assert_eq!(stop, StopReason::TimeLimit),
        Outcome::Solved(solution) => {
            assert!(program.evaluate(&solution.point).violations.is_empty());
        }
        Outcome::Infeasible(clash) => panic!("{clash:?}"),
    }
}
