//! Classes more or less, and sites whose classes go elsewhere.

use crate::demand::Roads;
use crate::domain::{
    ClassGroup, District, DistrictParts, Given, School, SchoolIndex, SchoolState, Stage, Unit,
    UnitIndex,
};
use crate::policy::Policy;

/// So many classes more or less of a stage: of a school or of all, of a grade or of all. Each next
/// class is given or taken where the share of the classes there were is most behind; a class comes
/// and goes with as many pupils as the group has in one.
///
/// # Errors
/// Where there are no such classes, or too few to take.
pub(super) fn change(
    parts: &mut DistrictParts,
    (school, stage, grade): (Option<SchoolIndex>, Stage, Option<u8>),
    by: i32,
) -> Result<(), String> {
    let schools = parts.schools.iter().enumerate();
    let chosen = schools.filter(|(place, held)| {
        school.is_none_or(|index| index.position() == *place) && !held.state.ends()
    });
    let mut groups: Vec<(usize, usize, ClassGroup, u32)> = Vec::new();
    for (place, held) in chosen {
        for (position, group) in held.classes.iter().enumerate() {
            let meant =
                group.stage == stage && grade.is_none_or(|grade| group.grade == Some(grade));
            if meant && group.classes > 0 {
                groups.push((place, position, group.clone(), 0));
            }
        }
    }
    let all: u32 = groups.iter().map(|group| group.2.classes).sum();
    let many = by.unsigned_abs();
    if groups.is_empty() {
        return Err("没有这样的班级 / there are no such classes".to_owned());
    }
    if by < 0 && many > all {
        return Err(format!("只有{all}个班 / there are only {all} classes"));
    }
    for _ in 0..many {
        let behind = |group: &(usize, usize, ClassGroup, u32)| {
            // Changed so far ÷ classes, as whole numbers over one denominator.
            (u64::from(group.3) + 1) * u64::from(all) * 1000 / u64::from(group.2.classes)
        };
        let free =
            |group: &&mut (usize, usize, ClassGroup, u32)| by > 0 || group.3 < group.2.classes;
        let next = groups
            .iter_mut()
            .filter(free)
            .min_by_key(|group| behind(group));
        if let Some(group) = next {
            group.3 += 1;
        }
    }
    for (place, position, before, count) in groups {
        let held = &mut parts.schools[place].classes[position];
        let pupils = u64::from(before.pupils) * u64::from(count) / u64::from(before.classes);
        let pupils = pupils as u32;
        if by > 0 {
            held.classes += count;
            held.pupils += pupils;
        } else {
            held.classes -= count;
            held.pupils -= pupils;
        }
    }
    for school in &mut parts.schools {
        school.classes.retain(|group| group.classes > 0);
    }
    Ok(())
}

/// A school opens beside another one, with a unit of its own of unknown establishment and classes of
/// usual size in every grade of the stage.
pub(super) fn open(
    parts: &mut DistrictParts,
    name: &str,
    beside: SchoolIndex,
    (stage, classes): (Stage, u32),
) {
    let unit = Unit {
        code: last_code("U", parts.units.iter().map(|unit| unit.code.as_str())),
        name: name.to_owned(),
        establishment: None,
        senior_posts: Given::default(),
        middle_posts: Given::default(),
    };
    let code = last_code("S", parts.schools.iter().map(|school| school.code.as_str()));
    parts.units.push(unit);
    let near = parts.schools[beside.position()].clone();
    let grades = grades(stage);
    let count = grades.len() as u32;
    let groups = (0..).zip(grades).map(|(place, grade)| {
        let classes = classes / count + u32::from(place < classes % count);
        ClassGroup {
            stage,
            grade,
            programme: None,
            classes,
            pupils: classes * stage.class_size(),
        }
    });
    parts.schools.push(School {
        code,
        name: name.to_owned(),
        unit: UnitIndex(parts.units.len() as u32 - 1),
        sending: false,
        receiving: true,
        failed_indicators: 0,
        state: SchoolState::New,
        merged_into: None,
        partner: None,
        classes: groups.filter(|group| group.classes > 0).collect(),
        ..near
    });
}

/// A code after all others, so that nobody else changes places.
fn last_code<'a>(letter: &str, codes: impl Iterator<Item = &'a str>) -> String {
    let last = codes.last().unwrap_or_default();
    let own = format!("{letter}新建");
    if last < own.as_str() {
        own
    } else {
        format!("{last}新建")
    }
}

/// The grades of a stage as rosters have them; one group for all where they have none.
fn grades(stage: Stage) -> Vec<Option<u8>> {
    match stage.grades() {
        Some(grades) => grades.map(Some).collect(),
        None => vec![None],
    }
}

/// A site closes: its pupils go to the school named, else to the nearest that has the stage, into
/// classes there as far as these hold them and into new ones beyond.
///
/// # Errors
/// Where it does not go on anyhow, or nobody can take the pupils.
pub(super) fn close(
    parts: &mut DistrictParts,
    (district, policy): (&District, &Policy),
    school: SchoolIndex,
    taker: Option<SchoolIndex>,
) -> Result<(), String> {
    let place = school.position();
    if parts.schools[place].state.ends() {
        return Err("该校本来就撤并 / the school ends anyhow".to_owned());
    }
    let roads = Roads::new(district, &policy.travel);
    let leaving = std::mem::take(&mut parts.schools[place].classes);
    let mut into = None;
    for group in leaving {
        let goes_on = |index: &SchoolIndex| {
            let held = &parts.schools[index.position()];
            *index != school && matches!(held.state, SchoolState::Open | SchoolState::New)
        };
        let nearest = || {
            let schools = district.school_indices().filter(goes_on);
            let staged = schools.filter(|index| has(&parts.schools[index.position()], group.stage));
            staged.min_by_key(|&index| (roads.minutes(school, index), index))
        };
        // Whoever is named takes all: pupils go nowhere else unsaid.
        if taker.is_some_and(|taker| !goes_on(&taker)) {
            return Err("接收学校也撤并 / the school that takes the pupils ends too".to_owned());
        }
        let Some(found) = taker.or_else(nearest) else {
            let stage = group.stage.chinese();
            return Err(format!(
                "没有学校能接收{stage}学生 / no school can take the pupils"
            ));
        };
        into = into.or(Some(found));
        take(&mut parts.schools[found.position()], &group);
    }
    // What was merged into it in an earlier year goes on where its pupils go.
    let into = into.or(taker);
    for (held, before) in parts.schools.iter_mut().zip(&district.schools) {
        if before.state.ends() && held.merged_into == Some(school) {
            held.merged_into = into;
        }
    }
    let closed = &mut parts.schools[place];
    closed.state = SchoolState::Closing;
    closed.merged_into = into;
    closed.partner = None;
    Ok(())
}

fn has(school: &School, stage: Stage) -> bool {
    school.stages().any(|held| held == stage)
}

/// Takes pupils into the classes of their grade.
fn take(school: &mut School, group: &ClassGroup) {
    let same = |held: &ClassGroup| {
        (held.stage, held.grade, held.programme) == (group.stage, group.grade, group.programme)
    };
    if let Some(held) = school.classes.iter_mut().find(|held| same(held)) {
        held.pupils += group.pupils;
        let needed = held.pupils.div_ceil(group.stage.class_size());
        held.classes = needed.clamp(held.classes, held.classes + group.classes);
    } else {
        school.classes.push(group.clone());
        school.classes.sort();
    }
}
