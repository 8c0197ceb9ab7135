//! Chance that is the same everywhere: ChaCha8 streams, integers only, exact shares.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::domain::apportion;

/// What a stream of chance is for. Each purpose has its own stream, so that a change in one part
/// of the generator leaves the others as they were.
#[derive(Debug, Clone, Copy)]
pub(super) enum Purpose {
    Sizes = 1,
    Geography,
    Schools,
    Staffing,
    People,
    Offices,
    Circumstances,
    Certificates,
    Wishes,
    Kind,
    Registers,
}

/// A stream of chance for one purpose.
#[derive(Clone)]
pub(super) struct Chance(ChaCha8Rng);

impl Chance {
    /// The stream of `seed` for `purpose`.
    pub(super) fn new(seed: u64, purpose: Purpose) -> Self {
        let mut bytes = [0_u8; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let mut generator = ChaCha8Rng::from_seed(bytes);
        generator.set_stream(purpose as u64);
        Self(generator)
    }

    /// A number from 0 to `bound - 1`; 0 where the bound is 0.
    pub(super) fn below(&mut self, bound: u32) -> u32 {
        // Multiply and shift: the bias of 2^-32 is far below anything measured here.
        ((u128::from(self.0.next_u64()) * u128::from(bound)) >> 64) as u32
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i32, high: i32) -> i32 {
        low + self.below((high - low + 1) as u32) as i32
    }

    /// True so many times in a thousand.
    pub(super) fn permille(&mut self, times: u32) -> bool {
        self.below(1000) < times
    }

    /// One of the items.
    pub(super) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len() as u32) as usize]
    }

    /// Puts the items in any order.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last as u32 + 1) as usize);
        }
    }

    /// `count` cards in any order, of which each kind has its exact share. Drawing from a deck
    /// instead of drawing freely keeps the totals while the persons behind them stay random.
    pub(super) fn deck<T: Copy>(&mut self, kinds: &[(T, u64)], count: usize) -> Vec<T> {
        let weights: Vec<u64> = kinds.iter().map(|&(_, weight)| weight).collect();
        let mut cards: Vec<T> = apportion(count as u32, &weights)
            .into_iter()
            .zip(kinds)
            .flat_map(|(times, &(kind, _))| std::iter::repeat_n(kind, times as usize))
            .collect();
        self.shuffle(&mut cards);
        cards
    }

    /// `count` factors in thousandths, evenly spread from `low` to `high`, in any order.
    pub(super) fn spread(&mut self, low: u64, high: u64, count: usize) -> Vec<u64> {
        let steps = 2 * count.max(1) as u64;
        let mut factors: Vec<u64> = (0..count as u64)
            .map(|step| low + (high - low) * (2 * step + 1) / steps)
            .collect();
        self.shuffle(&mut factors);
        factors
    }

    /// Complete years until an event that happens in `permille` of years, at most `limit`.
    pub(super) fn years_until(&mut self, permille: u32, limit: u32) -> u32 {
        let mut years = 0;
        while years < limit && !self.permille(permille) {
            years += 1;
        }
        years
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_fixed_and_differ_by_purpose() {
        let draw = |seed, purpose| Chance::new(seed, purpose).below(1_000_000);
        assert_eq!(draw(1, Purpose::Sizes), draw(1, Purpose::Sizes));
        assert_ne!(draw(1, Purpose::Sizes), draw(1, Purpose::People));
        assert_ne!(draw(1, Purpose::Sizes), draw(2, Purpose::Sizes));
    }
}
