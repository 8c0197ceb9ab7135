//! What is asked, and the words for it.

use crate::demand::PostIndex;
use crate::domain::{SchoolIndex, Stage, TeacherIndex};
use crate::policy::{PolicyFault, did_you_mean};
use crate::rules::Context;
use crate::rules::RuleSet;
use crate::scenario::{find_school, find_subject, find_teacher};

/// A question to a planned year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Why somebody goes or stays, and what it costs to keep whom the plan moves.
    Teacher(TeacherIndex),
    /// Why somebody does not go to a school, or to any where none is given.
    WhyNot(TeacherIndex, Option<SchoolIndex>),
    /// Why a post has whom it has.
    Post(PostIndex),
    /// What a rule holds, and what a unit more or less of it costs: its position in the set.
    Rule(usize),
    /// What becomes of exchanges that end: who comes home, and who takes the posts that they leave.
    Returned,
    /// What it costs to keep everybody whom the plan moves, one after the other.
    All,
}

impl Question {
    /// Of a teacher, by id or a name that nobody else bears.
    ///
    /// # Errors
    /// Where there is none.
    pub fn teacher(context: &Context<'_>, word: &str) -> Result<Self, PolicyFault> {
        find_teacher(context.situation.district, word).map(Self::Teacher)
    }

    /// `TEACHER=SCHOOL`, or a teacher alone.
    ///
    /// # Errors
    /// Where there is no such teacher or school.
    pub fn why_not(context: &Context<'_>, text: &str) -> Result<Self, PolicyFault> {
        let district = context.situation.district;
        let (teacher, school) = match text.split_once('=') {
            Some((teacher, school)) => (teacher, Some(find_school(district, school.trim())?)),
            None => (text, None),
        };
        Ok(Self::WhyNot(
            find_teacher(district, teacher.trim())?,
            school,
        ))
    }

    /// `SCHOOL:STAGE:SUBJECT`.
    ///
    /// # Errors
    /// Where the words name no post.
    pub fn post(context: &Context<'_>, text: &str) -> Result<Self, PolicyFault> {
        let situation = context.situation;
        let parts: Vec<&str> = text.split(':').map(str::trim).collect();
        let [school, stage, subject] = parts[..] else {
            let message = format!("读不懂“{text}” / `{text}` cannot be read");
            return Err(fault(text, message, "学校:学段:学科 SCHOOL:STAGE:SUBJECT"));
        };
        let school = find_school(situation.district, school)?;
        let Some(stage) = Stage::from_word(stage) else {
            let stages = Stage::ALL.iter().map(|stage| stage.chinese());
            let known: Vec<&str> = stages.collect();
            let message = "没有这个学段 / no such stage".to_owned();
            return Err(fault(stage, message, &known.join(" ")));
        };
        let subject = find_subject(situation.district, subject)?;
        let post = situation.posts.of(school, stage, subject);
        post.map(Self::Post).ok_or_else(|| {
            let posts = situation.posts.of_school(school);
            let known: Vec<String> = posts
                .map(|(_, post)| format!("{}:{}", post.stage.chinese(), post.label))
                .collect();
            let message = "该校没有这个学科岗位 / the school has no such post".to_owned();
            fault(text, message, &known.join(" "))
        })
    }

    /// Of a rule, by its id.
    ///
    /// # Errors
    /// Where there is none.
    pub fn rule(rules: &RuleSet, word: &str) -> Result<Self, PolicyFault> {
        let known = || rules.all().iter().map(|typed| typed.rule.id.as_str());
        let position = known().position(|id| id == word.trim());
        position.map(Self::Rule).ok_or_else(|| {
            let near = did_you_mean(word, known());
            let advice = near.unwrap_or_else(|| known().collect::<Vec<_>>().join(" "));
            fault(word, "没有这条规则 / no such rule".to_owned(), &advice)
        })
    }
}

fn fault(place: &str, message: String, advice: &str) -> PolicyFault {
    PolicyFault {
        code: "W003",
        place: place.to_owned(),
        message,
        advice: advice.to_owned(),
    }
}
