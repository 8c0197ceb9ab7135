//! Limits of differences as lines that plans keep, and by how much the lines give way.

use super::super::cone::{STEPS_PER_PERSON, Tangent};
use super::super::context::Context;
use super::super::facts::PlanFacts;
use super::super::indicator::key;
use super::super::row::{Allowance, Row, RowKey, Settling, Way};
use super::super::units_per_person;
use super::excess::Excess;
use super::mean::MeanLine;
use super::sum::{Sum, SumRow};
use super::{Disparity, Field};
use crate::demand::Situation;
use crate::domain::Stage;
use crate::policy::{Enforcement, Rule};

/// Steps that a leap of a loosening is worth: who misses a limit by thousands does not count so far
/// by tenths.
pub(super) const LEAP: i64 = 500;

/// A row that plans keep, for one indicator of a stage or a mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// Position of the rule in the set.
    pub(super) rule: usize,
    pub(super) of: Of,
    pub(super) told: Told,
}

/// Of what a row speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// An indicator of a stage.
    Indicator(Stage, usize),
    /// A mean of the rule.
    Mean(usize),
}

/// What a row says of the limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    /// A line that touches it.
    Line(Tangent),
    /// A sum over the schools.
    Sum(Sum, Option<SumRow>),
    /// At every school as many as here.
    Pin(Vec<i64>),
    /// How many teachers an indicator of a mean can have; none where that is not known yet.
    Total(usize, Option<(i64, i64)>),
    /// A line that touches the limit of a mean.
    Mean(MeanLine),
    /// What a plan is above it, as a cost.
    Excess(Excess),
}

/// What a plan misses beyond the cuts that it was made under.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Uncut {
    /// Lines that cut it off.
    pub cuts: Vec<Cut>,
    /// Sums of the limits that it misses and of which there is none yet.
    pub sums: Vec<Cut>,
    /// By level: what it costs more than under the cuts.
    pub costs: Vec<i64>,
    /// Whether it misses a limit that is hard, or by more than plans are asked to.
    pub hard: bool,
    /// Whether it misses any.
    pub any: bool,
    /// Whether any of these matters to the first level.
    pub first: bool,
    /// Whether any of these is of an indicator by itself.
    pub alone: bool,
}

impl Disparity {
    /// Whether the rule limits coefficients, so that plans are held by cuts.
    const fn limits(rule: &Rule) -> bool {
        matches!(rule.enforcement, Enforcement::Hard | Enforcement::Floor)
    }

    /// Where the lines begin: at the present state.
    pub(in crate::rules) fn first_cuts(
        &self,
        rule: &Rule,
        position: usize,
        context: &Context<'_>,
    ) -> Vec<Cut> {
        let fields = self.present(context.situation);
        let mut cuts = self.totals(rule, position, &fields);
        if Self::limits(rule) {
            cuts.extend(fields.iter().filter_map(|field| {
                let tangent = field.counts().tangent(field.spread.at_most?)?;
                Some(field.cut(position, Told::Line(tangent)))
            }));
        }
        cuts
    }

    /// What a plan misses beyond the cuts that it was made under.
    pub(in crate::rules) fn uncut(
        &self,
        rule: &Rule,
        position: usize,
        facts: &PlanFacts<'_>,
        (held, found): (&[Cut], &mut Uncut),
    ) {
        self.uncut_means(rule, position, facts, (held, found));
        if !Self::limits(rule) {
            return;
        }
        for field in self.fields(facts) {
            let Some(limit) = field.spread.at_most else {
                continue;
            };
            let own: Vec<&Cut> = held
                .iter()
                .filter(|cut| cut.is_of(field.of(position)))
                .collect();
            let known = own.iter().map(|cut| cut.steps(&field.teachers));
            let known = known.max().unwrap_or_default();
            let steps = field.counts().steps(limit);
            let beyond = own.iter().any(|cut| cut.most_steps() < steps);
            found.any |= beyond;
            found.first |= beyond;
            found.alone |= beyond;
            found.hard |= beyond;
            if steps <= known {
                continue;
            }
            found.any = true;
            found.first = true;
            found.alone = true;
            found.hard |= rule.enforcement == Enforcement::Hard;
            if rule.enforcement.costs() {
                found.costs[rule.level] += (steps - known) * cost_of_step(rule);
            }
            let tangent = field.counts().cutting(limit, known);
            found
                .cuts
                .extend(tangent.map(|tangent| field.cut(position, Told::Line(tangent))));
            let may_sum = rule.enforcement == Enforcement::Hard || rule.level == 0;
            if may_sum && !own.iter().any(|cut| matches!(cut.told, Told::Sum(..))) {
                let sum = Sum {
                    price: rule.enforcement.costs().then(|| cost_of_step(rule)),
                    most_steps: i64::MAX,
                    totals: None,
                };
                found.sums.push(field.cut(position, Told::Sum(sum, None)));
            }
        }
    }

