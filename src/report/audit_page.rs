//! What an audit found, as a jurist reads it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::align::Side::{Left, Right};
use super::language::{Language, counted};
use super::page::Page;
use super::words::persons_of_units;
use crate::audit::{AuditReport, DecidedValue, Finding, Severity};
use crate::policy::Policy;
use crate::rules::{Figure, RuleSet, Target};

/// How many findings of one kind in one column of a file are shown.
const SHOWN: usize = 5;

/// An audit for programs.
#[derive(Debug, Serialize)]
pub struct AuditView<'a> {
    passes: bool,
    by_hand: bool,
    findings: &'a [Finding],
    rules: Vec<RuleView<'a>>,
    levels: Vec<LevelView<'a>>,
    /// Values of the policy that events changed.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    policy_changes: &'a [DecidedValue],
}

#[derive(Debug, Serialize)]
struct RuleView<'a> {
    id: &'a str,
    value: Figure,
    target: Option<Target>,
    met: bool,
    missed: usize,
}

#[derive(Debug, Serialize)]
struct LevelView<'a> {
    name: &'a str,
    value: f64,
    units: i64,
}

/// Looks at an audit.
pub fn view_audit<'a>(
    report: &'a AuditReport,
    policy: &'a Policy,
    rules: &'a RuleSet,
) -> AuditView<'a> {
    AuditView {
        passes: report.passes(),
        by_hand: report.by_hand,
        findings: &report.findings,
        rules: rules
            .all()
            .iter()
            .zip(&report.outcomes)
            .map(|(typed, outcome)| RuleView {
                id: &typed.rule.id,
                value: outcome.value,
                target: outcome.target,
                met: outcome.met,
                missed: outcome.missed.len(),
            })
            .collect(),
        levels: policy
            .levels
            .iter()
            .zip(&report.levels)
            .map(|(level, &units)| LevelView {
                name: &level.id,
                value: persons_of_units(units),
                units,
            })
            .collect(),
        policy_changes: &report.valued,
    }
}

/// The page of an audit.
pub fn audit_page(
    report: &AuditReport,
    policy: &Policy,
    rules: &RuleSet,
    language: Language,
) -> String {
    let mut page = Page::new(language);
    page.line(verdict(report, language));
    if report.other_policy {
        page.line(page.pick(
            "注意：方案不是依据现在这份政策得出的（政策指纹不符），下列不符多由此而来",
            "Note: the plan was made under another policy (digests differ); most findings follow \
             from that",
        ));
    }
    valued(&mut page, report);
    findings(
        &mut page,
        report,
        Severity::Breach,
        "不能照此执行",
        "Against the plan",
    );
    findings(
        &mut page,
        report,
        Severity::Unmet,
        "法定底线未达到",
        "Legal floors not met",
    );
    findings(&mut page, report, Severity::Note, "提示", "Notes");
    levels(&mut page, report, policy);
    outcomes(&mut page, report, rules);
    page.finish()
}

fn verdict(report: &AuditReport, language: Language) -> String {
    let breaches = report
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Breach)
        .count();
    let by_hand = if report.by_hand {
        language.pick(
            "（手工方案：未列出的人员按现状）",
            " (made by hand: whoever is not in it stays)",
        )
    } else {
        ""
    };
    match (language, breaches) {
        (Language::Chinese, 0) => format!("复核通过{by_hand}"),
        (Language::Chinese, count) => format!("复核不通过：{count} 处{by_hand}"),
        (Language::English, 0) => format!("The audit passes{by_hand}"),
        (Language::English, count) => {
            let count = counted(count, "finding", "findings");
            format!("The audit fails: {count}{by_hand}")
        }
    }
}

