//! What the best plan comes to in which something is forced, beside the base: the price of it.

use std::sync::atomic::AtomicBool;

use serde::Serialize;

use crate::account::Account;
use crate::answers::attempt::{Attempt, NamedRule, attempt, is_fewest, recruits_changed};
use crate::answers::base::Base;
use crate::answers::difference::{Differing, PostChange, Shortages, Whereabouts, differing};
use crate::answers::figures::weighted;
use crate::demand::{PostIndex, Situation};
use crate::domain::{District, Placement, TeacherIndex};
use crate::eligibility::Reason;
use crate::planning::PlannedLevel;
use crate::rules::Candidate;
use crate::scenario::Change;
use crate::solve::{LevelCertificate, SolveError};

/// Some people: how many, and who, where names were asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct People {
    /// How many.
    pub count: usize,
    /// Who, by id; of internal copies only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<Vec<PersonName>>,
}

/// A person by id and name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct PersonName {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
}

impl People {
    /// Some teachers, in the order of their ids.
    pub(super) fn of(district: &District, names: bool, mut some: Vec<TeacherIndex>) -> Self {
        some.sort_unstable();
        let who = names.then(|| {
            let people = some.iter().map(|&teacher| {
                let teacher = district.teacher(teacher);
                PersonName {
                    id: teacher.id.clone(),
                    name: teacher.name.clone(),
                }
            });
            people.collect()
        });
        Self {
            count: some.len(),
            who,
        }
    }
}

/// What became of a year in which something is forced.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Priced {
    /// There is a plan.
    Planned(Box<Price>),
    /// Nothing that rules leave to somebody meets a lock.
    Locked {
        /// Of how many people.
        people: usize,
        /// The rules in the way, or what else is.
        reasons: Vec<Reason>,
    },
    /// Rules cannot all hold with it.
    Clash {
        /// Rules of which each is needed for the clash.
        rules: Vec<NamedRule>,
        /// Rules that may belong to it or not.
        untried: Vec<NamedRule>,
    },
    /// It cannot be asked so.
    Refused {
        /// Why.
        faults: Vec<String>,
    },
    /// Nothing found and nothing proven before the work ended.
    Unknown,
    /// Not asked, or not to its end: somebody interrupted.
    Interrupted,
}

impl Priced {
    /// The price, where there is a plan.
    pub fn price(&self) -> Option<&Price> {
        match self {
            Self::Planned(price) => Some(price),
            _ => None,
        }
    }
}

/// A plan beside the base.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Price {
    /// Levels in their order.
    pub levels: Vec<LevelPrice>,
    /// Where the plan has whom is asked about; of one person alone.
    pub place: Option<Whereabouts>,
    /// How many others are placed differently.
    pub others: usize,
    /// How many recruits of levers are placed differently.
    pub recruits: usize,
    /// Whether it is proven that no equally good plan places fewer people and recruits differently.
    pub fewest: bool,
    /// Those of them who move here and do not in the base: who goes instead.
    pub joining: People,
    /// Those who move in the base and do not here.
    pub leaving: People,
    /// Those who serve here at the post that is asked about, and do not in the base.
    pub successors: People,
    /// Moves that begin this year: in the base, here.
    pub moves: [usize; 2],
    /// Need that nobody covers, full-time persons: in the base, here.
    pub shortage: [f64; 2],
    /// Posts that lack more or less.
    pub posts: Vec<PostChange>,
    /// Who is placed differently; of internal copies only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub differing: Option<Vec<Differing>>,
}

/// The value of a level in the base and in another plan, in weighted persons; less is better.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LevelPrice {
    /// Its id.
    pub name: String,
    /// Its title.
    pub title: String,
    /// In English.
    pub title_english: String,
    /// In the base.
    pub before: f64,
    /// In the other plan.
    pub after: f64,
    /// The difference in units, 100 000 of which are a weighted person; more is worse.
    pub units: i64,
    /// Proven: the difference of the best plans is at least so many units.
    pub least: Option<i64>,
    /// Proven: it is at most so many units.
    pub most: Option<i64>,
}

impl LevelPrice {
    /// Whether the difference is proven to the unit.
    pub fn is_exact(&self) -> bool {
        self.least == Some(self.units) && self.most == Some(self.units)
    }

    /// The difference in weighted persons.
    pub fn difference(&self) -> f64 {
        weighted(self.units)
    }
}

/// Who asks for a price, and what of it is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// Whose own change is no change of others.
    pub(super) teacher: Option<TeacherIndex>,
    /// Whose new holders are told.
    pub(super) post: Option<PostIndex>,
    /// Whether people are named.
    pub(super) names: bool,
    /// Set where the work is to end.
    pub(super) interrupt: &'a AtomicBool,
}

