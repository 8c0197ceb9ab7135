//! Teachers with an attribute at every school of a stage: what the indicators of 优质均衡 count.
//!
//! A combined school (九年一贯制, 完全中学, 十二年一贯制) gives one record for each of its stages. The
//! office's statistics split such a school by weights (1:1.1, 1:1.2, 1:1.1:1.32 a pupil) because
//! they know neither the stage of a teacher nor the pupils of a stage; rosters know both, so
//! nothing is split here.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::facts::{PlanFacts, Service};
use super::row::{Candidate, RowKey};
use super::scope::ScopeKey;
use super::station::Itinerants;
use crate::demand::Situation;
use crate::domain::{Form, SchoolIndex, Stage};
use crate::policy::{OneOrMany, PersonSelector, PersonView, SchoolSelector, SchoolView};

/// Where a teacher counts whose school of service is not the one that the 编制 is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountedAt {
    /// Where he or she gives lessons; staff outside the establishment count too.
    #[default]
    Serving,
    /// At the school that an exchange leads away from; who is on leave counts, staff outside the
    /// establishment does not.
    Establishment,
}

/// Pupils below which a stage of a school is not judged: 教学点 and the like.
pub(super) const fn fifty() -> u32 {
    50
}

/// One indicator: who counts in which stages.
pub(super) trait Gauge {
    /// Its name.
    fn name(&self) -> &str;
    /// Stages of which it speaks.
    fn stage(&self) -> &OneOrMany<Stage>;
    /// Who counts.
    fn who(&self) -> &PersonSelector;
}

/// A place of an indicator: school, stage, and its position among those of the rule.
pub(super) type Spot = (SchoolIndex, Stage, usize);

/// The indicators of a rule over the schools of a district.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gauges<'a, G> {
    pub(super) indicators: &'a [G],
    pub(super) counted: CountedAt,
    pub(super) itinerants: Itinerants,
    pub(super) to: &'a SchoolSelector,
    pub(super) pupils_at_least: u32,
}

