//! The audit admits exactly the moves that a plan may choose, each tried as a plan by hand: nothing
//! is cut but by rules that the policy shows, and nothing that they cut passes.

use std::collections::BTreeSet;

use shizi::demand::PostIndex;
use shizi::domain::plan_files::PLAN;
use shizi::domain::{Form, TeacherIndex};
use shizi::eligibility::{Choices, Terms};
use shizi::rules::{Context, RuleSet};

use crate::support::plans::{Case, write_table};
use crate::{programs, support, told};

const DISTRICTS: u64 = 25;

/// Findings that concern people, not counts over the district.
const ABOUT_PEOPLE: [&str; 15] = [
    "R201", "R202", "R203", "R204", "R205", "R206", "R207", "R208", "R209", "R210", "R211", "R221",
    "R222", "R224", "R230",
];

fn chosen(
    context: &Context<'_>,
    choices: &Choices,
    teacher: TeacherIndex,
) -> BTreeSet<(Form, PostIndex)> {
    let entry = context.situation.roll.entry(teacher);
    choices
        .placements(&Terms::new(context.situation, choices), entry)
        .iter()
        .filter(|placement| !placement.decided)
        .filter_map(|placement| {
            let posts = &context.situation.posts;
            let post = posts.of(placement.school, placement.stage, placement.subject)?;
            Some((placement.form, post))
        })
        .filter(|(form, _)| form.is_move() || *form == Form::ChangeSubject)
        .collect()
}

/// Every form at every post but one's own, tried as a plan of one row.
fn admitted(
    context: &Context<'_>,
    rules: &RuleSet,
    teacher: TeacherIndex,
) -> BTreeSet<(Form, PostIndex)> {
    let situation = context.situation;
    let district = situation.district;
    let entry = situation.roll.entry(teacher);
    let own = situation.posts.of(entry.school, entry.stage, entry.subject);
    let header = ["教师编号", "学段", "学科", "接收学校代码", "交流形式"];
    let mut admitted = BTreeSet::new();
    let folder = tempfile::tempdir().unwrap();
    // 走教 needs more than one row says here; `itinerants.rs` has it.
    let forms = Form::CHOSEN.iter().filter(|form| **form != Form::Itinerant);
    for &form in forms {
        for (index, post) in situation.posts.indexed() {
            for &subject in &post.subjects {
                if Some(index) == own {
                    continue;
                }
                let row = [
                    district.teacher(teacher).id.as_str(),
                    post.stage.chinese(),
                    district.subject_name(subject),
                    &district.school(post.school).code,
                    form.chinese(),
                ];
                let table = [header, row].map(|row| row.map(str::to_owned).to_vec());
                write_table(folder.path(), PLAN.0, &table.to_vec());
                let report = shizi::audit::audit(context, rules, folder.path()).unwrap();
                let id = &district.teacher(teacher).id;
                let refused = report.findings.iter().any(|finding| {
                    finding.place == *id
                        && (ABOUT_PEOPLE.contains(&finding.code) || finding.code == "R223")
                });
                assert!(!told(&report).contains("R1"), "{}", told(&report));
                if !refused {
                    admitted.insert((form, index));
                }
            }
        }
    }
    admitted
}

#[test]
fn the_audit_admits_exactly_what_a_plan_may_choose() {
    let (mut moves, mut compared) = (0, 0);
    for seed in 0..DISTRICTS {
        let mut numbers = programs::Numbers::new(seed);
        let district = support::random::district(&mut numbers);
        let case = Case::new(district, &support::policies::text(&mut numbers));
        case.with(|context, rules| {
            let choices = Choices::new(context, rules);
            if !choices.conflicts().is_empty() {
                return;
            }
            for teacher in case.district.teacher_indices() {
                let mut admitted = admitted(context, rules, teacher);
                let chosen = chosen(context, &choices, teacher);
                if context.standings.must_move(teacher) {
                    // Who must move and changes subject instead is noted, not refused.
                    admitted.retain(|(form, _)| form.is_move());
                }
                assert_eq!(admitted, chosen, "seed {seed}, {teacher:?}");
                moves += chosen.len();
                compared += 1;
            }
        });
    }
    assert!(
        compared > 50 && moves > 100,
        "{compared} people, {moves} moves"
    );
}
