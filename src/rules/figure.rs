//! What rules find and ask over a district: numbers with their unit. On paper they are Chinese text
//! (`Display`); in summaries the numbers stand beside it.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::domain::{Minutes, Persons};
use crate::policy::Fraction;

/// Units by their codes in summaries: heads, full-time persons (折算人数), moves (人次), places of a
/// rule's scope, shares from 0 to 1, minutes of one way.
const PERSONS: &str = "persons";
const FULL_TIME: &str = "full-time-persons";
const MOVES: &str = "moves";
const PLACES: &str = "places";
const SHARE: &str = "share";
const MINUTES: &str = "minutes";

/// What a rule found over the district.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// So many heads.
    Persons(i64),
    /// So many full-time persons.
    FullTime(Persons),
    /// So many moves.
    Moves(i64),
    /// Places in which the rule holds, of all.
    Places {
        /// Where it holds.
        met: usize,
        /// All.
        of: usize,
    },
    /// A share of persons.
    Share {
        /// Who counts.
        part: i64,
        /// Of so many.
        of: i64,
    },
    /// Ways of those who move.
    Ways {
        /// Who moves.
        persons: i64,
        /// Minutes that cost, of all together.
        total: Minutes,
        /// The longest way.
        farthest: Minutes,
    },
    /// Persons who go where they wish, of those who stated wishes.
    Wishes {
        /// Who goes where they wish.
        granted: i64,
        /// Who stated wishes.
        of: i64,
    },
}

impl Figure {
    /// The part that counts; `None` where it is no share, or a share of nobody.
    pub fn share(&self) -> Option<Fraction> {
        match *self {
            Self::Share { part, of } => Fraction::new(part, of),
            _ => None,
        }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Persons(count) => write!(formatter, "{count} 人"),
            Self::FullTime(persons) => write!(formatter, "{persons} 人"),
            Self::Moves(count) => write!(formatter, "{count} 人次"),
            Self::Places { met, of } => write!(formatter, "{met} / {of} 处达标"),
            Self::Share { part, of } => match self.share() {
                Some(share) => write!(formatter, "{share}（{part} / {of}）"),
                None => write!(formatter, "—（{part} / {of}）"),
            },
            Self::Ways {
                persons,
                total,
                farthest,
            } => write!(
                formatter,
                "{persons} 人，计 {total} 分钟，最远 {farthest} 分钟"
            ),
            Self::Wishes { granted, of } => write!(formatter, "{granted} / {of} 人如愿"),
        }
    }
}

impl Serialize for Figure {
    /// `unit`, `number`, what the number is made of, and `text` as printed on paper.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut view = match *self {
            Self::Persons(count) => json!({ "unit": PERSONS, "number": count }),
            Self::FullTime(persons) => {
                json!({ "unit": FULL_TIME, "number": persons.0 as f64 / 1000.0 })
            }
            Self::Moves(count) => json!({ "unit": MOVES, "number": count }),
            Self::Places { met, of } => json!({ "unit": PLACES, "number": met, "of": of }),
            Self::Share { part, of } => {
                let number = self.share().map(quotient);
                json!({ "unit": SHARE, "number": number, "part": part, "of": of })
            }
            Self::Ways {
                persons,
                total,
                farthest,
            } => {
                let (total, farthest) = (total.0, farthest.0);
                json!({
                    "unit": MINUTES, "number": total, "persons": persons, "farthest": farthest
                })
            }
            Self::Wishes { granted, of } => {
                json!({ "unit": PERSONS, "number": granted, "of": of })
            }
        };
        view["text"] = json!(self.to_string());
        view.serialize(serializer)
    }
}

/// What a rule asks over the district.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// So many heads: at least, at most, or both.
    Persons {
        /// At least.
        at_least: Option<i64>,
        /// At most.
        at_most: Option<i64>,
    },
    /// Nobody too few, or too many.
    Nobody,
    /// That the rule holds in all of so many places.
    Places(usize),
    /// A share of at least this.
    AtLeast(Fraction),
    /// A share of at most this.
    AtMost(Fraction),
}

impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Persons { at_least, at_most } => match (at_least, at_most) {
                (Some(least), Some(most)) if least == most => write!(formatter, "= {least} 人"),
                (Some(least), Some(most)) => write!(formatter, "{least}–{most} 人"),
                (Some(least), None) => write!(formatter, "≥ {least} 人"),
                (None, Some(most)) => write!(formatter, "≤ {most} 人"),
                (None, None) => Ok(()),
            },
            Self::Nobody => write!(formatter, "0 人"),
            Self::Places(count) => write!(formatter, "{count} 处"),
            Self::AtLeast(share) => write!(formatter, "≥ {share}"),
            Self::AtMost(share) => write!(formatter, "≤ {share}"),
        }
    }
}

impl Serialize for Target {
    /// `unit`, `at_least` and `at_most` where there is such a limit, and `text` as printed on paper.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (unit, at_least, at_most) = match *self {
            Self::Persons { at_least, at_most } => (PERSONS, json!(at_least), json!(at_most)),
            Self::Nobody => (FULL_TIME, Value::Null, json!(0)),
            Self::Places(count) => (PLACES, json!(count), Value::Null),
            Self::AtLeast(share) => (SHARE, json!(quotient(share)), Value::Null),
            Self::AtMost(share) => (SHARE, Value::Null, json!(quotient(share))),
        };
        json!({ "unit": unit, "at_least": at_least, "at_most": at_most, "text": self.to_string() })
            .serialize(serializer)
    }
}

fn quotient(share: Fraction) -> f64 {
    share.numerator as f64 / share.denominator as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_say_their_numbers_and_their_text() {
        let share = Figure::Share { part: 1, of: 4 };
        assert_eq!(
            json!(share),
            json!({"unit": "share", "number": 0.25, "part": 1, "of": 4, "text": "25%（1 / 4）"})
        );
        let nobody = Figure::Share { part: 0, of: 0 };
        assert_eq!(json!(nobody)["number"], json!(null));
        assert_eq!(nobody.to_string(), "—（0 / 0）");
        assert_eq!(
            json!(Figure::FullTime(Persons(12_340))),
            json!({"unit": "full-time-persons", "number": 12.34, "text": "12.3 人"})
        );
        let ways = Figure::Ways {
            persons: 3,
            total: Minutes(75),
            farthest: Minutes(40),
        };
        assert_eq!(
            json!(ways),
            json!({"unit": "minutes", "number": 75, "persons": 3, "farthest": 40,
                   "text": "3 人，计 75 分钟，最远 40 分钟"})
        );
    }

    #[test]
    fn targets_say_their_limits_and_their_text() {
        let exactly = Target::Persons {
            at_least: Some(50),
            at_most: Some(50),
        };
        assert_eq!(
            json!(exactly),
            json!({"unit": "persons", "at_least": 50, "at_most": 50, "text": "= 50 人"})
        );
        let limit = Fraction::new(1, 3).expect("three is not nothing");
        assert_eq!(json!(Target::AtMost(limit))["at_most"], json!(1.0 / 3.0));
        assert_eq!(Target::Places(5).to_string(), "5 处");
    }
}
