//! One scenario for each kind of rule and each of its parameters. Source of truth: districts so
//! small that the best plan is proven in a comment. Each is planned with the rule and again without
//! it (or without the parameter), and the plans differ as the rule says. Whatever stands in its place,
//! each is also planned with nothing there, and that plan must be refused under the rule or be worth
//! something else: a scenario in which the rule never binds does not pass.

#[path = "../programs/mod.rs"]
mod programs;
#[path = "../support/mod.rs"]
mod support;

mod costs;
mod counts;
mod exceptions;
mod forms;
mod indicators;
mod itinerants;
mod levers;
mod moves;
mod rounds;
mod turns;
mod words;

use std::fmt::Write as _;
use std::path::Path;

use shizi::domain::{District, DistrictParts, LeverUse, Placement, UnitIndex};
use shizi::planning::PlanStatus;
use shizi::policy::Enforcement;
use shizi::rules::{Context, PlanFacts, RuleSet};
use support::plans::Case;
use support::tiny;

/// Uncovered need counts first of all.
const COVER: &str = "[rule.cover]\nkind = 'coverage'\ntitle = '缺额'\nenforcement = 'objective'\n\
                     level = 'teaching'\n";

/// Exchanges only.
const EXCHANGES: &str = "[rule.exchanges]\nkind = 'eligibility'\ntitle = '不调动'\nform = '调动'\n\
                         effect = 'forbid'\n";

/// Transfers only.
const TRANSFERS: &str = "[rule.transfers]\nkind = 'eligibility'\ntitle = '不交流'\nform = '交流'\n\
                         effect = 'forbid'\n";

/// Every move costs a tenth of a person at the last level: none is made for nothing.
const MOVES_COST: &str = "[rule.moves-cost]\nkind = 'stability'\ntitle = '流动'\nlevel = 'people'\n\
                          enforcement = 'objective'\nweight = 0.1\n";

/// A district planned with a rule, and with something else in its place.
struct Scenario {
    /// The sentence that it proves.
    name: String,
    /// The district.
    parts: DistrictParts,
    /// Rules beside it.
    beside: String,
    /// The rule.
    rule: String,
    /// What stands in its place; empty: nothing.
    otherwise: String,
    /// The moves and uses of levers with the rule.
    with: &'static [&'static str],
    /// And without.
    without: &'static [&'static str],
}

impl Scenario {
    /// Exchanges that cover need, with a rule of this body and without it.
    fn new(
        name: &str,
        parts: DistrictParts,
        body: &str,
        with: &'static [&'static str],
        without: &'static [&'static str],
    ) -> Self {
        Self {
            name: name.to_owned(),
            parts,
            beside: format!("{COVER}{EXCHANGES}"),
            rule: tested(body),
            otherwise: String::new(),
            with,
            without,
        }
    }

    /// With another body in place of nothing.
    fn otherwise(mut self, body: &str) -> Self {
        self.otherwise = tested(body);
        self
    }

    /// With another rule beside.
    fn beside(mut self, text: &str) -> Self {
        self.beside.push_str(text);
        self
    }

    /// With no other rule beside than these.
    fn only_beside(mut self, text: &str) -> Self {
        text.clone_into(&mut self.beside);
        self
    }

    fn check(&self) {
        let district = District::new(self.parts.clone())
            .unwrap_or_else(|errors| panic!("{}: {errors:#?}", self.name));
        let with = best(&district, &[&self.beside, &self.rule]);
        assert_eq!(with.moves, self.with, "{}: with", self.name);
        let otherwise = best(&district, &[&self.beside, &self.otherwise]);
        assert_eq!(otherwise.moves, self.without, "{}: without", self.name);
        assert_ne!(
            with.moves, otherwise.moves,
            "{}: the rule changes nothing",
            self.name
        );
        let removed = if self.otherwise.is_empty() {
            otherwise
        } else {
            best(&district, &[&self.beside])
        };
        let binds =
            removed.worth_under(&district, &[&self.beside, &self.rule]) != Some(with.levels);
        assert!(binds, "{}: the rule binds nothing", self.name);
    }
}

fn tested(body: &str) -> String {
    format!("[rule.tested]\ntitle = '待验'\n{body}\n")
}

/// Checks scenarios one by one.
fn check(scenarios: &[Scenario]) {
    for scenario in scenarios {
        scenario.check();
    }
}

