//! What a generated district looks like, in the figures that it is judged by.

use std::collections::BTreeSet;

use crate::domain::{Backbone, Degree, Sex, Stage, Zone};

use super::curriculum::{ART, MUSIC, PSYCHOLOGY, SPORTS};
use super::families::Towns;
use super::records::{SchoolRecord, SyntheticDistrict, TeacherRecord};
use super::staffing::demand;
use super::timetable::{credit, is_away};

/// Teachers of sport, music and art (体育艺术).
pub fn is_specialist(teacher: &TeacherRecord) -> bool {
    [SPORTS, MUSIC, ART].contains(&teacher.subject)
}

/// 骨干 of the county's level and above.
pub fn is_backbone(teacher: &TeacherRecord) -> bool {
    teacher.backbone >= Backbone::County
}

/// Pooled mean and coefficient of variation (差异系数) of a figure per 100 pupils over schools:
/// `records` are pupils and persons of each school, weighted by pupils as the official rule says.
pub fn disparity(records: &[(u32, u32)]) -> (f64, f64) {
    let pupils: f64 = records.iter().map(|row| f64::from(row.0)).sum();
    let persons: f64 = records.iter().map(|row| f64::from(row.1)).sum();
    if pupils == 0.0 || persons == 0.0 {
        return (0.0, 0.0);
    }
    let mean = persons / pupils * 100.0;
    let variance: f64 = records
        .iter()
        .filter(|row| row.0 > 0)
        .map(|row| {
            let own = f64::from(row.1) / f64::from(row.0) * 100.0;
            f64::from(row.0) / pupils * (own - mean) * (own - mean)
        })
        .sum();
    (mean, variance.sqrt() / mean)
}

/// Figures of one compulsory stage.
#[derive(Debug, Clone, PartialEq)]
pub struct StageFigures {
    /// 体育艺术 teachers per 100 pupils, over all pupils.
    pub specialists: f64,
    /// The same in 城区, 镇区, 乡村.
    pub specialists_by_zone: [f64; 3],
    /// 差异系数 of it over schools with at least 50 pupils.
    pub specialists_cv: f64,
    /// 骨干 per 100 pupils.
    pub backbone: f64,
    /// 差异系数 of it.
    pub backbone_cv: f64,
    /// Share of classes within 45 (primary) or 50 (junior) pupils.
    pub classes_within_limit: f64,
    /// Share of women.
    pub women: f64,
    /// Share with bachelor or above.
    pub bachelor: f64,
    /// Median age in complete years at the date of the data.
    pub median_age: i32,
    /// Share of rural teachers aged 55 to 59.
    pub rural_old: f64,
    /// Share under 30: rural, and elsewhere.
    pub young: [f64; 2],
    /// Mean weekly lessons of those at work.
    pub mean_periods: f64,
    /// Persons needed (lessons and credits over the stage's mean of both) against those at work,
    /// in 城区, 镇区, 乡村: above 1 is short.
    pub need_by_zone: [f64; 3],
    /// Lessons that somebody gives, over lessons that the classes have.
    pub periods_given: f64,
}

/// Figures of a district.
#[derive(Debug, Clone, PartialEq)]
pub struct Statistics {
    /// Primary stage.
    pub primary: StageFigures,
    /// Junior stage.
    pub junior: StageFigures,
    /// 体育艺术 per 100 pupils over both stages: all, and rural.
    pub specialists: [f64; 2],
    /// Share of 体育, and of 音乐 with 美术, among compulsory teachers.
    pub sport_and_arts: [f64; 2],
    /// Share of 骨干 among compulsory teachers.
    pub backbone: f64,
    /// Share with six years or more at the present school at `year_begin`.
    pub six_years: f64,
    /// Share away or deferred.
    pub not_movable: f64,
    /// Exchanges that run, and of them those that end at `year_begin`.
    pub exchanges: [usize; 2],
    /// Share of the establishment that is unfilled.
    pub unfilled: f64,
    /// Least and greatest unfilled share of a unit.
    pub unfilled_range: [f64; 2],
    /// Share with a further subject: 城区, 镇区, 乡村.
    pub further_by_zone: [f64; 3],
    /// Share of compulsory sites with a full-time psychologist.
    pub psychology: f64,
    /// 双师型 among 专业课教师.
    pub dual_qualified: f64,
    /// Staff outside the establishment.
    pub temporary: usize,
    /// Of the couples, those who serve in one town, in neighbouring ones or one of them in the seat,
    /// and apart.
    pub couples: [f64; 3],
}

