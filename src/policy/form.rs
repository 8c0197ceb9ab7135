//! Forms of movement that a policy has, and on what terms.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::rule::Source;
use super::tables::ExchangeTerms;
use crate::domain::{Form, Month};

/// What becomes of the 编制 of somebody who moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Establishment {
    /// It stays where it is.
    Stays,
    /// It goes along.
    Moves,
}

/// `[form.X]`: that plans may choose a form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FormTable {
    pub(super) months: Option<u32>,
    pub(super) establishment: Option<Establishment>,
    #[serde(default)]
    pub(super) lead_months: u32,
    pub(super) counts_as_exchange: Option<bool>,
    #[serde(default)]
    pub(super) off: bool,
    #[serde(default)]
    pub(super) source: Source,
}

/// The terms of a form that plans may choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormTerms {
    /// How long it lasts; `None` for good.
    pub months: Option<u32>,
    /// Whether the 编制 goes along.
    pub establishment_moves: bool,
    /// Months from the begin of the year in which no lessons are given yet (training).
    pub lead_months: u32,
    /// Whether it counts in the figures of exchange that are reported upwards.
    pub counts_as_exchange: bool,
    /// On whose authority people move so where no rule asks for the move.
    pub source: Source,
}

/// The most months that a form may last or begin later: fifty years.
const MOST_MONTHS: u32 = 600;

/// What is wrong with a number of months, and what it may be.
pub(super) fn months_fault(months: u32) -> Option<(&'static str, &'static str)> {
    (!(1..=MOST_MONTHS).contains(&months))
        .then_some(("月数不对 / a wrong number of months", "可用 / known: 1–600"))
}

impl FormTable {
    /// What is wrong with the numbers, and what they may be.
    pub(super) fn fault(&self) -> Option<(&'static str, &'static str)> {
        let lead = Some(self.lead_months).filter(|&months| months > 0);
        self.months.into_iter().chain(lead).find_map(months_fault)
    }
}

impl FormTerms {
    fn of(form: Form) -> Self {
        Self {
            months: match form {
                Form::Support => Some(12),
                Form::Shadowing => Some(6),
                _ => None,
            },
            establishment_moves: matches!(form, Form::Transfer | Form::Selection | Form::Resettle),
            lead_months: 0,
            counts_as_exchange: matches!(form, Form::Exchange | Form::Transfer | Form::Support),
            source: Source::default(),
        }
    }

    /// First month of service in the form, and the first no longer in it.
    pub fn dates(&self, begin: Month) -> (Option<Month>, Option<Month>) {
        let start = begin.plus(self.lead_months as i32);
        (
            Some(start),
            self.months.map(|months| start.plus(months as i32)),
        )
    }
}

/// Exchange, transfer and changes of subject are in every policy; the others where it has them, 走教
/// where it has its table.
pub(super) fn forms(
    tables: &BTreeMap<Form, FormTable>,
    exchange: ExchangeTerms,
    itinerant: bool,
) -> BTreeMap<Form, FormTerms> {
    let mut forms = BTreeMap::new();
    for form in [Form::ChangeSubject, Form::Exchange, Form::Transfer] {
        forms.insert(form, FormTerms::of(form));
    }
    for (&form, table) in tables.iter().filter(|(_, table)| !table.off) {
        let usual = FormTerms::of(form);
        let terms = FormTerms {
            months: table.months.or(usual.months),
            establishment_moves: table
                .establishment
                .map_or(usual.establishment_moves, |what| {
                    what == Establishment::Moves
                }),
            lead_months: table.lead_months,
            counts_as_exchange: table.counts_as_exchange.unwrap_or(usual.counts_as_exchange),
            source: table.source.clone(),
        };
        forms.insert(form, terms);
    }
    if itinerant {
        forms.insert(Form::Itinerant, FormTerms::of(Form::Itinerant));
    }
    if let Some(terms) = forms.get_mut(&Form::Exchange) {
        terms.months = Some(exchange.months);
    }
    forms
}

#[cfg(test)]
mod tests {
    use crate::policy::load_text;

    #[test]
    fn months_that_no_form_lasts_are_refused() {
        let head = "extends = 'national'\nid = 'x'\ntitle = 'x'\n";
        for (text, codes) in [
            ("[form.'支教']\nmonths = 600\nlead_months = 600", vec![]),
            ("[form.'支教']\nmonths = 0", vec!["P008"]),
            ("[form.'支教']\nmonths = 4294967295", vec!["P008"]),
            ("[form.'支教']\nlead_months = 2147483647", vec!["P008"]),
            ("[exchange]\nmonths = 0", vec!["P008"]),
            ("[exchange]\nmonths = 4294967295", vec!["P008"]),
        ] {
            let faults = load_text("x.toml", &format!("{head}{text}")).err();
            let found: Vec<&str> = faults.iter().flatten().map(|fault| fault.code).collect();
            assert_eq!(found, codes, "{text}");
        }
    }
}
