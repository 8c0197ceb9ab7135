//! One word or several, wherever a selector asks for words.

use serde::{Deserialize, Deserializer};
use toml::Value;

/// One word or a list of words; empty means that nothing is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneOrMany<T>(Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: PartialEq> OneOrMany<T> {
    /// Whether a value is asked for, or nothing is asked.
    pub fn admits(&self, value: &T) -> bool {
        self.0.is_empty() || self.0.contains(value)
    }
}

impl<T> OneOrMany<T> {
    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }
}

impl<'a, T> IntoIterator for &'a OneOrMany<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T> From<Vec<T>> for OneOrMany<T> {
    fn from(words: Vec<T>) -> Self {
        Self(words)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::IntoDeserializer;
        let many = match Value::deserialize(deserializer)? {
            Value::Array(values) => values,
            value => vec![value],
        };
        many.into_iter()
            .map(|value| T::deserialize(value.into_deserializer()))
            .collect::<Result<Vec<T>, toml::de::Error>>()
            .map(Self)
            .map_err(|error| serde::de::Error::custom(error.message()))
    }
}
