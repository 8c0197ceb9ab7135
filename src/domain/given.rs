//! Values of columns that few rosters have.

use std::hash::{Hash, Hasher};
use std::ops::Deref;

/// A value of an optional column that came later than the rest. Where it is not given it adds
/// nothing to a hash, so that a district without it keeps the digest that it had before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given<T>(pub Option<T>);

impl<T> Default for Given<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Deref for Given<T> {
    type Target = Option<T>;
    fn deref(&self) -> &Option<T> {
        &self.0
    }
}

impl<T: Hash> Hash for Given<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        if let Some(value) = &self.0 {
            // No text ends so and no number begins so: what follows is a value given.
            state.write(b"\xffgiven\xff");
            value.hash(state);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::hash::DefaultHasher;

    use super::*;

    fn hashed(value: impl Hash) -> u64 {
        let mut hasher = DefaultHasher::new();
        value.hash(&mut hasher);
        hasher.finish()
    }

    #[test]
    fn what_is_not_given_adds_nothing() {
        let none = Given::<u32>(None);
        assert_eq!(hashed((1_u8, none, 2_u8)), hashed((1_u8, 2_u8)));
        let given = |months| hashed((1_u8, Given(Some(months)), 2_u8));
        assert_ne!(given(0_u32), hashed((1_u8, none, 2_u8)));
        assert_ne!(given(0_u32), given(6_u32));
    }
}
