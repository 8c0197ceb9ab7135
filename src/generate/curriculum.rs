//! Weekly lessons by stage, grade and subject: what the generated timetables cover.
//!
//! Primary and junior follow the default table that fits the national curriculum of 2022. Its last
//! row (labour, practice, local and school courses) is divided here: half a lesson 心理健康, the rest
//! 综合实践, labour included. Senior and vocational lessons are assumed.

use crate::domain::Stage;

/// Subjects that run short in the country: fewer teachers than their lessons ask for.
pub(super) const SPORTS: &str = "体育";
/// See [`SPORTS`].
pub(super) const MUSIC: &str = "音乐";
/// See [`SPORTS`].
pub(super) const ART: &str = "美术";
/// Psychology: one full-time teacher at some schools.
pub(super) const PSYCHOLOGY: &str = "心理健康";
/// What teachers of kindergartens teach. Their need is reckoned by classes, not by lessons.
pub(super) const KINDERGARTEN: &str = "学前教育";
/// What teachers of special schools teach. Their need is reckoned by classes too.
pub(super) const SPECIAL: &str = "特殊教育";

/// Programmes of the vocational school.
pub(super) const PROGRAMMES: [&str; 5] = [
    "计算机应用",
    "汽车运用与维修",
    "旅游服务与管理",
    "护理",
    "电子商务",
];
/// Tenths of a lesson a week that a vocational class has in its programme.
pub(super) const PROGRAMME_PERIODS: u32 = 160;

type Row = (&'static str, [u32; 9]);

/// Tenths of a lesson a week, grades 1 to 9.
const COMPULSORY: [Row; 16] = [
    ("道德与法治", [20, 20, 20, 20, 20, 20, 20, 20, 20]),
    ("语文", [80, 80, 70, 70, 60, 60, 50, 50, 50]),
    ("数学", [40, 40, 40, 40, 50, 50, 50, 50, 50]),
    ("英语", [0, 0, 20, 20, 20, 20, 40, 40, 40]),
    ("历史", [0, 0, 0, 0, 0, 0, 20, 20, 20]),
    ("地理", [0, 0, 0, 0, 0, 0, 20, 20, 0]),
    ("科学", [10, 10, 20, 20, 30, 30, 0, 0, 0]),
    ("生物", [0, 0, 0, 0, 0, 0, 20, 20, 0]),
    ("物理", [0, 0, 0, 0, 0, 0, 0, 20, 30]),
    ("化学", [0, 0, 0, 0, 0, 0, 0, 0, 30]),
    ("信息科技", [0, 0, 10, 10, 10, 10, 10, 10, 0]),
    (SPORTS, [40, 40, 30, 30, 30, 30, 30, 30, 30]),
    (MUSIC, [20, 20, 20, 20, 20, 20, 10, 10, 10]),
    (ART, [20, 20, 20, 20, 20, 20, 10, 10, 10]),
    ("综合实践", [25, 25, 45, 45, 35, 35, 55, 35, 45]),
    (PSYCHOLOGY, [5, 5, 5, 5, 5, 5, 5, 5, 5]),
];

/// Tenths of a lesson a week, grades 10 to 12.
const SENIOR: [(&str, [u32; 3]); 15] = [
    ("语文", [40, 40, 40]),
    ("数学", [40, 40, 50]),
    ("英语", [40, 40, 40]),
    ("思想政治", [20, 30, 30]),
    ("历史", [20, 30, 30]),
    ("地理", [20, 30, 30]),
    ("物理", [30, 30, 30]),
    ("化学", [20, 30, 30]),
    ("生物", [20, 30, 30]),
    (SPORTS, [20, 20, 20]),
    (MUSIC, [10, 10, 0]),
    (ART, [10, 10, 0]),
    ("信息科技", [20, 10, 0]),
    ("通用技术", [10, 10, 0]),
    (PSYCHOLOGY, [5, 5, 5]),
];

/// Tenths of a lesson a week of the general subjects in a vocational class.
const VOCATIONAL: [(&str, u32); 8] = [
    ("语文", 30),
    ("数学", 20),
    ("英语", 20),
    ("思想政治", 20),
    ("历史", 10),
    (SPORTS, 20),
    ("信息科技", 20),
    (PSYCHOLOGY, 5),
];

/// The subjects of a stage and their lessons (tenths a week) in one grade. Programmes come apart.
pub(super) fn lessons(stage: Stage, grade: Option<u8>) -> Vec<(&'static str, u32)> {
    match (stage, grade) {
        (Stage::Primary | Stage::Junior, Some(grade)) => COMPULSORY
            .iter()
            .map(|(subject, row)| (*subject, row[usize::from(grade - 1).min(8)]))
            .collect(),
        (Stage::Senior, Some(grade)) => SENIOR
            .iter()
            .map(|(subject, row)| (*subject, row[usize::from(grade.saturating_sub(10)).min(2)]))
            .collect(),
        (Stage::Vocational, _) => VOCATIONAL.to_vec(),
        _ => Vec::new(),
    }
}

/// Which further subject somebody takes first who has lessons to spare.
pub(super) fn affinity(subject: &str) -> &'static [&'static str] {
    match subject {
        "语文" => &["道德与法治", "综合实践", "历史", "美术", "音乐"],
        "数学" => &["科学", "信息科技", "体育", "综合实践", "物理"],
        "英语" => &["音乐", "综合实践", "美术", "地理", "道德与法治"],
        "物理" | "化学" | "生物" | "科学" => &["科学", "信息科技", "综合实践"],
        "历史" | "地理" | "道德与法治" | "思想政治" => {
            &["道德与法治", "历史", "地理", "综合实践"]
        }
        "音乐" => &["美术", "综合实践"],
        "美术" => &["音乐", "综合实践"],
        "体育" => &["心理健康", "综合实践"],
        "心理健康" => &["道德与法治", "综合实践"],
        _ => &["综合实践", "信息科技"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grades_add_up_to_the_national_totals() {
        for (grade, total) in (1..=9).zip([260, 260, 300, 300, 300, 300, 340, 340, 340]) {
            let stage = if grade < 7 {
                Stage::Primary
            } else {
                Stage::Junior
            };
            let sum: u32 = lessons(stage, Some(grade)).iter().map(|row| row.1).sum();
            assert_eq!(sum, total, "grade {grade}");
        }
    }
}
