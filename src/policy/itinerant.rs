//! `[itinerant]`: on what terms teachers serve at several schools (走教).

use serde::Deserialize;

use super::words::OneOrMany;
use crate::domain::{Itinerary, Persons, SchoolIndex, Stage, WEEK};

/// The terms of 走教. Who may, and how far, is said by `eligibility` and `reach` rules of the form.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItinerantTerms {
    /// The short subjects.
    pub subject: OneOrMany<String>,
    /// In these stages.
    #[serde(default)]
    pub stage: OneOrMany<Stage>,
    /// Schools that one teacher serves at most, the own one included.
    #[serde(default = "three")]
    pub sites_at_most: u8,
    /// Whole days a week that the own school keeps at least.
    #[serde(default = "one")]
    pub home_days_at_least: u8,
    /// Lessons of a whole day.
    #[serde(default = "four")]
    pub lessons_a_day: u8,
    /// Lessons that a day away loses to the way.
    #[serde(default = "one")]
    pub lessons_lost: u8,
    /// Of the schools in reach that lack part of a person, plans consider this many for each
    /// teacher, the nearest first.
    #[serde(default = "three")]
    pub nearest: u8,
    #[serde(default)]
    pub(super) off: bool,
}

const fn one() -> u8 {
    1
}

const fn three() -> u8 {
    3
}

const fn four() -> u8 {
    4
}

impl ItinerantTerms {
    /// What is wrong with the numbers, and what they may be.
    pub(super) fn fault(&self) -> Option<(&'static str, &'static str)> {
        if self.subject.is_empty() {
            return Some((
                "没有写明学科 / no subject is named",
                "如 / such as: subject = [\"音乐\", \"美术\"]",
            ));
        }
        if !(2..=1 + Itinerary::SITES as u8).contains(&self.sites_at_most) {
            return Some((
                "走教学校数（含本校）不对 / a wrong number of schools, the own one included",
                "可用 / known: sites_at_most = 2, 3",
            ));
        }
        if !(1..WEEK).contains(&self.home_days_at_least) {
            return Some((
                "本校天数不对 / a wrong number of days at home",
                "可用 / known: home_days_at_least = 1, 2, 3, 4",
            ));
        }
        if self.lessons_lost >= self.lessons_a_day {
            return Some((
                "路上耗去全天课时 / the way takes all lessons of a day",
                "应少于 / must be less: lessons_lost < lessons_a_day",
            ));
        }
        (self.nearest == 0).then_some((
            "不考虑任何学校 / no school is considered",
            "停用请写 / to take it out, say: off = true",
        ))
    }

    /// What a day away brings a school, in thousandths of a person.
    pub fn worth_of_day(&self) -> Persons {
        let lessons = i64::from(self.lessons_a_day);
        Persons(day_at_home().0 * (lessons - i64::from(self.lessons_lost)) / lessons)
    }
}

/// Calls `add` with every school where somebody gives lessons who belongs to `home`, and how much of a
/// person he or she is there: a day away brings less than a day at home, because of the way. Without
/// terms it brings as much.
pub fn presence(
    terms: Option<&ItinerantTerms>,
    home: SchoolIndex,
    itinerary: Option<Itinerary>,
    mut add: impl FnMut(SchoolIndex, Persons),
) {
    let Some(held) = itinerary else {
        return add(home, Persons::whole(1));
    };
    let days = |days: u8, worth: Persons| Persons(i64::from(days) * worth.0);
    add(home, days(held.days_home(), day_at_home()));
    let worth = terms.map_or_else(day_at_home, ItinerantTerms::worth_of_day);
    for site in held.sites() {
        add(site.school, days(site.days, worth));
    }
}

/// What a day of the week is at one's own school, in thousandths of a person.
pub const fn day_at_home() -> Persons {
    Persons(1000 / WEEK as i64)
}
