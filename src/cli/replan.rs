//! `shizi replan DIR --plan PLAN_DIR`: a plan that is out, after something happened.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{anyhow, bail};
use clap::Args;

use shizi::account::{Account, Provenance};
use shizi::answers::{Attempt, Base, Replanned, replan, with_list};
use shizi::audit::{audit_changed, events_of, year_of};
use shizi::domain::District;
use shizi::ingest::digest;
use shizi::policy::Policy;
use shizi::report::{
    Decision, FolderError, Language, PlanPlace, ReplanPage, write_files, write_replan_files,
};
use shizi::rules::RuleSet;
use shizi::scenario::{Change, Scenario, against_fixed, read_scenarios};
use shizi::solve::SolveOptions;

use super::Verdict;
use super::arguments::{ChangeArguments, Format, SolveArguments, Sources};
use super::inputs;
use super::known::with_plan;
use super::plan::survived;
use super::printer::Printer;
use super::progress::Interrupt;
use super::whatif::changes;

/// Further people at most, where nothing else is asked.
const USUAL: (u32, u32) = (0, 5);

#[derive(Debug, Args)]
pub(super) struct ReplanArguments {
    #[command(flatten)]
    sources: Sources,
    /// 已公布方案的文件夹 / folder of the plan that is out
    #[arg(long, value_name = "PLAN_DIR")]
    plan: PathBuf,
    #[command(flatten)]
    changes: ChangeArguments,
    /// 破例决定，如 T00223=派往:S059:交流 / somebody is sent whatever rules say
    #[arg(long = "override", value_name = "TEACHER=LOCK")]
    overrides: Vec<String>,
    /// 招聘的人不报到，如 公开招聘:S059:小学:音乐 / a recruit whom the plan placed does not come
    #[arg(long = "decline", value_name = "LEVER:SCHOOL:STAGE:SUBJECT[:N]")]
    declines: Vec<String>,
    /// 变动文件（TOML，同情形文件） / a file of what happened, written as scenarios are
    #[arg(long, value_name = "FILE")]
    events: Option<PathBuf>,
    /// 除变动涉及的人外，至多再动几人 / at most so many further people
    #[arg(long, value_name = "K", conflicts_with = "table")]
    at_most: Option<u32>,
    /// 逐一列出至多再动几人，默认 0..5 / what each further person buys, by default 0..5
    #[arg(long, value_name = "FIRST..LAST", value_parser = range)]
    table: Option<(u32, u32)>,
    /// 新方案写到这个文件夹 / folder for the new plan
    #[arg(long, value_name = "DIR", requires = "by")]
    out: Option<PathBuf>,
    /// 替换输出文件夹中的旧方案 / replace the plan that is there
    #[arg(long)]
    force: bool,
    /// 决定人 / who decided
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// 理由 / why
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    /// 日期，如 2026-08-28，默认今天（北京时间） / when, by default today in Beijing
    #[arg(long, value_name = "DATE", value_parser = date)]
    date: Option<String>,
    #[command(flatten)]
    solve: SolveArguments,
    /// 输出格式 / form of the output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

fn range(text: &str) -> Result<(u32, u32), String> {
    let ends = text.split_once("..");
    let ends = ends.and_then(|(first, last)| Some((first.parse().ok()?, last.parse().ok()?)));
    ends.filter(|&(first, last): &(u32, u32)| first <= last && last - first <= 100)
        .ok_or_else(|| "写法如 0..5 / such as 0..5".to_owned())
}

fn date(written: &str) -> Result<String, String> {
    let (text, timed) = match written.split_once(' ') {
        Some((text, time)) => (text, is_time(time)),
        None => (written, true),
    };
    let parts: Vec<&str> = text.split('-').collect();
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_written = timed && text.len() == 10 && parts.iter().all(is_number);
    let known = match parts.as_slice() {
        [year, month, day] if is_written && year.len() == 4 && month.len() == 2 => {
            let numbers = (
                year.parse::<u64>(),
                month.parse::<usize>(),
                day.parse::<u64>(),
            );
            match numbers {
                (Ok(year), Ok(month @ 1..=12), Ok(day)) => {
                    (1..=lengths(year)[month - 1]).contains(&day)
                }
                _ => false,
            }
        }
        _ => false,
    };
    if known {
        Ok(written.to_owned())
    } else {
        Err("没有这个日期，写法如 2026-08-28 / no such date; such as 2026-08-28".to_owned())
    }
}

impl ReplanArguments {
    /// The limits on further people, which rise.
    fn limits(&self) -> Vec<u32> {
        match (self.at_most, self.table) {
            (Some(most), _) => vec![most],
            (None, table) => {
                let (first, last) = table.unwrap_or(USUAL);
                (first..=last).collect()
            }
        }
    }
}

pub(super) fn run(arguments: &ReplanArguments, printer: Printer) -> anyhow::Result<Verdict> {
    let interrupt = Interrupt::listen(printer)?;
    let Some(events) = events(arguments, printer)? else {
        return Ok(Verdict::No);
    };
    let Some((policy, rules)) = inputs::named(&arguments.sources, printer)? else {
        return Ok(Verdict::No);
    };
    let refused = |error: FolderError| anyhow!(error.message(printer.language));
    let input = &arguments.sources.district;
    let place = arguments.out.as_deref().map(|out| {
        let place = PlanPlace::check(out, input, arguments.force);
        place.map_err(refused)
    });
    let place = place.transpose()?;
    let reading = inputs::rosters(input, printer)?;
    let Some(district) = inputs::known_district(&reading, (&policy, &rules), printer) else {
        return Ok(Verdict::No);
    };
    let year = (&policy, &rules);
    let options = arguments.solve.options();
    let folder = &arguments.plan;
    let found = with_plan(district, year, folder, printer, |context, rules, plan| {
        let base = Base::of_plan(context, rules, plan, &options);
        let Some(events) = settled(&base, &events, printer) else {
            return Ok(None);
        };
        let found = replan(&base, &events, &arguments.limits(), interrupt.solving())?;
        if let Some(figures) = &base.figures {
            let page = ReplanPage::new((figures, context.situation.policy), &events, &found);
            match arguments.format {
                Format::Text => printer.data(&page.text(printer.language))?,
                Format::Json => printer.json(&page.view())?,
            }
        }
        let limited = found.limited.into_iter().last().map(|(_, held)| held);
        let chosen = match (arguments.at_most, limited) {
            (Some(_), Some(limited)) => limited,
            _ => found.free,
        };
        Ok(Some((events, chosen)))
    })?;
    let Some(Some((events, Attempt::Planned(chosen)))) = found else {
        return Ok(Verdict::No);
    };
    if let Some(place) = place {
        let made = Made {
            year: (district, &policy, &rules),
            events,
            chosen,
        };
        write(arguments, printer, &made, place, &options)?;
    }
    Ok(Verdict::Done)
}

/// What happened, as one scenario; where it cannot be read, says so.
///
/// # Errors
/// Where the new plan is to be written and nobody says why.
fn events(arguments: &ReplanArguments, printer: Printer) -> anyhow::Result<Option<Scenario>> {
    let Some(mut all) = changes(&arguments.changes, printer) else {
        return Ok(None);
    };
    let mut faults = Vec::new();
    let overrides = arguments.overrides.iter().map(|text| ("override", text));
    let declines = arguments.declines.iter().map(|text| ("decline", text));
    for (word, text) in overrides.chain(declines) {
        match Change::parse(word, text) {
            Ok(change) => all.push(change),
            Err(fault) => faults.push(fault),
        }
    }
    let mut reasons: Vec<String> = Vec::new();
    if let Some(file) = &arguments.events {
        match read_scenarios(file) {
            Ok(read) => {
                for scenario in read {
                    reasons.push(scenario.reason);
                    all.extend(scenario.changes);
                }
            }
            Err(found) => faults.extend(found),
        }
    }
    if !faults.is_empty() {
        inputs::change_faults(&faults, printer);
        return Ok(None);
    }
    reasons.retain(|reason| !reason.is_empty());
    let reason = arguments.reason.clone();
    let mut events = in_order(all);
    events.reason = reason.unwrap_or_else(|| reasons.join("；"));
    if events.changes.is_empty() {
        bail!(printer.pick(
            "没有写任何变动；写法见 shizi replan --help",
            "nothing happened; see shizi replan --help",
        ));
    }
    let decides = arguments.out.is_some() || !arguments.overrides.is_empty();
    if decides && events.reason.is_empty() {
        bail!(printer.pick("请用 --reason 写明理由", "give the reason with --reason",));
    }
    Ok(Some(events))
}

/// What happened as it is settled beside the plan that is out; where it contradicts what is fixed or
/// speaks of recruits whom the plan does not place, says so.
fn settled(base: &Base<'_>, events: &Scenario, printer: Printer) -> Option<Scenario> {
    let faults = against_fixed(base.context.situation.district, &events.changes);
    let settled = if faults.is_empty() {
        with_list(base, events)
    } else {
        Err(faults)
    };
    settled
        .map_err(|faults| inputs::change_faults(&faults, printer))
        .ok()
}

/// Changes as they will stand in the file of events.
fn in_order(mut changes: Vec<Change>) -> Scenario {
    changes.sort_by_key(|change| Change::WORDS.iter().position(|word| *word == change.word()));
    Scenario::of(changes)
}

/// A new plan and what it was made from.
struct Made<'a> {
    year: (&'a District, &'a Policy, &'a RuleSet),
    events: Scenario,
    chosen: Replanned,
}

/// Writes, audits, and only then puts the folder in its place. District and policy are those of the
/// events as they were written.
fn write(
    arguments: &ReplanArguments,
    printer: Printer,
    made: &Made<'_>,
    place: PlanPlace,
    options: &SolveOptions,
) -> anyhow::Result<()> {
    let refused = |error: FolderError| anyhow!(error.message(printer.language));
    let folder = place.stage().map_err(refused)?;
    let written = folder.path();
    let faulty = |faults: Vec<shizi::policy::PolicyFault>| {
        inputs::change_faults(&faults, printer);
        anyhow!(printer.pick("变动文件有误", "the events have faults"))
    };
    let mut scenarios = events_of(&arguments.plan).map_err(faulty)?;
    scenarios.push(made.events.clone());
    let (district, policy, rules) = made.year;
    let changed = shizi::scenario::apply_all(district, (policy, rules), &scenarios);
    let changed = changed.map_err(faulty)?;
    let decision = Decision {
        by: arguments.by.clone().unwrap_or_default(),
        reason: made.events.reason.clone(),
        date: arguments.date.clone().unwrap_or_else(today),
    };
    let (year, overridden) = (&changed.year, &changed.overridden);
    inputs::with_context(&year.district, &year.policy, &year.rules, |context| {
        let planned = &made.chosen.planned;
        let Some(plan) = &planned.plan else {
            return Ok(());
        };
        let digest = digest(&year.district);
        let provenance = Provenance::new(context.situation, &digest, options, planned);
        let account = Account::new(context, &year.rules, plan, planned, provenance);
        let papers = write_files(&account, &written, false).and_then(|()| {
            let folders = (written.as_path(), arguments.plan.as_path());
            write_replan_files(&account, folders, &scenarios, (overridden, &decision))
        });
        papers.map_err(|error| {
            let path = error.path.display().to_string();
            anyhow::Error::new(error.source).context(path)
        })
    })?;
    audit_written(&written, made.year, printer)?;
    folder.put_in_place().map_err(refused)?;
    if let Some(out) = &arguments.out {
        let out = out.display();
        printer.talk(&match printer.language {
            Language::Chinese => format!("新方案已写入 {out}"),
            Language::English => format!("the new plan is in {out}"),
        });
    }
    Ok(())
}

/// Audits what was written as anybody would: from the rosters, the policy and the folder.
fn audit_written(
    written: &Path,
    (district, policy, rules): (&District, &Policy, &RuleSet),
    printer: Printer,
) -> anyhow::Result<()> {
    let changed = year_of(district, (policy, rules), written);
    let changed = changed.map_err(|faults| {
        inputs::change_faults(&faults, printer);
        anyhow!(printer.pick("变动文件有误", "the events have faults"))
    })?;
    let year = &changed.year;
    let report = inputs::with_context(&year.district, &year.policy, &year.rules, |context| {
        audit_changed(&context, &year.rules, written, &changed)
    });
    survived(report, printer)
}

/// The date of today in Beijing.
fn today() -> String {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let seconds = since.unwrap_or(Duration::ZERO).as_secs() + 8 * 3600;
    date_of(seconds / 86_400)
}

/// Whether a text is a time of the day, such as 09:00.
fn is_time(text: &str) -> bool {
    let (hours, minutes) = text.split_once(':').unwrap_or_default();
    let is_below = |text: &str, most: u8| {
        let is_written = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_written && text.parse::<u8>().is_ok_and(|number| number < most)
    };
    is_below(hours, 24) && is_below(minutes, 60)
}

/// The date of a day after 1 January 1970 in the Gregorian calendar.
fn date_of(days: u64) -> String {
    let (mut year, mut left) = (1970, days);
    loop {
        let length = lengths(year).iter().sum();
        if left < length {
            break;
        }
        left -= length;
        year += 1;
    }
    let mut month = 1;
    for length in lengths(year) {
        if left < length {
            break;
        }
        left -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", left + 1)
}

/// Days of the months of a year.
fn lengths(year: u64) -> [u64; 12] {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let february = if is_leap { 29 } else { 28 };
    [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_dates() {
        assert_eq!(date_of(0), "1970-01-01");
        assert_eq!(date_of(59), "1970-03-01");
        assert_eq!(date_of(11_016), "2000-02-29");
        assert_eq!(date_of(20_693), "2026-08-28");
    }

    #[test]
    fn dates_are_dates() {
        assert!(date("2026-08-28").is_ok());
        assert!(date("2026-08-28 09:00").is_ok());
        assert!(date("2026-08-28 24:00").is_err());
        assert!(date("2026-08-28 ").is_err());
        assert!(date("2024-02-29").is_ok());
        for wrong in [
            "2022-13-45",
            "昨天",
            "2026-02-29",
            "2026-8-28",
            "2026-08-28 ",
            "+026-08-28",
            "",
        ] {
            assert!(date(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn ranges_are_read() {
        assert_eq!(range("0..5"), Ok((0, 5)));
        assert!(range("5..0").is_err());
        assert!(range("3").is_err());
    }
}
