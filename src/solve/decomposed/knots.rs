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

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::certificate::{Certificate, Prices, budget_share};
use super::descent::{Kept, descend};
use super::face::{BUDGET, Curve, Face, Objective};
use super::work::{KNOT, KNOT_NODES, KNOT_ROUNDS, KNOT_WORK};
use crate::program::{
    Counter, CounterIndex, Hinge, OptionIndex, Point, Program, ProgramBuilder, Scope,
    restrict_scope,
};
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
    /// The best point found on the way, with its scaled value.
    pub(super) point: Option<(Point, i128)>,
    /// What everybody does when only the knots are looked at exactly; often nearly a point.
    pub(super) choices: Option<Point>,
    /// Rounds in which they grew.
    pub(super) rounds: usize,
    /// Whether the deadline cut it.
    pub(super) late: bool,
}

/// What knots are looked for in.
pub(super) struct Tangle<'a, 'f> {
    /// The face, without what is proven to be in no better point.
    pub(super) face: &'a Face<'f>,
    /// Costs of the level.
    pub(super) objective: &'a Objective,
    /// The proof by prices.
    pub(super) certificate: &'a Certificate,
    /// Its prices.
    pub(super) prices: &'a Prices,
    /// Scaled units in which losses are counted, rounded down.
    pub(super) grain: i64,
    /// Counters to which more options add are looked at only where nothing else is left.
    pub(super) crowd: usize,
    /// When to end.
    pub(super) deadline: &'a Deadline<'a>,
}

/// What is not priced any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Exact {
    Counter(u32),
    Budget(u32),
}

