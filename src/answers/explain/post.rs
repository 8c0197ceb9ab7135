//! Of a post: where its need comes from, who serves there, who could come, and what one more costs.

use std::collections::BTreeMap;

use serde::Serialize;
use toml::{Table, Value};

use super::Explainer;
use super::person::Comers;
use super::price::{Asked, People, Priced, price_of, serves_at};
use crate::demand::{LoadSource, Post, PostIndex};
use crate::domain::{Persons, TeacherIndex};
use crate::eligibility::{Choice, Reason, obstacles};
use crate::policy::LeverKind;
use crate::scenario::Change;
use crate::solve::SolveError;

/// Why a post has whom it has.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PostAnswer {
    /// Code of the school.
    pub school: String,
    /// Its name.
    pub school_name: String,
    /// The stage, in Chinese.
    pub stage: &'static str,
    /// The subject, or subjects of a pooled post.
    pub subject: String,
    /// What is needed, and why.
    pub need: PostNeed,
    /// Who serves before the plan, full-time persons.
    pub before: f64,
    /// And after it, recruits included.
    pub after: f64,
    /// Need that nobody covers before.
    pub short_before: f64,
    /// And after.
    pub short_after: f64,
    /// Whom the plan brings.
    pub coming: People,
    /// Whom it takes away.
    pub leaving: People,
    /// Recruits whom it places here.
    pub recruits: i64,
    /// Who could come by the rules.
    pub comers: Comers,
    /// Who teaches it elsewhere, or could, and may not come.
    pub kept: usize,
    /// The rules that keep them, each in the form nearest to being open, and how many people it keeps.
    pub keeping: Vec<(Reason, usize)>,
    /// What the best plan comes to in which one person more serves here; `None` where nothing lacks, or
    /// there is nobody.
    pub one_more: Option<Priced>,
}

/// What a post needs, full-time persons, and from what that is reckoned.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PostNeed {
    /// What is needed.
    pub persons: f64,
    /// Whether the office stated it itself.
    pub stated: bool,
    /// Whether need goes by classes, not by lessons.
    pub by_classes: bool,
    /// Whether the site is small: need of the stage by classes, spread by lessons.
    pub small_site: bool,
    /// Classes of the stage at the school.
    pub classes: u32,
    /// Lessons a week.
    pub lessons: f64,
    /// Lessons a week of a full-time person; `None` where several subjects are one post.
    pub load: Option<f64>,
    /// The district's own average over so many people; `None`: the policy's table.
    pub load_from: Option<u32>,
    /// What lessons alone need under the standard load: no credits, no cover of leave.
    pub by_standard_load: f64,
}

fn persons(amount: Persons) -> f64 {
    amount.0 as f64 / 1000.0
}

