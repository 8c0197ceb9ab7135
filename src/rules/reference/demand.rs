//! The tables of need, retirement, travel and exchange.

use super::{Key, REQUIRED, YES_NO, key};

pub(super) const DEMAND: &[Key] = &[
    key(
        "load_basis",
        "词 load_basis",
        REQUIRED,
        "标准工作量的来源",
        "where loads come from",
    ),
    key(
        "own_average_from",
        "整数 whole number",
        REQUIRED,
        "有周课时的至少多少人，才用本区县平均",
        "fewest persons with weekly periods for an average of one's own",
    ),
    key(
        "leave_cover",
        "份额 share",
        REQUIRED,
        "为短期请假顶岗增加的课时比例",
        "share of the lessons added for short leave",
    ),
    key(
        "further_share",
        "份额 share",
        REQUIRED,
        "兼教教师用于兼教学科的时间",
        "part of a person that further subjects take together",
    ),
    key(
        "periods",
        "学段 → 学科 → 课时的列表",
        "{}",
        "每班每周课时，按年级（只写一个数：各年级相同）",
        "lessons a week of a class, by grade; one value: all grades",
    ),
    key(
        "programme_periods",
        "课时 lessons",
        REQUIRED,
        "中职每班每周的专业课时",
        "lessons a week of a vocational class in its programme",
    ),
    key(
        "teachers_per_class",
        "学段 → 表",
        "{}",
        "按班配备的学段",
        "stages whose need is reckoned by classes",
    ),
    key(
        "loads",
        "学段 → 学科 → 课时",
        "{}",
        "标准周课时量；`其他` 指其余学科",
        "lessons a week of a full-time person; `其他` for all other subjects",
    ),
    key("credits", "学段 → 表", "{}", "折减课时", "credits"),
    key(
        "small_sites",
        "学段 → 表",
        "{}",
        "小规模校点",
        "small sites",
    ),
    key(
        "pools",
        "表的列表 tables",
        "[]",
        "小规模校点合并岗位的办法，由细到粗；用第一种使每组不少于一人的，否则用末一种",
        "ways of pooling at small sites, from fine to coarse; the first in which no pool needs less \
         than a person, else the last",
    ),
    key(
        "pupils_per_staff",
        "学段 → 数",
        "{}",
        "每名教职工对应的学生数（编制标准）",
        "pupils for one member of staff",
    ),
];

pub(super) const CLASS_TEACHERS: &[Key] = &[
    key(
        "subject",
        "学科 subject",
        REQUIRED,
        "岗位学科",
        "the subject of the post",
    ),
    key(
        "persons",
        "份额 share",
        REQUIRED,
        "每班人数",
        "persons a class",
    ),
];

pub(super) const CREDITS: &[Key] = &[
    key(
        "class_teacher",
        "课时 lessons",
        "0",
        "班主任，每班",
        "class teacher, for each class",
    ),
    key(
        "group_leader",
        "课时 lessons",
        "0",
        "教研组长",
        "leader of a subject group",
    ),
    key(
        "middle",
        "课时 lessons",
        "0",
        "中层正职、副职",
        "middle management",
    ),
    key("deputy_head", "课时 lessons", "0", "副校级", "deputy head"),
    key("head", "课时 lessons", "0", "正校级", "head"),
];

pub(super) const SMALL_SITES: &[Key] = &[
    key(
        "classes_at_most",
        "整数 whole number",
        REQUIRED,
        "该学段不多于几个班为小规模",
        "small: at most so many classes of the stage",
    ),
    key(
        "teachers_per_class",
        "份额 share",
        REQUIRED,
        "每班教师数（包班、复式）",
        "teachers for each class",
    ),
];

pub(super) const POOL: &[Key] = &[key(
    "groups",
    "学科的列表 lists of subjects",
    REQUIRED,
    "一人兼任的学科组；未列出的单独设岗",
    "subjects that one person covers; others stay alone",
)];

pub(super) const RETIREMENT: &[Key] = &[
    key("men", "表 table", REQUIRED, "男", "men"),
    key(
        "women",
        "表 table",
        REQUIRED,
        "女（专业技术、管理岗位）",
        "women in professional posts",
    ),
    key(
        "women_workers",
        "表 table",
        REQUIRED,
        "女（工勤岗位）",
        "women in worker posts",
    ),
    key(
        "senior_title_women_as_men",
        YES_NO,
        REQUIRED,
        "高级职称女教师同男",
        "women with senior titles as men",
    ),
];

pub(super) const RETIREMENT_LINE: &[Key] = &[
    key(
        "age",
        "年 years",
        REQUIRED,
        "原退休年龄",
        "age before the reform",
    ),
    key(
        "delayed_from",
        "年月 month",
        REQUIRED,
        "从何年何月出生起延迟",
        "births delayed from this month",
    ),
    key(
        "step_months",
        "月 months",
        REQUIRED,
        "每晚生几个月延迟一个月",
        "one month more for each so many months of later birth",
    ),
    key(
        "delay_at_most",
        "月 months",
        REQUIRED,
        "至多延迟几个月",
        "longest delay",
    ),
];

pub(super) const TRAVEL_TABLE: &[Key] = &[
    key(
        "detour",
        "份额 share",
        REQUIRED,
        "路程与直线距离之比",
        "road ÷ straight line",
    ),
    key(
        "kilometres_per_hour",
        "整数 whole number",
        REQUIRED,
        "车速",
        "speed on the road",
    ),
    key(
        "start_minutes",
        "分钟 minutes",
        REQUIRED,
        "另加的起步时间",
        "added to every way",
    ),
    key(
        "same_town_minutes",
        "分钟 minutes",
        REQUIRED,
        "无坐标：同乡镇",
        "without coordinates: one town",
    ),
    key(
        "same_cluster_minutes",
        "分钟 minutes",
        REQUIRED,
        "无坐标：同学区",
        "without coordinates: one cluster",
    ),
    key(
        "elsewhere_minutes",
        "分钟 minutes",
        REQUIRED,
        "无坐标：其他",
        "without coordinates: all others",
    ),
    key(
        "remote_minutes",
        "分钟 minutes",
        REQUIRED,
        "无坐标：一端偏远时另加",
        "without coordinates: added where one of the two is remote",
    ),
];

pub(super) const EXCHANGE: &[Key] = &[
    key(
        "months",
        "月 months",
        REQUIRED,
        "新交流的期限",
        "length of a new exchange",
    ),
    key(
        "resets_years_at_school",
        YES_NO,
        REQUIRED,
        "期满返回后，在本校年限重新起算",
        "years at the school begin anew for those who come home",
    ),
];

pub(super) const COMPETITION: &[Key] = &[
    key(
        "wishes",
        "整数 whole number",
        "3",
        "每人至多几个志愿有效",
        "how many wishes count",
    ),
    key(
        "least_vacancy",
        "份额 share",
        "0.5",
        "岗位缺额从几成人起算一个空岗",
        "from which part of a person on a need that nobody covers is a vacancy",
    ),
    key(
        "ties",
        "词，可多项 tie",
        "[\"service\"]",
        "同分时依次比较什么，大者先；仍相同的按教师编号",
        "what decides between equal scores, the first first; then the key of the roster",
    ),
];
