//! Exact shares and weights, as people write them: `20%`, `0.2`, `1/5`.

use std::fmt;

use serde::{Deserialize, Deserializer, de};

/// A non-negative rational number in lowest terms, such as a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fraction {
    /// Above the line.
    pub numerator: i64,
    /// Below the line; positive.
    pub denominator: i64,
}

impl Fraction {
    /// The fraction in lowest terms; `None` where the denominator is not positive or the
    /// numerator negative.
    pub fn new(numerator: i64, denominator: i64) -> Option<Self> {
        if numerator < 0 || denominator <= 0 {
            return None;
        }
        let (mut left, mut right) = (numerator, denominator);
        while right != 0 {
            (left, right) = (right, left % right);
        }
        let divisor = left.max(1);
        Some(Self {
            numerator: numerator / divisor,
            denominator: denominator / divisor,
        })
    }

    /// Reads `20%`, `0.2`, `1/5` or `1`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((above, below)) = text.split_once('/') {
            return Self::new(above.trim().parse().ok()?, below.trim().parse().ok()?);
        }
        let (number, percent) = match text.strip_suffix(['%', '％']) {
            Some(number) => (number.trim(), 100),
            None => (text, 1),
        };
        let (whole, digits) = number.split_once('.').unwrap_or((number, ""));
        if digits.len() > 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let scale = 10_i64.pow(digits.len() as u32);
        let whole: i64 = if whole.is_empty() {
            0
        } else {
            whole.parse().ok()?
        };
        let rest: i64 = if digits.is_empty() {
            0
        } else {
            digits.parse().ok()?
        };
        Self::new(
            whole.checked_mul(scale)?.checked_add(rest)?,
            scale * percent,
        )
    }

    /// The share of a count, rounded up to whole units.
    pub fn of_rounded_up(self, count: i64) -> i64 {
        (count * self.numerator + self.denominator - 1).div_euclid(self.denominator)
    }

    /// The share of a count, rounded down to whole units.
    pub fn of_rounded_down(self, count: i64) -> i64 {
        (count * self.numerator).div_euclid(self.denominator)
    }
}

impl fmt::Display for Fraction {
    /// As a percentage: `20%`, `12.5%`; rounded to a hundredth of a percent.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths =
            (self.numerator * 10_000 + self.denominator / 2).div_euclid(self.denominator);
        let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
        let text = text.trim_end_matches('0').trim_end_matches('.');
        formatter.pad(&format!("{text}%"))
    }
}

impl<'de> Deserialize<'de> for Fraction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = number_text(deserializer)?;
        Self::parse(&text).ok_or_else(|| {
            de::Error::custom(format!("`{text}` is not a share such as \"20%\" or 0.2"))
        })
    }
}

/// A non-negative weight in hundredths of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weight(pub i64);

impl Weight {
    /// Weight one.
    pub const ONE: Self = Self(10_000);

    /// The product of two weights, rounded to the nearest ten-thousandth.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        Self((self.0 * other.0 + 5_000).div_euclid(10_000))
    }
}

impl<'de> Deserialize<'de> for Weight {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = number_text(deserializer)?;
        Fraction::parse(&text)
            .filter(|fraction| 10_000 % fraction.denominator == 0)
            .map(|fraction| Self(fraction.numerator * (10_000 / fraction.denominator)))
            .ok_or_else(|| {
                de::Error::custom(format!(
                    "`{text}` is not a weight with at most four decimals"
                ))
            })
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{}.{:04}", self.0 / 10_000, self.0 % 10_000);
        formatter.pad(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

/// The text of a number or string. TOML's floats are read through their shortest decimal form,
/// so that 0.15 is fifteen hundredths exactly.
fn number_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    match toml::Value::deserialize(deserializer)? {
        toml::Value::String(text) => Ok(text),
        toml::Value::Integer(number) => Ok(number.to_string()),
        toml::Value::Float(number) => Ok(number.to_string()),
        other => Err(de::Error::custom(format!("`{other}` is not a number"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_exact() {
        for text in ["20%", "0.2", "1/5", "20.0 %", "２０％"] {
            let found = Fraction::parse(text);
            assert_eq!(found.is_some(), text != "２０％", "{text}");
            if let Some(found) = found {
                assert_eq!(
                    found,
                    Fraction {
                        numerator: 1,
                        denominator: 5
                    }
                );
            }
        }
        assert_eq!(Fraction::parse("12.5%").unwrap().to_string(), "12.5%");
        assert_eq!(Fraction::parse("10%").unwrap().of_rounded_up(41), 5);
        assert_eq!(Fraction::parse("10%").unwrap().of_rounded_down(49), 4);
        assert_eq!(Fraction::parse("-1"), None);
        assert_eq!(Fraction::parse("1/0"), None);
    }
}
