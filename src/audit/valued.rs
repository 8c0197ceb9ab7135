//! Values of the policy that events changed, with who decided it, as the history of the plan has it.

use std::path::Path;

use serde::Serialize;

use crate::domain::plan_files::HISTORY;
use crate::ingest::plain_table;
use crate::scenario::ChangedValue;

/// A value of the policy that somebody changed after the list was out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DecidedValue {
    /// The key, what stood there, what stands there now, why.
    #[serde(flatten)]
    pub value: ChangedValue,
    /// Who decided it; empty where the plan's history does not say.
    pub by: String,
    /// When, as written; empty where the plan's history does not say.
    pub date: String,
}

/// A row of `history.csv`.
struct Recorded {
    date: String,
    by: String,
    change: String,
}

/// The values with what the history of a plan's folder says of them. The history proves nothing and is not
/// checked: where it is not there or cannot be read, nothing is known.
pub(super) fn decided(values: &[ChangedValue], plan_dir: &Path) -> Vec<DecidedValue> {
    let rows = recorded(plan_dir);
    // Both are in the order in which it was decided; one text may stand there more than once.
    let mut from = 0;
    let decided = values.iter().map(|value| {
        let rest = rows.get(from..).unwrap_or_default();
        let at = rest
            .iter()
            .position(|row| value.changes.contains(&row.change));
        let row = at.map(|at| &rest[at]);
        from += at.map_or(0, |at| at + 1);
        DecidedValue {
            value: value.clone(),
            by: row.map_or_else(String::new, |row| row.by.clone()),
            date: row.map_or_else(String::new, |row| row.date.clone()),
        }
    });
    decided.collect()
}

fn recorded(plan_dir: &Path) -> Vec<Recorded> {
    let (file, columns) = (HISTORY.0, &HISTORY.1);
    let Ok(bytes) = std::fs::read(plan_dir.join(file)) else {
        return Vec::new();
    };
    let Ok(table) = plain_table(&bytes, columns) else {
        return Vec::new();
    };
    let mut rows = table.rows();
    let Some(header) = rows.next() else {
        return Vec::new();
    };
    let place = |column: &str| header.cells().position(|cell| cell == column);
    let places = [columns[0], columns[1], columns[2]].map(place);
    let recorded = rows.map(|row| {
        let cells = places.map(|place| {
            let cell = place.and_then(|place| row.get(place));
            cell.unwrap_or_default().to_owned()
        });
        let [date, by, change] = cells;
        Recorded { date, by, change }
    });
    recorded.collect()
}
