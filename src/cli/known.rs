//! A plan of whatever origin, read from its folder, for the year for which it was made.

use std::path::Path;

use anyhow::anyhow;

use shizi::audit::{Severity, read_plan, year_of};
use shizi::domain::District;
use shizi::model::ChosenPlan;
use shizi::policy::Policy;
use shizi::rules::{Context, RuleSet};

use super::audit::error_text;
use super::inputs;
use super::printer::Printer;

/// Hands a plan, and the year for which it was made, to somebody; none where something is wrong with
/// either, which is said.
///
/// # Errors
/// Where there is no plan in the folder.
pub(super) fn with_plan<Answer>(
    district: &District,
    year: (&Policy, &RuleSet),
    folder: &Path,
    printer: Printer,
    answer: impl FnOnce(Context<'_>, &RuleSet, ChosenPlan) -> anyhow::Result<Answer>,
) -> anyhow::Result<Option<Answer>> {
    let changed = match year_of(district, year, folder) {
        Ok(changed) => changed.year,
        Err(faults) => {
            inputs::change_faults(&faults, printer);
            return Ok(None);
        }
    };
    let rules = &changed.rules;
    inputs::with_context(&changed.district, &changed.policy, rules, |context| {
        let read = read_plan(context.situation, folder)
            .map_err(|error| anyhow!(error_text(&error, printer.language)))?;
        let breaches = read.findings.iter();
        let mut breaches = breaches
            .filter(|finding| finding.severity == Severity::Breach)
            .peekable();
        if breaches.peek().is_some() {
            breaches.for_each(|finding| printer.say(&finding.to_string()));
            return Ok(None);
        }
        let plan = ChosenPlan {
            placements: read.placements,
            levers: read.levers,
        };
        answer(context, rules, plan).map(Some)
    })
}
