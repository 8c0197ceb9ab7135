//! District and policy to a program, and a point of the program back to a plan.

use std::collections::BTreeMap;

use crate::demand::RollEntry;
use crate::domain::{LeverUse, Placement, SchoolIndex, Stage, SubjectIndex};
use crate::eligibility::Choices;
use crate::policy::{Lever, LeverKind};
use crate::program::{Counter, CounterIndex, Hinge, OptionIndex, Point, Program, ProgramBuilder};
use crate::rules::{Candidate, Context, Kind, PlanFacts, RowKey, RuleSet, units_per_person};

/// What choosing an option means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// A teacher is placed.
    Place(Placement),
    /// A lever is used.
    Lever {
        lever: usize,
        post: Option<(SchoolIndex, Stage, SubjectIndex)>,
    },
    /// A lever is not used.
    Nothing,
}

/// A program with the meaning of its options.
#[derive(Debug)]
pub struct Model {
    /// The program.
    pub program: Program,
    meanings: Vec<Meaning>,
    settled: Vec<Placement>,
    lever_ids: Vec<String>,
    rows: BTreeMap<RowKey, CounterIndex>,
}

/// A chosen plan: one placement a teacher, and the levers used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenPlan {
    /// One placement a teacher, in the order of teachers.
    pub placements: Vec<Placement>,
    /// Levers used, sorted.
    pub levers: Vec<LeverUse>,
}

impl Model {
    /// Builds the program of the choices under the rules.
    pub fn new(context: &Context<'_>, rules: &RuleSet, choices: &Choices) -> Self {
        let levels = context.situation.policy.levels.len();
        let mut builder = Builder {
            context,
            rules,
            program: ProgramBuilder::new(levels),
            rows: BTreeMap::new(),
            meanings: Vec::new(),
            levels,
        };
        builder.add_rows();
        let settled = builder.add_teachers(choices);
        builder.add_levers();
        let lever_ids = context
            .situation
            .policy
            .levers
            .iter()
            .map(|lever| lever.id.clone())
            .collect();
        Self {
            program: builder.program.finish(),
            meanings: builder.meanings,
            settled,
            lever_ids,
            rows: builder.rows,
        }
    }

    /// The plan that a point means.
    pub fn plan(&self, point: &Point) -> ChosenPlan {
        let mut placements = self.settled.clone();
        let mut levers = Vec::new();
        for (option, uses) in point.taken() {
            match self.meaning(option) {
                Meaning::Place(placement) => placements.push(placement),
                Meaning::Lever { lever, post } => levers.push(LeverUse {
                    lever: self.lever_ids[lever].clone(),
                    school: post.map(|(school, _, _)| school),
                    stage: post.map(|(_, stage, _)| stage),
                    subject: post.map(|(_, _, subject)| subject),
                    count: uses,
                }),
                Meaning::Nothing => {}
            }
        }
        placements.sort_unstable();
        levers.sort_unstable();
        ChosenPlan { placements, levers }
    }

    /// The rule whose row a counter is: its position in the set; `None` for posts.
    pub fn rule_of(&self, counter: CounterIndex) -> Option<usize> {
        self.rows
            .iter()
            .find(|&(_, &held)| held == counter)
            .and_then(|(key, _)| match key {
                RowKey::Rule(position, _) => Some(*position),
                RowKey::Post(_) => None,
            })
    }

    fn meaning(&self, option: OptionIndex) -> Meaning {
        self.meanings[option.0 as usize]
    }
}

struct Builder<'a> {
    context: &'a Context<'a>,
    rules: &'a RuleSet,
    program: ProgramBuilder,
    rows: BTreeMap<RowKey, CounterIndex>,
    meanings: Vec<Meaning>,
    levels: usize,
}

