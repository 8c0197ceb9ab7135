//! What a selector may ask of a person and of a school, and the words that keys take.

use super::{Key, YES_NO, key};

const NOT_ASKED: &str = "不问 not asked";
const YEARS: &str = "年 years";

pub(super) const PERSON: &[Key] = &[
    key(
        "stage",
        "学段，可多项 stages",
        NOT_ASKED,
        "任教学段",
        "stage taught",
    ),
    key(
        "subject",
        "学科，可多项 subjects",
        NOT_ASKED,
        "任教学科",
        "subject taught",
    ),
    key("sex", "词 word", NOT_ASKED, "性别", "sex"),
    key(
        "employment",
        "词 word",
        NOT_ASKED,
        "编制类型",
        "in the establishment or not",
    ),
    key(
        "category",
        "词，可多项 words",
        NOT_ASKED,
        "岗位类别",
        "post category",
    ),
    key(
        "status",
        "词，可多项 words",
        NOT_ASKED,
        "在岗状态",
        "status in the roster",
    ),
    key(
        "deferral",
        "词，可多项 words",
        NOT_ASKED,
        "暂缓类别",
        "deferral category",
    ),
    key(
        "deferred",
        YES_NO,
        NOT_ASKED,
        "是否有暂缓类别",
        "whether any is set",
    ),
    key(
        "office",
        "词，可多项 words",
        NOT_ASKED,
        "职务",
        "office held",
    ),
    key(
        "office_terms_at_least",
        "整数 whole number",
        NOT_ASKED,
        "在本校任该职务至少满几届",
        "complete terms in the office at this school, at least",
    ),
    key(
        "backbone_at_least",
        "词 word",
        NOT_ASKED,
        "骨干级别不低于",
        "backbone level, at least",
    ),
    key(
        "title_at_least",
        "词 word",
        NOT_ASKED,
        "职称不低于",
        "title, at least",
    ),
    key(
        "degree_at_least",
        "词 word",
        NOT_ASKED,
        "学历不低于；未填的不符合",
        "degree, at least; not known does not match",
    ),
    key(
        "class_teacher",
        YES_NO,
        NOT_ASKED,
        "班主任",
        "class teacher",
    ),
    key(
        "graduating_grade",
        YES_NO,
        NOT_ASKED,
        "任教毕业年级",
        "teaches a grade that leaves school this year",
    ),
    key(
        "programme_teacher",
        YES_NO,
        NOT_ASKED,
        "专业课教师",
        "teacher of a vocational programme",
    ),
    key(
        "dual_qualified",
        YES_NO,
        NOT_ASKED,
        "双师型",
        "dual-qualified",
    ),
    key(
        "years_at_school_at_least",
        YEARS,
        NOT_ASKED,
        "在本校至少满几年；不详视为不满",
        "complete years at the school, at least; not known counts as fewer",
    ),
    key(
        "years_at_school_below",
        YEARS,
        NOT_ASKED,
        "在本校不满几年；不详视为不满",
        "complete years at the school, fewer than; not known counts as fewer",
    ),
    key(
        "age_at_least",
        YEARS,
        NOT_ASKED,
        "年满几岁；不详不符合",
        "years of age, at least; not known does not match",
    ),
    key(
        "service_years_below",
        YEARS,
        NOT_ASKED,
        "参加工作不满几年；不详不符合",
        "years since the first job, fewer than; not known does not match",
    ),
    key(
        "years_to_retirement_at_most",
        YEARS,
        NOT_ASKED,
        "距退休至多几年；不详不符合",
        "years to retirement, at most; not known does not match",
    ),
    key("wishes", YES_NO, NOT_ASKED, "填有志愿", "has stated a wish"),
    key(
        "on_exchange",
        YES_NO,
        NOT_ASKED,
        "交流在期，或当年期满返回",
        "on an exchange that goes on, or home from one this year",
    ),
    key(
        "any_of",
        "选择的列表 selectors",
        "[]",
        "另须符合其中至少一项",
        "at least one of these holds too",
    ),
    key(
        "none_of",
        "选择的列表 selectors",
        "[]",
        "不得符合其中任何一项",
        "none of these holds",
    ),
];

