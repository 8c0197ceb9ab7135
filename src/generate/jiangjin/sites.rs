//! Schools and sites in the real streets and towns. Their names are invented.

use crate::domain::{Stage, Zone};
use crate::generate::chance::{Chance, shares};
use crate::generate::geography::{SeatStreets, coordinates_from, metres};
use crate::generate::records::{ClassRecord, SchoolRecord, UnitRecord};
use crate::generate::schools::{VILLAGES, near};

use super::towns::{TOWNS, Town};

/// A school or site before it has classes.
pub(super) struct Site {
    name: String,
    unit_name: String,
    town: usize,
    pub(super) zone: Zone,
    /// Metres east and north of the seat.
    place: (i32, i32),
    pub(super) stages: Vec<Stage>,
    /// By which classes are divided, and pupils of 2025 for a hundred in 2020.
    pub(super) weight: u64,
    pub(super) growth: u64,
}

/// Sites in 城区, 镇区, 乡村.
const PRIMARY: [u32; 3] = [24, 40, 46];
const JUNIOR: [u32; 3] = [13, 20, 10];
/// Schools that have a junior stage and a senior one, in 城区 and 镇区.
const COMPLETE: [usize; 2] = [6, 5];
/// Streets with a school that has a senior stage only.
const SENIOR_ONLY: [usize; 2] = [3, 4];
/// Rural schools with a primary stage and a junior one, in the smallest towns.
const NINE_YEARS: usize = 4;
const VOCATIONAL: usize = 4;
const KINDERGARTENS: u32 = 60;
/// Sending schools: all urban ones of the compulsory stages and the largest in towns.
const SENDING: usize = 50;

/// Sites with a stage.
pub(super) fn count(stage: Stage) -> u32 {
    match stage {
        Stage::Primary => PRIMARY.iter().sum(),
        Stage::Junior => JUNIOR.iter().sum(),
        Stage::Senior => COMPLETE.iter().sum::<usize>() as u32 + SENIOR_ONLY.len() as u32,
        Stage::Vocational => VOCATIONAL as u32,
        Stage::Kindergarten => KINDERGARTENS,
        Stage::Special => 0,
    }
}

/// Words for names of schools: chosen so that no school of the district is meant.
const WORDS: [&str; 48] = [
    "云帆", "听泉", "霁月", "澄江", "望舒", "青禾", "知秋", "疏影", "拾光", "明澈", "远岫", "扶摇",
    "晨露", "南枝", "雁回", "松涛", "弦歌", "砚池", "采薇", "长风", "朝暾", "星野", "蓝田", "沐风",
    "清晖", "竹韵", "若谷", "临溪", "映山", "叠翠", "鹿鸣", "白露", "思源", "汀兰", "春和", "景行",
    "怀瑾", "凌云", "涵碧", "听涛", "半山", "溪午", "千帆", "新荷", "雨前", "江声", "橙香", "石韵",
];

/// Two streets of the one seat, for every town.
pub(super) fn seat_streets() -> SeatStreets {
    let streets = [0, 3].map(|town: usize| TOWNS[town].name.to_owned());
    TOWNS
        .iter()
        .map(|town| (town.name.to_owned(), streets.to_vec()))
        .collect()
}

/// A town's place in metres from the seat.
fn centre(town: &Town) -> (i32, i32) {
    let seat = TOWNS[0].position;
    let east = i64::from(town.position.1 - seat.1) * 96_950 / 1_000_000;
    let north = i64::from(town.position.0 - seat.0) * 111_195 / 1_000_000;
    (east as i32, north as i32)
}

struct Builder<'a> {
    sites: Vec<Site>,
    words: [&'static str; 48],
    next_word: usize,
    chance: &'a mut Chance,
}

