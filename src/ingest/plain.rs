//! Tables of our own that come back: decoded and split as rosters are, but not interpreted.

use std::borrow::Cow;

use super::encoding::decode;
use super::grid::{Grid, GridRow, beginning, split};
use super::values;
use crate::domain::Month;

/// A table as it was split; blank rows are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainTable(Grid);

impl PlainTable {
    /// Its rows, in the order of the file.
    pub fn rows(&self) -> impl Iterator<Item = PlainRow<'_>> {
        self.0.rows().map(PlainRow)
    }
}

/// A row of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlainRow<'a>(GridRow<'a>);

impl<'a> PlainRow<'a> {
    /// The number that Excel shows, from 1.
    pub fn number(&self) -> usize {
        self.0.number
    }

    /// The trimmed cell at a place, where the row is so long.
    pub fn get(&self, place: usize) -> Option<&'a str> {
        self.0.get(place)
    }

    /// All cells, trimmed.
    pub fn cells(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.0.cells()
    }
}

/// How many of the columns a row names.
fn named(row: GridRow<'_>, columns: &[&str]) -> usize {
    let holds = |column: &&&str| row.cells().any(|cell| cell == **column);
    columns.iter().filter(holds).count()
}

/// Reads a table whose columns are known, whatever Excel made of its encoding and separators: the
/// separator is the one under which most of the columns are found.
///
/// # Errors
/// Why the bytes are no table, in Chinese and English.
pub fn plain_table(
    bytes: &[u8],
    columns: &[&str],
) -> Result<PlainTable, (&'static str, &'static str)> {
    let Ok(decoded) = decode(bytes) else {
        return Err((
            "编码无法识别，或不是文本表格",
            "not a text in a known encoding",
        ));
    };
    let found = |grid: &Grid| {
        let rows = grid.rows().take(10);
        rows.map(|row| named(row, columns)).max().unwrap_or(0)
    };
    let sample = beginning(&decoded.text);
    let separator = [';', '\t', ',']
        .into_iter()
        .max_by_key(|&separator| found(&split(sample, separator)))
        .unwrap_or(',');
    let grid = split(&decoded.text, separator);
    if grid.unclosed.is_some() {
        return Err(("引号没有成对", "a quotation mark is never closed"));
    }
    Ok(PlainTable(grid))
}

/// A month in any of the ways in which Excel and people write it. Excel takes the `2025-09` of a
/// CSV file for a date and saves `Sep-25`.
pub fn plain_month(cell: &str) -> Option<Month> {
    values::month(cell)
        .ok()
        .map(|read| read.month)
        .or_else(|| named_month(cell))
}

fn named_month(cell: &str) -> Option<Month> {
    const NAMES: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let (name, year) = cell.split_once('-')?;
    let month = NAMES
        .iter()
        .position(|held| name.eq_ignore_ascii_case(held))?;
    let year: i32 = year.parse().ok().filter(|year| (0..100).contains(year))?;
    Month::new(2000 + year, month as u32 + 1)
}

/// A key as rosters' keys are read: no blanks, no `.0` that Excel has added.
pub fn plain_key(cell: &str) -> Cow<'_, str> {
    values::key(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_as_excel_saves_them() {
        let september = Month::new(2025, 9);
        for cell in ["2025-09", "2025/9/1", "Sep-25", "2025年9月"] {
            assert_eq!(plain_month(cell), september, "{cell}");
        }
        for cell in ["", "Sep", "Sept-25", "Sep-2025", "Sep--5"] {
            assert_eq!(plain_month(cell), None, "{cell}");
        }
    }

    #[test]
    fn the_separator_is_the_one_that_finds_columns() {
        let table = plain_table("甲;乙\r\n1;2".as_bytes(), &["甲", "乙"]).unwrap();
        let last: Vec<&str> = table.rows().last().unwrap().cells().collect();
        assert_eq!(last, ["1", "2"]);
        assert!(plain_table(b"\xff\xfe\xff", &["a"]).is_err());
    }
}
