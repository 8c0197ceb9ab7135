//! The papers of a round of competition: files for the office, what the next round reads, a page.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;

use serde::Serialize;

use super::align::Side::{Left, Right};
use super::files::{FileError, table, write_file};
use super::language::{Language, counted};
use super::page::Page;
use crate::demand::{RollEntry, Situation};
use crate::domain::plan_files::{DRAFT, SUMMARY};
use crate::domain::round_files::{
    ENVY, MATCH_BASIS, MATCH_SCHEMA, MATCHING, NEXT_DECIDED, NEXT_RESULTS, ROUND_NOTICE, VACANCIES,
    WAITING,
};
use crate::domain::{District, Form, Placement, Score, TeacherIndex};
use crate::matching::{Applicant, Claim, Envy, NextRound, PostRound, Round, justified_envy};
use crate::rules::{Context, RuleSet};

/// How many posts the page lists.
const LISTED: usize = 20;

/// A round with everything that its papers say.
#[derive(Debug)]
pub struct RoundAccount<'a> {
    situation: &'a Situation<'a>,
    round: &'a Round,
    envy: Vec<Envy>,
    digest: &'a str,
}

/// All figures of a round.
#[derive(Debug, Serialize)]
pub struct RoundSummary<'a> {
    schema: &'static str,
    draft: &'static str,
    district: &'a str,
    applicants: usize,
    released: usize,
    admitted: usize,
    admitted_by_wish: BTreeMap<u32, usize>,
    admitted_released: usize,
    waiting: usize,
    vacancies_before: i64,
    vacancies_after: i64,
    justified_envy: usize,
    provenance: RoundProvenance<'a>,
}

#[derive(Debug, Serialize)]
struct RoundProvenance<'a> {
    version: &'static str,
    district_digest: &'a str,
    policy: &'a str,
    policy_digest: &'a str,
}

impl<'a> RoundAccount<'a> {
    /// Reckons what the papers of a round say.
    pub fn new(context: &Context<'a>, rules: &RuleSet, round: &'a Round, digest: &'a str) -> Self {
        let placements = placements(context.situation, round);
        Self {
            situation: context.situation,
            round,
            envy: justified_envy(context, rules, &placements),
            digest,
        }
    }

