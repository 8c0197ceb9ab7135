//! Models of a year that differs little from another: what is not changed is shared, not built again.

use std::collections::BTreeMap;

use super::Model;
use crate::domain::{Placement, TeacherIndex};
use crate::program::{CounterIndex, OptionIndex};
use crate::rules::{Context, Row, RuleSet};

impl Model {
    /// The model in which somebody has no choice that is `forbidden`: what a lock does. `None` where
    /// the person has one choice at most, or none would be left.
    pub fn without(
        &self,
        teacher: TeacherIndex,
        forbidden: impl Fn(&Placement) -> bool,
    ) -> Option<Self> {
        let mut persons = self.persons.iter();
        let agent = persons.position(|entry| entry.teacher == teacher)?;
        let entry = &self.persons[agent];
        let options = self.program.agents()[agent].options.clone();
        let choices = self.choices.of(teacher);
        let is_forbidden = |option: u32| {
            let meant = self.meant(OptionIndex(option));
            let choice = choices[(meant.0 - options.start) as usize];
            forbidden(&self.terms.placement(entry, choice))
        };
        let (gone, kept): (Vec<u32>, Vec<u32>) = options.clone().partition(|&o| is_forbidden(o));
        let instead = self.meant(OptionIndex(*kept.first()?));
        let mut changed = self.clone();
        let pairs = gone
            .into_iter()
            .map(|option| (OptionIndex(option), instead));
        changed.stand_in(pairs.collect());
        Some(changed)
    }

    /// The model under other rules of the same choices. `None` where they differ in more than numbers
    /// that are limits of counts, so that it must be built anew. `context` and `rules` are those that
    /// this one was built of.
    pub fn with_limits_of(
        &self,
        context: &Context<'_>,
        rules: &RuleSet,
        other: &RuleSet,
    ) -> Option<Self> {
        let mut limits = Vec::new();
        for position in rules.other_limits(other)? {
            let sorted = |rules: &RuleSet| -> Vec<Row> {
                let mut rows = rules.all()[position].rows(position, context, &self.cuts);
                rows.sort_by_key(|row| row.key);
                rows
            };
            let (before, after) = (sorted(rules), sorted(other));
            let counters = self.program.counter_indices();
            let counters: Vec<CounterIndex> = counters
                .filter(|&counter| self.rule_of(counter) == Some(position))
                .collect();
            if before.len() != counters.len() || after.len() != counters.len() {
                return None;
            }
            for ((before, after), counter) in before.into_iter().zip(after).zip(counters) {
                let now = (after.lower, after.upper);
                // Costs may have become those of options; only limits are changed.
                let alike = Row {
                    lower: None,
                    upper: None,
                    ..before
                } == Row {
                    lower: None,
                    upper: None,
                    ..after
                };
                if !alike {
                    return None;
                }
                limits.push((counter, now));
            }
        }
        let mut changed = self.clone();
        changed.program = self.program.with_limits(limits);
        Some(changed)
    }

    /// Puts options in the places of others.
    pub(super) fn stand_in(&mut self, pairs: BTreeMap<OptionIndex, OptionIndex>) {
        if pairs.is_empty() {
            return;
        }
        let each = pairs.iter().map(|(&gone, &instead)| (gone, instead));
        self.program = self.program.with_stand_ins(each);
        self.stand_ins.extend(pairs);
    }

    /// The option that one stands for.
    pub(super) fn meant(&self, option: OptionIndex) -> OptionIndex {
        self.stand_ins.get(&option).copied().unwrap_or(option)
    }
}
