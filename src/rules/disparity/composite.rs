//! Limits of means, and means as objectives, as lines that plans keep.

use super::super::facts::PlanFacts;
use super::super::indicator::key;
use super::super::row::{Allowance, Row, RowKey, Settling};
use super::lines::{Cut, Of, Told, Uncut, cost_of_step, loosening};
use super::mean::{Held, Mean, MeanLine};
use super::{COMPOSITE, Composite, Disparity, Field};
use crate::policy::{Enforcement, Fraction, Rule};

impl Composite {
    /// The limit to which plans are held; an objective is what its mean is above nothing.
    pub(super) fn held(&self, rule: &Rule) -> Option<Fraction> {
        match rule.enforcement {
            Enforcement::Hard | Enforcement::Floor => self.at_most,
            Enforcement::Objective => Fraction::new(0, 1),
            Enforcement::Report => None,
        }
    }

    /// The indicators of the stage.
    pub(super) fn fields<'f, 'a>(
        &self,
        fields: &'f [Field<'a>],
    ) -> impl Iterator<Item = &'f Field<'a>> {
        let stage = self.stage;
        fields.iter().filter(move |field| field.stage == stage)
    }

    /// The mean over them and what the office reports.
    pub(super) fn mean<'f>(&self, fields: &'f [Field<'_>]) -> Mean<'f> {
        let own: Vec<_> = self.fields(fields).map(Field::counts).collect();
        let millionths = |share: &Fraction| share.numerator * (1_000_000 / share.denominator);
        Mean {
            number: own.len() + self.others.len(),
            others: self.others.iter().map(millionths).sum(),
            own,
        }
    }
}

