//! The page against the reader: keys, words, examples and codes are those that it takes.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use toml::{Table, Value};

use super::codes::CODES;
use super::kinds::{KINDS, KindPage};
use super::parameters::{COMPOSITE, EMPHASIS, EXCEPTION, SHARE, SPREAD, STANDARD};
use super::selectors::{PERSON, SCHOOL};
use super::tables::{self, HEAD, LEVER_EXAMPLE};
use super::words::{self, Words};
use super::{Key, REQUIRED, demand, reference};
use crate::policy::{self, PolicyFault};
use crate::rules::Within;
use crate::rules::avoidance::Avoidance;
use crate::rules::count::{Count, CountOf, Exception, Share, ShareOf};
use crate::rules::couples::Couples;
use crate::rules::coverage::{Coverage, Emphasis};
use crate::rules::disparity::{Composite, Disparity, Spread};
use crate::rules::eligibility::{Effect, Eligibility};
use crate::rules::indicator::CountedAt;
use crate::rules::per_pupil::{PerPupil, Standard};
use crate::rules::preference::Preference;
use crate::rules::ratio::{Ratio, RatioOf};
use crate::rules::reach::{Reach, Unless};
use crate::rules::stability::Stability;
use crate::rules::travel::Travel;
use crate::rules::turns::Turns;
use crate::rules::{Itinerants, RuleSet, Scope, Side};

const IMPOSSIBLE: &str = "no-such";

/// The names that the reader lists where it meets one that it does not know.
fn listed<T: DeserializeOwned>(value: Value) -> BTreeSet<String> {
    let error = value
        .try_into::<T>()
        .map(drop)
        .expect_err("an impossible name was read");
    let message = error.message();
    let mut quoted = message.split('`').skip(1).step_by(2).map(str::to_owned);
    assert_eq!(quoted.next().as_deref(), Some(IMPOSSIBLE), "{message}");
    quoted.collect()
}

fn keys_of<T: DeserializeOwned>(documented: &[Key]) {
    let table = Table::from_iter([(IMPOSSIBLE.to_owned(), Value::Boolean(true))]);
    let known = listed::<T>(Value::Table(table));
    let ours: BTreeSet<String> = documented.iter().map(|key| key.name.to_owned()).collect();
    assert_eq!(ours.len(), documented.len(), "a key stands twice");
    assert_eq!(ours, known, "{}", std::any::type_name::<T>());
}

fn words_of<T: DeserializeOwned>(documented: &Words) {
    let known = listed::<T>(Value::String(IMPOSSIBLE.to_owned()));
    let ours: BTreeSet<String> = documented
        .list
        .iter()
        .map(|[word, ..]| (*word).to_owned())
        .collect();
    assert_eq!(ours, known, "{}", documented.name);
}

fn kind(name: &str) -> &'static KindPage {
    KINDS.iter().find(|kind| kind.name == name).unwrap()
}

#[test]
fn the_keys_of_kinds_are_those_that_the_reader_takes() {
    keys_of::<Eligibility>(kind("eligibility").keys);
    keys_of::<Reach>(kind("reach").keys);
    keys_of::<Count>(kind("count").keys);
    keys_of::<Ratio>(kind("ratio").keys);
    keys_of::<PerPupil>(kind("per_pupil").keys);
    keys_of::<Standard>(STANDARD);
    keys_of::<Disparity>(kind("disparity").keys);
    keys_of::<Spread>(SPREAD);
    keys_of::<Composite>(COMPOSITE);
    keys_of::<Coverage>(kind("coverage").keys);
    keys_of::<Coverage>(kind("surplus").keys);
    keys_of::<Travel>(kind("travel").keys);
    keys_of::<Stability>(kind("stability").keys);
    keys_of::<Couples>(kind("couples").keys);
    keys_of::<Avoidance>(kind("avoidance").keys);
    keys_of::<Turns>(kind("turns").keys);
    keys_of::<Preference>(kind("preference").keys);
    keys_of::<Share>(SHARE);
    keys_of::<Exception>(EXCEPTION);
    keys_of::<Emphasis>(EMPHASIS);
    let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    assert_eq!(names, crate::rules::kind::KINDS);
}

