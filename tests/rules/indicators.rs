//! `per_pupil` and `disparity`: teachers for each hundred pupils of a school, and their differences.

use shizi::audit::{AuditReport, Severity};
use shizi::domain::{Backbone, District, DistrictParts};
use shizi::policy::Fraction;
use shizi::rules::{Figure, Outcome, Target};

use crate::support::{self, plans, tiny};
use crate::{COVER, EXCHANGES, Scenario, TRANSFERS, check, policy_text, tested};

const NOBODY: &[&str] = &[];
const ONE: &[&str] = &["T2 交流 S1 语文"];

/// Three at S0, all needed there; S1 needs nobody. Each has 320 pupils. Nobody moves for nothing.
fn content() -> DistrictParts {
    tiny::district(3, &[3000, 0])
}

/// The same with T1 and T2 as backbone teachers.
fn backbones() -> DistrictParts {
    let mut parts = content();
    parts.teachers[1].backbone = Backbone::County;
    parts.teachers[2].backbone = Backbone::City;
    parts
}

const BACKBONE: &str = "{ name = '骨干', stage = '小学', who = { backbone_at_least = '区县级' }, \
                        at_least = 0.3 }";
const ANYBODY: &str = "{ name = '教师', stage = '小学', at_least = 0.3 }";

fn per_pupil(indicators: &[&str], keys: &str) -> String {
    let list = indicators.join(", ");
    format!("kind = 'per_pupil'\nindicators = [{list}]\n{keys}")
}

const FLOOR: &str = "enforcement = 'floor'\nlevel = 'floors'\n";

fn floor(indicators: &[&str], keys: &str) -> String {
    per_pupil(indicators, &format!("{FLOOR}{keys}"))
}

#[test]
fn thresholds() {
    // 0.3 of 320 pupils are 0.96, so each school has one; 0.6 are 1.92, so two each, which three
    // teachers cannot be: one is missing wherever, and S0 keeps whom it needs.
    let two = "{ name = '教师', stage = '小学', at_least = 0.6 }";
    let behind = per_pupil(&[ANYBODY], "enforcement = 'objective'\nlevel = 'people'\n");
    let no_stage = "{ name = '教师', stage = '初中', at_least = 0.3 }";
    check(&[
        Scenario::new("hard", content(), &per_pupil(&[ANYBODY], ""), ONE, NOBODY),
        Scenario::new("a floor", content(), &floor(&[two], ""), ONE, NOBODY),
        Scenario::new("levels", content(), &floor(&[ANYBODY], ""), ONE, NOBODY).otherwise(&behind),
        Scenario::new("a report", content(), &floor(&[ANYBODY], ""), ONE, NOBODY)
            .otherwise(&per_pupil(&[ANYBODY], "enforcement = 'report'")),
        Scenario::new("stages", content(), &floor(&[ANYBODY], ""), ONE, NOBODY)
            .otherwise(&floor(&[no_stage], "")),
    ]);
}

#[test]
fn who_is_counted_and_where() {
    // T2 is one of two backbone teachers and the cheapest to move; of two at the same price T1 is
    // none.
    let mut one_of_two = content();
    one_of_two.teachers[0].backbone = Backbone::County;
    one_of_two.teachers[1].backbone = Backbone::County;
    let backbone = floor(&[BACKBONE], "");
    let at = |place: &str| floor(&[ANYBODY], &format!("counted = '{place}'"));
    let of = |pupils: u32| floor(&[ANYBODY], &format!("pupils_at_least = {pupils}"));
    let to = |school: &str| floor(&[ANYBODY], &format!("to = {{ school = '{school}' }}"));
    check(&[
        Scenario::new("who", one_of_two, &backbone, &["T1 交流 S1 语文"], ONE)
            .otherwise(&floor(&[ANYBODY], "")),
        // An exchange leaves the 编制 where it is; a transfer takes it along.
        Scenario::new("serving", content(), &at("serving"), ONE, NOBODY)
            .otherwise(&at("establishment")),
        Scenario::new(
            "establishment",
            content(),
            &at("establishment"),
            &["T2 调动 S1 语文"],
            NOBODY,
        )
        .only_beside(&format!("{COVER}{TRANSFERS}")),
        Scenario::new("small schools", content(), &of(320), ONE, NOBODY).otherwise(&of(321)),
        Scenario::new("to", content(), &to("S1"), ONE, NOBODY).otherwise(&to("S0")),
    ]);
}

