//! The three balances, always shown side by side: 编制余缺, 课时余缺, 学科余缺.

use std::collections::BTreeMap;

use super::posts::{PostIndex, Posts};
use super::roll::Roll;
use crate::domain::{District, Employment, Persons, Stage, UnitIndex, Zone};
use crate::policy::{Policy, presence};

/// Establishment of a unit against the staff that holds posts in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UnitBalance {
    /// Staff that the unit may have, where known.
    pub establishment: Option<u32>,
    /// Staff that hold 编制 in it at the begin of the year.
    pub held: u32,
    /// What the national ratios of pupils to staff would give.
    pub by_ratio: Persons,
    /// The stage in which it has most classes; of several the lowest.
    pub stage: Option<Stage>,
}

impl UnitBalance {
    /// Establishment less holders: negative where the unit is over (超编).
    pub fn balance(&self) -> Option<i64> {
        self.establishment
            .map(|posts| i64::from(posts) - i64::from(self.held))
    }
}

/// Totals of a stage and zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StageBalance {
    /// Lessons a week.
    pub periods: i64,
    /// What the loads alone ask for.
    pub need_by_loads: Persons,
    /// What is needed with credits, leave and small sites.
    pub need: Persons,
    /// Persons who give lessons.
    pub staff: Persons,
    /// Sum over posts of need not covered.
    pub shortage: Persons,
    /// Sum over posts of persons above need.
    pub surplus: Persons,
}

/// Balances before any move is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balances {
    units: Vec<UnitBalance>,
    staff: Vec<u32>,
    present: Vec<Persons>,
    outside: Vec<u32>,
    redundant: Persons,
    stages: BTreeMap<(Stage, Zone), StageBalance>,
}

impl Balances {
    /// Reckons them from the roll.
    pub fn new(district: &District, policy: &Policy, roll: &Roll, posts: &Posts) -> Self {
        let mut units: Vec<UnitBalance> = district
            .units
            .iter()
            .map(|unit| UnitBalance {
                establishment: unit.establishment,
                ..UnitBalance::default()
            })
            .collect();
        let mut staff = vec![0_u32; posts.all().len()];
        let mut outside = staff.clone();
        let mut present = vec![Persons::ZERO; staff.len()];
        for entry in roll.entries() {
            let employment = district.teacher(entry.teacher).employment;
            if let Some(unit) = entry
                .unit
                .filter(|_| employment == Employment::Establishment)
            {
                units[unit.position()].held += 1;
            }
            let post = posts.of(entry.school, entry.stage, entry.subject);
            if let Some(post) = post.filter(|_| entry.serves()) {
                staff[post.0 as usize] += 1;
                outside[post.0 as usize] += u32::from(employment != Employment::Establishment);
            }
            if entry.serves() {
                let terms = policy.itinerant.as_ref();
                presence(terms, entry.school, entry.itinerary, |school, persons| {
                    if let Some(post) = posts.of(school, entry.stage, entry.subject) {
                        present[post.0 as usize] += persons;
                    }
                });
            }
        }
        for school in &district.schools {
            units[school.unit.position()].by_ratio += by_ratio(policy, school);
        }
        for (unit, stage) in units.iter_mut().zip(main_stages(district)) {
            unit.stage = stage;
        }
        let stages = stage_balances(district, posts, &present);
        let redundant = redundant(district, posts, &present, &units);
        Self {
            units,
            staff,
            present,
            outside,
            redundant,
            stages,
        }
    }

    /// The balance of a unit.
    pub fn unit(&self, unit: UnitIndex) -> &UnitBalance {
        &self.units[unit.position()]
    }

    /// Persons who hold a post before any choice, those included who are elsewhere on some days.
    pub fn staff(&self, post: PostIndex) -> u32 {
        self.staff[post.0 as usize]
    }

