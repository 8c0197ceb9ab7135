//! `count`: moves, teachers or establishment that match, in each place, at least, at most, exactly.
//!
//! "Fifty a year from sending schools to rural or weak ones"; "at least ten per cent of the
//! eligible"; "at most fifteen per cent leave one school"; "every school has a teacher of 心理健康".

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

pub use super::bounds::{Bound, Share, ShareOf};
use super::bounds::{Bounds, place_of_unit};
use super::context::Context;
pub use super::exceptions::{Exception, Exceptions};
use super::facts::{PlanFacts, Service};
use super::figure::{Figure, Target};
use super::row::{Candidate, Item, Outcome, Row, RowHinge, RowKey};
use super::scope::{Scope, ScopeKey, Side};
use super::station::{Itinerants, Stations};
use super::units_per_person;
use super::within::{Within, related};
use crate::demand::Situation;
use crate::domain::{District, Employment, Form, SchoolState, UnitIndex};
use crate::policy::{Enforcement, OneOrMany, PersonSelector, Rule, SchoolSelector, SchoolView};

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

/// What a finished plan has in one place of a rule, and the limits there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// The place.
    pub place: ScopeKey,
    /// Persons or moves.
    pub value: i64,
    /// At least so many.
    pub at_least: Option<i64>,
    /// At most so many.
    pub at_most: Option<i64>,
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
    /// Whether exchanges that go on count as moves, and 走教 that goes on where the forms name it.
    #[serde(default)]
    pub include_running: bool,
    /// In each of which places.
    #[serde(default)]
    pub scope: Scope,
    /// Of the subjects of a school, only the programmes (专业) that have classes there.
    #[serde(default)]
    pub programme: bool,
    /// Teachers: where whoever serves at several schools counts.
    #[serde(default)]
    pub itinerants: Itinerants,
    /// At which end of a move the place is taken.
    #[serde(default)]
    pub side: Side,
    /// At least.
    pub at_least: Option<Bound>,
    /// At most.
    pub at_most: Option<Bound>,
    /// Exactly.
    pub exactly: Option<Bound>,
    /// Other numbers at some places, by the words for them.
    #[serde(default)]
    pub at: Exceptions,
}

impl Count {
    /// Whether a placement counts as far as person, form, stage and subject go, at whatever school.
    pub(super) fn concerns(&self, candidate: &Candidate<'_>) -> bool {
        let placement = candidate.placement;
        let counts = match self.of {
            CountOf::Moves => {
                let begins = self.include_running || !candidate.itinerary_goes_on();
                ((begins && self.form.iter().any(|&form| form == placement.form))
                    || (self.include_running && placement.form == Form::Continue))
                    && self.from.matches(&candidate.from())
            }
            CountOf::Teachers => candidate.serves(),
            CountOf::Establishment => placement.unit.is_some(),
            CountOf::Waiting => placement.form == Form::Waiting,
        };
        counts && self.who.matches(&candidate.person())
    }

    /// Whether a school is one of those of which the rule speaks.
    pub(super) fn leads_to(&self, school: &SchoolView<'_>) -> bool {
        self.of == CountOf::Establishment || self.to.matches(school)
    }

