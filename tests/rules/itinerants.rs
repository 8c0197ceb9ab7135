//! 走教: some days of the week at other schools.

use shizi::domain::district::TravelTime;
use shizi::domain::{
    District, DistrictParts, ItinerantWeek, Lock, LockKind, Minutes, Persons, SchoolIndex,
    SchoolState, Stage, SubjectIndex, TeacherIndex,
};

use crate::forms::NEITHER;
use crate::support::{self, tiny};
use crate::{COVER, EXCHANGES, Scenario, check, plan, policy_text};

/// Terms of 走教, behind a rule that says nothing. A day away is worth a day.
fn terms(keys: &str) -> String {
    format!(
        "kind = 'stability'\nenforcement = 'report'\n\
         [itinerant]\nsubject = '语文'\nlessons_lost = 0\n{keys}"
    )
}

/// Minutes of the ways of a week cost a hundredth of a person at the last level.
const WAYS: &str = "[rule.ways]\nkind = 'travel'\ntitle = '路程'\nform = '走教'\nlevel = 'people'\n\
                    enforcement = 'objective'\nweight = 0.001\n";

fn scenario(
    name: &str,
    parts: DistrictParts,
    body: &str,
    with: &'static [&'static str],
    without: &'static [&'static str],
) -> Scenario {
    Scenario::new(name, parts, body, with, without).only_beside(&format!("{COVER}{NEITHER}{WAYS}"))
}

/// One teacher at S0, which needs so much; the others are so many minutes away.
fn sites(needs: &[i64], minutes: &[i64]) -> DistrictParts {
    let mut parts = tiny::district(1, needs);
    tiny::minutes(&mut parts, minutes);
    parts
}

/// Two primary schools and two junior ones, of which the first of both can spare what the second
/// lacks.
fn two_stages() -> DistrictParts {
    let mut parts = sites(&[600, 400, 600, 400], &[10]);
    for school in [2, 3] {
        parts.schools[school].classes[0].stage = Stage::Junior;
        parts.stated_needs[school].stage = Stage::Junior;
    }
    tiny::teacher_at(&mut parts, 2);
    parts.travel.push(TravelTime {
        from: SchoolIndex(2),
        to: SchoolIndex(3),
        minutes: Minutes(10),
    });
    parts
}

#[test]
fn days_that_home_does_not_need() {
    check(&[
        // 0.6 + 0.4: two of five days are what S1 lacks, and no more than home can spare.
        scenario(
            "a village site",
            sites(&[600, 400], &[10]),
            &terms(""),
            &["T0 走教 S1 2天"],
            &[],
        ),
        scenario(
            "three sites",
            sites(&[600, 200, 200], &[10, 20]),
            &terms(""),
            &["T0 走教 S1 1天、S2 1天"],
            &["T0 走教 S1 1天"],
        )
        .otherwise(&terms("sites_at_most = 2")),
        // S1 lacks 0.45: three days of 0.15, and two of 0.2 that are needed in full.
        scenario(
            "lessons lost to the way",
            sites(&[400, 450], &[10]),
            &terms("").replace("lessons_lost = 0", "lessons_lost = 1"),
            &["T0 走教 S1 3天"],
            &["T0 走教 S1 2天"],
        )
        .otherwise(&terms("")),
        scenario(
            "days that home keeps",
            sites(&[0, 800], &[10]),
            &terms("home_days_at_least = 3"),
            &["T0 走教 S1 2天"],
            &["T0 走教 S1 4天"],
        )
        .otherwise(&terms("")),
        // Only the nearest is looked at, though S2 lacks more.
        scenario(
            "the nearest",
            sites(&[600, 200, 400], &[10, 20]),
            &terms("sites_at_most = 2\nnearest = 1"),
            &["T0 走教 S1 1天"],
            &["T0 走教 S2 2天"],
        )
        .otherwise(&terms("sites_at_most = 2")),
        // What S0 and S1 are of primary schools, S2 and S3 are of junior ones.
        scenario(
            "stage",
            two_stages(),
            &terms("stage = '初中'"),
            &["T1 走教 S3 2天"],
            &["T0 走教 S1 2天"],
        )
        .otherwise(&terms("stage = '小学'")),
    ]);
}

