//! Questions to a year after changes: whether it has a plan, and the nearest value that gives it one.

use std::sync::atomic::AtomicBool;

use crate::answers::base::Base;
use crate::demand::Situation;
use crate::model::ChosenPlan;
use crate::planning::{
    Feasibility, Least, LeastUsers, Limits, feasible, least_difference, least_users,
};
use crate::rules::eligibility::Standings;
use crate::rules::{Context, DisparityLimit, RuleSet};
use crate::scenario::{Change, Changed, apply};
use crate::solve::{SolveError, SolveOptions};

/// Choices beyond which no question is asked.
pub(super) const MOST_CHOICES: usize = 30_000_000;

/// Asks whether the year has a plan after changes.
pub(super) struct Asker<'a> {
    pub(super) base: &'a Base<'a>,
    /// Changes that hold in every question.
    pub(super) given: &'a [Change],
    pub(super) options: SolveOptions,
    pub(super) interrupt: &'a AtomicBool,
    /// The year after the given changes.
    pub(super) context: &'a Context<'a>,
    pub(super) rules: &'a RuleSet,
    /// Its limits; `None` where some lock is met by nothing, where they say too little, or where there
    /// are too many choices.
    pub(super) limits: Option<Box<Limits>>,
}

/// The nearest of some values that gives a plan.
pub(super) enum Nearest {
    /// So many steps away; proven where one step less has none.
    Step(i64, bool),
    /// None does.
    Never,
    /// The work ended before it was known.
    Unknown,
}

