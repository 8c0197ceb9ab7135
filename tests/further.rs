//! What each further person buys after the list is out, against enumeration: on tiny random districts
//! every plan of the year after the events is looked at by the rules' own checks, and for every number of
//! further people the best of those that place no more of them differently is the row of `replan`.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod programs;
mod support;

use std::sync::atomic::AtomicBool;

use programs::Numbers;
use shizi::answers::{Attempt, Base, Replanned, Replanning, replan};
use shizi::demand::Situation;
use shizi::domain::{District, Placement};
use shizi::eligibility::{Choices, Terms};
use shizi::model::{ChosenPlan, Near};
use shizi::planning::{PlanStatus, model_year, plan_year};
use shizi::policy::{Enforcement, Policy};
use shizi::rules::{Context, Kind, PlanFacts, RuleSet};
use shizi::scenario::{Change, Scenario, apply_scenario};
use shizi::solve::{Engine, Silent, SolveOptions};

/// Districts that are compared.
const DISTRICTS: usize = 1500;

/// Districts with more plans than this are passed over.
const MOST_PLANS: usize = 300;

/// Further people at most.
const LIMITS: [u32; 4] = [0, 1, 2, 3];

static NEVER: AtomicBool = AtomicBool::new(false);

fn exact() -> SolveOptions {
    SolveOptions {
        engine: Engine::Monolithic,
        target_gap: 0.0,
        ..SolveOptions::default()
    }
}

/// For each limit the levels of the best plan, if any; nothing where there are too many plans.
fn enumerated(
    context: &Context<'_>,
    rules: &RuleSet,
    near: &Near,
) -> Option<Vec<Option<Vec<i64>>>> {
    let situation = context.situation;
    let choices = Choices::new(context, rules);
    let terms = Terms::new(situation, &choices);
    let entries = situation.roll.entries();
    let by_teacher: Vec<Vec<Placement>> = entries
        .iter()
        .map(|entry| choices.placements(&terms, entry))
        .collect();
    let plans: usize = by_teacher.iter().map(Vec::len).product();
    if plans > MOST_PLANS || !choices.conflicts().is_empty() || !choices.shared_posts().is_empty() {
        return None;
    }
    let mut best: Vec<Option<Vec<i64>>> = vec![None; LIMITS.len()];
    for plan in 0..plans {
        let mut rest = plan;
        let placements: Vec<Placement> = by_teacher
            .iter()
            .map(|held| {
                let chosen = held[rest % held.len()];
                rest /= held.len();
                chosen
            })
            .collect();
        let Some(levels) = value(context, rules, &placements) else {
            continue;
        };
        let asked = placements.iter().zip(&by_teacher);
        let further = asked
            .filter(|(placement, held)| held.len() > 1 && near.differs(placement))
            .count();
        for (limit, best) in LIMITS.iter().zip(&mut best) {
            let better = best.as_ref().is_none_or(|best| levels < *best);
            if further <= *limit as usize && better {
                *best = Some(levels.clone());
            }
        }
    }
    Some(best)
}

/// How many plans a year has.
fn plans(context: &Context<'_>, rules: &RuleSet) -> usize {
    let choices = Choices::new(context, rules);
    let teachers = context.situation.district.teacher_indices();
    teachers.map(|teacher| choices.of(teacher).len()).product()
}

/// The value of each level, or nothing where a hard rule does not hold.
fn value(context: &Context<'_>, rules: &RuleSet, placements: &[Placement]) -> Option<Vec<i64>> {
    let situation = context.situation;
    let facts = PlanFacts {
        situation,
        placements,
        levers: &[],
    };
    let mut levels = vec![0; situation.policy.levels.len()];
    for typed in rules.all() {
        // Choices have kept these already; a decision may be against them.
        if matches!(typed.kind, Kind::Eligibility(_) | Kind::Reach(_)) {
            continue;
        }
        let outcome = typed.check(context, &facts);
        if typed.rule.enforcement == Enforcement::Hard && !outcome.met {
            return None;
        }
        levels[typed.rule.level] += outcome.cost;
    }
    Some(levels)
}

/// The published plan, where the year has one that is proven best.
fn published(context: &Context<'_>, rules: &RuleSet) -> Option<ChosenPlan> {
    let mut model = model_year(context, rules).ok()?;
    let planned = plan_year(context, rules, &mut model, &exact(), &NEVER, &Silent).unwrap();
    planned
        .plan
        .filter(|_| planned.status == PlanStatus::Optimal)
}

fn levels(held: &Replanned) -> Vec<i64> {
    let levels = held.planned.levels.iter();
    levels.map(|level| level.value).collect()
}

