//! Levers: recruits by kind, recognitions of those who have practised.

use shizi::domain::{District, DistrictParts, Employment, Given, Sex, Stage, Title, Zone};

use crate::support::{add_school, empty, state_need, subject, tiny};
use crate::{COVER, EXCHANGES, Scenario, TRANSFERS, check, plan};

const NOBODY: &[&str] = &[];

fn recruit(id: &str, keys: &str) -> String {
    format!(
        "[lever.{id}]\nkind = 'recruit'\ntitle = '招聘'\nlevel = 'people'\nweight = 1\n{keys}\n"
    )
}

/// A lever, and the same with other keys.
fn scenario(
    name: &str,
    parts: DistrictParts,
    [rule, otherwise]: [&str; 2],
    with: &'static [&'static str],
    without: &'static [&'static str],
) -> Scenario {
    Scenario {
        name: name.to_owned(),
        parts,
        beside: COVER.to_owned(),
        rule: recruit("tested", rule),
        otherwise: recruit("tested", otherwise),
        with,
        without,
    }
}

/// A school in town where one is missing, one in a village where one is.
fn town_and_village() -> DistrictParts {
    let mut parts = tiny::district(0, &[1000, 1000]);
    parts.schools[1].zone = Zone::Rural;
    parts
}

#[test]
fn rural_schools_come_first() {
    // One recruit for two posts alike: it goes to the village, where it costs a person and not one
    // and a half; where villages come last, to town. Two fill both, whatever that costs.
    let first = |zone: &str| format!("at_most = 1\nfirst = {{ zone = '{zone}' }}\nelsewhere = 0.5");
    check(&[scenario(
        "first",
        town_and_village(),
        [&first("乡村"), &first("城区")],
        &["招聘 S1 1"],
        &["招聘 S0 1"],
    )]);
}

#[test]
fn who_is_hired_is_placed() {
    // Nobody is missing but for a thousandth at S1, which a recruit would cover; at the level of
    // people a recruit costs a person, and at the one before a thousandth is worth it. Above need
    // nobody would be placed, were it not for the two who are hired.
    let parts = || tiny::district(1, &[1000, 1]);
    check(&[
        scenario(
            "at least",
            parts(),
            [
                "at_least = 2\nat_most = 2\nto = { school = 'S1' }",
                "at_most = 2",
            ],
            &["招聘 S1 2"],
            &["招聘 S1 1"],
        ),
        scenario(
            "at least one of three",
            tiny::district(1, &[1000]),
            ["at_least = 1\nat_most = 3", "at_most = 3"],
            &["招聘 S0 1"],
            NOBODY,
        ),
    ]);
}

#[test]
fn who_arrives_later_is_not_placed() {
    // The tests' year begins in September 2025.
    check(&[scenario(
        "arrives",
        town_and_village(),
        [
            "at_most = 2\nto = { school = 'S1' }\narrives = '2025-09'",
            "at_least = 2\nat_most = 2\nto = { school = 'S1' }\narrives = '2026-09'",
        ],
        &["招聘 S1 1"],
        NOBODY,
    )]);
}

#[test]
fn one_of_several_subjects_is_taught() {
    // One is missing in Chinese at S0, one in music at S1; two who teach either fill both posts, two
    // who teach Chinese one.
    let mut parts = empty(&["语文", "音乐"]);
    for needs in [[1000, 0], [0, 1000]] {
        let school = add_school(&mut parts, Stage::Primary, 8);
        for (name, need) in ["语文", "音乐"].into_iter().zip(needs) {
            let taught = subject(&parts, name);
            state_need(&mut parts, school, Stage::Primary, taught, need);
        }
    }
    check(&[scenario(
        "subject",
        parts,
        [
            "at_most = 2\nsubject = ['语文', '音乐']",
            "at_most = 2\nsubject = '语文'",
        ],
        &["招聘 S0 1", "招聘 S1 1"],
        &["招聘 S0 1"],
    )]);
}

#[test]
fn recruits_count_by_what_is_known_of_them() {
    // A floor asks for one dual-qualified teacher at S1, where a thousandth is needed: a recruit who
    // is known to be so is enough; of whom it is not known, two would not be.
    let floor = "[rule.floor]\nkind = 'count'\ntitle = '双师型'\nof = 'teachers'\n\
                 enforcement = 'floor'\nlevel = 'floors'\nwho = { dual_qualified = true }\n\
                 to = { school = 'S1' }\nscope = 'school'\nat_least = 1\n";
    let known = "at_most = 2\nprofile = { dual_qualified = true }";
    check(&[
        scenario(
            "profile",
            tiny::district(1, &[1000, 1]),
            [known, "at_most = 2"],
            &["招聘 S1 1"],
            NOBODY,
        )
        .only_beside(floor),
        // Unknown and known not to be are alike.
        scenario(
            "known not to be",
            tiny::district(1, &[1000, 1]),
            [known, "at_most = 2\nprofile = { dual_qualified = false }"],
            &["招聘 S1 1"],
            NOBODY,
        )
        .only_beside(floor),
    ]);
}

