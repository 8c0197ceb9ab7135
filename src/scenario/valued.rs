//! Which values of the policy scenarios changed: what stood there, and what stands there now.

use serde::Serialize;
use toml::Value;

use super::change::{Change, Scenario};
use super::policy::{find_recruiting, key_path};
use crate::policy::Policy;

/// A value of the policy that a scenario changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangedValue {
    /// The key, as it was written; of a rule that was taken out, its id.
    pub key: String,
    /// The title of the rule or lever whose key it is; empty of other parts of the policy.
    pub title: String,
    /// In English.
    pub title_english: String,
    /// What stood there, as TOML; `None` where nothing did.
    pub from: Option<String>,
    /// What stands there now; `None` where the rule was taken out.
    pub to: Option<String>,
    /// The changes that made it so, as they were written.
    pub changes: Vec<String>,
    /// Why, in the office's words; empty where nobody said.
    pub reason: String,
}

/// The values that a scenario changed, given the policy before and after it.
pub(super) fn valued(before: &Policy, after: &Policy, scenario: &Scenario) -> Vec<ChangedValue> {
    let changes = scenario.changes.iter();
    let found = changes.filter_map(|change| {
        let (key, taken_out) = match change {
            Change::Set { key, .. } => (key.clone(), false),
            Change::Without { rule } => (rule.clone(), true),
            Change::Decline { lever, .. } => {
                let lever = find_recruiting(before, lever).ok()?;
                (format!("{}.at_most", lever.id), false)
            }
            _ => return None,
        };
        let (title, title_english) = titles(before, &key).or_else(|| titles(after, &key))?;
        let [from, to] = [before, after].map(|policy| held(policy, &key));
        Some(ChangedValue {
            from: from.filter(|_| !taken_out).map(ToString::to_string),
            to: to.filter(|_| !taken_out).map(ToString::to_string),
            key,
            title,
            title_english,
            changes: vec![change.to_string()],
            reason: scenario.reason.clone(),
        })
    });
    // Several who do not come of one lever change one value.
    let mut values: Vec<ChangedValue> = Vec::new();
    for value in found {
        let same = |held: &&mut ChangedValue| (&held.key, &held.to) == (&value.key, &value.to);
        match values.iter_mut().find(same) {
            Some(held) => held.changes.extend(value.changes),
            None => values.push(value),
        }
    }
    values
}

/// The titles of the rule or lever to which a key belongs, in both languages; empty where it belongs to
/// neither, none where the policy cannot tell.
fn titles(policy: &Policy, key: &str) -> Option<(String, String)> {
    let path = key_path(policy, key).ok()?;
    let named = path.get(1).map(String::as_str).unwrap_or_default();
    let titles = match path[0].as_str() {
        "rule" => {
            let rule = policy.rules.iter().find(|rule| rule.id == named)?;
            (rule.title.clone(), rule.title_english.clone())
        }
        "lever" => {
            let lever = policy.levers.iter().find(|lever| lever.id == named)?;
            (lever.title.clone(), lever.title_english.clone())
        }
        _ => (String::new(), String::new()),
    };
    Some(titles)
}

/// What stands at a key of a policy; items of lists by their number, from 1.
fn held<'a>(policy: &'a Policy, key: &str) -> Option<&'a Value> {
    let path = key_path(policy, key).ok()?;
    let (first, rest) = path.split_first()?;
    rest.iter()
        .try_fold(policy.flattened.get(first)?, |held, name| match held {
            Value::Table(table) => table.get(name),
            Value::Array(list) => list.get(name.parse::<usize>().ok()?.checked_sub(1)?),
            _ => None,
        })
}
