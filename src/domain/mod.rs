//! The words of the field: what a district, a school, a teacher and a plan are.
//!
//! No file is read and nothing is solved here. Everything is integer-valued and ordered, so that
//! the same district always gives the same plan.

pub mod district;
mod given;
pub mod itinerary;
pub mod month;
pub mod people;
pub mod placement;
pub mod plan_files;
pub mod quantity;
pub mod round_files;
pub mod rounds;
pub mod schooling;
mod vocabulary;

pub use district::{Assumption, District, DistrictError, DistrictParts};
pub use given::Given;
pub use itinerary::{ItinerantWeek, Itinerary, Site, WEEK};
pub use month::Month;
pub use people::*;
pub use placement::{Form, LeverUse, Placement, Span};
pub use quantity::{Metres, Minutes, Periods, Persons, apportion};
pub use rounds::{Competition, CompetitionResult, Quota, Score};
pub use schooling::*;
