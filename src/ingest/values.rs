//! Cells to values: numbers, months, lists, as clerks write them.

use std::borrow::Cow;

use crate::domain::Month;

use super::codes::{
    FaultCode, NEGATIVE, NOT_A_GRADE, NOT_A_MONTH, NOT_A_NUMBER, NOT_YES_NO, TOO_LARGE, YEAR_ONLY,
};

/// Whether a text has neither blanks nor full-width forms nor dashes, as nearly all cells. A few
/// texts that have none are not plain either: bytes are looked at, not characters.
fn is_plain(text: &str) -> bool {
    // The first bytes of all that `narrow` replaces and `without_blanks` drops.
    text.bytes()
        .all(|byte| byte > b' ' && !matches!(byte, 0xc2 | 0xe1..=0xe3 | 0xef))
}

/// Full-width forms made ASCII, as an input method leaves them: `２０１９．９`, `１，０２４`.
pub(super) fn narrow(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(character as u32 - 0xfee0)
                .expect("full-width forms lie above their ASCII twins"),
            '\u{3000}' | '\u{a0}' => ' ',
            '。' => '.',
            '—' | '–' | '−' | '‐' | '―' => '-',
            other => other,
        })
        .collect()
}

/// Text without any blank inside.
pub(super) fn without_blanks(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    text.chars()
        .filter(|character| {
            !character.is_whitespace() && !matches!(character, '\u{200b}'..='\u{200f}')
        })
        .collect()
}

/// Full-width forms made ASCII, and no blank inside.
pub(super) fn bare(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(without_blanks(&narrow(text)))
    }
}

/// The text with everything in brackets removed: `书记（正校级）` gives `书记`.
pub(super) fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|character| match character {
            '（' | '(' | '【' | '[' | '〔' | '［' | '《' => {
                depth += 1;
                false
            }
            '）' | ')' | '】' | ']' | '〕' | '］' | '》' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

/// Whether a cell says in a word that it is empty.
pub(super) fn is_void(cell: &str) -> bool {
    matches!(
        cell,
        "" | "-"
            | "--"
            | "—"
            | "——"
            | "/"
            | "\\"
            | "无"
            | "暂无"
            | "空"
            | "N/A"
            | "n/a"
            | "NA"
            | "#N/A"
            | "null"
            | "NULL"
    )
}

/// A key: full-width digits made ASCII, no blanks, no `.0` that Excel has added.
pub(super) fn key(cell: &str) -> Cow<'_, str> {
    let mut text = bare(cell);
    let whole = text.strip_suffix(".0");
    let whole = whole.filter(|whole| all_digits(whole));
    if let Some(length) = whole.map(str::len) {
        match &mut text {
            Cow::Borrowed(text) => *text = &text[..length],
            Cow::Owned(text) => text.truncate(length),
        }
    }
    text
}

/// Whether a key is an ID-card number: 18 or 15 digits (the last of 18 may be X), or what Excel
/// leaves of one: `5.10322E+17`, or 15 digits followed by zeros.
pub(super) fn is_identity_number(key: &str) -> bool {
    let digits = key.bytes().filter(u8::is_ascii_digit).count();
    let upper = key.to_ascii_uppercase();
    let all_digits = digits == key.len();
    let eighteen = key.len() == 18 && (all_digits || (digits == 17 && upper.ends_with('X')));
    let scientific = upper.split_once("E+").is_some_and(|(mantissa, exponent)| {
        mantissa.parse::<f64>().is_ok() && exponent.parse::<u32>().is_ok_and(|power| power >= 11)
    });
    eighteen
        || scientific
        || (all_digits && digits == 15)
        || (all_digits && digits > 15 && key.ends_with("000"))
}

/// Whether a text holds an ID-card number, alone or among other words.
pub(super) fn holds_identity_number(cell: &str) -> bool {
    // Nearly every cell of a roster is asked, and has neither the digits nor Excel's `E`, nor any
    // full-width form of them.
    let is_telling = |byte: u8| matches!(byte, b'E' | b'e' | 0xef);
    if cell.len() < 15 && !cell.bytes().any(is_telling) {
        return false;
    }
    let is_digit = |character: &char| matches!(character, '0'..='9' | '０'..='９');
    let is_long = cell.chars().filter(is_digit).count() >= 15;
    if !is_long && !cell.contains(['E', 'e', 'Ｅ', 'ｅ']) {
        return false;
    }
    let text = bare(cell).to_ascii_uppercase();
    let is_part = |character: char| character.is_ascii_alphanumeric() || ".+".contains(character);
    text.split(|character| !is_part(character))
        .any(is_identity_number)
        || text
            .split(|character: char| !character.is_ascii_digit() && character != 'X')
            .any(is_identity_number)
}

