//! Columns of text that line up on a terminal, where a Chinese character takes two places.

use std::fmt;

use unicode_width::UnicodeWidthStr;

/// On which side of its column a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A table as text: a header, a line, rows; columns two spaces apart.
#[derive(Debug, Clone)]
pub(super) struct TextTable {
    sides: Vec<Side>,
    rows: Vec<Vec<String>>,
    note: Option<String>,
}

impl TextTable {
    /// A table with its header.
    pub(super) fn new<Text: Into<String>>(header: impl IntoIterator<Item = (Text, Side)>) -> Self {
        let (row, sides) = header
            .into_iter()
            .map(|(text, side)| (text.into(), side))
            .unzip();
        Self {
            sides,
            rows: vec![row],
            note: None,
        }
    }

    /// A line below the rows, such as how many are left out; no column becomes wider for it.
    pub(super) fn below(&mut self, note: String) {
        self.note = Some(note);
    }

    /// Adds a row; cells beyond the header's columns are dropped.
    pub(super) fn push(&mut self, row: impl Into<Vec<String>>) {
        self.rows.push(row.into());
    }

    /// Whether no row was added.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.len() < 2
    }

    fn widths(&self) -> Vec<usize> {
        (0..self.sides.len())
            .map(|column| {
                self.rows
                    .iter()
                    .filter_map(|row| row.get(column))
                    .map(|cell| cell.width())
                    .max()
                    .unwrap_or_default()
            })
            .collect()
    }
}

impl fmt::Display for TextTable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths = self.widths();
        for (position, row) in self.rows.iter().enumerate() {
            let mut line = String::new();
            for ((cell, &width), side) in row.iter().zip(&widths).zip(&self.sides) {
                let space = " ".repeat(width - cell.width());
                line.push_str("  ");
                match side {
                    Side::Left => line.extend([cell.as_str(), &space]),
                    Side::Right => line.extend([space.as_str(), cell]),
                }
            }
            writeln!(formatter, "{}", line.trim_end())?;
            if position == 0 {
                let total = widths.iter().sum::<usize>() + 2 * widths.len().saturating_sub(1);
                writeln!(formatter, "  {}", "-".repeat(total))?;
            }
        }
        match &self.note {
            Some(note) => writeln!(formatter, "  {note}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_whatever_the_script() {
        let mut table = TextTable::new([("学科", Side::Left), ("缺额 gap", Side::Right)]);
        table.push(["音乐".into(), "2.0".into()]);
        table.push(["PE 体育与健康".into(), "12.5".into()]);
        table.push(["x".into(), "-0.1".into()]);
        let text = table.to_string();
        let ends: Vec<usize> = text.lines().map(UnicodeWidthStr::width).collect();
        assert_eq!(ends, vec![ends[0]; 5], "{text}");
    }

    #[test]
    fn a_line_below_makes_no_column_wider() {
        let mut table = TextTable::new([("教师", Side::Left), ("现在", Side::Left)]);
        table.push(["T1".into(), "S1".into()]);
        let without = table.to_string();
        table.below("……另 5 人（--format json 有全部）".to_owned());
        let with = format!("{without}  ……另 5 人（--format json 有全部）\n");
        assert_eq!(table.to_string(), with);
    }
}
