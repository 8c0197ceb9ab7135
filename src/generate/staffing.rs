//! How many teachers a school has in each stage and subject, and what its establishment is.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Month, Stage, Zone, apportion};

use super::chance::Chance;
use super::curriculum::{
    ART, KINDERGARTEN, MUSIC, PROGRAMME_PERIODS, PSYCHOLOGY, SPECIAL, SPORTS, lessons,
};
use super::customs::Customs;
use super::records::{SchoolRecord, TeacherRecord, UnitRecord};
use super::schools::zone_place;

/// Teachers of sport and arts per 100,000 pupils of the compulsory stages (0.95 per 100).
const SPECIALISTS_PER_100_000: u64 = 950;
/// Supply of sport and arts by zone against the mean, in tenths: urban x1.3, rural x0.6.
const SPECIALIST_ZONES: [u64; 3] = [13, 10, 6];
/// How unevenly they are spread within a zone (thousandths of its mean), primary and junior.
const SPECIALIST_SPREAD: [(u64, u64); 2] = [(0, 2_000), (200, 1_800)];
/// How sport, music and art follow one another: 9 : 6 : 5 of twenty, near the nation's 6.4 : 7.9.
const SPECIALIST_ORDER: [&str; 20] = [
    SPORTS, MUSIC, SPORTS, ART, MUSIC, SPORTS, ART, SPORTS, MUSIC, SPORTS, ART, SPORTS, MUSIC, ART,
    SPORTS, MUSIC, SPORTS, ART, SPORTS, MUSIC,
];
/// Share of the establishment that stays unfilled, in thousandths.
const UNFILLED_PERMILLE: u64 = 25;

/// The stage of a school, with its staff.
#[derive(Debug, Clone, Copy)]
pub(super) struct Post {
    pub(super) school: usize,
    pub(super) stage: Stage,
    pub(super) teachers: u32,
    /// Part of the establishment, in thousandths of a person, before the total is fitted.
    pub(super) establishment: u64,
}

/// A stage, the schools that share a total in it (those with a senior stage, those without one, or
/// all), and the total of teachers.
pub(super) type StaffTotal = (Stage, Option<bool>, u32);

/// The staff of each school and stage, fitted to totals.
pub(super) fn posts(
    totals: &[StaffTotal],
    schools: &[SchoolRecord],
    customs: &Customs,
    chance: &mut Chance,
) -> Vec<Post> {
    let complete = |school: &SchoolRecord| school.stage_totals(Stage::Senior).0 > 0;
    let mut posts = Vec::new();
    for &(stage, of_complete, teachers) in totals {
        let places: Vec<usize> = (0..schools.len())
            .filter(|&place| schools[place].stage_totals(stage).0 > 0)
            .filter(|&place| of_complete.is_none_or(|wanted| complete(&schools[place]) == wanted))
            .collect();
        let spread = chance.spread(0, 1_000, places.len());
        let entitled: Vec<u64> = places
            .iter()
            .map(|&place| entitlement(&schools[place], stage, customs))
            .collect();
        let weights: Vec<u64> = places
            .iter()
            .zip(&entitled)
            .zip(spread)
            .map(|((&place, &entitled), factor)| {
                // In service against establishment. Those away on exchange come on top in urban
                // schools and are missing in the books of rural ones.
                let (low, width) = customs.service[zone_place(schools[place].zone)];
                entitled * (low + width * factor / 1_000)
            })
            .collect();
        let extra = teachers.saturating_sub(places.len() as u32);
        for ((&place, count), &entitled) in
            places.iter().zip(apportion(extra, &weights)).zip(&entitled)
        {
            posts.push(Post {
                school: place,
                stage,
                teachers: count + 1,
                establishment: entitled,
            });
        }
    }
    posts.sort_by_key(|post| (post.school, post.stage));
    posts
}

/// Establishment by pupils, in thousandths; in primary schools by classes where that is more (the
/// tilt to small rural schools). The ratios 1:19 and so on are scaled later: Wulong has a third
/// more teachers than they give.
fn entitlement(school: &SchoolRecord, stage: Stage, customs: &Customs) -> u64 {
    let (classes, pupils) = school.stage_totals(stage);
    let pupils = u64::from(pupils) * 10_000;
    let (by_pupils, by_class) = customs.primary_entitlement;
    match stage {
        Stage::Primary => (pupils * by_pupils / 100 / 190).max(u64::from(classes) * by_class),
        Stage::Junior => pupils / 135,
        Stage::Senior => pupils / 125,
        Stage::Kindergarten => pupils / 60,
        Stage::Special => pupils / 40,
        Stage::Vocational => pupils / 200,
    }
}

