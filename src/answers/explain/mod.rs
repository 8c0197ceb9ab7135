//! Why: of a person, of a post, of a rule. What rules say is read from them; what anything costs is
//! read from a year planned again in which it is otherwise.

mod person;
mod post;
mod price;
mod question;
mod returned;
mod rule;
mod staying;
mod turns;

use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::base::Base;
use crate::eligibility::{Choice, Choices};
use crate::model::ChosenPlan;
use crate::rules::{Grounds, RuleSet};
use crate::solve::SolveError;

pub use person::{Chosen, Comers, FormStanding, TeacherAnswer, WhyNotAnswer, WhyNotForm};
pub use post::{PostAnswer, PostNeed};
pub use price::{LevelPrice, People, PersonName, Price, Priced};
pub use question::Question;
pub use returned::{PostLeft, ReturnedAnswer, UnitReturn};
pub use rule::{KeyPrice, Limit, RuleAnswer};
pub use staying::{Everybody, Stays};
pub use turns::TurnAnswer;

use price::Asked;

/// Who answers: a planned year, and what everybody might have chosen in it.
#[derive(Debug)]
pub struct Explainer<'a> {
    base: &'a Base<'a>,
    plan: &'a ChosenPlan,
    choices: Choices,
    grounds: Grounds<'a>,
    /// Whether others than those asked about are named.
    names: bool,
    interrupt: &'a AtomicBool,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "question", rename_all = "kebab-case")]
pub enum Answer {
    /// Of somebody.
    Teacher(Box<TeacherAnswer>),
    /// Why somebody does not go somewhere.
    WhyNot(Box<WhyNotAnswer>),
    /// Of a post.
    Post(Box<PostAnswer>),
    /// Of a rule.
    Rule(Box<RuleAnswer>),
    /// Of exchanges that end.
    Returned(ReturnedAnswer),
    /// Of all who move.
    All(Everybody),
}

impl<'a> Explainer<'a> {
    /// Of a planned year; `None` where it has no plan. Others than those asked about are named only
    /// where `names` says so.
    pub fn new(base: &'a Base<'a>, names: bool, interrupt: &'a AtomicBool) -> Option<Self> {
        let plan = base.plan()?;
        Some(Self {
            base,
            plan,
            choices: Choices::new(&base.context, base.rules),
            grounds: Grounds::new(&plan.facts(&base.context), base.rules),
            names,
            interrupt,
        })
    }

    /// Answers a question; `done` is told of each year that is planned for it where there are many: how
    /// many are, of how many.
    ///
    /// # Errors
    /// Where the solver under us fails its check.
    pub fn answer(
        &self,
        question: &Question,
        done: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Answer, SolveError> {
        Ok(match *question {
            Question::Teacher(teacher) => Answer::Teacher(Box::new(self.teacher(teacher)?)),
            Question::WhyNot(teacher, school) => {
                Answer::WhyNot(Box::new(self.why_not(teacher, school)?))
            }
            Question::Post(post) => Answer::Post(Box::new(self.post(post)?)),
            Question::Rule(rule) => Answer::Rule(Box::new(self.rule(rule, done)?)),
            Question::Returned => Answer::Returned(self.returned()),
            Question::All => Answer::All(self.everybody(done)?),
        })
    }

    fn rules(&self) -> &'a RuleSet {
        self.base.rules
    }

    const fn asked(&self) -> Asked<'a> {
        Asked {
            teacher: None,
            post: None,
            names: self.names,
            interrupt: self.interrupt,
        }
    }

    /// Choices of somebody other than what holds if nothing is chosen.
    fn ways_of(&self, teacher: crate::domain::TeacherIndex) -> usize {
        let choices = self.choices.of(teacher).iter();
        choices.filter(|&&choice| choice != Choice::Home).count()
    }
}
