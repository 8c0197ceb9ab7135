//! The ten questions of `docs/questions.md`: what the page shows is what the program prints
//! (`SHIZI_UPDATE=1` rewrites it), and every answer is reckoned again from rosters and plans as CSV, or
//! from files changed by hand and planned from nothing.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

mod changes;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use support::{Hand, Table, answers, base, figures_of, number, rosters_but};

/// Levels as the table of scenarios prints them.
const LEVELS: [&str; 3] = ["守住底线", "保障教学", "以人为本、节约成本"];

/// Whether a level of a plan from nothing is the one that was answered: both are within the gap.
pub(crate) fn same_levels(answer: &BTreeMap<String, String>, hand: &Hand) {
    for (place, title) in LEVELS.iter().enumerate() {
        let (answered, planned) = (number(&answer[*title]), hand.level(place));
        // Levels are solved to a hundredth of a hundredth, and a later one follows the earlier ones.
        let slack = 0.02 + planned * if place == 2 { 2e-3 } else { 2e-4 };
        assert!(
            (answered - planned).abs() <= slack,
            "{title}: answered {answered}, planned by hand {planned}"
        );
    }
}

pub(crate) fn policy(more: &str) -> String {
    format!("extends = 'jiangjin'\nid = 'by-hand'\ntitle = '手工'\n{more}")
}

/// The school that somebody leaves, by the roster.
pub(crate) fn origin(row: &BTreeMap<String, String>) -> String {
    static SCHOOLS: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    let schools = SCHOOLS.get_or_init(|| {
        let rows = Table::rosters("teachers").rows.into_iter();
        rows.map(|row| (row["教师编号"].clone(), row["任教学校"].clone()))
            .collect()
    });
    schools[&row["教师编号"]].clone()
}

/// The moves of a plan that the plan of the five years counts: from sending schools in town to rural or
/// receiving ones.
fn of_the_fifty<'a>(
    moves: &'a Table,
    schools: &'a BTreeMap<String, BTreeMap<String, String>>,
) -> Vec<&'a BTreeMap<String, String>> {
    let counted = moves.rows.iter().filter(|row| {
        let (from, to) = (&schools[&origin(row)], &schools[&row["接收学校代码"]]);
        ["交流", "调动"].contains(&row["交流形式"].as_str())
            && from["城乡类型"] != "乡村"
            && from["是否派出学校"] == "是"
            && (to["城乡类型"] == "乡村" || to["是否受援学校"] == "是")
    });
    counted.collect()
}

#[test]
fn one_from_fifty_to_eighty() {
    let [page] = answers(1);
    let answer = figures_of(&page, "fifty.exactly=80");
    let hand = Hand::plan(
        "instances/jiangjin".as_ref(),
        &policy("[rule.fifty]\nexactly = 80\n"),
    );
    same_levels(&answer, &hand);
    let schools = Table::rosters("schools").by("学校代码");
    let moves = hand.table("plan");
    assert_eq!(of_the_fifty(&moves, &schools).len(), 80);
    assert_eq!(of_the_fifty(&base().table("plan"), &schools).len(), 50);
    // Nobody need be placed differently than the two plans from nothing have it.
    let places = |plan: &Hand| {
        let rows = plan.table("assignments").rows.into_iter();
        let rows = rows.map(|row| {
            let place = ["任教学校代码", "学段", "学科", "形式"].map(|key| row[key].clone());
            (row["教师编号"].clone(), place)
        });
        rows.collect::<BTreeMap<_, _>>()
    };
    let (before, after) = (places(base()), places(&hand));
    let others = before.iter().filter(|(id, place)| after[*id] != **place);
    let differ = number(&answer["与基准不同人"]) as usize;
    assert!((30..=others.count()).contains(&differ), "{differ}");
    // Everybody who is named was where the base's own plan has him or her.
    let mut named = 0;
    for (id, [school, stage, subject, form]) in &before {
        let mut lines = page.lines();
        let line = lines.find(|line| line.trim_start().starts_with(&format!("{id} ")));
        if let Some(line) = line {
            let schools = &schools[school]["学校名称"];
            let place = format!("{schools} {stage}{subject}（{form}）");
            assert!(line.contains(&place), "{line}: {place}");
            named += 1;
        }
    }
    assert_eq!(named, 12, "so many are named");
}

