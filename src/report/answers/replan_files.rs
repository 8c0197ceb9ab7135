//! What a plan that was made again after the list was out has besides: its events, its history, and
//! what was decided against rules.

use std::path::Path;

use crate::account::Account;
use crate::domain::plan_files::{EVENTS, HISTORY, OVERRIDES};
use crate::ingest::plain_table;
use crate::report::files::{FileError, table, write_file};
use crate::scenario::{Overridden, Scenario, write_scenarios};

/// Characters of a digest that tell one policy or district from another on paper.
const DIGEST_SHOWN: usize = 16;

/// Who decided something, why and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Who.
    pub by: String,
    /// Why.
    pub reason: String,
    /// When, as written.
    pub date: String,
}

/// The rows of a table of a former plan, by the columns asked for; none where it has no such file or
/// nobody can read it.
fn former<const COLUMNS: usize>(
    folder: &Path,
    (file, columns): (&str, &'static [&'static str; COLUMNS]),
) -> Vec<Vec<String>> {
    let Ok(bytes) = std::fs::read(folder.join(file)) else {
        return Vec::new();
    };
    let Ok(read) = plain_table(&bytes, columns) else {
        return Vec::new();
    };
    let mut rows = read.rows();
    let Some(header) = rows.next() else {
        return Vec::new();
    };
    let places: Vec<Option<usize>> = columns
        .iter()
        .map(|column| header.cells().position(|cell| cell == *column))
        .collect();
    let cells = |row: crate::ingest::PlainRow<'_>| -> Vec<String> {
        let held = |place: &Option<usize>| place.and_then(|place| row.get(place));
        places
            .iter()
            .map(|place| held(place).unwrap_or_default().to_owned())
            .collect()
    };
    rows.map(cells).collect()
}

/// Writes the scenarios that make a year out of rosters and policy.
///
/// # Errors
/// Where the file cannot be written.
pub fn write_events(folder: &Path, scenarios: &[Scenario]) -> Result<(), FileError> {
    write_file(folder, EVENTS, |writer| {
        use std::io::Write;
        writer.write_all(write_scenarios(scenarios).as_bytes())
    })
}

/// Writes the files: all events so far, the history of the former plan and of this one, all that was
/// decided against rules so far.
///
/// # Errors
/// The first file that cannot be written.
pub fn write_replan_files(
    account: &Account<'_>,
    (folder, former_plan): (&Path, &Path),
    scenarios: &[Scenario],
    (overridden, decision): (&[Overridden], &Decision),
) -> Result<(), FileError> {
    write_events(folder, scenarios)?;
    let mut history = former(former_plan, (HISTORY.0, &HISTORY.1));
    let summary = summary(account);
    let events = scenarios.last().into_iter();
    for change in events.flat_map(|scenario| &scenario.changes) {
        history.push(vec![
            decision.date.clone(),
            decision.by.clone(),
            change.to_string(),
            decision.reason.clone(),
            summary.clone(),
        ]);
    }
    table(folder, HISTORY.0, &HISTORY.1, history)?;
    let mut rows = former(former_plan, (OVERRIDES.0, &OVERRIDES.1));
    for held in overridden.iter().skip(rows.len()) {
        rows.push(vec![
            held.teacher.clone(),
            held.decision.clone(),
            held.forbidden_by.join("；"),
            decision.reason.clone(),
            decision.by.clone(),
            decision.date.clone(),
        ]);
    }
    if rows.is_empty() {
        return Ok(());
    }
    table(folder, OVERRIDES.0, &OVERRIDES.1, rows)
}

/// The levels' values and what the plan was made from, in one cell.
fn summary(account: &Account<'_>) -> String {
    let policy = account.situation().policy;
    let levels = account.planned.levels.iter().map(|level| {
        let title = &policy.levels[level.level].title;
        let value = level.value as f64 / crate::rules::UNITS_PER_PERSON as f64;
        format!("{title} {value:.2}")
    });
    let levels: Vec<String> = levels.collect();
    let short = |digest: &str| digest.chars().take(DIGEST_SHOWN).collect::<String>();
    let provenance = &account.provenance;
    format!(
        "{}；政策 {}；数据 {}",
        levels.join("，"),
        short(&provenance.policy_digest),
        short(&provenance.district_digest)
    )
}