    /// Lets sums rest by which a plan is not held: they would only be in the way of later levels.
    /// Whether there are any.
    pub(in crate::rules) fn rest(
        &self,
        position: usize,
        facts: &PlanFacts<'_>,
        cuts: &mut [Cut],
    ) -> bool {
        let mut any = false;
        for field in self.fields(facts) {
            for cut in cuts.iter_mut().filter(|cut| cut.is_of(field.of(position))) {
                if let Told::Sum(_, row) = &mut cut.told {
                    any |= row.take_if(|row| !row.is_near(&field.teachers)).is_some();
                }
            }
        }
        any
    }

    /// The numbers of a plan, of each indicator of which there is more than the first line.
    pub(in crate::rules) fn pins(
        &self,
        position: usize,
        facts: &PlanFacts<'_>,
        cuts: &[Cut],
    ) -> Vec<Cut> {
        let fields = self.fields(facts).into_iter();
        let missed = fields.filter(|field| {
            let own = cuts.iter().filter(|cut| cut.is_of(field.of(position)));
            own.count() > 1
        });
        missed
            .map(|field| field.cut(position, Told::Pin(field.teachers.clone())))
            .collect()
    }

    /// A row for each line.
    pub(super) fn lines(
        &self,
        rule: &Rule,
        position: usize,
        situation: &Situation<'_>,
        cuts: &[Cut],
    ) -> Vec<Row> {
        let fields = self.present(situation);
        let mut rows = Vec::new();
        for (number, cut) in cuts.iter().enumerate() {
            let Some(field) = fields.iter().find(|field| cut.is_of(field.of(position))) else {
                if cut.rule == position {
                    rows.extend(self.row_of_mean(rule, (position, number), &fields, cut));
                }
                continue;
            };
            let line = RowKey::Cut(position, number as u32);
            let spot = |school| key(position, (school, field.stage, field.indicator));
            let weighed = |weights: Vec<i64>| -> Vec<(RowKey, i64)> {
                let schools = field.schools.iter().zip(weights);
                schools
                    .map(|(&school, times)| (spot(school), times))
                    .collect()
            };
            let all = |times: i64| weighed(vec![times; field.schools.len()]);
            let (lower, terms) = match &cut.told {
                Told::Pin(counts) => {
                    rows.extend(pins(rule, field, (position, number), counts));
                    continue;
                }
                Told::Excess(told) => {
                    rows.extend(field.excess_rows(rule, (position, number), told));
                    continue;
                }
                Told::Line(tangent) => (Some(0), weighed(tangent.coefficients.clone())),
                // How many there can be is read off what the row can reach.
                Told::Sum(_, None) => (None, all(1)),
                Told::Sum(_, Some(sum)) => {
                    (Some(sum.lower), sum.teacher.map_or_else(Vec::new, all))
                }
                Told::Total(..) | Told::Mean(_) => continue,
            };
            let label = format!("{} {} {}", rule.id, field.place(), number + 1);
            if matches!(cut.told, Told::Sum(_, Some(_))) {
                rows.extend((0_u32..).zip(&field.schools).map(|(place, &school)| Row {
                    key: RowKey::Cover(position, number as u32, place),
                    label: format!("{label} {}", place + 1),
                    lower: Some(0),
                    upper: None,
                    hinges: Vec::new(),
                    terms: vec![(spot(school), -1)],
                }));
            }
            rows.push(Row {
                key: line,
                label,
                lower,
                upper: None,
                hinges: Vec::new(),
                terms,
            });
        }
        rows
    }

