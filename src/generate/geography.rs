//! Towns on a disc around the seat, in integers: the same map on every machine.

use std::collections::BTreeMap;

use super::chance::Chance;
use super::expanse;
use super::layout::Layout;

/// A town of the district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Town {
    pub(super) name: String,
    /// Metres east and north of the seat.
    pub(super) place: (i32, i32),
    /// One of the two streets of a seat.
    pub(super) is_seat: bool,
    /// Metres east and north, at which the nearest seat stands: the only one of a county is at zero.
    pub(super) seat: (i32, i32),
    /// A 乡, whose centre is itself rural.
    pub(super) is_township: bool,
    pub(super) cluster: String,
}

/// The streets of the nearest seat, by the name of a town or street.
pub(super) type SeatStreets = BTreeMap<String, Vec<String>>;

/// Where the seat stands, in millionths of a degree.
const SEAT: (i32, i32) = (29_325_000, 107_760_000);
/// Invented names: no real town shall read what a synthetic school lacks.
const NAMES: [&str; 16] = [
    "云峰", "青溪", "柳林", "竹坪", "松岭", "石渡", "兰坝", "桃源", "雁门", "清泉", "枫坪", "栗园",
    "茶山", "银厂", "马鞍", "盘龙",
];

/// Sixteen directions, in thousandths (cosine, sine), so that no sine is computed.
const DIRECTIONS: [(i32, i32); 16] = [
    (1000, 0),
    (924, 383),
    (707, 707),
    (383, 924),
    (0, 1000),
    (-383, 924),
    (-707, 707),
    (-924, 383),
    (-1000, 0),
    (-924, -383),
    (-707, -707),
    (-383, -924),
    (0, -1000),
    (383, -924),
    (707, -707),
    (924, -383),
];

/// Two streets of each seat, then `count` towns from near to far.
pub(super) fn towns(count: u32, layout: &Layout, chance: &mut Chance) -> Vec<Town> {
    if layout.seats > 1 {
        return expanse::towns(count, layout, chance);
    }
    let mut names = NAMES;
    chance.shuffle(&mut names);
    let street = |name: &str, place| Town {
        name: name.to_owned(),
        place,
        is_seat: true,
        is_township: false,
        seat: (0, 0),
        cluster: "城区学区".to_owned(),
    };
    let mut towns = vec![
        street("城东街道", (900, 200)),
        street("城西街道", (-900, -200)),
    ];
    let turn = chance.below(16);
    for ring in 0..count {
        // Equal areas: the i-th of n towns stands where (i + 1/2) / n of the disc lies within.
        let share = u64::from(2 * ring + 1) * 1_000_000 / u64::from(2 * count);
        let radius = (layout.radius_metres * share.isqrt() / 1_000) as i32;
        let (east, north) = DIRECTIONS[((ring * 7 + turn) % 16) as usize];
        let place = (
            radius * east / 1_000 + chance.between(-1_500, 1_500),
            radius * north / 1_000 + chance.between(-1_500, 1_500),
        );
        let is_township = ring * 4 >= count * 3;
        let suffix = if is_township { "乡" } else { "镇" };
        towns.push(Town {
            name: format!("{}{suffix}", names[ring as usize]),
            place,
            is_seat: false,
            is_township,
            seat: (0, 0),
            cluster: quarter(place).to_owned(),
        });
    }
    towns
}

/// The streets of the seat that each town lies nearest to.
pub(super) fn seat_streets(towns: &[Town]) -> SeatStreets {
    let mut streets: BTreeMap<(i32, i32), Vec<String>> = BTreeMap::new();
    for town in towns.iter().filter(|town| town.is_seat) {
        streets
            .entry(town.seat)
            .or_default()
            .push(town.name.clone());
    }
    towns
        .iter()
        .map(|town| (town.name.clone(), streets[&town.seat].clone()))
        .collect()
}

pub(super) const fn quarter((east, north): (i32, i32)) -> &'static str {
    if east.abs() > north.abs() {
        if east > 0 {
            "东片学区"
        } else {
            "西片学区"
        }
    } else if north > 0 {
        "北片学区"
    } else {
        "南片学区"
    }
}

/// Latitude and longitude in millionths of a degree. One degree is 111,195 m northward and, at
/// this latitude, 96,950 m eastward.
pub(super) const fn coordinates(place: (i32, i32)) -> (i32, i32) {
    coordinates_from(SEAT, place)
}

/// The same around another seat of about this latitude.
pub(super) const fn coordinates_from(seat: (i32, i32), (east, north): (i32, i32)) -> (i32, i32) {
    let latitude = north as i64 * 1_000_000 / 111_195;
    let longitude = east as i64 * 1_000_000 / 96_950;
    (seat.0 + latitude as i32, seat.1 + longitude as i32)
}

/// Metres from one place to another as the crow flies.
pub(super) fn metres(from: (i32, i32), to: (i32, i32)) -> u32 {
    let east = i64::from(from.0 - to.0);
    let north = i64::from(from.1 - to.1);
    ((east * east + north * north) as u64).isqrt() as u32
}

/// The same between coordinates in millionths of a degree.
pub(super) fn metres_between(one: (i32, i32), other: (i32, i32)) -> u32 {
    let place = |(latitude, longitude): (i32, i32)| {
        (
            (i64::from(longitude) * 96_950 / 1_000_000) as i32,
            (i64::from(latitude) * 111_195 / 1_000_000) as i32,
        )
    };
    metres(place(one), place(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::chance::Purpose;
    use crate::generate::layout::COUNTY;

    #[test]
    fn half_of_the_towns_lie_within_twenty_kilometres() {
        for seed in 0..10 {
            let towns = towns(12, &COUNTY, &mut Chance::new(seed, Purpose::Geography));
            let mut far: Vec<u32> = towns
                .iter()
                .filter(|town| !town.is_seat)
                .map(|town| metres((0, 0), town.place))
                .collect();
            far.sort_unstable();
            // The jitter is at most 1.5 km to each side.
            assert!((17_000..=23_000).contains(&far[6]), "{far:?}");
        }
    }
}
