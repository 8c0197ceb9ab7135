//! The state of a district before any plan: staff, need, the three balances, who is eligible and
//! why the others are not.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::summary::{AssumptionFigures, decimal};
use crate::demand::{Fixation, LoadSource, RollEntry, Situation};
use crate::domain::{Employment, Form, Persons, Placement, Stage, SubjectIndex, UnitIndex, Zone};
use crate::rules::eligibility::Refusal;
use crate::rules::{Context, Measure, PlanFacts, RuleSet};

/// The state of a district as figures.
#[derive(Debug, Serialize)]
pub struct State<'a> {
    pub(super) district: &'a str,
    pub(super) year_begin: String,
    pub(super) data_date: &'a str,
    pub(super) policy: &'a str,
    pub(super) staff: StaffFigures,
    pub(super) need: NeedFigures,
    pub(super) by_zone: Vec<ZoneState>,
    pub(super) by_subject: Vec<SubjectState>,
    /// Indicators of rules, before any plan.
    pub(super) indicators: Vec<Measure>,
    pub(super) eligibility: Vec<FormState>,
    pub(super) reminders: Vec<Count>,
    pub(super) assumptions: Vec<AssumptionFigures<'a>>,
}

/// Who is there at the begin of the year.
#[derive(Debug, Default, Serialize)]
pub(super) struct StaffFigures {
    pub(super) on_roster: usize,
    pub(super) serving: usize,
    pub(super) outside_establishment: usize,
    pub(super) absent: usize,
    pub(super) departed: usize,
    pub(super) on_exchange: usize,
    pub(super) returned: usize,
    /// Who was released and holds no post; not in years without a competition.
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) waiting: usize,
    /// Who serves at several schools (走教), as before or by a decision.
    #[serde(skip_serializing_if = "is_zero")]
    pub(super) itinerant: usize,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// Need, in two ways, beside staff and establishment.
#[derive(Debug, Serialize)]
pub(super) struct NeedFigures {
    /// By the loads alone.
    pub(super) by_loads: f64,
    /// With credits, leave cover and small sites.
    pub(super) with_credits: f64,
    /// Who gives lessons, staff outside the establishment included.
    pub(super) staff: f64,
    /// Who holds 编制.
    pub(super) establishment_held: u32,
    /// 核定编制, of units where it is known.
    pub(super) establishment: u32,
    /// Units whose establishment is not known.
    pub(super) establishment_unknown: usize,
    /// What the national ratios of pupils to staff would give.
    pub(super) by_ratio: f64,
    /// Above the need of their subject in units over their establishment: those who may be called
    /// 富余.
    pub(super) redundant: f64,
}

/// The three balances of a stage and zone.
#[derive(Debug, Serialize)]
pub(super) struct ZoneState {
    pub(super) stage: Stage,
    pub(super) zone: Zone,
    /// 编制余缺: establishment less holders, of units most of whose classes are here.
    pub(super) establishment_balance: i64,
    pub(super) need_by_loads: f64,
    pub(super) need: f64,
    pub(super) staff: f64,
    /// 课时余缺: staff less need, over all posts.
    pub(super) lesson_balance: f64,
    /// 学科余缺: need not covered, post by post.
    pub(super) shortage: f64,
    /// 学科余缺: persons above need, post by post.
    pub(super) surplus: f64,
}

/// Need and staff of a subject in a stage.
#[derive(Debug, Serialize)]
pub(super) struct SubjectState {
    pub(super) stage: Stage,
    pub(super) subject: String,
    /// Lessons a week of a full-time person; a pool has no load of its own.
    pub(super) load: Option<f64>,
    /// Over how many persons the district's own average was taken; none where the policy's table
    /// holds.
    pub(super) load_of_own: Option<u32>,
    pub(super) need: f64,
    pub(super) staff: f64,
    pub(super) shortage: f64,
    pub(super) surplus: f64,
}

/// Who may move in a form.
#[derive(Debug, Serialize)]
pub(super) struct FormState {
    pub(super) form: &'static str,
    #[serde(skip)]
    pub(super) form_code: &'static str,
    /// Fulfil the conditions.
    pub(super) eligible: usize,
    /// May move: eligible, and no decision keeps them.
    pub(super) may_move: usize,
    /// Reasons of the others, as printed; one person may have several.
    pub(super) refusals: Vec<Count>,
}

