//! From bytes to a district: files as clerks have them, all faults at once.
//!
//! A path is opened (`source`: folder or `workbook`), its bytes become text (`encoding`) and cells
//! (`grid`), its header gives the columns (`headers`), each row becomes values (`rows`, by `values`,
//! `words`, `subjects`, `places`), the rows become schools, teachers and decisions, are checked
//! against each other (`checks`) and assembled. `write` goes the other way. [`columns`] is the one source of what is read.

mod assemble;
pub(crate) mod cells;
mod checks;
mod codes;
pub mod columns;
mod csv_file;
mod decisions;
mod digest;
mod encoding;
mod faults;
mod gathering;
mod grid;
mod headers;
mod itinerants;
mod new_files;
mod particulars;
mod places;
mod plain;
mod read;
mod reference;
mod rounds;
mod rows;
mod schools;
mod source;
mod subjects;
mod teachers;
mod template;
mod values;
mod words;
mod workbook;
mod write;

pub use codes::{FAULT_CODES, FaultCode, Severity};
pub use csv_file::write_csv;
pub use digest::digest;
pub use faults::{Fault, FaultGroup, Notice, Wording, summarise, write_fault_file};
pub use new_files::NewFilesError;
pub(crate) use particulars::settings;
pub use plain::{PlainRow, PlainTable, plain_key, plain_month, plain_table};
pub use read::{Reading, read_district};
pub use reference::reference;
pub use source::IngestError;
pub use subjects::CANONICAL_SUBJECTS;
pub use template::write_template;
pub use write::{Difference, WriteError, as_read, write_district};
