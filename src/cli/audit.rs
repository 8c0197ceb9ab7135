//! `shizi audit PLAN_DIR DIR`: any plan, re-read from its files.

use anyhow::anyhow;

use shizi::audit::{AuditError, audit_changed, year_of};
use shizi::report::{Language, audit_page, view_audit};

use super::Verdict;
use super::arguments::{AuditArguments, Format};
use super::inputs;
use super::printer::Printer;

pub(super) fn run(arguments: &AuditArguments, printer: Printer) -> anyhow::Result<Verdict> {
    let Some((policy, rules)) = inputs::named(&arguments.sources, printer)? else {
        return Ok(Verdict::No);
    };
    let reading = inputs::rosters(&arguments.sources.district, printer)?;
    let Some(district) = inputs::district(&reading, printer) else {
        return Ok(Verdict::No);
    };
    let changed = match year_of(district, (&policy, &rules), &arguments.plan) {
        Ok(changed) => changed,
        Err(faults) => {
            inputs::change_faults(&faults, printer);
            return Ok(Verdict::No);
        }
    };
    let year = &changed.year;
    let (policy, rules) = (&year.policy, &year.rules);
    // Events may have dropped a name of the policy that nobody bears any more.
    if !inputs::words_are_known((policy, rules), &year.district, printer) {
        return Ok(Verdict::No);
    }
    let report = inputs::with_context(&year.district, policy, rules, |context| {
        audit_changed(&context, rules, &arguments.plan, &changed)
    });
    let report = report.map_err(|error| anyhow!(error_text(&error, printer.language)))?;
    match arguments.format {
        Format::Text => {
            printer.data(&audit_page(&report, policy, rules, printer.language))?;
        }
        Format::Json => printer.json(&view_audit(&report, policy, rules))?,
    }
    Ok(if report.passes() {
        Verdict::Done
    } else {
        Verdict::No
    })
}

pub(super) fn error_text(error: &AuditError, language: Language) -> String {
    match (error, language) {
        (_, Language::English) => error.to_string(),
        (AuditError::NoFolder(folder), _) => format!("没有方案文件夹“{}”", folder.display()),
        (AuditError::NoPlan(folder), _) => {
            format!(
                "“{}”中既没有 plan.csv 也没有 assignments.csv",
                folder.display()
            )
        }
    }
}
