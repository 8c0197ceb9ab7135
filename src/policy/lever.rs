//! Levers (补充渠道): recruits by kind, recognitions, posts of establishment; bounded and at a cost.

use serde::{Deserialize, Deserializer, de};

use super::fraction::Weight;
use super::profile::Profile;
use super::rule::Source;
use super::selector::{PersonSelector, PersonView, SchoolSelector, SchoolView};
use super::words::OneOrMany;
use crate::domain::{Month, Stage};

/// What a lever does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeverKind {
    /// Recognises serving 专业课教师 as 双师型.
    Certify,
    /// Recruits teachers and places them.
    Recruit,
    /// Gives units posts of the reserve pool (编制周转池).
    Reserve,
    /// Moves posts from units with spare establishment to others (调剂编制).
    Reallocate,
}

impl LeverKind {
    /// The code word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Certify => "certify",
            Self::Recruit => "recruit",
            Self::Reserve => "reserve",
            Self::Reallocate => "reallocate",
        }
    }

    /// The word on paper.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Certify => "认定",
            Self::Recruit => "招聘",
            Self::Reserve => "编制周转",
            Self::Reallocate => "编制调剂",
        }
    }
}

/// A lever (补充渠道): bounded, at a cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lever {
    /// Its id.
    pub id: String,
    /// What it does.
    pub kind: LeverKind,
    /// In Chinese.
    pub title: String,
    /// In English.
    pub title_english: String,
    /// At least so many persons: those hired already must be placed.
    pub at_least: u32,
    /// At most so many persons.
    pub at_most: u32,
    /// Level at which a use costs.
    pub level: usize,
    /// What one use costs.
    pub weight: Weight,
    /// On whose authority.
    pub source: Source,
    /// Recognitions: of whom, programme teachers as they are.
    pub who: PersonSelector,
    /// Recognitions: months of practice in enterprises within five years that are needed.
    pub practice_months: u32,
    /// Recruits: the stage.
    pub stage: OneOrMany<Stage>,
    /// Recruits: the subjects, any of which one of them may teach.
    pub subject: OneOrMany<String>,
    /// Recruits: the schools. Posts of establishment: the units of these schools.
    pub to: SchoolSelector,
    /// Posts of other units: the units of these schools give them.
    pub from: SchoolSelector,
    /// Recruits: the schools that come first.
    pub first: SchoolSelector,
    /// Recruits: what one more costs at another school than those.
    pub elsewhere: Weight,
    /// Recruits: what is known of them.
    pub profile: Profile,
    /// Recruits: the first month of service; later than the planned year, nobody is placed yet.
    pub arrives: Option<Month>,
    /// Recruits: years of service that they owe (服务期).
    pub service_years: Option<u32>,
}

impl Lever {
    /// Whether it acts in a year: those who arrive later are only expected.
    pub fn acts_in(&self, year_begin: Month) -> bool {
        self.arrives.is_none_or(|arrives| arrives <= year_begin)
    }

    /// At least and at most so many uses in a year.
    pub fn limits(&self, year_begin: Month) -> (u32, u32) {
        if self.acts_in(year_begin) {
            (self.at_least, self.at_most)
        } else {
            (0, 0)
        }
    }

    /// Whether it could recognise somebody who is not yet 双师型; months of practice are asked for
    /// where anybody's are known.
    pub fn recognises(&self, person: &PersonView<'_>, knows_practice: bool) -> bool {
        let months = person.teacher.practice_months;
        let practised = months.is_some_and(|months| months >= self.practice_months);
        person.teacher.programme_teacher
            && !person.teacher.dual_qualified
            && (practised || !knows_practice)
            && self.who.matches(person)
    }

    /// What one use costs, at a school where it acts at one.
    pub fn weight_at(&self, school: Option<&SchoolView<'_>>) -> Weight {
        let elsewhere = school.is_some_and(|school| !self.first.matches(school));
        let more = if elsewhere { self.elsewhere.0 } else { 0 };
        Weight(self.weight.0.saturating_add(more))
    }
}

/// A lever's table, before its level is found.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeverTable {
    kind: LeverKind,
    title: String,
    #[serde(default)]
    title_english: String,
    #[serde(default)]
    at_least: u32,
    at_most: u32,
    pub(super) level: String,
    weight: Weight,
    #[serde(default)]
    source: Source,
    #[serde(default)]
    who: PersonSelector,
    #[serde(default = "half_a_year")]
    practice_months: u32,
    #[serde(default)]
    stage: OneOrMany<Stage>,
    #[serde(default)]
    subject: OneOrMany<String>,
    #[serde(default)]
    to: SchoolSelector,
    #[serde(default)]
    from: SchoolSelector,
    first: Option<SchoolSelector>,
    elsewhere: Option<Weight>,
    #[serde(default)]
    profile: Profile,
    #[serde(default, deserialize_with = "month")]
    arrives: Option<Month>,
    service_years: Option<u32>,
}

