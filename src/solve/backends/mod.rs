//! The integer solvers under us. What they say is a claim; whoever asks checks it.
//!
//! Only this folder names good_lp and what lies under it.

#[cfg(feature = "highs")]
mod highs;
mod minilp;
mod units;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use super::Deadline;
use crate::program::{LinearModel, Point};

/// What one call may spend.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CallLimits {
    /// Relative gap at which the call may end, measured without the unchangeable part.
    pub(crate) target_gap: f64,
    /// Branch and bound nodes.
    pub(crate) node_limit: u64,
}

/// Why a call ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum End {
    /// The tree is exhausted.
    Exhausted,
    /// The target gap was reached.
    TargetGap,
    /// The nodes are used up.
    Nodes,
    /// The deadline passed, by time or by Ctrl-C.
    Deadline,
    /// The solver claims that there is no point.
    NoPoint,
    /// The solver failed, in its own words.
    Failed(String),
}

/// What a call claims.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Claim {
    /// Best values of the columns found; whole for integer columns, rounded down for others.
    pub(crate) values: Option<Vec<i64>>,
    /// Lower bound of the objective, constant included, rounded up to the next value that whole
    /// points can have.
    pub(crate) bound: Option<i64>,
    /// Why it ended.
    pub(crate) end: End,
}

impl Claim {
    /// The claim that there is no point.
    pub(crate) fn no_point() -> Self {
        Self::ended(End::NoPoint)
    }

    fn ended(end: End) -> Self {
        Self {
            values: None,
            bound: None,
            end,
        }
    }
}

/// An integer solver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Backend {
    /// minilp: pure Rust, in every build.
    Minilp,
    /// HiGHS: C++, in builds that ask for it.
    #[cfg(feature = "highs")]
    Highs,
}

/// A call that is ready for a thread: a time limit, a flag that ends it, who listens to its claims.
type Job = Box<dyn FnOnce(Option<Duration>, &AtomicBool, &mut dyn FnMut(Claim)) + Send>;

impl Backend {
    /// HiGHS, where this build has it.
    #[cfg(feature = "highs")]
    pub(crate) const HIGHS: Option<Self> = Some(Self::Highs);
    /// HiGHS, where this build has it.
    #[cfg(not(feature = "highs"))]
    pub(crate) const HIGHS: Option<Self> = None;

    const fn name(self) -> &'static str {
        match self {
            Self::Minilp => "minilp",
            #[cfg(feature = "highs")]
            Self::Highs => "highs",
        }
    }

    /// How often a call is made again that ends with an error of the solver's own.
    const fn attempts(self) -> usize {
        match self {
            Self::Minilp => 4,
            #[cfg(feature = "highs")]
            Self::Highs => 1,
        }
    }

    fn job(
        self,
        model: &LinearModel,
        start: Option<&Point>,
        limits: CallLimits,
        attempt: usize,
    ) -> Job {
        match self {
            Self::Minilp => {
                let job = minilp::Job::new(model, start, limits, attempt);
                Box::new(move |limit, stop, publish| job.run(limit, stop, publish))
            }
            #[cfg(feature = "highs")]
            Self::Highs => {
                let job = self::highs::Job::new(model, start, limits);
                // Nothing but its time limit stops HiGHS.
                Box::new(move |limit, _, publish| job.run(limit, publish))
            }
        }
    }
}

/// How long a waiting thread sleeps at most before it looks at the deadline again.
const PATIENCE: Duration = Duration::from_millis(100);

/// Minimises a model by minilp, warm-started from a point where there is one.
pub(crate) fn minimise(
    model: &LinearModel,
    start: Option<&Point>,
    limits: CallLimits,
    deadline: &Deadline<'_>,
) -> Claim {
    minimise_watched(Backend::Minilp, model, start, limits, deadline, &|_| {})
}

/// Minimises a model and shows each claim on the way, the last one included.
///
/// The solver runs in a thread of its own, which is abandoned when the deadline passes in the
/// middle of a relaxation: what it published before counts. minilp now and then gives up on small
/// programs (“exactly integral solution failed feasibility validation”, on five in ten thousand random
/// districts): with other perturbations it does not.
pub(crate) fn minimise_watched(
    backend: Backend,
    model: &LinearModel,
    start: Option<&Point>,
    limits: CallLimits,
    deadline: &Deadline<'_>,
    show: &dyn Fn(&Claim),
) -> Claim {
    if model.columns.is_empty() {
        return without_columns(model);
    }
    let mut best = Claim::ended(End::Deadline);
    for attempt in 0..backend.attempts() {
        if deadline.is_over() {
            break;
        }
        let job = backend.job(model, start, limits, attempt);
        best = run(backend, job, deadline, show);
        if !matches!(best.end, End::Failed(_)) {
            break;
        }
    }
    best
}

