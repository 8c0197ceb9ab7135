//! Sets of rules that differ in limits alone, so that a model of the one can serve the other.

use super::bounds::Bound;
use super::count::Count;
use super::exceptions::Exceptions;
use super::kind::Kind;
use super::set::RuleSet;
use super::typed::TypedRule;
use crate::policy::Enforcement;

/// How a set of rules is found in another one that limits counts otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherLimits {
    /// By position in the set: the position in the other one; `None` where that has no such rule.
    pub positions: Vec<Option<usize>>,
    /// Positions in the set of the rules that limit counts otherwise there, or not at all.
    pub changed: Vec<usize>,
}

/// In which sort of limits two sets may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Numbers alone.
    Numbers,
    /// Numbers and shares.
    Bounds,
}

impl RuleSet {
    /// How these rules are found in another set, where that has other numbers as limits of counts,
    /// or lacks such limits. `None` where anything else differs that a model is built of.
    pub fn other_limits(&self, other: &Self, sort: Sort) -> Option<OtherLimits> {
        let alike = self.levers() == other.levers() && self.itinerants() == other.itinerants();
        let mut found = OtherLimits {
            positions: Vec::new(),
            changed: Vec::new(),
        };
        // Both are sorted by id.
        let mut others = other.all().iter().enumerate().peekable();
        for (position, one) in self.all().iter().enumerate() {
            let at = others.next_if(|(_, other)| other.rule.id == one.rule.id);
            found.positions.push(at.map(|(at, _)| at));
            match at {
                Some((_, other)) if is_same(one, other) && one.kind == other.kind => {}
                Some((_, other)) if differs_in_limits(one, other, sort) => {
                    found.changed.push(position);
                }
                None if is_limit(one) => found.changed.push(position),
                _ => return None,
            }
        }
        (alike && others.next().is_none()).then_some(found)
    }
}

/// Whether two rules differ in nothing but what limits a count, or the second one only tells of what
/// the first one limits.
fn differs_in_limits(one: &TypedRule, other: &TypedRule, sort: Sort) -> bool {
    match (&one.kind, &other.kind) {
        (Kind::Count(first), Kind::Count(second)) => {
            let is_told = is_limit(one) && other.rule.enforcement == Enforcement::Report;
            (is_same(one, other) || is_told) && first.differs_in_bounds(second, sort)
        }
        _ => false,
    }
}

/// Whether all that a rule does to a model is to limit a count by numbers.
fn is_limit(typed: &TypedRule) -> bool {
    let is_hard = typed.rule.enforcement == Enforcement::Hard;
    matches!(&typed.kind, Kind::Count(count) if is_hard && count.is_limited_by_numbers())
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
    /// Whether two counts differ in nothing but limits. Numbers alone leave shares out: levers move
    /// the limit of one, and its base may be the rule's own; that of the whole establishment is moved,
    /// no other. Exceptions by place are numbers.
    fn differs_in_bounds(&self, other: &Self, sort: Sort) -> bool {
        let bounds =
            |count: &Self| [&count.at_least, &count.at_most, &count.exactly].map(Clone::clone);
        let numbers = bounds(self)
            .into_iter()
            .zip(bounds(other))
            .all(|(one, other)| {
                let both = |is: fn(Option<&Bound>) -> bool| is(one.as_ref()) && is(other.as_ref());
                one == other
                    || both(is_number)
                    || (sort == Sort::Bounds && both(|bound| !is_all_posts(bound)))
            });
        let unlimited = |count: &Self| Self {
            at_least: None,
            at_most: None,
            exactly: None,
            at: Exceptions::default(),
            ..count.clone()
        };
        numbers && unlimited(self) == unlimited(other)
    }

    /// Whether its limits are numbers, not shares.
    fn is_limited_by_numbers(&self) -> bool {
        [&self.at_least, &self.at_most, &self.exactly]
            .into_iter()
            .all(|bound| is_number(bound.as_ref()))
    }
}

fn is_all_posts(bound: Option<&Bound>) -> bool {
    matches!(bound, Some(Bound::Share(share)) if share.is_all_posts())
}

fn is_number(bound: Option<&Bound>) -> bool {
    matches!(bound, None | Some(Bound::Fixed(_)))
}
