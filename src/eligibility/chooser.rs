//! What may be chosen for one teacher.

use super::LockConflict;
use super::choice::Choice;
use super::obstacles::{Obstacles, obstacles};
use super::ways::{Paths, WaysByRules};
use crate::demand::{Post, RollEntry, Situation};
use crate::domain::{
    Form, Itinerary, Lock, LockKind, Placement, SchoolIndex, Span, Stage, SubjectIndex,
};
use crate::rules::reach::form_admits;
use crate::rules::{Candidate, Context, RuleSet};

/// What was found for one teacher.
pub(super) struct Found {
    pub(super) choices: Vec<Choice>,
    /// Days at other schools that may be chosen besides.
    pub(super) itineraries: Vec<Itinerary>,
    pub(super) conflict: Option<LockConflict>,
}

impl Found {
    fn only(choices: Vec<Choice>) -> Self {
        Self {
            choices,
            itineraries: Vec::new(),
            conflict: None,
        }
    }
}

/// Finds what may be chosen for each teacher.
pub(super) struct Chooser<'a> {
    pub(super) context: &'a Context<'a>,
    rules: &'a RuleSet,
    pub(super) paths: Paths<'a>,
}

impl<'a> Chooser<'a> {
    pub(super) fn new(context: &'a Context<'a>, rules: &'a RuleSet) -> Self {
        Self {
            context,
            rules,
            paths: Paths::new(context.situation, rules),
        }
    }

    pub(super) fn of(&self, entry: &RollEntry, ways: &mut WaysByRules) -> Found {
        match entry.fixation {
            Some(_) => self.settled(entry),
            None => self.free(entry, ways),
        }
    }

    /// Somebody whose place is settled may at most change the subject, and that only at home.
    fn settled(&self, entry: &RollEntry) -> Found {
        let mut choices = vec![Choice::Home];
        if entry.form == Form::Return
            && self
                .context
                .standings
                .may(entry.teacher, Form::ChangeSubject)
        {
            choices.extend(self.changes_of_subject(entry));
        }
        Found::only(choices)
    }

    fn free(&self, entry: &RollEntry, ways: &mut WaysByRules) -> Found {
        let teacher = entry.teacher;
        let standings = self.context.standings;
        let locks = self.context.situation.district.locks_of(teacher);
        let forbidden: Vec<SchoolIndex> = schools_of(locks, LockKind::Forbid);
        let go: Vec<SchoolIndex> = schools_of(locks, LockKind::Go);
        let mut moves = Vec::new();
        let forms = standings.forms().iter().copied();
        for form in forms.filter(|form| form.is_move()) {
            if standings.may(teacher, form) {
                let is_allowed = |school: SchoolIndex| {
                    !forbidden.contains(&school) && (go.is_empty() || go.contains(&school))
                };
                self.add_moves(entry, form, ways, is_allowed, &mut moves);
            }
        }
        if !go.is_empty() {
            if moves.is_empty() {
                return Found {
                    conflict: Some(self.conflict(entry, &go)),
                    ..Found::only(vec![Choice::Home])
                };
            }
            return Found::only(moves);
        }
        let must = standings.must_move(teacher);
        let waits = entry.form == Form::Waiting;
        let mut choices = vec![Choice::Home];
        // Who holds no post has done what must be done by taking another one at the same school.
        if standings.may(teacher, Form::ChangeSubject) && (!must || waits || moves.is_empty()) {
            choices.extend(self.changes_of_subject(entry));
        }
        if must && (!moves.is_empty() || (waits && choices.len() > 1)) {
            choices.remove(0);
        }
        choices.append(&mut moves);
        let mut itineraries = Vec::new();
        if standings.may(teacher, Form::Itinerant) {
            itineraries = self.itineraries(entry, ways, &forbidden);
        }
        Found {
            itineraries,
            ..Found::only(choices)
        }
    }

