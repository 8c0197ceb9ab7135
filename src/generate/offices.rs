//! Heads, deputies, middle management, group leaders, class teachers, 骨干.

use std::collections::BTreeSet;

use crate::domain::{Backbone, Month, Office, Sex, Stage, Zone, apportion};

use super::chance::Chance;
use super::customs::Customs;
use super::people::age;
use super::records::{SchoolRecord, TeacherRecord, by_school};
use super::schools::zone_place;

/// Gives each school its offices. A site of a larger unit has one person in charge, no head.
pub(super) fn set_offices(
    teachers: &mut [TeacherRecord],
    schools: &[SchoolRecord],
    data_month: Month,
    chance: &mut Chance,
) {
    let mut headed = BTreeSet::new();
    for (place, mut staff) in by_school(teachers, schools.len()).into_iter().enumerate() {
        let first_of_unit = headed.insert(schools[place].unit);
        staff.retain(|&one| teachers[one].is_ordinary());
        // Offices come with the years; heads are men more often than their share of the staff.
        staff.sort_by_cached_key(|&one| {
            let years = age(&teachers[one], data_month);
            let past_fifty_five = if years > 55 { 15 } else { 0 };
            let man = 4 * i32::from(teachers[one].sex == Sex::Male);
            -(years.min(50) - past_fifty_five + man + chance.between(-8, 8))
        });
        let size = staff.len();
        let plan = if first_of_unit {
            vec![
                (Office::Head, if size >= 60 { 2 } else { 1 }),
                (Office::DeputyHead, size.div_ceil(45).min(4)),
                (Office::Middle, 1 + size / 22),
                (Office::DeputyMiddle, size / 26),
                (Office::GroupLeader, size / 9),
            ]
        } else {
            vec![(Office::Middle, usize::from(size >= 4))]
        };
        let mut next = staff.into_iter();
        for (office, count) in plan {
            for one in next.by_ref().take(count) {
                teachers[one].office = office;
                let terms = if office.is_head() { 3 } else { 2 };
                teachers[one].office_terms = chance.below(terms + 1);
            }
        }
    }
}

/// 骨干 bunch in urban schools, and in some of those more than in others.
pub(super) fn set_backbone(
    teachers: &mut [TeacherRecord],
    schools: &[SchoolRecord],
    customs: &Customs,
    data_month: Month,
    chance: &mut Chance,
) {
    for stage in [
        Stage::Primary,
        Stage::Junior,
        Stage::Senior,
        Stage::Vocational,
        Stage::Kindergarten,
    ] {
        let groups: Vec<(usize, Vec<usize>)> = by_school(teachers, schools.len())
            .into_iter()
            .map(|mut staff| {
                staff.retain(|&one| teachers[one].stage == stage && teachers[one].is_permanent());
                staff
            })
            .enumerate()
            .filter(|(_, group)| !group.is_empty())
            .collect();
        let (low, high) = customs.backbone_spread;
        let mut weights = vec![0; groups.len()];
        for zone in [Zone::Urban, Zone::Town, Zone::Rural] {
            let places: Vec<usize> = (0..groups.len())
                .filter(|&place| schools[groups[place].0].zone == zone)
                .collect();
            let spread = chance.spread(low, high, places.len());
            let others = usize::from(stage != Stage::Junior);
            let bunching = customs.backbone_zones[others][zone_place(zone)];
            for (place, factor) in places.into_iter().zip(spread) {
                weights[place] = groups[place].1.len() as u64 * bunching * factor;
            }
        }
        let total: usize = groups.iter().map(|(_, group)| group.len()).sum();
        let counts = apportion((total * customs.backbone / 1_000) as u32, &weights);
        for ((_, mut group), count) in groups.into_iter().zip(counts) {
            group.sort_by_cached_key(|&one| {
                let years = age(&teachers[one], data_month);
                (years - 42).abs() + chance.between(0, 14)
            });
            let levels = [
                (Backbone::County, 84),
                (Backbone::City, 14),
                (Backbone::Province, 2),
            ];
            let count = (count as usize).min(group.len() / 2);
            let deck = chance.deck(&levels, count);
            let schools_own = group.len() * 8 / 100;
            for (number, &one) in group.iter().take(count + schools_own).enumerate() {
                teachers[one].backbone = deck.get(number).copied().unwrap_or(Backbone::School);
            }
        }
    }
}

/// One class teacher a class, where there are enough persons, and the grades that each teaches.
pub(super) fn set_class_teachers(
    teachers: &mut [TeacherRecord],
    schools: &[SchoolRecord],
    data_month: Month,
    chance: &mut Chance,
) {
    let everybody = by_school(teachers, schools.len());
    for (school, everybody) in schools.iter().zip(everybody) {
        for stage in school.stages() {
            let mut staff: Vec<usize> = everybody
                .iter()
                .copied()
                .filter(|&one| teachers[one].stage == stage)
                .filter(|&one| !teachers[one].status.is_absent())
                .collect();
            let grades: Vec<u8> = school
                .classes
                .iter()
                .filter(|row| row.stage == stage)
                .flat_map(|row| std::iter::repeat_n(row.grade.unwrap_or(0), row.classes as usize))
                .collect();
            for &one in &staff {
                let span = if school.zone == Zone::Urban { 1 } else { 2 };
                let mut taught: Vec<u8> = (0..span).map(|_| *chance.pick(&grades)).collect();
                taught.retain(|&grade| grade > 0);
                taught.sort_unstable();
                taught.dedup();
                teachers[one].grades = taught;
            }
            staff.sort_by_cached_key(|&one| {
                let teacher = &teachers[one];
                let core = ["语文", "数学", "英语"].contains(&teacher.subject);
                let office = i32::from(teacher.office > Office::GroupLeader) * 40;
                let old = i32::from(age(teacher, data_month) >= 50) * 12;
                office + old + if core { 0 } else { 15 } + chance.between(0, 14)
            });
            for (&one, &grade) in staff.iter().zip(&grades) {
                teachers[one].class_teacher = true;
                if grade > 0 && !teachers[one].grades.contains(&grade) {
                    teachers[one].grades = vec![grade];
                }
            }
        }
    }
}
