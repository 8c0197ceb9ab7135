//! One level of a program as a mixed-integer linear model, in integers throughout.
//!
//! Columns are the uses of options and the unit steps of counters; rows say that every agent takes
//! its number of options, that every counter equals what is added to it, and that no earlier level
//! gets worse. Only uses are integer columns: the steps follow (see [`super::Steps`]).

use super::{
    AgentIndex, CounterIndex, OptionIndex, Point, Program, Scope, Steps,
    scope::{Added, Reach, steps_of},
    steps::greatest_common_divisor,
    tighten::{least_cost, tighten},
};

/// What a column stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnRole {
    /// How often an option is taken.
    Uses(OptionIndex),
    /// Unit steps of a counter; steps of a counter follow each other upwards.
    Steps(CounterIndex),
}

/// A column with explicit bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What it stands for.
    pub role: ColumnRole,
    /// Smallest value.
    pub lower: i64,
    /// Largest value.
    pub upper: i64,
    /// Coefficient in the objective.
    pub objective: i64,
}

impl Column {
    /// Whether it must be a whole number.
    pub fn is_integer(&self) -> bool {
        matches!(self.role, ColumnRole::Uses(_))
    }
}

/// What a row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowRole {
    /// An agent takes exactly its number of options.
    Agent(AgentIndex),
    /// A counter is what is added to it.
    Counter(CounterIndex),
    /// An earlier level does not get worse.
    Level(usize),
}

/// A linear row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it says.
    pub role: RowRole,
    /// Column positions, ascending, with coefficients; no zero.
    pub terms: Vec<(u32, i64)>,
    /// Right-hand side: equality for agents and counters, upper limit for levels.
    pub right: i64,
}

impl Row {
    /// Whether the row is an equality; level rows are upper limits.
    pub fn is_equality(&self) -> bool {
        !matches!(self.role, RowRole::Level(_))
    }

    /// Divides a level row by what its coefficients have in common: at whole points the left-hand
    /// side is a multiple of it, so the limit may be rounded down.
    fn divide(&mut self) {
        let common = self
            .terms
            .iter()
            .fold(0, |common, term| greatest_common_divisor(common, term.1));
        if common > 1 {
            for term in &mut self.terms {
                term.1 /= common;
            }
            self.right = self.right.div_euclid(common);
        }
    }
}

/// The model of one level: minimise `constant + Σ objective · column`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinearModel {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
    /// The objective's constant.
    pub constant: i64,
    /// The part of the level's value that no decision in the whole program changes; gaps are
    /// measured without it.
    pub unchangeable: i64,
    /// Uses of the options that have no column.
    given: Vec<u32>,
}

/// Why a scope has no point at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Impossible {
    /// The hard limits of a counter cannot be met.
    Counter(CounterIndex),
    /// An earlier level cannot keep its value.
    Level(usize),
    /// Every option of an agent is too dear for one earlier level or another.
    Agent(AgentIndex),
}

impl Program {
    /// The part of a level's value that no decision changes: the constant, the costs of agents
    /// with a single option, and the counters that no choice moves.
    pub fn unchangeable(&self, level: usize) -> i64 {
        let unchangeable = || self.all_unchangeable(&Scope::whole(self), self.reaches());
        self.unchangeable.0.get_or_init(unchangeable)[level]
    }

    /// What every counter can reach, by a walk through the whole program, once for it and for all
    /// that come of it with other limits or costs of counters.
    pub(crate) fn reaches(&self) -> &[Reach] {
        let walk = || Scope::whole(self).reaches(self);
        self.reaches.0.get_or_init(walk)
    }

    fn all_unchangeable(&self, scope: &Scope, reaches: &[Reach]) -> Vec<i64> {
        let of_level = |level: usize| {
            let agents = scope.given_cost(self, level);
            let counters = reaches
                .iter()
                .zip(self.counters())
                .filter(|(reach, _)| reach.is_constant())
                .map(|(reach, counter)| counter.cost(level, reach.base))
                .sum::<i64>();
            self.constant(level) + agents + counters
        };
        (0..self.levels()).map(of_level).collect()
    }
}

