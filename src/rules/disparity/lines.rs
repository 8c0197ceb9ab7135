//! Limits of differences as lines that plans keep, and by how much the lines give way.

use super::super::cone::{STEPS_PER_PERSON, Tangent};
use super::super::facts::PlanFacts;
use super::super::indicator::key;
use super::super::row::{Allowance, Row, RowKey, Way};
use super::super::set::Context;
use super::super::units_per_person;
use super::{Disparity, Field};
use crate::demand::Situation;
use crate::domain::Stage;
use crate::policy::{Enforcement, Rule};

/// Steps that a leap of a loosening is worth: who misses a limit by thousands does not count so far
/// by tenths.
const LEAP: i64 = 500;

/// A line that plans keep, for one indicator of a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// Position of the rule in the set.
    rule: usize,
    stage: Stage,
    indicator: usize,
    tangent: Tangent,
}

/// What a plan misses beyond the cuts that it was made under.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Uncut {
    /// Lines that cut it off.
    pub cuts: Vec<Cut>,
    /// By level: what it costs more than under the cuts.
    pub costs: Vec<i64>,
    /// Whether it misses a limit that is hard.
    pub hard: bool,
    /// Whether it misses any.
    pub any: bool,
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
        if !Self::limits(rule) {
            return Vec::new();
        }
        let fields = self.present(context.situation);
        let cuts = fields.iter().filter_map(|field| {
            let tangent = field.counts().tangent(field.spread.at_most?)?;
            Some(field.cut(position, tangent))
        });
        cuts.collect()
    }

    /// What a plan misses beyond the cuts that it was made under.
    pub(in crate::rules) fn uncut(
        &self,
        rule: &Rule,
        position: usize,
        facts: &PlanFacts<'_>,
        (held, found): (&[Cut], &mut Uncut),
    ) {
        if !Self::limits(rule) {
            return;
        }
        for field in self.fields(facts) {
            let Some(limit) = field.spread.at_most else {
                continue;
            };
            let known = held
                .iter()
                .filter(|cut| cut.is_of(position, &field))
                .map(|cut| cut.tangent.steps(&field.teachers))
                .max()
                .unwrap_or_default();
            let steps = field.counts().steps(limit);
            if steps <= known {
                continue;
            }
            found.any = true;
            found.hard |= rule.enforcement == Enforcement::Hard;
            if rule.enforcement.costs() {
                found.costs[rule.level] += (steps - known) * cost_of_step(rule);
            }
            let tangent = field.counts().cutting(limit, known);
            found
                .cuts
                .extend(tangent.map(|tangent| field.cut(position, tangent)));
        }
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
            let Some(field) = fields.iter().find(|field| cut.is_of(position, field)) else {
                continue;
            };
            let terms = field.schools.iter().zip(&cut.tangent.coefficients);
            rows.push(Row {
                key: RowKey::Cut(position, number as u32),
                label: format!("{} {} {}", rule.id, field.place(), number + 1),
                lower: Some(0),
                upper: None,
                hinges: Vec::new(),
                terms: terms
                    .map(|(&school, &coefficient)| {
                        let spot = (school, field.stage, field.indicator);
                        (key(position, spot), coefficient)
                    })
                    .collect(),
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
        if rule.enforcement != Enforcement::Floor {
            return Vec::new();
        }
        let situation = context.situation;
        let fields = self.present(situation);
        let mut allowances = Vec::new();
        // Also where there is no line yet, so that agents keep their places.
        for field in fields.iter().filter(|field| field.spread.at_most.is_some()) {
            let own = cuts.iter().enumerate();
            let own = own.filter(|(_, cut)| cut.is_of(position, field));
            let steps: Vec<(RowKey, i64)> = own
                .map(|(number, cut)| (RowKey::Cut(position, number as u32), cut.tangent.step))
                .collect();
            let way = |label: &str, times: i64| Way {
                label: label.to_owned(),
                adds: steps
                    .iter()
                    .map(|&(key, step)| (key, step * times))
                    .collect(),
                cost: cost_of_step(rule) * times,
            };
            allowances.push(Allowance {
                label: format!("{} {}", rule.id, field.place()),
                level: rule.level,
                uses: (LEAP + field.most_leaps(situation)) as u32,
                ways: vec![way("none", 0), way("step", 1), way("leap", LEAP)],
            });
        }
        allowances
    }
}

impl Field<'_> {
    fn cut(&self, rule: usize, tangent: Tangent) -> Cut {
        Cut {
            rule,
            stage: self.stage,
            indicator: self.indicator,
            tangent,
        }
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
    pub const fn parts(&self) -> i64 {
        self.tangent.step * STEPS_PER_PERSON
    }

    fn is_of(&self, rule: usize, field: &Field<'_>) -> bool {
        (self.rule, self.stage, self.indicator) == (rule, field.stage, field.indicator)
    }
}

/// What a step of missing costs.
pub(super) const fn cost_of_step(rule: &Rule) -> i64 {
    units_per_person(rule.weight) / STEPS_PER_PERSON
}
