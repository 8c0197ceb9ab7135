//! What an office expects of the coming years: a file beside the rosters.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use toml::Table;

use crate::demand::Situation;
use crate::domain::{District, Month, SchoolIndex, Stage};
use crate::policy::{PolicyFault, SchoolSelector, decoded, from_toml};
use crate::scenario::{Scenario, needs_list, read_changes};

/// Years that are looked at, at most.
const MOST_YEARS: u32 = 30;

/// What is expected of the coming years (展望).
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// The file, as messages name it; empty where there is none.
    pub file: String,
    /// Its title, for headings.
    pub title: String,
    /// Years to plan, the district's own being the first.
    pub years: u32,
    /// First month of the school year of which the rosters have the classes; `None` for the planned one.
    pub classes_of: Option<Month>,
    /// Months of practice in enterprises that a 专业课教师 adds each year (企业实践).
    pub practice_months: u32,
    /// Pupils that are expected.
    pub pupils: Vec<Expected>,
    /// What changes when a year begins, by that year's first month; values of the policy hold from
    /// then on.
    pub changes: Vec<(Month, Scenario)>,
}

/// Pupils that are expected of a stage at some schools.
#[derive(Debug, Clone, PartialEq)]
pub struct Expected {
    /// The stage.
    pub stage: Stage,
    /// The schools; all where nothing is asked.
    pub schools: SchoolSelector,
    /// Pupils by the calendar year in which the school year begins. Between two years they follow a
    /// straight line, before the first and after the last they stay.
    pub counts: BTreeMap<i32, u32>,
    /// Where the figures stand.
    pub source: String,
}

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OutlookFile {
    #[serde(default)]
    title: String,
    years: u32,
    classes_of: Option<String>,
    #[serde(default)]
    practice_months: u32,
    #[serde(default)]
    pupils: Vec<PupilsTable>,
    #[serde(default)]
    year: Vec<Table>,
}

/// `[[pupils]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PupilsTable {
    stage: Stage,
    #[serde(default)]
    schools: SchoolSelector,
    counts: BTreeMap<String, u32>,
    #[serde(default)]
    source: String,
}

impl Expected {
    /// Pupils of the school year that begins in a calendar year.
    pub fn of(&self, year: i32) -> u32 {
        let before = self.counts.range(..=year).next_back();
        let after = self.counts.range(year..).next();
        match (before, after) {
            (Some((&first, &low)), Some((&last, &high))) if last > first => {
                let (low, high) = (i64::from(low), i64::from(high));
                let (part, whole) = (i64::from(year - first), i64::from(last - first));
                // Rounded to the nearest pupil.
                let doubled = 2 * (low * (whole - part) + high * part) + whole;
                doubled.div_euclid(2 * whole) as u32
            }
            (Some((_, &count)), _) | (None, Some((_, &count))) => count,
            (None, None) => 0,
        }
    }

    /// The schools of which it speaks: those selected that have the stage.
    pub fn schools(&self, situation: &Situation<'_>) -> Vec<SchoolIndex> {
        let district = situation.district;
        let meant = |index: &SchoolIndex| {
            let has = district
                .school(*index)
                .stages()
                .any(|stage| stage == self.stage);
            has && self.schools.matches(&situation.school(*index))
        };
        district.school_indices().filter(meant).collect()
    }
}

impl Outlook {
    /// The first years of it only, or more of them.
    #[must_use]
    pub fn with_years(mut self, years: u32, begin: Month) -> Self {
        self.years = years;
        let end = begin.plus(12 * years as i32);
        self.changes.retain(|(month, _)| *month < end);
        self
    }

    /// Nothing but the passing of time: pupils stay as they are.
    pub fn unchanged(years: u32) -> Self {
        Self {
            file: String::new(),
            title: String::new(),
            years,
            classes_of: None,
            practice_months: 0,
            pupils: Vec::new(),
            changes: Vec::new(),
        }
    }

