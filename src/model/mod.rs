//! District and policy to a program, and a point of the program back to a plan.

mod bearing;
mod change;
mod levers;
mod near;
mod settle;
mod shared;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::demand::{PostIndex, RollEntry, Situation};
use crate::domain::{LeverUse, Persons, Placement, SchoolIndex, Stage, SubjectIndex, UnitIndex};
use crate::eligibility::{Choice, Choices, Terms};
use crate::program::{Counter, CounterIndex, Hinge, OptionIndex, Point, Program, ProgramBuilder};
use crate::rules::{Candidate, Context, Cut, PlanFacts, RowKey, RuleSet, Settling};

use bearing::{Bearings, Rows, Worth};
pub use near::Near;
use shared::Shared;

/// What choosing an option means that is no person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// A lever is used.
    Lever { lever: usize, place: LeverPlace },
    /// A lever is not used, or a way of an allowance that the plan does not show.
    Nothing,
}

/// Where a lever acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LeverPlace {
    /// On the whole district.
    District,
    /// At a post.
    Post(SchoolIndex, Stage, SubjectIndex),
    /// On the establishment of a unit, and of the one that gives it, where one does.
    Unit(UnitIndex, Option<UnitIndex>),
}

impl LeverPlace {
    /// So many uses of a lever there.
    fn used(self, lever: String, count: u32) -> LeverUse {
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

    /// Builds the program again with other lines. Agents and options keep their places.
    fn rebuild(&mut self, context: &Context<'_>, rules: &RuleSet, cuts: Vec<Cut>) {
        let chosen = (std::mem::take(&mut self.choices), self.near.take());
        let stand_ins = std::mem::take(&mut self.stand_ins);
        *self = Self::under(context, rules, chosen, cuts);
        self.stand_in(stand_ins);
    }

    /// The lines that stand for limits of differences.
    pub fn cuts(&self) -> &[Cut] {
        &self.cuts
    }

    /// Builds the program again with more such lines. Agents and options keep their places.
    /// So much may be spent on what sums are missed by.
    pub fn add_cuts(
        &mut self,
        context: &Context<'_>,
        rules: &RuleSet,
        (more, spare): (Vec<Cut>, i64),
    ) {
        let mut cuts = std::mem::take(&mut self.cuts);
        cuts.extend(more);
        for cut in &mut cuts {
            cut.narrow(spare);
        }
        self.rebuild(context, rules, cuts);
        if self.cuts.iter().any(Cut::lacks_totals) {
            let cuts = self.completed(context, rules);
            self.rebuild(context, rules, cuts);
        }
    }

    /// Builds the program again without the sums that do not hold a plan, where there are any; until
    /// there are more cuts.
    pub fn rest_cuts(&mut self, context: &Context<'_>, rules: &RuleSet, plan: &ChosenPlan) {
        let facts = plan.facts(context);
        let mut cuts = std::mem::take(&mut self.cuts);
        if rules.rest(&facts, &mut cuts) {
            self.rebuild(context, rules, cuts);
        } else {
            self.cuts = cuts;
        }
    }

    /// Builds the program again with more lines of means, and holds plans to as much less than their
    /// limits as a plan was beyond them.
    pub fn tighten(
        &mut self,
        context: &Context<'_>,
        rules: &RuleSet,
        (more, plan): (Vec<Cut>, &ChosenPlan),
    ) {
        let mut cuts = std::mem::take(&mut self.cuts);
        cuts.extend(more);
        rules.tighten(&plan.facts(context), &mut cuts);
        self.rebuild(context, rules, cuts);
    }

    /// Builds the program again with nothing but limits: without the cuts that hold schools at the
    /// numbers of a plan, and plans held to no less than the limits of means.
    pub fn drop_pins(&mut self, context: &Context<'_>, rules: &RuleSet) {
        let mut cuts = std::mem::take(&mut self.cuts);
        cuts.retain(|cut| !cut.is_pin());
        cuts.iter_mut().for_each(Cut::relax);
        self.rebuild(context, rules, cuts);
    }

    /// The cuts, with what their sums can reach.
    fn completed(&mut self, context: &Context<'_>, rules: &RuleSet) -> Vec<Cut> {
        let mut cuts = std::mem::take(&mut self.cuts);
        let reaches = self.program.reaches();
        for (counter, &number) in &self.lines {
            if cuts[number].lacks_totals() {
                let reach = &reaches[counter.0 as usize];
                let totals = (number, (reach.smallest, reach.largest));
                rules.complete(context.situation, totals, &mut cuts);
            }
        }
        cuts
    }

    fn under(
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
        let (counted, lines) = builder.add_rows();
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
            lines,
            cuts,
            near,
        }
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
            levers: levers::together(levers),
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

    /// The first level alone, without the lines that stand for limits of differences.
    pub fn without_cuts(&self) -> Program {
        let lines = &self.lines;
        self.program
            .first_level(|counter| lines.contains_key(&counter))
    }

    /// The rule whose row a counter is: its position in the set; `None` for posts.
    pub fn rule_of(&self, counter: CounterIndex) -> Option<usize> {
        self.rules.get(counter.0 as usize).copied().flatten()
    }

    /// How many units of a counter are a person, where it is the line of a difference; else one.
    pub fn parts_of(&self, counter: CounterIndex) -> i64 {
        let lines = &self.lines;
        lines.get(&counter).map_or(1, |&cut| self.cuts[cut].parts())
    }

    /// Whether a counter is the line of a mean of differences.
    pub fn is_of_mean(&self, counter: CounterIndex) -> bool {
        let line = self.lines.get(&counter);
        line.is_some_and(|&cut| self.cuts[cut].is_mean())
    }

    fn meaning(&self, option: OptionIndex) -> Meaning {
        let of_persons = self.program.options().len() - self.meanings.len();
        self.meanings[option.0 as usize - of_persons]
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
    /// One counter a row; rules of posts share the counter of their post. Returns the rule of each
    /// counter, and which of them are lines of differences.
    fn add_rows(&mut self) -> (Vec<Option<usize>>, BTreeMap<CounterIndex, usize>) {
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
        let mut lines = BTreeMap::new();
        for (key, mut counter) in counters {
            if let RowKey::Post(post) = key {
                self.shared.price(post, &mut counter);
            }
            let terms = sums.get(&key).map_or(&[][..], Vec::as_slice);
            let counter = self.program.add_counter(counter);
            self.rows.add(key, terms, counter);
            rules.push(key.rule());
            if let RowKey::Cut(_, number) = key {
                lines.insert(counter, number as usize);
            }
        }
        self.shared
            .add_limits(self.context.situation, &mut self.program);
        (rules, lines)
    }

    /// So many may be placed differently from the plan that is stayed near to.
    fn limit_changes(&mut self) {
        let Some((near, counter)) = &mut self.near else {
            return;
        };
        *counter = near.at_most.map(|most| {
            self.program.add_counter(Counter {
                label: "changes".to_owned(),
                in_flow: false,
                offset: 0,
                lower: None,
                upper: Some(i64::from(most)),
                hinges: Vec::new(),
            })
        });
    }

    /// What being placed differently costs and adds.
    fn reckon_change(&self, placement: &Placement, worth: &mut Worth) {
        let Some((near, counter)) = self.near else {
            return;
        };
        if near.differs(placement) {
            self.price_difference(&mut worth.costs, 1);
            worth
                .contributions
                .extend(counter.map(|counter| (counter, 1)));
        }
    }

    /// Teachers with one choice are constants; the others are agents.
    fn add_teachers(&mut self, choices: &Choices) -> Vec<Placement> {
        let situation = self.context.situation;
        let bearings = Bearings::new(situation, self.rules, &self.rows);
        let mut worth = Worth::new(self.levels);
        let mut labels = Labels::new(situation.posts.all().len());
        let mut settled = Vec::new();
        for entry in situation.roll.entries() {
            let held = choices.of(entry.teacher);
            worth.begin();
            if let [only] = held {
                let placement = self.terms.placement(entry, *only);
                self.reckon(&bearings, entry, (*only, &placement), &mut worth);
                for (level, &cost) in worth.costs.iter().enumerate() {
                    self.program.add_constant(level, cost);
                }
                for &(counter, amount) in &worth.contributions {
                    self.program.add_offset(counter, amount);
                }
                settled.push(placement);
                continue;
            }
            let label = situation.district.teacher(entry.teacher).id.clone();
            self.program.add_agent(label, 1);
            self.persons.push(*entry);
            for &choice in held {
                let placement = self.terms.placement(entry, choice);
                self.reckon(&bearings, entry, (choice, &placement), &mut worth);
                self.reckon_change(&placement, &mut worth);
                let label = labels.of(choice, || option_label(situation, &placement));
                self.program
                    .add_option(label, &worth.costs, &worth.contributions);
            }
        }
        settled
    }

    /// What a placement costs at each level, and what it adds to which counters.
    fn reckon(
        &self,
        bearings: &Bearings<'_>,
        entry: &RollEntry,
        (choice, placement): (Choice, &Placement),
        worth: &mut Worth,
    ) {
        let situation = self.context.situation;
        let candidate = Candidate {
            situation,
            entry,
            placement,
        };
        bearings.reckon(&candidate, worth);
        if !candidate.serves() {
            return;
        }
        let (stage, subject) = (placement.stage, placement.subject);
        if entry.itinerary.is_some() {
            return self.settled_week(&candidate, worth);
        }
        if placement.itinerary.is_some() {
            return self.share(&candidate, worth);
        }
        let held = || situation.posts.of(placement.school, stage, subject);
        if let Some(post) = choice.post().or_else(held) {
            worth.contributions.extend(self.person_at(post));
        }
    }

    /// The days of a week that was settled before: parts of persons, of which the limits of shared
    /// posts know already.
    fn settled_week(&self, candidate: &Candidate<'_>, worth: &mut Worth) {
        let (posts, placement) = (&candidate.situation.posts, candidate.placement);
        candidate.presence(|school, persons| {
            let Some(post) = posts.of(school, placement.stage, placement.subject) else {
                return;
            };
            let row = self.rows.post(post).filter(|_| persons != Persons::ZERO);
            worth.contributions.extend(row.map(|row| (row, persons.0)));
            if school == placement.school {
                worth.contributions.extend(self.shared.of_person(post));
            }
        });
    }

    /// Days at other schools, and the whole person at home from whom they are taken.
    fn share(&self, candidate: &Candidate<'_>, worth: &mut Worth) {
        let (situation, placement) = (candidate.situation, candidate.placement);
        let Some(itinerary) = placement.itinerary else {
            return;
        };
        candidate.presence(|school, persons| {
            let posts = &situation.posts;
            let Some(post) = posts.of(school, placement.stage, placement.subject) else {
                return;
            };
            let at_home = school == placement.school;
            let (days, whole) = if at_home {
                worth.contributions.extend(self.shared.of_person(post));
                (itinerary.days_away(), 1000)
            } else {
                (itinerary.days_at(school), 0)
            };
            let (slope, days) = (self.shared.slopes(post), self.shared.of_days(post, days));
            worth.contributions.extend(days);
            let counted = if let Some(slopes) = slope {
                // Less above the need at home, less below it elsewhere.
                for (cost, slope) in worth.costs.iter_mut().zip(slopes) {
                    *cost -= slope * (whole - persons.0).abs();
                }
                whole
            } else {
                persons.0
            };
            let row = self.rows.post(post).filter(|_| counted != 0);
            worth.contributions.extend(row.map(|row| (row, counted)));
        });
    }

    /// A whole person at a post.
    fn person_at(&self, post: PostIndex) -> impl Iterator<Item = (CounterIndex, i64)> {
        let row = self.rows.post(post).map(|row| (row, 1000));
        row.into_iter().chain(self.shared.of_person(post))
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

/// The name of the option by which somebody is placed so.
pub fn option_label(situation: &Situation<'_>, placement: &Placement) -> Arc<str> {
    let school = &situation.district.school(placement.school).code;
    let subject = situation.district.subject_name(placement.subject);
    format!("{} {school} {subject}", placement.form.code()).into()
}

/// Names of options, made once for all who may choose the same.
struct Labels {
    by_post: Vec<Vec<(Choice, Arc<str>)>>,
}

impl Labels {
    fn new(posts: usize) -> Self {
        Self {
            by_post: vec![Vec::new(); posts],
        }
    }

    fn of(&mut self, choice: Choice, make: impl FnOnce() -> Arc<str>) -> Arc<str> {
        let Some(post) = choice.post() else {
            return make();
        };
        let held = &mut self.by_post[post.0 as usize];
        if let Some((_, label)) = held.iter().find(|known| known.0 == choice) {
            return Arc::clone(label);
        }
        let label = make();
        held.push((choice, Arc::clone(&label)));
        label
    }
}
