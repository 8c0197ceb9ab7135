//! Changes of a district: locks, people who leave or begin, classes, sites that close.

use super::change::{Change, Unlocked};
use super::classes;
use super::find::{fault, find_school, find_subject, find_teacher};
use crate::domain::{
    Decided, DecidedKind, District, DistrictParts, Form, Lock, LockKind, SchoolIndex, Stage,
    SubjectIndex, Teacher, TeacherIndex,
};
use crate::policy::{Policy, PolicyFault};

/// The district with changes applied; `None` where no change is of the district.
pub(super) fn changed(
    district: &District,
    policy: &Policy,
    (changes, basis): (&[Change], &str),
) -> Result<Option<District>, Vec<PolicyFault>> {
    let of_policy = |change: &Change| matches!(change, Change::Set { .. } | Change::Without { .. });
    if changes.iter().all(of_policy) {
        return Ok(None);
    }
    let mut editor = Editor {
        district,
        policy,
        basis,
        parts: DistrictParts::clone(district),
        recruits: 0,
        faults: Vec::new(),
    };
    for change in changes {
        editor.apply(change);
    }
    editor.finish().map(Some)
}

/// The parts of a district while they change.
struct Editor<'a> {
    /// As it was.
    district: &'a District,
    policy: &'a Policy,
    /// The reason of locks and the basis of decisions.
    basis: &'a str,
    parts: DistrictParts,
    /// Recruits so far.
    recruits: u32,
    faults: Vec<PolicyFault>,
}

