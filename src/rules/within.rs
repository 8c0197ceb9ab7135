//! What two schools may have in common: 学区 and 集团 come first.

use serde::Deserialize;

use crate::policy::SchoolView;

/// A membership that two schools may share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    /// The same unit.
    Unit,
    /// The same cluster (学区).
    Cluster,
    /// The same group (集团).
    Group,
    /// The same town.
    Town,
    /// A pair (结对学校).
    Pair,
    /// The one takes the pupils of the other, which closes or is merged (并入).
    Merger,
}

impl Within {
    /// Whether both schools share it; a membership that is not known is not shared.
    pub(super) fn is_shared(self, from: &SchoolView<'_>, to: &SchoolView<'_>) -> bool {
        match self {
            Self::Unit => from.school.unit == to.school.unit,
            Self::Cluster => {
                from.school.cluster.is_some() && from.school.cluster == to.school.cluster
            }
            Self::Group => from.school.group.is_some() && from.school.group == to.school.group,
            Self::Town => from.school.town == to.school.town,
            Self::Pair => {
                from.school.partner == Some(to.index) || to.school.partner == Some(from.index)
            }
            Self::Merger => from.school.merged_into == Some(to.index),
        }
    }
}

/// Whether two schools share the one, where it is asked, and do not share the other.
pub(super) fn related(
    within: Option<Within>,
    not_within: Option<Within>,
    from: &SchoolView<'_>,
    to: &SchoolView<'_>,
) -> bool {
    within.is_none_or(|what| what.is_shared(from, to))
        && !not_within.is_some_and(|what| what.is_shared(from, to))
}
