//! Units, schools (sites) and their classes.

use super::given::Given;
use super::quantity::Periods;
use super::vocabulary::vocabulary;

macro_rules! index {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The place in the district's list.
            pub const fn position(self) -> usize { self.0 as usize }
        }
    };
}

index! {
    /// A unit (单位): place in [`super::District`]'s `units`, which are sorted by code.
    UnitIndex
}
index! {
    /// A school or site (学校、校点): place in the district's `schools`, sorted by code.
    SchoolIndex
}
index! {
    /// A teacher: place in the district's `teachers`, sorted by id.
    TeacherIndex
}
index! {
    /// A subject: place in the district's `subjects`, sorted by name.
    SubjectIndex
}

vocabulary! {
    /// Stage of schooling (学段). A combined school has several.
    Stage {
        /// 幼儿园
        Kindergarten = "kindergarten", "幼儿园";
        /// 小学
        Primary = "primary", "小学";
        /// 初中
        Junior = "junior", "初中";
        /// 普通高中
        Senior = "senior", "高中";
        /// 中等职业学校
        Vocational = "vocational", "中职";
        /// 特殊教育学校
        Special = "special", "特教";
    }
}

impl Stage {
    /// Whether the stage belongs to compulsory education (义务教育).
    pub const fn is_compulsory(self) -> bool {
        matches!(self, Self::Primary | Self::Junior)
    }

    /// Whether the stage is one of those that lead up to another: kindergarten, primary, junior,
    /// senior. Vocational and special schools stand beside them.
    pub fn is_below(self, other: Self) -> bool {
        let leads_up = |stage: Self| stage <= Self::Senior;
        self < other && leads_up(self) && leads_up(other)
    }

    /// The grade that leaves the stage at the end of the year (毕业年级), counted from 1 in
    /// primary school; `None` where the stage has no such grade in rosters.
    pub fn graduating_grade(self) -> Option<u8> {
        self.grades().map(|grades| *grades.end())
    }

    /// Pupils that a class holds at most (班额标准): kindergartens 30, primary schools 45, above 50
    /// (优质均衡 standards, 2.5; for kindergartens 幼儿园工作规程, Art. 11, the middle group).
    pub const fn class_size(self) -> u32 {
        match self {
            Self::Kindergarten => 30,
            Self::Primary => 45,
            Self::Junior | Self::Senior | Self::Vocational => 50,
            Self::Special => 12,
        }
    }

    /// Grades of the stage as rosters count them, from 1 in primary school; `None` where the stage has
    /// none.
    pub fn grades(self) -> Option<std::ops::RangeInclusive<u8>> {
        match self {
            Self::Primary => Some(1..=6),
            Self::Junior => Some(7..=9),
            Self::Senior => Some(10..=12),
            Self::Kindergarten | Self::Vocational | Self::Special => None,
        }
    }

    /// Whether a certificate (教师资格) of this stage is one for another: of the same level or below
    /// (教师资格条例, Art. 5), those of 高中 and 中职 being one level. Special schools have no level.
    pub const fn certifies(self, taught: Self) -> bool {
        let own = self.level_of_certificate();
        matches!(taught, Self::Special) || own >= taught.level_of_certificate() && own > 0
    }

    const fn level_of_certificate(self) -> u8 {
        match self {
            Self::Special => 0,
            Self::Kindergarten => 1,
            Self::Primary => 2,
            Self::Junior => 3,
            Self::Senior | Self::Vocational => 4,
        }
    }
}

vocabulary! {
    /// Urban or rural (城乡类型) of a school, by the statistical classification.
    Zone {
        /// 城区
        Urban = "urban", "城区";
        /// 镇区
        Town = "town", "镇区";
        /// 乡村
        Rural = "rural", "乡村";
    }
}

