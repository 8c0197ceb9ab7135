//! A page of text under construction: headings, lines, tables.

use std::fmt::Display;

use super::align::{Side, TextTable};
use super::language::Language;

/// A page of text in one language.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) language: Language,
    text: String,
}

impl Page {
    pub(super) const fn new(language: Language) -> Self {
        Self {
            language,
            text: String::new(),
        }
    }

    /// The text of the page's language.
    pub(super) const fn pick<'a>(&self, chinese: &'a str, english: &'a str) -> &'a str {
        self.language.pick(chinese, english)
    }

    /// A line of its own.
    pub(super) fn line(&mut self, line: impl Display) {
        self.text.push_str(line.to_string().trim_end());
        self.text.push('\n');
    }

    /// A heading after an empty line.
    pub(super) fn heading(&mut self, chinese: &str, english: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.line(self.pick(chinese, english).to_owned());
    }

    /// A table under a heading; nothing where the table has no rows.
    pub(super) fn table(&mut self, chinese: &str, english: &str, table: &TextTable) {
        if !table.is_empty() {
            self.heading(chinese, english);
            self.text.push_str(&table.to_string());
        }
    }

    /// A table without a heading of its own, and an empty line after it.
    pub(super) fn block(&mut self, table: &TextTable) {
        if !table.is_empty() {
            self.text.push_str(&table.to_string());
            self.text.push('\n');
        }
    }

    /// A table whose headers come in both languages.
    pub(super) fn columns<const COLUMNS: usize>(
        &self,
        header: [(&str, &str, Side); COLUMNS],
    ) -> TextTable {
        TextTable::new(header.map(|(chinese, english, side)| (self.pick(chinese, english), side)))
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}