impl<G: Gauge> Gauges<'_, G> {
    /// Pupils of a stage of a school, where it is judged at all.
    fn pupils(&self, school: &SchoolView<'_>, stage: Stage) -> Option<i64> {
        let (_, pupils) = school.school.stage_totals(stage);
        let judged = pupils > 0 && pupils >= self.pupils_at_least && self.to.matches(school);
        judged.then_some(i64::from(pupils))
    }

    /// Every stage of every school that is judged, with its pupils.
    pub(super) fn records(&self, situation: &Situation<'_>) -> Vec<(SchoolIndex, Stage, i64)> {
        let district = situation.district;
        let mut records = Vec::new();
        for school in district.school_indices() {
            let view = situation.school(school);
            for stage in district.school(school).stages() {
                if self.speaks_of(stage)
                    && let Some(pupils) = self.pupils(&view, stage)
                {
                    records.push((school, stage, pupils));
                }
            }
        }
        records
    }

    fn speaks_of(&self, stage: Stage) -> bool {
        self.indicators
            .iter()
            .any(|indicator| indicator.stage().admits(&stage))
    }

    /// The indicators of a stage, with their positions.
    pub(super) fn of_stage(&self, stage: Stage) -> impl Iterator<Item = (usize, &G)> {
        let all = self.indicators.iter().enumerate();
        all.filter(move |(_, indicator)| indicator.stage().admits(&stage))
    }

    /// The school at which a placement counts, and the person with the stage and subject there.
    fn home<'c>(&self, candidate: &Candidate<'c>) -> Option<(SchoolIndex, PersonView<'c>)> {
        let placement = candidate.placement;
        match (self.counted, placement.form) {
            (CountedAt::Serving, _) => candidate
                .serves()
                .then(|| (placement.school, candidate.person())),
            (CountedAt::Establishment, _) if placement.unit.is_none() => None,
            (CountedAt::Establishment, form)
                if form == Form::Continue
                    || (form.is_move()
                        && !candidate.situation.policy.moves_establishment(form)) =>
            {
                let person = candidate.situation.person(placement.teacher);
                Some((candidate.entry.origin, person))
            }
            (CountedAt::Establishment, _) => Some((placement.school, candidate.person())),
        }
    }

    /// Whether a placement counts for any indicator, at whatever school.
    pub(super) fn concerns(&self, candidate: &Candidate<'_>) -> bool {
        self.home(candidate).is_some_and(|(_, person)| {
            self.of_stage(person.stage)
                .any(|(_, indicator)| indicator.who().matches(&person))
        })
    }

    /// Whether a placement at a school may count: who is counted where the 编制 is may go anywhere.
    pub(super) fn leads_to(&self, school: &SchoolView<'_>) -> bool {
        self.counted == CountedAt::Establishment || self.to.matches(school)
    }

    /// Calls `visit` with every place at which a placement counts as one person.
    pub(super) fn visit(&self, candidate: &Candidate<'_>, mut visit: impl FnMut(Spot)) {
        let Some((school, person)) = self.home(candidate) else {
            return;
        };
        let view = candidate.situation.school(school);
        if self.pupils(&view, person.stage).is_none() {
            return;
        }
        for (position, indicator) in self.of_stage(person.stage) {
            if indicator.who().matches(&person) {
                visit((school, person.stage, position));
            }
        }
    }

    /// Calls `visit` with every place at which a recruit counts for sure.
    pub(super) fn visit_recruit(
        &self,
        situation: &Situation<'_>,
        recruit: &Service,
        mut visit: impl FnMut(Spot),
    ) {
        let &Service { school, stage, .. } = recruit;
        if self.pupils(&situation.school(school), stage).is_none() {
            return;
        }
        for (position, indicator) in self.of_stage(stage) {
            if recruit.is_chosen_by(indicator.who(), situation) {
                visit((school, stage, position));
            }
        }
    }

    /// Calls `add` with the rows of a rule that a placement adds a person to.
    pub(super) fn amounts_there(
        &self,
        position: usize,
        candidate: &Candidate<'_>,
        mut add: impl FnMut(RowKey, i64),
    ) {
        self.visit(candidate, |spot| add(key(position, spot), 1));
    }

    /// Calls `add` with the rows of a rule that a recruit adds to.
    pub(super) fn recruit_amounts(
        &self,
        position: usize,
        situation: &Situation<'_>,
        recruit: &Service,
        mut add: impl FnMut(RowKey, i64),
    ) {
        self.visit_recruit(situation, recruit, |spot| add(key(position, spot), 1));
    }

    /// Whole persons at every place in a finished plan.
    pub(super) fn tallies(&self, facts: &PlanFacts<'_>) -> BTreeMap<Spot, i64> {
        let mut tallies: BTreeMap<Spot, i64> = BTreeMap::new();
        for candidate in facts.candidates() {
            candidate.at_stations(self.itinerants.into(), |there| {
                self.visit(there, |spot| *tallies.entry(spot).or_default() += 1);
            });
        }
        for recruit in facts.recruits() {
            self.visit_recruit(facts.situation, &recruit, |spot| {
                *tallies.entry(spot).or_default() += recruit.count;
            });
        }
        tallies
    }
}

/// The row of an indicator at a place.
pub(super) const fn key(position: usize, (school, stage, indicator): Spot) -> RowKey {
    RowKey::Indicator(
        position,
        ScopeKey::SchoolStage(school, stage),
        indicator as u16,
    )
}

/// Whether two indicators of one name speak of one stage.
pub(super) fn named_twice<G: Gauge>(indicators: &[G]) -> bool {
    indicators.iter().enumerate().any(|(position, one)| {
        indicators[..position].iter().any(|other| {
            one.name() == other.name()
                && Stage::ALL
                    .iter()
                    .any(|stage| one.stage().admits(stage) && other.stage().admits(stage))
        })
    })
}