#[test]
fn rules_of_the_form() {
    // S1 is nearer, S2 is in the cluster of S0.
    let mut near = sites(&[600, 400, 400], &[10, 50]);
    for (school, cluster) in [(0, "甲"), (1, "乙"), (2, "甲")] {
        near.schools[school].cluster = Some(cluster.to_owned());
    }
    let beside = format!("{COVER}{NEITHER}{WAYS}[itinerant]\nsubject = '语文'\nlessons_lost = 0\n");
    let rule = |name: &str, body: &str, with| {
        Scenario::new(name, near.clone(), body, with, &["T0 走教 S1 2天"]).only_beside(&beside)
    };
    let mut kept = near.clone();
    kept.locks.push(Lock {
        teacher: TeacherIndex(0),
        kind: LockKind::Forbid,
        school: Some(SchoolIndex(1)),
        form: None,
        reason: String::new(),
    });
    let named = "[itinerant]\nsubject = '语文'\nlessons_lost = 0\n";
    check(&[
        Scenario::new(
            "a school that a lock forbids",
            kept,
            "kind = 'stability'\nenforcement = 'report'\n[itinerant]\nsubject = '语文'\n\
             lessons_lost = 0",
            &["T0 走教 S2 2天"],
            &[],
        )
        .only_beside(&beside.replace(named, "")),
        rule(
            "inside the cluster first",
            "kind = 'stability'\nform = '走教'\nenforcement = 'objective'\nlevel = 'people'\n\
             weight = 0.2\nnot_within = 'cluster'",
            &["T0 走教 S2 2天"],
        ),
        rule(
            "reach",
            "kind = 'reach'\nform = '走教'\nwithin = 'cluster'",
            &["T0 走教 S2 2天"],
        ),
        rule(
            "minutes",
            "kind = 'reach'\nform = '走教'\nmax_minutes = 9",
            &[],
        ),
        rule(
            "eligibility",
            "kind = 'eligibility'\neffect = 'forbid'\nform = '走教'",
            &[],
        ),
        rule(
            "how many",
            "kind = 'count'\nof = 'moves'\nform = '走教'\nat_most = 0",
            &[],
        ),
        // Two ways of ten minutes a week cost all that they bring.
        rule(
            "costs by the way of every day",
            "kind = 'travel'\nform = '走教'\nenforcement = 'objective'\nlevel = 'teaching'\n\
             weight = 0.02",
            &[],
        ),
    ]);
}

#[test]
fn whether_a_shared_teacher_is_the_schools_own() {
    // One day can be spared; S2 lacks more and weighs more, S1 has nobody.
    let parts = sites(&[800, 200, 400], &[10, 20]);
    let beside = format!(
        "{COVER}{NEITHER}{WAYS}emphasis = []\n[itinerant]\nsubject = '语文'\nlessons_lost = 0\n\
         [rule.village]\nkind = 'coverage'\ntitle = '村小'\nenforcement = 'objective'\n\
         level = 'teaching'\nemphasis = [{{ to = {{ school = 'S2' }}, factor = 2 }}]\n"
    )
    .replace("emphasis = []\n", "");
    let counted = |itinerants: &str| {
        format!(
            "kind = 'count'\nof = 'teachers'\nscope = 'school'\nto = {{ school = 'S1' }}\n\
             at_least = 1\nenforcement = 'floor'\nitinerants = '{itinerants}'"
        )
    };
    let indicator = |itinerants: &str| {
        format!(
            "kind = 'per_pupil'\nto = {{ school = 'S1' }}\npupils_at_least = 1\n\
             indicators = [{{ name = '心理', stage = '小学', at_least = 0.1 }}]\n\
             enforcement = 'floor'\nitinerants = '{itinerants}'"
        )
    };
    let shared = |name: &str, body: &dyn Fn(&str) -> String| {
        Scenario::new(
            name,
            parts.clone(),
            &body("every-site"),
            &["T0 走教 S1 1天"],
            &["T0 走教 S2 1天"],
        )
        .otherwise(&body("home"))
        .only_beside(&beside)
    };
    check(&[
        shared("a teacher at every school", &counted),
        shared("for each hundred pupils", &indicator),
    ]);
}

/// A week of somebody at these schools, begun and over so many months after the year's begin.
fn week(teacher: u32, days: [u32; 5], start: Option<i32>, end: Option<i32>) -> ItinerantWeek {
    let month = |months: i32| support::year_begin().plus(months);
    ItinerantWeek {
        teacher: TeacherIndex(teacher),
        days: days.map(SchoolIndex),
        start: start.map(month),
        end: end.map(month),
    }
}

