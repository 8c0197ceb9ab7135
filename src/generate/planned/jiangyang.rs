//! 江阳区: what its plan begins with, in 2020.
//!
//! Source: 泸州市江阳区教育事业发展“十四五”规划. It has degrees, class sizes, the pupils of the vocational
//! schools and how many schools and sites are kept, closed and merged; pupils, classes and teachers of
//! the other stages are assumed. Streets and towns are invented.

use crate::domain::Zone::{Rural, Town as Small, Urban};
use crate::domain::{Degree, Stage};
use crate::generate::customs::Customs;
use crate::generate::readme::{Aims, again};
use crate::generate::records::{SyntheticDistrict, Target, TeacherRecord};
use crate::generate::statistics::Statistics;
use crate::generate::totals::{Measure, Part};

use super::Plan;
use super::classes::{Classes, Total};
use super::layout::{Layout, UNCHANGED};
use super::page::Page;
use super::sites::Schools;
use super::towns::{Town, town};

pub(super) const PLAN: Plan = Plan {
    towns: &TOWNS,
    schools: SCHOOLS,
    classes: Classes {
        compulsory: COMPULSORY,
        others: OTHERS,
    },
    staff: STAFF,
    programmes: &PROGRAMMES,
    customs: CUSTOMS,
    layout: LAYOUT,
    totals: &[Target {
        measure: Measure::AllTeachers,
        value: 6_020,
    }],
    page: Page {
        heading,
        published: &[Measure::Pupils(Part::Vocational)],
        totals: TOTALS,
        years: ["学生、班级、编制标准 / Pupils, classes, posts", "2020"],
        contradictions: CONTRADICTIONS,
        aims: AIMS,
        figures: degrees,
        assumptions: ASSUMPTIONS,
    },
};

/// 46 schools and sites are kept until 2025, 20 closed, 2 merged, 5 change their kind: 73 without
/// kindergartens, as the plan is read here. Their stages are assumed.
const SCHOOLS: Schools = Schools {
    streets: 5,
    seat_streets: [0, 1],
    primary: [15, 9, 22],
    junior: [9, 8, 10],
    complete: [3, 2],
    senior_only: &[0, 1],
    nine_years: 4,
    primary_only: 0,
    township_juniors: &[5, 6, 7, 8, 9, 10],
    vocational: &[(4, 12_000), (3, 6_000)],
    special: &[],
    kindergartens: 28,
    sending: 28,
    receiving_in_towns: 6,
    // “城区学校与农村学校结对共建全覆盖”.
    groups: [5, 5],
    grouped: 1_000,
    remote_metres: 18_000,
};

/// 44 and 48 pupils a class, within the plan's 45 and 50; all assumed.
const COMPULSORY: [(Stage, &[[Total; 3]]); 2] = [
    (
        Stage::Primary,
        &[[(650, 28_600), (290, 12_760), (242, 10_640)]],
    ),
    (
        Stage::Junior,
        &[[(270, 13_050), (161, 7_900), (106, 5_050)]],
    ),
];
/// 1.786万 pupils of vocational schools are published.
const OTHERS: &[(Stage, &[Total])] = &[
    (Stage::Senior, &[(180, 9_000)]),
    (Stage::Vocational, &[(390, 17_860)]),
    (Stage::Kindergarten, &[(333, 10_000)]),
];

/// All assumed: a little fewer than 1:19, 1:13.5 and 1:12.5 give (“教师配备总体不足”), far fewer than
/// 1:20 at the vocational schools.
const STAFF: &[(Stage, u32)] = &[
    (Stage::Primary, 2_700),
    (Stage::Junior, 1_880),
    (Stage::Senior, 680),
    (Stage::Vocational, 600),
    (Stage::Kindergarten, 160),
];

/// After the plan's list: liquor, electronics, equipment, digital economy, care, tourism, farming.
const PROGRAMMES: [&str; 7] = [
    "酿酒工艺与技术",
    "电子技术应用",
    "机械制造技术",
    "计算机应用",
    "护理",
    "旅游服务与管理",
    "现代农艺技术",
];

/// 20 closed, 2 merged, 8 built in five years: so many of them in this year, sites and schools as the
/// plan's principle says (小学向乡镇集中).
const LAYOUT: Layout = Layout {
    closing: 4,
    merging: 1,
    new_primary: 1,
    new_junior: 1,
    ..UNCHANGED
};