#[test]
fn one_indicator_may_fail() {
    // S0 has two backbone teachers, S1 nobody. Without an allowance one of them moves; where S1 may
    // fail 骨干 nobody needs to, unless it keeps 85% of 0.3, which is still a whole person.
    let strict = floor(&[BACKBONE], "");
    let lenient = floor(&[BACKBONE], "may_fail = 1");
    let kept = floor(&[BACKBONE], "may_fail = 1\nfloor_of_failed = '85%'");
    // Both indicators are missed at S1: one is excused, for the other somebody must come.
    let both = floor(&[BACKBONE, ANYBODY], "may_fail = 1");
    let mut failed = backbones();
    failed.schools[1].failed_indicators = 1;
    check(&[
        Scenario::new("may fail", backbones(), &strict, ONE, NOBODY).otherwise(&lenient),
        Scenario::new("what it keeps", backbones(), &kept, ONE, NOBODY).otherwise(&lenient),
        Scenario::new("one of two", backbones(), &both, ONE, NOBODY).otherwise(&lenient),
        Scenario::new("failed already", failed, &lenient, ONE, NOBODY),
    ]);
}

#[test]
fn recruits_count_by_subject() {
    // Nobody can be spared; a recruit counts where only the subject is asked, and costs a person.
    let lever = "[lever.recruit]\nkind = 'recruit'\ntitle = '招聘'\nat_most = 1\nlevel = 'people'\n\
                 weight = 1\n";
    let mut parts = tiny::district(1, &[1000, 1]);
    parts.schools[0].classes[0].pupils = 320;
    let subject = "{ name = '语文', stage = '小学', who = { subject = '语文' }, at_least = 0.3 }";
    check(&[Scenario::new(
        "recruits",
        parts,
        &floor(&[subject], ""),
        &["招聘 S1 1"],
        NOBODY,
    )
    .otherwise(&floor(&[BACKBONE], ""))
    .only_beside(&format!("{EXCHANGES}{lever}"))]);
}

/// The audit under a rule of a plan that was made without it.
fn audited_under(parts: DistrictParts, rule: &str) -> AuditReport {
    let district = District::new(parts).expect("the district is sound");
    let folder = tempfile::tempdir().expect("a folder for the plan");
    let without = plans::Case::new(district.clone(), &policy_text(&[COVER]));
    without.write(folder.path());
    plans::Case::new(district, &policy_text(&[COVER, rule])).audit(folder.path())
}

/// Places where the rule is broken, and by how much.
fn breaches(report: &AuditReport) -> Vec<(&str, &str)> {
    let findings = report.findings.iter();
    findings
        .filter(|finding| finding.severity == Severity::Breach)
        .filter(|finding| finding.rule.as_deref() == Some("tested"))
        .map(|finding| (finding.place.as_str(), finding.amount.as_str()))
        .collect()
}

/// What the audit found of the rule.
fn checked<'a>(report: &'a AuditReport, rule: &str) -> &'a Outcome {
    let (_, rules) = support::policy(&policy_text(&[COVER, rule]));
    let position = rules
        .all()
        .iter()
        .position(|typed| typed.rule.id == "tested");
    &report.outcomes[position.expect("the rule is in the set")]
}

