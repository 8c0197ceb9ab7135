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

impl Incumbent {
    /// Both points' changes against this one, where they do not contradict each other: for an
    /// agent that both change, the first one's.
    pub(super) fn merged(&self, face: &Face, first: &Point, second: &Point) -> Point {
        let program = face.layout.program;
        let mut uses = self.point.all_uses().to_vec();
        for agent in program.agents() {
            let range = agent.options.start as usize..agent.options.end as usize;
            let changed = [first, second]
                .into_iter()
                .map(|point| &point.all_uses()[range.clone()])
                .find(|changed| **changed != uses[range.clone()]);
            if let Some(changed) = changed {
                uses[range].copy_from_slice(changed);
            }
        }
        Point::new(uses)
    }
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

    /// Options that the flows under good prices used, in the mean, at least `least`; the most
    /// used ones, where these are more than `most`.
    pub(super) fn averaged(
        face: &Face,
        point: &Point,
        averaged: &[f32],
        least: f32,
        most: usize,
    ) -> Self {
        let mut used: Vec<f32> = face
            .alive_options()
            .map(|option| averaged[option.0 as usize])
            .filter(|&average| average >= least)
            .collect();
        used.sort_unstable_by(|one, other| other.total_cmp(one));
        let least = used.get(most).copied().unwrap_or(least);
        Self::new(face, point, |option| averaged[option.0 as usize] >= least)
    }

    /// The agents on whom the averaged flows are least agreed, so many, with the options that these
    /// used; all others take the option used most. The point in hand need not be in it.
    pub(super) fn undecided(
        face: &Face,
        point: &Point,
        averaged: &[f32],
        least: f32,
        count: usize,
    ) -> (Self, Point) {
        let program = face.layout.program;
        let average = |option: OptionIndex| averaged[option.0 as usize];
        let mut uses = point.all_uses().to_vec();
        let mut agreed: Vec<(f32, u32)> = Vec::new();
        for agent in program.agent_indices() {
            let alive = program
                .options_of(agent)
                .filter(|option| face.alive[option.0 as usize]);
            let top = alive.max_by(|&one, &other| average(one).total_cmp(&average(other)));
            let top = top.expect("a face keeps the options of its point");
            let many = program.agent(agent).multiplicity;
            agreed.push((average(top) / many as f32, agent.0));
            for option in program.options_of(agent) {
                uses[option.0 as usize] = if option == top { many } else { 0 };
            }
        }
        agreed.sort_unstable_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        let mut free = vec![false; agreed.len()];
        for &(_, agent) in agreed.iter().take(count) {
            free[agent as usize] = true;
        }
        let rounded = Point::new(uses);
        let core = Self::new(face, &rounded, |option| {
            free[program.option(option).agent.0 as usize]
                && (average(option) >= least || point.uses(option) > 0)
        });
        (core, rounded)
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

    /// Minimises a level over the core, from a point that keeps the earlier levels; agents
    /// without an allowed option take what they take in `given`, or in the start.
    ///
    /// # Errors
    /// Where minilp's point breaks the program.
    pub(super) fn minimise(
        &self,
        face: &Face,
        level: usize,
        start: &Incumbent,
        given: Option<&Point>,
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
        let hint = given.is_none().then_some(&start.point);
        let fixed = given.unwrap_or(&start.point);
        let model = match restrict(program, level, &face.limits, &self.allowed, fixed) {
            Ok(model) => model,
            // What the averaged flows agree on need not be possible.
            Err(_) if given.is_some() => return Ok(found),
            Err(reason) => {
                let reason = format!("the point in hand: {reason:?}");
                return Err(SolveError::BrokenPoint(reason));
            }
        };
        let claim = backends::minimise(&model, hint, limits, deadline);
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
                // Right within minilp's tolerance, wrong in integers: nothing that it says counts.
                found.bound = None;
                return Ok(found);
            }
            if evaluation.levels[level] < found.value {
                found.value = evaluation.levels[level];
                found.point = point;
            }
        }
        Ok(found)
    }
}
