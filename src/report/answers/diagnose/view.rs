//! A diagnosis for programs.

use serde::Serialize;
use serde_json::{Value, json};

use crate::answers::{
    Attempt, Decimal, Diagnosis, Excepted, Figures, Finding, LetThrough, Locked, Loosening, Member,
    MissedUnit, NamedRule, WayOut,
};
use crate::policy::Fraction;
use crate::scenario::Change;

/// All that was found, for programs.
#[derive(Debug, Serialize)]
pub struct DiagnosisView<'a> {
    schema: &'static str,
    /// `plan`, `clash`, `locked`, `unknown`.
    finding: &'static str,
    clash: Vec<MemberView<'a>>,
    untried: &'a [NamedRule],
    locked: &'a [Locked],
    ways_out: Vec<WayView<'a>>,
}

#[derive(Debug, Serialize)]
struct MemberView<'a> {
    #[serde(flatten)]
    rule: &'a NamedRule,
    source: &'a str,
    plan_without_it: Option<bool>,
    missed: Option<Value>,
    /// How many could be recognised as 双师型 at all, where these are not enough.
    #[serde(skip_serializing_if = "Option::is_none")]
    recognisable: Option<i64>,
}

#[derive(Debug, Serialize)]
struct WayView<'a> {
    rule: Option<&'a str>,
    loosening: Value,
    /// Whether a unit less is proven to give no plan.
    proven: bool,
    /// Persons placed as they could not be before, at least.
    persons: Option<i64>,
    persons_proven: Option<bool>,
    scenario: &'a str,
    changes: Vec<String>,
    /// `planned`, `clash`, `locked`, `refused`, `unknown`; null where no plan was asked for.
    outcome: Option<&'static str>,
    figures: Option<&'a Figures>,
}

impl<'a> DiagnosisView<'a> {
    /// Of a diagnosis.
    pub(super) fn of(diagnosis: &'a Diagnosis) -> Self {
        let members = diagnosis.members.iter();
        Self {
            schema: "shizi-diagnosis-1",
            finding: match diagnosis.finding {
                Finding::HasPlan => "plan",
                Finding::Clashes => "clash",
                Finding::Locked => "locked",
                Finding::Unknown => "unknown",
            },
            clash: members.map(member_view).collect(),
            untried: &diagnosis.untried,
            locked: &diagnosis.locked,
            ways_out: diagnosis.ways.iter().map(way_view).collect(),
        }
    }
}

fn member_view(member: &Member) -> MemberView<'_> {
    MemberView {
        rule: &member.rule,
        source: &member.source,
        plan_without_it: member.plan_without,
        recognisable: member.recognisable,
        missed: member.missed.as_ref().map(|missed| {
            let places = missed.places.iter();
            let amount = |amount: i64| match missed.unit {
                MissedUnit::Thousandths => json!(amount as f64 / 1000.0),
                MissedUnit::Persons | MissedUnit::Pairs => json!(amount),
            };
            let key = match missed.unit {
                MissedUnit::Pairs => "pairs",
                MissedUnit::Persons | MissedUnit::Thousandths => "persons",
            };
            let places: Vec<Value> = places
                .map(|(place, held)| json!({ "place": place, key: amount(*held) }))
                .collect();
            json!({ key: amount(missed.amount), "proven": missed.proven, "places": places })
        }),
    }
}

fn way_view(way: &WayOut) -> WayView<'_> {
    let changes = way.scenario.changes.iter();
    WayView {
        rule: way.rule.as_ref().map(|rule| rule.id.as_str()),
        loosening: loosening_view(&way.loosening),
        proven: way.proven,
        persons: way.users.map(|(persons, _)| persons),
        persons_proven: way.users.map(|(_, proven)| proven),
        scenario: &way.scenario.name,
        changes: changes.map(|change| change_text(change, way)).collect(),
        outcome: way.outcome.as_ref().map(Attempt::code),
        figures: way.outcome.as_ref().and_then(Attempt::planned),
    }
}

/// A change as it is written; whom a rule lets through is only counted.
fn change_text(change: &Change, way: &WayOut) -> String {
    match (change, &way.loosening) {
        (
            Change::Set { key, .. },
            Loosening::Except {
                key: held,
                excepted,
            },
        ) if key == held => {
            format!("{key}={excepted}")
        }
        _ => change.to_string(),
    }
}

fn loosening_view(loosening: &Loosening) -> Value {
    match loosening {
        Loosening::Number {
            key,
            from,
            to,
            minutes,
        } => {
            let unit = if *minutes { "minutes" } else { "count" };
            json!({ "kind": "number", "key": key, "unit": unit, "from": from, "to": to })
        }
        Loosening::Share { key, from, to } => {
            let (from, to) = (from.to_string(), to.to_string());
            json!({ "kind": "share", "key": key, "from": from, "to": to })
        }
        Loosening::Decimal {
            key,
            what,
            from,
            to,
            unit,
        } => {
            let unit = match unit {
                Decimal::Coefficient => "coefficient",
                Decimal::PerHundred => "persons-per-100-pupils",
            };
            let value = |held: &Fraction| held.numerator as f64 / held.denominator as f64;
            let (from, to) = (value(from), value(to));
            json!({ "kind": "decimal", "key": key, "of": what, "unit": unit, "from": from, "to": to })
        }
        Loosening::Except { key, excepted } => except_view(key, excepted),
        Loosening::Lever {
            lever, from, to, ..
        } => json!({ "kind": "lever", "lever": lever, "from": from, "to": to }),
        Loosening::Places {
            key,
            persons,
            places,
        } => {
            let places: Vec<Value> = places.iter().map(excepted_view).collect();
            json!({ "kind": "places", "key": key, "persons": persons, "places": places })
        }
        Loosening::Out { rule } => json!({ "kind": "without", "rule": rule }),
        Loosening::Unlock { locks } => json!({ "kind": "unlock", "locks": locks }),
        Loosening::Together { changes } => json!({ "kind": "together", "changes": changes }),
    }
}

fn except_view(key: &str, excepted: &LetThrough) -> Value {
    match excepted {
        LetThrough::Persons(count) => json!({ "kind": "except", "key": key, "persons": count }),
        LetThrough::Pairs(count) => json!({ "kind": "except", "key": key, "pairs": count }),
        LetThrough::Posts {
            posts,
            persons,
            lessons,
        } => json!({
            "kind": "except",
            "key": key,
            "posts": posts,
            "persons": persons.0 as f64 / 1000.0,
            "lessons": *lessons as f64 / 10.0,
        }),
    }
}

fn excepted_view(held: &Excepted) -> Value {
    json!({
        "place": held.place, "title": held.title, "limit": held.name, "from": held.from, "to": held.to,
    })
}
