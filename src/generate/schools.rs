//! Units, schools and sites with their classes and pupils, fitted to the totals of the sizes.

use crate::domain::{Stage, Zone};

use super::chance::{Chance, shares};
use super::curriculum::PROGRAMMES;
use super::geography::{Town, coordinates, metres};
use super::profile::{Sizes, Totals};
use super::records::{ClassRecord, SchoolRecord, UnitRecord};

/// Classes in 城区, 镇区, 乡村, in percent: near the nation's, a county having a small seat.
const PRIMARY_ZONES: [u64; 3] = [25, 40, 35];
/// Pupils a primary class by zone, in tenths, before the total is fitted.
const PRIMARY_CLASS: [u64; 3] = [440, 385, 223];
/// Pupils a junior class by zone, in tenths: urban juniors are crowded.
const JUNIOR_CLASS: [u64; 3] = [530, 477, 444];
/// Zones and relative sizes of junior schools (30 : 50 : 20 of classes with the next).
const INDEPENDENT: [(Zone, u64); 7] = [
    (Zone::Urban, 147),
    (Zone::Town, 267),
    (Zone::Town, 227),
    (Zone::Rural, 147),
    (Zone::Rural, 120),
    (Zone::Rural, 93),
    (Zone::Rural, 80),
];
/// Zones and relative sizes of the schools with a junior and a senior stage.
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
    let mut drafts = primary_sites(sizes.primary, towns, chance);
    add_primary_classes(&mut drafts, sizes.primary, chance);
    let junior = &INDEPENDENT[..sizes.junior.sites as usize];
    drafts.extend(upper_schools(junior, false, sizes.junior, towns, chance));
    let mut complete = upper_schools(&COMPLETE, true, sizes.complete, towns, chance);
    add_senior_classes(&mut complete, sizes.senior);
    drafts.extend(complete);
    drafts.push(vocational_school(sizes.vocational));
    finish(drafts, towns, chance)
}

pub(super) fn near(place: (i32, i32), reach: i32, chance: &mut Chance) -> (i32, i32) {
    (
        place.0 + chance.between(-reach, reach),
        place.1 + chance.between(-reach, reach),
    )
}

