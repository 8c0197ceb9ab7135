//! Whom a plan asks, on its page: beside all who fulfil the conditions of exchange.

use super::align::Side::{Left, Right};
use super::align::TextTable;
use super::language::Language;
use super::page::Page;
use crate::account::{Account, Fairness, FairnessRow, Group};

/// Rows of `fairness.csv`.
pub(super) fn fairness_rows(account: &Account<'_>) -> Vec<[String; 9]> {
    let fairness = account.fairness();
    fairness.rows().map(|row| row.cells()).collect()
}

/// The table of a plan; nothing where nobody could be asked.
pub(super) fn fairness_table(page: &mut Page, account: &Account<'_>) {
    let table = fairness_columns(page, &account.fairness());
    page.table(
        "公平（符合交流条件的人中方案派出多少；按平均比例多派或少派几人；详见 fairness.csv）",
        "Fairness (of those eligible for exchange, whom the plan sends; persons more or fewer than at an \
         even share; see fairness.csv)",
        &table,
    );
}

/// Whom one plan or several ask, group by group. An attribute of which nothing is known is left out.
pub(super) fn fairness_columns(page: &Page, fairness: &Fairness) -> TextTable {
    let mut table = page.columns([
        ("类别", "By", Left),
        ("分组", "Group", Left),
        ("符合条件", "Eligible", Right),
        ("方案派出", "Sent", Right),
        ("比例", "Share", Right),
        ("与平均相比", "Beside even", Right),
        ("非本人志愿", "Unwished", Right),
        ("条件以外", "Others sent", Right),
        ("已定", "Decided", Right),
    ]);
    for row in fairness.rows().filter(|row| fairness.knows(row.group)) {
        let word = |[chinese, english]: [&str; 2]| page.pick(chinese, english).to_owned();
        let attribute = match row.group {
            Group::All => String::new(),
            group => word(group.attribute()),
        };
        table.push([
            attribute,
            word(row.group.words()),
            row.asked.eligible.to_string(),
            row.asked.sent.to_string(),
            row.share_text(),
            difference(&row, page.language),
            row.asked.involuntary.to_string(),
            row.asked.beyond.to_string(),
            row.asked.decided.to_string(),
        ]);
    }
    table
}

/// How many more or fewer than at an even share.
fn difference(row: &FairnessRow, language: Language) -> String {
    let tenths = row.difference();
    let text = row.difference_text();
    let persons = text.trim_start_matches('-');
    match (tenths.signum(), language) {
        (0, Language::Chinese) => "持平".to_owned(),
        (0, Language::English) => "even".to_owned(),
        (1, Language::Chinese) => format!("多 {persons} 人"),
        (_, Language::Chinese) => format!("少 {persons} 人"),
        (1, Language::English) => format!("{persons} more"),
        (_, Language::English) => format!("{persons} fewer"),
    }
}
