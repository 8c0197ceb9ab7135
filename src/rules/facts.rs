//! A finished plan beside its district: what checks look at.

use std::collections::BTreeMap;

use super::row::{Candidate, Outcome};
use super::set::RuleSet;
use super::units_per_person;
use crate::demand::{PostIndex, Situation};
use crate::domain::{
    Employment, Form, LeverUse, Persons, Placement, SchoolIndex, Stage, SubjectIndex, UnitIndex,
};
use crate::policy::{Lever, LeverKind, PersonSelector, Profile};

/// Recruits at a post, seen as service without a teacher behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Service {
    /// The school.
    pub school: SchoolIndex,
    /// The stage.
    pub stage: Stage,
    /// The subject.
    pub subject: SubjectIndex,
    /// What is known of them.
    pub profile: Profile,
    /// How many.
    pub count: i64,
}

impl Service {
    /// Whether a selector chooses such recruits for sure.
    pub(super) fn is_chosen_by(&self, who: &PersonSelector, situation: &Situation<'_>) -> bool {
        let subject = situation.district.subject_name(self.subject);
        who.chooses_recruit(&self.profile, self.stage, subject)
    }
}

/// A plan as facts: where everybody serves, and what the levers did.
#[derive(Debug)]
pub struct PlanFacts<'a> {
    /// The district and its reckonings.
    pub situation: &'a Situation<'a>,
    /// One placement a teacher, in the order of teachers.
    pub placements: &'a [Placement],
    /// Levers used.
    pub levers: &'a [LeverUse],
}

impl<'a> PlanFacts<'a> {
    /// Everybody's placement with what rules ask of it.
    pub fn candidates(&self) -> impl Iterator<Item = Candidate<'a>> + '_ {
        let situation = self.situation;
        self.placements.iter().map(move |placement| Candidate {
            situation,
            entry: situation.roll.entry(placement.teacher),
            placement,
        })
    }

    /// Placements of those who give lessons.
    pub fn serving(&self) -> impl Iterator<Item = Candidate<'a>> + '_ {
        self.candidates().filter(Candidate::serves)
    }

    /// Placements that begin a move this year, in one of the forms.
    pub fn moves<'b>(&'b self, forms: &'b [Form]) -> impl Iterator<Item = Candidate<'a>> + 'b {
        self.candidates()
            .filter(move |candidate| forms.contains(&candidate.placement.form))
    }

    /// Recruits that levers place.
    pub fn recruits(&self) -> impl Iterator<Item = Service> + '_ {
        self.levers.iter().filter_map(|used| {
            let lever = self.lever(&used.lever);
            if lever.is_some_and(|lever| lever.kind != LeverKind::Recruit) {
                return None;
            }
            Some(Service {
                school: used.school?,
                stage: used.stage?,
                subject: used.subject?,
                profile: lever.map(|lever| lever.profile).unwrap_or_default(),
                count: i64::from(used.count),
            })
        })
    }

    /// Posts of establishment that levers give each unit, less those that they take.
    pub fn posts_given(&self) -> BTreeMap<UnitIndex, i64> {
        let mut given: BTreeMap<UnitIndex, i64> = BTreeMap::new();
        for used in self.levers {
            for (unit, sign) in [(used.unit, 1), (used.from, -1)] {
                if let Some(unit) = unit {
                    *given.entry(unit).or_default() += sign * i64::from(used.count);
                }
            }
        }
        given
    }

    fn lever(&self, id: &str) -> Option<&'a Lever> {
        let levers = &self.situation.policy.levers;
        levers.iter().find(|lever| lever.id == id)
    }

    /// What the uses of a lever cost at its level.
    pub fn cost_of(&self, lever: &Lever) -> i64 {
        let uses = self.levers.iter().filter(|used| used.lever == lever.id);
        uses.map(|used| {
            let school = used.school.map(|school| self.situation.school(school));
            i64::from(used.count) * units_per_person(lever.weight_at(school.as_ref()))
        })
        .sum()
    }

    /// What the plan is worth at each level, in units: the costs of rules and of levers.
    pub fn levels(&self, rules: &RuleSet, outcomes: &[Outcome]) -> Vec<i64> {
        let policy = self.situation.policy;
        let mut levels = vec![0; policy.levels.len()];
        let costs = rules.all().iter().zip(outcomes);
        let costs = costs.map(|(typed, outcome)| (typed.rule.level, outcome.cost));
        let levers = policy.levers.iter();
        let uses = levers.map(|lever| (lever.level, self.cost_of(lever)));
        for (level, cost) in costs.chain(uses) {
            if let Some(sum) = levels.get_mut(level) {
                *sum += cost;
            }
        }
        levels
    }

    /// Uses of a lever that acts on the whole district.
    pub fn uses_of(&self, lever: &str) -> i64 {
        self.levers
            .iter()
            .filter(|used| used.lever == lever)
            .map(|used| i64::from(used.count))
            .sum()
    }

    /// Of those who serve at each post, who is outside the establishment: not those whom a lever hires.
    pub fn outside(&self) -> BTreeMap<PostIndex, i64> {
        let mut outside: BTreeMap<PostIndex, i64> = BTreeMap::new();
        for held in self.serving() {
            let placement = held.placement;
            let teacher = self.situation.district.teacher(placement.teacher);
            let posts = &self.situation.posts;
            let post = posts.of(placement.school, placement.stage, placement.subject);
            if let Some(post) = post.filter(|_| teacher.employment != Employment::Establishment) {
                *outside.entry(post).or_default() += 1;
            }
        }
        outside
    }

    /// Persons who serve at each post.
    pub fn staff(&self) -> BTreeMap<PostIndex, Persons> {
        let mut staff: BTreeMap<PostIndex, Persons> = BTreeMap::new();
        let mut add = |school, stage, subject, persons| {
            if let Some(post) = self.situation.posts.of(school, stage, subject) {
                *staff.entry(post).or_default() += persons;
            }
        };
        for held in self.serving() {
            let (stage, subject) = (held.placement.stage, held.placement.subject);
            held.presence(|school, persons| add(school, stage, subject, persons));
        }
        for held in self.recruits() {
            add(
                held.school,
                held.stage,
                held.subject,
                Persons::whole(held.count),
            );
        }
        staff
    }
}
