//! Subjects: one canonical list, its aliases, and what they mean in each stage.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::domain::{Stage, SubjectIndex};

use super::values::{bare, list, literal, without_blanks, without_brackets};
use super::words;

/// The subjects of the national curriculum, as they are named here.
pub const CANONICAL_SUBJECTS: &[&str] = &[
    "语文",
    "数学",
    "英语",
    "道德与法治",
    "思想政治",
    "历史",
    "地理",
    "物理",
    "化学",
    "生物",
    "科学",
    "体育",
    "音乐",
    "美术",
    "信息科技",
    "劳动",
    "综合实践",
    "心理健康",
    "通用技术",
    "书法",
    "舞蹈",
    "学前教育",
    "特殊教育",
];

/// Other names of subjects that mean the same in every stage.
pub(super) const SUBJECT_ALIASES: &[(&str, &[&str])] = &[
    ("语文", &["中文", "汉语", "大语文"]),
    ("数学", &["奥数"]),
    ("英语", &["外语", "英文"]),
    ("历史", &["史"]),
    ("物理", &["物理学"]),
    ("化学", &["化学学科"]),
    ("生物", &["生物学"]),
    ("科学", &["自然", "小学科学"]),
    ("体育", &["体育与健康", "体育与保健", "体健", "体育健康"]),
    ("音乐", &["唱游", "音乐学"]),
    ("美术", &["绘画", "美术学"]),
    (
        "信息科技",
        &[
            "信息技术",
            "信息",
            "计算机",
            "微机",
            "电脑",
            "信息技术教育",
            "人工智能",
        ],
    ),
    ("劳动", &["劳动教育", "劳技", "劳动技术", "劳动与技术"]),
    (
        "综合实践",
        &["综合实践活动", "综合", "校本课程", "地方课程"],
    ),
    ("心理健康", &["心理", "心理健康教育", "心理学", "心育"]),
    ("通用技术", &["通技"]),
    ("书法", &["写字"]),
    (
        "学前教育",
        &["学前", "幼儿教育", "幼教", "保教", "五大领域"],
    ),
    ("特殊教育", &["特教", "康复", "康复训练"]),
];

/// Names of the subject of morals and politics, which is called by stage.
pub(super) const MORALS: &[&str] = &[
    "道德与法治",
    "思想政治",
    "政治",
    "思政",
    "思品",
    "品德",
    "道法",
    "思想品德",
    "品德与社会",
    "品德与生活",
    "道德与法制",
    "思想政治课",
    "思政课",
];
/// Names of a teacher of all subjects.
pub(super) const GENERALIST: &[&str] =
    &["全科", "包班", "小学教育", "全科教师", "小学全科", "各科"];
/// What a generalist of primary school teaches; the first is the main subject.
pub(super) const PRIMARY_SUBJECTS: &[&str] = &[
    "语文",
    "数学",
    "英语",
    "道德与法治",
    "科学",
    "体育",
    "音乐",
    "美术",
    "信息科技",
    "劳动",
    "综合实践",
];
/// Names that stand for several subjects.
pub(super) const COMBINED: &[(&str, &[&str])] = &[
    ("艺术", &["音乐", "美术"]),
    ("音体美", &["音乐", "体育", "美术"]),
    ("体音美", &["体育", "音乐", "美术"]),
    ("音美", &["音乐", "美术"]),
    ("史地", &["历史", "地理"]),
    ("理化", &["物理", "化学"]),
    ("语数", &["语文", "数学"]),
];

/// The canonical subjects that a name means in a stage: one, several for a combined name, none
/// where the name is unknown.
pub(super) fn meaning(name: &str, stage: Stage) -> Vec<&'static str> {
    let whole = bare(name);
    let found = lookup(&whole, stage);
    if found.is_empty() {
        lookup(&without_brackets(&whole), stage)
    } else {
        found
    }
}

