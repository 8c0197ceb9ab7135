//! Text to a grid of cells, with rows counted as Excel counts them.
//!
//! A parser of our own rather than the crate csv, which writes our files: Excel's row numbers (blank
//! lines count, line breaks inside a cell do not) and the row of an unclosed quotation mark are
//! needed in messages, and a reader of clerks' files must never stop at the first odd quote.

use super::columns::Table;
use super::headers::{best_header, known_headers};

/// A row of a grid: the number that Excel shows and the trimmed cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GridRow<'a> {
    /// From 1.
    pub(super) number: usize,
    /// The cells, one behind the other.
    text: &'a str,
    /// Where each cell ends in the text.
    ends: &'a [u32],
}

impl<'a> GridRow<'a> {
    /// How many cells there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The cell at a place, where the row is so long.
    pub(super) fn get(&self, place: usize) -> Option<&'a str> {
        let end = *self.ends.get(place)? as usize;
        let begin = match place {
            0 => 0,
            _ => self.ends[place - 1] as usize,
        };
        Some(&self.text[begin..end])
    }

    /// All cells.
    pub(super) fn cells(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let row = *self;
        (0..row.len()).filter_map(move |place| row.get(place))
    }
}

/// Where a row lies in a grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    number: usize,
    /// The begin of its text.
    text: usize,
    /// Its first cell.
    first: usize,
    /// How many cells it has.
    count: usize,
}

/// All rows that are not blank, all their cells in one text: rosters have hundreds of thousands of
/// cells, most of them shorter than the head of a string.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Grid {
    text: String,
    /// Where each cell ends, counted from the begin of its row.
    ends: Vec<u32>,
    /// In the order of the file.
    rows: Vec<Span>,
    /// The row in which a quotation mark was opened that is never closed.
    pub(super) unclosed: Option<usize>,
}

impl Grid {
    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row at a place.
    pub(super) fn row(&self, place: usize) -> GridRow<'_> {
        self.at(&self.rows[place])
    }

    /// All rows.
    pub(super) fn rows(&self) -> impl DoubleEndedIterator<Item = GridRow<'_>> {
        self.rows.iter().map(|span| self.at(span))
    }

    /// The row that lies there.
    pub(super) fn at(&self, span: &Span) -> GridRow<'_> {
        let ends = &self.ends[span.first..span.first + span.count];
        let length = ends.last().map_or(0, |&end| end as usize);
        GridRow {
            number: span.number,
            text: &self.text[span.text..span.text + length],
            ends,
        }
    }

    /// Drops the first rows.
    pub(super) fn skip(&mut self, count: usize) {
        self.rows.drain(..count);
    }

    /// Keeps the rows of which that is said. Those taken out can still be read where they lie.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(&Span, GridRow<'_>) -> bool) {
        let mut rows = std::mem::take(&mut self.rows);
        rows.retain(|span| keep(span, self.at(span)));
        self.rows = rows;
    }

    /// Adds a row unless it is blank.
    pub(super) fn push<'a>(&mut self, number: usize, cells: impl IntoIterator<Item = &'a str>) {
        let mut row = self.begin();
        for cell in cells {
            self.text.push_str(cell);
            self.end_cell(&mut row);
        }
        self.end_row(&row, number);
    }

    fn begin(&self) -> OpenRow {
        OpenRow {
            text: self.text.len(),
            first: self.ends.len(),
            cell: self.text.len(),
        }
    }

    /// Cleans what was added since the last cell.
    fn end_cell(&mut self, row: &mut OpenRow) {
        let cell = &self.text[row.cell..];
        let cleaned = clean(cell);
        if cleaned.len() < cell.len() {
            let cleaned = cleaned.to_owned();
            self.text.truncate(row.cell);
            self.text.push_str(&cleaned);
        }
        // A row of more than four gigabytes is nobody's roster; its cells beyond are empty.
        if u32::try_from(self.text.len() - row.text).is_err() {
            self.text.truncate(row.cell);
        }
        row.cell = self.text.len();
        self.ends.push((row.cell - row.text) as u32);
    }

    fn end_row(&mut self, row: &OpenRow, number: usize) {
        if self.text.len() == row.text {
            self.ends.truncate(row.first);
        } else {
            self.rows.push(Span {
                number,
                text: row.text,
                first: row.first,
                count: self.ends.len() - row.first,
            });
        }
    }
}

