//! What a plan does not show is settled last: the ways of allowances.

use std::collections::BTreeSet;

use super::Model;
use crate::program::{AgentIndex, CounterIndex, OptionIndex, Point, Program};

/// What a way misses of hard limits, and what it costs at each level.
type Worth = (i64, Vec<i64>);

impl Model {
    /// The point with the cheapest way of every allowance. A solve that ends before its target may
    /// leave another one, and as the plan does not show it, the plan's own check would find less.
    pub fn settled(&self, point: Point) -> Point {
        let program = &self.program;
        if self.first_allowance == program.agents().len() {
            return point;
        }
        let mut counters = program.evaluate(&point).counters;
        let mut uses = point.all_uses().to_vec();
        for agent in program.agent_indices().skip(self.first_allowance) {
            settle(program, agent, &mut uses, &mut counters);
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