const CUSTOMS: Customs = Customs {
    primary_entitlement: (100, 1_900),
    // “城挤乡弱村空”: the staff of urban schools lags behind.
    service: [(930, 90), (950, 120), (940, 180)],
    psychologists_percent: 40,
    backbone: 150,
    backbone_zones: [[20, 10, 5], [18, 10, 6]],
    backbone_spread: (500, 1_500),
    // 87.76% of the compulsory stages together have a bachelor's degree, 11.36% of the senior stage a
    // master's, 91.85% of kindergartens an associate degree or better; how 87.76% divide is assumed.
    degrees: [
        [120, 8_415, 1_305, 160],
        [250, 8_870, 880, 0],
        [1_136, 8_714, 150, 0],
        [0, 3_000, 6_185, 815],
    ],
    titles: [2, 160, 400, 360, 45, 33],
    exchanges: 22,
    dual_qualified: 518,
    dual_retiring: 0,
    measured_minutes: 150,
    wishing: (120, 12_000),
    hired_carers_percent: 90,
    uncertified_carers: 0,
    within_clusters: true,
    registers_practice: false,
    registers_titles: false,
    establishment: None,
};

const FIRST: &str = "第一学区";
const SECOND: &str = "第二学区";
const THIRD: &str = "第三学区";
const FOURTH: &str = "第四学区";
const FIFTH: &str = "第五学区";

/// Invented. Every cluster has a street and two or three towns (城乡结对).
#[rustfmt::skip]
const TOWNS: [Town; 15] = [
    town("云峰街道", (28_870_000, 105_440_000), 130_000, Urban, 100, FIRST),
    town("青溪街道", (28_861_906, 105_462_692), 110_000, Urban, 100, SECOND),
    town("柳林街道", (28_882_590, 105_413_182), 95_000, Urban, 100, THIRD),
    town("竹坪街道", (28_899_678, 105_449_283), 80_000, Urban, 100, FOURTH),
    town("松岭街道", (28_892_483, 105_489_510), 65_000, Urban, 100, FIFTH),
    town("石渡镇", (28_823_235, 105_541_083), 42_000, Small, 100, FIRST),
    town("兰坝镇", (28_912_268, 105_345_106), 38_000, Small, 100, SECOND),
    town("桃源镇", (28_956_335, 105_516_328), 33_000, Small, 100, THIRD),
    town("雁门镇", (28_789_960, 105_359_546), 31_000, Small, 100, FOURTH),
    town("清泉镇", (28_904_174, 105_583_373), 29_000, Small, 100, FIFTH),
    town("枫坪镇", (28_851_114, 105_290_438), 26_000, Small, 100, FIRST),
    town("栗园镇", (29_021_985, 105_466_818), 16_000, Rural, 100, SECOND),
    town("茶山镇", (28_781_867, 105_621_537), 14_500, Rural, 100, THIRD),
    town("银厂镇", (28_953_637, 105_266_715), 13_000, Rural, 100, FOURTH),
    town("马鞍镇", (28_704_525, 105_493_636), 12_000, Rural, 100, FIFTH),
];

fn heading(district: &SyntheticDistrict) -> String {
    format!(
        "按《泸州市江阳区教育事业发展“十四五”规划》公布的 2020 年数字拟合：学历、双师型、中职在校生 1.786 万人、班额、公办学校（点）的\
         保留与撤并。其余学段的学生、班级、教师数规划没有公布，均为假定；街道、镇、学校和人员均为虚构，不对应任何真实地点、学校或个人。\n\
         Fitted to what Jiangyang's five-year plan publishes for 2020: degrees, dual-qualified teachers, 17,860 \
         vocational pupils, class sizes, schools kept and closed. Pupils, classes and teachers of the other \
         stages are assumed. No street, town, school or person here is a real one.\n\n\
         数据日期 {}，规划学年自 {} 起：2020/21 学年末的花名册，用于编制 2021 年秋季的方案。\n\
         The data are those of the end of the school year 2020/21, from which the plan of autumn 2021 is \
         made.\n\n{}",
        district.data_date,
        district.year_begin,
        again(district),
    )
}

const TOTALS: &str = "\
无标记的为公布数，[D] 为假定。公办学校（点）2020 年 73 所：保留 46、撤销 20、合并 2、调整类型 5，按不含幼儿园理解 [D]；一贯制、完全中学\
在两个学段各计一次。Figures without a mark are published. Seventy-three public schools and sites, without kindergartens \
as the plan is read here; those with two stages are counted in both.

";

