//! Pages and tables of answers.

mod whatif;
mod words;

pub use whatif::{WhatIfPage, WhatIfView};
