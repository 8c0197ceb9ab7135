//! Assignment programs of the shape that districts have.
