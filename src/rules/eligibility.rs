//! `eligibility`: who may move in a form, who must, who may not, and why.
//!
//! "Six years in the same school make a teacher eligible for exchange; those within five years of
//! retirement are deferred."

use serde::Deserialize;

use super::except::Except;
use super::facts::PlanFacts;
use super::figure::Figure;
use super::row::{Candidate, Item, Outcome};
use super::set::RuleSet;
use crate::demand::{Fixation, Situation};
use crate::domain::{Form, LockKind, TeacherIndex};
use crate::policy::{OneOrMany, PersonSelector, Rule, SchoolSelector};

/// What a rule says of those it chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// Only those chosen may move; the others are not eligible.
    Require,
    /// Those chosen are deferred (暂缓): not eligible, and out of the base of shares.
    Defer,
    /// Those chosen may not move, but stay in the base of shares.
    Forbid,
    /// Only those chosen are in the base of shares; the others may move all the same.
    Count,
    /// Those chosen must move where they may.
    Must,
    /// Those chosen are named as a reminder; nothing else follows.
    Remind,
}

/// Parameters of the kind.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Eligibility {
    /// Forms of which it speaks.
    #[serde(default = "both_moves")]
    pub form: OneOrMany<Form>,
    /// What it says.
    pub effect: Effect,
    /// Of whom.
    #[serde(default)]
    pub who: PersonSelector,
    /// Of whom: the school they serve at.
    #[serde(default)]
    pub from: SchoolSelector,
    /// For whom it does not hold.
    #[serde(default)]
    pub except: Except,
    /// What is printed where the true reason is private; else the rule's title is printed.
    #[serde(default)]
    pub printed: String,
}

/// Exchange and transfer.
pub(super) fn both_moves() -> OneOrMany<Form> {
    vec![Form::Exchange, Form::Transfer].into()
}

/// Why somebody may not move in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// Has left, is absent, on exchange, just home, or moved by decision.
    Settled(Settled),
    /// 撤并安置 is for those alone whose school ends.
    SchoolGoesOn,
    /// The school ends: 撤并安置 places the person, no other form.
    SchoolEnds,
    /// Outside the establishment.
    NotInEstablishment,
    /// A lock says stay, or another form.
    Locked,
    /// The school nominated others.
    NotNominated,
    /// A `require` rule does not choose the person: position of the rule in the set.
    NotRequired(usize),
    /// A `defer` rule chooses the person.
    Deferred(usize),
    /// A `forbid` rule chooses the person.
    Forbidden(usize),
}

/// A [`Fixation`] in an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Settled {
    /// Retired or left.
    Departed,
    /// Long leave or seconded.
    Absent,
    /// An exchange goes on.
    Continuing,
    /// Home again from an exchange.
    Returned,
    /// Moved by a decision.
    Decided,
    /// Serves at several schools already, or by a decision.
    Itinerant,
}

impl From<Fixation> for Settled {
    fn from(fixation: Fixation) -> Self {
        match fixation {
            Fixation::Departed => Self::Departed,
            Fixation::Absent => Self::Absent,
            Fixation::Continuing => Self::Continuing,
            Fixation::Returned => Self::Returned,
            Fixation::Decided => Self::Decided,
            Fixation::Itinerant { .. } => Self::Itinerant,
        }
    }
}

impl Refusal {
    /// Whether the person stays in the base of shares of the eligible all the same: the office or
    /// the school decided otherwise about one who fulfils the conditions.
    const fn keeps_eligible(self) -> bool {
        matches!(
            self,
            Self::Locked
                | Self::NotNominated
                | Self::Forbidden(_)
                | Self::Settled(Settled::Itinerant)
        )
    }

    /// The rule that refuses, by its position in the set.
    pub const fn rule(self) -> Option<usize> {
        match self {
            Self::NotRequired(position) | Self::Deferred(position) | Self::Forbidden(position) => {
                Some(position)
            }
            _ => None,
        }
    }

    /// The same in English; what a rule prints instead of a private title has none.
    pub fn printed_english(self, rules: &RuleSet) -> String {
        let text = match self {
            Self::Settled(Settled::Departed) => "has left",
            Self::Settled(Settled::Absent) => "on leave",
            Self::Settled(Settled::Continuing) => "an exchange goes on",
            Self::Settled(Settled::Returned) => "just home from an exchange",
            Self::Settled(Settled::Decided) => "decided already",
            Self::Settled(Settled::Itinerant) => "serves at several schools already",
            Self::SchoolGoesOn => "the school goes on",
            Self::SchoolEnds => "the school ends: everybody there is resettled",
            Self::NotInEstablishment => "outside the establishment",
            Self::Locked => "the office decided otherwise",
            Self::NotNominated => "the school nominated others",
            Self::NotRequired(position) | Self::Deferred(position) | Self::Forbidden(position) => {
                let typed = &rules.all()[position];
                let hides = matches!(
                    &typed.kind,
                    super::Kind::Eligibility(kind) if !kind.printed.is_empty()
                );
                let title = &typed.rule.title_english;
                if hides || title.is_empty() {
                    return self.printed(rules);
                }
                return match self {
                    Self::NotRequired(_) => format!("not met: {title}"),
                    _ => title.clone(),
                };
            }
        };
        text.to_owned()
    }

