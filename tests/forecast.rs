//! Several years, as a user meets them: the folders that `forecast` leaves, read as plain tables, and
//! each year planned again from its own rosters and from nothing.

#![expect(clippy::unwrap_used, reason = "whatever is missing in a test fails it")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Wulong for three years, with fewer pupils in primary schools, more in junior ones, and a decision of
/// the second year.
const OUTLOOK: &str = "\
title = '试'
years = 3
classes_of = '2021-09'
practice_months = 1
[[pupils]]
stage = '小学'
counts = { 2021 = 20247, 2024 = 17247 }
[[pupils]]
stage = '初中'
counts = { 2021 = 1000, 2023 = 1100 }
[[year]]
begins = '2023-09'
reason = '试点'
set = { 'exchange-rate.at_least.share' = '5%' }
";

type Row = BTreeMap<String, String>;

fn shizi(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_shizi"))
        .args(arguments)
        .args(["--lang", "zh"])
        .output()
        .unwrap()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn rows(path: &Path) -> Vec<Row> {
    let bytes = fs::read(path).unwrap();
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let mut reader = csv::Reader::from_reader(bytes);
    reader.deserialize().map(Result::unwrap).collect()
}

fn by<'a>(rows: &'a [Row], column: &str) -> BTreeMap<&'a str, &'a Row> {
    rows.iter().map(|row| (row[column].as_str(), row)).collect()
}

fn number(row: &Row, column: &str) -> u32 {
    row[column].parse().unwrap()
}

/// The forecast of Wulong in a folder of its own.
fn forecast(folder: &Path) -> PathBuf {
    let outlook = folder.join("outlook.toml");
    fs::write(&outlook, OUTLOOK).unwrap();
    let out = folder.join("years");
    let output = shizi(&[
        "forecast",
        "instances/wulong",
        "--policy",
        "wulong",
        "--outlook",
        text(&outlook),
        "--out",
        text(&out),
    ]);
    assert!(output.status.success(), "{output:?}");
    out
}

fn year(out: &Path, begin: &str) -> (PathBuf, PathBuf) {
    let folder = out.join(begin);
    (folder.join("plan"), folder.join("rosters"))
}

const YEARS: [&str; 3] = ["2022-09", "2023-09", "2024-09"];

#[test]
fn every_year_is_what_the_one_before_left() {
    let folder = tempfile::tempdir().unwrap();
    let out = forecast(folder.path());
    for begin in YEARS {
        audited_and_planned_again(folder.path(), &out, begin);
    }
    pupils_are_as_expected(&out);
    for pair in YEARS.windows(2) {
        carried_out(&out, pair[0], pair[1]);
    }
    recruits_are_what_the_lever_gives(folder.path(), &out);
    let again = folder.path().join("again");
    fs::create_dir(&again).unwrap();
    let other = forecast(&again);
    for file in [
        "indicators.csv",
        "recruits.csv",
        "forecast.txt",
        "summary.json",
    ] {
        let (one, two) = (fs::read(out.join(file)), fs::read(other.join(file)));
        assert_eq!(one.unwrap(), two.unwrap(), "{file}");
    }
}

/// The audit passes, and a plan made of the rosters alone is worth the same.
fn audited_and_planned_again(folder: &Path, out: &Path, begin: &str) {
    let (plan, rosters) = year(out, begin);
    let output = shizi(&["audit", text(&plan), text(&rosters), "--policy", "wulong"]);
    assert!(output.status.success(), "{begin}: {output:?}");
    let policy = folder.join("policy.toml");
    let mut own = String::from("extends = 'wulong'\nid = 'own'\ntitle = 'own'\n");
    if begin >= "2023-09" {
        own.push_str("[rule.exchange-rate]\nat_least = { share = '5%', of = 'eligible', from = { sending = true } }\n");
    }
    fs::write(&policy, own).unwrap();
    let again = folder.join(format!("plan-{begin}"));
    let output = shizi(&[
        "plan",
        text(&rosters),
        "--policy",
        text(&policy),
        "--out",
        text(&again),
    ]);
    assert!(output.status.success(), "{begin}: {output:?}");
    let levels = |plan: &Path| {
        let summary = fs::read_to_string(plan.join("summary.json")).unwrap();
        let summary: serde_json::Value = serde_json::from_str(&summary).unwrap();
        let levels = summary["levels"].as_array().unwrap();
        let value = |level: &serde_json::Value| level["value"].clone();
        levels.iter().map(value).collect::<Vec<_>>()
    };
    assert_eq!(levels(&plan), levels(&again), "{begin}");
}

