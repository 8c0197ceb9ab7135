//! How long the whole model takes; run by hand:
//! `cargo test --release --test measure -- --ignored --nocapture`.

#![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod programs;

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use programs::assignment::{COUNTY, Shape, assignment};
use shizi::solve::{Engine, Outcome, Silent, SolveOptions, solve};

fn measure(shape: Shape, seed: u64, time_limit: u64) {
    for engine in [Engine::Monolithic, Engine::Decomposed] {
        measure_with(engine, shape, seed, time_limit);
    }
}

#[allow(clippy::print_stdout, reason = "it is run by hand to be read")]
fn measure_with(engine: Engine, shape: Shape, seed: u64, time_limit: u64) {
    let program = assignment(shape, seed);
    let options = SolveOptions {
        engine,
        time_limit: Some(Duration::from_secs(time_limit)),
        ..SolveOptions::default()
    };
    let never = AtomicBool::new(false);
    println!(
        "{engine:?}: {} options, {} counters, seed {seed}",
        program.options().len(),
        program.counters().len()
    );
    match solve(&program, &options, &never, &Silent).unwrap() {
        Outcome::Solved(solution) => {
            for (level, certificate) in solution.levels.iter().enumerate() {
                println!(
                    "  level {level}: {} bound {} gap {:.5}% in {:.2?}",
                    certificate.value,
                    certificate.bound,
                    100.0 * certificate.gap(),
                    certificate.elapsed
                );
            }
            println!("  {:?}", solution.stop);
        }
        other => println!("  {other:?}"),
    }
}

#[test]
#[ignore = "a measurement, not a test"]
fn county() {
    for seed in 1..=3 {
        measure(COUNTY, seed, 120);
    }
}

#[test]
#[ignore = "a measurement, not a test"]
fn large_county() {
    measure(
        Shape {
            people: 1_000,
            targets: 15,
            quota: 80,
            ..COUNTY
        },
        1,
        180,
    );
}

#[test]
#[ignore = "a measurement, not a test"]
fn district() {
    measure(
        Shape {
            people: 2_200,
            schools: 100,
            targets: 18,
            quota: 150,
            ..COUNTY
        },
        1,
        180,
    );
}
