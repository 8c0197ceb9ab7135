//! Minutes of one way between two schools: as given, else from coordinates, else from towns.

use std::collections::BTreeMap;

use crate::domain::{District, Metres, Minutes, School, SchoolIndex};
use crate::policy::TravelTable;

/// Mean radius of the earth.
const EARTH_METRES: f64 = 6_371_008.8;

/// From what a time was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoadBasis {
    /// The office's own table.
    Given,
    /// Coordinates with the policy's detour and speed.
    Coordinates,
    /// Same town, same cluster, elsewhere.
    Towns,
}

/// Minutes between all schools.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roads {
    schools: usize,
    minutes: Vec<(Minutes, RoadBasis)>,
}

impl Roads {
    /// Reckons all pairs.
    pub fn new(district: &District, table: &TravelTable) -> Self {
        let mut given: BTreeMap<(SchoolIndex, SchoolIndex), Minutes> = BTreeMap::new();
        for time in &district.travel {
            given.insert((time.from, time.to), time.minutes);
        }
        for time in &district.travel {
            given.entry((time.to, time.from)).or_insert(time.minutes);
        }
        let schools = district.schools.len();
        let mut minutes = Vec::with_capacity(schools * schools);
        for from in district.school_indices() {
            for to in district.school_indices() {
                minutes.push(match given.get(&(from, to)) {
                    _ if from == to => (Minutes::ZERO, RoadBasis::Given),
                    Some(&time) => (time, RoadBasis::Given),
                    None => reckoned(district.school(from), district.school(to), table),
                });
            }
        }
        Self { schools, minutes }
    }

    /// Minutes of one way.
    pub fn minutes(&self, from: SchoolIndex, to: SchoolIndex) -> Minutes {
        self.time(from, to).0
    }

    /// Minutes of one way, and from what they were taken.
    pub fn time(&self, from: SchoolIndex, to: SchoolIndex) -> (Minutes, RoadBasis) {
        self.minutes[from.position() * self.schools + to.position()]
    }
}

fn reckoned(from: &School, to: &School, table: &TravelTable) -> (Minutes, RoadBasis) {
    if let Some(metres) = great_circle(from, to) {
        let road = table.detour.of_rounded_up(metres.0);
        let speed = i64::from(table.kilometres_per_hour.max(1)) * 1000;
        let minutes = (road * 60 + speed - 1) / speed + i64::from(table.start_minutes);
        return (Minutes(minutes), RoadBasis::Coordinates);
    }
    let near = if !from.town.is_empty() && from.town == to.town {
        table.same_town_minutes
    } else if from.cluster.is_some() && from.cluster == to.cluster {
        table.same_cluster_minutes
    } else {
        table.elsewhere_minutes
    };
    let remote = if from.remote || to.remote {
        table.remote_minutes
    } else {
        0
    };
    (Minutes(i64::from(near + remote)), RoadBasis::Towns)
}

/// Great-circle distance to the nearest ten metres, so that the last bits of a platform's sine
/// cannot change a plan.
fn great_circle(from: &School, to: &School) -> Option<Metres> {
    let (from, to) = (from.coordinates?, to.coordinates?);
    let radians = |microdegrees: i32| (f64::from(microdegrees) / 1e6).to_radians();
    let (latitude_from, latitude_to) = (radians(from.latitude), radians(to.latitude));
    let north = ((latitude_to - latitude_from) / 2.0).sin();
    let east = ((radians(to.longitude) - radians(from.longitude)) / 2.0).sin();
    let haversine = north * north + latitude_from.cos() * latitude_to.cos() * east * east;
    let metres = 2.0 * EARTH_METRES * haversine.sqrt().min(1.0).asin();
    Some(Metres((metres / 10.0).round() as i64 * 10))
}
