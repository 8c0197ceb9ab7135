//! `shizi forecast`: several years, each planned on what the one before left.

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, anyhow};

use shizi::domain::plan_files::{
    FAIRNESS, FORECAST_PAGE, INDICATORS, RECRUITS, SUMMARY, YEAR_FOLDERS,
};
use shizi::forecast::{Outlook, Recruiting, YearOf, forecast};
use shizi::ingest::write_district;
use shizi::report::{
    FolderError, ForecastPage, Language, PlanFolder, PlanPlace, write_events, write_files,
};
use shizi::scenario::Scenario;

use super::Verdict;
use super::arguments::ForecastArguments;
use super::inputs;
use super::plan::audit_written;
use super::printer::Printer;
use super::progress::Interrupt;

/// The outlook in the folder of the rosters.
const OUTLOOK: &str = "outlook.toml";

pub(super) fn run(arguments: &ForecastArguments, printer: Printer) -> anyhow::Result<Verdict> {
    let interrupt = Interrupt::listen(printer)?;
    let Some((policy, rules)) = inputs::named(&arguments.sources, printer)? else {
        return Ok(Verdict::No);
    };
    let input = &arguments.sources.district;
    let refused = |error: FolderError| anyhow!(error.message(printer.language));
    let place = arguments.out.as_deref();
    let place = place.map(|out| PlanPlace::check(out, input, arguments.force).map_err(refused));
    let place = place.transpose()?;
    let reading = inputs::rosters(input, printer)?;
    let Some(district) = inputs::known_district(&reading, (&policy, &rules), printer) else {
        return Ok(Verdict::No);
    };
    let Some(outlook) = outlook(arguments, printer)? else {
        return Ok(Verdict::No);
    };
    let outlook = match arguments.years {
        Some(years) => outlook.with_years(years, district.year_begin),
        None => outlook,
    };
    let folder = place
        .map(|place| place.stage().map_err(refused))
        .transpose()?;
    let papers = Papers {
        folder: folder.as_ref().map(PlanFolder::path),
        printer,
        failed: Mutex::new(None),
    };
    let options = arguments.solve.options();
    let solving = (&options, interrupt.solving());
    let year = (&policy, &rules);
    let found = forecast(district, year, &outlook, solving, &|year| {
        papers.of_year(year);
    })?;
    let found = match found {
        Ok(found) => found,
        Err(faults) => {
            inputs::outlook_faults(&faults, printer);
            return Ok(Verdict::No);
        }
    };
    papers.all_written()?;
    let page = ForecastPage::new((district, &policy), &outlook, &found);
    if let (Some(folder), Some(out)) = (folder, &arguments.out) {
        write_tables(&page, (folder, out), printer)?;
    }
    printer.in_form(
        arguments.format,
        |language| page.text(language),
        || page.view(),
        |bytes| page.csv(bytes),
    )?;
    Ok(if found.is_complete(outlook.years) {
        Verdict::Done
    } else {
        Verdict::No
    })
}

/// Where the papers of the years are written as they are planned, side by side.
struct Papers {
    folder: Option<PathBuf>,
    printer: Printer,
    failed: Mutex<Option<anyhow::Error>>,
}

impl Papers {
    /// Says that a year is planned, and writes its plan and rosters where they are asked for.
    fn of_year(&self, year: &YearOf<'_>) {
        tell(year, self.printer);
        let planned = year.recruiting == Recruiting::AsPlanned;
        let Some(folder) = self.folder.as_ref().filter(|_| planned) else {
            return;
        };
        if let Err(error) = write_year(year, folder, self.printer) {
            let held = self.failed.lock();
            let mut held = held.unwrap_or_else(PoisonError::into_inner);
            held.get_or_insert(error);
        }
    }

