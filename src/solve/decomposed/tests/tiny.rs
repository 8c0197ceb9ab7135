//! Tiny random programs and their exact optima.

use crate::program::{Counter, CounterIndex, Hinge, Point, Program, ProgramBuilder};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

fn hinges(random: &mut ChaCha8Rng, levels: usize) -> Vec<Hinge> {
    (0..random.random_range(0..4))
        .map(|_| {
            let below = random.random_range(-3..8);
            Hinge {
                level: random.random_range(0..levels),
                at: random.random_range(-3000..6000),
                below,
                above: random.random_range(-below..8),
            }
        })
        .collect()
}

fn counter(random: &mut ChaCha8Rng, levels: usize, in_flow: bool) -> Counter {
    let mut limit =
        |low, high| (random.random_range(0..5) == 0).then(|| random.random_range(low..high));
    let (lower, upper) = (limit(-2000, 2000), limit(1500, 5000));
    Counter {
        label: String::new(),
        in_flow,
        offset: random.random_range(-1000..1000),
        lower,
        upper,
        hinges: hinges(random, levels),
    }
}

/// A random program with few points.
pub(super) fn program(seed: u64) -> Program {
    let random = &mut ChaCha8Rng::seed_from_u64(seed);
    let levels = random.random_range(1..4);
    let mut builder = ProgramBuilder::new(levels);
    for level in 0..levels {
        builder.add_constant(level, random.random_range(-5..50));
    }
    let posts: Vec<(CounterIndex, i64)> = (0..random.random_range(0..4))
        .map(|_| {
            let amount = [1, 1000][random.random_range(0..2_usize)];
            (builder.add_counter(counter(random, levels, true)), amount)
        })
        .collect();
    let sides: Vec<(CounterIndex, i64)> = (0..random.random_range(0..4))
        .map(|_| {
            let unit = [1, 250, 1000][random.random_range(0..3_usize)];
            (builder.add_counter(counter(random, levels, false)), unit)
        })
        .collect();
    for _ in 0..random.random_range(1..6) {
        builder.add_agent("", random.random_range(0..3_u32).max(1));
        for _ in 0..random.random_range(1..5) {
            let costs: Vec<i64> = (0..levels).map(|_| random.random_range(-3..9)).collect();
            let mut held = Vec::new();
            if !posts.is_empty() && random.random_range(0..4) > 0 {
                held.push(posts[random.random_range(0..posts.len())]);
            }
            for &(side, unit) in &sides {
                if random.random_range(0..2) == 0 {
                    held.push((side, unit * random.random_range(-2..4)));
                }
            }
            builder.add_option("", &costs, &held);
        }
    }
    builder.finish()
}

/// Calls `visit` for each point.
fn each_point(program: &Program, visit: &mut impl FnMut(Point)) {
    fn choose(
        program: &Program,
        agent: usize,
        option: u32,
        left: u32,
        uses: &mut Vec<u32>,
        visit: &mut impl FnMut(Point),
    ) {
        let Some(current) = program.agents().get(agent) else {
            visit(Point::new(uses.clone()));
            return;
        };
        if option + 1 == current.options.end {
            uses[option as usize] = left;
            let next = program.agents().get(agent + 1);
            let (first, many) = next.map_or((0, 0), |next| (next.options.start, next.multiplicity));
            choose(program, agent + 1, first, many, uses, visit);
            uses[option as usize] = 0;
            return;
        }
        for taken in 0..=left {
            uses[option as usize] = taken;
            choose(program, agent, option + 1, left - taken, uses, visit);
        }
        uses[option as usize] = 0;
    }
    let mut uses = vec![0; program.options().len()];
    let many = program.agents()[0].multiplicity;
    choose(program, 0, 0, many, &mut uses, visit);
}

/// The least violation of hard limits, and the ordered optimum where that is zero.
pub(super) fn optimum(program: &Program) -> (i64, Vec<i64>) {
    let elastic = program.with_elastic_limits();
    let mut best: Option<Vec<i64>> = None;
    each_point(&elastic, &mut |point| {
        let found = elastic.evaluate(&point);
        assert!(found.violations.is_empty(), "no limit is hard any more");
        if best.as_ref().is_none_or(|best| found.levels < *best) {
            best = Some(found.levels);
        }
    });
    let mut levels = best.expect("agents have options");
    (levels.remove(0), levels)
}

/// The least value of a level among the points that keep the values of those before.
pub(super) fn least(program: &Program, level: usize, limits: &[i64]) -> i64 {
    let mut least = i64::MAX;
    each_point(program, &mut |point| {
        let found = program.evaluate(&point);
        let keeps = found.violations.is_empty()
            && found
                .levels
                .iter()
                .zip(limits)
                .all(|(value, limit)| value <= limit);
        if keeps {
            least = least.min(found.levels[level]);
        }
    });
    least
}
