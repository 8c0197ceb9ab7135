//! Whether the hard limits can hold at all, and at what least cost, as programs that are as small as
//! the question.

use std::collections::BTreeMap;

use super::{
    AgentIndex, Counter, CounterIndex, Hinge, OptionIndex, Point, Program, ProgramBuilder,
};

/// What an option adds to limited counters.
type Addition = Vec<(CounterIndex, i64)>;

/// Which limits of a counter may be missed, at a cost of one for each unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Give {
    /// The lower one.
    pub(crate) below: bool,
    /// The upper one.
    pub(crate) above: bool,
    /// Whether what the counter costs at the first level is a cost too, and the counter is there even
    /// without a limit.
    pub(crate) costs: bool,
}

impl Give {
    /// A counter of which these limits are costs of the first level.
    fn of(self, counter: &Counter) -> Counter {
        let mut given = counter.clone();
        given.hinges.retain(|hinge| self.costs && hinge.level == 0);
        let mut hinge = |at: i64, below: i64, above: i64| {
            given.hinges.push(Hinge {
                level: 0,
                at,
                below,
                above,
            });
        };
        if let Some(at) = counter.lower.filter(|_| self.below) {
            hinge(at, 1, 0);
            given.lower = None;
        }
        if let Some(at) = counter.upper.filter(|_| self.above) {
            hinge(at, 0, 1);
            given.upper = None;
        }
        given
    }
}

/// A program that is as small as a question.
#[derive(Debug)]
pub(crate) struct Condensed {
    /// The program.
    pub(crate) program: Program,
    /// What each of its counters was before.
    pub(crate) kept: Vec<CounterIndex>,
    /// What each option adds to its counters and costs, where options are priced: a program drops what
    /// one agent alone adds to a counter and makes it a cost.
    additions: Vec<(Addition, i64)>,
    /// Of whom each agent stands, where options are priced.
    members: Vec<Vec<AgentIndex>>,
}

impl Condensed {
    /// The values of its counters at a point.
    pub(crate) fn values(&self, point: &Point) -> Vec<i64> {
        let counters = self.program.counters().iter();
        let mut values: Vec<i64> = counters.map(|counter| counter.offset).collect();
        for (option, uses) in point.taken() {
            for &(counter, amount) in &self.additions[option.0 as usize].0 {
                values[counter.0 as usize] += amount * i64::from(uses);
            }
        }
        values
    }

    /// A point of the program that was condensed at the same prices, with the same values: of agents
    /// that are one here, the first take the first options.
    pub(crate) fn expanded(
        &self,
        whole: &Program,
        cost: impl Fn(OptionIndex) -> i64,
        point: &Point,
    ) -> Point {
        let mut places = vec![None; whole.counters().len()];
        for (held, place) in self.kept.iter().zip(self.program.counter_indices()) {
            places[held.0 as usize] = Some(place);
        }
        let mut uses = vec![0; whole.options().len()];
        for (agent, members) in self.program.agent_indices().zip(&self.members) {
            let options = self.program.options_of(agent);
            let mut left: Vec<(OptionIndex, u32)> = options
                .map(|option| (option, point.uses(option)))
                .filter(|&(_, count)| count > 0)
                .collect();
            left.reverse();
            for &member in members {
                let mut wanted = whole.agent(member).multiplicity;
                while let Some((option, count)) = left.last_mut().filter(|_| wanted > 0) {
                    let (addition, price) = &self.additions[option.0 as usize];
                    let taken = wanted.min(*count);
                    let same = |held: &OptionIndex| {
                        cost(*held) == *price
                            && whole.adds(*held, &places).eq(addition.iter().copied())
                    };
                    if let Some(held) = whole.options_of(member).find(same) {
                        uses[held.0 as usize] += taken;
                    }
                    wanted -= taken;
                    *count -= taken;
                    if *count == 0 {
                        left.pop();
                    }
                }
            }
        }
        Point::new(uses)
    }
}

impl Program {
    /// A program without levels that has a point if and only if this one has. Counters without a
    /// limit are gone, options of an agent that add the same to all others are one, and agents with
    /// the same options are one agent of their number. Only counters that `hold` are limited.
    pub(crate) fn limits_alone(&self, hold: impl Fn(CounterIndex) -> bool) -> Condensed {
        self.condensed(0, |_| 0, |counter| hold(counter).then(Give::default))
    }

    /// The same with one level: what options cost, and by how much limits are missed that give way.
    pub(crate) fn limits_priced(
        &self,
        cost: impl Fn(OptionIndex) -> i64,
        give: impl Fn(CounterIndex) -> Give,
    ) -> Condensed {
        self.condensed(1, cost, |counter| Some(give(counter)))
    }

    /// The same where nothing but counters cost, and only those are there that are said to give in some
    /// way or in none.
    pub(crate) fn limits_costing(&self, give: impl Fn(CounterIndex) -> Option<Give>) -> Condensed {
        self.condensed(1, |_| 0, give)
    }

    /// What an option adds to counters that have another place.
    fn adds<'a>(
        &'a self,
        option: OptionIndex,
        places: &'a [Option<CounterIndex>],
    ) -> impl Iterator<Item = (CounterIndex, i64)> + 'a {
        let held = self.contributions(option).iter();
        held.filter_map(|held| Some((places[held.counter.0 as usize]?, held.amount)))
    }

    fn condensed(
        &self,
        levels: usize,
        cost: impl Fn(OptionIndex) -> i64,
        give: impl Fn(CounterIndex) -> Option<Give>,
    ) -> Condensed {
        let mut builder = ProgramBuilder::new(levels);
        let mut kept = Vec::new();
        let mut places: Vec<Option<CounterIndex>> = Vec::with_capacity(self.counters().len());
        for (counter, index) in self.counters().iter().zip(self.counter_indices()) {
            let limited = counter.lower.is_some() || counter.upper.is_some();
            let give = give(index).filter(|give| limited || give.costs);
            places.push(give.map(|give| {
                kept.push(index);
                builder.add_counter(give.of(counter))
            }));
        }
        let addition = |option: OptionIndex| -> Addition { self.adds(option, &places).collect() };
        let mut kinds: BTreeMap<Vec<(Addition, i64)>, Vec<AgentIndex>> = BTreeMap::new();
        for agent in self.agent_indices() {
            let options = self.options_of(agent);
            let mut additions: Vec<(Addition, i64)> = options
                .map(|option| (addition(option), cost(option)))
                .collect();
            additions.sort_unstable();
            // Of those that add the same, the cheapest.
            additions.dedup_by(|other, one| other.0 == one.0);
            kinds.entry(additions).or_default().push(agent);
        }
        let (mut all, mut members) = (Vec::new(), Vec::new());
        for (additions, agents) in kinds {
            let each = agents.iter().map(|&agent| self.agent(agent).multiplicity);
            builder.add_agent("", each.sum());
            for (addition, cost) in additions {
                builder.add_option("", &[cost][..levels], &addition);
                if levels > 0 {
                    all.push((addition, cost));
                }
            }
            members.push(agents);
        }
        Condensed {
            program: builder.finish(),
            kept,
            additions: all,
            members,
        }
    }
}
