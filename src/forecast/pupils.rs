//! Pupils of the next school year: grades move up, those who begin make up what is expected.

use std::collections::BTreeMap;

use super::outlook::Outlook;
use crate::demand::Situation;
use crate::domain::{ClassGroup, DistrictParts, Month, School, SchoolIndex, Stage, apportion};

/// What is expected, in proportion to what the rosters have: plans count pupils whom rosters of public
/// schools do not (民办), so their change is taken and not their size.
#[derive(Debug, Clone)]
pub(super) struct Expectation {
    /// Of each entry of the outlook: pupils of the rosters, and of the entry, in the school year of the
    /// rosters' classes.
    bases: Vec<(u32, u32)>,
}

/// The schools of which an entry speaks, and the pupils that are expected there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Share {
    stage: Stage,
    schools: Vec<SchoolIndex>,
    target: u32,
}

impl Expectation {
    /// From the rosters as they are.
    pub(super) fn new(outlook: &Outlook, situation: &Situation<'_>) -> Self {
        let year = outlook.first_classes(situation.district).year();
        let bases = outlook.pupils.iter().map(|expected| {
            let schools = expected.schools(situation).into_iter();
            let held = schools.map(|school| {
                let school = situation.district.school(school);
                school.stage_totals(expected.stage).1
            });
            (held.sum(), expected.of(year))
        });
        Self {
            bases: bases.collect(),
        }
    }

    /// Entries of which the rosters have other numbers of pupils: position, pupils of the rosters, of
    /// the entry.
    pub(super) fn differing(&self) -> impl Iterator<Item = (usize, u32, u32)> {
        let bases = self.bases.iter().enumerate();
        let other = bases.filter(|(_, (held, written))| held != written);
        other.map(|(place, &(held, written))| (place, held, written))
    }

    /// What is expected of the schools of a district in a school year that begins in a calendar year.
    pub(super) fn of(&self, outlook: &Outlook, situation: &Situation<'_>, year: i32) -> Vec<Share> {
        let entries = outlook.pupils.iter().zip(&self.bases);
        let shares = entries.map(|(expected, &(held, written))| {
            let count = u64::from(expected.of(year));
            let target = if written == 0 {
                count
            } else {
                (count * u64::from(held) + u64::from(written) / 2) / u64::from(written)
            };
            Share {
                stage: expected.stage,
                schools: expected.schools(situation),
                target: u32::try_from(target).unwrap_or(u32::MAX),
            }
        });
        shares.collect()
    }
}

/// A stage of which fewer pupils are expected than move up from the year before, so that nobody begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fewer {
    /// First month of the school year.
    pub begin: Month,
    /// The stage.
    pub stage: Stage,
    /// Pupils who would move up.
    pub moving_up: u32,
    /// Pupils that are expected.
    pub expected: u32,
    /// Classes that would move up, and that remain.
    pub classes: (u32, u32),
}

/// The classes one school year later, the one that begins in a month. Schools and stages of which nothing
/// is expected stay as they are. Gives the stages in which nobody begins.
pub(super) fn advance(parts: &mut DistrictParts, shares: &[Share], begin: Month) -> Vec<Fewer> {
    let mut fewer = Vec::new();
    for share in shares {
        let by_grade = share.stage.grades().filter(|_| {
            let groups = share.schools.iter();
            let mut groups = groups.flat_map(|school| &parts.schools[school.position()].classes);
            groups.all(|group| group.stage != share.stage || group.grade.is_some())
        });
        match by_grade {
            Some(grades) => {
                let grades = (*grades.start(), *grades.end());
                fewer.extend(move_up(parts, share, grades, begin));
            }
            None => rescale(parts, share),
        }
    }
    for school in &mut parts.schools {
        school.classes.retain(|group| group.classes > 0);
    }
    fewer
}

/// Every grade becomes the next one; the first gets whoever is missing to what is expected, divided
/// as the first grade was. Where fewer are expected than move up, nobody begins, and that is what it gives.
fn move_up(
    parts: &mut DistrictParts,
    share: &Share,
    (first, last): (u8, u8),
    begin: Month,
) -> Option<Fewer> {
    let mut rolled: Vec<(SchoolIndex, ClassGroup)> = Vec::new();
    let mut begins: BTreeMap<SchoolIndex, u64> = BTreeMap::new();
    let mut sizes: BTreeMap<SchoolIndex, (u32, u32)> = BTreeMap::new();
    for &index in &share.schools {
        let school = &mut parts.schools[index.position()];
        sizes.insert(index, school.stage_totals(share.stage));
        for mut group in take_stage(school, share.stage) {
            if group.grade == Some(first) {
                *begins.entry(index).or_default() += u64::from(group.pupils);
            }
            if group.grade.is_some_and(|grade| grade < last) {
                group.grade = group.grade.map(|grade| grade + 1);
                rolled.push((index, group));
            }
        }
    }
    let staying: u32 = rolled.iter().map(|(_, group)| group.pupils).sum();
    let fewer = (staying > share.target).then(|| {
        let classes = shrink(&mut rolled, share);
        Fewer {
            begin,
            stage: share.stage,
            moving_up: staying,
            expected: share.target,
            classes,
        }
    });
    let entering = share.target.saturating_sub(staying);
    let weights: Vec<u64> = share
        .schools
        .iter()
        .map(|index| begins.get(index).copied().unwrap_or_default())
        .collect();
    let weights = if weights.iter().all(|&weight| weight == 0) {
        let schools = share.schools.iter();
        schools.map(|index| u64::from(sizes[index].1)).collect()
    } else {
        weights
    };
    for (&index, pupils) in share.schools.iter().zip(apportion(entering, &weights)) {
        let classes = classes_for(pupils, sizes[&index], share.stage);
        rolled.push((
            index,
            ClassGroup {
                stage: share.stage,
                grade: Some(first),
                programme: None,
                classes,
                pupils,
            },
        ));
    }
    for (index, group) in rolled {
        parts.schools[index.position()].classes.push(group);
    }
    for index in &share.schools {
        parts.schools[index.position()].classes.sort();
    }
    fewer
}

