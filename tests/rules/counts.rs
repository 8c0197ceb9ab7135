//! `count` and `ratio`, and the lever that certifies.

use shizi::domain::{Backbone, DistrictParts, RunningExchange, SchoolIndex, Stage};

use crate::support::{tiny, year_begin};
use crate::{COVER, Scenario, TRANSFERS, check};

fn count(keys: &str) -> String {
    format!("kind = 'count'\nof = 'moves'\n{keys}")
}

/// Three at S0, all needed there; S1 needs nobody. Without a rule nobody moves.
fn content() -> DistrictParts {
    tiny::district(3, &[3000, 0])
}

/// Three at S0, where one is needed; two are missing at S1. Without a rule T1 and T2 move.
fn crowded() -> DistrictParts {
    tiny::district(3, &[1000, 2000])
}

const NOBODY: &[&str] = &[];
const ONE: &[&str] = &["T2 交流 S1 语文"];
const TWO: &[&str] = &["T1 交流 S1 语文", "T2 交流 S1 语文"];

#[test]
fn limits_of_moves() {
    let exactly = count("exactly = 1");
    let floor = count("enforcement = 'floor'\nlevel = 'floors'\nat_least = 2");
    let above_teaching =
        count("enforcement = 'objective'\nlevel = 'people'\nat_least = 2\nweight = 9");
    check(&[
        Scenario::new("exactly", content(), &exactly, ONE, NOBODY),
        Scenario::new("a report has no effect", content(), &exactly, ONE, NOBODY)
            .otherwise(&count("exactly = 1\nenforcement = 'report'")),
        // A floor comes before teaching: two are taken from where they are needed.
        Scenario::new("at least", content(), &floor, TWO, NOBODY),
        // In a later level it never costs an earlier one, whatever its weight.
        Scenario::new("levels", content(), &floor, TWO, NOBODY).otherwise(&above_teaching),
        Scenario::new("at most", crowded(), &count("at_most = 1"), ONE, TWO),
    ]);
}

#[test]
fn shares_of_moves() {
    // 50% of three, rounded up, is two; 15% of three, rounded down, is none, but for the minimum.
    let eligible = count("at_least = { share = '50%', of = 'eligible' }");
    let cap = |minimum: &str| {
        count(&format!(
            "scope = 'school'\nat_most = {{ share = '15%', of = 'teachers'{minimum} }}"
        ))
    };
    check(&[
        Scenario::new("of the eligible", content(), &eligible, TWO, NOBODY),
        Scenario::new(
            "of the teachers",
            crowded(),
            &cap(", minimum = 1"),
            ONE,
            TWO,
        ),
        Scenario::new("minimum", crowded(), &cap(", minimum = 1"), ONE, NOBODY).otherwise(&cap("")),
    ]);
}

#[test]
fn ends_of_moves() {
    // T0 at S0 and T1 at S2 are both missing at S1: one leaves each school, two arrive at one.
    let mut parts = tiny::district(1, &[0, 2000, 0]);
    tiny::teacher_at(&mut parts, 2);
    let cap = |side: &str| count(&format!("scope = 'school'\nat_most = 1\nside = '{side}'"));
    check(&[Scenario::new(
        "side",
        parts,
        &cap("destination"),
        &["T1 交流 S1 语文"],
        &["T0 交流 S1 语文", "T1 交流 S1 语文"],
    )
    .otherwise(&cap("origin"))]);
}

#[test]
fn selectors_of_moves() {
    // One move must match; without the rule none is worth its cost.
    let mut parts = tiny::district(2, &[2000, 0, 0]);
    parts.schools[2].receiving = true;
    parts.teachers[0].class_teacher = true;
    let both = count("exactly = 1\nwho = { class_teacher = true }\nto = { receiving = true }");
    check(&[Scenario::new(
        "who and to",
        parts,
        &both,
        &["T0 交流 S2 语文"],
        &[],
    )]);
}

