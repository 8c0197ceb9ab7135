//! Rules, levels, posts and statistics of a plan as read, all in integers.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::codes::{FLOOR_UNMET, FindingCode, HARD_BROKEN, OUT_OF_REACH};
use super::finding::Finding;
use super::placements::ReadPlan;
use crate::demand::{PostIndex, dispensable};
use crate::domain::{Backbone, Form, LeverUse, Persons, Placement, TeacherIndex};
use crate::matching::{Envy, has_competition, justified_envy};
use crate::policy::Enforcement;
use crate::rules::{
    Candidate, Context, Fairness, Grounds, Kind, Outcome, PlanFacts, RuleSet, TypedRule,
};

/// The three figures that an office reports upwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct AuditStatistics {
    /// 符合交流轮岗条件教师总数
    #[serde(rename = "符合交流轮岗条件教师总数")]
    pub eligible: usize,
    /// 实际交流轮岗教师数
    #[serde(rename = "实际交流轮岗教师数")]
    pub moved: usize,
    /// 实际交流骨干教师数
    #[serde(rename = "实际交流骨干教师数")]
    pub backbone_moved: usize,
}

/// Need and staff of a post, or of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct PostBalance {
    pub(super) need: Persons,
    pub(super) before: Persons,
    pub(super) after: Persons,
    pub(super) shortage: (Persons, Persons),
    pub(super) surplus: (Persons, Persons),
    /// Staff outside the establishment whom posts can do without.
    pub(super) dispensable: (Persons, Persons),
}

impl PostBalance {
    pub(super) fn add(&mut self, other: &Self) {
        self.need += other.need;
        self.before += other.before;
        self.after += other.after;
        self.shortage.0 += other.shortage.0;
        self.shortage.1 += other.shortage.1;
        self.surplus.0 += other.surplus.0;
        self.surplus.1 += other.surplus.1;
        self.dispensable.0 += other.dispensable.0;
        self.dispensable.1 += other.dispensable.1;
    }
}

/// A plan recounted.
#[derive(Debug)]
pub(super) struct Reckoning<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) rules: &'a RuleSet,
    pub(super) placements: &'a [Placement],
    pub(super) levers: Vec<LeverUse>,
    /// One a rule, in the order of the set.
    pub(super) outcomes: Vec<Outcome>,
    /// One a level.
    pub(super) levels: Vec<i64>,
    pub(super) statistics: AuditStatistics,
    pub(super) fairness: Fairness,
    pub(super) grounds: Grounds<'a>,
    staff: BTreeMap<PostIndex, Persons>,
    outside: BTreeMap<PostIndex, i64>,
    /// Justified envy; `None` where there can be none.
    pub(super) envy: Option<Vec<Envy>>,
}

impl<'a> Reckoning<'a> {
    /// Recounts a plan.
    pub(super) fn new(context: &'a Context<'a>, rules: &'a RuleSet, plan: &'a ReadPlan) -> Self {
        let situation = context.situation;
        let levers: Vec<LeverUse> = plan.levers.iter().map(|(used, _)| used.clone()).collect();
        let facts = PlanFacts {
            situation,
            placements: &plan.placements,
            levers: &levers,
        };
        let outcomes: Vec<Outcome> = rules
            .all()
            .par_iter()
            .map(|typed| typed.check(context, &facts))
            .collect();
        let levels = facts.levels(rules, &outcomes);
        let (staff, outside) = (facts.staff(), facts.outside());
        let envy = has_competition(situation.district)
            .then(|| justified_envy(context, rules, &plan.placements));
        let statistics = statistics(context, &facts);
        let fairness = Fairness::of(context, &facts);
        let grounds = Grounds::new(&facts, rules);
        Self {
            context,
            rules,
            placements: &plan.placements,
            levers,
            outcomes,
            levels,
            statistics,
            fairness,
            grounds,
            staff,
            outside,
            envy,
        }
    }

    /// Those who hold no post.
    pub(super) fn waiting(&self) -> impl Iterator<Item = TeacherIndex> {
        let placements = self.placements.iter();
        placements
            .filter(|placement| placement.form == Form::Waiting)
            .map(|placement| placement.teacher)
    }

