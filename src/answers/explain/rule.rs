//! Of a rule: what it holds, where it binds, and what a unit more or less of it costs.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use serde::Serialize;
use toml::{Table, Value};

use super::Explainer;
use super::price::{Priced, price_of};
use crate::answers::attempt::NamedRule;
use crate::answers::figures::weighted;
use crate::policy::Enforcement;
use crate::rules::{Figure, Target};
use crate::scenario::{Change, key_part};
use crate::solve::SolveError;

/// What a rule holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleAnswer {
    /// The rule.
    pub rule: NamedRule,
    /// How strictly it is held, in Chinese.
    pub held_as: &'static str,
    /// The code word.
    pub held_as_code: &'static str,
    /// On whose authority.
    pub source: String,
    /// How sure its number is, in Chinese.
    pub certainty: &'static str,
    /// Titles of its level, Chinese and English, where missing it costs.
    pub level: Option<[String; 2]>,
    /// Whether it says of people who may move and where to, so that its value is of how many it speaks.
    pub of_people: bool,
    /// What the plan has over the district.
    pub value: Figure,
    /// What it asks.
    pub target: Option<Target>,
    /// Whether it holds everywhere.
    pub met: bool,
    /// What it costs at its level, weighted persons.
    pub cost: f64,
    /// In how many places it does not hold.
    pub missed: usize,
    /// Those places; of rules whose places are people, of internal copies only.
    pub missed_at: Vec<Limit>,
    /// Places that stand at a limit: one less or more would miss it. Of counts.
    pub at_limit: Vec<Limit>,
    /// Whether the rule bears on plans at all; one that only reports does not.
    pub bears: bool,
    /// Its numbers, each a unit less and more.
    pub keys: Vec<KeyPrice>,
}

/// A place of a rule, with what the plan has there and what is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Limit {
    /// The place.
    pub place: String,
    /// What the plan has.
    pub value: String,
    /// What is asked.
    pub target: String,
}

/// What another number of a rule comes to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeyPrice {
    /// The key, inside the rule.
    pub key: String,
    /// Its value.
    pub value: String,
    /// The other value.
    pub changed: String,
    /// What the best plan comes to under it.
    pub price: Priced,
}

