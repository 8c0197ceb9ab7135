//! Questions of schools that open, close and shrink, of posts that are filled, and of the time after the
//! list is out.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{Hand, Table, answers, base, figures_of, number, rosters_but};
use crate::{origin, policy, same_levels};

#[test]
fn six_a_new_school_needs_sixty() {
    let [page] = answers(6);
    let answer = figures_of(&page, "新建初中60人");
    // The school in the rosters: beside S026, whose town, cluster and place it shares.
    let (_folder, rosters) = rosters_but("locks", |_| true);
    let schools = Table::rosters("schools");
    let near = schools.by("学校代码")["S026"].clone();
    let mut row = near;
    for (key, value) in [
        ("学校代码", "S900"),
        ("学校名称", "滨江初级中学"),
        ("所属单位代码", "U900"),
        ("所属单位名称", "滨江初级中学"),
        ("是否派出学校", "否"),
        ("是否受援学校", "是"),
        ("核定编制", ""),
        ("其他未达标指标数", ""),
    ] {
        row.insert(key.to_owned(), value.to_owned());
    }
    let mut all = schools.clone();
    all.header.push("办学状态".to_owned());
    for held in &mut all.rows {
        held.insert("办学状态".to_owned(), "在办".to_owned());
    }
    row.insert("办学状态".to_owned(), "新建".to_owned());
    all.rows.push(row);
    all.write(&rosters.join("schools.csv"));
    let mut classes = Table::rosters("classes");
    for grade in 7..=9 {
        let cells = ["S900", "初中", &grade.to_string(), "", "8", "400"].map(ToOwned::to_owned);
        let row = classes.header.iter().cloned().zip(cells).collect();
        classes.rows.push(row);
    }
    classes.write(&rosters.join("classes.csv"));
    let rules = "[rule.fifty]\nexactly = 110\n\
                 [rule.sixty]\nkind = 'count'\ntitle = '六十'\nenforcement = 'hard'\nof = 'moves'\n\
                 to = { school = 'S900' }\nat_least = 60\n\
                 [rule.one]\nkind = 'count'\ntitle = '一'\nenforcement = 'hard'\nof = 'moves'\n\
                 to = { school = 'S900' }\nscope = 'school-subject'\nat_most = 1\n\
                 [rule.fifth]\nkind = 'ratio'\ntitle = '骨干'\nenforcement = 'hard'\nof = 'moves'\n\
                 to = { school = 'S900' }\nnumerator = { backbone_at_least = '区县级' }\n\
                 at_least = '20%'\n";
    let hand = Hand::plan(&rosters, &policy(rules));
    same_levels(&answer, &hand);
    let teachers = Table::rosters("teachers").by("教师编号");
    let moves = hand.table("plan").rows;
    let there: Vec<_> = moves
        .iter()
        .filter(|row| row["接收学校代码"] == "S900" && row["交流形式"] != "转岗培训")
        .collect();
    assert!(there.len() >= 60, "{}", there.len());
    let mut each: BTreeSet<(String, String)> = BTreeSet::new();
    for row in &there {
        let subject = teachers[&row["教师编号"]]["任教学科"].clone();
        assert!(each.insert((origin(row), subject)), "{row:?}");
    }
    let backbone = there.iter().filter(|row| {
        let level = &teachers[&row["教师编号"]]["骨干级别"];
        ["区县级", "市级", "省级", "国家级"].contains(&level.as_str())
    });
    assert!(5 * backbone.count() >= there.len());
}

