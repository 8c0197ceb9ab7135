//! The optimum of a tiny program by looking at every point, in integers, without the program's own
//! evaluation.

use shizi::program::{AgentIndex, Program};

/// What every point of a program says together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Truth {
    /// The least levels, in order of priority.
    Best(Vec<i64>),
    /// No point keeps the hard limits; the least total violation.
    Clash(i64),
}

/// One way to fill the multiplicity of an agent: what it costs and adds.
struct Choice {
    costs: Vec<i64>,
    amounts: Vec<i64>,
}

fn choices(program: &Program, agent: AgentIndex) -> Vec<Choice> {
    let empty = Choice {
        costs: vec![0; program.levels()],
        amounts: vec![0; program.counters().len()],
    };
    let mut partial = vec![(0, empty)];
    for _ in 0..program.agent(agent).multiplicity {
        let mut longer = Vec::new();
        for (least, choice) in partial {
            for (position, option) in program.options_of(agent).enumerate().skip(least) {
                let mut next = Choice {
                    costs: choice.costs.clone(),
                    amounts: choice.amounts.clone(),
                };
                for (level, cost) in next.costs.iter_mut().enumerate() {
                    *cost += program.cost(option, level);
                }
                for held in program.contributions(option) {
                    next.amounts[held.counter.0 as usize] += held.amount;
                }
                longer.push((position, next));
            }
        }
        partial = longer;
    }
    partial.into_iter().map(|(_, choice)| choice).collect()
}

/// How many points a program has.
pub(crate) fn points(program: &Program) -> u64 {
    program
        .agent_indices()
        .map(|agent| choices(program, agent).len() as u64)
        .product()
}

/// Looks at every point.
pub(crate) fn enumerate(program: &Program) -> Truth {
    let search = search(program, 0, &[]);
    search
        .best
        .map_or(Truth::Clash(search.violation), Truth::Best)
}

/// The least value of a level among the points that keep `limits` at the levels before it.
pub(crate) fn least(program: &Program, level: usize, limits: &[i64]) -> Option<i64> {
    search(program, level, limits).best.map(|best| best[0])
}

/// The points that keep `limits`, compared from a level on.
fn search(program: &Program, level: usize, limits: &[i64]) -> Found {
    let choices: Vec<Vec<Choice>> = program
        .agent_indices()
        .map(|agent| choices(program, agent))
        .collect();
    let mut search = Search {
        program,
        choices: &choices,
        level,
        limits,
        found: Found {
            best: None,
            violation: i64::MAX,
        },
    };
    let costs: Vec<i64> = (0..program.levels())
        .map(|level| program.constant(level))
        .collect();
    let counters: Vec<i64> = program
        .counters()
        .iter()
        .map(|counter| counter.offset)
        .collect();
    search.descend(0, &costs, &counters);
    search.found
}

struct Found {
    best: Option<Vec<i64>>,
    violation: i64,
}

struct Search<'a> {
    program: &'a Program,
    choices: &'a [Vec<Choice>],
    level: usize,
    limits: &'a [i64],
    found: Found,
}

impl Search<'_> {
    fn descend(&mut self, agent: usize, costs: &[i64], counters: &[i64]) {
        let Some(choices) = self.choices.get(agent) else {
            return self.look_at(costs, counters);
        };
        for choice in choices {
            let sum = |left: &[i64], right: &[i64]| -> Vec<i64> {
                left.iter()
                    .zip(right)
                    .map(|(one, other)| one + other)
                    .collect()
            };
            self.descend(
                agent + 1,
                &sum(costs, &choice.costs),
                &sum(counters, &choice.amounts),
            );
        }
    }

    fn look_at(&mut self, costs: &[i64], counters: &[i64]) {
        let mut levels = costs.to_vec();
        let mut violation = 0;
        for (counter, &value) in self.program.counters().iter().zip(counters) {
            violation += counter.lower.map_or(0, |lower| (lower - value).max(0));
            violation += counter.upper.map_or(0, |upper| (value - upper).max(0));
            for hinge in &counter.hinges {
                levels[hinge.level] += hinge.below * (hinge.at - value).max(0);
                levels[hinge.level] += hinge.above * (value - hinge.at).max(0);
            }
        }
        let found = &mut self.found;
        found.violation = found.violation.min(violation);
        let kept = self
            .limits
            .iter()
            .zip(&levels)
            .all(|(limit, value)| value <= limit);
        let compared = &levels[self.level..];
        if violation == 0 && kept && found.best.as_deref().is_none_or(|best| compared < best) {
            found.best = Some(compared.to_vec());
        }
    }
}
