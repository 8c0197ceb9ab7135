//! A year as tests and benches set it up: rosters, a policy with lines of its own, what rules look at.

#![allow(dead_code, reason = "whoever includes it uses some of it")]

use std::path::Path;

use shizi::demand::Situation;
use shizi::domain::{District, Lock, LockKind, TeacherIndex};
use shizi::generate::{Profile, generate, write};
use shizi::ingest::read_district;
use shizi::model::Model;
use shizi::planning::model_year;
use shizi::policy::{Policy, load_text};
use shizi::rules::eligibility::Standings;
use shizi::rules::{Context, RuleSet};
use tempfile::TempDir;

/// A policy with its rules.
pub(crate) type Ruled = (Policy, RuleSet);

/// A policy that extends another by these lines.
pub(crate) fn policy(base: &str, lines: &str) -> Ruled {
    let text = format!("extends = '{base}'\nid = 'year'\ntitle = 'year'\n{lines}");
    let policy = load_text("year.toml", &text).expect("the policy reads");
    let rules = RuleSet::new(&policy).expect("the rules are known");
    (policy, rules)
}

/// The district of rosters without fault.
pub(crate) fn read(rosters: &Path) -> District {
    let reading = read_district(rosters).expect("the folder is readable");
    reading.district.expect("the rosters have no fault")
}

/// The rosters of a generated district; they are gone when the folder is dropped.
pub(crate) fn generated(profile: &str, seed: u64) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder can be had");
    let profile = Profile::named(profile).expect("the profile is built in");
    write(&generate(&profile, seed), folder.path()).expect("the rosters are written");
    folder
}

/// Hands over what rules look at.
pub(crate) fn under<Made>(
    district: &District,
    (policy, rules): &Ruled,
    work: impl FnOnce(&Context<'_>) -> Made,
) -> Made {
    let situation = Situation::new(district, policy);
    let standings = Standings::new(&situation, rules);
    work(&Context {
        situation: &situation,
        standings: &standings,
    })
}

/// Hands over the model of a year, with what it was built of.
pub(crate) fn modelled<Made>(
    district: &District,
    policy: &Ruled,
    work: impl FnOnce(&Context<'_>, Model) -> Made,
) -> Made {
    under(district, policy, |context| {
        let model = model_year(context, &policy.1).expect("no locks clash");
        work(context, model)
    })
}

/// The district with somebody locked to stay.
pub(crate) fn kept(district: &District, teacher: TeacherIndex) -> District {
    let mut parts = district.clone().into_parts();
    parts.locks.push(Lock {
        teacher,
        kind: LockKind::Stay,
        school: None,
        form: None,
        reason: String::new(),
    });
    parts.locks.sort_by_key(|lock| lock.teacher);
    District::new(parts).expect("a lock more is no fault")
}
