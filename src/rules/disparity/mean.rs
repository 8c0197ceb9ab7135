//! The mean of 差异系数 (综合差异系数) in exact arithmetic.
//!
//! The mean of own coefficients √(P·Σ T²/p ÷ τ² − 1) and of others that are given is at most c where
//! the sum of the own ones is at most B = c·k − Σ others, k being the number of all. Where every own
//! one is a fraction their sum is taken exactly. Where one is a root, the sum is no fraction and so
//! never just B: each is then taken to nine digits, rounded up, and what is within by less than that
//! counts as beyond.

use super::super::cone::{FINE, Schools};
use super::lines::LEAP;
use crate::policy::Fraction;

/// In steps of a ten-thousandth of the mean is counted what it misses: what is printed of it.
pub(super) const STEPS: i128 = 10_000;

/// Parts in which limits and the coefficients of others are whole.
const PARTS: i128 = 1_000_000;

/// Denominators beyond which a coefficient is treated as a root.
const LARGEST: i128 = 1_000_000_000;

/// How fine lines are written: the first that is enough.
const SCALES: [i128; 3] = [10_000_000, 100_000_000, 1_000_000_000];

/// To what a mean is held.
pub(super) struct Held<'a> {
    pub(super) limit: Fraction,
    /// Whether no plan may miss it.
    pub(super) is_hard: bool,
    /// Of each own coefficient: the fewest and the most teachers that there can be.
    pub(super) totals: &'a [(i64, i64)],
}

/// Coefficients of which there is a mean.
pub(super) struct Mean<'a> {
    /// Those of which the plan decides.
    pub(super) own: Vec<Schools<'a>>,
    /// The others, in millionths, together.
    pub(super) others: i64,
    /// How many there are, of either kind.
    pub(super) number: usize,
}

/// A row that no counts within the limit are below: constant + Σ coefficient · T + step · steps ≥ 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MeanLine {
    pub(super) constant: i64,
    /// For each own coefficient one for each school.
    pub(super) coefficients: Vec<Vec<i64>>,
    /// What a step of missing adds.
    pub(super) step: i64,
    /// Steps by which plans are held to less than the limit, for the time being.
    pub(super) tight: i64,
    /// Whether it takes totals for what they are in a plan, and so is no limit of the rule.
    pub(super) is_near: bool,
}

impl MeanLine {
    /// Steps that counts must miss the limit by, as far as this line knows.
    pub(super) fn steps(&self, teachers: &[&[i64]]) -> i64 {
        let terms = self.coefficients.iter().zip(teachers);
        let terms = terms.flat_map(|(coefficients, teachers)| coefficients.iter().zip(*teachers));
        let sum: i128 = terms
            .map(|(&coefficient, &count)| i128::from(coefficient) * i128::from(count))
            .sum();
        let missing = -(sum + i128::from(self.constant));
        let step = i128::from(self.step);
        i64::try_from((missing.max(0) + step - 1) / step).unwrap_or(i64::MAX)
    }
}

