//! Districts whose best plan is provable by hand: teachers at the first school, needs elsewhere.

use std::fmt::Write as _;

use super::{add_school, add_teacher, empty, state_need, subject};
use shizi::domain::district::TravelTime;
use shizi::domain::{
    Degree, DistrictParts, Minutes, Preference, SchoolIndex, Stage, SubjectIndex, TeacherIndex,
};

/// The subject of all posts, unless a scenario adds another.
pub(crate) const SUBJECT: &str = "语文";

/// Primary schools S0, S1 … with these needs in thousandths of a person, none of them small, and
/// so many teachers at S0. By [`cheapest_last`] the last teacher is the cheapest to move.
pub(crate) fn district(teachers: usize, needs: &[i64]) -> DistrictParts {
    at_stage(Stage::Primary, teachers, needs)
}

/// The same in another stage.
pub(crate) fn at_stage(stage: Stage, teachers: usize, needs: &[i64]) -> DistrictParts {
    let mut parts = empty(&[SUBJECT]);
    for &need in needs {
        let school = add_school(&mut parts, stage, 8);
        state_need(&mut parts, school, stage, SubjectIndex(0), need);
    }
    for _ in 0..teachers {
        teacher_at(&mut parts, 0);
    }
    parts
}

/// Adds a teacher at a school.
pub(crate) fn teacher_at(parts: &mut DistrictParts, school: u32) {
    let number = parts.teachers.len();
    let school = SchoolIndex(school);
    let stage = parts.schools[school.position()].classes[0].stage;
    let main = subject(parts, SUBJECT);
    add_teacher(parts, school, stage, main);
    parts.teachers[number].degree = Some(Degree::ALL[Degree::ALL.len() - 1 - number]);
}

/// Rules that make each teacher a little dearer to move than the next, so that the best plan is
/// one and not several.
pub(crate) fn cheapest_last() -> String {
    let mut text = String::new();
    for degree in &Degree::ALL[1..] {
        let code = degree.code();
        let _ = writeln!(
            text,
            "[rule.tie-{code}]\nkind = 'stability'\ntitle = '次序'\nlevel = 'people'\n\
             enforcement = 'objective'\nweight = 0.01\nwho = {{ degree_at_least = '{code}' }}"
        );
    }
    text
}

/// Minutes between S0 and S1, S2 … in this order.
pub(crate) fn minutes(parts: &mut DistrictParts, minutes: &[i64]) {
    for (position, &minutes) in minutes.iter().enumerate() {
        parts.travel.push(TravelTime {
            from: SchoolIndex(0),
            to: SchoolIndex(position as u32 + 1),
            minutes: Minutes(minutes),
        });
    }
}

/// A first wish.
pub(crate) fn wish(parts: &mut DistrictParts, teacher: u32, school: u32) {
    parts.preferences.push(Preference {
        teacher: TeacherIndex(teacher),
        school: SchoolIndex(school),
        rank: 1,
    });
}
