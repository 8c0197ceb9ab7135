//! Days at other schools (走教) that a plan may choose for somebody: few, and those that can help.
//!
//! Every school of an itinerary lacks part of a person in the subject, and the own school has some of
//! one to spare, as the roll has it before any choice; of the schools in reach the nearest count, for
//! as many days as are needed in full. A hand may choose others: the audit asks what the policy says,
//! not this.
//!
//! Posts that take part in an itinerary keep two limits more ([`SharedPost`]), under which what a day
//! brings is the same whatever else is chosen: without them posts could not stay nodes of a flow.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::choice::Choice;
use super::chooser::{Chooser, Found};
use super::ways::WaysByRules;
use crate::demand::{PostIndex, RollEntry, Situation};
use crate::domain::{Form, Itinerary, Persons, Placement, SchoolIndex, Site, WEEK};
use crate::policy::{ItinerantTerms, day_at_home};
use crate::rules::Candidate;
use crate::rules::reach::form_admits;

/// A school in reach that lacks part of a person.
struct Lack {
    school: SchoolIndex,
    /// Whole days that are needed in full.
    days: u8,
}

/// All itineraries that somebody may have, sorted.
pub(super) fn all<'a>(found: impl Iterator<Item = &'a Found>) -> Arc<[Itinerary]> {
    let all: BTreeSet<Itinerary> = found
        .flat_map(|found| found.itineraries.iter().copied())
        .collect();
    all.into_iter().collect()
}

/// A post that takes part in itineraries: days are lent from it, or come to it.
///
/// Days come to a post only while persons do not fill it, and no more than are needed in full; one
/// person more than would fill it is the most that may be there. Days are lent only by a post that has
/// more persons than it needs, and no more than it has to spare; it keeps the whole persons that it
/// needs. Both are one row: persons, times what one of them changes, and days, up to a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SharedPost {
    /// Which post.
    pub post: PostIndex,
    /// Whether days are lent from it.
    pub lends: bool,
    /// Whole days that the part of a person is which it lacks or has to spare.
    days: i64,
    /// Persons that fill it but for that part, or that it keeps.
    whole: i64,
}

impl SharedPost {
    fn new(situation: &Situation<'_>, post: PostIndex, lends: bool) -> Self {
        // Who serves at several schools before any choice is a whole person at home; the days are
        // taken off the need.
        let (held, present) = (
            Persons::whole(i64::from(situation.balances.staff(post))),
            situation.balances.present(post),
        );
        let need = (situation.posts.get(post).need + held - present).0;
        let terms = situation.policy.itinerant.as_ref();
        let worth = terms.map_or_else(day_at_home, ItinerantTerms::worth_of_day);
        let (part, day) = if lends {
            (1000 - need.rem_euclid(1000), day_at_home())
        } else {
            (need.rem_euclid(1000), worth)
        };
        Self {
            post,
            lends,
            days: part / day.0.max(1),
            whole: need.div_euclid(1000),
        }
    }

    /// What a person at the post adds to its row; a day adds one.
    pub const fn of_person(&self) -> i64 {
        if self.lends { -self.days } else { self.days }
    }

    /// The most that its row may be.
    pub const fn limit(&self) -> i64 {
        if self.lends {
            -self.days * self.whole
        } else {
            self.days * (self.whole + 1)
        }
    }

    /// Days that may be lent while so many persons are there.
    const fn spare(&self, persons: i64) -> i64 {
        self.days * (persons - self.whole)
    }
}

/// The posts that itineraries touch, sorted.
pub(super) fn shared(
    situation: &Situation<'_>,
    entries: &[RollEntry],
    found: &[Option<Found>],
) -> Vec<SharedPost> {
    let mut shared = BTreeSet::new();
    for (entry, found) in entries.iter().zip(found) {
        for itinerary in found.iter().flat_map(|found| &found.itineraries) {
            let posts = posts_of(situation, entry, itinerary).into_iter();
            shared.extend(posts.zip(0..).map(|(post, place)| (post, place == 0)));
        }
    }
    let shared = shared.into_iter();
    shared
        .map(|(post, lends)| SharedPost::new(situation, post, lends))
        .collect()
}

/// The post of somebody at home, then those at the other schools.
fn posts_of(situation: &Situation<'_>, entry: &RollEntry, itinerary: &Itinerary) -> Vec<PostIndex> {
    let schools = itinerary.sites().map(|site| site.school);
    std::iter::once(entry.school)
        .chain(schools)
        .filter_map(|school| situation.posts.of(school, entry.stage, entry.subject))
        .collect()
}

/// Takes away the itineraries that touch a post which somebody must leave, or may have to go to: the
/// limits of such a post might not be kept.
pub(super) fn leave_room(
    situation: &Situation<'_>,
    entries: &[RollEntry],
    found: &mut [Option<Found>],
) {
    let mut forced = BTreeSet::new();
    for (entry, found) in entries.iter().zip(found.iter()) {
        let must = |found: &&Found| !found.choices.contains(&Choice::Home);
        if let Some(found) = found.as_ref().filter(must) {
            let own = situation.posts.of(entry.school, entry.stage, entry.subject);
            forced.extend(own);
            forced.extend(found.choices.iter().filter_map(|choice| choice.post()));
        }
    }
    for (entry, found) in entries.iter().zip(found) {
        if let Some(found) = found {
            found.itineraries.retain(|itinerary| {
                let posts = posts_of(situation, entry, itinerary);
                !posts.iter().any(|post| forced.contains(post))
            });
        }
    }
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
            found.extend(Itinerary::new(&[site(first.school, first.days.min(most))]));
            if usize::from(terms.sites_at_most) <= Itinerary::SITES {
                continue;
            }
            for second in &lacks[position + 1..] {
                found.extend(both(first, second, most));
                found.extend(both(second, first, most));
            }
        }
        found.into_iter().collect()
    }

    /// Whole days that the own post has to spare.
    fn days_to_spare(&self, entry: &RollEntry) -> u8 {
        let situation = self.context.situation;
        let own = situation
            .posts
            .of(entry.school, entry.stage, entry.subject)
            .filter(|_| entry.serves());
        own.map_or(0, |own| {
            let staff = i64::from(situation.balances.staff(own));
            let spare = SharedPost::new(situation, own, true).spare(staff);
            u8::try_from(spare.clamp(0, i64::from(WEEK))).unwrap_or(WEEK)
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
        let nearest = situation
            .policy
            .itinerant
            .as_ref()
            .map(|terms| terms.nearest);
        let ways = self.paths.ways_of(entry, Form::Itinerant, known);
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
            let missing = post.need - situation.balances.present(index);
            let days = SharedPost::new(situation, index, false).days;
            if admitted && missing > Persons::ZERO && days > 0 {
                let days = u8::try_from(days).unwrap_or(WEEK).min(WEEK);
                lacks.push((candidate.minutes(), Lack { school, days }));
            }
        }
        lacks.sort_by_key(|(minutes, lack)| (*minutes, lack.school));
        lacks.truncate(usize::from(nearest.unwrap_or_default()));
        lacks.into_iter().map(|(_, lack)| lack).collect()
    }
}

const fn site(school: SchoolIndex, days: u8) -> Site {
    Site { school, days }
}

/// The itinerary of both schools in which the second has what the first leaves.
fn both(first: &Lack, second: &Lack, most: u8) -> Option<Itinerary> {
    let left = most.saturating_sub(first.days);
    let one = site(first.school, first.days);
    Itinerary::new(&[one, site(second.school, second.days.min(left))])
}
