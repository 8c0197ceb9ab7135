//! The committed instances under the project's own policies.
//!
//! Sources of truth: a plan found by hand (README of `instances/tiny`), and the published totals
//! of Wulong, whose teachers in post must be about what its classes are reckoned to need.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use shizi::demand::{Fixation, Situation};
use shizi::domain::{District, Form, Stage, Zone};
use shizi::ingest::read_district;
use shizi::planning::{PlanStatus, model_year, plan_year};
use shizi::policy::{load, load_text};
use shizi::rules::eligibility::Standings;
use shizi::rules::{Context, RuleSet};
use shizi::solve::{Silent, SolveOptions};

fn instance(name: &str) -> District {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("instances")
        .join(name);
    let reading = read_district(&folder).expect("the instance is there");
    reading.district.expect("the instance has no fault")
}

#[test]
fn the_best_single_exchange_of_the_tiny_district_is_the_one_found_by_hand() {
    let policy = load_text(
        "one.toml",
        r#"
        extends = "national"
        id = "one"
        title = "恰好交流一人"
        title_english = "Exactly one exchange"
        [rule.one]
        kind = "count"
        title = "派出学校恰好交流一人"
        title_english = "Exactly one exchange from sending schools"
        enforcement = "hard"
        of = "moves"
        exactly = 1
        from = { sending = true }
        "#,
    )
    .unwrap();
    let district = instance("tiny");
    let situation = Situation::new(&district, &policy);
    let rules = RuleSet::new(&policy).unwrap();
    let standings = Standings::new(&situation, &rules);
    let context = Context {
        situation: &situation,
        standings: &standings,
    };
    let mut model = model_year(&context, &rules).unwrap();
    let options = SolveOptions::default();
    let never = AtomicBool::new(false);
    let planned = plan_year(&context, &rules, &mut model, &options, &never, &Silent).unwrap();
    assert_eq!(planned.status, PlanStatus::Optimal);
    let plan = planned.plan.unwrap();
    let moved: Vec<(&str, &str)> = plan
        .placements
        .iter()
        .filter(|placement| placement.form.is_move())
        .map(|placement| {
            let teacher = district.teacher(placement.teacher);
            let school = district.school(placement.school);
            assert_eq!(placement.form, Form::Exchange);
            (teacher.id.as_str(), school.code.as_str())
        })
        .collect();
    assert_eq!(moved, [("T07", "S002")]);
}

#[test]
fn the_need_of_wulong_is_about_what_is_in_post() {
    let policy = load(Path::new("wulong")).unwrap();
    let district = instance("wulong");
    let situation = Situation::new(&district, &policy);
    let sum = |part: fn(&shizi::demand::StageBalance) -> i64| -> f64 {
        situation.balances.stages().values().map(part).sum::<i64>() as f64 / 1_000.0
    };
    let (by_loads, need, staff) = (
        sum(|stage| stage.need_by_loads.0),
        sum(|stage| stage.need.0),
        sum(|stage| stage.staff.0),
    );
    // Loads alone make a sixth look surplus even at the district's own averages; with credits and
    // leave the difference must be within the yearly fluctuation.
    assert!(by_loads < 0.88 * staff, "{by_loads} of {staff}");
    assert!((need / staff - 1.0).abs() < 0.02, "{need} for {staff}");
}

#[test]
fn jiangjin_is_short_of_juniors_in_the_seat_and_has_too_many_teachers_elsewhere() {
    let policy = load(Path::new("jiangjin")).unwrap();
    let district = instance("jiangjin");
    let situation = Situation::new(&district, &policy);
    // Short and over of the junior posts in streets and towns, in thousandths of a person.
    let balance = |towns: &dyn Fn(&str, Zone) -> bool| -> i64 {
        let posts = situation.posts.indexed().filter(|(_, post)| {
            let school = district.school(post.school);
            post.stage == Stage::Junior && towns(&school.town, school.zone)
        });
        posts
            .map(|(index, post)| 1_000 * i64::from(situation.balances.staff(index)) - post.need.0)
            .sum()
    };
    for street in ["鼎山街道", "双福街道", "珞璜镇", "德感街道"] {
        let held = balance(&|town, zone| town == street && zone == Zone::Urban);
        assert!(held < 0, "{street}: {held}");
    }
    let urban = balance(&|_, zone| zone == Zone::Urban);
    let others = balance(&|_, zone| zone != Zone::Urban);
    assert!(urban < -80_000 && others > 400_000, "{urban}, {others}");
    // The need of the whole district, beside its staff and its establishment: neither the third of
    // idle teachers that loads alone make, nor none.
    let total = situation.balances.total();
    assert!(total.need_by_loads.0 < total.staff.0 * 80 / 100);
    assert!((total.staff.0 * 95 / 100..total.staff.0).contains(&total.need.0));
}

#[test]
fn jiangjin_is_short_of_dual_qualified_teachers_when_the_year_begins() {
    let policy = load(Path::new("jiangjin")).unwrap();
    let district = instance("jiangjin");
    let situation = Situation::new(&district, &policy);
    let share = |serving: bool| {
        let held = situation.roll.entries().iter().filter(|entry| {
            let teacher = district.teacher(entry.teacher);
            teacher.programme_teacher && (!serving || entry.fixation != Some(Fixation::Departed))
        });
        let (all, dual) = held.fold((0, 0), |(all, dual), entry| {
            let teacher = district.teacher(entry.teacher);
            (all + 1, dual + i64::from(teacher.dual_qualified))
        });
        (dual, all)
    };
    let ((dual, all), (dual_left, left)) = (share(false), share(true));
    assert!(dual * 100 >= all * 85, "{dual} of {all}");
    assert!(dual_left * 100 < left * 85, "{dual_left} of {left}");
}
