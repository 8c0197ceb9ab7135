//! The rules that are said to clash do, and none of them is to spare.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use shizi::demand::Situation;
use shizi::domain::District;
use shizi::generate::{Profile, generate, write};
use shizi::ingest::read_district;
use shizi::planning::{MinimalClash, Patience, minimal_clash, model_year};
use shizi::policy::{Enforcement, Policy, load_text};
use shizi::rules::eligibility::Standings;
use shizi::rules::{Context, RuleSet};
use shizi::solve::{Engine, Outcome, Silent, SolveOptions, solve};
use tempfile::TempDir;

/// A generated district of some 500 teachers.
fn small() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder can be had");
    let profile = Profile::named("small").expect("the profile is built in");
    write(&generate(&profile, 1), folder.path()).expect("the rosters are written");
    folder
}

/// A district under a policy.
struct Case {
    district: District,
    policy: Policy,
    rules: RuleSet,
}

impl Case {
    fn new(folder: &Path, lines: &str) -> Self {
        let text = format!("extends = 'wulong'\nid = 'clash'\ntitle = 'clash'\n{lines}");
        let policy = load_text("clash.toml", &text).expect("the policy reads");
        let rules = RuleSet::new(&policy).expect("the rules are known");
        let reading = read_district(folder).expect("the folder is readable");
        let district = reading.district.expect("the rosters have no fault");
        Self {
            district,
            policy,
            rules,
        }
    }

    /// Whether there is a plan under some of the rules, by the monolithic engine on the whole model.
    fn has_plan(&self, positions: &[usize]) -> bool {
        let rules = self.rules.only(positions);
        let situation = Situation::new(&self.district, &self.policy);
        let standings = Standings::new(&situation, &rules);
        let context = Context {
            situation: &situation,
            standings: &standings,
        };
        let model = model_year(&context, &rules).expect("no locks clash");
        let options = SolveOptions {
            engine: Engine::Monolithic,
            target_gap: 1.0,
            ..SolveOptions::default()
        };
        match solve(&model.program, &options, &AtomicBool::new(false), &Silent) {
            Ok(Outcome::Solved(_)) => true,
            Ok(Outcome::Infeasible(_)) => false,
            other => panic!("{other:?}"),
        }
    }

    fn clash(&self) -> MinimalClash {
        let situation = Situation::new(&self.district, &self.policy);
        let standings = Standings::new(&situation, &self.rules);
        let context = Context {
            situation: &situation,
            standings: &standings,
        };
        let (options, never) = (SolveOptions::default(), AtomicBool::new(false));
        minimal_clash(
            &context,
            &self.rules,
            &[],
            (&options, Patience::Brief),
            &never,
        )
        .expect("no solver fails")
    }

    fn id(&self, position: usize) -> &str {
        &self.rules.all()[position].rule.id
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
        let all: Vec<usize> = (0..self.rules.all().len())
            .filter(|&position| self.rules.all()[position].rule.enforcement == Enforcement::Hard)
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
    let folder = small();
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
    let folder = small();
    Case::new(folder.path(), lines).check(&["at-least", "at-most"]);
}
