//! From sheets to placements: one a teacher, whatever the files say.

use std::collections::BTreeSet;

use super::codes::{
    FindingCode, NOT_A_MONTH, NOT_A_NUMBER, NOT_AN_ITINERARY, TEACHER_MISSING, TEACHER_TWICE,
    UNKNOWN_SCHOOL, UNKNOWN_SUBJECT, UNKNOWN_TEACHER, UNKNOWN_UNIT, UNKNOWN_WORD,
};
use super::finding::Finding;
use super::read::{Files, Sheet, SheetRow};
use crate::demand::{RollEntry, Situation};
use crate::domain::{
    Form, Itinerary, LeverUse, Month, Placement, SchoolIndex, Stage, SubjectIndex, TeacherIndex,
    UnitIndex,
};
use crate::ingest::{plain_key, plain_month};

/// Columns of `plan.csv` by place.
pub(super) mod plan_column {
    pub(crate) const TEACHER: usize = 0;
    pub(crate) const STAGE: usize = 2;
    pub(crate) const SUBJECT: usize = 3;
    pub(crate) const SCHOOL: usize = 6;
    pub(crate) const SCHOOL_NAME: usize = 7;
    pub(crate) const FORM: usize = 8;
    pub(crate) const START: usize = 10;
    pub(crate) const END: usize = 11;
    pub(crate) const BASIS: usize = 12;
    pub(crate) const REASON: usize = 13;
    pub(crate) const ITINERARY: usize = 14;
}

/// Columns of `assignments.csv` by place.
mod assignment_column {
    pub(super) const TEACHER: usize = 0;
    pub(super) const SCHOOL: usize = 2;
    pub(super) const STAGE: usize = 4;
    pub(super) const SUBJECT: usize = 5;
    pub(super) const FORM: usize = 6;
    pub(super) const UNIT: usize = 7;
    pub(super) const START: usize = 9;
    pub(super) const END: usize = 10;
    pub(super) const DECIDED: usize = 11;
    pub(super) const ITINERARY: usize = 12;
}

/// Where a placement was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Origin {
    /// The file.
    pub(super) file: &'static str,
    /// The row, as Excel numbers it.
    pub(super) row: usize,
}

/// A plan as read.
#[derive(Debug)]
pub(super) struct ReadPlan {
    /// One a teacher, in the order of teachers.
    pub(super) placements: Vec<Placement>,
    /// Where each was read; `None` for those of whom the files say nothing.
    pub(super) origins: Vec<Option<Origin>>,
    /// Those whose row names no school that there is.
    pub(super) unread: BTreeSet<TeacherIndex>,
    /// Levers used.
    pub(super) levers: Vec<(LeverUse, Origin)>,
}

impl ReadPlan {
    /// Reads the placements: of `assignments.csv` where there is one, else the moves of
    /// `plan.csv`, everybody else staying as the roll has it.
    pub(super) fn new(situation: &Situation<'_>, files: &Files, found: &mut Vec<Finding>) -> Self {
        let mut plan = Self {
            placements: situation
                .roll
                .entries()
                .iter()
                .map(RollEntry::placement)
                .collect(),
            origins: vec![None; situation.district.teachers.len()],
            unread: BTreeSet::new(),
            levers: Vec::new(),
        };
        let mut cells = Cells { situation, found };
        if let Some(sheet) = &files.assignments {
            for row in sheet.rows() {
                cells.assignment(sheet, row, &mut plan);
            }
            for teacher in situation.district.teacher_indices() {
                if plan.origins[teacher.position()].is_none() {
                    let id = &situation.district.teacher(teacher).id;
                    let finding = Finding::about(TEACHER_MISSING, id).file(sheet.file);
                    cells.found.push(finding.place(id));
                }
            }
        } else if let Some(sheet) = &files.plan {
            for row in sheet.rows() {
                cells.planned(sheet, row, &mut plan);
            }
        }
        if let Some(sheet) = &files.levers {
            for row in sheet.rows() {
                plan.levers.extend(cells.lever(sheet, row));
            }
        }
        plan
    }
}

