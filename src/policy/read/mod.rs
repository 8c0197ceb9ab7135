//! A flattened table read part by part, all faults gathered.

mod rules;

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::{Table, Value};

use super::fault::{PolicyFault, did_you_mean, fault, from_toml};
use super::file::Policy;
use super::form::{FormTable, forms, months_fault};
use super::itinerant::ItinerantTerms;
use super::merge::Origins;
use super::rule::Level;
use super::tables::ExchangeTerms;
use crate::domain::Form;

/// The titles of a level.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LevelTable {
    title: String,
    title_english: String,
}

/// Reads the policy that a flattened table is; `file` is what messages call the last file of it.
///
/// # Errors
/// All faults found, at once.
pub(super) fn read(
    merged: Table,
    file: String,
    origins: Origins,
) -> Result<Policy, Vec<PolicyFault>> {
    Reader {
        file,
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
                self.faults.push(from_toml(&place, error.message()));
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
            let near = did_you_mean(key, KEYS).unwrap_or_default();
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
                let advice = did_you_mean(word, Self::NAMED.iter().map(|form| form.chinese()))
                    .unwrap_or_default();
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
                Err(error) => self.faults.push(from_toml(&place, error.message())),
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
