//! The table `teachers`: one person a row.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::domain::{
    Backbone, Capability, Employment, Given, Month, Office, Periods, PostCategory, RunningExchange,
    SchoolIndex, Stage, Status, SubjectIndex, Teacher, Title, UnitIndex,
};

use super::codes::{
    CELL_EMPTY, EXCHANGE_ORIGIN, NO_NATIONAL_SUBJECT, STAGE_UNKNOWN, TEACHER_TWICE,
    UNKNOWN_SUBJECT, UNKNOWN_UNIT,
};
use super::faults::{Notice, Wording};
use super::gathering::{
    AWAY_ALL_YEAR, AssumptionCode, FIRST_SUBJECT, Gathering, MAIN_SUBJECT_CERTIFIED, NO_ARRIVAL,
    NO_BACKBONE, NO_BIRTH, NO_CATEGORY, NO_CERTIFICATE, NO_CLASS_TEACHERS, NO_EMPLOYMENT,
    NO_EXCHANGE_END, NO_EXCHANGES, NO_KEYS, NO_PERIODS, NO_PRACTICE, NO_SEX, NO_STATUS, NO_TITLE,
    ONLY_STAGE, OWN_UNIT, PAST_EXCHANGE, STAGE_SUBJECT, nearest_of,
};
use super::headers::Sheet;
use super::places::{Directory, Found, Listing};
use super::rows::RowReader;
use super::schools::Schools;
use super::subjects::{CANONICAL_SUBJECTS, SubjectPool, items, named, split_stage};
use super::values;

/// A teacher as read: subjects by provisional numbers, the spouse still as written.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// Row in the file.
    pub(super) row: usize,
    pub(super) teacher: Teacher,
    /// The cell that names the spouse.
    pub(super) spouse: String,
    /// What names relatives.
    pub(super) relatives: Vec<String>,
}

/// All teachers in the order of the file, and how to find them.
#[derive(Debug)]
pub(super) struct Teachers {
    /// `None` where a row has a fault that leaves no teacher.
    pub(super) drafts: Vec<Option<Draft>>,
    pub(super) directory: Directory,
    /// Whether keys have to be given.
    pub(super) unnumbered: bool,
}

/// So many rows are read in one go, other such runs side by side.
pub(super) const RUN: usize = 256;

/// What is needed to read a row.
struct Context<'a> {
    schools: &'a Schools,
    subjects: SubjectPool,
    year_begin: Option<Month>,
    /// Whether the file has a column of keys.
    keyed: bool,
}

/// Reads the table of teachers.
pub(super) fn read_teachers(
    sheet: &Sheet,
    schools: &Schools,
    subjects: &mut SubjectPool,
    year_begin: Option<Month>,
    gathering: &mut Gathering,
) -> Teachers {
    let keyed = sheet.has("id");
    let (directory, repeated) = list_teachers(sheet);
    let mut drafts: Vec<Option<Draft>> = Vec::new();
    drafts.resize_with(sheet.rows.len(), || None);
    let read_run = |(run, drafts): (usize, &mut [Option<Draft>])| {
        let mut gathering = Gathering::default();
        let mut context = Context {
            schools,
            subjects: subjects.clone(),
            year_begin,
            keyed,
        };
        for (place, draft) in (run * RUN..).zip(drafts) {
            let mut reader = RowReader::new(sheet, sheet.rows.row(place), &mut gathering);
            *draft = read_teacher(&mut reader, &mut context);
            if let Some(first) = repeated.get(&place) {
                let fault = reader
                    .fault(&TEACHER_TWICE, "id")
                    .hint(&format!("与第 {first} 行重复"), &format!("see row {first}"));
                reader.push(fault);
            }
        }
        (gathering, context.subjects)
    };
    let runs = drafts.par_chunks_mut(RUN).enumerate().map(read_run);
    let runs: Vec<(Gathering, SubjectPool)> = runs.collect();
    for ((gathered, pool), drafts) in runs.into_iter().zip(drafts.chunks_mut(RUN)) {
        gathering.append(gathered);
        let numbers = subjects.merge(&pool);
        for draft in drafts.iter_mut().flatten() {
            renumber(&mut draft.teacher, |subject| numbers[subject.position()]);
        }
    }
    if !keyed {
        gathering.assume_for(&NO_KEYS, drafts.len());
    }
    if !sheet.has("class_teacher") {
        gathering.assume_for(&NO_CLASS_TEACHERS, drafts.len());
    }
    Teachers {
        drafts,
        directory,
        unnumbered: !keyed,
    }
}

