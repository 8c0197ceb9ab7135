//! Who may apply for which post: wishes that were scored and that nothing refuses.

use crate::demand::{Fixation, PostIndex, Situation};
use crate::domain::{
    Competition, Form, LockKind, Placement, SchoolIndex, Stage, SubjectIndex, TeacherIndex,
};
use crate::rules::eligibility::{Refusal, Settled};
use crate::rules::reach::{Reach, form_admits};
use crate::rules::{Candidate, Context, RuleSet};

/// A wish for a post that a school scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Which of the wishes that count, from 1.
    pub wish: u32,
    /// The post.
    pub post: PostIndex,
    /// The school of the post.
    pub school: SchoolIndex,
    /// Its stage.
    pub stage: Stage,
    /// What would be taught.
    pub subject: SubjectIndex,
    /// Hundredths of a point.
    pub score: u32,
}

/// Why a wish takes no part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Void {
    /// More wishes than count.
    BeyondLimit,
    /// The school that released the person.
    Released,
    /// The school did not score.
    NoScore,
    /// The school has no such post.
    NoPost,
    /// A lock forbids the school.
    Forbidden,
    /// Rules of reach refuse it, by their titles.
    OutOfReach(Vec<String>),
}

impl Void {
    /// The reason on paper.
    pub fn printed(&self) -> String {
        match self {
            Self::BeyondLimit => "超过有效志愿数".to_owned(),
            Self::Released => "本人在该校落聘".to_owned(),
            Self::NoScore => "没有得分".to_owned(),
            Self::NoPost => "该校没有这个学科岗位".to_owned(),
            Self::Forbidden => "本局已作决定".to_owned(),
            Self::OutOfReach(titles) => titles.join("、"),
        }
    }
}

/// What somebody claims, the dearest first, and the wishes that take no part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claims {
    /// The claims.
    pub held: Vec<Claim>,
    /// The others: the school and why.
    pub void: Vec<(SchoolIndex, Void)>,
}

/// Makes claims of wishes.
#[derive(Debug)]
pub struct Claimant<'a> {
    context: &'a Context<'a>,
    rules: &'a RuleSet,
    /// The rules of reach, with their titles. That transfers lead from units over their
    /// establishment to units under it speaks of what the bureau arranges: in a competition the
    /// unit that takes somebody must have room, and that is counted.
    reach: Vec<(String, Reach)>,
}

impl<'a> Claimant<'a> {
    /// Prepares the rules.
    pub fn new(context: &'a Context<'a>, rules: &'a RuleSet) -> Self {
        let reach = rules.reach().map(|(rule, reach)| {
            let reach = Reach {
                over_to_under: false,
                ..reach.clone()
            };
            (rule.title.clone(), reach)
        });
        Self {
            context,
            rules,
            reach: reach.collect(),
        }
    }

    fn situation(&self) -> &'a Situation<'a> {
        self.context.situation
    }

    /// Why somebody may not apply; empty means that he or she may. Conditions of a transfer bind
    /// those who hold a post; who lost it must be free to look for another one, unless settled,
    /// locked or expressly forbidden.
    pub fn refusals(&self, teacher: TeacherIndex) -> Vec<String> {
        let district = self.situation().district;
        let released = district.competition_of(teacher) == Competition::Released;
        let refusals = self.context.standings.refusals(teacher, Form::Transfer);
        let binds = |refusal: &&Refusal| match refusal {
            Refusal::Settled(_)
            | Refusal::NotInEstablishment
            | Refusal::Locked
            | Refusal::SchoolGoesOn
            | Refusal::SchoolEnds
            | Refusal::Forbidden(_) => true,
            Refusal::NotNominated | Refusal::NotRequired(_) | Refusal::Deferred(_) => !released,
        };
        let mut printed: Vec<String> = refusals
            .iter()
            .filter(binds)
            .map(|refusal| refusal.printed(self.rules))
            .collect();
        if !district.decided_of(teacher).is_empty() {
            printed.push(Refusal::Settled(Settled::Decided).printed(self.rules));
        }
        let mut locks = district.locks_of(teacher).iter();
        if locks.any(|lock| lock.kind == LockKind::Go) {
            printed.push(Refusal::Locked.printed(self.rules));
        }
        printed.sort();
        printed.dedup();
        printed
    }

    /// Whether somebody may apply, or might have before a move was decided, such as that of this
    /// competition.
    pub(super) fn might_apply(&self, teacher: TeacherIndex) -> bool {
        let moved = self.situation().roll.entry(teacher).fixation == Some(Fixation::Decided);
        let decided = Refusal::Settled(Settled::Decided).printed(self.rules);
        let mut refusals = self.refusals(teacher).into_iter();
        refusals.all(|held| moved && held == decided)
    }

