//! Forms beside exchange and transfer, schools that end or begin, couples and relatives.

use shizi::domain::{
    Capability, District, DistrictParts, Office, SchoolIndex, SchoolState, Stage, TeacherIndex,
    Zone,
};

use crate::support::{add_school, add_teacher, plans, state_need, subject, tiny};
use crate::{COVER, Scenario, check, policy_text, tested};

/// Need counts, and neither exchanges nor transfers are made.
pub(crate) const NEITHER: &str = "[rule.neither]\nkind = 'eligibility'\ntitle = '不交流调动'\n\
                       form = ['交流', '调动', '校内转任学科']\neffect = 'forbid'\n";

/// A rule that says nothing, and a form that plans may choose.
fn form(table: &str) -> String {
    format!("kind = 'stability'\nenforcement = 'report'\n[form.{table}")
}

/// No form is chosen for nothing.
const FORMS_COST: &str = "[rule.forms-cost]\nkind = 'stability'\ntitle = '流动'\nlevel = 'people'\n\
                          enforcement = 'objective'\nweight = 0.1\n\
                          form = ['支教', '选调', '单位内调配', '跨学段调整', '转岗培训']\n";

fn forms(name: &str, parts: DistrictParts, table: &str, with: &'static [&'static str]) -> Scenario {
    Scenario::new(name, parts, &form(table), with, &[])
        .only_beside(&format!("{COVER}{NEITHER}{FORMS_COST}"))
}

/// One teacher whom nobody needs at S0; S1 misses a person.
fn one() -> DistrictParts {
    tiny::district(1, &[0, 1000])
}

#[test]
fn forms_that_lead_to_another_school() {
    let mut site = one();
    site.schools[1].unit = site.schools[0].unit;
    check(&[
        forms("支教", one(), "'支教']", &["T0 支教 S1 语文"]),
        forms("选调", one(), "'选调']", &["T0 选调 S1 语文"]),
        forms(
            "another site",
            site.clone(),
            "'单位内调配']",
            &["T0 单位内调配 S1 语文"],
        ),
        // Another unit is out of the form's reach: only 支教 leads there.
        forms(
            "another unit",
            one(),
            "'单位内调配']\n[form.'支教']",
            &["T0 支教 S1 语文"],
        ),
        // Training comes first: this year nothing is covered by it, so nobody is trained.
        Scenario::new(
            "lead months",
            one(),
            &form("'支教']"),
            &["T0 支教 S1 语文"],
            &[],
        )
        .otherwise(&form("'支教']\nlead_months = 3"))
        .only_beside(&format!("{COVER}{NEITHER}")),
    ]);
}

#[test]
fn the_establishment_stays_or_goes_along() {
    // S1's unit may have nobody: who comes with the 编制 cannot come.
    let mut full = one();
    full.units[1].establishment = Some(0);
    let limit = "[rule.limit]\nkind = 'count'\ntitle = '编制'\nof = 'establishment'\nscope = 'unit'\n\
                 at_most = { of = 'establishment' }\n";
    let beside = format!("{COVER}{NEITHER}{limit}");
    check(&[
        Scenario::new(
            "支教",
            full.clone(),
            &form("'支教']"),
            &["T0 支教 S1 语文"],
            &[],
        )
        .only_beside(&beside)
        .otherwise(&form("'支教']\nestablishment = 'moves'")),
        Scenario::new(
            "选调",
            full,
            &form("'选调']\nestablishment = 'stays'"),
            &["T0 选调 S1 语文"],
            &[],
        )
        .only_beside(&beside)
        .otherwise(&form("'选调']")),
    ]);
}

/// One teacher of a primary school without need; the junior S1 misses a person.
fn stages() -> DistrictParts {
    let mut parts = tiny::district(1, &[0]);
    let junior = add_school(&mut parts, Stage::Junior, 8);
    let main = subject(&parts, tiny::SUBJECT);
    state_need(&mut parts, junior, Stage::Junior, main, 1000);
    parts
}