/// Computes the figures.
pub fn statistics(district: &SyntheticDistrict) -> Statistics {
    let compulsory: Vec<&TeacherRecord> = district
        .teachers
        .iter()
        .filter(|row| row.is_permanent() && row.stage.is_compulsory())
        .collect();
    let all = |_: &&TeacherRecord| true;
    let share = |what: &dyn Fn(&TeacherRecord) -> bool| share_of(&compulsory, all, what);
    let zone = |row: &TeacherRecord| district.schools[row.school].zone;
    let further = |wanted: Zone| {
        share_of(
            &compulsory,
            |row| zone(row) == wanted,
            |row| !row.further.is_empty(),
        )
    };
    let programme = |row: &TeacherRecord| row.programme_teacher;
    let everybody: Vec<&TeacherRecord> = district.teachers.iter().collect();
    let (unfilled, unfilled_range) = unfilled(district);
    Statistics {
        primary: stage_figures(district, Stage::Primary),
        junior: stage_figures(district, Stage::Junior),
        specialists: [
            per_hundred(district, &[Stage::Primary, Stage::Junior], Zone::ALL),
            per_hundred(district, &[Stage::Primary, Stage::Junior], &[Zone::Rural]),
        ],
        sport_and_arts: [
            share(&|row| row.subject == SPORTS),
            share(&|row| [MUSIC, ART].contains(&row.subject)),
        ],
        backbone: share(&is_backbone),
        six_years: share(&|row| district.year_begin.months_since(row.arrival) >= 72),
        not_movable: share(&|row| row.status.is_absent() || row.deferral.is_some()),
        exchanges: exchanges(district),
        unfilled,
        unfilled_range,
        further_by_zone: [
            further(Zone::Urban),
            further(Zone::Town),
            further(Zone::Rural),
        ],
        psychology: psychology(district),
        dual_qualified: share_of(&everybody, |row| programme(row), |row| row.dual_qualified),
        temporary: district
            .teachers
            .iter()
            .filter(|row| !row.is_permanent())
            .count(),
        couples: couples(district),
    }
}

fn couples(district: &SyntheticDistrict) -> [f64; 3] {
    let towns = Towns::of(&district.schools);
    let mut counts = [0_u32; 3];
    for (one, teacher) in district.teachers.iter().enumerate() {
        if let Some(other) = teacher.spouse.filter(|&other| one < other) {
            let distance = towns.distance(teacher.school, district.teachers[other].school);
            counts[distance as usize] += 1;
        }
    }
    let all = counts.iter().sum::<u32>().max(1);
    counts.map(|count| f64::from(count) / f64::from(all))
}

/// Exchanges that run, and of them those that end when the year begins.
fn exchanges(district: &SyntheticDistrict) -> [usize; 2] {
    let running = || {
        district
            .teachers
            .iter()
            .filter_map(|row| row.exchange.as_ref())
    };
    let ending = running().filter(|row| row.end <= district.year_begin);
    [running().count(), ending.count()]
}

fn share_of(
    teachers: &[&TeacherRecord],
    among: impl Fn(&&TeacherRecord) -> bool,
    what: impl Fn(&TeacherRecord) -> bool,
) -> f64 {
    let group: Vec<_> = teachers.iter().copied().filter(|row| among(row)).collect();
    let found = group.iter().filter(|row| what(row)).count();
    found as f64 / group.len().max(1) as f64
}

/// Least and greatest unfilled share of a unit, and that of all.
fn unfilled(district: &SyntheticDistrict) -> (f64, [f64; 2]) {
    let mut held = vec![0_u32; district.units.len()];
    for unit in district.teachers.iter().filter_map(|row| row.unit) {
        held[unit] += 1;
    }
    let mut range = [f64::MAX, f64::MIN];
    let (mut establishment, mut staff) = (0, 0);
    for (unit, held) in district.units.iter().zip(held) {
        let open = 1.0 - f64::from(held) / f64::from(unit.establishment.max(1));
        range = [range[0].min(open), range[1].max(open)];
        establishment += unit.establishment;
        staff += held;
    }
    (1.0 - f64::from(staff) / f64::from(establishment), range)
}

fn psychology(district: &SyntheticDistrict) -> f64 {
    let sites = |school: &&SchoolRecord| school.stages().iter().any(|stage| stage.is_compulsory());
    let with: BTreeSet<usize> = district
        .teachers
        .iter()
        .filter(|row| row.subject == PSYCHOLOGY && row.stage.is_compulsory())
        .map(|row| row.school)
        .collect();
    with.len() as f64 / district.schools.iter().filter(sites).count().max(1) as f64
}

fn per_hundred(district: &SyntheticDistrict, stages: &[Stage], zones: &[Zone]) -> f64 {
    let schools = || {
        let in_zone = |row: &(usize, &SchoolRecord)| zones.contains(&row.1.zone);
        district.schools.iter().enumerate().filter(in_zone)
    };
    let mut records = Vec::new();
    for &stage in stages {
        let specialists = counts(district, stage, is_specialist);
        for (place, school) in schools() {
            records.push((school.stage_totals(stage).1, specialists[place]));
        }
    }
    disparity(&records).0
}

