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
