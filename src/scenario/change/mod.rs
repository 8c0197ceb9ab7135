//! What may be changed, and the words for it on the command line and in files of scenarios.

mod parse;
mod text;

#[cfg(test)]
mod tests;

use toml::Value;

use crate::domain::{Form, LockKind, Stage};
use crate::policy::PolicyFault;

/// One change to a year.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A key of the policy gets another value: `rotation-quota.exactly=80`.
    Set {
        /// The key; the words `rule.` and `lever.` before it may be left out.
        key: String,
        /// Its new value.
        value: Value,
    },
    /// A rule is taken out.
    Without {
        /// Its id.
        rule: String,
    },
    /// The office decides of somebody: `T00223=留任`, `T00223=派往:S059:交流`.
    Lock {
        /// Id or name of the teacher.
        teacher: String,
        /// What is decided.
        kind: LockKind,
        /// Code or name of the school of `派往` and `不派往`.
        school: Option<String>,
        /// The form of `限定形式`, and of `派往` where given.
        form: Option<Form>,
    },
    /// The office sends somebody whatever rules say (破例): `T00223=派往:S059:交流`.
    Override {
        /// Id or name of the teacher.
        teacher: String,
        /// Code or name of the school.
        school: String,
        /// 交流 or 调动.
        form: Form,
    },
    /// A lock of the rosters does not hold any more: `T00223=留任`; all of somebody's, where none is
    /// named: `T00223`. Locks are taken off before others are put on.
    Unlock {
        /// Id or name of the teacher.
        teacher: String,
        /// Which lock; `None` for all.
        lock: Option<Unlocked>,
    },
    /// Somebody gives no lessons this year (离岗): leave, secondment.
    Absent {
        /// Id or name.
        teacher: String,
    },
    /// Somebody leaves the district (离职), or does not come.
    Leave {
        /// Id or name.
        teacher: String,
    },
    /// So many recruits begin at a school.
    Recruit {
        /// Code or name.
        school: String,
        /// The stage.
        stage: Stage,
        /// The subject.
        subject: String,
        /// How many.
        count: u32,
    },
    /// Recruits whom a plan that is out placed somewhere do not come (不报到): the lever may be used so
    /// many times less, unless the same scenario says how often.
    Decline {
        /// Id or title of the lever (补充渠道).
        lever: String,
        /// Code or name of the school.
        school: String,
        /// The stage.
        stage: Stage,
        /// The subject.
        subject: String,
        /// How many.
        count: u32,
    },
    /// Classes more or less.
    Classes {
        /// Code or name; `None` for all schools of the district, by their size.
        school: Option<String>,
        /// The stage.
        stage: Stage,
        /// The grade, 1 to 12; `None` for all grades of the stage, by their size.
        grade: Option<u8>,
        /// So many more, or fewer where negative.
        by: i32,
    },
    /// A school opens, beside another one.
    Open {
        /// Its name.
        name: String,
        /// Code or name of the school in whose town, cluster and place it stands.
        beside: String,
        /// Its stage.
        stage: Stage,
        /// Its classes, shared out evenly among the grades.
        classes: u32,
    },
    /// A school or site closes.
    Close {
        /// Code or name.
        school: String,
        /// Code or name of the school that takes the pupils; `None` for the nearest of the stage.
        into: Option<String>,
    },
}

/// A lock that does not hold any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unlocked {
    /// What it says.
    pub kind: LockKind,
    /// Code or name of its school, where it has one.
    pub school: Option<String>,
    /// Its form, where it has one.
    pub form: Option<Form>,
}

/// Words for the whole district where a school is asked for.
const EVERYWHERE: [&str; 2] = ["全区", "*"];

/// Changes that are made together, under a name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scenario {
    /// Its name, as printed.
    pub name: String,
    /// Why, in the office's words; kept in the history of a plan.
    pub reason: String,
    /// What changes.
    pub changes: Vec<Change>,
}

