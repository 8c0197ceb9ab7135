//! Diagnoses against enumeration. Source of truth: every plan of a tiny district under random hard rules,
//! each looked at by the rules' own checks, which see neither program nor solver. The rules that are said
//! to clash do, none is to spare, and each way out is the nearest that has a plan.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]
#![allow(
    clippy::print_stdout,
    reason = "how often each way was met is read by hand"
)]

mod programs;
mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use programs::Numbers;
use shizi::answers::{
    Base, Decimal, Diagnosis, Finding, LetThrough, Loosening, MissedUnit, WayOut, diagnose,
};
use shizi::demand::Situation;
use shizi::domain::{District, Persons};
use shizi::eligibility::Choices;
use shizi::policy::{Enforcement, Fraction, Policy, Weight};
use shizi::report::{DiagnosisPage, Language};
use shizi::rules::eligibility::Standings;
use shizi::rules::{Context, Kind, PlanFacts, RuleSet, TypedRule, UNITS_PER_PERSON};
use shizi::scenario::{Change, Scenario, apply, read_scenarios, write_scenarios};
use shizi::solve::SolveOptions;
use support::enumeration::Plans;
use toml::Value;

/// Clashes that are diagnosed, over both tests.
const CLASHES: usize = 800;

/// Questions with more plans than this are passed over.
const MOST_PLANS: usize = 5000;

static NEVER: AtomicBool = AtomicBool::new(false);

/// A district under a policy.
struct Case {
    seed: u64,
    text: String,
    district: District,
    policy: Policy,
    rules: RuleSet,
}

/// How often something was compared, by its name.
type Tally = BTreeMap<&'static str, usize>;

impl Case {
    fn new(seed: u64) -> Self {
        let mut numbers = Numbers::new(seed);
        let district = support::random::district(&mut numbers);
        let text = support::clashing::text(&mut numbers);
        let (policy, rules) = support::policy(&text);
        Self {
            seed,
            text,
            district,
            policy,
            rules,
        }
    }

    /// Whether some plan keeps all hard rules; none where there are too many plans.
    fn has_plan(district: &District, policy: &Policy, rules: &RuleSet) -> Option<bool> {
        let found = least(district, policy, rules, |_, _| 0)?;
        Some(found.is_some())
    }

    /// The same of some of the rules.
    fn has_plan_under(&self, positions: &[usize]) -> Option<bool> {
        Self::has_plan(&self.district, &self.policy, &self.rules.only(positions))
    }

    /// The same of all rules after some changes.
    fn has_plan_after(&self, changes: &[Change]) -> Option<bool> {
        let year = (&self.policy, &self.rules);
        let changed = apply(&self.district, year, changes)
            .unwrap_or_else(|faults| panic!("{faults:?} {}", self.told()));
        Self::has_plan(&changed.district, &changed.policy, &changed.rules)
    }

    fn position(&self, id: &str) -> usize {
        let mut all = self.rules.all().iter();
        all.position(|typed| typed.rule.id == id).unwrap()
    }

    fn told(&self) -> String {
        format!("seed {}\n{}", self.seed, self.text)
    }
}

/// The least that plans come to that keep all hard rules: none where no plan does, and nothing where there
/// are too many plans.
#[expect(clippy::option_option, reason = "not known, and known to be nothing")]
fn least(
    district: &District,
    policy: &Policy,
    rules: &RuleSet,
    value: impl Fn(&Context<'_>, &PlanFacts<'_>) -> i64,
) -> Option<Option<i64>> {
    let situation = Situation::new(district, policy);
    let standings = Standings::new(&situation, rules);
    let context = Context {
        situation: &situation,
        standings: &standings,
    };
    let choices = Choices::new(&context, rules);
    if !choices.conflicts().is_empty() {
        return Some(None);
    }
    let hard: Vec<&TypedRule> = rules
        .all()
        .iter()
        .filter(|typed| typed.rule.enforcement == Enforcement::Hard)
        .filter(|typed| !matches!(typed.kind, Kind::Eligibility(_) | Kind::Reach(_)))
        .collect();
    let plans = Plans::new(&context, rules, &choices, MOST_PLANS)?;
    let mut found = None;
    for (placements, used) in plans.all() {
        let facts = PlanFacts {
            situation: &situation,
            placements: &placements,
            levers: &used,
        };
        if hard.iter().all(|typed| typed.check(&context, &facts).met) {
            let value = value(&context, &facts);
            found = Some(found.map_or(value, |least: i64| least.min(value)));
            if value == 0 {
                break;
            }
        }
    }
    Some(found)
}

