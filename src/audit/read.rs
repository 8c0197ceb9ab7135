//! From the bytes of a plan's folder to sheets whose columns are known.

use std::path::Path;

use rayon::prelude::*;

use super::codes::{
    FILE_MISSING, FILE_UNREADABLE, FOREIGN_COLUMN, HEADER, NOTICE_COLUMN, ROW_SHAPE,
};
use super::finding::Finding;
use crate::domain::plan_files::{
    ASSIGNMENTS, FAIRNESS, GAPS, ITINERANT, ITINERANT_DATES, ITINERARY, LEVERS, NOTICE, OVERRIDES,
    PLAN, POSTS, QUOTAS, RULES, SUMMARY,
};
use crate::domain::round_files::{ENVY, NEXT_DECIDED, NEXT_RESULTS, WAITING};
use crate::ingest::{PlainRow, PlainTable, plain_table};

/// A row of a sheet; cells in the order of the file's own columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SheetRow<'a> {
    /// As Excel numbers it.
    pub(super) number: usize,
    places: &'a [Option<usize>],
    row: PlainRow<'a>,
}

impl<'a> SheetRow<'a> {
    /// The cell of a column; empty where the file lacks the column.
    pub(super) fn cell(&self, column: usize) -> &'a str {
        self.held(column).unwrap_or_default()
    }

    /// The cell of a column, where the file has the column.
    pub(super) fn held(&self, column: usize) -> Option<&'a str> {
        let place = (*self.places.get(column)?)?;
        Some(self.row.get(place).unwrap_or_default())
    }
}

/// A file of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    /// Its name.
    pub(super) file: &'static str,
    /// Its columns.
    pub(super) columns: &'static [&'static str],
    /// Where each column stands; `None` where the file lacks it.
    places: Vec<Option<usize>>,
    table: PlainTable,
    /// How many rows stand above the first of the sheet, the header being the last.
    above: usize,
}

impl Sheet {
    /// Its rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = SheetRow<'_>> {
        self.table.rows().skip(self.above).map(|row| SheetRow {
            number: row.number(),
            places: &self.places,
            row,
        })
    }
}

/// Everything that a folder holds of a plan.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub(super) plan: Option<Sheet>,
    pub(super) assignments: Option<Sheet>,
    pub(super) levers: Option<Sheet>,
    pub(super) posts: Option<Sheet>,
    pub(super) rules: Option<Sheet>,
    pub(super) gaps: Option<Sheet>,
    pub(super) fairness: Option<Sheet>,
    pub(super) notice: Option<Sheet>,
    pub(super) quotas: Option<Sheet>,
    pub(super) itinerant: Option<Sheet>,
    pub(super) waiting: Option<Sheet>,
    pub(super) envy: Option<Sheet>,
    pub(super) next_decided: Option<Sheet>,
    pub(super) next_results: Option<Sheet>,
    pub(super) overrides: Option<Sheet>,
    /// The text of the summary.
    pub(super) summary: Option<Vec<u8>>,
    /// Whether the folder holds nothing but moves (and levers): made by hand.
    pub(super) by_hand: bool,
}

