//! The other tables of a plan: everybody's place, posts, rules, gaps.

use std::borrow::Cow;

use super::moves::month;
use super::rounds::waiting_row;
use super::words::yes_no;
use crate::account::Account;
use crate::rules::waiting_reason;

/// Rows of `assignments.csv`, one by one: all together they are larger than the plan.
pub(super) fn assignment_rows<'a>(
    account: &'a Account<'_>,
) -> impl Iterator<Item = [Cow<'a, str>; 13]> {
    let district = account.situation().district;
    account.plan.placements.iter().map(move |placement| {
        let teacher = district.teacher(placement.teacher);
        let school = district.school(placement.school);
        let unit = placement.unit.map(|unit| district.unit(unit));
        [
            Cow::from(&teacher.id),
            Cow::from(&teacher.name),
            Cow::from(&school.code),
            Cow::from(&school.name),
            Cow::from(placement.stage.chinese()),
            Cow::from(district.subject_name(placement.subject)),
            Cow::from(placement.form.chinese()),
            unit.map(|unit| Cow::from(&unit.code)).unwrap_or_default(),
            unit.map(|unit| Cow::from(&unit.name)).unwrap_or_default(),
            Cow::from(month(placement.start)),
            Cow::from(month(placement.end)),
            Cow::from(yes_no(placement.decided)),
            placement
                .itinerary
                .map(|held| Cow::from(held.printed(district)))
                .unwrap_or_default(),
        ]
    })
}

/// Rows of `posts.csv`.
pub(super) fn post_rows(account: &Account<'_>) -> Vec<Vec<String>> {
    let situation = account.situation();
    situation
        .posts
        .indexed()
        .map(|(index, post)| {
            let school = situation.district.school(post.school);
            let balance = account.balance(index);
            vec![
                school.code.clone(),
                school.name.clone(),
                school.zone.to_string(),
                post.stage.to_string(),
                post.label.clone(),
                post.periods.to_string(),
                post.need.to_string(),
                balance.before.to_string(),
                balance.after.to_string(),
                balance.shortage_before.to_string(),
                balance.shortage_after.to_string(),
                balance.surplus_before.to_string(),
                balance.surplus_after.to_string(),
                balance.dispensable_before.to_string(),
                balance.dispensable_after.to_string(),
            ]
        })
        .collect()
}

/// Rows of `rules.csv`.
pub(super) fn rule_rows(account: &Account<'_>) -> Vec<Vec<String>> {
    let levels = &account.situation().policy.levels;
    account
        .rules()
        .map(|(typed, outcome)| {
            let rule = &typed.rule;
            let level = levels
                .get(rule.level)
                .filter(|_| typed.rule.enforcement.costs());
            vec![
                rule.id.clone(),
                rule.title.clone(),
                typed.kind.chinese().to_owned(),
                typed.held_as().to_owned(),
                level.map(|level| level.title.clone()).unwrap_or_default(),
                outcome.value.to_string(),
                outcome.target_text(),
                yes_no(outcome.met).to_owned(),
                outcome.missed.len().to_string(),
                rule.source.citation(),
                rule.certainty.chinese().to_owned(),
            ]
        })
        .collect()
}

/// Rows of `waiting.csv`.
pub(super) fn waiting_rows(account: &Account<'_>) -> impl Iterator<Item = Vec<String>> {
    account.waiting().map(|teacher| {
        let reason = waiting_reason(&account.context, account.rules, teacher);
        waiting_row(account.situation(), teacher, reason)
    })
}

/// Rows of `gaps.csv`.
pub(super) fn gap_rows(account: &Account<'_>) -> Vec<Vec<String>> {
    account
        .rules()
        .flat_map(|(typed, outcome)| {
            outcome.missed.iter().map(|item| {
                vec![
                    typed.rule.id.clone(),
                    typed.rule.title.clone(),
                    item.place.clone(),
                    item.value.clone(),
                    item.target.clone(),
                    item.shortfall.clone(),
                ]
            })
        })
        .collect()
}
