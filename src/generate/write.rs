//! A synthetic district as the files that an office has, with the headers of the ingest tables.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use crate::domain::{Month, SchoolState, Stage};
use crate::ingest::cells::{decimal, degrees, list, optional, yes_no};
use crate::ingest::columns::{
    CLASSES, Column, DECIDED, LOCKS, NEED, NOMINATIONS, PREFERENCES, SCHOOLS, TEACHERS, TRAVEL,
    Table,
};
use crate::ingest::{settings, write_csv};

use super::kinds::Kind;
use super::readme;
use super::records::{ClassRecord, SchoolRecord, SyntheticDistrict, TeacherRecord};

/// Writes the district into a folder, which is made where it does not exist. Tables without rows
/// are left out. The same district gives the same bytes.
///
/// # Errors
/// What the file system reports.
pub fn write(district: &SyntheticDistrict, folder: &Path) -> io::Result<()> {
    write_particulars(district, folder)?;
    let school = |place: usize| district.schools[place].code.clone();
    let mut fresh_unit = vec![true; district.units.len()];
    let mut first = false;
    let kept = |table: &'static Table| -> Vec<&'static Column> {
        let columns = table.columns.iter();
        columns
            .filter(|column| has_column(district, column.key))
            .collect()
    };
    let columns = kept(&SCHOOLS);
    write_table(folder, &SCHOOLS, &columns, &district.schools, |row, key| {
        // What is the unit's stands once, in the row of its first site.
        if key == "code" {
            first = std::mem::take(&mut fresh_unit[row.unit]);
        }
        school_cell(district, row, key, first)
    })?;
    let classes: Vec<(usize, &ClassRecord)> = district
        .schools
        .iter()
        .enumerate()
        .flat_map(|(place, row)| row.classes.iter().map(move |class| (place, class)))
        .collect();
    table(folder, &CLASSES, &classes, |&(place, row), key| match key {
        "school" => school(place),
        "stage" => row.stage.to_string(),
        "grade" => optional(row.grade),
        "programme" => row.programme.unwrap_or_default().to_owned(),
        "classes" => row.classes.to_string(),
        "pupils" => row.pupils.to_string(),
        _ => String::new(),
    })?;
    let columns = kept(&TEACHERS);
    write_table(
        folder,
        &TEACHERS,
        &columns,
        &district.teachers,
        |row, key| person_cell(district, row, key),
    )?;
    table(folder, &NEED, &district.needs, |row, key| match key {
        "school" => school(row.school),
        "stage" => row.stage.to_string(),
        "subject" => row.subject.to_owned(),
        "persons" => row.persons.to_string(),
        _ => String::new(),
    })?;
    table(folder, &TRAVEL, &district.travel, |row, key| match key {
        "from" => school(row.0),
        "to" => school(row.1),
        "minutes" => row.2.to_string(),
        _ => String::new(),
    })?;
    write_wishes(district, folder)?;
    write_decisions(district, folder)
}

/// The folder with what is no table.
fn write_particulars(district: &SyntheticDistrict, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let particulars = settings(
        &district.name,
        &district.code,
        district.year_begin,
        &district.data_date,
    );
    fs::write(folder.join("district.toml"), particulars)?;
    fs::write(folder.join("README.md"), readme::text(district))?;
    if let Some(policy) = district.kind.and_then(Kind::policy) {
        fs::write(folder.join("policy.toml"), policy)?;
    }
    if let Some(outlook) = &district.outlook {
        fs::write(folder.join("outlook.toml"), outlook)?;
    }
    Ok(())
}

fn write_wishes(district: &SyntheticDistrict, folder: &Path) -> io::Result<()> {
    let school = |place: usize| district.schools[place].code.clone();
    let teacher = |place: usize| district.teachers[place].id.clone();
    table(
        folder,
        &PREFERENCES,
        &district.preferences,
        |row, key| match key {
            "teacher" => teacher(row.0),
            "rank" => row.1.to_string(),
            "school" => school(row.2),
            _ => String::new(),
        },
    )?;
    table(
        folder,
        &NOMINATIONS,
        &district.nominations,
        |&row, key| match key {
            "teacher" => teacher(row),
            _ => String::new(),
        },
    )
}

fn write_decisions(district: &SyntheticDistrict, folder: &Path) -> io::Result<()> {
    let school = |place: Option<usize>| {
        place.map_or_else(String::new, |place| district.schools[place].code.clone())
    };
    let teacher = |place: usize| district.teachers[place].id.clone();
    table(folder, &LOCKS, &district.locks, |row, key| match key {
        "teacher" => teacher(row.teacher),
        "kind" => row.kind.to_string(),
        "school" => school(row.school),
        "form" => optional(row.form),
        "reason" => row.reason.to_owned(),
        _ => String::new(),
    })?;
    table(folder, &DECIDED, &district.decided, |row, key| match key {
        "teacher" => teacher(row.teacher),
        "kind" => row.kind.to_string(),
        "school" => school(row.school),
        "date" => optional(row.date),
        "basis" => row.basis.to_owned(),
        _ => String::new(),
    })
}

