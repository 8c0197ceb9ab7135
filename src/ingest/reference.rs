//! The reference page of files, columns, subjects, faults and assumptions, from the tables that
//! reading uses.

use super::codes::FAULT_CODES;
use super::columns::{Column, Kind, Presence, TABLES, Table};
use super::gathering::ASSUMPTION_CODES;
use super::particulars::PARTICULARS;
use super::subjects::{
    CANONICAL_SUBJECTS, COMBINED, GENERALIST, MORALS, PRIMARY_SUBJECTS, SUBJECT_ALIASES,
};
use super::words::forms;
use crate::reference::Page;

/// The page, in Markdown. `docs/columns.md` is this; a test compares them.
pub fn reference() -> String {
    let mut page = Page::default();
    page.line(INTRODUCTION);
    particulars(&mut page);
    for table in TABLES {
        describe_table(&mut page, table);
    }
    words(&mut page);
    subjects(&mut page);
    faults(&mut page);
    assumptions(&mut page);
    page.finish()
}

const INTRODUCTION: &str = "\
# 输入文件与列 Input files and columns

本页由程序生成（`src/ingest`），与读取程序同源。
This page is generated from the tables that the reader itself uses.

**一个区县** 是一个文件夹（`district.toml` 和下列各表，CSV），或一个工作簿（.xlsx，每张表一个工作表）。
文件名、工作表名用英文或中文均可（`teachers.csv`、`教师.csv`、`教师花名册.csv`；也可 .txt、.tsv，或每张表一个 .xlsx）。
A district is a folder, or one workbook with a sheet for each table; names in English or Chinese.

- 编码：UTF-8（有无 BOM）、UTF-16、GBK/GB18030 自动识别；逗号、制表符、分号、竖线分隔。
  Encoding and separator are detected.
- 表头上方可有标题行（表头须在前 30 行内）；列名可带括号说明、★、编号、换行。列的顺序不限；不认识的列不读取，会提示。
  Title rows may stand above the header; headers may bear bracketed instructions; unknown columns are noticed and not read.
- 空行、仅有序号的行、表尾“填表人”等行略去；“合计”行不计入，与各行之和不符时提醒。
  Blank rows and footers are skipped; a row of totals is compared, not counted.
- 空单元格、`-`、`/`、`无`、`#N/A` 视为未填（是否类的列中“无”即“否”）。
  These count as empty.
- 年月：`2019-09`、`2019.9`、`2019/9/1`、`201909`、`20190901`、`2019年9月`、Excel 日期；只有年份不行。
  Months; a year alone is refused.
- 结束年月一律填**首个不再适用的月份**（2025年8月底结束，填 2025-09）。
  An end is the first month in which a thing no longer holds.
- 多项用 `、，,；/` 或空格隔开。 Lists are separated by any of these.
- 学校、单位、教师可填代码，也可填名称（同名时须填代码）。代码前导零被 Excel 去掉时，能唯一对应即可识别。
  Schools, units and teachers by code, or by name where only one has it.
- 身份证号任何时候都不作编号；相应的列不读取。 ID-card numbers are never keys.
";

fn presence(required: bool) -> &'static str {
    if required {
        "必需 required"
    } else {
        "可缺 optional"
    }
}

fn particulars(page: &mut Page) {
    page.heading("## district.toml（工作表：区县）");
    page.line("工作簿中为两列：项目、值。 In a workbook: a sheet of keys and values.\n");
    page.header(&["键 key", "中文", "其他写法", "", "例", "含义 meaning"]);
    for held in PARTICULARS {
        page.row(&[
            &format!("`{}`", held.key),
            held.header,
            &held.aliases.join("、"),
            presence(held.required),
            held.example,
            &format!("{}。 {}", held.meaning, held.meaning_english),
        ]);
    }
}

fn describe_table(page: &mut Page, table: &Table) {
    page.heading(&format!("## {}（{}.csv）", table.title, table.name));
    let required = table.presence == Presence::Required;
    page.line(&format!(
        "{}。{}。 {} ({}).\n",
        table.meaning,
        if required { "必需" } else { "可缺" },
        table.meaning_english,
        if required { "required" } else { "optional" },
    ));
    page.header(&[
        "列名",
        "key",
        "其他列名 aliases",
        "类型 kind",
        "",
        "例",
        "含义 meaning",
    ]);
    for column in table.columns {
        page.row(&[
            column.header,
            &format!("`{}`", column.key),
            &column.aliases.join("、"),
            &kind(column),
            presence(column.presence == Presence::Required),
            column.example,
            &format!("{}。 {}", column.meaning, column.meaning_english),
        ]);
    }
    let line = |cell: fn(&Column) -> &str| {
        let cells: Vec<&str> = table.columns.iter().map(cell).collect();
        cells.join(",")
    };
    page.line("\n例 an example row:\n\n```csv");
    page.line(&line(|column| column.header));
    page.line(&line(|column| column.example));
    page.line("```");
}

