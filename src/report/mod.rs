//! What people get: files for the office, a summary for machines, a page for the terminal.
//!
//! Nothing here prints. Files are Chinese, UTF-8 with BOM and CRLF, and of the same bytes for the
//! same plan; only `seconds` in the summary tell of time.

mod align;
mod answers;
mod audit_page;
mod batch;
mod fairness;
mod files;
mod folder;
mod itinerants;
mod language;
mod levers;
mod moves;
mod no_plan;
mod page;
mod policy_page;
mod posts;
mod proof;
mod rounds;
mod state;
mod state_page;
mod summary;
mod tables;
mod terminal;
mod words;

pub use answers::{
    ComparePage, CompareView, Decision, DiagnosisPage, DiagnosisView, ExplainPage, ExplainView,
    ForecastPage, ForecastView, ReplanPage, ReplanView, WhatIfPage, WhatIfView, write_events,
    write_replan_files,
};
pub use audit_page::{AuditView, audit_page, view_audit};
pub use batch::{BatchPage, outcome_words};
pub use files::{FileError, write_files};
pub use folder::{FolderError, PlanFolder, PlanPlace, check_writable, lies_in};
pub use language::{Language, counted};
pub use no_plan::{NoPlan, NoPlanSummary};
pub use policy_page::{PolicyView, policy_page, view_policy};
pub use posts::{PostsOfUnit, posts_by_unit, posts_page};
pub use rounds::{RoundAccount, RoundSummary};
pub use state::{State, state_of};
pub use state_page::state_page;
pub use summary::{Summary, summarise};
pub use terminal::plan_page;
