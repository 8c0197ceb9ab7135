//! Keys of the kinds that cut choices.

use super::{BOTH, EVERY_SCHOOL, EVERYBODY, NONE};
use crate::rules::reference::{FORMS, Key, NO, PERSONS, REQUIRED, SCHOOLS, YES_NO, key};

pub(in crate::rules::reference) const ELIGIBILITY: &[Key] = &[
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
        "except",
        "教师编号，可多项 ids",
        "[]",
        "对这些人不起作用（破例放行）",
        "persons for whom it does not hold",
    ),
    key(
        "printed",
        "文字 text",
        "规则名称 the title",
        "真实原因不宜公开时，对外写这句话",
        "what is printed where the true reason is private",
    ),
];

pub(in crate::rules::reference) const REACH: &[Key] = &[
    key(
        "form",
        FORMS,
        BOTH,
        "针对哪些形式",
        "forms of which it speaks",
    ),
    key("who", PERSONS, EVERYBODY, "针对哪些人", "of whom"),
    key(
        "except",
        "教师编号，可多项 ids",
        "[]",
        "对这些人不起作用（破例放行）",
        "persons for whom it does not hold",
    ),
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
