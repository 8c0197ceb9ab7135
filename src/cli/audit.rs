//! `shizi audit PLAN_DIR DIR`: any plan, re-read from its files.

use anyhow::anyhow;

use shizi::audit::{AuditError, audit};
use shizi::demand::Situation;
use shizi::report::{Language, audit_page, view_audit};
use shizi::rules::Context;
use shizi::rules::eligibility::Standings;

use super::Verdict;
use super::arguments::{AuditArguments, Format};
use super::inputs;
use super::printer::Printer;

pub(super) fn run(arguments: &AuditArguments, printer: Printer) -> anyhow::Result<Verdict> {
    let name = inputs::named_policy(arguments.policy.as_deref(), printer)?;
    let Some((policy, rules)) = inputs::policy(name, printer) else {
        return Ok(Verdict::No);
    };
    let reading = inputs::rosters(&arguments.district, printer)?;
    let Some(district) = inputs::district(&reading, printer) else {
        return Ok(Verdict::No);
    };
    if !inputs::words_are_known(&rules, district, printer) {
        return Ok(Verdict::No);
    }
    let situation = Situation::new(district, &policy);
    let standings = Standings::new(&situation, &rules);
    let context = Context {
        situation: &situation,
        standings: &standings,
    };
    let report = audit(&context, &rules, &arguments.plan)
        .map_err(|error| anyhow!(error_text(&error, printer.language)))?;
    match arguments.format {
        Format::Text => {
            printer.data(&audit_page(&report, &policy, &rules, printer.language))?;
        }
        Format::Json => printer.json(&view_audit(&report, &policy, &rules))?,
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
