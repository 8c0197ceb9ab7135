//! In which language people are spoken to. Files for the office are always Chinese.

/// A language of messages and summaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// 中文
    #[default]
    Chinese,
    /// English
    English,
}

impl Language {
    /// The one of two texts that is in this language.
    pub const fn pick<'a>(self, chinese: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }

    /// The English text, but the Chinese one where there is no English.
    pub fn title<'a>(self, chinese: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::English if !english.is_empty() => english,
            _ => chinese,
        }
    }

    /// A figure of a rule as printed in the files, whose units are Chinese words.
    pub fn figure(self, text: &str) -> String {
        const UNITS: [(&str, &str); 7] = [
            (" 人如愿", " wishes granted"),
            (" 人，计 ", " persons, "),
            (" 分钟，最远 ", " minutes, farthest "),
            (" 处达标", " places met"),
            (" 分钟", " minutes"),
            (" 人", " persons"),
            (" 处", " places"),
        ];
        if self == Self::Chinese {
            return text.to_owned();
        }
        let text = text.replace('（', " (").replace('）', ")");
        let text = UNITS.iter().fold(text, |text, (chinese, english)| {
            text.replace(chinese, english)
        });
        in_singular(&text)
    }
}

/// `1 persons` is one person.
fn in_singular(text: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in text.split(' ') {
        let is_plural = word.starts_with("persons") || word.starts_with("places");
        match (words.last(), word.trim_end_matches([',', 's'])) {
            (Some(&"1"), singular) if is_plural => words.push(singular),
            _ => words.push(word),
        }
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_lose_their_chinese_units() {
        let english = |text| Language::English.figure(text);
        assert_eq!(english("= 50 人"), "= 50 persons");
        assert_eq!(english("≥ 1 人"), "≥ 1 person");
        assert_eq!(english("33%（1 / 3）"), "33% (1 / 3)");
        assert_eq!(
            english("3 人，计 75 分钟，最远 40 分钟"),
            "3 persons, 75 minutes, farthest 40 minutes"
        );
        assert_eq!(Language::Chinese.figure("1 人"), "1 人");
    }
}