/// Whether an office that keeps no such register has the column at all.
fn has_column(district: &SyntheticDistrict, key: &str) -> bool {
    match key {
        "practice_months" => {
            let mut teachers = district.teachers.iter();
            teachers.any(|row| row.practice_months.is_some())
        }
        "senior_posts" | "middle_posts" => {
            let mut units = district.units.iter();
            units.any(|unit| unit.senior_posts.is_some())
        }
        "state" | "merged_into" => {
            let mut schools = district.schools.iter();
            schools.any(|row| row.state != SchoolState::Open)
        }
        // No profile has relatives, pairs or a register of exchanges.
        "relatives" | "partner" | "earlier_exchanges" => false,
        _ => true,
    }
}

/// Writes a table with the columns of its specification, unless there are no rows.
fn table<Row>(
    folder: &Path,
    table: &Table,
    rows: &[Row],
    cell: impl FnMut(&Row, &str) -> String,
) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let columns: Vec<&Column> = table.columns.iter().collect();
    write_table(folder, table, &columns, rows, cell)
}

/// Writes a table with some of its columns.
fn write_table<Row>(
    folder: &Path,
    table: &Table,
    columns: &[&Column],
    rows: &[Row],
    mut cell: impl FnMut(&Row, &str) -> String,
) -> io::Result<()> {
    let header: Vec<&str> = columns.iter().map(|column| column.header).collect();
    let cells = rows.iter().map(|row| {
        let cells = columns.iter().map(|column| cell(row, column.key));
        cells.collect::<Vec<String>>()
    });
    let file = File::create(folder.join(format!("{}.csv", table.name)))?;
    write_csv(io::BufWriter::new(file), &header, cells)
}

fn school_cell(
    district: &SyntheticDistrict,
    row: &SchoolRecord,
    key: &str,
    first_of_unit: bool,
) -> String {
    let unit = &district.units[row.unit];
    match key {
        "code" => row.code.clone(),
        "name" => row.name.clone(),
        "unit" => unit.code.clone(),
        "unit_name" => unit.name.clone(),
        "town" => row.town.clone(),
        "zone" => row.zone.to_string(),
        "sending" => yes_no(row.sending).to_owned(),
        "receiving" => yes_no(row.receiving).to_owned(),
        "cluster" => row.cluster.clone(),
        "group" => row.group.clone(),
        "establishment" if first_of_unit => unit.establishment.to_string(),
        "senior_posts" if first_of_unit => optional(unit.senior_posts),
        "middle_posts" if first_of_unit => optional(unit.middle_posts),
        "latitude" => degrees(row.position.0),
        "longitude" => degrees(row.position.1),
        "dormitory" => yes_no(row.dormitory).to_owned(),
        "remote" => yes_no(row.remote).to_owned(),
        "state" => row.state.to_string(),
        "merged_into" => optional(row.merged_into.map(|place| &district.schools[place].code)),
        _ => String::new(),
    }
}

fn person_cell(district: &SyntheticDistrict, row: &TeacherRecord, key: &str) -> String {
    match key {
        "id" => row.id.clone(),
        "name" => row.name.clone(),
        "sex" => row.sex.to_string(),
        "birth" => row.birth.to_string(),
        "first_job" => row.first_job.to_string(),
        "arrival" => row.arrival.to_string(),
        "unit" => optional(row.unit.map(|unit| &district.units[unit].code)),
        "school" => district.schools[row.school].code.clone(),
        "stage" => row.stage.to_string(),
        "subject" => row.subject.to_owned(),
        "further" => list(&row.further),
        "grades" => list(&row.grades),
        "class_teacher" => yes_no(row.class_teacher).to_owned(),
        "certificate_stage" => list(&row.certificate_stages),
        "certificate_subjects" => list(&row.certificate_subjects),
        // Kindergartens and special schools have no timetable of lessons.
        "weekly_periods" if matches!(row.stage, Stage::Kindergarten | Stage::Special) => {
            String::new()
        }
        "weekly_periods" => decimal(row.weekly_periods.into(), 1),
        "spouse" => optional(row.spouse.map(|other| &district.teachers[other].id)),
        "home_town" => row.home_town.clone(),
        "remarks" => row.remarks.to_owned(),
        _ => standing_cell(row, key).unwrap_or_else(|| exchange_cell(district, row, key)),
    }
}

fn standing_cell(row: &TeacherRecord, key: &str) -> Option<String> {
    Some(match key {
        "title" => row.title.to_string(),
        "category" => row.category.to_string(),
        "degree" => row.degree.to_string(),
        "backbone" => row.backbone.to_string(),
        "employment" => row.employment.to_string(),
        "status" => row.status.to_string(),
        "status_from" => optional(row.status_from),
        "status_until" => optional(row.status_until),
        "office" => row.office.to_string(),
        "office_terms" => row.office_terms.to_string(),
        "programme_teacher" => yes_no(row.programme_teacher).to_owned(),
        "dual_qualified" => yes_no(row.dual_qualified).to_owned(),
        "practice_months" => optional(row.practice_months),
        "deferral" => optional(row.deferral),
        _ => return None,
    })
}

fn exchange_cell(district: &SyntheticDistrict, row: &TeacherRecord, key: &str) -> String {
    let Some(exchange) = &row.exchange else {
        return String::new();
    };
    let month = |month: Month| month.to_string();
    match key {
        "exchange_form" => exchange.form.to_owned(),
        "exchange_start" => month(exchange.start),
        "exchange_end" => month(exchange.end),
        "exchange_origin" => district.schools[exchange.origin].code.clone(),
        "exchange_personnel" => yes_no(exchange.personnel_moved).to_owned(),
        _ => String::new(),
    }
}
