//! Whole runs of the command: exit code, stdout, stderr, and the files that are left.

#![expect(clippy::unwrap_used, reason = "whatever is missing in a test fails it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use insta::{Settings, assert_snapshot};

/// A run of the command in Chinese.
fn shizi(arguments: &[&str]) -> Output {
    shizi_in("zh", arguments)
}

fn shizi_in(language: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_shizi"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .args(["--lang", language, "--threads", "1"])
        .output()
        .unwrap()
}

/// Exit code, stdout and stderr as one text.
fn shown(output: &Output) -> String {
    format!(
        "exit {}\n--- stdout\n{}--- stderr\n{}",
        output.status.code().unwrap(),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

fn snapshot(name: &str, folder: &Path, output: &Output) {
    let mut settings = Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.add_filter(&regex_of(folder), "[folder]");
    settings.bind(|| assert_snapshot!(name, shown(output)));
}

/// A path as a pattern: temporary folders have no other special letters than the dot.
fn regex_of(folder: &Path) -> String {
    folder.display().to_string().replace('.', r"\.")
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A copy of the tiny district in which one thing may be changed.
fn tiny_but(folder: &Path, file: &str, change: impl Fn(String) -> String) -> PathBuf {
    let copy = folder.join("rosters");
    fs::create_dir(&copy).unwrap();
    for entry in fs::read_dir("instances/tiny").unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), copy.join(entry.file_name())).unwrap();
    }
    let path = copy.join(file);
    let before = fs::read_to_string(&path).unwrap();
    let after = change(before.clone());
    assert_ne!(before, after, "the change changes something");
    fs::write(path, after).unwrap();
    copy
}

/// A policy that extends Wulong's.
fn policy(folder: &Path, more: &str) -> PathBuf {
    let path = folder.join("policy.toml");
    let head = "extends = 'wulong'\nid = 'trial'\ntitle = '试行'\n";
    fs::write(&path, format!("{head}{more}")).unwrap();
    path
}

fn plan(district: &Path, policy: &str, out: &Path, more: &[&str]) -> Output {
    let mut arguments = vec![
        "plan",
        text(district),
        "--policy",
        policy,
        "--out",
        text(out),
    ];
    arguments.extend(more);
    shizi(&arguments)
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

#[test]
fn a_plan_is_shown_and_written_and_never_overwritten_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("plan");
    let tiny = Path::new("instances/tiny");
    let output = plan(tiny, "wulong", &out, &["--quotas"]);
    snapshot("plan", folder.path(), &output);
    let read = |name: &str| {
        let bytes = fs::read_to_string(out.join(name)).unwrap();
        assert!(
            bytes.starts_with('\u{feff}') && bytes.ends_with("\r\n"),
            "{name}"
        );
        bytes.trim_start_matches('\u{feff}').replace("\r\n", "\n")
    };
    let mut settings = Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        let files = ["plan.csv", "notice.csv", "quotas.csv", "gaps.csv"];
        let files = files.map(|name| format!("{name}\n{}", read(name)));
        assert_snapshot!("plan_files", files.join("\n"));
    });
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing is left beside the plan");

    let again = plan(tiny, "wulong", &out, &[]);
    snapshot("plan_again", folder.path(), &again);
    let forced = plan(tiny, "wulong", &out, &["--force", "--quiet"]);
    assert_eq!((code(&forced), forced.stderr.len()), (0, 0));
    assert!(!out.join("quotas.csv").exists(), "a plan is replaced whole");

    fs::write(out.join("remarks.txt"), "keep").unwrap();
    let kept = plan(tiny, "wulong", &out, &["--force"]);
    assert_eq!(code(&kept), 2);
    assert!(out.join("remarks.txt").is_file());
}

