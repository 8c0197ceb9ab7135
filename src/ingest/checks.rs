//! Checks across rows and tables: what each cell allows but together cannot be, or hardly.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;

use crate::domain::{Month, SchoolState, Stage, Teacher, Title};

use super::codes::{
    AGE_ABSURD, ARRIVAL_BEFORE_JOB, ENDING_WITH_CLASSES, EXCHANGE_AT_HOME, EXCHANGE_NOT_COUNTED,
    EXCHANGE_REVERSED, FaultCode, IN_THE_FUTURE, NO_CLASSES, OUTSIDE_WITH_STAFF, PERSON_TWICE,
    PROGRAMME_WITHOUT_CLASSES, SPOUSE_NOT_MUTUAL, SPOUSE_SELF, STAGE_NOT_AT_SCHOOL,
    STATUS_REVERSED, TERMS_ABSURD, TERMS_WITHOUT_OFFICE, TOO_YOUNG, UNKNOWN_RELATIVE,
    UNKNOWN_SPOUSE,
};
use super::faults::Fault;
use super::gathering::{Gathering, nearest_of};
use super::headers::Sheet;
use super::places::Found;
use super::rows::{Concerned, RowReader};
use super::schools::Schools;
use super::subjects::{CANONICAL_SUBJECTS, SubjectPool};
use super::teachers::{Draft, RUN, Teachers};
use super::values;

/// Reports schools that have no row in the table of classes.
pub(super) fn check_schools(sheet: &Sheet, schools: &Schools, gathering: &mut Gathering) {
    for (place, school) in schools.sites.iter().enumerate() {
        let report = |code: &'static FaultCode, column: &str| {
            Fault::new(code, &sheet.file)
                .row(schools.rows[place])
                .column(sheet.header(column))
                .school(Some(&schools.label(place)))
        };
        let has_classes = school.classes.iter().any(|group| group.classes > 0);
        if school.state.ends() && has_classes {
            let fault = report(&ENDING_WITH_CLASSES, "state").value(school.state.chinese());
            gathering.faults.push(fault);
        }
        if school.state == SchoolState::Outside && has_classes {
            let fault = report(&OUTSIDE_WITH_STAFF, "state").value(school.state.chinese());
            gathering.faults.push(fault);
        }
        let has_none = matches!(school.state, SchoolState::Open | SchoolState::New);
        if has_none && school.classes.is_empty() {
            gathering.faults.push(
                Fault::new(&NO_CLASSES, &sheet.file)
                    .row(schools.rows[place])
                    .column(sheet.header("code"))
                    .value(&school.code)
                    .school(Some(&schools.label(place))),
            );
        }
    }
}

/// Checks every teacher against the schools and against all others.
pub(super) fn check_teachers(
    sheet: &Sheet,
    teachers: &Teachers,
    schools: &Schools,
    subjects: &SubjectPool,
    year_begin: Option<Month>,
    gathering: &mut Gathering,
) {
    let names = subjects.names();
    let programmes: BTreeSet<&str> = schools
        .sites
        .iter()
        .flat_map(|school| &school.classes)
        .filter_map(|group| group.programme)
        .map(|number| names[number.position()])
        .collect();
    let check_run = |(run, drafts): (usize, &[Option<Draft>])| {
        let mut gathering = Gathering::default();
        let drafts = (run * RUN..).zip(drafts);
        for (place, draft) in drafts.filter_map(|(at, draft)| Some((at, draft.as_ref()?))) {
            let teacher = &draft.teacher;
            let mut reader = RowReader::new(sheet, sheet.rows.row(place), &mut gathering);
            reader.school = Concerned::School(&schools.sites[teacher.school.position()]);
            if let Some(begin) = year_begin {
                check_future(&mut reader, teacher, begin);
            }
            check_dates(&mut reader, teacher);
            check_place(&mut reader, teacher, schools);
            let subject = names[teacher.subject.position()];
            check_programme(&mut reader, teacher, subject, &programmes);
            check_spouse(&mut reader, draft, teachers);
            check_relatives(&mut reader, draft, teachers);
            if schools.sites[teacher.school.position()].state == SchoolState::Outside {
                reader.report(&OUTSIDE_WITH_STAFF, "school");
            }
        }
        gathering
    };
    let runs = teachers.drafts.par_chunks(RUN).enumerate().map(check_run);
    let runs: Vec<Gathering> = runs.collect();
    for gathered in runs {
        gathering.append(gathered);
    }
    check_persons(sheet, teachers, schools, gathering);
}

fn check_future(reader: &mut RowReader<'_>, teacher: &Teacher, begin: Month) {
    let exchange_start = teacher.running.and_then(|running| running.start);
    let dates = [
        ("birth", teacher.birth),
        ("first_job", teacher.first_job),
        ("arrival", teacher.arrival),
        ("exchange_start", exchange_start),
    ];
    for (column, date) in dates {
        if date.is_some_and(|date| date > begin) {
            reader.report(&IN_THE_FUTURE, column);
        }
    }
    if teacher
        .birth
        .is_some_and(|birth| begin.months_since(birth) > 75 * 12)
    {
        reader.report(&AGE_ABSURD, "birth");
    }
}

