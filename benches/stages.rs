//! Speed of each stage by size: reading, building, the steps inside a level, a level, a solve, a
//! whole plan, the solve after one rule has changed, from nothing and from what is known, and the
//! price of every move of a plan.
//!
//! `cargo bench` compares with the last run; figures and what moved them are in `BOOK.md`.

#[path = "../tests/support/year.rs"]
mod year;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, criterion_group, criterion_main};
use shizi::account::{Account, Provenance};
use shizi::answers::{Base, Explainer, Question};
use shizi::audit::audit;
use shizi::ingest::read_district;
use shizi::model::Model;
use shizi::planning::{Planned, plan_once};
use shizi::program::Program;
use shizi::report::write_files;
use shizi::rules::PlanFacts;
use shizi::solve::{Outcome, Silent, Solution, SolveOptions, Start, measure, solve};
use year::{generated, modelled, policy, read, under};

/// What is measured: a district on disk and the policy that it is planned under.
struct Case {
    name: &'static str,
    policy: &'static str,
    /// One rule with another figure.
    change: &'static str,
    rosters: PathBuf,
    /// Removed when dropped.
    _folder: Option<tempfile::TempDir>,
}

const MORE_EXCHANGED: &str = "[rule.exchange-rate]\n\
    at_least = { share = \"11%\", of = \"eligible\", from = { sending = true } }\n";
const MORE_THAN_FIFTY: &str = "[rule.fifty]\nexactly = 55\n";

/// About 500, 2,700 and 7,400 generated teachers, and the 12,800 of Jiangjin.
fn cases() -> Vec<Case> {
    let generated = ["small", "county", "district"].map(|name| {
        let folder = generated(name, 1);
        Case {
            name,
            policy: "wulong",
            change: MORE_EXCHANGED,
            rosters: folder.path().to_owned(),
            _folder: Some(folder),
        }
    });
    let jiangjin = Case {
        name: "jiangjin",
        policy: "jiangjin",
        change: MORE_THAN_FIFTY,
        rosters: Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/jiangjin"),
        _folder: None,
    };
    generated.into_iter().chain([jiangjin]).collect()
}

/// The program of a case, with its rule changed or not.
fn program(case: &Case, lines: &str) -> Program {
    let policy = policy(case.policy, lines);
    modelled(&read(&case.rosters), &policy, |_, model| model.program)
}

fn planned(model: &Model) -> Planned {
    let never = AtomicBool::new(false);
    plan_once(model, &SolveOptions::default(), &never, &Silent).expect("no solver fails")
}

fn solved(program: &Program, start: Option<&Arc<Start>>) -> Solution {
    let options = SolveOptions {
        start: start.cloned(),
        ..SolveOptions::default()
    };
    match solve(program, &options, &AtomicBool::new(false), &Silent) {
        Ok(Outcome::Solved(solution)) => solution,
        other => panic!("{other:?}"),
    }
}

/// A group whose cases take few seconds each.
fn group<'c>(criterion: &'c mut Criterion, name: &str) -> BenchmarkGroup<'c, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(3));
    group
}

fn ingest(criterion: &mut Criterion) {
    let mut group = group(criterion, "read");
    for case in cases() {
        group.bench_function(BenchmarkId::from_parameter(case.name), |bencher| {
            bencher.iter(|| black_box(read(&case.rosters)));
        });
    }
}

fn build(criterion: &mut Criterion) {
    let mut group = group(criterion, "build");
    for case in cases() {
        let (district, policy) = (read(&case.rosters), policy(case.policy, ""));
        group.bench_function(BenchmarkId::from_parameter(case.name), |bencher| {
            bencher.iter(|| modelled(&district, &policy, |_, model| model.program.options().len()));
        });
    }
}

/// The second level, teaching, and the steps inside it.
fn level(criterion: &mut Criterion) {
    const TEACHING: usize = 1;
    for case in cases() {
        let program = program(&case, "");
        let steps = measure::at_level(&program, TEACHING, |stage| {
            let name = BenchmarkId::from_parameter(case.name);
            group(criterion, "flow cold").bench_function(name.clone(), |bencher| {
                bencher.iter(|| {
                    black_box(stage.cold_flow());
                });
            });
            let mut flow = stage.cold_flow();
            group(criterion, "flow after a price change").bench_function(name.clone(), |bencher| {
                bencher.iter(|| flow.after_price_change());
            });
            group(criterion, "pricing pass").bench_function(name.clone(), |bencher| {
                bencher.iter(|| stage.pricing_pass());
            });
            group(criterion, "core").bench_function(name.clone(), |bencher| {
                bencher.iter(|| stage.core().expect("minilp does not fail"));
            });
            group(criterion, "level").bench_function(name, |bencher| {
                bencher.iter(|| stage.solve().expect("no solver fails"));
            });
        });
        steps.expect("the engine takes the program");
    }
}