#[test]
fn the_other_keys_are_those_that_the_reader_takes() {
    keys_of::<policy::PersonSelector>(PERSON);
    keys_of::<policy::SchoolSelector>(SCHOOL);
    keys_of::<policy::LeverTable>(tables::LEVER);
    keys_of::<policy::Profile>(tables::PROFILE);
    keys_of::<policy::LevelTable>(tables::LEVEL);
    keys_of::<policy::FormTable>(tables::FORM);
    keys_of::<policy::ItinerantTerms>(tables::ITINERANT);
    keys_of::<policy::Source>(tables::SOURCE);
    keys_of::<policy::DemandTables>(demand::DEMAND);
    keys_of::<policy::ClassTeachers>(demand::CLASS_TEACHERS);
    keys_of::<policy::Credits>(demand::CREDITS);
    keys_of::<policy::SmallSites>(demand::SMALL_SITES);
    keys_of::<policy::PoolLevel>(demand::POOL);
    keys_of::<policy::RetirementTable>(demand::RETIREMENT);
    keys_of::<policy::RetirementLine>(demand::RETIREMENT_LINE);
    keys_of::<policy::TravelTable>(demand::TRAVEL_TABLE);
    keys_of::<policy::ExchangeTerms>(demand::EXCHANGE);
    keys_of::<policy::CompetitionTerms>(demand::COMPETITION);
    let head: Vec<&str> = HEAD.iter().map(|key| key.name).collect();
    assert_eq!(head, policy::HEAD_KEYS);
}

#[test]
fn the_words_are_those_that_the_reader_takes() {
    words_of::<Effect>(&words::EFFECT);
    words_of::<Within>(&words::WITHIN);
    words_of::<Unless>(&words::UNLESS);
    words_of::<CountOf>(&words::COUNT_OF);
    words_of::<ShareOf>(&words::SHARE_OF);
    words_of::<RatioOf>(&words::RATIO_OF);
    words_of::<CountedAt>(&words::COUNTED_AT);
    words_of::<Itinerants>(&words::ITINERANTS);
    words_of::<Scope>(&words::SCOPE);
    words_of::<Side>(&words::SIDE);
    words_of::<policy::Enforcement>(&words::ENFORCEMENT);
    words_of::<policy::Certainty>(&words::CERTAINTY);
    words_of::<policy::LeverKind>(&words::LEVER_KIND);
    words_of::<policy::LoadBasis>(&words::LOAD_BASIS);
    words_of::<policy::Tie>(&words::TIE);
}

/// The rules of a text laid over the national policy.
fn read(text: &str) -> Result<RuleSet, Vec<PolicyFault>> {
    let head = "extends = 'national'\nid = 'x'\ntitle = 'x'\n";
    policy::load_text("x.toml", &format!("{head}{text}")).and_then(|policy| RuleSet::new(&policy))
}

#[test]
fn every_example_reads_as_its_kind() {
    for kind in &KINDS {
        let table: Table = kind.example.parse().unwrap();
        let rules =
            read(kind.example).unwrap_or_else(|faults| panic!("{}: {faults:#?}", kind.name));
        for id in table["rule"].as_table().unwrap().keys() {
            let found = rules
                .all()
                .iter()
                .find(|typed| typed.rule.id == *id)
                .unwrap();
            assert_eq!(found.rule.kind, kind.name, "{id}");
        }
    }
    read(LEVER_EXAMPLE).unwrap();
}

#[test]
fn keys_called_required_are_so_and_others_are_not() {
    for kind in &KINDS {
        let table: Table = kind.example.parse().unwrap();
        for (id, rule) in table["rule"].as_table().unwrap() {
            for key in kind.keys.iter().filter(|key| rule.get(key.name).is_some()) {
                let mut without = rule.as_table().unwrap().clone();
                without.remove(key.name);
                let rules = Table::from_iter([(id.clone(), Value::Table(without))]);
                let text = Table::from_iter([("rule".to_owned(), Value::Table(rules))]).to_string();
                let missing = read(&text).err().into_iter().flatten();
                let missing = missing.filter(|fault| fault.message.contains("missing field"));
                let missing = missing.count() > 0;
                assert_eq!(missing, key.default == REQUIRED, "{id}: {}", key.name);
            }
        }
    }
}

