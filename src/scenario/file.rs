//! Files of scenarios: named changes, in the words of the command line.

use std::path::Path;

use serde::Deserialize;
use toml::{Table, Value};

use super::change::{Change, Scenario};
use crate::policy::{PolicyFault, decoded};

/// A file of scenarios.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ScenarioFile {
    #[serde(default)]
    scenario: Vec<ScenarioTable>,
}

/// `[[scenario]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ScenarioTable {
    name: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    set: Table,
    #[serde(default)]
    without: Vec<String>,
    #[serde(default)]
    lock: Vec<String>,
    #[serde(default, rename = "override")]
    overrides: Vec<String>,
    #[serde(default)]
    unlock: Vec<String>,
    #[serde(default)]
    absent: Vec<String>,
    #[serde(default)]
    leave: Vec<String>,
    #[serde(default)]
    recruit: Vec<String>,
    #[serde(default)]
    decline: Vec<String>,
    #[serde(default)]
    classes: Vec<String>,
    #[serde(default)]
    open: Vec<String>,
    #[serde(default)]
    close: Vec<String>,
}

/// Reads a file of scenarios (TOML).
///
/// # Errors
/// All that is wrong with it, at once.
pub fn read_scenarios(path: &Path) -> Result<Vec<Scenario>, Vec<PolicyFault>> {
    let file = path.display().to_string();
    let fault = |message: String, advice: &str| PolicyFault {
        code: "W001",
        place: file.clone(),
        message,
        advice: advice.to_owned(),
    };
    let bytes = std::fs::read(path)
        .map_err(|error| vec![fault(format!("无法读取 / cannot be read: {error}"), "")])?;
    let text = decoded(&bytes).ok_or_else(|| {
        let message = "文件编码无法识别 / the text encoding cannot be told";
        vec![fault(
            message.to_owned(),
            "请另存为 UTF-8 / save it as UTF-8",
        )]
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let read: ScenarioFile = toml::from_str(text).map_err(|error| {
        let words = Change::WORDS.join(" ");
        let advice = format!("[[scenario]] 可用 / knows: name reason {words}");
        vec![fault(error.to_string().trim().to_owned(), &advice)]
    })?;
    if read.scenario.is_empty() {
        let message = "没有 [[scenario]] / there is no [[scenario]]";
        return Err(vec![fault(message.to_owned(), "")]);
    }
    let mut scenarios = Vec::new();
    let mut faults = Vec::new();
    for table in read.scenario {
        let place = format!("{file}: {}", table.name);
        scenarios.push(scenario(table, &place, &mut faults));
    }
    if faults.is_empty() {
        Ok(scenarios)
    } else {
        Err(faults)
    }
}

/// Reads the changes of a table that has the keys of a `[[scenario]]` but its name.
///
/// # Errors
/// All that is wrong with it, at once.
pub fn read_changes(
    mut table: Table,
    name: &str,
    place: &str,
) -> Result<Scenario, Vec<PolicyFault>> {
    table.insert("name".to_owned(), Value::String(name.to_owned()));
    let read: ScenarioTable = table.try_into().map_err(|error: toml::de::Error| {
        vec![PolicyFault {
            code: "W001",
            place: place.to_owned(),
            message: error.to_string().trim().to_owned(),
            advice: format!("可用 / knows: reason {}", Change::WORDS.join(" ")),
        }]
    })?;
    let mut faults = Vec::new();
    let scenario = scenario(read, place, &mut faults);
    if faults.is_empty() {
        Ok(scenario)
    } else {
        Err(faults)
    }
}

fn scenario(table: ScenarioTable, place: &str, faults: &mut Vec<PolicyFault>) -> Scenario {
    let mut changes = Vec::new();
    flatten(&mut changes, "", table.set);
    let lists = [
        ("without", table.without),
        ("unlock", table.unlock),
        ("lock", table.lock),
        ("override", table.overrides),
        ("absent", table.absent),
        ("leave", table.leave),
        ("recruit", table.recruit),
        ("decline", table.decline),
        ("classes", table.classes),
        ("open", table.open),
        ("close", table.close),
    ];
    for (word, texts) in lists {
        for text in texts {
            match Change::parse(word, &text) {
                Ok(change) => changes.push(change),
                Err(fault) => faults.push(PolicyFault {
                    place: format!("{place}: {}", fault.place),
                    ..fault
                }),
            }
        }
    }
    Scenario {
        name: table.name,
        reason: table.reason,
        changes,
    }
}

/// Keys of `set`: quoted with their dots, or as tables within tables.
fn flatten(changes: &mut Vec<Change>, prefix: &str, table: Table) {
    for (key, value) in table {
        let key = if prefix.is_empty() {
            key
        } else {
            format!("{prefix}.{key}")
        };
        match value {
            Value::Table(inner) if !is_key(&key) => flatten(changes, &key, inner),
            value => changes.push(Change::set(&key, value)),
        }
    }
}

/// Whether a path names a key: `RULE.KEY`, or `rule.RULE.KEY` as in a policy. A rule alone has no
/// value: what is below it are its keys.
fn is_key(path: &str) -> bool {
    let parts: Vec<&str> = path.split('.').collect();
    let spelled_out = matches!(parts[0], "rule" | "lever" | "form");
    parts.len() >= 2 + usize::from(spelled_out)
}

/// Scenarios as a file that [`read_scenarios`] reads again.
pub fn write_scenarios(scenarios: &[Scenario]) -> String {
    let mut text = String::new();
    for scenario in scenarios {
        let mut table = Table::new();
        table.insert("name".to_owned(), Value::String(scenario.name.clone()));
        if !scenario.reason.is_empty() {
            table.insert("reason".to_owned(), Value::String(scenario.reason.clone()));
        }
        for change in &scenario.changes {
            if let Change::Set { key, value } = change {
                let held = table
                    .entry("set")
                    .or_insert_with(|| Value::Table(Table::new()));
                if let Value::Table(set) = held {
                    set.insert(key.clone(), value.clone());
                }
                continue;
            }
            let entry = table.entry(change.word());
            let held = entry.or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(list) = held {
                list.push(Value::String(change.text()));
            }
        }
        let list = Value::Array(vec![Value::Table(table)]);
        let file = Table::from_iter([("scenario".to_owned(), list)]);
        text.push_str(&file.to_string());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Scenario>, Vec<PolicyFault>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("scenarios.toml");
        std::fs::write(&path, text).unwrap();
        read_scenarios(&path)
    }

    #[test]
    fn a_file_is_written_as_it_is_read() {
        let text = "[[scenario]]\nname = '派出80人'\nset = { 'rotation-quota.exactly' = 80 }\n\
                    without = ['reach-minutes']\nlock = ['T1=留任', 'T2=派往:S1']\n\
                    [[scenario]]\nname = '少40个班'\nreason = '招生计划'\nclasses = ['全区:小学=-40']\n";
        let scenarios = read(text).unwrap();
        assert_eq!(scenarios.len(), 2);
        assert_eq!(scenarios[0].changes.len(), 4);
        assert_eq!(read(&write_scenarios(&scenarios)).unwrap(), scenarios);
        let nested = "[[scenario]]\nname = 'x'\n[scenario.set.rotation-quota]\nexactly = 80\n";
        let set = Change::set("rotation-quota.exactly", Value::Integer(80));
        assert_eq!(read(nested).unwrap()[0].changes, [set]);
        let rule = "[[scenario]]\nname = 'x'\n[scenario.set.rule.cap]\nkind = 'count'\n\
                    who = { stage = '小学' }\n";
        let read = &read(rule).unwrap()[0].changes;
        let keys: Vec<String> = read.iter().map(Change::text).collect();
        assert_eq!(
            keys,
            [
                "rule.cap.kind=\"count\"",
                "rule.cap.who={ stage = \"小学\" }"
            ]
        );
    }

    #[test]
    fn all_faults_are_named_at_once() {
        let text = "[[scenario]]\nname = 'x'\nlock = ['T1']\nclasses = ['S1=0']\n";
        let faults = read(text).unwrap_err();
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(faults[0].place.contains("x: lock"));
        assert_eq!(read("").unwrap_err().len(), 1);
        assert!(
            read("[[scenario]]\nname = 'x'\nfire = []").unwrap_err()[0]
                .message
                .contains("fire")
        );
    }
}
