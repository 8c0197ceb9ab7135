//! The district's own particulars: `district.toml`, or a sheet of keys and values.

use std::borrow::Cow;

use crate::domain::Month;

use super::cells::guarded;
use super::codes::{
    DISTRICT_KEY, DISTRICT_SYNTAX, DISTRICT_VALUE, FaultCode, NO_DISTRICT_FILE, TENTH_MONTH,
};
use super::faults::Fault;
use super::gathering::{Gathering, nearest_of};
use super::grid::{Grid, clean};
use super::source::{DISTRICT_FILE, RawParticulars};
use super::values;

/// What `district.toml` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Particulars {
    pub(super) name: String,
    pub(super) code: String,
    pub(super) year_begin: Option<Month>,
    pub(super) data_date: String,
}

/// A key of the particulars.
#[derive(Debug, Clone, Copy)]
pub(super) struct Particular {
    /// Key in `district.toml`.
    pub(super) key: &'static str,
    /// The same in a sheet.
    pub(super) header: &'static str,
    /// Other words for it.
    pub(super) aliases: &'static [&'static str],
    /// Whether it must be there.
    pub(super) required: bool,
    /// An example.
    pub(super) example: &'static str,
    /// What it means.
    pub(super) meaning: &'static str,
    /// The same in English.
    pub(super) meaning_english: &'static str,
}

/// All keys of the particulars.
pub(super) const PARTICULARS: &[Particular] = &[
    Particular {
        key: "name",
        header: "名称",
        aliases: &["区县", "区县名称", "区县名"],
        required: true,
        example: "示例区县",
        meaning: "区县名称，用于标题",
        meaning_english: "name of the county or district, for headings",
    },
    Particular {
        key: "code",
        header: "代码",
        aliases: &["行政区划代码", "区划代码"],
        required: false,
        example: "000000",
        meaning: "行政区划代码，六位；000000 只是示例，请改为本区县代码",
        meaning_english: "administrative code, six digits; 000000 is an example only",
    },
    Particular {
        key: "year_begin",
        header: "学年开始",
        aliases: &["学年开始日期", "开学年月", "学年"],
        required: true,
        example: "2025-09-01",
        meaning: "所编学年的第一天；年龄、年限均按此月计算",
        meaning_english: "first day of the school year that is planned; ages and terms count to its month",
    },
    Particular {
        key: "data_date",
        header: "数据日期",
        aliases: &["数据截止日期", "统计日期"],
        required: false,
        example: "2025-06-30",
        meaning: "名册数据的日期",
        meaning_english: "date of the rosters",
    },
];

/// `district.toml` with these values; what is empty is left out.
pub(crate) fn settings(name: &str, code: &str, year_begin: Month, data_date: &str) -> String {
    let begin = format!("{year_begin}-01");
    let values = [
        ("name", name),
        ("code", code),
        ("year_begin", &begin),
        ("data_date", data_date),
    ];
    let filled = values.into_iter().filter(|(_, value)| !value.is_empty());
    let line = |(key, value)| {
        let value = toml::Value::String(guarded(Cow::Borrowed(value)).into_owned());
        format!("{key} = {value}\n")
    };
    filled.map(line).collect()
}

struct Entry {
    key: String,
    value: String,
    row: Option<usize>,
}

/// Reads the particulars.
pub(super) fn read(raw: Option<RawParticulars>, gathering: &mut Gathering) -> Particulars {
    let (file, entries) = match raw {
        // The name is ignored where the file is missing: the fault says it all.
        None => {
            gathering
                .faults
                .push(Fault::new(&NO_DISTRICT_FILE, DISTRICT_FILE));
            return collect(DISTRICT_FILE, None, gathering);
        }
        Some(RawParticulars::Toml(text)) => {
            (DISTRICT_FILE.to_owned(), toml_entries(&text, gathering))
        }
        Some(RawParticulars::Sheet(file, grid)) => (file, Some(sheet_entries(&grid))),
    };
    collect(&file, entries, gathering)
}

fn sheet_entries(grid: &Grid) -> Vec<Entry> {
    grid.rows()
        .map(|row| Entry {
            key: row.get(0).unwrap_or_default().to_owned(),
            value: row.get(1).unwrap_or_default().to_owned(),
            row: Some(row.number),
        })
        .filter(|entry| !matches!(entry.key.as_str(), "" | "key" | "项目" | "键"))
        .collect()
}

fn toml_entries(text: &str, gathering: &mut Gathering) -> Option<Vec<Entry>> {
    let table: toml::Table = match text.parse() {
        Ok(table) => table,
        Err(error) => {
            let error: toml::de::Error = error;
            let row = error
                .span()
                .and_then(|span| text.get(..span.start))
                .map_or(1, |before| before.matches('\n').count() + 1);
            gathering.faults.push(
                Fault::new(&DISTRICT_SYNTAX, DISTRICT_FILE)
                    .row(row)
                    .value(text.lines().nth(row - 1).unwrap_or_default()),
            );
            return None;
        }
    };
    let line_of = |key: &str| {
        text.lines()
            .position(|line| line.trim_start().trim_start_matches('"').starts_with(key))
            .map(|line| line + 1)
    };
    let entries = table.into_iter().map(|(key, value)| Entry {
        row: line_of(&key),
        value: match value {
            toml::Value::String(text) => clean(&text).to_owned(),
            other => other.to_string(),
        },
        key,
    });
    Some(entries.collect())
}