fn lookup(name: &str, stage: Stage) -> Vec<&'static str> {
    if MORALS.contains(&name) {
        return vec![match stage {
            Stage::Senior | Stage::Vocational => "思想政治",
            _ => "道德与法治",
        }];
    }
    if GENERALIST.contains(&name) {
        return match stage {
            Stage::Primary => PRIMARY_SUBJECTS.to_vec(),
            Stage::Kindergarten => vec!["学前教育"],
            Stage::Special => vec!["特殊教育"],
            Stage::Junior | Stage::Senior | Stage::Vocational => Vec::new(),
        };
    }
    if let Some((_, parts)) = COMBINED.iter().find(|(combined, _)| *combined == name) {
        return parts.to_vec();
    }
    let canonical = CANONICAL_SUBJECTS
        .iter()
        .find(|held| **held == name)
        .copied();
    let by_alias = || {
        SUBJECT_ALIASES
            .iter()
            .find(|(_, aliases)| aliases.contains(&name))
            .map(|(held, _)| *held)
    };
    canonical.or_else(by_alias).into_iter().collect()
}

/// One item of a list of subjects: the stage named before it, if any, and the subject's name.
pub(super) fn split_stage(item: &str) -> (Option<Stage>, &str) {
    // A whole name wins, or 学前教育 would be 教育 in 学前.
    if !meaning(item, Stage::Primary).is_empty() {
        return (None, item);
    }
    let stages = words::forms("teachers", "stage");
    let mut prefixes: Vec<(&str, &str)> = stages
        .iter()
        .flat_map(|(word, others)| {
            std::iter::once((*word, *word)).chain(others.iter().map(move |other| (*other, *word)))
        })
        .filter(|(prefix, _)| prefix.chars().count() > 1)
        .collect();
    prefixes.sort_by_key(|(prefix, _)| std::cmp::Reverse(prefix.len()));
    for (prefix, word) in prefixes {
        if let Some(rest) = item.strip_prefix(prefix) {
            let rest = rest.trim_start_matches([':', '：', '-', '·', '.']);
            if !rest.is_empty() {
                return (Stage::from_word(word), rest);
            }
        }
    }
    (None, item)
}

/// What an item of a list names: pairs of stage and subject, in the stage before it or else in all of
/// those given. A name in 「」 is taken as it stands. `None` where a stage has no such subject.
pub(super) fn named<'a>(item: &'a str, stages: &[Stage]) -> Option<Vec<(Stage, Cow<'a, str>)>> {
    let (named_stage, name) = split_stage(item);
    let stages = named_stage.as_ref().map_or(stages, std::slice::from_ref);
    let mut found = Vec::new();
    for &stage in stages {
        let canonical = meaning(name, stage);
        if let Some(exact) = literal(name) {
            found.push((stage, Cow::Owned(without_blanks(exact))));
        } else if !canonical.is_empty() {
            found.extend(
                canonical
                    .into_iter()
                    .map(|known| (stage, Cow::Borrowed(known))),
            );
        } else if stage == Stage::Vocational {
            // Programmes of vocational schools are named freely.
            found.push((stage, Cow::Owned(without_blanks(name))));
        } else {
            return None;
        }
    }
    Some(found)
}

/// The items of a cell that lists subjects or persons.
pub(super) fn items(cell: &str) -> Vec<&str> {
    list(cell)
        .into_iter()
        .filter(|item| !matches!(*item, "无" | "其他" | "其它" | "-" | "—"))
        .collect()
}

/// Names of subjects on their way to the district's sorted list: numbered as they come, renumbered
/// at the end.
#[derive(Debug, Clone, Default)]
pub(super) struct SubjectPool {
    numbers: BTreeMap<String, u32>,
}

impl SubjectPool {
    /// A pool that holds the canonical subjects.
    pub(super) fn canonical() -> Self {
        let mut pool = Self::default();
        for name in CANONICAL_SUBJECTS {
            pool.number(name);
        }
        pool
    }

