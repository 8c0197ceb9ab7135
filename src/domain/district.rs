//! A district: valid, or it does not exist.

use std::collections::BTreeSet;
use std::ops::Deref;

use super::itinerary::ItinerantWeek;
use super::month::Month;
use super::people::{Decided, Lock, Nomination, Preference, Teacher};
use super::quantity::Minutes;
use super::rounds::{Competition, CompetitionResult, Quota, Score};
use super::schooling::{
    School, SchoolIndex, Stage, StatedNeed, SubjectIndex, TeacherIndex, Unit, UnitIndex,
};

/// Something that the files did not say and that was taken to be so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Assumption {
    /// Stable code, `A…`.
    pub code: &'static str,
    /// What was assumed, in Chinese.
    pub chinese: String,
    /// What was assumed, in English.
    pub english: String,
    /// For how many persons, schools or values.
    pub count: usize,
}

/// Minutes of one way between two schools, as the office gave them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TravelTime {
    /// From this school.
    pub from: SchoolIndex,
    /// To this school.
    pub to: SchoolIndex,
    /// One way.
    pub minutes: Minutes,
}

/// The parts of a district before they are checked against each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistrictParts {
    /// Name, for headings.
    pub name: String,
    /// Administrative code, six digits, where given.
    pub code: String,
    /// First month of the school year that is planned.
    pub year_begin: Month,
    /// Date of the data, as written.
    pub data_date: String,
    /// Names of subjects, sorted; programmes of vocational schools are subjects too.
    pub subjects: Vec<String>,
    /// Units, sorted by code.
    pub units: Vec<Unit>,
    /// Schools, sorted by code.
    pub schools: Vec<School>,
    /// Teachers, sorted by id.
    pub teachers: Vec<Teacher>,
    /// Needs that the office states itself.
    pub stated_needs: Vec<StatedNeed>,
    /// Travel times, sorted; both directions are given where they differ.
    pub travel: Vec<TravelTime>,
    /// Wishes, sorted by teacher and rank.
    pub preferences: Vec<Preference>,
    /// Nominations, sorted; where a school nominates anybody, only its nominees are exchanged.
    pub nominations: Vec<Nomination>,
    /// Locks, sorted by teacher.
    pub locks: Vec<Lock>,
    /// Decided moves and departures, sorted by teacher.
    pub decided: Vec<Decided>,
    /// Weeks of 走教 that run or are decided, sorted by teacher.
    pub weeks: Vec<ItinerantWeek>,
    /// Results of the competition inside the schools, sorted by teacher.
    pub results: Vec<CompetitionResult>,
    /// Scores of those who applied, sorted by teacher and school.
    pub scores: Vec<Score>,
    /// Quotas of exchange, sorted by school, stage and subject.
    pub quotas: Vec<Quota>,
    /// What was assumed on reading.
    pub assumptions: Vec<Assumption>,
}

/// A validated, immutable district. A change means new parts and a new check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct District(DistrictParts);

impl Deref for District {
    type Target = DistrictParts;
    fn deref(&self) -> &DistrictParts {
        &self.0
    }
}

/// An inconsistency between the parts of a district. Readers report the faults of files with their
/// place long before; these guard whoever builds a district in code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DistrictError {
    /// A list is not strictly sorted by its key.
    #[error("{list} must be sorted by key without repeats: `{key}`")]
    NotSorted {
        /// Which list.
        list: &'static str,
        /// The first key out of order.
        key: String,
    },
    /// An index points outside its list.
    #[error("{list} entry {position} points to a {target} that does not exist")]
    Dangling {
        /// Which list.
        list: &'static str,
        /// Position in it.
        position: usize,
        /// What it points to.
        target: &'static str,
    },
}

impl District {
    /// Checks the parts against each other.
    ///
    /// # Errors
    /// All inconsistencies found, never only the first.
    pub fn new(parts: DistrictParts) -> Result<Self, Vec<DistrictError>> {
        let mut errors = Vec::new();
        check_sorted("subjects", parts.subjects.iter(), &mut errors);
        check_sorted(
            "units",
            parts.units.iter().map(|unit| &unit.code),
            &mut errors,
        );
        check_sorted(
            "schools",
            parts.schools.iter().map(|school| &school.code),
            &mut errors,
        );
        check_sorted(
            "teachers",
            parts.teachers.iter().map(|teacher| &teacher.id),
            &mut errors,
        );
        check_indices(&parts, &mut errors);
        if errors.is_empty() {
            Ok(Self(parts))
        } else {
            Err(errors)
        }
    }

