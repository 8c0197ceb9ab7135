//! `summary.json` against its recount, and against itself.

mod expected;

use serde_json::{Value, json};

use super::codes::{
    DIGEST, OTHER_VERSION, SUMMARY_DIFFERS, SUMMARY_EXTRA, SUMMARY_PROOF, SUMMARY_SCHEMA,
    SUMMARY_UNREADABLE,
};
use super::finding::Finding;
use super::reckoning::Reckoning;
use crate::domain::plan_files::{SUMMARY, SUMMARY_SCHEMA as SCHEMA};
use crate::rules::UNITS_PER_PERSON;

use expected::expected;

/// Relative closeness at which two decimal numbers are the same.
const SAME: f64 = 1e-9;

/// Keys that are not recounted from the plan alone, by the object that holds them.
const FREE: [(&str, &[&str]); 2] = [
    ("", &["schema", "status", "provenance"]),
    (
        "levels",
        &[
            "bound",
            "bound_units",
            "closed",
            "conditional_on",
            "gap",
            "gap_persons",
            "proof",
            "seconds",
        ],
    ),
];

/// Keys of the provenance.
const PROVENANCE: [&str; 13] = [
    "version",
    "district_digest",
    "data_date",
    "year_begin",
    "policy",
    "policy_digest",
    "engine",
    "node_limit",
    "target_gap",
    "time_limit",
    "stop",
    "persons_with_choice",
    "choices",
];

/// Words for that on which a bound rests.
const PROOFS: [&str; 2] = ["prices", "branch-and-bound"];

/// Checks the summary.
pub(super) fn check(reckoning: &Reckoning<'_>, bytes: &[u8], found: &mut Vec<Finding>) {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let summary: Value = match serde_json::from_slice(bytes) {
        Ok(summary) => summary,
        Err(error) => {
            let finding = Finding::about(SUMMARY_UNREADABLE, &error.to_string());
            found.push(finding.file(SUMMARY));
            return;
        }
    };
    let schema = summary["schema"].as_str().unwrap_or_default();
    if schema != SCHEMA {
        let finding = Finding::difference(SUMMARY_SCHEMA, schema, SCHEMA);
        found.push(finding.file(SUMMARY).column("schema"));
        return;
    }
    let mut reader = Reader { found };
    reader.compare("", &expected(reckoning), &summary);
    reader.proofs(reckoning, &summary);
    reader.digests(reckoning, &summary["provenance"]);
}