    /// Reads an outlook (TOML).
    ///
    /// # Errors
    /// All that is wrong with it, at once.
    pub fn read(path: &Path) -> Result<Self, Vec<PolicyFault>> {
        let file = path.display().to_string();
        let bytes = std::fs::read(path).map_err(|error| {
            vec![fault(
                &file,
                &format!("无法读取 / cannot be read: {error}"),
                "",
            )]
        })?;
        let text = decoded(&bytes).ok_or_else(|| {
            let message = "文件编码无法识别 / the text encoding cannot be told";
            vec![fault(&file, message, "请另存为 UTF-8 / save it as UTF-8")]
        })?;
        Self::parse(&file, text.strip_prefix('\u{feff}').unwrap_or(&text))
    }

    fn parse(file: &str, text: &str) -> Result<Self, Vec<PolicyFault>> {
        let read: OutlookFile =
            toml::from_str(text).map_err(|error| vec![from_toml(file, &error.to_string())])?;
        let mut faults = Vec::new();
        if !(1..=MOST_YEARS).contains(&read.years) {
            faults.push(fault(
                &format!("{file}: years"),
                &format!("年数{}不在范围内 / out of range", read.years),
                &format!("应为 / write 1–{MOST_YEARS}"),
            ));
        }
        let classes_of = read
            .classes_of
            .and_then(|text| month(&text, &format!("{file}: classes_of"), &mut faults));
        let mut pupils = Vec::new();
        for (place, table) in read.pupils.into_iter().enumerate() {
            let place = format!("{file}: pupils {}", place + 1);
            pupils.push(Expected {
                stage: table.stage,
                schools: table.schools,
                counts: counts(table.counts, &place, &mut faults),
                source: table.source,
            });
        }
        let mut changes = Vec::new();
        for (place, table) in read.year.into_iter().enumerate() {
            let place = format!("{file}: year {}", place + 1);
            match year(table, &place) {
                Ok(change) => changes.push(change),
                Err(found) => faults.extend(found),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        changes.sort_by_key(|(begin, _)| *begin);
        Ok(Self {
            file: file.to_owned(),
            title: read.title,
            years: read.years,
            classes_of,
            practice_months: read.practice_months,
            pupils,
            changes,
        })
    }

    /// Whether it can be said of a district: schools that are meant exist, no school's pupils are
    /// expected twice, years of changes are among those planned.
    ///
    /// # Errors
    /// All that cannot.
    pub fn check(&self, situation: &Situation<'_>) -> Result<(), Vec<PolicyFault>> {
        let district = situation.district;
        let mut faults = Vec::new();
        let mut spoken: BTreeMap<(SchoolIndex, Stage), usize> = BTreeMap::new();
        for (place, expected) in self.pupils.iter().enumerate() {
            let number = place + 1;
            let named = format!("pupils {number}（{}）", expected.stage.chinese());
            let schools = expected.schools(situation);
            if schools.is_empty() {
                let message = "没有这样的学校 / there is no such school";
                faults.push(fault(&named, message, ""));
            }
            let twice = schools.iter().find_map(|&school| {
                let before = spoken.insert((school, expected.stage), number)?;
                Some((school, before))
            });
            if let Some((school, before)) = twice {
                let code = &district.school(school).code;
                faults.push(fault(
                    &named,
                    &format!("学校{code}的学生已在第{before}条写过 / pupils of {code} stand in entry {before}"),
                    "每所学校每个学段只写一次 / each school and stage once",
                ));
            }
        }
        for (begin, _) in &self.changes {
            let later = begin.months_since(district.year_begin);
            if later < 0 || later % 12 != 0 || later / 12 >= self.years as i32 {
                faults.push(fault(
                    &self.place_of(*begin),
                    "不是所测算的学年 / is none of the years planned",
                    &format!(
                        "自{}起{}年 / {} years from {}",
                        district.year_begin, self.years, self.years, district.year_begin
                    ),
                ));
            }
        }
        let begin = self.first_classes(district);
        if begin > district.year_begin || district.year_begin.months_since(begin) % 12 != 0 {
            faults.push(fault(
                "classes_of",
                &format!(
                    "{begin}不是规划学年或更早的学年 / is no school year up to the planned one"
                ),
                &format!("如 / such as {}", district.year_begin.plus(-12)),
            ));
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults)
        }
    }

    /// Where the changes of a year stand, as messages name it: the file and the year.
    pub(super) fn place_of(&self, begin: Month) -> String {
        if self.file.is_empty() {
            format!("year {begin}")
        } else {
            format!("{}: year {begin}", self.file)
        }
    }

    /// First month of the school year of which the rosters have the classes.
    pub fn first_classes(&self, district: &District) -> Month {
        self.classes_of.unwrap_or(district.year_begin)
    }
}

/// A year with its changes.
fn year(mut table: Table, place: &str) -> Result<(Month, Scenario), Vec<PolicyFault>> {
    let begins = table.remove("begins");
    let Some(text) = begins.as_ref().and_then(toml::Value::as_str) else {
        let message = "没有 begins / begins is missing";
        return Err(vec![fault(place, message, "begins = \"2023-09\"")]);
    };
    let mut faults = Vec::new();
    let begin = month(text, place, &mut faults);
    let read = read_changes(table, text, place).and_then(|scenario| {
        let faults = needs_list(&scenario.changes);
        if faults.is_empty() {
            Ok(scenario)
        } else {
            Err(faults)
        }
    });
    match (read, begin) {
        (Ok(scenario), Some(begin)) => Ok((begin, scenario)),
        (read, _) => {
            faults.extend(read.err().into_iter().flatten());
            Err(faults)
        }
    }
}

fn month(text: &str, place: &str, faults: &mut Vec<PolicyFault>) -> Option<Month> {
    let month = Month::parse(text);
    if month.is_none() {
        faults.push(fault(
            place,
            &format!("“{text}”不是年月 / is no month"),
            "如 / such as 2023-09",
        ));
    }
    month
}

fn counts(
    written: BTreeMap<String, u32>,
    place: &str,
    faults: &mut Vec<PolicyFault>,
) -> BTreeMap<i32, u32> {
    let mut counts = BTreeMap::new();
    if written.is_empty() {
        faults.push(fault(
            place,
            "counts 是空的 / counts is empty",
            "counts = { 2020 = 77000, 2025 = 71000 }",
        ));
    }
    for (word, count) in written {
        match word.trim().parse::<i32>() {
            Ok(year) if (1900..=2200).contains(&year) => {
                counts.insert(year, count);
            }
            _ => faults.push(fault(
                place,
                &format!("“{word}”不是年份 / is no year"),
                "counts = { 2020 = 77000, 2025 = 71000 }",
            )),
        }
    }
    counts
}

pub(super) fn fault(place: &str, message: &str, advice: &str) -> PolicyFault {
    PolicyFault {
        code: "W004",
        place: place.to_owned(),
        message: message.to_owned(),
        advice: advice.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pupils_follow_straight_lines() {
        let text =
            "years = 5\n[[pupils]]\nstage = '小学'\ncounts = { 2020 = 77000, 2025 = 71001 }\n";
        let outlook = Outlook::parse("x", text).unwrap();
        let counts: Vec<u32> = [2019, 2020, 2021, 2024, 2025, 2030]
            .iter()
            .map(|&year| outlook.pupils[0].of(year))
            .collect();
        assert_eq!(counts, [77_000, 77_000, 75_800, 72_201, 71_001, 71_001]);
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let text = "years = 0\nclasses_of = 'x'\n[[pupils]]\nstage = '小学'\n\
                    counts = { last = 3 }\n[[year]]\nbegins = '2023'\nlock = ['T1']\n[[year]]\nname = 'x'\n";
        let faults = Outlook::parse("x", text).unwrap_err();
        let places: Vec<&str> = faults.iter().map(|fault| fault.place.as_str()).collect();
        assert_eq!(
            places,
            [
                "x: years",
                "x: classes_of",
                "x: pupils 1",
                "x: year 1",
                "x: year 1: lock",
                "x: year 2"
            ]
        );
        assert!(Outlook::parse("x", "years = 5\npupil = 3").is_err());
        assert!(Outlook::parse("x", "").is_err());
    }
}
