//! Districts that are hard to plan: each has what its name says, is read without a fault with its
//! policy, and gives a model. Source of truth: the generated records, counted here.

#![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use shizi::demand::Situation;
use shizi::domain::{District, Form, Stage};
use shizi::generate::{Kind, Profile, SyntheticDistrict, generate_of_kind, write};
use shizi::ingest::read_district;
use shizi::model::Model;
use shizi::planning::{PlanStatus, model_year, plan_once};
use shizi::policy::{Enforcement, Policy};
use shizi::rules::eligibility::Standings;
use shizi::rules::{Context, RuleSet, TypedRule, load};
use shizi::solve::{Silent, SolveOptions};

/// A generated district as it was made, as it is read, and the rules it is planned under.
struct Made {
    records: SyntheticDistrict,
    district: District,
    policy: Policy,
    rules: RuleSet,
}

fn made(profile: &str, kind: Kind) -> Made {
    let profile = Profile::named(profile).unwrap();
    let records = generate_of_kind(&profile, kind, 1).unwrap();
    let folder = tempfile::tempdir().unwrap();
    write(&records, folder.path()).unwrap();
    let page = std::fs::read_to_string(folder.path().join("README.md")).unwrap();
    assert!(page.contains(kind.english()), "{}", kind.name());
    let reading = read_district(folder.path()).unwrap();
    let first = reading.faults.first();
    assert!(first.is_none(), "{}: {first:#?}", kind.name());
    let file = folder.path().join("policy.toml");
    assert_eq!(file.exists(), kind.policy().is_some(), "{}", kind.name());
    let name = if file.exists() {
        file.as_path()
    } else {
        Path::new("wulong")
    };
    let (policy, rules) =
        load(name).unwrap_or_else(|faults| panic!("{}: {faults:#?}", kind.name()));
    let district = reading.district.unwrap();
    let words = rules.check_words(&policy, &district);
    assert!(words.is_ok(), "{}: {words:#?}", kind.name());
    Made {
        records,
        district,
        policy,
        rules,
    }
}

