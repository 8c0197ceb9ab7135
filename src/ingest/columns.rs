//! The tables and columns that shizi reads: one source for reading, for the empty templates, for
//! the generated reference page and for the generator of instances.

/// How a cell is understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Free text.
    Text,
    /// The key of the row; text, kept as written (trimmed, full-width digits made ASCII).
    Key,
    /// A school, by code or by name.
    School,
    /// A unit, by code or by name.
    Unit,
    /// A teacher, by the key of `teachers`.
    Teacher,
    /// Several teachers, by their keys.
    TeacherList,
    /// A subject, aliases allowed.
    Subject,
    /// Several subjects; a stage may stand before each: `小学音乐、初中美术`, else the row's stage.
    SubjectList,
    /// A month: `2019-09`, `2019.9`, `201909`, `2019年9月`, an Excel date.
    Month,
    /// A whole number, not negative.
    Count,
    /// A list of whole numbers: `5、6` (grades 1 to 12, or 七年级 and the like).
    GradeList,
    /// Lessons a week, to a tenth.
    Periods,
    /// Full-time persons, to a thousandth.
    Persons,
    /// Minutes of one way.
    Minutes,
    /// Points of a competition, to a hundredth.
    Score,
    /// Degrees, decimal, WGS 84.
    Degrees,
    /// 是 / 否.
    YesNo,
    /// One of the words of a vocabulary; the words are listed.
    Word(&'static [&'static str]),
    /// Several of the words of a vocabulary.
    WordList(&'static [&'static str]),
}

/// Whether a column must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Without it the table cannot be read, and no cell of it may be empty.
    Required,
    /// Where it is missing something is assumed, and the assumption reported.
    Optional,
}

/// One column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// English header, also the name in messages for machines.
    pub key: &'static str,
    /// The Chinese header that templates and instances use.
    pub header: &'static str,
    /// Other headers seen in offices' files.
    pub aliases: &'static [&'static str],
    /// How its cells are understood.
    pub kind: Kind,
    /// Whether it must be there.
    pub presence: Presence,
    /// A cell as an example.
    pub example: &'static str,
    /// What it means, and what is assumed where it is empty.
    pub meaning: &'static str,
    /// The same in English.
    pub meaning_english: &'static str,
}

/// One table: a CSV file of the folder, or a sheet of the workbook.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// File name without ending, and English name of the sheet.
    pub name: &'static str,
    /// Chinese name of the sheet (also accepted as a file name).
    pub title: &'static str,
    /// Whether a district can be read without it.
    pub presence: Presence,
    /// What a row says.
    pub meaning: &'static str,
    /// The same in English.
    pub meaning_english: &'static str,
    /// Its columns, in the order of templates.
    pub columns: &'static [Column],
}

const STAGES: &[&str] = &["幼儿园", "小学", "初中", "高中", "中职", "特教"];
const ZONES: &[&str] = &["城区", "镇区", "乡村"];
const STATES: &[&str] = &["在办", "新建", "撤销", "合并", "区外"];
const FORMS: &[&str] = &[
    "校内转任学科",
    "单位内调配",
    "交流",
    "调动",
    "支教",
    "跨学段调整",
    "转岗培训",
    "选调",
    "撤并安置",
    "跟岗",
];

use Kind::{
    Count, Degrees, GradeList, Key, Minutes, Month, Periods, Persons, School, Score, Subject,
    SubjectList, Teacher, TeacherList, Text, Unit, Word, WordList, YesNo,
};
use Presence::{Optional, Required};

macro_rules! columns {
    ($($key:literal $header:literal [$($alias:literal),*] $kind:expr, $presence:ident, $example:literal, $meaning:literal, $english:literal;)+) => {
        &[$(Column {
            key: $key, header: $header, aliases: &[$($alias),*], kind: $kind,
            presence: $presence, example: $example, meaning: $meaning, meaning_english: $english,
        },)+]
    };
}

