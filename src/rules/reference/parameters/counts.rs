//! Keys of the kinds that count, and of limits that are shares.

use super::{BOTH, EVERY_SCHOOL, EVERYBODY, ITINERANTS, NONE};
use crate::rules::reference::{FORMS, Key, NO, PERSONS, REQUIRED, SCHOOLS, YES_NO, key};

pub(in crate::rules::reference) const COUNT: &[Key] = &[
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
        "在期的交流也计入（form 有走教的，在期的走教也计入）",
        "exchanges that go on count as moves, and 走教 that goes on where `form` names it",
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
    key(
        "at",
        "表 table",
        NONE,
        "个别地方另定的数，见下",
        "other numbers at some places, see below",
    ),
];

/// An exception by place.
pub(in crate::rules::reference) const EXCEPTION: &[Key] = &[
    key(
        "at_least",
        "整数 whole number",
        NONE,
        "这里至少",
        "at least, there",
    ),
    key(
        "at_most",
        "整数 whole number",
        NONE,
        "这里至多",
        "at most, there",
    ),
    key(
        "exactly",
        "整数 whole number",
        NONE,
        "这里正好（不与上两项并用）",
        "exactly, there, and then no other limit",
    ),
];

/// A limit that is a share.
pub(in crate::rules::reference) const SHARE: &[Key] = &[
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

pub(in crate::rules::reference) const RATIO: &[Key] = &[
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