#[test]
fn across_stages() {
    let mut certified = stages();
    let main = subject(&certified, tiny::SUBJECT);
    certified.teachers[0].certificates.push(Capability {
        stage: Stage::Junior,
        subject: main,
    });
    let reach =
        "[rule.can]\nkind = 'reach'\ntitle = '能教'\nform = '跨学段调整'\ncapability = true\n";
    let beside = format!("{COVER}{NEITHER}{reach}");
    let form = form("'跨学段调整']");
    let upward = "kind = 'reach'\nform = '跨学段调整'\nnot_upward = true\n[form.'跨学段调整']";
    check(&[
        Scenario::new(
            "a certificate",
            certified.clone(),
            &form,
            &["T0 跨学段调整 S1 语文"],
            &[],
        )
        .only_beside(&beside),
        Scenario::new(
            "not upwards",
            certified.clone(),
            &form,
            &["T0 跨学段调整 S1 语文"],
            &[],
        )
        .only_beside(&beside)
        .otherwise(upward),
        Scenario::new(
            "stages of posts",
            certified,
            &form,
            &["T0 跨学段调整 S1 语文"],
            &[],
        )
        .only_beside(&beside)
        .otherwise("kind = 'reach'\nform = '跨学段调整'\nto_stage = '高中'\n[form.'跨学段调整']"),
        // Without a certificate only training helps.
        forms(
            "training",
            stages(),
            "'跨学段调整']\n[form.'转岗培训']\n[rule.can]\nkind = 'reach'\ntitle = '能教'\n\
             form = '跨学段调整'\ncapability = true",
            &["T0 转岗培训 S1 语文"],
        ),
    ]);
}

#[test]
fn who_can_teach_it_needs_no_training() {
    // T0 can teach what S1 misses, T1 cannot: T1 alone may be trained.
    let mut parts = tiny::district(0, &[0, 1000]);
    let main = subject(&parts, tiny::SUBJECT);
    parts.subjects.push("音乐".to_owned());
    let music = subject(&parts, "音乐");
    for school in [0, 1] {
        state_need(&mut parts, SchoolIndex(school), Stage::Primary, music, 0);
    }
    for taught in [main, music] {
        add_teacher(&mut parts, SchoolIndex(0), Stage::Primary, taught);
    }
    check(&[forms(
        "training",
        parts,
        "'转岗培训']",
        &["T1 转岗培训 S1 语文"],
    )]);
}

/// S0 closes; its two teachers have nowhere to stay. S1 misses one person, S2 and S3 nobody.
fn closing(state: SchoolState) -> DistrictParts {
    let mut parts = tiny::district(2, &[0, 1000, 0]);
    parts.stated_needs.remove(0);
    parts.schools[0].classes.clear();
    parts.schools[0].state = state;
    parts
}

const RESETTLED: &str = "kind = 'eligibility'\nform = '撤并安置'\neffect = 'must'\n\
                         from = { state = ['撤销', '合并'] }";

#[test]
fn everybody_is_placed_whose_school_ends() {
    // Need asks for one of them; the rule for both. The way to S2 is long.
    let ways = "[rule.ways]\nkind = 'travel'\ntitle = '路程'\nform = '撤并安置'\nlevel = 'people'\n\
                enforcement = 'objective'\nweight = 0.01\n";
    let mut parts = closing(SchoolState::Closing);
    tiny::minutes(&mut parts, &[10, 50]);
    check(&[
        Scenario::new(
            "closing",
            parts.clone(),
            RESETTLED,
            &["T0 撤并安置 S1 语文", "T1 撤并安置 S1 语文"],
            &["T1 撤并安置 S1 语文"],
        )
        .only_beside(&format!("{COVER}{ways}{ORDER}")),
        // Whoever serves where no school ends is not resettled: T2 of S1 stays.
        Scenario::new(
            "not from others",
            {
                let mut parts = closing(SchoolState::Merging);
                parts.schools[0].merged_into = Some(SchoolIndex(2));
                parts
            },
            "kind = 'stability'\nform = '撤并安置'\nenforcement = 'objective'\nlevel = 'floors'\n\
             not_within = 'merger'",
            &["T0 撤并安置 S2 语文", "T1 撤并安置 S2 语文"],
            &["T0 撤并安置 S2 语文", "T1 撤并安置 S1 语文"],
        )
        .only_beside(&format!(
            "{COVER}[rule.all]\ntitle = '安置'\n{RESETTLED}\n{SECOND}{ORDER}"
        )),
    ]);
}

