//! Whether rules can all hold, and what it takes at least: questions to programs of limits alone.
//!
//! They say nothing of levels, so they take a fraction of what a plan takes.

use std::sync::atomic::AtomicBool;

use super::limits::{Limits, LimitsOf, least, limits_differences};
use super::seek::{Seeker, Sought};
use super::{ClashingRule, PlanStatus, model_from, plan_year};
use crate::demand::Situation;
use crate::domain::{Placement, TeacherIndex};
use crate::eligibility::{Choices, Terms};
use crate::model::ChosenPlan;
use crate::policy::{Enforcement, Fraction};
use crate::program::{Give, OptionIndex};
use crate::rules::count::{Bound, ShareOf};
use crate::rules::eligibility::Standings;
use crate::rules::{Context, DisparityLimit, Kind, RuleSet, ScopeKey};
use crate::solve::{Silent, SolveError, SolveOptions};

/// Limits at most that are tried to find the least one that can be kept.
const LOWER: usize = 12;

/// Parts of a coefficient of which the next lower one is tried.
const FINEST: i64 = 10_000;

/// Whether there is a plan under some rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Feasibility {
    /// There is one.
    HasPlan,
    /// There is none, proven; so rules are missed where limits are missed by the least.
    Clashes(Vec<MissedPlace>),
    /// Some lock is met by nothing that the rules leave.
    Locked,
    /// The work ended before it was known, or there are too many choices to try.
    Unknown,
}

/// A limit that is missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissedPlace {
    /// The rule: its position in the set.
    pub rule: usize,
    /// The place of its scope; `None` where the row is no count in one place.
    pub place: Option<ScopeKey>,
    /// The row, as the model names it.
    pub label: String,
    /// By how much, in units of the row: below a limit negative.
    pub amount: i64,
}

/// What it takes at least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Least {
    /// So many.
    Found(LeastFound),
    /// Nothing of the sort makes a plan.
    Never,
    /// The work ended before it was known.
    Unknown,
}

/// A least number with its proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeastFound {
    /// So many suffice.
    pub value: i64,
    /// Fewer than so many do not.
    pub bound: i64,
    /// Where limits are missed.
    pub places: Vec<MissedPlace>,
    /// A plan that takes so many, and keeps all that may not give way.
    pub plan: ChosenPlan,
}

/// How many persons at least are placed as other rules would not let them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeastUsers {
    /// Who they are, of one choice of fewest.
    pub whom: Vec<TeacherIndex>,
    /// Whether fewer are proven not to be enough: all that the other rules admit is still admitted.
    pub proven: bool,
}

/// Whether there is a plan under a district's rules; not asked where there are more choices than
/// `most`.
///
/// # Errors
/// Where the solver under us fails its check.
pub fn feasible(
    situation: &Situation<'_>,
    rules: &RuleSet,
    most: usize,
    options: &SolveOptions,
    interrupt: &AtomicBool,
) -> Result<Feasibility, SolveError> {
    // What only costs has no say, and rounds of differences would price it.
    let kept = clashing(rules);
    let found = feasible_alone(situation, &rules.only(&kept), most, options, interrupt)?;
    Ok(match found {
        Feasibility::Clashes(missed) => {
            let missed = missed.into_iter();
            let missed = missed.map(|held| MissedPlace {
                rule: kept[held.rule],
                ..held
            });
            Feasibility::Clashes(missed.collect())
        }
        other => other,
    })
}

/// The rules that can be a reason why there is no plan, by their positions.
pub(super) fn clashing(rules: &RuleSet) -> Vec<usize> {
    let all = rules.all().iter().enumerate();
    let clashing = all.filter(|(_, typed)| {
        matches!(typed.kind, Kind::Eligibility(_) | Kind::Reach(_))
            || typed.rule.enforcement == Enforcement::Hard
    });
    clashing.map(|(position, _)| position).collect()
}

