//! The 差异系数 in exact arithmetic: is it within a limit, by how much is it not, and which line
//! touches the limit where it is missed.
//!
//! With p the pupils and T the teachers of the schools, P and τ their sums, the coefficient is
//! √(Σ (p/P)(X − X̄)²) ÷ X̄ for X = 100·T/p and X̄ = 100·τ/P, which is √(P·Σ T²/p ÷ τ² − 1). So a limit
//! c says P·Σ T²/p ≤ (1 + c²)·τ², a second-order cone: convex, whether τ changes or not. By Cauchy and
//! Schwarz Σ S·T/p ≤ √(Σ S²/p)·√(Σ T²/p) for any S ≥ 0, and so every T inside the cone keeps
//! Σ w·T ≤ √(1 + c²)·τ with w = √P·S ÷ (p·√(Σ S²/p)), a line that touches the cone at S.
//!
//! What is missing, √(P·Σ T²/p) − √(1 + c²)·τ, is in persons and convex too. It is counted in whole
//! steps of a tenth of a person.

use std::cmp::Ordering;

use crate::policy::Fraction;

/// Steps of what is missing in one person.
pub(super) const STEPS_PER_PERSON: i64 = 10;

/// Digits to which √(1 + c²) is taken where steps are counted, always rounded up.
pub(super) const FINE: i128 = 1_000_000_000;

/// Bits of a digit where fractions are compared.
const DIGIT: u32 = 24;

/// How fine tangents are written: the first that is enough.
const SCALES: [i64; 3] = [100_000, 1_000_000, 10_000_000];

/// Teachers and pupils of the schools that are compared; pupils are positive.
#[derive(Debug, Clone, Copy)]
pub(super) struct Schools<'a> {
    pub(super) pupils: &'a [i64],
    pub(super) teachers: &'a [i64],
}

/// A line that no counts within the limit are below: Σ coefficient · T + step · steps ≥ 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tangent {
    /// One for each school.
    pub(super) coefficients: Vec<i64>,
    /// What a step of missing adds.
    pub(super) step: i64,
}

impl Tangent {
    /// Steps that counts must miss the limit by, as far as this line knows.
    pub(super) fn steps(&self, teachers: &[i64]) -> i64 {
        let sum: i128 = self
            .coefficients
            .iter()
            .zip(teachers)
            .map(|(&coefficient, &count)| i128::from(coefficient) * i128::from(count))
            .sum();
        let step = i128::from(self.step);
        let steps = ((step - 1 - sum).max(0)) / step;
        i64::try_from(steps).unwrap_or(i64::MAX)
    }
}

