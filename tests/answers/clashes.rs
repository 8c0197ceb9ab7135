//! Clashes of two counties: none of the rules that are named is to spare, and every value that is named is the
//! nearest with a plan, each year planned from nothing under a policy written by hand.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use shizi::answers::{Base, Diagnosis, Finding, Loosening, diagnose};
use shizi::policy::Fraction;
use shizi::rules::load;
use shizi::solve::SolveOptions;

use super::year::{read, under};
use super::{NEVER, exact, year_of};

/// What a policy asks besides that of its district.
#[derive(Debug, Clone)]
struct Asked {
    /// Exchanges, exactly.
    many: i64,
    /// Thousandths of a school's teachers who may leave it.
    cap: i64,
    /// Minutes of one way at most.
    minutes: i64,
    /// A rule that is out.
    off: Option<String>,
}

impl Asked {
    fn policy(&self, district: &str) -> String {
        let Self {
            many, cap, minutes, ..
        } = self;
        let mut text = format!(
            "extends = '{district}'\nid = 'trial'\ntitle = '试行'\n\
             [rule.many]\nkind = 'count'\ntitle = 'many'\nof = 'moves'\nform = '交流'\n\
             exactly = {many}\n\
             [rule.leave-cap]\nat_most = {{ share = '{cap}/1000', of = 'teachers', minimum = 1 }}\n\
             [rule.reach-minutes]\nmax_minutes = {minutes}\nunless = []\n"
        );
        if let Some(off) = &self.off {
            // A rule that stands above is not written twice.
            let table = format!("[rule.{off}]\n");
            if text.contains(&table) {
                text = text.replace(&table, &format!("{table}off = true\n"));
            } else {
                let _ = writeln!(text, "{table}off = true");
            }
        }
        text
    }

    fn has_plan(&self, district: &str) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("policy.toml");
        std::fs::write(&path, self.policy(district)).unwrap();
        has_plan(&Path::new("instances").join(district), &path)
    }

    fn without(&self, rule: &str) -> Self {
        Self {
            off: Some(rule.to_owned()),
            ..self.clone()
        }
    }

    fn diagnosed(&self, district: &str) -> Diagnosis {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("policy.toml");
        std::fs::write(&path, self.policy(district)).unwrap();
        let held = read(&Path::new("instances").join(district));
        let ruled = load(&path).unwrap();
        under(&held, &ruled, |&context| {
            let base = Base::unplanned(context, &ruled.1, &exact());
            let found = diagnose(&base, &[], false, &NEVER, &|_| {});
            found.unwrap().unwrap()
        })
    }

    /// The same with a value as a way out has it, and with one unit less of it.
    fn loosened(&self, key: &str, to: i64) -> (Self, Self) {
        let with = |to: i64| {
            let mut asked = self.clone();
            match key {
                "many.exactly" => asked.many = to,
                "leave-cap.at_most.share" => asked.cap = to,
                "reach-minutes.max_minutes" => asked.minutes = to,
                other => panic!("{other} is no number of the policy"),
            }
            asked
        };
        let less = if key == "many.exactly" {
            to + 1
        } else {
            to - 1
        };
        (with(to), with(less))
    }
}

/// Whether a year planned from nothing has a plan, however good.
pub(crate) fn has_plan(rosters: &Path, policy: &Path) -> bool {
    let any = SolveOptions {
        target_gap: 0.5,
        ..SolveOptions::default()
    };
    year_of(rosters, policy, &any).plan.is_some()
}

fn thousandths(share: Fraction) -> i64 {
    share.of_rounded_down(1000)
}

/// Holds all that a diagnosis says against plans from nothing.
fn check(district: &str, asked: &Asked) {
    assert!(!asked.has_plan(district), "{asked:?}");
    let found = asked.diagnosed(district);
    assert_eq!(found.finding, Finding::Clashes, "{asked:?}");
    assert!(!found.members.is_empty() && !found.ways.is_empty());
    for member in &found.members {
        if let Some(plan) = member.plan_without {
            let without = asked.without(&member.rule.id).has_plan(district);
            assert_eq!(plan, without, "{} of {asked:?}", member.rule.id);
        }
    }
    for way in &found.ways {
        let (key, to) = match &way.loosening {
            Loosening::Number { key, to, .. } => (key, *to),
            Loosening::Share { key, to, .. } => (key, thousandths(*to)),
            Loosening::Out { rule } => {
                assert!(
                    asked.without(rule).has_plan(district),
                    "{rule} of {asked:?}"
                );
                continue;
            }
            _ => continue,
        };
        let (enough, less) = asked.loosened(key, to);
        assert!(enough.has_plan(district), "{key} = {to} of {asked:?}");
        if way.proven {
            assert!(
                !less.has_plan(district),
                "{key} one less than {to} of {asked:?}"
            );
        }
    }
}

#[test]
fn a_clash_of_wulong_has_nothing_to_spare() {
    let off = None;
    let (many, cap, minutes) = (170, 40, 60);
    check(
        "wulong",
        &Asked {
            many,
            cap,
            minutes,
            off,
        },
    );
}

#[test]
fn a_clash_of_liangping_has_nothing_to_spare() {
    let off = None;
    let (many, cap, minutes) = (700, 100, 50);
    check(
        "liangping",
        &Asked {
            many,
            cap,
            minutes,
            off,
        },
    );
}

fn shizi(arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_shizi"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .args(["--lang", "zh", "--quiet"])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    (output.status.code(), text)
}

#[test]
fn the_ways_out_of_the_readme_are_scenarios_with_plans() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("出路");
    let out = out.to_str().unwrap();
    let year = ["instances/jiangjin", "--policy", "jiangjin"];
    let asked = ["--set", "fifty.exactly=3000", "--no-plans", "--out", out];
    let (code, page) = shizi(&[&["diagnose"], &year[..], &asked].concat());
    assert_eq!(code, Some(1), "{page}");
    let file = format!("{out}/scenarios.toml");
    let tried = ["--scenarios", file.as_str(), "--format", "json"];
    let (code, page) = shizi(&[&["whatif"], &year[..], &tried].concat());
    assert_eq!(code, Some(0), "{page}");
    let view: serde_json::Value = serde_json::from_str(&page).unwrap();
    let scenarios = view["scenarios"].as_array().unwrap();
    assert!(!scenarios.is_empty());
    for scenario in scenarios {
        assert_eq!(scenario["outcome"], "planned", "{}", scenario["name"]);
    }
}
