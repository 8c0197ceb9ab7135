//! Teachers.

use crate::domain::{
    Backbone, Employment, Month, Office, PostCategory, RunningExchange, Status, Teacher, Title,
};
use crate::ingest::cells::{decimal, list, optional, yes_no};
use crate::ingest::columns::TEACHERS;
use crate::ingest::gathering::{
    NO_BACKBONE, NO_CATEGORY, NO_CLASS_TEACHERS, NO_EMPLOYMENT, NO_STATUS, NO_TITLE,
};

use super::table::{Cell, File, Row, cell, file, ticked, usual};
use super::words::Words;

pub(super) fn teachers(words: &Words<'_>) -> Option<File> {
    let assumed = Assumed {
        class_teacher: words.assumes(&NO_CLASS_TEACHERS),
        title: words.assumes(&NO_TITLE),
        category: words.assumes(&NO_CATEGORY),
        backbone: words.assumes(&NO_BACKBONE),
        employment: words.assumes(&NO_EMPLOYMENT),
        status: words.assumes(&NO_STATUS),
    };
    let rows = words.district.teachers.iter().map(|teacher| {
        let mut row = person_cells(teacher, words);
        row.extend(teaching_cells(teacher, words, &assumed));
        row.extend(service_cells(teacher, &assumed));
        row.extend(exchange_cells(teacher.running, words));
        row
    });
    file(&TEACHERS, &rows.collect::<Vec<_>>())
}

/// What was taken to be so where cells were empty. Only then a column is left out where everybody has
/// what an empty cell is taken for.
struct Assumed {
    class_teacher: bool,
    title: bool,
    category: bool,
    backbone: bool,
    employment: bool,
    status: bool,
}

fn month(month: Option<Month>) -> Cell<'static> {
    cell(optional(month))
}

fn person_cells<'a>(teacher: &'a Teacher, words: &Words<'a>) -> Row<'a> {
    let home = teacher.home_town.as_deref();
    let spouse = teacher.spouse.map(|spouse| words.teacher(spouse));
    vec![
        ("id", cell(&teacher.id)),
        ("name", cell(&teacher.name)),
        ("sex", cell(teacher.sex.map_or("", |sex| sex.chinese()))),
        ("birth", month(teacher.birth)),
        ("first_job", month(teacher.first_job)),
        ("arrival", month(teacher.arrival)),
        (
            "degree",
            cell(teacher.degree.map_or("", |degree| degree.chinese())),
        ),
        (
            "deferral",
            cell(teacher.deferral.map_or("", |held| held.chinese())),
        ),
        ("spouse", cell(spouse.unwrap_or_default())),
        ("relatives", cell(words.persons(&teacher.relatives))),
        ("home_town", cell(home.unwrap_or_default())),
    ]
}

fn teaching_cells<'a>(teacher: &Teacher, words: &Words<'a>, assumed: &Assumed) -> Row<'a> {
    let (stages, subjects) = words.certificates(teacher);
    let unit = teacher.establishment_unit.map(|unit| words.unit(unit));
    let periods = teacher.weekly_periods.map(|held| decimal(held.0, 1));
    let cares = teacher.class_teacher;
    vec![
        ("unit", cell(unit.unwrap_or_default())),
        ("school", cell(words.school(teacher.school))),
        ("stage", cell(teacher.stage.chinese())),
        ("subject", cell(words.main_subject(teacher))),
        ("further", cell(words.further(teacher))),
        ("grades", cell(list(&teacher.grades))),
        (
            "class_teacher",
            usual(yes_no(cares), !cares && assumed.class_teacher),
        ),
        ("certificate_stage", cell(stages)),
        ("certificate_subjects", cell(subjects)),
        ("weekly_periods", cell(optional(periods))),
        ("programme_teacher", ticked(teacher.programme_teacher)),
        ("dual_qualified", ticked(teacher.dual_qualified)),
        ("practice_months", cell(optional(*teacher.practice_months))),
        (
            "earlier_exchanges",
            cell(optional(*teacher.earlier_exchanges)),
        ),
    ]
}

fn service_cells(teacher: &Teacher, assumed: &Assumed) -> Row<'static> {
    let Teacher {
        title,
        category,
        backbone,
        employment,
        status,
        office,
        office_terms,
        ..
    } = *teacher;
    vec![
        (
            "title",
            usual(title.chinese(), title == Title::None && assumed.title),
        ),
        (
            "category",
            usual(
                category.chinese(),
                category == PostCategory::Professional && assumed.category,
            ),
        ),
        (
            "backbone",
            usual(
                backbone.chinese(),
                backbone == Backbone::None && assumed.backbone,
            ),
        ),
        (
            "employment",
            usual(
                employment.chinese(),
                employment == Employment::Establishment && assumed.employment,
            ),
        ),
        (
            "status",
            usual(status.chinese(), status == Status::InPost && assumed.status),
        ),
        ("status_from", month(teacher.status_from)),
        ("status_until", month(teacher.status_until)),
        ("office", usual(office.chinese(), office == Office::None)),
        (
            "office_terms",
            usual(office_terms.to_string(), office_terms == 0),
        ),
    ]
}

/// The form of a running exchange is not kept; whoever has an origin is on one.
fn exchange_cells<'a>(running: Option<RunningExchange>, words: &Words<'a>) -> Row<'a> {
    let personnel = running.map_or("", |held| yes_no(held.personnel_moved));
    vec![
        ("exchange_start", month(running.and_then(|held| held.start))),
        ("exchange_end", month(running.and_then(|held| held.end))),
        (
            "exchange_origin",
            cell(words.optional_school(running.map(|held| held.origin))),
        ),
        ("exchange_personnel", cell(personnel)),
    ]
}