impl LinearModel {
    /// The full model of a level under `limits[j]` for each earlier level j, nothing taken away:
    /// for other solvers.
    ///
    /// # Errors
    /// The counter whose hard limits cannot be met.
    pub fn full(program: &Program, level: usize, limits: &[i64]) -> Result<Self, CounterIndex> {
        let scope = Scope::whole(program);
        let reaches = program.reaches();
        let steps = steps_of(program, reaches)?;
        let kept: Vec<usize> = (0..level).collect();
        let parts = Parts {
            program,
            scope: &scope,
            reaches,
            steps: &steps,
            shifted: false,
        };
        Ok(parts.build(level, limits, &kept))
    }

    /// The point of the program that a vector of column values stands for.
    pub fn point(&self, values: &[i64]) -> Point {
        let mut uses = self.given.clone();
        for (column, &value) in self.columns.iter().zip(values) {
            if let ColumnRole::Uses(option) = column.role {
                uses[option.0 as usize] = value.max(0) as u32;
            }
        }
        Point::new(uses)
    }

    /// Greatest common divisor of the objective's coefficients; 1 where there are none. At whole
    /// points the objective is `constant` plus a multiple of it.
    pub fn objective_unit(&self) -> i64 {
        let unit = self.columns.iter().fold(0, |unit, column| {
            greatest_common_divisor(unit, column.objective)
        });
        unit.max(1)
    }

    /// The least objective that the bounds of the columns alone allow: always a valid bound.
    pub fn trivial_bound(&self) -> i64 {
        self.constant
            + self
                .columns
                .iter()
                .map(|column| {
                    let (low, high) = (column.lower, column.upper);
                    (column.objective * low).min(column.objective * high)
                })
                .sum::<i64>()
    }
}

/// The model of a core: an agent with an allowed option takes allowed options only, one without
/// takes what `fixed` takes, and earlier levels keep `limits`. Options and values of counters that
/// no such point can use are left out, and rows that cannot bind.
///
/// # Errors
/// Where the core has no point, for a reason that interval arithmetic sees.
#[allow(
    dead_code,
    reason = "the cores of the decomposed engine are built with it"
)]
pub(crate) fn restrict(
    program: &Program,
    level: usize,
    limits: &[i64],
    allowed: &[bool],
    fixed: &Point,
) -> Result<LinearModel, Impossible> {
    restrict_scope(program, level, limits, Scope::core(program, allowed, fixed))
}

/// The same for any scope; the whole program is `Scope::whole`.
///
/// # Errors
/// Where the scope has no point, for a reason that interval arithmetic sees.
pub(crate) fn restrict_scope(
    program: &Program,
    level: usize,
    limits: &[i64],
    mut scope: Scope,
) -> Result<LinearModel, Impossible> {
    let tightened = tighten(program, &limits[..level], &mut scope)?;
    let parts = Parts {
        program,
        scope: &scope,
        reaches: &tightened.reaches,
        steps: &tightened.steps,
        shifted: true,
    };
    Ok(parts.build(level, limits, &tightened.kept))
}

/// What a model is built from.
struct Parts<'a> {
    program: &'a Program,
    scope: &'a Scope,
    reaches: &'a [Reach],
    steps: &'a [Steps],
    /// Whether the least cost of every agent goes into the constants, which keeps the numbers of
    /// the solver small.
    shifted: bool,
}

