//! What is left of a program: the options and counter values that no proof has ruled out.

use crate::program::{OptionIndex, Point, Program, Steps, greatest_common_divisor};

/// Convex function of a counter's unit steps over the range that is left, in scaled cost units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Curve {
    /// First number of steps.
    pub(super) low: i64,
    /// Cost there.
    pub(super) base: i128,
    /// (number of unit steps, slope of each), slopes not falling.
    pub(super) pieces: Vec<(i64, i64)>,
}

impl Curve {
    /// Last number of steps.
    pub(super) fn high(&self) -> i64 {
        self.low + self.pieces.iter().map(|piece| piece.0).sum::<i64>()
    }

    /// Cost at a number of steps inside the range.
    pub(super) fn at(&self, steps: i64) -> i128 {
        let mut left = steps - self.low;
        let mut value = self.base;
        for &(width, slope) in &self.pieces {
            let part = left.min(width);
            value += i128::from(part) * i128::from(slope);
            left -= part;
        }
        value
    }

    /// The range on which curve − price × steps is least, and its least value, both with steps
    /// counted from zero.
    pub(super) fn conjugate(&self, price: i64) -> (i64, i64, i128) {
        let (mut first, mut last) = (self.low, self.low);
        let mut value = self.base - i128::from(price) * i128::from(self.low);
        for &(width, slope) in &self.pieces {
            if slope > price {
                break;
            }
            last += width;
            if slope < price {
                first = last;
                value += i128::from(width) * (i128::from(slope) - i128::from(price));
            }
        }
        (first, last, value)
    }

    /// The same curve over a part of its range.
    pub(super) fn clip(&self, low: i64, high: i64) -> Self {
        let mut clipped = Self {
            low,
            base: self.at(low),
            pieces: Vec::new(),
        };
        let mut at = self.low;
        for &(width, slope) in &self.pieces {
            let part = (at + width).min(high) - at.max(low);
            if part > 0 {
                clipped.pieces.push((part, slope));
            }
            at += width;
        }
        clipped
    }
}

/// The costs of one level on a face, scaled so that prices can be integers and still fine.
#[derive(Debug, Clone)]
pub(super) struct Objective {
    /// Cost of each option of the program.
    pub(super) options: Vec<i64>,
    /// Cost of each counter, over its range on the face.
    pub(super) curves: Vec<Curve>,
    /// What is left when nothing else costs.
    pub(super) constant: i128,
}

impl Objective {
    /// Values of points differ by multiples of it, in unscaled cost.
    pub(super) fn unit(&self, face: &Face, scale: i64) -> i64 {
        let mut unit = 0;
        let program = face.layout.program;
        for agent in program.agent_indices() {
            let mut first = None;
            for option in program.options_of(agent) {
                if face.alive[option.0 as usize] {
                    let cost = self.options[option.0 as usize];
                    unit = greatest_common_divisor(unit, cost - *first.get_or_insert(cost));
                }
            }
        }
        for curve in &self.curves {
            for piece in &curve.pieces {
                unit = greatest_common_divisor(unit, piece.1);
            }
        }
        (unit / scale).max(1)
    }

    /// Adds a multiple of another level, to choose among equals.
    pub(super) fn add(&mut self, other: &Self, times: i64) {
        self.constant += other.constant * i128::from(times);
        for (cost, more) in self.options.iter_mut().zip(&other.options) {
            *cost += more * times;
        }
        for (curve, more) in self.curves.iter_mut().zip(&other.curves) {
            curve.base += more.base * i128::from(times);
            for (piece, more) in curve.pieces.iter_mut().zip(&more.pieces) {
                piece.1 += more.1 * times;
            }
        }
    }
}

/// The row "the losses of an earlier level fit into its gap", or of a part of it.
///
/// An earlier level's value is bound + losses; keeping it is keeping the sum of losses within
/// value − bound. Written so, the row is measured against what is left and prices of a later
/// level need not carry those of the earlier ones. Where the gap is known to lie in a few knots,
/// each has a row of its own and everything else has none.
#[derive(Debug, Clone)]
pub(super) struct Budget {
    /// Options with the loss of one use, in parts of [`BUDGET`], rounded down; ascending.
    pub(super) options: Vec<(u32, i64)>,
    /// Counters with their losses over the range that is left, likewise; ascending.
    pub(super) curves: Vec<(u32, Curve)>,
}

/// The right-hand side of a [`Budget`].
pub(super) const BUDGET: i64 = 1 << 20;

/// A program laid out for the engine: what options add, in unit steps.
#[derive(Debug, Clone)]
pub(super) struct Layout<'a> {
    pub(super) program: &'a Program,
    pub(super) steps: &'a [Steps],
    /// Steps of each counter when every agent adds the least that all its options add.
    pub(super) zero: Vec<i64>,
    starts: Vec<u32>,
    held: Vec<(u32, i64)>,
}

