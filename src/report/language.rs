//! In which language people are spoken to. Files for the office are always Chinese.

use std::fmt::Display;

use crate::rules::{Figure, Target, coefficient, per_hundred};

const NOT_APPLICABLE: &str = "not applicable";

/// A language of messages and summaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// 中文
    #[default]
    Chinese,
    /// English
    English,
}

impl Language {
    /// The one of two texts that is in this language.
    pub const fn pick<'a>(self, chinese: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }

    /// The English text, but the Chinese one where there is no English.
    pub fn title<'a>(self, chinese: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::English if !english.is_empty() => english,
            _ => chinese,
        }
    }

    /// What a rule found, as printed.
    pub fn figure(self, figure: &Figure) -> String {
        if self == Self::Chinese {
            return figure.to_string();
        }
        if figure.is_of_nothing() {
            return NOT_APPLICABLE.to_owned();
        }
        match *figure {
            Figure::Persons(count) => counted(count, "person", "persons"),
            Figure::FullTime(persons) => counted(persons, "person", "persons"),
            Figure::Moves(count) => counted(count, "move", "moves"),
            Figure::Places { met, of } => {
                format!("{met} / {} met", counted(of, "place", "places"))
            }
            Figure::Share { part, of } => match figure.share() {
                Some(share) => format!("{share} ({part} / {of})"),
                None => format!("— ({part} / {of})"),
            },
            Figure::Coefficient(_) | Figure::Differences { of: 1, .. } => figure.to_string(),
            Figure::Differences { before, after, of } => {
                let (before, after) = (coefficient(before), coefficient(after));
                format!("{before} → {after} (mean of {of})")
            }
            Figure::PerHundred { persons, pupils } => {
                let rate = per_hundred(persons, pupils);
                format!(
                    "{rate} ({} / {})",
                    counted(persons, "person", "persons"),
                    counted(pupils, "pupil", "pupils")
                )
            }
            Figure::Ways {
                persons,
                total,
                farthest,
            } => format!(
                "{}, {}, farthest {}",
                counted(persons, "person", "persons"),
                counted(total, "minute", "minutes"),
                counted(farthest, "minute", "minutes")
            ),
            Figure::Couples { together, of } => {
                format!(
                    "{together} / {} near each other",
                    counted(of, "couple", "couples")
                )
            }
            Figure::Turns { .. } => turns(figure),
            Figure::Wishes { granted, of } => {
                format!("{granted} / {} granted", counted(of, "wish", "wishes"))
            }
        }
    }

    /// What a rule asks, as printed.
    pub fn target(self, target: &Target) -> String {
        match *target {
            Target::Places(0) if self == Self::English => NOT_APPLICABLE.to_owned(),
            Target::Places(count) if self == Self::English => counted(count, "place", "places"),
            _ => self.amount(&target.to_string()),
        }
    }

    /// A number of persons as printed in the files.
    pub fn amount(self, text: &str) -> String {
        match text.strip_suffix(" 人") {
            Some(number) if self == Self::English => {
                // `≥ 1` is of one as `1` is.
                let (before, last) = number.rsplit_once(' ').unwrap_or(("", number));
                format!("{before} {}", counted(last, "person", "persons"))
                    .trim_start()
                    .to_owned()
            }
            _ => text.to_owned(),
        }
    }
}

/// Who goes again.
fn turns(figure: &Figure) -> String {
    let Figure::Turns {
        again,
        avoidable,
        settled,
        of,
        unknown,
    } = *figure
    else {
        return figure.to_string();
    };
    let found = match of {
        0 => NOT_APPLICABLE.to_owned(),
        _ => format!("{again} sent again, {avoidable} of them ahead of the never sent"),
    };
    let settled = match settled {
        0 => String::new(),
        _ => format!(", {settled} more by decision"),
    };
    match unknown {
        0 => found + &settled,
        _ => format!("{found}{settled} ({unknown} not known)"),
    }
}

/// A number with its English noun: `1 school`, `2 schools`.
pub fn counted(number: impl Display, one: &str, several: &str) -> String {
    let number = number.to_string();
    let noun = if number == "1" { one } else { several };
    format!("{number} {noun}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Minutes, Persons};

    #[test]
    fn figures_lose_their_chinese_units() {
        let english = |figure| Language::English.figure(&figure);
        assert_eq!(english(Figure::Persons(1)), "1 person");
        assert_eq!(english(Figure::FullTime(Persons(1_500))), "1.5 persons");
        assert_eq!(english(Figure::Share { part: 1, of: 4 }), "25% (1 / 4)");
        assert_eq!(
            english(Figure::Places { met: 1, of: 2 }),
            "1 / 2 places met"
        );
        let nowhere = Figure::Places { met: 0, of: 0 };
        assert_eq!(english(nowhere), "not applicable");
        assert_eq!(Language::Chinese.figure(&nowhere), "不涉及");
        let ways = Figure::Ways {
            persons: 3,
            total: Minutes(75),
            farthest: Minutes(1),
        };
        assert_eq!(english(ways), "3 persons, 75 minutes, farthest 1 minute");
        assert_eq!(Language::Chinese.figure(&Figure::Persons(1)), "1 人");
        let turns = |of, unknown| Figure::Turns {
            again: 3,
            avoidable: 2,
            settled: 1,
            of,
            unknown,
        };
        assert_eq!(
            english(turns(9, 4)),
            "3 sent again, 2 of them ahead of the never sent, 1 more by decision (4 not known)"
        );
    }

    #[test]
    fn targets_lose_their_chinese_units() {
        let persons = |at_least, at_most| Target::Persons { at_least, at_most };
        let english = |target| Language::English.target(&target);
        assert_eq!(english(persons(Some(50), Some(50))), "= 50 persons");
        assert_eq!(english(persons(Some(1), None)), "≥ 1 person");
        assert_eq!(english(persons(Some(2), Some(4))), "2–4 persons");
        assert_eq!(english(Target::Nobody), "0 persons");
        assert_eq!(english(Target::Places(1)), "1 place");
        assert_eq!(english(Target::Places(0)), "not applicable");
        assert_eq!(Language::Chinese.target(&Target::Places(0)), "不涉及");
        assert_eq!(Language::English.amount("1 人"), "1 person");
        assert_eq!(Language::Chinese.target(&Target::Places(1)), "1 处");
    }
}