impl Made {
    fn see<Seen>(&self, look: impl FnOnce(&Context<'_>) -> Seen) -> Seen {
        let situation = Situation::new(&self.district, &self.policy);
        let standings = Standings::new(&situation, &self.rules);
        look(&Context {
            situation: &situation,
            standings: &standings,
        })
    }

    /// Teachers of the compulsory stages, and those of them who may be exchanged.
    fn may_be_exchanged(&self) -> (usize, usize) {
        self.see(|context| {
            let compulsory = || {
                let all = self.district.teacher_indices();
                all.filter(|&one| self.district.teacher(one).stage.is_compulsory())
            };
            let may = compulsory().filter(|&one| context.standings.may(one, Form::Exchange));
            (compulsory().count(), may.count())
        })
    }

    fn model(&self) -> Model {
        self.see(|context| model_year(context, &self.rules))
            .unwrap()
    }

    fn rules_of(&self, enforcement: Enforcement, word: &str) -> usize {
        let all = self.rules.all().iter();
        all.filter(|typed: &&TypedRule| {
            typed.rule.enforcement == enforcement && typed.kind.chinese() == word
        })
        .count()
    }
}

#[test]
fn every_kind_is_read_with_its_policy_and_gives_a_model() {
    for kind in Kind::ALL {
        assert_eq!(Kind::named(kind.name()), Some(kind));
        let model = made("small", kind).model();
        let (agents, options) = (model.program.agents().len(), model.program.options().len());
        assert!(agents > 0 && options > agents, "{}", kind.name());
    }
}

#[test]
fn only_drawn_districts_have_kinds() {
    for name in [
        "tiny",
        "wulong",
        "jiangjin",
        "jiangyang",
        "liangping",
        "shapingba",
    ] {
        let profile = Profile::named(name).unwrap();
        assert_eq!(generate_of_kind(&profile, Kind::Shares, 1), None);
    }
}

#[test]
fn everybody_or_nobody_may_be_exchanged() {
    let (all, may) = made("county", Kind::EverybodyEligible).may_be_exchanged();
    assert_eq!(all, may);
    let (all, may) = made("county", Kind::NobodyEligible).may_be_exchanged();
    assert!(all > 2_000 && may == 0, "{may} of {all}");
}

#[test]
fn ties_are_exact() {
    let made = made("small", Kind::CostsTied);
    made.see(|context| {
        let schools: Vec<_> = made.district.school_indices().collect();
        let roads = &context.situation.roads;
        let ways = schools
            .iter()
            .flat_map(|&from| schools.iter().map(move |&to| (from, to)))
            .filter(|(from, to)| from != to)
            .map(|(from, to)| roads.minutes(from, to));
        let minutes: std::collections::BTreeSet<_> = ways.collect();
        assert_eq!(minutes.len(), 1, "{minutes:?}");
        let compulsory = context.situation.posts.all().iter();
        let mut posts = compulsory.filter(|post| post.stage.is_compulsory());
        let broken = posts.find(|post| post.need.0 % 1_000 != 0);
        assert!(broken.is_none(), "{broken:?}");
    });
    assert!(made.records.preferences.is_empty());
}

#[test]
fn one_school_is_a_third_of_the_district() {
    for profile in ["small", "county", "district"] {
        let profile = Profile::named(profile).unwrap();
        let district = generate_of_kind(&profile, Kind::GiantSchool, 1).unwrap();
        let mut staff: BTreeMap<usize, usize> = BTreeMap::new();
        for teacher in &district.teachers {
            *staff.entry(teacher.school).or_default() += 1;
        }
        let largest = staff.values().max().unwrap() * 100 / district.teachers.len();
        assert!((28..=39).contains(&largest), "{largest}%");
    }
}

#[test]
fn most_schools_are_sites_of_one_to_three_classes() {
    for profile in ["county", "metropolis"] {
        let profile = Profile::named(profile).unwrap();
        let district = generate_of_kind(&profile, Kind::TinySites, 1).unwrap();
        let classes = district
            .schools
            .iter()
            .map(|row| row.stage_totals(Stage::Primary).0);
        let tiny = classes.filter(|count| (1..=3).contains(count)).count();
        assert!(
            tiny * 2 > district.schools.len(),
            "{tiny} of {}",
            district.schools.len()
        );
        if profile.name == "metropolis" {
            assert!(tiny >= 1_000, "{tiny}");
        }
    }
    let made = made("small", Kind::TinySites);
    let pooled = made.see(|context| {
        let posts = context.situation.posts.all().iter();
        posts.filter(|post| post.subjects.len() > 1).count()
    });
    assert!(pooled > 20, "{pooled}");
}

#[test]
fn quotas_beyond_what_exists_are_missed_or_refused() {
    let never = AtomicBool::new(false);
    let plan = |kind| {
        let model = made("small", kind).model();
        plan_once(&model, &SolveOptions::default(), &never, &Silent).unwrap()
    };
    let floor = plan(Kind::QuotaBeyondFloor);
    assert!(floor.plan.is_some() && floor.levels[0].value > 0);
    let hard = plan(Kind::QuotaBeyondHard);
    assert_eq!(hard.status, PlanStatus::Infeasible);
}

#[test]
fn caps_are_tight() {
    let made = made("county", Kind::TightCaps);
    let mut held = vec![0_u32; made.records.units.len()];
    for unit in made.records.teachers.iter().filter_map(|row| row.unit) {
        held[unit] += 1;
    }
    for (unit, held) in made.records.units.iter().zip(held) {
        assert!(
            (held..=held + 1).contains(&unit.establishment),
            "{}",
            unit.name
        );
    }
    assert!(made.rules_of(Enforcement::Hard, "人数") >= 9);
}

#[test]
fn shares_and_attributes_are_many() {
    let made_shares = made("small", Kind::Shares);
    assert!(made_shares.rules_of(Enforcement::Floor, "比例") >= 4);
    assert!(made_shares.rules_of(Enforcement::Objective, "比例") >= 4);
    let attributes = made("small", Kind::ManyAttributes);
    assert!(attributes.rules_of(Enforcement::Objective, "人数") >= 10);
    assert!(attributes.rules_of(Enforcement::Objective, "比例") >= 9);
}

#[test]
fn every_way_is_measured_and_within_reach() {
    let far = made("county", Kind::FullTravel);
    let schools = far.records.schools.len();
    assert_eq!(far.records.travel.len(), schools * (schools - 1) / 2);
    let longest = far.records.travel.iter().map(|row| row.2).max().unwrap();
    assert!(longest <= 1_000, "{longest}");
    // Whoever may go anywhere has all schools of the stage that need the subject.
    let ordinary = made("county", Kind::Shares).model();
    let options = |model: &Model| model.program.options().len();
    assert!(options(&far.model()) > 2 * options(&ordinary));
}

/// What readers take for a slip of the pen must not occur in the largest districts either.
#[test]
fn the_largest_school_is_still_plausible() {
    let profile = Profile::named("metropolis").unwrap();
    let district = generate_of_kind(&profile, Kind::GiantSchool, 1).unwrap();
    let largest = district.units.iter().map(|row| row.establishment).max();
    assert!(
        largest.is_some_and(|most| (5_000..=10_000).contains(&most)),
        "{largest:?}"
    );
}

/// Persons with a choice and choices by size and kind; run by hand:
/// `cargo test --test kinds -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement, not a test"]
#[allow(clippy::print_stdout, reason = "it is run by hand to be read")]
fn sizes() {
    let profiles = std::env::var("SHIZI_PROFILES").unwrap_or_else(|_| "county district".to_owned());
    for name in profiles.split_whitespace() {
        for kind in Kind::ALL {
            let begun = std::time::Instant::now();
            let made = made(name, kind);
            let read = begun.elapsed();
            let model = made.model();
            let program = &model.program;
            let (agents, options) = (program.agents().len(), program.options().len());
            let (counters, name_of_kind) = (program.counters().len(), kind.name());
            println!(
                "{name} {name_of_kind}: {agents} persons, {options} options, {counters} counters; \
                 written and read in {read:.1?}, modelled by {:.1?}",
                begun.elapsed()
            );
        }
    }
}