fn findings(
    page: &mut Page,
    report: &AuditReport,
    severity: Severity,
    chinese: &str,
    english: &str,
) {
    let mut found = report
        .findings
        .iter()
        .filter(|finding| finding.severity == severity)
        .peekable();
    if found.peek().is_none() {
        return;
    }
    page.heading(chinese, english);
    // Findings of one kind in one column of a file, of which only the first are shown.
    let kind = |finding: &Finding| {
        let file = finding.file.filter(|_| finding.is_of_a_file())?;
        // Of the summary's paths the first word: `rules` for all of `rules[3].value`.
        let column = finding.column.as_deref();
        let column = column.and_then(|column| column.split(['[', '.']).next());
        Some((finding.code, file, column.map(str::to_owned)))
    };
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for finding in found {
        if let Some(kind) = kind(finding) {
            let count = counts.entry(kind).or_default();
            *count += 1;
            if *count > SHOWN {
                continue;
            }
        }
        let rule = finding.rule.as_ref().map(|rule| format!("({rule}) "));
        let amount = if finding.amount.is_empty() {
            String::new()
        } else {
            format!(" [{}]", page.language.amount(&finding.amount))
        };
        let words = page.pick(&finding.chinese, &finding.english);
        page.line(format!(
            "  [{}] {} {}{words}{amount}",
            finding.code,
            finding.position(),
            rule.unwrap_or_default(),
        ));
    }
    for ((code, file, column), count) in counts {
        let more = count.saturating_sub(SHOWN);
        if more > 0 {
            let column = column
                .map(|column| format!(" {column}"))
                .unwrap_or_default();
            page.line(match page.language {
                Language::Chinese => format!("  [{code}] {file}{column} 另有 {more} 处"),
                Language::English => format!("  [{code}] {file}{column} {more} more"),
            });
        }
    }
}

/// Values of the policy under which the plan was made again, and which are not those of the policy's file.
fn valued(page: &mut Page, report: &AuditReport) {
    let language = page.language;
    let mut table = page.columns([
        ("键", "Key", Left),
        ("规则或渠道", "Rule or lever", Left),
        ("原值", "From", Right),
        ("现值", "To", Right),
        ("决定人", "By", Left),
        ("日期", "Date", Left),
        ("理由", "Reason", Left),
    ]);
    for DecidedValue { value, by, date } in &report.valued {
        let from = value.from.as_deref().unwrap_or("—");
        let to = match &value.to {
            Some(to) => to,
            None => page.pick("停用", "taken out"),
        };
        table.push([
            value.key.clone(),
            language
                .title(&value.title, &value.title_english)
                .to_owned(),
            from.to_owned(),
            to.to_owned(),
            by.clone(),
            date.clone(),
            value.reason.clone(),
        ]);
    }
    page.table(
        "公布后变动改过的政策值（方案依据改过的政策编制，复核也用改过的值）",
        "Values of the policy that events changed (the plan was made under them, and is audited so)",
        &table,
    );
}

fn levels(page: &mut Page, report: &AuditReport, policy: &Policy) {
    let mut table = page.columns([
        ("优先层级", "Level", Left),
        ("重算结果", "Recounted", Right),
    ]);
    for (level, &units) in policy.levels.iter().zip(&report.levels) {
        let title = page.language.title(&level.title, &level.title_english);
        let value = format!("{:.2}", persons_of_units(units));
        table.push([title.to_owned(), value]);
    }
    page.table(
        "重算（折算人数，越小越好）",
        "Recount (weighted persons, less is better)",
        &table,
    );
}

fn outcomes(page: &mut Page, report: &AuditReport, rules: &RuleSet) {
    let mut table = page.columns([
        ("规则", "Rule", Left),
        ("实际", "Value", Right),
        ("目标", "Target", Right),
        ("达标", "Met", Left),
    ]);
    for (typed, outcome) in rules.all().iter().zip(&report.outcomes) {
        let Some([title, value, target]) = page.limit(&typed.rule, outcome) else {
            continue;
        };
        let met = if outcome.met {
            page.pick("是", "yes")
        } else {
            page.pick("否", "no")
        };
        table.push([title, value, target, met.to_owned()]);
    }
    page.table("规则", "Rules", &table);
}