    /// The parts, to build a changed district from.
    pub fn into_parts(self) -> DistrictParts {
        self.0
    }

    /// The teacher at an index.
    pub fn teacher(&self, index: TeacherIndex) -> &Teacher {
        &self.teachers[index.position()]
    }

    /// The school at an index.
    pub fn school(&self, index: SchoolIndex) -> &School {
        &self.schools[index.position()]
    }

    /// The unit at an index.
    pub fn unit(&self, index: UnitIndex) -> &Unit {
        &self.units[index.position()]
    }

    /// The name of a subject.
    pub fn subject_name(&self, index: SubjectIndex) -> &str {
        &self.subjects[index.position()]
    }

    /// The subject of that name.
    pub fn subject_named(&self, name: &str) -> Option<SubjectIndex> {
        self.subjects
            .binary_search_by(|held| held.as_str().cmp(name))
            .ok()
            .map(|position| SubjectIndex(position as u32))
    }

    /// The school with that code.
    pub fn school_coded(&self, code: &str) -> Option<SchoolIndex> {
        self.schools
            .binary_search_by(|held| held.code.as_str().cmp(code))
            .ok()
            .map(|position| SchoolIndex(position as u32))
    }

    /// The unit with that code.
    pub fn unit_coded(&self, code: &str) -> Option<UnitIndex> {
        self.units
            .binary_search_by(|held| held.code.as_str().cmp(code))
            .ok()
            .map(|position| UnitIndex(position as u32))
    }

    /// The teacher with that id.
    pub fn teacher_with_id(&self, id: &str) -> Option<TeacherIndex> {
        self.teachers
            .binary_search_by(|held| held.id.as_str().cmp(id))
            .ok()
            .map(|position| TeacherIndex(position as u32))
    }

    /// The wishes of a teacher, by rank.
    pub fn wishes_of(&self, teacher: TeacherIndex) -> &[Preference] {
        of_teacher(&self.preferences, teacher, |wish| wish.teacher)
    }

    /// The locks of a teacher.
    pub fn locks_of(&self, teacher: TeacherIndex) -> &[Lock] {
        of_teacher(&self.locks, teacher, |lock| lock.teacher)
    }

    /// What was decided of a teacher, as it was listed.
    pub fn decided_of(&self, teacher: TeacherIndex) -> &[Decided] {
        of_teacher(&self.decided, teacher, |decided| decided.teacher)
    }

    /// The week of 走教 of a teacher, where one runs or is decided.
    pub fn week_of(&self, teacher: TeacherIndex) -> Option<&ItinerantWeek> {
        of_teacher(&self.weeks, teacher, |week| week.teacher).first()
    }

    /// The result of a teacher in the competition inside the school, where there is one.
    pub fn result_of(&self, teacher: TeacherIndex) -> Option<&CompetitionResult> {
        of_teacher(&self.results, teacher, |result| result.teacher).first()
    }

    /// What the competition inside the school gave for a teacher.
    pub fn competition_of(&self, teacher: TeacherIndex) -> Competition {
        self.result_of(teacher)
            .map_or(Competition::None, |result| result.outcome)
    }

    /// The scores of a teacher, by school.
    pub fn scores_of(&self, teacher: TeacherIndex) -> &[Score] {
        of_teacher(&self.scores, teacher, |score| score.teacher)
    }

    /// All indices of schools, in order.
    pub fn school_indices(&self) -> impl Iterator<Item = SchoolIndex> + use<> {
        (0..self.schools.len() as u32).map(SchoolIndex)
    }

    /// All indices of teachers, in order.
    pub fn teacher_indices(&self) -> impl Iterator<Item = TeacherIndex> + use<> {
        (0..self.teachers.len() as u32).map(TeacherIndex)
    }

    /// All indices of units, in order.
    pub fn unit_indices(&self) -> impl Iterator<Item = UnitIndex> + use<> {
        (0..self.units.len() as u32).map(UnitIndex)
    }

    /// Stages that occur in the district, in order.
    pub fn stages(&self) -> BTreeSet<Stage> {
        self.schools.iter().flat_map(School::stages).collect()
    }
}

/// The part of a list sorted by teacher that concerns one of them.
fn of_teacher<Held>(
    list: &[Held],
    teacher: TeacherIndex,
    whose: impl Fn(&Held) -> TeacherIndex,
) -> &[Held] {
    let first = list.partition_point(|held| whose(held) < teacher);
    let count = list[first..].partition_point(|held| whose(held) == teacher);
    &list[first..first + count]
}

