//! What is asked and what is decided: needs, wishes, nominations, locks, decisions, weeks of 走教, and
//! the tables of the rounds.

use crate::domain::{CompetitionResult, NeedAmount, SchoolIndex, Score};
use crate::ingest::cells::{decimal, optional};
use crate::ingest::columns::{
    DECIDED, ITINERANT, LOCKS, NEED, NOMINATIONS, PREFERENCES, QUOTAS, RESULTS, SCORES,
};
use crate::ingest::itinerants::DAYS;

use super::table::{File, Row, cell, file};
use super::words::Words;

pub(super) fn needs(words: &Words<'_>) -> Option<File> {
    let rows = words.district.stated_needs.iter().map(|need| {
        let (periods, persons) = match need.amount {
            NeedAmount::Periods(periods) => (decimal(periods.0, 1), String::new()),
            NeedAmount::Persons(persons) => (String::new(), decimal(persons.0, 3)),
        };
        vec![
            ("school", cell(words.school(need.school))),
            ("stage", cell(need.stage.chinese())),
            ("subject", cell(words.subject(need.subject, need.stage))),
            ("periods", cell(periods)),
            ("persons", cell(persons)),
        ]
    });
    file(&NEED, &rows.collect::<Vec<_>>())
}

pub(super) fn preferences(words: &Words<'_>) -> Option<File> {
    let rows = words.district.preferences.iter().map(|wish| {
        vec![
            ("teacher", cell(words.teacher(wish.teacher))),
            ("rank", cell(wish.rank.to_string())),
            ("school", cell(words.school(wish.school))),
        ]
    });
    file(&PREFERENCES, &rows.collect::<Vec<_>>())
}

pub(super) fn nominations(words: &Words<'_>) -> Option<File> {
    let nominated = words.district.nominations.iter();
    let rows = nominated.map(|held| vec![("teacher", cell(words.teacher(held.teacher)))]);
    file(&NOMINATIONS, &rows.collect::<Vec<_>>())
}

pub(super) fn locks(words: &Words<'_>) -> Option<File> {
    let rows = words.district.locks.iter().map(|lock| {
        vec![
            ("teacher", cell(words.teacher(lock.teacher))),
            ("kind", cell(lock.kind.chinese())),
            ("school", cell(words.optional_school(lock.school))),
            ("form", cell(lock.form.map_or("", |form| form.chinese()))),
            ("reason", cell(&lock.reason)),
        ]
    });
    file(&LOCKS, &rows.collect::<Vec<_>>())
}

pub(super) fn decided(words: &Words<'_>) -> Option<File> {
    let rows = words.district.decided.iter().map(|decided| {
        vec![
            ("teacher", cell(words.teacher(decided.teacher))),
            ("kind", cell(decided.kind.chinese())),
            ("school", cell(words.optional_school(decided.school))),
            ("date", cell(optional(decided.date))),
            ("basis", cell(&decided.basis)),
        ]
    });
    file(&DECIDED, &rows.collect::<Vec<_>>())
}

pub(super) fn weeks(words: &Words<'_>) -> Option<File> {
    let rows = words.district.weeks.iter().map(|week| {
        let mut row: Row<'_> = vec![("teacher", cell(words.teacher(week.teacher)))];
        let day = |(key, &school): (&'static str, &SchoolIndex)| (key, cell(words.school(school)));
        row.extend(DAYS.into_iter().zip(&week.days).map(day));
        row.push(("start", cell(optional(week.start))));
        row.push(("end", cell(optional(week.end))));
        row
    });
    file(&ITINERANT, &rows.collect::<Vec<_>>())
}

pub(super) fn results(words: &Words<'_>) -> Option<File> {
    let rows = words.district.results.iter().map(|result| {
        let &CompetitionResult {
            teacher,
            outcome,
            stage,
            subject,
        } = result;
        let taught = stage.unwrap_or(words.district.teacher(teacher).stage);
        let subject = subject.map(|subject| words.subject(subject, taught));
        vec![
            ("teacher", cell(words.teacher(teacher))),
            ("outcome", cell(outcome.chinese())),
            ("stage", cell(stage.map_or("", |stage| stage.chinese()))),
            ("subject", cell(subject.unwrap_or_default())),
        ]
    });
    file(&RESULTS, &rows.collect::<Vec<_>>())
}

pub(super) fn scores(words: &Words<'_>) -> Option<File> {
    let rows = words.district.scores.iter().map(|score| {
        let taught = words.district.teacher(score.teacher).stage;
        let subject = score.subject.map(|subject| words.subject(subject, taught));
        vec![
            ("teacher", cell(words.teacher(score.teacher))),
            ("school", cell(words.school(score.school))),
            ("subject", cell(subject.unwrap_or_default())),
            ("score", cell(Score::printed(score.hundredths))),
        ]
    });
    file(&SCORES, &rows.collect::<Vec<_>>())
}

pub(super) fn quotas(words: &Words<'_>) -> Option<File> {
    let rows = words.district.quotas.iter().map(|quota| {
        vec![
            ("school", cell(words.school(quota.school))),
            ("stage", cell(quota.stage.chinese())),
            ("subject", cell(words.subject(quota.subject, quota.stage))),
            ("sent", cell(quota.sent.to_string())),
            ("received", cell(quota.received.to_string())),
        ]
    });
    file(&QUOTAS, &rows.collect::<Vec<_>>())
}
