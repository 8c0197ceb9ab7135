//! Random policies over the national one: every kind of rule, every enforcement.

use std::fmt::Write;

use crate::programs::Numbers;

/// Rules of the national policy, with the chance in a hundred that a random one keeps them.
const KEPT: [(&str, i64); 30] = [
    ("in-compulsory", 40),
    ("six-years", 50),
    ("near-retirement", 50),
    ("deferred", 70),
    ("heads-stay", 70),
    ("heads-two-terms", 50),
    ("transfer-by-wish", 30),
    ("resettle-all", 70),
    ("change-subject-in-post", 50),
    ("reach-capability", 60),
    ("reach-stage", 70),
    ("reach-needed", 50),
    ("reach-direction", 30),
    ("reach-origin", 30),
    ("reach-unit", 60),
    ("reach-minutes", 50),
    ("reach-transfer", 30),
    ("exchange-rate", 40),
    ("exchange-rate-county", 20),
    ("exchange-backbone", 40),
    ("dual-qualified", 40),
    ("psychology", 0),
    ("leave-cap", 50),
    ("establishment", 40),
    ("coverage", 60),
    ("move-worth", 50),
    ("surplus", 50),
    ("minutes", 50),
    ("keep-class-teachers", 40),
    ("keep-subject", 50),
];

/// The text of a policy.
pub(crate) fn text(numbers: &mut Numbers) -> String {
    let mut text = "extends = 'national'\nid = 'random'\ntitle = '随机'\n".to_owned();
    for (rule, kept) in KEPT {
        if !numbers.chance(kept) {
            let _ = writeln!(text, "[rule.{rule}]\noff = true");
        }
    }
    text.push_str("[rule.keep-graduating]\noff = true\n");
    for position in 0..numbers.between(1, 5) {
        let _ = writeln!(text, "[rule.random-{position}]\ntitle = '随机{position}'");
        text.push_str(&rule(numbers));
    }
    text.push_str(&forms(numbers));
    text.push_str(&kin(numbers));
    text.push_str(&rounds(numbers));
    text.push_str(&levers(numbers));
    if numbers.chance(50) {
        text.push_str(&itinerant(numbers));
    }
    let mut aside = numbers.aside(2);
    if aside.chance(35) {
        text.push_str(&turns(&mut aside));
    }
    text
}

/// Nobody sent again while others never were, in any scope and form.
fn turns(numbers: &mut Numbers) -> String {
    let level = pick(numbers, &["floors", "teaching", "people"]);
    let weight = pick(numbers, &["0.1", "0.5", "1", "2"]);
    let enforcement = enforcement(numbers, 35);
    let form = pick(
        numbers,
        &[
            "'交流'",
            "'交流'",
            "'调动'",
            "['交流', '调动', '支教']",
            "['支教', '选调', '撤并安置']",
            "['单位内调配', '跨学段调整', '跟岗']",
        ],
    );
    format!(
        "[rule.turns]\nkind = 'turns'\ntitle = '轮流'\nlevel = '{level}'\nweight = {weight}\n\
         enforcement = '{enforcement}'\nform = {form}\nwho = {}\nfrom = {}\nscope = '{}'\n\
         volunteers = {}\n",
        person(numbers),
        school(numbers),
        scope(numbers),
        numbers.chance(50)
    )
}

/// Further forms, on any terms.
fn forms(numbers: &mut Numbers) -> String {
    const FORMS: [&str; 6] = [
        "支教",
        "选调",
        "单位内调配",
        "跨学段调整",
        "转岗培训",
        "跟岗",
    ];
    let mut text = String::new();
    if numbers.chance(50) {
        return text;
    }
    for form in FORMS {
        if !numbers.chance(25) {
            continue;
        }
        let establishment = pick(numbers, &["stays", "moves"]);
        let lead = pick(numbers, &["0", "0", "3"]);
        let _ = writeln!(
            text,
            "[form.'{form}']\nmonths = 12\nestablishment = '{establishment}'\nlead_months = {lead}"
        );
    }
    if numbers.chance(40) {
        let keys = pick(
            numbers,
            &[
                "not_upward = true",
                "to_stage = '初中'",
                "capability = true",
                "within = 'pair'",
            ],
        );
        let _ = writeln!(
            text,
            "[rule.reach-further]\nkind = 'reach'\ntitle = '范围'\n\
             form = ['跨学段调整', '转岗培训', '支教', '选调']\n{keys}"
        );
    }
    text
}

