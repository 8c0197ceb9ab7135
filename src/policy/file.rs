//! The file: reading, extending, and the parts that every rule has.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::{Table, Value};

use super::fault::{PolicyFault, fault, from_toml, nearest};
use super::find::Chain;
use super::form::{FormTable, FormTerms, forms, months_fault};
use super::itinerant::ItinerantTerms;
use super::lever::{Lever, LeverKind, LeverTable};
use super::merge::{Origins, overlay};
use super::rule::{Enforcement, HEAD_KEYS, Level, Rule, RuleHead};
use super::tables::{CompetitionTerms, DemandTables, ExchangeTerms, RetirementTable, TravelTable};
use crate::domain::Form;

/// The titles of a level.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LevelTable {
    title: String,
    title_english: String,
}

/// A flattened policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Its id.
    pub id: String,
    /// Title in Chinese.
    pub title: String,
    /// Title in English.
    pub title_english: String,
    /// Objective levels in order; the first is that of floors.
    pub levels: Vec<Level>,
    /// From classes to need.
    pub demand: DemandTables,
    /// Ages of retirement.
    pub retirement: RetirementTable,
    /// Roads.
    pub travel: TravelTable,
    /// Terms of new exchanges.
    pub exchange: ExchangeTerms,
    /// Terms of the competition across schools.
    pub competition: CompetitionTerms,
    /// Forms that plans may choose, with their terms.
    pub forms: BTreeMap<Form, FormTerms>,
    /// Terms of 走教, where plans may choose it.
    pub itinerant: Option<ItinerantTerms>,
    /// Rules, sorted by id.
    pub rules: Vec<Rule>,
    /// Levers, sorted by id.
    pub levers: Vec<Lever>,
    /// From which file each key comes.
    pub origins: Origins,
    /// The flattened table, for showing.
    pub flattened: Table,
    /// BLAKE3 of the flattened table.
    pub digest: String,
}

impl Policy {
    /// Whether the 编制 goes along with somebody who moves in a form.
    pub fn moves_establishment(&self, form: Form) -> bool {
        let terms = self.forms.get(&form);
        terms.is_some_and(|terms| terms.establishment_moves)
    }

    /// The policy with a table laid over it, as a file that extends it would be; `file` is what
    /// messages call it.
    ///
    /// # Errors
    /// All faults found, at once.
    pub fn overlaid(&self, file: &str, over: Table) -> Result<Self, Vec<PolicyFault>> {
        let (mut merged, mut origins) = (self.flattened.clone(), self.origins.clone());
        overlay(&mut merged, over, file, &mut origins);
        Reader {
            file: file.to_owned(),
            faults: Vec::new(),
            origins,
        }
        .read(merged)
    }
}

/// Lays a chain of files over each other and reads the whole.
pub(super) fn flatten(chain: Chain) -> Result<Policy, Vec<PolicyFault>> {
    let leaf = chain
        .first()
        .map(|(file, _)| file.clone())
        .unwrap_or_default();
    let (mut merged, mut origins) = (Table::new(), Origins::new());
    for (file, table) in chain.into_iter().rev() {
        overlay(&mut merged, table, &file, &mut origins);
    }
    Reader {
        file: leaf,
        faults: Vec::new(),
        origins,
    }
    .read(merged)
}

/// Reads a flattened table, gathering faults.
struct Reader {
    file: String,
    faults: Vec<PolicyFault>,
    origins: Origins,
}

impl Reader {
    /// Forms that `[form.X]` may name: those that not every policy has.
    const NAMED: [Form; 7] = [
        Form::Reassign,
        Form::Support,
        Form::CrossStage,
        Form::Retrain,
        Form::Selection,
        Form::Resettle,
        Form::Shadowing,
    ];

    fn part<T: serde::de::DeserializeOwned>(&mut self, table: &Table, key: &str) -> Option<T> {
        let Some(value) = table.get(key) else {
            let advice = "在文件中补上，或继承 national / add it, or extend `national`";
            self.faults.push(fault(
                "P005",
                &format!("{}: {key}", self.file),
                "缺少这一部分 / this part is missing",
                advice,
            ));
            return None;
        };
        match value.clone().try_into() {
            Ok(part) => Some(part),
            Err(error) => {
                let place = format!("{}: {key}", self.file);
                self.faults.push(from_toml(&place, &toml_message(&error)));
                None
            }
        }
    }

