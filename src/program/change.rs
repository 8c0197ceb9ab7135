//! Programs that differ little from another one, which share with it what is the same.

use std::sync::Arc;

use super::{Counter, CounterIndex, Once, OptionIndex, Program};

impl Program {
    /// The same program with other limits of some counters.
    #[must_use]
    pub(crate) fn with_limits(
        &self,
        limits: impl IntoIterator<Item = (CounterIndex, (Option<i64>, Option<i64>))>,
    ) -> Self {
        let mut changed = self.clone();
        changed.unchangeable = Once::default();
        for (counter, (lower, upper)) in limits {
            let counter: &mut Counter = &mut changed.counters[counter.0 as usize];
            (counter.lower, counter.upper) = (lower, upper);
        }
        changed
    }

    /// The same program with other options in the place of some, each of the same agent: so options
    /// can be taken away while all others keep their indices.
    #[must_use]
    pub(crate) fn with_stand_ins(
        &self,
        pairs: impl IntoIterator<Item = (OptionIndex, OptionIndex)>,
    ) -> Self {
        let mut changed = self.clone();
        (changed.reaches, changed.unchangeable) = Default::default();
        let body = Arc::make_mut(&mut changed.body);
        for (gone, instead) in pairs {
            let option = body.options[instead.0 as usize].clone();
            debug_assert_eq!(option.agent, body.options[gone.0 as usize].agent);
            body.options[gone.0 as usize] = option;
        }
        changed
    }
}
