//! A part of the program as a program of its own: losses as costs, budgets as earlier levels.

use std::collections::{BTreeMap, BTreeSet};

use super::Tangle;
use super::parts::Part;
use crate::program::{
    AgentIndex, Counter, CounterIndex, Hinge, OptionIndex, Program, ProgramBuilder,
};
use crate::solve::decomposed::certificate::budget_share;
use crate::solve::decomposed::face::Curve;

/// A part as a program of its own. Its last level counts losses in grains, rounded down; the
/// levels before it count what the budgets take.
pub(super) struct Small {
    pub(super) program: Program,
    /// The option that each option stands for.
    pub(super) options: Vec<OptionIndex>,
    /// The most that choices other than the flow's cost beyond their losses.
    pub(super) preferences: i64,
}

/// What an option adds to exact counters, and what it takes of exact budgets.
type Effect = (Vec<(CounterIndex, i64)>, Vec<i64>);

struct Builder<'a> {
    tangle: &'a Tangle<'a, 'a>,
    part: &'a Part,
    program: ProgramBuilder,
    places: BTreeMap<u32, CounterIndex>,
    /// By option: place among the part's budgets, and the share that one use takes.
    shares: BTreeMap<u32, Vec<(usize, i64)>>,
    options: Vec<OptionIndex>,
    preferences: i64,
}

/// Builds the program of a part; among equals it prefers what `preferred` uses.
pub(super) fn small(tangle: &Tangle<'_, '_>, part: &Part, preferred: &[u32]) -> Small {
    let mut builder = Builder {
        tangle,
        part,
        program: ProgramBuilder::new(part.budgets.len() + 1),
        places: BTreeMap::new(),
        shares: BTreeMap::new(),
        options: Vec::new(),
        preferences: 0,
    };
    builder.add_counters();
    for &agent in &part.agents {
        builder.add_agent(AgentIndex(agent), preferred);
    }
    Small {
        program: builder.program.finish(),
        options: builder.options,
        preferences: builder.preferences,
    }
}

impl Builder<'_> {
    fn add_counters(&mut self) {
        let (face, level) = (self.tangle.face, self.part.budgets.len());
        let mut curves: BTreeMap<u32, Vec<(usize, &Curve)>> = BTreeMap::new();
        for (place, &budget) in self.part.budgets.iter().enumerate() {
            let constant = self.tangle.price(budget) / self.tangle.grain;
            self.program.add_constant(level, constant);
            let held = &face.budgets[budget as usize];
            for &(option, loss) in &held.options {
                self.shares.entry(option).or_default().push((place, loss));
            }
            for (counter, curve) in &held.curves {
                curves.entry(*counter).or_default().push((place, curve));
            }
        }
        let offsets = self.offsets();
        for &counter in &self.part.counters {
            let position = counter as usize;
            let (low, high) = face.ranges[position];
            let mut held = Counter {
                label: String::new(),
                in_flow: false,
                offset: offsets[position],
                lower: Some(low),
                upper: Some(high),
                hinges: Vec::new(),
            };
            let mut losses = self.tangle.certificate.curves[position].clip(low, high);
            for &(place, curve) in curves.get(&counter).into_iter().flatten() {
                // Looked at exactly, a budget has no price.
                losses.take_share(self.tangle.price(self.part.budgets[place]), curve);
                let base = add_hinges(&mut held.hinges, place, curve, 1);
                self.program.add_constant(place, base);
            }
            let base = add_hinges(&mut held.hinges, level, &losses, self.tangle.grain);
            self.program.add_constant(level, base);
            self.places.insert(counter, self.program.add_counter(held));
        }
    }

    /// Steps of each counter with what those outside the part add who have no choice.
    fn offsets(&self) -> Vec<i64> {
        let (face, layout) = (self.tangle.face, self.tangle.face.layout);
        let mut offsets = layout.zero.clone();
        let inside: BTreeSet<u32> = self.part.agents.iter().copied().collect();
        for agent in layout.program.agent_indices() {
            if inside.contains(&agent.0) {
                continue;
            }
            let mut alive = layout
                .program
                .options_of(agent)
                .filter(|option| face.alive[option.0 as usize]);
            if let (Some(only), None) = (alive.next(), alive.next()) {
                let uses = i64::from(layout.program.agent(agent).multiplicity);
                for &(counter, units) in layout.held(only) {
                    offsets[counter as usize] += units * uses;
                }
            }
        }
        offsets
    }

    fn add_agent(&mut self, agent: AgentIndex, preferred: &[u32]) {
        let (face, layout) = (self.tangle.face, self.tangle.face.layout);
        // Options that differ in nothing that is exact are one, the cheapest.
        let mut kinds: BTreeMap<Effect, (i64, bool, OptionIndex)> = BTreeMap::new();
        for option in layout.program.options_of(agent) {
            if !face.alive[option.0 as usize] {
                continue;
            }
            let added = layout
                .held(option)
                .iter()
                .filter_map(|&(counter, units)| Some((*self.places.get(&counter)?, units)))
                .collect();
            let mut costs = vec![0; self.part.budgets.len()];
            let mut loss = self.tangle.certificate.options[option.0 as usize];
            for &(place, share) in self.shares.get(&option.0).into_iter().flatten() {
                costs[place] = share;
                loss -= budget_share(self.tangle.price(self.part.budgets[place]), share);
            }
            let loss = loss.div_euclid(self.tangle.grain);
            let found = (loss, preferred[option.0 as usize] == 0, option);
            let entry = kinds.entry((added, costs)).or_insert(found);
            if (found.0, found.1) < (entry.0, entry.1) {
                *entry = found;
            }
        }
        let multiplicity = layout.program.agent(agent).multiplicity;
        self.program.add_agent("", multiplicity);
        // Among equals the flow's choice, so that what is priced stays as it is there.
        self.preferences += i64::from(multiplicity);
        for ((added, mut costs), (loss, is_other, option)) in kinds {
            costs.push(loss + i64::from(is_other));
            self.program.add_option("", &costs, &added);
            self.options.push(option);
        }
    }
}

/// A curve as hinges at a level, in units of `grain`, rounded down; returns what is constant.
fn add_hinges(hinges: &mut Vec<Hinge>, level: usize, curve: &Curve, grain: i64) -> i64 {
    let mut at = curve.low;
    let mut last: Option<i64> = None;
    for &(width, slope) in &curve.pieces {
        let slope = slope.div_euclid(grain);
        let (below, above) = match last {
            None => (-slope, slope),
            Some(last) => (0, slope - last),
        };
        hinges.push(Hinge {
            level,
            at,
            below,
            above,
        });
        last = Some(slope);
        at += width;
    }
    curve.base.div_euclid(i128::from(grain)) as i64
}
