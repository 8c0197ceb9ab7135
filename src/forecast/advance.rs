//! From a planned year to the rosters of the next one.

use super::needed::DEGREE;
use super::outlook::Outlook;
use crate::account::Account;
use crate::domain::{
    Capability, Decided, Deferral, District, DistrictError, DistrictParts, Employment, Form,
    ItinerantWeek, Itinerary, LeverUse, Lock, LockKind, Month, Placement, Preference,
    RunningExchange, SchoolIndex, SchoolState, Status, Teacher, TeacherIndex, WEEK,
};
use crate::policy::{Lever, LeverKind};

/// Months of a year.
const YEAR: i32 = 12;

/// Years of service that state-funded graduates owe (服务期), after which a deferral for it lapses: an
/// assumption, the one that the built-in policies make of their recruits; no document was read for it.
const SERVICE_YEARS: i32 = 6;

/// The rosters one year later: the plan is carried out, who departs is gone, everybody is a year older.
/// Classes stay as they are.
///
/// # Errors
/// Where the parts do not fit, which would be a mistake of this program.
pub(super) fn advance(
    account: &Account<'_>,
    outlook: &Outlook,
) -> Result<District, Vec<DistrictError>> {
    let situation = account.situation();
    let district = situation.district;
    let next = district.year_begin.plus(YEAR);
    let mut teachers: Vec<(Option<TeacherIndex>, Teacher)> = Vec::new();
    let mut weeks: Vec<ItinerantWeek> = Vec::new();
    for placement in &account.plan.placements {
        if placement.form == Form::Depart {
            continue;
        }
        let mut teacher = district.teacher(placement.teacher).clone();
        carry_out(&mut teacher, placement, account);
        grow_older(&mut teacher, district.year_begin, outlook);
        teachers.push((Some(placement.teacher), teacher));
        weeks.extend(week(placement, district, next));
    }
    recognise(&mut teachers, account);
    let recruits = recruits(account, &teachers);
    teachers.extend(recruits.into_iter().map(|teacher| (None, teacher)));
    teachers.sort_by(|(_, one), (_, other)| one.id.cmp(&other.id));
    let parts = DistrictParts {
        year_begin: next,
        data_date: a_year_later(&district.data_date),
        ..DistrictParts::clone(district)
    };
    let mut parts = settle(parts, teachers, weeks, district.year_begin);
    move_posts(&mut parts, account);
    for school in &mut parts.schools {
        if school.state == SchoolState::New {
            school.state = SchoolState::Open;
        }
    }
    District::new(parts)
}

/// Puts people where the plan has them.
fn carry_out(teacher: &mut Teacher, placement: &Placement, account: &Account<'_>) {
    let situation = account.situation();
    let begin = situation.district.year_begin;
    let terms = situation.policy.exchange;
    match placement.form {
        Form::Depart | Form::Shadowing | Form::Waiting => return,
        Form::Continue => {
            // Where the office does not say when it ends: after the usual term, or in a year.
            if let Some(running) = &mut teacher.running {
                let usual = running.start.map(|start| start.plus(terms.months as i32));
                let usual = usual.filter(|&end| end > begin);
                let ends = placement.end.or(usual);
                running.end = Some(ends.unwrap_or_else(|| begin.plus(YEAR)));
            }
            return;
        }
        _ => {}
    }
    let moved = placement.school != teacher.school;
    let taught = (teacher.stage, teacher.subject) != (placement.stage, placement.subject);
    if placement.form == Form::Return || (moved && !placement.form.is_move()) {
        teacher.running = None;
        if terms.resets_years_at_school {
            teacher.arrival = Some(begin);
        }
    } else if placement.form.is_move() && moved {
        let forms = &situation.policy.forms;
        let terms = forms.get(&placement.form);
        if terms.is_some_and(|terms| terms.counts_as_exchange)
            && let Some(made) = &mut teacher.earlier_exchanges.0
        {
            *made += 1;
        }
        let running = teacher.running.filter(|held| !held.personnel_moved);
        let home = running.map_or(situation.roll.entry(placement.teacher).origin, |held| {
            held.origin
        });
        let lends = placement.unit == teacher.establishment_unit;
        teacher.running = placement.end.filter(|_| lends).map(|end| RunningExchange {
            start: Some(begin),
            end: Some(end),
            origin: home,
            personnel_moved: false,
        });
        teacher.arrival = Some(begin);
    }
    if moved || taught {
        other_post(teacher, placement);
    }
    teacher.establishment_unit = placement.unit;
}

