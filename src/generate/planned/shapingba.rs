//! 沙坪坝区: what its plan begins with in 2020, and a fifth of the classes that it adds.
//!
//! Source: 重庆市沙坪坝区“十四五”教育事业发展规划, 专栏1 and 三（二）5. It has shares and new classes
//! (幼儿园 188, 小学 708, 初中 405, 高中 48) and no number of schools, pupils or teachers: these are
//! assumed. Streets and towns are invented.

use crate::domain::Stage;
use crate::domain::Zone::{Rural, Town as Small, Urban};
use crate::generate::customs::Customs;
use crate::generate::readme::{Aims, again};
use crate::generate::records::{SyntheticDistrict, Target, TeacherRecord};
use crate::generate::statistics::{Statistics, is_backbone};
use crate::generate::totals::Measure;

use super::Plan;
use super::classes::{Classes, Total};
use super::layout::UNCHANGED;
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
    layout: UNCHANGED,
    totals: &[Target {
        measure: Measure::AllTeachers,
        value: 9_580,
    }],
    page: Page {
        heading,
        published: &[],
        totals: TOTALS,
        years: ["新增班级 / New classes", "2020/21 → 2021/22 [D]"],
        contradictions: CONTRADICTIONS,
        aims: AIMS,
        figures: published_shares,
        assumptions: ASSUMPTIONS,
    },
};

/// All assumed.
const SCHOOLS: Schools = Schools {
    streets: 12,
    seat_streets: [0, 1],
    primary: [38, 14, 10],
    junior: [20, 8, 4],
    complete: [8, 2],
    senior_only: &[0, 8],
    nine_years: 2,
    primary_only: 0,
    township_juniors: &[],
    vocational: &[(2, 8_000), (9, 6_000), (5, 5_000)],
    special: &[],
    kindergartens: 40,
    sending: 66,
    receiving_in_towns: 8,
    // Ten groups of primary schools, two communities of junior ones.
    groups: [10, 2],
    grouped: 1_000,
    remote_metres: 16_000,
};

/// In 2020/21, and with a fifth of 708 and 405 new classes (142 and 81), of 35 and 43 pupils; all
/// assumed but the numbers of new classes.
const COMPULSORY: [(Stage, &[[Total; 3]]); 2] = [
    (
        Stage::Primary,
        &[
            [(1_275, 56_000), (289, 12_100), (136, 4_900)],
            [(1_385, 60_200), (321, 12_950), (136, 4_850)],
        ],
    ),
    (
        Stage::Junior,
        &[
            [(555, 27_100), (130, 6_100), (55, 2_300)],
            [(615, 29_900), (151, 6_850), (55, 2_250)],
        ],
    ),
];
/// A fifth of 48 and 188 new classes of senior schools and public kindergartens.
const OTHERS: &[(Stage, &[Total])] = &[
    (Stage::Senior, &[(420, 20_600), (430, 21_080)]),
    (Stage::Vocational, &[(200, 9_000), (200, 9_000)]),
    (Stage::Kindergarten, &[(300, 9_000), (338, 10_100)]),
];

/// The nation's pupils a teacher (16.3 and 12.9) and 1:12.5 on the pupils of 2020; all assumed.
const STAFF: &[(Stage, u32)] = &[
    (Stage::Primary, 4_480),
    (Stage::Junior, 2_750),
    (Stage::Senior, 1_650),
    (Stage::Vocational, 400),
    (Stage::Kindergarten, 300),
];

/// After the plan's list: technology, manufacturing, services, care, farming, tourism.
const PROGRAMMES: [&str; 7] = [
    "计算机应用",
    "电子技术应用",
    "机械制造技术",
    "电子商务",
    "护理",
    "现代农艺技术",
    "旅游服务与管理",
];

const CUSTOMS: Customs = Customs {
    primary_entitlement: (100, 2_200),
    service: [(950, 90), (950, 120), (930, 150)],
    psychologists_percent: 40,
    backbone: 260,
    // A balanced district: composite 差异系数 of 0.33 and 0.35.
    backbone_zones: [[12, 10, 8], [12, 10, 8]],
    backbone_spread: (600, 1_400),
    degrees: [
        [40, 860, 100, 0],
        [90, 890, 20, 0],
        [180, 815, 5, 0],
        [0, 550, 450, 0],
    ],
    titles: [2, 160, 400, 360, 45, 33],
    exchanges: 22,
    dual_qualified: 486,
    dual_retiring: 0,
    measured_minutes: 150,
    wishing: (160, 12_000),
    hired_carers_percent: 96,
    // 86.3% have one.
    uncertified_carers: 137,
    within_clusters: false,
    registers_practice: false,
    registers_titles: false,
    establishment: None,
};