/// `teachers`: one row a person in post.
pub static TEACHERS: Table = Table {
    name: "teachers",
    title: "教师",
    presence: Required,
    meaning: "在编在岗教师（含编外临聘）一人一行",
    meaning_english: "one row a person in post, staff outside the establishment included",
    columns: columns![
        "id" "教师编号" ["编号", "教职工号", "工号", "人员编号"] Key, Optional, "T00001", "本单位内部编号；不得使用身份证号。缺列时按顺序编号", "the office's own key, never an ID-card number; numbered where missing";
        "name" "姓名" ["教师姓名", "教职工姓名"] Text, Required, "张三", "姓名，字间空格自动去除", "name; inner spaces are dropped";
        "sex" "性别" [] Word(&["男", "女"]), Optional, "女", "缺失时退休按女性高限推算", "sex; where missing, retirement is taken at the later age";
        "birth" "出生年月" ["出生日期", "出生年月日"] Month, Optional, "1985-03", "缺失时不推算退休和年龄", "month of birth; where missing, no age and no retirement are computed";
        "first_job" "参加工作年月" ["参加工作时间", "参加工作日期", "从教开始时间"] Month, Optional, "2007-09", "首次参加工作，不是到本校时间", "month of the first job ever, not of arrival at this school";
        "arrival" "进入本校年月" ["进入本校日期", "进校时间", "到本校时间", "来校时间", "进入现单位任教时间", "进入本单位年月", "进本校年月"] Month, Optional, "2016-09", "计算在本校连续任教年限；缺失时视为不满年限", "month of arrival at this school; where missing, the years needed count as not reached";
        "unit" "编制单位" ["编制所在单位", "编制单位代码", "入编单位"] Unit, Optional, "U001", "持有编制的单位；缺失时视为任教学校的单位，编外人员留空", "unit that holds the establishment post; where empty, the unit of the school served (nobody's for staff outside)";
        "school" "任教学校" ["现任教学校", "工作单位", "所在学校", "现工作单位", "单位全称", "校名", "学校", "单位名称"] School, Required, "S001", "实际任教的学校或校点，代码或名称均可", "school or site where lessons are given, by code or name";
        "stage" "任教学段" ["学段", "主要任教学段"] Word(STAGES), Optional, "小学", "缺失时取学校唯一的学段", "stage taught; where empty, the school's only one";
        "subject" "任教学科" ["主教学科", "任教课程", "主要任教学科", "学科", "教授科目"] Subject, Required, "语文", "主教学科，只填一门", "main subject, one only";
        "further" "兼教学科" ["兼教学科（可多门）", "兼任学科", "其他任教学科"] SubjectList, Optional, "音乐、美术", "兼教的其他学科（可注明学段：初中音乐）", "further subjects taught, a stage may stand before each";
        "grades" "任教年级" ["年级"] GradeList, Optional, "5、6", "一至十二年级（七、八、九为初中）", "grades taught, 1 to 12";
        "class_teacher" "是否班主任" ["班主任"] YesNo, Optional, "否", "缺失时视为否", "class teacher; where empty, no";
        "certificate_stage" "资格证学段" ["教师资格种类", "教师资格层次", "教师资格类型", "资格种类"] WordList(STAGES), Optional, "小学", "教师资格证的学段；缺失时以现任教学段为准", "stage of the certificate; where empty, the stage taught now";
        "certificate_subjects" "资格证学科" ["教师资格学科", "资格学科", "资格取得学科", "任教资格学科"] SubjectList, Optional, "语文", "教师资格证的学科；缺失时以现任教学科为准", "subjects of the certificate; where empty, what is taught now";
        "weekly_periods" "周课时" ["周课时数", "课时", "周课时量"] Periods, Optional, "12", "现周课时；用于计算本区县实际平均工作量", "lessons a week at present; gives the district's own average loads";
        "title" "职称" ["专业技术职务", "聘任专业技术职务", "现聘专业技术职称", "现聘职称", "专业技术职称"] Word(&["未取得职称", "三级教师", "二级教师", "一级教师", "高级教师", "正高级教师"]), Optional, "一级教师", "现聘职称", "title held";
        "category" "岗位类别" ["岗位类型"] Word(&["专业技术", "管理", "工勤"]), Optional, "专业技术", "缺失时视为专业技术", "category of post, which decides the retirement age of women; where empty, professional";
        "degree" "学历" ["最高学历"] Word(&["高中及以下", "中专", "专科", "本科", "硕士研究生", "博士研究生"]), Optional, "本科", "最高学历", "highest degree";
        "backbone" "骨干级别" ["骨干", "骨干教师级别", "最高骨干教师级别", "是否县级以上骨干教师"] Word(&["无", "校级", "区县级", "市级", "省级"]), Optional, "区县级", "最高骨干教师级别；填“是”时视为区县级", "highest level of backbone teacher; 是 counts as the county's";
        "employment" "编制类型" ["是否在编", "编制状态", "用人形式"] Word(&["在编", "编外"]), Optional, "在编", "缺失时视为在编", "in the establishment or outside; where empty, inside";
        "status" "在岗状态" ["人员状态", "状态"] Word(&["在岗", "产假", "病休", "事假", "脱产学习", "借调", "外派支教", "待岗", "退休", "辞职"]), Optional, "在岗", "缺失时视为在岗", "at work or not; where empty, at work";
        "status_from" "状态开始年月" ["状态开始", "离岗年月"] Month, Optional, "2025-03", "离岗、退休、辞职等状态的开始年月", "first month of the status";
        "status_until" "状态结束年月" ["状态结束", "返岗年月"] Month, Optional, "2025-09", "首个返岗月份；缺失时视为全学年离岗", "first month back at work; where empty, away the whole year";
        "office" "行政职务" ["职务", "校内职务", "职务角色"] Word(&["无", "教研组长", "中层副职", "中层正职", "副校级", "正校级"]), Optional, "无", "缺失时视为无", "office held; where empty, none";
        "office_terms" "任期届数" ["任职届数", "任期"] Count, Optional, "1", "在本校同一职务已满的届数", "complete terms in the office at this school";
        "programme_teacher" "是否专业课教师" ["专业课教师"] YesNo, Optional, "否", "中职专业课教师", "teaches a vocational programme";
        "dual_qualified" "是否双师型" ["双师型", "是否双师型教师", "是否“双师型”教师"] YesNo, Optional, "否", "已认定的双师型教师", "recognised as dual-qualified";
        "practice_months" "近五年企业实践月数" ["企业实践月数", "企业实践（月）"] Count, Optional, "", "中职专业课教师近五年到企业或生产服务一线实践的累计月数；有人填写时，认定双师型须满规定月数", "months of practice in enterprises within five years; where anybody gives them, they are needed for recognition as dual-qualified";
        "deferral" "暂缓类别" ["暂缓交流类别", "免交流类别", "暂缓原因"] Word(&["孕期", "哺乳期", "疾病", "试用期", "服务期", "家庭照护", "残疾", "其他"]), Optional, "", "属敏感个人信息，任何输出均只显示“符合暂缓条件”", "category of deferral; sensitive, shown nowhere but as 符合暂缓条件";
        "spouse" "配偶编号" ["配偶教师编号"] Teacher, Optional, "", "配偶为本表教师时填其编号", "the spouse's key where he or she is in the same table";
        "relatives" "回避亲属编号" ["回避亲属", "需回避亲属编号"] TeacherList, Optional, "", "本表中须任职回避的亲属（夫妻、直系血亲、三代以内旁系血亲、近姻亲）编号，多人用顿号分隔", "keys of relatives in the same table of whom one may not be set over the other";
        "home_town" "家庭所在乡镇" ["家庭住址所在乡镇", "居住乡镇"] Text, Optional, "", "家庭所在乡镇（街道）", "town where the family lives";
        "exchange_form" "交流形式" ["交流轮岗类型", "交流轮岗形式"] Text, Optional, "", "正在交流的形式；填写即视为交流在期", "form of a running exchange; filled means that one runs";
        "exchange_start" "交流开始年月" ["交流开始", "开始年月", "交流起始年月"] Month, Optional, "", "正在交流的开始年月", "when the running exchange began";
        "exchange_end" "交流结束年月" ["交流结束", "结束年月", "交流截止年月"] Month, Optional, "", "首个不再交流的月份", "first month in which it no longer runs";
        "exchange_origin" "交流原单位" ["原单位名称", "原单位", "派出学校"] School, Optional, "", "交流前的学校，期满返回", "school to which the teacher returns";
        "exchange_personnel" "人事关系是否随迁" ["是否调动人事关系"] YesNo, Optional, "", "缺失时视为否", "whether 人事关系 went along; where empty, no";
        "earlier_exchanges" "交流次数" ["已交流次数", "交流轮岗次数", "轮岗次数", "参加交流次数", "已轮岗次数"] Count, Optional, "", "参加过几次交流（支教等按交流计的一并计入），含正在进行的一次，0 至 99；缺失时，正在交流的按 1 次，其他人不详", "exchanges made so far, forms that counted as one included, the running one too, 0 to 99; where empty, one for whoever is on exchange, not known of others";
        "remarks" "备注" ["说明"] Text, Optional, "", "不作为依据；出现孕、产、病、借调等字样时提示核对", "never a basis; words such as 孕 or 借调 are reported for checking";
    ],
};

