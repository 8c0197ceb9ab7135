//! Which row is the header, and which column is which.

use std::collections::BTreeMap;

use super::codes::{COLUMN_MISSING, COLUMN_TWICE, NO_HEADER, ROW_LONG, ROWS_SHORT, UNKNOWN_COLUMN};
use super::columns::{Column, Kind, Presence, Table};
use super::faults::{Fault, Notice, Wording};
use super::gathering::{Gathering, nearest_of};
use super::grid::{Grid, GridRow, Span};
use super::values::{bare, without_blanks, without_brackets};

/// A header reduced to what identifies it: no blanks, marks or numbering; ASCII in lower case.
fn reduced(header: &str) -> String {
    let text: String = bare(header)
        .chars()
        .filter(|character| {
            !matches!(
                character,
                '★' | '☆'
                    | '*'
                    | '※'
                    | '#'
                    | '▲'
                    | '●'
                    | ':'
                    | '"'
                    | '“'
                    | '”'
                    | '\''
                    | '_'
                    | '-'
                    | '?'
            )
        })
        .collect::<String>()
        .to_lowercase();
    let after_number = text.trim_start_matches(|character: char| character.is_ascii_digit());
    match after_number.strip_prefix(['.', '、']) {
        Some(rest) if after_number.len() < text.len() => rest.to_owned(),
        _ => text,
    }
}

/// The reduced headers of a table, each with the place of its column.
pub(super) fn known_headers(table: &Table) -> BTreeMap<String, usize> {
    let mut known = BTreeMap::new();
    for (place, column) in table.columns.iter().enumerate() {
        for header in [column.key, column.header].iter().chain(column.aliases) {
            known.insert(reduced(header), place);
        }
    }
    known
}

/// The place of the column that a header names: whole, or without its bracketed instructions.
fn column_named(header: &str, known: &BTreeMap<String, usize>) -> Option<usize> {
    if header.is_empty() || header.chars().count() > LONGEST_HEADER {
        return None;
    }
    let whole = known.get(&reduced(header));
    whole
        .or_else(|| known.get(&reduced(&without_brackets(header))))
        .copied()
}

/// Longer cells are titles or instructions, not headers.
const LONGEST_HEADER: usize = 80;
/// The header is looked for in so many rows from the top.
const HEADER_ROWS: usize = 30;

/// The position among the rows of the one that names most columns, and how many it names.
pub(super) fn best_header(grid: &Grid, known: &BTreeMap<String, usize>) -> Option<(usize, usize)> {
    let named = |row: GridRow<'_>| {
        let mut found: Vec<usize> = row
            .cells()
            .filter_map(|cell| column_named(cell, known))
            .collect();
        found.sort_unstable();
        found.dedup();
        found.len()
    };
    let mut best: Option<(usize, usize)> = None;
    for (position, row) in grid.rows().take(HEADER_ROWS).enumerate() {
        let count = named(row);
        if count > best.map_or(0, |held| held.1) {
            best = Some((position, count));
        }
    }
    best
}

/// The columns of a table by their keys, which are asked for dozens of times a row.
#[derive(Debug, Clone)]
struct ColumnIndex([u8; SLOTS]);

/// More than any table has columns, so that a free slot ends every search.
const SLOTS: usize = 128;

