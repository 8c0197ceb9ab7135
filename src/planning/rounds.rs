//! Solving a year, again and again where limits of differences are told by lines.
//!
//! A limit of a 差异系数 is no row of a program. It is told by lines that touch it, which no plan
//! within the limit is below, so what is proven under lines holds under the limit: a bound, and that
//! there is no plan. What is found may be beyond the limit; then one line more cuts it off, and the
//! next round begins with the best plan known. Where the plan of the first round misses limits, they
//! are told by sums too (`rules/disparity/sum.rs`), and rounds solve the first level alone until its
//! floors hold. The first round has all levels: where nothing else held its plan near the present
//! state, it broke limits that no plan had been near (on a district of 7,400 teachers by 590 persons).
//! Then come a few rounds of all levels, without the sums that hold nothing, since each term of a sum
//! is one agent more that must move along with a person; and where their plans still miss a limit,
//! a last one with the indicators of the best plan as they are.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use super::again::solved_again;
use super::once::{Run, bound, is_cut_short, run, solved, unplanned};
use super::proven::{corrected, lifted, most_proven};
use super::{PlanStatus, Planned, PlannedLevel};
use crate::model::{ChosenPlan, Model};
use crate::program::Program;
use crate::rules::{Context, RuleSet, Uncut};
use crate::solve::{Solution, SolveError, SolveOptions, Start, StopReason, Watcher};

/// Rounds at most.
const ROUNDS: usize = 30;

/// Rounds of all levels at most, after those of the first one.
const AFTER: usize = 3;

/// The same where nothing but means of differences are missed, whose lines see all schools at once.
const AFTER_OF_MEANS: usize = 16;

/// Rounds at most that hold plans to less than a limit of a mean, to come within it.
const TIGHT: usize = 16;

/// Plans a year. Where limits of differences ask for it, the model gains rows and is solved again.
///
/// # Errors
/// Where the solver under us fails its check.
pub fn plan_year(
    context: &Context<'_>,
    rules: &RuleSet,
    model: &mut Model,
    options: &SolveOptions,
    interrupt: &AtomicBool,
    watcher: &dyn Watcher,
) -> Result<Planned, SolveError> {
    let (planned, _) = plan(context, rules, model, options, interrupt, watcher)?;
    Ok(planned)
}

/// The same, with what another year that differs little may begin with; none where there is no plan.
///
/// # Errors
/// Where the solver under us fails its check.
pub fn plan_base(
    context: &Context<'_>,
    rules: &RuleSet,
    model: &mut Model,
    options: &SolveOptions,
    interrupt: &AtomicBool,
    watcher: &dyn Watcher,
) -> Result<(Planned, Option<Arc<Start>>), SolveError> {
    let (planned, found) = plan(context, rules, model, options, interrupt, watcher)?;
    let start = match found {
        Some(Found::Solution(solution)) => Some(Start::of(&model.program, &solution)),
        Some(Found::Start(start)) => Some(start),
        None => None,
    };
    Ok((planned, start.map(Arc::new)))
}

/// The point and the prices of the plan that was found.
pub(super) enum Found {
    /// On the program as the model has it.
    Solution(Box<Solution>),
    /// By name.
    Start(Start),
}

fn plan(
    context: &Context<'_>,
    rules: &RuleSet,
    model: &mut Model,
    options: &SolveOptions,
    interrupt: &AtomicBool,
    watcher: &dyn Watcher,
) -> Result<(Planned, Option<Found>), SolveError> {
    let mut rounds = Rounds {
        context,
        rules,
        options,
        interrupt,
        began: Instant::now(),
        best: None,
        least: None,
        relaxed: Vec::new(),
        has_sought: false,
        sought: None,
    };
    let mut start = options.start.clone();
    // After the first round floors are settled by themselves: later levels of a plan that misses
    // them are work for nothing. The first one has all levels, since nothing else holds its plan
    // near the present state, and the others begin with it.
    let mut alone = false;
    let mut after = 0;
    for round in 1..=ROUNDS {
        let these = rounds.within(start.take());
        let program = alone.then(|| model.program.first_level(|_| false));
        let program = program.as_ref().unwrap_or(&model.program);
        let solution = match run((model, program), &these, interrupt, watcher)? {
            Run::Solved(solution) => solution,
            Run::Infeasible(planned) => return Ok((planned, None)),
            Run::Unknown(stop) => return rounds.sought(model, stop, watcher),
        };
        let (solution, plan, uncut) = rounds.measured(model, solution);
        let cut_short = is_cut_short(solution.stop);
        if let Some(planned) = rounds.seek_beyond(model, &uncut, cut_short)? {
            return Ok((planned, None));
        }
        if !uncut.any && (!alone || cut_short) {
            return rounds.finished(model, (plan, solution), watcher);
        }
        let found = solved(model, options, (plan.clone(), &solution));
        rounds.relaxed.push(found.levels.clone());
        let stop = if cut_short {
            solution.stop
        } else {
            StopReason::WorkLimit
        };
        rounds.add(model, (found, &solution), &uncut, stop);
        if cut_short {
            return rounds.sought(model, stop, watcher);
        }
        after += usize::from(!alone && round > 1);
        let most = if uncut.alone { AFTER } else { AFTER_OF_MEANS };
        if round == ROUNDS || after >= most || (uncut.any && uncut.cuts.is_empty()) {
            return rounds.last(model, (plan, uncut), watcher);
        }
        let old = model.program.clone();
        if uncut.any && (uncut.first || !alone) {
            alone |= round == 1 && uncut.first && model.program.levels() > 1;
            rounds.tell(model, alone, uncut)?;
        } else {
            alone = false;
            model.rest_cuts(context, rules, &plan);
        }
        start = Some(rounds.beginning(&old, model, &solution));
    }
    Ok(rounds.ended(model, StopReason::WorkLimit))
}

