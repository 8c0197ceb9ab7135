//! The competition across schools (跨校竞聘): wishes and scores to a stable match, and what of any
//! plan offends against them.
//!
//! Teachers propose by their wishes, schools rank by their scores (`market`); what may be wished is
//! settled by the same standings and rules of reach as a plan's transfers (`claims`).

mod claims;
mod envy;
mod market;
mod next;
mod round;

pub use claims::{Claim, Claimant, Claims, Void};
pub use envy::{Envy, has_competition, justified_envy};
pub use market::{Bid, Bidder, Market, Seat};
pub use next::NextRound;
pub use round::{Applicant, PostRound, Round, compete};
