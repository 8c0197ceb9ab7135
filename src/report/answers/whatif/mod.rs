//! What if: scenarios beside the base.

mod across;
mod differences;

use std::io::{self, Write};

use serde::Serialize;

use super::failed;
use super::tables::{COUNTED, Column, counts, level_cell, proven, with_levels};
use super::words::{decimal, scenario_cell};
use crate::answers::{Attempt, Base, Case, Figures, Locked, NamedRule, Outcome, Remedy, Sweep};
use crate::ingest::write_csv;
use crate::policy::PolicyFault;
use crate::report::align::Side::{self, Left, Right};
use crate::report::align::TextTable;
use crate::report::language::Language;
use crate::report::page::Page;

use differences::beside;

/// The first columns of the table of scenarios.
const FIRST: [Column; 2] = [("情形", "Scenario", Left), ("结果", "Outcome", Left)];

/// The columns after what is counted of a plan: persons and recruits who are placed differently. The
/// second one is in tables for programs alone.
const DIFFER: [Column; 2] = [
    ("与基准不同人", "Differ", Right),
    ("与基准不同招聘", "Recruits differ", Right),
];

/// Scenarios beside the base, as pages, tables and JSON.
#[derive(Debug, Clone, Copy)]
pub struct WhatIfPage<'a> {
    base: &'a Base<'a>,
    cases: &'a [Case],
    sweeps: &'a [Sweep],
}

/// All that was found, for programs.
#[derive(Debug, Serialize)]
pub struct WhatIfView<'a> {
    schema: &'static str,
    /// The figures of the year as it is planned; null where it has no plan.
    base: Option<&'a Figures>,
    scenarios: Vec<CaseView<'a>>,
}

#[derive(Debug, Serialize)]
struct CaseView<'a> {
    name: &'a str,
    changes: Vec<String>,
    /// `planned`, `refused`, `locked`, `clash`, `unknown`.
    outcome: &'static str,
    #[serde(flatten)]
    plan: Option<&'a Outcome>,
    /// Rules of which each is needed for the clash.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    clash: &'a [NamedRule],
    /// What must be said besides an order for which rules leave no room.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    remedies: &'a [Remedy],
    /// Locks that nothing meets.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    locked: &'a [Locked],
    /// What is wrong with the changes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    faults: Vec<String>,
}

impl<'a> WhatIfPage<'a> {
    /// Of scenarios, and of the keys that were swept, if any.
    pub const fn new(base: &'a Base<'a>, cases: &'a [Case], sweeps: &'a [Sweep]) -> Self {
        Self {
            base,
            cases,
            sweeps,
        }
    }

