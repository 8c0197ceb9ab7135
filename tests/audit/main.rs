//! Corrupted plans must be refused, each with its code, its rule and its place; what was not
//! corrupted passes. Source of truth: the corruption itself.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod choices;
mod fairness;
mod files;
mod itinerants;
mod people;
#[path = "../programs/mod.rs"]
mod programs;
mod summary;
#[path = "../support/mod.rs"]
mod support;

use std::path::Path;
use std::sync::LazyLock;

use shizi::audit::{AuditReport, Severity};
use shizi::planning::PlanStatus;
use support::plans::{Case, POLICY, Table, copy, district, read_table, write_table};
use tempfile::TempDir;

static CASE: LazyLock<Case> = LazyLock::new(|| Case::new(district(), POLICY));

/// The plan, written once.
static PLANNED: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let planned = CASE.write(folder.path());
    assert_eq!(planned.status, PlanStatus::Optimal, "{planned:#?}");
    folder
});

/// Audits a copy of the plan after something was done to it.
fn spoiled(spoil: impl FnOnce(&Path)) -> AuditReport {
    let folder = copy(PLANNED.path());
    spoil(folder.path());
    CASE.audit(folder.path())
}

/// Audits a copy of the plan with one table changed.
fn edited(file: &str, edit: impl FnOnce(&mut Table)) -> AuditReport {
    spoiled(|folder| {
        let mut table = read_table(folder, file);
        edit(&mut table);
        write_table(folder, file, &table);
    })
}

fn told(report: &AuditReport) -> String {
    let lines: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// Whether a breach of this code was found, in this file and column where they are given.
#[track_caller]
fn assert_found(report: &AuditReport, code: &str, file: &str, column: &str) {
    let found = report.findings.iter().any(|finding| {
        finding.code == code
            && (file.is_empty() || finding.file == Some(file))
            && (column.is_empty() || finding.column.as_deref() == Some(column))
    });
    assert!(found, "no {code} at {file} {column}:\n{}", told(report));
    assert!(!report.passes(), "{code} at {file} {column} passes");
}

#[track_caller]
fn assert_rule(report: &AuditReport, code: &str, rule: &str, place: &str) {
    let found = report.findings.iter().any(|finding| {
        finding.code == code
            && finding.rule.as_deref() == Some(rule)
            && (place.is_empty() || finding.place.contains(place))
    });
    assert!(found, "no {code} of {rule} at {place}:\n{}", told(report));
    assert!(!report.passes());
}

#[test]
fn the_plan_itself_passes_and_its_levels_are_recounted() {
    let folder = tempfile::tempdir().unwrap();
    let planned = CASE.write(folder.path());
    let report = CASE.audit(folder.path());
    assert!(
        report
            .findings
            .iter()
            .all(|finding| finding.severity == Severity::Unmet),
        "{}",
        told(&report)
    );
    let levels: Vec<i64> = planned.levels.iter().map(|level| level.value).collect();
    assert_eq!(report.levels, levels);
    assert!(!report.by_hand);
}

#[test]
fn random_districts_pass_their_own_audit() {
    let mut audited = 0;
    for seed in 0..400 {
        let mut numbers = programs::Numbers::new(seed);
        let district = support::random::district(&mut numbers);
        let case = Case::new(district, &support::policies::text(&mut numbers));
        let conflicts =
            case.with(|context, rules| shizi::planning::model_year(context, rules).is_err());
        let folder = tempfile::tempdir().unwrap();
        if conflicts {
            continue;
        }
        let planned = case.write(folder.path());
        if planned.plan.is_none() {
            continue;
        }
        audited += 1;
        let report = case.audit(folder.path());
        assert!(report.passes(), "seed {seed}\n{}", told(&report));
        let levels: Vec<i64> = planned.levels.iter().map(|level| level.value).collect();
        assert_eq!(report.levels, levels, "seed {seed}");
    }
    assert!(audited > 200, "only {audited}");
}

/// Plans an instance under a policy, writes, audits: nothing but floors may be found, and the
/// audit's levels are the solver's.
fn instance_passes(name: &str, policy: &str) {
    let reading = shizi::ingest::read_district(&Path::new("instances").join(name)).unwrap();
    let (policy, rules) = shizi::rules::load(Path::new(policy)).unwrap();
    let case = Case {
        district: reading.district.unwrap(),
        policy,
        rules,
    };
    let folder = tempfile::tempdir().unwrap();
    let planned = case.write(folder.path());
    let report = case.audit(folder.path());
    let grave = |severity| severity != Severity::Unmet;
    let found = report.findings.iter();
    let count = found.filter(|finding| grave(finding.severity)).count();
    assert_eq!(count, 0, "{}", told(&report));
    let levels: Vec<i64> = planned.levels.iter().map(|level| level.value).collect();
    assert_eq!(report.levels, levels);
}

#[test]
fn the_tiny_instance_passes() {
    instance_passes("tiny", "wulong");
}

#[test]
fn the_county_passes() {
    instance_passes("wulong", "wulong");
}
