//! Ways out in a few words.

use crate::answers::{Excepted, LetThrough, Loosening, Missed, MissedUnit, WayOut};
use crate::domain::Persons;
use crate::policy::Fraction;
use crate::report::answers::words::{decimal, rule_name};
use crate::report::language::{Language, counted};

/// By how many persons a rule is missed, in a few words.
pub(super) fn missed_text(missed: &Missed, language: Language) -> String {
    let few: i64 = missed
        .places
        .iter()
        .map(|(_, amount)| (-amount).max(0))
        .sum();
    let many = missed.amount - few;
    let sign = if missed.proven { "" } else { "≤ " };
    let text = [
        (few, language.pick("少", "too few")),
        (many, language.pick("多", "too many")),
    ];
    let text = text.into_iter().filter(|(amount, _)| *amount > 0);
    let text: Vec<String> = text
        .map(|(amount, word)| match (missed.unit, language) {
            (MissedUnit::Pairs, Language::Chinese) => format!("{sign}{amount} 对同单位"),
            (MissedUnit::Pairs, Language::English) => format!("{sign}{amount} in one unit"),
            (MissedUnit::Thousandths, Language::Chinese) => {
                format!("{word} {sign}{} 人", Persons(amount))
            }
            (MissedUnit::Thousandths, Language::English) => {
                format!("{sign}{} {word}", Persons(amount))
            }
            (MissedUnit::Persons, Language::Chinese) => format!("{word} {sign}{amount} 人"),
            (MissedUnit::Persons, Language::English) => format!("{sign}{amount} {word}"),
        })
        .collect();
    text.join(language.pick("、", ", "))
}

pub(super) fn amount_text((amount, unit): (i64, MissedUnit), language: Language) -> String {
    let persons = match unit {
        MissedUnit::Thousandths => Persons(amount.abs()).to_string(),
        MissedUnit::Persons | MissedUnit::Pairs => amount.abs().to_string(),
    };
    match (language, amount < 0) {
        (Language::Chinese, true) => format!("少 {persons} 人"),
        (Language::Chinese, false) => format!("多 {persons} 人"),
        (Language::English, true) => format!("{persons} too few"),
        (Language::English, false) => format!("{persons} too many"),
    }
}

/// An exception in a few words: `S059 城关小学 至多 3→5`.
pub(super) fn excepted_text(held: &Excepted, language: Language) -> String {
    let limit = match held.name {
        "at_least" => language.pick("至少", "at least"),
        "at_most" => language.pick("至多", "at most"),
        _ => language.pick("正好", "exactly"),
    };
    let (place, title, from, to) = (&held.place, &held.title, held.from, held.to);
    if place == title {
        format!("{place} {limit} {from}→{to}")
    } else {
        format!("{place} {title} {limit} {from}→{to}")
    }
}

pub(super) fn what(way: &WayOut, language: Language) -> String {
    let rule = || {
        way.rule
            .as_ref()
            .map_or_else(String::new, |rule| rule_name(language, rule))
    };
    match &way.loosening {
        Loosening::Number { key, .. } | Loosening::Share { key, .. } => {
            let title = way.rule.as_ref();
            let title = title.map_or("", |rule| language.title(&rule.title, &rule.title_english));
            match language {
                Language::Chinese => format!("“{title}”（{key}）"),
                Language::English => format!("`{key}` ({title})"),
            }
        }
        Loosening::Decimal { key, what, .. } => match language {
            Language::Chinese => format!("“{what}”（{key}）"),
            Language::English => format!("`{key}` ({what})"),
        },
        Loosening::Except { .. } => match language {
            Language::Chinese => format!("破例：{}", rule()),
            Language::English => format!("exceptions from {}", rule()),
        },
        Loosening::Places { key, .. } => {
            let title = way.rule.as_ref();
            let title = title.map_or("", |rule| language.title(&rule.title, &rule.title_english));
            match language {
                Language::Chinese => format!("“{title}”个别地方例外（{key}）"),
                Language::English => format!("`{key}`: exceptions ({title})"),
            }
        }
        Loosening::Lever {
            lever,
            title,
            title_english,
            ..
        } => {
            let title = language.title(title, title_english);
            match language {
                Language::Chinese => format!("“{title}”（{lever}.at_most）"),
                Language::English => format!("`{lever}.at_most` ({title})"),
            }
        }
        Loosening::Out { .. } => match language {
            Language::Chinese => format!("停用{}", rule()),
            Language::English => format!("without {}", rule()),
        },
        Loosening::Unlock { locks } => {
            let locks = locks.join(language.pick("、", ", "));
            format!("{}{locks}", language.pick("取消锁定 ", "take off "))
        }
        Loosening::Together { changes } => {
            let changes = changes.join(language.pick("，", ", "));
            format!("{}{changes}", language.pick("同时：", "together: "))
        }
    }
}