fn degrees(district: &SyntheticDistrict, _: &Statistics) -> String {
    let share = |stages: &[Stage], least: Degree| {
        let held = |row: &&TeacherRecord| {
            stages.contains(&row.stage) && (row.is_permanent() || row.stage == Stage::Kindergarten)
        };
        let staff = district.teachers.iter().filter(held);
        let (all, found) = staff.fold((0_u32, 0_u32), |(all, found), row| {
            (all + 1, found + u32::from(row.degree >= least))
        });
        100.0 * f64::from(found) / f64::from(all.max(1))
    };
    let compulsory = share(&[Stage::Primary, Stage::Junior], Degree::Bachelor);
    let senior = share(&[Stage::Senior], Degree::Master);
    let carers = share(&[Stage::Kindergarten], Degree::Associate);
    format!(
        "义务教育本科及以上 {compulsory:.2}%（公布 87.76%），高中研究生 {senior:.2}%（公布 11.36%），幼儿园专科及以上 {carers:.2}%\
         （公布 91.85%）。Bachelor and above in the compulsory stages {compulsory:.2}% (published: 87.76%), masters in the \
         senior stage {senior:.2}% (11.36%), associate and above in kindergartens {carers:.2}% (91.85%).\n\n"
    )
}

/// What the figures of the page aim at.
const AIMS: Aims = Aims {
    shares: [
        "0.95",
        "< 0.9",
        "6.4%",
        "7.9%",
        "15% [D]",
        "55% [D]",
        "8% [D]",
        "2.5% [D]",
        "-15% to +20% [D]",
        "10-15% [D]",
        "10-15% [D]",
        "40% [D]",
        "40% [D]",
        "51.63%",
        "- [D]",
        "kindergartens [D]",
        "70 / 20 / 10% [D]",
    ],
    stages: [
        "0.618 / 0.507",
        "between 0.33 and 0.67 [D]",
        "of the staff: x1.3 / x1 / x0.6 [D]",
        "mostly",
        "73% / 61%",
        "together 87.76%",
        "37 / 42 [D]",
        "9% / -",
        "- / more rural",
        "- [D]",
        "urban short [D]",
    ],
};

const CONTRADICTIONS: &str = "\
### 公布数字中的矛盾 / Where the published figures contradict each other

- 2025 年义务教育专任教师本科及以上 90%（指标表），而正文小学 70%、初中 90%：两者合起来到不了 90%；2020 年合计\
已是 87.76%，小学不可能低于 70%。三条都写入政策、分别报告，不作调和；本例小学 85.3%、初中 91.2%（合计 87.76%）。The table asks for \
  90% with a bachelor's degree in the compulsory stages, the text for 70% in primary and 90% in junior schools, \
  which cannot make 90% together; in 2020 they were at 87.76% already. All three are in the policy and \
  reported; nothing is tuned.
- 普惠性幼儿园覆盖率、公办园占比 2025 年，指标表为 88%、55%，专栏8 为 85%、50%。Shares of kindergartens differ between the \
  table (88, 55) and a box (85, 50).
- 中职 17,860 人按 1:20 应有 893 名教师，2025 年 2.2 万人应有 1,100 名；假定在编 600 人。The ratio gives 893 vocational teachers; \
  600 in the establishment are assumed.
- 五年内撤销 20 所、合并 2 所、新建 8 所，没有分年名单。本例在规划学年撤销 4 个最小的教学点、合并镇区最小的 1 所小学、\
  在街道新建小学和初中各 1 所；教师仍在原校，学生已到并入学校，新校还没有教师。Which schools close in which year is not published: \
  here four sites close, one school is merged and two open; their staff is still where it was, the new ones have none.

";

const ASSUMPTIONS: &str = "\
## 假定 / What is assumed [D]

- 学生：小学 52,000、初中 26,000、区属高中 9,000、公办园 10,000；每班 44、48、50、30 人；城/镇/乡：小学 55/25/20，初中 50/30/20。Pupils \
  and classes as stated.
- 在编教师：小学 2,700、初中 1,880、高中 680、中职 600、幼儿园 160；编外为公办园外聘和少量临聘。Staff as stated; carers hired by \
  public kindergartens come on top.
- 学区五个，各含一个街道和两三个镇；教育集团十个，覆盖全部义务教育学校。Five clusters, each of a street and two or three \
  towns; ten groups with all schools.
- 派出学校 28 所：城区全部义务教育学校和镇区最大的几所；受援学校：乡村学校和镇区最小的 6 所。Twenty-eight sending schools; \
  receiving: rural schools and the six smallest in towns.
- 骨干 15%。周课时同武隆示例；没有特殊教育学校。意愿、推荐人选、锁定、已定事项、部分路程为示例，路程其余按坐标推算。Backbone 15%. \
  Lessons as in Wulong's instance; no special school. Wishes, nominations, locks, decided moves and some travel \
  times are examples.
";