/// `schools`: one row a site.
pub static SCHOOLS: Table = Table {
    name: "schools",
    title: "学校",
    presence: Required,
    meaning: "学校及校点一处一行；同一单位的校点填同一单位代码",
    meaning_english: "one row a school or site; sites of one unit name the same unit",
    columns: columns![
        "code" "学校代码" ["机构代码", "单位代码", "学校标识码", "代码"] Key, Required, "S001", "学校或校点代码", "code of the school or site";
        "name" "学校名称" ["单位名称", "单位全称", "校名", "学校", "名称"] Text, Required, "第一小学", "学校或校点名称", "name of the school or site";
        "unit" "所属单位代码" ["单位法人代码", "中心校代码", "所属单位", "隶属单位"] Key, Optional, "U001", "单位法人（中心校）代码；缺失时自成单位", "code of the legal unit; where empty, a unit of its own";
        "unit_name" "所属单位名称" ["中心校"] Text, Optional, "第一小学", "缺失时取首个校点名称", "name of the unit; where empty, that of its first site";
        "town" "所在乡镇" ["乡镇", "街道", "乡镇街道", "办学地址"] Text, Optional, "巷口街道", "乡镇或街道", "town or street";
        "zone" "城乡类型" ["城乡分类", "地域", "地理类别"] Word(ZONES), Required, "城区", "城区、镇区、乡村", "urban, town or rural";
        "sending" "是否派出学校" ["派出学校", "派出"] YesNo, Optional, "是", "由教委认定；缺失时视为否", "marked as sending by the bureau; where empty, no";
        "receiving" "是否受援学校" ["受援学校", "受援"] YesNo, Optional, "否", "由教委认定；缺失时视为否", "marked as receiving by the bureau; where empty, no";
        "cluster" "学区" ["片区", "学区（片区）", "区域"] Text, Optional, "城区学区", "学区（片区）", "cluster of schools";
        "group" "教育集团" ["集团", "隶属集团"] Text, Optional, "", "教育集团", "education group";
        "establishment" "核定编制" ["核定编制数", "编制数", "教职工编制"] Count, Optional, "86", "单位的核定编制，只在单位的一行填写或各行填相同值", "staff that the unit may have; given once a unit or alike in each of its rows";
        "senior_posts" "高级岗位数" ["高级专业技术岗位数", "副高以上岗位数"] Count, Optional, "", "单位的高级专业技术岗位数，填法同核定编制", "posts of senior titles; given as the establishment is";
        "middle_posts" "中级岗位数" ["中级专业技术岗位数"] Count, Optional, "", "单位的中级专业技术岗位数，填法同核定编制", "posts of middle titles; given as the establishment is";
        "latitude" "纬度" ["北纬"] Degrees, Optional, "29.3256", "WGS84 十进制度", "latitude, decimal degrees";
        "longitude" "经度" ["东经"] Degrees, Optional, "107.7601", "WGS84 十进制度", "longitude, decimal degrees";
        "dormitory" "周转宿舍" ["是否有周转宿舍", "教师周转房"] YesNo, Optional, "否", "有教师周转宿舍时不受路程上限限制（按政策）", "has flats for teachers; a policy may lift the travel limit";
        "remote" "偏远" ["是否偏远", "偏远学校"] YesNo, Optional, "否", "偏远学校", "marked as remote";
        "failed_indicators" "其他未达标指标数" ["未达标指标数", "非师资未达标指标数"] Count, Optional, "0", "优质均衡校级指标中师资以外（校舍、场馆、设备、网络教室）未达标的项数，0 至 4；缺失时视为 0", "of the indicators of 优质均衡 that are not of teachers: how many the school fails, 0 to 4; where empty, none";
        "state" "办学状态" ["学校状态"] Word(STATES), Optional, "在办", "在办、新建、撤销、合并、区外（跟岗、互派的区外学校）；缺失时视为在办", "open, new, closing, merging, or a partner outside the district; where empty, open";
        "merged_into" "并入学校" ["学生去向学校", "撤并后学校"] School, Optional, "", "撤销、合并的学校，学生并入的学校；合并的必填", "school that takes the pupils of one that closes; needed where it is merged";
        "partner" "结对学校" ["对口学校", "结对帮扶学校"] School, Optional, "", "城乡结对的学校，一方填写即可", "the school that it is paired with; one of the two need name the other";
    ],
};

