//! The map of a district with several seats: seats and towns evenly over a disc, in integers.

use super::chance::Chance;
use super::geography::{Town, metres, quarter};
use super::layout::Layout;

/// Parts of invented names. Two of them make a name; where such a place exists, it is not meant.
const FIRST: [&str; 24] = [
    "云", "青", "柳", "竹", "松", "石", "兰", "桃", "雁", "清", "枫", "栗", "茶", "银", "马", "盘",
    "白", "金", "玉", "龙", "凤", "鹤", "梅", "杏",
];
const SECOND: [&str; 20] = [
    "峰", "溪", "林", "坪", "岭", "渡", "坝", "源", "门", "泉", "湾", "塘", "冲", "垭", "沟", "坡",
    "桥", "岩", "台", "滩",
];

/// Cosine and sine of the golden angle, in thousand millionths: each place of the spiral stands
/// turned by it against the one before, so that no direction is taken twice.
const TURN: (i64, i64) = (-737_368_878, 675_490_294);
const ONE: i64 = 1_000_000_000;

/// Two streets of each seat, then `count` towns from near to far of their nearest seats.
pub(super) fn towns(count: u32, layout: &Layout, chance: &mut Chance) -> Vec<Town> {
    let mut names = names(chance).into_iter();
    let mut name = || {
        names
            .next()
            .expect("480 names are enough for every profile")
    };
    let mut seats = spiral(layout.seats, layout.radius_metres);
    // The first seat is that of the whole district.
    seats[0] = (0, 0);
    let mut towns = Vec::new();
    for (number, &seat) in seats.iter().enumerate() {
        let prefix = if number == 0 { String::new() } else { name() };
        for (street, east, north) in [("城东街道", 900, 200), ("城西街道", -900, -200)] {
            towns.push(Town {
                name: format!("{prefix}{street}"),
                place: (seat.0 + east, seat.1 + north),
                is_seat: true,
                is_township: false,
                seat,
                cluster: format!("{prefix}城区学区"),
            });
        }
    }
    let nearest = |place: (i32, i32)| {
        let far = |&seat: &usize| metres(seats[seat], place);
        (0..seats.len()).min_by_key(far).unwrap_or(0)
    };
    let mut places = scattered(count, layout.radius_metres, chance);
    places.sort_by_key(|&place| metres(seats[nearest(place)], place));
    for (ring, place) in places.into_iter().enumerate() {
        let number = nearest(place);
        let seat = seats[number];
        let is_township = ring * 4 >= count as usize * 3;
        let suffix = if is_township { "乡" } else { "镇" };
        let side = quarter((place.0 - seat.0, place.1 - seat.1));
        let prefix = towns[2 * number].name.trim_end_matches("城东街道");
        let cluster = format!("{prefix}{side}");
        towns.push(Town {
            name: format!("{}{suffix}", name()),
            place,
            is_seat: false,
            is_township,
            seat,
            cluster,
        });
    }
    towns
}

/// All names in any order.
fn names(chance: &mut Chance) -> Vec<String> {
    let mut names: Vec<String> = FIRST
        .iter()
        .flat_map(|first| SECOND.iter().map(move |second| format!("{first}{second}")))
        .collect();
    chance.shuffle(&mut names);
    names
}

/// Places of a spiral, each moved a little.
fn scattered(count: u32, radius_metres: u64, chance: &mut Chance) -> Vec<(i32, i32)> {
    spiral(count, radius_metres)
        .into_iter()
        .map(|(east, north)| {
            (
                east + chance.between(-1_500, 1_500),
                north + chance.between(-1_500, 1_500),
            )
        })
        .collect()
}

/// `count` places over the disc, evenly: the i-th stands where (i + 1/2) / n of its area lies
/// within, turned by the golden angle against the one before.
fn spiral(count: u32, radius_metres: u64) -> Vec<(i32, i32)> {
    let (mut cosine, mut sine) = (ONE, 0);
    (0..count)
        .map(|place| {
            let share = u64::from(2 * place + 1) * 1_000_000 / u64::from(2 * count);
            let radius = (radius_metres * share.isqrt() / 1_000) as i64;
            let stands = ((radius * cosine / ONE) as i32, (radius * sine / ONE) as i32);
            (cosine, sine) = (
                (cosine * TURN.0 - sine * TURN.1) / ONE,
                (cosine * TURN.1 + sine * TURN.0) / ONE,
            );
            stands
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::chance::Purpose;
    use crate::generate::layout::{COUNTY, Scale};

    #[test]
    fn towns_of_large_districts_are_as_far_from_a_seat_as_those_of_a_county() {
        let scale = Scale {
            teachers: 3_333,
            sites: 2_770,
        };
        let towns = towns(
            330,
            &scale.layout(),
            &mut Chance::new(1, Purpose::Geography),
        );
        let mut far: Vec<u32> = towns
            .iter()
            .filter(|town| !town.is_seat)
            .map(|town| metres(town.seat, town.place))
            .collect();
        far.sort_unstable();
        assert!((10_000..=25_000).contains(&far[165]), "{far:?}");
        assert!(u64::from(far[329]) < 2 * COUNTY.radius_metres, "{far:?}");
    }
}