#[test]
fn any_plan_is_audited_also_one_edited_or_made_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("plan");
    let tiny = Path::new("instances/tiny");
    assert_eq!(code(&plan(tiny, "wulong", &out, &[])), 0);
    let audit =
        |place: &Path| shizi(&["audit", text(place), "instances/tiny", "--policy", "wulong"]);
    snapshot("audit", folder.path(), &audit(&out));
    let moves = out.join("plan.csv");
    let edited = fs::read_to_string(&moves).unwrap();
    fs::write(
        &moves,
        edited.replace("S002,石桥中心小学", "S003,石桥乡云岭教学点"),
    )
    .unwrap();
    snapshot("audit_edited", folder.path(), &audit(&out));

    let hand = folder.path().join("hand");
    fs::create_dir(&hand).unwrap();
    assert_eq!(code(&audit(&hand)), 2, "there is no plan");
    let rows = "教师编号,接收学校代码,交流形式\nT08,S002,交流\n";
    fs::write(hand.join("plan.csv"), rows).unwrap();
    snapshot("audit_by_hand", folder.path(), &audit(&hand));
    let arguments = ["audit", text(&hand), "instances/tiny", "--policy", "wulong"];
    let json = shizi(&[&arguments[..], &["--format", "json"]].concat());
    let value: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!((code(&json), &value["passes"]), (1, &false.into()));
}

#[test]
fn a_plan_in_english() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("plan");
    let arguments = [
        "plan",
        "instances/tiny",
        "--policy",
        "wulong",
        "--out",
        text(&out),
    ];
    snapshot("plan_english", folder.path(), &shizi_in("en", &arguments));
}

#[test]
fn the_same_input_gives_the_same_bytes_but_for_seconds() {
    let folder = tempfile::tempdir().unwrap();
    let tiny = Path::new("instances/tiny");
    let outs = [folder.path().join("one"), folder.path().join("two")];
    for (out, language, threads) in [(&outs[0], "zh", "1"), (&outs[1], "en", "2")] {
        let output = Command::new(env!("CARGO_BIN_EXE_shizi"))
            .args(["plan", text(tiny), "--policy", "wulong", "--out", text(out)])
            .args(["--lang", language, "--threads", threads])
            .output()
            .unwrap();
        assert_eq!(code(&output), 0);
    }
    for entry in fs::read_dir(&outs[0]).unwrap() {
        let name = entry.unwrap().file_name();
        let [one, two] = [0, 1].map(|place: usize| {
            let text = fs::read_to_string(outs[place].join(&name)).unwrap();
            let lines = text.lines().filter(|line| !line.contains("\"seconds\""));
            lines.collect::<Vec<_>>().join("\n")
        });
        assert_eq!(one, two, "{name:?}");
    }
}

