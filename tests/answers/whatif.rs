//! What if: each change is what a clerk would have written into the files, and of equally good plans
//! the one that moves fewest others is shown.

use std::path::Path;

use shizi::answers::{Attempt, Base, Figures, Sweep, attempt, differing, sweep_scenarios, what_if};
use shizi::scenario::{Change, Scenario};

use super::{NEVER, change, planned, with_base, wulong_but, wulong_policy};

const WULONG: &str = "instances/wulong";

/// The levels of a year after changes.
fn levels_after(base: &Base<'_>, changes: &[Change]) -> Option<Vec<i64>> {
    let tried = attempt(base, changes, (false, None), &NEVER, Figures::of).unwrap();
    let figures = tried.planned()?;
    assert_eq!(figures.status, "optimal");
    Some(figures.levels.iter().map(|level| level.units).collect())
}

/// Somebody whom the base's plan moves without a decision: id, and code of the school.
fn moved(base: &Base<'_>) -> (String, String) {
    let situation = base.context.situation;
    let placements = &base.plan().unwrap().placements;
    let held = placements.iter().find(|held| {
        let locked = !situation.district.locks_of(held.teacher).is_empty();
        held.form.is_move() && !held.decided && !locked
    });
    let held = held.unwrap();
    let teacher = situation.district.teacher(held.teacher).id.clone();
    (teacher, situation.district.school(held.school).code.clone())
}

#[test]
fn changes_are_what_the_files_would_say() {
    with_base(Path::new(WULONG), Path::new("wulong"), |base| {
        let (teacher, school) = moved(base);
        let files: [(&str, String, &str, String); 5] = [
            (
                "lock",
                format!("{teacher}=留任"),
                "locks.csv",
                format!("{teacher},留任,,,会议\r\n"),
            ),
            (
                "lock",
                format!("{teacher}=不派往:{school}"),
                "locks.csv",
                format!("{teacher},不派往,{school},,会议\r\n"),
            ),
            (
                "absent",
                teacher.clone(),
                "decided.csv",
                format!("{teacher},离岗,,,产假\r\n"),
            ),
            (
                "leave",
                teacher.clone(),
                "decided.csv",
                format!("{teacher},离职,,,辞职\r\n"),
            ),
            (
                "classes",
                "S001:小学:1=+2".to_owned(),
                "classes.csv",
                String::new(),
            ),
        ];
        for (word, text, file, line) in files {
            let folder = tempfile::tempdir().unwrap();
            let rosters = wulong_but(folder.path(), file, |before| match file {
                "classes.csv" => before.replacen("S001,小学,1,,3,132", "S001,小学,1,,5,220", 1),
                _ => before + &line,
            });
            let by_hand = planned(&rosters, Path::new("wulong"));
            let after = levels_after(base, &[change(word, &text)]);
            assert_eq!(after, by_hand, "{word} {text}");
        }
    });
}

/// Rows of Wulong's schools with the state of one or two, as a clerk would add the columns.
fn with_states(before: &str, states: &[(&str, &str)], more: &str) -> String {
    let rows = before.lines().enumerate().map(|(place, row)| {
        let code = row.split(',').next().unwrap_or_default();
        let state = states.iter().find(|(school, _)| *school == code);
        match (place, state) {
            (0, _) => format!("{row},办学状态,并入学校"),
            (_, Some((_, state))) => format!("{row},{state}"),
            _ => format!("{row},,"),
        }
    });
    rows.collect::<Vec<_>>().join("\r\n") + "\r\n" + more
}

