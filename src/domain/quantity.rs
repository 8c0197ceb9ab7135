//! Quantities of the domain: integers with a unit, which do not mix.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

macro_rules! quantity {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name(pub i64);

        impl $name {
            /// Nothing.
            pub const ZERO: Self = Self(0);
        }

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self { Self(self.0 + other.0) }
        }
        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self { Self(self.0 - other.0) }
        }
        impl Neg for $name {
            type Output = Self;
            fn neg(self) -> Self { Self(-self.0) }
        }
        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) { self.0 += other.0; }
        }
        impl SubAssign for $name {
            fn sub_assign(&mut self, other: Self) { self.0 -= other.0; }
        }
        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
                items.fold(Self::ZERO, Add::add)
            }
        }
    };
}

quantity! {
    /// Full-time persons (折算人数), in thousandths.
    Persons
}
quantity! {
    /// Lessons a week (周课时), in tenths.
    Periods
}
quantity! {
    /// Metres.
    Metres
}
quantity! {
    /// Minutes of one way.
    Minutes
}

impl Persons {
    /// One person.
    pub const ONE: Self = Self(1000);

    /// So many whole persons.
    pub const fn whole(count: i64) -> Self {
        Self(count * 1000)
    }

    /// The number of persons that give `periods` at `load` lessons a week each, rounded to the
    /// nearest thousandth; zero where the load is zero.
    pub fn from_periods(periods: Periods, load: Periods) -> Self {
        if load.0 <= 0 {
            return Self::ZERO;
        }
        Self((periods.0 * 1000 + load.0 / 2).div_euclid(load.0))
    }
}

fn write_decimal(
    formatter: &mut fmt::Formatter<'_>,
    value: i64,
    divisor: i64,
    digits: usize,
) -> fmt::Result {
    let sign = if value < 0 { "-" } else { "" };
    let whole = value.abs() / divisor;
    let rest = value.abs() % divisor;
    formatter.pad(&format!("{sign}{whole}.{rest:0digits$}"))
}

impl fmt::Display for Persons {
    /// Tenths of a person, rounded half away from zero: `3.4`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0.abs() + 50) / 100 * self.0.signum();
        write_decimal(formatter, tenths, 10, 1)
    }
}

impl fmt::Display for Periods {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_decimal(formatter, self.0, 10, 1)
    }
}

impl fmt::Display for Minutes {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, formatter)
    }
}

/// Divides `total` in proportion to the weights by largest remainders (earlier first in a tie); nothing
/// to anybody where no weight is above nought.
pub fn apportion(total: u32, weights: &[u64]) -> Vec<u32> {
    let sum: u128 = weights.iter().map(|&weight| u128::from(weight)).sum();
    if sum == 0 {
        return vec![0; weights.len()];
    }
    let exact = |weight: u64| u128::from(total) * u128::from(weight);
    let mut parts: Vec<u32> = weights.iter().map(|&w| (exact(w) / sum) as u32).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&place| std::cmp::Reverse(exact(weights[place]) % sum));
    let missing = total - parts.iter().sum::<u32>();
    for &place in order.iter().take(missing as usize) {
        parts[place] += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up_and_follow_the_weights() {
        assert_eq!(apportion(10, &[1, 1, 1]), [4, 3, 3]);
        assert_eq!(apportion(592, &[25, 40, 35]), [148, 237, 207]);
        assert_eq!(apportion(5, &[0, 0]), [0, 0]);
    }

    #[test]
    fn persons_print_in_tenths() {
        assert_eq!(Persons(3449).to_string(), "3.4");
        assert_eq!(Persons(-3450).to_string(), "-3.5");
        assert_eq!(Persons(-20).to_string(), "0.0");
    }

    #[test]
    fn periods_become_persons() {
        assert_eq!(
            Persons::from_periods(Periods(340), Periods(100)),
            Persons(3400)
        );
        assert_eq!(
            Persons::from_periods(Periods(10), Periods(30)),
            Persons(333)
        );
        assert_eq!(
            Persons::from_periods(Periods(10), Periods(0)),
            Persons::ZERO
        );
    }
}