    /// What somebody claims who may apply.
    pub fn claims(&self, teacher: TeacherIndex) -> Claims {
        let situation = self.situation();
        let present = situation.district.teacher(teacher).school;
        let limit = situation.policy.competition.wishes;
        let mut claims = Claims::default();
        let mut number = 0;
        for wish in situation.wishes_to_leave(teacher) {
            // Whoever holds a post ranks the present school to say what is worse; who lost it may
            // have thought of another post there.
            if wish.school == present {
                claims.void.push((wish.school, Void::Released));
                continue;
            }
            number += 1;
            if number > limit {
                claims.void.push((wish.school, Void::BeyondLimit));
            } else {
                self.add_wish(teacher, wish.school, number, &mut claims);
            }
        }
        claims
    }

    /// The claims of one wish, the main subject first, or why there is none.
    fn add_wish(&self, teacher: TeacherIndex, school: SchoolIndex, wish: u32, claims: &mut Claims) {
        let before = claims.held.len();
        let mut void = None;
        for (score, found) in self.scored(teacher, school) {
            match found.and_then(|place| self.admit(teacher, school, place)) {
                Ok((post, stage, subject)) => {
                    if claims.held[before..].iter().all(|held| held.post != post) {
                        claims.held.push(Claim {
                            wish,
                            post,
                            school,
                            stage,
                            subject,
                            score,
                        });
                    }
                }
                Err(reason) => {
                    void.get_or_insert(reason);
                }
            }
        }
        if claims.held.len() == before {
            claims.void.push((school, void.unwrap_or(Void::NoScore)));
        }
    }

    /// What a school scored, the main subject first, and the post that each score is for.
    fn scored(
        &self,
        teacher: TeacherIndex,
        school: SchoolIndex,
    ) -> Vec<(u32, Result<Place, Void>)> {
        let situation = self.situation();
        let own = situation.district.teacher(teacher);
        let scores = situation.district.scores_of(teacher).iter();
        let mut scored: Vec<(bool, SubjectIndex, u32)> = scores
            .filter(|score| score.school == school)
            .map(|score| {
                let subject = score.subject.unwrap_or(own.subject);
                (subject != own.subject, subject, score.hundredths)
            })
            .collect();
        scored.sort_unstable();
        scored
            .into_iter()
            .map(|(_, subject, score)| (score, self.place(teacher, school, subject)))
            .collect()
    }

    /// The post of a subject at a school: in the teacher's own stage, else in another one that he
    /// or she can teach.
    fn place(
        &self,
        teacher: TeacherIndex,
        school: SchoolIndex,
        subject: SubjectIndex,
    ) -> Result<Place, Void> {
        let situation = self.situation();
        let own = situation.district.teacher(teacher);
        if let Some(post) = situation.posts.of(school, own.stage, subject) {
            return Ok((post, own.stage, subject));
        }
        situation
            .posts
            .of_school(school)
            .find(|(_, post)| {
                post.subjects.contains(&subject) && own.can_teach(post.stage, subject)
            })
            .map(|(index, post)| (index, post.stage, subject))
            .ok_or(Void::NoPost)
    }

    fn admit(
        &self,
        teacher: TeacherIndex,
        school: SchoolIndex,
        place: Place,
    ) -> Result<Place, Void> {
        let situation = self.situation();
        let mut locks = situation.district.locks_of(teacher).iter();
        if locks.any(|lock| lock.kind == LockKind::Forbid && lock.school == Some(school)) {
            return Err(Void::Forbidden);
        }
        let entry = situation.roll.entry(teacher);
        let (_, stage, subject) = place;
        let placement = Placement {
            form: Form::Transfer,
            school,
            stage,
            subject,
            unit: Some(situation.district.school(school).unit),
            start: Some(situation.district.year_begin),
            end: None,
            itinerary: None,
            decided: false,
            teacher,
        };
        let candidate = Candidate {
            situation,
            entry,
            placement: &placement,
        };
        if !form_admits(&candidate) {
            return Err(Void::NoPost);
        }
        let refusing = self.reach.iter();
        let refusing: Vec<String> = refusing
            .filter(|(_, reach)| !reach.admits(&candidate))
            .map(|(title, _)| title.clone())
            .collect();
        if refusing.is_empty() {
            Ok(place)
        } else {
            Err(Void::OutOfReach(refusing))
        }
    }
}

/// A post, and what would be taught there.
type Place = (PostIndex, Stage, SubjectIndex);
