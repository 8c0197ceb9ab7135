//! Districts that are hard to plan, each in a way of its own, for benchmarks of the solver.

use crate::domain::{DecidedKind, Employment, Stage, Status};

use super::chance::{Chance, Purpose};
use super::people::tell_apart;
use super::profile::Sizes;
use super::records::{NeedRecord, SchoolRecord, SyntheticDistrict, TeacherRecord};
use super::staffing::demand;
use super::timetable;
use super::wishes::distance;

/// Months of service at one school that policies ask of those who are exchanged.
const SIX_YEARS: i32 = 72;

/// What makes a district hard to plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Everybody of the compulsory stages fulfils the conditions of exchange.
    EverybodyEligible,
    /// Nobody has six years at the present school.
    NobodyEligible,
    /// All ways take the same time, needs are whole persons, costs of a level are equal.
    CostsTied,
    /// One school has a third of the district's teachers.
    GiantSchool,
    /// Most schools are sites of one to three classes, whose posts are pooled.
    TinySites,
    /// Quotas beyond what exists, as floors: violated by the least amount.
    QuotaBeyondFloor,
    /// A quota beyond what exists, hard: there is no plan.
    QuotaBeyondHard,
    /// Hard caps for each school and subject, hardly any free establishment.
    TightCaps,
    /// Several ratios whose denominators depend on the plan.
    Shares,
    /// The way between any two schools is measured, all of them within reach.
    FullTravel,
    /// Counts and ratios over many attributes of persons and schools.
    ManyAttributes,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 11] = [
        Self::EverybodyEligible,
        Self::NobodyEligible,
        Self::CostsTied,
        Self::GiantSchool,
        Self::TinySites,
        Self::QuotaBeyondFloor,
        Self::QuotaBeyondHard,
        Self::TightCaps,
        Self::Shares,
        Self::FullTravel,
        Self::ManyAttributes,
    ];

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Name by which it is asked for.
    pub const fn name(self) -> &'static str {
        match self {
            Self::EverybodyEligible => "everybody-eligible",
            Self::NobodyEligible => "nobody-eligible",
            Self::CostsTied => "costs-tied",
            Self::GiantSchool => "giant-school",
            Self::TinySites => "tiny-sites",
            Self::QuotaBeyondFloor => "quota-beyond-floor",
            Self::QuotaBeyondHard => "quota-beyond-hard",
            Self::TightCaps => "tight-caps",
            Self::Shares => "shares",
            Self::FullTravel => "full-travel",
            Self::ManyAttributes => "many-attributes",
        }
    }

    /// What it is, in Chinese.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::EverybodyEligible => {
                "义务教育教师人人在岗、满六年、无暂缓；任何学校都可派出，校级干部也可流动。"
            }
            Self::NobodyEligible => "没有人在本校满六年，也没有志愿、锁定：没有人可以流动。",
            Self::CostsTied => {
                "所有学校同在一处，路程相等；需求为整数；没有志愿：同样好的方案极多。"
            }
            Self::GiantSchool => "一所学校有全区县约三分之一的教师（至多约八千人）。",
            Self::TinySites => "大多数学校是一至三个班的教学点，岗位合并。",
            Self::QuotaBeyondFloor => "名额超出所能，作为底线，只能违反最少。",
            Self::QuotaBeyondHard => "必须满足的名额超出所能：没有方案，应予证明。",
            Self::TightCaps => "每校、每学科都有必须满足的上限，编制几乎没有空余。",
            Self::Shares => "多条比例规则，分母随方案变化。",
            Self::FullTravel => "每两所学校之间都有实测路程，处处可达。",
            Self::ManyAttributes => "按职称、年龄、学历、性别、城乡、学段分别规定人数和比例。",
        }
    }

    /// What it is.
    pub const fn english(self) -> &'static str {
        match self {
            Self::EverybodyEligible => {
                "Everybody of the compulsory stages is at work, has six years at the school and is \
                 not deferred; any school may send, and heads may move."
            }
            Self::NobodyEligible => {
                "Nobody has six years at the school, wishes or is locked: nobody may move."
            }
            Self::CostsTied => {
                "All schools stand in one place, so that ways are equal; needs are whole persons; \
                 nobody wishes: an enormous number of plans is equally good."
            }
            Self::GiantSchool => {
                "One school has about a third of the district's teachers (some 8,000 at most)."
            }
            Self::TinySites => "Most schools are sites of one to three classes with pooled posts.",
            Self::QuotaBeyondFloor => {
                "Quotas beyond what exists, as floors that are violated by the least amount."
            }
            Self::QuotaBeyondHard => {
                "A hard quota beyond what exists: there is no plan, which is to be proven."
            }
            Self::TightCaps => {
                "Hard caps for each school and subject, and hardly any free establishment."
            }
            Self::Shares => "Several ratios whose denominators depend on the plan.",
            Self::FullTravel => {
                "The way between any two schools is measured, and all are within reach."
            }
            Self::ManyAttributes => {
                "Counts and ratios by title, age, degree, sex, zone and stage at the same time."
            }
        }
    }

    /// The policy made for it, where the hardness lies in the rules.
    pub const fn policy(self) -> Option<&'static str> {
        match self {
            Self::NobodyEligible | Self::GiantSchool | Self::TinySites => None,
            Self::EverybodyEligible => Some(include_str!("kinds/everybody-eligible.toml")),
            Self::CostsTied => Some(include_str!("kinds/costs-tied.toml")),
            Self::QuotaBeyondFloor => Some(include_str!("kinds/quota-beyond-floor.toml")),
            Self::QuotaBeyondHard => Some(include_str!("kinds/quota-beyond-hard.toml")),
            Self::TightCaps => Some(include_str!("kinds/tight-caps.toml")),
            Self::Shares => Some(include_str!("kinds/shares.toml")),
            Self::FullTravel => Some(include_str!("kinds/full-travel.toml")),
            Self::ManyAttributes => Some(include_str!("kinds/many-attributes.toml")),
        }
    }

    /// The sizes of a district of the kind, from those of an ordinary one.
    pub(super) fn reshape(self, sizes: Sizes) -> Sizes {
        match self {
            Self::GiantSchool => sizes.with_giant_school(),
            Self::TinySites => sizes.with_tiny_sites(),
            _ => sizes,
        }
    }

    /// Changes an ordinary district into one of the kind.
    pub(super) fn alter(self, district: &mut SyntheticDistrict) {
        district.kind = Some(self);
        match self {
            Self::EverybodyEligible => let_everybody_move(district),
            Self::NobodyEligible => let_nobody_move(district),
            Self::CostsTied => tie_costs(district),
            Self::TightCaps => fill_establishment(district),
            Self::FullTravel => measure_all_ways(district),
            Self::GiantSchool
            | Self::TinySites
            | Self::QuotaBeyondFloor
            | Self::QuotaBeyondHard
            | Self::Shares
            | Self::ManyAttributes => {}
        }
    }
}

