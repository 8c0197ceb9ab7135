//! Pages and tables of answers.

mod compare;
mod diagnose;
mod explain;
mod failed;
mod forecast;
mod replan;
mod replan_files;
mod tables;
mod whatif;
mod words;

pub use compare::{ComparePage, CompareView};
pub use diagnose::{DiagnosisPage, DiagnosisView};
pub use explain::{ExplainPage, ExplainView};
pub use forecast::{ForecastPage, ForecastView};
pub use replan::{ReplanPage, ReplanView};
pub use replan_files::{Decision, write_events, write_replan_files};
pub use whatif::{WhatIfPage, WhatIfView};
