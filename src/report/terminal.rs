//! A plan at a glance: what was reached, what was not, what it cost, and how sure that is.

use super::align::Side::{Left, Right};
use super::fairness::fairness_table;
use super::itinerants::itinerant_line;
use super::language::{Language, counted};
use super::levers::lever_table;
use super::page::Page;
use super::proof::{distance, outcome};
use super::words::persons_of_units;
use crate::account::Account;
use crate::domain::plan_files::DRAFT;
use crate::domain::{Form, Persons};
use crate::planning::PlannedLevel;
use crate::solve::Proof;

/// The page of a plan.
pub fn plan_page(account: &Account<'_>, language: Language) -> String {
    let mut page = Page::new(language);
    head(&mut page, account);
    reached(&mut page, account);
    itinerant_line(&mut page, account);
    dispensable(&mut page, account);
    statistics(&mut page, account);
    levels(&mut page, account);
    rules(&mut page, account, false);
    rules(&mut page, account, true);
    let outcomes = account.rules().map(|(_, outcome)| outcome);
    page.table_of_measures(outcomes.flat_map(|outcome| &outcome.measures));
    costs(&mut page, account);
    lever_table(&mut page, account);
    directions(&mut page, account);
    subjects(&mut page, account);
    fairness_table(&mut page, account);
    balances(&mut page, account);
    page.finish()
}

fn head(page: &mut Page, account: &Account<'_>) {
    let district = account.situation().district;
    let begin = district.year_begin;
    let name = &district.name;
    match page.language {
        Language::Chinese => page.line(format!(
            "{name} {}年{}月起学年教师交流方案",
            begin.year(),
            begin.month()
        )),
        Language::English => page.line(format!("{name}: plan of teachers from {begin}")),
    }
    page.line(page.pick(
        DRAFT,
        "A draft for decision by the bureau, never the decision",
    ));
    page.heading("结论", "Outcome");
    let outcome = outcome(account.planned, page.language);
    page.line(format!("  {outcome}"));
}

/// What has become of those who move in a form, after their number.
const fn moved(form: Form) -> &'static str {
    match form {
        Form::Reassign => "moved within their unit",
        Form::Support => "sent in support",
        Form::CrossStage => "moved to another stage",
        Form::Retrain => "retrained",
        Form::Selection => "selected",
        Form::Resettle => "resettled",
        Form::Shadowing => "trained outside",
        _ => form.code(),
    }
}

fn reached(page: &mut Page, account: &Account<'_>) {
    let total = account.total();
    let burden = account.burden();
    let forms = |form: Form| {
        account
            .moves()
            .filter(|candidate| candidate.placement.form == form)
            .count()
    };
    let (exchanges, transfers) = (forms(Form::Exchange), forms(Form::Transfer));
    let decided = account.moves().count() - burden.chosen;
    let levers: u32 = account.plan.levers.iter().map(|used| used.count).sum();
    let others: Vec<String> = Form::CHOSEN
        .iter()
        .copied()
        .filter(|form| form.is_move() && !matches!(form, Form::Exchange | Form::Transfer))
        .map(|form| (form, forms(form)))
        .filter(|&(_, count)| count > 0)
        .map(|(form, count)| match page.language {
            Language::Chinese => format!("、{} {count} 人", form.chinese()),
            Language::English => format!(", {count} {}", moved(form)),
        })
        .collect();
    let others = others.concat();
    let changed = burden.changes_of_subject;
    let (chosen, involuntary) = (burden.chosen, burden.involuntary);
    let (minutes, longest) = (burden.minutes, burden.longest);
    let (short_before, short_after) = (total.shortage_before, total.shortage_after);
    let (over_before, over_after) = (total.surplus_before, total.surplus_after);
    if page.language == Language::Chinese {
        page.line(format!(
            "  学科缺额 {short_before} 人 → {short_after} 人，学科超需 {over_before} 人 → \
             {over_after} 人"
        ));
        page.line(format!(
            "  交流 {exchanges} 人、调动 {transfers} 人{others}（其中事先已定 {decided} 人），校内转任学科 \
             {changed} 人，使用补充渠道 {levers} 人次"
        ));
        page.line(format!(
            "  本方案选定的 {chosen} 人中非本人志愿 {involuntary} 人；单程路程合计 {minutes} 分钟，\
             最远 {longest} 分钟"
        ));
    } else {
        page.line(format!(
            "  Need not covered {short_before} → {short_after} persons, surplus {over_before} → \
             {over_after} persons"
        ));
        page.line(format!(
            "  {} and {}{others} ({decided} decided before), {}, levers used {}",
            counted(exchanges, "exchange", "exchanges"),
            counted(transfers, "transfer", "transfers"),
            counted(changed, "change of subject", "changes of subject"),
            counted(levers, "time", "times"),
        ));
        page.line(format!(
            "  Of {chosen} chosen by the plan {involuntary} without a wish; one-way minutes \
             {minutes} in all, {longest} at most"
        ));
    }
    left(page, account);
    competition(page, account);
}