/// What is known after some rounds.
pub(super) struct Rounds<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) rules: &'a RuleSet,
    pub(super) options: &'a SolveOptions,
    pub(super) interrupt: &'a AtomicBool,
    began: Instant,
    /// The best plan that keeps all hard limits, and its choices.
    pub(super) best: Option<(Planned, Start)>,
    /// What the first level costs at least where limits of differences are nothing.
    least: Option<i64>,
    /// The levels of the rounds so far, as they were under their lines.
    relaxed: Vec<Vec<PlannedLevel>>,
    /// Whether a plan within hard limits of differences was sought for itself, and what was found.
    pub(super) has_sought: bool,
    pub(super) sought: Option<Start>,
}

impl Rounds<'_> {
    /// Keeps a plan if it is the best.
    fn add(
        &mut self,
        model: &Model,
        (found, solution): (Planned, &Solution),
        uncut: &Uncut,
        stop: StopReason,
    ) {
        if let Some(found) = corrected(found, uncut, stop) {
            self.add_at(found, Start::of(&model.program, solution));
        }
    }

    /// The same of a plan that is within all limits.
    pub(super) fn add_at(&mut self, found: Planned, at: Start) {
        let values = |planned: &Planned| -> Vec<i64> {
            planned.levels.iter().map(|level| level.value).collect()
        };
        let options = self.options;
        self.best = Some(match self.best.take() {
            Some((known, home)) if values(&known) < values(&found) => {
                (lifted(known, Some(&found), options), home)
            }
            known => {
                let known = known.map(|(known, _)| known);
                (lifted(found, known.as_ref(), options), at)
            }
        });
    }

    /// The year as its last round was solved, and as it is after one solve more.
    fn finished(
        &self,
        model: &Model,
        (mut plan, mut solution): (ChosenPlan, Solution),
        watcher: &dyn Watcher,
    ) -> Result<(Planned, Option<Found>), SolveError> {
        let within = (self.options, self.began);
        let again = solved_again(&model.program, &solution, within, self.interrupt, watcher)?;
        if let Some(again) = again {
            let point = model.settled(again.point.clone());
            let other = model.plan(&point);
            let uncut = self.rules.uncut(&other.facts(self.context), model.cuts());
            // A better plan may be beyond a limit that its lines did not tell of.
            if !uncut.any {
                plan = other;
                solution = Solution { point, ..again };
            }
        }
        let best = self.best.as_ref().map(|(best, _)| best);
        let found = solved(model, self.options, (plan, &solution));
        let found = lifted(found, best, self.options);
        let planned = most_proven(found, &self.relaxed, self.options);
        Ok((planned, Some(Found::Solution(Box::new(solution)))))
    }

    /// Tells the model of what a plan missed: of floors by sums too, while they are alone.
    fn tell(&mut self, model: &mut Model, alone: bool, uncut: Uncut) -> Result<(), SolveError> {
        let mut cuts = uncut.cuts;
        let known = self.best.as_ref().and_then(|(best, _)| best.levels.first());
        let known = known.map(|level| level.value);
        if alone && known.is_some() && self.least.is_none() {
            self.least = bound(&model.without_cuts(), &self.within(None), self.interrupt)?;
        }
        let spare = known.zip(self.least).map(|(known, least)| known - least);
        if alone && spare.is_some() {
            cuts.extend(uncut.sums);
        }
        let more = (cuts, spare.unwrap_or(i64::MAX));
        model.add_cuts(self.context, self.rules, more);
        Ok(())
    }

    /// The last round: with the indicators of the best plan as they are, later levels are solved.
    pub(super) fn landed(
        &mut self,
        model: &mut Model,
        watcher: &dyn Watcher,
    ) -> Result<(Planned, Option<Found>), SolveError> {
        let stop = StopReason::WorkLimit;
        let best = self.best.as_ref();
        if let Some(plan) = best.and_then(|(best, _)| best.plan.as_ref()) {
            let pins = self.rules.pins(&plan.facts(self.context), model.cuts());
            model.add_cuts(self.context, self.rules, (pins, i64::MAX));
            let these = self.within(self.best_start(model));
            let outcome = run((model, &model.program), &these, self.interrupt, watcher)?;
            if let Run::Solved(solution) = outcome {
                let (solution, plan, uncut) = self.unproven(model, solution);
                let found = solved(model, self.options, (plan, &solution));
                self.add(model, (found, &solution), &uncut, stop);
            }
            // The model that is exported has nothing but limits.
            model.drop_pins(self.context, self.rules);
        }
        Ok(self.ended(model, stop))
    }

    /// The last rounds, after a plan that misses something.
    fn last(
        &mut self,
        model: &mut Model,
        (plan, uncut): (ChosenPlan, Uncut),
        watcher: &dyn Watcher,
    ) -> Result<(Planned, Option<Found>), SolveError> {
        if uncut.hard && uncut.alone && self.best.is_none() {
            self.sought(model, StopReason::WorkLimit, watcher)
        } else if uncut.hard && !uncut.alone {
            self.tightened(model, (plan, uncut), watcher)
        } else {
            self.landed(model, watcher)
        }
    }

    /// The last rounds where a plan is beyond a hard limit of a mean: plans are held to as much less as
    /// they were beyond it, until one is within.
    fn tightened(
        &mut self,
        model: &mut Model,
        (mut plan, mut uncut): (ChosenPlan, Uncut),
        watcher: &dyn Watcher,
    ) -> Result<(Planned, Option<Found>), SolveError> {
        let mut stop = StopReason::WorkLimit;
        for _ in 0..TIGHT {
            model.tighten(self.context, self.rules, (uncut.cuts, &plan));
            let these = self.within(self.best_start(model));
            let outcome = run((model, &model.program), &these, self.interrupt, watcher)?;
            // That there is nothing so far within says nothing of the limit itself.
            let Run::Solved(solution) = outcome else {
                break;
            };
            let (solution, next, missed) = self.unproven(model, solution);
            (plan, uncut) = (next, missed);
            let found = solved(model, self.options, (plan.clone(), &solution));
            if is_cut_short(solution.stop) {
                stop = solution.stop;
            }
            self.add(model, (found, &solution), &uncut, stop);
            if !uncut.hard || stop != StopReason::WorkLimit {
                break;
            }
        }
        model.drop_pins(self.context, self.rules);
        Ok(self.ended(model, stop))
    }

    /// What a last round found: of its numbers nothing is proven by what holds plans there.
    pub(super) fn unproven(
        &self,
        model: &Model,
        solution: Solution,
    ) -> (Solution, ChosenPlan, Uncut) {
        let levels = Vec::new();
        self.measured(model, Solution { levels, ..solution })
    }

    /// A solution as it is settled, its plan, and what that misses.
    fn measured(&self, model: &Model, solution: Solution) -> (Solution, ChosenPlan, Uncut) {
        let solution = Solution {
            point: model.settled(solution.point),
            ..solution
        };
        let plan = model.plan(&solution.point);
        let uncut = self.rules.uncut(&plan.facts(self.context), model.cuts());
        (solution, plan, uncut)
    }

    /// What a last round begins with: the best plan known.
    pub(super) fn best_start(&self, model: &Model) -> Option<Arc<Start>> {
        let (_, home) = self.best.as_ref()?;
        let point = model.settled(home.point(&model.program));
        Some(Arc::new(home.clone().at(&model.program, &point)))
    }

    /// What the next round begins with: the best plan known, else the last one.
    fn beginning(&self, old: &Program, model: &Model, solution: &Solution) -> Arc<Start> {
        let start = Start::of(old, solution);
        let home = self.best.as_ref().map_or(&start, |(_, home)| home);
        let point = model.settled(home.point(&model.program));
        Arc::new(start.at(&model.program, &point))
    }

    /// The options of a round.
    pub(super) fn within(&self, start: Option<Arc<Start>>) -> SolveOptions {
        let limit = self.options.time_limit;
        SolveOptions {
            start,
            time_limit: limit.map(|limit| limit.saturating_sub(self.began.elapsed())),
            ..self.options.clone()
        }
    }

    /// The year as it was left: with the best plan, if there is one.
    pub(super) fn ended(&mut self, model: &Model, stop: StopReason) -> (Planned, Option<Found>) {
        let (best, home) = self.best.take().unzip();
        let planned = Planned {
            stop: Some(stop),
            ..best.map_or_else(
                || unplanned(model, self.options, PlanStatus::Unknown),
                |best| most_proven(best, &self.relaxed, self.options),
            )
        };
        (planned, home.map(Found::Start))
    }
}
