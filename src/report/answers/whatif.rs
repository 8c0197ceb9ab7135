//! What if: scenarios beside the base.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde::Serialize;

use super::failed;
use super::words::{
    decimal, fewest_words, level_title, missing_words, recruits_words, signed, whereabouts,
};
use crate::answers::{
    Attempt, Base, Case, Differing, Figures, LeverFigure, Locked, NamedRule, Outcome, Remedy,
    Resettled, RuleFigure, SubjectFigure, Sweep,
};
use crate::ingest::write_csv;
use crate::policy::PolicyFault;
use crate::report::align::Side::{self, Left, Right};
use crate::report::align::TextTable;
use crate::report::language::{Language, counted};
use crate::report::page::Page;

/// Posts and persons named for each scenario at most; the JSON has all.
const NAMED: usize = 12;

/// The first columns of the table of scenarios.
const COUNTED: [(&str, &str, Side); 9] = [
    ("情形", "Scenario", Left),
    ("结果", "Outcome", Left),
    ("流动人次", "Moves", Right),
    ("非志愿", "Unwished", Right),
    ("路程分钟", "Minutes", Right),
    ("缺额人", "Short", Right),
    ("缺课节/周", "Lessons", Right),
    ("超需人", "Surplus", Right),
    ("与基准不同人", "Differ", Right),
];

/// The column of the CSV with the recruits who are placed differently.
const RECRUITS: &str = "与基准不同的招聘人数";

/// Scenarios beside the base, as pages, tables and JSON.
#[derive(Debug, Clone, Copy)]
pub struct WhatIfPage<'a> {
    base: &'a Base<'a>,
    cases: &'a [Case],
    sweeps: &'a [Sweep],
}

/// All that was found, for programs.
#[derive(Debug, Serialize)]
pub struct WhatIfView<'a> {
    schema: &'static str,
    /// The figures of the year as it is planned; null where it has no plan.
    base: Option<&'a Figures>,
    scenarios: Vec<CaseView<'a>>,
}

#[derive(Debug, Serialize)]
struct CaseView<'a> {
    name: &'a str,
    changes: Vec<String>,
    /// `planned`, `refused`, `locked`, `clash`, `unknown`.
    outcome: &'static str,
    #[serde(flatten)]
    plan: Option<&'a Outcome>,
    /// Rules of which each is needed for the clash.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    clash: &'a [NamedRule],
    /// What must be said besides an order for which rules leave no room.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    remedies: &'a [Remedy],
    /// Locks that nothing meets.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    locked: &'a [Locked],
    /// What is wrong with the changes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    faults: Vec<String>,
}

impl<'a> WhatIfPage<'a> {
    /// Of scenarios, and of the keys that were swept, if any.
    pub const fn new(base: &'a Base<'a>, cases: &'a [Case], sweeps: &'a [Sweep]) -> Self {
        Self {
            base,
            cases,
            sweeps,
        }
    }

