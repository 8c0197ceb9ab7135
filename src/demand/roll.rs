//! Who is there at the begin of the year: those in post, less those who leave, plus those who come
//! home.

use crate::domain::{
    Competition, Decided, DecidedKind, District, Form, Itinerary, Month, Placement, SchoolIndex,
    Stage, Status, SubjectIndex, TeacherIndex, UnitIndex,
};
use crate::policy::Policy;

/// Why somebody's place is settled before any choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fixation {
    /// Retired or left before the year begins.
    Departed,
    /// On long leave or seconded: holds 编制, gives no lessons.
    Absent,
    /// An exchange goes on.
    Continuing,
    /// An exchange ended; he or she is home again.
    Returned,
    /// Moved by a decision taken before (form exchange or transfer).
    Decided,
    /// Serves at several schools (走教), as before or by a decision.
    Itinerant {
        /// Whether that begins with the year.
        begins: bool,
    },
}

/// Where somebody is at the begin of the year, if nothing is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RollEntry {
    /// Who.
    pub teacher: TeacherIndex,
    /// The form of being there.
    pub form: Form,
    /// Why the place is settled; `None` for those of whom the plan may dispose.
    pub fixation: Option<Fixation>,
    /// Where he or she serves (or belongs).
    pub school: SchoolIndex,
    /// Where he or she came from: the origin of a running exchange or decided move, else `school`.
    pub origin: SchoolIndex,
    /// Stage taught.
    pub stage: Stage,
    /// Subject taught.
    pub subject: SubjectIndex,
    /// The unit that holds the 编制.
    pub unit: Option<UnitIndex>,
    /// Begin of a running or decided exchange or transfer.
    pub start: Option<Month>,
    /// End of a running or decided exchange.
    pub end: Option<Month>,
    /// Of 走教 that runs or is decided: the schools served besides the own one.
    pub itinerary: Option<Itinerary>,
    /// Whether a decision taken before says so (inputs `decided` and `itinerant`).
    pub decided: bool,
}

impl RollEntry {
    /// Whether lessons are given this year.
    pub fn serves(&self) -> bool {
        self.form.serves()
    }

    /// The placement of somebody for whom nothing is chosen.
    pub fn placement(&self) -> Placement {
        Placement {
            teacher: self.teacher,
            form: self.form,
            school: self.school,
            stage: self.stage,
            subject: self.subject,
            unit: self.unit,
            start: self.start,
            end: self.end,
            itinerary: self.itinerary,
            decided: self.decided,
        }
    }

    /// Whether an exchange goes on, or ended with the years at the school beginning anew.
    pub fn on_exchange(&self, resets: bool) -> bool {
        match self.fixation {
            Some(Fixation::Continuing) => true,
            Some(Fixation::Returned) => resets,
            _ => false,
        }
    }
}

/// Everybody's entry, by teacher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roll {
    entries: Vec<RollEntry>,
}

impl Roll {
    /// Reckons who is there.
    pub fn new(district: &District, policy: &Policy) -> Self {
        let mut decided: Vec<Option<&Decided>> = vec![None; district.teachers.len()];
        for decision in &district.decided {
            if decision.in_force(district.year_begin) {
                decided[decision.teacher.position()] = Some(decision);
            }
        }
        let entries = district
            .teacher_indices()
            .map(|teacher| entry(district, policy, teacher, decided[teacher.position()]))
            .collect();
        Self { entries }
    }

    /// The entry of a teacher.
    pub fn entry(&self, teacher: TeacherIndex) -> &RollEntry {
        &self.entries[teacher.position()]
    }

    /// All entries, by teacher.
    pub fn entries(&self) -> &[RollEntry] {
        &self.entries
    }
}

fn entry(
    district: &District,
    policy: &Policy,
    index: TeacherIndex,
    decided: Option<&Decided>,
) -> RollEntry {
    let teacher = district.teacher(index);
    let result = district.result_of(index);
    let engaged = result.filter(|result| result.outcome == Competition::Engaged);
    let base = RollEntry {
        teacher: index,
        form: Form::Stay,
        fixation: None,
        school: teacher.school,
        origin: teacher.school,
        stage: engaged
            .and_then(|result| result.stage)
            .unwrap_or(teacher.stage),
        subject: engaged
            .and_then(|result| result.subject)
            .unwrap_or(teacher.subject),
        unit: teacher.establishment_unit,
        start: None,
        end: None,
        itinerary: None,
        decided: false,
    };
    let settled = decided.and_then(|decision| decided_entry(district, policy, base, decision));
    if let Some(entry) = settled {
        return RollEntry {
            decided: true,
            ..entry
        };
    }
    let begin = district.year_begin;
    let retired = policy
        .retirement
        .month_of(teacher)
        .is_some_and(|month| month <= begin);
    let status_holds = teacher.status_from.is_none_or(|from| from <= begin)
        && teacher.status_until.is_none_or(|until| until > begin);
    if retired || (teacher.status.has_left() && status_holds) {
        return departed(base);
    }
    let base = running_entry(district, base);
    if teacher.status.is_absent() && status_holds && !is_exchange_status(teacher.status, &base) {
        return RollEntry {
            form: Form::Absent,
            fixation: Some(Fixation::Absent),
            ..base
        };
    }
    let released = result.is_some_and(|result| result.outcome == Competition::Released);
    if released && base.fixation.is_none() {
        return RollEntry {
            form: Form::Waiting,
            ..base
        };
    }
    itinerant_entry(district, base)
}

