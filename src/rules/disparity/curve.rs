//! A difference as an objective: one convex curve for each school.

use super::super::indicator::key;
use super::super::row::{Row, RowHinge};
use super::super::scope::ScopeKey;
use super::super::units_per_person;
use super::{Disparity, Field};
use crate::demand::Situation;
use crate::policy::Rule;

/// Persons around the present number and the fair share within which the objective is exact; beyond
/// them it goes on as steeply.
const WINDOW: i64 = 24;

impl Disparity {
    /// One convex curve for each school and indicator.
    pub(super) fn curves(
        &self,
        rule: &Rule,
        position: usize,
        situation: &Situation<'_>,
    ) -> Vec<Row> {
        let mut rows = Vec::new();
        for field in self.present(situation) {
            for (place, &school) in field.schools.iter().enumerate() {
                let Some(curve) = Curve::new(rule, &field, place) else {
                    continue;
                };
                let spot = (school, field.stage, field.indicator);
                let at = ScopeKey::SchoolStage(school, field.stage).label(situation);
                rows.push(Row {
                    key: key(position, spot),
                    label: format!("{} {at}{}", rule.id, field.spread.name),
                    lower: None,
                    upper: None,
                    hinges: curve.hinges(rule.level),
                    terms: Vec::new(),
                });
            }
        }
        rows
    }

    /// What the curves cost at these numbers.
    pub(super) fn objective(
        &self,
        rule: &Rule,
        situation: &Situation<'_>,
        fields: &[Field<'_>],
    ) -> i64 {
        let mut cost = 0;
        for present in self.present(situation) {
            let same = |field: &&Field<'_>| {
                (field.stage, field.indicator) == (present.stage, present.indicator)
            };
            let Some(found) = fields.iter().find(same) else {
                continue;
            };
            for (place, &teachers) in found.teachers.iter().enumerate() {
                let curve = Curve::new(rule, &present, place);
                cost += curve.map_or(0, |curve| curve.cost(teachers));
            }
        }
        cost
    }
}

/// (T − E)²/E of one school, less the least that whole persons allow.
struct Curve {
    /// Units of a person, as the rule weighs it.
    units: i128,
    /// The fair share as a fraction.
    share: (i128, i128),
    /// The best whole number, and the ends of the window.
    best: i64,
    low: i64,
    high: i64,
}

impl Curve {
    fn new(rule: &Rule, present: &Field<'_>, place: usize) -> Option<Self> {
        let teachers: i64 = present.teachers.iter().sum();
        let pupils: i64 = present.pupils.iter().sum();
        let own = present.pupils[place];
        if teachers == 0 {
            return None;
        }
        let share = (i128::from(own) * i128::from(teachers), i128::from(pupils));
        let held = present.teachers[place];
        let mut curve = Self {
            units: i128::from(units_per_person(rule.weight)),
            share,
            best: 0,
            low: 0,
            high: i64::MAX,
        };
        // The next person gains as long as the share is half a person away or more.
        let best = (2 * share.0 - share.1 + 2 * share.1 - 1).div_euclid(2 * share.1);
        curve.best = i64::try_from(best.max(0)).unwrap_or(0);
        curve.low = (curve.best.min(held) - WINDOW).max(0);
        curve.high = curve.best.max(held) + WINDOW;
        Some(curve)
    }

    /// What the next person after so many costs, rounded; never falling.
    fn slope(&self, count: i64) -> i64 {
        let count = i128::from(count.clamp(self.low, self.high - 1));
        let above = self.units * ((2 * count + 1) * self.share.1 - 2 * self.share.0);
        let below = self.share.0;
        i64::try_from((2 * above + below).div_euclid(2 * below)).unwrap_or(i64::MAX)
    }

    fn cost(&self, count: i64) -> i64 {
        if count >= self.best {
            (self.best..count).map(|at| self.slope(at)).sum()
        } else {
            (count..self.best).map(|at| -self.slope(at)).sum()
        }
    }

    /// The same as kinks: none is below zero, and the cost is zero at the best number.
    fn hinges(&self, level: usize) -> Vec<RowHinge> {
        let hinge = |at: i64, below: i64, above: i64| RowHinge {
            level,
            at,
            below,
            above,
        };
        let first = hinge(
            self.best,
            (-self.slope(self.best - 1)).max(0),
            self.slope(self.best),
        );
        let upwards =
            (self.best + 1..self.high).map(|at| hinge(at, 0, self.slope(at) - self.slope(at - 1)));
        let downwards =
            (self.low + 1..self.best).map(|at| hinge(at, self.slope(at) - self.slope(at - 1), 0));
        std::iter::once(first)
            .chain(upwards)
            .chain(downwards)
            .collect()
    }
}
