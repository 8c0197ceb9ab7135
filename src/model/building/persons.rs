//! Persons as agents: what their placements cost and count.

use std::sync::Arc;

use super::super::option_label;
use super::Builder;
use super::bearing::{Bearings, Worth};
use crate::demand::{PostIndex, RollEntry};
use crate::domain::{Persons, Placement};
use crate::eligibility::{Choice, Choices};
use crate::program::CounterIndex;
use crate::rules::Candidate;

impl Builder<'_> {
    /// So many may be placed differently from the plan that is stayed near to.
    pub(super) fn limit_changes(&mut self) {
        let most = self.near.and_then(|(near, _)| near.at_most);
        let limit = most.map(|most| self.limit("changes", None, Some(i64::from(most))));
        if let Some((_, counter)) = &mut self.near {
            *counter = limit;
        }
    }

    /// What being placed differently costs and adds.
    fn reckon_change(&self, placement: &Placement, worth: &mut Worth) {
        let Some((near, counter)) = self.near else {
            return;
        };
        if near.differs(placement) {
            self.price_difference(&mut worth.costs, 1);
            worth
                .contributions
                .extend(counter.map(|counter| (counter, 1)));
        }
    }

    /// Teachers with one choice are constants; the others are agents.
    pub(super) fn add_teachers(&mut self, choices: &Choices) -> Vec<Placement> {
        let situation = self.context.situation;
        let bearings = Bearings::new(situation, self.rules, &self.rows);
        let mut worth = Worth::new(self.levels);
        let mut labels = Labels::new(situation.posts.all().len());
        let mut settled = Vec::new();
        for entry in situation.roll.entries() {
            let held = choices.of(entry.teacher);
            worth.begin();
            if let [only] = held {
                let placement = self.terms.placement(entry, *only);
                self.reckon(&bearings, entry, (*only, &placement), &mut worth);
                for (level, &cost) in worth.costs.iter().enumerate() {
                    self.program.add_constant(level, cost);
                }
                for &(counter, amount) in &worth.contributions {
                    self.program.add_offset(counter, amount);
                }
                settled.push(placement);
                continue;
            }
            let label = situation.district.teacher(entry.teacher).id.clone();
            self.program.add_agent(label, 1);
            self.persons.push(*entry);
            for &choice in held {
                let placement = self.terms.placement(entry, choice);
                self.reckon(&bearings, entry, (choice, &placement), &mut worth);
                self.reckon_change(&placement, &mut worth);
                let label = labels.of(choice, || option_label(situation, &placement));
                self.program
                    .add_option(label, &worth.costs, &worth.contributions);
            }
        }
        settled
    }

    /// What a placement costs at each level, and what it adds to which counters.
    fn reckon(
        &self,
        bearings: &Bearings<'_>,
        entry: &RollEntry,
        (choice, placement): (Choice, &Placement),
        worth: &mut Worth,
    ) {
        let situation = self.context.situation;
        let candidate = Candidate {
            situation,
            entry,
            placement,
        };
        bearings.reckon(&candidate, worth);
        if !candidate.serves() {
            return;
        }
        let (stage, subject) = (placement.stage, placement.subject);
        if entry.itinerary.is_some() {
            return self.settled_week(&candidate, worth);
        }
        if placement.itinerary.is_some() {
            return self.share(&candidate, worth);
        }
        let held = || situation.posts.of(placement.school, stage, subject);
        if let Some(post) = choice.post().or_else(held) {
            worth.contributions.extend(self.person_at(post));
        }
    }

    /// The days of a week that was settled before: parts of persons, of which the limits of shared
    /// posts know already.
    fn settled_week(&self, candidate: &Candidate<'_>, worth: &mut Worth) {
        let (posts, placement) = (&candidate.situation.posts, candidate.placement);
        candidate.presence(|school, persons| {
            let Some(post) = posts.of(school, placement.stage, placement.subject) else {
                return;
            };
            let row = self.rows.post(post).filter(|_| persons != Persons::ZERO);
            worth.contributions.extend(row.map(|row| (row, persons.0)));
            if school == placement.school {
                worth.contributions.extend(self.shared.of_person(post));
            }
        });
    }

    /// Days at other schools, and the whole person at home from whom they are taken.
    fn share(&self, candidate: &Candidate<'_>, worth: &mut Worth) {
        let (situation, placement) = (candidate.situation, candidate.placement);
        let Some(itinerary) = placement.itinerary else {
            return;
        };
        candidate.presence(|school, persons| {
            let posts = &situation.posts;
            let Some(post) = posts.of(school, placement.stage, placement.subject) else {
                return;
            };
            let at_home = school == placement.school;
            let (days, whole) = if at_home {
                worth.contributions.extend(self.shared.of_person(post));
                (itinerary.days_away(), 1000)
            } else {
                (itinerary.days_at(school), 0)
            };
            let (slope, days) = (self.shared.slopes(post), self.shared.of_days(post, days));
            worth.contributions.extend(days);
            let counted = if let Some(slopes) = slope {
                // Less above the need at home, less below it elsewhere.
                for (cost, slope) in worth.costs.iter_mut().zip(slopes) {
                    *cost -= slope * (whole - persons.0).abs();
                }
                whole
            } else {
                persons.0
            };
            let row = self.rows.post(post).filter(|_| counted != 0);
            worth.contributions.extend(row.map(|row| (row, counted)));
        });
    }

    /// A whole person at a post.
    pub(super) fn person_at(&self, post: PostIndex) -> impl Iterator<Item = (CounterIndex, i64)> {
        let row = self.rows.post(post).map(|row| (row, 1000));
        row.into_iter().chain(self.shared.of_person(post))
    }
}

/// Names of options, made once for all who may choose the same.
struct Labels {
    by_post: Vec<Vec<(Choice, Arc<str>)>>,
}

impl Labels {
    fn new(posts: usize) -> Self {
        Self {
            by_post: vec![Vec::new(); posts],
        }
    }

    fn of(&mut self, choice: Choice, make: impl FnOnce() -> Arc<str>) -> Arc<str> {
        let Some(post) = choice.post() else {
            return make();
        };
        let held = &mut self.by_post[post.0 as usize];
        if let Some((_, label)) = held.iter().find(|known| known.0 == choice) {
            return Arc::clone(label);
        }
        let label = make();
        held.push((choice, Arc::clone(&label)));
        label
    }
}
