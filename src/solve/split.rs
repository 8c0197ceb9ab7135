//! A program as independent parts: agents that share a counter which their choices move belong
//! together; everything that no choice changes is left out.

use super::Clash;
use crate::program::{
    Counter, CounterIndex, OptionIndex, Point, Program, ProgramBuilder, Reach, Scope,
};

/// A program of its own, cut out of a larger one.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// The part: agents with a choice, and the counters that they move.
    pub(crate) program: Program,
    /// Its options in the larger program.
    options: Vec<OptionIndex>,
    /// Its counters in the larger program.
    counters: Vec<CounterIndex>,
}

impl Part {
    /// Writes a point of the part into the uses of the larger program.
    pub(crate) fn write(&self, point: &Point, uses: &mut [u32]) {
        for (option, &taken) in self.options.iter().zip(point.all_uses()) {
            uses[option.0 as usize] = taken;
        }
    }

    /// The part of a point of the larger program.
    pub(crate) fn read(&self, whole: &Point) -> Point {
        Point::new(self.options.iter().map(|&o| whole.uses(o)).collect())
    }

    /// A counter of the part, in the larger program.
    pub(crate) fn counter(&self, counter: CounterIndex) -> CounterIndex {
        self.counters[counter.0 as usize]
    }
}

/// A program taken apart.
#[derive(Debug, Clone)]
pub(crate) struct Split {
    /// Uses of the agents without a choice.
    pub(crate) given: Vec<u32>,
    /// Counters that no choice moves and that miss their limits, with by how much.
    pub(crate) missed: Vec<(CounterIndex, i64)>,
    /// The independent parts.
    pub(crate) parts: Vec<Part>,
}

impl Split {
    /// Takes a program apart.
    pub(crate) fn new(program: &Program) -> Self {
        let scope = Scope::whole(program);
        let reaches = program.reaches();
        let missed = program
            .counter_indices()
            .filter(|&index| reaches[index.0 as usize].is_constant())
            .map(|index| {
                let value = reaches[index.0 as usize].base;
                (index, program.counter(index).violation(value))
            })
            .filter(|&(_, violation)| violation != 0)
            .collect();
        let parts = groups(program, &scope, reaches)
            .iter()
            .map(|agents| cut(program, &scope, reaches, agents))
            .collect();
        Self {
            given: scope.given().to_vec(),
            missed,
            parts,
        }
    }

    /// All agents with a choice as one part.
    pub(crate) fn undivided(program: &Program) -> Part {
        let scope = Scope::whole(program);
        let agents: Vec<u32> = free_agents(program, &scope).collect();
        cut(program, &scope, program.reaches(), &agents)
    }
}

fn free_agents<'a>(program: &Program, scope: &'a Scope) -> impl Iterator<Item = u32> + use<'a> {
    program
        .agent_indices()
        .filter(|&agent| scope.is_free(agent))
        .map(|agent| agent.0)
}

/// The agents with a choice, grouped by shared moving counters, in the order of their first.
/// Agents that move no counter are one group: each of them is on its own, but calls cost time.
fn groups(program: &Program, scope: &Scope, reaches: &[Reach]) -> Vec<Vec<u32>> {
    let mut roots: Vec<u32> = (0..program.counters().len() as u32).collect();
    let mut agents_with_counter = Vec::new();
    let mut alone = Vec::new();
    for agent in free_agents(program, scope) {
        let range = program.agents()[agent as usize].options.clone();
        let mut moved = range
            .flat_map(|option| program.contributions(OptionIndex(option)))
            .map(|held| held.counter.0)
            .filter(|&counter| !reaches[counter as usize].is_constant());
        let Some(first) = moved.next() else {
            alone.push(agent);
            continue;
        };
        for counter in moved {
            let (one, other) = (root(&mut roots, first), root(&mut roots, counter));
            roots[one.max(other) as usize] = one.min(other);
        }
        agents_with_counter.push((agent, first));
    }
    let mut positions = vec![None; roots.len()];
    let mut groups: Vec<Vec<u32>> = Vec::new();
    for (agent, counter) in agents_with_counter {
        let root = root(&mut roots, counter) as usize;
        let position = *positions[root].get_or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[position].push(agent);
    }
    if !alone.is_empty() {
        groups.push(alone);
    }
    groups
}

