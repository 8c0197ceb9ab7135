//! The cheapest loosening of rules whose numbers are decimals: coefficients of differences, and persons
//! for each hundred pupils.

use toml::Value;

use super::ask::Nearest;
use super::loosen::Loosener;
use super::{Decimal, Loosening, Way};
use crate::domain::Stage;
use crate::planning::Feasibility;
use crate::policy::{Fraction, OneOrMany};
use crate::rules::DisparityLimit;
use crate::rules::disparity::Disparity;
use crate::rules::per_pupil::{MayFail, PerPupil};
use crate::scenario::Change;
use crate::solve::SolveError;

/// Digits after the point to which a coefficient is loosened at least.
const COEFFICIENT_DIGITS: u32 = 3;

/// The same of persons for each hundred pupils.
const RATE_DIGITS: u32 = 2;

/// Digits beyond which nobody writes a number.
const MOST_DIGITS: u32 = 6;

/// A coefficient beyond which no limit may be.
const MOST_COEFFICIENT: i64 = 10;

/// A decimal number of a rule.
struct Written {
    key: String,
    /// What it limits, in a few words.
    what: String,
    from: Fraction,
    /// So many parts are one, by the digits in which it is written.
    parts: i64,
    unit: Decimal,
}

impl Written {
    /// The number as so many parts.
    fn value(&self, number: i64) -> Fraction {
        // Never without parts.
        Fraction::new(number, self.parts).unwrap_or(self.from)
    }

    fn changes(&self, number: i64) -> Vec<Change> {
        let value = number as f64 / self.parts as f64;
        vec![Change::set(&self.key, Value::Float(value))]
    }

    fn way(&self, number: i64, proven: bool) -> Way {
        Way {
            loosening: Loosening::Decimal {
                key: self.key.clone(),
                what: self.what.clone(),
                from: self.from,
                to: self.value(number),
                unit: self.unit,
            },
            changes: self.changes(number),
            proven,
            users: None,
        }
    }
}

/// So many parts are one, of a number in the digits in which it is written, or in so many.
fn parts(number: Fraction, digits: u32) -> i64 {
    let mut parts = (digits..=MOST_DIGITS).map(|digits| 10_i64.pow(digits));
    let written = parts.find(|parts| parts % number.denominator == 0);
    written.unwrap_or(10_i64.pow(digits))
}

/// An indicator by its stages and name.
fn named(stages: &OneOrMany<Stage>, name: &str) -> String {
    let stages: Vec<&str> = stages.iter().map(|stage| stage.chinese()).collect();
    format!("{} {name}", stages.join("、"))
}

impl Loosener<'_> {
    /// Fewer persons for each hundred pupils, indicator by indicator; and less of the one that a school
    /// may fail.
    pub(super) fn per_pupil(&self, kind: &PerPupil) -> Result<Vec<Way>, SolveError> {
        let mut ways = Vec::new();
        for (place, standard) in kind.indicators.iter().enumerate() {
            let written = Written {
                key: self.key(&format!("indicators.{}.at_least", place + 1)),
                what: named(&standard.stage, &standard.name),
                from: standard.at_least,
                parts: parts(standard.at_least, RATE_DIGITS),
                unit: Decimal::PerHundred,
            };
            let begin = written.from.of_rounded_up(written.parts);
            let changes = |step: i64| written.changes(begin - step);
            let nearest = self.asker.nearest(begin, None, &changes)?;
            if let Nearest::Step(step, proven) = nearest {
                ways.push(written.way(begin - step, proven));
            }
        }
        if kind.may_fail == MayFail::One {
            ways.extend(self.share("floor_of_failed", kind.floor_of_failed, -1)?);
        }
        Ok(ways)
    }

    /// Higher limits of differences, one by one.
    pub(super) fn disparity(&self, kind: &Disparity) -> Result<Vec<Way>, SolveError> {
        let indicators = kind.indicators.iter().enumerate();
        let indicators = indicators.filter_map(|(place, spread)| {
            let written = Written {
                key: self.key(&format!("indicators.{}.at_most", place + 1)),
                what: named(&spread.stage, &spread.name),
                from: spread.at_most?,
                parts: parts(spread.at_most?, COEFFICIENT_DIGITS),
                unit: Decimal::Coefficient,
            };
            Some((DisparityLimit::Indicator(place), written))
        });
        let means = kind.composite.iter().enumerate();
        let means = means.filter_map(|(place, composite)| {
            let written = Written {
                key: self.key(&format!("composite.{}.at_most", place + 1)),
                what: composite.place(),
                from: composite.at_most?,
                parts: parts(composite.at_most?, COEFFICIENT_DIGITS),
                unit: Decimal::Coefficient,
            };
            Some((DisparityLimit::Mean(place), written))
        });
        let mut ways = Vec::new();
        for (limit, written) in indicators.chain(means) {
            ways.extend(self.difference(kind, limit, &written)?);
        }
        Ok(ways)
    }

    /// The lowest limit of a difference that has a plan. A plan that misses it by the least says where;
    /// then the next lower ones are asked for.
    fn difference(
        &self,
        kind: &Disparity,
        limit: DisparityLimit,
        written: &Written,
    ) -> Result<Option<Way>, SolveError> {
        // The value itself has no plan.
        let mut without = written.from.of_rounded_down(written.parts);
        let known = self
            .asker
            .least_difference((self.context, self.rules), (self.position, limit))?;
        let known = known
            .map(|plan| kind.least_limit(&plan.facts(self.context), limit, written.parts))
            .filter(|&number| number > without);
        let most = MOST_COEFFICIENT * written.parts;
        let mut with = known.unwrap_or(most);
        if known.is_none() && self.asker.ask(&written.changes(most))? != Feasibility::HasPlan {
            return Ok(None);
        }
        let (mut proven, mut next) = (true, with - 1);
        while with - without > 1 {
            match self.asker.ask(&written.changes(next))? {
                Feasibility::HasPlan => with = next,
                Feasibility::Unknown => (without, proven) = (next, false),
                Feasibility::Clashes(_) | Feasibility::Locked => without = next,
            }
            next = without + (with - without) / 2;
        }
        Ok(Some(written.way(with, proven)))
    }
}
