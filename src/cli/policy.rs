//! `shizi policy show`: a policy as it stands after all extensions.

use shizi::report::{policy_page, view_policy};

use super::Verdict;
use super::arguments::{Format, PolicyArguments, PolicyVerb};
use super::inputs;
use super::printer::Printer;

pub(super) fn run(arguments: &PolicyArguments, printer: Printer) -> anyhow::Result<Verdict> {
    let PolicyVerb::Show { policy, format } = &arguments.verb;
    let Some((policy, rules)) = inputs::policy(policy, printer) else {
        return Ok(Verdict::No);
    };
    let view = view_policy(&policy, &rules);
    match format {
        Format::Text => printer.data(&policy_page(&view, printer.language))?,
        Format::Json => printer.json(&view)?,
    }
    Ok(Verdict::Done)
}
