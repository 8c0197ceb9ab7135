//! Empty tables for an office to fill in, from the same source that reading uses.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::columns::{TABLES, Table};
use super::csv_file::write_csv;
use super::particulars::PARTICULARS;
use super::reference::reference;
use super::source::DISTRICT_FILE;

/// Why the empty tables were not written.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// Some files are there already; nothing was written.
    #[error("already there, nothing was written: {}", list(files))]
    Exists {
        /// Those files.
        files: Vec<PathBuf>,
    },
    /// The disk refuses.
    #[error("cannot write `{}`", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

fn list(files: &[PathBuf]) -> String {
    let shown: Vec<String> = files
        .iter()
        .map(|file| file.display().to_string())
        .collect();
    shown.join(", ")
}

/// Name of the page that explains the columns.
const REFERENCE_FILE: &str = "columns.md";

/// Writes `district.toml`, every table with its header row, and the page that explains them into a
/// folder, which is made where it does not exist. Gives the files written.
///
/// The tables hold no example row: one that is forgotten would become a person. Filled in, the
/// folder reads as it is.
///
/// # Errors
/// Where one of the files exists already (then none is written), or the disk refuses.
pub fn write_template(folder: &Path) -> Result<Vec<PathBuf>, TemplateError> {
    let mut contents: Vec<(String, Vec<u8>)> = vec![(DISTRICT_FILE.to_owned(), district_file())];
    for table in TABLES {
        contents.push((format!("{}.csv", table.name), empty_table(table)));
    }
    contents.push((REFERENCE_FILE.to_owned(), reference().into_bytes()));
    let paths: Vec<PathBuf> = contents.iter().map(|(name, _)| folder.join(name)).collect();
    let files: Vec<PathBuf> = paths.iter().filter(|path| path.exists()).cloned().collect();
    if !files.is_empty() {
        return Err(TemplateError::Exists { files });
    }
    fs::create_dir_all(folder).map_err(|source| TemplateError::Io {
        path: folder.to_owned(),
        source,
    })?;
    for ((_, bytes), path) in contents.iter().zip(&paths) {
        write_new(path, bytes).map_err(|source| TemplateError::Io {
            path: path.clone(),
            source,
        })?;
    }
    Ok(paths)
}

/// `create_new` refuses a file that has come into being since the look above.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)
}

fn empty_table(table: &Table) -> Vec<u8> {
    let header: Vec<&str> = table.columns.iter().map(|column| column.header).collect();
    let mut bytes = Vec::new();
    let no_rows: [[&str; 0]; 0] = [];
    write_csv(&mut bytes, &header, no_rows).expect("memory takes any bytes");
    bytes
}

fn district_file() -> Vec<u8> {
    let mut lines = Vec::new();
    for held in PARTICULARS {
        let must = if held.required {
            "必填 required"
        } else {
            "可选 optional"
        };
        lines.push(format!("# {}（{must}）", held.meaning));
        lines.push(format!("# {}", held.meaning_english));
        lines.push(format!("{} = \"{}\"", held.key, held.example));
        lines.push(String::new());
    }
    lines.join("\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::read::read_district;
    use super::*;

    #[test]
    fn templates_lack_nothing_but_rows() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("新学年");
        let files = write_template(&target).unwrap();
        assert_eq!(files.len(), TABLES.len() + 2);
        let reading = read_district(&target).unwrap();
        let codes: Vec<&str> = reading.faults.iter().map(|fault| fault.code).collect();
        assert_eq!(codes, ["D010", "D010", "D010"]);
        assert_eq!(reading.notices, []);
    }

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("schools.csv"), "mine").unwrap();
        let refused = write_template(folder.path());
        assert!(matches!(refused, Err(TemplateError::Exists { files }) if files.len() == 1));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
