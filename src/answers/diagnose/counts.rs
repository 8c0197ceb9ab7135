//! The cheapest loosening of a rule that counts persons or moves.

use super::loosen::{Loosener, Numbered};
use super::{Missed, Way};
use crate::planning::Least;
use crate::rules::Scope;
use crate::rules::count::{Bound, Count};
use crate::solve::SolveError;

impl Loosener<'_> {
    /// The ways to loosen a count.
    pub(super) fn count(
        &self,
        kind: &Count,
        missed: Option<&Missed>,
    ) -> Result<Vec<Way>, SolveError> {
        let bounds = [
            ("exactly", &kind.exactly, -1),
            ("exactly", &kind.exactly, 1),
            ("at_least", &kind.at_least, -1),
            ("at_most", &kind.at_most, 1),
        ];
        let mut ways = Vec::new();
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
                        let places = missed.map(|missed| &missed.places);
                        let farthest = places
                            .and_then(|places| places.iter().map(|(_, amount)| amount.abs()).max());
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
