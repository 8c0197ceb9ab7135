//! Of exchanges that end: a sentence of who comes home, a table of units and one of the posts left.

use super::super::words::decimal;
use super::price::people;
use crate::answers::{PostLeft, ReturnedAnswer, UnitReturn};
use crate::report::align::Side::{Left, Right};
use crate::report::language::{Language, counted};
use crate::report::page::Page;

pub(super) fn returned(page: &mut Page, answer: &ReturnedAnswer) {
    page.heading("交流期满返回", "Exchanges that end");
    who(page, answer);
    units(page, &answer.units);
    posts(page, &answer.left);
}

fn who(page: &mut Page, answer: &ReturnedAnswer) {
    let ReturnedAnswer {
        ended,
        personnel_moved,
        prolonged,
        elsewhere,
        ..
    } = answer;
    let (home, early) = (answer.home.count, answer.early.count);
    let others = |some: [(usize, &str, &str); 3]| {
        let some = some.into_iter().filter(|(count, ..)| *count > 0);
        let some: Vec<String> = some
            .map(|(count, chinese, english)| match page.language {
                Language::Chinese => format!("，{chinese} {count} 人"),
                Language::English => format!(", {count} {english}"),
            })
            .collect();
        some.concat()
    };
    let others = others([
        (*prolonged, "经决定续期", "prolonged by a decision"),
        (
            *personnel_moved,
            "人事关系已随迁、不再返回",
            "stay, for 人事关系 went along",
        ),
        (
            *elsewhere,
            "离岗、离任或另有决定",
            "on leave, gone, or decided otherwise",
        ),
    ]);
    page.line(match page.language {
        Language::Chinese => format!("  到期 {ended} 人：返回原单位 {home} 人{others}。"),
        Language::English => {
            let ended = counted(*ended, "term is", "terms are");
            format!("  {ended} over: {home} come home{others}.")
        }
    });
    people(page, "返回", "Home", &answer.home);
    if early > 0 {
        page.line(match page.language {
            Language::Chinese => {
                format!("  未到期而返回（经决定，或所在学校撤并）{early} 人，以下一并计入。")
            }
            Language::English => format!(
                "  Home before their term, by a decision or because the school ends: {early}; they \
                 count below."
            ),
        });
        people(page, "提前返回", "Home early", &answer.early);
    }
}

fn units(page: &mut Page, units: &[UnitReturn]) {
    let over = units.iter().filter(|held| held.balance < Some(0));
    let over = over.filter(|held| held.balance.is_some()).count();
    let count = units.len();
    page.line(match page.language {
        Language::Chinese => format!(
            "  编制：交流不转编制，返回不增加单位占用的编制。返回到 {count} 个单位，其中超编 {over} 个\
             （余缺为负的）。"
        ),
        Language::English => format!(
            "  Establishment: an exchange moves none, so who comes home has held it all the time. They \
             come home to {}, of which {over} are over (a balance below nought).",
            counted(count, "unit", "units")
        ),
    });
    let mut table = page.columns([
        ("单位", "Unit", Left),
        ("返回", "Home", Right),
        ("核定编制", "Establishment", Right),
        ("占用", "Held", Right),
        ("余缺", "Balance", Right),
        ("返回岗位超需", "Surplus of their posts", Right),
        ("方案后超需", "After the plan", Right),
    ]);
    for held in units {
        let dash = || "—".to_owned();
        table.push([
            held.unit_name.clone(),
            held.returned.to_string(),
            held.establishment
                .map_or_else(dash, |count| count.to_string()),
            held.held.to_string(),
            held.balance.map_or_else(dash, |count| format!("{count:+}")),
            decimal(held.surplus_before),
            decimal(held.surplus_after),
        ]);
    }
    page.block(&table);
}

fn posts(page: &mut Page, left: &[PostLeft]) {
    let language = page.language;
    let sum = |of: fn(&PostLeft) -> f64| decimal(left.iter().map(of).sum());
    let persons: usize = left.iter().map(|post| post.left).sum();
    let posts = left.len();
    let (before, after) = (sum(|post| post.short_before), sum(|post| post.short_after));
    let coming: usize = left.iter().map(|post| post.coming.count).sum();
    let refilled = left.iter().filter(|post| post.short_after <= 0.0).count();
    page.line(match language {
        Language::Chinese => format!(
            "  腾出的岗位：{persons} 人离开 {posts} 个岗位，学年初缺额 {before} 人；方案安排 {coming} \
             人接任，缺额 {after} 人，不再缺人的 {refilled} 个。"
        ),
        Language::English => format!(
            "  Posts left: {persons} leave {}, which lack {before} persons when the year begins; the \
             plan brings {coming}; then they lack {after}, and {refilled} lack nothing.",
            counted(posts, "post", "posts")
        ),
    });
    let mut table = page.columns([
        ("学校", "School", Left),
        ("城乡", "Zone", Left),
        ("学段", "Stage", Left),
        ("学科", "Subject", Left),
        ("离开", "Left", Right),
        ("需求", "Need", Right),
        ("学年初", "At first", Right),
        ("方案后", "Planned", Right),
        ("缺额", "Short", Right),
        ("方案后缺额", "Short then", Right),
        ("接任", "Who follows", Left),
    ]);
    for post in left {
        table.push([
            post.school_name.clone(),
            post.zone.to_owned(),
            post.stage.to_owned(),
            post.subject.clone(),
            post.left.to_string(),
            decimal(post.need),
            decimal(post.before),
            decimal(post.after),
            decimal(post.short_before),
            decimal(post.short_after),
            followers(language, post),
        ]);
    }
    page.block(&table);
}

/// Who follows, by form, and by id where people are named.
fn followers(language: Language, post: &PostLeft) -> String {
    if let Some(who) = post.coming.who.as_ref().filter(|who| !who.is_empty()) {
        let who: Vec<String> = who
            .iter()
            .map(|person| format!("{} {}", person.id, person.name))
            .collect();
        return who.join(language.pick("、", ", "));
    }
    let forms = post.by_form.iter();
    let forms: Vec<String> = forms
        .map(|(form, count)| format!("{form} {count}"))
        .collect();
    match (forms.is_empty(), post.short_after > 0.0) {
        (false, _) => forms.join(language.pick("、", ", ")),
        (true, true) => language.pick("无人接任", "nobody").to_owned(),
        (true, false) => language.pick("不需要", "not needed").to_owned(),
    }
}
