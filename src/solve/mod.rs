//! Solving an assignment program, level after level, each with a proven bound.
//!
//! Level k is: minimise f_k subject to f_j ≤ h_j for all j < k, where h_j is the value of the plan
//! in hand. A bound on it also bounds the true ordered optimum; its value is an upper bound of that
//! only if every earlier level is closed (bound = value). The certificate of a level says so.

mod automatic;
mod backends;
mod decomposed;
mod flow;
mod monolithic;
mod split;
mod start;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use self::backends::Backend;
#[doc(hidden)]
pub use decomposed::measure;
pub use start::Start;

use crate::program::{CounterIndex, Point, Program};

/// Which way a program is solved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Engine {
    /// By size and structure.
    #[default]
    Automatic,
    /// The whole model at once, by minilp.
    Monolithic,
    /// Flow, prices, cores.
    Decomposed,
    /// The whole model at once, by HiGHS: for cross-checks, in builds with the feature `highs`.
    Highs,
}

impl Engine {
    /// Whether this build has the engine.
    pub const fn is_built(self) -> bool {
        !matches!(self, Self::Highs) || Backend::HIGHS.is_some()
    }

    /// The integer solver on whose word its branch and bound stands.
    pub const fn solver(self) -> &'static str {
        match self {
            Self::Highs => "HiGHS",
            Self::Automatic | Self::Monolithic | Self::Decomposed => "minilp",
        }
    }
}

/// What a solve may spend, and when it may stop.
#[derive(Debug, Clone)]
pub struct SolveOptions {
    /// Which way.
    pub engine: Engine,
    /// Relative gap at which a level counts as solved: (value − bound) ÷ max(1, |value|) of the
    /// part that decisions can change. Zero asks for proof of the exact optimum.
    pub target_gap: f64,
    /// Wall clock for all levels; `None` stops on counts of work only, so that the same input
    /// gives the same bytes.
    pub time_limit: Option<Duration>,
    /// Branch and bound nodes for one call of the integer solver.
    pub node_limit: u64,
    /// Another solve to begin with. It changes what is found first, never what counts as proven.
    pub start: Option<Arc<Start>>,
}

impl Default for SolveOptions {
    fn default() -> Self {
        Self {
            engine: Engine::Automatic,
            target_gap: 1e-4,
            time_limit: None,
            node_limit: 20_000,
            start: None,
        }
    }
}

/// A running solve's report to whoever waits for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// The level being solved.
    pub level: usize,
    /// What is being done, as a stable word: `build`, `relaxation`, `prices`, `core`, `knots`,
    /// `search`.
    pub phase: &'static str,
    /// Best value known.
    pub value: Option<i64>,
    /// Best bound proven.
    pub bound: Option<i64>,
    /// (value − bound) ÷ max(1, |what decisions can change of the value|), where both are known.
    pub gap: Option<f64>,
    /// Since the solve began.
    pub elapsed: Duration,
}

/// A step of a solve, for whoever develops the engines.
#[derive(Debug, Clone, Copy)]
pub struct Trace<'a> {
    /// The level being solved; none for the hard limits, which come before all levels.
    pub level: Option<usize>,
    /// What was done, as a stable word.
    pub step: &'static str,
    /// Named figures of the step.
    pub figures: &'a [(&'static str, f64)],
    /// Since the solve began.
    pub elapsed: Duration,
}

/// Watches a solve.
pub trait Watcher: Sync {
    /// Is told how far the solve is. May be called from any thread.
    fn progress(&self, _progress: &Progress) {}

    /// Is told what a step did. May be called from any thread.
    fn trace(&self, _trace: &Trace<'_>) {}
}

/// Says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Watcher for Silent {}

/// When a solve must end: at a time, or when somebody raises the flag (Ctrl-C).
#[derive(Debug)]
pub struct Deadline<'a> {
    started: Instant,
    limit: Option<Duration>,
    flag: &'a AtomicBool,
}

impl<'a> Deadline<'a> {
    /// A deadline that starts to run now.
    pub fn start(limit: Option<Duration>, flag: &'a AtomicBool) -> Self {
        Self {
            started: Instant::now(),
            limit,
            flag,
        }
    }

    /// Since the start.
    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Whether to end now.
    pub fn is_over(&self) -> bool {
        self.flag.load(Ordering::Relaxed) || self.limit.is_some_and(|limit| self.elapsed() >= limit)
    }

    /// Whether somebody raised the flag.
    pub fn is_interrupted(&self) -> bool {
        self.flag.load(Ordering::Relaxed)
    }