/// Everybody by key and name; and for the places whose key came before, the row where it did.
fn list_teachers(sheet: &Sheet) -> (Directory, BTreeMap<usize, usize>) {
    let mut directory = Directory::new(Listing::Teachers);
    let mut repeated = BTreeMap::new();
    for (place, row) in sheet.rows.rows().enumerate() {
        let key = values::key(sheet.cell(row, "id"));
        let name = values::without_blanks(sheet.cell(row, "name"));
        // An ID-card number is refused as a key; damaged ones are alike, but nobody comes twice.
        let is_damaged = values::is_identity_number(&key);
        if is_damaged {
            directory.mark_damaged();
        }
        let known = if is_damaged { "" } else { &*key };
        // Keys that differ in case alone would be one in every other table.
        if let Some(first) = directory.add(known, &name, place) {
            repeated.insert(place, sheet.rows.row(first).number);
        }
    }
    (directory, repeated)
}

/// Gives the subjects of a teacher other numbers.
pub(super) fn renumber(teacher: &mut Teacher, place: impl Fn(SubjectIndex) -> SubjectIndex) {
    teacher.subject = place(teacher.subject);
    for list in [&mut teacher.further, &mut teacher.certificates] {
        for held in list {
            held.subject = place(held.subject);
        }
    }
}

fn read_teacher<'a, 'c: 'a>(
    reader: &mut RowReader<'a>,
    context: &mut Context<'c>,
) -> Option<Draft> {
    let school = reader.school("school", &context.schools.school_directory);
    reader.school = context.schools.concerned(school, reader.cell("school"));
    reader.require_cells(&["subject"]);
    let id = reader.key("id");
    if context.keyed && id.is_empty() {
        reader.report(&CELL_EMPTY, "id");
    }
    let stage = read_stage(reader, school, context.schools);
    let taught = read_subjects(reader, stage, &mut context.subjects);
    let certificates = read_certificates(reader, stage, taught.as_ref(), &mut context.subjects);
    let employment = assumed(
        reader,
        "employment",
        Employment::Establishment,
        &NO_EMPLOYMENT,
    );
    let complete = school.is_some() && stage.is_some() && taught.is_some();
    let teaching = Teaching {
        id,
        school,
        stage,
        taught,
        certificates,
        employment,
        unit: read_unit(reader, school, employment, context.schools),
        running: read_exchange(reader, context),
    };
    // Every cell is read even where the row gives no teacher, so that all faults are found.
    let teacher = read_person(reader, teaching);
    note_what_is_missing(&teacher, reader);
    notice_remark(reader, &teacher);
    complete.then(|| Draft {
        row: reader.row.number,
        teacher,
        spouse: reader.filled("spouse").unwrap_or_default().to_owned(),
        relatives: items(reader.filled("relatives").unwrap_or_default())
            .into_iter()
            .map(|item| values::literal(item).unwrap_or(item).to_owned())
            .collect(),
    })
}

/// The part of a row that depends on other tables.
struct Teaching {
    id: String,
    school: Option<usize>,
    stage: Option<Stage>,
    taught: Option<Taught>,
    certificates: Vec<Capability>,
    employment: Employment,
    unit: Option<UnitIndex>,
    running: Option<RunningExchange>,
}

fn read_person(reader: &mut RowReader<'_>, teaching: Teaching) -> Teacher {
    let (main, further) = teaching
        .taught
        .map_or((SubjectIndex(0), Vec::new()), |taught| {
            (taught.main, taught.further)
        });
    Teacher {
        id: teaching.id,
        name: values::without_blanks(reader.cell("name")),
        sex: reader.word("sex"),
        birth: reader.month("birth"),
        first_job: reader.month("first_job"),
        arrival: reader.month("arrival"),
        establishment_unit: teaching.unit,
        school: SchoolIndex(teaching.school.unwrap_or(0) as u32),
        stage: teaching.stage.unwrap_or(Stage::Primary),
        subject: main,
        further,
        grades: reader.grades("grades", teaching.stage),
        class_teacher: reader.yes_no("class_teacher").unwrap_or(false),
        certificates: teaching.certificates,
        weekly_periods: reader
            .decimal("weekly_periods", 1, MOST_PERIODS)
            .map(Periods),
        title: assumed(reader, "title", Title::None, &NO_TITLE),
        category: assumed(reader, "category", PostCategory::Professional, &NO_CATEGORY),
        degree: reader.word("degree"),
        backbone: assumed(reader, "backbone", Backbone::None, &NO_BACKBONE),
        employment: teaching.employment,
        status: assumed(reader, "status", Status::InPost, &NO_STATUS),
        status_from: reader.month("status_from"),
        status_until: reader.month("status_until"),
        office: read_office(reader),
        office_terms: reader.count("office_terms", MOST_TERMS).unwrap_or(0),
        programme_teacher: reader.yes_no("programme_teacher").unwrap_or(false),
        dual_qualified: reader.yes_no("dual_qualified").unwrap_or(false),
        practice_months: Given(reader.count("practice_months", MOST_PRACTICE)),
        deferral: reader.word("deferral"),
        spouse: None,
        relatives: Vec::new(),
        home_town: reader.optional_text("home_town"),
        running: teaching.running,
        earlier_exchanges: Given(reader.count("earlier_exchanges", MOST_EXCHANGES)),
    }
}

