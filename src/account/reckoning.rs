//! A planned year with everything that its papers say, reckoned once.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::provenance::Provenance;
use crate::demand::{Post, PostIndex, Situation, dispensable};
use crate::domain::{Backbone, Form, Minutes, Persons, Stage, SubjectIndex, TeacherIndex, Zone};
use crate::matching::{Envy, has_competition, justified_envy};
use crate::model::ChosenPlan;
use crate::planning::Planned;
use crate::rules::{Candidate, Context, Fairness, Grounds, Outcome, PlanFacts, RuleSet, TypedRule};

/// A planned year and its reckonings.
#[derive(Debug)]
pub struct Account<'a> {
    /// The district, and who may move.
    pub context: Context<'a>,
    /// The rules.
    pub rules: &'a RuleSet,
    /// The plan.
    pub plan: &'a ChosenPlan,
    /// How it was found, and what is proven of it.
    pub planned: &'a Planned,
    /// From what it was made, and by what.
    pub provenance: Provenance,
    outcomes: Vec<Outcome>,
    staff: BTreeMap<PostIndex, Persons>,
    outside: BTreeMap<PostIndex, i64>,
    envy: Option<Vec<Envy>>,
}

/// Need and staff of some posts, before the plan and after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Balance {
    /// What is needed.
    pub need: Persons,
    /// Staff before.
    pub before: Persons,
    /// Staff after.
    pub after: Persons,
    /// Need not covered before, summed over posts.
    pub shortage_before: Persons,
    /// Need not covered after.
    pub shortage_after: Persons,
    /// Persons above need before.
    pub surplus_before: Persons,
    /// Persons above need after.
    pub surplus_after: Persons,
    /// Staff outside the establishment whom posts could do without before.
    pub dispensable_before: Persons,
    /// And after.
    pub dispensable_after: Persons,
}

impl Balance {
    fn of(need: Persons, (before, after): (Persons, Persons), outside: (i64, i64)) -> Self {
        Self {
            need,
            before,
            after,
            shortage_before: (need - before).max(Persons::ZERO),
            shortage_after: (need - after).max(Persons::ZERO),
            surplus_before: (before - need).max(Persons::ZERO),
            surplus_after: (after - need).max(Persons::ZERO),
            dispensable_before: dispensable(need, before, outside.0),
            dispensable_after: dispensable(need, after, outside.1),
        }
    }

    fn add(&mut self, other: Self) {
        self.need += other.need;
        self.before += other.before;
        self.after += other.after;
        self.shortage_before += other.shortage_before;
        self.shortage_after += other.shortage_after;
        self.surplus_before += other.surplus_before;
        self.surplus_after += other.surplus_after;
        self.dispensable_before += other.dispensable_before;
        self.dispensable_after += other.dispensable_after;
    }
}

/// The three figures that an office reports upwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Statistics {
    /// Who fulfils the conditions of exchange, whether or not anything keeps them this year.
    #[serde(rename = "符合交流轮岗条件教师总数")]
    pub eligible: usize,
    /// Who begins an exchange or transfer this year, decided ones included.
    #[serde(rename = "实际交流轮岗教师数")]
    pub moved: usize,
    /// Who of them is a 骨干教师 of the county's level or above.
    #[serde(rename = "实际交流骨干教师数")]
    pub backbone_moved: usize,
}

/// What the moves ask of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Burden {
    /// Moves chosen by the plan, not decided before.
    pub chosen: usize,
    /// Those of them to a school not wished for.
    pub involuntary: usize,
    /// Minutes of one way, summed.
    pub minutes: Minutes,
    /// The longest way.
    pub longest: Minutes,
    /// Changes of subject inside a school.
    pub changes_of_subject: usize,
}

impl<'a> Account<'a> {
    /// Reckons what the papers of a plan say.
    pub fn new(
        context: Context<'a>,
        rules: &'a RuleSet,
        plan: &'a ChosenPlan,
        planned: &'a Planned,
        provenance: Provenance,
    ) -> Self {
        let facts = facts_of(context.situation, plan);
        let outcomes = rules
            .all()
            .par_iter()
            .map(|typed| typed.check(&context, &facts))
            .collect();
        let staff = facts.staff();
        let district = context.situation.district;
        let envy =
            has_competition(district).then(|| justified_envy(&context, rules, &plan.placements));
        Self {
            context,
            rules,
            plan,
            planned,
            provenance,
            outcomes,
            staff,
            outside: facts.outside(),
            envy,
        }
    }

    /// The district and its reckonings.
    pub fn situation(&self) -> &'a Situation<'a> {
        self.context.situation
    }

    /// The rules with what was found of them.
    pub fn rules(&self) -> impl Iterator<Item = (&TypedRule, &Outcome)> {
        self.rules.all().iter().zip(&self.outcomes)
    }

    /// The balance of a post.
    pub fn balance(&self, index: PostIndex) -> Balance {
        let situation = self.situation();
        let before = situation.balances.present(index);
        let after = self.staff.get(&index).copied().unwrap_or_default();
        let outside = (
            i64::from(situation.balances.outside(index)),
            self.outside.get(&index).copied().unwrap_or_default(),
        );
        Balance::of(situation.posts.get(index).need, (before, after), outside)
    }

    /// Balances summed over the posts of one key.
    pub fn balances_by<Key: Ord>(&self, key: impl Fn(&Post) -> Key) -> BTreeMap<Key, Balance> {
        let mut sums: BTreeMap<Key, Balance> = BTreeMap::new();
        for (index, post) in self.situation().posts.indexed() {
            sums.entry(key(post)).or_default().add(self.balance(index));
        }
        sums
    }