#[test]
fn schools_open_and_close_as_the_tables_would_say() {
    with_base(Path::new(WULONG), Path::new("wulong"), |base| {
        // S060 has 20 pupils in each of five grades, S048 a class of 16 in each of four: together
        // they are one class a grade, and the fifth comes whole.
        let folder = tempfile::tempdir().unwrap();
        let rosters = wulong_but(folder.path(), "schools.csv", |before| {
            with_states(&before, &[("S060", "撤销,S048")], "")
        });
        let classes = std::fs::read_to_string(rosters.join("classes.csv")).unwrap();
        let merged = classes
            .lines()
            .filter(|row| !row.starts_with("S060,"))
            .map(|row| {
                let cells: Vec<&str> = row.split(',').collect();
                if cells[0] != "S048" {
                    return row.to_owned();
                }
                assert_eq!(cells[4], "1");
                let pupils: u32 = cells[5].parse().unwrap();
                assert!(pupils + 20 <= 45);
                format!("{},{}", cells[..5].join(","), pupils + 20)
            });
        let mut merged: Vec<String> = merged.collect();
        merged.push("S048,小学,5,,1,20".to_owned());
        std::fs::write(rosters.join("classes.csv"), merged.join("\r\n")).unwrap();
        let by_hand = planned(&rosters, Path::new("wulong"));
        assert_eq!(levels_after(base, &[change("close", "S060:S048")]), by_hand);
        // A junior school of seven classes beside S063.
        let folder = tempfile::tempdir().unwrap();
        let rosters = wulong_but(folder.path(), "schools.csv", |before| {
            let beside = before.lines().find(|row| row.starts_with("S063,")).unwrap();
            let cells: Vec<&str> = beside.split(',').collect();
            let place = [
                &cells[4..6],
                &["否", "是"],
                &cells[8..10],
                &[""],
                &cells[11..15],
            ]
            .concat();
            let row = format!("S新建,新校,U新建,新校,{},0,新建,\r\n", place.join(","));
            with_states(&before, &[], &row)
        });
        let mut classes = std::fs::read_to_string(rosters.join("classes.csv")).unwrap();
        for (grade, count) in [(7, 3), (8, 2), (9, 2)] {
            let row = format!("S新建,初中,{grade},,{count},{}\r\n", count * 50);
            classes.push_str(&row);
        }
        std::fs::write(rosters.join("classes.csv"), classes).unwrap();
        let by_hand = planned(&rosters, Path::new("wulong"));
        assert_eq!(
            levels_after(base, &[change("open", "新校:S063:初中:7")]),
            by_hand
        );
    });
}

/// Of whom the office employs by contract the plan does not dispose; that they are left is told.
#[test]
fn staff_on_contract_whose_school_ends_are_left_and_told() {
    let rosters = std::fs::read_to_string(Path::new(WULONG).join("teachers.csv")).unwrap();
    let there = rosters.lines().filter(|row| row.contains(",S060,"));
    let contracts = there.filter(|row| row.contains(",编外,")).count();
    assert!(contracts > 0);
    with_base(Path::new(WULONG), Path::new("wulong"), |base| {
        let left = |changes: &[Change]| {
            let tried = attempt(base, changes, (false, None), &NEVER, Figures::of).unwrap();
            let figures = tried.planned().unwrap();
            let mut rules = figures.rules.iter();
            let held = rules.find(|rule| rule.id == "resettle-all").unwrap();
            (held.missed, held.met)
        };
        assert_eq!(left(&[]), (0, true));
        assert_eq!(left(&[change("close", "S060:S048")]), (contracts, false));
    });
}

#[test]
fn values_and_rules_are_what_a_policy_would_say() {
    with_base(Path::new(WULONG), Path::new("wulong"), |base| {
        let policies = [
            (
                "set",
                "graduating-stay.weight=2",
                "[rule.graduating-stay]\nweight = 2\n",
            ),
            (
                "set",
                "leave-cap.at_most={ share = \"5%\", of = \"teachers\", minimum = 1 }",
                "[rule.leave-cap]\nat_most = { share = '5%', of = 'teachers', minimum = 1 }\n",
            ),
            (
                "without",
                "reach-minutes",
                "[rule.reach-minutes]\noff = true\n",
            ),
        ];
        for (word, text, more) in policies {
            let folder = tempfile::tempdir().unwrap();
            let policy = wulong_policy(folder.path(), more);
            let by_hand = planned(Path::new(WULONG), &policy);
            let after = levels_after(base, &[change(word, text)]);
            assert_eq!(after, by_hand, "{word} {text}");
        }
    });
}

#[test]
fn a_limit_taken_away_is_what_a_policy_without_it_would_say() {
    let limit = "[rule.thirty]\nkind = 'count'\ntitle = '三十人'\nof = 'moves'\nform = '交流'\n\
                 exactly = 30\ncertainty = 'M'\n";
    let folder = tempfile::tempdir().unwrap();
    let policy = wulong_policy(folder.path(), limit);
    with_base(Path::new(WULONG), &policy, |base| {
        let held = levels_after(base, &[change("set", "thirty.exactly=30")]);
        let changes = [
            (vec![change("without", "thirty")], ""),
            (
                vec![change("set", "thirty.enforcement=\"report\"")],
                "enforcement = 'report'\n",
            ),
            (
                vec![
                    change("without", "thirty"),
                    change("set", "graduating-stay.weight=2"),
                ],
                "[rule.graduating-stay]\nweight = 2\n",
            ),
        ];
        for (changes, more) in changes {
            let folder = tempfile::tempdir().unwrap();
            let told = if more.starts_with("enforcement") {
                limit
            } else {
                ""
            };
            let policy = wulong_policy(folder.path(), &format!("{told}{more}"));
            let by_hand = planned(Path::new(WULONG), &policy);
            let after = levels_after(base, &changes);
            assert_eq!(after, by_hand, "{changes:?}");
            assert_ne!(after, held, "the limit matters");
        }
    });
}

