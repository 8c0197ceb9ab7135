//! The year as it is planned, from which answers begin.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::difference::Shortages;
use super::figures::Figures;
use crate::account::{Account, Provenance};
use crate::domain::District;
use crate::eligibility::LockConflict;
use crate::model::{ChosenPlan, Near};
use crate::planning::{PlanStatus, Planned, model_year, plan_base};
use crate::rules::{Context, RuleSet};
use crate::solve::{SolveError, SolveOptions, Start, Watcher};

/// A planned year and what others begin with.
#[derive(Debug)]
pub struct Base<'a> {
    /// The district, and who may move.
    pub context: Context<'a>,
    /// The rules.
    pub rules: &'a RuleSet,
    /// How it ended.
    pub planned: Planned,
    /// What the plan comes to; `None` where there is none.
    pub figures: Option<Figures>,
    /// What its posts lack.
    pub shortages: Shortages,
    /// What a solve may spend.
    pub options: SolveOptions,
    start: Option<Arc<Start>>,
}

impl<'a> Base<'a> {
    /// Plans the year.
    ///
    /// # Errors
    /// Where the solver under us fails its check; locks that no choice can meet are the inner error.
    pub fn solve(
        context: Context<'a>,
        rules: &'a RuleSet,
        options: &SolveOptions,
        interrupt: &AtomicBool,
        watcher: &dyn Watcher,
    ) -> Result<Result<Self, Vec<LockConflict>>, SolveError> {
        let mut model = match model_year(&context, rules) {
            Ok(model) => model,
            Err(conflicts) => return Ok(Err(conflicts)),
        };
        let (planned, start) = plan_base(&context, rules, &mut model, options, interrupt, watcher)?;
        let reckoned = planned.plan.as_ref().map(|plan| {
            let provenance = Provenance::new(context.situation, "", options, &planned);
            let account = Account::new(context, rules, plan, &planned, provenance);
            (Figures::of(&account), Shortages::of(&account))
        });
        let (figures, shortages) = reckoned.unzip();
        Ok(Ok(Self {
            context,
            rules,
            planned,
            figures,
            shortages: shortages.unwrap_or_default(),
            options: options.clone(),
            start,
        }))
    }

    /// A year of which no plan is asked, or that has none: answers begin with nothing.
    pub fn unplanned(context: Context<'a>, rules: &'a RuleSet, options: &SolveOptions) -> Self {
        Self {
            context,
            rules,
            planned: Planned {
                status: PlanStatus::Unknown,
                plan: None,
                levels: Vec::new(),
                changes: None,
                clash: Vec::new(),
                stop: None,
                engine: options.engine,
                size: (0, 0),
            },
            figures: None,
            shortages: Shortages::default(),
            options: options.clone(),
            start: None,
        }
    }

    /// The plan, where there is one.
    pub const fn plan(&self) -> Option<&ChosenPlan> {
        self.planned.plan.as_ref()
    }

    /// The plan as one to stay near to, for a district that may differ by a few persons.
    pub fn near(&self, district: &District, at_most: Option<u32>) -> Option<Near> {
        let known = self.context.situation.district;
        let held = &self.plan()?.placements;
        let teachers = district.teachers.iter();
        let places = teachers.map(|teacher| {
            let index = known.teacher_with_id(&teacher.id)?;
            held.get(index.position()).copied()
        });
        Some(Near {
            places: places.collect(),
            at_most,
        })
    }

    /// What a solve may spend that begins with this year.
    pub(super) fn warm(&self) -> SolveOptions {
        SolveOptions {
            start: self.start.clone(),
            ..self.options.clone()
        }
    }
}