    /// How much of persons gives lessons at a post before any choice: of those who serve at several
    /// schools (走教) the days here, whatever their own school.
    pub fn present(&self, post: PostIndex) -> Persons {
        self.present[post.0 as usize]
    }

    /// Those of them who are outside the establishment (编外、临聘).
    pub fn outside(&self, post: PostIndex) -> u32 {
        self.outside[post.0 as usize]
    }

    /// Persons who may be called 富余: above the need of their subject in a unit that is over its
    /// establishment, and no more of them than the unit is over.
    pub fn redundant(&self) -> Persons {
        self.redundant
    }

    /// Totals by stage and zone.
    pub fn stages(&self) -> &BTreeMap<(Stage, Zone), StageBalance> {
        &self.stages
    }

    /// Totals of the whole district.
    pub fn total(&self) -> StageBalance {
        self.stages
            .values()
            .fold(StageBalance::default(), |sum, part| StageBalance {
                periods: sum.periods + part.periods,
                need_by_loads: sum.need_by_loads + part.need_by_loads,
                need: sum.need + part.need,
                staff: sum.staff + part.staff,
                shortage: sum.shortage + part.shortage,
                surplus: sum.surplus + part.surplus,
            })
    }
}

/// By unit: the stage in which it has most classes.
fn main_stages(district: &District) -> Vec<Option<Stage>> {
    let mut classes: Vec<BTreeMap<Stage, u32>> = vec![BTreeMap::new(); district.units.len()];
    for school in &district.schools {
        for group in &school.classes {
            let of_unit = &mut classes[school.unit.position()];
            *of_unit.entry(group.stage).or_default() += group.classes;
        }
    }
    let main = |held: BTreeMap<Stage, u32>| {
        let most = held.into_iter().rev().max_by_key(|&(_, classes)| classes);
        most.map(|(stage, _)| stage)
    };
    classes.into_iter().map(main).collect()
}

/// Staff outside the establishment whom a post can do without: whole persons above its need, and
/// never more than there are.
pub fn dispensable(need: Persons, staff: Persons, outside: i64) -> Persons {
    let above = (staff - need).max(Persons::ZERO);
    Persons::whole((above.0 / Persons::ONE.0).min(outside))
}

fn redundant(
    district: &District,
    posts: &Posts,
    staff: &[Persons],
    units: &[UnitBalance],
) -> Persons {
    let mut surplus = vec![Persons::ZERO; units.len()];
    for (post, &staff) in posts.all().iter().zip(staff) {
        let unit = district.school(post.school).unit.position();
        surplus[unit] += (staff - post.need).max(Persons::ZERO);
    }
    units
        .iter()
        .zip(surplus)
        .filter_map(|(unit, surplus)| {
            let over = unit.balance().filter(|&balance| balance < 0)?;
            Some(surplus.min(Persons::whole(-over)))
        })
        .sum()
}

/// Staff by the ratios of pupils to staff (编制标准), stage by stage.
fn by_ratio(policy: &Policy, school: &crate::domain::School) -> Persons {
    school
        .stages()
        .map(|stage| {
            let tables = &policy.demand;
            tables.staff_by_ratio(stage, school.stage_totals(stage).1)
        })
        .sum()
}

fn stage_balances(
    district: &District,
    posts: &Posts,
    staff: &[Persons],
) -> BTreeMap<(Stage, Zone), StageBalance> {
    let mut stages: BTreeMap<(Stage, Zone), StageBalance> = BTreeMap::new();
    for (post, &staff) in posts.all().iter().zip(staff) {
        let zone = district.school(post.school).zone;
        let balance = stages.entry((post.stage, zone)).or_default();
        balance.periods += post.periods.0;
        balance.need_by_loads += post.need_by_loads;
        balance.need += post.need;
        balance.staff += staff;
        balance.shortage += (post.need - staff).max(Persons::ZERO);
        balance.surplus += (staff - post.need).max(Persons::ZERO);
    }
    stages
}
