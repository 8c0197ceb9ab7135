//! Exceptions of counts by place, against enumeration: on tiny random districts every plan is looked at by
//! the rules' own checks. The exceptions that a diagnosis names come to the least number of persons by
//! which any plan that keeps all other hard rules misses the rule, and there is a plan under them; rules
//! that give way together have a plan, and without the changes of any one of them there is none.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod programs;
mod support;

use std::fmt::Write as _;
use std::sync::atomic::AtomicBool;

use programs::Numbers;
use shizi::answers::{Base, Diagnosis, Finding, Loosening, diagnose};
use shizi::domain::{District, Placement};
use shizi::eligibility::{Choices, Terms};
use shizi::policy::Enforcement;
use shizi::rules::{Context, Kind, PlanFacts, RuleSet};
use shizi::scenario::{Change, apply};
use shizi::solve::{Engine, SolveOptions};

/// Districts that are drawn.
const DISTRICTS: u64 = 1200;

/// Districts with more plans than this are passed over.
const MOST_PLANS: usize = 400;

static NEVER: AtomicBool = AtomicBool::new(false);

fn exact() -> SolveOptions {
    SolveOptions {
        engine: Engine::Automatic,
        target_gap: 0.0,
        ..SolveOptions::default()
    }
}

/// All plans of a year; nothing where there are too many.
fn plans(context: &Context<'_>, rules: &RuleSet) -> Option<Vec<Vec<Placement>>> {
    let choices = Choices::new(context, rules);
    let terms = Terms::new(context.situation, &choices);
    let entries = context.situation.roll.entries().iter();
    let by_teacher: Vec<Vec<Placement>> = entries
        .map(|entry| choices.placements(&terms, entry))
        .collect();
    let count = by_teacher.iter().try_fold(1usize, |count, held| {
        count
            .checked_mul(held.len())
            .filter(|&count| count <= MOST_PLANS)
    })?;
    if !choices.conflicts().is_empty() || !choices.shared_posts().is_empty() {
        return None;
    }
    let plans = (0..count).map(|plan| {
        let mut rest = plan;
        let chosen = by_teacher.iter().map(|held| {
            let chosen = held[rest % held.len()];
            rest /= held.len();
            chosen
        });
        chosen.collect()
    });
    Some(plans.collect())
}

/// By how much a plan misses each hard rule, in persons of counts; one of others.
fn missed(context: &Context<'_>, rules: &RuleSet, placements: &[Placement]) -> Vec<(String, i64)> {
    let facts = PlanFacts {
        situation: context.situation,
        placements,
        levers: &[],
    };
    let mut missed = Vec::new();
    for typed in rules.all() {
        let cuts = matches!(typed.kind, Kind::Eligibility(_) | Kind::Reach(_));
        if cuts || typed.rule.enforcement != Enforcement::Hard {
            continue;
        }
        if !typed.check(context, &facts).met {
            let tallies = typed.tallies(context, &facts);
            let persons = tallies.iter().map(shizi::rules::Tally::missed_by).sum();
            missed.push((typed.rule.id.clone(), i64::max(persons, 1)));
        }
    }
    missed
}

/// By how much every plan of a year after some changes misses its rules.
fn all_missed(
    district: &District,
    year: (&shizi::policy::Policy, &RuleSet),
    changes: &[Change],
) -> Option<Vec<Vec<(String, i64)>>> {
    let changed = apply(district, year, changes).unwrap();
    let (situation, standings) =
        support::situation(&changed.district, &changed.policy, &changed.rules);
    let context = Context {
        situation: &situation,
        standings: &standings,
    };
    let plans = plans(&context, &changed.rules)?;
    let missed = plans
        .iter()
        .map(|plan| missed(&context, &changed.rules, plan));
    Some(missed.collect())
}

/// Whether there is a plan after some changes; nothing where there are too many to look at.
fn has_plan(
    district: &District,
    year: (&shizi::policy::Policy, &RuleSet),
    changes: &[Change],
) -> Option<bool> {
    let missed = all_missed(district, year, changes)?;
    Some(missed.iter().any(Vec::is_empty))
}

/// A random policy without levers, 走教 and differences, with two counts that press on each other: so many
/// moves, and few of them in each place, here and there other numbers.
fn policy_of(numbers: &mut Numbers, district: &District) -> String {
    let random = support::policies::text(numbers);
    let mut text = String::new();
    let mut keeps = true;
    for line in random.lines() {
        if line.starts_with('[') {
            keeps = !["[lever", "[itinerant"]
                .iter()
                .any(|head| line.starts_with(head));
        }
        if keeps {
            text.push_str(line);
            text.push('\n');
        }
    }
    for (table, line) in [
        ("[rule.coverage]", "emphasis = []"),
        ("[rule.teacher-disparity]", "off = true"),
        ("[rule.teacher-indicators]", "off = true"),
    ] {
        if !text.contains(table) {
            let _ = writeln!(text, "{table}\n{line}");
        }
    }
    pressing(numbers, district, &mut text);
    text
}

fn pick(numbers: &mut Numbers, words: &[&str]) -> String {
    words[numbers.between(0, words.len() as i64 - 1) as usize].to_owned()
}

