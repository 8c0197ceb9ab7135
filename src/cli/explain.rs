//! `shizi explain`: why, for whoever sits before a plan and asks.

use std::io::Write;
use std::path::Path;
use std::sync::atomic::Ordering;

use anyhow::{Context as _, bail};
use tempfile::NamedTempFile;

use shizi::answers::{Answer, Explainer, Question};
use shizi::policy::PolicyFault;
use shizi::report::{ExplainPage, Language};
use shizi::rules::{Context, RuleSet};

use super::Verdict;
use super::arguments::{ExplainArguments, Format};
use super::inputs;
use super::printer::Printer;
use super::whatif::with_base;

pub(super) fn run(arguments: &ExplainArguments, printer: Printer) -> anyhow::Result<Verdict> {
    if !arguments.asks() {
        printer.say(printer.pick(
            "没有写要说明什么；写法见 shizi explain --help",
            "nothing is asked; see shizi explain --help",
        ));
        return Ok(Verdict::No);
    }
    if let Some(path) = &arguments.out {
        check_place(path, arguments, printer)?;
    }
    with_base(
        &arguments.sources,
        &arguments.solve,
        printer,
        |context, rules| questions(arguments, context, rules, printer),
        |base, questions, interrupt| {
            let stop = interrupt.solving();
            let Some(explainer) = Explainer::new(base, arguments.names, stop) else {
                printer.say(printer.pick(
                    "本年度没有方案，无从说明；原因见 shizi plan",
                    "the year has no plan to explain; see shizi plan for the reason",
                ));
                return Ok(Verdict::No);
            };
            let mut answers = Vec::new();
            for question in &questions {
                let tell = |done: usize, count: usize| printer.talk(&format!("{done}/{count}"));
                let answer = explainer.answer(question, &tell)?;
                if !stop.load(Ordering::Relaxed) || is_known_in_part(&answer) {
                    answers.push(answer);
                }
                if stop.load(Ordering::Relaxed) {
                    break;
                }
            }
            if answers.is_empty() {
                interrupt.ends_here(printer);
                return Ok(Verdict::No);
            }
            let unanswered = questions.len() - answers.len();
            let page = ExplainPage::new(base, &answers, unanswered);
            let has_table = answers.iter().any(|held| matches!(held, Answer::All(_)));
            if let (Some(path), true) = (&arguments.out, has_table) {
                write_table(path, &page)?;
            }
            match arguments.format {
                Format::Text => printer.data(&page.text(printer.language))?,
                Format::Json => printer.json(&page.view())?,
            }
            Ok(verdict(&answers, unanswered))
        },
    )
}

/// All questions of the command line; where words name nothing, says so of all of them.
fn questions(
    arguments: &ExplainArguments,
    context: &Context<'_>,
    rule_set: &RuleSet,
    printer: Printer,
) -> Option<Vec<Question>> {
    let teachers = arguments.teacher.iter();
    let why_not = arguments.why_not.iter();
    let posts = arguments.post.iter();
    let rules = arguments.rule.iter();
    let read: Vec<Result<Question, PolicyFault>> = teachers
        .map(|word| Question::teacher(context, word))
        .chain(why_not.map(|text| Question::why_not(context, text)))
        .chain(posts.map(|text| Question::post(context, text)))
        .chain(rules.map(|word| Question::rule(rule_set, word)))
        .chain(arguments.returned.then_some(Ok(Question::Returned)))
        .chain(arguments.all.then_some(Ok(Question::All)))
        .collect();
    let faults: Vec<PolicyFault> = read
        .iter()
        .filter_map(|held| held.as_ref().err().cloned())
        .collect();
    if faults.is_empty() {
        return Some(read.into_iter().flatten().collect());
    }
    inputs::word_faults(&faults, printer);
    None
}

/// Whether what an answer has found before an interrupt stands by itself: prices of people, one by one.
fn is_known_in_part(answer: &Answer) -> bool {
    matches!(answer, Answer::All(held) if held.unpriced < held.moves.len() || held.moves.is_empty())
}

/// The answer is no where rules keep from all that was asked, or somebody interrupted before all was
/// answered.
fn verdict(answers: &[Answer], unanswered: usize) -> Verdict {
    let is_cut = |answer: &Answer| matches!(answer, Answer::All(held) if held.unpriced > 0);
    if unanswered > 0 || answers.iter().any(is_cut) {
        return Verdict::No;
    }
    let refused = |answer: &Answer| {
        matches!(answer, Answer::WhyNot(held)
            if !held.already && held.forced.as_ref().is_none_or(|forced| forced.price().is_none()))
    };
    if answers.iter().all(refused) {
        Verdict::No
    } else {
        Verdict::Done
    }
}

/// Neither into the input folder nor over a file that somebody may still need.
fn check_place(path: &Path, arguments: &ExplainArguments, printer: Printer) -> anyhow::Result<()> {
    inputs::refuse_inside(path, &arguments.sources.district, "--out", printer)?;
    if path.exists() && !arguments.force {
        let shown = path.display();
        match printer.language {
            Language::Chinese => bail!("“{shown}”已存在；请换一个 --out，或加 --force"),
            Language::English => bail!("`{shown}` exists; give another --out, or --force"),
        }
    }
    Ok(())
}

/// Beside its place first, then put there whole.
fn write_table(path: &Path, page: &ExplainPage<'_>) -> anyhow::Result<()> {
    let named = || path.display().to_string();
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut file =
        NamedTempFile::new_in(folder.unwrap_or_else(|| Path::new("."))).with_context(named)?;
    let mut bytes = Vec::new();
    page.csv(&mut bytes)?;
    file.write_all(&bytes).with_context(named)?;
    file.persist(path).with_context(named)?;
    Ok(())
}
