//! `shizi diagnose`: which rules clash, and what must give.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use shizi::answers::{Base, Diagnosis, Finding, Step, diagnose, plan_ways};
use shizi::report::{DiagnosisPage, Language};
use shizi::scenario::{Scenario, write_scenarios};

use super::Verdict;
use super::arguments::{DiagnoseArguments, Format};
use super::inputs;
use super::printer::Printer;
use super::progress::Interrupt;
use super::whatif::changes;

/// The file of the ways out.
const SCENARIOS: &str = "scenarios.toml";

pub(super) fn run(arguments: &DiagnoseArguments, printer: Printer) -> anyhow::Result<Verdict> {
    let target = target(arguments, printer)?;
    let interrupt = Interrupt::listen(printer)?;
    let Some(given) = changes(&arguments.changes, printer) else {
        return Ok(Verdict::No);
    };
    let Some((policy, rules)) = inputs::named(&arguments.sources, printer)? else {
        return Ok(Verdict::No);
    };
    let reading = inputs::rosters(&arguments.sources.district, printer)?;
    let Some(district) = inputs::known_district(&reading, (&policy, &rules), printer) else {
        return Ok(Verdict::No);
    };
    inputs::with_context(district, &policy, &rules, |context| {
        let base = Base::unplanned(context, &rules, &arguments.solve.options());
        let tell = |step: Step<'_>| printer.talk(&step_text(step, printer.language));
        let found = diagnose(&base, &given, false, interrupt.solving(), &tell)?;
        let mut diagnosis = match found {
            Ok(diagnosis) => diagnosis,
            Err(faults) => {
                inputs::change_faults(&faults, printer);
                return Ok(Verdict::No);
            }
        };
        // Whoever waits reads what must give while its plans are made.
        let page = DiagnosisPage::new(&base, &diagnosis);
        let is_text = matches!(arguments.format, Format::Text);
        if is_text {
            printer.data(&page.text(printer.language))?;
        }
        if let Some(target) = &target {
            write_ways(target, &diagnosis, printer)?;
        }
        if !arguments.no_plans {
            plan_ways(&base, &mut diagnosis, interrupt.solving(), &tell)?;
        }
        let page = DiagnosisPage::new(&base, &diagnosis);
        match arguments.format {
            Format::Text if arguments.no_plans => {}
            Format::Text => printer.data(&page.plans(printer.language))?,
            Format::Json => printer.json(&page.view())?,
        }
        Ok(if diagnosis.finding == Finding::HasPlan {
            Verdict::Done
        } else {
            Verdict::No
        })
    })
}

/// Where the ways out are written: neither into the input folder nor over a file that somebody may
/// still need.
fn target(arguments: &DiagnoseArguments, printer: Printer) -> anyhow::Result<Option<PathBuf>> {
    let Some(folder) = &arguments.out else {
        return Ok(None);
    };
    inputs::refuse_inside(folder, &arguments.sources.district, "--out", printer)?;
    let target = folder.join(SCENARIOS);
    if target.exists() && !arguments.force {
        let shown = target.display();
        match printer.language {
            Language::Chinese => bail!("“{shown}”已存在；请换一个 --out，或加 --force"),
            Language::English => bail!("`{shown}` exists; give another --out, or --force"),
        }
    }
    Ok(Some(target))
}

/// Writes the file beside its place and puts it there when it is whole.
fn write_ways(target: &Path, diagnosis: &Diagnosis, printer: Printer) -> anyhow::Result<()> {
    let scenarios: Vec<Scenario> = diagnosis
        .ways
        .iter()
        .map(|way| way.scenario.clone())
        .collect();
    if scenarios.is_empty() {
        return Ok(());
    }
    let folder = target.parent().unwrap_or(Path::new("."));
    let shown = target.display().to_string();
    fs::create_dir_all(folder).with_context(|| shown.clone())?;
    let mut hidden = tempfile::Builder::new();
    let hidden = hidden.prefix(".shizi-").tempdir_in(folder);
    let hidden = hidden.with_context(|| shown.clone())?;
    let written = hidden.path().join(SCENARIOS);
    fs::write(&written, write_scenarios(&scenarios)).with_context(|| shown.clone())?;
    fs::rename(&written, target).with_context(|| shown.clone())?;
    printer.talk(&match printer.language {
        Language::Chinese => format!("出路已写入 {shown}，可用 shizi whatif --scenarios 试算"),
        Language::English => format!("the ways out are in {shown}, for shizi whatif --scenarios"),
    });
    Ok(())
}

fn step_text(step: Step<'_>, language: Language) -> String {
    match (step, language) {
        (Step::Clash, Language::Chinese) => "没有方案；正在找出互相冲突的规则……".to_owned(),
        (Step::Clash, Language::English) => {
            "there is no plan; looking for the rules that clash ...".to_owned()
        }
        (Step::Loosening(rule), Language::Chinese) => format!("放宽多少才够：{}……", rule.title),
        (Step::Loosening(rule), Language::English) => {
            format!("how much must give: {} ...", rule.id)
        }
        (Step::Planned(scenario), Language::Chinese) => format!("已编制：{}", scenario.name),
        (Step::Planned(scenario), Language::English) => format!("planned: {}", scenario.name),
    }
}
