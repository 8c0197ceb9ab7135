//! What rules say to the model and to the audit.

use serde::{Serialize, Serializer};

use super::figure::{Figure, Target};
use super::scope::ScopeKey;
use crate::demand::{Fixation, PostIndex, RollEntry, Situation};
use crate::domain::{Form, Minutes, Placement, SchoolIndex, Stage};
use crate::policy::{PersonView, SchoolView};

/// What a row counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKey {
    /// Thousandths of a person who serve at a post. Rules of posts share these rows.
    Post(PostIndex),
    /// What a rule counts in one place of its scope.
    Rule(usize, ScopeKey),
    /// Whole persons of one indicator of a rule, by its position there, in one place; of turns, who
    /// goes again and who stays.
    Indicator(usize, ScopeKey, u16),
    /// A line that a rule's indicators keep, by its number.
    Cut(usize, u32),
    /// How many more teachers a term of such a line stands for than a school has: rule, line, school.
    Cover(usize, u32, u32),
}

impl RowKey {
    /// The rule whose row it is: its position in the set; `None` for posts.
    pub const fn rule(&self) -> Option<usize> {
        match *self {
            Self::Post(_) => None,
            Self::Rule(position, _)
            | Self::Indicator(position, ..)
            | Self::Cut(position, _)
            | Self::Cover(position, ..) => Some(position),
        }
    }
}

/// A kink in the cost of a row: `below · max(0, at − n) + above · max(0, n − at)`, in units of the
/// rule's level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowHinge {
    /// Objective level.
    pub level: usize,
    /// Where.
    pub at: i64,
    /// Cost of a unit below.
    pub below: i64,
    /// Cost of a unit above.
    pub above: i64,
}

/// A sum over placements that a rule wants limited or priced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What is counted.
    pub key: RowKey,
    /// The place, for messages.
    pub label: String,
    /// Hard lower limit.
    pub lower: Option<i64>,
    /// Hard upper limit.
    pub upper: Option<i64>,
    /// Costs.
    pub hinges: Vec<RowHinge>,
    /// Of which other keys it is a sum, and how often each counts; empty: what is added to its own.
    pub terms: Vec<(RowKey, i64)>,
}

/// What a rule lets a place do besides moving people: so many of these ways are taken, whichever
/// cost least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// The place, for messages.
    pub label: String,
    /// The level at which ways cost.
    pub level: usize,
    /// How many are taken, with repetition.
    pub uses: u32,
    /// How they are chosen in the end.
    pub settling: Settling,
    /// The ways.
    pub ways: Vec<Way>,
}

/// How the ways of an [`Allowance`] are chosen in the end, when all else is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settling {
    /// One is taken, the cheapest.
    Cheapest,
    /// One is taken: the first that a row with a lower limit of zero needs, to which each adds more
    /// than the one before.
    Cover,
    /// The first is nothing, the second a step, the third a leap of many steps; as few steps as the
    /// lower limits of their rows need.
    Steps,
}

/// One way of an [`Allowance`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// What it is, for messages.
    pub label: String,
    /// What it adds to which rows.
    pub adds: Vec<(RowKey, i64)>,
    /// What one use costs, in units.
    pub cost: i64,
}

/// A placement that may be chosen (or is settled), with what rules ask of it.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// The district and its reckonings.
    pub situation: &'a Situation<'a>,
    /// Where the person would be if nothing were chosen.
    pub entry: &'a RollEntry,
    /// Where the person would serve.
    pub placement: &'a Placement,
}

impl<'a> Candidate<'a> {
    /// The person, with stage and subject of the placement.
    pub fn person(&self) -> PersonView<'a> {
        PersonView {
            stage: self.placement.stage,
            subject: self.placement.subject,
            ..self.situation.person(self.placement.teacher)
        }
    }

    /// The school that the person leaves: of decided moves and running exchanges the origin. Who
    /// came home from an exchange and changes subject there leaves no school by that.
    pub fn origin(&self) -> SchoolIndex {
        match self.placement.form {
            Form::ChangeSubject => self.entry.school,
            _ => self.entry.origin,
        }
    }

    /// Whether a plan that could choose leaves the person where he or she is: without a move, and without
    /// a post of another subject for who held none.
    pub fn is_left(&self) -> bool {
        let (entry, form) = (self.entry, self.placement.form);
        let placed = form.is_move() || (entry.form == Form::Waiting && form != Form::Waiting);
        entry.fixation.is_none() && !placed
    }

    /// Whether the person gives lessons in the district this year: training may come first.
    pub fn serves(&self) -> bool {
        let begin = self.situation.district.year_begin;
        let placement = self.placement;
        placement.form.serves() && placement.start.is_none_or(|start| start <= begin)
    }

    /// The school that the person leaves.
    pub fn from(&self) -> SchoolView<'a> {
        self.situation.school(self.origin())
    }

    /// The school where the person would serve.
    pub fn to(&self) -> SchoolView<'a> {
        self.situation.school(self.placement.school)
    }

    /// Whether the person serves at several schools as before: nothing that begins this year.
    pub fn itinerary_goes_on(&self) -> bool {
        matches!(
            self.entry.fixation,
            Some(Fixation::Itinerant { begins: false })
        )
    }

    /// Minutes of one way from the school left.
    pub fn minutes(&self) -> Minutes {
        self.situation
            .roads
            .minutes(self.origin(), self.placement.school)
    }

    /// Whether the person wishes to go there.
    pub fn is_voluntary(&self) -> bool {
        self.situation
            .wish_rank(self.placement.teacher, self.placement.school)
            .is_some()
    }
}

/// One place in which a rule was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The place.
    pub place: String,
    /// What was found, as printed.
    pub value: String,
    /// What is asked, as printed.
    pub target: String,
    /// By how much it is missed, in the rule's unit, as printed; empty where it is met.
    pub shortfall: String,
}

/// An indicator of a stage over the district.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Measure {
    /// The stage.
    #[serde(serialize_with = "stage_word")]
    pub stage: Stage,
    /// The indicator.
    pub name: String,
    /// What was found.
    pub value: Figure,
    /// What is asked, where anything is.
    pub target: Option<Target>,
    /// Schools that are counted.
    pub schools: usize,
    /// Those of them that are below what is asked of each; none where nothing is asked of each.
    pub below: usize,
    /// Persons whom these lack, all together.
    pub persons_short: i64,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn stage_word<S: Serializer>(stage: &Stage, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(stage.chinese())
}

/// A rule checked against a finished plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Value over the district.
    pub value: Figure,
    /// Target over the district, where the rule has one.
    pub target: Option<Target>,
    /// Whether it holds everywhere.
    pub met: bool,
    /// Places where it does not hold.
    pub missed: Vec<Item>,
    /// What it costs at its level, in units.
    pub cost: i64,
    /// Its indicators over the district, where it has any.
    pub measures: Vec<Measure>,
}

impl Outcome {
    /// An outcome of a rule that only costs.
    pub fn cost_only(value: Figure, cost: i64) -> Self {
        Self {
            value,
            target: None,
            met: true,
            missed: Vec::new(),
            cost,
            measures: Vec::new(),
        }
    }

    /// An outcome of a rule that only refuses placements: those that it should have refused.
    pub fn refusals(value: Figure, missed: Vec<Item>) -> Self {
        Self {
            met: missed.is_empty(),
            missed,
            ..Self::cost_only(value, 0)
        }
    }

    /// The target as printed; empty where the rule has none.
    pub fn target_text(&self) -> String {
        self.target
            .map_or_else(String::new, |target| target.to_string())
    }
}
