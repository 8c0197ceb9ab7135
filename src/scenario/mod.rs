//! Changes to a year: what an office wants to try, and what happens after the list is out.
//!
//! A change of the policy is a key with a new value; a change of the district is a lock, somebody who
//! leaves, a class more, a site that closes. [`apply`] makes a new policy and a new district of them,
//! checked as if they had been read so; the year that they belong to is never touched.

mod apply;
mod change;
mod classes;
mod district;
mod file;
mod policy;

pub use apply::{Changed, apply};
pub use change::{Change, Scenario, Unlocked};
pub use file::{read_scenarios, write_scenarios};
