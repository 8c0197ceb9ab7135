//! Keys of the kinds that measure schools, and of the tables of their indicators.

use super::{EVERY_SCHOOL, EVERYBODY, ITINERANTS, NONE};
use crate::rules::reference::{Key, PERSONS, REQUIRED, SCHOOLS, key};

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

pub(in crate::rules::reference) const PER_PUPIL: &[Key] = &[
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
pub(in crate::rules::reference) const STANDARD: &[Key] = &[
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

pub(in crate::rules::reference) const DISPARITY: &[Key] = &[
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
pub(in crate::rules::reference) const SPREAD: &[Key] = &[
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
pub(in crate::rules::reference) const COMPOSITE: &[Key] = &[
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