/// Persons of a stage and sort at each school.
fn counts(
    district: &SyntheticDistrict,
    stage: Stage,
    what: fn(&TeacherRecord) -> bool,
) -> Vec<u32> {
    let mut counts = vec![0; district.schools.len()];
    for row in &district.teachers {
        if row.stage == stage && row.is_permanent() && what(row) {
            counts[row.school] += 1;
        }
    }
    counts
}

fn stage_figures(district: &SyntheticDistrict, stage: Stage) -> StageFigures {
    let group: Vec<&TeacherRecord> = district
        .teachers
        .iter()
        .filter(|row| row.is_permanent() && row.stage == stage)
        .collect();
    let data_month = district.data_month();
    let zone = |row: &TeacherRecord| district.schools[row.school].zone;
    let rural = |row: &&TeacherRecord| zone(row) == Zone::Rural;
    let age = |row: &TeacherRecord| data_month.months_since(row.birth) / 12;
    let mut ages: Vec<i32> = group.iter().map(|row| age(row)).collect();
    ages.sort_unstable();
    // The official indicator leaves out sites below 50 pupils.
    let records = |what: fn(&TeacherRecord) -> bool| -> Vec<(u32, u32)> {
        let pupils = district.schools.iter().map(|row| row.stage_totals(stage).1);
        pupils
            .zip(counts(district, stage, what))
            .filter(|row| row.0 >= 50)
            .collect()
    };
    let (_, specialists_cv) = disparity(&records(is_specialist));
    let (backbone, backbone_cv) = disparity(&records(is_backbone));
    let of_zone = |zone: Zone| per_hundred(district, &[stage], &[zone]);
    let load = Load::of(district, stage);
    StageFigures {
        specialists: per_hundred(district, &[stage], Zone::ALL),
        specialists_by_zone: [
            of_zone(Zone::Urban),
            of_zone(Zone::Town),
            of_zone(Zone::Rural),
        ],
        specialists_cv,
        backbone,
        backbone_cv,
        classes_within_limit: within_limit(district, stage),
        women: share_of(&group, |_| true, |row| row.sex == Sex::Female),
        bachelor: share_of(&group, |_| true, |row| row.degree >= Degree::Bachelor),
        median_age: ages.get(ages.len() / 2).copied().unwrap_or(0),
        rural_old: share_of(&group, rural, |row| (55..60).contains(&age(row))),
        young: [
            share_of(&group, rural, |row| age(row) < 30),
            share_of(&group, |row| !rural(row), |row| age(row) < 30),
        ],
        mean_periods: load.mean_periods,
        need_by_zone: load.need_by_zone,
        periods_given: load.periods_given,
    }
}

fn within_limit(district: &SyntheticDistrict, stage: Stage) -> f64 {
    let limit = if stage == Stage::Primary { 45 } else { 50 };
    let rows = || {
        let all = district.schools.iter().flat_map(|row| &row.classes);
        all.filter(|row| row.stage == stage)
    };
    let within: u32 = rows()
        .filter(|row| row.pupils <= limit * row.classes)
        .map(|row| row.classes)
        .sum();
    f64::from(within) / f64::from(rows().map(|row| row.classes).sum::<u32>().max(1))
}

/// Lessons and credits of a stage.
struct Load {
    mean_periods: f64,
    need_by_zone: [f64; 3],
    periods_given: f64,
}

impl Load {
    fn of(district: &SyntheticDistrict, stage: Stage) -> Self {
        let mut asked = [0_u32; 3];
        for school in &district.schools {
            asked[super::schools::zone_place(school.zone)] +=
                demand(school, stage).values().sum::<u32>();
        }
        let (mut given, mut credits, mut heads) = ([0_u32; 3], [0_u32; 3], [0_u32; 3]);
        for teacher in district.teachers.iter().filter(|row| row.stage == stage) {
            if !is_away(teacher, district.data_month()) {
                let zone = super::schools::zone_place(district.schools[teacher.school].zone);
                given[zone] += teacher.weekly_periods;
                credits[zone] += credit(teacher);
                heads[zone] += 1;
            }
        }
        let sum = |parts: [u32; 3]| f64::from(parts.iter().sum::<u32>());
        let full_load = (sum(given) + sum(credits)) / sum(heads).max(1.0);
        let need = |zone: usize| {
            f64::from(asked[zone] + credits[zone])
                / full_load.max(1.0)
                / f64::from(heads[zone].max(1))
        };
        Self {
            mean_periods: sum(given) / sum(heads).max(1.0) / 10.0,
            need_by_zone: [need(0), need(1), need(2)],
            periods_given: sum(given) / sum(asked).max(1.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_official_worked_example_comes_out() {
        // Pupils and persons of the published example, whose result is printed as 0.52.
        let records = [(45, 279), (37, 137), (89, 935), (76, 160), (55, 402)];
        let (mean, cv) = disparity(&records);
        assert!((mean / 100.0 - 6.334).abs() < 0.001, "{mean}");
        assert!((cv - 0.5153).abs() < 0.0005, "{cv}");
    }
}