    /// What is left of the time limit.
    pub fn remaining(&self) -> Option<Duration> {
        self.limit.map(|limit| limit.saturating_sub(self.elapsed()))
    }
}

/// On whose word a bound stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// Integer prices, evaluated in integers: anybody can add the bound up again, and no solver is
    /// believed.
    Prices,
    /// Branch and bound of the engine's integer solver ([`Engine::solver`]), in floating point: a
    /// claim, which another solver can confirm on the exported model.
    BranchAndBound,
}

impl Proof {
    /// The word in `summary.json`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Prices => "prices",
            Self::BranchAndBound => "branch-and-bound",
        }
    }
}

/// What is proven of one level.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelCertificate {
    /// The level's exact value at the final point.
    pub value: i64,
    /// Proven: no point that keeps the earlier levels' values is below it.
    pub bound: i64,
    /// On whose word.
    pub proof: Proof,
    /// The part of the value that no decision can change; the gap is measured without it.
    pub constant: i64,
    /// Earlier levels that are not closed, under whose values the bound was proven.
    pub conditional_on: Vec<usize>,
    /// Time spent on the level.
    pub elapsed: Duration,
}

impl LevelCertificate {
    /// Whether the value is proven best.
    pub fn is_closed(&self) -> bool {
        self.bound >= self.value
    }

    /// (value − bound) ÷ max(1, |value − constant|).
    pub fn gap(&self) -> f64 {
        relative_gap(self.value, self.bound, self.constant)
    }
}

/// (value − bound) ÷ max(1, |value − constant|).
fn relative_gap(value: i64, bound: i64, constant: i64) -> f64 {
    let changeable = (value - constant).unsigned_abs().max(1);
    value.saturating_sub(bound).max(0) as f64 / changeable as f64
}

/// Why a solve ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopReason {
    /// Every level reached the target gap.
    TargetReached,
    /// The counts of work were used up.
    WorkLimit,
    /// The time limit.
    TimeLimit,
    /// Ctrl-C.
    Interrupted,
}

/// A point with its certificate.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// The point; it was re-checked against the program.
    pub point: Point,
    /// One for each level; fewer where the solve ended before it came to the later ones.
    pub levels: Vec<LevelCertificate>,
    /// Why it ended.
    pub stop: StopReason,
    /// Which way it was solved.
    pub engine: Engine,
    /// Of each level of the engine, the hard limits first: the price of a unit of each counter, in
    /// cost units. Empty where the engine has none.
    pub prices: Vec<Vec<f64>>,
    /// Likewise: the counters that prices alone could not settle.
    pub knots: Vec<Vec<CounterIndex>>,
}

/// Hard limits that cannot all hold, proven by a positive bound on their least violation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// Counters whose limits are missed in a point of least total violation, and by how much.
    pub missed: Vec<(CounterIndex, i64)>,
    /// Proven lower bound on the total violation, in counter units; positive.
    pub bound: i64,
}

/// How a solve ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// There is a point.
    Solved(Solution),
    /// There is none.
    Infeasible(Clash),
    /// Nothing was found and nothing was proven before the solve ended.
    Unknown(StopReason),
}

/// A failure of the solver under us, never of the user's data.
#[derive(Debug, thiserror::Error)]
pub enum SolveError {
    /// The solver's answer did not survive the check against the program.
    #[error("the solver's point breaks the program: {0}")]
    BrokenPoint(String),
    /// The solver failed.
    #[error("the solver failed: {0}")]
    Backend(String),
    /// The engine is not in this build.
    #[error("this build has no HiGHS: cargo build --release --features highs")]
    NotBuilt,
}

/// Solves a program, level after level, until every level reaches its target gap or the work, the
/// time or the patience of whoever raises `interrupt` is used up.
///
/// # Errors
/// Where a solver failed, returned a point that breaks the program, or is not in this build.
pub fn solve(
    program: &Program,
    options: &SolveOptions,
    interrupt: &AtomicBool,
    watcher: &dyn Watcher,
) -> Result<Outcome, SolveError> {
    let deadline = Deadline::start(options.time_limit, interrupt);
    match options.engine {
        Engine::Automatic => automatic::solve_automatic(program, options, &deadline, watcher),
        Engine::Monolithic => monolithic::solve(program, options, &deadline, watcher),
        Engine::Decomposed => decomposed::solve_decomposed(program, options, &deadline, watcher),
        Engine::Highs => {
            let backend = Backend::HIGHS.ok_or(SolveError::NotBuilt)?;
            monolithic::solve_by(backend, program, options, &deadline, watcher)
        }
    }
}
