//! Words of the vocabularies, in the many forms that offices use: a file for each thing that they
//! are said of.

mod decisions;
mod person;
mod schools;
mod service;

use super::values::{bare, without_brackets};

/// One word and its other forms.
type Forms = (&'static str, &'static [&'static str]);

/// The forms of a column's words; empty where it has no vocabulary.
pub(super) fn forms(table: &str, column: &str) -> &'static [Forms] {
    match (table, column) {
        (_, "stage" | "certificate_stage") => schools::STAGES,
        (_, "sex") => person::SEXES,
        (_, "title") => person::TITLES,
        (_, "category") => service::CATEGORIES,
        (_, "degree") => person::DEGREES,
        (_, "backbone") => person::BACKBONES,
        (_, "employment") => service::EMPLOYMENTS,
        (_, "status") => service::STATUSES,
        (_, "office") => service::OFFICES,
        (_, "deferral") => service::DEFERRALS,
        (_, "zone") => schools::ZONES,
        (_, "state") => schools::STATES,
        ("locks", "kind") => decisions::LOCK_KINDS,
        ("locks", "form") => decisions::FORMS,
        ("results", "outcome") => decisions::OUTCOMES,
        ("decided", "kind") => decisions::DECIDED_KINDS,
        _ => &[],
    }
}

/// The canonical word that a cell means: the cell whole, then without brackets, then by the endings
/// that certificates and offices bear.
pub(super) fn canonical(table: &str, column: &str, cell: &str) -> Option<&'static str> {
    let known = forms(table, column);
    if let Some((word, _)) = known.iter().find(|(word, _)| *word == cell) {
        return Some(word);
    }
    let whole = bare(cell).to_lowercase();
    let bare = without_brackets(&whole);
    let found = find(known, &whole).or_else(|| find(known, &bare));
    match column {
        "certificate_stage" => found.or_else(|| find(known, certificate_stem(&bare))),
        "office" => found.or_else(|| office_by_ending(&bare)),
        _ => found,
    }
}

fn find(known: &[Forms], word: &str) -> Option<&'static str> {
    known
        .iter()
        .find(|(canonical, others)| *canonical == word || others.contains(&word))
        .map(|(canonical, _)| *canonical)
}

/// `高级中学教师资格证书` says 高级中学.
fn certificate_stem(word: &str) -> &str {
    let mut stem = word;
    for ending in ["书", "证", "资格", "教师"] {
        stem = stem.strip_suffix(ending).unwrap_or(stem);
    }
    stem
}

/// Offices are named by department; their endings tell the rank.
fn office_by_ending(word: &str) -> Option<&'static str> {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    if ends(&["副校长", "副书记", "副园长"]) {
        Some("副校级")
    } else if ends(&["校长", "书记", "园长"]) && !word.starts_with("团") {
        Some("正校级")
    } else if ends(&["副主任", "副处长", "副科长"]) {
        Some("中层副职")
    } else if ends(&["主任", "处长", "科长"]) {
        Some("中层正职")
    } else if ends(&["组长"]) {
        Some("教研组长")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::columns::{Kind, TABLES};
    use super::*;

    #[test]
    fn every_allowed_word_is_known_and_no_form_is_double() {
        for table in TABLES {
            for column in table.columns {
                let (Kind::Word(words) | Kind::WordList(words)) = column.kind else {
                    continue;
                };
                let known = forms(table.name, column.key);
                assert_eq!(known.len(), words.len(), "{}.{}", table.name, column.key);
                for word in words {
                    assert_eq!(canonical(table.name, column.key, word), Some(*word));
                }
                let mut all: Vec<&str> = known
                    .iter()
                    .flat_map(|(_, others)| others.iter().copied())
                    .collect();
                let count = all.len();
                all.sort_unstable();
                all.dedup();
                assert_eq!(all.len(), count, "{}.{}", table.name, column.key);
            }
        }
    }

    #[test]
    fn words_of_real_rosters_are_known() {
        let word = |column: &str, cell: &str| canonical("teachers", column, cell);
        assert_eq!(word("title", "小学高级教师"), Some("一级教师"));
        assert_eq!(word("title", "中级职称（非中小学系列）"), Some("一级教师"));
        assert_eq!(word("degree", "中专（非师范）"), Some("中专"));
        assert_eq!(
            word("status", "区内其他单位跟岗或借调（不在一线教学）"),
            Some("借调")
        );
        assert_eq!(word("status", "在职在岗（本校任教）"), Some("在岗"));
        assert_eq!(word("office", "书记（正校级）"), Some("正校级"));
        assert_eq!(word("office", "德育处副主任"), Some("中层副职"));
        assert_eq!(word("certificate_stage", "初级中学教师资格"), Some("初中"));
        assert_eq!(
            word("certificate_stage", "中等职业学校实习指导教师资格证书"),
            Some("中职")
        );
        assert_eq!(word("backbone", "省骨干教师"), Some("省级"));
        assert_eq!(word("employment", "临聘"), Some("编外"));
        assert_eq!(word("title", "大师"), None);
    }
}