/// T0 is dearer to place than T1.
const ORDER: &str = "[rule.order]\nkind = 'stability'\ntitle = '次序'\nform = '撤并安置'\n\
                     level = 'people'\nenforcement = 'objective'\nweight = 0.01\n\
                     who = { degree_at_least = '博士研究生' }\nto = { school = 'S1' }\n";

/// More than one at S1 costs.
const SECOND: &str = "[rule.second]\nkind = 'count'\ntitle = '至多一人'\nof = 'teachers'\n\
                      to = { school = 'S1' }\nat_most = 1\nlevel = 'people'\n\
                      enforcement = 'objective'\nweight = 5\n";

#[test]
fn trained_outside_the_district() {
    // T0 is needed here and goes all the same where the rule asks for one.
    let mut parts = tiny::district(1, &[1000, 0]);
    parts.stated_needs.remove(1);
    parts.schools[1].classes.clear();
    parts.schools[1].state = SchoolState::Outside;
    let rule = "kind = 'count'\nof = 'moves'\nform = '跟岗'\nto = { state = '区外' }\nat_least = 1";
    check(&[
        Scenario::new("跟岗", parts, rule, &["T0 跟岗 S1 语文"], &[])
            .only_beside(&format!("{COVER}{NEITHER}[form.'跟岗']\nmonths = 6\n")),
    ]);
}

#[test]
fn a_cap_on_those_selected_into_town() {
    // Two are missing in town and two not needed in the village: one of them may be selected.
    let mut parts = tiny::district(2, &[0, 2000]);
    towns(&mut parts, &["甲镇", "乙镇"]);
    parts.schools[1].zone = Zone::Urban;
    let order = "[rule.order]\nkind = 'stability'\ntitle = '次序'\nform = '选调'\nlevel = 'people'\n\
                 enforcement = 'objective'\nweight = 0.01\n\
                 who = { degree_at_least = '博士研究生' }\n";
    let rule = "kind = 'count'\nof = 'moves'\nform = '选调'\nfrom = { zone = '乡村' }\n\
                to = { zone = '城区' }\nat_most = 1";
    check(&[Scenario::new(
        "选调进城",
        parts,
        rule,
        &["T1 选调 S1 语文"],
        &["T0 选调 S1 语文", "T1 选调 S1 语文"],
    )
    .only_beside(&format!("{COVER}{NEITHER}{order}[form.'选调']\n"))]);
}

#[test]
fn pairs_of_schools() {
    // Both S1 and S2 miss a person; S2 is paired with S0.
    let mut parts = tiny::district(1, &[0, 1000, 1000]);
    parts.schools[2].partner = Some(SchoolIndex(0));
    let near = "[rule.near]\nkind = 'coverage'\ntitle = '缺额'\nenforcement = 'objective'\n\
                level = 'teaching'\nemphasis = [{ to = { school = 'S1' }, factor = 1.1 }]\n";
    check(&[Scenario::new(
        "pairs",
        parts,
        "kind = 'reach'\nform = '交流'\nwithin = 'pair'",
        &["T0 交流 S2 语文"],
        &["T0 交流 S1 语文"],
    )
    .beside(near)]);
}

#[test]
fn a_new_school_takes_one_of_each_subject_from_a_school() {
    // S1 is new and misses two; S0 may send one of a subject.
    let mut parts = tiny::district(2, &[0, 2000]);
    parts.schools[1].state = SchoolState::New;
    check(&[Scenario::new(
        "a ceiling for each sending school",
        parts,
        "kind = 'count'\nof = 'moves'\nto = { state = '新建' }\nscope = 'school-subject'\nat_most = 1",
        &["T1 交流 S1 语文"],
        &["T0 交流 S1 语文", "T1 交流 S1 语文"],
    )]);
}

fn marry(parts: &mut DistrictParts, one: u32, other: u32) {
    parts.teachers[one as usize].spouse = Some(TeacherIndex(other));
    parts.teachers[other as usize].spouse = Some(TeacherIndex(one));
}

fn towns(parts: &mut DistrictParts, towns: &[&str]) {
    for (school, &town) in parts.schools.iter_mut().zip(towns) {
        town.clone_into(&mut school.town);
        school.zone = Zone::Rural;
    }
}

