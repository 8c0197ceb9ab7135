//! The year as `docs/rounds.md` tells it: every file written, every command run, in its order.

#![expect(clippy::unwrap_used, reason = "whatever is missing in a test fails it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const PAGE: &str = include_str!("../docs/rounds.md");

/// A fenced block of the page: what stands behind its fence, and its lines.
fn blocks() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut blocks = Vec::new();
    let mut lines = PAGE.lines();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let held = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push((info, held));
        }
    }
    blocks
}

/// A folder in which the year is lived.
struct Year {
    folder: tempfile::TempDir,
    last: Option<Output>,
}

impl Year {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            last: None,
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn edit(&self, name: &str, change: impl Fn(String) -> String) {
        fs::write(self.path(name), change(self.read(name))).unwrap();
    }

    fn append(&self, name: &str, row: &str) {
        self.edit(name, |held| format!("{}\n{row}\n", held.trim_end()));
    }

    fn shizi(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_shizi"))
            .current_dir(self.folder.path())
            .args(arguments)
            .args(["--lang", "zh", "--quiet"])
            .output()
            .unwrap()
    }

    fn run(&mut self, command: &str) {
        let words: Vec<&str> = command.split_whitespace().collect();
        match words.as_slice() {
            ["cp", "-r", from, to] => {
                let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(from);
                fs::create_dir(self.path(to)).unwrap();
                for entry in fs::read_dir(from).unwrap() {
                    let entry = entry.unwrap();
                    let target = self.path(to).join(entry.file_name());
                    fs::copy(entry.path(), target).unwrap();
                }
            }
            ["cp", from, to] => {
                fs::copy(self.path(from), self.path(to)).unwrap();
            }
            ["shizi", arguments @ ..] => {
                let output = self.shizi(arguments);
                let said = String::from_utf8_lossy(&output.stderr);
                assert!(output.status.success(), "{command}: {said}");
                self.last = Some(output);
            }
            _ => panic!("the page has a command that is unknown here: {command}"),
        }
    }

    /// Does what a block says, or looks whether it was printed.
    fn follow(&mut self, info: &str, lines: &[&str]) {
        match info.split_once(' ') {
            None if info == "sh" => lines.iter().for_each(|line| self.run(line)),
            None if info == "text" => {
                let output = self.last.as_ref().unwrap();
                let printed = String::from_utf8_lossy(&output.stdout);
                let mut printed = printed.lines();
                for line in lines {
                    assert!(printed.any(|held| held == *line), "not printed: {line}");
                }
            }
            None => {}
            Some((_, file)) => fs::write(self.path(file), lines.join("\n") + "\n").unwrap(),
        }
    }

    /// The year up to a command.
    fn until(command: &str) -> Self {
        let mut year = Self::new();
        for (info, lines) in blocks() {
            let at = lines.iter().position(|line| line.starts_with(command));
            year.follow(info, &lines[..at.unwrap_or(lines.len())]);
            if at.is_some() {
                return year;
            }
        }
        panic!("the page has no such command: {command}")
    }
}

/// The rows of a file that speak of somebody.
fn row<'a>(table: &'a str, key: &str) -> Vec<&'a str> {
    let mut lines = table.lines().map(|line| line.split(',').collect());
    lines.find(|cells: &Vec<&str>| cells[0] == key).unwrap()
}

