//! A recruit who does not come: gone from where the list placed him or her, replaced by nobody unless
//! somebody says so, and gone for good.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use shizi::answers::{Attempt, Base, replan, what_if, with_list};
use shizi::domain::LeverUse;
use shizi::scenario::{Change, Scenario};

use super::{NEVER, change, exact, planned, with_base};

const TINY: &str = "instances/tiny";

/// Wulong's policy for the tiny district, with a lever that may hire so many.
fn policy(folder: &Path, at_most: u32) -> PathBuf {
    let path = folder.join(format!("hires-{at_most}.toml"));
    let text = format!(
        "extends = 'wulong'\nid = 'hires'\ntitle = 'hires'\n[lever.hired]\nkind = 'recruit'\n\
         title = '公开招聘'\nlevel = 'people'\nweight = 0.1\nat_most = {at_most}\nstage = '小学'\n"
    );
    fs::write(&path, text).unwrap();
    path
}

/// A use of the lever as a change says that it does not come.
fn decline(base: &Base<'_>, used: &LeverUse) -> Change {
    let district = base.context.situation.district;
    let school = &district.school(used.school.unwrap()).code;
    let subject = district.subject_name(used.subject.unwrap());
    let stage = used.stage.unwrap().chinese();
    change("decline", &format!("公开招聘:{school}:{stage}:{subject}"))
}

/// The plan as one that is out.
fn published<'a>(base: &Base<'a>) -> Base<'a> {
    let plan = base.plan().unwrap().clone();
    Base::of_plan(base.context, base.rules, plan, &exact())
}

fn count(uses: &[LeverUse]) -> u32 {
    uses.iter().map(|used| used.count).sum()
}

#[test]
fn who_does_not_come_is_replaced_by_nobody() {
    let folder = tempfile::tempdir().unwrap();
    // A lever that is used up, and one with room left.
    for at_most in [2, 40] {
        with_base(Path::new(TINY), &policy(folder.path(), at_most), |base| {
            let list = published(base);
            let uses = &list.plan().unwrap().levers;
            assert!(count(uses) >= 2, "{uses:?}");
            let events = Scenario::of(vec![decline(base, &uses[0])]);
            let events = with_list(&list, &events).unwrap();
            let found = replan(&list, &events, &[], &NEVER).unwrap();
            let free = found.free.planned().unwrap();
            let after = &free.planned.plan.as_ref().unwrap().levers;
            assert_eq!(count(after), count(uses) - 1, "{after:?}");
            for used in after {
                let before = uses.iter().find(|held| {
                    (held.school, held.stage, held.subject)
                        == (used.school, used.stage, used.subject)
                });
                let before = before.map_or(0, |held| held.count);
                assert!(used.count <= before, "{used:?}");
            }
            // The same year written by hand: one recruit fewer. Whoever is left stays best placed.
            let by_hand = planned(Path::new(TINY), &policy(folder.path(), count(after)));
            let levels = free.planned.levels.iter().map(|level| level.value);
            assert!(by_hand.unwrap() <= levels.collect::<Vec<i64>>());
        });
    }
}

#[test]
fn who_says_so_hires_another() {
    let folder = tempfile::tempdir().unwrap();
    with_base(Path::new(TINY), &policy(folder.path(), 2), |base| {
        let list = published(base);
        let uses = &list.plan().unwrap().levers;
        let events = Scenario::of(vec![
            change("set", "hired.at_most=2"),
            decline(base, &uses[0]),
        ]);
        assert_eq!(with_list(&list, &events).as_ref(), Ok(&events));
        let found = replan(&list, &events, &[], &NEVER).unwrap();
        let free = found.free.planned().unwrap();
        let after = &free.planned.plan.as_ref().unwrap().levers;
        assert_eq!(count(after), 2);
        // Nothing else has changed, so the best is what it was.
        let levels = |held: &shizi::planning::Planned| -> Vec<i64> {
            held.levels.iter().map(|level| level.value).collect()
        };
        assert_eq!(levels(&free.planned), levels(&base.planned));
    });
}

