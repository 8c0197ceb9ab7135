//! `turns`: nobody is sent again while colleagues who never were stay.
//!
//! "Exchanges go by turns: whoever has been sent before is not sent again as long as an eligible
//! colleague of the same school who never was stays; volunteers go whenever they wish."

use std::collections::BTreeMap;

use serde::Deserialize;

use super::context::Context;
use super::eligibility::Standings;
use super::except::Except;
use super::facts::PlanFacts;
use super::figure::{Figure, Target};
use super::row::{Allowance, Candidate, Item, Outcome, Row, RowHinge, RowKey, Settling, Way};
use super::scope::{Scope, ScopeKey};
use super::units_per_person;
use crate::demand::Situation;
use crate::domain::{Form, LockKind, TeacherIndex};
use crate::policy::{Enforcement, OneOrMany, PersonSelector, Rule, SchoolSelector};

/// Parameters of the kind. The rule's weight is that of one person sent again in place of a colleague
/// who never was.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Turns {
    /// Sent in these forms.
    #[serde(default = "exchange")]
    pub form: OneOrMany<Form>,
    /// Among these persons (as the roster has them).
    #[serde(default)]
    pub who: PersonSelector,
    /// At these schools.
    #[serde(default)]
    pub from: SchoolSelector,
    /// Who takes no turns.
    #[serde(default)]
    pub except: Except,
    /// Among whom turns are taken: the colleagues of each of these places.
    #[serde(default = "school")]
    pub scope: Scope,
    /// Whether those go again whenever they like who wish for where they go.
    #[serde(default = "yes")]
    pub volunteers: bool,
}

fn exchange() -> OneOrMany<Form> {
    vec![Form::Exchange].into()
}

const fn school() -> Scope {
    Scope::School
}

const fn yes() -> bool {
    true
}

/// The rows of a place, by their numbers: who goes again, and who never went and stays.
const AGAIN: u16 = 0;
const STAYING: u16 = 1;

/// Who takes turns in one place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Circle {
    /// Who has been sent before, and whom the plan may send.
    pub(super) before: Vec<TeacherIndex>,
    /// Who never was sent and fulfils the conditions, in establishment and free to go.
    pub(super) never: Vec<TeacherIndex>,
}

/// What a finished plan did in one place.
#[derive(Debug, Clone, Copy, Default)]
struct Taken {
    /// Sent again by the plan, and not by wish.
    again: i64,
    /// Never sent, eligible, and staying.
    staying: i64,
}

impl Taken {
    /// So many of those sent again could have been spared by sending somebody who never was.
    fn avoidable(self) -> i64 {
        self.again.min(self.staying)
    }
}

impl Turns {
    /// Whether the rule speaks of somebody, as the roster has him or her.
    fn speaks_of(&self, situation: &Situation<'_>, teacher: TeacherIndex) -> bool {
        let origin = situation.roll.entry(teacher).origin;
        self.who.matches(&situation.person(teacher))
            && self.from.matches(&situation.school(origin))
            && !self.except.has(situation.district, teacher)
    }

    /// Among whose colleagues somebody takes turns.
    fn place_of(&self, situation: &Situation<'_>, teacher: TeacherIndex) -> ScopeKey {
        let entry = situation.roll.entry(teacher);
        let (stage, subject) = (entry.stage, entry.subject);
        self.scope.key(situation, entry.origin, stage, subject)
    }

    /// Who takes turns, by place. Whose exchanges are not known is nowhere among them, nor is whom
    /// the office sends.
    pub(super) fn circles(&self, context: &Context<'_>) -> BTreeMap<ScopeKey, Circle> {
        let (situation, standings) = (context.situation, context.standings);
        let district = situation.district;
        let mut circles: BTreeMap<ScopeKey, Circle> = BTreeMap::new();
        for teacher in district.teacher_indices() {
            let Some(made) = district.teacher(teacher).exchanges_made() else {
                continue;
            };
            let mut forms = self.form.iter();
            let concerned = if made > 0 {
                forms.any(|&form| standings.may(teacher, form))
                    && !is_sent_by_lock(situation, teacher)
            } else {
                forms.any(|&form| is_free(standings, teacher, form))
            };
            if !concerned || !self.speaks_of(situation, teacher) {
                continue;
            }
            let place = self.place_of(situation, teacher);
            let circle = circles.entry(place).or_default();
            if made > 0 {
                circle.before.push(teacher);
            } else {
                circle.never.push(teacher);
            }
        }
        circles
    }

    /// Whether a placement counts for somebody whose exchanges are known: of those sent before, that
    /// they go again; of the others, that they stay.
    pub(super) fn concerns(&self, candidate: &Candidate<'_>) -> bool {
        let placement = candidate.placement;
        let teacher = candidate.situation.district.teacher(placement.teacher);
        match teacher.exchanges_made() {
            None => false,
            Some(0) => !placement.form.is_move(),
            Some(_) => !placement.decided && self.is_sent(candidate),
        }
    }

