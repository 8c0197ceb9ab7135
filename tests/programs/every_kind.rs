//! Random programs in which every kind of counter, row and lever occurs, and costs from ties to
//! the largest that fit.

use shizi::program::{Counter, CounterIndex, Hinge, Program, ProgramBuilder};

use super::Numbers;

/// What a program has for certain; the other kinds of counters join by chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nodes of the flow with fractional needs and surpluses, many kinks.
    Needs,
    /// Rows whose amounts have common divisors, with limits and kinks beside the lattice.
    Lattices,
    /// Shares with their denominators cleared, at least, at most, between, or elastic.
    Ratios,
    /// Agents that take several options.
    Levers,
    /// Counters to which nothing adds, agents without a choice, options that add nothing.
    Empty,
    /// Rows that exclude each other, or can be met by fractions only.
    Clashes,
    /// Chains of moves that are worth something only together, under overlapping caps.
    Knots,
    /// Rows of large amounts that nearly depend on each other, met or missed by single units.
    Close,
}

/// All but the rows that nearly depend on each other.
pub(crate) const KINDS: [Kind; 7] = [
    Kind::Needs,
    Kind::Lattices,
    Kind::Ratios,
    Kind::Levers,
    Kind::Empty,
    Kind::Clashes,
    Kind::Knots,
];

/// Which costs the options and kinks have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Costs {
    /// Small ones of either sign.
    Usual,
    /// None at all.
    Zero,
    /// The same for every option, and one slope for every kink.
    Tied,
    /// Of either sign, up to this.
    UpTo(i64),
    /// Small ones beside some that are this many times larger.
    Beside(i64),
}

/// The most of everything.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) agents: i64,
    pub(crate) options: i64,
    pub(crate) posts: i64,
    pub(crate) rows: i64,
}

/// Small enough to look at every point.
pub(crate) const TINY: Size = Size {
    agents: 5,
    options: 4,
    posts: 3,
    rows: 2,
};

/// What an option adds to a row.
#[derive(Debug, Clone, Copy)]
enum Amounts {
    /// Multiples of a grain.
    Grain(i64),
    /// Counts for the share, against it, or not at all.
    Share {
        over: i64,
        under: i64,
    },
    /// Single units above or below a large number, or nothing.
    Near(i64),
    /// One or nothing.
    Count,
    Nothing,
}

struct Draft {
    numbers: Numbers,
    builder: ProgramBuilder,
    levels: i64,
    costs: Costs,
    posts: Vec<CounterIndex>,
    rows: Vec<(CounterIndex, Amounts)>,
}

/// The amount of a flow node for one person.
const PERSON: i64 = 1000;

/// A program of a kind.
pub(crate) fn program(kind: Kind, costs: Costs, size: Size, seed: u64) -> Program {
    let mut numbers = Numbers::new(seed);
    let levels = numbers.between(1, 3);
    let mut builder = ProgramBuilder::new(levels as usize);
    for level in 0..levels as usize {
        builder.add_constant(level, numbers.between(-50, 50));
    }
    let mut draft = Draft {
        numbers,
        builder,
        levels,
        costs,
        posts: Vec::new(),
        rows: Vec::new(),
    };
    if kind == Kind::Knots {
        draft.add_knots(size);
        return draft.builder.finish();
    }
    for other in KINDS {
        if other == kind || draft.numbers.chance(25) {
            draft.add_counters(other, size);
        }
    }
    draft.add_agents(kind, size);
    draft.builder.finish()
}

impl Draft {
    fn cost(&mut self) -> i64 {
        match self.costs {
            Costs::Usual if self.numbers.chance(50) => 0,
            Costs::Usual => self.numbers.between(-3, 9),
            Costs::Zero => 0,
            Costs::Tied => 7,
            Costs::UpTo(most) => self.numbers.between(-most, most),
            Costs::Beside(times) => {
                let large = self.numbers.chance(30);
                self.numbers.between(-3, 9) * if large { times } else { 1 }
            }
        }
    }

    /// A convex kink at a random place. Slopes of large costs are lower by the amount of a person.
    fn hinge(&mut self, low: i64, high: i64) -> Hinge {
        let (below, above) = match self.costs {
            Costs::Usual => {
                let below = self.numbers.between(-3, 9);
                (below, self.numbers.between(-below, 9))
            }
            Costs::Zero => (0, 0),
            Costs::Tied => (1, 0),
            Costs::UpTo(most) => {
                let below = self.numbers.between(0, most / PERSON);
                (below, self.numbers.between(-below, most / PERSON))
            }
            Costs::Beside(times) => {
                let large = self.numbers.chance(30);
                let weight = if large { (times / PERSON).max(1) } else { 1 };
                (
                    weight * self.numbers.between(0, 9),
                    weight * self.numbers.between(0, 9),
                )
            }
        };
        Hinge {
            level: self.numbers.between(0, self.levels - 1) as usize,
            at: self.numbers.between(low, high),
            below,
            above,
        }
    }