fn all_levels(criterion: &mut Criterion) {
    let mut group = group(criterion, "solve");
    for case in cases() {
        let program = program(&case, "");
        group.bench_function(BenchmarkId::from_parameter(case.name), |bencher| {
            bencher.iter(|| solved(&program, None));
        });
    }
}

fn check(criterion: &mut Criterion) {
    let mut group = group(criterion, "check");
    for case in cases() {
        let policy = policy(case.policy, "");
        modelled(&read(&case.rosters), &policy, |context, model| {
            let plan = planned(&model).plan.expect("the district has a plan");
            let facts = PlanFacts {
                situation: context.situation,
                placements: &plan.placements,
                levers: &plan.levers,
            };
            group.bench_function(BenchmarkId::from_parameter(case.name), |bencher| {
                bencher.iter(|| {
                    let rules = policy.1.all().iter();
                    rules
                        .map(|rule| rule.check(context, &facts).cost)
                        .sum::<i64>()
                });
            });
        });
    }
}

/// From the rosters to the audit of the files written.
fn plan(criterion: &mut Criterion) {
    let mut group = group(criterion, "plan");
    for case in cases() {
        let out = tempfile::tempdir().expect("a folder for the plan");
        group.bench_function(BenchmarkId::from_parameter(case.name), |bencher| {
            bencher.iter(|| whole(&case, out.path()));
        });
    }
}

fn whole(case: &Case, out: &Path) -> usize {
    let policy = policy(case.policy, "");
    let reading = read_district(&case.rosters).expect("the folder is readable");
    let district = reading.district.expect("the rosters have no fault");
    modelled(&district, &policy, |context, model| {
        let planned = planned(&model);
        drop(model);
        let plan = planned.plan.as_ref().expect("the district has a plan");
        let options = SolveOptions::default();
        let provenance = Provenance::new(context.situation, &reading.digest, &options, &planned);
        let account = Account::new(*context, &policy.1, plan, &planned, provenance);
        write_files(&account, out, true).expect("the plan is written");
        let report = audit(context, &policy.1, out).expect("the plan is there");
        assert!(report.passes(), "a plan of ours passes");
        report.findings.len()
    })
}

/// One rule has another figure: the solve from nothing, and from the plan and prices before.
fn again(criterion: &mut Criterion) {
    let mut group = group(criterion, "solve again");
    for case in cases().into_iter().filter(|case| case.name != "small") {
        let before = program(&case, "");
        let start = Arc::new(Start::of(&before, &solved(&before, None)));
        let after = program(&case, case.change);
        assert_ne!(before, after, "the rule is in the program");
        group.bench_function(BenchmarkId::new("cold", case.name), |bencher| {
            bencher.iter(|| solved(&after, None));
        });
        group.bench_function(BenchmarkId::new("warm", case.name), |bencher| {
            bencher.iter(|| solved(&after, Some(&start)));
        });
    }
}

/// Every move of Wulong's plan beside the best plan without it, each a solve of its own.
fn explain(criterion: &mut Criterion) {
    let never = AtomicBool::new(false);
    let policy = policy("wulong", "");
    let rosters = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/wulong");
    let district = read(&rosters);
    under(&district, &policy, |&context| {
        let options = SolveOptions::default();
        let base = Base::solve(context, &policy.1, &options, &never, &Silent);
        let base = base.expect("no solver fails").expect("no locks clash");
        let explainer = Explainer::new(&base, false, &never).expect("the district has a plan");
        group(criterion, "explain all who move").bench_function("wulong", |bencher| {
            bencher.iter(|| {
                let answer = explainer.answer(&Question::All, &|_, _| {});
                answer.expect("no solver fails")
            });
        });
    });
}

criterion_group!(
    stages, ingest, build, level, all_levels, check, plan, again, explain
);
criterion_main!(stages);