    /// For programs.
    pub fn view(&self) -> WhatIfView<'a> {
        let cases = self.cases.iter().map(|case| {
            let (clash, locked, faults): (&[NamedRule], &[Locked], &[PolicyFault]) =
                match &case.outcome {
                    Attempt::Refused(faults) => (&[], &[], faults),
                    Attempt::Locked(locked) => (&[], locked, &[]),
                    Attempt::Clashes { rules, .. } => (rules, &[], &[]),
                    Attempt::Planned(_) | Attempt::Unknown => (&[], &[], &[]),
                };
            CaseView {
                name: &case.scenario.name,
                changes: case
                    .scenario
                    .changes
                    .iter()
                    .map(ToString::to_string)
                    .collect(),
                outcome: case.outcome.code(),
                plan: case.outcome.planned(),
                clash,
                remedies: &case.remedies,
                locked,
                faults: faults.iter().map(ToString::to_string).collect(),
            }
        });
        WhatIfView {
            schema: "shizi-whatif-1",
            base: self.base.figures.as_ref(),
            scenarios: cases.collect(),
        }
    }

    /// One row a scenario, the base first, as CSV for tables.
    ///
    /// # Errors
    /// What the writer says.
    pub fn csv(&self, writer: &mut impl Write) -> io::Result<()> {
        let (header, rows) = self.rows(Language::Chinese, false);
        let header: Vec<&str> = header.iter().map(|(text, _)| text.as_str()).collect();
        write_csv(writer, &header, rows)
    }

    /// To read.
    pub fn text(&self, language: Language) -> String {
        let mut page = Page::new(language);
        let district = &self.base.context.situation.district.name;
        page.line(match language {
            Language::Chinese => format!("{district}：试算（每一行都重新求解）"),
            Language::English => format!("{district}: what if (every row is a solve of its own)"),
        });
        let (header, rows) = self.rows(language, true);
        let mut table = TextTable::new(header);
        for row in rows {
            table.push(row);
        }
        page.table("各情形一览", "Scenarios", &table);
        self.prices(&mut page);
        for case in self.cases {
            self.case(&mut page, case);
        }
        page.finish()
    }

    /// The table of all scenarios: what is counted, then levels, then rules whose figures differ.
    fn rows(&self, language: Language, short: bool) -> (Vec<(String, Side)>, Vec<Vec<String>>) {
        let rules = if short { Vec::new() } else { self.rule_ids() };
        let mut header = self.header(language);
        if !short {
            header.push((RECRUITS.to_owned(), Right));
        }
        header.extend(rules.iter().map(|id| ((*id).to_owned(), Right)));
        let mut rows = Vec::new();
        let width = header.len();
        let mut push =
            |name: &str, outcome: String, found: Option<(&Figures, Option<&Outcome>)>| {
                let mut row = vec![name.to_owned(), outcome];
                if let Some((figures, outcome)) = found {
                    row.extend(counts(figures));
                    row.push(told(outcome.map(|held| held.differing.len())));
                    row.extend(figures.levels.iter().map(|level| {
                        let open = if level.closed { "" } else { "≤" };
                        format!("{open}{:.2}", level.value)
                    }));
                    if !short {
                        row.push(told(outcome.map(|held| held.recruits)));
                    }
                    row.extend(rules.iter().map(|id| {
                        let held = figures.rule(id);
                        held.map_or_else(String::new, |rule| language.figure(&rule.value))
                    }));
                }
                row.resize(width, String::new());
                rows.push(row);
            };
        let base = self.base.figures.as_ref();
        let outcome = base.map_or_else(
            || language.pick("没有方案", "no plan").to_owned(),
            |figures| status(figures, language),
        );
        push(
            language.pick("基准", "base"),
            outcome,
            base.map(|figures| (figures, None)),
        );
        for case in self.cases {
            let found = case.outcome.planned();
            push(
                &case.scenario.name,
                ended(&case.outcome, language),
                found.map(|held| (&held.figures, Some(held))),
            );
        }
        (header, rows)
    }

    /// What is counted, then levels.
    fn header(&self, language: Language) -> Vec<(String, Side)> {
        let counted = COUNTED
            .iter()
            .map(|&(chinese, english, side)| (language.pick(chinese, english).to_owned(), side));
        let levels = self.base.context.situation.policy.levels.iter();
        let levels = levels.map(|level| {
            let title = language.title(&level.title, &level.title_english);
            (title.to_owned(), Right)
        });
        counted.chain(levels).collect()
    }

    /// Ids of rules, of the base and of all scenarios.
    fn rule_ids(&self) -> Vec<&'a str> {
        let cases = self.cases.iter().filter_map(|case| case.outcome.planned());
        let all = self
            .base
            .figures
            .iter()
            .chain(cases.map(|held| &held.figures));
        let mut ids: Vec<&str> = all
            .flat_map(|held| &held.rules)
            .map(|rule| rule.id.as_str())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Of one key swept: what each further unit costs.
    fn prices(&self, page: &mut Page) {
        let [sweep] = self.sweeps else {
            return;
        };
        let mut table = page.columns([
            ("从", "From", Right),
            ("到", "To", Right),
            ("每增加1：缺课节/周", "Each one more: lessons a week", Right),
            ("缺额人", "short", Right),
            ("路程分钟", "minutes", Right),
            ("非志愿人次", "unwished moves", Right),
        ]);
        let planned = self
            .cases
            .iter()
            .zip(&sweep.values)
            .filter_map(|(case, &value)| Some((value, &case.outcome.planned()?.figures)));
        let planned: Vec<(i64, &Figures)> = planned.collect();
        for pair in planned.windows(2) {
            let [(from, one), (to, other)] = [pair[0], pair[1]];
            let each = |before: f64, after: f64| {
                format!("{:+.2}", (after - before) / (to - from).max(1) as f64)
            };
            table.push([
                from.to_string(),
                to.to_string(),
                each(one.lessons, other.lessons),
                each(one.shortage, other.shortage),
                each(one.minutes as f64, other.minutes as f64),
                each(one.unwished as f64, other.unwished as f64),
            ]);
        }
        page.table(
            &format!("{} 的代价", sweep.key),
            &format!("The price of {}", sweep.key),
            &table,
        );
    }

    fn case(&self, page: &mut Page, case: &Case) {
        let name = &case.scenario.name;
        match &case.outcome {
            Attempt::Planned(outcome) => {
                // A sweep is read from its tables.
                if self.sweeps.is_empty() {
                    self.planned(page, name, outcome);
                }
            }
            failed => {
                failed::section(page, name, failed);
                failed::remedies(page, &case.remedies);
            }
        }
    }

    fn planned(&self, page: &mut Page, name: &str, outcome: &Outcome) {
        let language = page.language;
        page.heading(
            &format!("{name}：与基准相比"),
            &format!("{name}: beside the base"),
        );
        let Some(base) = &self.base.figures else {
            return;
        };
        let figures = &outcome.figures;
        let count = outcome.differing.len();
        let recruits = recruits_words(language, outcome.recruits);
        let fewest = fewest_words(language, outcome.fewest, outcome.recruits);
        page.line(match language {
            Language::Chinese => format!("  安排不同的 {count} 人{recruits}{fewest}"),
            Language::English => {
                let persons = counted(count, "person", "persons");
                format!("  {persons} placed differently{recruits}{fewest}")
            }
        });
        for (one, other) in base.levels.iter().zip(&figures.levels) {
            if one.units != other.units {
                let title = level_title(language, other);
                page.line(format!("  {title} {:.2} → {:.2}", one.value, other.value));
            }
        }
        forms(page, base, figures);
        let shown = [("基准人数", "At base"), ("此情形人数", "Here")];
        levers(page, (base, figures), shown);
        rules(page, base, figures);
        subjects(page, base, figures);
        posts(page, outcome);
        resettled(page, &outcome.resettled);
        page.block(&placements(page, &outcome.differing));
    }
}