/// Who must move by some rule and is left, since no form may be chosen.
fn left(page: &mut Page, account: &Account<'_>) {
    for (typed, outcome) in account.rules() {
        let count = outcome.missed.len();
        if !typed.wants_moves() || count == 0 {
            continue;
        }
        let title = page
            .language
            .title(&typed.rule.title, &typed.rule.title_english);
        page.line(match page.language {
            Language::Chinese => format!(
                "  “{title}”：还有 {count} 人没有可选的安排，须另行处理（名单见 gaps.csv，原因见 explain --teacher）"
            ),
            Language::English => format!(
                "  `{title}`: {} the plan may not place (gaps.csv; for reasons explain --teacher)",
                counted(count, "person whom", "persons whom"),
            ),
        });
    }
}

/// What is left of the rounds of competition, in a year that has any.
fn competition(page: &mut Page, account: &Account<'_>) {
    let waiting = account.waiting().count();
    if waiting > 0 {
        page.line(match page.language {
            Language::Chinese => format!("  仍无岗位（待岗）{waiting} 人，原因见 waiting.csv"),
            Language::English => {
                format!("  Without a post (待岗): {waiting}, for reasons see waiting.csv")
            }
        });
    }
    if let Some(envy) = account.envy() {
        let count = envy.len();
        page.line(match page.language {
            Language::Chinese => {
                format!("  得分高而未如愿、他人得分低而被安排的情形 {count} 起（envy.csv）")
            }
            Language::English => {
                let cases = counted(count, "case", "cases");
                format!("  Justified envy: {cases} (envy.csv)")
            }
        });
    }
}

/// Staff outside the establishment whom posts can do without, where there are any.
fn dispensable(page: &mut Page, account: &Account<'_>) {
    let total = account.total();
    let (before, after) = (total.dispensable_before, total.dispensable_after);
    if before.max(after) > Persons::ZERO {
        page.line(match page.language {
            Language::Chinese => {
                format!("  编外（临聘）教师可不再需要 {before} 人 → {after} 人")
            }
            Language::English => format!(
                "  Staff outside the establishment whom posts can do without {before} → {after} \
                 persons"
            ),
        });
    }
}

fn statistics(page: &mut Page, account: &Account<'_>) {
    let held = account.statistics();
    let mut table = page.columns([
        ("上报统计", "Figures to report", Left),
        ("人数", "Persons", Right),
    ]);
    let rows = [
        (
            "符合交流轮岗条件教师总数",
            "Eligible for exchange",
            held.eligible,
        ),
        ("实际交流轮岗教师数", "Exchanged or transferred", held.moved),
        (
            "实际交流骨干教师数",
            "Backbone teachers among them",
            held.backbone_moved,
        ),
    ];
    for (chinese, english, count) in rows {
        table.push([page.pick(chinese, english).to_owned(), count.to_string()]);
    }
    page.table("统计", "Statistics", &table);
}

fn levels(page: &mut Page, account: &Account<'_>) {
    let mut table = page.columns([
        ("优先层级", "Level", Left),
        ("结果", "Value", Right),
        ("下界", "Bound", Right),
        ("误差", "Gap", Right),
        ("证明", "Proof", Left),
    ]);
    for level in &account.planned.levels {
        table.push(level_row(account, level, page.language));
    }
    page.table(
        "优先层级（折算人数，越小越好）",
        "Levels (weighted persons, less is better)",
        &table,
    );
}

fn level_row(account: &Account<'_>, planned: &PlannedLevel, language: Language) -> [String; 5] {
    let titles = &account.situation().policy.levels;
    let title = |position: usize| {
        let level = &titles[position];
        language.title(&level.title, &level.title_english)
    };
    let name = format!("{} {}", planned.level + 1, title(planned.level));
    let value = persons(planned.value);
    let Some(held) = &planned.certificate else {
        let none = language.pick("提前结束，未求解", "ended before it");
        return [name, value, "—".into(), "—".into(), none.into()];
    };
    let mut proof = distance(held.value - held.bound, language);
    if held.proof == Proof::BranchAndBound {
        let solver = account.planned.engine.solver();
        let word = match language {
            Language::Chinese => format!("（据 {solver}）"),
            Language::English => format!(" (by {solver}{} word)", possessive(solver)),
        };
        proof.push_str(&word);
    }
    if !held.conditional_on.is_empty() {
        let above: Vec<&str> = held.conditional_on.iter().map(|&at| title(at)).collect();
        let condition = match language {
            Language::Chinese => format!("（以“{}”的结果为前提）", above.join("、")),
            Language::English => format!(" (given the values of {})", above.join(", ")),
        };
        proof.push_str(&condition);
    }
    let gap = format!("{:.3}%", held.gap() * 100.0);
    [name, value, persons(held.bound), gap, proof]
}

