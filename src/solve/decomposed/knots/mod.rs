//! What prices cannot see: knots of people who cannot be divided.
//!
//! The losses that a certificate counts are least one by one; together they may be more. Where a
//! school may change three people and every good chain of changes takes two, half a chain is in
//! no plan, but prices allow it. Such knots are few and mostly small, and they are found from
//! what happens: all take what is cheapest; counters that end at a loss or out of range are from
//! then on looked at exactly, together with everybody who can add to them; the small programs
//! that hang together are solved by branch and bound, all other counters staying priced. What
//! comes of it shows the next counters, until nothing is lost but what the knots prove to be
//! unavoidable. The sum of their least losses lifts the bound, and the choices are a point, or
//! nearly one.

mod parts;
mod small;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use parts::{Exact, Part};
use small::small;

use super::certificate::{Certificate, Prices};
use super::descent::{Kept, descend};
use super::face::{BUDGET, Budget, Face, Objective};
use super::work::Work;
use crate::program::{OptionIndex, Point, Scope, restrict_scope};
use crate::solve::Deadline;
use crate::solve::backends::{self, CallLimits, End};

/// A part of the program that was looked at exactly.
#[derive(Debug, Clone)]
pub(super) struct Knot {
    /// Agents with a choice that concerns it.
    pub(super) agents: Vec<u32>,
    /// Counters that were exact.
    pub(super) counters: Vec<u32>,
    /// No point of the face loses less here, in scaled units.
    pub(super) least: i128,
}

/// What is known of a face beyond its certificate.
#[derive(Debug, Clone, Default)]
pub(super) struct Knots {
    /// No two share an agent or a counter.
    pub(super) all: Vec<Knot>,
    /// The sum of their least losses.
    pub(super) lift: i128,
    /// Options that lose more were left out of all that was looked at.
    beyond: i64,
    /// The best point found on the way, with its scaled value.
    pub(super) point: Option<(Point, i128)>,
    /// What everybody does when only the knots are looked at exactly; often nearly a point.
    pub(super) choices: Option<Point>,
    /// Rounds in which they grew.
    pub(super) rounds: usize,
    /// Whether the deadline cut it.
    pub(super) late: bool,
}

impl Knots {
    /// Losses that add up with the knots: who takes an option that was left out may lose nothing in
    /// them, but loses more than all of them together by that option alone. What it loses beyond
    /// their lift is therefore lost beside them.
    pub(super) fn beside<'c>(&self, certificate: &'c Certificate) -> Cow<'c, Certificate> {
        let left_out = |&loss: &i64| loss > self.beyond;
        if self.lift == 0 || !certificate.options.iter().any(left_out) {
            return Cow::Borrowed(certificate);
        }
        let mut beside = certificate.clone();
        for loss in &mut beside.options {
            if left_out(loss) {
                *loss -= self.lift as i64;
            }
        }
        Cow::Owned(beside)
    }
}

/// What knots are looked for in.
pub(super) struct Tangle<'a, 'f> {
    /// The face, without what is proven to be in no better point and without what loses more than
    /// `beyond`.
    pub(super) face: &'a Face<'f>,
    /// Costs of the level.
    pub(super) objective: &'a Objective,
    /// The proof by prices.
    pub(super) certificate: &'a Certificate,
    /// Its prices.
    pub(super) prices: &'a Prices,
    /// Options of a larger loss are left out.
    pub(super) beyond: i64,
    /// Scaled units in which losses are counted, rounded down.
    pub(super) grain: i64,
    /// Counters to which more options add are looked at only where nothing else is left.
    pub(super) crowd: usize,
    /// Counters that are exact from the beginning.
    pub(super) known: &'a [u32],
    /// How far to go.
    pub(super) work: &'a Work,
    /// When to end.
    pub(super) deadline: &'a Deadline<'a>,
}

/// The answer to a part.
#[derive(Debug, Clone)]
struct Answer {
    least: i128,
    /// Uses of options of the part's agents.
    uses: Vec<(OptionIndex, u32)>,
    late: bool,
}

impl Tangle<'_, '_> {
    /// Looks for knots, beginning with the choices of the flow, until the lift reaches the gap.
    pub(super) fn untie(&self, flow: &Point, incumbent: i128, kept: &[Kept]) -> Knots {
        let users = self.users();
        let mut uses = flow.all_uses().to_vec();
        let seeds = self.known.iter().filter(|&&counter| {
            let many = users[counter as usize].len();
            0 < many && many <= self.crowd
        });
        let mut exact: Vec<Exact> = seeds.map(|&counter| Exact::Counter(counter)).collect();
        let mut known: BTreeMap<Part, Answer> = BTreeMap::new();
        let mut knots = Knots {
            beyond: self.beyond,
            ..Knots::default()
        };
        let mut best = incumbent;
        for round in 0..self.work.knot_rounds {
            knots.rounds = round;
            let point = Point::new(uses.clone());
            if let Some((point, value)) = descend(self.face, self.objective, kept, &point)
                && value < best
            {
                best = value;
                knots.point = Some((point, value));
            }
            if self.certificate.bound + knots.lift >= best || self.deadline.is_over() {
                break;
            }
            let seeded = round == 0 && !exact.is_empty();
            if !self.widen(&point, &users, &mut exact) && !seeded {
                break;
            }
            let parts = self.parts(&users, &exact);
            let fresh: Vec<&Part> = parts
                .iter()
                .filter(|part| !known.contains_key(part))
                .collect();
            if fresh.is_empty() {
                // What is left at a loss would make a part too large.
                break;
            }
            let answers: Vec<Option<Answer>> = fresh
                .par_iter()
                .map(|part| self.solve(part, flow.all_uses()))
                .collect();
            let fresh: Vec<Part> = fresh.into_iter().cloned().collect();
            for (part, answer) in fresh.into_iter().zip(answers) {
                let Some(answer) = answer else { return knots };
                known.insert(part, answer);
            }
            uses.copy_from_slice(flow.all_uses());
            self.take(&parts, &known, &mut uses, &mut knots);
        }
        knots
    }

