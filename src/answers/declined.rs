//! Recruits of a plan that is out who do not come (不报到).

use std::collections::BTreeMap;

use toml::Value;

use super::base::Base;
use crate::demand::Situation;
use crate::domain::LeverUse;
use crate::model::Near;
use crate::policy::{LeverKind, PolicyFault};
use crate::scenario::{Change, Scenario, find_recruiting, find_school, find_subject};

/// The use of a lever that a change takes back; none where the change is another, or its words name
/// nothing, which whoever applies it says.
fn declined(situation: &Situation<'_>, change: &Change) -> Option<LeverUse> {
    let Change::Decline {
        lever,
        school,
        stage,
        subject,
        count,
    } = change
    else {
        return None;
    };
    let lever = find_recruiting(situation.policy, lever).ok()?;
    Some(LeverUse {
        lever: lever.id.clone(),
        school: Some(find_school(situation.district, school).ok()?),
        stage: Some(*stage),
        subject: Some(find_subject(situation.district, subject).ok()?),
        unit: None,
        from: None,
        count: *count,
    })
}

/// How many do not come, by place.
fn by_place(situation: &Situation<'_>, changes: &[Change]) -> BTreeMap<LeverUse, u32> {
    let mut places = BTreeMap::new();
    for used in changes
        .iter()
        .filter_map(|change| declined(situation, change))
    {
        let count = used.count;
        *places.entry(LeverUse { count: 0, ..used }).or_default() += count;
    }
    places
}

/// The plan that is stayed near to without those who do not come: nothing forces them to be there.
pub(super) fn without_declined(
    mut near: Near,
    situation: &Situation<'_>,
    changes: &[Change],
) -> Near {
    for (place, mut left) in by_place(situation, changes) {
        for used in &mut near.recruits {
            if (LeverUse {
                count: 0,
                ..used.clone()
            }) == place
            {
                let gone = left.min(used.count);
                used.count -= gone;
                left -= gone;
            }
        }
    }
    near.recruits.retain(|used| used.count > 0);
    near
}

/// What happened after a list was out, as it is settled beside the plan of the list: of a lever of
/// whose recruits some do not come no more are placed than those who are left, unless the events
/// themselves say how many. Nobody is silently put in their stead where the lever was not used up.
///
/// # Errors
/// Where more do not come than the plan places there, all events together, each with all that the
/// plan places by the lever.
pub fn with_list(base: &Base<'_>, events: &Scenario) -> Result<Scenario, Vec<PolicyFault>> {
    let situation = base.context.situation;
    let placed = base.plan().map_or(&[][..], |plan| &plan.levers);
    let mut gone: BTreeMap<String, u32> = BTreeMap::new();
    let mut faults = Vec::new();
    for (place, count) in by_place(situation, &events.changes) {
        let held = placed.iter();
        let held = held.filter(|used| {
            let place_of = LeverUse {
                count: 0,
                ..(*used).clone()
            };
            place_of == place
        });
        let there: u32 = held.map(|used| used.count).sum();
        if there < count {
            faults.push(too_many(situation, placed, &place, (there, count)));
        }
        *gone.entry(place.lever).or_default() += count;
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut events = events.clone();
    let mut limits = Vec::new();
    for (id, count) in gone {
        let levers = situation.policy.levers.iter();
        let Some(lever) = levers.clone().find(|lever| lever.id == id) else {
            continue;
        };
        let uses = placed.iter().filter(|used| used.lever == id);
        let left = uses.map(|used| used.count).sum::<u32>() - count;
        let key = format!("lever.{id}.at_most");
        let is_said = events.changes.iter().any(|change| {
            matches!(change, Change::Set { key: held, .. }
                if *held == key || format!("lever.{held}") == key)
        });
        if !is_said && left < lever.at_most.saturating_sub(count) {
            limits.push(Change::set(&key, Value::Integer(i64::from(left))));
        }
    }
    if !limits.is_empty() {
        events.changes.splice(0..0, limits);
        events.name = Scenario::of(events.changes.clone()).name;
    }
    Ok(events)
}

fn too_many(
    situation: &Situation<'_>,
    placed: &[LeverUse],
    place: &LeverUse,
    (there, count): (u32, u32),
) -> PolicyFault {
    let district = situation.district;
    let words = |used: &LeverUse| {
        let school = used.school.map(|school| &district.school(school).code);
        let subject = used.subject.map(|subject| district.subject_name(subject));
        let stage = used.stage.map_or("", |stage| stage.chinese());
        let (school, subject) = (
            school.map_or("", String::as_str),
            subject.unwrap_or_default(),
        );
        format!("{}:{school}:{stage}:{subject}", used.lever)
    };
    let uses = placed.iter().filter(|used| used.lever == place.lever);
    let uses: Vec<String> = uses
        .map(|used| format!("{}:{}", words(used), used.count))
        .collect();
    let advice = if uses.is_empty() {
        let mut levers = situation.policy.levers.iter();
        let recruits = levers.any(|lever| {
            let is_used = placed.iter().any(|used| used.lever == lever.id);
            lever.kind == LeverKind::Recruit && is_used
        });
        if recruits {
            "该渠道没有安排招聘，见方案的 levers.csv / the lever placed nobody: see levers.csv"
                .to_owned()
        } else {
            "方案没有安排招聘 / the plan places no recruits".to_owned()
        }
    } else {
        format!(
            "该渠道在方案中安排的有 / the plan places by this lever: {}",
            uses.join("，")
        )
    };
    PolicyFault {
        code: "W005",
        place: words(place),
        message: format!(
            "公布的方案在此安排招聘{there}人，不报到的有{count}人 / the plan places {there} recruits here, \
             and {count} do not come"
        ),
        advice,
    }
}
