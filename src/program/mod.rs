//! The assignment program: agents choose options, options add to counters, counters cost.
//!
//! Nothing here knows what a teacher is. An *agent* takes exactly `multiplicity` options (one, for
//! a person). An option has a cost at every objective level and adds integer amounts to
//! *counters*. A counter is offset + what was added; it may have hard limits, and at every level a
//! convex piecewise-linear cost, given as a sum of hinges. Linking rows are counters too: a quota
//! is a counter with limits, a ratio is a counter with its denominator cleared, an elastic row is
//! a counter with a hinge. Everything is an integer, so a value is exact and a bound may be
//! rounded up to the next integer.
//!
//! Levels are met in order: level 0 first, and no later level may cost an earlier one.

mod builder;
mod change;
mod elastic;
mod evaluate;
mod export;
mod limits;
mod linear;
mod scope;
mod steps;
mod tighten;

pub use builder::ProgramBuilder;
pub use evaluate::{Evaluation, Point, Violation};
pub use export::{ExportError, write_model};
pub(crate) use limits::{Condensed, Give};
pub use linear::{Column, ColumnRole, Impossible, LinearModel, Row, RowRole};
pub(crate) use linear::{restrict, restrict_scope};
pub(crate) use scope::Reach;
pub use scope::Scope;
pub(crate) use steps::greatest_common_divisor;
pub use steps::{Step, Steps};

use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Place of an agent in [`Program::agents`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgentIndex(pub u32);

/// Place of an option in [`Program::options`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OptionIndex(pub u32);

/// Place of a counter in [`Program::counters`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CounterIndex(pub u32);

/// Someone or something that takes exactly `multiplicity` of its options, with repetition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// Name for model files and traces; opaque.
    pub label: String,
    /// How many options it takes: 1 for a person, n for n interchangeable recruits.
    pub multiplicity: u32,
    /// First and one past the last of its options.
    pub options: Range<u32>,
}

/// What an option adds to a counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Contribution {
    /// To which counter.
    pub counter: CounterIndex,
    /// How much each use adds; never zero.
    pub amount: i64,
}

/// One way for an agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionColumn {
    /// Name for model files and traces; opaque. Shared: there are many more options than names.
    pub label: Arc<str>,
    /// Whose option it is.
    pub agent: AgentIndex,
    /// What it costs and adds, which it shares with the options of others: colleagues who may go
    /// to the same post.
    effect: u32,
}

/// A kink of a convex cost: `below · max(0, at − n) + above · max(0, n − at)` at one level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hinge {
    /// The objective level.
    pub level: usize,
    /// Where the kink is, in the counter's unit.
    pub at: i64,
    /// Cost of each unit below the kink.
    pub below: i64,
    /// Cost of each unit above the kink; `below + above` is never negative (convexity).
    pub above: i64,
}

impl Hinge {
    /// The cost of the hinge at a value of the counter.
    pub fn cost(&self, value: i64) -> i64 {
        if value < self.at {
            self.below * (self.at - value)
        } else {
            self.above * (value - self.at)
        }
    }
}

/// A sum over the options taken, with limits and costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counter {
    /// Name for model files, clashes and traces; opaque.
    pub label: String,
    /// Whether it is a node of the flow: every option adds to at most one such counter, and all
    /// that add to it add the same positive amount.
    pub in_flow: bool,
    /// Value before any option is taken.
    pub offset: i64,
    /// Hard lower limit, where there is one.
    pub lower: Option<i64>,
    /// Hard upper limit, where there is one.
    pub upper: Option<i64>,
    /// Its costs, sorted.
    pub hinges: Vec<Hinge>,
}

impl Counter {
    /// The cost of the counter at a value, at one level.
    pub fn cost(&self, level: usize, value: i64) -> i64 {
        self.hinges
            .iter()
            .filter(|hinge| hinge.level == level)
            .map(|hinge| hinge.cost(value))
            .sum()
    }

    /// By how much a value misses the hard limits (negative: below, positive: above, zero: holds).
    pub fn violation(&self, value: i64) -> i64 {
        match (self.lower, self.upper) {
            (Some(lower), _) if value < lower => value - lower,
            (_, Some(upper)) if value > upper => value - upper,
            _ => 0,
        }
    }
}

