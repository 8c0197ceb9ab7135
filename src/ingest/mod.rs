//! From bytes to a district: files as clerks have them, all faults at once.

pub mod columns;
