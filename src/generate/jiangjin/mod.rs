//! 江津区: the pupils that its plan expects for 2025 with the teachers of 2020.
//!
//! Source: 江津区教育事业发展“十四五”规划（2021—2025年）, 专栏1 and 4. It has pupils of both years by
//! stage and no number of schools, classes or teachers: these are assumed. The schools are staffed
//! and the timetables filled with the classes of 2020; then the classes of 2025 are put in.

mod classes;
pub(super) mod page;
mod sites;
mod towns;

use crate::domain::{Employment, Month, Stage, Title};

use super::chance::Chance;
use super::circumstances::Calendar;
use super::customs::Customs;
use super::records::{ClassRecord, Target, TeacherRecord};
use super::totals::{Measure, Part};
use super::{Unstaffed, people};

/// Programmes after the plan's list: electronics, cars, equipment, transport, trade, logistics.
const PROGRAMMES: [&str; 8] = [
    "电子技术应用",
    "汽车运用与维修",
    "机械制造技术",
    "物流服务与管理",
    "电子商务",
    "计算机应用",
    "旅游服务与管理",
    "建筑工程施工",
];

/// Teachers in the establishment. For the compulsory stages the nation's pupils a teacher (16.3 and
/// 12.9) on the pupils of 2020; all assumed.
const STAFF: [(Stage, u32); 5] = [
    (Stage::Primary, 4_730),
    (Stage::Junior, 3_950),
    (Stage::Senior, 1_600),
    (Stage::Vocational, 1_050),
    (Stage::Kindergarten, 500),
];

const CUSTOMS: Customs = Customs {
    primary_entitlement: (100, 2_100),
    // Urban schools have grown faster than their staff.
    service: [(900, 90), (950, 120), (930, 180)],
    psychologists_percent: 40,
    // 1,800 of the county's level and above.
    backbone: 163,
    backbone_zones: [[20, 10, 5], [18, 10, 6]],
    backbone_spread: (500, 1_500),
    degrees: [[10, 690, 270, 30], [40, 860, 100, 0]],
    titles: [2, 160, 400, 360, 45, 33],
    // Fifty a year, for one to three years.
    exchanges: 13,
    dual_qualified: 852,
    dual_retiring: 10,
    // The farthest villages in the south are more than three hours from the seat.
    measured_minutes: 300,
    wishing: (260, 12_000),
};

/// The schools with the classes of both years.
pub(super) fn unstaffed(chance: &mut Chance) -> Unstaffed {
    let sites = sites::sites(chance);
    let before = classes::of_year(&sites, classes::Year::Before, &mut chance.clone());
    let planned = classes::of_year(&sites, classes::Year::Planned, chance);
    let (units, schools) = sites::records(&sites, before, chance);
    Unstaffed {
        units,
        schools,
        planned_classes: Some(planned),
        staff: STAFF
            .iter()
            .map(|&(stage, teachers)| (stage, None, teachers))
            .collect(),
        seat_streets: sites::seat_streets(),
        programmes: &PROGRAMMES,
        customs: CUSTOMS,
        targets: targets(),
    }
}

fn targets() -> Vec<Target> {
    let parts = [
        (Part::Primary, Stage::Primary),
        (Part::AllJunior, Stage::Junior),
        (Part::Senior, Stage::Senior),
        (Part::Vocational, Stage::Vocational),
        (Part::Kindergarten, Stage::Kindergarten),
    ];
    let mut targets = Vec::new();
    for (part, stage) in parts {
        let (classes, pupils) = classes::total(stage, classes::Year::Planned);
        let teachers = STAFF
            .iter()
            .find(|row| row.0 == stage)
            .map_or(0, |row| row.1);
        let figures = [
            (Measure::Sites(part), sites::count(stage)),
            (Measure::Classes(part), classes),
            (Measure::Pupils(part), pupils),
            (Measure::Teachers(part), teachers),
        ];
        targets.extend(figures.map(|(measure, value)| Target { measure, value }));
    }
    targets.push(Target {
        measure: Measure::AllTeachers,
        value: STAFF.iter().map(|row| row.1).sum(),
    });
    targets
}

/// Teachers of public kindergartens whom the district hires outside the establishment (外聘): 96 for
/// every hundred that are needed, with those inside.
pub(super) fn add_hired_carers(
    teachers: &mut Vec<TeacherRecord>,
    planned: &[Vec<ClassRecord>],
    calendar: Calendar,
    chance: &mut Chance,
) {
    for (school, classes) in planned.iter().enumerate() {
        let of_stage = classes
            .iter()
            .filter(|row| row.stage == Stage::Kindergarten);
        let needed = of_stage.map(|row| row.classes).sum::<u32>() as usize * 2 * 96 / 100;
        let inside: Vec<TeacherRecord> = teachers
            .iter()
            .filter(|row| row.school == school && row.stage == Stage::Kindergarten)
            .cloned()
            .collect();
        for _ in inside.len()..needed {
            let mut hired = chance.pick(&inside).clone();
            let months = 12 * chance.between(22, 38) + chance.between(0, 11);
            hired.birth = calendar.data.plus(-months);
            let years = chance.between(1, 8).min(months / 12 - 21);
            hired.arrival = since(calendar.year_begin, years);
            hired.first_job = hired.arrival;
            hired.name = people::any_name(hired.sex, chance);
            hired.unit = None;
            hired.employment = Employment::Temporary;
            hired.title = Title::None;
            teachers.push(hired);
        }
    }
}

fn since(year_begin: Month, years: i32) -> Month {
    year_begin.plus(-12 * years)
}
