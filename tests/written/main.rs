//! Rosters that are written are those of the district: read again, they give it, whatever is in it.
//!
//! Source of truth: the district before it was written, with what was assumed compared apart.

#![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

mod drawn;
#[path = "../programs/mod.rs"]
mod programs;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use drawn::{odd, readable};
use programs::Numbers;
use shizi::domain::{
    Capability, District, DistrictParts, Form, Given, SchoolIndex, SchoolState, SubjectIndex,
    TeacherIndex,
};
use shizi::generate::{Kind, Profile, generate, generate_of_kind, write};
use shizi::ingest::columns::TABLES;
use shizi::ingest::{
    CANONICAL_SUBJECTS, NewFilesError, Reading, WriteError, digest, read_district, write_district,
};

/// A district from the files of a folder.
fn read(folder: &Path) -> District {
    let reading = read_district(folder).unwrap();
    let errors: Vec<_> = reading.faults.iter().take(3).collect();
    reading.district.unwrap_or_else(|| panic!("{errors:#?}"))
}

/// The files of a folder by their names.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap();
    let file = |path: PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, fs::read(path).unwrap())
    };
    entries.map(|entry| file(entry.unwrap().path())).collect()
}

/// Writes a district and reads it again: what was promised is what is read, and written once more the
/// bytes are the same. Gives what was read and what was written.
fn written(district: &District) -> Result<(Reading, BTreeMap<String, Vec<u8>>), WriteError> {
    let folder = tempfile::tempdir().unwrap();
    let promised = write_district(district, folder.path())?;
    let reading = read_district(folder.path()).unwrap();
    assert_eq!(reading, promised);
    let again = tempfile::tempdir().unwrap();
    write_district(reading.district.as_ref().unwrap(), again.path()).unwrap();
    assert_eq!(files(folder.path()), files(again.path()));
    Ok((reading, files(folder.path())))
}

/// The district as it is read again, which must be the same but for what was assumed.
fn same_again(district: &District) -> District {
    let (reading, _) = written(district).unwrap_or_else(|error| panic!("{error}"));
    let read = reading.district.unwrap();
    let mut parts = DistrictParts::clone(&read);
    parts.assumptions.clone_from(&district.assumptions);
    assert_eq!(parts, **district);
    assert_eq!(reading.digest, digest(district));
    read
}

#[test]
fn every_instance_is_read_again() {
    let instances = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances");
    let mut tables = 0;
    for entry in fs::read_dir(instances).unwrap() {
        let folder = entry.unwrap().path();
        if folder.join("district.toml").exists() {
            let district = read(&folder);
            let again = same_again(&district);
            assert_eq!(again.assumptions, district.assumptions);
            tables += files(&folder).len();
        }
    }
    assert!(tables > 50);
}

#[test]
fn generated_districts_are_read_again() {
    let folders = tempfile::tempdir().unwrap();
    let mut made = Vec::new();
    for name in ["small", "county"] {
        for seed in 1..=3 {
            made.push(generate(&Profile::named(name).unwrap(), seed));
        }
    }
    let small = Profile::named("small").unwrap();
    made.extend(Kind::ALL.map(|kind| generate_of_kind(&small, kind, 1).unwrap()));
    for (place, made) in made.iter().enumerate() {
        let folder = folders.path().join(place.to_string());
        write(made, &folder).unwrap();
        let district = read(&folder);
        let again = same_again(&district);
        assert_eq!(again.assumptions, district.assumptions);
    }
}

/// Everything that a district says of subjects, by their names.
fn by_names(parts: &DistrictParts) -> String {
    let name = |subject: SubjectIndex| parts.subjects[subject.position()].as_str();
    let pair = |held: &Capability| (held.stage, name(held.subject));
    let mut text = String::new();
    for teacher in &parts.teachers {
        let further: Vec<_> = teacher.further.iter().map(pair).collect();
        let held: Vec<_> = teacher.certificates.iter().map(pair).collect();
        let _ = writeln!(
            text,
            "{} {} {further:?} {held:?}",
            teacher.id,
            name(teacher.subject)
        );
    }
    let needs = parts.stated_needs.iter();
    let needs: Vec<_> = needs
        .map(|need| (need.school, name(need.subject), need.amount))
        .collect();
    let results = parts.results.iter();
    let results: Vec<_> = results
        .map(|held| (held.teacher, held.subject.map(name)))
        .collect();
    let quotas = parts.quotas.iter();
    let quotas: Vec<_> = quotas
        .map(|held| (held.school, name(held.subject), held.sent))
        .collect();
    text + &format!("{needs:?}\n{results:?}\n{quotas:?}")
}

