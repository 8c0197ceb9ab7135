//! Districts built in code, so that tests depend on no instance file.

#![allow(dead_code, reason = "each test file uses some of it")]
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

pub(crate) mod clashing;
pub(crate) mod enumeration;
pub(crate) mod plans;
pub(crate) mod policies;
pub(crate) mod random;
pub(crate) mod tiny;

use shizi::demand::Situation;
use shizi::domain::{
    Backbone, Capability, ClassGroup, Degree, District, DistrictParts, Employment, Given, Month,
    NeedAmount, Office, Persons, PostCategory, School, SchoolIndex, SchoolState, Sex, Stage,
    StatedNeed, Status, SubjectIndex, Teacher, Title, Unit, UnitIndex, Zone,
};
use shizi::policy::Policy;
use shizi::rules::RuleSet;
use shizi::rules::eligibility::Standings;

/// The first month of the planned year in all tests.
pub(crate) fn year_begin() -> Month {
    Month::new(2025, 9).expect("a month of a year")
}

/// A district without schools, teaching these subjects.
pub(crate) fn empty(subjects: &[&str]) -> DistrictParts {
    let mut subjects: Vec<String> = subjects.iter().map(ToString::to_string).collect();
    subjects.sort();
    DistrictParts {
        name: "试验区".to_owned(),
        code: "500000".to_owned(),
        year_begin: year_begin(),
        data_date: "2025-05-01".to_owned(),
        subjects,
        units: Vec::new(),
        schools: Vec::new(),
        teachers: Vec::new(),
        stated_needs: Vec::new(),
        travel: Vec::new(),
        preferences: Vec::new(),
        nominations: Vec::new(),
        locks: Vec::new(),
        decided: Vec::new(),
        weeks: Vec::new(),
        results: Vec::new(),
        scores: Vec::new(),
        quotas: Vec::new(),
        assumptions: Vec::new(),
    }
}

/// The place of a subject.
pub(crate) fn subject(parts: &DistrictParts, name: &str) -> SubjectIndex {
    let position = parts
        .subjects
        .iter()
        .position(|held| held == name)
        .expect("a subject of the district");
    SubjectIndex(position as u32)
}

/// Adds a unit with one school, both under the next code in order.
pub(crate) fn add_school(parts: &mut DistrictParts, stage: Stage, classes: u32) -> SchoolIndex {
    let number = parts.schools.len();
    let unit = UnitIndex(parts.units.len() as u32);
    parts.units.push(Unit {
        code: format!("U{number}"),
        name: format!("第{number}中心校"),
        establishment: None,
        senior_posts: Given(None),
        middle_posts: Given(None),
    });
    parts.schools.push(School {
        code: format!("S{number}"),
        name: format!("第{number}学校"),
        unit,
        town: String::new(),
        zone: Zone::Urban,
        sending: false,
        receiving: false,
        cluster: None,
        group: None,
        coordinates: None,
        dormitory: false,
        remote: false,
        failed_indicators: 0,
        state: SchoolState::Open,
        merged_into: None,
        partner: None,
        classes: vec![ClassGroup {
            stage,
            grade: None,
            programme: None,
            classes,
            pupils: classes * 40,
        }],
    });
    SchoolIndex(number as u32)
}

/// Adds a teacher of long standing, eligible for everything that asks for years.
pub(crate) fn add_teacher(
    parts: &mut DistrictParts,
    school: SchoolIndex,
    stage: Stage,
    subject: SubjectIndex,
) -> usize {
    let number = parts.teachers.len();
    let unit = parts.schools[school.position()].unit;
    parts.teachers.push(Teacher {
        id: format!("T{number:03}"),
        name: format!("教师{number}"),
        sex: Some(Sex::Female),
        birth: Month::new(1985, 3),
        first_job: Month::new(2008, 9),
        arrival: Month::new(2012, 9),
        establishment_unit: Some(unit),
        school,
        stage,
        subject,
        further: Vec::new(),
        grades: Vec::new(),
        class_teacher: false,
        certificates: vec![Capability { stage, subject }],
        weekly_periods: None,
        title: Title::First,
        category: PostCategory::Professional,
        degree: Some(Degree::Bachelor),
        backbone: Backbone::None,
        employment: Employment::Establishment,
        status: Status::InPost,
        status_from: None,
        status_until: None,
        office: Office::None,
        office_terms: 0,
        programme_teacher: false,
        dual_qualified: false,
        practice_months: Given(None),
        deferral: None,
        spouse: None,
        relatives: Vec::new(),
        home_town: None,
        running: None,
        earlier_exchanges: Given(None),
    });
    number
}

/// States a need in thousandths of a person.
pub(crate) fn state_need(
    parts: &mut DistrictParts,
    school: SchoolIndex,
    stage: Stage,
    subject: SubjectIndex,
    thousandths: i64,
) {
    parts.stated_needs.push(StatedNeed {
        school,
        stage,
        subject,
        amount: NeedAmount::Persons(Persons(thousandths)),
    });
}

/// A policy by its text.
pub(crate) fn policy(text: &str) -> (Policy, RuleSet) {
    let policy = shizi::policy::load_text("test.toml", text)
        .unwrap_or_else(|faults| panic!("{faults:#?}\n{text}"));
    let rules = RuleSet::new(&policy).unwrap_or_else(|faults| panic!("{faults:#?}\n{text}"));
    (policy, rules)
}

/// A situation with who may move.
pub(crate) fn situation<'a>(
    district: &'a District,
    policy: &'a Policy,
    rules: &RuleSet,
) -> (Situation<'a>, Standings) {
    let situation = Situation::new(district, policy);
    let standings = Standings::new(&situation, rules);
    (situation, standings)
}
