//! The program under given prices: the subject posts stay exact, as a flow; all else is priced.

use std::borrow::Cow;

use super::certificate::{Prices, budget_share};
use super::face::{BUDGET, Curve, Face, Objective};
use crate::program::{OptionIndex, Point};
use crate::solve::flow::{Arc, Network, UNLIMITED};

/// A priced counter.
#[derive(Debug, Clone)]
pub(super) struct Side {
    /// Place of the counter in the program.
    pub(super) counter: usize,
    curve: Curve,
    zero: i64,
    /// Least and largest price that can be of use.
    pub(super) interval: (i64, i64),
    /// Root of the mean square of what options add.
    pub(super) spread: f64,
}

/// The answer to one set of prices.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Answer {
    /// Lower bound on the level, scaled.
    pub(super) bound: i128,
    /// By how many steps each side counter overshoots what it would choose at its price; then,
    /// for each budget, its excess in whole budgets.
    pub(super) slack: Vec<f64>,
    /// Whether every side counter is in its range.
    pub(super) in_range: bool,
}

/// The flow network of a face, kept warm.
#[derive(Debug, Clone)]
pub(super) struct Relaxed<'f> {
    face: &'f Face<'f>,
    objective: &'f Objective,
    network: Network,
    /// The option of each of the first arcs.
    pub(super) options: Vec<OptionIndex>,
    /// First entry of each option in `entries`.
    starts: Vec<u32>,
    /// Side counter, and what the option adds to it.
    entries: Vec<(u32, i64)>,
    pub(super) sides: Vec<Side>,
    /// First entry of each option in `losses`.
    loss_starts: Vec<u32>,
    /// Budget, and what one use of the option takes of it.
    losses: Vec<(u32, i64)>,
    /// Of each counter: budgets, and where the counter stands in them.
    budgets_of: Vec<Vec<(u32, u32)>>,
    /// (counter, node, first arc) of each post.
    posts: Vec<(usize, usize, usize)>,
    sink: usize,
    /// What no price changes.
    constant: i128,
    /// The largest price of a row that has no slope of its own.
    cap: i64,
}

impl<'f> Relaxed<'f> {
    /// Builds the network; `cap` is the largest price of a row that has no slope of its own.
    /// The first flow starts from the choices of `near`, a point or nearly one.
    pub(super) fn new(
        face: &'f Face<'f>,
        objective: &'f Objective,
        cap: i64,
        near: Option<&Point>,
    ) -> Self {
        let program = face.layout.program;
        let options: Vec<OptionIndex> = face.alive_options().collect();
        let agents = program.agents().len();
        let mut node_of = vec![usize::MAX; program.counters().len()];
        let mut sides = Vec::new();
        let mut posts = Vec::new();
        let mut constant = objective.constant;
        let mut budgeted = vec![false; program.counters().len()];
        for (counter, _) in face.budgets.iter().flat_map(|budget| &budget.curves) {
            budgeted[*counter as usize] = true;
        }
        for (position, counter) in program.counters().iter().enumerate() {
            let curve = &objective.curves[position];
            if counter.in_flow {
                node_of[position] = agents + posts.len();
                posts.push((position, agents + posts.len(), 0));
            } else if !curve.pieces.is_empty() || !face.is_natural(position) {
                sides.push(Side::new(
                    face,
                    position,
                    curve.clone(),
                    cap,
                    budgeted[position],
                ));
            } else {
                constant += curve.base;
            }
        }
        let mut relaxed = Self {
            face,
            objective,
            network: Network::new(&[0], &[]),
            options,
            starts: vec![0],
            entries: Vec::new(),
            loss_starts: vec![0],
            losses: Vec::new(),
            budgets_of: vec![Vec::new(); program.counters().len()],
            sides,
            posts,
            sink: 0,
            constant,
            cap,
        };
        relaxed.sink = agents + relaxed.posts.len();
        relaxed.index_sides();
        relaxed.index_budgets();
        relaxed.build_network(&node_of, near);
        relaxed
    }

