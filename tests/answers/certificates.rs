//! Certificates on Jiangjin: with a share that the recognitions of the year do not reach, so many more are
//! named as there must be, each year planned from nothing under a policy written by hand.

use std::path::Path;

use shizi::answers::{Base, Finding, Loosening, diagnose};
use shizi::rules::load;

use super::clashes::has_plan;
use super::year::{read, under};
use super::{NEVER, exact};

const JIANGJIN: &str = "instances/jiangjin";

/// The plan's 85% as a hard share of so many hundredths, and so many recognitions.
fn policy(hundredths: i64, certificates: i64) -> String {
    format!(
        "extends = 'jiangjin'\nid = 'trial'\ntitle = '试行'\n\
         [rule.dual-qualified]\nenforcement = 'hard'\nat_least = '{hundredths}%'\n\
         [lever.certify]\nat_most = {certificates}\n"
    )
}

fn is_planned(hundredths: i64, certificates: i64) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.toml");
    std::fs::write(&path, policy(hundredths, certificates)).unwrap();
    has_plan(Path::new(JIANGJIN), &path)
}

/// How many recognitions are enough by the diagnosis, of ten that there are.
fn needed(hundredths: i64) -> i64 {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("policy.toml");
    std::fs::write(&path, policy(hundredths, 10)).unwrap();
    let (district, ruled) = (read(Path::new(JIANGJIN)), load(&path).unwrap());
    let found = under(&district, &ruled, |&context| {
        let base = Base::unplanned(context, &ruled.1, &exact());
        let found = diagnose(&base, &[], false, &NEVER, &|_| {});
        found.unwrap().unwrap()
    });
    assert_eq!(found.finding, Finding::Clashes);
    let member = found
        .members
        .iter()
        .find(|held| held.rule.id == "dual-qualified");
    let missed = member.unwrap().missed.as_ref().unwrap();
    let mut ways = found.ways.iter();
    let way = ways.find_map(|way| match &way.loosening {
        Loosening::Lever {
            lever, from, to, ..
        } if lever == "certify" => Some((*from, *to, way.proven)),
        _ => None,
    });
    let (from, to, proven) = way.unwrap();
    assert!(proven && from == 10);
    assert_eq!(missed.amount, to - from, "as many as are missing");
    to
}

#[test]
fn so_many_more_certificates_are_enough_and_one_less_is_not() {
    let certificates = needed(90);
    assert!(is_planned(90, certificates));
    assert!(!is_planned(90, certificates - 1));
}