const EAST: &str = "东部学区";
const MIDDLE: &str = "中部学区";
const WEST: &str = "西部学区";
const NORTH: &str = "北部学区";
const SOUTH: &str = "南部学区";

/// Invented. The last four streets and the towns beside them lie beyond the hills and grow.
#[rustfmt::skip]
const TOWNS: [Town; 22] = [
    town("云峰街道", (29_555_000, 106_455_000), 95_000, Urban, 104, EAST),
    town("青溪街道", (29_563_094, 106_468_409), 90_000, Urban, 104, MIDDLE),
    town("柳林街道", (29_561_295, 106_439_528), 85_000, Urban, 104, EAST),
    town("竹坪街道", (29_539_712, 106_463_252), 80_000, Urban, 104, MIDDLE),
    town("松岭街道", (29_536_114, 106_445_717), 75_000, Urban, 104, EAST),
    town("石渡街道", (29_551_403, 106_481_818), 70_000, Urban, 104, MIDDLE),
    town("兰坝街道", (29_549_604, 106_423_025), 65_000, Urban, 104, EAST),
    town("桃源街道", (29_581_980, 106_459_126), 60_000, Urban, 104, MIDDLE),
    town("雁门街道", (29_578_382, 106_370_420), 80_000, Urban, 140, WEST),
    town("清泉街道", (29_542_410, 106_355_980), 75_000, Urban, 140, WEST),
    town("枫坪街道", (29_608_060, 106_364_232), 60_000, Urban, 140, WEST),
    town("栗园街道", (29_511_833, 106_383_829), 50_000, Urban, 140, WEST),
    town("茶山镇", (29_565_792, 106_327_099), 38_000, Small, 125, WEST),
    town("银厂镇", (29_626_046, 106_333_288), 34_000, Small, 120, NORTH),
    town("马鞍镇", (29_643_133, 106_376_609), 30_000, Small, 110, NORTH),
    town("盘龙镇", (29_494_745, 106_339_477), 28_000, Small, 105, SOUTH),
    town("白鹭镇", (29_471_363, 106_368_357), 25_000, Small, 105, SOUTH),
    town("金桥镇", (29_595_469, 106_304_407), 22_000, Small, 115, NORTH),
    town("玉泉镇", (29_528_920, 106_286_872), 11_000, Rural, 98, SOUTH),
    town("龙潭镇", (29_641_335, 106_296_155), 10_000, Rural, 98, NORTH),
    town("凤岭镇", (29_457_873, 106_319_879), 9_000, Rural, 98, SOUTH),
    town("鹤山镇", (29_679_106, 106_391_050), 8_000, Rural, 98, NORTH),
];

fn heading(district: &SyntheticDistrict) -> String {
    format!(
        "按《重庆市沙坪坝区“十四五”教育事业发展规划》（2021 年 6 月）公布的比率拟合：区级骨干 26%、职业教育双师型 48.4%、学前专任教师\
         持证 86.3%；班级按五年新增数的五分之一增加。学校、学生、教师数规划没有公布，均为假定；街道、镇、学校和人员均为虚构，不对应任何\
         真实地点、学校或个人。\n\
         Fitted to the shares that Shapingba's five-year plan publishes: backbone 26%, dual-qualified 48.4%, \
         certificates in kindergartens 86.3%; classes grow by a fifth of what it adds in five years. Schools, \
         pupils and teachers are assumed. No street, town, school or person here is a real one.\n\n\
         数据日期 {}，规划学年自 {} 起。教师的岗位、任教学科和周课时按 2020/21 学年的班级配备；班级和学生为 2021/22 学年。\n\
         Posts, subjects and weekly lessons were fitted to the classes of 2020/21; classes and pupils are those \
         of 2021/22.\n\n{}",
        district.data_date,
        district.year_begin,
        again(district),
    )
}

const TOTALS: &str = "\
总数全部为假定 [D]：规划只公布新增班级（幼儿园 188、小学 708、初中 405、高中 48）。All totals are assumed; the plan publishes new \
classes only.

";

