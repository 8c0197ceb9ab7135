//! What was decided before the plan: locks, and moves already settled.

use super::Forms;

pub(super) const LOCK_KINDS: &[Forms] = &[
    ("留任", &["留校", "不动", "stay"]),
    ("派往", &["去", "派到", "go"]),
    ("不派往", &["不去", "禁止", "forbid"]),
    ("限定形式", &["形式", "form"]),
];

pub(super) const FORMS: &[Forms] = &[
    ("校内转任学科", &["转任学科", "转学科", "change-subject"]),
    ("单位内调配", &["校内调配", "校点调配", "reassign"]),
    ("交流", &["交流轮岗", "轮岗", "exchange"]),
    ("调动", &["调任", "transfer"]),
    ("支教", &["支教服务", "support"]),
    ("跨学段调整", &["跨学段", "cross-stage"]),
    ("转岗培训", &["转岗", "retrain"]),
    ("选调", &["选调进城", "考调", "selection"]),
    ("撤并安置", &["安置", "分流安置", "resettle"]),
    ("跟岗", &["跟岗学习", "跟岗研修", "shadowing"]),
];

pub(super) const OUTCOMES: &[Forms] = &[
    ("聘任", &["已聘", "聘用", "上岗", "engaged"]),
    ("落聘", &["未聘", "未聘任", "released"]),
    ("未参加", &["不参加", "none"]),
];

pub(super) const DECIDED_KINDS: &[Forms] = &[
    ("退休", &["到龄退休", "retire"]),
    ("离职", &["辞职", "调出", "辞退", "调离", "leave"]),
    ("调动", &["调任", "transfer"]),
    ("交流", &["交流轮岗", "exchange"]),
    ("返回", &["期满返回", "返校", "return"]),
    ("续期", &["延期", "继续交流", "continue"]),
    ("离岗", &["长期离岗", "absent"]),
];
