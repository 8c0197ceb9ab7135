//! Everybody's placement against the roll, the standings, locks and nominations.

use rayon::prelude::*;

use super::codes::{
    CHANGE_OUTSIDE, FORBIDDEN_SCHOOL, FORM_MEANS, FORM_NOT_CHOSEN, FindingCode, ITINERARY_LIMIT,
    LOCKED, MOVE_NOWHERE, MUST_LEFT, MUST_STAYS, NO_ITINERARY, NO_POST, NOT_NOMINATED, NOT_SENT,
    REFUSED, RUNNING_CUT, SETTLED_MOVED, STAY_CHANGED, WRONG_DATES, WRONG_UNIT,
};
use super::finding::Finding;
use super::placements::{Origin, ReadPlan, implied};
use crate::demand::{Fixation, RollEntry};
use crate::domain::plan_files::{ITINERARY, PLAN};
use crate::domain::{Form, Itinerary, LockKind, Placement, SchoolIndex, Span};
use crate::rules::eligibility::Refusal;
use crate::rules::reach::form_admits;
use crate::rules::{Candidate, Context, RuleSet};

/// Checks everybody.
pub(super) fn check(
    context: &Context<'_>,
    rules: &RuleSet,
    plan: &ReadPlan,
    found: &mut Vec<Finding>,
) {
    let entries = context.situation.roll.entries();
    let everybody = entries.par_iter().zip(&plan.placements).zip(&plan.origins);
    let check_person = |mut found: Vec<Finding>, ((entry, placement), &origin): Everything<'_>| {
        if !plan.unread.contains(&entry.teacher) {
            let mut person = Person {
                context,
                rules,
                entry,
                placement,
                origin,
                found: &mut found,
            };
            person.check();
        }
        found
    };
    let parts: Vec<Vec<Finding>> = everybody.fold(Vec::new, check_person).collect();
    found.extend(parts.into_iter().flatten());
}

/// Somebody's place as the roll has it, as the plan has it, and where the plan says so.
type Everything<'a> = ((&'a RollEntry, &'a Placement), &'a Option<Origin>);

/// What of a placement is at fault: a column of whichever file said it.
#[derive(Debug, Clone, Copy)]
enum Part {
    School,
    Stage,
    Subject,
    Form,
    Unit,
    Start,
    End,
    Decided,
    Itinerary,
}

impl Part {
    fn column(self, file: &str) -> &'static str {
        let by_plan = file == PLAN.0;
        match self {
            Self::School if by_plan => "接收学校代码",
            Self::School => "任教学校代码",
            Self::Stage => "学段",
            Self::Subject => "学科",
            Self::Form if by_plan => "交流形式",
            Self::Form => "形式",
            Self::Unit if by_plan => "人事关系是否随迁",
            Self::Unit => "编制单位代码",
            Self::Start => "起",
            Self::End => "止",
            Self::Decided => "是否已定",
            Self::Itinerary => ITINERARY,
        }
    }
}

struct Person<'a, 'b> {
    context: &'a Context<'a>,
    rules: &'a RuleSet,
    entry: &'a RollEntry,
    placement: &'a Placement,
    origin: Option<Origin>,
    found: &'b mut Vec<Finding>,
}

impl Person<'_, '_> {
    fn report(&mut self, finding: Finding, part: Part) {
        let teacher = self.context.situation.district.teacher(self.entry.teacher);
        let finding = finding.place(&teacher.id);
        self.found.push(match self.origin {
            Some(origin) => finding
                .file(origin.file)
                .row(origin.row)
                .column(part.column(origin.file)),
            None => finding,
        });
    }

    fn check(&mut self) {
        let (entry, placement) = (self.entry, self.placement);
        let form = placement.form;
        let settled = entry.fixation.is_some();
        let change_at_home =
            entry.fixation == Some(Fixation::Returned) && form == Form::ChangeSubject;
        if settled && !change_at_home {
            return self.settled();
        }
        if placement.decided {
            let finding = Finding::difference(SETTLED_MOVED, "是", "否");
            self.report(finding, Part::Decided);
        }
        if placement.itinerary.is_some() != (form == Form::Itinerant) {
            let finding = Finding::about(NO_ITINERARY, form.chinese());
            return self.report(finding, Part::Itinerary);
        }
        match form {
            Form::Itinerant if self.context.standings.forms().contains(&form) => {
                self.serves_several();
            }
            Form::Stay | Form::Waiting => self.stays(),
            Form::ChangeSubject => self.changes_subject(),
            _ if form.is_move() && self.context.standings.forms().contains(&form) => self.moves(),
            _ => {
                let finding = Finding::about(FORM_NOT_CHOSEN, form.chinese());
                return self.report(finding, Part::Form);
            }
        }
        self.terms();
        self.standing();
        self.locks();
        // Who held no post has one again by changing the subject.
        let placed = form.is_move() || (entry.form == Form::Waiting && form != Form::Waiting);
        if !placed && !settled && self.context.standings.must_move(entry.teacher) {
            self.must();
        }
    }