    /// Rules with their outcomes.
    pub(super) fn rules(&self) -> impl Iterator<Item = (&TypedRule, &Outcome)> {
        self.rules.all().iter().zip(&self.outcomes)
    }

    /// Everybody's placement with what rules ask of it.
    pub(super) fn candidates(&self) -> impl Iterator<Item = Candidate<'_>> {
        let situation = self.context.situation;
        self.placements.iter().map(move |placement| Candidate {
            situation,
            entry: situation.roll.entry(placement.teacher),
            placement,
        })
    }

    /// Exchanges and transfers that begin this year.
    pub(super) fn moves(&self) -> impl Iterator<Item = Candidate<'_>> {
        self.candidates()
            .filter(|candidate| candidate.placement.form.is_move())
    }

    /// Those who serve at several schools (走教).
    pub(super) fn itinerants(&self) -> impl Iterator<Item = Candidate<'_>> {
        self.candidates()
            .filter(|candidate| candidate.placement.itinerary.is_some())
    }

    /// Those of them who begin it this year.
    pub(super) fn new_itinerants(&self) -> impl Iterator<Item = Candidate<'_>> {
        self.itinerants()
            .filter(|candidate| !candidate.itinerary_goes_on())
    }

    /// The balance of a post.
    pub(super) fn balance(&self, index: PostIndex) -> PostBalance {
        let situation = self.context.situation;
        let need = situation.posts.get(index).need;
        let before = situation.balances.present(index);
        let after = self.staff.get(&index).copied().unwrap_or_default();
        let outside = self.outside.get(&index).copied().unwrap_or_default();
        let positive = |amount: Persons| amount.max(Persons::ZERO);
        PostBalance {
            need,
            before,
            after,
            shortage: (positive(need - before), positive(need - after)),
            surplus: (positive(before - need), positive(after - need)),
            dispensable: (
                dispensable(need, before, i64::from(situation.balances.outside(index))),
                dispensable(need, after, outside),
            ),
        }
    }

    /// Findings of rules: reach whatever its enforcement, since it decides what may be chosen at
    /// all; hard rules; floors. Eligibility is found person by person, with the reason.
    pub(super) fn judge(&self, found: &mut Vec<Finding>) {
        for (typed, outcome) in self.rules() {
            let code = match (&typed.kind, typed.rule.enforcement) {
                (Kind::Eligibility(_), _) => continue,
                (Kind::Reach(_), _) => OUT_OF_REACH,
                (_, Enforcement::Hard) => HARD_BROKEN,
                (_, Enforcement::Floor) => FLOOR_UNMET,
                _ => continue,
            };
            found.extend(missed(code, typed, outcome));
        }
    }
}

fn missed(
    code: FindingCode,
    typed: &TypedRule,
    outcome: &Outcome,
) -> impl Iterator<Item = Finding> {
    outcome.missed.iter().map(move |item| {
        let rule = &typed.rule;
        let chinese = format!("{}：{}，应{}", rule.title, item.value, item.target);
        let english = format!(
            "{}: {} against {}",
            rule.title_english, item.value, item.target
        );
        Finding::new(code, &chinese, &english)
            .rule(&rule.id)
            .place(&item.place)
            .amount(&item.shortfall)
    })
}

fn statistics(context: &Context<'_>, facts: &PlanFacts<'_>) -> AuditStatistics {
    let district = context.situation.district;
    let forms = &context.situation.policy.forms;
    let counting = forms.iter().filter(|(_, terms)| terms.counts_as_exchange);
    let counting: Vec<Form> = counting.map(|(&form, _)| form).collect();
    let moved = || facts.moves(&counting);
    AuditStatistics {
        eligible: district
            .teacher_indices()
            .filter(|&teacher| context.standings.is_eligible(teacher, Form::Exchange))
            .count(),
        moved: moved().count(),
        backbone_moved: moved()
            .filter(|candidate| {
                district.teacher(candidate.placement.teacher).backbone >= Backbone::County
            })
            .count(),
    }
}
