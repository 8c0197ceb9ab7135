//! The summary's figures.

use shizi::audit::AuditReport;
use shizi::domain::plan_files::SUMMARY;

use crate::{assert_found, spoiled, told};

/// Audits a copy of the plan with another summary.
fn summed(edit: impl FnOnce(&mut serde_json::Value)) -> AuditReport {
    spoiled(|folder| {
        let path = folder.join(SUMMARY);
        let text = std::fs::read_to_string(&path).unwrap();
        let mut summary: serde_json::Value = serde_json::from_str(&text).unwrap();
        edit(&mut summary);
        std::fs::write(&path, summary.to_string()).unwrap();
    })
}

#[test]
fn every_figure_of_the_summary_counts() {
    let spoils = [
        ("/schema", "\"shizi-summary-0\"", "R131"),
        ("/district", "\"他区\"", "R132"),
        ("/status", "\"splendid\"", "R133"),
        ("/levels/1/units", "1", "R132"),
        ("/levels/1/value", "0.5", "R132"),
        ("/levels/1/bound_units", "999999999", "R133"),
        ("/levels/1/closed", "false", "R133"),
        ("/levels/1/gap", "0.3", "R133"),
        ("/levels/1/gap_persons", "2.0", "R133"),
        ("/rules/0/value/number", "7000", "R132"),
        ("/rules/0/value/unit", "\"minutes\"", "R132"),
        ("/rules/0/value/text", "\"0 人\"", "R132"),
        ("/rules/0/value", "\"0 人\"", "R132"),
        ("/rules/0/target", "{}", "R132"),
        ("/rules/2/target/at_most", "1", "R132"),
        ("/rules/0/met", "null", "R132"),
        ("/statistics/实际交流轮岗教师数", "50", "R132"),
        ("/fairness/0/eligible", "0", "R132"),
        ("/fairness/1/difference", "4.5", "R132"),
        ("/fairness", "[]", "R132"),
        ("/moves/total", "50", "R132"),
        ("/balances/total/shortage_after", "0.0", "R132"),
        ("/levers/0/used", "7", "R132"),
        ("/draft", "\"决定\"", "R132"),
        ("/status", "\"feasible\"", "R133"),
        ("/assumptions", "[{}]", "R132"),
        ("/reminders", "[{}]", "R132"),
        ("/levels/0/proof", "\"faith\"", "R133"),
        ("/levels/1/conditional_on", "[\"x\"]", "R133"),
        ("/levels/1/title", "\"某层级\"", "R132"),
        ("/provenance/target_gap", "null", "R133"),
        ("/provenance/year_begin", "null", "R134"),
        ("/provenance/data_date", "\"1999-01-01\"", "R134"),
        ("/provenance/policy", "\"other\"", "R134"),
        ("/provenance/policy_digest", "\"00\"", "R134"),
        ("/provenance/district_digest", "\"00\"", "R134"),
    ];
    for (pointer, value, code) in spoils {
        let report = summed(|summary| {
            let held = summary.pointer_mut(pointer);
            let held = held.unwrap_or_else(|| panic!("{pointer}"));
            *held = serde_json::from_str(value).unwrap();
        });
        assert_found(&report, code, SUMMARY, "");
    }
    let report = spoiled(|folder| std::fs::write(folder.join(SUMMARY), "{").unwrap());
    assert_found(&report, "R130", SUMMARY, "");
}

#[test]
fn what_the_summary_says_beyond_its_form_is_noted() {
    let report = summed(|summary| {
        summary["remark"] = "approved".into();
        summary["levels"][0]["remark"] = "approved".into();
        summary["provenance"]["remark"] = "approved".into();
    });
    let notes = report
        .findings
        .iter()
        .filter(|finding| finding.code == "R135");
    assert_eq!(notes.count(), 3, "{}", told(&report));
    assert!(report.passes());
}

#[test]
fn digests_of_another_version_are_not_compared() {
    let report = summed(|summary| {
        summary["provenance"]["version"] = "0.0.1".into();
        summary["provenance"]["district_digest"] = "00".into();
    });
    let mut notes = report.findings.iter();
    let noted = notes.any(|held| held.code == "R136");
    assert!(noted && report.passes(), "{}", told(&report));
}
