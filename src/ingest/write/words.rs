//! The words by which rows name schools, units, persons and subjects, such that reading takes them
//! for no other.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::domain::{
    Capability, District, SchoolIndex, Stage, SubjectIndex, Teacher, TeacherIndex, UnitIndex,
};
use crate::ingest::cells::list;
use crate::ingest::gathering::AssumptionCode;
use crate::ingest::places::{Directory, Found, Listing};
use crate::ingest::subjects::{items, meaning, named};
use crate::ingest::values::{is_formula, is_void};

/// A district and the words for what is in it.
pub(super) struct Words<'a> {
    pub(super) district: &'a District,
    units: Vec<&'a str>,
    schools: Vec<&'a str>,
    teachers: Vec<&'a str>,
}

impl<'a> Words<'a> {
    pub(super) fn of(district: &'a District) -> Self {
        let units = district.units.iter();
        let units = units.map(|unit| (unit.code.as_str(), unit.name.as_str()));
        let schools = district.schools.iter();
        let schools = schools.map(|school| (school.code.as_str(), school.name.as_str()));
        let teachers = district.teachers.iter();
        let teachers = teachers.map(|teacher| (teacher.id.as_str(), teacher.name.as_str()));
        Self {
            district,
            units: telling(Listing::Units, units),
            schools: telling(Listing::Schools, schools),
            teachers: telling(Listing::Teachers, teachers),
        }
    }

    pub(super) fn unit(&self, unit: UnitIndex) -> &'a str {
        self.units[unit.position()]
    }

    pub(super) fn school(&self, school: SchoolIndex) -> &'a str {
        self.schools[school.position()]
    }

    pub(super) fn optional_school(&self, school: Option<SchoolIndex>) -> &'a str {
        school.map_or("", |school| self.school(school))
    }

    pub(super) fn teacher(&self, teacher: TeacherIndex) -> &'a str {
        self.teachers[teacher.position()]
    }

    /// Several persons in one cell.
    pub(super) fn persons(&self, teachers: &[TeacherIndex]) -> String {
        let word = |&teacher| {
            let word = self.teacher(teacher);
            if items(word) == [word] {
                Cow::Borrowed(word)
            } else {
                Cow::Owned(format!("「{word}」"))
            }
        };
        list(teachers.iter().map(word))
    }

    /// Whether the district says that it assumed so for somebody.
    pub(super) fn assumes(&self, assumption: &AssumptionCode) -> bool {
        let mut held = self.district.assumptions.iter();
        held.any(|held| held.code == assumption.code)
    }

    /// A subject of a stage in a cell that names one alone.
    pub(super) fn subject(&self, subject: SubjectIndex, stage: Stage) -> Cow<'a, str> {
        let name = self.district.subject_name(subject);
        let is_read = match meaning(name, stage).as_slice() {
            [only] => *only == name,
            _ => stage == Stage::Vocational,
        };
        if is_read && !is_void(name) {
            Cow::Borrowed(name)
        } else {
            Cow::Owned(format!("「{name}」"))
        }
    }

    /// The main subject.
    pub(super) fn main_subject(&self, teacher: &Teacher) -> Cow<'a, str> {
        let &Teacher { stage, subject, .. } = teacher;
        self.item(Capability { stage, subject }, stage)
    }

    /// The further subjects.
    pub(super) fn further(&self, teacher: &Teacher) -> String {
        let items = teacher.further.iter();
        list(items.map(|&held| self.item(held, teacher.stage)))
    }

    /// The cells for the stages and the subjects of the certificates. Where every stage goes with every
    /// subject, that is what the cells say; else each subject has its stage before it.
    pub(super) fn certificates(&self, teacher: &Teacher) -> (String, String) {
        let held = &teacher.certificates;
        let stages: BTreeSet<Stage> = held.iter().map(|one| one.stage).collect();
        let stages: Vec<Stage> = stages.into_iter().collect();
        let subjects: BTreeSet<SubjectIndex> = held.iter().map(|one| one.subject).collect();
        let names = subjects.iter().map(|&one| self.district.subject_name(one));
        let names: Vec<&str> = names.collect();
        let is_read = |name: &&str| {
            let pairs = stages.iter().map(|&stage| (stage, *name));
            reads_as(name, &stages, &pairs.collect::<Vec<_>>())
        };
        let is_product = held.len() == stages.len() * subjects.len();
        let cell = if is_product && names.iter().all(is_read) {
            list(names)
        } else {
            // A stage of no list: each item bears its own.
            let item = |&one: &Capability| self.item_with_stage(one);
            list(held.iter().map(item))
        };
        (list(stages), cell)
    }

    /// An item of a list of subjects, of somebody who teaches in a stage.
    fn item(&self, held: Capability, own: Stage) -> Cow<'a, str> {
        let name = self.district.subject_name(held.subject);
        if held.stage == own && reads_as(name, &[own], &[(own, name)]) {
            Cow::Borrowed(name)
        } else {
            Cow::Owned(self.item_with_stage(held))
        }
    }

    fn item_with_stage(&self, held: Capability) -> String {
        let (stage, name) = (held.stage, self.district.subject_name(held.subject));
        let plain = format!("{stage}{name}");
        if reads_as(&plain, &[], &[(stage, name)]) {
            plain
        } else {
            format!("{stage}「{name}」")
        }
    }
}

/// For each entry its code, or its name where reading would not find it by the code.
fn telling<'a>(
    listing: Listing,
    entries: impl Iterator<Item = (&'a str, &'a str)> + Clone,
) -> Vec<&'a str> {
    let mut directory = Directory::new(listing);
    for (place, (code, name)) in entries.clone().enumerate() {
        directory.add(code, name, place);
    }
    let word = |(place, (code, name))| {
        let is_found = !is_void(code) && directory.find(code) == Found::One(place);
        if is_found { code } else { name }
    };
    entries.enumerate().map(word).collect()
}

/// Whether an item is read as these pairs where it names no stage but these.
fn reads_as(item: &str, stages: &[Stage], pairs: &[(Stage, &str)]) -> bool {
    let is_one = items(item) == [item] && !is_void(item) && !is_formula(item);
    let read = |found: Vec<(Stage, Cow<'_, str>)>| {
        let found = found.iter().map(|(stage, name)| (*stage, name.as_ref()));
        found.eq(pairs.iter().copied())
    };
    is_one && named(item, stages).is_some_and(read)
}
