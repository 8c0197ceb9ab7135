//! One macro for the closed vocabularies: code word, Chinese word, order, and the way back.

/// Defines an enum whose members each have a code word (ASCII, for files read by machines) and the
/// office's own word (Chinese, for paper).
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$item_meta:meta])* $item:ident = $code:literal, $chinese:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$item_meta])* $item,)+ }

        impl $name {
            /// All members, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$item,)+];

            /// The code word used in files for machines.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$item => $code,)+ }
            }

            /// The word that is printed on paper.
            pub const fn chinese(self) -> &'static str {
                match self { $(Self::$item => $chinese,)+ }
            }

            /// The member that a word names, either by its code or by its Chinese word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|item| item.code() == word || item.chinese() == word)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.chinese())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::from_word(&word).ok_or_else(|| {
                    let known: Vec<&str> = Self::ALL.iter().map(|item| item.chinese()).collect();
                    serde::de::Error::custom(format!(
                        "unknown word `{word}`, expected one of `{}`",
                        known.join("`, `")
                    ))
                })
            }
        }
    };
}

pub(crate) use vocabulary;
