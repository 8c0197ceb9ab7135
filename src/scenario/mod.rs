//! Changes to a year: what an office wants to try, and what happens after the list is out.
//!
//! A change of the policy is a key with a new value; a change of the district is a lock, somebody who
//! leaves, a class more, a site that closes. [`apply`] makes a new policy and a new district of them,
//! checked as if they had been read so; the year that they belong to is never touched.

mod apply;
mod change;
mod classes;
mod contradictions;
mod district;
mod file;
mod find;
mod fixed;
mod key;
mod overridden;
mod policy;
mod valued;

pub use apply::{Changed, ChangedYear, apply, apply_all, apply_scenario};
pub use change::{Change, Scenario, Unlocked, needs_list};
pub use file::{read_changes, read_scenarios, write_scenarios};
pub use find::{find_school, find_subject, find_teacher};
pub use fixed::against_fixed;
pub use key::key_part;
pub use overridden::Overridden;
pub use policy::{SET_FILE, find_recruiting};
pub use valued::ChangedValue;
