//! `turns`: who goes again, and who never went.

use shizi::domain::{
    Decided, DecidedKind, District, DistrictParts, Given, Lock, LockKind, RunningExchange,
    SchoolIndex, TeacherIndex,
};
use shizi::rules::{Figure, Target};

use crate::support::{tiny, year_begin};
use crate::{COVER, EXCHANGES, Scenario, best, case, check};

const T0: &[&str] = &["T0 交流 S1 语文"];
const T1: &[&str] = &["T1 交流 S1 语文"];

/// So many exchanges made by each.
fn made(parts: &mut DistrictParts, counts: &[Option<u32>]) {
    for (teacher, &count) in parts.teachers.iter_mut().zip(counts) {
        teacher.earlier_exchanges = Given(count);
    }
}

/// One of two at S0 is needed at S1: the cheaper T1, who has been sent before, or T0, who has not.
fn two() -> DistrictParts {
    let mut parts = tiny::district(2, &[1000, 1000]);
    made(&mut parts, &[Some(0), Some(1)]);
    parts
}

fn turns(keys: &str) -> String {
    format!("kind = 'turns'\nenforcement = 'hard'\n{keys}")
}

#[test]
fn nobody_goes_again_while_others_never_went() {
    // One of three goes: T2 would be cheapest. Of the others, T1 goes by turn.
    let mut three = tiny::district(3, &[2000, 1000]);
    made(&mut three, &[Some(0), Some(0), Some(2)]);
    // Two of three go, of whom only one never went: he or she, and the cheaper of the others.
    let mut all = tiny::district(3, &[1000, 2000]);
    made(&mut all, &[Some(0), Some(1), Some(1)]);
    let objective = "kind = 'turns'\nenforcement = 'objective'\nlevel = 'people'\nweight = 0.5";
    let floor = "kind = 'turns'\nenforcement = 'floor'\nlevel = 'floors'";
    check(&[
        Scenario::new("turns", two(), &turns(""), T0, T1),
        Scenario::new("as a floor", two(), floor, T0, T1),
        // Half a person is more than the hundredth by which T1 is cheaper.
        Scenario::new("as an objective", two(), objective, T0, T1),
        Scenario::new(
            "the nearest by turn",
            three,
            &turns(""),
            T1,
            &["T2 交流 S1 语文"],
        ),
        Scenario::new(
            "again where nobody stays who never went",
            all,
            &turns(""),
            &["T0 交流 S1 语文", "T2 交流 S1 语文"],
            &["T1 交流 S1 语文", "T2 交流 S1 语文"],
        ),
    ]);
}

#[test]
fn the_keys_of_turns() {
    // T1 serves at S2, where nobody else is.
    let mut apart = tiny::district(1, &[500, 1000, 500]);
    tiny::teacher_at(&mut apart, 2);
    made(&mut apart, &[Some(0), Some(1)]);
    let mut wishes = two();
    tiny::wish(&mut wishes, 1, 1);
    let mut classes = two();
    classes.teachers[0].class_teacher = true;
    check(&[
        Scenario::new("scope", apart, &turns("scope = 'district'"), T0, T1).otherwise(&turns("")),
        Scenario::new("volunteers", wishes, &turns("volunteers = false"), T0, T1)
            .otherwise(&turns("")),
        Scenario::new("who", classes, &turns(""), T0, T1)
            .otherwise(&turns("who = { class_teacher = false }")),
        Scenario::new("from", two(), &turns("from = { school = 'S0' }"), T0, T1)
            .otherwise(&turns("from = { school = 'S1' }")),
        Scenario::new("form", two(), &turns("form = ['支教', '交流']"), T0, T1)
            .otherwise(&turns("form = '支教'")),
    ]);
}