/// `classes`: one row a school, stage and grade (or programme).
pub static CLASSES: Table = Table {
    name: "classes",
    title: "班级",
    presence: Required,
    meaning: "学校、学段、年级（或专业）一行；只有学段合计时年级留空",
    meaning_english: "one row a school, stage and grade or programme; stage totals leave the grade empty",
    columns: columns![
        "school" "学校" ["学校代码", "学校名称", "单位代码", "单位名称", "校名"] School, Required, "S001", "学校代码或名称", "school, by code or name";
        "stage" "学段" [] Word(STAGES), Required, "小学", "学段", "stage";
        "grade" "年级" [] GradeList, Optional, "1", "一至十二；学段合计时留空", "grade 1 to 12; empty for stage totals";
        "programme" "专业" ["专业名称"] Subject, Optional, "", "中职专业名称", "programme of a vocational school";
        "classes" "班级数" ["班额数", "班数"] Count, Required, "2", "班级数", "number of classes";
        "pupils" "学生数" ["在校生数", "人数"] Count, Required, "84", "学生数", "number of pupils";
    ],
};

/// `need`: needs that the office states itself.
pub static NEED: Table = Table {
    name: "need",
    title: "学科需求",
    presence: Optional,
    meaning: "教委自行核定的学科需求；替代推算值。周课时与折算人数填一项",
    meaning_english: "needs stated by the office; they replace the computed ones; lessons or persons, one of them",
    columns: columns![
        "school" "学校" ["学校代码", "学校名称"] School, Required, "S001", "学校代码或名称", "school";
        "stage" "学段" [] Word(STAGES), Required, "小学", "学段", "stage";
        "subject" "学科" ["任教学科"] Subject, Required, "音乐", "学科", "subject";
        "periods" "周课时" ["需求课时"] Periods, Optional, "24", "每周课时", "lessons a week";
        "persons" "折算人数" ["需求人数"] Persons, Optional, "", "折算人数", "full-time persons";
    ],
};

