//! Recruits in "fewest differ": of equally good plans the one that places fewest of them otherwise.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use shizi::answers::{Figures, Outcome, what_if};
use shizi::scenario::Scenario;

use super::{NEVER, change, with_base};

/// Recruits of each lever by place.
fn placed(figures: &Figures) -> BTreeMap<(&str, &str, &str, &str), i64> {
    let recruits = figures.levers.iter().filter(|used| !used.stage.is_empty());
    recruits
        .map(|used| {
            let place = (used.lever.as_str(), used.place.as_str());
            let post = (used.stage, used.subject.as_str());
            ((place.0, place.1, post.0, post.1), i64::from(used.count))
        })
        .collect()
}

/// How many of one lever come where none came, or are gone from where they came, whichever are more.
fn otherwise(before: &Figures, after: &Figures) -> i64 {
    let (before, after) = (placed(before), placed(after));
    let mut sums: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for place in before
        .keys()
        .chain(after.keys())
        .collect::<std::collections::BTreeSet<_>>()
    {
        let held = |of: &BTreeMap<_, i64>| of.get(place).copied().unwrap_or(0);
        let more = held(&after) - held(&before);
        let sum = sums.entry(place.0).or_default();
        *sum = (sum.0 + more.max(0), sum.1 + (-more).max(0));
    }
    sums.values().map(|&(more, less)| more.max(less)).sum()
}

#[test]
fn recruits_stay_where_nothing_is_won_by_another_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.toml");
    let text = "extends = 'wulong'\nid = 'hires'\ntitle = 'hires'\n[lever.recruit]\nat_most = 12\n";
    fs::write(&path, text).unwrap();
    with_base(Path::new("instances/wulong"), &path, |base| {
        let before = base.figures.as_ref().unwrap();
        let hired: i64 = placed(before).values().sum();
        assert_eq!(hired, 12);
        let teacher = &base.context.situation.district.teachers[40].id;
        let scenarios = [
            // Nothing that bears on anybody: nobody and no recruit is placed otherwise.
            vec![change("set", "graduating-stay.weight=0.3001")],
            vec![change("set", "recruit.at_most=10")],
            vec![change("set", "recruit.at_most=14")],
            vec![
                change("set", "recruit.at_least=8"),
                change("set", "recruit.at_most=11"),
            ],
            vec![change("absent", teacher)],
        ];
        let scenarios = scenarios.map(Scenario::of);
        let cases = what_if(base, &scenarios, &NEVER, &|_| {}).unwrap();
        let found: Vec<&Outcome> = cases
            .iter()
            .map(|case| case.outcome.planned().unwrap())
            .collect();
        for held in &found {
            assert!(held.fewest);
            assert_eq!(otherwise(before, &held.figures), held.recruits as i64);
        }
        assert_eq!((found[0].differing.len(), found[0].recruits), (0, 0));
        let recruits: Vec<usize> = found.iter().map(|held| held.recruits).collect();
        assert_eq!(recruits[1..4], [2, 2, 1]);
    });
}