fn root(roots: &mut [u32], mut node: u32) -> u32 {
    while roots[node as usize] != node {
        roots[node as usize] = roots[roots[node as usize] as usize];
        node = roots[node as usize];
    }
    node
}

/// Cuts some agents with a choice out of a program, with the counters that they move.
fn cut(program: &Program, scope: &Scope, reaches: &[Reach], agents: &[u32]) -> Part {
    let levels = program.levels();
    let mut builder = ProgramBuilder::new(levels);
    let mut options = Vec::new();
    let mut counters = Vec::new();
    let mut places: Vec<Option<CounterIndex>> = vec![None; program.counters().len()];
    let mut offsets: Vec<i64> = program.counters().iter().map(|c| c.offset).collect();
    for option in program.option_indices() {
        let uses = i64::from(scope.given()[option.0 as usize]);
        for held in program.contributions(option) {
            offsets[held.counter.0 as usize] += uses * held.amount;
        }
    }
    for &agent in agents {
        let agent = &program.agents()[agent as usize];
        for option in agent.options.clone().map(OptionIndex) {
            for held in program.contributions(option) {
                let position = held.counter.0 as usize;
                if !reaches[position].is_constant() && places[position].is_none() {
                    places[position] = Some(builder.add_counter(Counter {
                        offset: offsets[position],
                        ..program.counter(held.counter).clone()
                    }));
                    counters.push(held.counter);
                }
            }
        }
    }
    for &agent in agents {
        let agent = &program.agents()[agent as usize];
        builder.add_agent(agent.label.clone(), agent.multiplicity);
        for option in agent.options.clone().map(OptionIndex) {
            let costs: Vec<i64> = (0..levels).map(|l| program.cost(option, l)).collect();
            let held: Vec<(CounterIndex, i64)> = program
                .contributions(option)
                .iter()
                .filter_map(|held| {
                    places[held.counter.0 as usize].map(|place| (place, held.amount))
                })
                .collect();
            builder.add_option(program.option(option).label.clone(), &costs, &held);
            options.push(option);
        }
    }
    Part {
        program: builder.finish(),
        options,
        counters,
    }
}

/// What is known of a part after a level.
pub(crate) enum Answer {
    /// The best point, its value and bound at the level, and whether time ran out.
    Point {
        point: Point,
        value: i64,
        bound: i64,
        late: bool,
    },
    /// Proven: the limits clash (counters of the part).
    Clash(Clash),
    /// Neither a point nor a proof.
    Unknown { late: bool },
}

/// The parts' answers at one level, added up.
pub(crate) struct Sum {
    pub(crate) uses: Vec<u32>,
    pub(crate) value: i64,
    pub(crate) bound: i64,
    pub(crate) clash: Clash,
    pub(crate) unknown: bool,
    pub(crate) late: bool,
}

impl Sum {
    /// Before any part: what no choice changes.
    pub(crate) fn new(split: &Split, unchangeable: i64) -> Self {
        let missed = split.missed.clone();
        Self {
            uses: split.given.clone(),
            value: unchangeable,
            bound: unchangeable,
            clash: Clash {
                bound: missed.iter().map(|missed| missed.1.abs()).sum(),
                missed,
            },
            unknown: false,
            late: false,
        }
    }

    pub(crate) fn add(&mut self, part: &Part, answer: Answer) {
        match answer {
            Answer::Point {
                point,
                value,
                bound,
                late,
            } => {
                part.write(&point, &mut self.uses);
                self.value += value;
                self.bound += bound;
                self.late |= late;
            }
            Answer::Clash(clash) => {
                self.clash.bound += clash.bound;
                let missed = clash.missed.into_iter();
                self.clash
                    .missed
                    .extend(missed.map(|(counter, by)| (part.counter(counter), by)));
            }
            Answer::Unknown { late } => {
                self.unknown = true;
                self.late |= late;
            }
        }
    }
}
