//! Policies and districts for the verbs, and what is said of their faults: all of them, at once.

use std::path::Path;

use anyhow::{anyhow, bail};

use shizi::demand::Situation;
use shizi::domain::District;
use shizi::ingest::{
    Fault, FaultGroup, IngestError, Reading, Severity, Wording, read_district, summarise,
};
use shizi::policy::{Policy, PolicyFault, built_in_names};
use shizi::report::{Language, counted, lies_in};
use shizi::rules::eligibility::Standings;
use shizi::rules::{self, Context, RuleSet};

use super::arguments::Sources;
use super::printer::Printer;

/// The text of the user's language.
pub(super) fn wording(language: Language, wording: &Wording) -> &str {
    language.pick(&wording.chinese, &wording.english)
}

/// Reads the policy that was named; where it has faults, says so.
///
/// # Errors
/// Where none was named.
pub(super) fn named(
    sources: &Sources,
    printer: Printer,
) -> anyhow::Result<Option<(Policy, RuleSet)>> {
    let name = named_policy(sources.policy.as_deref(), printer)?;
    Ok(policy(name, printer))
}

/// The policy that was named; without a name the built-in ones are.
///
/// # Errors
/// Where none was named.
fn named_policy(policy: Option<&Path>, printer: Printer) -> anyhow::Result<&Path> {
    policy.ok_or_else(|| {
        let names: Vec<&str> = built_in_names().collect();
        let names = names.join(printer.pick("、", ", "));
        match printer.language {
            Language::Chinese => anyhow!(
                "请用 --policy 指定政策文件，或内置政策：{names}（内容见 shizi policy show 名称）"
            ),
            Language::English => anyhow!(
                "give --policy a file, or a built-in policy: {names} (see shizi policy show NAME)"
            ),
        }
    })
}

/// Reads a policy; where it has faults, says so.
pub(super) fn policy(name: &Path, printer: Printer) -> Option<(Policy, RuleSet)> {
    match rules::load(name) {
        Ok(loaded) => Some(loaded),
        Err(faults) => {
            policy_faults(&faults, printer);
            None
        }
    }
}

/// Whether every word of the rules names something in the district; where not, says so.
pub(super) fn words_are_known(
    (policy, rules): (&Policy, &RuleSet),
    district: &District,
    printer: Printer,
) -> bool {
    match rules.check_words(policy, district) {
        Ok(()) => true,
        Err(faults) => {
            policy_faults(&faults, printer);
            false
        }
    }
}

pub(super) fn policy_faults(faults: &[PolicyFault], printer: Printer) {
    let count = faults.len();
    printer.say(&match printer.language {
        Language::Chinese => format!("政策文件有 {count} 处问题："),
        Language::English => format!("{} in the policy:", counted(count, "fault", "faults")),
    });
    say_faults(faults, printer);
}

/// Says which words of a question name nothing.
pub(super) fn word_faults(faults: &[PolicyFault], printer: Printer) {
    let count = faults.len();
    printer.say(&match printer.language {
        Language::Chinese => format!("所问有 {count} 处认不出："),
        Language::English => {
            format!("{} in what is asked:", counted(count, "fault", "faults"))
        }
    });
    say_faults(faults, printer);
}

/// What is wrong with changes and events.
pub(super) fn change_faults(faults: &[PolicyFault], printer: Printer) {
    let count = faults.len();
    printer.say(&match printer.language {
        Language::Chinese => format!("所列改动有 {count} 处问题："),
        Language::English => format!("{} in the changes:", counted(count, "fault", "faults")),
    });
    say_faults(faults, printer);
}

/// What is wrong with an outlook.
pub(super) fn outlook_faults(faults: &[PolicyFault], printer: Printer) {
    let count = faults.len();
    printer.say(&match printer.language {
        Language::Chinese => format!("展望文件有 {count} 处问题："),
        Language::English => format!("{} in the outlook:", counted(count, "fault", "faults")),
    });
    say_faults(faults, printer);
}

fn say_faults(faults: &[PolicyFault], printer: Printer) {
    for fault in faults {
        printer.say(&format!("  {}", fault.to_string().replace('\n', "\n  ")));
    }
}

/// Reads rosters.
///
/// # Errors
/// Where the disk refuses.
pub(super) fn rosters(path: &Path, printer: Printer) -> anyhow::Result<Reading> {
    read_district(path).map_err(|error| match (&error, printer.language) {
        (IngestError::NotFound { path }, Language::Chinese) => {
            anyhow!("没有找到“{}”", path.display())
        }
        (IngestError::Io { path, source }, Language::Chinese) => {
            anyhow!("无法读取“{}”：{source}", path.display())
        }
        (_, Language::English) => anyhow::Error::new(error),
    })
}