#[test]
fn no_equally_good_plan_moves_fewer_others() {
    with_base(Path::new(WULONG), Path::new("wulong"), |base| {
        let (teacher, _) = moved(base);
        let changes = [change("lock", &format!("{teacher}=留任"))];
        let read = |account: &shizi::account::Account<'_>| {
            let known = (base.context.situation, &base.plan().unwrap().placements[..]);
            let found = (account.situation(), &account.plan.placements[..]);
            let others = differing(known, found)
                .into_iter()
                .filter(|held| held.teacher != teacher);
            (Figures::of(account), others.count())
        };
        let free = attempt(base, &changes, (false, None), &NEVER, read).unwrap();
        let (best, others) = free.planned().unwrap();
        assert!(*others > 0, "somebody goes instead");
        // With one change less allowed the plan is worse at some level, or there is none.
        let fewer = *others as u32 - 1;
        let tight = attempt(base, &changes, (false, Some(fewer)), &NEVER, read).unwrap();
        if let Some((figures, count)) = tight.planned() {
            assert!(*count <= fewer as usize);
            let units = |figures: &Figures| -> Vec<i64> {
                figures.levels.iter().map(|level| level.units).collect()
            };
            assert!(
                units(figures) > units(best),
                "one change less costs something"
            );
        }
        // With as many allowed, the plan is as good.
        let wide = attempt(base, &changes, (false, Some(*others as u32)), &NEVER, read).unwrap();
        assert_eq!(
            wide.planned().unwrap().0.levels[0].units,
            best.levels[0].units
        );
    });
}

#[test]
fn impossible_scenarios_name_what_is_in_the_way() {
    with_base(Path::new(WULONG), Path::new("wulong"), |base| {
        let scenario = |name: &str, changes: Vec<Change>| Scenario {
            name: name.to_owned(),
            changes,
            ..Scenario::default()
        };
        let set = "rule.many.at_least=2000";
        let rest = "[[scenario]]\nname = 'x'\n[scenario.set.rule.many]\nkind = 'count'\n\
                    title = '两千人'\nof = 'moves'\nform = '交流'\nenforcement = 'hard'\nat_least = 2000\ncertainty = 'M'\n";
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x.toml");
        std::fs::write(&file, rest).unwrap();
        let many = shizi::scenario::read_scenarios(&file).unwrap().remove(0);
        assert!(many.changes.contains(&change("set", set)));
        let (teacher, _) = moved(base);
        let scenarios = [
            many,
            scenario(
                "nobody",
                vec![change("lock", "T99999=留任"), change("without", "no-such")],
            ),
            scenario(
                "own school",
                vec![change("lock", &format!("{teacher}=派往:S001"))],
            ),
        ];
        let cases = what_if(base, &scenarios, &NEVER, &|_| {}).unwrap();
        let Attempt::Clashes { rules, .. } = &cases[0].outcome else {
            panic!("{:?}", cases[0].outcome);
        };
        assert!(rules.iter().any(|rule| rule.id == "many"), "{rules:?}");
        let Attempt::Refused(faults) = &cases[1].outcome else {
            panic!("{:?}", cases[1].outcome);
        };
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(!matches!(cases[2].outcome, Attempt::Refused(_)));
    });
}

#[test]
fn a_sweep_has_a_plan_for_every_value_that_allows_one() {
    with_base(Path::new(WULONG), Path::new("wulong"), |base| {
        let sweep = Sweep::parse("exchange-rate.weight=1,5").unwrap();
        let cases = what_if(base, &sweep_scenarios(&[sweep], &[]), &NEVER, &|_| {}).unwrap();
        assert_eq!(cases.len(), 2);
        for case in &cases {
            assert!(case.outcome.planned().is_some(), "{:?}", case.outcome);
        }
    });
}
