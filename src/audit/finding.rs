//! What an audit finds: what, where, by how much.

use std::fmt;

use serde::Serialize;

use super::codes::{FindingCode, Severity};

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// What it means for the plan.
    pub severity: Severity,
    /// Stable code, `R…`.
    pub code: &'static str,
    /// The rule that does not hold.
    pub rule: Option<String>,
    /// The file.
    pub file: Option<&'static str>,
    /// The row, as Excel numbers it.
    pub row: Option<usize>,
    /// The column.
    pub column: Option<String>,
    /// Whom or what place it concerns.
    pub place: String,
    /// By how much a rule is missed, in its unit.
    pub amount: String,
    /// What is wrong, in Chinese.
    pub chinese: String,
    /// What is wrong, in English.
    pub english: String,
}

impl Finding {
    /// A finding; details stand behind the words of its code.
    pub(super) fn new(code: FindingCode, chinese: &str, english: &str) -> Self {
        let with = |words: &str, stop: &str, detail: &str| {
            if detail.is_empty() {
                words.to_owned()
            } else {
                format!("{words}{stop}{detail}")
            }
        };
        Self {
            severity: code.severity,
            code: code.code,
            rule: None,
            file: None,
            row: None,
            column: None,
            place: String::new(),
            amount: String::new(),
            chinese: with(code.chinese, "：", chinese),
            english: with(code.english, ": ", english),
        }
    }

    /// A finding about a word that stands for itself in both languages.
    pub(super) fn about(code: FindingCode, word: &str) -> Self {
        Self::new(code, word, word)
    }

    /// Found and expected.
    pub(super) fn difference(code: FindingCode, found: &str, expected: &str) -> Self {
        let chinese = format!("现为“{found}”，应为“{expected}”");
        let english = format!("`{found}`, expected `{expected}`");
        Self::new(code, &chinese, &english)
    }

    pub(super) fn file(mut self, file: &'static str) -> Self {
        self.file = Some(file);
        self
    }

    pub(super) fn row(mut self, row: usize) -> Self {
        self.row = Some(row);
        self
    }

    pub(super) fn column(mut self, column: &str) -> Self {
        self.column = Some(column.to_owned());
        self
    }

    pub(super) fn place(mut self, place: &str) -> Self {
        place.clone_into(&mut self.place);
        self
    }

    pub(super) fn rule(mut self, rule: &str) -> Self {
        self.rule = Some(rule.to_owned());
        self
    }

    pub(super) fn amount(mut self, amount: &str) -> Self {
        amount.clone_into(&mut self.amount);
        self
    }

    /// Where it stands in a list: gravest first, and what is wrong with the plan itself before
    /// cells of its files that differ.
    pub(super) fn rank(&self) -> (Severity, bool) {
        (self.severity, self.is_of_a_file())
    }

    /// Whether it concerns the writing of a file, not whom the plan places where.
    pub fn is_of_a_file(&self) -> bool {
        self.code < "R2"
    }

    /// `plan.csv:14 接收学校`, as far as known.
    pub fn position(&self) -> String {
        let mut text = self.file.unwrap_or_default().to_owned();
        if let Some(row) = self.row {
            text.push(':');
            text.push_str(&row.to_string());
        }
        for part in [self.column.as_deref().unwrap_or_default(), &self.place] {
            if !part.is_empty() {
                text.push_str(if text.is_empty() { "" } else { " " });
                text.push_str(part);
            }
        }
        text
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "[{}] ", self.code)?;
        let position = self.position();
        if !position.is_empty() {
            write!(formatter, "{position}: ")?;
        }
        if let Some(rule) = &self.rule {
            write!(formatter, "({rule}) ")?;
        }
        write!(formatter, "{} / {}", self.chinese, self.english)?;
        if !self.amount.is_empty() {
            write!(formatter, "（{}）", self.amount)?;
        }
        Ok(())
    }
}
