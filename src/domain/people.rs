//! Teachers as the rosters know them.

use std::cmp::Reverse;

use super::given::Given;
use super::month::Month;
use super::quantity::Periods;
use super::schooling::{SchoolIndex, Stage, SubjectIndex, TeacherIndex, UnitIndex};
use super::vocabulary::vocabulary;

vocabulary! {
    /// Sex, as far as retirement ages depend on it.
    Sex {
        /// 女
        Female = "female", "女";
        /// 男
        Male = "male", "男";
    }
}

vocabulary! {
    /// Professional title (职称), from none upwards.
    Title {
        /// 未取得职称
        None = "none", "未取得职称";
        /// 三级教师
        Third = "third", "三级教师";
        /// 二级教师
        Second = "second", "二级教师";
        /// 一级教师
        First = "first", "一级教师";
        /// 高级教师 (副高)
        Senior = "senior", "高级教师";
        /// 正高级教师
        FullSenior = "full-senior", "正高级教师";
    }
}

vocabulary! {
    /// Category of post (岗位类别); it also decides the retirement age of women.
    PostCategory {
        /// 专业技术岗位 (teachers)
        Professional = "professional", "专业技术";
        /// 管理岗位
        Management = "management", "管理";
        /// 工勤岗位
        Worker = "worker", "工勤";
    }
}

vocabulary! {
    /// Highest degree (学历), from low to high.
    Degree {
        /// 高中及以下
        SecondaryOrBelow = "secondary", "高中及以下";
        /// 中师、中专
        SecondaryNormal = "secondary-normal", "中专";
        /// 专科
        Associate = "associate", "专科";
        /// 本科
        Bachelor = "bachelor", "本科";
        /// 硕士研究生
        Master = "master", "硕士研究生";
        /// 博士研究生
        Doctor = "doctor", "博士研究生";
    }
}

vocabulary! {
    /// Level of 骨干教师, from none upwards.
    Backbone {
        /// 无
        None = "none", "无";
        /// 校级骨干
        School = "school", "校级";
        /// 区县级骨干
        County = "county", "区县级";
        /// 市级骨干
        City = "city", "市级";
        /// 省部级骨干
        Province = "province", "省级";
    }
}

vocabulary! {
    /// How the teacher is employed (编制类型).
    Employment {
        /// 在编: in the establishment of a unit.
        Establishment = "establishment", "在编";
        /// 编外临聘: outside the establishment; never exchanged.
        Temporary = "temporary", "编外";
    }
}

vocabulary! {
    /// Whether the teacher is at work (在岗状态).
    Status {
        /// 在职在岗
        InPost = "in-post", "在岗";
        /// 产假
        MaternityLeave = "maternity-leave", "产假";
        /// 长期病休
        SickLeave = "sick-leave", "病休";
        /// 长期事假
        PersonalLeave = "personal-leave", "事假";
        /// 公假、脱产学习
        StudyLeave = "study-leave", "脱产学习";
        /// 借调、跟岗到其他单位
        Secondment = "secondment", "借调";
        /// 外派支教
        SupportElsewhere = "support-elsewhere", "外派支教";
        /// 待岗
        AwaitingPost = "awaiting-post", "待岗";
        /// 退休
        Retired = "retired", "退休";
        /// 辞职、调出
        Resigned = "resigned", "辞职";
    }
}

impl Status {
    /// Whether someone in this status gives no lessons while it lasts.
    pub const fn is_absent(self) -> bool {
        !matches!(self, Self::InPost | Self::AwaitingPost)
    }

    /// Whether someone in this status has left for good.
    pub const fn has_left(self) -> bool {
        matches!(self, Self::Retired | Self::Resigned)
    }
}

vocabulary! {
    /// Office held in the school (行政职务), from none upwards.
    Office {
        /// 无
        None = "none", "无";
        /// 教研组长、年级组长
        GroupLeader = "group-leader", "教研组长";
        /// 中层副职
        DeputyMiddle = "deputy-middle", "中层副职";
        /// 中层正职
        Middle = "middle", "中层正职";
        /// 副校级
        DeputyHead = "deputy-head", "副校级";
        /// 正校级 (校长、书记)
        Head = "head", "正校级";
    }
}

impl Office {
    /// Whether the office is moved by decision of the party organisation (干部管理权限).
    pub const fn is_head(self) -> bool {
        matches!(self, Self::DeputyHead | Self::Head)
    }
}