    fn read(mut self, merged: Table) -> Result<Policy, Vec<PolicyFault>> {
        self.check_keys(&merged);
        let levels = self.read_levels(&merged);
        let id = self.part(&merged, "id");
        let title = self.part(&merged, "title");
        let demand = self.part(&merged, "demand");
        let retirement = self.part(&merged, "retirement");
        let travel = self.part(&merged, "travel");
        let exchange = self.read_exchange(&merged);
        // Most policies hold no competition: the terms have defaults.
        let competition = merged
            .contains_key("competition")
            .then(|| self.part(&merged, "competition"));
        let form_tables = self.read_forms(&merged);
        let itinerant = self.read_itinerant(&merged);
        let rules = self.read_rules(&merged, &levels);
        let levers = self.read_levers(&merged, &levels);
        let title_english = merged
            .get("title_english")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        let parts = (id, title, demand, retirement, travel, exchange);
        let (Some(id), Some(title), Some(demand), Some(retirement), Some(travel), Some(exchange)) =
            parts
        else {
            return Err(self.faults);
        };
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        let digest = self.digest(&merged);
        Ok(Policy {
            id,
            title,
            title_english,
            levels,
            demand,
            retirement,
            travel,
            exchange,
            competition: competition.flatten().unwrap_or_default(),
            forms: forms(&form_tables, exchange, itinerant.is_some()),
            itinerant,
            rules,
            levers,
            origins: self.origins,
            flattened: merged,
            digest,
        })
    }

    fn check_keys(&mut self, merged: &Table) {
        const KEYS: [&str; 15] = [
            "id",
            "title",
            "title_english",
            "levels",
            "level",
            "demand",
            "retirement",
            "travel",
            "exchange",
            "competition",
            "form",
            "itinerant",
            "rule",
            "lever",
            "note",
        ];
        for key in merged.keys().filter(|key| !KEYS.contains(&key.as_str())) {
            let near = nearest(key, KEYS).map_or(String::new(), |near| {
                format!("是否应为 / did you mean `{near}`?")
            });
            let place = format!("{}: {key}", self.origins.get(key).unwrap_or(&self.file));
            self.faults
                .push(fault("P002", &place, "没有这一部分 / no such part", &near));
        }
    }

    fn read_levels(&mut self, merged: &Table) -> Vec<Level> {
        let order: Vec<String> = self.part(merged, "levels").unwrap_or_default();
        let titles: BTreeMap<String, LevelTable> = self.part(merged, "level").unwrap_or_default();
        order
            .into_iter()
            .map(|id| {
                let held = titles.get(&id);
                if held.is_none() {
                    let place = format!("{}: level.{id}", self.file);
                    self.faults.push(fault(
                        "P005",
                        &place,
                        "没有名称 / has no title",
                        "补上 [level.…] / add [level.…]",
                    ));
                }
                Level {
                    title: held.map_or_else(|| id.clone(), |held| held.title.clone()),
                    title_english: held
                        .map_or_else(|| id.clone(), |held| held.title_english.clone()),
                    id,
                }
            })
            .collect()
    }

    fn level_position(&mut self, place: &str, name: &str, levels: &[Level]) -> usize {
        levels
            .iter()
            .position(|level| level.id == name)
            .unwrap_or_else(|| {
                let near = nearest(name, levels.iter().map(|level| level.id.as_str()));
                let advice = near.map_or(String::new(), |near| {
                    format!("是否应为 / did you mean `{near}`?")
                });
                let message = format!("没有优先层级 / no such level `{name}`");
                self.faults.push(fault("P002", place, &message, &advice));
                0
            })
    }

    fn read_exchange(&mut self, merged: &Table) -> Option<ExchangeTerms> {
        let terms: ExchangeTerms = self.part(merged, "exchange")?;
        if let Some((message, advice)) = months_fault(terms.months) {
            let file = self.origins.get("exchange.months");
            let place = format!("{}: exchange", file.unwrap_or(&self.file));
            self.faults.push(fault("P008", &place, message, advice));
        }
        Some(terms)
    }

    fn read_forms(&mut self, merged: &Table) -> BTreeMap<Form, FormTable> {
        let Some(table) = merged.get("form").and_then(Value::as_table) else {
            return BTreeMap::new();
        };
        let mut forms = BTreeMap::new();
        for (word, value) in table {
            let place = self.place_of("form", word);
            let known = Form::from_word(word).filter(|form| Self::NAMED.contains(form));
            let Some(form) = known else {
                let near = nearest(word, Self::NAMED.iter().map(|form| form.chinese()));
                let advice = near.map_or(String::new(), |near| {
                    format!("是否应为 / did you mean `{near}`?")
                });
                let message = format!("没有这种可写的形式 / no such form to name `{word}`");
                self.faults.push(fault("P002", &place, &message, &advice));
                continue;
            };
            match value.clone().try_into::<FormTable>() {
                Ok(read) => {
                    if let Some((message, advice)) = read.fault() {
                        self.faults.push(fault("P008", &place, message, advice));
                    }
                    forms.insert(form, read);
                }
                Err(error) => self.faults.push(from_toml(&place, &toml_message(&error))),
            }
        }
        forms
    }

