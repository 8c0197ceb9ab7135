//! Hard limits of 差异系数 on a district of 3,000 teachers, where lines alone do not come within.
//!
//! Source of truth: HiGHS on the exported hard rules of Wulong, with the sum of squares of its primary
//! schools in unit steps, says that the 骨干 teachers for each hundred pupils can differ by 0.36793 and
//! no less (0.68499 at present); everything else by the rules' own checks.

#![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

use std::path::Path;
use std::sync::atomic::AtomicBool;

use shizi::planning::{Feasibility, PlanStatus, feasible, plan_year};
use shizi::solve::{Silent, SolveOptions};

#[path = "support/year.rs"]
mod year;
use year::{modelled, policy, read, under};

static NEVER: AtomicBool = AtomicBool::new(false);

/// Wulong's policy with a hard limit of one difference.
fn even(at_most: &str) -> year::Ruled {
    policy(
        "wulong",
        &format!(
            "[rule.even]\nkind = 'disparity'\ntitle = '骨干差异系数'\nenforcement = 'hard'\n\
             indicators = [{{ name = '骨干', stage = '小学', \
             who = {{ backbone_at_least = '区县级' }}, at_most = {at_most} }}]\n"
        ),
    )
}

fn wulong() -> shizi::domain::District {
    read(Path::new("instances/wulong"))
}

#[test]
fn a_limit_has_a_plan_exactly_down_to_the_least_that_can_be_kept() {
    let district = wulong();
    for (at_most, has_plan) in [
        ("0.5", true),
        ("0.368", true),
        ("0.367", false),
        ("0.3", false),
        ("0.05", false),
    ] {
        let ruled = even(at_most);
        let answer = under(&district, &ruled, |context| {
            let options = SolveOptions::default();
            let most = usize::MAX;
            feasible(context.situation, &ruled.1, most, &options, &NEVER).unwrap()
        });
        match answer {
            Feasibility::HasPlan => assert!(has_plan, "{at_most}"),
            Feasibility::Clashes(missed) => {
                assert!(!has_plan, "{at_most}");
                assert!(missed.iter().any(|held| held.label.starts_with("even")));
            }
            other => panic!("{at_most}: {other:?}"),
        }
    }
}

#[test]
fn a_limit_beyond_reach_ends_with_the_proof_and_names_what_is_missed() {
    let district = wulong();
    let ruled = even("0.3");
    let planned = modelled(&district, &ruled, |context, mut model| {
        let options = SolveOptions::default();
        plan_year(context, &ruled.1, &mut model, &options, &NEVER, &Silent).unwrap()
    });
    assert_eq!(planned.status, PlanStatus::Infeasible);
    let places = planned.clash.iter().map(|held| held.place.as_str());
    assert_eq!(places.collect::<Vec<_>>(), ["even 小学 骨干"]);
}
