//! One mistake at a time in a good roster, and the one fault that must come of it.

use crate::support::Roster;
use shizi::ingest::FAULT_CODES;

/// One way to spoil a roster.
enum Change {
    /// File, row, header, value.
    Set(&'static str, usize, &'static str, &'static str),
    /// File, text, new text.
    Replace(&'static str, &'static str, &'static str),
    /// File, line.
    Append(&'static str, &'static str),
    /// File, whole content.
    Put(&'static str, &'static [u8]),
    /// File.
    Remove(&'static str),
    /// From, to.
    Copy(&'static str, &'static str),
}

use Change::{Append, Copy, Put, Remove, Replace, Set};

/// Changes, code, file, row (0: the whole file), column, part of the advice.
type Case = (
    &'static [Change],
    &'static str,
    &'static str,
    usize,
    &'static str,
    &'static str,
);

const T: &str = "teachers.csv";
const S: &str = "schools.csv";
const C: &str = "classes.csv";
const I: &str = "itinerant.csv";

#[rustfmt::skip]
const CASES: &[Case] = &[
    (&[Remove(T)], "D001", T, 0, "", "shizi template"),
    (&[Copy(T, "教师花名册.csv")], "D002", "教师花名册.csv", 0, "", "只保留一个"),
    (&[Put(S, b"\xFF\xFF\xFF")], "D003", S, 0, "", "CSV UTF-8"),
    (&[Put(C, b"PK\x03\x04 a workbook")], "D004", C, 0, "", ".xlsx"),
    (&[Put("教师.xls", b"\xD0\xCF\x11\xE0")], "D004", "教师.xls", 0, "", ".xlsx"),
    (&[Put("更多.xlsx", b"PK\x03\x04 torn")], "D005", "更多.xlsx", 0, "", "未加密"),
    (&[Replace(S, "县初级中学", "\"县初级中学")], "D006", S, 5, "", "引号"),
    (&[Put("nominations.csv", "T02\n".as_bytes())], "D007", "nominations.csv", 1, "", "教师编号"),
    (&[Replace(S, "城乡类型", "")], "D008", S, 1, "城乡类型", "columns.md"),
    (&[Put("travel.csv", "起点学校,终点学校,分钟,单程分钟（驾车）\n001,002,35,35\n".as_bytes())], "D009", "travel.csv", 1, "分钟", "只保留一列"),
    (&[Put(C, "学校,学段,年级,班级数,学生数\n".as_bytes())], "D010", C, 0, "", "填写"),
    (&[Remove("district.toml")], "D011", "district.toml", 0, "", "year_begin"),
    (&[Replace("district.toml", "\"2025-09-01\"", "2025年9月")], "D012", "district.toml", 3, "", "双引号"),
    (&[Replace("district.toml", "year_begin = \"2025-09-01\"\n", "")], "D013", "district.toml", 0, "year_begin", "2025-09-01"),
    (&[Replace("district.toml", "data_date", "data_day")], "D014", "district.toml", 4, "data_day", "data_date"),
    (&[Replace("travel.csv", "分钟", "分钟,路况")], "D015", "travel.csv", 1, "路况", "columns.md"),
    (&[Append("decided.csv", "T06,退休")], "D016", "decided.csv", 4, "", "逗号"),
    (&[Append("travel.csv", "003,004,20,绕行")], "D017", "travel.csv", 5, "", "双引号"),
    (&[Set(T, 2, "姓名", "")], "D020", T, 2, "姓名", "补充"),
    (&[Set(T, 3, "任教学校", "——")], "D020", T, 3, "任教学校", "补充"),
    (&[Set("decided.csv", 3, "事项", "/")], "D020", "decided.csv", 3, "事项", "补充"),
    (&[Set(T, 2, "进入本校年月", "三年前")], "D021", T, 2, "进入本校年月", "2019-09"),
    (&[Set(T, 2, "进入本校年月", "2019")], "D022", T, 2, "进入本校年月", "月份"),
    (&[Set(T, 2, "进入本校年月", "2019.1")], "D023", T, 2, "进入本校年月", "2019-10"),
    (&[Set(C, 2, "班级数", "两个")], "D024", C, 2, "班级数", "数字"),
    (&[Set(C, 2, "学生数", "-90")], "D025", C, 2, "学生数", "改正"),
    (&[Set(T, 2, "周课时", "120")], "D026", T, 2, "周课时", "位数"),
    (&[Replace(T, "任期届数", "近五年企业实践月数"), Set(T, 3, "近五年企业实践月数", "72")], "D026", T, 3, "近五年企业实践月数", "位数"),
    (&[Replace(T, "任期届数", "交流次数"), Set(T, 2, "交流次数", "2024")], "D026", T, 2, "交流次数", "位数"),
    (&[Set(T, 2, "是否班主任", "也许")], "D027", T, 2, "是否班主任", "是 或 否"),
    (&[Set(T, 2, "职称", "一级教帅")], "D028", T, 2, "职称", "一级教师"),
    (&[Set(S, 2, "城乡类型", "市里")], "D028", S, 2, "城乡类型", "城区、镇区、乡村"),
    (&[Set(T, 6, "暂缓类别", "身体不适")], "D028", T, 6, "暂缓类别", "哺乳期"),
    (&[Set(T, 2, "任教学科", "语闻")], "D029", T, 2, "任教学科", "语文"),
    (&[Set(T, 3, "兼教学科", "美术、初中音悦")], "D029", T, 3, "兼教学科", "音乐"),
    (&[Set(T, 2, "任教年级", "十三")], "D030", T, 2, "任教年级", "1 至 12"),
    (&[Set(C, 2, "年级", "7")], "D031", C, 2, "年级", "小学 1—6"),
    (&[Set(S, 2, "纬度", "107.7601")], "D032", S, 2, "纬度", "填反"),
    (&[Set(S, 2, "经度", "")], "D033", S, 2, "纬度", "另一项"),
    (&[Set(T, 3, "任教学科", "无")], "D034", T, 3, "任教学科", "主教学科"),
    (&[Set(T, 2, "任教学校", "第一小")], "D040", T, 2, "任教学校", "第一小学 (001)"),
    (&[Set(S, 4, "学校名称", "白云中心小学"), Set(T, 5, "任教学校", "白云中心小学")], "D041", T, 5, "任教学校", "代码"),
    (&[Put("need.csv", "学校代码,学校名称,学段,学科,周课时\n003,第一小学,小学,音乐,6\n".as_bytes())], "D042", "need.csv", 2, "学校代码", "改正"),
    (&[Set(T, 2, "编制单位", "九中")], "D043", T, 2, "编制单位", "所属单位代码"),
    (&[Set("locks.csv", 2, "教师编号", "T99")], "D044", "locks.csv", 2, "教师编号", "教师表"),
    (&[Set(T, 3, "姓名", "张 三"), Set("locks.csv", 2, "教师编号", "张三")], "D045", "locks.csv", 2, "教师编号", "教师编号"),
    (&[Set(T, 9, "教师编号", "510322198001012345")], "D046", T, 9, "教师编号", "内部编号"),
    (&[Set(T, 9, "教师编号", "5.10322E+17")], "D046", T, 9, "教师编号", "内部编号"),
    (&[Set(T, 9, "配偶编号", "T99")], "D047", T, 9, "配偶编号", "留空"),
    (&[Set(T, 9, "姓名", "周十510322198001012345")], "D048", T, 9, "姓名", "身份证号"),
    (&[Set(T, 2, "任教学校", "510322 19800101 234X")], "D048", T, 2, "任教学校", "身份证号"),
    (&[Set(S, 2, "所在乡镇", "510322800101123")], "D048", S, 2, "所在乡镇", "身份证号"),
    (&[Set("decided.csv", 3, "依据", "5.10322E+17")], "D048", "decided.csv", 3, "依据", "身份证号"),
    (&[Set(T, 9, "姓名", "=1+1")], "D049", T, 9, "姓名", "符号"),
    (&[Set(T, 2, "任教学科", "@语文")], "D049", T, 2, "任教学科", "符号"),
    (&[Set(S, 2, "所在乡镇", "-巷口街道")], "D049", S, 2, "所在乡镇", "符号"),
    (&[Set(T, 9, "教师编号", "T07")], "D050", T, 9, "教师编号", "第 8 行"),
    (&[Set(T, 9, "教师编号", "t07")], "D050", T, 9, "教师编号", "第 8 行"),
    (&[Append(S, "005,新校,,,,城区,,,,,,,,,")], "D051", S, 7, "学校代码", "第 6 行"),
    (&[Append(C, "第一小学,小学,一年级,,2,90")], "D052", C, 10, "学校", "第 2 行"),
    (&[Append(C, "001,小学,,,4,178")], "D053", C, 10, "年级", "合计"),
    (&[Append("need.csv", "白云村小,小学,音乐,,0.5")], "D054", "need.csv", 4, "学科", "第 2 行"),
    (&[Append("travel.csv", "001,002,36")], "D055", "travel.csv", 5, "起点学校", "第 2 行"),
    (&[Set("preferences.csv", 3, "志愿顺序", "1")], "D056", "preferences.csv", 3, "志愿顺序", "1、2、3"),
    (&[Set("preferences.csv", 3, "志愿学校", "003")], "D057", "preferences.csv", 3, "志愿学校", "第 2 行"),
    (&[Append("nominations.csv", "李四")], "D058", "nominations.csv", 3, "教师编号", "重复"),
    (&[Append("locks.csv", "T06,派往,002,,县里要求")], "D059", "locks.csv", 4, "锁定", "第 2 行"),
    (&[Append("decided.csv", "T04,离职,,,")], "D060", "decided.csv", 4, "教师编号", "最终"),
    (&[Append(T, "T09,周十,男,1979-12,2003-09,2010-09,005,005,中职,汽车维修,,10,否,中职,汽车维修,12,高级教师,专业技术,本科,省级,在编,在岗,,,无,,是,是,,,,,,,,,")], "D061", T, 10, "姓名", "第 9 行"),
    (&[Set(S, 4, "核定编制", "7")], "D070", S, 4, "核定编制", "一行"),
    (&[Replace(S, "核定编制", "高级岗位数"), Set(S, 4, "高级岗位数", "7")], "D070", S, 4, "高级岗位数", "一行"),
    (&[Append(C, "合计,,,,99,478")], "D071", C, 10, "班级数", "以各行为准"),
    (&[Set(T, 3, "任教学校", "004")], "D072", T, 3, "任教学段", "初中"),
    (&[Append(C, "004,高中,10,,1,40"), Set(T, 7, "任教学段", "")], "D073", T, 7, "任教学段", "任教学段"),
    (&[Set(T, 3, "配偶编号", "")], "D074", T, 2, "配偶编号", "双方"),
    (&[Set(T, 9, "配偶编号", "T08")], "D075", T, 9, "配偶编号", "留空"),
    (&[Set(T, 4, "交流开始年月", "2025-08"), Set(T, 4, "交流结束年月", "2025-07")], "D076", T, 4, "交流结束年月", "填反"),
    (&[Set(T, 4, "交流原单位", "白云村小")], "D077", T, 4, "交流原单位", "交流前的学校"),
    (&[Set(T, 4, "交流原单位", ""), Remove("decided.csv")], "D078", T, 4, "交流原单位", "交流前的学校"),
    (&[Set(T, 5, "交流结束年月", "2026-09")], "D078", T, 5, "交流原单位", "交流前的学校"),
    (&[Set(T, 2, "参加工作年月", "1990-09")], "D079", T, 2, "参加工作年月", "出生年月"),
    (&[Set(T, 2, "进入本校年月", "2031-09")], "D080", T, 2, "进入本校年月", "年份"),
    (&[Set(T, 6, "状态结束年月", "2025-03")], "D081", T, 6, "状态结束年月", "填反"),
    (&[Set(T, 5, "任期届数", "2016")], "D082", T, 5, "任期届数", "年份"),
    (&[Set(C, 2, "班级数", "0")], "D083", C, 2, "班级数", "班级数"),
    (&[Set(C, 2, "学生数", "900")], "D084", C, 2, "学生数", "填错列"),
    (&[Set(C, 2, "学生数", "0")], "D085", C, 2, "学生数", "学生数"),
    (&[Set("locks.csv", 3, "学校", "")], "D086", "locks.csv", 3, "学校", "学校"),
    (&[Set("locks.csv", 2, "锁定", "限定形式")], "D087", "locks.csv", 2, "形式", "调动"),
    (&[Set("decided.csv", 3, "事项", "调动")], "D088", "decided.csv", 3, "学校", "接收学校"),
    (&[Set("decided.csv", 3, "事项", "返回")], "D089", "decided.csv", 3, "事项", "交流形式"),
    (&[Set("need.csv", 2, "折算人数", "1")], "D090", "need.csv", 2, "周课时", "一项"),
    (&[Append("travel.csv", "002,白云中心小学,5")], "D091", "travel.csv", 5, "终点学校", "删去"),
    (&[Set("locks.csv", 3, "锁定", "派往"), Set("locks.csv", 3, "学校", "001")], "D092", "locks.csv", 3, "学校", "其他学校"),
    (&[Append(S, "006,新学校,,,,城区,,,,,,,,,")], "D093", S, 7, "学校代码", "班级"),
    (&[Set(T, 9, "任教学科", "汽车维护")], "D094", T, 9, "任教学科", "汽车维修"),
    (&[Set(T, 2, "进入本校年月", "2001-09")], "D095", T, 2, "进入本校年月", "填反"),
    (&[Set(S, 4, "所属单位名称", "白云小学")], "D096", S, 4, "所属单位名称", "统一"),
    (&[Set(T, 5, "出生年月", "1940-01")], "D097", T, 5, "出生年月", "出生年月"),
    (&[Set(T, 2, "任期届数", "3")], "D098", T, 2, "任期届数", "行政职务"),
    (&[Put("results.csv", "教师编号,结果,岗位学段,岗位学科\nT02,落聘,,\n李四,聘任,,\n".as_bytes())], "D099", "results.csv", 3, "教师编号", "第 2 行"),
    (&[Put("results.csv", "教师编号,结果,岗位学段,岗位学科\nT02,待定,,\n".as_bytes())], "D028", "results.csv", 2, "结果", "落聘"),
    (&[Put("results.csv", "教师编号,结果,岗位学段,岗位学科\nT06,聘任,初中,数雪\n".as_bytes())], "D029", "results.csv", 2, "岗位学科", "数学"),
    (&[Put("scores.csv", "教师编号,学校代码,学科,得分\nT01,003,,86.5\nT01,白云村小,语文,70\n".as_bytes())], "D100", "scores.csv", 3, "学校代码", "第 2 行"),
    (&[Put("scores.csv", "教师编号,学校代码,学科,得分\nT01,003,,优秀\n".as_bytes())], "D024", "scores.csv", 2, "得分", "数字"),
    (&[Put("scores.csv", "教师编号,学校代码,学科,得分\nT01,003,,\n".as_bytes())], "D020", "scores.csv", 2, "得分", "补充"),
    (&[Put("scores.csv", "教师编号,学校代码,学科,得分\nT01,003,,1000.01\n".as_bytes())], "D026", "scores.csv", 2, "得分", "位数"),
    (&[Put("quotas.csv", "学校代码,学校,学段,学科,派出人数,接收人数\n001,第一小学,小学,音乐,1,0\n001,第一小学,小学,音乐,0,0\n".as_bytes())], "D101", "quotas.csv", 3, "学科", "第 2 行"),
    (&[Put("quotas.csv", "学校代码,学校,学段,学科,派出人数,接收人数\n001,第一小学,小学,音乐,2,0\n".as_bytes())], "D102", "quotas.csv", 2, "派出人数", "推荐 1 人，派出名额 2 人"),
    (&[Put("quotas.csv", "学校代码,学校,学段,学科,派出人数,接收人数\n003,白云村小,,音乐,0,1\n".as_bytes())], "D020", "quotas.csv", 2, "学段", "补充"),
    (&[Set(S, 2, "办学状态", "撤销")], "D120", S, 2, "办学状态", "并入"),
    (&[Set(S, 2, "办学状态", "在办"), Append(S, "006,旧校,,,,城区,,,,,,,,,,合并")], "D121", S, 7, "并入学校", "在办"),
    (&[Set(S, 3, "结对学校", "002")], "D122", S, 3, "结对学校", "另一所"),
    (&[Set(S, 2, "办学状态", "在办"), Append(S, "006,外校,,,,城区,,,,,,,,,,区外"), Append(C, "006,小学,1,,1,40")], "D123", S, 7, "办学状态", "本区县"),
    (&[Set(T, 9, "回避亲属编号", "T99")], "D124", T, 9, "回避亲属编号", "留空"),
    (&[Put(I, "教师编号,周一\nT02,002\nT02,003\n".as_bytes())], "D130", I, 3, "教师编号", "第 2 行"),
    (&[Put(I, "教师编号,本校,周一\nT02,002,003\n".as_bytes())], "D131", I, 2, "本校", "不改变本校"),
    (&[Put(I, "教师编号,学科,周一\nT02,美术,002\n".as_bytes())], "D132", I, 2, "学科", "主教学科"),
    (&[Put(I, "教师编号,学段,周一\nT02,初中,002\n".as_bytes())], "D132", I, 2, "学段", "主教学科"),
    (&[Put(I, "教师编号,周一,周二\nT02,第一小学,\n".as_bytes())], "D133", I, 2, "周一", "删去该行"),
    (&[Put(I, "教师编号,周一,周三,周五\nT02,002,003,004\n".as_bytes())], "D134", I, 2, "周五", "两所"),
    (&[Set(S, 2, "办学状态", "在办"), Append(S, "006,外校,,,,城区,,,,,,,,,,区外"), Put(I, "教师编号,周四\nT02,外校\n".as_bytes())], "D135", I, 2, "周四", "本区县"),
    (&[Put(I, "教师编号,周一\nT03,001\n".as_bytes())], "D136", I, 2, "教师编号", "交流形式"),
    (&[Put(I, "教师编号,周一,起,止\nT02,002,2024-09,2024-09\n".as_bytes())], "D137", I, 2, "止", "填反"),
    (&[Put(I, "教师编号,周一\nT04,003\n".as_bytes())], "D138", I, 2, "教师编号", "已定事项"),
    (&[Set(S, 2, "办学状态", "在办"), Append(S, "006,旧校,,,,城区,,,,,,,,,,撤销"), Put(I, "教师编号,周一,周二\nT02,006,002\n".as_bytes())], "D139", I, 2, "周一", "并入"),
    (&[Replace(T, "任期届数", "交流次数"), Set(T, 4, "交流次数", "0")], "D140", T, 4, "交流次数", "正在进行"),
    (&[Put(I, "教师编号,周一\nT02,县初级中学\n".as_bytes())], "D072", I, 2, "周一", "学段"),
    (&[Put(I, "教师编号,周一\nT02,第二小学\n".as_bytes())], "D040", I, 2, "周一", "学校表"),
    (&[Put(I, "教师编号,周一,起\nT02,002,2024\n".as_bytes())], "D022", I, 2, "起", "月份"),
];

fn spoil(roster: &mut Roster, change: &Change) {
    match *change {
        Set(file, row, header, value) => roster.set(file, row, header, value),
        Replace(file, from, to) => roster.replace(file, from, to),
        Append(file, line) => roster.append(file, line),
        Put(file, bytes) => {
            roster.files.insert(file.to_owned(), bytes.to_vec());
        }
        Remove(file) => {
            roster.files.remove(file).unwrap();
        }
        Copy(from, to) => {
            let bytes = roster.files[from].clone();
            roster.files.insert(to.to_owned(), bytes);
        }
    }
}

#[test]
fn every_mistake_gives_exactly_its_fault() {
    for (number, (changes, code, file, row, column, advice)) in CASES.iter().enumerate() {
        let mut roster = Roster::good();
        for change in *changes {
            spoil(&mut roster, change);
        }
        let reading = roster.read();
        let context = format!("case {number} {code}: {:#?}", reading.faults);
        assert_eq!(reading.faults.len(), 1, "{context}");
        let fault = &reading.faults[0];
        assert_eq!(fault.code, *code, "{context}");
        assert_eq!(fault.file, *file, "{context}");
        assert_eq!(fault.row.unwrap_or(0), *row, "{context}");
        assert_eq!(fault.column.as_deref().unwrap_or(""), *column, "{context}");
        assert!(fault.advice.chinese.contains(advice), "{context}");
        assert!(!fault.advice.english.is_empty() && !fault.message.english.is_empty());
        let is_error = fault.severity == shizi::ingest::Severity::Error;
        assert_eq!(reading.district.is_none(), is_error, "{context}");
        assert_eq!(reading.digest.is_empty(), is_error);
    }
}

#[test]
fn every_code_has_a_roster_that_provokes_it() {
    for held in FAULT_CODES {
        let provoked = CASES.iter().any(|case| case.1 == held.code);
        assert!(provoked, "no roster provokes {}", held.code);
    }
    assert!(CASES.len() >= 30);
}

#[test]
fn the_tables_of_the_rounds_are_read() {
    let plain = Roster::good().read().digest;
    let mut roster = Roster::with_rounds();
    roster.append("preferences.csv", "T01,3,001");
    let reading = roster.read();
    assert_eq!(reading.faults, []);
    assert_ne!(reading.digest, plain, "the tables count in the digest");
    let district = reading.district.unwrap();
    assert_eq!(district.preferences.len(), 3);
    let engaged = district.results[1];
    let subject = engaged
        .subject
        .map(|subject| district.subject_name(subject));
    assert_eq!(subject, Some("数学"));
    let scores: Vec<u32> = district.scores.iter().map(|held| held.hundredths).collect();
    assert_eq!(scores, [8650, 9000]);
    assert_eq!(
        (district.quotas[0].sent, district.quotas[0].received),
        (1, 0)
    );
}

#[test]
fn damaged_keys_are_reported_as_damage_alone() {
    let mut roster = Roster::good();
    for row in 2..=9 {
        roster.set(T, row, "教师编号", "5.10322E+17");
    }
    let reading = roster.read();
    let codes: Vec<&str> = reading.faults.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["D046"; 8], "{:#?}", reading.faults);
}

#[test]
fn what_is_private_is_not_repeated() {
    let mut roster = Roster::good();
    roster.set(T, 6, "暂缓类别", "身体不适");
    roster.set(T, 9, "教师编号", "510322198001012345");
    roster.set(T, 3, "备注", "去年确诊甲亢，病情稳定");
    let reading = roster.read();
    let everything = format!("{:?} {:?}", reading.faults, reading.notices);
    for private in ["身体不适", "510322198001012345", "19800101", "甲亢"] {
        assert!(!everything.contains(private), "{private} is repeated");
    }
    assert!(everything.contains("510…45"));
    assert!(reading.notices.iter().any(|notice| notice.row == Some(3)));
}

#[test]
fn all_faults_come_at_once_with_their_schools() {
    let mut roster = Roster::good();
    roster.set(T, 2, "进入本校年月", "2019");
    roster.set(T, 9, "职称", "大师");
    roster.set(C, 2, "班级数", "-1");
    roster.set("travel.csv", 2, "分钟", "远");
    let reading = roster.read();
    let codes: Vec<&str> = reading.faults.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["D025", "D022", "D028", "D024"]);
    let schools: Vec<Option<&str>> = reading
        .faults
        .iter()
        .map(|fault| fault.school.as_deref())
        .collect();
    assert_eq!(
        schools[..3],
        [
            Some("001 第一小学"),
            Some("001 第一小学"),
            Some("005 县职业教育中心")
        ]
    );
}
