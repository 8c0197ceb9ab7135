//! Building a program piece by piece, with its invariants checked at each piece.

use std::sync::Arc;

use super::{
    Agent, AgentIndex, Contribution, Counter, CounterIndex, Hinge, Once, OptionColumn, OptionIndex,
    Program,
};

/// Collects agents, options and counters.
#[derive(Debug, Clone)]
pub struct ProgramBuilder {
    program: Program,
    flow_amounts: Vec<Option<i64>>,
    /// Room to sort what an option adds.
    sorted: Vec<(CounterIndex, i64)>,
}

impl ProgramBuilder {
    /// A program with so many objective levels and nothing in it.
    pub fn new(levels: usize) -> Self {
        Self {
            program: Program {
                levels,
                costless: 0,
                constants: vec![0; levels],
                agents: Arc::default(),
                options: Arc::default(),
                costs: Arc::default(),
                contributions: Arc::default(),
                counters: Vec::new(),
                whole: Once::default(),
            },
            flow_amounts: Vec::new(),
            sorted: Vec::new(),
        }
    }

    /// Adds to the constant part of a level.
    pub fn add_constant(&mut self, level: usize, amount: i64) {
        self.program.constants[level] += amount;
    }

    /// Adds a counter.
    ///
    /// # Panics
    /// Where a hinge is not convex or names a level that does not exist: both are errors of the
    /// caller's code, never of data.
    pub fn add_counter(&mut self, mut counter: Counter) -> CounterIndex {
        for hinge in &counter.hinges {
            assert!(
                hinge.level < self.program.levels,
                "hinge of `{}` names no level",
                counter.label
            );
            assert!(
                hinge.below + hinge.above >= 0,
                "hinge of `{}` is not convex",
                counter.label
            );
        }
        counter.hinges.sort_unstable();
        counter
            .hinges
            .retain(|hinge: &Hinge| hinge.below != 0 || hinge.above != 0);
        self.program.counters.push(counter);
        self.flow_amounts.push(None);
        CounterIndex(self.program.counters.len() as u32 - 1)
    }

    /// Adds to the offset of a counter: what somebody contributes who has no choice.
    pub fn add_offset(&mut self, counter: CounterIndex, amount: i64) {
        self.program.counters[counter.0 as usize].offset += amount;
    }

    /// Begins an agent; the options added next are its own.
    pub fn add_agent(&mut self, label: impl Into<String>, multiplicity: u32) -> AgentIndex {
        let start = self.program.options.len() as u32;
        let agent = Agent {
            label: label.into(),
            multiplicity,
            options: start..start,
        };
        Arc::make_mut(&mut self.program.agents).push(agent);
        AgentIndex(self.program.agents.len() as u32 - 1)
    }

    /// Adds an option to the agent begun last: its cost at each level, and what it adds.
    /// Contributions to the same counter are summed; zeros are dropped.
    ///
    /// # Panics
    /// Where no agent was begun, the costs are not one for each level, or a flow counter is used
    /// against its definition: errors of the caller's code, never of data.
    pub fn add_option(
        &mut self,
        label: impl Into<Arc<str>>,
        costs: &[i64],
        contributions: &[(CounterIndex, i64)],
    ) -> OptionIndex {
        let label = label.into();
        assert_eq!(
            costs.len(),
            self.program.levels,
            "option `{label}` needs a cost for each level"
        );
        self.sorted.clear();
        self.sorted.extend_from_slice(contributions);
        self.sorted.sort_unstable();
        let added = Arc::make_mut(&mut self.program.contributions);
        let start = added.len() as u32;
        for same in self.sorted.chunk_by(|one, other| one.0 == other.0) {
            let amount = same.iter().map(|&(_, amount)| amount).sum();
            if amount != 0 {
                let counter = same[0].0;
                added.push(Contribution { counter, amount });
            }
        }
        self.check_flow(&label, start as usize);
        Arc::make_mut(&mut self.program.costs).extend_from_slice(costs);
        let agent = AgentIndex(self.program.agents.len() as u32 - 1);
        Arc::make_mut(&mut self.program.options).push(OptionColumn {
            label,
            agent,
            start,
        });
        let last = Arc::make_mut(&mut self.program.agents)
            .last_mut()
            .expect("an agent was begun before its options");
        last.options.end += 1;
        OptionIndex(self.program.options.len() as u32 - 1)
    }

    /// Checks what was added last, from a place in the list of all contributions.
    fn check_flow(&mut self, label: &str, start: usize) {
        let mut nodes = 0;
        for contribution in &self.program.contributions[start..] {
            let position = contribution.counter.0 as usize;
            if self.program.counters[position].in_flow {
                nodes += 1;
                let amount = self.flow_amounts[position].get_or_insert(contribution.amount);
                assert!(
                    *amount == contribution.amount && *amount > 0,
                    "option `{label}` adds another amount to a flow counter than the others do"
                );
            }
        }
        assert!(
            nodes <= 1,
            "option `{label}` adds to more than one flow counter"
        );
    }

    /// The program.
    ///
    /// # Panics
    /// Where an agent has no option: an error of the caller's code.
    pub fn finish(self) -> Program {
        for agent in self.program.agents.iter() {
            assert!(
                !agent.options.is_empty(),
                "agent `{}` has no option",
                agent.label
            );
        }
        self.program
    }
}
