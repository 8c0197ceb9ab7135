//! Classes and pupils of both years, by zone.

use crate::domain::{Stage, Zone};
use crate::generate::chance::{Chance, shares};
use crate::generate::records::ClassRecord;
use crate::generate::schools::{grades, programmes, zone_place};

use super::PROGRAMMES;
use super::sites::Site;

/// One of the two years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// 2020: what the staff was fitted to.
    Before,
    /// 2025: what is planned.
    Planned,
}

/// Classes and pupils.
type Total = (u32, u32);

/// By zone (城区, 镇区, 乡村), 2020 and 2025. The pupils add up to those of the plan; how they divide by
/// zone, and the classes, are assumed: 35 : 35 : 30 and 40 : 45 : 15 of the classes of 2020, 40 and 49
/// pupils a class. Urban pupils go on growing (6 and 8%), so that all of the loss, and more, falls
/// to the others, whose classes become smaller.
const COMPULSORY: [(Stage, [[Total; 3]; 2]); 2] = [
    (
        Stage::Primary,
        [
            [(674, 31_000), (674, 27_950), (577, 18_050)],
            [(735, 32_900), (632, 25_210), (491, 12_890)],
        ],
    ),
    (
        Stage::Junior,
        [
            [(416, 21_216), (468, 22_698), (157, 7_086)],
            [(452, 22_900), (335, 14_070), (106, 4_030)],
        ],
    ),
];
/// The other stages in 2020 and 2025. Of 3.93万 and 3.9万 children 52.19% and 55% are in public
/// kindergartens.
const OTHERS: [(Stage, [Total; 2]); 3] = [
    (Stage::Senior, [(451, 23_000), (490, 25_000)]),
    (Stage::Vocational, [(500, 23_000), (543, 25_000)]),
    (Stage::Kindergarten, [(684, 20_511), (715, 21_450)]),
];

/// Classes and pupils of a stage.
pub(super) fn total(stage: Stage, year: Year) -> Total {
    let place = usize::from(year == Year::Planned);
    let other = OTHERS.iter().find(|row| row.0 == stage);
    let zones = COMPULSORY.iter().find(|row| row.0 == stage);
    match (other, zones) {
        (Some(row), _) => row.1[place],
        (None, Some(row)) => row.1[place]
            .iter()
            .fold((0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1)),
        (None, None) => (0, 0),
    }
}

/// The classes of every site.
pub(super) fn of_year(sites: &[Site], year: Year, chance: &mut Chance) -> Vec<Vec<ClassRecord>> {
    let place = usize::from(year == Year::Planned);
    let mut classes = vec![Vec::new(); sites.len()];
    for (stage, years) in &COMPULSORY {
        for zone in [Zone::Urban, Zone::Town, Zone::Rural] {
            let held = |site: &Site| site.zone == zone && site.stages.contains(stage);
            let total = years[place][zone_place(zone)];
            divide(sites, held, *stage, total, year, &mut classes, chance);
        }
    }
    for (stage, years) in &OTHERS {
        let held = |site: &Site| site.stages.contains(stage);
        divide(
            sites,
            held,
            *stage,
            years[place],
            year,
            &mut classes,
            chance,
        );
    }
    classes
}

fn divide(
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
    let more = shares(classes - least * places.len() as u32, &weights);
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
    for ((&place, count), pupils) in places.iter().zip(counts).zip(shares(pupils, &seats)) {
        result[place].extend(rows(stage, place, count, pupils));
    }
}

fn rows(stage: Stage, place: usize, classes: u32, pupils: u32) -> Vec<ClassRecord> {
    match stage {
        Stage::Primary => grades(stage, 1, 6, classes, pupils),
        Stage::Junior => grades(stage, 7, 3, classes, pupils),
        Stage::Senior => grades(stage, 10, 3, classes, pupils),
        Stage::Vocational => programmes_at(place, classes, pupils),
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
fn programmes_at(place: usize, classes: u32, pupils: u32) -> Vec<ClassRecord> {
    let names = std::array::from_fn(|number| PROGRAMMES[(place * 3 + number) % PROGRAMMES.len()]);
    let mut rows = programmes(names, classes, pupils);
    rows.sort_by_key(|row| row.programme);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pupils_are_those_of_the_plan() {
        let pupils = |stage, year| total(stage, year).1;
        assert_eq!(pupils(Stage::Primary, Year::Before), 77_000);
        assert_eq!(pupils(Stage::Primary, Year::Planned), 71_000);
        assert_eq!(pupils(Stage::Junior, Year::Before), 51_000);
        assert_eq!(pupils(Stage::Junior, Year::Planned), 41_000);
    }
}
