//! Which files of a folder, or sheets of a workbook, are which tables.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::codes::{MISSING_TABLE, TABLE_TWICE, UNCLOSED_QUOTE, WORKBOOK_UNREADABLE, WRONG_FORMAT};
use super::columns::{Presence, TABLES, Table};
use super::encoding::decode;
use super::faults::{Fault, Notice, Wording};
use super::gathering::{Gathering, nearest_of};
use super::grid::{Grid, split_table};
use super::values::without_blanks;
use super::workbook::{NamedGrid, read_workbook};

/// The disk does not let the files be read.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// Nothing is there.
    #[error("`{}` does not exist", path.display())]
    NotFound {
        /// The path that was given.
        path: PathBuf,
    },
    /// It is there but cannot be read.
    #[error("cannot read `{}`", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// The particulars of the district as they were found.
#[derive(Debug)]
pub(super) enum RawParticulars {
    /// Text of `district.toml`.
    Toml(String),
    /// Rows of a sheet: key, value.
    Sheet(String, Grid),
}

/// Everything that was found, not yet understood.
#[derive(Debug, Default)]
pub(super) struct Source {
    pub(super) particulars: Option<RawParticulars>,
    /// For each table the name of its file and its cells.
    pub(super) grids: Vec<(&'static Table, String, Grid)>,
}

impl Source {
    /// What files of text are, given by their names.
    pub(super) fn of_files(files: &[(String, Vec<u8>)], gathering: &mut Gathering) -> Self {
        let mut source = Self::default();
        for (name, bytes) in files {
            source.take(name, bytes, gathering);
        }
        source
    }

    /// Takes in `district.toml` or a table as text.
    fn take(&mut self, name: &str, bytes: &[u8], gathering: &mut Gathering) {
        let Some(text) = decoded(name, bytes, gathering) else {
            return;
        };
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        match table_named(stem) {
            Some(table) => self.add(table, name.to_owned(), split_table(&text, table), gathering),
            None => self.particulars = Some(RawParticulars::Toml(text.into_owned())),
        }
    }

    fn has(&self, table: &Table) -> bool {
        self.grids.iter().any(|(held, ..)| held.name == table.name)
    }

    fn add(&mut self, table: &'static Table, file: String, grid: Grid, gathering: &mut Gathering) {
        if self.has(table) {
            gathering
                .faults
                .push(Fault::new(&TABLE_TWICE, &file).detail(
                    &format!("“{}”表", table.title),
                    &format!("table `{}`", table.name),
                ));
            return;
        }
        if let Some(row) = grid.unclosed {
            // The rows below are swallowed: whatever they would be said to lack is noise.
            gathering
                .faults
                .push(Fault::new(&UNCLOSED_QUOTE, &file).row(row));
            return;
        }
        self.grids.push((table, file, grid));
    }
}

/// Name of the file of particulars.
pub(super) const DISTRICT_FILE: &str = "district.toml";
/// Names of the sheet of particulars.
const DISTRICT_SHEETS: &[&str] = &["district", "区县", "区县信息", "基本信息"];

/// Finds and opens all files of a district.
pub(super) fn open(path: &Path, gathering: &mut Gathering) -> Result<Source, IngestError> {
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => IngestError::NotFound {
            path: path.to_owned(),
        },
        _ => IngestError::Io {
            path: path.to_owned(),
            source,
        },
    };
    let mut source = Source::default();
    if fs::metadata(path).map_err(failed)?.is_dir() {
        open_folder(path, &mut source, gathering)?;
    } else {
        open_workbook(path, &mut source, gathering)?;
    }
    for table in TABLES {
        // A file that is there but was refused has its own fault.
        let refused = gathering.faults.iter().any(|fault| {
            let stem = fault.file.split('.').next().unwrap_or_default();
            table_named(stem).is_some_and(|named| named.name == table.name)
        });
        if table.presence == Presence::Required && !source.has(table) && !refused {
            let file = format!("{}.csv", table.name);
            gathering.faults.push(
                Fault::new(&MISSING_TABLE, &file)
                    .detail(&format!("“{}”", table.title), &format!("`{}`", table.name)),
            );
        }
    }
    Ok(source)
}

fn read(path: &Path) -> Result<Vec<u8>, IngestError> {
    fs::read(path).map_err(|source| IngestError::Io {
        path: path.to_owned(),
        source,
    })
}

/// The folder's files by name, so that the order of the disk does not matter.
fn files_of(folder: &Path) -> Result<Vec<(String, PathBuf)>, IngestError> {
    let failed = |source| IngestError::Io {
        path: folder.to_owned(),
        source,
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        // `~$` begins the names of Excel's lock files.
        let hidden = name.starts_with('.') || name.starts_with("~$");
        if path.is_file() && !hidden {
            files.push((name, path));
        }
    }
    files.sort();
    Ok(files)
}

