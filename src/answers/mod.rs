//! Answers for whoever sits before a plan: what if, why, what must give, what changed.
//!
//! Every figure comes from a solve of its own. A [`Base`] is the year as it is planned; an
//! [`attempt`] plans the same year after some changes, beginning with the base's plan and prices.

mod attempt;
mod base;
mod compare;
mod declined;
mod diagnose;
mod difference;
mod explain;
mod figures;
mod remedy;
mod replan;
mod settled;
mod sweep;
mod whatif;

pub use attempt::{Attempt, Locked, NamedRule, attempt, locked, without_plan};
pub use base::{Base, recounted};
pub use compare::{Comparison, Effect, PersonChange, ZoneChange, compare};
pub use declined::with_list;
pub use diagnose::{
    Decimal, Diagnosis, Excepted, Finding, LetThrough, Loosening, Member, Missed, MissedUnit, Step,
    WayOut, diagnose, plan_ways,
};
pub use difference::{Differing, PostChange, PostName, Shortages, Whereabouts, differing};
pub use explain::{
    Answer, Chosen, Comers, Everybody, Explainer, FormStanding, KeyPrice, LevelPrice, Limit,
    People, PersonName, PostAnswer, PostLeft, PostNeed, Price, Priced, Question, ReturnedAnswer,
    RuleAnswer, Stays, TeacherAnswer, TurnAnswer, UnitReturn, WhyNotAnswer, WhyNotForm,
};
pub use figures::{Figures, LevelFigure, LeverFigure, RuleFigure, SubjectFigure};
pub use remedy::Remedy;
pub use replan::{Replanned, Replanning, replan};
pub use settled::Settled;
pub use sweep::{Sweep, Swept, sweep_scenarios};
pub use whatif::{Case, Outcome, Resettled, what_if};
