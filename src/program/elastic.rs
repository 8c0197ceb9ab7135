//! The same program with its hard limits turned into costs of a level before all others.

use super::{Counter, CounterIndex, Hinge, Once, Program};

impl Program {
    /// The program in which every hard limit may be missed, at a cost of one for each unit at a
    /// new first level. Every choice of options is feasible in it; where its first level can be
    /// met at zero, the points that do so are those of this program.
    pub(crate) fn with_elastic_limits(&self) -> Self {
        let mut elastic = self.clone();
        elastic.unchangeable = Once::default();
        elastic.levels += 1;
        elastic.costless += 1;
        elastic.constants.insert(0, 0);
        for counter in &mut elastic.counters {
            counter.make_elastic();
        }
        elastic
    }

    /// The same without any level after the first, and without the limits of some counters.
    pub(crate) fn first_level(&self, unlimited: impl Fn(CounterIndex) -> bool) -> Self {
        self.first_levels(1, unlimited)
    }

    /// The same with so many levels at most.
    pub(crate) fn first_levels(
        &self,
        most: usize,
        unlimited: impl Fn(CounterIndex) -> bool,
    ) -> Self {
        let mut first = self.clone();
        first.unchangeable = Once::default();
        first.levels = first.levels.min(most);
        first.constants.truncate(most);
        for (counter, index) in first.counters.iter_mut().zip(self.counter_indices()) {
            counter.hinges.retain(|hinge| hinge.level < most);
            if unlimited(index) {
                (counter.lower, counter.upper) = (None, None);
            }
        }
        first
    }
}

impl Counter {
    fn make_elastic(&mut self) {
        for hinge in &mut self.hinges {
            hinge.level += 1;
        }
        let lower = self.lower.take().map(|at| (at, 1, 0));
        let upper = self.upper.take().map(|at| (at, 0, 1));
        for (at, below, above) in lower.into_iter().chain(upper) {
            self.hinges.push(Hinge {
                level: 0,
                at,
                below,
                above,
            });
        }
        self.hinges.sort_unstable();
    }
}