impl Builder<'_> {
    /// Adds a school that is a unit of its own, in the centre of a town.
    fn add(&mut self, town: usize, zone: Zone, kind: &str, stages: &[Stage], weight: u64) {
        let word = self.words[self.next_word % self.words.len()];
        self.next_word += 1;
        let name = format!("{}{word}{kind}", TOWNS[town].short_name());
        let reach = if zone == Zone::Urban { 1_200 } else { 700 };
        self.add_site(town, zone, name.clone(), name, stages, weight, reach);
    }

    #[expect(clippy::too_many_arguments, reason = "one line a site")]
    fn add_site(
        &mut self,
        town: usize,
        zone: Zone,
        name: String,
        unit_name: String,
        stages: &[Stage],
        weight: u64,
        reach: i32,
    ) {
        let spread = self.chance.between(750, 1_250) as u64;
        self.sites.push(Site {
            name,
            unit_name,
            town,
            zone,
            place: near(centre(&TOWNS[town]), reach, self.chance),
            stages: stages.to_vec(),
            weight: weight * spread / 1_000,
            growth: TOWNS[town].growth,
        });
    }

    /// `count` schools over towns of a zone by population; at least one each.
    fn spread(&mut self, zone: Zone, count: u32, mut each: impl FnMut(&mut Self, usize, u64)) {
        let towns = of_zone(zone);
        let weights: Vec<u64> = towns.iter().map(|&town| people(town)).collect();
        let more = shares(count - towns.len() as u32, &weights);
        for (&town, more) in towns.iter().zip(more) {
            for _ in 0..=more {
                each(self, town, people(town) / u64::from(more + 1));
            }
        }
    }

    fn urban(&mut self) {
        self.spread(
            Zone::Urban,
            PRIMARY[Zone::Urban as usize],
            |builder, town, weight| {
                builder.add(town, Zone::Urban, "小学", &[Stage::Primary], weight);
            },
        );
        let mut complete = COMPLETE[Zone::Urban as usize];
        let mut seen = usize::MAX;
        self.spread(
            Zone::Urban,
            JUNIOR[Zone::Urban as usize],
            |builder, town, weight| {
                // The first one of each street has a senior stage, as far as they go.
                let first = std::mem::replace(&mut seen, town) != town;
                builder.upper(town, Zone::Urban, first && complete > 0, weight);
                complete -= usize::from(first && complete > 0);
            },
        );
        for town in SENIOR_ONLY {
            self.add(town, Zone::Urban, "高级中学", &[Stage::Senior], 80_000);
        }
    }

    fn towns(&mut self) {
        self.spread(
            Zone::Town,
            PRIMARY[Zone::Town as usize],
            |builder, town, weight| {
                builder.add(town, Zone::Town, "小学", &[Stage::Primary], weight);
            },
        );
        let mut largest = of_zone(Zone::Town);
        largest.sort_by_key(|&town| std::cmp::Reverse(people(town)));
        largest.truncate(COMPLETE[Zone::Town as usize]);
        self.spread(
            Zone::Town,
            JUNIOR[Zone::Town as usize],
            |builder, town, weight| {
                let place = largest.iter().position(|&held| held == town);
                let complete = place.map(|place| largest.swap_remove(place)).is_some();
                builder.upper(town, Zone::Town, complete, weight);
            },
        );
    }

    fn upper(&mut self, town: usize, zone: Zone, complete: bool, weight: u64) {
        if complete {
            let stages = [Stage::Junior, Stage::Senior];
            self.add(town, zone, "中学", &stages, weight * 6 / 5);
        } else {
            self.add(town, zone, "初级中学", &[Stage::Junior], weight);
        }
    }

    /// Towns whose centre is rural, villages, and junior schools of former townships.
    fn rural(&mut self) {
        let mut small = of_zone(Zone::Rural);
        small.sort_by_key(|&town| people(town));
        for (number, &town) in small.iter().enumerate() {
            let weight = people(town);
            if number < NINE_YEARS {
                let stages = [Stage::Primary, Stage::Junior];
                self.add(town, Zone::Rural, "学校", &stages, weight.max(7_000));
            } else {
                self.add(town, Zone::Rural, "小学", &[Stage::Primary], weight);
                self.add(town, Zone::Rural, "初级中学", &[Stage::Junior], weight);
            }
        }
        for town in [9, 12, 10] {
            self.add(town, Zone::Rural, "初级中学", &[Stage::Junior], 14_000);
        }
        self.villages(PRIMARY[Zone::Rural as usize] as usize - small.len());
    }

    /// Village schools and teaching points of the first primary school of each town.
    fn villages(&mut self, count: usize) {
        let towns: Vec<usize> = (5..TOWNS.len()).collect();
        let weights: Vec<u64> = towns.iter().map(|&town| people(town)).collect();
        let mut villages = VILLAGES;
        self.chance.shuffle(&mut villages);
        for (&town, number) in towns.iter().zip(shares(count as u32, &weights)) {
            for village in 0..number as usize {
                let central = self.first_primary(town).unwrap_or_default();
                let point = self.chance.permille(300);
                let kind = if point { "教学点" } else { "小学" };
                let village = villages[(town + 7 * village) % villages.len()];
                let name = format!("{}{village}{kind}", TOWNS[town].name);
                let weight = if point { 1_800 } else { 8_000 };
                let stages = [Stage::Primary];
                self.add_site(town, Zone::Rural, name, central, &stages, weight, 5_000);
            }
        }
    }

    /// The name of the first school of a town that has a primary stage.
    fn first_primary(&self, town: usize) -> Option<String> {
        let mut sites = self.sites.iter();
        sites
            .find(|site| site.town == town && site.stages.contains(&Stage::Primary))
            .map(|site| site.name.clone())
    }

    fn vocational(&mut self) {
        for (town, weight) in [(3, 10_000), (0, 8_000), (2, 8_000), (12, 5_000)] {
            let zone = TOWNS[town].centre;
            self.add(town, zone, "职业学校", &[Stage::Vocational], weight);
        }
    }

    /// One in every town, which belongs to the first primary school where the town is small; the
    /// others by population.
    fn kindergartens(&mut self) {
        let weights: Vec<u64> = (0..TOWNS.len()).map(people).collect();
        let more = shares(KINDERGARTENS - TOWNS.len() as u32, &weights);
        for (town, more) in (0..TOWNS.len()).zip(more) {
            let zone = TOWNS[town].centre;
            for number in 0..=more {
                let weight = people(town) / u64::from(more + 1);
                let stages = [Stage::Kindergarten];
                let attached = zone != Zone::Urban && number == 0;
                match attached.then(|| self.first_primary(town)).flatten() {
                    Some(unit) => {
                        let name = format!("{unit}附属幼儿园");
                        self.add_site(town, zone, name, unit, &stages, weight, 700);
                    }
                    None => self.add(town, zone, "幼儿园", &stages, weight),
                }
            }
        }
    }
}

