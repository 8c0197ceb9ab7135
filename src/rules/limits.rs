//! Sets of rules that differ in limits alone, so that a model of the one can serve the other.

use super::bounds::Bound;
use super::count::Count;
use super::set::{Kind, RuleSet, TypedRule};

impl RuleSet {
    /// Positions of the rules that have other numbers as limits than those of another set. `None`
    /// where anything else differs that a model is built of.
    pub fn other_limits(&self, other: &Self) -> Option<Vec<usize>> {
        let alike = self.all().len() == other.all().len()
            && self.levers() == other.levers()
            && self.itinerants() == other.itinerants();
        let mut changed = Vec::new();
        for (position, (one, other)) in self.all().iter().zip(other.all()).enumerate() {
            if is_same(one, other) && one.kind == other.kind {
                continue;
            }
            match (&one.kind, &other.kind) {
                (Kind::Count(first), Kind::Count(second))
                    if is_same(one, other) && first.differs_in_numbers(second) =>
                {
                    changed.push(position);
                }
                _ => return None,
            }
        }
        alike.then_some(changed)
    }
}

/// Whether rules hold alike, whatever their kinds say and whatever they are called.
fn is_same(one: &TypedRule, other: &TypedRule) -> bool {
    let (one, other) = (&one.rule, &other.rule);
    one.id == other.id
        && one.kind == other.kind
        && one.enforcement == other.enforcement
        && one.level == other.level
        && one.weight == other.weight
}

impl Count {
    /// Whether two counts differ in nothing but limits that are numbers. Shares are left out: levers
    /// move the limit of one, and its base may be the rule's own.
    fn differs_in_numbers(&self, other: &Self) -> bool {
        let bounds =
            |count: &Self| [&count.at_least, &count.at_most, &count.exactly].map(Clone::clone);
        let numbers = bounds(self)
            .into_iter()
            .zip(bounds(other))
            .all(|(one, other)| {
                let is_number =
                    |bound: &Option<Bound>| matches!(bound, None | Some(Bound::Fixed(_)));
                one == other || (is_number(&one) && is_number(&other))
            });
        let unlimited = |count: &Self| Self {
            at_least: None,
            at_most: None,
            exactly: None,
            ..count.clone()
        };
        numbers && unlimited(self) == unlimited(other)
    }
}
