//! HiGHS, for cross-checks: another solver, by other people, on the same models.
//!
//! good_lp builds the model; what it does not pass on (a bound, a start, options) is reached through
//! the HiGHS model inside.

use std::time::Duration;

use good_lp::solvers::highs::HighsProblem;
use good_lp::{Expression, ProblemVariables, SolverModel, variable};
use highs::{HighsModelStatus, HighsSolutionStatus, Model, SolvedModel};

use super::units::{Units, shrinking};
use super::{CallLimits, Claim, End};
use crate::program::{Column, ColumnRole, LinearModel, Point, RowRole};

/// Largest coefficient that HiGHS sees in the objective and in level rows: it scales by itself, but
/// warns of numbers that are larger.
const LARGEST_COEFFICIENT: f64 = 1_048_576.0;

/// How far integers and rows may be off. At HiGHS' own 1e-6, points that are not whole could meet
/// rows with coefficients in the thousands.
const FEASIBILITY: f64 = 1e-9;

/// How far below the best value HiGHS may stop looking, in the objective's unit. Whole points differ
/// by units, so below one nothing is lost.
const ABSOLUTE_GAP: f64 = 0.8;

/// What a bound may claim too much for each unit that a column can move: HiGHS' tolerance on
/// reduced costs.
const COLUMN_TOLERANCE: f64 = 1e-7;

/// The least and the most of that over all columns; the least is also what HiGHS itself allows
/// when it rounds a bound up. With [`ABSOLUTE_GAP`] it stays below a unit.
const BOUND_TOLERANCE: (f64, f64) = (1e-6, 1e-2);

/// What a bound may claim too much relative to itself: the rounding of its sum.
const SUM_TOLERANCE: f64 = 1e-11;

/// What HiGHS is given less of the time that is left, at most: it looks at its clock between steps,
/// and what it says after the deadline is lost.
const TIME_TO_STOP: Duration = Duration::from_secs(1);

/// A model in HiGHS' terms, owned, ready for a thread.
pub(super) struct Job {
    problem: HighsProblem,
    start: Option<Vec<f64>>,
    limits: CallLimits,
    translation: Translation,
}

/// From HiGHS' numbers back to the model's.
struct Translation {
    /// Whether each column of the model is whole.
    integer: Vec<bool>,
    units: Units,
    /// What a bound may claim too much.
    tolerance: f64,
}

impl Job {
    pub(super) fn new(model: &LinearModel, start: Option<&Point>, limits: CallLimits) -> Self {
        let units = Units::new(model, LARGEST_COEFFICIENT);
        let moves: f64 = model
            .columns
            .iter()
            .map(|column| (column.upper - column.lower) as f64)
            .sum();
        Self {
            problem: build(model, &units),
            start: start.map(|point| columns_of(model, point)),
            limits,
            translation: Translation {
                integer: model.columns.iter().map(Column::is_integer).collect(),
                units,
                tolerance: (COLUMN_TOLERANCE * moves).clamp(BOUND_TOLERANCE.0, BOUND_TOLERANCE.1),
            },
        }
    }

    /// Solves and publishes the one claim that there is.
    pub(super) fn run(self, time_limit: Option<Duration>, publish: &mut dyn FnMut(Claim)) {
        let translation = self.translation;
        let options = options(self.limits, translation.units.scale, time_limit);
        publish(
            match solved(self.problem, self.start.as_deref(), &options) {
                Ok(model) => translation.claim(&model),
                Err(reason) => Claim::ended(End::Failed(reason)),
            },
        );
    }
}

/// A value of an option.
enum Setting {
    Float(f64),
    Whole(i32),
}

fn options(
    limits: CallLimits,
    scale: f64,
    time_limit: Option<Duration>,
) -> Vec<(&'static str, Setting)> {
    let nodes = i32::try_from(limits.node_limit.max(1)).unwrap_or(i32::MAX);
    let mut options = vec![
        ("mip_rel_gap", Setting::Float(limits.target_gap)),
        ("mip_abs_gap", Setting::Float(ABSOLUTE_GAP * scale)),
        ("mip_feasibility_tolerance", Setting::Float(FEASIBILITY)),
        ("mip_max_nodes", Setting::Whole(nodes)),
        // Parts are solved side by side already; and with more threads another point of the same
        // value could come out.
        ("threads", Setting::Whole(1)),
    ];
    if let Some(limit) = time_limit {
        let less = TIME_TO_STOP.min(limit / 10);
        options.push((
            "time_limit",
            Setting::Float(limit.saturating_sub(less).as_secs_f64()),
        ));
    }
    options
}

fn solved(
    problem: HighsProblem,
    start: Option<&[f64]>,
    options: &[(&str, Setting)],
) -> Result<SolvedModel, String> {
    let mut model: Model = problem.try_into_inner().map_err(|e| e.to_string())?;
    for (name, value) in options {
        match *value {
            Setting::Float(value) => model.try_set_option(*name, value),
            Setting::Whole(value) => model.try_set_option(*name, value),
        }
        .map_err(|_| format!("HiGHS knows no option {name}"))?;
    }
    if start.is_some() {
        // A start that HiGHS does not like is no harm: whoever asked keeps it.
        let _ = model.try_set_solution(start, None, None, None);
    }
    model.try_solve().map_err(|status| format!("{status:?}"))
}

