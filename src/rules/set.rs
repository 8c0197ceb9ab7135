//! All rules of a policy, typed and bound to a district.

use std::path::Path;

use toml::Value;

use super::avoidance::Avoidance;
use super::count::{Count, Tally};
use super::couples::Couples;
use super::coverage::Coverage;
use super::disparity::{Cut, Disparity, Uncut};
use super::eligibility::{Effect, Eligibility, Standings};

use super::exceptions::idle_exception;
use super::facts::{PlanFacts, Service};
use super::idle::without_effect;
use super::per_pupil::PerPupil;
use super::preference::Preference;
use super::ratio::Ratio;
use super::reach::Reach;
use super::row::{Allowance, Candidate, Outcome, Row, RowKey};
use super::stability::Stability;
use super::station::Stations;
use super::travel::Travel;
use super::turns::Turns;
use crate::demand::{RollEntry, Situation};
use crate::domain::{Placement, SchoolIndex, TeacherIndex, UnitIndex};
use crate::policy::{ItinerantTerms, Lever, Policy, PolicyFault, Rule};

/// A rule's kind with its parameters.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Who may, must, may not move.
    Eligibility(Eligibility),
    /// Where a move may lead.
    Reach(Reach),
    /// Moves, teachers or establishment counted.
    Count(Box<Count>),
    /// A share.
    Ratio(Box<Ratio>),
    /// Teachers for each hundred pupils of every school.
    PerPupil(Box<PerPupil>),
    /// Differences between schools.
    Disparity(Box<Disparity>),
    /// Need of posts is met.
    Coverage(Coverage),
    /// Nobody is idle.
    Surplus(Coverage),
    /// Minutes cost.
    Travel(Travel),
    /// Moves cost.
    Stability(Stability),
    /// Wishes.
    Preference(Preference),
    /// Husband and wife near each other.
    Couples(Couples),
    /// Relatives not over one another.
    Avoidance(Avoidance),
    /// Nobody sent again while others never were.
    Turns(Box<Turns>),
}

impl Kind {
    /// The kind on paper.
    pub const fn chinese(&self) -> &'static str {
        match self {
            Self::Eligibility(_) => "资格条件",
            Self::Reach(_) => "流动范围",
            Self::Count(_) => "人数",
            Self::Ratio(_) => "比例",
            Self::PerPupil(_) => "生均师资",
            Self::Disparity(_) => "校际差异",
            Self::Coverage(_) => "学科缺额",
            Self::Surplus(_) => "学科超需",
            Self::Travel(_) => "路程",
            Self::Stability(_) => "队伍稳定",
            Self::Preference(_) => "个人志愿",
            Self::Couples(_) => "夫妻照顾",
            Self::Avoidance(_) => "任职回避",
            Self::Turns(_) => "轮流",
        }
    }
}

/// The words for the kinds.
pub(super) const KINDS: [&str; 14] = [
    "eligibility",
    "reach",
    "count",
    "ratio",
    "per_pupil",
    "disparity",
    "coverage",
    "surplus",
    "travel",
    "stability",
    "preference",
    "couples",
    "avoidance",
    "turns",
];

/// A rule with its typed parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct TypedRule {
    /// What every rule has.
    pub rule: Rule,
    /// What its kind has.
    pub kind: Kind,
}

/// The rules of a policy, sorted by id.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleSet {
    rules: Vec<TypedRule>,
    levers: Vec<Lever>,
    itinerants: Option<ItinerantTerms>,
}

