//! Everything in a policy file besides the parameters of kinds and selectors.

use super::selectors::Words;
use super::{Key, REQUIRED, SCHOOLS, YES_NO, key};

pub(super) const HEAD: &[Key] = &[
    key(
        "kind",
        "词 word",
        REQUIRED,
        "规则种类，见下",
        "the kind of rule",
    ),
    key(
        "title",
        "文字 text",
        REQUIRED,
        "规则名称",
        "title in Chinese",
    ),
    key(
        "title_english",
        "文字 text",
        "空 empty",
        "英文名称",
        "title in English",
    ),
    key(
        "enforcement",
        "词 enforcement",
        "hard",
        "约束力，见下",
        "how strictly it is held",
    ),
    key(
        "level",
        "层级 level",
        "首层 the first",
        "计在哪个优先层级；`objective` 必须写",
        "at which level it costs; an objective must say",
    ),
    key(
        "weight",
        "权重 weight",
        "1",
        "在层级内，一个单位（人、分钟、次）折合多少人",
        "persons that one unit of it weighs inside its level",
    ),
    key(
        "source",
        "表 table",
        "空 empty",
        "依据",
        "on whose authority",
    ),
    key(
        "certainty",
        "词 certainty",
        "M",
        "数字的可靠程度，见下",
        "how sure a number is",
    ),
    key(
        "off",
        YES_NO,
        "false",
        "停用继承来的规则",
        "takes an inherited rule out",
    ),
    key(
        "note",
        "文字 text",
        "空 empty",
        "备注，不读取",
        "a note; not read",
    ),
];

pub(super) const SOURCE: &[Key] = &[
    key("document", "文字 text", "空 empty", "文件名称", "title"),
    key("number", "文字 text", "空 empty", "文号", "number"),
    key("section", "文字 text", "空 empty", "条款", "section"),
];

pub(super) const LEVEL: &[Key] = &[
    key(
        "title",
        "文字 text",
        REQUIRED,
        "层级名称",
        "title in Chinese",
    ),
    key(
        "title_english",
        "文字 text",
        REQUIRED,
        "英文名称",
        "title in English",
    ),
];

pub(super) const LEVER: &[Key] = &[
    key("kind", "词 lever", REQUIRED, "渠道", "what it does"),
    key("title", "文字 text", REQUIRED, "名称", "title in Chinese"),
    key(
        "title_english",
        "文字 text",
        "空 empty",
        "英文名称",
        "title in English",
    ),
    key(
        "at_most",
        "整数 whole number",
        REQUIRED,
        "至多多少人；0 即不用",
        "persons, at most; 0 is none",
    ),
    key(
        "level",
        "层级 level",
        REQUIRED,
        "成本计在哪个层级",
        "level at which a use costs",
    ),
    key(
        "weight",
        "权重 weight",
        REQUIRED,
        "每人的成本",
        "what one use costs",
    ),
    key(
        "stage",
        "学段，可多项 stages",
        "全部 all",
        "招聘：学段",
        "recruits: the stage",
    ),
    key(
        "subject",
        "学科，可多项 subjects",
        "全部 all",
        "招聘：学科",
        "recruits: the subjects",
    ),
    key(
        "to",
        SCHOOLS,
        "所有学校 every school",
        "招聘：学校",
        "recruits: the schools",
    ),
];

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

/// The parts of a policy file that are tables of data: name in the file, title, keys.
pub(super) const TABLES: [(&str, &str, &[Key]); 12] = [
    ("[level.ID]", "层级名称 titles of levels", LEVEL),
    ("source", "依据 source of a rule", SOURCE),
    ("[demand]", "需求测算 from classes to need", DEMAND),
    (
        "[demand.teachers_per_class.学段]",
        "按班配备 need by classes",
        CLASS_TEACHERS,
    ),
    ("[demand.credits.学段]", "折减课时 credits", CREDITS),
    (
        "[demand.small_sites.学段]",
        "小规模校点 small sites",
        SMALL_SITES,
    ),
    ("[[demand.pools]]", "岗位合并 pools", POOL),
    ("[retirement]", "退休 retirement", RETIREMENT),
    (
        "retirement.men …",
        "退休年龄 one line of it",
        RETIREMENT_LINE,
    ),
    ("[travel]", "路程推算 travel", TRAVEL_TABLE),
    ("[exchange]", "交流期限 terms of exchange", EXCHANGE),
    ("[lever.ID]", "补充渠道 levers", LEVER),
];

