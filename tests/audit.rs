//! Corrupted plans must be refused, each with its code, its rule and its place; what was not
//! corrupted passes. Source of truth: the corruption itself.

mod programs;
mod support;

use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use shizi::audit::{AuditReport, Severity};
use shizi::domain::plan_files::{
    ASSIGNMENTS, GAPS, LEVERS, NOTICE, PLAN, POSTS, QUOTAS, RULES, SUMMARY,
};
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
fn what_excel_saves_again_passes() {
    let report = spoiled(|folder| {
        for file in [PLAN.0, ASSIGNMENTS.0, POSTS.0, RULES.0, GAPS.0, NOTICE.0] {
            let mut table = read_table(folder, file);
            table[1..].reverse();
            for cell in table.iter_mut().flatten() {
                *cell = match cell.as_str() {
                    "2025-09" => "2025/9/1".to_owned(),
                    other => other.trim_end_matches(".0").to_owned(),
                };
            }
            write_table(folder, file, &table);
            let text = std::fs::read_to_string(folder.join(file)).unwrap();
            let bytes = encoding_rs::GB18030.encode(&text).0.into_owned();
            std::fs::write(folder.join(file), bytes).unwrap();
        }
    });
    assert!(report.passes(), "{}", told(&report));
}

#[test]
fn every_cell_of_plan_csv_counts() {
    let wrong = [
        ("T999", "R111", ""),
        ("某某", "R110", "姓名"),
        ("初中", "R110", "学段"),
        ("音乐", "R110", "学科"),
        ("U9", "R110", "原单位代码"),
        ("某校", "R110", "原学校"),
        ("S9", "R110", "接收学校代码"),
        ("某校", "R110", "接收学校"),
        ("校内转任学科", "R110", "交流形式"),
        ("不详", "R110", "人事关系是否随迁"),
        ("2025-10", "R110", "起"),
        ("2031-01", "R110", "止"),
        ("", "R109", "依据"),
        ("", "R109", "交流原因"),
    ];
    assert_eq!(wrong.len(), PLAN.1.len());
    for (column, (cell, code, name)) in wrong.into_iter().enumerate() {
        let report = edited(PLAN.0, |table| table[1][column] = cell.to_owned());
        assert_found(&report, code, PLAN.0, name);
    }
    let report = edited(PLAN.0, |table| {
        table.remove(1);
    });
    assert_found(&report, "R112", PLAN.0, "");
    let report = edited(PLAN.0, |table| table.push(table[1].clone()));
    assert_found(&report, "R111", PLAN.0, "");
}

#[test]
fn every_cell_of_assignments_csv_counts() {
    // T001 is free and at S0, whatever the plan does with him.
    let wrong = [
        ("T999", "R101", "教师编号"),
        ("某某", "R110", "姓名"),
        ("S9", "R104", "任教学校代码"),
        ("某校", "R110", "任教学校"),
        ("大学", "R105", "学段"),
        ("天文", "R106", "学科"),
        ("漫游", "R105", "形式"),
        ("U1", "R207", "编制单位代码"),
        ("某单位", "R110", "编制单位"),
        ("2020-01", "R208", "起"),
        ("明年", "R108", "止"),
        ("是", "R201", "是否已定"),
    ];
    assert_eq!(wrong.len(), ASSIGNMENTS.1.len());
    for (column, (cell, code, name)) in wrong.into_iter().enumerate() {
        let report = edited(ASSIGNMENTS.0, |table| {
            let row = table.iter().position(|row| row[0] == "T001").unwrap();
            table[row][column] = cell.to_owned();
        });
        assert_found(&report, code, ASSIGNMENTS.0, name);
    }
    let report = edited(ASSIGNMENTS.0, |table| {
        table.remove(3);
    });
    assert_found(&report, "R103", ASSIGNMENTS.0, "");
    let report = edited(ASSIGNMENTS.0, |table| table.push(table[3].clone()));
    assert_found(&report, "R102", ASSIGNMENTS.0, "教师编号");
}

#[test]
fn every_cell_of_the_tables_counts() {
    let files: [(&str, &[&str], &[usize]); 5] = [
        (POSTS.0, &POSTS.1, &[0, 3, 4]),
        (RULES.0, &RULES.1, &[0]),
        (GAPS.0, &GAPS.1, &[0, 2]),
        (NOTICE.0, &NOTICE.1, &[1]),
        (QUOTAS.0, &QUOTAS.1, &[0, 2, 3]),
    ];
    for (file, columns, keys) in files {
        for (column, name) in columns.iter().enumerate() {
            let report = edited(file, |table| table[1][column] = "九九九".to_owned());
            if !keys.contains(&column) {
                assert_found(&report, "R110", file, name);
                continue;
            }
            let extra = if file == NOTICE.0 { "R120" } else { "R111" };
            assert_found(&report, extra, file, "");
            assert_found(&report, "R112", file, "");
        }
    }
}

