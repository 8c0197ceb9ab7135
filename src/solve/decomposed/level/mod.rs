//! One level: prices for the bound, cores for the value, until they meet.

mod near;
mod search;
mod untie;

use super::ascent::{Ascent, Wanted, climb, price_scale};
use super::certificate::{Certificate, Prices, certify};
use super::core::{Found, Incumbent};
use super::face::{Face, Objective};
use super::knots::Knots;
use super::polish::{Polished, polish};
use super::work::Work;
use crate::program::{CounterIndex, Point, Program};
use crate::solve::{
    Deadline, Progress, Proof, SolveError, SolveOptions, Trace, Watcher, relative_gap,
};

/// What a solve works with.
pub(super) struct Context<'a> {
    pub(super) options: &'a SolveOptions,
    pub(super) deadline: &'a Deadline<'a>,
    pub(super) watcher: &'a dyn Watcher,
    /// Scaled units for each unit of cost, by level.
    pub(super) scales: Vec<i64>,
    /// The part of each level that no choice changes.
    constants: Vec<i64>,
    /// How far each step goes.
    work: Work,
}

impl<'a> Context<'a> {
    /// A context for a program without hard limits, with the scale of each of its levels.
    pub(super) fn new(
        program: &Program,
        scales: Vec<i64>,
        work: Work,
        options: &'a SolveOptions,
        deadline: &'a Deadline<'a>,
        watcher: &'a dyn Watcher,
    ) -> Self {
        Self {
            options,
            deadline,
            watcher,
            scales,
            constants: (0..program.levels())
                .map(|level| program.unchangeable(level))
                .collect(),
            work,
        }
    }

    /// The part of a level that no choice changes.
    pub(super) fn constant(&self, level: usize) -> i64 {
        self.constants[level]
    }
}

/// What another solve has left of a level.
pub(super) struct Known {
    /// The price of a unit of each counter.
    pub(super) prices: Vec<f64>,
    /// Counters that were knots.
    pub(super) knots: Vec<u32>,
    /// Where that was a solve of the same program: value and bound, with which knots were of no more
    /// use.
    pub(super) left: Option<(i64, i64)>,
}

/// A level being solved.
pub(super) struct LevelSolve<'c, 'f> {
    context: &'c Context<'c>,
    level: usize,
    /// Scaled units for each unit of cost.
    scale: i64,
    face: Face<'f>,
    objective: Objective,
    unit: i64,
    /// The best point.
    pub(super) incumbent: Incumbent,
    /// Proven.
    pub(super) bound: i64,
    /// On whose word the bound stands.
    pub(super) proof: Proof,
    certificate: Certificate,
    prices: Prices,
    /// Whether the first prices are another solve's.
    is_warm: bool,
    /// Counters that were knots of another solve.
    known_knots: Vec<u32>,
    /// Where another solve of the same program has left the level open, with what it looked for knots
    /// last.
    left: Option<(i64, i64)>,
    /// Value and bound with which the first half of the knots was looked for last.
    untied_few: Option<(i64, i64)>,
    /// The choices of the flow under the prices.
    flow: Point,
    /// What is lost beyond the certificate, by branch and bound.
    knots: Knots,
    /// The value and the bound with which knots were looked for last.
    untied: Option<(i64, i128)>,
    averaged: Vec<f32>,
    /// Whether the deadline cut the level.
    pub(super) late: bool,
}

impl<'c, 'f> LevelSolve<'c, 'f> {
    /// Solves a level on a face, from a point of it and from what is known of it.
    pub(super) fn run(
        context: &'c Context<'c>,
        level: usize,
        face: Face<'f>,
        point: Point,
        known: Option<Known>,
    ) -> Result<Self, SolveError> {
        let value = face.layout.program.level_values(&point)[level];
        let scale = context.scales[level];
        let objective = face.objective(level, scale);
        let prices = match &known {
            Some(known) => near::taken_over(&face, &objective, &known.prices, scale),
            None => Prices {
                counters: vec![0; face.ranges.len()],
                budgets: vec![0; face.budgets.len()],
            },
        };
        let certificate = certify(&face, &objective, &prices);
        let mut solve = Self {
            context,
            level,
            scale,
            unit: objective.unit(&face, scale),
            averaged: vec![0.0; face.alive.len()],
            face,
            objective,
            flow: point.clone(),
            knots: Knots::default(),
            untied: None,
            incumbent: Incumbent { point, value },
            bound: i64::MIN,
            proof: Proof::Prices,
            certificate,
            prices,
            is_warm: known.is_some(),
            left: known.as_ref().and_then(|known| known.left),
            known_knots: known.map_or_else(Vec::new, |known| known.knots),
            untied_few: None,
            late: false,
        };
        solve.raise_bound();
        solve.trace("start", &[]);
        if !solve.is_closed() {
            solve.search()?;
            solve.close()?;
        }
        Ok(solve)
    }

