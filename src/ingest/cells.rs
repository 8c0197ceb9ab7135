//! Values as the cells of rosters that are written here.

use std::borrow::Cow;

use super::grid::clean;

/// 是 or 否.
pub(crate) fn yes_no(value: bool) -> &'static str {
    if value { "是" } else { "否" }
}

/// Nothing where there is no value.
pub(crate) fn optional(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// Several words in one cell.
pub(crate) fn list(words: impl IntoIterator<Item = impl ToString>) -> String {
    let words: Vec<String> = words.into_iter().map(|word| word.to_string()).collect();
    words.join("、")
}

/// Millionths of a degree as degrees.
pub(crate) fn degrees(millionths: i32) -> String {
    format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000)
}

/// A number, not negative, in units of ten to the power −`digits`, without idle zeros.
pub(crate) fn decimal(value: i64, digits: u32) -> String {
    let unit = 10_i64.pow(digits);
    let (whole, rest) = (value / unit, value % unit);
    if rest == 0 {
        return whole.to_string();
    }
    let text = format!("{whole}.{rest:0width$}", width = digits as usize);
    text.trim_end_matches('0').to_owned()
}

/// The text so that reading does not take its beginning for a mark of Excel's (`'001`, `="001"`).
pub(super) fn guarded(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.starts_with(['\'', '=']) && clean(&text) != text {
        Cow::Owned(format!("'{text}"))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_no_idle_zeros() {
        let thousandths = [1_000, 1_200, 37, 0].map(|value| decimal(value, 3));
        assert_eq!(thousandths, ["1", "1.2", "0.037", "0"]);
        assert_eq!(degrees(29_000_600), "29.000600");
    }

    #[test]
    fn marks_of_excel_are_guarded() {
        for text in ["'某", "''", "=\"1\"", "某'"] {
            assert_eq!(clean(&guarded(Cow::Borrowed(text))), text);
        }
    }
}
