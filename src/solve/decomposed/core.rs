//! The primal side: small integer programs of attractive options, solved by minilp.
//!
//! Every core contains the point in hand, so it is never infeasible, and every point that comes
//! back is evaluated against the whole program before it counts.

use super::certificate::Certificate;
use super::face::Face;
use crate::program::{OptionIndex, Point, restrict};
use crate::solve::backends::{self, CallLimits, End};
use crate::solve::{Deadline, SolveError};

/// The options that an integer program may take.
#[derive(Debug, Clone)]
pub(super) struct Core {
    /// By option of the program.
    pub(super) allowed: Vec<bool>,
    /// Whether it is all that is left.
    pub(super) entire: bool,
}

/// What came of a core.
#[derive(Debug)]
pub(super) struct Found {
    /// The best point, which may be the one in hand.
    pub(super) point: Point,
    /// Its value at the level.
    pub(super) value: i64,
    /// What minilp claims as bound of the core.
    pub(super) bound: Option<i64>,
    /// Whether the deadline cut it.
    pub(super) late: bool,
}

/// A point with what its level is worth.
#[derive(Debug, Clone)]
pub(super) struct Incumbent {
    pub(super) point: Point,
    pub(super) value: i64,
}

impl Core {
    fn new(face: &Face, point: &Point, wanted: impl Fn(OptionIndex) -> bool) -> Self {
        let mut entire = true;
        let allowed = face
            .layout
            .program
            .option_indices()
            .map(|option| {
                let alive = face.alive[option.0 as usize];
                let taken = point.uses(option) > 0 || (alive && wanted(option));
                entire &= taken || !alive;
                taken
            })
            .collect();
        Self { allowed, entire }
    }

    /// Number of options.
    pub(super) fn size(&self) -> usize {
        self.allowed.iter().filter(|&&allowed| allowed).count()
    }

    /// Options that the flows under good prices used, in the mean, at least so much.
    pub(super) fn averaged(face: &Face, point: &Point, averaged: &[f32], least: f32) -> Self {
        Self::new(face, point, |option| averaged[option.0 as usize] >= least)
    }

    /// The options of least loss, so many, and those used by the averaged flows.
    pub(super) fn cheapest(
        face: &Face,
        point: &Point,
        certificate: &Certificate,
        averaged: &[f32],
        count: usize,
    ) -> Self {
        let mut losses: Vec<i64> = face
            .alive_options()
            .map(|option| certificate.options[option.0 as usize])
            .collect();
        losses.sort_unstable();
        let limit = losses.get(count).copied().unwrap_or(i64::MAX);
        Self::new(face, point, |option| {
            certificate.options[option.0 as usize] < limit || averaged[option.0 as usize] >= 5e-3
        })
    }

    /// All that `agents` can do at a loss below `limit`; the others stay as they are.
    pub(super) fn around(
        face: &Face,
        point: &Point,
        certificate: &Certificate,
        agents: &[bool],
        limit: i64,
    ) -> Self {
        Self::new(face, point, |option| {
            let agent = face.layout.program.option(option).agent;
            agents[agent.0 as usize] && certificate.options[option.0 as usize] <= limit
        })
    }

    /// Minimises a level over the core, from a point that keeps the earlier levels.
    ///
    /// # Errors
    /// Where minilp's point breaks the program.
    pub(super) fn minimise(
        &self,
        face: &Face,
        level: usize,
        start: &Incumbent,
        limits: CallLimits,
        deadline: &Deadline,
    ) -> Result<Found, SolveError> {
        let program = face.layout.program;
        let mut found = Found {
            point: start.point.clone(),
            value: start.value,
            bound: None,
            late: false,
        };
        let model = restrict(program, level, &face.limits, &self.allowed, &start.point)
            .map_err(|reason| SolveError::BrokenPoint(format!("the start: {reason:?}")))?;
        let claim = backends::minimise(&model, Some(&start.point), limits, deadline);
        found.late = claim.end == End::Deadline;
        found.bound = claim.bound;
        if let Some(values) = &claim.values {
            let point = model.point(values);
            let evaluation = program.evaluate(&point);
            let keeps = evaluation
                .levels
                .iter()
                .zip(&face.limits)
                .all(|(value, limit)| value <= limit);
            if !evaluation.violations.is_empty() || !keeps {
                return Err(SolveError::BrokenPoint(format!(
                    "level {level} of a core: {:?}",
                    evaluation.violations
                )));
            }
            if evaluation.levels[level] < found.value {
                found.value = evaluation.levels[level];
                found.point = point;
            }
        }
        Ok(found)
    }
}
