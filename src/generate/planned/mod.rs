//! Districts that a five-year plan describes: its pupils and its staff, as far as it publishes them.
//!
//! What a plan does not say (mostly how many schools, classes and teachers there are) is assumed and
//! marked on the instance's page. Where a plan has two years, the schools are staffed and the
//! timetables filled with the classes of the first one; then the classes of the second are put in.

mod classes;
mod jiangjin;
mod jiangyang;
mod layout;
mod liangping;
mod page;
mod records;
mod shapingba;
mod sites;
mod towns;

use crate::domain::{Employment, Month, Stage, Title};

use super::chance::Chance;
use super::circumstances::Calendar;
use super::customs::Customs;
use super::records::{ClassRecord, SyntheticDistrict, Target, TeacherRecord};
use super::totals::{Measure, Part};
use super::{Unstaffed, people};

use classes::{Classes, Year};
use layout::Layout;
use page::Page;
use sites::Schools;
use towns::Town;

/// A district whose five-year plan is public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Planned {
    /// 江津区, with the pupils that are expected for 2025
    Jiangjin,
    /// 江津区 as its plan begins, with the pupils of 2020
    JiangjinOf2021,
    /// 江阳区
    Jiangyang,
    /// 梁平区
    Liangping,
    /// 沙坪坝区
    Shapingba,
}

/// What is known and assumed of such a district.
struct Plan {
    /// Streets and towns, the seat first.
    towns: &'static [Town],
    schools: Schools,
    classes: Classes,
    /// Teachers in the establishment.
    staff: &'static [(Stage, u32)],
    /// Programmes of the vocational schools, five of them at each.
    programmes: &'static [&'static str],
    customs: Customs,
    layout: Layout,
    /// Totals beside those of the stages.
    totals: &'static [Target],
    page: Page,
}

impl Planned {
    const fn plan(self) -> &'static Plan {
        match self {
            Self::Jiangjin => &jiangjin::PLAN,
            Self::JiangjinOf2021 => &jiangjin::BEGIN,
            Self::Jiangyang => &jiangyang::PLAN,
            Self::Liangping => &liangping::PLAN,
            Self::Shapingba => &shapingba::PLAN,
        }
    }

    /// The district of a profile's name.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "jiangjin" => Some(Self::Jiangjin),
            "jiangjin-2021" => Some(Self::JiangjinOf2021),
            "jiangyang" => Some(Self::Jiangyang),
            "liangping" => Some(Self::Liangping),
            "shapingba" => Some(Self::Shapingba),
            _ => None,
        }
    }

    /// The schools with the classes of the plan's years.
    pub(super) fn unstaffed(self, chance: &mut Chance) -> Unstaffed {
        let plan = self.plan();
        let sites = sites::sites(plan, chance);
        let before = classes::of_year(plan, &sites, Year::Before, &mut chance.clone());
        let planned = classes::of_year(plan, &sites, Year::Planned, chance);
        let (units, schools) = records::records(plan, &sites, before, chance);
        Unstaffed {
            units,
            schools,
            planned_classes: plan.classes.change().then_some(planned),
            staff: plan
                .staff
                .iter()
                .map(|&(stage, teachers)| (stage, None, teachers))
                .collect(),
            seat_streets: sites::seat_streets(plan),
            programmes: plan.programmes,
            customs: plan.customs,
            targets: plan.targets(),
        }
    }

    /// What becomes of the schools in the planned year.
    pub(super) fn change(self, district: &mut SyntheticDistrict) {
        layout::change(district, self.plan().layout);
    }

    /// What its plan expects of the years to come, where the instance is of its first.
    pub(super) fn outlook(self) -> Option<String> {
        match self {
            Self::JiangjinOf2021 => Some(jiangjin::outlook()),
            Self::Liangping => Some(liangping::OUTLOOK.to_owned()),
            Self::Jiangjin | Self::Jiangyang | Self::Shapingba => None,
        }
    }

    /// The README of the instance.
    pub(super) fn page(self, district: &SyntheticDistrict) -> String {
        page::text(self.plan(), district)
    }
}

impl Plan {
    fn targets(&self) -> Vec<Target> {
        let parts = [
            (Part::Primary, Stage::Primary),
            (Part::AllJunior, Stage::Junior),
            (Part::Senior, Stage::Senior),
            (Part::Vocational, Stage::Vocational),
            (Part::Kindergarten, Stage::Kindergarten),
            (Part::Special, Stage::Special),
        ];
        let mut targets = Vec::new();
        for (part, stage) in parts {
            let Some(&(_, teachers)) = self.staff.iter().find(|row| row.0 == stage) else {
                continue;
            };
            let (classes, pupils) = self.classes.total(stage, Year::Planned);
            let figures = [
                (Measure::Sites(part), self.schools.count(stage)),
                (Measure::Classes(part), classes),
                (Measure::Pupils(part), pupils),
                (Measure::Teachers(part), teachers),
            ];
            targets.extend(figures.map(|(measure, value)| Target { measure, value }));
        }
        targets.extend_from_slice(self.totals);
        targets
    }
}

/// Teachers of public kindergartens whom the district hires outside the establishment (外聘): so
/// many with those inside for every hundred that are needed, two a class.
pub(super) fn add_hired_carers(
    teachers: &mut Vec<TeacherRecord>,
    classes: &[&[ClassRecord]],
    percent: u32,
    calendar: Calendar,
    chance: &mut Chance,
) {
    for (school, classes) in classes.iter().enumerate() {
        let of_stage = classes
            .iter()
            .filter(|row| row.stage == Stage::Kindergarten);
        let needed = of_stage.map(|row| row.classes).sum::<u32>() * 2 * percent / 100;
        let inside: Vec<TeacherRecord> = teachers
            .iter()
            .filter(|row| row.school == school && row.stage == Stage::Kindergarten)
            .cloned()
            .collect();
        for _ in inside.len() as u32..needed {
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
