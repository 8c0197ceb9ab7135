//! The optional tables: stated needs, travel, wishes, nominations, locks, decided moves.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::district::TravelTime;
use crate::domain::{
    Decided, DecidedKind, Form, ItinerantWeek, Lock, LockKind, Minutes, Month, NeedAmount,
    Nomination, Periods, Persons, Preference, SchoolIndex, Stage, StatedNeed, SubjectIndex,
    TeacherIndex,
};

use super::codes::{
    DECIDED_NO_EXCHANGE, DECIDED_SCHOOL, DECIDED_TWICE, FaultCode, LOCK_FORM, LOCK_SCHOOL,
    LOCKS_CLASH, MOVE_TO_OWN_SCHOOL, NEED_AMOUNT, NEED_TWICE, NOMINATED_TWICE, NOT_A_NUMBER,
    RANK_TWICE, TRAVEL_TWICE, UNKNOWN_SUBJECT, WAY_TO_ITSELF, WISH_TWICE,
};
use super::gathering::{Gathering, nearest_of};
use super::headers::Sheet;
use super::rows::{Concerned, RowReader};
use super::schools::Schools;
use super::subjects::{CANONICAL_SUBJECTS, SubjectPool, meaning};
use super::teachers::{Draft, Teachers};
use super::values;

/// What the optional tables say; teachers by their place in the file.
#[derive(Debug, Default)]
pub(super) struct Decisions {
    pub(super) stated_needs: Vec<StatedNeed>,
    pub(super) travel: Vec<TravelTime>,
    pub(super) preferences: Vec<Preference>,
    pub(super) nominations: Vec<Nomination>,
    pub(super) locks: Vec<Lock>,
    pub(super) decided: Vec<Decided>,
    pub(super) weeks: Vec<ItinerantWeek>,
}

/// A row that repeats an earlier one.
pub(super) fn report_repeat(
    reader: &mut RowReader<'_>,
    code: &'static FaultCode,
    column: &str,
    first: usize,
) {
    let fault = reader
        .fault(code, column)
        .hint(&format!("见第 {first} 行"), &format!("see row {first}"));
    reader.push(fault);
}

/// The most lessons a week of a stated need, in tenths, and the most persons, in thousandths.
const MOST_PERIODS: i64 = 100_000;
const MOST_PERSONS: i64 = 1_000_000;
/// The longest way, in minutes.
const LONGEST_WAY: u32 = 1_440;
/// The lowest rank of a wish.
const LAST_RANK: u32 = 1_000;

/// Reads `need`.
pub(super) fn read_needs(
    sheet: &Sheet,
    schools: &Schools,
    subjects: &mut SubjectPool,
    gathering: &mut Gathering,
) -> Vec<StatedNeed> {
    let mut seen: BTreeMap<(u32, Stage, u32), usize> = BTreeMap::new();
    let mut needs = Vec::new();
    for row in sheet.rows.rows() {
        let mut reader = RowReader::new(sheet, row, gathering);
        let Some(need) = read_need(&mut reader, schools, subjects) else {
            continue;
        };
        let key = (need.school.0, need.stage, need.subject.0);
        if let Some(first) = seen.insert(key, row.number) {
            report_repeat(&mut reader, &NEED_TWICE, "subject", first);
            continue;
        }
        needs.push(need);
    }
    needs
}

pub(super) fn named_school<'a>(
    reader: &mut RowReader<'a>,
    column: &str,
    schools: &'a Schools,
) -> Option<usize> {
    let school = reader.school(column, &schools.school_directory);
    reader.school = schools.concerned(school, reader.cell(column));
    school
}

fn read_need<'a>(
    reader: &mut RowReader<'a>,
    schools: &'a Schools,
    subjects: &mut SubjectPool,
) -> Option<StatedNeed> {
    let school = named_school(reader, "school", schools);
    reader.require_cells(&[]);
    let stage: Option<Stage> = reader.word("stage");
    let periods = reader.decimal("periods", 1, MOST_PERIODS);
    let persons = reader.decimal("persons", 3, MOST_PERSONS);
    let filled = [reader.filled("periods"), reader.filled("persons")];
    if filled.iter().flatten().count() != 1 {
        reader.report(&NEED_AMOUNT, "periods");
    }
    let stage = stage?;
    let subject = read_subject(reader, stage, subjects)?;
    let amount = match (periods, persons) {
        (Some(periods), None) => NeedAmount::Periods(Periods(periods)),
        (None, Some(persons)) => NeedAmount::Persons(Persons(persons)),
        _ => return None,
    };
    Some(StatedNeed {
        school: SchoolIndex(school? as u32),
        stage,
        subject,
        amount,
    })
}

