//! The tables `schools` and `classes`: units, sites, and what is taught in them.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    ClassGroup, Coordinates, Given, School, SchoolIndex, SchoolState, Stage, Unit, UnitIndex, Zone,
};

use super::codes::{
    CLASS_WITHOUT_PUPILS, CLASSES_TWICE, CROWDED, ESTABLISHMENT_CLASH, HALF_A_PLACE,
    MERGED_NOWHERE, NOT_A_GRADE, OFF_THE_MAP, PARTNER_ITSELF, PUPILS_WITHOUT_CLASS, SCHOOL_TWICE,
    TOTAL_BESIDE_GRADES, TOTALS_DISAGREE, UNIT_NAMES,
};
use super::faults::Fault;
use super::gathering::{
    Gathering, NO_COORDINATES, NO_ESTABLISHMENT, NO_SENDING, STAGE_TOTALS, UNIT_OF_ITS_OWN,
};
use super::headers::Sheet;
use super::places::{Directory, Found, Listing};
use super::rows::{Concerned, RowReader, label};
use super::subjects::{SubjectPool, meaning};
use super::values;

/// The most staff, classes and pupils that one row may give.
const MOST_STAFF: u32 = 10_000;
const MOST_CLASSES: u32 = 1_000;
const MOST_PUPILS: u32 = 50_000;

/// Of the seven indicators of 优质均衡 four are not of teachers.
const MOST_INDICATORS: u32 = 4;

/// Units and schools, sorted by code, and how to find them.
#[derive(Debug)]
pub(super) struct Schools {
    pub(super) units: Vec<Unit>,
    pub(super) sites: Vec<School>,
    pub(super) school_directory: Directory,
    pub(super) unit_directory: Directory,
    /// For each school its row in the file.
    pub(super) rows: Vec<usize>,
}

impl Schools {
    /// The school that a row concerns: this one, else what its cell says.
    pub(super) fn concerned<'a>(&'a self, place: Option<usize>, cell: &'a str) -> Concerned<'a> {
        match place {
            Some(place) => Concerned::School(&self.sites[place]),
            None => Concerned::Cell(cell),
        }
    }

    /// How a school is named in faults: `S001 第一小学`.
    pub(super) fn label(&self, place: usize) -> String {
        label(&self.sites[place])
    }
}

/// A row of `schools`, its unit not yet found.
struct Draft {
    row: usize,
    school: School,
    unit: String,
    unit_name: String,
    establishment: Option<u32>,
    senior_posts: Option<u32>,
    middle_posts: Option<u32>,
}

/// Reads the table of schools.
pub(super) fn read_schools(sheet: &Sheet, gathering: &mut Gathering) -> Schools {
    let mut drafts: BTreeMap<String, Draft> = BTreeMap::new();
    let mut rows_of_codes: BTreeMap<String, usize> = BTreeMap::new();
    for row in sheet.rows.rows() {
        let mut reader = RowReader::new(sheet, row, gathering);
        let draft = read_school(&mut reader);
        let code = draft.school.code.clone();
        if code.is_empty() {
            continue;
        }
        // Codes that differ in case alone would be one in every other table.
        if let Some(first) = rows_of_codes.get(&code.to_uppercase()) {
            let fault = reader
                .fault(&SCHOOL_TWICE, "code")
                .hint(&format!("与第 {first} 行重复"), &format!("see row {first}"));
            reader.push(fault);
            continue;
        }
        rows_of_codes.insert(code.to_uppercase(), row.number);
        drafts.insert(code, draft);
    }
    if !sheet.has("sending") && !sheet.has("receiving") {
        gathering.assume_for(&NO_SENDING, drafts.len());
    }
    let mut schools = assemble(sheet, drafts, gathering);
    relate(sheet, &mut schools, gathering);
    schools
}

/// Which school takes the pupils of one that ends, and which are paired: known when all are read.
fn relate(sheet: &Sheet, schools: &mut Schools, gathering: &mut Gathering) {
    let places: BTreeMap<usize, usize> = schools.rows.iter().copied().zip(0..).collect();
    for row in sheet.rows.rows() {
        let Some(&place) = places.get(&row.number) else {
            continue;
        };
        let mut reader = RowReader::new(sheet, row, gathering);
        let merged_into = reader.school("merged_into", &schools.school_directory);
        let partner = reader.school("partner", &schools.school_directory);
        let state = schools.sites[place].state;
        reader.school = Concerned::School(&schools.sites[place]);
        let goes_on = |other: usize| other != place && !schools.sites[other].state.ends();
        let taken = merged_into.filter(|&other| goes_on(other));
        let needed = state == SchoolState::Merging && reader.filled("merged_into").is_none();
        if needed || (state.ends() && merged_into.is_some() && taken.is_none()) {
            reader.report(&MERGED_NOWHERE, "merged_into");
        }
        if partner == Some(place) {
            reader.report(&PARTNER_ITSELF, "partner");
        }
        let site = &mut schools.sites[place];
        let index = |place: usize| SchoolIndex(place as u32);
        site.merged_into = taken.filter(|_| state.ends()).map(index);
        site.partner = partner.filter(|&other| other != place).map(index);
    }
}

