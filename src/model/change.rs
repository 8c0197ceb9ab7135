//! Models of a year that differs little from another: what is not changed is shared, not built again.

use std::collections::BTreeMap;

use super::Model;
use crate::domain::{Placement, TeacherIndex};
use crate::program::{CounterIndex, OptionIndex};
use crate::rules::{Context, OtherLimits, Row, RuleSet, Sort, TypedRule};

/// The least and the most that a counter may be.
type Limits = (Option<i64>, Option<i64>);

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
    /// that are limits of counts, or counts that are limited no more, so that it must be built anew.
    /// `context` and `rules` are those that this one was built of.
    pub fn with_limits_of(
        &self,
        context: &Context<'_>,
        rules: &RuleSet,
        other: &RuleSet,
    ) -> Option<Self> {
        self.with_limits(
            context,
            rules,
            &rules.other_limits(other, Sort::Numbers)?,
            other,
        )
    }

    /// The same where limits that are shares may differ too.
    pub fn with_bounds_of(
        &self,
        context: &Context<'_>,
        rules: &RuleSet,
        other: &RuleSet,
    ) -> Option<Self> {
        self.with_limits(
            context,
            rules,
            &rules.other_limits(other, Sort::Bounds)?,
            other,
        )
    }

    fn with_limits(
        &self,
        context: &Context<'_>,
        rules: &RuleSet,
        found: &OtherLimits,
        other: &RuleSet,
    ) -> Option<Self> {
        // Lines of differences know their rules by position.
        if found.positions.contains(&None) && !self.cuts.is_empty() {
            return None;
        }
        let mut limits = Vec::new();
        for &position in &found.changed {
            let sorted = |typed: &TypedRule| -> Vec<Row> {
                let mut rows = typed.rows(position, context, &self.cuts);
                rows.sort_by_key(|row| row.key);
                rows
            };
            let before = sorted(&rules.all()[position]);
            let after = found.positions[position].map(|at| sorted(&other.all()[at]));
            let after = limits_after(&before, &after.unwrap_or_default())?;
            let counters = self.program.counter_indices();
            let counters: Vec<CounterIndex> = counters
                .filter(|&counter| self.rule_of(counter) == Some(position))
                .collect();
            if counters.len() != after.len() {
                return None;
            }
            limits.extend(counters.into_iter().zip(after));
        }
        let mut changed = self.clone();
        changed.program = self.program.with_limits(limits);
        for held in &mut changed.rules {
            *held = held.and_then(|position| found.positions[position]);
        }
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

/// The limits of a rule's rows as they are in others, or none where there are no others. `None` where
/// more differs.
fn limits_after(before: &[Row], after: &[Row]) -> Option<Vec<Limits>> {
    let unlimited = |row: &Row| Row {
        lower: None,
        upper: None,
        ..row.clone()
    };
    if after.is_empty() {
        let costless = before.iter().all(|row| row.hinges.is_empty());
        return costless.then(|| vec![(None, None); before.len()]);
    }
    // Costs may have become those of options; only limits are changed.
    let mut pairs = before.iter().zip(after);
    let alike = before.len() == after.len()
        && pairs.all(|(before, after)| unlimited(before) == unlimited(after));
    let limits = after.iter().map(|row| (row.lower, row.upper));
    alike.then(|| limits.collect())
}
