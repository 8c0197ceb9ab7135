//! How long each stage of a plan took and how much memory it needed, as lines of the log.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

use serde::Serialize;

/// Clock of the stages, one after the other.
pub(super) struct Stages {
    begun: Instant,
    taken: Vec<Stage>,
}

/// A stage that ended: one line of the log.
#[derive(Debug, Serialize)]
struct Stage {
    #[serde(rename = "stage")]
    name: &'static str,
    seconds: f64,
    /// Most memory that the process had held when the stage ended, where the system tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    peak_megabytes: Option<f64>,
}

impl Stages {
    /// Begins the first stage.
    pub(super) fn begin() -> Self {
        Self {
            begun: Instant::now(),
            taken: Vec::new(),
        }
    }

    /// Ends the stage that is running and begins the next.
    pub(super) fn end(&mut self, name: &'static str) {
        let now = Instant::now();
        let seconds = now.duration_since(self.begun).as_secs_f64();
        self.taken.push(Stage {
            name,
            // Microseconds are enough to read.
            seconds: (seconds * 1e6).round() / 1e6,
            peak_megabytes: peak_megabytes(),
        });
        self.begun = now;
    }

    /// Appends the stages that ended to a log, a line of JSON each.
    ///
    /// # Errors
    /// What the disk says.
    pub(super) fn append(&self, log: &Path) -> io::Result<()> {
        let mut lines = Vec::new();
        for stage in &self.taken {
            serde_json::to_writer(&mut lines, stage)?;
            lines.push(b'\n');
        }
        let mut file = OpenOptions::new().create(true).append(true).open(log)?;
        file.write_all(&lines)
    }
}

/// What Linux holds as the peak of the process.
fn peak_megabytes() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some((kilobytes / 1024.0 * 10.0).round() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_gets_a_line_of_json_for_each_stage() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("solve.log");
        std::fs::write(&log, "what the solver said\n").unwrap();
        let mut stages = Stages::begin();
        stages.end("read");
        stages.end("build");
        stages.append(&log).unwrap();
        let text = std::fs::read_to_string(&log).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "what the solver said");
        assert!(lines[1].starts_with("{\"stage\":\"read\",\"seconds\":"));
        assert!(lines[2].starts_with("{\"stage\":\"build\",\"seconds\":"));
    }
}
