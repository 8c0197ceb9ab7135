//! `summary.json` against its recount, and against itself.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::codes::{DIGEST, SUMMARY_DIFFERS, SUMMARY_PROOF, SUMMARY_SCHEMA, SUMMARY_UNREADABLE};
use super::finding::Finding;
use super::reckoning::{PostBalance, Reckoning};
use crate::domain::Form;
use crate::domain::plan_files::{SUMMARY, SUMMARY_SCHEMA as SCHEMA};
use crate::rules::UNITS_PER_PERSON;

/// Relative closeness at which two decimal numbers are the same.
const SAME: f64 = 1e-9;

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

    /// Every value expected is found; keys beyond them are free.
    fn compare(&mut self, path: &str, wanted: &Value, held: &Value) {
        match (wanted, held) {
            (Value::Object(wanted), Value::Object(held)) => {
                for (key, wanted) in wanted {
                    let inner = if path.is_empty() {
                        key.clone()
                    } else {
                        format!("{path}.{key}")
                    };
                    self.compare(&inner, wanted, held.get(key).unwrap_or(&Value::Null));
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
        let status = summary["status"].as_str().unwrap_or_default();
        if !matches!(status, "optimal" | "feasible") {
            let chinese = "有方案时应为optimal或feasible";
            self.contradiction("status", chinese, "a plan is optimal or feasible");
        }
        let target = summary["provenance"]["target_gap"].as_f64();
        for level in 0..reckoning.levels.len() {
            let path = format!("levels[{level}]");
            let held = &summary["levels"][level];
            let Some(bound) = held["bound_units"].as_i64() else {
                if held["closed"] == json!(true) || status == "optimal" {
                    self.contradiction(&path, "没有界而称已证明", "proven without a bound");
                }
                continue;
            };
            let units = reckoning.levels[level];
            let difference = units.saturating_sub(bound);
            let gap = held["gap"].as_f64().unwrap_or(-1.0);
            if difference < 0 {
                self.contradiction(&path, "界高于实际值", "the bound is above the value");
            }
            if held["closed"] != json!(difference <= 0) {
                self.contradiction(&path, "closed与界不符", "closed does not fit the bound");
            }
            let persons = difference.max(0) as f64 / UNITS_PER_PERSON as f64;
            let fits = close(&held["gap_persons"], &json!(persons))
                && close(
                    &held["bound"],
                    &json!(bound as f64 / UNITS_PER_PERSON as f64),
                )
                && gap >= 0.0
                && (gap == 0.0) == (difference <= 0);
            if !fits {
                self.contradiction(&path, "差距与界不符", "the gap does not fit the bound");
            }
            if status == "optimal" && target.is_some_and(|target| gap > target) {
                self.contradiction(
                    &path,
                    "差距大于目标而称最优",
                    "optimal beyond the target gap",
                );
            }
        }
    }

    /// Digests are compared where they are given and were made by this version.
    fn digests(&mut self, reckoning: &Reckoning<'_>, provenance: &Value) {
        let situation = reckoning.context.situation;
        if provenance["version"].as_str() != Some(env!("CARGO_PKG_VERSION")) {
            return;
        }
        let wanted = [
            ("district_digest", crate::ingest::digest(situation.district)),
            ("policy_digest", situation.policy.digest.clone()),
            ("policy", situation.policy.id.clone()),
            ("data_date", situation.district.data_date.clone()),
            ("year_begin", situation.district.year_begin.to_string()),
        ];
        for (key, wanted) in wanted {
            if let Some(held) = provenance[key].as_str().filter(|&held| held != wanted) {
                let finding = Finding::difference(DIGEST, held, &wanted);
                let path = format!("provenance.{key}");
                self.found.push(finding.file(SUMMARY).column(&path));
            }
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

/// What the summary must say, as far as the plan decides it.
fn expected(reckoning: &Reckoning<'_>) -> Value {
    let situation = reckoning.context.situation;
    let levels = situation.policy.levels.iter().zip(&reckoning.levels);
    let levels: Vec<Value> = levels
        .map(|(level, &units)| {
            json!({
                "name": level.id,
                "units": units,
                "value": units as f64 / UNITS_PER_PERSON as f64,
            })
        })
        .collect();
    let rules: Vec<Value> = reckoning
        .rules()
        .map(|(typed, outcome)| {
            json!({
                "id": typed.rule.id,
                "title": typed.rule.title,
                "kind": typed.rule.kind,
                "value": outcome.value,
                "target": outcome.target,
                "met": outcome.met,
                "missed": outcome.missed.len(),
                "enforcement": typed.rule.enforcement.code(),
                "source": typed.rule.source.citation(),
                "units": outcome.cost,
            })
        })
        .collect();
    let levers: Vec<Value> = situation
        .policy
        .levers
        .iter()
        .map(|lever| {
            let uses = reckoning
                .levers
                .iter()
                .filter(|used| used.lever == lever.id);
            let used: i64 = uses.map(|used| i64::from(used.count)).sum();
            json!({ "id": lever.id, "used": used, "at_most": lever.at_most })
        })
        .collect();
    json!({
        "district": situation.district.name,
        "district_code": situation.district.code,
        "levels": levels,
        "rules": rules,
        "levers": levers,
        "statistics": reckoning.statistics,
        "moves": moves(reckoning),
        "balances": balances(reckoning),
    })
}

fn moves(reckoning: &Reckoning<'_>) -> Value {
    let district = reckoning.context.situation.district;
    let mut by_form: BTreeMap<&str, usize> = BTreeMap::new();
    for placement in reckoning.placements {
        if placement.form != Form::Stay {
            *by_form.entry(placement.form.chinese()).or_default() += 1;
        }
    }
    let mut zones = BTreeMap::new();
    let mut subjects = BTreeMap::new();
    for candidate in reckoning.moves() {
        let placement = candidate.placement;
        let from = district.school(candidate.origin()).zone;
        let to = district.school(placement.school).zone;
        *zones.entry((from, to)).or_insert(0) += 1;
        *subjects
            .entry((placement.stage, placement.subject))
            .or_insert(0) += 1;
    }
    let zones: Vec<Value> = zones
        .into_iter()
        .map(|((from, to), count): (_, i32)| {
            json!({ "from": from.chinese(), "to": to.chinese(), "count": count })
        })
        .collect();
    let subjects: Vec<Value> = subjects
        .into_iter()
        .map(|((stage, subject), count): (_, i32)| {
            let name = district.subject_name(subject);
            json!({ "stage": stage.chinese(), "subject": name, "count": count })
        })
        .collect();
    let decided = reckoning
        .moves()
        .filter(|candidate| candidate.placement.decided);
    json!({
        "total": reckoning.moves().count(),
        "decided": decided.count(),
        "by_form": by_form,
        "zone_to_zone": zones,
        "by_subject": subjects,
    })
}

fn balances(reckoning: &Reckoning<'_>) -> Value {
    let situation = reckoning.context.situation;
    let mut total = PostBalance::default();
    let mut zones = BTreeMap::new();
    let mut subjects = BTreeMap::new();
    for (index, post) in situation.posts.indexed() {
        let balance = reckoning.balance(index);
        let zone = situation.district.school(post.school).zone;
        let by_zone: &mut PostBalance = zones.entry((post.stage, zone)).or_default();
        by_zone.add(&balance);
        let by_subject: &mut PostBalance = subjects
            .entry((post.stage, post.label.clone()))
            .or_default();
        by_subject.add(&balance);
        total.add(&balance);
    }
    let with = |balance: PostBalance, words: [(&str, &str); 2]| {
        let mut figures = figures(&balance);
        for (key, word) in words {
            figures[key] = json!(word);
        }
        figures
    };
    let zones: Vec<Value> = zones
        .into_iter()
        .map(|((stage, zone), balance)| {
            with(
                balance,
                [("stage", stage.chinese()), ("zone", zone.chinese())],
            )
        })
        .collect();
    let subjects: Vec<Value> = subjects
        .into_iter()
        .filter(|(_, balance)| *balance != PostBalance::default())
        .map(|((stage, label), balance)| {
            with(balance, [("stage", stage.chinese()), ("subject", &label)])
        })
        .collect();
    json!({ "total": figures(&total), "by_zone": zones, "by_subject": subjects })
}

fn figures(balance: &PostBalance) -> Value {
    let decimal = |persons: crate::domain::Persons| json!(persons.0 as f64 / 1000.0);
    json!({
        "need": decimal(balance.need),
        "staff_before": decimal(balance.before),
        "staff_after": decimal(balance.after),
        "shortage_before": decimal(balance.shortage.0),
        "shortage_after": decimal(balance.shortage.1),
        "surplus_before": decimal(balance.surplus.0),
        "surplus_after": decimal(balance.surplus.1),
    })
}
