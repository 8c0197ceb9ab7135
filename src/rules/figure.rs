//! What rules find and ask over a district: numbers with their unit. On paper they are Chinese text
//! (`Display`); in summaries the numbers stand beside it.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::domain::{Minutes, Persons};
use crate::policy::Fraction;

/// Units by their codes in summaries: heads, full-time persons (折算人数), moves (人次), places of a
/// rule's scope, shares from 0 to 1, minutes of one way, persons for each hundred pupils,
/// 差异系数, couples.
const PERSONS: &str = "persons";
const FULL_TIME: &str = "full-time-persons";
const MOVES: &str = "moves";
const PLACES: &str = "places";
const SHARE: &str = "share";
const MINUTES: &str = "minutes";
const PER_HUNDRED: &str = "persons-per-100-pupils";
const COEFFICIENT: &str = "coefficient";
const COUPLES: &str = "couples";

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
    /// Persons for each hundred pupils.
    PerHundred {
        /// So many persons.
        persons: i64,
        /// For so many pupils.
        pupils: i64,
    },
    /// A 差异系数 in millionths; `None` of nobody.
    Coefficient(Option<i64>),
    /// The mean of some 差异系数, in millionths, as things stand and under the plan; `None` of nobody.
    Differences {
        /// As things stand.
        before: Option<i64>,
        /// Under the plan.
        after: Option<i64>,
        /// Of so many.
        of: usize,
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
    /// Couples who serve near each other, of those of whom both serve.
    Couples {
        /// Who serve near each other.
        together: i64,
        /// All.
        of: i64,
    },
    /// Who goes again by the plan, of those whose turn it may be.
    Turns {
        /// Who is sent again, and not by wish.
        again: i64,
        /// So many of them in place of somebody who never was.
        avoidable: i64,
        /// Who goes again by a decision or a lock.
        settled: i64,
        /// Of how many it is known how often they were sent.
        of: usize,
        /// Of how many it is not.
        unknown: usize,
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
    /// A 差异系数.
    pub fn coefficient(value: Option<f64>) -> Self {
        Self::Coefficient(value.map(|value| (value * 1e6).round() as i64))
    }

    /// The part that counts; `None` where it is no share, or a share of nobody.
    pub fn share(&self) -> Option<Fraction> {
        match *self {
            Self::Share { part, of } => Fraction::new(part, of),
            _ => None,
        }
    }

    /// Whether the rule speaks of nothing in the district: no place, no couple, no wish.
    pub fn is_of_nothing(&self) -> bool {
        match *self {
            Self::Places { of, .. } => of == 0,
            Self::Couples { of, .. } | Self::Wishes { of, .. } => of == 0,
            _ => false,
        }
    }
}

/// What is printed where a rule speaks of nothing in the district.
const NOT_APPLICABLE: &str = "不涉及";

impl fmt::Display for Figure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_of_nothing() {
            return formatter.write_str(NOT_APPLICABLE);
        }
        match *self {
            Self::Persons(count) => write!(formatter, "{count} 人"),
            Self::FullTime(persons) => write!(formatter, "{persons} 人"),
            Self::Moves(count) => write!(formatter, "{count} 人次"),
            Self::Places { met, of } => write!(formatter, "{met} / {of} 处达标"),
            Self::Share { part, of } => match self.share() {
                Some(share) => write!(formatter, "{share}（{part} / {of}）"),
                None => write!(formatter, "—（{part} / {of}）"),
            },
            Self::PerHundred { persons, pupils } => {
                let rate = per_hundred(persons, pupils);
                write!(formatter, "{rate}（{persons} 人 / {pupils} 生）")
            }
            Self::Coefficient(millionths) => formatter.write_str(&coefficient(millionths)),
            Self::Differences { before, after, of } => {
                let (before, after) = (coefficient(before), coefficient(after));
                write!(formatter, "{before} → {after}")?;
                if of == 1 {
                    return Ok(());
                }
                write!(formatter, "（{of} 项平均）")
            }
            Self::Ways {
                persons,
                total,
                farthest,
            } => write!(
                formatter,
                "{persons} 人，计 {total} 分钟，最远 {farthest} 分钟"
            ),
            Self::Couples { together, of } => write!(formatter, "{together} / {of} 对在一处"),
            Self::Turns {
                again,
                avoidable,
                settled,
                of,
                unknown,
            } => {
                if of == 0 {
                    formatter.write_str(NOT_APPLICABLE)?;
                } else {
                    write!(
                        formatter,
                        "再次派出 {again} 人，其中挤占从未交流者 {avoidable} 人"
                    )?;
                }
                if settled > 0 {
                    write!(formatter, "，另按决定 {settled} 人")?;
                }
                if unknown > 0 {
                    write!(formatter, "（{unknown} 人交流次数不详）")?;
                }
                Ok(())
            }
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
            Self::PerHundred { persons, pupils } => {
                let number = (pupils > 0).then(|| persons as f64 * 100.0 / pupils as f64);
                json!({
                    "unit": PER_HUNDRED, "number": number, "persons": persons, "pupils": pupils
                })
            }
            Self::Coefficient(millionths) => {
                let number = millionths.map(|millionths| millionths as f64 / 1e6);
                json!({ "unit": COEFFICIENT, "number": number })
            }
            Self::Differences { before, after, of } => {
                let number = |millionths: Option<i64>| millionths.map(|held| held as f64 / 1e6);
                json!({
                    "unit": COEFFICIENT, "number": number(after), "before": number(before), "of": of
                })
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
            Self::Couples { together, of } => {
                json!({ "unit": COUPLES, "number": together, "of": of })
            }
            Self::Turns {
                again,
                avoidable,
                settled,
                of,
                unknown,
            } => json!({
                "unit": PERSONS, "number": avoidable, "again": again, "settled": settled,
                "of": of, "unknown": unknown
            }),
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
    /// At least so many persons for each hundred pupils.
    PerHundred(Fraction),
    /// A 差异系数 of at most this.
    Coefficient(Fraction),
}

impl Target {
    /// By how many persons, or places of a target in places, a figure misses this: too few above nought,
    /// too many below. Shares are of as many persons as the figure has. `None` where that is no number
    /// of either.
    pub fn missed_by(&self, figure: &Figure) -> Option<i64> {
        match (*self, *figure) {
            (Self::Persons { at_least, at_most }, Figure::Persons(count)) => {
                let few = at_least.map_or(0, |least| (least - count).max(0));
                let many = at_most.map_or(0, |most| (count - most).max(0));
                Some(few - many)
            }
            (Self::Places(count), Figure::Places { met, .. }) => {
                Some(i64::try_from(count).ok()? - i64::try_from(met).ok()?)
            }
            (Self::AtLeast(share), Figure::Share { part, of }) => {
                Some((share.of_rounded_up(of) - part).max(0))
            }
            (Self::AtMost(share), Figure::Share { part, of }) => {
                Some((share.of_rounded_down(of) - part).min(0))
            }
            _ => None,
        }
    }
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
            Self::Places(0) => formatter.write_str(NOT_APPLICABLE),
            Self::Places(count) => write!(formatter, "{count} 处"),
            Self::AtLeast(share) => write!(formatter, "≥ {share}"),
            Self::AtMost(share) => write!(formatter, "≤ {share}"),
            Self::PerHundred(rate) => write!(formatter, "≥ {}", decimal(*rate)),
            Self::Coefficient(limit) => write!(formatter, "≤ {}", decimal(*limit)),
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
            Self::PerHundred(rate) => (PER_HUNDRED, json!(quotient(rate)), Value::Null),
            Self::Coefficient(limit) => (COEFFICIENT, Value::Null, json!(quotient(limit))),
        };
        json!({ "unit": unit, "at_least": at_least, "at_most": at_most, "text": self.to_string() })
            .serialize(serializer)
    }
}

