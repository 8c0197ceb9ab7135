//! Prices that are nearly right: an ascent for few rows, whose limits have changed.
//!
//! Of hundreds of rows a changed limit concerns a handful; the prices of all others are those of
//! the solve before. A row's step grows while its slack keeps its sign and halves from the first
//! turn on, so that one price comes a long way in ten flows and no other is led astray. (Signs and
//! steps row by row: Riedmiller, Braun, *A direct adaptive method for faster backpropagation
//! learning: the RPROP algorithm*, 1993.)

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
/// Largest step of a flow at which all rows have arrived, likewise.
const ARRIVED: f64 = 1e-6;
/// Flows with slack of one sign, after a turn, that make a step grow again.
const STRAIGHT: u32 = 2;

/// How far a row steps.
#[derive(Debug, Clone, Copy, Default)]
struct Stride {
    step: f64,
    /// Sign of the last slack that was not zero.
    sign: f64,
    turned: bool,
    /// Flows since the last turn.
    straight: u32,
}

impl Stride {
    /// The change of the row's price for a slack, counted in uses of options.
    fn next(&mut self, uses: f64, scale: f64) -> f64 {
        if uses == 0.0 {
            return 0.0;
        }
        let sign = uses.signum();
        if self.sign == 0.0 {
            self.step = NEAR_STEP * scale * uses.abs().clamp(1.0, MOST_USES);
        } else if sign * self.sign > 0.0 {
            self.straight += 1;
            let grows = !self.turned || self.straight >= STRAIGHT;
            self.step *= if grows { 2.0 } else { 0.5 };
        } else {
            (self.turned, self.straight) = (true, 0);
            self.step /= 2.0;
        }
        self.sign = sign;
        self.step = self.step.min(LARGEST * scale);
        sign * self.step
    }
}

/// Climbs from `start` on a network that may already be warm. `None` where the face has no flow.
pub(super) fn creep<'f>(
    relaxed: &mut Relaxed<'f>,
    (face, objective): (&'f Face<'f>, &'f Objective),
    (start, cap): (&Prices, i64),
    wanted: Wanted,
    deadline: &Deadline<'_>,
) -> Option<Ascent> {
    let level = wanted.target.0;
    let mut climb = Climb::new(relaxed, face, objective, Some(start), level, cap);
    let mut strides = vec![Stride::default(); climb.price.len()];
    let mut answer = climb.evaluate()?;
    let mut largest = f64::INFINITY;
    while climb.evaluations < wanted.evaluations.0
        && !climb.has_reached(wanted, climb.best_bound(&answer))
        && largest > ARRIVED * wanted.price_scale
        && !deadline.is_over()
    {
        largest = 0.0;
        for (row, (stride, &slack)) in strides.iter_mut().zip(&answer.slack).enumerate() {
            let spread = climb.spread[row];
            let step = stride.next(slack / spread, wanted.price_scale);
            largest = largest.max(step.abs());
            let (low, high) = climb.interval[row];
            climb.price[row] = (climb.price[row] + step / spread).clamp(low, high);
        }
        answer = climb.evaluate()?;
    }
    if climb.evaluations == 1 {
        // After more flows cores find what a descent does not.
        climb.descend();
    }
    Some(climb.finish())
}
