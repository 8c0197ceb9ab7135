//! Bounds are never above the optimum.

use super::tiny;
use crate::solve::Deadline;
use crate::solve::decomposed::ascent::{FIRST_STEP, Wanted, climb};
use crate::solve::decomposed::certificate::certify;
use crate::solve::decomposed::face::{Face, Layout};
use std::sync::atomic::AtomicBool;

const WANTED: Wanted = Wanted {
    price_scale: 4096.0,
    first_step: FIRST_STEP,
    stall: 15,
    enough: None,
    target: (0, i64::MIN),
    evaluations: 2000,
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
        let ascent = climb(&face, &objective, None, WANTED, &deadline).expect("a flow exists");
        let bound = certify(&face, &objective, &ascent.prices).bound;
        let truth = i128::from(least * scale);
        assert!(bound <= truth, "seed {seed}");
        exact += usize::from(bound > truth - i128::from(scale));
    }
    assert!(exact > 300, "{exact} of 400 bounds are exact");
}
