//! Who is meant: schools, units and teachers found by code or by name.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::gathering::nearest_of;
use super::values::{key, narrow, without_blanks};

/// What a cell that names somebody leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// This entry.
    One(usize),
    /// Several have the name.
    Several,
    /// Nobody has it.
    Nobody,
}

/// How many different unknown words get a suggestion; comparing each of thousands of wrong cells
/// with thousands of names would take minutes, and by then the cause is another.
const SUGGESTIONS: usize = 200;

/// A list of entries with code and name.
#[derive(Debug, Default)]
pub(super) struct Directory {
    by_code: BTreeMap<String, usize>,
    /// Codes of digits only, without leading zeros, which Excel drops.
    by_bare_code: BTreeMap<String, Vec<usize>>,
    by_name: BTreeMap<String, Vec<usize>>,
    entries: Vec<(String, String)>,
    damaged: bool,
    suggested: RefCell<BTreeMap<String, Option<String>>>,
}

impl Directory {
    /// Adds an entry; the first entry with a code keeps it.
    pub(super) fn add(&mut self, code: &str, name: &str, place: usize) {
        if !code.is_empty() {
            self.by_code.entry(folded(code)).or_insert(place);
            if let Some(bare) = bare_digits(code) {
                insert_once(self.by_bare_code.entry(bare).or_default(), place);
            }
        }
        if !name.is_empty() {
            insert_once(self.by_name.entry(folded_name(name)).or_default(), place);
        }
        self.entries.push((code.to_owned(), name.to_owned()));
    }

    /// Notes that the keys of some entries are not known.
    pub(super) fn mark_damaged(&mut self) {
        self.damaged = true;
    }

    /// Whether some entries have keys that are not known.
    pub(super) fn is_damaged(&self) -> bool {
        self.damaged
    }

    /// The entry that a cell means: by code, by name, by a code whose leading zeros were lost, or
    /// by a code and name in one cell.
    pub(super) fn find(&self, cell: &str) -> Found {
        match self.find_whole(cell) {
            Found::Nobody => self.find_in_parts(cell),
            found => found,
        }
    }

    /// The entry with exactly that name.
    pub(super) fn find_name(&self, cell: &str) -> Found {
        self.by_name
            .get(&folded_name(cell))
            .map_or(Found::Nobody, |places| one_of(places))
    }

    fn find_whole(&self, cell: &str) -> Found {
        if let Some(&place) = self.by_code.get(&folded(&key(cell))) {
            return Found::One(place);
        }
        let by_name = self.find_name(cell);
        if by_name != Found::Nobody {
            return by_name;
        }
        bare_digits(&key(cell))
            .and_then(|bare| self.by_bare_code.get(&bare))
            .map_or(Found::Nobody, |places| one_of(places))
    }

    /// `S001 第一小学`, `第一小学（S001）`: every part that is known must mean the same entry.
    fn find_in_parts(&self, cell: &str) -> Found {
        let parts: Vec<&str> = cell
            .split(|character: char| {
                character.is_whitespace()
                    || matches!(
                        character,
                        '(' | ')' | '（' | '）' | '-' | '_' | '|' | ':' | '：'
                    )
            })
            .filter(|part| !part.is_empty())
            .collect();
        // One part alone would take 第一小学（分校） for 第一小学.
        let Some((first, others)) = parts.split_first().filter(|(_, others)| !others.is_empty())
        else {
            return Found::Nobody;
        };
        let found = self.find_whole(first);
        for part in others {
            match (found, self.find_whole(part)) {
                (Found::One(one), Found::One(other)) if one != other => return Found::Several,
                (Found::One(_), Found::One(_)) => {}
                _ => return Found::Nobody,
            }
        }
        found
    }

    /// The known entry most like an unknown one, as `第一小学 (S001)`.
    pub(super) fn nearest(&self, cell: &str) -> Option<String> {
        let mut suggested = self.suggested.borrow_mut();
        if let Some(known) = suggested.get(cell) {
            return known.clone();
        }
        if suggested.len() >= SUGGESTIONS {
            return None;
        }
        let words = self
            .entries
            .iter()
            .flat_map(|(code, name)| [name.as_str(), code.as_str()])
            .filter(|word| !word.is_empty());
        let near = nearest_of(&without_blanks(cell), words).map(|word| self.shown(word));
        suggested.insert(cell.to_owned(), near.clone());
        near
    }

    fn shown(&self, word: &str) -> String {
        let entry = self
            .entries
            .iter()
            .find(|(code, name)| code == word || name == word);
        match entry {
            Some((code, name)) if !code.is_empty() && !name.is_empty() => {
                format!("{name} ({code})")
            }
            _ => word.to_owned(),
        }
    }
}

fn insert_once(places: &mut Vec<usize>, place: usize) {
    if !places.contains(&place) {
        places.push(place);
    }
}

fn one_of(places: &[usize]) -> Found {
    match places {
        [] => Found::Nobody,
        [place] => Found::One(*place),
        _ => Found::Several,
    }
}

fn folded(code: &str) -> String {
    code.to_uppercase()
}

fn folded_name(name: &str) -> String {
    without_blanks(&narrow(name)).to_lowercase()
}

fn bare_digits(code: &str) -> Option<String> {
    let all_digits = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
    all_digits.then(|| {
        let bare = code.trim_start_matches('0');
        if bare.is_empty() { "0" } else { bare }.to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directory() -> Directory {
        let mut held = Directory::default();
        for (place, (code, name)) in [
            ("001", "第一小学"),
            ("010", "第二小学"),
            ("3", "中心校"),
            ("4", "中心校"),
        ]
        .into_iter()
        .enumerate()
        {
            held.add(code, name, place);
        }
        held
    }

    #[test]
    fn entries_are_found_by_code_and_by_name() {
        let held = directory();
        for cell in [
            "001",
            "1",
            "1.0",
            "００１",
            "第一小学",
            "第一 小学",
            "001 第一小学",
            "第一小学（001）",
        ] {
            assert_eq!(held.find(cell), Found::One(0), "{cell}");
        }
        assert_eq!(held.find("10"), Found::One(1));
        assert_eq!(held.find("中心校"), Found::Several);
        assert_eq!(held.find("001 第二小学"), Found::Several);
        assert_eq!(held.find("第一小"), Found::Nobody);
        assert_eq!(held.find("第一小学（分校）"), Found::Nobody);
        assert_eq!(held.nearest("第一小").as_deref(), Some("第一小学 (001)"));
    }
}