    /// Goes over to other costs on the same face, of which the next flow will be.
    pub(super) fn reprice(&mut self, objective: &'f Objective) {
        self.objective = objective;
        self.constant = objective.constant;
        let program = self.face.layout.program;
        for (position, counter) in program.counters().iter().enumerate() {
            let curve = &objective.curves[position];
            if !counter.in_flow && curve.pieces.is_empty() && self.face.is_natural(position) {
                self.constant += curve.base;
            }
        }
        for side in &mut self.sides {
            let curve = objective.curves[side.counter].clone();
            let budgeted = !self.budgets_of[side.counter].is_empty();
            let (spread, cap) = (side.spread, self.cap);
            *side = Side::new(self.face, side.counter, curve, cap, budgeted);
            side.spread = spread;
        }
        for &(counter, _, first) in &self.posts {
            let pieces = &objective.curves[counter].pieces;
            for (piece, &(_, slope)) in pieces.iter().enumerate() {
                self.network.set_cost(first + piece, slope);
            }
        }
    }

    fn index_sides(&mut self) {
        let mut row_of = vec![u32::MAX; self.face.ranges.len()];
        for (row, side) in self.sides.iter().enumerate() {
            row_of[side.counter] = row as u32;
        }
        let mut squares = vec![(0_f64, 0_f64); self.sides.len()];
        for &option in &self.options {
            for &(counter, amount) in self.face.layout.held(option) {
                let row = row_of[counter as usize];
                if row != u32::MAX {
                    self.entries.push((row, amount));
                    squares[row as usize].0 += (amount * amount) as f64;
                    squares[row as usize].1 += 1.0;
                }
            }
            self.starts.push(self.entries.len() as u32);
        }
        for (side, (square, count)) in self.sides.iter_mut().zip(squares) {
            side.spread = (square / count.max(1.0)).sqrt().max(1.0);
        }
    }

    fn index_budgets(&mut self) {
        let mut losses: Vec<(u32, u32, i64)> = Vec::new();
        for (position, budget) in self.face.budgets.iter().enumerate() {
            let budget_index = position as u32;
            losses.extend(
                budget
                    .options
                    .iter()
                    .map(|&(option, loss)| (option, budget_index, loss)),
            );
            for (place, (counter, _)) in budget.curves.iter().enumerate() {
                self.budgets_of[*counter as usize].push((budget_index, place as u32));
            }
        }
        losses.sort_unstable();
        let mut next = 0;
        for &option in &self.options {
            while losses.get(next).is_some_and(|held| held.0 < option.0) {
                next += 1;
            }
            while let Some(&(_, budget, loss)) = losses.get(next).filter(|held| held.0 == option.0)
            {
                self.losses.push((budget, loss));
                next += 1;
            }
            self.loss_starts.push(self.losses.len() as u32);
        }
    }

    fn losses_of(&self, arc: usize) -> &[(u32, i64)] {
        &self.losses[self.loss_starts[arc] as usize..self.loss_starts[arc + 1] as usize]
    }

    /// The budgets that a counter's losses count for, with these losses.
    fn curves_of(&self, counter: usize) -> impl Iterator<Item = (usize, &Curve)> {
        self.budgets_of[counter].iter().map(|&(budget, place)| {
            let held = &self.face.budgets[budget as usize].curves[place as usize];
            (budget as usize, &held.1)
        })
    }

    fn build_network(&mut self, node_of: &[usize], near: Option<&Point>) {
        let program = self.face.layout.program;
        let mut supplies = vec![0; self.sink + 1];
        for (agent, supply) in program.agents().iter().zip(&mut supplies) {
            *supply = i64::from(agent.multiplicity);
        }
        let mut arcs: Vec<Arc> = Vec::with_capacity(self.options.len() + 4 * self.posts.len());
        for &option in &self.options {
            let post = self
                .face
                .layout
                .held(option)
                .iter()
                .map(|&(counter, _)| node_of[counter as usize])
                .find(|&node| node != usize::MAX);
            arcs.push(Arc {
                source: program.option(option).agent.0,
                target: post.unwrap_or(self.sink) as u32,
                capacity: UNLIMITED,
                cost: 0,
            });
        }
        for (counter, node, first) in &mut self.posts {
            *first = arcs.len();
            let (low, zero) = (
                self.face.ranges[*counter].0,
                self.face.layout.zero[*counter],
            );
            supplies[*node] = zero - low;
            for &(width, slope) in &self.objective.curves[*counter].pieces {
                arcs.push(Arc {
                    source: *node as u32,
                    target: self.sink as u32,
                    capacity: width,
                    cost: slope,
                });
            }
        }
        supplies[self.sink] = -supplies.iter().sum::<i64>();
        self.network = Network::new(&supplies, &arcs);
        if let Some(near) = near {
            self.begin_near(near, &supplies, &arcs);
        }
    }