/// Couples and relatives.
fn kin(numbers: &mut Numbers) -> String {
    let mut text = String::new();
    if numbers.chance(30) {
        let level = pick(numbers, &["floors", "teaching", "people"]);
        let enforcement = pick(numbers, &["floor", "objective", "objective", "report"]);
        let within = pick(numbers, &["town", "cluster", "unit"]);
        let _ = writeln!(
            text,
            "[rule.couples]\nkind = 'couples'\ntitle = '夫妻'\nlevel = '{level}'\nweight = 0.3\n\
             enforcement = '{enforcement}'\nwithin = '{within}'"
        );
    }
    if numbers.chance(30) {
        let enforcement = enforcement(numbers, 60);
        let _ = writeln!(
            text,
            "[rule.relatives]\nkind = 'avoidance'\ntitle = '回避'\nlevel = 'teaching'\nweight = 0.7\n\
             enforcement = '{enforcement}'"
        );
    }
    text
}

/// Rules of a year with a competition.
fn rounds(numbers: &mut Numbers) -> String {
    let mut text = String::new();
    if numbers.chance(20) {
        text.push_str("[rule.above]\nkind = 'reach'\ntitle = '不降'\nabove_present = true\n");
    }
    if numbers.chance(30) {
        let enforcement = enforcement(numbers, 20);
        let _ = writeln!(
            text,
            "[rule.waiting]\nkind = 'count'\ntitle = '待岗'\nof = 'waiting'\nat_most = 0\n\
             level = 'floors'\nenforcement = '{enforcement}'"
        );
    }
    if numbers.chance(20) {
        let enforcement = enforcement(numbers, 50);
        let side = pick(numbers, &["origin", "destination"]);
        let scope = pick(numbers, &["school-subject", "school", "district"]);
        let _ = writeln!(
            text,
            "[rule.quota]\nkind = 'count'\ntitle = '名额'\nof = 'moves'\nscope = '{scope}'\n\
             side = '{side}'\nat_most = {{ of = 'quota' }}\nlevel = 'floors'\n\
             enforcement = '{enforcement}'"
        );
    }
    if numbers.chance(20) {
        text.push_str(
            "[rule.must]\nkind = 'eligibility'\ntitle = '统筹'\neffect = 'must'\n\
             who = { competition = '落聘' }\n",
        );
    }
    text
}

fn pick<'a>(numbers: &mut Numbers, words: &[&'a str]) -> &'a str {
    words[numbers.between(0, words.len() as i64 - 1) as usize]
}

fn rule(numbers: &mut Numbers) -> String {
    let level = pick(numbers, &["floors", "teaching", "people"]);
    let weight = pick(numbers, &["0.1", "0.25", "0.5", "1", "1.3", "2"]);
    let body = match numbers.between(0, 13) {
        0..=2 => count(numbers),
        3 | 4 => ratio(numbers),
        10 | 11 => per_pupil(numbers),
        12 | 13 => disparity(numbers),
        5 => coverage(numbers, "coverage"),
        6 => coverage(numbers, "surplus"),
        7 => travel(numbers),
        8 => stability(numbers),
        _ => preference(numbers),
    };
    format!("{body}level = '{level}'\nweight = {weight}\n")
}

fn enforcement(numbers: &mut Numbers, hard: i64) -> &'static str {
    if numbers.chance(hard) {
        "hard"
    } else {
        pick(numbers, &["floor", "objective", "objective", "report"])
    }
}

fn person(numbers: &mut Numbers) -> &'static str {
    pick(
        numbers,
        &[
            "{}",
            "{}",
            "{ subject = '语文' }",
            "{ backbone_at_least = '区县级' }",
            "{ class_teacher = true }",
            "{ employment = '在编' }",
            "{ certified = true }",
            "{ practice_months_at_least = 6 }",
            "{ any_of = [{ dual_qualified = true }, { wishes = true }] }",
            "{ none_of = [{ on_exchange = true }] }",
            "{ stage = ['小学', '中职'] }",
        ],
    )
}

