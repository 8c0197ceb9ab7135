//! From what a plan was made, and by what.

use serde::Serialize;

use crate::demand::Situation;
use crate::planning::Planned;
use crate::solve::{Engine, SolveOptions, StopReason};

/// From what a plan was made, and by what: the same values give the same plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Provenance {
    /// Version of this program.
    pub version: &'static str,
    /// Digest of the district's content.
    pub district_digest: String,
    /// Date of the data, as the district says.
    pub data_date: String,
    /// First month of the year planned.
    pub year_begin: String,
    /// The policy's id.
    pub policy: String,
    /// Digest of the flattened policy.
    pub policy_digest: String,
    /// Which way it was solved.
    pub engine: &'static str,
    /// Nodes of branch and bound for one call.
    pub node_limit: u64,
    /// Relative gap at which a level counts as solved.
    pub target_gap: f64,
    /// Seconds after which the solve was to end, where there was such a limit.
    pub time_limit: Option<f64>,
    /// Why it ended.
    pub stop: Option<&'static str>,
    /// Persons with a choice.
    pub persons_with_choice: usize,
    /// What they could choose from, summed.
    pub choices: usize,
}

impl Provenance {
    /// The provenance of a year planned with these options.
    pub fn new(
        situation: &Situation<'_>,
        district_digest: &str,
        options: &SolveOptions,
        planned: &Planned,
    ) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION"),
            district_digest: district_digest.to_owned(),
            data_date: situation.district.data_date.clone(),
            year_begin: situation.district.year_begin.to_string(),
            policy: situation.policy.id.clone(),
            policy_digest: situation.policy.digest.clone(),
            engine: engine_code(planned.engine),
            node_limit: options.node_limit,
            target_gap: options.target_gap,
            time_limit: options.time_limit.map(|limit| limit.as_secs_f64()),
            stop: planned.stop.map(stop_code),
            persons_with_choice: planned.size.0,
            choices: planned.size.1,
        }
    }
}

/// The word for an engine.
const fn engine_code(engine: Engine) -> &'static str {
    match engine {
        Engine::Automatic => "automatic",
        Engine::Monolithic => "monolithic",
        Engine::Decomposed => "decomposed",
        Engine::Highs => "highs",
    }
}

/// The word for the end of a solve.
const fn stop_code(stop: StopReason) -> &'static str {
    match stop {
        StopReason::TargetReached => "target-reached",
        StopReason::WorkLimit => "work-limit",
        StopReason::TimeLimit => "time-limit",
        StopReason::Interrupted => "interrupted",
    }
}
