//! The steps of a level, in their order, until it is closed or the work is used up.

use rayon::prelude::*;

use super::LevelSolve;
use crate::program::Point;
use crate::solve::backends::CallLimits;
use crate::solve::decomposed::ascent::FIRST_STEP;
use crate::solve::decomposed::core::{Core, Found};
use crate::solve::decomposed::face::Face;
use crate::solve::decomposed::neighbourhood::{Reach, agents_near, lossy_counters};
use crate::solve::decomposed::work::SIDE_BY_SIDE;
use crate::solve::{Proof, SolveError};

impl LevelSolve<'_, '_> {
    /// Looks for a better point and a better bound.
    pub(super) fn search(&mut self) -> Result<(), SolveError> {
        // A short ascent first: with a good point in hand the long one may end early, and floors
        // are often closed by it.
        self.report("prices");
        if self.is_warm {
            self.search_near()?;
            if self.is_closed() {
                return Ok(());
            }
        }
        self.find_prices(true, FIRST_STEP, self.context.work.sketch);
        self.try_undecided(&self.context.work.undecided)?;
        if self.is_closed() {
            return Ok(());
        }
        self.untie()?;
        if self.is_done() {
            return Ok(());
        }
        self.report("prices");
        let before = self.certificate.bound;
        self.find_prices(true, FIRST_STEP / 2.0, self.context.work.full);
        if self.certificate.bound > before && !self.is_closed() {
            // Not at the top yet: on, along this level alone.
            self.find_prices(false, FIRST_STEP / 50.0, self.context.work.full);
        }
        self.try_undecided(&self.context.work.undecided)?;
        if self.is_done() {
            return Ok(());
        }
        self.try_averaged()?;
        if self.is_done() {
            return Ok(());
        }
        let narrowed = self.narrowed();
        let core = Core::cheapest(
            &narrowed,
            &self.incumbent.point,
            &self.certificate,
            &self.averaged,
            self.context.work.wide_core,
        );
        self.try_core(&core)?;
        if self.is_done() {
            return Ok(());
        }
        self.untie()?;
        if self.is_done() {
            return Ok(());
        }
        self.try_the_rest()?;
        if self.is_done() {
            return Ok(());
        }
        self.search_around_losses()
    }

    /// A core of the options that the flows under good prices used.
    fn try_averaged(&mut self) -> Result<(), SolveError> {
        self.report("core");
        let point = &self.incumbent.point;
        let core = Core::averaged(
            &self.narrowed(),
            point,
            &self.averaged,
            5e-3,
            self.context.work.core,
        );
        self.try_core(&core)
    }

    /// The gap may be one between whole people and fractions of them, which no prices close; what
    /// is left has often become small enough to branch on.
    fn try_the_rest(&mut self) -> Result<(), SolveError> {
        let narrowed = self.narrowed();
        let rest = narrowed.alive_options().count();
        if rest <= self.context.work.branched {
            self.report("search");
            let core = Core::averaged(&narrowed, &self.incumbent.point, &self.averaged, 0.0, rest);
            self.try_core(&core)?;
        }
        Ok(())
    }

    /// Cores of the agents on whom the flows are least agreed.
    pub(super) fn try_undecided(&mut self, counts: &[usize]) -> Result<(), SolveError> {
        for &count in counts {
            if self.is_closed() {
                break;
            }
            self.report("core");
            let narrowed = self.narrowed();
            let point = &self.incumbent.point;
            let (core, given) = Core::undecided(&narrowed, point, &self.averaged, 5e-3, count);
            let found = self.minimise(&narrowed, &core, Some(&given))?;
            self.keep(found);
        }
        Ok(())
    }

