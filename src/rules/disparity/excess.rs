//! What a plan is above a limit, as a sum of convex curves that each see one school only.
//!
//! A limit says P·Σ T²/p − (1 + c²)·τ² ≤ 0 (see `rules/cone.rs`). For any a and b the product
//! (τ − a)·(b − τ) is what a·b is below (a + b)·τ − τ², so with (a + b)·τ − a·b in place of τ² the left
//! side is a sum over the schools. Where τ is between a and b the sum is no more than the left side:
//! if it is above zero at its least, no plan with such a total is within the limit. Where a and b are
//! the same it is no less: if it is zero or below, the limit holds. At a and b both are the same.

use super::super::UNITS_PER_PERSON;
use super::super::facts::PlanFacts;
use super::super::indicator::key;
use super::super::row::{Row, RowHinge, RowKey};
use super::lines::{Cut, Told};
use super::{Disparity, Field};
use crate::demand::Situation;
use crate::policy::{Enforcement, Fraction, Rule};

/// Teachers around the fair share and the present number within which a curve is exact; beyond them
/// it goes on as steeply, below the truth.
const WINDOW: i64 = 24;

/// How a hard limit is told as curves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excess {
    /// The numbers of teachers of all schools where the sum is what a plan is above the limit.
    pub ends: (i64, i64),
    /// To which numbers of teachers plans are held, if to any.
    pub range: Option<(i64, i64)>,
    /// The level at which it costs.
    pub level: usize,
    /// How much, in 1024ths: about what the same number of persons that are missing would cost.
    pub weight: i64,
}

/// Parts of a weight in one.
const PARTS: i128 = 1024;

/// A hard limit of an indicator, and how a plan stands to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HardLimit {
    /// Position of the rule in the set.
    pub rule: usize,
    /// Rule and place, for messages.
    pub place: String,
    /// Teachers who count, at all schools.
    pub total: i64,
    /// Tenths of a person by which the limit is missed.
    pub steps: i64,
}

impl Disparity {
    /// Indicators of which a plan must keep the limit, by their places among all fields.
    fn hard<'f, 'a>(
        rule: &Rule,
        fields: &'f [Field<'a>],
    ) -> impl Iterator<Item = (&'f Field<'a>, Fraction)> {
        let is_hard = rule.enforcement == Enforcement::Hard;
        let fields = fields.iter().filter(move |_| is_hard);
        fields.filter_map(|field| Some((field, field.spread.at_most?)))
    }

    /// How the schools stand to each hard limit; as things are, where there is no plan.
    pub(in crate::rules) fn hard_limits(
        &self,
        (rule, position): (&Rule, usize),
        (situation, facts): (&Situation<'_>, Option<&PlanFacts<'_>>),
    ) -> Vec<HardLimit> {
        let fields = facts.map_or_else(|| self.present(situation), |facts| self.fields(facts));
        let limits = Self::hard(rule, &fields).map(|(field, limit)| HardLimit {
            rule: position,
            place: format!("{} {}", rule.id, field.place()),
            total: field.teachers.iter().sum(),
            steps: field.counts().steps(limit),
        });
        limits.collect()
    }

    /// The same limits as curves, in their order; and what is to be added to what these cost.
    pub(in crate::rules) fn excesses(
        &self,
        (rule, position): (&Rule, usize),
        situation: &Situation<'_>,
        told: &mut dyn Iterator<Item = Excess>,
    ) -> Vec<(Cut, i128)> {
        let fields = self.present(situation);
        let limits = Self::hard(rule, &fields).zip(told);
        limits
            .map(|((field, limit), told)| {
                let offset = Curves::new(field, limit, &told).offset();
                (field.cut(position, Told::Excess(told)), offset)
            })
            .collect()
    }
}

/// The curves of one limit.
struct Curves<'a> {
    field: &'a Field<'a>,
    told: &'a Excess,
    /// 1 + c² as a fraction.
    slope: (i128, i128),
    /// The two ends together.
    ends: i128,
}

impl<'a> Curves<'a> {
    fn new(field: &'a Field<'a>, limit: Fraction, told: &'a Excess) -> Self {
        let (above, below) = (i128::from(limit.numerator), i128::from(limit.denominator));
        Self {
            field,
            told,
            slope: (below * below + above * above, below * below),
            ends: i128::from(told.ends.0 + told.ends.1).max(1),
        }
    }

    fn units(&self) -> i128 {
        i128::from(self.told.weight) * i128::from(UNITS_PER_PERSON)
    }

    /// What the next teacher after so many costs, rounded down; never falling.
    fn step(&self, pupils: i64, count: i64) -> i64 {
        let (own, all) = (i128::from(pupils), self.field.counts().all_pupils());
        let above =
            all * (2 * i128::from(count) + 1) * self.slope.1 - self.slope.0 * self.ends * own;
        let below = own * self.slope.1 * self.ends * PARTS;
        i64::try_from((self.units() * above).div_euclid(below)).unwrap_or(i64::MAX / 4)
    }

    /// The number of teachers up to which the next one costs less than nothing.
    fn best(&self, pupils: i64) -> i64 {
        let all = self.field.counts().all_pupils();
        let near = self.slope.0 * self.ends * i128::from(pupils) / (2 * all * self.slope.1).max(1);
        let mut best = i64::try_from(near).unwrap_or(0);
        while self.step(pupils, best) < 0 {
            best += 1;
        }
        while best > 0 && self.step(pupils, best - 1) >= 0 {
            best -= 1;
        }
        best
    }