#[test]
fn random_districts_are_read_again() {
    for seed in 0..400 {
        let drawn = support::random::district(&mut Numbers::new(seed));
        let district = District::new(readable(drawn)).unwrap();
        let (reading, _) = written(&district).unwrap_or_else(|error| panic!("{seed}: {error}"));
        let read = reading.district.unwrap();
        assert_eq!(by_names(&read), by_names(&district), "seed {seed}");
        // What was read has all subjects of the curriculum, and is the same from then on.
        assert!(read.subjects.len() >= CANONICAL_SUBJECTS.len());
        assert_eq!(same_again(&read), read);
    }
}

/// The roster of `tests/rosters/good` with every table.
fn full() -> District {
    let folder = tempfile::tempdir().unwrap();
    let good = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rosters/good");
    for (name, bytes) in files(&good) {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    for (name, text) in [
        (
            "results.csv",
            "教师编号,结果,岗位学段,岗位学科\nT02,落聘,,\nT06,聘任,初中,数学\n",
        ),
        (
            "scores.csv",
            "教师编号,学校代码,学科,得分\nT01,003,,86.5\nT02,003,美术,90.05\n",
        ),
        (
            "quotas.csv",
            "学校代码,学段,学科,派出,接收\n005,中职,汽车维修,1,0\n",
        ),
        (
            "itinerant.csv",
            "教师编号,周一,周四,起,止\nT01,002,003,2024-09,2026-09\n",
        ),
        (
            "locks.csv",
            "教师编号,锁定,学校,形式,理由\nT01,留任,,,\"他说“好”, \"\"且\"\"\n，１号；　全角\"\nT02,不派往,002,,'撇号\nT02,派往,003,调动,第1条\nT04,限定形式,,支教,a|b;c\td\n",
        ),
        (
            "decided.csv",
            "教师编号,事项,学校,生效年月,依据\nT03,返回,,2025-08,\"局务会,第3次\"\nT05,离岗,,2025-09,\nT06,交流,005,2025-09,\nT05,离职,,2026-02,〔2025〕12号\n",
        ),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    read(folder.path())
}

#[test]
fn every_column_that_a_district_keeps_is_written() {
    let district = full();
    let reasons: Vec<&str> = district.locks.iter().map(|lock| &*lock.reason).collect();
    assert!(
        reasons.contains(&"他说“好”, \"且\" ，１号； 全角"),
        "{reasons:?}"
    );
    let mut parts = same_again(&district).into_parts();
    for unit in &mut parts.units {
        unit.senior_posts = Given(Some(0));
        unit.middle_posts = Given(Some(3));
    }
    for school in &mut parts.schools {
        school.failed_indicators = 1;
        school.group = Some("东集团".to_owned());
        school.dormitory = true;
        school.remote = true;
    }
    parts.schools[0].partner = parts.schools[1].partner.or(Some(parts.teachers[3].school));
    let last = parts.schools.len() - 1;
    let mut closing = parts.schools[last].clone();
    closing.code = "900".to_owned();
    closing.classes.clear();
    closing.state = SchoolState::Merging;
    closing.merged_into = Some(SchoolIndex(0));
    parts.schools.push(closing);
    parts.teachers[0].practice_months = Given(Some(0));
    parts.teachers[0].earlier_exchanges = Given(Some(0));
    parts.teachers[0].relatives = vec![TeacherIndex(2)];
    parts.teachers[2].relatives = vec![TeacherIndex(0)];
    let district = District::new(parts).unwrap();
    same_again(&district);
    let (_, files) = written(&district).unwrap();
    let mut missing = Vec::new();
    for table in TABLES {
        let text = String::from_utf8(files[&format!("{}.csv", table.name)].clone()).unwrap();
        let header = text
            .strip_prefix('\u{feff}')
            .unwrap()
            .lines()
            .next()
            .unwrap();
        let headers: Vec<&str> = header.split(',').collect();
        for column in table.columns {
            if !headers.contains(&column.header) {
                missing.push(format!("{}.{}", table.name, column.key));
            }
        }
    }
    // Districts do not keep these.
    let dropped = [
        "teachers.exchange_form",
        "teachers.remarks",
        "itinerant.name",
        "itinerant.stage",
        "itinerant.subject",
        "itinerant.home",
        "itinerant.minutes",
    ];
    assert_eq!(missing, dropped);
}

#[test]
fn whoever_is_in_it_and_whatever_they_teach() {
    for seed in 0..300 {
        let parts = odd(seed);
        let district = District::new(parts.clone()).unwrap();
        let (reading, _) = written(&district).unwrap_or_else(|error| panic!("{seed}: {error}"));
        let read = reading.district.unwrap();
        assert_eq!(by_names(&read), by_names(&parts), "seed {seed}");
        let without_subjects = |district: &District| {
            let mut teachers = district.teachers.clone();
            for teacher in &mut teachers {
                teacher.subject = SubjectIndex(0);
                teacher.further.clear();
                teacher.certificates.clear();
            }
            teachers
        };
        assert_eq!(
            without_subjects(&read),
            without_subjects(&district),
            "seed {seed}"
        );
        same_again(&read);
    }
}

#[test]
fn what_no_roster_can_say_is_refused_and_nothing_is_written() {
    let refused = |change: fn(&mut DistrictParts)| {
        let mut parts = full().into_parts();
        change(&mut parts);
        let folder = tempfile::tempdir().unwrap();
        let error = write_district(&District::new(parts).unwrap(), folder.path()).unwrap_err();
        assert!(files(folder.path()).is_empty());
        error.to_string()
    };
    let no_school = refused(|parts| {
        let mut unit = parts.units[0].clone();
        unit.code = "999".to_owned();
        parts.units.push(unit);
    });
    assert!(no_school.ends_with("with other schools"), "{no_school}");
    let lock = refused(|parts| parts.locks[0].form = Some(Form::Itinerant));
    assert!(lock.contains("D028"), "{lock}");
    let blank = refused(|parts| parts.locks[0].reason = "两行\n理由".to_owned());
    assert!(blank.ends_with("locks (`T01`)"), "{blank}");
    let one_way = refused(|parts| parts.travel.truncate(1));
    assert!(one_way.ends_with("travel"), "{one_way}");
    let name = refused(|parts| parts.teachers[3].name = "王 五".to_owned());
    assert!(name.ends_with("teachers (`T04`)"), "{name}");
    let date = refused(|parts| parts.year_begin = parts.year_begin.plus(12 * 200));
    assert!(date.contains("district.toml"), "{date}");
}

#[test]
fn a_folder_with_tables_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("scores.csv"), "mine").unwrap();
    let refused = write_district(&read(&instance("tiny")), folder.path());
    assert!(matches!(
        refused,
        Err(WriteError::Files(NewFilesError::Exists { files })) if files.len() == 1
    ));
    assert_eq!(files(folder.path()).len(), 1);
}

fn instance(name: &str) -> PathBuf {
    let instances = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances");
    instances.join(name)
}

#[test]
fn a_subject_that_nobody_bears_any_more_goes() {
    let mut parts = full().into_parts();
    let left = parts.teachers.pop().unwrap();
    let name = parts.subjects[left.subject.position()].clone();
    assert_eq!(name, "汽车维修");
    parts.quotas.clear();
    parts
        .stated_needs
        .retain(|need| need.subject != left.subject);
    for school in &mut parts.schools {
        school.classes.retain(|group| group.programme.is_none());
    }
    let last = TeacherIndex(parts.teachers.len() as u32);
    parts.locks.retain(|lock| lock.teacher != last);
    let district = District::new(parts).unwrap();
    let (reading, _) = written(&district).unwrap();
    let read = reading.district.unwrap();
    assert_eq!(read.subject_named(&name), None);
    assert_eq!(by_names(&read), by_names(&district));
}
