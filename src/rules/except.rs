//! Exceptions that an office makes: for whom, or at which posts, a rule does not hold.
//!
//! "Class teachers stay, but for T00012 and T00345": who is let through is named, so that the rule holds
//! for everybody else.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::demand::Post;
use crate::domain::{District, Stage, TeacherIndex};
use crate::policy::OneOrMany;

/// Persons for whom a rule does not hold, by their ids in the roster.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "OneOrMany<String>")]
pub struct Except(BTreeSet<String>);

impl From<OneOrMany<String>> for Except {
    fn from(words: OneOrMany<String>) -> Self {
        Self(words.iter().cloned().collect())
    }
}

impl Except {
    /// Whether somebody is among them.
    pub fn has(&self, district: &District, teacher: TeacherIndex) -> bool {
        !self.0.is_empty() && self.0.contains(&district.teacher(teacher).id)
    }

    /// Their ids, in order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// A post by its name: `S001:小学:体育`, school by code. A post of several subjects has the name of each.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PostName {
    text: String,
    pub(super) school: String,
    stage: Stage,
    pub(super) subject: String,
}

impl TryFrom<String> for PostName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let parts: Vec<&str> = text.split([':', '：']).map(str::trim).collect();
        let read = match parts.as_slice() {
            &[school, stage, subject] if !school.is_empty() && !subject.is_empty() => {
                Stage::from_word(stage).map(|stage| Self {
                    text: text.clone(),
                    school: school.to_owned(),
                    stage,
                    subject: subject.to_owned(),
                })
            }
            _ => None,
        };
        read.ok_or_else(|| format!("`{text}` is no post such as S001:小学:体育"))
    }
}

impl PostName {
    /// The name of a post: that of its first subject.
    pub fn of(district: &District, post: &Post) -> String {
        let school = &district.school(post.school).code;
        let subject = post.subjects.first();
        let subject = subject.map_or("", |&subject| district.subject_name(subject));
        format!("{school}:{}:{subject}", post.stage.chinese())
    }

    /// As it is written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is the name of a post.
    pub(super) fn names(&self, district: &District, post: &Post) -> bool {
        let mut subjects = post.subjects.iter();
        post.stage == self.stage
            && district.school(post.school).code == self.school
            && subjects.any(|&subject| district.subject_name(subject) == self.subject)
    }
}
