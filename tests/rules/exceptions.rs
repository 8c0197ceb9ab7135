//! `except`: a rule holds for all but those whom the office lets through.

use shizi::domain::{DistrictParts, Given, Office, TeacherIndex};

use crate::support::{state_need, subject, tiny};
use crate::{Scenario, check};

const T0: &[&str] = &["T0 交流 S1 语文"];
const T1: &[&str] = &["T1 交流 S1 语文"];

/// One of two at S0 is needed at S1: the cheaper T1, unless a rule is in the way.
fn two() -> DistrictParts {
    tiny::district(2, &[1000, 1000])
}

/// One rule, and the same with an exception.
fn pair(
    name: &str,
    parts: DistrictParts,
    (rule, except): (&str, &str),
    (held, excepted): (&'static [&'static str], &'static [&'static str]),
) -> Scenario {
    Scenario::new(name, parts, rule, held, excepted).otherwise(&format!("{rule}\n{except}"))
}

#[test]
fn a_rule_holds_for_all_but_those_whom_it_lets_through() {
    let mut went = two();
    for (teacher, made) in went.teachers.iter_mut().zip([0, 1]) {
        teacher.earlier_exchanges = Given(Some(made));
    }
    let mut heads = two();
    heads.teachers[1].office = Office::Head;
    let mut kin = two();
    tiny::teacher_at(&mut kin, 1);
    kin.teachers[2].office = Office::Head;
    (kin.teachers[1].relatives, kin.teachers[2].relatives) =
        (vec![TeacherIndex(2)], vec![TeacherIndex(1)]);
    let (chinese, at) = (subject(&kin, "语文"), kin.schools[1].classes[0].stage);
    kin.stated_needs.pop();
    state_need(&mut kin, shizi::domain::SchoolIndex(1), at, chinese, 2000);
    let except = "except = 'T001'";
    check(&[
        pair(
            "eligibility",
            heads,
            (
                "kind = 'eligibility'\neffect = 'forbid'\nwho = { office = '正校级' }",
                except,
            ),
            (T0, T1),
        ),
        pair("turns", went, ("kind = 'turns'", except), (T0, T1)),
        pair(
            "relatives, both of them named",
            kin,
            ("kind = 'avoidance'", "except = ['T001', 'T002']"),
            (T0, T1),
        ),
    ]);
}
