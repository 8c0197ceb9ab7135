//! Minimum-cost flow by a network simplex that is kept warm while costs change.
//!
//! Prices change the costs of every arc hundreds of times, the network never: the last tree stays
//! a feasible basis, and a few hundred pivots bring it back to the optimum. Integers throughout;
//! strongly feasible trees, so that degenerate pivots cannot cycle.

mod tree;

#[cfg(test)]
mod tests;

use std::ops::Range;

use tree::{NO_NODE, Tree};

/// More than any flow; an arc of this capacity is never full.
pub(crate) const UNLIMITED: i64 = i64::MAX / 8;

/// An arc as the caller describes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Arc {
    /// Node that it leaves.
    pub(crate) source: u32,
    /// Node that it enters.
    pub(crate) target: u32,
    /// Most that it carries; [`UNLIMITED`] for no limit.
    pub(crate) capacity: i64,
    /// Cost of each unit.
    pub(crate) cost: i64,
}

/// Where an arc stands that is not in the tree; the sign is that of an improving reduced cost.
const AT_LOWER: i8 = 1;
const IN_TREE: i8 = 0;
const AT_UPPER: i8 = -1;

/// A network with a spanning tree that is a feasible basis.
#[derive(Debug, Clone)]
pub(crate) struct Network {
    source: Vec<u32>,
    target: Vec<u32>,
    capacity: Vec<i64>,
    cost: Vec<i64>,
    flow: Vec<i64>,
    state: Vec<i8>,
    tree: Tree,
    /// Arcs of the caller; the artificial ones follow, one for each node.
    arcs: usize,
    root: u32,
    next_arc: usize,
    block: usize,
}

/// What leaves the tree, and how much flow goes round the cycle.
struct Leaving {
    amount: i64,
    /// The node whose tree arc leaves, and the end of the entering arc that hangs below it; none
    /// where the entering arc goes from one of its bounds to the other.
    cut: Option<(u32, u32)>,
}

impl Network {
    /// A network whose nodes supply (positive) or demand (negative) so much, all sent over
    /// artificial arcs until [`Network::solve`].
    ///
    /// # Panics
    /// Where supply and demand differ: an error of the caller's code.
    pub(crate) fn new(supplies: &[i64], arcs: &[Arc]) -> Self {
        assert_eq!(supplies.iter().sum::<i64>(), 0, "supply equals demand");
        let (nodes, count) = (supplies.len(), arcs.len());
        let mut network = Self {
            source: arcs.iter().map(|arc| arc.source).collect(),
            target: arcs.iter().map(|arc| arc.target).collect(),
            capacity: arcs.iter().map(|arc| arc.capacity).collect(),
            cost: arcs.iter().map(|arc| arc.cost).collect(),
            flow: vec![0; count],
            state: vec![AT_LOWER; count],
            tree: Tree::star(nodes),
            arcs: count,
            root: nodes as u32,
            next_arc: 0,
            block: (count as f64).sqrt() as usize + 10,
        };
        for (node, &supply) in supplies.iter().enumerate() {
            let upwards = supply >= 0;
            let (node, root) = (node as u32, network.root);
            network.source.push(if upwards { node } else { root });
            network.target.push(if upwards { root } else { node });
            network.capacity.push(UNLIMITED);
            network.cost.push(0);
            network.flow.push(supply.abs());
            network.state.push(IN_TREE);
            network
                .tree
                .set_arc(node, (count + node as usize) as u32, upwards);
        }
        network
    }

    /// Starts from a flow instead of from nothing; before the first [`Network::solve`].
    ///
    /// `carried` says what arcs carry, within their capacities. `hung` names for some nodes an
    /// arc that leaves them and can carry more: these arcs must not form a circle, and every arc
    /// that carries something without being full must be among them. What a node then has too
    /// much or too little goes over its artificial arc, and such a node is not hung.
    pub(crate) fn begin_with(&mut self, supplies: &[i64], carried: &[(u32, i64)], hung: &[u32]) {
        let mut excess = supplies.to_vec();
        for &(arc, flow) in carried {
            let arc = arc as usize;
            debug_assert!(
                (0..=self.capacity[arc]).contains(&flow),
                "within its capacity"
            );
            self.flow[arc] = flow;
            if flow > 0 && flow == self.capacity[arc] {
                self.state[arc] = AT_UPPER;
            }
            excess[self.source[arc] as usize] -= flow;
            excess[self.target[arc] as usize] += flow;
        }
        for (node, &excess) in excess.iter().enumerate() {
            let artificial = self.arcs + node;
            let upwards = excess >= 0;
            let (node, root) = (node as u32, self.root);
            self.source[artificial] = if upwards { node } else { root };
            self.target[artificial] = if upwards { root } else { node };
            self.flow[artificial] = excess.abs();
            self.tree.set_arc(node, artificial as u32, upwards);
        }
        for &arc in hung {
            let (source, target) = (self.source[arc as usize], self.target[arc as usize]);
            if excess[source as usize] == 0 {
                self.state[arc as usize] = IN_TREE;
                self.state[self.arcs + source as usize] = AT_LOWER;
                self.tree.hang(source, target, arc);
            }
        }
        self.tree.settle();
    }

    /// Changes the cost of an arc; takes effect at the next [`Network::solve`].
    pub(crate) fn set_cost(&mut self, arc: usize, cost: i64) {
        self.cost[arc] = cost;
    }

    /// The cost of an arc.
    pub(crate) fn cost(&self, arc: usize) -> i64 {
        self.cost[arc]
    }

    /// The flow of an arc.
    pub(crate) fn flow(&self, arc: usize) -> i64 {
        self.flow[arc]
    }

