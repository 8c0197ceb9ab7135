//! Random policies of a few hard rules that often cannot all hold.

use std::fmt::Write;

use crate::programs::Numbers;

/// Rules of the national policy that no random one keeps, for they say nothing or too much of tiny
/// districts; the others are kept by chance.
const OFF: [&str; 16] = [
    "deferred",
    "reach-direction",
    "reach-origin",
    "reach-transfer",
    "exchange-rate",
    "exchange-rate-county",
    "exchange-backbone",
    "dual-qualified",
    "psychology",
    "establishment",
    "coverage",
    "surplus",
    "minutes",
    "keep-graduating",
    "teacher-disparity",
    "teacher-indicators",
];

/// Rules that cut choices, with the chance in a hundred that a random policy keeps them.
const KEPT: [(&str, i64); 10] = [
    ("in-compulsory", 20),
    ("six-years", 30),
    ("near-retirement", 20),
    ("heads-stay", 30),
    ("transfer-by-wish", 60),
    ("change-subject-in-post", 60),
    ("reach-capability", 85),
    ("reach-stage", 85),
    ("reach-needed", 80),
    ("reach-minutes", 30),
];

fn pick<'a>(numbers: &mut Numbers, words: &[&'a str]) -> &'a str {
    words[numbers.between(0, words.len() as i64 - 1) as usize]
}

/// The text of a policy.
pub(crate) fn text(numbers: &mut Numbers) -> String {
    let mut text = "extends = 'national'\nid = 'random'\ntitle = '随机'\n".to_owned();
    for rule in OFF {
        let _ = writeln!(text, "[rule.{rule}]\noff = true");
    }
    for (rule, kept) in KEPT {
        if !numbers.chance(kept) {
            let _ = writeln!(text, "[rule.{rule}]\noff = true");
        }
    }
    let rules: Vec<String> = match numbers.between(0, 9) {
        // What is rare by chance alone: ways that are too long, and too few recognitions.
        0 | 1 => vec![far(numbers), moves(numbers)],
        2 => vec![recognised(numbers)],
        _ => (0..numbers.between(2, 3)).map(|_| rule(numbers)).collect(),
    };
    for (position, rule) in rules.iter().enumerate() {
        let _ = writeln!(text, "[rule.random-{position}]\ntitle = '随机{position}'");
        text.push_str(rule);
    }
    if numbers.chance(60) {
        let most = numbers.between(0, 1);
        let _ = write!(
            text,
            "[lever.certify]\nkind = 'certify'\ntitle = '认定'\nat_most = {most}\n\
             level = 'people'\nweight = 0.5\npractice_months = 0\n"
        );
    }
    text
}

fn rule(numbers: &mut Numbers) -> String {
    match numbers.between(0, 23) {
        0..=6 => moves(numbers),
        7 => teachers(numbers),
        8..=10 => ratio(numbers),
        11..=13 => reach(numbers),
        14..=16 => eligibility(numbers),
        17 => "kind = 'avoidance'\n".to_owned(),
        18 => turns(numbers),
        19 => posts(numbers),
        20 | 21 => per_pupil(numbers),
        _ => disparity(numbers),
    }
}

fn far(numbers: &mut Numbers) -> String {
    let minutes = numbers.between(1, 40);
    let form = pick(numbers, &["'交流'", "['交流', '调动']"]);
    format!("kind = 'reach'\nform = {form}\nmax_minutes = {minutes}\n")
}

fn recognised(numbers: &mut Numbers) -> String {
    let share = pick(numbers, &["50%", "85%", "100%"]);
    format!(
        "kind = 'ratio'\nof = 'teachers'\nwho = {{ programme_teacher = true }}\n\
         numerator = {{ dual_qualified = true }}\nat_least = '{share}'\n"
    )
}

fn moves(numbers: &mut Numbers) -> String {
    let form = pick(numbers, &["'交流'", "['交流', '调动']"]);
    let many = numbers.between(0, 4);
    let limit = pick(numbers, &["exactly", "at_least", "at_least", "at_most"]);
    let scope = if limit == "at_most" {
        pick(numbers, &["district", "school", "school-subject"])
    } else {
        "district"
    };
    format!("kind = 'count'\nof = 'moves'\nform = {form}\nscope = '{scope}'\n{limit} = {many}\n")
}