/// Primary schools lose a thousand pupils a year, junior ones gain five in a hundred of what they have
/// for two years; grades move up with their classes.
fn pupils_are_as_expected(out: &Path) {
    let classes = |folder: &Path| rows(&folder.join("classes.csv"));
    let sum = |rows: &[Row], stage: &str| -> u32 {
        let held = rows.iter().filter(|row| row["学段"] == stage);
        held.map(|row| number(row, "学生数")).sum()
    };
    let before = classes(Path::new("instances/wulong"));
    let juniors = sum(&before, "初中");
    let mut former = before;
    for (years, begin) in (1..).zip(YEARS) {
        let now = classes(&year(out, begin).1);
        assert_eq!(sum(&now, "小学"), 20_247 - 1_000 * years, "{begin}");
        let aim = f64::from(juniors) * (1.0 + 0.05 * f64::from(years.min(2)));
        assert_eq!(sum(&now, "初中"), (aim + 0.5).floor() as u32, "{begin}");
        assert_eq!(sum(&now, "高中"), sum(&former, "高中"), "{begin}");
        let group = |rows: &[Row], school: &str, grade: u32| {
            let grade = grade.to_string();
            let mut held = rows.iter().filter(|row| {
                row["学校"] == school && row["学段"] == "小学" && row["年级"] == grade
            });
            held.next()
                .map(|row| (number(row, "班级数"), number(row, "学生数")))
        };
        let mut compared = 0;
        for row in former.iter().filter(|row| row["学段"] == "小学") {
            let Ok(grade) = row["年级"].parse::<u32>() else {
                continue;
            };
            if grade < 6 && number(row, "班级数") > 0 {
                let held = (number(row, "班级数"), number(row, "学生数"));
                assert_eq!(group(&now, &row["学校"], grade + 1), Some(held), "{row:?}");
                compared += 1;
            }
        }
        assert!(compared > 100, "{compared}");
        former = now;
    }
}

/// A year's rosters are those of the year before once its plan is carried out.
fn carried_out(out: &Path, begin: &str, next: &str) {
    let (plan, rosters) = year(out, begin);
    let assigned = rows(&plan.join("assignments.csv"));
    let (before, after) = (
        rows(&rosters.join("teachers.csv")),
        rows(&year(out, next).1.join("teachers.csv")),
    );
    let (before, after) = (by(&before, "教师编号"), by(&after, "教师编号"));
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &assigned {
        let (id, form) = (row["教师编号"].as_str(), row["形式"].as_str());
        *seen.entry(form).or_default() += 1;
        let held = after.get(id);
        if form == "离任" {
            assert!(held.is_none(), "{id} departed in {begin}");
            continue;
        }
        let held = held.unwrap_or_else(|| panic!("{id} is gone in {next}"));
        let was = before[id];
        match form {
            // Whose exchange ends meanwhile belongs home, also on leave.
            "离岗" => assert_eq!(held["任教学校"], row["任教学校代码"], "{id}"),
            "交流在期" => {
                assert_eq!(held["任教学校"], was["任教学校"], "{id}");
                assert!(!held["交流原单位"].is_empty(), "{id}");
            }
            "交流" => {
                assert_eq!(held["任教学校"], row["任教学校代码"], "{id}");
                assert_eq!(held["交流原单位"], was["任教学校"], "{id}");
                assert_eq!(held["交流开始年月"], begin, "{id}");
                assert_eq!(held["交流结束年月"], row["止"], "{id}");
                assert_eq!(held["编制单位"], was["编制单位"], "{id}");
                let made = number(was, "交流次数");
                assert_eq!(number(held, "交流次数"), made + 1, "{id}");
            }
            "期满返回" => {
                assert_eq!(held["任教学校"], was["交流原单位"], "{id}");
                assert_eq!(held["交流原单位"], "", "{id}");
            }
            _ => {
                assert_eq!(held["任教学校"], row["任教学校代码"], "{id}: {form}");
                assert_eq!(held["编制单位"], row["编制单位代码"], "{id}: {form}");
                assert_eq!(held["任教学科"], row["学科"], "{id}: {form}");
            }
        }
    }
    for form in ["离任", "交流", "交流在期", "期满返回", "留任"] {
        assert!(seen.contains_key(form), "{begin}: nobody is {form}");
    }
    retired_by_age(&assigned, &before, begin);
    let new = after.keys().filter(|id| !before.contains_key(*id)).count() as u32;
    let levers = plan.join("levers.csv");
    let recruited: u32 = if levers.is_file() {
        let uses = rows(&levers);
        let recruits = uses.iter().filter(|row| row["种类"] == "招聘");
        recruits.map(|row| number(row, "人数")).sum()
    } else {
        0
    };
    assert_eq!(new, recruited, "{next}");
}

