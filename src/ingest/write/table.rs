//! Rows of cells as a file with the headers of the columns that reading knows.

use std::borrow::Cow;

use crate::ingest::cells::{guarded, yes_no};
use crate::ingest::columns::{Column, Presence, Table};
use crate::ingest::csv_file::write_csv;

/// The name of a file and what is in it.
pub(super) type File = (String, Vec<u8>);

/// What a cell says.
#[derive(Debug)]
pub(super) struct Cell<'a> {
    text: Cow<'a, str>,
    /// Whether an empty cell would say something else. A column of which no cell does is left out.
    counts: bool,
}

/// A text; an empty one is an empty cell.
pub(super) fn cell<'a>(text: impl Into<Cow<'a, str>>) -> Cell<'a> {
    let text = text.into();
    let counts = !text.is_empty();
    Cell { text, counts }
}

/// A value that may be what reading takes an empty cell for.
pub(super) fn usual<'a>(text: impl Into<Cow<'a, str>>, is_usual: bool) -> Cell<'a> {
    let text = text.into();
    let counts = !is_usual;
    Cell { text, counts }
}

/// 是 or 否, where reading takes an empty cell for 否.
pub(super) fn ticked(value: bool) -> Cell<'static> {
    usual(yes_no(value), !value)
}

/// The cells of a row by the keys of their columns, in the same order in every row.
pub(super) type Row<'a> = Vec<(&'static str, Cell<'a>)>;

/// The file of a table; `None` where there is no row.
pub(super) fn file(table: &Table, rows: &[Row<'_>]) -> Option<File> {
    let first = rows.first()?;
    let place_of = |column: &Column| first.iter().position(|(key, _)| *key == column.key);
    let counts = |place: usize| rows.iter().any(|row| row[place].1.counts);
    let kept = table.columns.iter().filter_map(|column| {
        let place = place_of(column)?;
        let is_kept = column.presence == Presence::Required || counts(place);
        is_kept.then_some((column.header, place))
    });
    let (header, places): (Vec<&str>, Vec<usize>) = kept.unzip();
    let cells = rows.iter().map(|row| {
        let cells = places.iter().map(|&place| row[place].1.text.as_ref());
        cells.map(|text| guarded(Cow::Borrowed(text)))
    });
    let mut bytes = Vec::new();
    write_csv(&mut bytes, &header, cells).expect("memory takes any bytes");
    Some((format!("{}.csv", table.name), bytes))
}