/// The most lessons a week, in tenths.
const MOST_PERIODS: i64 = 600;
/// Five years have sixty months.
const MOST_PRACTICE: u32 = 60;
/// More exchanges than years of a working life are none.
const MOST_EXCHANGES: u32 = 99;
/// More terms than this are no number at all (a year, a key).
const MOST_TERMS: u32 = 9_999;

fn assumed<V: super::rows::Vocabulary>(
    reader: &mut RowReader<'_>,
    column: &str,
    otherwise: V,
    assumption: &'static AssumptionCode,
) -> V {
    if reader.cell(column).is_empty() {
        reader.gathering.assume(assumption);
    }
    reader.word(column).unwrap_or(otherwise)
}

fn note_what_is_missing(teacher: &Teacher, reader: &mut RowReader<'_>) {
    let counts_exchanges = reader.sheet.has("earlier_exchanges");
    let gathering = &mut *reader.gathering;
    let missing: [(bool, &'static AssumptionCode); 6] = [
        (teacher.sex.is_none(), &NO_SEX),
        (teacher.birth.is_none(), &NO_BIRTH),
        (teacher.arrival.is_none(), &NO_ARRIVAL),
        (teacher.weekly_periods.is_none(), &NO_PERIODS),
        (teacher.certificates.is_empty(), &NO_CERTIFICATE),
        (
            teacher.programme_teacher && teacher.practice_months.is_none(),
            &NO_PRACTICE,
        ),
    ];
    for (is_missing, assumption) in missing {
        if is_missing {
            gathering.assume(assumption);
        }
    }
    // A roster that does not keep the register says so by not having the column.
    if counts_exchanges && teacher.exchanges_made().is_none() {
        gathering.assume(&NO_EXCHANGES);
    }
    let away = teacher.status.is_absent() && !teacher.status.has_left();
    if away && teacher.status_until.is_none() {
        gathering.assume(&AWAY_ALL_YEAR);
    }
}

fn read_stage(
    reader: &mut RowReader<'_>,
    school: Option<usize>,
    schools: &Schools,
) -> Option<Stage> {
    if !reader.cell("stage").is_empty() {
        return reader.word("stage");
    }
    let stages: Vec<Stage> = schools.sites[school?].stages().collect();
    if let [only] = stages.as_slice() {
        reader.gathering.assume(&ONLY_STAGE);
        Some(*only)
    } else {
        reader.report(&STAGE_UNKNOWN, "stage");
        None
    }
}

/// What somebody teaches.
struct Taught {
    main: SubjectIndex,
    further: Vec<Capability>,
}

fn read_subjects(
    reader: &mut RowReader<'_>,
    stage: Option<Stage>,
    subjects: &mut SubjectPool,
) -> Option<Taught> {
    let stage = stage?;
    let main_items = items(reader.cell("subject"));
    let mut mains: Vec<Capability> = Vec::new();
    for item in &main_items {
        mains.extend(capabilities(reader, "subject", item, &[stage], subjects));
    }
    if main_items.len() > 1 && mains.len() > 1 {
        reader.gathering.assume(&FIRST_SUBJECT);
    }
    if main_items.is_empty() {
        let implied = match stage {
            Stage::Kindergarten => Some("学前教育"),
            Stage::Special => Some("特殊教育"),
            _ => None,
        };
        match implied {
            Some(name) => {
                reader.gathering.assume(&STAGE_SUBJECT);
                mains.push(Capability {
                    stage,
                    subject: subjects.number(name),
                });
            }
            None if reader.sheet.has("subject") => reader.report(&NO_NATIONAL_SUBJECT, "subject"),
            None => {}
        }
    }
    let mut further = Vec::new();
    if let Some(cell) = reader.filled("further") {
        for item in items(cell) {
            further.extend(capabilities(reader, "further", item, &[stage], subjects));
        }
    }
    let main = mains.first()?.subject;
    further.extend(mains.drain(1..));
    let itself = Capability {
        stage,
        subject: main,
    };
    further.retain(|held| *held != itself);
    Some(Taught { main, further })
}

/// The capabilities that one item of a list names, in the stage before it or else in those given.
fn capabilities(
    reader: &mut RowReader<'_>,
    column: &str,
    item: &str,
    stages: &[Stage],
    subjects: &mut SubjectPool,
) -> Vec<Capability> {
    let Some(named) = named(item, stages) else {
        let (_, name) = split_stage(item);
        let near = nearest_of(name, CANONICAL_SUBJECTS.iter().copied());
        let fault = reader
            .fault(&UNKNOWN_SUBJECT, column)
            .value(item)
            .nearest(near);
        reader.push(fault);
        return Vec::new();
    };
    let held = named.into_iter().map(|(stage, name)| Capability {
        stage,
        subject: subjects.number(&name),
    });
    held.collect()
}

fn read_certificates(
    reader: &mut RowReader<'_>,
    stage: Option<Stage>,
    taught: Option<&Taught>,
    subjects: &mut SubjectPool,
) -> Vec<Capability> {
    let certified: Vec<Stage> = reader.words("certificate_stage");
    let cell = reader.filled("certificate_subjects").unwrap_or_default();
    let names = items(cell);
    let Some(stage) = stage else {
        return Vec::new();
    };
    if names.is_empty() {
        let Some(taught) = taught.filter(|_| !certified.is_empty()) else {
            return Vec::new();
        };
        reader.gathering.assume(&MAIN_SUBJECT_CERTIFIED);
        return certified
            .into_iter()
            .map(|stage| Capability {
                stage,
                subject: taught.main,
            })
            .collect();
    }
    let stages = if certified.is_empty() {
        vec![stage]
    } else {
        certified
    };
    names
        .into_iter()
        .flat_map(|name| capabilities(reader, "certificate_subjects", name, &stages, subjects))
        .collect()
}

fn read_unit(
    reader: &mut RowReader<'_>,
    school: Option<usize>,
    employment: Employment,
    schools: &Schools,
) -> Option<UnitIndex> {
    if employment == Employment::Temporary {
        return None;
    }
    let Some(cell) = reader.filled("unit") else {
        reader.gathering.assume(&OWN_UNIT);
        return school.map(|place| schools.sites[place].unit);
    };
    // A unit by its own code or name first; a school's code or name means the unit of that school.
    if let Found::One(place) = schools.unit_directory.find(cell) {
        return Some(UnitIndex(place as u32));
    }
    if let Found::One(place) = schools.school_directory.find(cell) {
        return Some(schools.sites[place].unit);
    }
    let fault = reader.fault(&UNKNOWN_UNIT, "unit");
    reader.push_unknown(fault, &schools.unit_directory, cell);
    None
}

/// The highest of the offices named.
fn read_office(reader: &mut RowReader<'_>) -> Office {
    let cell = reader.cell("office");
    if values::is_void(cell) {
        return Office::None;
    }
    reader
        .words("office")
        .into_iter()
        .max()
        .unwrap_or(Office::None)
}

fn read_exchange(reader: &mut RowReader<'_>, context: &Context<'_>) -> Option<RunningExchange> {
    let form = reader.filled("exchange_form").filter(|cell| *cell != "否");
    let start = reader.month("exchange_start");
    let end = reader.month("exchange_end");
    let personnel_moved = reader.yes_no("exchange_personnel").unwrap_or(false);
    let named = reader.filled("exchange_origin").is_some();
    let dated =
        reader.filled("exchange_start").is_some() || reader.filled("exchange_end").is_some();
    if form.is_none() && !named && !dated {
        return None;
    }
    // Rosters keep the last exchange for years. One that ended a year before is over: whoever it
    // sent is where he or she belongs.
    let over = end
        .zip(context.year_begin)
        .is_some_and(|(end, begin)| begin.months_since(end) >= 12);
    if over {
        reader.gathering.assume(&PAST_EXCHANGE);
        return None;
    }
    if !named {
        reader.report(&EXCHANGE_ORIGIN, "exchange_origin");
        return None;
    }
    let origin = reader.school("exchange_origin", &context.schools.school_directory)?;
    if end.is_none() {
        reader.gathering.assume(&NO_EXCHANGE_END);
    }
    Some(RunningExchange {
        start,
        end,
        origin: SchoolIndex(origin as u32),
        personnel_moved,
    })
}

/// Words in remarks that may stand for a status or a deferral that was not filled in.
const TELLING: &[&str] = &["孕", "哺乳", "产假", "病", "借调", "支教"];

fn notice_remark(reader: &mut RowReader<'_>, teacher: &Teacher) {
    let remark = reader.cell("remarks");
    let tells = TELLING.iter().any(|word| remark.contains(word));
    if tells && teacher.status == Status::InPost && teacher.deferral.is_none() {
        reader.gathering.notices.push(Notice {
            file: reader.sheet.file.clone(),
            row: Some(reader.row.number),
            column: Some(reader.sheet.header("remarks").to_owned()),
            // The remark itself is private.
            message: Wording::new(
                "备注涉及离岗或暂缓情形，而在岗状态、暂缓类别未填；备注不作为依据，请核对",
                "the remark speaks of absence or deferral, but status and deferral are empty; \
                 remarks are never a basis, please check",
            ),
        });
    }
}