fn collect(file: &str, entries: Option<Vec<Entry>>, gathering: &mut Gathering) -> Particulars {
    let readable = entries.is_some();
    let mut found: [Option<Entry>; PARTICULARS.len()] = std::array::from_fn(|_| None);
    for entry in entries.unwrap_or_default() {
        let word = values::bare(&entry.key).to_lowercase();
        let place = PARTICULARS.iter().position(|held| {
            held.key == word || held.header == word || held.aliases.contains(&word.as_str())
        });
        match place {
            Some(place) => found[place] = Some(entry),
            None => report_unknown(file, &entry, gathering),
        }
    }
    if readable {
        for (held, entry) in PARTICULARS.iter().zip(&found) {
            if held.required && entry.as_ref().is_none_or(|entry| entry.value.is_empty()) {
                gathering
                    .faults
                    .push(Fault::new(&DISTRICT_VALUE, file).column(held.key).hint(
                        &format!("例：{} = \"{}\"", held.key, held.example),
                        &format!("example: {} = \"{}\"", held.key, held.example),
                    ));
            }
        }
    }
    let [name, code, year_begin, data_date] = found;
    let text = |entry: Option<Entry>| entry.map(|entry| entry.value).unwrap_or_default();
    Particulars {
        name: text(name),
        code: values::key(&text(code)).into_owned(),
        year_begin: year_begin.and_then(|entry| first_month(file, &entry, gathering)),
        data_date: data_date
            .map(|entry| normal_date(&entry.value))
            .unwrap_or_default(),
    }
}

fn report_unknown(file: &str, entry: &Entry, gathering: &mut Gathering) {
    let known = PARTICULARS.iter().flat_map(|held| [held.key, held.header]);
    let near = nearest_of(&entry.key, known);
    let fault = Fault::new(&DISTRICT_KEY, file)
        .column(&entry.key)
        .nearest(near);
    gathering.faults.push(placed(fault, entry));
}

fn placed(fault: Fault, entry: &Entry) -> Fault {
    match entry.row {
        Some(row) => fault.row(row),
        None => fault,
    }
}

fn first_month(file: &str, entry: &Entry, gathering: &mut Gathering) -> Option<Month> {
    if entry.value.is_empty() {
        return None;
    }
    let mut report = |code: &'static FaultCode| {
        let fault = Fault::new(code, file)
            .column("year_begin")
            .value(&entry.value);
        gathering.faults.push(placed(fault, entry));
    };
    match values::month(&entry.value) {
        Ok(read) => {
            if read.doubtful {
                report(&TENTH_MONTH);
            }
            Some(read.month)
        }
        Err(code) => {
            report(code);
            None
        }
    }
}

/// The date of the data as `2025-06` or `2025-06-30` where it is one, else as written.
fn normal_date(text: &str) -> String {
    let narrowed = values::narrow(text);
    let parts: Vec<u32> = narrowed
        .split(|character: char| !character.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .collect();
    match (values::month(text), parts.as_slice()) {
        (Ok(read), [_, _, day, ..]) => format!("{}-{day:02}", read.month),
        (Ok(read), _) => read.month.to_string(),
        (Err(_), _) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_toml(text: &str) -> (Particulars, Vec<&'static str>) {
        let mut gathering = Gathering::default();
        let particulars = read(Some(RawParticulars::Toml(text.to_owned())), &mut gathering);
        let codes = gathering.faults.iter().map(|fault| fault.code).collect();
        (particulars, codes)
    }

    #[test]
    fn dates_are_text_or_toml_dates() {
        for begin in ["\"2025-09-01\"", "2025-09-01", "\"2025年9月\"", "202509"] {
            let text = format!("name = \"某县\"\nyear_begin = {begin}\ndata_date = 2025-06-30\n");
            let (particulars, codes) = from_toml(&text);
            assert_eq!(particulars.year_begin, Month::new(2025, 9), "{begin}");
            assert_eq!(particulars.data_date, "2025-06-30");
            assert!(codes.is_empty());
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let begin = Month::new(2025, 9).unwrap();
        for name in ["某县", "“某”县", "'某\"县", "某\\县\n二", "'''", "=\"1\""] {
            let text = settings(name, "000000", begin, "五月");
            let (particulars, codes) = from_toml(&text);
            assert_eq!(
                (particulars.name.as_str(), codes.len()),
                (name, 0),
                "{text}"
            );
            assert_eq!(particulars.year_begin, Some(begin));
            assert_eq!(
                (&*particulars.code, &*particulars.data_date),
                ("000000", "五月")
            );
        }
    }

    #[test]
    fn mistakes_are_named() {
        assert_eq!(from_toml("name = 某县\n").1, ["D012"]);
        assert_eq!(from_toml("name = \"某县\"\n").1, ["D013"]);
        assert_eq!(
            from_toml("name = \"某县\"\nyear_begin = 2025\n").1,
            ["D022"]
        );
        assert_eq!(
            from_toml("name = \"某县\"\nyear_begin = 2025-09-01\nyear_bgin = 1\n").1,
            ["D014"]
        );
    }
}
