//! `shizi template DIR`: empty tables to fill in.

use anyhow::anyhow;

use shizi::ingest::{NewFilesError, write_template};
use shizi::report::Language;

use super::Verdict;
use super::arguments::TemplateArguments;
use super::printer::Printer;

pub(super) fn run(arguments: &TemplateArguments, printer: Printer) -> anyhow::Result<Verdict> {
    let folder = &arguments.folder;
    let written = write_template(folder).map_err(|error| match (&error, printer.language) {
        (NewFilesError::Exists { files }, Language::Chinese) => {
            let first = files.first().map(|file| file.display().to_string());
            let first = first.unwrap_or_default();
            anyhow!("“{first}”等文件已存在，未写任何文件；请换一个文件夹")
        }
        (NewFilesError::Io { path, source }, Language::Chinese) => {
            anyhow!("无法写入“{}”：{source}", path.display())
        }
        (_, Language::English) => anyhow!(error),
    })?;
    for path in written {
        printer.data(&format!("{}\n", path.display()))?;
    }
    Ok(Verdict::Done)
}
