//! What is known beforehand of the recruits of a lever.

use serde::Deserialize;

use super::selector::PersonSelector;
use super::words::OneOrMany;
use crate::domain::{Backbone, Degree, Employment, Stage, Title};

/// What a lever's recruits are known to be. What is left out is not known: a selector that asks for
/// it neither chooses nor refuses them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Profile {
    /// 编制类型; outside the establishment, recruits hold no post of their unit.
    pub employment: Option<Employment>,
    /// 职称
    pub title: Option<Title>,
    /// 学历
    pub degree: Option<Degree>,
    /// 骨干级别
    pub backbone: Option<Backbone>,
    /// 专业课教师
    pub programme_teacher: Option<bool>,
    /// 双师型
    pub dual_qualified: Option<bool>,
    /// Holds the certificate for the post.
    pub certified: Option<bool>,
}

impl Profile {
    /// Whether a selector chooses somebody of whom only this and the post are known; `None` where
    /// that depends on what is not known.
    fn decides(self, selector: &PersonSelector, stage: Stage, subject: &str) -> Option<bool> {
        let inner = |one: &PersonSelector| self.decides(one, stage, subject);
        let any = match selector.any_of.as_slice() {
            [] => Some(true),
            several => not(all(several.iter().map(|one| not(inner(one))))),
        };
        let named = selector.subject.iter().any(|word| word == subject);
        all([
            Some(selector.stage.admits(&stage)),
            Some(selector.subject.is_empty() || named),
            asked(selector.employment, self.employment, PartialEq::eq),
            asked(selector.title_at_least, self.title, PartialOrd::le),
            asked(selector.degree_at_least, self.degree, PartialOrd::le),
            asked(selector.backbone_at_least, self.backbone, PartialOrd::le),
            asked(
                selector.programme_teacher,
                self.programme_teacher,
                PartialEq::eq,
            ),
            asked(selector.dual_qualified, self.dual_qualified, PartialEq::eq),
            asked(selector.certified, self.certified, PartialEq::eq),
            (!asks_the_unknown(selector)).then_some(true),
            any,
        ]
        .into_iter()
        .chain(selector.none_of.iter().map(|one| not(inner(one)))))
    }
}

/// Whether a selector asks for what no profile says.
fn asks_the_unknown(selector: &PersonSelector) -> bool {
    let rest = PersonSelector {
        stage: OneOrMany::default(),
        subject: OneOrMany::default(),
        employment: None,
        title_at_least: None,
        degree_at_least: None,
        backbone_at_least: None,
        programme_teacher: None,
        dual_qualified: None,
        certified: None,
        any_of: Vec::new(),
        none_of: Vec::new(),
        ..selector.clone()
    };
    rest != PersonSelector::default()
}

/// Whether what is held is as asked; `None` where it is not known.
fn asked<T>(wanted: Option<T>, held: Option<T>, fits: fn(&T, &T) -> bool) -> Option<bool> {
    let Some(wanted) = wanted else {
        return Some(true);
    };
    held.map(|held| fits(&wanted, &held))
}

/// Whether all hold: one that does not is enough to say no, one that is not known to say nothing.
fn all(parts: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    let mut known = Some(true);
    for part in parts {
        match part {
            Some(false) => return Some(false),
            Some(true) => {}
            None => known = None,
        }
    }
    known
}

fn not(part: Option<bool>) -> Option<bool> {
    part.map(|held| !held)
}

impl PersonSelector {
    /// Whether the selector chooses a recruit for sure, of whom only the post and the profile are
    /// known.
    pub fn chooses_recruit(&self, profile: &Profile, stage: Stage, subject: &str) -> bool {
        profile.decides(self, stage, subject) == Some(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chooses(selector: &str, profile: &str) -> bool {
        let selector: PersonSelector = toml::from_str(selector).unwrap();
        let profile: Profile = toml::from_str(profile).unwrap();
        selector.chooses_recruit(&profile, Stage::Primary, "语文")
    }

    #[test]
    fn only_what_is_known_is_chosen() {
        assert!(chooses("stage = '小学'\nsubject = ['语文', '数学']", ""));
        assert!(!chooses("subject = '音乐'", ""));
        assert!(!chooses("dual_qualified = true", ""));
        assert!(!chooses("dual_qualified = false", ""), "nor its contrary");
        assert!(chooses("dual_qualified = true", "dual_qualified = true"));
        assert!(chooses("degree_at_least = '本科'", "degree = '硕士研究生'"));
        assert!(!chooses("degree_at_least = '本科'", "degree = '专科'"));
        assert!(!chooses("sex = '女'", "degree = '本科'"), "no profile says");
    }

    #[test]
    fn what_is_not_known_neither_holds_nor_fails() {
        let known = "dual_qualified = false";
        assert!(chooses("none_of = [{ dual_qualified = true }]", known));
        assert!(!chooses("none_of = [{ dual_qualified = true }]", ""));
        // One that holds is enough, and one that fails is as well.
        let either = "any_of = [{ wishes = true }, { subject = '语文' }]";
        assert!(chooses(either, ""));
        let neither = "none_of = [{ wishes = true, subject = '音乐' }]";
        assert!(chooses(neither, ""), "not in music, whatever was wished");
    }
}
