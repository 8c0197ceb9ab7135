//! The year as it is planned, from which answers begin.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::difference::Shortages;
use super::figures::Figures;
use crate::account::{Account, Provenance};
use crate::domain::{District, LockKind};
use crate::eligibility::LockConflict;
use crate::model::{ChosenPlan, Model, Near, option_label};
use crate::planning::{PlanStatus, Planned, PlannedLevel, model_near, model_year, plan_base};
use crate::rules::{Context, Outcome, RuleSet};
use crate::scenario::Change;
use crate::solve::{Engine, SolveError, SolveOptions, Start, Watcher};

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
    /// The year's model that stays near to its own plan, built when somebody asks for it.
    near: OnceLock<Option<Model>>,
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
        let start = start.filter(|_| planned.plan.is_some());
        let (figures, shortages) = reckoned(context, rules, &planned, options).unzip();
        Ok(Ok(Self {
            context,
            rules,
            planned,
            figures,
            shortages: shortages.unwrap_or_default(),
            options: options.clone(),
            start,
            near: OnceLock::new(),
        }))
    }

    /// The year of a plan that is out, whatever its origin: nothing is proven of it.
    pub fn of_plan(
        context: Context<'a>,
        rules: &'a RuleSet,
        plan: ChosenPlan,
        options: &SolveOptions,
    ) -> Self {
        let situation = context.situation;
        let choices = plan.placements.iter().map(|placement| {
            let teacher = situation.district.teacher(placement.teacher);
            (teacher.id.clone(), option_label(situation, placement))
        });
        let start = Start::chosen(choices);
        let planned = recounted(&context, rules, plan);
        let (figures, shortages) = reckoned(context, rules, &planned, options).unzip();
        Self {
            context,
            rules,
            planned,
            figures,
            shortages: shortages.unwrap_or_default(),
            options: options.clone(),
            start: Some(Arc::new(start)),
            near: OnceLock::new(),
        }
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
            near: OnceLock::new(),
        }
    }

    /// The plan, where there is one.
    pub const fn plan(&self) -> Option<&ChosenPlan> {
        self.planned.plan.as_ref()
    }

    /// The base's model under changes that leave everything else of it as it is: numbers that are
    /// limits of counts, such limits taken away, or one person kept at home or from a school. `None`
    /// where the model must be built anew.
    pub(super) fn changed_model(&self, changes: &[Change], rules: &RuleSet) -> Option<Model> {
        let held = self.near.get_or_init(|| {
            let near = self.near(self.context.situation.district, None)?;
            model_near(&self.context, self.rules, near).ok()
        });
        let model = held.as_ref()?;
        if let [Change::Lock { .. }] = changes {
            return self.locked_model(model, &changes[0]);
        }
        let of_policy =
            |change: &Change| matches!(change, Change::Set { .. } | Change::Without { .. });
        if !changes.iter().all(of_policy) {
            return None;
        }
        model.with_limits_of(&self.context, self.rules, rules)
    }

    fn locked_model(&self, model: &Model, change: &Change) -> Option<Model> {
        let Change::Lock {
            teacher,
            kind,
            school,
            ..
        } = change
        else {
            return None;
        };
        let district = self.context.situation.district;
        let teacher = district.teacher_with_id(teacher)?;
        // Several locks of one person bear on each other.
        if !district.locks_of(teacher).is_empty() {
            return None;
        }
        match kind {
            LockKind::Stay => model.without(teacher, |placement| placement.form.leaves_school()),
            LockKind::Forbid => {
                let school = district.school_coded(school.as_deref()?)?;
                model.without(teacher, |placement| {
                    placement.form.leaves_school() && placement.schools_to().any(|to| to == school)
                })
            }
            LockKind::Go | LockKind::OnlyForm => None,
        }
    }

    /// The plan as one to stay near to, for a district that may differ by a few persons.
    pub fn near(&self, district: &District, at_most: Option<u32>) -> Option<Near> {
        let known = self.context.situation.district;
        let plan = self.plan()?;
        let held = &plan.placements;
        let teachers = district.teachers.iter();
        let places = teachers.map(|teacher| {
            let index = known.teacher_with_id(&teacher.id)?;
            held.get(index.position()).copied()
        });
        Some(Near {
            places: places.collect(),
            at_most,
            recruits: plan.levers.clone(),
            begun: false,
        })
    }

    /// What a solve may begin with that differs little.
    pub(super) fn start(&self) -> Option<Arc<Start>> {
        self.start.clone()
    }
}

/// What a planned year comes to; none where it has no plan.
fn reckoned(
    context: Context<'_>,
    rules: &RuleSet,
    planned: &Planned,
    options: &SolveOptions,
) -> Option<(Figures, Shortages)> {
    let plan = planned.plan.as_ref()?;
    let provenance = Provenance::new(context.situation, "", options, planned);
    let account = Account::new(context, rules, plan, planned, provenance);
    Some((Figures::of(&account), Shortages::of(&account)))
}

/// A plan of whatever origin as a planned year: its levels counted again, and nothing proven.
pub fn recounted(context: &Context<'_>, rules: &RuleSet, plan: ChosenPlan) -> Planned {
    let facts = plan.facts(context);
    let checked = rules.all().par_iter();
    let outcomes: Vec<Outcome> = checked.map(|typed| typed.check(context, &facts)).collect();
    let levels = facts.levels(rules, &outcomes).into_iter().enumerate();
    let levels = levels.map(|(level, value)| PlannedLevel {
        level,
        value,
        certificate: None,
    });
    Planned {
        status: PlanStatus::Feasible,
        levels: levels.collect(),
        plan: Some(plan),
        changes: None,
        clash: Vec::new(),
        stop: None,
        engine: Engine::Automatic,
        size: (0, 0),
    }
}