/// Plans the year again after changes that leave everybody in the district, and reads its price.
pub(super) fn price_of(
    base: &Base<'_>,
    changes: &[Change],
    asked: Asked<'_>,
) -> Result<Priced, SolveError> {
    let found = attempt(base, changes, (true, None), asked.interrupt, |account| {
        read(base, asked, account)
    })?;
    Ok(match found {
        Attempt::Planned(price) => Priced::Planned(Box::new(price)),
        Attempt::Refused(faults) => Priced::Refused {
            faults: faults.iter().map(ToString::to_string).collect(),
        },
        Attempt::Locked(locked) => {
            let reasons = locked.iter().flat_map(|held| held.reasons.iter());
            let mut reasons: Vec<Reason> = reasons
                .map(|reason| Reason {
                    chinese: reason.clone(),
                    english: String::new(),
                })
                .collect();
            reasons.sort();
            reasons.dedup();
            Priced::Locked {
                people: locked.len(),
                reasons,
            }
        }
        Attempt::Clashes { rules, untried } => Priced::Clash { rules, untried },
        Attempt::Unknown => Priced::Unknown,
    })
}

fn read(base: &Base<'_>, asked: Asked<'_>, account: &Account<'_>) -> Price {
    let known = base.plan().map_or(&[][..], |plan| &plan.placements);
    let found = &account.plan.placements[..];
    let (situation, changed) = (base.context.situation, account.situation());
    let district = situation.district;
    let near = base.near(changed.district, None).unwrap_or_default();
    let others: Vec<(&Placement, &Placement)> = known
        .iter()
        .zip(found)
        .filter(|(_, after)| near.differs(after) && asked.teacher != Some(after.teacher))
        .collect();
    let some = |choose: &dyn Fn(&Placement, &Placement) -> bool| {
        let chosen = others
            .iter()
            .filter(|(before, after)| choose(before, after));
        let chosen = chosen.map(|(before, _)| before.teacher);
        People::of(district, asked.names, chosen.collect())
    };
    let moves = |placement: &Placement| placement.form.leaves_school();
    let serves = |situation: &Situation<'_>, placement: &Placement| {
        let post = asked.post;
        post.is_some_and(|post| serves_at(situation, placement, post))
    };
    let shortages = Shortages::of(account);
    let place = asked
        .teacher
        .and_then(|teacher| found.get(teacher.position()))
        .map(|placement| Whereabouts::of(changed.district, placement));
    let before = base.figures.as_ref();
    Price {
        levels: levels(base, &account.planned.levels),
        place,
        others: others.len(),
        recruits: recruits_changed(account),
        fewest: is_fewest(account),
        joining: some(&|before, after| moves(after) && !moves(before)),
        leaving: some(&|before, after| moves(before) && !moves(after)),
        successors: some(&|before, after| serves(changed, after) && !serves(situation, before)),
        moves: [
            before.map_or(0, |figures| figures.moves),
            account.moves().count(),
        ],
        shortage: [
            before.map_or(0.0, |figures| figures.shortage),
            account.total().shortage_after.0 as f64 / 1000.0,
        ],
        posts: base.shortages.changes(&shortages),
        differing: asked
            .names
            .then(|| differing((situation, known), (changed, found))),
    }
}

/// Whether a placement gives lessons at a post.
pub(super) fn serves_at(situation: &Situation<'_>, placement: &Placement, post: PostIndex) -> bool {
    let candidate = Candidate {
        situation,
        entry: situation.roll.entry(placement.teacher),
        placement,
    };
    let held = situation
        .posts
        .of(placement.school, placement.stage, placement.subject);
    candidate.serves() && held == Some(post)
}

fn levels(base: &Base<'_>, after: &[PlannedLevel]) -> Vec<LevelPrice> {
    let policy = base.context.situation.policy;
    let pairs = base.planned.levels.iter().zip(after);
    let bound = |level: &PlannedLevel| level.certificate.as_ref().map(|held| held.bound);
    let closed = |level: &PlannedLevel| {
        let certificate = level.certificate.as_ref();
        certificate.is_some_and(LevelCertificate::is_closed)
    };
    pairs
        .map(|(one, other)| {
            let level = &policy.levels[one.level];
            // A closed level's bound may stand above its value by what later levels gained.
            let least_of = |level: &PlannedLevel| {
                if closed(level) {
                    Some(level.value)
                } else {
                    bound(level)
                }
            };
            LevelPrice {
                name: level.id.clone(),
                title: level.title.clone(),
                title_english: level.title_english.clone(),
                before: weighted(one.value),
                after: weighted(other.value),
                units: other.value - one.value,
                least: least_of(other).map(|least| least - one.value),
                most: least_of(one).map(|least| other.value - least),
            }
        })
        .collect()
}
