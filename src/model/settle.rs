//! What a plan does not show is settled last: the ways of allowances.

use std::collections::BTreeSet;

use super::Model;
use crate::program::{AgentIndex, CounterIndex, OptionIndex, Point, Program};
use crate::rules::Settling;

/// What a way misses of hard limits, and what it costs at each level.
type Worth = (i64, Vec<i64>);

impl Model {
    /// The point with the cheapest way of every allowance. A solve that ends before its target may
    /// leave another one, and as the plan does not show it, the plan's own check would find less.
    pub fn settled(&self, point: Point) -> Point {
        let program = &self.program;
        if self.allowances.is_empty() {
            return point;
        }
        let mut counters = program.evaluate(&point).counters;
        let mut uses = point.all_uses().to_vec();
        let first = program.agents().len() - self.allowances.len();
        for (agent, settling) in program.agent_indices().skip(first).zip(&self.allowances) {
            let held = (&mut uses, &mut counters);
            match settling {
                Settling::Cheapest => settle(program, agent, held.0, held.1),
                Settling::Cover => cover(program, agent, held.0, held.1),
                Settling::Steps => loosen(program, agent, held.0, held.1),
            }
        }
        Point::new(uses)
    }
}

/// Lets one agent take its cheapest option, of equals the one that it has.
fn settle(program: &Program, agent: AgentIndex, uses: &mut [u32], counters: &mut [i64]) {
    let ways: Vec<OptionIndex> = program.options_of(agent).collect();
    let touched: BTreeSet<CounterIndex> = ways
        .iter()
        .flat_map(|&way| program.contributions(way))
        .map(|held| held.counter)
        .collect();
    let Some(&taken) = ways.iter().find(|way| uses[way.0 as usize] > 0) else {
        return;
    };
    add(program, taken, -1, counters);
    let mut best = taken;
    let mut least = worth(program, taken, &touched, counters);
    for &way in &ways {
        let found = worth(program, way, &touched, counters);
        if found < least {
            (best, least) = (way, found);
        }
    }
    add(program, best, 1, counters);
    uses[taken.0 as usize] = 0;
    uses[best.0 as usize] = 1;
}

/// Takes the first option that leaves the row to which the options add not below zero, else the last.
fn cover(program: &Program, agent: AgentIndex, uses: &mut [u32], counters: &mut [i64]) {
    let ways: Vec<OptionIndex> = program.options_of(agent).collect();
    for &way in &ways {
        add(program, way, -i64::from(uses[way.0 as usize]), counters);
        uses[way.0 as usize] = 0;
    }
    // To which row they add, and how much they do.
    let adds = |way: OptionIndex| {
        let mut rows = program.contributions(way).iter();
        rows.find(|held| held.amount > 0)
            .map_or((None, 0), |held| (Some(held.counter), held.amount))
    };
    let row = ways.iter().find_map(|&way| adds(way).0);
    let held = row.map_or(0, |row| counters[row.0 as usize]);
    let enough = ways.iter().find(|&&way| held + adds(way).1 >= 0);
    let chosen = enough.or(ways.last());
    if let Some(&way) = chosen {
        add(program, way, 1, counters);
        uses[way.0 as usize] = 1;
    }
}

/// Takes the fewest steps that the rows of an agent need, all of which have lower limits.
fn loosen(program: &Program, agent: AgentIndex, uses: &mut [u32], counters: &mut [i64]) {
    let ways: Vec<OptionIndex> = program.options_of(agent).collect();
    let &[none, step, leap] = ways.as_slice() else {
        return;
    };
    for way in ways {
        add(program, way, -i64::from(uses[way.0 as usize]), counters);
    }
    let held = |way| program.contributions(way).iter();
    let needed = held(step).map(|one| {
        let counter = program.counter(one.counter);
        let missing = -counter.violation(counters[one.counter.0 as usize]);
        (missing.max(0) + one.amount - 1) / one.amount
    });
    let needed = needed.max().unwrap_or_default();
    let sizes = held(step).zip(held(leap)).next();
    let size = sizes.map_or(1, |(step, leap)| (leap.amount / step.amount).max(1));
    let many = i64::from(program.agent(agent).multiplicity);
    let leaps = (needed / size).min(many);
    let steps = (needed - leaps * size).min(many - leaps);
    let taken = [(none, many - leaps - steps), (step, steps), (leap, leaps)];
    for (way, count) in taken {
        uses[way.0 as usize] = count as u32;
        add(program, way, count, counters);
    }
}

fn add(program: &Program, way: OptionIndex, times: i64, counters: &mut [i64]) {
    for held in program.contributions(way) {
        counters[held.counter.0 as usize] += times * held.amount;
    }
}

/// What the counters that the agent can change are worth with a way of it.
fn worth(
    program: &Program,
    way: OptionIndex,
    touched: &BTreeSet<CounterIndex>,
    counters: &[i64],
) -> Worth {
    let mut missed = 0;
    let mut levels: Vec<i64> = (0..program.levels())
        .map(|level| program.cost(way, level))
        .collect();
    for &index in touched {
        let adds = program.contributions(way).iter();
        let added: i64 = adds
            .filter(|held| held.counter == index)
            .map(|held| held.amount)
            .sum();
        let value = counters[index.0 as usize] + added;
        let counter = program.counter(index);
        missed += counter.violation(value).abs();
        for (level, sum) in levels.iter_mut().enumerate() {
            *sum += counter.cost(level, value);
        }
    }
    (missed, levels)
}