    fn read_itinerant(&mut self, merged: &Table) -> Option<ItinerantTerms> {
        merged.get("itinerant")?;
        let terms: ItinerantTerms = self.part(merged, "itinerant")?;
        if terms.off {
            return None;
        }
        if let Some((message, advice)) = terms.fault() {
            let file = self.origins.get("itinerant.subject");
            let place = format!("{}: itinerant", file.unwrap_or(&self.file));
            self.faults.push(fault("P008", &place, message, advice));
        }
        Some(terms)
    }

    fn read_rules(&mut self, merged: &Table, levels: &[Level]) -> Vec<Rule> {
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
                self.faults.push(from_toml(place, &toml_message(&error)));
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

    /// BLAKE3 of a flattened table. A rule that the file which makes it leaves off, as an offer to whoever
    /// extends it, says nothing of a year until somebody switches it on, so it is left out.
    fn digest(&self, merged: &Table) -> String {
        let mut said = merged.clone();
        if let Some(Value::Table(rules)) = said.get_mut("rule") {
            rules.retain(|id, body| {
                let origin = |key: &str| self.origins.get(&format!("rule.{id}.{key}"));
                let is_off = body.get("off") == Some(&Value::Boolean(true));
                !(is_off && origin("off") == origin("kind"))
            });
        }
        blake3::hash(said.to_string().as_bytes())
            .to_hex()
            .to_string()
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
        let advice = nearest(id, others).map_or(String::new(), |near| {
            format!("是否应为 / did you mean `{near}`?")
        });
        self.faults.push(fault("P002", place, message, &advice));
    }

    fn read_levers(&mut self, merged: &Table, levels: &[Level]) -> Vec<Lever> {
        let Some(table) = merged.get("lever").and_then(Value::as_table) else {
            return Vec::new();
        };
        let mut levers = Vec::new();
        for (id, value) in table {
            let place = self.place_of("lever", id);
            let lever: LeverTable = match value.clone().try_into() {
                Ok(lever) => lever,
                Err(error) => {
                    self.faults.push(from_toml(&place, &toml_message(&error)));
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

    /// `file: rule.id`, the file being the last that says anything of it.
    fn place_of(&self, part: &str, id: &str) -> String {
        let prefix = format!("{part}.{id}.");
        let from_leaf = self
            .origins
            .iter()
            .any(|(key, file)| key.starts_with(&prefix) && *file == self.file);
        let file = if from_leaf {
            &self.file
        } else {
            self.origins
                .iter()
                .find(|(key, _)| key.starts_with(&prefix))
                .map_or(&self.file, |(_, file)| file)
        };
        format!("{file}: {part}.{id}")
    }
}

/// The message of a TOML error without the frame of source lines, which a flattened table has not.
pub(crate) fn toml_message(error: &toml::de::Error) -> String {
    error.message().to_owned()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::find::{BUILT_IN, load, load_text};

    #[test]
    fn built_in_policies_read_and_remember_where_numbers_come_from() {
        for (name, _) in BUILT_IN {
            let policy = load(Path::new(name)).unwrap_or_else(|faults| panic!("{faults:?}"));
            assert_eq!(policy.id, name);
        }
        let wulong = load(Path::new("wulong")).unwrap();
        assert_eq!(
            wulong.origins["rule.dual-qualified.at_least"],
            "wulong.toml"
        );
        assert_eq!(wulong.origins["rule.dual-qualified.who"], "national.toml");
    }

    #[test]
    fn unknown_keys_get_their_nearest_neighbour() {
        let text = "extends = 'national'\nid = 'x'\ntitle = 'x'\n[retirment]\nmen = 1";
        let faults = load_text("x.toml", text).unwrap_err();
        assert!(
            faults
                .iter()
                .any(|fault| fault.advice.contains("retirement")),
            "{faults:?}"
        );
    }

    #[test]
    fn a_mistyped_rule_gets_its_nearest_neighbour() {
        let text = "extends = 'wulong'\nid = 'x'\ntitle = 'x'\n[rule.levae-cap]\nat_most = 1";
        let faults = load_text("x.toml", text).unwrap_err();
        assert!(faults[0].advice.contains("leave-cap"), "{faults:?}");
    }

    #[test]
    fn a_circle_of_extensions_is_a_fault() {
        let faults = load_text("national.toml", "extends = 'national'\nid = 'x'").unwrap_err();
        assert_eq!(faults[0].code, "P004");
    }
}
