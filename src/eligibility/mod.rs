//! Who may go where, and in which form: the choices of everybody, cut by nothing but rules that
//! the policy shows.

mod itineraries;

pub use itineraries::SharedPost;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::demand::{Post, PostIndex, RollEntry, Situation};
use crate::domain::{
    Form, Itinerary, Lock, LockKind, Month, Placement, SchoolIndex, Span, Stage, SubjectIndex,
    TeacherIndex, UnitIndex,
};
use crate::policy::FormTerms;
use crate::rules::eligibility::Refusal;
use crate::rules::reach::{PostTerms, Reach, Way, form_admits};
use crate::rules::{Candidate, Context, RuleSet};

/// A lock that no choice can meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockConflict {
    /// Whom it concerns.
    pub teacher: TeacherIndex,
    /// Why, as printed: the refusals and the rules out of whose reach the school lies.
    pub reasons: Vec<String>,
}

/// One thing that a plan may choose for a teacher. Districts have millions of them, so it says no
/// more than what tells it from the teacher's others; [`Terms`] make a placement of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// What holds if nothing is chosen.
    Home,
    /// A post, in a form.
    Post {
        /// The form.
        form: Form,
        /// Which post.
        post: PostIndex,
        /// The subject that the person would teach of those of the post.
        subject: SubjectIndex,
    },
    /// A school outside the district, where there are no posts.
    Away {
        /// The form.
        form: Form,
        /// Which school.
        school: SchoolIndex,
    },
    /// Some days of the week at other schools: the place of an itinerary among those of the
    /// [`Choices`].
    Itinerant(u32),
}

/// What turns choices into placements, without the district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    posts: Vec<(SchoolIndex, Stage)>,
    units: Vec<UnitIndex>,
    begin: Month,
    forms: BTreeMap<Form, FormTerms>,
    itineraries: Arc<[Itinerary]>,
}

impl Choice {
    /// The post to which it leads.
    pub fn post(self) -> Option<PostIndex> {
        match self {
            Self::Home | Self::Away { .. } | Self::Itinerant(_) => None,
            Self::Post { post, .. } => Some(post),
        }
    }
}

impl Terms {
    /// The terms of a year in which plans choose among these choices.
    pub fn new(situation: &Situation<'_>, choices: &Choices) -> Self {
        let district = situation.district;
        Self {
            posts: situation
                .posts
                .all()
                .iter()
                .map(|post| (post.school, post.stage))
                .collect(),
            units: district.schools.iter().map(|school| school.unit).collect(),
            begin: district.year_begin,
            forms: situation.policy.forms.clone(),
            itineraries: Arc::clone(&choices.itineraries),
        }
    }

    /// The placement that a choice means for somebody.
    pub fn placement(&self, entry: &RollEntry, choice: Choice) -> Placement {
        let home = entry.placement();
        let (form, (school, stage), subject) = match choice {
            Choice::Home => return home,
            Choice::Itinerant(place) => {
                return Placement {
                    form: Form::Itinerant,
                    itinerary: Some(self.itineraries[place as usize]),
                    ..home
                };
            }
            Choice::Post {
                form,
                post,
                subject,
            } => (form, self.posts[post.0 as usize], subject),
            Choice::Away { form, school } => (form, (school, home.stage), home.subject),
        };
        let changed = Placement {
            form,
            school,
            stage,
            subject,
            // Whoever is home by a decision has the subject by the plan's choice.
            decided: false,
            ..home
        };
        let Some(terms) = self.forms.get(&form).filter(|_| form.is_move()) else {
            return changed;
        };
        let (start, end) = terms.dates(self.begin);
        let unit = self.units[school.position()];
        Placement {
            unit: if terms.establishment_moves {
                Some(unit)
            } else {
                home.unit
            },
            start,
            end,
            ..changed
        }
    }
}

/// What a plan may choose for each teacher.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// First choice of each teacher, and one past the last of all.
    starts: Vec<u32>,
    all: Vec<Choice>,
    conflicts: Vec<LockConflict>,
    /// Every itinerary that somebody may have, sorted.
    itineraries: Arc<[Itinerary]>,
    /// Posts that an itinerary touches, the own ones of those who may have one included, sorted.
    shared: Vec<SharedPost>,
}