    /// Takes over what the parts answer.
    fn take(
        &self,
        parts: &[Part],
        known: &BTreeMap<Part, Answer>,
        uses: &mut [u32],
        knots: &mut Knots,
    ) {
        let mut all = Vec::with_capacity(parts.len());
        for part in parts {
            let answer = &known[part];
            knots.late |= answer.late;
            for &agent in &part.agents {
                let options = &self.face.layout.program.agents()[agent as usize].options;
                uses[options.start as usize..options.end as usize].fill(0);
            }
            for &(option, count) in &answer.uses {
                uses[option.0 as usize] = count;
            }
            all.push(Knot {
                agents: part.agents.clone(),
                counters: part.counters.clone(),
                least: answer.least,
            });
        }
        knots.choices = Some(Point::new(uses.to_vec()));
        let lift = all.iter().map(|knot| knot.least).sum();
        if lift >= knots.lift {
            knots.lift = lift;
            knots.all = all;
        }
    }

    /// The options that are left of agents with a choice, by counter.
    fn users(&self) -> Vec<Vec<OptionIndex>> {
        let layout = self.face.layout;
        let mut users = vec![Vec::new(); self.face.ranges.len()];
        for agent in layout.program.agent_indices() {
            let alive = |option: &OptionIndex| self.face.alive[option.0 as usize];
            if layout
                .program
                .options_of(agent)
                .filter(alive)
                .nth(1)
                .is_none()
            {
                continue;
            }
            for option in layout.program.options_of(agent).filter(alive) {
                for &(counter, _) in layout.held(option) {
                    users[counter as usize].push(option);
                }
            }
        }
        users
    }

    /// Adds counters and budgets that the choices leave at a loss; whether there were any.
    fn widen(&self, point: &Point, users: &[Vec<OptionIndex>], exact: &mut Vec<Exact>) -> bool {
        let counts = self.face.layout.counts(point);
        let before = exact.len();
        let known: BTreeSet<Exact> = exact.iter().copied().collect();
        let mut found: Vec<(usize, Exact)> = Vec::new();
        for (position, (&count, curve)) in counts.iter().zip(&self.certificate.curves).enumerate() {
            let range = self.face.ranges[position];
            let lossy = count < range.0 || count > range.1 || curve.at(count) > 0;
            if lossy && !users[position].is_empty() {
                found.push((users[position].len(), Exact::Counter(position as u32)));
            }
        }
        for (position, budget) in self.face.budgets.iter().enumerate() {
            let slack = i128::from(BUDGET) - used(budget, point, &counts);
            // Rounding leaves a few parts over.
            if slack < 0 || (slack > 64 && self.price(position as u32) > 0) {
                found.push((budget.options.len(), Exact::Budget(position as u32)));
            }
        }
        found.retain(|held| !known.contains(&held.1));
        // A counter of the whole district ties everybody together: only where nothing else is left.
        found.sort_unstable();
        let few = found.iter().filter(|held| held.0 <= self.crowd).count();
        exact.extend(found.iter().take(few.max(1)).map(|held| held.1));
        exact.len() > before
    }

    fn price(&self, budget: u32) -> i64 {
        let prices = &self.prices.budgets;
        prices.get(budget as usize).copied().unwrap_or(0)
    }

    /// The least loss of a part; `None` where minilp failed.
    fn solve(&self, part: &Part, preferred: &[u32]) -> Option<Answer> {
        let small = small(self, part, preferred);
        let level = small.program.levels() - 1;
        let limits: Vec<i64> = vec![BUDGET; level];
        let scope = Scope::whole(&small.program);
        let model = restrict_scope(&small.program, level, &limits, scope).ok()?;
        let size = model.columns.len() as u64 + 1;
        let calls = CallLimits {
            target_gap: 0.0,
            node_limit: (self.work.knot_effort / size)
                .clamp(self.work.knot_nodes.0, self.work.knot_nodes.1),
        };
        let claim = backends::minimise(&model, None, calls, self.deadline);
        let late = claim.end == End::Deadline;
        // What was added for choices other than the flow's is taken off again.
        let bound = (claim.bound.unwrap_or(0) - small.preferences).max(0);
        let values = claim.values?;
        let point = model.point(&values);
        if !small.program.evaluate(&point).violations.is_empty() {
            return None;
        }
        let uses = point
            .taken()
            .map(|(option, count)| (small.options[option.0 as usize], count))
            .collect();
        Some(Answer {
            least: i128::from(bound) * i128::from(self.grain),
            uses,
            late,
        })
    }
}

/// What choices take of a budget.
fn used(budget: &Budget, point: &Point, counts: &[i64]) -> i128 {
    let options: i128 = budget
        .options
        .iter()
        .map(|&(option, loss)| i128::from(loss) * i128::from(point.uses(OptionIndex(option))))
        .sum();
    let curves: i128 = budget
        .curves
        .iter()
        .map(|(counter, curve)| curve.near(counts[*counter as usize]))
        .sum();
    options + curves
}