/// The input folder is never written into.
///
/// # Errors
/// Where a path that an option gives lies in it.
pub(super) fn refuse_inside(
    path: &Path,
    district: &Path,
    option: &str,
    printer: Printer,
) -> anyhow::Result<()> {
    if !lies_in(path, district) {
        return Ok(());
    }
    let shown = path.display();
    match printer.language {
        Language::Chinese => {
            bail!("“{shown}”在花名册文件夹之内，本程序从不写入该文件夹；请换一个 {option}")
        }
        Language::English => bail!(
            "`{shown}` lies in the folder of the rosters, which is never written into; give \
             another {option}"
        ),
    }
}

/// The district of a reading; where faults prevent one, says all of them.
pub(super) fn district(reading: &Reading, printer: Printer) -> Option<&District> {
    if reading.district.is_none() {
        printer.say(&faults_text(&reading.faults, printer.language));
    } else {
        let count = reading.faults.len();
        if count > 0 {
            printer.talk(&match printer.language {
                Language::Chinese => format!("花名册有 {count} 处提醒，详见 shizi check"),
                Language::English => format!(
                    "{} in the rosters: see shizi check",
                    counted(count, "warning", "warnings")
                ),
            });
        }
    }
    reading.district.as_ref()
}

/// The district of a reading, of which every word of the rules names something; else says what is
/// wrong.
pub(super) fn known_district<'a>(
    reading: &'a Reading,
    year: (&Policy, &RuleSet),
    printer: Printer,
) -> Option<&'a District> {
    district(reading, printer).filter(|district| words_are_known(year, district, printer))
}

/// Reckons what the district is at the begin of the year, and who may move, for somebody to use.
pub(super) fn with_context<Answer>(
    district: &District,
    policy: &Policy,
    rules: &RuleSet,
    answer: impl FnOnce(Context<'_>) -> Answer,
) -> Answer {
    let situation = Situation::new(district, policy);
    let standings = Standings::new(&situation, rules);
    answer(Context {
        situation: &situation,
        standings: &standings,
    })
}

/// All faults, summed up by code, file and column.
pub(super) fn faults_text(faults: &[Fault], language: Language) -> String {
    let errors = faults
        .iter()
        .filter(|fault| fault.severity == Severity::Error)
        .count();
    let warnings = faults.len() - errors;
    let mut lines = vec![match language {
        Language::Chinese => format!("花名册：错误 {errors} 处，提醒 {warnings} 处"),
        Language::English => format!(
            "rosters: {}, {}",
            counted(errors, "error", "errors"),
            counted(warnings, "warning", "warnings")
        ),
    }];
    for group in summarise(faults) {
        lines.extend(group_lines(&group, language));
    }
    lines.join("\n") + "\n"
}

fn group_lines(group: &FaultGroup, language: Language) -> Vec<String> {
    let severity = language.pick(group.severity.chinese(), group.severity.english());
    let mut lines = Vec::new();
    if group.count > 1 {
        let column = group.column.as_deref().unwrap_or_default();
        let (count, schools) = (group.count, group.schools);
        let times = || counted(count, "time", "times");
        let sum = match language {
            Language::Chinese if schools == 0 => format!("{count} 处，例如"),
            Language::English if schools == 0 => format!("{}, such as", times()),
            Language::Chinese => format!("{count} 处，涉及 {schools} 所学校，例如"),
            Language::English => {
                let schools = counted(schools, "school", "schools");
                format!("{} in {schools}, such as", times())
            }
        };
        lines.push(format!(
            "[{}] {severity} {} {column} {sum}",
            group.code, group.file
        ));
    }
    for fault in &group.examples {
        let head = if group.count > 1 {
            "  -".to_owned()
        } else {
            format!("[{}] {severity}", group.code)
        };
        let value = fault
            .value
            .as_ref()
            .map_or_else(String::new, |value| format!(" “{value}”"));
        let message = wording(language, &fault.message);
        lines.push(format!("{head} {}{value} {message}", fault.place()));
    }
    if let Some(first) = group.examples.first() {
        let arrow = if group.count > 1 {
            "  → "
        } else {
            "    → "
        };
        lines.push(format!("{arrow}{}", wording(language, &first.advice)));
    }
    lines
}
