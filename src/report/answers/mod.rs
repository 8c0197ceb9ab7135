//! Pages and tables of answers.

mod explain;
mod whatif;
mod words;

pub use explain::{ExplainPage, ExplainView};
pub use whatif::{WhatIfPage, WhatIfView};
