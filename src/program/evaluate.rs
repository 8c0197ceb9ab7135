//! What a point is worth, recomputed from nothing but the program.

use super::{CounterIndex, OptionIndex, Program};

/// How often each option is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    uses: Vec<u32>,
}

/// A way in which a point breaks the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Violation {
    /// An agent takes another number of options than its multiplicity.
    Agent {
        /// The agent's label.
        label: String,
        /// How many it takes.
        taken: u64,
        /// How many it must take.
        multiplicity: u32,
    },
    /// A counter is outside its hard limits.
    Counter {
        /// Which.
        counter: CounterIndex,
        /// Negative: so far below the lower limit; positive: so far above the upper one.
        amount: i64,
    },
    /// The point has another number of options than the program.
    Length {
        /// Options of the point.
        point: usize,
        /// Options of the program.
        program: usize,
    },
}

/// A point's exact values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation {
    /// Value of each level.
    pub levels: Vec<i64>,
    /// Value of each counter.
    pub counters: Vec<i64>,
    /// What the point breaks; empty for a feasible point.
    pub violations: Vec<Violation>,
}

impl Point {
    /// A point from the number of uses of each option.
    pub fn new(uses: Vec<u32>) -> Self {
        Self { uses }
    }

    /// How often an option is taken.
    pub fn uses(&self, option: OptionIndex) -> u32 {
        self.uses[option.0 as usize]
    }

    /// The uses of all options.
    pub fn all_uses(&self) -> &[u32] {
        &self.uses
    }

    /// Options that are taken, with how often.
    pub fn taken(&self) -> impl Iterator<Item = (OptionIndex, u32)> + '_ {
        self.uses
            .iter()
            .enumerate()
            .filter(|&(_, &uses)| uses > 0)
            .map(|(position, &uses)| (OptionIndex(position as u32), uses))
    }
}

impl Program {
    /// Recomputes every counter, level and limit at a point, exactly.
    pub fn evaluate(&self, point: &Point) -> Evaluation {
        let mut counters: Vec<i64> = self
            .counters()
            .iter()
            .map(|counter| counter.offset)
            .collect();
        let mut levels: Vec<i64> = (0..self.levels())
            .map(|level| self.constant(level))
            .collect();
        if point.uses.len() != self.options().len() {
            let lengths = Violation::Length {
                point: point.uses.len(),
                program: self.options().len(),
            };
            return Evaluation {
                levels,
                counters,
                violations: vec![lengths],
            };
        }
        let mut violations = Vec::new();
        self.add(point, &mut levels, &mut counters);
        self.check_agents(point, &mut violations);
        for index in self.counter_indices() {
            let (counter, value) = (self.counter(index), counters[index.0 as usize]);
            let amount = counter.violation(value);
            if amount != 0 {
                violations.push(Violation::Counter {
                    counter: index,
                    amount,
                });
            }
        }
        Evaluation {
            levels,
            counters,
            violations,
        }
    }

    /// The value of each level alone, of a point that is known to have an option for each use of an
    /// agent, or whose agents somebody else checks.
    pub(crate) fn level_values(&self, point: &Point) -> Vec<i64> {
        let offsets = self.counters().iter().map(|counter| counter.offset);
        let mut counters: Vec<i64> = offsets.collect();
        let mut levels = self.constants.clone();
        self.add(point, &mut levels, &mut counters);
        levels
    }

    /// Adds what a point's options cost and add, and what the counters cost then.
    fn add(&self, point: &Point, levels: &mut [i64], counters: &mut [i64]) {
        for (option, uses) in point.taken() {
            for contribution in self.contributions(option) {
                counters[contribution.counter.0 as usize] += contribution.amount * i64::from(uses);
            }
            for (level, value) in levels.iter_mut().enumerate() {
                *value += self.cost(option, level) * i64::from(uses);
            }
        }
        for (counter, &value) in self.counters().iter().zip(counters.iter()) {
            for hinge in &counter.hinges {
                levels[hinge.level] += hinge.cost(value);
            }
        }
    }

    fn check_agents(&self, point: &Point, violations: &mut Vec<Violation>) {
        for agent in self.agent_indices() {
            let taken = self
                .options_of(agent)
                .map(|option| u64::from(point.uses(option)))
                .sum();
            let multiplicity = self.agent(agent).multiplicity;
            if taken != u64::from(multiplicity) {
                let label = self.agent(agent).label.clone();
                violations.push(Violation::Agent {
                    label,
                    taken,
                    multiplicity,
                });
            }
        }
    }
}
