//! Units, schools and sites with their classes and pupils, fitted to the totals of the sizes.

use std::collections::BTreeMap;

use crate::domain::{SchoolState, Stage, Zone, apportion};

use super::chance::Chance;
use super::curriculum::PROGRAMMES;
use super::geography::{Town, coordinates, metres};
use super::layout::Layout;
use super::profile::{Sizes, Totals};
use super::records::{ClassRecord, SchoolRecord, UnitRecord};

/// Classes of one huge school at most: readers refuse a unit of more than 10,000 as a slip.
const GIANT_CLASSES: u32 = 2_500;
/// Pupils a primary class by zone, in tenths, before the total is fitted.
const PRIMARY_CLASS: [u64; 3] = [440, 385, 223];
/// Pupils a junior class by zone, in tenths: urban juniors are crowded.
const JUNIOR_CLASS: [u64; 3] = [530, 477, 444];
/// Zones and relative sizes of junior schools, over and over in districts that have more (30 : 50 : 20 of classes with the next).
const INDEPENDENT: [(Zone, u64); 7] = [
    (Zone::Urban, 147),
    (Zone::Town, 267),
    (Zone::Town, 227),
    (Zone::Rural, 147),
    (Zone::Rural, 120),
    (Zone::Rural, 93),
    (Zone::Rural, 80),
];
/// Zones and relative sizes of the schools with a junior and a senior stage, over and over.
const COMPLETE: [(Zone, u64); 4] = [
    (Zone::Urban, 270),
    (Zone::Urban, 220),
    (Zone::Town, 270),
    (Zone::Town, 240),
];
/// Invented names of villages.
pub(super) const VILLAGES: [&str; 20] = [
    "大坪", "新田", "梨树", "沙湾", "高洞", "干溪", "长岭", "石笋", "木根", "月亮", "双桥", "黄泥",
    "岩口", "龙洞", "水井", "竹园", "红岩", "三合", "天池", "回龙",
];

/// A school before it has a code.
struct Draft {
    name: String,
    unit_name: String,
    town: usize,
    zone: Zone,
    place: (i32, i32),
    classes: Vec<ClassRecord>,
}

/// Counting words as schools bear them.
fn ordinal(number: usize) -> String {
    let digits = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (0, ones) => digits[ones].to_owned(),
        (1, ones) => format!("十{}", digits[ones]),
        (tens, ones) if tens < 10 => format!("{}十{}", digits[tens], digits[ones]),
        _ => number.to_string(),
    }
}

/// Streets of the seats: they come first among the towns.
fn streets(towns: &[Town]) -> usize {
    towns.iter().filter(|town| town.is_seat).count()
}

/// What the streets and schools of a seat are called by: nothing for the first seat.
fn seat_name(towns: &[Town], seat: usize) -> &str {
    towns[2 * seat].name.trim_end_matches("城东街道")
}

/// The place of a zone in the tables above.
pub(super) const fn zone_place(zone: Zone) -> usize {
    match zone {
        Zone::Urban => 0,
        Zone::Town => 1,
        Zone::Rural => 2,
    }
}

/// All schools of a district. Establishment comes later, when the staff is known.
pub(super) fn build(
    sizes: &Sizes,
    towns: &[Town],
    chance: &mut Chance,
) -> (Vec<UnitRecord>, Vec<SchoolRecord>) {
    let mut drafts = primary_sites(sizes, towns, chance);
    add_primary_classes(&mut drafts, sizes.primary, &sizes.layout, chance);
    let plan = |rows: &[(Zone, u64)], sites: u32| -> Vec<(Zone, u64)> {
        let rows = rows.iter().copied().cycle();
        rows.take(sites as usize).collect()
    };
    let junior = plan(&INDEPENDENT, sizes.junior.sites);
    drafts.extend(upper_schools(&junior, false, sizes.junior, towns, chance));
    // Four even where the sizes of a part of a county have fewer: towns have upper stages too.
    let rows = plan(&COMPLETE, sizes.complete.sites.max(4));
    let mut complete = upper_schools(&rows, true, sizes.complete, towns, chance);
    add_senior_classes(&mut complete, &rows, sizes.senior);
    drafts.extend(complete);
    drafts.extend(vocational_schools(sizes.vocational, towns));
    finish(drafts, towns, chance)
}

pub(super) fn near(place: (i32, i32), reach: i32, chance: &mut Chance) -> (i32, i32) {
    (
        place.0 + chance.between(-reach, reach),
        place.1 + chance.between(-reach, reach),
    )
}

