//! The indicators of a year.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::account::{Account, Balance, Fairness};
use crate::answers::Figures;
use crate::demand::{Fixation, RollEntry};
use crate::domain::{DecidedKind, Employment, Form, LeverUse, Stage, Status, Zone};
use crate::policy::{Lever, LeverKind};

/// What a year comes to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct YearFigures {
    /// By stage.
    pub stages: Vec<StageFigures>,
    /// Who retires until the year begins.
    pub retired: usize,
    /// Who leaves otherwise until then.
    pub left: usize,
    /// Exchanges that end: who comes home.
    pub returned: usize,
    /// Exchanges that go on.
    pub continuing: usize,
    /// Whom levers recruit, by lever, stage, subject and zone.
    pub recruits: Vec<Placed>,
    /// Recognised as 双师型 by levers.
    pub recognised: u32,
    /// Whom the plan asks, group by group.
    #[serde(skip)]
    pub fairness: Fairness,
    /// The figures of the plan.
    pub plan: Figures,
}

/// A stage in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StageFigures {
    /// The stage, in Chinese.
    pub stage: &'static str,
    /// Classes.
    pub classes: u32,
    /// Pupils.
    pub pupils: u32,
    /// Who serves in the establishment (在编任教), recruits into it included.
    pub staff: usize,
    /// Who serves outside it (编外), recruits on contract included.
    pub outside: usize,
    /// Who retires until the year begins.
    pub retired: usize,
    /// What is needed, in thousandths of full-time persons.
    pub need: i64,
    /// Need that nobody covers once the plan is carried out, in thousandths.
    pub shortage: i64,
    /// Persons above need, in thousandths.
    pub surplus: i64,
    /// What the ratios of pupils to staff give (按生师比), in thousandths.
    pub by_ratio: i64,
}

/// Recruits that a lever places.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Placed {
    /// The lever's id.
    pub lever: String,
    /// Its title.
    pub title: String,
    /// In English.
    pub title_english: String,
    /// The stage.
    #[serde(serialize_with = "in_chinese")]
    pub stage: Stage,
    /// The subject.
    pub subject: String,
    /// Urban, town or rural.
    #[serde(serialize_with = "in_chinese")]
    pub zone: Zone,
    /// How many.
    pub count: u32,
}

fn in_chinese<S: Serializer>(word: &impl Word, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(word.on_paper())
}

/// What has a word on paper.
trait Word {
    fn on_paper(&self) -> &'static str;
}

impl Word for Stage {
    fn on_paper(&self) -> &'static str {
        self.chinese()
    }
}

impl Word for Zone {
    fn on_paper(&self) -> &'static str {
        self.chinese()
    }
}

impl YearFigures {
    /// Reckons them.
    pub(super) fn of(account: &Account<'_>) -> Self {
        let situation = account.situation();
        let entries = situation.roll.entries();
        let of = |fixation| {
            let held = entries
                .iter()
                .filter(|entry| entry.fixation == Some(fixation));
            held.count()
        };
        let retired = entries.iter().filter(|entry| retires(account, entry));
        let retired = retired.count();
        let levers = account.plan.levers.iter();
        let certify = levers.filter(|used| {
            let mut levers = situation.policy.levers.iter();
            levers.any(|lever| lever.id == used.lever && lever.kind == LeverKind::Certify)
        });
        Self {
            stages: stages(account),
            retired,
            left: of(Fixation::Departed) - retired,
            returned: of(Fixation::Returned),
            continuing: of(Fixation::Continuing),
            recruits: placed(account),
            recognised: certify.map(|used| used.count).sum(),
            fairness: account.fairness(),
            plan: Figures::of(account),
        }
    }
}

