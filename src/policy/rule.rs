//! What every rule has: enforcement, level, weight, source, certainty.

use serde::Deserialize;
use toml::Table;

use super::fraction::Weight;

/// How strictly a rule is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Enforcement {
    /// No plan without it (必须满足).
    Hard,
    /// A legal floor: violated only where it cannot be met, by the least amount (法定底线).
    Floor,
    /// Pursued at its level with its weight (追求目标).
    Objective,
    /// Computed and shown (只报告).
    Report,
}

impl Enforcement {
    /// Whether what is missed costs at the rule's level.
    pub const fn costs(self) -> bool {
        matches!(self, Self::Floor | Self::Objective)
    }

    /// The code word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Hard => "hard",
            Self::Floor => "floor",
            Self::Objective => "objective",
            Self::Report => "report",
        }
    }

    /// The word on paper.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Hard => "必须满足",
            Self::Floor => "法定底线",
            Self::Objective => "优化目标",
            Self::Report => "仅报告",
        }
    }
}

/// How sure a number is; the tags of the research behind the policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Certainty {
    /// The rule's text was read.
    V,
    /// A secondary page states it.
    S,
    /// Public software that implements the rule states it.
    G,
    /// Stated in the district's own plan.
    #[serde(rename = "SEED")]
    Seed,
    /// Computed from others.
    D,
    /// Common knowledge, not verified.
    M,
}

impl Certainty {
    /// The tag, as policies write it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::V => "V",
            Self::S => "S",
            Self::G => "G",
            Self::Seed => "SEED",
            Self::D => "D",
            Self::M => "M",
        }
    }

    /// What it says on paper.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::V => "原文核实",
            Self::S => "二手来源",
            Self::G => "业务系统口径",
            Self::Seed => "本地规划",
            Self::D => "推算",
            Self::M => "未核实",
        }
    }
}

/// On whose authority.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Source {
    /// Title.
    pub document: String,
    /// Number (文号).
    pub number: String,
    /// Section.
    pub section: String,
}

impl Source {
    /// `《title》（number）section`
    pub fn citation(&self) -> String {
        let document = if self.document.is_empty() {
            String::new()
        } else {
            format!("《{}》", self.document)
        };
        let number = if self.number.is_empty() {
            String::new()
        } else {
            format!("（{}）", self.number)
        };
        document + &number + &self.section
    }
}

/// An objective level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Its id.
    pub id: String,
    /// In Chinese.
    pub title: String,
    /// In English.
    pub title_english: String,
}

/// A rule: the parts that every kind has, and its kind's own parameters as they were written.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its id.
    pub id: String,
    /// Its kind; [`crate::rules`] knows what it means.
    pub kind: String,
    /// In Chinese, as an administrator would say it.
    pub title: String,
    /// In English.
    pub title_english: String,
    /// How strictly it is held.
    pub enforcement: Enforcement,
    /// Position of its level.
    pub level: usize,
    /// What one unit of it weighs inside its level.
    pub weight: Weight,
    /// On whose authority.
    pub source: Source,
    /// How sure.
    pub certainty: Certainty,
    /// Parameters of the kind.
    pub parameters: Table,
    /// The file that says it last.
    pub file: String,
}

/// What every rule's table has besides its kind's parameters.
#[derive(Debug, Deserialize)]
pub(super) struct RuleHead {
    pub(super) kind: String,
    pub(super) title: String,
    #[serde(default)]
    pub(super) title_english: String,
    #[serde(default = "hard")]
    pub(super) enforcement: Enforcement,
    pub(super) level: Option<String>,
    #[serde(default = "one")]
    pub(super) weight: Weight,
    #[serde(default)]
    pub(super) source: Source,
    #[serde(default = "unverified")]
    pub(super) certainty: Certainty,
}

const fn hard() -> Enforcement {
    Enforcement::Hard
}
const fn one() -> Weight {
    Weight::ONE
}
const fn unverified() -> Certainty {
    Certainty::M
}

/// Keys of every rule; all others are parameters of its kind.
pub(crate) const HEAD_KEYS: [&str; 10] = [
    "kind",
    "title",
    "title_english",
    "enforcement",
    "level",
    "weight",
    "source",
    "certainty",
    "off",
    "note",
];
