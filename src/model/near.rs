//! A plan that the plan to be found stays near to: of plans that are equally good at all levels, the
//! one that places fewest people differently, recruits among them.

use crate::domain::{LeverUse, Placement};

/// A plan to stay near to.
#[derive(Debug, Clone, Default)]
pub struct Near {
    /// By teacher: where that plan has him or her; `None` for those whom it does not know or of whom
    /// nobody asks.
    pub places: Vec<Option<Placement>>,
    /// So many of those who have a choice may be placed differently, at most.
    pub at_most: Option<u32>,
    /// Where levers place recruits in that plan. Recruits of one lever are like each other, so as many
    /// are placed differently as one would have to tell so: those who come where none came before,
    /// or those who are gone from where they came, whichever are more.
    pub recruits: Vec<LeverUse>,
    /// Whether these recruits have begun: levers place no others before them, and none of them
    /// elsewhere.
    pub begun: bool,
}

impl Near {
    /// Whether a placement is another one than in that plan, and it is asked.
    pub fn differs(&self, placement: &Placement) -> bool {
        let held = self.places.get(placement.teacher.position());
        held.copied().flatten().is_some_and(|held| {
            let known = |placement: &Placement| {
                let place = (placement.school, placement.stage, placement.subject);
                (placement.form, place, placement.itinerary)
            };
            known(&held) != known(placement)
        })
    }
}