impl Mean<'_> {
    /// The mean, for reports; none of nothing. Of nobody there is no difference.
    pub(super) fn value(&self) -> Option<f64> {
        let own: f64 = self.own.iter().filter_map(Schools::coefficient).sum();
        let sum = own + self.others as f64 / PARTS as f64;
        (self.number > 0).then(|| sum / self.number as f64)
    }

    /// The sum of the own coefficients as a fraction: the sum itself, or just above.
    fn sum(&self) -> (i128, i128) {
        let mut exact = Some((0, 1));
        for schools in &self.own {
            exact = exact
                .zip(rational(schools))
                .and_then(|(sum, more)| added(sum, more))
                .filter(|&(_, below)| below <= LARGEST);
        }
        exact.unwrap_or_else(|| (self.own.iter().map(rounded_up).sum(), FINE))
    }

    /// What the sum of the own coefficients may be at most, in millionths.
    fn room(&self, limit: Fraction) -> i128 {
        let all = i128::from(limit.numerator) * PARTS * self.number as i128;
        all.div_euclid(i128::from(limit.denominator)) - i128::from(self.others)
    }

    /// Steps by which the limit is missed; zero where it holds.
    pub(super) fn steps(&self, limit: Fraction) -> i64 {
        let (above, below) = self.sum();
        let missing = above * PARTS - self.room(limit) * below;
        if missing <= 0 {
            return 0;
        }
        let step = below * (PARTS / STEPS) * self.number as i128;
        i64::try_from((missing + step - 1) / step).unwrap_or(i64::MAX)
    }

    /// Leaps of steps that are enough for whatever plan: all teachers at the school with the fewest
    /// pupils, for each coefficient.
    pub(super) fn most_leaps(&self) -> u32 {
        let most = self.own.iter().map(|schools| {
            let fewest = schools.pupils.iter().copied().min().unwrap_or(1).max(1);
            (schools.all_pupils() as f64 / fewest as f64).sqrt()
        });
        let sum = most.sum::<f64>() + self.others as f64 / PARTS as f64;
        let steps = sum / self.number.max(1) as f64 * STEPS as f64;
        (steps / LEAP as f64) as u32 + 2 + LEAP as u32
    }

    /// The coarsest line that touches the mean at these counts and by which they miss the limit by more
    /// than so many steps. None where numbers are beyond those of any district.
    pub(super) fn cutting(&self, held: &Held<'_>, steps: i64) -> Option<MeanLine> {
        let teachers = self.teachers();
        SCALES
            .iter()
            .filter_map(|&scale| self.line_in(held, scale))
            .find(|line| line.steps(&teachers) > steps)
    }

    /// The finest line that touches the mean at these counts if totals stay what they are.
    pub(super) fn near(&self, limit: Fraction) -> Option<MeanLine> {
        let totals = self.own.iter().map(|own| own.teachers.iter().sum());
        let totals: Vec<(i64, i64)> = totals.map(|total: i64| (total, total)).collect();
        let held = Held {
            limit,
            is_hard: true,
            totals: &totals,
        };
        let line = self.line_in(&held, *SCALES.last()?)?;
        Some(MeanLine {
            is_near: true,
            ..line
        })
    }

    /// The numbers of teachers of each own coefficient.
    pub(super) fn teachers(&self) -> Vec<&[i64]> {
        self.own.iter().map(|own| own.teachers).collect()
    }

    /// With h = √(P·Σ T²/p − τ²) a coefficient r is h ÷ τ, and h, being a norm, is at least
    /// Σ (P·S/p − σ)·T ÷ h(S) for any S with σ = Σ S. Where τ is U at most, r is at least h ÷ U. Where
    /// τ is L at least and r must be B at most, (τ − L)·(B − r) is not negative, and so r is at least
    /// (h − B·τ + B·L) ÷ L. Both are r itself where the total stays what it is, and the second one is
    /// the limit itself where there is one coefficient only. All is rounded so that the line gives
    /// way, teachers being never negative.
    fn line_in(&self, held: &Held<'_>, scale: i128) -> Option<MeanLine> {
        if self.number == 0 {
            return None;
        }
        let room = self.room(held.limit);
        let mut constant = scale.checked_mul(room)?;
        let mut coefficients = Vec::with_capacity(self.own.len());
        for (schools, &(least, most)) in self.own.iter().zip(held.totals) {
            let (least, most) = (i128::from(least), i128::from(most));
            let total = schools.all_teachers();
            let bounded = held.is_hard && room > 0 && least > 0 && least < most;
            // Of the two what is more at these counts.
            let height = total as f64 * schools.coefficient().unwrap_or(0.0);
            let given = room as f64 / PARTS as f64 * (total - least) as f64;
            if bounded && (height - given) / least as f64 > height / most as f64 {
                let back = ratio_up(scale.checked_mul(room)?, PARTS.checked_mul(least)?)?;
                let slopes = slopes(schools, least, scale)?;
                coefficients.push(slopes.iter().map(|slope| slope + back).collect());
                constant -= scale * room;
            } else {
                coefficients.push(slopes(schools, most, scale)?);
            }
        }
        Some(MeanLine {
            constant: ratio_up(constant, PARTS)?,
            coefficients,
            step: i64::try_from(scale / STEPS * self.number as i128).ok()?,
            tight: 0,
            is_near: false,
        })
    }
}