/// One record a person, in order of school, stage and subject, with nothing filled in but the post.
pub(super) fn people(
    schools: &[SchoolRecord],
    posts: &[Post],
    customs: &Customs,
    any_month: Month,
    chance: &mut Chance,
) -> Vec<TeacherRecord> {
    let mut special = specialists(schools, posts, customs, chance);
    let mut people = Vec::new();
    for post in posts {
        let mut counts = special
            .remove(&(post.school, post.stage))
            .unwrap_or_default();
        let placed: u32 = counts.values().sum();
        let school = &schools[post.school];
        let weights = general_weights(school, post.stage, &counts, chance);
        let values: Vec<u64> = weights.iter().map(|row| row.1).collect();
        let rest = post.teachers.saturating_sub(placed);
        match post.stage {
            Stage::Kindergarten => counts.insert(KINDERGARTEN, rest),
            Stage::Special => counts.insert(SPECIAL, rest),
            _ => None,
        };
        for (&(subject, _), count) in weights.iter().zip(apportion(rest, &values)) {
            *counts.entry(subject).or_default() += count;
        }
        for (subject, count) in counts {
            for _ in 0..count {
                let unit = school.unit;
                let person = TeacherRecord::new(post.school, unit, post.stage, subject, any_month);
                people.push(person);
            }
        }
    }
    people
}

type Counts = BTreeMap<&'static str, u32>;

/// Teachers of sport and arts, bunched in some schools and rare in rural ones, and the full-time
/// psychologists of some schools.
fn specialists(
    schools: &[SchoolRecord],
    posts: &[Post],
    customs: &Customs,
    chance: &mut Chance,
) -> BTreeMap<(usize, Stage), Counts> {
    let mut special: BTreeMap<(usize, Stage), Counts> = BTreeMap::new();
    for stage in [Stage::Primary, Stage::Junior] {
        let mut held: Vec<&Post> = posts.iter().filter(|post| post.stage == stage).collect();
        // Sites in any order, so that the order of subjects below falls on any of them.
        chance.shuffle(&mut held);
        let pupils: u64 = held
            .iter()
            .map(|post| u64::from(schools[post.school].stage_totals(stage).1))
            .sum();
        let total = (pupils * SPECIALISTS_PER_100_000 + 50_000) / 100_000;
        let (low, high) = SPECIALIST_SPREAD[usize::from(stage == Stage::Junior)];
        let mut weights = vec![0; held.len()];
        for zone in [Zone::Urban, Zone::Town, Zone::Rural] {
            let places: Vec<usize> = (0..held.len())
                .filter(|&place| schools[held[place].school].zone == zone)
                .collect();
            let spread = chance.spread(low, high, places.len());
            for (place, factor) in places.into_iter().zip(spread) {
                weights[place] =
                    u64::from(held[place].teachers) * SPECIALIST_ZONES[zone_place(zone)] * factor;
            }
        }
        let mut next = chance.below(20) as usize;
        for (post, count) in held.iter().zip(apportion(total as u32, &weights)) {
            let counts = special.entry((post.school, stage)).or_default();
            for _ in 0..count.min(post.teachers / 2) {
                *counts.entry(SPECIALIST_ORDER[next % 20]).or_default() += 1;
                next += 1;
            }
        }
    }
    let sites: BTreeSet<usize> = posts
        .iter()
        .filter(|post| post.stage.is_compulsory())
        .map(|post| post.school)
        .collect();
    // Only schools of some size have a psychologist at all.
    let mut large: Vec<&Post> = posts
        .iter()
        .filter(|post| post.stage.is_compulsory() && post.teachers >= 25)
        .collect();
    chance.shuffle(&mut large);
    for post in large
        .into_iter()
        .take(sites.len() * customs.psychologists_percent / 100)
    {
        let counts = special.entry((post.school, post.stage)).or_default();
        counts.insert(PSYCHOLOGY, 1);
    }
    special
}

