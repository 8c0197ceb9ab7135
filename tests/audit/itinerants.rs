//! 走教: a plan with days at another school, and what was done to it.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use shizi::domain::plan_files::{ASSIGNMENTS, ITINERANT, NOTICE, PLAN, POSTS, SUMMARY};
use shizi::domain::{District, ItinerantWeek, SchoolIndex, TeacherIndex};
use shizi::planning::PlanStatus;
use tempfile::TempDir;

use super::support::plans::{Case, Table, copy, read_table, write_table};
use super::support::tiny;
use super::{assert_found, told};
use shizi::audit::AuditReport;

/// T0 of S0 has two days that home does not need; S1 lacks them, S2 is out of reach.
static CASE: LazyLock<Case> = LazyLock::new(|| {
    let mut parts = tiny::district(1, &[600, 400, 400]);
    tiny::minutes(&mut parts, &[10, 50]);
    Case::new(District::new(parts).unwrap(), &policy())
});

fn policy() -> String {
    let national = shizi::policy::load(Path::new("national")).unwrap();
    let mut text = "extends = 'national'\nid = 'tiny'\ntitle = '试验'\n".to_owned();
    for rule in &national.rules {
        let _ = writeln!(text, "[rule.{}]\noff = true", rule.id);
    }
    text.push_str(
        "[itinerant]\nsubject = '语文'\nhome_days_at_least = 2\n\
         [rule.cover]\nkind = 'coverage'\ntitle = '缺额'\nenforcement = 'objective'\n\
         level = 'teaching'\n\
         [rule.reach]\nkind = 'reach'\ntitle = '走教范围'\nform = '走教'\nmax_minutes = 40\n\
         [rule.none]\nkind = 'eligibility'\ntitle = '不交流'\nform = ['交流', '调动']\n\
         effect = 'forbid'\n",
    );
    text
}

static PLANNED: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let planned = CASE.write(folder.path());
    assert_eq!(planned.status, PlanStatus::Optimal, "{planned:#?}");
    folder
});

fn edited(file: &str, edit: impl FnOnce(&mut Table)) -> AuditReport {
    let folder = copy(PLANNED.path());
    let mut table = read_table(folder.path(), file);
    edit(&mut table);
    write_table(folder.path(), file, &table);
    CASE.audit(folder.path())
}

#[test]
fn the_files_say_what_was_planned() {
    let report = CASE.audit(PLANNED.path());
    assert!(report.passes(), "{}", told(&report));
    let row = |file: &str| read_table(PLANNED.path(), file)[1].clone();
    assert_eq!(row(PLAN.0)[14], "S1 2天");
    assert_eq!(row(ASSIGNMENTS.0)[12], "S1 2天");
    assert_eq!(row(NOTICE.0)[6], "走教");
    let week = row(ITINERANT.0);
    let school = |column: usize| week[column].clone();
    assert_eq!(school(4), school(5), "the week begins at home");
    assert_eq!(school(8), school(9), "the days away are neighbours");
    assert_ne!(school(7), school(8));
    assert_eq!(week[10], "20");
    let summary = std::fs::read_to_string(PLANNED.path().join(SUMMARY)).unwrap();
    assert!(summary.contains("\"itinerants\""), "{summary}");
}

#[test]
fn spoiled_itineraries_are_refused() {
    for (cell, code) in [
        ("S9 2天", "R114"),
        ("S1 两天", "R114"),
        ("S1 6天", "R114"),
        ("S1 1天、S1 1天", "R114"),
        ("", "R212"),
        ("S1 4天", "R213"),
        ("S2 2天", "R230"),
        ("S0 2天", "R211"),
    ] {
        let report = edited(ASSIGNMENTS.0, |table| cell.clone_into(&mut table[1][12]));
        assert_found(&report, code, "", "");
    }
    // Who stays has no itinerary; the plan and the assignments say the same.
    let stays = edited(ASSIGNMENTS.0, |table| "留任".clone_into(&mut table[1][6]));
    assert_found(&stays, "R212", "", "");
    let other = edited(PLAN.0, |table| "S1 1天".clone_into(&mut table[1][14]));
    assert_found(&other, "R110", PLAN.0, "走教安排");
}

#[test]
fn the_week_may_be_laid_otherwise_but_has_the_same_days() {
    let turned = edited(ITINERANT.0, |table| table[1].swap(5, 9));
    assert!(turned.passes(), "{}", told(&turned));
    let twice = edited(ITINERANT.0, |table| {
        let away = table[1][9].clone();
        table[1][5] = away;
    });
    assert_found(&twice, "R214", ITINERANT.0, "");
    let elsewhere = edited(ITINERANT.0, |table| "某校".clone_into(&mut table[1][5]));
    assert_found(&elsewhere, "R214", ITINERANT.0, "周一");
    let folder = copy(PLANNED.path());
    std::fs::remove_file(folder.path().join(ITINERANT.0)).unwrap();
    assert_found(&CASE.audit(folder.path()), "R001", ITINERANT.0, "");
}

