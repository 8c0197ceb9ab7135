//! Running the districts of a batch, so many at once.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use rayon::prelude::*;
use serde_json::Value;

use super::record::{Outcome, Record, fingerprint};
use super::tasks::Task;
use crate::domain::plan_files::SUMMARY;
use crate::ingest::{Severity, read_district};
use crate::rules;

/// Lines kept of what a district said that has no plan.
const LINES_KEPT: usize = 40;

/// How a batch is run.
#[derive(Debug, Clone)]
pub struct Orders {
    /// The program that plans: this one.
    pub program: PathBuf,
    /// Where plans and records go.
    pub out: PathBuf,
    /// Districts side by side.
    pub jobs: usize,
    /// Threads for each.
    pub threads: usize,
    /// Further arguments of `shizi plan`.
    pub arguments: Vec<String>,
}

/// A batch that cannot be run at all; what is wrong with a district is in its record.
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// A file that the disk refuses.
    #[error("{}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The districts cannot run side by side.
    #[error("the districts cannot run side by side: {0}")]
    Threads(String),
}

/// Plans the districts that are not finished, and returns what became of each, in their order; none of
/// those that were not begun when `interrupt` was raised. `tell` is told of each as it ends, and
/// whether it was skipped.
///
/// # Errors
/// Where records cannot be written.
pub fn run(
    tasks: &[Task],
    orders: &Orders,
    interrupt: &AtomicBool,
    tell: &(dyn Fn(&Record, bool) + Sync),
) -> Result<Vec<Record>, BatchError> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(orders.jobs)
        .build();
    let pool = pool.map_err(|error| BatchError::Threads(error.to_string()))?;
    let records = pool.install(|| {
        // One by one: pieces of several districts would wait for each other.
        let each = tasks.par_iter().with_max_len(1);
        let records = each.map(|task| one(task, orders, interrupt, tell));
        records.collect::<Result<Vec<Option<Record>>, BatchError>>()
    })?;
    Ok(records.into_iter().flatten().collect())
}

fn one(
    task: &Task,
    orders: &Orders,
    interrupt: &AtomicBool,
    tell: &(dyn Fn(&Record, bool) + Sync),
) -> Result<Option<Record>, BatchError> {
    if interrupt.load(Ordering::Relaxed) {
        return Ok(None);
    }
    let refused = |path: &Path| {
        let path = path.to_owned();
        move |source| BatchError::Io { path, source }
    };
    let found = fingerprint(task, &orders.arguments.join(" "));
    let known = found
        .as_ref()
        .ok()
        .and_then(|held| Record::finished(&orders.out, task, held));
    if let Some(record) = known {
        tell(&record, true);
        return Ok(Some(record));
    }
    let record = match found {
        Ok(held) => plan(task, orders, held),
        Err(error) => failed(task, String::new(), error.to_string()),
    };
    // What Ctrl-C cut short is not finished.
    if interrupt.load(Ordering::Relaxed) {
        return Ok(None);
    }
    record
        .keep(&orders.out, task)
        .map_err(refused(&orders.out))?;
    tell(&record, false);
    Ok(Some(record))
}

fn failed(task: &Task, fingerprint: String, said: String) -> Record {
    Record {
        name: task.name.clone(),
        fingerprint,
        outcome: Outcome::Failed,
        faults: None,
        seconds: 0.0,
        said,
        summary: Value::Null,
    }
}

/// Whether a district has no plan because something cannot be read as it stands, and how many faults there
/// are; read again, since the process says its answer in words.
fn faulty(task: &Task) -> Option<(Outcome, usize)> {
    let (policy, rules) = match rules::load(&task.policy) {
        Ok(loaded) => loaded,
        Err(faults) => return Some((Outcome::FaultyPolicy, faults.len())),
    };
    let reading = read_district(&task.rosters).ok()?;
    let Some(district) = &reading.district else {
        let errors = reading.faults.iter();
        let errors = errors.filter(|fault| fault.severity == Severity::Error);
        return Some((Outcome::FaultyRosters, errors.count()));
    };
    let words = rules.check_words(&policy, district);
    words
        .err()
        .map(|faults| (Outcome::FaultyPolicy, faults.len()))
}

fn plan(task: &Task, orders: &Orders, fingerprint: String) -> Record {
    let folder = Record::plan_folder(&orders.out, task);
    let began = Instant::now();
    let ended = std::fs::create_dir_all(folder.parent().unwrap_or(&orders.out)).and_then(|()| {
        Command::new(&orders.program)
            .arg("plan")
            .arg(&task.rosters)
            .arg("--policy")
            .arg(&task.policy)
            .arg("--out")
            .arg(&folder)
            .args([
                "--force",
                "--quiet",
                "--threads",
                &orders.threads.to_string(),
            ])
            .args(&orders.arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .output()
    });
    let seconds = (began.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
    let ended = match ended {
        Ok(ended) => ended,
        Err(error) => return failed(task, fingerprint, error.to_string()),
    };
    let text = String::from_utf8_lossy(&ended.stderr);
    let lines: Vec<&str> = text.trim().lines().take(LINES_KEPT).collect();
    let said = lines.join("\n");
    let (outcome, faults, said) = match ended.status.code() {
        Some(0) => (Outcome::Planned, None, String::new()),
        Some(1) => match faulty(task) {
            Some((outcome, faults)) => (outcome, Some(faults), said),
            None => (Outcome::No, None, said),
        },
        _ => (Outcome::Failed, None, format!("{}\n{said}", ended.status)),
    };
    let summary = (outcome == Outcome::Planned)
        .then(|| std::fs::read(folder.join(SUMMARY)).ok())
        .flatten()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok());
    Record {
        seconds,
        said: said.trim().to_owned(),
        summary: summary.unwrap_or_default(),
        outcome,
        faults,
        ..failed(task, fingerprint, String::new())
    }
}
