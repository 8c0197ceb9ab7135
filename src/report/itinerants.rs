//! 走教 on paper: the weeks of those who serve at several schools, and what they sum up to.

use serde::Serialize;

use super::language::{Language, counted};
use super::moves::month;
use super::page::Page;
use crate::account::Account;
use crate::domain::{Itinerary, SchoolIndex};
use crate::rules::Candidate;

/// What 走教 sums up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct ItinerantFigures {
    /// Teachers.
    persons: usize,
    /// Their days a week at other schools.
    days: i64,
    /// Minutes of one way, summed over these days.
    minutes: i64,
}

/// The schools served besides the own one with their days, the nearest first, and the minutes of
/// one way.
fn sites(held: &Candidate<'_>) -> Vec<(i64, SchoolIndex, u8)> {
    let itinerary = held.placement.itinerary.into_iter();
    let mut sites: Vec<(i64, SchoolIndex, u8)> = itinerary
        .flat_map(|itinerary| itinerary.sites())
        .map(|site| {
            let roads = &held.situation.roads;
            let minutes = roads.minutes(held.placement.school, site.school);
            (minutes.0, site.school, site.days)
        })
        .collect();
    sites.sort_unstable();
    sites
}

fn minutes(held: &Candidate<'_>) -> i64 {
    let sites = sites(held).into_iter();
    sites.map(|(way, _, days)| way * i64::from(days)).sum()
}

/// The school of each day. A week that was settled before stays as it is, but for schools that end;
/// others begin at home, then come the other schools, the nearest first, each on neighbouring days.
fn week(held: &Candidate<'_>) -> Vec<SchoolIndex> {
    let placement = held.placement;
    let district = held.situation.district;
    let itinerary = placement.itinerary;
    let settled = district.week_of(placement.teacher);
    if let Some(settled) = settled.filter(|_| held.entry.itinerary.is_some()) {
        let goes_on =
            |school: SchoolIndex| itinerary.is_some_and(|itinerary| itinerary.days_at(school) > 0);
        let day = |&school: &SchoolIndex| {
            if goes_on(school) {
                school
            } else {
                placement.school
            }
        };
        return settled.days.iter().map(day).collect();
    }
    let at_home = itinerary.map_or(0, |held| held.days_home());
    let home = std::iter::once((placement.school, at_home));
    let others = sites(held)
        .into_iter()
        .map(|(_, school, days)| (school, days));
    let days = home.chain(others);
    days.flat_map(|(school, days)| std::iter::repeat_n(school, usize::from(days)))
        .collect()
}

/// Rows of `itinerant.csv`.
pub(super) fn itinerant_rows(account: &Account<'_>) -> Vec<Vec<String>> {
    let district = account.situation().district;
    account
        .itinerants()
        .map(|held| {
            let placement = held.placement;
            let teacher = district.teacher(placement.teacher);
            let name = |school: SchoolIndex| district.school(school).name.clone();
            let mut row = vec![
                teacher.id.clone(),
                teacher.name.clone(),
                placement.stage.to_string(),
                district.subject_name(placement.subject).to_owned(),
                name(placement.school),
            ];
            row.extend(week(&held).into_iter().map(name));
            row.push(minutes(&held).to_string());
            row.extend([month(placement.start), month(placement.end)]);
            row
        })
        .collect()
}

/// The figures, where there is anybody.
pub(super) fn itinerant_figures(account: &Account<'_>) -> Option<ItinerantFigures> {
    let days = |itinerary: Option<Itinerary>| itinerary.map_or(0, |held| held.days_away());
    let mut figures = ItinerantFigures {
        persons: 0,
        days: 0,
        minutes: 0,
    };
    for held in account.itinerants() {
        figures.persons += 1;
        figures.days += i64::from(days(held.placement.itinerary));
        figures.minutes += minutes(&held);
    }
    (figures.persons > 0).then_some(figures)
}

/// A line of the page of a plan, where there is anybody.
pub(super) fn itinerant_line(page: &mut Page, account: &Account<'_>) {
    let Some(ItinerantFigures {
        persons,
        days,
        minutes,
    }) = itinerant_figures(account)
    else {
        return;
    };
    page.line(match page.language {
        Language::Chinese => format!(
            "  走教 {persons} 人，每周在外校合计 {days} 天，单程路程每周合计 {minutes} 分钟"
        ),
        Language::English => format!(
            "  {} at several schools, {days} days a week away in all, {minutes} minutes of one way \
             a week",
            counted(persons, "teacher", "teachers")
        ),
    });
}
