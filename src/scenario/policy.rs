//! Changes of a policy: keys with other values, rules taken out.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::change::Change;
use super::key::key_parts;
use crate::policy::{Lever, LeverKind, Policy, PolicyFault, did_you_mean};
use crate::rules::RuleSet;

/// The file in which changed keys stand, as messages and the origins of a policy name it.
pub const SET_FILE: &str = "--set";

/// The policy with changes laid over it, and its rules; `None` where no change is of the policy.
pub(super) fn changed(
    policy: &Policy,
    changes: &[Change],
) -> Result<Option<(Policy, RuleSet)>, Vec<PolicyFault>> {
    let mut over = Table::new();
    let mut faults = Vec::new();
    let mut declined: BTreeMap<String, u32> = BTreeMap::new();
    for change in changes {
        let laid = match change {
            Change::Set { key, value } => lay(policy, &mut over, key, value.clone()),
            Change::Without { rule } => without(policy, &mut over, rule),
            Change::Decline { lever, count, .. } => find_recruiting(policy, lever).map(|lever| {
                *declined.entry(lever.id.clone()).or_default() += count;
            }),
            _ => continue,
        };
        faults.extend(laid.err());
    }
    for (lever, count) in declined {
        faults.extend(decline(policy, &mut over, &lever, count).err());
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    if over.is_empty() {
        return Ok(None);
    }
    let policy = policy.overlaid(SET_FILE, over)?;
    let rules = RuleSet::new(&policy)?;
    Ok(Some((policy, rules)))
}

/// Puts a key with its value into the table that is laid over the policy.
fn lay(policy: &Policy, over: &mut Table, key: &str, value: Value) -> Result<(), PolicyFault> {
    let path = key_path(policy, key)?;
    // What is below a rule's key is replaced whole by an overlay, so the rest is kept by hand.
    let depth = if matches!(path[0].as_str(), "rule" | "lever") {
        3
    } else {
        path.len()
    };
    let (place, inner) = path.split_at(depth.min(path.len()));
    let Some((last, tables)) = place.split_last() else {
        return Ok(());
    };
    let mut known = Some(&policy.flattened);
    let mut table = over;
    for name in tables {
        known = known
            .and_then(|held| held.get(name))
            .and_then(Value::as_table);
        let entry = table.entry(name.clone());
        let held = entry.or_insert_with(|| Value::Table(Table::new()));
        let Value::Table(next) = held else {
            return Err(fault(key, "不是一个表 / is no table", String::new()));
        };
        table = next;
    }
    if inner.is_empty() {
        table.insert(last.clone(), value);
        return Ok(());
    }
    let known = known.and_then(|held| held.get(last)).cloned();
    let held = table.entry(last.clone());
    let mut target = held.or_insert_with(|| known.unwrap_or(Value::Table(Table::new())));
    for name in inner {
        target = match target {
            Value::Table(next) => {
                let entry = next.entry(name.clone());
                entry.or_insert_with(|| Value::Table(Table::new()))
            }
            // Of a list the first is 1.
            Value::Array(list) => {
                let count = list.len();
                let number: Option<usize> = name.parse().ok();
                let held = number.and_then(|number| list.get_mut(number.checked_sub(1)?));
                held.ok_or_else(|| {
                    let message = format!("没有第 {name} 项 / no number {name} of the list");
                    fault(key, &message, format!("1–{count}"))
                })?
            }
            _ => return Err(fault(key, "不是一个表 / is no table", String::new())),
        };
    }
    *target = value;
    Ok(())
}

fn without(policy: &Policy, over: &mut Table, rule: &str) -> Result<(), PolicyFault> {
    if !policy.rules.iter().any(|held| held.id == rule) {
        return Err(unknown(policy, rule, "没有这条规则 / no such rule"));
    }
    lay(
        policy,
        over,
        &format!("rule.{rule}.off"),
        Value::Boolean(true),
    )
}

/// So many of those whom a lever recruits do not come: it may be used so many times less, and nobody
/// who came before must be placed in their stead. A number that is said to hold all the same holds.
fn decline(policy: &Policy, over: &mut Table, id: &str, count: u32) -> Result<(), PolicyFault> {
    let Some(lever) = policy.levers.iter().find(|lever| lever.id == id) else {
        return Ok(());
    };
    let Some(at_most) = lever.at_most.checked_sub(count) else {
        let most = lever.at_most;
        return Err(fault(
            id,
            &format!(
                "“{}”至多{most}人，不报到的有{count}人 / at most {most} recruits, and {count} do not come",
                lever.title
            ),
            String::new(),
        ));
    };
    let fewer = [
        ("at_most", at_most),
        ("at_least", lever.at_least.saturating_sub(count)),
    ];
    for (name, value) in fewer {
        let table = over.get("lever").and_then(|levers| levers.get(id));
        let is_said = table.is_some_and(|table| table.get(name).is_some());
        // What the lever does not say is nothing, and stays unsaid.
        if !is_said && (name, lever.at_least) != ("at_least", 0) {
            let key = format!("lever.{id}.{name}");
            lay(policy, over, &key, Value::Integer(i64::from(value)))?;
        }
    }
    Ok(())
}

/// The lever of an id or a title that recruits people.
///
/// # Errors
/// Where there is none.
pub fn find_recruiting<'a>(policy: &'a Policy, word: &str) -> Result<&'a Lever, PolicyFault> {
    let recruits = || {
        let levers = policy.levers.iter();
        levers.filter(|lever| lever.kind == LeverKind::Recruit)
    };
    let found = recruits().find(|lever| lever.id == word);
    let found = found.or_else(|| recruits().find(|lever| lever.title == word));
    found.ok_or_else(|| {
        let known: Vec<String> = recruits()
            .map(|lever| format!("{}（{}）", lever.id, lever.title))
            .collect();
        let advice = if known.is_empty() {
            "政策中没有招聘渠道 / the policy has no lever that recruits".to_owned()
        } else {
            format!("招聘渠道有 / levers that recruit: {}", known.join("、"))
        };
        fault(
            word,
            "没有这个招聘渠道 / no such lever that recruits",
            advice,
        )
    })
}

