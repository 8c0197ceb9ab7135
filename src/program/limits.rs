//! Whether the hard limits can hold at all, as a program that is as small as the question.

use std::collections::BTreeMap;

use super::{Counter, CounterIndex, OptionIndex, Program, ProgramBuilder};

/// What an option adds to limited counters.
type Addition = Vec<(CounterIndex, i64)>;

impl Program {
    /// A program without levels that has a point if and only if this one has. Counters without a
    /// limit are gone, options of an agent that add the same to all others are one, and agents with
    /// the same options are one agent of their number.
    pub(crate) fn limits_alone(&self) -> Self {
        let mut builder = ProgramBuilder::new(0);
        let mut places: Vec<Option<CounterIndex>> = Vec::with_capacity(self.counters().len());
        for counter in self.counters() {
            let limited = counter.lower.is_some() || counter.upper.is_some();
            places.push(limited.then(|| {
                builder.add_counter(Counter {
                    hinges: Vec::new(),
                    ..counter.clone()
                })
            }));
        }
        let addition = |option: OptionIndex| -> Addition {
            self.contributions(option)
                .iter()
                .filter_map(|held| Some((places[held.counter.0 as usize]?, held.amount)))
                .collect()
        };
        let mut kinds: BTreeMap<Vec<Addition>, u32> = BTreeMap::new();
        for agent in self.agent_indices() {
            let mut additions: Vec<Addition> = self.options_of(agent).map(addition).collect();
            additions.sort_unstable();
            additions.dedup();
            *kinds.entry(additions).or_default() += self.agent(agent).multiplicity;
        }
        for (additions, multiplicity) in kinds {
            builder.add_agent("", multiplicity);
            for addition in additions {
                builder.add_option("", &[], &addition);
            }
        }
        builder.finish()
    }
}
