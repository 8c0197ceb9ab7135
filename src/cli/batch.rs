//! `shizi batch`: all districts below a folder.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context as _, bail};

use shizi::batch::{Orders, Outcome, Record, Shard, Task, run as run_batch, tasks};
use shizi::report::{BatchPage, Language, outcome_words};

use super::Verdict;
use super::arguments::{BatchArguments, Format};
use super::inputs;
use super::printer::Printer;
use super::progress::Interrupt;

pub(super) fn run(
    arguments: &BatchArguments,
    threads: Option<usize>,
    printer: Printer,
) -> anyhow::Result<Verdict> {
    let interrupt = Interrupt::listen(printer)?;
    let folder = &arguments.folder;
    inputs::refuse_inside(&arguments.out, folder, "--out", printer)?;
    let found = tasks(folder, &arguments.policy).with_context(|| folder.display().to_string())?;
    let shard = arguments.shard;
    let mine = found.into_iter().enumerate();
    let mine: Vec<Task> = mine
        .filter(|(position, _)| shard.has(*position))
        .map(|(_, task)| task)
        .collect();
    if mine.is_empty() && shard.is_whole() {
        let folder = folder.display();
        match printer.language {
            Language::Chinese => {
                bail!("“{folder}”之下没有区县：应有含 teachers.csv 等表的文件夹，或 xlsx 工作簿")
            }
            Language::English => bail!(
                "no district below `{folder}`: folders with tables such as teachers.csv, or workbooks"
            ),
        }
    }
    let orders = orders(arguments, threads, printer)?;
    let (done, count) = (AtomicUsize::new(0), mine.len());
    let tell = |record: &Record, skipped: bool| {
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        let words = outcome(record, skipped, printer);
        printer.talk(&format!("{done}/{count} {} {words}", record.name));
    };
    let records = run_batch(&mine, &orders, interrupt.solving(), &tell)?;
    let page = BatchPage::new(&records);
    let name = if shard.is_whole() {
        "summary.csv".to_owned()
    } else {
        format!("summary-{shard}.csv")
    };
    let path = orders.out.join(name);
    page.write(&path)
        .with_context(|| path.display().to_string())?;
    match arguments.format {
        Format::Text => printer.data(&page.text(printer.language))?,
        Format::Json => printer.json(&records)?,
    }
    if records.len() < count {
        printer.say(printer.pick(
            "已中断；再次运行会跳过已完成的区县",
            "interrupted; run it again and finished districts are skipped",
        ));
    }
    let all_planned = records
        .iter()
        .all(|record| record.outcome == Outcome::Planned);
    Ok(if all_planned && records.len() == count {
        Verdict::Done
    } else {
        Verdict::No
    })
}

/// How districts are run: all cores are shared out among those that run side by side.
fn orders(
    arguments: &BatchArguments,
    threads: Option<usize>,
    printer: Printer,
) -> anyhow::Result<Orders> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let cores = threads.unwrap_or(cores);
    let jobs = arguments.jobs.unwrap_or(cores).max(1);
    std::fs::create_dir_all(&arguments.out).with_context(|| arguments.out.display().to_string())?;
    let mut more = vec!["--gap".to_owned(), arguments.solve.gap.to_string()];
    if let Some(limit) = arguments.solve.time_limit {
        more.extend(["--time-limit".to_owned(), limit.as_secs_f64().to_string()]);
    }
    more.extend(["--lang".to_owned(), printer.pick("zh", "en").to_owned()]);
    Ok(Orders {
        program: std::env::current_exe()?,
        out: absolute(&arguments.out)?,
        jobs,
        threads: (cores / jobs).max(1),
        arguments: more,
    })
}

fn absolute(path: &Path) -> anyhow::Result<std::path::PathBuf> {
    std::path::absolute(path).with_context(|| path.display().to_string())
}

fn outcome(record: &Record, skipped: bool, printer: Printer) -> String {
    let why = match record.outcome {
        Outcome::Planned => "",
        _ => printer.pick("（原因见汇总表）", " (the summary says why)"),
    };
    let words = outcome_words(record, printer.language) + why;
    match (skipped, printer.language) {
        (true, _) => format!(
            "{words}{}",
            printer.pick("，已完成，跳过", ", finished before")
        ),
        (false, Language::Chinese) => format!("{words}，{:.1} 秒", record.seconds),
        (false, Language::English) => format!("{words}, {:.1} s", record.seconds),
    }
}

/// Reads `i/n`.
pub(super) fn shard(text: &str) -> Result<Shard, String> {
    text.parse()
}