#[test]
fn outside_the_establishment_no_post_of_it_is_taken() {
    // One is missing at S0, whose unit has a post for T0 and no other.
    let mut parts = tiny::district(1, &[2000]);
    parts.units[0].establishment = Some(1);
    assert_eq!(parts.teachers[0].employment, Employment::Establishment);
    let full = "[rule.full]\nkind = 'count'\ntitle = '编制'\nof = 'establishment'\nscope = 'unit'\n\
                enforcement = 'hard'\nat_most = { of = 'establishment' }\n";
    check(&[scenario(
        "employment",
        parts,
        [
            "at_most = 1\nprofile = { employment = '编外' }",
            "at_most = 1\nprofile = { employment = '在编' }",
        ],
        &["招聘 S0 1"],
        NOBODY,
    )
    .beside(full)]);
}

#[test]
fn recognition_asks_for_practice_in_enterprises() {
    // Nobody of four is dual-qualified and everybody should be. T0 has practised for seven months, T1
    // for six, T2 for five, of T3 nothing is known.
    let mut parts = tiny::at_stage(Stage::Vocational, 4, &[4000]);
    let practised = [Some(7), Some(6), Some(5), None];
    for (teacher, months) in parts.teachers.iter_mut().zip(practised) {
        teacher.programme_teacher = true;
        teacher.practice_months = Given(months);
    }
    let mut unknown = parts.clone();
    for teacher in &mut unknown.teachers {
        teacher.practice_months = Given(None);
    }
    unknown.teachers[0].sex = Some(Sex::Male);
    let share = |part: &str| {
        format!(
            "[rule.share]\nkind = 'ratio'\ntitle = '双师型'\nof = 'teachers'\nlevel = 'floors'\n\
             enforcement = 'floor'\nwho = {{ programme_teacher = true }}\n\
             numerator = {{ dual_qualified = true }}\nat_least = '{part}'\n"
        )
    };
    let lever = |keys: &str| {
        format!(
            "[lever.certify]\nkind = 'certify'\ntitle = '认定'\nat_most = 3\nlevel = 'people'\n\
             weight = 0.5\n{keys}\n"
        )
    };
    let scenario = |name: &str, parts: &DistrictParts, keys: [&str; 2], with, without| Scenario {
        name: name.to_owned(),
        parts: parts.clone(),
        beside: share("100%"),
        rule: lever(keys[0]),
        otherwise: lever(keys[1]),
        with,
        without,
    };
    let months = |count: u32| format!("practice_months = {count}");
    check(&[
        // Two may be recognised; with five months three, with seven one: of whom nothing is known has
        // not practised where others are known to have.
        scenario(
            "six by itself",
            &parts,
            ["", &months(5)],
            &["认定 2"],
            &["认定 3"],
        ),
        scenario("seven", &parts, [&months(7), ""], &["认定 1"], &["认定 2"]),
        scenario(
            "who",
            &unknown,
            ["who = { sex = '男' }", ""],
            &["认定 1"],
            &["认定 3"],
        ),
    ]);
}