impl Editor<'_> {
    fn apply(&mut self, change: &Change) {
        match change {
            Change::Set { .. } | Change::Without { .. } => {}
            // Of a recruit whom a lever placed nothing is in the rosters: only the names are looked at.
            Change::Decline {
                school,
                stage,
                subject,
                ..
            } => {
                self.post(school, *stage, subject);
            }
            Change::Lock {
                teacher,
                kind,
                school,
                form,
            } => self.lock(teacher, *kind, school.as_deref(), *form),
            Change::Unlock { teacher, lock } => self.unlock(change, teacher, lock.as_ref()),
            Change::Override {
                teacher,
                school,
                form,
            } => self.send(teacher, school, *form),
            Change::Absent { teacher } => self.decide(teacher, DecidedKind::Absent, None),
            Change::Leave { teacher } => self.decide(teacher, DecidedKind::Leave, None),
            Change::Recruit {
                school,
                stage,
                subject,
                count,
            } => {
                if let Some((school, subject)) = self.post(school, *stage, subject) {
                    (0..*count).for_each(|_| self.recruit(school, *stage, subject));
                }
            }
            Change::Classes {
                school,
                stage,
                grade,
                by,
            } => {
                let school = school.as_deref().map(|word| self.school(word));
                if school == Some(None) {
                    return;
                }
                let place = (school.flatten(), *stage, *grade);
                if let Err(message) = classes::change(&mut self.parts, place, *by) {
                    self.fault(&change.text(), &message, "");
                }
            }
            Change::Open {
                name,
                beside,
                stage,
                classes,
            } => self.open(name, beside, (*stage, *classes)),
            Change::Close { school, into } => self.close(change, school, into.as_deref()),
        }
    }

    fn lock(&mut self, teacher: &str, kind: LockKind, school: Option<&str>, form: Option<Form>) {
        let teacher = self.teacher(teacher);
        let school = school.map(|word| self.school(word));
        let (Some(teacher), false) = (teacher, school == Some(None)) else {
            return;
        };
        self.parts.locks.push(Lock {
            teacher,
            kind,
            school: school.flatten(),
            form,
            reason: self.basis.to_owned(),
        });
    }

    fn unlock(&mut self, change: &Change, teacher: &str, lock: Option<&Unlocked>) {
        let Some(teacher) = self.teacher(teacher) else {
            return;
        };
        let school = lock.and_then(|lock| lock.school.as_ref());
        let school = school.map(|word| self.school(word));
        if school == Some(None) {
            return;
        }
        let is_meant = |held: &Lock| {
            held.teacher == teacher
                && lock.is_none_or(|lock| {
                    (held.kind, held.school, held.form) == (lock.kind, school.flatten(), lock.form)
                })
        };
        let before = self.parts.locks.len();
        self.parts.locks.retain(|held| !is_meant(held));
        if self.parts.locks.len() == before {
            self.fault(&change.text(), "没有这条锁定 / there is no such lock", "");
        }
    }

    fn open(&mut self, name: &str, beside: &str, begun: (Stage, u32)) {
        if let Some(beside) = self.school(beside) {
            classes::open(&mut self.parts, name, beside, begun);
        }
    }

    fn close(&mut self, change: &Change, school: &str, into: Option<&str>) {
        let school = self.school(school);
        let into = into.map(|word| self.school(word));
        let (Some(school), false) = (school, into == Some(None)) else {
            return;
        };
        let roads = (self.district, self.policy);
        if let Err(message) = classes::close(&mut self.parts, roads, school, into.flatten()) {
            self.fault(&change.text(), &message, "");
        }
    }

    /// Somebody goes to a school by a decision.
    fn send(&mut self, teacher: &str, school: &str, form: Form) {
        let kind = if form == Form::Transfer {
            DecidedKind::Transfer
        } else {
            DecidedKind::Exchange
        };
        let place = school;
        let Some(school) = self.school(place) else {
            return;
        };
        // Whoever is there on an exchange may be told to stay on; nobody else is sent where he or she is.
        let stays = find_teacher(self.district, teacher).is_ok_and(|teacher| {
            let held = self.district.teacher(teacher);
            held.running.is_none() && held.school == school
        });
        if stays {
            let message = format!("本来就在{place} / serves there already");
            self.fault(teacher, &message, "");
            return;
        }
        self.decide(teacher, kind, Some(school));
    }

    /// Whatever was decided of the person before does not hold any more.
    fn decide(&mut self, word: &str, kind: DecidedKind, school: Option<SchoolIndex>) {
        let Some(teacher) = self.teacher(word) else {
            return;
        };
        self.parts.decided.retain(|held| held.teacher != teacher);
        self.parts.locks.retain(|held| held.teacher != teacher);
        self.parts.weeks.retain(|held| held.teacher != teacher);
        self.parts.decided.push(Decided {
            teacher,
            kind,
            school,
            date: None,
            basis: self.basis.to_owned(),
        });
    }

    /// Somebody new begins at a school and stays there this year.
    fn recruit(&mut self, school: SchoolIndex, stage: Stage, subject: SubjectIndex) {
        self.recruits += 1;
        let last = self.parts.teachers.last().map(|teacher| teacher.id.clone());
        let mut id = format!("新聘{:03}", self.recruits);
        // Whoever is new comes last, so that nobody else changes places.
        if let Some(last) = last.filter(|last| *last >= id) {
            id = format!("{last}+");
        }
        let teacher = TeacherIndex(self.parts.teachers.len() as u32);
        let begin = self.parts.year_begin;
        let unit = self.parts.schools[school.position()].unit;
        self.parts.teachers.push(Teacher::beginner(
            id,
            begin,
            (school, unit),
            (stage, subject),
        ));
        self.parts.locks.push(Lock {
            teacher,
            kind: LockKind::Stay,
            school: None,
            form: None,
            reason: "新聘到岗".to_owned(),
        });
    }

    fn finish(mut self) -> Result<District, Vec<PolicyFault>> {
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        self.parts.locks.sort_by_key(|lock| lock.teacher);
        self.parts.locks.dedup();
        self.parts.decided.sort_by_key(|decided| decided.teacher);
        District::new(self.parts).map_err(|errors| {
            let faults = errors.iter().map(|error| PolicyFault {
                code: "W003",
                place: String::new(),
                message: error.to_string(),
                advice: String::new(),
            });
            faults.collect()
        })
    }

    fn teacher(&mut self, word: &str) -> Option<TeacherIndex> {
        self.known(find_teacher(self.district, word))
    }

    fn school(&mut self, word: &str) -> Option<SchoolIndex> {
        self.known(find_school(self.district, word))
    }

    fn subject(&mut self, word: &str) -> Option<SubjectIndex> {
        self.known(find_subject(self.district, word))
    }

    /// A school that has a stage, and a subject.
    fn post(
        &mut self,
        school: &str,
        stage: Stage,
        subject: &str,
    ) -> Option<(SchoolIndex, SubjectIndex)> {
        let school = self.school(school);
        let school = school.filter(|&held| self.teaches(held, stage));
        let subject = self.subject(subject);
        Some((school?, subject?))
    }

    fn known<Index>(&mut self, found: Result<Index, PolicyFault>) -> Option<Index> {
        found.map_err(|fault| self.faults.push(fault)).ok()
    }

    fn teaches(&mut self, school: SchoolIndex, stage: Stage) -> bool {
        let held = &self.parts.schools[school.position()];
        let teaches = held.stages().any(|other| other == stage);
        if !teaches {
            let (place, stage) = (held.name.clone(), stage.chinese());
            let message = format!("该校没有{stage} / the school has no such stage");
            self.fault(&place, &message, "");
        }
        teaches
    }

    fn fault(&mut self, place: &str, message: &str, advice: &str) {
        self.faults.push(fault(place, message, advice));
    }
}
