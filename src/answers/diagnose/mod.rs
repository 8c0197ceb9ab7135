//! Where hard rules clash, and what must give.
//!
//! A clash is a set of rules of which none is to spare. Each of them is loosened by itself, by as little
//! as makes a plan: the value has one, and what is a unit less has none, both proven. Every way out is
//! a scenario, and its plan says what it costs.

mod ask;
mod counts;
mod found;
mod kinds;
mod let_through;
mod loosen;
mod together;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use rayon::prelude::*;

use self::ask::{Asker, MOST_CHOICES};
pub use self::found::{
    Decimal, Diagnosis, Excepted, Finding, LetThrough, Loosening, Member, Missed, MissedUnit,
    WayOut,
};
use self::loosen::Loosener;
use super::attempt::{Locked, Manner, NamedRule, attempt_from};
use super::base::Base;
use super::figures::Figures;
use super::settled::with_settled;
use crate::demand::Situation;
use crate::domain::{Lock, TeacherIndex};
use crate::eligibility::Choices;
use crate::planning::{
    Feasibility, Limits, LimitsOf, MissedPlace, Patience, limits_differences, minimal_clash,
};
use crate::policy::PolicyFault;
use crate::rules::eligibility::Standings;
use crate::rules::{Context, RuleSet};
use crate::scenario::{Change, Scenario, Unlocked, apply};
use crate::solve::{SolveError, SolveOptions, Start};

/// So many exceptions stand in the name of a way out at most.
const MOST_NAMED: usize = 3;

/// A loosening that was found.
struct Way {
    loosening: Loosening,
    changes: Vec<Change>,
    proven: bool,
    users: Option<(i64, bool)>,
}

