//! The page of the instance.
