//! Words on paper for what the core names by code.

use crate::policy::Certainty;
use crate::rules::UNITS_PER_PERSON;

/// What every paper of a plan says of itself.
pub(super) const DRAFT: &str = "建议方案（草案），经局党委（党组）会集体研究决定";

/// The tag of a certainty, as policies write it.
pub(super) const fn certainty_code(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::V => "V",
        Certainty::S => "S",
        Certainty::G => "G",
        Certainty::Seed => "SEED",
        Certainty::D => "D",
        Certainty::M => "M",
    }
}

/// Units of a level as weighted persons.
pub(super) fn persons_of_units(units: i64) -> f64 {
    units as f64 / UNITS_PER_PERSON as f64
}

/// 是 or 否.
pub(super) const fn yes_no(yes: bool) -> &'static str {
    if yes { "是" } else { "否" }
}
