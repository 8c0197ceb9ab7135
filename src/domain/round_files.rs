//! Names and columns of the files of a round of competition, and of what a plan adds in such a year.

/// What became of everybody who applied (`matching.csv`); for the office.
pub const MATCHING: (&str, [&str; 16]) = (
    "matching.csv",
    [
        "教师编号",
        "姓名",
        "校内竞聘",
        "原学校代码",
        "原学校",
        "学段",
        "学科",
        "结果",
        "录用志愿",
        "新学校代码",
        "新学校",
        "岗位学段",
        "岗位学科",
        "得分",
        "录用最低分",
        "说明",
    ],
);

/// Posts before and after the round (`vacancies.csv`).
pub const VACANCIES: (&str, [&str; 12]) = (
    "vacancies.csv",
    [
        "学校代码",
        "学校",
        "学段",
        "学科岗位",
        "需要人数",
        "在岗人数",
        "空岗",
        "报名人次",
        "录用人数",
        "调出人数",
        "录用最低分",
        "剩余空岗",
    ],
);

/// Who holds no post, and why (`waiting.csv`); for the office.
pub const WAITING: (&str, [&str; 7]) = (
    "waiting.csv",
    [
        "教师编号",
        "姓名",
        "学校代码",
        "学校",
        "学段",
        "学科",
        "原因",
    ],
);

/// Justified envy (`envy.csv`); for the office.
pub const ENVY: (&str, [&str; 11]) = (
    "envy.csv",
    [
        "教师编号",
        "姓名",
        "志愿",
        "志愿学校代码",
        "志愿学校",
        "学段",
        "学科岗位",
        "得分",
        "被安排教师编号",
        "被安排教师",
        "被安排教师得分",
    ],
);

/// Who was admitted, for public notice, without names (`notice.csv`).
pub const ROUND_NOTICE: (&str, [&str; 7]) = (
    "notice.csv",
    [
        "序号",
        "教师编号",
        "岗位学段",
        "岗位学科",
        "原学校",
        "录用学校",
        "录用志愿",
    ],
);

/// Decisions for the next round (`decided.csv`), as rosters have them.
pub const NEXT_DECIDED: (&str, [&str; 5]) = (
    "decided.csv",
    ["教师编号", "事项", "学校", "生效年月", "依据"],
);

/// Results for the next round (`results.csv`), as rosters have them.
pub const NEXT_RESULTS: (&str, [&str; 4]) =
    ("results.csv", ["教师编号", "结果", "岗位学段", "岗位学科"]);

/// The version of the form of a round's `summary.json`.
pub const MATCH_SCHEMA: &str = "shizi-match-1";

/// On what authority those move who were admitted.
pub const MATCH_BASIS: &str = "跨校竞聘";
