//! What keeps somebody from a school: the rules in the way, form by form.

use serde::Serialize;

use super::chooser::{schools_of, subject_at};
use crate::demand::PostIndex;
use crate::domain::{Form, LockKind, Placement, SchoolIndex, Span, TeacherIndex};
use crate::rules::eligibility::Refusal;
use crate::rules::reach::form_admits;
use crate::rules::{Candidate, Context, Kind, RuleSet};

/// A rule in the way, or what else is, as printed; nothing private stands in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Reason {
    /// In Chinese.
    pub chinese: String,
    /// In English, where the policy has it.
    pub english: String,
}

/// What keeps somebody from a school in one form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacles {
    /// The form.
    pub form: Form,
    /// All that is in the way; nothing where rules let the person go.
    pub reasons: Vec<Reason>,
    /// The rules among them, by their positions in the set.
    pub rules: Vec<usize>,
}

impl Reason {
    /// Why somebody may not move.
    pub fn of(refusal: Refusal, rules: &RuleSet) -> Self {
        Self {
            chinese: refusal.printed(rules),
            english: refusal.printed_english(rules),
        }
    }
}

/// What keeps somebody from a school, or from one of its posts, in every form of the policy that can
/// lead there. Of several posts it is the one from which fewest rules keep the person.
pub fn obstacles(
    context: &Context<'_>,
    rules: &RuleSet,
    teacher: TeacherIndex,
    (school, only): (SchoolIndex, Option<PostIndex>),
) -> Vec<Obstacles> {
    let forms = context.standings.forms().iter().copied();
    let forms = forms.filter(|form| form.is_move());
    let found = forms.filter_map(|form| {
        let closing = closing_rules(context, rules, teacher, (form, school, only))?;
        let refusals = context.standings.refusals(teacher, form);
        // 撤并安置 is no way for those whose school goes on, so nothing is in its way.
        if refusals.contains(&Refusal::SchoolGoesOn) {
            return None;
        }
        let refusing = refusals.iter().filter_map(|refusal| refusal.rule());
        let rules_in_the_way = refusing.chain(closing.iter().copied()).collect();
        let mut reasons: Vec<Reason> = refusals
            .iter()
            .map(|&refusal| Reason::of(refusal, rules))
            .collect();
        let locks = context.situation.district.locks_of(teacher);
        let sent = schools_of(locks, LockKind::Go);
        let elsewhere = !sent.is_empty() && !sent.contains(&school);
        if elsewhere || schools_of(locks, LockKind::Forbid).contains(&school) {
            reasons.push(Reason::of(Refusal::Locked, rules));
        }
        reasons.extend(closing.into_iter().map(|position| {
            let rule = &rules.all()[position].rule;
            Reason {
                chinese: rule.title.clone(),
                english: rule.title_english.clone(),
            }
        }));
        let mut seen = Vec::with_capacity(reasons.len());
        reasons.retain(|reason| {
            let new = !seen.contains(reason);
            if new {
                seen.push(reason.clone());
            }
            new
        });
        Some(Obstacles {
            form,
            reasons,
            rules: rules_in_the_way,
        })
    });
    found.collect()
}

/// The reach rules out of whose reach the nearest post lies; `None` where the form cannot lead there.
fn closing_rules(
    context: &Context<'_>,
    rules: &RuleSet,
    teacher: TeacherIndex,
    (form, school, only): (Form, SchoolIndex, Option<PostIndex>),
) -> Option<Vec<usize>> {
    let situation = context.situation;
    let entry = situation.roll.entry(teacher);
    let at = |stage, subject| Placement {
        form,
        school,
        stage,
        subject,
        ..entry.placement()
    };
    let places: Vec<Placement> = if form.span() == Some(Span::Outside) {
        vec![at(entry.stage, entry.subject)]
    } else {
        let posts = situation.posts.of_school(school);
        let asked = posts.filter(|(index, _)| only.is_none_or(|only| only == *index));
        asked
            .map(|(_, post)| at(post.stage, subject_at(situation, entry, post)))
            .collect()
    };
    let closings = places.iter().filter_map(|placement| {
        let candidate = Candidate {
            situation,
            entry,
            placement,
        };
        let positions = rules.all().iter().enumerate();
        let closing = positions.filter_map(|(position, typed)| match &typed.kind {
            Kind::Reach(reach) if !reach.admits(&candidate) => Some(position),
            _ => None,
        });
        form_admits(&candidate).then(|| closing.collect::<Vec<_>>())
    });
    closings.min_by_key(Vec::len)
}
