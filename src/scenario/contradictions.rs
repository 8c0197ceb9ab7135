//! Changes that contradict each other: nobody can tell which of them is meant.

use std::collections::BTreeMap;

use super::change::Change;
use super::find::{find_school, find_teacher};
use crate::domain::{District, LockKind, SchoolIndex, TeacherIndex};
use crate::policy::PolicyFault;

/// Pairs of changes that cannot both be meant, each with both.
pub(super) fn contradictions(district: &District, changes: &[Change]) -> Vec<PolicyFault> {
    let mut faults = of_persons(district, changes);
    faults.extend(of_closings(district, changes));
    faults.extend(of_names(district, changes));
    faults
}

fn contradiction(one: &Change, other: &Change) -> PolicyFault {
    fault(one, format!("与“{other}”矛盾 / contradicts “{other}”"))
}

fn fault(change: &Change, message: String) -> PolicyFault {
    PolicyFault {
        code: "W006",
        place: change.to_string(),
        message,
        advice: "两者只能取其一 / keep one of them".to_owned(),
    }
}

/// Two things that are said of one person, at least one of which settles where he or she is: locks
/// among themselves are left to the plan, which says by which rules nothing meets them.
fn of_persons(district: &District, changes: &[Change]) -> Vec<PolicyFault> {
    let mut said: BTreeMap<TeacherIndex, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        let found = change.teacher().map(|word| find_teacher(district, word));
        if let Some(Ok(teacher)) = found
            && !matches!(change, Change::Unlock { .. })
        {
            said.entry(teacher).or_default().push(change);
        }
    }
    let mut faults = Vec::new();
    for held in said.into_values() {
        let settled = held.iter().find(|change| settles(change));
        let Some(&settled) = settled else { continue };
        let others = held
            .iter()
            .filter(|change| change.text() != settled.text() || change.word() != settled.word());
        let others = others.filter(|change| !is_the_same_order(district, settled, change));
        faults.extend(others.map(|other| contradiction(settled, other)));
    }
    faults
}

const fn settles(change: &Change) -> bool {
    matches!(
        change,
        Change::Override { .. } | Change::Absent { .. } | Change::Leave { .. }
    )
}

/// Whether a lock says no other than what is ordered.
fn is_the_same_order(district: &District, order: &Change, other: &Change) -> bool {
    let (
        Change::Override { school, form, .. },
        Change::Lock {
            kind: LockKind::Go,
            school: Some(locked),
            form: of_lock,
            ..
        },
    ) = (order, other)
    else {
        return false;
    };
    find_school(district, school).ok() == find_school(district, locked).ok()
        && of_lock.is_none_or(|of_lock| of_lock == *form)
}

/// What is said of a school that closes.
fn of_closings(district: &District, changes: &[Change]) -> Vec<PolicyFault> {
    let school = |word: &str| find_school(district, word).ok();
    let mut faults = Vec::new();
    for (place, closing) in changes.iter().enumerate() {
        let Change::Close { school: word, into } = closing else {
            continue;
        };
        let Some(closed) = school(word) else { continue };
        if into.as_deref().and_then(school) == Some(closed) {
            let message = "学校不能并入自己 / a school cannot be merged into itself";
            faults.push(fault(closing, message.to_owned()));
        }
        let others = changes.iter().enumerate();
        let others = others.filter(|&(other, change)| match change {
            Change::Close { school: word, into } => {
                let twice = other > place && school(word) == Some(closed);
                let takes = into.as_deref().and_then(school) == Some(closed);
                twice || (takes && other != place)
            }
            _ => needs(district, change, closed),
        });
        faults.extend(others.map(|(_, other)| contradiction(closing, other)));
    }
    faults
}

/// Whether a change needs that a school goes on.
fn needs(district: &District, change: &Change, closed: SchoolIndex) -> bool {
    let is_closed = |word: &str| find_school(district, word).ok() == Some(closed);
    match change {
        Change::Recruit { school, .. }
        | Change::Override { school, .. }
        | Change::Classes {
            school: Some(school),
            ..
        }
        | Change::Lock {
            kind: LockKind::Go,
            school: Some(school),
            ..
        } => is_closed(school),
        Change::Lock {
            kind: LockKind::Stay,
            teacher,
            ..
        } => find_teacher(district, teacher)
            .is_ok_and(|teacher| district.teacher(teacher).school == closed),
        _ => false,
    }
}

/// Schools that open under a name that there is.
fn of_names(district: &District, changes: &[Change]) -> Vec<PolicyFault> {
    let mut faults = Vec::new();
    for (place, change) in changes.iter().enumerate() {
        let Change::Open { name, .. } = change else {
            continue;
        };
        let bears =
            |other: &&Change| matches!(other, Change::Open { name: held, .. } if held == name);
        if let Some(other) = changes[..place].iter().find(bears) {
            faults.push(contradiction(change, other));
        }
        if district.schools.iter().any(|school| school.name == *name) {
            let message = format!("已有学校“{name}” / there is a school of that name");
            faults.push(fault(change, message));
        }
    }
    faults
}
