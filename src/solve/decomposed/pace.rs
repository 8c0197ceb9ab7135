//! How far an ascent steps, and when it has gone far enough.

use super::ascent::Wanted;

/// Step at which an ascent ends, as a share of the price scale.
const LAST_STEP: f64 = 1e-6;
/// Factor of the step on a stall.
const SHRINK: f64 = 0.7;
/// Largest step, in first steps. Where most costs are zero, hundreds of prices must come a long
/// way together, and the bound rises straight with the step; elsewhere the step never gets there.
const GROWTH: f64 = 30.0;
/// How many times longer a stall may last at the first step and above: where most costs are zero,
/// prices of many rows must rise together before the bound does.
const PATIENCE: usize = 4;
/// Evaluations with progress after which the step grows again.
const RISES: usize = 6;
/// Evaluations without progress, one after the other, after which those with progress are counted
/// from none: flows swing, and every few of them bring nothing even straight uphill.
const LULL: usize = 6;
/// Rise, relative to the bound's changeable part, that counts as progress.
const PROGRESS: f64 = 2e-6;
/// Share of the whole rise in the last half of the usual evaluations that is worth going on for.
const STEEP: i128 = 10;

/// The step of an ascent, by the bounds that it has reached.
#[derive(Debug)]
pub(super) struct Pace {
    /// The present step, in scaled units.
    pub(super) step: f64,
    wanted: Wanted,
    /// The bound at the start.
    trivial: i128,
    /// The bound at the last progress.
    record: i128,
    since: usize,
    rises: usize,
    /// Evaluations and bound where the slope was looked at last.
    mark: (usize, i128),
    is_steep: bool,
}

impl Pace {
    /// The pace of an ascent from a bound.
    pub(super) fn new(wanted: Wanted, trivial: i128) -> Self {
        Self {
            step: wanted.first_step * wanted.price_scale,
            wanted,
            trivial,
            record: trivial,
            since: 0,
            rises: 0,
            mark: (0, trivial),
            is_steep: false,
        }
    }

    /// Whether to end after so many evaluations with this bound as the best.
    pub(super) fn is_over(&mut self, evaluations: usize, best: i128) -> bool {
        let (usual, most) = self.wanted.evaluations;
        if evaluations >= self.mark.0 + usual / 2 {
            self.is_steep = (best - self.mark.1) * STEEP > best - self.trivial;
            self.mark = (evaluations, best);
        }
        self.step < LAST_STEP * self.wanted.price_scale
            || evaluations >= most
            || (evaluations >= usual && !self.is_steep)
    }

    /// Takes note of the best bound after an evaluation; whether the ascent stalls and must go
    /// back to its best point.
    pub(super) fn stalls(&mut self, best: i128) -> bool {
        let scale = self.wanted.price_scale;
        let first = self.wanted.first_step * scale;
        let progress = PROGRESS * ((best - self.trivial) as f64 + scale);
        if (best - self.record) as f64 > progress {
            (self.since, self.record) = (0, best);
            self.rises += 1;
            if self.rises == RISES {
                // Straight uphill: the step is too small.
                self.rises = 0;
                self.step = (self.step / SHRINK).min(GROWTH * first);
            }
        } else {
            self.since += 1;
            if self.since > LULL {
                self.rises = 0;
            }
        }
        let patience = if self.step < first {
            self.wanted.stall
        } else {
            PATIENCE * self.wanted.stall
        };
        let stalls = self.since >= patience;
        if stalls {
            self.since = 0;
            self.step *= SHRINK;
        }
        stalls
    }
}