impl Asker<'_> {
    /// The given changes with some more, in place of those that they contradict.
    pub(super) fn with(&self, more: &[Change]) -> Vec<Change> {
        let replaced = |held: &Change| {
            more.iter().any(|change| match (held, change) {
                (Change::Set { key, .. }, Change::Set { key: other, .. }) => {
                    bare(key) == bare(other)
                }
                // All that was said of a rule goes with it.
                (Change::Set { key, .. }, Change::Without { rule }) => {
                    let rest = bare(key).strip_prefix(rule.as_str());
                    rest.is_some_and(|rest| rest.starts_with('.'))
                }
                // A lock that was given and is taken off again is not given.
                (Change::Lock { .. }, Change::Unlock { .. }) => held.text() == change.text(),
                _ => false,
            })
        };
        let given = self.given.iter().filter(|held| !replaced(held)).cloned();
        let given_locks: Vec<String> = self
            .given
            .iter()
            .filter(|held| matches!(held, Change::Lock { .. }))
            .map(Change::text)
            .collect();
        let more = more.iter().filter(|change| match change {
            Change::Unlock { .. } => !given_locks.contains(&change.text()),
            Change::Without { rule } => self.knows(rule),
            _ => true,
        });
        given.chain(more.cloned()).collect()
    }

    /// Whether the base's policy has a rule: the given changes may bring others.
    fn knows(&self, rule: &str) -> bool {
        let policy = self.base.context.situation.policy;
        policy.rules.iter().any(|held| held.id == rule)
    }

    /// A key of a rule: in full, where its first word alone would mean something else or nothing.
    pub(super) fn key(&self, rule: &str, name: &str) -> String {
        let policy = self.base.context.situation.policy;
        if self.knows(rule) && !policy.flattened.contains_key(rule) {
            format!("{rule}.{name}")
        } else {
            format!("rule.{rule}.{name}")
        }
    }

    /// The year after some more changes; none where they cannot be made.
    fn changed(&self, more: &[Change]) -> Option<Changed<'_>> {
        let situation = self.base.context.situation;
        apply(
            situation.district,
            (situation.policy, self.base.rules),
            &self.with(more),
        )
        .ok()
    }

    /// Whether there is a plan after some more changes.
    pub(super) fn ask(&self, more: &[Change]) -> Result<Feasibility, SolveError> {
        if let Some(limits) = self.limits.as_ref().filter(|_| more.is_empty()) {
            return limits.ask(&[], &self.options, self.interrupt);
        }
        let Some(changed) = self.changed(more) else {
            return Ok(Feasibility::Unknown);
        };
        let of_policy =
            |change: &Change| matches!(change, Change::Set { .. } | Change::Without { .. });
        if let Some(limits) = self.limits.as_ref().filter(|_| more.iter().all(of_policy)) {
            // Other limits of counts leave everything else as it is.
            let (options, interrupt) = (&self.options, self.interrupt);
            let answer = limits.ask_under(self.context, &changed.rules, options, interrupt)?;
            if let Some(answer) = answer {
                return Ok(answer);
            }
        }
        let situation = Situation::new(&changed.district, &changed.policy);
        feasible(
            &situation,
            &changed.rules,
            MOST_CHOICES,
            &self.options,
            self.interrupt,
        )
    }

    /// The nearest of `count` values, each looser than the one before, that gives a plan; the first
    /// question may be a guess.
    pub(super) fn nearest(
        &self,
        count: i64,
        guess: Option<i64>,
        changes: &dyn Fn(i64) -> Vec<Change>,
    ) -> Result<Nearest, SolveError> {
        // Every value up to the first has none; the second has one, where there is any.
        let (mut without, mut with) = (0, None);
        let mut known = true;
        let mut next = guess.filter(|guess| (1..count).contains(guess));
        loop {
            let step = match (next.take(), with) {
                (Some(step), _) => step,
                (None, None) => count,
                (None, Some(with)) if with - without <= 1 => {
                    return Ok(Nearest::Step(with, known));
                }
                (None, Some(with)) => without + (with - without) / 2,
            };
            if step <= without {
                return Ok(Nearest::Never);
            }
            match self.ask(&changes(step))? {
                Feasibility::HasPlan => {
                    with = Some(step);
                    // A guess is mostly right, then one step less has none.
                    next = guess.filter(|&guess| guess == step && step - 1 > without);
                    next = next.map(|guess| guess - 1);
                }
                Feasibility::Clashes(_) | Feasibility::Locked if step == count => {
                    return Ok(Nearest::Never);
                }
                Feasibility::Clashes(_) | Feasibility::Locked => without = step,
                Feasibility::Unknown if with.is_none() => return Ok(Nearest::Unknown),
                Feasibility::Unknown => (without, known) = (step, false),
            }
        }
    }

    /// By how much rules are missed at least, on the sides that `give` says, while all else holds.
    pub(super) fn least_missed(
        &self,
        give: impl Fn(usize) -> (bool, bool),
    ) -> Result<Least, SolveError> {
        let (options, interrupt) = (&self.options, self.interrupt);
        match &self.limits {
            Some(limits) => limits.least_missed(self.context.situation, give, options, interrupt),
            None => Ok(Least::Unknown),
        }
    }

    /// How many persons at least are placed as they could not be without some more changes.
    pub(super) fn least_users(
        &self,
        stricter: (&Context<'_>, &RuleSet),
        more: &[Change],
    ) -> Result<Option<LeastUsers>, SolveError> {
        let Some(changed) = self.changed(more) else {
            return Ok(None);
        };
        let situation = Situation::new(&changed.district, &changed.policy);
        let standings = Standings::new(&situation, &changed.rules);
        let context = Context {
            situation: &situation,
            standings: &standings,
        };
        let looser = (&context, changed.rules.as_ref());
        least_users(looser, stricter, &self.options, self.interrupt)
    }

    /// The plan in which one limit of a rule of differences is missed by the least, as far as was found.
    pub(super) fn least_difference(
        &self,
        (context, rules): (&Context<'_>, &RuleSet),
        limit: (usize, DisparityLimit),
    ) -> Result<Option<ChosenPlan>, SolveError> {
        let situation = context.situation;
        least_difference(situation, rules, limit, &self.options, self.interrupt)
    }
}

/// A key without the word before it that may be left out.
fn bare(key: &str) -> &str {
    key.strip_prefix("rule.").unwrap_or(key)
}
