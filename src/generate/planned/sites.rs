//! Schools and sites in the streets and towns of a plan. Their names are invented.

use crate::domain::{Stage, Zone, apportion};
use crate::generate::chance::Chance;
use crate::generate::geography::SeatStreets;
use crate::generate::schools::{VILLAGES, near};

use super::Plan;
use super::towns::Town;

/// A school or site before it has classes.
pub(super) struct Site {
    pub(super) name: String,
    pub(super) unit_name: String,
    pub(super) town: usize,
    pub(super) zone: Zone,
    /// Metres east and north of the seat.
    pub(super) place: (i32, i32),
    pub(super) stages: Vec<Stage>,
    /// By which classes are divided, and pupils of the planned year for a hundred before.
    pub(super) weight: u64,
    pub(super) growth: u64,
}

/// How many schools and sites there are, and where. Towns are given by their places.
#[derive(Debug, Clone, Copy)]
pub(super) struct Schools {
    /// Streets: they come first among the towns and have no villages.
    pub(super) streets: usize,
    /// Two streets where those live who serve outside and live in the seat.
    pub(super) seat_streets: [usize; 2],
    /// Sites with a primary stage in 城区, 镇区, 乡村.
    pub(super) primary: [u32; 3],
    /// Sites with a junior stage.
    pub(super) junior: [u32; 3],
    /// Of these, schools that have a senior stage too, in 城区 and 镇区.
    pub(super) complete: [usize; 2],
    /// Towns with a school that has a senior stage only.
    pub(super) senior_only: &'static [usize],
    /// Rural schools with a primary stage and a junior one, in the smallest towns.
    pub(super) nine_years: usize,
    /// Rural towns, the next smallest, that have no junior school.
    pub(super) primary_only: usize,
    /// Junior schools of former townships.
    pub(super) township_juniors: &'static [usize],
    /// Towns of the vocational schools, with what classes are divided by.
    pub(super) vocational: &'static [(usize, u64)],
    /// Towns of the special schools.
    pub(super) special: &'static [usize],
    pub(super) kindergartens: u32,
    /// Sending schools: all urban ones of the compulsory stages and the largest in towns.
    pub(super) sending: usize,
    /// Receiving schools in towns, the smallest, beside all rural ones.
    pub(super) receiving_in_towns: usize,
    /// Education groups of primary schools and of junior ones, and how many schools in a thousand
    /// belong to one.
    pub(super) groups: [usize; 2],
    pub(super) grouped: u32,
    /// Rural sites farther from the seat than this are remote.
    pub(super) remote_metres: u32,
}