    fn district(&self) -> &'a District {
        self.situation.district
    }

    fn post_of(&self, claim: &Claim) -> Option<&PostRound> {
        self.round.posts.iter().find(|post| post.post == claim.post)
    }

    /// The figures.
    pub fn summary(&self) -> RoundSummary<'a> {
        let applicants = &self.round.applicants;
        let posts = &self.round.posts;
        let mut admitted_by_wish = BTreeMap::new();
        for (_, claim) in self.round.admitted() {
            *admitted_by_wish.entry(claim.wish).or_default() += 1;
        }
        let policy = self.situation.policy;
        RoundSummary {
            schema: MATCH_SCHEMA,
            draft: DRAFT,
            district: &self.district().name,
            applicants: applicants
                .iter()
                .filter(|held| !held.claims.held.is_empty())
                .count(),
            released: applicants.iter().filter(|held| held.released).count(),
            admitted: self.round.admitted().count(),
            admitted_by_wish,
            admitted_released: self.round.admitted().filter(|held| held.0.released).count(),
            waiting: self.round.waiting().count(),
            vacancies_before: posts.iter().map(PostRound::vacant_before).sum(),
            vacancies_after: posts.iter().map(PostRound::vacant_after).sum(),
            justified_envy: self.envy.len(),
            provenance: RoundProvenance {
                version: env!("CARGO_PKG_VERSION"),
                district_digest: self.digest,
                policy: &policy.id,
                policy_digest: &policy.digest,
            },
        }
    }

    /// The page for the terminal; nobody is named.
    pub fn page(&self, language: Language) -> String {
        let figures = self.summary();
        let mut page = Page::new(language);
        let name = figures.district;
        page.line(match language {
            Language::Chinese => format!("{name} 跨校竞聘匹配结果（{DRAFT}）"),
            Language::English => {
                format!("{name}: competition across schools (a draft for decision)")
            }
        });
        page.section("录用", "Admitted");
        let RoundSummary {
            applicants,
            released,
            admitted,
            admitted_released,
            waiting,
            ..
        } = figures;
        page.line(match language {
            Language::Chinese => format!(
                "参加匹配 {applicants} 人，录用 {admitted} 人（落聘 {admitted_released} 人，在岗 {} 人）",
                admitted - admitted_released
            ),
            Language::English => format!(
                "{applicants} applied, {admitted} admitted ({admitted_released} released, {} in post)",
                admitted - admitted_released
            ),
        });
        for (wish, count) in &figures.admitted_by_wish {
            page.line(match language {
                Language::Chinese => format!("  第 {wish} 志愿 {count} 人"),
                Language::English => format!("  wish {wish}: {count}"),
            });
        }
        page.line(match language {
            Language::Chinese => {
                format!("落聘 {released} 人，尚无岗位 {waiting} 人，转入统筹调剂（waiting.csv）")
            }
            Language::English => format!(
                "{released} released, {waiting} of them without a post, left to the bureau \
                 (waiting.csv)"
            ),
        });
        let envy = figures.justified_envy;
        page.line(match language {
            Language::Chinese => format!("高分未被优先的情形 {envy} 起（envy.csv）"),
            Language::English => counted(envy, "case", "cases") + " of justified envy (envy.csv)",
        });
        self.posts_section(&mut page, &figures);
        page.finish()
    }

    fn posts_section(&self, page: &mut Page, figures: &RoundSummary<'_>) {
        page.section("空岗", "Vacancies");
        let (before, after) = (figures.vacancies_before, figures.vacancies_after);
        page.line(match page.language {
            Language::Chinese => {
                format!("匹配前空岗 {before} 个，匹配后 {after} 个（vacancies.csv）")
            }
            Language::English => format!("{before} before, {after} after (vacancies.csv)"),
        });
        let mut columns = page.columns([
            ("学校", "School", Left),
            ("学段", "Stage", Left),
            ("学科岗位", "Post", Left),
            ("空岗", "Vacant", Right),
            ("报名", "Claims", Right),
            ("录用", "Admitted", Right),
            ("调出", "Left", Right),
            ("剩余", "Open", Right),
        ]);
        let mut posts: Vec<&PostRound> = self.round.posts.iter().collect();
        posts.sort_by_key(|post| std::cmp::Reverse((post.admitted, post.claims)));
        for round in posts.iter().take(LISTED) {
            let post = self.situation.posts.get(round.post);
            columns.push([
                self.district().school(post.school).name.clone(),
                page.pick(post.stage.chinese(), post.stage.code())
                    .to_owned(),
                post.label.clone(),
                round.vacant_before().to_string(),
                round.claims.to_string(),
                round.admitted.to_string(),
                round.left.to_string(),
                round.vacant_after().to_string(),
            ]);
        }
        page.block(&columns);
    }

    /// Writes the files of the round into a folder that exists.
    ///
    /// # Errors
    /// The first file that cannot be written.
    pub fn write_files(&self, folder: &Path) -> Result<(), FileError> {
        let applicants = self.round.applicants.iter();
        let matching = applicants.map(|applicant| self.matching_row(applicant));
        table(folder, MATCHING.0, &MATCHING.1, matching)?;
        let posts = self.round.posts.iter().map(|post| self.post_row(post));
        table(folder, VACANCIES.0, &VACANCIES.1, posts)?;
        let waiting = self.round.waiting().map(|held| self.waiting_row(held));
        table(folder, WAITING.0, &WAITING.1, waiting)?;
        table(
            folder,
            ENVY.0,
            &ENVY.1,
            envy_rows(self.situation, &self.envy),
        )?;
        table(folder, ROUND_NOTICE.0, &ROUND_NOTICE.1, self.notice_rows())?;
        self.write_next(folder)?;
        write_file(folder, SUMMARY, |writer| {
            serde_json::to_writer_pretty(&mut *writer, &self.summary())?;
            writer.write_all(b"\n")
        })
    }

    /// Writes the tables that the next round reads.
    fn write_next(&self, folder: &Path) -> Result<(), FileError> {
        let district = self.district();
        let placements = placements(self.situation, self.round);
        let admitted = self.round.admitted();
        let admitted = admitted.map(|(applicant, _)| &placements[applicant.teacher.position()]);
        let next = NextRound::new(district, admitted, MATCH_BASIS);
        let (decided, results) = (next.decided_rows(district), next.result_rows(district));
        table(folder, NEXT_DECIDED.0, &NEXT_DECIDED.1, decided)?;
        table(folder, NEXT_RESULTS.0, &NEXT_RESULTS.1, results)
    }

    fn matching_row(&self, applicant: &Applicant) -> Vec<String> {
        let district = self.district();
        let teacher = district.teacher(applicant.teacher);
        let school = district.school(teacher.school);
        let mut row = vec![
            teacher.id.clone(),
            teacher.name.clone(),
            district.competition_of(applicant.teacher).to_string(),
            school.code.clone(),
            school.name.clone(),
            teacher.stage.to_string(),
            district.subject_name(teacher.subject).to_owned(),
        ];
        if let Some(claim) = &applicant.granted {
            let school = district.school(claim.school);
            let cut_off = self.post_of(claim).and_then(|post| post.cut_off);
            row.extend([
                "录用".to_owned(),
                claim.wish.to_string(),
                school.code.clone(),
                school.name.clone(),
                claim.stage.to_string(),
                district.subject_name(claim.subject).to_owned(),
                Score::printed(claim.score),
                cut_off.map(Score::printed).unwrap_or_default(),
            ]);
        } else {
            let word = if applicant.released {
                "待统筹"
            } else {
                "保留原岗位"
            };
            row.push(word.to_owned());
            row.resize(15, String::new());
        }
        let void = applicant.claims.void.iter();
        let void = void.map(|(school, reason)| {
            format!("{}：{}", district.school(*school).name, reason.printed())
        });
        let remarks: Vec<String> = applicant.refusals.iter().cloned().chain(void).collect();
        row.push(remarks.join("；"));
        row
    }

    fn post_row(&self, round: &PostRound) -> Vec<String> {
        let post = self.situation.posts.get(round.post);
        let school = self.district().school(post.school);
        vec![
            school.code.clone(),
            school.name.clone(),
            post.stage.to_string(),
            post.label.clone(),
            round.places.to_string(),
            round.engaged.to_string(),
            round.vacant_before().to_string(),
            round.claims.to_string(),
            round.admitted.to_string(),
            round.left.to_string(),
            round.cut_off.map(Score::printed).unwrap_or_default(),
            round.vacant_after().to_string(),
        ]
    }

    fn waiting_row(&self, applicant: &Applicant) -> Vec<String> {
        let claims = &applicant.claims;
        let reason = if !applicant.refusals.is_empty() {
            applicant.refusals.join("、")
        } else if !claims.held.is_empty() {
            "所报岗位均由得分更高者录用，或已无空岗、空编".to_owned()
        } else if claims.void.is_empty() {
            "未填报志愿".to_owned()
        } else {
            "志愿均未能参加匹配".to_owned()
        };
        waiting_row(self.situation, applicant.teacher, reason)
    }

    fn notice_rows(&self) -> Vec<Vec<String>> {
        let district = self.district();
        let admitted = self.round.admitted().zip(1..);
        admitted
            .map(|((applicant, claim), number): (_, usize)| {
                let teacher = district.teacher(applicant.teacher);
                vec![
                    number.to_string(),
                    teacher.id.clone(),
                    claim.stage.to_string(),
                    district.subject_name(claim.subject).to_owned(),
                    district.school(teacher.school).name.clone(),
                    district.school(claim.school).name.clone(),
                    claim.wish.to_string(),
                ]
            })
            .collect()
    }
}