/// `travel`: minutes between schools.
pub static TRAVEL: Table = Table {
    name: "travel",
    title: "路程",
    presence: Optional,
    meaning: "两校间单程分钟数；只填一个方向时视为往返相同",
    meaning_english: "minutes of one way between two schools; one direction given counts for both",
    columns: columns![
        "from" "起点学校" ["起点"] School, Required, "S001", "起点学校", "from";
        "to" "终点学校" ["终点"] School, Required, "S002", "终点学校", "to";
        "minutes" "分钟" ["单程分钟", "路程分钟"] Minutes, Required, "25", "单程分钟", "minutes of one way";
    ],
};

/// `preferences`: wishes.
pub static PREFERENCES: Table = Table {
    name: "preferences",
    title: "意愿",
    presence: Optional,
    meaning: "教师志愿；去志愿学校视为自愿。也可填现任教学校：排在其后的学校不如留任",
    meaning_english: "teachers' wishes; a move to a school wished for is voluntary. The present school may be listed: schools after it are worse than staying",
    columns: columns![
        "teacher" "教师编号" ["教师", "编号"] Teacher, Required, "T00001", "教师编号", "teacher";
        "rank" "志愿顺序" ["志愿", "顺序"] Count, Required, "1", "1 为第一志愿", "1 is the first wish";
        "school" "志愿学校" ["学校", "学校代码"] School, Required, "S002", "志愿学校", "school wished for";
    ],
};

/// `nominations`: schools' nominations.
pub static NOMINATIONS: Table = Table {
    name: "nominations",
    title: "推荐人选",
    presence: Optional,
    meaning: "学校推荐的交流人选；某校有推荐时，只从其推荐人选中交流",
    meaning_english: "schools' nominations; from a school that nominates anybody, only nominees are exchanged",
    columns: columns![
        "teacher" "教师编号" ["教师", "编号"] Teacher, Required, "T00001", "教师编号", "teacher";
    ],
};