fn school(numbers: &mut Numbers) -> &'static str {
    pick(
        numbers,
        &[
            "{}",
            "{}",
            "{ zone = '乡村' }",
            "{ receiving = true }",
            "{ sending = true }",
            "{ school = 'S1' }",
            "{ over_establishment = true }",
            "{ none_of = [{ remote = true }] }",
            "{ state = ['新建', '区外'] }",
        ],
    )
}

fn form(numbers: &mut Numbers) -> &'static str {
    pick(
        numbers,
        &[
            "['交流', '调动']",
            "'交流'",
            "'调动'",
            "'校内转任学科'",
            "['交流', '调动', '校内转任学科']",
            "['交流', '走教']",
            "'走教'",
            "['支教', '选调', '撤并安置']",
            "['单位内调配', '跨学段调整', '转岗培训']",
            "'跟岗'",
        ],
    )
}

fn bound(numbers: &mut Numbers) -> String {
    if numbers.chance(60) {
        return numbers.between(0, 3).to_string();
    }
    let share = pick(numbers, &["10%", "20%", "50%", "1/3"]);
    let of = pick(numbers, &["eligible", "teachers"]);
    let from = school(numbers);
    let least = numbers.between(0, 1);
    format!("{{ share = '{share}', of = '{of}', from = {from}, minimum = {least} }}")
}

fn scope(numbers: &mut Numbers) -> &'static str {
    pick(
        numbers,
        &[
            "district",
            "stage",
            "school",
            "school-stage",
            "school-subject",
            "unit",
        ],
    )
}

/// 走教, at many times its usual chance to be of use.
fn itinerant(numbers: &mut Numbers) -> String {
    let mut text = "[itinerant]\nsubject = ['数学', '语文']\n".to_owned();
    let keys = [
        ("sites_at_most", 2, 3),
        ("home_days_at_least", 1, 4),
        ("lessons_lost", 0, 1),
        ("nearest", 1, 3),
    ];
    for (key, least, most) in keys {
        let _ = writeln!(text, "{key} = {}", numbers.between(least, most));
    }
    text
}

/// A bound of posts of titles, which only a count of whom units hold may have.
fn posts_of_titles(numbers: &mut Numbers) -> String {
    let of = pick(numbers, &["senior_posts", "middle_posts"]);
    let title = pick(numbers, &["一级教师", "高级教师"]);
    format!("who = {{ title_at_least = '{title}' }}\nat_most = {{ of = '{of}' }}\n")
}

fn count(numbers: &mut Numbers) -> String {
    let of = pick(numbers, &["moves", "moves", "teachers", "establishment"]);
    let scope = if of == "establishment" {
        pick(numbers, &["district", "unit", "stage"])
    } else {
        scope(numbers)
    };
    let mut text = format!("kind = 'count'\nof = '{of}'\nscope = '{scope}'\n");
    let _ = writeln!(text, "enforcement = '{}'", enforcement(numbers, 25));
    if of == "establishment" && scope != "district" && numbers.chance(40) {
        return text + &posts_of_titles(numbers);
    }
    let _ = writeln!(text, "who = {}", person(numbers));
    if of == "moves" {
        let _ = writeln!(text, "form = {}", form(numbers));
        let _ = writeln!(text, "from = {}", school(numbers));
        let _ = writeln!(text, "involuntary = {}", numbers.chance(20));
        text.push_str(relation(numbers));
        let _ = writeln!(text, "include_running = {}", numbers.chance(20));
        let side = pick(numbers, &["origin", "destination"]);
        let _ = writeln!(text, "side = '{side}'");
    }
    if of == "teachers" && scope.starts_with("school") && numbers.chance(50) {
        text.push_str("itinerants = 'every-site'\n");
    }
    let _ = writeln!(text, "to = {}", school(numbers));
    match numbers.between(0, 3) {
        0 => {
            let _ = writeln!(text, "exactly = {}", bound(numbers));
        }
        1 => {
            let _ = writeln!(text, "at_most = {}", bound(numbers));
        }
        2 => {
            let _ = writeln!(text, "at_least = {}", bound(numbers));
        }
        _ => {
            let _ = writeln!(text, "at_least = {}", bound(numbers));
            let _ = writeln!(text, "at_most = {}", bound(numbers));
        }
    }
    text
}