    /// Whether everything was written.
    ///
    /// # Errors
    /// The first thing that was not.
    fn all_written(self) -> anyhow::Result<()> {
        let failed = self.failed.into_inner();
        match failed.unwrap_or_else(PoisonError::into_inner) {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }
}

/// The outlook that was given, or that of the folder; where it has faults, says so.
///
/// # Errors
/// Where there is none.
fn outlook(arguments: &ForecastArguments, printer: Printer) -> anyhow::Result<Option<Outlook>> {
    let of_folder = arguments.sources.district.join(OUTLOOK);
    let read = match (&arguments.outlook, arguments.years) {
        (Some(path), _) => Outlook::read(path),
        (None, _) if of_folder.is_file() => Outlook::read(&of_folder),
        // Nothing is expected to change but people's ages.
        (None, Some(years)) => Ok(Outlook::unchanged(years)),
        (None, None) => {
            return Err(anyhow!(printer.pick(
                "花名册文件夹中没有 outlook.toml：请用 --outlook 指定展望文件，或用 --years N 按学生数不变测算",
                "there is no outlook.toml beside the rosters: give one with --outlook, or --years N for \
                 years with the same pupils",
            )));
        }
    };
    Ok(match read {
        Ok(outlook) => Some(outlook),
        Err(faults) => {
            inputs::outlook_faults(&faults, printer);
            None
        }
    })
}

/// Says that a year is planned.
fn tell(year: &YearOf<'_>, printer: Printer) {
    let begin = year.account.situation().district.year_begin;
    let moves = year.account.moves().count();
    let way = match year.recruiting {
        Recruiting::AsPlanned => printer.pick("现有渠道", "as planned"),
        Recruiting::Filled => printer.pick("缺岗补足", "filled"),
    };
    printer.talk(&match printer.language {
        Language::Chinese => format!("{begin}（{way}）：方案已编制，流动 {moves} 人次"),
        Language::English => format!("{begin} ({way}): planned, {moves} moves"),
    });
}

/// Writes the plan of a year and the rosters that it was made from, and audits it from the files.
fn write_year(year: &YearOf<'_>, folder: &Path, printer: Printer) -> anyhow::Result<()> {
    let account = year.account;
    let begin = account.situation().district.year_begin;
    let [plan, rosters] = YEAR_FOLDERS.map(|name| folder.join(begin.to_string()).join(name));
    fs::create_dir_all(&plan).with_context(|| plan.display().to_string())?;
    write_district(account.situation().district, &rosters)
        .with_context(|| rosters.display().to_string())?;
    let changes = year.policy_changes.to_vec();
    let papers = write_files(account, &plan, false).and_then(|()| {
        if changes.is_empty() {
            return Ok(());
        }
        write_events(&plan, &[Scenario::of(changes)])
    });
    papers.map_err(|error| {
        let path = error.path.display().to_string();
        anyhow::Error::new(error.source).context(path)
    })?;
    audit_written(&plan, (account.context, account.rules), printer)
}

/// Writes the tables of all years, puts the folder in its place and says where it is.
fn write_tables(
    page: &ForecastPage<'_>,
    (folder, out): (PlanFolder, &Path),
    printer: Printer,
) -> anyhow::Result<()> {
    let written = folder.path();
    let create = |name: &str| {
        let path = written.join(name);
        let file = File::create(&path).with_context(|| path.display().to_string());
        file.map(BufWriter::new)
    };
    page.csv(&mut create(INDICATORS)?)?;
    page.recruits_csv(&mut create(RECRUITS)?)?;
    page.fairness_csv(&mut create(FAIRNESS.0)?)?;
    fs::write(written.join(FORECAST_PAGE), page.text(Language::Chinese))?;
    serde_json::to_writer_pretty(create(SUMMARY)?, &page.view())?;
    let placed = folder.put_in_place();
    placed.map_err(|error| anyhow!(error.message(printer.language)))?;
    let out = out.display();
    printer.talk(&match printer.language {
        Language::Chinese => format!("各年方案和指标表已写入 {out}"),
        Language::English => format!("plans and tables are in {out}"),
    });
    Ok(())
}
