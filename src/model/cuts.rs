//! The lines that stand for limits of differences: a model built again with others of them.

use super::{ChosenPlan, Model};
use crate::program::{Condensed, CounterIndex, Give, Program};
use crate::rules::{Context, Cut, RuleSet};

impl Model {
    /// Builds the program again with other lines. Agents and options keep their places.
    pub(super) fn rebuild(&mut self, context: &Context<'_>, rules: &RuleSet, cuts: Vec<Cut>) {
        let chosen = (std::mem::take(&mut self.choices), self.near.take());
        let stand_ins = std::mem::take(&mut self.stand_ins);
        *self = Self::under(context, rules, chosen, cuts);
        self.stand_in(stand_ins);
    }

    /// The lines that stand for limits of differences.
    pub fn cuts(&self) -> &[Cut] {
        &self.cuts
    }

    /// Builds the program again with more such lines. Agents and options keep their places.
    /// So much may be spent on what sums are missed by.
    pub fn add_cuts(
        &mut self,
        context: &Context<'_>,
        rules: &RuleSet,
        (more, spare): (Vec<Cut>, i64),
    ) {
        let mut cuts = std::mem::take(&mut self.cuts);
        cuts.extend(more);
        for cut in &mut cuts {
            cut.narrow(spare);
        }
        self.rebuild(context, rules, cuts);
        if self.cuts.iter().any(Cut::lacks_totals) {
            let cuts = self.completed(context, rules);
            self.rebuild(context, rules, cuts);
        }
    }

    /// Builds the program again without the sums that do not hold a plan, where there are any; until
    /// there are more cuts.
    pub fn rest_cuts(&mut self, context: &Context<'_>, rules: &RuleSet, plan: &ChosenPlan) {
        let facts = plan.facts(context);
        let mut cuts = std::mem::take(&mut self.cuts);
        if rules.rest(&facts, &mut cuts) {
            self.rebuild(context, rules, cuts);
        } else {
            self.cuts = cuts;
        }
    }

    /// Builds the program again with more lines of means, and holds plans to as much less than their
    /// limits as a plan was beyond them.
    pub fn tighten(
        &mut self,
        context: &Context<'_>,
        rules: &RuleSet,
        (more, plan): (Vec<Cut>, &ChosenPlan),
    ) {
        let mut cuts = std::mem::take(&mut self.cuts);
        cuts.extend(more);
        rules.tighten(&plan.facts(context), &mut cuts);
        self.rebuild(context, rules, cuts);
    }

    /// Builds the program again with nothing but limits: without the cuts that hold schools at the
    /// numbers of a plan, and plans held to no less than the limits of means.
    pub fn drop_pins(&mut self, context: &Context<'_>, rules: &RuleSet) {
        let mut cuts = std::mem::take(&mut self.cuts);
        cuts.retain(|cut| !cut.is_pin());
        cuts.iter_mut().for_each(Cut::relax);
        self.rebuild(context, rules, cuts);
    }

    /// The same model where hard limits of differences cost besides, as these cuts say.
    #[must_use]
    pub fn with_excesses(&self, context: &Context<'_>, rules: &RuleSet, cuts: Vec<Cut>) -> Self {
        let mut costing = self.clone();
        costing.add_cuts(context, rules, (cuts, i64::MAX));
        costing
    }

    /// Where hard limits of differences cost: the program in which nothing else does, under all other
    /// hard limits. Means stay limited by what lines they have.
    pub(crate) fn excesses_alone(&self, rules: &RuleSet) -> Condensed {
        self.program.limits_costing(|counter| {
            let rule = self.rule_of(counter);
            if !rule.is_some_and(|rule| rules.limits_differences(rule)) {
                return Some(Give::default());
            }
            let stays = |&cut: &usize| self.cuts[cut].is_mean() || self.cuts[cut].is_excess();
            let costs = !self.program.counter(counter).hinges.is_empty();
            let limits = self.lines.get(&counter).is_some_and(stays);
            (costs || limits).then(|| Give {
                costs,
                ..Give::default()
            })
        })
    }

    /// The fewest and the most teachers that there can be, of each cut that costs.
    pub(crate) fn totals_of_excesses(&self) -> Vec<(i64, i64)> {
        let reaches = self.program.reaches();
        let lines = self.lines.iter();
        let mut totals: Vec<(usize, (i64, i64))> = lines
            .filter(|&(_, &cut)| self.cuts[cut].is_excess())
            .map(|(counter, &cut)| {
                let reach = &reaches[counter.0 as usize];
                (cut, (reach.smallest, reach.largest))
            })
            .collect();
        totals.sort_unstable();
        totals.into_iter().map(|(_, totals)| totals).collect()
    }

    /// The cuts, with what their sums can reach.
    pub(super) fn completed(&mut self, context: &Context<'_>, rules: &RuleSet) -> Vec<Cut> {
        let mut cuts = std::mem::take(&mut self.cuts);
        let reaches = self.program.reaches();
        for (counter, &number) in &self.lines {
            if cuts[number].lacks_totals() {
                let reach = &reaches[counter.0 as usize];
                let totals = (number, (reach.smallest, reach.largest));
                rules.complete(context.situation, totals, &mut cuts);
            }
        }
        cuts
    }

    /// The first level alone, without the lines that stand for limits of differences.
    pub fn without_cuts(&self) -> Program {
        let lines = &self.lines;
        self.program
            .first_level(|counter| lines.contains_key(&counter))
    }

    /// How many units of a counter are a person, where it is the line of a difference; else one.
    pub fn parts_of(&self, counter: CounterIndex) -> i64 {
        let lines = &self.lines;
        lines.get(&counter).map_or(1, |&cut| self.cuts[cut].parts())
    }

    /// Whether a counter is the line of a mean of differences.
    pub fn is_of_mean(&self, counter: CounterIndex) -> bool {
        let line = self.lines.get(&counter);
        line.is_some_and(|&cut| self.cuts[cut].is_mean())
    }
}
