//! What became of a district, kept beside its plan.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::tasks::Task;
use crate::domain::plan_files::SUMMARY;

/// How a district ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// There is a plan.
    Planned,
    /// The rosters have faults and were not planned.
    FaultyRosters,
    /// The policy has faults, or words of it name nothing in the district.
    FaultyPolicy,
    /// The answer is no: rules that clash, locks that nothing meets.
    No,
    /// The process failed or was ended by the system.
    Failed,
}

/// What became of a district.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The district's name in the batch.
    pub name: String,
    /// Digest of rosters, policy, options and version: of the same one nothing else comes.
    pub fingerprint: String,
    /// How it ended.
    pub outcome: Outcome,
    /// Of faulty rosters or a faulty policy: how many faults there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub faults: Option<usize>,
    /// Seconds that it took.
    pub seconds: f64,
    /// What was said, where there is no plan.
    pub said: String,
    /// The plan's summary, where there is one.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub summary: Value,
}

impl Record {
    /// Where the record of a district is kept.
    fn path(out: &Path, task: &Task) -> PathBuf {
        let mut path = out.join(&task.name).into_os_string();
        path.push(".batch.json");
        PathBuf::from(path)
    }

    /// The folder of the district's plan.
    pub fn plan_folder(out: &Path, task: &Task) -> PathBuf {
        out.join(&task.name)
    }

    /// The record of a district that is finished: of the same fingerprint, and the plan still there.
    /// One that failed is tried again.
    pub fn finished(out: &Path, task: &Task, fingerprint: &str) -> Option<Self> {
        let text = fs::read(Self::path(out, task)).ok()?;
        let record: Self = serde_json::from_slice(&text).ok()?;
        let whole = match record.outcome {
            Outcome::Planned => Self::plan_folder(out, task).join(SUMMARY).is_file(),
            Outcome::FaultyRosters | Outcome::FaultyPolicy | Outcome::No => true,
            Outcome::Failed => false,
        };
        (whole && record.fingerprint == fingerprint).then_some(record)
    }

    /// Keeps the record, whole or not at all.
    ///
    /// # Errors
    /// What the disk says.
    pub fn keep(&self, out: &Path, task: &Task) -> io::Result<()> {
        let path = Self::path(out, task);
        let folder = path.parent().unwrap_or(out);
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer_pretty(&mut file, self)?;
        file.write_all(b"\n")?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    }
}

/// Digest of everything that a plan is made from.
///
/// # Errors
/// A file that cannot be read.
pub(super) fn fingerprint(task: &Task, options: &str) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    let mut add = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    add(env!("CARGO_PKG_VERSION").as_bytes());
    add(options.as_bytes());
    match crate::policy::load(&task.policy) {
        Ok(policy) => add(policy.digest.as_bytes()),
        // Its faults are told when the district is planned; until the file changes they stay.
        Err(faults) => add(format!("{faults:?}").as_bytes()),
    }
    let mut files = Vec::new();
    if task.rosters.is_dir() {
        for entry in fs::read_dir(&task.rosters)? {
            let path = entry?.path();
            if path.is_file() {
                files.push(path);
            }
        }
        files.sort();
    } else {
        files.push(task.rosters.clone());
    }
    for path in files {
        add(path.file_name().unwrap_or_default().as_encoded_bytes());
        add(&fs::read(&path)?);
    }
    Ok(hasher.finalize().to_hex().to_string())
}