/// A row that is being added.
struct OpenRow {
    /// Where its text begins.
    text: usize,
    /// Its first cell.
    first: usize,
    /// Where the text of the cell begins that is being added.
    cell: usize,
}

/// A cell without surrounding blanks (full-width ones, no-break and zero-width ones included) and
/// without Excel's marks for text (`="001"`, `'001`).
pub(super) fn clean(cell: &str) -> &str {
    // Nearly all cells begin and end with a letter, a digit or a Chinese character.
    let bytes = cell.as_bytes();
    let is_chinese = |lead: u8| (0xe4..=0xe9).contains(&lead);
    let ends_plainly = match bytes {
        [.., last] if last.is_ascii() => last.is_ascii_alphanumeric(),
        [.., lead, _, _] => is_chinese(*lead),
        _ => bytes.is_empty(),
    };
    let begins_plainly = |&first: &u8| first.is_ascii_alphanumeric() || is_chinese(first);
    if ends_plainly && bytes.first().is_none_or(begins_plainly) {
        return cell;
    }
    let invisible = |character: char| {
        character.is_whitespace() || matches!(character, '\u{200b}'..='\u{200f}' | '\u{feff}')
    };
    let trimmed = cell.trim_matches(invisible);
    let unwrapped = trimmed
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .or_else(|| trimmed.strip_prefix('\''))
        .unwrap_or(trimmed);
    unwrapped.trim_matches(invisible)
}

/// Splits text at a separator (one of ASCII), quoted cells as Excel writes them.
pub(super) fn split(text: &str, separator: char) -> Grid {
    let mut grid = Grid::default();
    let mut row = grid.begin();
    let mut rest = text;
    let mut quoted = false;
    let mut number = 0;
    let mut opened = 0;
    loop {
        let is_mark = |byte: &u8| match byte {
            b'"' => true,
            b'\n' | b'\r' => !quoted,
            other => !quoted && u32::from(*other) == u32::from(separator),
        };
        let Some(at) = rest.as_bytes().iter().position(is_mark) else {
            grid.text.push_str(rest);
            break;
        };
        grid.text.push_str(&rest[..at]);
        let mark = rest.as_bytes()[at];
        rest = &rest[at + 1..];
        match mark {
            b'"' if quoted => {
                // Two stand for one.
                match rest.strip_prefix('"') {
                    Some(behind) => {
                        grid.text.push('"');
                        rest = behind;
                    }
                    None => quoted = false,
                }
            }
            b'"' if grid.text.len() == row.cell => {
                quoted = true;
                opened = number + 1;
            }
            b'"' => grid.text.push('"'),
            b'\n' | b'\r' => {
                if mark == b'\r' {
                    rest = rest.strip_prefix('\n').unwrap_or(rest);
                }
                grid.end_cell(&mut row);
                number += 1;
                grid.end_row(&row, number);
                row = grid.begin();
            }
            _ => grid.end_cell(&mut row),
        }
    }
    grid.end_cell(&mut row);
    grid.end_row(&row, number + 1);
    grid.unclosed = quoted.then_some(opened);
    grid
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
        best_header(&sample, &known).map_or(0, |found| found.1)
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
        grid.rows()
            .map(|row| (row.number, row.cells().collect()))
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
            let last: Vec<&str> = grid.row(grid.len() - 1).cells().collect();
            assert_eq!(last, ["S1", "S2", "3"]);
        }
    }
}
