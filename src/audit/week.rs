//! The week of those who serve at several schools (`itinerant.csv`): an office may lay the days
//! otherwise, but every school has as many as the itinerary says.

use super::codes::{FILE_MISSING, WEEK_DIFFERS};
use super::compare::of_rows;
use super::expected::{Expected, ExpectedRow};
use super::finding::Finding;
use super::read::{Files, Sheet, SheetRow};
use super::reckoning::Reckoning;
use crate::domain::plan_files::ITINERANT;
use crate::domain::{Month, WEEK};
use crate::ingest::plain_key;
use crate::rules::Candidate;

/// The first of the columns of days.
const MONDAY: usize = 5;

/// Checks the file.
pub(super) fn check(reckoning: &Reckoning<'_>, files: &Files, found: &mut Vec<Finding>) {
    let anybody = reckoning.itinerants().next().is_some();
    let Some(sheet) = &files.itinerant else {
        if anybody && !files.by_hand {
            let file = ITINERANT.0;
            found.push(Finding::about(FILE_MISSING, file).file(file));
        }
        return;
    };
    found.extend(of_rows(Some(sheet), &[0], || {
        reckoning.itinerants().map(|held| row(&held)).collect()
    }));
    for line in sheet.rows() {
        let id = plain_key(line.cell(0));
        let named = |held: &Candidate<'_>| {
            let teacher = held.situation.district.teacher(held.placement.teacher);
            plain_key(&teacher.id) == id
        };
        if let Some(held) = reckoning.itinerants().find(named) {
            days(&held, sheet, line, found);
        }
    }
}

/// Minutes of one way, summed over the days away of a week.
pub(super) fn minutes(held: &Candidate<'_>) -> i64 {
    let ways = held.placement.itinerary.into_iter();
    ways.flat_map(|itinerary| itinerary.sites())
        .map(|site| {
            let roads = &held.situation.roads;
            i64::from(site.days) * roads.minutes(held.entry.school, site.school).0
        })
        .sum()
}

/// A row but for its days.
fn row<'a>(held: &Candidate<'a>) -> ExpectedRow<'a> {
    let (district, placement) = (held.situation.district, held.placement);
    let teacher = district.teacher(placement.teacher);
    let text = |text: &'a str| Expected::Text(text.into());
    let mut row = vec![
        text(&teacher.id),
        text(&teacher.name),
        text(placement.stage.chinese()),
        text(district.subject_name(placement.subject)),
        text(&district.school(placement.school).name),
    ];
    row.extend(std::iter::repeat_n(Expected::Anything, usize::from(WEEK)));
    row.push(Expected::Text(minutes(held).to_string().into()));
    let month = |month: Option<Month>| {
        let printed = month.map(|month| month.to_string());
        Expected::Text(printed.unwrap_or_default().into())
    };
    row.extend([month(placement.start), month(placement.end)]);
    row
}

/// Every school stands in the week as often as the itinerary says, and no other does.
fn days(held: &Candidate<'_>, sheet: &Sheet, line: SheetRow<'_>, found: &mut Vec<Finding>) {
    let (district, placement) = (held.situation.district, held.placement);
    let Some(itinerary) = placement.itinerary else {
        return;
    };
    let home = (placement.school, itinerary.days_home());
    let sites = itinerary.sites().map(|site| (site.school, site.days));
    let mut wanted: Vec<String> = std::iter::once(home)
        .chain(sites)
        .flat_map(|(school, days)| {
            let name = plain_key(&district.school(school).name).into_owned();
            std::iter::repeat_n(name, usize::from(days))
        })
        .collect();
    for column in MONDAY..MONDAY + usize::from(WEEK) {
        let cell = plain_key(line.cell(column));
        if let Some(at) = wanted.iter().position(|name| *name == cell) {
            wanted.swap_remove(at);
        } else {
            let finding = Finding::about(WEEK_DIFFERS, &cell).file(sheet.file);
            let finding = finding.row(line.number).column(sheet.columns[column]);
            found.push(finding.place(&district.teacher(placement.teacher).id));
        }
    }
}
