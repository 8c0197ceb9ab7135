//! Where somebody serves next year, and how that came about.

use super::itinerary::Itinerary;
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
        /// 单位内调配: another site or another stage of the same unit. Never counts as exchange.
        Reassign = "reassign", "单位内调配";
        /// 交流: serves elsewhere, 编制 stays.
        Exchange = "exchange", "交流";
        /// 调动: serves elsewhere, 编制 goes along.
        Transfer = "transfer", "调动";
        /// 支教: serves elsewhere for a stated time.
        Support = "support", "支教";
        /// 跨学段调整: serves in another stage that he or she may teach.
        CrossStage = "cross-stage", "跨学段调整";
        /// 转岗培训: trained to teach what he or she could not teach before.
        Retrain = "retrain", "转岗培训";
        /// 选调: chosen by examination or selection (into town, for a new school).
        Selection = "selection", "选调";
        /// 撤并安置: from a school that closes or is merged.
        Resettle = "resettle", "撤并安置";
        /// 跟岗: trained at a school outside the district; gives no lessons here meanwhile.
        Shadowing = "shadowing", "跟岗";
        /// 走教: serves at home and on whole days of the week at other schools too.
        Itinerant = "itinerant", "走教";
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

/// Where a form may lead, before any rule is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// Another post of the school where the person serves.
    OwnSchool,
    /// Another site of the unit, or another stage of the own school.
    OwnUnit,
    /// Another school.
    OtherSchool,
    /// Any school, the own one included.
    AnySchool,
    /// Other schools on some days of the week, home on the others.
    Sites,
    /// A school outside the district.
    Outside,
}

impl Form {
    /// The forms that a plan may choose, where the policy has them.
    pub const CHOSEN: &'static [Self] = &[
        Self::Exchange,
        Self::Transfer,
        Self::ChangeSubject,
        Self::Reassign,
        Self::Support,
        Self::CrossStage,
        Self::Retrain,
        Self::Selection,
        Self::Resettle,
        Self::Shadowing,
        Self::Itinerant,
    ];

    /// Where the form may lead; `None` for forms that no plan chooses.
    pub const fn span(self) -> Option<Span> {
        match self {
            Self::ChangeSubject => Some(Span::OwnSchool),
            Self::Reassign => Some(Span::OwnUnit),
            Self::Exchange | Self::Transfer | Self::Support | Self::Selection | Self::Resettle => {
                Some(Span::OtherSchool)
            }
            Self::CrossStage | Self::Retrain => Some(Span::AnySchool),
            Self::Shadowing => Some(Span::Outside),
            Self::Itinerant => Some(Span::Sites),
            Self::Stay
            | Self::Return
            | Self::Continue
            | Self::Waiting
            | Self::Absent
            | Self::Depart => None,
        }
    }

    /// Whether the form begins a move this year: all that a plan chooses but a change of subject
    /// inside the school, and 走教, which keeps home.
    pub const fn is_move(self) -> bool {
        matches!(
            self.span(),
            Some(Span::OwnUnit | Span::OtherSchool | Span::AnySchool | Span::Outside)
        )
    }

    /// Whether a plan sends somebody in this form to other schools, for good or on some days.
    pub const fn leaves_school(self) -> bool {
        self.is_move() || matches!(self, Self::Itinerant)
    }

    /// Whether somebody in this form gives lessons in the district.
    pub const fn serves(self) -> bool {
        !matches!(
            self,
            Self::Waiting | Self::Absent | Self::Depart | Self::Shadowing
        )
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
    /// Of 走教: the schools served besides [`Self::school`], and on how many days.
    pub itinerary: Option<Itinerary>,
    /// Whether it was decided before the plan (inputs `decided` and `itinerant`), whatever the form, not
    /// chosen by it.
    pub decided: bool,
}

impl Placement {
    /// The schools to which the form sends the person: of 走教 those served besides the own one.
    pub fn schools_to(&self) -> impl Iterator<Item = SchoolIndex> + use<> {
        let one = self.itinerary.is_none().then_some(self.school);
        let sites = self.itinerary.into_iter().flat_map(|held| held.sites());
        one.into_iter().chain(sites.map(|site| site.school))
    }

    /// The first of these.
    pub fn receiving(&self) -> SchoolIndex {
        self.schools_to().next().unwrap_or(self.school)
    }
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
    /// The unit to which posts of establishment are given.
    pub unit: Option<UnitIndex>,
    /// The unit from which they are taken, where they are another's.
    pub from: Option<UnitIndex>,
    /// How many persons, or posts of establishment.
    pub count: u32,
}
