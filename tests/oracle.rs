//! Plans against enumeration. Source of truth: every plan of a tiny district, each looked at by the
//! rules' own checks, which see neither program nor solver.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod programs;
mod support;

use std::sync::atomic::AtomicBool;

use programs::Numbers;
use shizi::domain::{LeverUse, Placement};
use shizi::eligibility::Choices;
use shizi::planning::{PlanStatus, Planned, model_year, plan_year};
use shizi::policy::{Enforcement, Policy};
use shizi::rules::{Context, Kind, PlanFacts, RuleSet, TypedRule};
use shizi::solve::{Engine, LevelCertificate, Silent, SolveOptions};
use support::enumeration::Plans;

/// How many districts are compared, over both tests.
const DISTRICTS: u32 = 10_000;

/// Of so many districts with levers one is planned by prices too.
const DECOMPOSED: u64 = 5;

/// Districts with more plans than this are passed over.
const MOST_PLANS: usize = 300;

/// What enumeration says.
enum Truth {
    TooManyPlans,
    Infeasible,
    Best(Vec<i64>),
}

/// How a district agreed.
#[derive(Debug, PartialEq, Eq)]
enum Compared {
    PassedOver,
    Best,
    Infeasible,
    /// Limits of means are told by lines that may leave something open: all that was said holds.
    Open,
}

/// The value of each level, or nothing where a hard rule does not hold.
fn value(
    context: &Context<'_>,
    judged: &[&TypedRule],
    placements: &[Placement],
    levers: &[LeverUse],
) -> Option<Vec<i64>> {
    let situation = context.situation;
    let facts = PlanFacts {
        situation,
        placements,
        levers,
    };
    let mut levels = vec![0; situation.policy.levels.len()];
    for typed in judged {
        let outcome = typed.check(context, &facts);
        // Whom a rule would move and no form may is told as missed; no plan is refused for it.
        let refuses = typed.rule.enforcement == Enforcement::Hard && !typed.wants_moves();
        if refuses && !outcome.met {
            return None;
        }
        levels[typed.rule.level] += outcome.cost;
    }
    for lever in &situation.policy.levers {
        levels[lever.level] += facts.cost_of(lever);
    }
    Some(levels)
}

/// The lexicographic best over all plans.
fn best(context: &Context<'_>, rules: &RuleSet, choices: &Choices) -> Truth {
    let Some(plans) = Plans::new(context, rules, choices, MOST_PLANS) else {
        return Truth::TooManyPlans;
    };
    let judged: Vec<&TypedRule> = rules
        .all()
        .iter()
        .filter(|typed| !matches!(typed.kind, Kind::Eligibility(_) | Kind::Reach(_)))
        .collect();
    let values = plans
        .all()
        .filter_map(|(placements, used)| value(context, &judged, &placements, &used));
    values.min().map_or(Truth::Infeasible, Truth::Best)
}

fn planned(context: &Context<'_>, rules: &RuleSet, engine: Engine) -> Planned {
    let mut model = model_year(context, rules).unwrap();
    let options = SolveOptions {
        engine,
        target_gap: 0.0,
        ..SolveOptions::default()
    };
    plan_year(
        context,
        rules,
        &mut model,
        &options,
        &AtomicBool::new(false),
        &Silent,
    )
    .unwrap()
}

