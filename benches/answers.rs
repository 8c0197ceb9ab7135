//! What many answers at once cost on Jiangjin: a sweep of twenty values by one thread and by two, and the
//! price of each who moves.
//!
//! `cargo bench --bench answers`. The base is planned once and not measured; one round of each is told
//! before criterion measures. Figures and what moved them are in `BOOK.md`.

#![allow(clippy::print_stdout, reason = "its lines are read by hand")]

#[path = "../tests/support/year.rs"]
mod year;

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use rayon::{ThreadPool, ThreadPoolBuilder};
use shizi::answers::{Answer, Base, Explainer, Question, Sweep, sweep_scenarios, what_if};
use shizi::scenario::Scenario;
use shizi::solve::{Silent, SolveOptions};
use year::{policy, read, under};

static NEVER: AtomicBool = AtomicBool::new(false);

fn answers(criterion: &mut Criterion) {
    let rosters = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/jiangjin");
    let (district, policy) = (read(&rosters), policy("jiangjin", ""));
    under(&district, &policy, |context| {
        let options = SolveOptions::default();
        let base = Base::solve(*context, &policy.1, &options, &NEVER, &Silent);
        let base = base.expect("the solver keeps its promises");
        let base = base.expect("no locks clash");
        let sweep = Sweep::parse("fifty.exactly=5..100:5").expect("the sweep reads");
        let scenarios = sweep_scenarios(&[sweep], &[]);
        let pools = [1, 2].map(|threads| {
            let pool = ThreadPoolBuilder::new().num_threads(threads).build();
            (threads, pool.expect("threads can be had"))
        });
        // What all of them share is made by the first.
        swept(&pools[0].1, &base, &scenarios[..1]);
        tell(&pools, &base, &scenarios);
        let mut group = criterion.benchmark_group("answers");
        group
            .sample_size(10)
            .warm_up_time(Duration::from_millis(300))
            .measurement_time(Duration::from_secs(60));
        for (threads, pool) in &pools {
            let name = BenchmarkId::new("sweep of twenty", format!("{threads} threads"));
            group.bench_function(name, |bencher| {
                bencher.iter(|| swept(pool, &base, &scenarios));
            });
        }
        for (threads, pool) in &pools {
            let name = BenchmarkId::new("explain all", format!("{threads} threads"));
            group.bench_function(name, |bencher| {
                bencher.iter(|| explained(pool, &base));
            });
        }
        group.finish();
    });
}

/// How many of some scenarios have a plan.
fn swept(pool: &ThreadPool, base: &Base<'_>, scenarios: &[Scenario]) -> usize {
    pool.install(|| {
        let cases = what_if(base, scenarios, &NEVER, &|_| ());
        let cases = cases.expect("the solver keeps its promises");
        let planned = cases.iter().filter(|case| case.outcome.planned().is_some());
        planned.count()
    })
}

/// How many who move have a price.
fn explained(pool: &ThreadPool, base: &Base<'_>) -> usize {
    pool.install(|| {
        let explainer = Explainer::new(base, false, &NEVER).expect("Jiangjin has a plan");
        let answer = explainer.answer(&Question::All, &|_, _| ());
        match answer.expect("the solver keeps its promises") {
            Answer::All(all) => all.moves.len(),
            other => panic!("{other:?}"),
        }
    })
}

/// Seconds by one thread and by two, in turn three times, the quickest of which count.
fn tell(pools: &[(usize, ThreadPool); 2], base: &Base<'_>, scenarios: &[Scenario]) {
    let mut least = [[f64::INFINITY; 2]; 2];
    let mut counts = [0; 2];
    for _ in 0..3 {
        for (of_pool, (_, pool)) in pools.iter().enumerate() {
            let began = Instant::now();
            counts[0] = swept(pool, base, scenarios);
            least[0][of_pool] = least[0][of_pool].min(began.elapsed().as_secs_f64());
            let began = Instant::now();
            counts[1] = explained(pool, base);
            least[1][of_pool] = least[1][of_pool].min(began.elapsed().as_secs_f64());
        }
    }
    for (name, (count, [one, two])) in ["sweep", "explain all"]
        .into_iter()
        .zip(counts.into_iter().zip(least))
    {
        println!(
            "{name}: {count} answers, {one:.2} s by one thread, {two:.2} s by two, ratio {:.2}",
            one / two
        );
    }
}

criterion_group!(questions, answers);
criterion_main!(questions);