#[test]
fn every_file_is_needed_whole() {
    for file in [
        PLAN.0,
        ASSIGNMENTS.0,
        POSTS.0,
        RULES.0,
        GAPS.0,
        NOTICE.0,
        SUMMARY,
    ] {
        let report = spoiled(|folder| std::fs::remove_file(folder.join(file)).unwrap());
        assert_found(&report, "R001", file, "");
    }
    for file in [
        PLAN.0,
        ASSIGNMENTS.0,
        LEVERS.0,
        POSTS.0,
        RULES.0,
        GAPS.0,
        NOTICE.0,
        QUOTAS.0,
    ] {
        let report = spoiled(|folder| std::fs::write(folder.join(file), b"\xff\xfe\xff").unwrap());
        assert_found(&report, "R002", file, "");
        let report = edited(file, |table| table[0][1].clear());
        assert_found(&report, "R003", file, "");
        let report = edited(file, |table| {
            if table.len() == 1 {
                table.push(vec![String::new(); table[0].len()]);
            }
            table[1].push("多出".to_owned());
        });
        assert_found(&report, "R004", file, "");
    }
}

#[test]
fn the_notice_shows_nothing_but_moves() {
    let report = edited(NOTICE.0, |table| {
        table[0].push("暂缓类别".to_owned());
        table[1].push("孕期".to_owned());
    });
    assert_found(&report, "R121", NOTICE.0, "暂缓类别");
    let report = edited(NOTICE.0, |table| {
        let mut row = table[1].clone();
        row[1] = "教师3".to_owned();
        table.push(row);
    });
    assert_found(&report, "R120", NOTICE.0, "");
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
        ("/rules/0/value", "\"0 人\"", "R132"),
        ("/rules/0/met", "null", "R132"),
        ("/statistics/实际交流轮岗教师数", "50", "R132"),
        ("/moves/total", "50", "R132"),
        ("/balances/total/shortage_after", "0.0", "R132"),
        ("/levers/0/used", "7", "R132"),
        ("/provenance/policy_digest", "\"00\"", "R134"),
        ("/provenance/district_digest", "\"00\"", "R134"),
    ];
    for (pointer, value, code) in spoils {
        let report = spoiled(|folder| {
            let path = folder.join(SUMMARY);
            let text = std::fs::read_to_string(&path).unwrap();
            let mut summary: serde_json::Value = serde_json::from_str(&text).unwrap();
            let held = summary
                .pointer_mut(pointer)
                .unwrap_or_else(|| panic!("{pointer}"));
            *held = serde_json::from_str(value).unwrap();
            std::fs::write(&path, summary.to_string()).unwrap();
        });
        assert_found(&report, code, SUMMARY, "");
    }
    let report = spoiled(|folder| std::fs::write(folder.join(SUMMARY), "{").unwrap());
    assert_found(&report, "R130", SUMMARY, "");
}

/// A plan by hand: the moves that the planned one makes, with these rows put in their place or
/// added. Columns: 教师编号, 学段, 学科, 接收学校代码, 交流形式.
fn by_hand(rows: &[[&str; 5]]) -> AuditReport {
    let planned = read_table(PLANNED.path(), PLAN.0);
    let mut table = vec![
        ["教师编号", "学段", "学科", "接收学校代码", "交流形式"]
            .map(str::to_owned)
            .to_vec(),
    ];
    table.extend(
        planned[1..]
            .iter()
            .map(|row| [0, 2, 3, 6, 8].map(|column| row[column].clone()).to_vec()),
    );
    for row in rows {
        table.retain(|held| held[0] != row[0]);
        table.push(row.map(str::to_owned).to_vec());
    }
    let folder = tempfile::tempdir().unwrap();
    write_table(folder.path(), PLAN.0, &table);
    let levers = PLANNED.path().join(LEVERS.0);
    std::fs::copy(levers, folder.path().join(LEVERS.0)).unwrap();
    CASE.audit(folder.path())
}

#[test]
fn moves_alone_are_a_plan() {
    let report = by_hand(&[]);
    assert!(report.by_hand);
    assert!(report.passes(), "{}", told(&report));
    assert_eq!(report.levels, CASE.audit(PLANNED.path()).levels);
}

