//! The whole model at once, level after level, by an integer solver. Right for small districts,
//! and the yardstick of the decomposed engine. Whichever solver it is, what it says is checked here
//! in the same way.
//!
//! Independent parts are solved side by side while every level is closed: the least sum is then
//! the sum of the least, and to keep a sum is to keep each summand. Once a level is left open,
//! parts could trade it among themselves, and the later levels see the program undivided.

use std::time::Duration;

use rayon::prelude::*;

use super::backends::{self, Backend, CallLimits, Claim, End};
use super::split::{Answer, Part, Split, Sum};
use super::{
    Clash, Deadline, Engine, LevelCertificate, Outcome, Progress, Proof, Solution, SolveError,
    SolveOptions, StopReason, Watcher, relative_gap,
};
use crate::program::{LinearModel, Point, Program, Scope, restrict_scope};

/// What a solve works with.
struct Context<'a> {
    backend: Backend,
    program: &'a Program,
    options: &'a SolveOptions,
    deadline: &'a Deadline<'a>,
    watcher: &'a dyn Watcher,
}

/// Solves a program as it stands, by minilp.
pub(super) fn solve(
    program: &Program,
    options: &SolveOptions,
    deadline: &Deadline<'_>,
    watcher: &dyn Watcher,
) -> Result<Outcome, SolveError> {
    solve_by(Backend::Minilp, program, options, deadline, watcher)
}

/// The same by any integer solver.
pub(super) fn solve_by(
    backend: Backend,
    program: &Program,
    options: &SolveOptions,
    deadline: &Deadline<'_>,
    watcher: &dyn Watcher,
) -> Result<Outcome, SolveError> {
    let context = Context {
        backend,
        program,
        options,
        deadline,
        watcher,
    };
    context.run()
}