/// Adds two counts that press on each other.
fn pressing(numbers: &mut Numbers, district: &District, text: &mut String) {
    let many = numbers.between(1, 4);
    let bound = pick(numbers, &["exactly", "at_least"]);
    let _ = writeln!(
        text,
        "[rule.many]\nkind = 'count'\ntitle = 'many'\nof = 'moves'\n{bound} = {many}"
    );
    let scope = pick(
        numbers,
        &["school", "school-stage", "school-subject", "unit", "stage"],
    );
    let side = pick(numbers, &["origin", "destination"]);
    let of = pick(numbers, &["moves", "moves", "teachers"]);
    let (bound, most) = if of == "moves" {
        (
            pick(numbers, &["at_most", "at_most", "exactly"]),
            numbers.between(0, 1),
        )
    } else {
        (
            pick(numbers, &["at_most", "at_least", "exactly"]),
            numbers.between(0, 3),
        )
    };
    let side = if of == "moves" {
        format!("side = '{side}'\n")
    } else {
        String::new()
    };
    let _ = writeln!(
        text,
        "[rule.few]\nkind = 'count'\ntitle = 'few'\nof = '{of}'\nscope = '{scope}'\n{side}{bound} = {most}"
    );
    if numbers.chance(50) && scope == "school" {
        let last = district.schools.len() as i64 - 1;
        let school = &district.schools[numbers.between(0, last) as usize];
        let word = if numbers.chance(50) {
            &school.code
        } else {
            &school.name
        };
        let most = numbers.between(0, 2);
        let _ = writeln!(text, "[rule.few.at.\"{word}\"]\n{bound} = {most}");
    }
}

/// What was compared.
#[derive(Default)]
struct Compared {
    plans: usize,
    clashes: usize,
    exceptions: usize,
    several: usize,
    together: usize,
}

fn compare(seed: u64, compared: &mut Compared) {
    let mut numbers = Numbers::new(seed);
    let district = support::random::district(&mut numbers);
    let text = policy_of(&mut numbers, &district);
    let (policy, rules) = support::policy(&text);
    if rules.check_words(&policy, &district).is_err() {
        // An exception at a school of which the rule does not speak.
        return;
    }
    let year = (&policy, &rules);
    let Some(all) = all_missed(&district, year, &[]) else {
        return;
    };
    let found = diagnosed(&district, year);
    let has = all.iter().any(Vec::is_empty);
    if has {
        compared.plans += 1;
        assert_eq!(found.finding, Finding::HasPlan, "{seed}: {text}");
        return;
    }
    assert_eq!(found.finding, Finding::Clashes, "{seed}: {text}");
    compared.clashes += 1;
    for way in &found.ways {
        let changes = &way.scenario.changes;
        let holds = has_plan(&district, year, changes);
        assert_ne!(holds, Some(false), "{seed}: {way:#?} has no plan\n{text}");
        match &way.loosening {
            Loosening::Places {
                persons, places, ..
            } => {
                let id = &way.rule.as_ref().unwrap().id;
                let alone = all.iter().filter_map(|missed| match missed.as_slice() {
                    [(rule, persons)] if rule == id => Some(*persons),
                    _ => None,
                });
                assert_eq!(alone.min(), Some(*persons), "{seed}: {way:#?}\n{text}");
                assert!(way.proven, "{seed}: {way:#?}");
                let by: i64 = places.iter().map(|held| (held.to - held.from).abs()).sum();
                assert_eq!(by, *persons);
                compared.exceptions += 1;
                compared.several += usize::from(places.len() > 1);
            }
            Loosening::Together { .. } => {
                assert!(way.proven, "{seed}: {way:#?}");
                for gone in rules_of(changes) {
                    let rest = changes.iter().filter(|held| rule_of(held) != gone);
                    let rest: Vec<Change> = rest.cloned().collect();
                    let spare = has_plan(&district, year, &rest) == Some(true);
                    assert!(!spare, "{seed}: {gone} is to spare in {way:#?}\n{text}");
                }
                compared.together += 1;
            }
            _ => {}
        }
    }
}

fn rules_of(changes: &[Change]) -> Vec<String> {
    let mut rules: Vec<String> = changes.iter().map(rule_of).collect();
    rules.dedup();
    rules
}

fn rule_of(change: &Change) -> String {
    let text = change.text();
    let text = text.strip_prefix("rule.").unwrap_or(&text);
    text.split('.').next().unwrap_or_default().to_owned()
}

fn diagnosed(
    district: &District,
    (policy, rules): (&shizi::policy::Policy, &RuleSet),
) -> Diagnosis {
    let (situation, standings) = support::situation(district, policy, rules);
    let context = Context {
        situation: &situation,
        standings: &standings,
    };
    let base = Base::unplanned(context, rules, &exact());
    diagnose(&base, &[], false, &NEVER, &|_| {})
        .unwrap()
        .unwrap()
}

#[test]
fn exceptions_are_the_least_of_all_plans() {
    let mut compared = Compared::default();
    for seed in 0..DISTRICTS {
        compare(seed, &mut compared);
    }
    println!(
        "{} with a plan, {} without; {} exceptions, {} of several places; {} together",
        compared.plans, compared.clashes, compared.exceptions, compared.several, compared.together
    );
    assert!(compared.plans > 20, "{} with a plan", compared.plans);
    assert!(
        compared.exceptions > 30,
        "{} exceptions",
        compared.exceptions
    );
    assert!(
        compared.several > 5,
        "{} of several places",
        compared.several
    );
    assert!(compared.together > 0, "{} together", compared.together);
}
