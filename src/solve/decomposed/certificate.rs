//! The proof: any prices of the counters give a lower bound, in integers, trusting no solver.
//!
//! With prices p the program falls apart: every agent takes the options cheapest under
//! cost + Σ p · amount, and every counter goes where its own cost − p · steps is least. The sum of
//! these minima is never above the value of a point. What a point loses against them is counted
//! option by option and counter by counter, so whatever loses more than value − bound by itself is
//! in no better point.

use std::borrow::Cow;

use super::face::{BUDGET, Budget, Curve, Face, Objective};

/// Prices of everything that ties the agents together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Prices {
    /// Price of a unit step of each counter.
    pub(super) counters: Vec<i64>,
    /// Price of each budget, not negative.
    pub(super) budgets: Vec<i64>,
}

/// A proven bound, and what everything loses against it.
#[derive(Debug, Clone)]
pub(super) struct Certificate {
    /// No point of the face costs less, in scaled units.
    pub(super) bound: i128,
    /// Loss of one use of each option that is left; zero for the others.
    pub(super) options: Vec<i64>,
    /// Loss of each counter over its range.
    pub(super) curves: Vec<Curve>,
}

/// The objective with the budgets priced in.
pub(super) fn with_budgets(face: &Face, objective: &Objective, prices: &[i64]) -> Objective {
    let mut combined = objective.clone();
    for (budget, &price) in face.budgets.iter().zip(prices) {
        if price == 0 {
            continue;
        }
        combined.constant -= i128::from(price);
        for &(option, loss) in &budget.options {
            combined.options[option as usize] += budget_share(price, loss);
        }
        for (counter, losses) in &budget.curves {
            combined.curves[*counter as usize].add_share(price, losses);
        }
    }
    combined
}

/// price × loss ÷ [`BUDGET`], rounded down: a bound may only become weaker.
pub(super) fn budget_share(price: i64, loss: i64) -> i64 {
    ((i128::from(price) * i128::from(loss)) >> BUDGET.trailing_zeros()) as i64
}

/// Evaluates prices on a face.
pub(super) fn certify(face: &Face, objective: &Objective, prices: &Prices) -> Certificate {
    let program = face.layout.program;
    let combined = if prices.budgets.iter().any(|&price| price != 0) {
        Cow::Owned(with_budgets(face, objective, &prices.budgets))
    } else {
        Cow::Borrowed(objective)
    };
    let mut bound = combined.constant;
    let mut options = vec![0; program.options().len()];
    for option in face.alive_options() {
        options[option.0 as usize] = combined.options[option.0 as usize]
            + face
                .layout
                .held(option)
                .iter()
                .map(|&(counter, units)| prices.counters[counter as usize] * units)
                .sum::<i64>();
    }
    for agent in program.agent_indices() {
        let alive = |option: &crate::program::OptionIndex| face.alive[option.0 as usize];
        let least = program
            .options_of(agent)
            .filter(alive)
            .map(|option| options[option.0 as usize])
            .min()
            .expect("a face keeps the options of its point");
        bound += i128::from(least) * i128::from(program.agent(agent).multiplicity);
        for option in program.options_of(agent).filter(alive) {
            options[option.0 as usize] -= least;
        }
    }
    let mut curves = match combined {
        Cow::Owned(combined) => combined.curves,
        Cow::Borrowed(objective) => objective.curves.clone(),
    };
    for (position, curve) in curves.iter_mut().enumerate() {
        let price = prices.counters[position];
        let (_, _, least) = curve.conjugate(price);
        bound += least + i128::from(price) * i128::from(face.layout.zero[position]);
        curve.base -= i128::from(price) * i128::from(curve.low) + least;
        for piece in &mut curve.pieces {
            piece.1 -= price;
        }
    }
    Certificate {
        bound,
        options,
        curves,
    }
}

impl Certificate {
    /// The loss up to which so many options of the face take part in something.
    pub(super) fn loss_limit(&self, face: &Face, count: usize) -> i64 {
        let alive = face.alive_options();
        let mut losses: Vec<i64> = alive
            .map(|option| self.options[option.0 as usize])
            .collect();
        if count < losses.len() {
            *losses.select_nth_unstable(count).1
        } else {
            i64::MAX
        }
    }
}

