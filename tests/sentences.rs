//! `docs/sentences.md`: every rule that the table names stands in the named policy, and what the table
//! says of it is what the district's plan says. `SHIZI_UPDATE=1` rewrites these columns.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;
use shizi::policy::{Policy, load, load_text};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page() -> PathBuf {
    root().join("docs/sentences.md")
}

/// A rule or lever as the table names it: `id`（file）.
struct Named {
    id: String,
    file: String,
}

impl Named {
    /// What it is called in a policy's tables.
    fn key(&self) -> String {
        match self.id.strip_prefix("lever.") {
            Some(_) => self.id.clone(),
            None => format!("rule.{}", self.id),
        }
    }
}

fn named(cell: &str) -> Vec<Named> {
    let parts = cell.split('、').filter_map(|part| {
        let (id, file) = part.trim().strip_prefix('`')?.split_once("`（")?;
        Some(Named {
            id: id.to_owned(),
            file: file.strip_suffix('）')?.to_owned(),
        })
    });
    parts.collect()
}

/// The policy of each heading, and the rules that rows of five cells below it name.
fn tables(text: &str) -> Vec<(String, Vec<Named>)> {
    let mut tables: Vec<(String, Vec<Named>)> = Vec::new();
    for line in text.lines() {
        if let Some(policy) = policy_of(line) {
            tables.push((policy, Vec::new()));
        } else if let Some(cells) = carried(line) {
            let (_, rules) = tables.last_mut().expect("rows stand below a heading");
            rules.extend(named(cells[2]));
        }
    }
    tables
}

fn policy_of(line: &str) -> Option<String> {
    let (_, id) = line.strip_prefix("## ")?.split_once('`')?;
    Some(id.trim_end_matches('`').to_owned())
}

/// The cells of a row that names rules.
fn carried(line: &str) -> Option<Vec<&str>> {
    let inner = line.strip_prefix("| ")?.strip_suffix('|')?;
    let cells: Vec<&str> = inner.split('|').map(str::trim).collect();
    (cells.len() == 5 && cells[2].starts_with('`')).then_some(cells)
}

/// What the plan of a district says: each rule's enforcement and result, and the levels.
struct Planned {
    rules: BTreeMap<String, (String, String)>,
    summary: Value,
}

fn plan(name: &str, policy: &Policy) -> Planned {
    let folder = tempfile::tempdir().expect("a folder for the plan");
    let out = folder.path().join("plan");
    let output = Command::cargo_bin("shizi")
        .expect("the program is built")
        .current_dir(root())
        .args(["plan", &format!("instances/{name}"), "--policy", name])
        .args(["--quiet", "--lang", "zh", "--gap", "0", "--out"])
        .arg(&out)
        .output()
        .expect("the program runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {errors}");
    let text = std::fs::read(out.join("summary.json")).expect("a summary");
    let rows = |file: &str| -> Vec<csv::StringRecord> {
        let mut reader = csv::Reader::from_path(out.join(file)).expect("a table of the plan");
        reader.records().map(|row| row.expect("a row")).collect()
    };
    let mut rules = BTreeMap::new();
    for row in rows("rules.csv") {
        let target = Some(&row[6]).filter(|text| !text.is_empty());
        let met = if &row[7] == "是" {
            "达标"
        } else {
            "未达标"
        };
        let result = match target {
            Some(target) => format!("{}；{target}；{met}", &row[5]),
            None => row[5].to_owned(),
        };
        rules.insert(row[0].to_owned(), (row[3].to_owned(), result));
    }
    let used = rows("levers.csv");
    for lever in &policy.levers {
        let of_lever = used.iter().filter(|row| row[0] == lever.id);
        let persons: u32 = of_lever
            .map(|row| row[6].parse::<u32>().expect("persons"))
            .sum();
        let result = format!("用 {persons} 人；至多 {} 人", lever.at_most);
        rules.insert(
            format!("lever.{}", lever.id),
            ("补充渠道".to_owned(), result),
        );
    }
    let summary = serde_json::from_slice(&text).expect("a summary in JSON");
    Planned { rules, summary }
}

#[test]
fn every_rule_that_the_table_names_is_in_the_policy_and_can_be_taken_out() {
    let text = std::fs::read_to_string(page()).unwrap();
    let tables = tables(&text);
    assert_eq!(tables.len(), 5);
    for (name, rules) in tables {
        assert!(rules.len() > 9, "{name}");
        let policy = load(Path::new(&name)).unwrap();
        for rule in &rules {
            let key = rule.key();
            let inside = format!("{key}.");
            let stands = |(place, file): (&String, &String)| {
                place.starts_with(&inside) && *file == rule.file
            };
            assert!(
                policy.origins.iter().any(stands),
                "{name}: {} says nothing of {key}",
                rule.file
            );
            if rule.id.starts_with("lever.") {
                continue;
            }
            let less =
                format!("extends = '{name}'\nid = 'less'\ntitle = 'less'\n[{key}]\noff = true\n");
            let without = load_text("less.toml", &less).unwrap();
            let holds = |policy: &Policy| policy.rules.iter().any(|row| row.id == rule.id);
            assert!(holds(&policy) && !holds(&without), "{name}: {key}");
        }
    }
}

#[test]
fn the_table_says_what_the_plans_of_the_five_districts_say() {
    let text = std::fs::read_to_string(page()).unwrap();
    let mut lines: Vec<String> = Vec::new();
    let mut planned: Option<Planned> = None;
    for line in text.lines() {
        if let Some(name) = policy_of(line) {
            let result = plan(&name, &load(Path::new(&name)).unwrap());
            let levels = result.summary["levels"].as_array().expect("levels");
            assert!(
                levels.iter().all(|level| level["closed"] == true),
                "{name} is not closed: {levels:?}"
            );
            planned = Some(result);
        }
        match (carried(line), &planned) {
            (Some(cells), Some(planned)) => {
                let found: Vec<&(String, String)> = named(cells[2])
                    .iter()
                    .map(|rule| {
                        let held = planned.rules.get(&rule.id);
                        held.unwrap_or_else(|| panic!("no {} in rules.csv", rule.id))
                    })
                    .collect();
                let join = |part: fn(&(String, String)) -> &str| {
                    let parts: Vec<&str> = found.iter().map(|row| part(row)).collect();
                    parts.join("<br>")
                };
                let (held, result) = (join(|row| &row.0), join(|row| &row.1));
                let [sentence, section, rule] = [cells[0], cells[1], cells[2]];
                lines.push(format!(
                    "| {sentence} | {section} | {rule} | {held} | {result} |"
                ));
            }
            _ => lines.push(line.to_owned()),
        }
    }
    let fresh = lines.join("\n") + "\n";
    if std::env::var_os("SHIZI_UPDATE").is_some() {
        std::fs::write(page(), &fresh).unwrap();
        return;
    }
    assert_eq!(
        text, fresh,
        "docs/sentences.md is not current: set SHIZI_UPDATE=1"
    );
}