fn kind(column: &Column) -> String {
    match column.kind {
        Kind::Text => "文字 text".to_owned(),
        Kind::Key => "代码 key".to_owned(),
        Kind::School => "学校 school".to_owned(),
        Kind::Unit => "单位 unit".to_owned(),
        Kind::Teacher => "教师 teacher".to_owned(),
        Kind::TeacherList => "教师，可多项 teachers".to_owned(),
        Kind::Subject => "学科 subject".to_owned(),
        Kind::SubjectList => "学科，可多项 subjects".to_owned(),
        Kind::Month => "年月 month".to_owned(),
        Kind::Count => "整数 whole number".to_owned(),
        Kind::GradeList => "年级 grades 1–12".to_owned(),
        Kind::Periods => "周课时，至 0.1 lessons a week".to_owned(),
        Kind::Persons => "人数，至 0.001 persons".to_owned(),
        Kind::Minutes => "分钟 minutes".to_owned(),
        Kind::Score => "得分，至 0.01 points".to_owned(),
        Kind::Degrees => "十进制度 degrees".to_owned(),
        Kind::YesNo => "是/否 yes or no".to_owned(),
        Kind::Word(words) => format!("其一 one of：{}", words.join("、")),
        Kind::WordList(words) => format!("可多项 several of：{}", words.join("、")),
    }
}

fn words(page: &mut Page) {
    page.heading("## 可选值的其他写法 Other forms of the allowed values");
    page.line(
        "括号内的说明不影响识别；教师资格可写全称（高级中学教师资格证书）；职务按末尾的职级识别。",
    );
    page.line("Bracketed additions are ignored.\n");
    page.header(&["表 table", "列 column", "值 value", "其他写法 also written"]);
    for table in TABLES {
        for column in table.columns {
            for (word, others) in forms(table.name, column.key) {
                // Stages are the same in every table.
                if column.key == "stage" && table.name != "teachers" {
                    continue;
                }
                page.row(&[table.title, column.header, word, &others.join("、")]);
            }
        }
    }
}

fn subjects(page: &mut Page) {
    page.heading("## 学科 Subjects");
    page.line(&format!("{}。\n", CANONICAL_SUBJECTS.join("、")));
    page.line(
        "中职专业名称不限，以班级表“专业”列为准。学科前可注明学段：`初中音乐`。\
         幼儿园、特教教师学科留空时视为学前教育、特殊教育。",
    );
    page.line("Programmes of vocational schools are named freely.\n");
    page.line(
        "写在「」内的名称（也可前加学段：`高中「汽修/机电」`）按原样读取，不作换算、不拆分；程序写出的名册用于别无写法之处。",
    );
    page.line(
        "A name in 「」 is taken as it stands, neither for another's alias nor for a list; \
         rosters that shizi writes have it where nothing else says the same.\n",
    );
    page.header(&["学科", "其他写法 also written"]);
    for (subject, others) in SUBJECT_ALIASES {
        page.row(&[subject, &others.join("、")]);
    }
    page.row(&[
        "小学、初中道德与法治；高中、中职思想政治",
        &MORALS.join("、"),
    ]);
    for (name, parts) in COMBINED {
        page.row(&[&parts.join("、"), name]);
    }
    page.row(&[
        &format!("小学：{}", PRIMARY_SUBJECTS.join("、")),
        &GENERALIST.join("、"),
    ]);
}

fn faults(page: &mut Page) {
    page.heading("## 问题代码 Faults");
    page.line(
        "“错误”须改正后才能继续；“提醒”请核对。 Errors must be corrected, warnings checked.\n",
    );
    page.header(&["代码", "", "问题", "处理办法", "meaning", "what to do"]);
    for held in FAULT_CODES {
        page.row(&[
            held.code,
            held.severity.chinese(),
            held.meaning,
            held.advice,
            held.meaning_english,
            held.advice_english,
        ]);
    }
}

fn assumptions(page: &mut Page) {
    page.heading("## 缺项时的假定 Assumptions");
    page.line(
        "缺少的内容按下列假定处理，报告写明人数或校数。 What is missing is assumed and reported.\n",
    );
    page.header(&["代码", "假定", "assumption"]);
    for held in ASSUMPTION_CODES {
        page.row(&[held.code, held.chinese, held.english]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_page_is_current() {
        crate::reference::check_committed("docs/columns.md", &reference());
    }

    #[test]
    fn every_column_and_code_is_on_the_page() {
        let page = reference();
        for table in TABLES {
            for column in table.columns {
                assert!(page.contains(&format!("| {} | `{}` |", column.header, column.key)));
            }
        }
        assert!(FAULT_CODES.iter().all(|held| page.contains(held.code)));
    }
}
