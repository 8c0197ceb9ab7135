//! The page of questions, plans made by hand, and tables read as CSV.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, OnceLock};

use tempfile::TempDir;

const PAGE: &str = "docs/questions.md";
const ROSTERS: &str = "instances/jiangjin";

/// A table: its header, and rows by the words of the header.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<BTreeMap<String, String>>,
}

impl Table {
    fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap();
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let header: Vec<String> = reader
            .headers()
            .unwrap()
            .iter()
            .map(ToOwned::to_owned)
            .collect();
        let rows = reader.records().map(|record| {
            let record = record.unwrap();
            let cells = record.iter().map(ToOwned::to_owned);
            header.iter().cloned().zip(cells).collect()
        });
        Self {
            rows: rows.collect(),
            header,
        }
    }

    /// A table of Jiangjin's rosters.
    pub(crate) fn rosters(name: &str) -> Self {
        Self::read(&Path::new(ROSTERS).join(format!("{name}.csv")))
    }

    pub(crate) fn write(&self, path: &Path) {
        let mut writer = csv::Writer::from_path(path).unwrap();
        writer.write_record(&self.header).unwrap();
        for row in &self.rows {
            let cells = self.header.iter().map(|key| row[key].as_str());
            writer.write_record(cells).unwrap();
        }
        writer.flush().unwrap();
    }

    /// Rows by one of their columns.
    pub(crate) fn by(&self, key: &str) -> BTreeMap<String, BTreeMap<String, String>> {
        let rows = self.rows.iter();
        rows.map(|row| (row[key].clone(), row.clone())).collect()
    }
}

/// The number in front of a text: `≤472.49`, `2.5 人`.
pub(crate) fn number(text: &str) -> f64 {
    let text = text.trim_start_matches('≤').trim();
    text.parse()
        .unwrap_or_else(|_| panic!("{text} is no number"))
}

/// A plan in a folder of its own.
pub(crate) struct Hand {
    folder: TempDir,
    pub(crate) summary: serde_json::Value,
}

impl Hand {
    /// Plans some rosters under the text of a policy, from nothing.
    pub(crate) fn plan(rosters: &Path, policy: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("policy.toml");
        std::fs::write(&path, policy).unwrap();
        Self::planned(folder, rosters.to_str().unwrap(), path.to_str().unwrap())
    }

    fn planned(folder: TempDir, rosters: &str, policy: &str) -> Self {
        let out = folder.path().join("plan");
        let out = out.to_str().unwrap();
        shizi(&["plan", rosters, "--policy", policy, "--out", out]);
        Self::read(folder)
    }

    fn read(folder: TempDir) -> Self {
        let summary = std::fs::read_to_string(folder.path().join("plan/summary.json")).unwrap();
        Self {
            summary: serde_json::from_str(&summary).unwrap(),
            folder,
        }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("plan")
    }

    /// The plan after the events of the tenth question, at most two more people placed differently, as
    /// it is written and audited.
    pub(crate) fn replanned(&self, named: &[&str; 4]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (out, plan) = (folder.path().join("plan"), self.path());
        let [one, two, three, gone] = named;
        let events = [
            "--absent", one, "--absent", two, "--absent", three, "--leave", gone,
        ];
        let (out, plan) = (out.to_str().unwrap(), plan.to_str().unwrap());
        let written = [
            "--out",
            out,
            "--plan",
            plan,
            "--at-most",
            "2",
            "--by",
            "局党组会",
        ];
        let year = [
            "replan", ROSTERS, "--policy", "jiangjin", "--reason", "产假",
        ];
        shizi(&[&year[..], &events, &written].concat());
        shizi(&["audit", out, ROSTERS, "--policy", "jiangjin"]);
        Self::read(folder)
    }

    pub(crate) fn table(&self, name: &str) -> Table {
        Table::read(&self.path().join(format!("{name}.csv")))
    }

    /// The value of a level, weighted persons.
    pub(crate) fn level(&self, place: usize) -> f64 {
        self.summary["levels"][place]["value"].as_f64().unwrap()
    }
}

/// Jiangjin's own plan.
pub(crate) fn base() -> &'static Hand {
    static BASE: OnceLock<Hand> = OnceLock::new();
    BASE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        Hand::planned(folder, ROSTERS, "jiangjin")
    })
}

