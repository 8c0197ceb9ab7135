//! Twelve teachers and three schools, made by hand so that the best plan can be found by hand.

use crate::domain::{
    Backbone, DecidedKind, Degree, LockKind, Month, Office, SchoolState, Sex, Stage, Title, Zone,
};

use super::geography::coordinates;
use super::profile::Profile;
use super::records::{
    ClassRecord, DecidedRecord, LockRecord, NeedRecord, SchoolRecord, SyntheticDistrict,
    TeacherRecord, UnitRecord,
};

/// School, name, sex, birth, first job, arrival, subject, weekly periods, class teacher.
type Row = (
    usize,
    &'static str,
    Sex,
    i32,
    i32,
    i32,
    &'static str,
    u32,
    bool,
);

const PEOPLE: [Row; 12] = [
    (0, "王芳", Sex::Female, 1980, 2002, 2008, "语文", 120, true),
    (0, "李敏", Sex::Female, 1985, 2007, 2012, "语文", 120, true),
    (0, "张静", Sex::Female, 1990, 2012, 2019, "语文", 120, true),
    (0, "刘伟", Sex::Male, 1975, 1997, 2003, "数学", 60, false),
    (0, "陈丽", Sex::Female, 1988, 2010, 2014, "数学", 120, false),
    (0, "杨洋", Sex::Male, 1987, 2009, 2013, "体育", 140, false),
    (0, "黄婷", Sex::Female, 1986, 2008, 2012, "音乐", 80, false),
    (0, "赵雪", Sex::Female, 1993, 2015, 2020, "音乐", 80, false),
    (1, "周明", Sex::Male, 1978, 2000, 2010, "语文", 140, true),
    (1, "吴强", Sex::Male, 1982, 2004, 2011, "数学", 80, true),
    (1, "徐霞", Sex::Female, 1991, 2013, 2015, "数学", 80, false),
    (2, "孙平", Sex::Male, 1970, 1992, 2001, "语文", 140, true),
];

/// Persons needed. What is not named here is stated as zero, so that nothing else is counted.
const NEEDED: [(usize, &str, u32); 9] = [
    (0, "语文", 3),
    (0, "数学", 2),
    (0, "体育", 1),
    (0, "音乐", 1),
    (1, "语文", 1),
    (1, "数学", 1),
    (1, "体育", 1),
    (1, "音乐", 1),
    (2, "语文", 1),
];

const SUBJECTS: [&str; 11] = [
    "语文",
    "数学",
    "英语",
    "道德与法治",
    "科学",
    "信息科技",
    "体育",
    "音乐",
    "美术",
    "综合实践",
    "心理健康",
];

pub(super) fn build(profile: &Profile) -> SyntheticDistrict {
    let schools = schools();
    let teachers = PEOPLE
        .iter()
        .enumerate()
        .map(|(number, row)| teacher(number, row, &schools))
        .collect();
    let needs = (0..3)
        .flat_map(|school| SUBJECTS.map(|subject| (school, subject)))
        .map(|(school, subject)| NeedRecord {
            school,
            stage: Stage::Primary,
            subject,
            persons: NEEDED
                .iter()
                .find(|row| (row.0, row.1) == (school, subject))
                .map_or(0, |row| row.2),
        })
        .collect();
    SyntheticDistrict {
        profile: profile.name,
        kind: None,
        seed: 0,
        name: profile.district.to_owned(),
        code: profile.code.to_owned(),
        year_begin: profile.year_begin,
        data_date: profile.data_date.to_owned(),
        units: units(),
        schools,
        teachers,
        needs,
        travel: vec![(0, 1, 25), (0, 2, 40), (1, 2, 20)],
        preferences: vec![(6, 1, 1), (10, 1, 0)],
        nominations: Vec::new(),
        locks: vec![LockRecord {
            teacher: 3,
            kind: LockKind::Stay,
            school: None,
            form: None,
            reason: "校长任期未满",
        }],
        decided: vec![DecidedRecord {
            teacher: 5,
            kind: DecidedKind::Leave,
            school: None,
            date: Some(profile.year_begin),
            basis: "辞职申请已批准",
        }],
        outlook: None,
        targets: Vec::new(),
    }
}

fn units() -> Vec<UnitRecord> {
    [("U001", "城关小学", 8), ("U002", "石桥中心小学", 5)]
        .map(|(code, name, establishment)| UnitRecord {
            code: code.to_owned(),
            name: name.to_owned(),
            establishment,
            senior_posts: None,
            middle_posts: None,
        })
        .to_vec()
}

/// Name, unit, town, zone, place in metres from the seat, grades (one class each), pupils a class.
type SchoolRow = (&'static str, usize, &'static str, Zone, (i32, i32), u8, u32);

