//! Flow, prices, cores: the engine for districts that no general solver does in a coffee break.

mod ascent;
mod certificate;
mod face;
mod relaxed;
#[cfg(test)]
mod tests;