/// `locks`: decisions that the plan must respect.
pub static LOCKS: Table = Table {
    name: "locks",
    title: "锁定",
    presence: Optional,
    meaning: "方案必须遵守的个人决定，附理由",
    meaning_english: "decisions about persons that the plan must respect, with reasons",
    columns: columns![
        "teacher" "教师编号" ["教师", "编号"] Teacher, Required, "T00001", "教师编号", "teacher";
        "kind" "锁定" ["锁定类型", "类型"] Word(&["留任", "派往", "不派往", "限定形式"]), Required, "留任", "留任：不离开本校；派往：须到所填学校；不派往：不到所填学校；限定形式：如移动只能用所填形式", "stay; go to the school named; not to it; move only in the form named";
        "school" "学校" ["学校代码"] School, Optional, "", "派往、不派往时必填", "needed for go and forbid";
        "form" "形式" ["交流形式"] Word(FORMS), Optional, "", "限定形式时必填", "needed for form";
        "reason" "理由" ["原因"] Text, Required, "家庭照护已核实", "理由（只内部保存）", "why; kept inside the office";
    ],
};

/// `decided`: moves and departures decided before.
pub static DECIDED: Table = Table {
    name: "decided",
    title: "已定事项",
    presence: Optional,
    meaning: "已由组织决定的退休、离职、调动、交流、返回、续期、离岗",
    meaning_english: "retirements, departures, moves, returns, renewals and absences decided before",
    columns: columns![
        "teacher" "教师编号" ["教师", "编号"] Teacher, Required, "T00001", "教师编号", "teacher";
        "kind" "事项" ["类型"] Word(&["退休", "离职", "调动", "交流", "返回", "续期", "离岗"]), Required, "退休", "事项", "what was decided";
        "school" "学校" ["新学校", "接收学校"] School, Optional, "", "调动、交流时必填", "the new school; needed for transfer and exchange";
        "date" "生效年月" ["年月", "日期"] Month, Optional, "2025-08", "缺失时视为学年开始", "from when; where empty, the first month of the year";
        "basis" "依据" ["文件", "文号"] Text, Optional, "", "文件或会议", "document or meeting";
    ],
};

/// `itinerant`: 走教 that runs or is decided.
pub static ITINERANT: Table = Table {
    name: "itinerant",
    title: "走教",
    presence: Optional,
    meaning: "在期或已定的走教，一人一行；上年方案的 itinerant.csv 可直接使用。方案不再调整这些人",
    meaning_english: "走教 that runs or is decided, one row a person; last year's itinerant.csv of a plan may be used as it is. Plans do not dispose of these persons",
    columns: columns![
        "teacher" "教师编号" ["教师", "编号"] Teacher, Required, "T00001", "教师编号", "teacher";
        "name" "姓名" ["教师姓名"] Text, Optional, "", "仅供核对，不读取", "for the eye; not read";
        "stage" "学段" ["任教学段"] Word(STAGES), Optional, "小学", "缺失时为教师表的任教学段；不同的视为错误", "where empty, the stage of the table of teachers; another is a fault";
        "subject" "学科" ["任教学科", "走教学科"] Subject, Optional, "音乐", "缺失时为教师表的主教学科；不同的视为错误", "where empty, the main subject of the table of teachers; another is a fault";
        "home" "本校" ["所在学校", "原校", "派出学校"] School, Optional, "S001", "缺失时为教师表的任教学校；不同的视为错误", "where empty, the school of the table of teachers; another is a fault";
        "monday" "周一" ["星期一"] School, Optional, "S001", "当天任教的学校；缺失时在本校。外校至多两所", "school of that day; where empty, the own one. Two others at most";
        "tuesday" "周二" ["星期二"] School, Optional, "S001", "同周一", "as Monday";
        "wednesday" "周三" ["星期三"] School, Optional, "S001", "同周一", "as Monday";
        "thursday" "周四" ["星期四"] School, Optional, "S001", "同周一", "as Monday";
        "friday" "周五" ["星期五"] School, Optional, "S002", "同周一", "as Monday";
        "minutes" "每周单程分钟" [] Minutes, Optional, "", "仅供核对，不读取；按路程推算", "for the eye; not read but reckoned from the ways";
        "start" "起" ["走教开始年月", "开始年月", "起始年月"] Month, Optional, "", "缺失或早于学年开始的为在期，学年开始当月的为已定，以后的本学年不计", "where empty or before the year, it runs; from the first month of the year, it is decided; later, it does not count this year";
        "end" "止" ["走教结束年月", "结束年月", "截止年月"] Month, Optional, "", "首个不再走教的月份；不晚于学年开始的已经期满，在本校任教，可由方案安排；缺失时继续", "first month in which it no longer holds; by the begin of the year the person is home and a plan may dispose; where empty, it goes on";
    ],
};