/// From what, to what, and by how much.
pub(super) fn steps(loosening: &Loosening, language: Language) -> [String; 3] {
    let by = |from: i64, to: i64, minutes: bool| {
        let unit = if minutes {
            language.pick(" 分钟", " min")
        } else {
            ""
        };
        [
            from.to_string(),
            to.to_string(),
            format!("{:+}{unit}", to - from),
        ]
    };
    match loosening {
        Loosening::Number {
            from, to, minutes, ..
        } => by(*from, *to, *minutes),
        Loosening::Lever { from, to, .. } => by(*from, *to, false),
        Loosening::Decimal { from, to, .. } => decimals(*from, *to),
        Loosening::Except { excepted, .. } => [
            "—".to_owned(),
            "—".to_owned(),
            let_through(excepted, language),
        ],
        Loosening::Places {
            persons, places, ..
        } => {
            let (count, persons) = (places.len(), *persons);
            match language {
                Language::Chinese => [
                    "—".to_owned(),
                    format!("{count} 处"),
                    format!("共 {persons} 人"),
                ],
                Language::English => [
                    "-".to_owned(),
                    format!("{count} places"),
                    format!("{persons} in all"),
                ],
            }
        }
        Loosening::Share { from, to, .. } => {
            let points = |share: &crate::policy::Fraction| {
                share.numerator as f64 * 100.0 / share.denominator as f64
            };
            let unit = language.pick(" 个百分点", " points");
            [
                from.to_string(),
                to.to_string(),
                format!("{:+.1}{unit}", points(to) - points(from)),
            ]
        }
        Loosening::Out { .. } | Loosening::Unlock { .. } | Loosening::Together { .. } => {
            ["—"; 3].map(str::to_owned)
        }
    }
}

/// A decimal number, another one, and by how much that is more or less.
fn decimals(from: Fraction, to: Fraction) -> [String; 3] {
    let (above, below) = (
        to.numerator * from.denominator,
        to.denominator * from.numerator,
    );
    let sign = if above < below { "-" } else { "+" };
    let more = Fraction::new((above - below).abs(), from.denominator * to.denominator);
    let more = more.map_or(String::new(), number);
    [number(from), number(to), format!("{sign}{more}")]
}

/// How many a rule lets through.
fn let_through(excepted: &LetThrough, language: Language) -> String {
    match (excepted, language) {
        (LetThrough::Persons(count), Language::Chinese) => format!("{count} 人"),
        (LetThrough::Persons(count), Language::English) => counted(*count, "person", "persons"),
        (LetThrough::Pairs(count), Language::Chinese) => format!("{count} 对"),
        (LetThrough::Pairs(count), Language::English) => counted(*count, "pair", "pairs"),
        (
            LetThrough::Posts {
                posts,
                persons,
                lessons,
            },
            _,
        ) => {
            let lessons = decimal(*lessons as f64 / 10.0);
            match language {
                Language::Chinese => {
                    format!("{posts} 处岗位，{persons} 人（每周 {lessons} 节）")
                }
                Language::English => {
                    let posts = counted(*posts, "post", "posts");
                    format!("{posts}, {persons} persons ({lessons} lessons a week)")
                }
            }
        }
    }
}

/// A number as it is written in a policy: `0.45`.
fn number(number: Fraction) -> String {
    (number.numerator as f64 / number.denominator as f64).to_string()
}