struct Reader<'a> {
    found: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn differs(&mut self, path: &str, held: &Value, wanted: &Value) {
        let finding = Finding::difference(SUMMARY_DIFFERS, &held.to_string(), &wanted.to_string());
        self.found.push(finding.file(SUMMARY).column(path));
    }

    fn extra(&mut self, path: &str) {
        let finding = Finding::about(SUMMARY_EXTRA, path);
        self.found.push(finding.file(SUMMARY).column(path));
    }

    /// Every value expected is found; unknown keys beyond them are noted.
    fn compare(&mut self, path: &str, wanted: &Value, held: &Value) {
        match (wanted, held) {
            (Value::Object(wanted), Value::Object(held)) => {
                let inner = |key: &str| {
                    if path.is_empty() {
                        key.to_owned()
                    } else {
                        format!("{path}.{key}")
                    }
                };
                for (key, wanted) in wanted {
                    let held = held.get(key).unwrap_or(&Value::Null);
                    self.compare(&inner(key), wanted, held);
                }
                let holder = path.split('[').next().unwrap_or_default();
                let is_free = |key: &str| {
                    FREE.iter()
                        .any(|(object, keys)| *object == holder && keys.contains(&key))
                };
                for key in held.keys() {
                    // How many are of a form is a figure, known or not.
                    if path == "moves.by_form" && !wanted.contains_key(key) {
                        self.differs(&inner(key), &held[key], &Value::Null);
                    } else if !wanted.contains_key(key) && !is_free(key) {
                        self.extra(&inner(key));
                    }
                }
            }
            (Value::Array(wanted), Value::Array(held)) if wanted.len() == held.len() => {
                for (at, (wanted, held)) in wanted.iter().zip(held).enumerate() {
                    self.compare(&format!("{path}[{at}]"), wanted, held);
                }
            }
            (Value::Array(wanted), Value::Array(held)) => {
                self.differs(path, &json!(held.len()), &json!(wanted.len()));
            }
            (Value::Number(_), Value::Number(_)) if close(wanted, held) => {}
            _ if wanted == held => {}
            _ => self.differs(path, held, wanted),
        }
    }

    fn contradiction(&mut self, path: &str, chinese: &str, english: &str) {
        let finding = Finding::new(SUMMARY_PROOF, chinese, english);
        self.found.push(finding.file(SUMMARY).column(path));
    }

    /// Bounds not above values, gaps and `closed` as both say, and a status that fits.
    fn proofs(&mut self, reckoning: &Reckoning<'_>, summary: &Value) {
        let levels = &reckoning.context.situation.policy.levels;
        let target = summary["provenance"]["target_gap"].as_f64();
        let mut open: Vec<&str> = Vec::new();
        let mut reached = target.is_some();
        for (level, &units) in reckoning.levels.iter().enumerate() {
            let path = format!("levels[{level}]");
            let held = &summary["levels"][level];
            let proven = self.level(&path, held, units, &open);
            let gap = held["gap"].as_f64().filter(|_| proven.is_some());
            reached &= gap.is_some_and(|gap| target.is_some_and(|target| gap <= target));
            if proven != Some(true) {
                open.push(&levels[level].id);
            }
        }
        let wanted = if reached { "optimal" } else { "feasible" };
        if summary["status"] != json!(wanted) {
            self.contradiction(
                "status",
                &format!("各层级的差距与目标表明应为{wanted}"),
                &format!("the levels' gaps and the target say {wanted}"),
            );
        }
    }

    /// What is proven of a level: `None` without a bound, else whether nothing is open.
    fn level(&mut self, path: &str, held: &Value, units: i64, open: &[&str]) -> Option<bool> {
        let Some(bound) = held["bound_units"].as_i64() else {
            let silent = ["bound", "gap", "gap_persons", "proof", "seconds"]
                .iter()
                .all(|&key| held[key].is_null());
            let unproven = held["closed"] == json!(false) && held["conditional_on"] == json!([]);
            if !silent || !unproven {
                self.contradiction(path, "没有界而称已证明", "proven without a bound");
            }
            return None;
        };
        let difference = units.saturating_sub(bound);
        let gap = held["gap"].as_f64().unwrap_or(-1.0);
        if difference < 0 {
            self.contradiction(path, "界高于实际值", "the bound is above the value");
        }
        if held["closed"] != json!(difference <= 0) {
            self.contradiction(path, "closed与界不符", "closed does not fit the bound");
        }
        let persons = difference.max(0) as f64 / UNITS_PER_PERSON as f64;
        let decimal = json!(bound as f64 / UNITS_PER_PERSON as f64);
        let fits = close(&held["gap_persons"], &json!(persons))
            && close(&held["bound"], &decimal)
            && gap >= 0.0
            && (gap == 0.0) == (difference <= 0);
        if !fits {
            self.contradiction(path, "差距与界不符", "the gap does not fit the bound");
        }
        if !PROOFS.iter().any(|word| held["proof"] == json!(word)) {
            self.contradiction(path, "没有这种证明方式", "no known kind of proof");
        }
        if held["conditional_on"] != json!(open) {
            self.contradiction(
                path,
                "conditional_on与前面未证明的层级不符",
                "conditional_on does not name the earlier levels that are open",
            );
        }
        Some(difference <= 0)
    }

    /// What a plan was made from. Digests are compared where they were made by this version.
    fn digests(&mut self, reckoning: &Reckoning<'_>, provenance: &Value) {
        let situation = reckoning.context.situation;
        let same_version = provenance["version"].as_str() == Some(env!("CARGO_PKG_VERSION"));
        if !same_version {
            let finding = Finding::new(OTHER_VERSION, "", "").file(SUMMARY);
            self.found.push(finding.column("provenance.version"));
        }
        let district_digest = crate::ingest::digest(situation.district);
        let wanted = [
            ("policy", situation.policy.id.clone()),
            ("data_date", situation.district.data_date.clone()),
            ("year_begin", situation.district.year_begin.to_string()),
        ];
        let digests = [
            ("district_digest", district_digest),
            ("policy_digest", situation.policy.digest.clone()),
        ];
        let digests = digests.into_iter().filter(|_| same_version);
        for (key, wanted) in wanted.into_iter().chain(digests) {
            if provenance[key] != json!(wanted) {
                let held = provenance[key].as_str().unwrap_or_default();
                let finding = Finding::difference(DIGEST, held, &wanted);
                let path = format!("provenance.{key}");
                self.found.push(finding.file(SUMMARY).column(&path));
            }
        }
        let keys = provenance.as_object().into_iter().flatten();
        for (key, _) in keys.filter(|(key, _)| !PROVENANCE.contains(&key.as_str())) {
            self.extra(&format!("provenance.{key}"));
        }
    }
}

fn close(wanted: &Value, held: &Value) -> bool {
    match (wanted.as_f64(), held.as_f64()) {
        (Some(wanted), Some(held)) => {
            (wanted - held).abs() <= SAME * wanted.abs().max(held.abs()).max(1.0)
        }
        _ => false,
    }
}