/// Another school or subject: what could be taught still can be (it goes under certificates, the only
/// list that says nothing of timetables); lessons and classes are new.
fn other_post(teacher: &mut Teacher, placement: &Placement) {
    let held: Vec<Capability> = teacher.capabilities().collect();
    teacher.certificates = held;
    teacher.school = placement.school;
    teacher.stage = placement.stage;
    teacher.subject = placement.subject;
    teacher.certificates.sort_unstable();
    teacher.certificates.dedup();
    teacher.further.clear();
    teacher.grades.clear();
    teacher.class_teacher = false;
    teacher.weekly_periods = None;
}

/// What a year does to everybody.
fn grow_older(teacher: &mut Teacher, begin: Month, outlook: &Outlook) {
    let next = begin.plus(YEAR);
    // An exchange that ended a year before is over, also for readers of rosters.
    teacher.running = teacher
        .running
        .filter(|held| held.end.is_none_or(|end| end > begin));
    if let Some(grades) = teacher.stage.grades() {
        for grade in &mut teacher.grades {
            *grade = if *grade < *grades.end() {
                *grade + 1
            } else {
                *grades.start()
            };
        }
        teacher.grades.sort_unstable();
        teacher.grades.dedup();
    }
    let served = teacher
        .first_job
        .map_or(i32::MAX, |first| next.months_since(first));
    teacher.deferral = match teacher.deferral {
        Some(Deferral::Pregnancy) => Some(Deferral::Nursing),
        Some(Deferral::Nursing | Deferral::Probation) => None,
        Some(Deferral::ServicePeriod) if served >= SERVICE_YEARS * YEAR => None,
        other => other,
    };
    if teacher.status == Status::MaternityLeave && teacher.status_until.is_none() {
        teacher.status = Status::InPost;
        teacher.status_from = None;
    }
    if teacher.programme_teacher
        && let Some(months) = &mut teacher.practice_months.0
    {
        // The column counts the last five years.
        *months = (*months + outlook.practice_months).min(5 * YEAR as u32);
    }
}

/// The week of somebody in 走教 who goes on with it.
fn week(placement: &Placement, district: &District, next: Month) -> Option<ItinerantWeek> {
    let itinerary = placement.itinerary?;
    if let Some(held) = district.week_of(placement.teacher) {
        return held.holds(next).then_some(*held);
    }
    let goes_on = placement.end.is_some_and(|end| end > next);
    goes_on.then(|| ItinerantWeek {
        teacher: placement.teacher,
        days: days(itinerary, placement.school),
        start: placement.start,
        end: placement.end,
    })
}

fn days(itinerary: Itinerary, home: SchoolIndex) -> [SchoolIndex; WEEK as usize] {
    let mut days = [home; WEEK as usize];
    let away = itinerary
        .sites()
        .flat_map(|site| std::iter::repeat_n(site.school, usize::from(site.days)));
    let first = usize::from(itinerary.days_home());
    for (day, school) in days.iter_mut().skip(first).zip(away) {
        *day = school;
    }
    days
}

/// Who is recognised as 双师型: of those whom a lever may recognise, the ones with most practice.
fn recognise(teachers: &mut [(Option<TeacherIndex>, Teacher)], account: &Account<'_>) {
    let situation = account.situation();
    let knows = situation.knows_practice();
    for (lever, used) in used(account, LeverKind::Certify) {
        let mut held: Vec<&mut Teacher> = teachers
            .iter_mut()
            .filter(|(before, teacher)| {
                !teacher.dual_qualified
                    && before.is_some_and(|index| lever.recognises(&situation.person(index), knows))
            })
            .map(|(_, teacher)| teacher)
            .collect();
        held.sort_by_key(|teacher| std::cmp::Reverse(*teacher.practice_months));
        for teacher in held.into_iter().take(used.count as usize) {
            teacher.dual_qualified = true;
        }
    }
}

/// The uses of levers of a kind.
fn used<'a>(
    account: &'a Account<'_>,
    kind: LeverKind,
) -> impl Iterator<Item = (&'a Lever, &'a LeverUse)> {
    let policy = account.situation().policy;
    account.plan.levers.iter().filter_map(move |used| {
        let mut levers = policy.levers.iter();
        let lever = levers.find(|lever| lever.id == used.lever)?;
        (lever.kind == kind).then_some((lever, used))
    })
}

/// Those whom levers placed, as people.
fn recruits(account: &Account<'_>, teachers: &[(Option<TeacherIndex>, Teacher)]) -> Vec<Teacher> {
    let district = account.situation().district;
    let begin = district.year_begin;
    let known = |id: &str| {
        let held = teachers.binary_search_by(|(_, teacher)| teacher.id.as_str().cmp(id));
        held.is_ok()
    };
    let mut recruits = Vec::new();
    let mut number = 0;
    for (lever, used) in used(account, LeverKind::Recruit) {
        let (Some(school), Some(stage), Some(subject)) = (used.school, used.stage, used.subject)
        else {
            continue;
        };
        let unit = district.school(school).unit;
        for _ in 0..used.count {
            let id = loop {
                number += 1;
                let id = format!("新聘{}{number:04}", begin.year());
                if !known(&id) {
                    break id;
                }
            };
            let mut teacher = Teacher::beginner(id, begin, (school, unit), (stage, subject));
            let programmes = district.schools.iter().flat_map(|school| &school.classes);
            let of_programme = programmes
                .filter(|group| group.stage == stage)
                .any(|group| group.programme == Some(subject));
            describe(&mut teacher, lever, of_programme);
            recruits.push(teacher);
        }
    }
    recruits
}

