//! The form of the generated reference pages of `docs`: Markdown, line by line.

/// A page under construction.
#[derive(Debug, Default)]
pub(crate) struct Page(String);

impl Page {
    /// A line.
    pub(crate) fn line(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push('\n');
    }

    /// A heading with its blank lines.
    pub(crate) fn heading(&mut self, text: &str) {
        self.line(&format!("\n{text}\n"));
    }

    /// The header of a table.
    pub(crate) fn header(&mut self, cells: &[&str]) {
        self.row(cells);
        self.row(&vec!["---"; cells.len()]);
    }

    /// A row of a table; bars inside cells would end them.
    pub(crate) fn row(&mut self, cells: &[&str]) {
        let escaped: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
        self.line(&format!("| {} |", escaped.join(" | ")));
    }

    /// The page's text.
    pub(crate) fn finish(self) -> String {
        self.0
    }
}

/// Holds a committed page against what the program says now; `SHIZI_UPDATE=1` rewrites it.
#[cfg(test)]
pub(crate) fn check_committed(file: &str, page: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("SHIZI_UPDATE").is_some() {
        std::fs::write(&path, page).expect("the page can be written");
    }
    let committed = std::fs::read_to_string(&path)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    assert!(
        committed == page,
        "{file} is out of date: run the test once with SHIZI_UPDATE=1"
    );
}