/// What rules look at besides a candidate: the situation and who may move.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The district and its reckonings.
    pub situation: &'a Situation<'a>,
    /// Who may move, in which form, and why not.
    pub standings: &'a Standings,
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
            match typed(rule) {
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

impl TypedRule {
    /// The rows that the rule wants of a model under some cuts; `position` is its place in the set.
    pub fn rows(&self, position: usize, context: &Context<'_>, cuts: &[Cut]) -> Vec<Row> {
        let rule = &self.rule;
        match &self.kind {
            Kind::Count(kind) => kind.rows(rule, position, context),
            Kind::Ratio(kind) => kind.rows(rule, position, context),
            Kind::PerPupil(kind) => kind.rows(rule, position, context.situation),
            Kind::Disparity(kind) => kind.rows(rule, position, context, cuts),
            Kind::Coverage(kind) => kind.rows(rule, context.situation, true),
            Kind::Surplus(kind) => kind.rows(rule, context.situation, false),
            Kind::Couples(kind) => kind.rows(rule, position, context),
            Kind::Avoidance(kind) => kind.rows(rule, position, context.situation),
            Kind::Turns(kind) => kind.rows(rule, position, context),
            _ => Vec::new(),
        }
    }

    /// What the rule lets places do besides moving people.
    pub fn allowances(
        &self,
        position: usize,
        context: &Context<'_>,
        cuts: &[Cut],
    ) -> Vec<Allowance> {
        match &self.kind {
            Kind::Disparity(kind) => kind.allowances(&self.rule, position, context, cuts),
            Kind::PerPupil(kind) => kind.allowances(&self.rule, position, context.situation),
            Kind::Turns(kind) => kind.allowances(&self.rule, position, context),
            _ => Vec::new(),
        }
    }

    /// What a placement adds to the rule's row, where it adds to one at most: of counts and ratios.
    pub fn amount(&self, position: usize, candidate: &Candidate<'_>) -> Option<(RowKey, i64)> {
        let bears = self.concerns(candidate)
            && self.leads_to(candidate.situation, candidate.placement.school);
        bears
            .then(|| self.amount_there(position, candidate))
            .flatten()
    }

    /// Whether the rule may cost or count a placement, as far as person, form, stage and subject
    /// go: the same for every school. A model asks this once for many places.
    pub(crate) fn concerns(&self, candidate: &Candidate<'_>) -> bool {
        match &self.kind {
            Kind::Count(kind) => kind.concerns(candidate),
            Kind::Ratio(kind) => kind.concerns(candidate),
            Kind::PerPupil(kind) => kind.gauges().concerns(candidate),
            Kind::Disparity(kind) => kind.gauges().concerns(candidate),
            Kind::Travel(kind) => kind.concerns(candidate),
            Kind::Stability(kind) => kind.concerns(candidate),
            Kind::Preference(_) => Preference::concerns(candidate),
            Kind::Couples(_) => Couples::concerns(candidate),
            Kind::Avoidance(_) => Avoidance::concerns(candidate),
            Kind::Turns(kind) => kind.concerns(candidate),
            _ => false,
        }
    }

    /// Whether the rule may cost or count a placement at a school: the same for every person.
    pub(crate) fn leads_to(&self, situation: &Situation<'_>, school: SchoolIndex) -> bool {
        match &self.kind {
            Kind::Count(kind) => kind.leads_to(&situation.school(school)),
            Kind::Ratio(kind) => kind.leads_to(&situation.school(school)),
            Kind::PerPupil(kind) => kind.gauges().leads_to(&situation.school(school)),
            Kind::Disparity(kind) => kind.gauges().leads_to(&situation.school(school)),
            Kind::Stability(kind) => kind.leads_to(&situation.school(school)),
            _ => true,
        }
    }

    /// The schools of an itinerary at which the rule looks.
    pub(crate) fn stations(&self) -> Stations {
        match &self.kind {
            Kind::Count(kind) => kind.stations(),
            Kind::PerPupil(kind) => kind.itinerants.into(),
            Kind::Travel(_) | Kind::Stability(_) => Stations::Visits,
            _ => Stations::Home,
        }
    }

    fn amount_there(&self, position: usize, candidate: &Candidate<'_>) -> Option<(RowKey, i64)> {
        let (key, amount) = match &self.kind {
            Kind::Count(kind) => kind.amount_there(candidate)?,
            Kind::Ratio(kind) => kind.amount_there(candidate)?,
            Kind::Couples(kind) => kind.amount_there(candidate)?,
            Kind::Turns(kind) => kind.amount_there(candidate)?,
            _ => return None,
        };
        Some((RowKey::Rule(position, key), amount))
    }

    /// Calls `add` with what a placement adds to which rows, that concerns the rule and leads where
    /// it says.
    pub(crate) fn amounts_there(
        &self,
        position: usize,
        candidate: &Candidate<'_>,
        mut add: impl FnMut(RowKey, i64),
    ) {
        match &self.kind {
            Kind::PerPupil(kind) => kind.gauges().amounts_there(position, candidate, add),
            Kind::Disparity(kind) => kind.gauges().amounts_there(position, candidate, add),
            Kind::Avoidance(kind) => kind.amounts_there(position, candidate, add),
            _ => {
                if let Some((key, amount)) = self.amount_there(position, candidate) {
                    add(key, amount);
                }
            }
        }
    }

    /// What a placement costs that concerns the rule and leads where it says.
    pub(crate) fn cost_there(&self, candidate: &Candidate<'_>) -> i64 {
        if !self.rule.enforcement.costs() {
            return 0;
        }
        match &self.kind {
            Kind::Travel(kind) => kind.cost_there(&self.rule, candidate),
            Kind::Stability(kind) => kind.cost_there(&self.rule, candidate),
            Kind::Preference(kind) => kind.cost_there(&self.rule, candidate),
            _ => 0,
        }
    }

    /// Calls `add` with what one recruit at a post adds to which of the rule's rows.
    pub fn recruit_amounts(
        &self,
        position: usize,
        situation: &Situation<'_>,
        recruit: &Service,
        mut add: impl FnMut(RowKey, i64),
    ) {
        let held = match &self.kind {
            Kind::Count(kind) => kind.recruit_amount(situation, recruit),
            Kind::Ratio(kind) => kind.recruit_amount(situation, recruit),
            Kind::PerPupil(kind) => {
                let gauges = kind.gauges();
                return gauges.recruit_amounts(position, situation, recruit, add);
            }
            Kind::Disparity(kind) => {
                let gauges = kind.gauges();
                return gauges.recruit_amounts(position, situation, recruit, add);
            }
            _ => None,
        };
        if let Some((key, amount)) = held {
            add(RowKey::Rule(position, key), amount);
        }
    }

    /// The row whose limit moves with the establishment of a unit.
    pub fn row_of_posts(&self, position: usize, unit: UnitIndex) -> Option<RowKey> {
        match &self.kind {
            Kind::Count(kind) => {
                let place = kind.place_of_posts(unit)?;
                Some(RowKey::Rule(position, place))
            }
            _ => None,
        }
    }

    /// What one recognition as 双师型 adds to the rule's rows.
    pub fn certify_amount(&self, position: usize) -> Option<(RowKey, i64)> {
        match &self.kind {
            Kind::Ratio(kind) => {
                let (key, amount) = kind.certify_amount()?;
                Some((RowKey::Rule(position, key), amount))
            }
            _ => None,
        }
    }

    /// How strictly the rule is held, on paper: who is only named by it is reminded of (提醒).
    pub const fn held_as(&self) -> &'static str {
        if self.reminds() {
            "提醒"
        } else {
            self.rule.enforcement.chinese()
        }
    }

    /// The same as a code word.
    pub const fn held_as_code(&self) -> &'static str {
        if self.reminds() {
            "remind"
        } else {
            self.rule.enforcement.code()
        }
    }

    const fn reminds(&self) -> bool {
        matches!(&self.kind, Kind::Eligibility(kind) if matches!(kind.effect, Effect::Remind))
    }

    /// Whether the rule measures indicators over the district.
    pub const fn has_measures(&self) -> bool {
        matches!(self.kind, Kind::PerPupil(_) | Kind::Disparity(_))
    }

    /// What a placement costs at the rule's level, by itself.
    pub fn cost(&self, candidate: &Candidate<'_>) -> i64 {
        let mut cost = 0;
        candidate.at_stations(self.stations(), |there| {
            if self.concerns(there) && self.leads_to(there.situation, there.placement.school) {
                cost += self.cost_there(there);
            }
        });
        cost
    }

    /// What a finished plan has in each place of the rule beside the limits there: of counts, else
    /// nothing.
    pub fn tallies(&self, context: &Context<'_>, facts: &PlanFacts<'_>) -> Vec<Tally> {
        match &self.kind {
            Kind::Count(kind) => kind.tallies(context, facts).0,
            _ => Vec::new(),
        }
    }

    /// How many stay under a plan who go before somebody by turn: of rules of turns, else nothing.
    pub fn ahead_of(
        &self,
        context: &Context<'_>,
        facts: &PlanFacts<'_>,
        teacher: TeacherIndex,
    ) -> Option<usize> {
        match &self.kind {
            Kind::Turns(kind) => kind.ahead_of(context, facts, teacher),
            _ => None,
        }
    }

    /// Whether the places in which the rule is checked are people, by their ids.
    pub const fn names_people(&self) -> bool {
        matches!(
            self.kind,
            Kind::Eligibility(_) | Kind::Reach(_) | Kind::Couples(_) | Kind::Avoidance(_)
        )
    }

    /// Checks a finished plan.
    pub fn check(&self, context: &Context<'_>, facts: &PlanFacts<'_>) -> Outcome {
        let rule = &self.rule;
        let mut outcome = match &self.kind {
            Kind::Eligibility(kind) => kind.check(rule, facts),
            Kind::Reach(kind) => kind.check(rule, facts),
            Kind::Count(kind) => kind.check(rule, context, facts),
            Kind::Ratio(kind) => kind.check(rule, facts),
            Kind::PerPupil(kind) => kind.check(rule, facts),
            Kind::Disparity(kind) => kind.check(rule, context, facts),
            Kind::Coverage(kind) => kind.check_shortage(rule, facts),
            Kind::Surplus(kind) => kind.check_surplus(rule, facts),
            Kind::Travel(kind) => kind.check(rule, facts),
            Kind::Stability(kind) => kind.check(rule, facts),
            Kind::Preference(kind) => kind.check(rule, facts),
            Kind::Couples(kind) => kind.check(rule, facts),
            Kind::Avoidance(kind) => kind.check(rule, facts),
            Kind::Turns(kind) => kind.check(rule, context, facts),
        };
        if !rule.enforcement.costs() {
            outcome.cost = 0;
        }
        outcome
    }
}