    /// Climbs from the best prices known, with so many flows, usually and at most: along this level's costs
    /// alone or, `guided`, with the next level choosing among equals, which is where the options
    /// of the cores come from.
    fn find_prices(&mut self, guided: bool, first_step: f64, evaluations: (usize, usize)) {
        let objective = if guided {
            self.guided()
        } else {
            self.objective.clone()
        };
        let wanted = Wanted {
            price_scale: price_scale(&self.face, &self.objective),
            first_step,
            stall: self.context.work.stall,
            enough: Some(self.face.value(&objective, &self.incumbent.point)),
            target: (self.level, self.bound),
            evaluations,
        };
        let (start, deadline) = (Some(&self.prices), self.context.deadline);
        let Some(ascent) = climb(
            &self.face,
            &objective,
            start,
            Some(&self.flow),
            wanted,
            deadline,
        ) else {
            // A flow exists: the incumbent is one. Without an ascent the bound stays as it is.
            return;
        };
        let unit = self.unit * self.scale;
        let (prices, near) = (&ascent.prices, Some(&ascent.flow));
        let enough = self.scaled_value();
        let polished = polish(&self.face, &self.objective, prices, near, unit, enough);
        self.learn(ascent, polished, guided);
    }

    /// Takes over what an ascent has found.
    fn learn(&mut self, ascent: Ascent, polished: Option<Polished>, guided: bool) {
        if let Some(polished) = polished
            && polished.certificate.bound > self.certificate.bound
        {
            self.certificate = polished.certificate;
            self.prices = polished.prices;
            self.flow = polished.flow;
            // They belong to the certificate that they were found under.
            self.knots = Knots::default();
        }
        if guided {
            self.averaged = ascent.averaged;
        }
        if let Some(reached) = ascent.point {
            self.adopt(reached.point, reached.value);
        }
        self.raise_bound();
        self.late |= self.context.deadline.is_over();
        self.trace(
            if guided { "guided ascent" } else { "ascent" },
            &[("flows", ascent.evaluations as f64)],
        );
    }

    /// The level's costs and so little of the next level's that they only choose among equals.
    /// Where thousands of ways are equally good, the flows would otherwise wander among them, and
    /// no small core would hold what they use.
    fn guided(&self) -> Objective {
        let mut guided = self.objective.clone();
        let program = self.face.layout.program;
        let next = self.level + 1;
        if next < program.levels() {
            let value = program.level_values(&self.incumbent.point)[next];
            let changeable = (value - self.context.constants[next]).unsigned_abs().max(1);
            let finer = self.face.objective(next, 1);
            // Neither all choices together nor a single one may come near a unit of this level.
            let unit = (self.unit * self.scale) as u64;
            let single = finer.largest().unsigned_abs().max(1);
            let times = (unit / 4 / changeable).min(unit / 16 / single);
            guided.add(&finer, times as i64);
        }
        guided
    }