    fn hinges(&mut self, most: i64, low: i64, high: i64) -> Vec<Hinge> {
        (0..self.numbers.between(0, most))
            .map(|_| self.hinge(low, high))
            .collect()
    }

    /// At least, at most, exactly, between, or free, around a place.
    fn limits(&mut self, at: i64, width: i64) -> (Option<i64>, Option<i64>) {
        match self.numbers.between(0, 5) {
            0 => (Some(at), None),
            1 => (None, Some(at)),
            2 => (Some(at), Some(at)),
            3 => (Some(at - width), Some(at + width)),
            _ => (None, None),
        }
    }

    fn add_row(
        &mut self,
        amounts: Amounts,
        offset: i64,
        limits: (Option<i64>, Option<i64>),
        hinges: Vec<Hinge>,
    ) -> CounterIndex {
        let counter = self.builder.add_counter(Counter {
            label: format!("row {amounts:?}"),
            in_flow: false,
            offset,
            lower: limits.0,
            upper: limits.1,
            hinges,
        });
        self.rows.push((counter, amounts));
        counter
    }

    fn add_post(&mut self, offset: i64, limits: (Option<i64>, Option<i64>), hinges: Vec<Hinge>) {
        let counter = self.builder.add_counter(Counter {
            label: "post".into(),
            in_flow: true,
            offset,
            lower: limits.0,
            upper: limits.1,
            hinges,
        });
        self.posts.push(counter);
    }

    fn add_counters(&mut self, kind: Kind, size: Size) {
        match kind {
            Kind::Needs => self.add_needs(size),
            Kind::Lattices => self.add_lattices(size),
            Kind::Ratios => self.add_ratios(size),
            Kind::Levers => {
                let most = self.numbers.between(0, 3);
                let hinges = self.hinges(2, 0, 4);
                let limits = self.limits(most, 1);
                self.add_row(Amounts::Count, 0, limits, hinges);
            }
            Kind::Empty => self.add_empty(),
            Kind::Clashes => self.add_clash(),
            Kind::Close => self.add_close(),
            Kind::Knots => {}
        }
    }

    fn add_needs(&mut self, size: Size) {
        for _ in 0..self.numbers.between(1, size.posts) {
            let offset = self.numbers.between(0, 2 * PERSON);
            let hinges = self.hinges(4, 0, 5 * PERSON);
            let place = self.numbers.between(0, 4 * PERSON);
            let limits = if self.numbers.chance(25) {
                self.limits(place, PERSON)
            } else {
                (None, None)
            };
            self.add_post(offset, limits, hinges);
        }
    }

    fn add_lattices(&mut self, size: Size) {
        for _ in 0..self.numbers.between(1, size.rows) {
            let grain = [2, 3, 6, 250, 1000][self.numbers.between(0, 4) as usize];
            let offset = self.numbers.between(-grain, grain);
            let place = grain * self.numbers.between(-2, 4) + self.numbers.between(-1, 1);
            let limits = self.limits(place, grain / 2);
            let hinges = self.hinges(3, -3 * grain, 6 * grain);
            self.add_row(Amounts::Grain(grain), offset, limits, hinges);
        }
    }

    fn add_ratios(&mut self, size: Size) {
        for _ in 0..self.numbers.between(1, size.rows) {
            let under = self.numbers.between(1, 6);
            let over = self.numbers.between(1, 6);
            let limits = match self.numbers.between(0, 3) {
                0 => (Some(0), None),
                1 => (None, Some(0)),
                2 => (Some(-over), Some(under)),
                _ => (None, None),
            };
            let mut hinges = self.hinges(1, -2, 2);
            if limits == (None, None) {
                // An elastic share: a price for each unit that is missing.
                let mut hinge = self.hinge(0, 0);
                hinge.above = 0;
                hinge.below = hinge.below.max(0);
                hinges.push(hinge);
            }
            self.add_row(Amounts::Share { over, under }, 0, limits, hinges);
        }
    }

    fn add_empty(&mut self) {
        let offset = self.numbers.between(-3, 3);
        let hinges = self.hinges(3, -5, 5);
        // One in ten cannot be met by anything.
        let limits = if self.numbers.chance(10) {
            (Some(offset + 1), None)
        } else {
            (Some(offset - 1), Some(offset))
        };
        self.add_row(Amounts::Nothing, offset, limits, hinges);
        let hinges = self.hinges(2, 0, 3 * PERSON);
        let counter = Counter {
            label: "post without people".into(),
            in_flow: true,
            offset: PERSON,
            lower: None,
            upper: Some(PERSON),
            hinges,
        };
        self.builder.add_counter(counter);
    }

    /// Two rows that draw in opposite directions: together mostly impossible, each alone easy.
    fn add_clash(&mut self) {
        let most = self.numbers.between(0, 3);
        self.add_row(Amounts::Count, 0, (None, Some(most)), Vec::new());
        let grain = self.numbers.between(1, 3);
        let least = grain * most + self.numbers.between(-1, 3);
        let exactly = self.numbers.chance(50).then_some(least);
        self.add_row(Amounts::Grain(grain), 0, (Some(least), exactly), Vec::new());
    }