#[test]
fn two_what_is_missing_to_a_tenth_and_a_fifth() {
    let [fifth, tenth, price] = answers(2);
    // Who moves, by years at the school, from the plan and the roster alone.
    let teachers = Table::rosters("teachers").by("教师编号");
    let schools = Table::rosters("schools").by("学校代码");
    let (mut sending, mut all) = (0, 0);
    for row in base().table("plan").rows {
        let teacher = &teachers[&row["教师编号"]];
        let staged = ["小学", "初中"].contains(&row["学段"].as_str());
        let moved = ["交流", "调动"].contains(&row["交流形式"].as_str());
        // Six complete years when the year begins.
        let stayed = teacher["进入本校年月"].as_str() <= "2019-09";
        if staged && moved && stayed {
            all += 1;
            sending += i64::from(schools[&origin(&row)]["是否派出学校"] == "是");
        }
    }
    // A tenth and a fifth of the same base: of `all` it is the 4,073 who are said to be eligible.
    let eligible = base().summary["statistics"]["eligible_for_exchange"]
        .as_i64()
        .unwrap_or(4073);
    let county = |part: i64| (eligible + part - 1) / part - all;
    let missing = |page: &str, rule: &str| -> i64 {
        let after = page.split(rule).nth(1).unwrap();
        let after = after.split("缺 ").nth(1).unwrap();
        after.split(' ').next().unwrap().parse().unwrap()
    };
    let titles = ["派出学校符合条件教师每年", "全域符合条件教师交流比例"];
    assert_eq!(missing(&tenth, titles[1]), county(10));
    assert_eq!(missing(&fifth, titles[1]), county(5));
    let (ten, twenty) = (missing(&tenth, titles[0]), missing(&fifth, titles[0]));
    // The shares are rounded up, so twice the one is at most one more than the other.
    assert!((0..=1).contains(&(2 * (ten + sending) - (twenty + sending))));
    // The price of a tenth, planned from nothing.
    let hand = Hand::plan(
        "instances/jiangjin".as_ref(),
        &policy("[rule.fifty]\noff = true\n[rule.exchange-rate]\nenforcement = 'hard'\n"),
    );
    let answer = figures_of(&price, "派出学校10%");
    same_levels(&answer, &hand);
    let moved = hand.table("plan").rows.into_iter().filter(|row| {
        let teacher = &teachers[&row["教师编号"]];
        ["小学", "初中"].contains(&row["学段"].as_str())
            && ["交流", "调动"].contains(&row["交流形式"].as_str())
            && teacher["进入本校年月"].as_str() <= "2019-09"
            && schools[&origin(row)]["是否派出学校"] == "是"
    });
    assert!(moved.count() as i64 >= ten + sending);
    // Twice as many cost more of everything.
    let twice = figures_of(&price, "派出学校20%");
    for column in ["流动人次", "非志愿", "缺额人", "保障教学"] {
        assert!(number(&twice[column]) > number(&answer[column]), "{column}");
    }
}

#[test]
fn three_all_whose_years_end_come_home() {
    let [page] = answers(3);
    let teachers = Table::rosters("teachers").rows;
    let ended: Vec<_> = teachers
        .iter()
        .filter(|row| !row["交流结束年月"].is_empty() && row["交流结束年月"].as_str() <= "2025-09")
        .collect();
    assert!(
        page.contains(&format!("到期 {} 人", ended.len())),
        "55 of them"
    );
    let decided = Table::rosters("decided").by("教师编号");
    let decision = |row: &BTreeMap<String, String>| {
        let held = decided.get(&row["教师编号"]);
        held.map(|held| held["事项"].clone()).unwrap_or_default()
    };
    let home: Vec<_> = ended
        .iter()
        .filter(|row| row["人事关系是否随迁"] == "否" && decision(row) != "续期")
        .collect();
    assert!(page.contains(&format!("返回原单位 {} 人", home.len())));
    // Who comes home teaches there, and who came home early does so by a decision.
    let assignments = base().table("assignments").by("教师编号");
    let early: Vec<_> = teachers
        .iter()
        .filter(|row| decision(row) == "返回")
        .collect();
    assert!(page.contains(&format!(
        "未到期而返回（经决定，或所在学校撤并）{} 人",
        early.len()
    )));
    let returned: Vec<&Row> = home.iter().map(|row| **row).chain(early).collect();
    for row in &returned {
        let place = &assignments[&row["教师编号"]];
        assert_eq!(place["任教学校代码"], row["交流原单位"], "{place:?}");
    }
    over_establishment(&page, &returned);
    posts_left(&page, &returned);
}

/// A row of a table.
type Row = BTreeMap<String, String>;

/// Who is over the establishment of the units that people come home to.
fn over_establishment(page: &str, returned: &[&Row]) {
    let schools = Table::rosters("schools").by("学校代码");
    // Units as the plan's own list has them, transfers taken back.
    let mut held: BTreeMap<String, i64> = BTreeMap::new();
    for row in base().table("assignments").rows {
        // The unit after the plan; of those transferred by its choice, that of the school they leave.
        let chosen = row["形式"] == "调动" && row["是否已定"] != "是";
        let unit = if chosen {
            schools[&origin(&row)]["所属单位代码"].clone()
        } else {
            row["编制单位代码"].clone()
        };
        *held.entry(unit).or_default() += 1;
    }
    let mut posts: BTreeMap<String, i64> = BTreeMap::new();
    for school in schools.values() {
        let count = school["核定编制"].parse::<i64>().unwrap_or_default();
        *posts.entry(school["所属单位代码"].clone()).or_default() += count;
    }
    let units: BTreeSet<String> = returned
        .iter()
        .map(|row| schools[&row["交流原单位"]]["所属单位代码"].clone())
        .collect();
    let over = units.iter().filter(|unit| held[*unit] > posts[*unit]);
    let told = format!(
        "返回到 {} 个单位，其中超编 {} 个",
        units.len(),
        over.count()
    );
    assert!(page.contains(&told), "{told}");
}

