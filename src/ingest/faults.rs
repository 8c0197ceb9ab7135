//! Faults in what the user wrote, each with its place, and their summaries.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::codes::{FaultCode, Severity};
use super::csv_file::write_csv;
use super::values::is_formula;

/// One text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Wording {
    /// In Chinese.
    pub chinese: String,
    /// In English.
    pub english: String,
}

impl Wording {
    pub(super) fn new(chinese: impl Into<String>, english: impl Into<String>) -> Self {
        Self {
            chinese: chinese.into(),
            english: english.into(),
        }
    }

    fn extend(&mut self, chinese: &str, english: &str) {
        self.chinese.push_str(chinese);
        self.english.push_str(english);
    }
}

/// One fault in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Stable code, `D…`; [`super::FAULT_CODES`] have the general texts.
    pub code: &'static str,
    /// Whether it prevents reading.
    pub severity: Severity,
    /// Name of the file, without its folder; of a workbook also the sheet.
    pub file: String,
    /// Row as Excel counts, from 1; `None` where the whole file is meant.
    pub row: Option<usize>,
    /// Header of the column, as in the file.
    pub column: Option<String>,
    /// What the cell says; long numbers are masked, sensitive cells are not shown.
    pub value: Option<String>,
    /// The school concerned, to send the fault back to.
    pub school: Option<String>,
    /// What is wrong here.
    pub message: Wording,
    /// What to do.
    pub advice: Wording,
}

impl Fault {
    pub(super) fn new(code: &'static FaultCode, file: &str) -> Self {
        Self {
            code: code.code,
            severity: code.severity,
            file: file.to_owned(),
            row: None,
            column: None,
            value: None,
            school: None,
            message: Wording::new(code.meaning, code.meaning_english),
            advice: Wording::new(code.advice, code.advice_english),
        }
    }

    pub(super) fn row(mut self, row: usize) -> Self {
        self.row = Some(row);
        self
    }

    pub(super) fn column(mut self, column: &str) -> Self {
        self.column = Some(column.to_owned());
        self
    }

    pub(super) fn value(mut self, value: &str) -> Self {
        self.value = (!value.is_empty()).then(|| masked(value));
        self
    }

    pub(super) fn school(mut self, school: Option<&str>) -> Self {
        self.school = school.map(masked);
        self
    }

    /// Adds what is special about this place to the general message.
    pub(super) fn detail(mut self, chinese: &str, english: &str) -> Self {
        self.message.extend(
            &format!("：{}", masked(chinese)),
            &format!(": {}", masked(english)),
        );
        self
    }

    /// Adds the nearest known value, or whatever else helps here, to the general advice.
    pub(super) fn hint(mut self, chinese: &str, english: &str) -> Self {
        self.advice
            .extend(&format!("；{chinese}"), &format!("; {english}"));
        self
    }

    /// Suggests the nearest known value, where there is one.
    pub(super) fn nearest(mut self, nearest: Option<&str>) -> Self {
        self.suggest(nearest);
        self
    }

    /// Adds the nearest known value, where there is one.
    pub(super) fn suggest(&mut self, nearest: Option<&str>) {
        if let Some(known) = nearest {
            self.advice.extend(
                &format!("；是否为“{known}”？"),
                &format!("; did you mean “{known}”?"),
            );
        }
    }

    /// The place, `teachers.csv:14, 任教学科`.
    pub fn place(&self) -> String {
        let row = self.row.map(|row| format!(":{row}"));
        let column = self.column.as_ref().map(|column| format!(", {column}"));
        let parts = [Some(self.file.clone()), row, column];
        parts.into_iter().flatten().collect()
    }
}

/// Something worth knowing that is no fault: an unknown column, the encoding, a remark to check.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Notice {
    /// Name of the file, without its folder.
    pub file: String,
    /// Row as Excel counts, from 1.
    pub row: Option<usize>,
    /// Header of the column, as in the file.
    pub column: Option<String>,
    /// What was noticed.
    pub message: Wording,
}

/// The longest run of digits that is shown whole: keys of offices are shorter, while telephone and
/// ID-card numbers are longer.
const SHOWN_DIGITS: usize = 10;
/// Longest value that is printed whole.
const SHOWN_CHARACTERS: usize = 60;

/// The text with every long run of digits reduced to its first three and last two.
pub(super) fn masked(text: &str) -> String {
    let mut shown = String::new();
    let mut run: Vec<char> = Vec::new();
    for (count, character) in text.chars().enumerate() {
        if count >= SHOWN_CHARACTERS {
            flush_run(&mut run, &mut shown);
            shown.push('…');
            return shown;
        }
        // The dot and the letters belong to damaged numbers (5.10322E+17) and check digits (X).
        let continues = matches!(character, '0'..='9' | '０'..='９')
            || (!run.is_empty() && matches!(character, '.' | 'E' | 'e' | '+' | 'X' | 'x'));
        if continues {
            run.push(character);
        } else {
            flush_run(&mut run, &mut shown);
            shown.push(if character.is_control() {
                ' '
            } else {
                character
            });
        }
    }
    flush_run(&mut run, &mut shown);
    shown
}

fn flush_run(run: &mut Vec<char>, shown: &mut String) {
    let digits = run
        .iter()
        .filter(|character| matches!(character, '0'..='9' | '０'..='９'))
        .count();
    let damaged = digits >= 3 && run.contains(&'+');
    if digits > SHOWN_DIGITS || damaged {
        shown.extend(&run[..3]);
        shown.push('…');
        shown.extend(&run[run.len() - 2..]);
    } else {
        shown.extend(run.iter());
    }
    run.clear();
}

