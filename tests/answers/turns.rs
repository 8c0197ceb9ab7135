//! The rule of turns, which the national policy has and leaves off: one key switches it on.

use std::collections::BTreeSet;
use std::path::Path;

use shizi::answers::{Base, Figures, what_if};
use shizi::domain::Form;
use shizi::rules::Figure;
use shizi::scenario::Scenario;

use super::{NEVER, change, planned, with_base, wulong_but, wulong_policy};

/// Whom the plan sends by exchange of its own choice.
fn sent(base: &Base<'_>) -> BTreeSet<String> {
    let district = base.context.situation.district;
    let placements = base.plan().unwrap().placements.iter();
    let sent = placements.filter(|held| held.form == Form::Exchange && !held.decided);
    sent.map(|held| district.teacher(held.teacher).id.clone())
        .collect()
}

/// The rosters with one exchange made by each of some, and none by all others.
fn sent_before(text: &str, some: &BTreeSet<String>) -> String {
    let mut lines = text.lines();
    let header = lines.next().unwrap();
    let mut all = vec![format!("{header},交流次数")];
    all.extend(lines.map(|line| {
        let id = line.split(',').next().unwrap();
        format!("{line},{}", u8::from(some.contains(id)))
    }));
    all.join("\n") + "\n"
}

/// So many could have been spared by sending a colleague who never was; none where no rule asks.
fn avoidable(figures: &Figures) -> Option<i64> {
    figures.rule("turns").map(|rule| match rule.value {
        Figure::Turns { avoidable, .. } => avoidable,
        other => panic!("{other:?}"),
    })
}

#[test]
fn one_key_switches_the_rule_of_turns_on() {
    let some = with_base(Path::new("instances/wulong"), Path::new("wulong"), sent);
    assert!(some.len() > 5, "{some:?}");
    let folder = tempfile::tempdir().unwrap();
    let rosters = wulong_but(folder.path(), "teachers.csv", |text| {
        sent_before(&text, &some)
    });
    with_base(&rosters, Path::new("wulong"), |base| {
        assert_eq!(avoidable(base.figures.as_ref().unwrap()), None);
        assert_eq!(
            sent(base),
            some,
            "the rule is off: nobody asks who was sent before"
        );
        let on = Scenario::of(vec![change("set", "turns.off=false")]);
        let told = vec![
            change("set", "turns.off=false"),
            change("set", "turns.enforcement=\"report\""),
        ];
        let cases = what_if(base, &[on, Scenario::of(told)], &NEVER, &|_| {}).unwrap();
        let [on, told] = [0, 1].map(|at: usize| cases[at].outcome.planned().unwrap());
        let before = avoidable(&told.figures).unwrap();
        let after = avoidable(&on.figures).unwrap();
        assert!(after < before, "{after} of {before} could be spared");
        assert!(told.differing.is_empty() && !on.differing.is_empty());
        // Written into a policy it is the same.
        let by_hand = wulong_policy(folder.path(), "[rule.turns]\noff = false\n");
        let levels = on.figures.levels.iter().map(|level| level.units);
        assert_eq!(
            planned(&rosters, &by_hand).unwrap(),
            levels.collect::<Vec<i64>>()
        );
    });
}
