//! What the READMEs show is what the program prints. `SHIZI_UPDATE=1` rewrites them.

use std::path::Path;

use assert_cmd::Command;

/// The page of the main job, up to a heading.
fn printed(language: &str, until: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder for the plan");
    let out = folder.path().join("plan");
    let output = Command::cargo_bin("shizi")
        .expect("the program is built")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["plan", "instances/jiangjin", "--policy", "jiangjin"])
        .arg("--quiet")
        .args(["--lang", language, "--out"])
        .arg(&out)
        .output()
        .expect("the program runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let page = String::from_utf8(output.stdout).expect("pages are UTF-8");
    let (page, _) = page.split_once(until).expect("the page has the heading");
    page.trim_end().to_owned()
}

fn check(file: &str, language: &str, until: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(&path).expect("the README is there");
    let (before, rest) = text
        .split_once("```text\n")
        .expect("the README shows a page");
    let (shown, after) = rest.split_once("\n```").expect("the page ends");
    let printed = printed(language, until);
    if std::env::var_os("SHIZI_UPDATE").is_some() {
        let text = format!("{before}```text\n{printed}\n```{after}");
        std::fs::write(&path, text).expect("the README can be written");
        return;
    }
    assert_eq!(shown, printed, "{file} is not current: set SHIZI_UPDATE=1");
}

#[test]
fn the_readme_shows_a_real_page() {
    check("README.md", "en", "Rules met");
}

#[test]
fn the_clerks_guide_shows_a_real_page() {
    check("README.zh.md", "zh", "已达到的规则");
}
