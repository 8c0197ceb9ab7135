//! Who is where in the one plan and elsewhere in the other, and which posts gain or lose by it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::account::Account;
use crate::demand::Situation;
use crate::domain::{District, Persons, Placement, Teacher};

/// Somebody whom two plans place differently.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Differing {
    /// The id.
    pub teacher: String,
    /// Name; for internal copies, never in what is written unasked.
    #[serde(skip)]
    pub name: String,
    /// In the first plan; `None` where he or she is only in the other district.
    pub before: Option<Whereabouts>,
    /// In the second plan.
    pub after: Option<Whereabouts>,
}

/// Where somebody serves and in which form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Whereabouts {
    /// The form, in Chinese.
    pub form: &'static str,
    /// Code of the school.
    pub school: String,
    /// Its name.
    pub school_name: String,
    /// The stage, in Chinese.
    pub stage: &'static str,
    /// The subject.
    pub subject: String,
    /// Of 走教: the schools and days besides, as words; else empty.
    pub besides: String,
}

impl Whereabouts {
    /// Of a placement.
    pub fn of(district: &District, placement: &Placement) -> Self {
        let school = district.school(placement.school);
        let sites = placement
            .itinerary
            .into_iter()
            .flat_map(|held| held.sites());
        let besides: Vec<String> = sites
            .map(|site| format!("{} {}", district.school(site.school).code, site.days))
            .collect();
        Self {
            form: placement.form.chinese(),
            school: school.code.clone(),
            school_name: school.name.clone(),
            stage: placement.stage.chinese(),
            subject: district.subject_name(placement.subject).to_owned(),
            besides: besides.join("；"),
        }
    }
}

/// Those whom two plans place differently, by id. The districts may differ by a few persons.
pub fn differing(
    (one, before): (&Situation<'_>, &[Placement]),
    (other, after): (&Situation<'_>, &[Placement]),
) -> Vec<Differing> {
    let (one, other) = (one.district, other.district);
    let mut found = Vec::new();
    let mut left = before.iter().peekable();
    let mut right = after.iter().peekable();
    loop {
        let ids = (
            left.peek().map(|held| one.teacher(held.teacher)),
            right.peek().map(|held| other.teacher(held.teacher)),
        );
        let teacher = match ids {
            (None, None) => break,
            (Some(teacher), None) | (None, Some(teacher)) => teacher,
            (Some(first), Some(second)) => {
                if first.id <= second.id {
                    first
                } else {
                    second
                }
            }
        };
        let is = |held: Option<&Teacher>| held.is_some_and(|held| held.id == teacher.id);
        let (in_one, in_other) = (is(ids.0), is(ids.1));
        let before = in_one.then(|| left.next()).flatten();
        let after = in_other.then(|| right.next()).flatten();
        let before = before.map(|placement| Whereabouts::of(one, placement));
        let after = after.map(|placement| Whereabouts::of(other, placement));
        if before != after {
            found.push(Differing {
                teacher: teacher.id.clone(),
                name: teacher.name.clone(),
                before,
                after,
            });
        }
    }
    found
}

/// A post by its names: code and name of the school, stage and subject in Chinese.
pub type PostName = (String, String, &'static str, String);

/// What posts lack under a plan; those that lack nothing are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shortages(BTreeMap<PostName, Persons>);

/// A post that lacks more or less under the one plan than under the other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PostChange {
    /// Code of the school.
    pub school: String,
    /// Its name.
    pub school_name: String,
    /// The stage, in Chinese.
    pub stage: &'static str,
    /// The subject.
    pub subject: String,
    /// Full-time persons that it lacks under the first plan.
    pub before: f64,
    /// And under the second.
    pub after: f64,
}

impl Shortages {
    /// Of a plan.
    pub fn of(account: &Account<'_>) -> Self {
        let situation = account.situation();
        let posts = situation.posts.indexed().filter_map(|(index, post)| {
            let short = account.balance(index).shortage_after;
            let school = situation.district.school(post.school);
            (short > Persons::ZERO).then(|| {
                let (code, name) = (school.code.clone(), school.name.clone());
                (
                    (code, name, post.stage.chinese(), post.label.clone()),
                    short,
                )
            })
        });
        Self(posts.collect())
    }

    /// Posts that lack more or less under another plan, those that lose most first.
    pub fn changes(&self, other: &Self) -> Vec<PostChange> {
        let mut changes = Vec::new();
        let names = self
            .0
            .keys()
            .chain(other.0.keys().filter(|name| !self.0.contains_key(*name)));
        for name in names {
            let lacks = |held: &Self| held.0.get(name).copied().unwrap_or_default();
            let (before, after) = (lacks(self), lacks(other));
            if before != after {
                changes.push((after - before, name, before, after));
            }
        }
        changes.sort_by(|one, two| two.0.cmp(&one.0).then_with(|| one.1.cmp(two.1)));
        let changes = changes
            .into_iter()
            .map(|(_, name, before, after)| PostChange {
                school: name.0.clone(),
                school_name: name.1.clone(),
                stage: name.2,
                subject: name.3.clone(),
                before: before.0 as f64 / 1000.0,
                after: after.0 as f64 / 1000.0,
            });
        changes.collect()
    }
}
