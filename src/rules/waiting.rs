//! Why somebody who was released is still without a post: the words beside each name, told from the
//! district, the rules and the roll alone.

use super::context::Context;
use super::reach::form_admits;
use super::row::Candidate;
use super::set::RuleSet;
use crate::domain::{Form, LockKind, Placement, TeacherIndex};

/// The reason on paper; nothing private can stand in it.
pub fn waiting_reason(context: &Context<'_>, rules: &RuleSet, teacher: TeacherIndex) -> String {
    let standings = context.standings;
    let forms = || {
        let forms = standings.forms().iter().copied();
        forms.filter(move |&form| standings.may(teacher, form))
    };
    if forms().next().is_none() {
        let refusals = standings.refusals(teacher, Form::Transfer).iter();
        let mut printed: Vec<String> = refusals.map(|held| held.printed(rules)).collect();
        printed.sort();
        printed.dedup();
        return printed.join("、");
    }
    if forms().any(|form| reaches_a_post(context, rules, teacher, form)) {
        "有可任岗位，但均已满额或另有安排".to_owned()
    } else {
        "政策允许的范围内没有可任岗位".to_owned()
    }
}

/// Whether some post is in the reach of somebody in a form.
fn reaches_a_post(
    context: &Context<'_>,
    rules: &RuleSet,
    teacher: TeacherIndex,
    form: Form,
) -> bool {
    let situation = context.situation;
    let entry = situation.roll.entry(teacher);
    let locks = situation.district.locks_of(teacher);
    let mut posts = situation.posts.all().iter();
    posts.any(|post| {
        let forbidden = locks
            .iter()
            .any(|lock| lock.kind == LockKind::Forbid && lock.school == Some(post.school));
        !forbidden
            && post.subjects.iter().any(|&subject| {
                let placement = Placement {
                    form,
                    school: post.school,
                    stage: post.stage,
                    subject,
                    ..entry.placement()
                };
                let candidate = Candidate {
                    situation,
                    entry,
                    placement: &placement,
                };
                let admits = || rules.reach().all(|(_, reach)| reach.admits(&candidate));
                form_admits(&candidate) && admits()
            })
    })
}
