//! What must give: each value that is named has a plan when it is planned from a policy written by
//! hand, and one step less has none.

use std::path::Path;

use shizi::answers::{Base, Diagnosis, Finding, Loosening, WayOut, diagnose, what_if};
use shizi::scenario::{Change, read_scenarios, write_scenarios};

use super::{NEVER, change, exact, planned, with_base, wulong_policy};

const WULONG: &str = "instances/wulong";
const TINY: &str = "instances/tiny";

/// A rule that asks for so many exchanges.
fn many(count: i64) -> String {
    format!(
        "[rule.many]\nkind = 'count'\ntitle = 'many'\nof = 'moves'\nform = '交流'\nexactly = {count}\n"
    )
}

/// Diagnoses a folder under Wulong's policy with some lines more.
fn diagnosed(rosters: &str, lines: &str, given: &[Change]) -> Diagnosis {
    let folder = tempfile::tempdir().unwrap();
    let policy = wulong_policy(folder.path(), lines);
    let reading = shizi::ingest::read_district(Path::new(rosters)).unwrap();
    let district = reading.district.unwrap();
    let (policy, rules) = shizi::rules::load(&policy).unwrap();
    let situation = shizi::demand::Situation::new(&district, &policy);
    let standings = shizi::rules::eligibility::Standings::new(&situation, &rules);
    let context = shizi::rules::Context {
        situation: &situation,
        standings: &standings,
    };
    let base = Base::unplanned(context, &rules, &exact());
    let found = diagnose(&base, given, true, &NEVER, &|_| {}).unwrap();
    found.unwrap()
}

/// Whether a folder has a plan under Wulong's policy with some lines more.
fn has_plan(rosters: &str, lines: &str) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let policy = wulong_policy(folder.path(), lines);
    planned(Path::new(rosters), &policy).is_some()
}

fn way<'a>(diagnosis: &'a Diagnosis, key: &str) -> &'a WayOut {
    let found = diagnosis.ways.iter().find(|way| match &way.loosening {
        Loosening::Number { key: held, .. } | Loosening::Share { key: held, .. } => held == key,
        Loosening::Lever { lever, .. } => lever == key,
        _ => false,
    });
    found.unwrap_or_else(|| panic!("{key}: {:#?}", diagnosis.ways))
}

fn number(way: &WayOut) -> i64 {
    match way.loosening {
        Loosening::Number { to, .. } | Loosening::Lever { to, .. } => to,
        _ => panic!("{way:?}"),
    }
}

#[test]
fn a_year_with_a_plan_has_no_clash() {
    let found = diagnosed(TINY, "", &[]);
    assert_eq!(found.finding, Finding::HasPlan);
    assert!(found.ways.is_empty());
}

#[test]
fn the_nearest_number_is_the_largest_that_has_a_plan() {
    let off = "[rule.leave-cap]\noff = true\n";
    let found = diagnosed(TINY, &format!("{}{off}", many(8)), &[]);
    let to = number(way(&found, "many.exactly"));
    let largest = (0..8)
        .rev()
        .find(|&count| has_plan(TINY, &format!("{}{off}", many(count))));
    assert_eq!(Some(to), largest);
    let members: Vec<&str> = found
        .members
        .iter()
        .map(|held| held.rule.id.as_str())
        .collect();
    assert_eq!(members, ["many", "reach-direction", "reach-unit"]);
    for way in &found.ways {
        let outcome = way.outcome.as_ref().unwrap();
        assert!(outcome.planned().is_some(), "{way:?}");
    }
}

#[test]
fn a_share_and_its_lever_are_loosened_by_one_step_and_not_less() {
    let lines = |share: &str, certify: i64| {
        format!(
            "[rule.dual-qualified]\nenforcement = 'hard'\nat_least = '{share}'\n\
             [lever.certify]\nat_most = {certify}\n"
        )
    };
    let found = diagnosed(WULONG, &lines("100%", 0), &[]);
    let certify = number(way(&found, "certify"));
    assert!(has_plan(WULONG, &lines("100%", certify)));
    assert!(!has_plan(WULONG, &lines("100%", certify - 1)));
    let Loosening::Share { to, .. } = way(&found, "dual-qualified.at_least").loosening else {
        panic!("a share");
    };
    assert!(has_plan(WULONG, &lines(&to.to_string(), 0)));
    let tighter = format!("{}/1000", to.of_rounded_down(1000) + 1);
    assert!(!has_plan(WULONG, &lines(&tighter, 0)));
    // As many are missing as certificates would help.
    let member = found
        .members
        .iter()
        .find(|held| held.rule.id == "dual-qualified");
    assert_eq!(member.unwrap().missed.as_ref().unwrap().amount, certify);
}

