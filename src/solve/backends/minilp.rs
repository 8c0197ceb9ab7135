//! minilp: good_lp's name for microlp, the maintained continuation of minilp.
//!
//! good_lp builds the model; what it does not pass on (node limits, bounds, reasons) is reached
//! through the microlp problem inside.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use good_lp::{Expression, ProblemVariables, SolverModel, variable};
use microlp::{
    Error, Problem, ResumeOptions, SolveOptions, SolveOutcome, TerminationReason, Variable,
};

use super::units::{Units, shrinking};
use super::{CallLimits, Claim, End};
use crate::program::{ColumnRole, LinearModel, Point, RowRole};

/// Largest objective coefficient that minilp sees. Its tolerances on reduced costs are absolute
/// (1e-10), so coefficients of 1e5 drown in the noise of their own rounding.
const LARGEST_COST: f64 = 1024.0;

/// Largest coefficient of a level row that minilp sees, for its absolute tolerance on rows.
const LARGEST_LEVEL_COEFFICIENT: f64 = 1024.0;

/// How far a level row is opened, in its scaled units, for rounding errors: above minilp's own
/// tolerance and no more. A millionth of a unit already lets fractional points gain from it: more
/// than 512 nodes instead of 8 at the second level of a county of 5,200 options.
const LEVEL_SLACK: f64 = 1e-9;

/// What a bound may claim too much for each unit that a column can move: minilp's tolerance on
/// reduced costs.
const COLUMN_TOLERANCE: f64 = 1e-10;

/// The least and the most of that over all columns.
const BOUND_TOLERANCE: (f64, f64) = (1e-9, 1e-6);

/// What a bound may claim too much relative to itself: the rounding of its sum.
const SUM_TOLERANCE: f64 = 1e-11;

/// What all perturbations together may add to the objective, in its unit. Without them whole
/// levels of zero costs stall the simplex: a level of 16,000 options that did not end in 176 s
/// takes 20 s. Whole points differ by units, so nothing is lost.
const PERTURBATION: f64 = 0.1;

/// How far below the incumbent a node is dropped, in the objective's unit. With the perturbation
/// it stays below one, so no better point is dropped.
const PRUNING: f64 = 0.8;

/// Nodes between two looks at the stop flag. A fixed number: where the search is cut decides how
/// it goes on, and the same input must give the same plan.
const SLICE: u64 = 256;

/// The first slice where no point is known: a cut ends the dive that would find one.
const FIRST_SLICE: u64 = 1024;

/// A model in minilp's terms, owned, ready for a thread.
pub(super) struct Job {
    problem: Problem,
    options: SolveOptions,
    node_limit: u64,
    target_gap: f64,
    translation: Translation,
}

/// From minilp's numbers back to the model's.
struct Translation {
    /// Whether each column of the model is whole.
    integer: Vec<bool>,
    /// The columns, in minilp's words.
    variables: Vec<Variable>,
    units: Units,
    prune: f64,
    /// The most that the perturbations add to minilp's objective.
    perturbation: f64,
    /// What a bound may claim too much.
    tolerance: f64,
}

impl Job {
    /// Other attempts perturb otherwise.
    pub(super) fn new(
        model: &LinearModel,
        start: Option<&Point>,
        limits: CallLimits,
        attempt: usize,
    ) -> Self {
        let units = Units::new(model, LARGEST_COST);
        let (problem, variables) = build(model, &units, attempt);
        let prune = prune_epsilon(model, &units);
        let moves: f64 = model
            .columns
            .iter()
            .map(|column| (column.upper - column.lower) as f64)
            .sum();
        let mut options = SolveOptions::default();
        options.tolerances.prune_epsilon = prune;
        options.mip_gap = limits.target_gap;
        options.warm_start = start.map(|point| hints(model, &variables, point));
        Self {
            problem,
            options,
            node_limit: limits.node_limit.max(1),
            target_gap: limits.target_gap,
            translation: Translation {
                integer: model
                    .columns
                    .iter()
                    .map(crate::program::Column::is_integer)
                    .collect(),
                variables,
                prune,
                perturbation: PERTURBATION * units.scale,
                tolerance: (COLUMN_TOLERANCE * moves).clamp(BOUND_TOLERANCE.0, BOUND_TOLERANCE.1),
                units,
            },
        }
    }

