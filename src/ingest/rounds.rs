//! The tables of the rounds of the year: results of the competition, scores, quotas.

use std::collections::BTreeMap;

use crate::domain::{
    Competition, CompetitionResult, Quota, SchoolIndex, Score, Stage, SubjectIndex, TeacherIndex,
};

use super::codes::{FEW_NOMINEES, QUOTA_TWICE, RESULT_TWICE, SCORE_TWICE};
use super::decisions::{concerned, named_school, read_subject, report_repeat};
use super::gathering::Gathering;
use super::headers::Sheet;
use super::rows::RowReader;
use super::schools::Schools;
use super::subjects::SubjectPool;
use super::teachers::Teachers;

/// The highest score, in hundredths of a point.
const HIGHEST_SCORE: i64 = 100_000;
/// The most persons of a quota.
const MOST_PERSONS: u32 = 10_000;

/// What the tables of the rounds say; teachers by their place in the file.
#[derive(Debug, Default)]
pub(super) struct Rounds {
    pub(super) results: Vec<CompetitionResult>,
    pub(super) scores: Vec<Score>,
    pub(super) quotas: Vec<Quota>,
}

impl Rounds {
    /// Gives teachers and subjects their final numbers, and everything its order.
    pub(super) fn renumber(
        &mut self,
        teacher: impl Fn(TeacherIndex) -> TeacherIndex,
        place: impl Fn(SubjectIndex) -> SubjectIndex,
    ) {
        for result in &mut self.results {
            result.teacher = teacher(result.teacher);
            result.subject = result.subject.map(&place);
        }
        for score in &mut self.scores {
            score.teacher = teacher(score.teacher);
            score.subject = score.subject.map(&place);
        }
        for quota in &mut self.quotas {
            quota.subject = place(quota.subject);
        }
        self.results.sort_unstable();
        self.scores.sort_unstable();
        self.quotas.sort_unstable();
    }
}

/// Reads `results`.
pub(super) fn read_results(
    sheet: &Sheet,
    teachers: &Teachers,
    schools: &Schools,
    subjects: &mut SubjectPool,
    gathering: &mut Gathering,
) -> Vec<CompetitionResult> {
    let mut seen: BTreeMap<u32, usize> = BTreeMap::new();
    let mut results = Vec::new();
    for row in sheet.rows.rows() {
        let mut reader = RowReader::new(sheet, row, gathering);
        let Some(who) = concerned(&mut reader, teachers, schools) else {
            continue;
        };
        let outcome: Option<Competition> = reader.word("outcome");
        let stage: Option<Stage> = reader.word("stage");
        let taught = stage.or_else(|| who.draft.map(|draft| draft.teacher.stage));
        let subject = taught.and_then(|stage| read_subject(&mut reader, stage, subjects));
        if let Some(first) = seen.insert(who.index.0, row.number) {
            report_repeat(&mut reader, &RESULT_TWICE, "teacher", first);
        }
        if let Some(outcome) = outcome {
            results.push(CompetitionResult {
                teacher: who.index,
                outcome,
                stage,
                subject,
            });
        }
    }
    results
}

/// Reads `scores`.
pub(super) fn read_scores(
    sheet: &Sheet,
    teachers: &Teachers,
    schools: &Schools,
    subjects: &mut SubjectPool,
    gathering: &mut Gathering,
) -> Vec<Score> {
    let mut seen: BTreeMap<(u32, usize, SubjectIndex), usize> = BTreeMap::new();
    let mut scores = Vec::new();
    for row in sheet.rows.rows() {
        let mut reader = RowReader::new(sheet, row, gathering);
        let Some(who) = concerned(&mut reader, teachers, schools) else {
            continue;
        };
        let school = reader.school("school", &schools.school_directory);
        let own = who.draft.map(|draft| &draft.teacher);
        let subject = own.and_then(|own| read_subject(&mut reader, own.stage, subjects));
        let hundredths = reader.decimal("score", 2, HIGHEST_SCORE);
        let (Some(school), Some(own), Some(hundredths)) = (school, own, hundredths) else {
            continue;
        };
        let key = (who.index.0, school, subject.unwrap_or(own.subject));
        if let Some(first) = seen.insert(key, row.number) {
            report_repeat(&mut reader, &SCORE_TWICE, "school", first);
        }
        scores.push(Score {
            teacher: who.index,
            school: SchoolIndex(school as u32),
            subject,
            hundredths: hundredths as u32,
        });
    }
    scores
}

/// Reads `quotas`. Where schools have nominated, whoever nominates fewer than the quota is told;
/// those whose move is decided count as well.
pub(super) fn read_quotas(
    sheet: &Sheet,
    (teachers, named): (&Teachers, Option<Vec<TeacherIndex>>),
    schools: &Schools,
    subjects: &mut SubjectPool,
    gathering: &mut Gathering,
) -> Vec<Quota> {
    let nominees = named.map(|named| count_nominees(teachers, named));
    let mut seen: BTreeMap<(SchoolIndex, Stage, SubjectIndex), usize> = BTreeMap::new();
    let mut quotas = Vec::new();
    for row in sheet.rows.rows() {
        let mut reader = RowReader::new(sheet, row, gathering);
        let Some(quota) = read_quota(&mut reader, schools, subjects) else {
            continue;
        };
        let key = (quota.school, quota.stage, quota.subject);
        if let Some(first) = seen.insert(key, row.number) {
            report_repeat(&mut reader, &QUOTA_TWICE, "subject", first);
            continue;
        }
        if let Some(nominees) = &nominees {
            report_few(
                &mut reader,
                nominees.get(&key).copied().unwrap_or(0),
                quota.sent,
            );
        }
        quotas.push(quota);
    }
    quotas
}

fn read_quota<'a>(
    reader: &mut RowReader<'a>,
    schools: &'a Schools,
    subjects: &mut SubjectPool,
) -> Option<Quota> {
    let school = named_school(reader, "school", schools);
    reader.require_cells(&[]);
    let stage: Option<Stage> = reader.word("stage");
    let sent = reader.count("sent", MOST_PERSONS);
    let received = reader.count("received", MOST_PERSONS);
    let subject = stage.and_then(|stage| read_subject(reader, stage, subjects));
    Some(Quota {
        school: SchoolIndex(school? as u32),
        stage: stage?,
        subject: subject?,
        sent: sent?,
        received: received?,
    })
}

fn count_nominees(
    teachers: &Teachers,
    named: Vec<TeacherIndex>,
) -> BTreeMap<(SchoolIndex, Stage, SubjectIndex), u32> {
    let mut counts = BTreeMap::new();
    for teacher in named {
        if let Some(draft) = &teachers.drafts[teacher.position()] {
            let teacher = &draft.teacher;
            let key = (teacher.school, teacher.stage, teacher.subject);
            *counts.entry(key).or_default() += 1;
        }
    }
    counts
}

fn report_few(reader: &mut RowReader<'_>, nominees: u32, sent: u32) {
    if nominees < sent {
        let fault = reader.fault(&FEW_NOMINEES, "sent").hint(
            &format!("推荐 {nominees} 人，派出名额 {sent} 人"),
            &format!("{nominees} nominated, {sent} to send"),
        );
        reader.push(fault);
    }
}
