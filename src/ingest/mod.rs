//! From bytes to a district: files as clerks have them, all faults at once.

pub mod columns;
mod csv_file;

pub use csv_file::write_csv;