    /// Lets the first flow start from choices: everybody where the choice leads, and the posts'
    /// pieces filled in their order.
    fn begin_near(&mut self, near: &Point, supplies: &[i64], arcs: &[Arc]) {
        let program = self.face.layout.program;
        let mut carried: Vec<(u32, i64)> = Vec::new();
        let mut hung: Vec<u32> = Vec::new();
        let mut inflow = supplies.to_vec();
        let mut first = 0;
        while first < self.options.len() {
            let agent = program.option(self.options[first]).agent;
            let rest = &self.options[first..];
            let count = rest
                .iter()
                .take_while(|&&option| program.option(option).agent == agent)
                .count();
            let used = |arc: &usize| near.uses(self.options[*arc]);
            // The first of those used most.
            let taken = (first..first + count).rev().max_by_key(used);
            if let Some(arc) = taken {
                let uses = i64::from(program.agent(agent).multiplicity);
                carried.push((arc as u32, uses));
                if uses > 0 {
                    hung.push(arc as u32);
                }
                inflow[arcs[arc].target as usize] += uses;
            }
            first += count;
        }
        for &(counter, node, first) in &self.posts {
            let mut left = inflow[node];
            let mut open = None;
            for piece in 0..self.objective.curves[counter].pieces.len() {
                let arc = first + piece;
                let flow = left.clamp(0, arcs[arc].capacity);
                left -= flow;
                carried.push((arc as u32, flow));
                if flow < arcs[arc].capacity && open.is_none() {
                    open = Some(arc as u32);
                }
            }
            hung.extend(open.filter(|_| left == 0));
        }
        self.network.begin_with(supplies, &carried, &hung);
    }

    /// Solves the flow under these prices of sides and budgets. `None` where no flow exists.
    pub(super) fn evaluate(&mut self, sides: &[i64], budgets: &[i64]) -> Option<Answer> {
        self.set_costs(sides, budgets);
        if !self.network.solve() {
            return None;
        }
        let mut counts: Vec<i64> = self.sides.iter().map(|side| side.zero).collect();
        let mut used = vec![0_i128; budgets.len()];
        let mut bound = self.constant;
        for arc in 0..self.options.len() {
            let flow = self.network.flow(arc);
            if flow != 0 {
                bound += i128::from(flow) * i128::from(self.network.cost(arc));
                for &(row, amount) in self.entries_of(arc) {
                    counts[row as usize] += amount * flow;
                }
                for &(budget, loss) in self.losses_of(arc) {
                    used[budget as usize] += i128::from(loss * flow);
                }
            }
        }
        bound += self.posts_cost(budgets, &mut used);
        let (mut slack, mut in_range) = (Vec::with_capacity(counts.len()), true);
        for (row, side) in self.sides.iter().enumerate() {
            let curve = self.priced_curve(side, budgets);
            let (first, last, least) = curve.conjugate(sides[row]);
            bound += least + i128::from(sides[row]) * i128::from(side.zero);
            let chosen = counts[row].clamp(first, last);
            in_range &= (curve.low..=curve.high()).contains(&counts[row]);
            slack.push((counts[row] - chosen) as f64);
            for (budget, losses) in self.curves_of(side.counter) {
                used[budget] += losses.at(chosen);
            }
        }
        for (&price, used) in budgets.iter().zip(used) {
            bound -= i128::from(price);
            slack.push((used - i128::from(BUDGET)) as f64 / BUDGET as f64);
        }
        Some(Answer {
            bound,
            slack,
            in_range,
        })
    }

    fn set_costs(&mut self, sides: &[i64], budgets: &[i64]) {
        for (arc, &option) in self.options.iter().enumerate() {
            let mut cost = self.objective.options[option.0 as usize];
            let range = self.starts[arc] as usize..self.starts[arc + 1] as usize;
            for &(row, amount) in &self.entries[range] {
                cost += sides[row as usize] * amount;
            }
            for &(budget, loss) in self.losses_of(arc) {
                let price = budgets[budget as usize];
                if price != 0 {
                    cost += budget_share(price, loss);
                }
            }
            self.network.set_cost(arc, cost);
        }
        if budgets.is_empty() {
            return;
        }
        for position in 0..self.posts.len() {
            let (counter, _, first) = self.posts[position];
            if self.budgets_of[counter].is_empty() {
                continue;
            }
            for (piece, &(_, slope)) in self.objective.curves[counter].pieces.iter().enumerate() {
                let shares = self
                    .curves_of(counter)
                    .map(|(budget, losses)| budget_share(budgets[budget], losses.pieces[piece].1));
                let cost = slope + shares.sum::<i64>();
                self.network.set_cost(first + piece, cost);
            }
        }
    }

