//! What to say together with an order that somebody goes, where counts do not leave room for it.
//!
//! A lock or an override says who goes where, not what gives way: a cap of a school or a quota holds all
//! the same. So where such a year has no plan, the least that must give is sought as `diagnose` seeks
//! it, and named in the words of the command line.

use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::attempt::{Attempt, NamedRule};
use super::base::Base;
use super::diagnose::{Finding, Loosening, diagnose};
use crate::scenario::Change;
use crate::solve::SolveError;

/// Changes that together with those given leave a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remedy {
    /// The rule that gives way; `None` of several together.
    pub rule: Option<NamedRule>,
    /// As the command line has them: `--set leave-cap.at_most=4`.
    pub options: Vec<String>,
    /// Whether it is proven that a unit less leaves no plan.
    pub proven: bool,
}

/// Whether some change says that somebody goes somewhere, stays, or goes in one form only.
pub(super) fn has_orders(changes: &[Change]) -> bool {
    let is_order =
        |change: &Change| matches!(change, Change::Lock { .. } | Change::Override { .. });
    changes.iter().any(is_order)
}

/// An attempt, and where orders among its changes leave no plan, the rules in the way and what each
/// must give at least.
///
/// # Errors
/// Where the solver under us fails its check.
pub(super) fn with_remedies<Answer>(
    base: &Base<'_>,
    changes: &[Change],
    attempt: Attempt<Answer>,
    interrupt: &AtomicBool,
) -> Result<(Attempt<Answer>, Vec<Remedy>), SolveError> {
    if !(matches!(attempt, Attempt::Clashes { .. }) && has_orders(changes)) {
        return Ok((attempt, Vec::new()));
    }
    let found = diagnose(base, changes, false, interrupt, &|_| {})?;
    let Some(found) = found.ok().filter(|held| held.finding == Finding::Clashes) else {
        return Ok((attempt, Vec::new()));
    };
    let ways = found.ways.iter();
    let ways = ways.filter(|way| !matches!(way.loosening, Loosening::Unlock { .. }));
    let remedies = ways.map(|way| {
        let more = way.scenario.changes.iter();
        let more = more.filter(|change| !changes.contains(change));
        Remedy {
            rule: way.rule.clone(),
            options: more
                .map(|change| format!("--{} {}", change.word(), change.text()))
                .collect(),
            proven: way.proven,
        }
    });
    let remedies = remedies.collect();
    let members = found.members.into_iter();
    let clashes = Attempt::Clashes {
        rules: members.map(|member| member.rule).collect(),
        untried: found.untried,
    };
    Ok((clashes, remedies))
}
