//! `reach`: where a move may lead. Nothing else may cut options.
//!
//! "From sending schools to receiving schools"; "at most sixty minutes, unless the school has flats
//! for teachers or the teacher wishes to go".

use serde::Deserialize;

use super::eligibility::both_moves;
use super::except::Except;
use super::facts::PlanFacts;
use super::figure::Figure;
use super::row::{Candidate, Item, Outcome};
use super::station::Stations;
use super::within::{Within, related};
use crate::demand::{Post, RollEntry, Situation};
use crate::domain::{Form, SchoolIndex, SchoolState, Span, Stage, SubjectIndex};
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
    /// For whom it does not hold.
    #[serde(default)]
    pub except: Except,
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
    /// Not to a higher stage than the person's, nor between stages that are not one above another.
    #[serde(default)]
    pub not_upward: bool,
    /// Only to posts of these stages.
    #[serde(default)]
    pub to_stage: OneOrMany<Stage>,
    /// Only to posts that have a need.
    #[serde(default)]
    pub needed: bool,
    /// Only from units over their establishment to units under it.
    #[serde(default)]
    pub over_to_under: bool,
    /// Only to schools that the person wishes for.
    #[serde(default)]
    pub wished: bool,
    /// Not to a school that the person ranks below the present one.
    #[serde(default)]
    pub above_present: bool,
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

/// What a form means, before any rule: an exchange leads to another school, a change of stage to
/// another stage, training to what the person could not teach. Of 走教 every school served besides
/// the own one is asked for by itself.
pub fn form_admits(candidate: &Candidate<'_>) -> bool {
    let (entry, placement) = (candidate.entry, candidate.placement);
    let (situation, form) = (candidate.situation, placement.form);
    let district = situation.district;
    let (here, there) = (
        district.school(entry.school),
        district.school(placement.school),
    );
    let own = placement.school == entry.school;
    let leads = form.span().is_some_and(|span| match span {
        Span::OwnSchool => own,
        Span::OwnUnit => there.unit == here.unit && !(own && placement.stage == entry.stage),
        Span::OtherSchool => !own,
        Span::AnySchool => true,
        Span::Sites => !own && there.state != SchoolState::Outside,
        Span::Outside => there.state == SchoolState::Outside,
    });
    let taught = (placement.stage, placement.subject);
    let means = match form {
        Form::CrossStage => placement.stage != entry.stage,
        Form::Retrain => {
            let teacher = district.teacher(entry.teacher);
            !teacher.can_teach(taught.0, taught.1)
        }
        Form::Itinerant => {
            let terms = situation.policy.itinerant.as_ref();
            let subject = district.subject_name(taught.1);
            terms.is_some_and(|terms| {
                terms.stage.admits(&taught.0) && terms.subject.iter().any(|held| held == subject)
            }) && taught == (entry.stage, entry.subject)
        }
        _ => true,
    };
    leads && means && !there.state.ends()
}

/// Who may go from one school to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Nobody.
    Closed,
    /// Those who wish to go there.
    Wished,
    /// Whoever it is.
    Open,
}

/// What reach rules ask together of the post to which a move leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PostTerms {
    capability: bool,
    same_stage: bool,
    not_upward: bool,
    /// Stages to which no rule lets anybody go, a bit each.
    closed_stages: u8,
    needed: bool,
}

impl PostTerms {
    /// What several rules ask.
    pub fn of<'a>(rules: impl IntoIterator<Item = &'a Reach>) -> Self {
        rules
            .into_iter()
            .fold(Self::default(), |terms, reach| Self {
                capability: terms.capability || reach.capability,
                same_stage: terms.same_stage || reach.same_stage,
                not_upward: terms.not_upward || reach.not_upward,
                closed_stages: terms.closed_stages | reach.closed_stages(),
                needed: terms.needed || reach.needed,
            })
    }

    /// Whether somebody may go to posts of a stage.
    pub fn admit_stage(&self, entry: &RollEntry, stage: Stage) -> bool {
        let is_open = self.closed_stages & bit(stage) == 0;
        let own = stage == entry.stage;
        is_open && (own || !(self.same_stage || (self.not_upward && !stage.is_below(entry.stage))))
    }

    /// Whether somebody may go to a post to teach a subject in a stage; without a post nothing is
    /// needed.
    pub fn admit(
        &self,
        situation: &Situation<'_>,
        entry: &RollEntry,
        post: Option<&Post>,
        (stage, subject): (Stage, SubjectIndex),
    ) -> bool {
        self.admit_stage(entry, stage)
            && (!self.needed || post.is_some_and(|post| post.need.0 > 0))
            && (!self.capability
                || situation
                    .district
                    .teacher(entry.teacher)
                    .can_teach(stage, subject))
    }
}

