//! Of exchanges whose term ends: who comes home, which units are over their establishment with them, and
//! who takes the posts that they leave.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Explainer;
use super::price::{People, serves_at};
use crate::demand::{Fixation, PostIndex, RollEntry};
use crate::domain::{Persons, TeacherIndex, UnitIndex};

/// What becomes of exchanges that end.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReturnedAnswer {
    /// Exchanges whose term is over when the year begins.
    pub ended: usize,
    /// Of them, who comes home.
    pub home: People,
    /// Of them, who stays because 人事关系 went along: nobody returns then.
    pub personnel_moved: usize,
    /// Of them, whose exchange was prolonged by a decision.
    pub prolonged: usize,
    /// Of them, who is elsewhere: retired, resigned, on leave, or under another decision.
    pub elsewhere: usize,
    /// Who comes home though the term was not over: by a decision, or because the school ends.
    pub early: People,
    /// Units to which people come home, those most over their establishment first.
    pub units: Vec<UnitReturn>,
    /// Posts that they leave, by school.
    pub left: Vec<PostLeft>,
}

/// A unit to which people come home. An exchange moves no establishment: who comes home has held it there
/// all the time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnitReturn {
    /// Code of the unit.
    pub unit: String,
    /// Its name.
    pub unit_name: String,
    /// How many come home.
    pub returned: usize,
    /// 核定编制, where it is known.
    pub establishment: Option<u32>,
    /// Who holds it when the year begins.
    pub held: u32,
    /// Establishment less holders: below nought it is over.
    pub balance: Option<i64>,
    /// Persons above need in the posts to which they come home, when the year begins.
    pub surplus_before: f64,
    /// And after the plan.
    pub surplus_after: f64,
}

/// A post that people leave by coming home, full-time persons.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PostLeft {
    /// Code of the school.
    pub school: String,
    /// Its name.
    pub school_name: String,
    /// Its zone, in Chinese.
    pub zone: &'static str,
    /// The stage, in Chinese.
    pub stage: &'static str,
    /// The subject.
    pub subject: String,
    /// How many leave it.
    pub left: usize,
    /// What is needed.
    pub need: f64,
    /// Who is still there when the year begins.
    pub before: f64,
    /// Who is there after the plan.
    pub after: f64,
    /// Need that nobody covers when the year begins.
    pub short_before: f64,
    /// And after the plan.
    pub short_after: f64,
    /// Whom the plan brings, by form.
    pub by_form: BTreeMap<&'static str, usize>,
    /// Them.
    pub coming: People,
}

fn persons(amount: Persons) -> f64 {
    amount.0 as f64 / 1000.0
}