    /// Every post to which the form may lead and that the reach rules admit.
    fn add_moves(
        &self,
        entry: &RollEntry,
        form: Form,
        ways: &mut WaysByRules,
        is_allowed: impl Fn(SchoolIndex) -> bool,
        moves: &mut Vec<Choice>,
    ) {
        let situation = self.context.situation;
        let ways = self.paths.ways_of(entry, form, ways);
        let schools = ways.schools(situation, entry.teacher);
        let admits = |school: SchoolIndex, (stage, subject): (Stage, SubjectIndex)| {
            let placement = Placement {
                form,
                school,
                stage,
                subject,
                ..entry.placement()
            };
            form_admits(&Candidate {
                situation,
                entry,
                placement: &placement,
            })
        };
        // Of most forms the school alone decides whether they may lead there.
        let by_school = matches!(form.span(), Some(Span::OtherSchool | Span::Outside));
        let is_open = |school: &SchoolIndex| {
            is_allowed(*school) && !ways.lead_below(situation, entry.teacher, *school)
        };
        for school in schools.iter().copied().filter(is_open) {
            if by_school && !admits(school, (entry.stage, entry.subject)) {
                continue;
            }
            if form.span() == Some(Span::Outside) {
                moves.push(Choice::Away { form, school });
                continue;
            }
            for (index, post) in situation.posts.of_school(school) {
                if !ways.terms.admit_stage(entry, post.stage) {
                    continue;
                }
                let subject = subject_at(self.context.situation, entry, post);
                let taught = (post.stage, subject);
                if (by_school || admits(school, taught))
                    && ways.terms.admit(situation, entry, Some(post), taught)
                {
                    moves.push(Choice::Post {
                        form,
                        post: index,
                        subject,
                    });
                }
            }
        }
    }

    fn changes_of_subject(&self, entry: &RollEntry) -> Vec<Choice> {
        let situation = self.context.situation;
        let school = entry.school;
        let Some(terms) = self.paths.terms_at_home(entry) else {
            return Vec::new();
        };
        let own = situation.posts.of(school, entry.stage, entry.subject);
        situation
            .posts
            .of_school(school)
            .filter(|&(index, _)| Some(index) != own)
            .filter_map(|(index, post)| {
                let subject = subject_at(self.context.situation, entry, post);
                let taught = (post.stage, subject);
                let admitted = terms.admit(situation, entry, Some(post), taught);
                admitted.then_some(Choice::Post {
                    form: Form::ChangeSubject,
                    post: index,
                    subject,
                })
            })
            .collect()
    }

    /// Why somebody cannot be sent where a lock says: form by form, the one nearest to being open first.
    fn conflict(&self, entry: &RollEntry, go: &[SchoolIndex]) -> LockConflict {
        let district = self.context.situation.district;
        let mut found: Vec<(SchoolIndex, Obstacles)> = Vec::new();
        for &school in go {
            let place = (school, None);
            let forms = obstacles(self.context, self.rules, entry.teacher, place);
            found.extend(forms.into_iter().map(|held| (school, held)));
        }
        found.sort_by_key(|(_, held)| held.reasons.len());
        let mut rules: Vec<usize> = found
            .iter()
            .flat_map(|(_, held)| held.rules.iter().copied())
            .collect();
        rules.sort_unstable();
        rules.dedup();
        let mut reasons: Vec<String> = found
            .iter()
            .map(|(school, held)| {
                let (form, school) = (held.form.chinese(), &district.school(*school).name);
                let reasons = held.reasons.iter();
                let mut reasons: Vec<&str> =
                    reasons.map(|reason| reason.chinese.as_str()).collect();
                if reasons.is_empty() {
                    reasons.push("没有可任岗位");
                }
                format!("{form}到{school}：{}", reasons.join("、"))
            })
            .collect();
        if reasons.is_empty() {
            let schools = go
                .iter()
                .map(|&school| district.school(school).name.as_str());
            let schools: Vec<&str> = schools.collect();
            reasons.push(format!("没有一种流动形式能到{}", schools.join("、")));
        }
        LockConflict {
            teacher: entry.teacher,
            reasons,
            rules,
        }
    }
}

/// What the person would teach at a post: the main subject, else one that he or she can teach,
/// else the post's first.
pub(super) fn subject_at(
    situation: &Situation<'_>,
    entry: &RollEntry,
    post: &Post,
) -> SubjectIndex {
    if let [only] = post.subjects.as_slice() {
        return *only;
    }
    let teacher = situation.district.teacher(entry.teacher);
    let can = |stage: Stage, subject: SubjectIndex| teacher.can_teach(stage, subject);
    let find = |wanted: &dyn Fn(SubjectIndex) -> bool| {
        post.subjects
            .iter()
            .copied()
            .find(|&subject| wanted(subject))
    };
    let is_main = |subject: SubjectIndex| subject == entry.subject;
    find(&|subject| is_main(subject) && can(post.stage, subject))
        .or_else(|| find(&|subject| can(post.stage, subject)))
        .or_else(|| find(&is_main))
        .unwrap_or(post.subjects[0])
}

/// The schools that the locks of one kind name.
pub(super) fn schools_of(locks: &[Lock], kind: LockKind) -> Vec<SchoolIndex> {
    let of_kind = locks.iter().filter(|lock| lock.kind == kind);
    of_kind.filter_map(|lock| lock.school).collect()
}