#[test]
fn more_than_the_list_places_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    with_base(Path::new(TINY), &policy(folder.path(), 2), |base| {
        let list = published(base);
        let uses = &list.plan().unwrap().levers;
        let one = decline(base, &uses[0]);
        let many = vec![one.clone(); uses[0].count as usize + 1];
        let faults = with_list(&list, &Scenario::of(many)).unwrap_err();
        assert_eq!(faults.len(), 1);
        let place = one.text().replacen("公开招聘", "hired", 1);
        assert!(faults[0].advice.contains(&place), "{}", faults[0]);
        let unknown = Scenario::of(vec![change("decline", "nobody:S001:小学:语文")]);
        let found = replan(&list, &unknown, &[], &NEVER).unwrap();
        assert!(matches!(found.free, Attempt::Refused(_)));
        // Of a year of which no list is out, nobody can fail to come.
        let cases = what_if(base, &[Scenario::of(vec![one])], &NEVER, &|_| {}).unwrap();
        let Attempt::Refused(faults) = &cases[0].outcome else {
            panic!("{:?}", cases[0].outcome);
        };
        assert!(faults[0].advice.contains("replan"), "{}", faults[0]);
    });
}

fn shizi(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_shizi"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .args(["--lang", "zh", "--threads", "1"])
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// The rows of a plan's levers: code of the school, stage, subject, and how many.
fn levers(plan: &str) -> Vec<(String, u32)> {
    let Ok(text) = fs::read_to_string(Path::new(plan).join("levers.csv")) else {
        return Vec::new();
    };
    let text = text.trim_start_matches('\u{feff}');
    let mut rows = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let header = rows.next().unwrap();
    let at = |name: &str| header.iter().position(|cell| *cell == name).unwrap();
    let (school, stage, subject) = (at("学校代码"), at("学段"), at("学科"));
    let count = at("人数");
    let rows = rows.map(|row| {
        let place = format!("{}:{}:{}", row[school], row[stage], row[subject]);
        (place, row[count].parse().unwrap())
    });
    rows.collect()
}

/// Runs a command on the tiny district under a policy; it must end as told.
fn run(policy: &Path, line: &[&str], succeeds: bool) -> Output {
    let year = [TINY, "--policy", policy.to_str().unwrap()];
    // An audit names the plan before the district.
    let named = if line[0] == "audit" { 2 } else { 1 };
    let output = shizi(&[&line[..named], &year, &line[named..]].concat());
    assert_eq!(output.status.success(), succeeds, "{}", said(&output));
    output
}

/// How many recruits a plan places, and the first of them as a change names it.
fn recruits(plan: &str) -> (u32, String) {
    let placed = levers(plan);
    let count = placed.iter().map(|(_, count)| count).sum();
    let first = placed.first();
    (
        count,
        first.map_or_else(String::new, |(place, _)| format!("hired:{place}")),
    )
}

#[test]
fn as_an_option_and_as_a_file_it_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let policy = policy(folder.path(), 3);
    let plan = folder.path().join("plan").to_str().unwrap().to_owned();
    run(&policy, &["plan", "--out", &plan], true);
    let (_, gone) = recruits(&plan);
    let file = folder.path().join("events.toml");
    let text = format!("[[scenario]]\nname = '八月'\nreason = '未来'\ndecline = ['{gone}']\n");
    fs::write(&file, text).unwrap();
    let replan = ["replan", "--plan", &plan];
    let option = ["--decline", &gone, "--reason", "未来"];
    let by_option = run(&policy, &[&replan[..], &option].concat(), true);
    let file = ["--events", file.to_str().unwrap()];
    let by_file = run(&policy, &[&replan[..], &file].concat(), true);
    assert_eq!(by_option.stdout, by_file.stdout, "{}", said(&by_file));
}

#[test]
fn two_adjustments_in_a_row_pass_their_audits() {
    let folder = tempfile::tempdir().unwrap();
    let policy = policy(folder.path(), 3);
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let plans = [at("one"), at("two"), at("three")];
    run(&policy, &["plan", "--out", &plans[0]], true);
    let (total, first) = recruits(&plans[0]);
    assert!(total >= 2);
    // Somebody else does not come either: nothing is subtracted twice.
    for (step, pair) in (1..).zip(plans.windows(2)) {
        let (_, gone) = recruits(&pair[0]);
        let replan = [
            "replan",
            "--plan",
            &pair[0],
            "--decline",
            &gone,
            "--out",
            &pair[1],
        ];
        let decided = ["--by", "局党组会", "--reason", "未来"];
        run(&policy, &[&replan[..], &decided].concat(), true);
        assert_eq!(recruits(&pair[1]).0, total - step);
        run(&policy, &["audit", &pair[1]], true);
    }
    let history = fs::read_to_string(Path::new(&plans[2]).join("history.csv")).unwrap();
    assert_eq!(history.matches("1人不报到").count(), 2, "{history}");
    // Whoever is gone is not there to fail to come again.
    let many = format!("{first}:{total}");
    let refused = run(
        &policy,
        &["replan", "--plan", &plans[2], "--decline", &many],
        false,
    );
    assert!(said(&refused).contains("W005"), "{}", said(&refused));
}
