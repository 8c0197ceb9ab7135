//! Of somebody: who may go, what was chosen and for what, and what another choice costs.

use serde::Serialize;

use super::Explainer;
use super::price::{Asked, People, Priced, price_of, serves_at};
use super::turns::TurnAnswer;
use crate::answers::difference::Whereabouts;
use crate::demand::PostIndex;
use crate::domain::{Form, LockKind, Placement, SchoolIndex, TeacherIndex};
use crate::eligibility::{Choice, Reason, obstacles};
use crate::rules::Candidate;
use crate::rules::eligibility::{Effect, Refusal};
use crate::scenario::Change;
use crate::solve::SolveError;

/// Why somebody goes or stays.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TeacherAnswer {
    /// The id.
    pub teacher: String,
    /// The name; of internal copies only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where he or she is if nothing is chosen.
    pub home: Whereabouts,
    /// Form by form: whether he or she may, and by which rules.
    pub standing: Vec<FormStanding>,
    /// The rules of turns by which others go first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<TurnAnswer>,
    /// So many places could be chosen for him or her.
    pub ways: usize,
    /// What the plan chose.
    pub chosen: Chosen,
    /// Who else could take the post that was chosen; `None` where none was.
    pub comers: Option<Comers>,
    /// What the best plan comes to in which he or she stays; `None` where the plan moves nobody here,
    /// or no lock keeps from it.
    pub stays: Option<Priced>,
}

/// Whether somebody may move in a form, and by which rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormStanding {
    /// The form, in Chinese.
    pub form: &'static str,
    /// Its code word.
    pub form_code: &'static str,
    /// Whether he or she may.
    pub may: bool,
    /// Whether a rule says that he or she must.
    pub must: bool,
    /// The conditions that are met.
    pub met: Vec<Reason>,
    /// What is in the way.
    pub refused: Vec<Reason>,
}

/// What the plan chose for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chosen {
    /// Where he or she serves.
    pub place: Whereabouts,
    /// Whether that is a choice of the plan.
    pub is_chosen: bool,
    /// On whose authority; empty where nothing was chosen.
    pub basis: String,
    /// For what; empty where nothing was chosen.
    pub reason: String,
}

/// Who could take a post by the rules, without those who hold it already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comers {
    /// All of them.
    pub all: People,
    /// Whom the plan places at the post.
    pub here: usize,
    /// Whom it places elsewhere than before.
    pub elsewhere: usize,
    /// Whom it leaves where they are.
    pub unmoved: usize,
}

/// Why somebody does not go to a school.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WhyNotAnswer {
    /// The teacher's id.
    pub teacher: String,
    /// The name; of internal copies only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Code and name of the school; `None` where any is asked about.
    pub school: Option<[String; 2]>,
    /// Whether the plan does just that.
    pub already: bool,
    /// Form by form: the rules in the way, none where there are none.
    pub forms: Vec<WhyNotForm>,
    /// The rules of turns by which others go first. Whom the office sends is not questioned by them,
    /// so the price is without them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub turns: Vec<TurnAnswer>,
    /// What the best plan comes to in which he or she goes; `None` where rules keep from it.
    pub forced: Option<Priced>,
}

/// What keeps somebody from a school in a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WhyNotForm {
    /// The form, in Chinese.
    pub form: &'static str,
    /// Its code word.
    pub form_code: &'static str,
    /// The rules in the way; none where rules let the person go.
    pub reasons: Vec<Reason>,
}

impl WhyNotForm {
    fn new(form: Form, reasons: Vec<Reason>) -> Self {
        Self {
            form: form.chinese(),
            form_code: form.code(),
            reasons,
        }
    }
}

