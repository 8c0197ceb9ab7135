//! Which rules clash: a set from which none can be taken away.
//!
//! The least violation of the limits says where a plan misses what, but not why: fifty may be out of
//! reach because of the sixty minutes, and the minutes are in no row. So rules are taken away one
//! after the other, those that cut choices and those that limit counts alike. While the rest still
//! clash, the rule has nothing to do with it; where a plan appears, it is part of the clash
//! (deletion filter; Chinneck, *Feasibility and infeasibility in optimization*, 2008, section 6.2).

use std::sync::atomic::{AtomicBool, Ordering};

use super::{PlanStatus, model_from, plan_year};
use crate::demand::Situation;
use crate::eligibility::Choices;
use crate::policy::Enforcement;
use crate::rules::eligibility::Standings;
use crate::rules::{Context, Kind, RuleSet};
use crate::solve::{Outcome, Silent, SolveError, SolveOptions, solve};

/// Choices, as a multiple of those under all rules and at least, beyond which a set of rules is not
/// tried: without the rule of capabilities everybody may teach everything everywhere.
const MOST_CHOICES: (usize, usize) = (8, 2_500_000);

/// A rule of a minimal clash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClashMember {
    /// Its position in the rule set.
    pub rule: usize,
    /// Whether there is a plan under all other rules of the policy: there may be more than one
    /// clash. `None` where that is not known.
    pub cures: Option<bool>,
}

/// Rules that cannot all hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MinimalClash {
    /// These and the untried cannot all hold, without any one of these they can.
    pub rules: Vec<ClashMember>,
    /// Rules that may belong to it or not: without them there are too many choices to try, or the
    /// work ended before it was known.
    pub untried: Vec<usize>,
}

/// What becomes of a set of rules.
enum Trial {
    Clashes,
    HasPlan,
    Unknown,
}

/// Finds a minimal set among the rules that cannot all hold; `missed` are rules known to be missed
/// where the violation is least. Taken away first are the rules that cut choices, then those that
/// nobody misses, so that what remains is mostly what an office has set itself.
///
/// # Errors
/// Where the solver under us fails its check.
pub fn minimal_clash(
    context: &Context<'_>,
    rules: &RuleSet,
    missed: &[usize],
    options: &SolveOptions,
    interrupt: &AtomicBool,
) -> Result<MinimalClash, SolveError> {
    let situation = context.situation;
    let usual = Choices::new(context, rules).count();
    let most = (MOST_CHOICES.0 * usual).max(MOST_CHOICES.1);
    let mut kept: Vec<usize> = (0..rules.all().len())
        .filter(|&position| can_clash(rules, position))
        .collect();
    let mut order = kept.clone();
    order.sort_by_key(|&position| {
        let cuts = match &rules.all()[position].kind {
            Kind::Eligibility(_) => 0,
            Kind::Reach(_) => 1,
            _ => 2,
        };
        (missed.contains(&position), cuts, position)
    });
    let all = kept.clone();
    let without = |set: &[usize], position: usize| -> Vec<usize> {
        let rest = set.iter().copied().filter(|&other| other != position);
        rest.collect()
    };
    let attempt = |set: &[usize]| {
        if interrupt.load(Ordering::Relaxed) {
            return Ok(Trial::Unknown);
        }
        attempt(situation, &rules.only(set), most, options, interrupt)
    };
    let mut clash = MinimalClash::default();
    let mut members = Vec::new();
    for position in order {
        let rest = without(&kept, position);
        match attempt(&rest)? {
            Trial::Clashes => kept = rest,
            Trial::HasPlan => members.push(position),
            Trial::Unknown => clash.untried.push(position),
        }
    }
    members.sort_unstable();
    clash.untried.sort_unstable();
    for rule in members {
        let cures = match attempt(&without(&all, rule))? {
            Trial::Clashes => Some(false),
            Trial::HasPlan => Some(true),
            Trial::Unknown => None,
        };
        clash.rules.push(ClashMember { rule, cures });
    }
    Ok(clash)
}

/// Whether a rule can be a reason why there is no plan.
fn can_clash(rules: &RuleSet, position: usize) -> bool {
    let typed = &rules.all()[position];
    cuts_choices(&typed.kind) || typed.rule.enforcement == Enforcement::Hard
}

/// Whether a rule decides what may be chosen, whatever its enforcement.
fn cuts_choices(kind: &Kind) -> bool {
    matches!(kind, Kind::Eligibility(_) | Kind::Reach(_))
}

/// Whether a limit of a difference is hard.
fn limits_differences(rules: &RuleSet) -> bool {
    rules.all().iter().any(|typed| {
        matches!(typed.kind, Kind::Disparity(_)) && typed.rule.enforcement == Enforcement::Hard
    })
}

/// Whether there is a plan under these rules alone.
fn attempt(
    situation: &Situation<'_>,
    rules: &RuleSet,
    most: usize,
    options: &SolveOptions,
    interrupt: &AtomicBool,
) -> Result<Trial, SolveError> {
    let standings = Standings::new(situation, rules);
    let context = Context {
        situation,
        standings: &standings,
    };
    let choices = Choices::new(&context, rules);
    if choices.count() > most {
        return Ok(Trial::Unknown);
    }
    let Ok(mut model) = model_from(&context, rules, choices) else {
        return Ok(Trial::Unknown);
    };
    let program = model.program.limits_alone();
    Ok(match solve(&program, options, interrupt, &Silent)? {
        Outcome::Infeasible(_) => Trial::Clashes,
        // A plan under the lines of a difference may be beyond the limit all the same.
        Outcome::Solved(_) if limits_differences(rules) => {
            let planned = plan_year(&context, rules, &mut model, options, interrupt, &Silent)?;
            match planned.status {
                PlanStatus::Infeasible => Trial::Clashes,
                PlanStatus::Unknown => Trial::Unknown,
                PlanStatus::Optimal | PlanStatus::Feasible => Trial::HasPlan,
            }
        }
        Outcome::Solved(_) => Trial::HasPlan,
        Outcome::Unknown(_) => Trial::Unknown,
    })
}
