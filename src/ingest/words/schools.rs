//! What schools are: stages, zones and states.

use super::Forms;

pub(super) const STAGES: &[Forms] = &[
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

// The numbers are those of the statistical classification of urban and rural places. 城镇 and 乡镇
// are left out: each spans two of the three.
pub(super) const ZONES: &[Forms] = &[
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

pub(super) const STATES: &[Forms] = &[
    ("在办", &["正常", "正常办学", "open"]),
    ("新建", &["新办", "新设", "新开办", "new"]),
    ("撤销", &["撤并", "停办", "关闭", "closing"]),
    ("合并", &["并入", "merging"]),
    ("区外", &["县外", "外区县", "outside"]),
];
