//! Choices under rules to a program.

mod bearing;
mod levers;
mod persons;
mod shared;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::meaning::Meaning;
use super::{Chosen, Counted, Model, Near};
use crate::demand::RollEntry;
use crate::eligibility::Terms;
use crate::program::{Counter, CounterIndex, Hinge, ProgramBuilder};
use crate::rules::{Context, Cut, RowKey, RuleSet, Settling};

use bearing::Rows;
use shared::Shared;

impl Model {
    /// The program of the choices under rules and lines.
    pub(super) fn under(
        context: &Context<'_>,
        rules: &RuleSet,
        (choices, near): Chosen,
        cuts: Vec<Cut>,
    ) -> Self {
        let situation = context.situation;
        let levels = situation.policy.levels.len() + usize::from(near.is_some());
        let mut builder = Builder {
            context,
            rules,
            program: ProgramBuilder::new(levels),
            rows: Rows::new(rules.all().len(), situation.posts.all().len()),
            terms: Terms::new(situation, &choices),
            persons: Vec::new(),
            meanings: Vec::new(),
            levels,
            cuts: &cuts,
            near: near.as_ref().map(|near| (near, None)),
            shared: Shared::new(situation.posts.all().len(), &choices, levels),
        };
        let (counted, places, posts, lines) = builder.add_rows();
        builder.limit_changes();
        let settled = builder.add_teachers(&choices);
        builder.add_levers();
        let allowances = builder.add_allowances();
        let levers = situation.policy.levers.iter();
        let program = builder.program.finish();
        Self {
            allowances,
            program,
            choices,
            terms: builder.terms,
            persons: Arc::new(builder.persons),
            meanings: Arc::new(builder.meanings),
            settled: Arc::new(settled),
            stand_ins: BTreeMap::new(),
            lever_ids: levers.map(|lever| lever.id.clone()).collect(),
            rules: counted,
            places: Arc::new(places),
            posts: Arc::new(posts),
            lines,
            cuts,
            near,
        }
    }
}

struct Builder<'a> {
    context: &'a Context<'a>,
    rules: &'a RuleSet,
    program: ProgramBuilder,
    rows: Rows,
    terms: Terms,
    persons: Vec<RollEntry>,
    meanings: Vec<Meaning>,
    levels: usize,
    cuts: &'a [Cut],
    /// What is stayed near to, with the counter of those placed differently, where it has a limit.
    near: Option<(&'a Near, Option<CounterIndex>)>,
    shared: Shared,
}

impl Builder<'_> {
    /// One counter a row; rules of posts share the counter of their post.
    fn add_rows(&mut self) -> Counted {
        let mut counters: BTreeMap<RowKey, Counter> = BTreeMap::new();
        let mut sums = BTreeMap::new();
        for (position, typed) in self.rules.all().iter().enumerate() {
            for row in typed.rows(position, self.context, self.cuts) {
                let counter = counters.entry(row.key).or_insert_with(|| Counter {
                    label: row.label.clone(),
                    in_flow: matches!(row.key, RowKey::Post(_)),
                    offset: 0,
                    lower: None,
                    upper: None,
                    hinges: Vec::new(),
                });
                // Where several rules limit one post, all of them hold.
                counter.lower = counter.lower.max(row.lower);
                counter.upper = [counter.upper, row.upper].into_iter().flatten().min();
                counter.hinges.extend(row.hinges.iter().map(|hinge| Hinge {
                    level: hinge.level,
                    at: hinge.at,
                    below: hinge.below,
                    above: hinge.above,
                }));
                if !row.terms.is_empty() {
                    sums.insert(row.key, row.terms);
                }
            }
        }
        let mut rules = Vec::with_capacity(counters.len());
        let mut places = Vec::with_capacity(counters.len());
        let mut lines = BTreeMap::new();
        let mut posts = Vec::new();
        for (key, mut counter) in counters {
            if let RowKey::Post(post) = key {
                self.shared.price(post, &mut counter);
            }
            let terms = sums.get(&key).map_or(&[][..], Vec::as_slice);
            let counter = self.program.add_counter(counter);
            self.rows.add(key, terms, counter);
            rules.push(key.rule());
            places.push(match key {
                RowKey::Rule(_, place) => Some(place),
                _ => None,
            });
            if let RowKey::Post(post) = key {
                posts.push((counter, post));
            }
            if let RowKey::Cut(_, number) = key {
                lines.insert(counter, number as usize);
            }
        }
        self.shared
            .add_limits(self.context.situation, &mut self.program);
        (rules, places, posts, lines)
    }

    /// A limit that is no rule's.
    fn limit(&mut self, label: &str, lower: Option<i64>, upper: Option<i64>) -> CounterIndex {
        self.program.add_counter(Counter {
            label: label.to_owned(),
            in_flow: false,
            offset: 0,
            lower,
            upper,
            hinges: Vec::new(),
        })
    }

    /// What is added to a rule's row, as counters have it.
    fn counted(&self, key: RowKey, amount: i64) -> impl Iterator<Item = (CounterIndex, i64)> {
        let counters = self.rows.get(key).iter();
        counters.map(move |&(counter, times)| (counter, amount * times))
    }

    /// What rules let places do besides moving people: agents that the plan does not show. Returns
    /// how each is settled.
    fn add_allowances(&mut self) -> Vec<Settling> {
        let mut costs = vec![0; self.levels];
        let mut settlings = Vec::new();
        for (position, typed) in self.rules.all().iter().enumerate() {
            for allowance in typed.allowances(position, self.context, self.cuts) {
                self.program.add_agent(allowance.label, allowance.uses);
                settlings.push(allowance.settling);
                for way in allowance.ways {
                    let adds = way.adds.into_iter();
                    let adds: Vec<(CounterIndex, i64)> = adds
                        .flat_map(|(key, amount)| self.counted(key, amount))
                        .collect();
                    costs[allowance.level] = way.cost;
                    self.program.add_option(way.label, &costs, &adds);
                    costs[allowance.level] = 0;
                    self.meanings.push(Meaning::Nothing);
                }
            }
        }
        settlings
    }
}
