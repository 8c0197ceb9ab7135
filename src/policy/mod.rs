//! Policies as data: what the office wants, in what order, on whose authority.
//!
//! A policy is a TOML file, which may extend another. This room knows the form of a policy (levels,
//! selectors, enforcement, sources, tables of loads and periods); what each kind of rule means is
//! in [`crate::rules`].

mod fault;
mod file;
mod find;
mod form;
mod fraction;
mod itinerant;
mod lever;
mod merge;
mod profile;
mod read;
mod rule;
mod selector;
mod tables;
mod words;

pub use fault::PolicyFault;
pub(crate) use fault::{did_you_mean, from_toml, nearest};
pub use file::Policy;
pub(crate) use find::decoded;
pub use find::{built_in_names, load, load_text};
#[cfg(test)]
pub(crate) use form::FormTable;
pub use form::{Establishment, FormTerms};
pub use fraction::{Fraction, Weight};
pub use itinerant::{ItinerantTerms, day_at_home, presence};
#[cfg(test)]
pub(crate) use lever::LeverTable;
pub use lever::{Lever, LeverKind};
pub use merge::Origins;
pub use profile::Profile;
#[cfg(test)]
pub(crate) use read::LevelTable;
#[cfg(test)]
pub(crate) use rule::HEAD_KEYS;
pub use rule::{Certainty, Enforcement, Level, Rule, Source};
pub use selector::{PersonSelector, PersonView, SchoolSelector, SchoolView};
pub use tables::{
    ClassTeachers, CompetitionTerms, Credits, Decimal, DemandTables, ExchangeTerms, LoadBasis,
    PoolLevel, RetirementLine, RetirementTable, SmallSites, Tie, TravelTable,
};
pub use words::OneOrMany;
