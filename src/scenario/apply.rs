//! Changes applied to a district and a policy.

use std::borrow::Cow;

use super::change::{Change, Scenario};
use super::contradictions::contradictions;
use super::overridden::{Overridden, overridden};
use super::valued::{ChangedValue, valued};
use super::{district, policy};
use crate::domain::District;
use crate::policy::{Policy, PolicyFault};
use crate::rules::RuleSet;

/// A district and a policy after some changes.
#[derive(Debug)]
pub struct Changed<'a> {
    /// The district.
    pub district: Cow<'a, District>,
    /// The policy.
    pub policy: Cow<'a, Policy>,
    /// Its rules.
    pub rules: Cow<'a, RuleSet>,
}

/// The reason of locks, and the basis of decisions, that come from a scenario without one.
const BASIS: &str = "试算";

/// Applies changes, in their order.
///
/// # Errors
/// All that is wrong with them, at once: keys, values, persons or schools that there are not.
pub fn apply<'a>(
    district: &'a District,
    year: (&'a Policy, &'a RuleSet),
    changes: &[Change],
) -> Result<Changed<'a>, Vec<PolicyFault>> {
    apply_because(district, year, (changes, BASIS))
}

/// Applies a scenario, whose reason becomes that of its locks and decisions.
///
/// # Errors
/// As [`apply`].
pub fn apply_scenario<'a>(
    district: &'a District,
    year: (&'a Policy, &'a RuleSet),
    scenario: &Scenario,
) -> Result<Changed<'a>, Vec<PolicyFault>> {
    let reason = &scenario.reason;
    let basis = if reason.is_empty() { BASIS } else { reason };
    apply_because(district, year, (&scenario.changes, basis))
}

/// A year after some scenarios, and what rules forbid of that which they decided.
#[derive(Debug)]
pub struct ChangedYear<'a> {
    /// The year.
    pub year: Changed<'a>,
    /// Placements that were decided whatever rules say, in the order of the scenarios.
    pub overridden: Vec<Overridden>,
    /// Values of the policy that the scenarios changed, in their order.
    pub valued: Vec<ChangedValue>,
}

/// Applies scenarios one after the other.
///
/// # Errors
/// As [`apply`], of the first scenario that has faults.
pub fn apply_all<'a>(
    district: &'a District,
    (policy, rules): (&'a Policy, &'a RuleSet),
    scenarios: &[Scenario],
) -> Result<ChangedYear<'a>, Vec<PolicyFault>> {
    let mut year = Changed {
        district: Cow::Borrowed(district),
        policy: Cow::Borrowed(policy),
        rules: Cow::Borrowed(rules),
    };
    let (mut found, mut values) = (Vec::new(), Vec::new());
    for scenario in scenarios {
        found.extend(overridden(&year, &scenario.changes));
        let next = apply_scenario(&year.district, (&year.policy, &year.rules), scenario)?;
        let (district, policy, rules) =
            (owned(next.district), owned(next.policy), owned(next.rules));
        if let Some(district) = district {
            year.district = Cow::Owned(district);
        }
        if let (Some(policy), Some(rules)) = (policy, rules) {
            values.extend(valued(&year.policy, &policy, scenario));
            (year.policy, year.rules) = (Cow::Owned(policy), Cow::Owned(rules));
        }
    }
    Ok(ChangedYear {
        year,
        overridden: found,
        valued: values,
    })
}

/// What changed; `None` where nothing did.
fn owned<Part: Clone>(part: Cow<'_, Part>) -> Option<Part> {
    match part {
        Cow::Owned(part) => Some(part),
        Cow::Borrowed(_) => None,
    }
}

fn apply_because<'a>(
    district: &'a District,
    (policy, rules): (&'a Policy, &'a RuleSet),
    (changes, basis): (&[Change], &str),
) -> Result<Changed<'a>, Vec<PolicyFault>> {
    let contradictory = contradictions(district, changes);
    if !contradictory.is_empty() {
        return Err(contradictory);
    }
    let overlaid = policy::changed(policy, changes);
    let moved = match &overlaid {
        Ok(Some((policy, _))) => district::changed(district, policy, (changes, basis)),
        _ => district::changed(district, policy, (changes, basis)),
    };
    let (overlaid, moved) = match (overlaid, moved) {
        (Ok(overlaid), Ok(moved)) => (overlaid, moved),
        (one, other) => {
            let faults = one.err().into_iter().chain(other.err());
            return Err(faults.flatten().collect());
        }
    };
    let district = moved.map_or(Cow::Borrowed(district), Cow::Owned);
    let (policy, rules) = match overlaid {
        Some((policy, rules)) => (Cow::Owned(policy), Cow::Owned(rules)),
        None => (Cow::Borrowed(policy), Cow::Borrowed(rules)),
    };
    rules.check_words(&policy, &district)?;
    Ok(Changed {
        district,
        policy,
        rules,
    })
}
