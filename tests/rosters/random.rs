//! Whatever the bytes, reading ends with faults, never with a panic.

use proptest::prelude::*;
use rust_xlsxwriter::Workbook;

use shizi::ingest::write_district;

use crate::support::Roster;

/// Names of files that are tables, and one that is none.
const FILES: &[&str] = &[
    "district.toml",
    "schools.csv",
    "classes.csv",
    "teachers.csv",
    "need.csv",
    "travel.csv",
    "preferences.csv",
    "nominations.csv",
    "locks.csv",
    "decided.csv",
    "itinerant.csv",
    "名册.xlsx",
    "其他.csv",
];

/// Cells that have broken readers of tables before.
const CELLS: &[&str] = &[
    "",
    "\"",
    "\"\"",
    "无",
    "-1",
    "0",
    "1e309",
    "99999999999999999999",
    "2019",
    "2019.1",
    "2019-13",
    "５",
    "一小学、",
    "001",
    "T01",
    "初中",
    "中职",
    "全科",
    "艺术",
    "\u{feff}",
    "\u{0}",
    "١٢",
    "💥",
    "=\"001\"",
    "（",
    "）（",
    "年",
    "初",
    "高",
    "NaN",
    "inf",
    ".",
    "-",
    "+",
    "1.",
    ".5",
    "1,234",
    "，",
];

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("学校").unwrap();
    for (column, header) in ["学校代码", "学校名称", "城乡类型"].into_iter().enumerate()
    {
        sheet.write(0, column as u16, header).unwrap();
        sheet.write(1, column as u16, "001").unwrap();
    }
    sheet.write(1_000_000, 16_000, "stray").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn a_stray_cell_in_the_last_corner_costs_nothing() {
    let mut roster = Roster::good();
    roster.files.remove("schools.csv");
    roster.files.insert("名册.xlsx".to_owned(), workbook());
    assert!(roster.read().error_count() > 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        file in proptest::sample::select(FILES),
    ) {
        let mut roster = Roster::good();
        roster.files.insert(file.to_owned(), bytes);
        roster.read();
    }

    #[test]
    fn damaged_files_never_panic(
        file in proptest::sample::select(FILES),
        damages in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>(), 0..3_u8), 1..6),
    ) {
        let mut roster = Roster::good();
        roster.files.insert("名册.xlsx".to_owned(), workbook());
        let Some(bytes) = roster.files.get_mut(file) else { return Ok(()); };
        for (at, byte, kind) in damages {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.truncate(at),
                _ => bytes.insert(at, byte),
            }
        }
        roster.read();
    }

    #[test]
    fn odd_cells_never_panic_and_shuffling_never_matters(
        file in 1..10_usize,
        cells in proptest::collection::vec(
            (any::<proptest::sample::Index>(), any::<proptest::sample::Index>(), proptest::sample::select(CELLS)),
            1..8,
        ),
    ) {
        let file = FILES[file];
        let mut roster = Roster::good();
        let mut table = roster.cells(file);
        for (row, column, cell) in cells {
            let row = row.index(table.len());
            let column = column.index(table[row].len());
            cell.clone_into(&mut table[row][column]);
        }
        roster.put_cells(file, &table);
        let reading = roster.read();
        prop_assert_eq!(reading.district.is_none(), reading.error_count() > 0);
        // Whoever is not read has a fault: nobody is lost in silence.
        if let Some(district) = &reading.district {
            prop_assert_eq!(district.teachers.len(), 8);
            prop_assert_eq!(district.schools.len(), 5);
            let groups: usize = district.schools.iter().map(|school| school.classes.len()).sum();
            prop_assert_eq!(groups, 8);
            let folder = tempfile::tempdir().unwrap();
            let written = write_district(district, folder.path()).unwrap();
            prop_assert_eq!(written.digest, &*reading.digest);
        }
        prop_assert_eq!(&reading, &roster.read());
    }
}