/// Where everybody is after the round.
fn placements(situation: &Situation<'_>, round: &Round) -> Vec<Placement> {
    let entries = situation.roll.entries().iter();
    let mut placements: Vec<Placement> = entries.map(RollEntry::placement).collect();
    for (applicant, claim) in round.admitted() {
        let placement = &mut placements[applicant.teacher.position()];
        placement.form = Form::Transfer;
        placement.school = claim.school;
        placement.stage = claim.stage;
        placement.subject = claim.subject;
    }
    placements
}

/// A row of `waiting.csv`.
pub(super) fn waiting_row(
    situation: &Situation<'_>,
    teacher: TeacherIndex,
    reason: String,
) -> Vec<String> {
    let district = situation.district;
    let entry = situation.roll.entry(teacher);
    let school = district.school(entry.school);
    vec![
        district.teacher(teacher).id.clone(),
        district.teacher(teacher).name.clone(),
        school.code.clone(),
        school.name.clone(),
        entry.stage.to_string(),
        district.subject_name(entry.subject).to_owned(),
        reason,
    ]
}

/// Rows of `envy.csv`.
pub(super) fn envy_rows(situation: &Situation<'_>, envy: &[Envy]) -> Vec<Vec<String>> {
    let district = situation.district;
    envy.iter()
        .map(|held| {
            let post = situation.posts.get(held.claim.post);
            let school = district.school(post.school);
            let (who, taken) = (district.teacher(held.teacher), district.teacher(held.taken));
            vec![
                who.id.clone(),
                who.name.clone(),
                held.claim.wish.to_string(),
                school.code.clone(),
                school.name.clone(),
                post.stage.to_string(),
                post.label.clone(),
                Score::printed(held.claim.score),
                taken.id.clone(),
                taken.name.clone(),
                held.score.map(Score::printed).unwrap_or_default(),
            ]
        })
        .collect()
}
