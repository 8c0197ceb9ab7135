//! Words of the vocabularies, in the many forms that offices use.

use super::values::{narrow, without_blanks, without_brackets};

/// One word and its other forms.
type Forms = (&'static str, &'static [&'static str]);

const STAGES: &[Forms] = &[
    (
        "幼儿园",
        &["学前", "幼儿", "学前教育", "幼教", "kindergarten"],
    ),
    ("小学", &["小", "小学部", "primary"]),
    ("初中", &["初级中学", "初中部", "junior"]),
    (
        "高中",
        &[
            "普高",
            "普通高中",
            "高级中学",
            "高中部",
            "完中高中",
            "senior",
        ],
    ),
    (
        "中职",
        &[
            "中等职业",
            "中等职业学校",
            "中专",
            "职高",
            "职业高中",
            "职业中学",
            "中职学校",
            "中等职业学校实习指导",
            "vocational",
        ],
    ),
    ("特教", &["特殊教育", "特殊教育学校", "特校", "special"]),
];
const SEXES: &[Forms] = &[
    ("男", &["男性", "m", "male"]),
    ("女", &["女性", "f", "female"]),
];
const TITLES: &[Forms] = &[
    (
        "未取得职称",
        &[
            "无",
            "未评",
            "未聘",
            "未定级",
            "试用期未聘",
            "未评职称",
            "试用期",
            "见习期",
            "无职称",
            "员级",
            "none",
        ],
    ),
    (
        "三级教师",
        &[
            "三级",
            "中学三级",
            "中学三级教师",
            "小学二级教师",
            "小学三级教师",
            "小学二级",
            "小学三级",
            "third",
        ],
    ),
    (
        "二级教师",
        &[
            "二级",
            "初级",
            "初级职称",
            "助理级",
            "助理讲师",
            "中学二级",
            "中学二级教师",
            "小学一级",
            "小学一级教师",
            "中小学二级教师",
            "中小学二级",
            "幼儿园一级教师",
            "second",
        ],
    ),
    (
        "一级教师",
        &[
            "一级",
            "中级",
            "中级职称",
            "讲师",
            "中学一级",
            "中学一级教师",
            "小学高级",
            "小学高级教师",
            "中小学一级教师",
            "中小学一级",
            "幼儿园高级教师",
            "first",
        ],
    ),
    (
        "高级教师",
        &[
            "高级",
            "副高",
            "副高级",
            "副高级教师",
            "高级职称",
            "高级讲师",
            "中学高级",
            "中学高级教师",
            "中小学高级教师",
            "中小学高级",
            "senior",
        ],
    ),
    (
        "正高级教师",
        &[
            "正高",
            "正高级",
            "正高级讲师",
            "中小学正高级教师",
            "正高级职称",
            "full-senior",
        ],
    ),
];
const CATEGORIES: &[Forms] = &[
    (
        "专业技术",
        &[
            "专业技术岗",
            "专业技术岗位",
            "专技",
            "专技岗",
            "教师",
            "教学辅助人员",
            "教辅",
            "教师岗位",
            "professional",
        ],
    ),
    (
        "管理",
        &["管理岗", "管理岗位", "职员", "双肩挑", "management"],
    ),
    (
        "工勤",
        &[
            "工勤岗",
            "工勤岗位",
            "工勤技能",
            "工勤技能岗位",
            "工人",
            "worker",
        ],
    ),
];
const DEGREES: &[Forms] = &[
    (
        "高中及以下",
        &[
            "高中",
            "初中",
            "初中及以下",
            "高中阶段",
            "高中阶段以下",
            "小学",
            "secondary",
        ],
    ),
    (
        "中专",
        &[
            "中师",
            "中等师范",
            "中专中师",
            "中等专科",
            "中专技校",
            "secondary-normal",
        ],
    ),
    (
        "专科",
        &["大专", "大学专科", "高职", "专科毕业", "associate"],
    ),
    (
        "本科",
        &[
            "大学",
            "大学本科",
            "本科毕业",
            "学士",
            "全日制本科",
            "bachelor",
        ],
    ),
    (
        "硕士研究生",
        &[
            "硕士",
            "研究生",
            "研究生毕业",
            "教育硕士",
            "硕士学位",
            "全日制硕士",
            "master",
        ],
    ),
    ("博士研究生", &["博士", "博士学位", "doctor"]),
];
const BACKBONES: &[Forms] = &[
    ("无", &["否", "不是", "无骨干", "非骨干", "none"]),
    (
        "校级",
        &[
            "校骨干",
            "校骨干教师",
            "校级骨干",
            "校级骨干教师",
            "其他",
            "school",
        ],
    ),
    (
        "区县级",
        &[
            "是",
            "县级",
            "区级",
            "县区级",
            "区县",
            "县",
            "区",
            "县骨干",
            "区骨干",
            "县骨干教师",
            "区骨干教师",
            "县级骨干",
            "区级骨干",
            "县级骨干教师",
            "区级骨干教师",
            "区县级骨干教师",
            "区县骨干教师",
            "县级及以上",
            "y",
            "1",
            "county",
        ],
    ),
    (
        "市级",
        &[
            "市",
            "市骨干",
            "市骨干教师",
            "市级骨干",
            "市级骨干教师",
            "地市级",
            "city",
        ],
    ),
    (
        "省级",
        &[
            "省",
            "省骨干",
            "省骨干教师",
            "省级骨干",
            "省级骨干教师",
            "国家级",
            "国家级骨干教师",
            "省部级",
            "province",
        ],
    ),
];
const EMPLOYMENTS: &[Forms] = &[
    (
        "在编",
        &[
            "是",
            "事业编制",
            "事业编",
            "事业在编",
            "在编在岗",
            "编内",
            "有编",
            "正式",
            "正式在编",
            "公办在编",
            "y",
            "1",
            "establishment",
        ],
    ),
    (
        "编外",
        &[
            "否",
            "临聘",
            "聘用",
            "合同",
            "合同制",
            "编外聘用",
            "临聘教师",
            "公办临聘教师",
            "代课",
            "代课教师",
            "外聘",
            "非在编",
            "不在编",
            "无编",
            "劳务派遣",
            "政府雇员",
            "编外人员",
            "员额制",
            "n",
            "0",
            "temporary",
        ],
    ),
];
const STATUSES: &[Forms] = &[
    (
        "在岗",
        &[
            "在职",
            "在职在岗",
            "正常",
            "在校",
            "在岗在职",
            "区内交流",
            "县内交流",
            "in-post",
        ],
    ),
    ("产假", &["休产假", "产假中", "生育假", "maternity-leave"]),
    (
        "病休",
        &[
            "长期病休",
            "病假",
            "长期病假",
            "长病",
            "因病离岗",
            "sick-leave",
        ],
    ),
    ("事假", &["长期事假", "长假", "personal-leave"]),
    (
        "脱产学习",
        &[
            "公假",
            "脱产进修",
            "脱产",
            "进修",
            "脱产培训",
            "study-leave",
        ],
    ),
    (
        "借调",
        &[
            "借用",
            "借出",
            "外借",
            "跟岗",
            "区内其他单位跟岗或借调",
            "抽调",
            "被借调",
            "挂职",
            "secondment",
        ],
    ),
    (
        "外派支教",
        &[
            "支教",
            "外市支教",
            "援藏",
            "援疆",
            "外派",
            "外出支教",
            "援外",
            "support-elsewhere",
        ],
    ),
    ("待岗", &["待聘", "待岗培训", "未聘", "awaiting-post"]),
    ("退休", &["已退休", "离退休", "内退", "retired"]),
    (
        "辞职",
        &["离职", "调出", "已调出", "辞退", "解聘", "死亡", "resigned"],
    ),
];
const OFFICES: &[Forms] = &[
    (
        "无",
        &["否", "普通教师", "教师", "专任教师", "班主任", "none"],
    ),
    (
        "教研组长",
        &[
            "年级组长",
            "备课组长",
            "学科组长",
            "年级主任",
            "教研组组长",
            "group-leader",
        ],
    ),
    (
        "中层副职",
        &[
            "副主任",
            "教导副主任",
            "教务副主任",
            "德育副主任",
            "总务副主任",
            "中层副",
            "少先队大队辅导员",
            "大队辅导员",
            "团委副书记",
            "deputy-middle",
        ],
    ),
    (
        "中层正职",
        &[
            "中层",
            "中层干部",
            "中层正",
            "主任",
            "教导主任",
            "教务主任",
            "德育主任",
            "政教主任",
            "总务主任",
            "办公室主任",
            "教科室主任",
            "工会主席",
            "团委书记",
            "middle",
        ],
    ),
    (
        "副校级",
        &[
            "副校长",
            "副书记",
            "副园长",
            "党总支副书记",
            "党委副书记",
            "党支部副书记",
            "校级副职",
            "副校",
            "deputy-head",
        ],
    ),
    (
        "正校级",
        &[
            "校长",
            "书记",
            "园长",
            "党支部书记",
            "党总支书记",
            "党委书记",
            "支部书记",
            "校级正职",
            "正校长",
            "校长兼书记",
            "书记兼校长",
            "书记校长",
            "党组织书记",
            "head",
        ],
    ),
];
const DEFERRALS: &[Forms] = &[
    ("孕期", &["怀孕", "孕", "妊娠", "pregnancy"]),
    ("哺乳期", &["哺乳", "nursing"]),
    (
        "疾病",
        &["重病", "患病", "医疗期", "重大疾病", "病", "illness"],
    ),
    ("试用期", &["见习期", "试用", "probation"]),
    (
        "服务期",
        &[
            "服务期内",
            "公费师范生服务期",
            "特岗服务期",
            "定向服务期",
            "特岗",
            "service-period",
        ],
    ),
    ("家庭照护", &["照护", "照顾家庭", "照料老人", "carer"]),
    ("残疾", &["残障", "disability"]),
    ("其他", &["其它", "other"]),
];
// The numbers are those of the statistical classification of urban and rural places. 城镇 and 乡镇
// are left out: each spans two of the three.
const ZONES: &[Forms] = &[
    (
        "城区",
        &[
            "城市",
            "城",
            "主城区",
            "城乡结合区",
            "主城",
            "111",
            "112",
            "urban",
        ],
    ),
    (
        "镇区",
        &[
            "镇",
            "县镇",
            "镇中心区",
            "镇乡结合区",
            "特殊区域",
            "121",
            "122",
            "123",
            "town",
        ],
    ),
    (
        "乡村",
        &[
            "农村",
            "乡",
            "村",
            "村庄",
            "乡中心区",
            "210",
            "220",
            "rural",
        ],
    ),
];
const LOCK_KINDS: &[Forms] = &[
    ("留任", &["留校", "不动", "stay"]),
    ("派往", &["去", "派到", "go"]),
    ("不派往", &["不去", "禁止", "forbid"]),
    ("限定形式", &["形式", "form"]),
];
const FORMS: &[Forms] = &[
    ("交流", &["交流轮岗", "轮岗", "exchange"]),
    ("调动", &["调任", "transfer"]),
];
const DECIDED_KINDS: &[Forms] = &[
    ("退休", &["到龄退休", "retire"]),
    ("离职", &["辞职", "调出", "辞退", "调离", "leave"]),
    ("调动", &["调任", "transfer"]),
    ("交流", &["交流轮岗", "exchange"]),
    ("返回", &["期满返回", "返校", "return"]),
    ("续期", &["延期", "继续交流", "continue"]),
    ("离岗", &["长期离岗", "absent"]),
];

/// The forms of a column's words; empty where it has no vocabulary.
pub(super) fn forms(table: &str, column: &str) -> &'static [Forms] {
    match (table, column) {
        (_, "stage" | "certificate_stage") => STAGES,
        (_, "sex") => SEXES,
        (_, "title") => TITLES,
        (_, "category") => CATEGORIES,
        (_, "degree") => DEGREES,
        (_, "backbone") => BACKBONES,
        (_, "employment") => EMPLOYMENTS,
        (_, "status") => STATUSES,
        (_, "office") => OFFICES,
        (_, "deferral") => DEFERRALS,
        (_, "zone") => ZONES,
        ("locks", "kind") => LOCK_KINDS,
        ("locks", "form") => FORMS,
        ("decided", "kind") => DECIDED_KINDS,
        _ => &[],
    }
}

/// The canonical word that a cell means: the cell whole, then without brackets, then by the endings
/// that certificates and offices bear.
pub(super) fn canonical(table: &str, column: &str, cell: &str) -> Option<&'static str> {
    let known = forms(table, column);
    let whole = without_blanks(&narrow(cell)).to_lowercase();
    let bare = without_brackets(&whole);
    let found = find(known, &whole).or_else(|| find(known, &bare));
    match column {
        "certificate_stage" => found.or_else(|| find(known, certificate_stem(&bare))),
        "office" => found.or_else(|| office_by_ending(&bare)),
        _ => found,
    }
}

