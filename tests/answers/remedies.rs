//! An order that somebody goes, where a limit of a count leaves no room: what is named besides gives a plan.

use std::path::Path;

use shizi::answers::{Attempt, Base, Case, Remedy, replan, what_if};
use shizi::domain::Form;
use shizi::scenario::{Change, Scenario};

use super::{NEVER, change, exact, with_base};

/// So many who stay at a school are sent to another one, by a word of orders.
fn orders(base: &Base<'_>, word: &str, count: usize) -> Vec<Change> {
    let district = base.context.situation.district;
    let from = district.school_coded("S001").unwrap();
    let placements = base.plan().unwrap().placements.iter();
    let stay = placements.filter(|held| {
        held.form == Form::Stay
            && held.school == from
            && district.locks_of(held.teacher).is_empty()
            && district.decided_of(held.teacher).is_empty()
    });
    let orders = stay.take(count).map(|held| {
        let id = &district.teacher(held.teacher).id;
        change(word, &format!("{id}=派往:S010:交流"))
    });
    orders.collect()
}

/// What a remedy says, as changes.
fn changes(remedy: &Remedy) -> Vec<Change> {
    let options = remedy.options.iter();
    let parsed = options.map(|option| {
        let (word, text) = option.trim_start_matches("--").split_once(' ').unwrap();
        change(word, text)
    });
    parsed.collect()
}

fn tried(base: &Base<'_>, changes: Vec<Change>) -> Case {
    let scenario = Scenario::of(changes);
    what_if(base, &[scenario], &NEVER, &|_| {})
        .unwrap()
        .remove(0)
}

#[test]
fn what_is_named_besides_an_order_gives_a_plan() {
    with_base(Path::new("instances/wulong"), Path::new("wulong"), |base| {
        let orders = orders(base, "override", 14);
        assert_eq!(orders.len(), 14);
        let case = tried(base, orders.clone());
        let Attempt::Clashes { rules, .. } = &case.outcome else {
            panic!("{:?}", case.outcome);
        };
        assert!(rules.iter().any(|rule| rule.id == "leave-cap"), "{rules:?}");
        assert!(!case.remedies.is_empty());
        for remedy in &case.remedies {
            let all = [orders.clone(), changes(remedy)].concat();
            let besides = tried(base, all);
            assert!(besides.outcome.planned().is_some(), "{remedy:?}");
            assert!(besides.remedies.is_empty());
        }
        // After the list is out it is the same.
        let plan = base.plan().unwrap().clone();
        let list = Base::of_plan(base.context, base.rules, plan, &exact());
        let found = replan(&list, &Scenario::of(orders), &[], &NEVER).unwrap();
        assert_eq!(found.remedies, case.remedies);
        // Without an order nothing is named: that is what `diagnose` is for.
        let many = tried(base, vec![change("set", "leave-cap.at_most.share=\"0%\"")]);
        assert!(many.remedies.is_empty());
    });
}
