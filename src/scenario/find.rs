//! Whom and what words name in a district: people, schools, subjects.

use crate::domain::{District, SchoolIndex, SubjectIndex, TeacherIndex};
use crate::policy::{PolicyFault, did_you_mean};

/// The teacher of an id, or of a name that nobody else bears.
///
/// # Errors
/// Where there is none, or several bear the name.
pub fn find_teacher(district: &District, word: &str) -> Result<TeacherIndex, PolicyFault> {
    if let Some(found) = district.teacher_with_id(word) {
        return Ok(found);
    }
    let mut named = district
        .teacher_indices()
        .filter(|&index| district.teacher(index).name == word);
    match (named.next(), named.next()) {
        (Some(only), None) => Ok(only),
        (Some(_), Some(_)) => Err(fault(
            word,
            "有同名教师 / several teachers of that name",
            "请写教师编号 / give the id",
        )),
        (None, _) => {
            let ids = district.teachers.iter().map(|teacher| teacher.id.as_str());
            let advice = did_you_mean(word, ids).unwrap_or_default();
            Err(fault(word, "没有这位教师 / no such teacher", &advice))
        }
    }
}

/// The school of a code, or of a name that no other bears.
///
/// # Errors
/// Where there is none, or several bear the name.
pub fn find_school(district: &District, word: &str) -> Result<SchoolIndex, PolicyFault> {
    if let Some(found) = district.school_coded(word) {
        return Ok(found);
    }
    let mut named = district
        .school_indices()
        .filter(|&index| district.school(index).name == word);
    match (named.next(), named.next()) {
        (Some(only), None) => Ok(only),
        (Some(_), Some(_)) => Err(fault(
            word,
            "有同名学校 / several schools of that name",
            "请写学校代码 / give the code",
        )),
        (None, _) => {
            let schools = district.schools.iter();
            let words = schools.flat_map(|school| [school.code.as_str(), &school.name]);
            let advice = did_you_mean(word, words).unwrap_or_default();
            Err(fault(word, "没有这所学校 / no such school", &advice))
        }
    }
}

/// The subject of a name.
///
/// # Errors
/// Where there is none.
pub fn find_subject(district: &District, word: &str) -> Result<SubjectIndex, PolicyFault> {
    district.subject_named(word).ok_or_else(|| {
        let advice =
            did_you_mean(word, district.subjects.iter().map(String::as_str)).unwrap_or_default();
        fault(word, "没有这个学科 / no such subject", &advice)
    })
}

pub(super) fn fault(place: &str, message: &str, advice: &str) -> PolicyFault {
    PolicyFault {
        code: "W003",
        place: place.to_owned(),
        message: message.to_owned(),
        advice: advice.to_owned(),
    }
}