    /// Solves slice after slice and publishes what is known after each.
    pub(super) fn run(
        mut self,
        time_limit: Option<Duration>,
        stop: &AtomicBool,
        publish: &mut dyn FnMut(Claim),
    ) {
        let ends_at = time_limit.map(|limit| Instant::now() + limit);
        let left = || ends_at.map(|end| end.saturating_duration_since(Instant::now()));
        let first = if self.options.warm_start.is_some() {
            SLICE
        } else {
            FIRST_SLICE
        };
        let mut slice = first.min(self.node_limit);
        let mut nodes_left = self.node_limit;
        self.options.time_limit = left();
        self.options.node_limit = Some(slice);
        let mut outcome = self.problem.solve_with(self.options.clone());
        loop {
            nodes_left = nodes_left.saturating_sub(slice);
            let pausing = matches!(&outcome, Ok(found)
                if found.termination_reason() == TerminationReason::NodeLimit);
            match outcome {
                Ok(found) if pausing && nodes_left > 0 && !stop.load(Ordering::Relaxed) => {
                    publish(self.translation.claim(&found));
                    let mut options = ResumeOptions::default();
                    options.time_limit = left();
                    slice = SLICE.min(nodes_left);
                    options.node_limit = Some(slice);
                    options.mip_gap = (self.target_gap > 0.0).then_some(self.target_gap);
                    outcome = found.resume_with(options);
                }
                Ok(found) => return publish(self.translation.claim(&found)),
                Err(Error::Infeasible) => return publish(Claim::ended(End::NoPoint)),
                Err(error) => return publish(Claim::ended(End::Failed(error.to_string()))),
            }
        }
    }
}

impl Translation {
    fn claim(&self, outcome: &SolveOutcome) -> Claim {
        let reason = outcome.termination_reason();
        let end = match reason {
            TerminationReason::ProvenOptimal => End::Exhausted,
            TerminationReason::MipGap => End::TargetGap,
            TerminationReason::NodeLimit => End::Nodes,
            _ => End::Deadline,
        };
        let solution = outcome.solution();
        let values = solution.map(|solution| {
            self.variables
                .iter()
                .zip(&self.integer)
                .map(|(&variable, &integer)| {
                    let value = solution.var_value_raw(variable);
                    if integer {
                        value.round() as i64
                    } else {
                        value.floor() as i64
                    }
                })
                .collect()
        });
        // Nodes within the pruning distance of the incumbent were dropped unseen, so nothing
        // better than that is proven.
        let pruned = solution.map(|solution| {
            let objective = solution.objective();
            objective - f64::max(self.prune, self.prune * objective.abs())
        });
        let open = outcome.stats().best_bound;
        let bound = match (open, pruned) {
            (Some(open), Some(pruned)) => Some(open.min(pruned)),
            (open, pruned) if reason == TerminationReason::ProvenOptimal => open.or(pruned),
            (open, _) => open,
        };
        Claim {
            values,
            bound: bound.map(|bound| self.whole_bound(bound)),
            end,
        }
    }

    /// The next value that whole points can have, from a bound in minilp's numbers.
    fn whole_bound(&self, bound: f64) -> i64 {
        let tolerance = self.tolerance + SUM_TOLERANCE * bound.abs();
        self.units
            .whole_bound(bound - self.perturbation - tolerance)
    }
}