fn find(known: &[Forms], word: &str) -> Option<&'static str> {
    known
        .iter()
        .find(|(canonical, others)| *canonical == word || others.contains(&word))
        .map(|(canonical, _)| *canonical)
}

/// `高级中学教师资格证书` says 高级中学.
fn certificate_stem(word: &str) -> &str {
    let mut stem = word;
    for ending in ["书", "证", "资格", "教师"] {
        stem = stem.strip_suffix(ending).unwrap_or(stem);
    }
    stem
}

/// Offices are named by department; their endings tell the rank.
fn office_by_ending(word: &str) -> Option<&'static str> {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    if ends(&["副校长", "副书记", "副园长"]) {
        Some("副校级")
    } else if ends(&["校长", "书记", "园长"]) && !word.starts_with("团") {
        Some("正校级")
    } else if ends(&["副主任", "副处长", "副科长"]) {
        Some("中层副职")
    } else if ends(&["主任", "处长", "科长"]) {
        Some("中层正职")
    } else if ends(&["组长"]) {
        Some("教研组长")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::columns::{Kind, TABLES};
    use super::*;

    #[test]
    fn every_allowed_word_is_known_and_no_form_is_double() {
        for table in TABLES {
            for column in table.columns {
                let (Kind::Word(words) | Kind::WordList(words)) = column.kind else {
                    continue;
                };
                let known = forms(table.name, column.key);
                assert_eq!(known.len(), words.len(), "{}.{}", table.name, column.key);
                for word in words {
                    assert_eq!(canonical(table.name, column.key, word), Some(*word));
                }
                let mut all: Vec<&str> = known
                    .iter()
                    .flat_map(|(_, others)| others.iter().copied())
                    .collect();
                let count = all.len();
                all.sort_unstable();
                all.dedup();
                assert_eq!(all.len(), count, "{}.{}", table.name, column.key);
            }
        }
    }

    #[test]
    fn words_of_real_rosters_are_known() {
        let word = |column: &str, cell: &str| canonical("teachers", column, cell);
        assert_eq!(word("title", "小学高级教师"), Some("一级教师"));
        assert_eq!(word("title", "中级职称（非中小学系列）"), Some("一级教师"));
        assert_eq!(word("degree", "中专（非师范）"), Some("中专"));
        assert_eq!(
            word("status", "区内其他单位跟岗或借调（不在一线教学）"),
            Some("借调")
        );
        assert_eq!(word("status", "在职在岗（本校任教）"), Some("在岗"));
        assert_eq!(word("office", "书记（正校级）"), Some("正校级"));
        assert_eq!(word("office", "德育处副主任"), Some("中层副职"));
        assert_eq!(word("certificate_stage", "初级中学教师资格"), Some("初中"));
        assert_eq!(
            word("certificate_stage", "中等职业学校实习指导教师资格证书"),
            Some("中职")
        );
        assert_eq!(word("backbone", "省骨干教师"), Some("省级"));
        assert_eq!(word("employment", "临聘"), Some("编外"));
        assert_eq!(word("title", "大师"), None);
    }
}