/// Persons for each hundred pupils, to a hundredth and never rounded up: what is printed as the
/// threshold reaches it.
pub fn per_hundred(persons: i64, pupils: i64) -> String {
    if pupils <= 0 {
        return "—".to_owned();
    }
    let hundredths = persons * 10_000 / pupils;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// A 差异系数 in millionths, to four places.
pub fn coefficient(millionths: Option<i64>) -> String {
    millionths.map_or_else(
        || "—".to_owned(),
        |millionths| {
            let rounded = (millionths + 50) / 100;
            format!("{}.{:04}", rounded / 10_000, rounded % 10_000)
        },
    )
}

/// A number as people write it: `4.2`, to four places.
pub(super) fn decimal(number: Fraction) -> String {
    let scaled = (number.numerator * 10_000 + number.denominator / 2) / number.denominator;
    let text = format!("{}.{:04}", scaled / 10_000, scaled % 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
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

    #[test]
    fn targets_say_how_many_are_missing() {
        let persons = |at_least, at_most| Target::Persons { at_least, at_most };
        let missed = |target: Target, figure| target.missed_by(&figure);
        assert_eq!(
            missed(persons(Some(226), None), Figure::Persons(31)),
            Some(195)
        );
        assert_eq!(
            missed(persons(Some(50), Some(50)), Figure::Persons(53)),
            Some(-3)
        );
        assert_eq!(missed(persons(None, Some(9)), Figure::Persons(2)), Some(0));
        let fifth = Fraction::new(1, 5).expect("five is not nothing");
        let share = |part| Figure::Share { part, of: 66 };
        assert_eq!(missed(Target::AtLeast(fifth), share(11)), Some(3));
        assert_eq!(missed(Target::AtLeast(fifth), share(14)), Some(0));
        assert_eq!(missed(Target::AtMost(fifth), share(14)), Some(-1));
        let places = Figure::Places { met: 104, of: 139 };
        assert_eq!(missed(Target::Places(139), places), Some(35));
        assert_eq!(missed(Target::Nobody, Figure::Persons(1)), None);
    }
}
