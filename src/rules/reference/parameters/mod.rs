//! The keys of the kinds: one file a family of kinds.

mod choices;
mod costs;
mod counts;
mod indicators;

pub(super) use choices::{ELIGIBILITY, REACH};
pub(super) use costs::{
    AVOIDANCE, COUPLES, COVERAGE, EMPHASIS, PREFERENCE, STABILITY, TRAVEL, TURNS,
};
pub(super) use counts::{COUNT, EXCEPTION, RATIO, SHARE};
pub(super) use indicators::{COMPOSITE, DISPARITY, PER_PUPIL, SPREAD, STANDARD};

use super::{Key, key};

const EVERYBODY: &str = "所有人 everybody";
const EVERY_SCHOOL: &str = "所有学校 every school";
const BOTH: &str = "[\"交流\", \"调动\"]";
const NONE: &str = "无 none";

/// What rules of teachers share.
const ITINERANTS: Key = key(
    "itinerants",
    "词 itinerants",
    "home",
    "走教教师计在何处；按学校计的才可写 every-site",
    "where those who serve at several schools count; every-site in scopes of schools only",
);
