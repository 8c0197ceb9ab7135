//! The competition across schools (跨校竞聘): wishes and scores to a stable match, and what of any
//! plan offends against them.
//!
//! Teachers propose by their wishes, schools rank by their scores (`market`); what may be wished is
//! settled by the same standings and rules of reach as a plan's transfers (`claims`).

mod claims;
mod envy;
mod market;
mod round;

pub use claims::{Claim, Claimant, Claims, Void};
pub use envy::{Envy, justified_envy};
pub use market::{Bid, Bidder, Market, Seat};
pub use round::{Applicant, PostRound, Round, compete};
