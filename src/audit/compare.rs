//! Sheets against what they must say, row by row, in whatever order Excel left the rows.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use super::codes::{
    DIFFERENT_CELL, EMPTY_CELL, EXTRA_ROW, FILE_MISSING, FindingCode, MISSING_ROW, NOTICE_EXTRA,
};
use super::expected::{Expected, ExpectedRow};
use super::finding::Finding;
use super::placements::plan_column;
use super::read::{Files, Sheet, SheetRow};
use super::reckoning::Reckoning;
use super::summary;
use crate::domain::TeacherIndex;
use crate::domain::round_files::{ENVY, NEXT_DECIDED, NEXT_RESULTS, WAITING};
use crate::ingest::{plain_key, plain_month};

/// Compares every file that there is.
pub(super) fn check(
    reckoning: &Reckoning<'_>,
    files: &Files,
    unread: &BTreeSet<TeacherIndex>,
    found: &mut Vec<Finding>,
) {
    let plan = || {
        let mut found = Vec::new();
        if let Some(sheet) = &files.plan {
            plan(reckoning, sheet, files, unread, &mut found);
        }
        found
    };
    let assignments = || {
        let mut found = Vec::new();
        if let Some(sheet) = &files.assignments {
            assignments(reckoning, sheet, &mut found);
        }
        found
    };
    let notice = || notice(reckoning, files);
    let levers = || of_rows(files.levers.as_ref(), &[0], || reckoning.lever_rows());
    let posts = || of_rows(files.posts.as_ref(), &[0, 3, 4], || reckoning.post_rows());
    let rules = || of_rows(files.rules.as_ref(), &[0], || reckoning.rule_rows());
    let gaps = || of_rows(files.gaps.as_ref(), &[0, 2], || reckoning.gap_rows());
    let fairness = || {
        of_rows(files.fairness.as_ref(), &[0, 1], || {
            reckoning.fairness_rows()
        })
    };
    let quotas = || of_rows(files.quotas.as_ref(), &[0, 2, 3], || reckoning.quota_rows());
    let itinerant = || {
        let mut found = Vec::new();
        super::week::check(reckoning, files, &mut found);
        found
    };
    let rounds = || rounds(reckoning, files);
    let summary = || {
        let mut found = Vec::new();
        if let Some(bytes) = &files.summary {
            summary::check(reckoning, bytes, &mut found);
        }
        found
    };
    let files: [&(dyn Fn() -> Vec<Finding> + Sync); 12] = [
        &assignments,
        &summary,
        &posts,
        &plan,
        &levers,
        &rules,
        &gaps,
        &fairness,
        &notice,
        &quotas,
        &itinerant,
        &rounds,
    ];
    let compared: Vec<Vec<Finding>> = files.par_iter().map(|compare| compare()).collect();
    found.extend(compared.into_iter().flatten());
}

/// What plans have in a year with a competition.
fn rounds(reckoning: &Reckoning<'_>, files: &Files) -> Vec<Finding> {
    let district = reckoning.context.situation.district;
    let waits = reckoning.waiting().next().is_some();
    let has_results = !district.results.is_empty();
    let [decided, results] = reckoning.next_rows();
    let tables = [
        (
            WAITING.0,
            &files.waiting,
            &[0][..],
            reckoning.waiting_rows(),
            waits,
        ),
        (
            ENVY.0,
            &files.envy,
            &[0, 3, 6],
            reckoning.envy_rows(),
            reckoning.envy.is_some(),
        ),
        (
            NEXT_DECIDED.0,
            &files.next_decided,
            &[0],
            decided,
            has_results,
        ),
        (
            NEXT_RESULTS.0,
            &files.next_results,
            &[0],
            results,
            has_results,
        ),
    ];
    let mut found = Vec::new();
    for (file, sheet, keys, rows, wanted) in tables {
        found.extend(of_rows(sheet.as_ref(), keys, || rows.clone()));
        missing(file, files, wanted && sheet.is_none(), &mut found);
    }
    found
}

/// A file that this year's plan must have, though not every year's.
fn missing(file: &'static str, files: &Files, lacks: bool, found: &mut Vec<Finding>) {
    if lacks && !files.by_hand {
        found.push(Finding::about(FILE_MISSING, file).file(file));
    }
}

