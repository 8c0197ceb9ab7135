//! A finished plan re-read from its files and checked against district and policy.
//!
//! The audit trusts nothing that a plan says of itself and knows nothing of how it was made: it
//! imports neither program, model, solve, planning nor eligibility. A plan made by hand, a
//! `plan.csv` of moves alone, is audited in the same way; everybody else stays as the roll has it.

mod codes;
mod compare;
mod events;
mod expected;
mod finding;
mod known;
mod levers;
mod people;
mod placements;
mod read;
mod reckoning;
mod reference;
mod summary;
mod valued;
mod week;

use std::path::{Path, PathBuf};

use crate::rules::{Context, Outcome, RuleSet};
use crate::scenario::{ChangedValue, ChangedYear, Overridden};

pub use codes::{FINDING_CODES, FindingCode, Severity};
pub use events::{events_of, year_of};
pub use finding::Finding;
pub use known::{KnownPlan, read_plan};
pub use reckoning::AuditStatistics;
pub use reference::reference;
pub use valued::DecidedValue;

/// A folder that cannot be audited at all.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// There is no such folder.
    #[error("`{}` is no folder of a plan", .0.display())]
    NoFolder(PathBuf),
    /// The folder has neither moves nor assignments.
    #[error("`{}` has neither plan.csv nor assignments.csv", .0.display())]
    NoPlan(PathBuf),
}

/// What an audit found, and what it recounted.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditReport {
    /// Everything found, gravest first.
    pub findings: Vec<Finding>,
    /// One a rule, in the order of the set.
    pub outcomes: Vec<Outcome>,
    /// Value of each level, in units of [`crate::rules::UNITS_PER_PERSON`].
    pub levels: Vec<i64>,
    /// Figures that are reported upwards.
    pub statistics: AuditStatistics,
    /// Whether the folder holds nothing but moves (and levers), made by hand.
    pub by_hand: bool,
    /// Whether the plan says that it was made under another policy.
    pub other_policy: bool,
    /// Values of the policy that were changed after the list was out, in their order.
    pub valued: Vec<DecidedValue>,
}

impl AuditReport {
    /// Whether nothing stands against the plan. Floors that are not met do not: a plan may be the
    /// best possible all the same.
    pub fn passes(&self) -> bool {
        self.findings
            .iter()
            .all(|finding| finding.severity != Severity::Breach)
    }
}

/// Whether a folder holds a plan.
fn folder_of_plan(plan_dir: &Path) -> Result<(), AuditError> {
    use crate::domain::plan_files::{ASSIGNMENTS, PLAN};
    if !plan_dir.is_dir() {
        return Err(AuditError::NoFolder(plan_dir.to_owned()));
    }
    if ![PLAN.0, ASSIGNMENTS.0]
        .iter()
        .any(|file| plan_dir.join(file).exists())
    {
        return Err(AuditError::NoPlan(plan_dir.to_owned()));
    }
    Ok(())
}

/// Audits the plan in a folder. Where it was made after the list was out, district, policy and rules
/// are those of its [`year_of`], and [`audit_changed`] is asked.
///
/// # Errors
/// Where there is no plan to audit. Whatever is wrong with a plan is a finding, not an error.
pub fn audit(
    context: &Context<'_>,
    rules: &RuleSet,
    plan_dir: &Path,
) -> Result<AuditReport, AuditError> {
    audit_after(context, rules, plan_dir, (&[], &[]))
}

/// Audits the plan in a folder, of a year after some events: of which `context` and `rules` are.
///
/// # Errors
/// As [`audit`].
pub fn audit_changed(
    context: &Context<'_>,
    rules: &RuleSet,
    plan_dir: &Path,
    changed: &ChangedYear<'_>,
) -> Result<AuditReport, AuditError> {
    let events = (&changed.overridden[..], &changed.valued[..]);
    audit_after(context, rules, plan_dir, events)
}

fn audit_after(
    context: &Context<'_>,
    rules: &RuleSet,
    plan_dir: &Path,
    (overridden, values): (&[Overridden], &[ChangedValue]),
) -> Result<AuditReport, AuditError> {
    folder_of_plan(plan_dir)?;
    let mut findings = Vec::new();
    let files = read::Files::read(plan_dir, &mut findings);
    let plan = placements::ReadPlan::new(context.situation, &files, &mut findings);
    people::check(context, rules, &plan, &mut findings);
    levers::check(context, rules, &plan.levers, &mut findings);
    events::check(overridden, &files, &mut findings);
    let reckoning = reckoning::Reckoning::new(context, rules, &plan);
    reckoning.judge(&mut findings);
    compare::check(&reckoning, &files, &plan.unread, &mut findings);
    let other_policy = findings.iter().any(|finding| {
        finding.code == codes::DIGEST.code
            && finding.column.as_deref() == Some("provenance.policy_digest")
    });
    findings.sort_by(|one, other| one.rank().cmp(&other.rank()).then_with(|| one.cmp(other)));
    findings.dedup();
    Ok(AuditReport {
        findings,
        outcomes: reckoning.outcomes,
        levels: reckoning.levels,
        statistics: reckoning.statistics,
        by_hand: files.by_hand,
        other_policy,
        valued: valued::decided(values, plan_dir),
    })
}
