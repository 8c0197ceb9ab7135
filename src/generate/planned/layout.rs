//! What becomes of schools in the planned year: sites that close, a school that is merged, schools
//! that open, partners outside. It happens to a district that is staffed and has its timetables.

use std::collections::BTreeMap;

use crate::domain::{SchoolState, Stage, Zone};
use crate::generate::records::{ClassRecord, SchoolRecord, SyntheticDistrict, UnitRecord};
use crate::generate::totals::{Measure, Part};
use crate::generate::wishes::distance;

/// Pupils of one class at most, before a class is added.
const FULL_CLASS: u32 = 45;

/// How many schools change, and which partners there are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    /// Rural primary sites that close, the smallest first.
    pub(super) closing: usize,
    /// Small primary schools in towns that are merged into a neighbour.
    pub(super) merging: usize,
    /// Primary schools that open in streets.
    pub(super) new_primary: usize,
    /// Junior schools that open in streets.
    pub(super) new_junior: usize,
    /// Names and places of schools outside the district.
    pub(super) outside: &'static [(&'static str, (i32, i32))],
}

/// Every school stays as it is.
pub(super) const UNCHANGED: Layout = Layout {
    closing: 0,
    merging: 0,
    new_primary: 0,
    new_junior: 0,
    outside: &[],
};

/// Changes the schools of a district.
pub(super) fn change(district: &mut SyntheticDistrict, layout: Layout) {
    let (classes, sites) = (totals(district), site_counts(district));
    for _ in 0..layout.closing {
        end_smallest(district, Zone::Rural, SchoolState::Closing);
    }
    for _ in 0..layout.merging {
        end_smallest(district, Zone::Town, SchoolState::Merging);
    }
    for _ in 0..layout.new_primary {
        open(district, Stage::Primary);
    }
    for _ in 0..layout.new_junior {
        open(district, Stage::Junior);
    }
    for &(name, position) in layout.outside {
        add_outside(district, name, position);
    }
    refit(district, classes, sites);
    let ends = |school: usize| district.schools[school].state.ends();
    let kept: Vec<(usize, u32, usize)> = district
        .preferences
        .iter()
        .copied()
        .filter(|&(_, _, school)| !ends(school))
        .collect();
    district.preferences = kept;
}

/// A school that decisions, locks or stated needs name goes on.
fn is_named(district: &SyntheticDistrict, place: usize) -> bool {
    district.locks.iter().any(|row| row.school == Some(place))
        || district.decided.iter().any(|row| row.school == Some(place))
        || district.needs.iter().any(|row| row.school == place)
}

/// Whether a unit has no other site: only such a school is merged into another.
fn is_alone(district: &SyntheticDistrict, place: usize) -> bool {
    let unit = district.schools[place].unit;
    let sites = district.schools.iter().filter(|row| row.unit == unit);
    sites.count() == 1
}

fn pupils(school: &SchoolRecord) -> u32 {
    school.classes.iter().map(|row| row.pupils).sum()
}

/// The smallest primary school of a zone ends; the nearest school with the stage takes its pupils.
fn end_smallest(district: &mut SyntheticDistrict, zone: Zone, state: SchoolState) {
    let schools = &district.schools;
    let is_primary = |school: &SchoolRecord| school.stages() == [Stage::Primary];
    let smallest = (0..schools.len())
        .filter(|&place| schools[place].zone == zone && is_primary(&schools[place]))
        .filter(|&place| schools[place].state == SchoolState::Open)
        .filter(|&place| !is_named(district, place))
        .filter(|&place| state == SchoolState::Closing || is_alone(district, place))
        .min_by_key(|&place| pupils(&schools[place]));
    let Some(place) = smallest else { return };
    let taker = (0..schools.len())
        .filter(|&other| other != place && schools[other].state == SchoolState::Open)
        .filter(|&other| schools[other].stage_totals(Stage::Primary).0 > 0)
        .min_by_key(|&other| distance(&schools[place], &schools[other]));
    let Some(taker) = taker else { return };
    let moved = std::mem::take(&mut district.schools[place].classes);
    for row in moved {
        take_in(&mut district.schools[taker], row);
    }
    let school = &mut district.schools[place];
    school.state = state;
    school.merged_into = Some(taker);
    school.receiving = false;
    school.sending = false;
}

/// Pupils join the classes of their grade, of which there are more only where they are full.
fn take_in(school: &mut SchoolRecord, row: ClassRecord) {
    let same = school
        .classes
        .iter_mut()
        .find(|held| (held.stage, held.grade) == (row.stage, row.grade));
    match same {
        Some(held) => {
            held.pupils += row.pupils;
            held.classes = held.classes.max(held.pupils.div_ceil(FULL_CLASS));
        }
        None => school.classes.push(row),
    }
}

