//! `shizi check`: the faults of the rosters, or the state of the district.

use std::fs::File;
use std::path::Path;

use anyhow::{Context as _, bail};
use serde::Serialize;

use shizi::ingest::{Fault, Notice, Reading, Severity, write_fault_file};
use shizi::report::{Language, State, state_of, state_page};

use super::Verdict;
use super::arguments::{CheckArguments, Format};
use super::inputs;
use super::printer::Printer;

#[derive(Serialize)]
struct Checked<'a> {
    faults: Vec<FaultView<'a>>,
    notices: Vec<NoticeView<'a>>,
    state: Option<State<'a>>,
}

#[derive(Serialize)]
struct FaultView<'a> {
    code: &'a str,
    severity: &'a str,
    file: &'a str,
    row: Option<usize>,
    column: Option<&'a str>,
    value: Option<&'a str>,
    school: Option<&'a str>,
    message: &'a str,
    advice: &'a str,
}

#[derive(Serialize)]
struct NoticeView<'a> {
    file: &'a str,
    row: Option<usize>,
    column: Option<&'a str>,
    message: &'a str,
}

pub(super) fn run(arguments: &CheckArguments, printer: Printer) -> anyhow::Result<Verdict> {
    let Some((policy, rules)) = inputs::policy(&arguments.sources.policy, printer) else {
        return Ok(Verdict::No);
    };
    let reading = inputs::rosters(&arguments.sources.district, printer)?;
    if let Some(path) = &arguments.faults {
        write_faults(path, arguments, &reading, printer)?;
    }
    let Some(district) = &reading.district else {
        show(arguments, printer, &reading, None)?;
        return Ok(Verdict::No);
    };
    if !inputs::words_are_known((&policy, &rules), district, printer) {
        return Ok(Verdict::No);
    }
    inputs::with_context(district, &policy, &rules, |context| {
        let state = state_of(&context, &rules);
        show(arguments, printer, &reading, Some(state))
    })?;
    Ok(Verdict::Done)
}

fn show(
    arguments: &CheckArguments,
    printer: Printer,
    reading: &Reading,
    state: Option<State<'_>>,
) -> anyhow::Result<()> {
    let language = printer.language;
    if arguments.format == Format::Json {
        return printer.json(&Checked {
            faults: reading
                .faults
                .iter()
                .map(|fault| fault_view(fault, language))
                .collect(),
            notices: reading
                .notices
                .iter()
                .map(|notice| notice_view(notice, language))
                .collect(),
            state,
        });
    }
    for notice in &reading.notices {
        printer.talk(&notice_line(notice, language));
    }
    let mut text = String::new();
    if !reading.faults.is_empty() {
        text.push_str(&inputs::faults_text(&reading.faults, language));
    }
    if let Some(state) = state {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&state_page(&state, language));
    }
    Ok(printer.data(&text)?)
}

/// Neither into the input folder nor over a file that somebody may still need.
fn write_faults(
    path: &Path,
    arguments: &CheckArguments,
    reading: &Reading,
    printer: Printer,
) -> anyhow::Result<()> {
    inputs::refuse_inside(path, &arguments.sources.district, "--faults", printer)?;
    if path.exists() && !arguments.force {
        let shown = path.display();
        match printer.language {
            Language::Chinese => bail!("“{shown}”已存在；请换一个 --faults，或加 --force"),
            Language::English => bail!("`{shown}` exists; give another --faults, or --force"),
        }
    }
    let file = File::create(path).with_context(|| path.display().to_string())?;
    write_fault_file(file, &reading.faults).with_context(|| path.display().to_string())
}

fn notice_line(notice: &Notice, language: Language) -> String {
    let row = notice.row.map(|row| format!(":{row}"));
    let column = notice.column.as_ref().map(|column| format!(", {column}"));
    let place = [Some(notice.file.clone()), row, column];
    let place: String = place.into_iter().flatten().collect();
    format!("{place} {}", inputs::wording(language, &notice.message))
}

fn fault_view(fault: &Fault, language: Language) -> FaultView<'_> {
    FaultView {
        code: fault.code,
        severity: match fault.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        file: &fault.file,
        row: fault.row,
        column: fault.column.as_deref(),
        value: fault.value.as_deref(),
        school: fault.school.as_deref(),
        message: inputs::wording(language, &fault.message),
        advice: inputs::wording(language, &fault.advice),
    }
}

fn notice_view(notice: &Notice, language: Language) -> NoticeView<'_> {
    NoticeView {
        file: &notice.file,
        row: notice.row,
        column: notice.column.as_deref(),
        message: inputs::wording(language, &notice.message),
    }
}
