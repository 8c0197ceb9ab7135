//! One level: prices for the bound, cores for the value, until they meet.

use rayon::prelude::*;

use super::ascent::{Ascent, Wanted, climb};
use super::certificate::{Certificate, Prices, certify};
use super::core::{Core, Found, Incumbent};
use super::face::{Face, Objective};
use super::neighbourhood::{agents_near, lossy_counters};
use crate::program::{Point, greatest_common_divisor};
use crate::solve::backends::CallLimits;
use crate::solve::{Deadline, Progress, SolveError, SolveOptions, Watcher};

/// What a solve works with.
pub(super) struct Context<'a> {
    pub(super) options: &'a SolveOptions,
    pub(super) deadline: &'a Deadline<'a>,
    pub(super) watcher: &'a dyn Watcher,
    /// Scaled units for each unit of cost.
    pub(super) scale: i64,
    /// The part of each level that no choice changes.
    pub(super) constants: Vec<i64>,
}

/// Nodes of branch and bound for one core: more rarely helps, another core does.
const CORE_NODES: u64 = 150;
/// Options of the second core, and of what is solved whole once nothing more is left.
const WIDE_CORE: usize = 3000;
/// Rounds of sub-problems around the largest losses.
const ROUNDS: usize = 8;
/// Agents that a sub-problem sets free at first.
const FREE_AGENTS: usize = 150;
/// Sub-problems side by side. A fixed number: the plan must not depend on the machine.
const SIDE_BY_SIDE: usize = 2;

/// A level being solved.
pub(super) struct LevelSolve<'c, 'f> {
    context: &'c Context<'c>,
    level: usize,
    face: Face<'f>,
    objective: Objective,
    unit: i64,
    /// The best point.
    pub(super) incumbent: Incumbent,
    /// Proven.
    pub(super) bound: i64,
    certificate: Certificate,
    averaged: Vec<f32>,
    /// Whether the deadline cut the level.
    pub(super) late: bool,
}

impl<'c, 'f> LevelSolve<'c, 'f> {
    /// Solves a level on a face, from a point of it.
    pub(super) fn run(
        context: &'c Context<'c>,
        level: usize,
        face: Face<'f>,
        point: Point,
    ) -> Result<Self, SolveError> {
        let value = face.layout.program.evaluate(&point).levels[level];
        let objective = face.objective(level, context.scale);
        let nothing = Prices {
            counters: vec![0; face.ranges.len()],
            budgets: vec![0; face.budgets.len()],
        };
        let certificate = certify(&face, &objective, &nothing);
        let mut solve = Self {
            context,
            level,
            unit: objective.unit(&face, context.scale),
            averaged: vec![0.0; face.alive.len()],
            face,
            objective,
            incumbent: Incumbent { point, value },
            bound: i64::MIN,
            certificate,
            late: false,
        };
        solve.raise_bound();
        if !solve.is_closed() {
            solve.search()?;
        }
        Ok(solve)
    }

    fn search(&mut self) -> Result<(), SolveError> {
        self.report("prices");
        self.find_prices();
        if self.is_closed() {
            return Ok(());
        }
        for least in [5e-3, 2e-4] {
            self.report("core");
            let core = Core::averaged(
                &self.narrowed(),
                &self.incumbent.point,
                &self.averaged,
                least,
            );
            self.try_core(&core)?;
            if self.is_done() {
                return Ok(());
            }
        }
        let narrowed = self.narrowed();
        let core = Core::cheapest(
            &narrowed,
            &self.incumbent.point,
            &self.certificate,
            &self.averaged,
            WIDE_CORE,
        );
        self.try_core(&core)?;
        self.search_around_losses()
    }

    /// Sub-problems around the largest losses, side by side, wider where they find nothing.
    fn search_around_losses(&mut self) -> Result<(), SolveError> {
        let mut most = FREE_AGENTS;
        for _ in 0..ROUNDS {
            if self.is_done() {
                break;
            }
            self.report("search");
            let narrowed = self.narrowed();
            let counters = lossy_counters(&narrowed, &self.certificate, &self.incumbent.point);
            let limit = self.loss_limit(&narrowed);
            let found: Vec<Found> = (0..SIDE_BY_SIDE)
                .into_par_iter()
                .map(|part| {
                    let seeds: Vec<usize> = counters
                        .iter()
                        .copied()
                        .skip(part)
                        .step_by(SIDE_BY_SIDE)
                        .collect();
                    let agents = agents_near(&narrowed, &self.certificate, &seeds, limit, most);
                    let core = Core::around(
                        &narrowed,
                        &self.incumbent.point,
                        &self.certificate,
                        &agents,
                        limit,
                    );
                    self.minimise(&narrowed, &core)
                })
                .collect::<Result<_, _>>()?;
            let before = self.incumbent.value;
            for found in found {
                self.keep(found);
            }
            if self.incumbent.value == before {
                if most > self.face.layout.program.agents().len() {
                    break;
                }
                most *= 2;
            }
        }
        Ok(())
    }