/// The posts that people leave by coming home, and what these lack before and after the plan.
fn posts_left(page: &str, returned: &[&Row]) {
    let after = base().table("posts").rows;
    let mut left: BTreeSet<(String, String, String)> = BTreeSet::new();
    for row in returned {
        let post = after.iter().find(|post| {
            let subjects: Vec<&str> = post["学科岗位"].split('+').collect();
            post["学校代码"] == row["任教学校"]
                && post["学段"] == row["任教学段"]
                && subjects.contains(&row["任教学科"].as_str())
        });
        let post = post.unwrap();
        let key = ["学校代码", "学段", "学科岗位"].map(|key| post[key].clone());
        left.insert(key.into());
    }
    let lacking = |column: &str| -> f64 {
        let posts = after.iter().filter(|post| {
            left.contains(
                &["学校代码", "学段", "学科岗位"]
                    .map(|key| post[key].clone())
                    .into(),
            )
        });
        posts.map(|post| number(&post[column])).sum()
    };
    let told = format!(
        "{} 人离开 {} 个岗位，学年初缺额",
        returned.len(),
        left.len()
    );
    let line = page.lines().find(|line| line.contains(&told)).unwrap();
    let numbers: Vec<f64> = line
        .split("缺额 ")
        .skip(1)
        .map(|text| number(text.split(' ').next().unwrap()))
        .collect();
    assert!((numbers[0] - lacking("方案前缺额")).abs() < 1.0, "{line}");
    assert!((numbers[1] - lacking("方案后缺额")).abs() < 1.0, "{line}");
}

#[test]
fn four_caps_on_every_school() {
    let [page] = answers(4);
    let rules = "[rule.three]\nkind = 'count'\ntitle = '三'\nenforcement = 'hard'\nof = 'moves'\n\
                 scope = 'school'\nat_most = 3\n\
                 [rule.one]\nkind = 'count'\ntitle = '一'\nenforcement = 'hard'\nof = 'moves'\n\
                 scope = 'school-subject'\nat_most = 1\n\
                 [rule.no-graduating]\nkind = 'eligibility'\ntitle = '毕业年级'\n\
                 form = ['交流', '调动']\neffect = 'forbid'\nwho = { graduating_grade = true }\n\
                 [rule.no-class]\nkind = 'eligibility'\ntitle = '班主任'\n\
                 form = ['交流', '调动']\neffect = 'forbid'\nwho = { class_teacher = true }\n";
    let (_folder, rosters) = rosters_but("locks", |row| row["教师编号"] != "T00418");
    let hand = Hand::plan(&rosters, &policy(rules));
    same_levels(&figures_of(&page, "每校至多3人"), &hand);
    let teachers = Table::rosters("teachers").by("教师编号");
    let schools = Table::rosters("schools").by("学校代码");
    let moves = hand.table("plan");
    assert_eq!(of_the_fifty(&moves, &schools).len(), 50, "fifty still go");
    let mut leaving: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut by_school: BTreeMap<String, usize> = BTreeMap::new();
    let decided: BTreeSet<String> = hand
        .table("assignments")
        .rows
        .into_iter()
        .filter(|row| row["是否已定"] == "是")
        .map(|row| row["教师编号"].clone())
        .collect();
    for row in &moves.rows {
        if !["交流", "调动"].contains(&row["交流形式"].as_str()) {
            continue;
        }
        let teacher = &teachers[&row["教师编号"]];
        let school = origin(row);
        let subject = (school.clone(), teacher["任教学科"].clone());
        *leaving.entry(subject).or_default() += 1;
        *by_school.entry(school).or_default() += 1;
        if !decided.contains(&row["教师编号"]) {
            assert_eq!(teacher["是否班主任"], "否", "{row:?}");
        }
    }
    assert!(by_school.values().all(|&count| count <= 3), "{by_school:?}");
    assert!(leaving.values().all(|&count| count <= 1), "{leaving:?}");
}

#[test]
fn five_this_one_cannot_go() {
    let [page] = answers(5);
    let moved = base().table("plan").by("教师编号");
    let there = &moved["T00138"];
    assert!(page.contains(&there["接收学校"]) && page.contains(&there["交流原因"]));
    // The year with the lock in the rosters, planned from nothing: what it costs is what was answered.
    let (folder, rosters) = rosters_but("locks", |_| true);
    let path = rosters.join("locks.csv");
    let mut text = std::fs::read_to_string(&path).unwrap();
    text.push_str("T00138,留任,,,校长意见\r\n");
    std::fs::write(&path, text).unwrap();
    let hand = Hand::plan(&rosters, &policy(""));
    drop(folder);
    assert!(!hand.table("plan").by("教师编号").contains_key("T00138"));
    assert!(page.contains("各层级都不变（已证明）"), "{page}");
    for place in 0..LEVELS.len() {
        let (before, after) = (base().level(place), hand.level(place));
        assert!((before - after).abs() < 0.02 + 2e-4 * before, "{place}");
    }
}
