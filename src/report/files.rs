//! All files of a plan, written into one folder.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::fairness::fairness_rows;
use super::itinerants::itinerant_rows;
use super::levers::lever_rows;
use super::rounds::envy_rows;
use super::summary::summarise;
use super::{moves, tables};
use crate::account::Account;
use crate::domain::plan_files::{
    ASSIGNMENTS, FAIRNESS, GAPS, ITINERANT, ITINERANT_DATES, LEVERS, NOTICE, PLAN, POSTS, QUOTAS,
    RULES, SUMMARY,
};
use crate::domain::round_files::{ENVY, NEXT_DECIDED, NEXT_RESULTS, WAITING};
use crate::ingest::write_csv;
use crate::matching::NextRound;

/// A file of a plan could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write `{}`", path.display())]
pub struct FileError {
    /// The file.
    pub path: PathBuf,
    /// What the system says.
    pub source: io::Error,
}

/// Writes the files of a plan into a folder that exists; quotas only where they are asked for.
///
/// # Errors
/// The first file that cannot be written.
pub fn write_files(account: &Account<'_>, folder: &Path, quotas: bool) -> Result<(), FileError> {
    let summary = || {
        write_file(folder, SUMMARY, |writer| {
            serde_json::to_writer_pretty(&mut *writer, &summarise(account))?;
            writer.write_all(b"\n")
        })
    };
    // The last column says on which days somebody serves elsewhere: only where there is anybody.
    let itinerants = account.itinerants().next().is_some();
    let (planned, assigned) = (
        width(&PLAN.1, itinerants),
        width(&ASSIGNMENTS.1, itinerants),
    );
    let plan = || {
        let rows = moves::plan_rows(account).into_iter();
        let rows = rows.map(|row| row.into_iter().take(planned));
        table(folder, PLAN.0, &PLAN.1[..planned], rows)
    };
    let assignments = || {
        let rows = tables::assignment_rows(account);
        let rows = rows.map(|row| row.into_iter().take(assigned));
        table(folder, ASSIGNMENTS.0, &ASSIGNMENTS.1[..assigned], rows)
    };
    let itinerant = || {
        if itinerants {
            write_itinerant(account, folder)?;
        }
        Ok(())
    };
    let levers = || table(folder, LEVERS.0, &LEVERS.1, lever_rows(account));
    let posts = || table(folder, POSTS.0, &POSTS.1, tables::post_rows(account));
    let rules = || table(folder, RULES.0, &RULES.1, tables::rule_rows(account));
    let gaps = || table(folder, GAPS.0, &GAPS.1, tables::gap_rows(account));
    let fairness = || table(folder, FAIRNESS.0, &FAIRNESS.1, fairness_rows(account));
    let notice = || table(folder, NOTICE.0, &NOTICE.1, moves::notice_rows(account));
    let quotas = || {
        if quotas {
            table(folder, QUOTAS.0, &QUOTAS.1, moves::quota_rows(account))?;
        }
        Ok(())
    };
    let rounds = || write_rounds(account, folder);
    let files: [&(dyn Fn() -> Result<(), FileError> + Sync); 12] = [
        &plan,
        &assignments,
        &itinerant,
        &levers,
        &posts,
        &rules,
        &gaps,
        &fairness,
        &notice,
        &quotas,
        &rounds,
        &summary,
    ];
    let written: Vec<Result<(), FileError>> = files.par_iter().map(|write| write()).collect();
    written.into_iter().collect()
}

/// How many columns of a file are written, of which the last is that of itineraries.
const fn width(columns: &[&str], itinerants: bool) -> usize {
    columns.len() - !itinerants as usize
}

/// The weeks of those who serve at several schools; with dates only where any are known.
fn write_itinerant(account: &Account<'_>, folder: &Path) -> Result<(), FileError> {
    let mut held = account.itinerants().map(|held| *held.placement);
    let dated = held.any(|held| held.start.is_some() || held.end.is_some());
    let dates = if dated { 0 } else { ITINERANT_DATES.len() };
    let kept = ITINERANT.1.len() - dates;
    let rows = itinerant_rows(account).into_iter();
    let rows = rows.map(|row| row.into_iter().take(kept));
    table(folder, ITINERANT.0, &ITINERANT.1[..kept], rows)
}

/// What plans have in a year with a competition.
fn write_rounds(account: &Account<'_>, folder: &Path) -> Result<(), FileError> {
    let mut waiting = tables::waiting_rows(account).peekable();
    if waiting.peek().is_some() {
        table(folder, WAITING.0, &WAITING.1, waiting)?;
    }
    if let Some(envy) = account.envy() {
        let rows = envy_rows(account.situation(), envy);
        table(folder, ENVY.0, &ENVY.1, rows)?;
    }
    let district = account.situation().district;
    if !district.results.is_empty() {
        let basis = &account.situation().policy.title;
        let next = NextRound::new(district, &account.plan.placements, basis);
        let (decided, results) = (next.decided_rows(district), next.result_rows(district));
        table(folder, NEXT_DECIDED.0, &NEXT_DECIDED.1, decided)?;
        table(folder, NEXT_RESULTS.0, &NEXT_RESULTS.1, results)?;
    }
    Ok(())
}

pub(super) fn table<Row, Cell>(
    folder: &Path,
    name: &str,
    header: &[&str],
    rows: impl IntoIterator<Item = Row>,
) -> Result<(), FileError>
where
    Row: IntoIterator<Item = Cell>,
    Cell: AsRef<str>,
{
    write_file(folder, name, |writer| write_csv(writer, header, rows))
}

pub(super) fn write_file(
    folder: &Path,
    name: &str,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<(), FileError> {
    let path = folder.join(name);
    let written = File::create(&path).and_then(|file| {
        let mut writer = BufWriter::new(file);
        write(&mut writer)?;
        writer.flush()
    });
    written.map_err(|source| FileError { path, source })
}
