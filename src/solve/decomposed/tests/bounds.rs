//! Bounds are never above the optimum.

use super::tiny;
use crate::program::Program;
use crate::solve::decomposed::ascent::{FIRST_STEP, Wanted, climb};
use crate::solve::decomposed::certificate::certify;
use crate::solve::decomposed::face::{Face, Layout};
use crate::solve::decomposed::solve_with;
use crate::solve::decomposed::work::Work;
use crate::solve::{Deadline, Engine, Outcome, Proof, Silent, Solution, SolveOptions, Start};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

const WANTED: Wanted = Wanted {
    price_scale: 4096.0,
    first_step: FIRST_STEP,
    stall: 15,
    enough: None,
    target: (0, i64::MIN),
    evaluations: (2000, 2000),
};

#[test]
fn prices_never_prove_more_than_the_truth() {
    let flag = AtomicBool::new(false);
    let deadline = Deadline::start(None, &flag);
    let mut exact = 0;
    for seed in 0..400 {
        let program = tiny::program(seed).with_elastic_limits();
        let (least, _) = tiny::optimum(&tiny::program(seed));
        let steps = program.steps().expect("no limit is hard");
        let layout = Layout::new(&program, &steps);
        let face = Face::whole(&layout);
        let scale = 1 << 10;
        let objective = face.objective(0, scale);
        let ascent =
            climb(&face, &objective, None, None, WANTED, &deadline).expect("a flow exists");
        let bound = certify(&face, &objective, &ascent.prices).bound;
        let truth = i128::from(least * scale);
        assert!(bound <= truth, "seed {seed}");
        exact += usize::from(bound > truth - i128::from(scale));
    }
    assert!(exact > 300, "{exact} of 400 bounds are exact");
}

/// With little work every step is cut short somewhere, as on districts: levels stay open, knots are
/// found among a part of the options, faces keep what they must.
#[test]
fn little_work_proves_nothing_false() {
    // Among them one in which whoever takes what the knots left out loses nothing in them.
    let left_out = 107_360..107_380;
    let mut seen = Seen::default();
    for seed in (0..10_000).chain(left_out) {
        let program = tiny::program(seed);
        if let Some(solution) = solved(seed, &program, None) {
            check(seed, &program, &solution, &mut seen);
        }
    }
    let Seen { open, claimed } = seen;
    assert!(
        open > 100 && claimed > 1000,
        "{open} open, {claimed} claimed"
    );
}

/// The same from another solve: that of the program itself, whose prices and knots are right, and
/// those of others, of which nothing is. (Counters of these programs have one name.)
#[test]
fn little_work_from_another_solve_proves_nothing_false() {
    let mut seen = Seen::default();
    let mut other = None;
    for seed in 0..6_000 {
        let program = tiny::program(seed);
        let Some(cold) = solved(seed, &program, None) else {
            continue;
        };
        let own = Arc::new(Start::of(&program, &cold));
        for start in [Some(Arc::clone(&own)), other.replace(own)]
            .into_iter()
            .flatten()
        {
            let warm = solved(seed, &program, Some(start)).expect("a point is known");
            check(seed, &program, &warm, &mut seen);
        }
    }
    let Seen { open, claimed } = seen;
    assert!(
        open > 100 && claimed > 1000,
        "{open} open, {claimed} claimed"
    );
}

/// Levels left open, and those on the word of branch and bound.
#[derive(Default)]
struct Seen {
    open: usize,
    claimed: usize,
}

fn solved(seed: u64, program: &Program, start: Option<Arc<Start>>) -> Option<Solution> {
    let flag = AtomicBool::new(false);
    let deadline = Deadline::start(None, &flag);
    let options = SolveOptions {
        engine: Engine::Decomposed,
        target_gap: 0.0,
        start,
        ..SolveOptions::default()
    };
    // Knots that see more and fewer of the options.
    let work = Work {
        knot: 4 + seed as usize % 12,
        ..Work::TINY
    };
    match solve_with(work, program, &options, &deadline, &Silent) {
        Ok(Outcome::Solved(solution)) => Some(solution),
        _ => None,
    }
}

/// Holds every bound and value of a solution against the truth.
fn check(seed: u64, program: &Program, solution: &Solution, seen: &mut Seen) {
    let (_, best) = tiny::optimum(program);
    let found = program.evaluate(&solution.point).levels;
    let mut all_closed = true;
    for (level, certificate) in solution.levels.iter().enumerate() {
        let least = if all_closed {
            best[level]
        } else {
            tiny::least(program, level, &found[..level])
        };
        let within = certificate.bound <= least && least <= certificate.value;
        assert!(
            within,
            "seed {seed} level {level}: {least}, {certificate:?}"
        );
        all_closed &= certificate.is_closed();
        seen.open += usize::from(!certificate.is_closed());
        seen.claimed += usize::from(certificate.proof == Proof::BranchAndBound);
    }
}
