//! Source of truth: enumeration of all points of tiny programs, in integers.

mod bounds;
mod county;
mod measure;
mod tiny;
