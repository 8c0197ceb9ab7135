//! One row of a table: its cells as values, every fault with its place.

use std::borrow::Cow;

use crate::domain::{Month, School, Stage, TeacherIndex};

use super::codes::{
    AMBIGUOUS_SCHOOL, AMBIGUOUS_TEACHER, CELL_EMPTY, CODE_AND_NAME, FORMULA, FaultCode,
    GRADE_OUTSIDE, IDENTITY_IN_TEXT, IDENTITY_NUMBER, TENTH_MONTH, UNKNOWN_SCHOOL, UNKNOWN_TEACHER,
    UNKNOWN_WORD,
};
use super::columns::{Column, Kind, Presence};
use super::faults::Fault;
use super::gathering::{Gathering, nearest_of};
use super::grid::GridRow;
use super::headers::Sheet;
use super::places::{Directory, Found};
use super::values;
use super::words;

/// A vocabulary whose members are named by code word or Chinese word.
pub(super) trait Vocabulary: Sized {
    /// The member with that Chinese word.
    fn named(word: &str) -> Option<Self>;
}

macro_rules! vocabularies {
    ($($name:ident),+) => {
        $(impl Vocabulary for crate::domain::$name {
            fn named(word: &str) -> Option<Self> { Self::from_word(word) }
        })+
    };
}

vocabularies!(
    Stage,
    Zone,
    SchoolState,
    Sex,
    Title,
    PostCategory,
    Degree,
    Backbone,
    Employment,
    Status,
    Office,
    Deferral,
    LockKind,
    DecidedKind,
    Form,
    Competition
);

/// Columns whose content is private and is never repeated, not even in a fault.
const PRIVATE: &[&str] = &["deferral", "remarks", "reason"];
/// The column that nothing ever prints.
const NEVER_PRINTED: &str = "remarks";

/// Why a cell may not be printed, which every text may be: into a notice, or a table for Excel.
fn unprintable(kind: Kind, cell: &str) -> Option<&'static FaultCode> {
    let is_text = matches!(
        kind,
        Kind::Text | Kind::School | Kind::Unit | Kind::Subject | Kind::SubjectList
    );
    let is_key = matches!(kind, Kind::Key | Kind::Teacher | Kind::TeacherList);
    if values::is_void(cell) || !(is_text || is_key) {
        None
    } else if values::is_formula(cell) {
        Some(&FORMULA)
    } else if is_key && values::is_identity_number(&values::key(cell)) {
        // Readers of keys report it.
        None
    } else {
        values::holds_identity_number(cell).then_some(&IDENTITY_IN_TEXT)
    }
}

/// A row on its way to a value of the domain.
pub(super) struct RowReader<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) row: GridRow<'a>,
    pub(super) gathering: &'a mut Gathering,
    /// The school concerned, named in each fault.
    pub(super) school: Concerned<'a>,
}

/// The school that a row concerns.
pub(super) enum Concerned<'a> {
    /// None, or it is not known which.
    Unknown,
    /// This school.
    School(&'a School),
    /// What the cell says that names no school.
    Cell(&'a str),
    /// A school that has no place yet.
    Label(String),
}

impl Concerned<'_> {
    /// How it is named in faults.
    fn label(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Unknown => None,
            Self::School(school) => Some(Cow::Owned(label(school))),
            Self::Cell(cell) => Some(Cow::Borrowed(cell)),
            Self::Label(label) => Some(Cow::Borrowed(label)),
        }
    }
}

/// How a school is named in faults: `S001 第一小学`.
pub(super) fn label(school: &School) -> String {
    format!("{} {}", school.code, school.name)
}

impl<'a> RowReader<'a> {
    /// Begins a row.
    pub(super) fn new(sheet: &'a Sheet, row: GridRow<'a>, gathering: &'a mut Gathering) -> Self {
        Self {
            sheet,
            row,
            gathering,
            school: Concerned::Unknown,
        }
    }

