//! Totals that districts publish, and that an instance is fitted to.

use crate::domain::Stage;

use super::records::{SchoolRecord, SyntheticDistrict, TeacherRecord};

/// A total that is published for a district.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Schools and sites of a kind.
    Sites(Part),
    /// Classes.
    Classes(Part),
    /// Pupils.
    Pupils(Part),
    /// Teachers in the establishment.
    Teachers(Part),
    /// Teachers of all stages.
    AllTeachers,
    /// 在编在岗教职工: staff of all stages, where it is this that is published. The roster lists all of
    /// them as teachers.
    AllStaff,
    /// 核定编制 of all units.
    Establishment,
}

/// A part of a district that totals are published for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// 小学
    Primary,
    /// 初级中学: junior stage only.
    Junior,
    /// The junior stage of 完全中学.
    Complete,
    /// The junior stage of all schools.
    AllJunior,
    /// 普通高中
    Senior,
    /// 中职
    Vocational,
    /// 公办幼儿园
    Kindergarten,
    /// 特殊教育学校
    Special,
}

impl Part {
    fn stage(self) -> Stage {
        match self {
            Self::Primary => Stage::Primary,
            Self::Junior | Self::Complete | Self::AllJunior => Stage::Junior,
            Self::Senior => Stage::Senior,
            Self::Vocational => Stage::Vocational,
            Self::Kindergarten => Stage::Kindergarten,
            Self::Special => Stage::Special,
        }
    }

    fn has(self, school: &SchoolRecord) -> bool {
        let stages = school.stages();
        let complete = stages.contains(&Stage::Senior);
        stages.contains(&self.stage())
            && match self {
                Self::Complete => complete,
                Self::Primary | Self::Junior => !complete,
                _ => true,
            }
    }
}

impl Measure {
    /// The figure in a district.
    pub fn count(self, district: &SyntheticDistrict) -> u32 {
        let totals = |part: Part| {
            let schools = district.schools.iter().filter(move |row| part.has(row));
            schools.map(move |row| row.stage_totals(part.stage()))
        };
        match self {
            Self::Sites(part) => totals(part).count() as u32,
            Self::Classes(part) => totals(part).map(|row| row.0).sum(),
            Self::Pupils(part) => totals(part).map(|row| row.1).sum(),
            Self::Teachers(part) => {
                // Where a school ends, they are counted with those who take its pupils.
                let school = |row: &TeacherRecord| {
                    let school = &district.schools[row.school];
                    school
                        .merged_into
                        .map_or(school, |other| &district.schools[other])
                };
                let of_part = |row: &&TeacherRecord| {
                    row.is_permanent() && row.stage == part.stage() && part.has(school(row))
                };
                district.teachers.iter().filter(of_part).count() as u32
            }
            Self::Establishment => district.units.iter().map(|unit| unit.establishment).sum(),
            Self::AllTeachers | Self::AllStaff => district
                .teachers
                .iter()
                .filter(|row| row.is_permanent())
                .count() as u32,
        }
    }
}
