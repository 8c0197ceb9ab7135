//! The limits of a year as a program, built once for many questions.

use std::sync::atomic::AtomicBool;

use super::feasible::{Feasibility, Least, LeastFound, MissedPlace, clashing};
use super::model_from;
use crate::demand::{PostIndex, Situation};
use crate::eligibility::Choices;
use crate::model::Model;
use crate::policy::Enforcement;
use crate::program::{Condensed, CounterIndex, Give, OptionIndex};
use crate::rules::{Context, Kind, RuleSet};
use crate::solve::{Outcome, Silent, SolveError, SolveOptions, solve};

/// The model of the rules of a set that can be a reason why there is no plan: those that cut choices,
/// and hard ones.
#[derive(Debug)]
pub struct Limits {
    model: Model,
    rules: RuleSet,
    /// Positions of these rules in the whole set.
    positions: Vec<usize>,
}

/// The limits of a year, where they could be had.
#[derive(Debug)]
pub enum LimitsOf {
    /// They were.
    Built(Box<Limits>),
    /// Some lock is met by nothing that the rules leave.
    Locked,
    /// There are more choices than were to be tried.
    TooMany,
}

impl Limits {
    /// The limits of a set of rules, where there are so many choices at most.
    pub fn of(context: &Context<'_>, rules: &RuleSet, most: usize) -> LimitsOf {
        let Some(choices) = Choices::within(context, rules, most) else {
            return LimitsOf::TooMany;
        };
        let positions = clashing(rules);
        let rules = rules.only(&positions);
        match model_from(context, &rules, choices) {
            Ok(model) => LimitsOf::Built(Box::new(Self {
                model,
                rules,
                positions,
            })),
            Err(_) => LimitsOf::Locked,
        }
    }

    /// Whether they can all hold; limits of the rules that are `off` need not. Lines that stand for
    /// limits of differences are taken for these.
    ///
    /// # Errors
    /// Where the solver under us fails its check.
    pub fn ask(
        &self,
        off: &[usize],
        options: &SolveOptions,
        interrupt: &AtomicBool,
    ) -> Result<Feasibility, SolveError> {
        self.ask_of(&self.model, off, (options, interrupt))
    }

    /// The same under other rules, which differ in limits of counts alone; `None` where they differ
    /// in more. `context` and `rules` are those that the limits were built of.
    ///
    /// # Errors
    /// Where the solver under us fails its check.
    pub fn ask_under(
        &self,
        context: &Context<'_>,
        other: &RuleSet,
        options: &SolveOptions,
        interrupt: &AtomicBool,
    ) -> Result<Option<Feasibility>, SolveError> {
        let other = other.only(&clashing(other));
        match self.model.with_bounds_of(context, &self.rules, &other) {
            Some(model) => self.ask_of(&model, &[], (options, interrupt)).map(Some),
            None => Ok(None),
        }
    }

    fn ask_of(
        &self,
        model: &Model,
        off: &[usize],
        (options, interrupt): (&SolveOptions, &AtomicBool),
    ) -> Result<Feasibility, SolveError> {
        let holds = |counter: CounterIndex| {
            let rule = model.rule_of(counter);
            rule.is_none_or(|rule| !off.contains(&self.positions[rule]))
        };
        let small = model.program.limits_alone(holds);
        Ok(match solve(&small.program, options, interrupt, &Silent)? {
            Outcome::Infeasible(clash) => {
                let missed = clash.missed.iter().filter_map(|&(held, amount)| {
                    let counter = small.kept[held.0 as usize];
                    Some(MissedPlace {
                        rule: self.positions[model.rule_of(counter)?],
                        place: model.place_of(counter),
                        label: model.program.counter(counter).label.clone(),
                        amount,
                    })
                });
                Feasibility::Clashes(missed.collect())
            }
            Outcome::Solved(_) => Feasibility::HasPlan,
            Outcome::Unknown(_) => Feasibility::Unknown,
        })
    }