impl Translation {
    fn claim(&self, model: &SolvedModel) -> Claim {
        let end = match model.status() {
            HighsModelStatus::Optimal if model.mip_gap() > 0.0 => End::TargetGap,
            HighsModelStatus::Optimal => End::Exhausted,
            // Every column has bounds, so nothing is unbounded.
            HighsModelStatus::Infeasible | HighsModelStatus::UnboundedOrInfeasible => End::NoPoint,
            HighsModelStatus::ReachedTimeLimit | HighsModelStatus::ReachedInterrupt => {
                End::Deadline
            }
            // HiGHS' word for a limit of nodes, too.
            HighsModelStatus::ReachedSolutionLimit => End::Nodes,
            other => End::Failed(format!("HiGHS ended with {other:?}")),
        };
        if matches!(end, End::NoPoint | End::Failed(_)) {
            return Claim::ended(end);
        }
        let has_point = model.primal_solution_status() == HighsSolutionStatus::Feasible;
        Claim {
            values: has_point.then(|| self.values(model)),
            bound: self.bound(model),
            end,
        }
    }

    fn values(&self, model: &SolvedModel) -> Vec<i64> {
        let solution = model.get_solution();
        self.integer
            .iter()
            .zip(solution.columns())
            .map(|(&integer, value)| {
                if integer {
                    value.round() as i64
                } else {
                    value.floor() as i64
                }
            })
            .collect()
    }

    /// The dual bound that HiGHS itself states. Nodes that it leaves alone because they are within
    /// the gaps stay in its queue and count in it.
    fn bound(&self, model: &SolvedModel) -> Option<i64> {
        // Where HiGHS has nothing to say the value asked for comes back as minus one, which a bound
        // may be and a gap may not.
        let is_known = self.integer.contains(&true) && model.mip_gap() >= 0.0;
        let bound = model.double_info_value(c"mip_dual_bound").ok()?;
        (is_known && bound.is_finite()).then(|| {
            let tolerance = self.tolerance + SUM_TOLERANCE * bound.abs();
            self.units.whole_bound(bound - tolerance)
        })
    }
}

/// The columns at a point: steps of a counter are taken upwards, as many as it needs.
fn columns_of(model: &LinearModel, point: &Point) -> Vec<f64> {
    let mut values: Vec<i64> = model
        .columns
        .iter()
        .map(|column| match column.role {
            ColumnRole::Uses(option) => i64::from(point.uses(option)),
            ColumnRole::Steps(_) => 0,
        })
        .collect();
    for row in &model.rows {
        if !matches!(row.role, RowRole::Counter(_)) {
            continue;
        }
        let added: i64 = row
            .terms
            .iter()
            .map(|&(column, coefficient)| coefficient * values[column as usize])
            .sum();
        let mut open = added - row.right;
        for &(column, _) in &row.terms {
            let column = column as usize;
            if let ColumnRole::Steps(_) = model.columns[column].role {
                values[column] = open.clamp(0, model.columns[column].upper);
                open -= values[column];
            }
        }
    }
    let one = std::iter::once(1.0);
    values
        .iter()
        .map(|&value| value as f64)
        .chain(one)
        .collect()
}

/// Builds the problem through good_lp. A last column, fixed at one, carries the constant, so that
/// HiGHS' relative gap is ours: measured on the changeable part.
fn build(model: &LinearModel, units: &Units) -> HighsProblem {
    let mut variables = ProblemVariables::new();
    let mut objective = Expression::with_capacity(model.columns.len() + 1);
    let mut columns = Vec::with_capacity(model.columns.len());
    for column in &model.columns {
        let mut definition = variable().min(column.lower as f64).max(column.upper as f64);
        if column.is_integer() {
            definition = definition.integer();
        }
        let added = variables.add(definition);
        objective.add_mul(units.cost(column.objective), added);
        columns.push(added);
    }
    let one = variables.add(variable().min(1.0).max(1.0));
    objective.add_mul(units.constant_cost(), one);
    let mut linear = variables.minimise(objective).using(good_lp::highs);
    for row in &model.rows {
        let scale = if row.is_equality() {
            1.0
        } else {
            let largest = row.terms.iter().map(|term| term.1.abs()).max().unwrap_or(1);
            shrinking(largest as f64, LARGEST_COEFFICIENT)
        };
        let mut left = Expression::with_capacity(row.terms.len());
        for &(column, coefficient) in &row.terms {
            left.add_mul(coefficient as f64 * scale, columns[column as usize]);
        }
        let right = row.right as f64 * scale;
        linear.add_constraint(if row.is_equality() {
            left.eq(right)
        } else {
            left.leq(right)
        });
    }
    linear
}
