//! How much work a level may cost, in counts, so that the same input gives the same plan.

/// Nodes of branch and bound for one core, at least and at most: another core helps more.
pub(super) const CORE_NODES: (u64, u64) = (150, 500);
/// Nodes × options that one core may cost, between these.
pub(super) const CORE_WORK: u64 = 1_000_000;
/// Options of a face that is branched on as a whole.
pub(super) const BRANCHED: usize = 8_000;
/// Nodes × options for that.
pub(super) const BRANCHED_WORK: u64 = 3_000_000;
/// Options of the second core.
pub(super) const WIDE_CORE: usize = 3000;
/// Flows of an ascent from another solve's prices.
pub(super) const GLANCE: usize = 60;
/// Flows of the short ascent.
pub(super) const SKETCH: usize = 250;
/// Flows of a long ascent; it mostly ends before.
pub(super) const FULL: usize = 2000;
/// Flows without progress before the step shrinks.
pub(super) const STALL: usize = 15;
/// Agents that the first cores leave undecided.
pub(super) const UNDECIDED: [usize; 3] = [60, 120, 240];
/// Options of the first cores: minilp takes a tenth of a second for a node of 7,000.
pub(super) const CORE: usize = 2000;
/// Rounds of sub-problems around the largest losses.
pub(super) const ROUNDS: usize = 40;
/// Rounds without a better point after which the search ends; each is twice as wide.
pub(super) const FRUITLESS: usize = 3;
/// Agents that a sub-problem sets free at first.
pub(super) const FREE_AGENTS: usize = 150;
/// Sub-problems side by side. A fixed number: the plan must not depend on the machine.
pub(super) const SIDE_BY_SIDE: usize = 2;
/// Options of a knot at most.
pub(super) const KNOT: usize = 6000;
/// Options that add to a counter which a knot takes in at once.
pub(super) const KNOT_CROWD: usize = 600;
/// Rounds in which knots grow.
pub(super) const KNOT_ROUNDS: usize = 20;
/// Nodes × columns that one knot may cost.
pub(super) const KNOT_WORK: u64 = 300_000;
/// Nodes for one knot, at least and at most.
pub(super) const KNOT_NODES: (u64, u64) = (100, 3000);
/// Parts of a unit in which losses of knots are counted.
pub(super) const KNOT_GRAIN: i64 = 4096;
/// Agents that are free where choices are mended to a point.
pub(super) const MENDED: [usize; 2] = [300, 1000];
/// How often knots are looked for again when a level is near enough, while it helps.
pub(super) const CLOSING: usize = 4;
/// Binary digits of the largest loss that knots tell apart.
pub(super) const KNOT_DIGITS: u32 = 36;
