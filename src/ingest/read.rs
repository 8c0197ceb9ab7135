//! A path to a district, with every fault on the way.

use std::path::Path;

use crate::domain::{DecidedKind, District, Month, TeacherIndex};

use super::assemble::{Parts, assemble};
use super::checks::{check_schools, check_teachers};
use super::codes::{NO_ROWS, Severity};
use super::columns::{
    CLASSES, DECIDED, ITINERANT, LOCKS, NEED, NOMINATIONS, PREFERENCES, Presence, QUOTAS, RESULTS,
    SCHOOLS, SCORES, TABLES, TEACHERS, TRAVEL, Table,
};
use super::decisions::{
    Decisions, read_decided, read_locks, read_needs, read_nominations, read_preferences,
    read_travel,
};
use super::digest::digest;
use super::faults::{Fault, Notice};
use super::gathering::Gathering;
use super::headers::{Sheet, find_columns};
use super::itinerants;
use super::particulars;
use super::rounds::{Rounds, read_quotas, read_results, read_scores};
use super::schools::{Schools, read_classes, read_schools};
use super::source::{IngestError, Source, open};
use super::subjects::SubjectPool;
use super::teachers::{Teachers, read_teachers};

/// What reading a path gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The district; `None` where any fault is an error.
    pub district: Option<District>,
    /// All faults, in the order of tables and rows.
    pub faults: Vec<Fault>,
    /// What is worth knowing besides.
    pub notices: Vec<Notice>,
    /// Digest of the district's content; empty where there is none.
    pub digest: String,
}

impl Reading {
    /// How many faults prevent a district.
    pub fn error_count(&self) -> usize {
        self.faults
            .iter()
            .filter(|fault| fault.severity == Severity::Error)
            .count()
    }
}

/// Reads a district from a folder (`district.toml` and tables as CSV) or from one workbook (xlsx).
/// Nothing is written.
///
/// # Errors
/// Only what the disk refuses; everything about the content is a [`Fault`].
///
/// # Panics
/// Where reading found no error and the district is inconsistent all the same, which is a mistake
/// of this program.
pub fn read_district(path: &Path) -> Result<Reading, IngestError> {
    let mut gathering = Gathering::default();
    let source = open(path, &mut gathering)?;
    Ok(understand(source, gathering))
}

/// What was found, read. Inconsistencies that the checks of reading should have found make it panic.
pub(super) fn understand(source: Source, mut gathering: Gathering) -> Reading {
    let (parts, order) = read_parts(source, &mut gathering);
    let has_errors = |gathering: &Gathering| {
        gathering
            .faults
            .iter()
            .any(|fault| fault.severity == Severity::Error)
    };
    let district = match parts {
        Some(parts) if !has_errors(&gathering) => Some(
            assemble(parts, &mut gathering)
                .expect("a district read without an error is consistent"),
        ),
        _ => None,
    };
    let Gathering {
        mut faults,
        mut notices,
        ..
    } = gathering;
    let rank = |file: &str| order.iter().position(|held| held == file);
    faults.sort_by(|one, other| {
        (rank(&one.file), &one.file, one.row).cmp(&(rank(&other.file), &other.file, other.row))
    });
    notices.sort_by(|one, other| (rank(&one.file), one).cmp(&(rank(&other.file), other)));
    Reading {
        digest: district.as_ref().map(digest).unwrap_or_default(),
        district,
        faults,
        notices,
    }
}

/// The sheets by table.
struct Sheets(Vec<Sheet>);

impl Sheets {
    fn of(&self, table: &Table) -> Option<&Sheet> {
        self.0.iter().find(|sheet| sheet.table.name == table.name)
    }
}

/// Reads all tables; the parts are there where the required tables are. Also gives the names of
/// files in the order of the tables.
fn read_parts(source: Source, gathering: &mut Gathering) -> (Option<Parts>, Vec<String>) {
    let particulars = particulars::read(source.particulars, gathering);
    let year_begin = particulars.year_begin;
    let sheets = find_sheets(source.grids, gathering);
    let order = sheets.0.iter().map(|sheet| sheet.file.clone()).collect();
    let mut subjects = SubjectPool::canonical();
    let (Some(school_sheet), classes) = (sheets.of(&SCHOOLS), sheets.of(&CLASSES)) else {
        return (None, order);
    };
    let mut schools = read_schools(school_sheet, gathering);
    let Some(class_sheet) = classes else {
        return (None, order);
    };
    read_classes(class_sheet, &mut schools, &mut subjects, gathering);
    if !class_sheet.rows.is_empty() {
        check_schools(school_sheet, &schools, gathering);
    }
    let Some(teacher_sheet) = sheets.of(&TEACHERS) else {
        gathering.suggest(&[&schools.school_directory]);
        return (None, order);
    };
    let teachers = read_people(
        teacher_sheet,
        &schools,
        &mut subjects,
        year_begin,
        gathering,
    );
    let staffed = (&schools, &teachers);
    let decisions = read_decisions(&sheets, staffed, &mut subjects, year_begin, gathering);
    let rounds = read_rounds(&sheets, staffed, &mut subjects, &decisions, gathering);
    gathering.suggest(&[
        &schools.unit_directory,
        &schools.school_directory,
        &teachers.directory,
    ]);
    let parts = Parts {
        particulars,
        schools,
        teachers,
        subjects,
        decisions,
        rounds,
    };
    (Some(parts), order)
}

