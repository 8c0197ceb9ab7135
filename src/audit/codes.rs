//! Codes of findings: stable, each documented.

use serde::Serialize;

/// What a finding means for the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The plan, or a file of it, may not be used as it stands (违反).
    Breach,
    /// A legal floor is not met; a plan may be the best possible all the same (底线未达到).
    Unmet,
    /// Worth a look (提示).
    Note,
}

/// A kind of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FindingCode {
    /// `R…`.
    pub code: &'static str,
    /// What it means for the plan.
    pub severity: Severity,
    /// What is wrong, in Chinese.
    pub chinese: &'static str,
    /// What is wrong, in English.
    pub english: &'static str,
}

macro_rules! codes {
    ($($name:ident = $code:literal $severity:ident $chinese:literal / $english:literal;)+) => {
        $(pub(super) const $name: FindingCode = FindingCode {
            code: $code,
            severity: Severity::$severity,
            chinese: $chinese,
            english: $english,
        };)+

        /// All kinds of finding, by code.
        pub const FINDING_CODES: &[FindingCode] = &[$($name,)+];
    };
}

codes! {
    FILE_MISSING = "R001" Breach "缺少文件" / "a file is missing";
    FILE_UNREADABLE = "R002" Breach "文件无法读取" / "a file cannot be read";
    HEADER = "R003" Breach "表头缺列或重复" / "a column is missing or repeated";
    ROW_SHAPE = "R004" Breach "数据超出表头" / "a row is longer than the header";
    FOREIGN_COLUMN = "R005" Note "多出的列" / "an unknown column";
    UNKNOWN_TEACHER = "R101" Breach "花名册没有这位教师" / "no such teacher in the roster";
    TEACHER_TWICE = "R102" Breach "教师重复" / "a teacher stands twice";
    TEACHER_MISSING = "R103" Breach "教师缺失" / "a teacher is missing";
    UNKNOWN_SCHOOL = "R104" Breach "没有这所学校" / "no such school";
    UNKNOWN_WORD = "R105" Breach "没有这个词" / "not a known word";
    UNKNOWN_SUBJECT = "R106" Breach "没有这个学科" / "no such subject";
    UNKNOWN_UNIT = "R107" Breach "没有这个单位" / "no such unit";
    NOT_A_MONTH = "R108" Breach "不是年月" / "not a month";
    EMPTY_CELL = "R109" Breach "不应为空" / "must not be empty";
    DIFFERENT_CELL = "R110" Breach "与应有内容不符" / "differs from what it must be";
    EXTRA_ROW = "R111" Breach "多出的行" / "a row too many";
    MISSING_ROW = "R112" Breach "缺少的行" / "a row is missing";
    NOT_A_NUMBER = "R113" Breach "不是人数" / "not a number of persons";
    NOT_AN_ITINERARY = "R114" Breach "不是走教安排" / "not an itinerary";
    NOTICE_EXTRA = "R120" Breach "公示了不应公示的内容" / "made public without being a move";
    NOTICE_COLUMN = "R121" Breach "公示表有不应公开的列" / "a column that may not be public";
    SUMMARY_UNREADABLE = "R130" Breach "汇总文件不是JSON" / "the summary is no JSON";
    SUMMARY_SCHEMA = "R131" Breach "汇总文件版本不符" / "another form of summary";
    SUMMARY_DIFFERS = "R132" Breach "汇总数字与重算不符" / "a figure differs from its recount";
    SUMMARY_PROOF = "R133" Breach "界与差距自相矛盾" / "value, bound and gap contradict";
    DIGEST = "R134" Breach "不是由这份数据或政策得出" / "made from other data or policy";
    SUMMARY_EXTRA = "R135" Note "汇总文件多出的项" / "an unknown key of the summary";
    OTHER_VERSION = "R136" Note "由另一版本生成，指纹未核对" / "made by another version, digests not compared";
    SETTLED_MOVED = "R201" Breach "改动了已定人员" / "somebody settled is placed otherwise";
    RUNNING_CUT = "R202" Breach "改动了在期交流" / "a running exchange is not kept";
    FORM_NOT_CHOSEN = "R203" Breach "方案不能选择这种形式" / "a form that no plan may choose";
    STAY_CHANGED = "R204" Breach "留任而内容有变" / "stays, yet something changes";
    CHANGE_OUTSIDE = "R205" Breach "转任学科只在本校" / "subjects are changed in the school only";
    MOVE_NOWHERE = "R206" Breach "交流调动未离开本校" / "a move that leads nowhere";
    WRONG_UNIT = "R207" Breach "编制单位不符" / "the unit of 编制 is wrong";
    WRONG_DATES = "R208" Breach "起止年月不符" / "the dates are wrong";
    NO_POST = "R209" Breach "没有这个学科岗位" / "no such post";
    REFUSED = "R210" Breach "不符合资格条件" / "may not move in this form";
    FORM_MEANS = "R211" Breach "形式与去向不符" / "the form does not mean such a move";
    NO_ITINERARY = "R212" Breach "走教而没有安排，或非走教而有安排" / "走教 without an itinerary, or one without 走教";
    ITINERARY_LIMIT = "R213" Breach "走教学校或天数超出规定" / "more schools or days away than 走教 may have";
    WEEK_DIFFERS = "R214" Breach "一周安排与走教天数不符" / "the week is not that of the itinerary";
    LOCKED = "R221" Breach "与本局决定（锁定）不符" / "against a lock";
    NOT_NOMINATED = "R222" Breach "未经本校推荐" / "not nominated";
    NOT_SENT = "R223" Breach "未派往指定学校" / "not sent where a lock says";
    FORBIDDEN_SCHOOL = "R224" Breach "派往了不应派往的学校" / "sent where a lock forbids";
    OUT_OF_REACH = "R230" Breach "超出流动范围" / "out of reach";
    MUST_STAYS = "R240" Note "应当交流而未交流" / "must move, could, and stays";
    MUST_LEFT = "R241" Note "应当安排而没有可选的形式" / "must move, and may be placed in no form";
    HARD_BROKEN = "R250" Breach "必须满足的规则不满足" / "a hard rule does not hold";
    OVERRIDDEN = "R255" Note "经决定突破规则" / "decided against a rule";
    OVERRIDE_DIFFERS = "R256" Breach "突破规则的记录与方案不符" / "what was decided against rules is not as recorded";
    FLOOR_UNMET = "R260" Unmet "法定底线未达到" / "a legal floor is not met";
    LEVER_UNKNOWN = "R301" Breach "政策没有这个渠道" / "no such lever";
    LEVER_OVER = "R302" Breach "渠道超出上限" / "a lever beyond its limit";
    LEVER_CERTIFIABLE = "R303" Breach "可认定的人没有这么多" / "more than can be recognised";
    LEVER_POST = "R304" Breach "渠道不能用于此岗位" / "a lever where it may not act";
    LEVER_UNDER = "R305" Breach "渠道未达到下限" / "a lever below what must be placed";
    LEVER_UNIT = "R306" Breach "渠道不能用于此单位" / "a lever on a unit on which it may not act";
    LEVER_SPARE = "R307" Breach "调出编制超过空编" / "more posts taken from a unit than it has to spare";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_ascend_and_every_text_is_there() {
        for pair in FINDING_CODES.windows(2) {
            assert!(pair[0].code < pair[1].code, "{}", pair[1].code);
        }
        for held in FINDING_CODES {
            assert!(held.code.starts_with('R') && held.code.len() == 4);
            assert!(!held.chinese.is_empty() && !held.english.is_empty());
        }
    }
}