impl Explainer<'_> {
    pub(super) fn rule(
        &self,
        position: usize,
        done: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<RuleAnswer, SolveError> {
        let context = &self.base.context;
        let typed = &self.rules().all()[position];
        let rule = &typed.rule;
        let facts = self.plan.facts(context);
        let outcome = typed.check(context, &facts);
        let costs = rule.enforcement.costs();
        let bears = rule.enforcement != Enforcement::Report;
        let level = &context.situation.policy.levels[rule.level];
        let missed_at = outcome.missed.iter().map(|item| Limit {
            place: item.place.clone(),
            value: item.value.clone(),
            target: item.target.clone(),
        });
        let named = self.names || !typed.names_people();
        let tallies = typed.tallies(context, &facts).into_iter();
        let at_limit = tallies
            .filter(|tally| tally.missed_by() == 0 && tally.is_at_limit())
            .map(|tally| Limit {
                place: tally.place.label(context.situation),
                value: tally.value.to_string(),
                target: tally.asked(),
            });
        let keys = if bears {
            self.prices_of_keys(&rule.id, &rule.parameters, done)?
        } else {
            Vec::new()
        };
        Ok(RuleAnswer {
            rule: NamedRule::at(self.base.context.situation.policy, self.rules(), position),
            held_as: typed.held_as(),
            held_as_code: typed.held_as_code(),
            source: rule.source.citation(),
            certainty: rule.certainty.chinese(),
            level: costs.then(|| [level.title.clone(), level.title_english.clone()]),
            of_people: typed.names_people(),
            value: outcome.value,
            target: outcome.target,
            met: outcome.met,
            cost: weighted(outcome.cost),
            missed: outcome.missed.len(),
            missed_at: if named {
                missed_at.collect()
            } else {
                Vec::new()
            },
            at_limit: at_limit.collect(),
            bears,
            keys,
        })
    }

    fn prices_of_keys(
        &self,
        rule: &str,
        parameters: &Table,
        done: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Vec<KeyPrice>, SolveError> {
        let mut others = Vec::new();
        numbers(parameters, "", &mut others);
        let (ended, count) = (AtomicUsize::new(0), others.len());
        let prices = others.into_par_iter().with_max_len(1);
        let prices = prices.map(|other| {
            let (key, value) = other.set;
            let change = Change::set(&format!("rule.{rule}.{key}"), value);
            let price = price_of(self.base, &[change], self.asked())?;
            done(ended.fetch_add(1, Ordering::Relaxed) + 1, count);
            Ok(KeyPrice {
                key: other.key,
                value: printed(&other.value),
                changed: printed(&other.changed),
                price,
            })
        });
        prices.collect()
    }
}

/// A number of a rule beside the next one.
#[derive(Debug, Clone, PartialEq)]
struct Other {
    /// The key, inside the rule; `indicators[2].at_most` of the second of a list.
    key: String,
    /// Its value.
    value: Value,
    /// The other value.
    changed: Value,
    /// The key that is set, and what to: of a number in a list the whole list.
    set: (String, Value),
}

/// All numbers of a rule's parameters with the next below and above: minutes by five, shares by a
/// percentage point, decimals by a hundredth, all others by one. Bare numbers in lists are left out: they
/// are grades, ranks, figures of elsewhere and not limits.
fn numbers(table: &Table, before: &str, found: &mut Vec<Other>) {
    for (key, value) in table {
        let path = format!("{before}{}", key_part(key));
        match value {
            Value::Table(inner) => numbers(inner, &format!("{path}."), found),
            Value::Array(list) => of_list(list, &path, found),
            _ => {
                let step = if key.contains("minutes") { 5 } else { 1 };
                let others = [-1, 1].map(|sign| beside(value, sign, step));
                found.extend(others.into_iter().flatten().map(|changed| Other {
                    key: path.clone(),
                    value: value.clone(),
                    changed: changed.clone(),
                    set: (path.clone(), changed),
                }));
            }
        }
    }
}

/// The numbers of tables in a list. A change names no entry of a list, so it sets the list.
fn of_list(list: &[Value], path: &str, found: &mut Vec<Other>) {
    for (place, entry) in list.iter().enumerate() {
        let Value::Table(inner) = entry else {
            continue;
        };
        let mut inside = Vec::new();
        numbers(inner, "", &mut inside);
        found.extend(inside.into_iter().map(|held| {
            let mut list = list.to_vec();
            let (key, value) = held.set;
            if let Some(Value::Table(entry)) = list.get_mut(place) {
                put(entry, &key, value);
            }
            Other {
                key: format!("{path}[{}].{}", place + 1, held.key),
                set: (path.to_owned(), Value::Array(list)),
                ..held
            }
        }));
    }
}

/// Sets what stands under a key, `a.b` for a table in a table.
fn put(table: &mut Table, key: &str, value: Value) {
    match key.split_once('.') {
        None => {
            table.insert(key.to_owned(), value);
        }
        Some((first, rest)) => {
            if let Some(Value::Table(inner)) = table.get_mut(first) {
                put(inner, rest, value);
            }
        }
    }
}

/// The next value below or above; `None` where there is none, or the value is no number.
fn beside(value: &Value, sign: i64, step: i64) -> Option<Value> {
    match value {
        Value::Integer(number) => number
            .checked_add(sign * step)
            .filter(|&number| number >= 0)
            .map(Value::Integer),
        Value::Float(number) => decimal_beside(*number, sign),
        Value::String(text) => percent_beside(text, sign),
        _ => None,
    }
}

/// A decimal with a hundredth more or less, none below nought; what is a share of a whole stays one.
fn decimal_beside(number: f64, sign: i64) -> Option<Value> {
    if !(0.0..=1e9).contains(&number) {
        return None;
    }
    // In millionths, the finest that policies take, so that 0.3 is followed by 0.31.
    let millionths = (number * 1e6).round() as i64;
    let next = millionths + sign * 10_000;
    let beyond = millionths <= 1_000_000 && next > 1_000_000;
    (next >= 0 && !beyond).then(|| Value::Float(next as f64 / 1e6))
}

/// A percentage with a point more or less, from nought to a hundred.
fn percent_beside(text: &str, sign: i64) -> Option<Value> {
    let number = text.trim().strip_suffix('%')?.trim();
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let whole: i64 = whole.parse().ok()?;
    let next = whole.checked_add(sign)?;
    let beyond = next > 100 || (next == 100 && part.bytes().any(|digit| digit != b'0'));
    if next < 0 || beyond || !part.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let dot = if part.is_empty() { "" } else { "." };
    Some(Value::String(format!("{next}{dot}{part}%")))
}

fn printed(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_neighbours() {
        let table: Table = "exactly = 50\nmax_minutes = 60\nscope = 'school'\n\
                            at_most = { share = '15%', of = 'teachers', minimum = 0 }\n\
                            [at.'S01.2:小学']\nat_most = 0\n"
            .parse()
            .unwrap();
        let mut found = Vec::new();
        numbers(&table, "", &mut found);
        let mut found: Vec<String> = found.iter().map(line).collect();
        found.sort();
        assert_eq!(
            found,
            [
                "at.\"S01.2:小学\".at_most 0 1",
                "at_most.minimum 0 1",
                "at_most.share 15% 14%",
                "at_most.share 15% 16%",
                "exactly 50 49",
                "exactly 50 51",
                "max_minutes 60 55",
                "max_minutes 60 65",
            ]
        );
    }

    fn line(other: &Other) -> String {
        let (value, changed) = (printed(&other.value), printed(&other.changed));
        format!("{} {value} {changed}", other.key)
    }

    #[test]
    fn decimals_and_tables_in_lists_have_neighbours() {
        let table: Table = "by_rank = [1, 2]\nothers = [0.31]\nlimit = 0.3\nfull = 1.0\n\
                            indicators = [{ name = 'x', at_most = 0.5 }, { name = 'y', who = { age = 3 } }]\n"
            .parse()
            .unwrap();
        let mut found = Vec::new();
        numbers(&table, "", &mut found);
        let mut lines: Vec<String> = found.iter().map(line).collect();
        lines.sort();
        assert_eq!(
            lines,
            [
                "full 1.0 0.99",
                "indicators[1].at_most 0.5 0.49",
                "indicators[1].at_most 0.5 0.51",
                "indicators[2].who.age 3 2",
                "indicators[2].who.age 3 4",
                "limit 0.3 0.29",
                "limit 0.3 0.31",
            ]
        );
        let last = found
            .iter()
            .find(|held| held.key == "indicators[2].who.age");
        let set = &last.unwrap().set;
        assert_eq!(set.0, "indicators");
        let expected: Table =
            "indicators = [{ name = 'x', at_most = 0.5 }, { name = 'y', who = { age = 2 } }]"
                .parse()
                .unwrap();
        assert_eq!(set.1, expected["indicators"]);
    }

    #[test]
    fn percentages_stay_percentages() {
        let beside = |text: &str, sign: i64| percent_beside(text, sign).map(|held| printed(&held));
        assert_eq!(beside("100%", 1), None);
        assert_eq!(beside("0%", -1), None);
        assert_eq!(beside("99.5%", 1), None);
        assert_eq!(beside("12.5%", 1), Some("13.5%".to_owned()));
        assert_eq!(beside("小学", 1), None);
        assert_eq!(beside("a%", 1), None);
    }
}
