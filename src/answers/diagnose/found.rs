//! What a diagnosis finds: the rules that clash, and the ways out.

use std::fmt;

use crate::answers::attempt::{Attempt, Locked, NamedRule};
use crate::answers::figures::Figures;
use crate::domain::Persons;
use crate::policy::Fraction;
use crate::scenario::Scenario;

/// What a diagnosis found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// There is a plan: some plan that keeps every hard rule was found.
    HasPlan,
    /// There is none, proven.
    Clashes,
    /// Some lock is met by nothing that the rules leave.
    Locked,
    /// The work ended before it was known.
    Unknown,
}

/// Where hard rules clash, and what must give.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    /// What was found.
    pub finding: Finding,
    /// Rules that cannot all hold, none to spare; of a lock, the rules in its way.
    pub members: Vec<Member>,
    /// Rules that may belong to them or not.
    pub untried: Vec<NamedRule>,
    /// Locks that nothing meets.
    pub locked: Vec<Locked>,
    /// The ways out.
    pub ways: Vec<WayOut>,
}

/// A rule of a clash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Which rule.
    pub rule: NamedRule,
    /// Document, number and section on which it rests.
    pub source: String,
    /// Whether there is a plan without it, all others kept; `None` where that is not known.
    pub plan_without: Option<bool>,
    /// By how much it is missed where all others hold; `None` where it counts nobody, where no plan
    /// keeps all others, or where that is not known.
    pub missed: Option<Missed>,
    /// Where more recognitions as 双师型 would help but are not enough whatever the number of a lever:
    /// how many persons fulfil its conditions.
    pub recognisable: Option<i64>,
}

/// By how much a rule is missed at least while all others hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    /// So much, over all places.
    pub amount: i64,
    /// In which unit.
    pub unit: MissedUnit,
    /// Whether fewer are proven impossible.
    pub proven: bool,
    /// A choice of places with their amounts: too few are negative; empty where places are persons.
    pub places: Vec<(String, i64)>,
}

impl fmt::Display for LetThrough {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Persons(count) => write!(formatter, "{count}人"),
            Self::Pairs(count) => write!(formatter, "{count}对"),
            Self::Posts { posts, .. } => write!(formatter, "{posts}处岗位"),
        }
    }
}

/// In which unit it is counted by how much a rule is missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissedUnit {
    /// Persons.
    Persons,
    /// Thousandths of full-time persons.
    Thousandths,
    /// Pairs of relatives.
    Pairs,
}

/// What a decimal number of a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimal {
    /// A 差异系数.
    Coefficient,
    /// Persons for each hundred pupils.
    PerHundred,
}

/// For whom a rule does not hold any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetThrough {
    /// So many persons.
    Persons(i64),
    /// So many pairs of relatives.
    Pairs(i64),
    /// Posts at which staff is missing, or too many.
    Posts {
        /// So many.
        posts: i64,
        /// Full-time persons, all together.
        persons: Persons,
        /// Tenths of lessons a week of these, where need is reckoned from lessons.
        lessons: i64,
    },
}

/// What is loosened, from what to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loosening {
    /// A number of a rule.
    Number {
        /// Its key.
        key: String,
        /// What it is.
        from: i64,
        /// What it becomes.
        to: i64,
        /// Whether it counts minutes of one way.
        minutes: bool,
    },
    /// A share of a rule.
    Share {
        /// Its key.
        key: String,
        /// What it is.
        from: Fraction,
        /// What it becomes.
        to: Fraction,
    },
    /// A decimal number of a rule.
    Decimal {
        /// Its key.
        key: String,
        /// Stages and name of the indicator that it limits.
        what: String,
        /// What it is.
        from: Fraction,
        /// What it becomes.
        to: Fraction,
        /// What it is.
        unit: Decimal,
    },
    /// The rule holds for all but some, whom the scenario names.
    Except {
        /// The key under which they stand.
        key: String,
        /// How many they are.
        excepted: LetThrough,
    },
    /// A count has other numbers at some of its places.
    Places {
        /// The key of its exceptions.
        key: String,
        /// How many persons they come to in all.
        persons: i64,
        /// Where, and from what to what.
        places: Vec<Excepted>,
    },
    /// A lever may be used more often.
    Lever {
        /// Its id.
        lever: String,
        /// Its title.
        title: String,
        /// In English.
        title_english: String,
        /// How often it may be used.
        from: i64,
        /// How often then.
        to: i64,
    },
    /// The rule is taken out.
    Out {
        /// Its id.
        rule: String,
    },
    /// Locks are taken off.
    Unlock {
        /// Them, as they are written.
        locks: Vec<String>,
    },
    /// Several rules at once, where none alone is enough.
    Together {
        /// The changes, as they are written.
        changes: Vec<String>,
    },
}

/// A place at which a count has another number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excepted {
    /// The place, as policies write it.
    pub place: String,
    /// Its name.
    pub title: String,
    /// Which number: `at_least`, `at_most`, `exactly`.
    pub name: &'static str,
    /// What it is.
    pub from: i64,
    /// What it becomes.
    pub to: i64,
}

/// A way out of a clash.
#[derive(Debug, Clone, PartialEq)]
pub struct WayOut {
    /// The rule that gives way; `None` of locks and of several together.
    pub rule: Option<NamedRule>,
    /// What is loosened.
    pub loosening: Loosening,
    /// Whether it is proven that a unit less gives no plan.
    pub proven: bool,
    /// How many persons at least are placed as they could not be before, and whether that is proven;
    /// `None` where nobody's choices change, or it is not known.
    pub users: Option<(i64, bool)>,
    /// The changes, the given ones included, ready to be tried.
    pub scenario: Scenario,
    /// The year planned so; `None` where it was not asked for.
    pub outcome: Option<Attempt<Figures>>,
}

impl Diagnosis {
    pub(super) fn of(finding: Finding) -> Self {
        Self {
            finding,
            members: Vec::new(),
            untried: Vec::new(),
            locked: Vec::new(),
            ways: Vec::new(),
        }
    }
}
