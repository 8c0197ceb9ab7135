//! The keys of the kinds.

use super::{FORMS, Key, NO, PERSONS, REQUIRED, SCHOOLS, YES_NO, key};

const EVERYBODY: &str = "所有人 everybody";
const EVERY_SCHOOL: &str = "所有学校 every school";
const BOTH: &str = "[\"交流\", \"调动\"]";
const NONE: &str = "无 none";

pub(super) const ELIGIBILITY: &[Key] = &[
    key(
        "form",
        FORMS,
        BOTH,
        "针对哪些形式",
        "forms of which it speaks",
    ),
    key(
        "effect",
        "词 effect",
        REQUIRED,
        "对所选人员作何规定，见“规定”",
        "what it says of those chosen",
    ),
    key("who", PERSONS, EVERYBODY, "哪些人", "of whom"),
    key(
        "from",
        SCHOOLS,
        EVERY_SCHOOL,
        "在哪些学校任教",
        "of whom: the school they serve at",
    ),
    key(
        "printed",
        "文字 text",
        "规则名称 the title",
        "真实原因不宜公开时，对外写这句话",
        "what is printed where the true reason is private",
    ),
];

pub(super) const REACH: &[Key] = &[
    key(
        "form",
        FORMS,
        BOTH,
        "针对哪些形式",
        "forms of which it speaks",
    ),
    key("who", PERSONS, EVERYBODY, "针对哪些人", "of whom"),
    key(
        "from",
        SCHOOLS,
        EVERY_SCHOOL,
        "针对从哪些学校派出",
        "of moves from these schools",
    ),
    key(
        "to",
        SCHOOLS,
        EVERY_SCHOOL,
        "只能到这些学校",
        "they must lead to these schools",
    ),
    key(
        "capability",
        YES_NO,
        NO,
        "只能任教本人能教的学段学科（资格、现任、兼教）",
        "only a stage and subject that the person can teach",
    ),
    key(
        "same_stage",
        YES_NO,
        NO,
        "不跨学段",
        "only within the person's stage",
    ),
    key(
        "to_stage",
        "学段，可多项 stages",
        "全部 all",
        "只到这些学段的岗位",
        "only to posts of these stages",
    ),
    key(
        "not_upward",
        YES_NO,
        NO,
        "不向更高学段流动（幼儿园、小学、初中、高中依次升高；中职、特教只限本学段）",
        "not to a higher stage",
    ),
    key(
        "needed",
        YES_NO,
        NO,
        "只到有学科需求的岗位",
        "only to posts that have a need",
    ),
    key(
        "over_to_under",
        YES_NO,
        NO,
        "只从超编单位到缺编单位",
        "only from units over their establishment to units under it",
    ),
    key(
        "wished",
        YES_NO,
        NO,
        "只到本人志愿的学校",
        "only to schools that the person wishes for",
    ),
    key(
        "above_present",
        YES_NO,
        NO,
        "自愿流动不到本人志愿中排在现任教学校之后的学校（落聘、锁定派往的不在此列）",
        "not to a school that the person ranks below the present one; who was released, or is sent by a lock, moves by duty",
    ),
    key(
        "within",
        "词 within",
        NONE,
        "两校须同属",
        "both schools share this",
    ),
    key(
        "not_within",
        "词 within",
        NONE,
        "两校不得同属",
        "the schools must not share this",
    ),
    key(
        "max_minutes",
        "分钟 minutes",
        NONE,
        "单程至多多少分钟",
        "minutes of one way, at most",
    ),
    key(
        "unless",
        "词，可多项 unless",
        "[]",
        "有其一，则不受 max_minutes 限制",
        "any of these lifts max_minutes",
    ),
];

pub(super) const COUNT: &[Key] = &[
    key("of", "词 count", REQUIRED, "数什么", "what is counted"),
    key(
        "form",
        FORMS,
        BOTH,
        "数流动时：哪些形式",
        "moves: in these forms",
    ),
    key(
        "who",
        PERSONS,
        EVERYBODY,
        "哪些人（学段、学科按方案中的岗位）",
        "of whom; stage and subject are those of the plan",
    ),
    key(
        "from",
        SCHOOLS,
        EVERY_SCHOOL,
        "数流动时：从哪些学校",
        "moves: from these schools",
    ),
    key(
        "to",
        SCHOOLS,
        EVERY_SCHOOL,
        "到哪些学校；数任教教师时：在哪些学校",
        "moves to, teachers at these schools",
    ),
    key(
        "within",
        "词 within",
        NONE,
        "数流动时：只数两校同属的",
        "moves: only between schools that share this",
    ),
    key(
        "not_within",
        "词 within",
        NONE,
        "数流动时：只数两校不同属的",
        "moves: only between schools that do not share this",
    ),
    key(
        "involuntary",
        YES_NO,
        NO,
        "只数非本人志愿的流动",
        "only moves not wished for",
    ),
    key(
        "include_running",
        YES_NO,
        NO,
        "在期的交流也计入",
        "exchanges that go on count as moves",
    ),
    key(
        "scope",
        "词 scope",
        "district",
        "在什么范围内分别计数",
        "in each of which places",
    ),
    key(
        "programme",
        YES_NO,
        "false",
        "范围为 school-subject 时，只数在本校开班的专业",
        "in the scope school-subject: only programmes that have classes at the school",
    ),
    ITINERANTS,
    key(
        "side",
        "词 side",
        "origin",
        "流动计在哪一端",
        "at which end of a move the place is taken",
    ),
    key(
        "at_least",
        "界限 limit",
        NONE,
        "至少（份额向上取整）",
        "at least; a share is rounded up",
    ),
    key(
        "at_most",
        "界限 limit",
        NONE,
        "至多（份额向下取整）",
        "at most; a share is rounded down",
    ),
    key(
        "exactly",
        "界限 limit",
        NONE,
        "正好（不与上两项并用；份额向上取整）",
        "exactly, and then no other limit; a share is rounded up",
    ),
];