fn diagnosed(case: &Case) -> Option<Diagnosis> {
    let situation = Situation::new(&case.district, &case.policy);
    let standings = Standings::new(&situation, &case.rules);
    let context = Context {
        situation: &situation,
        standings: &standings,
    };
    let choices = Choices::new(&context, &case.rules);
    if !choices.conflicts().is_empty()
        || Plans::new(&context, &case.rules, &choices, MOST_PLANS).is_none()
    {
        return None;
    }
    let exact = SolveOptions {
        target_gap: 0.0,
        ..SolveOptions::default()
    };
    let base = Base::unplanned(context, &case.rules, &exact);
    let found = diagnose(&base, &[], false, &NEVER, &|_| {});
    let found = found.unwrap().unwrap();
    names_nobody(case, &DiagnosisPage::new(&base, &found));
    Some(found)
}

/// No page and no JSON has anybody's id.
fn names_nobody(case: &Case, page: &DiagnosisPage<'_>) {
    let view = serde_json::to_string(&page.view()).unwrap();
    for text in [
        page.text(Language::Chinese),
        page.text(Language::English),
        view,
    ] {
        for teacher in &case.district.teachers {
            assert!(!text.contains(&teacher.id), "{text} {}", case.told());
        }
    }
}

/// The scenarios of the ways out are read as they were written.
fn check_scenarios(case: &Case, found: &Diagnosis, folder: &Path) {
    if found.ways.is_empty() {
        return;
    }
    let scenarios: Vec<Scenario> = found.ways.iter().map(|way| way.scenario.clone()).collect();
    let file = folder.join("scenarios.toml");
    std::fs::write(&file, write_scenarios(&scenarios)).unwrap();
    // Files have what is changed before what is left out.
    let sorted = |scenarios: Vec<Scenario>| -> Vec<(String, Vec<String>)> {
        let each = scenarios.into_iter().map(|held| {
            let mut changes: Vec<String> = held.changes.iter().map(Change::to_string).collect();
            changes.sort();
            (held.name, changes)
        });
        each.collect()
    };
    let read = read_scenarios(&file).unwrap();
    assert_eq!(sorted(read), sorted(scenarios), "{}", case.told());
}

fn count(tally: &mut Tally, what: &'static str) {
    *tally.entry(what).or_default() += 1;
}

/// The set clashes, without any one of it there is a plan, and what is said of the rest is true.
fn check_members(case: &Case, found: &Diagnosis, tally: &mut Tally) {
    let mut set: Vec<usize> = found
        .members
        .iter()
        .map(|held| case.position(&held.rule.id))
        .chain(found.untried.iter().map(|held| case.position(&held.id)))
        .collect();
    set.sort_unstable();
    assert!(
        !found.members.is_empty() || !found.untried.is_empty(),
        "{}",
        case.told()
    );
    let ids: Vec<&str> = set
        .iter()
        .map(|&held| case.rules.all()[held].rule.id.as_str())
        .collect();
    if let Some(has_plan) = case.has_plan_under(&set) {
        assert!(!has_plan, "{ids:?} can all hold: {}", case.told());
        count(tally, "sets");
    }
    let all: Vec<usize> = (0..case.rules.all().len()).collect();
    for member in &found.members {
        let own = case.position(&member.rule.id);
        let without = |set: &[usize]| -> Vec<usize> {
            set.iter().copied().filter(|&held| held != own).collect()
        };
        let id = &member.rule.id;
        if let Some(has_plan) = case.has_plan_under(&without(&set)) {
            assert!(has_plan, "{id} of {ids:?} is to spare: {}", case.told());
            count(tally, "members");
        }
        if let (Some(said), Some(true_one)) =
            (member.plan_without, case.has_plan_under(&without(&all)))
        {
            assert_eq!(said, true_one, "without {id}: {}", case.told());
            count(tally, "cures");
        }
    }
}

/// By how much a rule is missed is the least of all plans that keep all others.
fn check_missed(case: &Case, found: &Diagnosis, tally: &mut Tally) {
    for member in &found.members {
        let Some(missed) = &member.missed else {
            continue;
        };
        let position = case.position(&member.rule.id);
        let typed = &case.rules.all()[position];
        let mut floor = typed.clone();
        floor.rule.enforcement = Enforcement::Floor;
        floor.rule.weight = Weight::ONE;
        if matches!(typed.kind, Kind::Ratio(_)) {
            continue;
        }
        let others: Vec<usize> = (0..case.rules.all().len())
            .filter(|&held| held != position)
            .collect();
        let rules = case.rules.only(&others);
        let truth = least(&case.district, &case.policy, &rules, |context, facts| {
            floor.check(context, facts).cost
        });
        let Some(truth) = truth else {
            continue;
        };
        let unit = match missed.unit {
            MissedUnit::Thousandths => UNITS_PER_PERSON / 1000,
            MissedUnit::Persons | MissedUnit::Pairs => UNITS_PER_PERSON,
        };
        let said = missed.amount * unit;
        let id = &member.rule.id;
        assert!(
            truth.is_some_and(|truth| truth <= said),
            "{id} {truth:?} {said}: {}",
            case.told()
        );
        if missed.proven {
            assert_eq!(truth, Some(said), "{id}: {}", case.told());
            count(tally, "missed");
        } else {
            count(tally, "missed, not proven");
        }
    }
}

