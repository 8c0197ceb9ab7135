//! Changes applied to a district and a policy.

use std::borrow::Cow;

use super::change::Change;
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

/// Applies changes, in their order.
///
/// # Errors
/// All that is wrong with them, at once: keys, values, persons or schools that there are not.
pub fn apply<'a>(
    district: &'a District,
    (policy, rules): (&'a Policy, &'a RuleSet),
    changes: &[Change],
) -> Result<Changed<'a>, Vec<PolicyFault>> {
    let overlaid = policy::changed(policy, changes);
    let moved = match &overlaid {
        Ok(Some((policy, _))) => district::changed(district, policy, changes),
        _ => district::changed(district, policy, changes),
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
    rules.check_words(&district)?;
    Ok(Changed {
        district,
        policy,
        rules,
    })
}
