//! What a clerk reads of a plan that was made again under other values of the policy.

use std::process::{Command, Output};

use serde_json::Value;

const TINY: [&str; 3] = ["instances/tiny", "--policy", "wulong"];

fn shizi(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_shizi"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .args(["--lang", "zh", "--threads", "1"])
        .output()
        .unwrap()
}

fn printed(output: &Output) -> String {
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{talk}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The cells of the line of a page that begins with some words.
fn cells<'p>(page: &'p str, begin: &str) -> Vec<&'p str> {
    let mut lines = page.lines().map(str::trim_start);
    let line = lines.find(|line| line.starts_with(begin));
    let line = line.unwrap_or_else(|| panic!("no line of {begin}: {page}"));
    let cells = line.split("  ").map(str::trim);
    cells.filter(|cell| !cell.is_empty()).collect()
}

/// Two plans of the tiny district: one as the policy has it, one after a rule asks more and another was
/// taken out; hands their folders to somebody.
fn two_plans(read: impl FnOnce(&str, &str)) {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (one, two) = (at("one"), at("two"));
    let plan = ["plan", TINY[0], TINY[1], TINY[2], "--out", &one];
    printed(&shizi(&plan));
    let again = [
        "replan", TINY[0], TINY[1], TINY[2], "--plan", &one, "--out", &two,
    ];
    let changes = ["--set", "exchange-rate.at_least.share=30%"];
    let taken_out = ["--without", "exchange-backbone"];
    let why = [
        "--reason",
        "局里加码",
        "--by",
        "局党组会",
        "--date",
        "2026-08-28",
    ];
    printed(&shizi(&[&again[..], &changes, &taken_out, &why].concat()));
    read(&one, &two);
}

#[test]
fn each_plan_is_compared_with_what_its_own_policy_asks() {
    two_plans(|one, two| {
        let page = printed(&shizi(&["compare", TINY[0], TINY[1], TINY[2], one, two]));
        let row = cells(&page, "派出学校符合条件教师每年交流");
        assert_eq!(row[1..], ["1 人", "≥ 1 人", "1 人", "≥ 2 人"]);
        let row = cells(&page, "交流教师中骨干教师");
        assert_eq!(row[1..], ["100%（1 / 1）", "≥ 20%", "—", "—"]);
        // Heads and moves are whole, full-time persons are not.
        assert_eq!(cells(&page, "流动人次"), ["流动人次", "1", "1", "0"]);
        assert_eq!(cells(&page, "实际交流骨干教师数").len(), 4);
        assert!(cells(&page, "缺额人")[1].ends_with(".0"), "{page}");
    });
}

#[test]
fn an_audit_lists_the_values_that_events_changed() {
    two_plans(|one, two| {
        let audited = |plan: &str, format: &str| {
            let words = ["audit", plan, TINY[0], TINY[1], TINY[2], "--format", format];
            printed(&shizi(&words))
        };
        let page = audited(two, "text");
        let row = cells(&page, "exchange-rate.at_least.share");
        assert_eq!(
            row[2..],
            ["\"10%\"", "\"30%\"", "局党组会", "2026-08-28", "局里加码"]
        );
        let row = cells(&page, "exchange-backbone");
        assert_eq!(
            row[2..],
            ["—", "停用", "局党组会", "2026-08-28", "局里加码"]
        );
        let view: Value = serde_json::from_str(&audited(two, "json")).unwrap();
        let changes = view["policy_changes"].as_array().unwrap();
        assert_eq!(changes.len(), 2);
        assert_eq!(changes[0]["key"], "exchange-rate.at_least.share");
        assert_eq!(changes[0]["from"], "\"10%\"");
        assert_eq!(changes[0]["to"], "\"30%\"");
        assert_eq!(changes[1]["to"], Value::Null);
        assert_eq!(changes[1]["by"], "局党组会");
        // Of a plan as the policy has it nothing is said.
        assert!(!audited(one, "text").contains("公布后"));
        let view: Value = serde_json::from_str(&audited(one, "json")).unwrap();
        assert!(view.get("policy_changes").is_none());
    });
}

#[test]
fn a_clash_tells_the_value_that_was_asked_and_who_is_settled() {
    let folder = tempfile::tempdir().unwrap();
    let policy = folder.path().join("policy.toml");
    let rule = "extends = 'wulong'\nid = 'x'\ntitle = 'x'\n[rule.five]\nkind = 'count'\n\
                title = '每年交流至多5人'\nenforcement = 'hard'\nof = 'moves'\nform = '交流'\n\
                at_most = 5\ncertainty = 'M'\n";
    std::fs::write(&policy, rule).unwrap();
    let base = ["instances/tiny", "--policy", policy.to_str().unwrap()];
    let asked = ["--lock", "T07=派往:S002:交流", "--set", "five.at_most=0"];
    for (verb, more) in [("whatif", &[][..]), ("diagnose", &["--no-plans"])] {
        let output = shizi(&[&[verb], &base[..], &asked, more].concat());
        let page = String::from_utf8_lossy(&output.stdout).into_owned();
        let named = "“每年交流至多5人”（five；现改为 at_most = 0）";
        assert!(page.contains(named), "{page}");
        let settled = "上限 0 人，而无论怎样安排都计入的已有 1 人（锁定 1 人）";
        assert!(page.contains(settled), "{page}");
        let json = [&[verb], &base[..], &asked, more, &["--format", "json"]].concat();
        let json = String::from_utf8_lossy(&shizi(&json).stdout).into_owned();
        let view: Value = serde_json::from_str(&json).unwrap();
        let rule = match verb {
            "whatif" => &view["scenarios"][0]["clash"][0],
            _ => &view["clash"][0],
        };
        assert_eq!(rule["settled"]["persons"], 1, "{json}");
        assert_eq!(rule["settled"]["locked"], 1);
        assert_eq!(rule["changed"][0], "at_most = 0");
    }
}
