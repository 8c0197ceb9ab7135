//! Words that several answers use.

use unicode_width::UnicodeWidthStr;

use crate::answers::{LevelFigure, Locked, NamedRule, Whereabouts};
use crate::report::language::{Language, counted};
use crate::rules::{Figure, Target};
use crate::scenario::Scenario;

/// The widest name of a scenario that a table shows, in columns of a terminal.
const WIDEST_NAME: usize = 48;

/// The title of a level.
pub(super) fn level_title(language: Language, level: &LevelFigure) -> &str {
    language.title(&level.title, &level.title_english)
}

/// A rule with its id, by which it can be changed.
pub(super) fn rule_name(language: Language, rule: &NamedRule) -> String {
    let title = language.title(&rule.title, &rule.title_english);
    let id = &rule.id;
    let changed = rule.changed.join(language.pick("，", ", "));
    match (language, changed.is_empty()) {
        (Language::Chinese, true) => format!("“{title}”（{id}）"),
        (Language::Chinese, false) => format!("“{title}”（{id}；现改为 {changed}）"),
        (Language::English, true) => format!("`{id}` ({title})"),
        (Language::English, false) => format!("`{id}` ({title}; changed to {changed})"),
    }
}

/// A scenario in a table: its name, or the first of many changes and how many there are.
pub(super) fn scenario_cell(language: Language, scenario: &Scenario) -> String {
    let (name, changes) = (&scenario.name, &scenario.changes);
    match changes.first().map(ToString::to_string) {
        Some(first)
            if name.width() > WIDEST_NAME && changes.len() > 1 && name.starts_with(&first) =>
        {
            match language {
                Language::Chinese => format!("{first}等{}项", changes.len()),
                Language::English => format!("{first} and {} more", changes.len() - 1),
            }
        }
        _ => name.clone(),
    }
}

/// Who alone is beyond the limit of a rule that clashes, whatever is chosen; nothing where nobody is.
pub(super) fn settled_line(language: Language, rule: &NamedRule) -> Option<String> {
    let settled = rule.settled.as_ref()?;
    let (count, most) = (settled.persons, settled.at_most);
    let others = count - settled.decided - settled.locked;
    let parts = [
        (settled.decided, "已定事项", "by decisions"),
        (settled.locked, "锁定", "by locks"),
        (others, "没有别的安排可选", "for want of another way"),
    ];
    let told = parts.iter().filter(|(count, ..)| *count > 0);
    let told: Vec<String> = told
        .map(|&(count, chinese, english)| match language {
            Language::Chinese => format!("{chinese} {count} 人"),
            Language::English => format!("{count} {english}"),
        })
        .collect();
    let told = told.join(language.pick("，", ", "));
    Some(match language {
        Language::Chinese => {
            format!("上限 {most} 人，而无论怎样安排都计入的已有 {count} 人（{told}）")
        }
        Language::English => {
            let persons = counted(count, "person", "persons");
            format!("at most {most}, and whatever is chosen {persons} would count ({told})")
        }
    })
}

/// Somebody whom nothing that rules leave meets a lock, in one line.
pub(super) fn locked_line(language: Language, locked: &Locked) -> String {
    let reasons = locked.reasons.join(language.pick("；", "; "));
    format!("{}{}{reasons}", locked.teacher, language.pick("：", ": "))
}

/// Where somebody serves, in a few words.
pub(super) fn whereabouts(language: Language, place: Option<&Whereabouts>) -> String {
    let Some(place) = place else {
        return language.pick("不在册", "not there").to_owned();
    };
    let Whereabouts {
        form,
        school_name,
        stage,
        subject,
        besides,
        ..
    } = place;
    let besides = if besides.is_empty() {
        String::new()
    } else {
        format!("＋{besides}")
    };
    format!("{school_name}{besides} {stage}{subject}（{form}）")
}

/// A number of persons or lessons with one decimal.
pub(super) fn decimal(value: f64) -> String {
    // Never minus nothing.
    format!("{:.1}", if value.abs() < 0.05 { 0.0 } else { value })
}

/// The same with its sign; nothing where there is no difference.
pub(super) fn signed(value: f64) -> String {
    if value.abs() < 0.05 {
        "0".to_owned()
    } else {
        format!("{value:+.1}")
    }
}

/// By how many persons or places a target is missed; nothing where it is met, or that is no such number.
pub(super) fn missing_words(
    language: Language,
    target: &Target,
    figure: &Figure,
) -> Option<String> {
    let missed = target.missed_by(figure).filter(|&missed| missed != 0)?;
    let places = matches!(target, Target::Places(_));
    let count = missed.abs();
    Some(match language {
        Language::Chinese => {
            let word = if missed > 0 { "缺" } else { "多" };
            format!("{word} {count} {}", if places { "处" } else { "人" })
        }
        Language::English => {
            let word = if missed > 0 { "missing" } else { "too many" };
            let counted = if places {
                counted(count, "place", "places")
            } else {
                counted(count, "person", "persons")
            };
            format!("{counted} {word}")
        }
    })
}

/// How many recruits are placed differently, besides persons; nothing where there are none.
pub(super) fn recruits_words(language: Language, recruits: usize) -> String {
    match (recruits, language) {
        (0, _) => String::new(),
        (_, Language::Chinese) => format!("，招聘人员安排不同的 {recruits} 人"),
        (_, Language::English) => {
            format!(" and {}", counted(recruits, "recruit", "recruits"))
        }
    }
}

/// That it is proven that no equally good plan places fewer differently: of persons and recruits
/// together, where there are both.
pub(super) const fn fewest_words(
    language: Language,
    fewest: bool,
    recruits: usize,
) -> &'static str {
    match (fewest, recruits) {
        (false, _) => "",
        (true, 0) => language.pick(
            "（同样好的方案中已证明最少）",
            " (proven fewest of equally good plans)",
        ),
        (true, _) => language.pick(
            "（同样好的方案中已证明合计最少）",
            " (together proven fewest of equally good plans)",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Change;

    #[test]
    fn many_changes_are_the_first_and_how_many() {
        let changes = |count: usize| {
            let all = (1..=count).map(|number| Change::Without {
                rule: format!("a-rule-with-a-long-name-{number}"),
            });
            Scenario::of(all.collect())
        };
        let cell = |count, language| scenario_cell(language, &changes(count));
        let first = "不要a-rule-with-a-long-name-1";
        assert_eq!(cell(1, Language::Chinese), first);
        assert_eq!(cell(5, Language::Chinese), format!("{first}等5项"));
        assert_eq!(cell(5, Language::English), format!("{first} and 4 more"));
        // What somebody has named is printed whole.
        let named = Scenario {
            name: "名".repeat(60),
            ..changes(5)
        };
        assert_eq!(scenario_cell(Language::Chinese, &named), named.name);
    }
}
