//! What rules forbid of that which somebody decided all the same.

use serde::Serialize;

use super::apply::Changed;
use super::change::Change;
use super::find::{find_school, find_teacher};
use crate::demand::Situation;
use crate::domain::{District, Placement};
use crate::rules::eligibility::{Refusal, Standings};
use crate::rules::reach::form_admits;
use crate::rules::{Candidate, RuleSet};

/// A placement that was decided whatever rules say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Overridden {
    /// The teacher's id.
    pub teacher: String,
    /// What was decided, as [`Change::text`] has it after the teacher.
    pub decision: String,
    /// What forbids it, as printed: reasons of standings, titles of rules. Sorted.
    pub forbidden_by: Vec<String>,
}

/// What the rules of a year say of the overrides among some changes.
pub(super) fn overridden(year: &Changed<'_>, changes: &[Change]) -> Vec<Overridden> {
    let is_override = |change: &&Change| matches!(change, Change::Override { .. });
    let mut overrides = changes.iter().filter(is_override).peekable();
    if overrides.peek().is_none() {
        return Vec::new();
    }
    let district = year.district.as_ref();
    let situation = Situation::new(district, &year.policy);
    let standings = Standings::new(&situation, &year.rules);
    let found = overrides.filter_map(|change| {
        let placement = placement(&situation, change)?;
        let forbidden_by = forbidden(&situation, (&year.rules, &standings), &placement);
        Some(described(district, change, &placement, forbidden_by))
    });
    found.collect()
}

fn described(
    district: &District,
    change: &Change,
    placement: &Placement,
    forbidden_by: Vec<String>,
) -> Overridden {
    let text = change.text();
    let decision = text.split_once('=').map_or("", |(_, decision)| decision);
    Overridden {
        teacher: district.teacher(placement.teacher).id.clone(),
        decision: decision.to_owned(),
        forbidden_by,
    }
}

/// The placement that an override decides, as far as rules ask; none where its words name nothing,
/// which whoever applies it says.
fn placement(situation: &Situation<'_>, change: &Change) -> Option<Placement> {
    let Change::Override {
        teacher,
        school,
        form,
    } = change
    else {
        return None;
    };
    let teacher = find_teacher(situation.district, teacher).ok()?;
    let school = find_school(situation.district, school).ok()?;
    Some(Placement {
        form: *form,
        school,
        ..situation.roll.entry(teacher).placement()
    })
}

fn forbidden(
    situation: &Situation<'_>,
    (rules, standings): (&RuleSet, &Standings),
    placement: &Placement,
) -> Vec<String> {
    let candidate = Candidate {
        situation,
        entry: situation.roll.entry(placement.teacher),
        placement,
    };
    let refusals = standings.refusals(placement.teacher, placement.form);
    let refusals = refusals
        .iter()
        .map(|refusal: &Refusal| refusal.printed(rules));
    let means = form_admits(&candidate);
    let form = (!means).then(|| "形式与去向不符".to_owned());
    let reach = rules.reach();
    let reach = reach.filter(|(_, reach)| !reach.admits(&candidate));
    let reach = reach.map(|(rule, _)| rule.title.clone());
    let mut found: Vec<String> = refusals.chain(form).chain(reach).collect();
    found.sort();
    found.dedup();
    found
}
