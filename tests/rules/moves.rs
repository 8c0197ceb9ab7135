//! `eligibility` and `reach`: who may move, and where to.

use shizi::domain::{
    Capability, Deferral, DistrictParts, Employment, Month, NeedAmount, Persons, SchoolIndex, Stage,
};

use crate::support::{state_need, subject, tiny};
use crate::{Scenario, check};

/// At most half of the eligible move.
const HALF: &str = "[rule.half]\nkind = 'count'\ntitle = '半数'\nof = 'moves'\n\
                    at_most = { share = '50%', of = 'eligible' }\n";

/// Exactly one moves.
const ONE: &str = "[rule.one]\nkind = 'count'\ntitle = '一人'\nof = 'moves'\nexactly = 1\n";

#[test]
fn require() {
    // One of two covers the missing person; the cheaper T1 is not long enough at the school.
    let mut parts = tiny::district(2, &[1000, 1000]);
    parts.teachers[1].arrival = Month::new(2022, 9);
    let body = "kind = 'eligibility'\neffect = 'require'\nwho = { years_at_school_at_least = 6 }";
    let (with, without) = (&["T0 交流 S1 语文"], &["T1 交流 S1 语文"]);
    check(&[Scenario::new(
        "six years are required",
        parts,
        body,
        with,
        without,
    )]);
}

/// Four at S0, where two are needed; two are missing at S1. T3 is pregnant.
fn four() -> DistrictParts {
    let mut parts = tiny::district(4, &[2000, 2000]);
    parts.teachers[3].deferral = Some(Deferral::Pregnancy);
    parts
}

#[test]
fn defer_and_forbid() {
    let defer = "kind = 'eligibility'\neffect = 'defer'\nwho = { deferred = true }";
    let forbid = "kind = 'eligibility'\neffect = 'forbid'\nwho = { deferred = true }";
    check(&[
        // Three are eligible, half of them rounded down is one: the cheapest, T2. Without the rule
        // half of four.
        Scenario::new(
            "the deferred stay and leave the base",
            four(),
            defer,
            &["T2 交流 S1 语文"],
            &["T2 交流 S1 语文", "T3 交流 S1 语文"],
        )
        .beside(HALF),
        // T3 stays but counts: half of four.
        Scenario::new(
            "the forbidden stay and are in the base",
            four(),
            forbid,
            &["T1 交流 S1 语文", "T2 交流 S1 语文"],
            &["T2 交流 S1 语文", "T3 交流 S1 语文"],
        )
        .beside(HALF),
        // T3 moves and does not count: half of three, rounded down.
        Scenario::new(
            "those outside the base may move",
            four(),
            "kind = 'eligibility'\neffect = 'count'\nwho = { deferred = false }",
            &["T3 交流 S1 语文"],
            &["T2 交流 S1 语文", "T3 交流 S1 语文"],
        )
        .beside(HALF),
    ]);
}

#[test]
fn must() {
    // Nothing is missing anywhere else: nobody would move.
    let mut parts = tiny::district(2, &[2000, 0]);
    parts.teachers[0].class_teacher = true;
    let body = "kind = 'eligibility'\neffect = 'must'\nwho = { class_teacher = true }";
    check(&[Scenario::new(
        "whom it names must move",
        parts,
        body,
        &["T0 交流 S1 语文"],
        &[],
    )]);
}

/// T0 is needed nowhere but at S1 (a whole person) and S2 (nine tenths): S1 is better by a tenth.
fn fork() -> DistrictParts {
    tiny::district(1, &[0, 1000, 900])
}

const TO_S1: &[&str] = &["T0 交流 S1 语文"];
const TO_S2: &[&str] = &["T0 交流 S2 语文"];

fn reach(name: &str, parts: DistrictParts, keys: &str) -> Scenario {
    let body = format!("kind = 'reach'\n{keys}");
    Scenario::new(name, parts, &body, TO_S2, TO_S1)
}

#[test]
fn selectors_of_reach() {
    let mut parts = fork();
    parts.schools[0].sending = true;
    parts.schools[2].receiving = true;
    parts.teachers[0].class_teacher = true;
    let other = |keys: &str| format!("kind = 'reach'\nto = {{ receiving = true }}\n{keys}");
    check(&[
        reach("to", parts.clone(), "to = { receiving = true }"),
        reach(
            "from",
            parts.clone(),
            "from = { sending = true }\nto = { receiving = true }",
        )
        .otherwise(&other("from = { sending = false }")),
        reach(
            "who",
            parts.clone(),
            "who = { class_teacher = true }\nto = { receiving = true }",
        )
        .otherwise(&other("who = { class_teacher = false }")),
        reach("form", parts, "form = '交流'\nto = { receiving = true }")
            .otherwise(&other("form = '调动'")),
    ]);
}

