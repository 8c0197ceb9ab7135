//! `extends`: a child's keys replace its parent's, table by table, and each key remembers its file.

use std::collections::BTreeMap;

use toml::{Table, Value};

/// From which file each key of a flattened policy comes, by dotted path.
pub type Origins = BTreeMap<String, String>;

/// The table of a rule that has its exceptions by place.
const EXCEPTIONS: &str = "at";

/// Lays `child` over `base`. Tables are merged key by key; everything else is replaced.
pub(super) fn overlay(base: &mut Table, child: Table, file: &str, origins: &mut Origins) {
    overlay_at("", base, child, file, origins);
}

fn overlay_at(path: &str, base: &mut Table, child: Table, file: &str, origins: &mut Origins) {
    for (key, value) in child {
        let place = if path.is_empty() {
            key.clone()
        } else {
            format!("{path}.{key}")
        };
        match (base.get_mut(&key), value) {
            (Some(Value::Table(held)), Value::Table(over)) if !is_leaf(&place) => {
                // Whoever says what a rule is makes it, whoever left one of its name off.
                if over.contains_key("kind") {
                    held.remove("off");
                    origins.remove(&format!("{place}.off"));
                }
                overlay_at(&place, held, over, file, origins);
            }
            (_, value) => {
                let prefix = format!("{place}.");
                origins.retain(|held, _| !held.starts_with(&prefix));
                record(&place, &value, file, origins);
                base.insert(key, value);
            }
        }
    }
}

/// Selectors and bounds are replaced whole: half of a parent's selector would be nobody's rule. So is
/// an exception, but not all of them for one.
fn is_leaf(place: &str) -> bool {
    let parts: Vec<&str> = place.splitn(4, '.').collect();
    match parts.as_slice() {
        ["rule", _, key] => *key != EXCEPTIONS,
        ["rule", _, EXCEPTIONS, _] | ["lever", _, _] => true,
        _ => false,
    }
}

fn record(place: &str, value: &Value, file: &str, origins: &mut Origins) {
    match value {
        Value::Table(table) if !is_leaf(place) => {
            for (key, inner) in table {
                record(&format!("{place}.{key}"), inner, file, origins);
            }
        }
        _ => {
            origins.insert(place.to_owned(), file.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_replaces_numbers_and_keeps_the_rest() {
        let base: Table = "[rule.a]\nkind = 'count'\nat_least = 1\nwho = { sex = '男' }"
            .parse()
            .unwrap();
        let child: Table = "[rule.a]\nat_least = 2\nwho = { stage = '小学' }"
            .parse()
            .unwrap();
        let (mut merged, mut origins) = (Table::new(), Origins::new());
        overlay(&mut merged, base, "base", &mut origins);
        overlay(&mut merged, child, "child", &mut origins);
        let rule = merged["rule"]["a"].as_table().unwrap();
        assert_eq!(rule["at_least"].as_integer(), Some(2));
        assert_eq!(rule["kind"].as_str(), Some("count"));
        assert!(
            rule["who"].get("sex").is_none(),
            "a selector is replaced whole"
        );
        assert_eq!(origins["rule.a.kind"], "base");
        assert_eq!(origins["rule.a.at_least"], "child");
    }

    #[test]
    fn exceptions_are_replaced_one_by_one() {
        let base: Table = "[rule.a.at]\nS01 = { at_most = 1, at_least = 1 }\nS02 = { at_most = 2 }"
            .parse()
            .unwrap();
        let child: Table = "[rule.a.at.S01]\nat_most = 5".parse().unwrap();
        let (mut merged, mut origins) = (Table::new(), Origins::new());
        overlay(&mut merged, base, "base", &mut origins);
        overlay(&mut merged, child, "child", &mut origins);
        let at = merged["rule"]["a"]["at"].as_table().unwrap();
        assert_eq!(at["S01"].to_string(), "{ at_most = 5 }");
        assert_eq!(at["S02"].to_string(), "{ at_most = 2 }");
        assert_eq!(origins["rule.a.at.S01"], "child");
        assert_eq!(origins["rule.a.at.S02"], "base");
    }
}
