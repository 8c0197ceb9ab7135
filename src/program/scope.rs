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
#[derive(Debug, Clone, Copy, Default)]
struct Extremes {
    smallest: i64,
    largest: i64,
    /// How many of them add to it.
    options: usize,
}

/// What the open options of one agent after the other add to the counters.
#[derive(Debug)]
pub(crate) struct Added {
    /// By counter; all but those touched say nothing.
    extremes: Vec<Extremes>,
    touched: Vec<CounterIndex>,
}

impl Added {
    /// Room for the counters of a program.
    pub(crate) fn new(program: &Program) -> Self {
        Self {
            extremes: vec![Extremes::default(); program.counters().len()],
            touched: Vec::new(),
        }
    }

    /// Goes over to another agent; how many open options it has.
    fn gather(&mut self, program: &Program, scope: &Scope, agent: AgentIndex) -> usize {
        for counter in self.touched.drain(..) {
            self.extremes[counter.0 as usize] = Extremes::default();
        }
        let mut open = 0;
        for option in scope.open_options(program, agent) {
            open += 1;
            // An option adds to a counter once at most.
            for held in program.contributions(option) {
                let known = &mut self.extremes[held.counter.0 as usize];
                if known.options == 0 {
                    self.touched.push(held.counter);
                    (known.smallest, known.largest) = (held.amount, held.amount);
                }
                known.options += 1;
                known.smallest = known.smallest.min(held.amount);
                known.largest = known.largest.max(held.amount);
            }
        }
        open
    }

    fn extremes(&self, counter: CounterIndex) -> Extremes {
        self.extremes[counter.0 as usize]
    }
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

    /// What agents without a choice cost at a level.
    pub(super) fn given_cost(&self, program: &Program, level: usize) -> i64 {
        let given = self.given.iter().zip(program.option_indices());
        let given = given.filter(|(uses, _)| **uses > 0);
        given
            .map(|(&uses, option)| i64::from(uses) * program.cost(option, level))
            .sum()
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

    /// Calls `visit` with what each choice adds to each counter, as a difference from the agent's
    /// base amount: the least of its open options where all mention the counter, zero otherwise.
    pub(crate) fn differences(
        &self,
        program: &Program,
        agent: AgentIndex,
        added: &mut Added,
        mut visit: impl FnMut(OptionIndex, CounterIndex, i64),
    ) {
        let open = added.gather(program, self, agent);
        for option in self.open_options(program, agent) {
            for held in program.contributions(option) {
                let difference = held.amount - added.extremes(held.counter).base(open);
                if difference != 0 {
                    visit(option, held.counter, difference);
                }
            }
        }
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
        let mut added = Added::new(program);
        for agent in program.agent_indices().filter(|&agent| self.is_free(agent)) {
            let multiplicity = i64::from(program.agent(agent).multiplicity);
            self.differences(program, agent, &mut added, |_, counter, difference| {
                let lattice = &mut reaches[counter.0 as usize].lattice;
                *lattice = greatest_common_divisor(*lattice, difference);
            });
            let open = self.open_options(program, agent).count();
            for &counter in &added.touched {
                let known = added.extremes(counter);
                let reach = &mut reaches[counter.0 as usize];
                let (mut smallest, mut largest) = (known.smallest, known.largest);
                if known.options < open {
                    (smallest, largest) = (smallest.min(0), largest.max(0));
                }
                reach.base += multiplicity * known.base(open);
                reach.smallest += multiplicity * smallest;
                reach.largest += multiplicity * largest;
            }
        }
        for reach in &mut reaches {
            reach.lattice = reach.lattice.max(1);
        }
        reaches
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

/// The steps of every counter from what it can reach. `Err` names the first counter whose hard limits
/// it cannot meet.
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
