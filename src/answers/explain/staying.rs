//! All who move, one after the other: on what basis, for what, and what it costs to keep them.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use serde::Serialize;

use super::Explainer;
use super::person::Chosen;
use super::price::Priced;
use crate::answers::difference::Whereabouts;
use crate::domain::TeacherIndex;
use crate::solve::SolveError;

/// All whom the plan sends to other schools by its own choice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Everybody {
    /// One after the other, by id.
    pub moves: Vec<Stays>,
    /// Moves that were decided before and of which the plan does not dispose.
    pub decided: usize,
    /// Of how many the price is not known, because somebody interrupted.
    #[serde(skip_serializing_if = "is_nobody")]
    pub unpriced: usize,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
const fn is_nobody(count: &usize) -> bool {
    *count == 0
}

/// Somebody whom the plan moves, and what it costs to keep him or her.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stays {
    /// The id.
    pub teacher: String,
    /// The name; of internal copies only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where he or she is if nothing is chosen.
    pub home: Whereabouts,
    /// What the plan chose.
    pub chosen: Chosen,
    /// What the best plan comes to in which he or she stays.
    pub price: Priced,
}

impl Explainer<'_> {
    pub(super) fn everybody(
        &self,
        done: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Everybody, SolveError> {
        let placements = self.plan.placements.iter();
        let leaving = placements.filter(|placement| placement.form.leaves_school());
        let leaving = leaving.map(|placement| placement.teacher);
        let (chosen, decided): (Vec<TeacherIndex>, Vec<TeacherIndex>) =
            leaving.partition(|&teacher| self.is_chosen(teacher));
        let (ended, count) = (AtomicUsize::new(0), chosen.len());
        let moves = chosen.par_iter().with_max_len(1).map(|&teacher| {
            let price = self.unless_interrupted(teacher)?;
            if price != Priced::Interrupted {
                done(ended.fetch_add(1, Ordering::Relaxed) + 1, count);
            }
            let situation = self.base.context.situation;
            let home = situation.roll.entry(teacher).placement();
            Ok(Stays {
                teacher: situation.district.teacher(teacher).id.clone(),
                name: self.name(teacher),
                home: Whereabouts::of(situation.district, &home),
                chosen: self.chosen(teacher),
                price,
            })
        });
        let moves: Vec<Stays> = moves.collect::<Result<_, SolveError>>()?;
        let unpriced = moves.iter();
        let unpriced = unpriced.filter(|held| held.price == Priced::Interrupted);
        Ok(Everybody {
            unpriced: unpriced.count(),
            decided: decided.len(),
            moves,
        })
    }

    /// The price of keeping somebody; what an interrupt cut short is no price.
    fn unless_interrupted(&self, teacher: TeacherIndex) -> Result<Priced, SolveError> {
        let is_over = || self.interrupt.load(Ordering::Relaxed);
        if is_over() {
            return Ok(Priced::Interrupted);
        }
        let price = self.price_of_staying(teacher)?;
        Ok(if is_over() {
            Priced::Interrupted
        } else {
            price
        })
    }
}
