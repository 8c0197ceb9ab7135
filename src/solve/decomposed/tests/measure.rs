//! Measurements, not tests: `cargo test --release --lib measure -- --ignored --nocapture`.

use super::county::{COUNTY, Size, county};
use crate::solve::{Engine, Outcome, Progress, SolveOptions, Watcher, solve};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

struct Talk;

impl Watcher for Talk {
    fn progress(&self, progress: &Progress) {
        println!(
            "    {:8.2?} level {} {:8} value {:?} bound {:?}",
            progress.elapsed, progress.level, progress.phase, progress.value, progress.bound
        );
    }
}

fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = stat
        .split(' ')
        .nth(13)
        .and_then(|ticks| ticks.parse::<f64>().ok());
    ticks.unwrap_or(0.0) / 100.0
}

fn peak_memory() -> String {
    std::fs::read_to_string("/proc/self/status")
        .unwrap_or_default()
        .lines()
        .filter(|line| line.starts_with("VmHWM"))
        .collect()
}

fn measure(name: &str, seed: u64, size: Size, engine: Engine) {
    let program = county(seed, size);
    let options = SolveOptions {
        engine,
        time_limit: Some(Duration::from_secs(240)),
        ..SolveOptions::default()
    };
    let (began, spent) = (Instant::now(), processor_seconds());
    println!(
        "{name} seed {seed}: {} options, {} counters, {engine:?}",
        program.options().len(),
        program.counters().len()
    );
    let never = AtomicBool::new(false);
    match solve(&program, &options, &never, &Talk) {
        Ok(Outcome::Solved(solution)) => {
            for level in &solution.levels {
                println!(
                    "  value {} bound {} gap {:.5}% constant {} conditional {:?} {:.2?}",
                    level.value,
                    level.bound,
                    level.gap() * 100.0,
                    level.constant,
                    level.conditional_on,
                    level.elapsed,
                );
            }
            println!(
                "  {:?} in {:.2?}, processor {:.2} s {}",
                solution.stop,
                began.elapsed(),
                processor_seconds() - spent,
                peak_memory()
            );
        }
        other => println!("  {other:?} in {:.2?}", began.elapsed()),
    }
}

#[test]
#[ignore = "a measurement"]
fn measure_county() {
    for seed in 0..4 {
        measure("exact quota", seed, COUNTY, Engine::Decomposed);
    }
}

#[test]
#[ignore = "a measurement"]
fn measure_worthless() {
    let elastic = Size {
        elastic: true,
        quota: 90,
        worth: 0,
        ..COUNTY
    };
    for seed in 0..2 {
        measure(
            "elastic share, free moves",
            seed,
            elastic,
            Engine::Decomposed,
        );
    }
}

#[test]
#[ignore = "a measurement"]
fn measure_elastic() {
    let elastic = Size {
        elastic: true,
        quota: 90,
        ..COUNTY
    };
    for seed in 0..4 {
        measure("elastic share", seed, elastic, Engine::Decomposed);
    }
}