vocabulary! {
    /// What becomes of a school in the year of the plan (办学状态).
    SchoolState {
        /// 在办
        Open = "open", "在办";
        /// 新建: opens this year.
        New = "new", "新建";
        /// 撤销: closes; its staff are placed elsewhere.
        Closing = "closing", "撤销";
        /// 合并: becomes part of another school.
        Merging = "merging", "合并";
        /// 区外: a partner school outside the district.
        Outside = "outside", "区外";
    }
}

impl SchoolState {
    /// Whether there is no school any more when the year begins.
    pub const fn ends(self) -> bool {
        matches!(self, Self::Closing | Self::Merging)
    }
}

/// A legal unit (单位法人), which holds establishment (编制) and may run several sites.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unit {
    /// The office's code.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Staff that the unit may have (核定编制), where known.
    pub establishment: Option<u32>,
    /// Posts of senior titles (高级岗位), where known.
    pub senior_posts: Given<u32>,
    /// Posts of middle titles (中级岗位), where known.
    pub middle_posts: Given<u32>,
}

/// A group of classes of a school: one grade, one programme, or a whole stage.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassGroup {
    /// The stage.
    pub stage: Stage,
    /// The grade, 1 to 12 counted from the first of primary school; `None` for stage totals.
    pub grade: Option<u8>,
    /// The programme (专业) of a vocational school, named as a subject.
    pub programme: Option<SubjectIndex>,
    /// Number of classes.
    pub classes: u32,
    /// Number of pupils.
    pub pupils: u32,
}

/// A place on the map, in microdegrees (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Coordinates {
    /// Latitude in millionths of a degree.
    pub latitude: i32,
    /// Longitude in millionths of a degree.
    pub longitude: i32,
}

/// A school or site: where lessons are given.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct School {
    /// The office's code.
    pub code: String,
    /// Full name.
    pub name: String,
    /// The unit that runs it.
    pub unit: UnitIndex,
    /// Town or street (乡镇、街道); empty where not given.
    pub town: String,
    /// Urban or rural.
    pub zone: Zone,
    /// Marked by the bureau as one that sends (派出学校).
    pub sending: bool,
    /// Marked by the bureau as one that receives (受援学校).
    pub receiving: bool,
    /// 学区（片区）
    pub cluster: Option<String>,
    /// 教育集团
    pub group: Option<String>,
    /// Where it stands.
    pub coordinates: Option<Coordinates>,
    /// Has flats for teachers (周转宿舍).
    pub dormitory: bool,
    /// Marked as remote (偏远).
    pub remote: bool,
    /// Indicators of 优质均衡 that the school fails, those of teachers left out: rooms, sports
    /// grounds, equipment, networked classrooms.
    pub failed_indicators: u32,
    /// What becomes of it this year.
    pub state: SchoolState,
    /// The school that takes its pupils, where it closes or is merged.
    pub merged_into: Option<SchoolIndex>,
    /// The school that it is paired with (结对).
    pub partner: Option<SchoolIndex>,
    /// Its classes, sorted.
    pub classes: Vec<ClassGroup>,
}

impl School {
    /// Classes and pupils of a stage.
    pub fn stage_totals(&self, stage: Stage) -> (u32, u32) {
        self.classes
            .iter()
            .filter(|group| group.stage == stage)
            .fold((0, 0), |(classes, pupils), group| {
                (classes + group.classes, pupils + group.pupils)
            })
    }

    /// The stages in which the school has classes, in order.
    pub fn stages(&self) -> impl Iterator<Item = Stage> + '_ {
        Stage::ALL
            .iter()
            .copied()
            .filter(|&stage| self.stage_totals(stage).0 > 0)
    }
}

/// A need that the office states itself; it replaces the computed need of that subject.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct StatedNeed {
    /// The school.
    pub school: SchoolIndex,
    /// The stage.
    pub stage: Stage,
    /// The subject.
    pub subject: SubjectIndex,
    /// Lessons a week, or persons where lessons are not given.
    pub amount: NeedAmount,
}

/// The amount of a stated need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NeedAmount {
    /// Lessons a week.
    Periods(Periods),
    /// Full-time persons.
    Persons(super::quantity::Persons),
}
