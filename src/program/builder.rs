//! Building a program piece by piece, with its invariants checked at each piece.

use std::collections::HashMap;
use std::sync::Arc;

use super::{
    Agent, AgentIndex, Body, Contribution, Counter, CounterIndex, Hinge, Once, OptionColumn,
    OptionIndex, Program,
};

/// Collects agents, options and counters.
#[derive(Debug, Clone)]
pub struct ProgramBuilder {
    constants: Vec<i64>,
    counters: Vec<Counter>,
    body: Body,
    flow_amounts: Vec<Option<i64>>,
    /// Room to sort what an option adds.
    sorted: Vec<(CounterIndex, i64)>,
    /// Room to sum it.
    summed: Vec<Contribution>,
    /// Effects by what they cost and add, hashed; the first of those with one hash.
    effects: HashMap<u64, u32>,
}

impl ProgramBuilder {
    /// A program with so many objective levels and nothing in it.
    pub fn new(levels: usize) -> Self {
        Self {
            constants: vec![0; levels],
            counters: Vec::new(),
            body: Body {
                levels,
                agents: Vec::new(),
                options: Vec::new(),
                costs: Vec::new(),
                contributions: Vec::new(),
                starts: vec![0],
            },
            flow_amounts: Vec::new(),
            sorted: Vec::new(),
            summed: Vec::new(),
            effects: HashMap::new(),
        }
    }

    /// Adds to the constant part of a level.
    pub fn add_constant(&mut self, level: usize, amount: i64) {
        self.constants[level] += amount;
    }