    /// By how much some rules are missed at least, in units of their rows, where everything else
    /// holds; each on the sides that `give` says. What several rules ask of a post gives way where all
    /// of them do.
    ///
    /// # Errors
    /// Where the solver under us fails its check.
    pub fn least_missed(
        &self,
        situation: &Situation<'_>,
        give: impl Fn(usize) -> (bool, bool),
        options: &SolveOptions,
        interrupt: &AtomicBool,
    ) -> Result<Least, SolveError> {
        let model = &self.model;
        let of_post = |post: PostIndex| {
            let mut sides = [Vec::new(), Vec::new()];
            for (typed, &position) in self.rules.all().iter().zip(&self.positions) {
                let limited = typed.limits_of(situation, situation.posts.get(post));
                let given = give(position);
                sides[0].extend(limited.0.then_some((position, given.0)));
                sides[1].extend(limited.1.then_some((position, given.1)));
            }
            sides
        };
        let give_of = |counter: CounterIndex| match (model.rule_of(counter), model.post_of(counter))
        {
            (Some(rule), _) => {
                let (below, above) = give(self.positions[rule]);
                Give {
                    below,
                    above,
                    ..Give::default()
                }
            }
            (None, Some(post)) => {
                let [lower, upper] = of_post(post);
                let all = |held: &[(usize, bool)]| {
                    !held.is_empty() && held.iter().all(|&(_, given)| given)
                };
                Give {
                    below: all(&lower),
                    above: all(&upper),
                    ..Give::default()
                }
            }
            (None, None) => Give::default(),
        };
        let free = |_: OptionIndex| 0;
        let small = model.program.limits_priced(free, give_of);
        let question = (model, &small, &free as &dyn Fn(OptionIndex) -> i64);
        least(question, options, interrupt, |counter, amount| {
            let rule = match model.rule_of(counter) {
                Some(rule) => self.positions[rule],
                None => {
                    of_post(model.post_of(counter)?)[usize::from(amount > 0)]
                        .first()?
                        .0
                }
            };
            Some(MissedPlace {
                rule,
                place: model.place_of(counter),
                label: model.program.counter(counter).label.clone(),
                amount,
            })
        })
    }
}

/// Solves a program of one level to the end; `place` says what of a limit that is missed.
pub(super) fn least(
    (model, small, cost): (&Model, &Condensed, &dyn Fn(OptionIndex) -> i64),
    options: &SolveOptions,
    interrupt: &AtomicBool,
    place: impl Fn(CounterIndex, i64) -> Option<MissedPlace>,
) -> Result<Least, SolveError> {
    let options = SolveOptions {
        target_gap: 0.0,
        ..options.clone()
    };
    Ok(match solve(&small.program, &options, interrupt, &Silent)? {
        Outcome::Solved(solution) => {
            let found = small.program.evaluate(&solution.point);
            let value = found.levels.first().copied().unwrap_or_default();
            let values = small.values(&solution.point).into_iter();
            let missed = small
                .kept
                .iter()
                .zip(values)
                .filter_map(|(&counter, value)| {
                    let amount = model.program.counter(counter).violation(value);
                    (amount != 0).then(|| place(counter, amount)).flatten()
                });
            Least::Found(LeastFound {
                value,
                bound: solution.levels.first().map_or(0, |level| level.bound),
                places: missed.collect(),
                plan: model.plan(&small.expanded(&model.program, cost, &solution.point)),
            })
        }
        Outcome::Infeasible(_) => Least::Never,
        Outcome::Unknown(_) => Least::Unknown,
    })
}

/// Whether all that a rule does is to limit rows of its own, so that it is taken away with them.
pub(super) fn is_rows_alone(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Count(_) | Kind::Ratio(_) | Kind::PerPupil(_) | Kind::Avoidance(_) | Kind::Turns(_)
    )
}

/// Whether a limit of a difference is hard: its lines relax it, so that a plan under them may be
/// beyond it all the same.
pub fn limits_differences(rules: &RuleSet) -> bool {
    rules.all().iter().any(|typed| {
        matches!(typed.kind, Kind::Disparity(_)) && typed.rule.enforcement == Enforcement::Hard
    })
}
