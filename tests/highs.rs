//! HiGHS as an engine of its own: against enumeration, against minilp, and under a time limit.

#![cfg(feature = "highs")]

mod programs;

use std::time::{Duration, Instant};

use programs::assignment::{COUNTY, SMALL, assignment};
use programs::exhaustive::points;
use programs::solving::{
    Seen, check_stopped, compare_exactly, compare_hasty_pairs, exact, run, solved,
};
use shizi::solve::{Engine, LevelCertificate, SolveOptions, StopReason};

#[test]
fn tiny_programs_are_solved_to_the_enumerated_optimum() {
    let mut seen = Seen::default();
    for seed in 0..2_000 {
        let program = programs::tiny(seed);
        if points(&program) <= 3_000 {
            seen.add(compare_exactly(seed, &program, Engine::Highs));
        }
    }
    assert!(seen.solved > 1_000, "{seen:?}");
    assert!(seen.clashes > 100, "{seen:?}");
}

#[test]
fn costs_of_many_digits_change_nothing() {
    for seed in 0..1_000 {
        let program = programs::heavy(seed);
        if points(&program) <= 1_500 {
            compare_exactly(seed, &program, Engine::Highs);
        }
    }
}

#[test]
fn bounds_of_levels_left_open_hold_under_the_values_in_hand() {
    let seen = compare_hasty_pairs(0..1_500, Engine::Highs);
    assert!(seen.open > 5, "{seen:?}");
}

#[test]
fn mid_size_programs_agree_with_minilp() {
    for seed in 0..6 {
        let program = assignment(SMALL, seed);
        let values = [Engine::Highs, Engine::Monolithic].map(|engine| {
            let name = format!("seed {seed}: {engine:?}");
            let solution = solved(&name, &program, &exact(engine));
            let closed = solution.levels.iter().all(LevelCertificate::is_closed);
            assert!(closed, "{name}: {:?}", solution.levels);
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
        ..exact(Engine::Highs)
    };
    let began = Instant::now();
    let outcome = run("within a limit", &program, &options);
    assert!(began.elapsed() < Duration::from_millis(2_500));
    check_stopped(&program, &outcome, StopReason::TimeLimit);
}