#[test]
fn nobody_moves_whom_the_standings_refuse() {
    let to_s1 = |id| by_hand(&[[id, "小学", "语文", "S1", "交流"]]);
    assert_rule(&to_s1("T003"), "R210", "deferred", "T003");
    assert!(!told(&to_s1("T003")).contains("孕期"), "private");
    assert_rule(&to_s1("T004"), "R210", "six-years", "T004");
    assert_rule(&to_s1("T005"), "R210", "heads-stay", "T005");
    assert_found(&to_s1("T006"), "R221", PLAN.0, "交流形式");
    assert!(!told(&to_s1("T006")).contains("家中有事"), "private");
    assert_found(&to_s1("T007"), "R224", PLAN.0, "接收学校代码");
    assert_found(&to_s1("T014"), "R222", PLAN.0, "交流形式");
    assert_found(&to_s1("T015"), "R210", PLAN.0, "交流形式");
    let elsewhere = by_hand(&[["T008", "小学", "语文", "S3", "交流"]]);
    assert_found(&elsewhere, "R223", PLAN.0, "接收学校代码");
}

#[test]
fn who_is_settled_stays_settled() {
    let cut = by_hand(&[["T009", "小学", "语文", "S0", "留任"]]);
    assert_found(&cut, "R202", PLAN.0, "交流形式");
    for (id, school, form) in [
        ("T010", "S1", "交流"),
        ("T011", "S0", "留任"),
        ("T012", "S2", "调动"),
    ] {
        let report = by_hand(&[[id, "小学", "语文", school, form]]);
        assert_found(&report, "R201", PLAN.0, "");
    }
}

#[test]
fn forms_mean_what_they_say() {
    let one = |subject, school, form| by_hand(&[["T001", "小学", subject, school, form]]);
    assert_found(&one("语文", "S1", "留任"), "R204", PLAN.0, "接收学校代码");
    assert_found(&one("数学", "S0", "留任"), "R204", PLAN.0, "学科");
    assert_found(&one("数学", "S1", "校内转任学科"), "R205", PLAN.0, "");
    assert_found(&one("语文", "S0", "校内转任学科"), "R204", PLAN.0, "");
    assert_found(&one("语文", "S0", "交流"), "R206", PLAN.0, "");
    assert_found(&one("语文", "S1", "交流在期"), "R203", PLAN.0, "");
    assert_found(&one("语文", "S1", "离任"), "R203", PLAN.0, "");
    assert_found(&one("会计", "S1", "交流"), "R209", PLAN.0, "学科");
    assert_found(&one("天文", "S1", "交流"), "R106", PLAN.0, "学科");
    assert_found(&one("语文", "S99", "交流"), "R104", PLAN.0, "接收学校代码");
    assert_found(&one("语文", "S1", "飞行"), "R105", PLAN.0, "交流形式");
    let unknown = by_hand(&[["T999", "小学", "语文", "S1", "交流"]]);
    assert_found(&unknown, "R101", PLAN.0, "教师编号");
}

#[test]
fn moves_lead_where_reach_lets_them() {
    let one = |id, stage, subject, school, form| by_hand(&[[id, stage, subject, school, form]]);
    let capability = one("T001", "小学", "音乐", "S1", "交流");
    assert_rule(&capability, "R230", "reach-capability", "T001");
    let stage = one("T001", "初中", "语文", "S5", "交流");
    assert_rule(&stage, "R230", "reach-stage", "T001");
    let needed = one("T002", "中职", "音乐", "S6", "交流");
    assert_rule(&needed, "R230", "reach-needed", "T002");
    assert_rule(&needed, "R230", "reach-direction", "T002");
    let minutes = one("T001", "小学", "语文", "S3", "交流");
    assert_rule(&minutes, "R230", "reach-minutes", "T001");
    let unit = one("T001", "小学", "语文", "S4", "交流");
    assert_rule(&unit, "R230", "reach-unit", "T001");
    let transfer = one("T001", "小学", "语文", "S1", "调动");
    assert_rule(&transfer, "R230", "reach-transfer", "T001");
}

#[test]
fn hard_counts_ratios_and_coverage_hold() {
    let moved: Vec<Vec<String>> = read_table(PLANNED.path(), PLAN.0)[1..].to_vec();
    let all = ["T000", "T001", "T002", "T007", "T013"];
    let exchanged = |id: &str| moved.iter().any(|row| row[0] == id && row[8] == "交流");
    // One more than three.
    let more = all.into_iter().find(|id| !exchanged(id)).unwrap();
    let school = if more == "T007" { "S3" } else { "S1" };
    let subject = if more == "T002" { "数学" } else { "语文" };
    let report = by_hand(&[[more, "小学", subject, school, "交流"]]);
    assert_rule(&report, "R250", "three", "试验区");
    // The only 骨干 stays.
    let report = by_hand(&[["T000", "小学", "语文", "S0", "留任"]]);
    assert_rule(&report, "R250", "exchange-backbone", "试验区");
    // Three leave S0.
    let leave = ["T000", "T001", "T008"].map(|id| [id, "小学", "语文", "S1", "交流"]);
    let report = by_hand(&leave);
    assert_rule(&report, "R250", "leave-cap", "第0学校");
    // Accountancy loses a teacher.
    let report = by_hand(&[["T016", "小学", "语文", "S1", "交流"]]);
    assert_rule(&report, "R250", "covered", "第6学校");
}

