//! A policy, and how it comes of a chain of files.

use std::collections::BTreeMap;

use toml::Table;

use super::fault::PolicyFault;
use super::find::Chain;
use super::form::FormTerms;
use super::itinerant::ItinerantTerms;
use super::lever::Lever;
use super::merge::{Origins, overlay};
use super::read::read;
use super::rule::{Level, Rule};
use super::tables::{CompetitionTerms, DemandTables, ExchangeTerms, RetirementTable, TravelTable};
use crate::domain::Form;

/// A flattened policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Its id.
    pub id: String,
    /// Title in Chinese.
    pub title: String,
    /// Title in English.
    pub title_english: String,
    /// Objective levels in order; the first is that of floors.
    pub levels: Vec<Level>,
    /// From classes to need.
    pub demand: DemandTables,
    /// Ages of retirement.
    pub retirement: RetirementTable,
    /// Roads.
    pub travel: TravelTable,
    /// Terms of new exchanges.
    pub exchange: ExchangeTerms,
    /// Terms of the competition across schools.
    pub competition: CompetitionTerms,
    /// Forms that plans may choose, with their terms.
    pub forms: BTreeMap<Form, FormTerms>,
    /// Terms of 走教, where plans may choose it.
    pub itinerant: Option<ItinerantTerms>,
    /// Rules, sorted by id.
    pub rules: Vec<Rule>,
    /// Levers, sorted by id.
    pub levers: Vec<Lever>,
    /// From which file each key comes.
    pub origins: Origins,
    /// The flattened table, for showing.
    pub flattened: Table,
    /// BLAKE3 of the flattened table.
    pub digest: String,
}

impl Policy {
    /// Whether the 编制 goes along with somebody who moves in a form.
    pub fn moves_establishment(&self, form: Form) -> bool {
        let terms = self.forms.get(&form);
        terms.is_some_and(|terms| terms.establishment_moves)
    }

    /// The policy with a table laid over it, as a file that extends it would be; `file` is what
    /// messages call it.
    ///
    /// # Errors
    /// All faults found, at once.
    pub fn overlaid(&self, file: &str, over: Table) -> Result<Self, Vec<PolicyFault>> {
        let (mut merged, mut origins) = (self.flattened.clone(), self.origins.clone());
        overlay(&mut merged, over, file, &mut origins);
        read(merged, file.to_owned(), origins)
    }
}

/// Lays a chain of files over each other and reads the whole.
pub(super) fn flatten(chain: Chain) -> Result<Policy, Vec<PolicyFault>> {
    let leaf = chain
        .first()
        .map(|(file, _)| file.clone())
        .unwrap_or_default();
    let (mut merged, mut origins) = (Table::new(), Origins::new());
    for (file, table) in chain.into_iter().rev() {
        overlay(&mut merged, table, &file, &mut origins);
    }
    read(merged, leaf, origins)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::find::{BUILT_IN, load, load_text};
    use super::{Policy, PolicyFault};

    #[test]
    fn built_in_policies_read_and_remember_where_numbers_come_from() {
        for (name, _) in BUILT_IN {
            let policy = load(Path::new(name)).unwrap_or_else(|faults| panic!("{faults:?}"));
            assert_eq!(policy.id, name);
        }
        let wulong = load(Path::new("wulong")).unwrap();
        assert_eq!(
            wulong.origins["rule.dual-qualified.at_least"],
            "wulong.toml"
        );
        assert_eq!(wulong.origins["rule.dual-qualified.who"], "national.toml");
    }

    #[test]
    fn unknown_keys_get_their_nearest_neighbour() {
        let text = "extends = 'national'\nid = 'x'\ntitle = 'x'\n[retirment]\nmen = 1";
        let faults = load_text("x.toml", text).unwrap_err();
        assert!(
            faults
                .iter()
                .any(|fault| fault.advice.contains("retirement")),
            "{faults:?}"
        );
    }

    #[test]
    fn a_mistyped_rule_gets_its_nearest_neighbour() {
        let text = "extends = 'wulong'\nid = 'x'\ntitle = 'x'\n[rule.levae-cap]\nat_most = 1";
        let faults = load_text("x.toml", text).unwrap_err();
        assert!(faults[0].advice.contains("leave-cap"), "{faults:?}");
    }

    #[test]
    fn a_circle_of_extensions_is_a_fault() {
        let faults = load_text("national.toml", "extends = 'national'\nid = 'x'").unwrap_err();
        assert_eq!(faults[0].code, "P004");
    }

    /// The national policy, which leaves the rule of turns off, with some more.
    fn offered(more: &str) -> Result<Policy, Vec<PolicyFault>> {
        let head = "extends = 'national'\nid = 'x'\ntitle = 'x'\n";
        load_text("x.toml", &format!("{head}{more}"))
    }

    #[test]
    fn a_rule_on_offer_says_nothing_until_it_is_switched_on() {
        let has = |policy: &Policy| policy.rules.iter().any(|rule| rule.id == "turns");
        let (off, on) = (
            offered("").unwrap(),
            offered("[rule.turns]\noff = false\n").unwrap(),
        );
        assert!(!has(&off) && has(&on));
        assert_ne!(off.digest, on.digest);
        // As if nobody had ever offered it.
        let mut unoffered = off.flattened.clone();
        unoffered["rule"].as_table_mut().unwrap().remove("turns");
        let digest = blake3::hash(unoffered.to_string().as_bytes());
        assert_eq!(off.digest, digest.to_hex().to_string());
        // Who takes it out again says so, and that is said.
        let out = offered("[rule.turns]\noff = true\n").unwrap();
        assert!(!has(&out));
    }

    #[test]
    fn whoever_changes_a_rule_on_offer_switches_it_on() {
        let faults = offered("[rule.turns]\nweight = 2\n").unwrap_err();
        assert_eq!(faults[0].code, "P008");
        assert!(faults[0].advice.contains("off = false"), "{}", faults[0]);
        assert!(offered("[rule.turns]\nweight = 2\noff = false\n").is_ok());
        // Whoever makes a rule of that name has it, also after more is laid over it.
        let own = "[rule.turns]\nkind = 'turns'\ntitle = '轮流'\nenforcement = 'hard'\n";
        let own = offered(own).unwrap();
        let over = "[rule.couples]\nweight = 2\n".parse().unwrap();
        for policy in [&own, &own.overlaid("--set", over).unwrap()] {
            assert!(policy.rules.iter().any(|rule| rule.id == "turns"));
        }
        assert!(offered("[rule.couples]\nweight = 2\noff = true\n").is_ok());
    }
}