/// What is known of the recruits of a lever. Where the policy does not say, they hold [`DEGREE`] and teach a
/// programme if their subject is one.
fn describe(teacher: &mut Teacher, lever: &Lever, of_programme: bool) {
    let profile = lever.profile;
    teacher.title = profile.title.unwrap_or(teacher.title);
    teacher.degree = Some(profile.degree.unwrap_or(DEGREE));
    teacher.backbone = profile.backbone.unwrap_or(teacher.backbone);
    teacher.programme_teacher = profile.programme_teacher.unwrap_or(of_programme);
    teacher.dual_qualified = profile.dual_qualified.unwrap_or_default();
    if profile.employment == Some(Employment::Temporary) {
        teacher.employment = Employment::Temporary;
        teacher.establishment_unit = None;
    }
    if profile.certified == Some(true) {
        teacher.certificates.push(Capability {
            stage: teacher.stage,
            subject: teacher.subject,
        });
    }
    if lever.service_years.is_some() {
        teacher.deferral = Some(Deferral::ServicePeriod);
    }
}

/// Posts of establishment that were given from one unit to another stay there; those of the pool are
/// lent for a year.
fn move_posts(parts: &mut DistrictParts, account: &Account<'_>) {
    for (_, used) in used(account, LeverKind::Reallocate) {
        let changes = [
            (used.unit, i64::from(used.count)),
            (used.from, -i64::from(used.count)),
        ];
        for (unit, change) in changes {
            let held = unit.map(|unit| &mut parts.units[unit.position()].establishment);
            if let Some(Some(posts)) = held {
                *posts = (i64::from(*posts) + change).max(0) as u32;
            }
        }
    }
}

/// The lists of those who are still there. What was wished, nominated, scored or locked was so for one
/// year; that somebody may not go to a school stays.
fn settle(
    mut parts: DistrictParts,
    teachers: Vec<(Option<TeacherIndex>, Teacher)>,
    weeks: Vec<ItinerantWeek>,
    begin: Month,
) -> DistrictParts {
    let mut places: Vec<Option<TeacherIndex>> = vec![None; parts.teachers.len()];
    for (place, (before, _)) in teachers.iter().enumerate() {
        if let Some(before) = before {
            places[before.position()] = Some(TeacherIndex(place as u32));
        }
    }
    let moved = |index: TeacherIndex| places[index.position()];
    parts.teachers = teachers
        .into_iter()
        .map(|(_, mut teacher)| {
            teacher.spouse = teacher.spouse.and_then(moved);
            teacher.relatives = teacher
                .relatives
                .iter()
                .copied()
                .filter_map(moved)
                .collect();
            teacher.relatives.sort_unstable();
            teacher
        })
        .collect();
    let locks = parts
        .locks
        .iter()
        .filter(|lock| lock.kind == LockKind::Forbid);
    parts.locks = locks
        .filter_map(|lock| {
            Some(Lock {
                teacher: moved(lock.teacher)?,
                ..lock.clone()
            })
        })
        .collect();
    let decided = parts.decided.iter().filter(|held| !held.in_force(begin));
    parts.decided = decided
        .filter_map(|held| {
            Some(Decided {
                teacher: moved(held.teacher)?,
                ..held.clone()
            })
        })
        .collect();
    parts.weeks = weeks
        .into_iter()
        .filter_map(|week| {
            Some(ItinerantWeek {
                teacher: moved(week.teacher)?,
                ..week
            })
        })
        .collect();
    parts.locks.sort_by_key(|lock| lock.teacher);
    parts.decided.sort_by_key(Decided::order);
    parts.weeks.sort_by_key(|week| week.teacher);
    parts.preferences = Vec::<Preference>::new();
    parts.nominations.clear();
    parts.results.clear();
    parts.scores.clear();
    parts.quotas.clear();
    parts
}

/// `2021-05-31` → `2022-05-31`; what begins with no year stays.
fn a_year_later(date: &str) -> String {
    let year = date.get(..4).and_then(|year| year.parse::<i32>().ok());
    match year {
        Some(year) => format!("{}{}", year + 1, &date[4..]),
        None => date.to_owned(),
    }
}
