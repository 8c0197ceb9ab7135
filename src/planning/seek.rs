//! A plan within hard limits of differences, or the proof that there is none, sought for itself.
//!
//! What a plan is above a limit is a sum of convex curves of one school each, where the number of all
//! teachers stays what it is (`rules/disparity/excess.rs`): costs that a program closes at once, where
//! lines zigzag in as many dimensions as there are schools. Nothing else costs while it is sought, so
//! the program is as small as one of limits alone. Where totals change, curves that are no less than
//! the excess are solved at the total of the last plan until one is within; and for the proof curves
//! that are no more, between two totals, and again on either side of the total found.

use std::sync::atomic::AtomicBool;

use super::ClashingRule;
use crate::model::{ChosenPlan, Model};
use crate::program::Point;
use crate::rules::{Context, Excess, HardLimit, RuleSet};
use crate::solve::{Outcome, Silent, SolveError, SolveOptions, solve};

/// Solves at most that look for a plan.
const LOOKS: usize = 12;

/// Solves at most that look for a proof, of each limit.
const PROOFS: usize = 40;

/// Tenths of a person in one.
const STEPS_PER_PERSON: i64 = 10;

/// The weight of a limit that costs.
const WEIGHT: i64 = 1024;

/// Weights beyond which a limit does not become dearer.
const MOST_WEIGHT: i64 = 64 * WEIGHT;

/// What was found.
pub(super) enum Sought {
    /// A plan within all hard limits of differences and all else that is hard.
    Within(Point),
    /// There is none; so limits are missed where one is missed by the least that was found.
    Nowhere(Vec<ClashingRule>),
    /// Neither.
    Unknown,
}

/// Who seeks.
pub(super) struct Seeker<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) rules: &'a RuleSet,
    pub(super) model: &'a Model,
    pub(super) options: &'a SolveOptions,
    pub(super) interrupt: &'a AtomicBool,
}

/// How a solve ended.
enum Asked {
    /// With a plan, and what all plans cost at least.
    Plan(i128, Point, ChosenPlan),
    /// Nothing is in the range, or all else clashes.
    Nothing,
    Unknown,
}

/// The plan that misses limits by the least so far.
struct Nearest {
    plan: ChosenPlan,
    limits: Vec<HardLimit>,
}

impl Nearest {
    fn steps(&self) -> i64 {
        self.limits.iter().map(|limit| limit.steps).sum()
    }
}

