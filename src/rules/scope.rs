//! Over what a rule is taken: the whole district, each school, each unit …

use serde::Deserialize;

use super::row::Candidate;
use crate::demand::Situation;
use crate::domain::{District, SchoolIndex, Stage, SubjectIndex, TeacherIndex, UnitIndex};

/// The places for each of which a rule holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// The district as one.
    #[default]
    District,
    /// Each stage.
    Stage,
    /// Each school or site.
    School,
    /// Each stage of each school.
    SchoolStage,
    /// Each subject of each school.
    SchoolSubject,
    /// Each unit.
    Unit,
}

/// At which end of a move the scope is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Where the person comes from.
    #[default]
    Origin,
    /// Where the person goes.
    Destination,
}

impl Side {
    /// The place at which a move counts. At the origin it is the stage and subject left that count,
    /// not those that the person goes to teach: the origin may have no such post at all.
    pub(super) fn key(self, scope: Scope, candidate: &Candidate<'_>) -> ScopeKey {
        let (situation, entry) = (candidate.situation, candidate.entry);
        let placement = candidate.placement;
        match self {
            Self::Origin => scope.key(situation, candidate.origin(), entry.stage, entry.subject),
            Self::Destination => scope.key(
                situation,
                placement.school,
                placement.stage,
                placement.subject,
            ),
        }
    }
}

/// One place of a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScopeKey {
    /// The district.
    District,
    /// A stage.
    Stage(Stage),
    /// A school.
    School(SchoolIndex),
    /// A stage of a school.
    SchoolStage(SchoolIndex, Stage),
    /// A subject of a school.
    SchoolSubject(SchoolIndex, SubjectIndex),
    /// A unit.
    Unit(UnitIndex),
    /// Somebody.
    Person(TeacherIndex),
    /// Two persons in a neighbourhood, named by its first school.
    Pair(TeacherIndex, TeacherIndex, SchoolIndex),
    /// Two persons in a unit.
    PairInUnit(TeacherIndex, TeacherIndex, UnitIndex),
}

impl Scope {
    /// The place to which a person at a school, stage and subject belongs.
    pub fn key(
        self,
        situation: &Situation<'_>,
        school: SchoolIndex,
        stage: Stage,
        subject: SubjectIndex,
    ) -> ScopeKey {
        match self {
            Self::District => ScopeKey::District,
            Self::Stage => ScopeKey::Stage(stage),
            Self::School => ScopeKey::School(school),
            Self::SchoolStage => ScopeKey::SchoolStage(school, stage),
            Self::SchoolSubject => ScopeKey::SchoolSubject(school, subject),
            Self::Unit => ScopeKey::Unit(situation.district.school(school).unit),
        }
    }
}

impl ScopeKey {
    /// Two persons on paper, by their keys.
    pub(super) fn people(district: &District, one: TeacherIndex, other: TeacherIndex) -> String {
        let id = |teacher: TeacherIndex| district.teacher(teacher).id.as_str();
        format!("{}、{}", id(one), id(other))
    }

    /// The place's name on paper.
    pub fn label(self, situation: &Situation<'_>) -> String {
        let district = situation.district;
        match self {
            Self::District => district.name.clone(),
            Self::Stage(stage) => stage.chinese().to_owned(),
            Self::School(school) => district.school(school).name.clone(),
            Self::SchoolStage(school, stage) => {
                format!("{}（{}）", district.school(school).name, stage.chinese())
            }
            Self::SchoolSubject(school, subject) => {
                format!(
                    "{}（{}）",
                    district.school(school).name,
                    district.subject_name(subject)
                )
            }
            Self::Unit(unit) => district.unit(unit).name.clone(),
            Self::Person(teacher) => district.teacher(teacher).id.clone(),
            Self::Pair(one, other, school) => {
                let people = Self::people(district, one, other);
                format!("{people}（{}）", district.school(school).name)
            }
            Self::PairInUnit(one, other, unit) => {
                let people = Self::people(district, one, other);
                format!("{people}（{}）", district.unit(unit).name)
            }
        }
    }
}
