//! Dotted keys of a policy, of which a part that holds a dot stands in quotes.

use std::borrow::Cow;

/// A part of a key, in quotes where it would be taken for several.
pub fn key_part(word: &str) -> Cow<'_, str> {
    let plain = !word.is_empty() && word == word.trim() && !word.contains(['.', '=', '"', '\'']);
    if plain {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(format!("\"{}\"", word.replace('"', "")))
    }
}

/// The parts of a key, without their quotes; `None` where one is empty or a quote is not closed.
pub(super) fn key_parts(key: &str) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    let mut rest = key.trim();
    loop {
        let (part, after) = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let (part, after) = rest[1..].split_once(quote)?;
                let after = after.trim_start();
                if !(after.is_empty() || after.starts_with('.')) {
                    return None;
                }
                (part, after.strip_prefix('.'))
            }
            _ => match rest.split_once('.') {
                Some((part, after)) => (part.trim(), Some(after)),
                None => (rest.trim(), None),
            },
        };
        if part.is_empty() {
            return None;
        }
        parts.push(part.to_owned());
        match after {
            Some(after) => rest = after.trim_start(),
            None => return Some(parts),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_as_they_are_written() {
        let parts = ["leave-cap", "at", "S059:小学", "第1.5中学", " 空 "];
        let key: Vec<String> = parts
            .iter()
            .map(|part| key_part(part).into_owned())
            .collect();
        let key = key.join(".");
        assert_eq!(key, "leave-cap.at.S059:小学.\"第1.5中学\".\" 空 \"");
        assert_eq!(key_parts(&key).unwrap(), parts);
    }

    #[test]
    fn keys_that_lack_something_are_none() {
        for key in ["", ".", "a..b", "a.", "a.\"b", "a.\"b\"c", ".a"] {
            assert_eq!(key_parts(key), None, "{key}");
        }
    }
}
