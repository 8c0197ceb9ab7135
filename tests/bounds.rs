//! No bound of any run is above a value that anybody finds: other engines, other limits, random
//! points, and searches that aim at the bound. Source of truth: points, evaluated one by one.

mod programs;

use std::sync::atomic::AtomicBool;

use programs::Numbers;
use programs::assignment::{Shape, assignment};
use programs::every_kind::{Costs, KINDS, Size, program};
use shizi::program::{AgentIndex, OptionIndex, Point, Program};
use shizi::solve::{Engine, LevelCertificate, Outcome, Silent, Solution, SolveOptions, solve};

/// What one run says, or a found point.
struct Run {
    name: String,
    point: Point,
    levels: Vec<LevelCertificate>,
}

/// Engine, target gap, node limit.
const WAYS: [(Engine, f64, u64); 6] = [
    (Engine::Monolithic, 0.5, 1),
    (Engine::Monolithic, 0.02, 20),
    (Engine::Monolithic, 0.0, 200),
    (Engine::Decomposed, 0.05, 1),
    (Engine::Decomposed, 0.0, 2_000),
    (Engine::Automatic, 1e-3, 50),
];

/// A point that walks about, with its values.
struct Walk<'a> {
    program: &'a Program,
    uses: Vec<u32>,
    counters: Vec<i64>,
    levels: Vec<i64>,
    violation: i64,
}

/// One use of an option, instead of another one of the same agent.
type Move = (OptionIndex, OptionIndex);

impl<'a> Walk<'a> {
    fn new(program: &'a Program, point: &Point) -> Self {
        let found = program.evaluate(point);
        let violation = program
            .counter_indices()
            .map(|counter| {
                let value = found.counters[counter.0 as usize];
                program.counter(counter).violation(value).abs()
            })
            .sum();
        Self {
            program,
            uses: point.all_uses().to_vec(),
            counters: found.counters,
            levels: found.levels,
            violation,
        }
    }

    fn random(program: &'a Program, numbers: &mut Numbers) -> Self {
        let mut uses = vec![0; program.options().len()];
        for agent in program.agents() {
            for _ in 0..agent.multiplicity {
                let option =
                    numbers.between(agent.options.start.into(), i64::from(agent.options.end) - 1);
                uses[option as usize] += 1;
            }
        }
        Self::new(program, &Point::new(uses))
    }

    fn add(&mut self, option: OptionIndex, sign: i64) {
        let uses = &mut self.uses[option.0 as usize];
        *uses = uses
            .checked_add_signed(sign as i32)
            .expect("only what is taken is given up");
        for (level, value) in self.levels.iter_mut().enumerate() {
            *value += sign * self.program.cost(option, level);
        }
        for held in self.program.contributions(option) {
            let counter = self.program.counter(held.counter);
            let value = &mut self.counters[held.counter.0 as usize];
            let (before, after) = (*value, *value + sign * held.amount);
            *value = after;
            self.violation += counter.violation(after).abs() - counter.violation(before).abs();
            for hinge in &counter.hinges {
                self.levels[hinge.level] += hinge.cost(after) - hinge.cost(before);
            }
        }
    }

    fn make(&mut self, (given, taken): Move) {
        self.add(given, -1);
        self.add(taken, 1);
    }

    /// A move of a random agent, if it has one.
    fn random_move(&self, numbers: &mut Numbers) -> Option<Move> {
        let agents = self.program.agents().len() as i64;
        let agent = AgentIndex(numbers.between(0, agents - 1) as u32);
        let options = self.program.agent(agent).options.clone();
        let given = self
            .program
            .options_of(agent)
            .find(|option| self.uses[option.0 as usize] > 0)?;
        let taken = numbers.between(options.start.into(), i64::from(options.end) - 1);
        Some((given, OptionIndex(taken as u32)))
    }

    /// First what is broken, earlier levels above these values included; then the level.
    fn height(&self, limits: &[i64]) -> (i64, i64) {
        let above: i64 = limits
            .iter()
            .zip(&self.levels)
            .map(|(limit, value)| (value - limit).max(0))
            .sum();
        let level = self.levels.get(limits.len()).copied().unwrap_or(0);
        (self.violation + above, level)
    }

    /// Goes down at the level behind the limits, by one, two or three moves at a time; keeps the
    /// values of every point on the way that breaks no limit and is the lowest yet.
    fn descend(
        &mut self,
        limits: &[i64],
        steps: usize,
        numbers: &mut Numbers,
        found: &mut Vec<Vec<i64>>,
    ) {
        let mut height = self.height(limits);
        for _ in 0..steps {
            let mut made = Vec::new();
            for _ in 0..numbers.between(1, 3) {
                if let Some(change) = self.random_move(numbers) {
                    self.make(change);
                    made.push(change);
                }
            }
            let next = self.height(limits);
            if next <= height {
                if next < height && self.violation == 0 {
                    found.push(self.levels.clone());
                }
                height = next;
            } else {
                for (given, taken) in made.into_iter().rev() {
                    self.make((taken, given));
                }
            }
        }
        let again = self.program.evaluate(&Point::new(self.uses.clone()));
        assert_eq!(again.levels, self.levels, "the walk reckons as the program");
        assert_eq!(again.violations.is_empty(), self.violation == 0);
    }
}