    /// Columns whose cells may not be printed, and why.
    fn refused(&self) -> impl Iterator<Item = (&'static Column, &'static FaultCode)> + use<'a> {
        let (sheet, row) = (self.sheet, self.row);
        let columns = sheet.table.columns.iter().zip(&sheet.places);
        columns
            .filter(|(column, _)| column.key != NEVER_PRINTED)
            .filter_map(move |(column, places)| {
                let mut cells = places.iter().filter_map(|&at| row.get(at));
                let code = cells.find_map(|cell| unprintable(column.kind, cell))?;
                Some((column, code))
            })
    }

    /// Reports cells that may not be printed, and required cells that are empty, but for columns that are missing altogether (which
    /// was reported once) and those named.
    pub(super) fn require_cells(&mut self, except: &[&str]) {
        let sheet = self.sheet;
        for (Column { key: column, .. }, code) in self.refused() {
            let shown = values::bare(self.cell(column));
            let mut fault = self.fault(code, column);
            if !PRIVATE.contains(column) {
                fault = fault.value(&shown);
            }
            self.gathering.faults.push(fault);
        }
        for column in sheet.table.columns {
            let required = column.presence == Presence::Required && !except.contains(&column.key);
            // A dash says as little as nothing: what must be there is not.
            if required && sheet.has(column.key) && self.filled(column.key).is_none() {
                self.report(&CELL_EMPTY, column.key);
            }
        }
    }

    /// The cell as it stands.
    pub(super) fn cell(&self, column: &str) -> &'a str {
        self.sheet.cell(self.row, column)
    }

    /// The cell, empty where it says in a word that it is.
    pub(super) fn filled(&self, column: &str) -> Option<&'a str> {
        Some(self.cell(column)).filter(|cell| !values::is_void(cell))
    }

    /// A fault in a cell of this row.
    pub(super) fn fault(&self, code: &'static FaultCode, column: &str) -> Fault {
        let shown = if PRIVATE.contains(&column) {
            ""
        } else {
            self.cell(column)
        };
        Fault::new(code, &self.sheet.file)
            .row(self.row.number)
            .column(self.sheet.header(column))
            .value(shown)
            .school(self.school.label().as_deref())
    }

    /// Reports a fault in a cell.
    pub(super) fn report(&mut self, code: &'static FaultCode, column: &str) {
        let fault = self.fault(code, column);
        self.push(fault);
    }

    /// Reports a fault with particulars. Of cells that may not be printed that is said, and no more.
    pub(super) fn push(&mut self, fault: Fault) {
        if !self.is_refused(&fault) {
            self.gathering.faults.push(fault);
        }
    }

    /// Reports a word that names nobody, with the nearest that does.
    pub(super) fn push_unknown(&mut self, fault: Fault, directory: &Directory, cell: &str) {
        let is_refused = self.is_refused(&fault);
        self.gathering
            .wish_nearest(directory, cell, (!is_refused).then_some(fault));
    }

    fn is_refused(&self, fault: &Fault) -> bool {
        self.refused()
            .any(|(column, _)| fault.column.as_deref() == Some(self.sheet.header(column.key)))
    }

    /// Text with single blanks; empty where there is none.
    pub(super) fn text(&self, column: &str) -> String {
        let words: Vec<&str> = self.cell(column).split_whitespace().collect();
        words.join(" ")
    }

    /// Text where there is any.
    pub(super) fn optional_text(&self, column: &str) -> Option<String> {
        self.filled(column).map(|_| self.text(column))
    }

    /// A key. ID-card numbers are refused.
    pub(super) fn key(&mut self, column: &str) -> String {
        let key = values::key(self.cell(column));
        if values::is_identity_number(&key) {
            self.report(&IDENTITY_NUMBER, column);
        }
        key.into_owned()
    }

    fn value<T>(
        &mut self,
        column: &str,
        read: impl FnOnce(&str) -> Result<T, &'static FaultCode>,
    ) -> Option<T> {
        let cell = self.filled(column)?;
        match read(cell) {
            Ok(value) => Some(value),
            Err(code) => {
                self.report(code, column);
                None
            }
        }
    }

    /// A month.
    pub(super) fn month(&mut self, column: &str) -> Option<Month> {
        let read = self.value(column, values::month)?;
        if read.doubtful {
            self.report(&TENTH_MONTH, column);
        }
        Some(read.month)
    }

    /// A whole number.
    pub(super) fn count(&mut self, column: &str, largest: u32) -> Option<u32> {
        self.value(column, |cell| values::count(cell, largest))
    }

    /// A decimal number in units of ten to the power −`digits`.
    pub(super) fn decimal(&mut self, column: &str, digits: u32, largest: i64) -> Option<i64> {
        self.value(column, |cell| values::decimal(cell, digits, largest))
    }

    /// 是 or 否; here 无 is an answer.
    pub(super) fn yes_no(&mut self, column: &str) -> Option<bool> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return None;
        }
        match values::yes_no(cell) {
            Ok(value) => Some(value),
            Err(code) => {
                self.report(code, column);
                None
            }
        }
    }

    /// A word of a vocabulary.
    pub(super) fn word<V: Vocabulary>(&mut self, column: &str) -> Option<V> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return None;
        }
        let table = self.sheet.table.name;
        match words::canonical(table, column, cell) {
            Some(word) => V::named(word),
            // A dash or 无 where the vocabulary has no such word is an empty cell.
            None if values::is_void(cell) => None,
            None => {
                self.unknown_word(column, cell);
                None
            }
        }
    }

    /// Several words of a vocabulary.
    pub(super) fn words<V: Vocabulary>(&mut self, column: &str) -> Vec<V> {
        let Some(cell) = self.filled(column) else {
            return Vec::new();
        };
        let table = self.sheet.table.name;
        let items = values::list(cell);
        let known: Option<Vec<&str>> = items
            .iter()
            .map(|item| words::canonical(table, column, item))
            .collect();
        // A blank inside one word (小学 教师资格) looks like a list of two.
        let whole = || words::canonical(table, column, cell).map(|word| vec![word]);
        if let Some(known) = known.or_else(whole) {
            return known.into_iter().filter_map(V::named).collect();
        }
        let mut found = Vec::new();
        for item in items {
            match words::canonical(table, column, item) {
                Some(word) => found.extend(V::named(word)),
                None => self.unknown_word(column, item),
            }
        }
        found
    }

    /// Reports a word outside the vocabulary, with the words that are allowed.
    pub(super) fn unknown_word(&mut self, column: &str, item: &str) {
        let place = self.sheet.place_of(column);
        let allowed = match self.sheet.table.columns[place].kind {
            Kind::Word(words) | Kind::WordList(words) => words,
            _ => &[],
        };
        let near = nearest_of(item, allowed.iter().copied());
        let list = allowed.join("、");
        let mut fault = self.fault(&UNKNOWN_WORD, column);
        if !PRIVATE.contains(&column) {
            fault = fault.value(item).nearest(near);
        }
        let fault = fault.hint(&format!("可选：{list}"), &format!("allowed: {list}"));
        self.push(fault);
    }

    /// Grades of a stage, sorted. Kindergarten's have names (小班), not numbers, and no rule asks for
    /// them.
    pub(super) fn grades(&mut self, column: &str, stage: Option<Stage>) -> Vec<u8> {
        let cell = self.filled(column);
        let Some(cell) = cell.filter(|_| stage != Some(Stage::Kindergarten)) else {
            return Vec::new();
        };
        let mut grades = Vec::new();
        for item in values::list(cell) {
            for part in grade_range(item) {
                match part {
                    Err(code) => self.report(code, column),
                    Ok(read) => match placed_grade(read, stage) {
                        Some(grade) => grades.push(grade),
                        None => self.report(&GRADE_OUTSIDE, column),
                    },
                }
            }
        }
        grades.sort_unstable();
        grades.dedup();
        grades
    }

    /// A school, by code or by name, where both stand side by side by both.
    pub(super) fn school(&mut self, column: &str, schools: &Directory) -> Option<usize> {
        let cells: Vec<&str> = self.sheet.places[self.sheet.place_of(column)]
            .iter()
            .filter_map(|&place| self.row.get(place))
            .filter(|cell| !values::is_void(cell))
            .collect();
        let mut found: Option<usize> = None;
        for cell in cells {
            match schools.find(cell) {
                Found::One(place) if found.is_some_and(|before| before != place) => {
                    let fault = self.fault(&CODE_AND_NAME, column).value(cell);
                    self.push(fault);
                }
                Found::One(place) => found = Some(place),
                Found::Several if found.is_some() => {}
                Found::Several => {
                    let fault = self.fault(&AMBIGUOUS_SCHOOL, column).value(cell);
                    self.push(fault);
                }
                Found::Nobody => {
                    let fault = self.fault(&UNKNOWN_SCHOOL, column).value(cell);
                    self.push_unknown(fault, schools, cell);
                }
            }
        }
        found
    }

    /// A teacher, by key or by a name that only one has.
    pub(super) fn teacher(&mut self, column: &str, teachers: &Directory) -> Option<TeacherIndex> {
        let cell = self.filled(column)?;
        if values::is_identity_number(&values::key(cell)) {
            self.report(&IDENTITY_NUMBER, column);
            return None;
        }
        match teachers.find(cell) {
            Found::One(place) => Some(TeacherIndex(place as u32)),
            Found::Several => {
                self.report(&AMBIGUOUS_TEACHER, column);
                None
            }
            // The keys of the table of teachers are refused: who is meant shows once they are mended.
            Found::Nobody if teachers.is_damaged() => None,
            Found::Nobody => {
                let fault = self.fault(&UNKNOWN_TEACHER, column);
                self.push_unknown(fault, teachers, cell);
                None
            }
        }
    }
}

