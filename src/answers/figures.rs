//! What a plan comes to, in the figures that are compared.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::account::{Account, Statistics};
use crate::rules::{Figure, Target, UNITS_PER_PERSON};
use crate::solve::LevelCertificate;

/// The figures of a plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// How the solve ended: `optimal`, `feasible`.
    pub status: &'static str,
    /// Levels in their order.
    pub levels: Vec<LevelFigure>,
    /// Moves that begin this year, decided ones included.
    pub moves: usize,
    /// Them by form.
    pub by_form: BTreeMap<&'static str, usize>,
    /// Moves chosen by the plan to a school not wished for.
    pub unwished: usize,
    /// Minutes of one way of moves chosen by the plan, summed.
    pub minutes: i64,
    /// The longest of these ways, in minutes.
    pub longest: i64,
    /// Changes of subject inside a school.
    pub changes_of_subject: usize,
    /// Need that nobody covers, full-time persons.
    pub shortage: f64,
    /// The same in lessons a week, where need is reckoned from lessons.
    pub lessons: f64,
    /// Persons above need.
    pub surplus: f64,
    /// Staff outside the establishment (编外、临聘) whom posts could do without.
    pub dispensable: f64,
    /// Balances by stage and subject.
    pub subjects: Vec<SubjectFigure>,
    /// What levers (补充渠道) did: recruits by post, others by what they act on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levers: Vec<LeverFigure>,
    /// What each rule found.
    pub rules: Vec<RuleFigure>,
    /// Figures that are reported upwards.
    pub statistics: Statistics,
}

/// The value of a level, in weighted persons; less is better.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LevelFigure {
    /// Its id.
    pub name: String,
    /// Its title.
    pub title: String,
    /// In English.
    pub title_english: String,
    /// The value.
    pub value: f64,
    /// In units, 100 000 of which are a weighted person.
    pub units: i64,
    /// Proven: no plan that keeps the earlier levels' values is below.
    pub bound_units: Option<i64>,
    /// Whether value and bound are the same.
    pub closed: bool,
}

/// Need and staff of a subject in a stage, full-time persons.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SubjectFigure {
    /// The stage, in Chinese.
    pub stage: &'static str,
    /// The subject; pooled posts under their subjects joined.
    pub subject: String,
    /// What is needed.
    pub need: f64,
    /// Who serves.
    pub staff: f64,
    /// Need that nobody covers, summed over schools.
    pub shortage: f64,
    /// Persons above need, summed over schools.
    pub surplus: f64,
}

/// What a lever did at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeverFigure {
    /// Its id.
    pub lever: String,
    /// Its title.
    pub title: String,
    /// In English.
    pub title_english: String,
    /// Code of the school to which recruits come, or of the unit that is given posts; empty where it acts
    /// on the whole district.
    pub place: String,
    /// Its name.
    pub place_name: String,
    /// The stage of recruits, in Chinese; else empty.
    pub stage: &'static str,
    /// Their subject; else empty.
    pub subject: String,
    /// How many.
    pub count: u32,
}

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleFigure {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// In English.
    pub title_english: String,
    /// Over the district.
    pub value: Figure,
    /// What it asks.
    pub target: Option<Target>,
    /// Whether it holds everywhere.
    pub met: bool,
    /// In how many places it does not.
    pub missed: usize,
    /// What it costs at its level, in units.
    pub units: i64,
}

fn persons(amount: crate::domain::Persons) -> f64 {
    amount.0 as f64 / 1000.0
}

/// Units of a level as weighted persons.
pub(super) fn weighted(units: i64) -> f64 {
    units as f64 / UNITS_PER_PERSON as f64
}

impl Figures {
    /// The figures of an account.
    pub fn of(account: &Account<'_>) -> Self {
        let (total, burden) = (account.total(), account.burden());
        let mut by_form: BTreeMap<&'static str, usize> = BTreeMap::new();
        for candidate in account.moves() {
            *by_form
                .entry(candidate.placement.form.chinese())
                .or_default() += 1;
        }
        let subjects = account.by_subject().into_iter();
        Self {
            status: account.planned.status.code(),
            levels: levels(account),
            moves: account.moves().count(),
            by_form,
            unwished: burden.involuntary,
            minutes: burden.minutes.0,
            longest: burden.longest.0,
            changes_of_subject: burden.changes_of_subject,
            shortage: persons(total.shortage_after),
            lessons: lessons(account),
            surplus: persons(total.surplus_after),
            dispensable: persons(total.dispensable_after),
            subjects: subjects
                .map(|((stage, subject), balance)| SubjectFigure {
                    stage: stage.chinese(),
                    subject,
                    need: persons(balance.need),
                    staff: persons(balance.after),
                    shortage: persons(balance.shortage_after),
                    surplus: persons(balance.surplus_after),
                })
                .collect(),
            levers: levers(account),
            rules: rules(account),
            statistics: account.statistics(),
        }
    }

