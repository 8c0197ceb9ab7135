//! Who gives which lessons: every lesson of every class is given by somebody of the school's stage.
//!
//! Main subjects first. What a subject lacks is given by those whose own subject has teachers to
//! spare; that is where 兼教 comes from, and why rural schools have so much of it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use crate::domain::{Month, Office, Stage, Status};

use super::curriculum::{ART, MUSIC, PSYCHOLOGY, SPORTS, affinity};
use super::records::{SchoolRecord, TeacherRecord, by_school};
use super::staffing::demand;

/// Nobody gives more than so many lessons (tenths a week).
const MOST: u32 = 220;
/// Heads give two lessons at least.
const LEAST: u32 = 20;
/// Less than this to spare is not worth another subject.
const CRUMB: u32 = 35;

/// Lessons that an office or a class takes off a teacher's load, in tenths a week.
pub(super) const fn credit(teacher: &TeacherRecord) -> u32 {
    let (middle, deputy, head) = match teacher.stage {
        Stage::Primary => (50, 90, 120),
        Stage::Junior => (40, 70, 100),
        _ => (40, 60, 80),
    };
    let office = match teacher.office {
        Office::None => 0,
        Office::GroupLeader => 20,
        Office::DeputyMiddle | Office::Middle => middle,
        Office::DeputyHead => deputy,
        Office::Head => head,
    };
    office + if teacher.class_teacher { 30 } else { 0 }
}

/// Whether somebody gives no lessons at the date of the data.
pub(super) fn is_away(teacher: &TeacherRecord, data_month: Month) -> bool {
    teacher.status.is_absent()
        && teacher.status != Status::Resigned
        && teacher.status_from.is_none_or(|from| from <= data_month)
}

/// Sets weekly periods and further subjects of all teachers.
pub(super) fn fill(teachers: &mut [TeacherRecord], schools: &[SchoolRecord], data_month: Month) {
    let staff = by_school(teachers, schools.len());
    for (school, staff) in schools.iter().zip(staff) {
        for stage in school.stages() {
            let members: Vec<usize> = staff
                .iter()
                .copied()
                .filter(|&one| teachers[one].stage == stage)
                .filter(|&one| !is_away(&teachers[one], data_month))
                .collect();
            fill_stage(teachers, &members, demand(school, stage), stage);
        }
    }
}

fn fill_stage(
    teachers: &mut [TeacherRecord],
    members: &[usize],
    demand: BTreeMap<&'static str, u32>,
    stage: Stage,
) {
    let total: u32 = demand.values().sum();
    let mut spare = targets(teachers, members, total);
    let mut left = demand;
    give_main_subjects(teachers, members, &mut spare, &mut left, stage);
    for (spare, &one) in spare.iter_mut().zip(members) {
        if *spare < CRUMB && teachers[one].weekly_periods > 0 {
            *spare = 0;
        }
    }
    give_further_subjects(teachers, members, &mut spare, &mut left);
    give_crumbs(teachers, members, left);
}

/// Lessons for each member: the same load less credits, more for those of short subjects.
fn targets(teachers: &[TeacherRecord], members: &[usize], total: u32) -> Vec<u32> {
    let at_load = |load: u32| -> Vec<u32> {
        members
            .iter()
            .map(|&one| {
                let teacher = &teachers[one];
                let weight = match teacher.subject {
                    SPORTS | MUSIC | ART => 135,
                    PSYCHOLOGY => 60,
                    _ => 100,
                };
                let target = (load * weight / 100).saturating_sub(credit(teacher));
                (target / 10 * 10).clamp(LEAST, MOST)
            })
            .collect()
    };
    let load = (10..=400)
        .find(|&load| at_load(load).iter().sum::<u32>() >= total)
        .unwrap_or(400);
    let mut targets = at_load(load);
    let mut over = targets.iter().sum::<u32>().saturating_sub(total);
    for target in targets.iter_mut().rev() {
        if over >= 10 && *target > LEAST + 10 {
            *target -= 10;
            over -= 10;
        }
    }
    targets
}

fn give_main_subjects(
    teachers: &mut [TeacherRecord],
    members: &[usize],
    spare: &mut [u32],
    left: &mut BTreeMap<&'static str, u32>,
    stage: Stage,
) {
    // Everybody gives some lessons of the own subject; the rest goes to the first ones in full, so
    // that few have two subjects rather than all a little of another.
    let own_share = if stage == Stage::Primary { 25 } else { 40 };
    for round in 0..2 {
        for (spare, &one) in spare.iter_mut().zip(members) {
            let Some(left) = left.get_mut(teachers[one].subject) else {
                continue;
            };
            let wanted = if round == 0 {
                (*spare * own_share / 100 / 10 * 10).max(10)
            } else {
                *spare
            };
            let given = wanted.min(*left).min(*spare);
            *spare -= given;
            *left -= given;
            teachers[one].weekly_periods += given;
        }
    }
}

fn give_further_subjects(
    teachers: &mut [TeacherRecord],
    members: &[usize],
    spare: &mut [u32],
    left: &mut BTreeMap<&'static str, u32>,
) {
    // Whoever has most to spare, the first in a tie; a school may have thousands.
    let mut waiting: BinaryHeap<(u32, Reverse<usize>)> = (0..spare.len())
        .map(|place| (spare[place], Reverse(place)))
        .collect();
    while let Some((most, Reverse(place))) = waiting.pop() {
        if most == 0 {
            break;
        }
        let teacher = &mut teachers[members[place]];
        let fits = affinity(teacher.subject)
            .iter()
            .copied()
            .find(|subject| left.get(subject).is_some_and(|&periods| periods >= CRUMB));
        let largest = || {
            left.iter()
                .filter(|row| *row.1 > 0)
                .max_by_key(|row| *row.1)
                .map(|row| *row.0)
        };
        let Some(subject) = fits.or_else(largest) else {
            break;
        };
        let periods = left.get_mut(subject).expect("chosen among what is left");
        let given = spare[place].min(*periods);
        *periods -= given;
        spare[place] -= given;
        waiting.push((spare[place], Reverse(place)));
        teacher.weekly_periods += given;
        if subject != teacher.subject && !teacher.further.contains(&subject) {
            teacher.further.push(subject);
        }
    }
}

/// What remains goes to those who give the subject already, else to whoever has fewest lessons.
fn give_crumbs(
    teachers: &mut [TeacherRecord],
    members: &[usize],
    left: BTreeMap<&'static str, u32>,
) {
    for (subject, mut periods) in left {
        while periods > 0 {
            let piece = periods.min(20);
            periods -= piece;
            let gives = |one: usize| {
                teachers[one].subject == subject || teachers[one].further.contains(&subject)
            };
            let chosen = members.iter().copied().min_by_key(|&one| {
                (
                    !gives(one),
                    teachers[one].further.is_empty(),
                    teachers[one].weekly_periods + credit(&teachers[one]),
                )
            });
            let Some(one) = chosen else { return };
            teachers[one].weekly_periods += piece;
            if !gives_subject(&teachers[one], subject) {
                teachers[one].further.push(subject);
            }
        }
    }
}

fn gives_subject(teacher: &TeacherRecord, subject: &str) -> bool {
    teacher.subject == subject || teacher.further.contains(&subject)
}
