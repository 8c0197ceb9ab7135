//! Faults of a policy file: content of the user, so diagnostics and not errors.

use std::fmt;

/// Something wrong in a policy file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PolicyFault {
    /// Stable code, `P…`.
    pub code: &'static str,
    /// Where: file, rule and key, such as `wulong.toml: rule.exchange-rate.share`.
    pub place: String,
    /// What is wrong, with the value.
    pub message: String,
    /// What to do; the nearest known word where there is one.
    pub advice: String,
}

impl fmt::Display for PolicyFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "[{}] {}: {}",
            self.code, self.place, self.message
        )?;
        if !self.advice.is_empty() {
            write!(formatter, "\n    {}", self.advice)?;
        }
        Ok(())
    }
}

/// A fault from its parts.
pub(super) fn fault(code: &'static str, place: &str, message: &str, advice: &str) -> PolicyFault {
    PolicyFault {
        code,
        place: place.into(),
        message: message.into(),
        advice: advice.into(),
    }
}

/// The known word nearest to a mistaken one, if any is near.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| {
            (
                strsim::normalized_damerau_levenshtein(word, candidate),
                candidate,
            )
        })
        .filter(|&(likeness, _)| likeness >= 0.4)
        .max_by(|left, right| left.0.total_cmp(&right.0).then_with(|| right.1.cmp(left.1)))
        .map(|(_, candidate)| candidate)
}

/// The advice to take the known word nearest to a mistaken one, if any is near.
pub(crate) fn did_you_mean<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(word, known).map(|near| format!("是否应为 / did you mean `{near}`?"))
}

/// Turns a message of the TOML reader into a fault; an unknown field gets its nearest neighbour.
pub(crate) fn from_toml(place: &str, message: &str) -> PolicyFault {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let unknown = ["unknown field", "unknown variant", "unknown word"]
        .iter()
        .any(|opening| message.contains(opening));
    let advice = match quoted.next().filter(|_| unknown) {
        Some(word) => {
            let known: Vec<&str> = quoted.collect();
            did_you_mean(word, known.iter().copied())
                .unwrap_or_else(|| format!("可用 / known: {}", known.join(" ")))
        }
        None => String::new(),
    };
    let advice = if message.contains("invalid unquoted key") {
        "中文键名要加英文引号 / quote Chinese keys: \"小学\" = …".to_owned()
    } else {
        advice
    };
    PolicyFault {
        code: if unknown { "P002" } else { "P001" },
        place: place.to_owned(),
        message: if message.contains("missing field") {
            format!("缺少必填的键 / {}", message.trim())
        } else {
            message.trim().to_owned()
        },
        advice,
    }
}
