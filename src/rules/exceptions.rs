//! Exceptions of a count: at some of its places other numbers hold.
//!
//! A place is written as the office writes it: a school by code or full name, a unit likewise, a stage
//! by its word, a stage or a subject of a school as `S059:小学`.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de};

use super::count::Count;
use super::scope::{Scope, ScopeKey};
use crate::demand::Situation;
use crate::domain::{District, SchoolIndex, Stage, UnitIndex};
use crate::policy::{PolicyFault, Rule, did_you_mean};

/// Numbers that hold in one place in the stead of the rule's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Exception {
    /// At least.
    #[serde(deserialize_with = "persons")]
    pub at_least: Option<i64>,
    /// At most.
    #[serde(deserialize_with = "persons")]
    pub at_most: Option<i64>,
    /// Exactly.
    #[serde(deserialize_with = "persons")]
    pub exactly: Option<i64>,
}

/// Exceptions by the words for their places.
pub type Exceptions = BTreeMap<String, Exception>;

/// A share of a place is a number, so nobody need reckon what it would be of.
fn persons<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    match toml::Value::deserialize(deserializer)? {
        toml::Value::Integer(number) if number >= 0 => Ok(Some(number)),
        other => Err(de::Error::custom(format!(
            "{other}：例外只写人数，如 at_most = 5 / an exception is a number of persons"
        ))),
    }
}

/// What is wrong with a word for a place.
struct Unplaced {
    message: String,
    advice: String,
}

impl Unplaced {
    fn new(message: &str, advice: &str) -> Self {
        Self {
            message: message.to_owned(),
            advice: advice.to_owned(),
        }
    }

    fn unknown<'a>(what: &str, word: &str, known: impl Iterator<Item = &'a str>) -> Self {
        Self {
            message: format!("本区县没有 / this district has no {what} `{word}`"),
            advice: did_you_mean(word, known).unwrap_or_default(),
        }
    }

    fn several() -> Self {
        Self::new(
            "同名的不止一个 / several of that name",
            "请写代码 / give the code",
        )
    }
}

impl Scope {
    /// The place of a word.
    fn place(self, district: &District, word: &str) -> Result<ScopeKey, Unplaced> {
        let word = word.trim();
        match self {
            Self::District => Err(Unplaced::new(
                "全区一个数，没有地方可以例外 / the whole district has no places",
                "写明 / say: scope = \"school\"",
            )),
            Self::Stage => stage(word).map(ScopeKey::Stage),
            Self::School => school(district, word).map(ScopeKey::School),
            Self::Unit => unit(district, word).map(ScopeKey::Unit),
            Self::SchoolStage => {
                let (at, word) = parted(word, "S059:小学")?;
                Ok(ScopeKey::SchoolStage(school(district, at)?, stage(word)?))
            }
            Self::SchoolSubject => {
                let (at, word) = parted(word, "S059:音乐")?;
                let subjects = district.subjects.iter().map(String::as_str);
                let subject = district
                    .subject_named(word)
                    .ok_or_else(|| Unplaced::unknown("subject", word, subjects))?;
                Ok(ScopeKey::SchoolSubject(school(district, at)?, subject))
            }
        }
    }
}

fn parted<'a>(word: &'a str, example: &str) -> Result<(&'a str, &'a str), Unplaced> {
    let parts = word.rsplit_once([':', '：']);
    let parts = parts.map(|(at, word)| (at.trim(), word.trim()));
    parts.ok_or_else(|| {
        Unplaced::new(
            "读不懂这个地方 / the place cannot be read",
            &format!("写法 / write: \"{example}\""),
        )
    })
}

fn stage(word: &str) -> Result<Stage, Unplaced> {
    let known = || Stage::ALL.iter().map(|stage| stage.chinese());
    Stage::from_word(word).ok_or_else(|| Unplaced::unknown("stage", word, known()))
}

fn school(district: &District, word: &str) -> Result<SchoolIndex, Unplaced> {
    if let Some(found) = district.school_coded(word) {
        return Ok(found);
    }
    let named = district.school_indices();
    let mut named = named.filter(|&school| district.school(school).name == word);
    match (named.next(), named.next()) {
        (Some(only), None) => Ok(only),
        (Some(_), Some(_)) => Err(Unplaced::several()),
        (None, _) => {
            let schools = district.schools.iter();
            let words = schools.flat_map(|school| [school.code.as_str(), &school.name]);
            Err(Unplaced::unknown("school", word, words))
        }
    }
}

fn unit(district: &District, word: &str) -> Result<UnitIndex, Unplaced> {
    if let Some(found) = district.unit_coded(word) {
        return Ok(found);
    }
    let named = district.unit_indices();
    let mut named = named.filter(|&unit| district.unit(unit).name == word);
    match (named.next(), named.next()) {
        (Some(only), None) => Ok(only),
        (Some(_), Some(_)) => Err(Unplaced::several()),
        (None, _) => {
            let units = district.units.iter();
            let words = units.flat_map(|unit| [unit.code.as_str(), &unit.name]);
            Err(Unplaced::unknown("unit", word, words))
        }
    }
}

