//! The cheapest loosening of one rule by itself, in its own unit.

use std::collections::BTreeSet;

use toml::Value;

use super::ask::{Asker, Nearest};
use super::{Loosening, Missed, MissedUnit, Way};
use crate::planning::{Least, LeastFound, LeastUsers};
use crate::policy::{Fraction, LeverKind};
use crate::rules::eligibility::{Effect, Eligibility};
use crate::rules::ratio::Ratio;
use crate::rules::reach::Reach;
use crate::rules::{Context, Kind, RuleSet};
use crate::scenario::Change;
use crate::solve::SolveError;

/// How far a number is loosened upwards at most.
const MOST_STEPS: i64 = 10_000;

/// Shares are loosened by steps of a tenth of a hundredth.
const STEPS_OF_WHOLE: i64 = 1000;

/// A rule that is loosened while all others stay as they are.
pub(super) struct Loosener<'a> {
    pub(super) asker: &'a Asker<'a>,
    pub(super) context: &'a Context<'a>,
    pub(super) rules: &'a RuleSet,
    /// Position of the rule in the set.
    pub(super) position: usize,
}

/// The value that stands under a key, and where it may go.
pub(super) struct Numbered<'a> {
    pub(super) key: &'a str,
    pub(super) from: i64,
    /// One for upwards, minus one for downwards.
    pub(super) sign: i64,
    pub(super) minutes: bool,
}