#[test]
fn seven_three_teaching_points_close() {
    let [page] = answers(7);
    let answer = figures_of(&page, "撤销S124:S054，撤销S134:S064，撤销S131:S061");
    let closing = [("S124", "S054"), ("S134", "S064"), ("S131", "S061")];
    let (_folder, rosters) = rosters_but("locks", |_| true);
    let mut schools = Table::rosters("schools");
    schools
        .header
        .extend(["办学状态", "并入学校"].map(ToOwned::to_owned));
    for row in &mut schools.rows {
        let into = closing.iter().find(|(code, _)| row["学校代码"] == *code);
        let state = if into.is_some() { "撤销" } else { "在办" };
        row.insert("办学状态".to_owned(), state.to_owned());
        let into = into.map_or(String::new(), |(_, into)| (*into).to_owned());
        row.insert("并入学校".to_owned(), into);
    }
    schools.write(&rosters.join("schools.csv"));
    // Pupils join the classes of their grade, forty-five in each at most.
    let mut classes = Table::rosters("classes");
    let count = |row: &BTreeMap<String, String>, key: &str| row[key].parse::<i64>().unwrap();
    for (from, into) in closing {
        let gone: Vec<_> = classes
            .rows
            .iter()
            .filter(|row| row["学校"] == from)
            .cloned()
            .collect();
        classes.rows.retain(|row| row["学校"] != from);
        for group in gone {
            let mut rows = classes.rows.iter_mut();
            let grade = rows.find(|row| row["学校"] == into && row["年级"] == group["年级"]);
            let grade = grade.unwrap();
            let pupils = count(grade, "学生数") + count(&group, "学生数");
            let before = count(grade, "班级数");
            let needed = (pupils + 44) / 45;
            let after = needed.clamp(before, before + count(&group, "班级数"));
            grade.insert("学生数".to_owned(), pupils.to_string());
            grade.insert("班级数".to_owned(), after.to_string());
        }
    }
    classes.write(&rosters.join("classes.csv"));
    let hand = Hand::plan(&rosters, &policy(""));
    same_levels(&answer, &hand);
    // Who is resettled: all of the three who serve when the year begins.
    let settled: BTreeSet<String> = hand
        .table("plan")
        .rows
        .into_iter()
        .filter(|row| row["交流形式"] == "撤并安置")
        .map(|row| row["教师编号"].clone())
        .collect();
    for id in &settled {
        assert!(page.contains(id.as_str()), "{id}");
    }
    assert!(
        page.contains(&format!("安置 {} 人", settled.len())),
        "{}",
        settled.len()
    );
}

#[test]
fn eight_only_thirty_posts_may_be_filled() {
    let [page] = answers(8);
    let lever = "[lever.thirty]\nkind = 'recruit'\ntitle = '公开招聘'\nat_most = 30\n\
                 level = 'people'\nweight = 1\nstage = ['小学', '初中']\n\
                 profile = { employment = '在编' }\n";
    let hand = Hand::plan("instances/jiangjin".as_ref(), &policy(lever));
    same_levels(&figures_of(&page, "招聘30人"), &hand);
    let used = hand.table("levers").rows;
    let used = used.iter().filter(|row| row["渠道"] == "thirty");
    let hired: i64 = used.map(|row| row["人数"].parse::<i64>().unwrap()).sum();
    let told = page
        .lines()
        .filter(|line| line.trim_start().starts_with("公开招聘"));
    let told: Vec<Vec<&str>> = told.map(|line| line.split_whitespace().collect()).collect();
    let count: i64 = told.iter().map(|row| row[5].parse::<i64>().unwrap()).sum();
    assert_eq!((hired, count), (30, 30));
    // Each is at a post that lacks somebody under the plan with none.
    let lacking = base().table("posts").rows;
    for row in told {
        let post = lacking.iter().find(|post| {
            post["学校"] == row[1] && post["学段"] == row[2] && post["学科岗位"] == row[3]
        });
        assert!(number(&post.unwrap()["方案后缺额"]) > 0.0, "{row:?}");
    }
}

