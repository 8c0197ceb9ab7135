//! `shizi posts`: 核编定岗 by school.

use shizi::demand::Situation;
use shizi::report::{posts_by_unit, posts_page};

use super::Verdict;
use super::arguments::{Format, PostsArguments};
use super::inputs;
use super::printer::Printer;

pub(super) fn run(arguments: &PostsArguments, printer: Printer) -> anyhow::Result<Verdict> {
    let Some((policy, _)) = inputs::policy(&arguments.sources.policy, printer) else {
        return Ok(Verdict::No);
    };
    let reading = inputs::rosters(&arguments.sources.district, printer)?;
    let Some(district) = inputs::district(&reading, printer) else {
        return Ok(Verdict::No);
    };
    let situation = Situation::new(district, &policy);
    let units = posts_by_unit(&situation);
    match arguments.format {
        Format::Text => printer.data(&posts_page(&units, printer.language))?,
        Format::Json => printer.json(&units)?,
    }
    Ok(Verdict::Done)
}