/// Value and target of the rule, and whether it holds, under the plan that is best with it reporting.
fn reported(parts: DistrictParts, beside: &str) -> (Figure, Option<Target>, bool) {
    let district = District::new(parts).expect("a district");
    let rule = "[rule.tested]\ntitle = '轮流'\nkind = 'turns'\nenforcement = 'report'\n";
    let rules = [COVER, EXCHANGES, beside, rule];
    let plan = best(&district, &rules);
    case(&district, &rules).with(|context, rules| {
        let facts = shizi::rules::PlanFacts {
            situation: context.situation,
            placements: &plan.placements,
            levers: &plan.levers,
        };
        let mut all = rules.all().iter();
        let typed = all
            .find(|typed| typed.rule.id == "tested")
            .expect("the rule");
        let outcome = typed.check(context, &facts);
        (outcome.value, outcome.target, outcome.met)
    })
}

fn figure(again: i64, avoidable: i64, settled: i64, (of, unknown): (usize, usize)) -> Figure {
    Figure::Turns {
        again,
        avoidable,
        settled,
        of,
        unknown,
    }
}

#[test]
fn what_is_not_known_is_no_fairness() {
    let nobody = Some(Target::Persons {
        at_least: None,
        at_most: Some(0),
    });
    // T1 goes ahead of T0.
    assert_eq!(
        reported(two(), ""),
        (figure(1, 1, 0, (2, 0)), nobody, false)
    );
    // Without the column nothing is known, and nothing is said to be fair.
    let mut unknown = two();
    made(&mut unknown, &[None, None]);
    let (value, target, _) = reported(unknown, "");
    assert_eq!(value, figure(0, 0, 0, (0, 2)));
    assert_eq!(value.to_string(), "不涉及（2 人交流次数不详）");
    assert_eq!(target, Some(Target::Places(0)));
    // Only those sent before are told of.
    let mut some = two();
    made(&mut some, &[None, Some(1)]);
    assert_eq!(reported(some, ""), (figure(1, 0, 0, (1, 1)), nobody, true));
}

#[test]
fn who_may_not_go_is_not_waited_for() {
    let nobody = Some(Target::Persons {
        at_least: None,
        at_most: Some(0),
    });
    let mut classes = two();
    classes.teachers[0].class_teacher = true;
    let defer = "[rule.defer]\ntitle = '暂缓'\nkind = 'eligibility'\neffect = 'defer'\n\
                 who = { class_teacher = true }\n";
    let alone = (figure(1, 0, 0, (1, 0)), nobody, true);
    assert_eq!(reported(classes, defer), alone);
    let mut locked = two();
    locked.locks.push(Lock {
        teacher: TeacherIndex(0),
        kind: LockKind::Stay,
        school: None,
        form: None,
        reason: "工作需要".to_owned(),
    });
    assert_eq!(reported(locked, ""), alone);
}

#[test]
fn decisions_and_locks_are_told_and_not_questioned() {
    let mut locked = two();
    locked.locks.push(Lock {
        teacher: TeacherIndex(1),
        kind: LockKind::Go,
        school: Some(SchoolIndex(1)),
        form: None,
        reason: "工作需要".to_owned(),
    });
    let mut decided = two();
    decided.decided.push(Decided {
        teacher: TeacherIndex(1),
        kind: DecidedKind::Exchange,
        school: Some(SchoolIndex(1)),
        date: None,
        basis: "局务会".to_owned(),
    });
    for parts in [locked, decided] {
        let (value, _, met) = reported(parts, "");
        assert_eq!(value, figure(0, 0, 1, (1, 0)));
        assert_eq!(
            value.to_string(),
            "再次派出 0 人，其中挤占从未交流者 0 人，另按决定 1 人"
        );
        assert!(met);
    }
    // Whoever is away is not sent again, nor waited for.
    let mut away = two();
    away.teachers[1].earlier_exchanges = Given(None);
    away.teachers[1].school = SchoolIndex(1);
    away.teachers[1].running = Some(RunningExchange {
        start: Some(year_begin().plus(-12)),
        end: Some(year_begin().plus(12)),
        origin: SchoolIndex(0),
        personnel_moved: false,
    });
    let (value, ..) = reported(away, "");
    assert_eq!(value, figure(0, 0, 0, (1, 0)));
}