fn primary_sites(sizes: &Sizes, towns: &[Town], chance: &mut Chance) -> Vec<Draft> {
    let totals = sizes.primary;
    let by_zone = apportion(totals.classes, &sizes.layout.primary_zones);
    let streets = streets(towns);
    let urban = (by_zone[0] + 12) / 25;
    let is_town = |town: &&Town| !town.is_seat && !town.is_township;
    let centres = towns.iter().filter(is_town).count() as u32;
    let mut drafts = Vec::new();
    let mut add = |name: String, town: usize, zone, place| {
        drafts.push(Draft {
            unit_name: name.clone(),
            name,
            town,
            zone,
            place,
            classes: Vec::new(),
        });
    };
    for number in 0..urban as usize {
        let town = number % streets;
        // The street's name without its last two letters (街道).
        let street = towns[town].name.trim_end_matches("街道");
        let ordinal = ordinal(number / streets + 1);
        let place = near(towns[town].place, 1_200, chance);
        add(format!("{street}第{ordinal}小学"), town, Zone::Urban, place);
    }
    let mut rest = ((by_zone[1] + 8) / 16).max(centres);
    for (town, data) in towns.iter().enumerate().filter(|(_, town)| !town.is_seat) {
        let zone = if data.is_township {
            Zone::Rural
        } else {
            rest -= 1;
            Zone::Town
        };
        let name = format!("{}中心小学", data.name);
        add(name, town, zone, near(data.place, 400, chance));
    }
    for number in 0..rest as usize {
        // The second schools of the towns nearest to a seat, and two on its edge.
        let (town, name) = if number < streets {
            let name = ["城南小学", "城北小学"][number % 2];
            (number, format!("{}{name}", seat_name(towns, number / 2)))
        } else {
            let near = towns.len() - streets - 3;
            let town = streets + (number - streets) % near;
            let ordinal = ordinal(2 + (number - streets) / near);
            (town, format!("{}第{ordinal}小学", towns[town].name))
        };
        let place = near(towns[town].place, 2_500, chance);
        add(name, town, Zone::Town, place);
    }
    add_villages(&mut drafts, totals.sites, towns, chance);
    drafts
}

/// The rest of the sites: village schools and teaching points of the towns' central schools.
fn add_villages(drafts: &mut Vec<Draft>, sites: u32, towns: &[Town], chance: &mut Chance) {
    let mut villages = VILLAGES;
    chance.shuffle(&mut villages);
    let missing = (sites as usize).saturating_sub(drafts.len());
    let streets = streets(towns);
    for number in 0..missing {
        let town = streets + number % (towns.len() - streets);
        // Seven and twenty have no common divisor: no town has a village twice.
        let round = number / (towns.len() - streets);
        let village = villages[(town + 7 * round) % villages.len()];
        // Where a town has more than twenty, the next ones lie above or below the first.
        let part = ["", "上", "下", "新", "老"][(round / villages.len()).min(4)];
        drafts.push(Draft {
            name: format!("{}{part}{village}小学", towns[town].name),
            unit_name: format!("{}中心小学", towns[town].name),
            town,
            zone: Zone::Rural,
            place: near(towns[town].place, 5_000, chance),
            classes: Vec::new(),
        });
    }
}

fn add_primary_classes(drafts: &mut [Draft], totals: Totals, layout: &Layout, chance: &mut Chance) {
    let giant = (totals.classes * layout.giant_percent / 100).min(GIANT_CLASSES);
    let by_zone = apportion(totals.classes - giant, &layout.primary_zones);
    let mut counts = vec![0_u32; drafts.len()];
    for zone in [Zone::Urban, Zone::Town, Zone::Rural] {
        let places: Vec<usize> = (0..drafts.len())
            .filter(|&place| drafts[place].zone == zone)
            .collect();
        let spread = chance.spread(650, 1_350, places.len());
        let weights: Vec<u64> = places
            .iter()
            .zip(spread)
            .map(|(&place, factor)| {
                let village = drafts[place].name != drafts[place].unit_name;
                // Three village sites in ten are teaching points of a few classes (教学点).
                let size = if zone != Zone::Rural {
                    1_000
                } else if !village {
                    2_400
                } else if chance.permille(300) || layout.tiny_sites {
                    350
                } else {
                    1_100
                };
                size * factor
            })
            .collect();
        let extra = by_zone[zone_place(zone)].saturating_sub(places.len() as u32);
        for (&place, more) in places.iter().zip(apportion(extra, &weights)) {
            counts[place] = 1 + more;
        }
    }
    // The first school of the seat.
    counts[0] += giant;
    let spread = chance.spread(700, 1_300, drafts.len());
    let weights: Vec<u64> = (0..drafts.len())
        .map(|place| {
            let zone = zone_place(drafts[place].zone);
            // Rural classes differ most in size, urban ones are all full.
            let factor = match zone {
                0 => 1_000 + (spread[place] - 700) / 30,
                1 => 900 + (spread[place] - 700) / 3,
                _ => spread[place],
            };
            u64::from(counts[place]) * PRIMARY_CLASS[zone] * factor
        })
        .collect();
    let pupils = apportion(totals.pupils, &weights);
    for (place, draft) in drafts.iter_mut().enumerate() {
        draft.classes = grades(Stage::Primary, 1, 6, counts[place], pupils[place]);
        if counts[place] < 4 && draft.name != draft.unit_name {
            draft.name = draft.name.replace("小学", "教学点");
        }
    }
}