/// Reads the table of teachers and holds its rows against each other.
fn read_people(
    sheet: &Sheet,
    schools: &Schools,
    subjects: &mut SubjectPool,
    year_begin: Option<Month>,
    gathering: &mut Gathering,
) -> Teachers {
    let teachers = read_teachers(sheet, schools, subjects, year_begin, gathering);
    check_teachers(sheet, &teachers, schools, subjects, year_begin, gathering);
    teachers
}

fn find_sheets(
    mut grids: Vec<(&'static Table, String, super::grid::Grid)>,
    gathering: &mut Gathering,
) -> Sheets {
    grids.sort_by_key(|(table, ..)| TABLES.iter().position(|held| held.name == table.name));
    let mut sheets = Vec::new();
    for (table, file, grid) in grids {
        let Some(sheet) = find_columns(table, &file, grid, gathering) else {
            continue;
        };
        if sheet.rows.is_empty() && table.presence == Presence::Required {
            gathering.faults.push(Fault::new(&NO_ROWS, &file));
        }
        sheets.push(sheet);
    }
    Sheets(sheets)
}

fn read_decisions(
    sheets: &Sheets,
    (schools, teachers): (&Schools, &Teachers),
    subjects: &mut SubjectPool,
    year_begin: Option<Month>,
    gathering: &mut Gathering,
) -> Decisions {
    let mut decisions = Decisions::default();
    if let Some(sheet) = sheets.of(&NEED) {
        decisions.stated_needs = read_needs(sheet, schools, subjects, gathering);
    }
    if let Some(sheet) = sheets.of(&TRAVEL) {
        decisions.travel = read_travel(sheet, schools, gathering);
    }
    if let Some(sheet) = sheets.of(&PREFERENCES) {
        decisions.preferences = read_preferences(sheet, teachers, schools, gathering);
    }
    if let Some(sheet) = sheets.of(&NOMINATIONS) {
        decisions.nominations = read_nominations(sheet, teachers, schools, gathering);
    }
    if let Some(sheet) = sheets.of(&LOCKS) {
        decisions.locks = read_locks(sheet, teachers, schools, gathering);
    }
    if let Some(sheet) = sheets.of(&DECIDED) {
        decisions.decided = read_decided(sheet, teachers, schools, year_begin, gathering);
    }
    if let Some(sheet) = sheets.of(&ITINERANT) {
        let (begin, decided) = (year_begin, decisions.decided.as_slice());
        let read = itinerants::Reader {
            teachers,
            schools,
            decided,
            begin,
        };
        decisions.weeks = read.weeks(sheet, subjects, gathering);
    }
    decisions
}

fn read_rounds(
    sheets: &Sheets,
    (schools, teachers): (&Schools, &Teachers),
    subjects: &mut SubjectPool,
    decisions: &Decisions,
    gathering: &mut Gathering,
) -> Rounds {
    let mut rounds = Rounds::default();
    if let Some(sheet) = sheets.of(&RESULTS) {
        rounds.results = read_results(sheet, teachers, schools, subjects, gathering);
    }
    if let Some(sheet) = sheets.of(&SCORES) {
        rounds.scores = read_scores(sheet, teachers, schools, subjects, gathering);
    }
    if let Some(sheet) = sheets.of(&QUOTAS) {
        let named = sheets.of(&NOMINATIONS).map(|_| who_goes(decisions));
        rounds.quotas = read_quotas(sheet, (teachers, named), schools, subjects, gathering);
    }
    rounds
}

/// Those who are nominated, and those whose move is decided.
fn who_goes(decisions: &Decisions) -> Vec<TeacherIndex> {
    let nominated = decisions.nominations.iter();
    let moved = decisions
        .decided
        .iter()
        .filter(|decided| matches!(decided.kind, DecidedKind::Transfer | DecidedKind::Exchange));
    let mut going: Vec<TeacherIndex> = nominated
        .map(|nomination| nomination.teacher)
        .chain(moved.map(|decided| decided.teacher))
        .collect();
    going.sort_unstable();
    going.dedup();
    going
}
