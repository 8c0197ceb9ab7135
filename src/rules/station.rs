//! Which of the schools that somebody serves (走教) a rule looks at.

use serde::Deserialize;

use super::row::Candidate;
use crate::domain::{Persons, Placement, SchoolIndex};
use crate::policy::presence;

/// Where rules of teachers count whoever serves at several schools.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Itinerants {
    /// At the own school alone.
    #[default]
    Home,
    /// At every school served, as one person each time.
    EverySite,
}

/// The schools of an itinerary at which a rule looks. Whoever has none is looked at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stations {
    /// The own school: rules of teachers.
    Home,
    /// The others, one after the other: rules of ways and moves.
    Visits,
    /// All of them.
    Every,
}

impl From<Itinerants> for Stations {
    fn from(counted: Itinerants) -> Self {
        match counted {
            Itinerants::Home => Self::Home,
            Itinerants::EverySite => Self::Every,
        }
    }
}

impl Candidate<'_> {
    /// Calls `look` with the placement as seen from each of these schools: of an itinerary the
    /// school is that one.
    pub(crate) fn at_stations(&self, stations: Stations, mut look: impl FnMut(&Candidate<'_>)) {
        let placement = self.placement;
        if placement.itinerary.is_none() || stations != Stations::Visits {
            look(self);
        }
        let visits = placement
            .itinerary
            .filter(|_| stations != Stations::Home)
            .into_iter()
            .flat_map(|held| held.sites());
        for site in visits {
            let there = Placement {
                school: site.school,
                ..*placement
            };
            look(&Candidate {
                placement: &there,
                ..*self
            });
        }
    }

    /// Days a week on which somebody goes to the school of the placement, where that is part of an
    /// itinerary; one move, where there is none.
    pub(super) fn trips(&self) -> i64 {
        let placement = self.placement;
        let held = placement.itinerary;
        held.map_or(1, |held| i64::from(held.days_at(placement.school)))
    }

    /// Calls `add` with every school where the person gives lessons, and how much of a person he or
    /// she is there: a day away brings less than a day at home, because of the way.
    pub(crate) fn presence(&self, add: impl FnMut(SchoolIndex, Persons)) {
        let terms = self.situation.policy.itinerant.as_ref();
        presence(terms, self.placement.school, self.placement.itinerary, add);
    }
}
