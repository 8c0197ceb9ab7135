//! Needs as posts: small sites pool them by the first way of the policy in which no pool needs less than
//! one person.

use std::collections::{BTreeMap, BTreeSet};

use super::need::{Need, Reckoner};
use super::posts::Post;
use crate::domain::{Persons, SubjectIndex};
use crate::policy::PoolLevel;

impl Reckoner<'_> {
    /// Posts, pooled where the site is small.
    pub(super) fn pooled(&self, needs: &BTreeMap<SubjectIndex, Need>) -> Vec<Post> {
        let classes: u32 = self.classes().map(|group| group.classes).sum();
        let small = classes > 0 && self.small_total(classes).is_some();
        let alone: Vec<Vec<SubjectIndex>> = needs.keys().map(|&subject| vec![subject]).collect();
        let groups = if small {
            self.pool_groups(needs, alone)
        } else {
            alone
        };
        groups
            .into_iter()
            .map(|group| self.post(needs, &group, small))
            .collect()
    }

    /// The first way of pooling in which no pool needs less than a person, or else the coarsest.
    fn pool_groups(
        &self,
        needs: &BTreeMap<SubjectIndex, Need>,
        alone: Vec<Vec<SubjectIndex>>,
    ) -> Vec<Vec<SubjectIndex>> {
        let is_whole = |groups: &[Vec<SubjectIndex>]| {
            groups.iter().all(|group| {
                let need: Persons = group.iter().map(|subject| needs[subject].persons).sum();
                need >= Persons::ONE || need == Persons::ZERO
            })
        };
        let mut chosen = alone;
        for level in &self.tables.pools {
            if is_whole(&chosen) {
                break;
            }
            chosen = self.groups_of(level, needs);
        }
        chosen
    }

    fn groups_of(
        &self,
        level: &PoolLevel,
        needs: &BTreeMap<SubjectIndex, Need>,
    ) -> Vec<Vec<SubjectIndex>> {
        let mut free: BTreeSet<SubjectIndex> = needs.keys().copied().collect();
        let mut groups: Vec<Vec<SubjectIndex>> = Vec::new();
        for names in &level.groups {
            let mut group: Vec<SubjectIndex> = names
                .iter()
                .filter_map(|name| self.district.subject_named(name))
                .filter(|subject| free.remove(subject))
                .collect();
            group.sort_unstable();
            if !group.is_empty() {
                groups.push(group);
            }
        }
        groups.extend(free.into_iter().map(|subject| vec![subject]));
        groups.sort_unstable();
        groups
    }

    fn post(
        &self,
        needs: &BTreeMap<SubjectIndex, Need>,
        group: &[SubjectIndex],
        small: bool,
    ) -> Post {
        let held = || group.iter().map(|subject| needs[subject]);
        let names: Vec<&str> = group
            .iter()
            .map(|&subject| self.district.subject_name(subject))
            .collect();
        Post {
            school: self.school,
            stage: self.stage,
            label: names.join("+"),
            periods: held().map(|need| need.periods).sum(),
            need_by_loads: held().map(|need| need.by_loads).sum(),
            need: held().map(|need| need.persons).sum(),
            small_site: small,
            stated: held().any(|need| need.stated),
            subjects: group.to_vec(),
        }
    }
}
