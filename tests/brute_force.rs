//! The monolithic engine against enumeration. Source of truth: every point of a tiny program,
//! looked at in integers.

mod programs;

use std::sync::atomic::AtomicBool;

use programs::exhaustive::{Truth, enumerate, least, points};
use shizi::program::Program;
use shizi::solve::{Engine, LevelCertificate, Outcome, Silent, SolveOptions, solve};

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

#[test]
fn costs_of_many_digits_change_nothing() {
    for seed in 0..6_000 {
        let program = programs::heavy(seed);
        if points(&program) <= 1_500 {
            compare(seed, &program, Engine::Monolithic);
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
        let never = AtomicBool::new(false);
        let options = exact(Engine::Monolithic);
        match solve(&programs::beside(&programs), &options, &never, &Silent) {
            Ok(Outcome::Solved(solution)) => {
                let values: Vec<i64> = solution.levels.iter().map(|level| level.value).collect();
                assert_eq!((values, 0), (best, violation), "seed {seed}");
                assert!(solution.levels.iter().all(LevelCertificate::is_closed));
            }
            Ok(Outcome::Infeasible(clash)) => assert_eq!(clash.bound, violation, "seed {seed}"),
            other => panic!("seed {seed}: {other:?}"),
        }
    }
    assert!(joined > 200, "only {joined}");
}

#[test]
fn bounds_of_levels_left_open_hold_under_the_values_in_hand() {
    let mut open = 0;
    for seed in 0..6_000 {
        let program = programs::beside(&[programs::tiny(seed), programs::tiny(seed)]);
        if points(&program) > 4_000 {
            continue;
        }
        let options = SolveOptions {
            target_gap: 0.5,
            node_limit: 1,
            ..exact(Engine::Monolithic)
        };
        let never = AtomicBool::new(false);
        match solve(&program, &options, &never, &Silent) {
            Ok(Outcome::Solved(solution)) => {
                let values: Vec<i64> = solution.levels.iter().map(|level| level.value).collect();
                assert_eq!(
                    values,
                    program.evaluate(&solution.point).levels,
                    "seed {seed}"
                );
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
            Ok(Outcome::Infeasible(clash)) => {
                let Truth::Clash(least) = enumerate(&program) else {
                    panic!("seed {seed}: {clash:?}");
                };
                assert!(clash.bound <= least, "seed {seed}");
            }
            Ok(Outcome::Unknown(_)) => {}
            Err(error) => panic!("seed {seed}: {error}"),
        }
    }
    assert!(open > 20, "only {open} levels were left open");
}