/// Unit and dates that a form implies for somebody of the roll.
pub(super) fn implied(
    situation: &Situation<'_>,
    entry: &RollEntry,
    form: Form,
    school: SchoolIndex,
) -> (Option<UnitIndex>, Option<Month>, Option<Month>) {
    let held = (entry.unit, entry.start, entry.end);
    if entry.form == form || !form.is_move() {
        return held;
    }
    let Some(terms) = situation.policy.forms.get(&form) else {
        return held;
    };
    let (start, end) = terms.dates(situation.district.year_begin);
    let unit = if terms.establishment_moves {
        Some(situation.district.school(school).unit)
    } else {
        entry.unit
    };
    (unit, start, end)
}

/// Reads cells and reports those that say nothing.
struct Cells<'a, 'b> {
    situation: &'a Situation<'a>,
    found: &'b mut Vec<Finding>,
}

impl Cells<'_, '_> {
    /// Reads a cell by its word; an empty one gives nothing, without a finding.
    fn word<T>(
        &mut self,
        (sheet, row, column): (&Sheet, SheetRow<'_>, usize),
        code: FindingCode,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let cell = row.cell(column);
        if cell.is_empty() {
            return None;
        }
        let value = read(cell).or_else(|| read(&plain_key(cell)));
        if value.is_none() {
            let finding = Finding::about(code, cell).file(sheet.file).row(row.number);
            self.found.push(finding.column(sheet.columns[column]));
        }
        value
    }

    /// A cell without which the row says nothing.
    fn needed<T>(
        &mut self,
        place: (&Sheet, SheetRow<'_>, usize),
        code: FindingCode,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let (sheet, row, column) = place;
        if row.cell(column).is_empty() {
            let finding = Finding::new(code, "空白", "empty").file(sheet.file);
            self.found
                .push(finding.row(row.number).column(sheet.columns[column]));
        }
        self.word(place, code, read)
    }

    /// The teacher of a row, if known and new.
    fn teacher(
        &mut self,
        place: (&Sheet, SheetRow<'_>, usize),
        plan: &mut ReadPlan,
    ) -> Option<TeacherIndex> {
        let (sheet, row, column) = place;
        let district = self.situation.district;
        let teacher = self.needed(place, UNKNOWN_TEACHER, |id| district.teacher_with_id(id))?;
        let origin = &mut plan.origins[teacher.position()];
        if origin.is_some() {
            let id = &district.teacher(teacher).id;
            let finding = Finding::about(TEACHER_TWICE, id).file(sheet.file);
            self.found
                .push(finding.row(row.number).column(sheet.columns[column]));
            return None;
        }
        *origin = Some(Origin {
            file: sheet.file,
            row: row.number,
        });
        Some(teacher)
    }

    fn school(&mut self, place: (&Sheet, SheetRow<'_>, usize)) -> Option<SchoolIndex> {
        let district = self.situation.district;
        self.needed(place, UNKNOWN_SCHOOL, |code| district.school_coded(code))
    }

    /// The school of a row of moves: by its code or, where the code is left empty, by a name that
    /// one school alone bears.
    fn receiving(&mut self, sheet: &Sheet, row: SheetRow<'_>) -> Option<SchoolIndex> {
        use plan_column as column;
        if !row.cell(column::SCHOOL).is_empty() || row.cell(column::SCHOOL_NAME).is_empty() {
            return self.school((sheet, row, column::SCHOOL));
        }
        let district = self.situation.district;
        let named = |name: &str| {
            let mut bearers = district
                .school_indices()
                .filter(|&school| district.school(school).name == name);
            bearers.next().filter(|_| bearers.next().is_none())
        };
        self.word((sheet, row, column::SCHOOL_NAME), UNKNOWN_SCHOOL, named)
    }

    fn stage(&mut self, place: (&Sheet, SheetRow<'_>, usize)) -> Option<Stage> {
        self.word(place, UNKNOWN_WORD, Stage::from_word)
    }

    fn subject(&mut self, place: (&Sheet, SheetRow<'_>, usize)) -> Option<SubjectIndex> {
        let district = self.situation.district;
        self.word(place, UNKNOWN_SUBJECT, |name| district.subject_named(name))
    }

    fn form(&mut self, place: (&Sheet, SheetRow<'_>, usize)) -> Option<Form> {
        self.needed(place, UNKNOWN_WORD, Form::from_word)
    }

    fn itinerary(&mut self, place: (&Sheet, SheetRow<'_>, usize)) -> Option<Itinerary> {
        let district = self.situation.district;
        self.word(place, NOT_AN_ITINERARY, |text| {
            Itinerary::read(text, district)
        })
    }

    fn month(&mut self, place: (&Sheet, SheetRow<'_>, usize)) -> Option<Month> {
        self.word(place, NOT_A_MONTH, plain_month)
    }

    /// A row of `assignments.csv`. What cannot be read stays as the roll has it.
    fn assignment(&mut self, sheet: &Sheet, row: SheetRow<'_>, plan: &mut ReadPlan) {
        use assignment_column as column;
        let at = |column: usize| (sheet, row, column);
        let Some(teacher) = self.teacher(at(column::TEACHER), plan) else {
            return;
        };
        let district = self.situation.district;
        let placement = &mut plan.placements[teacher.position()];
        if let Some(school) = self.school(at(column::SCHOOL)) {
            placement.school = school;
        }
        if let Some(stage) = self.needed(at(column::STAGE), UNKNOWN_WORD, Stage::from_word) {
            placement.stage = stage;
        }
        let subject = |name: &str| district.subject_named(name);
        if let Some(subject) = self.needed(at(column::SUBJECT), UNKNOWN_SUBJECT, subject) {
            placement.subject = subject;
        }
        if let Some(form) = self.form(at(column::FORM)) {
            placement.form = form;
        }
        if row.held(column::UNIT).is_some() {
            let unit = |code: &str| district.unit_coded(code);
            placement.unit = self.word(at(column::UNIT), UNKNOWN_UNIT, unit);
        }
        if row.held(column::START).is_some() {
            placement.start = self.month(at(column::START));
        }
        if row.held(column::END).is_some() {
            placement.end = self.month(at(column::END));
        }
        if let Some(decided) = self.needed(at(column::DECIDED), UNKNOWN_WORD, yes_no) {
            placement.decided = decided;
        }
        placement.itinerary = self.itinerary(at(column::ITINERARY));
    }

    /// A row of a `plan.csv` that stands alone. What is left empty is what the roll or the form
    /// implies.
    fn planned(&mut self, sheet: &Sheet, row: SheetRow<'_>, plan: &mut ReadPlan) {
        use plan_column as column;
        let at = |column: usize| (sheet, row, column);
        let Some(teacher) = self.teacher(at(column::TEACHER), plan) else {
            return;
        };
        let entry = self.situation.roll.entry(teacher);
        let school = self.receiving(sheet, row);
        let form = self.form(at(column::FORM));
        let itinerary = self.itinerary(at(column::ITINERARY));
        let Some(mut school) = school else {
            // Nothing can be said of a move that leads nobody knows where.
            plan.unread.insert(teacher);
            return;
        };
        if form == Some(Form::Itinerant) {
            // What the row names is the first of the schools served besides.
            school = entry.school;
        }
        let placement = &mut plan.placements[teacher.position()];
        placement.school = school;
        placement.itinerary = itinerary;
        placement.form = form.unwrap_or(entry.form);
        placement.stage = self.stage(at(column::STAGE)).unwrap_or(entry.stage);
        placement.subject = self.subject(at(column::SUBJECT)).unwrap_or(entry.subject);
        let (unit, start, end) = implied(self.situation, entry, placement.form, placement.school);
        placement.unit = unit;
        placement.start = self.month(at(column::START)).or(start);
        placement.end = self.month(at(column::END)).or(end);
    }

    /// A row of `levers.csv`.
    fn lever(&mut self, sheet: &Sheet, row: SheetRow<'_>) -> Option<(LeverUse, Origin)> {
        let at = |column: usize| (sheet, row, column);
        let district = self.situation.district;
        let school = |code: &str| district.school_coded(code);
        let unit = |code: &str| district.unit_coded(code);
        // More than a million would only overflow what follows.
        let number = |cell: &str| {
            cell.parse()
                .ok()
                .filter(|count| (1..=1_000_000).contains(count))
        };
        let used = LeverUse {
            lever: row.cell(0).to_owned(),
            school: self.word(at(2), UNKNOWN_SCHOOL, school),
            stage: self.stage(at(4)),
            subject: self.subject(at(5)),
            unit: self.word(at(10), UNKNOWN_UNIT, unit),
            from: self.word(at(12), UNKNOWN_UNIT, unit),
            count: self.needed(at(6), NOT_A_NUMBER, number)?,
        };
        let origin = Origin {
            file: sheet.file,
            row: row.number,
        };
        Some((used, origin))
    }
}

fn yes_no(cell: &str) -> Option<bool> {
    match cell {
        "是" => Some(true),
        "否" => Some(false),
        _ => None,
    }
}
