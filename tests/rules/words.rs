//! Words of selectors that name nothing in the district (P007).

use shizi::domain::District;

use crate::support::{self, tiny};
use crate::{policy_text, tested};

/// A rule or lever with one word that names nothing, and what was meant.
const UNKNOWN: [(&str, &str); 8] = [
    (
        "kind = 'eligibility'\neffect = 'defer'\nwho = { subject = '语交' }",
        "语文",
    ),
    (
        "kind = 'count'\nof = 'teachers'\nto = { school = 'S9' }\nat_least = 1",
        "S0",
    ),
    (
        "kind = 'count'\nof = 'moves'\nat_most = { share = 0.5, of = 'eligible', who = { subject = '语交' } }",
        "语文",
    ),
    (
        "kind = 'count'\nof = 'moves'\nat_most = { of = 'eligible', from = { cluster = '东区' } }",
        "东片",
    ),
    (
        "kind = 'coverage'\nemphasis = [{ subject = '语交', factor = 2 }]",
        "语文",
    ),
    (
        "kind = 'ratio'\nof = 'moves'\nnumerator = { any_of = [{ subject = '语交' }] }\nat_least = 0.5",
        "语文",
    ),
    (
        "kind = 'per_pupil'\nindicators = [{ name = 'x', stage = '小学', at_least = 1, \
         who = { subject = '语交' } }]",
        "语文",
    ),
    (
        "kind = 'stability'\nenforcement = 'report'\nto = { none_of = [{ cluster = '东区' }] }",
        "东片",
    ),
];

const LEVER: &str = "[lever.recruit]\nkind = 'recruit'\ntitle = '招聘'\nlevel = 'people'\nweight = 1\n\
                     subject = '语交'\n";

fn district() -> District {
    let mut parts = tiny::district(1, &[1000, 1000]);
    parts.schools[1].cluster = Some("东片".to_owned());
    District::new(parts).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

fn advice(rule: &str) -> Vec<String> {
    let (policy, rules) = support::policy(&policy_text(&[rule]));
    let Err(faults) = rules.check_words(&policy, &district()) else {
        return Vec::new();
    };
    assert!(
        faults.iter().all(|fault| fault.code == "P007"),
        "{faults:?}"
    );
    faults.into_iter().map(|fault| fault.advice).collect()
}

#[test]
fn words_that_name_nothing_get_their_nearest_neighbour() {
    for (body, meant) in UNKNOWN {
        let advice = advice(&tested(body));
        assert_eq!(advice.len(), 1, "{body}");
        assert!(advice[0].contains(meant), "{body}: {advice:?}");
    }
    let used = format!("{LEVER}at_most = 1\n");
    assert_eq!(advice(&used).len(), 1);
    let unused = format!("{LEVER}at_most = 0\n");
    assert!(advice(&unused).is_empty(), "a lever of nobody names nobody");
}

#[test]
fn exceptions_name_places_of_their_rule() {
    let rule = |to: &str, at: &str| {
        format!(
            "kind = 'count'\nof = 'teachers'\nscope = 'school'\nto = {to}\nat_least = 1\n[rule.tested.at.{at}]\nat_least = 0"
        )
    };
    let faults = |body: &str| {
        let (policy, rules) = support::policy(&policy_text(&[&tested(body)]));
        let faults = rules.check_words(&policy, &district());
        faults.err().unwrap_or_default()
    };
    for known in ["S0", "\"第1学校\""] {
        assert_eq!(faults(&rule("{}", known)), [], "{known}");
    }
    for (to, word, at) in [
        // No such school; one of which the rule does not speak; one that stands there twice.
        ("{}", "S7", "S7"),
        ("{ cluster = '东片' }", "S0", "S0"),
        ("{}", "\"第1学校\"", "第1学校"),
    ] {
        let mut body = rule(to, word);
        if at == "第1学校" {
            body.push_str("\n[rule.tested.at.S1]\nat_least = 0");
        }
        let found = faults(&body);
        assert_eq!(found.len(), 1, "{body}: {found:?}");
        assert_eq!(found[0].code, "P007");
        assert!(
            found[0].place.ends_with(&format!("rule.tested.at.{at}")),
            "{found:?}"
        );
    }
    let stage = |word: &str| {
        format!(
            "kind = 'count'\nof = 'teachers'\nscope = 'school-stage'\nat_least = 1\nat = {{ \"{word}\" = {{ at_least = 0 }} }}"
        )
    };
    assert_eq!(faults(&stage("S1:小学")), []);
    assert_eq!(faults(&stage("S1：primary")), []);
    for word in ["S1", "S1:初中", "S1:小字"] {
        assert_eq!(faults(&stage(word)).len(), 1, "{word}");
    }
}