fn read_school(reader: &mut RowReader<'_>) -> Draft {
    let name = reader.text("name");
    let label = format!("{} {name}", values::key(reader.cell("code")));
    reader.school = Concerned::Label(label);
    reader.require_cells(&[]);
    let code = reader.key("code");
    let coordinates = read_coordinates(reader);
    if coordinates.is_none() {
        reader.gathering.assume(&NO_COORDINATES);
    }
    let school = School {
        code,
        name,
        unit: UnitIndex(0),
        town: reader.optional_text("town").unwrap_or_default(),
        zone: reader.word("zone").unwrap_or(Zone::Rural),
        sending: reader.yes_no("sending").unwrap_or(false),
        receiving: reader.yes_no("receiving").unwrap_or(false),
        cluster: reader.optional_text("cluster"),
        group: reader.optional_text("group"),
        coordinates,
        dormitory: reader.yes_no("dormitory").unwrap_or(false),
        remote: reader.yes_no("remote").unwrap_or(false),
        failed_indicators: reader
            .count("failed_indicators", MOST_INDICATORS)
            .unwrap_or(0),
        state: reader.word("state").unwrap_or(SchoolState::Open),
        merged_into: None,
        partner: None,
        classes: Vec::new(),
    };
    let unit = values::key(reader.filled("unit").unwrap_or_default()).into_owned();
    Draft {
        row: reader.row.number,
        school,
        unit,
        unit_name: reader.optional_text("unit_name").unwrap_or_default(),
        establishment: reader.count("establishment", MOST_STAFF),
        senior_posts: reader.count("senior_posts", MOST_STAFF),
        middle_posts: reader.count("middle_posts", MOST_STAFF),
    }
}

/// Where China lies, in microdegrees.
const LATITUDES: std::ops::RangeInclusive<i64> = 18_000_000..=54_000_000;
const LONGITUDES: std::ops::RangeInclusive<i64> = 73_000_000..=136_000_000;

fn read_coordinates(reader: &mut RowReader<'_>) -> Option<Coordinates> {
    let latitude = reader.decimal("latitude", 6, 400_000_000);
    let longitude = reader.decimal("longitude", 6, 400_000_000);
    let (latitude, longitude) = match (latitude, longitude) {
        (Some(latitude), Some(longitude)) => (latitude, longitude),
        (None, None) => return None,
        (given, _) => {
            let column = if given.is_some() {
                "latitude"
            } else {
                "longitude"
            };
            let other = if given.is_some() {
                "longitude"
            } else {
                "latitude"
            };
            // Where the other cell is filled but unreadable that was reported already.
            if reader.filled(other).is_none() {
                reader.report(&HALF_A_PLACE, column);
            }
            return None;
        }
    };
    if !LATITUDES.contains(&latitude) {
        reader.report(&OFF_THE_MAP, "latitude");
        return None;
    }
    if !LONGITUDES.contains(&longitude) {
        reader.report(&OFF_THE_MAP, "longitude");
        return None;
    }
    Some(Coordinates {
        latitude: latitude as i32,
        longitude: longitude as i32,
    })
}

/// The code of each school's unit. An empty cell means a unit of its own; the name of a central
/// school means the unit of that school.
fn unit_codes(drafts: &BTreeMap<String, Draft>, gathering: &mut Gathering) -> Vec<String> {
    let mut by_name = Directory::new(Listing::Schools);
    let list: Vec<&Draft> = drafts.values().collect();
    for (place, draft) in list.iter().enumerate() {
        by_name.add("", &draft.school.name, place);
    }
    let own = |draft: &Draft| {
        let stated = &draft.unit;
        if stated.is_empty() || *stated == draft.school.name {
            draft.school.code.clone()
        } else {
            stated.clone()
        }
    };
    list.iter()
        .map(|draft| {
            if draft.unit.is_empty() {
                gathering.assume(&UNIT_OF_ITS_OWN);
            }
            match by_name.find_name(&draft.unit) {
                Found::One(place) if !draft.unit.is_empty() => own(list[place]),
                _ => own(draft),
            }
        })
        .collect()
}