/// What a teacher of each school takes from the room at least, below zero where less than nothing,
/// rounded up: −(P·S/p − σ) ÷ (h(S)·U).
fn slopes(schools: &Schools<'_>, most: i128, scale: i128) -> Option<Vec<i64>> {
    let (all, total) = (schools.all_pupils(), schools.all_teachers());
    let upper = rounded_up(schools);
    if upper <= 1 || total == 0 || most <= 0 {
        // Next to no difference: it is not below zero.
        return Some(vec![0; schools.pupils.len()]);
    }
    let slope = |(pupils, teachers): (i128, i128)| {
        let above = all.checked_mul(teachers)? - total.checked_mul(pupils)?;
        // h(S) is above (upper − 1)·σ and at most upper·σ, in parts of FINE.
        let height = if above > 0 { upper } else { upper - 1 };
        let below = pupils
            .checked_mul(height)?
            .checked_mul(total.checked_mul(most)?)?;
        ratio_up((-above).checked_mul(FINE)?.checked_mul(scale)?, below)
    };
    schools.pairs().map(slope).collect()
}

fn ratio_up(above: i128, below: i128) -> Option<i64> {
    i64::try_from(-(-above).div_euclid(below)).ok()
}

/// A coefficient in parts of [`FINE`], rounded up.
pub(super) fn rounded_up(schools: &Schools<'_>) -> i128 {
    let near = schools.coefficient().unwrap_or(0.0) * FINE as f64;
    let mut parts = near as i128;
    let is_enough = |parts: i128| parts >= 0 && schools.is_at_most(parts, FINE).unwrap_or(true);
    while !is_enough(parts) {
        parts += 1;
    }
    while is_enough(parts - 1) && schools.is_at_most(parts - 1, FINE).is_some() {
        parts -= 1;
    }
    parts
}

/// A coefficient that is a fraction, exactly; none where it is a root or its denominators are large.
fn rational(schools: &Schools<'_>) -> Option<(i128, i128)> {
    let (all, total) = (schools.all_pupils(), schools.all_teachers());
    if total == 0 {
        return Some((0, 1));
    }
    // P·Σ T²/p, and what of it is above τ².
    let mut sum = (0, 1);
    for (pupils, teachers) in schools.pairs() {
        let square = all.checked_mul(teachers.checked_mul(teachers)?)?;
        sum = added(sum, reduced(square, pupils))?;
    }
    let (above, below) = sum;
    let rest = above - total.checked_mul(total)?.checked_mul(below)?;
    let square = rest.checked_mul(below)?;
    let root = square.max(0).isqrt();
    (root * root == square).then_some(())?;
    Some(reduced(root, below.checked_mul(total)?))
}

fn added(one: (i128, i128), other: (i128, i128)) -> Option<(i128, i128)> {
    let above = one
        .0
        .checked_mul(other.1)?
        .checked_add(other.0.checked_mul(one.1)?)?;
    Some(reduced(above, one.1.checked_mul(other.1)?))
}

/// A fraction in lowest terms.
const fn reduced(above: i128, below: i128) -> (i128, i128) {
    let (mut left, mut right) = (above, below);
    while right != 0 {
        (left, right) = (right, left % right);
    }
    if left == 0 {
        return (0, 1);
    }
    (above / left, below / left)
}

#[cfg(test)]
mod tests {
    use super::super::super::cone::tests::Numbers;
    use super::*;

    fn share(text: &str) -> Fraction {
        Fraction::parse(text).unwrap()
    }

