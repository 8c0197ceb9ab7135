//! The digest of a district: of its content, not of the bytes it was read from.

use std::hash::{Hash, Hasher};

use crate::domain::{District, DistrictParts};

/// Bytes gathered before they are hashed: the fields come in crumbs.
const GATHERED: usize = 1 << 14;

/// Everything that is hashed into it in one order of bytes, whatever the machine.
struct Hashing {
    hasher: blake3::Hasher,
    gathered: Vec<u8>,
}

impl Hashing {
    fn new() -> Self {
        Self {
            hasher: blake3::Hasher::new(),
            gathered: Vec::with_capacity(GATHERED * 2),
        }
    }

    fn hexadecimal(mut self) -> String {
        self.hasher.update(&self.gathered);
        self.hasher.finalize().to_hex().to_string()
    }
}

macro_rules! integers {
    ($($name:ident $given:ident $written:ident;)+) => {
        $(fn $name(&mut self, number: $given) {
            self.write(&(number as $written).to_le_bytes());
        })+
    };
}

impl Hasher for Hashing {
    fn write(&mut self, bytes: &[u8]) {
        self.gathered.extend_from_slice(bytes);
        if self.gathered.len() >= GATHERED {
            self.hasher.update(&self.gathered);
            self.gathered.clear();
        }
    }

    // The trait's own forms are those of the machine.
    integers! {
        write_u16 u16 u16;
        write_u32 u32 u32;
        write_u64 u64 u64;
        write_u128 u128 u128;
        write_usize usize u64;
        write_isize isize i64;
    }

    /// Nobody asks for the short form.
    fn finish(&self) -> u64 {
        0
    }
}

/// The BLAKE3 digest of everything in the district but the assumptions, in hexadecimal.
///
/// What is derived as [`Hash`] has every field of every type, those added later too: a digest that
/// forgets a field would call two districts the same. It is compared between runs of one version,
/// which a plan names beside it.
pub fn digest(district: &District) -> String {
    let DistrictParts {
        name,
        code,
        year_begin,
        data_date,
        subjects,
        units,
        schools,
        teachers,
        stated_needs,
        travel,
        preferences,
        nominations,
        locks,
        decided,
        weeks,
        results,
        scores,
        quotas,
        assumptions: _,
    } = &**district;
    let mut hashing = Hashing::new();
    (name, code, year_begin, data_date).hash(&mut hashing);
    (subjects, units, schools, teachers).hash(&mut hashing);
    (stated_needs, travel, preferences).hash(&mut hashing);
    (nominations, locks, decided).hash(&mut hashing);
    // Rosters without rounds, or without 走教, keep the digest that they had before there were any.
    if !(results.is_empty() && scores.is_empty() && quotas.is_empty()) {
        (results, scores, quotas).hash(&mut hashing);
    }
    if !weeks.is_empty() {
        weeks.hash(&mut hashing);
    }
    hashing.hexadecimal()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Month, SchoolIndex, Stage};

    #[test]
    fn the_digest_is_the_same_on_every_machine() {
        let mut hashing = Hashing::new();
        let month = Month::new(2025, 9);
        ("某县", month, Stage::Junior, SchoolIndex(7)).hash(&mut hashing);
        (vec![1_u8, 2], Some(-3_i64), None::<u32>, true).hash(&mut hashing);
        let mut bytes = Vec::new();
        bytes.extend("某县".as_bytes());
        bytes.push(0xff);
        bytes.extend(1_i64.to_le_bytes());
        bytes.extend((2025_i32 * 12 + 8).to_le_bytes());
        bytes.extend(2_i64.to_le_bytes());
        bytes.extend(7_u32.to_le_bytes());
        bytes.extend(2_u64.to_le_bytes());
        bytes.extend([1, 2]);
        bytes.extend(1_i64.to_le_bytes());
        bytes.extend((-3_i64).to_le_bytes());
        bytes.extend(0_i64.to_le_bytes());
        bytes.push(1);
        let expected = blake3::hash(&bytes).to_hex().to_string();
        assert_eq!(hashing.hexadecimal(), expected);
    }
}
