//! Plans made by hand: people, rules and levers.

use shizi::audit::{AuditReport, Severity};
use shizi::domain::District;
use shizi::domain::plan_files::{LEVERS, PLAN};

use crate::support::plans::{Case, POLICY, copy, district, read_table, write_table};
use crate::{CASE, PLANNED, assert_found, assert_rule, edited, told};

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
fn a_school_may_be_named_instead_of_coded() {
    let audited = |code: &str, name: &str| {
        let mut table = read_table(PLANNED.path(), PLAN.0);
        let row = table[1].clone();
        table.truncate(1);
        table.push(row);
        table[1][6] = code.to_owned();
        table[1][7] = name.to_owned();
        let folder = tempfile::tempdir().unwrap();
        write_table(folder.path(), PLAN.0, &table);
        let report = CASE.audit(folder.path());
        let found = report.findings.iter();
        let told = found.filter(|finding| finding.file == Some(PLAN.0));
        told.map(|finding| (finding.code, finding.column.clone().unwrap_or_default()))
            .collect::<Vec<_>>()
    };
    let row = &read_table(PLANNED.path(), PLAN.0)[1];
    assert_eq!(audited("", &row[7]), []);
    let unknown = |column: &str| [("R104", column.to_owned())];
    assert_eq!(audited("", "某校"), unknown("接收学校"));
    assert_eq!(audited("S99", &row[7]), unknown("接收学校代码"));
    assert_eq!(audited("", ""), unknown("接收学校代码"));
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
fn who_must_move_and_may_be_placed_in_no_form_is_noted() {
    let mut parts = district().into_parts();
    parts.teachers[1].class_teacher = true;
    parts.teachers[1].employment = shizi::domain::Employment::Temporary;
    let case = Case::new(shizi::domain::District::new(parts).unwrap(), POLICY);
    let folder = tempfile::tempdir().unwrap();
    case.write(folder.path());
    let report = case.audit(folder.path());
    assert!(report.passes(), "{}", told(&report));
    let mut notes = report.findings.iter();
    let note = notes.find(|finding| finding.code == "R241");
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
    assert_found(&with(["magic", "", "", "", "", "", "1"]), "R305", "", "");
    let named = with(["recruit", "别名", "S1", "别校", "小学", "音乐", "1"]);
    assert_found(&named, "R110", LEVERS.0, "名称");
    assert_found(&named, "R110", LEVERS.0, "学校");
}

#[test]
fn what_is_said_of_a_lever_is_what_the_policy_says() {
    let changed = |column: usize| {
        edited(LEVERS.0, |table| {
            let row = table.iter_mut().find(|row| row[0] == "recruit");
            row.expect("a recruit")[column] = "9".to_owned();
        })
    };
    for (column, name) in [(7, "种类"), (8, "依据"), (9, "服务期（年）")] {
        assert_found(&changed(column), "R110", LEVERS.0, name);
    }
}

/// The district with levers of establishment: U1 holds T011 and whom the plan sends there with 编制, U3
/// nobody, and both have posts to spare; U0 is over its establishment, of the others none is known.
fn case_of_posts() -> Case {
    let mut parts = district().into_parts();
    for (unit, posts) in [(0, 0), (1, 20), (3, 2)] {
        parts.units[unit].establishment = Some(posts);
    }
    let levers = "[lever.lent]\nkind = 'reserve'\ntitle = '周转'\nat_most = 1\nlevel = 'people'\n\
                  weight = 1\n[lever.moved]\nkind = 'reallocate'\ntitle = '调剂'\nat_most = 9\n\
                  level = 'people'\nweight = 1\nfrom = { school = ['S1', 'S3'] }\n";
    Case::new(District::new(parts).unwrap(), &format!("{POLICY}{levers}"))
}

#[test]
fn posts_of_establishment_keep_to_what_units_have() {
    let case = case_of_posts();
    let folder = tempfile::tempdir().unwrap();
    assert!(case.write(folder.path()).plan.is_some());
    let with = |lever: &str, unit: &str, from: &str, count: &str| {
        let copied = copy(folder.path());
        let mut table = read_table(copied.path(), LEVERS.0);
        let mut row = vec![String::new(); table[0].len()];
        for (column, cell) in [(0, lever), (6, count), (10, unit), (12, from)] {
            row[column] = cell.to_owned();
        }
        table.push(row);
        write_table(copied.path(), LEVERS.0, &table);
        case.audit(copied.path())
    };
    let refuses = |report: &AuditReport, code: &str| {
        report.findings.iter().any(|finding| finding.code == code)
    };
    for code in ["R302", "R304", "R306", "R307"] {
        assert!(!refuses(&with("lent", "U3", "", "1"), code), "{code}");
        assert!(!refuses(&with("moved", "U1", "U3", "2"), code), "{code}");
    }
    assert_found(&with("lent", "U3", "", "2"), "R302", "", "");
    // Nobody gives to the pool or to itself.
    for unit in ["U0", "U2", ""] {
        assert_found(
            &with("lent", unit, "", "1"),
            "R306",
            LEVERS.0,
            "编制单位代码",
        );
    }
    for (unit, from) in [("U3", "U3"), ("U3", ""), ("U1", "U2"), ("U0", "U1")] {
        assert_found(
            &with("moved", unit, from, "1"),
            "R306",
            LEVERS.0,
            "编制单位代码",
        );
    }
    assert_found(
        &with("lent", "U3", "U1", "1"),
        "R306",
        LEVERS.0,
        "编制单位代码",
    );
    assert_found(&with("moved", "U1", "U3", "3"), "R307", "", "");
    assert_found(
        &with("moved", "U1", "U9", "1"),
        "R107",
        LEVERS.0,
        "调出单位代码",
    );
    assert_found(
        &with("recruit", "U1", "", "1"),
        "R304",
        LEVERS.0,
        "学校代码",
    );
}