vocabulary! {
    /// Category under which a move is deferred (暂缓类别). Never printed outside the office.
    Deferral {
        /// 孕期
        Pregnancy = "pregnancy", "孕期";
        /// 哺乳期
        Nursing = "nursing", "哺乳期";
        /// 疾病、医疗期
        Illness = "illness", "疾病";
        /// 试用期
        Probation = "probation", "试用期";
        /// 服务期 (公费师范生、特岗、定向)
        ServicePeriod = "service-period", "服务期";
        /// 家庭照护
        Carer = "carer", "家庭照护";
        /// 残疾
        Disability = "disability", "残疾";
        /// 其他
        Other = "other", "其他";
    }
}

/// A pair of stage and subject that somebody can teach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Capability {
    /// The stage.
    pub stage: Stage,
    /// The subject.
    pub subject: SubjectIndex,
}

/// An exchange that began in an earlier year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RunningExchange {
    /// When it began.
    pub start: Option<Month>,
    /// First month in which it no longer runs; `None` where the roster does not say.
    pub end: Option<Month>,
    /// The school to which the teacher returns.
    pub origin: SchoolIndex,
    /// Whether 人事关系 went along, in which case nobody returns.
    pub personnel_moved: bool,
}

/// A teacher, as the validated roster has it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Teacher {
    /// The office's own key (教师编号), never an ID-card number.
    pub id: String,
    /// Name; never printed where the output is public.
    pub name: String,
    /// Sex.
    pub sex: Option<Sex>,
    /// Month of birth.
    pub birth: Option<Month>,
    /// Month of the first job ever (参加工作年月).
    pub first_job: Option<Month>,
    /// Month of arrival at the present school (进入本校年月).
    pub arrival: Option<Month>,
    /// Unit that holds the 编制; `None` for staff outside the establishment.
    pub establishment_unit: Option<UnitIndex>,
    /// School where he or she serves at the date of the data.
    pub school: SchoolIndex,
    /// Stage taught.
    pub stage: Stage,
    /// Subject taught (主教学科).
    pub subject: SubjectIndex,
    /// Further stages and subjects taught (兼教), sorted, without the main one.
    pub further: Vec<Capability>,
    /// Grades taught, 1 to 12.
    pub grades: Vec<u8>,
    /// 班主任
    pub class_teacher: bool,
    /// Stages and subjects of the certificates (教师资格), sorted.
    pub certificates: Vec<Capability>,
    /// Lessons a week at present.
    pub weekly_periods: Option<Periods>,
    /// 职称
    pub title: Title,
    /// 岗位类别
    pub category: PostCategory,
    /// 学历
    pub degree: Option<Degree>,
    /// 骨干级别
    pub backbone: Backbone,
    /// 编制类型
    pub employment: Employment,
    /// 在岗状态
    pub status: Status,
    /// First month of the status, where given.
    pub status_from: Option<Month>,
    /// First month after the status, where given.
    pub status_until: Option<Month>,
    /// 行政职务
    pub office: Office,
    /// Terms served in the office at this school (任期届数).
    pub office_terms: u32,
    /// 专业课教师 of a vocational school.
    pub programme_teacher: bool,
    /// 双师型
    pub dual_qualified: bool,
    /// Months of practice in enterprises within the last five years (近五年企业实践月数), where known.
    pub practice_months: Given<u32>,
    /// 暂缓类别
    pub deferral: Option<Deferral>,
    /// Spouse in the same roster.
    pub spouse: Option<TeacherIndex>,
    /// Relatives in the same roster who may not be set under or over one another (回避关系),
    /// sorted.
    pub relatives: Vec<TeacherIndex>,
    /// 家庭住址所在乡镇
    pub home_town: Option<String>,
    /// An exchange that runs.
    pub running: Option<RunningExchange>,
    /// Exchanges made so far (交流次数) as the roster gives it, the running one included.
    pub earlier_exchanges: Given<u32>,
}

impl Teacher {
    /// Somebody who begins to serve in the establishment of a school's unit, of whom nothing else is
    /// known.
    pub fn beginner(
        id: String,
        begin: Month,
        (school, unit): (SchoolIndex, UnitIndex),
        (stage, subject): (Stage, SubjectIndex),
    ) -> Self {
        Self {
            name: id.clone(),
            id,
            sex: None,
            birth: None,
            first_job: Some(begin),
            arrival: Some(begin),
            establishment_unit: Some(unit),
            school,
            stage,
            subject,
            further: Vec::new(),
            grades: Vec::new(),
            class_teacher: false,
            certificates: Vec::new(),
            weekly_periods: None,
            title: Title::None,
            category: PostCategory::Professional,
            degree: None,
            backbone: Backbone::None,
            employment: Employment::Establishment,
            status: Status::InPost,
            status_from: None,
            status_until: None,
            office: Office::None,
            office_terms: 0,
            programme_teacher: false,
            dual_qualified: false,
            practice_months: Given::default(),
            deferral: None,
            spouse: None,
            relatives: Vec::new(),
            home_town: None,
            running: None,
            earlier_exchanges: Given::default(),
        }
    }

