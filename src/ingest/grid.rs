//! Text to a grid of cells, with rows counted as Excel counts them.
//!
//! A parser of our own rather than the crate csv, which writes our files: Excel's row numbers (blank
//! lines count, line breaks inside a cell do not) and the row of an unclosed quotation mark are
//! needed in messages, and a reader of clerks' files must never stop at the first odd quote.

use super::columns::Table;
use super::headers::{best_header, known_headers};

/// A row of cells with the number that Excel shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GridRow {
    /// From 1.
    pub(super) number: usize,
    /// Trimmed cells.
    pub(super) cells: Vec<String>,
}

/// All rows that are not blank.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Grid {
    /// In the order of the file.
    pub(super) rows: Vec<GridRow>,
    /// The row in which a quotation mark was opened that is never closed.
    pub(super) unclosed: Option<usize>,
}

impl Grid {
    /// Adds a row unless it is blank.
    pub(super) fn push(&mut self, number: usize, cells: Vec<String>) {
        if cells.iter().any(|cell| !cell.is_empty()) {
            self.rows.push(GridRow { number, cells });
        }
    }
}

/// A cell without surrounding blanks (full-width ones, no-break and zero-width ones included) and
/// without Excel's marks for text (`="001"`, `'001`).
pub(super) fn clean(cell: &str) -> String {
    let invisible = |character: char| {
        character.is_whitespace() || matches!(character, '\u{200b}'..='\u{200f}' | '\u{feff}')
    };
    let trimmed = cell.trim_matches(invisible);
    let unwrapped = trimmed
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .or_else(|| trimmed.strip_prefix('\''))
        .unwrap_or(trimmed);
    unwrapped.trim_matches(invisible).to_owned()
}

/// Splits text at a separator, quoted cells as Excel writes them.
pub(super) fn split(text: &str, separator: char) -> Grid {
    let mut splitter = Splitter::default();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if splitter.quoted {
            if character != '"' {
                splitter.cell.push(character);
            } else if characters.peek() == Some(&'"') {
                characters.next();
                splitter.cell.push('"');
            } else {
                splitter.quoted = false;
            }
        } else if character == '"' && splitter.cell.is_empty() {
            splitter.quoted = true;
            splitter.opened = splitter.number;
        } else if character == separator {
            splitter.end_cell();
        } else if character == '\n' || character == '\r' {
            if character == '\r' && characters.peek() == Some(&'\n') {
                characters.next();
            }
            splitter.end_row();
        } else {
            splitter.cell.push(character);
        }
    }
    splitter.end_row();
    if splitter.quoted {
        splitter.grid.unclosed = Some(splitter.opened + 1);
    }
    splitter.grid
}

#[derive(Default)]
struct Splitter {
    grid: Grid,
    cells: Vec<String>,
    cell: String,
    quoted: bool,
    /// Rows ended so far.
    number: usize,
    /// The value of `number` when the last quotation mark was opened.
    opened: usize,
}

impl Splitter {
    fn end_cell(&mut self) {
        self.cells.push(clean(&self.cell));
        self.cell.clear();
    }

    fn end_row(&mut self) {
        self.end_cell();
        self.number += 1;
        let cells = std::mem::take(&mut self.cells);
        self.grid.push(self.number, cells);
    }
}

/// How much of a file is looked at to find its separator.
const SAMPLE_CHARACTERS: usize = 20_000;

/// The part of a text from which its separator is told.
pub(super) fn beginning(text: &str) -> &str {
    let end = text
        .char_indices()
        .nth(SAMPLE_CHARACTERS)
        .map_or(text.len(), |(position, _)| position);
    &text[..end]
}

/// Splits text at the separator under which most columns of the table are found; among equals, at
/// the comma.
pub(super) fn split_table(text: &str, table: &Table) -> Grid {
    let known = known_headers(table);
    let matched = |separator: char| {
        let sample = split(beginning(text), separator);
        best_header(&sample.rows, &known).map_or(0, |found| found.1)
    };
    let separator = ['|', ';', '\t', ',']
        .into_iter()
        .max_by_key(|&separator| matched(separator))
        .unwrap_or(',');
    split(text, separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(grid: &Grid) -> Vec<(usize, Vec<&str>)> {
        grid.rows
            .iter()
            .map(|row| (row.number, row.cells.iter().map(String::as_str).collect()))
            .collect()
    }

    #[test]
    fn rows_are_numbered_as_excel_shows_them() {
        let grid = split("a,\"b\nc\"\r\n\r\n\u{3000}d , ,\"e\"\"f\"\n", ',');
        assert_eq!(
            cells(&grid),
            [(1, vec!["a", "b\nc"]), (3, vec!["d", "", "e\"f"])]
        );
    }

    #[test]
    fn an_unclosed_quote_is_found() {
        assert_eq!(split("a,b\n1,\"2\n3,4\n", ',').unclosed, Some(2));
        assert_eq!(split("a,5\" pipe\n", ',').unclosed, None);
    }

    #[test]
    fn marks_for_text_are_dropped() {
        assert_eq!(clean("=\"001\""), "001");
        assert_eq!(clean("'001"), "001");
        assert_eq!(clean("\u{a0}\u{3000}甲\u{feff}"), "甲");
    }

    #[test]
    fn the_separator_is_the_one_that_finds_columns() {
        let table = &super::super::columns::TRAVEL;
        for text in [
            "起点,终点,分钟\nS1,S2,3\n",
            "起点\t终点\t分钟\nS1\tS2\t3\n",
            "说明，第一,第二,第三,第四\n起点;终点;分钟\nS1;S2;3\n",
        ] {
            let grid = split_table(text, table);
            assert_eq!(grid.rows.last().unwrap().cells, ["S1", "S2", "3"]);
        }
    }
}
