//! Who counts towards a limit whatever a plan chooses: by a decision, by a lock, or for want of another way.
//!
//! Where these alone are beyond the limit of a rule, the rule clashes with them and with no other rule.

use std::collections::BTreeMap;

use serde::Serialize;

use super::attempt::NamedRule;
use crate::domain::TeacherIndex;
use crate::eligibility::{Choices, Terms};
use crate::rules::{Candidate, Context, Kind, RuleSet, ScopeKey};

/// People who count towards a limit whatever is chosen, in the places where they alone are beyond it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settled {
    /// How many may count there.
    pub at_most: i64,
    /// How many do. Who they are stands in the rosters; answers are read out.
    pub persons: usize,
    /// How many of them by a decision taken before (已定事项).
    pub decided: usize,
    /// How many of them by a lock (锁定).
    pub locked: usize,
}

/// Tells of each rule of a clash who is settled beyond its limit.
pub(super) fn with_settled(
    context: &Context<'_>,
    rules: &RuleSet,
    members: impl IntoIterator<Item = usize>,
) -> Vec<NamedRule> {
    let policy = context.situation.policy;
    let mut found = None;
    let named = members.into_iter().map(|position| {
        let mut rule = NamedRule::at(policy, rules, position);
        if matches!(rules.all()[position].kind, Kind::Count(_)) {
            let ways = found.get_or_insert_with(|| {
                let choices = Choices::new(context, rules);
                (Terms::new(context.situation, &choices), choices)
            });
            rule.settled = settled((context, rules), position, ways);
        }
        rule
    });
    named.collect()
}

fn settled(
    (context, rules): (&Context<'_>, &RuleSet),
    position: usize,
    (terms, choices): &(Terms, Choices),
) -> Option<Settled> {
    let Kind::Count(count) = &rules.all()[position].kind else {
        return None;
    };
    let situation = context.situation;
    let mut places: BTreeMap<ScopeKey, Vec<TeacherIndex>> = BTreeMap::new();
    for entry in situation.roll.entries() {
        let placements = choices.placements(terms, entry);
        let mut counted = placements.iter().map(|placement| {
            count.counts(&Candidate {
                situation,
                entry,
                placement,
            })
        });
        let first = counted.next().flatten();
        if let Some(place) = first.filter(|place| counted.all(|other| other == Some(*place))) {
            places.entry(place).or_default().push(entry.teacher);
        }
    }
    let mut all: Option<Settled> = None;
    for (place, people) in places {
        let (_, most) = count.limits_at(context, place);
        let Some(most) = most.filter(|&most| people.len() as i64 > most) else {
            continue;
        };
        let all = all.get_or_insert(Settled {
            at_most: 0,
            persons: 0,
            decided: 0,
            locked: 0,
        });
        all.at_most += most;
        for teacher in people {
            let entry = situation.roll.entry(teacher);
            let district = situation.district;
            if entry.decided {
                all.decided += 1;
            } else if !district.locks_of(teacher).is_empty() {
                all.locked += 1;
            }
            all.persons += 1;
        }
    }
    all
}
