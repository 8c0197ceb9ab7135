//! After the list is out: what humans fixed stays, a further person never makes the plan worse, and
//! the plan that is written passes its audit as anybody would run it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use shizi::answers::{Attempt, Base, Replanned, Replanning, differing, replan};
use shizi::domain::Form;
use shizi::scenario::{Scenario, against_fixed, apply};

use super::{NEVER, change, exact, with_base};

const WULONG: &str = "instances/wulong";

/// The base as a plan that is out: its placements alone.
fn published<'a>(base: &Base<'a>) -> Base<'a> {
    let plan = base.plan().unwrap().clone();
    Base::of_plan(base.context, base.rules, plan, &exact())
}

/// Somebody for each event: two whom the plan moves, and one who teaches at home.
fn events(base: &Base<'_>) -> Scenario {
    let district = base.context.situation.district;
    let free = |form: fn(Form) -> bool| {
        let placements = base.plan().unwrap().placements.iter();
        placements.filter(move |held| {
            let fixed = !district.locks_of(held.teacher).is_empty() || held.decided;
            form(held.form) && !fixed
        })
    };
    let mut moved = free(Form::is_move).map(|held| district.teacher(held.teacher).id.clone());
    let mut home = free(|form| form == Form::Stay);
    let (one, other) = (moved.next().unwrap(), moved.next().unwrap());
    let home = district.teacher(home.next().unwrap().teacher).id.clone();
    let mut events = Scenario::of(vec![
        change("absent", &one),
        change("lock", &format!("{other}=留任")),
        change("leave", &home),
    ]);
    "产假、退出、辞职".clone_into(&mut events.reason);
    events
}

fn units(held: &Replanned) -> Vec<i64> {
    held.planned
        .levels
        .iter()
        .map(|level| level.value)
        .collect()
}

fn found(base: &Base<'_>) -> (Scenario, Replanning) {
    let events = events(base);
    let found = replan(&published(base), &events, &[0, 1, 2, 3], &NEVER).unwrap();
    (events, found)
}

#[test]
fn a_further_person_never_makes_the_plan_worse() {
    with_base(Path::new(WULONG), Path::new("wulong"), |base| {
        let (events, found) = found(base);
        assert_eq!(found.named.len(), 3);
        let free = found.free.planned().unwrap();
        let mut before: Option<Vec<i64>> = None;
        for (limit, held) in &found.limited {
            let Attempt::Planned(held) = held else {
                assert!(before.is_none(), "a plan with fewer is one with more");
                continue;
            };
            assert!(held.further <= *limit as usize);
            let others = held.comparison.persons.iter();
            let others = others.filter(|held| !found.named.contains(&held.teacher));
            assert_eq!(others.count(), held.further, "at most {limit}");
            assert!(before.is_none_or(|before| units(held) <= before));
            assert!(units(free) <= units(held));
            before = Some(units(held));
        }
        assert!(before.is_some(), "three are enough for some plan");
        // Nobody whom a human has fixed is placed differently.
        let district = base.context.situation.district;
        for held in &free.comparison.persons {
            let teacher = district.teacher_with_id(&held.teacher).unwrap();
            assert!(district.decided_of(teacher).is_empty(), "{held:?}");
        }
        assert!(against_fixed(district, &events.changes).is_empty());
    });
}

#[test]
fn without_events_the_plan_that_is_out_stays() {
    with_base(Path::new(WULONG), Path::new("wulong"), |base| {
        let events = Scenario {
            changes: vec![change("set", "graduating-stay.weight=1")],
            ..Scenario::default()
        };
        let found = replan(&published(base), &events, &[0], &NEVER).unwrap();
        let held = found.limited[0].1.planned().unwrap();
        let situation = base.context.situation;
        let plan = base.plan().unwrap();
        let again = held.planned.plan.as_ref().unwrap();
        let differ = differing(
            (situation, &plan.placements),
            (situation, &again.placements),
        );
        assert!(differ.is_empty(), "{differ:?}");
    });
}

