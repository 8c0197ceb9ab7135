//! The two streams: data to stdout, talk to stderr.

use std::io::{self, ErrorKind, Write};

use serde::Serialize;

use shizi::report::Language;

use super::arguments::TableFormat;

/// Prints, in one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Printer {
    pub(super) language: Language,
    quiet: bool,
}

#[expect(
    clippy::unused_self,
    reason = "whoever prints has been given a printer"
)]
impl Printer {
    pub(super) const fn new(language: Language, quiet: bool) -> Self {
        Self { language, quiet }
    }

    pub(super) const fn is_quiet(self) -> bool {
        self.quiet
    }

    /// The text of the user's language.
    pub(super) const fn pick<'a>(self, chinese: &'a str, english: &'a str) -> &'a str {
        self.language.pick(chinese, english)
    }

    /// Data. Whoever closes the pipe has read enough.
    pub(super) fn data(self, text: &str) -> io::Result<()> {
        self.bytes(text.as_bytes())
    }

    /// Data that is no text of ours.
    pub(super) fn bytes(self, bytes: &[u8]) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        let written = stdout.write_all(bytes).and_then(|()| stdout.flush());
        match written {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            other => other,
        }
    }

    /// Data for programs.
    pub(super) fn json(self, value: &impl Serialize) -> anyhow::Result<()> {
        let text = serde_json::to_string_pretty(value)?;
        Ok(self.data(&(text + "\n"))?)
    }

    /// Data in the form that is asked for: to read, for programs, or as a table.
    pub(super) fn in_form<View: Serialize>(
        self,
        format: TableFormat,
        text: impl FnOnce(Language) -> String,
        view: impl FnOnce() -> View,
        csv: impl FnOnce(&mut Vec<u8>) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        match format {
            TableFormat::Text => self.data(&text(self.language))?,
            TableFormat::Json => self.json(&view())?,
            TableFormat::Csv => {
                let mut bytes = Vec::new();
                csv(&mut bytes)?;
                self.bytes(&bytes)?;
            }
        }
        Ok(())
    }

    /// Talk that `--quiet` silences.
    pub(super) fn talk(self, text: &str) {
        if !self.quiet {
            self.say(text);
        }
    }

    /// Talk that nothing silences. Where stderr is closed nobody listens.
    pub(super) fn say(self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{}", text.trim_end());
    }

    /// What went wrong.
    pub(super) fn error(self, text: &str) {
        self.say(&format!("{}{text}", self.pick("错误：", "error: ")));
    }
}
