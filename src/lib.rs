//! shizi (师资): the yearly plan of which teacher serves at which school.

pub mod domain;
pub mod generate;
pub mod ingest;
pub mod program;
pub mod solve;
