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
    let (_, rules) = support::policy(&policy_text(&[rule]));
    let Err(faults) = rules.check_words(&district()) else {
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
