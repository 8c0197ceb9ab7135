//! The page that comes with an instance: what is published, what was made of it, what is assumed.

use std::fmt::Write as _;

use super::planned::Planned;
use super::records::{SyntheticDistrict, Target};
use super::statistics::{StageFigures, Statistics, statistics};
use super::tiny;
use super::totals::{Measure, Part};

/// The README of a district.
pub(super) fn text(district: &SyntheticDistrict) -> String {
    if district.profile == "tiny" {
        return tiny::README.to_owned();
    }
    if let Some(planned) = Planned::named(district.profile) {
        return planned.page(district);
    }
    let figures = statistics(district);
    let mut page = heading(district);
    page.push_str(&kind(district));
    page.push_str(&totals(district));
    if district.profile == "wulong" {
        page.push_str(WULONG_CONTRADICTIONS);
    }
    page.push_str(&shares(&figures, &COUNTY_AIMS));
    page.push_str(&stages(&figures, &COUNTY_AIMS));
    page.push_str(ASSUMPTIONS);
    page.push_str(FAMILIES);
    page
}

/// Which district it is, and that nobody in it is real.
pub(super) fn title(district: &SyntheticDistrict) -> String {
    format!(
        "# {} ({}, seed {})\n\n\
         **本目录中的每一个人都是虚构的。Every person in this folder is synthetic.**\n\n",
        district.name, district.profile, district.seed,
    )
}

/// How to make it again.
pub(super) fn again(district: &SyntheticDistrict) -> String {
    format!(
        "Regenerate with profile `{}` and seed {}; the bytes are the same on every machine.\n\n",
        district.profile, district.seed,
    )
}

const WULONG_SOURCE: &str = "\
各项总数按重庆市武隆区2021年公布的教育统计数字拟合；学校、乡镇和人员均不对应任何真实学校、乡镇或个人。
Fitted to the totals that 武隆区, Chongqing, published in November 2021 for the school year \
  2021/22 (武隆区教育委员会2021年公布的教育事业统计). No school, town or person here is a real one.
";
const COUNTY_SOURCE: &str = "\
规模由随机种子抽取（教师2,500–3,500人，学校及校点55–75处），无对应的公布数字。
The sizes are drawn from the seed (2,500 to 3,500 teachers, 55 to 75 schools and sites); \
  nothing is published about it.
";
const DRAWN_SOURCE: &str = "\
规模由随机种子抽取，无对应的公布数字。
The sizes are drawn from the seed; nothing is published about it.
";

fn heading(district: &SyntheticDistrict) -> String {
    let (source, one_year) = match district.profile {
        "wulong" => (
            WULONG_SOURCE,
            "; so the published totals and the roster are of one school year",
        ),
        "county" => (COUNTY_SOURCE, ""),
        _ => (DRAWN_SOURCE, ""),
    };
    format!(
        "{}{source}\n\
         数据日期 {}，规划学年自 {} 起：2021/22 学年末的花名册，用于编制 2022 年秋季的方案。\n\
         The data are those of the end of the school year 2021/22, from which the plan of autumn \
         2022 is made{one_year}.\n\n{}",
        title(district),
        district.data_date,
        district.year_begin,
        again(district),
    )
}

/// What makes the district hard, where it is of a hard kind.
fn kind(district: &SyntheticDistrict) -> String {
    let Some(kind) = district.kind else {
        return String::new();
    };
    let policy = if kind.policy().is_some() {
        "同目录的 `policy.toml` 为此而写：The rules made for it are in this folder: \
         `shizi plan . --policy policy.toml --out plan`.\n\n"
    } else {
        ""
    };
    format!(
        "## 难点 / What makes it hard: `{}`\n\n{}\n{}\n\n{policy}\
         Regenerate with `--kind {}` added. Shares below that the kind changes are not those aimed \
         at.\n\n",
        kind.name(),
        kind.chinese(),
        kind.english(),
        kind.name(),
    )
}

