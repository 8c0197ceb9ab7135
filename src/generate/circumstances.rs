//! What happens to people: exchanges that run, leave, deferral, staff outside the establishment,
//! the dual-qualified.

use std::collections::BTreeMap;

use crate::domain::{Deferral, Employment, Month, Office, Sex, Stage, Status, Title, Zone};

use super::chance::Chance;
use super::customs::Customs;
use super::people::age;
use super::records::{ExchangeRecord, SchoolRecord, TeacherRecord};

/// Staff outside the establishment, in thousandths of all teachers.
const TEMPORARY_PERMILLE: usize = 8;

/// The dates that all of this hangs on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Calendar {
    pub(super) data: Month,
    pub(super) year_begin: Month,
}

/// Young people without a post, mostly for what rural and town schools lack.
pub(super) fn add_temporaries(
    teachers: &mut Vec<TeacherRecord>,
    schools: &[SchoolRecord],
    calendar: Calendar,
    chance: &mut Chance,
) {
    for _ in 0..teachers.len() * TEMPORARY_PERMILLE / 1_000 {
        let mut like = chance.pick(teachers.as_slice()).clone();
        while !like.stage.is_compulsory() || schools[like.school].zone == Zone::Urban {
            like = chance.pick(teachers.as_slice()).clone();
        }
        let months = 12 * chance.between(22, 34) + chance.between(0, 11);
        like.birth = calendar.data.plus(-months);
        let years = chance.between(1, 3).min(months / 12 - 21);
        like.arrival = calendar.year_begin.plus(-12 * years);
        like.first_job = like.arrival;
        like.subject = *chance.pick(&["体育", "音乐", "美术", "英语", "语文"]);
        like.certificate_subjects = vec![like.subject];
        like.unit = None;
        like.employment = Employment::Temporary;
        like.title = Title::None;
        // The sex goes with the name that was copied; the family name changes.
        like.name = format!(
            "{}{}",
            chance.pick(&["万", "任", "向", "龙", "谭"]),
            &like.name[3..]
        );
        teachers.push(like);
    }
    teachers.sort_by_key(|row| (row.school, row.stage, row.unit.is_none(), row.subject));
    let digits = teachers.len().to_string().len().max(5);
    for (number, teacher) in teachers.iter_mut().enumerate() {
        teacher.id = format!("T{:0digits$}", number + 1);
    }
}

/// Some of those who serve in receiving schools are there on exchange from a sending school.
pub(super) fn set_exchanges(
    teachers: &mut [TeacherRecord],
    schools: &[SchoolRecord],
    customs: &Customs,
    calendar: Calendar,
    chance: &mut Chance,
) {
    let compulsory = teachers
        .iter()
        .filter(|row| row.stage.is_compulsory())
        .count();
    let mut guests = vec![0_usize; schools.len()];
    let mut staff = vec![0_usize; schools.len()];
    for teacher in teachers.iter() {
        staff[teacher.school] += 1;
    }
    let mut candidates: Vec<usize> = (0..teachers.len())
        .filter(|&one| {
            let teacher = &teachers[one];
            teacher.stage.is_compulsory()
                && teacher.is_permanent()
                && schools[teacher.school].receiving
                && !schools[teacher.school].sending
                && (28..50).contains(&age(teacher, calendar.data))
                && calendar.year_begin.months_since(teacher.first_job) >= 7 * 12
        })
        .collect();
    chance.shuffle(&mut candidates);
    let senders: BTreeMap<Stage, Vec<usize>> = [Stage::Primary, Stage::Junior]
        .into_iter()
        .map(|stage| {
            let sends =
                |&place: &usize| schools[place].sending && schools[place].stage_totals(stage).0 > 0;
            (stage, (0..schools.len()).filter(sends).collect())
        })
        .collect();
    let mut left = compulsory * customs.exchanges / 1_000;
    for one in candidates {
        let school = teachers[one].school;
        // A small site does not live on guests alone.
        if left == 0 || guests[school] * 5 >= staff[school] {
            continue;
        }
        let origin = *chance.pick(&senders[&teachers[one].stage]);
        // Exchanges take one to three years, mostly three; those that are over are not in the
        // roster, so that recent ones are more and about half end when the year begins.
        let begun = *chance.pick(&[1, 1, 1, 2, 2, 3]);
        let years = begun.max(*chance.pick(&[1, 2, 3, 3]));
        let start = calendar.year_begin.plus(-12 * begun);
        let personnel_moved = chance.permille(100);
        let form = *chance.pick(&["定期交流", "顶岗交流", "支教交流"]);
        let teacher = &mut teachers[one];
        teacher.arrival = start;
        teacher.unit = Some(schools[if personnel_moved { school } else { origin }].unit);
        teacher.exchange = Some(ExchangeRecord {
            form,
            start,
            end: start.plus(12 * years),
            origin,
            personnel_moved,
        });
        guests[school] += 1;
        left -= 1;
    }
}

type Condition = fn(&TeacherRecord, Calendar) -> bool;

fn young_woman(teacher: &TeacherRecord, calendar: Calendar) -> bool {
    teacher.sex == Sex::Female && (24..40).contains(&age(teacher, calendar.data))
}

fn anyone(_: &TeacherRecord, _: Calendar) -> bool {
    true
}

