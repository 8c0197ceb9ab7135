//! Names and columns of the files of a plan: written by the report, checked by the audit.

/// The column of `plan.csv` and `assignments.csv` that says on how many days whoever serves at
/// several schools (走教) is at which; files have it only where there is anybody.
pub const ITINERARY: &str = "走教安排";

/// The moves of the year, for the office (`plan.csv`).
pub const PLAN: (&str, [&str; 15]) = (
    "plan.csv",
    [
        "教师编号",
        "姓名",
        "学段",
        "学科",
        "原单位代码",
        "原学校",
        "接收学校代码",
        "接收学校",
        "交流形式",
        "人事关系是否随迁",
        "起",
        "止",
        "依据",
        "交流原因",
        ITINERARY,
    ],
);

/// Where everybody serves next year (`assignments.csv`).
pub const ASSIGNMENTS: (&str, [&str; 13]) = (
    "assignments.csv",
    [
        "教师编号",
        "姓名",
        "任教学校代码",
        "任教学校",
        "学段",
        "学科",
        "形式",
        "编制单位代码",
        "编制单位",
        "起",
        "止",
        "是否已定",
        ITINERARY,
    ],
);

/// The columns of [`ITINERANT`] that say from when to when; only where that is known of anybody.
pub const ITINERANT_DATES: [&str; 2] = ["起", "止"];

/// The week of whoever serves at several schools (`itinerant.csv`); only where there is anybody. A
/// district has a table of these columns too: what is planned this year runs in the next.
pub const ITINERANT: (&str, [&str; 13]) = (
    "itinerant.csv",
    [
        "教师编号",
        "姓名",
        "学段",
        "学科",
        "本校",
        "周一",
        "周二",
        "周三",
        "周四",
        "周五",
        "每周单程分钟",
        ITINERANT_DATES[0],
        ITINERANT_DATES[1],
    ],
);

/// Levers used (`levers.csv`).
pub const LEVERS: (&str, [&str; 14]) = (
    "levers.csv",
    [
        "渠道",
        "名称",
        "学校代码",
        "学校",
        "学段",
        "学科",
        "人数",
        "种类",
        "依据",
        "服务期（年）",
        "编制单位代码",
        "编制单位",
        "调出单位代码",
        "调出单位",
    ],
);

/// Posts before and after (`posts.csv`).
pub const POSTS: (&str, [&str; 15]) = (
    "posts.csv",
    [
        "学校代码",
        "学校",
        "城乡类型",
        "学段",
        "学科岗位",
        "周课时",
        "需求人数",
        "方案前人数",
        "方案后人数",
        "方案前缺额",
        "方案后缺额",
        "方案前超需",
        "方案后超需",
        "方案前编外可减",
        "方案后编外可减",
    ],
);

/// Rules, one a row (`rules.csv`).
pub const RULES: (&str, [&str; 11]) = (
    "rules.csv",
    [
        "规则",
        "名称",
        "类别",
        "约束",
        "层级",
        "实际",
        "目标",
        "是否达标",
        "未达标处数",
        "依据",
        "可信度",
    ],
);

/// Places where a rule is not met (`gaps.csv`).
pub const GAPS: (&str, [&str; 6]) = ("gaps.csv", ["规则", "名称", "地点", "实际", "目标", "差额"]);

/// Whom the plan asks, by sex, age, zone, title and former exchanges (`fairness.csv`).
pub const FAIRNESS: (&str, [&str; 9]) = (
    "fairness.csv",
    [
        "类别",
        "分组",
        "符合条件人数",
        "方案派出人数",
        "派出比例",
        "比平均多（人）",
        "其中非本人志愿",
        "条件以外派出",
        "已定派出",
    ],
);

/// For public notice; nothing private (`notice.csv`).
pub const NOTICE: (&str, [&str; 8]) = (
    "notice.csv",
    [
        "序号",
        "姓名",
        "学段",
        "学科",
        "原学校",
        "接收学校",
        "交流形式",
        "起止年月",
    ],
);

/// Quotas without names (`quotas.csv`).
pub const QUOTAS: (&str, [&str; 6]) = (
    "quotas.csv",
    ["学校代码", "学校", "学段", "学科", "派出人数", "接收人数"],
);

/// What happened after the list was out, one `[[scenario]]` for each time that it was planned again
/// (`events.toml`); the audit applies them to the rosters.
pub const EVENTS: &str = "events.toml";

/// Who decided what, when and why (`history.csv`).
pub const HISTORY: (&str, [&str; 5]) = (
    "history.csv",
    ["日期时间", "决定人", "事项", "理由", "方案摘要"],
);

/// Placements that somebody decided against rules (`overrides.csv`).
pub const OVERRIDES: (&str, [&str; 6]) = (
    "overrides.csv",
    ["教师编号", "决定", "违反的规则", "理由", "决定人", "日期"],
);

/// All figures (`summary.json`).
pub const SUMMARY: &str = "summary.json";

/// The version of `summary.json`'s form.
pub const SUMMARY_SCHEMA: &str = "shizi-summary-2";

/// The form of `summary.json` of several years.
pub const FORECAST_SCHEMA: &str = "shizi-forecast-1";

/// The indicators of several years.
pub const INDICATORS: &str = "indicators.csv";

/// Who must be recruited in several years.
pub const RECRUITS: &str = "recruits.csv";

/// The page of several years, to read.
pub const FORECAST_PAGE: &str = "forecast.txt";

/// In the folder of a year of several: its plan, and the rosters from which it was made.
pub const YEAR_FOLDERS: [&str; 2] = ["plan", "rosters"];

/// What every paper of a plan says of itself.
pub const DRAFT: &str = "建议方案（草案），经局党委（党组）会集体研究决定";