    /// The provisional number of a name.
    pub(super) fn number(&mut self, name: &str) -> SubjectIndex {
        if let Some(&number) = self.numbers.get(name) {
            return SubjectIndex(number);
        }
        let next = self.numbers.len() as u32;
        self.numbers.insert(name.to_owned(), next);
        SubjectIndex(next)
    }

    /// Takes in the names of a pool that began as this one: its numbers, as they are here.
    pub(super) fn merge(&mut self, other: &Self) -> Vec<SubjectIndex> {
        other
            .names()
            .into_iter()
            .map(|name| self.number(name))
            .collect()
    }

    /// The names in the order of their provisional numbers.
    pub(super) fn names(&self) -> Vec<&str> {
        let mut names = vec![""; self.numbers.len()];
        for (name, number) in &self.numbers {
            names[*number as usize] = name;
        }
        names
    }

    /// All names, sorted, and for each provisional number its place among them.
    pub(super) fn sorted(self) -> (Vec<String>, Vec<SubjectIndex>) {
        let mut places = vec![SubjectIndex(0); self.numbers.len()];
        for (place, number) in self.numbers.values().enumerate() {
            places[*number as usize] = SubjectIndex(place as u32);
        }
        (self.numbers.into_keys().collect(), places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_depend_on_the_stage() {
        assert_eq!(meaning("思政", Stage::Primary), ["道德与法治"]);
        assert_eq!(meaning("道德与法治", Stage::Senior), ["思想政治"]);
        assert_eq!(meaning("体育与健康", Stage::Junior), ["体育"]);
        assert_eq!(meaning("信息技术（计算机）", Stage::Primary), ["信息科技"]);
        assert_eq!(meaning("艺术", Stage::Primary), ["音乐", "美术"]);
        assert_eq!(meaning("全科", Stage::Primary)[0], "语文");
        assert!(meaning("全科", Stage::Senior).is_empty());
        assert!(meaning("炼金术", Stage::Junior).is_empty());
    }

    #[test]
    fn names_are_distinct() {
        let mut names: Vec<&str> = CANONICAL_SUBJECTS
            .iter()
            .filter(|name| !MORALS.contains(name))
            .copied()
            .chain(
                SUBJECT_ALIASES
                    .iter()
                    .flat_map(|(_, aliases)| aliases.iter().copied()),
            )
            .chain(MORALS.iter().copied())
            .chain(GENERALIST.iter().copied())
            .chain(COMBINED.iter().map(|(name, _)| *name))
            .collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        for (name, _) in SUBJECT_ALIASES {
            assert!(CANONICAL_SUBJECTS.contains(name));
        }
    }

    #[test]
    fn a_stage_may_stand_before_a_subject() {
        assert_eq!(split_stage("初中音乐"), (Some(Stage::Junior), "音乐"));
        assert_eq!(split_stage("普通高中：物理"), (Some(Stage::Senior), "物理"));
        assert_eq!(split_stage("学前教育"), (None, "学前教育"));
        assert_eq!(split_stage("机械加工"), (None, "机械加工"));
    }

    #[test]
    fn a_name_in_corner_brackets_is_taken_as_it_stands() {
        let read = |item| named(item, &[Stage::Junior]).map(|found| format!("{found:?}"));
        assert_eq!(read("思想政治").unwrap(), "[(Junior, \"道德与法治\")]");
        assert_eq!(read("「思想政治」").unwrap(), "[(Junior, \"思想政治\")]");
        assert_eq!(
            read("高中「汽修/机电」").unwrap(),
            "[(Senior, \"汽修/机电\")]"
        );
        assert_eq!(read("高中汽修"), None);
        assert_eq!(
            items("音乐、高中「汽修/机电」"),
            ["音乐", "高中「汽修/机电」"]
        );
    }

    #[test]
    fn the_pool_sorts_its_names() {
        let mut pool = SubjectPool::canonical();
        let number = pool.number("汽车维修");
        let (names, places) = pool.sorted();
        assert!(names.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(names[places[number.position()].position()], "汽车维修");
    }
}