/// The same fault in many rows, summed up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultGroup {
    /// Stable code.
    pub code: &'static str,
    /// Whether it prevents reading.
    pub severity: Severity,
    /// Name of the file.
    pub file: String,
    /// Header of the column.
    pub column: Option<String>,
    /// How often.
    pub count: usize,
    /// In how many different schools.
    pub schools: usize,
    /// The first few, whole.
    pub examples: Vec<Fault>,
}

/// How many examples of a group are kept.
const EXAMPLES: usize = 3;

/// Sums up faults by code, file and column: errors first, then as they come in the files.
pub fn summarise(faults: &[Fault]) -> Vec<FaultGroup> {
    let mut places: BTreeMap<(Severity, &str, &str, Option<&str>), usize> = BTreeMap::new();
    let mut groups: Vec<(FaultGroup, std::collections::BTreeSet<&str>)> = Vec::new();
    for fault in faults {
        let key = (
            fault.severity,
            fault.file.as_str(),
            fault.code,
            fault.column.as_deref(),
        );
        let position = *places.entry(key).or_insert_with(|| {
            let group = FaultGroup {
                code: fault.code,
                severity: fault.severity,
                file: fault.file.clone(),
                column: fault.column.clone(),
                count: 0,
                schools: 0,
                examples: Vec::new(),
            };
            groups.push((group, std::collections::BTreeSet::new()));
            groups.len() - 1
        });
        let (group, schools) = &mut groups[position];
        group.count += 1;
        if group.examples.len() < EXAMPLES {
            group.examples.push(fault.clone());
        }
        schools.extend(fault.school.as_deref());
    }
    let mut summed: Vec<FaultGroup> = groups
        .into_iter()
        .map(|(mut group, schools)| {
            group.schools = schools.len();
            group
        })
        .collect();
    summed.sort_by_key(|group| group.severity);
    summed
}

/// Writes all faults as a table to send back, sorted by school, then file and row.
///
/// # Errors
/// What the writer reports.
pub fn write_fault_file(writer: impl Write, faults: &[Fault]) -> io::Result<()> {
    let mut sorted: Vec<&Fault> = faults.iter().collect();
    sorted.sort_by_key(|fault| {
        (
            &fault.school,
            &fault.file,
            fault.row,
            &fault.column,
            fault.code,
        )
    });
    let rows = sorted.into_iter().map(|fault| {
        [
            fault.school.clone().unwrap_or_default(),
            fault.file.clone(),
            fault.row.map(|row| row.to_string()).unwrap_or_default(),
            fault.column.clone().unwrap_or_default(),
            fault.value.clone().unwrap_or_default(),
            fault.severity.chinese().to_owned(),
            fault.code.to_owned(),
            fault.message.chinese.clone(),
            fault.advice.chinese.clone(),
        ]
        .map(|cell| {
            // Excel shows what follows an apostrophe, and computes nothing.
            if is_formula(&cell) {
                format!("'{cell}")
            } else {
                cell
            }
        })
    });
    write_csv(
        writer,
        &[
            "学校",
            "文件",
            "行",
            "列",
            "填写内容",
            "程度",
            "代码",
            "问题",
            "处理办法",
        ],
        rows,
    )
}

#[cfg(test)]
mod tests {
    use super::super::codes::{CELL_EMPTY, UNKNOWN_SCHOOL};
    use super::*;

    #[test]
    fn long_numbers_are_masked() {
        assert_eq!(masked("510322198001012345"), "510…45");
        assert_eq!(masked("51032219800101234X"), "510…4X");
        assert_eq!(masked("5.10322E+17"), "5.1…17");
        assert_eq!(masked("电话13800001111"), "电话138…11");
        assert_eq!(masked("T00001"), "T00001");
        assert_eq!(masked("2019.9"), "2019.9");
        assert_eq!(masked(&"长".repeat(80)).chars().count(), 61);
    }

    #[test]
    fn the_same_fault_in_many_rows_is_one_group() {
        let faults: Vec<Fault> = (2..12)
            .map(|row| {
                Fault::new(&UNKNOWN_SCHOOL, "teachers.csv")
                    .row(row)
                    .column("任教学校")
                    .school(Some(if row % 2 == 0 { "甲" } else { "乙" }))
            })
            .chain([Fault::new(&CELL_EMPTY, "teachers.csv").row(3)])
            .collect();
        let groups = summarise(&faults);
        assert_eq!(groups.len(), 2);
        assert_eq!(
            (groups[0].count, groups[0].schools, groups[0].examples.len()),
            (10, 2, 3)
        );
    }

    #[test]
    fn the_fault_file_holds_no_formula() {
        let fault = Fault::new(&CELL_EMPTY, "a.csv").value("=1+1");
        let mut bytes = Vec::new();
        write_fault_file(&mut bytes, &[fault]).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains(",'=1+1,"), "{text}");
    }

    #[test]
    fn the_fault_file_is_sorted_by_school() {
        let faults = [
            Fault::new(&CELL_EMPTY, "a.csv").row(9).school(Some("S002")),
            Fault::new(&CELL_EMPTY, "a.csv").row(7).school(Some("S001")),
        ];
        let mut bytes = Vec::new();
        write_fault_file(&mut bytes, &faults).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.find("S001").unwrap() < text.find("S002").unwrap());
        assert!(text.starts_with('\u{feff}'));
    }
}
