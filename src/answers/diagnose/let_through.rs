//! Rules that give way for some: the fewest persons, pairs or posts for which a rule must not hold, by
//! name, so that it holds for all others.

use std::collections::BTreeSet;

use toml::Value;

use super::loosen::Loosener;
use super::{LetThrough, Loosening, Missed, Way};
use crate::demand::Situation;
use crate::domain::{Persons, TeacherIndex};
use crate::model::ChosenPlan;
use crate::planning::{Feasibility, LeastUsers};
use crate::rules::coverage::Coverage;
use crate::rules::eligibility::{Effect, Eligibility};
use crate::rules::{Except, Kind, PostName};
use crate::scenario::Change;
use crate::solve::SolveError;

/// For whom a rule gives way, as its key names them.
struct Let {
    names: BTreeSet<String>,
    counted: LetThrough,
    proven: bool,
}

impl Loosener<'_> {
    /// The rule without the fewest for whom it must give way; none where nobody can be named. Of who
    /// moves only without it, `users` tells; where limits are missed, a plan that misses them least.
    pub(super) fn except(
        &self,
        users: Option<&LeastUsers>,
        missed: Option<(&Missed, &ChosenPlan)>,
    ) -> Result<Option<Way>, SolveError> {
        let Some(found) = self.excepted(users, missed) else {
            return Ok(None);
        };
        let key = self.key("except");
        let names = found.names.into_iter().map(Value::String);
        let changes = vec![Change::set(&key, Value::Array(names.collect()))];
        // Who is let through is counted among others too: only a plan says that it is enough.
        Ok(match self.asker.ask(&changes)? {
            Feasibility::HasPlan => Some(Way {
                loosening: Loosening::Except {
                    key,
                    excepted: found.counted,
                },
                changes,
                proven: found.proven,
                users: None,
            }),
            _ => None,
        })
    }

    fn excepted(
        &self,
        users: Option<&LeastUsers>,
        missed: Option<(&Missed, &ChosenPlan)>,
    ) -> Option<Let> {
        match &self.rules.all()[self.position].kind {
            Kind::Eligibility(kind) if !may_be_named(kind) => None,
            Kind::Eligibility(kind) => self.persons(&kind.except, users?),
            Kind::Reach(kind) => self.persons(&kind.except, users?),
            Kind::Avoidance(kind) => {
                let (missed, plan) = missed?;
                let together = kind.brought_together(&plan.facts(self.context));
                let pairs = together.into_iter();
                let persons = pairs.flat_map(|((one, other), _)| [one, other]);
                let counted = LetThrough::Pairs(missed.amount);
                self.named(&kind.except, persons, (counted, missed.proven))
            }
            Kind::Turns(kind) => {
                let (missed, plan) = missed?;
                let persons = kind.out_of_turn(self.context, &plan.facts(self.context));
                let counted = LetThrough::Persons(missed.amount);
                self.named(&kind.except, persons, (counted, missed.proven))
            }
            Kind::Coverage(kind) => self.posts((kind, true), missed?),
            Kind::Surplus(kind) => self.posts((kind, false), missed?),
            _ => None,
        }
    }

    /// Who moves, or stays, as the rule does not let them.
    fn persons(&self, held: &Except, users: &LeastUsers) -> Option<Let> {
        let counted = LetThrough::Persons(users.whom.len() as i64);
        self.named(held, users.whom.iter().copied(), (counted, users.proven))
    }

    fn named(
        &self,
        held: &Except,
        persons: impl IntoIterator<Item = TeacherIndex>,
        (counted, proven): (LetThrough, bool),
    ) -> Option<Let> {
        let district = self.context.situation.district;
        let persons: Vec<TeacherIndex> = persons.into_iter().collect();
        let ids = persons.iter().map(|&one| district.teacher(one).id.as_str());
        let names = ids.chain(held.ids()).map(str::to_owned).collect();
        (!persons.is_empty()).then_some(Let {
            names,
            counted,
            proven,
        })
    }

    /// Posts at which staff is missing, or too many.
    fn posts(
        &self,
        (kind, below): (&Coverage, bool),
        (missed, plan): (&Missed, &ChosenPlan),
    ) -> Option<Let> {
        let situation = self.context.situation;
        let posts = kind.missed_posts(&plan.facts(self.context), below);
        let name = |post| PostName::of(situation.district, situation.posts.get(post));
        let held = kind.except.iter().map(|name| name.text().to_owned());
        let names = posts.iter().map(|&(post, _)| name(post)).chain(held);
        let counted = LetThrough::Posts {
            posts: posts.len() as i64,
            persons: Persons(missed.amount),
            lessons: lessons(situation, &posts),
        };
        (!posts.is_empty()).then_some(Let {
            names: names.collect(),
            counted,
            proven: missed.proven,
        })
    }
}

/// Lessons a week of parts of persons at posts, where need is reckoned from lessons, in tenths.
fn lessons(situation: &Situation<'_>, posts: &[(crate::demand::PostIndex, Persons)]) -> i64 {
    let lessons = posts.iter().map(|&(index, persons)| {
        let post = situation.posts.get(index);
        let load = post.subjects.first();
        let load = load.and_then(|&subject| situation.loads.of(post.stage, subject));
        load.map_or(0, |(load, _)| persons.0 * load.0 / 1000)
    });
    lessons.sum()
}

/// Whether it may be written down of whom the rule speaks: categories of deferral are printed nowhere,
/// nor a reason for which the policy has other words.
fn may_be_named(kind: &Eligibility) -> bool {
    let defers = |who: &crate::policy::PersonSelector| who.speaks_of_deferral();
    let effect = matches!(
        kind.effect,
        Effect::Require | Effect::Defer | Effect::Forbid | Effect::Must
    );
    effect && kind.printed.is_empty() && !defers(&kind.who)
}
