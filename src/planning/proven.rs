//! What is proven of a year over several rounds.
//!
//! What is proven under lines, or under any other rows that relax the limits, holds under the limits;
//! what is proven of a level holds of plans that cost no more at the levels before.

use super::{PlanStatus, Planned, PlannedLevel};
use crate::rules::Uncut;
use crate::solve::{LevelCertificate, SolveOptions, StopReason};

/// A plan with the most that any round proved of each level; `relaxed` are the levels of the rounds, as
/// they were under their lines. What was proven of plans that cost no more at earlier levels than so
/// much holds of all plans that cost no more there than this one, where that is no more.
pub(super) fn most_proven(
    mut planned: Planned,
    relaxed: &[Vec<PlannedLevel>],
    options: &SolveOptions,
) -> Planned {
    if relaxed.is_empty() {
        return planned;
    }
    for level in 0..planned.levels.len() {
        for round in relaxed {
            let earlier = planned.levels[..level].iter().zip(round);
            let applies = earlier.clone().count() == level
                && earlier.clone().all(|(held, told)| held.value <= told.value);
            let told = round.get(level).and_then(|told| told.certificate.as_ref());
            if let (Some(told), true) = (told, applies) {
                lift(&mut planned.levels[level], told);
            }
        }
    }
    conditioned(planned, options)
}

/// A level with the higher of two bounds.
fn lift(level: &mut PlannedLevel, told: &LevelCertificate) {
    let held = level.certificate.get_or_insert_with(|| told.clone());
    if held.bound < told.bound {
        (held.bound, held.proof) = (told.bound, told.proof);
    }
    held.value = level.value;
    held.bound = held.bound.min(level.value);
}

/// A plan that says whether all is proven to the target.
fn judged(mut planned: Planned, options: &SolveOptions) -> Planned {
    let closed = |level: &PlannedLevel| {
        let held = level.certificate.as_ref();
        held.is_some_and(|held| held.gap() <= options.target_gap)
    };
    if planned.levels.iter().all(closed) {
        planned.status = PlanStatus::Optimal;
    }
    planned
}

/// A plan whose levels say under which earlier ones they were proven, and whether all is.
fn conditioned(mut planned: Planned, options: &SolveOptions) -> Planned {
    let open: Vec<bool> = planned
        .levels
        .iter()
        .map(|level| !is_closed(level))
        .collect();
    for (position, level) in planned.levels.iter_mut().enumerate() {
        if let Some(held) = &mut level.certificate {
            held.conditional_on = (0..position).filter(|&earlier| open[earlier]).collect();
        }
    }
    judged(planned, options)
}

fn is_closed(level: &PlannedLevel) -> bool {
    let held = level.certificate.as_ref();
    held.is_some_and(LevelCertificate::is_closed)
}

/// A plan with the most that is proven of the first level, by itself or with another one: what is
/// proven under any rows holds under the limits.
pub(super) fn lifted(
    mut planned: Planned,
    other: Option<&Planned>,
    options: &SolveOptions,
) -> Planned {
    let proven = other.and_then(|other| other.levels.first()?.certificate.as_ref());
    if let (Some(first), Some(proven)) = (planned.levels.first_mut(), proven) {
        lift(first, proven);
    }
    if planned.levels.first().is_some_and(is_closed) {
        for level in &mut planned.levels[1..] {
            if let Some(held) = &mut level.certificate {
                held.conditional_on.retain(|&open| open > 0);
            }
        }
    }
    judged(planned, options)
}

/// What such a year is truly worth: floors cost what they miss beyond the lines, and of levels after
/// the first that costs more nothing is proven, since its value was another one. None where a limit
/// that is hard does not hold.
pub(super) fn corrected(mut planned: Planned, uncut: &Uncut, stop: StopReason) -> Option<Planned> {
    if uncut.hard {
        return None;
    }
    let mut dearer = false;
    for (level, &more) in planned.levels.iter_mut().zip(&uncut.costs) {
        if dearer {
            level.certificate = None;
        }
        level.value += more;
        if let Some(held) = &mut level.certificate {
            held.value = level.value;
        }
        dearer |= more > 0;
    }
    planned.status = PlanStatus::Feasible;
    planned.stop = Some(stop);
    Some(planned)
}