/// `results`: the competition inside the schools.
pub static RESULTS: Table = Table {
    name: "results",
    title: "竞聘结果",
    presence: Optional,
    meaning: "校内竞聘结果一人一行；表中没有的教师视为未参加、保留原岗位。shizi match 写出下一轮用的同名表",
    meaning_english: "results of the competition inside the schools; who is not listed took no part and keeps the post. `shizi match` writes the same table for the next round",
    columns: columns![
        "teacher" "教师编号" ["教师", "编号"] Teacher, Required, "T00001", "教师编号", "teacher";
        "outcome" "结果" ["竞聘结果", "校内竞聘结果", "聘任结果"] Word(&["聘任", "落聘", "未参加"]), Required, "聘任", "落聘的教师不再占原岗位，编制暂留原单位", "engaged; released: holds the post no more, the establishment stays for now; took no part";
        "stage" "岗位学段" ["聘任学段", "学段"] Word(STAGES), Optional, "", "聘任岗位的学段；缺失时为现任教学段", "stage of the post; where empty, the stage taught";
        "subject" "岗位学科" ["聘任学科", "学科"] Subject, Optional, "", "聘任岗位的学科；缺失时为主教学科", "subject of the post; where empty, the main subject";
    ],
};

/// `scores`: what schools scored those who applied.
pub static SCORES: Table = Table {
    name: "scores",
    title: "竞聘得分",
    presence: Optional,
    meaning: "跨校竞聘中各校对报名教师的评分；各校同一量表，分高者先。没有得分的志愿不参加匹配",
    meaning_english: "what schools scored those who applied, on one scale; more comes first. A wish without a score takes no part",
    columns: columns![
        "teacher" "教师编号" ["教师", "编号"] Teacher, Required, "T00001", "教师编号", "teacher";
        "school" "学校代码" ["学校", "学校名称", "报考学校", "应聘学校"] School, Required, "S002", "评分的学校", "the school that scored";
        "subject" "学科" ["岗位学科", "应聘学科"] Subject, Optional, "", "应聘岗位的学科；缺失时为主教学科", "subject of the post; where empty, the main subject";
        "score" "得分" ["竞聘得分", "总分", "成绩", "综合得分"] Score, Required, "86.5", "0 至 1000，至多两位小数", "0 to 1000, two decimals at most";
    ],
};

/// `quotas`: how many each school sends and receives.
pub static QUOTAS: Table = Table {
    name: "quotas",
    title: "名额",
    presence: Optional,
    meaning: "各校分学科的派出、接收名额，即 shizi plan --quotas 写出的 quotas.csv；政策可用 of = \"quota\" 作为上限",
    meaning_english: "how many of which subject each school sends and receives, as `shizi plan --quotas` writes it; a policy may hold a plan to it by `of = \"quota\"`",
    columns: columns![
        "school" "学校代码" ["学校", "学校名称"] School, Required, "S001", "学校代码或名称", "school";
        "stage" "学段" [] Word(STAGES), Required, "小学", "学段", "stage";
        "subject" "学科" ["任教学科"] Subject, Required, "音乐", "学科", "subject";
        "sent" "派出" ["派出人数", "派出名额"] Count, Required, "1", "派出人数", "persons to send";
        "received" "接收" ["接收人数", "接收名额"] Count, Required, "0", "接收人数", "persons to receive";
    ],
};

/// All tables, in the order in which they are read.
pub static TABLES: [&Table; 13] = [
    &SCHOOLS,
    &CLASSES,
    &TEACHERS,
    &NEED,
    &TRAVEL,
    &PREFERENCES,
    &NOMINATIONS,
    &LOCKS,
    &DECIDED,
    &ITINERANT,
    &RESULTS,
    &SCORES,
    &QUOTAS,
];
