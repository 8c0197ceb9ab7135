//! What an outlook changes when a year begins, and what can be said of it before anything is planned.

use std::collections::BTreeSet;

use super::outlook::{Outlook, fault};
use crate::domain::{District, Month};
use crate::ingest::{WriteError, as_read};
use crate::policy::{Policy, PolicyFault};
use crate::rules::RuleSet;
use crate::scenario::{Change, Changed, Scenario, apply_scenario, find_school};

/// How ids begin of those whom a forecast recruits: nobody of the rosters bears them yet.
const RECRUITED: &str = "新聘";

/// A district with its policy and rules.
type Year = (District, Policy, RuleSet);

/// Whether a change is of the policy, and so holds from its year on.
pub(super) const fn is_of_policy(change: &Change) -> bool {
    matches!(change, Change::Set { .. } | Change::Without { .. })
}

impl Outlook {
    /// All that changes when a year begins, as one scenario.
    pub(super) fn of_year(&self, begin: Month) -> Scenario {
        let held = self.changes.iter().filter(|(month, _)| *month == begin);
        let mut scenario = Scenario {
            name: begin.to_string(),
            ..Scenario::default()
        };
        let mut reasons: Vec<&str> = Vec::new();
        for (_, one) in held {
            scenario.changes.extend(one.changes.iter().cloned());
            reasons.push(&one.reason);
        }
        reasons.retain(|reason| !reason.is_empty());
        scenario.reason = reasons.join("；");
        scenario
    }
}

/// The year after its changes. Values of the policy stay changed; the district is the one that is read from
/// its rosters.
///
/// # Errors
/// What cannot be done of them, with the outlook's file and year.
pub(super) fn changed(
    district: &District,
    (policy, rules): (&Policy, &RuleSet),
    scenario: &Scenario,
    place: &str,
) -> Result<Year, Vec<PolicyFault>> {
    let changed = applied(district, (policy, rules), scenario, place)?;
    let district = as_read(&changed.district).map_err(|error| vec![unwritable(place, &error)])?;
    Ok((
        district,
        changed.policy.into_owned(),
        changed.rules.into_owned(),
    ))
}

/// The changes made, and no school closed into one that ends.
fn applied<'a>(
    district: &'a District,
    year: (&'a Policy, &'a RuleSet),
    scenario: &Scenario,
    place: &str,
) -> Result<Changed<'a>, Vec<PolicyFault>> {
    let changed = apply_scenario(district, year, scenario).map_err(|faults| at(place, faults))?;
    into_closed(&changed.district, scenario, place)?;
    Ok(changed)
}

/// Makes the changes of all years on the rosters as they are now, so that a word that names nothing is said
/// at once and not after years were planned. Numbers of later years are not asked, for nobody knows them
/// yet: how many classes there are to take, who is recruited meanwhile.
///
/// # Errors
/// All that cannot be done, with the outlook's file and year.
pub(super) fn check_ahead(
    district: &District,
    (policy, rules): (&Policy, &RuleSet),
    outlook: &Outlook,
) -> Result<(), Vec<PolicyFault>> {
    let mut months: Vec<Month> = outlook.changes.iter().map(|(begin, _)| *begin).collect();
    months.dedup();
    let (mut policy, mut rules) = (policy.clone(), rules.clone());
    let mut ground = district.clone();
    let mut faults = Vec::new();
    for begin in months {
        let of_year = outlook.of_year(begin);
        let known = of_year.changes.into_iter();
        let known: Vec<Change> = known
            .filter(names_the_known)
            .map(|change| without_numbers(change, begin > outlook.first_classes(district)))
            .collect();
        let scenario = Scenario {
            changes: known,
            ..of_year
        };
        let place = outlook.place_of(begin);
        // Not read back from rosters: wishes and locks of the first year are none of a later one.
        let changed = applied(&ground, (&policy, &rules), &scenario, &place);
        match changed.map(|changed| (changed.policy.into_owned(), changed.rules.into_owned())) {
            Ok(changed) => {
                (policy, rules) = changed;
                let mut lasting = scenario;
                lasting.changes.retain(is_of_places);
                let next = apply_scenario(&ground, (&policy, &rules), &lasting);
                match next.map(|next| next.district.into_owned()) {
                    Ok(next) => ground = next,
                    Err(found) => faults.extend(at(&place, found)),
                }
            }
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

/// Whether a change is of schools and classes, and so is there in the years after.
const fn is_of_places(change: &Change) -> bool {
    matches!(
        change,
        Change::Open { .. } | Change::Close { .. } | Change::Classes { .. }
    )
}

/// Whether a change names nobody who is yet to come.
fn names_the_known(change: &Change) -> bool {
    match change {
        Change::Lock { teacher, .. }
        | Change::Unlock { teacher, .. }
        | Change::Override { teacher, .. }
        | Change::Absent { teacher }
        | Change::Leave { teacher } => !teacher.starts_with(RECRUITED),
        _ => true,
    }
}

/// A change of a later year without what is not known of it.
fn without_numbers(change: Change, later: bool) -> Change {
    match change {
        Change::Classes { school, stage, .. } if later => Change::Classes {
            school,
            stage,
            grade: None,
            by: 1,
        },
        other => other,
    }
}

/// Schools that close into one that ends too, by the changes or because it was the nearest: their pupils
/// would be nowhere, or elsewhere than was written.
fn into_closed(after: &District, scenario: &Scenario, place: &str) -> Result<(), Vec<PolicyFault>> {
    let ended = after.schools.iter().filter(|school| school.state.ends());
    let ended = ended.filter_map(|school| Some((school, after.school(school.merged_into?))));
    let written = scenario.changes.iter().filter_map(|change| match change {
        Change::Close {
            school,
            into: Some(into),
        } => {
            let named = |word| find_school(after, word).ok();
            Some((after.school(named(school)?), after.school(named(into)?)))
        }
        _ => None,
    });
    let wrong: BTreeSet<(&str, &str)> = ended
        .chain(written)
        .filter(|(_, taker)| taker.state.ends())
        .map(|(school, taker)| (school.name.as_str(), taker.name.as_str()))
        .collect();
    if wrong.is_empty() {
        return Ok(());
    }
    let faults = wrong.into_iter().map(|(from, into)| {
        let message =
            format!("{from}并入的{into}也撤并 / {from} closes into {into}, which closes too");
        let advice =
            "请写明并入一所不撤并的学校 / name a school that goes on, such as: close = [\"S001:S002\"]";
        fault(place, &message, advice)
    });
    Err(faults.collect())
}

/// Faults of changes, with where these stand.
fn at(place: &str, faults: Vec<PolicyFault>) -> Vec<PolicyFault> {
    let placed = faults.into_iter().map(|fault| PolicyFault {
        place: match fault.place.as_str() {
            "" => place.to_owned(),
            inner => format!("{place}: {inner}"),
        },
        ..fault
    });
    placed.collect()
}

/// Rosters of the year that could not be read again. The row and the file are those of rosters that are
/// written nowhere, so they are not said.
fn unwritable(place: &str, error: &WriteError) -> PolicyFault {
    let why = match error {
        WriteError::Refused(fault) => {
            let value = fault.value.as_deref().unwrap_or_default();
            let (chinese, english) = (&fault.message.chinese, &fault.message.english);
            format!("[{}] {value} {chinese} / {english}", fault.code)
        }
        other => other.to_string(),
    };
    let message = format!(
        "这一学年的变动使花名册不成立 / the changes of this year leave rosters that do not hold: {why}"
    );
    fault(place, &message, "")
}