impl Explainer<'_> {
    pub(super) fn post(&self, index: PostIndex) -> Result<PostAnswer, SolveError> {
        let situation = self.base.context.situation;
        let district = situation.district;
        let post = situation.posts.get(index);
        let facts = self.plan.facts(&self.base.context);
        let before = Persons::whole(i64::from(situation.balances.staff(index)));
        let after = facts.staff().get(&index).copied().unwrap_or_default();
        let short = |staff: Persons| (post.need - staff).max(Persons::ZERO);
        let (mut coming, mut leaving, mut serving) = (Vec::new(), Vec::new(), 0);
        for entry in situation.roll.entries() {
            let was = serves_at(situation, &entry.placement(), index);
            let is = serves_at(situation, self.placement(entry.teacher), index);
            serving += i64::from(is);
            match (was, is) {
                (false, true) => coming.push(entry.teacher),
                (true, false) => leaving.push(entry.teacher),
                _ => {}
            }
        }
        let recruits = facts.recruits().filter(|held| {
            let posts = &situation.posts;
            posts.of(held.school, held.stage, held.subject) == Some(index)
        });
        let recruits: i64 = recruits.map(|held| held.count).sum();
        let comers = self.comers(index, None);
        let (kept, keeping) = self.kept_from(index);
        let begin = district.year_begin;
        let hires = situation
            .policy
            .levers
            .iter()
            .any(|lever| lever.kind == LeverKind::Recruit && lever.limits(begin).1 > 0);
        let somebody = comers.all.count > 0 || !leaving.is_empty() || hires;
        let one_more = (short(after) > Persons::ZERO && somebody)
            .then(|| self.price_of_one_more(index, serving + recruits))
            .transpose()?;
        let school = district.school(post.school);
        Ok(PostAnswer {
            school: school.code.clone(),
            school_name: school.name.clone(),
            stage: post.stage.chinese(),
            subject: post.label.clone(),
            need: self.need(post),
            before: persons(before),
            after: persons(after),
            short_before: persons(short(before)),
            short_after: persons(short(after)),
            coming: People::of(district, self.names, coming),
            leaving: People::of(district, self.names, leaving),
            recruits,
            comers,
            kept,
            keeping,
            one_more,
        })
    }

    fn need(&self, post: &Post) -> PostNeed {
        let situation = self.base.context.situation;
        let load = match post.subjects[..] {
            [only] => situation.loads.of(post.stage, only),
            _ => None,
        };
        let classes = situation
            .district
            .school(post.school)
            .stage_totals(post.stage);
        let by_class = &situation.policy.demand.teachers_per_class;
        PostNeed {
            persons: persons(post.need),
            stated: post.stated,
            by_classes: by_class.contains_key(&post.stage),
            small_site: post.small_site,
            classes: classes.0,
            lessons: post.periods.0 as f64 / 10.0,
            load: load.map(|(load, _)| load.0 as f64 / 10.0),
            load_from: load.and_then(|(_, source)| match source {
                LoadSource::Own(count) => Some(count),
                LoadSource::Table => None,
            }),
            by_standard_load: persons(post.need_by_loads),
        }
    }

    /// Those of other schools who can teach what a post needs and may not come, and what keeps them.
    fn kept_from(&self, index: PostIndex) -> (usize, Vec<(Reason, usize)>) {
        let situation = self.base.context.situation;
        let post = situation.posts.get(index);
        let mut kept = 0;
        let mut keeping: BTreeMap<Reason, usize> = BTreeMap::new();
        for entry in situation.roll.entries() {
            let able = self.can_teach(entry.teacher, post) && entry.school != post.school;
            let leads = |choice: &Choice| choice.post() == Some(index);
            let open = self.choices.of(entry.teacher).iter().any(leads);
            let here = serves_at(situation, self.placement(entry.teacher), index);
            if !able || open || here {
                continue;
            }
            kept += 1;
            let place = (post.school, Some(index));
            let forms = obstacles(&self.base.context, self.rules(), entry.teacher, place);
            let nearest = forms.into_iter().min_by_key(|held| held.reasons.len());
            for reason in nearest.map(|held| held.reasons).unwrap_or_default() {
                *keeping.entry(reason).or_default() += 1;
            }
        }
        let mut keeping: Vec<(Reason, usize)> = keeping.into_iter().collect();
        keeping.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        (kept, keeping)
    }

    /// Whether somebody on the roll can teach a subject of a post.
    fn can_teach(&self, teacher: TeacherIndex, post: &Post) -> bool {
        let situation = self.base.context.situation;
        let held = situation.district.teacher(teacher);
        let gone = situation.roll.entry(teacher).form == crate::domain::Form::Depart;
        let mut subjects = post.subjects.iter();
        !gone && subjects.any(|&subject| held.can_teach(post.stage, subject))
    }

    /// What the best plan comes to in which a rule asks for one person more at a post.
    fn price_of_one_more(&self, index: PostIndex, serving: i64) -> Result<Priced, SolveError> {
        let situation = self.base.context.situation;
        let district = situation.district;
        let post = situation.posts.get(index);
        let mut id = "one-more".to_owned();
        while self.rules().all().iter().any(|typed| typed.rule.id == id) {
            id.push_str("-here");
        }
        let text = |text: &str| Value::String(text.to_owned());
        let subjects = post.subjects.iter();
        let subjects = subjects.map(|&subject| text(district.subject_name(subject)));
        let who = Table::from_iter([
            ("stage".to_owned(), text(post.stage.chinese())),
            ("subject".to_owned(), Value::Array(subjects.collect())),
        ]);
        let school = text(&district.school(post.school).code);
        let rule = Table::from_iter([
            ("kind".to_owned(), text("count")),
            ("title".to_owned(), text("该岗位再增1人")),
            (
                "title_english".to_owned(),
                text("One person more at the post"),
            ),
            ("enforcement".to_owned(), text("hard")),
            ("of".to_owned(), text("teachers")),
            ("who".to_owned(), Value::Table(who)),
            (
                "to".to_owned(),
                Value::Table(Table::from_iter([("school".to_owned(), school)])),
            ),
            ("at_least".to_owned(), Value::Integer(serving + 1)),
        ]);
        let change = Change::set(&format!("rule.{id}"), Value::Table(rule));
        let asked = Asked {
            post: Some(index),
            ..self.asked()
        };
        let mut priced = price_of(self.base, &[change], asked)?;
        if let Priced::Clash { rules, untried } = &mut priced {
            rules.retain(|rule| rule.id != id);
            untried.retain(|rule| rule.id != id);
        }
        Ok(priced)
    }
}