#[test]
fn the_establishment_of_a_unit_is_kept() {
    let text = POLICY.replace("at_most = 15", "at_most = 2");
    let case = Case::new(district(), &text);
    let report = case.audit(PLANNED.path());
    assert_rule(&report, "R250", "kept", "第0中心校");
}

#[test]
fn floors_that_are_missed_are_told_and_do_not_refuse_a_plan() {
    let text = POLICY.replace(
        "[rule.covered]",
        "[rule.fifty]\nkind = 'count'\ntitle = '五十人'\nenforcement = 'floor'\nlevel = 'floors'\n\
         of = 'moves'\nat_least = 50\n[rule.covered]",
    );
    let case = Case::new(district(), &text);
    let folder = tempfile::tempdir().unwrap();
    case.write(folder.path());
    let report = case.audit(folder.path());
    assert!(report.passes(), "{}", told(&report));
    let unmet = report
        .findings
        .iter()
        .find(|finding| finding.code == "R260" && finding.rule.as_deref() == Some("fifty"))
        .unwrap_or_else(|| panic!("{}", told(&report)));
    assert_eq!(unmet.severity, Severity::Unmet);
    assert_eq!(unmet.amount, "46 人");
}

#[test]
fn who_must_move_and_could_is_noted() {
    let mut parts = district().into_parts();
    parts.teachers[1].class_teacher = true;
    let case = Case::new(shizi::domain::District::new(parts).unwrap(), POLICY);
    let folder = tempfile::tempdir().unwrap();
    write_table(
        folder.path(),
        PLAN.0,
        &vec![PLAN.1.map(str::to_owned).to_vec()],
    );
    let report = case.audit(folder.path());
    let note = report
        .findings
        .iter()
        .find(|finding| finding.code == "R240");
    let note = note.unwrap_or_else(|| panic!("{}", told(&report)));
    assert_eq!(
        (note.severity, note.place.as_str()),
        (Severity::Note, "T001")
    );
}

#[test]
fn levers_keep_their_limits() {
    let with = |row: [&str; 7]| {
        edited(LEVERS.0, |table| {
            table.truncate(1);
            table.push(row.map(str::to_owned).to_vec());
        })
    };
    let unknown = with(["magic", "", "", "", "", "", "1"]);
    assert_found(&unknown, "R301", LEVERS.0, "渠道");
    assert_found(
        &with(["certify", "认定", "", "", "", "", "3"]),
        "R302",
        "",
        "",
    );
    assert_found(
        &with(["certify", "认定", "", "", "", "", "3"]),
        "R303",
        "",
        "",
    );
    let placed = with(["certify", "认定", "S1", "第1学校", "", "", "1"]);
    assert_found(&placed, "R304", LEVERS.0, "学校代码");
    let sent = with(["recruit", "招聘", "S0", "第0学校", "小学", "音乐", "1"]);
    assert_found(&sent, "R304", LEVERS.0, "学校代码");
    let taught = with(["recruit", "招聘", "S1", "第1学校", "小学", "语文", "1"]);
    assert_found(&taught, "R304", LEVERS.0, "学校代码");
    let many = with(["recruit", "招聘", "S1", "第1学校", "小学", "音乐", "2"]);
    assert_found(&many, "R302", "", "");
    let none = with(["recruit", "招聘", "S1", "第1学校", "小学", "音乐", "许多"]);
    assert_found(&none, "R113", LEVERS.0, "人数");
    let named = with(["recruit", "别名", "S1", "别校", "小学", "音乐", "1"]);
    assert_found(&named, "R110", LEVERS.0, "名称");
    assert_found(&named, "R110", LEVERS.0, "学校");
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_the_audit_panic(
        file in 0..9_usize,
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        keep in any::<bool>(),
        at in any::<proptest::sample::Index>(),
    ) {
        let names = [
            PLAN.0, ASSIGNMENTS.0, LEVERS.0, POSTS.0, RULES.0, GAPS.0, NOTICE.0, QUOTAS.0, SUMMARY,
        ];
        let report = spoiled(|folder| {
            let path = folder.join(names[file]);
            let mut held = std::fs::read(&path).unwrap();
            if keep {
                let at = at.index(held.len());
                let end = (at + bytes.len()).min(held.len());
                held.splice(at..end, bytes.iter().copied());
            } else {
                held = bytes.clone();
            }
            std::fs::write(&path, held).unwrap();
        });
        for finding in &report.findings {
            prop_assert!(!finding.to_string().is_empty());
        }
    }
}
