//! What if: scenarios side by side, each against the base.

use std::sync::atomic::AtomicBool;

use rayon::prelude::*;
use serde::Serialize;

use super::attempt::{Attempt, attempt, is_fewest};
use super::base::Base;
use super::difference::{Differing, PostChange, Shortages, differing};
use super::figures::Figures;
use crate::scenario::Scenario;
use crate::solve::SolveError;

/// A scenario and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// What was changed.
    pub scenario: Scenario,
    /// The plan, and how it differs from the base.
    pub outcome: Attempt<Outcome>,
}

/// What a plan comes to beside the base.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// Its figures.
    pub figures: Figures,
    /// Whether it is proven that no equally good plan places fewer people differently.
    pub fewest: bool,
    /// Whom it places differently.
    pub differing: Vec<Differing>,
    /// Posts that lack more or less.
    pub posts: Vec<PostChange>,
}

/// Plans each scenario from the base, side by side; `done` is told of each as it ends.
///
/// # Errors
/// Where the solver under us fails its check.
pub fn what_if(
    base: &Base<'_>,
    scenarios: &[Scenario],
    interrupt: &AtomicBool,
    done: &(dyn Fn(&Scenario) + Sync),
) -> Result<Vec<Case>, SolveError> {
    // Each by itself: of a run of several that a thread has begun no other takes the rest.
    let cases = scenarios.par_iter().with_max_len(1).map(|scenario| {
        let outcome = attempt(
            base,
            &scenario.changes,
            (true, None),
            interrupt,
            |account| {
                let differs = base.plan().map_or_else(Vec::new, |plan| {
                    differing(
                        (base.context.situation, &plan.placements),
                        (account.situation(), &account.plan.placements),
                    )
                });
                Outcome {
                    figures: Figures::of(account),
                    fewest: is_fewest(account),
                    differing: differs,
                    posts: base.shortages.changes(&Shortages::of(account)),
                }
            },
        )?;
        done(scenario);
        Ok(Case {
            scenario: scenario.clone(),
            outcome,
        })
    });
    cases.collect()
}