#[test]
fn a_plan_that_misses_a_threshold_is_refused() {
    let rule = tested(&per_pupil(
        &[BACKBONE, ANYBODY],
        "may_fail = 1\nfloor_of_failed = '85%'",
    ));
    let report = audited_under(content(), &rule);
    // Nobody is a backbone teacher: S0 is excused but for 85% of 0.3, which is one person; S1
    // misses both, and being excused from one of them helps nobody either.
    assert_eq!(
        breaches(&report),
        [
            ("第0学校（小学）骨干", "1 人"),
            ("第1学校（小学）教师", "1 人"),
            ("第1学校（小学）骨干", "1 人"),
        ]
    );
    let outcome = checked(&report, &rule);
    assert_eq!(outcome.value, Figure::Places { met: 0, of: 2 });
    let anybody = &outcome.measures[1];
    let asked = Fraction::new(3, 10).expect("ten is not nothing");
    assert_eq!(
        anybody.value,
        Figure::PerHundred {
            persons: 3,
            pupils: 640
        }
    );
    assert_eq!(anybody.target, Some(Target::PerHundred(asked)));
    assert_eq!(
        (anybody.schools, anybody.below, anybody.persons_short),
        (2, 1, 1)
    );
}

fn disparity(limit: &str, keys: &str) -> String {
    format!("kind = 'disparity'\nindicators = [{{ name = '教师', stage = '小学'{limit} }}]\n{keys}")
}

/// Four at S0, all needed there; S1 needs nobody. Each has 320 pupils, so with n at S1 the coefficient
/// is (4 − 2n)/4: 1, 0.5, 0.
fn uneven() -> DistrictParts {
    tiny::district(4, &[4000, 0])
}

#[test]
fn an_objective_prints_coefficients_before_and_after() {
    // Nobody moves, so nothing changes.
    let rule = tested(&disparity(
        "",
        "enforcement = 'objective'\nlevel = 'floors'\n",
    ));
    let report = audited_under(uneven(), &rule);
    let found = checked(&report, &rule);
    assert_eq!(
        (found.value.to_string().as_str(), found.target, found.met),
        ("1.0000 → 1.0000", None, true)
    );
    let value = Figure::Differences {
        before: Some(1_000_000),
        after: Some(498_350),
        of: 2,
    };
    assert_eq!(value.to_string(), "1.0000 → 0.4984（2 项平均）");
}

const LAST: &[&str] = &["T3 交流 S1 语文"];
const TWO: &[&str] = &["T2 交流 S1 语文", "T3 交流 S1 语文"];

#[test]
fn differences_between_schools() {
    let half = ", at_most = 0.5";
    let hard = disparity(half, "");
    let objective = disparity("", "enforcement = 'objective'\nlevel = 'floors'\n");
    let behind = disparity(
        "",
        "enforcement = 'objective'\nlevel = 'people'\nweight = 0.1\n",
    );
    // 0.49 is not reached with one; 0 is reached with two. Of an odd number nothing is even: three
    // and two miss it least.
    let stricter = disparity(", at_most = 0.49", "");
    let odd = tiny::district(5, &[5000, 0]);
    let even = disparity(", at_most = 0", FLOOR);
    check(&[
        Scenario::new("just reached", uneven(), &hard, LAST, NOBODY),
        Scenario::new("not reached", uneven(), &stricter, TWO, LAST).otherwise(&hard),
        Scenario::new("as small as can be", uneven(), &objective, TWO, NOBODY).otherwise(&behind),
        Scenario::new("a report", uneven(), &hard, LAST, NOBODY)
            .otherwise(&disparity(half, "enforcement = 'report'")),
        Scenario::new(
            "the least of a floor",
            odd,
            &even,
            &["T3 交流 S1 语文", "T4 交流 S1 语文"],
            NOBODY,
        ),
        // Below 321 pupils no school is left; of exchanges the 编制 stays where it is.
        Scenario::new("small schools", uneven(), &hard, LAST, NOBODY)
            .otherwise(&disparity(half, "pupils_at_least = 321")),
        Scenario::new("counted", uneven(), &disparity(half, FLOOR), LAST, NOBODY).otherwise(
            &disparity(half, &format!("{FLOOR}counted = 'establishment'")),
        ),
    ]);
}