#[test]
fn titles_stay_within_their_posts() {
    // T0, T1, T2 hold senior titles; two are missing at S1, whose unit has one senior post: one moves
    // with 编制, while any number may serve there on exchange.
    let crowded = || {
        let mut parts = tiny::district(3, &[1000, 2000]);
        for teacher in &mut parts.teachers {
            teacher.title = Title::Senior;
        }
        for (unit, posts) in parts.units.iter_mut().zip([3, 1]) {
            unit.senior_posts = Given(Some(posts));
        }
        parts
    };
    let limit = |scope: &str| {
        format!(
            "[rule.tested]\nkind = 'count'\ntitle = '高级岗位'\nof = 'establishment'\n\
             scope = '{scope}'\nwho = {{ title_at_least = '高级教师' }}\n\
             at_most = {{ of = 'senior_posts' }}\n"
        )
    };
    let scenario = |name: &str, parts, beside: &str, otherwise: String, with, without| Scenario {
        name: name.to_owned(),
        parts,
        beside: format!("{COVER}{beside}"),
        rule: limit("unit"),
        otherwise,
        with,
        without,
    };
    let mut over = crowded();
    over.units[1].senior_posts = Given(Some(0));
    let transfers: &[&str] = &["T1 调动 S1 语文", "T2 调动 S1 语文"];
    check(&[
        scenario(
            "with 编制",
            crowded(),
            TRANSFERS,
            String::new(),
            &["T2 调动 S1 语文"],
            transfers,
        ),
        // Pooled over the stage nothing is lacking: four posts for three persons.
        scenario(
            "pooled",
            crowded(),
            TRANSFERS,
            limit("stage"),
            &["T2 调动 S1 语文"],
            transfers,
        ),
        scenario("no post", over, TRANSFERS, String::new(), NOBODY, transfers),
    ]);
    // Who is on exchange holds the title where the 编制 stays: the limit changes nothing.
    let district = District::new(crowded()).expect("the district is sound");
    let exchanged = ["T1 交流 S1 语文", "T2 交流 S1 语文"];
    for rule in [limit("unit"), String::new()] {
        assert_eq!(plan(&district, &[COVER, EXCHANGES, &rule]), exchanged);
    }
}

#[test]
fn programmes_have_teachers_of_some_standing() {
    // S0 and S1 teach the programme, S1 has no classes of it: two of middle titles are asked at S0.
    let mut parts = tiny::at_stage(Stage::Vocational, 1, &[1000, 1000]);
    let programme = subject(&parts, tiny::SUBJECT);
    parts.schools[0].classes[0].programme = Some(programme);
    for _ in 0..2 {
        tiny::teacher_at(&mut parts, 1);
    }
    let rule = |key: &str| {
        format!(
            "kind = 'count'\nof = 'teachers'\nenforcement = 'floor'\nlevel = 'floors'\n\
             who = {{ title_at_least = '一级教师' }}\nscope = 'school-subject'\nat_least = 2\n{key}"
        )
    };
    // Where every subject asks for two, one of three is missing wherever they are.
    check(&[Scenario::new(
        "programme",
        parts,
        &rule("programme = true"),
        &["T2 交流 S0 语文"],
        NOBODY,
    )
    .otherwise(&rule(""))
    .only_beside(EXCHANGES)]);
}

#[test]
fn posts_of_establishment_are_lent_or_moved() {
    // Two are missing at S1, whose unit has a single post; U0 has one to spare, and T0 to T2 may only
    // move with 编制. Without a lever one moves; with a post more a second one does.
    let mut parts = tiny::district(3, &[1000, 2000]);
    for (unit, posts) in parts.units.iter_mut().zip([4, 1]) {
        unit.establishment = Some(posts);
    }
    let full = "[rule.full]\nkind = 'count'\ntitle = '编制'\nof = 'establishment'\nscope = 'unit'\n\
                enforcement = 'hard'\nat_most = { of = 'establishment' }\n";
    let lever = |kind: &str, keys: &str| {
        format!(
            "[lever.tested]\nkind = '{kind}'\ntitle = '编制'\nlevel = 'people'\nweight = 0.2\n{keys}\n"
        )
    };
    let one: &[&str] = &["T2 调动 S1 语文"];
    let scenario = |name: &str, kind: &str, keys: &str, with| Scenario {
        name: name.to_owned(),
        parts: parts.clone(),
        beside: format!("{COVER}{TRANSFERS}{full}"),
        rule: lever(kind, keys),
        otherwise: lever(kind, "at_most = 0"),
        with,
        without: one,
    };
    check(&[
        scenario(
            "reserve",
            "reserve",
            "at_most = 2",
            &["T1 调动 S1 语文", "T2 调动 S1 语文", "周转 U1 1"],
        ),
        scenario(
            "reallocate",
            "reallocate",
            "at_most = 2",
            &["T1 调动 S1 语文", "T2 调动 S1 语文", "调剂 U0 U1 1"],
        ),
    ]);
    // Not to that unit, or not from the one that has a post to spare.
    let district = District::new(parts.clone()).expect("the district is sound");
    for (kind, keys) in [
        ("reserve", "at_most = 2\nto = { school = 'S0' }"),
        ("reallocate", "at_most = 2\nto = { school = 'S0' }"),
        ("reallocate", "at_most = 2\nfrom = { school = 'S1' }"),
    ] {
        let rules = [COVER, TRANSFERS, full, &lever(kind, keys)];
        assert_eq!(plan(&district, &rules), one, "{kind} {keys}");
    }
}