/// Whether somebody departs because of age, or by a decision that says so.
fn retires(account: &Account<'_>, entry: &RollEntry) -> bool {
    if entry.fixation != Some(Fixation::Departed) {
        return false;
    }
    let situation = account.situation();
    let district = situation.district;
    let teacher = district.teacher(entry.teacher);
    let mut decided = district.decided_of(entry.teacher).iter();
    let in_force = decided.rfind(|held| held.in_force(district.year_begin));
    if entry.decided {
        return in_force.is_some_and(|held| held.kind == DecidedKind::Retire);
    }
    let month = situation.policy.retirement.month_of(teacher);
    teacher.status == Status::Retired || month.is_some_and(|month| month <= district.year_begin)
}

fn stages(account: &Account<'_>) -> Vec<StageFigures> {
    let situation = account.situation();
    let district = situation.district;
    let balances = account.balances_by(|post| post.stage);
    let mut staff: BTreeMap<Stage, (usize, usize, usize)> = BTreeMap::new();
    for candidate in account.candidates() {
        let placement = candidate.placement;
        let held = staff.entry(placement.stage).or_default();
        let teacher = district.teacher(placement.teacher);
        if placement.form == Form::Depart {
            let entry = situation.roll.entry(placement.teacher);
            held.2 += usize::from(retires(account, entry));
        } else if placement.form.serves() {
            match teacher.employment {
                Employment::Establishment => held.0 += 1,
                Employment::Temporary => held.1 += 1,
            }
        }
    }
    for used in &account.plan.levers {
        let (Some(stage), Some(lever)) = (used.stage, recruiting(account, used)) else {
            continue;
        };
        let held = staff.entry(stage).or_default();
        // Where the policy does not say, recruits are in the establishment, as in the year after.
        if lever.profile.employment == Some(Employment::Temporary) {
            held.1 += used.count as usize;
        } else {
            held.0 += used.count as usize;
        }
    }
    let tables = &situation.policy.demand;
    let figures = district.stages().into_iter().map(|stage| {
        let totals = district
            .schools
            .iter()
            .map(|school| school.stage_totals(stage));
        let (classes, pupils) = totals.fold((0, 0), |sum, held| (sum.0 + held.0, sum.1 + held.1));
        let (inside, outside, retired) = staff.get(&stage).copied().unwrap_or_default();
        let balance = balances.get(&stage).copied().unwrap_or_default();
        let Balance {
            need,
            shortage_after,
            surplus_after,
            ..
        } = balance;
        StageFigures {
            stage: stage.chinese(),
            classes,
            pupils,
            staff: inside,
            outside,
            retired,
            need: need.0,
            shortage: shortage_after.0,
            surplus: surplus_after.0,
            by_ratio: tables.staff_by_ratio(stage, pupils).0,
        }
    });
    figures.collect()
}

/// The lever that recruits by a use, if it is one that does.
fn recruiting<'a>(account: &'a Account<'_>, used: &LeverUse) -> Option<&'a Lever> {
    let mut levers = account.situation().policy.levers.iter();
    levers.find(|lever| lever.id == used.lever && lever.kind == LeverKind::Recruit)
}

fn placed(account: &Account<'_>) -> Vec<Placed> {
    let district = account.situation().district;
    let mut placed: Vec<Placed> = Vec::new();
    for used in &account.plan.levers {
        let (Some(lever), Some(school), Some(stage), Some(subject)) = (
            recruiting(account, used),
            used.school,
            used.stage,
            used.subject,
        ) else {
            continue;
        };
        placed.push(Placed {
            lever: lever.id.clone(),
            title: lever.title.clone(),
            title_english: lever.title_english.clone(),
            stage,
            subject: district.subject_name(subject).to_owned(),
            zone: district.school(school).zone,
            count: used.count,
        });
    }
    placed.sort();
    placed.dedup_by(|next, held| {
        let same = (&next.lever, next.stage, &next.subject, next.zone)
            == (&held.lever, held.stage, &held.subject, held.zone);
        held.count += if same { next.count } else { 0 };
        same
    });
    placed
}
