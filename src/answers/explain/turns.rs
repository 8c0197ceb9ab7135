//! Of somebody who has been sent before: the rules of turns by which others go first.

use serde::Serialize;

use super::Explainer;
use crate::answers::attempt::NamedRule;
use crate::domain::TeacherIndex;
use crate::policy::Enforcement;

/// A rule by which colleagues who never were sent go first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TurnAnswer {
    /// The rule.
    pub rule: NamedRule,
    /// How strictly it is held, in Chinese.
    pub held_as: &'static str,
    /// The code word.
    pub held_as_code: &'static str,
    /// How often he or she was sent before.
    pub exchanges: u32,
    /// How many who never were and fulfil the conditions stay in the plan.
    pub waiting: usize,
}

impl Explainer<'_> {
    /// The rules of turns by which others go before somebody; those that only report are in
    /// nobody's way.
    pub(super) fn turns(&self, teacher: TeacherIndex) -> Vec<TurnAnswer> {
        let context = &self.base.context;
        let held = context.situation.district.teacher(teacher);
        let facts = self.plan.facts(context);
        let rules = self.rules().all().iter().enumerate();
        let bearing = rules.filter(|(_, typed)| typed.rule.enforcement != Enforcement::Report);
        let found = bearing.filter_map(|(position, typed)| {
            let waiting = typed.ahead_of(context, &facts, teacher)?;
            Some(TurnAnswer {
                rule: NamedRule::at(self.base.context.situation.policy, self.rules(), position),
                held_as: typed.held_as(),
                held_as_code: typed.held_as_code(),
                exchanges: held.exchanges_made().unwrap_or_default(),
                waiting,
            })
        });
        found.collect()
    }
}
