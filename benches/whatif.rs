//! What a question after a plan costs: Jiangjin's year with one thing changed, solved built anew and
//! solved from nothing, and from the model, the plan and the prices of the year before the change.
//!
//! `cargo bench --bench whatif`. Before criterion measures, a table is printed: seconds of build and
//! solve, the flows of each level, the hard limits first, and how the levels end. Figures and what moved
//! them are in `BOOK.md`.

#![allow(clippy::print_stdout, reason = "its table is read by hand")]

#[path = "../tests/support/year.rs"]
mod year;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use shizi::domain::{District, Form, TeacherIndex};
use shizi::model::{ChosenPlan, Model};
use shizi::planning::plan_base;
use shizi::program::Program;
use shizi::rules::{Context, RuleSet};
use shizi::solve::{Outcome, Silent, Solution, SolveOptions, Start, Trace, Watcher, solve};
use year::{Ruled, kept, modelled, read};

/// A changed year.
struct Question {
    name: &'static str,
    change: Change,
}

enum Change {
    /// Lines of the policy's own.
    Lines(&'static str),
    /// One of those who move in the base plan must stay.
    KeepOne,
}

const QUESTIONS: [Question; 6] = [
    Question {
        name: "60, not 50",
        change: Change::Lines("[rule.fifty]\nexactly = 60\n"),
    },
    Question {
        name: "80, not 50",
        change: Change::Lines("[rule.fifty]\nexactly = 80\n"),
    },
    Question {
        name: "one stays",
        change: Change::KeepOne,
    },
    Question {
        name: "without keep-graduating",
        change: Change::Lines("[rule.keep-graduating]\noff = true\n"),
    },
    Question {
        name: "without fifty",
        change: Change::Lines("[rule.fifty]\noff = true\n"),
    },
    Question {
        name: "without keep-subject",
        change: Change::Lines("[rule.keep-subject]\noff = true\n"),
    },
];

/// Jiangjin's policy with these lines of its own.
fn policy(lines: &str) -> Ruled {
    year::policy("jiangjin", lines)
}

/// The model of a year.
fn model(district: &District, policy: &Ruled) -> Model {
    modelled(district, policy, |_, model| model)
}

/// What is known before any question: the year, its model, its plan and prices.
struct Base<'a> {
    district: &'a District,
    context: &'a Context<'a>,
    rules: &'a RuleSet,
    model: Model,
    start: Arc<Start>,
    /// One who moves.
    moved: TeacherIndex,
}

impl Base<'_> {
    /// The model of a question, built anew.
    fn anew(&self, change: &Change) -> Model {
        match change {
            Change::Lines(lines) => model(self.district, &policy(lines)),
            Change::KeepOne => model(&kept(self.district, self.moved), &policy("")),
        }
    }

    /// The same, from the base's where that can be.
    fn changed(&self, change: &Change) -> Model {
        let changed = match change {
            Change::Lines(lines) => {
                let (_, other) = policy(lines);
                self.model.with_limits_of(self.context, self.rules, &other)
            }
            Change::KeepOne => self
                .model
                .without(self.moved, |held| held.form.leaves_school()),
        };
        changed.unwrap_or_else(|| self.anew(change))
    }
}

/// Counts flows by level, the hard limits first.
#[derive(Default)]
struct Flows(Mutex<BTreeMap<Option<usize>, f64>>);

impl Watcher for Flows {
    fn trace(&self, trace: &Trace<'_>) {
        let mut flows = self.0.lock().expect("nobody panics while counting");
        let of_step = trace.figures.iter().filter(|(name, _)| *name == "flows");
        *flows.entry(trace.level).or_default() += of_step.map(|(_, count)| count).sum::<f64>();
    }
}

/// What work makes, and its seconds.
fn timed<Made>(work: impl FnOnce() -> Made) -> (Made, f64) {
    let began = Instant::now();
    let made = work();
    (made, began.elapsed().as_secs_f64())
}

