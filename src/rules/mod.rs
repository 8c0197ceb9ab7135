//! The kinds of rule, one file each.
//!
//! A rule of a policy is data; its *kind* is code. A kind says three things that share nothing but
//! tested domain arithmetic: which rows it wants ([`Row`], in words that name no program), what a
//! placement adds to them, and how a finished plan is checked ([`Outcome`]), which sees the
//! district and the plan and never the model.
//!
//! To add a kind: write its file, add it to [`Kind`], document its keys in [`reference()`], and give
//! it a scenario in `tests/rules`.

pub mod avoidance;
mod bounds;
mod cone;
mod context;
pub mod count;
pub mod couples;
pub mod coverage;
pub mod disparity;
pub mod eligibility;
mod except;
mod exceptions;
mod facts;
mod fairness;
mod figure;
mod grounds;
mod idle;
mod indicator;
mod kind;
mod known;
mod limits;
pub mod per_pupil;
pub mod preference;
pub mod ratio;
pub mod reach;
mod reference;
mod row;
mod scope;
mod set;
mod shares;
pub mod stability;
mod station;
pub mod travel;
pub mod turns;
mod typed;
mod waiting;
mod within;

pub use context::Context;
pub use count::Tally;
pub use disparity::{Cut, DisparityLimit, Excess, HardLimit, Uncut};
pub use except::{Except, PostName};
pub use facts::{PlanFacts, Service};
pub use fairness::{Asked, Fairness, FairnessRow, Group};
pub use figure::{Figure, Target, coefficient, per_hundred};
pub use grounds::Grounds;
pub use kind::Kind;
pub use limits::{OtherLimits, Sort};
pub use reference::reference;
pub use row::{Allowance, Candidate, Item, Measure, Outcome, Row, RowHinge, RowKey, Settling, Way};
pub use scope::{Scope, ScopeKey, Side};
pub use set::{RuleSet, load};
pub use station::Itinerants;
pub use typed::TypedRule;
pub use waiting::waiting_reason;
pub use within::Within;

/// The smallest unit of a level's value: so many make one person of weight one. A need is known to
/// a thousandth of a person and a weight to a hundredth.
pub const UNITS_PER_PERSON: i64 = 100_000;

/// Units of one whole person at a weight.
pub const fn units_per_person(weight: crate::policy::Weight) -> i64 {
    weight.0 * (UNITS_PER_PERSON / 10_000)
}

/// Units of a thousandth of a person at a weight; weights count to a hundredth here.
pub const fn units_per_thousandth(weight: crate::policy::Weight) -> i64 {
    weight.0 / 100
}
