//! A synthetic district as records, one kind a file.

use crate::domain::{
    Backbone, DecidedKind, Deferral, Degree, Employment, Form, LockKind, Month, Office,
    PostCategory, SchoolState, Sex, Stage, Status, Title, Zone,
};

use super::kinds::Kind;

/// A generated district, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntheticDistrict {
    /// Name of the profile.
    pub profile: &'static str,
    /// What makes it hard to plan; `None` for an ordinary district.
    pub kind: Option<Kind>,
    /// The seed it was drawn from.
    pub seed: u64,
    /// Name of the district.
    pub name: String,
    /// Administrative code, six digits.
    pub code: String,
    /// First month of the school year that is planned.
    pub year_begin: Month,
    /// Date of the data.
    pub data_date: String,
    /// Units, by code.
    pub units: Vec<UnitRecord>,
    /// Schools and sites, by code.
    pub schools: Vec<SchoolRecord>,
    /// Teachers, by id.
    pub teachers: Vec<TeacherRecord>,
    /// Needs that the office states itself.
    pub needs: Vec<NeedRecord>,
    /// Minutes between schools: from, to, minutes.
    pub travel: Vec<(usize, usize, u32)>,
    /// Wishes: teacher, rank, school.
    pub preferences: Vec<(usize, u32, usize)>,
    /// Nominated teachers.
    pub nominations: Vec<usize>,
    /// Locks.
    pub locks: Vec<LockRecord>,
    /// Decided moves and departures.
    pub decided: Vec<DecidedRecord>,
    /// What is expected of the coming years, as a file for `forecast`; where the plan says so.
    pub outlook: Option<String>,
    /// The totals that the district was fitted to.
    pub targets: Vec<Target>,
}

/// A total that the instance was fitted to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// What is counted.
    pub measure: super::totals::Measure,
    /// The published (or drawn) value.
    pub value: u32,
}

/// A legal unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRecord {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Staff that it may have.
    pub establishment: u32,
    /// Posts of senior titles, where the office registers them.
    pub senior_posts: Option<u32>,
    /// Posts of middle titles, likewise.
    pub middle_posts: Option<u32>,
}

/// A school or site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolRecord {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Position of its unit.
    pub unit: usize,
    /// Town.
    pub town: String,
    /// Urban, town or rural.
    pub zone: Zone,
    /// Marked as sending.
    pub sending: bool,
    /// Marked as receiving.
    pub receiving: bool,
    /// 学区
    pub cluster: String,
    /// 教育集团, or empty.
    pub group: String,
    /// Latitude and longitude in millionths of a degree.
    pub position: (i32, i32),
    /// Metres from the seat of the district.
    pub metres_from_seat: u32,
    /// Has flats for teachers.
    pub dormitory: bool,
    /// Marked as remote.
    pub remote: bool,
    /// What becomes of it this year.
    pub state: SchoolState,
    /// Position of the school that takes its pupils.
    pub merged_into: Option<usize>,
    /// Its classes.
    pub classes: Vec<ClassRecord>,
}

impl SchoolRecord {
    /// Classes and pupils of a stage.
    pub fn stage_totals(&self, stage: Stage) -> (u32, u32) {
        self.classes
            .iter()
            .filter(|row| row.stage == stage)
            .fold((0, 0), |(classes, pupils), row| {
                (classes + row.classes, pupils + row.pupils)
            })
    }

    /// Stages with classes, in order.
    pub fn stages(&self) -> Vec<Stage> {
        let mut stages: Vec<Stage> = self.classes.iter().map(|row| row.stage).collect();
        stages.sort_unstable();
        stages.dedup();
        stages
    }
}

/// Classes of one grade or programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassRecord {
    /// Stage.
    pub stage: Stage,
    /// Grade, 1 to 12.
    pub grade: Option<u8>,
    /// Programme of a vocational school.
    pub programme: Option<&'static str>,
    /// Number of classes.
    pub classes: u32,
    /// Number of pupils.
    pub pupils: u32,
}

