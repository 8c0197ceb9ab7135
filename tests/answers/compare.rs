//! Two plans side by side: the plan against itself, against the roll, and against one made by hand.

use std::fs;
use std::path::Path;

use shizi::account::{Account, Provenance};
use shizi::answers::{Comparison, Effect, Figures, compare, recounted};
use shizi::audit::read_plan;
use shizi::model::ChosenPlan;

use super::{exact, with_base};

const WULONG: &str = "instances/wulong";

/// The plan beside the one of a folder.
fn beside(base: &shizi::answers::Base<'_>, folder: &Path) -> Comparison {
    let read = read_plan(base.context.situation, folder).unwrap();
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    let plan = ChosenPlan {
        placements: read.placements,
        levers: read.levers,
    };
    let planned = recounted(&base.context, base.rules, plan.clone());
    let provenance = || Provenance::new(base.context.situation, "", &exact(), &planned);
    let other = Account::new(base.context, base.rules, &plan, &planned, provenance());
    let known = base.plan().unwrap();
    let own = Account::new(base.context, base.rules, known, &base.planned, provenance());
    compare(&own, &other)
}

#[test]
fn a_plan_read_again_is_the_plan() {
    with_base(Path::new(WULONG), Path::new("wulong"), |base| {
        let folder = tempfile::tempdir().unwrap();
        let plan = base.plan().unwrap();
        let provenance = Provenance::new(base.context.situation, "", &exact(), &base.planned);
        let account = Account::new(base.context, base.rules, plan, &base.planned, provenance);
        shizi::report::write_files(&account, folder.path(), false).unwrap();
        let same = beside(base, folder.path());
        assert!(same.persons.is_empty() && same.posts.is_empty() && same.zones.is_empty());
        let units = |figures: &Figures| -> Vec<i64> {
            figures.levels.iter().map(|level| level.units).collect()
        };
        assert_eq!(units(&same.first), units(&same.second));
        assert_eq!(same.first.rules, same.second.rules);
    });
}

#[test]
fn a_plan_by_hand_that_moves_nobody_loses_what_the_plan_wins() {
    with_base(Path::new(WULONG), Path::new("wulong"), |base| {
        let folder = tempfile::tempdir().unwrap();
        fs::write(
            folder.path().join("plan.csv"),
            "教师编号,姓名,接收学校代码,交流形式\r\n",
        )
        .unwrap();
        let found = beside(base, folder.path());
        let plan = base.plan().unwrap();
        let chosen = plan.placements.iter();
        let chosen = chosen.filter(|held| held.form.is_move() && !held.decided);
        assert_eq!(found.tally[&Effect::Stays], chosen.count());
        assert!(!found.tally.contains_key(&Effect::Moves));
        assert!(found.second.levels[0].units > found.first.levels[0].units);
        let lacks = |held: &shizi::answers::PostChange| held.after - held.before;
        let posts: f64 = found.posts.iter().map(lacks).sum();
        let shortage = found.second.shortage - found.first.shortage;
        assert!((posts - shortage).abs() < 1e-6, "{posts} {shortage}");
        // Ids only.
        let printed = serde_json::to_string(&found.persons).unwrap();
        let moved = plan.placements.iter().find(|held| held.form.is_move());
        let teacher = base
            .context
            .situation
            .district
            .teacher(moved.unwrap().teacher);
        assert!(!printed.contains(&teacher.name));
    });
}
