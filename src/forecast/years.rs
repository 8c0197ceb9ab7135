//! Year after year.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::join;

use super::advance::advance;
use super::ahead::{changed, check_ahead};
use super::departed::{Dropped, add_of_policy, without_departed};
use super::figures::YearFigures;
use super::needed::{WORTH, with_needed};
use super::outlook::Outlook;
use super::pupils::{self, Expectation, Fewer};
use crate::account::{Account, Provenance};
use crate::answers::{Attempt, locked, without_plan};
use crate::demand::Situation;
use crate::domain::{District, DistrictError, DistrictParts, Given, Month};
use crate::ingest::digest;
use crate::planning::{model_year, plan_year};
use crate::policy::{Policy, PolicyFault};
use crate::rules::eligibility::Standings;
use crate::rules::{Context, RuleSet};
use crate::scenario::Change;
use crate::solve::{Silent, SolveError, SolveOptions};

/// Months of a year.
const YEAR: i32 = 12;

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
    /// Stages in which fewer pupils are expected than move up, in this year and in those since the one of
    /// the rosters' classes.
    pub fewer: Vec<Fewer>,
    /// What policy and outlook say of people who have left meanwhile.
    pub dropped: Vec<Dropped>,
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
pub fn forecast(
    district: &District,
    (policy, rules): (&Policy, &RuleSet),
    outlook: &Outlook,
    (options, interrupt): (&SolveOptions, &AtomicBool),
    each: &(dyn Fn(&YearOf<'_>) + Sync),
) -> Result<Result<Forecast, Vec<PolicyFault>>, SolveError> {
    let situation = Situation::new(district, policy);
    let checked = outlook
        .check(&situation)
        .and_then(|()| check_ahead(district, (policy, rules), outlook));
    if let Err(faults) = checked {
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
    let along = |recruiting| years.along(district, (policy, rules), recruiting);
    let (as_planned, filled) = join(
        || along(Recruiting::AsPlanned),
        || along(Recruiting::Filled),
    );
    Ok(Ok(Forecast {
        as_planned: as_planned?,
        filled: filled?,
        worth: WORTH,
        scaled: years.expectation.differing().collect(),
    }))
}

/// How a year ended, and the district with which the next one begins.
type Ended = (Attempt<YearFigures>, Option<Begun>);

/// The rosters with which a year begins, and the stages in which nobody begins school.
type Begun = (District, Vec<Fewer>);

impl Years<'_> {
    fn along(
        &self,
        district: &District,
        (policy, rules): (&Policy, &RuleSet),
        recruiting: Recruiting,
    ) -> Result<Vec<YearAnswer>, SolveError> {
        let (mut answers, known) = (Vec::new(), district);
        let (mut district, mut fewer) = match self.to_first_classes(district, policy) {
            Ok(begun) => begun,
            Err(errors) => {
                answers.push(YearAnswer {
                    begin: district.year_begin,
                    fewer: Vec::new(),
                    dropped: Vec::new(),
                    outcome: Attempt::Refused(faults(&errors)),
                });
                return Ok(answers);
            }
        };
        let (mut policy, mut rules) = (policy.clone(), rules.clone());
        let mut policy_changes: Vec<Change> = Vec::new();
        for _ in 0..self.outlook.years {
            let begin = district.year_begin;
            let of_year = self.outlook.of_year(begin);
            let (scenario, dropped) = without_departed(of_year, (known, &district), &rules);
            let place = self.outlook.place_of(begin);
            let changed = changed(&district, (&policy, &rules), &scenario, &place);
            (district, policy, rules) = match changed {
                Ok(changed) => changed,
                Err(faults) => {
                    let outcome = Attempt::Refused(faults);
                    answers.push(YearAnswer {
                        begin,
                        fewer,
                        dropped,
                        outcome,
                    });
                    break;
                }
            };
            add_of_policy(&mut policy_changes, scenario.changes);
            let way = (recruiting, policy_changes.as_slice());
            let needed = match recruiting {
                Recruiting::AsPlanned => Ok(None),
                Recruiting::Filled => with_needed(&policy, &rules, &district).map(Some),
            };
            let (outcome, next) = match &needed {
                Ok(None) => self.year(&district, (&policy, &rules), way)?,
                Ok(Some((policy, rules))) => self.year(&district, (policy, rules), way)?,
                Err(faults) => (Attempt::Refused(faults.clone()), None),
            };
            let planned = outcome.planned().is_some();
            answers.push(YearAnswer {
                begin,
                fewer,
                dropped,
                outcome,
            });
            match next {
                Some(next) if planned && !self.interrupt.load(Ordering::Relaxed) => {
                    (district, fewer) = next;
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
    ) -> Result<Begun, Vec<DistrictError>> {
        let first = self.outlook.first_classes(district);
        let mut parts = DistrictParts::clone(district);
        if counts_exchanges_itself(district) {
            count_exchanges(&mut parts);
        }
        let mut district = District::new(parts)?;
        let mut month = first;
        let mut fewer = Vec::new();
        while month < district.year_begin {
            month = month.plus(YEAR);
            let (next, found) = self.with_classes_of(&district, policy, month)?;
            district = next;
            fewer.extend(found);
        }
        Ok((district, fewer))
    }

    fn with_classes_of(
        &self,
        district: &District,
        policy: &Policy,
        year: Month,
    ) -> Result<Begun, Vec<DistrictError>> {
        let situation = Situation::new(district, policy);
        let shares = self.expectation.of(self.outlook, &situation, year.year());
        let mut parts = DistrictParts::clone(district);
        let fewer = pupils::advance(&mut parts, &shares, year);
        Ok((District::new(parts)?, fewer))
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

/// Whether exchanges are counted from the first year on, since the rosters say of nobody how many he or she
/// made before. Numbers of a forecast are then those since its first year, not those of a working life.
pub fn counts_exchanges_itself(district: &District) -> bool {
    let mut teachers = district.teachers.iter();
    teachers.all(|teacher| teacher.earlier_exchanges.is_none())
}

/// Begins to count exchanges: those that are running, and none of anybody else.
fn count_exchanges(parts: &mut DistrictParts) {
    for teacher in &mut parts.teachers {
        teacher.earlier_exchanges = Given(Some(teacher.exchanges_made().unwrap_or_default()));
    }
}

fn faults(errors: &[DistrictError]) -> Vec<PolicyFault> {
    let faults = errors.iter().map(|error| PolicyFault {
        code: "W003",
        place: "花名册 rosters".to_owned(),
        message: error.to_string(),
        advice: String::new(),
    });
    faults.collect()
}
