//! A level that begins from another solve's prices: what is cheap before any long ascent.
//!
//! Prices of a year that differs in one rule are right but for a few rows, and so is the plan. One
//! flow under them is often all that is needed for the bound, with the knots of the other solve for
//! what prices cannot see; after it come short ascents in which rows step one by one. Whatever is not
//! closed then goes the usual way.
//!
//! Of all options few lose so little under such prices that they come into question. Flows are on
//! these alone, four for each person instead of twenty-three on a district where everybody may go
//! anywhere. Nothing is believed of them: the bound of what they find is that of the prices on the whole
//! face ([`certify`]), and where it is lower than the flow says, because somebody has a better option
//! among those left out, these join the others.

use std::ops::ControlFlow;

use super::LevelSolve;
use crate::solve::decomposed::ascent::{Wanted, price_cap, price_scale};
use crate::solve::decomposed::certificate::{Certificate, Prices, certify};
use crate::solve::decomposed::creep::{NEAR_STEP, creep};
use crate::solve::decomposed::descent::descend;
use crate::solve::decomposed::face::{Face, Objective};
use crate::solve::decomposed::polish::{grains, polish_on};
use crate::solve::decomposed::relaxed::Relaxed;
use crate::solve::{SolveError, Start};

/// What flows cost.
struct Costs<'a> {
    /// The level's own costs.
    plain: &'a Objective,
    /// With the next level choosing among equals.
    guided: &'a Objective,
    /// What a large but usual choice is worth, in scaled units.
    scale: f64,
    /// The largest price of a row that has no slope of its own.
    cap: i64,
}