fn feasible_alone(
    situation: &Situation<'_>,
    rules: &RuleSet,
    most: usize,
    options: &SolveOptions,
    interrupt: &AtomicBool,
) -> Result<Feasibility, SolveError> {
    let standings = Standings::new(situation, rules);
    let context = Context {
        situation,
        standings: &standings,
    };
    let limits = match Limits::of(&context, rules, most) {
        LimitsOf::Built(limits) => limits,
        LimitsOf::Locked => return Ok(Feasibility::Locked),
        LimitsOf::TooMany => return Ok(Feasibility::Unknown),
    };
    // A plan under the lines of a difference may be beyond the limit all the same, and where there is none
    // they take long to prove it: what they stand for is sought by itself.
    let sought = rules.hard_limits(situation, None);
    let told: Vec<usize> = sought.iter().map(|limit| limit.rule).collect();
    match limits.ask(&told, options, interrupt)? {
        Feasibility::HasPlan if limits_differences(rules) => {
            drop(limits);
            plan_within(&context, rules, options, interrupt)
        }
        answer => Ok(answer),
    }
}

/// Whether there is a plan, by planning the year.
fn plan_within(
    context: &Context<'_>,
    rules: &RuleSet,
    options: &SolveOptions,
    interrupt: &AtomicBool,
) -> Result<Feasibility, SolveError> {
    let Ok(mut model) = model_from(context, rules, Choices::new(context, rules)) else {
        return Ok(Feasibility::Locked);
    };
    let seeker = Seeker {
        context,
        rules,
        model: &model,
        options,
        interrupt,
    };
    match seeker.seek()? {
        Sought::Within(_) => return Ok(Feasibility::HasPlan),
        Sought::Nowhere(clash) => return Ok(Feasibility::Clashes(missed(&clash))),
        Sought::Unknown => {}
    }
    let planned = plan_year(context, rules, &mut model, options, interrupt, &Silent)?;
    Ok(match planned.status {
        PlanStatus::Infeasible => Feasibility::Clashes(missed(&planned.clash)),
        PlanStatus::Unknown => Feasibility::Unknown,
        PlanStatus::Optimal | PlanStatus::Feasible => Feasibility::HasPlan,
    })
}

/// The places of a clash.
fn missed(clash: &[ClashingRule]) -> Vec<MissedPlace> {
    let missed = clash.iter().filter_map(|held| {
        Some(MissedPlace {
            rule: held.rule?,
            place: None,
            label: held.place.clone(),
            amount: held.amount,
        })
    });
    missed.collect()
}

/// The plan in which one limit of a rule of differences is missed by the least, as far as was found,
/// where all else holds; none where none was found.
///
/// # Errors
/// Where the solver under us fails its check.
pub fn least_difference(
    situation: &Situation<'_>,
    rules: &RuleSet,
    (rule, limit): (usize, DisparityLimit),
    options: &SolveOptions,
    interrupt: &AtomicBool,
) -> Result<Option<ChosenPlan>, SolveError> {
    let kept = clashing(rules);
    let Ok(position) = kept.binary_search(&rule) else {
        return Ok(None);
    };
    let alone = rules.only(&kept);
    let floored = alone.with_floor(position, limit);
    if let Some(plan) = least_of(
        situation,
        (&alone, &floored),
        (position, limit),
        (options, interrupt),
    )? {
        return Ok(Some(plan));
    }
    let standings = Standings::new(situation, &floored);
    let context = Context {
        situation,
        standings: &standings,
    };
    let choices = Choices::new(&context, &floored);
    let Ok(mut model) = model_from(&context, &floored, choices) else {
        return Ok(None);
    };
    let planned = plan_year(&context, &floored, &mut model, options, interrupt, &Silent)?;
    Ok(planned.plan)
}

/// The same by what plans are above the limit, at one limit after the other as long as one that is lower is
/// kept; none where other limits of differences are missed then. `floored` are the rules without the limit.
fn least_of(
    situation: &Situation<'_>,
    (rules, floored): (&RuleSet, &RuleSet),
    (position, limit): (usize, DisparityLimit),
    (options, interrupt): (&SolveOptions, &AtomicBool),
) -> Result<Option<ChosenPlan>, SolveError> {
    let Kind::Disparity(kind) = &rules.all()[position].kind else {
        return Ok(None);
    };
    if matches!(limit, DisparityLimit::Mean(_)) {
        return Ok(None);
    }
    let mut known: Option<(i64, ChosenPlan)> = None;
    for _ in 0..LOWER {
        let lower = known.as_ref().map(|(number, _)| number - 1);
        let lower = lower.and_then(|number| Fraction::new(number, FINEST));
        let asked = lower.map(|lower| rules.with_limit(position, limit, lower));
        let asked = asked.as_ref().unwrap_or(rules);
        let standings = Standings::new(situation, asked);
        let context = Context {
            situation,
            standings: &standings,
        };
        let choices = Choices::new(&context, asked);
        let Ok(model) = model_from(&context, asked, choices) else {
            break;
        };
        let seeker = Seeker {
            context: &context,
            rules: asked,
            model: &model,
            options,
            interrupt,
        };
        let Some(plan) = seeker.least()? else { break };
        let facts = plan.facts(&context);
        if floored.uncut(&facts, &[]).hard {
            break;
        }
        let number = kind.least_limit(&facts, limit, FINEST);
        if known.as_ref().is_some_and(|&(held, _)| held <= number) {
            break;
        }
        known = Some((number, plan));
    }
    Ok(known.map(|(_, plan)| plan))
}

