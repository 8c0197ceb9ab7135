//! Where the rules of reach lead.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::demand::{RollEntry, Situation};
use crate::domain::{Form, Placement, SchoolIndex, TeacherIndex};
use crate::rules::reach::{PostTerms, Reach, Way};
use crate::rules::{Candidate, RuleSet};

/// Where those lead whom the same reach rules govern, from one school.
pub(super) struct Ways {
    /// Schools open to all, in their order.
    open: Vec<SchoolIndex>,
    /// By school: whether a wish opens it.
    wished: Vec<bool>,
    pub(super) terms: PostTerms,
    /// Whether schools that somebody ranks below the present one are out of reach.
    above_present: bool,
}

impl Ways {
    /// Whether somebody may not go to a school that he or she ranks below the present one.
    pub(super) fn lead_below(
        &self,
        situation: &Situation<'_>,
        who: TeacherIndex,
        school: SchoolIndex,
    ) -> bool {
        self.above_present && situation.ranks_below_present(who, school)
    }

    /// Schools open to somebody, in their order.
    pub(super) fn schools(
        &self,
        situation: &Situation<'_>,
        teacher: TeacherIndex,
    ) -> Cow<'_, [SchoolIndex]> {
        let wishes = situation.wishes_to_leave(teacher).iter();
        let mut wished: Vec<SchoolIndex> = wishes
            .map(|wish| wish.school)
            .filter(|school| self.wished[school.position()])
            .collect();
        let mut schools = Cow::Borrowed(self.open.as_slice());
        if !wished.is_empty() {
            let schools = schools.to_mut();
            schools.append(&mut wished);
            schools.sort_unstable();
            schools.dedup();
        }
        schools
    }
}

/// Ways by the rules that govern, as positions among the reach rules.
pub(super) type WaysByRules = BTreeMap<Vec<usize>, Ways>;

/// The rules of reach of a district, and where they lead.
pub(super) struct Paths<'a> {
    situation: &'a Situation<'a>,
    reach: Vec<&'a Reach>,
    /// By reach rule and school: whether the rule leads there.
    leads: Vec<Vec<bool>>,
}

impl<'a> Paths<'a> {
    pub(super) fn new(situation: &'a Situation<'a>, rules: &'a RuleSet) -> Self {
        let reach: Vec<&Reach> = rules.reach().map(|(_, reach)| reach).collect();
        let leads = reach
            .iter()
            .map(|reach| {
                let schools = situation.district.school_indices();
                schools
                    .map(|school| reach.leads_to(situation, school))
                    .collect()
            })
            .collect();
        Self {
            situation,
            reach,
            leads,
        }
    }

    /// Where somebody's moves in a form may lead.
    pub(super) fn ways_of<'w>(
        &self,
        entry: &RollEntry,
        form: Form,
        known: &'w mut WaysByRules,
    ) -> &'w Ways {
        let governing = self.governing(entry, form);
        known
            .entry(governing)
            .or_insert_with_key(|governing| self.ways(entry.origin, governing))
    }

    /// The reach rules that speak of somebody's moves in a form, wherever they lead.
    fn governing(&self, entry: &RollEntry, form: Form) -> Vec<usize> {
        let placement = Placement {
            form,
            ..entry.placement()
        };
        let candidate = Candidate {
            situation: self.situation,
            entry,
            placement: &placement,
        };
        let governs = |position: &usize| self.reach[*position].governs(&candidate);
        (0..self.reach.len()).filter(governs).collect()
    }

    fn ways(&self, from: SchoolIndex, governing: &[usize]) -> Ways {
        let situation = self.situation;
        let mut open = Vec::new();
        let mut wished = vec![false; situation.district.schools.len()];
        for to in situation.district.school_indices() {
            let mut way = Way::Open;
            for &position in governing {
                way = if self.leads[position][to.position()] {
                    way.min(self.reach[position].way(situation, from, to))
                } else {
                    Way::Closed
                };
                if way == Way::Closed {
                    break;
                }
            }
            match way {
                Way::Open => open.push(to),
                Way::Wished => wished[to.position()] = true,
                Way::Closed => {}
            }
        }
        Ways {
            open,
            wished,
            terms: PostTerms::of(governing.iter().map(|&position| self.reach[position])),
            above_present: governing
                .iter()
                .any(|&position| self.reach[position].above_present),
        }
    }

    /// On what terms of posts somebody may change the subject at home; `None` where a rule forbids it.
    pub(super) fn terms_at_home(&self, entry: &RollEntry) -> Option<PostTerms> {
        let (situation, school) = (self.situation, entry.school);
        let governing = self.governing(entry, Form::ChangeSubject);
        let is_open = |&position: &usize| {
            let way = || self.reach[position].way(situation, school, school);
            self.leads[position][school.position()]
                && match way() {
                    Way::Closed => false,
                    Way::Wished => situation.wish_rank(entry.teacher, school).is_some(),
                    Way::Open => true,
                }
        };
        let terms = || PostTerms::of(governing.iter().map(|&position| self.reach[position]));
        governing.iter().all(is_open).then(terms)
    }
}
