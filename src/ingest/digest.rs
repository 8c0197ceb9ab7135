//! The digest of a district: of its content, not of the bytes it was read from.

use std::fmt::{self, Write};

use crate::domain::{District, DistrictParts};

/// Bytes gathered before they are hashed: the debugging form comes in crumbs.
const GATHERED: usize = 1 << 16;

struct Hashing {
    hasher: blake3::Hasher,
    gathered: String,
}

impl Hashing {
    fn flush(&mut self) {
        self.hasher.update(self.gathered.as_bytes());
        self.gathered.clear();
    }
}

impl Write for Hashing {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.gathered.push_str(text);
        if self.gathered.len() >= GATHERED {
            self.flush();
        }
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
    let mut hashing = Hashing {
        hasher: blake3::Hasher::new(),
        gathered: String::with_capacity(GATHERED * 2),
    };
    write!(hashing, "{parts:?}").expect("a hasher takes any text");
    hashing.flush();
    hashing.hasher.finalize().to_hex().to_string()
}