/// Finds out whether the base's year has a plan after some changes, and where not, which rules clash
/// and what must give. Each way out is planned if `plans` is set; `tell` hears how far it is.
///
/// # Errors
/// Where the solver under us fails its check; changes that cannot be made are the inner error.
pub fn diagnose(
    base: &Base<'_>,
    given: &[Change],
    plans: bool,
    interrupt: &AtomicBool,
    tell: &(dyn Fn(Step<'_>) + Sync),
) -> Result<Result<Diagnosis, Vec<PolicyFault>>, SolveError> {
    let known = base.context.situation;
    let changed = match apply(known.district, (known.policy, base.rules), given) {
        Ok(changed) => changed,
        Err(faults) => return Ok(Err(faults)),
    };
    let situation = Situation::new(&changed.district, &changed.policy);
    let standings = Standings::new(&situation, &changed.rules);
    let context = Context {
        situation: &situation,
        standings: &standings,
    };
    // Lines of differences relax their limits: what is asked under them alone proves nothing.
    let rules = changed.rules.as_ref();
    let limits = (!limits_differences(rules)).then(|| Limits::of(&context, rules, MOST_CHOICES));
    let asker = Asker {
        base,
        given,
        options: SolveOptions {
            start: None,
            ..base.options.clone()
        },
        interrupt,
        context: &context,
        rules,
        limits: limits.and_then(|limits| match limits {
            LimitsOf::Built(limits) => Some(limits),
            LimitsOf::Locked | LimitsOf::TooMany => None,
        }),
    };
    let doctor = Doctor {
        asker: &asker,
        context: &context,
        rules,
        tell,
    };
    let mut diagnosis = match asker.ask(&[])? {
        Feasibility::HasPlan => Diagnosis::of(Finding::HasPlan),
        Feasibility::Unknown => Diagnosis::of(Finding::Unknown),
        Feasibility::Locked => doctor.of_locks()?,
        Feasibility::Clashes(missed) => doctor.of_clash(&missed)?,
    };
    drop(asker);
    if plans {
        plan_ways(base, &mut diagnosis, interrupt, tell)?;
    }
    Ok(Ok(diagnosis))
}

/// Plans the ways out of a diagnosis. All begin with the base's plan; where there is none, the first
/// begins with nothing and the others with the first.
///
/// # Errors
/// Where the solver under us fails its check.
pub fn plan_ways(
    base: &Base<'_>,
    diagnosis: &mut Diagnosis,
    interrupt: &AtomicBool,
    tell: &(dyn Fn(Step<'_>) + Sync),
) -> Result<(), SolveError> {
    let plan = |way: &mut WayOut, start: Option<Arc<Start>>| {
        let manner = Manner {
            seek_clash: false,
            at_most: None,
            named: None,
            start,
        };
        let tried = attempt_from(base, &way.scenario, &manner, interrupt, Figures::of)?;
        let (outcome, start) = tried;
        tell(Step::Planned(&way.scenario));
        way.outcome = Some(outcome);
        Ok::<_, SolveError>(start)
    };
    let mut start = base.start();
    let (ways, mut planned) = (&mut diagnosis.ways, 0);
    while start.is_none() && planned < ways.len() {
        start = plan(&mut ways[planned], None)?;
        planned += 1;
    }
    let ways = ways[planned..].par_iter_mut().with_max_len(1);
    ways.map(|way| plan(way, start.clone()).map(drop)).collect()
}

/// How far a diagnosis is.
#[derive(Debug, Clone, Copy)]
pub enum Step<'a> {
    /// The rules that clash are sought.
    Clash,
    /// The least loosening of a rule is sought.
    Loosening(&'a NamedRule),
    /// A way out was planned.
    Planned(&'a Scenario),
}

/// Who diagnoses a year without a plan.
struct Doctor<'a> {
    asker: &'a Asker<'a>,
    context: &'a Context<'a>,
    rules: &'a RuleSet,
    tell: &'a (dyn Fn(Step<'_>) + Sync),
}

impl Doctor<'_> {
    fn of_clash(&self, missed: &[MissedPlace]) -> Result<Diagnosis, SolveError> {
        (self.tell)(Step::Clash);
        let mut rules: Vec<usize> = missed.iter().map(|held| held.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        let options = SolveOptions {
            time_limit: None,
            ..self.asker.options.clone()
        };
        let interrupt = self.asker.interrupt;
        let clash = minimal_clash(
            self.context,
            self.rules,
            &rules,
            (&options, Patience::Long),
            interrupt,
        )?;
        let mut diagnosis = Diagnosis::of(Finding::Clashes);
        diagnosis.untried = clash
            .untried
            .iter()
            .map(|&rule| NamedRule::at(self.context.situation.policy, self.rules, rule))
            .collect();
        for member in &clash.rules {
            self.member(&mut diagnosis, (member.rule, member.cures))?;
        }
        self.given_locks(&mut diagnosis)?;
        if diagnosis.ways.is_empty() {
            diagnosis.ways.extend(self.together(missed)?);
        }
        Ok(diagnosis)
    }

    /// A rule of the clash with its ways out.
    fn member(
        &self,
        diagnosis: &mut Diagnosis,
        (position, plan_without): (usize, Option<bool>),
    ) -> Result<(), SolveError> {
        let rule = with_settled(self.context, self.rules, [position]);
        let Some(rule) = rule.into_iter().next() else {
            return Ok(());
        };
        let (mut missed, mut recognisable) = (None, None);
        if plan_without != Some(false) {
            (self.tell)(Step::Loosening(&rule));
            let loosener = Loosener {
                asker: self.asker,
                context: self.context,
                rules: self.rules,
                position,
            };
            let (ways, found) = loosener.ways()?;
            missed = found;
            recognisable = loosener.recognisable(&ways);
            let ways = ways.into_iter();
            diagnosis
                .ways
                .extend(ways.map(|way| self.way_out(Some(rule.clone()), way)));
        }
        diagnosis.members.push(Member {
            source: self.rules.all()[position].rule.source.citation(),
            rule,
            plan_without,
            missed,
            recognisable,
        });
        Ok(())
    }

    fn way_out(&self, rule: Option<NamedRule>, way: Way) -> WayOut {
        let name = name_of(&way);
        let reason = rule.as_ref().map_or_else(
            || "冲突诊断".to_owned(),
            |rule| format!("冲突诊断：{}", rule.title),
        );
        WayOut {
            rule,
            loosening: way.loosening,
            proven: way.proven,
            users: way.users,
            scenario: Scenario {
                // Names of scenarios are printed.
                name,
                reason,
                changes: self.asker.with(&way.changes),
            },
            outcome: None,
        }
    }

    /// Locks among the given changes of which one is too many.
    fn given_locks(&self, diagnosis: &mut Diagnosis) -> Result<(), SolveError> {
        let locks = self.asker.given.iter();
        let locks: Vec<Change> = locks.filter_map(unlocking).collect();
        for unlock in locks {
            self.unlocked(diagnosis, vec![unlock])?;
        }
        Ok(())
    }

    /// Takes locks off, where that gives a plan.
    fn unlocked(
        &self,
        diagnosis: &mut Diagnosis,
        changes: Vec<Change>,
    ) -> Result<bool, SolveError> {
        let has_plan = self.asker.ask(&changes)? == Feasibility::HasPlan;
        if has_plan {
            let way = Way {
                loosening: Loosening::Unlock {
                    locks: changes.iter().map(Change::text).collect(),
                },
                changes,
                proven: true,
                users: None,
            };
            diagnosis.ways.push(self.way_out(None, way));
        }
        Ok(has_plan)
    }

    fn of_locks(&self) -> Result<Diagnosis, SolveError> {
        let mut diagnosis = Diagnosis::of(Finding::Locked);
        let district = self.context.situation.district;
        let choices = Choices::new(self.context, self.rules);
        let conflicts = choices.conflicts();
        diagnosis.locked = conflicts
            .iter()
            .map(|conflict| Locked {
                teacher: district.teacher(conflict.teacher).id.clone(),
                reasons: conflict.reasons.clone(),
            })
            .collect();
        let locks = |teacher: TeacherIndex| {
            let locks = district.locks_of(teacher).iter();
            locks.map(move |lock| self.unlock(lock))
        };
        let mut any = false;
        if let [only] = conflicts {
            for change in locks(only.teacher) {
                any |= self.unlocked(&mut diagnosis, vec![change])?;
            }
        }
        if !any {
            let all = conflicts.iter().flat_map(|held| locks(held.teacher));
            self.unlocked(&mut diagnosis, all.collect())?;
        }
        let in_the_way = conflicts.iter().flat_map(|held| held.rules.iter().copied());
        for position in in_the_way.collect::<BTreeSet<usize>>() {
            let without = Change::Without {
                rule: self.rules.all()[position].rule.id.clone(),
            };
            let cures = match self.asker.ask(&[without])? {
                Feasibility::HasPlan => Some(true),
                Feasibility::Clashes(_) | Feasibility::Locked => Some(false),
                Feasibility::Unknown => None,
            };
            self.member(&mut diagnosis, (position, cures))?;
        }
        Ok(diagnosis)
    }

    /// The change that takes a lock of the district off.
    fn unlock(&self, lock: &Lock) -> Change {
        let district = self.context.situation.district;
        let school = lock
            .school
            .map(|school| district.school(school).code.clone());
        Change::Unlock {
            teacher: district.teacher(lock.teacher).id.clone(),
            lock: Some(Unlocked {
                kind: lock.kind,
                school,
                form: lock.form,
            }),
        }
    }
}

/// What a way out is called: its changes, or where there are many of one rule, how many.
fn name_of(way: &Way) -> String {
    match &way.loosening {
        Loosening::Places {
            key,
            persons,
            places,
        } if places.len() > MOST_NAMED => {
            format!("{key}（{}处，共{persons}人）", places.len())
        }
        Loosening::Except { key, excepted } => format!("{key}={excepted}"),
        _ => Scenario::of(way.changes.clone()).name,
    }
}

/// The change that takes off a lock among the given changes.
fn unlocking(change: &Change) -> Option<Change> {
    let Change::Lock {
        teacher,
        kind,
        school,
        form,
    } = change
    else {
        return None;
    };
    let lock = Some(Unlocked {
        kind: *kind,
        school: school.clone(),
        form: *form,
    });
    Some(Change::Unlock {
        teacher: teacher.clone(),
        lock,
    })
}
