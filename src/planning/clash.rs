//! Which rules clash: a set from which none can be taken away.
//!
//! The least violation of the limits says where a plan misses what, but not why: fifty may be out of
//! reach because of the sixty minutes, and the minutes are in no row. So rules are taken away one
//! after the other, those that cut choices and those that limit counts alike. While the rest still
//! clash, the rule has nothing to do with it; where a plan appears, it is part of the clash
//! (deletion filter; Chinneck, *Feasibility and infeasibility in optimization*, 2008, section 6.2).

use std::sync::atomic::{AtomicBool, Ordering};

use super::feasible::{Feasibility, clashing, feasible};
use crate::eligibility::Choices;
use crate::rules::{Context, Kind, RuleSet};
use crate::solve::{SolveError, SolveOptions};

/// How far rules are taken away to see whether the rest clash: without the rule of capabilities
/// everybody may teach everything everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// Seconds: for a plan or a what-if that finds no plan.
    Brief,
    /// Minutes, and a gigabyte or more: for whoever asks what must give.
    Long,
}

impl Patience {
    /// Choices beyond which a set of rules is not tried, of a year with so many under all rules.
    fn most(self, usual: usize) -> usize {
        let floor = match self {
            Self::Brief => 2_500_000,
            Self::Long => 20_000_000,
        };
        (8 * usual).max(floor)
    }
}

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
    (options, patience): (&SolveOptions, Patience),
    interrupt: &AtomicBool,
) -> Result<MinimalClash, SolveError> {
    let situation = context.situation;
    let usual = Choices::new(context, rules).count();
    let most = patience.most(usual);
    let mut kept = clashing(rules);
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
            return Ok(Feasibility::Unknown);
        }
        feasible(situation, &rules.only(set), most, options, interrupt)
    };
    let mut clash = MinimalClash::default();
    let mut members = Vec::new();
    for position in order {
        let rest = without(&kept, position);
        match attempt(&rest)? {
            Feasibility::Clashes(_) => kept = rest,
            Feasibility::HasPlan => members.push(position),
            Feasibility::Unknown | Feasibility::Locked => clash.untried.push(position),
        }
    }
    members.sort_unstable();
    clash.untried.sort_unstable();
    for rule in members {
        let cures = match attempt(&without(&all, rule))? {
            Feasibility::Clashes(_) => Some(false),
            Feasibility::HasPlan => Some(true),
            Feasibility::Unknown | Feasibility::Locked => None,
        };
        clash.rules.push(ClashMember { rule, cures });
    }
    Ok(clash)
}