#[test]
fn what_is_fixed_is_not_undone() {
    with_base(Path::new(WULONG), Path::new("wulong"), |base| {
        let district = base.context.situation.district;
        let contradictions = [
            ("lock", "T00173=留任"),
            ("lock", "T00173=派往:S001"),
            ("absent", "T00173"),
            ("lock", "T00226=派往:S025"),
            ("override", "T00226=派往:S025:交流"),
            ("lock", "T01910=派往:S068"),
            ("lock", "T00202=留任"),
            ("leave", "T00202"),
            ("close", "S025"),
        ];
        for (word, text) in contradictions {
            let faults = against_fixed(district, &[change(word, text)]);
            assert!(!faults.is_empty(), "{word} {text}");
            assert!(faults[0].message.contains("T0"), "{}", faults[0]);
        }
        let agreeing = [
            ("lock", "T00173=派往:S025"),
            ("lock", "T00226=留任"),
            ("absent", "T00226"),
            ("leave", "T00638"),
            ("lock", "T01910=派往:S025"),
        ];
        for (word, text) in agreeing {
            let faults = against_fixed(district, &[change(word, text)]);
            assert!(faults.is_empty(), "{word} {text}: {faults:?}");
        }
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

#[test]
fn a_new_plan_has_its_history_and_passes_its_audit() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let tiny = ["instances/tiny", "--policy", "wulong"];
    let run = |arguments: &[&str]| shizi(&[&arguments[..1], &tiny, &arguments[1..]].concat());
    let planned = run(&["plan", "--out", &at("one")]);
    assert!(planned.status.success(), "{}", said(&planned));
    let decided = ["--by", "局党组会", "--date", "2026-08-28 09:00"];
    let (one, two, three) = (at("one"), at("two"), at("three"));
    let second = [
        &[
            "replan", "--plan", &one, "--absent", "T03", "--reason", "产假",
        ][..],
        &["--out", &two],
        &decided,
    ];
    let second = run(&second.concat());
    assert!(second.status.success(), "{}", said(&second));
    let third = [
        &["replan", "--plan", &two, "--recruit", "S001:小学:语文"][..],
        &["--override", "T08=派往:S002:交流", "--reason", "班子会决定"],
        &["--out", &three],
        &decided,
    ];
    let third = run(&third.concat());
    assert!(third.status.success(), "{}", said(&third));
    for plan in [&two, &three] {
        let audited = shizi(&["audit", plan, tiny[0], tiny[1], tiny[2]]);
        assert!(audited.status.success(), "{}", said(&audited));
        assert_eq!(said(&audited).contains("R255"), *plan == three);
    }
    let history = fs::read_to_string(Path::new(&three).join("history.csv")).unwrap();
    assert_eq!(history.lines().count(), 4, "{history}");
    for word in [
        "T03离岗",
        "产假",
        "局党组会",
        "2026-08-28 09:00",
        "破例T08派往",
    ] {
        assert!(history.contains(word), "{word}: {history}");
    }
    // What was decided against rules is on record, and the record is checked.
    let overrides = Path::new(&three).join("overrides.csv");
    let record = fs::read_to_string(&overrides).unwrap();
    assert!(
        record.contains("T08,派往:S002:交流,不符合：在同一学校连续任教满六年"),
        "{record}"
    );
    fs::remove_file(&overrides).unwrap();
    let audited = shizi(&["audit", &three, tiny[0], tiny[1], tiny[2]]);
    assert_eq!(audited.status.code(), Some(1));
    assert!(said(&audited).contains("R256"), "{}", said(&audited));
    // Of what an earlier replan fixed nothing is undone.
    let undone = run(&["replan", "--plan", &three, "--lock", "T08=留任"]);
    assert_eq!(undone.status.code(), Some(1), "{}", said(&undone));
    assert!(said(&undone).contains("班子会决定"), "{}", said(&undone));
    let compared = run(&["compare", &one, &three]);
    assert!(compared.status.success(), "{}", said(&compared));
    assert!(said(&compared).contains("T08"), "{}", said(&compared));
}

#[test]
fn changes_that_contradict_each_other_are_refused() {
    with_base(Path::new(WULONG), Path::new("wulong"), |base| {
        let district = base.context.situation.district;
        let year = (base.context.situation.policy, base.rules);
        let schools = &district.schools;
        let [one, other] = [&schools[0].code, &schools[1].code];
        let there = district.teachers.iter();
        let mut there = there.filter(|teacher| schools[teacher.school.position()].code == *one);
        let who = &there.next().unwrap().id;
        let refused = |changes: &[(&str, String)]| {
            let changes: Vec<_> = changes
                .iter()
                .map(|(word, text)| change(word, text))
                .collect();
            let faults = apply(district, year, &changes).err().unwrap_or_default();
            faults.iter().any(|fault| fault.code == "W006")
        };
        let lock = |text: &str| ("lock", format!("{who}={text}"));
        let absent = ("absent", who.clone());
        let leave = ("leave", who.clone());
        let sent = ("override", format!("{who}=派往:{other}:交流"));
        let close = ("close", format!("{one}:{other}"));
        for pair in [
            [absent.clone(), leave.clone()],
            [lock("留任"), absent.clone()],
            [leave, sent.clone()],
            [sent.clone(), lock("留任")],
            [close.clone(), lock("留任")],
            [close.clone(), ("recruit", format!("{one}:小学:音乐"))],
            [close.clone(), ("close", format!("{other}:S003"))],
            [close.clone(), ("close", format!("S003:{one}"))],
            [
                ("open", format!("新校:{one}:小学:6")),
                ("open", format!("新校:{other}:小学:6")),
            ],
        ] {
            assert!(refused(&pair), "{pair:?}");
            let [first, second] = pair;
            assert!(refused(&[second, first]));
        }
        assert!(refused(&[("close", format!("{one}:{one}"))]));
        assert!(refused(&[(
            "open",
            format!("{}:{one}:小学:6", schools[1].name)
        )]));
        assert!(!refused(&[sent.clone(), lock(&format!("派往:{other}"))]));
        assert!(!refused(&[absent.clone(), absent]));
        assert!(!refused(&[close]));
        let home = change("override", &format!("{who}=派往:{one}:交流"));
        assert!(
            apply(district, year, &[home]).is_err(),
            "sent where he or she is"
        );
    });
}

#[test]
fn a_row_says_what_its_own_limit_proves() {
    with_base(Path::new(WULONG), Path::new("wulong"), |base| {
        let events = events(base);
        let shown = |held: &Replanned| -> Vec<Option<i64>> {
            let levels = &held.comparison.second.levels;
            levels.iter().map(|level| level.bound_units).collect()
        };
        let together = replan(&published(base), &events, &[0, 1, 2, 3], &NEVER).unwrap();
        for (limit, held) in &together.limited {
            let alone = replan(&published(base), &events, &[*limit], &NEVER).unwrap();
            let (Some(held), Some(alone)) = (held.planned(), alone.limited[0].1.planned()) else {
                continue;
            };
            // Two proofs of one thing: neither claims more than the other one's plan allows.
            for ((bound, other), (own, level)) in shown(held)
                .into_iter()
                .zip(shown(alone))
                .zip(units(held).into_iter().zip(units(alone)))
            {
                assert!(bound.is_none_or(|bound| bound <= level), "at most {limit}");
                assert!(other.is_none_or(|bound| bound <= own), "at most {limit}");
                if own != level {
                    break;
                }
            }
        }
    });
}
