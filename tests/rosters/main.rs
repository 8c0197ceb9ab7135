//! Rosters as clerks have them: the same district in every dress, and a clear fault for each
//! mistake.

#![allow(
    clippy::unwrap_used,
    reason = "helpers of tests fail by panicking, as tests do"
)]

mod broken;
mod dresses;
mod random;
mod support;

use shizi::domain::{Stage, Teacher};
use shizi::ingest::{Severity, read_district};
use support::Roster;

#[test]
fn the_good_roster_has_no_fault() {
    let reading = Roster::good().read();
    assert_eq!(reading.faults, []);
    assert_eq!(reading.notices, []);
    let district = reading.district.expect("a good roster gives a district");
    assert_eq!(district.name, "示例县");
    assert_eq!(district.schools.len(), 5);
    assert_eq!(district.units.len(), 4);
    assert_eq!(district.teachers.len(), 8);
    let primary = district.schools[0].stage_totals(Stage::Primary);
    assert_eq!(primary, (4, 178));
    let third = &district.teachers[2];
    assert_eq!(third.id, "T03");
    assert_eq!(district.school(third.running.unwrap().origin).code, "001");
    assert_eq!(district.travel.len(), 4);
    let certified: Vec<(Stage, &str)> = district.teachers[5]
        .certificates
        .iter()
        .map(|held| (held.stage, district.subject_name(held.subject)))
        .collect();
    assert_eq!(
        certified,
        [(Stage::Junior, "物理"), (Stage::Senior, "物理")]
    );
    assert_eq!(district.teachers[0].spouse, district.teacher_with_id("T02"));
}

#[test]
fn exchanges_made_are_counted_with_the_running_one() {
    let made = |roster: &Roster| -> Vec<Option<u32>> {
        let district = roster.read().district.unwrap();
        let teachers = district.teachers.iter();
        teachers.map(Teacher::exchanges_made).collect()
    };
    let plain = Roster::good();
    let mut roster = Roster::good();
    roster.replace("teachers.csv", "任期届数", "轮岗次数");
    for row in [3, 5, 7] {
        roster.set("teachers.csv", row, "轮岗次数", "");
    }
    let reading = roster.read();
    assert_eq!(made(&plain)[1..4], [None, Some(1), None], "T03 is away");
    assert_eq!(made(&roster), made(&plain), "an empty column says nothing");
    let assumed = reading.district.unwrap();
    let unknown = assumed.assumptions.iter().find(|held| held.code == "A028");
    assert_eq!(unknown.map(|held| held.count), Some(7));
    roster.set("teachers.csv", 2, "轮岗次数", "0");
    roster.set("teachers.csv", 4, "轮岗次数", "2");
    assert_eq!(made(&roster)[..4], [Some(0), None, Some(2), None]);
    assert_ne!(roster.read().digest, plain.read().digest);
    // Registers that count what is over: one runs, so it is one.
    roster.set("teachers.csv", 4, "轮岗次数", "0");
    assert_eq!(made(&roster)[2], Some(1));
}

#[test]
fn the_disk_alone_gives_errors() {
    assert!(read_district(std::path::Path::new("tests/no such folder")).is_err());
    let empty = tempfile::tempdir().unwrap();
    let reading = read_district(empty.path()).unwrap();
    let codes: Vec<&str> = reading.faults.iter().map(|fault| fault.code).collect();
    assert_eq!(codes.iter().filter(|code| **code == "D001").count(), 3);
    assert!(codes.contains(&"D011"));
    assert!(
        reading
            .faults
            .iter()
            .all(|fault| fault.severity == Severity::Error)
    );
}

#[test]
fn the_committed_instances_read_without_a_fault() {
    let instances = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("instances");
    let mut read = 0;
    for entry in std::fs::read_dir(instances).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let reading = read_district(&path).unwrap();
            assert_eq!(reading.faults, [], "{}", path.display());
            assert_eq!(reading.notices, [], "{}", path.display());
            assert!(reading.district.is_some());
            read += 1;
        }
    }
    assert!(read > 0);
}
