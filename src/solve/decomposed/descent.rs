//! From any choice to a point of the face, and downhill from there: one agent at a time.
//!
//! The flows on the way to good prices are nearly points: what ties people together is only
//! priced in them, so a few limits are missed. Here missed limits cost more than anything else,
//! and agent after agent takes the option that is then cheapest, until nobody gains. What comes
//! of it is a fallback before any core is asked for, and a better beginning for the cores.

use super::face::{Curve, Face, Objective};
use crate::program::{AgentIndex, OptionIndex, Point};

/// Passes over all agents at most; most descents end before.
const PASSES: usize = 12;

/// A level that the point must keep, with its exact costs.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    objective: Objective,
    limit: i128,
}

/// Agents' choices on the way down.
pub(super) struct Descent<'f> {
    face: &'f Face<'f>,
    objective: &'f Objective,
    kept: &'f [Kept],
    uses: Vec<u32>,
    counts: Vec<i64>,
    values: Vec<i128>,
    penalty: i128,
    /// Change of each counter by the switch that is weighed.
    change: Vec<(u32, i64)>,
    /// Switches made so far.
    switches: u32,
    /// By counter: the switch that changed it last.
    changed: Vec<u32>,
    /// By agent: the switches made when it was looked at last.
    looked: Vec<u32>,
}

impl Face<'_> {
    /// The earlier levels that are held by a row, not by the face itself.
    pub(super) fn kept(&self) -> Vec<Kept> {
        if self.budgets.is_empty() {
            return Vec::new();
        }
        self.limits
            .iter()
            .enumerate()
            .map(|(level, &limit)| Kept {
                objective: self.objective(level, 1),
                limit: i128::from(limit),
            })
            .collect()
    }
}

/// A point of the face near `start`, with its scaled value; `None` where the descent ends with a
/// limit missed.
pub(super) fn descend(
    face: &Face,
    objective: &Objective,
    kept: &[Kept],
    start: &Point,
) -> Option<(Point, i128)> {
    let mut descent = Descent::new(face, objective, kept, start);
    for _ in 0..PASSES {
        if !descent.pass() {
            break;
        }
    }
    let point = Point::new(descent.uses);
    (face.contains(&point) && face.keeps_levels(&point)).then(|| {
        let value = face.value(objective, &point);
        (point, value)
    })
}

impl<'f> Descent<'f> {
    fn new(face: &'f Face<'f>, objective: &'f Objective, kept: &'f [Kept], start: &Point) -> Self {
        let counts = face.layout.counts(start);
        let values = kept
            .iter()
            .map(|kept| {
                let options: i128 = start
                    .taken()
                    .map(|(option, uses)| {
                        i128::from(kept.objective.options[option.0 as usize]) * i128::from(uses)
                    })
                    .sum();
                let curves: i128 = kept
                    .objective
                    .curves
                    .iter()
                    .zip(&counts)
                    .map(|(curve, &count)| curve.near(count))
                    .sum();
                kept.objective.constant + options + curves
            })
            .collect();
        Self {
            face,
            objective,
            kept,
            uses: start.all_uses().to_vec(),
            counts,
            values,
            penalty: i128::from(objective.largest().max(1)) * 1024,
            change: Vec::new(),
            switches: 1,
            changed: vec![1; face.ranges.len()],
            looked: vec![0; face.layout.program.agents().len()],
        }
    }

    /// Lets every agent take what is cheapest for it; whether anybody changed.
    fn pass(&mut self) -> bool {
        let mut changed = false;
        for agent in self.face.layout.program.agent_indices() {
            if self.is_settled(agent) {
                continue;
            }
            changed |= self.improve(agent);
            self.looked[agent.0 as usize] = self.switches;
        }
        changed
    }

    /// Whether nothing has changed for an agent since it took what is cheapest.
    fn is_settled(&self, agent: AgentIndex) -> bool {
        let looked = self.looked[agent.0 as usize];
        // A level that is held ties everybody to everybody.
        looked > 0
            && self.kept.is_empty()
            && self.face.layout.program.options_of(agent).all(|option| {
                let held = self.face.layout.held(option).iter();
                !self.face.alive[option.0 as usize]
                    || held
                        .copied()
                        .all(|held| self.changed[held.0 as usize] <= looked)
            })
    }

