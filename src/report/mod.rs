//! What people get: files for the office, a summary for machines, a page for the terminal.
//!
//! Nothing here prints. Files are Chinese, UTF-8 with BOM and CRLF, and of the same bytes for the
//! same plan; only `seconds` in the summary tell of time.

mod account;
mod align;
mod files;
mod folder;
mod language;
mod moves;
mod page;
mod provenance;
mod summary;
mod tables;
mod terminal;
mod words;

pub use account::{Account, Balance, Statistics};
pub use align::{Side, TextTable};
pub use files::{FileError, write_files};
pub use folder::{FolderError, PlanFolder};
pub use language::Language;
pub use provenance::Provenance;
pub use summary::{Summary, summarise};

pub use terminal::{no_plan_page, plan_page};
