//! The steps inside a level, one by one, for `benches/stages.rs`.
//!
//! Benches are a crate of their own and reach only what is public, and none of these steps is of
//! use to anybody else: hence this door, which is hidden from the documentation and promises
//! nothing. What it opens is what a solve runs, on the face and from the point that the levels
//! before have left, so that a figure of a step can be laid beside that of the level.

use std::sync::atomic::AtomicBool;

use super::ascent::{Ascent, FIRST_STEP, Wanted, climb, price_cap, price_scale};
use super::certificate::{Certificate, certify};
use super::core::{Core, Incumbent};
use super::creep::NEAR_STEP;
use super::face::{Face, Layout, Objective};
use super::level::{Context, LevelSolve};
use super::relaxed::{Answer, Relaxed};
use super::work::Work;
use super::{first_options, scales};
use crate::program::{Point, Program};
use crate::solve::backends::CallLimits;
use crate::solve::{Deadline, Silent, SolveError, SolveOptions};

/// A level about to be solved, with prices that a short ascent has found.
pub struct Stage<'f> {
    context: &'f Context<'f>,
    level: usize,
    face: &'f Face<'f>,
    objective: &'f Objective,
    incumbent: Incumbent,
    ascent: Ascent,
    certificate: Certificate,
}

/// Solves what comes before a level of a program and hands the level to `work`; `None` where the
/// engine cannot take the program.
pub fn at_level<Made>(
    program: &Program,
    level: usize,
    work: impl FnOnce(&Stage<'_>) -> Made,
) -> Option<Made> {
    let (options, never) = (SolveOptions::default(), AtomicBool::new(false));
    let deadline = Deadline::start(None, &never);
    let elastic = program.with_elastic_limits();
    let steps = elastic.steps().ok()?;
    let scales = scales(&elastic, &steps)?;
    let layout = Layout::new(&elastic, &steps);
    let usual = Work::USUAL;
    let context = Context::new(&elastic, scales, usual, &options, &deadline, &Silent);
    // The hard limits are the engine's first level.
    let level = level + 1;
    let (mut face, mut point) = (Face::whole(&layout), first_options(&elastic));
    for before in 0..level {
        let solve = LevelSolve::run(&context, before, face, point, None).ok()?;
        (face, point) = solve.into_face();
    }
    let objective = face.objective(level, context.scales[level]);
    let stage = Stage::new(&context, level, &face, &objective, point)?;
    Some(work(&stage))
}

impl<'f> Stage<'f> {
    fn new(
        context: &'f Context<'f>,
        level: usize,
        face: &'f Face<'f>,
        objective: &'f Objective,
        point: Point,
    ) -> Option<Self> {
        let wanted = Wanted {
            price_scale: price_scale(face, objective),
            first_step: FIRST_STEP,
            stall: Work::USUAL.stall,
            enough: None,
            target: (level, i64::MIN),
            evaluations: Work::USUAL.sketch,
        };
        let ascent = climb(
            face,
            objective,
            None,
            Some(&point),
            wanted,
            context.deadline,
        )?;
        let value = face.layout.program.evaluate(&point).levels[level];
        Some(Self {
            context,
            level,
            face,
            objective,
            incumbent: Incumbent { point, value },
            certificate: certify(face, objective, &ascent.prices),
            ascent,
        })
    }

    /// A network, and its first flow: from nothing, under the prices of the ascent.
    pub fn cold_flow(&self) -> Flow<'_> {
        let scale = price_scale(self.face, self.objective);
        let cap = price_cap(self.face, self.objective, scale);
        let mut relaxed = Relaxed::new(self.face, self.objective, cap, None);
        let prices = &self.ascent.prices;
        let sides: Vec<i64> = relaxed
            .sides
            .iter()
            .map(|side| prices.counters[side.counter])
            .collect();
        let budgets = prices.budgets.clone();
        let answer = relaxed
            .evaluate(&sides, &budgets)
            .expect("the ascent's flow exists");
        Flow {
            step: NEAR_STEP * scale,
            relaxed,
            sides,
            budgets,
            answer,
        }
    }

    /// What every option and every counter loses under the prices, and the bound: proven.
    pub fn pricing_pass(&self) -> i128 {
        certify(self.face, self.objective, &self.ascent.prices).bound
    }

    /// An integer program of the options that the ascent's flows used; returns the value found.
    ///
    /// # Errors
    /// Where minilp's point breaks the program.
    pub fn core(&self) -> Result<i64, SolveError> {
        let gap = self.face.value(self.objective, &self.incumbent.point) - self.certificate.bound;
        let mut narrowed = self.face.clone();
        narrowed.shrink(&self.certificate, |_| gap, |_| gap);
        let averaged = &self.ascent.averaged;
        let core = Core::averaged(
            &narrowed,
            &self.incumbent.point,
            averaged,
            5e-3,
            Work::USUAL.core,
        );
        let nodes = Work::USUAL.core_effort / (core.size() as u64 + 1);
        let limits = CallLimits {
            target_gap: self.context.options.target_gap / 4.0,
            node_limit: nodes.clamp(Work::USUAL.core_nodes.0, Work::USUAL.core_nodes.1),
        };
        let (start, deadline) = (&self.incumbent, self.context.deadline);
        let found = core.minimise(&narrowed, self.level, start, None, limits, deadline)?;
        Ok(found.value)
    }

    /// The whole level; returns its value and its bound.
    ///
    /// # Errors
    /// Where a solver failed.
    pub fn solve(&self) -> Result<(i64, i64), SolveError> {
        let (face, point) = (self.face.clone(), self.incumbent.point.clone());
        let solve = LevelSolve::run(self.context, self.level, face, point, None)?;
        Ok((solve.incumbent.value, solve.bound))
    }
}

/// A flow that is kept warm.
pub struct Flow<'f> {
    relaxed: Relaxed<'f>,
    /// What one change moves a price by, in scaled units.
    step: f64,
    sides: Vec<i64>,
    budgets: Vec<i64>,
    answer: Answer,
}

impl Flow<'_> {
    /// Moves every price that has slack by a step, as an ascent does near the top, and solves the
    /// flow again; returns the bound.
    pub fn after_price_change(&mut self) -> i128 {
        let rows = self.sides.iter_mut().zip(&self.relaxed.sides);
        for ((price, side), &slack) in rows.zip(&self.answer.slack) {
            let change = if slack == 0.0 { 0.0 } else { slack.signum() };
            let moved = *price + (self.step * change / side.spread).round() as i64;
            *price = moved.clamp(side.interval.0, side.interval.1);
        }
        self.answer = self
            .relaxed
            .evaluate(&self.sides, &self.budgets)
            .expect("a flow that exists does so at any price");
        self.answer.bound
    }
}
