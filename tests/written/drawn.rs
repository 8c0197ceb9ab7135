//! Districts that have whatever a roster may say.

use std::collections::BTreeMap;

use shizi::domain::district::TravelTime;
use shizi::domain::{
    Capability, Coordinates, DecidedKind, Deferral, Degree, District, DistrictParts, Employment,
    Given, Lock, LockKind, NeedAmount, Office, Periods, PostCategory, RunningExchange, SchoolIndex,
    Sex, Stage, Status, SubjectIndex, Teacher, TeacherIndex, UnitIndex,
};

use crate::full;
use crate::programs::Numbers;

/// What is drawn for plans without regard to files, such that files can say it.
pub(crate) fn readable(district: District) -> DistrictParts {
    let mut parts = district.into_parts();
    let begin = parts.year_begin;
    let mut ways = BTreeMap::new();
    for way in parts.travel.iter().filter(|way| way.from != way.to) {
        ways.entry((way.from, way.to)).or_insert(way.minutes);
    }
    for (&(from, to), &minutes) in &ways.clone() {
        ways.entry((to, from)).or_insert(minutes);
    }
    let ways = ways.into_iter();
    let way = |((from, to), minutes)| TravelTime { from, to, minutes };
    parts.travel = ways.map(way).collect();
    let teachers = parts.teachers.clone();
    let person = |teacher: TeacherIndex| &teachers[teacher.position()];
    parts.decided.retain(|decided| {
        let needs_exchange = matches!(decided.kind, DecidedKind::Return | DecidedKind::Continue);
        !needs_exchange || person(decided.teacher).running.is_some()
    });
    let is_own = |lock: &Lock| lock.school == Some(person(lock.teacher).school);
    parts
        .locks
        .retain(|lock| lock.kind != LockKind::Go || !is_own(lock));
    let mut wished = Vec::new();
    parts.preferences.retain(|wish| {
        let is_new = !wished.contains(&(wish.teacher, wish.school));
        wished.push((wish.teacher, wish.school));
        is_new
    });
    parts.weeks.retain(|week| {
        let teacher = person(week.teacher);
        let leaves = week.days.iter().any(|&day| day != teacher.school);
        let is_reversed = week
            .start
            .zip(week.end)
            .is_some_and(|(start, end)| end <= start);
        leaves && !is_reversed && (teacher.running.is_none() || !week.holds(begin))
    });
    // Units that run no school cannot be said.
    let runs = |unit: UnitIndex| parts.schools.iter().any(|school| school.unit == unit);
    let kept: Vec<UnitIndex> = (0..parts.units.len() as u32)
        .map(UnitIndex)
        .filter(|&unit| runs(unit))
        .collect();
    let place =
        |unit: UnitIndex| UnitIndex(kept.iter().position(|&held| held == unit).unwrap() as u32);
    for school in &mut parts.schools {
        school.unit = place(school.unit);
    }
    for teacher in &mut parts.teachers {
        teacher.establishment_unit = teacher.establishment_unit.map(place);
    }
    let units = kept.iter().map(|unit| parts.units[unit.position()].clone());
    parts.units = units.collect();
    parts
}

/// Whatever may be taught, certified or not.
fn teach(teacher: &mut Teacher, parts: &DistrictParts, numbers: &mut Numbers) {
    let mut any = |count: usize| numbers.between(0, count as i64 - 1) as usize;
    let mut capabilities = |most: usize| {
        let mut held: Vec<Capability> = (0..any(most + 1))
            .map(|_| Capability {
                stage: Stage::ALL[any(6)],
                subject: SubjectIndex(any(parts.subjects.len()) as u32),
            })
            .collect();
        held.sort_unstable();
        held.dedup();
        held
    };
    teacher.certificates = capabilities(4);
    teacher.further = capabilities(3);
    teacher.subject = SubjectIndex(any(parts.subjects.len()) as u32);
    let main = (teacher.stage, teacher.subject);
    teacher
        .further
        .retain(|held| (held.stage, held.subject) != main);
}