/// A share that no number of recognitions reaches: how many could be recognised is told instead.
#[test]
fn where_recognitions_are_not_enough_their_number_is_told() {
    let lines = "[rule.dual-qualified]\nenforcement = 'hard'\nat_least = '100%'\n\
                 [lever.certify]\nat_most = 0\nwho = { sex = '女' }\n";
    let found = diagnosed(WULONG, lines, &[]);
    let rosters = std::fs::read_to_string(Path::new(WULONG).join("teachers.csv")).unwrap();
    let mut rows = rosters.trim_start_matches('\u{feff}').lines();
    let heads: Vec<&str> = rows.next().unwrap().split(',').collect();
    let place = |name: &str| heads.iter().position(|head| *head == name).unwrap();
    let months = heads.iter().position(|head| *head == "近五年企业实践月数");
    let could = rows.filter(|row| {
        let cells: Vec<&str> = row.split(',').collect();
        let is = |name: &str, word: &str| cells[place(name)] == word;
        let practised =
            months.is_none_or(|months| cells[months].parse().is_ok_and(|held: u32| held >= 6));
        is("是否专业课教师", "是")
            && is("是否双师型", "否")
            && is("性别", "女")
            && !is("编制类型", "编外")
            && practised
    });
    let mut members = found.members.iter();
    let member = members
        .find(|held| held.rule.id == "dual-qualified")
        .unwrap();
    assert_eq!(member.recognisable, Some(could.count() as i64));
    let is_lever = |way: &WayOut| matches!(way.loosening, Loosening::Lever { .. });
    assert!(!found.ways.iter().any(is_lever));
}

#[test]
fn a_cap_of_places_names_how_many_more_in_all() {
    let lines = |cap: &str, count: i64| {
        format!(
            "{}[rule.leave-cap]\nat_most = {{ share = '{cap}', of = 'teachers', minimum = 1 }}\n",
            many(count)
        )
    };
    let found = diagnosed(WULONG, &lines("5%", 150), &[]);
    assert_eq!(found.finding, Finding::Clashes);
    let count = number(way(&found, "many.exactly"));
    assert!(has_plan(WULONG, &lines("5%", count)) && !has_plan(WULONG, &lines("5%", count + 1)));
    let Loosening::Share { to, .. } = way(&found, "leave-cap.at_most.share").loosening else {
        panic!("a share");
    };
    assert!(has_plan(WULONG, &lines(&to.to_string(), 150)));
    let tighter = format!("{}/1000", to.of_rounded_down(1000) - 1);
    assert!(!has_plan(WULONG, &lines(&tighter, 150)));
    let member = found
        .members
        .iter()
        .find(|held| held.rule.id == "leave-cap");
    let missed = member.unwrap().missed.as_ref().unwrap();
    assert_eq!(
        missed.amount,
        150 - count,
        "each more is one more somewhere"
    );
}

#[test]
fn exceptions_are_as_few_as_give_a_plan() {
    let lines = |exceptions: &str| {
        format!(
            "{}[rule.leave-cap]\nat_most = {{ share = '5%', of = 'teachers', minimum = 1 }}\n{exceptions}",
            many(130)
        )
    };
    let found = diagnosed(WULONG, &lines(""), &[]);
    let count = number(way(&found, "many.exactly"));
    let held = found.ways.iter().find_map(|way| match &way.loosening {
        Loosening::Places {
            persons, places, ..
        } => Some((way, *persons, places)),
        _ => None,
    });
    let (out, persons, places) = held.unwrap();
    assert!(out.proven && out.outcome.as_ref().unwrap().planned().is_some());
    assert_eq!(persons, 130 - count, "each more is one more somewhere");
    let exceptions = |less: usize| {
        let tables = places.iter().enumerate().map(|(at, held)| {
            let most = held.to - i64::from(at == less);
            format!("[rule.leave-cap.at.{}]\nat_most = {most}\n", held.place)
        });
        tables.collect::<String>()
    };
    assert!(has_plan(WULONG, &lines(&exceptions(places.len()))));
    // One person less, here or there.
    assert!(!has_plan(WULONG, &lines(&exceptions(0))));
    assert!(!has_plan(WULONG, &lines(&exceptions(places.len() - 1))));
    // The same on the command line.
    let scenario = [out.scenario.clone()];
    with_base(Path::new(WULONG), Path::new("wulong"), |base| {
        let key = format!("leave-cap.at.{}.at_most=0", places[0].place);
        let none = change("set", &key);
        let unknown = change("set", "leave-cap.at.S9999.at_most=0");
        let (policy, rules) = (base.context.situation.policy, base.rules);
        let district = base.context.situation.district;
        let changed = shizi::scenario::apply(district, (policy, rules), &[none]).unwrap();
        let rule = changed
            .policy
            .rules
            .iter()
            .find(|held| held.id == "leave-cap");
        assert!(rule.unwrap().parameters.contains_key("at"));
        let faults = shizi::scenario::apply(district, (policy, rules), &[unknown]).unwrap_err();
        assert_eq!(faults[0].code, "P007");
        assert_eq!(faults[0].place, "--set: rule.leave-cap.at.S9999");
    });
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scenarios.toml");
    std::fs::write(&file, write_scenarios(&scenario)).unwrap();
    assert_eq!(read_scenarios(&file).unwrap(), scenario);
}

