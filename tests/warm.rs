//! A solve that begins with another's plan and prices finds and proves what it does without, and
//! nothing that a start says is believed. Source of truth: enumeration for tiny programs, the
//! solve from nothing for larger ones.

mod programs;
#[path = "support/year.rs"]
mod year;

use std::path::Path;
use std::sync::Arc;

use programs::assignment::{Shape, assignment};
use programs::exhaustive::{enumerate, points};
use programs::solving::{compare_proven, exact, run, solved};
use programs::{Numbers, copy_agents};
use shizi::program::{CounterIndex, Point, Program, ProgramBuilder};
use shizi::solve::{Engine, Outcome, Solution, SolveOptions, Start, StopReason};
use year::{generated, modelled, policy, read};

const ENGINES: [Engine; 2] = [Engine::Monolithic, Engine::Decomposed];

/// What no price should be.
const PRICES: [f64; 11] = [
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::MAX,
    f64::MIN,
    f64::MIN_POSITIVE,
    1e18,
    -1e18,
    9_999.75,
    -0.3,
    0.0,
];

/// To the optimum, from another's plan and prices.
fn from(engine: Engine, start: Option<Start>) -> SolveOptions {
    SolveOptions {
        start: start.map(Arc::new),
        ..exact(engine)
    }
}

/// The same program with some limits moved by one and, where wanted, other names.
fn changed(program: &Program, numbers: &mut Numbers, prefix: &str) -> Program {
    let mut builder = ProgramBuilder::new(program.levels());
    for level in 0..program.levels() {
        builder.add_constant(level, program.constant(level));
    }
    let counters: Vec<CounterIndex> = program
        .counters()
        .iter()
        .map(|counter| {
            let mut counter = counter.clone();
            counter.label.insert_str(0, prefix);
            if numbers.chance(30) {
                counter.lower = counter.lower.map(|lower| lower - 1);
                counter.upper = counter.upper.map(|upper| upper + 1);
            }
            builder.add_counter(counter)
        })
        .collect();
    copy_agents(&mut builder, program, &counters, prefix, |cost| cost);
    builder.finish()
}

/// A start that says nothing true: any number of uses, any prices and knots, for any number of
/// levels.
fn garbage(program: &Program, numbers: &mut Numbers) -> Start {
    let mut pick = |most: usize| numbers.between(0, most as i64) as usize;
    let uses = program.options().iter();
    let point = Point::new(uses.map(|_| [0, 1, 7, u32::MAX][pick(3)]).collect());
    let prices = (0..pick(program.levels() + 3))
        .map(|_| {
            let counters = program.counters().iter();
            counters.map(|_| PRICES[pick(PRICES.len() - 1)]).collect()
        })
        .collect();
    let knots = (0..pick(program.levels() + 3))
        .map(|_| {
            let counters = program.counter_indices();
            counters.filter(|_| pick(2) == 0).collect()
        })
        .collect();
    let said = Solution {
        point,
        levels: Vec::new(),
        stop: StopReason::TargetReached,
        engine: Engine::Decomposed,
        prices,
        knots,
    };
    Start::of(program, &said)
}

/// The starts that a program is solved from: of a program with other limits, of one whose names
/// nobody knows, and garbage.
fn starts(program: &Program, numbers: &mut Numbers) -> Vec<Start> {
    let mut starts: Vec<Start> = ["", "unknown "]
        .iter()
        .filter_map(|prefix| {
            let other = changed(program, numbers, prefix);
            match run(prefix, &other, &exact(Engine::Decomposed)) {
                Outcome::Solved(solution) => Some(Start::of(&other, &solution)),
                _ => None,
            }
        })
        .collect();
    starts.extend((0..3).map(|_| garbage(program, numbers)));
    starts
}

fn check_tiny(seed: u64, program: &Program) {
    let truth = enumerate(program);
    let mut numbers = Numbers::new(seed);
    for (place, start) in starts(program, &mut numbers).into_iter().enumerate() {
        for engine in ENGINES {
            let name = format!("seed {seed}, start {place}, {engine:?}");
            let outcome = run(&name, program, &from(engine, Some(start.clone())));
            compare_proven(&name, program, &truth, &outcome);
        }
    }
}

#[test]
fn tiny_programs_end_at_the_enumerated_optimum_from_any_start() {
    for seed in 40_000..41_500 {
        let program = programs::tiny(seed);
        if points(&program) <= 2_000 {
            check_tiny(seed, &program);
        }
    }
}

#[test]
fn costs_of_many_digits_bear_any_start() {
    for seed in 10_000..10_600 {
        let program = programs::heavy(seed);
        if points(&program) <= 1_000 {
            check_tiny(seed, &program);
        }
    }
}

/// As far as both have closed their levels, these have one value; beyond, bounds do not cross.
fn check_alike(name: &str, cold: &Solution, warm: &Solution, program: &Program) {
    assert!(program.evaluate(&warm.point).violations.is_empty());
    for (level, (one, other)) in cold.levels.iter().zip(&warm.levels).enumerate() {
        assert!(one.bound <= other.value, "{name}, level {level}");
        assert!(other.bound <= one.value, "{name}, level {level}");
        assert!(other.bound <= other.value, "{name}, level {level}");
        if !one.is_closed() || !other.is_closed() {
            return;
        }
        assert_eq!(one.value, other.value, "{name}, level {level}");
    }
    assert_eq!(cold.levels.len(), warm.levels.len(), "{name}");
}

#[test]
fn mid_size_programs_end_alike_from_any_start() {
    const SHAPE: Shape = Shape {
        people: 40,
        schools: 10,
        subjects: 3,
        targets: 6,
        quota: 7,
    };
    for seed in 0..3 {
        let program = assignment(SHAPE, seed);
        let mut numbers = Numbers::new(seed);
        let other = Shape { quota: 8, ..SHAPE };
        let before = assignment(other, seed);
        let first = solved("before", &before, &exact(Engine::Decomposed));
        let mut starts = starts(&program, &mut numbers);
        starts.push(Start::of(&before, &first));
        for engine in ENGINES {
            let cold = solved("cold", &program, &exact(engine));
            for (place, start) in starts.iter().enumerate() {
                let name = format!("seed {seed}, start {place}, {engine:?}");
                let warm = solved(&name, &program, &from(engine, Some(start.clone())));
                check_alike(&name, &cold, &warm, &program);
            }
        }
    }
}

/// The program of a generated county under Wulong's policy with these lines of its own.
fn county(rosters: &Path, lines: &str) -> Program {
    modelled(&read(rosters), &policy("wulong", lines), |_, model| {
        model.program
    })
}

#[test]
fn a_county_with_one_rule_changed_ends_alike() {
    let folder = generated("county", 2);
    let before = county(folder.path(), "");
    let share = "{ share = '11%', of = 'eligible', from = { sending = true } }";
    let lines = format!("[rule.exchange-rate]\nat_least = {share}\n");
    let after = county(folder.path(), &lines);
    assert_ne!(before, after, "the rule is in the program");
    let first = solved("before", &before, &exact(Engine::Decomposed));
    let cold = solved("after", &after, &exact(Engine::Decomposed));
    let closed = cold.levels.iter().take_while(|level| level.is_closed());
    assert!(closed.count() > 0, "{:?}", cold.levels);
    let mut numbers = Numbers::new(2);
    let starts = [
        ("before", Start::of(&before, &first)),
        ("garbage", garbage(&after, &mut numbers)),
    ];
    for (name, start) in starts {
        let warm = solved(name, &after, &from(Engine::Decomposed, Some(start)));
        check_alike(name, &cold, &warm, &after);
    }
}
