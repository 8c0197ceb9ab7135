//! What the files of a plan must say, from the district, the policy and the placements alone.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::reckoning::Reckoning;
use crate::domain::{
    Form, Month, Placement, SchoolIndex, Score, Stage, SubjectIndex, TeacherIndex, UnitIndex,
};
use crate::matching::NextRound;
use crate::policy::Lever;
use crate::rules::{Candidate, waiting_reason};

/// What a cell must say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Expected<'a> {
    /// This, a number in any of its writings.
    Text(Cow<'a, str>),
    /// Anything but nothing.
    Something,
    /// Whatever.
    #[default]
    Anything,
}

fn text<'a>(text: impl Into<Cow<'a, str>>) -> Expected<'a> {
    Expected::Text(text.into())
}

fn yes_no(yes: bool) -> Expected<'static> {
    text(if yes { "是" } else { "否" })
}

fn month(month: Option<Month>) -> Expected<'static> {
    text(month.map(|month| month.to_string()).unwrap_or_default())
}

/// A row, and the teacher of whom it speaks.
pub(super) type ExpectedRow<'a> = Vec<Expected<'a>>;

impl Reckoning<'_> {
    fn subject(&self, subject: SubjectIndex) -> &str {
        self.context.situation.district.subject_name(subject)
    }

    /// The row of `plan.csv` for a teacher.
    pub(super) fn plan_row(&self, teacher: TeacherIndex) -> ExpectedRow<'_> {
        let situation = self.context.situation;
        let district = situation.district;
        let placement = &self.placements[teacher.position()];
        let candidate = Candidate {
            situation,
            entry: situation.roll.entry(teacher),
            placement,
        };
        let left = district.school(candidate.origin());
        let school = district.school(placement.receiving());
        let itinerary = placement.itinerary;
        vec![
            text(&district.teacher(teacher).id),
            text(&district.teacher(teacher).name),
            text(placement.stage.chinese()),
            text(self.subject(placement.subject)),
            text(&district.unit(left.unit).code),
            text(&left.name),
            text(&school.code),
            text(&school.name),
            text(placement.form.chinese()),
            yes_no(situation.policy.moves_establishment(placement.form)),
            month(placement.start),
            month(placement.end),
            text(self.grounds.basis(&candidate)),
            text(self.grounds.reason(&candidate)),
            text(itinerary.map_or_else(String::new, |held| held.printed(district))),
        ]
    }

    /// Whether somebody stands in `plan.csv`.
    pub(super) fn is_planned(&self, placement: &Placement) -> bool {
        let candidate = Candidate {
            situation: self.context.situation,
            entry: self.context.situation.roll.entry(placement.teacher),
            placement,
        };
        let form = placement.form;
        let acts = form.leaves_school() || form == Form::ChangeSubject;
        acts && !candidate.itinerary_goes_on()
    }

    /// The row of `assignments.csv` for a teacher.
    pub(super) fn assignment_row(&self, teacher: TeacherIndex) -> ExpectedRow<'_> {
        let district = self.context.situation.district;
        let placement = &self.placements[teacher.position()];
        let unit = placement.unit.map(|unit| district.unit(unit));
        let school = district.school(placement.school);
        let mut row = vec![Expected::Anything; 13];
        row[0] = text(&district.teacher(teacher).id);
        row[1] = text(&district.teacher(teacher).name);
        row[3] = text(&school.name);
        row[8] = text(unit.map_or("", |unit| &unit.name));
        row
    }

    /// `levers.csv`: the names beside the codes.
    pub(super) fn lever_rows(&self) -> Vec<ExpectedRow<'_>> {
        let situation = self.context.situation;
        let district = situation.district;
        self.levers
            .iter()
            .map(|used| {
                let mut levers = situation.policy.levers.iter();
                let lever = levers.find(|lever| lever.id == used.lever);
                let school = used.school.map(|school| district.school(school));
                let name = school.map_or("", |school| &school.name);
                let name_of = |unit: Option<UnitIndex>| {
                    unit.map_or("", |unit| district.unit(unit).name.as_str())
                };
                let of_lever = |said: fn(&Lever) -> String| {
                    lever.map_or(Expected::Anything, |lever| text(said(lever)))
                };
                vec![
                    text(&used.lever),
                    of_lever(|lever| lever.title.clone()),
                    Expected::Anything,
                    text(name),
                    Expected::Anything,
                    Expected::Anything,
                    text(used.count.to_string()),
                    of_lever(|lever| lever.kind.chinese().to_owned()),
                    of_lever(|lever| lever.source.citation()),
                    of_lever(|lever| {
                        let years = lever.service_years;
                        years.map_or(String::new(), |years| years.to_string())
                    }),
                    Expected::Anything,
                    text(name_of(used.unit)),
                    Expected::Anything,
                    text(name_of(used.from)),
                ]
            })
            .collect()
    }

    /// `posts.csv`.
    pub(super) fn post_rows(&self) -> Vec<ExpectedRow<'_>> {
        let situation = self.context.situation;
        situation
            .posts
            .indexed()
            .map(|(index, post)| {
                let school = situation.district.school(post.school);
                let balance = self.balance(index);
                let figures = [
                    balance.need,
                    balance.before,
                    balance.after,
                    balance.shortage.0,
                    balance.shortage.1,
                    balance.surplus.0,
                    balance.surplus.1,
                    balance.dispensable.0,
                    balance.dispensable.1,
                ];
                let mut row = vec![
                    text(&school.code),
                    text(&school.name),
                    text(school.zone.chinese()),
                    text(post.stage.chinese()),
                    text(&post.label),
                    text(post.periods.to_string()),
                ];
                row.extend(figures.map(|persons| text(persons.to_string())));
                row
            })
            .collect()
    }

    /// `rules.csv`.
    pub(super) fn rule_rows(&self) -> Vec<ExpectedRow<'_>> {
        let levels = &self.context.situation.policy.levels;
        self.rules()
            .map(|(typed, outcome)| {
                let rule = &typed.rule;
                let level = levels
                    .get(rule.level)
                    .filter(|_| rule.enforcement.costs())
                    .map_or("", |level| &level.title);
                vec![
                    text(&rule.id),
                    text(&rule.title),
                    text(typed.kind.chinese()),
                    text(typed.held_as()),
                    text(level),
                    text(outcome.value.to_string()),
                    text(outcome.target_text()),
                    yes_no(outcome.met),
                    text(outcome.missed.len().to_string()),
                    text(rule.source.citation()),
                    text(rule.certainty.chinese()),
                ]
            })
            .collect()
    }

    /// `fairness.csv`.
    pub(super) fn fairness_rows(&self) -> Vec<ExpectedRow<'_>> {
        let rows = self.fairness.rows();
        rows.map(|row| row.cells().map(text).into()).collect()
    }

    /// `gaps.csv`.
    pub(super) fn gap_rows(&self) -> Vec<ExpectedRow<'_>> {
        self.rules()
            .flat_map(|(typed, outcome)| {
                outcome.missed.iter().map(|item| {
                    vec![
                        text(&typed.rule.id),
                        text(&typed.rule.title),
                        text(&item.place),
                        text(&item.value),
                        text(&item.target),
                        text(&item.shortfall),
                    ]
                })
            })
            .collect()
    }

    /// `notice.csv`: those who move, and nothing of them but this.
    pub(super) fn notice_rows(&self) -> Vec<ExpectedRow<'_>> {
        let district = self.context.situation.district;
        self.moves()
            .chain(self.new_itinerants())
            .map(|candidate| {
                let placement = candidate.placement;
                let schools = placement.schools_to();
                let to: Vec<&str> = schools
                    .map(|school| district.school(school).name.as_str())
                    .collect();
                vec![
                    Expected::Something,
                    text(&district.teacher(placement.teacher).name),
                    text(placement.stage.chinese()),
                    text(self.subject(placement.subject)),
                    text(&district.school(candidate.origin()).name),
                    text(to.join("、")),
                    text(placement.form.chinese()),
                    text(period(placement)),
                ]
            })
            .collect()
    }

    /// `waiting.csv`.
    pub(super) fn waiting_rows(&self) -> Vec<ExpectedRow<'_>> {
        let situation = self.context.situation;
        let district = situation.district;
        self.waiting()
            .map(|teacher| {
                let entry = situation.roll.entry(teacher);
                let school = district.school(entry.school);
                vec![
                    text(&district.teacher(teacher).id),
                    text(&district.teacher(teacher).name),
                    text(&school.code),
                    text(&school.name),
                    text(entry.stage.chinese()),
                    text(self.subject(entry.subject)),
                    text(waiting_reason(self.context, self.rules, teacher)),
                ]
            })
            .collect()
    }

    /// `envy.csv`.
    pub(super) fn envy_rows(&self) -> Vec<ExpectedRow<'_>> {
        let situation = self.context.situation;
        let district = situation.district;
        let printed = |score: u32| text(Score::printed(score));
        let envy = self.envy.iter().flatten();
        envy.map(|held| {
            let post = situation.posts.get(held.claim.post);
            let school = district.school(post.school);
            vec![
                text(&district.teacher(held.teacher).id),
                text(&district.teacher(held.teacher).name),
                text(held.claim.wish.to_string()),
                text(&school.code),
                text(&school.name),
                text(post.stage.chinese()),
                text(&post.label),
                printed(held.claim.score),
                text(&district.teacher(held.taken).id),
                text(&district.teacher(held.taken).name),
                held.score.map_or(text(""), printed),
            ]
        })
        .collect()
    }

    /// `decided.csv` and `results.csv` for the next round.
    pub(super) fn next_rows(&self) -> [Vec<ExpectedRow<'_>>; 2] {
        let situation = self.context.situation;
        let district = situation.district;
        let next = NextRound::new(district, self.placements, &situation.policy.title);
        let decided = next.decided_rows(district).into_iter();
        let results = next.result_rows(district).into_iter();
        [
            decided.map(|row| row.map(text).into()).collect(),
            results.map(|row| row.map(text).into()).collect(),
        ]
    }

    /// `quotas.csv`.
    pub(super) fn quota_rows(&self) -> Vec<ExpectedRow<'_>> {
        type Post = (SchoolIndex, Stage, SubjectIndex);
        let district = self.context.situation.district;
        let mut quotas: BTreeMap<Post, (u32, u32)> = BTreeMap::new();
        for candidate in self.moves() {
            let (entry, placement) = (candidate.entry, candidate.placement);
            let left = (candidate.origin(), entry.stage, entry.subject);
            let taken = (placement.school, placement.stage, placement.subject);
            quotas.entry(left).or_default().0 += 1;
            quotas.entry(taken).or_default().1 += 1;
        }
        quotas
            .into_iter()
            .map(|((school, stage, subject), (sent, received))| {
                let school = district.school(school);
                vec![
                    text(&school.code),
                    text(&school.name),
                    text(stage.chinese()),
                    text(self.subject(subject)),
                    text(sent.to_string()),
                    text(received.to_string()),
                ]
            })
            .collect()
    }
}

/// Years and months as the public reads them: the last month of service, not the first without.
fn period(placement: &Placement) -> String {
    let paper = |month: Month| format!("{}年{}月", month.year(), month.month());
    match (placement.start, placement.end) {
        (Some(start), Some(end)) => format!("{}至{}", paper(start), paper(end.plus(-1))),
        (Some(start), None) => format!("{}起", paper(start)),
        (None, _) => String::new(),
    }
}