#[test]
fn rules_that_give_way_together_have_a_plan_and_none_to_spare() {
    // Too many exchanges and too many transfers: neither rule alone is enough.
    let more = |exchanges: i64, transfers: i64| {
        format!(
            "{}[rule.more]\nkind = 'count'\ntitle = 'more'\nof = 'moves'\nform = '调动'\nexactly = {transfers}\n",
            many(exchanges)
        )
    };
    let found = diagnosed(TINY, &more(50, 40), &[]);
    let [out] = found.ways.as_slice() else {
        panic!("one way: {:#?}", found.ways);
    };
    let Loosening::Together { changes } = &out.loosening else {
        panic!("together: {out:#?}");
    };
    assert!(out.proven && out.outcome.as_ref().unwrap().planned().is_some());
    let value = |key: &str| {
        let held = changes.iter().find_map(|text| text.strip_prefix(key));
        held.map(|text| text.parse::<i64>().unwrap())
    };
    let (exchanges, transfers) = (value("many.exactly="), value("more.exactly="));
    let (exchanges, transfers) = (exchanges.unwrap(), transfers.unwrap());
    assert!(has_plan(TINY, &more(exchanges, transfers)));
    assert!(!has_plan(TINY, &more(exchanges + 1, transfers)));
    assert!(!has_plan(TINY, &more(exchanges, transfers + 1)));
}

#[test]
fn more_minutes_are_as_few_as_give_a_plan() {
    let lines = |minutes: i64| {
        format!(
            "{}[rule.leave-cap]\noff = true\n[rule.reach-minutes]\nmax_minutes = {minutes}\nunless = []\n",
            many(3)
        )
    };
    let found = diagnosed(TINY, &lines(1), &[]);
    let out = way(&found, "reach-minutes.max_minutes");
    let minutes = number(out);
    let least = (1..=300).find(|&minutes| has_plan(TINY, &lines(minutes)));
    assert_eq!(Some(minutes), least);
    let (users, proven) = out.users.unwrap();
    assert!(proven && (1..=3).contains(&users), "{users}");
}

#[test]
fn a_lock_that_contradicts_another_is_taken_off() {
    with_base(Path::new(WULONG), Path::new("wulong"), |base| {
        let held = base.plan().unwrap().placements.iter().find(|held| {
            let locked = !base
                .context
                .situation
                .district
                .locks_of(held.teacher)
                .is_empty();
            held.form.is_move() && !held.decided && !locked
        });
        let held = held.unwrap();
        let district = base.context.situation.district;
        let teacher = &district.teacher(held.teacher).id;
        let school = &district.school(held.school).code;
        let given = [
            change("lock", &format!("{teacher}=留任")),
            change("lock", &format!("{teacher}=派往:{school}")),
        ];
        let found = diagnose(base, &given, true, &NEVER, &|_| {})
            .unwrap()
            .unwrap();
        assert_eq!(found.finding, Finding::Locked);
        assert_eq!(found.locked[0].teacher, *teacher);
        // Either lock gives way.
        let ways = found.ways.iter().filter(|way| way.rule.is_none());
        assert_eq!(ways.count(), 2, "{:#?}", found.ways);
        // The file of the ways out is tried as it is.
        let scenarios: Vec<_> = found.ways.iter().map(|way| way.scenario.clone()).collect();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("scenarios.toml");
        std::fs::write(&file, write_scenarios(&scenarios)).unwrap();
        let read = read_scenarios(&file).unwrap();
        assert_eq!(read, scenarios);
        for case in what_if(base, &read, &NEVER, &|_| {}).unwrap() {
            assert!(case.outcome.planned().is_some(), "{:?}", case.outcome);
        }
    });
}

#[test]
fn a_lock_of_the_rosters_is_taken_off_by_name() {
    with_base(Path::new(WULONG), Path::new("wulong"), |base| {
        let given = [change("lock", "T00226=派往:S025")];
        let found = diagnose(base, &given, false, &NEVER, &|_| {})
            .unwrap()
            .unwrap();
        assert_eq!(found.finding, Finding::Locked);
        let off = [change("unlock", "T00226=派往:S025")];
        assert!(found.ways.iter().all(|way| way.scenario.changes != given));
        // What is not there cannot be taken off.
        assert!(
            diagnose(base, &off, false, &NEVER, &|_| {})
                .unwrap()
                .is_err()
        );
    });
}
