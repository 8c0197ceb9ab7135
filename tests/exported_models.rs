//! Writes models and claims for `tests/oracle/confirm_levels.py`. Source of truth: HiGHS. Run as
//! `SHIZI_MODELS=/some/folder cargo test --test exported_models -- --ignored`, then
//! `for d in /some/folder/*; do python3 tests/oracle/confirm_levels.py $d || exit 1; done`.

#![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod programs;

use std::fs::{self, File};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use programs::assignment::{COUNTY, Shape, assignment};
use shizi::program::{Program, write_model};
use shizi::solve::{Outcome, Silent, SolveOptions, solve};

fn export(program: &Program, options: &SolveOptions, folder: &Path) {
    let never = AtomicBool::new(false);
    let Outcome::Solved(solution) = solve(program, options, &never, &Silent).unwrap() else {
        return;
    };
    fs::create_dir_all(folder).unwrap();
    let limits: Vec<i64> = solution.levels.iter().map(|level| level.value).collect();
    let mut claims = Vec::new();
    for (level, certificate) in solution.levels.iter().enumerate() {
        let mut model = File::create(folder.join(format!("level-{}.mps", level + 1))).unwrap();
        let mut names = File::create(folder.join(format!("level-{}.csv", level + 1))).unwrap();
        write_model(program, level, &limits[..level], &mut model, &mut names).unwrap();
        claims.push(serde_json::json!({
            "name": format!("level {level}"),
            "value": certificate.value,
            "bound": certificate.bound,
            "closed": certificate.is_closed(),
        }));
    }
    let file = File::create(folder.join("levels.json")).unwrap();
    serde_json::to_writer(file, &claims).unwrap();
}

#[test]
#[ignore = "writes files for another solver"]
fn another_solver_is_given_our_levels() {
    let folder = std::env::var("SHIZI_MODELS").expect("SHIZI_MODELS names a folder");
    let folder = Path::new(&folder);
    let exact = SolveOptions {
        target_gap: 0.0,
        ..SolveOptions::default()
    };
    for seed in 0..40 {
        export(
            &programs::tiny(seed),
            &exact,
            &folder.join(format!("tiny-{seed}")),
        );
    }
    let small = Shape {
        people: 150,
        schools: 20,
        subjects: 6,
        targets: 8,
        quota: 15,
    };
    export(&assignment(small, 7), &exact, &folder.join("small"));
    export(
        &assignment(COUNTY, 1),
        &SolveOptions::default(),
        &folder.join("county"),
    );
}
