//! The state of a district as a head of section reads it.

use super::align::Side::{Left, Right};
use super::language::{Language, counted};
use super::page::Page;
use super::state::{Count, State};

/// The page of a district's state.
pub fn state_page(state: &State<'_>, language: Language) -> String {
    let mut page = Page::new(language);
    head(&mut page, state);
    staff(&mut page, state);
    need(&mut page, state);
    zones(&mut page, state);
    subjects(&mut page, state);
    page.section_of_measures(&state.indicators);
    eligibility(&mut page, state);
    reminders(&mut page, state);
    assumptions(&mut page, state);
    page.finish()
}

fn head(page: &mut Page, state: &State<'_>) {
    let (name, policy) = (state.district, state.policy);
    let (begin, date) = (&state.year_begin, state.data_date);
    page.line(match page.language {
        Language::Chinese => {
            format!("{name} 师资现状（学年自 {begin} 起，数据截至 {date}，政策 {policy}）")
        }
        Language::English => {
            format!("{name}: teachers at {begin}, from data of {date}, under policy {policy}")
        }
    });
}

fn staff(page: &mut Page, state: &State<'_>) {
    let staff = &state.staff;
    let rows = [
        ("花名册人数", "On the rosters", staff.on_roster),
        (
            "学年初任教",
            "Give lessons at the begin of the year",
            staff.serving,
        ),
        (
            "  其中编外",
            "  of them outside the establishment",
            staff.outside_establishment,
        ),
        (
            "  其中交流在期",
            "  of them on a running exchange",
            staff.on_exchange,
        ),
        (
            "  其中交流期满返回",
            "  of them home from an exchange",
            staff.returned,
        ),
        ("离岗", "On long leave or seconded", staff.absent),
        ("学年前离任", "Leave before the year", staff.departed),
    ];
    let waiting = ("落聘，尚无岗位", "Released, without a post", staff.waiting);
    let waiting = (staff.waiting > 0).then_some(waiting);
    let several = ("在多校走教", "Serve at several schools", staff.itinerant);
    let several = (staff.itinerant > 0).then_some(several);
    let mut table = page.columns([("人员", "Staff", Left), ("人数", "Persons", Right)]);
    for (chinese, english, count) in rows.into_iter().chain(waiting).chain(several) {
        table.push([page.pick(chinese, english).to_owned(), count.to_string()]);
    }
    page.table_section("人员", "Staff", &table);
}

fn need(page: &mut Page, state: &State<'_>) {
    let need = &state.need;
    let rows = [
        (
            "只按课时和标准工作量",
            "Need by lessons and loads alone",
            tenths(need.by_loads),
        ),
        (
            "计入班主任、职务折减、请假、小规模校点",
            "Need with credits, leave and small sites",
            tenths(need.with_credits),
        ),
        ("学年初任教", "Staff who give lessons", tenths(need.staff)),
        (
            "占用编制",
            "Establishment held",
            need.establishment_held.to_string(),
        ),
        ("核定编制", "Establishment", need.establishment.to_string()),
        (
            "按师生比应配",
            "By the ratios of pupils to staff",
            tenths(need.by_ratio),
        ),
        (
            "富余（单位超编，并且学科超需）",
            "Redundant (unit over its establishment and subject over its need)",
            tenths(need.redundant),
        ),
    ];
    let mut table = page.columns([("口径", "Reckoned", Left), ("人数", "Persons", Right)]);
    for (chinese, english, figure) in rows {
        table.push([page.pick(chinese, english).to_owned(), figure]);
    }
    page.table_section("需求与编制", "Need and establishment", &table);
    if need.establishment_unknown > 0 {
        let count = need.establishment_unknown;
        page.line(match page.language {
            Language::Chinese => format!("  另有 {count} 个单位没有核定编制数，不计入"),
            Language::English => format!(
                "  no establishment on record of {}",
                counted(count, "unit", "units")
            ),
        });
    }
}

