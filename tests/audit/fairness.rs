//! Whom a plan asks: every figure counts, and the figures are those of the people.

use shizi::domain::plan_files::FAIRNESS;
use shizi::domain::{District, Form, Given, Month, Sex, Teacher};

use crate::support::plans::{Case, POLICY, district, read_table};
use crate::{assert_found, edited, spoiled};

#[test]
fn every_cell_of_fairness_csv_counts() {
    let wrong = [
        ("星座", "R111", ""),
        ("某组", "R111", ""),
        ("99", "R110", FAIRNESS.1[2]),
        ("99", "R110", FAIRNESS.1[3]),
        ("99%", "R110", FAIRNESS.1[4]),
        ("-9.9", "R110", FAIRNESS.1[5]),
        ("99", "R110", FAIRNESS.1[6]),
        ("99", "R110", FAIRNESS.1[7]),
        ("99", "R110", FAIRNESS.1[8]),
    ];
    for (column, (cell, code, name)) in wrong.into_iter().enumerate() {
        let report = edited(FAIRNESS.0, |table| table[2][column] = cell.to_owned());
        assert_found(&report, code, FAIRNESS.0, name);
    }
    let report = edited(FAIRNESS.0, |table| {
        table.remove(1);
    });
    assert_found(&report, "R112", FAIRNESS.0, "");
    let report = spoiled(|folder| std::fs::remove_file(folder.join(FAIRNESS.0)).unwrap());
    assert_found(&report, "R001", FAIRNESS.0, "");
}

/// A word of the file, and who belongs to it.
type Row = (&'static str, &'static str, fn(&Teacher) -> bool);

/// Counted by hand, one question a row.
const ROWS: [Row; 9] = [
    ("全部", "全部", |_| true),
    ("性别", "女", |held| held.sex == Some(Sex::Female)),
    ("性别", "男", |held| held.sex == Some(Sex::Male)),
    ("性别", "不详", |held| held.sex.is_none()),
    ("年龄", "30岁及以下", |held| {
        held.birth == Month::new(1994, 10)
    }),
    ("年龄", "31–35岁", |held| {
        held.birth == Month::new(1994, 9)
    }),
    ("年龄", "36–40岁", |held| {
        held.birth == Month::new(1985, 3)
    }),
    ("年龄", "不详", |held| held.birth.is_none()),
    ("交流次数", "交流过两次以上", |held| {
        held.exchanges_made().is_some_and(|made| made > 1)
    }),
];

#[test]
fn the_figures_are_those_of_the_people() {
    let mut parts = (*district()).clone();
    for (position, teacher) in parts.teachers.iter_mut().enumerate() {
        teacher.earlier_exchanges = Given(Some(position as u32 % 4));
        teacher.sex = [Some(Sex::Female), Some(Sex::Male), None][position % 3];
        teacher.birth = match position % 4 {
            0 => None,
            1 => Month::new(1985, 3),
            2 => Month::new(1994, 9),
            _ => Month::new(1994, 10),
        };
    }
    let case = Case::new(District::new(parts).unwrap(), POLICY);
    let folder = tempfile::tempdir().unwrap();
    let plan = case.write(folder.path()).plan.unwrap();
    assert!(case.audit(folder.path()).passes());
    let table = read_table(folder.path(), FAIRNESS.0);
    let cells = |attribute: &str, group: &str| -> Vec<i64> {
        let mut rows = table.iter();
        let row = rows.find(|row| row[0] == attribute && row[1] == group);
        let row = row.unwrap_or_else(|| panic!("no {attribute} {group}: {table:#?}"));
        [2, 3, 7, 8]
            .map(|column| row[column].parse().unwrap())
            .into()
    };
    let mut sums = [0; 4];
    case.with(|context, _| {
        for (attribute, group, belongs) in ROWS {
            let mut counted = [0; 4];
            for placement in &plan.placements {
                let teacher = context.situation.district.teacher(placement.teacher);
                if !belongs(teacher) {
                    continue;
                }
                let eligible = context
                    .standings
                    .is_eligible(placement.teacher, Form::Exchange);
                let goes = matches!(placement.form, Form::Exchange | Form::Transfer);
                let chosen = goes && !placement.decided;
                counted[0] += i64::from(eligible);
                counted[1] += i64::from(chosen && eligible);
                counted[2] += i64::from(chosen && !eligible);
                counted[3] += i64::from(goes && placement.decided);
            }
            assert_eq!(cells(attribute, group), counted, "{attribute} {group}");
            if attribute == "性别" {
                for (sum, count) in sums.iter_mut().zip(counted) {
                    *sum += count;
                }
            }
        }
    });
    assert_eq!(
        cells("全部", "全部"),
        sums,
        "the sexes and the unknown are all"
    );
    assert!(sums[0] > 0 && sums[1] > 0 && sums[3] > 0, "{sums:?}");
}