/// A stage as a bit.
const fn bit(stage: Stage) -> u8 {
    1 << stage as u8
}

impl Reach {
    fn closed_stages(&self) -> u8 {
        let closed = Stage::ALL
            .iter()
            .filter(|stage| !self.to_stage.admits(stage));
        closed.fold(0, |bits, &stage| bits | bit(stage))
    }

    /// Whether the rule speaks of a placement at all: the same for every place that somebody may go
    /// to in a form.
    pub(crate) fn governs(&self, candidate: &Candidate<'_>) -> bool {
        self.form
            .iter()
            .any(|&form| form == candidate.placement.form)
            && self
                .who
                .matches(&candidate.situation.person(candidate.placement.teacher))
            && self.from.matches(&candidate.from())
            && !self
                .except
                .has(candidate.situation.district, candidate.placement.teacher)
    }

    /// Whether the rule lets a placement be.
    pub fn admits(&self, candidate: &Candidate<'_>) -> bool {
        !self.governs(candidate) || (self.admits_school(candidate) && self.admits_post(candidate))
    }

    fn admits_post(&self, candidate: &Candidate<'_>) -> bool {
        let placement = candidate.placement;
        let posts = &candidate.situation.posts;
        let post = posts.of(placement.school, placement.stage, placement.subject);
        PostTerms::of([self]).admit(
            candidate.situation,
            candidate.entry,
            post.map(|post| posts.get(post)),
            (placement.stage, placement.subject),
        )
    }

    fn admits_school(&self, candidate: &Candidate<'_>) -> bool {
        let (situation, to) = (candidate.situation, candidate.placement.school);
        let below = || {
            situation.ranks_below_present(candidate.placement.teacher, candidate.placement.school)
        };
        self.leads_to(situation, to)
            && !(self.above_present && below())
            && match self.way(situation, candidate.origin(), to) {
                Way::Closed => false,
                Way::Wished => candidate.is_voluntary(),
                Way::Open => true,
            }
    }

    /// Whether a school is one of those to which the rule lets anybody go.
    pub(crate) fn leads_to(&self, situation: &Situation<'_>, school: SchoolIndex) -> bool {
        self.to.matches(&situation.school(school))
    }

    /// Who may go from one school to another that the rule leads to.
    pub(crate) fn way(&self, situation: &Situation<'_>, from: SchoolIndex, to: SchoolIndex) -> Way {
        if !self.admits_schools(situation, from, to) {
            return Way::Closed;
        }
        let lifted = |lift: Unless| self.unless.contains(&lift);
        let is_near = self.max_minutes.is_none_or(|limit| {
            situation.roads.minutes(from, to).0 <= limit
                || (lifted(Unless::Dormitory) && situation.district.school(to).dormitory)
        });
        match (is_near, self.wished) {
            (true, false) => Way::Open,
            (true, true) => Way::Wished,
            (false, _) if lifted(Unless::Consent) => Way::Wished,
            (false, _) => Way::Closed,
        }
    }

    fn admits_schools(
        &self,
        situation: &Situation<'_>,
        from: SchoolIndex,
        to: SchoolIndex,
    ) -> bool {
        let (from, to) = (situation.school(from), situation.school(to));
        let over_to_under = || {
            from.establishment_balance
                .is_some_and(|balance| balance < 0)
                && to.establishment_balance.is_some_and(|balance| balance > 0)
        };
        (!self.over_to_under || over_to_under())
            && related(self.within, self.not_within, &from, &to)
    }

    /// A plan is refused where somebody is placed out of reach; decided moves are the office's own.
    pub(super) fn check(&self, rule: &Rule, facts: &PlanFacts<'_>) -> Outcome {
        let mut governed = 0;
        let mut missed = Vec::new();
        let mut look = |candidate: &Candidate<'_>| {
            governed += i64::from(self.governs(candidate));
            if !self.admits(candidate) {
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
        };
        for candidate in facts
            .candidates()
            .filter(|candidate| !candidate.placement.decided)
        {
            candidate.at_stations(Stations::Visits, &mut look);
        }
        Outcome::refusals(Figure::Moves(governed), missed)
    }
}