fn compare(seed: u64) -> Compared {
    let mut numbers = Numbers::new(seed);
    let district = support::random::district(&mut numbers);
    let text = support::policies::text(&mut numbers);
    let (policy, rules): (Policy, RuleSet) = support::policy(&text);
    let (situation, standings) = support::situation(&district, &policy, &rules);
    let context = Context {
        situation: &situation,
        standings: &standings,
    };
    let choices = Choices::new(&context, &rules);
    if !choices.conflicts().is_empty() {
        return Compared::PassedOver;
    }
    let truth = best(&context, &rules, &choices);
    if matches!(truth, Truth::TooManyPlans) {
        return Compared::PassedOver;
    }
    let planned = planned(&context, &rules, Engine::Monolithic);
    let told = || format!("seed {seed}\n{text}\n{district:#?}\n{planned:#?}\nseed {seed}");
    let may_be_open = has_mean(&rules);
    let Truth::Best(truth) = truth else {
        if may_be_open && planned.status == PlanStatus::Unknown {
            return Compared::Open;
        }
        assert_eq!(planned.status, PlanStatus::Infeasible, "{}", told());
        return Compared::Infeasible;
    };
    if may_be_open && planned.status == PlanStatus::Unknown {
        return Compared::Open;
    }
    let Some(plan) = planned.plan.as_ref() else {
        panic!("there is a plan: {}", told());
    };
    let all: Vec<&TypedRule> = rules.all().iter().collect();
    let again = value(&context, &all, &plan.placements, &plan.levers);
    let found: Vec<i64> = planned.levels.iter().map(|level| level.value).collect();
    assert_eq!(again.as_ref(), Some(&found), "check and model: {}", told());
    if may_be_open && planned.status != PlanStatus::Optimal {
        assert!(bounds_hold(&planned, &truth), "{truth:?} {}", told());
        return Compared::Open;
    }
    assert_eq!(planned.status, PlanStatus::Optimal, "{}", told());
    assert_eq!(truth, found, "best and plan: {}", told());
    for level in &planned.levels {
        let certificate = level.certificate.as_ref().unwrap();
        assert!(certificate.is_closed(), "{}", told());
    }
    if seed.is_multiple_of(DECOMPOSED) && !policy.levers.is_empty() {
        agrees_decomposed(&context, &rules, &truth);
    }
    Compared::Best
}

/// Whether a rule holds plans to a mean of differences, or prices one.
fn has_mean(rules: &RuleSet) -> bool {
    rules.all().iter().any(|typed| match &typed.kind {
        Kind::Disparity(kind) => {
            typed.rule.enforcement != Enforcement::Report && !kind.composite.is_empty()
        }
        _ => false,
    })
}

/// Whether a plan is no better than the best, and what is proven of it true: of a level as long as
/// the plan's earlier levels are those of the best.
fn bounds_hold(planned: &Planned, truth: &[i64]) -> bool {
    let values: Vec<i64> = planned.levels.iter().map(|level| level.value).collect();
    values.as_slice() >= truth
        && planned.levels.iter().enumerate().all(|(position, level)| {
            let certificate = level.certificate.as_ref();
            values[..position] != truth[..position]
                || certificate.is_none_or(|held| held.bound <= truth[position])
        })
}

/// What prices find is no better than the best, and as good where they prove every level.
fn agrees_decomposed(context: &Context<'_>, rules: &RuleSet, truth: &[i64]) {
    let planned = planned(context, rules, Engine::Decomposed);
    let levels = planned.levels.iter();
    let found: Vec<i64> = levels.clone().map(|level| level.value).collect();
    let closed = levels.clone().all(|level| {
        let certificate = level.certificate.as_ref();
        certificate.is_some_and(LevelCertificate::is_closed)
    });
    assert!(found.as_slice() >= truth, "{planned:#?}");
    assert!(!closed || found == truth, "{truth:?} {planned:#?}");
}

/// Compares half of the districts; the halves run side by side.
fn agree(half: u64) {
    let (mut solved, mut infeasible, mut open, mut seed) = (0, 0, 0, half << 32);
    while solved + infeasible < DISTRICTS / 2 {
        match compare(seed) {
            Compared::PassedOver => {}
            Compared::Best => solved += 1,
            Compared::Infeasible => infeasible += 1,
            Compared::Open => open += 1,
        }
        seed += 1;
    }
    assert!(solved > DISTRICTS / 4, "only {solved} districts had a plan");
    assert!(infeasible > DISTRICTS / 100, "only {infeasible} had none");
    assert!(open < DISTRICTS / 100, "{open} were left open");
}

#[test]
fn tiny_districts_are_planned_to_the_enumerated_optimum() {
    agree(0);
}

#[test]
fn more_tiny_districts_are_planned_to_the_enumerated_optimum() {
    agree(1);
}
