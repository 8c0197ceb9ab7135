//! `count`: moves, teachers or establishment that match, in each place, at least, at most, exactly.
//!
//! "Fifty a year from sending schools to rural or weak ones"; "at least ten per cent of the
//! eligible"; "at most fifteen per cent leave one school"; "every school has a teacher of 心理健康".

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer, de};

use super::facts::PlanFacts;
use super::figure::{Figure, Target};
use super::row::{Candidate, Item, Outcome, Row, RowHinge, RowKey};
use super::scope::{Scope, ScopeKey, Side};
use super::set::Context;
use super::units_per_person;
use super::within::{Within, related};
use crate::demand::Situation;
use crate::domain::{Employment, Form, SchoolIndex, Stage, SubjectIndex};
use crate::policy::{
    Enforcement, Fraction, OneOrMany, PersonSelector, Rule, SchoolSelector, SchoolView,
};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountOf {
    /// Moves that begin this year (and running exchanges, where `include_running`).
    Moves,
    /// Teachers who give lessons after the plan.
    Teachers,
    /// Persons whose 编制 a unit holds after the plan.
    Establishment,
    /// Persons who hold no post after the plan (待岗).
    Waiting,
}

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
    /// The quotas of the district, sent or received by the side of the rule.
    Quota,
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

/// Parameters of the kind.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// What is counted.
    pub of: CountOf,
    /// Moves in these forms.
    #[serde(default = "super::eligibility::both_moves")]
    pub form: OneOrMany<Form>,
    /// Of these persons.
    #[serde(default)]
    pub who: PersonSelector,
    /// Moves from these schools.
    #[serde(default)]
    pub from: SchoolSelector,
    /// Moves to these schools; teachers at these schools.
    #[serde(default)]
    pub to: SchoolSelector,
    /// Moves: only those between schools that share this.
    pub within: Option<Within>,
    /// Moves: only those between schools that do not share this.
    pub not_within: Option<Within>,
    /// Only moves that the teacher did not wish.
    #[serde(default)]
    pub involuntary: bool,
    /// Whether exchanges that go on count as moves.
    #[serde(default)]
    pub include_running: bool,
    /// In each of which places.
    #[serde(default)]
    pub scope: Scope,
    /// At which end of a move the place is taken.
    #[serde(default)]
    pub side: Side,
    /// At least.
    pub at_least: Option<Bound>,
    /// At most.
    pub at_most: Option<Bound>,
    /// Exactly.
    pub exactly: Option<Bound>,
}

impl Count {
    /// Whether a placement counts as far as person, form, stage and subject go, at whatever school.
    pub(super) fn concerns(&self, candidate: &Candidate<'_>) -> bool {
        let placement = candidate.placement;
        let counts = match self.of {
            CountOf::Moves => {
                (self.form.iter().any(|&form| form == placement.form)
                    || (self.include_running && placement.form == Form::Continue))
                    && self.from.matches(&candidate.from())
            }
            CountOf::Teachers => placement.form.serves(),
            CountOf::Establishment => placement.unit.is_some(),
            CountOf::Waiting => placement.form == Form::Waiting,
        };
        counts && self.who.matches(&candidate.person())
    }

    /// Whether a school is one of those of which the rule speaks.
    pub(super) fn leads_to(&self, school: &SchoolView<'_>) -> bool {
        self.of == CountOf::Establishment || self.to.matches(school)
    }

    /// The place in which a placement counts that concerns the rule and leads where it says.
    fn place_there(&self, candidate: &Candidate<'_>) -> Option<ScopeKey> {
        let placement = candidate.placement;
        match self.of {
            CountOf::Moves => self
                .counts_move(candidate)
                .then(|| self.side.key(self.scope, candidate)),
            CountOf::Teachers | CountOf::Waiting => {
                Some(Side::Destination.key(self.scope, candidate))
            }
            CountOf::Establishment => Some(match self.scope {
                Scope::Unit => ScopeKey::Unit(placement.unit?),
                _ => ScopeKey::District,
            }),
        }
    }

    /// Whether a move counts that concerns the rule and leads where it says.
    fn counts_move(&self, candidate: &Candidate<'_>) -> bool {
        let (from, to) = (candidate.from(), candidate.to());
        !(self.involuntary && candidate.is_voluntary())
            && related(self.within, self.not_within, &from, &to)
    }

    /// The place in which a placement counts, if it does.
    fn place_of(&self, candidate: &Candidate<'_>) -> Option<ScopeKey> {
        (self.concerns(candidate) && self.leads_to(&candidate.to()))
            .then(|| self.place_there(candidate))
            .flatten()
    }

    /// What a placement adds that concerns the rule and leads where it says.
    pub(super) fn amount_there(&self, candidate: &Candidate<'_>) -> Option<(ScopeKey, i64)> {
        self.place_there(candidate).map(|key| (key, 1))
    }