/// 教师〔2016〕3号, Art. 4: six months within five years.
const fn half_a_year() -> u32 {
    6
}

fn month<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Month>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let month = Month::parse(&text);
    month
        .map(Some)
        .ok_or_else(|| de::Error::custom(format!("`{text}` is not a month such as \"2026-09\"")))
}

/// Keys that say something of some levers only, by these.
const KEYS_OF: [(&str, &[LeverKind]); 12] = [
    ("who", &[LeverKind::Certify]),
    ("practice_months", &[LeverKind::Certify]),
    ("at_least", &[LeverKind::Recruit]),
    ("stage", &[LeverKind::Recruit]),
    ("subject", &[LeverKind::Recruit]),
    ("first", &[LeverKind::Recruit]),
    ("elsewhere", &[LeverKind::Recruit]),
    ("profile", &[LeverKind::Recruit]),
    ("arrives", &[LeverKind::Recruit]),
    ("service_years", &[LeverKind::Recruit]),
    (
        "to",
        &[
            LeverKind::Recruit,
            LeverKind::Reserve,
            LeverKind::Reallocate,
        ],
    ),
    ("from", &[LeverKind::Reallocate]),
];

impl LeverTable {
    /// What of it would have no effect, or could never hold, and what to do.
    pub(super) fn without_effect(
        &self,
        keys: &toml::Table,
    ) -> Option<(&'static str, &'static str)> {
        let idle = |(key, kinds): &(&str, &[LeverKind])| {
            keys.contains_key(*key) && !kinds.contains(&self.kind)
        };
        if KEYS_OF.iter().any(idle) {
            return Some((
                "有的键对此渠道不起作用 / a key says nothing of this lever",
                "who practice_months: certify; to: recruit reserve reallocate; from: reallocate; \
                 at_least stage subject first elsewhere profile arrives service_years: recruit",
            ));
        }
        if self.first.is_some() != self.elsewhere.is_some() {
            return Some((
                "优先学校与其他学校的成本须同时写 / first and elsewhere go together",
                "如 / such as: first = { zone = \"乡村\" }, elsewhere = 0.5",
            ));
        }
        (self.at_least > self.at_most).then_some((
            "下限高于上限 / at least more than at most",
            "at_least ≤ at_most",
        ))
    }

    /// The lever, its level found.
    pub(super) fn into_lever(self, id: &str, level: usize) -> Lever {
        Lever {
            id: id.to_owned(),
            kind: self.kind,
            title: self.title,
            title_english: self.title_english,
            at_least: self.at_least,
            at_most: self.at_most,
            level,
            weight: self.weight,
            source: self.source,
            who: self.who,
            practice_months: self.practice_months,
            stage: self.stage,
            subject: self.subject,
            to: self.to,
            from: self.from,
            first: self.first.unwrap_or_default(),
            elsewhere: self.elsewhere.unwrap_or(Weight(0)),
            profile: self.profile,
            arrives: self.arrives,
            service_years: self.service_years,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::policy::load_text;

    /// The codes of what is wrong with levers.
    fn faults(levers: &str) -> Vec<&'static str> {
        let head = "extends = 'national'\nid = 'x'\ntitle = 'x'\n";
        let read = load_text("x.toml", &format!("{head}{levers}"));
        let faults = read.err().into_iter().flatten();
        faults.map(|fault| fault.code).collect()
    }

    fn lever(id: &str, keys: &str) -> String {
        format!("[lever.{id}]\ntitle = 'x'\nat_most = 2\nlevel = 'people'\nweight = 1\n{keys}\n")
    }

    #[test]
    fn levers_that_would_do_nothing_are_refused() {
        for keys in [
            "kind = 'certify'\nstage = '小学'",
            "kind = 'certify'\nat_least = 1",
            "kind = 'recruit'\nwho = { sex = '女' }",
            "kind = 'recruit'\npractice_months = 6",
            "kind = 'recruit'\nat_least = 3",
            "kind = 'recruit'\nfirst = { zone = '乡村' }",
            "kind = 'recruit'\nelsewhere = 1",
            "kind = 'reserve'\nfrom = { zone = '乡村' }",
            "kind = 'reallocate'\nservice_years = 6",
        ] {
            assert_eq!(faults(&lever("x", keys)), ["P008"], "{keys}");
        }
        let moved = "kind = 'reallocate'";
        let twice = lever("x", moved) + &lever("y", moved);
        assert_eq!(faults(&twice), ["P008"]);
        assert!(faults(&lever("x", moved)).is_empty());
        assert_eq!(
            faults(&lever("x", "kind = 'recruit'\narrives = '明年'")),
            ["P001"]
        );
        let unknown = "kind = 'recruit'\nprofile = { sex = '女' }";
        assert_eq!(faults(&lever("x", unknown)), ["P002"]);
    }
}
