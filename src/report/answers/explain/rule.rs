//! Of a rule, in sentences and a table.

use super::super::tables::with_levels;
use super::super::words::{missing_words, rule_name};
use super::price::cell;
use crate::answers::{KeyPrice, Limit, Priced, RuleAnswer};
use crate::report::align::Side::{Left, Right};
use crate::report::align::TextTable;
use crate::report::language::{Language, counted};
use crate::report::page::Page;

/// Places named at most; the JSON has all.
const NAMED: usize = 12;

pub(super) fn rule(page: &mut Page, answer: &RuleAnswer) {
    let language = page.language;
    let name = rule_name(language, &answer.rule);
    page.heading(&format!("规则 {name}"), &format!("Rule {name}"));
    let level = answer.level.as_ref().map(|[chinese, english]| {
        let title = language.title(chinese, english);
        match language {
            Language::Chinese => format!("，层级“{title}”"),
            Language::English => format!(", level `{title}`"),
        }
    });
    let level = level.unwrap_or_default();
    let source = if answer.source.is_empty() {
        page.pick("未注明", "none given")
    } else {
        &answer.source
    };
    let held = page.pick(answer.held_as, answer.held_as_code);
    page.line(match language {
        Language::Chinese => {
            let certainty = answer.certainty;
            format!("  性质：{held}{level}；依据：{source}（{certainty}）")
        }
        Language::English => format!("  Held as: {held}{level}; source: {source}"),
    });
    found(page, answer);
    if !answer.at_limit.is_empty() {
        let count = answer.at_limit.len();
        page.line(match language {
            Language::Chinese => format!("  正好在限上、没有余量的 {count} 处："),
            Language::English => format!(
                "  {} at the limit, with nothing to spare:",
                counted(count, "place", "places")
            ),
        });
        places(page, ("  ", "  "), &answer.at_limit);
    }
    numbers(page, answer);
}

/// What the plan has, and where that is not what is asked.
fn found(page: &mut Page, answer: &RuleAnswer) {
    let language = page.language;
    let value = language.figure(&answer.value);
    let target = answer.target.as_ref().map_or_else(
        || page.pick("没有总的目标", "nothing over all").to_owned(),
        |target| language.target(target),
    );
    let met = match (answer.missed, answer.met) {
        (0, true) => page.pick("处处满足", "it holds everywhere").to_owned(),
        (count, _) => {
            let missing = answer.target.as_ref();
            let missing = missing.and_then(|target| missing_words(language, target, &answer.value));
            let missing = missing.map(|words| format!("{}{words}", language.pick("，", ", ")));
            let missing = missing.unwrap_or_default();
            match language {
                Language::Chinese => format!("{count} 处未满足{missing}"),
                Language::English => {
                    format!("missed in {}{missing}", counted(count, "place", "places"))
                }
            }
        }
    };
    page.line(match language {
        Language::Chinese if answer.of_people => format!("  涉及：{value}；方案中{met}。"),
        Language::English if answer.of_people => format!("  It speaks of {value}; {met}."),
        Language::Chinese => format!("  方案：{value}；要求：{target}；{met}。"),
        Language::English => format!("  Plan: {value}; asked: {target}; {met}."),
    });
    if answer.cost > 0.0 {
        let cost = answer.cost;
        page.line(match language {
            Language::Chinese => format!("  在其层级上计 {cost:.2} 加权人。"),
            Language::English => format!("  It costs {cost:.2} weighted persons at its level."),
        });
    }
    places(page, ("未满足：", "Missed: "), &answer.missed_at);
}

/// What its numbers cost.
fn numbers(page: &mut Page, answer: &RuleAnswer) {
    if !answer.bears {
        let id = &answer.rule.id;
        page.line(match page.language {
            Language::Chinese => format!(
                "  本规则只报告，不影响方案，增减都没有代价。要测算必须做到的代价：shizi whatif --set \
                 {id}.enforcement=hard"
            ),
            Language::English => format!(
                "  The rule only reports: plans do not heed it, and another number costs nothing. To \
                 hold it: shizi whatif --set {id}.enforcement=hard"
            ),
        });
    } else if answer.keys.is_empty() {
        let line = page.pick(
            "  本规则没有可以增减的数；要看停用它会怎样：shizi whatif --without",
            "  The rule has no number to change; to do without it: shizi whatif --without",
        );
        page.line(line.to_owned());
    } else {
        let table = prices(page, &answer.keys);
        let line = page.pick(
            "  增减一个单位（每行重新求解；正数为变差，单位加权人；* 未完全证明）：",
            "  A unit more or less (each row solved again; + is worse, weighted persons; * not proven):",
        );
        page.line(line.to_owned());
        page.block(&table);
    }
}

fn places(page: &mut Page, (chinese, english): (&str, &str), held: &[Limit]) {
    if held.is_empty() {
        return;
    }
    let language = page.language;
    let named: Vec<String> = held
        .iter()
        .take(NAMED)
        .map(|limit| {
            let (value, target) = (
                language.amount(&limit.value),
                language.amount(&limit.target),
            );
            match language {
                Language::Chinese => format!("{} {value}（{target}）", limit.place),
                Language::English => format!("{} {value} ({target})", limit.place),
            }
        })
        .collect();
    let named = named.join(language.pick("；", "; "));
    let more = held.len().saturating_sub(NAMED);
    let more = match (more, language) {
        (0, _) => String::new(),
        (_, Language::Chinese) => format!("……另 {more} 处"),
        (_, Language::English) => format!(" ... and {more} more"),
    };
    page.line(format!(
        "  {}{named}{more}",
        language.pick(chinese, english)
    ));
}

fn prices(page: &Page, keys: &[KeyPrice]) -> TextTable {
    let language = page.language;
    let levels = keys.iter().find_map(|held| held.price.price());
    let levels = levels.map_or(&[][..], |price| &price.levels);
    let first = [
        ("数", "Number", Left),
        ("现值", "Now", Right),
        ("改为", "Changed", Right),
    ];
    let last = [
        ("流动人次", "Moves", Right),
        ("缺额人", "Short", Right),
        ("安排不同人", "Differ", Right),
    ];
    let titles = levels.iter();
    let titles = titles.map(|level| (&level.title, &level.title_english));
    let header = with_levels(language, &first, titles, &last);
    let mut table = TextTable::new(header);
    for held in keys {
        let mut row = vec![held.key.clone(), held.value.clone(), held.changed.clone()];
        match &held.price {
            Priced::Planned(price) => {
                row.extend(price.levels.iter().map(cell));
                row.push(price.moves[1].to_string());
                row.push(super::super::words::decimal(price.shortage[1]));
                row.push(price.others.to_string());
            }
            Priced::Clash { rules, .. } => {
                let ids: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
                let clash = language.pick("没有方案：", "no plan: ");
                row.push(format!("{clash}{}", ids.join("、")));
            }
            Priced::Locked { .. } => {
                row.push(
                    language
                        .pick("已有锁定无法满足", "a lock cannot be met")
                        .to_owned(),
                );
            }
            Priced::Refused { .. } => {
                row.push(language.pick("不能这样设定", "cannot be so").to_owned());
            }
            Priced::Unknown | Priced::Interrupted => {
                row.push(language.pick("未得到方案", "no plan yet").to_owned());
            }
        }
        table.push(row);
    }
    table
}