/// What the office has decided about persons would take them out of the pool.
fn undecide(district: &mut SyntheticDistrict) {
    district.nominations.clear();
    district.locks.clear();
    district.decided.clear();
}

/// Ends a running exchange: the person belongs where he or she serves.
fn settle(teacher: &mut TeacherRecord, schools: &[SchoolRecord]) {
    teacher.exchange = None;
    if teacher.is_permanent() {
        teacher.unit = Some(schools[teacher.school].unit);
    }
}

fn let_everybody_move(district: &mut SyntheticDistrict) {
    undecide(district);
    let begin = district.year_begin;
    for teacher in &mut district.teachers {
        if !teacher.stage.is_compulsory() {
            continue;
        }
        teacher.employment = Employment::Establishment;
        settle(teacher, &district.schools);
        teacher.status = Status::InPost;
        (teacher.status_from, teacher.status_until) = (None, None);
        teacher.deferral = None;
        teacher.remarks = "";
        // Between 29 and 48 nobody is near retirement, and everybody has had time for six years.
        let months = begin.months_since(teacher.birth);
        let years = (months / 12).clamp(29, 48);
        teacher.birth = begin.plus(-(years * 12 + months % 12));
        let grown = teacher.birth.plus(21 * 12);
        teacher.first_job = teacher.first_job.clamp(grown, begin.plus(-SIX_YEARS - 12));
        teacher.arrival = teacher
            .arrival
            .clamp(teacher.first_job, begin.plus(-SIX_YEARS));
    }
    let mut chance = Chance::new(district.seed, Purpose::Kind);
    tell_apart(&mut district.teachers, &mut chance);
    // Those who were away give lessons again.
    for teacher in &mut district.teachers {
        teacher.weekly_periods = 0;
        teacher.further.clear();
    }
    let month = district.data_month();
    timetable::fill(&mut district.teachers, &district.schools, month);
}

fn let_nobody_move(district: &mut SyntheticDistrict) {
    district.nominations.clear();
    district.locks.clear();
    district.preferences.clear();
    district.decided.retain(|row| {
        matches!(
            row.kind,
            DecidedKind::Retire | DecidedKind::Leave | DecidedKind::Absent
        )
    });
    for (place, teacher) in district.teachers.iter_mut().enumerate() {
        if !teacher.stage.is_compulsory() {
            continue;
        }
        settle(teacher, &district.schools);
        let years = 1 + (place % 5) as i32;
        teacher.arrival = teacher.arrival.max(district.year_begin.plus(-12 * years));
    }
}

fn tie_costs(district: &mut SyntheticDistrict) {
    undecide(district);
    district.preferences.clear();
    district.travel.clear();
    let place = district.schools[0].position;
    for school in &mut district.schools {
        school.position = place;
        school.remote = false;
    }
    for stage in [Stage::Primary, Stage::Junior] {
        let staff = || district.teachers.iter().filter(|row| row.stage == stage);
        let periods: u32 = staff().map(|row| row.weekly_periods).sum();
        // Lessons of one person by the stage's own mean, so that need is near the staff in post.
        let load = (periods / (staff().count() as u32).max(1)).max(1);
        for (school, row) in district.schools.iter().enumerate() {
            let needs = demand(row, stage).into_iter();
            district
                .needs
                .extend(needs.map(|(subject, periods)| NeedRecord {
                    school,
                    stage,
                    subject,
                    persons: (periods + load / 2) / load,
                }));
        }
    }
}

fn fill_establishment(district: &mut SyntheticDistrict) {
    // Moves that are decided already might exceed the caps before any choice is made.
    undecide(district);
    let mut held = vec![0_u32; district.units.len()];
    for unit in district.teachers.iter().filter_map(|row| row.unit) {
        held[unit] += 1;
    }
    for (place, (unit, held)) in district.units.iter_mut().zip(held).enumerate() {
        // One unit in four has one place free.
        unit.establishment = held + u32::from(place % 4 == 0);
    }
}

fn measure_all_ways(district: &mut SyntheticDistrict) {
    let schools = &district.schools;
    let ways =
        (0..schools.len()).flat_map(|from| (from + 1..schools.len()).map(move |to| (from, to)));
    // 1.45 times the distance at 40 km/h, as nobody drives at 30 across a whole province.
    let minutes = |from: usize, to: usize| {
        3 + distance(&schools[from], &schools[to]) * 145 / 100 * 60 / 40_000
    };
    district.travel = ways
        .map(|(from, to)| (from, to, minutes(from, to)))
        .collect();
}