/// Classes over the grades; fewer classes than grades are the lowest grades.
pub(super) fn grades(
    stage: Stage,
    first: u8,
    count: u8,
    classes: u32,
    pupils: u32,
) -> Vec<ClassRecord> {
    let taught = u32::from(count).min(classes).max(1);
    let rows: Vec<u64> = (0..taught)
        .map(|grade| u64::from(classes / taught + u32::from(grade < classes % taught)))
        .collect();
    apportion(pupils, &rows)
        .into_iter()
        .zip(&rows)
        .enumerate()
        .map(|(grade, (pupils, &classes))| ClassRecord {
            stage,
            grade: Some(first + grade as u8),
            programme: None,
            classes: classes as u32,
            pupils,
        })
        .collect()
}

fn upper_schools(
    plan: &[(Zone, u64)],
    complete: bool,
    totals: Totals,
    towns: &[Town],
    chance: &mut Chance,
) -> Vec<Draft> {
    let classes = apportion(
        totals.classes,
        &plan.iter().map(|row| row.1).collect::<Vec<_>>(),
    );
    let weights: Vec<u64> = plan
        .iter()
        .zip(&classes)
        .map(|(row, &classes)| u64::from(classes) * JUNIOR_CLASS[zone_place(row.0)])
        .collect();
    let pupils = apportion(totals.pupils, &weights);
    let streets = streets(towns);
    let mut used = [
        0,
        if complete { streets } else { 2 * streets },
        towns.len() - 1,
    ];
    let mut urban = 0;
    let mut drafts = Vec::new();
    for (place, &(zone, _)) in plan.iter().enumerate() {
        let (town, name) = if zone == Zone::Urban {
            urban += 1;
            urban_upper_school(urban - 1, complete, towns)
        } else {
            let next = &mut used[zone_place(zone)];
            let town = *next;
            *next = if zone == Zone::Town {
                town + 1
            } else {
                town - 1
            };
            let kind = if complete { "中学" } else { "初级中学" };
            (town, format!("{}{kind}", towns[town].name))
        };
        drafts.push(Draft {
            unit_name: name.clone(),
            name,
            town,
            zone,
            place: near(towns[town].place, 900, chance),
            classes: grades(Stage::Junior, 7, 3, classes[place], pupils[place]),
        });
    }
    drafts
}

/// Town and name of an urban school of the upper stages: one 完全中学 in each street, one 初级中学
/// in each seat, then second ones.
fn urban_upper_school(number: usize, complete: bool, towns: &[Town]) -> (usize, String) {
    let streets = streets(towns);
    let round = |places: usize| match number / places {
        0 => String::new(),
        more => format!("第{}", ordinal(more + 1)),
    };
    if complete {
        let town = number % streets;
        let street = towns[town].name.trim_end_matches("街道");
        (town, format!("{street}{}中学", round(streets)))
    } else {
        let seats = streets / 2;
        let seat = number % seats;
        let name = seat_name(towns, seat);
        (2 * seat, format!("{name}城关{}初级中学", round(seats)))
    }
}

fn add_senior_classes(drafts: &mut [Draft], plan: &[(Zone, u64)], totals: Totals) {
    let weights: Vec<u64> = plan.iter().map(|row| row.1).collect();
    let classes = apportion(totals.classes, &weights);
    let by_class: Vec<u64> = classes.iter().map(|&count| u64::from(count)).collect();
    let pupils = apportion(totals.pupils, &by_class);
    for ((draft, classes), pupils) in drafts.iter_mut().zip(classes).zip(pupils) {
        let rows = grades(Stage::Senior, 10, 3, classes, pupils);
        draft.classes.extend(rows);
    }
}

