//! A district as a folder of rosters: the inverse of reading.

mod difference;
mod people;
mod places;
mod settled;
mod table;
mod words;

use std::path::Path;

use crate::domain::District;

use super::codes::Severity;
use super::columns::TABLES;
use super::faults::Fault;
use super::gathering::Gathering;
use super::new_files::{NewFilesError, refuse_existing, write_new_files};
use super::particulars::settings;
use super::read::{Reading, understand};
use super::source::{DISTRICT_FILE, Source};

use table::File;
use words::Words;

pub use difference::Difference;

/// Why no rosters were written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Reading would refuse them.
    #[error("rosters of this district would be refused: {} {}: {}", .0.code, .0.place(), .0.message.english)]
    Refused(Box<Fault>),
    /// They would be read as another district.
    #[error("rosters of this district would be read as another one, with other {}", .0)]
    Differs(Difference),
    /// The folder has tables already, or the disk refuses.
    #[error(transparent)]
    Files(#[from] NewFilesError),
}

/// Writes a district as `district.toml` and tables (UTF-8 with BOM, Chinese headers), into a folder
/// that has none of them and is made where it does not exist. Tables without rows are left out, and
/// columns in which nobody has anything. Gives what reading the folder gives: this is looked at before
/// anything is written, so rosters that were written are those of this district.
///
/// The district read is equal to the one given and has its digest, but for two things. What was
/// assumed is counted anew: a cell that was empty is written as what it was taken for (own unit, only
/// stage, subject of the stage, 无 of titles and the like), a column that was missing stays so, and
/// nothing is said of keys that were given, of further subjects in the cell of the main one, of
/// certificates without subject, and of exchanges long over. Names of subjects are those of the
/// curriculum and those that somebody or something bears; one that a change has left without any
/// goes, and then the digest is another. So whoever makes a district and plans it plans what was read.
///
/// A district has no remarks, no word for the form of a running exchange, no names of kindergarten's
/// grades, and of several offices the highest: what is written has them no more either.
///
/// # Errors
/// Where reading would refuse the rosters or find another district in them, as of a district made in
/// code that has a unit without a school or a lock that no table can say; where the folder has any
/// of the files; where the disk refuses. Nothing is left of what was begun then.
pub fn write_district(district: &District, folder: &Path) -> Result<Reading, WriteError> {
    let files = files(district);
    let names: Vec<String> = TABLES
        .iter()
        .map(|table| format!("{}.csv", table.name))
        .collect();
    refuse_existing(folder, names.iter().map(String::as_str))?;
    let reading = read_back(district, &files)?;
    write_new_files(folder, &files)?;
    Ok(reading)
}

/// The district that is read from the rosters of one that was made in code: the same, but for what
/// [`write_district`] says of assumptions and subjects.
///
/// # Errors
/// Where reading would refuse the rosters or find another district in them.
pub fn as_read(district: &District) -> Result<District, WriteError> {
    let reading = read_back(district, &files(district))?;
    match reading.district {
        Some(read) => Ok(read),
        None => Err(WriteError::Differs(Difference::empty())),
    }
}

fn read_back(district: &District, files: &[File]) -> Result<Reading, WriteError> {
    let mut gathering = Gathering::default();
    let source = Source::of_files(files, &mut gathering);
    let reading = understand(source, gathering);
    let Some(read) = &reading.district else {
        return Err(refused(&reading));
    };
    match Difference::between(district, read) {
        Some(difference) => Err(WriteError::Differs(difference)),
        None => Ok(reading),
    }
}

/// Why there is no district: the first error, or that there is nobody to read of.
fn refused(reading: &Reading) -> WriteError {
    let mut faults = reading.faults.iter();
    match faults.find(|fault| fault.severity == Severity::Error) {
        Some(fault) => WriteError::Refused(Box::new(fault.clone())),
        None => WriteError::Differs(Difference::empty()),
    }
}

/// The files, in the order of [`TABLES`].
fn files(district: &District) -> Vec<File> {
    let words = Words::of(district);
    let particulars = settings(
        &district.name,
        &district.code,
        district.year_begin,
        &district.data_date,
    );
    let tables = [
        places::schools,
        places::classes,
        people::teachers,
        settled::needs,
        places::travel,
        settled::preferences,
        settled::nominations,
        settled::locks,
        settled::decided,
        settled::weeks,
        settled::results,
        settled::scores,
        settled::quotas,
    ];
    let tables = tables
        .iter()
        .filter_map(|table: &fn(&Words<'_>) -> Option<File>| table(&words));
    let particulars = (DISTRICT_FILE.to_owned(), particulars.into_bytes());
    std::iter::once(particulars).chain(tables).collect()
}