impl Parts<'_> {
    fn build(&self, level: usize, limits: &[i64], kept: &[usize]) -> LinearModel {
        let mut relevant = kept.to_vec();
        relevant.push(level);
        let mut model = LinearModel {
            columns: Vec::new(),
            rows: Vec::new(),
            constant: 0,
            unchangeable: self.program.unchangeable(level),
            given: self.scope.given().to_vec(),
        };
        // For each relevant level: terms and constant of its function.
        let mut functions: Vec<(Vec<(u32, i64)>, i64)> = relevant
            .iter()
            .map(|&level| (Vec::new(), self.base(level)))
            .collect();
        let mut counter_terms = self.add_agents(&mut model, &relevant, &mut functions);
        self.add_counters(&mut model, &relevant, &mut functions, &mut counter_terms);
        let (terms, constant) = functions.pop().expect("the level itself is relevant");
        for (column, coefficient) in terms {
            model.columns[column as usize].objective = coefficient;
        }
        model.constant = constant;
        for (&earlier, (terms, constant)) in kept.iter().zip(functions) {
            let mut row = Row {
                role: RowRole::Level(earlier),
                terms,
                right: limits[earlier] - constant,
            };
            if self.shifted {
                row.divide();
            }
            model.rows.push(row);
        }
        model
    }

    /// A level's value before any column: constants, what is given, counters at their start.
    fn base(&self, level: usize) -> i64 {
        let starts = self.steps.iter().map(|steps| steps.start_costs[level]);
        self.program.constant(level)
            + self.scope.given_cost(self.program, level)
            + starts.sum::<i64>()
    }

    /// Columns and rows of the agents; returns what they add to each counter.
    fn add_agents(
        &self,
        model: &mut LinearModel,
        relevant: &[usize],
        functions: &mut [(Vec<(u32, i64)>, i64)],
    ) -> Vec<Vec<(u32, i64)>> {
        let mut counter_terms = vec![Vec::new(); self.program.counters().len()];
        let mut columns = vec![0; self.program.options().len()];
        let mut added = Added::new(self.program);
        for agent in self.program.agent_indices() {
            if !self.scope.is_free(agent) {
                continue;
            }
            let multiplicity = self.program.agent(agent).multiplicity;
            let first = model.columns.len() as u32;
            for option in self.scope.open_options(self.program, agent) {
                columns[option.0 as usize] = model.columns.len() as u32;
                model.columns.push(Column {
                    role: ColumnRole::Uses(option),
                    lower: 0,
                    upper: i64::from(self.scope.upper(option)),
                    objective: 0,
                });
            }
            model.rows.push(Row {
                role: RowRole::Agent(agent),
                terms: (first..model.columns.len() as u32)
                    .map(|column| (column, 1))
                    .collect(),
                right: i64::from(multiplicity),
            });
            for (&level, (terms, constant)) in relevant.iter().zip(functions.iter_mut()) {
                let floor = if self.shifted {
                    least_cost(self.program, self.scope, agent, level)
                } else {
                    0
                };
                *constant += floor * i64::from(multiplicity);
                for option in self.scope.open_options(self.program, agent) {
                    let cost = self.program.cost(option, level) - floor;
                    if cost != 0 {
                        terms.push((columns[option.0 as usize], cost));
                    }
                }
            }
            let visit = |option: OptionIndex, counter: CounterIndex, difference: i64| {
                let position = counter.0 as usize;
                let units = difference / self.reaches[position].lattice;
                counter_terms[position].push((columns[option.0 as usize], units));
            };
            self.scope
                .differences(self.program, agent, &mut added, visit);
        }
        counter_terms
    }

    /// Step columns and rows of the counters that choices move and that cost or bind.
    fn add_counters(
        &self,
        model: &mut LinearModel,
        relevant: &[usize],
        functions: &mut [(Vec<(u32, i64)>, i64)],
        counter_terms: &mut [Vec<(u32, i64)>],
    ) {
        for counter in self.program.counter_indices() {
            let position = counter.0 as usize;
            let (reach, steps) = (&self.reaches[position], &self.steps[position]);
            let costless = steps
                .steps
                .iter()
                .all(|step| relevant.iter().all(|&level| step.slopes[level] == 0));
            let unbound = steps.start == reach.smallest && steps.end() == reach.largest;
            if reach.is_constant() || (costless && unbound) {
                continue;
            }
            let mut terms = std::mem::take(&mut counter_terms[position]);
            for (width, slopes) in merged(steps, relevant) {
                let column = model.columns.len() as u32;
                model.columns.push(Column {
                    role: ColumnRole::Steps(counter),
                    lower: 0,
                    upper: width,
                    objective: 0,
                });
                terms.push((column, -1));
                for ((terms, _), slope) in functions.iter_mut().zip(slopes) {
                    if slope != 0 {
                        terms.push((column, slope));
                    }
                }
            }
            model.rows.push(Row {
                role: RowRole::Counter(counter),
                terms,
                right: (steps.start - reach.base) / reach.lattice,
            });
        }
    }
}

/// Widths and slopes at the relevant levels, neighbours with equal slopes merged.
fn merged(steps: &Steps, relevant: &[usize]) -> Vec<(i64, Vec<i64>)> {
    let mut merged: Vec<(i64, Vec<i64>)> = Vec::new();
    for step in &steps.steps {
        let slopes: Vec<i64> = relevant.iter().map(|&level| step.slopes[level]).collect();
        match merged.last_mut() {
            Some((width, last)) if *last == slopes => *width += step.width,
            _ => merged.push((step.width, slopes)),
        }
    }
    merged
}
