//! Where somebody serves next year, and how that came about.

use super::month::Month;
use super::schooling::{SchoolIndex, Stage, SubjectIndex, TeacherIndex, UnitIndex};
use super::vocabulary::vocabulary;

vocabulary! {
    /// The form in which somebody serves next year (交流形式).
    Form {
        /// 留任: same school, same subject.
        Stay = "stay", "留任";
        /// 校内改任学科: same school, another subject. Never counts as exchange.
        ChangeSubject = "change-subject", "校内转任学科";
        /// 交流: serves elsewhere, 编制 stays.
        Exchange = "exchange", "交流";
        /// 调动: serves elsewhere, 编制 goes along.
        Transfer = "transfer", "调动";
        /// 交流期满返回
        Return = "return", "期满返回";
        /// 交流在期: a running exchange goes on.
        Continue = "continue", "交流在期";
        /// 待岗: holds no post and gives no lessons; a plan may place him or her.
        Waiting = "waiting", "待岗";
        /// 离岗: holds 编制, gives no lessons (long leave, secondment).
        Absent = "absent", "离岗";
        /// 离任: retired, resigned or left the district.
        Depart = "depart", "离任";
    }
}

impl Form {
    /// Whether the form begins a move to another school this year.
    pub const fn is_move(self) -> bool {
        matches!(self, Self::Exchange | Self::Transfer)
    }

    /// Whether somebody in this form gives lessons.
    pub const fn serves(self) -> bool {
        !matches!(self, Self::Waiting | Self::Absent | Self::Depart)
    }
}

/// Where a teacher serves and holds 编制 in the year of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Placement {
    /// Who.
    pub teacher: TeacherIndex,
    /// In which form.
    pub form: Form,
    /// Where he or she serves (for those who are absent: the school they belong to).
    pub school: SchoolIndex,
    /// Stage taught.
    pub stage: Stage,
    /// Subject taught.
    pub subject: SubjectIndex,
    /// The unit that holds the 编制; `None` outside the establishment and for those who left.
    pub unit: Option<UnitIndex>,
    /// First month of an exchange or transfer, also of one that goes on.
    pub start: Option<Month>,
    /// First month in which an exchange no longer runs.
    pub end: Option<Month>,
    /// Whether it was decided before the plan (input `decided`), whatever the form, not chosen by it.
    pub decided: bool,
}

/// A lever (补充渠道) and how often a plan uses it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeverUse {
    /// The lever's id in the policy.
    pub lever: String,
    /// Where: a school for recruits; `None` where the lever acts on the whole district.
    pub school: Option<SchoolIndex>,
    /// The stage of the post that a recruit fills.
    pub stage: Option<Stage>,
    /// The subject of the post that a recruit fills.
    pub subject: Option<SubjectIndex>,
    /// How many persons.
    pub count: u32,
}
