//! The price of something forced, in sentences.

use super::super::failed::clashing;
use super::super::words::{decimal, fewest_words, recruits_words};
use super::reasons as told;
use crate::answers::{LevelPrice, People, Price, Priced};
use crate::report::language::{Language, counted};
use crate::report::page::Page;

/// Posts named at most; the JSON has all.
const NAMED: usize = 8;

/// A price under a line that says of what; `post` whether new holders of a post are told.
pub(super) fn price(page: &mut Page, of: &str, priced: &Priced, post: bool) {
    let language = page.language;
    match priced {
        Priced::Planned(price) => planned(page, of, price, post),
        Priced::Locked { reasons, .. } => {
            let reasons = told(language, reasons);
            page.line(match language {
                Language::Chinese => format!("  {of}：不能成立。{reasons}"),
                Language::English => format!("  {of}: it cannot be: {reasons}"),
            });
        }
        Priced::Clash { rules, untried } => {
            page.line(match language {
                Language::Chinese => format!("  {of}：没有方案。已证明与下列规则不能同时满足："),
                Language::English => {
                    format!("  {of}: no plan; it is proven not to go together with these rules:")
                }
            });
            clashing(page, "    ", (rules, untried));
        }
        Priced::Refused { faults } => {
            page.line(format!(
                "  {of}{}{}",
                language.pick("：不能这样设定。", ": cannot be so. "),
                faults.join("；")
            ));
        }
        Priced::Unknown | Priced::Interrupted => page.line(match language {
            Language::Chinese => format!("  {of}：尚未得到方案，也未证明没有方案。"),
            Language::English => format!("  {of}: no plan yet, and no proof that there is none."),
        }),
    }
}

fn planned(page: &mut Page, of: &str, price: &Price, post: bool) {
    let language = page.language;
    page.line(match language {
        Language::Chinese => format!("  {of}：{}。", verdict(language, price)),
        Language::English => format!("  {of}: {}.", verdict(language, price)),
    });
    for level in price.levels.iter().filter(|level| level.units != 0) {
        page.line(format!("    {}", level_line(language, level)));
    }
    page.line(format!("    {}", others_line(language, price, post)));
    people(page, "改为流动", "Move now", &price.joining);
    people(page, "不再流动", "No longer move", &price.leaving);
    if post {
        people(page, "接任该岗位", "Take the post", &price.successors);
    }
    let [before, after] = price.shortage;
    let worse = price.posts.iter().filter(|post| post.after > post.before);
    let better = price.posts.iter().filter(|post| post.after < post.before);
    if worse.clone().count() + better.clone().count() > 0 {
        let (count, fewer) = (worse.clone().count(), better.count());
        page.line(match language {
            Language::Chinese => format!(
                "    全域缺额 {} → {} 人；缺额增加的岗位 {count} 个，减少的 {fewer} 个。",
                decimal(before),
                decimal(after)
            ),
            Language::English => format!(
                "    Short in the district: {} → {} persons; {} more, {fewer} less.",
                decimal(before),
                decimal(after),
                counted(count, "post lacks", "posts lack")
            ),
        });
        let named = worse.take(NAMED).map(|post| {
            let lacks = (decimal(post.before), decimal(post.after));
            format!(
                "{} {}{} {} → {}",
                post.school_name, post.stage, post.subject, lacks.0, lacks.1
            )
        });
        let named: Vec<String> = named.collect();
        if !named.is_empty() {
            let named = named.join(language.pick("；", "; "));
            let lead = language.pick("缺额增加：", "Lack more: ");
            page.line(format!("      {lead}{named}"));
        }
    }
}

