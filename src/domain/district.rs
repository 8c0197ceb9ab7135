//! A district: valid, or it does not exist.

use std::collections::BTreeSet;
use std::ops::Deref;

use super::month::Month;
use super::people::{Decided, Lock, Nomination, Preference, Teacher};
use super::quantity::Minutes;
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

fn check_indices(parts: &DistrictParts, errors: &mut Vec<DistrictError>) {
    let school_exists = |index: SchoolIndex| index.position() < parts.schools.len();
    let unit_exists = |index: UnitIndex| index.position() < parts.units.len();
    let teacher_exists = |index: TeacherIndex| index.position() < parts.teachers.len();
    let subject_exists = |index: SubjectIndex| index.position() < parts.subjects.len();
    let mut require = |holds: bool, list: &'static str, position: usize, target: &'static str| {
        if !holds {
            errors.push(DistrictError::Dangling {
                list,
                position,
                target,
            });
        }
    };
    for (position, school) in parts.schools.iter().enumerate() {
        require(unit_exists(school.unit), "schools", position, "unit");
        for group in &school.classes {
            require(
                group.programme.is_none_or(subject_exists),
                "schools",
                position,
                "subject",
            );
        }
    }
    for (position, teacher) in parts.teachers.iter().enumerate() {
        require(
            school_exists(teacher.school),
            "teachers",
            position,
            "school",
        );
        require(
            teacher.establishment_unit.is_none_or(unit_exists),
            "teachers",
            position,
            "unit",
        );
        require(
            teacher.spouse.is_none_or(teacher_exists),
            "teachers",
            position,
            "teacher",
        );
        for held in teacher.capabilities() {
            require(
                subject_exists(held.subject),
                "teachers",
                position,
                "subject",
            );
        }
        let origin = teacher.running.map(|running| running.origin);
        require(
            origin.is_none_or(school_exists),
            "teachers",
            position,
            "school",
        );
    }
    for (position, time) in parts.travel.iter().enumerate() {
        require(
            school_exists(time.from) && school_exists(time.to),
            "travel",
            position,
            "school",
        );
    }
    for (position, need) in parts.stated_needs.iter().enumerate() {
        require(school_exists(need.school), "need", position, "school");
        require(subject_exists(need.subject), "need", position, "subject");
    }
    for (position, wish) in parts.preferences.iter().enumerate() {
        require(
            teacher_exists(wish.teacher),
            "preferences",
            position,
            "teacher",
        );
        require(
            school_exists(wish.school),
            "preferences",
            position,
            "school",
        );
    }
    for (position, nomination) in parts.nominations.iter().enumerate() {
        require(
            teacher_exists(nomination.teacher),
            "nominations",
            position,
            "teacher",
        );
    }
    for (position, lock) in parts.locks.iter().enumerate() {
        require(teacher_exists(lock.teacher), "locks", position, "teacher");
        require(
            lock.school.is_none_or(school_exists),
            "locks",
            position,
            "school",
        );
    }
    for (position, decided) in parts.decided.iter().enumerate() {
        require(
            teacher_exists(decided.teacher),
            "decided",
            position,
            "teacher",
        );
        require(
            decided.school.is_none_or(school_exists),
            "decided",
            position,
            "school",
        );
    }
}