/// Lessons a week of a school's stage by subject, in tenths. Programmes are subjects.
pub(super) fn demand(school: &SchoolRecord, stage: Stage) -> BTreeMap<&'static str, u32> {
    let mut demand = BTreeMap::new();
    for row in school.classes.iter().filter(|row| row.stage == stage) {
        for (subject, periods) in lessons(stage, row.grade) {
            if periods > 0 {
                *demand.entry(subject).or_default() += periods * row.classes;
            }
        }
        if let Some(programme) = row.programme {
            *demand.entry(programme).or_default() += PROGRAMME_PERIODS * row.classes;
        }
    }
    demand
}

/// What the other teachers are divided by: lessons, more or less where a subject has few main
/// teachers of its own, and some imbalance of each school's own.
fn general_weights(
    school: &SchoolRecord,
    stage: Stage,
    special: &Counts,
    chance: &mut Chance,
) -> Vec<(&'static str, u64)> {
    let compulsory = stage.is_compulsory();
    demand(school, stage)
        .into_iter()
        .filter(|(subject, _)| {
            let is_special = [SPORTS, MUSIC, ART].contains(subject) && compulsory;
            !is_special && *subject != PSYCHOLOGY && !special.contains_key(subject)
        })
        .map(|(subject, periods)| {
            let factor = own_teachers(subject, school.zone);
            let jitter = chance.between(880, 1_120) as u64;
            (subject, u64::from(periods) * factor * jitter)
        })
        .collect()
}

/// Main teachers of a subject against its lessons, in percent: small subjects of rural schools are
/// given by teachers of others.
fn own_teachers(subject: &str, zone: Zone) -> u64 {
    let by_zone = match subject {
        "综合实践" => [88, 85, 30],
        "道德与法治" => [96, 94, 50],
        "科学" => [98, 96, 60],
        "信息科技" => [96, 92, 35],
        "语文" | "数学" => [103, 104, 114],
        _ => [100, 100, 95],
    };
    by_zone[zone_place(zone)]
}

/// Sets the establishment of each unit: fitted to that of the whole district where it is published,
/// else so that the unfilled share is as assumed; no unit's is outside -15% to +20%.
pub(super) fn set_establishment(
    units: &mut [UnitRecord],
    published: Option<u32>,
    schools: &[SchoolRecord],
    posts: &[Post],
    teachers: &[TeacherRecord],
) {
    let mut entitled = vec![0_u64; units.len()];
    for post in posts {
        // The stages are scaled apart, as their totals are: what a stage has in post is known.
        entitled[schools[post.school].unit] +=
            post.establishment * stage_scale(posts, post.stage) / 1_000;
    }
    let mut held = vec![0_u32; units.len()];
    for unit in teachers.iter().filter_map(|teacher| teacher.unit) {
        held[unit] += 1;
    }
    let assumed = u64::from(held.iter().sum::<u32>()) * 1_000 / (1_000 - UNFILLED_PERMILLE);
    let fitted = apportion(published.unwrap_or(assumed as u32), &entitled);
    let range = |held: u32| {
        let least = (held * 100).div_ceil(115);
        (least, (held * 100 / 80).max(least))
    };
    for ((unit, fitted), &held) in units.iter_mut().zip(fitted).zip(&held) {
        let (least, most) = range(held);
        unit.establishment = fitted.clamp(least, most);
    }
    if let Some(published) = published {
        let ranges: Vec<(u32, u32)> = held.into_iter().map(range).collect();
        meet(units, &ranges, published);
    }
}

/// What the ranges cut off or added is given or taken back, one post to a unit after the other.
fn meet(units: &mut [UnitRecord], ranges: &[(u32, u32)], total: u32) {
    let mut sum: u32 = units.iter().map(|unit| unit.establishment).sum();
    let mut changed = true;
    while sum != total && changed {
        changed = false;
        for (unit, &(least, most)) in units.iter_mut().zip(ranges) {
            if sum < total && unit.establishment < most {
                unit.establishment += 1;
                sum += 1;
                changed = true;
            } else if sum > total && unit.establishment > least {
                unit.establishment -= 1;
                sum -= 1;
                changed = true;
            }
        }
    }
}

fn stage_scale(posts: &[Post], stage: Stage) -> u64 {
    let of_stage = || posts.iter().filter(|post| post.stage == stage);
    let teachers: u64 = of_stage().map(|post| u64::from(post.teachers)).sum();
    let entitled: u64 = of_stage().map(|post| post.establishment).sum();
    teachers * 1_000_000 / entitled.max(1)
}
