//! Random districts so small that every plan can be looked at.

use super::{add_school, add_teacher, empty, state_need, year_begin};
use crate::programs::Numbers;
use shizi::domain::district::TravelTime;
use shizi::domain::{
    Backbone, Capability, Competition, CompetitionResult, Decided, DecidedKind, Deferral, District,
    DistrictParts, Employment, Form, Given, ItinerantWeek, Lock, LockKind, Minutes, Nomination,
    Office, Preference, Quota, RunningExchange, SchoolIndex, SchoolState, Score, Stage, Status,
    SubjectIndex, TeacherIndex, Title, UnitIndex, WEEK, Zone,
};

const SUBJECTS: [&str; 3] = ["数学", "语文", "音乐"];

/// A district of three to five teachers at two or three schools.
pub(crate) fn district(numbers: &mut Numbers) -> District {
    let mut parts = empty(&SUBJECTS[..numbers.between(2, 3) as usize]);
    schools(&mut parts, numbers);
    for _ in 0..numbers.between(3, 5) {
        teacher(&mut parts, numbers);
    }
    kin(&mut parts, numbers);
    states(&mut parts, numbers);
    needs(&mut parts, numbers);
    decisions(&mut parts, numbers);
    wishes(&mut parts, numbers);
    rounds(&mut parts, numbers);
    weeks(&mut parts, numbers);
    exchanges(&mut parts, &mut numbers.aside(1));
    District::new(parts).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

fn any_subject(parts: &DistrictParts, numbers: &mut Numbers) -> SubjectIndex {
    SubjectIndex(numbers.between(0, parts.subjects.len() as i64 - 1) as u32)
}

fn any_school(parts: &DistrictParts, numbers: &mut Numbers) -> SchoolIndex {
    SchoolIndex(numbers.between(0, parts.schools.len() as i64 - 1) as u32)
}

fn schools(parts: &mut DistrictParts, numbers: &mut Numbers) {
    let main = if numbers.chance(20) {
        Stage::Vocational
    } else {
        Stage::Primary
    };
    for position in 0..numbers.between(2, 3) {
        let stage = if numbers.chance(85) {
            main
        } else {
            Stage::Junior
        };
        let school = add_school(parts, stage, numbers.between(1, 9) as u32);
        if numbers.chance(15) {
            let mut second = parts.schools[school.position()].classes[0].clone();
            second.stage = Stage::Junior;
            parts.schools[school.position()].classes.push(second);
            parts.schools[school.position()].classes.sort();
            parts.schools[school.position()].classes.dedup();
        }
        if position > 0 && numbers.chance(20) {
            parts.schools[school.position()].unit = UnitIndex(0);
        }
        let unit = parts.schools[school.position()].unit;
        if numbers.chance(60) {
            parts.units[unit.position()].establishment = Some(numbers.between(0, 4) as u32);
        }
        if numbers.chance(40) {
            parts.units[unit.position()].senior_posts = Given(Some(numbers.between(0, 2) as u32));
            parts.units[unit.position()].middle_posts = Given(Some(numbers.between(0, 3) as u32));
        }
        let held = &mut parts.schools[school.position()];
        held.zone = Zone::ALL[numbers.between(0, 2) as usize];
        held.sending = numbers.chance(60);
        held.receiving = numbers.chance(60);
        held.dormitory = numbers.chance(20);
        held.remote = numbers.chance(20);
        held.failed_indicators = u32::from(numbers.chance(20));
        held.cluster = numbers.chance(50).then(|| "东片".to_owned());
    }
    for from in 0..parts.schools.len() as u32 {
        if numbers.chance(30) {
            let to = any_school(parts, numbers);
            parts.travel.push(TravelTime {
                from: SchoolIndex(from),
                to,
                minutes: Minutes(numbers.between(5, 90)),
            });
        }
    }
}

fn teacher(parts: &mut DistrictParts, numbers: &mut Numbers) {
    let school = any_school(parts, numbers);
    let stages: Vec<Stage> = parts.schools[school.position()].stages().collect();
    let stage = stages[numbers.between(0, stages.len() as i64 - 1) as usize];
    let subject = any_subject(parts, numbers);
    let position = add_teacher(parts, school, stage, subject);
    let (other, origin) = (any_subject(parts, numbers), any_school(parts, numbers));
    let held = &mut parts.teachers[position];
    if numbers.chance(45) && other != subject {
        held.further = vec![Capability {
            stage,
            subject: other,
        }];
    }
    held.class_teacher = numbers.chance(30);
    held.backbone = Backbone::ALL[numbers.between(0, 4) as usize];
    held.programme_teacher = stage == Stage::Vocational && numbers.chance(70);
    held.dual_qualified = numbers.chance(40);
    held.practice_months = Given(numbers.chance(30).then(|| numbers.between(0, 12) as u32));
    held.title = Title::ALL[numbers.between(0, Title::ALL.len() as i64 - 1) as usize];
    if numbers.chance(30) {
        held.certificates.clear();
    }
    if numbers.chance(20) {
        held.arrival = numbers.chance(50).then(|| year_begin().plus(-24));
    }
    if numbers.chance(10) {
        held.employment = Employment::Temporary;
        held.establishment_unit = None;
    }
    if numbers.chance(8) {
        held.status = Status::ALL[numbers.between(0, 9) as usize];
    }
    if numbers.chance(8) {
        held.deferral = Some(Deferral::Pregnancy);
    }
    if numbers.chance(8) {
        held.office = Office::Head;
    }
    if numbers.chance(12) && origin != school {
        held.running = Some(RunningExchange {
            start: Some(year_begin().plus(-24)),
            end: numbers
                .chance(80)
                .then(|| year_begin().plus(if numbers.chance(50) { 12 } else { 0 })),
            origin,
            personnel_moved: numbers.chance(20),
        });
    }
}

/// A couple, and two who may not be set over one another.
fn kin(parts: &mut DistrictParts, numbers: &mut Numbers) {
    for school in &mut parts.schools {
        let town = ["", "甲镇", "乙镇"][numbers.between(0, 2) as usize];
        town.clone_into(&mut school.town);
    }
    let last = parts.teachers.len() - 1;
    if numbers.chance(40) {
        parts.teachers[0].spouse = Some(TeacherIndex(last as u32));
        parts.teachers[last].spouse = Some(TeacherIndex(0));
    }
    if numbers.chance(30) {
        parts.teachers[0].relatives = vec![TeacherIndex(1)];
        parts.teachers[1].relatives = vec![TeacherIndex(0)];
        parts.teachers[1].office = Office::Middle;
    }
}

/// A school that ends, a new one, a partner outside, a pair.
fn states(parts: &mut DistrictParts, numbers: &mut Numbers) {
    if numbers.chance(15) {
        parts.schools[1].state = SchoolState::New;
    }
    if numbers.chance(20) {
        let merges = numbers.chance(50);
        let school = &mut parts.schools[0];
        school.classes.clear();
        school.state = if merges {
            SchoolState::Merging
        } else {
            SchoolState::Closing
        };
        school.merged_into = (merges || numbers.chance(50)).then_some(SchoolIndex(1));
    }
    if numbers.chance(30) {
        parts.schools[1].partner = Some(SchoolIndex(0));
    }
    if numbers.chance(20) {
        let outside = add_school(parts, Stage::Primary, 0);
        let school = &mut parts.schools[outside.position()];
        school.classes.clear();
        school.state = SchoolState::Outside;
    }
}

fn needs(parts: &mut DistrictParts, numbers: &mut Numbers) {
    for school in 0..parts.schools.len() {
        let stages: Vec<Stage> = parts.schools[school].stages().collect();
        for stage in stages {
            for subject in 0..parts.subjects.len() as u32 {
                if numbers.chance(80) {
                    let tenths = numbers.between(0, 25) * 100;
                    let need = if numbers.chance(20) {
                        tenths + 37
                    } else {
                        tenths
                    };
                    let school = SchoolIndex(school as u32);
                    state_need(parts, school, stage, SubjectIndex(subject), need);
                }
            }
        }
    }
}

fn decisions(parts: &mut DistrictParts, numbers: &mut Numbers) {
    for position in 0..parts.teachers.len() {
        let teacher = TeacherIndex(position as u32);
        if numbers.chance(8) {
            let school = any_school(parts, numbers);
            let kind = DecidedKind::ALL[numbers.between(0, 6) as usize];
            let moves = matches!(kind, DecidedKind::Transfer | DecidedKind::Exchange);
            if !moves || school != parts.teachers[position].school {
                parts.decided.push(Decided {
                    teacher,
                    kind,
                    school: moves.then_some(school),
                    date: None,
                    basis: "局务会".to_owned(),
                });
            }
        }
        if numbers.chance(12) {
            let kind = LockKind::ALL[numbers.between(0, 3) as usize];
            let form = match (kind, numbers.chance(50)) {
                (LockKind::OnlyForm, true) => Some(Form::Transfer),
                (LockKind::OnlyForm, false) => Some(Form::Exchange),
                _ => None,
            };
            let names_school = matches!(kind, LockKind::Go | LockKind::Forbid);
            let school = names_school.then(|| any_school(parts, numbers));
            parts.locks.push(Lock {
                teacher,
                kind,
                school,
                form,
                reason: "工作需要".to_owned(),
            });
        }
        if numbers.chance(8) {
            parts.nominations.push(Nomination { teacher });
        }
    }
}

/// How often everybody was sent before, of most of them.
fn exchanges(parts: &mut DistrictParts, numbers: &mut Numbers) {
    if numbers.chance(40) {
        return;
    }
    for held in &mut parts.teachers {
        let made = numbers.chance(85).then(|| numbers.between(0, 2) as u32);
        held.earlier_exchanges = Given(made);
    }
}

/// Weeks of 走教 that run, are decided, end or begin later.
fn weeks(parts: &mut DistrictParts, numbers: &mut Numbers) {
    for position in 0..parts.teachers.len() {
        if !numbers.chance(20) {
            continue;
        }
        let mut days = [parts.teachers[position].school; WEEK as usize];
        let school = any_school(parts, numbers);
        if parts.schools[school.position()].state == SchoolState::Outside {
            continue;
        }
        for day in &mut days[..numbers.between(1, 4) as usize] {
            *day = school;
        }
        parts.weeks.push(ItinerantWeek {
            teacher: TeacherIndex(position as u32),
            days,
            start: (numbers.chance(50)).then(|| year_begin().plus(numbers.between(-1, 1) as i32)),
            end: (numbers.chance(50)).then(|| year_begin().plus(numbers.between(0, 12) as i32)),
        });
    }
}

fn wishes(parts: &mut DistrictParts, numbers: &mut Numbers) {
    for position in 0..parts.teachers.len() {
        let wished = if numbers.chance(40) {
            numbers.between(1, 2)
        } else {
            0
        };
        for rank in 1..=wished {
            let school = any_school(parts, numbers);
            parts.preferences.push(Preference {
                teacher: TeacherIndex(position as u32),
                school,
                rank: rank as u32,
            });
        }
    }
}

fn rounds(parts: &mut DistrictParts, numbers: &mut Numbers) {
    if numbers.chance(30) {
        for position in 0..parts.teachers.len() {
            let outcome = match numbers.between(0, 3) {
                0 => Competition::Released,
                1 => Competition::Engaged,
                _ => continue,
            };
            let subject = numbers.chance(30).then(|| any_subject(parts, numbers));
            parts.results.push(CompetitionResult {
                teacher: TeacherIndex(position as u32),
                outcome,
                stage: None,
                subject,
            });
        }
    }
    if numbers.chance(50) {
        let mut scores: Vec<Score> = Vec::new();
        for wish in &parts.preferences {
            scores.push(Score {
                teacher: wish.teacher,
                school: wish.school,
                subject: None,
                hundredths: numbers.between(60, 64) as u32 * 100,
            });
        }
        scores.sort_unstable();
        scores.dedup_by_key(|score| (score.teacher, score.school));
        parts.scores = scores;
    }
    if numbers.chance(30) {
        for school in 0..parts.schools.len() as u32 {
            let Some(stage) = parts.schools[school as usize].stages().next() else {
                continue;
            };
            parts.quotas.push(Quota {
                school: SchoolIndex(school),
                stage,
                subject: any_subject(parts, numbers),
                sent: numbers.between(0, 2) as u32,
                received: numbers.between(0, 2) as u32,
            });
        }
    }
}
