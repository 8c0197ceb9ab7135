//! How far a drawn district goes beyond a county: how many seats it has, how wide it lies.

use super::chance::Chance;
use super::profile::{Sizes, Totals};

/// How a district lies on the map and how its classes are spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    /// Seats, each with two streets: what a county has one of, a large district has several of.
    pub(super) seats: u32,
    /// Radius of the disc on which the towns lie.
    pub(super) radius_metres: u64,
    /// Primary classes in 城区, 镇区, 乡村, in percent.
    pub(super) primary_zones: [u64; 3],
    /// All village sites are teaching points of a few classes.
    pub(super) tiny_sites: bool,
    /// Primary classes in the first school of the first seat, in percent, beside its share as one
    /// of the urban schools; 0 where no school stands out.
    pub(super) giant_percent: u32,
}

/// One seat; primary classes near the nation's 30.1 / 34.2 / 35.7, a county having a small seat.
/// Half of a disc's area lies within 0.707 of its radius: 20 km.
pub(super) const COUNTY: Layout = Layout {
    seats: 1,
    radius_metres: 28_300,
    primary_zones: [25, 40, 35],
    tiny_sites: false,
    giant_percent: 0,
};

/// Sizes that are drawn, against those of a county.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scale {
    /// Teachers, in percent of a county's 2,500 to 3,500.
    pub(super) teachers: u32,
    /// Schools and towns, in percent of a county's. Cities have larger schools, so that their
    /// schools grow less than their staff.
    pub(super) sites: u32,
}

impl Scale {
    /// A county, or a part of one.
    pub(super) const fn county(percent: u32) -> Self {
        Self {
            teachers: percent,
            sites: percent,
        }
    }

    /// Whether it is more than a county.
    pub(super) const fn is_large(self) -> bool {
        self.teachers > 100
    }

    /// Seats: one for each county's worth of schools.
    pub(super) const fn layout(self) -> Layout {
        if !self.is_large() {
            return COUNTY;
        }
        Layout {
            seats: self.sites / 100,
            // The area grows with the schools.
            radius_metres: COUNTY.radius_metres * (self.sites as u64 * 100).isqrt() / 100,
            // Fewer villages and more schools of the size that towns have.
            primary_zones: [36, 38, 26],
            ..COUNTY
        }
    }

    /// Teachers of the whole district: a county's vary by a sixth, larger ones by a tenth.
    pub(super) fn teachers(self, chance: &mut Chance) -> u32 {
        let (low, high) = if self.is_large() {
            (2_700, 3_300)
        } else {
            (2_500, 3_500)
        };
        (chance.between(low, high) as u32 * self.teachers).div_ceil(100)
    }

    /// Tenths of a primary class that a site has on the average, least and most.
    pub(super) const fn classes_per_site(self) -> (i32, i32) {
        if self.is_large() {
            (125, 135)
        } else {
            (98, 106)
        }
    }
}

impl Sizes {
    /// The same district with village sites of one to three classes: twice as many or more.
    pub(super) fn with_tiny_sites(mut self) -> Self {
        self.layout.tiny_sites = true;
        let Totals { sites, classes, .. } = self.primary;
        let [urban, town, rural] = self.layout.primary_zones.map(|part| part as u32);
        // One site for two rural classes; the urban schools and those of the towns stay.
        let others = classes * urban / 100 / 25 + (classes * town / 100 / 16).max(self.towns);
        self.primary.sites = sites.max(others + classes * rural / 200);
        self
    }

    /// The same district with more than half of the primary classes in one school, which so has a
    /// third of all teachers.
    pub(super) fn with_giant_school(mut self) -> Self {
        self.layout.giant_percent = 57;
        self
    }
}
