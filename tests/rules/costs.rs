//! `coverage`, `surplus`, `travel`, `stability`, `preference`, and the lever that recruits.

use shizi::domain::{DistrictParts, SchoolIndex, Stage, Zone};

use crate::support::{state_need, subject, tiny};
use crate::{COVER, EXCHANGES, Scenario, check};

const AT_TEACHING: &str = "enforcement = 'objective'\nlevel = 'teaching'\n";
const TO_S1: &[&str] = &["T0 交流 S1 语文"];
const TO_S2: &[&str] = &["T0 交流 S2 语文"];
const NOBODY: &[&str] = &[];

fn rule(kind: &str, keys: &str) -> String {
    format!("kind = '{kind}'\n{AT_TEACHING}{keys}")
}

/// T0 is needed at S1 (a whole person) and S2 (nine tenths) and not at S0.
fn fork() -> DistrictParts {
    tiny::district(1, &[0, 1000, 900])
}

#[test]
fn coverage() {
    let mut rural = fork();
    rural.schools[2].zone = Zone::Rural;
    let emphasis = "emphasis = [{ to = { zone = '乡村' }, factor = 1.5 }]";
    let other_subject = "emphasis = [{ to = { zone = '乡村' }, subject = ['音乐'], factor = 1.5 }]";
    check(&[
        // A whole person is missing at S1; a move costs a tenth, but at a later level.
        Scenario::new("coverage", fork(), &rule("coverage", ""), TO_S1, NOBODY)
            .only_beside(EXCHANGES),
        // 1.5 × 0.9 is more than 1.
        Scenario::new(
            "emphasis",
            rural.clone(),
            &rule("coverage", emphasis),
            TO_S2,
            TO_S1,
        )
        .otherwise(&rule("coverage", other_subject))
        .only_beside(EXCHANGES),
        Scenario::new(
            "stage",
            fork(),
            &rule("coverage", "stage = '小学'"),
            TO_S1,
            NOBODY,
        )
        .otherwise(&rule("coverage", "stage = '初中'"))
        .only_beside(EXCHANGES),
    ]);
}

#[test]
fn surplus() {
    // Nobody asks for coverage; at S0 T0 is one too many, at S1 nobody is, at S2 a tenth.
    let scenario = Scenario::new("surplus", fork(), &rule("surplus", ""), TO_S1, NOBODY);
    check(&[scenario.only_beside(EXCHANGES)]);
}

#[test]
fn travel() {
    // S1: 0.9 uncovered at S2 and 50 minutes at 0.01, 1.4. S2: 1.0 and 10 minutes, 1.1. With 50
    // minutes free both ways cost nothing: 0.9 against 1.0.
    let mut parts = fork();
    tiny::minutes(&mut parts, &[50, 10]);
    let minutes = rule("travel", "weight = 0.01");
    check(&[
        Scenario::new("travel", parts.clone(), &minutes, TO_S2, TO_S1),
        Scenario::new("free minutes", parts.clone(), &minutes, TO_S2, TO_S1)
            .otherwise(&rule("travel", "weight = 0.01\nfree_minutes = 50")),
        Scenario::new("who", parts, &minutes, TO_S2, TO_S1).otherwise(&rule(
            "travel",
            "weight = 0.01\nwho = { class_teacher = true }",
        )),
    ]);
}

#[test]
fn stability() {
    // T0 is worth 0.6 at S0 and 1.0 at S1: moving brings 0.4, less than half a person.
    let parts = tiny::district(1, &[600, 1000]);
    // The same of T0, who wishes to go, and of T1, who would be cheaper by a hundredth.
    let mut wished = tiny::district(2, &[1600, 1000]);
    tiny::wish(&mut wished, 0, 1);
    let worth = rule("stability", "weight = 0.5");
    let mut apart = parts.clone();
    apart.schools[1].town = "别处".to_owned();
    let abroad = rule("stability", "weight = 0.5\nnot_within = 'town'");
    let unwished = rule("stability", "weight = 0.5\ninvoluntary = true");
    check(&[
        Scenario::new(
            "a move must bring half a person",
            parts.clone(),
            &unwished,
            NOBODY,
            TO_S1,
        ),
        Scenario::new("unless it is wished", wished, &unwished, TO_S1, NOBODY).otherwise(&worth),
        Scenario::new("to", parts.clone(), &worth, NOBODY, TO_S1)
            .otherwise(&rule("stability", "weight = 0.5\nto = { school = 'S0' }")),
        Scenario::new("from", parts.clone(), &worth, NOBODY, TO_S1)
            .otherwise(&rule("stability", "weight = 0.5\nfrom = { school = 'S1' }")),
        Scenario::new("not within one town", apart, &abroad, NOBODY, TO_S1)
            .otherwise(&rule("stability", "weight = 0.5\nwithin = 'town'")),
        Scenario::new("less weight", parts, &worth, NOBODY, TO_S1)
            .otherwise(&rule("stability", "weight = 0.3")),
    ]);
}

