//! What options mean that are no person's.

use std::collections::BTreeMap;

use crate::domain::{LeverUse, SchoolIndex, Stage, SubjectIndex, UnitIndex};

/// What choosing an option means that is no person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A lever is used.
    Lever { lever: usize, place: LeverPlace },
    /// A lever is not used, or a way of an allowance that the plan does not show.
    Nothing,
}

/// Where a lever acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LeverPlace {
    /// On the whole district.
    District,
    /// At a post.
    Post(SchoolIndex, Stage, SubjectIndex),
    /// On the establishment of a unit, and of the one that gives it, where one does.
    Unit(UnitIndex, Option<UnitIndex>),
}

impl LeverPlace {
    /// So many uses of a lever there.
    pub(super) fn used(self, lever: String, count: u32) -> LeverUse {
        let nowhere = LeverUse {
            lever,
            school: None,
            stage: None,
            subject: None,
            unit: None,
            from: None,
            count,
        };
        match self {
            Self::District => nowhere,
            Self::Post(school, stage, subject) => LeverUse {
                school: Some(school),
                stage: Some(stage),
                subject: Some(subject),
                ..nowhere
            },
            Self::Unit(unit, from) => LeverUse {
                unit: Some(unit),
                from,
                ..nowhere
            },
        }
    }
}

/// Uses of one lever at one place as one, sorted.
pub(super) fn together(uses: Vec<LeverUse>) -> Vec<LeverUse> {
    let mut counts: BTreeMap<LeverUse, u32> = BTreeMap::new();
    for used in uses {
        let count = used.count;
        *counts.entry(LeverUse { count: 0, ..used }).or_default() += count;
    }
    let counted = counts.into_iter();
    counted
        .map(|(used, count)| LeverUse { count, ..used })
        .collect()
}