/// How many persons at least are placed as stricter rules would not let them; `None` where that is not
/// known.
///
/// # Errors
/// Where the solver under us fails its check.
pub fn least_users(
    (context, rules): (&Context<'_>, &RuleSet),
    stricter: (&Context<'_>, &RuleSet),
    options: &SolveOptions,
    interrupt: &AtomicBool,
) -> Result<Option<LeastUsers>, SolveError> {
    if limits_differences(rules) {
        return Ok(None);
    }
    let choices = Choices::new(context, rules);
    let strict = Choices::new(stricter.0, stricter.1);
    let admitted: Vec<Vec<Placement>> = placements(stricter.0, &strict).collect();
    // One after the other: without a rule there may be millions.
    let all_still = placements(context, &choices)
        .zip(&admitted)
        .all(|(still, held)| held.iter().all(|one| still.binary_search(one).is_ok()));
    let Ok(model) = model_from(context, rules, choices) else {
        return Ok(None);
    };
    let same_limits = !limits_follow_standings(rules) || agree(context, stricter.0);
    let is_new = |placement: &Placement| {
        let known = &admitted[placement.teacher.position()];
        known.binary_search(placement).is_err()
    };
    let cost = |option: OptionIndex| {
        let placement = model.placement_of(option);
        i64::from(placement.is_some_and(|placement| is_new(&placement)))
    };
    let small = model.program.limits_priced(cost, |_| Give::default());
    let question = (&model, &small, &cost as &dyn Fn(OptionIndex) -> i64);
    let Least::Found(found) = least(question, options, interrupt, |_, _| None)? else {
        return Ok(None);
    };
    let placements = found.plan.placements.iter();
    let whom = placements.filter(|placement| is_new(placement));
    Ok(Some(LeastUsers {
        whom: whom.map(|placement| placement.teacher).collect(),
        proven: found.bound >= found.value && all_still && same_limits,
    }))
}

/// What everybody may choose, sorted, in the order of teachers.
fn placements<'a>(
    context: &'a Context<'_>,
    choices: &'a Choices,
) -> impl Iterator<Item = Vec<Placement>> + 'a {
    let terms = Terms::new(context.situation, choices);
    let entries = context.situation.roll.entries().iter();
    entries.map(move |entry| {
        let mut placements = choices.placements(&terms, entry);
        placements.sort_unstable();
        placements
    })
}

/// Whether limits are shares of those who fulfil the conditions, or whose turn it is.
fn limits_follow_standings(rules: &RuleSet) -> bool {
    let hard = rules.all().iter();
    let mut hard = hard.filter(|typed| typed.rule.enforcement == Enforcement::Hard);
    hard.any(|typed| match &typed.kind {
        Kind::Count(kind) => [&kind.at_least, &kind.at_most, &kind.exactly]
            .into_iter()
            .flatten()
            .any(|bound| matches!(bound, Bound::Share(share) if share.of == ShareOf::Eligible)),
        Kind::Turns(_) => true,
        _ => false,
    })
}

/// Whether everybody may move, and fulfils conditions, alike.
fn agree(one: &Context<'_>, other: &Context<'_>) -> bool {
    let forms = one.standings.forms();
    let mut everybody = one.situation.district.teacher_indices();
    everybody.all(|teacher| {
        forms.iter().all(|&form| {
            one.standings.may(teacher, form) == other.standings.may(teacher, form)
                && one.standings.is_eligible(teacher, form)
                    == other.standings.is_eligible(teacher, form)
        })
    })
}