const TOGETHER: &str = "kind = 'couples'\nenforcement = 'objective'\nlevel = 'people'\nweight = 1";

#[test]
fn couples() {
    // T2 would be the cheapest to go to S1 in another town; the spouse T0 stays, so T1 goes.
    let mut parted = tiny::district(3, &[2000, 1000]);
    marry(&mut parted, 0, 2);
    towns(&mut parted, &["甲镇", "乙镇"]);
    // Both are placed anew, S1 and S2 miss one each, S3 misses two: together at S3 for the price of
    // a longer way.
    let mut both = tiny::district(2, &[0, 1000, 1000, 2000]);
    both.stated_needs.remove(0);
    both.schools[0].classes.clear();
    both.schools[0].state = SchoolState::Closing;
    marry(&mut both, 0, 1);
    towns(&mut both, &["甲镇", "乙镇", "丙镇", "丁镇"]);
    tiny::minutes(&mut both, &[10, 10, 50]);
    let ways = "[rule.ways]\nkind = 'travel'\ntitle = '路程'\nform = '撤并安置'\nlevel = 'people'\n\
                enforcement = 'objective'\nweight = 0.01\n";
    check(&[
        Scenario::new(
            "not parted",
            parted,
            TOGETHER,
            &["T1 交流 S1 语文"],
            &["T2 交流 S1 语文"],
        ),
        Scenario::new(
            "placed together",
            both,
            TOGETHER,
            &["T0 撤并安置 S3 语文", "T1 撤并安置 S3 语文"],
            &["T0 撤并安置 S2 语文", "T1 撤并安置 S1 语文"],
        )
        .only_beside(&format!(
            "{COVER}[rule.all]\ntitle = '安置'\n{RESETTLED}\n{ways}{ORDER}"
        )),
    ]);
}

#[test]
fn relatives_are_not_set_over_one_another() {
    // T1 is the cheapest to go to S1, where T2, a relative, is head.
    let mut parts = tiny::district(2, &[1000, 2000]);
    tiny::teacher_at(&mut parts, 1);
    parts.teachers[2].office = Office::Head;
    parts.teachers[1].relatives = vec![TeacherIndex(2)];
    parts.teachers[2].relatives = vec![TeacherIndex(1)];
    let stay = "[rule.stay]\nkind = 'eligibility'\ntitle = '校长'\neffect = 'forbid'\n\
                who = { office = '正校级' }\n";
    let rule = "kind = 'avoidance'";
    let group = "kind = 'avoidance'\noffice = '教研组长'";
    check(&[
        Scenario::new(
            "heads",
            parts.clone(),
            rule,
            &["T0 交流 S1 语文"],
            &["T1 交流 S1 语文"],
        )
        .beside(stay),
        Scenario::new(
            "offices",
            parts,
            rule,
            &["T0 交流 S1 语文"],
            &["T1 交流 S1 语文"],
        )
        .beside(stay)
        .otherwise(group),
    ]);
}

#[test]
fn a_plan_that_brings_relatives_together_is_refused() {
    // T0 is the only one who can cover S1, where a relative is head.
    let mut parts = tiny::district(1, &[0, 2000]);
    tiny::teacher_at(&mut parts, 1);
    parts.teachers[1].office = Office::Head;
    parts.teachers[0].relatives = vec![TeacherIndex(1)];
    parts.teachers[1].relatives = vec![TeacherIndex(0)];
    let stay = "[rule.stay]\nkind = 'eligibility'\ntitle = '校长'\neffect = 'forbid'\n\
                who = { office = '正校级' }\n";
    let district = District::new(parts).expect("the district is sound");
    let folder = tempfile::tempdir().expect("a folder for the plan");
    let without = plans::Case::new(district.clone(), &policy_text(&[COVER, stay]));
    without.write(folder.path());
    let rule = tested("kind = 'avoidance'");
    let report =
        plans::Case::new(district, &policy_text(&[COVER, stay, &rule])).audit(folder.path());
    let broken = report
        .findings
        .iter()
        .find(|finding| finding.code == "R250");
    let broken = broken.expect("the rule is broken");
    assert_eq!(broken.place, "T000、T001");
    assert_eq!(broken.amount, "1 对");
    assert_eq!(broken.rule.as_deref(), Some("tested"));
}