impl Schools<'_> {
    pub(super) fn pairs(&self) -> impl Iterator<Item = (i128, i128)> + '_ {
        let pupils = self.pupils.iter().map(|&count| i128::from(count));
        pupils.zip(self.teachers.iter().map(|&count| i128::from(count)))
    }

    pub(super) fn all_pupils(&self) -> i128 {
        self.pairs().map(|(pupils, _)| pupils).sum()
    }

    pub(super) fn all_teachers(&self) -> i128 {
        self.pairs().map(|(_, teachers)| teachers).sum()
    }

    /// The coefficient, for reports; none where there is no teacher.
    pub(super) fn coefficient(&self) -> Option<f64> {
        let (pupils, teachers) = (self.all_pupils() as f64, self.all_teachers() as f64);
        let squares: f64 = self
            .pairs()
            .map(|(pupils, teachers)| (teachers * teachers) as f64 / pupils as f64)
            .sum();
        let square = pupils * squares / (teachers * teachers) - 1.0;
        (teachers > 0.0).then(|| square.max(0.0).sqrt())
    }

    /// P·Σ T²/p against a fraction.
    fn squares_against(&self, numerator: i128, denominator: i128) -> Ordering {
        let pupils = self.all_pupils();
        let squares = self
            .pairs()
            .map(|(own, teachers)| (pupils * teachers * teachers, own));
        sign_of(squares.chain([(-numerator, denominator)]))
    }

    /// Whether the coefficient is at most so many parts of a scale, exactly.
    pub(super) fn is_at_most(&self, parts: i128, scale: i128) -> Option<bool> {
        let teachers = self.all_teachers();
        let scale = scale.checked_mul(scale)?;
        let above = parts.checked_mul(parts)?.checked_add(scale)?;
        let above = above.checked_mul(teachers.checked_mul(teachers)?)?;
        Some(self.squares_against(above, scale).is_le())
    }

    /// Whether the coefficient is at most the limit, exactly.
    pub(super) fn is_within(&self, limit: Fraction) -> bool {
        let (above, below) = squared(limit);
        let teachers = self.all_teachers();
        self.squares_against(above * teachers * teachers, below)
            .is_le()
    }

    /// Steps by which the limit is missed; zero where it holds.
    pub(super) fn steps(&self, limit: Fraction) -> i64 {
        if self.is_within(limit) {
            return 0;
        }
        let slope = root_up(limit, FINE);
        let reaches = |steps: i64| {
            let persons = FINE * i128::from(steps);
            let right = slope * self.all_teachers() * i128::from(STEPS_PER_PERSON) + persons;
            let scale = FINE * i128::from(STEPS_PER_PERSON);
            self.squares_against(right * right, scale * scale).is_le()
        };
        // What floating point says, and then the exact answer beside it.
        let length = (self.coefficient().unwrap_or(0.0).powi(2) + 1.0).sqrt();
        let excess = (length - slope as f64 / FINE as f64) * self.all_teachers() as f64;
        let mut steps = ((excess * STEPS_PER_PERSON as f64) as i64).max(1);
        while !reaches(steps) {
            steps += 1;
        }
        while steps > 1 && reaches(steps - 1) {
            steps -= 1;
        }
        steps
    }

    /// The line that touches the limit in the direction of these counts, coarsely; none where there
    /// is no teacher.
    pub(super) fn tangent(&self, limit: Fraction) -> Option<Tangent> {
        self.tangent_in(limit, SCALES[0])
    }

    /// The coarsest such line by which these counts miss the limit by more than so many steps.
    pub(super) fn cutting(&self, limit: Fraction, steps: i64) -> Option<Tangent> {
        SCALES
            .iter()
            .filter_map(|&scale| self.tangent_in(limit, scale))
            .find(|tangent| tangent.steps(self.teachers) > steps)
    }

    /// Coefficients are rounded so that the line gives way: w down, √(1 + c²) up, and teachers are
    /// never negative.
    fn tangent_in(&self, limit: Fraction, scale: i64) -> Option<Tangent> {
        // Σ S²/p, rounded up, in parts.
        let squares: i128 = self
            .pairs()
            .map(|(pupils, teachers)| (teachers * teachers * FINE + pupils - 1) / pupils)
            .sum();
        if squares == 0 {
            return None;
        }
        let slope = root_up(limit, i128::from(scale));
        let all = self.all_pupils();
        let weight = |(pupils, teachers): (i128, i128)| {
            let above = (i128::from(scale) * teachers)
                .checked_pow(2)
                .and_then(|square| square.checked_mul(all))
                .and_then(|square| square.checked_mul(FINE));
            let below = (pupils * pupils).checked_mul(squares);
            // Zero gives way most of all; no district is so large.
            above
                .zip(below)
                .map_or(0, |(above, below)| (above / below).isqrt())
        };
        let coefficients = self
            .pairs()
            .map(|pair| i64::try_from(slope - weight(pair)).unwrap_or(i64::MAX))
            .collect();
        Some(Tangent {
            coefficients,
            step: scale / STEPS_PER_PERSON,
        })
    }
}

/// 1 + c² as a fraction.
fn squared(limit: Fraction) -> (i128, i128) {
    let (above, below) = (i128::from(limit.numerator), i128::from(limit.denominator));
    (below * below + above * above, below * below)
}

/// √(1 + c²) in parts of a scale, rounded up.
pub(super) fn root_up(limit: Fraction, scale: i128) -> i128 {
    let (above, below) = squared(limit);
    let square = (scale * scale * above + below - 1) / below;
    let root = square.isqrt();
    root + i128::from(root * root < square)
}