impl Seeker<'_> {
    /// Seeks a plan, and a proof where none is found.
    pub(super) fn seek(&self) -> Result<Sought, SolveError> {
        let (nearest, found) = self.look()?;
        if let Some(found) = found {
            return Ok(found);
        }
        let Some(nearest) = nearest else {
            return Ok(Sought::Unknown);
        };
        for place in 0..nearest.limits.len() {
            if nearest.limits[place].steps == 0 {
                continue;
            }
            if let Some(found) = self.prove(place, &nearest)? {
                return Ok(found);
            }
        }
        Ok(Sought::Unknown)
    }

    /// The plan that misses the limits by the least, as far as was found.
    pub(super) fn least(&self) -> Result<Option<ChosenPlan>, SolveError> {
        Ok(match self.look()? {
            (_, Some(Sought::Within(point))) => Some(self.model.plan(&point)),
            (nearest, _) => nearest.map(|nearest| nearest.plan),
        })
    }

    /// Looks for a plan: limits that are missed become dearer, and totals are those of the last plan.
    fn look(&self) -> Result<(Option<Nearest>, Option<Sought>), SolveError> {
        let situation = self.context.situation;
        let present = self.rules.hard_limits(situation, None);
        let mut told: Vec<Excess> = present
            .iter()
            .map(|limit| Excess {
                ends: (limit.total, limit.total),
                range: None,
                level: 0,
                weight: WEIGHT,
            })
            .collect();
        let mut nearest: Option<Nearest> = None;
        if told.is_empty() {
            return Ok((None, None));
        }
        for _ in 0..LOOKS {
            let Asked::Plan(_, point, plan) = self.ask(&told)? else {
                break;
            };
            let facts = plan.facts(self.context);
            if self.is_within(&plan) {
                return Ok((None, Some(Sought::Within(point))));
            }
            let limits = self.rules.hard_limits(situation, Some(&facts));
            let next = next(&told, &limits);
            let found = Nearest { plan, limits };
            if nearest
                .as_ref()
                .is_none_or(|held| found.steps() < held.steps())
            {
                nearest = Some(found);
            } else if told.len() == 1 {
                break;
            }
            if next == told {
                break;
            }
            told = next;
        }
        Ok((nearest, None))
    }

    /// Proves that one limit is beyond reach, or finds a plan within all of them on the way.
    fn prove(&self, place: usize, nearest: &Nearest) -> Result<Option<Sought>, SolveError> {
        let only = |ends: (i64, i64), range: Option<(i64, i64)>| -> Vec<Excess> {
            let limits = nearest.limits.iter().enumerate();
            let of = |(other, limit): (usize, &HardLimit)| Excess {
                ends: if other == place {
                    ends
                } else {
                    (limit.total, limit.total)
                },
                range: range.filter(|_| other == place),
                level: 0,
                weight: if other == place { WEIGHT } else { 0 },
            };
            limits.map(of).collect()
        };
        let total = nearest.limits[place].total;
        let mut open = vec![self.totals(&only((total, total), None))[place]];
        for _ in 0..PROOFS {
            let Some((least, most)) = open.pop() else {
                return Ok(Some(Sought::Nowhere(Self::clash(place, nearest))));
            };
            let told = only((least, most), Some((least, most)));
            let (bound, point, plan) = match self.ask(&told)? {
                Asked::Plan(bound, point, plan) => (bound, point, plan),
                Asked::Nothing => continue,
                Asked::Unknown => return Ok(None),
            };
            if bound > 0 {
                continue;
            }
            let facts = plan.facts(self.context);
            if self.is_within(&plan) {
                return Ok(Some(Sought::Within(point)));
            }
            let limits = self.rules.hard_limits(self.context.situation, Some(&facts));
            if least == most || limits[place].steps == 0 {
                return Ok(None);
            }
            let at = limits[place].total;
            let at = if at < most { at } else { least.midpoint(most) };
            open.push((least, at));
            open.push((at + 1, most));
        }
        Ok(None)
    }

    /// Whether a plan is within all hard limits of differences. No line is one of what was solved, so none is
    /// taken for kept.
    fn is_within(&self, plan: &ChosenPlan) -> bool {
        !self.rules.uncut(&plan.facts(self.context), &[]).hard
    }

    /// How many teachers there can be of each limit.
    fn totals(&self, told: &[Excess]) -> Vec<(i64, i64)> {
        let (cuts, _) = self.rules.excesses(self.context.situation, told.to_vec());
        let model = self.model.with_excesses(self.context, self.rules, cuts);
        model.totals_of_excesses()
    }

    fn ask(&self, told: &[Excess]) -> Result<Asked, SolveError> {
        let (cuts, offset) = self.rules.excesses(self.context.situation, told.to_vec());
        let model = self.model.with_excesses(self.context, self.rules, cuts);
        let small = model.excesses_alone(self.rules);
        let options = SolveOptions {
            target_gap: 0.0,
            start: None,
            ..self.options.clone()
        };
        let solution = match solve(&small.program, &options, self.interrupt, &Silent)? {
            Outcome::Solved(solution) => solution,
            Outcome::Infeasible(_) => return Ok(Asked::Nothing),
            Outcome::Unknown(_) => return Ok(Asked::Unknown),
        };
        let Some(level) = solution.levels.first() else {
            return Ok(Asked::Unknown);
        };
        let point = small.expanded(&model.program, |_| 0, &solution.point);
        let plan = model.plan(&point);
        Ok(Asked::Plan(i128::from(level.bound) + offset, point, plan))
    }

    /// What is missed in the plan that misses it by the least.
    fn clash(place: usize, nearest: &Nearest) -> Vec<ClashingRule> {
        let limit = &nearest.limits[place];
        vec![ClashingRule {
            rule: Some(limit.rule),
            place: limit.place.clone(),
            amount: -limit.steps,
            parts: STEPS_PER_PERSON,
            of_mean: false,
        }]
    }
}

/// The totals of a plan, and what it misses dearer than what it does not.
fn next(told: &[Excess], limits: &[HardLimit]) -> Vec<Excess> {
    let some_hold = limits.iter().any(|limit| limit.steps == 0);
    let next = told.iter().zip(limits).map(|(held, limit)| Excess {
        ends: (limit.total, limit.total),
        weight: if limit.steps > 0 && some_hold {
            (2 * held.weight).min(MOST_WEIGHT)
        } else {
            held.weight
        },
        ..held.clone()
    });
    next.collect()
}
