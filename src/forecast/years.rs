//! Year after year.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::join;
use toml::{Table, Value};

use super::advance::advance;
use super::figures::YearFigures;
use super::outlook::Outlook;
use super::pupils::{self, Expectation};
use crate::account::{Account, Provenance};
use crate::answers::{Attempt, locked, without_plan};
use crate::demand::Situation;
use crate::domain::{
    District, DistrictError, DistrictParts, Employment, Given, Month, Stage, SubjectIndex,
};
use crate::ingest::{WriteError, as_read, digest};
use crate::planning::{model_year, plan_year};
use crate::policy::{Policy, PolicyFault};
use crate::rules::eligibility::Standings;
use crate::rules::{Context, Kind, RuleSet};
use crate::scenario::{Change, Scenario, apply_scenario};
use crate::solve::{Silent, SolveError, SolveOptions};

/// Months of a year.
const YEAR: i32 = 12;

/// The id of the lever that finds who must be recruited.
const NEEDED: &str = "needed";

/// Which way the years go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recruiting {
    /// With the levers that the policy has (按现有补充渠道).
    AsPlanned,
    /// Besides, whoever is worth it is recruited within the establishment, at once and everywhere
    /// (缺岗补足): what must be recruited in which subject when.
    Filled,
}

/// Several years, both ways.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// With the levers of the policy; ends with the first year that has no plan.
    pub as_planned: Vec<YearAnswer>,
    /// With everybody recruited who is needed.
    pub filled: Vec<YearAnswer>,
    /// What a recruit must bring, in thousandths of a weighted person.
    pub worth: i64,
    /// Entries of the outlook of which the rosters have other numbers of pupils: position, pupils of the
    /// rosters, of the entry. Their change is taken in proportion.
    pub scaled: Vec<(usize, u32, u32)>,
}

impl Forecast {
    /// Whether all years have a plan, both ways.
    pub fn is_complete(&self, years: u32) -> bool {
        let complete = |answers: &[YearAnswer]| {
            let planned = answers
                .iter()
                .filter(|year| year.outcome.planned().is_some());
            planned.count() == years as usize
        };
        complete(&self.as_planned) && complete(&self.filled)
    }
}

/// A year and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct YearAnswer {
    /// Its first month.
    pub begin: Month,
    /// The plan's figures, or why there is none.
    pub outcome: Attempt<YearFigures>,
}

/// A planned year of a forecast, for whoever writes its papers.
#[derive(Debug)]
pub struct YearOf<'a> {
    /// Which way the years went until then.
    pub recruiting: Recruiting,
    /// The year.
    pub account: &'a Account<'a>,
    /// What has changed in the policy since the first year.
    pub policy_changes: &'a [Change],
}

/// What does not change from year to year.
struct Years<'a> {
    outlook: &'a Outlook,
    expectation: Expectation,
    options: &'a SolveOptions,
    interrupt: &'a AtomicBool,
    each: &'a (dyn Fn(&YearOf<'_>) + Sync),
}

