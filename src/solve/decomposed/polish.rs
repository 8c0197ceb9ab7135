//! From good prices to round ones, which often prove the last part of a unit.

use super::certificate::{Certificate, Prices, certify};
use super::face::{Face, Objective};
use super::relaxed::Relaxed;
use crate::program::Point;

/// No limit on prices that were found under one.
const UNCAPPED: i64 = i64::MAX;

/// Prices with what they prove.
pub(super) struct Polished {
    pub(super) certificate: Certificate,
    /// What the flow said of them, where that knew a part of the face only.
    pub(super) told: i128,
    pub(super) prices: Prices,
    /// The choices of the flow under these prices; rarely a point.
    pub(super) flow: Point,
}

/// The best proof near some prices. An optimum's prices are mostly simple fractions of the costs'
/// unit: rounding to them often closes the last part of a unit, and a level closed exactly leaves
/// a face without further rows. Ends where the bound is `enough`.
pub(super) fn polish(
    face: &Face,
    objective: &Objective,
    prices: &Prices,
    near: Option<&Point>,
    unit: i64,
    enough: i128,
) -> Option<Polished> {
    polish_on(
        &mut Relaxed::new(face, objective, UNCAPPED, near),
        (face, objective),
        prices,
        &grains(unit),
        enough,
    )
}

/// Simple fractions of the costs' unit, in scaled units; none before all.
pub(super) fn grains(unit: i64) -> [i64; 7] {
    let of_unit = |part: i64| (unit / part).max(1);
    [
        1,
        of_unit(12),
        of_unit(8),
        of_unit(6),
        of_unit(4),
        of_unit(2),
        of_unit(1),
    ]
}

/// The same on a network that may already be warm.
pub(super) fn polish_on(
    relaxed: &mut Relaxed<'_>,
    (face, objective): (&Face<'_>, &Objective),
    prices: &Prices,
    grains: &[i64],
    enough: i128,
) -> Option<Polished> {
    let mut best: Option<(i128, Prices, Point)> = None;
    for &grain in grains {
        let sides: Vec<i64> = relaxed
            .sides
            .iter()
            .map(|side| round_to(prices.counters[side.counter], grain))
            .zip(&relaxed.sides)
            .map(|(price, side)| price.clamp(side.interval.0, side.interval.1))
            .collect();
        let answer = relaxed.evaluate(&sides, &prices.budgets)?;
        if best.as_ref().is_none_or(|best| answer.bound >= best.0) {
            let prices = relaxed.prices(&sides, &prices.budgets);
            best = Some((answer.bound, prices, relaxed.point()));
        }
        if answer.bound >= enough {
            break;
        }
    }
    best.map(|(told, prices, flow)| Polished {
        certificate: certify(face, objective, &prices),
        told,
        prices,
        flow,
    })
}

fn round_to(price: i64, grain: i64) -> i64 {
    (price + grain / 2).div_euclid(grain) * grain
}