/// What the price is at the first level that differs.
pub(super) fn verdict(language: Language, price: &Price) -> String {
    let first = price.levels.iter().find(|level| level.units != 0);
    let exact = price.levels.iter().all(LevelPrice::is_exact);
    match (first, language) {
        (None, Language::Chinese) if exact => "有同样好的方案，各层级都不变（已证明）".to_owned(),
        (None, Language::Chinese) => "得到的方案各层级数值相同（有层级未完全证明）".to_owned(),
        (None, Language::English) if exact => {
            "there is an equally good plan, proven at every level".to_owned()
        }
        (None, Language::English) => {
            "the plan found has the same values (not proven at every level)".to_owned()
        }
        (Some(level), _) => {
            let title = language.title(&level.title, &level.title_english);
            let amount = amount(level);
            let mark = if level.is_exact() {
                ""
            } else {
                language.pick("（未完全证明）", " (not proven)")
            };
            match (language, level.units > 0) {
                (Language::Chinese, true) => format!("“{title}”变差 {amount} 加权人{mark}"),
                (Language::Chinese, false) => format!("“{title}”改善 {amount} 加权人{mark}"),
                (Language::English, true) => {
                    format!("`{title}` is worse by {amount} weighted persons{mark}")
                }
                (Language::English, false) => {
                    format!("`{title}` is better by {amount} weighted persons{mark}")
                }
            }
        }
    }
}

/// A difference without its sign, to the hundredth, or finer where that would be nothing.
fn amount(level: &LevelPrice) -> String {
    let value = level.difference().abs();
    if value < 0.005 {
        format!("{value:.5}")
    } else {
        format!("{value:.2}")
    }
}

/// The difference of a level for tables, with its sign; marked where it is not proven.
pub(super) fn cell(level: &LevelPrice) -> String {
    let sign = match level.units {
        0 => "",
        units if units < 0 => "-",
        _ => "+",
    };
    let amount = if level.units == 0 {
        "0".to_owned()
    } else {
        amount(level)
    };
    let mark = if level.is_exact() { "" } else { "*" };
    format!("{sign}{amount}{mark}")
}

fn level_line(language: Language, level: &LevelPrice) -> String {
    let title = language.title(&level.title, &level.title_english);
    let (before, after) = (level.before, level.after);
    let persons = |units: i64| units as f64 / crate::rules::UNITS_PER_PERSON as f64;
    let proven = match (level.is_exact(), level.least, level.most) {
        (true, ..) => language.pick("已证明", "proven").to_owned(),
        (false, Some(least), Some(most)) => {
            let (least, most) = (persons(least), persons(most));
            match language {
                Language::Chinese => format!("已证明最优方案之差在 {least:+.5} 至 {most:+.5} 之间"),
                Language::English => {
                    format!("the best plans are proven to differ by {least:+.5} to {most:+.5}")
                }
            }
        }
        _ => language.pick("未证明", "not proven").to_owned(),
    };
    match language {
        Language::Chinese => format!(
            "{title} {before:.2} → {after:.2}（{}，{proven}）",
            cell(level)
        ),
        Language::English => format!(
            "{title} {before:.2} → {after:.2} ({}, {proven})",
            cell(level)
        ),
    }
}

fn others_line(language: Language, price: &Price, post: bool) -> String {
    let Price {
        others,
        joining,
        leaving,
        successors,
        ..
    } = price;
    let [before, after] = price.moves;
    let recruits = recruits_words(language, price.recruits);
    match language {
        Language::Chinese => {
            let any = others + price.recruits > 0;
            let fewest = fewest_words(language, price.fewest && any, price.recruits);
            let successors = if post {
                format!("，接任该岗位 {} 人", successors.count)
            } else {
                String::new()
            };
            format!(
                "其他人中安排不同的 {others} 人{recruits}{fewest}：改为流动 {} 人，不再流动 {} 人{successors}；\
                 流动 {before} → {after} 人次。",
                joining.count, leaving.count
            )
        }
        Language::English => {
            let others = counted(others, "other is", "others are");
            let fewest = fewest_words(language, price.fewest, price.recruits);
            let successors = if post {
                format!(", {} take the post", successors.count)
            } else {
                String::new()
            };
            format!(
                "{others} placed differently{recruits}{fewest}: {} move now, {} no longer move{successors}; \
                 {before} → {after} moves.",
                joining.count, leaving.count
            )
        }
    }
}

/// Who they are, where that may be said.
pub(super) fn people(page: &mut Page, chinese: &str, english: &str, people: &People) {
    let language = page.language;
    let Some(who) = people.who.as_ref().filter(|who| !who.is_empty()) else {
        return;
    };
    let named: Vec<String> = who
        .iter()
        .map(|person| format!("{} {}", person.id, person.name))
        .collect();
    let named = named.join(language.pick("、", ", "));
    let lead = language.pick(chinese, english);
    page.line(format!("      {lead}{}{named}", language.pick("：", ": ")));
}
