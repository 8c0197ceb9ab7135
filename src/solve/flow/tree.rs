//! The spanning tree of the network simplex: parents, children, depths and potentials.

/// No such node.
pub(super) const NO_NODE: u32 = u32::MAX;

/// A rooted spanning tree; the root is the last node.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    /// The next node towards the root.
    pub(super) parent: Vec<u32>,
    /// The arc between a node and its parent.
    pub(super) arc: Vec<u32>,
    /// Whether that arc leads to the parent.
    pub(super) upwards: Vec<bool>,
    /// The dual value of each node.
    pub(super) potential: Vec<i64>,
    depth: Vec<u32>,
    first_child: Vec<u32>,
    next_sibling: Vec<u32>,
    previous_sibling: Vec<u32>,
}

impl Tree {
    /// All nodes are children of an additional root.
    pub(super) fn star(nodes: usize) -> Self {
        let root = nodes as u32;
        let size = nodes + 1;
        let mut tree = Self {
            parent: vec![NO_NODE; size],
            arc: vec![u32::MAX; size],
            upwards: vec![true; size],
            potential: vec![0; size],
            depth: vec![0; size],
            first_child: vec![NO_NODE; size],
            next_sibling: vec![NO_NODE; size],
            previous_sibling: vec![NO_NODE; size],
        };
        for node in 0..root {
            tree.attach(node, root);
            tree.depth[node as usize] = 1;
        }
        tree
    }

    /// Names the arc between a node and its parent.
    pub(super) fn set_arc(&mut self, node: u32, arc: u32, upwards: bool) {
        self.arc[node as usize] = arc;
        self.upwards[node as usize] = upwards;
    }

    /// Hangs a child of the root below another node, over an arc that leads to it. Depths are stale
    /// until [`Tree::settle`].
    pub(super) fn hang(&mut self, node: u32, parent: u32, arc: u32) {
        self.detach(node);
        self.attach(node, parent);
        self.set_arc(node, arc, true);
    }

    /// Sets all depths anew.
    pub(super) fn settle(&mut self) {
        let root = self.parent.len() as u32 - 1;
        self.walk(root, |tree, node| {
            if node != root {
                tree.depth[node as usize] = tree.depth[tree.parent[node as usize] as usize] + 1;
            }
        });
    }

    /// The lowest common ancestor.
    pub(super) fn apex(&self, mut first: u32, mut second: u32) -> u32 {
        while first != second {
            if self.depth[first as usize] >= self.depth[second as usize] {
                first = self.parent[first as usize];
            } else {
                second = self.parent[second as usize];
            }
        }
        first
    }

    fn attach(&mut self, node: u32, parent: u32) {
        let next = self.first_child[parent as usize];
        self.parent[node as usize] = parent;
        self.next_sibling[node as usize] = next;
        self.previous_sibling[node as usize] = NO_NODE;
        if next != NO_NODE {
            self.previous_sibling[next as usize] = node;
        }
        self.first_child[parent as usize] = node;
    }

    fn detach(&mut self, node: u32) {
        let (previous, next) = (
            self.previous_sibling[node as usize],
            self.next_sibling[node as usize],
        );
        if next != NO_NODE {
            self.previous_sibling[next as usize] = previous;
        }
        if previous == NO_NODE {
            let parent = self.parent[node as usize];
            self.first_child[parent as usize] = next;
        } else {
            self.next_sibling[previous as usize] = next;
        }
    }

    /// Cuts the tree above `cut` and hangs the lower part by its node `inner` below `outer`, over
    /// the arc given. Depths and potentials are stale until [`Tree::shift`].
    pub(super) fn rehang(&mut self, cut: u32, inner: u32, outer: u32, arc: u32, upwards: bool) {
        let (mut node, mut parent) = (inner, outer);
        let (mut arc, mut upwards) = (arc, upwards);
        loop {
            let above = self.parent[node as usize];
            let (old_arc, old_upwards) = (self.arc[node as usize], self.upwards[node as usize]);
            self.detach(node);
            self.attach(node, parent);
            self.set_arc(node, arc, upwards);
            if node == cut {
                return;
            }
            (parent, node) = (node, above);
            (arc, upwards) = (old_arc, !old_upwards);
        }
    }

    /// Adds to the potentials of a node and of all below it, and sets their depths anew.
    pub(super) fn shift(&mut self, top: u32, amount: i64) {
        self.walk(top, |tree, node| {
            tree.potential[node as usize] += amount;
            tree.depth[node as usize] = tree.depth[tree.parent[node as usize] as usize] + 1;
        });
    }

    /// Computes all potentials from the costs of the arcs.
    pub(super) fn price(&mut self, costs: &[i64]) {
        let root = self.parent.len() as u32 - 1;
        self.potential[root as usize] = 0;
        self.walk(root, |tree, node| {
            if node != root {
                let cost = costs[tree.arc[node as usize] as usize];
                let above = tree.potential[tree.parent[node as usize] as usize];
                tree.potential[node as usize] = if tree.upwards[node as usize] {
                    above - cost
                } else {
                    above + cost
                };
            }
        });
    }

    /// Visits a node and all below it, parents first.
    fn walk(&mut self, top: u32, mut visit: impl FnMut(&mut Self, u32)) {
        let mut node = top;
        loop {
            visit(self, node);
            let child = self.first_child[node as usize];
            if child != NO_NODE {
                node = child;
                continue;
            }
            while node != top && self.next_sibling[node as usize] == NO_NODE {
                node = self.parent[node as usize];
            }
            if node == top {
                return;
            }
            node = self.next_sibling[node as usize];
        }
    }
}