/// Vocational schools, one to a seat, of one size.
fn vocational_schools(totals: Totals, towns: &[Town]) -> Vec<Draft> {
    let equal = vec![1; totals.sites as usize];
    let classes = apportion(totals.classes, &equal);
    let by_class: Vec<u64> = classes.iter().map(|&count| u64::from(count)).collect();
    let pupils = apportion(totals.pupils, &by_class);
    (0..equal.len())
        .map(|number| {
            let seat = number % (streets(towns) / 2);
            let name = format!("{}职业学校", seat_name(towns, seat));
            let (east, north) = towns[2 * seat].seat;
            Draft {
                unit_name: name.clone(),
                name,
                town: 2 * seat + 1,
                zone: Zone::Urban,
                place: (east - 2_400, north + 900),
                classes: programmes(PROGRAMMES, classes[number], pupils[number]),
            }
        })
        .collect()
}

/// Classes and pupils of a vocational school by programme.
pub(super) fn programmes(names: [&'static str; 5], classes: u32, pupils: u32) -> Vec<ClassRecord> {
    let classes = apportion(classes, &[5, 4, 4, 4, 3]);
    let by_class: Vec<u64> = classes.iter().map(|&count| u64::from(count)).collect();
    let pupils = apportion(pupils, &by_class);
    let rows = names.into_iter().zip(classes).zip(pupils);
    rows.map(|((programme, classes), pupils)| ClassRecord {
        stage: Stage::Vocational,
        grade: None,
        programme: Some(programme),
        classes,
        pupils,
    })
    .collect()
}

fn finish(
    drafts: Vec<Draft>,
    towns: &[Town],
    chance: &mut Chance,
) -> (Vec<UnitRecord>, Vec<SchoolRecord>) {
    let mut units: Vec<UnitRecord> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut schools: Vec<SchoolRecord> = Vec::new();
    for draft in drafts {
        let unit = *known.entry(draft.unit_name).or_insert_with_key(|name| {
            units.push(UnitRecord {
                code: format!("U{:03}", units.len() + 1),
                name: name.clone(),
                establishment: 0,
                senior_posts: None,
                middle_posts: None,
            });
            units.len() - 1
        });
        let far = metres(towns[draft.town].seat, draft.place);
        let remote = draft.zone == Zone::Rural && far > 24_000;
        schools.push(SchoolRecord {
            code: format!("S{:03}", schools.len() + 1),
            name: draft.name,
            unit,
            town: towns[draft.town].name.clone(),
            zone: draft.zone,
            sending: false,
            receiving: draft.zone == Zone::Rural,
            cluster: towns[draft.town].cluster.clone(),
            group: String::new(),
            position: coordinates(draft.place),
            metres_from_seat: far,
            dormitory: far > 15_000 && (remote || chance.permille(550)),
            remote,
            state: SchoolState::Open,
            merged_into: None,
            classes: draft.classes,
        });
    }
    mark_flags(&mut schools, streets(towns) / 2);
    found_groups(&mut schools, towns);
    (units, schools)
}

/// Sending: urban schools of the compulsory stages and the largest ones in towns. Receiving: rural
/// schools and the smallest ones in towns.
fn mark_flags(schools: &mut [SchoolRecord], seats: usize) {
    for stage in [Stage::Primary, Stage::Junior] {
        let (strong, weak) = if stage == Stage::Primary {
            (2, 3)
        } else {
            (1, 1)
        };
        let mut in_towns: Vec<usize> = (0..schools.len())
            .filter(|&place| schools[place].zone == Zone::Town)
            .filter(|&place| schools[place].stage_totals(stage).0 > 0)
            .collect();
        in_towns.sort_by_key(|&place| schools[place].stage_totals(stage).0);
        for &place in in_towns.iter().take(weak * seats) {
            schools[place].receiving = true;
        }
        for &place in in_towns.iter().rev().take(strong * seats) {
            schools[place].sending = true;
        }
        for school in schools.iter_mut().filter(|row| row.zone == Zone::Urban) {
            school.sending |= school.stage_totals(stage).0 > 0;
        }
    }
}

/// Three urban schools of each seat lead a group each.
fn found_groups(schools: &mut [SchoolRecord], towns: &[Town]) {
    let leaders = [
        ("城东第一小学", Stage::Primary),
        ("城西第一小学", Stage::Primary),
        ("城东中学", Stage::Junior),
    ];
    for seat in 0..streets(towns) / 2 {
        for (leader, stage) in leaders {
            let name = format!("{}{leader}教育集团", seat_name(towns, seat));
            for zone in [Zone::Urban, Zone::Town, Zone::Rural] {
                let free = schools.iter_mut().find(|row| {
                    row.zone == zone && row.group.is_empty() && row.stage_totals(stage).0 > 1
                });
                if let Some(school) = free {
                    school.group.clone_from(&name);
                }
            }
        }
    }
}