#[test]
fn a_plan_by_hand_may_have_them() {
    let folder = tempfile::tempdir().unwrap();
    let header = ["教师编号", "交流形式", "接收学校代码", "走教安排"];
    let row = |pattern: &str| {
        let cells = ["T000", "走教", "S1", pattern];
        let table = [header, cells].map(|row| row.map(str::to_owned).to_vec());
        write_table(folder.path(), PLAN.0, &table.to_vec());
        CASE.audit(folder.path())
    };
    let fine = row("S1 1天");
    let id = read_table(PLANNED.path(), ASSIGNMENTS.0)[1][0].clone();
    assert_eq!(id, "T000", "{}", told(&fine));
    assert!(
        !fine.findings.iter().any(|held| held.code.starts_with("R2")),
        "{}",
        told(&fine)
    );
    assert_found(&row("S2 1天"), "R230", "", "");
}

/// T0 and T1 of S0 go to S1: the one as before, the other from this year on.
static SETTLED: LazyLock<(Case, TempDir)> = LazyLock::new(|| {
    let mut parts = tiny::district(2, &[1000, 600, 400]);
    tiny::minutes(&mut parts, &[10, 50]);
    let begin = parts.year_begin;
    let week = |teacher, days: [u32; 5], start| ItinerantWeek {
        teacher: TeacherIndex(teacher),
        days: days.map(SchoolIndex),
        start: Some(start),
        end: Some(begin.plus(12)),
    };
    parts.weeks = vec![
        week(0, [1, 0, 2, 0, 0], begin.plus(-12)),
        week(1, [0, 0, 0, 0, 1], begin),
    ];
    let case = Case::new(District::new(parts).unwrap(), &policy());
    let folder = tempfile::tempdir().unwrap();
    let planned = case.write(folder.path());
    assert_eq!(planned.status, PlanStatus::Optimal, "{planned:#?}");
    (case, folder)
});

#[test]
fn weeks_that_run_or_are_decided_stay_as_they_were_told() {
    let (case, folder) = &*SETTLED;
    let report = case.audit(folder.path());
    assert!(report.passes(), "{}", told(&report));
    let weeks = read_table(folder.path(), ITINERANT.0);
    assert_eq!(weeks[0][11..], ["起", "止"]);
    let days: Vec<usize> = (4..10)
        .map(|day| {
            weeks[1]
                .iter()
                .position(|name| *name == weeks[1][day])
                .unwrap()
        })
        .collect();
    assert_eq!(days, [4, 5, 4, 7, 4, 4], "{weeks:?}");
    assert_eq!(weeks[1][10..], ["60", "2024-09", "2026-09"]);
    assert_eq!(weeks[2][10..], ["10", "2025-09", "2026-09"]);
    // What runs is nothing to act on, what was decided is.
    let moves = read_table(folder.path(), PLAN.0);
    assert_eq!(moves.len(), 2, "{moves:?}");
    assert_eq!(
        (moves[1][0].as_str(), moves[1][14].as_str()),
        ("T001", "S1 1天")
    );
    let notice = read_table(folder.path(), NOTICE.0);
    assert_eq!(notice.len(), 2, "{notice:?}");
    // A day away is worth 0.15, because of the way; files round to a tenth.
    let posts = read_table(folder.path(), POSTS.0);
    let staff: Vec<&str> = posts[1..].iter().map(|row| row[7].as_str()).collect();
    assert_eq!(staff, ["1.4", "0.3", "0.2"]);
    let edited = |file: &str, edit: &dyn Fn(&mut Table)| {
        let folder = copy(folder.path());
        let mut table = read_table(folder.path(), file);
        edit(&mut table);
        write_table(folder.path(), file, &table);
        case.audit(folder.path())
    };
    let cut = edited(ASSIGNMENTS.0, &|table| {
        "S1 1天".clone_into(&mut table[1][12]);
    });
    assert_found(&cut, "R201", ASSIGNMENTS.0, "走教安排");
    let home = edited(ASSIGNMENTS.0, &|table| {
        "留任".clone_into(&mut table[2][6]);
        table[2][12].clear();
    });
    assert_found(&home, "R201", ASSIGNMENTS.0, "形式");
    let longer = edited(ITINERANT.0, &|table| {
        "2027-09".clone_into(&mut table[1][12]);
    });
    assert_found(&longer, "R110", ITINERANT.0, "止");
}