    /// The face without what is proven to be in no better point.
    fn narrowed(&self) -> Face<'f> {
        let mut face = self.face.clone();
        self.shrink(&mut face);
        face
    }

    /// A knot loses at least so much in any case, so what it has beyond that is all that the gap
    /// leaves to others, and to others no more than the gap less all knots.
    fn shrink(&self, face: &mut Face<'f>) {
        let rest = self.gap() - self.knots.lift;
        let mut agents = vec![rest; face.layout.program.agents().len()];
        let mut counters = vec![rest; face.ranges.len()];
        for knot in &self.knots.all {
            for &agent in &knot.agents {
                agents[agent as usize] = rest + knot.least;
            }
            for &counter in &knot.counters {
                counters[counter as usize] = rest + knot.least;
            }
        }
        face.shrink(
            &self.knots.beside(&self.certificate),
            |agent| agents[agent],
            |counter| counters[counter],
        );
    }

    fn keep(&mut self, found: Found) {
        self.late |= found.late;
        self.adopt(found.point, found.value);
    }

    /// Takes over a point of the face if it is better than the one in hand.
    fn adopt(&mut self, point: Point, value: i64) {
        if value >= self.incumbent.value {
            return;
        }
        self.incumbent = Incumbent { point, value };
        if self.knots.lift > self.gap() || value < self.bound {
            // A point below what branch and bound called least: its word counts no more.
            self.knots = Knots::default();
            self.bound = i64::MIN;
        }
        self.raise_bound();
    }

    /// The bound in whole units: points differ from the incumbent by multiples of the unit.
    fn raise_bound(&mut self) {
        let (value, unit) = (i128::from(self.incumbent.value), i128::from(self.unit));
        let scale = i128::from(self.scale) * unit;
        // Prices of another solve may be so far off that the gap is beyond any value.
        let bound = |gap: i128| {
            let below = value - gap.div_euclid(scale) * unit;
            below.max(i64::MIN.into()) as i64
        };
        let priced = bound(self.gap());
        let lifted = bound((self.gap() - self.knots.lift).max(0));
        if priced >= self.bound {
            (self.bound, self.proof) = (priced, Proof::Prices);
        }
        if lifted > self.bound {
            (self.bound, self.proof) = (lifted, Proof::BranchAndBound);
        }
    }

    fn scaled_value(&self) -> i128 {
        i128::from(self.incumbent.value) * i128::from(self.scale)
    }

    fn gap(&self) -> i128 {
        self.scaled_value() - self.certificate.bound
    }

    /// Whether nothing is left to prove.
    pub(super) fn is_closed(&self) -> bool {
        self.bound >= self.incumbent.value
    }

    fn is_done(&self) -> bool {
        let is_near = || self.relative_gap() <= self.context.options.target_gap;
        self.is_closed() || self.late || self.left.is_some() || is_near()
    }

    fn relative_gap(&self) -> f64 {
        let constant = self.context.constants[self.level];
        relative_gap(self.incumbent.value, self.bound, constant)
    }

    /// The price of a unit of each counter, in cost units.
    pub(super) fn unit_prices(&self) -> Vec<f64> {
        let steps = self.face.layout.steps;
        let prices = self.prices.counters.iter().zip(steps);
        prices
            .map(|(&price, steps)| price as f64 / (self.scale * steps.lattice) as f64)
            .collect()
    }

    /// The counters of what prices could not see.
    pub(super) fn knotted(&self) -> Vec<CounterIndex> {
        let knots = self.knots.all.iter();
        let mut counters: Vec<_> = knots
            .flat_map(|knot| &knot.counters)
            .map(|&counter| CounterIndex(counter))
            .collect();
        counters.sort_unstable();
        counters
    }

    /// The face on which the next level is solved: all points that keep this one.
    pub(super) fn into_face(mut self) -> (Face<'f>, Point) {
        self.hold();
        self.face.limits.push(self.incumbent.value);
        debug_assert!(
            self.face.contains(&self.incumbent.point),
            "a face keeps its point"
        );
        (self.face, self.incumbent.point)
    }

    fn hold(&mut self) {
        let mut face = self.face.clone();
        self.shrink(&mut face);
        let gap = self.gap();
        let rest = gap - self.knots.lift;
        let program = face.layout.program;
        let beside = self.knots.beside(&self.certificate);
        for knot in &self.knots.all {
            if knot.least > 0 {
                let options = knot
                    .agents
                    .iter()
                    .flat_map(|&agent| program.agents()[agent as usize].options.clone());
                let counters = knot.counters.iter().copied();
                face.hold(&beside, rest + knot.least, options, counters);
            }
        }
        if rest > 0 {
            let options = 0..program.options().len() as u32;
            let counters = 0..program.counters().len() as u32;
            face.hold(&self.certificate, gap, options, counters);
        }
        self.face = face;
    }

    fn trace(&self, step: &'static str, figures: &[(&'static str, f64)]) {
        let mut all = vec![
            ("value", self.incumbent.value as f64),
            ("bound", self.bound as f64),
        ];
        all.extend_from_slice(figures);
        self.context.watcher.trace(&Trace {
            level: self.level.checked_sub(1),
            step,
            figures: &all,
            elapsed: self.context.deadline.elapsed(),
        });
    }

    fn report(&self, phase: &'static str) {
        self.context.watcher.progress(&Progress {
            // The level of missed limits comes before all levels of the program.
            level: self.level.saturating_sub(1),
            phase,
            value: (self.level > 0).then_some(self.incumbent.value),
            bound: (self.level > 0).then_some(self.bound),
            gap: (self.level > 0).then(|| self.relative_gap()),
            elapsed: self.context.deadline.elapsed(),
        });
    }
}
