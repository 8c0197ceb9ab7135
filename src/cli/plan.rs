//! `shizi plan`: from rosters and a policy to an audited plan.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;

use anyhow::{Context as _, anyhow, bail};

use shizi::account::{Account, Provenance};
use shizi::audit::{AuditError, AuditReport, Severity, audit};
use shizi::domain::District;
use shizi::eligibility::LockConflict;
use shizi::model::Model;
use shizi::planning::{
    MinimalClash, Patience, PlanStatus, Planned, minimal_clash, model_year, plan_year,
};
use shizi::program::write_model;
use shizi::report::{
    FolderError, Language, NoPlan, PlanPlace, check_writable, counted, plan_page, summarise,
    write_files,
};
use shizi::rules::{Context, RuleSet};
use shizi::solve::SolveOptions;

use super::Verdict;
use super::arguments::{Format, PlanArguments};
use super::audit::error_text;
use super::inputs;
use super::printer::Printer;
use super::progress::{Interrupt, Reporter};
use super::stages::Stages;

/// What a plan is made from.
struct Year<'a> {
    context: Context<'a>,
    rules: &'a RuleSet,
    digest: &'a str,
}

pub(super) fn run(arguments: &PlanArguments, printer: Printer) -> anyhow::Result<Verdict> {
    let interrupt = Interrupt::listen(printer)?;
    let Some((policy, rules)) = inputs::named(&arguments.sources, printer)? else {
        return Ok(Verdict::No);
    };
    let refused = |error: FolderError| anyhow!(error.message(printer.language));
    let input = &arguments.sources.district;
    let place = PlanPlace::check(&arguments.out, input, arguments.force).map_err(refused)?;
    if let Some(log) = &arguments.log {
        inputs::refuse_inside(log, input, "--log", printer)?;
    }
    check_model_folder(arguments, printer)?;
    let mut stages = Stages::begin();
    let reading = inputs::rosters(input, printer)?;
    if interrupt.ends_here(printer) {
        return Ok(Verdict::No);
    }
    let Some(district) = inputs::known_district(&reading, (&policy, &rules), printer) else {
        return Ok(Verdict::No);
    };
    stages.end("read");
    let verdict = inputs::with_context(district, &policy, &rules, |context| {
        let year = Year {
            context,
            rules: &rules,
            digest: &reading.digest,
        };
        plan(arguments, printer, &year, place, &interrupt, &mut stages)
    });
    if let Some(log) = &arguments.log {
        stages
            .append(log)
            .with_context(|| log.display().to_string())?;
    }
    verdict
}

/// Models, solves and accounts for the plan.
fn plan(
    arguments: &PlanArguments,
    printer: Printer,
    year: &Year<'_>,
    place: PlanPlace,
    interrupt: &Interrupt,
    stages: &mut Stages,
) -> anyhow::Result<Verdict> {
    let situation = year.context.situation;
    let mut model = match model_year(&year.context, year.rules) {
        Ok(model) => model,
        Err(conflicts) => {
            printer.say(&conflicts_text(
                &conflicts,
                situation.district,
                printer.language,
            ));
            return Ok(Verdict::No);
        }
    };
    stages.end("build");
    if interrupt.ends_here(printer) {
        return Ok(Verdict::No);
    }
    let options = SolveOptions {
        engine: arguments.engine,
        target_gap: arguments.gap,
        time_limit: arguments.time_limit,
        node_limit: arguments.node_limit,
        start: None,
    };
    let planned = solve(arguments, printer, year, &mut model, &options, interrupt)?;
    stages.end("solve");
    let provenance = Provenance::new(situation, year.digest, &options, &planned);
    let Some(chosen) = &planned.plan else {
        drop(model);
        let clash = clash(printer, year, &planned, &options, interrupt)?;
        stages.end("clash");
        let known = NoPlan::new(&planned, &clash, year.rules, &provenance);
        return no_plan(arguments, printer, &known);
    };
    if arguments.write_model.is_some() {
        export_models(arguments, &model, &planned)?;
        stages.end("export");
    }
    // What follows needs the plan alone.
    drop(model);
    let account = Account::new(year.context, year.rules, chosen, &planned, provenance);
    write_plan(arguments, printer, year, &account, place, stages)?;
    match arguments.format {
        Format::Text => printer.data(&plan_page(&account, printer.language))?,
        Format::Json => printer.json(&summarise(&account))?,
    }
    let out = arguments.out.display();
    printer.talk(&match printer.language {
        Language::Chinese => format!("方案已写入 {out}"),
        Language::English => format!("the plan is in {out}"),
    });
    Ok(Verdict::Done)
}

/// Writes, audits, and only then puts the folder in its place.
fn write_plan(
    arguments: &PlanArguments,
    printer: Printer,
    year: &Year<'_>,
    account: &Account<'_>,
    place: PlanPlace,
    stages: &mut Stages,
) -> anyhow::Result<()> {
    let refused = |error: FolderError| anyhow!(error.message(printer.language));
    let folder = place.stage().map_err(refused)?;
    let written = folder.path();
    write_files(account, &written, arguments.quotas).map_err(|error| {
        let path = error.path.display().to_string();
        anyhow::Error::new(error.source).context(path)
    })?;
    stages.end("write");
    audit_written(&written, (year.context, year.rules), printer)?;
    stages.end("audit");
    folder.put_in_place().map_err(refused)
}

