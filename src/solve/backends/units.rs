//! Between a model's integers and a solver's floating point numbers.

use crate::program::LinearModel;

/// How a solver's objective and the model's stand to each other.
pub(super) struct Units {
    constant: i64,
    unchangeable: i64,
    /// Objective values at whole points differ by multiples of it.
    unit: i64,
    /// The solver's objective for each unit of the model's: a power of two, at most one.
    pub(super) scale: f64,
}

impl Units {
    /// The units in which no cost that the solver sees is above a limit.
    pub(super) fn new(model: &LinearModel, largest_cost: f64) -> Self {
        let unit = model.objective_unit();
        let largest = model
            .columns
            .iter()
            .map(|column| column.objective.abs() / unit)
            .max()
            .unwrap_or(0);
        Self {
            constant: model.constant,
            unchangeable: model.unchangeable,
            unit,
            scale: shrinking(largest as f64, largest_cost),
        }
    }

    /// A coefficient of the objective as the solver sees it.
    pub(super) fn cost(&self, objective: i64) -> f64 {
        (objective / self.unit) as f64 * self.scale
    }

    /// A value of the objective as the solver sees it: without what nothing changes.
    pub(super) fn changeable(&self, value: i64) -> f64 {
        (value - self.unchangeable) as f64 / self.unit as f64 * self.scale
    }

    /// The cost of a column fixed at one that carries the constant, which solvers drop: with it a
    /// relative gap of theirs is ours, measured on the changeable part.
    pub(super) fn constant_cost(&self) -> f64 {
        self.changeable(self.constant)
    }

    /// The next value that whole points can have, from a bound in the solver's numbers that is
    /// already lowered by what it may claim too much.
    pub(super) fn whole_bound(&self, bound: f64) -> i64 {
        let shift = (self.constant - self.unchangeable) as f64 / self.unit as f64;
        let units = bound / self.scale - shift;
        // The float of the shift may itself be off by an ulp.
        let careful = units - shift.abs() * f64::EPSILON;
        self.constant + self.unit * (careful.ceil() as i64)
    }
}

/// Power of two that brings the largest of some magnitudes below a limit; at most one.
pub(super) fn shrinking(largest: f64, limit: f64) -> f64 {
    if largest <= limit {
        1.0
    } else {
        2.0_f64.powi(-((largest / limit).log2().ceil() as i32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_powers_of_two_and_never_grow_numbers() {
        assert!((shrinking(3.0, 1024.0) - 1.0).abs() < f64::EPSILON);
        assert!((shrinking(2048.0, 1024.0) - 0.5).abs() < f64::EPSILON);
        assert!(shrinking(1e9, 1024.0) * 1e9 <= 1024.0);
    }
}