#[test]
fn wishes_and_running_exchanges() {
    // Both are missing at S1; T0 alone wishes to go.
    let mut wished = tiny::district(2, &[0, 2000]);
    tiny::wish(&mut wished, 0, 1);
    let (voluntary, all) = (
        &["T0 交流 S1 语文"],
        &["T0 交流 S1 语文", "T1 交流 S1 语文"],
    );
    // T2 serves at S1 until next year: one exchange runs, and two are asked for.
    let mut running = tiny::district(2, &[2000, 0]);
    tiny::teacher_at(&mut running, 1);
    running.teachers[2].running = Some(RunningExchange {
        start: Some(year_begin().plus(-24)),
        end: Some(year_begin().plus(12)),
        origin: SchoolIndex(0),
        personnel_moved: false,
    });
    let asked = |more: &str| count(&format!("at_least = 2\n{more}"));
    let once = &["T1 交流 S1 语文"];
    check(&[
        Scenario::new(
            "involuntary",
            wished,
            &count("at_most = 0\ninvoluntary = true"),
            voluntary,
            all,
        ),
        Scenario::new(
            "running",
            running,
            &asked("include_running = true"),
            once,
            all,
        )
        .otherwise(&asked("")),
    ]);
}

#[test]
fn teachers_and_establishment() {
    // Every school is to have a teacher; S1 has none and needs none.
    let each = "kind = 'count'\nof = 'teachers'\nwho = { subject = '语文' }\nscope = 'school'\n\
                at_least = 1";
    // U1 has one post unfilled; two are missing at S1.
    let mut posts = crowded();
    posts.units[1].establishment = Some(1);
    let filled = "kind = 'count'\nof = 'establishment'\nscope = 'unit'\n\
                  at_most = { of = 'establishment' }";
    let (one, two) = (
        &["T2 调动 S1 语文"],
        &["T1 调动 S1 语文", "T2 调动 S1 语文"],
    );
    check(&[
        Scenario::new("teachers", content(), each, ONE, NOBODY),
        Scenario::new("establishment", posts, filled, one, two)
            .only_beside(&format!("{COVER}{TRANSFERS}")),
    ]);
}

#[test]
fn ratios_of_moves() {
    // T0 alone is a backbone teacher. Two move; one of two is half, so T0 goes instead of T1.
    let mut parts = crowded();
    parts.teachers[0].backbone = Backbone::County;
    let half = "kind = 'ratio'\nof = 'moves'\nnumerator = { backbone_at_least = '区县级' }\n\
                at_least = '50%'";
    // T2 is one, and none of those moved may be: T0 and T1 go.
    let mut other = crowded();
    other.teachers[2].backbone = Backbone::County;
    let none = "kind = 'ratio'\nof = 'moves'\nnumerator = { backbone_at_least = '区县级' }\n\
                at_most = '0%'";
    check(&[
        Scenario::new(
            "at least",
            parts,
            half,
            &["T0 交流 S1 语文", "T2 交流 S1 语文"],
            TWO,
        ),
        Scenario::new(
            "at most",
            other,
            none,
            &["T0 交流 S1 语文", "T1 交流 S1 语文"],
            TWO,
        ),
    ]);
}

#[test]
fn ratios_of_teachers_and_the_lever_that_certifies() {
    // One of three is dual-qualified; two thirds are asked: one recognition is enough.
    let mut parts = tiny::at_stage(Stage::Vocational, 3, &[3000]);
    for (number, teacher) in parts.teachers.iter_mut().enumerate() {
        teacher.programme_teacher = true;
        teacher.dual_qualified = number == 0;
    }
    let lever = |most: u32| {
        format!(
            "[lever.certify]\nkind = 'certify'\ntitle = '认定'\nat_most = {most}\nlevel = 'people'\n\
             weight = 0.5\n"
        )
    };
    let share = "kind = 'ratio'\nof = 'teachers'\nenforcement = 'floor'\nlevel = 'floors'\n\
                 who = { programme_teacher = true }\nnumerator = { dual_qualified = true }\n\
                 at_least = '2/3'";
    let with = &["认定 1"];
    let mut lowered = Scenario::new("the lever lowered", parts.clone(), share, with, NOBODY);
    lowered.otherwise = lowered.rule.clone() + &lever(0);
    lowered.rule += &lever(3);
    check(&[
        Scenario::new("the share", parts, share, with, NOBODY).beside(&lever(3)),
        lowered,
    ]);
}
