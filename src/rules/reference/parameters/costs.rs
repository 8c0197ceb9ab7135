//! Keys of the kinds that weigh posts, moves and persons.

use super::{BOTH, EVERY_SCHOOL, EVERYBODY, NONE};
use crate::rules::reference::{FORMS, Key, NO, PERSONS, REQUIRED, SCHOOLS, YES_NO, key};

pub(in crate::rules::reference) const COVERAGE: &[Key] = &[
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
    key(
        "except",
        "岗位的列表 posts",
        "[]",
        "不管这些岗位，写法如 S001:小学:体育",
        "posts of which it does not speak, such as S001:小学:体育",
    ),
];

/// One table of `emphasis`.
pub(in crate::rules::reference) const EMPHASIS: &[Key] = &[
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

pub(in crate::rules::reference) const TRAVEL: &[Key] = &[
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

pub(in crate::rules::reference) const STABILITY: &[Key] = &[
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

pub(in crate::rules::reference) const COUPLES: &[Key] = &[key(
    "within",
    "词 within",
    "town",
    "怎样算在一处：同单位、学区、集团、乡镇；所在不明的学校只与自己在一处",
    "what schools share that are near each other: unit, cluster, group or town",
)];

pub(in crate::rules::reference) const AVOIDANCE: &[Key] = &[
    key(
        "office",
        "词，可多项 words",
        "正校级、副校级、中层正职",
        "亲属担任哪些职务须回避",
        "offices under which no relative serves",
    ),
    key(
        "except",
        "教师编号，可多项 ids",
        "[]",
        "两人都列在其中的亲属不受限制（破例放行）",
        "relatives for whom it does not hold, where both of a pair are named",
    ),
];

pub(in crate::rules::reference) const TURNS: &[Key] = &[
    key(
        "form",
        FORMS,
        "交流",
        "以哪些形式派出",
        "sent in these forms",
    ),
    key(
        "who",
        PERSONS,
        EVERYBODY,
        "哪些人之间轮流（按花名册现状）",
        "among these persons, as the roster has them",
    ),
    key(
        "from",
        SCHOOLS,
        EVERY_SCHOOL,
        "哪些学校的人",
        "of these schools",
    ),
    key(
        "scope",
        "词 scope",
        "school",
        "在什么范围内互相轮流",
        "among the colleagues of which places",
    ),
    key(
        "except",
        "教师编号，可多项 ids",
        "[]",
        "这些人不参加轮流（破例放行）",
        "persons who take no turns",
    ),
    key(
        "volunteers",
        YES_NO,
        "true",
        "到本人志愿学校的不受限制",
        "whoever goes where he or she wishes goes again all the same",
    ),
];

pub(in crate::rules::reference) const PREFERENCE: &[Key] = &[
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
