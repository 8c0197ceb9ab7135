//! All rules of a policy, typed and bound to a district.

use std::path::Path;

use super::context::Context;
use super::disparity::{Cut, Disparity, DisparityLimit, Excess, HardLimit, Uncut};
use super::eligibility::Eligibility;
use super::facts::PlanFacts;
use super::kind::Kind;
use super::reach::Reach;
use super::typed::TypedRule;
use crate::demand::{RollEntry, Situation};
use crate::domain::Placement;
use crate::policy::{Enforcement, Fraction, ItinerantTerms, Lever, Policy, PolicyFault, Rule};

/// The rules of a policy, sorted by id.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleSet {
    rules: Vec<TypedRule>,
    levers: Vec<Lever>,
    itinerants: Option<ItinerantTerms>,
}

impl RuleSet {
    /// Types the rules of a policy.
    ///
    /// # Errors
    /// All faults: unknown kinds and keys, words of the wrong sort.
    pub fn new(policy: &Policy) -> Result<Self, Vec<PolicyFault>> {
        let mut faults = Vec::new();
        let mut rules = Vec::new();
        for rule in &policy.rules {
            match Kind::read(rule) {
                Ok(kind) => rules.push(TypedRule {
                    rule: rule.clone(),
                    kind,
                }),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() {
            Ok(Self {
                rules,
                levers: policy.levers.clone(),
                itinerants: policy.itinerant.clone(),
            })
        } else {
            Err(faults)
        }
    }

    /// Some of the rules, given by their positions in ascending order.
    #[must_use]
    pub fn only(&self, positions: &[usize]) -> Self {
        let rules = positions
            .iter()
            .map(|&position| self.rules[position].clone());
        Self {
            rules: rules.collect(),
            levers: self.levers.clone(),
            itinerants: self.itinerants.clone(),
        }
    }

    /// The same with one limit of a rule of differences as a floor of the first level, by itself: what
    /// else the rule limits stays as it is.
    #[must_use]
    pub fn with_floor(&self, position: usize, limit: DisparityLimit) -> Self {
        let mut floored = self.clone();
        let Kind::Disparity(kind) = &self.rules[position].kind else {
            return floored;
        };
        let (alone, others) = kind.parted(limit);
        floored.rules[position].kind = Kind::Disparity(Box::new(others));
        floored.rules.push(TypedRule {
            rule: Rule {
                enforcement: Enforcement::Floor,
                level: 0,
                ..self.rules[position].rule.clone()
            },
            kind: Kind::Disparity(Box::new(alone)),
        });
        floored
    }

    /// The same with another limit of an indicator's difference.
    #[must_use]
    pub fn with_limit(&self, position: usize, limit: DisparityLimit, at_most: Fraction) -> Self {
        let mut other = self.clone();
        if let (Kind::Disparity(kind), DisparityLimit::Indicator(place)) =
            (&mut other.rules[position].kind, limit)
        {
            kind.indicators[place].at_most = Some(at_most);
        }
        other
    }

    /// All rules.
    pub fn all(&self) -> &[TypedRule] {
        &self.rules
    }

    /// The levers of the policy.
    pub(super) fn levers(&self) -> &[Lever] {
        &self.levers
    }

    /// The policy's terms of 走教.
    pub(super) fn itinerants(&self) -> Option<&ItinerantTerms> {
        self.itinerants.as_ref()
    }

    fn disparities(&self) -> impl Iterator<Item = (usize, &Rule, &Disparity)> {
        let all = self.rules.iter().enumerate();
        all.filter_map(|(position, typed)| match &typed.kind {
            Kind::Disparity(kind) => Some((position, &typed.rule, kind.as_ref())),
            _ => None,
        })
    }

    /// The lines that limits of differences begin with.
    pub fn first_cuts(&self, context: &Context<'_>) -> Vec<Cut> {
        self.disparities()
            .flat_map(|(position, rule, kind)| kind.first_cuts(rule, position, context))
            .collect()
    }

    /// How a plan stands to the hard limits of indicators; how things stand, where there is none.
    pub fn hard_limits(
        &self,
        situation: &Situation<'_>,
        facts: Option<&PlanFacts<'_>>,
    ) -> Vec<HardLimit> {
        self.disparities()
            .flat_map(|(position, rule, kind)| {
                kind.hard_limits((rule, position), (situation, facts))
            })
            .collect()
    }

    /// The same limits as costs, one each in their order; and what is to be added to these costs.
    pub fn excesses(&self, situation: &Situation<'_>, told: Vec<Excess>) -> (Vec<Cut>, i128) {
        let mut told = told.into_iter();
        let held = self.disparities().flat_map(|(position, rule, kind)| {
            kind.excesses((rule, position), situation, &mut told)
        });
        let (cuts, offsets): (Vec<Cut>, Vec<i128>) = held.unzip();
        (cuts, offsets.into_iter().sum())
    }

    /// Whether a rule limits differences that no plan may be beyond.
    pub fn limits_differences(&self, position: usize) -> bool {
        let typed = &self.rules[position];
        matches!(typed.kind, Kind::Disparity(_)) && typed.rule.enforcement == Enforcement::Hard
    }

    /// Says of a sum among cuts, by its number, how many teachers there can be at least and at most.
    pub fn complete(&self, situation: &Situation<'_>, told: (usize, (i64, i64)), cuts: &mut [Cut]) {
        for (position, _, kind) in self.disparities() {
            kind.complete(position, situation, told, cuts);
        }
    }

    /// Cuts that hold every indicator that plans missed at the numbers of a plan.
    pub fn pins(&self, facts: &PlanFacts<'_>, cuts: &[Cut]) -> Vec<Cut> {
        self.disparities()
            .flat_map(|(position, _, kind)| kind.pins(position, facts, cuts))
            .collect()
    }

    /// Holds plans to less than the hard limits of means that a plan is beyond.
    pub fn tighten(&self, facts: &PlanFacts<'_>, cuts: &mut Vec<Cut>) {
        for (position, rule, kind) in self.disparities() {
            kind.tighten(rule, position, facts, cuts);
        }
    }

    /// Lets sums among cuts rest by which a plan is not held; whether there are any.
    pub fn rest(&self, facts: &PlanFacts<'_>, cuts: &mut [Cut]) -> bool {
        self.disparities().fold(false, |any, (position, _, kind)| {
            kind.rest(position, facts, cuts) || any
        })
    }

    /// What a plan misses beyond the cuts that it was made under.
    pub fn uncut(&self, facts: &PlanFacts<'_>, cuts: &[Cut]) -> Uncut {
        let mut found = Uncut {
            costs: vec![0; facts.situation.policy.levels.len()],
            ..Uncut::default()
        };
        for (position, rule, kind) in self.disparities() {
            kind.uncut(rule, position, facts, (cuts, &mut found));
        }
        found
    }

    /// How many of those on the roll some levers together could recognise as 双师型, by the widest rule
    /// that counts it.
    pub fn certifiable(&self, situation: &Situation<'_>, levers: &[&Lever]) -> i64 {
        let entries = situation.roll.entries();
        let placements: Vec<Placement> = entries.iter().map(RollEntry::placement).collect();
        let facts = PlanFacts {
            situation,
            placements: &placements,
            levers: &[],
        };
        let ratios = self.rules.iter().filter_map(|typed| match &typed.kind {
            Kind::Ratio(ratio) if ratio.counts_certification() => Some(ratio),
            _ => None,
        });
        let counts = ratios.map(|ratio| ratio.certifiable(&facts, levers));
        counts.max().unwrap_or(0)
    }

    /// The eligibility rules.
    pub fn eligibility(&self) -> impl Iterator<Item = (&Rule, &Eligibility)> {
        self.rules.iter().filter_map(|typed| match &typed.kind {
            Kind::Eligibility(kind) => Some((&typed.rule, kind)),
            _ => None,
        })
    }

    /// The reach rules.
    pub fn reach(&self) -> impl Iterator<Item = (&Rule, &Reach)> {
        self.rules.iter().filter_map(|typed| match &typed.kind {
            Kind::Reach(kind) => Some((&typed.rule, kind)),
            _ => None,
        })
    }
}

/// Reads and types a policy in one go.
///
/// # Errors
/// All faults.
pub fn load(name: &Path) -> Result<(Policy, RuleSet), Vec<PolicyFault>> {
    let policy = crate::policy::load(name)?;
    let rules = RuleSet::new(&policy)?;
    Ok((policy, rules))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_policies_have_known_kinds_and_keys() {
        for name in crate::policy::built_in_names() {
            load(Path::new(name)).unwrap_or_else(|faults| panic!("{name}: {faults:#?}"));
        }
    }

    #[test]
    fn a_mistyped_key_is_refused_with_the_nearest() {
        let text = "extends = 'national'\nid = 'x'\ntitle = 'x'\n\
                    [rule.coverage]\nemphasys = []\n[rule.six-years]\nwho = { sexx = '男' }";
        let policy = crate::policy::load_text("x.toml", text).unwrap();
        let faults = RuleSet::new(&policy).unwrap_err();
        assert_eq!(faults.len(), 2, "{faults:#?}");
        assert!(
            faults.iter().any(|fault| fault.advice.contains("emphasis")),
            "{faults:#?}"
        );
        assert!(
            faults.iter().any(|fault| fault.advice.contains("`sex`")),
            "{faults:#?}"
        );
    }
}
