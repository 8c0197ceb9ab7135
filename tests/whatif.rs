//! A model changed in one thing is the model that is built of the changed year. Source of truth: that
//! model, its program where the two are one, and its optimum where they only mean the same.

mod programs;
#[path = "support/year.rs"]
mod year;

use std::collections::BTreeSet;

use programs::solving::{exact, solved};
use shizi::domain::{District, TeacherIndex};
use shizi::model::Model;
use shizi::rules::RuleSet;
use shizi::solve::{Engine, LevelCertificate};
use year::{Ruled, generated, kept, modelled, read};

/// Ten exchanges, and as many teachers of a school that may leave it.
const TEN: &str = "[rule.ten]\nkind = 'count'\ntitle = '十人'\nof = 'moves'\nform = '交流'\nexactly = 10\n\
    [rule.leave]\nkind = 'count'\ntitle = '每校'\nof = 'moves'\nscope = 'school'\nside = 'origin'\nat_most = 3\n";

fn district() -> District {
    read(generated("small", 3).path())
}

/// Wulong's policy with these lines of its own.
fn policy(lines: &str) -> Ruled {
    year::policy("wulong", lines)
}

#[test]
fn other_numbers_make_the_program_that_is_built_of_them() {
    let (district, before) = (district(), policy(TEN));
    let more = TEN.replace("exactly = 10", "exactly = 14");
    let fewer = TEN.replace("at_most = 3", "at_most = 1");
    let both = more.replace("at_most = 3", "at_least = 0\nat_most = 2");
    for lines in [TEN, &more, &fewer, &both] {
        let after = policy(lines);
        let anew = modelled(&district, &after, |_, model| model.program);
        modelled(&district, &before, |context, model| {
            let changed = model.with_limits_of(context, &before.1, &after.1);
            let changed = changed.expect("nothing but numbers differs");
            assert_eq!(changed.program, anew, "{lines}");
            assert_eq!(changed.program == model.program, lines == TEN);
        });
    }
}

#[test]
fn whatever_differs_in_more_than_numbers_is_built_anew() {
    let (district, before) = (district(), policy(TEN));
    let lines = [
        TEN.replace("form = '交流'", "form = '调动'"),
        TEN.replace(
            "exactly = 10",
            "exactly = 10\nenforcement = 'floor'\nlevel = 'floors'",
        ),
        TEN.replace(
            "at_most = 3",
            "at_most = { share = '15%', of = 'teachers' }",
        ),
        TEN.replace("at_most = 3", "at_most = 3\nwho = { stage = '小学' }"),
        TEN.replace("scope = 'school'", "scope = 'unit'"),
        format!("{TEN}[rule.keep-subject]\noff = true\n"),
        format!("{TEN}[rule.keep-subject]\nweight = 0.25\n"),
        // A rule more, by another name.
        TEN.replace("[rule.leave]", "[rule.other]"),
    ];
    for lines in lines {
        let after = policy(&lines);
        modelled(&district, &before, |context, model| {
            let changed = model.with_limits_of(context, &before.1, &after.1);
            assert!(changed.is_none(), "{lines}");
        });
    }
}