/// A number that the base has not.
fn told(count: Option<usize>) -> String {
    count.map_or_else(|| "—".to_owned(), |count| count.to_string())
}

fn counts(figures: &Figures) -> [String; 6] {
    [
        figures.moves.to_string(),
        figures.unwished.to_string(),
        figures.minutes.to_string(),
        decimal(figures.shortage),
        decimal(figures.lessons),
        decimal(figures.surplus),
    ]
}

fn status(figures: &Figures, language: Language) -> String {
    let closed = figures.levels.iter().all(|level| level.closed);
    let words = match (figures.status, closed) {
        ("optimal", true) => language.pick("已证明最优", "proven best"),
        ("optimal", false) => language.pick("误差内最优", "best within the gap"),
        _ => language.pick("可行", "feasible"),
    };
    words.to_owned()
}

fn ended(outcome: &Attempt<Outcome>, language: Language) -> String {
    match outcome {
        Attempt::Planned(held) => status(&held.figures, language),
        failed => failed::words(language, failed),
    }
}

/// Who is placed differently, the first of them.
fn placements(page: &Page, differing: &[Differing]) -> TextTable {
    let language = page.language;
    let mut table = page.columns([
        ("教师", "Teacher", Left),
        ("基准", "Base", Left),
        ("此情形", "Here", Left),
    ]);
    for held in differing.iter().take(NAMED) {
        table.push([
            held.teacher.clone(),
            whereabouts(language, held.before.as_ref()),
            whereabouts(language, held.after.as_ref()),
        ]);
    }
    let more = differing.len().saturating_sub(NAMED);
    if more > 0 {
        let more = match language {
            Language::Chinese => format!("……另 {more} 人（--format json 有全部）"),
            Language::English => format!("... and {more} more (--format json has all)"),
        };
        table.push([more]);
    }
    table
}

