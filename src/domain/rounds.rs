//! The rounds of the year: what the competition in a school gave, what schools scored, how many a
//! school is to send and receive.

use super::schooling::{SchoolIndex, Stage, SubjectIndex, TeacherIndex};
use super::vocabulary::vocabulary;

vocabulary! {
    /// What the competition inside a school (校内竞聘) gave for somebody.
    Competition {
        /// 聘任: engaged, holds a post.
        Engaged = "engaged", "聘任";
        /// 落聘: holds no post any more; the 编制 stays where it is for now.
        Released = "released", "落聘";
        /// 未参加: took no part, holds the post as before.
        None = "none", "未参加";
    }
}

/// The result of somebody in the competition inside the school, or of a later round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CompetitionResult {
    /// Whose result.
    pub teacher: TeacherIndex,
    /// What it is.
    pub outcome: Competition,
    /// The stage of the post, where it is not the one taught so far.
    pub stage: Option<Stage>,
    /// The subject of the post, where it is not the one taught so far.
    pub subject: Option<SubjectIndex>,
}

/// What a school scored somebody who applied there (竞聘得分). More is better, at every school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Score {
    /// Who was scored.
    pub teacher: TeacherIndex,
    /// By which school.
    pub school: SchoolIndex,
    /// For a post of which subject; `None` is the teacher's own.
    pub subject: Option<SubjectIndex>,
    /// Hundredths of a point.
    pub hundredths: u32,
}

impl Score {
    /// The score on paper: `86.5`.
    pub fn printed(hundredths: u32) -> String {
        let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

/// How many of a subject a school sends and receives on exchange (名额).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quota {
    /// The school.
    pub school: SchoolIndex,
    /// The stage.
    pub stage: Stage,
    /// The subject.
    pub subject: SubjectIndex,
    /// Persons to send.
    pub sent: u32,
    /// Persons to receive.
    pub received: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_printed_without_idle_zeros() {
        let printed = [8650, 8600, 8605, 0, 7].map(Score::printed);
        assert_eq!(printed, ["86.5", "86", "86.05", "0", "0.07"]);
    }
}
