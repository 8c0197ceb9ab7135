//! A level that begins from another solve's prices: what is cheap before any long ascent.
//!
//! Prices of a year that differs in one rule are right but for a few rows, and so is the plan. One
//! flow under them is often all that is needed for the bound, with the knots of the other solve for
//! what prices cannot see; after it come short ascents in which rows step one by one. One network
//! serves them all. Whatever is not closed then goes the usual way.

use super::LevelSolve;
use crate::solve::SolveError;
use crate::solve::decomposed::ascent::{Wanted, price_cap, price_scale};
use crate::solve::decomposed::creep::{NEAR_STEP, creep};
use crate::solve::decomposed::descent::descend;
use crate::solve::decomposed::face::{Face, Objective};
use crate::solve::decomposed::polish::{grains, polish_on};
use crate::solve::decomposed::relaxed::Relaxed;

impl LevelSolve<'_, '_> {
    /// Looks for the end of the level near what another solve has left.
    pub(super) fn search_near(&mut self) -> Result<(), SolveError> {
        let (face, plain, guided) = (self.face.clone(), self.objective.clone(), self.guided());
        if self.level == 0 {
            self.mend_limits(&face, &guided);
            if self.is_closed() {
                return Ok(());
            }
        }
        let scale = price_scale(&face, &plain);
        let cap = price_cap(&face, &guided, scale);
        let mut relaxed = Relaxed::new(&face, &guided, cap, Some(&self.incumbent.point));
        let unit = self.unit * self.scale;
        let (grains, rise) = (grains(unit), i128::from(unit / 2));
        for (round, flows) in self.context.work.near.into_iter().enumerate() {
            let wanted = Wanted {
                price_scale: scale,
                first_step: NEAR_STEP,
                stall: flows,
                enough: Some(face.value(&guided, &self.incumbent.point)),
                target: (self.level, self.bound),
                evaluations: (flows, flows),
            };
            let from = (&self.prices, cap);
            relaxed.reprice(&guided);
            let Some(ascent) = creep(
                &mut relaxed,
                (&face, &guided),
                from,
                (wanted, self.scale, rise),
                self.context.deadline,
            ) else {
                return Ok(());
            };
            relaxed.reprice(&plain);
            let enough = self.scaled_value();
            // Prices of a solve that has ended are round already.
            let grains = if round == 0 { &grains[..1] } else { &grains };
            let polished = polish_on(
                &mut relaxed,
                (&face, &plain),
                &ascent.prices,
                grains,
                enough,
            );
            self.learn(ascent, polished, true);
            if round > 0 && !self.is_closed() && self.relative_gap() > self.context.work.near_enough
            {
                self.try_undecided(&self.context.work.undecided[2..])?;
            }
            let tied = round == 0 || round + 1 == self.context.work.near.len();
            if tied && !self.is_closed() && self.relative_gap() <= self.context.options.target_gap {
                self.untie_few();
            }
            if self.is_closed() || self.late {
                break;
            }
        }
        Ok(())
    }

    /// Few limits are missed by the point of another solve, and mending them takes no prices.
    fn mend_limits(&mut self, face: &Face<'_>, guided: &Objective) {
        let found = descend(face, guided, &face.kept(), &self.incumbent.point);
        if let Some((point, _)) = found {
            let value = face.layout.program.evaluate(&point).levels[self.level];
            self.adopt(point, value);
        }
        self.trace("descent", &[]);
    }
}
