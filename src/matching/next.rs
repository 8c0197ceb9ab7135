//! What the next round of the year reads: decisions and results as they stand after this one.

use std::collections::BTreeMap;

use crate::domain::placement::Span;
use crate::domain::{
    Competition, CompetitionResult, Decided, DecidedKind, District, Form, Placement, TeacherIndex,
};

/// What a roster would call the move of a placement; `None` where there is none to decide.
fn decided_kind(district: &District, placement: &Placement) -> Option<DecidedKind> {
    let present = district.teacher(placement.teacher).school;
    match (placement.form, placement.form.span()) {
        (Form::Transfer | Form::Selection | Form::Resettle, _) => Some(DecidedKind::Transfer),
        (Form::Exchange | Form::Support, _) => Some(DecidedKind::Exchange),
        // Who is home from an exchange is so without a decision, though the roster has him or her there.
        (_, Some(Span::OwnSchool | Span::Sites)) => None,
        _ if placement.school == present => None,
        // Of the others the 编制 tells what rosters would call them.
        _ if placement.unit == Some(district.school(placement.school).unit) => {
            Some(DecidedKind::Transfer)
        }
        _ => Some(DecidedKind::Exchange),
    }
}

/// Decisions and results after a round, as the tables `decided` and `results` of rosters have them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NextRound {
    decided: Vec<Decided>,
    results: BTreeMap<TeacherIndex, CompetitionResult>,
}

impl NextRound {
    /// What was decided before and what a round places: those who move, and those who take another
    /// subject at their school. Whoever is placed is engaged, for the post taken.
    pub fn new<'a>(
        district: &District,
        placements: impl IntoIterator<Item = &'a Placement>,
        basis: &str,
    ) -> Self {
        let results = district.results.iter();
        let mut next = Self {
            decided: district.decided.clone(),
            results: results.map(|result| (result.teacher, *result)).collect(),
        };
        for placement in placements {
            if placement.decided {
                continue;
            }
            let kind = match placement.form.span() {
                None | Some(Span::Outside) => continue,
                Some(_) => decided_kind(district, placement),
            };
            next.decided.extend(kind.map(|kind| Decided {
                teacher: placement.teacher,
                kind,
                school: Some(placement.school),
                date: Some(district.year_begin),
                basis: basis.to_owned(),
            }));
            let result = CompetitionResult {
                teacher: placement.teacher,
                outcome: Competition::Engaged,
                stage: Some(placement.stage),
                subject: Some(placement.subject),
            };
            next.results.insert(placement.teacher, result);
        }
        next.decided.sort_by_key(Decided::order);
        next
    }

    /// Rows of `decided.csv`.
    pub fn decided_rows(&self, district: &District) -> Vec<[String; 5]> {
        let decided = self.decided.iter();
        decided
            .map(|held| {
                let school = held
                    .school
                    .map(|school| district.school(school).code.clone());
                [
                    district.teacher(held.teacher).id.clone(),
                    held.kind.to_string(),
                    school.unwrap_or_default(),
                    held.date.map(|date| date.to_string()).unwrap_or_default(),
                    held.basis.clone(),
                ]
            })
            .collect()
    }

    /// Rows of `results.csv`.
    pub fn result_rows(&self, district: &District) -> Vec<[String; 4]> {
        let results = self.results.values();
        results
            .map(|held| {
                let subject = held.subject.map(|subject| district.subject_name(subject));
                [
                    district.teacher(held.teacher).id.clone(),
                    held.outcome.to_string(),
                    held.stage
                        .map(|stage| stage.to_string())
                        .unwrap_or_default(),
                    subject.unwrap_or_default().to_owned(),
                ]
            })
            .collect()
    }
}
