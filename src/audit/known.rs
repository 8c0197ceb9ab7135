//! A plan of whatever origin as it is read, judged by nobody.

use std::path::Path;

use super::finding::Finding;
use super::placements::ReadPlan;
use super::read::Files;
use super::{AuditError, folder_of_plan};
use crate::demand::Situation;
use crate::domain::{LeverUse, Placement};

/// A plan as its folder has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPlan {
    /// One placement a teacher, in the order of teachers; whoever the files do not name stays as the
    /// roll has it.
    pub placements: Vec<Placement>,
    /// Levers used, sorted.
    pub levers: Vec<LeverUse>,
    /// What could not be read.
    pub findings: Vec<Finding>,
    /// Whether the folder holds nothing but moves (and levers), made by hand.
    pub by_hand: bool,
}

/// Reads the plan in a folder without judging it.
///
/// # Errors
/// Where there is no plan. What cannot be read of it is a finding, not an error.
pub fn read_plan(situation: &Situation<'_>, plan_dir: &Path) -> Result<KnownPlan, AuditError> {
    folder_of_plan(plan_dir)?;
    let mut findings = Vec::new();
    let files = Files::read(plan_dir, &mut findings);
    let plan = ReadPlan::new(situation, &files, &mut findings);
    let mut levers: Vec<LeverUse> = plan.levers.into_iter().map(|(used, _)| used).collect();
    levers.sort();
    Ok(KnownPlan {
        placements: plan.placements,
        levers,
        findings,
        by_hand: files.by_hand,
    })
}