/// What is found in a file, where there is one.
pub(super) fn of_rows<'a>(
    sheet: Option<&Sheet>,
    keys: &[usize],
    rows: impl Fn() -> Vec<ExpectedRow<'a>>,
) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(sheet) = sheet {
        Comparison::new(sheet, keys, EXTRA_ROW).check(&rows(), &mut found);
    }
    found
}

/// `plan.csv`: everybody who moves and nobody else; by hand also those whom the hand names.
fn plan(
    reckoning: &Reckoning<'_>,
    sheet: &Sheet,
    files: &Files,
    unread: &BTreeSet<TeacherIndex>,
    found: &mut Vec<Finding>,
) {
    let district = reckoning.context.situation.district;
    let listed: BTreeSet<TeacherIndex> = sheet
        .rows()
        .filter_map(|row| {
            let cell = row.cell(plan_column::TEACHER);
            let known = district.teacher_with_id(cell);
            known.or_else(|| district.teacher_with_id(&plain_key(cell)))
        })
        .collect();
    let alone = files.assignments.is_none();
    let rows: Vec<ExpectedRow<'_>> = reckoning
        .placements
        .iter()
        .filter(|placement| {
            let moved = reckoning.is_planned(placement);
            if alone {
                listed.contains(&placement.teacher) || (moved && !files.by_hand)
            } else {
                moved
            }
        })
        .map(|placement| {
            let mut row = reckoning.plan_row(placement.teacher);
            if unread.contains(&placement.teacher) {
                // That the school is unknown has been told.
                row[plan_column::TEACHER + 1..].fill(Expected::Anything);
                return row;
            }
            if files.by_hand {
                row[plan_column::BASIS] = Expected::Something;
                row[plan_column::REASON] = Expected::Something;
            }
            if alone && !reckoning.is_planned(placement) {
                row[plan_column::BASIS] = Expected::Anything;
                row[plan_column::REASON] = Expected::Anything;
            }
            row
        })
        .collect();
    let mut comparison = Comparison::new(sheet, &[plan_column::TEACHER], EXTRA_ROW);
    comparison.by_hand = files.by_hand;
    comparison.check(&rows, found);
}

fn assignments(reckoning: &Reckoning<'_>, sheet: &Sheet, found: &mut Vec<Finding>) {
    let district = reckoning.context.situation.district;
    let mut comparison = Comparison::new(sheet, &[0], EXTRA_ROW);
    // Who is unknown, missing or twice there was found on reading.
    comparison.only_cells = true;
    let everybody: Vec<TeacherIndex> = district.teacher_indices().collect();
    comparison.check_each(
        &everybody,
        |&teacher| reckoning.assignment_row(teacher),
        found,
    );
}

/// `notice.csv`: everybody who moves, and nobody else.
fn notice(reckoning: &Reckoning<'_>, files: &Files) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(sheet) = &files.notice {
        let rows = reckoning.notice_rows();
        Comparison::new(sheet, &[1], NOTICE_EXTRA).check(&rows, &mut found);
        numbering(sheet, &mut found);
    }
    found
}

/// The first column of the notice numbers its rows, in whatever order they stand.
fn numbering(sheet: &Sheet, found: &mut Vec<Finding>) {
    let count = sheet.rows().count();
    let mut free: BTreeSet<String> = (1..=count).map(|at| at.to_string()).collect();
    for row in sheet.rows() {
        let cell = plain_key(row.cell(0));
        if !free.remove(cell.as_ref()) && !cell.is_empty() {
            let wanted = format!("1–{count}");
            let finding = Finding::difference(DIFFERENT_CELL, &cell, &wanted).file(sheet.file);
            found.push(finding.row(row.number).column(sheet.columns[0]));
        }
    }
}

/// The cells that tell one row from another.
type Key<'a> = Vec<Cow<'a, str>>;

struct Comparison<'a> {
    sheet: &'a Sheet,
    keys: &'a [usize],
    extra: FindingCode,
    only_cells: bool,
    /// Empty cells are what the roster says, where the hand need not repeat it.
    by_hand: bool,
}

impl<'a> Comparison<'a> {
    fn new(sheet: &'a Sheet, keys: &'a [usize], extra: FindingCode) -> Self {
        Self {
            sheet,
            keys,
            extra,
            only_cells: false,
            by_hand: false,
        }
    }

