//! What a human has fixed, and changes that would undo it.

use super::change::Change;
use super::find::{find_school, find_teacher};
use crate::domain::{Decided, DecidedKind, District, Form, Lock, LockKind, TeacherIndex};
use crate::policy::PolicyFault;

/// Changes that contradict a lock or a decision of the district, each with both.
pub fn against_fixed(district: &District, changes: &[Change]) -> Vec<PolicyFault> {
    let mut faults = Vec::new();
    for change in changes {
        let named = change.teacher();
        if let Some(teacher) = named.and_then(|word| find_teacher(district, word).ok()) {
            let held = of_person(district, change, teacher);
            faults.extend(held.map(|fixed| contradiction(change, &fixed)));
        }
        if let Change::Close { school, .. } = change {
            let held = of_school(district, school);
            faults.extend(held.into_iter().map(|fixed| contradiction(change, &fixed)));
        }
    }
    faults
}

fn contradiction(change: &Change, fixed: &str) -> PolicyFault {
    PolicyFault {
        code: "W004",
        place: change.to_string(),
        message: format!("与已定的“{fixed}”矛盾 / contradicts what is fixed: {fixed}"),
        advice: "人已定的事项不由程序改动；确需改变，请先改原来的锁定、已定事项或历次调整 / what \
                 somebody has fixed is not undone here: change the lock, decision or event first"
            .to_owned(),
    }
}

/// The first lock or decision of somebody that a change does not agree with.
fn of_person<'a>(
    district: &'a District,
    change: &'a Change,
    teacher: TeacherIndex,
) -> impl Iterator<Item = String> + 'a {
    let locks = district.locks_of(teacher).iter();
    let locks = locks.filter(|lock| !agrees_with_lock(district, change, lock));
    let locks = locks.map(|lock| lock_text(district, lock));
    let decided = district.decided_of(teacher).iter();
    let decided = decided.filter(|held| !agrees_with_decision(district, change, held));
    let decided = decided.map(|held| decided_text(district, held));
    locks.chain(decided).take(1)
}

fn agrees_with_lock(district: &District, change: &Change, lock: &Lock) -> bool {
    let same_school = |word: &str| {
        let named = find_school(district, word).ok();
        named.is_some() && named == lock.school
    };
    let same_form = |form: Option<Form>| match (form, lock.form) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    };
    let (kind, school, form) = match change {
        Change::Lock {
            kind, school, form, ..
        } => (*kind, school.as_deref(), *form),
        Change::Override { school, form, .. } => (LockKind::Go, Some(school.as_str()), Some(*form)),
        // After the list is out the rosters' locks hold.
        Change::Unlock { .. } => return false,
        // Whoever is away goes nowhere: only an order to go somewhere is undone by it.
        _ => return lock.kind != LockKind::Go,
    };
    let to_the_same = school.is_some_and(same_school);
    match (lock.kind, kind) {
        (LockKind::Stay, LockKind::Go | LockKind::OnlyForm)
        | (LockKind::Go | LockKind::OnlyForm, LockKind::Stay) => false,
        (LockKind::Go, LockKind::Go) => to_the_same && same_form(form),
        (LockKind::Go, LockKind::Forbid) | (LockKind::Forbid, LockKind::Go) => !to_the_same,
        (LockKind::Go | LockKind::OnlyForm, LockKind::OnlyForm)
        | (LockKind::OnlyForm, LockKind::Go) => same_form(form),
        (LockKind::Stay | LockKind::Forbid | LockKind::OnlyForm, _) => true,
    }
}

fn agrees_with_decision(district: &District, change: &Change, held: &Decided) -> bool {
    let sent = |word: &str, form: Option<Form>| {
        let decided = match held.kind {
            DecidedKind::Exchange => Form::Exchange,
            DecidedKind::Transfer => Form::Transfer,
            _ => return false,
        };
        find_school(district, word).ok() == held.school && form.is_none_or(|form| form == decided)
    };
    match change {
        Change::Absent { .. } => held.kind == DecidedKind::Absent,
        Change::Leave { .. } => matches!(held.kind, DecidedKind::Leave | DecidedKind::Retire),
        Change::Override { school, form, .. } => sent(school, Some(*form)),
        Change::Lock {
            kind: LockKind::Go,
            school: Some(school),
            form,
            ..
        } => sent(school, *form),
        Change::Lock {
            kind: LockKind::Stay,
            ..
        } => !matches!(held.kind, DecidedKind::Exchange | DecidedKind::Transfer),
        _ => true,
    }
}

/// Locks and decisions that send somebody to a school.
fn of_school(district: &District, word: &str) -> Vec<String> {
    let Some(school) = find_school(district, word).ok() else {
        return Vec::new();
    };
    let locks = district.locks.iter();
    let locks = locks.filter(|lock| lock.kind == LockKind::Go && lock.school == Some(school));
    let locks = locks.map(|lock| lock_text(district, lock));
    let decided = district.decided.iter();
    let decided = decided.filter(|held| held.school == Some(school));
    locks
        .chain(decided.map(|held| decided_text(district, held)))
        .collect()
}

fn lock_text(district: &District, lock: &Lock) -> String {
    let id = &district.teacher(lock.teacher).id;
    let school = lock
        .school
        .map(|school| district.school(school).name.as_str());
    let form = lock.form.map(Form::chinese);
    let words = [Some(lock.kind.chinese()), school, form];
    let words: Vec<&str> = words.into_iter().flatten().collect();
    with_reason(&format!("{id} 锁定 {}", words.join(" ")), &lock.reason)
}

fn decided_text(district: &District, held: &Decided) -> String {
    let id = &district.teacher(held.teacher).id;
    let school = held
        .school
        .map(|school| district.school(school).name.as_str());
    let words = [Some(held.kind.chinese()), school];
    let words: Vec<&str> = words.into_iter().flatten().collect();
    with_reason(&format!("{id} 已定 {}", words.join(" ")), &held.basis)
}

fn with_reason(text: &str, reason: &str) -> String {
    if reason.is_empty() {
        text.to_owned()
    } else {
        format!("{text}（{reason}）")
    }
}
