//! Who may go where, and in which form: the choices of everybody, cut by nothing but rules that
//! the policy shows.

mod choice;
mod chooser;
mod itineraries;
mod obstacles;
mod ways;

pub use choice::{Choice, Terms};
pub use itineraries::SharedPost;
pub use obstacles::{Obstacles, Reason, obstacles};

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::demand::RollEntry;
use crate::domain::{Itinerary, Placement, SchoolIndex, TeacherIndex};
use crate::rules::{Context, RuleSet};
use chooser::{Chooser, Found};

/// A lock that no choice can meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockConflict {
    /// Whom it concerns.
    pub teacher: TeacherIndex,
    /// Why, as printed: a form that could lead there, and what is in its way; the form with fewest
    /// obstacles first.
    pub reasons: Vec<String>,
    /// The rules among them, by their positions in the set.
    pub rules: Vec<usize>,
}

/// What a plan may choose for each teacher.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// First choice of each teacher, and one past the last of all.
    starts: Vec<u32>,
    all: Vec<Choice>,
    conflicts: Vec<LockConflict>,
    /// Every itinerary that somebody may have, sorted.
    itineraries: Arc<[Itinerary]>,
    /// Posts that an itinerary touches, the own ones of those who may have one included, sorted.
    shared: Vec<SharedPost>,
}

impl Choices {
    /// All choices under the rules.
    pub fn new(context: &Context<'_>, rules: &RuleSet) -> Self {
        let found = Self::within(context, rules, usize::MAX);
        // There are no more than can be counted.
        found.unwrap_or_default()
    }

    /// All choices under the rules, where they are so many at most: the search ends with the first
    /// beyond.
    pub fn within(context: &Context<'_>, rules: &RuleSet, most: usize) -> Option<Self> {
        let chooser = Chooser::new(context, rules);
        let entries = context.situation.roll.entries();
        // Whoever starts from the same school has the same ways: they are found once a school.
        let mut by_origin: BTreeMap<SchoolIndex, Vec<&RollEntry>> = BTreeMap::new();
        for entry in entries {
            by_origin.entry(entry.origin).or_default().push(entry);
        }
        let groups: Vec<Vec<&RollEntry>> = by_origin.into_values().collect();
        let count = AtomicUsize::new(0);
        let found: Option<Vec<Vec<Found>>> = groups
            .par_iter()
            .map(|group| {
                let mut ways = BTreeMap::new();
                let found = group.iter().map(|entry| {
                    let found = chooser.of(entry, &mut ways);
                    // Whoever has one choice alone does not choose.
                    let more = Some(found.choices.len()).filter(|&more| more > 1);
                    let before = count.fetch_add(more.unwrap_or(0), Ordering::Relaxed);
                    (before <= most).then_some(found)
                });
                found.collect()
            })
            .collect();
        let found = found.filter(|_| count.into_inner() <= most)?;
        let mut by_teacher: Vec<Option<Found>> = entries.iter().map(|_| None).collect();
        for (entry, found) in groups.iter().flatten().zip(found.into_iter().flatten()) {
            by_teacher[entry.teacher.position()] = Some(found);
        }
        itineraries::leave_room(context.situation, entries, &mut by_teacher);
        let mut choices = Self {
            starts: vec![0],
            all: Vec::new(),
            conflicts: Vec::new(),
            itineraries: itineraries::all(by_teacher.iter().flatten()),
            shared: itineraries::shared(context.situation, entries, &by_teacher),
        };
        for found in by_teacher.into_iter().flatten() {
            choices.all.extend(found.choices);
            for held in found.itineraries {
                let place = choices.itineraries.binary_search(&held);
                // All of them are there.
                let place = place.unwrap_or_else(|place| place);
                choices.all.push(Choice::Itinerant(place as u32));
            }
            choices.starts.push(choices.all.len() as u32);
            choices.conflicts.extend(found.conflict);
        }
        Some(choices).filter(|choices| choices.count() <= most)
    }

    /// Posts that share a teacher with others in some choice, sorted.
    pub fn shared_posts(&self) -> &[SharedPost] {
        &self.shared
    }

    /// A teacher's choices; the first is what holds if nothing is chosen, but for those who must
    /// go.
    pub fn of(&self, teacher: TeacherIndex) -> &[Choice] {
        let at = |position: usize| self.starts[position] as usize;
        &self.all[at(teacher.position())..at(teacher.position() + 1)]
    }

    /// A teacher's choices as placements.
    pub fn placements(&self, terms: &Terms, entry: &RollEntry) -> Vec<Placement> {
        let choices = self.of(entry.teacher).iter();
        choices
            .map(|&choice| terms.placement(entry, choice))
            .collect()
    }

    /// Locks that no choice can meet.
    pub fn conflicts(&self) -> &[LockConflict] {
        &self.conflicts
    }

    /// How many placements may be chosen by those who have a choice.
    pub fn count(&self) -> usize {
        let counts = self.starts.windows(2).map(|pair| pair[1] - pair[0]);
        counts.filter(|&count| count > 1).sum::<u32>() as usize
    }
}
