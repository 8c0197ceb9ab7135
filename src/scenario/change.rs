//! What may be changed, and the words for it on the command line and in files of scenarios.

use std::fmt;

use toml::{Table, Value};

use super::key::key_parts;
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

/// A change that cannot be read.
fn unreadable(word: &str, text: &str, form: &str) -> PolicyFault {
    PolicyFault {
        code: "W001",
        place: word.to_owned(),
        message: format!("读不懂“{text}” / `{text}` cannot be read"),
        advice: format!("写法 / write: {form}"),
    }
}

impl Change {
    /// The words under which changes stand in files; those of the command line are the same.
    pub const WORDS: [&'static str; 11] = [
        "set", "without", "lock", "unlock", "override", "absent", "leave", "recruit", "classes",
        "open", "close",
    ];

    /// How each word is written.
    pub const FORMS: [&'static str; 11] = [
        "规则.键=值 RULE.KEY=VALUE",
        "规则 RULE",
        "教师=留任 | 派往:学校[:形式] | 不派往:学校 | 限定形式:形式 TEACHER=stay|go:SCHOOL[:FORM]|forbid:SCHOOL|form:FORM",
        "教师[=留任 | =派往:学校[:形式] ……] TEACHER[=stay|=go:SCHOOL[:FORM] ...]",
        "教师=派往:学校:交流|调动 TEACHER=go:SCHOOL:FORM",
        "教师 TEACHER",
        "教师 TEACHER",
        "学校:学段:学科[:人数] SCHOOL:STAGE:SUBJECT[:COUNT]",
        "学校|全区:学段[:年级]=+1|-1 SCHOOL|*:STAGE[:GRADE]=+1|-1",
        "校名:邻近学校:学段:班数 NAME:SCHOOL:STAGE:CLASSES",
        "学校[:并入学校] SCHOOL[:SCHOOL]",
    ];

    /// Reads a change from its word and the text after it.
    ///
    /// # Errors
    /// What is wrong with the text, and how it is written.
    pub fn parse(word: &str, text: &str) -> Result<Self, PolicyFault> {
        let position = Self::WORDS.iter().position(|known| *known == word);
        let form = position.map_or("", |position| Self::FORMS[position]);
        let text = text.trim();
        let read = match word {
            "set" => parse_set(text),
            "without" => filled(text).map(|rule| Self::Without { rule }),
            "lock" => parse_lock(text),
            "unlock" => parse_unlock(text),
            "override" => parse_override(text),
            "absent" => filled(text).map(|teacher| Self::Absent { teacher }),
            "leave" => filled(text).map(|teacher| Self::Leave { teacher }),
            "recruit" => parse_recruit(text),
            "classes" => parse_classes(text),
            "open" => parse_open(text),
            "close" => parse_close(text),
            _ => None,
        };
        read.ok_or_else(|| unreadable(word, text, form))
    }

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
            | Self::Classes { .. }
            | Self::Open { .. }
            | Self::Close { .. } => None,
        }
    }

    /// The text after the word, as it is read again.
    pub fn text(&self) -> String {
        match self {
            Self::Set { key, value } => format!("{key}={value}"),
            Self::Without { rule } => rule.clone(),
            Self::Lock {
                teacher,
                kind,
                school,
                form,
            } => lock_text(teacher, *kind, school.as_deref(), *form),
            Self::Unlock {
                teacher,
                lock: Some(lock),
            } => lock_text(teacher, lock.kind, lock.school.as_deref(), lock.form),
            Self::Unlock {
                teacher,
                lock: None,
            }
            | Self::Absent { teacher }
            | Self::Leave { teacher } => teacher.clone(),
            Self::Override {
                teacher,
                school,
                form,
            } => {
                let go = LockKind::Go.chinese();
                format!("{teacher}={go}:{school}:{}", form.chinese())
            }
            Self::Recruit {
                school,
                stage,
                subject,
                count,
            } => format!("{school}:{}:{subject}:{count}", stage.chinese()),
            Self::Classes {
                school,
                stage,
                grade,
                by,
            } => {
                let school = school.as_deref().unwrap_or(EVERYWHERE[0]);
                let grade = grade.map_or_else(String::new, |grade| format!(":{grade}"));
                format!("{school}:{}{grade}={by:+}", stage.chinese())
            }
            Self::Open {
                name,
                beside,
                stage,
                classes,
            } => format!("{name}:{beside}:{}:{classes}", stage.chinese()),
            Self::Close { school, into } => {
                let into = into
                    .as_ref()
                    .map_or_else(String::new, |to| format!(":{to}"));
                format!("{school}{into}")
            }
        }
    }
}