#[test]
fn a_limit_taken_away_is_a_rule_less() {
    let (district, before) = (district(), policy(TEN));
    let (ten, leave) = TEN.split_once("[rule.leave]").expect("two rules");
    let leave = format!("[rule.leave]{leave}");
    let told = |lines: &str| format!("{lines}enforcement = 'report'\n");
    let lines = [
        ten.to_owned(),
        leave.clone(),
        String::new(),
        told(TEN),
        told(ten) + &leave,
        told(&leave),
        leave.replace("at_most = 3", "at_most = 4"),
    ];
    let mut optima = BTreeSet::new();
    for lines in lines {
        let after = policy(&lines);
        let (anew, known) = modelled(&district, &after, |_, model| {
            (optimum(&model), named_rules(&model, &after.1))
        });
        modelled(&district, &before, |context, model| {
            let changed = model.with_limits_of(context, &before.1, &after.1);
            let changed = changed.expect("nothing but limits differs");
            assert_eq!(optimum(&changed), anew, "{lines}");
            // Counters keep their rules, whose places in the set are others.
            let named = named_rules(&changed, &after.1);
            assert!(known.is_subset(&named), "{lines}");
            let rules = |names: &BTreeSet<(String, String)>| -> BTreeSet<String> {
                names.iter().map(|(_, rule)| rule.clone()).collect()
            };
            let told: BTreeSet<String> = ["ten", "leave"].map(str::to_owned).into();
            let others = &rules(&named) - &told;
            assert_eq!(others, &rules(&known) - &told, "{lines}");
        });
        optima.insert(anew);
    }
    assert!(optima.len() > 2, "limits matter here: {optima:?}");
}

/// The counters of rules, by label, with the ids of these.
fn named_rules(model: &Model, rules: &RuleSet) -> BTreeSet<(String, String)> {
    let counters = model.program.counter_indices();
    let named = counters.filter_map(|counter| {
        let rule = &rules.all()[model.rule_of(counter)?].rule;
        Some((
            model.program.counter(counter).label.clone(),
            rule.id.clone(),
        ))
    });
    named.collect()
}

/// The values of a model's optimum.
fn optimum(model: &Model) -> Vec<i64> {
    let solution = solved("a year", &model.program, &exact(Engine::Monolithic));
    let closed = solution.levels.iter().all(LevelCertificate::is_closed);
    assert!(closed, "{:?}", solution.levels);
    solution.levels.iter().map(|level| level.value).collect()
}

fn labels(model: &Model) -> BTreeSet<String> {
    let counters = model.program.counters().iter();
    counters.map(|counter| counter.label.clone()).collect()
}

#[test]
fn who_may_not_leave_stays_as_if_locked() {
    let (district, policy) = (district(), policy(TEN));
    modelled(&district, &policy, |context, model| {
        let base = solved("base", &model.program, &exact(Engine::Monolithic));
        let plan = model.plan(&base.point);
        let moved = plan
            .placements
            .iter()
            .filter(|held| held.form.leaves_school());
        let moved: Vec<TeacherIndex> = moved.map(|held| held.teacher).collect();
        assert!(moved.len() >= 10, "{} move", moved.len());
        for &teacher in moved.iter().take(4) {
            let Some(without) = model.without(teacher, |held| held.form.leaves_school()) else {
                continue;
            };
            let locked = kept(&district, teacher);
            modelled(&locked, &policy, |_, anew| {
                assert_eq!(labels(&without), labels(&anew));
                assert_eq!(optimum(&without), optimum(&anew));
            });
            let found = solved("without", &without.program, &exact(Engine::Monolithic));
            let stays = |model: &Model| {
                let plan = model.plan(&found.point);
                let of_teacher = plan
                    .placements
                    .into_iter()
                    .find(|held| held.teacher == teacher);
                !of_teacher
                    .expect("everybody is placed")
                    .form
                    .leaves_school()
            };
            assert!(stays(&without));
            // A year built again with other cuts keeps what was taken away.
            let mut again = without.clone();
            again.add_cuts(context, &policy.1, (Vec::new(), i64::MAX));
            assert_eq!(again.program, without.program);
            assert!(stays(&again));
        }
    });
}

#[test]
fn nobody_is_left_without_a_choice() {
    let (district, policy) = (district(), policy(TEN));
    modelled(&district, &policy, |_, model| {
        let mut asked = 0;
        for teacher in district.teacher_indices().take(200) {
            assert!(model.without(teacher, |_| true).is_none());
            if let Some(same) = model.without(teacher, |_| false) {
                assert_eq!(same.program, model.program);
                asked += 1;
            }
        }
        assert!(asked > 0);
    });
}