fn ratio(numbers: &mut Numbers) -> String {
    let of = pick(numbers, &["moves", "teachers"]);
    let mut text = format!("kind = 'ratio'\nof = '{of}'\n");
    let _ = writeln!(text, "enforcement = '{}'", enforcement(numbers, 20));
    let _ = writeln!(text, "scope = '{}'", scope(numbers));
    let _ = writeln!(text, "who = {}", person(numbers));
    let numerator = pick(
        numbers,
        &[
            "{ dual_qualified = true }",
            "{ backbone_at_least = '校级' }",
            "{ subject = '语文' }",
            "{ class_teacher = false }",
        ],
    );
    let _ = writeln!(text, "numerator = {numerator}");
    let _ = writeln!(text, "to = {}", school(numbers));
    if of == "moves" {
        let _ = writeln!(text, "form = {}", form(numbers));
        let _ = writeln!(text, "from = {}", school(numbers));
        let side = pick(numbers, &["origin", "destination"]);
        let _ = writeln!(text, "side = '{side}'");
    } else {
        let _ = writeln!(text, "include_absent = {}", numbers.chance(50));
    }
    let limit = pick(numbers, &["20%", "1/3", "50%", "85%"]);
    let key = pick(numbers, &["at_least", "at_most"]);
    let _ = writeln!(text, "{key} = '{limit}'");
    text
}

/// Schools have 40 to 360 pupils, so a tenth of a person for a hundred of them is one at once.
fn indicator(numbers: &mut Numbers, name: &str, limit: &str, values: &[&str]) -> String {
    let stage = pick(numbers, &["'小学'", "['小学', '初中']", "['小学', '中职']"]);
    let who = person(numbers);
    let value = pick(numbers, values);
    format!("{{ name = '{name}', stage = {stage}, who = {who}, {limit} = {value} }}")
}

/// What both kinds of indicators have.
fn gauges(numbers: &mut Numbers, kind: &str, indicators: &[String]) -> String {
    let mut text = format!(
        "kind = '{kind}'\nindicators = [{}]\n",
        indicators.join(", ")
    );
    let _ = writeln!(text, "enforcement = '{}'", enforcement(numbers, 25));
    let _ = writeln!(
        text,
        "pupils_at_least = {}",
        pick(numbers, &["0", "50", "130"])
    );
    let counted = pick(numbers, &["serving", "serving", "establishment"]);
    let _ = writeln!(text, "counted = '{counted}'");
    if numbers.chance(20) {
        let _ = writeln!(text, "to = {}", school(numbers));
    }
    text
}

fn per_pupil(numbers: &mut Numbers) -> String {
    let thresholds = ["0.1", "0.4", "0.9", "1.7", "2.5"];
    let indicators: Vec<String> = ["甲", "乙", "丙"][..numbers.between(1, 3) as usize]
        .iter()
        .map(|name| indicator(numbers, name, "at_least", &thresholds))
        .collect();
    let mut text = gauges(numbers, "per_pupil", &indicators);
    if numbers.chance(30) {
        text.push_str("itinerants = 'every-site'\n");
    }
    if numbers.chance(60) {
        text.push_str("may_fail = 1\n");
        if numbers.chance(60) {
            let kept = pick(numbers, &["30%", "50%", "85%"]);
            let _ = writeln!(text, "floor_of_failed = '{kept}'");
        }
    }
    text
}

fn disparity(numbers: &mut Numbers) -> String {
    let limits = ["0", "0.2", "0.45", "0.5", "1", "1.5"];
    let indicators: Vec<String> = ["甲", "乙"][..numbers.between(1, 2) as usize]
        .iter()
        .map(|name| indicator(numbers, name, "at_most", &limits))
        .collect();
    let mut text = gauges(numbers, "disparity", &indicators);
    if numbers.chance(40) {
        // Every indicator speaks of primary stages.
        let others = pick(numbers, &["", "0.3", "0.05, 0.4", "1"]);
        let most = pick(numbers, &["0.1", "0.3", "0.5", "0.65", "1"]);
        let _ = writeln!(
            text,
            "composite = [{{ stage = '小学', others = [{others}], at_most = {most} }}]"
        );
    }
    text
}

fn coverage(numbers: &mut Numbers, kind: &str) -> String {
    let enforcement = enforcement(numbers, 5);
    let mut text = format!("kind = '{kind}'\nenforcement = '{enforcement}'\n");
    if numbers.chance(30) {
        text.push_str("stage = '小学'\n");
    }
    if numbers.chance(60) {
        let to = school(numbers);
        let _ = writeln!(
            text,
            "emphasis = [{{ to = {to}, factor = 1.35 }}, {{ subject = '音乐', factor = 0.75 }}]"
        );
    }
    text
}