/// The changes of a way with a key at another value.
fn other(way: &WayOut, key: &str, value: &Value) -> Vec<Change> {
    let mut changes = way.scenario.changes.clone();
    for change in &mut changes {
        if let Change::Set {
            key: held,
            value: given,
        } = change
            && held == key
        {
            *given = value.clone();
        }
    }
    changes
}

/// Every value between, from the one that stands to the one that is said to be the nearest.
fn between(way: &WayOut) -> Vec<Vec<Change>> {
    let fraction = |key: &str, from: Fraction, to: Fraction, parts: i64, decimal: bool| {
        let to = to.numerator * parts / to.denominator;
        let begin = from.numerator * parts;
        let numbers: Vec<i64> = if begin < to * from.denominator {
            (begin.div_euclid(from.denominator) + 1..to).collect()
        } else {
            (to + 1..(begin + from.denominator - 1).div_euclid(from.denominator)).collect()
        };
        // Of many some, the next one always.
        let numbers = thinned(numbers, begin < to * from.denominator);
        let numbers = numbers.into_iter().map(|number| {
            let value = if decimal {
                Value::Float(number as f64 / parts as f64)
            } else {
                Value::String(format!("{number}/{parts}"))
            };
            other(way, key, &value)
        });
        numbers.collect()
    };
    match &way.loosening {
        Loosening::Number { key, from, to, .. } => {
            let numbers: Vec<i64> = if from < to {
                (from + 1..*to).collect()
            } else {
                (to + 1..*from).collect()
            };
            let numbers = thinned(numbers, from < to).into_iter();
            numbers
                .map(|number| other(way, key, &Value::Integer(number)))
                .collect()
        }
        Loosening::Share { key, from, to } => fraction(key, *from, *to, 1000, false),
        Loosening::Decimal {
            key,
            from,
            to,
            unit,
            ..
        } => {
            let parts = match unit {
                Decimal::Coefficient => 1000,
                Decimal::PerHundred => 100,
            };
            fraction(key, *from, *to, parts, true)
        }
        Loosening::Lever {
            lever, from, to, ..
        } => {
            let key = format!("{lever}.at_most");
            (from + 1..*to)
                .map(|number| other(way, &key, &Value::Integer(number)))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Some of many numbers: the one next to the nearest and every tenth or so.
fn thinned(numbers: Vec<i64>, upwards: bool) -> Vec<i64> {
    let step = numbers.len() / 10 + 1;
    let last = if upwards {
        numbers.last()
    } else {
        numbers.first()
    }
    .copied();
    let mut some: Vec<i64> = numbers.into_iter().step_by(step).collect();
    some.extend(last);
    some
}

/// A way out has a plan, and nothing less than it.
fn check_way(case: &Case, way: &WayOut, tally: &mut Tally) {
    let told = || format!("{way:#?} {}", case.told());
    let name = match &way.loosening {
        Loosening::Number { minutes: true, .. } => "minutes",
        Loosening::Number { key, .. } if key.contains("who.") => "years",
        Loosening::Number { .. } => "numbers",
        Loosening::Share { .. } => "shares",
        Loosening::Decimal {
            unit: Decimal::Coefficient,
            ..
        } => "coefficients",
        Loosening::Decimal {
            unit: Decimal::PerHundred,
            ..
        } => "rates",
        Loosening::Lever { .. } => "levers",
        Loosening::Except {
            excepted: LetThrough::Persons(_),
            ..
        } => "persons",
        Loosening::Except {
            excepted: LetThrough::Pairs(_),
            ..
        } => "pairs",
        Loosening::Except {
            excepted: LetThrough::Posts { .. },
            ..
        } => "posts",
        Loosening::Out { .. } => "without",
        _ => "others",
    };
    match case.has_plan_after(&way.scenario.changes) {
        Some(has_plan) => {
            // Several together promise nothing.
            assert!(has_plan || name == "others", "no plan: {}", told());
            count(tally, name);
        }
        None => return,
    }
    if !way.proven {
        if name != "others" {
            count(tally, "not proven");
        }
        return;
    }
    for changes in between(way) {
        if let Some(has_plan) = case.has_plan_after(&changes) {
            assert!(!has_plan, "{changes:?} has a plan: {}", told());
            count(tally, "nearer values");
        }
    }
    if let Loosening::Except { key, excepted } = &way.loosening {
        check_except(case, way, (key, excepted), tally);
    }
}

/// No fewer are enough.
fn check_except(
    case: &Case,
    way: &WayOut,
    (key, excepted): (&str, &LetThrough),
    tally: &mut Tally,
) {
    let told = || format!("{way:#?} {}", case.told());
    let ids: Vec<&str> = case
        .district
        .teachers
        .iter()
        .map(|held| held.id.as_str())
        .collect();
    match excepted {
        LetThrough::Persons(persons) => {
            for set in 0_usize..1 << ids.len() {
                if i64::from(set.count_ones()) + 1 != *persons {
                    continue;
                }
                let chosen = ids
                    .iter()
                    .enumerate()
                    .filter(|(place, _)| set >> place & 1 == 1);
                let chosen = chosen.map(|(_, id)| Value::String((*id).to_owned()));
                let changes = other(way, key, &Value::Array(chosen.collect()));
                if let Some(has_plan) = case.has_plan_after(&changes) {
                    assert!(!has_plan, "{changes:?} has a plan: {}", told());
                    count(tally, "fewer persons");
                }
            }
        }
        // There is one pair of relatives at most.
        LetThrough::Pairs(pairs) => assert_eq!(*pairs, 1, "{}", told()),
        LetThrough::Posts { posts, persons, .. } => {
            assert!(*posts > 0 && *persons > Persons::ZERO, "{}", told());
        }
    }
}

/// Compares half of the clashes; the halves run side by side.
fn agree(half: u64) {
    let (mut tally, mut clashes, mut seed) = (Tally::new(), 0, half << 32);
    let folder = tempfile::tempdir().unwrap();
    while clashes < CLASHES / 2 {
        let case = Case::new(seed);
        seed += 1;
        let Some(found) = diagnosed(&case) else {
            continue;
        };
        let all: Vec<usize> = (0..case.rules.all().len()).collect();
        let truth = case.has_plan_under(&all);
        let said = match found.finding {
            Finding::HasPlan => Some(true),
            Finding::Clashes => Some(false),
            Finding::Locked | Finding::Unknown => None,
        };
        if let (Some(truth), Some(said)) = (truth, said) {
            assert_eq!(truth, said, "{}", case.told());
        }
        if found.finding != Finding::Clashes {
            continue;
        }
        clashes += 1;
        check_members(&case, &found, &mut tally);
        check_missed(&case, &found, &mut tally);
        check_scenarios(&case, &found, folder.path());
        for way in &found.ways {
            check_way(&case, way, &mut tally);
        }
    }
    println!(
        "{clashes} clashes of {} districts: {tally:?}",
        seed - (half << 32)
    );
}

#[test]
fn ways_out_of_tiny_districts_are_the_nearest_by_enumeration() {
    agree(0);
}

#[test]
fn ways_out_of_more_tiny_districts_are_the_nearest_by_enumeration() {
    agree(1);
}

#[test]
fn items_of_lists_have_numbers() {
    let text = "extends = 'national'\nid = 'list'\ntitle = '列表'\n[rule.list]\ntitle = '列表'\n\
                kind = 'per_pupil'\nindicators = [{ name = '甲', stage = '小学', at_least = 1 }]\n";
    let (policy, rules) = support::policy(text);
    let district = support::random::district(&mut Numbers::new(1));
    let set = |place: usize| {
        let key = format!("list.indicators.{place}.at_least");
        // Rules that name subjects which the district has not.
        let off = [
            "teacher-disparity",
            "teacher-indicators",
            "psychology",
            "coverage",
        ];
        let off = off.map(|rule| Change::Without {
            rule: rule.to_owned(),
        });
        let changes = [&off[..], &[Change::set(&key, Value::Float(0.75))]].concat();
        apply(&district, (&policy, &rules), &changes).map(|changed| changed.rules.into_owned())
    };
    let changed = set(1).unwrap();
    let all = changed.all().iter();
    let found = all.filter_map(|typed| match &typed.kind {
        Kind::PerPupil(kind) if typed.rule.id == "list" => Some(kind.indicators[0].at_least),
        _ => None,
    });
    assert_eq!(found.collect::<Vec<_>>(), [Fraction::new(3, 4).unwrap()]);
    for place in [0, 2] {
        let faults = set(place).unwrap_err();
        assert_eq!(faults[0].code, "W002", "{faults:?}");
    }
}