/// The sign of a sum of fractions with positive denominators, exactly: the whole parts first, then
/// digit after digit. Two different sums differ by at least one part of the product of all
/// denominators, so after as many digits as that has nothing is left but zero.
fn sign_of(fractions: impl IntoIterator<Item = (i128, i128)>) -> Ordering {
    let mut whole: i128 = 0;
    let mut rests: Vec<(i128, i128)> = Vec::new();
    let mut digits: u64 = 64;
    for (numerator, denominator) in fractions {
        whole += numerator.div_euclid(denominator);
        let rest = numerator.rem_euclid(denominator);
        if rest > 0 {
            rests.push((rest, denominator));
            digits += u64::from(denominator.ilog2()) + 1;
        }
    }
    for _ in 0..digits.div_ceil(u64::from(DIGIT)) {
        // The rests are between nothing and one each.
        if whole >= 0 {
            return if whole == 0 && rests.is_empty() {
                Ordering::Equal
            } else {
                Ordering::Greater
            };
        }
        if whole <= -(rests.len() as i128) {
            return Ordering::Less;
        }
        whole <<= DIGIT;
        for (rest, denominator) in &mut rests {
            let shifted = *rest << DIGIT;
            whole += shifted / *denominator;
            *rest = shifted % *denominator;
        }
        rests.retain(|&(rest, _)| rest > 0);
    }
    Ordering::Equal
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn share(text: &str) -> Fraction {
        Fraction::parse(text).unwrap()
    }

    /// The example of the published method: a mean of 6.334, a variance of 10.653, and 0.5153.
    #[test]
    fn the_worked_example() {
        let schools = Schools {
            pupils: &[45, 37, 89, 76, 55],
            teachers: &[279, 137, 935, 160, 402],
        };
        let found = schools.coefficient().unwrap();
        assert_eq!(format!("{found:.4}"), "0.5153");
        assert!(schools.is_within(share("0.5153")) && !schools.is_within(share("0.5152")));
        assert!(!schools.is_within(share("0.5")) && schools.steps(share("0.5")) > 0);
        assert_eq!(schools.steps(share("0.52")), 0);
    }

    #[test]
    fn a_limit_that_is_just_reached_holds() {
        // One school has all: P·T²/p ÷ T² − 1 = (p₁ + p₂)/p₁ − 1 = 16/9, whose root is 4/3.
        let schools = Schools {
            pupils: &[900, 1600],
            teachers: &[7, 0],
        };
        let just = Fraction::new(4, 3).unwrap();
        assert!(schools.is_within(just));
        assert!(!schools.is_within(Fraction::new(399_999, 300_000).unwrap()));
        // Everybody alike: no difference at all, in thirds.
        let alike = Schools {
            pupils: &[300, 700, 1100],
            teachers: &[3, 7, 11],
        };
        assert!(alike.is_within(share("0")));
        let nobody = Schools {
            pupils: &[300],
            teachers: &[0],
        };
        assert_eq!((nobody.coefficient(), nobody.steps(share("0"))), (None, 0));
    }

    /// Numbers that look random, the same in every run.
    pub(in crate::rules) struct Numbers(pub(in crate::rules) u64);

    impl Numbers {
        pub(in crate::rules) fn below(&mut self, end: u64) -> i64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            (self.0 % end) as i64
        }
    }

    #[test]
    fn no_counts_within_the_limit_are_cut_off() {
        let mut numbers = Numbers(7);
        let (mut inside, mut cut, mut missed) = (0, 0, 0);
        while inside + cut < 10_000 {
            let size = 2 + numbers.below(6) as usize;
            let mut list = |low: i64, end: u64| -> Vec<i64> {
                (0..size).map(|_| low + numbers.below(end)).collect()
            };
            let pupils = list(1, 900);
            let (touched, asked) = (list(0, 40), list(0, 40));
            let limit = Fraction::new(numbers.below(120), 100).unwrap();
            let at = |teachers| Schools {
                pupils: &pupils,
                teachers,
            };
            let steps = at(&asked).steps(limit);
            for scale in SCALES {
                let Some(tangent) = at(&touched).tangent_in(limit, scale) else {
                    continue;
                };
                // A line never asks for more than is missing, at any counts.
                assert!(
                    tangent.steps(&asked) <= steps,
                    "{pupils:?} {touched:?} {asked:?}"
                );
            }
            if at(&asked).is_within(limit) {
                inside += 1;
                continue;
            }
            // Where it touches, it asks for all of it.
            cut += 1;
            match at(&asked).cutting(limit, steps - 1) {
                Some(own) => assert_eq!(own.steps(&asked), steps),
                None => missed += 1,
            }
        }
        assert!(inside > 1_000 && cut > 1_000, "{inside} {cut}");
        // Hardly ever is the rest of a step below the finest scale.
        assert!(missed < 20, "{missed}");
    }

    #[test]
    fn what_is_missing_is_convex() {
        let mut numbers = Numbers(11);
        let limit = share("0.3");
        for _ in 0..10_000 {
            let pupils: Vec<i64> = (0..4).map(|_| 20 + numbers.below(500)).collect();
            let one: Vec<i64> = (0..4).map(|_| 2 * numbers.below(20)).collect();
            let other: Vec<i64> = (0..4).map(|_| 2 * numbers.below(20)).collect();
            let middle: Vec<i64> = one.iter().zip(&other).map(|(a, b)| (a + b) / 2).collect();
            let steps = |teachers: &[i64]| {
                let pupils = &pupils;
                Schools { pupils, teachers }.steps(limit)
            };
            assert!(2 * steps(&middle) <= steps(&one) + steps(&other) + 1);
        }
    }
}
