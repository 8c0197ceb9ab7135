//! Prices that are nearly right: an ascent for few rows, whose limits have changed.
//!
//! Of hundreds of rows a changed limit concerns a handful; the prices of all others are those of
//! the solve before. A row's step grows while its slack keeps its sign, so that one price comes a
//! long way in ten flows and no other is led astray. (Signs and steps row by row: Riedmiller, Braun,
//! *A direct adaptive method for faster backpropagation learning: the RPROP algorithm*, 1993.)
//! Where a turn has shown between which prices the best one lies, the roundest number between them is
//! tried: people weigh in round numbers, so the prices at which choices change are round as well, and
//! halving would come near them for ever.

use super::ascent::{Ascent, Climb, Wanted};
use super::certificate::Prices;
use super::face::{Face, Objective};
use super::relaxed::Relaxed;
use crate::solve::Deadline;

/// First step of a row, as a share of the price scale, for each use of an option that it has too
/// much or too little.
pub(super) const NEAR_STEP: f64 = 5e-4;
/// Largest first step, in those; one row's slack may be that of hundreds.
const MOST_USES: f64 = 16.0;
/// Largest step, as a share of the price scale.
const LARGEST: f64 = 0.5;
/// Flows with slack of one sign, between two known ends, after which the other end is doubted: rows
/// bear on each other.
const STRAIGHT: u32 = 3;
/// Flows without a rise that counts, after which no more is to be had.
const LULL: usize = 5;
/// The largest number, in units of cost, of which prices are tried as multiples.
const ROUNDEST: f64 = 1e9;

/// What a row is measured in, in scaled units for each use of an option.
#[derive(Debug, Clone, Copy)]
struct Measure {
    /// What a large but usual choice is worth.
    scale: f64,
    /// A unit of cost.
    unit: f64,
    /// The least change that is one when prices are rounded.
    least: f64,
    /// Least and largest price that can be of use.
    interval: (f64, f64),
}

/// Where a row's best price is sought.
#[derive(Debug, Clone, Copy, Default)]
struct Search {
    /// The last change.
    step: f64,
    /// Sign of the last slack that was not zero.
    sign: f64,
    /// Flows since the last turn.
    straight: u32,
    /// The last price at which the row had too much.
    low: Option<f64>,
    /// The last price at which it had too little.
    high: Option<f64>,
    /// Whether the last price was one from which the way to the best is known: next to a round one, or
    /// on the way to the first turn.
    probed: bool,
}

impl Search {
    /// The next price for a slack, counted in uses of options.
    fn next(&mut self, price: f64, uses: f64, measure: Measure) -> f64 {
        if uses == 0.0 {
            return price;
        }
        let is_first = self.sign == 0.0;
        self.learn(price, uses.signum());
        let next = match (self.low, self.high) {
            (Some(low), Some(high)) if high - low <= 2.0 * measure.least => {
                // Arrived: slack of one sign is no sign of doubt.
                self.straight = 0;
                return price;
            }
            (Some(low), Some(high)) => {
                // Whether a price is the best one is known from the one next to it.
                self.probed = !self.probed;
                if self.probed {
                    price + self.sign * measure.least
                } else {
                    roundest(low, high, measure.unit)
                }
            }
            _ => {
                let first = NEAR_STEP * measure.scale;
                let step = if is_first {
                    first * uses.abs().clamp(1.0, MOST_USES)
                } else {
                    (2.0 * self.step).clamp(first, LARGEST * measure.scale)
                };
                self.probed = true;
                price + self.sign * step
            }
        };
        let (least, largest) = measure.interval;
        let within = next.clamp(least, largest);
        // An end of what is of use is as likely the best as a round number.
        self.probed &= (least..=largest).contains(&next);
        self.step = (within - price).abs();
        within
    }

    /// Takes note of the sign of the slack at a price.
    fn learn(&mut self, price: f64, sign: f64) {
        self.straight = if sign * self.sign > 0.0 {
            self.straight + 1
        } else {
            0
        };
        self.sign = sign;
        let is_doubted = self.straight >= STRAIGHT;
        if sign > 0.0 {
            self.low = Some(price);
            self.high = self.high.filter(|&high| high > price && !is_doubted);
        } else {
            self.high = Some(price);
            self.low = self.low.filter(|&low| low < price && !is_doubted);
        }
    }
}

/// The roundest number between two others, the one nearest to their middle where there are several.
fn roundest(low: f64, high: f64, unit: f64) -> f64 {
    let middle = f64::midpoint(low, high);
    let mut decade = ROUNDEST * unit;
    while decade >= 1.0 {
        for part in [1.0, 0.5, 0.2] {
            let grain = decade * part;
            let multiple = (middle / grain).round() * grain;
            if low < multiple && multiple < high {
                return multiple;
            }
        }
        decade /= 10.0;
    }
    middle
}

/// Climbs from `start` on a network that may already be warm; `unit` is what a unit of cost is,
/// scaled, and `rise` what counts as one of the bound. `None` where the face has no flow.
pub(super) fn creep<'f>(
    relaxed: &mut Relaxed<'f>,
    (face, objective): (&'f Face<'f>, &'f Objective),
    (start, cap): (&Prices, i64),
    (wanted, unit, rise): (Wanted, i64, i128),
    deadline: &Deadline<'_>,
) -> Option<Ascent> {
    let level = wanted.target.0;
    let mut climb = Climb::new(relaxed, face, objective, Some(start), level, cap);
    let mut searches = vec![Search::default(); climb.price.len()];
    let mut answer = climb.evaluate()?;
    let mut moves = true;
    let (mut record, mut since) = (answer.bound, 0);
    while climb.evaluations < wanted.evaluations.0
        && !climb.has_reached(wanted, climb.best_bound(&answer))
        && moves
        && since < LULL
        && !deadline.is_over()
    {
        moves = false;
        for (row, (search, &slack)) in searches.iter_mut().zip(&answer.slack).enumerate() {
            let (spread, before) = (climb.spread[row], climb.price[row]);
            let (low, high) = climb.interval[row];
            let measure = Measure {
                scale: wanted.price_scale,
                unit: unit as f64,
                least: spread.max(1.0),
                interval: (low * spread, high * spread),
            };
            let next = search.next(before * spread, slack / spread, measure) / spread;
            climb.price[row] = next.clamp(low, high);
            moves |= climb.price[row].round() as i64 != before.round() as i64;
        }
        answer = climb.evaluate()?;
        let best = climb.best_bound(&answer);
        if best - record > rise {
            (record, since) = (best, 0);
        } else {
            since += 1;
        }
    }
    if climb.evaluations == 1 {
        // After more flows cores find what a descent does not.
        climb.descend();
    }
    Some(climb.finish())
}