#[test]
fn nine_primary_loses_forty_classes() {
    let [page] = answers(9);
    let answer = figures_of(&page, "全区:小学=-40班");
    // Each next class is taken where the share taken so far, this one included, is least.
    let mut classes = Table::rosters("classes");
    let count = |row: &BTreeMap<String, String>, key: &str| row[key].parse::<i64>().unwrap();
    let mut taken = vec![0_i64; classes.rows.len()];
    let all: i64 = classes
        .rows
        .iter()
        .filter(|row| row["学段"] == "小学")
        .map(|row| count(row, "班级数"))
        .sum();
    for _ in 0..40 {
        let open =
            classes.rows.iter().enumerate().filter(|(place, row)| {
                row["学段"] == "小学" && taken[*place] < count(row, "班级数")
            });
        let next = open.min_by_key(|(place, row)| {
            (
                (taken[*place] + 1) * all * 1000 / count(row, "班级数"),
                *place,
            )
        });
        taken[next.unwrap().0] += 1;
    }
    for (row, &gone) in classes.rows.iter_mut().zip(&taken) {
        if gone > 0 {
            let (held, pupils) = (count(row, "班级数"), count(row, "学生数"));
            let each = pupils / held;
            row.insert("班级数".to_owned(), (held - gone).to_string());
            row.insert("学生数".to_owned(), (pupils - gone * each).to_string());
        }
    }
    let (_folder, rosters) = rosters_but("locks", |_| true);
    classes.write(&rosters.join("classes.csv"));
    let hand = Hand::plan(&rosters, &policy(""));
    same_levels(&answer, &hand);
    // Who is surplus, summed over the posts of the plan by hand, and who can be retrained.
    let posts = hand.table("posts").rows;
    let surplus: f64 = posts.iter().map(|post| number(&post["方案后超需"])).sum();
    assert!(
        (surplus - number(&answer["超需人"])).abs() < 2.0,
        "{surplus}"
    );
    let retrained = hand.table("plan").rows;
    let retrained = retrained.iter().filter(|row| row["交流形式"] == "转岗培训");
    let line = page.lines().find(|line| line.contains("转岗培训"));
    let told = line.unwrap().split_whitespace().last().unwrap().to_owned();
    assert_eq!(told, retrained.count().to_string());
    // Staff outside the establishment whom posts can do without.
    let spare: f64 = posts
        .iter()
        .map(|post| number(&post["方案后编外可减"]))
        .sum();
    let line = page
        .lines()
        .find(|line| line.contains("编外（临聘）可不再需要"));
    let told = number(line.unwrap().split_whitespace().last().unwrap());
    assert!((spare - told).abs() <= 2.0, "{spare} {told}");
}

#[test]
fn ten_after_the_list_is_out() {
    let [page] = answers(10);
    let named = ["T00127", "T04507", "T09931", "T01710"];
    let second = base().replanned(&named);
    // Who is placed differently, from the two lists of assignments.
    let place = |row: &BTreeMap<String, String>| {
        ["任教学校代码", "学段", "学科", "形式"].map(|key| row[key].clone())
    };
    let before = base().table("assignments").by("教师编号");
    let after = second.table("assignments").by("教师编号");
    let differ: Vec<&String> = before
        .iter()
        .filter(|(id, row)| !named.contains(&id.as_str()) && place(row) != place(&after[*id]))
        .map(|(id, _)| id)
        .collect();
    assert!(differ.len() <= 2, "{differ:?}");
    for id in &differ {
        assert!(page.contains(id.as_str()), "{id}");
    }
    for (id, form) in named.iter().zip(["离岗", "离岗", "离岗", "离任"]) {
        assert_eq!(after[*id]["形式"], form);
    }
    // As many people as one likes are never worse than two, and the year with the decisions in the
    // rosters, planned from nothing, is the best there is.
    let (_folder, rosters) = rosters_but("decided", |_| true);
    let path = rosters.join("decided.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    let [one, two, three, gone] = named;
    let away = [one, two, three].map(|id| format!("{id},离岗,,2025-09,产假\r\n"));
    let text = format!("{text}{}{gone},离职,,2025-09,不报到\r\n", away.concat());
    std::fs::write(&path, text).unwrap();
    let hand = Hand::plan(&rosters, &policy(""));
    assert!(hand.level(1) <= second.level(1) + 0.01);
    let free = page
        .lines()
        .find(|line| line.trim_start().starts_with("不限"));
    let free: Vec<&str> = free.unwrap().split_whitespace().collect();
    let teaching = number(free[free.len() - 2]);
    assert!((teaching - hand.level(1)).abs() <= 0.02 + 2e-4 * teaching);
}
