//! A policy as it stands after all extensions, and from which file each of its numbers comes.

use std::borrow::Cow;

use serde::Serialize;
use toml::Value;

use super::language::Language;
use super::page::Page;
use crate::policy::{Policy, Rule};
use crate::rules::{RuleSet, TypedRule};
use crate::scenario::key_part;

/// A flattened policy.
#[derive(Debug, Serialize)]
pub struct PolicyView<'a> {
    id: &'a str,
    title: &'a str,
    title_english: &'a str,
    digest: &'a str,
    levels: Vec<LevelView<'a>>,
    rules: Vec<RuleView<'a>>,
    /// Levers and tables, key by key.
    values: Vec<ValueView<'a>>,
}

#[derive(Debug, Serialize)]
struct LevelView<'a> {
    id: &'a str,
    title: &'a str,
    title_english: &'a str,
}

#[derive(Debug, Serialize)]
struct RuleView<'a> {
    id: &'a str,
    title: &'a str,
    title_english: &'a str,
    kind: &'a str,
    enforcement: &'static str,
    #[serde(skip)]
    enforcement_chinese: &'static str,
    #[serde(skip)]
    enforcement_english: &'static str,
    level: Option<&'a str>,
    weight: String,
    source: String,
    certainty: &'static str,
    #[serde(skip)]
    certainty_chinese: &'static str,
    parameters: Vec<ValueView<'a>>,
}

/// A value and the file that says it.
#[derive(Debug, Serialize)]
struct ValueView<'a> {
    key: Cow<'a, str>,
    value: String,
    file: &'a str,
}

/// Looks at a policy.
pub fn view_policy<'a>(policy: &'a Policy, rules: &'a RuleSet) -> PolicyView<'a> {
    PolicyView {
        id: &policy.id,
        title: &policy.title,
        title_english: &policy.title_english,
        digest: &policy.digest,
        levels: policy
            .levels
            .iter()
            .map(|level| LevelView {
                id: &level.id,
                title: &level.title,
                title_english: &level.title_english,
            })
            .collect(),
        rules: rules
            .all()
            .iter()
            .map(|typed| view_rule(policy, typed))
            .collect(),
        values: policy
            .origins
            .iter()
            .filter(|(key, _)| !key.starts_with("rule.") && !key.starts_with("level."))
            .filter_map(|(key, file)| {
                Some(ValueView {
                    key: Cow::Borrowed(key),
                    value: value_at(&policy.flattened, key)?.to_string(),
                    file,
                })
            })
            .collect(),
    }
}

fn view_rule<'a>(policy: &'a Policy, typed: &'a TypedRule) -> RuleView<'a> {
    let rule = &typed.rule;
    let level = policy
        .levels
        .get(rule.level)
        .filter(|_| typed.rule.enforcement.costs());
    RuleView {
        id: &rule.id,
        title: &rule.title,
        title_english: &rule.title_english,
        kind: &rule.kind,
        enforcement: rule.enforcement.code(),
        enforcement_chinese: typed.held_as(),
        enforcement_english: typed.held_as_code(),
        level: level.map(|level| level.id.as_str()),
        weight: rule.weight.to_string(),
        source: rule.source.citation(),
        certainty: rule.certainty.code(),
        certainty_chinese: rule.certainty.chinese(),
        parameters: rule
            .parameters
            .iter()
            .flat_map(|(key, value)| parameter(policy, rule, (key, value)))
            .collect(),
    }
}

/// A parameter of a rule; of exceptions each place by itself.
fn parameter<'a>(
    policy: &'a Policy,
    rule: &'a Rule,
    (key, value): (&'a str, &'a Value),
) -> Vec<ValueView<'a>> {
    let view = |key: Cow<'a, str>, place: &str, value: &Value| ValueView {
        key,
        value: value.to_string(),
        file: file_of(policy, &format!("rule.{}.{place}", rule.id), &rule.file),
    };
    match value.as_table().filter(|_| key == "at") {
        None => vec![view(Cow::Borrowed(key), key, value)],
        Some(exceptions) => exceptions
            .iter()
            .map(|(word, value)| {
                let shown = format!("{key}.{}", key_part(word));
                view(Cow::Owned(shown), &format!("{key}.{word}"), value)
            })
            .collect(),
    }
}

fn file_of<'a>(policy: &'a Policy, key: &str, otherwise: &'a str) -> &'a str {
    policy.origins.get(key).map_or(otherwise, String::as_str)
}

/// The value at a dotted path; keys of the path hold no dots themselves.
fn value_at<'a>(table: &'a toml::Table, path: &str) -> Option<&'a Value> {
    match path.split_once('.') {
        None => table.get(path),
        Some((head, rest)) => value_at(table.get(head)?.as_table()?, rest),
    }
}

/// The page of a policy.
pub fn policy_page(view: &PolicyView<'_>, language: Language) -> String {
    let mut page = Page::new(language);
    let title = language.title(view.title, view.title_english);
    page.line(format!("{}  {title}", view.id));
    page.line(format!("{} {}", page.pick("摘要值", "digest"), view.digest));
    page.heading("优先层级", "Levels");
    for (number, level) in (1..).zip(&view.levels) {
        let title = language.title(level.title, level.title_english);
        page.line(format!("  {number} {title} ({})", level.id));
    }
    page.heading("规则", "Rules");
    for rule in &view.rules {
        rule_lines(&mut page, rule);
    }
    page.heading("参数与渠道", "Tables and levers");
    value_lines(&mut page, &view.values, "  ");
    page.finish()
}

fn rule_lines(page: &mut Page, rule: &RuleView<'_>) {
    let title = page.language.title(rule.title, rule.title_english);
    page.line(format!("  {}  {title}", rule.id));
    let mut facts = vec![
        rule.kind.to_owned(),
        page.pick(rule.enforcement_chinese, rule.enforcement_english)
            .to_owned(),
    ];
    if let Some(level) = rule.level {
        let (level_word, weight_word) = (page.pick("层级", "level"), page.pick("权重", "weight"));
        facts.push(format!("{level_word} {level}"));
        facts.push(format!("{weight_word} {}", rule.weight));
    }
    let certainty = page.pick(rule.certainty_chinese, rule.certainty);
    facts.push(format!("{} {certainty}", page.pick("可信度", "certainty")));
    if !rule.source.is_empty() {
        facts.push(rule.source.clone());
    }
    page.line(format!("    {}", facts.join(page.pick("；", "; "))));
    value_lines(page, &rule.parameters, "    ");
}

fn value_lines(page: &mut Page, values: &[ValueView<'_>], indent: &str) {
    for held in values {
        page.line(format!(
            "{indent}{} = {}  # {}",
            held.key, held.value, held.file
        ));
    }
}