    /// The potential of a node: at the optimum cost + potential(source) − potential(target) is
    /// not negative for an arc that can carry more, and not positive for one that carries flow.
    pub(crate) fn potential(&self, node: usize) -> i64 {
        self.tree.potential[node]
    }

    /// The largest cost that potentials bear without overflow, for so many nodes.
    pub(crate) fn cost_limit(nodes: usize) -> i64 {
        i64::MAX / (16 * (nodes as i64 + 2))
    }

    /// Finds a flow of least cost, from the last tree. `false` where supply cannot meet demand.
    ///
    /// # Panics
    /// Where a cost is beyond [`Network::cost_limit`]: an error of the caller's code.
    pub(crate) fn solve(&mut self) -> bool {
        let largest = self.cost[..self.arcs]
            .iter()
            .map(|cost| cost.abs())
            .max()
            .unwrap_or(0);
        let nodes = self.root as usize;
        assert!(
            largest <= Self::cost_limit(nodes),
            "costs fit the potentials"
        );
        // Dearer than any path over real arcs, so that no artificial flow is left if it can be.
        let artificial = (largest + 1) * (nodes as i64 + 1);
        self.cost[self.arcs..].fill(artificial);
        self.tree.price(&self.cost);
        while let Some(entering) = self.find_entering() {
            self.pivot(entering);
        }
        self.flow[self.arcs..].iter().all(|&flow| flow == 0)
    }

    /// The most violating arc of the first block that has one, going round.
    fn find_entering(&mut self) -> Option<usize> {
        let mut best = (None, 0);
        let mut left = self.arcs;
        while left > 0 && best.0.is_none() {
            let length = self.block.min(left);
            let end = self.next_arc + length;
            self.scan(self.next_arc..end.min(self.arcs), &mut best);
            self.scan(0..end.saturating_sub(self.arcs), &mut best);
            self.next_arc = if end < self.arcs {
                end
            } else {
                end - self.arcs
            };
            left -= length;
        }
        best.0
    }

    /// Looks among these arcs for one that violates more than the best.
    fn scan(&self, arcs: Range<usize>, best: &mut (Option<usize>, i64)) {
        let first = arcs.start;
        let ends = self.source[arcs.clone()]
            .iter()
            .zip(&self.target[arcs.clone()]);
        let costs = self.cost[arcs.clone()].iter().zip(&self.state[arcs]);
        for (place, ((&source, &target), (&cost, &state))) in ends.zip(costs).enumerate() {
            let potential = &self.tree.potential;
            let reduced = cost + potential[source as usize] - potential[target as usize];
            let value = i64::from(state) * reduced;
            if value < best.1 {
                *best = (Some(first + place), value);
            }
        }
    }

    fn pivot(&mut self, entering: usize) {
        // Flow goes round from the apex to `first`, over the entering arc, and from `second` up.
        let (first, second) = if self.state[entering] == AT_LOWER {
            (self.source[entering], self.target[entering])
        } else {
            (self.target[entering], self.source[entering])
        };
        let apex = self.tree.apex(first, second);
        let leaving = self.find_leaving(entering, first, second, apex);
        if leaving.amount > 0 {
            self.send(entering, first, second, apex, leaving.amount);
        }
        let Some((cut, inner)) = leaving.cut else {
            self.state[entering] = -self.state[entering];
            return;
        };
        let arc = self.tree.arc[cut as usize] as usize;
        self.state[arc] = if self.flow[arc] == 0 {
            AT_LOWER
        } else {
            AT_UPPER
        };
        self.state[entering] = IN_TREE;
        let outer = if inner == first { second } else { first };
        let upwards = self.source[entering] == inner;
        self.tree
            .rehang(cut, inner, outer, entering as u32, upwards);
        let cost = self.cost[entering];
        let wanted = self.tree.potential[outer as usize] + if upwards { -cost } else { cost };
        let shift = wanted - self.tree.potential[inner as usize];
        self.tree.shift(inner, shift);
    }

    /// The last blocking arc on the way round from the apex: this rule keeps the tree strongly
    /// feasible.
    fn find_leaving(&self, entering: usize, first: u32, second: u32, apex: u32) -> Leaving {
        let mut amount = self.capacity[entering];
        let mut cut = None;
        let mut node = first;
        while node != apex {
            let room = self.room(node, false);
            if room < amount {
                amount = room;
                cut = Some((node, first));
            }
            node = self.tree.parent[node as usize];
        }
        let mut node = second;
        while node != apex {
            let room = self.room(node, true);
            if room <= amount {
                amount = room;
                cut = Some((node, second));
            }
            node = self.tree.parent[node as usize];
        }
        debug_assert!(amount < UNLIMITED, "no unlimited cycle of negative cost");
        Leaving { amount, cut }
    }

    /// How much more the tree arc of a node can carry, towards the root or away from it.
    fn room(&self, node: u32, upwards: bool) -> i64 {
        let arc = self.tree.arc[node as usize] as usize;
        if self.tree.upwards[node as usize] == upwards {
            self.capacity[arc] - self.flow[arc]
        } else {
            self.flow[arc]
        }
    }

    fn send(&mut self, entering: usize, first: u32, second: u32, apex: u32, amount: i64) {
        self.flow[entering] += i64::from(self.state[entering]) * amount;
        for (start, upwards) in [(first, false), (second, true)] {
            let mut node = start;
            while node != apex {
                debug_assert!(node != NO_NODE, "the apex is an ancestor");
                let arc = self.tree.arc[node as usize] as usize;
                self.flow[arc] += if self.tree.upwards[node as usize] == upwards {
                    amount
                } else {
                    -amount
                };
                node = self.tree.parent[node as usize];
            }
        }
    }
}
