//! What if: scenarios side by side, each against the base.

use std::sync::atomic::AtomicBool;

use rayon::prelude::*;
use serde::Serialize;

use super::attempt::{Attempt, attempt, is_fewest, recruits_changed};
use super::base::Base;
use super::difference::{Differing, PostChange, Shortages, Whereabouts, differing};
use super::figures::Figures;
use super::remedy::{Remedy, has_orders, with_remedies};
use crate::account::Account;
use crate::domain::{Form, SchoolIndex};
use crate::scenario::Scenario;
use crate::solve::SolveError;

/// A scenario and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// What was changed.
    pub scenario: Scenario,
    /// The plan, and how it differs from the base.
    pub outcome: Attempt<Outcome>,
    /// Where an order that somebody goes leaves no plan: what must be said besides.
    pub remedies: Vec<Remedy>,
}

/// What a plan comes to beside the base.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// Its figures.
    pub figures: Figures,
    /// How many recruits of levers it places otherwise: who comes where none came before, or is gone
    /// from where one came, whichever are more, lever by lever.
    pub recruits: usize,
    /// Whether it is proven that no equally good plan places fewer people and recruits differently.
    pub fewest: bool,
    /// Whom it places differently.
    pub differing: Vec<Differing>,
    /// Posts that lack more or less.
    pub posts: Vec<PostChange>,
    /// Whose school ends, and where they are placed, by id.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resettled: Vec<Resettled>,
}

/// Somebody whose school ends.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Resettled {
    /// The id.
    pub teacher: String,
    /// The school that ends, by name.
    pub from: String,
    /// Where he or she serves then; as on the roll where no plan disposes of the person.
    pub place: Whereabouts,
    /// Minutes of one way between the two schools.
    pub minutes: i64,
    /// Of those whose spouse teaches too: whether both serve in one town, before and after.
    pub with_spouse: Option<[bool; 2]>,
}

/// Those whose school ends, where the plan puts them.
fn resettled(account: &Account<'_>) -> Vec<Resettled> {
    let situation = account.situation();
    let district = situation.district;
    let town = |school: SchoolIndex| district.school(school).town.as_str();
    let ended = account.candidates().filter(|candidate| {
        let school = district.school(candidate.entry.school);
        school.state.ends() && candidate.placement.form == Form::Resettle
    });
    let found = ended.map(|candidate| {
        let (from, to) = (candidate.entry.school, candidate.placement.school);
        let teacher = district.teacher(candidate.placement.teacher);
        let spouse = teacher.spouse.map(|spouse| {
            let after = account.plan.placements[spouse.position()].school;
            let before = situation.roll.entry(spouse).school;
            [town(from) == town(before), town(to) == town(after)]
        });
        Resettled {
            teacher: teacher.id.clone(),
            from: district.school(from).name.clone(),
            place: Whereabouts::of(district, candidate.placement),
            minutes: situation.roads.minutes(from, to).0,
            with_spouse: spouse,
        }
    });
    found.collect()
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
            (!has_orders(&scenario.changes), None),
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
                    recruits: recruits_changed(account),
                    fewest: is_fewest(account),
                    differing: differs,
                    posts: base.shortages.changes(&Shortages::of(account)),
                    resettled: resettled(account),
                }
            },
        )?;
        let (outcome, remedies) = with_remedies(base, &scenario.changes, outcome, interrupt)?;
        done(scenario);
        Ok(Case {
            scenario: scenario.clone(),
            outcome,
            remedies,
        })
    });
    cases.collect()
}
