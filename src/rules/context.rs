//! What rules look at before there is a plan.

use super::eligibility::Standings;
use crate::demand::Situation;

/// What rules look at besides a candidate: the situation and who may move.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The district and its reckonings.
    pub situation: &'a Situation<'a>,
    /// Who may move, in which form, and why not.
    pub standings: &'a Standings,
}