    /// One of three and two of three schools alike: (1/3 + 2/3) ÷ 2.
    #[test]
    fn fractions_are_just_reached() {
        // Two schools of 100 pupils with 2 and 4 teachers: |2 − 4| ÷ 6 is 1/3; with 1 and 5 it is 2/3.
        let pupils = &[100, 100][..];
        let mean = Mean {
            own: vec![
                Schools {
                    pupils,
                    teachers: &[2, 4],
                },
                Schools {
                    pupils,
                    teachers: &[1, 5],
                },
            ],
            others: 0,
            number: 2,
        };
        assert_eq!(mean.steps(share("0.5")), 0);
        // A millionth less is missed by a step.
        assert_eq!(mean.steps(share("0.499999")), 1);
        assert_eq!(mean.steps(share("0")), 5_000);
        assert!((mean.value().unwrap() - 0.5).abs() < 1e-12);
    }

    /// 0.5153 of the worked example of the published method, and 0.2 and 0.3 beside it.
    #[test]
    fn roots_are_taken_to_nine_digits() {
        let mean = Mean {
            own: vec![Schools {
                pupils: &[45, 37, 89, 76, 55],
                teachers: &[279, 137, 935, 160, 402],
            }],
            others: 500_000,
            number: 3,
        };
        // 0.51526… + 0.5 is 1.01526…, a third of which is 0.33842….
        assert_eq!(mean.steps(share("0.3385")), 0);
        assert_eq!(mean.steps(share("0.3384")), 1);
        assert_eq!(mean.steps(share("0.3383")), 2);
    }

    #[test]
    fn no_counts_within_the_limit_are_cut_off() {
        let mut numbers = Numbers(13);
        let (mut inside, mut cut, mut missed) = (0, 0, 0);
        while inside + cut < 6_000 {
            let size = 2 + numbers.below(5) as usize;
            let mut list = |low: i64, end: u64| -> Vec<i64> {
                (0..size).map(|_| low + numbers.below(end)).collect()
            };
            let pupils = list(1, 900);
            let asked = [list(0, 40), list(0, 9)];
            let touched = [list(0, 40), list(0, 9)];
            let limit = Fraction::new(numbers.below(150), 100).unwrap();
            let others = numbers.below(1_000_000);
            let changes = numbers.below(3) > 0;
            let is_hard = numbers.below(2) > 0;
            let mut totals = Vec::new();
            for counts in &asked {
                let all: i64 = counts.iter().sum();
                let spare = if changes { numbers.below(12) } else { 0 };
                totals.push(((all - spare).max(0), all + numbers.below(12) * spare.min(1)));
            }
            let at = |teachers: &[Vec<i64>; 2]| -> (i64, Vec<Option<MeanLine>>) {
                let own = teachers.iter().map(|teachers| Schools {
                    pupils: &pupils,
                    teachers,
                });
                let mean = Mean {
                    own: own.collect(),
                    others,
                    number: 3,
                };
                let held = Held {
                    limit,
                    is_hard,
                    totals: &totals,
                };
                let lines = SCALES.iter().map(|&scale| mean.line_in(&held, scale));
                (mean.steps(limit), lines.collect())
            };
            let (steps, own) = at(&asked);
            let told: Vec<&[i64]> = asked.iter().map(Vec::as_slice).collect();
            // Who misses a hard limit is in no plan, and lines may say anything of it.
            if steps == 0 || !is_hard {
                for line in at(&touched).1.into_iter().flatten() {
                    assert!(
                        line.steps(&told) <= steps,
                        "{pupils:?} {touched:?} {asked:?}"
                    );
                }
            }
            if steps == 0 {
                inside += 1;
                continue;
            }
            cut += 1;
            // Where it touches, the line asks for all of it, as long as totals stay.
            let finest = own.last().and_then(Option::as_ref).unwrap();
            missed += usize::from(!changes && finest.steps(&told) < steps);
        }
        assert!(inside > 500 && cut > 500, "{inside} {cut}");
        assert!(missed < 20, "{missed}");
    }
}
