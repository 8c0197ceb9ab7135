//! A planned year with everything that people ask of it: balances, moves, burdens, what each rule
//! found, from what it was made. Papers and answers are both written from it.

mod provenance;
mod reckoning;

pub use crate::rules::{Asked, Fairness, FairnessRow, Group};
pub use provenance::Provenance;
pub use reckoning::{Account, Balance, Burden, Statistics};