/// Whether Excel would take a text for a formula.
pub(super) fn is_formula(cell: &str) -> bool {
    let begins = |signs: &[char]| cell.starts_with(signs);
    begins(&['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'])
}

/// Units of counting that may stand behind a number.
const COUNTED: &[&str] = &[
    "人", "名", "个", "班", "节", "课时", "分钟", "分", "届", "届次", "min", "位",
];

/// A decimal number in units of ten to the power −`digits`, rounded half away from zero. At most
/// `largest` (in the same units).
pub(super) fn decimal(cell: &str, digits: u32, largest: i64) -> Result<i64, &'static FaultCode> {
    let text = bare(cell);
    let counted = COUNTED.iter().find_map(|unit| text.strip_suffix(unit));
    let text = counted.unwrap_or(&text);
    let text = text.strip_prefix('+').unwrap_or(text);
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let whole = thousands(whole).ok_or(&NOT_A_NUMBER)?;
    if whole.is_empty() || !all_digits(&whole) || !all_digits(fraction) {
        return Err(&NOT_A_NUMBER);
    }
    let mut digits_of_all = whole.bytes().chain(fraction.bytes());
    if negative && digits_of_all.any(|byte| byte != b'0') {
        return Err(&NEGATIVE);
    }
    let value = scaled(text, digits).ok_or(&TOO_LARGE)?;
    if value > largest {
        return Err(&TOO_LARGE);
    }
    Ok(value)
}

/// Digits with separators of thousands taken out; `None` where a comma stands elsewhere, because
/// then it may be a decimal comma or a list.
fn thousands(whole: &str) -> Option<Cow<'_, str>> {
    if !whole.contains(',') {
        return Some(Cow::Borrowed(whole));
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let regular = !first.is_empty() && first.len() <= 3 && groups.all(|group| group.len() == 3);
    regular.then(|| Cow::Owned(whole.replace(',', "")))
}

fn scaled(text: &str, digits: u32) -> Option<i64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut value: i64 = thousands(whole)?.parse().ok()?;
    let mut fraction_digits = fraction.bytes().map(|byte| i64::from(byte - b'0'));
    for _ in 0..digits {
        value = value
            .checked_mul(10)?
            .checked_add(fraction_digits.next().unwrap_or(0))?;
    }
    let round_up = fraction_digits.next().is_some_and(|digit| digit >= 5);
    value.checked_add(i64::from(round_up))
}

/// A whole number, not negative; `35.0` is whole, `35.5` is not.
pub(super) fn count(cell: &str, largest: u32) -> Result<u32, &'static FaultCode> {
    let tenths = decimal(cell, 3, i64::from(largest) * 1000)?;
    if tenths % 1000 != 0 {
        return Err(&NOT_A_NUMBER);
    }
    u32::try_from(tenths / 1000).map_err(|_| &TOO_LARGE)
}

/// 是 or 否, in the ways people tick a box.
pub(super) fn yes_no(cell: &str) -> Result<bool, &'static FaultCode> {
    if matches!(cell, "是" | "否") {
        return Ok(cell == "是");
    }
    let word = bare(cell).to_lowercase();
    match word.as_str() {
        "是" | "有" | "√" | "✓" | "✔" | "☑" | "y" | "yes" | "1" | "1.0" | "true" | "t" | "对"
        | "○" => Ok(true),
        "否" | "无" | "×" | "✗" | "✘" | "☐" | "x" | "n" | "no" | "0" | "0.0" | "false" | "f"
        | "不是" | "没有" | "非" | "-" | "/" => Ok(false),
        _ => Err(&NOT_YES_NO),
    }
}

/// Separators of lists. Blanks separate as well.
fn is_separator(character: char) -> bool {
    matches!(
        character,
        '、' | '，' | ',' | ';' | '；' | '/' | '／' | '|' | '｜' | '+' | '＋' | '\\'
    ) || character.is_whitespace()
}

/// The items of a list, without empty ones. What stands in 「」 is of one item.
pub(super) fn list(cell: &str) -> Vec<&str> {
    let mut is_literal = false;
    let separates = |character| {
        match character {
            '「' => is_literal = true,
            '」' => is_literal = false,
            _ => {}
        }
        !is_literal && is_separator(character)
    };
    cell.split(separates)
        .filter(|item| !item.is_empty())
        .collect()
}

