//! What the office has on its desk beside the rosters: wishes, nominations, locks, decided moves,
//! and some travel times. Few of each, so that every input is used.

use crate::domain::{DecidedKind, Form, LockKind, Month, Zone};

use super::chance::Chance;
use super::customs::Customs;
use super::geography::metres_between;
use super::people::age;
use super::records::{DecidedRecord, LockRecord, SchoolRecord, SyntheticDistrict};

/// Fills the small tables.
pub(super) fn fill(district: &mut SyntheticDistrict, customs: &Customs, chance: &mut Chance) {
    let mut settled: Vec<usize> = (0..district.teachers.len())
        .filter(|&one| {
            let teacher = &district.teachers[one];
            teacher.is_ordinary()
                && teacher.stage.is_compulsory()
                && district.year_begin.months_since(teacher.arrival) >= 72
                && (28..48).contains(&age(teacher, district.year_begin))
        })
        .collect();
    chance.shuffle(&mut settled);
    add_travel(district, customs.measured_minutes, chance);
    let mut settled = settled.into_iter();
    add_nominations(district, &mut settled.clone().collect::<Vec<_>>());
    let within = customs.within_clusters;
    add_locks(district, within, &mut settled);
    add_decided(district, within, &mut settled);
    let (persons, of_teachers) = customs.wishing;
    let wishing = persons * (district.teachers.len() / of_teachers).max(1);
    add_preferences(district, settled.take(wishing).collect(), chance);
}

/// Metres between two schools.
pub(super) fn distance(one: &SchoolRecord, other: &SchoolRecord) -> u32 {
    metres_between(one.position, other.position)
}

/// Measured minutes from the first school of the seat to the rural sites: 1.45 times the distance
/// at 30 km/h, and up to a third more where a river or a pass lies between.
fn add_travel(district: &mut SyntheticDistrict, longest_minutes: u32, chance: &mut Chance) {
    for (place, school) in district.schools.iter().enumerate() {
        if school.zone == Zone::Rural && chance.permille(700) {
            let straight = distance(&district.schools[0], school) * 145 / 100 / 500;
            if straight > longest_minutes {
                continue;
            }
            let minutes = 3 + straight * chance.between(100, 133) as u32 / 100;
            district.travel.push((0, place, minutes));
        }
    }
}

/// Two sending schools nominate six persons each.
fn add_nominations(district: &mut SyntheticDistrict, settled: &mut [usize]) {
    settled.sort_unstable();
    let mut schools: Vec<usize> = (0..district.schools.len())
        .filter(|&place| district.schools[place].sending)
        .collect();
    schools.truncate(2);
    for school in schools {
        let nominees = settled
            .iter()
            .copied()
            .filter(|&one| district.teachers[one].school == school)
            .take(6);
        district.nominations.extend(nominees);
    }
}

/// The nearest receiving school of the teacher's stage, of another unit and, where asked for, of the
/// same 学区.
fn nearest_receiving(
    district: &SyntheticDistrict,
    within_cluster: bool,
    teacher: usize,
) -> Option<usize> {
    let row = &district.teachers[teacher];
    let cluster = &district.schools[row.school].cluster;
    (0..district.schools.len())
        .filter(|&place| !within_cluster || district.schools[place].cluster == *cluster)
        .filter(|&place| district.schools[place].unit != district.schools[row.school].unit)
        .filter(|&place| district.schools[place].receiving)
        .filter(|&place| district.schools[place].stage_totals(row.stage).0 > 0)
        .min_by_key(|&place| distance(&district.schools[row.school], &district.schools[place]))
}

/// Whether the nearest receiving school is within an hour by any reckoning of the roads.
fn is_near(district: &SyntheticDistrict, within_cluster: bool, teacher: usize) -> bool {
    nearest_receiving(district, within_cluster, teacher).is_some_and(|place| {
        let from = district.teachers[teacher].school;
        distance(&district.schools[from], &district.schools[place]) <= 15_000
    })
}

fn teaches_graduating_grade(district: &SyntheticDistrict, teacher: usize) -> bool {
    let row = &district.teachers[teacher];
    row.stage
        .graduating_grade()
        .is_some_and(|grade| row.grades.contains(&grade))
}

fn next_from(
    district: &SyntheticDistrict,
    settled: &mut impl Iterator<Item = usize>,
    sending: bool,
) -> Option<usize> {
    settled.find(|&one| {
        let teacher = &district.teachers[one];
        let school = &district.schools[teacher.school];
        school.sending == sending
                && teacher.spouse.is_none()
                // Only nominees leave a school that nominates.
                && !district
                    .nominations
                    .iter()
                    .any(|&other| district.teachers[other].school == teacher.school)
    })
}

