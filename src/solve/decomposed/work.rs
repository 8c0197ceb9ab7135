//! How much work a level may cost, in counts, so that the same input gives the same plan.

/// Sub-problems side by side. A fixed number: the plan must not depend on the machine.
pub(super) const SIDE_BY_SIDE: usize = 2;
/// Parts of a unit in which losses of knots are counted.
pub(super) const KNOT_GRAIN: i64 = 4096;
/// Binary digits of the largest loss that knots tell apart.
pub(super) const KNOT_DIGITS: u32 = 36;

/// The counts that say how far each step goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Work {
    /// Nodes of branch and bound for one core, at least and at most: another core helps more.
    pub(super) core_nodes: (u64, u64),
    /// Nodes × options that one core may cost, between these.
    pub(super) core_effort: u64,
    /// Options of a face that is branched on as a whole.
    pub(super) branched: usize,
    /// Nodes × options for that.
    pub(super) branched_effort: u64,
    /// Options of the second core.
    pub(super) wide_core: usize,
    /// Flows of the short ascents from another solve's prices, one after the other.
    pub(super) near: [usize; 4],
    /// Options for each agent, in the mean, on which these flows are; the others are left out at first.
    pub(super) near_options: u32,
    /// Relative gap below which cores would find little more: knots are looked for instead.
    pub(super) near_enough: f64,
    /// Flows of the short ascent, usually and, while the bound rises steeply, at most.
    pub(super) sketch: (usize, usize),
    /// Flows of a long ascent, likewise; it mostly ends before.
    pub(super) full: (usize, usize),
    /// Flows without progress before the step shrinks.
    pub(super) stall: usize,
    /// Agents that the first cores leave undecided.
    pub(super) undecided: [usize; 3],
    /// Options of the first cores: minilp takes a tenth of a second for a node of 7,000.
    pub(super) core: usize,
    /// Rounds of sub-problems around the largest losses.
    pub(super) rounds: usize,
    /// Rounds without a better point after which the search ends; each is twice as wide.
    pub(super) fruitless: usize,
    /// Agents that a sub-problem sets free at first.
    pub(super) free_agents: usize,
    /// Options of a knot at most.
    pub(super) knot: usize,
    /// Options that add to a counter which a knot takes in at once.
    pub(super) knot_crowd: usize,
    /// Rounds in which knots grow.
    pub(super) knot_rounds: usize,
    /// Nodes × columns that one knot may cost.
    pub(super) knot_effort: u64,
    /// Nodes for one knot, at least and at most.
    pub(super) knot_nodes: (u64, u64),
    /// Agents that are free where choices are mended to a point.
    pub(super) mended: [usize; 2],
    /// How often knots are looked for again when a level is near enough, while it helps.
    pub(super) closing: u32,
}

impl Work {
    /// What measurements on districts of all sizes chose.
    pub(super) const USUAL: Self = Self {
        core_nodes: (150, 500),
        core_effort: 1_000_000,
        branched: 8_000,
        branched_effort: 3_000_000,
        wide_core: 3000,
        near: [1, 26, 24, 48],
        near_options: 4,
        near_enough: 1e-5,
        sketch: (250, 2000),
        full: (2000, 2000),
        stall: 15,
        undecided: [60, 120, 240],
        core: 2000,
        rounds: 40,
        fruitless: 3,
        free_agents: 150,
        knot: 6000,
        knot_crowd: 600,
        knot_rounds: 20,
        knot_effort: 300_000,
        knot_nodes: (100, 3000),
        mended: [300, 1000],
        closing: 4,
    };

    /// So little that on programs of a dozen options every step is cut where it is cut on districts.
    #[cfg(test)]
    pub(super) const TINY: Self = Self {
        core_nodes: (1, 4),
        core_effort: 40,
        branched: 4,
        branched_effort: 40,
        wide_core: 4,
        near: [1, 2, 2, 3],
        near_options: 1,
        near_enough: 0.1,
        sketch: (4, 8),
        full: (12, 12),
        stall: 2,
        undecided: [1, 1, 2],
        core: 3,
        rounds: 2,
        fruitless: 1,
        free_agents: 2,
        knot: 5,
        knot_crowd: 2,
        knot_rounds: 4,
        knot_effort: 400,
        knot_nodes: (10, 40),
        mended: [1, 2],
        closing: 2,
    };
}
