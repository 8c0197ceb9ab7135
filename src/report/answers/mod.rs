//! Pages and tables of answers.

mod compare;
mod failed;
mod replan;
mod replan_files;
mod whatif;
mod words;

pub use compare::{ComparePage, CompareView};
pub use replan::{ReplanPage, ReplanView};
pub use replan_files::{Decision, write_replan_files};
pub use whatif::{WhatIfPage, WhatIfView};
