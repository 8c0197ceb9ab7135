//! Which rules clash: a set from which none can be taken away.
//!
//! The least violation of the limits says where a plan misses what, but not why: fifty may be out of
//! reach because of the sixty minutes, and the minutes are in no row. So rules are taken away one
//! after the other, those that cut choices and those that limit counts alike. While the rest still
//! clash, the rule has nothing to do with it; where a plan appears, it is part of the clash
//! (deletion filter; Chinneck, *Feasibility and infeasibility in optimization*, 2008, section 6.2).

use std::sync::atomic::{AtomicBool, Ordering};

use super::feasible::{Feasibility, clashing, feasible};
use super::limits::{Limits, LimitsOf, is_rows_alone};
use crate::demand::Situation;
use crate::eligibility::Choices;
use crate::rules::eligibility::Standings;
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
    let usual = Choices::new(context, rules).count();
    let kept = clashing(rules);
    let class = |position: usize| {
        let cuts = match &rules.all()[position].kind {
            Kind::Eligibility(_) => 0,
            Kind::Reach(_) => 1,
            _ => 2,
        };
        (missed.contains(&position), cuts)
    };
    let mut order = kept.clone();
    order.sort_by_key(|&position| (class(position), position));
    let mut filter = Filter {
        situation: context.situation,
        rules,
        most: patience.most(usual),
        options,
        interrupt,
        all: kept.clone(),
        kept,
        built: None,
        members: Vec::new(),
        untried: Vec::new(),
    };
    for part in order.chunk_by(|&one, &other| class(one) == class(other)) {
        filter.sift(part, false)?;
    }
    let mut members = std::mem::take(&mut filter.members);
    members.sort_unstable();
    let mut clash = MinimalClash {
        rules: Vec::new(),
        untried: std::mem::take(&mut filter.untried),
    };
    clash.untried.sort_unstable();
    let all = filter.all.clone();
    for rule in members {
        let cures = match filter.ask(&without(&all, &[rule]))? {
            Feasibility::Clashes(_) => Some(false),
            Feasibility::HasPlan => Some(true),
            Feasibility::Unknown | Feasibility::Locked => None,
        };
        clash.rules.push(ClashMember { rule, cures });
    }
    Ok(clash)
}

/// Rules are taken away as long as the rest clash.
struct Filter<'a> {
    situation: &'a Situation<'a>,
    rules: &'a RuleSet,
    /// Choices beyond which a set is not tried.
    most: usize,
    options: &'a SolveOptions,
    interrupt: &'a AtomicBool,
    /// All that can clash.
    all: Vec<usize>,
    /// What is not taken away so far.
    kept: Vec<usize>,
    /// The limits of the set that was asked last, with the set.
    built: Option<(Vec<usize>, Box<Limits>)>,
    members: Vec<usize>,
    untried: Vec<usize>,
}

impl Filter<'_> {
    /// Takes away what of a part is to spare. Where the rest clash without all of it, each of it is,
    /// for the rest clash with more rules all the more; else one half after the other is asked for.
    /// So it comes to the same as one rule after the other. `needed` says that some of it is known
    /// not to be to spare.
    fn sift(&mut self, part: &[usize], needed: bool) -> Result<(), SolveError> {
        if part.is_empty() {
            return Ok(());
        }
        if !needed || part.len() == 1 {
            let rest = without(&self.kept, part);
            match (self.ask(&rest)?, part) {
                (Feasibility::Clashes(_), _) => {
                    self.kept = rest;
                    return Ok(());
                }
                (Feasibility::HasPlan, &[only]) => {
                    self.members.push(only);
                    return Ok(());
                }
                (Feasibility::Unknown | Feasibility::Locked, &[only]) => {
                    self.untried.push(only);
                    return Ok(());
                }
                _ => {}
            }
        }
        let (first, second) = part.split_at(part.len() / 2);
        self.sift(first, false)?;
        let all_gone = first.iter().all(|rule| !self.kept.contains(rule));
        self.sift(second, all_gone)
    }

    /// Whether some of the rules can all hold. Those that are rows alone are taken away from a model
    /// that is there, the others want one of their own.
    fn ask(&mut self, set: &[usize]) -> Result<Feasibility, SolveError> {
        if self.interrupt.load(Ordering::Relaxed) {
            return Ok(Feasibility::Unknown);
        }
        let rules = self.rules;
        if rules_differences(rules, set) {
            let rules = rules.only(set);
            return feasible(
                self.situation,
                &rules,
                self.most,
                self.options,
                self.interrupt,
            );
        }
        let spare = self.built.as_ref().and_then(|(built, _)| {
            let off = without(built, set);
            let alone = off
                .iter()
                .all(|&rule| is_rows_alone(&rules.all()[rule].kind));
            (alone && built.len() == set.len() + off.len()).then_some(off)
        });
        if spare.is_none()
            && let Err(answer) = self.build(set)
        {
            return Ok(answer);
        }
        let off = spare.unwrap_or_default();
        let Some((built, limits)) = &self.built else {
            return Ok(Feasibility::Unknown);
        };
        let place = |rule: &usize| built.iter().position(|held| held == rule);
        let off: Vec<usize> = off.iter().filter_map(place).collect();
        limits.ask(&off, self.options, self.interrupt)
    }

    /// Builds the limits of some of the rules.
    fn build(&mut self, set: &[usize]) -> Result<(), Feasibility> {
        // Two large models are not to be held at once.
        self.built = None;
        let rules = self.rules.only(set);
        let standings = Standings::new(self.situation, &rules);
        let context = Context {
            situation: self.situation,
            standings: &standings,
        };
        match Limits::of(&context, &rules, self.most) {
            LimitsOf::Built(limits) => {
                self.built = Some((set.to_vec(), limits));
                Ok(())
            }
            LimitsOf::Locked => Err(Feasibility::Locked),
            LimitsOf::TooMany => Err(Feasibility::Unknown),
        }
    }
}

/// A set without some of it.
fn without(set: &[usize], gone: &[usize]) -> Vec<usize> {
    let rest = set.iter().copied().filter(|rule| !gone.contains(rule));
    rest.collect()
}

/// Whether some of the rules limit differences.
fn rules_differences(rules: &RuleSet, set: &[usize]) -> bool {
    set.iter()
        .any(|&rule| matches!(rules.all()[rule].kind, Kind::Disparity(_)))
}