/// Somebody with whatever a roster may say.
fn alter(teacher: &mut Teacher, parts: &DistrictParts, numbers: &mut Numbers) {
    let mut any = |count: usize| numbers.between(0, count as i64 - 1) as usize;
    let month = |back: usize| parts.year_begin.plus(-(back as i32));
    teacher.sex = [None, Some(Sex::Male), Some(Sex::Female)][any(3)];
    teacher.birth = [None, Some(month(400 + any(300)))][any(2)];
    teacher.first_job = [None, Some(month(150 + any(50)))][any(2)];
    teacher.arrival = [None, Some(month(any(140)))][any(2)];
    teacher.degree = [None, Some(Degree::ALL[any(6)])][any(2)];
    teacher.deferral = [None, Some(Deferral::ALL[any(8)])][any(2)];
    teacher.category = PostCategory::ALL[any(3)];
    teacher.status = Status::ALL[any(10)];
    teacher.status_from = [None, Some(month(10 + any(9)))][any(2)];
    teacher.status_until = [None, Some(month(any(9)))][any(2)];
    teacher.office = Office::ALL[any(6)];
    teacher.office_terms = any(4) as u32;
    teacher.weekly_periods = [None, Some(Periods(any(601) as i64))][any(2)];
    teacher.earlier_exchanges = Given([None, Some(any(9) as u32)][any(2)]);
    teacher.practice_months = Given([None, Some(any(61) as u32)][any(2)]);
    teacher.class_teacher = any(2) == 0;
    teacher.programme_teacher = any(2) == 0;
    teacher.dual_qualified = any(2) == 0;
    let home = [None, Some("'城，关 \"镇\"")][any(2)];
    teacher.home_town = home.map(str::to_owned);
    let is_temporary = any(4) == 0;
    teacher.employment =
        [Employment::Establishment, Employment::Temporary][usize::from(is_temporary)];
    let unit = UnitIndex(any(parts.units.len()) as u32);
    teacher.establishment_unit = (!is_temporary).then_some(unit);
    teacher.stage = Stage::ALL[any(6)];
    teacher.grades = match teacher.stage {
        Stage::Kindergarten => Vec::new(),
        Stage::Primary => vec![1, 6],
        Stage::Junior => vec![6, 7, 9],
        Stage::Senior | Stage::Vocational => vec![10, 12],
        Stage::Special => vec![1, 5, 12],
    };
    let origin = SchoolIndex(any(parts.schools.len()) as u32);
    let start = [None, Some(month(12 + any(30)))][any(2)];
    let end = [
        None,
        Some(month(any(11))),
        Some(month(0).plus(any(30) as i32)),
    ][any(3)];
    let personnel_moved = any(2) == 0;
    teacher.running = (any(3) == 0 && origin != teacher.school).then_some(RunningExchange {
        start,
        end,
        origin,
        personnel_moved,
    });
}

/// Names that reading would take for others, or for several, where they stood alone.
const ODD_SUBJECTS: [&str; 12] = [
    "幼儿保育",
    "学校管理",
    "其他",
    "无",
    "数控/机电",
    "3+2汽修",
    "-制冷",
    "艺术",
    "全科",
    "政治",
    "senior服务",
    "小学教育（本科）",
];

pub(crate) fn odd(seed: u64) -> DistrictParts {
    let numbers = &mut Numbers::new(seed);
    let mut parts = full().into_parts();
    // Free names stand last, so that nobody's subject changes its number.
    parts.decided.clear();
    parts.weeks.clear();
    parts.subjects.extend(ODD_SUBJECTS.map(str::to_owned));
    let mut sorted = parts.subjects.clone();
    sorted.sort();
    let numbered: Vec<u32> = parts
        .subjects
        .iter()
        .map(|name| sorted.iter().position(|held| held == name).unwrap() as u32)
        .collect();
    let place = |subject: &mut SubjectIndex| *subject = SubjectIndex(numbered[subject.position()]);
    let groups = parts
        .schools
        .iter_mut()
        .flat_map(|school| &mut school.classes);
    groups
        .filter_map(|group| group.programme.as_mut())
        .for_each(place);
    parts
        .stated_needs
        .iter_mut()
        .for_each(|need| place(&mut need.subject));
    parts
        .quotas
        .iter_mut()
        .for_each(|quota| place(&mut quota.subject));
    parts.results.clear();
    parts.scores.clear();
    parts.subjects = sorted;
    let mut teachers = parts.teachers.clone();
    for teacher in &mut teachers {
        alter(teacher, &parts, numbers);
        teach(teacher, &parts, numbers);
        teacher.spouse = None;
    }
    let ids = ["A/1", "A+2"];
    ids[numbers.between(0, 1) as usize].clone_into(&mut teachers[0].id);
    teachers.sort_by(|one, other| one.id.cmp(&other.id));
    parts.teachers = teachers;
    let last = TeacherIndex(parts.teachers.len() as u32 - 1);
    parts.teachers[0].relatives = vec![TeacherIndex(1), last];
    parts.teachers[1].relatives = vec![TeacherIndex(0)];
    parts.teachers[last.position()].relatives = vec![TeacherIndex(0)];
    parts.teachers[2].spouse = Some(TeacherIndex(0));
    parts.teachers[0].spouse = Some(TeacherIndex(2));
    parts.locks.clear();
    parts.preferences.clear();
    parts.nominations.clear();
    for need in &mut parts.stated_needs {
        need.amount = NeedAmount::Periods(Periods(numbers.between(0, 900)));
    }
    parts.schools[0].coordinates = Some(Coordinates {
        latitude: 29_000_001,
        longitude: 107_100_000,
    });
    parts
}