    /// The cost at no teachers and no kinks: of what every curve has at its best number, and of what does
    /// not depend on any.
    fn offset(&self) -> i128 {
        let pupils = self.field.pupils.iter();
        let curves = pupils.map(|&own| -> i128 {
            let steps = (0..self.best(own)).map(|count| i128::from(self.step(own, count)));
            steps.sum()
        });
        let product = i128::from(self.told.ends.0) * i128::from(self.told.ends.1);
        let fixed = self.units() * self.slope.0 * product;
        curves.sum::<i128>() + fixed.div_euclid(self.slope.1 * self.ends * PARTS)
    }

    /// One curve as kinks: none is below zero, and the cost is zero at the best number.
    fn hinges(&self, place: usize) -> Vec<RowHinge> {
        let (own, held) = (self.field.pupils[place], self.field.teachers[place]);
        let best = self.best(own);
        let low = (best.min(held) - WINDOW).max(0);
        let high = best.max(held) + WINDOW;
        let hinge = |at: i64, below: i64, above: i64| RowHinge {
            level: self.told.level,
            at,
            below,
            above,
        };
        let bend = |at: i64| self.step(own, at) - self.step(own, at - 1);
        let below = if best > 0 {
            -self.step(own, best - 1)
        } else {
            0
        };
        let first = hinge(best, below, self.step(own, best));
        let upwards = (best + 1..high).map(|at| hinge(at, 0, bend(at)));
        let downwards = (low + 1..best).map(|at| hinge(at, bend(at), 0));
        std::iter::once(first)
            .chain(upwards)
            .chain(downwards)
            .collect()
    }
}

impl Field<'_> {
    /// A row for each school with its curve, and one of all teachers.
    pub(super) fn excess_rows(
        &self,
        rule: &Rule,
        (position, number): (usize, usize),
        told: &Excess,
    ) -> Vec<Row> {
        let Some(limit) = self.spread.at_most else {
            return Vec::new();
        };
        let curves = Curves::new(self, limit, told);
        let label = format!("{} {} {}", rule.id, self.place(), number + 1);
        let spot = |school| key(position, (school, self.stage, self.indicator));
        let places = self.schools.iter().enumerate().filter(|_| told.weight > 0);
        let mut rows: Vec<Row> = places
            .map(|(place, &school)| Row {
                key: RowKey::Cover(position, number as u32, place as u32),
                label: format!("{label} {}", place + 1),
                // A limit that holds: a counter with one is never taken apart into its options.
                lower: Some(0),
                upper: None,
                hinges: curves.hinges(place),
                terms: vec![(spot(school), 1)],
            })
            .collect();
        rows.push(Row {
            key: RowKey::Cut(position, number as u32),
            label,
            lower: told.range.map(|range| range.0),
            upper: told.range.map(|range| range.1),
            hinges: Vec::new(),
            terms: self
                .schools
                .iter()
                .map(|&school| (spot(school), 1))
                .collect(),
        });
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::cone::tests::Numbers;
    use super::super::Spread;
    use super::*;
    use crate::domain::{SchoolIndex, Stage};
    use crate::policy::{OneOrMany, PersonSelector};

    /// What a row costs at a number.
    fn cost(hinges: &[RowHinge], count: i64) -> i128 {
        let cost = |hinge: &RowHinge| {
            let (below, above) = ((hinge.at - count).max(0), (count - hinge.at).max(0));
            i128::from(hinge.below) * i128::from(below)
                + i128::from(hinge.above) * i128::from(above)
        };
        hinges.iter().map(cost).sum()
    }

    #[test]
    fn curves_are_no_more_than_the_excess_between_their_ends_and_no_less_where_they_touch() {
        let mut numbers = Numbers(29);
        let (mut within, mut beyond) = (0, 0);
        for _ in 0..4_000 {
            let size = 2 + numbers.below(6) as usize;
            let mut list = |low: i64, end: u64| -> Vec<i64> {
                (0..size).map(|_| low + numbers.below(end)).collect()
            };
            let (pupils, present, asked) = (list(50, 900), list(0, 20), list(0, 20));
            let spread = Spread {
                name: String::new(),
                stage: OneOrMany::from(vec![Stage::Primary]),
                who: PersonSelector::default(),
                at_most: Fraction::new(numbers.below(120), 100),
            };
            let field = Field {
                stage: Stage::Primary,
                indicator: 0,
                spread: &spread,
                schools: vec![SchoolIndex(0); size],
                pupils,
                teachers: present,
            };
            let limit = spread.at_most.unwrap();
            let total: i64 = asked.iter().sum();
            let spare = numbers.below(9);
            let found = |ends: (i64, i64)| {
                let told = Excess {
                    ends,
                    range: None,
                    level: 0,
                    weight: 1024,
                };
                let curves = Curves::new(&field, limit, &told);
                let places = asked.iter().enumerate();
                let costs = places.map(|(place, &count)| cost(&curves.hinges(place), count));
                costs.sum::<i128>() + curves.offset()
            };
            let counts = super::super::super::cone::Schools {
                pupils: &field.pupils,
                teachers: &asked,
            };
            let is_within = counts.is_within(limit);
            within += usize::from(is_within);
            beyond += usize::from(!is_within);
            // Nothing within the limit costs more than nothing where totals are between the ends.
            let between = found(((total - spare).max(0), total + spare));
            assert!(!is_within || between <= 0, "{:?}", field.pupils);
            // What costs nothing at a touching total is within, but for what was rounded.
            let rounded = 2 * (total + asked.len() as i64);
            let touching = found((total + spare, total + spare));
            assert!(is_within || touching > -i128::from(rounded) - 1);
            let exact = found((total, total));
            assert!(is_within == (exact <= 0) || exact.abs() <= i128::from(rounded));
        }
        assert!(within > 400 && beyond > 400, "{within} {beyond}");
    }
}