/// Fewer than those who move up: families leave, from all grades alike, and classes are put together where
/// fewer of the same size hold who remains. Gives the classes before and after.
fn shrink(rolled: &mut [(SchoolIndex, ClassGroup)], share: &Share) -> (u32, u32) {
    let weights: Vec<u64> = rolled
        .iter()
        .map(|(_, group)| u64::from(group.pupils))
        .collect();
    let pupils = apportion(share.target, &weights);
    let (mut before, mut after) = (0, 0);
    for ((_, group), pupils) in rolled.iter_mut().zip(pupils) {
        before += group.classes;
        let asked = classes_for(pupils, (group.classes, group.pupils), share.stage);
        group.classes = group.classes.min(asked);
        group.pupils = pupils;
        after += group.classes;
    }
    (before, after)
}

/// Stages that rosters do not divide into grades grow and shrink as a whole.
fn rescale(parts: &mut DistrictParts, share: &Share) {
    let mut places = Vec::new();
    for &index in &share.schools {
        let classes = &parts.schools[index.position()].classes;
        for (position, group) in classes.iter().enumerate() {
            if group.stage == share.stage {
                places.push((index, position, u64::from(group.pupils)));
            }
        }
    }
    let weights: Vec<u64> = places.iter().map(|place| place.2).collect();
    let shared = apportion(share.target, &weights);
    for (&(index, position, _), pupils) in places.iter().zip(shared) {
        let group = &mut parts.schools[index.position()].classes[position];
        group.classes = classes_for(pupils, (group.classes, group.pupils), share.stage);
        group.pupils = pupils;
    }
}

/// The groups of a stage, taken out of a school.
fn take_stage(school: &mut School, stage: Stage) -> Vec<ClassGroup> {
    let (taken, kept) = std::mem::take(&mut school.classes)
        .into_iter()
        .partition(|group| group.stage == stage);
    school.classes = kept;
    taken
}

/// Classes for so many pupils, as large as those of the school are, and no larger than the standard
/// (班额标准).
fn classes_for(pupils: u32, (classes, before): (u32, u32), stage: Stage) -> u32 {
    if pupils == 0 {
        return 0;
    }
    let (pupils, classes) = (u64::from(pupils), u64::from(classes));
    let before = u64::from(before).max(1);
    let usual = (2 * pupils * classes + before) / (2 * before);
    let least = pupils.div_ceil(u64::from(stage.class_size()));
    usual.max(least).max(1) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_as_large_as_before_and_within_the_standard() {
        // 40 pupils a class before.
        assert_eq!(classes_for(80, (6, 240), Stage::Primary), 2);
        assert_eq!(classes_for(59, (6, 240), Stage::Primary), 2);
        assert_eq!(classes_for(41, (6, 240), Stage::Primary), 1);
        // 60 a class before: 45 are the standard.
        assert_eq!(classes_for(120, (4, 240), Stage::Primary), 3);
        assert_eq!(classes_for(1, (4, 240), Stage::Primary), 1);
        assert_eq!(classes_for(0, (4, 240), Stage::Primary), 0);
        assert_eq!(classes_for(30, (0, 0), Stage::Kindergarten), 1);
    }

    #[test]
    fn classes_are_put_together_where_families_leave() {
        let group = |grade, classes, pupils| ClassGroup {
            stage: Stage::Primary,
            grade: Some(grade),
            programme: None,
            classes,
            pupils,
        };
        let mut rolled = vec![
            (SchoolIndex(0), group(2, 10, 400)),
            (SchoolIndex(1), group(3, 1, 20)),
            (SchoolIndex(1), group(4, 6, 180)),
        ];
        let share = Share {
            stage: Stage::Primary,
            schools: vec![SchoolIndex(0), SchoolIndex(1)],
            target: 240,
        };
        assert_eq!(shrink(&mut rolled, &share), (17, 7));
        let held: Vec<(u32, u32)> = rolled
            .iter()
            .map(|(_, group)| (group.classes, group.pupils))
            .collect();
        assert_eq!(held, [(4, 160), (1, 8), (2, 72)]);
    }
}