/// The name that an item gives in 「」: it is taken as it stands, and never for another's alias or for
/// a list.
pub(super) fn literal(item: &str) -> Option<&str> {
    let inner = item.strip_prefix('「')?.strip_suffix('」')?;
    (!inner.is_empty()).then_some(inner)
}

/// A month as read, with what is doubtful about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ReadMonth {
    /// The month.
    pub(super) month: Month,
    /// Written `2019.1`, which may have been `2019.10` before Excel took it for a number.
    pub(super) doubtful: bool,
}

/// Years that a roster can speak of.
const YEARS: std::ops::RangeInclusive<i32> = 1920..=2099;
/// Serial numbers of Excel for days from 1930 to 2099.
const SERIALS: std::ops::Range<i64> = 10_959..73_051;

/// A month: `2019-09`, `2019.9`, `2019/9/1`, `201909`, `20190901`, `2019年9月`, a serial of Excel.
pub(super) fn month(cell: &str) -> Result<ReadMonth, &'static FaultCode> {
    // As rosters of one hand have them: `2019-09`.
    if let Some((year, month)) = cell.split_once('-')
        && (year.len(), month.len()) == (4, 2)
        && [year, month].iter().all(|part| all_digits(part))
    {
        return dated(year, month, "1").map(certain);
    }
    let text = narrow(cell);
    // A time of day after the date: `2019-09-01 00:00:00`, `2019-09-01T00:00`.
    let date = match text.split_once([' ', 'T']) {
        Some((before, after)) if after.contains(':') => before.to_owned(),
        _ => text,
    };
    let compact = without_blanks(&date);
    let parts: Vec<&str> = compact
        .split(['-', '.', '/', '年', '月', '日', '号', '\\', '_', ','])
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() || !parts.iter().all(|part| all_digits(part)) {
        return Err(&NOT_A_MONTH);
    }
    match parts.as_slice() {
        [single] => undivided(single),
        [year, month] => {
            let doubtful = *month == "1" && compact.contains('.');
            dated(year, month, "1").map(|month| ReadMonth { month, doubtful })
        }
        [year, month, day] => dated(year, month, day).map(certain),
        _ => Err(&NOT_A_MONTH),
    }
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn certain(month: Month) -> ReadMonth {
    ReadMonth {
        month,
        doubtful: false,
    }
}

fn undivided(digits: &str) -> Result<ReadMonth, &'static FaultCode> {
    match digits.len() {
        8 => dated(&digits[..4], &digits[4..6], &digits[6..]).map(certain),
        6 => dated(&digits[..4], &digits[4..], "1").map(certain),
        5 => digits
            .parse()
            .ok()
            .filter(|serial| SERIALS.contains(serial))
            .and_then(month_of_serial)
            .map(certain)
            .ok_or(&NOT_A_MONTH),
        4 if digits.parse().is_ok_and(|year| YEARS.contains(&year)) => Err(&YEAR_ONLY),
        _ => Err(&NOT_A_MONTH),
    }
}

fn dated(year: &str, month: &str, day: &str) -> Result<Month, &'static FaultCode> {
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return Err(&NOT_A_MONTH);
    }
    let number = |part: &str| part.parse::<u32>().ok();
    let (Some(year), Some(month), Some(day)) = (number(year), number(month), number(day)) else {
        return Err(&NOT_A_MONTH);
    };
    let year = year as i32;
    if !YEARS.contains(&year) || !(1..=31).contains(&day) {
        return Err(&NOT_A_MONTH);
    }
    Month::new(year, month).ok_or(&NOT_A_MONTH)
}

