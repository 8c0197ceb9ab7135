//! Whether a district that was read is the one that was written.

use std::fmt;

use crate::domain::{District, DistrictParts, SubjectIndex};
use crate::ingest::teachers::renumber;

/// The first thing in which two districts differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The list, named as its table is.
    pub list: &'static str,
    /// The key of its first entry that differs; empty where one list has more than the other.
    pub key: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.key.as_str() {
            "" => formatter.write_str(self.list),
            key => write!(formatter, "{} (`{key}`)", self.list),
        }
    }
}

impl Difference {
    /// There are no schools, classes or teachers, without which nothing is read.
    pub(super) fn empty() -> Self {
        Self {
            list: "schools",
            key: String::new(),
        }
    }

    /// Compares all but what was assumed and names of subjects that nothing bears.
    pub(super) fn between(written: &District, read: &District) -> Option<Self> {
        let parts = with_subjects_of(read, written);
        let DistrictParts {
            name,
            code,
            year_begin,
            data_date,
            subjects: _,
            units,
            schools,
            teachers,
            stated_needs,
            travel,
            preferences,
            nominations,
            locks,
            decided,
            weeks,
            results,
            scores,
            quotas,
            assumptions: _,
        } = &parts;
        let particulars = (name, code, *year_begin, data_date);
        let others = (&read.name, &read.code, read.year_begin, &read.data_date);
        let particulars = (particulars != others).then(|| Self {
            list: "district",
            key: name.clone(),
        });
        let id = |teacher| written.teacher(teacher).id.clone();
        let school = |school| written.school(school).code.clone();
        particulars
            .or_else(|| first("schools", units, &read.units, |held| held.code.clone()))
            .or_else(|| first("schools", schools, &read.schools, |held| held.code.clone()))
            .or_else(|| first("teachers", teachers, &read.teachers, |held| held.id.clone()))
            .or_else(|| {
                first("need", stated_needs, &read.stated_needs, |held| {
                    school(held.school)
                })
            })
            .or_else(|| first("travel", travel, &read.travel, |held| school(held.from)))
            .or_else(|| {
                first("preferences", preferences, &read.preferences, |held| {
                    id(held.teacher)
                })
            })
            .or_else(|| {
                first("nominations", nominations, &read.nominations, |held| {
                    id(held.teacher)
                })
            })
            .or_else(|| first("locks", locks, &read.locks, |held| id(held.teacher)))
            .or_else(|| first("decided", decided, &read.decided, |held| id(held.teacher)))
            .or_else(|| first("itinerant", weeks, &read.weeks, |held| id(held.teacher)))
            .or_else(|| first("results", results, &read.results, |held| id(held.teacher)))
            .or_else(|| first("scores", scores, &read.scores, |held| id(held.teacher)))
            .or_else(|| first("quotas", quotas, &read.quotas, |held| school(held.school)))
    }
}

fn first<Held: PartialEq>(
    list: &'static str,
    written: &[Held],
    read: &[Held],
    key: impl Fn(&Held) -> String,
) -> Option<Difference> {
    let pair = written.iter().zip(read).find(|(one, other)| one != other);
    let key = pair.map(|(held, _)| key(held));
    let differ = key.is_some() || written.len() != read.len();
    differ.then(|| Difference {
        list,
        key: key.unwrap_or_default(),
    })
}

/// The parts of what was written, subjects numbered as in what was read.
fn with_subjects_of(read: &District, written: &District) -> DistrictParts {
    let mut parts = DistrictParts::clone(written);
    if parts.subjects == read.subjects {
        return parts;
    }
    // A name that was not read has a number that nothing read has.
    let names = written.subjects.iter();
    let numbers: Vec<SubjectIndex> = names
        .map(|name| read.subject_named(name).unwrap_or(SubjectIndex(u32::MAX)))
        .collect();
    let place = |subject: SubjectIndex| numbers[subject.position()];
    let groups = parts
        .schools
        .iter_mut()
        .flat_map(|school| &mut school.classes);
    for programme in groups.filter_map(|group| group.programme.as_mut()) {
        *programme = place(*programme);
    }
    for teacher in &mut parts.teachers {
        renumber(teacher, place);
    }
    for need in &mut parts.stated_needs {
        need.subject = place(need.subject);
    }
    let results = parts
        .results
        .iter_mut()
        .filter_map(|held| held.subject.as_mut());
    let scores = parts
        .scores
        .iter_mut()
        .filter_map(|held| held.subject.as_mut());
    let quotas = parts.quotas.iter_mut().map(|held| &mut held.subject);
    for subject in results.chain(scores).chain(quotas) {
        *subject = place(*subject);
    }
    parts
}