pub(super) fn label(measure: Measure) -> String {
    let part = |part: Part| match part {
        Part::Primary => "小学 primary",
        Part::Junior => "初级中学 junior schools",
        Part::Complete => "完全中学初中部 junior stage of complete schools",
        Part::AllJunior => "初中 junior",
        Part::Senior => "普通高中 senior",
        Part::Vocational => "中职 vocational",
        Part::Kindergarten => "公办幼儿园 public kindergartens",
        Part::Special => "特教 special",
    };
    match measure {
        Measure::Sites(of) => format!("{}: 学校 schools and sites", part(of)),
        Measure::Classes(of) => format!("{}: 班级 classes", part(of)),
        Measure::Pupils(of) => format!("{}: 学生 pupils", part(of)),
        Measure::Teachers(of) => format!("{}: 专任教师 teachers", part(of)),
        Measure::AllStaff => "在编在岗教职工 staff in the establishment".to_owned(),
        Measure::Establishment => "核定编制 establishment".to_owned(),
        Measure::AllTeachers => "全部学段专任教师 teachers of all stages".to_owned(),
    }
}

fn totals(district: &SyntheticDistrict) -> String {
    let said = if district.profile == "wulong" {
        "公布 Published"
    } else {
        "抽取 Drawn"
    };
    let mut page = format!(
        "## 总数 / Totals\n\n| 指标 Figure | {said} | 本例 Here | 差 Difference |\n|---|---:|---:|---:|\n"
    );
    for Target { measure, value } in &district.targets {
        let here = measure.count(district);
        let difference = (f64::from(here) / f64::from(*value) - 1.0) * 100.0;
        // Writing into a string cannot fail.
        let _ = writeln!(
            page,
            "| {} | {value} | {here} | {difference:.1}% |",
            label(*measure)
        );
    }
    page.push_str(
        "\n专任教师指在编人员；编外临聘另计。Teachers are those in the establishment; staff outside \
         it come on top.\n\n",
    );
    page
}

const WULONG_CONTRADICTIONS: &str = "\
### 公布数字中的矛盾 / Where the published figures contradict each other

- 公布的全区专任教师 3,025 人、教职工 4,800 人。小学 1,763 与初中 978（554+424）合计已 2,741，\
其余学段只剩 284 人；而幼儿园 283 个班、4 所完全中学的高中部和职业学校不可能只有 284 名教师。\
  The printed total of 3,025 leaves 284 teachers for all other stages, far too few for the senior \
  stages of four schools, a vocational school and 283 kindergarten classes. Here the total is kept: \
  194 senior and 90 vocational teachers, their classes and pupils cut to that size, **no \
  kindergartens and no special school**.
- 公布的教育班数 1,011 与 283+592+268=1,143 不符。The printed total of classes, 1,011, is not the \
  sum of its parts, 1,143. The parts are used.
- 小学教职工 1,874 人，其中专任教师 1,763 人。编制按教职工核定，花名册只列专任教师。\
  Establishment counts staff, the roster has teachers only: establishment here is the part of it \
  that teachers fill, so that 2.5% is open.
- 按 1:19 和 1:13.5 计算只应有约 2,033 人，实有 2,741 人。各校编制按该比例（小学校按班师比取大）\
分配后整体放大。The ratios give 2,033 posts for 2,741 teachers in post: they say how \
  establishment is divided among schools, not how much there is.
- 全国体育教师占 6.4%、音乐美术占 7.9%，每百名学生 0.95 人。武隆生均教师比全国多三分之一，\
两项不能同时成立；这里取每百名学生 0.95 人。The national shares of sport (6.4%) and arts (7.9%) and \
  the national 0.95 per 100 pupils cannot both hold where there are a third more teachers a pupil. \
  The figure per 100 pupils is kept; the shares come out lower, in the same proportion.
- 完全中学初中部平均每班 50.7 人，已超过 50 人。The junior classes of complete schools average \
  50.7 pupils: that most junior classes keep to 50 can hold only for the others.

