//! A part of a batch, for arrays of jobs.

use std::fmt;
use std::str::FromStr;

/// The `index`-th of `of` parts; districts are dealt out one by one, so that large ones, which often
/// stand together, come to different parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    pub index: usize,
    /// How many parts there are.
    pub of: usize,
}

impl Shard {
    /// Whether the task at a position belongs to the part.
    pub const fn has(self, position: usize) -> bool {
        position % self.of == self.index - 1
    }

    /// Whether it is everything.
    pub const fn is_whole(self) -> bool {
        self.of == 1
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/').and_then(|(index, of)| {
            let (index, of) = (index.trim().parse().ok()?, of.trim().parse().ok()?);
            Some(Self { index, of })
        });
        parts
            .filter(|shard| (1..=shard.of).contains(&shard.index))
            .ok_or_else(|| "应为 i/n，i 从 1 到 n，如 2/8 / write i/n, i from 1 to n".to_owned())
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-of-{}", self.index, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_belongs_to_one_part() {
        for of in 1..5 {
            for position in 0..20 {
                let parts = (1..=of).filter(|&index| Shard { index, of }.has(position));
                assert_eq!(parts.count(), 1);
            }
        }
        assert_eq!("2/8".parse(), Ok(Shard { index: 2, of: 8 }));
        for wrong in ["", "2", "0/3", "4/3", "a/b", "1/0", "-1/2"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
