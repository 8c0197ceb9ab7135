//! What of a program is still open: a core of it, or all of it.
//!
//! A scope says how often each option may still be taken and what agents take that have no choice.
//! From it follow the values that each counter can reach, and their lattice.

use super::steps::{counter_steps, greatest_common_divisor};
use super::{AgentIndex, CounterIndex, OptionIndex, Point, Program, Steps};

/// The open part of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// How often each option may be taken, for agents with a choice.
    uppers: Vec<u32>,
    /// How often each option is taken, for agents without one.
    given: Vec<u32>,
    /// Whether each agent has a choice.
    free: Vec<bool>,
}

/// What a counter can reach inside a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reach {
    /// Offset, what is given, and the base amount of every agent with a choice.
    pub(crate) base: i64,
    /// Smallest value, limits aside.
    pub(crate) smallest: i64,
    /// Largest value, limits aside.
    pub(crate) largest: i64,
    /// Greatest common divisor of all differences that choices make; 1 where they make none.
    pub(crate) lattice: i64,
}

impl Reach {
    /// Whether any choice moves the counter.
    pub(crate) fn is_constant(&self) -> bool {
        self.smallest == self.largest
    }
}

/// What the open options of one agent add to one counter.
#[derive(Debug, Clone, Copy)]
struct Extremes {
    smallest: i64,
    largest: i64,
    options: usize,
}

impl Scope {
    /// The whole program; only agents with a single option have no choice.
    pub fn whole(program: &Program) -> Self {
        let given = vec![0; program.options().len()];
        Self::new(program, |_| true, &Point::new(given))
    }

    /// A core: an agent with an allowed option takes allowed options only; an agent without one
    /// takes what `fixed` takes.
    pub fn core(program: &Program, allowed: &[bool], fixed: &Point) -> Self {
        Self::new(program, |option| allowed[option.0 as usize], fixed)
    }

    fn new(program: &Program, allowed: impl Fn(OptionIndex) -> bool, fixed: &Point) -> Self {
        let mut scope = Self {
            uppers: vec![0; program.options().len()],
            given: vec![0; program.options().len()],
            free: vec![false; program.agents().len()],
        };
        for agent in program.agent_indices() {
            let multiplicity = program.agent(agent).multiplicity;
            if multiplicity == 0 {
                // Takes nothing, so it has no choice.
                continue;
            }
            let mut open = program.options_of(agent).filter(|&option| allowed(option));
            match (open.next(), open.next()) {
                (Some(first), Some(second)) => {
                    scope.free[agent.0 as usize] = true;
                    for option in [first, second].into_iter().chain(open) {
                        scope.uppers[option.0 as usize] = multiplicity;
                    }
                }
                (Some(only), None) => scope.given[only.0 as usize] = multiplicity,
                _ => {
                    for option in program.options_of(agent) {
                        scope.given[option.0 as usize] = fixed.uses(option);
                    }
                }
            }
        }
        scope
    }

    /// Whether an agent has a choice.
    pub fn is_free(&self, agent: AgentIndex) -> bool {
        self.free[agent.0 as usize]
    }

    /// How often an option may be taken; zero for agents without a choice.
    pub fn upper(&self, option: OptionIndex) -> u32 {
        self.uppers[option.0 as usize]
    }

    /// What agents without a choice take; zero elsewhere.
    pub fn given(&self) -> &[u32] {
        &self.given
    }