/// The example of the page: those go first whose class has just left school.
#[test]
fn the_released_first_as_the_page_shows_it() {
    let page = include_str!("../../docs/rules.md");
    let (_, rest) = page
        .split_once("[rule.released-first]\n")
        .expect("the example");
    let (body, _) = rest.split_once("```").expect("its end");
    let title = "title = \"刚送走毕业班的教师优先交流\"\n";
    assert!(body.contains(title), "{body}");
    let body = body.replace(title, "");
    // Either may go to S1; by the order of all tests it would be T1.
    let mut parts = tiny::district(2, &[1000, 1000]);
    parts.teachers[0].grades = vec![6];
    parts.teachers[1].grades = vec![5];
    check(&[Scenario::new(
        "who had the leaving class",
        parts,
        &body,
        TO_S1,
        &["T1 交流 S1 语文"],
    )]);
}

#[test]
fn preference() {
    // T0 wishes for S2. Going to S1 leaves 0.9 at S2 and costs 0.6; S2 leaves 1.0 at S1.
    let mut parts = fork();
    tiny::wish(&mut parts, 0, 2);
    let elsewhere = rule("preference", "by_rank = [0]\nelsewhere = 0.6");
    // T0 is needed where it is as at S2, and a wish not granted costs more than nothing.
    let mut even = tiny::district(1, &[1000, 0, 1000]);
    tiny::wish(&mut even, 0, 2);
    let granted = rule("preference", "by_rank = [0]\nnot_granted = 0.3");
    check(&[
        Scenario::new("elsewhere", parts.clone(), &elsewhere, TO_S2, TO_S1),
        Scenario::new("by rank", parts, &elsewhere, TO_S2, TO_S1)
            .otherwise(&rule("preference", "by_rank = [0.6]\nelsewhere = 0.6")),
        Scenario::new("not granted", even, &granted, TO_S2, NOBODY),
    ]);
}

/// The same, but that S1 misses music.
fn music_at_s1(parts: &DistrictParts) -> DistrictParts {
    let mut parts = parts.clone();
    parts.subjects.push("音乐".to_owned());
    let (main, music) = (subject(&parts, tiny::SUBJECT), subject(&parts, "音乐"));
    parts.stated_needs[1].subject = music;
    for (school, needless) in [(0, music), (1, main)] {
        state_need(&mut parts, SchoolIndex(school), Stage::Primary, needless, 0);
    }
    parts
}

#[test]
fn the_lever_that_recruits() {
    // Nobody can move; at S0 one is missing, at S1 a half. One recruit goes where more is missing,
    // unless for another subject or stage, of which S1 misses as much.
    let parts = tiny::district(0, &[1000, 500]);
    let music = music_at_s1(&parts);
    let mut junior = parts.clone();
    junior.schools[1].classes[0].stage = Stage::Junior;
    junior.stated_needs[1].stage = Stage::Junior;
    let lever = |keys: &str| {
        format!(
            "[lever.recruit]\nkind = 'recruit'\ntitle = '招聘'\nlevel = 'people'\nweight = 1\n{keys}\n"
        )
    };
    let scenario =
        |name: &str, parts: &DistrictParts, rule: &str, otherwise: &str, with, without| Scenario {
            name: name.to_owned(),
            parts: parts.clone(),
            beside: COVER.to_owned(),
            rule: lever(rule),
            otherwise: lever(otherwise),
            with,
            without,
        };
    let to = "at_most = 1\nto = { school = 'S1' }";
    check(&[
        scenario(
            "recruits",
            &parts,
            "at_most = 1",
            "at_most = 0",
            &["招聘 S0 1"],
            NOBODY,
        ),
        scenario(
            "to",
            &parts,
            to,
            "at_most = 1",
            &["招聘 S1 1"],
            &["招聘 S0 1"],
        ),
        scenario(
            "subject",
            &music,
            "at_most = 1\nsubject = '音乐'",
            "at_most = 1",
            &["招聘 S1 1"],
            &["招聘 S0 1"],
        ),
        scenario(
            "stage",
            &junior,
            "at_most = 1\nstage = '初中'",
            "at_most = 1",
            &["招聘 S1 1"],
            &["招聘 S0 1"],
        ),
    ]);
}