fn check_dates(reader: &mut RowReader<'_>, teacher: &Teacher) {
    for (column, date) in [
        ("first_job", teacher.first_job),
        ("arrival", teacher.arrival),
    ] {
        let age = date
            .zip(teacher.birth)
            .map(|(date, birth)| date.months_since(birth));
        if age.is_some_and(|months| months < 16 * 12) {
            reader.report(&TOO_YOUNG, column);
        }
    }
    let reversed = |start: Option<Month>, end: Option<Month>| {
        start.zip(end).is_some_and(|(start, end)| end <= start)
    };
    if teacher.arrival < teacher.first_job && teacher.arrival.is_some() {
        reader.report(&ARRIVAL_BEFORE_JOB, "arrival");
    }
    if reversed(teacher.status_from, teacher.status_until) {
        reader.report(&STATUS_REVERSED, "status_until");
    }
    if let Some(running) = teacher.running {
        if reversed(running.start, running.end) {
            reader.report(&EXCHANGE_REVERSED, "exchange_end");
        }
        if running.origin == teacher.school {
            reader.report(&EXCHANGE_AT_HOME, "exchange_origin");
        }
        if *teacher.earlier_exchanges == Some(0) {
            reader.report(&EXCHANGE_NOT_COUNTED, "earlier_exchanges");
        }
    }
    if teacher.office_terms > 10 {
        reader.report(&TERMS_ABSURD, "office_terms");
    } else if teacher.office_terms > 0 && teacher.office == crate::domain::Office::None {
        reader.report(&TERMS_WITHOUT_OFFICE, "office_terms");
    }
}

fn check_place(reader: &mut RowReader<'_>, teacher: &Teacher, schools: &Schools) {
    let school = &schools.sites[teacher.school.position()];
    // Schools without classes have their own fault.
    if school.stages().next().is_some() && !school.stages().any(|stage| stage == teacher.stage) {
        let list: Vec<&str> = school.stages().map(Stage::chinese).collect();
        let list = list.join("、");
        let column = if reader.sheet.has("stage") {
            "stage"
        } else {
            "school"
        };
        let fault = reader.fault(&STAGE_NOT_AT_SCHOOL, column).hint(
            &format!("该校有班级的学段：{list}"),
            &format!("the school has classes in: {list}"),
        );
        reader.push(fault);
    }
}

fn check_programme(
    reader: &mut RowReader<'_>,
    teacher: &Teacher,
    subject: &str,
    programmes: &BTreeSet<&str>,
) {
    let is_programme = teacher.stage == Stage::Vocational && !CANONICAL_SUBJECTS.contains(&subject);
    if is_programme && !programmes.is_empty() && !programmes.contains(subject) {
        let known = programmes.iter().chain(CANONICAL_SUBJECTS).copied();
        let near = nearest_of(subject, known);
        let fault = reader
            .fault(&PROGRAMME_WITHOUT_CLASSES, "subject")
            .nearest(near);
        reader.push(fault);
    }
}

/// The place of the spouse in the file, where the cell names one who is there.
pub(super) fn spouse_of(draft: &Draft, teachers: &Teachers) -> Option<usize> {
    if draft.spouse.is_empty() || values::is_identity_number(&values::key(&draft.spouse)) {
        return None;
    }
    match teachers.directory.find(&draft.spouse) {
        Found::One(place) => Some(place),
        Found::Several | Found::Nobody => None,
    }
}

/// The places of the relatives in the file, of those who are there.
pub(super) fn relatives_of(draft: &Draft, teachers: &Teachers) -> Vec<usize> {
    let found = draft
        .relatives
        .iter()
        .map(|key| teachers.directory.find(key));
    found
        .filter_map(|found| match found {
            Found::One(place) => Some(place),
            Found::Several | Found::Nobody => None,
        })
        .collect()
}

fn check_relatives(reader: &mut RowReader<'_>, draft: &Draft, teachers: &Teachers) {
    let known = relatives_of(draft, teachers).len();
    if known < draft.relatives.len() && !teachers.directory.is_damaged() {
        reader.report(&UNKNOWN_RELATIVE, "relatives");
    }
}

fn check_spouse(reader: &mut RowReader<'_>, draft: &Draft, teachers: &Teachers) {
    if draft.spouse.is_empty() {
        return;
    }
    let Some(place) = spouse_of(draft, teachers) else {
        if !teachers.directory.is_damaged() {
            reader.report(&UNKNOWN_SPOUSE, "spouse");
        }
        return;
    };
    let Some(spouse) = &teachers.drafts[place] else {
        return;
    };
    if spouse.row == draft.row {
        reader.report(&SPOUSE_SELF, "spouse");
    } else {
        let back = spouse_of(spouse, teachers).and_then(|back| teachers.drafts[back].as_ref());
        if back.is_none_or(|back| back.row != draft.row) {
            reader.report(&SPOUSE_NOT_MUTUAL, "spouse");
        }
    }
}

fn check_persons(sheet: &Sheet, teachers: &Teachers, schools: &Schools, gathering: &mut Gathering) {
    let mut seen: HashMap<(&str, Month, u32, Title), (&Draft, usize)> = HashMap::new();
    for draft in teachers.drafts.iter().flatten() {
        let teacher = &draft.teacher;
        let Some(birth) = teacher.birth else {
            continue;
        };
        let key = (
            teacher.name.as_str(),
            birth,
            teacher.subject.0,
            teacher.title,
        );
        if let Some((first, row)) = seen.get(&key)
            && first.teacher.sex == teacher.sex
            && first.teacher.id != teacher.id
        {
            report_person(sheet, draft, *row, schools, gathering);
        }
        seen.entry(key).or_insert((draft, draft.row));
    }
}

fn report_person(
    sheet: &Sheet,
    draft: &Draft,
    first: usize,
    schools: &Schools,
    gathering: &mut Gathering,
) {
    let code: &'static FaultCode = &PERSON_TWICE;
    gathering.faults.push(
        Fault::new(code, &sheet.file)
            .row(draft.row)
            .column(sheet.header("name"))
            .value(&draft.teacher.name)
            .school(Some(&schools.label(draft.teacher.school.position())))
            .hint(&format!("见第 {first} 行"), &format!("see row {first}")),
    );
}