fn assemble(sheet: &Sheet, drafts: BTreeMap<String, Draft>, gathering: &mut Gathering) -> Schools {
    let codes = unit_codes(&drafts, gathering);
    let members: BTreeMap<&str, Vec<&Draft>> =
        codes
            .iter()
            .zip(drafts.values())
            .fold(BTreeMap::new(), |mut members, (code, draft)| {
                members
                    .entry(code.as_str())
                    .or_insert_with(Vec::new)
                    .push(draft);
                members
            });
    let mut result = Schools {
        units: Vec::new(),
        sites: Vec::new(),
        school_directory: Directory::new(Listing::Schools),
        unit_directory: Directory::new(Listing::Units),
        rows: Vec::new(),
    };
    for (place, (code, sites)) in members.iter().enumerate() {
        let unit = read_unit(sheet, code, sites, gathering);
        result.unit_directory.add(&unit.code, &unit.name, place);
        result.units.push(unit);
    }
    let unit_places: BTreeMap<String, usize> = members
        .keys()
        .enumerate()
        .map(|(place, code)| ((*code).to_owned(), place))
        .collect();
    for (place, (code, mut draft)) in codes.into_iter().zip(drafts.into_values()).enumerate() {
        draft.school.unit = UnitIndex(unit_places[&code] as u32);
        result
            .school_directory
            .add(&draft.school.code, &draft.school.name, place);
        result.rows.push(draft.row);
        result.sites.push(draft.school);
    }
    result
}

/// A number of posts that a unit gives once, or alike in each of its rows.
type PostsOf = (&'static str, fn(&Draft) -> Option<u32>);

const POSTS_OF_UNITS: [PostsOf; 3] = [
    ("establishment", |draft| draft.establishment),
    ("senior_posts", |draft| draft.senior_posts),
    ("middle_posts", |draft| draft.middle_posts),
];

fn read_unit(sheet: &Sheet, code: &str, sites: &[&Draft], gathering: &mut Gathering) -> Unit {
    let mut posts: [Option<u32>; POSTS_OF_UNITS.len()] = [None; POSTS_OF_UNITS.len()];
    let mut stated_name: Option<&str> = None;
    for draft in sites {
        let label = format!("{} {}", draft.school.code, draft.school.name);
        let fault_at = |kind, column: &str, value: &str| {
            Fault::new(kind, &sheet.file)
                .row(draft.row)
                .column(sheet.header(column))
                .value(value)
                .school(Some(&label))
                .detail(&format!("单位 {code}"), &format!("unit {code}"))
        };
        for ((column, given), held) in POSTS_OF_UNITS.into_iter().zip(&mut posts) {
            match (*held, given(draft)) {
                (Some(before), Some(here)) if before != here => {
                    let fault = fault_at(&ESTABLISHMENT_CLASH, column, &here.to_string());
                    gathering.faults.push(fault);
                }
                (None, here) => *held = here,
                _ => {}
            }
        }
        match stated_name {
            Some(before) if !draft.unit_name.is_empty() && before != draft.unit_name => {
                gathering
                    .faults
                    .push(fault_at(&UNIT_NAMES, "unit_name", &draft.unit_name));
            }
            None if !draft.unit_name.is_empty() => stated_name = Some(&draft.unit_name),
            _ => {}
        }
    }
    let [establishment, senior_posts, middle_posts] = posts;
    if establishment.is_none() {
        gathering.assume(&NO_ESTABLISHMENT);
    }
    let head = sites.iter().find(|draft| draft.school.code == code);
    let first = head.or(sites.first()).expect("a unit has a site");
    Unit {
        code: code.to_owned(),
        name: stated_name.unwrap_or(&first.school.name).to_owned(),
        establishment,
        senior_posts: Given(senior_posts),
        middle_posts: Given(middle_posts),
    }
}

/// What tells one row of `classes` from another: kindergarten's grades have names, not numbers.
type ClassKey = (usize, Stage, Option<u8>, String);

/// Reads the table of classes into the schools.
pub(super) fn read_classes(
    sheet: &Sheet,
    schools: &mut Schools,
    subjects: &mut SubjectPool,
    gathering: &mut Gathering,
) {
    let mut seen: BTreeMap<ClassKey, usize> = BTreeMap::new();
    let mut totals = (0_u64, 0_u64);
    for row in sheet.rows.rows() {
        let mut reader = RowReader::new(sheet, row, gathering);
        let Some((place, name, group)) = read_group(&mut reader, schools, subjects) else {
            continue;
        };
        totals.0 += u64::from(group.classes);
        totals.1 += u64::from(group.pupils);
        let key = (place, group.stage, group.grade, name);
        if let Some(first) = seen.get(&key) {
            let fault = reader
                .fault(&CLASSES_TWICE, "school")
                .hint(&format!("与第 {first} 行重复"), &format!("see row {first}"));
            reader.push(fault);
            continue;
        }
        seen.insert(key, row.number);
        add_group(&mut schools.sites[place].classes, group);
    }
    check_totals_beside_grades(sheet, &seen, schools, gathering);
    check_total_row(sheet, totals, gathering);
}

/// Adds a group; those without number or programme (kindergarten, stage totals) are one.
fn add_group(groups: &mut Vec<ClassGroup>, group: ClassGroup) {
    let same = groups.iter_mut().find(|held| {
        (held.stage, held.grade, held.programme) == (group.stage, group.grade, group.programme)
    });
    match same {
        Some(held) => {
            held.classes = held.classes.saturating_add(group.classes);
            held.pupils = held.pupils.saturating_add(group.pupils);
        }
        None => groups.push(group),
    }
}

fn read_group<'a>(
    reader: &mut RowReader<'a>,
    schools: &'a Schools,
    subjects: &mut SubjectPool,
) -> Option<(usize, String, ClassGroup)> {
    let school = reader.school("school", &schools.school_directory);
    reader.school = schools.concerned(school, reader.cell("school"));
    reader.require_cells(&[]);
    let stage: Option<Stage> = reader.word("stage");
    let classes = reader.count("classes", MOST_CLASSES);
    let pupils = reader.count("pupils", MOST_PUPILS);
    // 小班, 中班, 大班 and the like are no grades of ours, but tell rows apart.
    let named_grade = stage == Some(Stage::Kindergarten);
    let grades = if named_grade {
        Vec::new()
    } else {
        reader.grades("grade", stage)
    };
    if grades.len() > 1 {
        reader.report(&NOT_A_GRADE, "grade");
    }
    // A grade that cannot be read must not pass for a stage total.
    let grade_lost = !named_grade && grades.len() != 1 && reader.filled("grade").is_some();
    let grade = grades.first().copied();
    let mut name = if named_grade {
        reader.text("grade")
    } else {
        String::new()
    };
    let programme = reader.optional_text("programme").map(|text| {
        let text = values::without_blanks(&text);
        let canonical = meaning(&text, Stage::Vocational);
        let text = canonical
            .first()
            .map_or(text.as_str(), |known| *known)
            .to_owned();
        name.push_str(&text);
        subjects.number(&text)
    });
    let (place, stage) = (school.filter(|_| !grade_lost)?, stage?);
    let (classes, pupils) = (classes?, pupils?);
    if classes == 0 && pupils > 0 {
        reader.report(&PUPILS_WITHOUT_CLASS, "classes");
    } else if classes > 0 && pupils == 0 {
        reader.report(&CLASS_WITHOUT_PUPILS, "pupils");
    } else if pupils > classes.saturating_mul(100) {
        reader.report(&CROWDED, "pupils");
    }
    let group = ClassGroup {
        stage,
        grade,
        programme,
        classes,
        pupils,
    };
    Some((place, name, group))
}