    /// Adds a counter.
    ///
    /// # Panics
    /// Where a hinge is not convex or names a level that does not exist: both are errors of the
    /// caller's code, never of data.
    pub fn add_counter(&mut self, mut counter: Counter) -> CounterIndex {
        for hinge in &counter.hinges {
            assert!(
                hinge.level < self.body.levels,
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
        self.counters.push(counter);
        self.flow_amounts.push(None);
        CounterIndex(self.counters.len() as u32 - 1)
    }

    /// Adds to the offset of a counter: what somebody contributes who has no choice.
    pub fn add_offset(&mut self, counter: CounterIndex, amount: i64) {
        self.counters[counter.0 as usize].offset += amount;
    }

    /// Begins an agent; the options added next are its own.
    pub fn add_agent(&mut self, label: impl Into<String>, multiplicity: u32) -> AgentIndex {
        let start = self.body.options.len() as u32;
        let agent = Agent {
            label: label.into(),
            multiplicity,
            options: start..start,
        };
        self.body.agents.push(agent);
        AgentIndex(self.body.agents.len() as u32 - 1)
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
            self.body.levels,
            "option `{label}` needs a cost for each level"
        );
        self.sorted.clear();
        self.sorted.extend_from_slice(contributions);
        self.sorted.sort_unstable();
        self.summed.clear();
        for same in self.sorted.chunk_by(|one, other| one.0 == other.0) {
            let amount = same.iter().map(|&(_, amount)| amount).sum();
            if amount != 0 {
                let counter = same[0].0;
                self.summed.push(Contribution { counter, amount });
            }
        }
        let effect = self.effect(&label, costs);
        let agent = AgentIndex(self.body.agents.len() as u32 - 1);
        self.body.options.push(OptionColumn {
            label,
            agent,
            effect,
        });
        let last = self
            .body
            .agents
            .last_mut()
            .expect("an agent was begun before its options");
        last.options.end += 1;
        OptionIndex(self.body.options.len() as u32 - 1)
    }

    /// The effect of these costs and of what was summed last.
    fn effect(&mut self, label: &str, costs: &[i64]) -> u32 {
        let hash = hash_of(costs, &self.summed);
        let body = &mut self.body;
        let known = self.effects.get(&hash).copied();
        let is_same = |&known: &u32| {
            body.costs(known) == costs && body.contributions(known) == self.summed.as_slice()
        };
        if let Some(known) = known.filter(is_same) {
            return known;
        }
        let effect = body.starts.len() as u32 - 1;
        body.costs.extend_from_slice(costs);
        body.contributions.extend_from_slice(&self.summed);
        body.starts.push(body.contributions.len() as u32);
        self.effects.entry(hash).or_insert(effect);
        self.check_flow(label);
        effect
    }

    /// Checks what was summed last.
    fn check_flow(&mut self, label: &str) {
        let mut nodes = 0;
        for contribution in &self.summed {
            let position = contribution.counter.0 as usize;
            if self.counters[position].in_flow {
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
    pub fn finish(mut self) -> Program {
        for agent in &self.body.agents {
            assert!(
                !agent.options.is_empty(),
                "agent `{}` has no option",
                agent.label
            );
        }
        self.fold();
        let levels = self.body.levels;
        let mut body = self.body;
        // Lists that grow end with room for as much again.
        body.options.shrink_to_fit();
        body.costs.shrink_to_fit();
        body.contributions.shrink_to_fit();
        body.starts.shrink_to_fit();
        Program {
            levels,
            constants: self.constants,
            costless: 0,
            body: Arc::new(body),
            counters: self.counters,
            reaches: Arc::default(),
            unchangeable: Once::default(),
        }
    }
}

impl ProgramBuilder {
    /// The agent that alone can change each counter; `None` for those that several can, or nobody.
    fn sole_agents(&self) -> Vec<Option<AgentIndex>> {
        const NOBODY: u32 = u32::MAX;
        const SEVERAL: u32 = u32::MAX - 1;
        let mut sole = vec![NOBODY; self.counters.len()];
        for option in &self.body.options {
            for held in self.body.contributions(option.effect) {
                let who = &mut sole[held.counter.0 as usize];
                if *who == NOBODY {
                    *who = option.agent.0;
                } else if *who != option.agent.0 {
                    *who = SEVERAL;
                }
            }
        }
        let found = |who: u32| (who < SEVERAL).then_some(AgentIndex(who));
        sole.into_iter().map(found).collect()
    }

    /// A counter that one person alone changes costs what the person's options make it cost: its
    /// costs become theirs, and the counter goes. Couples of whom one stays are such.
    fn fold(&mut self) {
        let sole = self.sole_agents().into_iter().zip(0..);
        let mut folded: Vec<(AgentIndex, CounterIndex)> = sole
            .filter_map(|(agent, counter)| Some((agent?, CounterIndex(counter))))
            .filter(|&(agent, counter)| {
                let held = &self.counters[counter.0 as usize];
                let limited = held.lower.is_some() || held.upper.is_some();
                let alone = self.body.agents[agent.0 as usize].multiplicity == 1;
                alone && !held.in_flow && !limited && !held.hinges.is_empty()
            })
            .collect();
        folded.sort_unstable();
        for own in folded.chunk_by(|one, other| one.0 == other.0) {
            self.fold_agent(own[0].0, own);
        }
        for (_, counter) in folded {
            self.counters[counter.0 as usize].hinges.clear();
        }
    }

    fn fold_agent(&mut self, agent: AgentIndex, own: &[(AgentIndex, CounterIndex)]) {
        for option in self.body.agents[agent.0 as usize].options.clone() {
            let effect = self.body.options[option as usize].effect;
            let mut costs = self.body.costs(effect).to_vec();
            let held = self.body.contributions(effect).to_vec();
            for &(_, counter) in own {
                let amount = held.iter().find(|added| added.counter == counter);
                let counter = &self.counters[counter.0 as usize];
                let value = counter.offset + amount.map_or(0, |added| added.amount);
                for hinge in &counter.hinges {
                    costs[hinge.level] += hinge.cost(value);
                }
            }
            self.summed.clear();
            let is_own = |counter: CounterIndex| own.binary_search(&(agent, counter)).is_ok();
            self.summed
                .extend(held.iter().filter(|added| !is_own(added.counter)));
            let label = Arc::clone(&self.body.options[option as usize].label);
            self.body.options[option as usize].effect = self.effect(&label, &costs);
        }
    }
}

/// Tells effects apart, the same in every run. What it takes for one is compared.
fn hash_of(costs: &[i64], contributions: &[Contribution]) -> u64 {
    let added = contributions
        .iter()
        .flat_map(|held| [u64::from(held.counter.0), held.amount as u64]);
    let words = costs.iter().map(|&cost| cost as u64).chain(added);
    words.fold(0, |hash: u64, word| {
        (hash.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counter(offset: i64, upper: Option<i64>) -> Counter {
        Counter {
            label: "counter".to_owned(),
            in_flow: false,
            offset,
            lower: None,
            upper,
            hinges: vec![Hinge {
                level: 0,
                at: 0,
                below: 3,
                above: 5,
            }],
        }
    }

    #[test]
    fn a_counter_of_one_person_alone_becomes_the_costs_of_the_options() {
        let mut builder = ProgramBuilder::new(1);
        let alone = builder.add_counter(counter(-1, None));
        let shared = builder.add_counter(counter(0, None));
        let limited = builder.add_counter(counter(0, Some(1)));
        builder.add_agent("one", 1);
        builder.add_option("stays", &[7], &[]);
        builder.add_option("goes", &[2], &[(alone, 2), (shared, 1), (limited, 1)]);
        builder.add_agent("other", 1);
        builder.add_option("stays", &[0], &[(shared, 1)]);
        let program = builder.finish();
        // At −1 the counter costs 3, at 1 it costs 5.
        assert_eq!(program.cost(OptionIndex(0), 0), 7 + 3);
        assert_eq!(program.cost(OptionIndex(1), 0), 2 + 5);
        assert_eq!(program.cost(OptionIndex(2), 0), 0);
        let kept =
            |counter: CounterIndex| !program.counters()[counter.0 as usize].hinges.is_empty();
        assert!(!kept(alone) && kept(shared) && kept(limited));
        let added: Vec<CounterIndex> = program
            .contributions(OptionIndex(1))
            .iter()
            .map(|held| held.counter)
            .collect();
        assert_eq!(added, [shared, limited]);
    }
}
