//! Calendar months. Ages, terms and years of service are counted in complete months.

use std::fmt;

/// A calendar month, as the number of months since January of year 0.
///
/// Rosters give dates to the month; where they give a day it is dropped on reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    /// The month `month` (1 to 12) of `year`; `None` where there is no such month.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        ((1..=12).contains(&month) && (1..=9999).contains(&year))
            .then(|| Self(year * 12 + month as i32 - 1))
    }

    /// The month written as `YYYY-MM` or `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next()?.parse().ok()?;
        Self::new(year, month)
    }

    /// The calendar year.
    pub const fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month of the year, 1 to 12.
    pub const fn month(self) -> u32 {
        self.0.rem_euclid(12) as u32 + 1
    }

    /// This month and `months` more (fewer where negative).
    #[must_use]
    pub const fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }

    /// Complete months from `earlier` to this month; negative where `earlier` is later.
    pub const fn months_since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&format!("{:04}-{:02}", self.year(), self.month()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_count_and_print() {
        let month = Month::parse("2025-09-01").unwrap();
        assert_eq!((month.year(), month.month()), (2025, 9));
        assert_eq!(month.months_since(Month::new(2019, 9).unwrap()), 72);
        assert_eq!(month.plus(-9).to_string(), "2024-12");
        assert_eq!(Month::new(2025, 13), None);
        assert_eq!(Month::parse("2025"), None);
    }
}