/// Rules of which the figure differs.
fn rules(page: &mut Page, base: &Figures, figures: &Figures) {
    let language = page.language;
    let mut table = page.columns([
        ("规则", "Rule", Left),
        ("基准", "Base", Right),
        ("此情形", "Here", Right),
        ("要求", "Asked", Right),
        ("达标", "Met", Left),
    ]);
    // Rules that ask nothing of the district say more in the other tables.
    for (before, rule) in base.other_rules(figures) {
        let figure = |held: &RuleFigure| language.figure(&held.value);
        let target = rule.target.as_ref();
        table.push([
            language.title(&rule.title, &rule.title_english).to_owned(),
            before.map_or_else(|| "—".to_owned(), figure),
            figure(rule),
            target.map_or_else(String::new, |target| language.target(target)),
            met(language, rule),
        ]);
    }
    page.block(&table);
}

/// Whether a rule holds, and if not, how many are missing.
fn met(language: Language, rule: &RuleFigure) -> String {
    if rule.met {
        return language.pick("是", "yes").to_owned();
    }
    let target = rule.target.as_ref();
    let missing = target.and_then(|target| missing_words(language, target, &rule.value));
    let no = language.pick("否", "no");
    missing.map_or_else(
        || no.to_owned(),
        |missing| format!("{no}{}{missing}", language.pick("，", ", ")),
    )
}

/// Moves by form, changes of subject, and whom posts could do without.
fn forms(page: &mut Page, base: &Figures, figures: &Figures) {
    let mut table = page.columns([
        ("项目", "What", Left),
        ("基准", "Base", Right),
        ("此情形", "Here", Right),
    ]);
    let forms = base.by_form.keys().chain(figures.by_form.keys());
    for form in forms.collect::<BTreeSet<_>>() {
        let count = |held: &Figures| held.by_form.get(form).copied().unwrap_or_default();
        let row = [count(base), count(figures)].map(|count| count.to_string());
        let [before, after] = row;
        table.push([(*form).to_owned(), before, after]);
    }
    let dispensable = |held: &Figures| decimal(held.dispensable);
    let rows = [
        (
            page.pick("校内转任学科", "changes of subject"),
            base.changes_of_subject.to_string(),
            figures.changes_of_subject.to_string(),
        ),
        (
            page.pick(
                "编外（临聘）可不再需要",
                "outside the establishment, to spare",
            ),
            dispensable(base),
            dispensable(figures),
        ),
    ];
    for (name, before, after) in rows {
        table.push([name.to_owned(), before, after]);
    }
    page.block(&table);
}

/// What levers do elsewhere, or more or less often.
pub(super) fn levers(
    page: &mut Page,
    (base, figures): (&Figures, &Figures),
    [one, other]: [(&'static str, &'static str); 2],
) {
    let language = page.language;
    let mut table = page.columns([
        ("补充渠道", "Lever", Left),
        ("学校（单位）", "School or unit", Left),
        ("学段", "Stage", Left),
        ("学科", "Subject", Left),
        (one.0, one.1, Right),
        (other.0, other.1, Right),
    ]);
    let same = |one: &LeverFigure, other: &LeverFigure| {
        (&one.lever, &one.place, one.stage, &one.subject)
            == (&other.lever, &other.place, other.stage, &other.subject)
    };
    let count = |held: &Figures, used: &LeverFigure| {
        let mut levers = held.levers.iter();
        levers
            .find(|other| same(used, other))
            .map_or(0, |found| found.count)
    };
    let gone = base.levers.iter();
    let gone = gone.filter(|used| count(figures, used) == 0);
    for used in figures.levers.iter().chain(gone) {
        let (before, after) = (count(base, used), count(figures, used));
        if before == after {
            continue;
        }
        table.push([
            language.title(&used.title, &used.title_english).to_owned(),
            used.place_name.clone(),
            used.stage.to_owned(),
            used.subject.clone(),
            before.to_string(),
            after.to_string(),
        ]);
    }
    page.block(&table);
}