    /// What a recruit at a post adds: a teacher of whom only stage and subject are known, whose
    /// 编制 the school's unit holds.
    pub(super) fn recruit_amount(
        &self,
        situation: &Situation<'_>,
        school: SchoolIndex,
        stage: Stage,
        subject: SubjectIndex,
    ) -> Option<(ScopeKey, i64)> {
        let counted = self
            .who
            .matches_post_only(stage, situation.district.subject_name(subject));
        let key = match self.of {
            CountOf::Moves | CountOf::Waiting => None,
            CountOf::Teachers => self
                .to
                .matches(&situation.school(school))
                .then(|| self.scope.key(situation, school, stage, subject)),
            CountOf::Establishment => match self.scope {
                Scope::Unit => Some(self.scope.key(situation, school, stage, subject)),
                _ => Some(ScopeKey::District),
            },
        };
        key.filter(|_| counted).map(|key| (key, 1))
    }

    /// The bounds, with the bases of shares counted for all places at once.
    fn bounds(&self, context: &Context<'_>) -> Bounds<'_> {
        let counted = |bound| Counted::new(bound, context, (self.scope, self.side));
        Bounds {
            at_least: self.at_least.as_ref().map(counted),
            at_most: self.at_most.as_ref().map(counted),
            exactly: self.exactly.as_ref().map(counted),
        }
    }

    /// Every place of the scope for which the rule holds, whether anybody counts there or not.
    fn places(&self, situation: &Situation<'_>) -> Vec<ScopeKey> {
        let district = situation.district;
        let filter = match (self.of, self.side) {
            (CountOf::Moves, Side::Origin) => &self.from,
            _ => &self.to,
        };
        let schools = || {
            district
                .school_indices()
                .filter(|&school| filter.matches(&situation.school(school)))
        };
        let mut places: Vec<ScopeKey> = match self.scope {
            Scope::District => vec![ScopeKey::District],
            Scope::Stage => district.stages().into_iter().map(ScopeKey::Stage).collect(),
            Scope::School => schools().map(ScopeKey::School).collect(),
            Scope::Unit => schools()
                .map(|school| ScopeKey::Unit(district.school(school).unit))
                .collect(),
            Scope::SchoolStage => schools()
                .flat_map(|school| {
                    district
                        .school(school)
                        .stages()
                        .map(move |stage| ScopeKey::SchoolStage(school, stage))
                })
                .collect(),
            Scope::SchoolSubject => schools()
                .flat_map(|school| {
                    situation
                        .posts
                        .of_school(school)
                        .flat_map(move |(_, post)| {
                            post.subjects
                                .iter()
                                .map(move |&subject| ScopeKey::SchoolSubject(school, subject))
                        })
                })
                .collect(),
        };
        places.retain(|key| match *key {
            ScopeKey::Stage(stage) | ScopeKey::SchoolStage(_, stage) => {
                self.who.stage.admits(&stage)
            }
            ScopeKey::School(school) => {
                self.who.stage.is_empty()
                    || district
                        .school(school)
                        .stages()
                        .any(|stage| self.who.stage.admits(&stage))
            }
            _ => true,
        });
        if self.has_quota() && self.scope == Scope::SchoolSubject {
            places.extend(self.places_of_quotas(situation, filter));
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Whether a limit is a quota.
    pub(super) fn has_quota(&self) -> bool {
        let bounds = [&self.at_least, &self.at_most, &self.exactly];
        bounds
            .into_iter()
            .flatten()
            .any(|bound| matches!(bound, Bound::Share(share) if share.of == ShareOf::Quota))
    }

    /// Subjects of schools that have a quota, or somebody who could leave, but no post.
    fn places_of_quotas(
        &self,
        situation: &Situation<'_>,
        filter: &SchoolSelector,
    ) -> BTreeSet<ScopeKey> {
        let quotas = situation.district.quotas.iter();
        let quotas = quotas.map(|quota| (quota.school, quota.stage, quota.subject));
        let people = situation.roll.entries().iter();
        let people = people.map(|entry| (entry.origin, entry.stage, entry.subject));
        quotas
            .chain(people)
            .filter(|&(school, ..)| filter.matches(&situation.school(school)))
            .map(|(school, stage, subject)| self.scope.key(situation, school, stage, subject))
            .collect()
    }

    /// The rows of the rule.
    pub(super) fn rows(&self, rule: &Rule, position: usize, context: &Context<'_>) -> Vec<Row> {
        if rule.enforcement == Enforcement::Report {
            return Vec::new();
        }
        let situation = context.situation;
        let cost = units_per_person(rule.weight);
        let hard = rule.enforcement == Enforcement::Hard;
        let bounds = self.bounds(context);
        self.places(situation)
            .into_iter()
            .filter_map(|key| {
                let (lower, upper) = bounds.of(situation, key);
                let hinge = |at: i64, below: i64, above: i64| RowHinge {
                    level: rule.level,
                    at,
                    below,
                    above,
                };
                let hinges = if hard {
                    Vec::new()
                } else {
                    lower
                        .map(|at| hinge(at, cost, 0))
                        .into_iter()
                        .chain(upper.map(|at| hinge(at, 0, cost)))
                        .collect()
                };
                (lower.is_some() || upper.is_some()).then(|| Row {
                    key: RowKey::Rule(position, key),
                    label: format!("{} {}", rule.id, key.label(situation)),
                    lower: lower.filter(|_| hard),
                    upper: upper.filter(|_| hard),
                    hinges,
                    terms: Vec::new(),
                })
            })
            .collect()
    }

    /// Counts a finished plan.
    pub(super) fn check(
        &self,
        rule: &Rule,
        context: &Context<'_>,
        facts: &PlanFacts<'_>,
    ) -> Outcome {
        let situation = facts.situation;
        let places = self.places(situation);
        let mut found: BTreeMap<ScopeKey, i64> = places.iter().map(|&key| (key, 0)).collect();
        for candidate in facts.candidates() {
            if let Some(key) = self.place_of(&candidate) {
                *found.entry(key).or_default() += 1;
            }
        }
        for recruit in facts.recruits() {
            let added =
                self.recruit_amount(situation, recruit.school, recruit.stage, recruit.subject);
            if let Some((key, amount)) = added {
                *found.entry(key).or_default() += amount * recruit.count;
            }
        }
        let total = found.values().sum();
        let mut outcome = Outcome::cost_only(Figure::Persons(total), 0);
        let bounds = self.bounds(context);
        let mut short_by = 0;
        for &key in &places {
            let value = found[&key];
            let (lower, upper) = bounds.of(situation, key);
            let below = lower.map_or(0, |lower| (lower - value).max(0));
            let above = upper.map_or(0, |upper| (value - upper).max(0));
            short_by += below + above;
            if below + above > 0 {
                outcome.met = false;
                outcome.missed.push(Item {
                    place: key.label(situation),
                    value: format!("{value} 人"),
                    target: target(lower, upper)
                        .map_or_else(String::new, |asked| asked.to_string()),
                    shortfall: format!("{} 人", below + above),
                });
            }
        }
        if let [only] = places.as_slice() {
            let (lower, upper) = bounds.of(situation, *only);
            outcome.target = target(lower, upper);
        } else {
            let of = places.len();
            let met = of - outcome.missed.len();
            outcome.value = Figure::Places { met, of };
            outcome.target = Some(Target::Places(of));
        }
        outcome.cost = short_by * units_per_person(rule.weight);
        outcome
    }
}

fn target(at_least: Option<i64>, at_most: Option<i64>) -> Option<Target> {
    (at_least.is_some() || at_most.is_some()).then_some(Target::Persons { at_least, at_most })
}

/// The bounds of a rule, ready to be asked place by place.
struct Bounds<'a> {
    at_least: Option<Counted<'a>>,
    at_most: Option<Counted<'a>>,
    exactly: Option<Counted<'a>>,
}

/// A bound; of a share of persons also how many persons there are in each place.
struct Counted<'a> {
    bound: &'a Bound,
    bases: BTreeMap<ScopeKey, i64>,
}

impl<'a> Counted<'a> {
    fn new(bound: &'a Bound, context: &Context<'_>, scope: (Scope, Side)) -> Self {
        let bases = match bound {
            Bound::Share(share) => share.bases(context, scope),
            Bound::Fixed(_) => BTreeMap::new(),
        };
        Self { bound, bases }
    }

