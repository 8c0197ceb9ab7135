//! Words on paper for what the core names by code.

use crate::rules::UNITS_PER_PERSON;

/// Units of a level as weighted persons.
pub(super) fn persons_of_units(units: i64) -> f64 {
    units as f64 / UNITS_PER_PERSON as f64
}

/// 是 or 否.
pub(super) const fn yes_no(yes: bool) -> &'static str {
    if yes { "是" } else { "否" }
}
