//! Random parameters of the kinds of rule.

use std::fmt::Write;

use super::words::{enforcement, form, person, pick, school, scope};
use crate::programs::Numbers;

/// Nobody sent again while others never were, in any scope and form.
pub(super) fn turns(numbers: &mut Numbers) -> String {
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

/// A bound of posts of titles, which only a count of whom units hold may have.
fn posts_of_titles(numbers: &mut Numbers) -> String {
    let of = pick(numbers, &["senior_posts", "middle_posts"]);
    let title = pick(numbers, &["一级教师", "高级教师"]);
    format!("who = {{ title_at_least = '{title}' }}\nat_most = {{ of = '{of}' }}\n")
}

pub(super) fn count(numbers: &mut Numbers) -> String {
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

pub(super) fn ratio(numbers: &mut Numbers) -> String {
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

pub(super) fn per_pupil(numbers: &mut Numbers) -> String {
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

pub(super) fn disparity(numbers: &mut Numbers) -> String {
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

pub(super) fn coverage(numbers: &mut Numbers, kind: &str) -> String {
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

pub(super) fn travel(numbers: &mut Numbers) -> String {
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

pub(super) fn stability(numbers: &mut Numbers) -> String {
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

pub(super) fn preference(numbers: &mut Numbers) -> String {
    format!(
        "kind = 'preference'\nenforcement = '{}'\nby_rank = [0, 0.15]\nnot_granted = {}\n\
         elsewhere = 0.6\n",
        costs(numbers),
        pick(numbers, &["0", "0.3", "0.7"])
    )
}