type ReadGrade = (u8, Option<u8>);

/// The grades of an item: one, or all from the first to the last of `1-3`, `七至九年级`.
fn grade_range(item: &str) -> Vec<Result<ReadGrade, &'static FaultCode>> {
    let narrowed = values::narrow(item);
    let ends = narrowed
        .split_once(['-', '~', '至', '到'])
        .map(|(first, last)| (values::grade(first), values::grade(last)));
    match ends {
        Some((Ok((first, base)), Ok((last, _)))) if first <= last => {
            (first..=last).map(|grade| Ok((grade, base))).collect()
        }
        _ => vec![values::grade(item)],
    }
}

/// The grade counted from the first of primary school; `None` where the stage has no such grade.
pub(super) fn placed_grade((number, base): ReadGrade, stage: Option<Stage>) -> Option<u8> {
    let Some(stage) = stage else {
        return Some(number + base.unwrap_or(0)).filter(|grade| *grade <= 12);
    };
    let (range, first_counts_as) = match stage {
        Stage::Primary => (1..=6, 0),
        // Grade 6 belongs to junior schools where primary school has five years.
        Stage::Junior => (6..=9, 6),
        Stage::Senior | Stage::Vocational => (10..=12, 9),
        Stage::Kindergarten | Stage::Special => (1..=12, 0),
    };
    let shifted = match base {
        Some(base) => number.checked_add(base)?,
        None if number <= 4 => number + first_counts_as,
        None => number,
    };
    range.contains(&shifted).then_some(shifted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_count_from_the_first_of_primary_school() {
        assert_eq!(placed_grade((2, Some(6)), Some(Stage::Junior)), Some(8));
        assert_eq!(placed_grade((1, None), Some(Stage::Junior)), Some(7));
        assert_eq!(placed_grade((7, None), Some(Stage::Junior)), Some(7));
        assert_eq!(placed_grade((7, None), Some(Stage::Primary)), None);
        assert_eq!(placed_grade((3, None), Some(Stage::Vocational)), Some(12));
        assert_eq!(grade_range("七至九年级").len(), 3);
    }
}
