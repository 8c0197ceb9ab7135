//! A plan that is out, after something happened: the best with at most so many further people placed
//! differently, and what each further person buys.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::attempt::{Attempt, Manner, attempt_from, is_fewest, recruits_changed};
use super::base::Base;
use super::compare::{Comparison, compare};
use super::remedy::{Remedy, has_orders, with_remedies};
use crate::account::{Account, Provenance};
use crate::planning::{PlanStatus, Planned};
use crate::scenario::{Change, Overridden, Scenario, apply_all};
use crate::solve::{LevelCertificate, SolveError, Start};

/// A plan after the events, beside the one that is out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Replanned {
    /// How many further people it places differently: not those whom the events name, nor those
    /// whose post is gone.
    pub further: usize,
    /// How many recruits of levers it places besides those who have begun, or elsewhere; no limit on
    /// further people counts them.
    pub recruits: usize,
    /// Whether it is proven that no equally good plan places fewer differently, recruits among them.
    pub fewest: bool,
    /// Beside the plan that is out.
    #[serde(flatten)]
    pub comparison: Comparison,
    /// The plan, with what is proven of it among all plans of the year, however many they place
    /// differently.
    #[serde(skip)]
    pub planned: Planned,
}

/// The plans with at most so many further people, and the one without such a limit.
#[derive(Debug, Clone, PartialEq)]
pub struct Replanning {
    /// The ids of those whom the events name.
    pub named: BTreeSet<String>,
    /// At most how many, and what became of it; in their order.
    pub limited: Vec<(u32, Attempt<Replanned>)>,
    /// Without a limit.
    pub free: Attempt<Replanned>,
    /// Where an order that somebody goes leaves no plan: what must be said besides.
    pub remedies: Vec<Remedy>,
    /// What the events decide against rules.
    pub overridden: Vec<Overridden>,
}

/// Plans the year of a plan that is out again after what happened, for each of the limits, which rise,
/// and without one. What a human has fixed stays: locks and decisions are those of the district.
/// A plan with a higher limit is never worse than one with a lower.
///
/// # Errors
/// Where the solver under us fails its check.
pub fn replan(
    base: &Base<'_>,
    events: &Scenario,
    limits: &[u32],
    interrupt: &AtomicBool,
) -> Result<Replanning, SolveError> {
    let named = named(base, events);
    let solve = |at_most: Option<u32>, start: Option<Arc<Start>>| {
        let manner = Manner {
            seek_clash: at_most.is_none() && !has_orders(&events.changes),
            at_most,
            named: Some(&named),
            start,
        };
        let read = |account: &Account<'_>| replanned(base, account);
        attempt_from(base, events, &manner, interrupt, read)
    };
    let (free, priced) = solve(None, base.start())?;
    let (free, remedies) = with_remedies(base, &events.changes, free, interrupt)?;
    let mut limited: Vec<(u32, Attempt<Replanned>)> = Vec::new();
    let mut home = base.start();
    if let Attempt::Planned(best) = &free {
        for &limit in limits {
            let known = limited.last().and_then(|(_, held)| held.planned());
            let settled = [Some(best), known]
                .into_iter()
                .flatten()
                .find(|held| held.further <= limit as usize && values(held) <= values(best));
            if let Some(settled) = settled {
                let settled = with_proof_of(settled.clone(), Some(best));
                limited.push((limit, Attempt::Planned(settled)));
                continue;
            }
            let start = match (&priced, &home) {
                (Some(prices), Some(home)) => Some(Arc::new(prices.with_choices_of(home))),
                _ => home.clone(),
            };
            let (found, next) = solve(Some(limit), start)?;
            let found = of_the_year(found, &best.planned, base.options.target_gap);
            let better = match (known, found.planned()) {
                (Some(known), Some(found)) => values(found) < values(known),
                (Some(_), None) => false,
                (None, _) => true,
            };
            let kept = match known {
                Some(known) if !better => {
                    Attempt::Planned(with_proof_of(known.clone(), found.planned()))
                }
                _ => {
                    home = next.or(home);
                    found
                }
            };
            limited.push((limit, kept));
        }
    }
    Ok(Replanning {
        named,
        limited,
        free,
        remedies,
        overridden: overridden(base, events),
    })
}