    /// The balance of the whole district.
    pub fn total(&self) -> Balance {
        self.balances_by(|_| ()).remove(&()).unwrap_or_default()
    }

    /// Balances by stage and zone.
    pub fn by_zone(&self) -> BTreeMap<(Stage, Zone), Balance> {
        let district = self.situation().district;
        self.balances_by(|post| (post.stage, district.school(post.school).zone))
    }

    /// Balances by stage and subject; pooled posts stand under their subjects joined. Posts at
    /// which nothing is needed and nobody serves are left out.
    pub fn by_subject(&self) -> BTreeMap<(Stage, String), Balance> {
        let mut sums = self.balances_by(|post| (post.stage, post.label.clone()));
        sums.retain(|_, sum| *sum != Balance::default());
        sums
    }

    /// Everybody's placement.
    pub fn candidates(&self) -> impl Iterator<Item = Candidate<'a>> {
        facts_of(self.situation(), self.plan)
            .candidates()
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// Moves that begin this year, decided ones included, by teacher.
    pub fn moves(&self) -> impl Iterator<Item = Candidate<'a>> {
        self.candidates()
            .filter(|candidate| candidate.placement.form.is_move())
    }

    /// Those who serve at several schools (走教), by teacher.
    pub fn itinerants(&self) -> impl Iterator<Item = Candidate<'a>> {
        self.candidates()
            .filter(|candidate| candidate.placement.itinerary.is_some())
    }

    /// Those of them who begin it this year.
    pub fn new_itinerants(&self) -> impl Iterator<Item = Candidate<'a>> {
        self.itinerants()
            .filter(|candidate| !candidate.itinerary_goes_on())
    }

    /// Moves counted by the zones that they lead from and to.
    pub fn moves_by_zone(&self) -> BTreeMap<(Zone, Zone), usize> {
        let district = self.situation().district;
        let mut counts = BTreeMap::new();
        for candidate in self.moves() {
            let from = district.school(candidate.origin()).zone;
            let to = district.school(candidate.placement.school).zone;
            *counts.entry((from, to)).or_default() += 1;
        }
        counts
    }

    /// Moves counted by what is taught after them.
    pub fn moves_by_subject(&self) -> BTreeMap<(Stage, SubjectIndex), usize> {
        let mut counts = BTreeMap::new();
        for candidate in self.moves() {
            let placement = candidate.placement;
            *counts
                .entry((placement.stage, placement.subject))
                .or_default() += 1;
        }
        counts
    }

    /// Those who hold no post in the plan.
    pub fn waiting(&self) -> impl Iterator<Item = TeacherIndex> {
        let placements = self.plan.placements.iter();
        placements
            .filter(|placement| placement.form == Form::Waiting)
            .map(|placement| placement.teacher)
    }

    /// Justified envy; `None` where no school scored anybody or nobody stated a wish.
    pub fn envy(&self) -> Option<&[Envy]> {
        self.envy.as_deref()
    }

    /// On whose authority and for what people move.
    pub fn grounds(&self) -> Grounds<'a> {
        Grounds::new(&facts_of(self.situation(), self.plan), self.rules)
    }

    /// The figures that an office reports upwards.
    pub fn statistics(&self) -> Statistics {
        let district = self.situation().district;
        let standings = self.context.standings;
        let is_backbone =
            |teacher: TeacherIndex| district.teacher(teacher).backbone >= Backbone::County;
        let eligible = district
            .teacher_indices()
            .filter(|&teacher| standings.is_eligible(teacher, Form::Exchange))
            .count();
        let forms = &self.situation().policy.forms;
        let counts = |candidate: &Candidate<'_>| {
            let terms = forms.get(&candidate.placement.form);
            terms.is_some_and(|terms| terms.counts_as_exchange)
        };
        Statistics {
            eligible,
            moved: self.moves().filter(counts).count(),
            backbone_moved: self
                .moves()
                .filter(counts)
                .filter(|candidate| is_backbone(candidate.placement.teacher))
                .count(),
        }
    }

    /// Whom the plan asks, beside all who fulfil the conditions of exchange.
    pub fn fairness(&self) -> Fairness {
        let facts = facts_of(self.situation(), self.plan);
        Fairness::of(&self.context, &facts)
    }

    /// What the moves ask of people.
    pub fn burden(&self) -> Burden {
        let mut burden = Burden::default();
        for candidate in self.candidates() {
            let placement = candidate.placement;
            burden.changes_of_subject += usize::from(placement.form == Form::ChangeSubject);
            if placement.form.is_move() && !placement.decided {
                burden.chosen += 1;
                burden.involuntary += usize::from(!candidate.is_voluntary());
                burden.minutes += candidate.minutes();
                burden.longest = burden.longest.max(candidate.minutes());
            }
        }
        burden
    }

    /// Reminders: the rule and how many it names.
    pub fn reminders(&self) -> Vec<(&TypedRule, usize)> {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for (position, _) in self.context.standings.reminders() {
            *counts.entry(*position).or_default() += 1;
        }
        counts
            .into_iter()
            .map(|(position, count)| (&self.rules.all()[position], count))
            .collect()
    }
}

fn facts_of<'a>(situation: &'a Situation<'a>, plan: &'a ChosenPlan) -> PlanFacts<'a> {
    PlanFacts {
        situation,
        placements: &plan.placements,
        levers: &plan.levers,
    }
}
