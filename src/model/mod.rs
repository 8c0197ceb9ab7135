//! District and policy to a program, and a point of the program back to a plan.

mod building;
mod change;
mod cuts;
mod meaning;
mod near;
mod settle;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::demand::{PostIndex, RollEntry, Situation};
use crate::domain::{LeverUse, Placement};
use crate::eligibility::{Choices, Terms};
use crate::program::{CounterIndex, OptionIndex, Point, Program};
use crate::rules::{Context, Cut, PlanFacts, RuleSet, ScopeKey, Settling};

use meaning::Meaning;
pub use near::Near;

/// A program with the meaning of its options. Copies share what is large.
#[derive(Debug, Clone)]
pub struct Model {
    /// The program.
    pub program: Program,
    choices: Arc<Choices>,
    terms: Terms,
    /// Whose choices the first agents are; after them come levers, and then allowances of rules.
    persons: Arc<Vec<RollEntry>>,
    /// How the last agents, which are allowances, are settled.
    allowances: Vec<Settling>,
    /// Meanings of the options after those of persons.
    meanings: Arc<Vec<Meaning>>,
    settled: Arc<Vec<Placement>>,
    /// Options that were taken away, with those that stand in their places.
    stand_ins: BTreeMap<OptionIndex, OptionIndex>,
    lever_ids: Vec<String>,
    /// By counter: the rule whose row it is; `None` for posts.
    rules: Vec<Option<usize>>,
    /// By counter: the place of its rule, where it is what a rule counts in one.
    places: Arc<Vec<Option<ScopeKey>>>,
    /// The counters of posts, in order.
    posts: Arc<Vec<(CounterIndex, PostIndex)>>,
    /// The lines that stand for limits of differences.
    cuts: Vec<Cut>,
    /// Counters of these lines.
    lines: BTreeMap<CounterIndex, usize>,
    /// What it stays near to, at a level after those of the policy.
    near: Option<Near>,
}

/// A chosen plan: one placement a teacher, and the levers used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenPlan {
    /// One placement a teacher, in the order of teachers.
    pub placements: Vec<Placement>,
    /// Levers used, sorted.
    pub levers: Vec<LeverUse>,
}

impl ChosenPlan {
    /// What rules look at.
    pub fn facts<'a>(&'a self, context: &Context<'a>) -> PlanFacts<'a> {
        PlanFacts {
            situation: context.situation,
            placements: &self.placements,
            levers: &self.levers,
        }
    }
}

/// What a model is built of: choices, and the plan that the last level is near to, where there is one.
type Chosen = (Arc<Choices>, Option<Near>);

/// The rule of each counter and its place, the counters of posts, and which of them are lines of
/// differences.
type Counted = (
    Vec<Option<usize>>,
    Vec<Option<ScopeKey>>,
    Vec<(CounterIndex, PostIndex)>,
    BTreeMap<CounterIndex, usize>,
);

impl Model {
    /// Builds the program of the choices under the rules; limits of differences are told by lines
    /// that touch them at the present state, those of means by none yet.
    pub fn new(context: &Context<'_>, rules: &RuleSet, choices: Choices) -> Self {
        Self::begun(context, rules, (Arc::new(choices), None))
    }

    /// The same with one level more, after all others: how many people are placed differently from
    /// a plan.
    pub fn near(context: &Context<'_>, rules: &RuleSet, choices: Choices, near: Near) -> Self {
        Self::begun(context, rules, (Arc::new(choices), Some(near)))
    }

    fn begun(context: &Context<'_>, rules: &RuleSet, chosen: Chosen) -> Self {
        let mut model = Self::under(context, rules, chosen, rules.first_cuts(context));
        if model.cuts.iter().any(Cut::lacks_totals) {
            let cuts = model.completed(context, rules);
            model.rebuild(context, rules, cuts);
        }
        model
    }

    /// Whether the last level is how many people are placed differently.
    pub const fn is_near(&self) -> bool {
        self.near.is_some()
    }

    /// The plan that a point means.
    pub fn plan(&self, point: &Point) -> ChosenPlan {
        let mut placements = self.settled.to_vec();
        let mut levers = Vec::new();
        for (option, uses) in point.taken() {
            if let Some(placement) = self.placement_of(option) {
                placements.push(placement);
                continue;
            }
            if let Meaning::Lever { lever, place } = self.meaning(option) {
                levers.push(place.used(self.lever_ids[lever].clone(), uses));
            }
        }
        placements.sort_unstable();
        ChosenPlan {
            placements,
            levers: meaning::together(levers),
        }
    }

    /// The placement that an option of a person means; none of levers and allowances.
    pub fn placement_of(&self, option: OptionIndex) -> Option<Placement> {
        let agent = self.program.option(option).agent;
        let entry = self.persons.get(agent.0 as usize)?;
        let first = self.program.agent(agent).options.start;
        let meant = self.meant(option);
        let choice = self.choices.of(entry.teacher)[(meant.0 - first) as usize];
        Some(self.terms.placement(entry, choice))
    }

    /// How many persons of those who have a choice a point places differently from the plan that is
    /// stayed near to, if any.
    pub fn persons_changed(&self, point: &Point) -> usize {
        let placed = point
            .taken()
            .filter_map(|(option, _)| self.placement_of(option));
        let differs = |placement: &Placement| {
            let near = self.near.as_ref();
            near.is_some_and(|near| near.differs(placement))
        };
        placed.filter(differs).count()
    }

    /// The rule whose row a counter is: its position in the set; `None` for posts.
    pub fn rule_of(&self, counter: CounterIndex) -> Option<usize> {
        self.rules.get(counter.0 as usize).copied().flatten()
    }

    /// The place in which a counter is what its rule counts; `None` where it is something else.
    pub fn place_of(&self, counter: CounterIndex) -> Option<ScopeKey> {
        self.places.get(counter.0 as usize).copied().flatten()
    }

    /// The post whose staff a counter is.
    pub fn post_of(&self, counter: CounterIndex) -> Option<PostIndex> {
        let place = self.posts.binary_search_by_key(&counter, |held| held.0);
        place.ok().map(|place| self.posts[place].1)
    }

    fn meaning(&self, option: OptionIndex) -> Meaning {
        let of_persons = self.program.options().len() - self.meanings.len();
        self.meanings[option.0 as usize - of_persons]
    }
}

/// The name of the option by which somebody is placed so.
pub fn option_label(situation: &Situation<'_>, placement: &Placement) -> Arc<str> {
    let school = &situation.district.school(placement.school).code;
    let subject = situation.district.subject_name(placement.subject);
    format!("{} {school} {subject}", placement.form.code()).into()
}
