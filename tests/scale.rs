//! Seconds and memory of every stage but the solve, by size; run by hand, one size a process so
//! that the peaks are its own:
//! `cargo test --release --test scale -- --ignored --nocapture --exact district`.
//!
//! The policy is `chongqing`, or what `SHIZI_POLICY` says. In place of a solved plan everybody
//! takes the first choice: as many rows to write and to audit as any plan has.

#![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]
#![allow(clippy::print_stdout, reason = "it is run by hand to be read")]

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use shizi::account::{Account, Provenance};
use shizi::audit::audit;
use shizi::demand::Situation;
use shizi::eligibility::{Choices, Terms};
use shizi::ingest::read_district;
use shizi::model::{ChosenPlan, Model};
use shizi::planning::{PlanStatus, Planned};
use shizi::report::{Language, plan_page, summarise, write_files};
use shizi::rules::eligibility::Standings;
use shizi::rules::{Context, RuleSet, load};
use shizi::solve::SolveOptions;

/// A figure in megabytes out of `/proc/self/status`; zero where there is no such file.
fn memory(key: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(key));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1024
}

/// Does one stage and prints what it took.
fn stage<Made>(name: &str, work: impl FnOnce() -> Made) -> Made {
    // Sets the peak back to what is held now.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let begin = Instant::now();
    let made = work();
    println!(
        "  {name:<10} {:>8.3} s  peak {:>5} MB  held {:>5} MB",
        begin.elapsed().as_secs_f64(),
        memory("VmHWM"),
        memory("VmRSS"),
    );
    made
}

fn measure(profile: &str) {
    let named = std::env::var("SHIZI_POLICY");
    let policy_name = named.as_deref().unwrap_or("chongqing");
    let (policy, rules) = load(Path::new(policy_name)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let rosters = folder.path().join(profile);
    // By a process of its own, whose memory is not ours.
    let made = Command::new(env!("CARGO_BIN_EXE_shizi"))
        .args([
            "--quiet",
            "generate",
            "--profile",
            profile,
            "--seed",
            "1",
            "--out",
        ])
        .arg(&rosters)
        .status();
    assert!(made.unwrap().success());
    println!("{profile}, {policy_name}");
    let reading = stage("read", || read_district(&rosters).unwrap());
    let district = reading.district.unwrap();
    stage("words", || rules.check_words(&policy, &district).unwrap());
    let situation = stage("situation", || Situation::new(&district, &policy));
    let standings = stage("standings", || Standings::new(&situation, &rules));
    let context = Context {
        situation: &situation,
        standings: &standings,
    };
    let choices = stage("choices", || Choices::new(&context, &rules));
    let terms = Terms::new(&situation, &choices);
    let entries = situation.roll.entries().iter();
    let placements = entries
        .map(|entry| terms.placement(entry, choices.of(entry.teacher)[0]))
        .collect();
    let model = stage("model", || Model::new(&context, &rules, choices));
    println!(
        "  {} teachers, {} schools, {} agents, {} options, {} counters",
        district.teachers.len(),
        district.schools.len(),
        model.program.agents().len(),
        model.program.options().len(),
        model.program.counters().len(),
    );
    let planned = Planned {
        status: PlanStatus::Feasible,
        plan: Some(ChosenPlan {
            placements,
            levers: Vec::new(),
        }),
        changes: None,
        levels: Vec::new(),
        clash: Vec::new(),
        stop: None,
        engine: SolveOptions::default().engine,
        size: (model.program.agents().len(), model.program.options().len()),
    };
    paper(&context, &rules, &planned, &reading.digest);
}

/// What comes after a plan is found.
fn paper(context: &Context<'_>, rules: &RuleSet, planned: &Planned, digest: &str) {
    let plan = planned.plan.as_ref().unwrap();
    let options = SolveOptions::default();
    let provenance = Provenance::new(context.situation, digest, &options, planned);
    let account = stage("account", || {
        Account::new(*context, rules, plan, planned, provenance)
    });
    let out = tempfile::tempdir().unwrap();
    stage("write", || write_files(&account, out.path(), true).unwrap());
    stage("audit", || audit(context, rules, out.path()).unwrap());
    stage("page", || {
        let page = plan_page(&account, Language::English);
        let summary = serde_json::to_string(&summarise(&account)).unwrap();
        page.len() + summary.len()
    });
}

macro_rules! sizes {
    ($($profile:ident)+) => {$(
        #[test]
        #[ignore = "a measurement, not a test"]
        fn $profile() {
            measure(stringify!($profile));
        }
    )+};
}

sizes!(county district city region metropolis);