    /// Whether somebody who goes again goes by wish.
    fn goes_by_wish(&self, candidate: &Candidate<'_>) -> bool {
        self.volunteers && candidate.is_voluntary()
    }

    /// The places in which somebody could be sent again while somebody stays.
    fn contested(&self, context: &Context<'_>) -> impl Iterator<Item = (ScopeKey, Circle)> {
        let circles = self.circles(context).into_iter();
        circles.filter(|(_, circle)| !circle.before.is_empty() && !circle.never.is_empty())
    }

    /// Two rows a place where turns can be missed: how many go again, and how many stay who never
    /// went. The one or the other is to be nobody; which of them, an allowance chooses.
    pub(super) fn rows(&self, rule: &Rule, position: usize, context: &Context<'_>) -> Vec<Row> {
        if rule.enforcement == Enforcement::Report {
            return Vec::new();
        }
        let hard = rule.enforcement == Enforcement::Hard;
        let hinge = RowHinge {
            level: rule.level,
            at: 0,
            below: 0,
            above: units_per_person(rule.weight),
        };
        let one = |teacher: TeacherIndex| {
            let person = ScopeKey::Person(teacher);
            (RowKey::Rule(position, person), 1)
        };
        let rows = self.contested(context).flat_map(|(place, circle)| {
            let sides = [(AGAIN, circle.before), (STAYING, circle.never)];
            sides.map(|(side, people)| Row {
                key: RowKey::Indicator(position, place, side),
                label: format!("{} {}", rule.id, place.label(context.situation)),
                lower: None,
                upper: hard.then_some(0),
                hinges: if hard { Vec::new() } else { vec![hinge] },
                terms: people.into_iter().map(one).collect(),
            })
        });
        rows.collect()
    }

    /// In each such place: either nobody is to go again, and then all may stay, or nobody is to stay
    /// who never went, and then all may go again.
    pub(super) fn allowances(
        &self,
        rule: &Rule,
        position: usize,
        context: &Context<'_>,
    ) -> Vec<Allowance> {
        if rule.enforcement == Enforcement::Report {
            return Vec::new();
        }
        let allowances = self.contested(context).map(|(place, circle)| {
            let way = |label: &str, side: u16, people: &[TeacherIndex]| Way {
                label: label.to_owned(),
                adds: vec![(
                    RowKey::Indicator(position, place, side),
                    -(people.len() as i64),
                )],
                cost: 0,
            };
            Allowance {
                label: format!("{} {}", rule.id, place.label(context.situation)),
                level: rule.level,
                uses: 1,
                settling: Settling::Cheapest,
                ways: vec![
                    way("nobody goes again", STAYING, &circle.never),
                    way("nobody stays who never went", AGAIN, &circle.before),
                ],
            }
        });
        allowances.collect()
    }

    /// What a placement adds to the rows of its place.
    pub(super) fn amount_there(&self, candidate: &Candidate<'_>) -> Option<(ScopeKey, i64)> {
        let teacher = candidate.placement.teacher;
        let again = candidate.placement.form.is_move();
        let counts = !(again && self.goes_by_wish(candidate));
        counts.then_some((ScopeKey::Person(teacher), 1))
    }

    /// Counts a finished plan.
    pub(super) fn check(
        &self,
        rule: &Rule,
        context: &Context<'_>,
        facts: &PlanFacts<'_>,
    ) -> Outcome {
        let situation = facts.situation;
        let circles = self.circles(context);
        let taken = self.taken(&circles, facts);
        let mut outcome = Outcome::cost_only(Figure::Persons(0), 0);
        let mut avoidable = 0;
        for (place, held) in &taken {
            let missed = held.avoidable();
            avoidable += missed;
            if missed > 0 {
                outcome.missed.push(Item {
                    place: place.label(situation),
                    value: format!(
                        "再次派出 {} 人，从未交流而留任 {} 人",
                        held.again, held.staying
                    ),
                    target: "其一为 0 人".to_owned(),
                    shortfall: format!("{missed} 人"),
                });
            }
        }
        outcome.met = avoidable == 0;
        let of = circles
            .values()
            .map(|circle| circle.before.len() + circle.never.len())
            .sum();
        outcome.value = Figure::Turns {
            again: taken.values().map(|held| held.again).sum(),
            avoidable,
            settled: self.settled(facts),
            of,
            unknown: self.unknown(context),
        };
        outcome.target = Some(match of {
            0 => Target::Places(0),
            _ => Target::Persons {
                at_least: None,
                at_most: Some(0),
            },
        });
        outcome.cost = avoidable * units_per_person(rule.weight);
        outcome
    }

    /// What a plan did in each place.
    fn taken(
        &self,
        circles: &BTreeMap<ScopeKey, Circle>,
        facts: &PlanFacts<'_>,
    ) -> BTreeMap<ScopeKey, Taken> {
        let roles = roles(facts.situation, circles);
        let mut taken: BTreeMap<ScopeKey, Taken> = BTreeMap::new();
        for candidate in facts.candidates() {
            let teacher = candidate.placement.teacher;
            let Some((place, sent_before)) = roles[teacher.position()] else {
                continue;
            };
            let held = taken.entry(place).or_default();
            if sent_before {
                held.again += i64::from(self.goes_again(&candidate));
            } else {
                held.staying += i64::from(!candidate.placement.form.is_move());
            }
        }
        taken
    }