    /// For programs.
    pub fn view(&self) -> WhatIfView<'a> {
        let cases = self.cases.iter().map(|case| {
            let (clash, locked, faults): (&[NamedRule], &[Locked], &[PolicyFault]) =
                match &case.outcome {
                    Attempt::Refused(faults) => (&[], &[], faults),
                    Attempt::Locked(locked) => (&[], locked, &[]),
                    Attempt::Clashes { rules, .. } => (rules, &[], &[]),
                    Attempt::Planned(_) | Attempt::Unknown => (&[], &[], &[]),
                };
            CaseView {
                name: &case.scenario.name,
                changes: case
                    .scenario
                    .changes
                    .iter()
                    .map(ToString::to_string)
                    .collect(),
                outcome: case.outcome.code(),
                plan: case.outcome.planned(),
                clash,
                remedies: &case.remedies,
                locked,
                faults: faults.iter().map(ToString::to_string).collect(),
            }
        });
        WhatIfView {
            schema: "shizi-whatif-1",
            base: self.base.figures.as_ref(),
            scenarios: cases.collect(),
        }
    }

    /// One row a scenario, the base first, as CSV for tables.
    ///
    /// # Errors
    /// What the writer says.
    pub fn csv(&self, writer: &mut impl Write) -> io::Result<()> {
        let (header, rows) = self.rows(Language::Chinese, false);
        let header: Vec<&str> = header.iter().map(|(text, _)| text.as_str()).collect();
        write_csv(writer, &header, rows)
    }

    /// To read.
    pub fn text(&self, language: Language) -> String {
        let mut page = Page::new(language);
        let district = &self.base.context.situation.district.name;
        page.line(match language {
            Language::Chinese => format!("{district}：试算（每一行都重新求解）"),
            Language::English => format!("{district}: what if (every row is a solve of its own)"),
        });
        let (header, rows) = self.rows(language, true);
        let mut table = TextTable::new(header);
        for row in rows {
            table.push(row);
        }
        page.table("各情形一览", "Scenarios", &table);
        if let [sweep] = self.sweeps {
            across::prices(&mut page, sweep, self.cases);
        }
        across::beside(
            &mut page,
            self.base.figures.as_ref(),
            &self.planned(language),
        );
        for case in self.cases {
            self.case(&mut page, case);
        }
        page.finish()
    }

    /// The table of all scenarios: what is counted, then levels; for programs the rules, and
    /// what subjects lack, too.
    fn rows(&self, language: Language, short: bool) -> (Vec<(String, Side)>, Vec<Vec<String>>) {
        let levels = self.base.context.situation.policy.levels.iter();
        let titles = levels.map(|level| (&level.title, &level.title_english));
        let differ = if short { &DIFFER[..1] } else { &DIFFER };
        let counted = [&FIRST[..], &COUNTED, differ].concat();
        let mut header = with_levels(language, &counted, titles, &[]);
        let (rules, subjects) = if short {
            (Vec::new(), Vec::new())
        } else {
            (self.rule_ids(), across::subjects(self.all_figures()))
        };
        let short_of = language.pick("缺额人", "Short");
        let lacking = subjects.iter();
        let lacking = lacking.map(|(stage, subject)| format!("{short_of} {stage}{subject}"));
        let details = rules.iter().map(|id| (*id).to_owned()).chain(lacking);
        header.extend(details.map(|text| (text, Right)));
        let mut rows = Vec::new();
        let width = header.len();
        let mut push =
            |name: &str, outcome: String, found: Option<(&Figures, Option<&Outcome>)>| {
                let mut row = vec![name.to_owned(), outcome];
                if let Some((figures, outcome)) = found {
                    row.extend(counts(figures));
                    row.extend(otherwise(outcome).into_iter().take(differ.len()));
                    row.extend(figures.levels.iter().map(level_cell));
                    let details = (&rules[..], &subjects[..]);
                    row.extend(details_of(language, details, figures));
                }
                // A short table ends before the details.
                row.resize(width, String::new());
                rows.push(row);
            };
        let base = self.base.figures.as_ref();
        let outcome = base.map_or_else(
            || language.pick("没有方案", "no plan"),
            |figures| proven(figures, language),
        );
        push(
            language.pick("基准", "base"),
            outcome.to_owned(),
            base.map(|figures| (figures, None)),
        );
        for case in self.cases {
            let found = case.outcome.planned();
            let name = if short {
                scenario_cell(language, &case.scenario)
            } else {
                case.scenario.name.clone()
            };
            push(
                &name,
                ended(&case.outcome, language),
                found.map(|held| (&held.figures, Some(held))),
            );
        }
        (header, rows)
    }

    /// What the base and all scenarios come to that have a plan.
    fn all_figures(&self) -> impl Iterator<Item = &'a Figures> {
        let cases = self.cases.iter().filter_map(|case| case.outcome.planned());
        let base = self.base.figures.iter();
        base.chain(cases.map(|held| &held.figures))
    }

    /// Ids of rules, of the base and of all scenarios.
    fn rule_ids(&self) -> Vec<&'a str> {
        let mut ids: Vec<&str> = self
            .all_figures()
            .flat_map(|held| &held.rules)
            .map(|rule| rule.id.as_str())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The scenarios that have a plan, each under what tells it from the others.
    fn planned(&self, language: Language) -> Vec<(String, &'a Figures)> {
        let short = match self.sweeps {
            [sweep] => sweep.values.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        };
        let cases = self.cases.iter().enumerate();
        let planned = cases.filter_map(|(position, case)| {
            let name = short.get(position).cloned();
            let name = name.unwrap_or_else(|| scenario_cell(language, &case.scenario));
            Some((name, &case.outcome.planned()?.figures))
        });
        planned.collect()
    }

    fn case(&self, page: &mut Page, case: &Case) {
        let name = &case.scenario.name;
        match &case.outcome {
            Attempt::Planned(outcome) => {
                // A sweep is read from its tables.
                if self.sweeps.is_empty() {
                    beside(page, name, (self.base.figures.as_ref(), outcome));
                }
            }
            failed => {
                failed::section(page, name, failed);
                failed::remedies(page, &case.remedies);
            }
        }
    }
}

/// The cells of [`DIFFER`]; of the base nothing can be said.
fn otherwise(outcome: Option<&Outcome>) -> [String; 2] {
    let told = |count: usize| count.to_string();
    outcome.map_or_else(
        || ["—", "—"].map(str::to_owned),
        |held| [held.differing.len(), held.recruits].map(told),
    )
}

/// What is told of a plan besides, for programs: rules by id, what subjects lack.
fn details_of<'t>(
    language: Language,
    (rules, subjects): (&'t [&str], &'t [(&str, &str)]),
    figures: &'t Figures,
) -> impl Iterator<Item = String> + 't {
    let found = rules.iter().map(move |id| {
        let held = figures.rule(id);
        held.map_or_else(String::new, |rule| language.figure(&rule.value))
    });
    let lacking = subjects.iter().map(move |(stage, subject)| {
        let held = figures.subject(stage, subject);
        held.map_or_else(String::new, |held| decimal(held.shortage))
    });
    found.chain(lacking)
}

fn ended(outcome: &Attempt<Outcome>, language: Language) -> String {
    match outcome {
        Attempt::Planned(held) => proven(&held.figures, language).to_owned(),
        failed => failed::words(language, failed),
    }
}
