//! What became of the districts of a batch, in one table.

use std::io::{self, Write};
use std::path::Path;

use serde_json::Value;

use super::align::Side::{Left, Right};
use super::language::{Language, counted};
use super::page::Page;
use crate::batch::{Outcome, Record};
use crate::ingest::write_csv;

/// Columns of `summary.csv`.
const COLUMNS: [&str; 15] = [
    "文件夹",
    "区县",
    "政策",
    "结果",
    "最优性",
    "最大误差",
    "缺额前",
    "缺额后",
    "超需前",
    "超需后",
    "流动人次",
    "符合交流条件",
    "实际交流",
    "其中骨干",
    "用时秒",
];

/// The districts of a batch.
#[derive(Debug, Clone, Copy)]
pub struct BatchPage<'a>(&'a [Record]);

/// The figures of a district that add up to those of the batch.
const SUMMED: [&[&str]; 8] = [
    &["balances", "total", "shortage_before"],
    &["balances", "total", "shortage_after"],
    &["balances", "total", "surplus_before"],
    &["balances", "total", "surplus_after"],
    &["moves", "total"],
    &["statistics", "符合交流轮岗条件教师总数"],
    &["statistics", "实际交流轮岗教师数"],
    &["statistics", "实际交流骨干教师数"],
];

impl<'a> BatchPage<'a> {
    /// Of records.
    pub const fn new(records: &'a [Record]) -> Self {
        Self(records)
    }

    /// Writes the table, with what was said of districts without a plan, whole or not at all.
    ///
    /// # Errors
    /// What the disk says.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        let mut header = COLUMNS.to_vec();
        header.push("说明");
        let rows = self.0.iter().map(|record| {
            let mut row = row(record, Language::Chinese).to_vec();
            let listed = listed(record, Language::Chinese).into_iter();
            let said: Vec<String> = listed.chain([record.said.clone()]).collect();
            row.push(said.join("\n"));
            row
        });
        write_csv(&mut file, &header, rows)?;
        file.flush()?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    }

    /// To read.
    pub fn text(&self, language: Language) -> String {
        let mut page = Page::new(language);
        let mut table = page.columns([
            ("区县", "District", Left),
            ("结果", "Outcome", Left),
            ("最优性", "Proof", Left),
            ("缺额前", "Short before", Right),
            ("缺额后", "after", Right),
            ("流动人次", "Moves", Right),
            ("符合条件", "Eligible", Right),
            ("实际交流", "Exchanged", Right),
            ("其中骨干", "Backbone", Right),
            ("用时秒", "Seconds", Right),
        ]);
        for record in self.0 {
            let cells = row(record, language);
            let kept = [0, 3, 4, 6, 7, 10, 11, 12, 13, 14];
            table.push(kept.map(|column| cells[column].clone()));
        }
        let sums = SUMMED.map(|path| {
            let values = self
                .0
                .iter()
                .filter_map(|record| at(&record.summary, path).as_f64());
            values.sum::<f64>()
        });
        let planned = self
            .0
            .iter()
            .filter(|record| record.outcome == Outcome::Planned);
        let count = format!("{} / {}", planned.count(), self.0.len());
        table.push([
            page.pick("合计", "all").to_owned(),
            count,
            String::new(),
            format!("{:.1}", sums[0]),
            format!("{:.1}", sums[1]),
            sums[4].to_string(),
            sums[5].to_string(),
            sums[6].to_string(),
            sums[7].to_string(),
            format!(
                "{:.1}",
                self.0.iter().map(|record| record.seconds).sum::<f64>()
            ),
        ]);
        page.block(&table);
        for record in self.0.iter().filter(|record| !record.said.is_empty()) {
            page.heading(&record.name, &record.name);
            if let Some(listed) = listed(record, language) {
                page.line(format!("  {listed}"));
            }
            for line in record.said.lines() {
                page.line(format!("  {line}"));
            }
        }
        page.finish()
    }
}

/// How a district ended, in a few words: by its true cause.
pub fn outcome_words(record: &Record, language: Language) -> String {
    let faults = record.faults.unwrap_or_default();
    let counted = |chinese: &str, english: &str| match language {
        Language::Chinese => format!("{chinese}（{faults} 处）"),
        Language::English => format!("{english} ({})", counted(faults, "fault", "faults")),
    };
    match record.outcome {
        Outcome::Planned => language.pick("有方案", "planned").to_owned(),
        Outcome::FaultyRosters => counted("名册有误", "faulty rosters"),
        Outcome::FaultyPolicy => counted("政策有误", "faulty policy"),
        Outcome::No => language.pick("没有方案", "no plan").to_owned(),
        Outcome::Failed => language.pick("出错", "failed").to_owned(),
    }
}

/// Where all faults of a district are listed, and not the first lines alone.
fn listed(record: &Record, language: Language) -> Option<String> {
    let name = &record.name;
    let (chinese, english) = match record.outcome {
        Outcome::FaultyRosters => (
            format!("全部问题逐条列出：对文件夹“{name}”运行 shizi check"),
            format!("shizi check on `{name}` lists all faults, one by one"),
        ),
        Outcome::FaultyPolicy => (
            format!("全部问题逐条列出：对文件夹“{name}”运行 shizi plan"),
            format!("shizi plan on `{name}` lists all faults, one by one"),
        ),
        _ => return None,
    };
    Some(match language {
        Language::Chinese => chinese,
        Language::English => english,
    })
}

fn at<'v>(value: &'v Value, path: &[&str]) -> &'v Value {
    path.iter().fold(value, |held, key| &held[*key])
}

fn row(record: &Record, language: Language) -> [String; 15] {
    let text = |path: &[&str]| {
        let held = at(&record.summary, path);
        held.as_str().unwrap_or_default().to_owned()
    };
    let figure = |path: &[&str]| match at(&record.summary, path) {
        Value::Number(number) if number.is_f64() => {
            format!("{:.1}", number.as_f64().unwrap_or_default())
        }
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    };
    let levels = record.summary["levels"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let closed = levels.iter().all(|level| level["closed"] == true);
    let proof = match (record.outcome, text(&["status"]).as_str()) {
        (Outcome::Planned, "optimal") if closed => language.pick("已证明最优", "proven best"),
        (Outcome::Planned, "optimal") => language.pick("误差内最优", "within the gap"),
        (Outcome::Planned, _) => language.pick("未证明", "not proven"),
        _ => "",
    };
    let gaps = levels.iter().filter_map(|level| level["gap"].as_f64());
    let gap = gaps.fold(None, |most: Option<f64>, gap| {
        Some(most.map_or(gap, |most| most.max(gap)))
    });
    let [
        short_before,
        short_after,
        over_before,
        over_after,
        moves,
        eligible,
        moved,
        backbone,
    ] = SUMMED.map(figure);
    [
        record.name.clone(),
        text(&["district"]),
        text(&["provenance", "policy"]),
        outcome_words(record, language),
        proof.to_owned(),
        gap.map_or_else(String::new, |gap| format!("{:.4}%", gap * 100.0)),
        short_before,
        short_after,
        over_before,
        over_after,
        moves,
        eligible,
        moved,
        backbone,
        format!("{:.1}", record.seconds),
    ]
}