    /// What the posts cost, and what of the budgets they use.
    fn posts_cost(&self, budgets: &[i64], used: &mut [i128]) -> i128 {
        let mut total = 0;
        for &(counter, _, first) in &self.posts {
            let curve = &self.objective.curves[counter];
            total += curve.base;
            for (budget, losses) in self.curves_of(counter) {
                total += (i128::from(budgets[budget]) * losses.base).div_euclid(i128::from(BUDGET));
            }
            let mut count = curve.low;
            for arc in first..first + curve.pieces.len() {
                let flow = self.network.flow(arc);
                count += flow;
                total += i128::from(flow) * i128::from(self.network.cost(arc));
            }
            for (budget, losses) in self.curves_of(counter) {
                used[budget] += losses.at(count);
            }
        }
        total
    }

    fn priced_curve<'s>(&self, side: &'s Side, budgets: &[i64]) -> Cow<'s, Curve> {
        if self.budgets_of[side.counter].is_empty() {
            return Cow::Borrowed(&side.curve);
        }
        let mut curve = side.curve.clone();
        for (budget, losses) in self.curves_of(side.counter) {
            curve.add_share(budgets[budget], losses);
        }
        Cow::Owned(curve)
    }

    fn entries_of(&self, arc: usize) -> &[(u32, i64)] {
        &self.entries[self.starts[arc] as usize..self.starts[arc + 1] as usize]
    }

    /// How often the last flow takes each of `options`.
    pub(super) fn uses(&self) -> impl Iterator<Item = i64> + '_ {
        (0..self.options.len()).map(|arc| self.network.flow(arc))
    }

    /// The choices of the last flow.
    pub(super) fn point(&self) -> Point {
        let mut uses = vec![0; self.face.layout.program.options().len()];
        for (option, count) in self.options.iter().zip(self.uses()) {
            uses[option.0 as usize] = count as u32;
        }
        Point::new(uses)
    }

    /// The prices of all counters after [`Relaxed::evaluate`] with these prices.
    pub(super) fn prices(&self, sides: &[i64], budgets: &[i64]) -> Prices {
        let mut counters = vec![0; self.face.layout.program.counters().len()];
        for (side, &price) in self.sides.iter().zip(sides) {
            counters[side.counter] = price;
        }
        let sink = self.network.potential(self.sink);
        for &(counter, node, _) in &self.posts {
            counters[counter] = sink - self.network.potential(node);
        }
        Prices {
            counters,
            budgets: budgets.to_vec(),
        }
    }
}

impl Side {
    fn new(face: &Face, counter: usize, curve: Curve, cap: i64, budgeted: bool) -> Self {
        let (low_is_natural, high_is_natural) = face.natural_ends(counter);
        let first = curve.pieces.first().map_or(0, |piece| piece.1);
        let last = curve.pieces.last().map_or(0, |piece| piece.1);
        let interval = if budgeted {
            // The slopes move with the price of the budget.
            (first.min(-cap), last.max(cap))
        } else {
            (
                if low_is_natural {
                    first
                } else {
                    first.min(-cap)
                },
                if high_is_natural { last } else { last.max(cap) },
            )
        };
        Self {
            counter,
            zero: face.layout.zero[counter],
            curve,
            interval,
            spread: 1.0,
        }
    }
}

impl Face<'_> {
    /// Whether the first and the last value of a counter are the ends of what options can reach,
    /// so that leaving the range is impossible and needs no price.
    fn natural_ends(&self, counter: usize) -> (bool, bool) {
        let (low, high) = self.ranges[counter];
        let width: i64 = self.layout.steps[counter]
            .steps
            .iter()
            .map(|step| step.width)
            .sum();
        let limits = &self.layout.program.counters()[counter];
        (
            low == 0 && limits.lower.is_none(),
            high == width && limits.upper.is_none(),
        )
    }

    fn is_natural(&self, counter: usize) -> bool {
        self.natural_ends(counter) == (true, true)
    }
}