    /// The open options of an agent with a choice.
    pub fn open_options<'a>(
        &'a self,
        program: &Program,
        agent: AgentIndex,
    ) -> impl Iterator<Item = OptionIndex> + use<'a> {
        program
            .options_of(agent)
            .filter(|&option| self.upper(option) > 0)
    }

    /// Takes options away. An agent that keeps a single one has no choice any more. `Err` names an
    /// agent that keeps too few: different levels may each rule out some of its options.
    pub(crate) fn lower_uppers(
        &mut self,
        program: &Program,
        caps: &[(OptionIndex, u32)],
    ) -> Result<(), AgentIndex> {
        for &(option, cap) in caps {
            let upper = &mut self.uppers[option.0 as usize];
            *upper = cap.min(*upper);
        }
        for &(option, _) in caps {
            let agent = program.option(option).agent;
            if !self.is_free(agent) {
                continue;
            }
            let multiplicity = program.agent(agent).multiplicity;
            let allowed: u64 = self
                .open_options(program, agent)
                .map(|option| u64::from(self.upper(option)))
                .sum();
            if allowed < u64::from(multiplicity) {
                return Err(agent);
            }
            let mut open = self.open_options(program, agent);
            if let (Some(only), None) = (open.next(), open.next()) {
                drop(open);
                self.free[agent.0 as usize] = false;
                self.uppers[only.0 as usize] = 0;
                self.given[only.0 as usize] = multiplicity;
            }
        }
        Ok(())
    }

    /// What the choices add to the counters, as a difference from the agent's base amount: the
    /// least of its open options where all mention the counter, zero otherwise.
    pub(crate) fn differences(
        &self,
        program: &Program,
        agent: AgentIndex,
    ) -> Vec<(OptionIndex, CounterIndex, i64)> {
        let extremes = self.extremes(program, agent);
        let open = self.open_options(program, agent).count();
        let mut differences = Vec::new();
        for option in self.open_options(program, agent) {
            for held in program.contributions(option) {
                let place = extremes.partition_point(|known| known.0 < held.counter);
                let base = extremes[place].1.base(open);
                if held.amount != base {
                    differences.push((option, held.counter, held.amount - base));
                }
            }
        }
        differences
    }

    /// By counter. An option adds to a counter once at most.
    fn extremes(&self, program: &Program, agent: AgentIndex) -> Vec<(CounterIndex, Extremes)> {
        let mut added: Vec<(CounterIndex, i64)> = self
            .open_options(program, agent)
            .flat_map(|option| program.contributions(option))
            .map(|held| (held.counter, held.amount))
            .collect();
        added.sort_unstable();
        added
            .chunk_by(|one, other| one.0 == other.0)
            .map(|same| {
                let extremes = Extremes {
                    smallest: same[0].1,
                    largest: same[same.len() - 1].1,
                    options: same.len(),
                };
                (same[0].0, extremes)
            })
            .collect()
    }

    /// What every counter can reach.
    pub(crate) fn reaches(&self, program: &Program) -> Vec<Reach> {
        let mut reaches: Vec<Reach> = program
            .counters()
            .iter()
            .map(|counter| Reach {
                base: counter.offset,
                smallest: counter.offset,
                largest: counter.offset,
                lattice: 0,
            })
            .collect();
        for option in program.option_indices() {
            let uses = i64::from(self.given[option.0 as usize]);
            if uses > 0 {
                for held in program.contributions(option) {
                    let reach = &mut reaches[held.counter.0 as usize];
                    reach.base += uses * held.amount;
                    reach.smallest += uses * held.amount;
                    reach.largest += uses * held.amount;
                }
            }
        }
        for agent in program.agent_indices().filter(|&agent| self.is_free(agent)) {
            let multiplicity = i64::from(program.agent(agent).multiplicity);
            let open = self.open_options(program, agent).count();
            for (counter, known) in self.extremes(program, agent) {
                let reach = &mut reaches[counter.0 as usize];
                let (mut smallest, mut largest) = (known.smallest, known.largest);
                if known.options < open {
                    (smallest, largest) = (smallest.min(0), largest.max(0));
                }
                reach.base += multiplicity * known.base(open);
                reach.smallest += multiplicity * smallest;
                reach.largest += multiplicity * largest;
            }
            for (_, counter, difference) in self.differences(program, agent) {
                let lattice = &mut reaches[counter.0 as usize].lattice;
                *lattice = greatest_common_divisor(*lattice, difference);
            }
        }
        for reach in &mut reaches {
            reach.lattice = reach.lattice.max(1);
        }
        reaches
    }

    /// The steps of every counter inside the scope. `Err` names the first counter whose hard
    /// limits nothing in the scope can meet.
    ///
    /// # Errors
    /// The counter that cannot be met.
    pub fn steps(&self, program: &Program) -> Result<Vec<Steps>, CounterIndex> {
        steps_of(program, &self.reaches(program))
    }
}

impl Extremes {
    fn base(&self, open: usize) -> i64 {
        if self.options < open {
            0
        } else {
            self.smallest
        }
    }
}

/// The steps of every counter from what it can reach.
pub(crate) fn steps_of(program: &Program, reaches: &[Reach]) -> Result<Vec<Steps>, CounterIndex> {
    reaches
        .iter()
        .zip(program.counters())
        .zip(program.counter_indices())
        .map(|((reach, counter), index)| {
            counter_steps(
                counter,
                program.levels(),
                reach.smallest,
                reach.largest,
                reach.lattice,
            )
            .ok_or(index)
        })
        .collect()
}