impl Choices {
    /// All choices under the rules.
    pub fn new(context: &Context<'_>, rules: &RuleSet) -> Self {
        let chooser = Chooser::new(context, rules);
        let entries = context.situation.roll.entries();
        // Whoever starts from the same school has the same ways: they are found once a school.
        let mut by_origin: BTreeMap<SchoolIndex, Vec<&RollEntry>> = BTreeMap::new();
        for entry in entries {
            by_origin.entry(entry.origin).or_default().push(entry);
        }
        let groups: Vec<Vec<&RollEntry>> = by_origin.into_values().collect();
        let found: Vec<Vec<Found>> = groups
            .par_iter()
            .map(|group| {
                let mut ways = BTreeMap::new();
                let found = group.iter().map(|entry| chooser.of(entry, &mut ways));
                found.collect()
            })
            .collect();
        let mut by_teacher: Vec<Option<Found>> = entries.iter().map(|_| None).collect();
        for (entry, found) in groups.iter().flatten().zip(found.into_iter().flatten()) {
            by_teacher[entry.teacher.position()] = Some(found);
        }
        itineraries::leave_room(context.situation, entries, &mut by_teacher);
        let mut choices = Self {
            starts: vec![0],
            all: Vec::new(),
            conflicts: Vec::new(),
            itineraries: itineraries::all(by_teacher.iter().flatten()),
            shared: itineraries::shared(context.situation, entries, &by_teacher),
        };
        for found in by_teacher.into_iter().flatten() {
            choices.all.extend(found.choices);
            for held in found.itineraries {
                let place = choices.itineraries.binary_search(&held);
                // All of them are there.
                let place = place.unwrap_or_else(|place| place);
                choices.all.push(Choice::Itinerant(place as u32));
            }
            choices.starts.push(choices.all.len() as u32);
            choices.conflicts.extend(found.conflict);
        }
        choices
    }

    /// Posts that share a teacher with others in some choice, sorted.
    pub fn shared_posts(&self) -> &[SharedPost] {
        &self.shared
    }

    /// A teacher's choices; the first is what holds if nothing is chosen, but for those who must
    /// go.
    pub fn of(&self, teacher: TeacherIndex) -> &[Choice] {
        let at = |position: usize| self.starts[position] as usize;
        &self.all[at(teacher.position())..at(teacher.position() + 1)]
    }

    /// A teacher's choices as placements.
    pub fn placements(&self, terms: &Terms, entry: &RollEntry) -> Vec<Placement> {
        let choices = self.of(entry.teacher).iter();
        choices
            .map(|&choice| terms.placement(entry, choice))
            .collect()
    }

    /// Locks that no choice can meet.
    pub fn conflicts(&self) -> &[LockConflict] {
        &self.conflicts
    }

    /// How many placements may be chosen by those who have a choice.
    pub fn count(&self) -> usize {
        let counts = self.starts.windows(2).map(|pair| pair[1] - pair[0]);
        counts.filter(|&count| count > 1).sum::<u32>() as usize
    }
}

/// What was found for one teacher.
struct Found {
    choices: Vec<Choice>,
    /// Days at other schools that may be chosen besides.
    itineraries: Vec<Itinerary>,
    conflict: Option<LockConflict>,
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

/// Where those lead whom the same reach rules govern, from one school.
struct Ways {
    /// Schools open to all, in their order.
    open: Vec<SchoolIndex>,
    /// By school: whether a wish opens it.
    wished: Vec<bool>,
    terms: PostTerms,
    /// Whether schools that somebody ranks below the present one are out of reach.
    above_present: bool,
}

impl Ways {
    /// Whether somebody may not go to a school that he or she ranks below the present one.
    fn lead_below(
        &self,
        situation: &Situation<'_>,
        who: TeacherIndex,
        school: SchoolIndex,
    ) -> bool {
        self.above_present && situation.ranks_below_present(who, school)
    }
}

impl Ways {
    /// Schools open to somebody, in their order.
    fn schools(&self, situation: &Situation<'_>, teacher: TeacherIndex) -> Cow<'_, [SchoolIndex]> {
        let wishes = situation.wishes_to_leave(teacher).iter();
        let mut wished: Vec<SchoolIndex> = wishes
            .map(|wish| wish.school)
            .filter(|school| self.wished[school.position()])
            .collect();
        let mut schools = Cow::Borrowed(self.open.as_slice());
        if !wished.is_empty() {
            let schools = schools.to_mut();
            schools.append(&mut wished);
            schools.sort_unstable();
            schools.dedup();
        }
        schools
    }
}

/// Ways by the rules that govern, as positions among the reach rules.
type WaysByRules = BTreeMap<Vec<usize>, Ways>;

struct Chooser<'a> {
    context: &'a Context<'a>,
    rules: &'a RuleSet,
    reach: Vec<&'a Reach>,
    /// By reach rule and school: whether the rule leads there.
    leads: Vec<Vec<bool>>,
}

impl<'a> Chooser<'a> {
    fn new(context: &'a Context<'a>, rules: &'a RuleSet) -> Self {
        let situation = context.situation;
        let reach: Vec<&Reach> = rules.reach().map(|(_, reach)| reach).collect();
        let leads = reach
            .iter()
            .map(|reach| {
                let schools = situation.district.school_indices();
                schools
                    .map(|school| reach.leads_to(situation, school))
                    .collect()
            })
            .collect();
        Self {
            context,
            rules,
            reach,
            leads,
        }
    }