/// The one subject that the cell names in a stage; `None` where it is empty or names none.
pub(super) fn read_subject(
    reader: &mut RowReader<'_>,
    stage: Stage,
    subjects: &mut SubjectPool,
) -> Option<SubjectIndex> {
    let name = values::without_blanks(reader.filled("subject").unwrap_or_default());
    if let Some(exact) = values::literal(&name) {
        return Some(subjects.number(exact));
    }
    let canonical = meaning(&name, stage);
    match canonical.as_slice() {
        [one] => Some(subjects.number(one)),
        _ if stage == Stage::Vocational && !name.is_empty() => Some(subjects.number(&name)),
        _ if name.is_empty() => None,
        _ => {
            let near = nearest_of(&name, CANONICAL_SUBJECTS.iter().copied());
            let fault = reader.fault(&UNKNOWN_SUBJECT, "subject").nearest(near);
            reader.push(fault);
            None
        }
    }
}

/// Reads `travel`. Both directions are always given, so that nobody has to look for the other.
pub(super) fn read_travel(
    sheet: &Sheet,
    schools: &Schools,
    gathering: &mut Gathering,
) -> Vec<TravelTime> {
    let mut ways: BTreeMap<(u32, u32), (u32, usize)> = BTreeMap::new();
    for row in sheet.rows.rows() {
        let mut reader = RowReader::new(sheet, row, gathering);
        reader.require_cells(&[]);
        let from = reader.school("from", &schools.school_directory);
        let to = reader.school("to", &schools.school_directory);
        let minutes = reader.count("minutes", LONGEST_WAY);
        let (Some(from), Some(to), Some(minutes)) = (from, to, minutes) else {
            continue;
        };
        if from == to {
            reader.report(&WAY_TO_ITSELF, "to");
            continue;
        }
        let way = (from as u32, to as u32);
        if let Some(&(_, first)) = ways.get(&way) {
            report_repeat(&mut reader, &TRAVEL_TWICE, "from", first);
            continue;
        }
        ways.insert(way, (minutes, row.number));
    }
    let mut both: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for (&(from, to), &(minutes, _)) in &ways {
        both.insert((from, to), minutes);
        if !ways.contains_key(&(to, from)) {
            both.insert((to, from), minutes);
        }
    }
    both.into_iter()
        .map(|((from, to), minutes)| TravelTime {
            from: SchoolIndex(from),
            to: SchoolIndex(to),
            minutes: Minutes(i64::from(minutes)),
        })
        .collect()
}

/// A row about a teacher.
pub(super) struct Person<'a> {
    pub(super) index: TeacherIndex,
    pub(super) draft: Option<&'a Draft>,
}

pub(super) fn concerned<'a>(
    reader: &mut RowReader<'a>,
    teachers: &'a Teachers,
    schools: &'a Schools,
) -> Option<Person<'a>> {
    reader.require_cells(&[]);
    let index = reader.teacher("teacher", &teachers.directory)?;
    let draft = teachers.drafts[index.position()].as_ref();
    reader.school = draft.map_or(Concerned::Unknown, |draft| {
        Concerned::School(&schools.sites[draft.teacher.school.position()])
    });
    Some(Person { index, draft })
}

impl Person<'_> {
    fn exchanged(&self) -> bool {
        self.draft
            .is_some_and(|draft| draft.teacher.running.is_some())
    }

    fn serves_at(&self, school: Option<usize>) -> bool {
        self.draft
            .is_some_and(|draft| school == Some(draft.teacher.school.position()))
    }
}

/// Reads `preferences`.
pub(super) fn read_preferences(
    sheet: &Sheet,
    teachers: &Teachers,
    schools: &Schools,
    gathering: &mut Gathering,
) -> Vec<Preference> {
    let mut ranks: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    let mut wishes: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    let mut preferences = Vec::new();
    for row in sheet.rows.rows() {
        let mut reader = RowReader::new(sheet, row, gathering);
        let Some(who) = concerned(&mut reader, teachers, schools) else {
            continue;
        };
        let rank = reader.count("rank", LAST_RANK);
        if rank == Some(0) {
            reader.report(&NOT_A_NUMBER, "rank");
        }
        let school = reader.school("school", &schools.school_directory);
        let (Some(rank), Some(school)) = (rank, school) else {
            continue;
        };
        if let Some(first) = ranks.insert((who.index.0, rank), row.number) {
            report_repeat(&mut reader, &RANK_TWICE, "rank", first);
        }
        if let Some(first) = wishes.insert((who.index.0, school as u32), row.number) {
            report_repeat(&mut reader, &WISH_TWICE, "school", first);
        }
        preferences.push(Preference {
            teacher: who.index,
            school: SchoolIndex(school as u32),
            rank,
        });
    }
    preferences
}

/// Reads `nominations`.
pub(super) fn read_nominations(
    sheet: &Sheet,
    teachers: &Teachers,
    schools: &Schools,
    gathering: &mut Gathering,
) -> Vec<Nomination> {
    let mut seen = BTreeSet::new();
    for row in sheet.rows.rows() {
        let mut reader = RowReader::new(sheet, row, gathering);
        if let Some(who) = concerned(&mut reader, teachers, schools)
            && !seen.insert(who.index)
        {
            reader.report(&NOMINATED_TWICE, "teacher");
        }
    }
    seen.into_iter()
        .map(|teacher| Nomination { teacher })
        .collect()
}