/// Before 2025 men retire at sixty, women at fifty-five, with senior titles at sixty: in the month after
/// the birthday's. Nobody else departs who has not decided so.
fn retired_by_age(assigned: &[Row], before: &BTreeMap<&str, &Row>, begin: &str) {
    let months = |text: &str| -> u32 {
        let (year, month) = text.split_once('-').unwrap();
        year.parse::<u32>().unwrap() * 12 + month.parse::<u32>().unwrap()
    };
    for row in assigned {
        let held = before[row["教师编号"].as_str()];
        if held["出生年月"].is_empty() || held["在岗状态"] == "辞职" || row["是否已定"] == "是"
        {
            continue;
        }
        let senior = matches!(held["职称"].as_str(), "高级教师" | "正高级教师");
        let age = if held["性别"] == "女" && !senior {
            55
        } else {
            60
        };
        let due = months(&held["出生年月"]) + 12 * age < months(begin);
        assert_eq!(row["形式"] == "离任", due, "{held:?}");
    }
}

/// With everybody recruited who is needed, the first year is the one that a policy with such a lever
/// plans, and no recruit less would do: without the lever the teaching level is worse by at least what
/// each must bring.
fn recruits_are_what_the_lever_gives(folder: &Path, out: &Path) {
    let policy = folder.join("filled.toml");
    let lever = "extends = 'wulong'\nid = 'own'\ntitle = 'own'\n[lever.needed]\nkind = 'recruit'\n\
                 title = 'x'\nat_most = 3000\nlevel = 'teaching'\nweight = 0.5\n\
                 stage = ['小学', '初中', '高中', '中职']\n\
                 profile = { employment = '在编', certified = true, degree = '本科' }\n";
    fs::write(&policy, lever).unwrap();
    let (_, rosters) = year(out, "2022-09");
    let plan = folder.join("filled");
    let arguments = [
        "plan",
        text(&rosters),
        "--policy",
        text(&policy),
        "--out",
        text(&plan),
    ];
    assert!(shizi(&arguments).status.success());
    let counted = |rows: Vec<Row>, count: &str, counts: &dyn Fn(&Row) -> bool| -> u32 {
        let held = rows.iter().filter(|row| counts(row));
        held.map(|row| number(row, count)).sum()
    };
    let by_hand = counted(rows(&plan.join("levers.csv")), "人数", &|row| {
        row["种类"] == "招聘"
    });
    let found = counted(rows(&out.join("recruits.csv")), "人数", &|row| {
        row["补充方式"] == "缺岗补足" && row["学年"] == "2022-09"
    });
    assert_eq!(found, by_hand);
    assert!(found > 0);
}

/// Jiangjin from 2021 to 2025, as the README has it: the plan's own figures come out at the end, fifty are
/// sent in every year, and the page of the docs shows what the program says. With the variable
/// `SHIZI_UPDATE` set the page is written anew.
#[test]
fn the_five_years_of_jiangjin_are_as_the_page_says() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("years");
    let output = shizi(&[
        "forecast",
        "instances/jiangjin-2021",
        "--policy",
        "jiangjin",
        "--out",
        text(&out),
    ]);
    assert!(output.status.success(), "{output:?}");
    let indicators = rows(&out.join("indicators.csv"));
    let cell = |scope: &str, indicator: &str, year: &str| {
        let mut held = indicators.iter().filter(|row| {
            row["补充方式"] == "现有渠道" && row["范围"] == scope && row["指标"] == indicator
        });
        held.next().unwrap()[year].clone()
    };
    for (stage, pupils) in [
        ("小学", "71000"),
        ("初中", "41000"),
        ("高中", "25000"),
        ("中职", "25000"),
    ] {
        assert_eq!(cell(stage, "学生", "2025-09"), pupils, "{stage}");
    }
    for year in 2021..=2025 {
        let begin = format!("{year}-09");
        let plan = rows(&out.join(&begin).join("plan/plan.csv"));
        let sent = plan
            .iter()
            .filter(|row| matches!(row["交流形式"].as_str(), "交流" | "调动"));
        assert!(sent.count() >= 50, "{begin}");
        let fifty = cell(
            "规则",
            "每年选派50名城镇派出学校教师到农村、受援学校",
            &begin,
        );
        assert_eq!(fifty, "50", "{begin}");
    }
    let page = fs::read_to_string(out.join("forecast.txt")).unwrap();
    assert_eq!(page, String::from_utf8(output.stdout).unwrap());
    let section = page.lines().skip_while(|line| !line.starts_with("二、"));
    let section: Vec<&str> = section.take_while(|line| !line.is_empty()).collect();
    let shown = section.iter().enumerate().filter(|(place, line)| {
        let told = ["  小学", "  其中", "  合计"];
        *place < 3 || told.iter().any(|head| line.starts_with(head))
    });
    let shown: Vec<&str> = shown.map(|(_, line)| *line).collect();
    let shown = format!("```text forecast-jiangjin\n{}\n```", shown.join("\n"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/forecast.md");
    let held = fs::read_to_string(&path).unwrap();
    let (before, rest) = held.split_once("```text forecast-jiangjin\n").unwrap();
    let (_, after) = rest.split_once("```").unwrap();
    let now = format!("{before}{shown}{after}");
    if std::env::var_os("SHIZI_UPDATE").is_some() {
        fs::write(&path, &now).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), now, "set SHIZI_UPDATE");
}