#[test]
fn every_toml_block_of_the_page_reads() {
    let page = reference();
    let blocks: Vec<&str> = page
        .split("```toml\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .collect();
    assert_eq!(blocks.len(), KINDS.len() + 2);
    for block in blocks {
        let faults = if block.starts_with("extends") {
            policy::load_text("x.toml", block)
                .and_then(|policy| RuleSet::new(&policy))
                .err()
        } else {
            read(block).err()
        };
        assert_eq!(faults, None, "{block}");
    }
}

#[test]
fn the_committed_page_is_current() {
    crate::reference::check_committed("docs/rules.md", &reference());
}

/// Texts that provoke each code; P007 needs a district and is provoked in `tests/rules`.
const PROVOKED: [(&str, &str); 17] = [
    ("P001", "id = "),
    ("P001", "extends = 3"),
    (
        "P001",
        "extends = 'national'\nid = 'x'\ntitle = 'x'\n[rule.coverage]\nweight = 'heavy'",
    ),
    (
        "P001",
        "extends = 'national'\nid = 'x'\ntitle = 'x'\n[rule.coverage]\noff = 'yes'",
    ),
    (
        "P001",
        "extends = 'national'\nid = 'x'\ntitle = 'x'\n[rule.leave-cap]\nat_most = '15%'",
    ),
    (
        "P002",
        "extends = 'national'\nid = 'x'\ntitle = 'x'\n[retirment]",
    ),
    (
        "P002",
        "extends = 'national'\nid = 'x'\ntitle = 'x'\n[rule.coverage]\nlevel = 'teeching'",
    ),
    (
        "P002",
        "extends = 'national'\nid = 'x'\ntitle = 'x'\n[rule.six-years]\nwho = { sexx = '男' }",
    ),
    (
        "P002",
        "extends = 'national'\nid = 'x'\ntitle = 'x'\n[rule.six-year]\noff = true",
    ),
    (
        "P002",
        "extends = 'national'\nid = 'x'\ntitle = 'x'\n[rule.leave-cap]\nat_most = { of = 'teechers' }",
    ),
    (
        "P002",
        "extends = 'national'\nid = 'x'\ntitle = 'x'\n[demand.loads.'小校']\n'语文' = 14",
    ),
    ("P003", "extends = 'nationale'\nid = 'x'\ntitle = 'x'"),
    ("P004", "extends = 'national'"),
    ("P005", "id = 'x'\ntitle = 'x'"),
    (
        "P006",
        "extends = 'national'\nid = 'x'\ntitle = 'x'\n[rule.r]\nkind = 'cuont'\ntitle = 'r'",
    ),
    (
        "P008",
        "extends = 'national'\nid = 'x'\ntitle = 'x'\n[rule.psychology]\nfrom = { zone = '乡村' }",
    ),
    (
        "P008",
        "extends = 'national'\nid = 'x'\ntitle = 'x'\n[rule.minutes]\nenforcement = 'hard'",
    ),
];

#[test]
fn every_code_is_provoked_and_documented() {
    for (code, text) in PROVOKED {
        let file = if code == "P004" {
            "national.toml"
        } else {
            "x.toml"
        };
        let faults = policy::load_text(file, text)
            .and_then(|policy| RuleSet::new(&policy))
            .expect_err(text);
        assert!(
            faults.iter().any(|fault| fault.code == code),
            "{code}: {text}\n{faults:#?}"
        );
        assert!(
            faults
                .iter()
                .all(|fault| fault.place.contains(".toml") || fault.code == "P003")
        );
    }
    let provoked: BTreeSet<&str> = PROVOKED
        .iter()
        .map(|(code, _)| *code)
        .chain(["P007"])
        .collect();
    let documented: BTreeSet<&str> = CODES.iter().map(|row| row[0]).collect();
    assert_eq!(provoked, documented);
}