/// A solve, and the flows of each level.
fn solved(program: &Program, start: Option<&Arc<Start>>) -> (Solution, Vec<f64>) {
    let options = SolveOptions {
        start: start.cloned(),
        ..SolveOptions::default()
    };
    let flows = Flows::default();
    match solve(program, &options, &AtomicBool::new(false), &flows) {
        Ok(Outcome::Solved(solution)) => {
            let flows = flows.0.into_inner().expect("nobody panicked");
            (solution, flows.into_values().collect())
        }
        other => panic!("{other:?}"),
    }
}

/// The first who is exchanged in a plan.
fn moved(plan: &ChosenPlan) -> TeacherIndex {
    let mut placements = plan.placements.iter();
    let moved = placements.find(|placement| placement.form == Form::Exchange);
    moved.expect("somebody is exchanged").teacher
}

fn whatif(criterion: &mut Criterion) {
    let rosters = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/jiangjin");
    let (district, policy) = (read(&rosters), policy(""));
    modelled(&district, &policy, |context, mut model| {
        // As answers have it: with what the second solve of a plan closes.
        let options = SolveOptions::default();
        let never = AtomicBool::new(false);
        let planned = plan_base(context, &policy.1, &mut model, &options, &never, &Silent);
        let (planned, start) = planned.expect("the solver keeps its promises");
        let plan = planned.plan.expect("Jiangjin has a plan");
        let base = Base {
            district: &district,
            context,
            rules: &policy.1,
            start: start.expect("a plan has prices"),
            moved: moved(&plan),
            model,
        };
        for question in &QUESTIONS {
            compare(&base, question);
            measure(criterion, &base, question);
        }
    });
}

fn measure(criterion: &mut Criterion, base: &Base<'_>, question: &Question) {
    let mut group = criterion.benchmark_group("what if");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(3));
    group.bench_function(BenchmarkId::new("cold", question.name), |bencher| {
        bencher.iter(|| solved(&base.anew(&question.change).program, None));
    });
    group.bench_function(BenchmarkId::new("warm", question.name), |bencher| {
        bencher.iter(|| solved(&base.changed(&question.change).program, Some(&base.start)));
    });
}

/// Prints one of each, in turn three times, the quickest of which count; and whether they end alike.
fn compare(base: &Base<'_>, question: &Question) {
    let mut least = [f64::INFINITY; 4];
    let mut told = String::new();
    for _ in 0..3 {
        let (anew, building) = timed(|| base.anew(&question.change).program);
        let ((cold, cold_flows), cold_seconds) = timed(|| solved(&anew, None));
        let (changed, changing) = timed(|| base.changed(&question.change).program);
        let ((warm, warm_flows), warm_seconds) = timed(|| solved(&changed, Some(&base.start)));
        for (least, seconds) in
            least
                .iter_mut()
                .zip([building, cold_seconds, changing, warm_seconds])
        {
            *least = least.min(seconds);
        }
        told = format!(
            "  flows {cold_flows:?} → {warm_flows:?}\n  {}",
            ends(&cold, &warm)
        );
    }
    let [building, cold, changing, warm] = least;
    println!(
        "{}: build {building:.3} s → {changing:.3} s; solve {cold:.3} s → {warm:.3} s, {:.2}; \
         both {:.2}",
        question.name,
        warm / cold,
        (changing + warm) / (building + cold),
    );
    println!("{told}");
}

/// Values and gaps of the levels of two solves.
fn ends(cold: &Solution, warm: &Solution) -> String {
    let levels = |solution: &Solution| -> Vec<(i64, i64)> {
        let levels = solution.levels.iter();
        levels
            .map(|held| (held.value, held.value - held.bound))
            .collect()
    };
    let (one, other) = (levels(cold), levels(warm));
    if one == other {
        format!("value and gap {one:?}")
    } else {
        format!("value and gap {one:?} → {other:?}")
    }
}

criterion_group!(questions, whatif);
criterion_main!(questions);