/// One mean of the indicators of primary schools and what else is given.
fn composite(keys: &str) -> String {
    format!("composite = [{{ stage = '小学', {keys} }}]\n")
}

#[test]
fn means_of_differences() {
    let rule = |held: &str, keys: &str| disparity("", &format!("{}{keys}", composite(held)));
    let half = "others = [0.5], at_most = 0.5";
    // One at S1 has 0.5, and (0.5 + 0.5) ÷ 2 is 0.5; for 0.49 the other coefficient would have to be
    // below 0.48, so two go.
    let hard = rule(half, "");
    let stricter = rule("others = [0.5], at_most = 0.49", "");
    let floor = rule(half, FLOOR);
    let report = rule(half, "enforcement = 'report'\n");
    let first = rule(
        "others = [0.5]",
        "enforcement = 'objective'\nlevel = 'floors'\n",
    );
    let behind = rule(
        "others = [0.5]",
        "enforcement = 'objective'\nlevel = 'people'\n",
    );
    // Of five at two schools nothing is below |5 − 2·2| ÷ 5: a floor is missed least by two or three.
    let even = rule("at_most = 0", FLOOR);
    // T0 and T1 are backbone teachers. One of four has 0.5 and one of two has 0, which is 0.25; two
    // of whom nobody is one have 0 and 1, which is 0.5. Without them the cheapest goes.
    let mut parts = uneven();
    parts.teachers[0].backbone = Backbone::County;
    parts.teachers[1].backbone = Backbone::County;
    let both = "kind = 'disparity'\nindicators = [{ name = '教师', stage = '小学' }, \
                { name = '骨干', stage = '小学', who = { backbone_at_least = '区县级' } }]\n";
    let quarter = format!("{both}{}", composite("at_most = 0.25"));
    let loose = format!("{both}{}", composite("at_most = 0.75"));
    check(&[
        Scenario::new("just reached", uneven(), &hard, LAST, NOBODY).otherwise(&report),
        Scenario::new("not reached", uneven(), &stricter, TWO, LAST).otherwise(&hard),
        Scenario::new("a floor", uneven(), &floor, LAST, NOBODY),
        Scenario::new("as small as can be", uneven(), &first, TWO, NOBODY).otherwise(&behind),
        Scenario::new(
            "the least of a floor",
            tiny::district(5, &[5000, 0]),
            &even,
            &["T3 交流 S1 语文", "T4 交流 S1 语文"],
            NOBODY,
        ),
        Scenario::new("both", parts, &quarter, &["T1 交流 S1 语文"], LAST).otherwise(&loose),
    ]);
}

#[test]
fn a_plan_that_misses_a_limit_of_differences_is_refused() {
    let rule = tested(&disparity(", at_most = 0.5", ""));
    let report = audited_under(uneven(), &rule);
    let broken: Vec<(&str, &str)> = breaches(&report);
    // √(640 · 16/320) − √1.25 · 4 = 5.657 − 4.472 = 1.185 persons, in tenths 1.2.
    assert_eq!(broken, [("小学 教师", "1.2 人")]);
    let held = composite("others = [0.2, 0.3], at_most = 0.25");
    let report = audited_under(uneven(), &tested(&disparity("", &held)));
    assert_eq!(breaches(&report), [("小学 综合差异系数", "0.2500")]);
    let rule = tested(&disparity("", &format!("{held}enforcement = 'report'\n")));
    let report = audited_under(uneven(), &rule);
    assert!(breaches(&report).is_empty());
    let outcome = checked(&report, &rule);
    // (1 + 0.2 + 0.3) ÷ 3
    assert_eq!(
        outcome.measures[1].value,
        Figure::Coefficient(Some(500_000))
    );
    assert_eq!(outcome.missed.len(), 1);
}