    /// Everything the teacher can teach: main subject, further subjects, certificates.
    pub fn capabilities(&self) -> impl Iterator<Item = Capability> + '_ {
        std::iter::once(Capability {
            stage: self.stage,
            subject: self.subject,
        })
        .chain(self.further.iter().copied())
        .chain(self.certificates.iter().copied())
    }

    /// Whether the teacher can teach a subject in a stage.
    pub fn can_teach(&self, stage: Stage, subject: SubjectIndex) -> bool {
        self.capabilities()
            .any(|held| held.stage == stage && held.subject == subject)
    }

    /// Whether a certificate (教师资格) is held for what is taught there: for a subject in that
    /// subject, for kindergartens and special schools in any.
    pub fn is_certified(&self, stage: Stage, subject: SubjectIndex) -> bool {
        let any_subject = matches!(stage, Stage::Kindergarten | Stage::Special);
        self.certificates
            .iter()
            .any(|held| held.stage.certifies(stage) && (any_subject || held.subject == subject))
    }

    /// How many exchanges (交流, and what the office counts as such) were made so far, the running one
    /// included; `None` where that is not known. Whoever is on exchange has made one at least, also
    /// where the register counts only those that are over.
    pub fn exchanges_made(&self) -> Option<u32> {
        let running = self.running.map(|_| 1);
        match *self.earlier_exchanges {
            Some(count) => Some(count.max(running.unwrap_or(0))),
            None => running,
        }
    }

    /// Whether a grade is taught that leaves school at the end of the year (毕业年级).
    pub fn teaches_graduating_grade(&self) -> bool {
        self.stage
            .graduating_grade()
            .is_some_and(|grade| self.grades.contains(&grade))
    }
}

/// A wish (意愿): a school that a teacher would go to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Preference {
    /// Whose wish.
    pub teacher: TeacherIndex,
    /// The school wished for.
    pub school: SchoolIndex,
    /// 1 is the first wish.
    pub rank: u32,
}

/// A school's nomination (推荐人选) for exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nomination {
    /// Who is nominated.
    pub teacher: TeacherIndex,
}

vocabulary! {
    /// What a lock says.
    LockKind {
        /// 留任: stays at the school.
        Stay = "stay", "留任";
        /// 派往: goes to the school named.
        Go = "go", "派往";
        /// 不派往: does not go to the school named.
        Forbid = "forbid", "不派往";
        /// 限定形式: moves in this form only, if at all.
        OnlyForm = "form", "限定形式";
    }
}

/// A decision of the office that the plan must respect, with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Lock {
    /// Who is locked.
    pub teacher: TeacherIndex,
    /// What the lock says.
    pub kind: LockKind,
    /// The school of `Go` and `Forbid`.
    pub school: Option<SchoolIndex>,
    /// The form of `OnlyForm`, and of `Go` where given.
    pub form: Option<super::placement::Form>,
    /// Why, in the office's words; kept inside.
    pub reason: String,
}

vocabulary! {
    /// A decision already taken elsewhere (已定事项).
    DecidedKind {
        /// 退休
        Retire = "retire", "退休";
        /// 辞职、调出本区县
        Leave = "leave", "离职";
        /// 调动: serves and holds 编制 at the new school.
        Transfer = "transfer", "调动";
        /// 交流: serves at the new school, 编制 stays.
        Exchange = "exchange", "交流";
        /// 返回: a running exchange ends now.
        Return = "return", "返回";
        /// 续期: a running exchange goes on.
        Continue = "continue", "续期";
        /// 长期离岗: holds 编制, gives no lessons this year.
        Absent = "absent", "离岗";
    }
}

/// A move or departure that is decided and that the plan takes as given.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Decided {
    /// Whom it concerns.
    pub teacher: TeacherIndex,
    /// What was decided.
    pub kind: DecidedKind,
    /// The new school of a transfer or exchange.
    pub school: Option<SchoolIndex>,
    /// From when it holds; `None` means from `year_begin`.
    pub date: Option<Month>,
    /// Document or meeting; printed as the basis of the move.
    pub basis: String,
}

impl Decided {
    /// Whether it holds when the year begins.
    pub fn in_force(&self, year_begin: Month) -> bool {
        self.date.is_none_or(|date| date <= year_begin)
    }

    /// The order in lists: by teacher, and of each the later decision first, so that what is in force
    /// is the last.
    pub fn order(&self) -> (TeacherIndex, Reverse<Option<Month>>) {
        (self.teacher, Reverse(self.date))
    }
}
