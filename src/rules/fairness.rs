//! Whom a plan asks: those who fulfil the conditions of exchange and those of them who are sent, by sex,
//! age, zone, title and by how often they went before.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::context::Context;
use super::facts::PlanFacts;
use crate::demand::Situation;
use crate::domain::{Form, Sex, TeacherIndex, Title, Zone};

/// Some people who are compared with all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Everybody.
    All,
    /// Those of a sex.
    Sex(Known<Sex>),
    /// Those of an age when the year begins.
    Age(Known<AgeBand>),
    /// Those who come from schools of a zone.
    Zone(Zone),
    /// Those who hold a title; where the roster does not say, they hold none.
    Title(Title),
    /// Those who went so often before.
    Exchanges(Known<Times>),
}

/// What rosters may not say; that comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Known<T> {
    /// It is this.
    Is(T),
    /// It is not known.
    Unknown,
}

/// Five years of age, but for the youngest and the oldest: its place among [`AGES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgeBand(u8);

/// How often somebody went before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Times {
    /// Never.
    Never,
    /// Once.
    Once,
    /// Twice or more.
    More,
}

/// The bands of age: whole years at most, Chinese, English.
const AGES: [(i32, &str, &str); 7] = [
    (30, "30岁及以下", "30 and under"),
    (35, "31–35岁", "31–35"),
    (40, "36–40岁", "36–40"),
    (45, "41–45岁", "41–45"),
    (50, "46–50岁", "46–50"),
    (55, "51–55岁", "51–55"),
    (i32::MAX, "55岁以上", "over 55"),
];

const UNKNOWN: [&str; 2] = ["不详", "unknown"];

impl<T> From<Option<T>> for Known<T> {
    fn from(held: Option<T>) -> Self {
        held.map_or(Self::Unknown, Self::Is)
    }
}

impl<T> Known<T> {
    fn words(self, of: impl FnOnce(T) -> [&'static str; 2]) -> [&'static str; 2] {
        match self {
            Self::Is(held) => of(held),
            Self::Unknown => UNKNOWN,
        }
    }
}

impl AgeBand {
    /// The band of an age in months.
    fn of(months: i32) -> Self {
        let years = months.div_euclid(12);
        let below = AGES.iter().filter(|(most, ..)| *most < years);
        Self(below.count() as u8)
    }

    fn words(self) -> [&'static str; 2] {
        AGES.get(usize::from(self.0))
            .map_or(UNKNOWN, |&(_, chinese, english)| [chinese, english])
    }
}

impl Times {
    const fn of(count: u32) -> Self {
        match count {
            0 => Self::Never,
            1 => Self::Once,
            _ => Self::More,
        }
    }

    const fn words(self) -> [&'static str; 2] {
        match self {
            Self::Never => ["从未交流", "never"],
            Self::Once => ["交流过一次", "once"],
            Self::More => ["交流过两次以上", "twice or more"],
        }
    }
}

impl Group {
    /// By what people are grouped, in Chinese and English.
    pub const fn attribute(self) -> [&'static str; 2] {
        match self {
            Self::All => ["全部", "all"],
            Self::Sex(_) => ["性别", "sex"],
            Self::Age(_) => ["年龄", "age"],
            Self::Zone(_) => ["原学校城乡", "zone"],
            Self::Title(_) => ["职称", "title"],
            Self::Exchanges(_) => ["交流次数", "exchanges"],
        }
    }

    /// The group, in Chinese and English.
    pub fn words(self) -> [&'static str; 2] {
        match self {
            Self::All => ["全部", "all"],
            Self::Sex(sex) => sex.words(|sex| [sex.chinese(), sex.code()]),
            Self::Age(band) => band.words(AgeBand::words),
            Self::Zone(zone) => [zone.chinese(), zone.code()],
            Self::Title(title) => [title.chinese(), title.code()],
            Self::Exchanges(times) => times.words(Times::words),
        }
    }

    /// Whether it is of those of whom the roster does not say.
    pub const fn is_unknown(self) -> bool {
        matches!(
            self,
            Self::Sex(Known::Unknown) | Self::Age(Known::Unknown) | Self::Exchanges(Known::Unknown)
        )
    }