/// The month of a day counted from 1899-12-30, as Excel counts from March 1900 on.
fn month_of_serial(serial: i64) -> Option<Month> {
    // Days since 0000-03-01; civil calendar by eras of 400 years (146,097 days).
    let days = serial + 693_899;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let month = (month_from_march + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Month::new(i32::try_from(year).ok()?, u32::try_from(month).ok()?)
}

/// A grade, counted from the first of primary school, and whether its word fixes the stage
/// (`初一`, `高二`); a bare 1 to 3 counts inside its stage.
pub(super) fn grade(item: &str) -> Result<(u8, Option<u8>), &'static FaultCode> {
    let text = without_brackets(&bare(item));
    let bare = ["年级", "级", "班", "年"]
        .iter()
        .find_map(|suffix| text.strip_suffix(suffix))
        .unwrap_or(&text);
    let (base, number) = match bare.chars().next() {
        Some('初') => (Some(6), &bare['初'.len_utf8()..]),
        Some('高') => (Some(9), &bare['高'.len_utf8()..]),
        Some('小') if bare != "小" => (Some(0), &bare['小'.len_utf8()..]),
        _ => (None, bare),
    };
    let value = match number {
        "一" => 1,
        "二" => 2,
        "三" => 3,
        "四" => 4,
        "五" => 5,
        "六" => 6,
        "七" => 7,
        "八" => 8,
        "九" => 9,
        "十" => 10,
        "十一" => 11,
        "十二" => 12,
        digits => digits
            .strip_suffix(".0")
            .unwrap_or(digits)
            .parse::<u8>()
            .map_err(|_| &NOT_A_GRADE)?,
    };
    if (1..=12).contains(&value) {
        Ok((value, base))
    } else {
        Err(&NOT_A_GRADE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str) -> Result<String, &'static str> {
        month(cell)
            .map(|read| read.month.to_string())
            .map_err(|fault| fault.code)
    }

    #[test]
    fn months_are_read_as_clerks_write_them() {
        for cell in [
            "2019-09",
            "2019.9",
            "2019.09",
            "201909",
            "20190901",
            "2019/9/1",
            "2019年9月",
            "2019年09月01日",
            "２０１９．９",
            "43709",
            "2019-09-01 00:00:00",
            "2019年 9 月",
            "2019－09",
            "2019。9",
        ] {
            assert_eq!(read(cell), Ok("2019-09".to_owned()), "{cell}");
        }
        assert_eq!(read("2019"), Err("D022"));
        assert_eq!(read("2019年"), Err("D022"));
        for cell in [
            "",
            "2019-13",
            "19.9",
            "九月",
            "201900",
            "1/9/2019",
            "0",
            "99999",
            "2019-09-40",
        ] {
            assert_eq!(read(cell), Err("D021"), "{cell}");
        }
        assert!(month("2019.1").unwrap().doubtful);
        assert!(!month("2019.10").unwrap().doubtful);
        assert!(!month("2019-1").unwrap().doubtful);
    }

    #[test]
    fn serials_of_excel_are_days() {
        // 1 January 1970 is 25569, 29 February 2000 is 36585, 1 March 2000 is 36586.
        assert_eq!(read("25569"), Ok("1970-01".to_owned()));
        assert_eq!(read("25568"), Ok("1969-12".to_owned()));
        assert_eq!(read("36585"), Ok("2000-02".to_owned()));
        assert_eq!(read("36586"), Ok("2000-03".to_owned()));
    }

    #[test]
    fn numbers_bear_units_and_thousands() {
        assert_eq!(count("１，０２４人", 10_000), Ok(1024));
        assert_eq!(count("35.0", 100), Ok(35));
        assert_eq!(count("-5", 100).unwrap_err().code, "D025");
        assert_eq!(count("1,5", 100).unwrap_err().code, "D024");
        assert_eq!(count("35.5", 100).unwrap_err().code, "D024");
        assert_eq!(count("约三十", 100).unwrap_err().code, "D024");
        assert_eq!(count("99999999999999999999", 100).unwrap_err().code, "D026");
        assert_eq!(decimal("12.55", 1, 1000), Ok(126));
        assert_eq!(decimal("29.3256", 6, 90_000_000), Ok(29_325_600));
    }

    #[test]
    fn identity_numbers_are_recognised() {
        for key in [
            "510322198001012345",
            "51032219800101234X",
            "510322800101123",
            "5.10322E+17",
            "510322198001012000",
        ] {
            assert!(is_identity_number(key), "{key}");
        }
        for key in ["T00001", "20190001", "1E5", "E+17", ""] {
            assert!(!is_identity_number(key), "{key}");
        }
    }

    #[test]
    fn identity_numbers_are_found_among_words() {
        for cell in [
            "张三510322198001012345",
            "51032219800101234x（张三）",
            "５１０３２２ 19800101 2345",
            "号5.10322E+17",
        ] {
            assert!(holds_identity_number(cell), "{cell}");
        }
        for cell in ["张三", "县教委〔2025〕12号", "S001 第一小学", "13800001111"] {
            assert!(!holds_identity_number(cell), "{cell}");
        }
    }

    #[test]
    fn grades_are_read() {
        assert_eq!(grade("七年级"), Ok((7, None)));
        assert_eq!(grade("初二"), Ok((2, Some(6))));
        assert_eq!(grade("五（2）班"), Ok((5, None)));
        assert_eq!(grade("１２"), Ok((12, None)));
        assert!(grade("13").is_err() && grade("").is_err() && grade("小").is_err());
    }

    #[test]
    fn lists_are_split() {
        assert_eq!(
            list("音乐、美术，体育；劳动/书法 科学"),
            ["音乐", "美术", "体育", "劳动", "书法", "科学"]
        );
    }
}
