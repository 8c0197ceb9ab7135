//! A page of text under construction: headings, lines, tables.

use std::fmt::Display;

use super::align::Side::{self, Left, Right};
use super::align::TextTable;
use super::language::Language;
use crate::policy::{Enforcement, Rule};
use crate::rules::{Figure, Measure, Outcome};

/// A page of text in one language.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) language: Language,
    text: String,
    sections: usize,
}

/// What the sections of a page are numbered with on Chinese paper.
const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// What stands over the indicators of schools.
const MEASURES: (&str, &str) = (
    "学校师资指标（每百名学生人数、校际差异系数；各项单独计）",
    "Indicators of schools (for each hundred pupils; differences between schools; each by itself)",
);

impl Page {
    pub(super) const fn new(language: Language) -> Self {
        Self {
            language,
            text: String::new(),
            sections: 0,
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
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
        self.line(self.pick(chinese, english).to_owned());
    }

    /// The heading of the next section, which has a number in Chinese.
    pub(super) fn section(&mut self, chinese: &str, english: &str) {
        let numeral = NUMERALS.get(self.sections).copied().unwrap_or_default();
        self.sections += 1;
        self.heading(&format!("{numeral}、{chinese}"), english);
    }

    /// A table as a section of its own; neither section nor number where the table has no rows.
    pub(super) fn table_section(&mut self, chinese: &str, english: &str, table: &TextTable) {
        if !table.is_empty() {
            self.section(chinese, english);
            self.text.push_str(&table.to_string());
        }
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

    /// The title of a rule.
    pub(super) fn rule(&self, rule: &Rule) -> String {
        let title = self.language.title(&rule.title, &rule.title_english);
        title.to_owned()
    }

    /// Title, value and target of a rule that has a limit and is more than an objective.
    pub(super) fn limit(&self, rule: &Rule, outcome: &Outcome) -> Option<[String; 3]> {
        let target = outcome.target.as_ref()?;
        (rule.enforcement != Enforcement::Objective).then(|| {
            [
                self.rule(rule),
                self.language.figure(&outcome.value),
                self.language.target(target),
            ]
        })
    }

    /// Indicators of schools as a section of its own.
    pub(super) fn section_of_measures<'a>(
        &mut self,
        measures: impl IntoIterator<Item = &'a Measure>,
    ) {
        let table = self.measures(measures);
        self.table_section(MEASURES.0, MEASURES.1, &table);
    }

    /// Indicators of schools under a heading.
    pub(super) fn table_of_measures<'a>(
        &mut self,
        measures: impl IntoIterator<Item = &'a Measure>,
    ) {
        let table = self.measures(measures);
        self.table(MEASURES.0, MEASURES.1, &table);
    }

    fn measures<'a>(&self, measures: impl IntoIterator<Item = &'a Measure>) -> TextTable {
        let mut table = self.columns([
            ("学段", "Stage", Left),
            ("指标", "Indicator", Left),
            ("全域", "District", Right),
            ("标准", "Asked", Right),
            ("学校", "Schools", Right),
            ("未达标", "Below", Right),
            ("缺", "Short", Right),
        ]);
        for held in measures {
            let target = held.target.as_ref();
            // A coefficient is asked of all schools together, of none by itself.
            let together = matches!(held.value, Figure::Coefficient(_));
            let of_each = |count: String| if together { "—".to_owned() } else { count };
            table.push([
                self.pick(held.stage.chinese(), held.stage.code())
                    .to_owned(),
                held.name.clone(),
                self.language.figure(&held.value),
                target.map_or_else(String::new, |target| self.language.target(target)),
                held.schools.to_string(),
                of_each(held.below.to_string()),
                of_each(held.persons_short.to_string()),
            ]);
        }
        table
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_section_takes_no_number() {
        let mut page = Page::new(Language::Chinese);
        let mut table = page.columns([("人员", "Staff", Left)]);
        page.table_section("人员", "Staff", &table);
        table.push(["1".to_owned()]);
        page.table_section("提醒", "Reminders", &table);
        page.section("假设", "Assumptions");
        let text = page.finish();
        let headings: Vec<&str> = text.lines().filter(|line| line.contains('、')).collect();
        assert_eq!(headings, ["一、提醒", "二、假设"]);
    }
}