/// What all the ways to solve a program say; `None` where one of them proves that nothing can.
fn runs(name: &str, program: &Program) -> Option<Vec<Run>> {
    let never = AtomicBool::new(false);
    let mut runs = Vec::new();
    let mut clash = None;
    for (engine, target_gap, node_limit) in WAYS {
        let name = format!("{name} by {engine:?} to {target_gap} in {node_limit} nodes");
        let options = SolveOptions {
            engine,
            target_gap,
            node_limit,
            ..SolveOptions::default()
        };
        match solve(program, &options, &never, &Silent) {
            Ok(Outcome::Solved(Solution { point, levels, .. })) => runs.push(Run {
                name,
                point,
                levels,
            }),
            Ok(Outcome::Infeasible(found)) => clash = Some((name, found)),
            Ok(Outcome::Unknown(_)) => {}
            Err(error) => panic!("{name}: {error}"),
        }
    }
    let Some((other, clash)) = clash else {
        return Some(runs);
    };
    if let Some(run) = runs.first() {
        panic!("{}: has a point, {other}: {clash:?}", run.name);
    }
    let mut numbers = Numbers::new(1);
    for _ in 0..20 {
        let mut walk = Walk::random(program, &mut numbers);
        walk.descend(&[], 500, &mut numbers, &mut Vec::new());
        assert!(walk.violation >= clash.bound, "{other}: {clash:?}");
    }
    None
}

/// How often a bound was held against a value: of the first levels, and of the later ones.
#[derive(Debug, Default)]
struct Held {
    first: usize,
    later: usize,
    open: usize,
}

/// Looks for a point below a bound, in `steps` steps from each of several places.
fn attack(name: &str, program: &Program, steps: usize, held: &mut Held) {
    let Some(runs) = runs(name, program) else {
        return;
    };
    let mut numbers = Numbers::new(program.options().len() as u64);
    let mut found: Vec<Vec<i64>> = runs
        .iter()
        .map(|run| program.evaluate(&run.point).levels)
        .collect();
    for _ in 0..3 {
        Walk::random(program, &mut numbers).descend(&[], steps, &mut numbers, &mut found);
    }
    for run in &runs {
        let values: Vec<i64> = run.levels.iter().map(|level| level.value).collect();
        for (level, certificate) in run.levels.iter().enumerate() {
            held.open += usize::from(!certificate.is_closed());
            for start in [&run.point, &runs[0].point] {
                let mut walk = Walk::new(program, start);
                walk.descend(&values[..level], steps, &mut numbers, &mut found);
            }
        }
    }
    for run in &runs {
        for values in &found {
            for (level, certificate) in run.levels.iter().enumerate() {
                let (bound, value) = (certificate.bound, values[level]);
                assert!(
                    bound <= value,
                    "{} level {level}: {values:?}, {:?}",
                    run.name,
                    run.levels
                );
                *(if level == 0 {
                    &mut held.first
                } else {
                    &mut held.later
                }) += 1;
                if value > certificate.value {
                    // The next level's bound says nothing of such a point.
                    break;
                }
            }
        }
    }
}

#[test]
fn no_walk_over_districts_comes_below_a_bound() {
    let shape = Shape {
        people: 50,
        schools: 10,
        subjects: 4,
        targets: 6,
        quota: 8,
    };
    let mut held = Held::default();
    for seed in 0..6 {
        let program = assignment(shape, seed);
        attack(&format!("district {seed}"), &program, 3_000, &mut held);
    }
    assert!(held.first > 1_500 && held.later > 1_500, "{held:?}");
    assert!(held.open > 4, "{held:?}");
}

#[test]
fn no_walk_over_random_programs_comes_below_a_bound() {
    let mut held = Held::default();
    for seed in 0..70 {
        let kind = KINDS[seed as usize % KINDS.len()];
        let size = Size {
            agents: 30,
            options: 5,
            posts: 8,
            rows: 2,
        };
        let program = program(kind, Costs::Usual, size, 1_000 + seed);
        attack(&format!("{kind:?} {seed}"), &program, 2_000, &mut held);
    }
    assert!(held.first > 5_000 && held.later > 1_500, "{held:?}");
    assert!(held.open > 10, "{held:?}");
}