fn costs(numbers: &mut Numbers) -> &'static str {
    pick(numbers, &["floor", "objective", "objective", "report"])
}

fn travel(numbers: &mut Numbers) -> String {
    format!(
        "kind = 'travel'\nenforcement = '{}'\nform = {}\nwho = {}\nfree_minutes = {}\n",
        costs(numbers),
        form(numbers),
        person(numbers),
        numbers.between(0, 30)
    )
}

fn relation(numbers: &mut Numbers) -> &'static str {
    pick(
        numbers,
        &[
            "",
            "",
            "",
            "within = 'cluster'\n",
            "not_within = 'cluster'\n",
            "within = 'town'\n",
            "not_within = 'unit'\n",
            "within = 'pair'\n",
            "not_within = 'merger'\n",
        ],
    )
}

fn stability(numbers: &mut Numbers) -> String {
    format!(
        "kind = 'stability'\nenforcement = '{}'\nform = {}\nwho = {}\nfrom = {}\nto = {}\n\
         involuntary = {}\n{}",
        costs(numbers),
        form(numbers),
        person(numbers),
        school(numbers),
        school(numbers),
        numbers.chance(40),
        relation(numbers)
    )
}

fn preference(numbers: &mut Numbers) -> String {
    format!(
        "kind = 'preference'\nenforcement = '{}'\nby_rank = [0, 0.15]\nnot_granted = {}\n\
         elsewhere = 0.6\n",
        costs(numbers),
        pick(numbers, &["0", "0.3", "0.7"])
    )
}

fn levers(numbers: &mut Numbers) -> String {
    let mut text = String::new();
    if numbers.chance(30) {
        let most = numbers.between(0, 2);
        let _ = write!(
            text,
            "[lever.certify]\nkind = 'certify'\ntitle = '认定'\nat_most = {most}\n\
             level = 'people'\nweight = 0.5\n"
        );
        if numbers.chance(50) {
            let who = person(numbers);
            let months = numbers.between(0, 12);
            let _ = writeln!(text, "who = {who}\npractice_months = {months}");
        }
        if numbers.chance(40) {
            let who = person(numbers);
            let _ = write!(
                text,
                "[lever.certify-too]\nkind = 'certify'\ntitle = '认定'\nat_most = 1\n\
                 level = 'people'\nweight = 0.25\nwho = {who}\n"
            );
        }
    }
    if numbers.chance(25) {
        text.push_str(&recruits(numbers));
    }
    if numbers.chance(25) {
        let (kind, to) = (pick(numbers, &["reserve", "reallocate"]), school(numbers));
        let _ = write!(
            text,
            "[lever.posts]\nkind = '{kind}'\ntitle = '编制'\nat_most = 1\nlevel = 'people'\n\
             weight = 0.05\nto = {to}\n"
        );
    }
    text
}

fn recruits(numbers: &mut Numbers) -> String {
    let subject = pick(numbers, &["[]", "['语文']", "['语文', '音乐']"]);
    let to = school(numbers);
    let most = numbers.between(0, 2);
    let least = if numbers.chance(30) {
        numbers.between(0, most)
    } else {
        0
    };
    let mut text = format!(
        "[lever.recruit]\nkind = 'recruit'\ntitle = '招聘'\nat_least = {least}\nat_most = {most}\n\
         level = 'people'\nweight = 1\nsubject = {subject}\nto = {to}\n"
    );
    if numbers.chance(40) {
        let first = school(numbers);
        let _ = writeln!(text, "first = {first}\nelsewhere = 0.25");
    }
    if numbers.chance(50) {
        let profile = pick(
            numbers,
            &[
                "{ dual_qualified = true, programme_teacher = true }",
                "{ employment = '在编', backbone = '校级' }",
                "{ employment = '编外', backbone = '省级', dual_qualified = false }",
            ],
        );
        let _ = writeln!(text, "profile = {profile}");
    }
    if numbers.chance(20) {
        let month = pick(numbers, &["2025-09", "2025-10"]);
        let _ = writeln!(text, "arrives = '{month}'");
    }
    text
}