/// A limit that is a share.
pub(super) const SHARE: &[Key] = &[
    key("share", "份额 share", "100%", "几成", "which part"),
    key(
        "of",
        "词 base",
        REQUIRED,
        "谁的份额；不随方案变化",
        "of whom; no choice changes it",
    ),
    key(
        "who",
        PERSONS,
        EVERYBODY,
        "基数中的哪些人",
        "of whom among them",
    ),
    key(
        "from",
        SCHOOLS,
        EVERY_SCHOOL,
        "基数中哪些学校的人",
        "of whom at these schools",
    ),
    key(
        "minimum",
        "整数 whole number",
        "0",
        "结果不小于此数",
        "never less than this",
    ),
];

pub(super) const RATIO: &[Key] = &[
    key("of", "词 ratio", REQUIRED, "谁的比例", "whose share"),
    key(
        "form",
        FORMS,
        BOTH,
        "流动：哪些形式",
        "moves: in these forms",
    ),
    key(
        "who",
        PERSONS,
        EVERYBODY,
        "分母：哪些人",
        "the denominator: these persons",
    ),
    key(
        "numerator",
        PERSONS,
        REQUIRED,
        "分子：其中哪些人",
        "the numerator: those of them who are so",
    ),
    key(
        "from",
        SCHOOLS,
        EVERY_SCHOOL,
        "流动：从哪些学校",
        "moves: from these schools",
    ),
    key(
        "to",
        SCHOOLS,
        EVERY_SCHOOL,
        "流动：到哪些学校；任教教师：在哪些学校",
        "moves to, teachers at these schools",
    ),
    key(
        "include_absent",
        YES_NO,
        NO,
        "离岗教师也计入",
        "teachers on long leave count too",
    ),
    key(
        "scope",
        "词 scope",
        "district",
        "在什么范围内分别计算",
        "in each of which places",
    ),
    key(
        "side",
        "词 side",
        "origin",
        "流动计在哪一端",
        "at which end of a move",
    ),
    key("at_least", "份额 share", NONE, "不低于", "at least"),
    key(
        "at_most",
        "份额 share",
        NONE,
        "不高于（两者只写其一）",
        "at most; give one of the two",
    ),
];

/// What rules of teachers share.
const ITINERANTS: Key = key(
    "itinerants",
    "词 itinerants",
    "home",
    "走教教师计在何处；按学校计的才可写 every-site",
    "where those who serve at several schools count; every-site in scopes of schools only",
);

/// What indicators share.
const COUNTED: Key = key(
    "counted",
    "词 counted",
    "serving",
    "交流教师计在何处",
    "where teachers on exchange count",
);
const PUPILS_AT_LEAST: Key = key(
    "pupils_at_least",
    "整数 whole number",
    "50",
    "该学段学生少于此数的学校不计",
    "stages of schools with fewer pupils are left out",
);
const INDICATOR_NAME: Key = key("name", "文字 text", REQUIRED, "指标名称", "its name");
const INDICATOR_STAGE: Key = key(
    "stage",
    "学段，可多项 stages",
    REQUIRED,
    "哪些学段",
    "in these stages",
);
const INDICATOR_WHO: Key = key("who", PERSONS, EVERYBODY, "计入哪些教师", "who counts");

pub(super) const PER_PUPIL: &[Key] = &[
    key(
        "indicators",
        "表的列表 tables",
        REQUIRED,
        "各项指标，见下",
        "the indicators, see below",
    ),
    PUPILS_AT_LEAST,
    COUNTED,
    ITINERANTS,
    key("to", SCHOOLS, EVERY_SCHOOL, "哪些学校", "at these schools"),
    key(
        "may_fail",
        "0 或 1",
        "0",
        "每校每学段可有几项不达标",
        "indicators that a stage of a school may fail",
    ),
    key(
        "floor_of_failed",
        "份额 share",
        "0%",
        "不达标的一项不低于标准的几成",
        "part of its threshold that the failed one keeps",
    ),
];