/// What makes a name a possessive.
fn possessive(name: &str) -> &'static str {
    if name.ends_with(['s', 'S']) {
        "'"
    } else {
        "'s"
    }
}

fn persons(units: i64) -> String {
    format!("{:.2}", persons_of_units(units))
}

/// Rules with a limit: first those that are not met, then those that are.
fn rules(page: &mut Page, account: &Account<'_>, met: bool) {
    let mut table = page.columns([
        ("规则", "Rule", Left),
        ("实际", "Value", Right),
        ("目标", "Target", Right),
        ("约束", "Held as", Left),
    ]);
    for (typed, outcome) in account.rules() {
        let rule = &typed.rule;
        let limit = page.limit(rule, outcome).filter(|_| outcome.met == met);
        let Some([title, value, target]) = limit else {
            continue;
        };
        let held_as = match page.language {
            Language::Chinese => typed.held_as(),
            Language::English => typed.held_as_code(),
        };
        table.push([title, value, target, held_as.to_owned()]);
    }
    if met {
        page.table("已达到的规则", "Rules met", &table);
    } else {
        page.table(
            "未达到的规则（详见 gaps.csv）",
            "Rules not met (see gaps.csv)",
            &table,
        );
    }
}

fn costs(page: &mut Page, account: &Account<'_>) {
    let policy_levels = &account.situation().policy.levels;
    let mut table = page.columns([
        ("目标", "Objective", Left),
        ("层级", "Level", Left),
        ("实际", "Value", Right),
        ("代价", "Cost", Right),
    ]);
    for (typed, outcome) in account.rules() {
        if outcome.cost == 0 || !typed.rule.enforcement.costs() {
            continue;
        }
        let rule = &typed.rule;
        let level = &policy_levels[rule.level];
        table.push([
            page.rule(rule),
            page.language
                .title(&level.title, &level.title_english)
                .to_owned(),
            page.language.figure(&outcome.value),
            persons(outcome.cost),
        ]);
    }
    page.table(
        "代价（折算人数）",
        "What it costs (weighted persons)",
        &table,
    );
}

fn directions(page: &mut Page, account: &Account<'_>) {
    let mut table = page.columns([
        ("从", "From", Left),
        ("到", "To", Left),
        ("人数", "Persons", Right),
    ]);
    for ((from, to), count) in account.moves_by_zone() {
        let word = |zone: crate::domain::Zone| page.pick(zone.chinese(), zone.code()).to_owned();
        table.push([word(from), word(to), count.to_string()]);
    }
    page.table("流动方向", "Moves by zone", &table);
}

fn subjects(page: &mut Page, account: &Account<'_>) {
    let district = account.situation().district;
    let mut table = page.columns([
        ("学段", "Stage", Left),
        ("学科", "Subject", Left),
        ("人数", "Persons", Right),
    ]);
    for ((stage, subject), count) in account.moves_by_subject() {
        table.push([
            page.pick(stage.chinese(), stage.code()).to_owned(),
            district.subject_name(subject).to_owned(),
            count.to_string(),
        ]);
    }
    page.table("流动学科", "Moves by subject", &table);
}

fn balances(page: &mut Page, account: &Account<'_>) {
    let mut table = page.columns([
        ("学段", "Stage", Left),
        ("城乡", "Zone", Left),
        ("需求", "Need", Right),
        ("现有", "Before", Right),
        ("调整后", "After", Right),
        ("缺额", "Short", Right),
        ("调整后", "after", Right),
        ("超需", "Over", Right),
        ("调整后", "after", Right),
    ]);
    for ((stage, zone), held) in account.by_zone() {
        if held.need == Persons::ZERO && held.before == held.after {
            continue;
        }
        table.push([
            page.pick(stage.chinese(), stage.code()).to_owned(),
            page.pick(zone.chinese(), zone.code()).to_owned(),
            held.need.to_string(),
            held.before.to_string(),
            held.after.to_string(),
            held.shortage_before.to_string(),
            held.shortage_after.to_string(),
            held.surplus_before.to_string(),
            held.surplus_after.to_string(),
        ]);
    }
    page.table("学段、城乡余缺（折算人数）", "Balances (persons)", &table);
}