    /// Who is out of turn under a plan: in each place those who are sent again, or those who stay and
    /// never were sent, whoever are fewer.
    pub fn out_of_turn(&self, context: &Context<'_>, facts: &PlanFacts<'_>) -> Vec<TeacherIndex> {
        let circles = self.circles(context);
        let mut sides: BTreeMap<ScopeKey, (Vec<TeacherIndex>, Vec<TeacherIndex>)> = BTreeMap::new();
        let roles = roles(facts.situation, &circles);
        for candidate in facts.candidates() {
            let teacher = candidate.placement.teacher;
            let Some((place, sent_before)) = roles[teacher.position()] else {
                continue;
            };
            let held = sides.entry(place).or_default();
            if sent_before && self.goes_again(&candidate) {
                held.0.push(teacher);
            } else if !sent_before && !candidate.placement.form.is_move() {
                held.1.push(teacher);
            }
        }
        let fewer = sides.into_values().flat_map(|(again, staying)| {
            if again.len() <= staying.len() {
                again
            } else {
                staying
            }
        });
        fewer.collect()
    }

    /// Whether a plan sends somebody again who does not wish it.
    fn goes_again(&self, candidate: &Candidate<'_>) -> bool {
        self.is_sent(candidate) && !self.goes_by_wish(candidate)
    }

    /// How many who never were sent stay under a plan and go before somebody who has been; `None`
    /// where nobody does, the rule does not speak of the person, or he or she goes by wish.
    pub(super) fn ahead_of(
        &self,
        context: &Context<'_>,
        facts: &PlanFacts<'_>,
        teacher: TeacherIndex,
    ) -> Option<usize> {
        let mut candidates = facts.candidates();
        let placed = candidates.find(|held| held.placement.teacher == teacher)?;
        if self.is_sent(&placed) && self.goes_by_wish(&placed) {
            return None;
        }
        let circles = self.circles(context);
        let mut held = circles.iter();
        let (place, _) = held.find(|(_, circle)| circle.before.contains(&teacher))?;
        let staying = self.taken(&circles, facts).get(place)?.staying;
        usize::try_from(staying).ok().filter(|&count| count > 0)
    }

    /// Whether a plan sends somebody in one of the forms.
    fn is_sent(&self, candidate: &Candidate<'_>) -> bool {
        let form = candidate.placement.form;
        self.form.iter().any(|&held| held == form)
    }

    /// Who fulfils the conditions and is free to go, but of whom it is not known how often he or she
    /// was sent.
    fn unknown(&self, context: &Context<'_>) -> usize {
        let (situation, standings) = (context.situation, context.standings);
        let district = situation.district;
        let everybody = district.teacher_indices();
        let unknown = everybody.filter(|&teacher| {
            let mut forms = self.form.iter();
            district.teacher(teacher).exchanges_made().is_none()
                && forms.any(|&form| is_free(standings, teacher, form))
                && self.speaks_of(situation, teacher)
        });
        unknown.count()
    }

    /// Who goes again by a decision or a lock, which no rule questions.
    fn settled(&self, facts: &PlanFacts<'_>) -> i64 {
        let situation = facts.situation;
        let again = facts.candidates().filter(|candidate| {
            let teacher = candidate.placement.teacher;
            let made = situation.district.teacher(teacher).exchanges_made();
            made.is_some_and(|made| made > 0)
                && self.is_sent(candidate)
                && (candidate.placement.decided || is_sent_by_lock(situation, teacher))
                && self.speaks_of(situation, teacher)
        });
        again.count() as i64
    }
}

/// The place of everybody who takes turns, and whether he or she was sent before.
fn roles(
    situation: &Situation<'_>,
    circles: &BTreeMap<ScopeKey, Circle>,
) -> Vec<Option<(ScopeKey, bool)>> {
    let mut roles = vec![None; situation.district.teachers.len()];
    for (&place, circle) in circles {
        let before = circle.before.iter().map(|&teacher| (teacher, true));
        let never = circle.never.iter().map(|&teacher| (teacher, false));
        for (teacher, sent_before) in before.chain(never) {
            roles[teacher.position()] = Some((place, sent_before));
        }
    }
    roles
}

/// Whether somebody fulfils the conditions of a form, and no decision keeps him or her.
fn is_free(standings: &Standings, teacher: TeacherIndex, form: Form) -> bool {
    standings.may(teacher, form) && standings.is_eligible(teacher, form)
}

/// Whether the office says that somebody goes.
fn is_sent_by_lock(situation: &Situation<'_>, teacher: TeacherIndex) -> bool {
    let mut locks = situation.district.locks_of(teacher).iter();
    locks.any(|lock| lock.kind == LockKind::Go)
}