#[test]
fn the_year_of_the_page_is_lived_to_its_end() {
    let mut year = Year::new();
    for (info, lines) in blocks() {
        year.follow(info, &lines);
    }
    // Who has the higher score of two released gets the first wish of the other's.
    let matching = year.read("jingpin/matching.csv");
    assert_eq!(row(&matching, "T06")[7..10], ["录用", "1", "S002"]);
    assert_eq!(row(&matching, "T15")[7..10], ["录用", "2", "S001"]);
    assert_eq!(row(&matching, "T12")[7], "保留原岗位");
    assert_eq!(row(&matching, "T03")[7], "待统筹");
    // A unit at its establishment takes nobody, whatever it lacks.
    let waiting = year.read("jingpin/waiting.csv");
    assert_eq!(
        row(&waiting, "T03")[6],
        "所报岗位均由得分更高者录用，或已无空岗、空编"
    );
    assert_eq!(year.read("jingpin/envy.csv").lines().count(), 1);
    let notice = year.read("jingpin/notice.csv");
    assert!(!notice.contains("褚秋月") && notice.contains("T06"));
    // The bureau fills the one post that lacks somebody; the other one waits.
    let placed = year.read("tongchou/plan.csv");
    assert_eq!(row(&placed, "T18")[6], "S003");
    assert_eq!(year.read("tongchou/waiting.csv").lines().count(), 2);
    // The exchange holds to the quota of mathematics, and to the nominees.
    let exchanged = year.read("jiaoliu/plan.csv");
    assert_eq!(row(&exchanged, "T04")[8], "交流");
    assert!(row(&exchanged, "T18").contains(&"清河县统筹调剂"));
}

#[test]
fn files_of_a_round_that_were_edited_are_refused() {
    let year = Year::until("shizi audit tongchou");
    let audit = || year.shizi(&["audit", "tongchou", "year", "--policy", "tongchou.toml"]);
    assert_eq!(audit().status.code(), Some(0));
    for (file, from, to) in [
        ("waiting.csv", "均已满额", "本人不愿"),
        ("decided.csv", "T18,调动", "T17,调动"),
        ("results.csv", "T03,落聘", "T03,聘任"),
        (
            "summary.json",
            "\"justified_envy\": 0",
            "\"justified_envy\": 3",
        ),
        (
            "envy.csv",
            "被安排教师得分\r\n",
            "被安排教师得分\r\nT12,,1,S001,,小学,语文,75.5,T01,,70\r\n",
        ),
    ] {
        let name = format!("tongchou/{file}");
        let held = year.read(&name);
        let edited = held.replacen(from, to, 1);
        assert_ne!(held, edited, "{file}");
        fs::write(year.path(&name), edited).unwrap();
        let output = audit();
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(1), "{file}: {printed}");
        assert!(printed.contains(file), "{printed}");
        fs::write(year.path(&name), held).unwrap();
    }
    fs::remove_file(year.path("tongchou/waiting.csv")).unwrap();
    assert_eq!(audit().status.code(), Some(1));
}

#[test]
fn a_plan_that_passes_over_a_better_score_is_shown_to_do_so() {
    let year = Year::until("shizi match");
    // Whatever a hand decided: the vacancy at S002 goes to the lower of two scores.
    fs::write(
        year.path("year/decided.csv"),
        "教师编号,事项,学校,生效年月,依据\nT15,调动,S002,,局长办公会\n",
    )
    .unwrap();
    let output = year.shizi(&[
        "plan",
        "year",
        "--policy",
        "jingpin.toml",
        "--out",
        "hand",
        "--format",
        "json",
    ]);
    assert!(output.status.success());
    let envy = year.read("hand/envy.csv");
    assert_eq!(envy.lines().count(), 2, "{envy}");
    let cells = row(&envy, "T06");
    assert_eq!(cells[7..], ["90", "T15", "许念慈", "85"]);
}

#[test]
fn what_a_match_cannot_do_without_is_asked_for_and_nothing_is_left_behind() {
    let year = Year::until("shizi match");
    let arguments = [
        "match",
        "year",
        "--policy",
        "jingpin.toml",
        "--out",
        "jingpin",
    ];
    let inside = [
        "match",
        "year",
        "--policy",
        "jingpin.toml",
        "--out",
        "year/x",
    ];
    assert_eq!(year.shizi(&inside).status.code(), Some(2));
    assert_eq!(year.shizi(&arguments).status.code(), Some(0));
    assert_eq!(year.shizi(&arguments).status.code(), Some(2), "it is there");
    let forced = [&arguments[..], &["--force"]].concat();
    assert_eq!(year.shizi(&forced).status.code(), Some(0));
    let first = year.read("jingpin/matching.csv");
    fs::remove_dir_all(year.path("jingpin")).unwrap();
    let threaded = [&arguments[..], &["--threads", "2"]].concat();
    assert_eq!(year.shizi(&threaded).status.code(), Some(0));
    assert_eq!(year.read("jingpin/matching.csv"), first);
    fs::remove_dir_all(year.path("jingpin")).unwrap();
    fs::remove_file(year.path("year/scores.csv")).unwrap();
    let output = year.shizi(&arguments);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("scores.csv"));
    assert!(!year.path("jingpin").exists());
}