    /// By how much each limit gives way, where it is a floor: every step and every leap does the
    /// same to all lines of an indicator, and costs at the rule's level.
    pub(in crate::rules) fn allowances(
        &self,
        rule: &Rule,
        position: usize,
        context: &Context<'_>,
        cuts: &[Cut],
    ) -> Vec<Allowance> {
        let fields = self.present(context.situation);
        let mut allowances = Vec::new();
        for (number, cut) in cuts.iter().enumerate() {
            let field = fields.iter().find(|field| cut.is_of(field.of(position)));
            if let (Some(field), Told::Sum(_, Some(sum))) = (field, &cut.told) {
                allowances.extend(field.covers(rule, (position, number as u32), sum));
            }
        }
        allowances.extend(self.allowances_of_means(rule, position, &fields, cuts));
        if rule.enforcement != Enforcement::Floor {
            return allowances;
        }
        // Also where there is no line yet, so that agents keep their places.
        for field in fields.iter().filter(|field| field.spread.at_most.is_some()) {
            let own = cuts.iter().enumerate();
            let own = own.filter(|(_, cut)| cut.is_of(field.of(position)));
            let steps: Vec<(RowKey, i64)> = own
                .filter_map(|(number, cut)| Some((number, cut.step()?)))
                .map(|(number, step)| (RowKey::Cut(position, number as u32), step))
                .collect();
            allowances.push(Allowance {
                label: format!("{} {}", rule.id, field.place()),
                level: rule.level,
                uses: (LEAP + field.most_leaps(context.situation)) as u32,
                settling: Settling::Steps,
                ways: loosening(&steps, cost_of_step(rule)),
            });
        }
        allowances
    }
}

/// Nothing, a step or a leap, that rows give way by.
pub(super) fn loosening(steps: &[(RowKey, i64)], cost: i64) -> Vec<Way> {
    let way = |label: &str, times: i64| Way {
        label: label.to_owned(),
        adds: steps
            .iter()
            .map(|&(key, step)| (key, step * times))
            .collect(),
        cost: cost * times,
    };
    vec![way("none", 0), way("step", 1), way("leap", LEAP)]
}

/// Every school has as many as it is said to have.
fn pins<'a>(
    rule: &'a Rule,
    field: &'a Field<'_>,
    (position, number): (usize, usize),
    counts: &'a [i64],
) -> impl Iterator<Item = Row> + 'a {
    let schools = (0_u32..).zip(&field.schools).zip(counts);
    schools.map(move |((place, &school), &count)| Row {
        key: RowKey::Cover(position, number as u32, place),
        label: format!("{} {} {} {}", rule.id, field.place(), number + 1, place + 1),
        lower: Some(count),
        upper: Some(count),
        hinges: Vec::new(),
        terms: vec![(key(position, (school, field.stage, field.indicator)), 1)],
    })
}

impl Field<'_> {
    pub(super) fn cut(&self, rule: usize, told: Told) -> Cut {
        Cut {
            rule,
            of: Of::Indicator(self.stage, self.indicator),
            told,
        }
    }

    /// What cuts of a rule speak of that are its own.
    const fn of(&self, rule: usize) -> (usize, Of) {
        (rule, Of::Indicator(self.stage, self.indicator))
    }

    /// Of each school, which number its teachers do not exceed, at the cost of its term of the sum.
    fn covers<'a>(
        &'a self,
        rule: &'a Rule,
        (position, number): (usize, u32),
        sum: &'a SumRow,
    ) -> impl Iterator<Item = Allowance> + 'a {
        let places = (0_u32..).zip(&sum.terms);
        places.map(move |(place, terms)| Allowance {
            label: format!("{} {} {} {}", rule.id, self.place(), number + 1, place + 1),
            level: rule.level,
            uses: 1,
            settling: Settling::Cover,
            ways: terms
                .iter()
                .map(|&(end, term)| Way {
                    label: end.to_string(),
                    adds: vec![
                        (RowKey::Cover(position, number, place), end),
                        (RowKey::Cut(position, number), -term),
                    ],
                    cost: 0,
                })
                .collect(),
        })
    }

    /// Leaps that are enough for whatever plan: all teachers and recruits of the district at the
    /// school with the fewest pupils.
    fn most_leaps(&self, situation: &Situation<'_>) -> i64 {
        let recruits = situation.policy.levers.iter().map(|lever| lever.at_most);
        let recruits: f64 = recruits.map(f64::from).sum();
        let persons = situation.district.teachers.len() as f64 + recruits;
        let fewest = self.pupils.iter().copied().min().unwrap_or(1).max(1);
        let all: i64 = self.pupils.iter().sum();
        let most = persons * (all as f64 / fewest as f64).sqrt() * STEPS_PER_PERSON as f64;
        (most / LEAP as f64) as i64 + 2
    }
}

