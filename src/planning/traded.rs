//! What rounds end with where no plan was within a hard limit of differences.
//!
//! The limit is sought for itself (`planning/seek.rs`). The plan that is found so is far within it and
//! says nothing of levels, so what plans are above the limit becomes a cost of the last level at which
//! a plan can still be within: the levels before keep what they were, and the price at which plans are
//! just within gives nearly the best of that one. Numbers of teachers are then held as they are there,
//! and all levels solved.

use super::once::{Run, is_cut_short, run, solved, unplanned};
use super::proven::corrected;
use super::rounds::{Found, Rounds};
use super::seek::{Seeker, Sought};
use super::{PlanStatus, Planned};
use crate::model::Model;
use crate::program::Point;
use crate::rules::{Excess, Uncut};
use crate::solve::{Solution, SolveError, SolveOptions, Start, StopReason, Watcher};

/// A price at which little else matters, in 1024ths of a person for each one that is missing. Much
/// dearer ones make levels hard to close.
const DEAREST: i64 = 1 << 12;

/// Nodes at most of one call of branch and bound: prices are tried, nothing is proven under them.
const NODES: u64 = 1_000;

/// Prices that are tried between one that is too low and one that is enough.
const PRICES: usize = 8;

impl Rounds<'_> {
    /// Seeks a plan within the limits, once; returns the year where it is proven that there is none.
    fn seek(&mut self, model: &Model) -> Result<Option<Planned>, SolveError> {
        if std::mem::replace(&mut self.has_sought, true) {
            return Ok(None);
        }
        let options = self.within(None);
        let seeker = Seeker {
            context: self.context,
            rules: self.rules,
            model,
            options: &options,
            interrupt: self.interrupt,
        };
        match seeker.seek()? {
            Sought::Nowhere(clash) => {
                let planned = unplanned(model, self.options, PlanStatus::Infeasible);
                return Ok(Some(Planned { clash, ..planned }));
            }
            Sought::Within(point) => {
                let found = self.unmeasured(model.settled(point), Vec::new());
                self.sought = Some(Start::of(&model.program, &found));
            }
            Sought::Unknown => {}
        }
        Ok(None)
    }

    /// The same after a plan that is beyond a hard limit of an indicator.
    pub(super) fn seek_beyond(
        &mut self,
        model: &Model,
        uncut: &Uncut,
        cut_short: bool,
    ) -> Result<Option<Planned>, SolveError> {
        if uncut.hard && uncut.alone && !cut_short {
            self.seek(model)
        } else {
            Ok(None)
        }
    }

    /// The year as rounds have left it: with the best plan, else with one that was sought.
    pub(super) fn sought(
        &mut self,
        model: &mut Model,
        stop: StopReason,
        watcher: &dyn Watcher,
    ) -> Result<(Planned, Option<Found>), SolveError> {
        let has_time = !is_cut_short(stop);
        if self.best.is_none()
            && has_time
            && let Some(planned) = self.seek(model)?
        {
            return Ok((planned, None));
        }
        if let (None, Some(found)) = (&self.best, self.sought.take()) {
            let point = found.point(&model.program);
            self.keep(model, (model, point, Vec::new()));
            if has_time && self.best.is_some() {
                self.trade(model, watcher)?;
                return self.landed(model, watcher);
            }
        }
        Ok(self.ended(model, stop))
    }

    /// A point of which nothing is proven.
    fn unmeasured(&self, point: Point, prices: Vec<Vec<f64>>) -> Solution {
        Solution {
            point,
            levels: Vec::new(),
            stop: StopReason::WorkLimit,
            engine: self.options.engine,
            prices,
            knots: Vec::new(),
        }
    }

    /// Keeps what was found on the program of a model with other cuts, if it is within the limits, and
    /// says whether it is.
    fn keep(
        &mut self,
        model: &Model,
        (priced, point, prices): (&Model, Point, Vec<Vec<f64>>),
    ) -> bool {
        let solution = self.unmeasured(model.settled(point), prices);
        let home = Start::of(&priced.program, &solution);
        let (solution, plan, uncut) = self.unproven(model, solution);
        let found = solved(model, self.options, (plan, &solution));
        let found = corrected(found, &uncut, StopReason::WorkLimit);
        let within = found.is_some();
        if let Some(found) = found {
            self.add_at(found, home.at(&model.program, &solution.point));
        }
        within
    }

    /// Lets what plans are above the limits cost at the last level at which that is enough, at the lowest
    /// price that is.
    fn trade(&mut self, model: &Model, watcher: &dyn Watcher) -> Result<(), SolveError> {
        let mut within = None;
        for level in (0..model.program.levels()).rev() {
            if self.priced(model, (level, DEAREST), watcher)? {
                within = Some(level);
                break;
            }
        }
        let Some(level) = within else { return Ok(()) };
        let (mut low, mut enough) = (1, DEAREST);
        for _ in 0..PRICES {
            if enough - low <= 1 {
                break;
            }
            let price = (low * enough).isqrt().clamp(low + 1, enough - 1);
            if self.priced(model, (level, price), watcher)? {
                enough = price;
            } else {
                low = price;
            }
        }
        Ok(())
    }

    /// Plans the levels up to one, at which what plans are above the limits costs; whether that plan is
    /// within them.
    fn priced(
        &mut self,
        model: &Model,
        (level, weight): (usize, i64),
        watcher: &dyn Watcher,
    ) -> Result<bool, SolveError> {
        let situation = self.context.situation;
        let best = self.best.as_ref().and_then(|(best, _)| best.plan.as_ref());
        let facts = best.map(|plan| plan.facts(self.context));
        let limits = self.rules.hard_limits(situation, facts.as_ref());
        let told = limits.iter().map(|limit| Excess {
            ends: (limit.total, limit.total),
            range: None,
            level,
            weight,
        });
        let (cuts, _) = self.rules.excesses(situation, told.collect());
        let priced = model.with_excesses(self.context, self.rules, cuts);
        let program = priced.program.first_levels(level + 1, |_| false);
        let these = self.within(self.best_start(&priced));
        let these = SolveOptions {
            node_limit: these.node_limit.min(NODES),
            ..these
        };
        match run((&priced, &program), &these, self.interrupt, watcher)? {
            Run::Solved(solution) => {
                let found = (&priced, solution.point, solution.prices);
                Ok(self.keep(model, found))
            }
            Run::Infeasible(_) | Run::Unknown(_) => Ok(false),
        }
    }
}
