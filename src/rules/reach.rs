//! `reach`: where a move may lead. Nothing else may cut options.
//!
//! "From sending schools to receiving schools"; "at most sixty minutes, unless the school has flats
//! for teachers or the teacher wishes to go".

use serde::Deserialize;

use super::eligibility::both_moves;
use super::facts::PlanFacts;
use super::row::{Candidate, Item, Outcome};
use crate::domain::Form;
use crate::policy::{OneOrMany, PersonSelector, Rule, SchoolSelector};

/// What lifts a limit of minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unless {
    /// The school has flats for teachers.
    Dormitory,
    /// The teacher wishes to go there.
    Consent,
}

/// A membership that both schools must share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    /// The same unit.
    Unit,
    /// The same cluster (学区).
    Cluster,
    /// The same group (集团).
    Group,
    /// The same town.
    Town,
}

/// Parameters of the kind.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reach {
    /// Forms of which it speaks.
    #[serde(default = "both_moves")]
    pub form: OneOrMany<Form>,
    /// Of whom.
    #[serde(default)]
    pub who: PersonSelector,
    /// Of moves from these schools.
    #[serde(default)]
    pub from: SchoolSelector,
    /// They must lead to these schools.
    #[serde(default)]
    pub to: SchoolSelector,
    /// Only to a subject and stage that the person can teach.
    #[serde(default)]
    pub capability: bool,
    /// Only in the person's stage.
    #[serde(default)]
    pub same_stage: bool,
    /// Only to posts that have a need.
    #[serde(default)]
    pub needed: bool,
    /// Only from units over their establishment to units under it.
    #[serde(default)]
    pub over_to_under: bool,
    /// Only to schools that the person wishes for.
    #[serde(default)]
    pub wished: bool,
    /// Both schools share this.
    pub within: Option<Within>,
    /// The schools must not share this.
    pub not_within: Option<Within>,
    /// Minutes of one way, at most.
    pub max_minutes: Option<i64>,
    /// What lifts the limit of minutes.
    #[serde(default)]
    pub unless: Vec<Unless>,
}

impl Reach {
    /// Whether the rule speaks of a placement at all.
    fn governs(&self, candidate: &Candidate<'_>) -> bool {
        self.form
            .iter()
            .any(|&form| form == candidate.placement.form)
            && self
                .who
                .matches(&candidate.situation.person(candidate.placement.teacher))
            && self.from.matches(&candidate.from())
    }

    /// Whether the rule lets a placement be.
    pub fn admits(&self, candidate: &Candidate<'_>) -> bool {
        !self.governs(candidate)
            || (self.to.matches(&candidate.to())
                && self.admits_post(candidate)
                && self.admits_schools(candidate)
                && self.admits_way(candidate))
    }

    fn admits_post(&self, candidate: &Candidate<'_>) -> bool {
        let placement = candidate.placement;
        let teacher = candidate.situation.district.teacher(placement.teacher);
        let posts = &candidate.situation.posts;
        let post = posts.of(placement.school, placement.stage, placement.subject);
        let needed = || post.is_some_and(|post| posts.get(post).need.0 > 0);
        (!self.capability || teacher.can_teach(placement.stage, placement.subject))
            && (!self.same_stage || placement.stage == candidate.entry.stage)
            && (!self.needed || needed())
    }

    fn admits_schools(&self, candidate: &Candidate<'_>) -> bool {
        let (from, to) = (candidate.from(), candidate.to());
        let over_to_under = || {
            from.establishment_balance
                .is_some_and(|balance| balance < 0)
                && to.establishment_balance.is_some_and(|balance| balance > 0)
        };
        let share = |what: Within| match what {
            Within::Unit => from.school.unit == to.school.unit,
            Within::Cluster => {
                from.school.cluster.is_some() && from.school.cluster == to.school.cluster
            }
            Within::Group => from.school.group.is_some() && from.school.group == to.school.group,
            Within::Town => from.school.town == to.school.town,
        };
        (!self.wished || candidate.is_voluntary())
            && (!self.over_to_under || over_to_under())
            && self.within.is_none_or(share)
            && !self.not_within.is_some_and(share)
    }

    fn admits_way(&self, candidate: &Candidate<'_>) -> bool {
        self.max_minutes.is_none_or(|limit| {
            candidate.minutes().0 <= limit
                || self.unless.iter().any(|lift| match lift {
                    Unless::Dormitory => candidate.to().school.dormitory,
                    Unless::Consent => candidate.is_voluntary(),
                })
        })
    }

    /// A plan is refused where somebody is placed out of reach; decided moves are the office's own.
    pub(super) fn check(&self, rule: &Rule, facts: &PlanFacts<'_>) -> Outcome {
        let mut governed = 0;
        let mut missed = Vec::new();
        for candidate in facts
            .candidates()
            .filter(|candidate| !candidate.placement.decided)
        {
            governed += i64::from(self.governs(&candidate));
            if !self.admits(&candidate) {
                let district = facts.situation.district;
                missed.push(Item {
                    place: district.teacher(candidate.placement.teacher).id.clone(),
                    value: format!(
                        "{}→{}，{} 分钟",
                        candidate.from().school.name,
                        candidate.to().school.name,
                        candidate.minutes()
                    ),
                    target: rule.title.clone(),
                    shortfall: "1 人".to_owned(),
                });
            }
        }
        Outcome {
            value: format!("{governed} 人次"),
            target: String::new(),
            met: missed.is_empty(),
            missed,
            cost: 0,
        }
    }
}