impl Schools {
    /// Sites with a stage.
    pub(super) fn count(&self, stage: Stage) -> u32 {
        match stage {
            Stage::Primary => self.primary.iter().sum(),
            Stage::Junior => self.junior.iter().sum(),
            Stage::Senior => (self.complete.iter().sum::<usize>() + self.senior_only.len()) as u32,
            Stage::Vocational => self.vocational.len() as u32,
            Stage::Kindergarten => self.kindergartens,
            Stage::Special => self.special.len() as u32,
        }
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
pub(super) fn seat_streets(plan: &Plan) -> SeatStreets {
    let streets = plan
        .schools
        .seat_streets
        .map(|town| plan.towns[town].name.to_owned());
    plan.towns
        .iter()
        .map(|town| (town.name.to_owned(), streets.to_vec()))
        .collect()
}

/// A town's place in metres from the seat.
fn centre(town: &Town, seat: (i32, i32)) -> (i32, i32) {
    let east = i64::from(town.position.1 - seat.1) * 96_950 / 1_000_000;
    let north = i64::from(town.position.0 - seat.0) * 111_195 / 1_000_000;
    (east as i32, north as i32)
}

struct Builder<'a> {
    towns: &'static [Town],
    schools: Schools,
    sites: Vec<Site>,
    words: [&'static str; 48],
    next_word: usize,
    chance: &'a mut Chance,
}

impl Builder<'_> {
    fn people(&self, town: usize) -> u64 {
        u64::from(self.towns[town].population)
    }

    fn of_zone(&self, zone: Zone) -> Vec<usize> {
        (0..self.towns.len())
            .filter(|&town| self.towns[town].centre == zone)
            .collect()
    }

    /// Adds a school that is a unit of its own, in the centre of a town.
    fn add(&mut self, town: usize, zone: Zone, kind: &str, stages: &[Stage], weight: u64) {
        let word = self.words[self.next_word % self.words.len()];
        self.next_word += 1;
        let name = format!("{}{word}{kind}", self.towns[town].short_name());
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
            place: near(
                centre(&self.towns[town], self.towns[0].position),
                reach,
                self.chance,
            ),
            stages: stages.to_vec(),
            weight: weight * spread / 1_000,
            growth: self.towns[town].growth,
        });
    }

    /// `count` schools over towns of a zone by population; at least one each.
    fn spread(&mut self, zone: Zone, count: u32, mut each: impl FnMut(&mut Self, usize, u64)) {
        let towns = self.of_zone(zone);
        let weights: Vec<u64> = towns.iter().map(|&town| self.people(town)).collect();
        let more = apportion(count - towns.len() as u32, &weights);
        for (&town, more) in towns.iter().zip(more) {
            for _ in 0..=more {
                let weight = self.people(town) / u64::from(more + 1);
                each(self, town, weight);
            }
        }
    }

    fn urban(&mut self) {
        self.spread(
            Zone::Urban,
            self.schools.primary[Zone::Urban as usize],
            |builder, town, weight| {
                builder.add(town, Zone::Urban, "小学", &[Stage::Primary], weight);
            },
        );
        let mut complete = self.schools.complete[Zone::Urban as usize];
        let mut seen = usize::MAX;
        self.spread(
            Zone::Urban,
            self.schools.junior[Zone::Urban as usize],
            |builder, town, weight| {
                // The first one of each street has a senior stage, as far as they go.
                let first = std::mem::replace(&mut seen, town) != town;
                builder.upper(town, Zone::Urban, first && complete > 0, weight);
                complete -= usize::from(first && complete > 0);
            },
        );
        for &town in self.schools.senior_only {
            self.add(town, Zone::Urban, "高级中学", &[Stage::Senior], 80_000);
        }
    }

    fn towns(&mut self) {
        self.spread(
            Zone::Town,
            self.schools.primary[Zone::Town as usize],
            |builder, town, weight| {
                builder.add(town, Zone::Town, "小学", &[Stage::Primary], weight);
            },
        );
        let mut largest = self.of_zone(Zone::Town);
        largest.sort_by_key(|&town| std::cmp::Reverse(self.people(town)));
        largest.truncate(self.schools.complete[Zone::Town as usize]);
        self.spread(
            Zone::Town,
            self.schools.junior[Zone::Town as usize],
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
        let mut small = self.of_zone(Zone::Rural);
        small.sort_by_key(|&town| self.people(town));
        let Schools {
            nine_years,
            primary_only,
            township_juniors,
            ..
        } = self.schools;
        for (number, &town) in small.iter().enumerate() {
            let weight = self.people(town);
            if number < nine_years {
                let stages = [Stage::Primary, Stage::Junior];
                self.add(town, Zone::Rural, "学校", &stages, weight.max(7_000));
            } else {
                self.add(town, Zone::Rural, "小学", &[Stage::Primary], weight);
                if number >= nine_years + primary_only {
                    self.add(town, Zone::Rural, "初级中学", &[Stage::Junior], weight);
                }
            }
        }
        for &town in township_juniors {
            self.add(town, Zone::Rural, "初级中学", &[Stage::Junior], 14_000);
        }
        self.villages(self.schools.primary[Zone::Rural as usize] as usize - small.len());
    }

    /// Village schools and teaching points of the first primary school of each town.
    fn villages(&mut self, count: usize) {
        let towns: Vec<usize> = (self.schools.streets..self.towns.len()).collect();
        let weights: Vec<u64> = towns.iter().map(|&town| self.people(town)).collect();
        let mut villages = VILLAGES;
        self.chance.shuffle(&mut villages);
        for (&town, number) in towns.iter().zip(apportion(count as u32, &weights)) {
            for village in 0..number as usize {
                let central = self.first_primary(town).unwrap_or_default();
                let point = self.chance.permille(300);
                let kind = if point { "教学点" } else { "小学" };
                let village = villages[(town + 7 * village) % villages.len()];
                let name = format!("{}{village}{kind}", self.towns[town].name);
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
        for &(town, weight) in self.schools.vocational {
            let zone = self.towns[town].centre;
            self.add(town, zone, "职业学校", &[Stage::Vocational], weight);
        }
    }

    fn special(&mut self) {
        for &town in self.schools.special {
            let zone = self.towns[town].centre;
            self.add(town, zone, "特殊教育学校", &[Stage::Special], 1_000);
        }
    }

    /// One in every town, which belongs to the first primary school where the town is small; the
    /// others by population.
    fn kindergartens(&mut self) {
        let towns = self.towns.len();
        let weights: Vec<u64> = (0..towns).map(|town| self.people(town)).collect();
        let more = apportion(self.schools.kindergartens - towns as u32, &weights);
        for (town, more) in (0..towns).zip(more) {
            let zone = self.towns[town].centre;
            for number in 0..=more {
                let weight = self.people(town) / u64::from(more + 1);
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

/// All sites, in the order of their codes.
pub(super) fn sites(plan: &Plan, chance: &mut Chance) -> Vec<Site> {
    let mut words = WORDS;
    chance.shuffle(&mut words);
    let mut builder = Builder {
        towns: plan.towns,
        schools: plan.schools,
        sites: Vec::new(),
        words,
        next_word: 0,
        chance,
    };
    builder.urban();
    builder.towns();
    builder.rural();
    builder.vocational();
    builder.special();
    builder.kindergartens();
    builder.sites
}
