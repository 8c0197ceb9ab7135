//! The monolithic engine against enumeration. Source of truth: every point of a tiny program,
//! looked at in integers.

mod programs;

use programs::exhaustive::{Truth, enumerate, points};
use programs::solving::{Seen, compare_exactly, compare_hasty_pairs, exact, run};
use shizi::program::Program;
use shizi::solve::{Engine, LevelCertificate, Outcome};

#[test]
fn tiny_programs_are_solved_to_the_enumerated_optimum() {
    let mut seen = Seen::default();
    for seed in 0..20_000 {
        let program = programs::tiny(seed);
        if points(&program) <= 3_000 {
            seen.add(compare_exactly(seed, &program, Engine::Monolithic));
        }
    }
    assert!(seen.solved > 10_000, "{seen:?}");
    assert!(seen.clashes > 1_000, "{seen:?}");
}

#[test]
fn tiny_programs_are_decomposed_to_the_enumerated_optimum() {
    for seed in 20_000..24_000 {
        let program = programs::tiny(seed);
        if points(&program) <= 3_000 {
            compare_exactly(seed, &program, Engine::Decomposed);
        }
    }
}

#[test]
fn costs_of_many_digits_change_nothing() {
    for seed in 0..6_000 {
        let program = programs::heavy(seed);
        if points(&program) <= 1_500 {
            compare_exactly(seed, &program, Engine::Monolithic);
        }
    }
}

#[test]
fn independent_programs_add_up() {
    let mut joined = 0;
    for seed in 0..4_000 {
        let programs: Vec<Program> = (0..4)
            .map(|part| programs::tiny(1_000_000 + 4 * seed + part))
            .filter(|program| points(program) <= 500)
            .collect();
        let Some(levels) = programs.first().map(Program::levels) else {
            continue;
        };
        if programs.iter().any(|program| program.levels() != levels) {
            continue;
        }
        joined += 1;
        let (mut best, mut violation) = (vec![0; levels], 0);
        for program in &programs {
            match enumerate(program) {
                Truth::Best(values) => best.iter_mut().zip(values).for_each(|(b, v)| *b += v),
                Truth::Clash(least) => violation += least,
            }
        }
        let options = exact(Engine::Monolithic);
        let program = programs::beside(&programs);
        match run(&format!("seed {seed}"), &program, &options) {
            Outcome::Solved(solution) => {
                let values: Vec<i64> = solution.levels.iter().map(|level| level.value).collect();
                assert_eq!((values, 0), (best, violation), "seed {seed}");
                assert!(solution.levels.iter().all(LevelCertificate::is_closed));
            }
            Outcome::Infeasible(clash) => assert_eq!(clash.bound, violation, "seed {seed}"),
            Outcome::Unknown(stop) => panic!("seed {seed}: {stop:?}"),
        }
    }
    assert!(joined > 200, "only {joined}");
}

#[test]
fn bounds_of_levels_left_open_hold_under_the_values_in_hand() {
    let seen = compare_hasty_pairs(0..6_000, Engine::Monolithic);
    assert!(seen.open > 20, "{seen:?}");
}
