//! Bounds of a count: a number, or a share of a number that no choice can change.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, de};

use super::context::Context;
use super::count::Count;
use super::exceptions::Exception;
use super::scope::{Scope, ScopeKey, Side};
use crate::demand::Situation;
use crate::domain::{Employment, Form, Unit, UnitIndex};
use crate::policy::{Fraction, PersonSelector, SchoolSelector};

/// The base of a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShareOf {
    /// Those who fulfil the conditions of exchange.
    Eligible,
    /// Those who give lessons at the begin of the year, in establishment.
    Teachers,
    /// The unit's establishment, or what it holds where that is more.
    Establishment,
    /// The posts of senior titles, or those whom the rule counts there now where they are more.
    #[serde(rename = "senior_posts")]
    SeniorPosts,
    /// The same of middle titles.
    #[serde(rename = "middle_posts")]
    MiddlePosts,
    /// The quotas of the district, sent or received by the side of the rule.
    Quota,
}

impl ShareOf {
    /// The posts of titles of a unit, where the base is these.
    fn posts_of_titles(self) -> Option<fn(&Unit) -> Option<u32>> {
        match self {
            Self::SeniorPosts => Some(|unit| *unit.senior_posts),
            Self::MiddlePosts => Some(|unit| *unit.middle_posts),
            Self::Eligible | Self::Teachers | Self::Establishment | Self::Quota => None,
        }
    }
}

/// A number, or a share of a number that no choice can change.
#[derive(Debug, Clone, PartialEq)]
pub enum Bound {
    /// So many.
    Fixed(i64),
    /// A share of so many.
    Share(Box<Share>),
}

impl<'de> Deserialize<'de> for Bound {
    /// By the sort of the value, so that a mistyped key of a share is named as such.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match toml::Value::deserialize(deserializer)? {
            toml::Value::Integer(number) if number >= 0 => Ok(Self::Fixed(number)),
            table @ toml::Value::Table(_) => Share::deserialize(table)
                .map(|share| Self::Share(Box::new(share)))
                .map_err(|error| de::Error::custom(error.message())),
            other => Err(de::Error::custom(format!(
                "{other} is neither a number of persons nor a table such as \
                 {{ share = \"15%\", of = \"teachers\" }}"
            ))),
        }
    }
}

/// A share of a count.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Which part.
    #[serde(default = "whole")]
    pub share: Fraction,
    /// Of whom.
    pub of: ShareOf,
    /// Of whom among them.
    #[serde(default)]
    pub who: PersonSelector,
    /// Of whom at these schools.
    #[serde(default)]
    pub from: SchoolSelector,
    /// Never less than this.
    #[serde(default)]
    pub minimum: i64,
}

const fn whole() -> Fraction {
    Fraction {
        numerator: 1,
        denominator: 1,
    }
}

/// The bounds of a rule, ready to be asked place by place.
pub(super) struct Bounds<'a> {
    at_least: Option<Counted<'a>>,
    at_most: Option<Counted<'a>>,
    exactly: Option<Counted<'a>>,
    /// Posts that the upper bound has beside, by place.
    given: BTreeMap<ScopeKey, i64>,
    /// Numbers that hold in some places in the stead of these.
    exceptions: BTreeMap<ScopeKey, Exception>,
}

/// A bound; of a share of persons also how many persons there are in each place.
struct Counted<'a> {
    bound: &'a Bound,
    bases: BTreeMap<ScopeKey, i64>,
}

impl<'a> Counted<'a> {
    fn new(bound: &'a Bound, context: &Context<'_>, count: &Count) -> Self {
        let bases = match bound {
            Bound::Share(share) => share.bases(context, count),
            Bound::Fixed(_) => BTreeMap::new(),
        };
        Self { bound, bases }
    }

    fn of_titles(&self) -> bool {
        matches!(self.bound, Bound::Share(share) if share.of.posts_of_titles().is_some())
    }

    fn value(&self, situation: &Situation<'_>, key: ScopeKey, up: bool) -> Option<i64> {
        let share = match self.bound {
            Bound::Fixed(number) => return Some(*number),
            Bound::Share(share) => share,
        };
        let base = match share.of {
            ShareOf::Establishment => establishment(situation, key)?,
            ShareOf::SeniorPosts | ShareOf::MiddlePosts => *self.bases.get(&key)?,
            ShareOf::Quota if situation.district.quotas.is_empty() => return None,
            ShareOf::Eligible | ShareOf::Teachers | ShareOf::Quota => {
                self.bases.get(&key).copied().unwrap_or_default()
            }
        };
        let part = if up {
            share.share.of_rounded_up(base)
        } else {
            share.share.of_rounded_down(base)
        };
        Some(part.max(share.minimum))
    }
}

impl<'a> Bounds<'a> {
    /// The bounds of a rule, with the bases of shares counted for all places at once.
    pub(super) fn new(count: &'a Count, context: &Context<'_>) -> Self {
        let counted = |bound| Counted::new(bound, context, count);
        Self {
            at_least: count.at_least.as_ref().map(counted),
            at_most: count.at_most.as_ref().map(counted),
            exactly: count.exactly.as_ref().map(counted),
            given: BTreeMap::new(),
            exceptions: count.exceptions(context.situation.district),
        }
    }

    /// Gives a place so many posts more.
    pub(super) fn give(&mut self, place: ScopeKey, posts: i64) {
        *self.given.entry(place).or_default() += posts;
    }

