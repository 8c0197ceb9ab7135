//! Answers against solves of another way: the rosters and the policy changed by hand, in their files,
//! and planned from nothing.

#![expect(clippy::unwrap_used, reason = "whatever is missing in a test fails it")]

mod certificates;
mod clashes;
mod compare;
mod decline;
mod diagnose;
mod explain;
mod pages;
mod recruits;
mod remedies;
mod replan;
mod turns;
mod whatif;
#[path = "../support/year.rs"]
mod year;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use shizi::answers::Base;
use shizi::planning::{Planned, plan_year};
use shizi::rules::load;
use shizi::scenario::Change;
use shizi::solve::{Silent, SolveOptions};
use year::{modelled, read, under};

/// To the optimum.
pub(crate) fn exact() -> SolveOptions {
    SolveOptions {
        target_gap: 0.0,
        ..SolveOptions::default()
    }
}

pub(crate) static NEVER: AtomicBool = AtomicBool::new(false);

/// Hands the planned year of a folder under a policy to somebody.
pub(crate) fn with_base<Answer>(
    rosters: &Path,
    policy: &Path,
    answer: impl FnOnce(&Base<'_>) -> Answer,
) -> Answer {
    let (district, ruled) = (read(rosters), load(policy).unwrap());
    under(&district, &ruled, |&context| {
        let base = Base::solve(context, &ruled.1, &exact(), &NEVER, &Silent);
        answer(&base.unwrap().unwrap())
    })
}

/// The levels of the best plan of a folder under a policy, planned from nothing; none where rules
/// clash.
pub(crate) fn planned(rosters: &Path, policy: &Path) -> Option<Vec<i64>> {
    let planned = year_of(rosters, policy, &exact());
    planned.plan.as_ref()?;
    Some(planned.levels.iter().map(|level| level.value).collect())
}

/// The year of a folder under a policy, planned from nothing.
pub(crate) fn year_of(rosters: &Path, policy: &Path, options: &SolveOptions) -> Planned {
    let (district, ruled) = (read(rosters), load(policy).unwrap());
    modelled(&district, &ruled, |context, mut model| {
        plan_year(context, &ruled.1, &mut model, options, &NEVER, &Silent).unwrap()
    })
}

/// A copy of Wulong's rosters with a file changed.
pub(crate) fn wulong_but(
    folder: &Path,
    file: &str,
    change: impl FnOnce(String) -> String,
) -> PathBuf {
    let copy = folder.join("rosters");
    fs::create_dir(&copy).unwrap();
    for entry in fs::read_dir("instances/wulong").unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), copy.join(entry.file_name())).unwrap();
    }
    let path = copy.join(file);
    let before = fs::read_to_string(&path).unwrap();
    fs::write(&path, change(before)).unwrap();
    copy
}

/// A policy that extends Wulong's.
pub(crate) fn wulong_policy(folder: &Path, more: &str) -> PathBuf {
    let path = folder.join("policy.toml");
    let head = "extends = 'wulong'\nid = 'trial'\ntitle = '试行'\n";
    fs::write(&path, format!("{head}{more}")).unwrap();
    path
}

/// A change from its word and text.
pub(crate) fn change(word: &str, text: &str) -> Change {
    Change::parse(word, text).unwrap()
}
