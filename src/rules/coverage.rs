//! `coverage` and `surplus`: need of posts is met; nobody stands where there is no need.
//!
//! "A person missing in music at a village school weighs more than one missing in town."

use serde::Deserialize;

use super::except::PostName;
use super::facts::PlanFacts;
use super::figure::{Figure, Target};
use super::row::{Item, Outcome, Row, RowHinge, RowKey};
use super::units_per_thousandth;
use crate::demand::{Post, PostIndex, Situation};
use crate::domain::{Persons, Stage};
use crate::policy::{Enforcement, OneOrMany, Rule, SchoolSelector, Weight};

/// Posts that weigh more (or less).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Emphasis {
    /// In these stages.
    #[serde(default)]
    pub stage: OneOrMany<Stage>,
    /// In these subjects; a pooled post counts where it holds one of them.
    #[serde(default)]
    pub subject: OneOrMany<String>,
    /// At these schools.
    #[serde(default)]
    pub to: SchoolSelector,
    /// At small sites, or elsewhere.
    pub small_site: Option<bool>,
    /// By this factor.
    pub factor: Weight,
}

/// Parameters of both kinds.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// Only posts of these stages.
    #[serde(default)]
    pub stage: OneOrMany<Stage>,
    /// Factors; those that match are multiplied.
    #[serde(default)]
    pub emphasis: Vec<Emphasis>,
    /// Posts of which it does not speak.
    #[serde(default)]
    pub except: Vec<PostName>,
}

impl Coverage {
    /// Whether the rule speaks of a post.
    pub fn speaks_of(&self, situation: &Situation<'_>, post: &Post) -> bool {
        let mut excepted = self.except.iter();
        self.stage.admits(&post.stage) && !excepted.any(|name| name.names(situation.district, post))
    }

    /// What a person of a post weighs; `None` where the rule does not speak of the post.
    fn weight(&self, rule: &Rule, situation: &Situation<'_>, post: &Post) -> Option<Weight> {
        if !self.speaks_of(situation, post) {
            return None;
        }
        let names = || {
            post.subjects
                .iter()
                .map(|&one| situation.district.subject_name(one))
        };
        let weight = self
            .emphasis
            .iter()
            .filter(|emphasis| {
                emphasis.stage.admits(&post.stage)
                    && (emphasis.subject.is_empty()
                        || names().any(|name| emphasis.subject.iter().any(|word| word == name)))
                    && emphasis.to.matches(&situation.school(post.school))
                    && emphasis
                        .small_site
                        .is_none_or(|small| small == post.small_site)
            })
            .fold(rule.weight, |weight, emphasis| {
                weight.times(emphasis.factor)
            });
        Some(weight)
    }

    /// One hinge a post, or a limit where the rule is hard: below the need for coverage, above it
    /// for surplus.
    pub(super) fn rows(&self, rule: &Rule, situation: &Situation<'_>, below: bool) -> Vec<Row> {
        if rule.enforcement == Enforcement::Report {
            return Vec::new();
        }
        let hard = rule.enforcement == Enforcement::Hard;
        situation
            .posts
            .indexed()
            .filter_map(|(index, post)| {
                let slope = units_per_thousandth(self.weight(rule, situation, post)?);
                let need = post.need.0;
                let (slope_below, slope_above) = if below { (slope, 0) } else { (0, slope) };
                let hinge = RowHinge {
                    level: rule.level,
                    at: need,
                    below: slope_below,
                    above: slope_above,
                };
                Some(Row {
                    key: RowKey::Post(index),
                    label: post_label(situation, post),
                    lower: (hard && below).then_some(need),
                    upper: (hard && !below).then_some(need),
                    hinges: if hard { Vec::new() } else { vec![hinge] },
                    terms: Vec::new(),
                })
            })
            .collect()
    }

    /// Need not covered in a finished plan.
    pub(super) fn check_shortage(&self, rule: &Rule, facts: &PlanFacts<'_>) -> Outcome {
        self.check_posts(rule, facts, |need, staff| need - staff)
    }

    /// Persons above need in a finished plan.
    pub(super) fn check_surplus(&self, rule: &Rule, facts: &PlanFacts<'_>) -> Outcome {
        self.check_posts(rule, facts, |need, staff| staff - need)
    }

    /// The posts at which a finished plan misses the need, and by how much: from below or above.
    pub fn missed_posts(&self, facts: &PlanFacts<'_>, below: bool) -> Vec<(PostIndex, Persons)> {
        let situation = facts.situation;
        let staff = facts.staff();
        let posts = situation.posts.indexed();
        let posts = posts.filter(|(_, post)| self.speaks_of(situation, post));
        let amounts = posts.map(|(index, post)| {
            let held = staff.get(&index).copied().unwrap_or_default();
            let lacks = post.need - held;
            (index, if below { lacks } else { held - post.need })
        });
        amounts
            .filter(|&(_, amount)| amount > Persons::ZERO)
            .collect()
    }

    fn check_posts(
        &self,
        rule: &Rule,
        facts: &PlanFacts<'_>,
        miss: impl Fn(Persons, Persons) -> Persons,
    ) -> Outcome {
        let situation = facts.situation;
        let staff = facts.staff();
        let mut outcome = Outcome {
            target: Some(Target::Nobody),
            ..Outcome::cost_only(Figure::FullTime(Persons::ZERO), 0)
        };
        let mut total = Persons::ZERO;
        for (index, post) in situation.posts.indexed() {
            let Some(weight) = self.weight(rule, situation, post) else {
                continue;
            };
            let held = staff.get(&index).copied().unwrap_or_default();
            let amount = miss(post.need, held).max(Persons::ZERO);
            if amount == Persons::ZERO {
                continue;
            }
            total += amount;
            outcome.cost += amount.0 * units_per_thousandth(weight);
            outcome.met = false;
            outcome.missed.push(Item {
                place: post_label(situation, post),
                value: format!("{held} 人"),
                target: format!("{} 人", post.need),
                shortfall: format!("{amount} 人"),
            });
        }
        outcome.value = Figure::FullTime(total);
        outcome
    }
}

/// `school（stage subject）`
pub fn post_label(situation: &Situation<'_>, post: &Post) -> String {
    let school = &situation.district.school(post.school).name;
    format!("{school}（{} {}）", post.stage.chinese(), post.label)
}

/// The label of the post at an index.
pub fn post_label_at(situation: &Situation<'_>, index: PostIndex) -> String {
    post_label(situation, situation.posts.get(index))
}
