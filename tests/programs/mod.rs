//! Programs for tests: tiny ones with their optimum by enumeration, larger ones of the shape that
//! districts have. Everything follows from a seed.

#![allow(dead_code, reason = "each test file uses some of it")]

pub(crate) mod assignment;
pub(crate) mod every_kind;
pub(crate) mod exhaustive;
pub(crate) mod solving;

use shizi::program::{Counter, CounterIndex, Hinge, Program, ProgramBuilder};

/// A stream of numbers (splitmix64): the same on every machine and in every version of any crate.
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Numbers of their own, so that what is drawn for something new leaves all others as they were.
    pub(crate) fn aside(&self, of: u64) -> Self {
        Self(Self(self.0 ^ of).next())
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % ((high - low + 1) as u64)) as i64
    }

    /// True in so many of a hundred cases.
    pub(crate) fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }
}

/// Programs of as many levels beside each other, sharing nothing.
pub(crate) fn beside(programs: &[Program]) -> Program {
    let levels = programs[0].levels();
    let mut builder = ProgramBuilder::new(levels);
    for program in programs {
        for level in 0..levels {
            builder.add_constant(level, program.constant(level));
        }
        let counters: Vec<CounterIndex> = program
            .counters()
            .iter()
            .map(|counter| builder.add_counter(counter.clone()))
            .collect();
        copy_agents(&mut builder, program, &counters, "", |cost| cost);
    }
    builder.finish()
}

/// Adds the agents and options of a program: names behind a prefix, counters by their position in
/// it, and costs changed as wanted.
pub(crate) fn copy_agents(
    builder: &mut ProgramBuilder,
    program: &Program,
    counters: &[CounterIndex],
    prefix: &str,
    mut change: impl FnMut(i64) -> i64,
) {
    for index in program.agent_indices() {
        let agent = program.agent(index);
        builder.add_agent(format!("{prefix}{}", agent.label), agent.multiplicity);
        for option in program.options_of(index) {
            let costs: Vec<i64> = (0..program.levels())
                .map(|level| change(program.cost(option, level)))
                .collect();
            let held: Vec<(CounterIndex, i64)> = program
                .contributions(option)
                .iter()
                .map(|held| (counters[held.counter.0 as usize], held.amount))
                .collect();
            builder.add_option(program.option(option).label.clone(), &costs, &held);
        }
    }
}

/// A tiny program with costs of up to a million for each person, and no common divisor.
pub(crate) fn heavy(seed: u64) -> Program {
    let light = tiny(seed);
    let mut numbers = Numbers::new(!seed);
    let mut builder = ProgramBuilder::new(light.levels());
    let counters: Vec<CounterIndex> = light
        .counters()
        .iter()
        .map(|counter| {
            let weight = numbers.between(1, 100);
            let mut counter = counter.clone();
            for hinge in &mut counter.hinges {
                hinge.below *= weight;
                hinge.above *= weight;
            }
            builder.add_counter(counter)
        })
        .collect();
    copy_agents(&mut builder, &light, &counters, "", |cost| {
        cost * numbers.between(1, 1_000)
    });
    builder.finish()
}

/// A tiny program with counters of every sort; about one in six has no point.
pub(crate) fn tiny(seed: u64) -> Program {
    let mut numbers = Numbers::new(seed);
    let levels = numbers.between(1, 3) as usize;
    let mut builder = ProgramBuilder::new(levels);
    for level in 0..levels {
        builder.add_constant(level, numbers.between(-5, 5));
    }
    let unit = if numbers.chance(50) { 1000 } else { 1 };
    let posts: Vec<CounterIndex> = (0..numbers.between(1, 3))
        .map(|post| builder.add_counter(tiny_post(&mut numbers, levels, unit, post)))
        .collect();
    let rows: Vec<(CounterIndex, i64)> = (0..numbers.between(0, 3))
        .map(|row| {
            let kind = numbers.between(0, 2);
            (
                builder.add_counter(tiny_row(&mut numbers, levels, kind, row)),
                kind,
            )
        })
        .collect();
    for agent in 0..numbers.between(1, 6) {
        let multiplicity = if numbers.chance(25) {
            numbers.between(2, 3)
        } else {
            1
        };
        builder.add_agent(format!("agent {agent}"), multiplicity as u32);
        for option in 0..numbers.between(1, 4) {
            let large = if numbers.chance(10) { 100_000 } else { 1 };
            let costs: Vec<i64> = (0..levels)
                .map(|_| {
                    if numbers.chance(50) {
                        0
                    } else {
                        large * numbers.between(-3, 9)
                    }
                })
                .collect();
            let mut held = Vec::new();
            if numbers.chance(75) {
                let post = numbers.between(0, posts.len() as i64 - 1) as usize;
                held.push((posts[post], unit));
            }
            for &(row, kind) in &rows {
                let amount = match kind {
                    0 => numbers.between(0, 1),
                    1 => *[0, -20, 80]
                        .get(numbers.between(0, 2) as usize)
                        .unwrap_or(&0),
                    _ => numbers.between(-3, 5),
                };
                held.push((row, amount));
            }
            builder.add_option(format!("option {option}"), &costs, &held);
        }
    }
    builder.finish()
}

fn tiny_post(numbers: &mut Numbers, levels: usize, unit: i64, post: i64) -> Counter {
    let mut hinges = Vec::new();
    for level in 0..levels {
        for _ in 0..numbers.between(0, 2) {
            let below = numbers.between(0, 9);
            hinges.push(Hinge {
                level,
                at: numbers.between(0, 4 * unit),
                below,
                above: numbers.between(-below.min(2), 4),
            });
        }
    }
    Counter {
        label: format!("post {post}"),
        in_flow: true,
        offset: unit * numbers.between(0, 2),
        lower: numbers.chance(15).then(|| unit * numbers.between(0, 2)),
        upper: numbers.chance(25).then(|| numbers.between(unit, 6 * unit)),
        hinges,
    }
}

fn tiny_row(numbers: &mut Numbers, levels: usize, kind: i64, row: i64) -> Counter {
    let mut hinges = Vec::new();
    if numbers.chance(40) {
        hinges.push(Hinge {
            level: numbers.between(0, levels as i64 - 1) as usize,
            at: numbers.between(-2, 6),
            below: numbers.between(0, 5),
            above: numbers.between(0, 5),
        });
    }
    let quota = numbers.between(0, 4);
    let (lower, upper) = match kind {
        // A quota: exactly, at least, or at most so many.
        0 => (
            numbers.chance(40).then_some(quota),
            numbers.chance(60).then_some(quota),
        ),
        // A ratio with its denominator cleared.
        1 => (numbers.chance(60).then_some(0), None),
        _ => {
            let lower = numbers.between(-4, 2);
            let upper = numbers.chance(50).then(|| lower + numbers.between(0, 8));
            (numbers.chance(40).then_some(lower), upper)
        }
    };
    Counter {
        label: format!("row {row}"),
        in_flow: false,
        offset: numbers.between(-1, 1),
        lower,
        upper,
        hinges,
    }
}