impl ScopeKey {
    /// The word for the place in a table of exceptions; `None` of places that have none.
    pub fn word(self, district: &District) -> Option<String> {
        let code = |school: SchoolIndex| district.school(school).code.as_str();
        match self {
            Self::Stage(stage) => Some(stage.chinese().to_owned()),
            Self::School(school) => Some(code(school).to_owned()),
            Self::Unit(unit) => Some(district.unit(unit).code.clone()),
            Self::SchoolStage(school, stage) => {
                Some(format!("{}:{}", code(school), stage.chinese()))
            }
            Self::SchoolSubject(school, subject) => {
                let subject = district.subject_name(subject);
                Some(format!("{}:{subject}", code(school)))
            }
            Self::District | Self::Person(_) | Self::Pair(..) | Self::PairInUnit(..) => None,
        }
    }
}

impl Count {
    /// The exceptions by place; words that name none are faults long before.
    pub(super) fn exceptions(&self, district: &District) -> BTreeMap<ScopeKey, Exception> {
        let held = self.at.iter();
        held.filter_map(|(word, &exception)| {
            Some((self.scope.place(district, word).ok()?, exception))
        })
        .collect()
    }

    /// The word under which an exception at a place stands, or is to stand.
    pub fn word_at(&self, district: &District, place: ScopeKey) -> Option<String> {
        let held = self.at.keys().find(|word| {
            let known = self.scope.place(district, word);
            known.is_ok_and(|known| known == place)
        });
        held.cloned().or_else(|| place.word(district))
    }

    /// Whether the rule asks for somebody in a place, in the district as a whole or by an exception.
    pub(super) fn asks_for_moves(&self, district: &District, place: ScopeKey) -> bool {
        let held = self.exceptions(district).get(&place).copied();
        let held = held.unwrap_or_default();
        [&self.at_least, &self.exactly]
            .into_iter()
            .any(Option::is_some)
            || held.at_least.is_some()
            || held.exactly.is_some()
    }
}

/// An exception that says nothing, or contradicts itself or its rule.
pub(super) fn idle_exception(rule: &Rule, count: &Count) -> Option<PolicyFault> {
    count.at.iter().find_map(|(word, held)| {
        let &Exception {
            at_least,
            at_most,
            exactly,
        } = held;
        let both = at_least.zip(at_most);
        let (message, advice) = if count.scope == Scope::District {
            (
                "全区一个数，没有地方可以例外 / the whole district has no places",
                "写明 / say: scope = \"school\"",
            )
        } else if held == &Exception::default() {
            (
                "例外没有写数 / an exception without a number",
                "写明 / say: at_most = 5",
            )
        } else if exactly.is_some() && (at_least.is_some() || at_most.is_some()) {
            (
                "既有等于又有上下限 / `exactly` beside another limit",
                "只写一种 / give one of them",
            )
        } else if both.is_some_and(|(least, most)| least > most) {
            (
                "下限大于上限 / the lower limit is above the upper one",
                "at_least ≤ at_most",
            )
        } else if count.limits_posts() && (at_least.is_some() || exactly.is_some()) {
            (
                "核定编制的例外只有上限 / an establishment has an upper limit alone",
                "只写 / say: at_most",
            )
        } else {
            return None;
        };
        Some(PolicyFault {
            code: "P008",
            place: format!("{}: rule.{}.at.{word}", rule.file, rule.id),
            message: message.to_owned(),
            advice: advice.to_owned(),
        })
    })
}

/// Words of exceptions that name nothing in the district, nothing of which the rule speaks, or what
/// another word names too.
pub(super) fn unknown_places(
    rule: &Rule,
    count: &Count,
    situation: &Situation<'_>,
) -> Vec<PolicyFault> {
    let places = count.places(situation);
    let mut held: BTreeMap<ScopeKey, &str> = BTreeMap::new();
    let mut faults = Vec::new();
    for word in count.at.keys() {
        let wrong = match count.scope.place(situation.district, word) {
            Err(wrong) => Some(wrong),
            Ok(place) if places.binary_search(&place).is_err() => Some(Unplaced::new(
                "这条规则不管这个地方 / the rule does not speak of this place",
                "见规则的范围和条件 / see the rule's scope, from, to, who",
            )),
            Ok(place) => held.insert(place, word).map(|other| {
                Unplaced::new(
                    &format!("同一个地方写了两次 / the same place as `{other}`"),
                    "只写一次 / give it once",
                )
            }),
        };
        faults.extend(wrong.map(|wrong| PolicyFault {
            code: "P007",
            place: format!("{}: rule.{}.at.{word}", rule.file, rule.id),
            message: wrong.message,
            advice: wrong.advice,
        }));
    }
    faults
}