    /// The schools at which the rule looks.
    pub(super) fn stations(&self) -> Stations {
        self.itinerants.into()
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
            CountOf::Establishment => {
                place_of_unit(candidate.situation, self.scope, placement.unit?)
            }
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

    /// The place in which a placement counts, if it does.
    pub fn counts(&self, candidate: &Candidate<'_>) -> Option<ScopeKey> {
        self.place_of(candidate)
    }

    /// What a placement adds that concerns the rule and leads where it says.
    pub(super) fn amount_there(&self, candidate: &Candidate<'_>) -> Option<(ScopeKey, i64)> {
        self.place_there(candidate).map(|key| (key, 1))
    }

    /// What a recruit at a post adds: a teacher of whom little is known, whose 编制 the school's unit
    /// holds unless the lever says that there is none.
    pub(super) fn recruit_amount(
        &self,
        situation: &Situation<'_>,
        recruit: &Service,
    ) -> Option<(ScopeKey, i64)> {
        let &Service {
            school,
            stage,
            subject,
            ref profile,
            ..
        } = recruit;
        let key = match self.of {
            CountOf::Moves | CountOf::Waiting => None,
            CountOf::Teachers => self
                .to
                .matches(&situation.school(school))
                .then(|| self.scope.key(situation, school, stage, subject)),
            CountOf::Establishment if profile.employment == Some(Employment::Temporary) => None,
            CountOf::Establishment => {
                let unit = situation.district.school(school).unit;
                place_of_unit(situation, self.scope, unit)
            }
        };
        key.filter(|_| recruit.is_chosen_by(&self.who, situation))
            .map(|key| (key, 1))
    }

    /// The place whose limit moves with the establishment of a unit: where all of it, and nothing
    /// else, is the most that the unit may hold.
    pub(super) fn place_of_posts(&self, unit: UnitIndex) -> Option<ScopeKey> {
        self.limits_posts().then_some(ScopeKey::Unit(unit))
    }

    /// Whether all of a unit's establishment, and nothing else, is the most that it may hold.
    pub(super) fn limits_posts(&self) -> bool {
        let whole = matches!(&self.at_most, Some(Bound::Share(share)) if share.is_all_posts());
        let alone = self.at_least.is_none() && self.exactly.is_none();
        whole && alone && self.scope == Scope::Unit
    }

    /// Every place of the scope for which the rule holds, whether anybody counts there or not.
    fn places_of_scope(&self, situation: &Situation<'_>) -> Vec<ScopeKey> {
        let district = situation.district;
        let filter = match (self.of, self.side) {
            (CountOf::Moves, Side::Origin) => &self.from,
            _ => &self.to,
        };
        let schools = || {
            district
                .school_indices()
                .filter(|&school| filter.matches(&situation.school(school)))
                // Partners outside are places of a rule only where it names them.
                .filter(|&school| {
                    let outside = district.school(school).state == SchoolState::Outside;
                    !outside || !filter.state.is_empty()
                })
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
        places.retain(|&key| self.speaks_of(district, key));
        places
    }

    /// Whether a place has anything of what the rule speaks of: the stages that it names, programmes.
    fn speaks_of(&self, district: &District, key: ScopeKey) -> bool {
        match key {
            ScopeKey::SchoolSubject(school, subject) => {
                let mut groups = district.school(school).classes.iter();
                !self.programme || groups.any(|group| group.programme == Some(subject))
            }
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
        }
    }

    /// Every place for which the rule holds, in order.
    pub(super) fn places(&self, situation: &Situation<'_>) -> Vec<ScopeKey> {
        let mut places = self.places_of_scope(situation);
        if self.has_quota() && self.scope == Scope::SchoolSubject {
            let filter = match self.side {
                Side::Origin => &self.from,
                Side::Destination => &self.to,
            };
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
        let bounds = Bounds::new(self, context);
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

    /// The limits in a place, before levers move any.
    pub fn limits_at(&self, context: &Context<'_>, place: ScopeKey) -> (Option<i64>, Option<i64>) {
        Bounds::new(self, context).of(context.situation, place)
    }

    /// What a finished plan has in each place with the limits there, and over all places together.
    pub(super) fn tallies(
        &self,
        context: &Context<'_>,
        facts: &PlanFacts<'_>,
    ) -> (Vec<Tally>, i64) {
        let situation = facts.situation;
        let mut bounds = Bounds::new(self, context);
        for (unit, posts) in facts.posts_given() {
            if let Some(place) = self.place_of_posts(unit) {
                bounds.give(place, posts);
            }
        }
        let mut places = self.places(situation);
        places.retain(|&key| !bounds.pass_over(situation, key));
        let mut found: BTreeMap<ScopeKey, i64> = places.iter().map(|&key| (key, 0)).collect();
        for candidate in facts.candidates() {
            candidate.at_stations(self.stations(), |there| {
                if let Some(key) = self.place_of(there) {
                    *found.entry(key).or_default() += 1;
                }
            });
        }
        for recruit in facts.recruits() {
            if let Some((key, amount)) = self.recruit_amount(situation, &recruit) {
                *found.entry(key).or_default() += amount * recruit.count;
            }
        }
        let total = found.values().sum();
        let tallies = places.into_iter().map(|place| {
            let (at_least, at_most) = bounds.of(situation, place);
            Tally {
                place,
                value: found[&place],
                at_least,
                at_most,
            }
        });
        (tallies.collect(), total)
    }

    /// Counts a finished plan.
    pub(super) fn check(
        &self,
        rule: &Rule,
        context: &Context<'_>,
        facts: &PlanFacts<'_>,
    ) -> Outcome {
        let (tallies, total) = self.tallies(context, facts);
        let mut outcome = Outcome::cost_only(Figure::Persons(total), 0);
        let mut short_by = 0;
        for tally in &tallies {
            let missed = tally.missed_by();
            short_by += missed;
            if missed > 0 {
                outcome.met = false;
                outcome.missed.push(Item {
                    place: tally.place.label(facts.situation),
                    value: format!("{} 人", tally.value),
                    target: tally.asked(),
                    shortfall: format!("{missed} 人"),
                });
            }
        }
        if let [only] = tallies.as_slice() {
            outcome.target = target(only.at_least, only.at_most);
        } else {
            let of = tallies.len();
            let met = of - outcome.missed.len();
            outcome.value = Figure::Places { met, of };
            outcome.target = Some(Target::Places(of));
        }
        outcome.cost = short_by * units_per_person(rule.weight);
        outcome
    }
}

impl Tally {
    /// What is asked, as printed.
    pub fn asked(&self) -> String {
        target(self.at_least, self.at_most).map_or_else(String::new, |asked| asked.to_string())
    }

    /// By how much the limits are missed.
    pub fn missed_by(&self) -> i64 {
        let below = self.at_least.map_or(0, |limit| (limit - self.value).max(0));
        let above = self.at_most.map_or(0, |limit| (self.value - limit).max(0));
        below + above
    }

    /// Whether one less, or one more, would miss a limit that is kept.
    pub fn is_at_limit(&self) -> bool {
        [self.at_least, self.at_most].contains(&Some(self.value))
    }
}

fn target(at_least: Option<i64>, at_most: Option<i64>) -> Option<Target> {
    (at_least.is_some() || at_most.is_some()).then_some(Target::Persons { at_least, at_most })
}