    fn key_of<'k>(&self, cell: impl FnMut(usize) -> Cow<'k, str>) -> Key<'k> {
        self.keys.iter().copied().map(cell).collect()
    }

    fn key_of_expected<'k>(&self, mut row: ExpectedRow<'k>) -> Key<'k> {
        self.key_of(|column| match std::mem::take(&mut row[column]) {
            Expected::Text(Cow::Borrowed(text)) => plain_key(text),
            Expected::Text(Cow::Owned(text)) => Cow::Owned(plain_key(&text).into_owned()),
            Expected::Something | Expected::Anything => Cow::default(),
        })
    }

    fn check(&self, expected: &[ExpectedRow<'_>], found: &mut Vec<Finding>) {
        self.check_each(expected, Clone::clone, found);
    }

    /// Checks against rows that are written when they are needed: all together they would be
    /// larger than the file.
    fn check_each<'w, Row>(
        &self,
        expected: &[Row],
        write: impl Fn(&Row) -> ExpectedRow<'w>,
        found: &mut Vec<Finding>,
    ) {
        let mut open: HashMap<Key<'_>, Vec<usize>> = HashMap::with_capacity(expected.len());
        for (at, row) in expected.iter().enumerate() {
            let key = self.key_of_expected(write(row));
            open.entry(key).or_default().push(at);
        }
        let mut is_open = vec![true; expected.len()];
        for row in self.sheet.rows() {
            let key = self.key_of(|column| plain_key(row.cell(column)));
            let candidates = open.get_mut(&key).filter(|rows| !rows.is_empty());
            let Some(candidates) = candidates else {
                if !self.only_cells {
                    let finding = Finding::about(self.extra, &key.join(" "));
                    found.push(finding.file(self.sheet.file).row(row.number));
                }
                continue;
            };
            let differences = |at: usize| self.differences(row, write(&expected[candidates[at]]));
            // Several rows may share a key, such as two persons of one name.
            let nearest = match candidates.len() {
                1 => 0,
                count => (0..count)
                    .min_by_key(|&at| differences(at).count())
                    .unwrap_or(0),
            };
            found.extend(differences(nearest));
            is_open[candidates.swap_remove(nearest)] = false;
        }
        if !self.only_cells {
            let missing = is_open.iter().zip(expected).filter(|(open, _)| **open);
            for (_, row) in missing {
                let place = self.key_of_expected(write(row)).join(" ");
                let finding = Finding::about(MISSING_ROW, &place).file(self.sheet.file);
                found.push(finding.place(&place));
            }
        }
    }

    fn differences<'b>(
        &'b self,
        row: SheetRow<'b>,
        wanted: ExpectedRow<'b>,
    ) -> impl Iterator<Item = Finding> + 'b {
        wanted
            .into_iter()
            .enumerate()
            .filter_map(move |(column, wanted)| {
                let held = row.held(column)?;
                let finding = match wanted {
                    Expected::Something if held.is_empty() => Finding::new(EMPTY_CELL, "", ""),
                    Expected::Anything | Expected::Something => return None,
                    Expected::Text(_) if self.by_hand && held.is_empty() => return None,
                    Expected::Text(text) if same(held, &text) => return None,
                    Expected::Text(text) => Finding::difference(DIFFERENT_CELL, held, &text),
                };
                let finding = finding.file(self.sheet.file).row(row.number);
                Some(finding.column(self.sheet.columns[column]))
            })
    }
}

/// Whether two cells say the same: to the letter, as a number, or as a month that Excel rewrote.
fn same(held: &str, wanted: &str) -> bool {
    held == wanted
        || plain_key(held) == plain_key(wanted)
        || number(held).is_some_and(|held| Some(held) == number(wanted))
        || (crate::domain::Month::parse(wanted).is_some()
            && plain_month(held).is_some()
            && plain_month(held) == crate::domain::Month::parse(wanted))
}

/// A plain decimal number in its shortest writing.
fn number(cell: &str) -> Option<String> {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let plain = !digits.is_empty()
        && digits
            .chars()
            .all(|letter| letter.is_ascii_digit() || letter == '.')
        && digits.matches('.').count() <= 1
        && !digits.starts_with('.');
    // Codes such as 007 are no numbers.
    let code = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    (plain && !code).then(|| {
        let cell = if cell.contains('.') {
            cell.trim_end_matches('0').trim_end_matches('.')
        } else {
            cell
        };
        if cell == "-0" { "0" } else { cell }.to_owned()
    })
}