    /// The groups to which somebody belongs.
    fn all_of(situation: &Situation<'_>, index: TeacherIndex) -> [Self; 6] {
        let district = situation.district;
        let teacher = district.teacher(index);
        let age = teacher.birth.map(|birth| {
            let months = district.year_begin.months_since(birth);
            AgeBand::of(months)
        });
        let origin = situation.roll.entry(index).origin;
        [
            Self::All,
            Self::Sex(teacher.sex.into()),
            Self::Age(age.into()),
            Self::Zone(district.school(origin).zone),
            Self::Title(teacher.title),
            Self::Exchanges(teacher.exchanges_made().map(Times::of).into()),
        ]
    }
}

/// How many of a group are asked; of several years, each person in each year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked {
    /// Who fulfils the conditions of exchange (符合交流条件): the base of shares.
    pub eligible: u64,
    /// Those of them whom the plan sends in a form that counts as exchange.
    pub sent: u64,
    /// Those of these who did not wish to go there.
    pub involuntary: u64,
    /// Whom the plan sends so though they are not in the base.
    pub beyond: u64,
    /// Who is sent so by a decision taken before the plan.
    pub decided: u64,
}

impl AddAssign for Asked {
    fn add_assign(&mut self, other: Self) {
        self.eligible += other.eligible;
        self.sent += other.sent;
        self.involuntary += other.involuntary;
        self.beyond += other.beyond;
        self.decided += other.decided;
    }
}

/// Whom a plan asks, group by group. Those of several years add up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fairness {
    groups: BTreeMap<Group, Asked>,
}

/// A group beside all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FairnessRow {
    /// The group.
    pub group: Group,
    /// Its numbers.
    pub asked: Asked,
    /// Those of all.
    pub all: Asked,
}

impl AddAssign<&Self> for Fairness {
    fn add_assign(&mut self, other: &Self) {
        for (&group, &asked) in &other.groups {
            *self.groups.entry(group).or_default() += asked;
        }
    }
}

impl Fairness {
    /// Counts a finished plan.
    pub fn of(context: &Context<'_>, facts: &PlanFacts<'_>) -> Self {
        let (situation, standings) = (context.situation, context.standings);
        let forms = &situation.policy.forms;
        let mut fairness = Self::default();
        for candidate in facts.candidates() {
            let placement = candidate.placement;
            let teacher = placement.teacher;
            let eligible = standings.is_eligible(teacher, Form::Exchange);
            let counts = |form: Form| {
                let terms = forms.get(&form);
                form.is_move() && terms.is_some_and(|terms| terms.counts_as_exchange)
            };
            let goes = counts(placement.form);
            let chosen = goes && !placement.decided;
            let sent = chosen && eligible;
            let asked = Asked {
                eligible: u64::from(eligible),
                sent: u64::from(sent),
                involuntary: u64::from(sent && !candidate.is_voluntary()),
                beyond: u64::from(chosen && !eligible),
                decided: u64::from(goes && placement.decided),
            };
            if asked != Asked::default() {
                for group in Group::all_of(situation, teacher) {
                    *fairness.groups.entry(group).or_default() += asked;
                }
            }
        }
        fairness
    }

    /// Everybody.
    pub fn all(&self) -> Asked {
        self.groups.get(&Group::All).copied().unwrap_or_default()
    }

    /// All groups to which anybody belongs who is asked or could be: everybody first, then sex, age,
    /// zone, title and former exchanges, in each those who are not known last.
    pub fn rows(&self) -> impl Iterator<Item = FairnessRow> {
        let all = self.all();
        let groups = self.groups.iter();
        groups.map(move |(&group, &asked)| FairnessRow { group, asked, all })
    }

    /// Whether anything is known of an attribute of a group.
    pub fn knows(&self, group: Group) -> bool {
        let mut groups = self.groups.keys();
        groups.any(|held| held.attribute() == group.attribute() && !held.is_unknown())
    }
}

impl FairnessRow {
    /// The part of the eligible that the plan sends, in ten-thousandths, rounded; `None` of nobody.
    pub fn share(&self) -> Option<u64> {
        let Asked { eligible, sent, .. } = self.asked;
        (eligible > 0).then(|| (20_000 * sent + eligible) / (2 * eligible))
    }

    /// How many more the plan sends than it would if it sent the same share of every group, in tenths
    /// of a person, rounded away from nought at the half.
    pub fn difference(&self) -> i64 {
        let of_all = i128::from(self.all.eligible);
        if of_all == 0 {
            return 0;
        }
        let here = i128::from(self.asked.sent) * of_all;
        let there = i128::from(self.asked.eligible) * i128::from(self.all.sent);
        let tenths = 10 * (here - there);
        let rounded = (2 * tenths.abs() + of_all) / (2 * of_all);
        i64::try_from(rounded * tenths.signum()).unwrap_or(i64::MAX)
    }

