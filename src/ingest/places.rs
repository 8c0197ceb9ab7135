//! Who is meant: schools, units and teachers found by code or by name.

use std::collections::HashMap;

use super::gathering::nearest_of;
use super::values::{bare, key, without_blanks};

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

/// What a directory lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Listing {
    Units,
    Schools,
    Teachers,
}

/// The entries with one name: nearly always one.
#[derive(Debug)]
enum Bearers {
    One(u32),
    Several,
}

/// A list of entries with code and name. The maps are never iterated.
#[derive(Debug)]
pub(super) struct Directory {
    listing: Listing,
    by_code: HashMap<Box<str>, u32>,
    /// Codes of digits only, without leading zeros, which Excel drops.
    by_bare_code: HashMap<Box<str>, Bearers>,
    by_name: HashMap<Box<str>, Bearers>,
    /// Codes and names in turn, one behind the other.
    words: String,
    /// Where each of them ends.
    ends: Vec<usize>,
    damaged: bool,
}

impl Directory {
    /// A directory without entries.
    pub(super) fn new(listing: Listing) -> Self {
        Self {
            listing,
            by_code: HashMap::new(),
            by_bare_code: HashMap::new(),
            by_name: HashMap::new(),
            words: String::new(),
            ends: Vec::new(),
            damaged: false,
        }
    }

    /// What is listed.
    pub(super) fn listing(&self) -> Listing {
        self.listing
    }

    /// Adds an entry; the first entry with a code keeps it, and is given where another has it too.
    pub(super) fn add(&mut self, code: &str, name: &str, place: usize) -> Option<usize> {
        let place = place as u32;
        let mut first = place;
        if !code.is_empty() {
            first = *self.by_code.entry(folded(code).into()).or_insert(place);
            if let Some(bare) = bare_digits(code) {
                insert(&mut self.by_bare_code, bare.into(), place);
            }
        }
        if !name.is_empty() {
            insert(&mut self.by_name, folded_name(name).into(), place);
        }
        for word in [code, name] {
            self.words.push_str(word);
            self.ends.push(self.words.len());
        }
        (first != place).then_some(first as usize)
    }

    /// All codes and names, as pairs.
    fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut begin = 0;
        self.ends.chunks_exact(2).map(move |ends| {
            let code = &self.words[begin..ends[0]];
            begin = ends[1];
            (code, &self.words[ends[0]..ends[1]])
        })
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
            .get(folded_name(cell).as_str())
            .map_or(Found::Nobody, Bearers::found)
    }

    fn find_whole(&self, cell: &str) -> Found {
        if let Some(&place) = self.by_code.get(folded(&key(cell)).as_str()) {
            return Found::One(place as usize);
        }
        let by_name = self.find_name(cell);
        if by_name != Found::Nobody {
            return by_name;
        }
        let key = key(cell);
        bare_digits(&key)
            .and_then(|bare| self.by_bare_code.get(bare))
            .map_or(Found::Nobody, Bearers::found)
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
        let words = self
            .entries()
            .flat_map(|(code, name)| [name, code])
            .filter(|word| !word.is_empty());
        nearest_of(&without_blanks(cell), words).map(|word| self.shown(word))
    }

    fn shown(&self, word: &str) -> String {
        let mut entries = self.entries();
        match entries.find(|&(code, name)| code == word || name == word) {
            Some((code, name)) if !code.is_empty() && !name.is_empty() => {
                format!("{name} ({code})")
            }
            _ => word.to_owned(),
        }
    }
}

fn insert(held: &mut HashMap<Box<str>, Bearers>, word: Box<str>, place: u32) {
    held.entry(word)
        .and_modify(|bearers| {
            if !matches!(bearers, Bearers::One(before) if *before == place) {
                *bearers = Bearers::Several;
            }
        })
        .or_insert(Bearers::One(place));
}

impl Bearers {
    fn found(&self) -> Found {
        match self {
            Self::One(place) => Found::One(*place as usize),
            Self::Several => Found::Several,
        }
    }
}

fn folded(code: &str) -> String {
    code.to_uppercase()
}

fn folded_name(name: &str) -> String {
    bare(name).to_lowercase()
}

fn bare_digits(code: &str) -> Option<&str> {
    let all_digits = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
    all_digits.then(|| {
        let bare = code.trim_start_matches('0');
        if bare.is_empty() { "0" } else { bare }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directory() -> Directory {
        let mut held = Directory::new(Listing::Schools);
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
