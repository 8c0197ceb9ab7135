//! shizi (师资): the yearly plan of which teacher serves at which school.
//!
//! The pipeline, room by room; `ARCHITECTURE.md` tells the reasons:
//!
//! ```text
//! files ──ingest──▶ District ─┐
//!                             ├─▶ demand ▶ rules ▶ eligibility ▶ model ▶ program ▶ solve
//! policy file ──▶ Policy ─────┘                                                     │
//!                 PLAN_DIR ◀── report ◀────────────── planning ◀────────────────────┘
//!                    └── audit: district, policy and the files, nothing else
//! ```
//!
//! From a folder of rosters to a proven plan:
//!
//! ```
//! use std::path::Path;
//! use std::sync::atomic::AtomicBool;
//!
//! use shizi::demand::Situation;
//! use shizi::planning::{PlanStatus, model_year, plan_year};
//! use shizi::rules::eligibility::Standings;
//! use shizi::rules::{Context, load};
//! use shizi::solve::{Silent, SolveOptions};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let reading = shizi::ingest::read_district(Path::new("instances/tiny"))?;
//! let district = reading.district.ok_or("the rosters have faults")?;
//! let (policy, rules) = load(Path::new("national")).map_err(|faults| format!("{faults:?}"))?;
//!
//! let situation = Situation::new(&district, &policy);
//! let standings = Standings::new(&situation, &rules);
//! let context = Context { situation: &situation, standings: &standings };
//! let mut model = model_year(&context, &rules).map_err(|conflicts| format!("{conflicts:?}"))?;
//! let never = AtomicBool::new(false);
//! let options = SolveOptions::default();
//! let planned = plan_year(&context, &rules, &mut model, &options, &never, &Silent)?;
//! assert_eq!(planned.status, PlanStatus::Optimal);
//! # Ok(())
//! # }
//! ```

pub mod account;
pub mod answers;
pub mod audit;
pub mod batch;
pub mod demand;
pub mod domain;
pub mod eligibility;
pub mod forecast;
pub mod generate;
pub mod ingest;
pub mod matching;
pub mod model;
pub mod planning;
pub mod policy;
pub mod program;
mod reference;
pub mod report;
pub mod rules;
pub mod scenario;
pub mod solve;

// The programs of the integration tests, which name this crate as others do.
#[cfg(test)]
extern crate self as shizi;
#[cfg(test)]
#[path = "../tests/programs/mod.rs"]
mod test_programs;