#[test]
fn private_things_are_printed_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let district = tiny_but(folder.path(), "teachers.csv", |text| {
        let line = |id: &str, from: &str, to: &str| {
            let start = text.find(id).unwrap();
            let end = start + text[start..].find('\n').unwrap();
            (
                text[start..end].to_owned(),
                text[start..end].replace(from, to),
            )
        };
        let (old_eight, eight) = line("T08,", ",否,否,,,", ",否,否,孕期,,");
        let (old_seven, seven) = line("T07,", ",,,,,,", ",,,,,,身患顽疾");
        text.replace(&old_eight, &eight).replace(&old_seven, &seven)
    });
    let out = folder.path().join("plan");
    let mut said = shown(&plan(&district, "wulong", &out, &[]));
    assert!(said.starts_with("exit 0"), "{said}");
    for verb in ["check", "posts"] {
        said.push_str(&shown(&shizi(&[verb, text(&district)])));
    }
    for format in ["text", "json"] {
        let mut arguments = vec!["explain", text(&district), "--policy", "wulong", "--all"];
        for id in ["T06", "T07", "T08"] {
            arguments.extend(["--teacher", id, "--why-not", id]);
        }
        for post in ["S001:小学:音乐", "S002:小学:音乐"] {
            arguments.extend(["--post", post]);
        }
        for rule in ["deferred", "couples", "leave-cap"] {
            arguments.extend(["--rule", rule]);
        }
        arguments.extend(["--format", format]);
        let explained = shown(&shizi(&arguments));
        assert!(explained.starts_with("exit 0"), "{explained}");
        for name in ["黄婷", "赵雪", "杨洋", "徐霞"] {
            assert!(!explained.contains(name), "{name} is named: {explained}");
        }
        said.push_str(&explained);
    }
    assert!(said.contains("符合暂缓条件"), "{said}");
    for entry in fs::read_dir(&out).unwrap() {
        said.push_str(&fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    for private in ["孕期", "顽疾", "1986", "城关镇"] {
        assert!(!said.contains(private), "{private} is printed");
    }
    let notice = fs::read_to_string(out.join("notice.csv")).unwrap();
    let expected = "序号,姓名,学段,学科,原学校,接收学校,交流形式,起止年月\r\n\
                    1,黄婷,小学,音乐,城关小学,石桥中心小学,交流,2022年9月至2025年8月\r\n";
    assert_eq!(notice.trim_start_matches('\u{feff}'), expected);
}

#[test]
fn an_explanation_is_read_out() {
    let folder = tempfile::tempdir().unwrap();
    let base = ["explain", "instances/tiny", "--policy", "wulong"];
    let ask = |more: &[&str]| shizi(&[&base[..], more].concat());
    let questions = [
        "--teacher",
        "T07",
        "--why-not",
        "T03=S002",
        "--post",
        "S002:小学:体育",
        "--rule",
        "leave-cap",
    ];
    snapshot("explain", folder.path(), &ask(&questions));
    let english = shizi_in(
        "en",
        &[&base[..], &questions[..], &["--names"][..]].concat(),
    );
    snapshot("explain_english", folder.path(), &english);
    let csv = folder.path().join("moves.csv");
    let output = ask(&["--all", "--out", text(&csv)]);
    snapshot("explain_all", folder.path(), &output);
    let table = fs::read_to_string(&csv).unwrap();
    assert!(
        table.starts_with('\u{feff}') && table.contains("T07,,"),
        "{table}"
    );
    assert_eq!(
        code(&ask(&["--all", "--out", text(&csv)])),
        2,
        "nothing is overwritten unasked"
    );
    assert_eq!(code(&ask(&["--all", "--out", text(&csv), "--force"])), 0);
    assert_eq!(fs::read_to_string(&csv).unwrap(), table);
    assert_eq!(code(&ask(&[])), 1);
    assert_eq!(code(&ask(&["--teacher", "T99"])), 1);
    assert_eq!(
        code(&ask(&["--why-not", "T03=S002"])),
        1,
        "the answer is no"
    );
    let into = ask(&["--all", "--out", "instances/tiny/moves.csv"]);
    assert_eq!(code(&into), 2, "rosters are never written into");
}

#[test]
fn the_state_of_a_district() {
    let folder = Path::new("no folder");
    snapshot("check", folder, &shizi(&["check", "instances/tiny"]));
    snapshot("posts", folder, &shizi(&["posts", "instances/tiny"]));
    for verb in ["check", "posts"] {
        let output = shizi(&[verb, "instances/tiny", "--format", "json"]);
        assert_eq!(code(&output), 0);
        serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap();
    }
}

#[test]
fn a_policy_shows_where_its_numbers_come_from() {
    let output = shizi(&["policy", "show", "wulong"]);
    let page = String::from_utf8(output.stdout).unwrap();
    assert!(page.contains("at_least = \"85%\"  # wulong.toml"), "{page}");
    assert!(page.contains("retirement.men"), "{page}");
    let output = shizi(&["policy", "show", "wulong", "--format", "json"]);
    serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap();
}

#[test]
fn faulty_rosters_are_told_all_at_once_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let district = tiny_but(folder.path(), "teachers.csv", |text| {
        text.replace("T03,张静,女,1990-05", "T03,张静,女,1990-13")
            .replace(
                "T05,陈丽,女,1988-05,2010-09,2014-09,U001,S001",
                "T05,陈丽,女,1988-05,2010-09,2014-09,U001,S009",
            )
    });
    let out = folder.path().join("plan");
    let output = plan(&district, "wulong", &out, &[]);
    snapshot("faulty_plan", folder.path(), &output);
    assert!(!out.exists());
    let faults = folder.path().join("faults.csv");
    let output = shizi(&["check", text(&district), "--faults", text(&faults)]);
    snapshot("faulty_check", folder.path(), &output);
    assert!(fs::read_to_string(&faults).unwrap().contains("S009"));
    let output = shizi(&["check", text(&district), "--faults", text(&faults)]);
    assert_eq!(code(&output), 2, "a list of faults is not overwritten");
    let again = [
        "check",
        text(&district),
        "--faults",
        text(&faults),
        "--force",
    ];
    assert_eq!(code(&shizi(&again)), 1);
    let inside = district.join("faults.csv");
    let output = shizi(&["check", text(&district), "--faults", text(&inside)]);
    assert_eq!(code(&output), 2);
    assert!(!inside.exists());
}

