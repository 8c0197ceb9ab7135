//! The table of what can be wrong with files: stable codes, what each means, what to do.

/// How much a fault weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// No district can be read as long as it stands.
    Error,
    /// The district is read; somebody should look.
    Warning,
}

impl Severity {
    /// The word on paper.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Error => "错误",
            Self::Warning => "提醒",
        }
    }

    /// The word in English.
    pub const fn english(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A kind of fault: its stable code, what it means and what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaultCode {
    /// `D` and three digits; never reused.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong, in Chinese.
    pub meaning: &'static str,
    /// What is wrong, in English.
    pub meaning_english: &'static str,
    /// What to do, in Chinese.
    pub advice: &'static str,
    /// What to do, in English.
    pub advice_english: &'static str,
}

macro_rules! fault_codes {
    ($($name:ident $code:literal $severity:ident $meaning:literal, $english:literal, $advice:literal, $advice_english:literal;)+) => {
        $(pub(super) static $name: FaultCode = FaultCode {
            code: $code, severity: Severity::$severity,
            meaning: $meaning, meaning_english: $english,
            advice: $advice, advice_english: $advice_english,
        };)+

        /// All kinds of faults, by code.
        pub static FAULT_CODES: &[&FaultCode] = &[$(&$name,)+];
    };
}

fault_codes! {
    MISSING_TABLE "D001" Error "缺少必需的表", "a required table is missing",
        "请补充该表；空表可用 shizi template 生成", "add the table; `shizi template` writes an empty one";
    TABLE_TWICE "D002" Error "同一张表有两个文件", "two files give the same table",
        "请只保留一个文件", "keep one of them";
    NOT_DECODABLE "D003" Error "文件编码无法识别", "the text encoding cannot be told",
        "请用 Excel 另存为“CSV UTF-8”后重试", "save it again from Excel as CSV UTF-8";
    WRONG_FORMAT "D004" Error "文件格式与扩展名不符或不受支持", "the file is not what its ending says, or not supported",
        "请用 Excel 或 WPS 打开后另存为 .xlsx 或“CSV UTF-8”", "open it in Excel or WPS and save it as .xlsx or CSV UTF-8";
    WORKBOOK_UNREADABLE "D005" Error "工作簿无法读取", "the workbook cannot be read",
        "请用 Excel 或 WPS 打开确认未损坏、未加密，再另存为 .xlsx", "check that it opens without a password and save it again as .xlsx";
    UNCLOSED_QUOTE "D006" Error "引号没有配对，其后的行无法分开", "a quotation mark is never closed, so the rows after it cannot be told apart",
        "请在该行补上或删去英文双引号", "close or delete the double quote in that row";
    NO_HEADER "D007" Error "找不到表头行", "no header row was found",
        "请在前 30 行内保留一行列名，列名见 columns.md", "keep one row with column names within the first 30 rows; see columns.md";
    COLUMN_MISSING "D008" Error "缺少必需的列", "a required column is missing",
        "请补充该列，列名见 columns.md", "add the column; names are in columns.md";
    COLUMN_TWICE "D009" Error "两列是同一项内容", "two columns give the same item",
        "请只保留一列，或改正其中一列的列名", "keep one of them or correct its header";
    NO_ROWS "D010" Error "表中没有数据", "the table has no rows",
        "请填写数据后重试", "fill in the table";
    NO_DISTRICT_FILE "D011" Error "缺少区县信息（district.toml 或“区县”工作表）", "the district's own particulars are missing (district.toml or a sheet `district`)",
        "请写明 name（区县名称）和 year_begin（学年开始，如 2025-09-01）", "state name and year_begin, for example 2025-09-01";
    DISTRICT_SYNTAX "D012" Error "district.toml 写法有误", "district.toml is not valid TOML",
        "请按 名称 = \"值\" 的写法改正该行，文字和日期加英文双引号", "write key = \"value\" with straight quotes";
    DISTRICT_VALUE "D013" Error "区县信息缺项或填写有误", "a particular of the district is missing or cannot be understood",
        "请改正该项", "correct it";
    DISTRICT_KEY "D014" Warning "区县信息中有不认识的项", "an unknown particular of the district",
        "可用的项：name、code、year_begin、data_date", "known are name, code, year_begin, data_date";
    UNKNOWN_COLUMN "D015" Warning "不认识的列，未读取", "an unknown column, which is not read",
        "请改为 columns.md 中的列名；不需要的列可删去", "use a name of columns.md, or delete the column";
    ROWS_SHORT "D016" Warning "有的行单元格少于表头，缺少的视为空", "rows with fewer cells than the header; what is missing counts as empty",
        "请核对这些行是否少了逗号或内容错列", "check whether commas are missing and cells stand in wrong columns";
    ROW_LONG "D017" Error "该行内容多于表头的列，可能错列", "the row has more cells than the header, so cells may stand in wrong columns",
        "请核对是否多了逗号（含逗号的内容须加英文双引号）；表外的批注请移入备注列或删去", "look for an extra comma (quote cells with commas); move notes beside the table into a column";

    CELL_EMPTY "D020" Error "必填项为空", "a cell that must be filled is empty",
        "请补充", "fill it in";
    NOT_A_MONTH "D021" Error "不是年月", "not a month",
        "请写成 2019-09 或 2019年9月", "write 2019-09";
    YEAR_ONLY "D022" Error "只有年份，没有月份", "a year without a month",
        "年限按整月计算，请写明月份，如 2019-09", "terms are counted in months: write the month too, for example 2019-09";
    TENTH_MONTH "D023" Warning "“.1”可能是 10 月丢了末位的 0，现读作 1 月", "`.1` may be October that lost its zero; it is read as January",
        "请核对，10 月写作 2019-10", "check it; write October as 2019-10";
    NOT_A_NUMBER "D024" Error "不是数字", "not a number",
        "请只填数字", "write digits only";
    NEGATIVE "D025" Error "不能是负数", "must not be negative",
        "请改正", "correct it";
    TOO_LARGE "D026" Error "数字过大，不合常理", "implausibly large",
        "请核对单位和位数", "check units and digits";
    NOT_YES_NO "D027" Error "不是“是/否”", "neither yes nor no",
        "请填 是 或 否", "write 是 or 否";
    UNKNOWN_WORD "D028" Error "不在可选值之内", "not one of the allowed values",
        "请改为可选值之一", "use one of the allowed values";
    UNKNOWN_SUBJECT "D029" Error "不认识的学科", "an unknown subject",
        "请改为国家课程的学科名称；中职专业须先在班级表“专业”列出现", "use the name of a national subject; programmes of vocational schools must occur in the classes table";
    NOT_A_GRADE "D030" Error "不是年级", "not a grade",
        "请填 1 至 12，或 七年级、初一、高二", "write 1 to 12";
    GRADE_OUTSIDE "D031" Error "年级不属于该学段", "the grade does not belong to the stage",
        "小学 1—6，初中 6—9，高中、中职 10—12；请核对学段或年级", "primary 1–6, junior 6–9, senior and vocational 10–12: check stage or grade";
    OFF_THE_MAP "D032" Error "经纬度不在中国范围内", "the coordinates are outside China",
        "请核对纬度（18—54）与经度（73—136）是否填反", "check latitude (18–54) and longitude (73–136); they may be swapped";
    HALF_A_PLACE "D033" Warning "经度纬度只填了一项，未采用", "only one of latitude and longitude is given; it is not used",
        "请补充另一项", "add the other";
    NO_NATIONAL_SUBJECT "D034" Error "没有任教学科", "no subject is given",
        "请填写主教学科，只填一门", "name the main subject, one only";

    UNKNOWN_SCHOOL "D040" Error "学校表中没有这所学校", "no such school in the table of schools",
        "请改为学校表中的代码或名称，或在学校表补充该校", "use a code or name of the table of schools, or add the school there";
    AMBIGUOUS_SCHOOL "D041" Error "有几所学校同名", "several schools have this name",
        "请改填学校代码", "give the code instead";
    CODE_AND_NAME "D042" Error "同一行的学校代码与名称不是同一所学校", "code and name in the row are two different schools",
        "请改正代码或名称", "correct the code or the name";
    UNKNOWN_UNIT "D043" Error "没有这个编制单位", "no such unit",
        "请改为学校表“所属单位代码”中的代码，或单位、学校名称", "use a code or name of a unit in the table of schools";
    UNKNOWN_TEACHER "D044" Error "教师表中没有这个人", "no such teacher in the table of teachers",
        "请改为教师表中的教师编号", "use a key of the table of teachers";
    AMBIGUOUS_TEACHER "D045" Error "有几名教师同名", "several teachers have this name",
        "请改填教师编号", "give the key instead";
    IDENTITY_NUMBER "D046" Error "编号疑似身份证号（或被 Excel 改坏的身份证号）", "the key looks like an ID-card number, or one that Excel has damaged",
        "请改用本单位内部编号；也可删去该列，由程序编号", "use the office's own key, or delete the column and let keys be given";
    UNKNOWN_SPOUSE "D047" Warning "配偶编号不在教师表中，未采用", "the spouse's key is not in the table of teachers; it is not used",
        "配偶不在本表时请留空", "leave it empty where the spouse is not in this table";
    IDENTITY_IN_TEXT "D048" Error "单元格中疑似有身份证号", "the cell seems to hold an ID-card number",
        "请删去身份证号；方案和公示表会原样打印该列", "delete it: plans and notices print this column";
    FORMULA "D049" Error "文字以 = + - @ 开头，Excel 会当作公式", "the text begins with = + - @, which Excel takes for a formula",
        "请删去开头的符号；没有内容的请留空或填“-”", "remove the leading sign; leave the cell empty where there is nothing to say";

    TEACHER_TWICE "D050" Error "教师编号重复", "the same teacher's key twice",
        "请删去重复的行，或改正编号", "delete the row or correct the key";
    SCHOOL_TWICE "D051" Error "学校代码重复", "the same school's code twice",
        "请删去重复的行，或改正代码", "delete the row or correct the code";
    CLASSES_TWICE "D052" Error "同一学校、学段、年级（专业）重复", "the same school, stage, grade and programme twice",
        "请合并或删去重复的行", "merge the rows or delete one";
    TOTAL_BESIDE_GRADES "D053" Error "同一学校学段既有合计又有分年级，会重复计算", "a stage has both a total and single grades, which would count twice",
        "请删去年级为空的合计行，或删去分年级的行", "delete the row without a grade, or those with grades";
    NEED_TWICE "D054" Error "同一学校、学段、学科的需求重复", "the same school, stage and subject twice",
        "请合并为一行", "merge the rows";
    TRAVEL_TWICE "D055" Error "同一路程重复", "the same way twice",
        "请删去重复的行", "delete one of them";
    RANK_TWICE "D056" Error "同一教师的志愿顺序重复", "the same rank twice for one teacher",
        "请按 1、2、3 重新编排", "number the wishes 1, 2, 3";
    WISH_TWICE "D057" Error "同一教师重复填报同一学校", "the same school wished for twice",
        "请删去其中一行", "delete one of them";
    NOMINATED_TWICE "D058" Warning "同一教师重复推荐", "the same teacher nominated twice",
        "请删去重复的行", "delete one of them";
    LOCKS_CLASH "D059" Error "同一教师的锁定互相矛盾或重复", "two locks of one teacher contradict or repeat each other",
        "请只保留一条", "keep one of them";
    DECIDED_TWICE "D060" Error "同一教师有两项已定事项", "two decisions about one teacher",
        "请只保留最终决定；学年开始以后才生效的可另列一项", "keep the final one; one that holds only later in the year may stand beside it";
    PERSON_TWICE "D061" Warning "两行疑似同一个人（姓名、性别、出生年月、学科相同）", "two rows look like one person (same name, sex, birth and subject)",
        "请核对，避免一人统计两次", "check that nobody is counted twice";

    ESTABLISHMENT_CLASH "D070" Error "同一单位各行的核定编制或岗位数不一致", "rows of one unit give different establishments or posts",
        "核定编制、岗位数属于单位：请只在一行填写，或各行填相同值", "establishment and posts are the unit's: give them once, or alike in each row";
    TOTALS_DISAGREE "D071" Warning "合计行与各行之和不符", "the row of totals differs from the sum of the rows",
        "请核对是否漏行或合计有误；以各行为准", "check for missing rows; the rows count, not the total";
    STAGE_NOT_AT_SCHOOL "D072" Warning "教师的任教学段在该校没有班级", "the school has no classes of the teacher's stage",
        "请核对任教学段，或在班级表补充", "check the stage, or add the classes";
    STAGE_UNKNOWN "D073" Error "任教学段为空，且该校不止一个学段（或没有班级），无法推定", "no stage is given and the school has several, or no classes",
        "请填写任教学段", "fill in the stage";
    SPOUSE_NOT_MUTUAL "D074" Warning "配偶未互相填写", "the spouse does not name this teacher",
        "请核对双方的配偶编号", "check both keys";
    SPOUSE_SELF "D075" Error "配偶编号是本人", "the spouse is the teacher",
        "请改正或留空", "correct it or leave it empty";
    EXCHANGE_REVERSED "D076" Error "交流结束不晚于交流开始", "the exchange ends before it begins",
        "请核对两个年月是否填反", "check whether the two are swapped";
    EXCHANGE_AT_HOME "D077" Error "正在交流，但原单位与现任教学校相同", "the exchange runs, but its origin is the school served",
        "任教学校填现在任教处，原单位填交流前的学校", "give the school served now, and the origin to return to";
    EXCHANGE_ORIGIN "D078" Error "填了交流形式，但没有交流原单位", "an exchange runs, but its origin is not given",
        "请填写交流前的学校；已结束的交流请留空", "name the school to return to; leave ended exchanges empty";
    TOO_YOUNG "D079" Error "参加工作或进校时不满 16 岁", "younger than 16 at the first job or on arrival",
        "请核对出生年月与参加工作、进入本校年月", "check birth, first job and arrival";
    IN_THE_FUTURE "D080" Error "年月晚于学年开始", "later than the beginning of the year that is planned",
        "请核对年份", "check the year";
    STATUS_REVERSED "D081" Error "状态结束不晚于状态开始", "the status ends before it begins",
        "请核对两个年月是否填反", "check whether the two are swapped";
    TERMS_ABSURD "D082" Error "任期届数不合常理", "implausible number of terms in office",
        "请填已满的届数（每届 3 至 6 年），不是年数或年份", "give complete terms, not years";
    PUPILS_WITHOUT_CLASS "D083" Error "班级数为 0 而有学生", "pupils without a class",
        "请补充班级数", "give the number of classes";
    CROWDED "D084" Warning "平均每班超过 100 人", "more than 100 pupils a class",
        "请核对班级数和学生数是否填错列", "check classes and pupils";
    CLASS_WITHOUT_PUPILS "D085" Warning "有班级而没有学生", "classes without pupils",
        "请补充学生数", "give the number of pupils";
    LOCK_SCHOOL "D086" Error "“派往”“不派往”须填学校", "go and forbid need a school",
        "请填写学校", "name the school";
    LOCK_FORM "D087" Error "“限定形式”须填形式", "form needs a form",
        "请填 交流 或 调动", "write 交流 or 调动";
    DECIDED_SCHOOL "D088" Error "“调动”“交流”须填接收学校", "transfer and exchange need the new school",
        "请填写接收学校", "name the new school";
    DECIDED_NO_EXCHANGE "D089" Error "“返回”“续期”的教师没有正在进行的交流", "return and continue need a running exchange",
        "请在教师表补充交流形式、原单位，或改正事项", "give the running exchange in the table of teachers, or correct the kind";
    NEED_AMOUNT "D090" Error "周课时与折算人数须填且只填一项", "lessons or persons: one of them, not both or none",
        "请只填一项", "give one of them";
    WAY_TO_ITSELF "D091" Warning "起点与终点是同一所学校，未采用", "a way from a school to itself; it is not used",
        "请删去该行", "delete the row";
    MOVE_TO_OWN_SCHOOL "D092" Error "去向是本人现任教学校", "the school named is the one where the teacher serves",
        "请改填其他学校；留在本校请用“留任”", "name another school; to keep somebody, use 留任";
    NO_CLASSES "D093" Warning "班级表中没有该校", "the school has no row in the table of classes",
        "请补充班级；确无班级的单位可忽略", "add its classes; ignore this for units without classes";
    PROGRAMME_WITHOUT_CLASSES "D094" Warning "班级表中没有这个专业", "no classes of this programme",
        "请核对专业名称与班级表“专业”列一致", "use the name that the table of classes has";
    ARRIVAL_BEFORE_JOB "D095" Warning "进入本校早于参加工作", "arrival at the school before the first job",
        "请核对两列是否填反", "check whether the two are swapped";
    UNIT_NAMES "D096" Warning "同一单位代码有不同名称，取代码最小的学校所在行", "one unit has different names; that of the lowest school code is used",
        "请统一单位名称", "use one name";
    AGE_ABSURD "D097" Warning "年龄超过 75 岁", "older than 75",
        "请核对出生年月", "check the month of birth";
    TERMS_WITHOUT_OFFICE "D098" Warning "填了任期届数，但没有行政职务", "terms in office without an office",
        "请补充行政职务，或清空任期届数", "name the office, or leave the terms empty";
    RESULT_TWICE "D099" Error "同一教师有两条竞聘结果", "two results of one teacher",
        "请只保留最后一轮的结果", "keep that of the latest round";
    SCORE_TWICE "D100" Error "同一教师在同一学校、学科有两个得分", "two scores of one teacher for one school and subject",
        "请只保留一个得分", "keep one of them";
    QUOTA_TWICE "D101" Error "同一学校、学段、学科的名额重复", "the same school, stage and subject twice",
        "请合并为一行", "merge the rows";
    FEW_NOMINEES "D102" Warning "推荐人选少于派出名额", "fewer nominated than the quota asks",
        "请学校补充推荐，或核减名额；不补充时派出人数达不到名额", "let the school nominate more, or lower the quota: it cannot be filled otherwise";
    ENDING_WITH_CLASSES "D120" Error "撤销、合并的学校仍有班级", "a school that closes or is merged has classes",
        "请把班级填到学生并入的学校，或改正办学状态", "give its classes to the school that takes the pupils, or correct the state";
    MERGED_NOWHERE "D121" Error "合并的学校没有填并入学校，或并入的是本校、撤并的学校", "a merged school names no school that takes it, or one that ends itself",
        "请填写学生并入的在办学校", "name the school that goes on";
    PARTNER_ITSELF "D122" Warning "结对学校是本校，未采用", "a school is paired with itself; it is not used",
        "请改填结对的另一所学校", "name the other school";
    OUTSIDE_WITH_STAFF "D123" Error "区外学校不应有班级或教师", "a school outside the district has classes or teachers",
        "请改正办学状态，或把人员填到本区县学校", "correct the state, or give the staff to a school of the district";
    UNKNOWN_RELATIVE "D124" Warning "回避亲属编号不在教师表中，未采用", "a relative's key is not in the table of teachers; it is not used",
        "亲属不在本表时请留空", "leave it empty where the relative is not in this table";
    ITINERANT_TWICE "D130" Error "同一教师有两行走教", "two weeks of one teacher",
        "请合并为一行：一人一周一行", "merge them: one row a person";
    ITINERANT_HOME "D131" Error "本校不是教师表中的任教学校", "the own school is not the one of the table of teachers",
        "请改正本校或教师表的任教学校；走教不改变本校", "correct one of the two: 走教 does not change the own school";
    ITINERANT_SUBJECT "D132" Error "走教的学段、学科不是教师表中的任教学段、主教学科", "stage or subject is not what the table of teachers says",
        "走教教本人的主教学科；请改正，或在教师表改主教学科", "走教 is in the main subject: correct it here or in the table of teachers";
    ITINERANT_NOWHERE "D133" Error "一周没有一天在外校", "no day of the week is at another school",
        "请在周一至周五填写走教的学校；不再走教的请删去该行或填“止”", "name the school of a day; delete the row, or give an end, where it is over";
    ITINERANT_SCHOOLS "D134" Error "走教的外校多于两所", "more than two schools besides the own one",
        "请减为至多两所", "keep two of them at most";
    ITINERANT_OUTSIDE "D135" Error "走教到区外学校", "a day at a school outside the district",
        "走教限本区县学校；到区外的请在教师表填状态", "走教 is inside the district: give a status in the table of teachers instead";
    ITINERANT_ON_EXCHANGE "D136" Error "教师另有交流在期记录，不能同时走教", "the teacher is on an exchange as well",
        "请删去该行，或在教师表清空交流形式", "delete the row, or empty the form of exchange in the table of teachers";
    ITINERANT_REVERSED "D137" Error "走教的止不晚于起", "it ends before it begins",
        "请核对两个年月是否填反", "check whether the two are swapped";
    ITINERANT_SETTLED "D138" Warning "已定事项使其离任、离岗或到他校，走教不再继续", "a decision ends it: the teacher leaves, is absent or moves",
        "请删去该行，或改正已定事项", "delete the row, or correct the decision";
    ITINERANT_SCHOOL_ENDS "D139" Warning "该校本学年撤并，走教到该校的日子回本校；本校撤并的走教终止", "the school ends: days there are days at home; where the own school ends, 走教 does",
        "请改填学生并入的学校，或删去", "name the school that takes the pupils, or delete it";
    EXCHANGE_NOT_COUNTED "D140" Warning "正在交流，而交流次数为 0，按 1 次计", "an exchange runs, but none is counted; it counts as one",
        "交流次数含正在进行的一次，请核对全列是否漏计", "count the running one too: check the whole column";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_ascend_and_every_text_is_there() {
        for pair in FAULT_CODES.windows(2) {
            assert!(pair[0].code < pair[1].code, "{}", pair[1].code);
        }
        for held in FAULT_CODES {
            assert!(held.code.starts_with('D') && held.code.len() == 4);
            for text in [
                held.meaning,
                held.meaning_english,
                held.advice,
                held.advice_english,
            ] {
                assert!(!text.is_empty(), "{}", held.code);
            }
        }
    }
}
