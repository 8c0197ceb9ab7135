//! Streets and towns of a district.

use crate::domain::Zone;

/// A street or town.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Town {
    pub(super) name: &'static str,
    /// Latitude and longitude in millionths of a degree.
    pub(super) position: (i32, i32),
    /// Population, by which pupils are divided.
    pub(super) population: u32,
    /// What its centre counts as.
    pub(super) centre: Zone,
    /// Pupils of the centre in the planned year for a hundred before, until the zone's total is
    /// fitted.
    pub(super) growth: u64,
    /// 学区 [D]
    pub(super) cluster: &'static str,
}

impl Town {
    /// The name without 街道, 镇 or 乡.
    pub(super) fn short_name(&self) -> &'static str {
        let name = self.name.trim_end_matches("街道");
        name.trim_end_matches('镇').trim_end_matches('乡')
    }
}

pub(super) const fn town(
    name: &'static str,
    position: (i32, i32),
    population: u32,
    centre: Zone,
    growth: u64,
    cluster: &'static str,
) -> Town {
    Town {
        name,
        position,
        population,
        centre,
        growth,
        cluster,
    }
}
