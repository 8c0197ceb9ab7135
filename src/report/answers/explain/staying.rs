//! All who move: one row a person.

use super::super::tables::with_levels;
use super::super::words::whereabouts;
use super::price::cell;
use super::{post_of, reasons as told};
use crate::answers::{Everybody, LevelPrice, Priced, Stays};
use crate::report::align::Side::{Left, Right};
use crate::report::align::TextTable;
use crate::report::language::{Language, counted};
use crate::report::page::Page;

/// The columns of the CSV between what was chosen and the levels.
const FIRST: [&str; 8] = [
    "教师编号",
    "姓名",
    "原岗位",
    "接收岗位",
    "形式",
    "依据",
    "原因",
    "留任测算",
];

/// The last columns of the CSV.
const LAST: [&str; 5] = [
    "其他人安排不同",
    "已证明最少",
    "改为流动",
    "不再流动",
    "接任该岗位",
];

pub(super) fn header(levels: &[&str]) -> Vec<String> {
    let levels = levels.iter();
    let of_levels =
        levels.flat_map(|title| [format!("{title}变差加权人"), format!("{title}已证明")]);
    let first = FIRST.iter().map(|&text| text.to_owned());
    let last = LAST.iter().map(|&text| text.to_owned());
    first.chain(of_levels).chain(last).collect()
}

pub(super) fn rows(everybody: &Everybody, levels: usize) -> Vec<Vec<String>> {
    everybody
        .moves
        .iter()
        .map(|held| row(held, levels))
        .collect()
}

fn row(held: &Stays, levels: usize) -> Vec<String> {
    let chosen = &held.chosen;
    let mut row = vec![
        held.teacher.clone(),
        held.name.clone().unwrap_or_default(),
        post_of(&held.home),
        post_of(&chosen.place),
        chosen.place.form.to_owned(),
        chosen.basis.clone(),
        chosen.reason.clone(),
        outcome(Language::Chinese, &held.price),
    ];
    let Some(price) = held.price.price() else {
        row.resize(FIRST.len() + 2 * levels + LAST.len(), String::new());
        return row;
    };
    let yes_no = |yes: bool| crate::report::words::yes_no(yes).to_owned();
    for level in &price.levels {
        row.push(format!("{:.5}", level.difference()));
        row.push(yes_no(level.is_exact()));
    }
    row.extend([
        price.others.to_string(),
        yes_no(price.fewest),
        price.joining.count.to_string(),
        price.leaving.count.to_string(),
        price.successors.count.to_string(),
    ]);
    row
}

/// How the question ended, in a word.
fn outcome(language: Language, priced: &Priced) -> String {
    let word = match priced {
        Priced::Planned(price) if price.levels.iter().all(LevelPrice::is_exact) => {
            language.pick("已证明", "proven")
        }
        Priced::Planned(_) => language.pick("未完全证明", "not proven"),
        Priced::Locked { reasons, .. } => {
            let lead = language.pick("不能留任：", "cannot stay: ");
            return format!("{lead}{}", told(language, reasons));
        }
        Priced::Clash { rules, .. } => {
            let ids: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
            let lead = language.pick("留任与规则冲突：", "staying clashes with ");
            return format!("{lead}{}", ids.join("、"));
        }
        Priced::Refused { .. } => language.pick("不能这样设定", "cannot be so"),
        Priced::Unknown => language.pick("未得到方案", "no plan yet"),
        Priced::Interrupted => language.pick("未测算（已中断）", "not priced (interrupted)"),
    };
    word.to_owned()
}

/// That somebody interrupted, and of how many the price is known.
fn interrupted(page: &mut Page, everybody: &Everybody) {
    let unpriced = everybody.unpriced;
    if unpriced == 0 {
        return;
    }
    let priced = everybody.moves.len() - unpriced;
    page.line(match page.language {
        Language::Chinese => {
            format!("  已中断：测算了 {priced} 人，其余 {unpriced} 人未测算，表中注明。")
        }
        Language::English => format!(
            "  Interrupted: {} priced, {unpriced} not, as the table says.",
            counted(priced, "person", "persons")
        ),
    });
}

pub(super) fn table(page: &mut Page, everybody: &Everybody) {
    let language = page.language;
    let (count, decided) = (everybody.moves.len(), everybody.decided);
    page.heading(
        &format!("方案安排流动的 {count} 人，逐人测算留任的代价（另有已由组织决定的 {decided} 人）"),
        &format!(
            "{} moved by the plan's choice, each priced as if he or she stayed ({decided} more were \
             decided before)",
            counted(count, "person", "persons")
        ),
    );
    let line = page.pick(
        "  每行重新求解；正数为变差，单位加权人；* 未完全证明。",
        "  Each row is solved again; + is worse, weighted persons; * not proven.",
    );
    page.line(line.to_owned());
    interrupted(page, everybody);
    let mut moves = everybody.moves.iter();
    let levels = moves.find_map(|held| held.price.price());
    let levels = levels.map_or(&[][..], |price| &price.levels);
    let first = [
        ("教师", "Teacher", Left),
        ("原岗位", "From", Left),
        ("安排", "To", Left),
    ];
    let last = [
        ("其他人不同", "Others differ", Right),
        ("改为流动", "Move instead", Right),
        ("留任测算", "Staying", Left),
    ];
    let titles = levels.iter();
    let titles = titles.map(|level| (&level.title, &level.title_english));
    let header = with_levels(language, &first, titles, &last);
    let mut table = TextTable::new(header);
    for held in &everybody.moves {
        let name = held.name.as_deref().unwrap_or_default();
        let mut row = vec![
            format!("{} {name}", held.teacher).trim_end().to_owned(),
            post_of(&held.home),
            whereabouts(language, Some(&held.chosen.place)),
        ];
        match held.price.price() {
            Some(price) => {
                row.extend(price.levels.iter().map(cell));
                row.push(price.others.to_string());
                row.push(price.joining.count.to_string());
            }
            None => row.resize(3 + levels.len() + 2, "—".to_owned()),
        }
        row.push(outcome(language, &held.price));
        table.push(row);
    }
    page.block(&table);
}