/// The relative distance for [`PRUNING`]: minilp multiplies it by the incumbent where that is
/// above one.
fn prune_epsilon(model: &LinearModel, units: &Units) -> f64 {
    let highest: i64 = model.constant
        + model
            .columns
            .iter()
            .filter(|column| column.objective > 0)
            .map(|column| column.objective.saturating_mul(column.upper))
            .fold(0_i64, i64::saturating_add);
    let low = units.changeable(model.trivial_bound());
    let high = units.changeable(highest);
    let magnitude = low.abs().max(high.abs()).max(1.0);
    (PRUNING * units.scale / magnitude).max(1e-11)
}

fn hints(model: &LinearModel, variables: &[Variable], point: &Point) -> Vec<(Variable, f64)> {
    model
        .columns
        .iter()
        .zip(variables)
        .filter_map(|(column, &variable)| match column.role {
            ColumnRole::Uses(option) => Some((variable, f64::from(point.uses(option)))),
            ColumnRole::Steps(_) => None,
        })
        .collect()
}

/// What each use of an option may be perturbed by, so that all uses together stay within
/// [`PERTURBATION`].
fn perturbation_share(model: &LinearModel, scale: f64) -> f64 {
    let agents = model
        .rows
        .iter()
        .filter(|row| matches!(row.role, RowRole::Agent(_)));
    let uses: i64 = agents.map(|row| row.right).sum();
    PERTURBATION * scale / uses.max(1) as f64
}

/// So far apart are the places from which attempts draw.
const ANOTHER_HASH: usize = 1 << 32;

/// A number between nothing and one from a column's place: the same in every run.
fn hashed(position: usize) -> f64 {
    let hash = (position as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
    hash as f64 / (1_u64 << 24) as f64
}

/// Builds the problem through good_lp. A last column, fixed at one, carries what minilp would
/// drop, so that its relative gap is ours: measured on the changeable part.
fn build(model: &LinearModel, units: &Units, attempt: usize) -> (Problem, Vec<Variable>) {
    let mut variables = ProblemVariables::new();
    let mut objective = Expression::with_capacity(model.columns.len() + 1);
    let mut columns = Vec::with_capacity(model.columns.len());
    let share = perturbation_share(model, units.scale);
    for column in &model.columns {
        let mut definition = variable().min(column.lower as f64).max(column.upper as f64);
        let mut cost = units.cost(column.objective);
        if column.is_integer() {
            definition = definition.integer();
            cost += share * hashed(columns.len() + attempt * ANOTHER_HASH);
        }
        let added = variables.add(definition);
        objective.add_mul(cost, added);
        columns.push(added);
    }
    let one = variables.add(variable().min(1.0).max(1.0));
    objective.add_mul(units.constant_cost(), one);
    let mut linear = variables.minimise(objective).using(good_lp::microlp);
    for row in &model.rows {
        let mut left = Expression::with_capacity(row.terms.len());
        if row.is_equality() {
            for &(column, coefficient) in &row.terms {
                left.add_mul(coefficient as f64, columns[column as usize]);
            }
            linear.add_constraint(left.eq(row.right as f64));
        } else {
            let largest = row.terms.iter().map(|term| term.1.abs()).max().unwrap_or(1);
            let scale = shrinking(largest as f64, LARGEST_LEVEL_COEFFICIENT);
            for &(column, coefficient) in &row.terms {
                left.add_mul(coefficient as f64 * scale, columns[column as usize]);
            }
            let slack = LEVEL_SLACK.min(0.25 * scale);
            linear.add_constraint(left.leq(row.right as f64 * scale + slack));
        }
    }
    // microlp numbers its variables in the order in which good_lp adds them, but hands out no
    // handle to them: an identical list of additions on an empty problem gives the same ones.
    let mut mirror = Problem::new(microlp::OptimizationDirection::Minimize);
    let handles = (0..model.columns.len())
        .map(|_| mirror.add_var(0.0, (0.0, 0.0)))
        .collect();
    (linear.as_inner().clone(), handles)
}