fn primary_sites(totals: Totals, towns: &[Town], chance: &mut Chance) -> Vec<Draft> {
    let by_zone = shares(totals.classes, &PRIMARY_ZONES);
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
        let town = number % 2;
        // The street's name without its last two letters (街道).
        let street = towns[town].name.trim_end_matches("街道");
        let ordinal = ["一", "二", "三", "四", "五"][number / 2];
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
        // The second schools of the towns nearest to the seat, and two on its edge.
        let (town, name) = if number < 2 {
            let name = ["城南小学", "城北小学"][number].to_owned();
            (number, name)
        } else {
            let town = 2 + (number - 2) % (towns.len() - 5);
            (town, format!("{}第二小学", towns[town].name))
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
    for number in 0..missing {
        let town = 2 + number % (towns.len() - 2);
        // Seven and twenty have no common divisor: no town has a village twice.
        let round = number / (towns.len() - 2);
        let village = villages[(town + 7 * round) % villages.len()];
        drafts.push(Draft {
            name: format!("{}{village}小学", towns[town].name),
            unit_name: format!("{}中心小学", towns[town].name),
            town,
            zone: Zone::Rural,
            place: near(towns[town].place, 5_000, chance),
            classes: Vec::new(),
        });
    }
}

fn add_primary_classes(drafts: &mut [Draft], totals: Totals, chance: &mut Chance) {
    let by_zone = shares(totals.classes, &PRIMARY_ZONES);
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
                } else if chance.permille(300) {
                    350
                } else {
                    1_100
                };
                size * factor
            })
            .collect();
        let extra = by_zone[zone_place(zone)].saturating_sub(places.len() as u32);
        for (&place, more) in places.iter().zip(shares(extra, &weights)) {
            counts[place] = 1 + more;
        }
    }
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
    let pupils = shares(totals.pupils, &weights);
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
    shares(pupils, &rows)
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
    let classes = shares(
        totals.classes,
        &plan.iter().map(|row| row.1).collect::<Vec<_>>(),
    );
    let weights: Vec<u64> = plan
        .iter()
        .zip(&classes)
        .map(|(row, &classes)| u64::from(classes) * JUNIOR_CLASS[zone_place(row.0)])
        .collect();
    let pupils = shares(totals.pupils, &weights);
    let mut used = [0, if complete { 2 } else { 4 }, towns.len() - 1];
    let mut urban = if complete { 0 } else { 2 };
    let mut drafts = Vec::new();
    for (place, &(zone, _)) in plan.iter().enumerate() {
        let (town, name) = if zone == Zone::Urban {
            urban += 1;
            let name = ["城东中学", "城西中学", "城关初级中学"][urban - 1];
            ((urban - 1) % 2, name.to_owned())
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

fn add_senior_classes(drafts: &mut [Draft], totals: Totals) {
    let weights: Vec<u64> = COMPLETE.iter().map(|row| row.1).collect();
    let classes = shares(totals.classes, &weights);
    let by_class: Vec<u64> = classes.iter().map(|&count| u64::from(count)).collect();
    let pupils = shares(totals.pupils, &by_class);
    for ((draft, classes), pupils) in drafts.iter_mut().zip(classes).zip(pupils) {
        let rows = grades(Stage::Senior, 10, 3, classes, pupils);
        draft.classes.extend(rows);
    }
}

fn vocational_school(totals: Totals) -> Draft {
    let weights = [5, 4, 4, 4, 3];
    let classes = shares(totals.classes, &weights);
    let by_class: Vec<u64> = classes.iter().map(|&count| u64::from(count)).collect();
    let pupils = shares(totals.pupils, &by_class);
    let rows = PROGRAMMES.iter().zip(classes).zip(pupils);
    Draft {
        name: "职业学校".to_owned(),
        unit_name: "职业学校".to_owned(),
        town: 1,
        zone: Zone::Urban,
        place: (-2_400, 900),
        classes: rows
            .map(|((programme, classes), pupils)| ClassRecord {
                stage: Stage::Vocational,
                grade: None,
                programme: Some(programme),
                classes,
                pupils,
            })
            .collect(),
    }
}

fn finish(
    drafts: Vec<Draft>,
    towns: &[Town],
    chance: &mut Chance,
) -> (Vec<UnitRecord>, Vec<SchoolRecord>) {
    let mut units: Vec<UnitRecord> = Vec::new();
    let mut schools: Vec<SchoolRecord> = Vec::new();
    for draft in drafts {
        let unit = units
            .iter()
            .position(|unit| unit.name == draft.unit_name)
            .unwrap_or_else(|| {
                units.push(UnitRecord {
                    code: format!("U{:03}", units.len() + 1),
                    name: draft.unit_name.clone(),
                    establishment: 0,
                });
                units.len() - 1
            });
        let far = metres((0, 0), draft.place);
        let remote = draft.zone == Zone::Rural && far > 24_000;
        schools.push(SchoolRecord {
            code: format!("S{:03}", schools.len() + 1),
            name: draft.name,
            unit,
            town: towns[draft.town].name.clone(),
            zone: draft.zone,
            sending: false,
            receiving: draft.zone == Zone::Rural,
            cluster: towns[draft.town].cluster.to_owned(),
            group: String::new(),
            position: coordinates(draft.place),
            metres_from_seat: far,
            dormitory: far > 15_000 && (remote || chance.permille(550)),
            remote,
            classes: draft.classes,
        });
    }
    mark_flags(&mut schools);
    (units, schools)
}

/// Sending: urban schools of the compulsory stages and the largest ones in towns. Receiving: rural
/// schools and the smallest ones in towns. Three urban schools lead a group each.
fn mark_flags(schools: &mut [SchoolRecord]) {
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
        for &place in in_towns.iter().take(weak) {
            schools[place].receiving = true;
        }
        for &place in in_towns.iter().rev().take(strong) {
            schools[place].sending = true;
        }
        for school in schools.iter_mut().filter(|row| row.zone == Zone::Urban) {
            school.sending |= school.stage_totals(stage).0 > 0;
        }
    }
    let names = [
        "城东第一小学教育集团",
        "城西第一小学教育集团",
        "城东中学教育集团",
    ];
    for (number, name) in names.iter().enumerate() {
        let stage = if number < 2 {
            Stage::Primary
        } else {
            Stage::Junior
        };
        for zone in [Zone::Urban, Zone::Town, Zone::Rural] {
            let free = schools.iter_mut().find(|row| {
                row.zone == zone && row.group.is_empty() && row.stage_totals(stage).0 > 1
            });
            if let Some(school) = free {
                (*name).clone_into(&mut school.group);
            }
        }
    }
}