/// What hangs together: exact counters and budgets, and the agents that move them.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    counters: Vec<u32>,
    budgets: Vec<u32>,
    agents: Vec<u32>,
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
        let mut exact: Vec<Exact> = Vec::new();
        let mut known: BTreeMap<Part, Answer> = BTreeMap::new();
        let mut knots = Knots::default();
        let mut best = incumbent;
        for round in 0..KNOT_ROUNDS {
            knots.rounds = round;
            let point = Point::new(uses.clone());
            if let Some((point, value)) = descend(self.face, self.objective, kept, point.clone())
                && value < best
            {
                best = value;
                knots.point = Some((point, value));
            }
            if self.certificate.bound + knots.lift >= best || self.deadline.is_over() {
                break;
            }
            if !self.widen(&point, &users, &mut exact) {
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
            let mut all = Vec::new();
            for part in parts {
                let answer = &known[&part];
                knots.late |= answer.late;
                for &agent in &part.agents {
                    let options = &self.face.layout.program.agents()[agent as usize].options;
                    uses[options.start as usize..options.end as usize].fill(0);
                }
                for &(option, count) in &answer.uses {
                    uses[option.0 as usize] = count;
                }
                all.push(Knot {
                    agents: part.agents,
                    counters: part.counters,
                    least: answer.least,
                });
            }
            knots.choices = Some(Point::new(uses.clone()));
            let lift = all.iter().map(|knot| knot.least).sum();
            if lift >= knots.lift {
                knots.lift = lift;
                knots.all = all;
            }
        }
        knots
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
            let slack = i128::from(BUDGET) - self.used(budget, point, &counts);
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

    fn used(&self, budget: &super::face::Budget, point: &Point, counts: &[i64]) -> i128 {
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

    /// The exact counters and budgets, divided where no agent moves both sides. What would make a
    /// part too large stays priced.
    fn parts(&self, users: &[Vec<OptionIndex>], exact: &[Exact]) -> Vec<Part> {
        let program = self.face.layout.program;
        let (agents, counters) = (program.agents().len(), program.counters().len());
        // Nodes: agents, then counters.
        let mut joined = Joined::new(agents + counters);
        let node = |counter: u32| agents as u32 + counter;
        let mut taken: Vec<(u32, Exact)> = Vec::new();
        let mut nodes: Vec<u32> = Vec::new();
        for &held in exact {
            nodes.clear();
            let mut add = |counter: u32| {
                nodes.push(node(counter));
                let users = users[counter as usize].iter();
                nodes.extend(users.map(|&option| program.option(option).agent.0));
            };
            match held {
                Exact::Counter(counter) => add(counter),
                Exact::Budget(budget) => {
                    let held = &self.face.budgets[budget as usize];
                    // A budget counts the losses of these, so they are exact with it.
                    held.curves.iter().for_each(|(counter, _)| add(*counter));
                    let options = held.options.iter();
                    nodes.extend(options.map(|held| program.option(OptionIndex(held.0)).agent.0));
                }
            }
            // Options that add to nothing exact count for nothing: those of an agent are one.
            let size = nodes.len();
            if let Some(&first) = nodes.first()
                && joined.unite(&nodes, size, KNOT)
            {
                taken.push((first, held));
            }
        }
        let mut parts: BTreeMap<u32, (Part, BTreeSet<u32>)> = BTreeMap::new();
        for (first, held) in taken {
            let root = joined.find(first);
            let (part, counters) = parts.entry(root).or_default();
            match held {
                Exact::Counter(counter) => {
                    counters.insert(counter);
                }
                Exact::Budget(budget) => {
                    part.budgets.push(budget);
                    let curves = &self.face.budgets[budget as usize].curves;
                    counters.extend(curves.iter().map(|held| held.0));
                }
            }
        }
        for agent in 0..agents as u32 {
            let root = joined.find(agent);
            if let Some((part, _)) = parts.get_mut(&root) {
                part.agents.push(agent);
            }
        }
        parts
            .into_values()
            .map(|(part, counters)| Part {
                counters: counters.into_iter().collect(),
                ..part
            })
            .collect()
    }

    /// The least loss of a part; `None` where minilp failed.
    fn solve(&self, part: &Part, uses: &[u32]) -> Option<Answer> {
        let small = self.small(part, uses);
        let level = small.program.levels() - 1;
        let limits: Vec<i64> = vec![BUDGET; level];
        let scope = Scope::whole(&small.program);
        let model = restrict_scope(&small.program, level, &limits, scope).ok()?;
        let size = model.columns.len() as u64 + 1;
        let calls = CallLimits {
            target_gap: 0.0,
            node_limit: (KNOT_WORK / size).clamp(KNOT_NODES.0, KNOT_NODES.1),
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
            .filter_map(|(option, count)| Some((small.options[option.0 as usize]?, count)))
            .collect();
        Some(Answer {
            least: i128::from(bound) * i128::from(self.grain),
            uses,
            late,
        })
    }

    fn small(&self, part: &Part, uses: &[u32]) -> Small {
        let (layout, program) = (self.face.layout, self.face.layout.program);
        let level = part.budgets.len();
        let mut builder = ProgramBuilder::new(level + 1);
        let mut offsets = layout.zero.clone();
        // Agents outside add what their only choice adds.
        let mut inside = vec![false; program.agents().len()];
        for &agent in &part.agents {
            inside[agent as usize] = true;
        }
        let exact: BTreeSet<u32> = part.counters.iter().copied().collect();
        for agent in program
            .agent_indices()
            .filter(|agent| !inside[agent.0 as usize])
        {
            let mut alive = program
                .options_of(agent)
                .filter(|option| self.face.alive[option.0 as usize]);
            if let (Some(only), None) = (alive.next(), alive.next()) {
                for &(counter, units) in layout.held(only) {
                    offsets[counter as usize] +=
                        units * i64::from(program.agent(agent).multiplicity);
                }
            }
        }
        let price = |budget: u32| self.price(budget);
        for &budget in &part.budgets {
            builder.add_constant(level, price(budget) / self.grain);
        }
        let mut shares: BTreeMap<u32, Vec<(usize, i64)>> = BTreeMap::new();
        let mut curve_shares: BTreeMap<u32, Vec<(usize, &Curve)>> = BTreeMap::new();
        for (place, &budget) in part.budgets.iter().enumerate() {
            let held = &self.face.budgets[budget as usize];
            for &(option, loss) in &held.options {
                shares.entry(option).or_default().push((place, loss));
            }
            for (counter, curve) in &held.curves {
                curve_shares
                    .entry(*counter)
                    .or_default()
                    .push((place, curve));
            }
        }
        let mut places: BTreeMap<u32, CounterIndex> = BTreeMap::new();
        for &counter in &part.counters {
            let position = counter as usize;
            let (low, high) = self.face.ranges[position];
            let mut held = Counter {
                label: String::new(),
                in_flow: false,
                offset: offsets[position],
                lower: Some(low),
                upper: Some(high),
                hinges: Vec::new(),
            };
            let mut losses = self.certificate.curves[position].clip(low, high);
            for &(place, curve) in curve_shares.get(&counter).into_iter().flatten() {
                losses.add_share(-price(part.budgets[place]), curve);
                let base = add_hinges(&mut held.hinges, place, curve, 1);
                builder.add_constant(place, base);
            }
            let base = add_hinges(&mut held.hinges, level, &losses, self.grain);
            builder.add_constant(level, base);
            places.insert(counter, builder.add_counter(held));
        }
        let mut options = Vec::new();
        let mut preferences = 0;
        for &agent in &part.agents {
            let agent = crate::program::AgentIndex(agent);
            let multiplicity = program.agent(agent).multiplicity;
            // Options that differ in nothing that is exact are one, the cheapest.
            let mut kinds: BTreeMap<
                (Vec<(CounterIndex, i64)>, Vec<i64>),
                (i64, bool, OptionIndex),
            > = BTreeMap::new();
            for option in program.options_of(agent) {
                if !self.face.alive[option.0 as usize] {
                    continue;
                }
                let added: Vec<(CounterIndex, i64)> = layout
                    .held(option)
                    .iter()
                    .filter(|held| exact.contains(&held.0))
                    .map(|&(counter, units)| (places[&counter], units))
                    .collect();
                let mut costs = vec![0; level];
                let mut loss = self.certificate.options[option.0 as usize];
                for &(place, share) in shares.get(&option.0).into_iter().flatten() {
                    costs[place] = share;
                    loss -= budget_share(price(part.budgets[place]), share);
                }
                let found = (
                    loss.div_euclid(self.grain),
                    uses[option.0 as usize] == 0,
                    option,
                );
                let entry = kinds.entry((added, costs)).or_insert(found);
                if (found.0, found.1) < (entry.0, entry.1) {
                    *entry = found;
                }
            }
            builder.add_agent("", multiplicity);
            // Among equals the flow's choice, so that what is priced stays as it is there.
            preferences += i64::from(multiplicity);
            for ((added, mut costs), (loss, is_other, option)) in kinds {
                costs.push(loss + i64::from(is_other));
                builder.add_option("", &costs, &added);
                options.push(Some(option));
            }
        }
        Small {
            program: builder.finish(),
            options,
            preferences,
        }
    }
}

/// A part as a program of its own.
struct Small {
    program: Program,
    /// The option that each option stands for.
    options: Vec<Option<OptionIndex>>,
    /// The most that choices other than the flow's cost beyond their losses.
    preferences: i64,
}

/// A curve as hinges at a level, in units of `grain`, rounded down; returns what is constant.
fn add_hinges(hinges: &mut Vec<Hinge>, level: usize, curve: &Curve, grain: i64) -> i64 {
    let mut at = curve.low;
    let mut last: Option<i64> = None;
    for &(width, slope) in &curve.pieces {
        let slope = slope.div_euclid(grain);
        let (below, above) = match last {
            None => (-slope, slope),
            Some(last) => (0, slope - last),
        };
        hinges.push(Hinge {
            level,
            at,
            below,
            above,
        });
        last = Some(slope);
        at += width;
    }
    curve.base.div_euclid(i128::from(grain)) as i64
}

/// What is joined to what, with sizes.
struct Joined {
    parents: Vec<u32>,
    sizes: Vec<usize>,
}

impl Joined {
    fn new(nodes: usize) -> Self {
        Self {
            parents: (0..nodes as u32).collect(),
            sizes: vec![0; nodes],
        }
    }

    fn find(&mut self, mut node: u32) -> u32 {
        while self.parents[node as usize] != node {
            let above = self.parents[self.parents[node as usize] as usize];
            self.parents[node as usize] = above;
            node = above;
        }
        node
    }

    /// Joins the nodes, which adds `size`, where that is not more than `most` together; whether
    /// they are joined.
    fn unite(&mut self, nodes: &[u32], size: usize, most: usize) -> bool {
        let mut roots: Vec<u32> = nodes.iter().map(|&node| self.find(node)).collect();
        roots.sort_unstable();
        roots.dedup();
        let total = size
            + roots
                .iter()
                .map(|&root| self.sizes[root as usize])
                .sum::<usize>();
        if total > most {
            return false;
        }
        for &root in &roots {
            self.parents[root as usize] = roots[0];
        }
        self.sizes[roots[0] as usize] = total;
        true
    }
}