fn typed(rule: &Rule) -> Result<Kind, PolicyFault> {
    let place = format!("{}: rule.{}", rule.file, rule.id);
    let parameters = Value::Table(rule.parameters.clone());
    let read = match rule.kind.as_str() {
        "eligibility" => parameters.try_into().map(Kind::Eligibility),
        "reach" => parameters.try_into().map(Kind::Reach),
        "count" => parameters
            .try_into()
            .map(|kind| Kind::Count(Box::new(kind))),
        "ratio" => parameters
            .try_into()
            .map(|kind| Kind::Ratio(Box::new(kind))),
        "per_pupil" => parameters
            .try_into()
            .map(|kind| Kind::PerPupil(Box::new(kind))),
        "disparity" => parameters
            .try_into()
            .map(|kind| Kind::Disparity(Box::new(kind))),
        "coverage" => parameters.try_into().map(Kind::Coverage),
        "surplus" => parameters.try_into().map(Kind::Surplus),
        "travel" => parameters.try_into().map(Kind::Travel),
        "stability" => parameters.try_into().map(Kind::Stability),
        "preference" => parameters.try_into().map(Kind::Preference),
        "couples" => parameters.try_into().map(Kind::Couples),
        "avoidance" => parameters.try_into().map(Kind::Avoidance),
        "turns" => parameters
            .try_into()
            .map(|kind| Kind::Turns(Box::new(kind))),
        other => {
            let near = crate::policy::nearest(other, KINDS).unwrap_or("count");
            return Err(PolicyFault {
                code: "P006",
                place,
                message: format!("没有这种规则 / no such kind of rule `{other}`"),
                advice: format!("是否应为 / did you mean `{near}`? ({})", KINDS.join(" ")),
            });
        }
    };
    let kind =
        read.map_err(|error: toml::de::Error| crate::policy::from_toml(&place, error.message()))?;
    if let Kind::Count(count) = &kind
        && let Some(fault) = idle_exception(rule, count)
    {
        return Err(fault);
    }
    match without_effect(rule, &kind) {
        None => Ok(kind),
        Some((message, advice)) => Err(PolicyFault {
            code: "P008",
            place,
            message: message.to_owned(),
            advice: advice.to_owned(),
        }),
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
