//! Days at other schools (走教) that a plan may choose for somebody: few, and those that can help.
//!
//! Every school of an itinerary lacks part of a person in the subject, and the own school has some of
//! one to spare, as the roll has it before any choice; of the schools in reach the nearest count. A
//! stay ends with the last day that is needed or with the last whole day that is used, or with the
//! last that the own school has to spare. A hand may choose others: the audit asks what the policy
//! says, not this.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Chooser, Found, WaysByRules};
use crate::demand::{PostIndex, RollEntry, Situation};
use crate::domain::{Form, Itinerary, Persons, Placement, SchoolIndex, Site, WEEK};
use crate::policy::day_at_home;
use crate::rules::Candidate;
use crate::rules::reach::form_admits;

/// A school in reach that lacks part of a person.
struct Lack {
    school: SchoolIndex,
    /// Whole days that are used to the full, and days until nothing is missing.
    days: [u8; 2],
}

/// All itineraries that somebody may have, sorted.
pub(super) fn all<'a>(found: impl Iterator<Item = &'a Found>) -> Arc<[Itinerary]> {
    let all: BTreeSet<Itinerary> = found
        .flat_map(|found| found.itineraries.iter().copied())
        .collect();
    all.into_iter().collect()
}

/// The posts that they touch, sorted.
pub(super) fn shared(
    situation: &Situation<'_>,
    entries: &[RollEntry],
    found: &[Option<Found>],
) -> Vec<PostIndex> {
    let mut shared = BTreeSet::new();
    for (entry, found) in entries.iter().zip(found) {
        let held = found.iter().flat_map(|found| &found.itineraries);
        for itinerary in held {
            let schools = itinerary.sites().map(|site| site.school);
            shared.extend(
                std::iter::once(entry.school)
                    .chain(schools)
                    .filter_map(|school| situation.posts.of(school, entry.stage, entry.subject)),
            );
        }
    }
    shared.into_iter().collect()
}

/// Days, rounded up, until a day of this worth covers an amount.
fn days_until(amount: Persons, day: Persons) -> u8 {
    let days = (amount.0 + day.0 - 1) / day.0.max(1);
    u8::try_from(days.max(0)).unwrap_or(u8::MAX)
}

impl Chooser<'_> {
    /// The itineraries of somebody, sorted.
    pub(super) fn itineraries(
        &self,
        entry: &RollEntry,
        known: &mut WaysByRules,
        forbidden: &[SchoolIndex],
    ) -> Vec<Itinerary> {
        let situation = self.context.situation;
        let Some(terms) = &situation.policy.itinerant else {
            return Vec::new();
        };
        let away = self.days_to_spare(entry);
        let most = away.min(WEEK - terms.home_days_at_least);
        if most == 0 {
            return Vec::new();
        }
        let lacks = self.lacks(entry, known, forbidden);
        let mut found = BTreeSet::new();
        for (position, first) in lacks.iter().enumerate() {
            for days in first.days {
                let held = site(first.school, days.min(most));
                found.extend(Itinerary::new(&[held]));
            }
            if usize::from(terms.sites_at_most) <= Itinerary::SITES {
                continue;
            }
            for second in &lacks[position + 1..] {
                found.extend(pairs(first, second, most));
                found.extend(pairs(second, first, most));
            }
        }
        found.into_iter().collect()
    }

    /// Days until the own post has nothing of a person to spare.
    fn days_to_spare(&self, entry: &RollEntry) -> u8 {
        let situation = self.context.situation;
        let own = situation
            .posts
            .of(entry.school, entry.stage, entry.subject)
            .filter(|_| entry.serves());
        own.map_or(0, |own| {
            let staff = Persons::whole(i64::from(situation.balances.staff(own)));
            days_until(staff - situation.posts.get(own).need, day_at_home())
        })
    }

    /// The nearest schools in reach that lack part of a person in somebody's subject.
    fn lacks(
        &self,
        entry: &RollEntry,
        known: &mut WaysByRules,
        forbidden: &[SchoolIndex],
    ) -> Vec<Lack> {
        let situation = self.context.situation;
        let Some(terms) = &situation.policy.itinerant else {
            return Vec::new();
        };
        let ways = self.ways_of(entry, Form::Itinerant, known);
        let taught = (entry.stage, entry.subject);
        let mut lacks = Vec::new();
        for &school in ways.schools(situation, entry.teacher).iter() {
            let Some(index) = situation.posts.of(school, entry.stage, entry.subject) else {
                continue;
            };
            let placement = Placement {
                form: Form::Itinerant,
                school,
                ..entry.placement()
            };
            let candidate = Candidate {
                situation,
                entry,
                placement: &placement,
            };
            let post = situation.posts.get(index);
            let admitted = !forbidden.contains(&school)
                && form_admits(&candidate)
                && ways.terms.admit(situation, entry, Some(post), taught);
            let staff = Persons::whole(i64::from(situation.balances.staff(index)));
            let missing = post.need - staff;
            // Whole persons are for those who come for good.
            let part = Persons(missing.0.rem_euclid(1000));
            if admitted && missing > Persons::ZERO && part > Persons::ZERO {
                let day = terms.worth_of_day();
                let until = days_until(part, day);
                let full = u8::try_from(part.0 / day.0.max(1)).unwrap_or(u8::MAX);
                let lack = Lack {
                    school,
                    days: [full.max(1), until],
                };
                lacks.push((candidate.minutes(), lack));
            }
        }
        lacks.sort_by_key(|(minutes, lack)| (*minutes, lack.school));
        lacks.truncate(usize::from(terms.nearest));
        lacks.into_iter().map(|(_, lack)| lack).collect()
    }
}

const fn site(school: SchoolIndex, days: u8) -> Site {
    Site { school, days }
}

/// Itineraries of both schools; the second has what the first leaves.
fn pairs(first: &Lack, second: &Lack, most: u8) -> impl Iterator<Item = Itinerary> {
    let days = first.days.into_iter().flat_map(move |one| {
        let left = most.saturating_sub(one);
        let others = second.days.into_iter().map(move |other| other.min(left));
        others.map(move |other| (one, other))
    });
    let (first, second) = (first.school, second.school);
    days.filter_map(move |(one, other)| Itinerary::new(&[site(first, one), site(second, other)]))
}