#[test]
fn what_is_wrong_with_an_outlook_is_said_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let outlook = folder.path().join("outlook.toml");
    let ask = |text_of: &str, more: &[&str]| {
        fs::write(&outlook, text_of).unwrap();
        let mut arguments = vec!["forecast", "instances/tiny", "--policy", "wulong"];
        arguments.extend(["--outlook", text(&outlook)]);
        arguments.extend(more);
        let output = shizi(&arguments);
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let (code, said) = ask(
        "years = 2\nclasses_of = '2030-09'\n[[pupils]]\nstage = '特教'\ncounts = { 2022 = 3 }\n\
         [[pupils]]\nstage = '小学'\ncounts = { 2022 = 3 }\n[[pupils]]\nstage = '小学'\n\
         counts = { 2022 = 3 }\n[[year]]\nbegins = '2040-09'\n",
        &[],
    );
    assert_eq!(code, Some(1));
    assert_eq!(said.matches("[W004]").count(), 4, "{said}");
    // A change that cannot be made ends the years where it stands.
    let (code, _) = ask(
        "years = 2\n[[year]]\nbegins = '2023-09'\nleave = ['nobody']\n",
        &[],
    );
    assert_eq!(code, Some(1));
    let (code, said) = ask("years = 2\n", &["--out", "instances/tiny/years"]);
    assert_eq!(code, Some(2), "{said}");
    let none = shizi(&["forecast", "instances/tiny", "--policy", "wulong"]);
    assert_eq!(none.status.code(), Some(2));
    let more = shizi(&[
        "forecast",
        "instances/tiny",
        "--policy",
        "wulong",
        "--years",
        "2",
    ]);
    assert_eq!(more.status.code(), Some(0), "{more:?}");
}

/// The tiny district for two years under a policy with some lines of its own: the folder that is left, and
/// the page.
fn tiny_years(folder: &Path, policy_lines: &str, outlook_lines: &str) -> (PathBuf, String) {
    let (policy, outlook) = (folder.join("policy.toml"), folder.join("outlook.toml"));
    let own = format!("extends = 'wulong'\nid = 'own'\ntitle = 'own'\n{policy_lines}");
    fs::write(&policy, own).unwrap();
    fs::write(&outlook, format!("years = 2\n{outlook_lines}")).unwrap();
    let out = folder.join("years");
    let output = shizi(&[
        "forecast",
        "instances/tiny",
        "--policy",
        text(&policy),
        "--outlook",
        text(&outlook),
        "--out",
        text(&out),
    ]);
    assert!(output.status.success(), "{output:?}");
    (out, String::from_utf8(output.stdout).unwrap())
}

/// The cells of an indicator as planned, year by year; nothing where it is not told.
fn indicator(out: &Path, scope: &str, name: &str) -> Option<[String; 2]> {
    let rows = rows(&out.join("indicators.csv"));
    let held = rows
        .into_iter()
        .find(|row| row["补充方式"] == "现有渠道" && row["范围"] == scope && row["指标"] == name);
    held.map(|row| ["2022-09", "2023-09"].map(|year| row[year].clone()))
}