impl Context<'_> {
    fn run(&self) -> Result<Outcome, SolveError> {
        self.report(0, "build", None, None);
        let levels = self.program.levels();
        let mut split = Split::new(self.program);
        let start = self.options.start.as_deref();
        let mut point = start
            .map(|start| start.point(self.program))
            .filter(|point| self.program.evaluate(point).violations.is_empty());
        let mut certificates: Vec<LevelCertificate> = Vec::new();
        let mut late = false;
        // A program without levels still has limits to meet.
        for level in 0..levels.max(1) {
            let began = self.deadline.elapsed();
            let mut sum = self.level(&split, level, point.as_ref())?;
            if sum.clash.bound > 0 {
                sum.clash.missed.sort_unstable();
                return Ok(Outcome::Infeasible(sum.clash));
            }
            late = sum.late;
            if sum.unknown {
                return Ok(Outcome::Unknown(self.stop_reason(late, false)));
            }
            let found = Point::new(sum.uses);
            self.check(&found, &certificates, level, sum.value)?;
            point = Some(found);
            if level < levels {
                certificates.push(self.certificate(level, sum.value, sum.bound, began));
                self.report(level, "search", Some(sum.value), Some(sum.bound));
            }
            if late {
                break;
            }
            if sum.bound < sum.value && split.parts.len() > 1 {
                split.parts = vec![Split::undivided(self.program)];
            }
        }
        let point = point.expect("every program has at least one round");
        let reached = self.finish(&point, &mut certificates);
        Ok(Outcome::Solved(Solution {
            point,
            levels: certificates,
            stop: self.stop_reason(late, reached),
            engine: match self.backend {
                Backend::Minilp => Engine::Monolithic,
                #[cfg(feature = "highs")]
                Backend::Highs => Engine::Highs,
            },
            prices: Vec::new(),
            knots: Vec::new(),
        }))
    }

    /// Minimises a level of all parts, side by side.
    fn level(&self, split: &Split, level: usize, known: Option<&Point>) -> Result<Sum, SolveError> {
        let answers: Vec<Answer> = split
            .parts
            .par_iter()
            .map(|part| self.answer(part, level, known))
            .collect::<Result<_, _>>()?;
        let unchangeable = if level < self.program.levels() {
            self.program.unchangeable(level)
        } else {
            0
        };
        let mut sum = Sum::new(split, unchangeable);
        for (part, answer) in split.parts.iter().zip(answers) {
            sum.add(part, answer);
        }
        Ok(sum)
    }

    fn report(&self, level: usize, phase: &'static str, value: Option<i64>, bound: Option<i64>) {
        self.watcher.progress(&Progress {
            level,
            phase,
            value,
            bound,
            gap: value.zip(bound).map(|(value, bound)| {
                let constant = if level < self.program.levels() {
                    self.program.unchangeable(level)
                } else {
                    0
                };
                relative_gap(value, bound, constant)
            }),
            elapsed: self.deadline.elapsed(),
        });
    }

    fn stop_reason(&self, late: bool, reached: bool) -> StopReason {
        match (late, reached) {
            (true, _) if self.deadline.is_interrupted() => StopReason::Interrupted,
            (true, _) => StopReason::TimeLimit,
            (false, true) => StopReason::TargetReached,
            (false, false) => StopReason::WorkLimit,
        }
    }

    fn certificate(
        &self,
        level: usize,
        value: i64,
        bound: i64,
        began: Duration,
    ) -> LevelCertificate {
        LevelCertificate {
            value,
            bound,
            proof: Proof::BranchAndBound,
            constant: self.program.unchangeable(level),
            conditional_on: Vec::new(),
            elapsed: self.deadline.elapsed().saturating_sub(began),
        }
    }

    /// Puts the final point's values into the certificates; says whether all targets are reached.
    fn finish(&self, point: &Point, certificates: &mut [LevelCertificate]) -> bool {
        let values = self.program.evaluate(point).levels;
        let mut open = Vec::new();
        for (level, certificate) in certificates.iter_mut().enumerate() {
            certificate.value = values[level];
            certificate.bound = certificate.bound.min(certificate.value);
            certificate.conditional_on.clone_from(&open);
            if !certificate.is_closed() {
                open.push(level);
            }
        }
        certificates.len() == self.program.levels()
            && certificates
                .iter()
                .all(|certificate| certificate.gap() <= self.options.target_gap)
    }

    /// Checks a point against the whole program: limits, earlier levels, the value claimed.
    fn check(
        &self,
        point: &Point,
        earlier: &[LevelCertificate],
        level: usize,
        value: i64,
    ) -> Result<(), SolveError> {
        let found = self.program.evaluate(point);
        let worse = earlier
            .iter()
            .zip(&found.levels)
            .any(|(certificate, &value)| value > certificate.value);
        let other = found.levels.get(level).is_some_and(|&found| found != value);
        if found.violations.is_empty() && !worse && !other {
            return Ok(());
        }
        Err(SolveError::BrokenPoint(format!(
            "level {level}: violations {:?}, earlier level worse: {worse}, value differs: {other}",
            found.violations
        )))
    }

    /// Minimises a level of a part, whose earlier levels must keep the values of the point known.
    fn answer(
        &self,
        part: &Part,
        level: usize,
        known: Option<&Point>,
    ) -> Result<Answer, SolveError> {
        let program = &part.program;
        if let Some(whole) = known {
            let start = part.read(whole);
            return self.improve(program, level, start);
        }
        if level >= program.levels() {
            return self.least_violation(program, level);
        }
        let scope = Scope::whole(program);
        let claim = match restrict_scope(program, level, &[], scope) {
            Ok(model) => {
                let claim = self.minimise(level, &model, None);
                if let Some(values) = &claim.values {
                    let point = model.point(values);
                    let value = checked_value(program, &point, level, &[])?;
                    let bound = claim.bound.unwrap_or(i64::MIN).max(model.trivial_bound());
                    return Ok(Answer::Point {
                        point,
                        value,
                        bound: bound.min(value),
                        late: claim.end == End::Deadline,
                    });
                }
                claim
            }
            Err(_) => Claim::no_point(),
        };
        match claim.end {
            End::Deadline => Ok(Answer::Unknown { late: true }),
            // Nothing was found, or the solver failed, or it claims that nothing exists: the
            // least violation settles it.
            _ => self.least_violation(program, level),
        }
    }

    /// Starts from a point that keeps the earlier levels at its own values.
    fn improve(&self, program: &Program, level: usize, start: Point) -> Result<Answer, SolveError> {
        let values = program.evaluate(&start).levels;
        let limits = &values[..level];
        let model = restrict_scope(program, level, limits, Scope::whole(program))
            .map_err(|reason| SolveError::BrokenPoint(format!("{reason:?}")))?;
        if values[level] <= model.trivial_bound() {
            let (value, bound) = (values[level], values[level]);
            return Ok(Answer::Point {
                point: start,
                value,
                bound,
                late: false,
            });
        }
        let claim = self.minimise(level, &model, Some(&start));
        let (mut point, mut value) = (start, values[level]);
        let mut claimed = claim.bound;
        if let Some(columns) = &claim.values {
            let candidate = model.point(columns);
            match checked_value(program, &candidate, level, limits) {
                Ok(found) if found < value => (point, value) = (candidate, found),
                Ok(_) => {}
                // Right within the solver's tolerance, wrong in integers: nothing that it says
                // counts, and the point in hand is kept.
                Err(_) => claimed = None,
            }
        }
        // A claim that nothing exists is refuted by the start; a failure proves nothing.
        let bound = claimed.unwrap_or(i64::MIN).max(model.trivial_bound());
        Ok(Answer::Point {
            point,
            value,
            bound: bound.min(value),
            late: claim.end == End::Deadline,
        })
    }

    fn minimise(&self, level: usize, model: &LinearModel, start: Option<&Point>) -> Claim {
        let limits = CallLimits {
            target_gap: self.options.target_gap,
            node_limit: self.options.node_limit,
        };
        self.report(level, "relaxation", None, None);
        // Of one part among several, values and bounds would say nothing about the whole.
        let show = |_: &Claim| self.report(level, "search", None, None);
        backends::minimise_watched(self.backend, model, start, limits, self.deadline, &show)
    }

    /// Finds the least total violation of the hard limits: proven positive, the limits clash;
    /// zero, there is a point after all.
    fn least_violation(&self, program: &Program, level: usize) -> Result<Answer, SolveError> {
        self.report(level, "violation", None, None);
        let relaxed = program.with_elastic_limits();
        let model = restrict_scope(&relaxed, 0, &[], Scope::whole(&relaxed))
            .map_err(|reason| SolveError::Backend(format!("elastic program: {reason:?}")))?;
        let claim = self.minimise(level, &model, None);
        let Some(values) = &claim.values else {
            return match claim.end {
                End::Failed(reason) => Err(SolveError::Backend(reason)),
                End::NoPoint => Err(SolveError::Backend(
                    "it finds no point in a program without limits".into(),
                )),
                end => Ok(Answer::Unknown {
                    late: end == End::Deadline,
                }),
            };
        };
        let point = model.point(values);
        let violation = checked_value(&relaxed, &point, 0, &[])?;
        if violation == 0 {
            if level < program.levels() {
                return self.improve(program, level, point);
            }
            let (value, bound, late) = (0, 0, claim.end == End::Deadline);
            return Ok(Answer::Point {
                point,
                value,
                bound,
                late,
            });
        }
        let bound = claim.bound.unwrap_or(0).min(violation);
        if bound <= 0 {
            return Ok(Answer::Unknown {
                late: claim.end == End::Deadline,
            });
        }
        let counters = relaxed.evaluate(&point).counters;
        let missed = program
            .counter_indices()
            .map(|counter| {
                let value = counters[counter.0 as usize];
                (counter, program.counter(counter).violation(value))
            })
            .filter(|&(_, by)| by != 0)
            .collect();
        Ok(Answer::Clash(Clash { missed, bound }))
    }
}

/// The exact value of a level at a point that the solver returned.
fn checked_value(
    program: &Program,
    point: &Point,
    level: usize,
    limits: &[i64],
) -> Result<i64, SolveError> {
    let found = program.evaluate(point);
    let worse = limits
        .iter()
        .zip(&found.levels)
        .any(|(limit, value)| value > limit);
    if worse || !found.violations.is_empty() {
        return Err(SolveError::BrokenPoint(format!(
            "level {level}: violations {:?}, earlier level worse: {worse}",
            found.violations
        )));
    }
    Ok(found.levels[level])
}