";

pub(super) fn percent(value: f64) -> String {
    format!("{:.1}%", value * 100.0)
}

/// What the figures of a page aim at, in their order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Aims {
    /// Those of the whole district.
    pub(super) shares: [&'static str; 17],
    /// Those of the compulsory stages.
    pub(super) stages: [&'static str; 11],
}

/// What is shown of the whole district.
const SHARES: [&str; 17] = [
    "体育艺术教师/百名学生 sport and arts per 100 pupils",
    "其中乡村 rural",
    "体育教师占比 sport",
    "音乐、美术教师占比 arts",
    "区县级以上骨干 backbone",
    "在本校满六年 six years at the school",
    "离岗或暂缓 away or deferred",
    "空编 establishment unfilled",
    "各单位空编范围 least and most of a unit",
    "兼教：城区 further subject, urban",
    "兼教：镇区 town",
    "兼教：乡村 rural",
    "有专职心理教师的学校 with a psychologist",
    "双师型占专业课教师 dual-qualified",
    "交流在期（开学到期） exchanges (ending now)",
    "编外临聘 outside the establishment",
    "夫妻同镇街/相邻或一方在城区/其他 couples: one town/near/apart",
];

/// What is shown of the compulsory stages.
const STAGES: [&str; 11] = [
    "体育艺术差异系数 CV of sport and arts",
    "骨干差异系数 CV of backbone",
    "体育艺术/百名学生：城/镇/乡 sport and arts by zone",
    "班额 45/50 人以内的班 classes within 45/50",
    "女教师 women",
    "本科及以上 bachelor and above",
    "年龄中位数 median age",
    "乡村 55–59 岁 rural, 55 to 59",
    "30 岁以下：乡村，其他 under 30: rural, others",
    "周课时均值 mean weekly lessons of those at work",
    "需求/在岗：城/镇/乡 need over staff at work",
];

/// A county like Wulong.
const COUNTY_AIMS: Aims = Aims {
    shares: [
        "0.95",
        "< 0.9",
        "6.4%",
        "7.9%",
        "10% [D]",
        "55% [D]",
        "8% [D]",
        "2.5%",
        "-15% to +20% [D]",
        "10-15% [D]",
        "10-15% [D]",
        "40% [D]",
        "20% [D]",
        "78-82% [D]",
        "60 [D]",
        "few [D]",
        "70 / 20 / 10% [D]",
    ],
    stages: [
        "0.618 / 0.507",
        "0.674 / 1.055",
        "of the staff: x1.3 / x1 / x0.6 [D]",
        "mostly",
        "73% / 61%",
        "66% / 89%",
        "37 / 42 [D]",
        "9% / -",
        "- / more rural",
        "9.6 / 9.3",
        "town and rural short [D]",
    ],
};

pub(super) fn shares(figures: &Statistics, aims: &Aims) -> String {
    let mut page = String::from(
        "## 比例 / Shares\n\nAims marked [D] are assumptions, the others are published for the \
         nation or for other districts.\n\n| 指标 Figure | 目标 Aim | 本例 Here |\n|---|---|---:|\n",
    );
    let [urban, town, rural] = figures.further_by_zone.map(percent);
    let [specialists, specialists_rural] = figures.specialists.map(|value| format!("{value:.2}"));
    let [sport, arts] = figures.sport_and_arts.map(percent);
    let values = [
        specialists,
        specialists_rural,
        sport,
        arts,
        percent(figures.backbone),
        percent(figures.six_years),
        percent(figures.not_movable),
        percent(figures.unfilled),
        figures.unfilled_range.map(percent).join(" to "),
        urban,
        town,
        rural,
        percent(figures.psychology),
        percent(figures.dual_qualified),
        format!("{} ({})", figures.exchanges[0], figures.exchanges[1]),
        figures.temporary.to_string(),
        figures.couples.map(percent).join(" / "),
    ];
    for ((label, aim), value) in SHARES.iter().zip(aims.shares).zip(values) {
        // Writing into a string cannot fail.
        let _ = writeln!(page, "| {label} | {aim} | {value} |");
    }
    page.push('\n');
    page
}

pub(super) fn stages(figures: &Statistics, aims: &Aims) -> String {
    let mut page = String::from(
        "## 学段 / Stages\n\n| 指标 Figure | 目标 Aim 小学 / 初中 | 小学 primary | 初中 junior |\n\
         |---|---|---:|---:|\n",
    );
    let three = |value: f64| format!("{value:.3}");
    let zones = |row: [f64; 3]| row.map(|value| format!("{value:.2}")).join(" / ");
    let values = |of: &StageFigures| {
        [
            three(of.specialists_cv),
            three(of.backbone_cv),
            zones(of.specialists_by_zone),
            percent(of.classes_within_limit),
            percent(of.women),
            percent(of.bachelor),
            of.median_age.to_string(),
            percent(of.rural_old),
            of.young.map(percent).join(", "),
            format!("{:.1}", of.mean_periods),
            zones(of.need_by_zone),
        ]
    };
    let both = values(&figures.primary)
        .into_iter()
        .zip(values(&figures.junior));
    for ((label, aim), (primary, junior)) in STAGES.iter().zip(aims.stages).zip(both) {
        // Writing into a string cannot fail.
        let _ = writeln!(page, "| {label} | {aim} | {primary} | {junior} |");
    }
    page.push('\n');
    page
}

const ASSUMPTIONS: &str = "\
## 假定 / What is assumed [D]

- 乡镇、校名、坐标均为虚构；乡镇中位距离 20 公里。Towns, names of schools and coordinates are \
  invented, on a disc around the seat; half of the towns lie within 20 km.
- 班级城/镇/乡：小学 25/40/35，初中 30/50/20。周课时：义务教育按 2022 年课程方案的拟合表；其中\
心理健康 0.5 节，其余（含劳动）为综合实践；高中、中职为假定。Lessons: a table that fits the national curriculum; \
  psychology half a lesson, the rest of the local share, labour included, is 综合实践; senior and \
  vocational lessons are assumed.
- 每节课都有人上：教师周课时之和等于班级课时之和；班主任减 3 节，教研组长 2，中层 4–5，副校级 6–9，正校级 8–12。\
  Every lesson is given: the teachers' weekly lessons add up to those of the classes. Credits: class \
  teacher 3, group leader 2, middle management 4 to 5, deputy head 6 to 9, head 8 to 12. 音体美 teachers give about a \
  third more lessons than others.
- 小规模校点（6 个班以下）约每班 2.5 名教师；政策文件按此测算时，全区需求与在岗人数相符。Small sites (up \
  to six classes) have about 2.5 teachers a class: reckoned so, the need of the whole district is \
  what is in post.
- 派出学校：城区义务教育学校和镇区最大的几所；受援学校：乡村学校和镇区最小的几所。Sending: urban \
  schools and the largest in towns; receiving: rural schools and the smallest in towns.
- 意愿、推荐人选、锁定、已定事项、部分路程为少量示例。Wishes, nominations, locks, decided moves and \
  some travel times are a few of each, so that every input is used.
";

/// Of couples, on the page of every district.
pub(super) const FAMILIES: &str = "\
- 双方都是教师的夫妻：每百名教师 1.3 对；七成在同一镇街任教，两成在相邻镇街（最近的三个）或一方在最近的城区，\
其余不论远近；本镇街没有年龄相当的，依次放宽。没有公布的数字，是猜测。Couples of whom both teach: 1.3 for a \
  hundred teachers; seven in ten serve in one town, two in neighbouring towns (the three nearest) or one \
  of them in the nearest seat, the others anywhere; where a town has nobody of the age, the next farther is \
  taken. Nothing is published: a guess.
";