pub(super) const SCHOOL: &[Key] = &[
    key("zone", "词，可多项 words", NOT_ASKED, "城乡类型", "zone"),
    key("sending", YES_NO, NOT_ASKED, "派出学校", "sending school"),
    key(
        "receiving",
        YES_NO,
        NOT_ASKED,
        "受援学校",
        "receiving school",
    ),
    key(
        "has_stage",
        "学段，可多项 stages",
        NOT_ASKED,
        "设有这些学段之一的班级",
        "has classes of one of these stages",
    ),
    key(
        "school",
        "代码，可多项 codes",
        NOT_ASKED,
        "学校代码",
        "codes of schools",
    ),
    key("town", "文字，可多项 texts", NOT_ASKED, "乡镇", "towns"),
    key(
        "cluster",
        "文字，可多项 texts",
        NOT_ASKED,
        "学区（片区）",
        "clusters",
    ),
    key(
        "group",
        "文字，可多项 texts",
        NOT_ASKED,
        "教育集团",
        "groups",
    ),
    key("remote", YES_NO, NOT_ASKED, "偏远", "remote"),
    key(
        "dormitory",
        YES_NO,
        NOT_ASKED,
        "有周转宿舍",
        "has flats for teachers",
    ),
    key(
        "classes_at_most",
        "整数 whole number",
        NOT_ASKED,
        "各学段班级合计不多于",
        "classes over all stages, at most",
    ),
    key(
        "classes_at_least",
        "整数 whole number",
        NOT_ASKED,
        "各学段班级合计不少于",
        "classes over all stages, at least",
    ),
    key(
        "over_establishment",
        YES_NO,
        NOT_ASKED,
        "所在单位超编（扣除离任）",
        "the unit holds more staff than its establishment, after those who leave",
    ),
    key(
        "under_establishment",
        YES_NO,
        NOT_ASKED,
        "所在单位缺编（扣除离任）",
        "the unit holds fewer",
    ),
    key(
        "any_of",
        "选择的列表 selectors",
        "[]",
        "另须符合其中至少一项",
        "at least one of these holds too",
    ),
    key(
        "none_of",
        "选择的列表 selectors",
        "[]",
        "不得符合其中任何一项",
        "none of these holds",
    ),
];

/// A list of words that a key takes: the word, and what it says.
pub(super) struct Words {
    /// Its name in the tables of keys.
    pub(super) name: &'static str,
    /// Its title.
    pub(super) title: &'static str,
    /// Word, Chinese, English.
    pub(super) list: &'static [[&'static str; 3]],
}

pub(super) const EFFECT: Words = Words {
    name: "effect",
    title: "规定",
    list: &[
        [
            "require",
            "只有所选的人可以流动，其余不符合条件",
            "only those chosen may move",
        ],
        [
            "defer",
            "所选的人暂缓：不符合条件，不计入应交流基数",
            "deferred, and out of the base of shares",
        ],
        [
            "forbid",
            "所选的人不流动，仍计入应交流基数",
            "may not move, but stay in the base of shares",
        ],
        [
            "must",
            "所选的人凡可流动的必须流动",
            "must move where they may",
        ],
        [
            "remind",
            "只列名提醒",
            "named as a reminder; nothing else follows",
        ],
    ],
};

pub(super) const WITHIN: Words = Words {
    name: "within",
    title: "同属",
    list: &[
        ["unit", "同一单位", "the same unit"],
        ["cluster", "同一学区（片区）", "the same cluster"],
        ["group", "同一教育集团", "the same group"],
        ["town", "同一乡镇", "the same town"],
    ],
};

pub(super) const UNLESS: Words = Words {
    name: "unless",
    title: "除外",
    list: &[
        [
            "dormitory",
            "接收学校有周转宿舍",
            "the school has flats for teachers",
        ],
        [
            "consent",
            "本人志愿到该校",
            "the teacher wishes to go there",
        ],
    ],
};

pub(super) const COUNT_OF: Words = Words {
    name: "count",
    title: "数什么",
    list: &[
        ["moves", "本年新开始的流动", "moves that begin this year"],
        [
            "teachers",
            "方案实施后的任教教师",
            "teachers who give lessons after the plan",
        ],
        [
            "establishment",
            "单位所持编制人数（范围只能是 unit 或 district）",
            "persons whose 编制 a unit holds; by unit or district only",
        ],
    ],
};

pub(super) const SHARE_OF: Words = Words {
    name: "base",
    title: "份额的基数",
    list: &[
        [
            "eligible",
            "符合交流条件的教师",
            "those who fulfil the conditions of exchange",
        ],
        [
            "teachers",
            "学年开始时在岗任教的在编教师",
            "those in establishment who give lessons at the begin of the year",
        ],
        [
            "establishment",
            "单位核定编制，已超编的按实有（范围只能是 unit）",
            "the unit's establishment, or what it holds where that is more; by unit only",
        ],
    ],
};

pub(super) const RATIO_OF: Words = Words {
    name: "ratio",
    title: "谁的比例",
    list: &[
        ["moves", "本年新开始的流动", "moves that begin this year"],
        [
            "teachers",
            "方案实施后的任教教师",
            "teachers after the plan",
        ],
    ],
};

pub(super) const SCOPE: Words = Words {
    name: "scope",
    title: "范围",
    list: &[
        ["district", "全区县合计", "the district as one"],
        ["stage", "每个学段", "each stage"],
        ["school", "每所学校（校点）", "each school or site"],
        [
            "school-stage",
            "每所学校的每个学段",
            "each stage of each school",
        ],
        [
            "school-subject",
            "每所学校的每门学科",
            "each subject of each school",
        ],
        ["unit", "每个单位", "each unit"],
    ],
};

pub(super) const SIDE: Words = Words {
    name: "side",
    title: "哪一端",
    list: &[
        [
            "origin",
            "派出端（学段、学科按原岗位）",
            "where the person comes from, with the stage and subject left",
        ],
        ["destination", "接收端", "where the person goes"],
    ],
};