fn check_totals_beside_grades(
    sheet: &Sheet,
    seen: &BTreeMap<ClassKey, usize>,
    schools: &Schools,
    gathering: &mut Gathering,
) {
    let is_total = |key: &ClassKey| key.2.is_none() && key.3.is_empty();
    let stages: BTreeSet<(usize, Stage)> = seen.keys().map(|key| (key.0, key.1)).collect();
    for (place, stage) in stages {
        let first = (place, stage, None, String::new());
        let Some(row) = seen.get(&first) else {
            continue;
        };
        let parted = seen
            .keys()
            .any(|key| (key.0, key.1) == (place, stage) && !is_total(key));
        if parted {
            gathering.faults.push(
                Fault::new(&TOTAL_BESIDE_GRADES, &sheet.file)
                    .row(*row)
                    .column(sheet.header("grade"))
                    .school(Some(&schools.label(place))),
            );
        } else if stage.graduating_grade().is_some() {
            gathering.assume(&STAGE_TOTALS);
        }
    }
}

fn check_total_row(sheet: &Sheet, (classes, pupils): (u64, u64), gathering: &mut Gathering) {
    let Some(total) = &sheet.total else {
        return;
    };
    let row = sheet.rows.at(total);
    for (column, sum) in [("classes", classes), ("pupils", pupils)] {
        let cell = sheet.cell(row, column);
        let stated = values::decimal(cell, 0, i64::MAX).ok();
        if stated.is_some_and(|stated| stated as u64 != sum) {
            gathering.faults.push(
                Fault::new(&TOTALS_DISAGREE, &sheet.file)
                    .row(row.number)
                    .column(sheet.header(column))
                    .value(cell)
                    .detail(
                        &format!("各行之和为 {sum}"),
                        &format!("the rows add to {sum}"),
                    ),
            );
        }
    }
}
