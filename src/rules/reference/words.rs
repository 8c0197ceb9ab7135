//! The closed lists of words that keys take.

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
            "count",
            "只有所选的人计入应交流基数；其余的人仍可流动，不计入基数",
            "only those chosen are in the base of shares; the others may move all the same",
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
        ["pair", "结对的两校", "a pair of schools"],
        [
            "merger",
            "撤并学校与其学生并入的学校",
            "a school that ends and the one that takes its pupils",
        ],
    ],
};

pub(super) const ESTABLISHMENT: Words = Words {
    name: "establishment",
    title: "编制",
    list: &[
        ["stays", "留在原单位", "stays where it is"],
        ["moves", "随迁到接收单位", "goes along"],
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
        [
            "waiting",
            "方案实施后仍无岗位的落聘教师（待岗）",
            "persons who were released and have no post after the plan",
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
        [
            "quota",
            "名额表（quotas）中的派出或接收人数，按“哪一端”；没有名额表时不作限制（只能数流动）",
            "the quotas of the table `quotas`, sent or received by `side`; no limit where there is no such table; moves only",
        ],
        [
            "senior_posts",
            "单位的高级岗位数，所数的人已更多的按实有；范围为 stage 时按单位班级最多的学段合计",
            "the unit's posts of senior titles, or those counted there now where they are more; pooled \
             by the stage in which a unit has most classes where the scope is stage",
        ],
        [
            "middle_posts",
            "单位的中级岗位数，同上",
            "the unit's posts of middle titles, likewise",
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

pub(super) const ITINERANTS: Words = Words {
    name: "itinerants",
    title: "走教教师计在何处",
    list: &[
        ["home", "只计在本校", "at their own school alone"],
        [
            "every-site",
            "任教的每所学校各计一人（共用的心理健康教师算不算本校有，由此决定）",
            "as one at every school they serve: whether a shared teacher counts as a school's own",
        ],
    ],
};

pub(super) const COUNTED_AT: Words = Words {
    name: "counted",
    title: "计在何处",
    list: &[
        [
            "serving",
            "任教学校（含编外）",
            "where they give lessons; staff outside the establishment too",
        ],
        [
            "establishment",
            "编制所在学校：交流的计在原校，长期离岗的也计入，编外不计",
            "where their 编制 is: those on exchange at the school they left, those on long leave too, \
             staff outside the establishment not",
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
        [
            "reserve",
            "从编制周转池给未超编的单位编制，一名一用",
            "gives units that are not over their establishment posts of the reserve pool",
        ],
        [
            "reallocate",
            "把单位的空编调剂给其他单位，总量不变；须编办同意",
            "moves spare posts from units to others, the total unchanged; needs 编办's consent",
        ],
    ],
};

pub(super) const TIE: Words = Words {
    name: "tie",
    title: "同分比较",
    list: &[
        ["service", "参加工作的月数", "months since the first job"],
        ["at-school", "在本校的月数", "months at the present school"],
        ["title", "职称", "title"],
        ["backbone", "骨干级别", "level of 骨干"],
        ["degree", "学历", "degree"],
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
