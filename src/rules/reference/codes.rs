//! The faults of a policy file.

/// A fault of a policy file: code, meaning, what to do, both in English.
pub(super) const CODES: [[&str; 5]; 8] = [
    [
        "P001",
        "不是合法的 TOML，或值的类型、写法不对，或缺少必需的键",
        "按提示改正该处的值",
        "not TOML, a value of the wrong sort, or a missing key",
        "correct the value at the place named",
    ],
    [
        "P002",
        "没有这个部分、键、词、层级，或没有可停用的规则",
        "改用提示的相近写法",
        "no such part, key, word or level, or no such rule to take out",
        "use the near word that is suggested",
    ],
    [
        "P003",
        "找不到或无法读取政策文件",
        "给出文件路径或内置名称",
        "no such policy file, or it cannot be read",
        "give a path, or the name of a built-in policy",
    ],
    [
        "P004",
        "政策文件互相继承",
        "去掉一处 `extends`",
        "files extend each other in a circle",
        "take one `extends` away",
    ],
    [
        "P005",
        "缺少必需的部分，或优化目标没有层级",
        "补上，或继承 national",
        "a part is missing, or an objective has no level",
        "add it, or extend `national`",
    ],
    [
        "P006",
        "没有这种规则",
        "十四种规则之一",
        "no such kind of rule",
        "one of the fourteen kinds",
    ],
    [
        "P007",
        "选择条件中的学科、学校、乡镇、学区、集团在本区县不存在",
        "改用本区县的名称，或去掉",
        "a subject, school, town, cluster or group that the district has not",
        "use a word of the district, or take it out",
    ],
    [
        "P008",
        "规则能读，但其中有的内容不会起作用",
        "按提示改写",
        "a rule that reads well and would in part do nothing",
        "write it as advised",
    ],
];
