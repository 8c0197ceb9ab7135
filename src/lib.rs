//! shizi (师资): the yearly plan of which teacher serves at which school.

pub mod audit;
pub mod demand;
pub mod domain;
pub mod eligibility;
pub mod generate;
pub mod ingest;
pub mod model;
pub mod planning;
pub mod policy;
pub mod program;
pub mod report;
pub mod rules;
pub mod solve;

// The programs of the integration tests, which name this crate as others do.
#[cfg(test)]
extern crate self as shizi;
#[cfg(test)]
#[path = "../tests/programs/mod.rs"]
mod test_programs;
