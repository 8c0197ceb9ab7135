//! Pages and tables of answers.

mod diagnose;
mod whatif;
mod words;

pub use diagnose::{DiagnosisPage, DiagnosisView};
pub use whatif::{WhatIfPage, WhatIfView};