/// One table of the indicators of `per_pupil`.
pub(super) const STANDARD: &[Key] = &[
    INDICATOR_NAME,
    INDICATOR_STAGE,
    INDICATOR_WHO,
    key(
        "at_least",
        "数 number",
        REQUIRED,
        "每百名学生不少于多少人",
        "persons for each hundred pupils, at least",
    ),
];

pub(super) const DISPARITY: &[Key] = &[
    key(
        "indicators",
        "表的列表 tables",
        REQUIRED,
        "各项指标，见下",
        "the indicators, see below",
    ),
    PUPILS_AT_LEAST,
    COUNTED,
    key("to", SCHOOLS, EVERY_SCHOOL, "哪些学校", "these schools"),
    key(
        "composite",
        "表的列表 tables",
        "[]",
        "综合差异系数，见下",
        "means of coefficients, see below",
    ),
];

/// One table of the indicators of `disparity`.
pub(super) const SPREAD: &[Key] = &[
    INDICATOR_NAME,
    INDICATOR_STAGE,
    INDICATOR_WHO,
    key(
        "at_most",
        "数 number",
        NONE,
        "差异系数不超过",
        "the coefficient, at most",
    ),
];

/// One table of `composite`.
pub(super) const COMPOSITE: &[Key] = &[
    key("stage", "学段 stage", REQUIRED, "学段", "the stage"),
    key(
        "others",
        "数的列表 numbers",
        "[]",
        "其他指标的差异系数",
        "coefficients of the other indicators",
    ),
    key("at_most", "数 number", NONE, "不超过", "the mean, at most"),
];

pub(super) const COVERAGE: &[Key] = &[
    key(
        "stage",
        "学段，可多项 stages",
        "全部 all",
        "只管这些学段的岗位",
        "only posts of these stages",
    ),
    key(
        "emphasis",
        "表的列表 tables",
        "[]",
        "加权：符合的各项系数相乘",
        "factors; those that match are multiplied",
    ),
];

/// One table of `emphasis`.
pub(super) const EMPHASIS: &[Key] = &[
    key(
        "stage",
        "学段，可多项 stages",
        "全部 all",
        "哪些学段",
        "in these stages",
    ),
    key(
        "subject",
        "学科，可多项 subjects",
        "全部 all",
        "哪些学科；合并岗位含其一即算",
        "in these subjects; a pooled post counts where it holds one of them",
    ),
    key("to", SCHOOLS, EVERY_SCHOOL, "哪些学校", "at these schools"),
    key(
        "small_site",
        YES_NO,
        "都算 both",
        "是否小规模校点",
        "at small sites, or elsewhere",
    ),
    key("factor", "权重 weight", REQUIRED, "系数", "by this factor"),
];

pub(super) const TRAVEL: &[Key] = &[
    key("form", FORMS, BOTH, "哪些形式", "moves in these forms"),
    key("who", PERSONS, EVERYBODY, "哪些人", "of these persons"),
    key(
        "free_minutes",
        "分钟 minutes",
        "0",
        "多少分钟以内不计",
        "minutes that cost nothing",
    ),
];

pub(super) const STABILITY: &[Key] = &[
    key("form", FORMS, BOTH, "哪些形式", "moves in these forms"),
    key(
        "who",
        PERSONS,
        EVERYBODY,
        "哪些人（按花名册现状）",
        "of these persons, as the roster has them",
    ),
    key(
        "from",
        SCHOOLS,
        EVERY_SCHOOL,
        "从哪些学校",
        "from these schools",
    ),
    key(
        "to",
        SCHOOLS,
        EVERY_SCHOOL,
        "到哪些学校",
        "to these schools",
    ),
    key(
        "within",
        "词 within",
        NONE,
        "只计两校同属的",
        "only between schools that share this",
    ),
    key(
        "not_within",
        "词 within",
        NONE,
        "只计两校不同属的",
        "only between schools that do not share this",
    ),
    key(
        "involuntary",
        YES_NO,
        NO,
        "只计非本人志愿的流动",
        "only moves not wished for",
    ),
];

pub(super) const COUPLES: &[Key] = &[key(
    "within",
    "词 within",
    "town",
    "怎样算在一处：同单位、学区、集团、乡镇；所在不明的学校只与自己在一处",
    "what schools share that are near each other: unit, cluster, group or town",
)];

pub(super) const AVOIDANCE: &[Key] = &[key(
    "office",
    "词，可多项 words",
    "正校级、副校级、中层正职",
    "亲属担任哪些职务须回避",
    "offices under which no relative serves",
)];

pub(super) const PREFERENCE: &[Key] = &[
    key(
        "by_rank",
        "权重的列表 weights",
        REQUIRED,
        "到第一、第二……志愿的成本；末一项适用于其后各志愿",
        "cost of a move to the first, second … wish; the last holds for all later ones",
    ),
    key(
        "not_granted",
        "权重 weight",
        "0",
        "有志愿而留任",
        "cost where one with wishes stays",
    ),
    key(
        "elsewhere",
        "权重 weight",
        "0",
        "有志愿而去了志愿以外的学校",
        "cost where one with wishes goes elsewhere",
    ),
];
