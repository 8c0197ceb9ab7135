//! shizi
fn main() {}