/// 走教 that runs or is decided goes on where nothing else settles the person, who teaches what the
/// roster says at a school that goes on. Days at a school that ends are days at home.
fn itinerant_entry(district: &District, base: RollEntry) -> RollEntry {
    let teacher = district.teacher(base.teacher);
    let goes_on = |school: SchoolIndex| !district.school(school).state.ends();
    let as_on_roster = (base.stage, base.subject) == (teacher.stage, teacher.subject);
    let stays = base.fixation.is_none() && as_on_roster && goes_on(base.school);
    let begin = district.year_begin;
    let week = district.week_of(base.teacher);
    let Some(week) = week.filter(|week| stays && week.holds(begin)) else {
        return base;
    };
    match week.itinerary(base.school, goes_on) {
        Some(itinerary) => RollEntry {
            form: Form::Itinerant,
            fixation: Some(Fixation::Itinerant {
                begins: week.begins(begin),
            }),
            start: week.start,
            end: week.end,
            itinerary: Some(itinerary),
            decided: true,
            ..base
        },
        None => base,
    }
}

/// A teacher whose roster says 外派支教 or 借调 while a running exchange inside the district is on
/// record is not absent: the exchange tells where lessons are given.
fn is_exchange_status(status: Status, base: &RollEntry) -> bool {
    matches!(status, Status::Secondment | Status::SupportElsewhere)
        && base.fixation == Some(Fixation::Continuing)
}

fn departed(base: RollEntry) -> RollEntry {
    RollEntry {
        form: Form::Depart,
        fixation: Some(Fixation::Departed),
        unit: None,
        ..base
    }
}

/// A running exchange goes on until its end, or that of the school; then the teacher is home.
fn running_entry(district: &District, base: RollEntry) -> RollEntry {
    let Some(running) = district.teacher(base.teacher).running else {
        return base;
    };
    if running.personnel_moved {
        return base;
    }
    let ended = running.end.is_some_and(|end| end <= district.year_begin);
    if ended || district.school(base.school).state.ends() {
        return returned(district, base, running.origin);
    }
    RollEntry {
        form: Form::Continue,
        fixation: Some(Fixation::Continuing),
        origin: running.origin,
        start: running.start,
        end: running.end,
        ..base
    }
}

/// Home again. The stage is that of the post served; where the home school has no such stage, it
/// is the home school's first. Whose home ends meanwhile is placed with its other staff.
fn returned(district: &District, base: RollEntry, origin: SchoolIndex) -> RollEntry {
    let school = district.school(origin);
    let stage = if school.stage_totals(base.stage).0 > 0 {
        base.stage
    } else {
        school.stages().next().unwrap_or(base.stage)
    };
    if school.state.ends() {
        return RollEntry {
            school: origin,
            origin,
            stage,
            ..base
        };
    }
    RollEntry {
        form: Form::Return,
        fixation: Some(Fixation::Returned),
        school: origin,
        origin: base.school,
        stage,
        ..base
    }
}

fn decided_entry(
    district: &District,
    policy: &Policy,
    base: RollEntry,
    decision: &Decided,
) -> Option<RollEntry> {
    let teacher = district.teacher(base.teacher);
    let begin = district.year_begin;
    match decision.kind {
        DecidedKind::Retire | DecidedKind::Leave => Some(departed(base)),
        DecidedKind::Absent => Some(RollEntry {
            form: Form::Absent,
            fixation: Some(Fixation::Absent),
            ..base
        }),
        DecidedKind::Return => teacher
            .running
            .map(|running| returned(district, base, running.origin)),
        DecidedKind::Continue => teacher.running.map(|running| RollEntry {
            form: Form::Continue,
            fixation: Some(Fixation::Continuing),
            origin: running.origin,
            start: running.start,
            end: None,
            ..base
        }),
        DecidedKind::Transfer | DecidedKind::Exchange => {
            let school = decision.school?;
            let transfer = decision.kind == DecidedKind::Transfer;
            let months = policy.exchange.months as i32;
            Some(RollEntry {
                form: if transfer {
                    Form::Transfer
                } else {
                    Form::Exchange
                },
                fixation: Some(Fixation::Decided),
                school,
                unit: if transfer {
                    Some(district.school(school).unit)
                } else {
                    base.unit
                },
                start: Some(begin),
                end: (!transfer).then(|| begin.plus(months)),
                ..base
            })
        }
    }
}