/// What is planned for two teachers at S0 and these needs, with these weeks and rules.
fn planned(needs: &[i64], weeks: &[ItinerantWeek], rules: &str) -> Vec<String> {
    let mut parts = tiny::district(2, needs);
    tiny::minutes(&mut parts, &[10, 20][..needs.len() - 1]);
    parts.weeks = weeks.to_vec();
    let district = District::new(parts).expect("a district without inconsistencies");
    plan(&district, &[COVER, rules])
}

const FOUR_DAYS: [u32; 5] = [0, 1, 1, 1, 1];

#[test]
fn a_week_that_runs_covers_need() {
    // S0 keeps 1.2 persons of 1, S1 has the 0.8 that it needs: nobody else has to go.
    let runs = [week(0, FOUR_DAYS, None, None)];
    let alone = ["T0 走教 S1 4天"];
    assert_eq!(planned(&[1000, 800], &runs, EXCHANGES), alone);
    assert_eq!(planned(&[1000, 800], &[], EXCHANGES), ["T1 交流 S1 语文"]);
    // The same by decision, and with rules that allow no 走教 to begin and none of that way.
    let decided = [week(0, FOUR_DAYS, Some(0), Some(12))];
    assert_eq!(planned(&[1000, 800], &decided, EXCHANGES), alone);
    let refusing = format!(
        "{EXCHANGES}[rule.none]\nkind = 'count'\nof = 'moves'\nform = '走教'\ntitle = '不新增'\n\
         at_most = 0\nenforcement = 'hard'\n[rule.near]\nkind = 'reach'\nform = '走教'\n\
         title = '就近'\nmax_minutes = 5\n"
    );
    assert_eq!(planned(&[1000, 800], &runs, &refusing), alone);
    // Over, or not yet begun: at home, and at the plan's disposal.
    for elsewhere in [
        week(0, FOUR_DAYS, Some(-24), Some(0)),
        week(0, FOUR_DAYS, Some(1), None),
    ] {
        let moves = planned(&[1000, 800], &[elsewhere], EXCHANGES);
        assert_eq!(moves, ["T1 交流 S1 语文"]);
    }
}

#[test]
fn a_plan_reckons_with_the_days_of_weeks_that_run() {
    // T0 gives S1 0.8 of 1.8 and stays so: T1 brings the rest.
    let runs = [week(0, FOUR_DAYS, None, None)];
    let both = ["T1 交流 S1 语文", "T0 走教 S1 4天"];
    assert_eq!(planned(&[200, 1800], &runs, EXCHANGES), both);
    // S0 needs 1.2 of 2 and lends two days already: two more are to spare, which S2 lacks.
    let shares = format!("{NEITHER}{WAYS}[itinerant]\nsubject = '语文'\nlessons_lost = 0\n");
    let runs = [week(0, [1, 1, 0, 0, 0], None, None)];
    let moves = planned(&[1200, 400, 800], &runs, &shares);
    assert_eq!(moves, ["T0 走教 S1 2天", "T1 走教 S2 2天"]);
    // Of five lessons a day four are left by the way: 0.16 persons a day.
    let less = shares.replace("lessons_lost = 0", "lessons_a_day = 5\nlessons_lost = 1");
    let moves = planned(&[1600, 320, 0], &runs, &less);
    assert_eq!(moves, ["T0 走教 S1 2天"]);
}

#[test]
fn days_at_a_school_that_ends_are_days_at_home() {
    let present = |state: SchoolState, days: [u32; 5]| {
        let mut parts = tiny::district(1, &[1000, 400, 400]);
        parts.schools[1].state = state;
        parts.weeks = vec![week(0, days, None, None)];
        let district = District::new(parts).unwrap();
        let (policy, rules) = support::policy(&policy_text(&[COVER]));
        let (situation, _) = support::situation(&district, &policy, &rules);
        let posts = &situation.posts;
        [0, 1, 2].map(|school| {
            let post = posts.of(SchoolIndex(school), Stage::Primary, SubjectIndex(0));
            post.map_or(Persons::ZERO, |post| situation.balances.present(post))
        })
    };
    let persons = |thousandths: [i64; 3]| thousandths.map(Persons);
    let days = [0, 1, 1, 2, 0];
    assert_eq!(present(SchoolState::Open, days), persons([400, 400, 200]));
    assert_eq!(present(SchoolState::Closing, days), persons([800, 0, 200]));
    let only = [0, 1, 1, 0, 0];
    assert_eq!(present(SchoolState::Closing, only), persons([1000, 0, 0]));
}