    fn of(&self, entry: &RollEntry, ways: &mut WaysByRules) -> Found {
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
        let ways = self.ways_of(entry, form, ways);
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
                let subject = self.subject_at(entry, post);
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

    /// Where somebody's moves in a form may lead.
    fn ways_of<'w>(&self, entry: &RollEntry, form: Form, known: &'w mut WaysByRules) -> &'w Ways {
        let governing = self.governing(entry, form);
        known
            .entry(governing)
            .or_insert_with_key(|governing| self.ways(entry.origin, governing))
    }

    /// The reach rules that speak of somebody's moves in a form, wherever they lead.
    fn governing(&self, entry: &RollEntry, form: Form) -> Vec<usize> {
        let placement = Placement {
            form,
            ..entry.placement()
        };
        let candidate = Candidate {
            situation: self.context.situation,
            entry,
            placement: &placement,
        };
        let governs = |position: &usize| self.reach[*position].governs(&candidate);
        (0..self.reach.len()).filter(governs).collect()
    }

    fn ways(&self, from: SchoolIndex, governing: &[usize]) -> Ways {
        let situation = self.context.situation;
        let mut open = Vec::new();
        let mut wished = vec![false; situation.district.schools.len()];
        for to in situation.district.school_indices() {
            let mut way = Way::Open;
            for &position in governing {
                way = if self.leads[position][to.position()] {
                    way.min(self.reach[position].way(situation, from, to))
                } else {
                    Way::Closed
                };
                if way == Way::Closed {
                    break;
                }
            }
            match way {
                Way::Open => open.push(to),
                Way::Wished => wished[to.position()] = true,
                Way::Closed => {}
            }
        }
        Ways {
            open,
            wished,
            terms: PostTerms::of(governing.iter().map(|&position| self.reach[position])),
            above_present: governing
                .iter()
                .any(|&position| self.reach[position].above_present),
        }
    }

    fn changes_of_subject(&self, entry: &RollEntry) -> Vec<Choice> {
        let situation = self.context.situation;
        let (teacher, school) = (entry.teacher, entry.school);
        let governing = self.governing(entry, Form::ChangeSubject);
        let is_open = |&position: &usize| {
            let way = || self.reach[position].way(situation, school, school);
            self.leads[position][school.position()]
                && match way() {
                    Way::Closed => false,
                    Way::Wished => situation.wish_rank(teacher, school).is_some(),
                    Way::Open => true,
                }
        };
        if !governing.iter().all(is_open) {
            return Vec::new();
        }
        let terms = PostTerms::of(governing.iter().map(|&position| self.reach[position]));
        let own = situation.posts.of(school, entry.stage, entry.subject);
        situation
            .posts
            .of_school(school)
            .filter(|&(index, _)| Some(index) != own)
            .filter_map(|(index, post)| {
                let subject = self.subject_at(entry, post);
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

    /// What the person would teach at a post: the main subject, else one that he or she can teach,
    /// else the post's first.
    fn subject_at(&self, entry: &RollEntry, post: &Post) -> SubjectIndex {
        if let [only] = post.subjects.as_slice() {
            return *only;
        }
        let situation = self.context.situation;
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

    /// Why nobody can be sent where a lock says.
    fn conflict(&self, entry: &RollEntry, go: &[SchoolIndex]) -> LockConflict {
        let standings = self.context.standings;
        let forms = standings.forms().iter().copied();
        let mut reasons: Vec<String> = forms
            .filter(|form| form.is_move())
            .flat_map(|form| standings.refusals(entry.teacher, form))
            .filter(|&&refusal| refusal != Refusal::SchoolGoesOn)
            .map(|refusal| refusal.printed(self.rules))
            .collect();
        let situation = self.context.situation;
        let posts = situation.posts.all().iter();
        for post in posts.filter(|post| go.contains(&post.school)) {
            let placement = Placement {
                form: Form::Exchange,
                school: post.school,
                stage: post.stage,
                subject: self.subject_at(entry, post),
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

/// The schools that the locks of one kind name.
fn schools_of(locks: &[Lock], kind: LockKind) -> Vec<SchoolIndex> {
    let of_kind = locks.iter().filter(|lock| lock.kind == kind);
    of_kind.filter_map(|lock| lock.school).collect()
}