    /// The reason on paper. Private reasons are never printed.
    pub fn printed(self, rules: &RuleSet) -> String {
        let rule_text = |position: usize| {
            let typed = &rules.all()[position];
            match &typed.kind {
                super::Kind::Eligibility(kind) if !kind.printed.is_empty() => kind.printed.clone(),
                _ => typed.rule.title.clone(),
            }
        };
        match self {
            Self::Settled(Settled::Departed) => "已离任".to_owned(),
            Self::Settled(Settled::Absent) => "离岗期间".to_owned(),
            Self::Settled(Settled::Continuing) => "交流在期".to_owned(),
            Self::Settled(Settled::Returned) => "交流期满刚返回".to_owned(),
            Self::Settled(Settled::Decided) => "已由组织决定".to_owned(),
            Self::Settled(Settled::Itinerant) => "已安排走教".to_owned(),
            Self::SchoolGoesOn => "原校未撤并".to_owned(),
            Self::SchoolEnds => "原校撤并，另行安置".to_owned(),
            Self::NotInEstablishment => "非在编人员".to_owned(),
            Self::Locked => "本局已作决定".to_owned(),
            Self::NotNominated => "本校未推荐".to_owned(),
            Self::NotRequired(position) => format!("不符合：{}", rule_text(position)),
            Self::Deferred(position) | Self::Forbidden(position) => rule_text(position),
        }
    }
}

/// Who may move in which form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standings {
    /// The forms that plans may choose under the policy, in their order.
    forms: Vec<Form>,
    /// By teacher and form.
    refusals: Vec<Vec<Refusal>>,
    /// By teacher and form: out of the base of shares all the same.
    uncounted: Vec<bool>,
    musts: Vec<Vec<usize>>,
    reminders: Vec<(usize, TeacherIndex)>,
}

impl Standings {
    /// Applies the eligibility rules to everybody.
    pub fn new(situation: &Situation<'_>, rules: &RuleSet) -> Self {
        let district = situation.district;
        let nominated: std::collections::BTreeSet<TeacherIndex> = district
            .nominations
            .iter()
            .map(|nomination| nomination.teacher)
            .collect();
        let nominating: std::collections::BTreeSet<_> = district
            .nominations
            .iter()
            .map(|nomination| district.teacher(nomination.teacher).school)
            .collect();
        let has = |form: &Form| situation.policy.forms.contains_key(form);
        let forms: Vec<Form> = Form::CHOSEN.iter().copied().filter(has).collect();
        let cells = district.teachers.len() * forms.len();
        let mut standings = Self {
            refusals: vec![Vec::new(); cells],
            uncounted: vec![false; cells],
            musts: vec![Vec::new(); district.teachers.len()],
            reminders: Vec::new(),
            forms: forms.clone(),
        };
        for index in district.teacher_indices() {
            let entry = situation.roll.entry(index);
            let teacher = district.teacher(index);
            for &form in &forms {
                let leaves = form.leaves_school();
                let ends = district.school(entry.school).state.ends();
                match (form == Form::Resettle, ends) {
                    (true, false) => standings.refuse(index, form, Refusal::SchoolGoesOn),
                    (false, true) => standings.refuse(index, form, Refusal::SchoolEnds),
                    _ => {}
                }
                if let Some(fixation) = entry.fixation {
                    let returned_inside = !leaves && fixation == Fixation::Returned;
                    if !returned_inside {
                        standings.refuse(index, form, Refusal::Settled(fixation.into()));
                    }
                }
                let in_establishment =
                    teacher.employment == crate::domain::Employment::Establishment;
                if leaves && !in_establishment {
                    standings.refuse(index, form, Refusal::NotInEstablishment);
                }
                let by_nomination = form == Form::Exchange && nominating.contains(&teacher.school);
                if by_nomination && !nominated.contains(&index) {
                    standings.refuse(index, form, Refusal::NotNominated);
                }
            }
        }
        standings.apply_locks(situation);
        for (position, typed) in rules.all().iter().enumerate() {
            if let super::Kind::Eligibility(kind) = &typed.kind {
                standings.apply(situation, position, kind);
            }
        }
        standings
    }

    fn refuse(&mut self, teacher: TeacherIndex, form: Form, refusal: Refusal) {
        if let Some(cell) = self.cell(teacher, form) {
            self.refusals[cell].push(refusal);
        }
    }

    /// Where a teacher's standing in a form is kept, if plans may choose the form.
    fn cell(&self, teacher: TeacherIndex, form: Form) -> Option<usize> {
        let position = self.forms.iter().position(|&held| held == form)?;
        Some(teacher.position() * self.forms.len() + position)
    }

    /// The forms that plans may choose under the policy, in their order.
    pub fn forms(&self) -> &[Form] {
        &self.forms
    }