impl Disparity {
    /// The means to which plans are held, with their positions and limits.
    fn held<'a>(
        &'a self,
        rule: &'a Rule,
    ) -> impl Iterator<Item = (usize, &'a Composite, Fraction)> {
        let all = self.composite.iter().enumerate();
        all.filter_map(|(number, composite)| Some((number, composite, composite.held(rule)?)))
    }

    /// A count of the teachers of each indicator of a mean, of which it is to be known how many there
    /// can be.
    pub(super) fn totals(&self, rule: &Rule, position: usize, fields: &[Field<'_>]) -> Vec<Cut> {
        let mut cuts = Vec::new();
        for (number, composite, _) in self.held(rule) {
            let places = 0..composite.fields(fields).count();
            cuts.extend(places.map(|place| Cut {
                rule: position,
                of: Of::Mean(number),
                told: Told::Total(place, None),
            }));
        }
        cuts
    }

    /// What a plan misses of means beyond the cuts that it was made under.
    pub(super) fn uncut_means(
        &self,
        rule: &Rule,
        position: usize,
        facts: &PlanFacts<'_>,
        (cuts, found): (&[Cut], &mut Uncut),
    ) {
        if self.held(rule).next().is_none() {
            return;
        }
        let fields = self.fields(facts);
        for (number, composite, limit) in self.held(rule) {
            let of = Of::Mean(number);
            let mean = composite.mean(&fields);
            let teachers = mean.teachers();
            let own = cuts.iter().filter(|cut| cut.is_of((position, of)));
            let known = own.map(|cut| cut.mean_steps(&teachers)).max().unwrap_or(0);
            let steps = mean.steps(limit);
            if rule.enforcement.costs() {
                found.costs[rule.level] += (steps - known) * cost_of_step(rule);
            }
            if steps <= known {
                continue;
            }
            found.any = true;
            found.hard |= rule.enforcement == Enforcement::Hard;
            found.first |= rule.enforcement == Enforcement::Floor && rule.level == 0;
            let totals = totals_of(cuts, (position, of));
            let line = mean.cutting(&held(rule, limit, &totals), known);
            found.cuts.extend(line.map(|line| Cut {
                rule: position,
                of,
                told: Told::Mean(line),
            }));
        }
    }

    /// Holds plans to as much less than a hard limit of a mean as a plan was beyond it, more than before,
    /// and to a line that cuts it off, whatever totals can be.
    pub(in crate::rules) fn tighten(
        &self,
        rule: &Rule,
        position: usize,
        facts: &PlanFacts<'_>,
        cuts: &mut Vec<Cut>,
    ) {
        if rule.enforcement != Enforcement::Hard || self.composite.is_empty() {
            return;
        }
        let fields = self.fields(facts);
        for (number, composite, limit) in self.held(rule) {
            let steps = composite.mean(&fields).steps(limit);
            let own = cuts.iter_mut();
            let own = own.filter(|cut| cut.is_of((position, Of::Mean(number))));
            let mut lines: Vec<&mut MeanLine> = own
                .filter_map(|cut| match &mut cut.told {
                    Told::Mean(line) if !line.is_near => Some(line),
                    _ => None,
                })
                .collect();
            let so_far = lines.iter().map(|line| line.tight).max().unwrap_or(0);
            for line in &mut lines {
                line.tight = so_far + steps;
            }
            if steps > 0 {
                cuts.extend(composite.mean(&fields).near(limit).map(|line| Cut {
                    rule: position,
                    of: Of::Mean(number),
                    told: Told::Mean(line),
                }));
            }
        }
    }

    /// The row of a cut of a mean.
    pub(super) fn row_of_mean(
        &self,
        rule: &Rule,
        (position, number): (usize, usize),
        fields: &[Field<'_>],
        cut: &Cut,
    ) -> Option<Row> {
        let Of::Mean(of) = cut.of else {
            return None;
        };
        let composite = self.composite.get(of)?;
        let of_field = |field: &Field<'_>, weights: &mut dyn Iterator<Item = i64>| {
            let spot = |school| key(position, (school, field.stage, field.indicator));
            let schools = field.schools.iter().zip(weights);
            let terms = schools.map(|(&school, times)| (spot(school), times));
            terms.filter(|&(_, times)| times != 0).collect::<Vec<_>>()
        };
        let (lower, terms) = match &cut.told {
            Told::Total(place, None) => {
                let field = composite.fields(fields).nth(*place)?;
                (None, of_field(field, &mut std::iter::repeat(1)))
            }
            Told::Mean(line) => {
                let held = composite.fields(fields).zip(&line.coefficients);
                let terms =
                    held.flat_map(|(field, weights)| of_field(field, &mut weights.iter().copied()));
                let lower = line.step * line.tight - line.constant;
                (Some(lower), terms.collect())
            }
            _ => return None,
        };
        Some(Row {
            key: RowKey::Cut(position, number as u32),
            label: format!("{} {} {}", rule.id, composite.place(), number + 1),
            lower,
            upper: None,
            hinges: Vec::new(),
            terms,
        })
    }

    /// By how much each mean gives way, where it may.
    pub(super) fn allowances_of_means(
        &self,
        rule: &Rule,
        position: usize,
        fields: &[Field<'_>],
        cuts: &[Cut],
    ) -> Vec<Allowance> {
        if !rule.enforcement.costs() {
            return Vec::new();
        }
        let held = self.held(rule).map(|(number, composite, _)| {
            let steps = cuts.iter().enumerate();
            let steps = steps.filter(|(_, cut)| cut.is_of((position, Of::Mean(number))));
            let steps = steps
                .filter_map(|(row, cut)| Some((RowKey::Cut(position, row as u32), cut.step()?)));
            Allowance {
                label: format!("{} {}", rule.id, composite.place()),
                level: rule.level,
                uses: composite.mean(fields).most_leaps(),
                settling: Settling::Steps,
                ways: loosening(&steps.collect::<Vec<_>>(), cost_of_step(rule)),
            }
        });
        held.collect()
    }
}

impl Composite {
    /// Its stage and name on paper.
    pub fn place(&self) -> String {
        format!("{} {COMPOSITE}", self.stage.chinese())
    }
}

fn held<'a>(rule: &Rule, limit: Fraction, totals: &'a [(i64, i64)]) -> Held<'a> {
    Held {
        limit,
        is_hard: rule.enforcement == Enforcement::Hard,
        totals,
    }
}

/// The fewest and the most teachers of each indicator of a mean.
fn totals_of(cuts: &[Cut], of: (usize, Of)) -> Vec<(i64, i64)> {
    let own = cuts.iter().filter(|cut| cut.is_of(of));
    own.filter_map(|cut| match cut.told {
        Told::Total(_, totals) => totals,
        _ => None,
    })
    .collect()
}
