//! The digest of a district: of its content, not of the bytes it was read from.

use std::fmt::{self, Write};

use crate::domain::{District, DistrictParts};

struct Hashing(blake3::Hasher);

impl Write for Hashing {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}

/// The BLAKE3 digest of everything in the district but the assumptions, in hexadecimal.
///
/// The debugging form is hashed because it has every field of every type, those added later too: a
/// digest that forgets a field would call two districts the same. It is compared between runs of
/// one version, which a plan names beside it.
pub fn digest(district: &District) -> String {
    let parts = DistrictParts {
        assumptions: Vec::new(),
        ..district.clone().into_parts()
    };
    let mut hashing = Hashing(blake3::Hasher::new());
    write!(hashing, "{parts:?}").expect("a hasher takes any text");
    hashing.0.finalize().to_hex().to_string()
}
