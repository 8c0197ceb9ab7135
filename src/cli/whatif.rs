//! `shizi whatif`: the year again after a change, beside the year as it is planned.

use std::sync::atomic::{AtomicUsize, Ordering};

use shizi::answers::{Base, Case, Sweep, sweep_scenarios, what_if};
use shizi::policy::PolicyFault;
use shizi::report::{Language, WhatIfPage};
use shizi::rules::{Context, RuleSet};
use shizi::scenario::{Change, Scenario, apply_scenario, read_scenarios};

use super::Verdict;
use super::arguments::{ChangeArguments, SolveArguments, Sources, WhatIfArguments};
use super::inputs;
use super::plan::conflicts_text;
use super::printer::Printer;
use super::progress::{Interrupt, Reporter};

pub(super) fn run(arguments: &WhatIfArguments, printer: Printer) -> anyhow::Result<Verdict> {
    let Some((scenarios, sweeps)) = scenarios(arguments, printer) else {
        return Ok(Verdict::No);
    };
    with_base(
        &arguments.sources,
        &arguments.solve,
        printer,
        |context, rules| can_be_made(&scenarios, context, rules, printer).then_some(()),
        |base, (), interrupt| {
            let (done, count) = (AtomicUsize::new(0), scenarios.len());
            let tell = |scenario: &Scenario| {
                let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                printer.talk(&format!("{done}/{count} {}", scenario.name));
            };
            let cases = what_if(base, &scenarios, interrupt.solving(), &tell)?;
            let page = WhatIfPage::new(base, &cases, &sweeps);
            printer.in_form(
                arguments.format,
                |language| page.text(language),
                || page.view(),
                |bytes| page.csv(bytes),
            )?;
            let planned = |case: &Case| case.outcome.planned().is_some();
            Ok(if cases.iter().any(planned) {
                Verdict::Done
            } else {
                Verdict::No
            })
        },
    )
}

/// Whether any of the scenarios can be made; where none can, says why. A base that is solved first would
/// let a mistyped key wait for it.
fn can_be_made(
    scenarios: &[Scenario],
    context: &Context<'_>,
    rules: &RuleSet,
    printer: Printer,
) -> bool {
    let year = (context.situation.policy, rules);
    let mut faults: Vec<PolicyFault> = Vec::new();
    for scenario in scenarios {
        match apply_scenario(context.situation.district, year, scenario) {
            Ok(_) => return true,
            Err(found) => faults.extend(found),
        }
    }
    faults.sort();
    faults.dedup();
    inputs::change_faults(&faults, printer);
    false
}

/// Plans the year as it is and hands it to whoever asks something of it. What is asked is read before,
/// by `prepare`: where that gives nothing, nothing is planned.
pub(super) fn with_base<Asked>(
    sources: &Sources,
    solve: &SolveArguments,
    printer: Printer,
    prepare: impl FnOnce(&Context<'_>, &RuleSet) -> Option<Asked>,
    answer: impl FnOnce(&Base<'_>, Asked, &Interrupt) -> anyhow::Result<Verdict>,
) -> anyhow::Result<Verdict> {
    let interrupt = Interrupt::listen(printer)?;
    let Some((policy, rules)) = inputs::named(sources, printer)? else {
        return Ok(Verdict::No);
    };
    let reading = inputs::rosters(&sources.district, printer)?;
    let Some(district) = inputs::known_district(&reading, (&policy, &rules), printer) else {
        return Ok(Verdict::No);
    };
    inputs::with_context(district, &policy, &rules, |context| {
        let Some(asked) = prepare(&context, &rules) else {
            return Ok(Verdict::No);
        };
        match base(context, &rules, solve, printer, &interrupt)? {
            Some(base) if !interrupt.ends_here(printer) => answer(&base, asked, &interrupt),
            _ => Ok(Verdict::No),
        }
    })
}

fn base<'a>(
    context: Context<'a>,
    rules: &'a RuleSet,
    solve: &SolveArguments,
    printer: Printer,
    interrupt: &Interrupt,
) -> anyhow::Result<Option<Base<'a>>> {
    printer.talk(printer.pick("先编制基准方案……", "planning the base first ..."));
    let reporter = Reporter::of(printer, context.situation.policy, None)?;
    let solved = Base::solve(
        context,
        rules,
        &solve.options(),
        interrupt.solving(),
        &reporter,
    );
    reporter.finish();
    match solved? {
        Ok(base) => Ok(Some(base)),
        Err(conflicts) => {
            let district = context.situation.district;
            printer.say(&conflicts_text(&conflicts, district, printer.language));
            // A scenario may take the lock off.
            Ok(Some(Base::unplanned(context, rules, &solve.options())))
        }
    }
}

/// The changes of the command line; where they have faults, says so.
pub(super) fn changes(arguments: &ChangeArguments, printer: Printer) -> Option<Vec<Change>> {
    let mut changes = Vec::new();
    let mut faults = Vec::new();
    for (word, text) in arguments.texts() {
        match Change::parse(word, text) {
            Ok(change) => changes.push(change),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() {
        return Some(changes);
    }
    inputs::change_faults(&faults, printer);
    None
}

/// The scenarios that are asked for: those of the sweep, those of the file, or the changes of the
/// command line as one; changes given beside a sweep or a file hold in all of them.
fn scenarios(arguments: &WhatIfArguments, printer: Printer) -> Option<(Vec<Scenario>, Vec<Sweep>)> {
    let changes = changes(&arguments.changes, printer)?;
    let mut faults = Vec::new();
    let mut sweeps = Vec::new();
    for text in &arguments.sweep {
        match Sweep::parse(text) {
            Ok(sweep) => sweeps.push(sweep),
            Err(fault) => faults.push(fault),
        }
    }
    let mut scenarios = Vec::new();
    if let Some(file) = &arguments.scenarios {
        match read_scenarios(file) {
            Ok(read) => scenarios.extend(read.into_iter().map(|mut scenario| {
                scenario.changes.splice(0..0, changes.iter().cloned());
                scenario
            })),
            Err(found) => faults.extend(found),
        }
    }
    if !faults.is_empty() {
        inputs::change_faults(&faults, printer);
        return None;
    }
    if !sweeps.is_empty() {
        scenarios.extend(sweep_scenarios(&sweeps, &changes));
    } else if arguments.scenarios.is_none() {
        if changes.is_empty() {
            printer.say(&match printer.language {
                Language::Chinese => "没有写任何改动；改动的写法见 shizi whatif --help".to_owned(),
                Language::English => "nothing is changed; see shizi whatif --help".to_owned(),
            });
            return None;
        }
        scenarios.push(Scenario::of(changes));
    }
    Some((scenarios, sweeps))
}
