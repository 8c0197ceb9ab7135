//! Knots of a level: what prices cannot see, and from their choices to a point.

use super::LevelSolve;
use crate::program::Point;
use crate::solve::SolveError;
use crate::solve::decomposed::core::Core;
use crate::solve::decomposed::face::Face;
use crate::solve::decomposed::knots::Tangle;
use crate::solve::decomposed::neighbourhood::{Reach, agents_near, lossy_counters};
use crate::solve::decomposed::work::{KNOT_DIGITS, KNOT_GRAIN};

impl<'f> LevelSolve<'_, 'f> {
    /// Looks at what prices cannot see: with all options at counters that few people share, then
    /// with the options of little loss at all counters.
    pub(super) fn untie(&mut self) -> Result<(), SolveError> {
        let known = (self.incumbent.value, self.certificate.bound);
        if self.untied == Some(known) || self.is_known_open() {
            return Ok(());
        }
        self.untied = Some(known);
        self.report("knots");
        let narrowed = self.narrowed();
        let choices = self.untie_on(&narrowed, self.context.work.knot_crowd, i64::MAX);
        if self.is_closed() || self.late {
            return Ok(());
        }
        let mut near = self.narrowed();
        let limit = self.loss_limit(&near, self.context.work.knot);
        for (alive, &loss) in near.alive.iter_mut().zip(&self.certificate.options) {
            *alive &= loss <= limit;
        }
        let mended = self.untie_on(&near, usize::MAX, limit);
        match mended.or(choices) {
            Some(choices) if !self.is_closed() => self.mend(&choices),
            _ => Ok(()),
        }
    }

    /// The first half of [`Self::untie`] alone.
    pub(super) fn untie_few(&mut self) {
        let known = Some((self.incumbent.value, self.bound));
        if self.untied_few == known || self.is_known_open() {
            return;
        }
        self.untied_few = known;
        self.report("knots");
        let narrowed = self.narrowed();
        self.untie_on(&narrowed, self.context.work.knot_crowd, i64::MAX);
    }

    /// Whether another solve of the same program found no more knots from here.
    fn is_known_open(&self) -> bool {
        self.left == Some((self.incumbent.value, self.bound))
    }

    /// Looks for knots on a part of the face; options that it leaves out lose more than `beyond`.
    /// Returns choices that are nearly a point.
    fn untie_on(&mut self, face: &Face<'f>, crowd: usize, beyond: i64) -> Option<Point> {
        let tangle = Tangle {
            face,
            objective: &self.objective,
            certificate: &self.certificate,
            prices: &self.prices,
            beyond,
            known: &self.known_knots,
            grain: self.grain(),
            crowd,
            work: &self.context.work,
            deadline: self.context.deadline,
        };
        let value = self.face.value(&self.objective, &self.incumbent.point);
        let mut knots = tangle.untie(&self.flow, value, &face.kept());
        self.late |= knots.late;
        if let Some((point, _)) = knots.point.take() {
            let value = self.face.layout.program.level_values(&point)[self.level];
            self.adopt(point, value);
        }
        let figures = [
            ("rounds", knots.rounds as f64),
            ("knots", knots.all.len() as f64),
            ("lift", knots.lift as f64 / self.scale as f64),
            ("options", face.alive_options().count() as f64),
        ];
        let choices = knots.choices.take();
        // Whoever takes an option beyond the limit loses no more than that for certain; and where the
        // point in hand loses less than the knots, minilp claimed too much.
        let refuted = knots.lift > self.gap();
        if knots.lift > self.knots.lift && knots.lift <= i128::from(beyond) && !refuted {
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
        let limit = self.loss_limit(&narrowed, 2 * self.context.work.wide_core);
        for most in self.context.work.mended {
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
}
