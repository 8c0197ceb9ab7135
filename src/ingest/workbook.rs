//! Workbooks (xlsx) to grids, by calamine.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, Xlsx};

use super::grid::Grid;

/// A sheet's name and its cells.
pub(super) type NamedGrid = (String, Grid);

/// Cells farther right are not read: no table has so many columns, and one stray cell in the last
/// column of a sheet must not cost gigabytes.
const COLUMNS: usize = 512;

/// All sheets of a workbook; `None` where it cannot be read.
///
/// Cells are streamed, so that a stray cell in the last row costs nothing. A panic inside calamine
/// or the libraries under it (damaged archives find them) counts as unreadable: nothing of ours is
/// shared with the closure, so nothing is left half changed.
pub(super) fn read_workbook(bytes: &[u8]) -> Option<Vec<NamedGrid>> {
    catch_unwind(AssertUnwindSafe(|| read_sheets(bytes)))
        .ok()
        .flatten()
}

fn read_sheets(bytes: &[u8]) -> Option<Vec<NamedGrid>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).ok()?;
    let names = workbook.sheet_names();
    let mut sheets = Vec::new();
    for name in names {
        // A sheet of charts has no cells.
        let Ok(mut cells) = workbook.worksheet_cells_reader(&name) else {
            continue;
        };
        let mut grid = Grid::default();
        let mut number = 0;
        let mut row: Vec<String> = Vec::new();
        while let Some(cell) = cells.next_cell().ok()? {
            let (at_row, at_column) = cell.get_position();
            let at_column = at_column as usize;
            if at_row as usize + 1 != number {
                grid.push(number, row.iter().map(String::as_str));
                row.clear();
                number = at_row as usize + 1;
            }
            if at_column < COLUMNS {
                if row.len() <= at_column {
                    row.resize(at_column + 1, String::new());
                }
                row[at_column] = shown(cell.get_value());
            }
        }
        grid.push(number, row.iter().map(String::as_str));
        sheets.push((name, grid));
    }
    Some(sheets)
}

/// A cell as text: dates as `2019-09-01`, numbers as briefly as possible.
fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(date) if date.is_datetime() => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTime(date) => date.as_f64().to_string(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_workbook_are_refused() {
        assert!(read_workbook(b"").is_none());
        assert!(read_workbook(b"PK\x03\x04 and so on").is_none());
    }
}