fn people(town: usize) -> u64 {
    u64::from(TOWNS[town].population)
}

fn of_zone(zone: Zone) -> Vec<usize> {
    (0..TOWNS.len())
        .filter(|&town| TOWNS[town].centre == zone)
        .collect()
}

/// All sites, in the order of their codes.
pub(super) fn sites(chance: &mut Chance) -> Vec<Site> {
    let mut words = WORDS;
    chance.shuffle(&mut words);
    let mut builder = Builder {
        sites: Vec::new(),
        words,
        next_word: 0,
        chance,
    };
    builder.urban();
    builder.towns();
    builder.rural();
    builder.vocational();
    builder.kindergartens();
    builder.sites
}

/// Units and schools with their classes.
pub(super) fn records(
    sites: &[Site],
    classes: Vec<Vec<ClassRecord>>,
    chance: &mut Chance,
) -> (Vec<UnitRecord>, Vec<SchoolRecord>) {
    let mut units: Vec<UnitRecord> = Vec::new();
    let mut schools: Vec<SchoolRecord> = Vec::new();
    for (site, classes) in sites.iter().zip(classes) {
        let known = units.iter().position(|unit| unit.name == site.unit_name);
        let unit = known.unwrap_or_else(|| {
            units.push(UnitRecord {
                code: format!("U{:03}", units.len() + 1),
                name: site.unit_name.clone(),
                establishment: 0,
            });
            units.len() - 1
        });
        let far = metres((0, 0), site.place);
        let remote = site.zone == Zone::Rural && far > 40_000;
        let town = &TOWNS[site.town];
        let compulsory = site.stages.iter().any(|stage| stage.is_compulsory());
        schools.push(SchoolRecord {
            code: format!("S{:03}", schools.len() + 1),
            name: site.name.clone(),
            unit,
            town: town.name.to_owned(),
            zone: site.zone,
            sending: false,
            receiving: compulsory && site.zone == Zone::Rural,
            cluster: town.cluster.to_owned(),
            group: String::new(),
            position: coordinates_from(TOWNS[0].position, site.place),
            metres_from_seat: far,
            dormitory: far > 15_000 && (remote || chance.permille(550)),
            remote,
            classes,
        });
    }
    mark_flags(&mut schools);
    mark_groups(&mut schools, chance);
    (units, schools)
}

fn compulsory_classes(school: &SchoolRecord) -> u32 {
    school.stage_totals(Stage::Primary).0 + school.stage_totals(Stage::Junior).0
}

/// Sending: fifty, all urban schools of the compulsory stages and the largest ones in towns.
/// Receiving: rural schools and the smallest ones in towns.
fn mark_flags(schools: &mut [SchoolRecord]) {
    let of_zone = |schools: &[SchoolRecord], zone: Zone| -> Vec<usize> {
        (0..schools.len())
            .filter(|&place| schools[place].zone == zone)
            .filter(|&place| compulsory_classes(&schools[place]) > 0)
            .collect()
    };
    let urban = of_zone(schools, Zone::Urban);
    let mut in_towns = of_zone(schools, Zone::Town);
    in_towns.sort_by_key(|&place| compulsory_classes(&schools[place]));
    let largest = in_towns.iter().rev().take(SENDING - urban.len());
    for &place in urban.iter().chain(largest) {
        schools[place].sending = true;
    }
    for &place in in_towns.iter().take(12) {
        schools[place].receiving = true;
    }
}

/// Twelve urban schools lead a group each; seven schools in ten belong to one (集团化办学率 70%).
fn mark_groups(schools: &mut [SchoolRecord], chance: &mut Chance) {
    for (stage, count) in [(Stage::Primary, 8), (Stage::Junior, 4)] {
        let members: Vec<usize> = (0..schools.len())
            .filter(|&place| schools[place].stage_totals(stage).0 > 0)
            .collect();
        let names: Vec<String> = members
            .iter()
            .take(count)
            .map(|&place| format!("{}教育集团", schools[place].name))
            .collect();
        for (number, &place) in members.iter().enumerate() {
            let joins = number < count || chance.permille(690);
            if joins && schools[place].group.is_empty() {
                schools[place].group.clone_from(&names[number % count]);
            }
        }
    }
}
