//! A roster in memory that tests change and read.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use shizi::ingest::{Reading, read_district};

/// Files by name.
#[derive(Debug, Clone)]
pub(crate) struct Roster {
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

impl Roster {
    /// The roster in `tests/rosters/good`, without a fault.
    pub(crate) fn good() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rosters/good");
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            files.insert(name, fs::read(path).unwrap());
        }
        Self { files }
    }

    /// The good roster with every table: results, scores and quotas of a year with a competition, and
    /// a week of 走教.
    pub(crate) fn with_rounds() -> Self {
        let mut roster = Self::good();
        roster.put(
            "results.csv",
            "教师编号,结果,岗位学段,岗位学科\nT02,未聘,,—\nT06,聘任,,数学\n",
        );
        roster.put(
            "scores.csv",
            "教师编号,学校代码,学科,得分\nT01,003,,86.5\nT02,003,,90\n",
        );
        roster.put(
            "quotas.csv",
            "学校代码,学段,学科,派出人数,接收人数\n001,小学,音乐,1,0\n",
        );
        roster.put(
            "itinerant.csv",
            "教师编号,学科,本校,周一,周四,起,止\nT01,语文,001,002,003,2024-09,2026-09\n",
        );
        roster
    }

    /// Writes the files into a fresh folder and reads it, checking that nothing in it changed.
    pub(crate) fn read(&self) -> Reading {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in &self.files {
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        let reading = read_district(folder.path()).unwrap();
        let mut after = BTreeMap::new();
        for entry in fs::read_dir(folder.path()).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            after.insert(name, fs::read(path).unwrap());
        }
        assert_eq!(after, self.files, "reading changed the folder");
        reading
    }
}

impl Roster {
    /// The text of a file.
    pub(crate) fn text(&self, file: &str) -> String {
        String::from_utf8(self.files[file].clone()).unwrap()
    }

    /// Puts text into a file.
    pub(crate) fn put(&mut self, file: &str, text: &str) {
        self.files.insert(file.to_owned(), text.as_bytes().to_vec());
    }

    /// The cells of a file that has no quoted ones.
    pub(crate) fn cells(&self, file: &str) -> Vec<Vec<String>> {
        let split = |line: &str| line.split(',').map(str::to_owned).collect();
        self.text(file).lines().map(split).collect()
    }

    /// Puts cells into a file.
    pub(crate) fn put_cells(&mut self, file: &str, cells: &[Vec<String>]) {
        let lines: Vec<String> = cells.iter().map(|row| row.join(",")).collect();
        self.put(file, &(lines.join("\n") + "\n"));
    }

    /// Sets the cell in a row (from 1, as in Excel) and under a header, which is added where the
    /// file has it not.
    pub(crate) fn set(&mut self, file: &str, row: usize, header: &str, value: &str) {
        let mut cells = self.cells(file);
        let known = cells[0].iter().position(|held| held == header);
        let column = known.unwrap_or_else(|| {
            for row in &mut cells {
                row.push(String::new());
            }
            header.clone_into(cells[0].last_mut().unwrap());
            cells[0].len() - 1
        });
        assert_ne!(cells[row - 1][column], value, "the change changes nothing");
        value.clone_into(&mut cells[row - 1][column]);
        self.put_cells(file, &cells);
    }

    /// Adds a line to a file.
    pub(crate) fn append(&mut self, file: &str, line: &str) {
        let text = self.text(file) + line + "\n";
        self.put(file, &text);
    }

    /// Replaces a piece of text that must occur.
    pub(crate) fn replace(&mut self, file: &str, from: &str, to: &str) {
        let text = self.text(file);
        assert!(text.contains(from), "{file} does not contain {from}");
        self.put(file, &text.replacen(from, to, 1));
    }

    /// Names of the tables, in order.
    pub(crate) fn tables(&self) -> Vec<String> {
        let tables = self.files.keys().filter(|name| {
            name.rsplit_once('.')
                .is_some_and(|(_, ending)| ending == "csv")
        });
        tables.cloned().collect()
    }
}
