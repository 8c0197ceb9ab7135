//! Classes and pupils of the years of a plan, by zone.

use crate::domain::{Stage, Zone, apportion};
use crate::generate::chance::Chance;
use crate::generate::records::ClassRecord;
use crate::generate::schools::{grades, programmes, zone_place};

use super::Plan;
use super::sites::Site;

/// One of the two years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// What the staff was fitted to.
    Before,
    /// What is planned.
    Planned,
}

/// Classes and pupils.
pub(super) type Total = (u32, u32);

/// Classes and pupils that a plan has, for one year or for two.
#[derive(Debug, Clone, Copy)]
pub(super) struct Classes {
    /// The compulsory stages, by year and zone (城区, 镇区, 乡村).
    pub(super) compulsory: [(Stage, &'static [[Total; 3]]); 2],
    /// The other stages, by year.
    pub(super) others: &'static [(Stage, &'static [Total])],
}

/// The row of a year; of a stage that has one row only, this.
fn of<Row: Copy>(rows: &[Row], year: Year) -> Row {
    rows[usize::from(year == Year::Planned).min(rows.len() - 1)]
}

impl Classes {
    /// Whether the planned year has classes of its own.
    pub(super) fn change(&self) -> bool {
        self.compulsory[0].1.len() > 1
    }

    /// Classes and pupils of a stage.
    pub(super) fn total(&self, stage: Stage, year: Year) -> Total {
        let other = self.others.iter().find(|row| row.0 == stage);
        let zones = self.compulsory.iter().find(|row| row.0 == stage);
        match (other, zones) {
            (Some(row), _) => of(row.1, year),
            (None, Some(row)) => of(row.1, year)
                .iter()
                .fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1)),
            (None, None) => (0, 0),
        }
    }
}

/// The classes of every site.
pub(super) fn of_year(
    plan: &Plan,
    sites: &[Site],
    year: Year,
    chance: &mut Chance,
) -> Vec<Vec<ClassRecord>> {
    let mut classes = vec![Vec::new(); sites.len()];
    for (stage, years) in &plan.classes.compulsory {
        for zone in [Zone::Urban, Zone::Town, Zone::Rural] {
            let held = |site: &Site| site.zone == zone && site.stages.contains(stage);
            let total = of(years, year)[zone_place(zone)];
            divide(plan, sites, held, *stage, total, year, &mut classes, chance);
        }
    }
    for (stage, years) in plan.classes.others {
        let held = |site: &Site| site.stages.contains(stage);
        divide(
            plan,
            sites,
            held,
            *stage,
            of(years, year),
            year,
            &mut classes,
            chance,
        );
    }
    classes
}

#[expect(clippy::too_many_arguments, reason = "one call a part of a stage")]
fn divide(
    plan: &Plan,
    sites: &[Site],
    held: impl Fn(&Site) -> bool,
    stage: Stage,
    (classes, pupils): Total,
    year: Year,
    result: &mut [Vec<ClassRecord>],
    chance: &mut Chance,
) {
    let places: Vec<usize> = (0..sites.len())
        .filter(|&place| held(&sites[place]))
        .collect();
    let weights: Vec<u64> = places
        .iter()
        .map(|&place| {
            let site = &sites[place];
            let growth = if year == Year::Planned {
                site.growth
            } else {
                100
            };
            site.weight * growth
        })
        .collect();
    // A school of the upper stages has one class in each grade at least.
    let least = match stage {
        Stage::Junior | Stage::Senior => 3,
        _ => 1,
    };
    let more = apportion(classes - least * places.len() as u32, &weights);
    let counts: Vec<u32> = more.into_iter().map(|count| least + count).collect();
    let fullness = chance.spread(0, 1_000, places.len());
    let seats: Vec<u64> = places
        .iter()
        .zip(&counts)
        .zip(fullness)
        .map(|((&place, &count), full)| {
            // Rural classes differ most in size, urban ones are all full.
            let width = match (sites[place].zone, stage) {
                (Zone::Rural, Stage::Primary) => 500,
                (Zone::Rural, _) => 200,
                (Zone::Town, _) => 150,
                (Zone::Urban, _) => 50,
            };
            u64::from(count) * (1_000 - width / 2 + width * full / 1_000)
        })
        .collect();
    for ((&place, count), pupils) in places.iter().zip(counts).zip(apportion(pupils, &seats)) {
        result[place].extend(rows(plan, stage, place, count, pupils));
    }
}

fn rows(plan: &Plan, stage: Stage, place: usize, classes: u32, pupils: u32) -> Vec<ClassRecord> {
    match stage {
        Stage::Primary => grades(stage, 1, 6, classes, pupils),
        Stage::Junior => grades(stage, 7, 3, classes, pupils),
        Stage::Senior => grades(stage, 10, 3, classes, pupils),
        Stage::Vocational => programmes_at(plan.programmes, place, classes, pupils),
        _ => vec![ClassRecord {
            stage,
            grade: None,
            programme: None,
            classes,
            pupils,
        }],
    }
}

/// Five of the programmes at each school, which ones by its place.
fn programmes_at(
    names: &[&'static str],
    place: usize,
    classes: u32,
    pupils: u32,
) -> Vec<ClassRecord> {
    let names = std::array::from_fn(|number| names[(place * 3 + number) % names.len()]);
    let mut rows = programmes(names, classes, pupils);
    rows.sort_by_key(|row| row.programme);
    rows
}