impl Cut {
    /// How many units of its row are a person.
    pub fn parts(&self) -> i64 {
        self.step().unwrap_or(1) * STEPS_PER_PERSON
    }

    /// Whether it is not known yet how many teachers there can be.
    pub const fn lacks_totals(&self) -> bool {
        match &self.told {
            Told::Sum(sum, _) => sum.totals.is_none(),
            Told::Total(_, totals) => totals.is_none(),
            _ => false,
        }
    }

    /// Whether it holds schools at the numbers of a plan, or totals, which is no limit of the rule.
    pub const fn is_pin(&self) -> bool {
        match &self.told {
            Told::Pin(_) => true,
            Told::Mean(line) => line.is_near,
            _ => false,
        }
    }

    /// Whether it is a line of a mean, of which a step is a part of a coefficient.
    pub const fn is_mean(&self) -> bool {
        matches!(self.told, Told::Mean(_))
    }

    /// Whether it is what a plan is above a limit, as a cost.
    pub const fn is_excess(&self) -> bool {
        matches!(self.told, Told::Excess(_))
    }

    /// Holds plans to no less than the limit of the rule again.
    pub const fn relax(&mut self) {
        if let Told::Mean(line) = &mut self.told {
            line.tight = 0;
        }
    }

    /// Lets plans miss the limit by no more than so much at the first level is spent on, where it
    /// is a sum.
    pub fn narrow(&mut self, spare: i64) {
        if let Told::Sum(sum, row) = &mut self.told {
            let most_steps = sum.price.map_or(0, |price| spare / price.max(1));
            if most_steps < sum.most_steps {
                sum.most_steps = most_steps;
                if row.take().is_some() {
                    sum.totals = None;
                }
            }
        }
    }

    pub(super) fn step(&self) -> Option<i64> {
        match &self.told {
            Told::Line(tangent) => Some(tangent.step),
            Told::Mean(line) => Some(line.step),
            Told::Sum(_, row) => row.as_ref().map(|row| row.step),
            Told::Pin(_) | Told::Total(..) | Told::Excess(_) => None,
        }
    }

    /// Steps that counts must miss the limit by, as far as this row knows.
    fn steps(&self, teachers: &[i64]) -> i64 {
        match &self.told {
            Told::Line(tangent) => tangent.steps(teachers),
            Told::Sum(_, row) => row.as_ref().map_or(0, |row| row.steps(teachers)),
            _ => 0,
        }
    }

    /// Steps by which it lets plans miss the limit.
    const fn most_steps(&self) -> i64 {
        match &self.told {
            Told::Sum(sum, Some(_)) => sum.most_steps,
            _ => i64::MAX,
        }
    }

    pub(super) fn is_of(&self, (rule, of): (usize, Of)) -> bool {
        (self.rule, self.of) == (rule, of)
    }

    /// Steps that counts must miss the limit of a mean by, as far as this row knows.
    pub(super) fn mean_steps(&self, teachers: &[&[i64]]) -> i64 {
        match &self.told {
            Told::Mean(line) if !line.is_near => line.steps(teachers),
            _ => 0,
        }
    }
}

impl Disparity {
    /// Says of sums how many teachers there can be: of each cut the fewest and the most.
    pub(in crate::rules) fn complete(
        &self,
        position: usize,
        situation: &Situation<'_>,
        (number, totals): (usize, (i64, i64)),
        cuts: &mut [Cut],
    ) {
        let cut = &mut cuts[number];
        if cut.rule != position {
            return;
        }
        if let Told::Total(_, held) = &mut cut.told {
            *held = Some(totals);
            return;
        }
        let fields = self.present(situation);
        let Some(field) = fields.iter().find(|field| cut.is_of(field.of(position))) else {
            return;
        };
        if let (Told::Sum(sum, row), Some(limit)) = (&mut cut.told, field.spread.at_most) {
            sum.totals = Some(totals);
            *row = sum.row(limit, &field.counts());
        }
    }
}

/// What a step of missing costs.
pub(super) const fn cost_of_step(rule: &Rule) -> i64 {
    units_per_person(rule.weight) / STEPS_PER_PERSON
}