impl Loosener<'_> {
    /// The ways to loosen the rule, each the cheapest of its sort, and by how much it is missed.
    pub(super) fn ways(&self) -> Result<(Vec<Way>, Option<Missed>), SolveError> {
        let found = self.missed()?;
        let amounts = found.as_ref().map(|(missed, _)| missed);
        let mut ways = match &self.rules.all()[self.position].kind {
            Kind::Count(kind) => self.count(kind, found.as_ref().map(|(_, found)| found))?,
            Kind::Ratio(kind) => self.ratio(kind, amounts)?,
            Kind::Reach(kind) => self.reach(kind)?,
            Kind::Eligibility(kind) => self.eligibility(kind)?,
            Kind::PerPupil(kind) => self.per_pupil(kind)?,
            Kind::Disparity(kind) => self.disparity(kind)?,
            _ => Vec::new(),
        };
        let has_number = !ways.is_empty();
        let of_persons = matches!(self.rules.all()[self.position].kind, Kind::Eligibility(_));
        if of_persons || !has_number {
            let users = self.users_without()?;
            ways.extend(self.except(
                users.as_ref(),
                found.as_ref().map(|(missed, found)| (missed, &found.plan)),
            )?);
            if !has_number {
                ways.push(self.out(users.as_ref()));
            }
        }
        Ok((ways, found.map(|(missed, _)| missed)))
    }

    /// By how much the rule is missed where all others hold, on either side, and what was found.
    fn missed(&self) -> Result<Option<(Missed, LeastFound)>, SolveError> {
        let unit = match &self.rules.all()[self.position].kind {
            Kind::Avoidance(_) => MissedUnit::Pairs,
            Kind::Coverage(_) | Kind::Surplus(_) => MissedUnit::Thousandths,
            _ => MissedUnit::Persons,
        };
        let parts = match &self.rules.all()[self.position].kind {
            Kind::Reach(_) | Kind::Eligibility(_) | Kind::Disparity(_) => return Ok(None),
            Kind::Ratio(kind) => kind
                .at_least
                .or(kind.at_most)
                .map_or(1, |limit| limit.denominator),
            _ => 1,
        };
        let least = self.least((true, true))?;
        Ok(match least {
            Least::Found(found) => {
                let id = &self.rules.all()[self.position].rule.id;
                let places = found.places.iter().map(|held| {
                    let label = held.label.as_str();
                    let place = label.strip_prefix(id.as_str()).unwrap_or(label).trim();
                    let persons = (held.amount.abs() + parts - 1) / parts;
                    (place.to_owned(), persons * held.amount.signum())
                });
                let places: Vec<(String, i64)> = places.collect();
                let missed = Missed {
                    amount: places.iter().map(|(_, amount)| amount.abs()).sum(),
                    unit,
                    proven: found.bound >= found.value,
                    // Who is related to whom is for nobody to read.
                    places: if unit == MissedUnit::Pairs {
                        Vec::new()
                    } else {
                        places
                    },
                };
                Some((missed, found))
            }
            Least::Never | Least::Unknown => None,
        })
    }

    pub(super) fn least(&self, sides: (bool, bool)) -> Result<Least, SolveError> {
        self.asker.least_missed(|rule| {
            if rule == self.position {
                sides
            } else {
                (false, false)
            }
        })
    }

    pub(super) fn key(&self, name: &str) -> String {
        let rule = &self.rules.all()[self.position].rule;
        self.asker.key(&rule.id, name)
    }

    /// The nearest number that gives a plan, by questions.
    pub(super) fn number(
        &self,
        numbered: &Numbered<'_>,
        guess: Option<i64>,
    ) -> Result<Option<Way>, SolveError> {
        let count = if numbered.sign < 0 {
            numbered.from
        } else {
            MOST_STEPS
        };
        let changes = |step: i64| self.number_after(numbered, step);
        Ok(match self.asker.nearest(count, guess, &changes)? {
            Nearest::Step(step, proven) => Some(self.numbered(numbered, step, proven)),
            Nearest::Never | Nearest::Unknown => None,
        })
    }

    fn number_after(&self, numbered: &Numbered<'_>, step: i64) -> Vec<Change> {
        let value = numbered.from + numbered.sign * step;
        vec![Change::set(&self.key(numbered.key), Value::Integer(value))]
    }

    pub(super) fn numbered(&self, numbered: &Numbered<'_>, step: i64, proven: bool) -> Way {
        Way {
            loosening: Loosening::Number {
                key: self.key(numbered.key),
                from: numbered.from,
                to: numbered.from + numbered.sign * step,
                minutes: numbered.minutes,
            },
            changes: self.number_after(numbered, step),
            proven,
            users: None,
        }
    }

    /// The nearest share that gives a plan.
    pub(super) fn share(
        &self,
        name: &str,
        from: Fraction,
        sign: i64,
    ) -> Result<Option<Way>, SolveError> {
        let (begin, count) = if sign < 0 {
            let begin = from.of_rounded_up(STEPS_OF_WHOLE);
            (begin, begin)
        } else {
            let begin = from.of_rounded_down(STEPS_OF_WHOLE);
            (begin, STEPS_OF_WHOLE - begin)
        };
        let key = self.key(name);
        let value = |step: i64| Fraction {
            numerator: begin + sign * step,
            denominator: STEPS_OF_WHOLE,
        };
        let changes = |step: i64| vec![Change::set(&key, Value::String(value(step).to_string()))];
        Ok(match self.asker.nearest(count, None, &changes)? {
            Nearest::Step(step, proven) => Some(Way {
                loosening: Loosening::Share {
                    key: key.clone(),
                    from,
                    to: value(step),
                },
                changes: changes(step),
                proven,
                users: None,
            }),
            Nearest::Never | Nearest::Unknown => None,
        })
    }

    fn ratio(&self, kind: &Ratio, missed: Option<&Missed>) -> Result<Vec<Way>, SolveError> {
        let limit = [
            ("at_least", kind.at_least, -1),
            ("at_most", kind.at_most, 1),
        ];
        let limit = limit
            .into_iter()
            .find_map(|(name, limit, sign)| Some((name, limit?, sign)));
        let mut ways = Vec::new();
        if let Some((name, limit, sign)) = limit {
            ways.extend(self.share(name, limit, sign)?);
        }
        let guess = missed.map(|missed| missed.amount);
        if kind.counts_certification() {
            for lever in &self.context.situation.policy.levers {
                if lever.kind != LeverKind::Certify {
                    continue;
                }
                let from = i64::from(lever.at_most);
                let key = format!("{}.at_most", lever.id);
                let changes = |step: i64| vec![Change::set(&key, Value::Integer(from + step))];
                let nearest = self.asker.nearest(MOST_STEPS, guess, &changes)?;
                if let Nearest::Step(step, proven) = nearest {
                    ways.push(Way {
                        loosening: Loosening::Lever {
                            lever: lever.id.clone(),
                            title: lever.title.clone(),
                            title_english: lever.title_english.clone(),
                            from,
                            to: from + step,
                        },
                        changes: changes(step),
                        proven,
                        users: None,
                    });
                }
            }
        }
        Ok(ways)
    }

    /// How many could be recognised as 双师型 at all, where none of the ways is to recognise more.
    pub(super) fn recognisable(&self, ways: &[Way]) -> Option<i64> {
        let counts = matches!(
            &self.rules.all()[self.position].kind,
            Kind::Ratio(kind) if kind.counts_certification()
        );
        let found = |way: &Way| matches!(way.loosening, Loosening::Lever { .. });
        let situation = self.context.situation;
        let levers = situation.policy.levers.iter();
        let levers: Vec<_> = levers
            .filter(|lever| lever.kind == LeverKind::Certify)
            .collect();
        (counts && !levers.is_empty() && !ways.iter().any(found))
            .then(|| self.rules.certifiable(situation, &levers))
    }

    /// More minutes, as few as make a plan, and how many go farther than they could.
    fn reach(&self, kind: &Reach) -> Result<Vec<Way>, SolveError> {
        let Some(limit) = kind.max_minutes else {
            return Ok(Vec::new());
        };
        let situation = self.context.situation;
        let schools: Vec<_> = situation.district.school_indices().collect();
        let ways = schools
            .iter()
            .flat_map(|&from| schools.iter().map(move |&to| (from, to)));
        let minutes: BTreeSet<i64> = ways
            .map(|(from, to)| situation.roads.minutes(from, to).0)
            .filter(|&minutes| minutes > limit)
            .collect();
        let minutes: Vec<i64> = minutes.into_iter().collect();
        let key = self.key("max_minutes");
        let changes = |step: i64| {
            let value = minutes[step as usize - 1];
            vec![Change::set(&key, Value::Integer(value))]
        };
        let nearest = self.asker.nearest(minutes.len() as i64, None, &changes)?;
        let Nearest::Step(step, proven) = nearest else {
            return Ok(Vec::new());
        };
        let changes = changes(step);
        Ok(vec![Way {
            users: self.users(&changes)?.as_ref().map(counted),
            loosening: Loosening::Number {
                key,
                from: limit,
                to: minutes[step as usize - 1],
                minutes: true,
            },
            changes,
            proven,
        }])
    }

    /// Numbers that choose of whom a rule speaks: years of service, years to retirement.
    fn eligibility(&self, kind: &Eligibility) -> Result<Vec<Way>, SolveError> {
        let refused_above = match kind.effect {
            Effect::Require => false,
            Effect::Defer | Effect::Forbid | Effect::Must => true,
            Effect::Count | Effect::Remind => return Ok(Vec::new()),
        };
        let rule = &self.rules.all()[self.position].rule;
        let who = rule.parameters.get("who").and_then(Value::as_table);
        let mut ways = Vec::new();
        for (name, value) in who.into_iter().flatten() {
            let (Some(from), at_least) = (value.as_integer(), name.ends_with("_at_least")) else {
                continue;
            };
            if !(at_least || name.ends_with("_at_most") || name.ends_with("_below")) {
                continue;
            }
            let key = format!("who.{name}");
            // Fewer are required where more is asked, and more are refused where less is.
            let sign = if at_least == refused_above { 1 } else { -1 };
            let numbered = Numbered {
                key: &key,
                from,
                sign,
                minutes: false,
            };
            let count = if sign < 0 { from } else { 100 };
            let changes = |step: i64| self.number_after(&numbered, step);
            let nearest = self.asker.nearest(count, None, &changes)?;
            if let Nearest::Step(step, proven) = nearest {
                let mut way = self.numbered(&numbered, step, proven);
                way.users = self.users(&way.changes)?.as_ref().map(counted);
                ways.push(way);
            }
        }
        Ok(ways)
    }

    /// The rule taken out, and how many then use that it is gone.
    fn out(&self, users: Option<&LeastUsers>) -> Way {
        Way {
            loosening: Loosening::Out {
                rule: self.id().to_owned(),
            },
            changes: self.without(),
            proven: true,
            users: users.map(counted),
        }
    }

    /// Who is placed as only the rule does not let them, where it decides of that.
    fn users_without(&self) -> Result<Option<LeastUsers>, SolveError> {
        match &self.rules.all()[self.position].kind {
            Kind::Reach(_) | Kind::Eligibility(_) => self.users(&self.without()),
            _ => Ok(None),
        }
    }

    fn without(&self) -> Vec<Change> {
        vec![Change::Without {
            rule: self.id().to_owned(),
        }]
    }

    fn id(&self) -> &str {
        &self.rules.all()[self.position].rule.id
    }

    fn users(&self, changes: &[Change]) -> Result<Option<LeastUsers>, SolveError> {
        self.asker.least_users((self.context, self.rules), changes)
    }
}

/// How many they are, and whether fewer are proven impossible.
fn counted(users: &LeastUsers) -> (i64, bool) {
    (users.whom.len() as i64, users.proven)
}