/// Reads `locks`.
pub(super) fn read_locks(
    sheet: &Sheet,
    teachers: &Teachers,
    schools: &Schools,
    gathering: &mut Gathering,
) -> Vec<Lock> {
    let mut held: BTreeMap<u32, Vec<(LockKind, Option<u32>, usize)>> = BTreeMap::new();
    let mut locks = Vec::new();
    for row in sheet.rows.rows() {
        let mut reader = RowReader::new(sheet, row, gathering);
        let Some((who, lock)) = read_lock(&mut reader, teachers, schools) else {
            continue;
        };
        let to_school = matches!(lock.kind, LockKind::Go | LockKind::Forbid);
        if to_school && lock.school.is_none() && reader.filled("school").is_none() {
            reader.report(&LOCK_SCHOOL, "school");
        }
        if lock.kind == LockKind::OnlyForm && lock.form.is_none() {
            reader.report(&LOCK_FORM, "form");
        }
        if lock.kind == LockKind::Go && who.serves_at(lock.school.map(SchoolIndex::position)) {
            reader.report(&MOVE_TO_OWN_SCHOOL, "school");
        }
        let earlier = held.entry(who.index.0).or_default();
        let here = (lock.kind, lock.school.map(|school| school.0));
        let clash = earlier
            .iter()
            .find(|(kind, school, _)| clashes((*kind, *school), here));
        if let Some(&(.., first)) = clash {
            report_repeat(&mut reader, &LOCKS_CLASH, "kind", first);
        }
        earlier.push((here.0, here.1, row.number));
        locks.push(lock);
    }
    locks
}

/// Whether two locks of one teacher cannot both be meant. Several schools may be forbidden, and a
/// form may be prescribed along with anything but staying.
fn clashes(one: (LockKind, Option<u32>), other: (LockKind, Option<u32>)) -> bool {
    use LockKind::{Forbid, Go, OnlyForm, Stay};
    match (one.0, other.0) {
        (Forbid | Go, Forbid) | (Forbid, Go) => one.1 == other.1,
        (OnlyForm, Go | Forbid) | (Go | Forbid, OnlyForm) | (Stay, Forbid) | (Forbid, Stay) => {
            false
        }
        _ => true,
    }
}

fn read_lock<'a>(
    reader: &mut RowReader<'a>,
    teachers: &'a Teachers,
    schools: &'a Schools,
) -> Option<(Person<'a>, Lock)> {
    let who = concerned(reader, teachers, schools)?;
    let kind: LockKind = reader.word("kind")?;
    let school = reader.school("school", &schools.school_directory);
    let form: Option<Form> = reader.word("form");
    let lock = Lock {
        teacher: who.index,
        kind,
        school: school.map(|place| SchoolIndex(place as u32)),
        form,
        reason: reader.text("reason"),
    };
    Some((who, lock))
}

/// Reads `decided`: of each teacher one decision that holds when the year begins, and one for later.
pub(super) fn read_decided(
    sheet: &Sheet,
    teachers: &Teachers,
    schools: &Schools,
    year_begin: Option<Month>,
    gathering: &mut Gathering,
) -> Vec<Decided> {
    let mut seen: BTreeMap<(TeacherIndex, bool), usize> = BTreeMap::new();
    let mut decided = Vec::new();
    for row in sheet.rows.rows() {
        let mut reader = RowReader::new(sheet, row, gathering);
        let Some(who) = concerned(&mut reader, teachers, schools) else {
            continue;
        };
        let kind: Option<DecidedKind> = reader.word("kind");
        let school = reader.school("school", &schools.school_directory);
        let date = reader.month("date");
        let basis = reader.optional_text("basis").unwrap_or_default();
        let Some(kind) = kind else {
            continue;
        };
        check_decision(&mut reader, &who, kind, school);
        let decision = Decided {
            teacher: who.index,
            kind,
            school: school.map(|place| SchoolIndex(place as u32)),
            date,
            basis,
        };
        let in_force = year_begin.is_none_or(|begin| decision.in_force(begin));
        if let Some(first) = seen.insert((who.index, in_force), row.number) {
            report_repeat(&mut reader, &DECIDED_TWICE, "teacher", first);
        }
        decided.push(decision);
    }
    decided
}

fn check_decision(
    reader: &mut RowReader<'_>,
    who: &Person<'_>,
    kind: DecidedKind,
    school: Option<usize>,
) {
    match kind {
        DecidedKind::Transfer | DecidedKind::Exchange => {
            if reader.filled("school").is_none() {
                reader.report(&DECIDED_SCHOOL, "school");
            } else if who.serves_at(school) && !(kind == DecidedKind::Transfer && who.exchanged()) {
                // Whoever serves here on exchange may be transferred here for good.
                reader.report(&MOVE_TO_OWN_SCHOOL, "school");
            }
        }
        DecidedKind::Return | DecidedKind::Continue => {
            if !who.exchanged() && who.draft.is_some() {
                reader.report(&DECIDED_NO_EXCHANGE, "kind");
            }
        }
        DecidedKind::Retire | DecidedKind::Leave | DecidedKind::Absent => {}
    }
}
