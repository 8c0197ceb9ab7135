//! What a summary must say: its figures, recounted.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::reckoning::{PostBalance, Reckoning};
use super::super::week::minutes;
use crate::demand::Fixation;
use crate::domain::Form;
use crate::domain::plan_files::DRAFT;
use crate::policy::Lever;
use crate::rules::{Candidate, UNITS_PER_PERSON};

/// What the summary must say, as far as the plan decides it.
pub(super) fn expected(reckoning: &Reckoning<'_>) -> Value {
    let situation = reckoning.context.situation;
    let levels = situation.policy.levels.iter().zip(&reckoning.levels);
    let levels: Vec<Value> = levels
        .map(|(level, &units)| {
            json!({
                "name": level.id,
                "title": level.title,
                "units": units,
                "value": units as f64 / UNITS_PER_PERSON as f64,
            })
        })
        .collect();
    let levers = situation.policy.levers.iter();
    let levers: Vec<Value> = levers
        .map(|lever| lever_figures(reckoning, lever))
        .collect();
    let assumptions = situation.district.assumptions.iter().map(|held| {
        json!({
            "code": held.code,
            "chinese": held.chinese,
            "english": held.english,
            "count": held.count,
        })
    });
    let mut expected = json!({
        "draft": DRAFT,
        "assumptions": assumptions.collect::<Vec<_>>(),
        "reminders": reminders(reckoning),
        "district": situation.district.name,
        "district_code": situation.district.code,
        "levels": levels,
        "rules": rules(reckoning),
        "levers": levers,
        "statistics": reckoning.statistics,
        "fairness": reckoning.fairness.rows().collect::<Vec<_>>(),
        "moves": moves(reckoning),
        "balances": balances(reckoning),
    });
    if let Some(itinerants) = itinerants(reckoning) {
        expected["itinerants"] = itinerants;
    }
    if let Some(envy) = &reckoning.envy {
        expected["justified_envy"] = json!(envy.len());
    }
    expected
}

/// What 走教 sums up to, where there is any.
fn itinerants(reckoning: &Reckoning<'_>) -> Option<Value> {
    let away = |held: &Candidate<'_>| {
        let itinerary = held.placement.itinerary;
        itinerary.map_or(0, |itinerary| i64::from(itinerary.days_away()))
    };
    let persons = reckoning.itinerants().count();
    (persons > 0).then(|| {
        json!({
            "persons": persons,
            "days": reckoning.itinerants().map(|held| away(&held)).sum::<i64>(),
            "minutes": reckoning.itinerants().map(|held| minutes(&held)).sum::<i64>(),
        })
    })
}

/// A lever with its uses; what the policy does not say of it is left out.
fn lever_figures(reckoning: &Reckoning<'_>, lever: &Lever) -> Value {
    let uses = reckoning.levers.iter();
    let uses = uses.filter(|used| used.lever == lever.id);
    let used: i64 = uses.map(|used| i64::from(used.count)).sum();
    let begin = reckoning.context.situation.district.year_begin;
    let mut figures = json!({
        "id": lever.id,
        "title": lever.title,
        "kind": lever.kind.code(),
        "used": used,
        "at_most": lever.at_most,
    });
    if lever.at_least > 0 {
        figures["at_least"] = json!(lever.at_least);
    }
    if let Some(arrives) = lever.arrives {
        figures["arrives"] = json!(arrives.to_string());
    }
    if !lever.acts_in(begin) && lever.at_most > 0 {
        figures["expected"] = json!(lever.at_most);
    }
    if let Some(years) = lever.service_years {
        figures["service_years"] = json!(years);
    }
    let source = lever.source.citation();
    if !source.is_empty() {
        figures["source"] = json!(source);
    }
    figures
}

/// The rules with what was found of them.
fn rules(reckoning: &Reckoning<'_>) -> Vec<Value> {
    reckoning
        .rules()
        .map(|(typed, outcome)| {
            let mut figures = json!({
                "id": typed.rule.id,
                "title": typed.rule.title,
                "title_english": typed.rule.title_english,
                "kind": typed.rule.kind,
                "value": outcome.value,
                "target": outcome.target,
                "met": outcome.met,
                "missed": outcome.missed.len(),
                "enforcement": typed.rule.enforcement.code(),
                "source": typed.rule.source.citation(),
                "certainty": typed.rule.certainty.code(),
                "units": outcome.cost,
            });
            if !outcome.measures.is_empty() {
                figures["indicators"] = json!(outcome.measures);
            }
            figures
        })
        .collect()
}

