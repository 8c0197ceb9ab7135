//! The year planned again after some changes, beginning with the base.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::base::Base;
use super::declined::without_declined;
use super::settled::{Settled, with_settled};
use crate::account::{Account, Provenance};
use crate::demand::Situation;
use crate::domain::{District, Placement};
use crate::eligibility::LockConflict;
use crate::model::Near;
use crate::planning::{
    Patience, PlanStatus, Planned, minimal_clash, model_near, model_year, plan_base,
};
use crate::policy::{Policy, PolicyFault};
use crate::rules::eligibility::Standings;
use crate::rules::{Context, RuleSet};
use crate::scenario::{Change, SET_FILE, Scenario, apply_scenario, needs_list};
use crate::solve::{LevelCertificate, Silent, SolveError, SolveOptions, Start};

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
    /// Its values that were changed, which its title does not know of: `exactly = 0`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<String>,
    /// Of a rule that clashes: who alone is beyond its limit, whatever is chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled: Option<Settled>,
}

impl NamedRule {
    /// The rule at a position of a policy's set.
    pub fn at(policy: &Policy, rules: &RuleSet, position: usize) -> Self {
        let rule = &rules.all()[position].rule;
        Self {
            id: rule.id.clone(),
            title: rule.title.clone(),
            title_english: rule.title_english.clone(),
            changed: changed_values(policy, &rule.id),
            settled: None,
        }
    }
}

/// The values of a rule that scenarios changed, as TOML.
fn changed_values(policy: &Policy, rule: &str) -> Vec<String> {
    let of_rule = format!("rule.{rule}.");
    let origins = policy.origins.iter();
    let keys = origins.filter_map(|(place, file)| {
        let key = place.strip_prefix(&of_rule)?;
        (file == SET_FILE).then_some(key)
    });
    let table = policy.flattened.get("rule").and_then(|all| all.get(rule));
    keys.filter_map(|key| {
        // A place among exceptions may hold dots: it is a key of its own.
        let value = match key.strip_prefix("at.") {
            Some(place) => table?.get("at")?.get(place.trim_matches('"'))?,
            None => table?.get(key)?,
        };
        Some(format!("{key} = {value}"))
    })
    .collect()
}

impl<Answer> Attempt<Answer> {
    /// The code word in what programs read.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Planned(_) => "planned",
            Self::Refused(_) => "refused",
            Self::Locked(_) => "locked",
            Self::Clashes { .. } => "clash",
            Self::Unknown => "unknown",
        }
    }

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
    let manner = Manner {
        seek_clash,
        at_most,
        named: None,
        start: base.start(),
    };
    let scenario = Scenario::of(changes.to_vec());
    let (attempt, _) = attempt_from(base, &scenario, &manner, interrupt, read)?;
    Ok(attempt)
}

/// In which manner a year is planned again.
#[derive(Debug, Clone)]
pub(super) struct Manner<'a> {
    /// Whether to seek a minimal set of the rules that clash.
    pub(super) seek_clash: bool,
    /// So many may be placed differently.
    pub(super) at_most: Option<u32>,
    /// Where the base is a plan that is out: ids of those whom the events name, of whom nobody asks
    /// whether they are placed differently.
    pub(super) named: Option<&'a BTreeSet<String>>,
    /// What the solve begins with.
    pub(super) start: Option<Arc<Start>>,
}

/// An attempt, and what the next one may begin with.
pub(super) type Tried<Answer> = (Attempt<Answer>, Option<Arc<Start>>);