    /// The share as printed: `3.42%`.
    pub fn share_text(&self) -> String {
        let share = self.share();
        share.map_or_else(
            || "—".to_owned(),
            |share| format!("{}.{:02}%", share / 100, share % 100),
        )
    }

    /// The difference as printed: `-1.5`.
    pub fn difference_text(&self) -> String {
        let tenths = self.difference();
        let sign = if tenths < 0 { "-" } else { "" };
        let tenths = tenths.unsigned_abs();
        format!("{sign}{}.{}", tenths / 10, tenths % 10)
    }

    /// The row of `fairness.csv`.
    pub fn cells(&self) -> [String; 9] {
        let Asked {
            eligible,
            sent,
            involuntary,
            beyond,
            decided,
        } = self.asked;
        [
            self.group.attribute()[0].to_owned(),
            self.group.words()[0].to_owned(),
            eligible.to_string(),
            sent.to_string(),
            self.share_text(),
            self.difference_text(),
            involuntary.to_string(),
            beyond.to_string(),
            decided.to_string(),
        ]
    }
}

impl Serialize for FairnessRow {
    /// The numbers beside Chinese words and codes; the share from 0 to 1, the difference in persons.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_struct("FairnessRow", 11)?;
        let [attribute, attribute_code] = self.group.attribute();
        let [group, group_code] = self.group.words();
        row.serialize_field("attribute", attribute)?;
        row.serialize_field("attribute_code", attribute_code)?;
        row.serialize_field("group", group)?;
        row.serialize_field("group_code", group_code)?;
        row.serialize_field("eligible", &self.asked.eligible)?;
        row.serialize_field("sent", &self.asked.sent)?;
        let share = self.share().map(|share| share as f64 / 10_000.0);
        row.serialize_field("share", &share)?;
        row.serialize_field("difference", &(self.difference() as f64 / 10.0))?;
        row.serialize_field("involuntary", &self.asked.involuntary)?;
        row.serialize_field("beyond", &self.asked.beyond)?;
        row.serialize_field("decided", &self.asked.decided)?;
        row.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(eligible: u64, sent: u64) -> Asked {
        Asked {
            eligible,
            sent,
            ..Asked::default()
        }
    }

    #[test]
    fn ages_fall_into_their_bands() {
        let band = |years: i32, months: i32| AgeBand::of(12 * years + months).words()[1];
        assert_eq!(band(22, 0), "30 and under");
        assert_eq!(band(30, 11), "30 and under");
        assert_eq!(band(31, 0), "31–35");
        assert_eq!(band(55, 11), "51–55");
        assert_eq!(band(56, 0), "over 55");
    }

    #[test]
    fn differences_are_persons_beside_an_even_share() {
        let row = |here: Asked, all: Asked| FairnessRow {
            group: Group::Zone(Zone::Rural),
            asked: here,
            all,
        };
        // A tenth of all goes: of thirty three would, and seven do.
        let more = row(asked(30, 7), asked(100, 10));
        assert_eq!(more.difference_text(), "4.0");
        assert_eq!(more.share_text(), "23.33%");
        let less = row(asked(70, 3), asked(100, 10));
        assert_eq!(less.difference_text(), "-4.0");
        // A third of 50 of 300 is 16.67.
        assert_eq!(
            row(asked(100, 15), asked(300, 50)).difference_text(),
            "-1.7"
        );
        assert_eq!(row(asked(0, 0), asked(0, 0)).share(), None);
        assert_eq!(row(asked(0, 0), asked(0, 0)).difference_text(), "0.0");
    }

    #[test]
    fn years_add_up_group_by_group() {
        let year = |group: Group, eligible: u64, sent: u64| Fairness {
            groups: BTreeMap::from([
                (Group::All, asked(eligible, sent)),
                (group, asked(eligible, sent)),
            ]),
        };
        let mut sum = year(Group::Sex(Known::Is(Sex::Male)), 10, 1);
        sum += &year(Group::Sex(Known::Is(Sex::Male)), 12, 2);
        sum += &year(Group::Sex(Known::Unknown), 5, 0);
        let rows: Vec<(Group, Asked)> = sum.rows().map(|row| (row.group, row.asked)).collect();
        assert_eq!(
            rows,
            [
                (Group::All, asked(27, 3)),
                (Group::Sex(Known::Is(Sex::Male)), asked(22, 3)),
                (Group::Sex(Known::Unknown), asked(5, 0)),
            ]
        );
        assert!(sum.knows(Group::Sex(Known::Unknown)));
        assert!(!sum.knows(Group::Exchanges(Known::Unknown)));
    }
}