impl Face<'_> {
    /// Drops what loses more by itself than the gap of its agent or counter.
    pub(super) fn shrink(
        &mut self,
        certificate: &Certificate,
        agent_gap: impl Fn(usize) -> i128,
        counter_gap: impl Fn(usize) -> i128,
    ) {
        let options = self.layout.program.options();
        for ((alive, &loss), option) in self.alive.iter_mut().zip(&certificate.options).zip(options)
        {
            *alive &= i128::from(loss) <= agent_gap(option.agent.0 as usize);
        }
        for (position, (range, losses)) in
            self.ranges.iter_mut().zip(&certificate.curves).enumerate()
        {
            *range = losses.within(counter_gap(position));
        }
        for budget in &mut self.budgets {
            for (counter, curve) in &mut budget.curves {
                let range = self.ranges[*counter as usize];
                *curve = curve.clip(range.0, range.1);
            }
            budget.options.retain(|held| self.alive[held.0 as usize]);
        }
    }

    /// Keeps a level at its value for all that follows: the losses of these options and counters
    /// must fit into this gap.
    pub(super) fn hold(
        &mut self,
        certificate: &Certificate,
        gap: i128,
        options: impl Iterator<Item = u32>,
        counters: impl Iterator<Item = u32>,
    ) {
        let part = |loss: i128| (loss * i128::from(BUDGET)).div_euclid(gap);
        let options = options
            .filter(|&option| self.alive[option as usize])
            .map(|option| {
                let loss = certificate.options[option as usize];
                (option, part(loss.into()) as i64)
            })
            .filter(|held| held.1 != 0)
            .collect();
        let curves = counters
            .map(|counter| {
                let range = self.ranges[counter as usize];
                let mut curve = certificate.curves[counter as usize].clip(range.0, range.1);
                curve.base = part(curve.base);
                for piece in &mut curve.pieces {
                    piece.1 = part(piece.1.into()) as i64;
                }
                (counter, curve)
            })
            .filter(|(_, curve)| curve.base != 0 || curve.pieces.iter().any(|piece| piece.1 != 0))
            .collect();
        self.budgets.push(Budget { options, curves });
    }
}

impl Curve {
    /// Adds price × losses ÷ [`BUDGET`], rounded down.
    pub(super) fn add_share(&mut self, price: i64, losses: &Self) {
        self.base += (i128::from(price) * losses.base).div_euclid(i128::from(BUDGET));
        debug_assert_eq!(
            self.pieces.len(),
            losses.pieces.len(),
            "same steps, same range"
        );
        for (piece, loss) in self.pieces.iter_mut().zip(&losses.pieces) {
            piece.1 += budget_share(price, loss.1);
        }
    }

    /// Takes off again what [`Curve::add_share`] added.
    pub(super) fn take_share(&mut self, price: i64, losses: &Self) {
        self.base -= (i128::from(price) * losses.base).div_euclid(i128::from(BUDGET));
        for (piece, loss) in self.pieces.iter_mut().zip(&losses.pieces) {
            piece.1 -= budget_share(price, loss.1);
        }
    }

    /// First and last number of steps whose loss is at most `gap`.
    fn within(&self, gap: i128) -> (i64, i64) {
        let (mut low, mut high) = (None, self.low);
        let (mut at, mut value) = (self.low, self.base);
        if value <= gap {
            low = Some(at);
        }
        for &(width, slope) in &self.pieces {
            let (end, end_value) = (at + width, value + i128::from(width) * i128::from(slope));
            if low.is_none() && end_value <= gap {
                // Falling: the first step at which the loss has come down to the gap.
                let slope = i128::from(-slope);
                low = Some(at + ((value - gap + slope - 1) / slope) as i64);
            }
            if low.is_some() {
                if end_value <= gap {
                    high = end;
                } else if value <= gap {
                    high = at + ((gap - value) / i128::from(slope)) as i64;
                }
            }
            (at, value) = (end, end_value);
        }
        let low = low.expect("the least loss is zero");
        (low, high.max(low))
    }
}