    /// Sub-problems around the largest losses, side by side, wider where they find nothing.
    fn search_around_losses(&mut self) -> Result<(), SolveError> {
        let mut most = self.context.work.free_agents;
        let mut fruitless = 0;
        for round in 0..self.context.work.rounds {
            if self.is_done() || fruitless == self.context.work.fruitless {
                break;
            }
            self.report("search");
            let narrowed = self.narrowed();
            let counters = lossy_counters(&narrowed, &self.certificate, &self.incumbent.point);
            let limit = self.loss_limit(&narrowed, 2 * self.context.work.wide_core);
            let found: Vec<Found> = (0..SIDE_BY_SIDE)
                .into_par_iter()
                .map(|part| {
                    let seeds: Vec<usize> = counters
                        .iter()
                        .copied()
                        .skip(part)
                        .step_by(SIDE_BY_SIDE)
                        .collect();
                    let shift = SIDE_BY_SIDE * round + part;
                    let reach = Reach { limit, most, shift };
                    let agents = agents_near(&narrowed, &self.certificate, &seeds, reach);
                    let core = Core::around(
                        &narrowed,
                        &self.incumbent.point,
                        &self.certificate,
                        &agents,
                        limit,
                    );
                    self.minimise(&narrowed, &core, None)
                })
                .collect::<Result<_, _>>()?;
            let before = self.incumbent.value;
            self.keep_merged(&found);
            for found in found {
                self.keep(found);
            }
            if self.incumbent.value == before {
                fruitless += 1;
                most *= 2;
            }
        }
        Ok(())
    }

    /// Near enough is not closed: an open level is a row for all that follow, and a closed one
    /// leaves a smaller face. What is cheap is therefore tried while it helps.
    pub(super) fn close(&mut self) -> Result<(), SolveError> {
        for _ in 0..self.context.work.closing {
            if self.is_closed() || self.late {
                break;
            }
            let before = (self.incumbent.value, self.bound);
            self.untie()?;
            if before == (self.incumbent.value, self.bound) {
                break;
            }
        }
        Ok(())
    }

    fn try_core(&mut self, core: &Core) -> Result<(), SolveError> {
        let narrowed = self.narrowed();
        let found = self.minimise(&narrowed, core, None)?;
        if let Some(bound) = found.bound.filter(|_| core.entire) {
            // All that is left was in it, so its bound is one of the level.
            let bound = bound.min(found.value);
            if bound > self.bound {
                self.bound = bound;
                self.proof = Proof::BranchAndBound;
            }
        }
        self.keep(found);
        Ok(())
    }

    pub(super) fn minimise(
        &self,
        face: &Face,
        core: &Core,
        given: Option<&Point>,
    ) -> Result<Found, SolveError> {
        let context = self.context;
        let nodes = if core.entire {
            (self.context.work.branched_effort / (core.size() as u64 + 1))
                .max(self.context.work.core_nodes.0)
        } else {
            (self.context.work.core_effort / (core.size() as u64 + 1)).clamp(
                self.context.work.core_nodes.0,
                self.context.work.core_nodes.1,
            )
        };
        let limits = CallLimits {
            target_gap: context.options.target_gap / 4.0,
            node_limit: nodes.min(context.options.node_limit),
        };
        let (level, start) = (self.level, &self.incumbent);
        let found = core.minimise(face, level, start, given, limits, context.deadline)?;
        self.trace(
            "core",
            &[
                ("options", core.size() as f64),
                ("found", found.value as f64),
                ("entire", f64::from(u8::from(core.entire))),
            ],
        );
        Ok(found)
    }

    /// What two sub-problems found, together.
    fn keep_merged(&mut self, found: &[Found]) {
        let [first, second] = found else { return };
        let point = self
            .incumbent
            .merged(&self.face, &first.point, &second.point);
        let value = self.face.layout.program.level_values(&point)[self.level];
        if value < self.incumbent.value && self.face.keeps_levels(&point) {
            self.adopt(point, value);
        }
    }

    /// The loss up to which so many options take part in sub-problems.
    pub(super) fn loss_limit(&self, narrowed: &Face, count: usize) -> i64 {
        self.certificate.loss_limit(narrowed, count)
    }
}
