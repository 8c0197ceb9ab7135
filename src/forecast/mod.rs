//! Several years: each is planned, the plan is carried out, and the next one begins with what it left.
//!
//! Pupils come from an [`Outlook`] and from the grades that move up; people grow older, retire, come
//! home from exchanges; what levers did (recruits, recognitions) is there in the next year. Nothing is
//! foreseen that nobody knows: no resignations, illnesses, promotions or wishes.

mod advance;
mod ahead;
mod departed;
mod figures;
mod needed;
mod outlook;
mod pupils;
mod years;

pub use departed::Dropped;
pub use figures::{Placed, StageFigures, YearFigures};
pub use outlook::{Expected, Outlook};
pub use pupils::Fewer;
pub use years::{Forecast, Recruiting, YearAnswer, YearOf, counts_exchanges_itself, forecast};