/// What events decide against rules; nothing where they have faults, which the plan says.
fn overridden(base: &Base<'_>, events: &Scenario) -> Vec<Overridden> {
    let situation = base.context.situation;
    let year = (situation.policy, base.rules);
    let changed = apply_all(situation.district, year, std::slice::from_ref(events));
    changed.map_or_else(|_| Vec::new(), |changed| changed.overridden)
}

/// The ids of those whom events name.
fn named(base: &Base<'_>, events: &Scenario) -> BTreeSet<String> {
    let district = base.context.situation.district;
    let words = events.changes.iter().filter_map(Change::teacher);
    let named = words.flat_map(|word| {
        let teachers = district.teachers.iter();
        teachers.filter(move |teacher| teacher.id == word || teacher.name == word)
    });
    named.map(|teacher| teacher.id.clone()).collect()
}

/// What a plan comes to beside the one that is out.
fn replanned(base: &Base<'_>, account: &Account<'_>) -> Replanned {
    let known = &base.planned;
    let before = known.plan.as_ref().map(|plan| {
        let provenance = Provenance::new(base.context.situation, "", &base.options, known);
        Account::new(base.context, base.rules, plan, known, provenance)
    });
    let changes = account.planned.changes.as_ref();
    Replanned {
        further: changes.map_or(0, |changes| changes.persons),
        recruits: recruits_changed(account),
        fewest: is_fewest(account),
        comparison: compare(before.as_ref().unwrap_or(account), account),
        planned: account.planned.clone(),
    }
}

/// The levels' values.
fn values(held: &Replanned) -> Vec<i64> {
    held.planned
        .levels
        .iter()
        .map(|level| level.value)
        .collect()
}

/// A plan found under one limit, with what the solve under another one proved of it: bounds hold of each
/// level as long as the levels before have the same values.
fn with_proof_of(mut held: Replanned, solved: Option<&Replanned>) -> Replanned {
    let figures = &mut held.comparison.second;
    let proven = solved.map(|solved| &solved.comparison.second);
    let mut same = proven.is_some();
    for (position, level) in figures.levels.iter_mut().enumerate() {
        let known = proven.and_then(|proven| proven.levels.get(position));
        let known = known.filter(|_| same);
        level.bound_units = known.and_then(|known| Some(known.bound_units?.min(level.units)));
        level.closed = level.bound_units == Some(level.units);
        same = known.is_some_and(|known| known.units == level.units);
    }
    let is_closed = figures.levels.iter().all(|level| level.closed);
    let within = proven.filter(|_| same).map(|proven| proven.status);
    figures.status = if is_closed {
        "optimal"
    } else {
        within.unwrap_or("feasible")
    };
    held
}

/// What is proven with a limit on the people is not proven of the year: levels keep the certificates
/// of the plan without a limit, as long as the levels before have the same values.
fn of_the_year(found: Attempt<Replanned>, free: &Planned, target: f64) -> Attempt<Replanned> {
    let Attempt::Planned(mut held) = found else {
        return found;
    };
    let mut same = true;
    let mut optimal = true;
    for (level, best) in held.planned.levels.iter_mut().zip(&free.levels) {
        let known = best.certificate.clone().filter(|_| same);
        level.certificate = known.map(|known| LevelCertificate {
            value: level.value,
            ..known
        });
        same &= level.value == best.value;
        let proven = level.certificate.as_ref();
        optimal &= proven.is_some_and(|held| held.gap() <= target);
    }
    held.planned.status = if optimal {
        PlanStatus::Optimal
    } else {
        PlanStatus::Feasible
    };
    Attempt::Planned(held)
}