    /// Rules that ask something of the district and of which value, target or missed places are
    /// others than in these figures, each with what it was here.
    pub fn other_rules<'a>(
        &'a self,
        other: &'a Self,
    ) -> impl Iterator<Item = (Option<&'a RuleFigure>, &'a RuleFigure)> {
        let asked = other.rules.iter().filter(|rule| rule.target.is_some());
        asked.filter_map(|rule| {
            let before = self.rule(&rule.id);
            let found = |held: &RuleFigure| (held.value, held.target, held.missed);
            (before.map(found) != Some(found(rule))).then_some((before, rule))
        })
    }

    /// What a subject of a stage, both in Chinese, needs and has.
    pub fn subject(&self, stage: &str, subject: &str) -> Option<&SubjectFigure> {
        let mut subjects = self.subjects.iter();
        subjects.find(|held| (held.stage, held.subject.as_str()) == (stage, subject))
    }

    /// What a rule found, by its id.
    pub fn rule(&self, id: &str) -> Option<&RuleFigure> {
        self.rules.iter().find(|rule| rule.id == id)
    }
}

fn levels(account: &Account<'_>) -> Vec<LevelFigure> {
    let policy = account.situation().policy;
    let levels = account.planned.levels.iter().map(|level| {
        let held = &policy.levels[level.level];
        let certificate = level.certificate.as_ref();
        LevelFigure {
            name: held.id.clone(),
            title: held.title.clone(),
            title_english: held.title_english.clone(),
            value: weighted(level.value),
            units: level.value,
            bound_units: certificate.map(|held| held.bound),
            closed: certificate.is_some_and(LevelCertificate::is_closed),
        }
    });
    levels.collect()
}

fn levers(account: &Account<'_>) -> Vec<LeverFigure> {
    let situation = account.situation();
    let district = situation.district;
    let levers = account.plan.levers.iter().map(|used| {
        let mut levers = situation.policy.levers.iter();
        let lever = levers.find(|lever| lever.id == used.lever);
        let title = lever.map(|lever| (lever.title.clone(), lever.title_english.clone()));
        let (title, title_english) = title.unwrap_or_default();
        let place = match (used.school, used.unit) {
            (Some(school), _) => {
                let school = district.school(school);
                (school.code.clone(), school.name.clone())
            }
            (None, Some(unit)) => {
                let unit = district.unit(unit);
                (unit.code.clone(), unit.name.clone())
            }
            (None, None) => Default::default(),
        };
        let subject = used.subject.map(|subject| district.subject_name(subject));
        LeverFigure {
            lever: used.lever.clone(),
            title,
            title_english,
            place: place.0,
            place_name: place.1,
            stage: used.stage.map_or("", |stage| stage.chinese()),
            subject: subject.unwrap_or_default().to_owned(),
            count: used.count,
        }
    });
    levers.collect()
}

fn rules(account: &Account<'_>) -> Vec<RuleFigure> {
    let rules = account.rules().map(|(typed, outcome)| RuleFigure {
        id: typed.rule.id.clone(),
        title: typed.rule.title.clone(),
        title_english: typed.rule.title_english.clone(),
        value: outcome.value,
        target: outcome.target,
        met: outcome.met,
        missed: outcome.missed.len(),
        units: outcome.cost,
    });
    rules.collect()
}

/// Lessons a week that nobody gives.
fn lessons(account: &Account<'_>) -> f64 {
    let situation = account.situation();
    let tenths = situation.posts.indexed().map(|(index, post)| {
        let short = account.balance(index).shortage_after;
        let load = post.subjects.first();
        let load = load.and_then(|&subject| situation.loads.of(post.stage, subject));
        load.map_or(0, |(load, _)| short.0 * load.0 / 1000)
    });
    tenths.sum::<i64>() as f64 / 10.0
}