impl Builder<'_> {
    /// One counter a row; rules of posts share the counter of their post.
    fn add_rows(&mut self) {
        let mut counters: BTreeMap<RowKey, Counter> = BTreeMap::new();
        for (position, typed) in self.rules.all().iter().enumerate() {
            for row in typed.rows(position, self.context) {
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
            }
        }
        for (key, counter) in counters {
            let index = self.program.add_counter(counter);
            self.rows.insert(key, index);
        }
    }

    /// Teachers with one choice are constants; the others are agents.
    fn add_teachers(&mut self, choices: &Choices) -> Vec<Placement> {
        let situation = self.context.situation;
        let mut settled = Vec::new();
        for teacher in situation.district.teacher_indices() {
            let placements = choices.of(teacher);
            if let [only] = placements {
                let (costs, contributions) = self.worth(only);
                for (level, cost) in costs.into_iter().enumerate() {
                    self.program.add_constant(level, cost);
                }
                for (counter, amount) in contributions {
                    self.program.add_offset(counter, amount);
                }
                settled.push(*only);
                continue;
            }
            self.program
                .add_agent(situation.district.teacher(teacher).id.clone(), 1);
            for placement in placements {
                let (costs, contributions) = self.worth(placement);
                let school = &situation.district.school(placement.school).code;
                let subject = situation.district.subject_name(placement.subject);
                let label = format!("{} {school} {subject}", placement.form.code());
                self.program.add_option(label, &costs, &contributions);
                self.meanings.push(Meaning::Place(*placement));
            }
        }
        settled
    }

    /// What a placement costs at each level, and what it adds to which counters.
    fn worth(&self, placement: &Placement) -> (Vec<i64>, Vec<(CounterIndex, i64)>) {
        let situation = self.context.situation;
        let entry = situation.roll.entry(placement.teacher);
        let candidate = Candidate {
            situation,
            entry,
            placement,
        };
        let mut costs = vec![0; self.levels];
        let mut contributions = Vec::new();
        for (position, typed) in self.rules.all().iter().enumerate() {
            costs[typed.rule.level] += typed.cost(&candidate);
            if let Some((key, amount)) = typed.amount(position, &candidate) {
                contributions.extend(self.rows.get(&key).map(|&counter| (counter, amount)));
            }
        }
        if placement.form.serves() {
            contributions.extend(self.post_counter(
                placement.school,
                placement.stage,
                placement.subject,
            ));
        }
        (costs, contributions)
    }

    /// A whole person at a post.
    fn post_counter(
        &self,
        school: SchoolIndex,
        stage: Stage,
        subject: SubjectIndex,
    ) -> Option<(CounterIndex, i64)> {
        let post = self.context.situation.posts.of(school, stage, subject)?;
        self.rows
            .get(&RowKey::Post(post))
            .map(|&counter| (counter, 1000))
    }

    fn add_levers(&mut self) {
        for (position, lever) in self.context.situation.policy.levers.iter().enumerate() {
            match lever.kind {
                LeverKind::Certify => self.add_certification(position, lever),
                LeverKind::Recruit => self.add_recruits(position, lever),
            }
        }
    }

    fn lever_costs(&self, lever: &Lever) -> Vec<i64> {
        let mut costs = vec![0; self.levels];
        costs[lever.level] = units_per_person(lever.weight);
        costs
    }

    /// Recognitions are interchangeable: one agent with as many uses as persons could be
    /// recognised, at most the lever's limit.
    fn add_certification(&mut self, position: usize, lever: &Lever) {
        let situation = self.context.situation;
        let placements: Vec<Placement> = situation
            .roll
            .entries()
            .iter()
            .map(RollEntry::placement)
            .collect();
        let facts = PlanFacts {
            situation,
            placements: &placements,
            levers: &[],
        };
        let mut certifiable = 0;
        let mut contributions = Vec::new();
        for (rule, typed) in self.rules.all().iter().enumerate() {
            let Kind::Ratio(ratio) = &typed.kind else {
                continue;
            };
            if let Some((key, amount)) = typed.certify_amount(rule) {
                certifiable = certifiable.max(ratio.certifiable(&facts));
                contributions.extend(self.rows.get(&key).map(|&counter| (counter, amount)));
            }
        }
        let uses = (certifiable.max(0) as u32).min(lever.at_most);
        if uses == 0 || contributions.is_empty() {
            return;
        }
        let costs = self.lever_costs(lever);
        self.program.add_agent(format!("lever {}", lever.id), uses);
        self.program.add_option("idle", &vec![0; self.levels], &[]);
        self.meanings.push(Meaning::Nothing);
        self.program.add_option("use", &costs, &contributions);
        self.meanings.push(Meaning::Lever {
            lever: position,
            post: None,
        });
    }

    fn add_recruits(&mut self, position: usize, lever: &Lever) {
        if lever.at_most == 0 {
            return;
        }
        let situation = self.context.situation;
        let district = situation.district;
        let costs = self.lever_costs(lever);
        self.program
            .add_agent(format!("lever {}", lever.id), lever.at_most);
        self.program.add_option("idle", &vec![0; self.levels], &[]);
        self.meanings.push(Meaning::Nothing);
        for post in situation.posts.all() {
            let subject = post.subjects.iter().copied().find(|&subject| {
                lever
                    .subject
                    .iter()
                    .any(|word| word == district.subject_name(subject))
                    || lever.subject.is_empty()
            });
            let Some(subject) = subject else { continue };
            let admitted = post.need.0 > 0
                && lever.stage.admits(&post.stage)
                && lever.to.matches(&situation.school(post.school));
            if !admitted {
                continue;
            }
            let mut contributions: Vec<(CounterIndex, i64)> = self
                .post_counter(post.school, post.stage, subject)
                .into_iter()
                .collect();
            for (rule, typed) in self.rules.all().iter().enumerate() {
                let amount =
                    typed.recruit_amount(rule, situation, post.school, post.stage, subject);
                if let Some((key, amount)) = amount {
                    contributions.extend(self.rows.get(&key).map(|&counter| (counter, amount)));
                }
            }
            let label = format!(
                "recruit {} {}",
                district.school(post.school).code,
                post.label
            );
            self.program.add_option(label, &costs, &contributions);
            self.meanings.push(Meaning::Lever {
                lever: position,
                post: Some((post.school, post.stage, subject)),
            });
        }
    }
}