    /// Two or three rows that are almost multiples of each other.
    fn add_close(&mut self) {
        let large = [1_000, 1_000_000, 1_000_000_000][self.numbers.between(0, 2) as usize];
        let uses = self.numbers.between(1, 4);
        for _ in 0..self.numbers.between(2, 3) {
            let place = large * uses + self.numbers.between(-3, 3);
            let limits = self.limits(place, 2);
            let hinges = self.hinges(1, place - 3, place + 3);
            self.add_row(Amounts::Near(large), 0, limits, hinges);
        }
    }

    fn amount(&mut self, amounts: Amounts) -> i64 {
        match amounts {
            Amounts::Grain(grain) => grain * self.numbers.between(-2, 3),
            Amounts::Share { over, under } => {
                [over, -under, 0][self.numbers.between(0, 2) as usize]
            }
            Amounts::Near(large) if self.numbers.chance(70) => large + self.numbers.between(-2, 2),
            Amounts::Count => self.numbers.between(0, 1),
            Amounts::Near(_) | Amounts::Nothing => 0,
        }
    }

    fn add_agents(&mut self, kind: Kind, size: Size) {
        let several = if kind == Kind::Levers { 60 } else { 15 };
        let lonely = if kind == Kind::Empty { 40 } else { 5 };
        for agent in 0..self.numbers.between(1, size.agents) {
            let multiplicity = if self.numbers.chance(several) {
                self.numbers.between(2, 4)
            } else {
                1
            };
            self.builder
                .add_agent(format!("agent {agent}"), multiplicity as u32);
            let options = if self.numbers.chance(lonely) {
                1
            } else {
                self.numbers.between(2, size.options.max(2))
            };
            for option in 0..options {
                self.add_option(option);
            }
        }
    }

    fn add_option(&mut self, option: i64) {
        let costs: Vec<i64> = (0..self.levels).map(|_| self.cost()).collect();
        let mut held = Vec::new();
        if !self.posts.is_empty() && self.numbers.chance(80) {
            let post = self.numbers.between(0, self.posts.len() as i64 - 1);
            held.push((self.posts[post as usize], PERSON));
        }
        for position in 0..self.rows.len() {
            let (row, amounts) = self.rows[position];
            let amount = self.amount(amounts);
            held.push((row, amount));
        }
        self.builder
            .add_option(format!("option {option}"), &costs, &held);
    }

    /// Chains surplus → exact → … → short: a move alone only carries the shortage about, all
    /// moves of a chain end it, and caps allow about half of all moves, half of a chain included.
    fn add_knots(&mut self, size: Size) {
        let cap = |numbers: &mut Numbers, room: i64| Counter {
            label: "changes".into(),
            in_flow: false,
            offset: 0,
            lower: numbers.chance(10).then_some(1),
            upper: Some(numbers.between(1, room)),
            hinges: Vec::new(),
        };
        let caps: Vec<CounterIndex> = (0..self.numbers.between(1, size.rows + 1))
            .map(|_| {
                let counter = cap(&mut self.numbers, (size.agents / 2).max(3));
                self.builder.add_counter(counter)
            })
            .collect();
        let mut agents = 0;
        while agents < size.agents {
            let links = self.numbers.between(2, 3).min(size.agents.max(2));
            self.add_chain(links, &caps);
            agents += links;
        }
    }

    fn add_chain(&mut self, links: i64, caps: &[CounterIndex]) {
        let weight = match self.costs {
            Costs::Zero => 0,
            Costs::Tied | Costs::Usual => 10,
            Costs::UpTo(most) | Costs::Beside(most) => (most / PERSON).max(1),
        };
        let gain = weight + i64::from(self.costs != Costs::Tied) * self.numbers.between(0, 5);
        let start = self.posts.len();
        for place in 0..=links {
            let need = PERSON * i64::from(place > 0) + self.numbers.between(0, 3) * 100;
            let hinge = Hinge {
                level: 0,
                at: need,
                below: gain,
                above: 0,
            };
            self.add_post(0, (None, None), vec![hinge]);
        }
        for place in 0..links as usize {
            let (home, next) = (self.posts[start + place], self.posts[start + place + 1]);
            self.builder.add_agent("link", 1);
            let nothing = vec![0; self.levels as usize];
            self.builder.add_option("stay", &nothing, &[(home, PERSON)]);
            let mut costs = nothing;
            for cost in costs.iter_mut().skip(1) {
                *cost = self.cost();
            }
            let mut held = vec![(next, PERSON)];
            for &cap in caps {
                if self.numbers.chance(70) {
                    held.push((cap, self.numbers.between(1, 2)));
                }
            }
            self.builder.add_option("move", &costs, &held);
        }
    }
}
