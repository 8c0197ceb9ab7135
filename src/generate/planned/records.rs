//! The sites of a plan as units and schools, with their marks and groups.

use crate::domain::{SchoolState, Stage, Zone};
use crate::generate::chance::Chance;
use crate::generate::geography::{coordinates_from, metres};
use crate::generate::records::{ClassRecord, SchoolRecord, UnitRecord};

use super::Plan;
use super::sites::{Schools, Site};

/// Units and schools with their classes.
pub(super) fn records(
    plan: &Plan,
    sites: &[Site],
    classes: Vec<Vec<ClassRecord>>,
    chance: &mut Chance,
) -> (Vec<UnitRecord>, Vec<SchoolRecord>) {
    let mut units: Vec<UnitRecord> = Vec::new();
    let mut schools: Vec<SchoolRecord> = Vec::new();
    for (site, classes) in sites.iter().zip(classes) {
        let known = units.iter().position(|unit| unit.name == site.unit_name);
        let unit = known.unwrap_or_else(|| {
            units.push(UnitRecord {
                code: format!("U{:03}", units.len() + 1),
                name: site.unit_name.clone(),
                establishment: 0,
                senior_posts: None,
                middle_posts: None,
            });
            units.len() - 1
        });
        let far = metres((0, 0), site.place);
        let remote = site.zone == Zone::Rural && far > plan.schools.remote_metres;
        let town = &plan.towns[site.town];
        let compulsory = site.stages.iter().any(|stage| stage.is_compulsory());
        schools.push(SchoolRecord {
            code: format!("S{:03}", schools.len() + 1),
            name: site.name.clone(),
            unit,
            town: town.name.to_owned(),
            zone: site.zone,
            sending: false,
            receiving: compulsory && site.zone == Zone::Rural,
            cluster: town.cluster.to_owned(),
            group: String::new(),
            position: coordinates_from(plan.towns[0].position, site.place),
            metres_from_seat: far,
            dormitory: far > 15_000 && (remote || chance.permille(550)),
            remote,
            state: SchoolState::Open,
            merged_into: None,
            classes,
        });
    }
    mark_flags(&mut schools, &plan.schools);
    mark_groups(&mut schools, &plan.schools, chance);
    (units, schools)
}

fn compulsory_classes(school: &SchoolRecord) -> u32 {
    school.stage_totals(Stage::Primary).0 + school.stage_totals(Stage::Junior).0
}

/// Sending: all urban schools of the compulsory stages and the largest ones in towns. Receiving:
/// rural schools and the smallest ones in towns.
fn mark_flags(schools: &mut [SchoolRecord], plan: &Schools) {
    let of_zone = |schools: &[SchoolRecord], zone: Zone| -> Vec<usize> {
        (0..schools.len())
            .filter(|&place| schools[place].zone == zone)
            .filter(|&place| compulsory_classes(&schools[place]) > 0)
            .collect()
    };
    let urban = of_zone(schools, Zone::Urban);
    let mut in_towns = of_zone(schools, Zone::Town);
    in_towns.sort_by_key(|&place| compulsory_classes(&schools[place]));
    let largest = in_towns.iter().rev().take(plan.sending - urban.len());
    for &place in urban.iter().chain(largest) {
        schools[place].sending = true;
    }
    for &place in in_towns.iter().take(plan.receiving_in_towns) {
        schools[place].receiving = true;
    }
}

/// Some urban schools lead a group each, to which others belong (集团化办学).
fn mark_groups(schools: &mut [SchoolRecord], plan: &Schools, chance: &mut Chance) {
    let [primary, junior] = plan.groups;
    for (stage, count) in [(Stage::Primary, primary), (Stage::Junior, junior)] {
        let members: Vec<usize> = (0..schools.len())
            .filter(|&place| schools[place].stage_totals(stage).0 > 0)
            .collect();
        let names: Vec<String> = members
            .iter()
            .take(count)
            .map(|&place| format!("{}教育集团", schools[place].name))
            .collect();
        for (number, &place) in members.iter().enumerate() {
            let joins = number < count || chance.permille(plan.grouped);
            if joins && schools[place].group.is_empty() {
                schools[place].group.clone_from(&names[number % count]);
            }
        }
    }
}
