//! The kinds of rule: which there are, their words, and a rule read into its own.

use toml::Value;

use super::avoidance::Avoidance;
use super::count::Count;
use super::couples::Couples;
use super::coverage::Coverage;
use super::disparity::Disparity;
use super::eligibility::Eligibility;
use super::exceptions::idle_exception;
use super::idle::without_effect;
use super::per_pupil::PerPupil;
use super::preference::Preference;
use super::ratio::Ratio;
use super::reach::Reach;
use super::shares::beyond_whole;
use super::stability::Stability;
use super::travel::Travel;
use super::turns::Turns;
use crate::policy::{PolicyFault, Rule};

/// A rule's kind with its parameters.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Who may, must, may not move.
    Eligibility(Eligibility),
    /// Where a move may lead.
    Reach(Reach),
    /// Moves, teachers or establishment counted.
    Count(Box<Count>),
    /// A share.
    Ratio(Box<Ratio>),
    /// Teachers for each hundred pupils of every school.
    PerPupil(Box<PerPupil>),
    /// Differences between schools.
    Disparity(Box<Disparity>),
    /// Need of posts is met.
    Coverage(Coverage),
    /// Nobody is idle.
    Surplus(Coverage),
    /// Minutes cost.
    Travel(Travel),
    /// Moves cost.
    Stability(Stability),
    /// Wishes.
    Preference(Preference),
    /// Husband and wife near each other.
    Couples(Couples),
    /// Relatives not over one another.
    Avoidance(Avoidance),
    /// Nobody sent again while others never were.
    Turns(Box<Turns>),
}

impl Kind {
    /// The kind on paper.
    pub const fn chinese(&self) -> &'static str {
        match self {
            Self::Eligibility(_) => "资格条件",
            Self::Reach(_) => "流动范围",
            Self::Count(_) => "人数",
            Self::Ratio(_) => "比例",
            Self::PerPupil(_) => "生均师资",
            Self::Disparity(_) => "校际差异",
            Self::Coverage(_) => "学科缺额",
            Self::Surplus(_) => "学科超需",
            Self::Travel(_) => "路程",
            Self::Stability(_) => "队伍稳定",
            Self::Preference(_) => "个人志愿",
            Self::Couples(_) => "夫妻照顾",
            Self::Avoidance(_) => "任职回避",
            Self::Turns(_) => "轮流",
        }
    }

    /// The kind of a rule with its parameters.
    ///
    /// # Errors
    /// An unknown kind or key, a word of the wrong sort, a rule that could do nothing.
    pub(super) fn read(rule: &Rule) -> Result<Self, PolicyFault> {
        let place = format!("{}: rule.{}", rule.file, rule.id);
        let parameters = Value::Table(rule.parameters.clone());
        let read = match rule.kind.as_str() {
            "eligibility" => parameters.try_into().map(Self::Eligibility),
            "reach" => parameters.try_into().map(Self::Reach),
            "count" => parameters.try_into().map(Self::Count),
            "ratio" => parameters.try_into().map(Self::Ratio),
            "per_pupil" => parameters.try_into().map(Self::PerPupil),
            "disparity" => parameters.try_into().map(Self::Disparity),
            "coverage" => parameters.try_into().map(Self::Coverage),
            "surplus" => parameters.try_into().map(Self::Surplus),
            "travel" => parameters.try_into().map(Self::Travel),
            "stability" => parameters.try_into().map(Self::Stability),
            "preference" => parameters.try_into().map(Self::Preference),
            "couples" => parameters.try_into().map(Self::Couples),
            "avoidance" => parameters.try_into().map(Self::Avoidance),
            "turns" => parameters.try_into().map(Self::Turns),
            other => {
                let near = crate::policy::nearest(other, KINDS).unwrap_or("count");
                return Err(PolicyFault {
                    code: "P006",
                    place,
                    message: format!("没有这种规则 / no such kind of rule `{other}`"),
                    advice: format!("是否应为 / did you mean `{near}`? ({})", KINDS.join(" ")),
                });
            }
        };
        let kind = read
            .map_err(|error: toml::de::Error| crate::policy::from_toml(&place, error.message()))?;
        if let Kind::Count(count) = &kind
            && let Some(fault) = idle_exception(rule, count)
        {
            return Err(fault);
        }
        let idle = without_effect(rule, &kind);
        let idle = idle.map(|(message, advice)| (message.to_owned(), advice));
        match idle.or_else(|| beyond_whole(&kind)) {
            None => Ok(kind),
            Some((message, advice)) => Err(PolicyFault {
                code: "P008",
                place,
                message,
                advice: advice.to_owned(),
            }),
        }
    }
}

/// The words for the kinds.
pub(super) const KINDS: [&str; 14] = [
    "eligibility",
    "reach",
    "count",
    "ratio",
    "per_pupil",
    "disparity",
    "coverage",
    "surplus",
    "travel",
    "stability",
    "preference",
    "couples",
    "avoidance",
    "turns",
];