fn zones(page: &mut Page, state: &State<'_>) {
    let mut table = page.columns([
        ("学段", "Stage", Left),
        ("城乡", "Zone", Left),
        ("编制余缺", "Establishment", Right),
        ("任教", "Staff", Right),
        ("课时需求", "By loads", Right),
        ("折算需求", "Need", Right),
        ("课时余缺", "Lessons", Right),
        ("学科缺额", "Short", Right),
        ("学科超需", "Over", Right),
    ]);
    for held in &state.by_zone {
        table.push([
            page.pick(held.stage.chinese(), held.stage.code())
                .to_owned(),
            page.pick(held.zone.chinese(), held.zone.code()).to_owned(),
            format!("{:+}", held.establishment_balance),
            tenths(held.staff),
            tenths(held.need_by_loads),
            tenths(held.need),
            signed(held.lesson_balance),
            tenths(held.shortage),
            tenths(held.surplus),
        ]);
    }
    page.table_section(
        "编制、课时、学科余缺（＋为余，－为缺；单位编制计入班数最多的学段、城乡类型）",
        "Balances (+ over, - short; a unit's establishment stands where it has most classes)",
        &table,
    );
}

fn subjects(page: &mut Page, state: &State<'_>) {
    let mut table = page.columns([
        ("学段", "Stage", Left),
        ("学科岗位", "Subject", Left),
        ("周工作量", "Load", Right),
        ("来源", "From", Left),
        ("需求", "Need", Right),
        ("任教", "Staff", Right),
        ("缺额", "Short", Right),
        ("超需", "Over", Right),
    ]);
    for held in &state.by_subject {
        let source = match (held.load, held.load_of_own) {
            (None, _) => String::new(),
            (_, Some(count)) => match page.language {
                Language::Chinese => format!("本区县{count}人平均"),
                Language::English => format!("mean of {count}"),
            },
            (Some(_), None) => page.pick("政策标准", "policy").to_owned(),
        };
        table.push([
            page.pick(held.stage.chinese(), held.stage.code())
                .to_owned(),
            held.subject.clone(),
            held.load.map(tenths).unwrap_or_default(),
            source,
            tenths(held.need),
            tenths(held.staff),
            tenths(held.shortage),
            tenths(held.surplus),
        ]);
    }
    page.table_section("学科余缺（折算人数）", "Subjects (persons)", &table);
}

fn eligibility(page: &mut Page, state: &State<'_>) {
    page.section("可流动人员", "Who may move");
    for held in &state.eligibility {
        let (eligible, may) = (held.eligible, held.may_move);
        page.line(match page.language {
            Language::Chinese => {
                format!("  {}：符合条件 {eligible} 人，可安排 {may} 人", held.form)
            }
            Language::English => {
                format!(
                    "  {}: {eligible} fulfil the conditions, {may} may move",
                    held.form_code
                )
            }
        });
        let mut table = page.columns([
            (
                "不能安排的原因（一人可有几条）",
                "Why not (one person may have several)",
                Left,
            ),
            ("人数", "Persons", Right),
        ]);
        push_counts(&mut table, &held.refusals);
        page.block(&table);
    }
}

fn push_counts(table: &mut super::align::TextTable, counts: &[Count]) {
    for held in counts {
        table.push([held.name.clone(), held.count.to_string()]);
    }
}

fn reminders(page: &mut Page, state: &State<'_>) {
    let mut table = page.columns([("提醒", "Reminder", Left), ("人数", "Persons", Right)]);
    push_counts(&mut table, &state.reminders);
    page.table_section("提醒", "Reminders", &table);
}

fn assumptions(page: &mut Page, state: &State<'_>) {
    let mut table = page.columns([
        ("代码", "Code", Left),
        (
            "资料缺失时的处理",
            "Assumed where the files are silent",
            Left,
        ),
        ("数量", "Count", Right),
    ]);
    for held in &state.assumptions {
        let text = page.pick(held.chinese, held.english).to_owned();
        table.push([held.code.to_owned(), text, held.count.to_string()]);
    }
    page.table_section("假设", "Assumptions", &table);
}

fn tenths(value: f64) -> String {
    format!("{value:.1}")
}

fn signed(value: f64) -> String {
    format!("{value:+.1}")
}
