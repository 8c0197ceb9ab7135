//! Writing CSV as Excel and WPS open it: UTF-8 with BOM, comma, CRLF.

use std::io::{self, Write};

/// Writes a header and rows.
///
/// # Errors
/// What the writer reports.
pub fn write_csv<W, Row, Cell>(
    mut writer: W,
    header: &[&str],
    rows: impl IntoIterator<Item = Row>,
) -> io::Result<()>
where
    W: Write,
    Row: IntoIterator<Item = Cell>,
    Cell: AsRef<str>,
{
    writer.write_all("\u{feff}".as_bytes())?;
    let mut csv = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(writer);
    csv.write_record(header)?;
    for row in rows {
        for cell in row {
            csv.write_field(cell.as_ref())?;
        }
        csv.write_record(None::<&[u8]>)?;
    }
    csv.flush()
}
