//! Empty tables for an office to fill in, from the same source that reading uses.

use std::path::{Path, PathBuf};

use super::columns::{TABLES, Table};
use super::csv_file::write_csv;
use super::new_files::{NewFilesError, write_new_files};
use super::particulars::PARTICULARS;
use super::reference::reference;
use super::source::DISTRICT_FILE;

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
pub fn write_template(folder: &Path) -> Result<Vec<PathBuf>, NewFilesError> {
    let mut contents: Vec<(String, Vec<u8>)> = vec![(DISTRICT_FILE.to_owned(), district_file())];
    for table in TABLES {
        contents.push((format!("{}.csv", table.name), empty_table(table)));
    }
    contents.push((REFERENCE_FILE.to_owned(), reference().into_bytes()));
    write_new_files(folder, &contents)
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
    use std::fs;

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
        assert!(matches!(refused, Err(NewFilesError::Exists { files }) if files.len() == 1));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