/// How many each rule of reminders names.
fn reminders(reckoning: &Reckoning<'_>) -> Vec<Value> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for (position, _) in reckoning.context.standings.reminders() {
        *counts.entry(*position).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|(position, count)| {
            let rule = &reckoning.rules.all()[position].rule;
            json!({ "rule": rule.id, "title": rule.title, "count": count })
        })
        .collect()
}

fn moves(reckoning: &Reckoning<'_>) -> Value {
    let district = reckoning.context.situation.district;
    let mut by_form: BTreeMap<&str, usize> = BTreeMap::new();
    for placement in reckoning.placements {
        if placement.form != Form::Stay {
            *by_form.entry(placement.form.chinese()).or_default() += 1;
        }
        // Home from an exchange, whatever is taught there.
        let roll = &reckoning.context.situation.roll;
        let returned = roll.entry(placement.teacher).fixation == Some(Fixation::Returned);
        if returned && placement.form != Form::Return {
            *by_form.entry(Form::Return.chinese()).or_default() += 1;
        }
    }
    let mut zones = BTreeMap::new();
    let mut subjects = BTreeMap::new();
    for candidate in reckoning.moves() {
        let placement = candidate.placement;
        let from = district.school(candidate.origin()).zone;
        let to = district.school(placement.school).zone;
        *zones.entry((from, to)).or_insert(0) += 1;
        *subjects
            .entry((placement.stage, placement.subject))
            .or_insert(0) += 1;
    }
    let zones: Vec<Value> = zones
        .into_iter()
        .map(|((from, to), count): (_, i32)| {
            json!({ "from": from.chinese(), "to": to.chinese(), "count": count })
        })
        .collect();
    let subjects: Vec<Value> = subjects
        .into_iter()
        .map(|((stage, subject), count): (_, i32)| {
            let name = district.subject_name(subject);
            json!({ "stage": stage.chinese(), "subject": name, "count": count })
        })
        .collect();
    let decided = reckoning
        .moves()
        .filter(|candidate| candidate.placement.decided);
    json!({
        "total": reckoning.moves().count(),
        "decided": decided.count(),
        "by_form": by_form,
        "zone_to_zone": zones,
        "by_subject": subjects,
    })
}

fn balances(reckoning: &Reckoning<'_>) -> Value {
    let situation = reckoning.context.situation;
    let mut total = PostBalance::default();
    let mut zones = BTreeMap::new();
    let mut subjects = BTreeMap::new();
    for (index, post) in situation.posts.indexed() {
        let balance = reckoning.balance(index);
        let zone = situation.district.school(post.school).zone;
        let by_zone: &mut PostBalance = zones.entry((post.stage, zone)).or_default();
        by_zone.add(&balance);
        let by_subject: &mut PostBalance = subjects
            .entry((post.stage, post.label.clone()))
            .or_default();
        by_subject.add(&balance);
        total.add(&balance);
    }
    let with = |balance: PostBalance, words: [(&str, &str); 2]| {
        let mut figures = figures(&balance);
        for (key, word) in words {
            figures[key] = json!(word);
        }
        figures
    };
    let zones: Vec<Value> = zones
        .into_iter()
        .map(|((stage, zone), balance)| {
            with(
                balance,
                [("stage", stage.chinese()), ("zone", zone.chinese())],
            )
        })
        .collect();
    let subjects: Vec<Value> = subjects
        .into_iter()
        .filter(|(_, balance)| *balance != PostBalance::default())
        .map(|((stage, label), balance)| {
            with(balance, [("stage", stage.chinese()), ("subject", &label)])
        })
        .collect();
    json!({ "total": figures(&total), "by_zone": zones, "by_subject": subjects })
}

fn figures(balance: &PostBalance) -> Value {
    let decimal = |persons: crate::domain::Persons| json!(persons.0 as f64 / 1000.0);
    json!({
        "need": decimal(balance.need),
        "staff_before": decimal(balance.before),
        "staff_after": decimal(balance.after),
        "shortage_before": decimal(balance.shortage.0),
        "shortage_after": decimal(balance.shortage.1),
        "surplus_before": decimal(balance.surplus.0),
        "surplus_after": decimal(balance.surplus.1),
        "temporary_unneeded_before": decimal(balance.dispensable.0),
        "temporary_unneeded_after": decimal(balance.dispensable.1),
    })
}