/// Subjects whose shortage differs.
fn subjects(page: &mut Page, base: &Figures, figures: &Figures) {
    let mut table = page.columns([
        ("学段", "Stage", Left),
        ("学科", "Subject", Left),
        ("需求人", "Need", Right),
        ("基准缺额", "Short at base", Right),
        ("此情形缺额", "Short here", Right),
        ("相差", "Difference", Right),
        ("基准超需", "Surplus at base", Right),
        ("此情形超需", "Surplus here", Right),
    ]);
    for subject in &figures.subjects {
        let same = |held: &&SubjectFigure| {
            (held.stage, &held.subject) == (subject.stage, &subject.subject)
        };
        let before = base.subjects.iter().find(same);
        let (short, need, surplus) = before.map_or((0.0, 0.0, 0.0), |held| {
            (held.shortage, held.need, held.surplus)
        });
        let pairs = [
            (short, subject.shortage),
            (need, subject.need),
            (surplus, subject.surplus),
        ];
        if pairs.iter().all(|(one, other)| (one - other).abs() < 0.001) {
            continue;
        }
        table.push([
            subject.stage.to_owned(),
            subject.subject.clone(),
            decimal(subject.need),
            decimal(short),
            decimal(subject.shortage),
            signed(subject.shortage - short),
            decimal(surplus),
            decimal(subject.surplus),
        ]);
    }
    page.block(&table);
}

/// Whose school ends, and where they are placed.
fn resettled(page: &mut Page, people: &[Resettled]) {
    if people.is_empty() {
        return;
    }
    let count = people.len();
    let farthest = people.iter().map(|held| held.minutes).max().unwrap_or(0);
    page.line(match page.language {
        Language::Chinese => format!("  原校撤并，安置 {count} 人，最远 {farthest} 分钟："),
        Language::English => format!(
            "  {} whose school ends, at most {farthest} minutes away:",
            counted(count, "person", "persons")
        ),
    });
    let mut table = page.columns([
        ("教师", "Teacher", Left),
        ("原校", "From", Left),
        ("安置", "To", Left),
        ("单程分钟", "Minutes", Right),
        ("与配偶同镇街", "In the spouse's town", Left),
    ]);
    let language = page.language;
    let yes = |yes: bool| {
        language.pick(
            if yes { "是" } else { "否" },
            if yes { "yes" } else { "no" },
        )
    };
    for held in people {
        let spouse = held.with_spouse.map_or_else(
            || "—".to_owned(),
            |[before, after]| format!("{} → {}", yes(before), yes(after)),
        );
        table.push([
            held.teacher.clone(),
            held.from.clone(),
            whereabouts(language, Some(&held.place)),
            held.minutes.to_string(),
            spouse,
        ]);
    }
    page.block(&table);
}

/// Posts that lose most, and how many others change.
fn posts(page: &mut Page, outcome: &Outcome) {
    let worse = outcome.posts.iter().filter(|post| post.after > post.before);
    let mut table = page.columns([
        ("学校", "School", Left),
        ("学段", "Stage", Left),
        ("学科", "Subject", Left),
        ("基准缺额", "Short at base", Right),
        ("此情形缺额", "Short here", Right),
    ]);
    let count = worse.clone().count();
    for post in worse.take(NAMED) {
        table.push([
            post.school_name.clone(),
            post.stage.to_owned(),
            post.subject.clone(),
            decimal(post.before),
            decimal(post.after),
        ]);
    }
    if count > 0 {
        page.line(match page.language {
            Language::Chinese => format!("  缺额增加的岗位 {count} 个，缺得最多的："),
            Language::English => format!("  posts that lack more: {count}, the most of them"),
        });
    }
    page.block(&table);
}