impl ColumnIndex {
    fn new(table: &Table) -> Self {
        let mut slots = [u8::MAX; SLOTS];
        for (place, column) in table.columns.iter().enumerate() {
            let mut slot = Self::slot(column.key);
            while slots[slot] != u8::MAX {
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = place as u8;
        }
        Self(slots)
    }

    fn slot(key: &str) -> usize {
        let sum = key.bytes().fold(0_usize, |sum, byte| {
            sum.wrapping_mul(31).wrapping_add(byte.into())
        });
        sum % SLOTS
    }

    fn place(&self, table: &Table, key: &str) -> Option<usize> {
        let mut slot = Self::slot(key);
        loop {
            let place = usize::from(self.0[slot]);
            if table.columns.get(place)?.key == key {
                return Some(place);
            }
            slot = (slot + 1) % SLOTS;
        }
    }
}

/// A table whose columns are known.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    /// Which table.
    pub(super) table: &'static Table,
    /// Name of the file, and of the sheet in a workbook.
    pub(super) file: String,
    /// For each column of the table the places in the file: none where it is missing, several
    /// where code and name of a school stand side by side.
    pub(super) places: Vec<Vec<usize>>,
    /// The headers of the file, blanks dropped.
    pub(super) headers: Vec<String>,
    /// The places of the table's columns by their keys.
    index: ColumnIndex,
    /// Rows below the header, footers removed.
    pub(super) rows: Grid,
    /// The row of totals (合计), where there is exactly one.
    pub(super) total: Option<Span>,
}

impl Sheet {
    /// Whether the file has the column.
    pub(super) fn has(&self, key: &str) -> bool {
        !self.places[self.place_of(key)].is_empty()
    }

    /// The place of a column in the table.
    pub(super) fn place_of(&self, key: &str) -> usize {
        self.index
            .place(self.table, key)
            .expect("code asks only for columns that the table has")
    }

    /// The cell of a row, empty where the column is missing.
    pub(super) fn cell<'a>(&self, row: GridRow<'a>, key: &str) -> &'a str {
        self.places[self.place_of(key)]
            .iter()
            .filter_map(|&place| row.get(place))
            .find(|cell| !cell.is_empty())
            .unwrap_or_default()
    }

    /// The header as it stands in the file; the table's own where the column is missing.
    pub(super) fn header(&self, key: &str) -> &str {
        let place = self.place_of(key);
        match self.places[place].first() {
            Some(&column) => &self.headers[column],
            None => self.table.columns[place].header,
        }
    }
}

/// Finds the header of a table, reports what is missing or unknown, and sets footers apart.
pub(super) fn find_columns(
    table: &'static Table,
    file: &str,
    mut grid: Grid,
    gathering: &mut Gathering,
) -> Option<Sheet> {
    let known = known_headers(table);
    let needed = table.columns.len().min(2);
    let Some((position, _)) = best_header(&grid, &known).filter(|&(_, matched)| matched >= needed)
    else {
        if !grid.is_empty() || table.presence == Presence::Required {
            gathering.faults.push(no_header(table, file));
        }
        return None;
    };
    let header = grid.row(position);
    let headers: Vec<String> = header.cells().map(without_blanks).collect();
    let mut places = vec![Vec::new(); table.columns.len()];
    let mut unknown = Vec::new();
    for (place, cell) in header.cells().enumerate() {
        match column_named(cell, &known) {
            Some(column) => places[column].push(place),
            None => unknown.push(cell),
        }
    }
    let missing: Vec<&'static Column> = table
        .columns
        .iter()
        .zip(&places)
        .filter(|(_, found)| found.is_empty())
        .map(|(column, _)| column)
        .collect();
    for cell in unknown {
        report_unknown(&missing, file, header.number, cell, gathering);
    }
    for (column, found) in table.columns.iter().zip(&places) {
        check_places(column, found, file, header, gathering);
    }
    grid.skip(position + 1);
    let mut sheet = Sheet {
        table,
        file: file.to_owned(),
        places,
        headers,
        index: ColumnIndex::new(table),
        rows: grid,
        total: None,
    };
    set_footers_apart(&mut sheet);
    check_widths(&sheet, gathering);
    Some(sheet)
}

fn no_header(table: &Table, file: &str) -> Fault {
    let required: Vec<&str> = table
        .columns
        .iter()
        .filter(|column| column.presence == Presence::Required)
        .map(|column| column.header)
        .collect();
    let list = required.join("、");
    Fault::new(&NO_HEADER, file).row(1).hint(
        &format!("必需的列：{list}"),
        &format!("required columns: {list}"),
    )
}

