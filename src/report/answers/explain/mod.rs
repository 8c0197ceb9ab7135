//! Explanations: sentences that may be read out, and the table of all who move.

mod person;
mod post;
mod price;
mod returned;
mod rule;
mod staying;

use std::io::{self, Write};

use serde::Serialize;

use crate::answers::{Answer, Base, Figures, Whereabouts};
use crate::eligibility::Reason;
use crate::ingest::write_csv;
use crate::report::language::{Language, counted};
use crate::report::page::Page;

/// Answers to questions, as a page, as JSON, and the table of all who move.
#[derive(Debug, Clone, Copy)]
pub struct ExplainPage<'a> {
    base: &'a Base<'a>,
    answers: &'a [Answer],
    unanswered: usize,
}

/// All answers, for programs.
#[derive(Debug, Serialize)]
pub struct ExplainView<'a> {
    schema: &'static str,
    /// The figures of the year as it is planned.
    base: Option<&'a Figures>,
    answers: &'a [Answer],
    /// Questions that have no answer, because somebody interrupted.
    #[serde(skip_serializing_if = "Option::is_none")]
    unanswered: Option<usize>,
}

impl<'a> ExplainPage<'a> {
    /// Of some answers; `unanswered` questions have none, because somebody interrupted.
    pub const fn new(base: &'a Base<'a>, answers: &'a [Answer], unanswered: usize) -> Self {
        Self {
            base,
            answers,
            unanswered,
        }
    }

    /// For programs.
    pub fn view(&self) -> ExplainView<'a> {
        ExplainView {
            schema: "shizi-explain-1",
            base: self.base.figures.as_ref(),
            answers: self.answers,
            unanswered: (self.unanswered > 0).then_some(self.unanswered),
        }
    }

    /// One row for everybody who moves, as CSV for tables.
    ///
    /// # Errors
    /// What the writer says.
    pub fn csv(&self, writer: &mut impl Write) -> io::Result<()> {
        let levels = &self.base.context.situation.policy.levels;
        let levels: Vec<&str> = levels.iter().map(|level| level.title.as_str()).collect();
        let header = staying::header(&levels);
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        let rows = self.answers.iter().flat_map(|answer| match answer {
            Answer::All(everybody) => staying::rows(everybody, levels.len()),
            _ => Vec::new(),
        });
        write_csv(writer, &header, rows)
    }

    /// To read.
    pub fn text(&self, language: Language) -> String {
        let mut page = Page::new(language);
        let situation = self.base.context.situation;
        let (district, policy) = (&situation.district.name, situation.policy);
        let title = language.title(&policy.title, &policy.title_english);
        page.line(match language {
            Language::Chinese => {
                format!("{district}：方案说明（依据《{title}》；每个代价都是重新求解的结果）")
            }
            Language::English => {
                format!(
                    "{district}: the plan explained ({title}; every price is a solve of its own)"
                )
            }
        });
        for answer in self.answers {
            match answer {
                Answer::Teacher(held) => person::teacher(&mut page, held),
                Answer::WhyNot(held) => person::why_not(&mut page, held),
                Answer::Post(held) => post::post(&mut page, held),
                Answer::Rule(held) => rule::rule(&mut page, held),
                Answer::Returned(held) => returned::returned(&mut page, held),
                Answer::All(held) => staying::table(&mut page, held),
            }
        }
        if self.unanswered > 0 {
            let count = self.unanswered;
            page.line(match language {
                Language::Chinese => format!("已中断：还有 {count} 项所问没有回答。"),
                Language::English => {
                    let questions = counted(count, "question", "questions");
                    format!("Interrupted: {questions} without an answer.")
                }
            });
        }
        page.finish()
    }
}

/// Reasons in one line.
fn reasons(language: Language, held: &[Reason]) -> String {
    let texts = held.iter();
    let texts: Vec<&str> = texts
        .map(|reason| language.title(&reason.chinese, &reason.english))
        .collect();
    texts.join(language.pick("；", "; "))
}

/// Rules by their titles in quotes.
fn quoted(language: Language, held: &[Reason]) -> String {
    let texts = held.iter();
    let texts: Vec<String> = texts
        .map(|reason| format!("“{}”", language.title(&reason.chinese, &reason.english)))
        .collect();
    texts.join(language.pick("", ", "))
}

/// School, stage and subject, without the form.
fn post_of(place: &Whereabouts) -> String {
    let besides = if place.besides.is_empty() {
        String::new()
    } else {
        format!("＋{}", place.besides)
    };
    format!(
        "{}{besides} {}{}",
        place.school_name, place.stage, place.subject
    )
}