impl Scenario {
    /// Changes under a name made of them.
    pub fn of(changes: Vec<Change>) -> Self {
        let texts: Vec<String> = changes.iter().map(ToString::to_string).collect();
        Self {
            name: texts.join("，"),
            reason: String::new(),
            changes,
        }
    }
}

impl Change {
    /// The words under which changes stand in files; those of the command line are the same.
    pub const WORDS: [&'static str; 12] = [
        "set", "without", "lock", "unlock", "override", "absent", "leave", "recruit", "decline",
        "classes", "open", "close",
    ];

    /// How each word is written.
    pub const FORMS: [&'static str; 12] = [
        "规则.键=值 RULE.KEY=VALUE",
        "规则 RULE",
        "教师=留任 | 派往:学校[:形式] | 不派往:学校 | 限定形式:形式 TEACHER=stay|go:SCHOOL[:FORM]|forbid:SCHOOL|form:FORM",
        "教师[=留任 | =派往:学校[:形式] ……] TEACHER[=stay|=go:SCHOOL[:FORM] ...]",
        "教师=派往:学校:交流|调动 TEACHER=go:SCHOOL:FORM",
        "教师 TEACHER",
        "教师 TEACHER",
        "学校:学段:学科[:人数] SCHOOL:STAGE:SUBJECT[:COUNT]",
        "渠道:学校:学段:学科[:人数] LEVER:SCHOOL:STAGE:SUBJECT[:COUNT]",
        "学校|全区:学段[:年级]=+1|-1 SCHOOL|*:STAGE[:GRADE]=+1|-1",
        "校名:邻近学校:学段:班数 NAME:SCHOOL:STAGE:CLASSES",
        "学校[:并入学校] SCHOOL[:SCHOOL]",
    ];
    /// A key of the policy with another value.
    pub fn set(key: &str, value: Value) -> Self {
        Self::Set {
            key: key.trim().to_owned(),
            value,
        }
    }

    /// The word under which the change stands in files.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Set { .. } => "set",
            Self::Without { .. } => "without",
            Self::Lock { .. } => "lock",
            Self::Unlock { .. } => "unlock",
            Self::Override { .. } => "override",
            Self::Absent { .. } => "absent",
            Self::Leave { .. } => "leave",
            Self::Recruit { .. } => "recruit",
            Self::Decline { .. } => "decline",
            Self::Classes { .. } => "classes",
            Self::Open { .. } => "open",
            Self::Close { .. } => "close",
        }
    }

    /// Whom it names, by id or name.
    pub fn teacher(&self) -> Option<&str> {
        match self {
            Self::Lock { teacher, .. }
            | Self::Unlock { teacher, .. }
            | Self::Override { teacher, .. }
            | Self::Absent { teacher }
            | Self::Leave { teacher } => Some(teacher),
            Self::Set { .. }
            | Self::Without { .. }
            | Self::Recruit { .. }
            | Self::Decline { .. }
            | Self::Classes { .. }
            | Self::Open { .. }
            | Self::Close { .. } => None,
        }
    }
}

/// Changes that speak of a plan that is out, and are nothing where none is: who does not come was placed
/// by a list that was published, and of a year that is only planned any other recruit may be meant.
pub fn needs_list(changes: &[Change]) -> Vec<PolicyFault> {
    let declines = changes.iter();
    let declines = declines.filter(|change| matches!(change, Change::Decline { .. }));
    let faults = declines.map(|change| PolicyFault {
        code: "W005",
        place: change.to_string(),
        message: "没有公布的方案，说不上谁不报到 / who does not come was placed by a list, and none is out"
            .to_owned(),
        advice: "公布之后用 shizi replan --plan 方案 --decline ……；只想知道少招几人会怎样，用 \
                 --set 渠道.at_most=人数 / after the list is out: shizi replan --plan; to try fewer \
                 recruits: --set LEVER.at_most=N"
            .to_owned(),
    });
    faults.collect()
}