impl Explainer<'_> {
    pub(super) fn returned(&self) -> ReturnedAnswer {
        let situation = self.base.context.situation;
        let district = situation.district;
        let (mut home, mut early) = (Vec::new(), Vec::new());
        let (mut ended, mut personnel_moved, mut prolonged) = (0, 0, 0);
        for entry in situation.roll.entries() {
            let Some(running) = district.teacher(entry.teacher).running else {
                continue;
            };
            let is_over = running.end.is_some_and(|end| end <= district.year_begin);
            let is_home = entry.fixation == Some(Fixation::Returned);
            match (is_over, is_home) {
                (true, true) => home.push(entry.teacher),
                (false, true) => early.push(entry.teacher),
                (true, false) if entry.fixation == Some(Fixation::Continuing) => prolonged += 1,
                (true, false) if entry.serves() && running.personnel_moved => personnel_moved += 1,
                _ => {}
            }
            ended += usize::from(is_over);
        }
        let returned: Vec<&RollEntry> = home
            .iter()
            .chain(&early)
            .map(|&teacher| situation.roll.entry(teacher))
            .collect();
        ReturnedAnswer {
            ended,
            personnel_moved,
            prolonged,
            elsewhere: ended - home.len() - personnel_moved - prolonged,
            units: self.units_of(&returned),
            left: self.posts_left(&returned),
            home: People::of(district, self.names, home),
            early: People::of(district, self.names, early),
        }
    }

    /// The units whose establishment those who come home hold.
    fn units_of(&self, returned: &[&RollEntry]) -> Vec<UnitReturn> {
        let situation = self.base.context.situation;
        let mut units: BTreeMap<UnitIndex, Vec<&RollEntry>> = BTreeMap::new();
        for entry in returned {
            let unit = situation.district.school(entry.school).unit;
            units.entry(unit).or_default().push(entry);
        }
        let facts = self.plan.facts(&self.base.context);
        let staff = facts.staff();
        let units = units.into_iter().map(|(index, entries)| {
            let unit = situation.district.unit(index);
            let held = situation.balances.unit(index);
            let mut posts: Vec<PostIndex> = entries
                .iter()
                .filter_map(|entry| situation.posts.of(entry.school, entry.stage, entry.subject))
                .collect();
            posts.sort_unstable();
            posts.dedup();
            let surplus = |there: &dyn Fn(PostIndex) -> Persons| {
                let above = |&post: &PostIndex| there(post) - situation.posts.get(post).need;
                let above = posts
                    .iter()
                    .map(above)
                    .filter(|&above| above > Persons::ZERO);
                persons(above.sum())
            };
            UnitReturn {
                unit: unit.code.clone(),
                unit_name: unit.name.clone(),
                returned: entries.len(),
                establishment: held.establishment,
                held: held.held,
                balance: held.balance(),
                surplus_before: surplus(&|post| situation.balances.present(post)),
                surplus_after: surplus(&|post| staff.get(&post).copied().unwrap_or_default()),
            }
        });
        let mut units: Vec<UnitReturn> = units.collect();
        units.sort_by_key(|held| held.balance.unwrap_or(i64::MAX));
        units
    }

    /// The posts where they served.
    fn posts_left(&self, returned: &[&RollEntry]) -> Vec<PostLeft> {
        let situation = self.base.context.situation;
        let district = situation.district;
        let mut left: BTreeMap<PostIndex, usize> = BTreeMap::new();
        for entry in returned {
            // What they taught there is what the roster says; where the school goes on.
            let teacher = district.teacher(entry.teacher);
            let post = situation
                .posts
                .of(teacher.school, teacher.stage, teacher.subject);
            if let Some(post) = post {
                *left.entry(post).or_default() += 1;
            }
        }
        let facts = self.plan.facts(&self.base.context);
        let staff = facts.staff();
        let mut coming = self.comers_of(&left);
        let posts = left.into_iter().map(|(index, count)| {
            let post = situation.posts.get(index);
            let school = district.school(post.school);
            let before = situation.balances.present(index);
            let after = staff.get(&index).copied().unwrap_or_default();
            let short = |staff: Persons| persons((post.need - staff).max(Persons::ZERO));
            let coming = coming.remove(&index).unwrap_or_default();
            let mut by_form: BTreeMap<&'static str, usize> = BTreeMap::new();
            for &teacher in &coming {
                let form = self.placement(teacher).form;
                *by_form.entry(form.chinese()).or_default() += 1;
            }
            PostLeft {
                school: school.code.clone(),
                school_name: school.name.clone(),
                zone: school.zone.chinese(),
                stage: post.stage.chinese(),
                subject: post.label.clone(),
                left: count,
                need: persons(post.need),
                before: persons(before),
                after: persons(after),
                short_before: short(before),
                short_after: short(after),
                by_form,
                coming: People::of(district, self.names, coming),
            }
        });
        let mut posts: Vec<PostLeft> = posts.collect();
        posts.sort_by(|one, two| one.school.cmp(&two.school));
        posts
    }

    /// Whom the plan brings to some posts.
    fn comers_of(
        &self,
        posts: &BTreeMap<PostIndex, usize>,
    ) -> BTreeMap<PostIndex, Vec<TeacherIndex>> {
        let situation = self.base.context.situation;
        let mut coming: BTreeMap<PostIndex, Vec<TeacherIndex>> = BTreeMap::new();
        for placement in &self.plan.placements {
            let post = situation
                .posts
                .of(placement.school, placement.stage, placement.subject);
            let Some(post) = post.filter(|post| posts.contains_key(post)) else {
                continue;
            };
            let entry = situation.roll.entry(placement.teacher);
            // Decided moves are on the roll already: they come as the others do.
            let decided = entry.fixation == Some(Fixation::Decided);
            let was = serves_at(situation, &entry.placement(), post) && !decided;
            if !was && serves_at(situation, placement, post) {
                coming.entry(post).or_default().push(placement.teacher);
            }
        }
        coming
    }
}
