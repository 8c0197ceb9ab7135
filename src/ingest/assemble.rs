//! From what was read to a district: final numbers for subjects and teachers, everything sorted.

use crate::domain::{
    Capability, Decided, District, DistrictError, DistrictParts, SubjectIndex, Teacher,
    TeacherIndex,
};

use super::checks::{relatives_of, spouse_of};
use super::decisions::Decisions;
use super::gathering::{Gathering, NO_TRAVEL};
use super::particulars::Particulars;
use super::rounds::Rounds;
use super::schools::Schools;
use super::subjects::SubjectPool;
use super::teachers::{Teachers, renumber as renumber_subjects};

/// Everything that was read without an error.
pub(super) struct Parts {
    pub(super) particulars: Particulars,
    pub(super) schools: Schools,
    pub(super) teachers: Teachers,
    pub(super) subjects: SubjectPool,
    pub(super) decisions: Decisions,
    pub(super) rounds: Rounds,
}

/// Builds the district.
///
/// # Errors
/// Inconsistencies that the checks of reading should have found.
pub(super) fn assemble(
    parts: Parts,
    gathering: &mut Gathering,
) -> Result<District, Vec<DistrictError>> {
    let Parts {
        particulars,
        mut schools,
        teachers: read,
        subjects,
        decisions,
        mut rounds,
    } = parts;
    if decisions.travel.is_empty() {
        gathering.assume_for(&NO_TRAVEL, schools.sites.len());
    }
    let (names, numbers) = subjects.sorted();
    let place = |subject: SubjectIndex| numbers[subject.position()];
    for school in &mut schools.sites {
        for group in &mut school.classes {
            group.programme = group.programme.map(place);
        }
        school.classes.sort();
    }
    let (teachers, indices) = sorted_teachers(read, &schools, place);
    let teacher = |provisional: TeacherIndex| indices[provisional.position()];
    let mut decisions = decisions;
    renumber(&mut decisions, teacher, place);
    rounds.renumber(teacher, place);
    District::new(DistrictParts {
        name: particulars.name,
        code: particulars.code,
        // Without it there was a fault, and nothing is assembled.
        year_begin: particulars.year_begin.ok_or_else(Vec::new)?,
        data_date: particulars.data_date,
        subjects: names,
        units: schools.units,
        schools: schools.sites,
        teachers,
        stated_needs: decisions.stated_needs,
        travel: decisions.travel,
        preferences: decisions.preferences,
        nominations: decisions.nominations,
        locks: decisions.locks,
        decided: decisions.decided,
        weeks: decisions.weeks,
        results: rounds.results,
        scores: rounds.scores,
        quotas: rounds.quotas,
        assumptions: gathering.assumptions(),
    })
}

/// The teachers sorted by key, and for each place in the file the index among them.
fn sorted_teachers(
    read: Teachers,
    schools: &Schools,
    place: impl Fn(SubjectIndex) -> SubjectIndex,
) -> (Vec<Teacher>, Vec<TeacherIndex>) {
    let spouses: Vec<Option<usize>> = read
        .drafts
        .iter()
        .map(|draft| draft.as_ref().and_then(|draft| spouse_of(draft, &read)))
        .collect();
    let relatives: Vec<Vec<usize>> = read
        .drafts
        .iter()
        .map(|draft| {
            let draft = draft.as_ref();
            draft.map_or_else(Vec::new, |draft| relatives_of(draft, &read))
        })
        .collect();
    let Teachers {
        drafts, unnumbered, ..
    } = read;
    let mut indices = vec![TeacherIndex(0); drafts.len()];
    let mut listed: Vec<(usize, Teacher)> = drafts
        .into_iter()
        .enumerate()
        .filter_map(|(at, draft)| Some((at, renumbered(draft?.teacher, &place))))
        .collect();
    if unnumbered {
        give_keys(&mut listed, schools);
    }
    listed.sort_by(|one, other| one.1.id.cmp(&other.1.id));
    for (index, (at, _)) in listed.iter().enumerate() {
        indices[*at] = TeacherIndex(index as u32);
    }
    let mut teachers: Vec<Teacher> = listed
        .into_iter()
        .map(|(at, mut teacher)| {
            teacher.spouse = spouses[at].map(|spouse| indices[spouse]);
            let others = relatives[at].iter().filter(|&&other| other != at);
            teacher.relatives = others.map(|&other| indices[other]).collect();
            teacher.relatives.sort_unstable();
            teacher.relatives.dedup();
            teacher
        })
        .collect();
    relate_both_ways(&mut teachers);
    (teachers, indices)
}

/// Who is named as a spouse and names nobody, or as a relative, is so in turn.
fn relate_both_ways(teachers: &mut [Teacher]) {
    for place in 0..teachers.len() {
        let index = TeacherIndex(place as u32);
        if let Some(spouse) = teachers[place].spouse {
            let back = &mut teachers[spouse.position()].spouse;
            *back = back.or(Some(index));
        }
        for relative in teachers[place].relatives.clone() {
            let back = &mut teachers[relative.position()].relatives;
            if let Err(at) = back.binary_search(&index) {
                back.insert(at, index);
            }
        }
    }
}

fn renumbered(mut teacher: Teacher, place: &impl Fn(SubjectIndex) -> SubjectIndex) -> Teacher {
    renumber_subjects(&mut teacher, place);
    for list in [&mut teacher.further, &mut teacher.certificates] {
        list.sort_unstable();
        list.dedup();
    }
    let main = Capability {
        stage: teacher.stage,
        subject: teacher.subject,
    };
    teacher.further.retain(|held| *held != main);
    teacher
}

/// Numbers teachers by school, name and everything else that is known of them, so that the order of
/// rows matters only between persons of whom all is the same.
fn give_keys(listed: &mut [(usize, Teacher)], schools: &Schools) {
    listed.sort_by_cached_key(|(_, teacher)| {
        let code = &schools.sites[teacher.school.position()].code;
        (code.clone(), teacher.name.clone(), format!("{teacher:?}"))
    });
    for (number, (_, teacher)) in listed.iter_mut().enumerate() {
        teacher.id = format!("T{:05}", number + 1);
    }
}

fn renumber(
    decisions: &mut Decisions,
    teacher: impl Fn(TeacherIndex) -> TeacherIndex,
    place: impl Fn(SubjectIndex) -> SubjectIndex,
) {
    for need in &mut decisions.stated_needs {
        need.subject = place(need.subject);
    }
    for wish in &mut decisions.preferences {
        wish.teacher = teacher(wish.teacher);
    }
    for nomination in &mut decisions.nominations {
        nomination.teacher = teacher(nomination.teacher);
    }
    for lock in &mut decisions.locks {
        lock.teacher = teacher(lock.teacher);
    }
    for decided in &mut decisions.decided {
        decided.teacher = teacher(decided.teacher);
    }
    for week in &mut decisions.weeks {
        week.teacher = teacher(week.teacher);
    }
    decisions.weeks.sort_unstable();
    decisions
        .stated_needs
        .sort_by_key(|need| (need.school, need.stage, need.subject));
    decisions
        .preferences
        .sort_by_key(|wish| (wish.teacher, wish.rank));
    decisions.nominations.sort();
    decisions
        .locks
        .sort_by(|one, other| lock_key(one).cmp(&lock_key(other)));
    decisions.decided.sort_by_key(Decided::order);
}

fn lock_key(
    lock: &crate::domain::Lock,
) -> (
    TeacherIndex,
    crate::domain::LockKind,
    Option<crate::domain::SchoolIndex>,
    &str,
) {
    (lock.teacher, lock.kind, lock.school, &lock.reason)
}
