//! Changes as they are written: from a word and the text after it.

use toml::{Table, Value};

use super::super::key::key_parts;
use super::{Change, EVERYWHERE, Unlocked};
use crate::domain::{Form, LockKind, Stage};
use crate::policy::PolicyFault;

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
    /// Reads a change from its word and the text after it.
    ///
    /// # Errors
    /// What is wrong with the text, and how it is written.
    pub fn parse(word: &str, text: &str) -> Result<Self, PolicyFault> {
        let position = Self::WORDS.iter().position(|known| *known == word);
        let form = position.map_or("", |position| Self::FORMS[position]);
        let narrow = narrowed(word, text.trim());
        let text = narrow.as_str();
        let read = match word {
            "set" => parse_set(text),
            "without" => filled(text).map(|rule| Self::Without { rule }),
            "lock" => parse_lock(text),
            "unlock" => parse_unlock(text),
            "override" => parse_override(text),
            "absent" => filled(text).map(|teacher| Self::Absent { teacher }),
            "leave" => filled(text).map(|teacher| Self::Leave { teacher }),
            "recruit" => parse_recruit(text),
            "decline" => parse_decline(text),
            "classes" => parse_classes(text),
            "open" => parse_open(text),
            "close" => parse_close(text),
            _ => None,
        };
        read.ok_or_else(|| unreadable(word, text, form))
    }
}

/// The signs between words as keyboards for Chinese write them, in their narrow form. What stands in a
/// value of the policy stays as it is.
fn narrowed(word: &str, text: &str) -> String {
    let narrow = |sign: char| match sign {
        '＝' => '=',
        '：' => ':',
        '％' => '%',
        '＋' => '+',
        '－' => '-',
        other => other,
    };
    if word != "set" {
        return text.chars().map(narrow).collect();
    }
    let Some(equals) = text.find(['=', '＝']) else {
        return text.to_owned();
    };
    let (key, rest) = text.split_at(equals);
    let value = rest.chars().skip(1).collect::<String>();
    let share = value.strip_suffix('％').map(|number| format!("{number}%"));
    format!("{key}={}", share.unwrap_or(value))
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
fn value_of(text: &str) -> Value {
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
    let (school, stage, subject, count) = parse_post(text)?;
    Some(Change::Recruit {
        school,
        stage,
        subject,
        count,
    })
}

fn parse_decline(text: &str) -> Option<Change> {
    let (lever, post) = text.split_once(':')?;
    let (school, stage, subject, count) = parse_post(post)?;
    Some(Change::Decline {
        lever: filled(lever.trim())?,
        school,
        stage,
        subject,
        count,
    })
}

/// A post with so many persons, one where no number is given.
fn parse_post(text: &str) -> Option<(String, Stage, String, u32)> {
    let parts: Vec<&str> = text.split(':').map(str::trim).collect();
    let (school, stage, subject, count) = match parts.as_slice() {
        [school, stage, subject] => (school, stage, subject, 1),
        [school, stage, subject, count] => (school, stage, subject, count.parse().ok()?),
        _ => return None,
    };
    let count = Some(count).filter(|count| (1..=1000).contains(count))?;
    Some((
        filled(school)?,
        Stage::from_word(stage)?,
        filled(subject)?,
        count,
    ))
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