/// The same as [`attempt`] in a manner of the caller's.
pub(super) fn attempt_from<Answer>(
    base: &Base<'_>,
    scenario: &Scenario,
    manner: &Manner<'_>,
    interrupt: &AtomicBool,
    read: impl FnOnce(&Account<'_>) -> Answer,
) -> Result<Tried<Answer>, SolveError> {
    let district = base.context.situation.district;
    let year = (base.context.situation.policy, base.rules);
    let changed = match apply_scenario(district, year, scenario) {
        Ok(changed) => changed,
        Err(faults) => return Ok((Attempt::Refused(faults), None)),
    };
    if manner.named.is_none() {
        let faults = needs_list(&scenario.changes);
        if !faults.is_empty() {
            return Ok((Attempt::Refused(faults), None));
        }
    }
    let (district, rules) = (changed.district.as_ref(), changed.rules.as_ref());
    let situation = Situation::new(district, &changed.policy);
    let standings = Standings::new(&situation, rules);
    let context = Context {
        situation: &situation,
        standings: &standings,
    };
    // A list that is out has a model of its own.
    let shares = manner.at_most.is_none() && manner.named.is_none();
    let shared = shares.then(|| base.changed_model(&scenario.changes, rules));
    let near = base.near(district, manner.at_most);
    let near = near.map(|near| match manner.named {
        Some(named) => {
            let near = of_list(near, base, &situation, named);
            without_declined(near, &situation, &scenario.changes)
        }
        None => near,
    });
    let model = match (shared.flatten(), near) {
        (Some(model), _) => Ok(model),
        (None, Some(near)) => model_near(&context, rules, near),
        (None, None) => model_year(&context, rules),
    };
    let mut model = match model {
        Ok(model) => model,
        Err(conflicts) => {
            return Ok((locked(&conflicts, district), None));
        }
    };
    let options = SolveOptions {
        start: manner.start.clone(),
        ..base.options.clone()
    };
    let (planned, start) = plan_base(&context, rules, &mut model, &options, interrupt, &Silent)?;
    drop(model);
    let attempt = if let Some(plan) = &planned.plan {
        let provenance = Provenance::new(&situation, "", &options, &planned);
        let account = Account::new(context, rules, plan, &planned, provenance);
        Attempt::Planned(read(&account))
    } else {
        let seek = (manner.seek_clash, &options);
        without_plan(&context, rules, &planned, seek, interrupt)?
    };
    Ok((attempt, start))
}

/// A list that is out: nobody asks where those are placed whom the events name, or whose post is gone;
/// recruits have begun.
fn of_list(
    mut near: Near,
    base: &Base<'_>,
    situation: &Situation<'_>,
    named: &BTreeSet<String>,
) -> Near {
    let district = situation.district;
    let is_there = |situation: &Situation<'_>, place: &Placement| {
        let post = situation.posts.of(place.school, place.stage, place.subject);
        post.is_some() && !situation.district.school(place.school).state.ends()
    };
    let gone =
        |place: &Placement| is_there(base.context.situation, place) && !is_there(situation, place);
    for (teacher, place) in district.teachers.iter().zip(&mut near.places) {
        if named.contains(&teacher.id) || place.as_ref().is_some_and(gone) {
            *place = None;
        }
    }
    near.begun = true;
    near
}

/// Locks that nothing meets, as an attempt ends with them.
pub fn locked<Answer>(conflicts: &[LockConflict], district: &District) -> Attempt<Answer> {
    let locked = conflicts.iter().map(|conflict| Locked {
        teacher: district.teacher(conflict.teacher).id.clone(),
        reasons: conflict.reasons.clone(),
    });
    Attempt::Locked(locked.collect())
}

/// What is said of a year without a plan: the rules that clash, where that is proven.
///
/// # Errors
/// Where the solver under us fails its check.
pub fn without_plan<Answer>(
    context: &Context<'_>,
    rules: &RuleSet,
    planned: &Planned,
    (seek, options): (bool, &SolveOptions),
    interrupt: &AtomicBool,
) -> Result<Attempt<Answer>, SolveError> {
    if planned.status == PlanStatus::Infeasible {
        clash(context, rules, planned, (seek, options), interrupt)
    } else {
        Ok(Attempt::Unknown)
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
    let policy = context.situation.policy;
    let named = |positions: &[usize]| {
        let positions = positions.iter();
        positions
            .map(|&position| NamedRule::at(policy, rules, position))
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
    let found = minimal_clash(
        context,
        rules,
        &missed,
        (&options, Patience::Brief),
        interrupt,
    )?;
    let members = found.rules.iter().map(|member| member.rule);
    Ok(Attempt::Clashes {
        rules: with_settled(context, rules, members),
        untried: named(&found.untried),
    })
}

/// How many recruits of levers are placed differently from the base.
pub(super) fn recruits_changed(account: &Account<'_>) -> usize {
    let changes = account.planned.changes.as_ref();
    changes.map_or(0, |changes| changes.recruits)
}

/// Whether it is proven that no equally good plan places fewer people and recruits differently from the
/// base.
pub(super) fn is_fewest(account: &Account<'_>) -> bool {
    let changes = account.planned.changes.as_ref();
    let proven = changes.and_then(|changes| changes.level.certificate.as_ref());
    proven.is_some_and(LevelCertificate::is_closed)
}
