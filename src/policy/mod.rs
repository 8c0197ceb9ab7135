//! Policies as data: what the office wants, in what order, on whose authority.
//!
//! A policy is a TOML file, which may extend another. This room knows the form of a policy (levels,
//! selectors, enforcement, sources, tables of loads and periods); what each kind of rule means is
//! in [`crate::rules`].

mod fault;
mod file;
mod fraction;
mod merge;
mod selector;
mod tables;

pub use fault::PolicyFault;
pub(crate) use fault::{from_toml, nearest};
pub use file::{
    Certainty, Enforcement, Level, Lever, LeverKind, OneOrMany, Policy, Rule, Source, load,
    load_text,
};
pub use fraction::{Fraction, Weight};
pub use merge::Origins;
pub use selector::{PersonSelector, PersonView, SchoolSelector, SchoolView};
pub use tables::{
    ClassTeachers, Credits, Decimal, DemandTables, ExchangeTerms, LoadBasis, PoolLevel,
    RetirementLine, RetirementTable, SmallSites, TravelTable,
};