#[test]
fn recruits_on_contract_are_outside_the_establishment_from_the_first_year() {
    let folder = tempfile::tempdir().unwrap();
    let lever = "[lever.hired]\nkind = 'recruit'\ntitle = '临聘'\nat_least = 2\nat_most = 2\n\
                 level = 'teaching'\nweight = 0.01\nstage = '小学'\nprofile = { employment = '编外' }\n";
    let (out, _) = tiny_years(folder.path(), lever, "");
    let outside = indicator(&out, "小学", "编外任教");
    assert_eq!(outside, Some(["2".to_owned(), "4".to_owned()]));
    let (_, next) = year(&out, "2023-09");
    let staff = rows(&next.join("teachers.csv"));
    let hired = staff.iter().filter(|row| row["编制类型"] == "编外");
    assert_eq!(hired.count(), 2);
}

#[test]
fn exchanges_before_the_first_year_are_not_invented() {
    let folder = tempfile::tempdir().unwrap();
    let (out, page) = tiny_years(folder.path(), "", "");
    assert!(page.contains("花名册没有“交流次数”一列"), "{page}");
    let groups = rows(&out.join("fairness.csv"));
    let counted = groups.iter().filter(|row| row["分组"] == "从未交流");
    let kinds: Vec<&str> = counted.map(|row| row["类别"].as_str()).collect();
    assert!(!kinds.is_empty());
    assert!(
        kinds.iter().all(|kind| *kind == "交流次数（展望以来）"),
        "{kinds:?}"
    );
    let summary = fs::read_to_string(out.join("summary.json")).unwrap();
    assert!(summary.contains("\"exchanges_since\": \"2022-09\""));
}

#[test]
fn rules_that_begin_or_end_later_are_told_too() {
    let folder = tempfile::tempdir().unwrap();
    let (out, _) = tiny_years(
        folder.path(),
        "[rule.early]\nkind = 'count'\ntitle = '先'\nof = 'teachers'\nat_least = 1\n",
        "[[year]]\nbegins = '2023-09'\nwithout = ['early']\n[year.set.rule.late]\nkind = 'count'\n\
         title = '后'\nof = 'teachers'\nat_least = 1\n",
    );
    let [first, second] = indicator(&out, "规则", "先").unwrap();
    assert_ne!(first, "—");
    assert_eq!(second, "—");
    let [first, second] = indicator(&out, "规则", "后").unwrap();
    assert_eq!(first, "—");
    assert_ne!(second, "—");
}

#[test]
fn an_outlook_that_falls_below_those_who_move_up_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let before = rows(Path::new("instances/tiny/classes.csv"));
    let total = |rows: &[Row], column: &str| -> u32 {
        let held = rows.iter().filter(|row| row["学段"] == "小学");
        held.map(|row| number(row, column)).sum()
    };
    let (pupils, classes) = (total(&before, "学生数"), total(&before, "班级数"));
    let (out, page) = tiny_years(
        folder.path(),
        "",
        &format!(
            "[[pupils]]\nstage = '小学'\ncounts = {{ 2022 = {pupils}, 2023 = {} }}\n",
            pupils / 4
        ),
    );
    let after = rows(&year(&out, "2023-09").1.join("classes.csv"));
    assert_eq!(total(&after, "学生数"), pupils / 4);
    let left = total(&after, "班级数");
    assert!(left < classes, "{left} of {classes}");
    let told = page.lines().find(|line| line.contains("少于顺升的"));
    let told = told.unwrap();
    assert!(
        told.contains("2023-09 小学") && told.contains("没有新生"),
        "{told}"
    );
    // One class a grade cannot become fewer; what can is tested beside `shrink`.
    assert!(told.contains(&format!("班级仍为 {left} 个")), "{told}");
}