impl fmt::Display for Change {
    /// In the office's words.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.text();
        match self {
            Self::Set { .. } => formatter.write_str(&text),
            Self::Without { .. } => write!(formatter, "不要{text}"),
            Self::Lock { .. } => formatter.write_str(&text.replace('=', "")),
            Self::Unlock { .. } => write!(formatter, "取消锁定{}", text.replace('=', "")),
            Self::Override { .. } => write!(formatter, "破例{}", text.replace('=', "")),
            Self::Absent { .. } => write!(formatter, "{text}离岗"),
            Self::Leave { .. } => write!(formatter, "{text}离职"),
            Self::Recruit { .. } => write!(formatter, "新聘{text}"),
            Self::Classes { .. } => write!(formatter, "{text}班"),
            Self::Open { .. } => write!(formatter, "新建{text}班"),
            Self::Close { .. } => write!(formatter, "撤销{text}"),
        }
    }
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn parse_set(text: &str) -> Option<Change> {
    let (key, value) = text.split_once('=')?;
    let (key, value) = (key.trim(), value.trim());
    let keyed = key_parts(key).is_some_and(|parts| parts.len() > 1);
    (keyed && !value.is_empty()).then(|| Change::set(key, value_of(value)))
}

/// A value as TOML has it; what is none is taken as text, so that quotes may be left out.
pub(super) fn value_of(text: &str) -> Value {
    let table = format!("value = {text}").parse::<Table>().ok();
    let held = table.filter(|table| table.len() == 1);
    let value = held.and_then(|mut table| table.remove("value"));
    value.unwrap_or_else(|| Value::String(text.to_owned()))
}

fn parse_lock(text: &str) -> Option<Change> {
    let (teacher, what) = text.split_once('=')?;
    let mut parts = what.split(':').map(str::trim);
    let kind = LockKind::from_word(parts.next()?)?;
    let mut school = None;
    if matches!(kind, LockKind::Go | LockKind::Forbid) {
        school = Some(filled(parts.next()?)?);
    }
    let form = parts.next().map(Form::from_word);
    // A word that is no form is a mistake, not nothing.
    if form == Some(None) || parts.next().is_some() {
        return None;
    }
    let form = form.flatten();
    let fits = match kind {
        LockKind::Stay | LockKind::Forbid => form.is_none(),
        LockKind::OnlyForm => form.is_some(),
        LockKind::Go => true,
    };
    let teacher = filled(teacher.trim()).filter(|_| fits)?;
    Some(Change::Lock {
        teacher,
        kind,
        school,
        form,
    })
}

fn parse_override(text: &str) -> Option<Change> {
    match parse_lock(text)? {
        Change::Lock {
            teacher,
            kind: LockKind::Go,
            school: Some(school),
            form: Some(form @ (Form::Exchange | Form::Transfer)),
        } => Some(Change::Override {
            teacher,
            school,
            form,
        }),
        _ => None,
    }
}

/// The text of a lock, as it is read again.
fn lock_text(teacher: &str, kind: LockKind, school: Option<&str>, form: Option<Form>) -> String {
    let school = school.map_or_else(String::new, |to| format!(":{to}"));
    let form = form.map_or_else(String::new, |form| format!(":{}", form.chinese()));
    format!("{teacher}={}{school}{form}", kind.chinese())
}

fn parse_unlock(text: &str) -> Option<Change> {
    if !text.contains('=') {
        return filled(text).map(|teacher| Change::Unlock {
            teacher,
            lock: None,
        });
    }
    let Change::Lock {
        teacher,
        kind,
        school,
        form,
    } = parse_lock(text)?
    else {
        return None;
    };
    let lock = Some(Unlocked { kind, school, form });
    Some(Change::Unlock { teacher, lock })
}

fn parse_recruit(text: &str) -> Option<Change> {
    let parts: Vec<&str> = text.split(':').map(str::trim).collect();
    let (school, stage, subject, count) = match parts.as_slice() {
        [school, stage, subject] => (school, stage, subject, 1),
        [school, stage, subject, count] => (school, stage, subject, count.parse().ok()?),
        _ => return None,
    };
    Some(Change::Recruit {
        school: filled(school)?,
        stage: Stage::from_word(stage)?,
        subject: filled(subject)?,
        count: Some(count).filter(|count| (1..=1000).contains(count))?,
    })
}

