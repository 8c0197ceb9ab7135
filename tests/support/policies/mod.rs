//! Random policies over the national one: every kind of rule, every enforcement.

mod kinds;
mod levers;
mod words;

use std::fmt::Write;

use self::kinds::{
    count, coverage, disparity, per_pupil, preference, ratio, stability, travel, turns,
};
use self::levers::levers;
use self::words::{enforcement, pick};
use crate::programs::Numbers;

/// Rules of the national policy, with the chance in a hundred that a random one keeps them.
const KEPT: [(&str, i64); 30] = [
    ("in-compulsory", 40),
    ("six-years", 50),
    ("near-retirement", 50),
    ("deferred", 70),
    ("heads-stay", 70),
    ("heads-two-terms", 50),
    ("transfer-by-wish", 30),
    ("resettle-all", 70),
    ("change-subject-in-post", 50),
    ("reach-capability", 60),
    ("reach-stage", 70),
    ("reach-needed", 50),
    ("reach-direction", 30),
    ("reach-origin", 30),
    ("reach-unit", 60),
    ("reach-minutes", 50),
    ("reach-transfer", 30),
    ("exchange-rate", 40),
    ("exchange-rate-county", 20),
    ("exchange-backbone", 40),
    ("dual-qualified", 40),
    ("psychology", 0),
    ("leave-cap", 50),
    ("establishment", 40),
    ("coverage", 60),
    ("move-worth", 50),
    ("surplus", 50),
    ("minutes", 50),
    ("keep-class-teachers", 40),
    ("keep-subject", 50),
];

/// The text of a policy.
pub(crate) fn text(numbers: &mut Numbers) -> String {
    let mut text = "extends = 'national'\nid = 'random'\ntitle = '随机'\n".to_owned();
    for (rule, kept) in KEPT {
        if !numbers.chance(kept) {
            let _ = writeln!(text, "[rule.{rule}]\noff = true");
        }
    }
    text.push_str("[rule.keep-graduating]\noff = true\n");
    for position in 0..numbers.between(1, 5) {
        let _ = writeln!(text, "[rule.random-{position}]\ntitle = '随机{position}'");
        text.push_str(&rule(numbers));
    }
    text.push_str(&forms(numbers));
    text.push_str(&kin(numbers));
    text.push_str(&rounds(numbers));
    text.push_str(&levers(numbers));
    if numbers.chance(50) {
        text.push_str(&itinerant(numbers));
    }
    let mut aside = numbers.aside(2);
    if aside.chance(35) {
        text.push_str(&turns(&mut aside));
    }
    text
}

/// Further forms, on any terms.
fn forms(numbers: &mut Numbers) -> String {
    const FORMS: [&str; 6] = [
        "支教",
        "选调",
        "单位内调配",
        "跨学段调整",
        "转岗培训",
        "跟岗",
    ];
    let mut text = String::new();
    if numbers.chance(50) {
        return text;
    }
    for form in FORMS {
        if !numbers.chance(25) {
            continue;
        }
        let establishment = pick(numbers, &["stays", "moves"]);
        let lead = pick(numbers, &["0", "0", "3"]);
        let _ = writeln!(
            text,
            "[form.'{form}']\nmonths = 12\nestablishment = '{establishment}'\nlead_months = {lead}"
        );
    }
    if numbers.chance(40) {
        let keys = pick(
            numbers,
            &[
                "not_upward = true",
                "to_stage = '初中'",
                "capability = true",
                "within = 'pair'",
            ],
        );
        let _ = writeln!(
            text,
            "[rule.reach-further]\nkind = 'reach'\ntitle = '范围'\n\
             form = ['跨学段调整', '转岗培训', '支教', '选调']\n{keys}"
        );
    }
    text
}

/// Couples and relatives.
fn kin(numbers: &mut Numbers) -> String {
    let mut text = String::new();
    if numbers.chance(30) {
        let level = pick(numbers, &["floors", "teaching", "people"]);
        let enforcement = pick(numbers, &["floor", "objective", "objective", "report"]);
        let within = pick(numbers, &["town", "cluster", "unit"]);
        let _ = writeln!(
            text,
            "[rule.couples]\nkind = 'couples'\ntitle = '夫妻'\nlevel = '{level}'\nweight = 0.3\n\
             enforcement = '{enforcement}'\nwithin = '{within}'"
        );
    }
    if numbers.chance(30) {
        let enforcement = enforcement(numbers, 60);
        let _ = writeln!(
            text,
            "[rule.relatives]\nkind = 'avoidance'\ntitle = '回避'\nlevel = 'teaching'\nweight = 0.7\n\
             enforcement = '{enforcement}'"
        );
    }
    text
}

/// Rules of a year with a competition.
fn rounds(numbers: &mut Numbers) -> String {
    let mut text = String::new();
    if numbers.chance(20) {
        text.push_str("[rule.above]\nkind = 'reach'\ntitle = '不降'\nabove_present = true\n");
    }
    if numbers.chance(30) {
        let enforcement = enforcement(numbers, 20);
        let _ = writeln!(
            text,
            "[rule.waiting]\nkind = 'count'\ntitle = '待岗'\nof = 'waiting'\nat_most = 0\n\
             level = 'floors'\nenforcement = '{enforcement}'"
        );
    }
    if numbers.chance(20) {
        let enforcement = enforcement(numbers, 50);
        let side = pick(numbers, &["origin", "destination"]);
        let scope = pick(numbers, &["school-subject", "school", "district"]);
        let _ = writeln!(
            text,
            "[rule.quota]\nkind = 'count'\ntitle = '名额'\nof = 'moves'\nscope = '{scope}'\n\
             side = '{side}'\nat_most = {{ of = 'quota' }}\nlevel = 'floors'\n\
             enforcement = '{enforcement}'"
        );
    }
    if numbers.chance(20) {
        text.push_str(
            "[rule.must]\nkind = 'eligibility'\ntitle = '统筹'\neffect = 'must'\n\
             who = { competition = '落聘' }\n",
        );
    }
    text
}

fn rule(numbers: &mut Numbers) -> String {
    let level = pick(numbers, &["floors", "teaching", "people"]);
    let weight = pick(numbers, &["0.1", "0.25", "0.5", "1", "1.3", "2"]);
    let body = match numbers.between(0, 13) {
        0..=2 => count(numbers),
        3 | 4 => ratio(numbers),
        10 | 11 => per_pupil(numbers),
        12 | 13 => disparity(numbers),
        5 => coverage(numbers, "coverage"),
        6 => coverage(numbers, "surplus"),
        7 => travel(numbers),
        8 => stability(numbers),
        _ => preference(numbers),
    };
    format!("{body}level = '{level}'\nweight = {weight}\n")
}

/// 走教, at many times its usual chance to be of use.
fn itinerant(numbers: &mut Numbers) -> String {
    let mut text = "[itinerant]\nsubject = ['数学', '语文']\n".to_owned();
    let keys = [
        ("sites_at_most", 2, 3),
        ("home_days_at_least", 1, 4),
        ("lessons_lost", 0, 1),
        ("nearest", 1, 3),
    ];
    for (key, least, most) in keys {
        let _ = writeln!(text, "{key} = {}", numbers.between(least, most));
    }
    text
}
