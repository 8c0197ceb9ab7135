//! The texts of changes: as they are read again, and in the office's words.

use std::fmt;

use super::{Change, EVERYWHERE};
use crate::domain::{Form, LockKind, Stage};

impl Change {
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
            Self::Unlock { teacher, lock } => lock.as_ref().map_or_else(
                || teacher.clone(),
                |lock| lock_text(teacher, lock.kind, lock.school.as_deref(), lock.form),
            ),
            Self::Absent { teacher } | Self::Leave { teacher } => teacher.clone(),
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
            } => post_text(school, *stage, subject, *count),
            Self::Decline {
                lever,
                school,
                stage,
                subject,
                count,
            } => format!("{lever}:{}", post_text(school, *stage, subject, *count)),
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
            Self::Decline { .. } => write!(formatter, "{text}人不报到"),
            Self::Classes { .. } => write!(formatter, "{text}班"),
            Self::Open { .. } => write!(formatter, "新建{text}班"),
            Self::Close { .. } => write!(formatter, "撤销{text}"),
        }
    }
}

/// The text of a lock, as it is read again.
fn lock_text(teacher: &str, kind: LockKind, school: Option<&str>, form: Option<Form>) -> String {
    let school = school.map_or_else(String::new, |to| format!(":{to}"));
    let form = form.map_or_else(String::new, |form| format!(":{}", form.chinese()));
    format!("{teacher}={}{school}{form}", kind.chinese())
}

/// A post with so many persons, as it is read again.
fn post_text(school: &str, stage: Stage, subject: &str, count: u32) -> String {
    format!("{school}:{}:{subject}:{count}", stage.chinese())
}
