//! Bounds are never above the optimum.

use super::county::{COUNTY, county};
use super::tiny;
use crate::solve::Deadline;
use crate::solve::decomposed::ascent::{Wanted, climb};
use crate::solve::decomposed::face::{Face, Layout};
use std::sync::atomic::AtomicBool;

const WANTED: Wanted = Wanted {
    stall: 15,
    enough: None,
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
        let truth = i128::from(least * scale);
        assert!(ascent.certificate.bound <= truth, "seed {seed}");
        exact += usize::from(ascent.certificate.bound > truth - i128::from(scale));
    }
    assert!(exact > 300, "{exact} of 400 bounds are exact");
}

#[test]
#[ignore = "a measurement"]
fn measure_prices() {
    let flag = AtomicBool::new(false);
    for seed in 0..3 {
        let program = county(seed, COUNTY).with_elastic_limits();
        println!("seed {seed}: {} options", program.options().len());
        let steps = program.steps().expect("no limit is hard");
        let layout = Layout::new(&program, &steps);
        let mut face = Face::whole(&layout);
        for level in 0..4 {
            let deadline = Deadline::start(None, &flag);
            let scale = 1 << 16;
            let objective = face.objective(level, scale);
            let ascent = climb(&face, &objective, None, WANTED, &deadline).expect("a flow exists");
            println!(
                "level {level}: bound {:.3} after {} evaluations, {:?}, point {:?}",
                ascent.certificate.bound as f64 / scale as f64,
                ascent.evaluations,
                deadline.elapsed(),
                ascent.point.map(|point| point.1 as f64 / scale as f64),
            );
            if level == 0 {
                face.shrink(&ascent.certificate, 0);
            }
        }
    }
}