/// A copy of Jiangjin's rosters with some rows of a table left out.
pub(crate) fn rosters_but(
    table: &str,
    keeps: impl Fn(&BTreeMap<String, String>) -> bool,
) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("rosters");
    std::fs::create_dir(&copy).unwrap();
    for entry in std::fs::read_dir(ROSTERS).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), copy.join(entry.file_name())).unwrap();
    }
    let mut held = Table::rosters(table);
    held.rows.retain(keeps);
    held.write(&copy.join(format!("{table}.csv")));
    (folder, copy)
}

/// Runs the program, in Chinese, by one thread.
fn shizi(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_shizi"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .args(["--lang", "zh", "--threads", "1", "--quiet"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// The row of a scenario in the first table of a page, by the words of its header.
pub(crate) fn figures_of(page: &str, scenario: &str) -> BTreeMap<String, String> {
    let mut lines = page
        .lines()
        .skip_while(|line| !line.trim_start().starts_with("情形 "));
    let header = lines.next().unwrap().split_whitespace();
    let row = lines.find(|line| line.trim_start().starts_with(scenario));
    let row = row
        .unwrap_or_else(|| panic!("{scenario}: {page}"))
        .split_whitespace();
    let row: BTreeMap<String, String> = header
        .map(ToOwned::to_owned)
        .zip(row.map(ToOwned::to_owned))
        .collect();
    row
}

/// The answers to a question: what its commands print, of which the page shows a part.
pub(crate) fn answers<const COUNT: usize>(question: usize) -> [String; COUNT] {
    let (_, section, _) = section(question);
    let mut shown = String::new();
    let mut found = Vec::new();
    for part in section.split_inclusive("\n```\n") {
        if let Some((_, command)) = part.split_once("```sh\n") {
            let command = command.trim_end_matches("```\n").trim();
            found.push(run(command));
        }
        let block = part.split_once("```text ");
        let Some((text, (lines, _))) =
            block.and_then(|(text, rest)| Some((text, rest.split_once('\n')?)))
        else {
            shown.push_str(part);
            continue;
        };
        let excerpt = excerpt(found.last().unwrap(), lines);
        shown = format!("{shown}{text}```text {lines}\n{excerpt}```\n");
    }
    if std::env::var_os("SHIZI_UPDATE").is_some() {
        update(question, &shown);
    } else {
        assert_eq!(section, shown, "{PAGE} is not current: set SHIZI_UPDATE=1");
    }
    found.try_into().unwrap()
}

/// The page before a question, the question, and what comes after it.
fn section(question: usize) -> (String, String, String) {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let heads: Vec<usize> = page
        .match_indices("\n## ")
        .map(|(place, _)| place + 1)
        .collect();
    let begin = heads[question - 1];
    let end = heads.get(question).copied().unwrap_or(page.len());
    let part = |from: usize, to: usize| page[from..to].to_owned();
    (part(0, begin), part(begin, end), part(end, page.len()))
}

/// Puts a question's section anew into the page; one after the other.
fn update(question: usize, shown: &str) {
    static ONE: Mutex<()> = Mutex::new(());
    let _held = ONE.lock().unwrap();
    let (before, _, after) = section(question);
    std::fs::write(PAGE, format!("{before}{shown}{after}")).unwrap();
}

/// Runs a command as it stands on the page.
fn run(command: &str) -> String {
    let plan = base().path();
    let mut words: Vec<&str> = command.split_whitespace().skip(1).collect();
    for word in &mut words {
        if *word == "plan-jiangjin" {
            *word = plan.to_str().unwrap();
        }
    }
    shizi(&words)
}

/// Some lines of a page: `1-9,42-60`.
fn excerpt(page: &str, lines: &str) -> String {
    let all: Vec<&str> = page.trim_end().lines().collect();
    let mut text = String::new();
    let mut last = 0;
    for range in lines.split(',') {
        let (first, end) = range.split_once('-').unwrap();
        let (first, end): (usize, usize) = (first.parse().unwrap(), end.parse().unwrap());
        if first > last + 1 {
            text.push_str("……\n");
        }
        last = end.min(all.len());
        for line in &all[first - 1..last] {
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    if last < all.len() {
        text.push_str("……\n");
    }
    text
}
