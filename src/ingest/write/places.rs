//! Schools, their classes, and the ways between them.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::district::TravelTime;
use crate::domain::{School, SchoolIndex, SchoolState, Unit};
use crate::ingest::cells::{degrees, optional, yes_no};
use crate::ingest::columns::{CLASSES, SCHOOLS, TRAVEL};
use crate::ingest::gathering::NO_SENDING;

use super::table::{Cell, File, Row, cell, file, ticked, usual};
use super::words::Words;

pub(super) fn schools(words: &Words<'_>) -> Option<File> {
    let district = words.district;
    let mut listed = BTreeSet::new();
    let rows = district.schools.iter().map(|school| {
        // What is the unit's stands once, in the row of its first site.
        let is_first = listed.insert(school.unit);
        let mut row = school_cells(school, words);
        row.extend(unit_cells(district.unit(school.unit), is_first));
        row
    });
    file(&SCHOOLS, &rows.collect::<Vec<_>>())
}

fn unit_cells(unit: &Unit, is_first: bool) -> [(&'static str, Cell<'_>); 5] {
    let posts = |count: Option<u32>| cell(optional(count.filter(|_| is_first)));
    [
        ("unit", cell(&unit.code)),
        ("unit_name", cell(&unit.name)),
        ("establishment", posts(unit.establishment)),
        ("senior_posts", posts(*unit.senior_posts)),
        ("middle_posts", posts(*unit.middle_posts)),
    ]
}

fn school_cells<'a>(school: &'a School, words: &Words<'a>) -> Row<'a> {
    let is_unmarked = words.assumes(&NO_SENDING);
    let mark = |value: bool| usual(yes_no(value), !value && is_unmarked);
    let text = |held: &'a Option<String>| cell(held.as_deref().unwrap_or_default());
    let place = school.coordinates.as_ref();
    let failed = school.failed_indicators;
    vec![
        ("code", cell(&school.code)),
        ("name", cell(&school.name)),
        ("town", cell(&school.town)),
        ("zone", cell(school.zone.chinese())),
        ("sending", mark(school.sending)),
        ("receiving", mark(school.receiving)),
        ("cluster", text(&school.cluster)),
        ("group", text(&school.group)),
        (
            "latitude",
            cell(optional(place.map(|at| degrees(at.latitude)))),
        ),
        (
            "longitude",
            cell(optional(place.map(|at| degrees(at.longitude)))),
        ),
        ("dormitory", ticked(school.dormitory)),
        ("remote", ticked(school.remote)),
        ("failed_indicators", usual(failed.to_string(), failed == 0)),
        (
            "state",
            usual(school.state.chinese(), school.state == SchoolState::Open),
        ),
        (
            "merged_into",
            cell(words.optional_school(school.merged_into)),
        ),
        ("partner", cell(words.optional_school(school.partner))),
    ]
}

pub(super) fn classes(words: &Words<'_>) -> Option<File> {
    let district = words.district;
    let groups = district.school_indices().flat_map(|school| {
        let groups = district.school(school).classes.iter();
        groups.map(move |group| (school, group))
    });
    let rows = groups.map(|(school, group)| {
        let programme = group.programme.map(|held| district.subject_name(held));
        vec![
            ("school", cell(words.school(school))),
            ("stage", cell(group.stage.chinese())),
            ("grade", cell(optional(group.grade))),
            ("programme", cell(programme.unwrap_or_default())),
            ("classes", cell(group.classes.to_string())),
            ("pupils", cell(group.pupils.to_string())),
        ]
    });
    file(&CLASSES, &rows.collect::<Vec<_>>())
}

/// A way that is as long in both directions stands once.
pub(super) fn travel(words: &Words<'_>) -> Option<File> {
    let ways = words.district.travel.iter();
    let minutes: BTreeMap<(SchoolIndex, SchoolIndex), i64> = ways
        .clone()
        .map(|way| ((way.from, way.to), way.minutes.0))
        .collect();
    let is_said = |way: &&TravelTime| {
        let back = minutes.get(&(way.to, way.from));
        way.from < way.to || back != Some(&way.minutes.0)
    };
    let rows = ways.filter(is_said).map(|way| {
        vec![
            ("from", cell(words.school(way.from))),
            ("to", cell(words.school(way.to))),
            ("minutes", cell(way.minutes.0.to_string())),
        ]
    });
    file(&TRAVEL, &rows.collect::<Vec<_>>())
}