impl<'a> Layout<'a> {
    pub(super) fn new(program: &'a Program, steps: &'a [Steps]) -> Self {
        let mut base: Vec<i64> = program.counters().iter().map(|held| held.offset).collect();
        let mut layout = Self {
            program,
            steps,
            zero: Vec::new(),
            starts: vec![0],
            held: Vec::new(),
        };
        // (options that mention the counter, least amount), valid while the stamp is the agent's.
        let mut known = vec![(u32::MAX, 0, 0); base.len()];
        for agent in program.agent_indices() {
            let options = program.agent(agent).options.len();
            for option in program.options_of(agent) {
                for held in program.contributions(option) {
                    let entry = &mut known[held.counter.0 as usize];
                    if entry.0 != agent.0 {
                        *entry = (agent.0, 0, held.amount);
                    }
                    entry.1 += 1;
                    entry.2 = entry.2.min(held.amount);
                }
            }
            let common = |counter: usize| {
                let (_, mentions, least) = known[counter];
                if mentions == options { least } else { 0 }
            };
            let first = program.agent(agent).options.start;
            for held in program.contributions(OptionIndex(first)) {
                base[held.counter.0 as usize] +=
                    common(held.counter.0 as usize) * i64::from(program.agent(agent).multiplicity);
            }
            for option in program.options_of(agent) {
                for held in program.contributions(option) {
                    let counter = held.counter.0 as usize;
                    let units = (held.amount - common(counter)) / steps[counter].lattice;
                    if units != 0 {
                        layout.held.push((held.counter.0, units));
                    }
                }
                layout.starts.push(layout.held.len() as u32);
            }
        }
        layout.zero = base
            .iter()
            .zip(steps)
            .map(|(base, steps)| (base - steps.start) / steps.lattice)
            .collect();
        layout
    }

    /// What one use of an option adds: counters and unit steps, beyond what all options of its
    /// agent add.
    pub(super) fn held(&self, option: OptionIndex) -> &[(u32, i64)] {
        let position = option.0 as usize;
        &self.held[self.starts[position] as usize..self.starts[position + 1] as usize]
    }

    /// Steps of every counter at a point.
    pub(super) fn counts(&self, point: &Point) -> Vec<i64> {
        let mut counts = self.zero.clone();
        for (option, uses) in point.taken() {
            for &(counter, units) in self.held(option) {
                counts[counter as usize] += units * i64::from(uses);
            }
        }
        counts
    }
}

/// A program with the options and counter values that are left.
#[derive(Debug, Clone)]
pub(super) struct Face<'a> {
    pub(super) layout: &'a Layout<'a>,
    /// Whether an option is left.
    pub(super) alive: Vec<bool>,
    /// First and last number of steps of each counter.
    pub(super) ranges: Vec<(i64, i64)>,
    /// Rows that keep earlier levels which are not closed exactly.
    pub(super) budgets: Vec<Budget>,
    /// Values that the earlier levels keep.
    pub(super) limits: Vec<i64>,
}

impl<'a> Face<'a> {
    /// The whole program.
    pub(super) fn whole(layout: &'a Layout<'a>) -> Self {
        let ranges = layout
            .steps
            .iter()
            .map(|steps| (0, steps.steps.iter().map(|step| step.width).sum()))
            .collect();
        Self {
            layout,
            alive: vec![true; layout.program.options().len()],
            ranges,
            budgets: Vec::new(),
            limits: Vec::new(),
        }
    }

    /// The costs of a level, each multiplied by `scale`.
    pub(super) fn objective(&self, level: usize, scale: i64) -> Objective {
        let options = self
            .layout
            .program
            .option_indices()
            .map(|option| self.layout.program.cost(option, level) * scale)
            .collect();
        let curves = self
            .layout
            .steps
            .iter()
            .zip(&self.ranges)
            .map(|(steps, &(low, high))| {
                Curve {
                    low: 0,
                    base: i128::from(steps.start_costs[level]) * i128::from(scale),
                    pieces: steps
                        .steps
                        .iter()
                        .map(|step| (step.width, step.slopes[level] * scale))
                        .collect(),
                }
                .clip(low, high)
            })
            .collect();
        Objective {
            options,
            curves,
            constant: i128::from(self.layout.program.constant(level)) * i128::from(scale),
        }
    }

    /// Options that are left.
    pub(super) fn alive_options(&self) -> impl Iterator<Item = OptionIndex> + '_ {
        self.layout
            .program
            .option_indices()
            .filter(|option| self.alive[option.0 as usize])
    }

    /// The most steps that one use of an option adds to all counters together.
    pub(super) fn most_held(&self) -> i64 {
        let held = |option| self.layout.held(option).iter();
        self.alive_options()
            .map(|option| held(option).map(|held| held.1.abs()).sum())
            .max()
            .unwrap_or(0)
    }

    /// Whether a point takes only options that are left and keeps all counters in range.
    pub(super) fn contains(&self, point: &Point) -> bool {
        point
            .taken()
            .all(|(option, _)| self.alive[option.0 as usize])
            && self
                .layout
                .counts(point)
                .iter()
                .zip(&self.ranges)
                .all(|(count, range)| (range.0..=range.1).contains(count))
    }

    /// The scaled value of a point of the face.
    pub(super) fn value(&self, objective: &Objective, point: &Point) -> i128 {
        let options: i128 = point
            .taken()
            .map(|(option, uses)| {
                i128::from(objective.options[option.0 as usize]) * i128::from(uses)
            })
            .sum();
        let counters: i128 = objective
            .curves
            .iter()
            .zip(self.layout.counts(point))
            .map(|(curve, count)| curve.at(count))
            .sum();
        objective.constant + options + counters
    }

    /// Whether a point keeps the values of the earlier levels.
    pub(super) fn keeps_levels(&self, point: &Point) -> bool {
        let levels = self.layout.program.level_values(point);
        levels
            .iter()
            .zip(&self.limits)
            .all(|(value, limit)| value <= limit)
    }
}