fn published_shares(district: &SyntheticDistrict, _: &Statistics) -> String {
    let share = |among: &dyn Fn(&TeacherRecord) -> bool, what: &dyn Fn(&TeacherRecord) -> bool| {
        let staff = district.teachers.iter().filter(|row| among(row));
        let (all, found) = staff.fold((0_u32, 0_u32), |(all, found), row| {
            (all + 1, found + u32::from(what(row)))
        });
        100.0 * f64::from(found) / f64::from(all.max(1))
    };
    let backbone = share(&TeacherRecord::is_permanent, &is_backbone);
    let certified = share(&|row| row.stage == Stage::Kindergarten, &|row| {
        !row.certificate_subjects.is_empty()
    });
    let dual = share(&|row| row.stage == Stage::Vocational, &|row| {
        row.dual_qualified
    });
    format!(
        "各学段合计：区级以上骨干 {backbone:.1}%（公布 26%），学前专任教师持证 {certified:.1}%（公布 86.3%）。双师型以全部中职教师为分母\
         只有 {dual:.1}%：规划的 48.4% 没有写明分母，本例取专业课教师。All stages: backbone {backbone:.1}% (published: 26%), \
         certificates in kindergartens {certified:.1}% (86.3%). Among all vocational teachers only {dual:.1}% are \
         dual-qualified: the plan's 48.4% has no denominator, here it is that of the programme teachers.\n\n"
    )
}

/// What the figures of the page aim at.
const AIMS: Aims = Aims {
    shares: [
        "0.95",
        "< 0.9",
        "6.4%",
        "7.9%",
        "26%",
        "55% [D]",
        "8% [D]",
        "2.5% [D]",
        "-15% to +20% [D]",
        "10-15% [D]",
        "10-15% [D]",
        "40% [D]",
        "40% [D]",
        "48.4%",
        "- [D]",
        "kindergartens [D]",
        "70 / 20 / 10% [D]",
    ],
    stages: [
        "0.618 / 0.507",
        "composite 0.33 / 0.35",
        "of the staff: x1.3 / x1 / x0.6 [D]",
        "mostly",
        "73% / 61%",
        "90% / 98% [D]",
        "37 / 42 [D]",
        "9% / -",
        "- / more rural",
        "- [D]",
        "short where classes are new [D]",
    ],
};

const CONTRADICTIONS: &str = "\
### 公布数字中的矛盾和空白 / Contradictions and gaps

- 双师型教师比例 48.4%→60% 没有分母；骨干比率 26%→35% 没有分母；综合差异系数 0.33、0.35→0.25 含教师以外的指标。The shares \
  have no denominators; the composite 差异系数 has indicators in it that are not of teachers.
- 新建、改扩建中小学校，一处为 41 所，一处为 35 所（标准化）；没有分年和名单。Forty-one schools are built in one line, \
  thirty-five in another.
- 九年义务教育巩固率一处 99%，一处 99.5%。Retention is 99% in one place and 99.5% in another.
- 五年新增小学 708 班、初中 405 班，满员需教师约 1,677、1,500 人，规划没有公布补充人数。本例增加五分之一的班级而不增加教师，缺额照实\
显示。The new classes need some 1,677 and 1,500 teachers; the plan says nothing of posts. Here a fifth of the classes \
  come without any, and the shortage is shown.

";

const ASSUMPTIONS: &str = "\
## 假定 / What is assumed [D]

- 2020/21 学年：小学 1,700 班、73,000 人，初中 740 班、35,500 人，高中 420 班、20,600 人，中职 200 班、9,000 人，公办园 300 班、9,000 人。\
  2021/22 学年增加：小学 142 班、5,000 人，初中 81 班、3,500 人，高中 10 班，公办园 38 班。Classes and pupils of both years as \
  stated.
- 在编教师：义务教育按全国生师比 16.3、12.9，高中按 1:12.5；公办园在编 300 人，其余外聘。Staff by the nation's ratios; carers \
  hired by public kindergartens come on top.
- 新增班级主要在西部四个街道和相邻的镇，按现有学校扩班，不另设新校。New classes are mostly in the west, at the schools that \
  stand.
- 派出学校 66 所：城区全部义务教育学校和镇区最大的几所；受援学校：乡村学校和镇区最小的 8 所。Sixty-six sending schools; \
  receiving: rural schools and the eight smallest in towns.
- 周课时同武隆示例；没有特殊教育学校。意愿、推荐人选、锁定、已定事项、部分路程为示例，路程其余按坐标推算。Lessons as in \
  Wulong's instance; no special school. Wishes, nominations, locks, decided moves and some travel times are \
  examples.
";
