//! What hangs together: exact counters and the people who move them, divided into parts.

use std::collections::{BTreeMap, BTreeSet};

use super::Tangle;
use crate::program::OptionIndex;

/// What is not priced any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exact {
    Counter(u32),
    Budget(u32),
}

/// What hangs together: exact counters and budgets, and the agents that move them.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    pub(super) counters: Vec<u32>,
    pub(super) budgets: Vec<u32>,
    pub(super) agents: Vec<u32>,
}

impl Tangle<'_, '_> {
    /// The exact counters and budgets, divided where no agent moves both sides. What would make a
    /// part too large stays priced.
    pub(super) fn parts(&self, users: &[Vec<OptionIndex>], exact: &[Exact]) -> Vec<Part> {
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
                && joined.unite(&nodes, size, self.work.knot)
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
