//! A limit of differences as one row on a sum over the schools.
//!
//! In tenths of a person the limit asks √(100·P·Σ T²/p) ≤ R with R = 10·√(1 + c²)·τ + steps (see
//! `rules/cone.rs`). Where R is between R₀ and R₁, (R − R₀)·(R₁ − R) is not negative, and so
//! Σ 100·P·T²/p ≤ (R₀ + R₁)·R − R₀·R₁: a sum of terms that each see one school only. It is exact at
//! both ends, so where nobody enters or leaves the count and nothing gives way it is the limit
//! itself; what it lets pass in between, lines cut off. Each term is a choice of its own: a number
//! that the school's teachers do not exceed. One such row does what lines do in every direction of
//! as many dimensions as there are schools.
//!
//! R₁ has room for as many steps as the best plan known costs more than all plans must without the
//! limits of differences: who misses the limit by more is not in the program, and is no better.

use super::super::cone::{FINE, STEPS_PER_PERSON, Schools, root_up};
use crate::policy::Fraction;

/// From half of the present number or of the fair share, whichever is less, to twice the greater one,
/// and so many teachers farther, there is a choice for every number of teachers. Beyond, a choice
/// stands for more and more of them, at the cost of the fewest.
const MARGIN: i64 = 12;

/// What the row is made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sum {
    /// What a step costs at the first level; none where the limit is hard.
    pub(super) price: Option<i64>,
    /// Steps by which plans may miss the limit.
    pub(super) most_steps: i64,
    /// The fewest and the most teachers that choices make of all; none where that is not known yet.
    pub(super) totals: Option<(i64, i64)>,
}

/// The row of one indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SumRow {
    /// What a step adds.
    pub(super) step: i64,
    /// What every teacher adds; none where their number is the same in all plans.
    pub(super) teacher: Option<i64>,
    /// Least of steps and teachers, less the terms.
    pub(super) lower: i64,
    /// Of each school: numbers of teachers with their terms, ascending.
    pub(super) terms: Vec<Vec<(i64, i64)>>,
}

impl Sum {
    /// The row where the schools have so many teachers at present; none before totals are known.
    pub(super) fn row(&self, limit: Fraction, present: &Schools<'_>) -> Option<SumRow> {
        let (fewest, most) = self.totals?;
        let slope = root_up(limit, FINE);
        let least = (slope - 1).max(0) * 10 * i128::from(fewest) / FINE;
        let greatest = (slope * 10 * i128::from(most) + FINE - 1) / FINE;
        let greatest = greatest + i128::from(self.most_steps);
        let step = (least + greatest).max(1);
        let teacher = (step * 10 * slope + FINE - 1) / FINE;
        let fixed = (fewest == most).then(|| teacher * i128::from(most));
        let all: i64 = present.pupils.iter().sum();
        let total: i64 = present.teachers.iter().sum();
        let schools = present.pupils.iter().zip(present.teachers);
        Some(SumRow {
            step: i64::try_from(step).ok()?,
            teacher: match fixed {
                Some(_) => None,
                None => Some(i64::try_from(teacher).ok()?),
            },
            lower: i64::try_from(least * greatest - fixed.unwrap_or(0)).ok()?,
            terms: schools
                .map(|(&own, &held)| {
                    let share = i128::from(total) * i128::from(own) / i128::from(all.max(1));
                    let share = i64::try_from(share).unwrap_or(held);
                    terms((all, own), (held.min(share), held.max(share)), greatest)
                })
                .collect(),
        })
    }
}

impl SumRow {
    /// Steps that counts must miss the limit by, as far as this row knows.
    pub(super) fn steps(&self, teachers: &[i64]) -> i64 {
        (self.missing(teachers).max(0) + self.step - 1) / self.step
    }

    /// Whether counts are less than a person within the row, or beyond it.
    pub(super) fn is_near(&self, teachers: &[i64]) -> bool {
        self.missing(teachers) > -STEPS_PER_PERSON * self.step
    }

    /// What steps must make up for.
    fn missing(&self, teachers: &[i64]) -> i64 {
        let terms: i64 = self
            .terms
            .iter()
            .zip(teachers)
            .map(|(terms, &count)| {
                let held = terms.iter().find(|&&(end, _)| count <= end);
                held.or(terms.last()).map_or(0, |&(_, term)| term)
            })
            .sum();
        let all: i64 = teachers.iter().sum();
        self.lower + terms - self.teacher.unwrap_or(0) * all
    }
}

/// Numbers of teachers of one school, each with the term of the fewest for whom it stands. More
/// than the last have a term beyond all that the row may be.
fn terms((all, own): (i64, i64), (less, more): (i64, i64), greatest: i128) -> Vec<(i64, i64)> {
    let term = |count: i64| {
        100 * i128::from(all) * i128::from(count) * i128::from(count) / i128::from(own)
    };
    let square = greatest * greatest;
    let most = (square * i128::from(own) / (100 * i128::from(all))).isqrt() + 1;
    let most = i64::try_from(most).unwrap_or(i64::MAX).max(more);
    let low = (less / 2 - MARGIN).max(0);
    let high = (2 * more + MARGIN).min(most);
    let mut ends: Vec<i64> = (low..=high).collect();
    let (mut end, mut width) = (low, 2);
    while end > 0 {
        end = (end - width).max(0);
        width *= 2;
        ends.push(end);
    }
    (end, width) = (high, 2);
    while end < most {
        end = end.saturating_add(width).min(most);
        width *= 2;
        ends.push(end);
    }
    ends.sort_unstable();
    let mut first = 0;
    let mut terms = Vec::with_capacity(ends.len());
    for end in ends {
        terms.push((end, i64::try_from(term(first)).unwrap_or(i64::MAX)));
        first = end + 1;
    }
    terms
}

#[cfg(test)]
mod tests {
    use super::super::super::cone::tests::Numbers;
    use super::*;

    #[test]
    fn no_counts_that_miss_by_no_more_are_cut_off() {
        let mut numbers = Numbers(5);
        let (mut exact, mut within) = (0, 0);
        for round in 0..10_000 {
            let size = 2 + numbers.below(6) as usize;
            let mut list = |low: i64, end: u64| -> Vec<i64> {
                (0..size).map(|_| low + numbers.below(end)).collect()
            };
            let (pupils, present, asked) = (list(1, 900), list(0, 40), list(0, 40));
            let limit = Fraction::new(numbers.below(120), 100).unwrap();
            let at = |teachers| Schools {
                pupils: &pupils,
                teachers,
            };
            let steps = at(&asked).steps(limit);
            let all: i64 = asked.iter().sum();
            let spare = if round % 2 == 0 { 0 } else { numbers.below(30) };
            let sum = Sum {
                price: None,
                most_steps: steps + spare,
                totals: Some((all - spare.min(all), all + spare)),
            };
            let row = sum.row(limit, &at(&present)).unwrap();
            let known = row.steps(&asked);
            assert!(known <= steps, "{pupils:?} {present:?} {asked:?} {limit}");
            // Every number has a term of its own near the present ones, and both ends are exact but for
            // what rounding gives way: with few teachers now and then a step.
            let near = present
                .iter()
                .zip(&asked)
                .all(|(a, b)| (a - b).abs() <= MARGIN);
            if spare == 0 && near {
                exact += 1;
                within += usize::from(known == steps);
            }
        }
        assert!(
            exact > 100 && within * 100 >= exact * 80,
            "{within} of {exact}"
        );
    }
}
