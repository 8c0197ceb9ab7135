//! What happened after the list was out: the year for which a plan was made again, and what was
//! decided against rules on the way.

use std::path::Path;

use super::codes::{OVERRIDDEN, OVERRIDE_DIFFERS};
use super::finding::Finding;
use super::read::{Files, Sheet};
use crate::domain::District;
use crate::domain::plan_files::{EVENTS, OVERRIDES};
use crate::ingest::plain_key;
use crate::policy::{Policy, PolicyFault};
use crate::rules::RuleSet;
use crate::scenario::{ChangedYear, Overridden, Scenario, apply_all, read_scenarios};

/// What happened before a plan was made, as its folder says; nothing where it has no such file.
///
/// # Errors
/// All that is wrong with the file, at once.
pub fn events_of(plan_dir: &Path) -> Result<Vec<Scenario>, Vec<PolicyFault>> {
    let path = plan_dir.join(EVENTS);
    if path.exists() {
        read_scenarios(&path)
    } else {
        Ok(Vec::new())
    }
}

/// The year for which the plan of a folder was made: that of the rosters, after what happened.
///
/// # Errors
/// All that is wrong with the events, at once.
pub fn year_of<'a>(
    district: &'a District,
    (policy, rules): (&'a Policy, &'a RuleSet),
    plan_dir: &Path,
) -> Result<ChangedYear<'a>, Vec<PolicyFault>> {
    apply_all(district, (policy, rules), &events_of(plan_dir)?)
}

/// Every override is on record, for exactly the person and the rules; nothing else is.
pub(super) fn check(overridden: &[Overridden], files: &Files, found: &mut Vec<Finding>) {
    let recorded = files.overrides.as_ref().map_or_else(Vec::new, recorded);
    for held in overridden {
        let rules = held.forbidden_by.join("；");
        let place = |finding: Finding| finding.file(OVERRIDES.0).place(&held.teacher);
        for rule in &held.forbidden_by {
            let (chinese, english) = (
                format!("{}，突破“{rule}”", held.decision),
                format!("{} against `{rule}`", held.decision),
            );
            found.push(place(Finding::new(OVERRIDDEN, &chinese, &english)).amount("1 人"));
        }
        let row = recorded.iter().find(|row| {
            (row.teacher.as_str(), row.decision.as_str())
                == (held.teacher.as_str(), held.decision.as_str())
        });
        match row {
            None => found.push(place(Finding::about(OVERRIDE_DIFFERS, &held.decision))),
            Some(row) if row.rules != rules => {
                let finding = Finding::difference(OVERRIDE_DIFFERS, &row.rules, &rules);
                found.push(place(finding).row(row.number).column(OVERRIDES.1[2]));
            }
            Some(_) => {}
        }
    }
    for row in &recorded {
        let known = overridden.iter().any(|held| {
            (held.teacher.as_str(), held.decision.as_str())
                == (row.teacher.as_str(), row.decision.as_str())
        });
        if !known {
            let finding = Finding::about(OVERRIDE_DIFFERS, &row.decision);
            let finding = finding.file(OVERRIDES.0).row(row.number);
            found.push(finding.place(&row.teacher));
        }
    }
}

/// A row of `overrides.csv`.
struct Recorded {
    number: usize,
    teacher: String,
    decision: String,
    rules: String,
}

fn recorded(sheet: &Sheet) -> Vec<Recorded> {
    let rows = sheet.rows().map(|row| Recorded {
        number: row.number,
        teacher: plain_key(row.cell(0)).into_owned(),
        decision: row.cell(1).to_owned(),
        rules: row.cell(2).to_owned(),
    });
    rows.collect()
}