/// Something counted.
#[derive(Debug, Serialize)]
pub(super) struct Count {
    pub(super) name: String,
    pub(super) count: usize,
}

/// Reckons the state of a district.
pub fn state_of<'a>(context: &Context<'a>, rules: &RuleSet) -> State<'a> {
    let situation = context.situation;
    let district = situation.district;
    State {
        district: &district.name,
        year_begin: district.year_begin.to_string(),
        data_date: &district.data_date,
        policy: &situation.policy.id,
        staff: staff(situation),
        need: need(situation),
        by_zone: by_zone(situation),
        by_subject: by_subject(situation),
        indicators: indicators(context, rules),
        eligibility: eligibility(context, rules),
        reminders: reminders(context, rules),
        assumptions: district.assumptions.iter().map(Into::into).collect(),
    }
}

fn staff(situation: &Situation<'_>) -> StaffFigures {
    let mut figures = StaffFigures::default();
    for entry in situation.roll.entries() {
        let employment = situation.district.teacher(entry.teacher).employment;
        let is_temporary = employment == Employment::Temporary;
        figures.on_roster += 1;
        figures.serving += usize::from(entry.serves());
        figures.outside_establishment += usize::from(is_temporary && entry.serves());
        figures.waiting += usize::from(entry.form == Form::Waiting);
        match entry.fixation {
            Some(Fixation::Departed) => figures.departed += 1,
            Some(Fixation::Absent) => figures.absent += 1,
            Some(Fixation::Continuing) => figures.on_exchange += 1,
            Some(Fixation::Returned) => figures.returned += 1,
            Some(Fixation::Itinerant { .. }) => figures.itinerant += 1,
            Some(Fixation::Decided) | None => {}
        }
    }
    figures
}

fn need(situation: &Situation<'_>) -> NeedFigures {
    let total = situation.balances.total();
    let units = || {
        situation
            .district
            .unit_indices()
            .map(|unit| situation.balances.unit(unit))
    };
    NeedFigures {
        by_loads: decimal(total.need_by_loads),
        with_credits: decimal(total.need),
        staff: decimal(total.staff),
        establishment_held: units().map(|unit| unit.held).sum(),
        establishment: units().filter_map(|unit| unit.establishment).sum(),
        establishment_unknown: units().filter(|unit| unit.establishment.is_none()).count(),
        by_ratio: decimal(units().map(|unit| unit.by_ratio).sum()),
        redundant: decimal(situation.balances.redundant()),
    }
}

/// Indicators of all rules as if everybody stayed; what two rules measure alike stands once.
fn indicators(context: &Context<'_>, rules: &RuleSet) -> Vec<Measure> {
    let entries = context.situation.roll.entries();
    let placements: Vec<Placement> = entries.iter().map(RollEntry::placement).collect();
    let facts = PlanFacts {
        situation: context.situation,
        placements: &placements,
        levers: &[],
    };
    let mut measures = Vec::new();
    for typed in rules.all().iter().filter(|typed| typed.has_measures()) {
        for measure in typed.check(context, &facts).measures {
            if !measures.contains(&measure) {
                measures.push(measure);
            }
        }
    }
    measures
}

/// The stage and zone in which a unit has most classes; of equals the first.
fn homes(situation: &Situation<'_>) -> BTreeMap<UnitIndex, (Stage, Zone)> {
    let district = situation.district;
    let mut classes: BTreeMap<UnitIndex, BTreeMap<(Stage, Zone), u32>> = BTreeMap::new();
    for school in &district.schools {
        for stage in school.stages() {
            *classes
                .entry(school.unit)
                .or_default()
                .entry((stage, school.zone))
                .or_default() += school.stage_totals(stage).0;
        }
    }
    classes
        .into_iter()
        .filter_map(|(unit, held)| {
            let most = held.values().copied().max()?;
            let home = held.into_iter().find(|&(_, count)| count == most)?;
            Some((unit, home.0))
        })
        .collect()
}