/// A synthetic person. The fields are those of the domain's teacher, see there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the domain's teacher documents each field")]
pub struct TeacherRecord {
    pub id: String,
    pub name: String,
    pub sex: Sex,
    pub birth: Month,
    pub first_job: Month,
    pub arrival: Month,
    pub unit: Option<usize>,
    pub school: usize,
    pub stage: Stage,
    pub subject: &'static str,
    pub further: Vec<&'static str>,
    pub grades: Vec<u8>,
    pub class_teacher: bool,
    pub certificate_stages: Vec<Stage>,
    pub certificate_subjects: Vec<&'static str>,
    /// Tenths of a lesson.
    pub weekly_periods: u32,
    pub title: Title,
    pub category: PostCategory,
    pub degree: Degree,
    pub backbone: Backbone,
    pub employment: Employment,
    pub status: Status,
    pub status_from: Option<Month>,
    pub status_until: Option<Month>,
    pub office: Office,
    pub office_terms: u32,
    pub programme_teacher: bool,
    pub dual_qualified: bool,
    pub practice_months: Option<u32>,
    pub deferral: Option<Deferral>,
    pub spouse: Option<usize>,
    pub home_town: String,
    pub exchange: Option<ExchangeRecord>,
    pub remarks: &'static str,
}

impl TeacherRecord {
    /// A person about whom nothing is known yet but the post.
    pub(super) fn new(
        school: usize,
        unit: usize,
        stage: Stage,
        subject: &'static str,
        any_month: Month,
    ) -> Self {
        Self {
            id: String::new(),
            name: String::new(),
            sex: Sex::Female,
            birth: any_month,
            first_job: any_month,
            arrival: any_month,
            unit: Some(unit),
            school,
            stage,
            subject,
            further: Vec::new(),
            grades: Vec::new(),
            class_teacher: false,
            certificate_stages: vec![stage],
            certificate_subjects: vec![subject],
            weekly_periods: 0,
            title: Title::Second,
            category: PostCategory::Professional,
            degree: Degree::Bachelor,
            backbone: Backbone::None,
            employment: Employment::Establishment,
            status: Status::InPost,
            status_from: None,
            status_until: None,
            office: Office::None,
            office_terms: 0,
            programme_teacher: false,
            dual_qualified: false,
            practice_months: None,
            deferral: None,
            spouse: None,
            home_town: String::new(),
            exchange: None,
            remarks: "",
        }
    }

    /// Whether the person is in the establishment.
    pub fn is_permanent(&self) -> bool {
        self.employment == Employment::Establishment
    }

    /// Whether nothing special is recorded yet: at work, not deferred, on no exchange.
    pub(super) fn is_ordinary(&self) -> bool {
        self.is_permanent()
            && self.status == Status::InPost
            && self.deferral.is_none()
            && self.exchange.is_none()
            && self.office == Office::None
    }
}

/// Positions of the teachers of each school, in order.
pub(super) fn by_school(teachers: &[TeacherRecord], schools: usize) -> Vec<Vec<usize>> {
    let mut places = vec![Vec::new(); schools];
    for (place, teacher) in teachers.iter().enumerate() {
        places[teacher.school].push(place);
    }
    places
}

/// A running exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExchangeRecord {
    /// Form, in the office's word.
    pub form: &'static str,
    /// First month.
    pub start: Month,
    /// First month in which it no longer runs.
    pub end: Month,
    /// Position of the school of origin.
    pub origin: usize,
    /// Whether 人事关系 went along.
    pub personnel_moved: bool,
}

/// A need that the office states itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedRecord {
    /// Position of the school.
    pub school: usize,
    /// Stage.
    pub stage: Stage,
    /// Subject.
    pub subject: &'static str,
    /// Full-time persons.
    pub persons: u32,
}

/// A lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockRecord {
    /// Position of the teacher.
    pub teacher: usize,
    /// What it says.
    pub kind: LockKind,
    /// The school of `Go` and `Forbid`.
    pub school: Option<usize>,
    /// The form of `OnlyForm`.
    pub form: Option<Form>,
    /// Why.
    pub reason: &'static str,
}

/// A decided move or departure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedRecord {
    /// Position of the teacher.
    pub teacher: usize,
    /// What was decided.
    pub kind: DecidedKind,
    /// The new school.
    pub school: Option<usize>,
    /// From when.
    pub date: Option<Month>,
    /// Document.
    pub basis: &'static str,
}