/// Somebody of the district is away, or leaves.
fn event(numbers: &mut Numbers, district: &District) -> Scenario {
    let word = if numbers.chance(50) {
        "absent"
    } else {
        "leave"
    };
    let last = district.teachers.len() as i64 - 1;
    let who = &district.teachers[numbers.between(0, last) as usize];
    Scenario::of(vec![Change::parse(word, &who.id).unwrap()])
}

/// A random policy without levers and 走教, which no plan that is looked at uses, and without the rules of
/// the national one that name subjects these districts do not have: changes are checked against them.
fn policy_of(random: &str) -> String {
    let mut kept = String::new();
    let mut keeps = true;
    for line in random.lines() {
        if line.starts_with('[') {
            keeps = !["[lever", "[itinerant"]
                .iter()
                .any(|head| line.starts_with(head));
        }
        if keeps {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    for (table, line) in [
        ("[rule.coverage]", "emphasis = []"),
        ("[rule.teacher-disparity]", "off = true"),
        ("[rule.teacher-indicators]", "off = true"),
    ] {
        if !kept.contains(table) {
            kept = format!("{kept}{table}\n{line}\n");
        }
    }
    kept
}

/// Compares one district; how many rows had a plan, of those that were compared.
fn compare(seed: u64) -> Option<usize> {
    let mut numbers = Numbers::new(seed);
    let district = support::random::district(&mut numbers);
    let text = policy_of(&support::policies::text(&mut numbers));
    let (policy, rules): (Policy, RuleSet) = support::policy(&text);
    let (situation, standings) = support::situation(&district, &policy, &rules);
    let context = Context {
        situation: &situation,
        standings: &standings,
    };
    // Before anything is solved: most random years have too many plans.
    if plans(&context, &rules) > MOST_PLANS {
        return None;
    }
    let plan = published(&context, &rules)?;
    let events = event(&mut numbers, &district);
    let changed = apply_scenario(&district, (&policy, &rules), &events).ok()?;
    let named = events.changes[0].teacher().unwrap();
    let (after, standings) = support::situation(&changed.district, &changed.policy, &changed.rules);
    // Nobody asks where those go whose post is gone with the event.
    let is_gone = |placement: &Placement| {
        let post = |situation: &Situation<'_>| {
            let Placement {
                school,
                stage,
                subject,
                ..
            } = *placement;
            situation.posts.of(school, stage, subject).is_some()
        };
        post(&situation) && !post(&after)
    };
    let places = plan.placements.iter().map(|placement| {
        let is_named = district.teacher(placement.teacher).id == named;
        (!is_named && !is_gone(placement)).then_some(*placement)
    });
    let near = Near {
        places: places.collect(),
        ..Near::default()
    };
    let later = Context {
        situation: &after,
        standings: &standings,
    };
    let truth = enumerated(&later, &changed.rules, &near)?;
    let base = Base::of_plan(context, &rules, plan, &exact());
    let found = replan(&base, &events, &LIMITS, &NEVER).unwrap();
    let told = || format!("seed {seed}\n{text}\n{events:?}\n{district:#?}\nseed {seed}");
    compared(&found, &truth, &told)
}

/// Compares the rows with the truth; how many had a plan. Nothing where the year has none, or where it is
/// not proven best.
fn compared(
    found: &Replanning,
    truth: &[Option<Vec<i64>>],
    told: &dyn Fn() -> String,
) -> Option<usize> {
    let Attempt::Planned(free) = &found.free else {
        let open = matches!(found.free, Attempt::Unknown);
        assert!(open || truth.iter().all(Option::is_none), "{}", told());
        return None;
    };
    if free.planned.status != PlanStatus::Optimal {
        return None;
    }
    let mut before: Option<Vec<i64>> = None;
    let mut planned = 0;
    for ((limit, held), truth) in found.limited.iter().zip(truth) {
        let row = held.planned().map(levels);
        assert_eq!(row, *truth, "at most {limit}: {}", told());
        let Some(row) = row else {
            assert!(before.is_none(), "more is never worse: {}", told());
            continue;
        };
        assert!(before.is_none_or(|before| row <= before), "{}", told());
        assert!(levels(free) <= row, "{}", told());
        before = Some(row);
        planned += 1;
    }
    Some(planned)
}

#[test]
fn every_row_is_the_best_of_all_plans_with_so_many_further_people() {
    let (mut compared, mut rows, mut seed) = (0, 0, 0);
    while compared < DISTRICTS {
        if let Some(planned) = compare(seed) {
            compared += 1;
            rows += planned;
        }
        seed += 1;
    }
    assert!(
        rows > 2 * DISTRICTS,
        "only {rows} rows of {seed} districts had a plan"
    );
}