const SCHOOLS: [SchoolRow; 3] = [
    ("城关小学", 0, "城关镇", Zone::Urban, (0, 0), 6, 44),
    (
        "石桥中心小学",
        1,
        "石桥乡",
        Zone::Rural,
        (8_000, 3_000),
        3,
        24,
    ),
    (
        "石桥乡云岭教学点",
        1,
        "石桥乡",
        Zone::Rural,
        (12_000, 6_000),
        1,
        9,
    ),
];

fn schools() -> Vec<SchoolRecord> {
    let school = |(number, row): (usize, &SchoolRow)| {
        let &(name, unit, town, zone, place, grades, pupils) = row;
        let grade = |grade: u8| ClassRecord {
            stage: Stage::Primary,
            grade: Some(grade),
            programme: None,
            classes: 1,
            pupils,
        };
        SchoolRecord {
            code: format!("S{:03}", number + 1),
            name: name.to_owned(),
            unit,
            town: town.to_owned(),
            zone,
            sending: zone == Zone::Urban,
            receiving: zone == Zone::Rural,
            cluster: "第一学区".to_owned(),
            group: String::new(),
            position: coordinates(place),
            metres_from_seat: super::geography::metres((0, 0), place),
            dormitory: grades == 1,
            remote: grades == 1,
            state: SchoolState::Open,
            merged_into: None,
            classes: (1..=grades).map(grade).collect(),
        }
    };
    SCHOOLS.iter().enumerate().map(school).collect()
}

fn teacher(number: usize, row: &Row, schools: &[SchoolRecord]) -> TeacherRecord {
    let &(school, name, sex, birth, first_job, arrival, subject, periods, class_teacher) = row;
    let month = |year: i32, month: u32| Month::new(year, month).expect("a calendar month");
    let unit = schools[school].unit;
    let mut teacher = TeacherRecord::new(school, unit, Stage::Primary, subject, month(birth, 5));
    teacher.id = format!("T{:02}", number + 1);
    name.clone_into(&mut teacher.name);
    teacher.sex = sex;
    teacher.first_job = month(first_job, 9);
    teacher.arrival = month(arrival, 9);
    teacher.weekly_periods = periods;
    teacher.class_teacher = class_teacher;
    teacher.title = if birth < 1983 {
        Title::Senior
    } else {
        Title::First
    };
    teacher.degree = if birth < 1976 {
        Degree::Associate
    } else {
        Degree::Bachelor
    };
    teacher.home_town.clone_from(&schools[school].town);
    if [0, 6].contains(&number) {
        teacher.backbone = Backbone::County;
    }
    if [3, 8].contains(&number) {
        teacher.office = Office::Head;
        teacher.office_terms = 1;
    }
    teacher
}

/// The page that says what the best plan is.
pub(super) const README: &str = "\
# 示例县 / A tiny district, solved by hand

所有人员均为虚构，姓名、生日、任职均由程序作者编写。
Every person is synthetic. Twelve teachers, three primary schools, whole persons only.
Regenerate: profile `tiny` (the seed does not matter).

需求由 `need.csv` 直接给出（折算人数），未列的学科为 0。6 号体育教师开学前离职（`decided.csv`）。
The needs are stated in `need.csv`; teacher T06 leaves before the year begins (`decided.csv`).

| 学校 School | 语文 | 数学 | 体育 | 音乐 |
|---|---|---|---|---|
| 城关小学 S001 (城区, 派出): need / in post | 3 / 3 | 2 / 2 | 1 / 0 | 1 / **2** |
| 石桥中心小学 S002 (乡村, 受援): need / in post | 1 / 1 | 1 / **2** | 1 / 0 | 1 / **0** |
| 云岭教学点 S003 (乡村, 受援): need / in post | 1 / 1 | 0 / 0 | 0 / 0 | 0 / 0 |

## 恰好交流 1 人 / Exactly one exchange, from a sending to a receiving school

Uncovered before: 体育 at S001, 体育 and 音乐 at S002: **3 persons**.

- T07 黄婷 (音乐, at S001 since 2012-09: ten years) to S002: S001 still has one music teacher for
  its one post, S002 gets one. Uncovered falls to **2**. She has also wished for it, it takes 25
  minutes, and she is 骨干, so the share of 骨干 among those moved is 1 of 1.
- T08 赵雪 (音乐, since 2020-09: two years) would do as much, but has not served six years.
- T01, T02 (语文), T05 (数学): no receiving school lacks the subject, and S001 would; uncovered
  rises to **4**. T03 has three years. T04 is head and locked (`locks.csv`). T06 has left.
- To S003 nobody is needed: a music teacher there leaves uncovered at 3.

**The only best plan: T07 goes to S002 on exchange; 2 persons stay uncovered (体育 twice), which no
teacher in post can cover. The surplus that remains is one 数学 teacher at S002.**

那一名多余的数学教师（T10 或 T11）不属于派出学校，不在这一规则的范围内。
唯一最优方案：T07 黄婷由城关小学交流到石桥中心小学；交流后缺 2 人（两校体育）。

编制 Establishment: S001 has 8 of 8 before T06 leaves; unit U002 has 4 of 5.
";