#[test]
fn unknown_keys_of_a_policy_are_faults() {
    let folder = tempfile::tempdir().unwrap();
    let more = "[rule.coverage]\nemphasys = []\n[rule.leave-cap]\nscop = 'school'\n";
    let policy = policy(folder.path(), more);
    let out = folder.path().join("plan");
    let output = plan(Path::new("instances/tiny"), text(&policy), &out, &[]);
    snapshot("unknown_key", folder.path(), &output);
}

#[test]
fn what_is_mistyped_is_said_before_the_base_is_planned() {
    for arguments in [
        ["whatif", "--set", "leavecap.at_most=3"],
        ["whatif", "--sweep", "leavecap.at_most=1,2"],
        ["diagnose", "--set", "leavecap.at_most=3"],
        ["explain", "--rule", "leavecap"],
    ] {
        let [verb, option, value] = arguments;
        let district = [verb, "instances/tiny", "--policy", "wulong", option, value];
        let output = shizi(&district);
        assert_eq!(code(&output), 1, "{output:?}");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            said.contains("leavecap") && said.contains("leave-cap"),
            "{said}"
        );
        assert!(!said.contains("基准方案"), "{said}");
    }
}

#[test]
fn rules_that_clash_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let more =
        "[rule.exactly-four]\nkind = 'count'\ntitle = '交流恰好4人'\nof = 'moves'\nexactly = 4\n";
    let policy = policy(folder.path(), more);
    let out = folder.path().join("plan");
    let tiny = Path::new("instances/tiny");
    let output = plan(tiny, text(&policy), &out, &[]);
    snapshot("clash", folder.path(), &output);
    assert!(!out.exists());
    let output = plan(tiny, text(&policy), &out, &["--format", "json"]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((code(&output), &value["status"]), (1, &"infeasible".into()));
}

#[test]
fn locks_that_nothing_can_meet_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let district = tiny_but(folder.path(), "locks.csv", |text| {
        text + "T03,派往,S002,交流,支援\r\n"
    });
    let out = folder.path().join("plan");
    let output = plan(&district, "wulong", &out, &[]);
    snapshot("locks", folder.path(), &output);
}

#[test]
fn misuse_is_told_apart_from_a_no() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("plan");
    let output = shizi(&["plan", "instances/tiny", "--out", text(&out)]);
    snapshot("no_policy", folder.path(), &output);
    assert_eq!(
        code(&shizi(&[
            "plan",
            "nowhere",
            "--policy",
            "wulong",
            "--out",
            text(&out)
        ])),
        2
    );
    assert_eq!(code(&shizi(&["fly"])), 2);
    assert_eq!(
        code(&shizi(&[
            "generate",
            "--profile",
            "moon",
            "--out",
            text(&out)
        ])),
        2
    );
    let inside = Path::new("instances/tiny/plan");
    assert_eq!(
        code(&plan(Path::new("instances/tiny"), "wulong", inside, &[])),
        2
    );
    assert!(!inside.exists() && !out.exists());
}

#[test]
fn nothing_is_written_into_the_input_folder() {
    let folder = tempfile::tempdir().unwrap();
    let district = tiny_but(folder.path(), "locks.csv", |text| text + "\r\n");
    let before = fs::read_dir(&district).unwrap().count();
    let out = folder.path().join("plan");
    for option in ["--log", "--write-model"] {
        for place in [district.join("new"), district.join("teachers.csv")] {
            let output = plan(&district, "wulong", &out, &[option, text(&place)]);
            assert_eq!(code(&output), 2);
            assert!(shown(&output).contains(option), "{}", shown(&output));
        }
    }
    assert_eq!(fs::read_dir(&district).unwrap().count(), before);
    let roster = fs::read_to_string(district.join("teachers.csv")).unwrap();
    assert!(roster.contains("T01"));
}

