//! Files, columns, rows and cells.

use proptest::prelude::*;
use shizi::domain::plan_files::{
    ASSIGNMENTS, FAIRNESS, GAPS, LEVERS, NOTICE, PLAN, POSTS, QUOTAS, RULES, SUMMARY,
};

use crate::support::plans::{read_table, write_table};
use crate::{assert_found, edited, spoiled, told};

#[test]
fn what_excel_saves_again_passes() {
    let report = spoiled(|folder| {
        for file in [
            PLAN.0,
            ASSIGNMENTS.0,
            POSTS.0,
            RULES.0,
            GAPS.0,
            FAIRNESS.0,
            NOTICE.0,
        ] {
            let mut table = read_table(folder, file);
            table[1..].reverse();
            for cell in table.iter_mut().flatten() {
                *cell = match cell.as_str() {
                    "2025-09" => "2025/9/1".to_owned(),
                    "2028-09" => "Sep-28".to_owned(),
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
        ("某文件", "R110", "依据"),
        ("照顾关系", "R110", "交流原因"),
    ];
    // The last column stands there only where somebody serves at several schools.
    assert_eq!(wrong.len() + 1, PLAN.1.len());
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
    assert_eq!(wrong.len() + 1, ASSIGNMENTS.1.len());
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
fn a_column_more_is_noted_and_read_over() {
    let report = edited(PLAN.0, |table| {
        table[0].push("备注".to_owned());
        table[1].push("已谈话".to_owned());
    });
    let mut notes = report.findings.iter();
    let noted = notes.any(|held| held.code == "R005" && held.column.as_deref() == Some("备注"));
    assert!(noted && report.passes(), "{}", told(&report));
}

#[test]
fn the_notice_shows_nothing_but_moves() {
    let report = edited(NOTICE.0, |table| {
        table[0].push("暂缓类别".to_owned());
        table[1].push("孕期".to_owned());
    });
    assert_found(&report, "R121", NOTICE.0, "暂缓类别");
    let report = edited(NOTICE.0, |table| table[1][0].clear());
    assert_found(&report, "R109", NOTICE.0, NOTICE.1[0]);
    let report = edited(NOTICE.0, |table| {
        let mut row = table[1].clone();
        row[1] = "教师3".to_owned();
        table.push(row);
    });
    assert_found(&report, "R120", NOTICE.0, "");
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
