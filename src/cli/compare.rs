//! `shizi compare DIR PLAN_A PLAN_B`: two plans of whatever origin.

use std::path::PathBuf;

use clap::Args;

use shizi::account::{Account, Provenance};
use shizi::answers::{compare, recounted};
use shizi::report::ComparePage;
use shizi::solve::SolveOptions;

use super::Verdict;
use super::arguments::{Format, Sources};
use super::inputs;
use super::known::with_plan;
use super::printer::Printer;

#[derive(Debug, Args)]
pub(super) struct CompareArguments {
    #[command(flatten)]
    sources: Sources,
    /// 方案甲的文件夹，也可以是手工方案 / folder of the first plan, also one made by hand
    #[arg(value_name = "PLAN_A")]
    first: PathBuf,
    /// 方案乙的文件夹 / folder of the second plan
    #[arg(value_name = "PLAN_B")]
    second: PathBuf,
    /// 输出格式 / form of the output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(arguments: &CompareArguments, printer: Printer) -> anyhow::Result<Verdict> {
    let Some((policy, rules)) = inputs::named(&arguments.sources, printer)? else {
        return Ok(Verdict::No);
    };
    let reading = inputs::rosters(&arguments.sources.district, printer)?;
    let Some(district) = inputs::known_district(&reading, (&policy, &rules), printer) else {
        return Ok(Verdict::No);
    };
    let year = (&policy, &rules);
    let options = SolveOptions::default();
    let (first, second) = (&arguments.first, &arguments.second);
    let compared = with_plan(district, year, first, printer, |context, rules, plan| {
        let planned = recounted(&context, rules, plan.clone());
        let provenance = Provenance::new(context.situation, "", &options, &planned);
        let one = Account::new(context, rules, &plan, &planned, provenance);
        with_plan(district, year, second, printer, |context, rules, plan| {
            let planned = recounted(&context, rules, plan.clone());
            let provenance = Provenance::new(context.situation, "", &options, &planned);
            let other = Account::new(context, rules, &plan, &planned, provenance);
            Ok(compare(&one, &other))
        })
    })?;
    let Some(Some(comparison)) = compared else {
        return Ok(Verdict::No);
    };
    let names = (first.display().to_string(), second.display().to_string());
    let page = ComparePage::new(&comparison, (&names.0, &names.1));
    match arguments.format {
        Format::Text => printer.data(&page.text(printer.language))?,
        Format::Json => printer.json(&page.view())?,
    }
    Ok(Verdict::Done)
}
