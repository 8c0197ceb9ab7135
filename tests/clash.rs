//! The rules that are said to clash do, and none of them is to spare.

#[path = "support/year.rs"]
mod year;

use std::path::Path;
use std::sync::atomic::AtomicBool;

use shizi::domain::District;
use shizi::planning::{MinimalClash, Patience, minimal_clash};
use shizi::policy::Enforcement;
use shizi::rules::RuleSet;
use shizi::solve::{Engine, Outcome, Silent, SolveOptions, solve};
use year::{Ruled, generated, modelled, policy, read, under};

/// A district under a policy.
struct Case {
    district: District,
    year: Ruled,
}

impl Case {
    fn new(folder: &Path, lines: &str) -> Self {
        Self {
            district: read(folder),
            year: policy("wulong", lines),
        }
    }

    fn rules(&self) -> &RuleSet {
        &self.year.1
    }

    /// Whether there is a plan under some of the rules, by the monolithic engine on the whole model.
    fn has_plan(&self, positions: &[usize]) -> bool {
        let some = (self.year.0.clone(), self.rules().only(positions));
        let program = modelled(&self.district, &some, |_, model| model.program);
        let options = SolveOptions {
            engine: Engine::Monolithic,
            target_gap: 1.0,
            ..SolveOptions::default()
        };
        match solve(&program, &options, &AtomicBool::new(false), &Silent) {
            Ok(Outcome::Solved(_)) => true,
            Ok(Outcome::Infeasible(_)) => false,
            other => panic!("{other:?}"),
        }
    }

    fn clash(&self) -> MinimalClash {
        let (options, never) = (SolveOptions::default(), AtomicBool::new(false));
        under(&self.district, &self.year, |context| {
            let patience = (&options, Patience::Brief);
            minimal_clash(context, self.rules(), &[], patience, &never).expect("no solver fails")
        })
    }

    fn id(&self, position: usize) -> &str {
        &self.rules().all()[position].rule.id
    }

    /// Together they clash, without any one they do not, and what is said of the rest is true.
    fn check(&self, expected: &[&str]) {
        let clash = self.clash();
        let named: Vec<&str> = clash.rules.iter().map(|held| self.id(held.rule)).collect();
        assert_eq!(named, expected, "{clash:?}");
        let mut together = clash.untried.clone();
        together.extend(clash.rules.iter().map(|held| held.rule));
        together.sort_unstable();
        assert!(!self.has_plan(&together), "{named:?} can all hold");
        let all: Vec<usize> = (0..self.rules().all().len())
            .filter(|&position| self.rules().all()[position].rule.enforcement == Enforcement::Hard)
            .collect();
        for member in &clash.rules {
            let without = |set: &[usize]| -> Vec<usize> {
                let rest = set.iter().copied().filter(|&other| other != member.rule);
                rest.collect()
            };
            let name = self.id(member.rule);
            assert!(self.has_plan(&without(&together)), "{name} is to spare");
            let cures = self.has_plan(&without(&all));
            assert_eq!(member.cures, Some(cures), "{name}");
        }
    }
}

#[test]
fn a_quota_beyond_what_the_schools_may_give() {
    // Without the caps other rules are in the way still.
    let lines =
        "[rule.many]\nkind = 'count'\ntitle = 'many'\nof = 'moves'\nform = '交流'\nexactly = 70\n";
    let folder = generated("small", 1);
    Case::new(folder.path(), lines).check(&["leave-cap", "many"]);
}

#[test]
fn a_quota_beyond_who_may_go() {
    // Nothing but eligibility and reach is in the way.
    let lines = "[rule.eight]\nkind = 'count'\ntitle = 'eight'\nof = 'moves'\nform = '交流'\nexactly = 8\n\
                 [rule.leave-cap]\noff = true\n";
    Case::new(Path::new("instances/tiny"), lines).check(&[
        "eight",
        "reach-direction",
        "reach-unit",
    ]);
}

#[test]
fn two_quotas_that_exclude_each_other() {
    let lines = "[rule.at-least]\nkind = 'count'\ntitle = 'at least'\nof = 'moves'\nat_least = 20\n\
                 [rule.at-most]\nkind = 'count'\ntitle = 'at most'\nof = 'moves'\nat_most = 19\n\
                 [rule.also]\nkind = 'count'\ntitle = 'also'\nof = 'moves'\nat_most = 30\n";
    let folder = generated("small", 1);
    Case::new(folder.path(), lines).check(&["at-least", "at-most"]);
}
