//! The command line: arguments, verbs, what is printed and the exit code. Nothing else prints.
//!
//! stdout is data, stderr is talk. Exit codes: 0 done; 1 the answer is no (faults in the data, rules
//! that clash, a finding of the audit); 2 usage, disk, or a mistake of this program.

mod arguments;
mod audit;
mod batch;
mod check;
mod compare;
mod competition;
mod diagnose;
mod explain;
mod forecast;
mod generate;
mod inputs;
mod known;
mod plan;
mod policy;
mod posts;
mod printer;
mod progress;
mod replan;
mod stages;
mod template;
mod whatif;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Verb};
use printer::Printer;

/// What a verb ends with, where nothing failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Done.
    Done,
    /// The answer is no; why was said.
    No,
}

/// Runs the command with the arguments of the process.
pub(crate) fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // A closed pipe is no error of ours.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let printer = Printer::new(arguments.language(), arguments.common.quiet);
    match run_verb(&arguments, printer) {
        Ok(Verdict::Done) => ExitCode::SUCCESS,
        Ok(Verdict::No) => ExitCode::from(1),
        Err(error) => {
            printer.error(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

fn run_verb(arguments: &Arguments, printer: Printer) -> anyhow::Result<Verdict> {
    if let Some(threads) = arguments.common.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build_global()?;
    }
    match &arguments.verb {
        Verb::Plan(plan) => plan::run(plan, printer),
        Verb::Whatif(whatif) => whatif::run(whatif, printer),
        Verb::Compare(plans) => compare::run(plans, printer),
        Verb::Replan(events) => replan::run(events, printer),
        Verb::Diagnose(diagnose) => diagnose::run(diagnose, printer),
        Verb::Forecast(years) => forecast::run(years, printer),
        Verb::Batch(batch) => batch::run(batch, arguments.common.threads, printer),
        Verb::Explain(explain) => explain::run(explain, printer),
        Verb::Match(round) => competition::run(round, printer),
        Verb::Audit(audit) => audit::run(audit, printer),
        Verb::Check(check) => check::run(check, printer),
        Verb::Posts(posts) => posts::run(posts, printer),
        Verb::Policy(policy) => policy::run(policy, printer),
        Verb::Template(template) => template::run(template, printer),
        Verb::Generate(generate) => generate::run(generate, printer),
    }
}