/// The national policy without its rules, and with these.
fn policy_text(rules: &[&str]) -> String {
    let national = shizi::policy::load(Path::new("national")).expect("the national policy reads");
    let mut text = "extends = 'national'\nid = 'tiny'\ntitle = '试验'\n".to_owned();
    for rule in &national.rules {
        let _ = writeln!(text, "[rule.{}]\noff = true", rule.id);
    }
    text + &rules.concat()
}

/// A plan that is best under some rules.
struct Best {
    /// Moves, changes of subject and uses of levers.
    moves: Vec<String>,
    /// What it is worth at each level.
    levels: Vec<i64>,
    placements: Vec<Placement>,
    levers: Vec<LeverUse>,
}

/// The best plan, checked by the rules themselves and audited from its files.
fn best(district: &District, rules: &[&str]) -> Best {
    let case = case(district, rules);
    let folder = tempfile::tempdir().expect("a folder for the plan");
    let planned = case.write(folder.path());
    assert_eq!(planned.status, PlanStatus::Optimal, "{planned:#?}");
    let report = case.audit(folder.path());
    assert!(report.passes(), "{:#?}", report.findings);
    let chosen = planned.plan.expect("an optimal plan");
    let values: Vec<i64> = planned.levels.iter().map(|level| level.value).collect();
    case.with(|context, rules| {
        let facts = PlanFacts {
            situation: context.situation,
            placements: &chosen.placements,
            levers: &chosen.levers,
        };
        let levels = worth(context, rules, &facts);
        assert_eq!(
            levels,
            Some(values.clone()),
            "the rules' checks and the model"
        );
        Best {
            moves: described(district, &facts),
            levels: values,
            placements: chosen.placements.clone(),
            levers: chosen.levers.clone(),
        }
    })
}

impl Best {
    /// What the plan is worth under other rules; `None` where they refuse it.
    fn worth_under(&self, district: &District, rules: &[&str]) -> Option<Vec<i64>> {
        case(district, rules).with(|context, rules| {
            let facts = PlanFacts {
                situation: context.situation,
                placements: &self.placements,
                levers: &self.levers,
            };
            worth(context, rules, &facts)
        })
    }
}

/// The moves, changes of subject and uses of levers of the best plan.
fn plan(district: &District, rules: &[&str]) -> Vec<String> {
    best(district, rules).moves
}

/// The district under rules, with those that every scenario has.
fn case(district: &District, rules: &[&str]) -> Case {
    let order = tiny::cheapest_last();
    let text = policy_text(&[&[MOVES_COST, &order], rules].concat());
    Case::new(district.clone(), &text)
}

/// What a plan is worth at each level by the rules' checks; `None` where a hard rule refuses it.
fn worth(context: &Context<'_>, rules: &RuleSet, facts: &PlanFacts<'_>) -> Option<Vec<i64>> {
    let policy = context.situation.policy;
    let mut levels = vec![0; policy.levels.len()];
    for typed in rules.all() {
        let outcome = typed.check(context, facts);
        if !outcome.met && typed.rule.enforcement == Enforcement::Hard {
            return None;
        }
        levels[typed.rule.level] += outcome.cost;
    }
    for lever in &policy.levers {
        levels[lever.level] += facts.cost_of(lever);
    }
    Some(levels)
}

/// `T1 交流 S1 语文`, `招聘 S1 1`, `认定 1`, `周转 U1 1`, `调剂 U0 U1 1`.
fn described(district: &District, facts: &PlanFacts<'_>) -> Vec<String> {
    let moves = facts
        .placements
        .iter()
        .filter(|placement| placement.form.is_move() || placement.form.code() == "change-subject")
        .map(|placement| {
            format!(
                "T{} {} {} {}",
                placement.teacher.position(),
                placement.form.chinese(),
                district.school(placement.school).code,
                district.subject_name(placement.subject),
            )
        });
    let itinerants = facts.placements.iter().filter_map(|placement| {
        let days = placement.itinerary?.printed(district);
        let form = placement.form.chinese();
        Some(format!("T{} {form} {days}", placement.teacher.position()))
    });
    let code = |unit: UnitIndex| district.unit(unit).code.as_str();
    let levers = facts
        .levers
        .iter()
        .map(|used| match (used.school, used.unit) {
            (Some(school), _) => format!("招聘 {} {}", district.school(school).code, used.count),
            (None, Some(unit)) => match used.from {
                Some(from) => format!("调剂 {} {} {}", code(from), code(unit), used.count),
                None => format!("周转 {} {}", code(unit), used.count),
            },
            (None, None) => format!("认定 {}", used.count),
        });
    moves.chain(itinerants).chain(levers).collect()
}
