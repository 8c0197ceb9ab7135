//! Where a solve may begin: the plan and the prices of another one, for a program that differs
//! little, such as the same year after one rule has changed.
//!
//! Names join the two: agents, options and counters of equal labels. Nothing is believed of a
//! start. Its prices are evaluated on the program at hand before they prove anything, and its
//! choices are a point only if they keep the limits.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Solution;
use crate::program::{Point, Program};

/// A plan and prices, by name.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// Of each agent: the options taken, and how often.
    choices: HashMap<String, Vec<(Arc<str>, u32)>>,
    /// Of each engine's level: the price of one unit of each counter, in cost units.
    prices: Vec<HashMap<String, f64>>,
    /// Of each engine's level: the counters that prices alone could not settle.
    knots: Vec<HashSet<String>>,
}

impl Start {
    /// What another solve may begin with after this one.
    pub fn of(program: &Program, solution: &Solution) -> Self {
        let start = Self {
            choices: HashMap::new(),
            prices: named(program, &solution.prices),
            knots: solution
                .knots
                .iter()
                .map(|level| {
                    level
                        .iter()
                        .map(|&counter| program.counter(counter).label.clone())
                        .collect()
                })
                .collect(),
        };
        start.at(program, &solution.point)
    }

    /// The same from another point, maybe of another program.
    #[must_use]
    pub fn at(self, program: &Program, point: &Point) -> Self {
        let mut choices: HashMap<String, Vec<(Arc<str>, u32)>> = HashMap::new();
        for (option, uses) in point.taken() {
            let column = program.option(option);
            let agent = program.agent(column.agent).label.clone();
            let taken = choices.entry(agent).or_default();
            taken.push((Arc::clone(&column.label), uses));
        }
        Self { choices, ..self }
    }

    /// The choices for a program: whoever is not known, or whose choice is gone, takes the first
    /// option.
    pub fn point(&self, program: &Program) -> Point {
        let mut uses = vec![0; program.options().len()];
        for agent in program.agent_indices() {
            let held = program.agent(agent);
            let mut left = held.multiplicity;
            let known = self.choices.get(&held.label).map_or(&[][..], Vec::as_slice);
            for (label, count) in known {
                let found = program
                    .options_of(agent)
                    .find(|&option| program.option(option).label == *label);
                if let Some(option) = found {
                    let count = (*count).min(left);
                    uses[option.0 as usize] += count;
                    left -= count;
                }
            }
            uses[held.options.start as usize] += left;
        }
        Point::new(uses)
    }

    /// The price of a unit of each counter at an engine's level, zero for those not known; none
    /// where the start has no such level.
    pub(super) fn prices(&self, program: &Program, level: usize) -> Option<Vec<f64>> {
        let known = self.prices.get(level)?;
        let priced = program.counters().iter();
        Some(
            priced
                .map(|counter| known.get(&counter.label).copied().unwrap_or(0.0))
                .collect(),
        )
    }

    /// The counters that prices alone could not settle at an engine's level.
    pub(super) fn knots(&self, program: &Program, level: usize) -> Vec<u32> {
        let Some(known) = self.knots.get(level).filter(|known| !known.is_empty()) else {
            return Vec::new();
        };
        let counters = program.counters().iter().zip(0..);
        let known = counters.filter(|(counter, _)| known.contains(&counter.label));
        known.map(|(_, index)| index).collect()
    }
}

/// Prices of each level by the names of their counters.
fn named(program: &Program, prices: &[Vec<f64>]) -> Vec<HashMap<String, f64>> {
    let levels = prices.iter().map(|level| {
        let priced = program.counters().iter().zip(level);
        let priced = priced.filter(|(_, price)| **price != 0.0);
        priced
            .map(|(counter, price)| (counter.label.clone(), *price))
            .collect()
    });
    levels.collect()
}
