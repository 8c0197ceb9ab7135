//! Where everybody lives, and couples of whom both teach.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Sex, Zone};

use super::chance::Chance;
use super::circumstances::Calendar;
use super::geography::{SeatStreets, metres_between};
use super::people::age;
use super::records::{SchoolRecord, TeacherRecord};

const COUPLES_PERMILLE: usize = 13;
/// Of ten couples, those who serve in one town, and those who serve in neighbouring towns or one of
/// them in the seat; the others serve anywhere. A guess, for nothing is published: offices
/// let couples move together and are asked by those apart to.
const TOGETHER_OF_TEN: usize = 7;
const NEAR_OF_TEN: usize = 2;
/// Nearest towns that count as neighbouring ones.
const NEIGHBOURS: usize = 3;

/// How far from each other a couple serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Distance {
    OneTown,
    Near,
    Apart,
}

/// Homes, and who is married to whom.
pub(super) fn set_families(
    teachers: &mut [TeacherRecord],
    schools: &[SchoolRecord],
    seat_streets: &SeatStreets,
    calendar: Calendar,
    chance: &mut Chance,
) {
    set_homes(teachers, schools, seat_streets, chance);
    let grown = |teacher: &TeacherRecord| {
        teacher.is_permanent() && (27..56).contains(&age(teacher, calendar.data))
    };
    let (mut men, women): (Vec<usize>, Vec<usize>) = (0..teachers.len())
        .filter(|&one| grown(&teachers[one]))
        .partition(|&one| teachers[one].sex == Sex::Male);
    chance.shuffle(&mut men);
    let mut single = Single::new(teachers, schools, women);
    let couples = teachers.len() * COUPLES_PERMILLE / 1_000;
    for (number, &man) in men.iter().take(couples).enumerate() {
        let start = chance.below(teachers.len() as u32) as usize;
        let years = age(&teachers[man], calendar.data);
        let of_his_age =
            |woman: usize| (-1..=4).contains(&(years - age(&teachers[woman], calendar.data)));
        let mut ways = ways_down(number);
        let found = ways
            .find_map(|way| single.nearest_in_row(start, teachers[man].school, way, of_his_age));
        if let Some(wife) = found {
            single.remove(wife, teachers[wife].school);
            teachers[man].spouse = Some(wife);
            teachers[wife].spouse = Some(man);
            let home = teachers[wife].home_town.clone();
            teachers[man].home_town = home;
        }
    }
}

/// Women who may still marry.
struct Single {
    towns: Towns,
    /// By the town of their school.
    women: Vec<BTreeSet<usize>>,
}

impl Single {
    fn new(teachers: &[TeacherRecord], schools: &[SchoolRecord], women: Vec<usize>) -> Self {
        let towns = Towns::of(schools);
        let mut by_town = vec![BTreeSet::new(); towns.count()];
        for woman in women {
            by_town[towns.of_school[teachers[woman].school]].insert(woman);
        }
        Self {
            towns,
            women: by_town,
        }
    }

    /// The first from `start` on, and then from the first teacher on, at that distance from a school.
    fn nearest_in_row(
        &self,
        start: usize,
        school: usize,
        distance: Distance,
        admits: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let town = self.towns.of_school[school];
        let within = self.towns.within(town, distance);
        let found = within.into_iter().filter_map(|town| {
            let row = &self.women[town];
            let mut from_start = row.range(start..).chain(row.range(..start)).copied();
            from_start.find(|&woman| admits(woman))
        });
        found.min_by_key(|&woman| (woman < start, woman))
    }

    fn remove(&mut self, woman: usize, school: usize) {
        self.women[self.towns.of_school[school]].remove(&woman);
    }
}

/// Many who serve outside live in the seat of the district.
fn set_homes(
    teachers: &mut [TeacherRecord],
    schools: &[SchoolRecord],
    seat_streets: &SeatStreets,
    chance: &mut Chance,
) {
    for teacher in teachers.iter_mut() {
        let school = &schools[teacher.school];
        let in_seat = match school.zone {
            Zone::Urban => 1_000,
            Zone::Town => 200,
            Zone::Rural => 320,
        };
        teacher.home_town = if school.zone != Zone::Urban && chance.permille(in_seat) {
            chance.pick(&seat_streets[&school.town]).clone()
        } else {
            school.town.clone()
        };
    }
}

/// The distance that falls to a couple, and the farther ones for where nobody is found.
fn ways_down(number: usize) -> impl Iterator<Item = Distance> {
    let least = match number % 10 {
        place if place < TOGETHER_OF_TEN => Distance::OneTown,
        place if place < TOGETHER_OF_TEN + NEAR_OF_TEN => Distance::Near,
        _ => Distance::Apart,
    };
    [Distance::OneTown, Distance::Near, Distance::Apart]
        .into_iter()
        .filter(move |&distance| distance >= least)
}

/// Towns of schools, and which of them are near each other.
pub(super) struct Towns {
    of_school: Vec<usize>,
    /// By town, without itself.
    near: Vec<BTreeSet<usize>>,
}

impl Towns {
    /// Near a town are the three nearest ones and the nearest with an urban school, and those to
    /// which it is such a one. A town stands where its schools stand on average.
    pub(super) fn of(schools: &[SchoolRecord]) -> Self {
        let mut names: BTreeMap<&str, Vec<&SchoolRecord>> = BTreeMap::new();
        for school in schools {
            names.entry(&school.town).or_default().push(school);
        }
        let number: BTreeMap<&str, usize> = names.keys().copied().zip(0..).collect();
        let of_school = schools.iter().map(|row| number[row.town.as_str()]);
        let places: Vec<(i32, i32)> = names.values().map(|rows| mean_position(rows)).collect();
        let is_urban = |rows: &Vec<&SchoolRecord>| rows.iter().any(|row| row.zone == Zone::Urban);
        let urban: Vec<bool> = names.values().map(is_urban).collect();
        let mut near = vec![BTreeSet::new(); places.len()];
        for one in 0..places.len() {
            let mut others: Vec<usize> = (0..places.len()).filter(|&town| town != one).collect();
            others.sort_by_key(|&other| metres_between(places[one], places[other]));
            let nearest = others.iter().take(NEIGHBOURS);
            let seat = others.iter().find(|&&other| urban[other]);
            for &other in nearest.chain(seat) {
                near[one].insert(other);
                near[other].insert(one);
            }
        }
        Self {
            of_school: of_school.collect(),
            near,
        }
    }

    fn count(&self) -> usize {
        self.near.len()
    }

    /// The towns at a distance from one.
    fn within(&self, town: usize, distance: Distance) -> Vec<usize> {
        match distance {
            Distance::OneTown => vec![town],
            Distance::Near => self.near[town].iter().copied().collect(),
            Distance::Apart => (0..self.count()).collect(),
        }
    }

    /// How far from each other two schools are.
    pub(super) fn distance(&self, one: usize, other: usize) -> Distance {
        let (one, other) = (self.of_school[one], self.of_school[other]);
        if one == other {
            Distance::OneTown
        } else if self.near[one].contains(&other) {
            Distance::Near
        } else {
            Distance::Apart
        }
    }
}

fn mean_position(schools: &[&SchoolRecord]) -> (i32, i32) {
    let count = schools.len().max(1) as i64;
    let mean = |part: fn(&SchoolRecord) -> i32| {
        let sum: i64 = schools.iter().map(|row| i64::from(part(row))).sum();
        (sum / count) as i32
    };
    (mean(|row| row.position.0), mean(|row| row.position.1))
}
