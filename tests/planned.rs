//! Districts that are fitted to a five-year plan: what the plan publishes comes out, for any seed.
//!
//! Source of truth: the figures of the plans, each named where it is asserted.

use shizi::domain::{Degree, Stage, Title};
use shizi::generate::statistics::{is_backbone, statistics};
use shizi::generate::{Profile, TeacherRecord, generate};

fn within(what: &str, which: &str, value: f64, low: f64, high: f64) {
    assert!(
        (low..=high).contains(&value),
        "{which}: {what} is {value:.4}, not within {low} to {high}"
    );
}

/// What Liangping, Jiangyang and Shapingba publish of 2020, for any seed.
#[test]
fn the_districts_of_2020_are_as_their_plans_say() {
    for (name, seed) in ["liangping", "jiangyang", "shapingba"]
        .into_iter()
        .flat_map(|name| (1..=3).map(move |seed| (name, seed)))
    {
        let which = format!("{name}, seed {seed}");
        let district = generate(&Profile::named(name).unwrap(), seed);
        for target in &district.targets {
            let value = target.measure.count(&district);
            assert_eq!(value, target.value, "{which}: {target:?}");
        }
        let figures = statistics(&district);
        let share = |among: &dyn Fn(&TeacherRecord) -> bool,
                     what: &dyn Fn(&TeacherRecord) -> bool| {
            let staff = district.teachers.iter().filter(|row| among(row));
            let (all, found) = staff.fold((0_u32, 0_u32), |(all, found), row| {
                (all + 1, found + u32::from(what(row)))
            });
            f64::from(found) / f64::from(all)
        };
        let carer = |row: &TeacherRecord| row.stage == Stage::Kindergarten;
        match name {
            "liangping" => {
                let held = |title: Title| {
                    let staff = district.teachers.iter();
                    staff.filter(|row| row.title == title).count()
                };
                assert_eq!(held(Title::FullSenior), 11, "{which}");
                assert_eq!(held(Title::Senior), 1_081, "{which}");
                let dual = district.teachers.iter().filter(|row| row.dual_qualified);
                assert!((60..=66).contains(&dual.count()), "{which}");
                within("双师型", &which, figures.dual_qualified, 0.385, 0.405);
            }
            "jiangyang" => {
                let degree = |stages: &[Stage], least: Degree| {
                    share(
                        &|row| row.is_permanent() && stages.contains(&row.stage),
                        &move |row| row.degree >= least,
                    )
                };
                let compulsory = degree(&[Stage::Primary, Stage::Junior], Degree::Bachelor);
                within("本科", &which, compulsory, 0.877, 0.8785);
                let senior = degree(&[Stage::Senior], Degree::Master);
                within("研究生", &which, senior, 0.112, 0.115);
                let carers = share(&carer, &|row| row.degree >= Degree::Associate);
                // 91.85%; hired carers have the degree of a colleague drawn at random.
                within("专科", &which, carers, 0.900, 0.940);
                within("双师型", &which, figures.dual_qualified, 0.512, 0.520);
            }
            _ => {
                let backbone = share(&TeacherRecord::is_permanent, &is_backbone);
                within("骨干", &which, backbone, 0.255, 0.262);
                let certified = share(&carer, &|row| !row.certificate_subjects.is_empty());
                within("持证", &which, certified, 0.860, 0.866);
                within("双师型", &which, figures.dual_qualified, 0.480, 0.488);
            }
        }
    }
}