/// An assignment program. Built by [`ProgramBuilder`]; immutable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    levels: usize,
    /// Levels, before all others, at which no option costs anything.
    costless: usize,
    constants: Vec<i64>,
    /// Agents and options, which the elastic program shares with the one that it comes from.
    body: Arc<Body>,
    counters: Vec<Counter>,
    /// What every counter can reach, which limits and costs of counters do not change.
    reaches: Arc<Once<Vec<Reach>>>,
    /// By level: the part that no decision changes. Every model of a core needs it.
    unchangeable: Once<Vec<i64>>,
}

/// Agents and options: nearly all of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Body {
    levels: usize,
    agents: Vec<Agent>,
    options: Vec<OptionColumn>,
    /// Of each effect at each level of the body.
    costs: Vec<i64>,
    /// Of one effect after another.
    contributions: Vec<Contribution>,
    /// Where the contributions of each effect begin, and one past the last of all.
    starts: Vec<u32>,
}

impl Body {
    /// What an effect costs at the levels of the body.
    fn costs(&self, effect: u32) -> &[i64] {
        &self.costs[effect as usize * self.levels..][..self.levels]
    }

    /// What an effect adds to which counters.
    fn contributions(&self, effect: u32) -> &[Contribution] {
        let effect = effect as usize;
        &self.contributions[self.starts[effect] as usize..self.starts[effect + 1] as usize]
    }
}

/// Kept once it was asked for; says nothing that the program does not.
#[derive(Debug, Clone)]
struct Once<T>(OnceLock<T>);

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

impl<T> PartialEq for Once<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> Eq for Once<T> {}

impl Program {
    /// Number of objective levels, in order of priority.
    pub fn levels(&self) -> usize {
        self.levels
    }

    /// The part of a level's value that no option changes and no counter carries.
    pub fn constant(&self, level: usize) -> i64 {
        self.constants[level]
    }

    /// All agents.
    pub fn agents(&self) -> &[Agent] {
        &self.body.agents
    }

    /// All options, those of one agent beside each other.
    pub fn options(&self) -> &[OptionColumn] {
        &self.body.options
    }

    /// All counters.
    pub fn counters(&self) -> &[Counter] {
        &self.counters
    }

    /// The agent at an index.
    pub fn agent(&self, index: AgentIndex) -> &Agent {
        &self.body.agents[index.0 as usize]
    }

    /// The option at an index.
    pub fn option(&self, index: OptionIndex) -> &OptionColumn {
        &self.body.options[index.0 as usize]
    }

    /// The counter at an index.
    pub fn counter(&self, index: CounterIndex) -> &Counter {
        &self.counters[index.0 as usize]
    }

    /// The options of an agent.
    pub fn options_of(&self, agent: AgentIndex) -> impl Iterator<Item = OptionIndex> + use<> {
        self.agent(agent).options.clone().map(OptionIndex)
    }

    /// The cost of one use of an option at a level.
    pub fn cost(&self, option: OptionIndex, level: usize) -> i64 {
        match level.checked_sub(self.costless) {
            Some(level) => self.body.costs(self.option(option).effect)[level],
            None => 0,
        }
    }

    /// What one use of an option adds to which counters, sorted by counter.
    pub fn contributions(&self, option: OptionIndex) -> &[Contribution] {
        self.body.contributions(self.option(option).effect)
    }

    /// All indices of agents.
    pub fn agent_indices(&self) -> impl Iterator<Item = AgentIndex> + use<> {
        (0..self.body.agents.len() as u32).map(AgentIndex)
    }

    /// All indices of options.
    pub fn option_indices(&self) -> impl Iterator<Item = OptionIndex> + use<> {
        (0..self.body.options.len() as u32).map(OptionIndex)
    }

    /// All indices of counters.
    pub fn counter_indices(&self) -> impl Iterator<Item = CounterIndex> + use<> {
        (0..self.counters.len() as u32).map(CounterIndex)
    }
}