fn check_sorted<'a>(
    list: &'static str,
    keys: impl Iterator<Item = &'a String>,
    errors: &mut Vec<DistrictError>,
) {
    let mut previous: Option<&String> = None;
    for key in keys {
        if previous.is_some_and(|before| before >= key) {
            errors.push(DistrictError::NotSorted {
                list,
                key: key.clone(),
            });
        }
        previous = Some(key);
    }
}

/// Checks of one list after another that indices point into the lists.
struct IndexCheck<'a> {
    parts: &'a DistrictParts,
    errors: &'a mut Vec<DistrictError>,
}

impl IndexCheck<'_> {
    fn require(&mut self, holds: bool, list: &'static str, position: usize, target: &'static str) {
        if !holds {
            self.errors.push(DistrictError::Dangling {
                list,
                position,
                target,
            });
        }
    }

    fn school(&mut self, index: Option<SchoolIndex>, list: &'static str, position: usize) {
        let holds = index.is_none_or(|index| index.position() < self.parts.schools.len());
        self.require(holds, list, position, "school");
    }

    fn unit(&mut self, index: Option<UnitIndex>, list: &'static str, position: usize) {
        let holds = index.is_none_or(|index| index.position() < self.parts.units.len());
        self.require(holds, list, position, "unit");
    }

    fn teacher(&mut self, index: Option<TeacherIndex>, list: &'static str, position: usize) {
        let holds = index.is_none_or(|index| index.position() < self.parts.teachers.len());
        self.require(holds, list, position, "teacher");
    }

    fn subject(&mut self, index: Option<SubjectIndex>, list: &'static str, position: usize) {
        let holds = index.is_none_or(|index| index.position() < self.parts.subjects.len());
        self.require(holds, list, position, "subject");
    }
}

fn check_indices(parts: &DistrictParts, errors: &mut Vec<DistrictError>) {
    let mut check = IndexCheck { parts, errors };
    for (position, school) in parts.schools.iter().enumerate() {
        check.unit(Some(school.unit), "schools", position);
        check.school(school.merged_into, "schools", position);
        check.school(school.partner, "schools", position);
        for group in &school.classes {
            check.subject(group.programme, "schools", position);
        }
    }
    for (position, teacher) in parts.teachers.iter().enumerate() {
        check.school(Some(teacher.school), "teachers", position);
        check.unit(teacher.establishment_unit, "teachers", position);
        check.teacher(teacher.spouse, "teachers", position);
        for &relative in &teacher.relatives {
            check.teacher(Some(relative), "teachers", position);
        }
        for held in teacher.capabilities() {
            check.subject(Some(held.subject), "teachers", position);
        }
        check.school(
            teacher.running.map(|running| running.origin),
            "teachers",
            position,
        );
    }
    for (position, time) in parts.travel.iter().enumerate() {
        check.school(Some(time.from), "travel", position);
        check.school(Some(time.to), "travel", position);
    }
    for (position, need) in parts.stated_needs.iter().enumerate() {
        check.school(Some(need.school), "need", position);
        check.subject(Some(need.subject), "need", position);
    }
    for (position, wish) in parts.preferences.iter().enumerate() {
        check.teacher(Some(wish.teacher), "preferences", position);
        check.school(Some(wish.school), "preferences", position);
    }
    for (position, nomination) in parts.nominations.iter().enumerate() {
        check.teacher(Some(nomination.teacher), "nominations", position);
    }
    for (position, lock) in parts.locks.iter().enumerate() {
        check.teacher(Some(lock.teacher), "locks", position);
        check.school(lock.school, "locks", position);
    }
    for (position, decided) in parts.decided.iter().enumerate() {
        check.teacher(Some(decided.teacher), "decided", position);
        check.school(decided.school, "decided", position);
    }
    for (position, week) in parts.weeks.iter().enumerate() {
        check.teacher(Some(week.teacher), "itinerant", position);
        for &school in &week.days {
            check.school(Some(school), "itinerant", position);
        }
    }
    check_rounds(&mut check);
}

fn check_rounds(check: &mut IndexCheck<'_>) {
    let parts = check.parts;
    for (position, result) in parts.results.iter().enumerate() {
        check.teacher(Some(result.teacher), "results", position);
        check.subject(result.subject, "results", position);
    }
    for (position, score) in parts.scores.iter().enumerate() {
        check.teacher(Some(score.teacher), "scores", position);
        check.school(Some(score.school), "scores", position);
        check.subject(score.subject, "scores", position);
    }
    for (position, quota) in parts.quotas.iter().enumerate() {
        check.school(Some(quota.school), "quotas", position);
        check.subject(Some(quota.subject), "quotas", position);
    }
}