fn teachers(numbers: &mut Numbers) -> String {
    let scope = pick(numbers, &["school", "unit", "school-subject"]);
    let limit = pick(numbers, &["at_least", "at_most"]);
    let many = numbers.between(1, 2);
    let to = pick(
        numbers,
        &["{}", "{ receiving = true }", "{ zone = '乡村' }"],
    );
    format!("kind = 'count'\nof = 'teachers'\nscope = '{scope}'\nto = {to}\n{limit} = {many}\n")
}

fn ratio(numbers: &mut Numbers) -> String {
    let of = pick(numbers, &["moves", "teachers", "teachers"]);
    let numerator = pick(
        numbers,
        &[
            "{ dual_qualified = true }",
            "{ dual_qualified = true }",
            "{ backbone_at_least = '校级' }",
            "{ class_teacher = false }",
        ],
    );
    let scope = pick(numbers, &["district", "district", "school"]);
    let limit = pick(
        numbers,
        &["at_least = '50%'", "at_least = '85%'", "at_most = '1/3'"],
    );
    format!("kind = 'ratio'\nof = '{of}'\nnumerator = {numerator}\nscope = '{scope}'\n{limit}\n")
}

fn reach(numbers: &mut Numbers) -> String {
    let minutes = numbers.between(1, 60);
    let keys = [
        format!("max_minutes = {minutes}\n"),
        format!("max_minutes = {minutes}\n"),
        format!("max_minutes = {minutes}\nunless = ['consent']\n"),
        "wished = true\n".to_owned(),
        "within = 'cluster'\n".to_owned(),
        "not_within = 'unit'\n".to_owned(),
        "to = { receiving = true }\n".to_owned(),
        "over_to_under = true\n".to_owned(),
    ];
    let position = numbers.between(0, keys.len() as i64 - 1) as usize;
    format!("kind = 'reach'\n{}", keys[position])
}

fn eligibility(numbers: &mut Numbers) -> String {
    let effect = pick(numbers, &["require", "forbid", "must", "must", "defer"]);
    let who = pick(
        numbers,
        &[
            "{ class_teacher = true }",
            "{ backbone_at_least = '校级' }",
            "{ years_at_school_at_least = 8 }",
            "{ years_at_school_below = 15 }",
            "{ wishes = true }",
            "{ subject = '语文' }",
        ],
    );
    format!("kind = 'eligibility'\neffect = '{effect}'\nwho = {who}\n")
}

fn turns(numbers: &mut Numbers) -> String {
    let scope = pick(numbers, &["school", "district", "unit"]);
    let form = pick(numbers, &["'交流'", "['交流', '调动']"]);
    format!("kind = 'turns'\nscope = '{scope}'\nform = {form}\nvolunteers = false\n")
}

fn posts(numbers: &mut Numbers) -> String {
    let kind = pick(numbers, &["coverage", "surplus"]);
    let stage = pick(numbers, &["", "stage = '小学'\n", "stage = '初中'\n"]);
    format!("kind = '{kind}'\n{stage}")
}

fn who(numbers: &mut Numbers) -> &'static str {
    pick(
        numbers,
        &[
            "{}",
            "{ subject = '语文' }",
            "{ backbone_at_least = '校级' }",
            "{ class_teacher = false }",
        ],
    )
}

fn per_pupil(numbers: &mut Numbers) -> String {
    let mut text = "kind = 'per_pupil'\npupils_at_least = 0\nindicators = [".to_owned();
    for name in &["甲", "乙"][..numbers.between(1, 2) as usize] {
        let least = pick(numbers, &["0.3", "0.9", "1", "2.5"]);
        let who = who(numbers);
        let _ = write!(
            text,
            "{{ name = '{name}', stage = ['小学', '初中'], who = {who}, at_least = {least} }}, "
        );
    }
    text.push_str("]\n");
    if numbers.chance(40) {
        let kept = pick(numbers, &["0%", "50%", "85%"]);
        let _ = writeln!(text, "may_fail = 1\nfloor_of_failed = '{kept}'");
    }
    text
}

fn disparity(numbers: &mut Numbers) -> String {
    let mut text = "kind = 'disparity'\npupils_at_least = 0\nindicators = [".to_owned();
    for name in &["甲", "乙"][..numbers.between(1, 2) as usize] {
        let most = pick(numbers, &["0.05", "0.3", "0.45", "0.6"]);
        let who = who(numbers);
        let _ = write!(
            text,
            "{{ name = '{name}', stage = '小学', who = {who}, at_most = {most} }}, "
        );
    }
    text.push_str("]\n");
    if numbers.chance(20) {
        text.push_str("composite = [{ stage = '小学', others = [0.3], at_most = 0.35 }]\n");
    }
    text
}