fn check_places(
    column: &Column,
    found: &[usize],
    file: &str,
    header: GridRow<'_>,
    gathering: &mut Gathering,
) {
    // Code and name of a school side by side are two ways to say one thing; the row is checked.
    let may_repeat = matches!(column.kind, Kind::School | Kind::Unit);
    if found.is_empty() && column.presence == Presence::Required {
        gathering.faults.push(
            Fault::new(&COLUMN_MISSING, file)
                .row(header.number)
                .column(column.header),
        );
    } else if found.len() > 1 && !may_repeat {
        let texts: Vec<String> = found
            .iter()
            .filter_map(|&place| header.get(place))
            .map(without_blanks)
            .collect();
        gathering.faults.push(
            Fault::new(&COLUMN_TWICE, file)
                .row(header.number)
                .column(column.header)
                .value(&texts.join("、")),
        );
    }
}

/// Headers of columns that hold ID-card numbers.
const IDENTITY_HEADERS: &[&str] = &[
    "身份证号",
    "身份证号码",
    "身份证件号",
    "身份证件号码",
    "证件号码",
    "身份证",
    "证件号",
];
/// Headers of columns that number the rows.
const SERIAL_HEADERS: &[&str] = &["序号", "行号", "no", "no."];

/// Reports a column that the table has not; only columns that the file lacks are suggested.
fn report_unknown(
    missing: &[&'static Column],
    file: &str,
    row: usize,
    cell: &str,
    gathering: &mut Gathering,
) {
    let bare = reduced(&without_brackets(cell));
    if bare.is_empty() || SERIAL_HEADERS.contains(&bare.as_str()) {
        return;
    }
    let column = without_blanks(cell);
    if IDENTITY_HEADERS.contains(&bare.as_str()) {
        gathering.notices.push(Notice {
            file: file.to_owned(),
            row: Some(row),
            column: Some(column),
            message: Wording::new(
                "身份证号列不读取、不输出；建议上交前删去",
                "the column of ID-card numbers is not read; better delete it",
            ),
        });
        return;
    }
    let mut likely = missing.to_vec();
    // Among equally near ones, one that must be there comes first.
    likely.sort_by_key(|column| {
        let header = column.header;
        let pairs = header.chars().zip(bare.chars());
        let common = pairs.take_while(|(one, other)| one == other).count();
        let longer = header.chars().count().abs_diff(bare.chars().count());
        let optional = column.presence != Presence::Required;
        (optional, longer, std::cmp::Reverse(common))
    });
    gathering.faults.push(
        Fault::new(&UNKNOWN_COLUMN, file)
            .row(row)
            .column(&column)
            .nearest(nearest_of(&bare, likely.iter().map(|column| column.header))),
    );
}

/// Reports rows that are shorter or longer than the header. Rows of workbooks end at their last
/// filled cell, so they are never too short.
fn check_widths(sheet: &Sheet, gathering: &mut Gathering) {
    let is_workbook = sheet.file.ends_with(']');
    let needed = sheet.places.iter().flatten().max().map_or(0, |at| at + 1);
    let is_short = |row: &GridRow<'_>| !is_workbook && row.len() < needed;
    let mut short = sheet.rows.rows().filter(is_short);
    if let Some(first) = short.next() {
        let count = 1 + short.count();
        gathering.faults.push(
            Fault::new(&ROWS_SHORT, &sheet.file)
                .row(first.number)
                .detail(
                    &format!("共 {count} 行，自此行起"),
                    &format!("{count} in all, this is the first"),
                ),
        );
    }
    for row in sheet.rows.rows() {
        let mut beyond = (sheet.headers.len()..row.len()).filter_map(|place| row.get(place));
        if let Some(cell) = beyond.find(|cell| !cell.is_empty()) {
            let fault = Fault::new(&ROW_LONG, &sheet.file).row(row.number);
            gathering.faults.push(fault.value(cell));
        }
    }
}

/// First words of rows that belong to the form, not to the data.
const FOOTERS: &[&str] = &[
    "填表人",
    "制表",
    "审核",
    "填报",
    "负责人",
    "联系电话",
    "填表说明",
    "注:",
    "备注:",
    "说明:",
];
const TOTALS: &[&str] = &["合计", "总计", "小计", "总数", "共计"];

fn set_footers_apart(sheet: &mut Sheet) {
    let mapped: Vec<usize> = sheet.places.iter().flatten().copied().collect();
    let mut totals = Vec::new();
    sheet.rows.retain(|span, row| {
        let first = row.cells().find(|cell| !cell.is_empty());
        let word = bare(first.unwrap_or_default());
        if TOTALS.contains(&&*word) {
            totals.push(*span);
            return false;
        }
        let filled = row.cells().filter(|cell| !cell.is_empty()).count();
        let is_footer = filled <= 4 && FOOTERS.iter().any(|footer| word.starts_with(footer));
        // A numbered but empty row has nothing in any known column.
        let says_nothing = mapped
            .iter()
            .all(|&place| row.get(place).is_none_or(str::is_empty));
        !is_footer && !says_nothing
    });
    // Several are subtotals, and nobody knows of what.
    if let [total] = totals.as_slice() {
        sheet.total = Some(*total);
    }
}

#[cfg(test)]
mod tests {
    use super::super::columns::{SCHOOLS, TABLES, TEACHERS};
    use super::super::grid::split_table;
    use super::*;

    #[test]
    fn no_header_names_two_columns() {
        for table in TABLES {
            let known = known_headers(table);
            for (place, column) in table.columns.iter().enumerate() {
                for header in [column.key, column.header].iter().chain(column.aliases) {
                    let found = column_named(header, &known);
                    assert_eq!(found, Some(place), "{}: {header}", table.name);
                }
            }
        }
    }

    #[test]
    fn headers_bear_instructions() {
        let known = known_headers(&TEACHERS);
        let place = |header: &str| column_named(header, &known).map(|at| TEACHERS.columns[at].key);
        assert_eq!(place("兼教学科（可多门）"), Some("further"));
        assert_eq!(place("★姓名"), Some("name"));
        assert_eq!(place("单位全称（按照单位公章）"), Some("school"));
        assert_eq!(place("进入本校\n年月"), Some("arrival"));
        assert_eq!(place("3、性　别："), Some("sex"));
        assert_eq!(place("Class Teacher"), Some("class_teacher"));
        assert_eq!(place("最高骨干教师级别（单选）"), Some("backbone"));
        assert_eq!(place("籍贯"), None);
    }

    #[test]
    fn a_column_that_the_file_lacks_is_suggested() {
        let text = "姓名,任教学校,任教学课\n张三,一小,语文\n";
        let mut gathering = Gathering::default();
        let grid = split_table(text, &TEACHERS);
        find_columns(&TEACHERS, "teachers.csv", grid, &mut gathering).unwrap();
        let fault = gathering.faults.iter().find(|fault| fault.code == "D015");
        let advice = &fault.unwrap().advice.chinese;
        assert!(advice.contains("任教学科"), "{advice}");
    }

    #[test]
    fn titles_stand_above_and_footers_below() {
        let text = "2025年学校一览表\n单位：某县教委,,2025年6月\n序号,学校代码,学校名称,城乡类型\n1,S1,一小,城区\n2,,,\n合计,1,,\n填表人：某,,,\n";
        let mut gathering = Gathering::default();
        let grid = split_table(text, &SCHOOLS);
        let sheet = find_columns(&SCHOOLS, "schools.csv", grid, &mut gathering).unwrap();
        assert_eq!(sheet.rows.len(), 1);
        assert_eq!(sheet.rows.row(0).number, 4);
        assert!(sheet.total.is_some());
        assert!(gathering.faults.is_empty() && gathering.notices.is_empty());
    }
}
