//! Many districts one after the other, some side by side: a city, a province, a job array.
//!
//! Every district is planned by a process of its own, so that one that fails, or that the system
//! ends for its memory, does not stop the rest, and no more memory is held than of those that run.
//! What became of each is kept beside its plan; a batch that is begun again skips what is finished.

mod record;
mod run;
mod shard;
mod tasks;

pub use record::{Outcome, Record};
pub use run::{BatchError, Orders, run};
pub use shard::Shard;
pub use tasks::{Task, tasks};