    fn apply_locks(&mut self, situation: &Situation<'_>) {
        for lock in &situation.district.locks {
            for form in self.forms.clone() {
                let refused = match lock.kind {
                    LockKind::Stay => form.leaves_school(),
                    LockKind::OnlyForm => form.leaves_school() && lock.form != Some(form),
                    LockKind::Go => lock.form.is_some_and(|wanted| wanted != form),
                    LockKind::Forbid => false,
                };
                if refused {
                    self.refuse(lock.teacher, form, Refusal::Locked);
                }
            }
        }
    }

    fn apply(&mut self, situation: &Situation<'_>, position: usize, kind: &Eligibility) {
        for index in situation.district.teacher_indices() {
            let entry = situation.roll.entry(index);
            let chosen = kind.chooses(situation, index);
            match kind.effect {
                Effect::Must if chosen => self.musts[index.position()].push(position),
                Effect::Remind if chosen && entry.serves() => {
                    self.reminders.push((position, index));
                }
                Effect::Count if !chosen => {
                    for &form in &kind.form {
                        if let Some(cell) = self.cell(index, form) {
                            self.uncounted[cell] = true;
                        }
                    }
                }
                _ => {}
            }
            let refusal = match kind.effect {
                Effect::Require if !chosen => Refusal::NotRequired(position),
                Effect::Defer if chosen => Refusal::Deferred(position),
                Effect::Forbid if chosen => Refusal::Forbidden(position),
                _ => continue,
            };
            for &form in &kind.form {
                self.refuse(index, form, refusal);
            }
        }
    }

    /// Why somebody may not move in a form; empty means that he or she may.
    pub fn refusals(&self, teacher: TeacherIndex, form: Form) -> &[Refusal] {
        self.cell(teacher, form)
            .map_or(&[], |cell| &self.refusals[cell])
    }

    /// Whether somebody may move in a form.
    pub fn may(&self, teacher: TeacherIndex, form: Form) -> bool {
        self.cell(teacher, form)
            .is_some_and(|cell| self.refusals[cell].is_empty())
    }

    /// Whether somebody fulfils the conditions of a form (符合交流条件), even where a decision
    /// keeps him or her.
    pub fn is_eligible(&self, teacher: TeacherIndex, form: Form) -> bool {
        self.cell(teacher, form)
            .is_some_and(|cell| !self.uncounted[cell])
            && self
                .refusals(teacher, form)
                .iter()
                .all(|refusal| refusal.keeps_eligible())
    }

    /// Whether a `must` rule names somebody.
    pub fn must_move(&self, teacher: TeacherIndex) -> bool {
        !self.musts[teacher.position()].is_empty()
    }

    /// Reminders: position of the rule, and whom it names.
    pub fn reminders(&self) -> &[(usize, TeacherIndex)] {
        &self.reminders
    }
}

impl Eligibility {
    /// Whether the rule speaks of somebody: as the roster has him or her, at the school served. Who is
    /// excepted is as if the rule were not there.
    pub fn chooses(&self, situation: &Situation<'_>, teacher: TeacherIndex) -> bool {
        if self.except.has(situation.district, teacher) {
            return matches!(self.effect, Effect::Require | Effect::Count);
        }
        let school = situation.roll.entry(teacher).school;
        self.who.matches(&situation.person(teacher)) && self.from.matches(&situation.school(school))
    }

    /// Whether the rule says that somebody must move in the form of a placement.
    pub(super) fn must_move(&self, candidate: &Candidate<'_>) -> bool {
        self.effect == Effect::Must
            && self
                .form
                .iter()
                .any(|&form| form == candidate.placement.form)
            && self.chooses(candidate.situation, candidate.entry.teacher)
    }

    /// A plan is refused where somebody moves whom the rule does not let move. Who must move and is
    /// left where he or she is, since no form may be chosen, is told: of staff outside the establishment
    /// the plan does not dispose.
    pub(super) fn check(&self, rule: &Rule, facts: &PlanFacts<'_>) -> Outcome {
        let situation = facts.situation;
        let mut missed = Vec::new();
        let mut chosen = 0;
        for candidate in facts.candidates() {
            let teacher = candidate.placement.teacher;
            let form = candidate.placement.form;
            let matches = self.chooses(situation, teacher);
            chosen += i64::from(matches);
            if candidate.placement.decided {
                continue;
            }
            let moves_so = self.form.iter().any(|&wanted| wanted == form);
            let broken = match self.effect {
                Effect::Require => moves_so && !matches,
                Effect::Defer | Effect::Forbid => moves_so && matches,
                Effect::Must => matches && candidate.is_left(),
                Effect::Count | Effect::Remind => false,
            };
            if broken {
                missed.push(Item {
                    place: situation.district.teacher(teacher).id.clone(),
                    value: form.chinese().to_owned(),
                    target: rule.title.clone(),
                    shortfall: "1 人".to_owned(),
                });
            }
        }
        Outcome::refusals(Figure::Persons(chosen), missed)
    }
}