fn by_zone(situation: &Situation<'_>) -> Vec<ZoneState> {
    let mut establishment: BTreeMap<(Stage, Zone), i64> = BTreeMap::new();
    for (unit, home) in homes(situation) {
        let balance = situation.balances.unit(unit).balance().unwrap_or_default();
        *establishment.entry(home).or_default() += balance;
    }
    situation
        .balances
        .stages()
        .iter()
        .filter(|(_, held)| held.need != Persons::ZERO || held.staff != Persons::ZERO)
        .map(|(&(stage, zone), held)| ZoneState {
            stage,
            zone,
            establishment_balance: establishment.get(&(stage, zone)).copied().unwrap_or(0),
            need_by_loads: decimal(held.need_by_loads),
            need: decimal(held.need),
            staff: decimal(held.staff),
            lesson_balance: decimal(held.staff - held.need),
            shortage: decimal(held.shortage),
            surplus: decimal(held.surplus),
        })
        .collect()
}

/// Need, staff, shortage and surplus, and the subject where it stands alone.
type SubjectSums = (Option<SubjectIndex>, [Persons; 4]);

fn by_subject(situation: &Situation<'_>) -> Vec<SubjectState> {
    let mut sums: BTreeMap<(Stage, &str), SubjectSums> = BTreeMap::new();
    for (index, post) in situation.posts.indexed() {
        let staff = situation.balances.present(index);
        let (_, held) = sums
            .entry((post.stage, post.label.as_str()))
            .or_insert((only(&post.subjects), [Persons::ZERO; 4]));
        held[0] += post.need;
        held[1] += staff;
        held[2] += (post.need - staff).max(Persons::ZERO);
        held[3] += (staff - post.need).max(Persons::ZERO);
    }
    sums.into_iter()
        .filter(|(_, (_, held))| *held != [Persons::ZERO; 4])
        .map(|((stage, subject), (alone, held))| {
            let load = alone.and_then(|alone| situation.loads.of(stage, alone));
            SubjectState {
                stage,
                subject: subject.to_owned(),
                load: load.map(|(periods, _)| periods.0 as f64 / 10.0),
                load_of_own: match load {
                    Some((_, LoadSource::Own(count))) => Some(count),
                    _ => None,
                },
                need: decimal(held[0]),
                staff: decimal(held[1]),
                shortage: decimal(held[2]),
                surplus: decimal(held[3]),
            }
        })
        .collect()
}

fn only(subjects: &[SubjectIndex]) -> Option<SubjectIndex> {
    match subjects {
        [alone] => Some(*alone),
        _ => None,
    }
}

fn eligibility(context: &Context<'_>, rules: &RuleSet) -> Vec<FormState> {
    let district = context.situation.district;
    let standings = context.standings;
    // Where no school ends nobody asks who may be resettled.
    let speaks = |&form: &Form| {
        let mut teachers = district.teacher_indices();
        teachers.any(|teacher| {
            let refusals = standings.refusals(teacher, form);
            !refusals.contains(&Refusal::SchoolGoesOn)
        })
    };
    let forms = standings.forms().iter().copied().filter(speaks);
    forms
        .map(|form| {
            let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
            for teacher in district.teacher_indices() {
                // Two rules may print the same words; a person counts once under them.
                let printed: BTreeSet<String> = standings
                    .refusals(teacher, form)
                    .iter()
                    .map(|refusal| refusal.printed(rules))
                    .collect();
                for reason in printed {
                    *reasons.entry(reason).or_default() += 1;
                }
            }
            let mut refusals: Vec<Count> = reasons
                .into_iter()
                .map(|(name, count)| Count { name, count })
                .collect();
            refusals.sort_by_key(|held| Reverse(held.count));
            let teachers = || district.teacher_indices();
            FormState {
                form: form.chinese(),
                form_code: form.code(),
                eligible: teachers()
                    .filter(|&teacher| standings.is_eligible(teacher, form))
                    .count(),
                may_move: teachers()
                    .filter(|&teacher| standings.may(teacher, form))
                    .count(),
                refusals,
            }
        })
        .collect()
}

fn reminders(context: &Context<'_>, rules: &RuleSet) -> Vec<Count> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for (position, _) in context.standings.reminders() {
        *counts.entry(*position).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|(position, count)| Count {
            name: rules.all()[position].rule.title.clone(),
            count,
        })
        .collect()
}