fn solve(
    arguments: &PlanArguments,
    printer: Printer,
    year: &Year<'_>,
    model: &mut Model,
    options: &SolveOptions,
    interrupt: &Interrupt,
) -> anyhow::Result<Planned> {
    let policy = year.context.situation.policy;
    let reporter = Reporter::of(printer, policy, arguments.log.as_deref())?;
    let flag = interrupt.solving();
    let planned = plan_year(&year.context, year.rules, model, options, flag, &reporter);
    reporter.finish();
    Ok(planned?)
}

/// Audits the plan from the files that were written. A plan that does not survive this is never put
/// in its place: whatever is found here is a mistake of this program.
pub(super) fn audit_written(
    written: &Path,
    (context, rules): (Context<'_>, &RuleSet),
    printer: Printer,
) -> anyhow::Result<()> {
    survived(audit(&context, rules, written), printer)
}

/// Whether a plan that was written survived its audit; where not, says what was found.
///
/// # Errors
/// Where it did not, or could not be read.
pub(super) fn survived(
    report: Result<AuditReport, AuditError>,
    printer: Printer,
) -> anyhow::Result<()> {
    let report = report.map_err(|error| anyhow!(error_text(&error, printer.language)))?;
    if report.passes() {
        return Ok(());
    }
    let findings = report.findings.iter();
    for finding in findings.filter(|finding| finding.severity == Severity::Breach) {
        printer.say(&finding.to_string());
    }
    bail!(printer.pick(
        "内部错误：方案未通过复核，没有写出",
        "internal error: the plan did not pass its audit and was not written",
    ))
}

/// Which rules clash, where it is proven that they do.
fn clash(
    printer: Printer,
    year: &Year<'_>,
    planned: &Planned,
    options: &SolveOptions,
    interrupt: &Interrupt,
) -> anyhow::Result<MinimalClash> {
    if planned.status != PlanStatus::Infeasible {
        return Ok(MinimalClash::default());
    }
    printer.talk(printer.pick(
        "没有方案；正在找出互相冲突的规则……",
        "there is no plan; looking for the rules that clash ...",
    ));
    let missed: Vec<usize> = planned.clash.iter().filter_map(|held| held.rule).collect();
    let options = SolveOptions {
        time_limit: None,
        ..options.clone()
    };
    Ok(minimal_clash(
        &year.context,
        year.rules,
        &missed,
        (&options, Patience::Brief),
        interrupt.solving(),
    )?)
}

fn no_plan(
    arguments: &PlanArguments,
    printer: Printer,
    known: &NoPlan<'_>,
) -> anyhow::Result<Verdict> {
    match arguments.format {
        Format::Json => printer.json(&known.summary())?,
        Format::Text => printer.say(&known.page(printer.language)),
    }
    Ok(Verdict::No)
}

pub(super) fn conflicts_text(
    conflicts: &[LockConflict],
    district: &District,
    language: Language,
) -> String {
    let count = conflicts.len();
    let mut lines = vec![match language {
        Language::Chinese => format!("{count} 条锁定无法满足（locks），请修改锁定或放宽规则："),
        Language::English => format!(
            "{} that nothing can meet; change locks or a rule:",
            counted(count, "lock", "locks")
        ),
    }];
    lines.extend(conflicts.iter().map(|conflict| {
        let id = &district.teacher(conflict.teacher).id;
        let reasons = conflict.reasons.join(language.pick("；", "; "));
        format!("  {id} {reasons}")
    }));
    lines.join("\n")
}

fn model_files(folder: &Path, level: usize) -> [std::path::PathBuf; 2] {
    let number = level + 1;
    [
        folder.join(format!("level-{number}.mps")),
        folder.join(format!("level-{number}.csv")),
    ]
}

/// Refuses before the solve to replace models that somebody may still need.
fn check_model_folder(arguments: &PlanArguments, printer: Printer) -> anyhow::Result<()> {
    let Some(folder) = &arguments.write_model else {
        return Ok(());
    };
    inputs::refuse_inside(
        folder,
        &arguments.sources.district,
        "--write-model",
        printer,
    )?;
    let [first, _] = model_files(folder, 0);
    if first.exists() && !arguments.force {
        let shown = first.display();
        match printer.language {
            Language::Chinese => bail!("“{shown}”已存在；请换一个 --write-model，或加 --force"),
            Language::English => bail!("`{shown}` exists; give another --write-model, or --force"),
        }
    }
    check_writable(folder).with_context(|| folder.display().to_string())
}

/// Writes each level's full model, the levels before it held at the plan's values.
fn export_models(
    arguments: &PlanArguments,
    model: &Model,
    planned: &Planned,
) -> anyhow::Result<()> {
    let Some(folder) = &arguments.write_model else {
        return Ok(());
    };
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let values: Vec<i64> = planned.levels.iter().map(|level| level.value).collect();
    for level in 0..model.program.levels() {
        let [model_file, names_file] = model_files(folder, level).map(|path| {
            File::create(&path)
                .map(BufWriter::new)
                .with_context(|| path.display().to_string())
        });
        let program = &model.program;
        write_model(
            program,
            level,
            &values[..level],
            &mut model_file?,
            &mut names_file?,
        )?;
    }
    Ok(())
}
