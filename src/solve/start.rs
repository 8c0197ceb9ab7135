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
    /// Of each agent: the options taken.
    choices: HashMap<String, Vec<Taken>>,
    /// Of each engine's level: the price of one unit of each counter, in cost units.
    prices: Vec<HashMap<String, f64>>,
    /// Of each engine's level: the counters that prices alone could not settle.
    knots: Vec<HashSet<String>>,
    /// Where the start is of the very program that begins with it: of each engine's level, value and
    /// bound as they were left.
    left: Vec<(i64, i64)>,
}

/// An option that is taken.
#[derive(Debug, Clone)]
struct Taken {
    label: Arc<str>,
    /// So many options of the agent before it bear the same name: a person may have a post of the
    /// same school and subject in two stages.
    nth: usize,
    uses: u32,
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
            left: Vec::new(),
        };
        start.at(program, &solution.point)
    }

    /// What another solve of the same program may begin with: levels that are left open end there where
    /// what is cheap does not close them, unless an earlier one has become better.
    pub fn of_itself(program: &Program, solution: &Solution) -> Self {
        let levels = solution.levels.iter();
        let levels = levels.map(|level| (level.value, level.bound));
        // The hard limits come before all levels, and are kept.
        let left = std::iter::once((0, 0)).chain(levels).collect();
        let start = Self::of(program, solution);
        Self { left, ..start }
    }

    /// The choices of another plan, whose prices nobody knows: of each agent the name of its option.
    pub fn chosen(choices: impl IntoIterator<Item = (String, Arc<str>)>) -> Self {
        let choices = choices.into_iter();
        Self {
            choices: choices
                .map(|(agent, label)| {
                    let (nth, uses) = (0, 1);
                    (agent, vec![Taken { label, nth, uses }])
                })
                .collect(),
            ..Self::default()
        }
    }

    /// Whether it knows prices, not choices alone.
    pub fn has_prices(&self) -> bool {
        !self.prices.is_empty()
    }

    /// These prices with the choices of another start.
    #[must_use]
    pub fn with_choices_of(&self, other: &Self) -> Self {
        Self {
            choices: other.choices.clone(),
            ..self.clone()
        }
    }

    /// The same from another point, maybe of another program.
    #[must_use]
    pub fn at(self, program: &Program, point: &Point) -> Self {
        let mut choices: HashMap<String, Vec<Taken>> = HashMap::new();
        for (option, uses) in point.taken() {
            let column = program.option(option);
            let agent = program.agent(column.agent).label.clone();
            let label = Arc::clone(&column.label);
            let before = program.options_of(column.agent);
            let before = before.take_while(|&other| other != option);
            let nth = before.filter(|&other| program.option(other).label == label);
            let nth = nth.count();
            let taken = choices.entry(agent).or_default();
            taken.push(Taken { label, nth, uses });
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
            for taken in known {
                let options = program.options_of(agent);
                let mut named =
                    options.filter(|&option| program.option(option).label == taken.label);
                let first = named.next();
                let nth = taken.nth.checked_sub(1).and_then(|nth| named.nth(nth));
                if let Some(option) = nth.or(first) {
                    let count = taken.uses.min(left);
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

    /// Value and bound as they were left at an engine's level, where that was one of the same program.
    pub(super) fn left(&self, level: usize) -> Option<(i64, i64)> {
        self.left.get(level).copied()
    }

    /// Whether it is of the very program that begins with it.
    pub(super) fn is_of_itself(&self) -> bool {
        !self.left.is_empty()
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