#[test]
fn too_few_nominees_are_told() {
    let mut year = Year::until("shizi check year --policy jiaoliu.toml");
    fs::write(year.path("year/nominations.csv"), "教师编号\nT01\n").unwrap();
    year.run("shizi check year --policy jiaoliu.toml");
    let output = year.last.unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(printed.contains("推荐 0 人，派出名额 1 人"), "{printed}");
}

#[test]
fn who_serves_without_the_units_establishment_takes_none_of_its_room() {
    // One more at S004, outside the establishment or lent by U002, states a wish that is not granted:
    // the room of U004 is that of the others.
    let year = Year::until("shizi match");
    let arguments = |out| ["match", "year", "--policy", "jingpin.toml", "--out", out];
    assert!(year.shizi(&arguments("jingpin")).status.success());
    let without = year.read("jingpin/notice.csv");
    assert_eq!(without.lines().count(), 4);
    let teachers = year.read("year/teachers.csv");
    year.append("year/preferences.csv", "T19,1,S001");
    year.append("year/scores.csv", "T19,S001,,60");
    year.edit("year/need.csv", |held| {
        held.replace("S004,小学,数学,,2", "S004,小学,数学,,3")
    });
    for (out, unit, employment) in [("outside", "", "编外"), ("lent", "U002", "在编")] {
        fs::write(year.path("year/teachers.csv"), &teachers).unwrap();
        year.append(
            "year/teachers.csv",
            &format!(
                "T19,王一,女,1994-01,2010-09,2012-09,{unit},S004,小学,数学,,,否,小学,数学,14,\
                 二级教师,专业技术,本科,无,{employment},在岗,,,无,0,否,否,,,,,,,,,"
            ),
        );
        assert!(year.shizi(&arguments(out)).status.success());
        assert_eq!(year.read(&format!("{out}/notice.csv")), without, "{out}");
        // Whom U002 lends it has a post for.
        year.edit("year/schools.csv", |held| {
            held.replace(",,5,29.330", ",,6,29.330")
        });
    }
}

#[test]
fn a_wish_for_the_school_that_released_somebody_is_answered() {
    let year = Year::until("shizi match");
    year.append("year/preferences.csv", "T18,1,S004");
    year.append("year/scores.csv", "T18,S004,数学,95");
    let matched = year.shizi(&["match", "year", "--policy", "jingpin.toml", "--out", "out"]);
    assert!(matched.status.success());
    let matching = year.read("out/matching.csv");
    assert_eq!(row(&matching, "T18")[15], "青山小学：本人在该校落聘");
    assert_eq!(
        row(&year.read("out/waiting.csv"), "T18")[6],
        "志愿均未能参加匹配"
    );
}

#[test]
fn what_is_decided_for_later_in_the_year_stands_beside_what_a_round_places() {
    let mut year = Year::until("shizi plan year --policy tongchou.toml");
    year.append("year/decided.csv", "T18,调动,S001,2023-02,纪要");
    year.run("shizi plan year --policy tongchou.toml --out tongchou");
    year.run("shizi audit tongchou year --policy tongchou.toml");
    let decided = year.read("tongchou/decided.csv");
    let of_t18: Vec<&str> = decided
        .lines()
        .filter(|line| line.starts_with("T18"))
        .collect();
    assert_eq!(
        of_t18,
        [
            "T18,调动,S001,2023-02,纪要",
            "T18,调动,S003,2022-09,清河县统筹调剂"
        ]
    );
    year.run("cp tongchou/decided.csv year/decided.csv");
    year.run("cp tongchou/results.csv year/results.csv");
    year.run("shizi check year --policy tongchou.toml");
    // Of what holds when the year begins there is one.
    year.append("year/decided.csv", "T18,调动,S002,,纪要");
    let output = year.shizi(&["check", "year", "--policy", "tongchou.toml"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("D060"));
}