#[test]
fn posts_of_reach() {
    // S1 misses a music teacher, which T0 is not; S1 needs nobody else.
    let mut music = fork();
    music.subjects.push("音乐".to_owned());
    let music_subject = subject(&music, "音乐");
    music.stated_needs[1].amount = NeedAmount::Persons(Persons(0));
    for school in 0..3 {
        let need = if school == 1 { 1000 } else { 0 };
        state_need(
            &mut music,
            SchoolIndex(school),
            Stage::Primary,
            music_subject,
            need,
        );
    }
    // S1 is a junior school.
    let mut junior = fork();
    junior.schools[1].classes[0].stage = Stage::Junior;
    junior.stated_needs[1].stage = Stage::Junior;
    // One must go. S1 is near and needs nobody; S2 is far and has whom it needs.
    let mut needless = tiny::district(1, &[0, 0, 1000]);
    tiny::minutes(&mut needless, &[10, 50]);
    tiny::teacher_at(&mut needless, 2);
    needless.teachers[1].employment = Employment::Temporary;
    needless.teachers[1].establishment_unit = None;
    let near = "[rule.near]\nkind = 'travel'\ntitle = '路程'\nlevel = 'people'\n\
                enforcement = 'objective'\nweight = 0.01\n";
    let mut capability = reach("capability", music, "capability = true");
    capability.without = &["T0 交流 S1 音乐"];
    check(&[
        capability,
        reach("same stage", junior, "same_stage = true"),
        reach("needed", needless, "needed = true")
            .beside(ONE)
            .beside(near),
    ]);
}

/// A change of a district that two schools share.
type Share = fn(&mut DistrictParts, usize, usize);

/// Every membership: its word, and how two schools come to share it.
const SHARED: [(&str, Share); 4] = [
    ("unit", |parts, left, right| {
        parts.schools[right].unit = parts.schools[left].unit;
    }),
    ("cluster", |parts, left, right| {
        for school in [left, right] {
            parts.schools[school].cluster = Some("东片".to_owned());
        }
    }),
    ("group", |parts, left, right| {
        for school in [left, right] {
            parts.schools[school].group = Some("集团".to_owned());
        }
    }),
    ("town", |parts, left, right| {
        for (number, school) in parts.schools.iter_mut().enumerate() {
            school.town = format!("{number}镇");
        }
        parts.schools[right].town = parts.schools[left].town.clone();
    }),
];

#[test]
fn memberships_of_reach() {
    for (word, share) in SHARED {
        let (mut inside, mut outside) = (fork(), fork());
        share(&mut inside, 0, 2);
        share(&mut outside, 0, 1);
        let (within, not_within) = (
            format!("within = '{word}'"),
            format!("not_within = '{word}'"),
        );
        check(&[
            reach(&within, inside, &within),
            reach(&not_within, outside, &not_within),
        ]);
    }
}

#[test]
fn establishments_of_reach() {
    // S0 holds one too many and S2 one too few; S1 has what it may have.
    let mut parts = fork();
    for (unit, establishment) in [0, 0, 1].into_iter().enumerate() {
        parts.units[unit].establishment = Some(establishment);
    }
    check(&[reach("over to under", parts, "over_to_under = true")]);
}

#[test]
fn wishes_of_reach() {
    // He wishes for S2 alone, where fewer are missing than at S1.
    let mut parts = fork();
    tiny::wish(&mut parts, 0, 2);
    check(&[reach("wished", parts, "wished = true")]);
}

#[test]
fn minutes_of_reach() {
    let mut parts = fork();
    tiny::minutes(&mut parts, &[70, 20]);
    let limit = "kind = 'reach'\nmax_minutes = 60\n";
    // S3 is as far as S1 and better by a twentieth.
    let mut far = tiny::district(1, &[0, 950, 900, 1000]);
    tiny::minutes(&mut far, &[70, 20, 70]);
    let mut flats = far.clone();
    flats.schools[1].dormitory = true;
    let mut wished = far;
    tiny::wish(&mut wished, 0, 1);
    let lifted = |word: &str, parts: DistrictParts| {
        let body = format!("{limit}unless = ['{word}']");
        Scenario::new(word, parts, &body, TO_S1, TO_S2).otherwise(limit)
    };
    check(&[
        reach("minutes", parts, "max_minutes = 60"),
        lifted("dormitory", flats),
        lifted("consent", wished),
    ]);
}

#[test]
fn change_of_subject() {
    // One too many in 语文, one missing in music, which T0 alone can teach.
    let mut parts = tiny::district(2, &[1000]);
    parts.subjects.push("音乐".to_owned());
    let music = subject(&parts, "音乐");
    state_need(&mut parts, SchoolIndex(0), Stage::Primary, music, 1000);
    parts.teachers[0].further = vec![Capability {
        stage: Stage::Primary,
        subject: music,
    }];
    let capable = "[rule.capable]\nkind = 'reach'\ntitle = '能教'\nform = '校内转任学科'\n\
                   capability = true\n";
    let body = "kind = 'eligibility'\neffect = 'forbid'\nform = '校内转任学科'\n\
                who = { degree_at_least = '博士研究生' }";
    let without = &["T0 校内转任学科 S0 音乐"];
    check(&[Scenario::new("changes of subject", parts, body, &[], without).beside(capable)]);
}
