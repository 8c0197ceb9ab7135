//! Need against hand reckonings. Sources of truth: sums done by hand from the shipped tables of
//! weekly periods and loads, and the totals published for Wulong.

use std::path::Path;

mod programs;
mod support;

use shizi::demand::{RoadBasis, Situation};
use shizi::domain::district::TravelTime;
use shizi::domain::schooling::Coordinates;
use shizi::domain::{ClassGroup, District, DistrictParts, Minutes, SchoolIndex, Stage};
use shizi::policy::{Policy, load};

const SUBJECTS: [&str; 15] = [
    "语文",
    "数学",
    "英语",
    "道德与法治",
    "历史",
    "地理",
    "生物",
    "物理",
    "化学",
    "科学",
    "体育",
    "音乐",
    "美术",
    "信息科技",
    "综合实践",
];

fn national() -> Policy {
    load(Path::new("national")).expect("the base policy reads")
}

/// One school with so many classes and pupils a grade.
fn school(stage: Stage, grades: &[u8], classes: u32, pupils: u32) -> District {
    let mut subjects = SUBJECTS.to_vec();
    subjects.push("心理健康");
    let mut parts: DistrictParts = support::empty(&subjects);
    let school = support::add_school(&mut parts, stage, 1);
    parts.schools[school.position()].classes = grades
        .iter()
        .map(|&grade| ClassGroup {
            stage,
            grade: Some(grade),
            programme: None,
            classes,
            pupils,
        })
        .collect();
    District::new(parts).expect("the parts fit each other")
}

/// Tenths of persons: (by loads alone, with credits, by the ratio of pupils to staff).
fn reckoned(district: &District, policy: &Policy) -> (i64, i64, i64) {
    let situation = Situation::new(district, policy);
    let total = situation.balances.total();
    let unit = situation.balances.unit(district.schools[0].unit);
    let tenths = |persons: shizi::domain::Persons| (persons.0 + 50) / 100;
    (
        tenths(total.need_by_loads),
        tenths(total.need),
        tenths(unit.by_ratio),
    )
}

#[test]
fn a_primary_school_of_eighteen_classes_needs_less_than_its_ratio_gives() {
    // 126 lessons of 语文 and 78 of 数学 at 14, 312 others at 18: 9.0 + 5.6 + 17.3 = 31.9 persons;
    // 18 classes of 45 pupils at 19 pupils a member of staff: 42.6.
    let district = school(Stage::Primary, &[1, 2, 3, 4, 5, 6], 3, 135);
    let (by_loads, with_credits, by_ratio) = reckoned(&district, &national());
    assert_eq!((by_loads, by_ratio), (319, 426));
    // 18 class teachers' credits of 3 lessons and 2% for short leave.
    assert!(
        by_loads < with_credits && with_credits < by_ratio,
        "{with_credits}"
    );
}

#[test]
fn a_junior_school_of_eighteen_classes_needs_less_than_its_ratio_gives() {
    // 252 lessons at 12, 222 at 14, 138 at 16: 21.0 + 15.9 + 8.6 = 45.5; 900 pupils at 13.5: 66.7.
    let district = school(Stage::Junior, &[7, 8, 9], 6, 300);
    let (by_loads, with_credits, by_ratio) = reckoned(&district, &national());
    assert_eq!((by_loads, by_ratio), (455, 667));
    assert!(
        by_loads < with_credits && with_credits < by_ratio,
        "{with_credits}"
    );
}

#[test]
fn a_small_site_needs_more_than_its_ratio_gives() {
    // Six classes of twelve: 31.9 / 3 = 10.6 persons by loads, 3.8 by the ratio. Its need is by the
    // class: 6 × 1.8 = 10.8.
    let district = school(Stage::Primary, &[1, 2, 3, 4, 5, 6], 1, 12);
    let (by_loads, need, by_ratio) = reckoned(&district, &national());
    assert_eq!((by_loads, need, by_ratio), (106, 108, 38));
}

#[test]
fn pools_of_small_sites_need_whole_persons() {
    let policy = national();
    for classes in 1..=6 {
        let grades: Vec<u8> = (1..=classes).collect();
        let district = school(Stage::Primary, &grades, 1, 10);
        let situation = Situation::new(&district, &policy);
        let posts = situation.posts.all();
        let part = posts
            .iter()
            .filter(|post| post.need.0 > 0 && post.need.0 < 1000)
            .count();
        assert!(
            part == 0 || posts.len() == 1,
            "{classes} classes: {posts:#?}"
        );
    }
}

#[test]
fn minutes_come_from_the_table_else_from_coordinates_else_from_towns() {
    let mut parts = support::empty(&SUBJECTS);
    for _ in 0..5 {
        support::add_school(&mut parts, Stage::Primary, 6);
    }
    for (school, town) in parts.schools.iter_mut().zip(["甲", "甲", "乙", "丙", "丙"]) {
        school.town = town.to_owned();
    }
    parts.schools[0].cluster = Some("东片".to_owned());
    parts.schools[2].cluster = Some("东片".to_owned());
    // A tenth of a degree of latitude is 11.12 km: 16.1 km of road at 1.45, 28 minutes at 35 km/h
    // rounded up, and 5 to start.
    for (school, latitude) in [(3, 29_300_000), (4, 29_400_000)] {
        let place = Coordinates {
            latitude,
            longitude: 107_700_000,
        };
        parts.schools[school].coordinates = Some(place);
    }
    let given = TravelTime {
        from: SchoolIndex(1),
        to: SchoolIndex(2),
        minutes: Minutes(99),
    };
    parts.travel = vec![given];
    let district = District::new(parts).expect("the parts fit each other");
    let policy = national();
    let roads = Situation::new(&district, &policy).roads;
    let time = |from, to| {
        let (minutes, basis) = roads.time(SchoolIndex(from), SchoolIndex(to));
        (minutes.0, basis)
    };
    assert_eq!(
        time(2, 1),
        (99, RoadBasis::Given),
        "one direction counts for both"
    );
    assert_eq!(time(3, 4), (33, RoadBasis::Coordinates));
    assert_eq!(time(0, 1), (15, RoadBasis::Towns));
    assert_eq!(time(0, 2), (35, RoadBasis::Towns), "the same cluster");
    assert_eq!(time(0, 3), (60, RoadBasis::Towns));
}

#[test]
fn loads_alone_make_a_third_of_wulong_look_idle_and_credits_do_not() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("instances/wulong");
    let reading = shizi::ingest::read_district(&folder).expect("the folder is readable");
    let district = reading.district.expect("the instance has no fault");
    let policy = load(Path::new("wulong")).expect("the policy reads");
    let total = Situation::new(&district, &policy).balances.total();
    let idle = 1.0 - total.need_by_loads.0 as f64 / total.staff.0 as f64;
    assert!((0.25..0.40).contains(&idle), "{idle}");
    let ratio = total.need.0 as f64 / total.staff.0 as f64;
    assert!((0.98..1.02).contains(&ratio), "{ratio}");
}