/// A pipe in the place of a workbook holds the program back while it reads.
#[cfg(unix)]
#[test]
fn an_early_interrupt_ends_with_a_word_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("rosters.xlsx");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success(),
        "mkfifo"
    );
    let out = folder.path().join("plan");
    let child = Command::new(env!("CARGO_BIN_EXE_shizi"))
        .args(["plan", text(&pipe), "--policy", "wulong"])
        .args(["--out", text(&out), "--lang", "zh"])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Opens once the program reads.
    let writer = fs::OpenOptions::new().write(true).open(&pipe).unwrap();
    let id = child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success(),
        "kill"
    );
    std::thread::sleep(std::time::Duration::from_millis(300));
    drop(writer);
    let output = child.wait_with_output().unwrap();
    assert_eq!(code(&output), 1);
    assert!(shown(&output).contains("尚无方案"), "{}", shown(&output));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_shizi"))
        .args(["policy", "show", "wulong"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), output.stderr.len()), (0, 0));
}

#[test]
fn models_are_written_beside_the_plan() {
    let folder = tempfile::tempdir().unwrap();
    let (out, models) = (folder.path().join("plan"), folder.path().join("models"));
    let log = folder.path().join("solve.log");
    let more = ["--write-model", text(&models), "--log", text(&log)];
    let tiny = Path::new("instances/tiny");
    assert_eq!(code(&plan(tiny, "wulong", &out, &more)), 0);
    for level in 1..=3 {
        assert!(models.join(format!("level-{level}.mps")).is_file());
        assert!(models.join(format!("level-{level}.csv")).is_file());
    }
    assert!(log.is_file());
    let second = folder.path().join("second");
    assert_eq!(code(&plan(tiny, "wulong", &second, &more)), 2);
}

#[test]
fn empty_tables_and_synthetic_districts() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty");
    assert_eq!(code(&shizi(&["template", text(&empty)])), 0);
    assert!(empty.join("teachers.csv").is_file());
    assert_eq!(code(&shizi(&["template", text(&empty)])), 2);
    let made = folder.path().join("made");
    let output = shizi(&["generate", "--profile", "tiny", "--out", text(&made)]);
    assert_eq!(code(&output), 0);
    let rosters = |place: &Path| fs::read(place.join("teachers.csv")).unwrap();
    assert_eq!(rosters(&made), rosters(Path::new("instances/tiny")));
}

#[cfg(not(feature = "highs"))]
#[test]
fn an_engine_that_was_not_built_is_refused_with_how_to_build_it() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("plan");
    let tiny = Path::new("instances/tiny");
    let output = plan(tiny, "wulong", &out, &["--engine", "highs"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(code(&output), 2, "{said}");
    assert!(!out.exists());
    for words in [
        "本程序编译时未包含 HiGHS",
        "cargo build --release --features highs",
        "libclang",
    ] {
        assert!(said.contains(words), "{said}");
    }
}

#[cfg(feature = "highs")]
#[test]
fn highs_gives_the_same_values_on_its_own_word() {
    let folder = tempfile::tempdir().unwrap();
    let tiny = Path::new("instances/tiny");
    let levels = ["highs", "automatic"].map(|engine| {
        let out = folder.path().join(engine);
        let output = plan(tiny, "wulong", &out, &["--engine", engine]);
        let shown = String::from_utf8_lossy(&output.stdout);
        assert_eq!(shown.contains("（据 HiGHS）"), engine == "highs", "{shown}");
        let text = fs::read_to_string(out.join("summary.json")).unwrap();
        let summary: serde_json::Value = serde_json::from_str(&text).unwrap();
        if engine == "highs" {
            assert_eq!(summary["provenance"]["engine"], "highs");
        }
        let levels = summary["levels"].as_array().unwrap();
        let units = levels.iter().map(|level| {
            assert_eq!(level["closed"], true, "{level}");
            level["units"].clone()
        });
        units.collect::<Vec<_>>()
    });
    assert_eq!(levels[0], levels[1]);
}