    /// The first part in which the placement differs from another, with both words.
    fn difference(&self, other: &Placement) -> Option<(Part, String, String)> {
        // So it is for nearly everybody, and words are dear.
        if self.placement == other {
            return None;
        }
        let district = self.context.situation.district;
        let words = |placement: &Placement| {
            let month = |month: Option<crate::domain::Month>| {
                month.map(|month| month.to_string()).unwrap_or_default()
            };
            let unit = placement.unit.map(|unit| district.unit(unit).code.clone());
            let itinerary = |placement: &Placement| {
                let held = placement.itinerary.map(|held| held.printed(district));
                held.unwrap_or_default()
            };
            [
                (Part::Form, placement.form.to_string()),
                (Part::School, district.school(placement.school).code.clone()),
                (Part::Stage, placement.stage.to_string()),
                (
                    Part::Subject,
                    district.subject_name(placement.subject).to_owned(),
                ),
                (Part::Unit, unit.unwrap_or_default()),
                (Part::Start, month(placement.start)),
                (Part::End, month(placement.end)),
                (Part::Decided, placement.decided.to_string()),
                (Part::Itinerary, itinerary(placement)),
            ]
        };
        words(self.placement)
            .into_iter()
            .zip(words(other))
            .find(|(held, wanted)| held.1 != wanted.1)
            .map(|((part, held), (_, wanted))| (part, held, wanted))
    }

    /// Whose place is settled stays exactly as the roll says.
    fn settled(&mut self) {
        let code = match self.entry.fixation {
            Some(Fixation::Continuing) => RUNNING_CUT,
            _ => SETTLED_MOVED,
        };
        if let Some((part, held, wanted)) = self.difference(&self.entry.placement()) {
            self.report(Finding::difference(code, &held, &wanted), part);
        }
    }

    fn stays(&mut self) {
        let wanted = Placement {
            unit: self.placement.unit,
            start: self.placement.start,
            end: self.placement.end,
            decided: self.placement.decided,
            ..self.entry.placement()
        };
        if let Some((part, held, wanted)) = self.difference(&wanted) {
            self.report(Finding::difference(STAY_CHANGED, &held, &wanted), part);
        }
    }

    /// 走教 changes nothing at home; every school served besides is one that the form may mean.
    fn serves_several(&mut self) {
        let (entry, placement) = (self.entry, self.placement);
        let (Some(held), Some(terms)) = (
            placement.itinerary,
            &self.context.situation.policy.itinerant,
        ) else {
            return;
        };
        let wanted = Placement {
            form: Form::Itinerant,
            unit: placement.unit,
            start: placement.start,
            end: placement.end,
            itinerary: Some(held),
            decided: placement.decided,
            ..entry.placement()
        };
        if let Some((part, held, wanted)) = self.difference(&wanted) {
            self.report(Finding::difference(STAY_CHANGED, &held, &wanted), part);
        }
        let schools = 1 + held.sites().count();
        if schools > usize::from(terms.sites_at_most) || held.days_home() < terms.home_days_at_least
        {
            let printed = held.printed(self.context.situation.district);
            self.report(Finding::about(ITINERARY_LIMIT, &printed), Part::Itinerary);
        }
        self.visits(held);
    }

    fn visits(&mut self, held: Itinerary) {
        let situation = self.context.situation;
        for site in held.sites() {
            let placement = Placement {
                school: site.school,
                ..*self.placement
            };
            let candidate = Candidate {
                situation,
                entry: self.entry,
                placement: &placement,
            };
            let posts = &situation.posts;
            let post = posts.of(site.school, placement.stage, placement.subject);
            let code = match post {
                _ if !form_admits(&candidate) => FORM_MEANS,
                None => NO_POST,
                Some(_) => continue,
            };
            let word = self.school_word(site.school);
            self.report(Finding::about(code, &word), Part::Itinerary);
        }
    }

    fn school_word(&self, school: SchoolIndex) -> String {
        self.context.situation.district.school(school).code.clone()
    }

    fn changes_subject(&mut self) {
        let (entry, placement) = (self.entry, self.placement);
        if placement.school != entry.school {
            let held = self.school_word(placement.school);
            let wanted = self.school_word(entry.school);
            let finding = Finding::difference(CHANGE_OUTSIDE, &held, &wanted);
            return self.report(finding, Part::School);
        }
        if (placement.stage, placement.subject) == (entry.stage, entry.subject) {
            let district = self.context.situation.district;
            let name = district.subject_name(entry.subject);
            let finding = Finding::new(
                STAY_CHANGED,
                &format!("仍教{name}"),
                &format!("still teaches {name}"),
            );
            self.report(finding, Part::Subject);
        }
        self.post();
    }

