//! Levers (补充渠道): recruits and recognitions, bounded and at a cost.

use serde::Deserialize;

use super::fraction::Weight;
use super::selector::SchoolSelector;
use super::words::OneOrMany;
use crate::domain::Stage;

/// What a lever does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeverKind {
    /// Recognises serving 专业课教师 as 双师型.
    Certify,
    /// Recruits teachers and places them.
    Recruit,
}

/// A lever (补充渠道): bounded, at a cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lever {
    /// Its id.
    pub id: String,
    /// What it does.
    pub kind: LeverKind,
    /// In Chinese.
    pub title: String,
    /// In English.
    pub title_english: String,
    /// At most so many persons.
    pub at_most: u32,
    /// Level at which a use costs.
    pub level: usize,
    /// What one use costs.
    pub weight: Weight,
    /// Recruits: the stage.
    pub stage: OneOrMany<Stage>,
    /// Recruits: the subjects.
    pub subject: OneOrMany<String>,
    /// Recruits: the schools.
    pub to: SchoolSelector,
}

/// A lever's table, before its level is found.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeverTable {
    pub(super) kind: LeverKind,
    pub(super) title: String,
    #[serde(default)]
    pub(super) title_english: String,
    pub(super) at_most: u32,
    pub(super) level: String,
    pub(super) weight: Weight,
    #[serde(default)]
    pub(super) stage: OneOrMany<Stage>,
    #[serde(default)]
    pub(super) subject: OneOrMany<String>,
    #[serde(default)]
    pub(super) to: SchoolSelector,
}
