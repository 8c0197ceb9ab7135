//! The cheapest loosening of a rule that counts persons or moves.

use toml::Value;

use super::Way;
use super::ask::Asker;
use super::found::{Excepted, Loosening};
use super::loosen::{Loosener, Numbered};
use crate::planning::{Least, LeastFound, MissedPlace};
use crate::rules::Scope;
use crate::rules::count::{Bound, Count};
use crate::scenario::{Change, key_part};
use crate::solve::SolveError;

impl Loosener<'_> {
    /// The ways to loosen a count. Where it has a number for each of many places, the cheapest is the
    /// least number of persons over all places, as exceptions where it is missed; another number
    /// everywhere comes second, for it may be easier to say.
    pub(super) fn count(
        &self,
        kind: &Count,
        found: Option<&LeastFound>,
    ) -> Result<Vec<Way>, SolveError> {
        let mut ways = Vec::new();
        if kind.scope != Scope::District {
            let way = found.and_then(|found| self.exceptions(kind, found));
            let alone = way.is_some() && found.is_some_and(|found| found.places.len() == 1);
            ways.extend(way);
            if alone {
                return Ok(ways);
            }
        }
        let bounds = [
            ("exactly", &kind.exactly, -1),
            ("exactly", &kind.exactly, 1),
            ("at_least", &kind.at_least, -1),
            ("at_most", &kind.at_most, 1),
        ];
        for (name, bound, sign) in bounds {
            let way = match bound {
                None => None,
                Some(Bound::Fixed(from)) => {
                    let numbered = Numbered {
                        key: name,
                        from: *from,
                        sign,
                        minutes: false,
                    };
                    if kind.scope == Scope::District {
                        self.of_district(&numbered)?
                    } else if name == "exactly" {
                        None
                    } else {
                        let places = found.map(|found| &found.places);
                        let farthest = places
                            .and_then(|places| places.iter().map(|held| held.amount.abs()).max());
                        self.number(&numbered, farthest)?
                    }
                }
                Some(Bound::Share(_)) if name == "exactly" => None,
                Some(Bound::Share(share)) => {
                    self.share(&format!("{name}.share"), share.share, sign)?
                }
            };
            ways.extend(way);
        }
        Ok(ways)
    }

    /// Exceptions at the places where the rule is missed, by as few persons in all as can be: where
    /// that is proven, no exceptions of fewer persons give a plan, wherever they are.
    fn exceptions(&self, kind: &Count, found: &LeastFound) -> Option<Way> {
        let id = &self.asker.rules.all()[self.position].rule.id;
        let (places, changes) = self.asker.exceptions((id, kind), &found.places)?;
        Some(Way {
            loosening: Loosening::Places {
                key: self.key("at"),
                persons: found.value,
                places,
            },
            changes,
            proven: found.bound >= found.value,
            users: None,
        })
    }

    /// One number of the whole district: the least by which it is missed on one side is the answer.
    fn of_district(&self, numbered: &Numbered<'_>) -> Result<Option<Way>, SolveError> {
        Ok(match self.least((numbered.sign < 0, numbered.sign > 0))? {
            Least::Found(found) if found.bound >= found.value => {
                Some(self.numbered(numbered, found.value, true))
            }
            // A number that must be met exactly is not looser the farther it is away.
            Least::Found(found) if numbered.key == "exactly" => {
                Some(self.numbered(numbered, found.value, false))
            }
            Least::Found(found) => self.number(numbered, Some(found.value))?,
            Least::Unknown if numbered.key != "exactly" => self.number(numbered, None)?,
            Least::Never | Least::Unknown => None,
        })
    }
}

impl Asker<'_> {
    /// Exceptions by which a count holds where it is missed; none where a place has no word.
    pub(super) fn exceptions(
        &self,
        (id, kind): (&str, &Count),
        missed: &[MissedPlace],
    ) -> Option<(Vec<Excepted>, Vec<Change>)> {
        let district = self.context.situation.district;
        let mut places = Vec::new();
        let mut changes = Vec::new();
        for held in missed {
            let place = held.place?;
            let word = kind.word_at(district, place)?;
            let (lower, upper) = kind.limits_at(self.context, place);
            let (side, limit) = if held.amount < 0 {
                ("at_least", lower?)
            } else {
                ("at_most", upper?)
            };
            let exact = kind
                .at
                .get(&word)
                .map_or(kind.exactly.is_some(), |exception| {
                    exception.exactly.is_some()
                });
            let name = if exact { "exactly" } else { side };
            let (to, at) = (limit + held.amount, key_part(&word));
            let key = self.key(id, &format!("at.{at}.{name}"));
            changes.push(Change::set(&key, Value::Integer(to)));
            places.push(Excepted {
                place: word,
                title: place.label(self.context.situation),
                name,
                from: limit,
                to,
            });
        }
        (!places.is_empty()).then_some((places, changes))
    }
}