impl Explainer<'_> {
    pub(super) fn teacher(&self, teacher: TeacherIndex) -> Result<TeacherAnswer, SolveError> {
        let situation = self.base.context.situation;
        let entry = situation.roll.entry(teacher);
        let placement = self.placement(teacher);
        let is_chosen = self.is_chosen(teacher);
        let post = self.post_of(placement).filter(|_| is_chosen);
        // No lock keeps from changing the subject inside the school.
        let stays = (is_chosen && placement.form.leaves_school())
            .then(|| self.price_of_staying(teacher))
            .transpose()?;
        Ok(TeacherAnswer {
            teacher: situation.district.teacher(teacher).id.clone(),
            name: self.name(teacher),
            home: Whereabouts::of(situation.district, &entry.placement()),
            standing: self.standing(teacher),
            turns: self.turns(teacher),
            ways: self.ways_of(teacher),
            chosen: self.chosen(teacher),
            comers: post.map(|post| self.comers(post, Some(teacher))),
            stays,
        })
    }

    pub(super) fn why_not(
        &self,
        teacher: TeacherIndex,
        school: Option<SchoolIndex>,
    ) -> Result<WhyNotAnswer, SolveError> {
        let district = self.base.context.situation.district;
        let goes = self.is_chosen(teacher) && self.placement(teacher).form.leaves_school();
        let already = goes && school.is_none_or(|school| self.placement(teacher).school == school);
        let (forms, schools) = match school {
            Some(school) => {
                let place = (school, None);
                let found = obstacles(&self.base.context, self.rules(), teacher, place);
                let open = found.iter().any(|held| held.reasons.is_empty());
                let forms = found.into_iter();
                let forms = forms.map(|held| WhyNotForm::new(held.form, held.reasons));
                (
                    forms.collect(),
                    if open { vec![school] } else { Vec::new() },
                )
            }
            None => (self.anywhere(teacher), self.schools_of(teacher)),
        };
        let forced = if already || schools.is_empty() {
            None
        } else {
            // Several schools leave the choice among them.
            let changes: Vec<Change> = schools
                .iter()
                .map(|&school| {
                    let code = district.school(school).code.clone();
                    self.lock(teacher, LockKind::Go, Some(code))
                })
                .collect();
            let asked = Asked {
                teacher: Some(teacher),
                ..self.asked()
            };
            Some(price_of(self.base, &changes, asked)?)
        };
        Ok(WhyNotAnswer {
            teacher: district.teacher(teacher).id.clone(),
            name: self.name(teacher),
            school: school.map(|school| {
                let school = district.school(school);
                [school.code.clone(), school.name.clone()]
            }),
            already,
            forms,
            turns: self.turns(teacher),
            forced,
        })
    }

    /// What the best plan comes to in which somebody stays.
    pub(super) fn price_of_staying(&self, teacher: TeacherIndex) -> Result<Priced, SolveError> {
        let reasons = self.keeps_from_staying(teacher);
        if !reasons.is_empty() {
            return Ok(Priced::Locked { people: 1, reasons });
        }
        let asked = Asked {
            teacher: Some(teacher),
            post: self.post_of(self.placement(teacher)),
            ..self.asked()
        };
        let change = self.lock(teacher, LockKind::Stay, None);
        price_of(self.base, &[change], asked)
    }

    /// What forbids that somebody stays: a lock of the office, a school that ends, a rule by which he or
    /// she must move. A lock to stay would pass over the last two, and its price would be of a plan that
    /// nobody may make.
    fn keeps_from_staying(&self, teacher: TeacherIndex) -> Vec<Reason> {
        let situation = self.base.context.situation;
        let district = situation.district;
        let mut reasons = Vec::new();
        let locks = district.locks_of(teacher);
        if locks.iter().any(|lock| lock.kind == LockKind::Go) {
            reasons.push(Reason {
                chinese: "本局已锁定派往".to_owned(),
                english: "the office has locked where to go".to_owned(),
            });
        }
        let school = situation.roll.entry(teacher).school;
        if district.school(school).state.ends() {
            reasons.push(Reason::of(Refusal::SchoolEnds, self.rules()));
        }
        let eligibility = self.rules().eligibility();
        let musts = eligibility
            .filter(|(_, kind)| kind.effect == Effect::Must && kind.chooses(situation, teacher));
        reasons.extend(musts.map(|(rule, _)| Reason {
            chinese: rule.title.clone(),
            english: rule.title_english.clone(),
        }));
        reasons
    }

    /// Who could take a post, but for one who is asked about.
    pub(super) fn comers(&self, post: PostIndex, but: Option<TeacherIndex>) -> Comers {
        let situation = self.base.context.situation;
        let mut all = Vec::new();
        let (mut here, mut elsewhere, mut unmoved) = (0, 0, 0);
        for teacher in situation.district.teacher_indices() {
            let leads = |choice: &Choice| choice.post() == Some(post);
            if but == Some(teacher) || !self.choices.of(teacher).iter().any(leads) {
                continue;
            }
            all.push(teacher);
            if serves_at(situation, self.placement(teacher), post) {
                here += 1;
            } else if self.is_chosen(teacher) {
                elsewhere += 1;
            } else {
                unmoved += 1;
            }
        }
        Comers {
            all: People::of(situation.district, self.names, all),
            here,
            elsewhere,
            unmoved,
        }
    }

    /// What the plan chose for somebody, and why.
    pub(super) fn chosen(&self, teacher: TeacherIndex) -> Chosen {
        let situation = self.base.context.situation;
        let placement = self.placement(teacher);
        let candidate = Candidate {
            situation,
            entry: situation.roll.entry(teacher),
            placement,
        };
        let is_chosen = self.is_chosen(teacher);
        let has_grounds = is_chosen || placement.decided;
        let told = |tell: &dyn Fn() -> String| if has_grounds { tell() } else { String::new() };
        Chosen {
            place: Whereabouts::of(situation.district, placement),
            is_chosen,
            basis: told(&|| self.grounds.basis(&candidate)),
            reason: told(&|| self.grounds.reason(&candidate)),
        }
    }

    pub(super) fn placement(&self, teacher: TeacherIndex) -> &Placement {
        &self.plan.placements[teacher.position()]
    }

    /// Whether the plan places somebody otherwise than where he or she is if nothing is chosen.
    pub(super) fn is_chosen(&self, teacher: TeacherIndex) -> bool {
        let entry = self.base.context.situation.roll.entry(teacher);
        *self.placement(teacher) != entry.placement()
    }

    pub(super) fn name(&self, teacher: TeacherIndex) -> Option<String> {
        let district = self.base.context.situation.district;
        self.names.then(|| district.teacher(teacher).name.clone())
    }

    fn post_of(&self, placement: &Placement) -> Option<PostIndex> {
        let posts = &self.base.context.situation.posts;
        posts.of(placement.school, placement.stage, placement.subject)
    }

    fn lock(&self, teacher: TeacherIndex, kind: LockKind, school: Option<String>) -> Change {
        let district = self.base.context.situation.district;
        Change::Lock {
            teacher: district.teacher(teacher).id.clone(),
            kind,
            school,
            form: None,
        }
    }

    fn standing(&self, teacher: TeacherIndex) -> Vec<FormStanding> {
        let (context, rules) = (&self.base.context, self.rules());
        let standings = context.standings;
        let forms = standings.forms().iter().copied();
        let found = forms.filter_map(|form| {
            let refusals = standings.refusals(teacher, form);
            // 撤并安置 is no matter of those whose school goes on.
            if refusals.contains(&Refusal::SchoolGoesOn) {
                return None;
            }
            let (mut met, mut must) = (Vec::new(), false);
            for (rule, kind) in rules.eligibility() {
                let speaks = kind.form.iter().any(|&held| held == form);
                if !speaks || !kind.chooses(context.situation, teacher) {
                    continue;
                }
                must |= kind.effect == Effect::Must;
                if matches!(kind.effect, Effect::Require | Effect::Must) {
                    met.push(Reason {
                        chinese: rule.title.clone(),
                        english: rule.title_english.clone(),
                    });
                }
            }
            let refused = refusals.iter();
            Some(FormStanding {
                form: form.chinese(),
                form_code: form.code(),
                may: refusals.is_empty(),
                must,
                met,
                refused: refused.map(|&held| Reason::of(held, rules)).collect(),
            })
        });
        found.collect()
    }

    /// What keeps somebody from moving anywhere, form by form.
    fn anywhere(&self, teacher: TeacherIndex) -> Vec<WhyNotForm> {
        let standing = self.standing(teacher).into_iter();
        let moves = standing.filter(|held| {
            let form = Form::from_word(held.form);
            form.is_some_and(Form::is_move)
        });
        moves
            .map(|held| WhyNotForm {
                form: held.form,
                form_code: held.form_code,
                reasons: held.refused,
            })
            .collect()
    }

    /// Schools to which rules let somebody move.
    fn schools_of(&self, teacher: TeacherIndex) -> Vec<SchoolIndex> {
        let posts = &self.base.context.situation.posts;
        let choices = self.choices.of(teacher).iter();
        let mut schools: Vec<SchoolIndex> = choices
            .filter_map(|&choice| match choice {
                Choice::Post { form, post, .. } if form.is_move() => Some(posts.get(post).school),
                Choice::Away { school, .. } => Some(school),
                _ => None,
            })
            .collect();
        schools.sort_unstable();
        schools.dedup();
        schools
    }
}