    fn value(&self, situation: &Situation<'_>, key: ScopeKey, up: bool) -> Option<i64> {
        let share = match self.bound {
            Bound::Fixed(number) => return Some(*number),
            Bound::Share(share) => share,
        };
        let base = match share.of {
            ShareOf::Establishment => establishment(situation, key)?,
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

impl Bounds<'_> {
    /// Lower and upper bound in a place.
    fn of(&self, situation: &Situation<'_>, key: ScopeKey) -> (Option<i64>, Option<i64>) {
        let value = |counted: &Option<Counted<'_>>, up: bool| {
            counted
                .as_ref()
                .and_then(|counted| counted.value(situation, key, up))
        };
        let exactly = value(&self.exactly, true);
        (
            exactly.or_else(|| value(&self.at_least, true)),
            exactly.or_else(|| value(&self.at_most, false)),
        )
    }
}

impl Share {
    /// Of how many persons it is a share, in each place that has any: counted in one pass, since a
    /// scope of schools asks for hundreds of places.
    fn bases(
        &self,
        context: &Context<'_>,
        (scope, side): (Scope, Side),
    ) -> BTreeMap<ScopeKey, i64> {
        let situation = context.situation;
        let mut bases = BTreeMap::new();
        match self.of {
            ShareOf::Establishment => return bases,
            ShareOf::Quota => return self.quotas(situation, scope, side),
            ShareOf::Eligible | ShareOf::Teachers => {}
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
        scope: Scope,
        side: Side,
    ) -> BTreeMap<ScopeKey, i64> {
        let mut bases = BTreeMap::new();
        let district = situation.district;
        for quota in &district.quotas {
            let asked = self
                .who
                .matches_post_only(quota.stage, district.subject_name(quota.subject));
            if asked && self.from.matches(&situation.school(quota.school)) {
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
