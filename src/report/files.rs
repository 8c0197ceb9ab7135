//! All files of a plan, written into one folder.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::account::Account;
use super::summary::summarise;
use super::{moves, tables};
use crate::domain::plan_files::{
    ASSIGNMENTS, GAPS, LEVERS, NOTICE, PLAN, POSTS, QUOTAS, RULES, SUMMARY,
};
use crate::ingest::write_csv;

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
    table(folder, PLAN.0, &PLAN.1, moves::plan_rows(account))?;
    let rows = tables::assignment_rows(account);
    table(folder, ASSIGNMENTS.0, &ASSIGNMENTS.1, rows)?;
    table(folder, LEVERS.0, &LEVERS.1, tables::lever_rows(account))?;
    table(folder, POSTS.0, &POSTS.1, tables::post_rows(account))?;
    table(folder, RULES.0, &RULES.1, tables::rule_rows(account))?;
    table(folder, GAPS.0, &GAPS.1, tables::gap_rows(account))?;
    table(folder, NOTICE.0, &NOTICE.1, moves::notice_rows(account))?;
    if quotas {
        table(folder, QUOTAS.0, &QUOTAS.1, moves::quota_rows(account))?;
    }
    write_file(folder, SUMMARY, |writer| {
        serde_json::to_writer_pretty(&mut *writer, &summarise(account))?;
        writer.write_all(b"\n")
    })
}

fn table(
    folder: &Path,
    name: &str,
    header: &[&str],
    rows: Vec<Vec<String>>,
) -> Result<(), FileError> {
    write_file(folder, name, |writer| write_csv(writer, header, rows))
}

fn write_file(
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