    fn moves(&mut self) {
        let (entry, placement) = (self.entry, self.placement);
        let candidate = Candidate {
            situation: self.context.situation,
            entry,
            placement,
        };
        let elsewhere = placement.form.span() == Some(Span::OtherSchool);
        if elsewhere && placement.school == entry.school {
            let held = self.school_word(placement.school);
            self.report(Finding::about(MOVE_NOWHERE, &held), Part::School);
        } else if !form_admits(&candidate) {
            let finding = Finding::about(FORM_MEANS, placement.form.chinese());
            self.report(finding, Part::Form);
        }
        if placement.form.span() != Some(Span::Outside) {
            self.post();
        }
    }

    /// Whoever teaches, teaches at a post, else nobody would count the lessons.
    fn post(&mut self) {
        let placement = self.placement;
        let situation = self.context.situation;
        let post = situation
            .posts
            .of(placement.school, placement.stage, placement.subject);
        if post.is_none() {
            let held = format!(
                "{} {} {}",
                situation.district.school(placement.school).name,
                placement.stage,
                situation.district.subject_name(placement.subject)
            );
            self.report(Finding::about(NO_POST, &held), Part::Subject);
        }
    }

    /// Unit and dates follow from the form.
    fn terms(&mut self) {
        let placement = self.placement;
        let situation = self.context.situation;
        let (unit, start, end) = implied(situation, self.entry, placement.form, placement.school);
        let differs = |wanted: Placement, code: FindingCode| (self.difference(&wanted), code);
        let checks = [
            differs(Placement { unit, ..*placement }, WRONG_UNIT),
            differs(
                Placement {
                    start,
                    ..*placement
                },
                WRONG_DATES,
            ),
            differs(Placement { end, ..*placement }, WRONG_DATES),
        ];
        for (difference, code) in checks {
            if let Some((part, held, wanted)) = difference {
                self.report(Finding::difference(code, &held, &wanted), part);
            }
        }
    }

    /// Nobody moves in a form for which the standings refuse him or her.
    fn standing(&mut self) {
        let context = self.context;
        for &refusal in context
            .standings
            .refusals(self.entry.teacher, self.placement.form)
        {
            let printed = refusal.printed(self.rules);
            let code = match refusal {
                Refusal::Locked => LOCKED,
                Refusal::NotNominated => NOT_NOMINATED,
                _ => REFUSED,
            };
            let mut finding = Finding::about(code, &printed).amount("1 人");
            if let Refusal::NotRequired(position)
            | Refusal::Deferred(position)
            | Refusal::Forbidden(position) = refusal
            {
                finding = finding.rule(&self.rules.all()[position].rule.id);
            }
            self.report(finding, Part::Form);
        }
    }

    fn locks(&mut self) {
        let (entry, placement) = (self.entry, self.placement);
        let district = self.context.situation.district;
        let locks = || district.locks_of(entry.teacher).iter();
        let held = self.school_word(placement.school);
        let forbidden = placement.form.leaves_school()
            && placement.schools_to().any(|school| {
                locks().any(|lock| lock.kind == LockKind::Forbid && lock.school == Some(school))
            });
        if forbidden {
            self.report(Finding::about(FORBIDDEN_SCHOOL, &held), Part::School);
        }
        let go: Vec<SchoolIndex> = locks()
            .filter(|lock| lock.kind == LockKind::Go)
            .filter_map(|lock| lock.school)
            .collect();
        let sent = placement.form.is_move() && go.contains(&placement.school);
        if !go.is_empty() && !sent && entry.fixation.is_none() {
            let wanted: Vec<String> = go.iter().map(|&school| self.school_word(school)).collect();
            let finding = Finding::difference(NOT_SENT, &held, &wanted.join("、"));
            self.report(finding, Part::School);
        }
    }

    /// Somebody whom a rule wants moved stays: worth a note, whether a move was possible or not.
    fn must(&mut self) {
        let situation = self.context.situation;
        let (entry, standings) = (self.entry, self.context.standings);
        let forms = standings.forms().iter().filter(|form| form.is_move());
        let possible = forms.copied().any(|form| {
            standings.may(entry.teacher, form)
                && situation.posts.all().iter().any(|post| {
                    (post.school != entry.school || form.span() == Some(Span::AnySchool))
                        && post.subjects.iter().any(|&subject| {
                            let (unit, start, end) = implied(situation, entry, form, post.school);
                            let placement = Placement {
                                teacher: entry.teacher,
                                form,
                                school: post.school,
                                stage: post.stage,
                                subject,
                                unit,
                                start,
                                end,
                                itinerary: None,
                                decided: false,
                            };
                            self.is_in_reach(&placement)
                        })
                })
        });
        let held = self.school_word(entry.school);
        let code = if possible { MUST_STAYS } else { MUST_LEFT };
        self.report(Finding::about(code, &held), Part::Form);
    }

    fn is_in_reach(&self, placement: &Placement) -> bool {
        let candidate = Candidate {
            situation: self.context.situation,
            entry: self.entry,
            placement,
        };
        form_admits(&candidate)
            && self
                .rules
                .reach()
                .all(|(_, reach)| reach.admits(&candidate))
    }
}
