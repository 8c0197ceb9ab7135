//! Speed of each stage at three sizes: reading, reckoning and building, solving, checking.
//!
//! `cargo bench` compares with the last run; figures and what moved them are in `BOOK.md`.

use std::hint::black_box;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use shizi::demand::Situation;
use shizi::eligibility::Choices;
use shizi::generate::{Profile, generate, write};
use shizi::ingest::read_district;
use shizi::model::Model;
use shizi::planning::plan_year;
use shizi::policy::Policy;
use shizi::rules::eligibility::Standings;
use shizi::rules::{Context, PlanFacts, RuleSet, load};
use shizi::solve::{Silent, SolveOptions};

/// About 12, 600 and 3,000 teachers.
const SIZES: [&str; 3] = ["tiny", "small", "county"];

fn policy() -> (Policy, RuleSet) {
    load(Path::new("wulong")).expect("the built-in policy reads")
}

/// A generated district on disk, removed when dropped.
fn folder(profile: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the bench");
    let profile = Profile::named(profile).expect("the profile is built in");
    write(&generate(&profile, 1), folder.path()).expect("the district is written");
    folder
}

fn read(folder: &Path) -> shizi::domain::District {
    let reading = read_district(folder).expect("the folder is readable");
    reading.district.expect("generated districts have no fault")
}

fn ingest(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("ingest");
    for size in SIZES {
        let folder = folder(size);
        group.bench_with_input(
            BenchmarkId::from_parameter(size),
            &folder,
            |bencher, folder| {
                bencher.iter(|| black_box(read(folder.path())));
            },
        );
    }
}

fn build(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("build");
    let (policy, rules) = policy();
    for size in SIZES {
        let district = read(folder(size).path());
        group.bench_with_input(
            BenchmarkId::from_parameter(size),
            &district,
            |bencher, district| {
                bencher.iter(|| {
                    let situation = Situation::new(district, &policy);
                    let standings = Standings::new(&situation, &rules);
                    let context = Context {
                        situation: &situation,
                        standings: &standings,
                    };
                    let choices = Choices::new(&context, &rules);
                    black_box(
                        Model::new(&context, &rules, choices)
                            .program
                            .options()
                            .len(),
                    )
                });
            },
        );
    }
}

fn solve(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("solve");
    group.sample_size(10);
    let (policy, rules) = policy();
    for size in SIZES {
        let district = read(folder(size).path());
        let situation = Situation::new(&district, &policy);
        let standings = Standings::new(&situation, &rules);
        let context = Context {
            situation: &situation,
            standings: &standings,
        };
        let model = Model::new(&context, &rules, Choices::new(&context, &rules));
        let options = SolveOptions::default();
        let never = AtomicBool::new(false);
        group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
            bencher.iter(|| black_box(plan_year(&model, &options, &never, &Silent)));
        });
    }
}

fn check(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("check");
    let (policy, rules) = policy();
    for size in SIZES {
        let district = read(folder(size).path());
        let situation = Situation::new(&district, &policy);
        let standings = Standings::new(&situation, &rules);
        let context = Context {
            situation: &situation,
            standings: &standings,
        };
        let model = Model::new(&context, &rules, Choices::new(&context, &rules));
        let never = AtomicBool::new(false);
        let planned = plan_year(&model, &SolveOptions::default(), &never, &Silent)
            .expect("the solver survives its check");
        let plan = planned.plan.expect("the generated district has a plan");
        let facts = PlanFacts {
            situation: &situation,
            placements: &plan.placements,
            levers: &plan.levers,
        };
        group.bench_function(BenchmarkId::from_parameter(size), |bencher| {
            bencher.iter(|| {
                rules
                    .all()
                    .iter()
                    .map(|rule| rule.check(&context, &facts).cost)
                    .sum::<i64>()
            });
        });
    }
}

criterion_group!(stages, ingest, build, solve, check);
criterion_main!(stages);