/// Plans the years of an outlook, both ways side by side; `each` is handed every planned year.
///
/// # Errors
/// Where the solver under us fails its check.
///
/// # Panics
/// Never: see [`Outlook::check`], which is asked for first.
pub fn forecast(
    district: &District,
    (policy, rules): (&Policy, &RuleSet),
    outlook: &Outlook,
    (options, interrupt): (&SolveOptions, &AtomicBool),
    each: &(dyn Fn(&YearOf<'_>) + Sync),
) -> Result<Result<Forecast, Vec<PolicyFault>>, SolveError> {
    let situation = Situation::new(district, policy);
    if let Err(faults) = outlook.check(&situation) {
        return Ok(Err(faults));
    }
    let years = Years {
        outlook,
        expectation: Expectation::new(outlook, &situation),
        options,
        interrupt,
        each,
    };
    drop(situation);
    let (as_planned, filled) = join(
        || years.along(district, (policy, rules), Recruiting::AsPlanned),
        || match with_needed(policy, rules, district) {
            Ok((policy, rules)) => years.along(district, (&policy, &rules), Recruiting::Filled),
            Err(faults) => Ok(vec![YearAnswer {
                begin: district.year_begin,
                outcome: Attempt::Refused(faults),
            }]),
        },
    );
    Ok(Ok(Forecast {
        as_planned: as_planned?,
        filled: filled?,
        worth: WORTH,
        scaled: years.expectation.differing().collect(),
    }))
}

/// A recruit must bring half a weighted person.
const WORTH: i64 = 500;

/// The policy with levers that may recruit anybody anywhere within the establishment. Who teaches a
/// programme is apart: a recruit is not 双师型, and counts as one who is not.
fn with_needed(
    policy: &Policy,
    rules: &RuleSet,
    district: &District,
) -> Result<(Policy, RuleSet), Vec<PolicyFault>> {
    let mut all = rules.all().iter();
    let coverage =
        all.find(|typed| matches!(typed.kind, Kind::Coverage(_)) && typed.rule.enforcement.costs());
    // Where nothing asks that need be met, nobody is needed.
    let level = coverage.map_or(0, |typed| typed.rule.level);
    let level = policy.levels[level].id.as_str();
    let groups = district.schools.iter().flat_map(|school| &school.classes);
    let programmes: BTreeSet<SubjectIndex> = groups.filter_map(|group| group.programme).collect();
    let names = |programme: bool| -> Vec<&str> {
        let subjects = (0..).map(SubjectIndex).zip(&district.subjects);
        let meant = subjects.filter(|(index, _)| programmes.contains(index) == programme);
        meant.map(|(_, name)| name.as_str()).collect()
    };
    let stages: Vec<&str> = district.stages().into_iter().map(Stage::code).collect();
    let mut levers = Table::new();
    let of_subjects = needed(district, level, (&stages, &names(false)), false);
    levers.insert(NEEDED.to_owned(), Value::Table(of_subjects));
    if !programmes.is_empty() {
        let stages = [Stage::Vocational.code()];
        let of_programmes = needed(district, level, (&stages, &names(true)), true);
        let id = format!("{NEEDED}-programmes");
        levers.insert(id, Value::Table(of_programmes));
    }
    let over = Table::from_iter([("lever".to_owned(), Value::Table(levers))]);
    let policy = policy.overlaid(NEEDED, over)?;
    let rules = RuleSet::new(&policy)?;
    Ok((policy, rules))
}

/// The table of a lever for stages and subjects.
fn needed(
    district: &District,
    level: &str,
    (stages, subjects): (&[&str], &[&str]),
    programmes: bool,
) -> Table {
    let text = |text: &str| Value::String(text.to_owned());
    let list = |words: &[&str]| Value::Array(words.iter().map(|word| text(word)).collect());
    let mut profile = Table::from_iter([
        (
            "employment".to_owned(),
            text(Employment::Establishment.code()),
        ),
        ("certified".to_owned(), Value::Boolean(true)),
    ]);
    if programmes {
        profile.insert("programme_teacher".to_owned(), Value::Boolean(true));
        profile.insert("dual_qualified".to_owned(), Value::Boolean(false));
    }
    let most = district.teachers.len() as i64;
    Table::from_iter([
        ("kind".to_owned(), text("recruit")),
        ("title".to_owned(), text("缺岗补足（测算）")),
        (
            "title_english".to_owned(),
            text("Recruits needed (reckoned)"),
        ),
        ("at_most".to_owned(), Value::Integer(most)),
        ("level".to_owned(), text(level)),
        ("weight".to_owned(), Value::Float(WORTH as f64 / 1000.0)),
        ("stage".to_owned(), list(stages)),
        ("subject".to_owned(), list(subjects)),
        ("profile".to_owned(), Value::Table(profile)),
    ])
}

/// How a year ended, and the district with which the next one begins.
type Ended = (Attempt<YearFigures>, Option<District>);

impl Years<'_> {
    fn along(
        &self,
        district: &District,
        (policy, rules): (&Policy, &RuleSet),
        recruiting: Recruiting,
    ) -> Result<Vec<YearAnswer>, SolveError> {
        let mut answers = Vec::new();
        let mut district = match self.to_first_classes(district, policy) {
            Ok(district) => district,
            Err(errors) => {
                answers.push(YearAnswer {
                    begin: district.year_begin,
                    outcome: Attempt::Refused(faults(&errors)),
                });
                return Ok(answers);
            }
        };
        let (mut policy, mut rules) = (policy.clone(), rules.clone());
        let mut policy_changes: Vec<Change> = Vec::new();
        for _ in 0..self.outlook.years {
            let begin = district.year_begin;
            let changed = self.changed(&district, (&policy, &rules));
            (district, policy, rules) = match changed {
                Ok(changed) => changed,
                Err(faults) => {
                    let outcome = Attempt::Refused(faults);
                    answers.push(YearAnswer { begin, outcome });
                    break;
                }
            };
            let of_policy = self.of_year(begin).flat_map(|scenario| &scenario.changes);
            let of_policy = of_policy
                .filter(|change| matches!(change, Change::Set { .. } | Change::Without { .. }));
            policy_changes.extend(of_policy.cloned());
            let way = (recruiting, policy_changes.as_slice());
            let (outcome, next) = self.year(&district, (&policy, &rules), way)?;
            let planned = outcome.planned().is_some();
            answers.push(YearAnswer { begin, outcome });
            match next {
                Some(next) if planned && !self.interrupt.load(Ordering::Relaxed) => {
                    district = next;
                }
                _ => break,
            }
        }
        Ok(answers)
    }

    /// The rosters with the classes of the first planned year.
    fn to_first_classes(
        &self,
        district: &District,
        policy: &Policy,
    ) -> Result<District, Vec<DistrictError>> {
        let first = self.outlook.first_classes(district);
        let mut parts = DistrictParts::clone(district);
        count_exchanges(&mut parts);
        let mut district = District::new(parts)?;
        let mut month = first;
        while month < district.year_begin {
            month = month.plus(YEAR);
            district = self.with_classes_of(&district, policy, month)?;
        }
        Ok(district)
    }

    fn with_classes_of(
        &self,
        district: &District,
        policy: &Policy,
        year: Month,
    ) -> Result<District, Vec<DistrictError>> {
        let situation = Situation::new(district, policy);
        let shares = self.expectation.of(self.outlook, &situation, year.year());
        let mut parts = DistrictParts::clone(district);
        pupils::advance(&mut parts, &shares);
        District::new(parts)
    }

    /// The outlook's changes when a year begins.
    fn of_year(&self, begin: Month) -> impl Iterator<Item = &Scenario> {
        let changes = self.outlook.changes.iter();
        let of_year = changes.filter(move |(month, _)| *month == begin);
        of_year.map(|(_, scenario)| scenario)
    }

    /// What is to change when the year begins. Values of the policy stay changed; the district is the one
    /// that is read from its rosters.
    fn changed(
        &self,
        district: &District,
        (policy, rules): (&Policy, &RuleSet),
    ) -> Result<(District, Policy, RuleSet), Vec<PolicyFault>> {
        let begin = district.year_begin;
        let mut all: Vec<Change> = Vec::new();
        let mut reasons: Vec<&str> = Vec::new();
        for scenario in self.of_year(begin) {
            all.extend(scenario.changes.iter().cloned());
            reasons.push(&scenario.reason);
        }
        reasons.retain(|reason| !reason.is_empty());
        let scenario = Scenario {
            name: begin.to_string(),
            reason: reasons.join("；"),
            changes: all,
        };
        let changed = apply_scenario(district, (policy, rules), &scenario)?;
        let district = as_read(&changed.district).map_err(|error| vec![unwritable(&error)])?;
        Ok((
            district,
            changed.policy.into_owned(),
            changed.rules.into_owned(),
        ))
    }

    fn year(
        &self,
        district: &District,
        (policy, rules): (&Policy, &RuleSet),
        (recruiting, policy_changes): (Recruiting, &[Change]),
    ) -> Result<Ended, SolveError> {
        let situation = Situation::new(district, policy);
        let standings = Standings::new(&situation, rules);
        let context = Context {
            situation: &situation,
            standings: &standings,
        };
        let mut model = match model_year(&context, rules) {
            Ok(model) => model,
            Err(conflicts) => return Ok((locked(&conflicts, district), None)),
        };
        let options = self.options;
        let solved = plan_year(
            &context,
            rules,
            &mut model,
            options,
            self.interrupt,
            &Silent,
        );
        let planned = solved?;
        drop(model);
        let Some(plan) = &planned.plan else {
            let seek = (true, options);
            let outcome = without_plan(&context, rules, &planned, seek, self.interrupt)?;
            return Ok((outcome, None));
        };
        let provenance = Provenance::new(&situation, &digest(district), options, &planned);
        let account = Account::new(context, rules, plan, &planned, provenance);
        (self.each)(&YearOf {
            recruiting,
            account: &account,
            policy_changes,
        });
        let figures = YearFigures::of(&account);
        let next = advance(&account, self.outlook).and_then(|next| {
            let year = next.year_begin;
            self.with_classes_of(&next, policy, year)
        });
        Ok(match next {
            Ok(next) => (Attempt::Planned(figures), Some(next)),
            Err(errors) => (Attempt::Refused(faults(&errors)), None),
        })
    }
}

/// Where a roster says of nobody how many exchanges were made, they are counted from the first year on.
fn count_exchanges(parts: &mut DistrictParts) {
    let mut teachers = parts.teachers.iter();
    if teachers.any(|teacher| teacher.earlier_exchanges.is_some()) {
        return;
    }
    for teacher in &mut parts.teachers {
        teacher.earlier_exchanges = Given(Some(teacher.exchanges_made().unwrap_or_default()));
    }
}

/// Rosters of the year that could not be read again.
fn unwritable(error: &WriteError) -> PolicyFault {
    PolicyFault {
        code: "W003",
        place: String::new(),
        message: error.to_string(),
        advice: String::new(),
    }
}

fn faults(errors: &[DistrictError]) -> Vec<PolicyFault> {
    let faults = errors.iter().map(|error| PolicyFault {
        code: "W003",
        place: String::new(),
        message: error.to_string(),
        advice: String::new(),
    });
    faults.collect()
}
