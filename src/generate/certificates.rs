//! Certificates: what people may teach, which is more than what they do.

use crate::domain::{Employment, Stage, Zone};

use super::chance::Chance;
use super::customs::Customs;
use super::records::{SchoolRecord, TeacherRecord};

/// Gives each teacher the certificates of the main subject (a few in rural schools and some in
/// kindergartens teach without one), often of a neighbouring subject, and sometimes of one that runs short and lies unused.
pub(super) fn set_certificates(
    teachers: &mut [TeacherRecord],
    schools: &[SchoolRecord],
    customs: &Customs,
    chance: &mut Chance,
) {
    for teacher in teachers.iter_mut() {
        let rural = schools[teacher.school].zone == Zone::Rural;
        let subjects = certified(teacher, rural, chance);
        teacher.certificate_subjects = subjects;
        // Who may teach the higher stage may teach the lower one: some primary teachers hold it.
        teacher.certificate_stages = match teacher.stage {
            Stage::Primary if chance.permille(120) => vec![Stage::Primary, Stage::Junior],
            Stage::Junior if chance.permille(150) => vec![Stage::Junior, Stage::Senior],
            stage => vec![stage],
        };
    }
    withhold(teachers, customs.uncertified_carers, chance);
}

/// Takes the certificates of so many in a thousand of the kindergartens' teachers, those who came last.
fn withhold(teachers: &mut [TeacherRecord], permille: u32, chance: &mut Chance) {
    if permille == 0 {
        return;
    }
    let mut carers: Vec<usize> = (0..teachers.len())
        .filter(|&one| teachers[one].stage == Stage::Kindergarten)
        .collect();
    carers.sort_by_cached_key(|&one| {
        let begun = teachers[one].first_job.plus(chance.between(-24, 24));
        std::cmp::Reverse(begun)
    });
    let without = carers.len() * permille as usize / 1_000;
    for one in carers.into_iter().take(without) {
        teachers[one].certificate_subjects.clear();
        teachers[one].certificate_stages.clear();
    }
}

fn certified(teacher: &TeacherRecord, rural: bool, chance: &mut Chance) -> Vec<&'static str> {
    let without = if rural { 60 } else { 12 };
    let short = ["体育", "音乐", "美术", "科学", "信息科技"].contains(&teacher.subject);
    let mut subjects = if short && teacher.stage == Stage::Primary && chance.permille(without) {
        vec!["语文"]
    } else if teacher.subject == "综合实践" {
        vec![*chance.pick(&["语文", "数学", "科学"]), teacher.subject]
    } else {
        vec![teacher.subject]
    };
    if teacher.employment == Employment::Temporary || teacher.stage == Stage::Vocational {
        return subjects;
    }
    let mut add = |subject: &'static str, permille: u32, chance: &mut Chance| {
        if chance.permille(permille) && !subjects.contains(&subject) {
            subjects.push(subject);
        }
    };
    match (teacher.subject, teacher.stage) {
        ("语文", Stage::Primary | Stage::Junior) => add("道德与法治", 350, chance),
        ("数学", Stage::Primary) => add("科学", 200, chance),
        ("数学" | "物理", _) => add("信息科技", 100, chance),
        ("历史", _) => add("地理", 120, chance),
        _ => {}
    }
    if teacher.stage.is_compulsory() {
        // One in fourteen or so could relieve a short subject tomorrow.
        add("音乐", 18, chance);
        add("美术", 20, chance);
        add("体育", 20, chance);
        add("心理健康", 25, chance);
    }
    // Some of those who teach a further subject anyway have made it official.
    for &further in &teacher.further {
        add(further, 150, chance);
    }
    subjects
}
