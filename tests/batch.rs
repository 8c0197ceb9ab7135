//! Many districts: one that fails does not stop the rest, finished ones are skipped, parts add up.

#![expect(clippy::unwrap_used, reason = "whatever is missing in a test fails it")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn shizi(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_shizi"))
        .args(arguments)
        .args(["--lang", "zh", "--threads", "1"])
        .output()
        .unwrap()
}

fn copy(from: &str, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(from)).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

/// Three districts: one that is well, one with a faulty table, one whose own policy cannot hold.
fn districts(folder: &Path) {
    copy("instances/tiny", &folder.join("市/甲"));
    copy("instances/tiny", &folder.join("市/乙"));
    copy("instances/tiny", &folder.join("丙"));
    fs::write(folder.join("市/乙/schools.csv"), "学校代码\nS1\n").unwrap();
    let impossible = "extends = 'national'\nid = 'x'\ntitle = '不可能'\n[rule.many]\nkind = 'count'\n\
                      title = '一千人'\nenforcement = 'hard'\nof = 'moves'\nform = '交流'\n\
                      at_least = 1000\ncertainty = 'M'\n";
    fs::write(folder.join("丙/policy.toml"), impossible).unwrap();
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn rows(path: &Path) -> Vec<Vec<String>> {
    let bytes = fs::read(path).unwrap();
    let mut reader = csv::Reader::from_reader(&bytes[3..]);
    let rows = reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect());
    rows.collect()
}

#[test]
fn one_that_fails_does_not_stop_the_rest_and_finished_ones_are_skipped() {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("in"), folder.path().join("out"));
    districts(&input);
    let first = shizi(&["batch", text(&input), "--out", text(&out)]);
    assert_eq!(first.status.code(), Some(1), "not all have a plan");
    let table = rows(&out.join("summary.csv"));
    let outcome: Vec<(&str, &str)> = table
        .iter()
        .map(|row| (row[0].as_str(), row[3].as_str()))
        .collect();
    assert_eq!(
        outcome,
        [
            ("丙", "没有方案"),
            ("市/乙", "名册有误（1 处）"),
            ("市/甲", "有方案")
        ]
    );
    assert!(
        table[0].last().unwrap().contains("一千人"),
        "the clash is named"
    );
    let said = table[1].last().unwrap();
    assert!(said.contains("schools.csv"), "the file is named: {said}");
    assert!(said.contains("shizi check"), "{said}");
    assert!(out.join("市/甲/plan.csv").is_file());
    assert!(!out.join("市/乙/plan.csv").exists());
    // Again: nothing is planned anew; a changed district is.
    let again = shizi(&["batch", text(&input), "--out", text(&out)]);
    let said = String::from_utf8_lossy(&again.stderr).into_owned();
    assert_eq!(said.matches("跳过").count(), 3, "{said}");
    fs::remove_file(input.join("丙/policy.toml")).unwrap();
    let third = shizi(&["batch", text(&input), "--out", text(&out)]);
    let said = String::from_utf8_lossy(&third.stderr).into_owned();
    assert_eq!(said.matches("跳过").count(), 2, "{said}");
    assert_eq!(rows(&out.join("summary.csv"))[0][3], "有方案");
    // A policy that cannot be read, or whose words name nothing here, is no district without a plan.
    let unknown = "extends = 'national'\nid = 'x'\ntitle = '试'\n[rule.there]\nkind = 'count'\n\
                   title = '到外地'\nenforcement = 'hard'\nof = 'moves'\nform = '交流'\n\
                   who = { subject = '天文' }\nat_most = 0\ncertainty = 'M'\n";
    for text_of_policy in ["title =", unknown] {
        fs::write(input.join("丙/policy.toml"), text_of_policy).unwrap();
        shizi(&["batch", text(&input), "--out", text(&out)]);
        assert_eq!(rows(&out.join("summary.csv"))[0][3], "政策有误（1 处）");
    }
    fs::remove_file(input.join("丙/policy.toml")).unwrap();
    // A plan that was taken away is made again.
    fs::remove_dir_all(out.join("市/甲")).unwrap();
    shizi(&["batch", text(&input), "--out", text(&out)]);
    assert!(out.join("市/甲/plan.csv").is_file());
}

/// Three tiny districts below a folder.
fn three(input: &Path) {
    for name in ["甲", "乙", "丙"] {
        copy("instances/tiny", &input.join(name));
    }
}

fn finished(mut command: Command) {
    let ended = command.output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(ended.status.success(), "{said}");
}

/// Two parts of three districts.
fn two_parts(out: &Path) {
    let count = |name: &str| rows(&out.join(name)).len();
    let parts = (count("summary-1-of-2.csv"), count("summary-2-of-2.csv"));
    assert_eq!(parts, (2, 1));
}

#[test]
fn a_slurm_array_plans_every_district_once() {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("in"), folder.path().join("out"));
    three(&input);
    // As Slurm starts the script: once a task of the array.
    for task in ["1", "2"] {
        let mut command = Command::new("bash");
        command
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/batch/slurm.sh"))
            .args([text(&input), text(&out), "wulong"])
            .env("SHIZI", env!("CARGO_BIN_EXE_shizi"))
            .env("SLURM_ARRAY_TASK_ID", task)
            .env("SLURM_ARRAY_TASK_COUNT", "2");
        finished(command);
    }
    two_parts(&out);
    let all = [
        "batch",
        text(&input),
        "--out",
        text(&out),
        "--policy",
        "wulong",
    ];
    assert!(shizi(&all).status.success());
    assert_eq!(rows(&out.join("summary.csv")).len(), 3);
}

#[test]
fn an_indexed_job_plans_every_district_once() {
    let folder = tempfile::tempdir().unwrap();
    let (input, out) = (folder.path().join("in"), folder.path().join("out"));
    three(&input);
    // As Kubernetes starts the container: the shell line of the job, with its places put in.
    let job = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/batch/kubernetes.yaml");
    let job = fs::read_to_string(job).unwrap();
    let (_, line) = job.split_once(">-\n").unwrap();
    let line: Vec<&str> = line.lines().take(2).map(str::trim).collect();
    let program = format!("exec {}", env!("CARGO_BIN_EXE_shizi"));
    let line = line
        .join(" ")
        .replace("exec shizi", &program)
        .replace("/districts", text(&input))
        .replace("/plans", text(&out));
    for index in ["0", "1"] {
        let mut command = Command::new("/bin/sh");
        command
            .args(["-c", &line])
            .env("PARTS", "2")
            .env("JOB_COMPLETION_INDEX", index);
        finished(command);
    }
    two_parts(&out);
}

#[test]
fn a_folder_without_districts_and_a_wrong_part_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let none = shizi(&["batch", text(&empty), "--out", text(&out)]);
    assert_eq!(none.status.code(), Some(2));
    assert!(!out.exists(), "nothing is made");
    let wrong = shizi(&["batch", text(&empty), "--out", text(&out), "--shard", "3/2"]);
    assert_eq!(wrong.status.code(), Some(2));
    let inside = shizi(&["batch", text(&empty), "--out", text(&empty.join("out"))]);
    assert_eq!(inside.status.code(), Some(2));
}