#[test]
fn faults_of_later_years_are_said_before_anything_is_planned() {
    let folder = tempfile::tempdir().unwrap();
    let outlook = folder.path().join("later.toml");
    let ask = |lines: &str| {
        fs::write(&outlook, format!("years = 3\n[[year]]\n{lines}")).unwrap();
        let output = shizi(&[
            "forecast",
            "instances/tiny",
            "--policy",
            "wulong",
            "--outlook",
            text(&outlook),
        ]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(!said.contains("方案已编制"), "{said}");
        assert!(said.contains("later.toml: year 2023-09"), "{said}");
        said
    };
    let said = ask("begins = '2023-09'\nset = { 'leavecap.at_most' = 3 }\nleave = ['nobody']\n");
    assert!(
        said.contains("没有这条规则") && said.contains("没有这位教师"),
        "{said}"
    );
    let said = ask("begins = '2023-09'\nclose = ['S001:S002', 'S002']\n");
    assert!(
        said.contains("矛盾") && said.contains("contradicts"),
        "{said}"
    );
    let said = ask(
        "begins = '2022-09'\nclose = ['S002']\n[[year]]\nbegins = '2023-09'\n\
         close = ['S001:S002']\n",
    );
    assert!(
        said.contains("也撤并") && said.contains("ends too"),
        "{said}"
    );
    assert!(!said.contains(".csv"), "{said}");
}

#[test]
fn names_of_people_who_left_end_with_them() {
    let folder = tempfile::tempdir().unwrap();
    let (leaves, stays) = ("T03", "T08");
    // One leaves in the second year; a rule lets both through, and the outlook locks both in the third.
    let policy = format!("[rule.heads-stay]\nexcept = ['{leaves}', '{stays}']\n");
    let outlook = format!(
        "[[year]]\nbegins = '2022-09'\nleave = ['{leaves}']\n[[year]]\nbegins = '2023-09'\n\
         lock = ['{leaves}=留任', '{stays}=留任']\n"
    );
    let (out, page) = tiny_years(folder.path(), &policy, &outlook);
    assert!(
        page.contains("（heads-stay）破例的名单中有 1 人已离任"),
        "{page}"
    );
    assert!(page.contains("“T03留任”所指的人已离任"), "{page}");
    let summary = fs::read_to_string(out.join("summary.json")).unwrap();
    let summary: serde_json::Value = serde_json::from_str(&summary).unwrap();
    let dropped = &summary["as_planned"][1]["dropped"];
    assert_eq!(dropped.as_array().unwrap().len(), 2);
    assert_eq!(dropped[1]["rule"], "heads-stay");
    assert_eq!(dropped[1]["people"], 1);
    // The year's plan is audited from its files under the policy as the office has it.
    let (plan, rosters) = year(&out, "2023-09");
    let policy = folder.path().join("policy.toml");
    let audited = shizi(&[
        "audit",
        text(&plan),
        text(&rosters),
        "--policy",
        text(&policy),
    ]);
    assert!(audited.status.success(), "{audited:?}");
}

#[test]
fn a_school_that_took_another_may_close_in_its_turn() {
    let folder = tempfile::tempdir().unwrap();
    let outlook = "[[year]]\nbegins = '2022-09'\nclose = ['S003:S002']\n[[year]]\n\
                   begins = '2023-09'\nclose = ['S002:S001']\n";
    // The school in town has not posts enough for all.
    let policy = "[rule.establishment]\noff = true\n";
    let (out, page) = tiny_years(folder.path(), policy, outlook);
    let schools = |begin: &str| {
        let (_, rosters) = year(&out, begin);
        let rows = rows(&rosters.join("schools.csv"));
        let into = |code: &str| {
            let row = rows.iter().find(|row| row["学校代码"] == code);
            row.unwrap()["并入学校"].clone()
        };
        [into("S003"), into("S002"), into("S001")]
    };
    assert_eq!(schools("2022-09"), ["S002", "", ""], "{page}");
    // Its pupils went on with those of the school that took them.
    assert_eq!(schools("2023-09"), ["S001", "S001", ""], "{page}");
    let (plan, rosters) = year(&out, "2023-09");
    let policy = folder.path().join("policy.toml");
    let audit = [
        "audit",
        text(&plan),
        text(&rosters),
        "--policy",
        text(&policy),
    ];
    let audited = shizi(&audit);
    assert!(audited.status.success(), "{audited:?}");
    // Nobody serves at either any more.
    let assigned = rows(&plan.join("assignments.csv"));
    assert!(
        assigned.iter().all(|row| row["任教学校代码"] == "S001"),
        "{assigned:?}"
    );
}

#[test]
fn the_english_page_has_units_in_english() {
    let folder = tempfile::tempdir().unwrap();
    let outlook = folder.path().join("outlook.toml");
    fs::write(&outlook, "years = 1\n").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_shizi"))
        .args([
            "forecast",
            "instances/tiny",
            "--policy",
            "wulong",
            "--lang",
            "en",
        ])
        .args(["--outlook", text(&outlook)])
        .output()
        .unwrap();
    let page = String::from_utf8(output.stdout).unwrap();
    for words in [
        "pupils (persons)",
        "need (full-time persons)",
        "(weighted persons)",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("（"), "{page}");
}
