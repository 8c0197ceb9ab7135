//! Two plans side by side: what each comes to, who is placed differently, who gains and who loses.

use std::collections::BTreeMap;

use serde::Serialize;

use super::difference::{PostChange, Shortages, Whereabouts, differing};
use super::figures::Figures;
use crate::account::Account;
use crate::domain::{Persons, TeacherIndex};
use crate::rules::Candidate;

/// Two plans, of whatever origin.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// What the first comes to.
    pub first: Figures,
    /// What the second comes to.
    pub second: Figures,
    /// Whom they place differently, by id.
    pub persons: Vec<PersonChange>,
    /// How many gain or lose in which way from the first to the second.
    pub tally: BTreeMap<Effect, usize>,
    /// Posts that lack more or less, those that lose most first.
    pub posts: Vec<PostChange>,
    /// Stages and zones that lack more or less.
    pub zones: Vec<ZoneChange>,
}

/// Somebody whom the plans place differently. No names: ids tell the office who it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonChange {
    /// The id.
    pub teacher: String,
    /// In the first plan; `None` where he or she is only in the second.
    pub before: Option<Whereabouts>,
    /// In the second plan.
    pub after: Option<Whereabouts>,
    /// Minutes of one way of the move in each plan; none where there is no move.
    pub minutes: (i64, i64),
    /// What it is for the person to have the second plan instead of the first.
    pub effects: Vec<Effect>,
}

/// What a change of plans is for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Moves in the second plan only.
    Moves,
    /// Moves in the first plan only.
    Stays,
    /// Moves in both, elsewhere or in another form.
    Elsewhere,
    /// Moves in neither; something else changes, such as the subject.
    AtHome,
    /// The wish is granted by the second plan only.
    WishGranted,
    /// The wish is granted by the first plan only.
    WishLost,
    /// The way becomes shorter.
    Nearer,
    /// The way becomes longer.
    Farther,
}

/// Need that nobody covers, in a stage and zone, full-time persons.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ZoneChange {
    /// The stage, in Chinese.
    pub stage: &'static str,
    /// The zone, in Chinese.
    pub zone: &'static str,
    /// Under the first plan.
    pub before: f64,
    /// Under the second.
    pub after: f64,
}

/// What a plan asks of somebody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Asked {
    moves: bool,
    wished: bool,
    minutes: i64,
}

/// Lays two plans side by side. The districts may differ by a few persons.
pub fn compare(one: &Account<'_>, other: &Account<'_>) -> Comparison {
    let persons = differing(
        (one.situation(), &one.plan.placements),
        (other.situation(), &other.plan.placements),
    );
    let persons: Vec<PersonChange> = persons
        .into_iter()
        .map(|held| {
            let asked = (asked(one, &held.teacher), asked(other, &held.teacher));
            PersonChange {
                teacher: held.teacher,
                before: held.before,
                after: held.after,
                minutes: (asked.0.minutes, asked.1.minutes),
                effects: effects(asked.0, asked.1),
            }
        })
        .collect();
    let mut tally = BTreeMap::new();
    for effect in persons.iter().flat_map(|held| &held.effects) {
        *tally.entry(*effect).or_default() += 1;
    }
    Comparison {
        first: Figures::of(one),
        second: Figures::of(other),
        persons,
        tally,
        posts: Shortages::of(one).changes(&Shortages::of(other)),
        zones: zones(one, other),
    }
}

fn asked(account: &Account<'_>, teacher: &str) -> Asked {
    let situation = account.situation();
    let known: Option<TeacherIndex> = situation.district.teacher_with_id(teacher);
    let placement = known.and_then(|index| account.plan.placements.get(index.position()));
    let Some(placement) = placement.filter(|placement| placement.form.is_move()) else {
        return Asked::default();
    };
    let candidate = Candidate {
        situation,
        entry: situation.roll.entry(placement.teacher),
        placement,
    };
    Asked {
        moves: true,
        wished: candidate.is_voluntary(),
        minutes: candidate.minutes().0,
    }
}

fn effects(before: Asked, after: Asked) -> Vec<Effect> {
    let mut effects = vec![match (before.moves, after.moves) {
        (false, true) => Effect::Moves,
        (true, false) => Effect::Stays,
        (true, true) => Effect::Elsewhere,
        (false, false) => Effect::AtHome,
    }];
    match (before.wished, after.wished) {
        (false, true) => effects.push(Effect::WishGranted),
        (true, false) => effects.push(Effect::WishLost),
        _ => {}
    }
    match before.minutes.cmp(&after.minutes) {
        std::cmp::Ordering::Greater => effects.push(Effect::Nearer),
        std::cmp::Ordering::Less => effects.push(Effect::Farther),
        std::cmp::Ordering::Equal => {}
    }
    effects
}

fn zones(one: &Account<'_>, other: &Account<'_>) -> Vec<ZoneChange> {
    let (before, after) = (one.by_zone(), other.by_zone());
    let mut keys: Vec<_> = before.keys().chain(after.keys()).copied().collect();
    keys.sort_unstable();
    keys.dedup();
    let persons = |amount: Persons| amount.0 as f64 / 1000.0;
    let changes = keys.into_iter().filter_map(|key| {
        let short = |sums: &BTreeMap<_, crate::account::Balance>| {
            sums.get(&key).copied().unwrap_or_default().shortage_after
        };
        let (before, after) = (short(&before), short(&after));
        (before != after).then(|| ZoneChange {
            stage: key.0.chinese(),
            zone: key.1.chinese(),
            before: persons(before),
            after: persons(after),
        })
    });
    changes.collect()
}