/// The key with the table that it belongs to: a part of the policy, a rule or a lever.
pub(super) fn key_path(policy: &Policy, key: &str) -> Result<Vec<String>, PolicyFault> {
    let unread = || fault(key, "读不懂这个键 / the key cannot be read", String::new());
    let path = key_parts(key).ok_or_else(unread)?;
    let first = path[0].as_str();
    let is_part = policy.flattened.contains_key(first);
    // `exchange` is a part of the policy, and may be a rule's id too: the part goes first.
    if is_part {
        return Ok(path);
    }
    let named = |part: &str| {
        let table = policy.flattened.get(part).and_then(Value::as_table);
        table.is_some_and(|table| table.contains_key(first))
    };
    let part = ["rule", "lever", "form"]
        .into_iter()
        .find(|part| named(part));
    match part {
        Some(part) => Ok(std::iter::once(part.to_owned()).chain(path).collect()),
        None => Err(unknown(policy, first, "没有这条规则 / no such rule")),
    }
}

fn unknown(policy: &Policy, word: &str, message: &str) -> PolicyFault {
    let rules = policy.rules.iter().map(|rule| rule.id.as_str());
    let levers = policy.levers.iter().map(|lever| lever.id.as_str());
    let advice = did_you_mean(word, rules.chain(levers))
        .unwrap_or_else(|| format!("规则见 / rules: shizi policy show {}", policy.id));
    fault(word, message, advice)
}

fn fault(word: &str, message: &str, advice: String) -> PolicyFault {
    PolicyFault {
        code: "W002",
        place: word.to_owned(),
        message: message.to_owned(),
        advice,
    }
}
