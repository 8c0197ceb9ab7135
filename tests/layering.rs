//! Imports run one way: what each room may import, through all that is imported in turn.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Each room and the rooms that it names, no more and no fewer. A room may name only rooms above it in
/// this list.
const ROOMS: [(&str, &str); 21] = [
    ("domain", ""),
    ("reference", ""),
    ("ingest", "domain reference"),
    ("policy", "domain"),
    ("demand", "domain policy"),
    ("rules", "domain reference policy demand"),
    ("matching", "domain policy demand rules"),
    ("eligibility", "domain policy demand rules"),
    ("program", ""),
    ("model", "domain policy demand rules eligibility program"),
    ("solve", "program"),
    ("scenario", "domain policy demand rules"),
    (
        "planning",
        "domain policy demand rules eligibility program model solve",
    ),
    (
        "account",
        "domain demand rules model solve planning matching",
    ),
    (
        "answers",
        "domain policy demand rules eligibility model solve planning account scenario",
    ),
    (
        "audit",
        "domain reference ingest policy demand rules matching scenario",
    ),
    (
        "forecast",
        "domain ingest policy demand rules solve planning account scenario answers",
    ),
    ("generate", "domain ingest"),
    ("batch", "domain ingest policy rules"),
    (
        "report",
        "domain ingest policy demand rules eligibility solve planning audit matching account \
         scenario answers forecast batch",
    ),
    (
        "cli",
        "domain ingest policy demand rules eligibility program model solve planning audit \
         generate report matching account scenario answers forecast batch",
    ),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the sources are readable") {
            let path = entry.expect("the sources are readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn source_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Code lines of a file: comments left out.
fn code(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).expect("the sources are readable");
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(str::to_owned)
        .collect()
}

/// Rooms that a file names by `crate::room`, or by `shizi::room` where it belongs to the command.
fn named_rooms(path: &Path) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for line in code(path) {
        let line = line.replace("shizi::", "crate::");
        for rest in line.split("crate::").skip(1) {
            let room: String = rest
                .chars()
                .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
                .collect();
            rooms.insert(room);
        }
    }
    rooms
}

fn rooms_imported() -> BTreeMap<String, BTreeSet<String>> {
    ROOMS
        .iter()
        .map(|(room, _)| {
            let named = sources(&source_root().join(room))
                .iter()
                .flat_map(|path| named_rooms(path))
                .filter(|named| named != room && ROOMS.iter().any(|(known, _)| known == named))
                .collect();
            ((*room).to_owned(), named)
        })
        .collect()
}

#[test]
fn every_folder_is_a_room_of_the_list() {
    for entry in std::fs::read_dir(source_root()).expect("the sources are readable") {
        let path = entry.expect("the sources are readable").path();
        if path.is_dir() {
            let name = path
                .file_name()
                .expect("a folder has a name")
                .to_string_lossy()
                .into_owned();
            assert!(
                ROOMS.iter().any(|(room, _)| *room == name),
                "`{name}` is no room of the list"
            );
        }
    }
}

#[test]
fn imports_run_one_way() {
    let imported = rooms_imported();
    for (position, (room, allowed)) in ROOMS.into_iter().enumerate() {
        let allowed: Vec<&str> = allowed.split_whitespace().collect();
        for named in &imported[room] {
            assert!(
                allowed.contains(&named.as_str()),
                "`{room}` must not import `{named}`"
            );
        }
        for named in allowed {
            assert!(
                imported[room].contains(named),
                "`{room}` does not import `{named}`: take it off the list"
            );
            let above = &ROOMS[..position];
            assert!(
                above.iter().any(|(other, _)| *other == named),
                "`{named}` is no room above `{room}`"
            );
        }
    }
}

#[test]
fn the_audit_reaches_neither_program_nor_solver() {
    let imported = rooms_imported();
    let mut reached = BTreeSet::new();
    let mut open = vec!["audit".to_owned()];
    while let Some(room) = open.pop() {
        for next in &imported[&room] {
            if reached.insert(next.clone()) {
                open.push(next.clone());
            }
        }
    }
    for forbidden in ["program", "model", "solve", "planning", "eligibility"] {
        assert!(
            !reached.contains(forbidden),
            "the audit reaches `{forbidden}`"
        );
    }
}

#[test]
fn only_the_backends_name_the_solver_and_only_the_command_line_prints() {
    for path in sources(&source_root()) {
        let place = path.to_string_lossy().replace('\\', "/");
        for line in code(&path) {
            let names_solver = ["good_lp", "microlp", "use highs"]
                .iter()
                .any(|name| line.contains(name));
            assert!(
                !names_solver || place.contains("/solve/backends/"),
                "{place}: {line}"
            );
            // Measurements that tests print are nobody's data.
            let is_test = place.contains("/tests/");
            let prints = ["println!(", "eprintln!(", "print!("]
                .iter()
                .any(|word| line.contains(word));
            assert!(
                !prints || is_test || place.contains("/src/cli/"),
                "{place}: {line}"
            );
        }
    }
}