/// A school opens in a street: a class of each grade from each of the three largest schools there.
fn open(district: &mut SyntheticDistrict, stage: Stage) {
    let schools = &district.schools;
    let mut donors: Vec<usize> = (0..schools.len())
        .filter(|&place| schools[place].zone == Zone::Urban)
        .filter(|&place| schools[place].stages() == [stage])
        .filter(|&place| schools[place].state == SchoolState::Open)
        .collect();
    donors.sort_by_key(|&place| std::cmp::Reverse(schools[place].stage_totals(stage).0));
    donors.truncate(3);
    let Some(&first) = donors.first() else { return };
    let mut by_grade: BTreeMap<Option<u8>, ClassRecord> = BTreeMap::new();
    for &donor in &donors {
        for row in &mut district.schools[donor].classes {
            if row.classes < 2 {
                continue;
            }
            let pupils = row.pupils / row.classes;
            row.classes -= 1;
            row.pupils -= pupils;
            let held = by_grade.entry(row.grade).or_insert(ClassRecord {
                classes: 0,
                pupils: 0,
                ..row.clone()
            });
            held.classes += 1;
            held.pupils += pupils;
        }
    }
    let like = district.schools[first].clone();
    let classes: Vec<ClassRecord> = by_grade.into_values().collect();
    let pupils: u32 = classes.iter().map(|row| row.pupils).sum();
    // One of the staff for 19 pupils, or for 13.5.
    let tenths = if stage == Stage::Primary { 190 } else { 135 };
    let kind = if stage == Stage::Primary {
        "小学"
    } else {
        "初级中学"
    };
    let name = format!("{}新建{kind}", like.town.trim_end_matches("街道"));
    add(
        district,
        (pupils * 10).div_ceil(tenths),
        SchoolRecord {
            name,
            state: SchoolState::New,
            // A kilometre to the north.
            position: (like.position.0 + 9_000, like.position.1),
            sending: false,
            receiving: false,
            dormitory: false,
            group: String::new(),
            classes,
            ..like
        },
    );
}

fn add_outside(district: &mut SyntheticDistrict, name: &str, position: (i32, i32)) {
    let like = district.schools[0].clone();
    add(
        district,
        0,
        SchoolRecord {
            name: name.to_owned(),
            town: "区外".to_owned(),
            zone: Zone::Urban,
            sending: false,
            receiving: false,
            cluster: String::new(),
            group: String::new(),
            position,
            dormitory: true,
            remote: false,
            state: SchoolState::Outside,
            merged_into: None,
            classes: Vec::new(),
            ..like
        },
    );
}

/// Adds a school that is a unit of its own, under codes after all others.
fn add(district: &mut SyntheticDistrict, establishment: u32, mut school: SchoolRecord) {
    let next = |codes: &mut dyn Iterator<Item = &String>, letter: char| {
        let numbers = codes.filter_map(|code| code.trim_start_matches(letter).parse::<u32>().ok());
        numbers.max().unwrap_or(0) + 1
    };
    let unit = next(&mut district.units.iter().map(|row| &row.code), 'U');
    let site = next(&mut district.schools.iter().map(|row| &row.code), 'S');
    let titles = district.units.iter().any(|row| row.senior_posts.is_some());
    district.units.push(UnitRecord {
        code: format!("U{unit:03}"),
        name: school.name.clone(),
        establishment,
        senior_posts: titles.then_some(establishment / 5),
        middle_posts: titles.then_some(establishment * 2 / 5),
    });
    school.code = format!("S{site:03}");
    school.unit = district.units.len() - 1;
    district.schools.push(school);
}

const PARTS: [(Part, Stage); 2] = [
    (Part::Primary, Stage::Primary),
    (Part::AllJunior, Stage::Junior),
];

fn totals(district: &SyntheticDistrict) -> [u32; 2] {
    PARTS.map(|(part, _)| Measure::Classes(part).count(district))
}

fn site_counts(district: &SyntheticDistrict) -> [u32; 2] {
    PARTS.map(|(part, _)| Measure::Sites(part).count(district))
}

/// The targets are those of the schools as they were: what has changed since is added to them.
fn refit(district: &mut SyntheticDistrict, classes: [u32; 2], sites: [u32; 2]) {
    let (classes_now, sites_now) = (totals(district), site_counts(district));
    for target in &mut district.targets {
        for (at, &(part, _)) in PARTS.iter().enumerate() {
            let change = if target.measure == Measure::Classes(part) {
                i64::from(classes_now[at]) - i64::from(classes[at])
            } else if target.measure == Measure::Sites(part) {
                i64::from(sites_now[at]) - i64::from(sites[at])
            } else {
                continue;
            };
            target.value = target.value.saturating_add_signed(change as i32);
        }
    }
}