impl<'f> LevelSolve<'_, 'f> {
    /// Looks for the end of the level near what another solve has left.
    pub(super) fn search_near(&mut self) -> Result<(), SolveError> {
        let (face, plain) = (self.face.clone(), self.objective.clone());
        if self.level == 0 {
            self.mend_limits(&face);
            if self.is_closed() {
                return Ok(());
            }
        }
        let guided = self.guided();
        let scale = price_scale(&face, &plain);
        let costs = Costs {
            plain: &plain,
            guided: &guided,
            scale,
            cap: price_cap(&face, &guided, scale),
        };
        // Far from closed, the flow under the known prices alone would not do it.
        let is_far = self.relative_gap() > self.context.work.near_enough;
        let rounds = self.context.work.near.into_iter().enumerate();
        let mut rounds = rounds.skip(usize::from(is_far && !self.is_again()));
        let mut part = if self.is_again() {
            face.clone()
        } else {
            self.cheap_part(&face, &self.certificate)
        };
        while let Some(missed) = self.search_part(&part, &costs, &mut rounds)? {
            for (alive, more) in part.alive.iter_mut().zip(missed.alive) {
                *alive |= more;
            }
        }
        Ok(())
    }

    /// Rounds of flows on a part of the face, on one network. Where options that it leaves out would
    /// lower the bound, it ends with a part that has them.
    fn search_part(
        &mut self,
        part: &Face<'f>,
        costs: &Costs<'_>,
        rounds: &mut impl Iterator<Item = (usize, usize)>,
    ) -> Result<Option<Face<'f>>, SolveError> {
        let mut relaxed = Relaxed::new(part, costs.guided, costs.cap, Some(&self.incumbent.point));
        for (round, flows) in rounds {
            let step = self.creep_on(&mut relaxed, (part, costs), (round, flows));
            let ControlFlow::Continue(missed) = step else {
                return Ok(None);
            };
            let work = &self.context.work;
            if round > 0 && !self.is_closed() && self.relative_gap() > work.near_enough {
                self.try_undecided(&work.undecided[2..])?;
            }
            let gap = self.relative_gap();
            let is_last = round + 1 == work.near.len();
            let is_near = gap <= work.near_enough && !self.is_again();
            let is_near = is_near || round == 0 || is_last;
            if !self.is_closed() && is_near && gap <= self.context.options.target_gap {
                self.untie_few();
            }
            if self.is_closed() || self.late {
                return Ok(None);
            }
            if missed.is_some() {
                return Ok(missed);
            }
        }
        Ok(None)
    }

    /// One short ascent on a part of the face and what its prices prove on all of it; a part that has
    /// what this one lacks, if anything. It breaks off where there is no flow.
    fn creep_on<'r>(
        &mut self,
        relaxed: &mut Relaxed<'r>,
        (part, costs): (&'r Face<'f>, &Costs<'r>),
        (round, flows): (usize, usize),
    ) -> ControlFlow<(), Option<Face<'f>>> {
        let unit = self.unit * self.scale;
        let (grains, rise) = (grains(unit), i128::from(unit / 2));
        let wanted = Wanted {
            price_scale: costs.scale,
            first_step: NEAR_STEP,
            stall: flows,
            enough: Some(part.value(costs.guided, &self.incumbent.point)),
            target: (self.level, self.bound),
            evaluations: (flows, flows),
        };
        relaxed.reprice(costs.guided);
        let Some(ascent) = creep(
            relaxed,
            (part, costs.guided),
            (&self.prices, costs.cap),
            (wanted, self.scale, rise),
            self.context.deadline,
        ) else {
            return ControlFlow::Break(());
        };
        relaxed.reprice(costs.plain);
        let enough = self.scaled_value();
        // Prices of a solve that has ended are round already.
        let grains = if round == 0 { &grains[..1] } else { &grains };
        let whole = (&self.face, costs.plain);
        let polished = polish_on(relaxed, whole, &ascent.prices, grains, enough);
        let missed = polished
            .as_ref()
            .filter(|polished| polished.certificate.bound < polished.told)
            .map(|polished| self.cheap_part(&self.face, &polished.certificate));
        self.learn(ascent, polished, true);
        ControlFlow::Continue(missed)
    }

    /// Whether the start is of this very program. What that left open is so fine that all options are
    /// worth their time (on Jiangyang the bound of level 2 is better by four fifths of the gap), and
    /// nothing is won by haste.
    fn is_again(&self) -> bool {
        let start = self.context.options.start.as_deref();
        start.is_some_and(Start::is_of_itself)
    }

    /// A face with no options but those of least loss, a few for each agent in the mean, and those of
    /// the point in hand.
    fn cheap_part(&self, face: &Face<'f>, certificate: &Certificate) -> Face<'f> {
        let count = self.context.work.near_options as usize * face.layout.program.agents().len();
        let limit = certificate.loss_limit(face, count);
        let mut part = face.clone();
        let uses = self.incumbent.point.all_uses();
        for ((alive, &loss), &uses) in part.alive.iter_mut().zip(&certificate.options).zip(uses) {
            *alive &= loss <= limit || uses > 0;
        }
        part
    }

    /// Few limits are missed by the point of another solve, and mending them takes no prices. Who moves
    /// for it is sought first among those who lose least at the first level that has prices.
    fn mend_limits(&mut self, face: &Face<'f>) {
        let guided = self.guided();
        let losses = self.known_losses(face);
        let part = losses.map(|losses| self.cheap_part(face, &losses));
        for face in part.iter().chain([face]) {
            if let Some((point, _)) = descend(face, &guided, &face.kept(), &self.incumbent.point) {
                let value = face.layout.program.level_values(&point)[self.level];
                self.adopt(point, value);
            }
            self.trace("descent", &[]);
            if self.is_closed() {
                break;
            }
        }
    }

    /// What is lost under the known prices of the first later level that has any.
    fn known_losses(&self, face: &Face<'f>) -> Option<Certificate> {
        let program = face.layout.program;
        let start = self.context.options.start.as_deref()?;
        let later = self.level + 1..program.levels();
        let mut known = later.filter_map(|level| Some((level, start.prices(program, level)?)));
        let (level, prices) = known.find(|(_, prices)| prices.iter().any(|&price| price != 0.0))?;
        let scale = self.context.scales[level];
        let objective = face.objective(level, scale);
        let prices = taken_over(face, &objective, &prices, scale);
        Some(certify(face, &objective, &prices))
    }
}

/// Prices of another solve, of a unit of each counter, as prices of steps on a face.
pub(super) fn taken_over(face: &Face, objective: &Objective, known: &[f64], scale: i64) -> Prices {
    let is_any = known.iter().any(|&price| price != 0.0);
    let most = if is_any {
        most_known(face, objective)
    } else {
        0
    };
    let prices = known.iter().zip(face.layout.steps).map(|(unit, steps)| {
        let step = unit * steps.lattice as f64;
        // What is no number becomes zero.
        ((step * scale as f64).round() as i64).clamp(-most, most)
    });
    Prices {
        counters: prices.collect(),
        budgets: vec![0; face.budgets.len()],
    }
}

/// The largest price that is taken over from another solve: far above what is usual, and such
/// that what an option costs under all its prices together cannot overflow.
fn most_known(face: &Face, objective: &Objective) -> i64 {
    let usual = objective.largest().max(1).saturating_mul(64);
    usual.min(i64::MAX / 8 / (face.most_held() + 1))
}
