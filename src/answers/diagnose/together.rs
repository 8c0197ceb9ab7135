//! The way out where no rule alone is enough: several at once.

use toml::Value;

use super::{Doctor, Loosening, Way, WayOut};
use crate::planning::{Feasibility, Least, MissedPlace};
use crate::policy::Enforcement;
use crate::rules::{Kind, ScopeKey};
use crate::scenario::Change;
use crate::solve::SolveError;

/// What is changed of one rule.
type OfRule = (usize, Vec<Change>);

impl Doctor<'_> {
    /// Where no rule alone is enough: the rules that are missed where limits are missed by the least
    /// in all, counts by so much at the places where they are missed, others taken out. There is a
    /// plan under it, and members that are not needed are dropped: it is proven where without any one
    /// of those that are left there is none. None where nothing of the sort gives a plan.
    pub(super) fn together(&self, clash: &[MissedPlace]) -> Result<Option<WayOut>, SolveError> {
        let least = self.asker.least_missed(|_| (true, true))?;
        let missed = match &least {
            Least::Found(found) => found.places.as_slice(),
            Least::Never | Least::Unknown => clash,
        };
        let mut rules: Vec<usize> = missed.iter().map(|held| held.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        let of_rules = rules.into_iter().map(|rule| {
            let places = missed.iter().filter(|held| held.rule == rule);
            (
                rule,
                self.changes_of(rule, &places.cloned().collect::<Vec<_>>()),
            )
        });
        let mut parts: Vec<OfRule> = of_rules.collect();
        if self.ask(&parts)? != Feasibility::HasPlan {
            // Rules of posts share their rows, so that none of them is named.
            parts.extend(self.of_posts());
            if self.ask(&parts)? != Feasibility::HasPlan {
                return Ok(None);
            }
        }
        let mut proven = true;
        for at in (0..parts.len()).rev() {
            let rest = [&parts[..at], &parts[at + 1..]].concat();
            match self.ask(&rest)? {
                Feasibility::HasPlan => parts = rest,
                Feasibility::Clashes(_) | Feasibility::Locked => {}
                Feasibility::Unknown => proven = false,
            }
        }
        let changes: Vec<Change> = parts.into_iter().flat_map(|(_, changes)| changes).collect();
        let way = Way {
            loosening: Loosening::Together {
                changes: changes.iter().map(ToString::to_string).collect(),
            },
            changes,
            proven,
            users: None,
        };
        Ok(Some(self.way_out(None, way)))
    }

    fn ask(&self, parts: &[OfRule]) -> Result<Feasibility, SolveError> {
        let changes: Vec<Change> = parts.iter().flat_map(|(_, held)| held.clone()).collect();
        if changes.is_empty() {
            return Ok(Feasibility::Unknown);
        }
        self.asker.ask(&changes)
    }

    /// What is changed of a rule that is missed so.
    fn changes_of(&self, rule: usize, missed: &[MissedPlace]) -> Vec<Change> {
        let typed = &self.asker.rules.all()[rule];
        let id = &typed.rule.id;
        let changes = match (&typed.kind, missed) {
            (
                Kind::Count(kind),
                &[
                    MissedPlace {
                        place: Some(ScopeKey::District),
                        amount,
                        ..
                    },
                ],
            ) => {
                let (lower, upper) = kind.limits_at(self.asker.context, ScopeKey::District);
                let (name, limit) = match (kind.exactly.is_some(), amount < 0) {
                    (true, _) => ("exactly", lower),
                    (false, true) => ("at_least", lower),
                    (false, false) => ("at_most", upper),
                };
                limit.map(|limit| {
                    let key = self.asker.key(id, name);
                    vec![Change::set(&key, Value::Integer(limit + amount))]
                })
            }
            (Kind::Count(kind), missed) => {
                let exceptions = self.asker.exceptions((id, kind), missed);
                exceptions.map(|(_, changes)| changes)
            }
            _ => None,
        };
        changes.unwrap_or_else(|| vec![Change::Without { rule: id.clone() }])
    }

    /// Hard rules of posts, taken out.
    fn of_posts(&self) -> Vec<OfRule> {
        let rules = self.asker.rules.all().iter().enumerate();
        rules
            .filter(|(_, typed)| {
                typed.rule.enforcement == Enforcement::Hard
                    && matches!(typed.kind, Kind::Coverage(_) | Kind::Surplus(_))
            })
            .map(|(position, typed)| {
                let rule = typed.rule.id.clone();
                (position, vec![Change::Without { rule }])
            })
            .collect()
    }
}
