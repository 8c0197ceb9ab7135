//! Names of people who have left meanwhile: what policy and outlook say of them ends with them.
//!
//! A rule may name whom it lets through (`except`), an outlook whom it locks. Years later somebody of them
//! has retired or moved away, and a name that nobody bears any more would be a fault of the policy.

use serde::Serialize;
use toml::Value;

use super::ahead::is_of_policy;
use crate::domain::{District, Month};
use crate::rules::{Kind, RuleSet};
use crate::scenario::{Change, Scenario, find_teacher};

/// What ended with people who have left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// The first month of the year from which on it does not hold.
    #[serde(skip)]
    pub begin: Month,
    /// The id of the rule whose exceptions named them; `None` of changes of the outlook.
    pub rule: Option<String>,
    /// The rule's title, or the change as the office words it.
    pub title: String,
    /// The title in English.
    pub title_english: String,
    /// So many people.
    pub people: usize,
}

/// The key of a rule's exceptions, after its id.
const EXCEPT: &str = ".except";

/// What a year changes, without those who were there in the first year (`known`) and have left since.
pub(super) fn without_departed(
    mut scenario: Scenario,
    (known, district): (&District, &District),
    rules: &RuleSet,
) -> (Scenario, Vec<Dropped>) {
    let has_left =
        |id: &str| district.teacher_with_id(id).is_none() && known.teacher_with_id(id).is_some();
    let begin = district.year_begin;
    let mut dropped = Vec::new();
    scenario.changes.retain(|change| {
        let has_left = change.teacher().is_some_and(|word| {
            let named = find_teacher(known, word);
            named.is_ok_and(|teacher| has_left(&known.teacher(teacher).id))
        });
        if has_left {
            dropped.push(Dropped {
                begin,
                rule: None,
                title: change.to_string(),
                title_english: String::new(),
                people: 1,
            });
        }
        !has_left
    });
    for change in &mut scenario.changes {
        if let Change::Set { key, value } = change
            && key.ends_with(EXCEPT)
            && let Value::Array(names) = value
        {
            names.retain(|name| !name.as_str().is_some_and(has_left));
        }
    }
    // Before the year's own changes, which may say whom else the rule lets through.
    let mut shorter = Vec::new();
    for typed in rules.all() {
        let except = match &typed.kind {
            Kind::Eligibility(kind) => &kind.except,
            Kind::Reach(kind) => &kind.except,
            Kind::Turns(kind) => &kind.except,
            Kind::Avoidance(kind) => &kind.except,
            _ => continue,
        };
        let people = except.ids().filter(|id| has_left(id)).count();
        if people == 0 {
            continue;
        }
        let rule = &typed.rule;
        let still = except.ids().filter(|id| !has_left(id));
        let still = still.map(|id| Value::String(id.to_owned())).collect();
        shorter.push(Change::set(
            &format!("rule.{}{EXCEPT}", rule.id),
            Value::Array(still),
        ));
        dropped.push(Dropped {
            begin,
            rule: Some(rule.id.clone()),
            title: rule.title.clone(),
            title_english: rule.title_english.clone(),
            people,
        });
    }
    scenario.changes.splice(0..0, shorter);
    (scenario, dropped)
}

/// Adds the changes of a year to those of the policy so far. A key that is changed again stands there once,
/// so that no file can put an older value after a newer one.
pub(super) fn add_of_policy(so_far: &mut Vec<Change>, later: Vec<Change>) {
    let plain = |key: &str| key.trim_start_matches("rule.").to_owned();
    for change in later.into_iter().filter(is_of_policy) {
        if let Change::Set { key, .. } = &change {
            let new = plain(key);
            so_far.retain(|held| !matches!(held, Change::Set { key, .. } if plain(key) == new));
        }
        so_far.push(change);
    }
}