    /// The loss up to which options take part in sub-problems.
    fn loss_limit(&self, narrowed: &Face) -> i64 {
        let mut losses: Vec<i64> = narrowed
            .alive_options()
            .map(|option| self.certificate.options[option.0 as usize])
            .collect();
        losses.sort_unstable();
        losses.get(2 * WIDE_CORE).copied().unwrap_or(i64::MAX)
    }

    fn find_prices(&mut self) {
        let context = self.context;
        let wanted = Wanted {
            stall: 15,
            enough: Some(self.scaled_value()),
            evaluations: 3000,
        };
        let climbed = climb(&self.face, &self.objective, None, wanted, context.deadline);
        let Some(Ascent {
            certificate,
            averaged,
            point,
            ..
        }) = climbed
        else {
            // A flow exists: the incumbent is one. Without an ascent the bound stays as it is.
            return;
        };
        if certificate.bound > self.certificate.bound {
            self.certificate = certificate;
        }
        self.averaged = averaged;
        if let Some((point, _)) = point {
            let value = self.face.layout.program.evaluate(&point).levels[self.level];
            if value < self.incumbent.value {
                self.incumbent = Incumbent { point, value };
            }
        }
        self.raise_bound();
        self.late |= context.deadline.is_over();
    }

    /// The face without what is proven to be in no better point.
    fn narrowed(&self) -> Face<'f> {
        let mut face = self.face.clone();
        face.shrink(&self.certificate, self.gap());
        face
    }

    fn try_core(&mut self, core: &Core) -> Result<(), SolveError> {
        let narrowed = self.narrowed();
        let found = self.minimise(&narrowed, core)?;
        if let Some(bound) = found.bound.filter(|_| core.entire) {
            // All that is left was in it, so its bound is one of the level.
            self.bound = self.bound.max(bound.min(found.value));
        }
        self.keep(found);
        Ok(())
    }

    fn minimise(&self, face: &Face, core: &Core) -> Result<Found, SolveError> {
        let context = self.context;
        let entire = core.entire && core.size() <= WIDE_CORE;
        let limits = CallLimits {
            target_gap: context.options.target_gap / 4.0,
            node_limit: if entire {
                context.options.node_limit
            } else {
                CORE_NODES.min(context.options.node_limit)
            },
        };
        core.minimise(face, self.level, &self.incumbent, limits, context.deadline)
    }

    fn keep(&mut self, found: Found) {
        self.late |= found.late;
        if found.value < self.incumbent.value {
            self.incumbent = Incumbent {
                point: found.point,
                value: found.value,
            };
            self.raise_bound();
        }
    }

    /// The bound in whole units: points differ from the incumbent by multiples of the unit.
    fn raise_bound(&mut self) {
        let scale = i128::from(self.context.scale) * i128::from(self.unit);
        let units = self.gap().div_euclid(scale) as i64;
        self.bound = self.bound.max(self.incumbent.value - units * self.unit);
    }

    fn scaled_value(&self) -> i128 {
        i128::from(self.incumbent.value) * i128::from(self.context.scale)
    }

    fn gap(&self) -> i128 {
        self.scaled_value() - self.certificate.bound
    }

    /// Whether nothing is left to prove.
    pub(super) fn is_closed(&self) -> bool {
        self.bound >= self.incumbent.value
    }

    fn is_done(&self) -> bool {
        let changeable = (self.incumbent.value - self.context.constants[self.level]).abs();
        let gap = (self.incumbent.value - self.bound) as f64 / changeable.max(1) as f64;
        self.is_closed() || gap <= self.context.options.target_gap || self.late
    }

    /// The face on which the next level is solved: all points that keep this one.
    pub(super) fn into_face(mut self) -> (Face<'f>, Point) {
        let gap = self.gap();
        self.face.shrink(&self.certificate, gap);
        self.face.hold(&self.certificate, gap);
        self.face.limits.push(self.incumbent.value);
        debug_assert!(
            self.face.contains(&self.incumbent.point),
            "a face keeps its point"
        );
        (self.face, self.incumbent.point)
    }

    fn report(&self, phase: &'static str) {
        self.context.watcher.progress(&Progress {
            // The level of missed limits comes before all levels of the program.
            level: self.level.saturating_sub(1),
            phase,
            value: (self.level > 0).then_some(self.incumbent.value),
            bound: (self.level > 0).then_some(self.bound),
            elapsed: self.context.deadline.elapsed(),
        });
    }
}

impl Objective {
    /// Values of points differ by multiples of it, in unscaled cost.
    fn unit(&self, face: &Face, scale: i64) -> i64 {
        let mut unit = 0;
        let program = face.layout.program;
        for agent in program.agent_indices() {
            let mut first = None;
            for option in program.options_of(agent) {
                if face.alive[option.0 as usize] {
                    let cost = self.options[option.0 as usize];
                    unit = greatest_common_divisor(unit, cost - *first.get_or_insert(cost));
                }
            }
        }
        for curve in &self.curves {
            for piece in &curve.pieces {
                unit = greatest_common_divisor(unit, piece.1);
            }
        }
        (unit / scale).max(1)
    }
}