    fn improve(&mut self, agent: AgentIndex) -> bool {
        let program = self.face.layout.program;
        let mut changed = false;
        // Once for each option taken; agents of many uses move one use at a time.
        for taken in program.options_of(agent) {
            while self.uses[taken.0 as usize] > 0 {
                let mut best = (0, taken);
                for other in program.options_of(agent) {
                    if other == taken || !self.face.alive[other.0 as usize] {
                        continue;
                    }
                    let difference = self.weigh(taken, other);
                    if difference < best.0 {
                        best = (difference, other);
                    }
                }
                if best.1 == taken {
                    break;
                }
                self.switch(taken, best.1);
                changed = true;
            }
        }
        changed
    }

    /// What a switch costs.
    fn weigh(&mut self, from: OptionIndex, to: OptionIndex) -> i128 {
        self.collect(from, to);
        let (from, to) = (from.0 as usize, to.0 as usize);
        let mut total =
            i128::from(self.objective.options[to]) - i128::from(self.objective.options[from]);
        for &(counter, units) in &self.change {
            let counter = counter as usize;
            let (before, after) = (self.counts[counter], self.counts[counter] + units);
            let curve = &self.objective.curves[counter];
            total += curve.near(after) - curve.near(before);
            let outside = distance(self.face.ranges[counter], after)
                - distance(self.face.ranges[counter], before);
            total += i128::from(outside) * self.penalty;
        }
        for (position, kept) in self.kept.iter().enumerate() {
            let rise = self.rise(kept, from, to);
            let excess = |value: i128| (value - kept.limit).max(0);
            let value = self.values[position];
            total += (excess(value + rise) - excess(value)) * self.penalty;
        }
        total
    }

    fn rise(&self, kept: &Kept, from: usize, to: usize) -> i128 {
        let options = &kept.objective.options;
        let mut rise = i128::from(options[to]) - i128::from(options[from]);
        for &(counter, units) in &self.change {
            let counter = counter as usize;
            let curve = &kept.objective.curves[counter];
            rise += curve.near(self.counts[counter] + units) - curve.near(self.counts[counter]);
        }
        rise
    }

    /// What the switch adds to which counters.
    fn collect(&mut self, from: OptionIndex, to: OptionIndex) {
        self.change.clear();
        let (lost, won) = (self.face.layout.held(from), self.face.layout.held(to));
        let (mut left, mut right) = (0, 0);
        while left < lost.len() || right < won.len() {
            let one = lost.get(left).map_or(u32::MAX, |held| held.0);
            let other = won.get(right).map_or(u32::MAX, |held| held.0);
            let counter = one.min(other);
            let mut units = 0;
            if one == counter {
                units -= lost[left].1;
                left += 1;
            }
            if other == counter {
                units += won[right].1;
                right += 1;
            }
            if units != 0 {
                self.change.push((counter, units));
            }
        }
    }

    fn switch(&mut self, from: OptionIndex, to: OptionIndex) {
        self.collect(from, to);
        for position in 0..self.kept.len() {
            let rise = self.rise(&self.kept[position], from.0 as usize, to.0 as usize);
            self.values[position] += rise;
        }
        self.switches += 1;
        for &(counter, units) in &self.change {
            self.counts[counter as usize] += units;
            self.changed[counter as usize] = self.switches;
        }
        self.uses[from.0 as usize] -= 1;
        self.uses[to.0 as usize] += 1;
    }
}

const fn distance((low, high): (i64, i64), count: i64) -> i64 {
    if count < low {
        low - count
    } else if count > high {
        count - high
    } else {
        0
    }
}

impl Curve {
    /// Cost at a number of steps, or at the nearest end of the range.
    pub(super) fn near(&self, steps: i64) -> i128 {
        let mut left = steps - self.low;
        let mut value = self.base;
        for &(width, slope) in &self.pieces {
            if left <= 0 {
                break;
            }
            let part = left.min(width);
            value += i128::from(part) * i128::from(slope);
            left -= part;
        }
        value
    }
}