fn open_folder(
    folder: &Path,
    source: &mut Source,
    gathering: &mut Gathering,
) -> Result<(), IngestError> {
    let files = files_of(folder)?;
    let mut workbooks: Vec<&PathBuf> = Vec::new();
    for (name, path) in &files {
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        match ending.to_lowercase().as_str() {
            "toml" if name.eq_ignore_ascii_case(DISTRICT_FILE) => {
                source.take(name, &read(path)?, gathering);
            }
            "csv" | "txt" | "tsv" if table_named(stem).is_some() => {
                source.take(name, &read(path)?, gathering);
            }
            "csv" | "txt" | "tsv" => notice_file(name, stem, gathering),
            "xlsx" => workbooks.push(path),
            "xls" | "et" => gathering.faults.push(Fault::new(&WRONG_FORMAT, name)),
            _ => {}
        }
    }
    for path in workbooks {
        open_workbook(path, source, gathering)?;
    }
    Ok(())
}

/// The table that a file or sheet is named after: in English or Chinese, `教师花名册` included.
fn table_named(name: &str) -> Option<&'static Table> {
    let name = without_blanks(name).to_lowercase();
    let mut stem = name.as_str();
    for ending in [
        "一览表",
        "统计表",
        "信息表",
        "花名册",
        "名册",
        "名单",
        "信息",
        "情况",
        "表",
    ] {
        stem = stem
            .strip_suffix(ending)
            .filter(|rest| !rest.is_empty())
            .unwrap_or(stem);
    }
    TABLES.iter().copied().find(|table| {
        [stem, name.as_str()]
            .iter()
            .any(|word| *word == table.name || *word == table.title)
    })
}

fn notice_file(name: &str, stem: &str, gathering: &mut Gathering) {
    let known = TABLES.iter().flat_map(|table| [table.name, table.title]);
    let message = match nearest_of(stem, known) {
        Some(near) => Wording::new(
            format!("文件名不是已知的表，未读取；是否为“{near}”？"),
            format!("no table has this name, the file is not read; did you mean “{near}”?"),
        ),
        None => Wording::new(
            "文件名不是已知的表，未读取",
            "no table has this name, the file is not read",
        ),
    };
    gathering.notices.push(Notice {
        file: name.to_owned(),
        row: None,
        column: None,
        message,
    });
}

fn decoded<'a>(name: &str, bytes: &'a [u8], gathering: &mut Gathering) -> Option<Cow<'a, str>> {
    match decode(bytes) {
        Ok(decoded) => {
            if !decoded.encoding.starts_with("UTF-8") {
                gathering.notices.push(Notice {
                    file: name.to_owned(),
                    row: None,
                    column: None,
                    message: Wording::new(
                        format!("按 {} 编码读取", decoded.encoding),
                        format!("read as {}", decoded.encoding),
                    ),
                });
            }
            Some(decoded.text)
        }
        Err(code) => {
            gathering.faults.push(Fault::new(code, name));
            None
        }
    }
}

fn open_workbook(
    path: &Path,
    source: &mut Source,
    gathering: &mut Gathering,
) -> Result<(), IngestError> {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let bytes = read(path)?;
    let Some(sheets) = read_workbook(&bytes) else {
        let code = if bytes.starts_with(b"PK") {
            &WORKBOOK_UNREADABLE
        } else {
            &WRONG_FORMAT
        };
        gathering.faults.push(Fault::new(code, &name));
        return Ok(());
    };
    for (sheet, grid) in sheets_of_tables(&name, sheets, source, gathering) {
        let file = format!("{name}[{sheet}]");
        if let Some(table) = table_named(&sheet) {
            source.add(table, file, grid, gathering);
        } else if !grid.is_empty() {
            notice_file(&file, &sheet, gathering);
        }
    }
    Ok(())
}

/// The sheets that may be tables. The sheet of particulars is taken out; where the workbook is
/// itself named after a table (`教师.xlsx`), its first sheet is that table whatever it is called.
fn sheets_of_tables(
    name: &str,
    sheets: Vec<NamedGrid>,
    source: &mut Source,
    gathering: &mut Gathering,
) -> Vec<NamedGrid> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let any_known = sheets.iter().any(|(sheet, _)| table_named(sheet).is_some());
    let mut remaining = Vec::new();
    for (sheet, grid) in sheets {
        let bare = without_blanks(&sheet).to_lowercase();
        if DISTRICT_SHEETS.contains(&bare.as_str()) {
            if source.particulars.is_none() {
                let file = format!("{name}[{sheet}]");
                source.particulars = Some(RawParticulars::Sheet(file, grid));
            }
        } else {
            remaining.push((sheet, grid));
        }
    }
    match table_named(stem).filter(|_| !any_known && !remaining.is_empty()) {
        Some(table) => {
            let (sheet, grid) = remaining.swap_remove(0);
            source.add(table, format!("{name}[{sheet}]"), grid, gathering);
            Vec::new()
        }
        None => remaining,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_known_by_the_names_of_files() {
        let name = |stem: &str| table_named(stem).map(|table| table.name);
        assert_eq!(name("teachers"), Some("teachers"));
        assert_eq!(name("教师花名册"), Some("teachers"));
        assert_eq!(name("学校 信息表"), Some("schools"));
        assert_eq!(name("Sheet1"), None);
    }
}
