//! What is said where an attempt gave no plan.

use super::words::{locked_line, rule_name, settled_line};
use crate::answers::{Attempt, NamedRule, Remedy};
use crate::report::language::Language;
use crate::report::page::Page;

/// The section of an attempt without a plan; nothing where there is one.
pub(super) fn section<Answer>(page: &mut Page, name: &str, attempt: &Attempt<Answer>) {
    let language = page.language;
    match attempt {
        Attempt::Planned(_) => {}
        Attempt::Refused(faults) => {
            page.heading(&format!("{name}：写法有误"), &format!("{name}: refused"));
            for fault in faults {
                page.line(format!("  {fault}"));
            }
        }
        Attempt::Locked(locked) => {
            page.heading(
                &format!("{name}：锁定无法满足"),
                &format!("{name}: locks that nothing meets"),
            );
            for held in locked {
                page.line(format!("  {}", locked_line(language, held)));
            }
        }
        Attempt::Clashes { rules, untried } if rules.is_empty() && untried.is_empty() => page
            .heading(
                &format!("{name}：没有方案"),
                &format!("{name}: there is no plan"),
            ),
        Attempt::Clashes { rules, untried } => {
            page.heading(
                &format!("{name}：没有方案，以下规则不能同时满足"),
                &format!("{name}: no plan; these rules cannot all hold"),
            );
            clashing(page, "  ", (rules, untried));
        }
        Attempt::Unknown => page.heading(
            &format!("{name}：尚未得到方案，也未证明没有方案"),
            &format!("{name}: no plan yet, and no proof that there is none"),
        ),
    }
}

/// What must be said besides an order for which rules leave no room.
pub(super) fn remedies(page: &mut Page, remedies: &[Remedy]) {
    if remedies.is_empty() {
        return;
    }
    page.line(
        page.pick(
            "  锁定、破例不突破人数一类的规则；同时写上下列之一，即有方案：",
            "  locks and overrides lift no limits of counts; with one of these besides there is a plan:",
        )
        .to_owned(),
    );
    for remedy in remedies {
        let options = remedy.options.join(" ");
        let proven = match (remedy.proven, &remedy.rule) {
            (true, Some(_)) => page.pick("（已证明是最小的放宽）", " (proven least)"),
            _ => "",
        };
        page.line(format!("    {options}{proven}"));
    }
}

/// The rules of a clash, line by line, and those of which it is not known.
pub(super) fn clashing(
    page: &mut Page,
    indent: &str,
    (rules, untried): (&[NamedRule], &[NamedRule]),
) {
    let language = page.language;
    for rule in rules {
        page.line(format!("{indent}{}", rule_name(language, rule)));
        if let Some(settled) = settled_line(language, rule) {
            page.line(format!("{indent}  {settled}"));
        }
    }
    if !untried.is_empty() {
        page.line(format!(
            "{indent}{}",
            page.pick("可能还涉及：", "and maybe:")
        ));
        for rule in untried {
            page.line(format!("{indent}{}", rule_name(language, rule)));
        }
    }
}

/// How an attempt without a plan ended, in a few words.
pub(super) fn words<Answer>(language: Language, attempt: &Attempt<Answer>) -> String {
    match attempt {
        Attempt::Planned(_) => String::new(),
        Attempt::Refused(_) => language.pick("写法有误", "refused").to_owned(),
        Attempt::Locked(_) => language
            .pick("锁定无法满足", "lock cannot be met")
            .to_owned(),
        Attempt::Clashes { rules, .. } if rules.is_empty() => {
            language.pick("没有方案", "no plan").to_owned()
        }
        Attempt::Clashes { rules, .. } => {
            let ids: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
            let clash = language.pick("冲突：", "clash: ");
            format!("{clash}{}", ids.join("、"))
        }
        Attempt::Unknown => language.pick("未得到方案", "no plan yet").to_owned(),
    }
}
