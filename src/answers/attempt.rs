//! The year planned again after some changes, beginning with the base.

use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::base::Base;
use crate::account::{Account, Provenance};
use crate::demand::Situation;
use crate::planning::{PlanStatus, Planned, minimal_clash, model_near, model_year, plan_base};
use crate::policy::PolicyFault;
use crate::rules::eligibility::Standings;
use crate::rules::{Context, RuleSet};
use crate::scenario::{Change, apply};
use crate::solve::{Silent, SolveError, SolveOptions};

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Attempt<Answer> {
    /// There is a plan, and this was asked of it.
    Planned(Answer),
    /// The changes cannot be made: a key, a person or a school that there is not.
    Refused(Vec<PolicyFault>),
    /// Nothing that rules leave to somebody meets a lock: who, and the rules in the way.
    Locked(Vec<Locked>),
    /// Rules cannot all hold: a minimal set, where it was sought, and where limits are missed by the
    /// least.
    Clashes {
        /// Rules of which each is needed for the clash.
        rules: Vec<NamedRule>,
        /// Rules that may belong to it or not.
        untried: Vec<NamedRule>,
    },
    /// Nothing found and nothing proven before the work ended.
    Unknown,
}

/// A lock that nothing meets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Locked {
    /// The teacher's id.
    pub teacher: String,
    /// The titles of the rules in the way, or what else prevents it.
    pub reasons: Vec<String>,
}

/// A rule by its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NamedRule {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// In English.
    pub title_english: String,
}

impl NamedRule {
    /// The rule at a position of a set.
    pub fn at(rules: &RuleSet, position: usize) -> Self {
        let rule = &rules.all()[position].rule;
        Self {
            id: rule.id.clone(),
            title: rule.title.clone(),
            title_english: rule.title_english.clone(),
        }
    }
}

impl<Answer> Attempt<Answer> {
    /// The answer, where there is a plan.
    pub const fn planned(&self) -> Option<&Answer> {
        match self {
            Self::Planned(answer) => Some(answer),
            _ => None,
        }
    }
}

/// Plans the base's year again after some changes and asks something of the plan. Of plans that are
/// equally good it is the one that places fewest people differently from the base, and at most so
/// many where there is a limit. Where rules clash, a minimal set of them is sought if `seek_clash` is
/// set: that takes seconds.
///
/// # Errors
/// Where the solver under us fails its check.
pub fn attempt<Answer>(
    base: &Base<'_>,
    changes: &[Change],
    (seek_clash, at_most): (bool, Option<u32>),
    interrupt: &AtomicBool,
    read: impl FnOnce(&Account<'_>) -> Answer,
) -> Result<Attempt<Answer>, SolveError> {
    let district = base.context.situation.district;
    let changed = match apply(
        district,
        (base.context.situation.policy, base.rules),
        changes,
    ) {
        Ok(changed) => changed,
        Err(faults) => return Ok(Attempt::Refused(faults)),
    };
    let (district, rules) = (changed.district.as_ref(), changed.rules.as_ref());
    let situation = Situation::new(district, &changed.policy);
    let standings = Standings::new(&situation, rules);
    let context = Context {
        situation: &situation,
        standings: &standings,
    };
    let shared = at_most
        .is_none()
        .then(|| base.changed_model(changes, rules));
    let model = match (shared.flatten(), base.near(district, at_most)) {
        (Some(model), _) => Ok(model),
        (None, Some(near)) => model_near(&context, rules, near),
        (None, None) => model_year(&context, rules),
    };
    let mut model = match model {
        Ok(model) => model,
        Err(conflicts) => {
            let locked = conflicts.iter().map(|conflict| Locked {
                teacher: district.teacher(conflict.teacher).id.clone(),
                reasons: conflict.reasons.clone(),
            });
            return Ok(Attempt::Locked(locked.collect()));
        }
    };
    let options = base.warm();
    let (planned, _) = plan_base(&context, rules, &mut model, &options, interrupt, &Silent)?;
    drop(model);
    match (&planned.plan, planned.status) {
        (Some(plan), _) => {
            let provenance = Provenance::new(&situation, "", &options, &planned);
            let account = Account::new(context, rules, plan, &planned, provenance);
            Ok(Attempt::Planned(read(&account)))
        }
        (None, PlanStatus::Infeasible) => {
            clash(&context, rules, &planned, (seek_clash, &options), interrupt)
        }
        (None, _) => Ok(Attempt::Unknown),
    }
}

fn clash<Answer>(
    context: &Context<'_>,
    rules: &RuleSet,
    planned: &Planned,
    (seek, options): (bool, &SolveOptions),
    interrupt: &AtomicBool,
) -> Result<Attempt<Answer>, SolveError> {
    let mut missed: Vec<usize> = planned.clash.iter().filter_map(|held| held.rule).collect();
    missed.sort_unstable();
    missed.dedup();
    let named = |positions: &[usize]| {
        let positions = positions.iter();
        positions
            .map(|&position| NamedRule::at(rules, position))
            .collect()
    };
    if !seek {
        return Ok(Attempt::Clashes {
            rules: named(&missed),
            untried: Vec::new(),
        });
    }
    let options = SolveOptions {
        time_limit: None,
        start: None,
        ..options.clone()
    };
    let found = minimal_clash(context, rules, &missed, &options, interrupt)?;
    let members: Vec<usize> = found.rules.iter().map(|member| member.rule).collect();
    Ok(Attempt::Clashes {
        rules: named(&members),
        untried: named(&found.untried),
    })
}