fn parse_classes(text: &str) -> Option<Change> {
    let (place, by) = text.split_once('=')?;
    let parts: Vec<&str> = place.split(':').map(str::trim).collect();
    let (school, stage, grade) = match parts.as_slice() {
        [school, stage] => (school, stage, None),
        [school, stage, grade] => (school, stage, Some(grade.parse().ok()?)),
        _ => return None,
    };
    let by: i32 = by.trim().parse().ok()?;
    let grade = match grade {
        Some(grade) if (1..=12).contains(&grade) => Some(grade),
        Some(_) => return None,
        None => None,
    };
    Some(Change::Classes {
        school: (!EVERYWHERE.contains(school)).then(|| (*school).to_owned()),
        stage: Stage::from_word(stage)?,
        grade,
        by: Some(by).filter(|by| *by != 0 && by.abs() <= 10_000)?,
    })
}

fn parse_open(text: &str) -> Option<Change> {
    let parts: Vec<&str> = text.split(':').map(str::trim).collect();
    let [name, beside, stage, classes] = parts.as_slice() else {
        return None;
    };
    let classes = classes.parse().ok();
    Some(Change::Open {
        name: filled(name)?,
        beside: filled(beside)?,
        stage: Stage::from_word(stage)?,
        classes: classes.filter(|classes| (1..=1000).contains(classes))?,
    })
}

fn parse_close(text: &str) -> Option<Change> {
    let (school, into) = match text.split_once(':') {
        Some((school, into)) => (school.trim(), Some(filled(into.trim())?)),
        None => (text, None),
    };
    Some(Change::Close {
        school: filled(school)?,
        into,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_again_from_its_own_text() {
        let texts = [
            ("set", "rotation-quota.exactly=80"),
            ("set", "coverage.emphasis=[\"音乐\", \"心理\"]"),
            ("without", "reach-minutes"),
            ("lock", "T00223=留任"),
            ("lock", "T00223=派往:S059:交流"),
            ("lock", "T00223=不派往:S059"),
            ("lock", "T00223=限定形式:交流"),
            ("override", "T00223=派往:S059:调动"),
            ("unlock", "T00223"),
            ("unlock", "T00223=派往:S059:交流"),
            ("absent", "T00223"),
            ("leave", "王芳"),
            ("recruit", "S059:小学:音乐:2"),
            ("classes", "S059:小学:3=+1"),
            ("classes", "全区:小学=-40"),
            ("open", "城南初中:S059:初中:24"),
            ("close", "S059"),
            ("close", "S059:S060"),
        ];
        for (word, text) in texts {
            let change = Change::parse(word, text).unwrap();
            assert_eq!((change.word(), change.text().as_str()), (word, text));
        }
        let quota = Change::parse("set", " a.share = 10% ").unwrap();
        assert_eq!(quota, Change::set("a.share", Value::String("10%".into())));
        let count = Change::parse("recruit", "S1:小学:音乐").unwrap();
        assert!(matches!(count, Change::Recruit { count: 1, .. }));
    }

    #[test]
    fn what_cannot_be_read_is_refused_with_the_way_to_write_it() {
        let texts = [
            ("set", "exactly=80"),
            ("set", "a.b="),
            ("set", "a..b=1"),
            ("without", " "),
            ("lock", "T1"),
            ("lock", "T1=派往"),
            ("lock", "T1=留任:S1"),
            ("lock", "T1=派往:S1:步行"),
            ("lock", "T1=限定形式"),
            ("override", "T1=留任"),
            ("override", "T1=派往:S1"),
            ("override", "T1=派往:S1:支教"),
            ("unlock", "T1=派往"),
            ("recruit", "S1:音乐"),
            ("recruit", "S1:小学:音乐:0"),
            ("classes", "S1:小学=0"),
            ("classes", "S1:小学:13=+1"),
            ("classes", "S1:大学=+1"),
            ("open", "新校:S1:初中"),
            ("open", "新校:S1:初中:0"),
            ("close", "S1:"),
            ("fire", "T1"),
        ];
        for (word, text) in texts {
            let fault = Change::parse(word, text).unwrap_err();
            assert!(fault.message.contains(text), "{fault}");
        }
    }
}
