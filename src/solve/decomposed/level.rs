//! One level: prices for the bound, cores for the value, until they meet.

use rayon::prelude::*;

use super::ascent::{FIRST_STEP, WARM_STEP, Wanted, climb, polish, price_scale};
use super::certificate::{Certificate, Prices, certify};
use super::core::{Core, Found, Incumbent};
use super::face::{Face, Objective};
use super::knots::{Knots, Tangle};
use super::neighbourhood::{Reach, agents_near, lossy_counters};
use super::work::{
    BRANCHED, BRANCHED_WORK, CLOSING, CORE, CORE_NODES, CORE_WORK, FREE_AGENTS, FRUITLESS, FULL,
    KNOT, KNOT_CROWD, KNOT_DIGITS, KNOT_GRAIN, MENDED, ROUNDS, SIDE_BY_SIDE, SKETCH, STALL,
    UNDECIDED, WIDE_CORE,
};
use crate::program::Point;
use crate::solve::backends::CallLimits;
use crate::solve::{Deadline, Progress, Proof, SolveError, SolveOptions, Trace, Watcher};

/// What a solve works with.
pub(super) struct Context<'a> {
    pub(super) options: &'a SolveOptions,
    pub(super) deadline: &'a Deadline<'a>,
    pub(super) watcher: &'a dyn Watcher,
    /// Scaled units for each unit of cost, by level.
    pub(super) scales: Vec<i64>,
    /// The part of each level that no choice changes.
    pub(super) constants: Vec<i64>,
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
    /// Solves a level on a face, from a point of it and, where they are known, from prices of a unit
    /// of each counter.
    pub(super) fn run(
        context: &'c Context<'c>,
        level: usize,
        face: Face<'f>,
        point: Point,
        known: Option<&[f64]>,
    ) -> Result<Self, SolveError> {
        let value = face.layout.program.evaluate(&point).levels[level];
        let scale = context.scales[level];
        let objective = face.objective(level, scale);
        let most = 64.0 * objective.largest().max(1) as f64;
        let price = |counter: usize| {
            let unit = known.map_or(0.0, |known| known[counter]);
            let step = unit * face.layout.steps[counter].lattice as f64;
            (step * scale as f64).clamp(-most, most).round() as i64
        };
        let prices = Prices {
            counters: (0..face.ranges.len()).map(price).collect(),
            budgets: vec![0; face.budgets.len()],
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
            late: false,
        };
        solve.raise_bound();
        if !solve.is_closed() {
            solve.search()?;
            solve.close()?;
        }
        Ok(solve)
    }

    /// Near enough is not closed: an open level is a row for all that follow, and a closed one
    /// leaves a smaller face. What is cheap is therefore tried while it helps.
    fn close(&mut self) -> Result<(), SolveError> {
        for _ in 0..CLOSING {
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

    fn search(&mut self) -> Result<(), SolveError> {
        // A short ascent first: with a good point in hand the long one may end early, and floors
        // are often closed by it.
        self.report("prices");
        let step = if self.is_warm { WARM_STEP } else { FIRST_STEP };
        self.find_prices(true, step, SKETCH);
        self.try_undecided()?;
        if self.is_closed() {
            return Ok(());
        }
        self.untie()?;
        if self.is_done() {
            return Ok(());
        }
        self.report("prices");
        let before = self.certificate.bound;
        self.find_prices(true, FIRST_STEP / 2.0, FULL);
        if self.certificate.bound > before && !self.is_closed() {
            // Not at the top yet: on, along this level alone.
            self.find_prices(false, FIRST_STEP / 50.0, FULL);
        }
        self.try_undecided()?;
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
            WIDE_CORE,
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
        let core = Core::averaged(&self.narrowed(), point, &self.averaged, 5e-3, CORE);
        self.try_core(&core)
    }

    /// The gap may be one between whole people and fractions of them, which no prices close; what
    /// is left has often become small enough to branch on.
    fn try_the_rest(&mut self) -> Result<(), SolveError> {
        let narrowed = self.narrowed();
        let rest = narrowed.alive_options().count();
        if rest <= BRANCHED {
            self.report("search");
            let core = Core::averaged(&narrowed, &self.incumbent.point, &self.averaged, 0.0, rest);
            self.try_core(&core)?;
        }
        Ok(())
    }

    /// Cores of the agents on whom the flows are least agreed.
    fn try_undecided(&mut self) -> Result<(), SolveError> {
        for count in UNDECIDED {
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
        let mut most = FREE_AGENTS;
        let mut fruitless = 0;
        for round in 0..ROUNDS {
            if self.is_done() || fruitless == FRUITLESS {
                break;
            }
            self.report("search");
            let narrowed = self.narrowed();
            let counters = lossy_counters(&narrowed, &self.certificate, &self.incumbent.point);
            let limit = self.loss_limit(&narrowed, 2 * WIDE_CORE);
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

    /// The loss up to which so many options take part in sub-problems.
    fn loss_limit(&self, narrowed: &Face, count: usize) -> i64 {
        let mut losses: Vec<i64> = narrowed
            .alive_options()
            .map(|option| self.certificate.options[option.0 as usize])
            .collect();
        losses.sort_unstable();
        losses.get(count).copied().unwrap_or(i64::MAX)
    }

    /// Climbs from the best prices known, with at most so many flows: along this level's costs
    /// alone or, `guided`, with the next level choosing among equals, which is where the options
    /// of the cores come from.
    fn find_prices(&mut self, guided: bool, first_step: f64, evaluations: usize) {
        let objective = if guided {
            self.guided()
        } else {
            self.objective.clone()
        };
        let wanted = Wanted {
            price_scale: price_scale(&self.face, &self.objective),
            first_step,
            stall: STALL,
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
        if let Some(polished) = polish(&self.face, &self.objective, prices, near, unit)
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
        if let Some((point, _)) = ascent.point {
            let value = self.face.layout.program.evaluate(&point).levels[self.level];
            if value < self.incumbent.value {
                self.incumbent = Incumbent { point, value };
            }
        }
        self.raise_bound();
        self.late |= deadline.is_over();
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
            let value = program.evaluate(&self.incumbent.point).levels[next];
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

    /// Looks at what prices cannot see: with all options at counters that few people share, then
    /// with the options of little loss at all counters.
    fn untie(&mut self) -> Result<(), SolveError> {
        let known = (self.incumbent.value, self.certificate.bound);
        if self.untied == Some(known) {
            return Ok(());
        }
        self.untied = Some(known);
        self.report("knots");
        let narrowed = self.narrowed();
        let choices = self.untie_on(&narrowed, KNOT_CROWD, i128::MAX);
        if self.is_closed() || self.late {
            return Ok(());
        }
        let mut near = self.narrowed();
        let limit = self.loss_limit(&near, KNOT);
        for (alive, &loss) in near.alive.iter_mut().zip(&self.certificate.options) {
            *alive &= loss <= limit;
        }
        let mended = self.untie_on(&near, usize::MAX, i128::from(limit));
        match mended.or(choices) {
            Some(choices) if !self.is_closed() => self.mend(&choices),
            _ => Ok(()),
        }
    }

    /// Looks for knots on a part of the face; options that it leaves out lose more than `beyond`.
    /// Returns choices that are nearly a point.
    fn untie_on(&mut self, face: &Face<'f>, crowd: usize, beyond: i128) -> Option<Point> {
        let tangle = Tangle {
            face,
            objective: &self.objective,
            certificate: &self.certificate,
            prices: &self.prices,
            grain: self.grain(),
            crowd,
            deadline: self.context.deadline,
        };
        let value = self.face.value(&self.objective, &self.incumbent.point);
        let mut knots = tangle.untie(&self.flow, value, &face.kept());
        self.late |= knots.late;
        if let Some((point, _)) = knots.point.take() {
            let value = self.face.layout.program.evaluate(&point).levels[self.level];
            if value < self.incumbent.value {
                self.incumbent = Incumbent { point, value };
            }
        }
        let figures = [
            ("rounds", knots.rounds as f64),
            ("knots", knots.all.len() as f64),
            ("lift", knots.lift as f64 / self.scale as f64),
            ("options", face.alive_options().count() as f64),
        ];
        let choices = knots.choices.take();
        // Beyond the limit nothing is known of who loses what; and where the point in hand loses
        // less than the knots, minilp claimed too much.
        let refuted = knots.lift > self.gap();
        if knots.lift > self.knots.lift && knots.lift <= beyond && !refuted {
            self.knots = knots;
        }
        self.raise_bound();
        self.trace("knots", &figures);
        choices
    }

    /// Scaled units in which knots count losses: fine against a unit, and so coarse that floating
    /// point still tells one from another.
    fn grain(&self) -> i64 {
        let fine = self.unit * self.scale / KNOT_GRAIN;
        let coarse = (self.gap() >> KNOT_DIGITS) as i64;
        fine.max(coarse).max(1)
    }

    /// From choices that are nearly a point to a point: everybody near what they miss is free.
    fn mend(&mut self, choices: &Point) -> Result<(), SolveError> {
        let narrowed = self.narrowed();
        let counters = lossy_counters(&narrowed, &self.certificate, choices);
        let limit = self.loss_limit(&narrowed, 2 * WIDE_CORE);
        for most in MENDED {
            if self.is_closed() {
                break;
            }
            let reach = Reach {
                limit,
                most,
                shift: 0,
            };
            let agents = agents_near(&narrowed, &self.certificate, &counters, reach);
            let core = Core::around(&narrowed, choices, &self.certificate, &agents, limit);
            let found = self.minimise(&narrowed, &core, Some(choices))?;
            self.keep(found);
        }
        Ok(())
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
            &self.certificate,
            |agent| agents[agent],
            |counter| counters[counter],
        );
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

    fn minimise(
        &self,
        face: &Face,
        core: &Core,
        given: Option<&Point>,
    ) -> Result<Found, SolveError> {
        let context = self.context;
        let nodes = if core.entire {
            (BRANCHED_WORK / (core.size() as u64 + 1)).max(CORE_NODES.0)
        } else {
            (CORE_WORK / (core.size() as u64 + 1)).clamp(CORE_NODES.0, CORE_NODES.1)
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

    /// What two sub-problems found, together.
    fn keep_merged(&mut self, found: &[Found]) {
        let [first, second] = found else { return };
        let point = self
            .incumbent
            .merged(&self.face, &first.point, &second.point);
        let value = self.face.layout.program.evaluate(&point).levels[self.level];
        if value < self.incumbent.value && self.face.keeps_levels(&point) {
            self.incumbent = Incumbent { point, value };
            self.raise_bound();
        }
    }

    /// The bound in whole units: points differ from the incumbent by multiples of the unit.
    fn raise_bound(&mut self) {
        let scale = i128::from(self.scale) * i128::from(self.unit);
        let bound = |gap: i128| self.incumbent.value - gap.div_euclid(scale) as i64 * self.unit;
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
        let changeable = (self.incumbent.value - self.context.constants[self.level]).abs();
        let gap = (self.incumbent.value - self.bound) as f64 / changeable.max(1) as f64;
        self.is_closed() || gap <= self.context.options.target_gap || self.late
    }

    /// The price of a unit of each counter, in cost units.
    pub(super) fn unit_prices(&self) -> Vec<f64> {
        let steps = self.face.layout.steps;
        let prices = self.prices.counters.iter().zip(steps);
        prices
            .map(|(&price, steps)| price as f64 / (self.scale * steps.lattice) as f64)
            .collect()
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
        for knot in &self.knots.all {
            if knot.least > 0 {
                let options = knot
                    .agents
                    .iter()
                    .flat_map(|&agent| program.agents()[agent as usize].options.clone());
                let counters = knot.counters.iter().copied();
                face.hold(&self.certificate, rest + knot.least, options, counters);
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
            elapsed: self.context.deadline.elapsed(),
        });
    }
}
