//! The integer solvers under us. What they say is a claim; whoever asks checks it.
//!
//! Only this folder names good_lp and what lies under it.

mod minilp;

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

/// How long a waiting thread sleeps at most before it looks at the deadline again.
const PATIENCE: Duration = Duration::from_millis(100);

/// Minimises a model, warm-started from a point where there is one.
///
/// The solver runs in a thread of its own, which is abandoned when the deadline passes in the
/// middle of a relaxation: what it published before counts.
pub(crate) fn minimise(
    model: &LinearModel,
    start: Option<&Point>,
    limits: CallLimits,
    deadline: &Deadline<'_>,
) -> Claim {
    if model.columns.is_empty() {
        return without_columns(model);
    }
    if deadline.is_over() {
        return Claim::ended(End::Deadline);
    }
    let job = minilp::Job::new(model, start, limits);
    let stop = Arc::new(AtomicBool::new(false));
    let (sender, receiver) = mpsc::channel();
    let (worker_stop, time_limit) = (Arc::clone(&stop), deadline.remaining());
    let worker = std::thread::Builder::new()
        .name("minilp".into())
        .spawn(move || {
            job.run(time_limit, &worker_stop, &mut |claim| {
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
            Ok(claim) => best = claim,
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