    /// Whether a place is not spoken of: posts of titles are asked for, and it gives none.
    pub(super) fn pass_over(&self, situation: &Situation<'_>, key: ScopeKey) -> bool {
        let bounds = [&self.at_least, &self.at_most, &self.exactly];
        let mut given = bounds.into_iter().flatten();
        given.any(Counted::of_titles) && self.of(situation, key) == (None, None)
    }

    /// Lower and upper bound in a place.
    pub(super) fn of(
        &self,
        situation: &Situation<'_>,
        key: ScopeKey,
    ) -> (Option<i64>, Option<i64>) {
        let value = |counted: &Option<Counted<'_>>, up: bool| {
            counted
                .as_ref()
                .and_then(|counted| counted.value(situation, key, up))
        };
        let held = self.exceptions.get(&key).copied().unwrap_or_default();
        if held.exactly.is_some() {
            return (held.exactly, held.exactly);
        }
        let exactly = value(&self.exactly, true);
        let given = self.given.get(&key).copied().unwrap_or_default();
        let at_most = held.at_most.map(|most| most + given);
        (
            held.at_least
                .or(exactly)
                .or_else(|| value(&self.at_least, true)),
            at_most
                .or(exactly)
                .or_else(|| Some(value(&self.at_most, false)? + given)),
        )
    }
}

impl Share {
    /// Whether it is the whole establishment, and nothing else.
    pub(super) fn is_all_posts(&self) -> bool {
        self.of == ShareOf::Establishment && self.share == whole() && self.minimum == 0
    }

    /// Of how many persons it is a share, in each place that has any: counted in one pass, since a
    /// scope of schools asks for hundreds of places.
    fn bases(&self, context: &Context<'_>, count: &Count) -> BTreeMap<ScopeKey, i64> {
        let (situation, scope) = (context.situation, count.scope);
        let mut bases = BTreeMap::new();
        match self.of {
            ShareOf::Establishment => return bases,
            ShareOf::Quota => return self.quotas(situation, (scope, count.side)),
            _ => {}
        }
        if let Some(posts_of) = self.of.posts_of_titles() {
            return posts_of_titles(situation, count, posts_of);
        }
        for entry in situation.roll.entries() {
            let counts = if self.of == ShareOf::Eligible {
                context.standings.is_eligible(entry.teacher, Form::Exchange)
            } else {
                let teacher = situation.district.teacher(entry.teacher);
                entry.serves() && teacher.employment == Employment::Establishment
            };
            if counts
                && self.from.matches(&situation.school(entry.school))
                && self.who.matches(&situation.person(entry.teacher))
            {
                let key = scope.key(situation, entry.school, entry.stage, entry.subject);
                *bases.entry(key).or_default() += 1;
            }
        }
        bases
    }
}

impl Share {
    /// Persons of the quotas, in each place that has any.
    fn quotas(
        &self,
        situation: &Situation<'_>,
        (scope, side): (Scope, Side),
    ) -> BTreeMap<ScopeKey, i64> {
        let mut bases = BTreeMap::new();
        for quota in &situation.district.quotas {
            if self.from.matches(&situation.school(quota.school)) {
                let key = scope.key(situation, quota.school, quota.stage, quota.subject);
                *bases.entry(key).or_default() += i64::from(match side {
                    Side::Origin => quota.sent,
                    Side::Destination => quota.received,
                });
            }
        }
        bases
    }
}

/// A unit that holds more than its establishment may keep what it has, and take nobody.
fn establishment(situation: &Situation<'_>, key: ScopeKey) -> Option<i64> {
    match key {
        ScopeKey::Unit(unit) => {
            let balance = situation.balances.unit(unit);
            balance
                .establishment
                .map(|posts| i64::from(posts.max(balance.held)))
        }
        _ => None,
    }
}

/// Posts of titles in each place, or whom the rule counts there now where they are more: nobody's
/// title is taken away. A pool of a stage has the posts of all its units, of which one that gives
/// none has none; a unit belongs to the stage in which it has most classes, with all whom it holds.
fn posts_of_titles(
    situation: &Situation<'_>,
    count: &Count,
    posts_of: fn(&Unit) -> Option<u32>,
) -> BTreeMap<ScopeKey, i64> {
    let district = situation.district;
    let mut posts: BTreeMap<ScopeKey, i64> = BTreeMap::new();
    for unit in district.unit_indices() {
        let given = posts_of(district.unit(unit));
        let place = place_of_unit(situation, count.scope, unit);
        if let Some((place, given)) = place.zip(given) {
            *posts.entry(place).or_default() += i64::from(given);
        }
    }
    let mut held: BTreeMap<ScopeKey, i64> = BTreeMap::new();
    for entry in situation.roll.entries() {
        let place = entry
            .unit
            .filter(|_| count.who.matches(&situation.person(entry.teacher)))
            .and_then(|unit| place_of_unit(situation, count.scope, unit));
        if let Some(place) = place {
            *held.entry(place).or_default() += 1;
        }
    }
    for (place, posts) in &mut posts {
        *posts = (*posts).max(held.get(place).copied().unwrap_or_default());
    }
    posts
}

/// Where whom a unit holds is counted.
pub(super) fn place_of_unit(
    situation: &Situation<'_>,
    scope: Scope,
    unit: UnitIndex,
) -> Option<ScopeKey> {
    match scope {
        Scope::Unit => Some(ScopeKey::Unit(unit)),
        Scope::Stage => situation.balances.unit(unit).stage.map(ScopeKey::Stage),
        _ => Some(ScopeKey::District),
    }
}
