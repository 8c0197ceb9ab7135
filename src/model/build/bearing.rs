//! What placements are worth, reckoned for millions of them: whatever of a rule does not depend on
//! the school is asked once a person, form and subject, and whatever does not depend on the person
//! once a school.

use std::collections::BTreeMap;

use crate::demand::{PostIndex, Situation};
use crate::domain::{Form, Stage, SubjectIndex};
use crate::program::CounterIndex;
use crate::rules::{Candidate, Kind, RowKey, RuleSet, TypedRule};

/// The counters to which something counts, and how often.
type Summands = Vec<(CounterIndex, i64)>;

/// The counters of rows.
pub(super) struct Rows {
    posts: Vec<Option<CounterIndex>>,
    rules: Vec<BTreeMap<RowKey, Summands>>,
}

impl Rows {
    /// No rows yet, of so many rules and posts.
    pub(super) fn new(rules: usize, posts: usize) -> Self {
        Self {
            posts: vec![None; posts],
            rules: vec![BTreeMap::new(); rules],
        }
    }

    /// Adds the counter of a row: what is added to the key itself counts there, or where the row is
    /// a sum what is added to its terms.
    pub(super) fn add(&mut self, key: RowKey, terms: &[(RowKey, i64)], counter: CounterIndex) {
        if let RowKey::Post(PostIndex(post)) = key {
            self.posts[post as usize] = Some(counter);
        }
        let Some(position) = key.rule() else { return };
        let rows = &mut self.rules[position];
        rows.entry(key).or_default().push((counter, 1));
        for &(term, times) in terms {
            rows.entry(term).or_default().push((counter, times));
        }
    }

    /// The counter of a post, where there is such a row.
    pub(super) fn post(&self, post: PostIndex) -> Option<CounterIndex> {
        self.posts[post.0 as usize]
    }

    /// To which counters what is added to a rule's row counts, and how often.
    pub(super) fn get(&self, key: RowKey) -> &[(CounterIndex, i64)] {
        key.rule()
            .and_then(|position| self.rules[position].get(&key))
            .map_or(&[], Vec::as_slice)
    }
}

/// A rule that can cost or count a placement.
struct Bearing<'a> {
    typed: &'a TypedRule,
    /// Its place in the set.
    position: usize,
    /// By school: whether the rule leads there.
    leads: Vec<bool>,
    rows: BTreeMap<RowKey, Summands>,
}

/// All rules that can cost or count a placement.
pub(super) struct Bearings<'a> {
    bearings: Vec<Bearing<'a>>,
}

/// What of a placement rules look at besides person and school.
type Aspect = (Form, Stage, SubjectIndex, bool);

/// What a placement costs and adds, with what is already known of the person.
pub(super) struct Worth {
    /// At each level.
    pub(super) costs: Vec<i64>,
    /// To which counters.
    pub(super) contributions: Vec<(CounterIndex, i64)>,
    /// Which bearings concern the person in an aspect.
    known: Vec<(Aspect, Vec<usize>)>,
}

impl Worth {
    /// Nothing, at so many levels.
    pub(super) fn new(levels: usize) -> Self {
        Self {
            costs: vec![0; levels],
            contributions: Vec::new(),
            known: Vec::new(),
        }
    }

    /// Forgets the person before.
    pub(super) fn begin(&mut self) {
        self.known.clear();
    }
}

impl<'a> Bearings<'a> {
    /// The rules that bear on placements, given the rows that there are.
    pub(super) fn new(situation: &Situation<'_>, rules: &'a RuleSet, rows: &Rows) -> Self {
        let bears = |position: usize, typed: &TypedRule| match typed.kind {
            Kind::Count(_)
            | Kind::Ratio(_)
            | Kind::PerPupil(_)
            | Kind::Disparity(_)
            | Kind::Couples(_)
            | Kind::Avoidance(_)
            | Kind::Turns(_) => !rows.rules[position].is_empty(),
            Kind::Travel(_) | Kind::Stability(_) | Kind::Preference(_) => {
                typed.rule.enforcement.costs()
            }
            _ => false,
        };
        let bearings = rules
            .all()
            .iter()
            .enumerate()
            .filter(|&(position, typed)| bears(position, typed))
            .map(|(position, typed)| Bearing {
                typed,
                position,
                leads: situation
                    .district
                    .school_indices()
                    .map(|school| typed.leads_to(situation, school))
                    .collect(),
                rows: rows.rules[position].clone(),
            })
            .collect();
        Self { bearings }
    }

    /// Reckons a placement of the person last begun.
    pub(super) fn reckon(&self, candidate: &Candidate<'_>, worth: &mut Worth) {
        worth.costs.fill(0);
        worth.contributions.clear();
        let placement = candidate.placement;
        let aspect = (
            placement.form,
            placement.stage,
            placement.subject,
            placement.decided,
        );
        let place = worth.known.iter().position(|(known, _)| *known == aspect);
        let place = place.unwrap_or_else(|| {
            let concerns = |&at: &usize| self.bearings[at].typed.concerns(candidate);
            let concerning = (0..self.bearings.len()).filter(concerns).collect();
            worth.known.push((aspect, concerning));
            worth.known.len() - 1
        });
        for &at in &worth.known[place].1 {
            let bearing = &self.bearings[at];
            let typed = bearing.typed;
            candidate.at_stations(typed.stations(), |there| {
                if !bearing.leads[there.placement.school.position()] {
                    return;
                }
                worth.costs[typed.rule.level] += typed.cost_there(there);
                typed.amounts_there(bearing.position, there, |key, amount| {
                    let counters = bearing.rows.get(&key).into_iter().flatten();
                    let counted = counters.map(|&(counter, times)| (counter, amount * times));
                    worth.contributions.extend(counted);
                });
            });
        }
    }
}
