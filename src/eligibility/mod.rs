//! Who may go where, and in which form: the choices of everybody, cut by nothing but rules that
//! the policy shows.

use crate::demand::{PostIndex, RollEntry};
use crate::domain::{
    Form, Lock, LockKind, Placement, SchoolIndex, Stage, SubjectIndex, TeacherIndex,
};
use crate::rules::{Candidate, Context, RuleSet};

/// A lock that no choice can meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockConflict {
    /// Whom it concerns.
    pub teacher: TeacherIndex,
    /// Why, as printed: the refusals and the rules out of whose reach the school lies.
    pub reasons: Vec<String>,
}

/// What a plan may choose for each teacher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    by_teacher: Vec<Vec<Placement>>,
    conflicts: Vec<LockConflict>,
}

impl Choices {
    /// All choices under the rules.
    pub fn new(context: &Context<'_>, rules: &RuleSet) -> Self {
        let chooser = Chooser { context, rules };
        let mut choices = Self {
            by_teacher: Vec::new(),
            conflicts: Vec::new(),
        };
        for entry in context.situation.roll.entries() {
            let placements = match entry.fixation {
                Some(_) => chooser.settled(entry),
                None => chooser.free(entry, &mut choices.conflicts),
            };
            choices.by_teacher.push(placements);
        }
        choices
    }

    /// A teacher's choices; the first is what holds if nothing is chosen, but for those who must
    /// go.
    pub fn of(&self, teacher: TeacherIndex) -> &[Placement] {
        &self.by_teacher[teacher.position()]
    }

    /// Locks that no choice can meet.
    pub fn conflicts(&self) -> &[LockConflict] {
        &self.conflicts
    }

    /// How many placements may be chosen by those who have a choice.
    pub fn count(&self) -> usize {
        self.by_teacher
            .iter()
            .map(Vec::len)
            .filter(|&count| count > 1)
            .sum()
    }
}

struct Chooser<'a> {
    context: &'a Context<'a>,
    rules: &'a RuleSet,
}

impl Chooser<'_> {
    /// Somebody whose place is settled may at most change the subject, and that only at home.
    fn settled(&self, entry: &RollEntry) -> Vec<Placement> {
        let mut placements = vec![entry.placement()];
        if entry.form == Form::Return
            && self
                .context
                .standings
                .may(entry.teacher, Form::ChangeSubject)
        {
            placements.extend(self.changes_of_subject(entry));
        }
        placements
    }

    fn free(&self, entry: &RollEntry, conflicts: &mut Vec<LockConflict>) -> Vec<Placement> {
        let teacher = entry.teacher;
        let standings = self.context.standings;
        let mut moves = Vec::new();
        for form in [Form::Exchange, Form::Transfer] {
            if standings.may(teacher, form) {
                moves.extend(self.moves(entry, form));
            }
        }
        let locks: Vec<&Lock> = self
            .context
            .situation
            .district
            .locks
            .iter()
            .filter(|lock| lock.teacher == teacher)
            .collect();
        let forbidden = |school: SchoolIndex| {
            locks
                .iter()
                .any(|lock| lock.kind == LockKind::Forbid && lock.school == Some(school))
        };
        moves.retain(|placement| !forbidden(placement.school));
        let go: Vec<SchoolIndex> = locks
            .iter()
            .filter(|lock| lock.kind == LockKind::Go)
            .filter_map(|lock| lock.school)
            .collect();
        if !go.is_empty() {
            moves.retain(|placement| go.contains(&placement.school));
            if moves.is_empty() {
                conflicts.push(self.conflict(entry, &go));
                return vec![entry.placement()];
            }
            return moves;
        }
        if standings.must_move(teacher) && !moves.is_empty() {
            return moves;
        }
        let mut placements = vec![entry.placement()];
        if standings.may(teacher, Form::ChangeSubject) {
            placements.extend(self.changes_of_subject(entry));
        }
        placements.extend(moves);
        placements
    }

    /// Every post of every other school that the reach rules admit.
    fn moves(&self, entry: &RollEntry, form: Form) -> Vec<Placement> {
        let situation = self.context.situation;
        let begin = situation.district.year_begin;
        let months = situation.policy.exchange.months as i32;
        let mut placements = Vec::new();
        for (index, post) in situation.posts.indexed() {
            if post.school == entry.school {
                continue;
            }
            let placement = Placement {
                teacher: entry.teacher,
                form,
                school: post.school,
                stage: post.stage,
                subject: self.subject_at(entry, index),
                unit: match form {
                    Form::Transfer => Some(situation.district.school(post.school).unit),
                    _ => entry.unit,
                },
                start: Some(begin),
                end: (form == Form::Exchange).then(|| begin.plus(months)),
                decided: false,
            };
            if self.is_admitted(entry, &placement) {
                placements.push(placement);
            }
        }
        placements
    }

    fn changes_of_subject(&self, entry: &RollEntry) -> Vec<Placement> {
        let situation = self.context.situation;
        let own = situation.posts.of(entry.school, entry.stage, entry.subject);
        situation
            .posts
            .of_school(entry.school)
            .filter(|&(index, _)| Some(index) != own)
            .map(|(index, post)| Placement {
                form: Form::ChangeSubject,
                stage: post.stage,
                subject: self.subject_at(entry, index),
                // Home by a decision, yet the subject is the plan's choice.
                decided: false,
                ..entry.placement()
            })
            .filter(|placement| self.is_admitted(entry, placement))
            .collect()
    }

    /// What the person would teach at a post: the main subject, else one that he or she can teach,
    /// else the post's first.
    fn subject_at(&self, entry: &RollEntry, post: PostIndex) -> SubjectIndex {
        let situation = self.context.situation;
        let teacher = situation.district.teacher(entry.teacher);
        let post = situation.posts.get(post);
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

    fn is_admitted(&self, entry: &RollEntry, placement: &Placement) -> bool {
        let candidate = Candidate {
            situation: self.context.situation,
            entry,
            placement,
        };
        self.rules
            .reach()
            .all(|(_, reach)| reach.admits(&candidate))
    }

    /// Why nobody can be sent where a lock says.
    fn conflict(&self, entry: &RollEntry, go: &[SchoolIndex]) -> LockConflict {
        let standings = self.context.standings;
        let mut reasons: Vec<String> = [Form::Exchange, Form::Transfer]
            .into_iter()
            .flat_map(|form| standings.refusals(entry.teacher, form))
            .map(|refusal| refusal.printed(self.rules))
            .collect();
        let situation = self.context.situation;
        for (index, post) in situation
            .posts
            .indexed()
            .filter(|(_, post)| go.contains(&post.school))
        {
            let placement = Placement {
                form: Form::Exchange,
                school: post.school,
                stage: post.stage,
                subject: self.subject_at(entry, index),
                ..entry.placement()
            };
            let candidate = Candidate {
                situation,
                entry,
                placement: &placement,
            };
            reasons.extend(
                self.rules
                    .reach()
                    .filter(|(_, reach)| !reach.admits(&candidate))
                    .map(|(rule, _)| rule.title.clone()),
            );
        }
        reasons.sort();
        reasons.dedup();
        LockConflict {
            teacher: entry.teacher,
            reasons,
        }
    }
}