fn add_locks(
    district: &mut SyntheticDistrict,
    within_cluster: bool,
    settled: &mut impl Iterator<Item = usize>,
) {
    let kinds = [
        (LockKind::Stay, "家庭照护已核实"),
        (LockKind::Stay, "承担国家级课题"),
        (LockKind::Stay, "毕业年级连任"),
        (LockKind::Go, "经党组会研究"),
        (LockKind::Go, "本人申请并经两校同意"),
        (LockKind::Forbid, "亲属在该校任职，须回避"),
        (LockKind::Forbid, "亲属在该校任职，须回避"),
        (LockKind::OnlyForm, "本人只接受交流"),
        (LockKind::OnlyForm, "编制已满，只能交流"),
    ];
    for (kind, reason) in kinds {
        let mut next = next_from(district, settled, true);
        // Policies keep the teachers of graduating grades, and nobody is sent farther than an hour.
        while kind == LockKind::Go
            && next.is_some_and(|teacher| {
                teaches_graduating_grade(district, teacher)
                    || !is_near(district, within_cluster, teacher)
            })
        {
            next = next_from(district, settled, true);
        }
        // A county has hundreds of settled teachers, a district with one huge school may not.
        let Some(teacher) = next else { continue };
        let named = matches!(kind, LockKind::Go | LockKind::Forbid);
        district.locks.push(LockRecord {
            teacher,
            kind,
            school: nearest_receiving(district, within_cluster, teacher).filter(|_| named),
            form: (kind == LockKind::OnlyForm).then_some(Form::Exchange),
            reason,
        });
    }
    district.locks.sort_by_key(|lock| lock.teacher);
}

fn add_decided(
    district: &mut SyntheticDistrict,
    within_cluster: bool,
    settled: &mut impl Iterator<Item = usize>,
) {
    let begin = district.year_begin;
    let running = |district: &SyntheticDistrict, ends: fn(Month, Month) -> bool| {
        district.teachers.iter().position(|teacher| {
            teacher
                .exchange
                .as_ref()
                .is_some_and(|row| !row.personnel_moved && ends(row.end, begin))
        })
    };
    let kinds = [
        (DecidedKind::Retire, "经批准提前退休"),
        (DecidedKind::Leave, "辞职申请已批准"),
        (DecidedKind::Leave, "考录公务员"),
        (DecidedKind::Transfer, "党组会决定"),
        (DecidedKind::Transfer, "党组会决定"),
        (DecidedKind::Exchange, "结对学校协议"),
        (DecidedKind::Exchange, "结对学校协议"),
        (DecidedKind::Return, "原校急需，提前返回"),
        (DecidedKind::Continue, "受援学校申请续期一年"),
        (DecidedKind::Absent, "组织部门抽调一年"),
        (DecidedKind::Absent, "援藏"),
    ];
    for (kind, basis) in kinds {
        let teacher = match kind {
            DecidedKind::Return => running(district, |end, begin| end > begin),
            DecidedKind::Continue => running(district, |end, begin| end == begin),
            DecidedKind::Retire => oldest(district),
            _ => next_from(district, settled, kind == DecidedKind::Exchange),
        };
        let Some(teacher) = teacher else { continue };
        let moves = matches!(kind, DecidedKind::Transfer | DecidedKind::Exchange);
        let school = nearest_receiving(district, within_cluster, teacher).filter(|_| moves);
        if moves && school.is_none() {
            // A district of a few schools may have none that receives in the teacher's stage.
            continue;
        }
        district.decided.push(DecidedRecord {
            teacher,
            kind,
            school,
            date: (kind != DecidedKind::Continue).then_some(begin),
            basis,
        });
    }
    district.decided.sort_by_key(|row| row.teacher);
}

/// Somebody near retirement, but not due yet.
fn oldest(district: &SyntheticDistrict) -> Option<usize> {
    (0..district.teachers.len())
        .filter(|&one| district.teachers[one].is_ordinary())
        .filter(|&one| (55..59).contains(&age(&district.teachers[one], district.year_begin)))
        .min_by_key(|&one| (district.teachers[one].birth, one))
}

/// Some of the sending schools would go out, more of the rural ones would come in.
fn add_preferences(district: &mut SyntheticDistrict, mut chosen: Vec<usize>, chance: &mut Chance) {
    chosen.sort_unstable();
    for teacher in chosen {
        let row = &district.teachers[teacher];
        let from = &district.schools[row.school];
        let mut goals: Vec<usize> = (0..district.schools.len())
            .filter(|&place| place != row.school)
            .filter(|&place| {
                let school = &district.schools[place];
                school.stage_totals(row.stage).0 > 0
                    && if from.sending {
                        school.receiving
                    } else {
                        school.zone != Zone::Rural
                    }
            })
            .collect();
        goals.sort_by_key(|&place| distance(from, &district.schools[place]));
        goals.truncate(6);
        chance.shuffle(&mut goals);
        let wishes = 1 + chance.below(3) as usize;
        for (rank, school) in goals.into_iter().take(wishes).enumerate() {
            district
                .preferences
                .push((teacher, rank as u32 + 1, school));
        }
    }
}