fn just_begun(teacher: &TeacherRecord, calendar: Calendar) -> bool {
    calendar.year_begin.months_since(teacher.first_job) <= 12
}

fn bound(teacher: &TeacherRecord, calendar: Calendar) -> bool {
    (13..=72).contains(&calendar.year_begin.months_since(teacher.first_job))
}

fn mature(teacher: &TeacherRecord, calendar: Calendar) -> bool {
    (30..52).contains(&age(teacher, calendar.data))
}

/// Absences in tenths of a thousandth of the staff; with the deferrals they make 8%.
const ABSENCES: [(Status, u32, Condition); 6] = [
    (Status::MaternityLeave, 90, young_woman),
    (Status::SickLeave, 60, anyone),
    (Status::PersonalLeave, 15, mature),
    (Status::StudyLeave, 15, bound),
    (Status::Secondment, 100, mature),
    (Status::SupportElsewhere, 30, mature),
];

const DEFERRALS: [(Deferral, u32, Condition); 8] = [
    (Deferral::Pregnancy, 80, young_woman),
    (Deferral::Nursing, 80, young_woman),
    (Deferral::Illness, 50, anyone),
    (Deferral::Probation, 120, just_begun),
    (Deferral::ServicePeriod, 110, bound),
    (Deferral::Carer, 30, mature),
    (Deferral::Disability, 12, mature),
    (Deferral::Other, 8, anyone),
];

/// Who is away, who has given notice, and who is deferred.
pub(super) fn set_absences(
    teachers: &mut [TeacherRecord],
    calendar: Calendar,
    chance: &mut Chance,
) {
    let total = teachers.len() as u32;
    let mut order: Vec<usize> = (0..teachers.len()).collect();
    chance.shuffle(&mut order);
    let mut choose = |teachers: &mut [TeacherRecord], share: u32, holds: Condition| {
        let wanted = (total * share + 5_000) / 10_000;
        let chosen: Vec<usize> = order
            .iter()
            .copied()
            .filter(|&one| teachers[one].is_ordinary() && holds(&teachers[one], calendar))
            .take(wanted as usize)
            .collect();
        order.rotate_left(17);
        chosen
    };
    for (status, share, holds) in ABSENCES {
        for one in choose(teachers, share, holds) {
            let (from, until) = dates(status, calendar, chance);
            teachers[one].status = status;
            teachers[one].status_from = Some(from);
            teachers[one].status_until = until;
        }
    }
    for (deferral, share, holds) in DEFERRALS {
        for one in choose(teachers, share, holds) {
            teachers[one].deferral = Some(deferral);
        }
    }
    for (number, one) in choose(teachers, 12, mature).into_iter().enumerate() {
        if number < 2 {
            teachers[one].status = Status::Resigned;
            teachers[one].status_from = Some(calendar.year_begin.plus(-1));
        } else {
            teachers[one].status = Status::AwaitingPost;
            teachers[one].status_from = Some(calendar.year_begin.plus(-12));
        }
    }
}

/// First month away and first month back.
fn dates(status: Status, calendar: Calendar, chance: &mut Chance) -> (Month, Option<Month>) {
    match status {
        Status::MaternityLeave => {
            let from = calendar.data.plus(chance.between(-4, 0));
            (from, Some(from.plus(6)))
        }
        Status::SickLeave => {
            let from = calendar.data.plus(chance.between(-14, 0));
            let back = chance
                .permille(500)
                .then(|| calendar.year_begin.plus(6 * chance.between(0, 1)));
            (from, back)
        }
        Status::PersonalLeave => (calendar.data.plus(-2), Some(calendar.year_begin.plus(6))),
        _ => {
            let begun = 12 * chance.between(1, 2);
            let back = chance
                .permille(850)
                .then(|| calendar.year_begin.plus(12 * chance.between(0, 1)));
            (calendar.year_begin.plus(-begun), back)
        }
    }
}

/// 专业课教师, most of them 双师型. Some of these reach their age before the year begins.
pub(super) fn set_dual_qualified(
    teachers: &mut [TeacherRecord],
    programmes: &[&str],
    customs: &Customs,
    calendar: Calendar,
    chance: &mut Chance,
) {
    let mut programme: Vec<usize> = (0..teachers.len())
        .filter(|&one| programmes.contains(&teachers[one].subject))
        .collect();
    chance.shuffle(&mut programme);
    let dual = programme.len() * customs.dual_qualified / 1_000;
    let mut retiring = customs.dual_retiring;
    for (number, one) in programme.into_iter().enumerate() {
        teachers[one].programme_teacher = true;
        let teacher = &mut teachers[one];
        teacher.dual_qualified = number < dual;
        let is_old = teacher.is_ordinary() && age(teacher, calendar.data) >= 55;
        if retiring > 0 && teacher.dual_qualified && is_old {
            // Men born in June 1965 retire at sixty and two months.
            teacher.birth = calendar.data.plus(-(59 * 12 + 11));
            retiring -= 1;
        }
    }
}

/// Remarks as offices write them: free text that says what a column says already.
pub(super) fn set_remarks(teachers: &mut [TeacherRecord]) {
    for teacher in teachers.iter_mut() {
        teacher.remarks = match (teacher.status, teacher.office) {
            (Status::Secondment, _) => "借调教委机关",
            (_, Office::Head) if teacher.office_terms >= 2 => "任满两届",
            _ => "",
        };
    }
}