pub(super) const ENFORCEMENT: Words = Words {
    name: "enforcement",
    title: "约束力",
    list: &[
        ["hard", "必须满足：不满足就没有方案", "no plan without it"],
        [
            "floor",
            "法定底线：只在无法满足时违反，违反最少",
            "a legal floor: violated only where it cannot be met, by the least amount",
        ],
        [
            "objective",
            "优化目标：在其层级按权重追求",
            "pursued at its level with its weight",
        ],
        [
            "report",
            "仅报告：计算并列出，不影响方案",
            "computed and shown, without effect",
        ],
    ],
};

pub(super) const CERTAINTY: Words = Words {
    name: "certainty",
    title: "可靠程度",
    list: &[
        ["V", "原文核实", "the rule's text was read"],
        ["S", "二手来源", "a secondary page states it"],
        [
            "G",
            "业务系统口径",
            "public software that implements the rule states it",
        ],
        ["SEED", "本地规划", "stated in the district's own plan"],
        ["D", "推算", "computed from others"],
        ["M", "未核实", "common knowledge, not verified"],
    ],
};

pub(super) const LEVER_KIND: Words = Words {
    name: "lever",
    title: "渠道",
    list: &[
        [
            "certify",
            "认定在岗专业课教师为双师型",
            "recognises serving programme teachers as dual-qualified",
        ],
        [
            "recruit",
            "招聘教师并定到学校学科",
            "recruits teachers and places them",
        ],
    ],
};

pub(super) const LOAD_BASIS: Words = Words {
    name: "load_basis",
    title: "工作量来源",
    list: &[
        [
            "own",
            "花名册有周课时的按本区县平均，否则按标准表",
            "the district's own averages, else the table",
        ],
        ["table", "一律按标准表", "the table of the policy"],
    ],
};

/// Levers in TOML.
pub(super) const LEVER_EXAMPLE: &str = "[lever.certify]\nkind = \"certify\"\ntitle = \"认定双师型教师\"\nat_most = 10\n\
     level = \"people\"\nweight = 0.5\n\n[lever.recruit]\nkind = \"recruit\"\ntitle = \"招聘紧缺学科教师\"\nat_most = 3\n\
     level = \"people\"\nweight = 1\nstage = [\"小学\", \"初中\"]\nsubject = [\"音乐\", \"美术\"]\nto = { zone = \"乡村\" }\n";

/// A fault of a policy file: code, meaning, what to do, both in English.
pub(super) const CODES: [[&str; 5]; 8] = [
    [
        "P001",
        "不是合法的 TOML，或值的类型、写法不对，或缺少必需的键",
        "按提示改正该处的值",
        "not TOML, a value of the wrong sort, or a missing key",
        "correct the value at the place named",
    ],
    [
        "P002",
        "没有这个部分、键、词、层级，或没有可停用的规则",
        "改用提示的相近写法",
        "no such part, key, word or level, or no such rule to take out",
        "use the near word that is suggested",
    ],
    [
        "P003",
        "找不到或无法读取政策文件",
        "给出文件路径或内置名称",
        "no such policy file, or it cannot be read",
        "give a path, or the name of a built-in policy",
    ],
    [
        "P004",
        "政策文件互相继承",
        "去掉一处 `extends`",
        "files extend each other in a circle",
        "take one `extends` away",
    ],
    [
        "P005",
        "缺少必需的部分，或优化目标没有层级",
        "补上，或继承 national",
        "a part is missing, or an objective has no level",
        "add it, or extend `national`",
    ],
    [
        "P006",
        "没有这种规则",
        "九种规则之一",
        "no such kind of rule",
        "one of the nine kinds",
    ],
    [
        "P007",
        "选择条件中的学科、学校、乡镇、学区、集团在本区县不存在",
        "改用本区县的名称，或去掉",
        "a subject, school, town, cluster or group that the district has not",
        "use a word of the district, or take it out",
    ],
    [
        "P008",
        "规则能读，但其中有的内容不会起作用",
        "按提示改写",
        "a rule that reads well and would in part do nothing",
        "write it as advised",
    ],
];
