//! How a solve ends early, and that nothing but its input decides what it finds.

mod programs;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use programs::assignment::{COUNTY, Shape, assignment};
use programs::solving::{check_stopped, run};
use shizi::program::Program;
use shizi::solve::{Engine, Outcome, Silent, Solution, SolveOptions, StopReason, solve};

const SMALL: Shape = Shape {
    people: 120,
    schools: 12,
    subjects: 5,
    targets: 6,
    quota: 10,
};

fn monolithic() -> SolveOptions {
    SolveOptions {
        engine: Engine::Monolithic,
        ..SolveOptions::default()
    }
}

fn without_times(outcome: Outcome) -> Solution {
    let Outcome::Solved(mut solution) = outcome else {
        panic!("{outcome:?}");
    };
    for level in &mut solution.levels {
        level.elapsed = Duration::ZERO;
    }
    solution
}

#[test]
fn a_raised_flag_ends_the_solve_within_a_second() {
    let program = assignment(COUNTY, 2);
    for patience in [0, 300, 2_500] {
        let flag = AtomicBool::new(false);
        let (outcome, late) = std::thread::scope(|scope| {
            let solving = scope.spawn(|| solve(&program, &monolithic(), &flag, &Silent));
            std::thread::sleep(Duration::from_millis(patience));
            flag.store(true, Ordering::Relaxed);
            let raised = Instant::now();
            let outcome = solving.join().expect("solving does not panic");
            (outcome.expect("no solver fails here"), raised.elapsed())
        });
        assert!(late < Duration::from_millis(1_500), "{late:?}");
        check_stopped(&program, &outcome, StopReason::Interrupted);
    }
}

#[test]
fn a_time_limit_ends_the_solve() {
    let program = assignment(COUNTY, 2);
    let options = SolveOptions {
        time_limit: Some(Duration::from_millis(400)),
        ..monolithic()
    };
    let began = Instant::now();
    let outcome = run("within a limit", &program, &options);
    assert!(began.elapsed() < Duration::from_millis(2_500));
    check_stopped(&program, &outcome, StopReason::TimeLimit);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let parts: Vec<Program> = (1..=3).map(|seed| assignment(SMALL, seed)).collect();
    let program = programs::beside(&parts);
    let solve_with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads can be made");
        without_times(pool.install(|| run("parts", &program, &monolithic())))
    };
    let alone = solve_with(1);
    assert_eq!(alone, solve_with(2));
    assert_eq!(alone.stop, StopReason::TargetReached);
}
