//! Rules and levers, each at its level.

use toml::{Table, Value};

use super::super::fault::{did_you_mean, fault, from_toml};
use super::super::lever::{Lever, LeverKind, LeverTable};
use super::super::rule::{Enforcement, HEAD_KEYS, Level, Rule, RuleHead};
use super::Reader;

impl Reader {
    fn level_position(&mut self, place: &str, name: &str, levels: &[Level]) -> usize {
        levels
            .iter()
            .position(|level| level.id == name)
            .unwrap_or_else(|| {
                let advice = did_you_mean(name, levels.iter().map(|level| level.id.as_str()))
                    .unwrap_or_default();
                let message = format!("没有优先层级 / no such level `{name}`");
                self.faults.push(fault("P002", place, &message, &advice));
                0
            })
    }

    pub(super) fn read_rules(&mut self, merged: &Table, levels: &[Level]) -> Vec<Rule> {
        let Some(table) = merged.get("rule").and_then(Value::as_table) else {
            return Vec::new();
        };
        let mut rules: Vec<Rule> = table
            .iter()
            .filter_map(|(id, value)| {
                let place = self.place_of("rule", id);
                let Some(body) = value.as_table() else {
                    self.faults
                        .push(fault("P001", &place, "应为一个表 / must be a table", ""));
                    return None;
                };
                if self.is_off(&place, id, body, table) {
                    return None;
                }
                if !body.contains_key("kind") {
                    let message =
                        format!("没有规则 `{id}`，也没有写 kind / no such rule, and no `kind`");
                    self.unknown_rule(&place, id, table, &message);
                    return None;
                }
                self.read_rule(&place, id, body, levels)
            })
            .collect();
        rules.sort_by(|left, right| left.id.cmp(&right.id));
        rules
    }

    fn read_rule(&mut self, place: &str, id: &str, body: &Table, levels: &[Level]) -> Option<Rule> {
        let (head, parameters): (Table, Table) = body
            .clone()
            .into_iter()
            .partition(|(key, _)| HEAD_KEYS.contains(&key.as_str()));
        let head: RuleHead = match Value::Table(head).try_into() {
            Ok(head) => head,
            Err(error) => {
                self.faults.push(from_toml(place, error.message()));
                return None;
            }
        };
        let level = match (&head.level, head.enforcement) {
            (Some(name), _) => self.level_position(place, name, levels),
            (None, Enforcement::Objective) => {
                self.faults.push(fault(
                    "P005",
                    place,
                    "优化目标没有层级 / an objective needs a `level`",
                    "",
                ));
                0
            }
            (None, _) => 0,
        };
        Some(Rule {
            id: id.to_owned(),
            kind: head.kind,
            title: head.title,
            title_english: head.title_english,
            enforcement: head.enforcement,
            level,
            weight: head.weight,
            source: head.source,
            certainty: head.certainty,
            parameters,
            file: place.split(':').next().unwrap_or_default().to_owned(),
        })
    }

    /// Whether a rule is taken out. To take out what no file says anything else of is a fault: the
    /// id is mistyped, and the rule that was meant would stay in force.
    fn is_off(&mut self, place: &str, id: &str, body: &Table, rules: &Table) -> bool {
        match body.get("off") {
            None | Some(Value::Boolean(false)) => return false,
            Some(Value::Boolean(true)) if body.contains_key("kind") => {
                self.check_said_of_off(place, id, body);
            }
            Some(Value::Boolean(true)) => {
                let message = format!("没有这条规则可以停用 / no such rule to take out `{id}`");
                self.unknown_rule(place, id, rules, &message);
            }
            Some(other) => {
                let message = format!("{other} is neither true nor false");
                self.faults.push(fault("P001", place, &message, ""));
            }
        }
        true
    }

    /// Whoever changes keys of a rule that another file leaves off means to have it.
    fn check_said_of_off(&mut self, place: &str, id: &str, body: &Table) {
        let is_here = |key: &String| {
            let origin = self.origins.get(&format!("rule.{id}.{key}"));
            origin.is_some_and(|file| *file == self.file)
        };
        let off = self.origins.get(&format!("rule.{id}.off"));
        let Some(off) = off.filter(|file| **file != self.file) else {
            return;
        };
        if body.keys().any(is_here) {
            let message = format!(
                "这条规则在 {off} 中停用，改它的键不起作用 / the rule is off in {off}: its keys say nothing"
            );
            let advice = "要用它请写 / to use it, say: off = false";
            self.faults.push(fault("P008", place, &message, advice));
        }
    }

    fn unknown_rule(&mut self, place: &str, id: &str, rules: &Table, message: &str) {
        let others = rules
            .iter()
            .filter(|(_, body)| body.get("kind").is_some())
            .map(|(other, _)| other.as_str());
        let advice = did_you_mean(id, others).unwrap_or_default();
        self.faults.push(fault("P002", place, message, &advice));
    }

    pub(super) fn read_levers(&mut self, merged: &Table, levels: &[Level]) -> Vec<Lever> {
        let Some(table) = merged.get("lever").and_then(Value::as_table) else {
            return Vec::new();
        };
        let mut levers = Vec::new();
        for (id, value) in table {
            let place = self.place_of("lever", id);
            let lever: LeverTable = match value.clone().try_into() {
                Ok(lever) => lever,
                Err(error) => {
                    self.faults.push(from_toml(&place, error.message()));
                    continue;
                }
            };
            let keys = value.as_table();
            if let Some((message, advice)) = keys.and_then(|keys| lever.without_effect(keys)) {
                self.faults.push(fault("P008", &place, message, advice));
                continue;
            }
            let level = self.level_position(&place, &lever.level, levels);
            levers.push(lever.into_lever(id, level));
        }
        let moved = levers
            .iter()
            .filter(|lever| lever.kind == LeverKind::Reallocate);
        if moved.count() > 1 {
            let message = "编制调剂渠道多于一个 / more than one lever reallocates posts";
            let place = self.place_of("lever", "reallocate");
            self.faults
                .push(fault("P008", &place, message, "合为一个 / make them one"));
        }
        levers.sort_by(|left, right| left.id.cmp(&right.id));
        levers
    }
}