/// Runs a call in a thread of its own.
fn run(backend: Backend, job: Job, deadline: &Deadline<'_>, show: &dyn Fn(&Claim)) -> Claim {
    let stop = Arc::new(AtomicBool::new(false));
    let (sender, receiver) = mpsc::channel();
    let (worker_stop, time_limit) = (Arc::clone(&stop), deadline.remaining());
    let worker = std::thread::Builder::new()
        .name(backend.name().into())
        .spawn(move || {
            job(time_limit, &worker_stop, &mut |claim| {
                // Nobody listens any more once the caller gave up: then the claim is lost.
                let _ = sender.send(claim);
            });
        });
    if let Err(error) = worker {
        return Claim::ended(End::Failed(error.to_string()));
    }
    let mut best = Claim::ended(End::Failed("the solver's thread broke off".into()));
    loop {
        match receiver.recv_timeout(PATIENCE) {
            Ok(claim) => {
                show(&claim);
                best = claim;
            }
            Err(RecvTimeoutError::Disconnected) => return best,
            Err(RecvTimeoutError::Timeout) if deadline.is_over() => {
                stop.store(true, Ordering::Relaxed);
                // The last claims may be under way.
                while let Ok(claim) = receiver.recv_timeout(PATIENCE) {
                    best = claim;
                }
                best.end = End::Deadline;
                return best;
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

/// A model without columns has one point, if its rows are met by nothing.
fn without_columns(model: &LinearModel) -> Claim {
    let met = model.rows.iter().all(|row| {
        if row.is_equality() {
            row.right == 0
        } else {
            row.right >= 0
        }
    });
    if !met {
        return Claim::ended(End::NoPoint);
    }
    Claim {
        values: Some(Vec::new()),
        bound: Some(model.constant),
        end: End::Exhausted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::{Program, ProgramBuilder, restrict};
    use crate::solve::{Outcome, Silent, SolveOptions, solve};
    use crate::test_programs::exhaustive::{least, points};
    use crate::test_programs::{Numbers, tiny};

    /// The core as a program of its own: allowed options, and what is fixed as agents with a
    /// single option.
    fn core(program: &Program, allowed: &[bool], fixed: &Point) -> Program {
        let levels = program.levels();
        let mut builder = ProgramBuilder::new(levels);
        for level in 0..levels {
            builder.add_constant(level, program.constant(level));
        }
        for counter in program.counters() {
            builder.add_counter(counter.clone());
        }
        for agent in program.agent_indices() {
            let add = |builder: &mut ProgramBuilder, option| {
                let costs: Vec<i64> = (0..levels).map(|l| program.cost(option, l)).collect();
                let held: Vec<_> = program
                    .contributions(option)
                    .iter()
                    .map(|held| (held.counter, held.amount))
                    .collect();
                builder.add_option("", &costs, &held);
            };
            let mut open = program
                .options_of(agent)
                .filter(|option| allowed[option.0 as usize])
                .peekable();
            if open.peek().is_some() {
                builder.add_agent("", program.agent(agent).multiplicity);
                open.for_each(|option| add(&mut builder, option));
            } else {
                for option in program.options_of(agent) {
                    if fixed.uses(option) > 0 {
                        builder.add_agent("", fixed.uses(option));
                        add(&mut builder, option);
                    }
                }
            }
        }
        builder.finish()
    }

    #[test]
    fn cores_are_solved_to_their_enumerated_optimum() {
        let flag = AtomicBool::new(false);
        let deadline = Deadline::start(None, &flag);
        let exact = CallLimits {
            target_gap: 0.0,
            node_limit: 10_000,
        };
        let mut compared = 0;
        for seed in 0..3_000 {
            let program = tiny(seed);
            let options = SolveOptions::default();
            let Ok(Outcome::Solved(solution)) = solve(&program, &options, &flag, &Silent) else {
                continue;
            };
            if points(&program) > 1_000 {
                continue;
            }
            // The best point of all, and a core around it.
            let mut numbers = Numbers::new(seed);
            let mut allowed = vec![false; program.options().len()];
            for agent in program.agent_indices() {
                let open = numbers.chance(70);
                for option in program.options_of(agent) {
                    let taken = solution.point.uses(option) > 0;
                    allowed[option.0 as usize] = open && (taken || numbers.chance(60));
                }
            }
            let level = program.levels() - 1;
            let values = program.evaluate(&solution.point).levels;
            let limits: Vec<i64> = values[..level].iter().map(|v| v + v.abs() / 4).collect();
            let truth = least(&core(&program, &allowed, &solution.point), level, &limits);
            let model = restrict(&program, level, &limits, &allowed, &solution.point).unwrap();
            let start = (seed % 2 == 0).then_some(&solution.point);
            let claim = minimise(&model, start, exact, &deadline);
            assert_eq!(claim.bound, truth, "seed {seed}: {claim:?}");
            let found = program.evaluate(&model.point(&claim.values.unwrap()));
            assert!(found.violations.is_empty(), "seed {seed}: {found:?}");
            assert_eq!(Some(found.levels[level]), truth, "seed {seed}");
            let kept = limits
                .iter()
                .zip(&found.levels)
                .all(|(h, value)| value <= h);
            assert!(kept, "seed {seed}: {found:?} under {limits:?}");
            compared += 1;
        }
        assert!(compared > 1_000, "only {compared}");
    }
}
