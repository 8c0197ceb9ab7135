//! Levers that find who must be recruited.

use std::collections::BTreeSet;

use toml::{Table, Value};

use crate::domain::{Degree, District, Employment, Stage, SubjectIndex};
use crate::policy::{Policy, PolicyFault};
use crate::rules::{Kind, RuleSet};

/// The id of the lever that finds who must be recruited.
const NEEDED: &str = "forecast-needed";

/// A recruit must bring half a weighted person, in thousandths.
pub(super) const WORTH: i64 = 500;

/// What recruits hold where the policy does not say, as announcements of recruitment ask (a stated
/// assumption).
pub(super) const DEGREE: Degree = Degree::Bachelor;

/// The policy with levers that may recruit anybody anywhere within the establishment. Who teaches a
/// programme is apart: a recruit is not 双师型, and counts as one who is not.
pub(super) fn with_needed(
    policy: &Policy,
    rules: &RuleSet,
    district: &District,
) -> Result<(Policy, RuleSet), Vec<PolicyFault>> {
    let mut all = rules.all().iter();
    let coverage =
        all.find(|typed| matches!(typed.kind, Kind::Coverage(_)) && typed.rule.enforcement.costs());
    // Where nothing asks that need be met, nobody is needed.
    let level = coverage.map_or(0, |typed| typed.rule.level);
    let level = policy.levels[level].id.as_str();
    let groups = district.schools.iter().flat_map(|school| &school.classes);
    let programmes: BTreeSet<SubjectIndex> = groups.filter_map(|group| group.programme).collect();
    let names = |programme: bool| -> Vec<&str> {
        let subjects = (0..).map(SubjectIndex).zip(&district.subjects);
        let meant = subjects.filter(|(index, _)| programmes.contains(index) == programme);
        meant.map(|(_, name)| name.as_str()).collect()
    };
    let stages: Vec<&str> = district.stages().into_iter().map(Stage::code).collect();
    let mut levers = Table::new();
    let of_subjects = needed(district, level, (&stages, &names(false)), false);
    levers.insert(NEEDED.to_owned(), Value::Table(of_subjects));
    if !programmes.is_empty() {
        let stages = [Stage::Vocational.code()];
        let of_programmes = needed(district, level, (&stages, &names(true)), true);
        let id = format!("{NEEDED}-programmes");
        levers.insert(id, Value::Table(of_programmes));
    }
    let over = Table::from_iter([("lever".to_owned(), Value::Table(levers))]);
    let policy = policy.overlaid(NEEDED, over)?;
    let rules = RuleSet::new(&policy)?;
    Ok((policy, rules))
}

/// The table of a lever for stages and subjects.
fn needed(
    district: &District,
    level: &str,
    (stages, subjects): (&[&str], &[&str]),
    programmes: bool,
) -> Table {
    let text = |text: &str| Value::String(text.to_owned());
    let list = |words: &[&str]| Value::Array(words.iter().map(|word| text(word)).collect());
    let mut profile = Table::from_iter([
        (
            "employment".to_owned(),
            text(Employment::Establishment.code()),
        ),
        ("certified".to_owned(), Value::Boolean(true)),
        ("degree".to_owned(), text(DEGREE.code())),
    ]);
    if programmes {
        profile.insert("programme_teacher".to_owned(), Value::Boolean(true));
        profile.insert("dual_qualified".to_owned(), Value::Boolean(false));
    }
    let most = district.teachers.len() as i64;
    Table::from_iter([
        ("kind".to_owned(), text("recruit")),
        ("title".to_owned(), text("缺岗补足（测算）")),
        (
            "title_english".to_owned(),
            text("Recruits needed (reckoned)"),
        ),
        ("at_most".to_owned(), Value::Integer(most)),
        ("level".to_owned(), text(level)),
        ("weight".to_owned(), Value::Float(WORTH as f64 / 1000.0)),
        ("stage".to_owned(), list(stages)),
        ("subject".to_owned(), list(subjects)),
        ("profile".to_owned(), Value::Table(profile)),
    ])
}