/// Every table that a folder may hold: its name, its columns, whether it must be there.
fn tables(by_hand: bool) -> [(&'static str, &'static [&'static str], bool); 15] {
    [
        (PLAN.0, &PLAN.1, true),
        (ASSIGNMENTS.0, &ASSIGNMENTS.1, !by_hand),
        (LEVERS.0, &LEVERS.1, false),
        (POSTS.0, &POSTS.1, !by_hand),
        (RULES.0, &RULES.1, !by_hand),
        (GAPS.0, &GAPS.1, !by_hand),
        (FAIRNESS.0, &FAIRNESS.1, !by_hand),
        (NOTICE.0, &NOTICE.1, !by_hand),
        (QUOTAS.0, &QUOTAS.1, false),
        (ITINERANT.0, &ITINERANT.1, false),
        (WAITING.0, &WAITING.1, false),
        (ENVY.0, &ENVY.1, false),
        (NEXT_DECIDED.0, &NEXT_DECIDED.1, false),
        (NEXT_RESULTS.0, &NEXT_RESULTS.1, false),
        (OVERRIDES.0, &OVERRIDES.1, false),
    ]
}

impl Files {
    /// Reads a folder.
    pub(super) fn read(folder: &Path, findings: &mut Vec<Finding>) -> Self {
        let derived = [
            ASSIGNMENTS.0,
            POSTS.0,
            RULES.0,
            GAPS.0,
            FAIRNESS.0,
            NOTICE.0,
            SUMMARY,
        ];
        let by_hand = !derived.iter().any(|file| folder.join(file).exists());
        let read_one = |(file, columns, required)| {
            let mut findings = Vec::new();
            let mut reader = Reader {
                folder,
                by_hand,
                findings: &mut findings,
            };
            let sheet = reader.sheet(file, columns, required);
            (sheet, findings)
        };
        let read: Vec<(Option<Sheet>, Vec<Finding>)> =
            tables(by_hand).into_par_iter().map(read_one).collect();
        let mut sheets = read.into_iter().map(|(sheet, found)| {
            findings.extend(found);
            sheet
        });
        let mut next = || sheets.next().flatten();
        let mut files = Self {
            plan: next(),
            assignments: next(),
            levers: next(),
            posts: next(),
            rules: next(),
            gaps: next(),
            fairness: next(),
            notice: next(),
            quotas: next(),
            itinerant: next(),
            waiting: next(),
            envy: next(),
            next_decided: next(),
            next_results: next(),
            overrides: next(),
            summary: None,
            by_hand,
        };
        drop(sheets);
        let mut reader = Reader {
            folder,
            by_hand,
            findings,
        };
        files.summary = reader.bytes(SUMMARY, !by_hand);
        files
    }
}

struct Reader<'a> {
    folder: &'a Path,
    by_hand: bool,
    findings: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn bytes(&mut self, file: &'static str, required: bool) -> Option<Vec<u8>> {
        let path = self.folder.join(file);
        if !path.exists() {
            if required {
                self.findings
                    .push(Finding::about(FILE_MISSING, file).file(file));
            }
            return None;
        }
        match std::fs::read(&path) {
            Ok(bytes) => Some(bytes),
            Err(error) => {
                let finding = Finding::about(FILE_UNREADABLE, &error.to_string());
                self.findings.push(finding.file(file));
                None
            }
        }
    }

    fn sheet(
        &mut self,
        file: &'static str,
        columns: &'static [&'static str],
        required: bool,
    ) -> Option<Sheet> {
        let bytes = self.bytes(file, required)?;
        let table = match plain_table(&bytes, columns) {
            Ok(table) => table,
            Err((chinese, english)) => {
                let finding = Finding::new(FILE_UNREADABLE, chinese, english);
                self.findings.push(finding.file(file));
                return None;
            }
        };
        drop(bytes);
        let named = |row: PlainRow<'_>| {
            columns
                .iter()
                .filter(|column| row.cells().any(|cell| cell == **column))
                .count()
        };
        // A title may stand above the header.
        let first = || table.rows().take(10);
        let header = first()
            .position(|row| named(row) * 2 >= columns.len())
            .or_else(|| first().position(|row| named(row) >= 2));
        let Some((at, header)) = header.and_then(|at| Some((at, table.rows().nth(at)?))) else {
            let finding = Finding::new(HEADER, "找不到表头", "no header found");
            self.findings.push(finding.file(file).row(1));
            return None;
        };
        let places = self.places(file, columns, header);
        let width = header.cells().count();
        for row in table.rows().skip(at + 1) {
            self.check_width(file, width, row);
        }
        Some(Sheet {
            file,
            columns,
            places,
            table,
            above: at + 1,
        })
    }

    /// Where each column stands.
    fn places(
        &mut self,
        file: &'static str,
        columns: &[&str],
        header: PlainRow<'_>,
    ) -> Vec<Option<usize>> {
        for cell in header.cells().filter(|cell| !cell.is_empty()) {
            if !columns.contains(&cell) {
                let code = if file == NOTICE.0 {
                    NOTICE_COLUMN
                } else {
                    FOREIGN_COLUMN
                };
                let finding = Finding::about(code, cell).file(file);
                self.findings
                    .push(finding.row(header.number()).column(cell));
            }
        }
        columns
            .iter()
            .map(|column| {
                let cells = header.cells().enumerate();
                let mut held = cells.filter(|(_, cell)| cell == column).map(|(at, _)| at);
                let place = held.next();
                // Who makes a plan by hand may leave out what the roster says anyhow.
                let dates = file == ITINERANT.0 && ITINERANT_DATES.contains(column);
                let optional = self.by_hand || *column == ITINERARY || dates;
                let missing = place.is_none() && !optional;
                if missing || held.next().is_some() {
                    let finding = Finding::about(HEADER, column).file(file);
                    self.findings
                        .push(finding.row(header.number()).column(column));
                }
                place
            })
            .collect()
    }

    fn check_width(&mut self, file: &'static str, width: usize, row: PlainRow<'_>) {
        if let Some(cell) = row.cells().skip(width).find(|cell| !cell.is_empty()) {
            let finding = Finding::about(ROW_SHAPE, cell);
            self.findings.push(finding.file(file).row(row.number()));
        }
    }
}
